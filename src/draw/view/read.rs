//! Store -> names and passages, as far as diagrams need them.
//!
//! Law: a triple that several sources support is read once; everything comes out in the order of its IRI.

use crate::draw::quote::{Quote, safe_url};
use crate::draw::when::{last_date, show_date};
use crate::error::Result;
use crate::store::find_quads;
use crate::vocab;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, Term};
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

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

/// Passages of a thing.
pub(super) fn read_passages(store: &Store, iri: &str) -> Result<BTreeSet<String>> {
    let objects = read_objects(store, &vocab::iri(iri), &vocab::term("prov", "wasDerivedFrom"))?;
    Ok(objects
        .into_iter()
        .filter_map(|term| if let Term::NamedNode(n) = term { Some(n.into_string()) } else { None })
        .collect())
}

/// Whether a fact has one of some entities in any role.
pub(super) fn names_any(store: &Store, fact: &str, entities: &[&str]) -> Result<bool> {
    let fact = vocab::iri(fact);
    let found = find_quads(store, Some(fact.as_ref()), None)?;
    Ok(found.iter().any(|quad| match &quad.object {
        Term::NamedNode(node) => entities.contains(&node.as_str()),
        Term::Triple(triple) => {
            let ends = [triple.subject.to_string(), triple.object.to_string()];
            ends.iter().any(|end| entities.contains(&end.trim_matches(['<', '>'])))
        }
        _ => false,
    }))
}

/// What passages say and where; those that the store does not hold are left out.
pub(super) fn read_quotes<'a>(
    store: &Store,
    passages: impl Iterator<Item = &'a String>,
) -> Result<BTreeMap<String, Quote>> {
    let mut sources: BTreeMap<String, Quote> = BTreeMap::new();
    let mut quotes = BTreeMap::new();
    for passage in passages {
        let value = |prefix: &str, local: &str| read_value(store, passage, &vocab::term(prefix, local));
        let (Some(text), Some(source)) = (value("nif", "anchorOf")?, value("prov", "wasQuotedFrom")?) else { continue };
        let start = value("nif", "beginIndex")?.and_then(|start| start.parse().ok()).unwrap_or_default();
        let credit = match sources.get(&source) {
            Some(credit) => credit.clone(),
            None => read_credit(store, &source)?,
        };
        sources.insert(source, credit.clone());
        quotes.insert(passage.clone(), Quote { text, start, ..credit });
    }
    Ok(quotes)
}

fn read_credit(store: &Store, source: &str) -> Result<Quote> {
    let value = |prefix: &str, local: &str| read_value(store, source, &vocab::term(prefix, local));
    let title = match value("dcterms", "title")? {
        Some(title) => Some(title),
        None => value("dos", "fileName")?,
    };
    Ok(Quote {
        source: source.to_owned(),
        title: title.unwrap_or_else(|| vocab::shorten(source)),
        date: value("dcterms", "issued")?.unwrap_or_default(),
        url: value("schema", "url")?.as_deref().and_then(safe_url),
        ..Quote::default()
    })
}

/// The first value or name of a property.
pub(super) fn read_value(store: &Store, iri: &str, property: &NamedNode) -> Result<Option<String>> {
    let first = read_objects(store, &vocab::iri(iri), property)?.into_iter().next();
    Ok(first.and_then(|term| match term {
        Term::Literal(value) => Some(value.destruct().0),
        Term::NamedNode(node) => Some(node.into_string()),
        _ => None,
    }))
}

/// What stands under every picture: how many sources the graph has, and the date of the newest; never today's.
pub(super) fn read_footer(store: &Store, loose: usize) -> Result<String> {
    let sources = count_sources(store)?;
    let of = if sources == 1 { "1 source".to_owned() } else { format!("{sources} sources") };
    let issued = vocab::term("dcterms", "issued");
    let dates = find_quads(store, None, Some(issued.as_ref()))?.into_iter().filter_map(|quad| match quad.object {
        Term::Literal(date) => last_date(date.value().get(..10).unwrap_or(date.value())),
        _ => None,
    });
    let newest = dates.max().map(|date| format!(", the newest of {}", show_date(&date))).unwrap_or_default();
    let loose = match loose {
        0 => String::new(),
        1 => " · 1 fact that names one side only is not drawn".to_owned(),
        n => format!(" · {n} facts that name one side only are not drawn"),
    };
    Ok(format!("Dossier · graph of {of}{newest}{loose}"))
}

/// How many sources the store holds.
fn count_sources(store: &Store) -> Result<usize> {
    let property = vocab::dos("sha256");
    let subjects: BTreeSet<String> =
        find_quads(store, None, Some(property.as_ref()))?.iter().map(|q| q.subject.to_string()).collect();
    Ok(subjects.len())
}

fn read_objects(store: &Store, subject: &NamedNode, property: &NamedNode) -> Result<Vec<Term>> {
    let mut objects: Vec<Term> = find_quads(store, Some(subject.as_ref()), Some(property.as_ref()))?
        .into_iter()
        .map(|quad| quad.object)
        .collect();
    objects.sort_by_cached_key(Term::to_string);
    objects.dedup();
    Ok(objects)
}
