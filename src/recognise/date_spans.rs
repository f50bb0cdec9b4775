//! Periods whose two ends a text gives in full: "from May 31 to June 6", "28 February - 2 March 2018", "January to June 2024".
//!
//! Law: the year that one end states is the other's too; the later end never lies before the earlier one.

use super::calendar::Said;
use super::dates::{Finder, Found};
use crate::date::{Date, Period};

impl Finder<'_> {
    /// A period from one month to a later one.
    pub(super) fn read_span(&self, at: usize) -> Found {
        self.read_span_of_days(at).or_else(|| self.read_span_of_months(at))
    }

    fn read_span_of_days(&self, at: usize) -> Found {
        let (from, end) = self.day_of_month(self.after_weekday(at))?;
        let (to, end) =
            self.day_of_month(self.after_weekday(self.after_joint(at, end)?)).filter(|(to, _)| from < *to)?;
        let at_year = self.skip(end, &[","]);
        match self.year(at_year) {
            Some(year) => {
                let (from, to) = (Date::day(year, from.0, from.1)?, Date::day(year, to.0, to.1)?);
                Some((at_year + 1, Said::Fixed(Period::between(from, to))))
            }
            None => Some((end, Said::Days { from, to })),
        }
    }

    fn read_span_of_months(&self, at: usize) -> Found {
        let (from, end) = self.month(at)?;
        let (to, end) = self.month(self.after_joint(at, end)?).filter(|(to, _)| from < *to)?;
        let at_year = self.skip(self.skip(end, &[","]), &["of"]);
        match self.year(at_year) {
            Some(year) => {
                Some((at_year + 1, Said::Fixed(Period::between(Date::month(year, from), Date::month(year, to)))))
            }
            None => Some((end, Said::Months { from, to, shift: None })),
        }
    }

    /// "May 31", "31 May", "31st of May": month and day, and the index after them. The day of "May 31 2013" is no year.
    fn day_of_month(&self, at: usize) -> Option<((u8, u8), usize)> {
        if let Some((month, end)) = self.month(at) {
            return self.day(end).map(|(day, end)| ((month, day), end));
        }
        let (day, end) = self.day(at)?;
        self.month(self.skip(end, &["of"])).map(|(month, end)| ((month, day), end))
    }

    /// The index after "to" or a dash at `end`, or after "and" where "between" stands before `at`.
    fn after_joint(&self, at: usize, end: usize) -> Option<usize> {
        let between = at > 0 && self.is(at - 1, "between") && self.is(end, "and");
        let joins = self.is(end, "to") || self.is(end, "through") || self.is_dash(end) || between;
        joins.then_some(end + 1)
    }
}
