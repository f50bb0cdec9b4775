//! Store -> network: entities, and the ties that facts make between them.
//!
//! Law: entities and ties stand in the order of IRIs; what is denied ties nobody.

use super::connect::{Breadth, Connection, Ground, connect};
use super::facts::read_facts;
use super::rules::Rules;
use super::web::Web;
use crate::error::{Error, Result};
use crate::ontology::Status;
use crate::ontology::classes::{Classes, nearest};
use crate::query::{read_entities, read_former};
use crate::resolve::Entity;
use crate::vocab;
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// What several facts say alike of the same entities.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Words of the tie; empty for a fact that joins more than two, whose kind says it.
    pub label: String,
    /// The class of the facts, or the property of the relation that they claim; local name.
    pub kind: String,
    /// When, as ISO 8601; empty where nobody says.
    pub date: String,
    /// How sure the text is.
    pub status: Status,
    /// IRIs of the facts.
    pub facts: BTreeSet<String>,
    /// Number of sources that state one of them.
    pub sources: usize,
    /// Number of entities that it joins.
    pub members: usize,
    /// 0 to 1.
    pub plausibility: f64,
}

/// What is said, by number, and whether it leads from the first of two to the second; `None` without direction.
pub type Turn = (usize, Option<bool>);

/// Two entities and all that is said between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The entities by number; the smaller first.
    pub ends: (usize, usize),
    /// The most plausible first.
    pub said: Vec<Turn>,
    /// 0 to 1: that one of them is so.
    pub plausibility: f64,
}

/// Entities and ties, by number.
#[derive(Debug, Clone)]
pub struct Network {
    entities: Vec<Entity>,
    said: Vec<Said>,
    ties: Vec<Tie>,
    web: Web,
    tie_costs: Vec<f64>,
    hub_costs: Vec<f64>,
    former: BTreeMap<String, String>,
}

impl Network {
    /// All entities of a store and the ties of its facts; only of those of `kinds` (local names of classes, or of properties of
    /// relations) where any are named.
    ///
    /// # Errors
    /// The store, the vocabulary or the rules cannot be read.
    pub fn read(store: &Store, kinds: &[String]) -> Result<Self> {
        let (classes, rules) = (Classes::embedded()?, Rules::embedded()?);
        let entities = read_entities(store)?;
        let mut facts = read_facts(store)?;
        facts.retain(|_, fact| fact.is_of(kinds));
        let (connections, _) = connect(&facts, &rules, &classes, Breadth::Everything);
        let mut network = Self::of(entities, connections, &rules, &classes);
        network.former = read_former(store)?;
        Ok(network)
    }

    fn of(entities: Vec<Entity>, connections: BTreeMap<Connection, Ground>, rules: &Rules, classes: &Classes) -> Self {
        let mut said = Vec::new();
        let mut ties: BTreeMap<(usize, usize), Vec<Turn>> = BTreeMap::new();
        for (connection, ground) in connections {
            let find = |iri: &String| entities.binary_search_by(|entity| entity.iri.cmp(iri)).ok();
            let ends: Vec<usize> = connection.members().into_iter().filter_map(find).collect();
            let one = say(&connection, ground, rules, classes);
            if one.plausibility <= 0.0 {
                continue;
            }
            let directed = matches!(&connection, Connection::Line(ends) if ends.directed);
            for (i, a) in ends.iter().enumerate() {
                for b in ends.iter().skip(i + 1).filter(|b| *b != a) {
                    let forward = directed.then_some(a < b);
                    ties.entry((*a.min(b), *a.max(b))).or_default().push((said.len(), forward));
                }
            }
            said.push(one);
        }
        let ties: Vec<Tie> = ties.into_iter().map(|(ends, among)| tie(ends, among, &said)).collect();
        let rows: Vec<(u32, u32, f64)> =
            ties.iter().map(|tie| (tie.ends.0 as u32, tie.ends.1 as u32, tie.plausibility)).collect();
        let web = Web::new(entities.len(), &rows);
        let tie_costs = ties.iter().map(|tie| -tie.plausibility.ln()).collect();
        let hub_costs = (0..web.len() as u32).map(|node| -rules.weigh_hub(web.degree(node)).ln()).collect();
        Self { entities, said, ties, web, tie_costs, hub_costs, former: BTreeMap::new() }
    }

    /// All entities, in order of their IRIs.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// An entity by number.
    pub fn entity(&self, at: usize) -> Option<&Entity> {
        self.entities.get(at)
    }

    /// Number of an entity by IRI.
    pub fn find(&self, iri: &str) -> Option<usize> {
        self.entities.binary_search_by(|entity| entity.iri.as_str().cmp(iri)).ok()
    }

    /// The IRI that an identifier (an IRI, or one with the prefix `id:`) has become, if its entity was merged into another; else the
    /// name itself.
    pub fn follow<'n>(&'n self, name: &'n str) -> &'n str {
        let whole = name.strip_prefix("id:").map_or_else(|| name.to_owned(), |local| vocab::id(local).into_string());
        self.former.get(&whole).map_or(name, String::as_str)
    }

    /// All ties, in the order of their ends.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// The tie of two entities.
    pub fn tie_between(&self, a: usize, b: usize) -> Option<&Tie> {
        let at = self.ties.binary_search_by(|tie| tie.ends.cmp(&(a.min(b), a.max(b)))).ok()?;
        self.ties.get(at)
    }

    /// What is said, by number.
    pub fn said(&self, at: usize) -> Option<&Said> {
        self.said.get(at)
    }

    /// The shape.
    pub fn web(&self) -> &Web {
        &self.web
    }

    pub(super) fn tie_cost(&self, tie: u32) -> f64 {
        self.tie_costs.get(tie as usize).copied().unwrap_or(f64::INFINITY)
    }

    pub(super) fn hub_cost(&self, node: u32) -> f64 {
        self.hub_costs.get(node as usize).copied().unwrap_or_default()
    }
}

fn say(connection: &Connection, ground: Ground, rules: &Rules, classes: &Classes) -> Said {
    let (label, date, status) = match connection {
        Connection::Line(ends) => (ends.label.clone(), ends.date.clone(), ends.status),
        Connection::Hub { date, status, .. } => (String::new(), date.clone(), *status),
    };
    let of = |passage: &String| passage.split('#').next().unwrap_or_default().to_owned();
    let sources = ground.passages.iter().map(of).collect::<BTreeSet<_>>().len();
    let members = connection.members().len();
    let plausibility = rules.weigh_tie(&ground.kind, status, sources, members, classes);
    Said { label, kind: ground.kind, date, status, facts: ground.facts, sources, members, plausibility }
}

fn tie(ends: (usize, usize), mut among: Vec<Turn>, said: &[Said]) -> Tie {
    let weight = |at: usize| said.get(at).map_or(0.0, |said| said.plausibility);
    among.sort_by(|a, b| weight(b.0).total_cmp(&weight(a.0)).then(a.cmp(b)));
    let none = among.iter().map(|(at, _)| 1.0 - weight(*at)).product::<f64>();
    Tie { ends, said: among, plausibility: (1.0 - none).clamp(f64::MIN_POSITIVE, 1.0) }
}

/// Local names of the classes of facts and the properties of relations that typed kinds mean; case does not matter.
///
/// # Errors
/// One means neither; the hint names the nearest.
pub fn find_kinds(wanted: &[String]) -> Result<Vec<String>> {
    let classes = Classes::embedded()?;
    let known: Vec<&str> = classes
        .terms()
        .map(|(name, _)| name)
        .filter(|name| classes.is_kind_of(name, "Fact") || classes.is_property(name))
        .collect();
    let find = |word: &String| match known.iter().find(|name| name.eq_ignore_ascii_case(word)) {
        Some(name) => Ok((*name).to_owned()),
        None => {
            let near = nearest(word, known.iter().copied()).map(|near| format!("did you mean {near}? "));
            let hint = format!("{}dossier draw --view ontology shows the kinds there are", near.unwrap_or_default());
            Err(Error::with_hint(format!("there is no kind of fact and no relation called `{word}`"), hint))
        }
    };
    wanted.iter().map(find).collect()
}
