//! Lists of visits under a heading: "Visits from A to B", then one line a visitor with his year; or in running text: "Visits
//! from the Norlandish side include: President X (May 2009). Prime Minister Y (2011)."
//!
//! Law: a line counts only if it names one person and a date.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::scope::{Scope, scope_at};
use crate::ontology::EntityType;
use crate::recognise::DateMention;

/// The visits of all such lists.
pub(super) fn find_listed_visits(scopes: &[Scope<'_>]) -> Vec<Draft> {
    let mut found = Vec::new();
    let mut heading: Option<usize> = None;
    for scope in scopes {
        if let Some(to) = scope.visits_to() {
            heading = Some(to);
            continue;
        }
        if let Some(to) = scope.visits_of_side() {
            heading = Some(to);
        }
        let Some(to) = heading else { continue };
        let bracketed = scope.visitors_with_dates(to);
        if !bracketed.is_empty() {
            found.extend(bracketed);
            continue;
        }
        match scope.listed_visitor() {
            Some(draft) => found.extend(scope.visit_of(draft, to)),
            None if scope.dates.is_empty() => heading = None,
            None => {}
        }
    }
    found
}

/// "visited Peru in July 2005 and May 2006": one visit for each of the times that follow the first.
pub(super) fn repeat_visits(scopes: &[Scope<'_>], drafts: &[Draft]) -> Vec<Draft> {
    let mut found = Vec::new();
    for visit in drafts.iter().filter(|d| d.kind == "Visit") {
        let (Some(scope), Some(Value::When(told))) = (scope_at(scopes, visit.at), visit.roles.get("date")) else {
            continue;
        };
        let Some(first) = scope.dates.iter().position(|d| d.period == Some(*told) && d.is_point() && !spans(scope, d))
        else {
            continue;
        };
        let joined = |pair: &[DateMention]| match pair {
            [a, b] => {
                let between: Vec<&str> = (a.last + 1..b.first).map(|i| scope.grammar.form(i)).collect();
                b.is_point() && matches!(between.as_slice(), ["and" | ","] | [",", "and"] | ["and", "in" | "on"])
            }
            _ => false,
        };
        let further = scope.dates.get(first..).unwrap_or_default().windows(2).take_while(|pair| joined(pair));
        for day in further.filter_map(|pair| pair.last()?.period) {
            let mut again = visit.clone();
            again.roles.insert("date".to_owned(), Value::When(day));
            found.push(again);
        }
    }
    found
}

/// "between 3 and 5 May": whether a date begins a span.
fn spans(scope: &Scope<'_>, date: &DateMention) -> bool {
    date.first.checked_sub(1).is_some_and(|i| matches!(scope.grammar.lemma(i), "between" | "from"))
}

impl Scope<'_> {
    /// The country that a heading over visits names after "to".
    fn visits_to(&self) -> Option<usize> {
        let g = &self.grammar;
        let aside = self.material.asides.get(self.at).copied().unwrap_or(false);
        let short = g.tokens.len() <= 14;
        let is = |i: usize, word: &str| g.form(i).eq_ignore_ascii_case(word);
        let visits = (0..g.tokens.len()).find(|i| is(*i, "visits"))?;
        let from = (visits..g.tokens.len()).find(|i| is(*i, "from") || is(*i, "by"))?;
        let to = (visits..g.tokens.len()).find(|i| is(*i, "to"))?;
        let country = |at: usize| {
            (at + 1..at + 4)
                .filter_map(|i| self.owner(i))
                .find_map(|m| self.who(m).first().copied())
                .filter(|w| self.kind(*w) == Some(EntityType::Country))
        };
        country(from)?;
        country(to).filter(|_| aside || short)
    }

    /// "Visits from the Norlandish side include": the other of the article's two countries.
    fn visits_of_side(&self) -> Option<usize> {
        let g = &self.grammar;
        let is = |i: usize, word: &str| g.form(i).eq_ignore_ascii_case(word);
        let visits = (0..4).find(|i| is(*i, "visits"))?;
        let side = (visits + 2..visits + 7).find(|i| is(*i, "side"))?;
        let lists = (side + 1..side + 3).any(|i| is(i, "include") || is(i, "included") || is(i, ":"));
        let from = (visits..side).any(|i| is(i, "from") || is(i, "by"));
        let host = self.owner(side - 1).and_then(|m| self.who(m).first().copied()).filter(|_| from && lists)?;
        let [a, b] = self.cast().pairs.get(self.at).copied().flatten()?;
        if host == a { Some(b) } else { (host == b).then_some(a) }
    }

    /// The one person of a line that holds little else.
    fn listed_visitor(&self) -> Option<usize> {
        let mut people: Vec<usize> = Vec::new();
        for m in 0..self.findings.mentions.len() {
            for who in self.who(m).iter().filter(|w| self.kind(**w) == Some(EntityType::Person)) {
                if !people.contains(who) {
                    people.push(*who);
                }
            }
        }
        let [who] = people.as_slice() else { return None };
        (self.grammar.tokens.len() <= 24 && self.dates.iter().any(|d| d.period.is_some())).then_some(*who)
    }

    /// "X (July 1992), Y (November 2001)": everybody whose date follows in brackets.
    fn visitors_with_dates(&self, to: usize) -> Vec<Draft> {
        let dated = |m: usize| {
            let mention = self.mention(m)?;
            let who = self.who(m).iter().find(|w| self.kind(**w) == Some(EntityType::Person))?;
            let date = self.dates.iter().find(|d| (mention.last + 2..mention.last + 4).contains(&d.first))?;
            let open = self.grammar.form(mention.last + 1) == "(";
            let mut draft = self.stay(*who, to, date.first);
            draft.roles.insert("date".to_owned(), super::fact::Value::When(date.period.filter(|_| open)?));
            draft.status = Status::Asserted;
            Some(draft)
        };
        (0..self.findings.mentions.len()).filter_map(dated).collect()
    }

    fn visit_of(&self, who: usize, to: usize) -> Vec<Draft> {
        let dates = self.dates.iter().filter_map(|d| Some((d.first, d.period?)));
        dates
            .map(|(at, period)| {
                let mut draft = self.stay(who, to, at);
                draft.roles.insert("date".to_owned(), super::fact::Value::When(period));
                draft.status = Status::Asserted;
                draft
            })
            .collect()
    }
}
