//! Two prepared names -> pairs of words that stand for each other, each pair with how alike its words are.
//!
//! Law: every word stands in one pair at most; the best pairs are made first, ties by place, so that the result is one.

use super::prepare::{NameFamily, PreparedName, Role, Word, is_cut};
use super::sound::skeleton;

/// How alike the words of a pair are, from the same to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// The same letters.
    Same,
    /// A nickname or another form of one given name.
    Variant,
    /// Written otherwise, sounds the same.
    Sound,
    /// Two words on one side are one on the other.
    Joined,
    /// An initial and the word that it begins.
    Initial,
    /// One letter dropped, added, changed, or two swapped.
    Slip,
    /// The consonants are those of a transliteration.
    Skeleton,
    /// Cut off: "Dr" for "Drissi".
    Cut,
    /// One letter in a word of three or four, or two in a longer one.
    Loose,
    /// Alike by a third or more of its letters: rather another word.
    Far,
}

/// Words that stand for each other: indices into both names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) likeness: Likeness,
    /// Letters that differ.
    pub(super) edits: u32,
    /// Words taken on each side, more than one where words are joined.
    pub(super) span: (usize, usize),
}

/// The pairs between two names; what is in none stands alone.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    pub(super) pairs: Vec<Pair>,
    /// Bit masks of the words that stand in a pair.
    pub(super) taken: (u32, u32),
}

impl Alignment {
    fn is_free(&self, a: usize, b: usize) -> bool {
        self.taken.0 & 1 << a == 0 && self.taken.1 & 1 << b == 0
    }

    fn take(&mut self, pair: Pair) {
        (0..pair.span.0).for_each(|k| self.taken.0 |= 1 << (pair.a + k));
        (0..pair.span.1).for_each(|k| self.taken.1 |= 1 << (pair.b + k));
        self.pairs.push(pair);
    }
}

/// Aligns two names of one family.
pub(super) fn align(left: &PreparedName, right: &PreparedName) -> Alignment {
    let mut found = Alignment { pairs: Vec::with_capacity(8), taken: (0, 0) };
    let body = left.family == NameFamily::Body;
    align_same(left, right, &mut found);
    let rest = |mask: u32, name: &PreparedName| (0..name.words.len()).filter(move |i| mask & 1 << i == 0);
    if rest(found.taken.0, left).next().is_none() || rest(found.taken.1, right).next().is_none() {
        return found;
    }
    align_joined(left, right, &mut found);
    let mut candidates: Vec<(Likeness, u32, usize, Pair)> = Vec::new();
    let coarse = left.coarse != right.coarse;
    for (i, a) in left.words.iter().enumerate().filter(|(i, _)| found.taken.0 & 1 << i == 0) {
        for (j, b) in right.words.iter().enumerate().filter(|(j, _)| found.taken.1 & 1 << j == 0) {
            if let Some((likeness, edits)) = liken(a, b, coarse, body) {
                candidates.push((likeness, edits, i.abs_diff(j), Pair { a: i, b: j, likeness, edits, span: (1, 1) }));
            }
        }
    }
    candidates.sort_unstable_by_key(|(l, e, d, p)| (*l, *e, *d, p.a, p.b));
    for (_, _, _, pair) in candidates {
        if found.is_free(pair.a, pair.b) {
            found.take(pair);
        }
    }
    found
}

/// The same letters, nearest places first: "Ali ben Ali".
fn align_same(left: &PreparedName, right: &PreparedName, found: &mut Alignment) {
    for (i, a) in left.words.iter().enumerate() {
        let same = |j: &usize| right.words.get(*j).is_some_and(|b| a.mask == b.mask && a.letters == b.letters);
        let nearest = (0..right.words.len())
            .filter(|j| found.taken.1 & 1 << j == 0)
            .filter(same)
            .min_by_key(|j| (j.abs_diff(i), *j));
        if let Some(j) = nearest {
            found.take(Pair { a: i, b: j, likeness: Likeness::Same, edits: 0, span: (1, 1) });
        }
    }
}

/// "PolPot" and "Pol Pot", "Patr ushev" and "Patrushev".
fn align_joined(left: &PreparedName, right: &PreparedName, found: &mut Alignment) {
    for turned in [false, true] {
        let (one, many) = if turned { (right, left) } else { (left, right) };
        for (i, word) in one.words.iter().enumerate().filter(|(_, w)| w.letters.len() >= 4) {
            for first in 0..many.words.len() {
                for count in 2..=3 {
                    let Some(run) = many.words.get(first..first + count) else { break };
                    let length: usize = run.iter().map(|w| w.letters.len()).sum();
                    if length > word.letters.len() + 1 {
                        break;
                    }
                    if length + 1 < word.letters.len() {
                        continue;
                    }
                    let (mine, theirs) = if turned { found.taken } else { (found.taken.1, found.taken.0) };
                    if theirs & 1 << i != 0 || (0..count).any(|k| mine & 1 << (first + k) != 0) {
                        continue;
                    }
                    if run.first().and_then(|w| w.sound.first()) != word.sound.first() {
                        continue;
                    }
                    let joined: Vec<u8> = run.iter().flat_map(|w| w.letters.iter().copied()).collect();
                    let edits = if *joined == *word.letters { 0 } else { distance(&joined, &word.letters, 1) };
                    let heard = word.skeleton.len() >= 4 && skeleton(&joined) == *word.skeleton;
                    let likeness = if heard && edits > 0 { Likeness::Sound } else { Likeness::Joined };
                    if edits == 0 || (edits == 1 && length >= 8) || heard {
                        let (a, b, span) = if turned { (first, i, (count, 1)) } else { (i, first, (1, count)) };
                        found.take(Pair { a, b, likeness, edits: edits.min(1), span });
                    }
                }
            }
        }
    }
}

/// How alike two words that differ are, and by how many letters; `None` where they are other words.
fn liken(a: &Word, b: &Word, coarse: bool, body: bool) -> Option<(Likeness, u32)> {
    match (a.role, b.role) {
        (Role::Number(x), Role::Number(y)) => return (x == y).then_some((Likeness::Same, 0)),
        (Role::Number(_), _) | (_, Role::Number(_)) => return None,
        _ => {}
    }
    if a.letters.len().min(b.letters.len()) == 1 {
        let begins = a.letters.first() == b.letters.first() && !body;
        return begins.then_some((Likeness::Initial, 0));
    }
    if a.groups.iter().any(|g| b.groups.contains(g)) {
        return Some((Likeness::Variant, 0));
    }
    if (a.role == Role::Particle) != (b.role == Role::Particle) {
        return None;
    }
    let (short, long) = if a.letters.len() <= b.letters.len() { (a, b) } else { (b, a) };
    let longest = long.letters.len() as u32;
    // Across such scripts, or where one left out its vowels: "Vldmr".
    let bare = longest >= 4 && short.letters.len() >= 3 && a.vowels != b.vowels && (!a.vowels || !b.vowels);
    if (coarse || bare) && a.skeleton == b.skeleton && a.skeleton.len() >= 2 {
        return Some((Likeness::Skeleton, 0));
    }
    if coarse && (is_with_article(&a.skeleton, &b.skeleton) || is_with_article(&b.skeleton, &a.skeleton)) {
        return Some((Likeness::Skeleton, 0));
    }
    // Letters that only one of them has: each edit makes two at most.
    let alien = (a.mask ^ b.mask).count_ones();
    let sounds = a.sound == b.sound && a.sound.len() >= 2;
    if alien > 6 && !sounds && !coarse {
        return None;
    }
    // More edits than these make nothing of the pair.
    let most = if sounds { 3 } else { 3.min(longest / 2) };
    let edits = if alien > 2 * most { most + 1 } else { distance(&a.letters, &b.letters, most) };
    if sounds && edits <= 3 && longest >= 3 {
        return Some((if edits <= 2 || longest > 7 { Likeness::Sound } else { Likeness::Loose }, edits));
    }
    if edits == 1 && longest >= 4 && (short.letters.len() >= 4 || !body) {
        return Some((Likeness::Slip, 1));
    }
    if is_cut(&short.letters, &long.letters) {
        return Some((Likeness::Cut, longest - short.letters.len() as u32));
    }
    let near = edits == 3 && longest >= 8 && distance(&a.sound, &b.sound, 2) <= 1;
    if (edits == 1 && longest >= 3) || (edits == 2 && longest >= 5) || near {
        return Some((Likeness::Loose, edits));
    }
    if coarse && a.skeleton.len() >= 3 && distance(&a.skeleton, &b.skeleton, 1) <= 1 {
        return Some((Likeness::Loose, 2));
    }
    (edits <= 3 && edits * 2 <= longest).then_some((Likeness::Far, edits))
}

/// "lsysy" is "al-Sisi": the Arabic article is written with its word.
fn is_with_article(long: &[u8], short: &[u8]) -> bool {
    short.len() >= 2 && long.split_first().is_some_and(|(first, rest)| *first == b'L' && rest == short)
}

/// Letters dropped, added, changed, and neighbours swapped, to get from one word to the other; `limit` + 1 where it is more.
pub(super) fn distance(a: &[u8], b: &[u8], limit: u32) -> u32 {
    const WIDTH: usize = 40;
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if (long.len() - short.len()) as u32 > limit || long.len() >= WIDTH {
        return limit + 1;
    }
    if short.is_empty() {
        return long.len() as u32;
    }
    let (mut first, mut second) = ([0_u8; WIDTH], [0_u8; WIDTH]);
    let mut third: [u8; WIDTH] = std::array::from_fn(|i| i as u8);
    let (mut before, mut above, mut row) = (&mut first, &mut third, &mut second);
    for (i, x) in short.iter().enumerate() {
        row[0] = i as u8 + 1;
        let mut least = row[0];
        for (j, y) in long.iter().enumerate() {
            let mut best = (above[j] + u8::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == long[j - 1] && short[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
            least = least.min(best);
        }
        if u32::from(least) > limit {
            return limit + 1;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    u32::from(above[long.len()]).min(limit + 1)
}
