//! Within a document: what is stated twice is one fact with two passages.
//!
//! Law: facts merge only if no role of one contradicts the other and status and speaker agree.

use super::deals;
use super::fact::{Fact, Status, Value};
use crate::date::Period;
use crate::ontology::lexicon::Lexicon;

/// Merges restatements; the order of first statement is kept.
pub(super) fn merge_facts(facts: Vec<Fact<usize>>) -> Vec<Fact<usize>> {
    let mut merged: Vec<Fact<usize>> = Vec::new();
    for fact in facts {
        match merged.iter_mut().find(|m| is_restatement(m, &fact)) {
            Some(known) => absorb(known, fact),
            None => merged.push(fact),
        }
    }
    merged
}

fn is_restatement(a: &Fact<usize>, b: &Fact<usize>) -> bool {
    if a.kind != b.kind || a.kind == "Statement" {
        return false;
    }
    if !agree_on_status(a, b) {
        return false;
    }
    if a.kind == "Agreement" && (is_another_topic(a, b) || is_another_topic(b, a)) {
        return false;
    }
    // "several deals" and "a plan": one is not the other.
    let several =
        |fact: &Fact<usize>| fact.roles.get("type").and_then(Value::as_text).is_some_and(deals::is_plural_type);
    if a.kind == "Agreement" && several(a) != several(b) {
        return false;
    }
    // A list in one sentence names several.
    if a.kind == "Agreement" && a.roles != b.roles && a.evidence.iter().any(|e| b.evidence.contains(e)) {
        return false;
    }
    let agree = |role: &str| match (a.roles.get(role), b.roles.get(role)) {
        (Some(x), Some(y)) => is_compatible(&a.kind, role, x, y),
        (None, None) => true,
        _ => !is_identifying(&a.kind, role),
    };
    a.roles.keys().chain(b.roles.keys()).all(|role| agree(role))
}

/// Whether `plain` is any agreement on a topic and `named` one whose type tells that it is another: "an agreement on data" and
/// "the defence treaty".
fn is_another_topic(plain: &Fact<usize>, named: &Fact<usize>) -> bool {
    let text = |fact: &Fact<usize>, role: &str| {
        deals::telling_words(fact.roles.get(role).and_then(Value::as_text).unwrap_or_default())
    };
    let (topic, called) = (text(plain, "topic"), text(named, "type"));
    let says_more = !called.is_empty() && !topic.is_empty() && text(plain, "type").is_empty();
    says_more && called.is_disjoint(&topic) && text(named, "topic").is_disjoint(&topic)
}

fn agree_on_status(a: &Fact<usize>, b: &Fact<usize>) -> bool {
    // A plan that came about is told as both; the two stay apart, as do denials.
    a.status == b.status || (a.kind == "Position" && a.status != Status::Denied && b.status != Status::Denied)
}

/// Roles without which two facts of a kind cannot be known to be one.
fn is_identifying(kind: &str, role: &str) -> bool {
    match kind {
        "Measure" => !matches!(role, "partner" | "period"),
        "Position" => !matches!(role, "start" | "end"),
        "Relation" => true,
        "Agreement" => matches!(role, "parties" | "type"),
        "Visit" => matches!(role, "visitor" | "destination"),
        "Meeting" => matches!(role, "participants"),
        _ => role != "topic" && role != "date" && role != "place",
    }
}

fn is_compatible(kind: &str, role: &str, a: &Value<usize>, b: &Value<usize>) -> bool {
    match (a, b) {
        (Value::Many(x), Value::Many(y)) => x.len() == y.len() && x.iter().all(|w| y.contains(w)),
        (Value::When(x), Value::When(y)) => overlaps(*x, *y),
        (Value::Text(x), Value::Text(y)) if kind == "Agreement" && role == "topic" => deals::is_same_topic(x, y),
        (Value::Text(_), Value::Text(_)) if role == "topic" => true,
        (Value::Text(x), Value::Text(y)) if role == "indicator" => is_same_measure(x, y),
        (Value::Text(x), Value::Text(y)) if role == "type" => deals::is_same_type(x, y),
        (Value::Text(x), Value::Text(y)) if kind == "Position" => {
            is_same_text(x, y) || is_short_for(x, y) || is_short_for(y, x)
        }
        (Value::Text(x), Value::Text(y)) => is_same_text(x, y),
        _ => a == b,
    }
}

/// Whether two indicators name the same thing: a word that says what is measured is shared.
pub(super) fn is_same_measure(a: &str, b: &str) -> bool {
    let words = |t: &str| -> Vec<String> {
        let plain = t.to_lowercase();
        let kept =
            plain.split([' ', '-']).filter(|w| !matches!(*w, "of" | "in" | "on" | "for" | "value" | "the" | "new"));
        kept.map(|w| w.trim_end_matches('s').to_owned()).collect()
    };
    let (a, b) = (words(a), words(b));
    let is_change = |w: &[String]| w.last().is_some_and(|l| matches!(l.as_str(), "growth" | "increase"));
    is_change(&a) == is_change(&b) && (a.is_empty() || b.is_empty() || a.iter().any(|w| b.contains(w)))
}

fn is_same_text(a: &str, b: &str) -> bool {
    let last = |t: &str| t.to_lowercase().split(' ').next_back().map(|w| w.trim_end_matches('s').to_owned());
    // "Minister" may be the Foreign Minister; "President" is no Vice President.
    let ranks = |t: &str| t.to_lowercase().split([' ', '-']).filter(|w| Lexicon::embedded().is_rank(w)).count();
    let shorter = a.split(' ').count() == 1 || b.split(' ').count() == 1;
    a.eq_ignore_ascii_case(b) || last(a) == last(b) && shorter && ranks(a) == ranks(b)
}

/// "Minister" for "Deputy Minister of Energy", "Secretary" for "Secretary of State": the address of who holds the post.
fn is_short_for(short: &str, long: &str) -> bool {
    let words: Vec<String> = long.to_lowercase().split(' ').map(str::to_owned).collect();
    let short = short.to_lowercase();
    let former = words.first().is_some_and(|w| matches!(w.as_str(), "former" | "then" | "late" | "ex"));
    let address = matches!(short.as_str(), "minister" | "secretary" | "ambassador" | "commissioner");
    !former && (address && words.contains(&short) || is_part_of_post(&short, &long.to_lowercase()))
}

/// "Special Envoy" for "Special Envoy for Central Asia": the same office, of which less is told.
fn is_part_of_post(short: &str, long: &str) -> bool {
    fn cut(role: &str) -> (&str, &str) {
        let complement = [" of ", " for "].iter().filter_map(|w| role.find(w)).min();
        role.split_at(complement.unwrap_or(role.len()))
    }
    let ((office, less), (other, more)) = (cut(short), cut(long));
    let words: Vec<&str> = more.split([' ', ',']).collect();
    office == other && office.contains(' ') && less.split([' ', ',']).all(|word| words.contains(&word))
}

/// Whether two periods can be one date told twice.
pub(super) fn overlaps(a: Period, b: Period) -> bool {
    let text = |p: Period| {
        (p.from.map(|d| d.to_string()).unwrap_or_default(), p.to.map(|d| d.to_string()).unwrap_or_default())
    };
    let ((a1, a2), (b1, b2)) = (text(a), text(b));
    a1.starts_with(&b1) || b1.starts_with(&a1) || (a1 <= b1 && b1 <= a2) || (b1 <= a1 && a1 <= b2)
}

fn absorb(known: &mut Fact<usize>, more: Fact<usize>) {
    for (role, value) in more.roles {
        match known.roles.get_mut(&role) {
            None => {
                known.roles.insert(role, value);
            }
            Some(old) if is_fuller(&known.kind, &role, &value, old) => *old = value,
            Some(_) => {}
        }
    }
    if known.attributed_to != more.attributed_to {
        known.attributed_to = None;
    }
    for evidence in more.evidence {
        if !known.evidence.contains(&evidence) {
            known.evidence.push(evidence);
        }
    }
    known.evidence.sort_by_key(|e| e.span);
}

fn is_fuller(kind: &str, role: &str, new: &Value<usize>, old: &Value<usize>) -> bool {
    match (new, old) {
        (Value::Text(a), Value::Text(b)) if kind == "Agreement" && role == "type" => deals::is_fuller_type(a, b),
        (Value::Text(a), Value::Text(b)) => a.len() > b.len(),
        (Value::When(a), Value::When(b)) => a.to_string().len() > b.to_string().len(),
        _ => false,
    }
}
