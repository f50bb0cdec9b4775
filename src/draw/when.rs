//! Dates as a picture shows them: `11 Jul 2024`, `11–12 Jul 2024`, `Jul 2024 – Feb 2025`, `until 2027`.
//!
//! Law: nothing is shown more precisely than the text has it; what is no date is shown as it is.

use crate::date::{Date, Period};
use jiff::civil;

/// A date, or an interval of EDTF, in words; the text itself where it is neither.
pub(crate) fn show_date(text: &str) -> String {
    text.parse().map_or_else(|()| text.to_owned(), |period: Period| show_period(period))
}

/// A note and a date in words, as far as there are any: `gas supply, Jul 2024`.
pub(crate) fn show_note(note: &str, date: &str) -> String {
    let date = show_date(date);
    let parts = [note, date.as_str()].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// From the first to the last of several dates; empty for none. Those that are no dates count for nothing.
pub(crate) fn show_range<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let periods: Vec<Period> = texts.filter_map(|text| text.parse().ok()).collect();
    if let [one] = *periods {
        return show_period(one);
    }
    let ends = || periods.iter().flat_map(|period| [period.from, period.to]).flatten();
    match (ends().min_by_key(|date| date.to_string()), ends().max_by_key(|date| date.to_string())) {
        (Some(first), Some(last)) => show_period(Period::between(first, last)),
        _ => String::new(),
    }
}

/// The first day, month or year that a date or interval names, as ISO 8601; the end of one that has no beginning.
pub(crate) fn first_date(text: &str) -> Option<String> {
    let period: Period = text.parse().ok()?;
    period.from.or(period.to).map(|date| date.to_string())
}

/// The last day, month or year that a date or interval names, as ISO 8601; what dates are compared by.
pub(crate) fn last_date(text: &str) -> Option<String> {
    let period: Period = text.parse().ok()?;
    period.to.or(period.from).map(|date| date.to_string())
}

fn show_period(period: Period) -> String {
    match (period.from, period.to) {
        (Some(from), Some(to)) if from == to => show(from),
        (Some(from), Some(to)) => between(from, to),
        (Some(from), None) => format!("from {}", show(from)),
        (None, Some(to)) => format!("until {}", show(to)),
        (None, None) => String::new(),
    }
}

fn between(from: Date, to: Date) -> String {
    match (from.month, to.month) {
        (Some(a), Some(b)) if from.year == to.year && a == b => match (from.day, to.day) {
            (Some(first), Some(_)) => format!("{first}–{}", show(to)),
            _ => show(from.to_month()),
        },
        (Some(a), Some(_)) if from.year == to.year => {
            let day = from.day.filter(|_| to.day.is_some()).map(|day| format!("{day} ")).unwrap_or_default();
            format!("{day}{} – {}", month_name(a), show(to))
        }
        (None, None) => format!("{}–{}", from.year, to.year),
        _ => format!("{} – {}", show(from), show(to)),
    }
}

fn show(date: Date) -> String {
    let year = date.year;
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{day} {} {year}", month_name(month)),
        (Some(month), None) => format!("{} {year}", month_name(month)),
        _ => year.to_string(),
    }
}

fn month_name(month: u8) -> String {
    let day = civil::Date::new(2000, i8::try_from(month).unwrap_or(1), 1);
    day.map(|day| day.strftime("%b").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(dates: &[&str], expected: &str) {
        assert_eq!(show_range(dates.iter().copied()), expected);
        if let [one] = dates {
            assert_eq!(show_date(one), expected);
        }
    }

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        check(&["2024-07-11"], "11 Jul 2024");
        check(&["2024-07"], "Jul 2024");
        check(&["2024"], "2024");
        check(&["2024-07-11/2024-07-12"], "11–12 Jul 2024");
        check(&["../2027"], "until 2027");
        check(&["2027/.."], "from 2027");
        check(&[], "");
    }

    #[test]
    fn ranges_span_all() {
        check(&["2025-02", "2024-07-11/2024-07-12"], "11 Jul 2024 – Feb 2025");
        check(&["1995", "2015", "1996"], "1995–2015");
        check(&["2025-02", "2025-11-07"], "Feb – 7 Nov 2025");
        check(&["2024-07-03", "2024-07-11"], "3–11 Jul 2024");
        check(&["2025-01-03", "2025-07-11"], "3 Jan – 11 Jul 2025");
        assert_eq!(show_date("spring"), "spring");
        assert_eq!(last_date("2024/2025-03").as_deref(), Some("2025-03"));
    }
}
