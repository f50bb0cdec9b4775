//! Position -> when a document sees its holder in the post.
//!
//! A text seldom says when a post began or ended, but it tells what its holder did and when. A passage with a dated event of the
//! holder sees him in the post then; any other sees him on the day of its article.
//!
//! Law: wrong is worse than open. A former holder is seen by nobody, one who held it "then" only by the event; a passage that names
//! another year says nothing about the day of its article.

use super::fact::{Evidence, Fact, Status, Value};
use crate::date::Period;
use crate::ontology::offices::{Office, Standing, read_office};
use crate::read::Document;
use std::collections::BTreeSet;

/// The post of a position and when `document` sees it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// The post, under one name for all spellings.
    pub office: Office,
    /// Dates on which its holder is seen in it, in order.
    pub seen: BTreeSet<Period>,
}

/// What `document` says about when the position `fact` was held; `beside` are all facts of the document. `None` for other facts.
/// Entities are whole or indices, as the facts have them.
pub fn observe_tenure<E: PartialEq>(fact: &Fact<E>, beside: &[&Fact<E>], document: &Document) -> Option<Tenure> {
    let (Some(Value::Text(role)), Some(Value::One(person))) = (fact.roles.get("role"), fact.roles.get("person")) else {
        return None;
    };
    if fact.kind != "Position" {
        return None;
    }
    let office = read_office(role);
    let mut seen = BTreeSet::new();
    if fact.status == Status::Asserted && matches!(office.standing, Standing::Held | Standing::Then) {
        for evidence in fact.evidence.iter().filter(|e| e.document == document.id) {
            let acts = find_acts(person, evidence, beside);
            if acts.is_empty() && office.standing == Standing::Held {
                seen.extend(find_issue(evidence, document));
            }
            seen.extend(acts);
        }
    }
    Some(Tenure { office, seen })
}

/// Dates of what the person did, by the same passage.
fn find_acts<E: PartialEq>(person: &E, evidence: &Evidence, beside: &[&Fact<E>]) -> BTreeSet<Period> {
    let takes_part = |value: &Value<E>| match value {
        Value::One(who) => who == person,
        Value::Many(list) => list.contains(person),
        _ => false,
    };
    let done = beside.iter().filter(|f| f.status == Status::Asserted && f.evidence.contains(evidence));
    let dates = done.filter(|f| f.roles.values().any(takes_part)).filter_map(|f| match f.roles.get("date") {
        Some(Value::When(period)) if period.from.is_some() && period.to.is_some() => Some(*period),
        _ => None,
    });
    dates.collect()
}

/// The day of the article that holds the passage, unless the passage speaks of another year.
fn find_issue(evidence: &Evidence, document: &Document) -> Option<Period> {
    let holds = document.articles.iter().find(|a| a.span.contains(evidence.span));
    let issued = holds.or(document.articles.first())?.metadata.date?;
    let years = evidence.quote.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
    let others = years.filter_map(|n| n.parse::<i16>().ok()).any(|y| (1800..2100).contains(&y) && y != issued.year);
    (!others).then(|| Period::from(issued))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;

    /// Each position of a document of 20 February 2025, its post and when it is seen: `president 1996`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let page = format!("---\ndate: 2025-02-20\n---\n\n{text}\n");
        let (document, _) = crate::read::read_text("test.md", page.as_bytes()).unwrap();
        let reading = crate::pipeline::read_document(&document).unwrap();
        let facts = crate::pipeline::resolve_readings(&[reading]).remove(0);
        let beside: Vec<&Fact> = facts.iter().collect();
        let show = |t: Tenure| {
            let seen: Vec<String> = t.seen.iter().map(ToString::to_string).collect();
            format!("{} {}", t.office.name, seen.join(", "))
        };
        let mut found: Vec<String> =
            facts.iter().filter_map(|f| observe_tenure(f, &beside, &document)).map(show).collect();
        found.sort();
        assert_eq!(found, expected, "{text}: {facts:#?}");
    }

    #[test]
    fn holders_are_seen_by_what_they_do_or_on_the_day_of_the_article() {
        check("President Ana Ilves of Peru visited Ghana in May 1996.", &["president 1996-05"]);
        check("President Ana Ilves of Peru opened the fair.", &["president 2025-02-20"]);
        check("President Ana Ilves of Peru opened the fair after the talks of 1996.", &["president "]);
        check("Former President Ana Ilves of Peru opened the fair.", &["president "]);
        check("President Ana Ilves of Peru will visit Ghana in May 2027.", &["president "]);
    }
}
