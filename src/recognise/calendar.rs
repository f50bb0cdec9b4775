//! From what a text says of a time to the period it is: `last month` and `on Friday` are counted from the date of the text.
//!
//! Law: never today's date; what the date of the text does not settle stays open.

use super::value_lexicon::CalendarUnit;
use crate::date::{Date, Period};
use jiff::civil::Date as Civil;
use jiff::{Span, ToSpan};

/// A time as a text gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Said {
    /// Known without the date of the text.
    Fixed(Period),
    /// Days of a year that is not said: from month and day, to month and day.
    Days { from: (u8, u8), to: (u8, u8) },
    /// A month of a year that is not said; -1 last, 1 next, 0 this or none said.
    Month { month: u8, shift: Option<i32> },
    /// Months of a year that is not said, or of the year `shift` years on: a quarter, a half.
    Months { from: u8, to: u8, shift: Option<i32> },
    /// A day of the week; -1 last, 1 next, 0 this.
    Weekday { day: u8, shift: Option<i32> },
    /// `count` units on (back where negative): `last year`, `two months ago`, `yesterday`.
    Shifted { unit: CalendarUnit, count: i32 },
    /// The `count` units from now on (up to now where negative): `the next five years`.
    Stretch { unit: CalendarUnit, count: i32 },
    /// Counted from a time that the text gives elsewhere: `the previous year`.
    Open,
}

/// The period that `said` is in a text of date `issued`.
pub(super) fn resolve(said: Said, issued: Option<Date>) -> Option<Period> {
    if let Said::Fixed(period) = said {
        return Some(period);
    }
    let issued = issued?;
    match said {
        Said::Fixed(period) => Some(period),
        Said::Open => None,
        Said::Days { from, to } => resolve_days(from, to, issued),
        Said::Month { month, shift } => resolve_month(month, shift, issued).map(Period::from),
        Said::Months { from, to, shift } => {
            let year = match shift {
                Some(shift) => add_years(issued.year, shift)?,
                None if issued.month? < from => issued.year - 1,
                None => issued.year,
            };
            Some(Period::between(Date::month(year, from), Date::month(year, to)))
        }
        // "this Tuesday" may be over: what is planned takes the one ahead.
        Said::Weekday { day, shift } => {
            resolve_weekday(day, shift.filter(|s| *s != 0), issued.to_civil()?).map(Period::from)
        }
        Said::Shifted { unit, count } => shift_unit(issued, unit, count),
        Said::Stretch { unit, count } => stretch(issued, unit, count),
    }
}

/// Days after which a plan is no longer told as one.
const LONG_OVER: i32 = 60;

/// What a bare weekday, month or day of a month is in a text of date `issued` if it is still to come.
pub(super) fn resolve_ahead(said: Said, issued: Option<Date>) -> Option<Period> {
    let issued = issued?;
    match said {
        Said::Weekday { day, shift: None | Some(0) } => {
            resolve_weekday(day, Some(0), issued.to_civil()?).map(Period::from)
        }
        Said::Month { month, shift: None } => {
            let years = i32::from(issued.month? > month);
            Some(Date::month(add_years(issued.year, years)?, month).into())
        }
        // Days just over are told as the plan that they were.
        Said::Days { from, to } => {
            let nearest = resolve_days(from, to, issued)?;
            let (first, now) = (nearest.from?.to_civil()?, anchor(issued)?);
            let long_over = first.since(now).is_ok_and(|s| s.get_days() < -LONG_OVER);
            let year = add_years(nearest.from?.year, i32::from(long_over))?;
            let start = Date::day(year, from.0, from.1)?;
            Some(Period::between(start, Date::day(year + i16::from(to < from), to.0, to.1)?))
        }
        _ => None,
    }
}

fn add_years(year: i16, count: i32) -> Option<i16> {
    i16::try_from(i32::from(year) + count).ok().filter(|y| (1..=9999).contains(y))
}

/// A point in the year that stands for a date of any precision.
fn anchor(date: Date) -> Option<Civil> {
    Civil::new(date.year, date.month.unwrap_or(6) as i8, date.day.unwrap_or(15) as i8).ok()
}

/// The days in the year that brings them nearest to the date of the text.
fn resolve_days(from: (u8, u8), to: (u8, u8), issued: Date) -> Option<Period> {
    let now = anchor(issued)?;
    let year = (issued.year - 1..=issued.year + 1).filter_map(|y| Date::day(y, from.0, from.1)).min_by_key(|d| {
        let days = d.to_civil().and_then(|c| c.since(now).ok()).map_or(i32::MAX, |s| s.get_days());
        (days.abs(), days > 0)
    })?;
    let end = Date::day(year.year + i16::from(to < from), to.0, to.1)?;
    Some(Period::between(year, end))
}

fn resolve_month(month: u8, shift: Option<i32>, issued: Date) -> Option<Date> {
    let now = i32::from(issued.month?);
    let ahead = i32::from(month) - now;
    let years = match shift {
        Some(-1) if ahead < 0 => 0,
        Some(-1) => -1,
        Some(1) => i32::from(ahead <= 0),
        Some(_) => 0,
        None => -(i32::from(ahead >= 6)) + i32::from(ahead < -6),
    };
    Some(Date::month(add_years(issued.year, years)?, month))
}

/// A bare weekday is the nearest at or before the date of the text.
fn resolve_weekday(day: u8, shift: Option<i32>, issued: Civil) -> Option<Date> {
    let ahead = (i32::from(day) - i32::from(issued.weekday().to_monday_one_offset())).rem_euclid(7);
    let days = match shift {
        Some(1) if ahead == 0 => 7,
        Some(0 | 1) => ahead,
        Some(-1) if ahead == 0 => -7,
        _ if ahead == 0 => 0,
        _ => ahead - 7,
    };
    issued.checked_add(days.days()).ok().map(Date::from_civil)
}

fn months_on(date: Date, count: i32) -> Option<Date> {
    let months = i32::from(date.year) * 12 + i32::from(date.month?) - 1 + count;
    Some(Date::month(i16::try_from(months.div_euclid(12)).ok()?, months.rem_euclid(12) as u8 + 1))
}

fn shift_unit(issued: Date, unit: CalendarUnit, count: i32) -> Option<Period> {
    match unit {
        CalendarUnit::Day => issued.to_civil()?.checked_add(count.days()).ok().map(|d| Date::from_civil(d).into()),
        CalendarUnit::Week => {
            let now = issued.to_civil()?;
            let monday = now.checked_sub(i32::from(now.weekday().to_monday_zero_offset()).days()).ok()?;
            let first = monday.checked_add(count.checked_mul(7)?.days()).ok()?;
            Some(Period::between(Date::from_civil(first), Date::from_civil(first.checked_add(6.days()).ok()?)))
        }
        CalendarUnit::Month => months_on(issued, count).map(Period::from),
        CalendarUnit::Quarter => {
            let first = Date { month: Some((issued.month?.checked_sub(1)?) / 3 * 3 + 1), ..issued };
            let first = months_on(first, count.checked_mul(3)?)?;
            Some(Period::between(first, months_on(first, 2)?))
        }
        CalendarUnit::Year => add_years(issued.year, count).map(|y| Date::year(y).into()),
        CalendarUnit::Decade => {
            let first = add_years(issued.year - issued.year.rem_euclid(10), count.checked_mul(10)?)?;
            Some(Period::between(Date::year(first), Date::year(first + 9)))
        }
        CalendarUnit::Century => None,
    }
}

/// From the date of the text on, or up to it.
fn stretch(issued: Date, unit: CalendarUnit, count: i32) -> Option<Period> {
    let other = match unit {
        CalendarUnit::Day => add_days(issued, count.days())?,
        CalendarUnit::Week => add_days(issued, count.checked_mul(7)?.days())?,
        CalendarUnit::Month => months_on(issued, count)?,
        CalendarUnit::Quarter => months_on(issued, count.checked_mul(3)?)?,
        CalendarUnit::Year => Date::year(add_years(issued.year, count)?),
        CalendarUnit::Decade => Date::year(add_years(issued.year, count.checked_mul(10)?)?),
        CalendarUnit::Century => return None,
    };
    let now = Date { month: other.month.and(issued.month), day: other.day.and(issued.day), ..issued };
    Some(Period::between(now.min(other), now.max(other)))
}

fn add_days(issued: Date, days: Span) -> Option<Date> {
    issued.to_civil()?.checked_add(days).ok().map(Date::from_civil)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: Said, issued: &str, expected: &str) {
        let period = resolve(said, issued.parse().ok()).map(|p| p.to_string());
        assert_eq!(period.as_deref().unwrap_or("open"), expected, "{said:?}");
    }

    #[test]
    fn days_fall_nearest_to_the_text() {
        let days = |from, to| Said::Days { from, to };
        check(days((11, 10), (11, 10)), "2024-11-11", "2024-11-10");
        check(days((12, 28), (1, 3)), "2025-01-02", "2024-12-28/2025-01-03");
        check(days((1, 5), (1, 5)), "2024-12-30", "2025-01-05");
        check(days((2, 29), (2, 29)), "2023-03-01", "2024-02-29");
        check(days((1, 5), (1, 5)), "", "open");
    }

    #[test]
    fn weekdays_and_months() {
        check(Said::Weekday { day: 5, shift: None }, "2024-07-12", "2024-07-12");
        check(Said::Weekday { day: 3, shift: None }, "2024-07-12", "2024-07-10");
        check(Said::Weekday { day: 5, shift: Some(1) }, "2024-07-12", "2024-07-19");
        check(Said::Weekday { day: 5, shift: Some(-1) }, "2024-07-12", "2024-07-05");
        check(Said::Month { month: 12, shift: None }, "2025-01-16", "2024-12");
        check(Said::Month { month: 7, shift: Some(-1) }, "2024-07-12", "2023-07");
        check(Said::Months { from: 1, to: 3, shift: None }, "2024-07-12", "2024-01/2024-03");
    }

    #[test]
    fn what_is_planned_lies_ahead() {
        let ahead =
            |said, issued: &str| resolve_ahead(said, issued.parse().ok()).map_or("open".to_owned(), |p| p.to_string());
        assert_eq!(ahead(Said::Weekday { day: 3, shift: None }, "2024-07-12"), "2024-07-17");
        assert_eq!(ahead(Said::Weekday { day: 5, shift: None }, "2024-07-12"), "2024-07-12");
        assert_eq!(ahead(Said::Month { month: 6, shift: None }, "2024-07-12"), "2025-06");
        assert_eq!(ahead(Said::Month { month: 9, shift: None }, "2024-07-12"), "2024-09");
        assert_eq!(ahead(Said::Days { from: (1, 20), to: (1, 21) }, "2024-07-12"), "2025-01-20/2025-01-21");
        assert_eq!(ahead(Said::Days { from: (7, 2), to: (7, 2) }, "2024-07-12"), "2024-07-02");
    }

    #[test]
    fn units_are_counted() {
        let shifted = |unit, count| Said::Shifted { unit, count };
        check(shifted(CalendarUnit::Year, -1), "2024", "2023");
        check(shifted(CalendarUnit::Month, -1), "2024-01-09", "2023-12");
        check(shifted(CalendarUnit::Month, -1), "2024", "open");
        check(shifted(CalendarUnit::Week, -1), "2024-07-12", "2024-07-01/2024-07-07");
        check(shifted(CalendarUnit::Day, 1), "2024-02-28", "2024-02-29");
        check(shifted(CalendarUnit::Quarter, -1), "2024-02-28", "2023-10/2023-12");
        check(Said::Stretch { unit: CalendarUnit::Year, count: 5 }, "2024-02-28", "2024/2029");
        check(Said::Stretch { unit: CalendarUnit::Month, count: -6 }, "2024-02-28", "2023-08/2024-02");
    }
}
