//! Partial dates and periods, as a text states them.
//!
//! Law: a partial date stays partial. `July 2024` is a month, never its first day; nothing is filled in from the clock.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A year, a month of a year, or a day (ISO 8601 calendar dates of reduced precision; xsd:gYear, xsd:gYearMonth, xsd:date).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year of the common era.
    pub year: i16,
    /// Month 1–12, if stated.
    pub month: Option<u8>,
    /// Day 1–31, if stated; only with a month.
    pub day: Option<u8>,
}

impl Date {
    /// A year.
    pub const fn year(year: i16) -> Self {
        Self { year, month: None, day: None }
    }

    /// A month of a year.
    pub const fn month(year: i16, month: u8) -> Self {
        Self { year, month: Some(month), day: None }
    }

    /// A day, or `None` if the calendar does not have it.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
        Some(Self { year, month: Some(month), day: Some(day) })
    }

    /// The same date with at most a month of precision.
    pub fn to_month(self) -> Self {
        Self { day: None, ..self }
    }

    /// The civil day, if the date has one.
    pub fn to_civil(self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year, self.month? as i8, self.day? as i8).ok()
    }

    /// The day of a civil date.
    pub fn from_civil(date: jiff::civil::Date) -> Self {
        Self { year: date.year(), month: Some(date.month() as u8), day: Some(date.day() as u8) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        match self.day {
            Some(day) => write!(f, "-{day:02}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Date {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.trim().split('-');
        let year = parts.next().filter(|p| p.len() == 4).and_then(|p| p.parse().ok()).ok_or(())?;
        let number = |part: Option<&str>| part.map(|p| p.parse::<u8>().map_err(drop)).transpose();
        let (month, day) = (number(parts.next())?, number(parts.next())?);
        if parts.next().is_some() || month.is_some_and(|m| !(1..=12).contains(&m)) {
            return Err(());
        }
        match (month, day) {
            (Some(month), Some(day)) => Date::day(year, month, day).ok_or(()),
            _ => Ok(Date { year, month, day }),
        }
    }
}

/// When something is so: a date, or an interval that may be open (ISO 8601-2 / EDTF `a/b`, `../b`, `a/..`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Its beginning, if known.
    pub from: Option<Date>,
    /// Its end, if known; equal to `from` for a single date.
    pub to: Option<Date>,
}

impl From<Date> for Period {
    fn from(date: Date) -> Self {
        Self { from: Some(date), to: Some(date) }
    }
}

impl Period {
    /// From one date to another.
    pub fn between(from: Date, to: Date) -> Self {
        Self { from: Some(from), to: Some(to) }
    }

    /// The date, where the period is a single one.
    pub fn single(self) -> Option<Date> {
        self.from.filter(|from| Some(*from) == self.to)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (Some(from), Some(to)) => write!(f, "{from}/{to}"),
            (Some(from), None) => write!(f, "{from}/.."),
            (None, Some(to)) => write!(f, "../{to}"),
            (None, None) => f.write_str("../.."),
        }
    }
}

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let end = |part: &str| match part.trim() {
            "" | ".." => Ok(None),
            date => date.parse().map(Some),
        };
        match text.split_once('/') {
            Some((from, to)) => Ok(Self { from: end(from)?, to: end(to)? }),
            None => text.parse::<Date>().map(Self::from),
        }
    }
}

macro_rules! serde_as_text {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(|()| serde::de::Error::custom(format!("`{text}` is not an ISO 8601 date or interval")))
            }
        }
    )*};
}
serde_as_text!(Date, Period);

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, round_trips: bool) {
        assert_eq!(text.parse::<Period>().map(|p| p.to_string()).ok().as_deref() == Some(text), round_trips, "{text}");
    }

    #[test]
    fn reads_what_it_writes() {
        for text in ["2024", "2024-07", "2024-07-12", "2024-07-11/2024-07-12", "../2027", "2017/.."] {
            check(text, true);
        }
        for text in ["24", "2024-13", "2023-02-29", "soon", "2024-07-12-01"] {
            check(text, false);
        }
    }
}
