//! Numbers of edges, and the list of quotes that they lead to.
//!
//! Law: numbers go up in the order of the picture; what rests on no passage has none.

use super::picture::Picture;
use super::quote::Quote;
use std::collections::BTreeSet;

/// Most quotes of one number; the rest is counted.
const MOST_QUOTES: usize = 3;
/// Longest quote in characters.
const LONGEST: usize = 320;

/// The numbers of a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Footnotes {
    /// Number of each edge, in order.
    pub(super) edges: Vec<Option<usize>>,
    /// Number of each node, in order; only where the picture has no edges.
    pub(super) nodes: Vec<Option<usize>>,
    /// The text of number 1, 2, ...
    pub(super) list: Vec<String>,
}

/// Numbers the edges of a picture, or its nodes where it has none.
pub(super) fn number(picture: &Picture) -> Footnotes {
    let mut notes = Footnotes::default();
    notes.edges = picture.edges().map(|edge| notes.add(picture, &edge.evidence)).collect();
    if picture.edges().len() == 0 {
        notes.nodes = picture.nodes().map(|node| notes.add(picture, &node.evidence)).collect();
    }
    notes
}

impl Footnotes {
    fn add(&mut self, picture: &Picture, evidence: &BTreeSet<String>) -> Option<usize> {
        let quotes = in_order(picture, evidence);
        if quotes.is_empty() {
            return None;
        }
        let text = write(&quotes);
        // Lines that rest on the same words share their number.
        let known = self.list.iter().position(|known| *known == text);
        Some(
            known.unwrap_or_else(|| {
                self.list.push(text);
                self.list.len() - 1
            }) + 1,
        )
    }
}

/// Quotes of some passages, one a source first, the oldest sources first.
pub(super) fn in_order<'a>(picture: &'a Picture, evidence: &'a BTreeSet<String>) -> Vec<&'a Quote> {
    let mut quotes: Vec<&Quote> = picture.quotes_of(evidence).collect();
    quotes.sort_by_key(|quote| (&quote.date, &quote.source, quote.start));
    let mut seen = BTreeSet::new();
    let (first, again): (Vec<_>, Vec<_>) = quotes.into_iter().partition(|quote| seen.insert(&quote.source));
    first.into_iter().chain(again).collect()
}

/// Address of the first source that has one.
pub(super) fn first_url<'a>(picture: &'a Picture, evidence: &'a BTreeSet<String>) -> Option<&'a str> {
    in_order(picture, evidence).into_iter().find_map(|quote| quote.url.as_deref())
}

fn write(quotes: &[&Quote]) -> String {
    let shown = quotes.iter().take(MOST_QUOTES).map(|quote| format!("“{}” {}.", cut(&quote.text), quote.credit()));
    let rest = quotes.len().saturating_sub(MOST_QUOTES);
    let more = (rest > 0).then(|| format!("And {rest} more."));
    shown.chain(more).collect::<Vec<_>>().join(" ")
}

/// A quote, shortened where it is long.
pub(super) fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::picture::Edge;

    #[track_caller]
    fn check(evidence: &[&[&str]], numbers: &[Option<usize>], list: usize) {
        let mut picture = Picture::default();
        for (i, passage) in ["p1", "p2", "p3", "p4", "p5"].iter().enumerate() {
            let quote = Quote {
                text: format!("Words {passage}."),
                source: format!("s{i}"),
                title: "Wire".into(),
                ..Quote::default()
            };
            picture.quotes.insert((*passage).to_owned(), quote);
        }
        for (i, passages) in evidence.iter().enumerate() {
            let mut edge = Edge::new("a", format!("b{i}"), "met");
            edge.evidence = passages.iter().map(|passage| (*passage).to_owned()).collect();
            picture.add_edge(edge);
        }
        let notes = number(&picture);
        assert_eq!(notes.edges, numbers);
        assert_eq!(notes.list.len(), list);
    }

    #[test]
    fn edges_are_numbered_in_order() {
        check(&[&["p1"], &["p2", "p3"], &[], &["p1"]], &[Some(1), Some(2), None, Some(1)], 2);
        check(&[&["unknown"]], &[None], 0);
    }

    #[test]
    fn long_lists_are_counted() {
        let mut picture = Picture::default();
        for i in 0..5 {
            picture.quotes.insert(i.to_string(), Quote { source: i.to_string(), ..Quote::default() });
        }
        let mut edge = Edge::new("a", "b", "");
        edge.evidence = (0..5).map(|i| i.to_string()).collect();
        picture.add_edge(edge);
        assert!(number(&picture).list[0].ends_with("And 2 more."));
    }
}
