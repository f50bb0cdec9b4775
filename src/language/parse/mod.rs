//! Dependency parser: a network scores arcs and relations, and the best projective tree wins.

mod decode;

use super::net::Net;
use super::tag::Tag;
use super::tree::{Deprel, Upos};
use super::words::Word;
use decode::find_tree;
use std::ops::Range;

/// The parser: a network whose classes are relations.
#[derive(Debug, Clone)]
pub(crate) struct Parser {
    net: Net,
    relations: Vec<Deprel>,
}

/// The tree of one sentence: governor (`None` for the root's word) and relation of every word.
pub(crate) type Arcs = Vec<(Option<usize>, Deprel)>;

/// Words that are read at once; what is longer is read in pieces, because the work grows with the cube of the length.
const MOST: usize = 128;

impl Parser {
    /// A parser from its network; `None` where the classes are no relations.
    pub(crate) fn new(net: Net) -> Option<Self> {
        let relations = net.names().iter().map(|c| c.parse().ok()).collect::<Option<Vec<Deprel>>>()?;
        Some(Self { net, relations })
    }

    /// Parses one sentence.
    pub(crate) fn parse(&self, words: &[Word], tags: &[Tag]) -> Arcs {
        let mut arcs = Arcs::with_capacity(words.len());
        let mut root = None;
        for piece in pieces(tags) {
            let start = piece.start;
            let words = words.get(piece.clone()).unwrap_or_default();
            for (head, relation) in self.parse_piece(words, tags.get(piece).unwrap_or_default()) {
                match (head, root) {
                    (Some(head), _) => arcs.push((Some(start + head), relation)),
                    (None, None) => {
                        root = Some(arcs.len());
                        arcs.push((None, relation));
                    }
                    (None, first) => arcs.push((first, Deprel::Parataxis)),
                }
            }
        }
        arcs
    }

    fn parse_piece(&self, words: &[Word], tags: &[Tag]) -> Arcs {
        let opinion = self.net.read(words, tags);
        let governors = find_tree(opinion.length, &opinion.arcs);
        let mut scores = Vec::new();
        let arc = |(word, governor): (usize, usize)| match governor < opinion.length {
            true => {
                self.net.relate(&opinion, governor, word, &mut scores);
                (Some(governor), self.relation(&scores, tags, governor, word))
            }
            false => (None, Deprel::Root),
        };
        governors.into_iter().enumerate().map(arc).collect()
    }

    /// The relation that fits an arc best by `scores`; the first of equals. A noun is no part of a verb's name.
    fn relation(&self, scores: &[f32], tags: &[Tag], governor: usize, word: usize) -> Deprel {
        let is = |i: usize, kinds: &[Upos]| tags.get(i).is_some_and(|t| kinds.contains(&t.0));
        let verbal = is(governor, &[Upos::Verb]) && is(word, &[Upos::Noun, Upos::Propn, Upos::Pron]);
        let fits = |r: Deprel| r != Deprel::Root && !(verbal && matches!(r, Deprel::Flat | Deprel::Compound));
        let mut best = (f32::NEG_INFINITY, Deprel::Dep);
        for (&score, relation) in scores.iter().zip(&self.relations) {
            if score > best.0 && fits(*relation) {
                best = (score, *relation);
            }
        }
        best.1
    }
}

/// Pieces of at most [`MOST`] words, cut after a mark where there is one in the second half.
fn pieces(tags: &[Tag]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < tags.len() {
        let end = (start + MOST).min(tags.len());
        let mark = (start + MOST / 2..end).rev().find(|i| tags.get(*i).is_some_and(|t| t.0 == Upos::Punct));
        let end = if end == tags.len() { end } else { mark.map_or(end, |i| i + 1) };
        out.push(start..end);
        start = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Xpos;

    #[track_caller]
    fn check(words: usize, mark: usize, expected: &[Range<usize>]) {
        let tag = |i: usize| if i == mark { (Upos::Punct, Xpos::Comma) } else { (Upos::Noun, Xpos::Nn) };
        assert_eq!(pieces(&(0..words).map(tag).collect::<Vec<Tag>>()), expected);
    }

    #[test]
    fn long_sentences_are_read_in_pieces() {
        check(0, 0, &[]);
        check(20, 9, std::slice::from_ref(&(0..20)));
        check(130, 99, &[0..100, 100..130]);
        check(130, 9, &[0..128, 128..130]);
    }
}
