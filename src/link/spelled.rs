//! Folded names -> those whose letters are alike, without comparing all of them.
//!
//! Two names within a number of slips of each other share most of their pairs of letters (a slip spoils three at most), so only names
//! that share enough are compared. Nothing that is alike is missed.

use rustc_hash::FxHashMap;

/// Two letters that stand side by side, and the how manieth such pair of the name it is.
type Pair = (char, char, u8);

/// Names, by their pairs of letters.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    names: Vec<(u32, Vec<char>)>,
    pairs: FxHashMap<Pair, Vec<u32>>,
}

/// Room for counting, to be used again.
#[derive(Debug, Default)]
pub(super) struct Counts {
    shared: Vec<u16>,
    touched: Vec<u32>,
}

/// How alike the letters of two names are at least: one slip in five letters.
const ALIKE: f64 = 0.8;

impl Spelled {
    /// Adds a name of the subject `at`.
    pub(super) fn add(&mut self, at: u32, folded: &str) {
        let letters: Vec<char> = folded.chars().collect();
        let index = self.names.len() as u32;
        for pair in pairs_of(&letters) {
            self.pairs.entry(pair).or_default().push(index);
        }
        self.names.push((at, letters));
    }

    /// Hands on the subjects that have a name like this one, but not the same, with how alike (from .8 on).
    pub(super) fn find_alike(&self, folded: &str, counts: &mut Counts, mut take: impl FnMut(u32, f32)) {
        let letters: Vec<char> = folded.chars().collect();
        counts.shared.resize(self.names.len().max(counts.shared.len()), 0);
        for pair in pairs_of(&letters) {
            for index in self.pairs.get(&pair).into_iter().flatten() {
                let Some(shared) = counts.shared.get_mut(*index as usize) else { continue };
                if *shared == 0 {
                    counts.touched.push(*index);
                }
                *shared += 1;
            }
        }
        for index in counts.touched.drain(..) {
            let shared = counts.shared.get_mut(index as usize).map_or(0, std::mem::take);
            let Some((at, other)) = self.names.get(index as usize) else { continue };
            let longer = letters.len().max(other.len());
            let slips = longer / 5;
            if usize::from(shared) + 3 * slips < longer + 1 || letters.len().abs_diff(other.len()) > slips {
                continue;
            }
            let like = rapidfuzz::distance::osa::normalized_similarity(other.iter().copied(), letters.iter().copied());
            if (ALIKE..1.0).contains(&like) {
                take(*at, like as f32);
            }
        }
    }
}

/// The pairs of a name, its ends among them.
fn pairs_of(letters: &[char]) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::with_capacity(letters.len() + 1);
    let mut before = '^';
    for letter in letters.iter().copied().chain(['$']) {
        let many = found.iter().filter(|p| (p.0, p.1) == (before, letter)).count();
        found.push((before, letter, many.min(255) as u8));
        before = letter;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_alike_is_missed(names in proptest::collection::vec("[a-d ]{1,12}", 1..30), wanted in "[a-d ]{1,12}") {
            let mut spelled = Spelled::default();
            (0..).zip(&names).for_each(|(at, name)| spelled.add(at, name));
            let mut found = Vec::new();
            let mut counts = Counts::default();
            spelled.find_alike("abcd", &mut counts, |_, _| {});
            spelled.find_alike(&wanted, &mut counts, |at, _| found.push(at));
            found.sort_unstable();
            let like = |name: &str| rapidfuzz::distance::osa::normalized_similarity(name.chars(), wanted.chars());
            let all: Vec<u32> = (0..).zip(&names).filter(|(_, n)| (ALIKE..1.0).contains(&like(n))).map(|(at, _)| at).collect();
            prop_assert_eq!(found, all);
        }
    }
}
