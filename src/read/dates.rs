//! Dates as pages and metadata write them -> [`Date`].
//!
//! Law: only what is written is taken; an ambiguous or missing part stays unknown.

use crate::date::Date;
use regex::Regex;
use std::sync::LazyLock;

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH: &str = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";

/// The ways to write a date, the most precise first.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?";
    [
        r"\b(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?:\b|T)".to_owned(),
        format!(r"(?i)\b{day}[\s-]+(?:of\s+)?{MONTH},?[\s-]+(?P<year>\d{{4}})\b"),
        format!(r"(?i)\b{MONTH}\s+{day},?\s+(?P<year>\d{{4}})\b"),
        r"\b(?P<year>\d{4})[/.](?P<number>\d{1,2})[/.](?P<day>\d{1,2})\b".to_owned(),
        r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b".to_owned(),
        r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{4})\b".to_owned(),
        r"\b(?P<year>(?:19|20)\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?:\b|T)".to_owned(),
        format!(r"(?i)\b{MONTH},?\s+(?P<year>\d{{4}})\b"),
        r"\b(?P<year>\d{4})-(?P<number>\d{1,2})\b".to_owned(),
        r"\b(?P<year>(?:1[5-9]|20)\d\d)\b".to_owned(),
    ]
    .iter()
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// A day and a month without a year.
static YEARLESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:{MONTH}\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+{})\b",
        MONTH.replace("month", "month2")
    ))
    .ok()
});

/// The first, most precise date in a messy text: `2019 (approx.)` -> 2019, `Mon, November 11, 2024` -> 2024-11-11.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    find_date(text).map(|(date, _)| date)
}

/// Like [`parse_date`], with the byte range of what was read.
pub(crate) fn find_date(text: &str) -> Option<(Date, std::ops::Range<usize>)> {
    FORMS
        .iter()
        .find_map(|form| form.captures_iter(text).find_map(|found| Some((date_of(&found)?, found.get(0)?.range()))))
}

fn date_of(found: &regex::Captures<'_>) -> Option<Date> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<u8>().ok());
    let year: i16 = found.name("year")?.as_str().parse().ok().filter(|y| (1000..2200).contains(y))?;
    if let (Some(a), Some(b)) = (number("a"), number("b")) {
        return Some(read_slashes(year, a, b));
    }
    let month = found.name("month").and_then(|m| month_number(m.as_str())).or_else(|| number("number"));
    match (month, number("day")) {
        (Some(month), Some(day)) => Date::day(year, month, day),
        (Some(month), None) => (1..=12).contains(&month).then(|| Date::month(year, month)),
        _ => Some(Date::year(year)),
    }
}

/// `23/09/2024` can only be September; `04/05/2024` is read differently on two continents: only its year is sure.
fn read_slashes(year: i16, a: u8, b: u8) -> Date {
    let (day, month) = if a > 12 {
        (a, b)
    } else if b > 12 || a == b {
        (b, a)
    } else {
        return Date::year(year);
    };
    Date::day(year, month, day).unwrap_or(Date::year(year))
}

fn month_number(name: &str) -> Option<u8> {
    let head: String = name.chars().take(3).flat_map(char::to_lowercase).collect();
    MONTHS.iter().position(|m| *m == head).map(|at| at as u8 + 1)
}

/// Month and day of a date without a year, as in `February 25`.
pub(crate) fn parse_month_day(text: &str) -> Option<(u8, u8)> {
    let found = YEARLESS.as_ref()?.captures(text)?;
    let month = found.name("month").or_else(|| found.name("month2"))?;
    let day = found.name("day").or_else(|| found.name("day2"))?;
    Some((month_number(month.as_str())?, day.as_str().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(parse_date(text).map(|d| d.to_string()).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn reads_the_dates_of_pages() {
        check("Updated 21 November 2025", "2025-11-21");
        check("August 15, 2024", "2024-08-15");
        check("PUBLISHED : 23 Sep 2024 at 04:30", "2024-09-23");
        check("Mon, November 11, 2024", "2024-11-11");
        check("01:11 AM, Thursday, January 16, 2025", "2025-01-16");
        check("2nd of September 1992", "1992-09-02");
        check("2025-06-13T01:32:00+06:00", "2025-06-13");
        check("20240923T0430", "2024-09-23");
        check("23/09/2024", "2024-09-23");
        check("05.06.2024", "2024-06-05");
    }

    #[test]
    fn keeps_partial_dates_partial() {
        check("2019 (approx.)", "2019");
        check("c. March 2021", "2021-03");
        check("2024-07", "2024-07");
        check("04/05/2024", "2024");
        check("Updated 6 sec ago", "");
        check("31 February 2024", "2024-02");
        check("February 25", "");
        assert_eq!(parse_month_day("LAGOS, Nigeria, February 25."), Some((2, 25)));
        assert_eq!(parse_month_day("on 9 June"), Some((6, 9)));
    }
}
