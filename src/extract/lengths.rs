//! How long a visit lasted: "concluded his three-day visit on 12 May" was there from 10 to 12 May.
//!
//! Law: both ends are stated, one as a day and one by the number of days; a visit that begins, or that goes on, keeps its day.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::scope::{Scope, scope_at};
use crate::date::{Date, Period};
use crate::language::{Deprel, Upos};
use crate::recognise::AmountKind;
use jiff::ToSpan;

/// Verbs whose day is the last one of the visit that is their object.
const ENDING: &[&str] = &["conclude", "end", "complete", "finish", "wrap", "close"];
/// Most words between the length and the noun: "his three-day official working visit".
const REACH: usize = 4;

/// Gives visits that are told to have ended on a day the days before it.
pub(super) fn stretch_visits(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|d| d.kind == "Visit" && d.status == Status::Asserted) {
        let Some(Value::When(told)) = draft.roles.get("date") else { continue };
        let Some(scope) = scope_at(scopes, draft.at) else { continue };
        let days = scope.days_of_ended_visit(draft.trigger);
        if let Some(whole) = told.single().zip(days).and_then(|(last, days)| days_until(last, days)) {
            draft.roles.insert("date".to_owned(), Value::When(whole));
        }
    }
}

/// The `days` days of which `last` is the last.
fn days_until(last: Date, days: i64) -> Option<Period> {
    let civil = last.to_civil()?;
    let first = civil.checked_sub(days.checked_sub(1)?.days()).ok()?;
    (days > 1).then(|| Period::between(Date::from_civil(first), last))
}

impl Scope<'_> {
    /// How many days the visit told at `trigger` had, where its verb says that it ended.
    fn days_of_ended_visit(&self, trigger: usize) -> Option<i64> {
        let g = &self.grammar;
        let (verb, noun) = if g.upos(trigger) == Upos::Verb {
            (trigger, g.dependents(trigger, Deprel::Obj).next()?)
        } else {
            (g.head(trigger)?, trigger)
        };
        let length = self.amounts.iter().find(|a| {
            a.kind == AmountKind::Duration && a.unit.starts_with("day") && a.last < noun && noun - a.last <= REACH
        })?;
        let ended = ENDING.contains(&g.lemma(verb)) && verb < length.first;
        // Whole days, and no more than anybody stays.
        (ended && length.value.fract() == 0.0 && (2.0..=31.0).contains(&length.value)).then_some(length.value as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::days_until;

    #[track_caller]
    fn check(last: &str, days: i64, expected: Option<&str>) {
        let whole = days_until(last.parse().unwrap(), days).map(|p| p.to_string());
        assert_eq!(whole.as_deref(), expected);
    }

    #[test]
    fn the_last_of_n_days_tells_the_first() {
        check("2024-07-12", 2, Some("2024-07-11/2024-07-12"));
        check("2024-03-01", 3, Some("2024-02-28/2024-03-01"));
        check("2024-03-01", 1, None);
        check("2024-03", 3, None);
    }
}
