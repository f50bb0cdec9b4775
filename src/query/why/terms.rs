//! What of a pattern the graph does not know: a class, a property, a name, a value; and what comes near.

use super::show;
use crate::error::Result;
use crate::ontology::classes::{Classes, nearest};
use crate::store::cannot_read;
use crate::vocab;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, Quad, Term};
use oxigraph::store::Store;
use spargebra::algebra::{Expression, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::{BTreeMap, BTreeSet};

/// Most suggestions at a time.
const MOST: usize = 3;

/// Why no triple fits a pattern, and what comes near.
pub(super) fn explain_triple(store: &Store, pattern: &TriplePattern) -> Result<(String, Vec<String>)> {
    let mut hints = Vec::new();
    let property = match &pattern.predicate {
        NamedNodePattern::NamedNode(property) => Some(property),
        NamedNodePattern::Variable(_) => None,
    };
    hints.extend(property.map(|property| explain_property(store, property)).transpose()?.flatten());
    hints.extend(explain_term(store, &pattern.subject)?);
    let is_class = property.is_some_and(|property| property.as_ref() == rdf::TYPE);
    match (&pattern.object, property) {
        (TermPattern::NamedNode(class), _) if is_class => hints.extend(explain_class(store, class)?),
        (TermPattern::Literal(value), Some(property)) if hints.is_empty() => {
            hints.extend(explain_value(store, property, value)?);
        }
        (object, _) => hints.extend(explain_term(store, object)?),
    }
    Ok(("nothing in the graph fits it".to_owned(), hints))
}

/// Of each property of a path what is wrong with it.
pub(super) fn explain_path(store: &Store, path: &PropertyPathExpression) -> Result<Vec<String>> {
    match path {
        PropertyPathExpression::NamedNode(property) => Ok(explain_property(store, property)?.into_iter().collect()),
        PropertyPathExpression::Reverse(inner)
        | PropertyPathExpression::ZeroOrMore(inner)
        | PropertyPathExpression::OneOrMore(inner)
        | PropertyPathExpression::ZeroOrOne(inner) => explain_path(store, inner),
        PropertyPathExpression::Sequence(left, right) | PropertyPathExpression::Alternative(left, right) => {
            let mut hints = explain_path(store, left)?;
            hints.extend(explain_path(store, right)?);
            Ok(hints)
        }
        PropertyPathExpression::NegatedPropertySet(_) => Ok(Vec::new()),
    }
}

/// A thing that the graph does not have; `None` for variables, and things that it has.
pub(super) fn explain_term(store: &Store, term: &TermPattern) -> Result<Option<String>> {
    match term {
        TermPattern::NamedNode(thing) => explain_thing(store, thing),
        TermPattern::Triple(triple) => {
            let (_, hints) = explain_triple(store, triple)?;
            Ok(hints.into_iter().next())
        }
        _ => Ok(None),
    }
}

/// What a filter compares with that the graph does not have.
pub(super) fn explain_filter(store: &Store, filter: &Expression) -> Result<Vec<String>> {
    match filter {
        Expression::NamedNode(thing) => Ok(explain_thing(store, thing)?.into_iter().collect()),
        Expression::Equal(left, right)
        | Expression::SameTerm(left, right)
        | Expression::And(left, right)
        | Expression::Or(left, right) => {
            let mut hints = explain_filter(store, left)?;
            hints.extend(explain_filter(store, right)?);
            if matches!((&**left, &**right), (Expression::Variable(_), Expression::Literal(_))) {
                hints.push(
                    "a value equals a literal of its own type only; compare STR(?variable) with the text".to_owned(),
                );
            }
            Ok(hints)
        }
        _ => Ok(Vec::new()),
    }
}

/// The sources whose identifiers come near one that is none.
pub(super) fn near_sources(store: &Store, name: &NamedNodePattern) -> Result<Vec<String>> {
    let NamedNodePattern::NamedNode(wanted) = name else { return Ok(Vec::new()) };
    let mut sources = BTreeSet::new();
    for graph in store.named_graphs() {
        let graph = graph.map_err(cannot_read)?;
        sources.insert(vocab::shorten(graph.to_string().trim_matches(['<', '>'])));
    }
    let wanted = vocab::shorten(wanted.as_str());
    let near = nearest(&wanted, sources.iter().map(String::as_str)).map(str::to_owned);
    let inside = || sources.iter().find(|source| source.contains(wanted.trim_start_matches("id:"))).cloned();
    Ok(near.or_else(inside).map(|near| format!("did you mean {near}?")).into_iter().collect())
}

fn explain_class(store: &Store, class: &NamedNode) -> Result<Option<String>> {
    let classes = Classes::embedded()?;
    let short = vocab::shorten(class.as_str());
    let present: BTreeSet<String> = find(store, None, Some(&rdf::TYPE.into_owned()), None)?
        .filter_map(|quad| quad.ok().map(|quad| vocab::shorten(quad.object.to_string().trim_matches(['<', '>']))))
        .collect();
    let Some(local) = class.as_str().strip_prefix(vocab::DOS) else {
        let near = nearest(&short, present.iter().map(String::as_str));
        return Ok(Some(suggest(&format!("the graph has no class {short}"), near, &present)));
    };
    if let Some(term) = classes.get(local).filter(|_| classes.is_class(local)) {
        let above = term.broader.iter().find_map(|iri| iri.as_str().strip_prefix(vocab::DOS));
        let is_near = |name: &String| {
            above.is_none_or(|above| name.strip_prefix("dos:").is_some_and(|own| classes.is_kind_of(own, above)))
        };
        let near: BTreeSet<String> = present.iter().filter(|name| is_near(name)).cloned().collect();
        return Ok(Some(suggest(&format!("{short} is a class, but the graph has none of it"), None, &near)));
    }
    let near = classes.nearest(local).filter(|near| classes.is_class(near)).map(|near| format!("dos:{near}"));
    Ok(Some(suggest(&format!("{short} is no class"), near.as_deref(), &present)))
}

/// `dos:Persn is no class; did you mean dos:Person?`, or with what there is.
fn suggest(says: &str, near: Option<&str>, present: &BTreeSet<String>) -> String {
    match near {
        Some(near) => format!("{says}; did you mean {near}?"),
        None => {
            let own: Vec<&str> = present.iter().map(String::as_str).filter(|name| name.starts_with("dos:")).collect();
            if own.is_empty() { says.to_owned() } else { format!("{says}; it has {}", own.join(", ")) }
        }
    }
}

fn explain_property(store: &Store, property: &NamedNode) -> Result<Option<String>> {
    if find(store, None, Some(property), None)?.next().is_some() {
        return Ok(None);
    }
    let classes = Classes::embedded()?;
    let short = vocab::shorten(property.as_str());
    let used: BTreeSet<String> = used_properties(store)?;
    let near = nearest(&short, used.iter().map(String::as_str)).map(str::to_owned);
    let says = match property.as_str().strip_prefix(vocab::DOS) {
        Some(local) if classes.is_property(local) => {
            return Ok(Some(format!("{short} is a property, but the graph has no value of it")));
        }
        Some(local) => {
            let same = classes.terms().map(|(own, _)| own).find(|own| own.eq_ignore_ascii_case(local));
            let alike = || classes.nearest(local).map(|near| format!("dos:{near}"));
            let known = role_property(&classes, local).or_else(|| same.map(|own| format!("dos:{own}")));
            let near = known.or(near).or_else(alike);
            return Ok(Some(suggest(&format!("{short} is no property"), near.as_deref(), &used)));
        }
        None => format!("the graph has no property {short}"),
    };
    Ok(Some(match near {
        Some(near) => format!("{says}; did you mean {near}?"),
        None => says,
    }))
}

/// `dos:parties` is a role; its property is `dos:party`.
fn role_property(classes: &Classes, role: &str) -> Option<String> {
    classes.property_of_role(role).map(|property| format!("dos:{property}"))
}

fn used_properties(store: &Store) -> Result<BTreeSet<String>> {
    let quads = find(store, None, None, None)?;
    Ok(quads.flatten().map(|quad| vocab::shorten(quad.predicate.as_str())).collect())
}

/// A thing that no triple names.
fn explain_thing(store: &Store, thing: &NamedNode) -> Result<Option<String>> {
    let named = Term::from(thing.clone());
    let is_there = find(store, Some(thing), None, None)?.next().is_some()
        || find(store, None, None, Some(&named))?.next().is_some();
    if is_there || Classes::embedded()?.get(thing.as_str().strip_prefix(vocab::DOS).unwrap_or_default()).is_some() {
        return Ok(None);
    }
    let short = vocab::shorten(thing.as_str());
    let near = near_things(store, short.trim_start_matches("id:"))?;
    let says = format!("{short} is not in the graph");
    Ok(Some(if near.is_empty() { says } else { format!("{says}; did you mean {}?", near.join(", or ")) }))
}

/// Things whose identifiers or names are like some words: `id:peru (Peru)`.
fn near_things(store: &Store, words: &str) -> Result<Vec<String>> {
    let wanted = vocab::slug(&words.replace(['-', '_', '.'], " "));
    let mut near: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for property in [vocab::term("skos", "prefLabel"), vocab::term("skos", "altLabel")] {
        for quad in find(store, None, Some(&property), None)?.flatten() {
            let Term::Literal(label) = &quad.object else { continue };
            let iri = quad.subject.to_string();
            let iri = iri.trim_matches(['<', '>']);
            let names = [vocab::slug(label.value()), iri.rsplit('/').next().unwrap_or_default().to_owned()];
            let Some(far) = names.iter().filter_map(|name| distance(&wanted, name)).min() else { continue };
            let shown = (far, format!("{} ({})", vocab::shorten(iri), label.value()));
            let best = near.entry(iri.to_owned()).or_insert_with(|| shown.clone());
            *best = shown.min(best.clone());
        }
    }
    let near: BTreeSet<(usize, String)> = near.into_values().collect();
    Ok(near.into_iter().map(|(_, shown)| shown).take(MOST).collect())
}

/// How far a slug is from another: 0 for the same, few for misspelt, many for one within the other; `None` where they are not alike.
fn distance(wanted: &str, name: &str) -> Option<usize> {
    if wanted.is_empty() || name.is_empty() {
        return None;
    }
    if nearest(wanted, [name].into_iter()).is_some() {
        return Some(rapidfuzz::distance::damerau_levenshtein::distance(wanted.chars(), name.chars()));
    }
    let (long, short) = if wanted.len() > name.len() { (wanted, name) } else { (name, wanted) };
    let within = format!("-{long}-").contains(&format!("-{short}-"));
    within.then(|| long.len() - short.len() + 8)
}

/// Values of a property that come near one that it does not have: of another type, other case, or with it inside.
fn explain_value(store: &Store, property: &NamedNode, value: &Literal) -> Result<Option<String>> {
    let fold = |text: &str| text.to_lowercase();
    let mut near: BTreeSet<(u8, String)> = BTreeSet::new();
    for quad in find(store, None, Some(property), None)?.flatten() {
        let Term::Literal(found) = quad.object else { continue };
        let (has, wants) = (fold(found.value()), fold(value.value()));
        let rank = match () {
            () if has == wants => 0,
            () if has.contains(&wants) || wants.contains(&has) => 1,
            () if nearest(&wants, [has.as_str()].into_iter()).is_some() => 2,
            () => continue,
        };
        near.insert((rank, show(&found)));
    }
    let short = vocab::shorten(property.as_str());
    let near: Vec<String> = near.into_iter().map(|(_, shown)| shown).take(MOST).collect();
    let says = format!("no {short} is {}", show(value));
    Ok(Some(if near.is_empty() { says } else { format!("{says}; near it: {}", near.join(", ")) }))
}

type Found<'a> = Box<dyn Iterator<Item = std::result::Result<Quad, oxigraph::store::StorageError>> + 'a>;

/// Quads of the default graph, which is the union of all sources.
fn find<'a>(
    store: &'a Store,
    subject: Option<&'a NamedNode>,
    property: Option<&'a NamedNode>,
    object: Option<&'a Term>,
) -> Result<Found<'a>> {
    let subject = subject.map(|subject| subject.as_ref().into());
    let default = oxigraph::model::GraphNameRef::DefaultGraph;
    Ok(Box::new(store.quads_for_pattern(
        subject,
        property.map(NamedNode::as_ref),
        object.map(Term::as_ref),
        Some(default),
    )))
}
