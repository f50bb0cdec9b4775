//! The river in order: sources in, graph folder out. No other file knows which room comes after which.
//!
//! Law: same input, same bytes, whatever the order of the inputs and the number of threads.

mod evaluate;
mod identity;

pub use evaluate::{evaluate_documents, evaluate_graph};
pub use identity::{Forgotten, Graph, edit_ledger, forget, load_graph};

use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::extract::{Evidence, Fact, Material, extract_facts};
use crate::keep::{Change, Folder};
use crate::language::{Reader, Sentence};
use crate::map::{Mapped, map_document};
use crate::ontology::classes::Classes;
use crate::ontology::frame_set::{FrameSet, embedded_frames};
use crate::ontology::gazetteer::Gazetteer;
use crate::read::{Document, SourceFile, find_sources, read_source};
use crate::recognise::{
    Amount, DateMention, Findings, ValueLexicon, find_amounts, find_dates, find_mentions, join_name_units,
    rank_currencies,
};
use crate::resolve::ledger::Ledger;
use crate::resolve::{Cast, Member, Scene, cast_document};
use crate::segment::{Block, BlockKind, Passage, find_blocks, find_passages};
use crate::span::TextIndex;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Names the program and knowledge that made a reading: its version, and a fingerprint of the ontology, the lexicons, the models
/// and the code that reads (see `build.rs`). Another one reads its sources again.
pub const MADE_WITH: &str = concat!("dossier ", env!("CARGO_PKG_VERSION"), " ", env!("DOSSIER_KNOWLEDGE"));

/// What one source says, by itself: kept beside the graph, so that a later build reads only what changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The source; its text is kept apart.
    pub document: Document,
    /// Number of passages read.
    pub passages: usize,
    /// Number of words read.
    pub words: usize,
    /// Who it speaks of.
    pub members: Vec<Member>,
    /// What it states; entities by index into `members`.
    pub facts: Vec<Fact<usize>>,
    /// By member: the IRI that was minted for it when it was first resolved; it never changes.
    #[serde(default)]
    pub minted: Vec<String>,
}

/// What a document is made of on the way from text to facts; `dossier parse` and `explain` show it.
pub struct Parsed {
    /// Blocks of the page.
    pub blocks: Vec<Block>,
    /// Sentences of its prose.
    pub passages: Vec<Passage>,
    /// The same, read.
    pub sentences: Vec<Sentence>,
}

/// Document -> passages -> sentences.
pub fn parse_document(document: &Document) -> Parsed {
    let index = TextIndex::new(&document.text);
    let blocks = find_blocks(document);
    let passages = find_passages(document, &blocks);
    let reader = Reader::embedded();
    let sentences = passages.iter().map(|p| reader.read(&document.text, &index, p.span)).collect();
    Parsed { blocks, passages, sentences }
}

/// Document -> Reading: everything that needs no other document.
///
/// # Errors
/// A frame or lexicon that the binary carries is wrong; the error names file and line.
pub fn read_document(document: &Document) -> Result<Reading> {
    read_with(document, embedded_frames()?)
}

/// [`read_document`] with frames of the caller's choice.
pub fn read_with(document: &Document, frames: &FrameSet) -> Result<Reading> {
    let failed = |d: Diagnostic| Error::with_hint(d.to_string(), d.hint.unwrap_or_default());
    read_document_or_records(document, frames).map(|(reading, _)| reading).map_err(failed)
}

/// Prose by its sentences, records by their mapping; what is wrong with some of them.
fn read_document_or_records(
    document: &Document,
    frames: &FrameSet,
) -> std::result::Result<(Reading, Vec<Diagnostic>), Diagnostic> {
    let fault = |error: Error| Diagnostic::error(&document.name, error.to_string());
    if document.records.is_none() {
        return Ok((read_study(document, &study_document(document).map_err(fault)?, frames), Vec::new()));
    }
    let Mapped { members, facts, records, findings } = map_document(document, &Classes::embedded().map_err(fault)?)?;
    let words = document.text.split_whitespace().count();
    let reading = Reading { document: document.clone(), passages: records, words, members, facts, minted: Vec::new() };
    Ok((reading, findings))
}

/// Everything that is known about a document's sentences before facts are drawn from them; `explain` shows it.
pub struct Study {
    /// Blocks, passages and sentences.
    pub parsed: Parsed,
    findings: Vec<Findings>,
    dates: Vec<Vec<DateMention>>,
    amounts: Vec<Vec<Amount>>,
    articles: Vec<usize>,
    blocks: Vec<usize>,
    asides: Vec<bool>,
    cast: Cast,
}

impl Study {
    /// The same, as `extract` takes it.
    pub fn material(&self) -> Material<'_> {
        Material {
            sentences: &self.parsed.sentences,
            findings: &self.findings,
            dates: &self.dates,
            amounts: &self.amounts,
            articles: &self.articles,
            blocks: &self.blocks,
            asides: &self.asides,
            cast: &self.cast,
        }
    }
}

/// Document -> Study.
///
/// # Errors
/// A lexicon that the binary carries is wrong.
pub fn study_document(document: &Document) -> Result<Study> {
    let mut parsed = parse_document(document);
    let Parsed { blocks, passages, sentences } = &mut parsed;
    let block_of = |p: &Passage| blocks.get(p.block).copied();
    let is_one_of = |p: &Passage, kinds: &[BlockKind]| block_of(p).is_some_and(|b| kinds.contains(&b.kind));
    let articles: Vec<usize> = passages.iter().map(|p| block_of(p).map_or(0, |b| b.article)).collect();
    let heads = [BlockKind::Title, BlockKind::Heading];
    let headlines: Vec<bool> = passages.iter().map(|p| is_one_of(p, &heads)).collect();
    let asides = passages.iter().map(|p| is_one_of(p, &heads) || is_one_of(p, &[BlockKind::Footnote])).collect();
    let findings = find_mentions(sentences, &headlines);
    join_name_units(sentences, &findings);
    let lexicon = ValueLexicon::embedded()?;
    let mut currencies: Vec<&str> = publisher_currency(document).into_iter().collect();
    currencies.extend(rank_currencies(&findings));
    let issued = |i: usize| articles.get(i).and_then(|a| document.articles.get(*a)).and_then(|a| a.metadata.date);
    let dates: Vec<_> = sentences.iter().enumerate().map(|(i, s)| find_dates(s, issued(i), lexicon)).collect();
    let amounts = sentences.iter().zip(&dates).map(|(s, d)| find_amounts(s, d, &currencies, lexicon)).collect();
    let publishers: Vec<Option<&str>> = document.articles.iter().map(|a| a.metadata.publisher.as_deref()).collect();
    let scene = Scene { sentences, findings: &findings, articles: &articles, publishers: &publishers };
    let cast = cast_document(scene);
    let blocks = passages.iter().map(|p| p.block).collect();
    Ok(Study { parsed, findings, dates, amounts, articles, blocks, asides, cast })
}

/// Study -> Reading.
pub fn read_study(document: &Document, study: &Study, frames: &FrameSet) -> Reading {
    let index = TextIndex::new(&document.text);
    let Parsed { passages, sentences, .. } = &study.parsed;
    let cite = |i: usize| {
        let span = passages.get(i).map(|p| p.span).unwrap_or_default();
        Evidence {
            document: document.id.clone(),
            source: document.name.clone(),
            span,
            quote: index.slice(&document.text, span).to_owned(),
            fragment: None,
        }
    };
    let facts = extract_facts(&study.material(), frames, cite);
    let words = sentences.iter().map(|s| s.tokens.len()).sum();
    let members = study.cast.members.clone();
    Reading { document: document.clone(), passages: passages.len(), words, members, facts, minted: Vec::new() }
}

/// The currency of "$" for a publisher: that of the country its name speaks of.
fn publisher_currency(document: &Document) -> Option<&'static str> {
    let publisher = document.articles.first()?.metadata.publisher.as_deref()?;
    let gazetteer = Gazetteer::embedded();
    let country = gazetteer.countries.iter().find(|c| {
        std::iter::once(&c.name)
            .chain(&c.demonyms)
            .any(|name| publisher.split(|ch: char| !ch.is_alphanumeric()).any(|w| w == *name))
    })?;
    matches!(country.currency, "AUD" | "CAD" | "NZD" | "SGD" | "HKD" | "TWD").then_some(country.currency)
}

/// Readings -> facts with their entities, by document, in the order given.
pub fn resolve_readings(readings: &[Reading]) -> Vec<Vec<Fact>> {
    Graph::resolve(readings.to_vec(), Ledger::default()).facts
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Report {
    /// Readings of the whole graph, in order of their documents.
    pub readings: Vec<Reading>,
    /// Facts by document, in the same order.
    pub facts: Vec<Vec<Fact>>,
    /// Identifiers of the sources that were read anew.
    pub read: Vec<String>,
    /// Identifiers of the sources whose files are gone and that `--prune` dropped.
    pub pruned: Vec<String>,
    /// What is wrong with the inputs.
    pub diagnostics: Vec<Diagnostic>,
    /// Pairs of names that may be one, for a person to decide.
    pub questions: usize,
}

/// How to build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Drop the sources of the graph that are not among the inputs.
    pub prune: bool,
    /// Read every input again, changed or not.
    pub force: bool,
}

/// Adds or updates `paths` in the graph folder `graph`. `on_progress` is told after each source: done, total.
///
/// # Errors
/// The graph folder cannot be opened or written, or the knowledge in the binary is wrong. A bad input is a diagnostic.
pub fn build(
    paths: &[PathBuf],
    graph: &std::path::Path,
    options: &BuildOptions,
    on_progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report> {
    let (sources, diagnostics) = find_sources(paths);
    build_sources(&sources, diagnostics, graph, options, on_progress)
}

/// What became of one source: its reading and whether it was read anew, or why not; and what there is to know besides.
type Outcome = (std::result::Result<(Reading, bool), Diagnostic>, Vec<Diagnostic>);

/// [`build`] from sources already found.
pub fn build_sources(
    sources: &[SourceFile],
    mut diagnostics: Vec<Diagnostic>,
    graph: &std::path::Path,
    options: &BuildOptions,
    on_progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report> {
    let change = Change::begin(graph)?;
    let ledger = change.folder().ledger()?;
    let frames = embedded_frames()?;
    let kept = |document: &Document| -> Option<Reading> {
        let entry = change
            .folder()
            .entry(&document.id)
            .filter(|e| !options.force && e.sha256 == document.sha256 && e.made_with == MADE_WITH)?;
        let mut reading: Reading =
            change.folder().reading(&document.id).ok().filter(|_| entry.name == document.name)?;
        reading.document.text.clone_from(&document.text);
        Some(reading)
    };
    let outcomes = read_each(sources, frames, &kept, on_progress);
    let mut readings: BTreeMap<String, Reading> = BTreeMap::new();
    let mut read = Vec::new();
    for (outcome, notes) in outcomes {
        diagnostics.extend(notes);
        match outcome {
            Ok((mut reading, anew)) => {
                let id = reading.document.id.clone();
                if let (true, Ok(old)) = (anew, change.folder().reading::<Reading>(&id)) {
                    identity::carry_minted(&mut reading, &old);
                }
                read.extend(anew.then(|| id.clone()));
                readings.insert(id, reading);
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    // A source that is there but cannot be read just now stays as it was.
    let present: Vec<&str> = sources.iter().map(|s| s.id.as_str()).collect();
    let pruned = join_kept(&change, &mut readings, options, &present)?;
    let mut graph_now = Graph::resolve(readings.into_values().collect(), ledger).check(graph)?;
    diagnostics.extend(graph_now.tell_unknown(graph));
    diagnostics.sort();
    diagnostics.dedup();
    graph_now.put(&change, &read)?;
    change.commit()?;
    let Graph { readings, facts, resolution, .. } = graph_now;
    Ok(Report { readings, facts, read, pruned, diagnostics, questions: resolution.questions.len() })
}

/// Reads sources on all threads, in their order; of those that `kept` knows it takes the reading from there.
fn read_each(
    sources: &[SourceFile],
    frames: &FrameSet,
    kept: &(dyn Fn(&Document) -> Option<Reading> + Sync),
    on_progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Outcome> {
    let done = std::sync::atomic::AtomicUsize::new(0);
    let read_one = |source: &SourceFile| -> Outcome {
        let shown = source.path.display().to_string();
        let outcome = catch_panic(&shown, || match read_source(source) {
            Err(diagnostic) => (Err(diagnostic), Vec::new()),
            Ok((document, notes)) => match kept(&document) {
                Some(reading) => (Ok((reading, false)), notes),
                None => match read_document_or_records(&document, frames) {
                    Ok((reading, findings)) => (Ok((reading, true)), [notes, findings].concat()),
                    Err(diagnostic) => (Err(diagnostic), notes),
                },
            },
        });
        on_progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, sources.len());
        outcome
    };
    sources.par_iter().map(read_one).collect()
}

/// A fault of the program that one document brings out is that document's diagnostic; the others are read.
fn catch_panic(shown: &str, read: impl FnOnce() -> Outcome) -> Outcome {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let fault = Diagnostic::error(shown, "reading it failed by a fault of this program");
        (Err(fault.hint("please report it with the document; the other documents are read")), Vec::new())
    })
}

/// Sources -> readings and their facts, by document in the order of identifiers, without a graph folder.
///
/// # Errors
/// The knowledge in the binary is wrong. A bad input is a diagnostic.
pub fn read_sources(sources: &[SourceFile]) -> Result<Report> {
    let (mut readings, mut diagnostics) = (BTreeMap::new(), Vec::new());
    for (outcome, notes) in read_each(sources, embedded_frames()?, &|_| None, &|_, _| {}) {
        diagnostics.extend(notes);
        match outcome {
            Ok((reading, _)) => drop(readings.insert(reading.document.id.clone(), reading)),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    let readings: Vec<Reading> = readings.into_values().collect();
    let facts = resolve_readings(&readings);
    let read = readings.iter().map(|reading| reading.document.id.clone()).collect();
    Ok(Report { readings, facts, read, pruned: Vec::new(), diagnostics, questions: 0 })
}

/// The sources that the graph already has join the new ones, or go.
fn join_kept(
    change: &Change,
    readings: &mut BTreeMap<String, Reading>,
    options: &BuildOptions,
    present: &[&str],
) -> Result<Vec<String>> {
    let mut pruned = Vec::new();
    let known: Vec<String> = change.folder().sources().map(|(id, _)| id.to_owned()).collect();
    for id in known.into_iter().filter(|id| !readings.contains_key(id)).collect::<Vec<_>>() {
        if options.prune && !present.contains(&id.as_str()) {
            change.forget(&id);
            pruned.push(id);
        } else {
            readings.insert(id.clone(), load_reading(change.folder(), &id)?);
        }
    }
    Ok(pruned)
}

fn load_reading(folder: &Folder, id: &str) -> Result<Reading> {
    let mut reading: Reading = folder.reading(id)?;
    reading.document.text = folder.text(id)?;
    Ok(reading)
}

/// The readings and facts that a graph folder keeps, by document in order.
///
/// # Errors
/// The folder, or a file of it, cannot be read.
pub fn load(folder: &Folder) -> Result<(Vec<Reading>, Vec<Vec<Fact>>)> {
    let Graph { readings, facts, .. } = load_graph(folder)?;
    Ok((readings, facts))
}

/// One list of all facts: what several documents state as one node is one fact with all its passages, ordered by IRI.
pub fn merge_facts(facts: &[Vec<Fact>]) -> Vec<Fact> {
    let mut merged: BTreeMap<(String, crate::extract::Status), Fact> = BTreeMap::new();
    for fact in facts.iter().flatten() {
        match merged.get_mut(&(fact.iri.clone(), fact.status)) {
            None => {
                merged.insert((fact.iri.clone(), fact.status), fact.clone());
            }
            Some(known) => {
                known
                    .evidence
                    .extend(fact.evidence.iter().filter(|e| !known.evidence.contains(e)).cloned().collect::<Vec<_>>());
                known.evidence.sort();
                if known.attributed_to != fact.attributed_to {
                    known.attributed_to = None;
                }
                for (role, value) in &fact.roles {
                    known.roles.entry(role.clone()).or_insert_with(|| value.clone());
                }
            }
        }
    }
    merged.into_values().collect()
}
