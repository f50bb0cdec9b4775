//! The best projective tree of given scores, with one word at the root (Eisner 1996).
//!
//! Law: every word but one has another word as governor, and no cycle arises.

/// A square of values.
struct Square<T> {
    width: usize,
    values: Vec<T>,
}

impl<T: Copy> Square<T> {
    fn new(width: usize, value: T) -> Self {
        Self { width, values: vec![value; width * width] }
    }

    fn set(&mut self, i: usize, j: usize, value: T) {
        if let Some(place) = self.values.get_mut(i * self.width + j) {
            *place = value;
        }
    }

    /// The values of row `i` from column `from` on, `count` of them.
    fn row(&self, i: usize, from: usize, count: usize) -> &[T] {
        let at = i * self.width + from;
        self.values.get(at..at + count).unwrap_or_default()
    }

    fn get(&self, i: usize, j: usize) -> Option<T> {
        self.values.get(i * self.width + j).copied()
    }
}

/// Spans with the governor at one end: row the governor's end, column the other. A whole span takes no more dependents at
/// its far end; an open one is an arc between its ends. The whole ones are kept by column too, so that every sum runs along
/// rows. Only the scores are kept: where a span is cut in two is looked for again in the few that make the tree.
struct Spans {
    whole: Square<f32>,
    whole_by_end: Square<f32>,
    open: Square<f32>,
}

/// Sums that are compared at once.
const LANES: usize = 8;

/// The greatest sum of neighbours in two rows.
fn best_sum(left: &[f32], right: &[f32]) -> f32 {
    let greater = |a: f32, b: f32| if b > a { b } else { a };
    let mut best = [f32::NEG_INFINITY; LANES];
    let ((left, left_rest), (right, right_rest)) = (left.as_chunks::<LANES>(), right.as_chunks::<LANES>());
    for (left, right) in left.iter().zip(right) {
        for ((best, l), r) in best.iter_mut().zip(left).zip(right) {
            *best = greater(*best, l + r);
        }
    }
    let rest = left_rest.iter().zip(right_rest).map(|(l, r)| l + r);
    best.into_iter().chain(rest).fold(f32::NEG_INFINITY, greater)
}

/// The place of the greatest sum of neighbours in two rows; the first of equals.
fn place_of_best(left: &[f32], right: &[f32]) -> usize {
    let best = best_sum(left, right);
    left.iter().zip(right).position(|(l, r)| l + r >= best).unwrap_or_default()
}

/// Governors of `length` words by `scores`: for each word a row with the scores of all words as its governor and, last, of
/// the root. The word at the root gets `length`.
pub(super) fn find_tree(length: usize, scores: &[f32]) -> Vec<usize> {
    if length < 2 {
        return vec![length; length];
    }
    let spans = fill(length, scores);
    let score = |dependent: usize, governor: usize| scores.get(dependent * (length + 1) + governor).copied();
    let mut top = (f32::NEG_INFINITY, 0);
    for word in 0..length {
        let sides = spans.whole.get(word, 0).zip(spans.whole.get(word, length - 1));
        let sum = sides.zip(score(word, length)).map_or(f32::NEG_INFINITY, |((l, r), s)| l + r + s);
        if sum > top.0 {
            top = (sum, word);
        }
    }
    read_off(&spans, length, top.1)
}

fn fill(length: usize, scores: &[f32]) -> Spans {
    let none = f32::NEG_INFINITY;
    let mut spans = Spans {
        whole: Square::new(length, none),
        whole_by_end: Square::new(length, none),
        open: Square::new(length, none),
    };
    for i in 0..length {
        spans.whole.set(i, i, 0.0);
        spans.whole_by_end.set(i, i, 0.0);
    }
    let score = |dependent: usize, governor: usize| scores.get(dependent * (length + 1) + governor).copied();
    for width in 1..length {
        for i in 0..length - width {
            let j = i + width;
            let (left, right) = spans.inside(i, j);
            let inside = best_sum(left, right);
            for (governor, dependent) in [(i, j), (j, i)] {
                spans.open.set(governor, dependent, inside + score(dependent, governor).unwrap_or(none));
            }
            for (governor, end) in [(i, j), (j, i)] {
                let (left, right) = spans.parts(governor, end);
                let sum = best_sum(left, right);
                spans.whole.set(governor, end, sum);
                spans.whole_by_end.set(end, governor, sum);
            }
        }
    }
    spans
}

impl Spans {
    /// What an arc between `i` and the later `j` may hold: whole spans from `i` up to a word, and from the next one to `j`.
    fn inside(&self, i: usize, j: usize) -> (&[f32], &[f32]) {
        (self.whole.row(i, i, j - i), self.whole.row(j, i + 1, j - i))
    }

    /// What a whole span may consist of: an arc to a word, and a whole span of that word, by the word from left to right.
    fn parts(&self, governor: usize, end: usize) -> (&[f32], &[f32]) {
        let width = governor.abs_diff(end);
        if governor < end {
            (self.open.row(governor, governor + 1, width), self.whole_by_end.row(end, governor + 1, width))
        } else {
            (self.whole_by_end.row(end, end, width), self.open.row(governor, end, width))
        }
    }
}

fn read_off(spans: &Spans, length: usize, root: usize) -> Vec<usize> {
    let mut governors = vec![length; length];
    let mut todo = vec![(true, root, 0), (true, root, length - 1)];
    while let Some((whole, governor, end)) = todo.pop() {
        if governor == end {
            continue;
        }
        let (first, last) = (governor.min(end), governor.max(end));
        if whole {
            let (left, right) = spans.parts(governor, end);
            let cut = first + usize::from(governor < end) + place_of_best(left, right);
            todo.extend([(false, governor, cut), (true, cut, end)]);
            continue;
        }
        if let Some(place) = governors.get_mut(end) {
            *place = governor;
        }
        let (left, right) = spans.inside(first, last);
        let cut = first + place_of_best(left, right);
        todo.extend([(true, first, cut), (true, last, cut + 1)]);
    }
    governors
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The sum of a tree's scores; `None` where it is no projective tree with one word at the root.
    fn worth(length: usize, scores: &[f32], tree: &[usize]) -> Option<f32> {
        let climbs = |word: usize| {
            let mut at = word;
            (0..=length).any(|_| {
                at = tree.get(at).copied().unwrap_or(length);
                at == length
            })
        };
        let spans: Vec<_> = (0..length).map(|d| (d, tree[d])).filter(|(d, g)| *g < length && d != g).collect();
        let cross = |(a, b): (usize, usize), (c, d): (usize, usize)| {
            let (a, b, c, d) = (a.min(b), a.max(b), c.min(d), c.max(d));
            (a < c && c < b && b < d) || (c < a && a < d && d < b)
        };
        let top = tree.iter().position(|g| *g == length)?;
        let covered = spans.iter().any(|(d, g)| d.min(g) < &top && &top < d.max(g));
        let sound = spans.len() + 1 == length && (0..length).all(climbs) && !covered;
        let crossing = spans.iter().any(|a| spans.iter().any(|b| cross(*a, *b)));
        (sound && !crossing).then(|| (0..length).map(|d| scores[d * (length + 1) + tree[d]]).sum())
    }

    fn check(length: usize, scores: &[f32]) {
        let found = worth(length, scores, &find_tree(length, scores)).unwrap();
        let heads = length + 1;
        let mut best = f32::NEG_INFINITY;
        for mut code in 0..heads.pow(length as u32) {
            let tree: Vec<usize> = (0..length)
                .map(|_| {
                    let head = code % heads;
                    code /= heads;
                    head
                })
                .collect();
            best = best.max(worth(length, scores, &tree).unwrap_or(f32::NEG_INFINITY));
        }
        assert!((found - best).abs() < 1e-3, "{found} instead of {best}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn finds_the_best_of_all_trees(scores in prop::collection::vec(-9.0f32..9.0, 20)) {
            check(4, &scores);
            check(3, &scores[..12]);
            check(1, &scores[..2]);
        }
    }
}
