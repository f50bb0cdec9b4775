//! Facts get their entities and their IRIs.
//!
//! Law: the IRI of a frame comes from its kind, parties and date, so that two sources that report one event meet in one node.

use super::fact::{Fact, Status, Value};
use crate::resolve::Entity;
use crate::vocab;
use std::collections::BTreeMap;

/// Puts whole entities in place of indices and mints the facts' IRIs. `document` tells statements of different sources apart.
pub fn mint_facts(facts: &[Fact<usize>], entities: &[Entity], document: &str) -> Vec<Fact> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    facts
        .iter()
        .filter_map(|fact| {
            let mut whole = Fact {
                iri: String::new(),
                kind: fact.kind.clone(),
                roles: fact
                    .roles
                    .iter()
                    .map(|(role, value)| Some((role.clone(), name_value(value, entities)?)))
                    .collect::<Option<_>>()?,
                status: fact.status,
                attributed_to: fact.attributed_to.and_then(|who| entities.get(who).cloned()),
                evidence: fact.evidence.clone(),
            };
            let name = name_fact(&whole, document);
            let count = taken.entry(name.clone()).or_default();
            *count += 1;
            let name = if *count > 1 { format!("{name}.{document}.{count}") } else { name };
            whole.iri = vocab::id(&name).into_string();
            Some(whole)
        })
        .collect()
}

fn name_value(value: &Value<usize>, entities: &[Entity]) -> Option<Value> {
    Some(match value {
        Value::One(who) => Value::One(entities.get(*who)?.clone()),
        Value::Many(list) => {
            let mut all: Vec<Entity> = Vec::new();
            for who in list {
                let entity = entities.get(*who)?;
                if !all.contains(entity) {
                    all.push(entity.clone());
                }
            }
            Value::Many(all)
        }
        Value::Flag(flag) => Value::Flag(*flag),
        Value::Number(number) => Value::Number(*number),
        Value::When(period) => Value::When(*period),
        Value::Text(text) => Value::Text(text.clone()),
    })
}

/// The local name of a fact's IRI: kind, parties, date and what else tells it from others.
pub(super) fn name_fact(fact: &Fact, document: &str) -> String {
    let mut parts = vec![fact.kind.to_lowercase()];
    if fact.kind == "Statement" {
        let start = fact.evidence.first().map_or(0, |e| e.span.start);
        parts.extend(fact.roles.values().filter_map(name_role));
        parts.push(format!("{document}.{start}"));
        return parts.join(".");
    }
    for (role, value) in &fact.roles {
        if matches!(role.as_str(), "topic" | "place" | "written" | "target" | "end" | "start") {
            continue;
        }
        parts.extend(name_role(value));
    }
    if fact.status != Status::Asserted {
        parts.push(fact.status.as_str().to_owned());
    }
    parts.join(".")
}

fn name_role(value: &Value) -> Option<String> {
    let local = |e: &Entity| e.iri.rsplit('/').next().unwrap_or(&e.iri).to_owned();
    match value {
        Value::One(entity) => Some(local(entity)),
        Value::Many(list) => {
            let mut names: Vec<String> = list.iter().map(local).collect();
            names.sort();
            Some(names.join("+"))
        }
        Value::When(period) => Some(vocab::slug(&period.to_string())),
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(vocab::slug(text)).filter(|s| !s.is_empty()),
        Value::Flag(_) => None,
    }
}
