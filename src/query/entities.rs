//! The entities that a store describes, with all their names.

use crate::error::Result;
use crate::ontology::EntityType;
use crate::resolve::Entity;
use crate::store::{Store, find_quads};
use crate::vocab;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedOrBlankNode, Term};
use std::collections::BTreeMap;

/// Everybody and everything that has a name (`skos:prefLabel`) and a class of entities, by IRI.
///
/// # Errors
/// The store cannot be read.
pub fn read_entities(store: &Store) -> Result<Vec<Entity>> {
    let mut kinds: BTreeMap<String, EntityType> = BTreeMap::new();
    for quad in find_quads(store, None, Some(rdf::TYPE))? {
        let (NamedOrBlankNode::NamedNode(thing), Term::NamedNode(class)) = (quad.subject, quad.object) else {
            continue;
        };
        let kind = class.as_str().strip_prefix(vocab::DOS).and_then(|local| local.parse().ok());
        kinds.extend(kind.map(|kind| (thing.into_string(), kind)));
    }
    let (labels, aliases) = (names(store, "prefLabel")?, names(store, "altLabel")?);
    let entity = |(iri, mut all): (String, Vec<String>)| {
        let kind = *kinds.get(&iri)?;
        let label = if all.is_empty() { return None } else { all.remove(0) };
        all.extend(aliases.get(&iri).into_iter().flatten().cloned());
        Some(Entity { iri, label, aliases: all, kind })
    };
    Ok(labels.into_iter().filter_map(entity).collect())
}

/// Names by IRI, in order.
fn names(store: &Store, property: &str) -> Result<BTreeMap<String, Vec<String>>> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for quad in find_quads(store, None, Some(vocab::term("skos", property).as_ref()))? {
        if let (NamedOrBlankNode::NamedNode(thing), Term::Literal(name)) = (quad.subject, quad.object) {
            names.entry(thing.into_string()).or_default().push(name.value().to_owned());
        }
    }
    names.values_mut().for_each(|all| all.sort());
    Ok(names)
}
