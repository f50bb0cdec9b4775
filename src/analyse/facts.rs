//! Store -> facts: what each says of whom.
//!
//! Law: a triple that several sources support is read once; everything comes out in the order of its IRI.

use crate::error::Result;
use crate::ontology::Status;
use crate::store::{Store, find_quads};
use crate::vocab;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedOrBlankNode, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

/// A fact as the graph has it: local names of its classes, its status, and what its properties say.
#[derive(Debug, Default)]
pub(crate) struct Fact {
    pub(crate) classes: BTreeSet<String>,
    pub(crate) status: Status,
    pub(crate) entities: BTreeMap<String, BTreeSet<String>>,
    pub(crate) values: BTreeMap<String, BTreeSet<String>>,
    /// Subject, relation and object of a claim.
    pub(crate) claimed: Option<(String, String, String)>,
    /// IRIs of the passages that state it.
    pub(crate) passages: BTreeSet<String>,
}

/// All facts of a store, by IRI.
///
/// # Errors
/// Where the store cannot be read.
pub(crate) fn read_facts(store: &Store) -> Result<BTreeMap<String, Fact>> {
    let mut facts: BTreeMap<String, Fact> = BTreeMap::new();
    for quad in find_quads(store, None, Some(vocab::dos("status").as_ref()))? {
        if let (NamedOrBlankNode::NamedNode(fact), Some(status)) = (quad.subject, status_of(&quad.object)) {
            facts.entry(fact.into_string()).or_default().status = status;
        }
    }
    for (iri, fact) in &mut facts {
        let node = vocab::iri(iri);
        for quad in find_quads(store, Some(node.as_ref()), None)? {
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
            (None, Term::NamedNode(passage)) if predicate == vocab::term("prov", "wasDerivedFrom").as_str() => {
                self.passages.insert(passage.into_string());
            }
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

    /// Whether it is of one of some kinds: classes, or properties of relations (local names); of any where none are named.
    pub(crate) fn is_of(&self, kinds: &[String]) -> bool {
        let is = |kind: &String| {
            self.classes.contains(kind) || self.claimed.as_ref().is_some_and(|(_, relation, _)| relation == kind)
        };
        kinds.is_empty() || kinds.iter().any(is)
    }

    /// Values of a property as one text.
    pub(crate) fn value(&self, property: &str) -> Option<String> {
        let values = self.values.get(property)?;
        Some(values.iter().map(String::as_str).collect::<Vec<_>>().join(" / "))
    }

    /// Entities of a property.
    pub(crate) fn entities_of(&self, property: &str) -> Vec<&String> {
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
