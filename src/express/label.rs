//! The readable label of a fact, by the `dos:labelPattern` of its class.
//!
//! Law: the label says nothing that the roles do not say; a part whose role is missing is left out.

use crate::extract::{Fact, Value};
use crate::ontology::classes::Classes;
use crate::resolve::Entity;
use crate::vocab::capitalise;
use std::fmt::Write as _;

/// `MoU between Peru and Estonia on trade, 2024-07`. In the pattern `{role}` is the role's value, `{kind}` what the text calls
/// the fact or else its class; a part in `[ ]` is left out where a role in it is missing, and missing roles elsewhere too.
pub fn label_fact(fact: &Fact, classes: &Classes) -> String {
    let pattern = |kind: &str| classes.get(kind).and_then(|term| term.pattern.clone());
    let pattern = pattern(&fact.kind).or_else(|| pattern("Fact")).unwrap_or_else(|| "{kind}".to_owned());
    let mut label = String::new();
    for (part, optional) in parts(&pattern) {
        let (text, complete) = fill(part, fact, classes);
        if complete || !optional {
            label.push_str(&text);
        }
    }
    let label = label.trim().trim_start_matches([',', ':']).trim();
    if label.is_empty() { fact.kind.clone() } else { label.to_owned() }
}

/// The pattern's parts in order; true for those in brackets.
fn parts(pattern: &str) -> impl Iterator<Item = (&str, bool)> {
    pattern.split('[').enumerate().flat_map(|(i, piece)| match piece.split_once(']') {
        Some((inside, after)) if i > 0 => [(inside, true), (after, false)],
        _ => [(piece, false), ("", false)],
    })
}

/// One part with its roles filled, and whether none was missing.
fn fill(part: &str, fact: &Fact, classes: &Classes) -> (String, bool) {
    let (mut text, mut complete) = (String::new(), true);
    for (i, piece) in part.split('{').enumerate() {
        let (role, after) = if i == 0 { ("", piece) } else { piece.split_once('}').unwrap_or((piece, "")) };
        match value_of(role, fact, classes) {
            Some(value) => text.push_str(&value),
            None => complete &= i == 0,
        }
        text.push_str(after);
    }
    (text, complete)
}

fn value_of(role: &str, fact: &Fact, classes: &Classes) -> Option<String> {
    match role {
        "" => None,
        "kind" => Some(match fact.roles.get("type") {
            Some(Value::Text(words)) => words.clone(),
            _ => capitalise(classes.label(&fact.kind)),
        }),
        "relation" => fact.roles.get(role).map(|value| match value {
            Value::Text(name) => classes.label(name).to_owned(),
            other => write_value(other),
        }),
        _ => fact.roles.get(role).map(write_value),
    }
}

fn write_value(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => write_number(*number),
        Value::When(period) => period.to_string(),
        Value::Text(text) => text.clone(),
        Value::One(entity) => entity.label.clone(),
        Value::Many(entities) => join(entities),
    }
}

/// `22000000` as `22,000,000`.
fn write_number(number: f64) -> String {
    let written = number.abs().to_string();
    let (whole, fraction) = written.split_once('.').map_or((written.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = if number < 0.0 { String::from("-") } else { String::new() };
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 && whole.len() > 4 && digit.is_ascii_digit() {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        let _ = write!(out, ".{fraction}");
    }
    out
}

/// `A`, `A and B`, `A, B and C`.
fn join(entities: &[Entity]) -> String {
    let labels: Vec<&str> = entities.iter().map(|entity| entity.label.as_str()).collect();
    match labels.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
