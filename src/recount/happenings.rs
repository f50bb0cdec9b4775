//! The rows of `sources/happenings` -> what happened, in order.
//!
//! Law: a partial date stays partial and stands before the days it contains: `2024`, `2024-03`, `2024-03-05`. An interval stands where it
//! begins, one without beginning where it ends.

use super::evidence::{Quote, read_quotes};
use crate::date::{Date, Period};
use crate::error::Result;
use crate::query::{Found, answer_until, find};
use crate::store::find_quads;
use crate::vocab;
use oxigraph::model::{NamedNode, Term};
use oxigraph::sparql::CancellationToken;
use oxigraph::store::Store;
use serde::Serialize;

/// The query that gives date, words, status and fact.
const QUERY: &str = "sources/happenings";

/// Something with a date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Happening {
    /// When, as precisely as a source says.
    pub date: Period,
    /// The fact in words, without its date.
    pub what: String,
    /// asserted, planned, possible or denied.
    pub status: String,
    /// IRI of the fact.
    pub fact: String,
    /// The sentences that state it.
    pub evidence: Vec<Quote>,
}

impl Happening {
    /// Whether it may lie in the time from one date to another, both included; without a date there is no bound.
    pub fn touches(&self, from: Option<Date>, until: Option<Date>) -> bool {
        let (first, last) = (self.date.from.or(self.date.to), self.date.to.or(self.date.from));
        let after = |date: Option<Date>, bound: Date| date.is_none_or(|d| end_of(d) >= bound.to_string());
        let before = |date: Option<Date>, bound: Date| date.is_none_or(|d| d.to_string() <= end_of(bound));
        from.is_none_or(|from| after(last, from)) && until.is_none_or(|until| before(first, until))
    }
}

/// Sorts behind every day of the date.
fn end_of(date: Date) -> String {
    format!("{date}~")
}

/// All that has a date, of the whole store or of what names one of some entities (IRIs), the earliest first.
///
/// # Errors
/// The store cannot be read.
pub fn read_happenings(store: &Store, about: &[&str]) -> Result<Vec<Happening>> {
    let query = find(QUERY, None)?;
    let answer = answer_until(store, &query.text, &query.name, &CancellationToken::new())?;
    let Found::Solutions { rows, .. } = answer.found else { return Ok(Vec::new()) };
    let mut happenings = Vec::new();
    for row in &rows {
        let [
            Some(Term::Literal(date)),
            Some(Term::Literal(what)),
            Some(Term::NamedNode(status)),
            Some(Term::NamedNode(fact)),
        ] = row.as_slice()
        else {
            continue;
        };
        let Ok(date) = date.value().parse::<Period>() else { continue };
        if !about.is_empty() && !names_any(store, fact, about)? {
            continue;
        }
        happenings.push(Happening {
            date,
            what: vocab::capitalise(drop_date(what.value(), &date.to_string())),
            status: status.as_str().trim_start_matches(vocab::DOS).to_lowercase(),
            fact: fact.as_str().to_owned(),
            evidence: read_quotes(store, fact)?,
        });
    }
    happenings.sort_by_cached_key(|h| {
        let begin = h.date.from.or(h.date.to).map(|date| date.to_string());
        (begin, h.date.to_string(), h.what.clone(), h.fact.clone())
    });
    Ok(happenings)
}

/// A label without the date at its end, or the less precise one of another source.
fn drop_date<'a>(label: &'a str, date: &str) -> &'a str {
    match label.rsplit_once(", ") {
        Some((before, end)) if !end.is_empty() && date.starts_with(end) => before,
        _ => label,
    }
}

fn names_any(store: &Store, fact: &NamedNode, about: &[&str]) -> Result<bool> {
    Ok(find_quads(store, Some(fact.as_ref()), None)?.iter().any(|quad| names(&quad.object, about)))
}

fn names(term: &Term, about: &[&str]) -> bool {
    match term {
        Term::NamedNode(node) => about.contains(&node.as_str()),
        Term::Triple(triple) => names(&Term::from(triple.subject.clone()), about) || names(&triple.object, about),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, from: &str, until: &str, expected: bool) {
        let date = date.parse().unwrap();
        let (what, status, fact) = (String::new(), String::new(), String::new());
        let happening = Happening { date, what, status, fact, evidence: Vec::new() };
        assert_eq!(happening.touches(from.parse().ok(), until.parse().ok()), expected, "{date} in {from}–{until}");
    }

    #[test]
    fn partial_dates_may_lie_in_what_they_touch() {
        check("2024-03-05", "2024-03", "2024-03", true);
        check("2024-03", "2024-03-20", "", true);
        check("2024", "2024-03-20", "2024-04", true);
        check("2024-03-05", "2024-03-06", "", false);
        check("2024-03-05", "", "2024-02", false);
        check("2024/2026", "2025", "2025", true);
        check("../2027", "2026", "2026", false);
        check("2024-03-05", "", "2024", true);
    }

    #[test]
    fn a_label_says_its_date_once() {
        assert_eq!(drop_date("Visit of Ana to Peru, 2024-03", "2024-03-05"), "Visit of Ana to Peru");
        assert_eq!(drop_date("Ana, President of Peru", "2024"), "Ana, President of Peru");
    }
}
