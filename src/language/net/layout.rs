//! Where the parts of the network lie among its numbers, in training and in the file.

use std::ops::Range;

/// Widths of the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// Of a row of a clue.
    pub(crate) embed: usize,
    /// Of one direction of a layer.
    pub(crate) hidden: usize,
    /// How many layers read the sentence.
    pub(crate) layers: usize,
    /// Of what is compared to find governors.
    pub(crate) arc: usize,
    /// Of what is added to find relations.
    pub(crate) relation: usize,
    /// Number of relations.
    pub(crate) classes: usize,
}

/// Classes of distance and side.
const BUCKETS: usize = 20;

/// Universal tags, and one more for the root.
const TAGS: usize = 18;

/// The class of the distance between two words and of the side.
pub(crate) fn bucket(governor: usize, dependent: usize) -> usize {
    let step = match governor.abs_diff(dependent) {
        d @ 0..=4 => d.max(1) - 1,
        5..=6 => 4,
        7..=9 => 5,
        10..=14 => 6,
        15..=20 => 7,
        21..=30 => 8,
        _ => 9,
    };
    step + if governor > dependent { BUCKETS / 2 } else { 0 }
}

/// The place among the pairs: tags of governor and dependent, with distance and side; `tags.len()` is the root.
pub(crate) fn pair(tags: &[usize], governor: usize, dependent: usize) -> usize {
    let tag = |i: usize| tags.get(i).copied();
    let mine = tag(dependent).unwrap_or_default();
    match tag(governor) {
        Some(other) => (bucket(governor, dependent) * TAGS + other) * TAGS + mine,
        None => (TAGS - 1) * TAGS + mine,
    }
}

/// A matrix among the numbers: rows of `inner` numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    start: usize,
    /// Width of a row.
    pub(crate) inner: usize,
    /// Number of rows.
    pub(crate) outer: usize,
}

impl Part {
    /// Its numbers.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.start + self.inner * self.outer
    }
}

/// All parts.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// Of every layer the two directions: matrix of the input, matrix of the word before, what is added.
    pub(crate) layers: Vec<[[Part; 3]; 2]>,
    pub(crate) dependents: Part,
    pub(crate) dependents_added: Part,
    pub(crate) governors: Part,
    pub(crate) governors_added: Part,
    pub(crate) form: Part,
    pub(crate) worth: Part,
    pub(crate) root: Part,
    pub(crate) pairs: Part,
    pub(crate) above: Part,
    pub(crate) below: Part,
    pub(crate) below_added: Part,
    pub(crate) distances: Part,
    pub(crate) relations: Part,
    pub(crate) relations_added: Part,
    /// How many numbers in all.
    pub(crate) total: usize,
}

impl Layout {
    /// The parts of a network of these sizes.
    pub(crate) fn new(sizes: Sizes) -> Self {
        let mut total = 0;
        let mut part = |inner: usize, outer: usize| {
            let part = Part { start: total, inner, outer };
            total = part.range().end;
            part
        };
        let Sizes { embed, hidden, layers, arc, relation, classes } = sizes;
        let both = 2 * hidden;
        let layers = (0..layers)
            .map(|layer| {
                let input = if layer == 0 { embed } else { both };
                [0, 1].map(|_| [part(input, 3 * hidden), part(hidden, 3 * hidden), part(3 * hidden, 1)])
            })
            .collect();
        Self {
            layers,
            dependents: part(both, arc),
            dependents_added: part(arc, 1),
            governors: part(both, arc),
            governors_added: part(arc, 1),
            form: part(arc, arc),
            worth: part(arc, 1),
            root: part(arc, 1),
            pairs: part(BUCKETS * TAGS * TAGS, 1),
            above: part(both, relation),
            below: part(both, relation),
            below_added: part(relation, 1),
            distances: part(relation, BUCKETS),
            relations: part(relation, classes),
            relations_added: part(classes, 1),
            total,
        }
    }
}
