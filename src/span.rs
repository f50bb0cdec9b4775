//! Places in a text, counted in Unicode scalar values.
//!
//! Law: an offset in Dossier counts Unicode scalar values (RFC 5147 calls them characters) of a document's plain text;
//! bytes never leave the function that slices.

use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of Unicode scalar values in a document's plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// Number of scalars before the range.
    pub start: u32,
    /// Number of scalars before its end.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// Length in scalars.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a scalar.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Slices a text by scalars in constant time: one checkpoint of bytes every 64 scalars.
#[derive(Debug, Clone)]
pub struct TextIndex {
    checkpoints: Vec<u32>,
    scalars: usize,
}

const STEP: usize = 64;

impl TextIndex {
    /// Indexes `text`; every later call must be given the same text.
    pub fn new(text: &str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STEP + 1);
        let mut scalars = 0;
        for (byte, _) in text.char_indices() {
            if scalars % STEP == 0 {
                checkpoints.push(byte as u32);
            }
            scalars += 1;
        }
        Self { checkpoints, scalars }
    }

    /// Number of scalars in the text.
    pub fn len(&self) -> usize {
        self.scalars
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.scalars == 0
    }

    /// Byte offset of scalar `at`; the text's length if `at` is its end or beyond.
    pub fn byte_of(&self, text: &str, at: usize) -> usize {
        if at >= self.scalars {
            return text.len();
        }
        let base = self.checkpoints.get(at / STEP).map_or(text.len(), |b| *b as usize);
        let rest = text.get(base..).unwrap_or_default();
        rest.char_indices().nth(at % STEP).map_or(text.len(), |(b, _)| base + b)
    }

    /// The words of `text` at `span`; empty where the span lies outside.
    pub fn slice<'t>(&self, text: &'t str, span: Span) -> &'t str {
        let (from, to) = (self.byte_of(text, span.start as usize), self.byte_of(text, span.end as usize));
        text.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_scalars() {
        let text = "Əliyev met “Xi” ".repeat(40);
        let index = TextIndex::new(&text);
        assert_eq!(index.len(), text.chars().count());
        for start in (0..600).step_by(7) {
            let expected: String = text.chars().skip(start).take(9).collect();
            assert_eq!(index.slice(&text, Span::new(start, start + 9)), expected);
        }
    }
}
