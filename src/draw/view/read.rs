//! Store -> facts and names, as far as diagrams need them.
//!
//! Law: a triple that several sources support is read once; everything comes out in the order of its IRI.

use crate::error::{Error, Result};
use crate::ontology::Status;
use crate::vocab;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// A fact as the graph has it: local names of its classes, its status, and what its properties say.
#[derive(Debug, Default)]
pub(super) struct Fact {
    pub(super) classes: BTreeSet<String>,
    pub(super) status: Status,
    pub(super) entities: BTreeMap<String, BTreeSet<String>>,
    pub(super) values: BTreeMap<String, BTreeSet<String>>,
    /// Subject, relation and object of a claim.
    pub(super) claimed: Option<(String, String, String)>,
}

/// All facts of a store, by IRI.
///
/// # Errors
/// Where the store cannot be read.
pub(super) fn read_facts(store: &Store) -> Result<BTreeMap<String, Fact>> {
    let mut facts: BTreeMap<String, Fact> = BTreeMap::new();
    for quad in quads(store, None, Some(vocab::dos("status").as_ref()))? {
        if let (NamedOrBlankNode::NamedNode(fact), Some(status)) = (quad.subject, status_of(&quad.object)) {
            facts.entry(fact.into_string()).or_default().status = status;
        }
    }
    for (iri, fact) in &mut facts {
        let node = vocab::iri(iri);
        for quad in quads(store, Some(node.as_ref()), None)? {
            fact.add(quad.predicate.as_str(), quad.object);
        }
    }
    Ok(facts)
}

impl Fact {
    fn add(&mut self, predicate: &str, object: Term) {
        let local = predicate.strip_prefix(vocab::DOS);
        match (local, object) {
            (None, Term::NamedNode(class)) if predicate == rdf::TYPE.as_str() => {
                self.classes.extend(class.as_str().strip_prefix(vocab::DOS).map(str::to_owned));
            }
            (None, Term::Triple(triple)) if predicate == rdf::REIFIES.as_str() => self.claimed = claimed(*triple),
            (Some("status" | "attributedTo"), _) | (None, _) => {}
            (Some(local), Term::NamedNode(entity)) => {
                self.entities.entry(local.to_owned()).or_default().insert(entity.into_string());
            }
            (Some(local), Term::Literal(value)) => {
                self.values.entry(local.to_owned()).or_default().insert(value.destruct().0);
            }
            (Some(_), _) => {}
        }
    }

    /// Values of a property as one text.
    pub(super) fn value(&self, property: &str) -> Option<String> {
        let values = self.values.get(property)?;
        Some(values.iter().map(String::as_str).collect::<Vec<_>>().join(" / "))
    }

    /// Entities of a property.
    pub(super) fn entities_of(&self, property: &str) -> Vec<&String> {
        self.entities.get(property).into_iter().flatten().collect()
    }
}

fn claimed(triple: Triple) -> Option<(String, String, String)> {
    let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (triple.subject, triple.object) else {
        return None;
    };
    let relation = triple.predicate.as_str();
    let relation = relation.strip_prefix(vocab::DOS).unwrap_or(relation).to_owned();
    Some((subject.into_string(), relation, object.into_string()))
}

fn status_of(term: &Term) -> Option<Status> {
    let Term::NamedNode(node) = term else { return None };
    match node.as_str().strip_prefix(vocab::DOS)? {
        "Asserted" => Some(Status::Asserted),
        "Planned" => Some(Status::Planned),
        "Possible" => Some(Status::Possible),
        "Denied" => Some(Status::Denied),
        _ => None,
    }
}

/// Name of a thing: its `skos:prefLabel`, else `rdfs:label`, else the end of its IRI; the first in order where there are several.
pub(super) fn read_label(store: &Store, iri: &str) -> Result<String> {
    let node = vocab::iri(iri);
    for property in [vocab::term("skos", "prefLabel"), rdfs::LABEL.into_owned()] {
        let labels = read_objects(store, &node, &property)?;
        let label = labels.into_iter().find_map(|term| match term {
            Term::Literal(literal) => Some(literal.destruct().0),
            _ => None,
        });
        if let Some(label) = label {
            return Ok(label);
        }
    }
    Ok(vocab::shorten(iri).trim_start_matches("id:").to_owned())
}

/// Local names of the project's classes that a thing has, in order.
pub(super) fn read_classes(store: &Store, iri: &str) -> Result<Vec<String>> {
    let objects = read_objects(store, &vocab::iri(iri), &rdf::TYPE.into_owned())?;
    let local = |term| match term {
        Term::NamedNode(class) => class.as_str().strip_prefix(vocab::DOS).map(str::to_owned),
        _ => None,
    };
    Ok(objects.into_iter().filter_map(local).collect())
}

/// How many sources the store holds.
pub(super) fn count_sources(store: &Store) -> Result<usize> {
    let property = vocab::dos("sha256");
    let subjects: BTreeSet<String> =
        quads(store, None, Some(property.as_ref()))?.iter().map(|q| q.subject.to_string()).collect();
    Ok(subjects.len())
}

fn read_objects(store: &Store, subject: &NamedNode, property: &NamedNode) -> Result<Vec<Term>> {
    let mut objects: Vec<Term> =
        quads(store, Some(subject.as_ref()), Some(property.as_ref()))?.into_iter().map(|quad| quad.object).collect();
    objects.sort_by_cached_key(Term::to_string);
    objects.dedup();
    Ok(objects)
}

/// Quads of any graph.
fn quads(store: &Store, subject: Option<NamedNodeRef<'_>>, property: Option<NamedNodeRef<'_>>) -> Result<Vec<Quad>> {
    let found = store.quads_for_pattern(subject.map(Into::into), property, None, None);
    found.collect::<std::result::Result<_, _>>().map_err(|cause| Error::new(format!("cannot read the graph: {cause}")))
}
