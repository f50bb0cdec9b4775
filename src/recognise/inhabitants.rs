//! Numbers of people that stand without a noun: "a population of about 2.7 million".
//!
//! Law: only right behind the word for a population, and only where no unit or noun follows.

use super::amounts::{Amount, AmountKind, Finder};
use super::numbers::Number;

/// Words between "population" and its number.
const BETWEEN: &[&str] = &[
    "of",
    "is",
    "was",
    "stands",
    "stood",
    "at",
    "around",
    "about",
    "over",
    "some",
    "nearly",
    "almost",
    "more",
    "than",
    "approximately",
    "estimated",
    "roughly",
    "under",
    "to",
    "a",
    "the",
    "reached",
    "exceeds",
    ":",
];

impl Finder<'_> {
    /// The number at `at`, if it tells how many live somewhere.
    pub(super) fn read_inhabitants(&self, at: usize, number: Number) -> Option<(usize, Amount)> {
        let noun = (at.saturating_sub(6)..at).rev().find(|i| self.is(*i, "population"))?;
        let plain = (noun + 1..at).all(|i| BETWEEN.iter().any(|word| self.is(i, word)));
        let many = number.value >= 1000.0 && noun + 1 < at;
        (plain && many).then(|| self.amount(at, number.end, number, AmountKind::Quantity, "people")).flatten()
    }
}
