//! Lists of visits under a heading: "Visits from A to B", then one line a visitor with his year.
//!
//! Law: a line counts only if it names one person and a date.

use super::evoke::Draft;
use super::fact::Status;
use super::scope::Scope;
use crate::ontology::EntityType;

/// The visits of all such lists.
pub(super) fn find_listed_visits(scopes: &[Scope<'_>]) -> Vec<Draft> {
    let mut found = Vec::new();
    let mut heading: Option<usize> = None;
    for scope in scopes {
        if let Some(to) = scope.visits_to() {
            heading = Some(to);
            continue;
        }
        let Some(to) = heading else { continue };
        match scope.listed_visitor() {
            Some(draft) => found.extend(scope.visit_of(draft, to)),
            None => heading = None,
        }
    }
    found
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
