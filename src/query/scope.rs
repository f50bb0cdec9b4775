//! A graph -> what of it held on a day, and what its sources had said by a day.
//!
//! Law: valid time and the time of the sources are two things. Nothing is guessed: of a partial date the reading counts that leaves
//! the fact in for `as_of` ("2024" may be as of March 2024) and out for `known_by` (a source of "2024" is known by its end).

use super::{Found, answer_until, bind_parameters, find};
use crate::date::{Date, Period};
use crate::error::{Error, Result};
use crate::store;
use crate::vocab;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use oxigraph::sparql::CancellationToken;
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Which part of a graph is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only what had begun by this day, month or year and had not ended.
    pub as_of: Option<Date>,
    /// Only what sources state that had appeared by the end of this day, month or year.
    pub known_by: Option<Date>,
}

/// How many facts (one of several sources counts once) a scope leaves, and why others are out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// In scope.
    pub kept: usize,
    /// Stated only by sources that appeared later.
    pub unknown_yet: usize,
    /// Without a date, of sources without a date.
    pub undated: usize,
    /// Begin after the day.
    pub later: usize,
    /// Had ended by the day.
    pub ended: usize,
}

/// The query that says who held which post on a date, and its parameter.
const HELD_ON: (&str, &str) = ("people/held-on", "on");

/// A store of the facts in scope, with their passages, sources and the entities that they name; other entities are not in it.
///
/// A fact begins with its `dos:start`, `dos:date`, `dos:period` or the first day it is `dos:seen`; one that has none of these, or is not
/// asserted, counts from its first source on. It ends with `dos:end`. Who holds a post that one person at a time holds is decided by
/// the query `people/held-on`. Events that are past remain.
///
/// # Errors
/// The store cannot be read or written.
pub fn narrow(store: &Store, scope: Scope) -> Result<(Store, Narrowed)> {
    let mut told = Narrowed::default();
    let mut narrowed = store.clone();
    if let Some(day) = scope.known_by {
        let graph = Known::read(&narrowed)?;
        narrowed = graph.keep(|fact| graph.is_known(fact, day), |passage| graph.appeared(passage, day), &mut told)?;
    }
    if let Some(day) = scope.as_of {
        let graph = Known::read(&narrowed)?;
        let held = read_holders(&narrowed, day)?;
        narrowed = graph.keep(|fact| graph.holds(fact, day, &held), |_| true, &mut told)?;
    }
    Ok((narrowed, told))
}

/// Why a fact is in or out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    In,
    UnknownYet,
    Undated,
    Later,
    Ended,
}

/// All quads of the named graphs, by graph and subject, and what is known of each fact in any of them.
struct Known {
    graphs: BTreeMap<String, BTreeMap<String, Vec<Quad>>>,
    facts: BTreeMap<String, Vec<(String, Term)>>,
    issued: HashMap<String, String>,
    passages: HashMap<String, String>,
}

impl Known {
    fn read(store: &Store) -> Result<Self> {
        let status = vocab::dos("status");
        let mut known =
            Self { graphs: BTreeMap::new(), facts: BTreeMap::new(), issued: HashMap::new(), passages: HashMap::new() };
        for quad in store.iter() {
            let quad = quad.map_err(store::cannot_read)?;
            if quad.graph_name == GraphName::DefaultGraph {
                continue;
            }
            known.note_source(&quad);
            let (graph, subject) = (quad.graph_name.to_string(), name(&quad.subject));
            if quad.predicate == status {
                known.facts.entry(subject.clone()).or_default();
            }
            known.graphs.entry(graph).or_default().entry(subject).or_default().push(quad);
        }
        let Self { graphs, facts, .. } = &mut known;
        for (subject, quads) in graphs.values().flatten() {
            if let Some(fact) = facts.get_mut(subject) {
                fact.extend(quads.iter().map(|quad| (local(&quad.predicate), quad.object.clone())));
            }
        }
        Ok(known)
    }

    /// When sources and articles appeared, and which of them passages stand in: the article where there is one.
    fn note_source(&mut self, quad: &Quad) {
        match (vocab::shorten(quad.predicate.as_str()).as_str(), &quad.object) {
            ("dcterms:issued", Term::Literal(date)) => {
                let day = date.value().get(..10).unwrap_or(date.value());
                self.issued.insert(name(&quad.subject), day.to_owned());
            }
            ("dcterms:isPartOf", Term::NamedNode(article)) => {
                self.passages.insert(name(&quad.subject), article.as_str().to_owned());
            }
            ("prov:wasQuotedFrom", Term::NamedNode(source)) => {
                self.passages.entry(name(&quad.subject)).or_insert_with(|| source.as_str().to_owned());
            }
            _ => {}
        }
    }

    fn issued_of(&self, passage: &str) -> Option<&str> {
        Some(self.issued.get(self.passages.get(passage)?)?.as_str())
    }

    fn appeared(&self, passage: &str, day: Date) -> bool {
        // "~" stands behind every digit and dash: the end of a day, month or year.
        self.issued_of(passage).is_some_and(|issued| format!("{issued}~") <= format!("{day}~"))
    }

    fn is_known(&self, fact: &[(String, Term)], day: Date) -> Verdict {
        let passages: Vec<&str> = nodes(fact, "wasDerivedFrom").filter(|p| self.passages.contains_key(*p)).collect();
        match () {
            () if passages.is_empty() || passages.iter().any(|passage| self.appeared(passage, day)) => Verdict::In,
            () if passages.iter().any(|passage| self.issued_of(passage).is_some()) => Verdict::UnknownYet,
            () => Verdict::Undated,
        }
    }

    fn holds(&self, fact: &[(String, Term)], day: Date, held: &HashSet<[String; 3]>) -> Verdict {
        let is_asserted = nodes(fact, "status").any(|status| status.ends_with("#Asserted"));
        let dates = |properties: &'static [&str]| properties.iter().flat_map(|property| values(fact, property));
        let own = dates(&["start", "date", "period", "seen"]).filter_map(first_day).min().filter(|_| is_asserted);
        let stated = || nodes(fact, "wasDerivedFrom").filter_map(|passage| self.issued_of(passage)).min();
        let Some(begin) = own.or_else(|| stated().map(str::to_owned)) else { return Verdict::Undated };
        if begin > format!("{day}~") {
            return Verdict::Later;
        }
        if dates(&["end"]).filter_map(last_day).max().is_some_and(|end| format!("{end}~") < day.to_string()) {
            return Verdict::Ended;
        }
        let is_timed = dates(&["seen", "start", "end"]).next().is_some();
        let post = (nodes(fact, "organization").next(), values(fact, "office").next(), nodes(fact, "person").next());
        match post {
            (Some(body), Some(office), Some(person)) if is_timed && is_asserted => {
                let post = [body.to_owned(), office.to_owned(), person.to_owned()];
                if held.contains(&post) { Verdict::In } else { Verdict::Ended }
            }
            _ => Verdict::In,
        }
    }

    fn keep(
        &self,
        judge: impl Fn(&[(String, Term)]) -> Verdict,
        appeared: impl Fn(&str) -> bool,
        told: &mut Narrowed,
    ) -> Result<Store> {
        let verdicts: BTreeMap<&str, Verdict> =
            self.facts.iter().map(|(iri, fact)| (iri.as_str(), judge(fact))).collect();
        told.kept = 0;
        for verdict in verdicts.values() {
            let count = match verdict {
                Verdict::In => &mut told.kept,
                Verdict::UnknownYet => &mut told.unknown_yet,
                Verdict::Undated => &mut told.undated,
                Verdict::Later => &mut told.later,
                Verdict::Ended => &mut told.ended,
            };
            *count += 1;
        }
        let is_out = |iri: &str| verdicts.get(iri).is_some_and(|verdict| *verdict != Verdict::In);
        let is_gone = |iri: &str| self.passages.contains_key(iri) && !self.is_article(iri) && !appeared(iri);
        let quads = self.graphs.iter().flat_map(|(graph, subjects)| {
            let part =
                Part { subjects, is_out: &is_out, is_gone: &is_gone, is_fact: &|iri| verdicts.contains_key(iri) };
            part.quads(graph.trim_matches(['<', '>']))
        });
        store::from_quads(quads.collect())
    }

    /// Articles are part of something too, but hold passages rather than being one.
    fn is_article(&self, iri: &str) -> bool {
        self.issued.contains_key(iri)
    }
}

/// One named graph and what of it is out.
struct Part<'a> {
    subjects: &'a BTreeMap<String, Vec<Quad>>,
    is_out: &'a dyn Fn(&str) -> bool,
    is_gone: &'a dyn Fn(&str) -> bool,
    is_fact: &'a dyn Fn(&str) -> bool,
}

impl<'a> Part<'a> {
    /// What can be reached from the facts that stay, and what IRIs were replaced by.
    fn quads(&self, graph: &str) -> Vec<Quad> {
        let facts: Vec<&str> = self.facts().filter(|fact| self.stays(fact)).collect();
        let (mut claimed, mut dropped) = (HashSet::new(), HashSet::new());
        for fact in self.facts() {
            let to = if self.stays(fact) { &mut claimed } else { &mut dropped };
            to.extend(self.quads_of(fact).iter().filter_map(reified));
        }
        let mut open: Vec<String> = facts.iter().map(|fact| (*fact).to_owned()).collect();
        if !open.is_empty() {
            open.push(graph.to_owned());
        }
        let (mut seen, mut kept) = (BTreeSet::new(), Vec::new());
        while let Some(subject) = open.pop() {
            if (self.is_out)(&subject) || (self.is_gone)(&subject) || !seen.insert(subject.clone()) {
                continue;
            }
            for quad in self.quads_of(&subject) {
                let triple = Triple::from(quad.clone());
                let leads_out = matches!(&quad.object, Term::NamedNode(node) if (self.is_out)(node.as_str()) || (self.is_gone)(node.as_str()));
                if leads_out || (dropped.contains(&triple) && !claimed.contains(&triple)) {
                    continue;
                }
                reach(&quad.object, &mut open);
                kept.push(quad.clone());
            }
        }
        let replaced = vocab::term("dcterms", "isReplacedBy");
        kept.extend(self.subjects.values().flatten().filter(|quad| quad.predicate == replaced).cloned());
        kept
    }

    fn facts(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.subjects.keys().map(String::as_str).filter(|subject| (self.is_fact)(subject))
    }

    /// In scope, and in this graph still with a passage, where it had one.
    fn stays(&self, fact: &str) -> bool {
        let mut passages = self.quads_of(fact).iter().filter(|quad| local(&quad.predicate) == "wasDerivedFrom");
        let stands = |quad: &Quad| matches!(&quad.object, Term::NamedNode(node) if !(self.is_gone)(node.as_str()) && !(self.is_out)(node.as_str()));
        let is_bare = passages.clone().next().is_none();
        !(self.is_out)(fact) && (is_bare || passages.any(stands))
    }

    fn quads_of(&self, subject: &str) -> &'a [Quad] {
        self.subjects.get(subject).map(Vec::as_slice).unwrap_or_default()
    }
}

fn reach(object: &Term, open: &mut Vec<String>) {
    match object {
        Term::NamedNode(node) => open.push(node.as_str().to_owned()),
        Term::Triple(triple) => {
            open.push(name(&triple.subject));
            reach(&triple.object, open);
        }
        _ => {}
    }
}

fn reified(quad: &Quad) -> Option<Triple> {
    match &quad.object {
        Term::Triple(triple) if quad.predicate.as_ref() == rdf::REIFIES => Some((**triple).clone()),
        _ => None,
    }
}

/// Body, office and person of every post that somebody held on a day.
fn read_holders(store: &Store, day: Date) -> Result<HashSet<[String; 3]>> {
    let (query, parameter) = HELD_ON;
    let query = find(query, None)?;
    let nobody = |name: &str| Err(Error::new(format!("`{name}` is no date")));
    let text = bind_parameters(&query.text, &query.name, &[format!("{parameter}={day}")], nobody)?;
    let Found::Solutions { rows, .. } = answer_until(store, &text, &query.name, &CancellationToken::new())?.found
    else {
        return Ok(HashSet::new());
    };
    let read = |row: &[Option<Term>]| match row {
        [Some(Term::NamedNode(body)), Some(Term::Literal(office)), Some(Term::NamedNode(person)), ..] => {
            Some([body.as_str().to_owned(), office.value().to_owned(), person.as_str().to_owned()])
        }
        _ => None,
    };
    Ok(rows.iter().filter_map(|row| read(row)).collect())
}

fn first_day(text: &str) -> Option<String> {
    let period: Period = text.parse().ok()?;
    period.from.map(|date| date.to_string())
}

fn last_day(text: &str) -> Option<String> {
    let period: Period = text.parse().ok()?;
    period.to.map(|date| date.to_string())
}

fn nodes<'a>(fact: &'a [(String, Term)], property: &'a str) -> impl Iterator<Item = &'a str> {
    fact.iter().filter(move |(local, _)| local == property).filter_map(|(_, term)| match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    })
}

fn values<'a>(fact: &'a [(String, Term)], property: &'a str) -> impl Iterator<Item = &'a str> {
    fact.iter().filter(move |(local, _)| local == property).filter_map(|(_, term)| match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    })
}

fn name(subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

/// `status` of `dos:status`, `wasDerivedFrom` of `prov:wasDerivedFrom`.
fn local(property: &NamedNode) -> String {
    property.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
#[path = "scope_tests.rs"]
mod tests;
