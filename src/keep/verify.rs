//! Whether every quote still stands where it was found.
//!
//! Law: no fact without a quote. Each passage's words, its offsets and its IRI agree with the kept text; each fact leads to at
//! least one passage; each file has the fingerprint that the manifest gives.

use super::{Folder, Part};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::read::Document;
use crate::read::records::Fragments;
use crate::span::{Span, TextIndex};
use crate::vocab;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What was checked and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Number of sources.
    pub sources: usize,
    /// Number of passages.
    pub passages: usize,
    /// Number of facts, counted in each source that supports them.
    pub facts: usize,
    /// One diagnostic a failure, in the order of sources and offsets.
    pub failures: Vec<Diagnostic>,
}

impl Verified {
    fn join(mut self, other: Self) -> Self {
        self.sources += other.sources;
        self.passages += other.passages;
        self.facts += other.facts;
        self.failures.extend(other.failures);
        self
    }
}

/// Checks all sources of a graph; `documents` are the sources read again, as many as are still at hand.
///
/// # Errors
/// Never for what is wrong with the graph's files, which is what it reports.
pub fn verify(folder: &Folder, documents: &[Document]) -> Result<Verified> {
    let documents: BTreeMap<&str, &Document> = documents.iter().map(|d| (d.id.as_str(), d)).collect();
    let ids: Vec<&str> = folder.sources().map(|(id, _)| id).collect();
    let checked: Vec<Verified> =
        ids.par_iter().map(|id| verify_source(folder, id, documents.get(id).copied())).collect();
    Ok(checked.into_iter().fold(Verified::default(), Verified::join))
}

/// Checks one source against its kept files, and against the source itself where it was read again.
pub fn verify_source(folder: &Folder, id: &str, document: Option<&Document>) -> Verified {
    let mut verified = Verified { sources: 1, ..Verified::default() };
    let Some(entry) = folder.entry(id) else {
        verified.failures.push(Diagnostic::error(id, "the graph has no source of this name"));
        return verified;
    };
    for part in Part::ALL {
        let path = part.path(id).display().to_string();
        match folder.read(part, id) {
            Err(error) => {
                verified.failures.push(Diagnostic::error(path, error.to_string()).hint("build the source again"))
            }
            Ok(bytes) if vocab::sha256(&bytes) != entry.fingerprint(part) => verified.failures.push(
                Diagnostic::error(path, "the file is not the one that was built")
                    .hint("build the source again with --force"),
            ),
            Ok(_) => {}
        }
    }
    let (Ok(graph), Ok(text)) = (folder.graph(id), folder.text(id)) else { return verified };
    let fragments = folder
        .reading::<Kept>(id)
        .map_or_else(|_| Fragments::default(), |kept| Fragments::of(&Document { text: text.clone(), ..kept.document }));
    verify_graph(id, &graph, (&text, &fragments), &entry.sha256, &mut verified);
    if let Some(document) = document {
        verify_document(document, &entry.sha256, &text, &mut verified.failures);
    }
    verified
}

/// Of a kept reading what says how records are named.
#[derive(serde::Deserialize)]
struct Kept {
    document: Document,
}

/// The source as it is now against the source as it was read.
fn verify_document(document: &Document, sha256: &str, text: &str, failures: &mut Vec<Diagnostic>) {
    if document.sha256 != sha256 {
        failures.push(
            Diagnostic::error(&document.name, "the source has changed since it was read")
                .hint("build it again: dossier build PATH"),
        );
    } else if document.text != text {
        failures.push(
            Diagnostic::error(&document.name, "the source gives another plain text than the one that is kept")
                .hint("it was read by another version of Dossier; build it again with --force"),
        );
    }
}

/// What a graph says of one passage.
#[derive(Default)]
struct Quoted {
    begin: Option<u32>,
    end: Option<u32>,
    quote: Option<String>,
}

/// What a graph says, as far as it is checked.
#[derive(Default)]
struct Claims {
    passages: BTreeMap<String, Quoted>,
    facts: BTreeSet<String>,
    evidence: BTreeMap<String, Vec<String>>,
    sha256: Option<String>,
}

impl Claims {
    fn take(&mut self, quad: Quad) {
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { return };
        let subject = subject.into_string();
        match (vocab::shorten(quad.predicate.as_str()).as_str(), quad.object) {
            ("rdf:type", Term::NamedNode(class)) if class == vocab::dos("Passage") => {
                self.passages.entry(subject).or_default();
            }
            ("nif:beginIndex", Term::Literal(at)) => self.passage(subject).begin = at.value().parse().ok(),
            ("nif:endIndex", Term::Literal(at)) => self.passage(subject).end = at.value().parse().ok(),
            ("nif:anchorOf", Term::Literal(quote)) => self.passage(subject).quote = Some(quote.value().to_owned()),
            ("dos:status", _) => drop(self.facts.insert(subject)),
            ("dos:sha256", Term::Literal(hex)) => self.sha256 = Some(hex.value().to_owned()),
            ("prov:wasDerivedFrom", Term::NamedNode(passage)) => {
                self.evidence.entry(subject).or_default().push(passage.into_string());
            }
            _ => {}
        }
    }

    fn passage(&mut self, subject: String) -> &mut Quoted {
        self.passages.entry(subject).or_default()
    }
}

fn verify_graph(id: &str, graph: &[u8], kept: (&str, &Fragments), sha256: &str, verified: &mut Verified) {
    let path = Part::Graph.path(id).display().to_string();
    let mut claims = Claims::default();
    for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(graph) {
        match quad {
            Ok(quad) => claims.take(quad),
            Err(error) => return verified.failures.push(Diagnostic::error(path, error.to_string())),
        }
    }
    if claims.sha256.as_deref() != Some(sha256) {
        verified.failures.push(Diagnostic::error(&path, "the graph is not of the source that the manifest names"));
    }
    verified.passages += claims.passages.len();
    verified.facts += claims.facts.len();
    verify_passages(id, &claims, kept, &mut verified.failures);
    for fact in &claims.facts {
        let passages = claims.evidence.get(fact).into_iter().flatten();
        if !passages.into_iter().any(|passage| claims.passages.contains_key(passage)) {
            verified.failures.push(Diagnostic::error(&path, format!("{} has no passage", vocab::shorten(fact))));
        }
    }
    for passage in claims.evidence.values().flatten().filter(|passage| !claims.passages.contains_key(*passage)) {
        verified.failures.push(Diagnostic::error(&path, format!("{} is not in the graph", vocab::shorten(passage))));
    }
}

fn verify_passages(id: &str, claims: &Claims, (text, fragments): (&str, &Fragments), failures: &mut Vec<Diagnostic>) {
    let index = TextIndex::new(text);
    let mut found: Vec<(Span, Diagnostic)> = Vec::new();
    for (iri, quoted) in &claims.passages {
        let span = Span { start: quoted.begin.unwrap_or_default(), end: quoted.end.unwrap_or_default() };
        let words = index.slice(text, span);
        let message = match quoted {
            Quoted { begin: Some(_), end: Some(_), quote: Some(quote) } if quote == words && !quote.is_empty() => {
                let record = iri.split_once('#').and_then(|(_, fragment)| fragments.span(fragment));
                (vocab::passage(id, span).as_str() != iri && record != Some(span))
                    .then(|| format!("{iri} names other offsets than its own"))
            }
            Quoted { quote: Some(quote), .. } => Some(format!("expected {quote:?}, found {words:?}")),
            _ => Some(format!("{iri} quotes nothing")),
        };
        if let Some(message) = message {
            let (line, column) = place_of(text, span.start as usize);
            let path = Part::Text.path(id).display().to_string();
            found.push((span, Diagnostic::error(path, message).at(line, column)));
        }
    }
    found.sort();
    failures.extend(found.into_iter().map(|(_, diagnostic)| diagnostic));
}

/// Line and column, both from 1, of a scalar.
fn place_of(text: &str, offset: usize) -> (usize, usize) {
    text.chars()
        .take(offset)
        .fold((1, 1), |(line, column), c| if c == '\n' { (line + 1, 1) } else { (line, column + 1) })
}
