//! Whether what was found in a role is what the gold states there.
//!
//! Law: leniency lies here and nowhere else. A name may be short or spelled otherwise, a figure off by half a percent, a date
//! finer than stated; never another party, another country, another direction of trade.

use super::tables::Tables;
use super::words::{content, fold, initials, likeness, stem};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// What was found in a role, one of possibly several.
#[derive(Debug, Clone)]
pub(super) enum Got {
    /// An entity: its label, then its other names.
    Names(Vec<String>),
    /// Words, or a date.
    Text(String),
    Number(f64),
    Flag(bool),
}

/// Roles that take entities.
const NAMES: &[&str] = &[
    "person",
    "organization",
    "parties",
    "visitor",
    "destination",
    "participants",
    "speaker",
    "subject",
    "object",
    "partner",
];

/// Roles that take several.
pub(super) fn is_many(role: &str) -> bool {
    matches!(role, "parties" | "participants")
}

/// Whether `got` is all that `gold` states of `role`, and no more.
pub(super) fn agrees(role: &str, gold: &Json, got: &[Got]) -> bool {
    match role {
        "target" => is_true(gold) == got.first().is_some_and(holds),
        _ if is_many(role) => same_parties(gold, got),
        "date" | "period" => {
            span_of(&text_of(gold)).is_none() || got.first().is_some_and(|got| same_date(gold, &text_of_got(got)))
        }
        _ => match got {
            [got] => agrees_with_one(role, gold, got),
            _ => false,
        },
    }
}

fn agrees_with_one(role: &str, gold: &Json, got: &Got) -> bool {
    match role {
        "value" | "count" => same_value(gold, got),
        _ if NAMES.contains(&role) => as_list(gold).iter().any(|gold| same_name(gold, got)),
        "role" => same_role(&text_of(gold), &text_of_got(got)),
        "indicator" => same_indicator(&text_of(gold), &text_of_got(got)),
        "unit" => same_unit(&text_of(gold), &text_of_got(got)),
        "type" => kind_of_deal(&text_of(gold)) == kind_of_deal(&text_of_got(got)),
        _ => same_words(&text_of(gold), &text_of_got(got)),
    }
}

/// Each stated party is there, and nobody else.
fn same_parties(gold: &Json, got: &[Got]) -> bool {
    let mut left: Vec<&Got> = got.iter().collect();
    let found = as_list(gold).into_iter().all(|gold| {
        let at = left.iter().position(|got| same_name(gold, got));
        at.map(|at| left.remove(at)).is_some()
    });
    found && left.is_empty()
}

/// One value or several, as a list; none for `null`.
pub(super) fn as_list(value: &Json) -> Vec<&Json> {
    match value {
        Json::Null => Vec::new(),
        Json::Array(list) => list.iter().collect(),
        one => vec![one],
    }
}

/// Whether a value says yes.
pub(super) fn is_true(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(flag) => *flag,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(list) => !list.is_empty(),
        Json::Object(map) => !map.is_empty(),
    }
}

fn holds(got: &Got) -> bool {
    match got {
        Got::Flag(flag) => *flag,
        Got::Number(number) => *number != 0.0,
        Got::Text(text) => !text.is_empty(),
        Got::Names(_) => true,
    }
}

/// A value of the gold in words.
pub(super) fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(map) => map.get("label").and_then(Json::as_str).unwrap_or_default().to_owned(),
        Json::Array(list) => list.iter().map(text_of).collect::<Vec<_>>().join(" "),
        Json::Null => "None".to_owned(),
        other => other.to_string(),
    }
}

fn text_of_got(got: &Got) -> String {
    match got {
        Got::Names(names) => names.first().cloned().unwrap_or_default(),
        Got::Text(text) => text.clone(),
        Got::Number(number) => number.to_string(),
        Got::Flag(flag) => flag.to_string(),
    }
}

fn same_value(gold: &Json, got: &Got) -> bool {
    let stated = match gold {
        Json::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    let found = match got {
        Got::Number(number) => Some(*number),
        Got::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    stated.zip(found).is_some_and(|(gold, got): (f64, f64)| (gold - got).abs() <= 0.005 * gold.abs().max(1e-9))
}

pub(super) fn same_name(gold: &Json, got: &Got) -> bool {
    let stated: Vec<String> = match gold {
        Json::Object(map) => {
            let aliases = map.get("aliases").map(as_list).unwrap_or_default();
            map.get("label").into_iter().chain(aliases).map(text_of).filter(|name| !name.is_empty()).collect()
        }
        other => vec![text_of(other)],
    };
    let found = match got {
        Got::Names(names) => names.clone(),
        other => vec![text_of_got(other)],
    };
    stated.iter().any(|gold| found.iter().any(|got| same_string(gold, got)))
}

/// Whether two names are those of one entity: equal when folded, one the initials of the other, or all words of the shorter in
/// the longer, unless the longer is another body that holds a country's name.
fn same_string(gold: &str, got: &str) -> bool {
    let tables = Tables::embedded();
    let canonical = |text: &str| {
        let folded = fold(text);
        tables.names.get(folded.as_str()).map_or(folded, |name| (*name).to_owned())
    };
    let (a, b) = (canonical(gold), canonical(got));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (x, y) = (name_words(&a), name_words(&b));
    if a == b || x == y || is_short_for(gold, got, &y) || is_short_for(got, gold, &x) {
        return true;
    }
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let occurs = |word: &String, among: &[String]| {
        among.iter().any(|other| word == other || (word.len() > 3 && likeness(word, other) >= 0.84))
    };
    if !short.iter().all(|word| occurs(word, &long)) {
        return false;
    }
    let mut extra = long.iter().filter(|word| !occurs(word, &short));
    if short.len() == long.len() || extra.all(|word| tables.legal.contains(word.as_str())) {
        return true;
    }
    let known = tables.countries.contains(short.join(" ").as_str());
    !known && (short.last() == long.last() || (short.len() >= 2 && short.len() * 2 >= long.len()))
}

/// The words of a name without titles, where others are left.
fn name_words(name: &str) -> Vec<String> {
    let words = content(name);
    let bare: Vec<String> =
        words.iter().filter(|word| !Tables::embedded().honorifics.contains(word.as_str())).cloned().collect();
    if bare.is_empty() { words } else { bare }
}

/// Whether `short` is the initials of `long`, which has the words `words`.
fn is_short_for(short: &str, long: &str, words: &[String]) -> bool {
    let short = fold(short);
    !short.contains(' ') && (2..=8).contains(&short.len()) && words.len() > 1 && initials(long).contains(&short)
}

fn stems(text: &str) -> BTreeSet<String> {
    content(text).iter().map(|word| stem(word)).collect()
}

/// A third of the shorter one's words.
fn same_words(gold: &str, got: &str) -> bool {
    let (a, b) = (stems(gold), stems(got));
    let shared = a.intersection(&b).count();
    shared > 0 && shared as f64 >= 0.34 * a.len().min(b.len()) as f64
}

/// The same rank, and half of the words of the post.
fn same_role(gold: &str, got: &str) -> bool {
    let (a, b) = (words_of_role(gold), words_of_role(got));
    let ranks = |words: &BTreeSet<String>| -> BTreeSet<String> {
        words.iter().filter(|word| Tables::embedded().ranks.contains(word.as_str())).cloned().collect()
    };
    let shared = a.intersection(&b).count();
    let most = shared as f64 >= 0.6 * a.len().max(b.len()) as f64;
    shared > 0
        && ranks(&a) == ranks(&b)
        && shared as f64 >= 0.5 * a.len().min(b.len()) as f64
        && (a.is_subset(&b) || b.is_subset(&a) || most)
}

fn words_of_role(text: &str) -> BTreeSet<String> {
    let tables = Tables::embedded();
    let mut text = format!(" {} ", fold(text));
    for (office, names) in &tables.offices {
        for name in names {
            text = text.replace(&format!(" {name} "), &format!(" {office} "));
        }
    }
    let counts = |word: &&str| !tables.filler.contains(word) && !matches!(*word, "federal" | "current");
    text.split_whitespace().filter(counts).map(stem).collect()
}

/// One word in common, and the same direction of trade.
fn same_indicator(gold: &str, got: &str) -> bool {
    let (a, b) = (stems(gold), stems(got));
    let same_direction = ["import", "export", "deficit", "surplu"].iter().all(|m| a.contains(*m) == b.contains(*m));
    same_direction && (a.is_empty() || a.intersection(&b).next().is_some())
}

fn same_unit(gold: &str, got: &str) -> bool {
    let (a, b) = (words_of_unit(gold), words_of_unit(got));
    let rate = format!(" {a} {b} ").contains(" per ");
    let holds = |whole: &str, part: &str| whole.split_whitespace().any(|word| word == part);
    a == b || (!a.is_empty() && !b.is_empty() && !rate && (holds(&b, &a) || holds(&a, &b)))
}

fn words_of_unit(unit: &str) -> String {
    let folded = fold(unit);
    let unit = if folded.is_empty() { unit.trim().to_owned() } else { folded };
    let unit = Tables::embedded().units.get(unit.as_str()).map_or(unit.as_str(), |name| *name);
    unit.split_whitespace().map(stem).collect::<Vec<_>>().join(" ")
}

fn kind_of_deal(text: &str) -> String {
    let text = fold(text);
    let kind = Tables::embedded().deals.iter().find(|(_, marks)| marks.iter().any(|mark| text.contains(mark)));
    kind.map_or(text.clone(), |(kind, _)| (*kind).to_owned())
}

/// The first and last day that a date or interval can mean, as sortable text, and how exactly it begins.
fn span_of(text: &str) -> Option<(String, String, usize)> {
    let found = dates_in(text);
    let (first, last) = (found.first()?, found.last()?);
    let fill = |date: &str, rest: &str| format!("{date}{}", rest.get(date.len() - 4..).unwrap_or_default());
    Some((fill(first, "-01-01"), fill(last, "-12-31"), first.len()))
}

/// All dates like `2024`, `2024-07` and `2024-07-31` in a text.
fn dates_in(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let digits =
        |at: usize, count: usize| bytes.get(at..at + count).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        if !digits(at, 4) {
            at += 1;
            continue;
        }
        let mut end = at + 4;
        while end < at + 10 && bytes.get(end) == Some(&b'-') && digits(end + 1, 2) {
            end += 3;
        }
        found.extend(text.get(at..end));
        at = end;
    }
    found
}

/// The found date lies in the stated one and is as exact.
fn same_date(gold: &Json, got: &str) -> bool {
    let gold = text_of(gold);
    let (Some(a), Some(b)) = (span_of(&gold), span_of(got)) else { return span_of(&gold).is_none() };
    let inside = (a.0 <= b.0 && b.0 <= a.1) || (a.0 <= b.1 && b.1 <= a.1);
    inside && (b.2 >= a.2 || gold.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(role: &str, gold: Json, got: Got, expected: bool) {
        assert_eq!(agrees(role, &gold, std::slice::from_ref(&got)), expected, "{role}: {gold} and {got:?}");
    }

    fn entity(names: &[&str]) -> Got {
        Got::Names(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn text(words: &str) -> Got {
        Got::Text(words.to_owned())
    }

    #[test]
    fn names_may_be_short_but_not_another_ones() {
        check("person", json!("Ana Ilves"), entity(&["Minister Ana Ilves"]), true);
        check("person", json!("Ana Ilves"), entity(&["Ilves"]), true);
        check("organization", json!("United Kingdom"), entity(&["Great Britain"]), true);
        check("organization", json!("Baltic Steel Works"), entity(&["X", "BSW"]), true);
        check("organization", json!("Guinea"), entity(&["Equatorial Guinea"]), false);
        check("organization", json!("Norsk Gass"), entity(&["Norsk Gass AS"]), true);
        check("parties", json!(["Peru", "Estonia"]), entity(&["Peru"]), false);
    }

    #[test]
    fn figures_and_dates_agree_within_what_is_stated() {
        check("value", json!(310000000), Got::Number(311e6), true);
        check("value", json!(310000000), Got::Number(315e6), false);
        check("date", json!("2024-07"), text("2024-07-12"), true);
        check("date", json!("2024-07-12"), text("2024-07"), false);
        check("period", json!("2024-07/2024-09"), text("2024-08"), true);
        check("target", json!(false), Got::Flag(true), false);
    }

    #[test]
    fn words_agree_in_part() {
        check("role", json!("Foreign Minister"), text("Minister of Foreign Affairs"), true);
        check("role", json!("Deputy Foreign Minister"), text("Foreign Minister"), false);
        check("unit", json!("tonnes"), text("metric ton"), true);
        check("indicator", json!("imports of gas"), text("gas exports"), false);
        check("type", json!("memorandum of understanding"), text("MoU"), true);
    }
}
