//! Any triples, such as the result of a CONSTRUCT, as a picture.

use crate::analyse::Rules;
use crate::draw::picture::{Edge, Node, Picture};
use crate::draw::style::Style;
use crate::error::Result;
use crate::ontology::classes::Classes;
use crate::vocab;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

/// Draws triples: `rdf:type` and labels among them say what a node is and is called, all others are edges. Values are nodes of
/// their own. Same triples in another order give the same picture.
///
/// # Errors
/// Where the vocabulary or the style cannot be read.
pub fn picture_triples(triples: impl IntoIterator<Item = Triple>, title: &str) -> Result<Picture> {
    let (classes, style, rules) = (Classes::embedded()?, Style::embedded()?, Rules::embedded()?);
    let triples: BTreeMap<String, Triple> = triples.into_iter().map(|triple| (triple.to_string(), triple)).collect();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    let mut ends: BTreeSet<String> = BTreeSet::new();
    let mut edges = Vec::new();
    let preferred = vocab::term("skos", "prefLabel");
    for triple in triples.into_values() {
        let (subject, predicate) = (triple.subject.to_string(), triple.predicate.as_str());
        ends.insert(subject.clone());
        match &triple.object {
            Term::Literal(label) if predicate == preferred.as_str() || predicate == rdfs::LABEL.as_str() => {
                names.entry(subject).or_insert_with(|| label.value().to_owned());
            }
            Term::NamedNode(class) if predicate == rdf::TYPE.as_str() => {
                let local = class.as_str().strip_prefix(vocab::DOS).filter(|local| style.knows(local));
                kinds.extend(local.map(|local| (subject, local.to_owned())));
            }
            object => {
                let label = predicate.strip_prefix(vocab::DOS).map_or_else(
                    || vocab::shorten(predicate),
                    |local| classes.label(local).trim_start_matches("is ").to_owned(),
                );
                let end = object.to_string();
                if let Term::Literal(value) = object {
                    names.insert(end.clone(), value.value().to_owned());
                    kinds.insert(end.clone(), "Literal".to_owned());
                }
                ends.insert(end.clone());
                let mutual = predicate.strip_prefix(vocab::DOS).is_some_and(|local| rules.is_undirected(local));
                let edge = Edge::new(subject, end, label);
                edges.push(if mutual { edge.undirected() } else { edge });
            }
        }
    }
    let mut picture = Picture::new(title);
    for id in ends {
        let label = names.remove(&id).unwrap_or_else(|| vocab::shorten(id.trim_matches(['<', '>'])));
        let kind = kinds.remove(&id).unwrap_or_default();
        picture.add_node(Node::new(id, label, kind));
    }
    edges.into_iter().for_each(|edge| picture.add_edge(edge));
    Ok(picture)
}
