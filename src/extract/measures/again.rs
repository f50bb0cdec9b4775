//! Figures of what was measured just before: the next year's, the earlier one, the difference.
//!
//! Law: only what stands in the same sentence is measured again.

use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::Upos;
use crate::ontology::figures::NounKind;
use crate::recognise::Amount;

impl Scope<'_> {
    /// "$80.03 billion in 2020, and $94.74 billion in 2019": one more of the figure before.
    pub(super) fn read_series(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
        // "i.e. 11% of all imports" is a part of something else.
        let part = amount.unit == "%" && self.low(spot.last + 1) == "of";
        // "$5 million and $6 million in loans" says what the second is of.
        let flows = || {
            self.phrase_at(spot.last + 2).is_some_and(|(_, h)| self.is_of_kind(h, &[NounKind::Flow, NounKind::Pair]))
        };
        if self.low(spot.last + 1) == "in" && flows() {
            return None;
        }
        let before = here.filter(|t| t.unit == amount.unit && t.last < spot.first && !part)?;
        let mut party = None;
        for i in before.last + 1..spot.first {
            let g = &self.grammar;
            let link = self.is_dated(i)
                || self.is_amount(i)
                || matches!(g.upos(i), Upos::Punct | Upos::Det | Upos::Adv)
                || matches!(
                    self.low(i).as_str(),
                    "and"
                        | "in"
                        | "respectively"
                        | "at"
                        | "for"
                        | "during"
                        | "'s"
                        | "’s"
                        | "or"
                        | "of"
                        | "fy"
                        | "while"
                        | "over"
                        | "with"
                );
            if !link {
                let who = self.party(i)?;
                party = Some(who);
            }
        }
        let mut reading = before.reading.again();
        if let Some(who) = party {
            (reading.subject, reading.partner, reading.noun, reading.verb) = (Some(who), None, None, None);
        }
        Some(reading)
    }

    /// "from $71 million", "compared with 6 billion": where the figure before stood earlier.
    pub(super) fn read_base(&self, spot: Spot, here: Option<&Told>) -> Option<Reading> {
        let before = here?;
        let (at, word) = self.preposition_before(spot.first)?;
        let compares = match word.as_str() {
            "from" => true,
            "to" | "with" | "by" | "against" | "versus" | "than" => {
                matches!(
                    self.low(at.wrapping_sub(1)).as_str(),
                    "compared" | "comparison" | "up" | "down" | "as" | "relative"
                ) || matches!(word.as_str(), "against" | "versus")
            }
            _ => false,
        };
        let stands = compares && word != "by" && before.reading.stands_at(&before.unit);
        stands.then(|| Reading { earlier: true, target: false, ..before.reading.again() })
    }

    /// "from $36 million in 2014, when the line opened, to $50 million": the other end of what began with "from".
    pub(super) fn read_range(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
        let before = here.filter(|t| t.reading.earlier && t.unit == amount.unit && !t.reading.changes)?;
        let to = self.preposition_before(spot.first).is_some_and(|(_, word)| word == "to");
        let opened = (before.last.saturating_sub(6)..before.last).any(|i| self.low(i) == "from");
        (to && opened).then(|| before.reading.again())
    }

    /// "4% less than", "up by $4.9 million", "up 12% from a year earlier".
    pub(super) fn read_step(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
        let before = spot.first.checked_sub(1)?;
        let after = self.low(spot.last + 1);
        let led = if self.low(before) == "by" { before.checked_sub(1)? } else { before };
        let falls = match (self.low(led).as_str(), after.as_str()) {
            ("up", _) => false,
            ("down", _) => true,
            (_, "more" | "higher" | "up" | "above" | "larger" | "greater") => false,
            (_, "less" | "lower" | "down" | "below" | "fewer" | "smaller") => true,
            _ => return None,
        };
        let own = self.noun_under_copula(led, here.map_or(0, |t| t.last + 1));
        let mut reading = match (own, here) {
            (Some(noun), _) => Reading { noun: Some(noun), ..Reading::of(self.describe(noun)) },
            (None, Some(told)) => told.reading.again(),
            (None, None) => {
                let noun = self.noun_subject_of(led)?;
                Reading { noun: Some(noun), ..Reading::of(self.describe(noun)) }
            }
        };
        reading.change(falls, amount.kind);
        Some(reading)
    }
}
