//! Facts -> connections: what each fact says between which entities.

use super::facts::Fact;
use super::rules::{Rule, Rules};
use crate::ontology::Status;
use crate::ontology::classes::Classes;
use std::collections::{BTreeMap, BTreeSet};

/// Most lines that one fact may become before it is drawn as a node.
const MOST_LINES: usize = 2;

/// Which facts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breadth {
    /// All but those that overviews skip.
    Overview,
    /// All.
    Everything,
}

/// A fact as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Connection {
    /// A line between two entities.
    Line(Ends),
    /// A small node that several entities are tied to: its IRI, class, label and second line.
    Hub { iri: String, class: String, date: String, status: Status, members: BTreeSet<String> },
}

/// What a connection rests on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ground {
    /// Number of facts that say the same.
    pub(crate) count: usize,
    /// Their IRIs.
    pub(crate) facts: BTreeSet<String>,
    /// IRIs of the passages that do.
    pub(crate) passages: BTreeSet<String>,
    /// The class of the first of them, or the property of the relation that it claims; local names.
    pub(crate) kind: String,
}

/// A line: who, whom, what, how sure, and whether it has a direction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ends {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) label: String,
    pub(crate) date: String,
    pub(crate) status: Status,
    pub(crate) directed: bool,
}

impl Connection {
    /// Entities that it joins.
    pub(crate) fn members(&self) -> Vec<&String> {
        match self {
            Self::Line(ends) => vec![&ends.from, &ends.to],
            Self::Hub { members, .. } => members.iter().collect(),
        }
    }
}

/// All that the facts say between entities, with what it rests on; and the number of facts that join
/// nothing, such as an agreement of which one party is known. `breadth` says whether kinds count that overviews skip.
pub(crate) fn connect(
    facts: &BTreeMap<String, Fact>,
    rules: &Rules,
    classes: &Classes,
    breadth: Breadth,
) -> (BTreeMap<Connection, Ground>, usize) {
    let mut connections: BTreeMap<Connection, Ground> = BTreeMap::new();
    let mut loose = 0;
    for (iri, fact) in facts {
        let Some(found) = connect_fact(iri, fact, rules, classes, breadth) else { continue };
        loose += usize::from(found.is_empty());
        for connection in found {
            let ground = connections.entry(connection).or_default();
            ground.count += 1;
            ground.facts.insert(iri.clone());
            if ground.kind.is_empty() {
                ground.kind = kind_of(fact);
            }
            ground.passages.extend(fact.passages.iter().cloned());
        }
    }
    (connections, loose)
}

/// What one fact says; `None` where its kind is not drawn.
fn connect_fact(iri: &str, fact: &Fact, rules: &Rules, classes: &Classes, breadth: Breadth) -> Option<Vec<Connection>> {
    if fact.classes.contains("Relation") {
        return Some(fact.claimed.iter().map(|claimed| relate(claimed, fact, rules, classes)).collect());
    }
    let Some(rule) = rules.rule(fact.classes.iter()) else {
        return Some(join_all(iri, fact, classes));
    };
    if rule.skip && breadth == Breadth::Overview {
        return None;
    }
    Some(match (&rule.between, &rule.from, &rule.to) {
        (Some(between), _, _) => join(iri, fact, rule, &fact.entities_of(between), &[]),
        (None, Some(from), Some(to)) => join(iri, fact, rule, &fact.entities_of(from), &fact.entities_of(to)),
        _ => Vec::new(),
    })
}

/// The relation that a fact claims, else its first class.
fn kind_of(fact: &Fact) -> String {
    match &fact.claimed {
        Some((_, relation, _)) => relation.clone(),
        None => fact.classes.iter().find(|class| *class != "Fact").cloned().unwrap_or_default(),
    }
}

fn relate(
    (from, relation, to): &(String, String, String),
    fact: &Fact,
    rules: &Rules,
    classes: &Classes,
) -> Connection {
    let words = fact.value("relation").filter(|_| relation == "relatedTo");
    let label = words.unwrap_or_else(|| classes.label(relation).trim_start_matches("is ").to_owned());
    line(from, to, label, fact, !rules.is_undirected(relation))
}

fn line(from: &str, to: &str, label: String, fact: &Fact, directed: bool) -> Connection {
    let date = ["date", "period"].iter().find_map(|property| fact.value(property)).unwrap_or_default();
    let status = fact.status;
    // Without direction, the same two meet in one order.
    let (from, to) = if !directed && to < from { (to, from) } else { (from, to) };
    Connection::Line(Ends { from: from.to_owned(), to: to.to_owned(), label, date, status, directed })
}

/// Lines from each to each; or, without `to`, between the first two. A node where that would be too many.
fn join(iri: &str, fact: &Fact, rule: &Rule, from: &[&String], to: &[&String]) -> Vec<Connection> {
    let label = || rule.label(|property| fact.value(property));
    match (from, to) {
        ([a, b], []) if rule.between.is_some() => vec![line(a, b, label(), fact, false)],
        ([_, _, _, ..], []) if rule.between.is_some() => vec![hub(iri, fact, from.iter().copied())],
        ([], _) | (_, []) => Vec::new(),
        _ if from.len() * to.len() <= MOST_LINES => {
            let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b))).filter(|(a, b)| a != b);
            pairs.map(|(a, b)| line(a, b, label(), fact, true)).collect()
        }
        _ => vec![hub(iri, fact, from.iter().chain(to).copied())],
    }
}

/// A fact of a kind without rule: the two entities that it names, or a node for more.
fn join_all(iri: &str, fact: &Fact, classes: &Classes) -> Vec<Connection> {
    let all: BTreeSet<&String> = fact.entities.values().flatten().collect();
    let class = fact.classes.iter().find(|class| *class != "Fact").map_or("fact", |class| classes.label(class));
    match *all.iter().copied().collect::<Vec<_>>() {
        [] | [_] => Vec::new(),
        [a, b] => vec![line(a, b, class.to_owned(), fact, false)],
        _ => vec![hub(iri, fact, all.into_iter())],
    }
}

fn hub<'a>(iri: &str, fact: &Fact, members: impl Iterator<Item = &'a String>) -> Connection {
    let class = fact.classes.iter().next().cloned().unwrap_or_default();
    let date = fact.value("date").unwrap_or_default();
    let members = members.cloned().collect();
    Connection::Hub { iri: iri.to_owned(), class, date, status: fact.status, members }
}
