//! Candidates and verdicts -> mappings and quads: a graph of links of its own, a VoID linkset, reference figures.
//!
//! Law: links stand in no source's graph, so that forgetting and rebuilding touch none of them; nothing is said of the dataset that
//! its description does not say.

use super::dataset::Dataset;
use super::entries::Figure;
use super::known::Subject;
use super::matching::{Candidate, Verdict};
use super::sssom::Mapping;
use crate::express::express_number;
use crate::vocab;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use std::fmt::Write as _;

/// The links of one dataset.
#[derive(Debug, Default)]
pub struct LinkSet {
    /// Rows of its SSSOM file, by subject.
    pub mappings: Vec<Mapping>,
    /// IRI of the subject, other IRIs of what it was linked with, its figures.
    carried: Vec<(String, Vec<String>, Vec<Figure>)>,
    /// IRIs of places, each with that of the country it lies in.
    pub lying: Vec<(String, String)>,
}

impl LinkSet {
    /// Gathers what was found for subjects. Of the rows that stand already, `kept`, those of people decide about what was found; all
    /// others of them are kept as they are.
    pub fn gather(subjects: &[Subject], found: Vec<Vec<(Candidate, Verdict)>>, kept: &[Mapping]) -> Self {
        let mut set = Self::default();
        for (subject, candidates) in subjects.iter().zip(found) {
            for (candidate, verdict) in candidates {
                let is_it = |m: &&Mapping| m.manual && m.subject == subject.iri && m.object == candidate.iri;
                let decided = kept.iter().find(is_it);
                if verdict == Verdict::Accepted {
                    let (also, figures) = (candidate.also.clone(), candidate.figures.clone());
                    set.carried.push((subject.iri.clone(), also, figures));
                }
                set.mappings.push(Mapping {
                    subject: subject.iri.clone(),
                    subject_label: subject.label.clone(),
                    exact: verdict != Verdict::Review,
                    negated: verdict == Verdict::Rejected,
                    object: candidate.iri,
                    object_label: candidate.label,
                    manual: decided.is_some(),
                    confidence: if decided.is_some() { 1.0 } else { (candidate.score * 100.0).floor() / 100.0 },
                    comment: decided.map_or(candidate.reason, |m| m.comment.clone()),
                });
            }
        }
        let told = |m: &&Mapping| !set.mappings.iter().any(|k| k.subject == m.subject && k.object == m.object);
        let others: Vec<Mapping> = kept.iter().filter(told).cloned().collect();
        set.mappings.extend(others);
        set.mappings.sort_by(|a, b| {
            (&a.subject, b.confidence, &a.object)
                .partial_cmp(&(&b.subject, a.confidence, &b.object))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        set
    }
}

/// The graph of a dataset's links, in N-Quads, sorted. `is_there` says whether an IRI is an entity of the graph.
pub fn express_links(dataset: &Dataset, set: &LinkSet, is_there: impl Fn(&str) -> bool) -> String {
    let graph = vocab::id(&format!("links.{}", dataset.dataset));
    let mut quads = Vec::new();
    let mut add = |s: &NamedNode, p: NamedNode, o: Term| {
        quads.push(Quad::new(s.clone(), p, o, GraphName::NamedNode(graph.clone())));
    };
    let (mut exact, mut close) = (0i64, 0i64);
    for m in set.mappings.iter().filter(|m| !m.negated && is_there(&m.subject)) {
        let property = vocab::term("skos", if m.exact { "exactMatch" } else { "closeMatch" });
        *(if m.exact { &mut exact } else { &mut close }) += 1;
        add(&vocab::iri(&m.subject), property, vocab::iri(&m.object).into());
    }
    for (subject, also, figures) in &set.carried {
        let node = vocab::iri(subject);
        for other in also {
            add(&node, vocab::term("skos", "exactMatch"), vocab::iri(other).into());
        }
        for figure in figures {
            express_figure(dataset, subject, figure, &mut add);
        }
    }
    for (place, country) in &set.lying {
        add(&vocab::iri(place), vocab::dos("locatedIn"), vocab::iri(country).into());
    }
    describe(dataset, &graph, (exact, close), &mut add);
    let mut lines: Vec<String> = quads.iter().map(ToString::to_string).collect();
    lines.sort();
    lines.dedup();
    lines.iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{line} .");
        text
    })
}

/// A figure of the dataset: an observation that documents are held against, and no fact of a source.
fn express_figure(
    dataset: &Dataset,
    subject: &str,
    figure: &Figure,
    add: &mut impl FnMut(&NamedNode, NamedNode, Term),
) {
    let local = subject.strip_prefix(vocab::ID).unwrap_or(subject);
    let period = figure.period.as_deref().unwrap_or("undated");
    let name = format!(
        "reference.{}.{}.{}.{}",
        dataset.dataset,
        vocab::slug(local),
        vocab::slug(&figure.indicator),
        vocab::slug(period)
    );
    let node = vocab::id(&name);
    let text = |t: &str| Term::from(Literal::new_simple_literal(t));
    add(&node, rdf::TYPE.into_owned(), vocab::dos("ReferenceValue").into());
    add(&node, vocab::dos("subject"), vocab::iri(subject).into());
    add(&node, vocab::dos("indicator"), text(&figure.indicator));
    add(&node, vocab::dos("value"), express_number(figure.value).into());
    add(&node, vocab::dos("unit"), text(&figure.unit));
    if let Some(Ok(date)) = figure.period.as_ref().map(|p| p.parse()) {
        add(&node, vocab::dos("period"), crate::express::express_date(date).into());
    }
    add(&node, vocab::term("dcterms", "source"), vocab::id(&format!("dataset.{}", dataset.dataset)).into());
}

fn describe(
    dataset: &Dataset,
    graph: &NamedNode,
    (exact, close): (i64, i64),
    add: &mut impl FnMut(&NamedNode, NamedNode, Term),
) {
    let target = vocab::id(&format!("dataset.{}", dataset.dataset));
    let void = |local: &str| vocab::term("void", local);
    let text = |t: &str| Term::from(Literal::new_simple_literal(t));
    add(&target, rdf::TYPE.into_owned(), void("Dataset").into());
    add(&target, vocab::term("dcterms", "title"), text(&dataset.title));
    if let Some(publisher) = &dataset.publisher {
        add(&target, vocab::term("dcterms", "publisher"), text(publisher));
    }
    if let Some(licence) = &dataset.licence {
        add(&target, vocab::term("dcterms", "license"), vocab::iri(licence).into());
    }
    for (property, count) in [("exactMatch", exact), ("closeMatch", close)] {
        if count == 0 {
            continue;
        }
        let linkset = vocab::iri(&format!("{}.{property}", graph.as_str()));
        add(&linkset, rdf::TYPE.into_owned(), void("Linkset").into());
        add(&linkset, void("subjectsTarget"), vocab::id("graph").into());
        add(&linkset, void("objectsTarget"), target.clone().into());
        add(&linkset, void("linkPredicate"), vocab::term("skos", property).into());
        add(&linkset, void("triples"), Literal::from(count).into());
    }
}
