//! What a sum is for: "pledged $5 million to fight hunger", "invested $2 billion in battery plants".
//!
//! Law: the words stand right behind the sum, and name a thing, no party.

use super::super::scope::Scope;
use super::Reading;
use super::spot::Spot;
use crate::language::Xpos;
use crate::recognise::{Amount, AmountKind};

impl Scope<'_> {
    /// "for water projects", "to fight hunger", "in battery plants": what the sum that somebody deals in is for.
    pub(super) fn purpose_of(&self, reading: &Reading, spot: Spot, amount: &Amount) -> Option<String> {
        let bare = !reading.indicator.contains(' ') && reading.acts && amount.kind == AmountKind::Money;
        let word = self.after_brackets(spot.last + 1);
        let link = self.low(word);
        match link.as_str() {
            "to" if bare && self.grammar.xpos(word + 1) == Xpos::Vb => {
                let thing = self.thing_at(word + 2)?;
                match self.grammar.lemma(word + 1) {
                    "support" | "fund" | "finance" => Some(format!("for {thing}")),
                    verb => Some(format!("to {verb} {thing}")),
                }
            }
            "to" if bare => Some(format!("to {}", self.thing_at(word + 1)?)),
            "for" | "towards" | "toward" if bare => Some(format!("for {}", self.thing_at(word + 1)?)),
            "in" | "into" if bare && reading.indicator == "investment" => {
                Some(format!("in {}", self.thing_at(word + 1)?))
            }
            _ => None,
        }
    }

    /// The word behind the same sum in another currency.
    fn after_brackets(&self, at: usize) -> usize {
        let close = (at..at + 8).find(|i| self.low(at) == "(" && self.low(*i) == ")");
        close.map_or(at, |close| close + 1)
    }

    /// The noun phrase at a word, if it is nobody's name, no day and no number.
    fn thing_at(&self, at: usize) -> Option<String> {
        let (_, head) = self.phrase_at(at)?;
        let thing = self.named_alone(head).is_none() && !self.is_dated(head) && !self.is_amount(head);
        thing.then(|| self.describe(head))
    }
}
