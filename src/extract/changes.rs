//! Agreements that extend or amend another -> the same, with the identifier of the one that they change.
//!
//! Law: wrong is worse than open. The agreement that is changed has all the words by which the change calls it and binds the same
//! parties, or bodies of theirs; it is not later; and where two fit equally well, none is meant.

use super::deals::{changed_by, telling_words};
use super::fact::{Fact, Value};
use crate::ontology::identity::change_of;
use crate::resolve::Entity;
use crate::vocab;
use std::collections::{BTreeMap, BTreeSet};

/// Gives each agreement that changes another the role `extends` or `amends`: the identifier of the other, as `id:…`. The facts have
/// their IRIs.
pub fn link_changes(facts: &mut [Vec<Fact>]) {
    let agreements: Vec<&Fact> = facts.iter().flatten().filter(|f| f.kind == "Agreement").collect();
    let (changes, others): (Vec<&Fact>, Vec<&Fact>) =
        agreements.into_iter().partition(|f| change_of(type_of(f)).is_some());
    let mut links: BTreeMap<String, String> = BTreeMap::new();
    for change in changes {
        if let Some(iri) = find_changed(change, &others) {
            links.insert(change.iri.clone(), vocab::shorten(iri));
        }
    }
    for fact in facts.iter_mut().flatten().filter(|f| f.kind == "Agreement") {
        if let (Some(property), Some(id)) = (change_of(type_of(fact)), links.get(&fact.iri)) {
            fact.roles.insert(property.to_owned(), Value::Text(id.clone()));
        }
    }
}

fn type_of(fact: &Fact) -> &str {
    text_of(fact, "type")
}

fn text_of<'f>(fact: &'f Fact, role: &str) -> &'f str {
    fact.roles.get(role).and_then(Value::as_text).unwrap_or_default()
}

fn parties_of(fact: &Fact) -> &[Entity] {
    match fact.roles.get("parties") {
        Some(Value::Many(list)) => list,
        _ => &[],
    }
}

/// The IRI of the agreement that `change` changes.
fn find_changed<'f>(change: &Fact, others: &[&'f Fact]) -> Option<&'f str> {
    let called = telling_words(changed_by(type_of(change)).unwrap_or_else(|| text_of(change, "topic")));
    let fits = |other: &&&Fact| {
        let mut said = telling_words(type_of(other));
        said.extend(telling_words(text_of(other, "topic")));
        called.is_subset(&said) && is_earlier(other, change)
    };
    let fitting: Vec<&Fact> = others.iter().filter(fits).copied().collect();
    let only = |bound: &dyn Fn(&Fact) -> bool| {
        let iris: BTreeSet<&'f str> = fitting.iter().filter(|f| bound(f)).map(|f| f.iri.as_str()).collect();
        (iris.len() == 1).then(|| iris.first().copied()).flatten()
    };
    let same = |a: &Entity, b: &Entity| a.iri == b.iri;
    // "the agreement" of the same parties may be any; of others it says nothing.
    only(&|other| binds(other, change, &same))
        .or_else(|| only(&|other| !called.is_empty() && binds(other, change, &is_of)))
}

/// Whether every party of the one is, by `alike`, one of the other's.
fn binds(other: &Fact, change: &Fact, alike: &dyn Fn(&Entity, &Entity) -> bool) -> bool {
    let (bound, now) = (parties_of(other), parties_of(change));
    let each = |from: &[Entity], to: &[Entity]| !from.is_empty() && from.iter().all(|a| to.iter().any(|b| alike(a, b)));
    each(now, bound) && each(bound, now)
}

/// The same, or a body whose name has the name of the other: a country's company.
fn is_of(a: &Entity, b: &Entity) -> bool {
    let has = |a: &Entity, b: &Entity| format!(" {} ", a.label).contains(&format!(" {} ", b.label));
    a.iri == b.iri || has(a, b) || has(b, a)
}

/// Whether `other` is not later than `change`, as far as both have dates.
fn is_earlier(other: &Fact, change: &Fact) -> bool {
    let begin = |fact: &Fact| match fact.roles.get("date") {
        Some(Value::When(period)) => period.from.or(period.to),
        _ => None,
    };
    match (begin(other), begin(change)) {
        // "2024" and "2024-05" may be either way round.
        (Some(a), Some(b)) => a.to_string() <= format!("{b}~"),
        _ => true,
    }
}
