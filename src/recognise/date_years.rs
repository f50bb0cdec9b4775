//! Years: plain, of account, spans of them, and months by number.
//!
//! Law: two digits are a year only after a word for a year of account or behind a whole year.

use super::atoms::{Atom, Sort};
use super::calendar::Said;
use super::dates::{Finder, Found};
use crate::date::{Date, Period};

impl Finder<'_> {
    /// "8/1998": a month by its number.
    pub(super) fn read_month_number(&self, at: usize) -> Found {
        let month = self.atom(at)?.digits(1..=2).filter(|m| (1..=12).contains(m))? as u8;
        let apart = at.checked_sub(1).and_then(|i| self.atom(i)).is_none_or(|a| !a.is("/"));
        let year = self.year(at + 2).filter(|_| apart && self.is(at + 1, "/"))?;
        Some((at + 3, Said::Fixed(Date::month(year, month).into())))
    }

    /// "2024", "2017-18", "from 2017 to 2022", "FY2023", "financial year 2017-18".
    pub(super) fn read_years(&self, at: usize) -> Found {
        let named = self.after_fiscal(at);
        let start = named.unwrap_or(at);
        let year = self.year(start).or_else(|| named.and_then(|at| self.short_year(at)))?;
        let glued = start > 0
            && self.atom(start).is_some_and(|a| !a.spaced)
            && named.is_none()
            && self.atom(start - 1).is_some_and(|a| {
                a.sort == Sort::Word
                    || a.is("$")
                    || a.is_dash() && start > 1 && self.atom(start - 2).is_some_and(|b| b.sort == Sort::Word)
            });
        let event = glued && self.atom(start - 1).is_some_and(Atom::is_dash);
        if glued && !event {
            return None;
        }
        let is_joint = |words: &[&str]| self.atom(start + 1).is_some_and(|a| words.iter().any(|w| a.is(w)));
        let dashed = self.atom(start + 1).is_some_and(Atom::is_dash);
        let led = |word: &str| self.is(start.wrapping_sub(1), word);
        if dashed || is_joint(&["/"]) || (is_joint(&["to"]) && led("from")) || (is_joint(&["and"]) && led("between")) {
            // "2011-'12"
            let apostrophe = self.atom(start + 2).is_some_and(|a| matches!(a.raw.as_str(), "'" | "’"));
            let next = start + 2 + usize::from(apostrophe);
            let short = self.atom(next).and_then(|a| a.digits(2..=2)).map(|y| (year / 100) * 100 + y as i16);
            if let Some(to) = self.year(next).or(short).filter(|to| *to > year) {
                return Some((next + 1, Said::Fixed(Period::between(Date::year(year), Date::year(to)))));
            }
        }
        (named.is_some() || event || self.is_plain_year(start))
            .then_some((start + 1, Said::Fixed(Date::year(year).into())))
    }

    fn after_fiscal(&self, at: usize) -> Option<usize> {
        if self.is(at, "fy") {
            return Some(self.skip(at + 1, &["-"]));
        }
        let fiscal = self.is(at, "financial") || self.is(at, "fiscal");
        let worded = fiscal && self.is(at + 1, "year");
        worded.then_some(at + 2).or_else(|| (fiscal && self.year(at + 1).is_some()).then_some(at + 1))
    }

    /// "FY16", "FY 2015-16": two digits after the word for a year of account.
    fn short_year(&self, at: usize) -> Option<i16> {
        self.atom(at)?.digits(2..=2).map(|y| 2000 + y as i16)
    }
}
