//! Store -> nodes and edges, as programs for networks know them.
//!
//! Law: every entity is a node, every tie an edge with its status; a fact that joins more than two is a node that they are tied to.

use crate::analyse::{Breadth, Connection, Ground, Rules, connect, read_facts};
use crate::error::Result;
use crate::ontology::classes::Classes;
use crate::query::read_entities;
use crate::vocab::{capitalise, shorten};
use oxigraph::store::Store;
use std::collections::BTreeSet;

/// An entity, or a fact that joins more than two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// The IRI without its namespace: `id:peru`.
    pub id: String,
    /// The IRI.
    pub iri: String,
    /// Its name.
    pub label: String,
    /// Local name of its class.
    pub class: String,
}

/// What facts say between two nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// `id` of the one node.
    pub from: String,
    /// `id` of the other.
    pub to: String,
    /// Words.
    pub label: String,
    /// Local name of the class of the facts, or of the property of the relation.
    pub kind: String,
    /// ISO 8601, may be an interval; empty where it is not known.
    pub date: String,
    /// `asserted`, `planned`, `possible`, `denied`.
    pub status: &'static str,
    /// Whether it leads from the one to the other only.
    pub directed: bool,
    /// Number of sources.
    pub sources: usize,
    /// Identifiers of the facts, in order.
    pub facts: Vec<String>,
}

/// Nodes and edges, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// By identifier.
    pub nodes: Vec<Node>,
    /// By what they join.
    pub edges: Vec<Edge>,
}

impl Listing {
    /// All entities of a store and what its facts say between them.
    ///
    /// # Errors
    /// The store, the vocabulary or the rules cannot be read.
    pub fn read(store: &Store) -> Result<Self> {
        let (classes, rules) = (Classes::embedded()?, Rules::embedded()?);
        let entity = |entity: crate::resolve::Entity| Node {
            id: shorten(&entity.iri),
            iri: entity.iri,
            label: entity.label,
            class: entity.kind.as_str().to_owned(),
        };
        let mut listing = Self { nodes: read_entities(store)?.into_iter().map(entity).collect(), edges: Vec::new() };
        let (connections, _) = connect(&read_facts(store)?, &rules, &classes, Breadth::Everything);
        for (connection, ground) in connections {
            listing.add(&connection, &ground, &classes);
        }
        listing.nodes.sort();
        listing.nodes.dedup();
        Ok(listing)
    }

    fn add(&mut self, connection: &Connection, ground: &Ground, classes: &Classes) {
        let sources: BTreeSet<&str> = ground.passages.iter().filter_map(|passage| passage.split('#').next()).collect();
        let facts: Vec<String> = ground.facts.iter().map(|fact| shorten(fact)).collect();
        let blank = Edge {
            from: String::new(),
            to: String::new(),
            label: String::new(),
            kind: ground.kind.clone(),
            date: String::new(),
            status: "",
            directed: false,
            sources: sources.len(),
            facts,
        };
        match connection {
            Connection::Line(ends) => self.edges.push(Edge {
                from: shorten(&ends.from),
                to: shorten(&ends.to),
                label: if ends.label.is_empty() { classes.label(&ground.kind).to_owned() } else { ends.label.clone() },
                date: ends.date.clone(),
                status: ends.status.as_str(),
                directed: ends.directed,
                ..blank
            }),
            Connection::Hub { iri, class, date, status, members } => {
                let label = capitalise(classes.label(class));
                self.nodes.push(Node { id: shorten(iri), iri: iri.clone(), label, class: class.clone() });
                self.edges.extend(members.iter().map(|member| Edge {
                    from: shorten(member),
                    to: shorten(iri),
                    label: "takes part in".to_owned(),
                    date: date.clone(),
                    status: status.as_str(),
                    ..blank.clone()
                }));
            }
        }
    }
}
