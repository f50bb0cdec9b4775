//! Two graphs -> what was gained, lost and changed, in the words of their facts.
//!
//! Law: a fact that is the same in both is told of neither; one that was renamed because its parties were (same kind, same passage)
//! is a change, not a loss and a gain.

use super::Folder;
use crate::error::{Error, Result};
use crate::vocab;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// What a graph says in one fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// Its classes, as local names.
    pub kinds: BTreeSet<String>,
    /// It in words.
    pub label: String,
    /// `asserted`, `planned`, `possible`, `denied`.
    pub status: String,
    /// Sources that state it, by identifier.
    pub sources: BTreeSet<String>,
    /// Passages that state it.
    passages: BTreeSet<String>,
    /// Everything else, property and value.
    roles: BTreeSet<(String, String)>,
}

/// The facts of a graph, by IRI.
pub type Claims = BTreeMap<String, Claim>;

/// How two graphs differ; each list in the order of IRIs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Only in the second.
    pub gained: Vec<Claim>,
    /// Only in the first.
    pub lost: Vec<Claim>,
    /// In both, with other words, status or sources.
    pub changed: Vec<(Claim, Claim)>,
}

impl Difference {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty() && self.changed.is_empty()
    }
}

/// The facts that a graph folder keeps.
///
/// # Errors
/// A file of it cannot be read or is no N-Quads.
pub fn read_claims(folder: &Folder) -> Result<Claims> {
    let mut quads = Vec::new();
    for (id, _) in folder.sources() {
        for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(&folder.graph(id)?) {
            quads.push(quad.map_err(|e| Error::with_hint(format!("sources/{id}.nq: {e}"), "run: dossier verify"))?);
        }
    }
    Ok(claims_of(&quads))
}

/// The facts that quads state.
pub fn claims_of(quads: &[Quad]) -> Claims {
    let status = vocab::dos("status");
    let mut claims: Claims = BTreeMap::new();
    for quad in quads.iter().filter(|q| q.predicate == status) {
        if let NamedOrBlankNode::NamedNode(fact) = &quad.subject {
            claims.entry(fact.as_str().to_owned()).or_default();
        }
    }
    for quad in quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let Some(claim) = claims.get_mut(subject.as_str()) else { continue };
        if let GraphName::NamedNode(graph) = &quad.graph_name {
            let local = graph.as_str().strip_prefix(vocab::ID).unwrap_or(graph.as_str());
            claim.sources.insert(local.trim_start_matches("source.").to_owned());
        }
        match (vocab::shorten(quad.predicate.as_str()).as_str(), &quad.object) {
            ("rdf:type", Term::NamedNode(class)) => {
                claim.kinds.insert(vocab::shorten(class.as_str()).trim_start_matches("dos:").to_owned());
            }
            ("rdfs:label", Term::Literal(text)) => claim.label = text.value().to_owned(),
            ("dos:status", Term::NamedNode(node)) => {
                claim.status = vocab::shorten(node.as_str()).trim_start_matches("dos:").to_lowercase();
            }
            ("prov:wasDerivedFrom", Term::NamedNode(passage)) => {
                claim.passages.insert(passage.as_str().to_owned());
            }
            (property, object) => {
                claim.roles.insert((property.to_owned(), object.to_string()));
            }
        }
    }
    claims
}

/// How `after` differs from `before`.
pub fn differ(before: &Claims, after: &Claims) -> Difference {
    let mut found = Difference::default();
    let mut gained: Vec<&Claim> = after.iter().filter(|(iri, _)| !before.contains_key(*iri)).map(|(_, c)| c).collect();
    for (iri, old) in before {
        if let Some(new) = after.get(iri) {
            if new != old {
                found.changed.push((old.clone(), new.clone()));
            }
            continue;
        }
        let same = |new: &&Claim| new.kinds == old.kinds && !new.passages.is_disjoint(&old.passages);
        match gained.iter().position(same) {
            Some(at) => found.changed.push((old.clone(), gained.remove(at).clone())),
            None => found.lost.push(old.clone()),
        }
    }
    found.gained = gained.into_iter().cloned().collect();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(label: &str, passage: &str, source: &str) -> Claim {
        Claim {
            kinds: BTreeSet::from(["Visit".to_owned()]),
            label: label.to_owned(),
            status: "asserted".to_owned(),
            sources: BTreeSet::from([source.to_owned()]),
            passages: BTreeSet::from([passage.to_owned()]),
            roles: BTreeSet::new(),
        }
    }

    #[test]
    fn tells_gained_lost_and_changed_apart() {
        let graph =
            |list: &[(&str, Claim)]| -> Claims { list.iter().map(|(i, c)| ((*i).to_owned(), c.clone())).collect() };
        let (same, old, new) = (claim("one", "a#1", "a"), claim("two", "a#2", "a"), claim("deux", "a#2", "a"));
        let before = graph(&[("1", same.clone()), ("2", old.clone()), ("3", claim("three", "b#1", "b"))]);
        let after = graph(&[("1", same), ("2b", new.clone()), ("4", claim("four", "c#1", "c"))]);
        let found = differ(&before, &after);
        assert_eq!(found.changed, [(old, new)]);
        assert_eq!(found.lost.iter().map(|c| c.label.as_str()).collect::<Vec<_>>(), ["three"]);
        assert_eq!(found.gained.iter().map(|c| c.label.as_str()).collect::<Vec<_>>(), ["four"]);
        assert!(differ(&before, &before).is_empty());
    }
}
