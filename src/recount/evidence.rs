//! A fact -> the sentences that state it, with their sources.

use crate::error::Result;
use crate::store::{Store, find_quads};
use crate::vocab;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One sentence and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Quote {
    /// File name of the source.
    pub source: String,
    /// Offset of the first Unicode scalar in the kept text.
    pub start: usize,
    /// Offset behind the last.
    pub end: usize,
    /// Page on which it begins, counted from 1; only of sources with pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The words.
    pub quote: String,
    /// Title of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Name of the publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When the article appeared, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<String>,
}

impl Quote {
    /// `wire.txt p. 3 0–46 · Morning Post · Tolen in Port Kest · 2024-03-06`.
    pub fn credit(&self) -> String {
        let page = self.page.map(|page| format!(" p. {page}")).unwrap_or_default();
        let place = format!("{}{page} {}–{}", self.source, self.start, self.end);
        let known = [&self.publisher, &self.title, &self.issued];
        known.into_iter().flatten().fold(place, |credit, part| format!("{credit} · {part}"))
    }

    /// The words on one line.
    pub fn words(&self) -> String {
        self.quote.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The sentences behind a fact, or the sentence that a passage is; in the order of source and place, none where `iri` is neither.
///
/// # Errors
/// The store cannot be read.
pub fn read_quotes(store: &Store, iri: &NamedNode) -> Result<Vec<Quote>> {
    let mut quotes = Vec::new();
    quotes.extend(read_quote(store, iri)?);
    for passage in objects(store, iri.as_ref(), "prov", "wasDerivedFrom")? {
        if let Term::NamedNode(passage) = passage {
            quotes.extend(read_quote(store, &passage)?);
        }
    }
    quotes.sort();
    quotes.dedup();
    Ok(quotes)
}

/// The sentences behind rows that some things were found by: those that are passages, else those of facts.
///
/// # Errors
/// The store cannot be read.
pub fn cite_rows(store: &Store, things: &[BTreeSet<NamedNode>]) -> Result<Vec<Vec<Quote>>> {
    let mut known: BTreeMap<&str, (bool, Vec<Quote>)> = BTreeMap::new();
    for thing in things.iter().flatten() {
        if !known.contains_key(thing.as_str()) {
            let is_passage = text(store, thing, "nif", "anchorOf")?.is_some();
            known.insert(thing.as_str(), (is_passage, read_quotes(store, thing)?));
        }
    }
    let cite = |things: &BTreeSet<NamedNode>| {
        let found = || things.iter().filter_map(|thing| known.get(thing.as_str()));
        let only = found().any(|(is_passage, _)| *is_passage);
        let quotes: BTreeSet<&Quote> = found().filter(|(is, _)| *is || !only).flat_map(|(_, quotes)| quotes).collect();
        quotes.into_iter().cloned().collect()
    };
    Ok(things.iter().map(cite).collect())
}

fn read_quote(store: &Store, passage: &NamedNode) -> Result<Option<Quote>> {
    let Some(quote) = text(store, passage, "nif", "anchorOf")? else { return Ok(None) };
    let Some(source) = node(store, passage, "prov", "wasQuotedFrom")? else { return Ok(None) };
    let article = node(store, passage, "dcterms", "isPartOf")?.unwrap_or_else(|| source.clone());
    let number = |prefix, local| Ok(text(store, passage, prefix, local)?.and_then(|number| number.parse().ok()));
    let publisher = match node(store, &article, "dcterms", "publisher")? {
        Some(publisher) => text(store, &publisher, "skos", "prefLabel")?,
        None => None,
    };
    Ok(Some(Quote {
        source: text(store, &source, "dos", "fileName")?.unwrap_or_else(|| vocab::shorten(source.as_str())),
        start: number("nif", "beginIndex")?.unwrap_or_default(),
        end: number("nif", "endIndex")?.unwrap_or_default(),
        page: number("dos", "page")?,
        quote,
        title: text(store, &article, "dcterms", "title")?,
        publisher,
        issued: text(store, &article, "dcterms", "issued")?,
    }))
}

/// The least literal of a property.
pub(super) fn text(store: &Store, subject: &NamedNode, prefix: &str, local: &str) -> Result<Option<String>> {
    let literals = objects(store, subject.as_ref(), prefix, local)?.into_iter().filter_map(|term| match term {
        Term::Literal(literal) => Some(literal.destruct().0),
        _ => None,
    });
    Ok(literals.min())
}

/// The least thing of a property.
pub(super) fn node(store: &Store, subject: &NamedNode, prefix: &str, local: &str) -> Result<Option<NamedNode>> {
    let nodes = objects(store, subject.as_ref(), prefix, local)?.into_iter().filter_map(|term| match term {
        Term::NamedNode(node) => Some(node),
        _ => None,
    });
    Ok(nodes.min_by(|a, b| a.as_str().cmp(b.as_str())))
}

fn objects(store: &Store, subject: NamedNodeRef<'_>, prefix: &str, local: &str) -> Result<Vec<Term>> {
    let quads = find_quads(store, Some(subject), Some(vocab::term(prefix, local).as_ref()))?;
    Ok(quads.into_iter().map(|quad| quad.object).collect())
}
