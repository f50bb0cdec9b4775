//! Happenings -> iCalendar (RFC 5545), for the calendar of whoever follows them.
//!
//! Law: each event lasts the whole day; a month or a year that is all that is known lasts the whole month or year, and says so. The same
//! happenings give the same bytes: what the standard wants as time of making is the first day of the event.

use super::happenings::Happening;
use crate::date::Date;
use crate::vocab;
use jiff::ToSpan;
use jiff::civil;
use std::io::{self, Write};

/// Octets of a line before it is folded (RFC 5545, 3.1).
const MOST_OCTETS: usize = 75;

/// Writes one calendar. What has no day that a calendar could hold is left out.
///
/// # Errors
/// `out` cannot be written.
pub fn write_calendar(happenings: &[Happening], out: &mut impl Write) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", &format!("PRODID:-//Dossier//Dossier {version}//EN")] {
        write_line(line, out)?;
    }
    for happening in happenings {
        write_event(happening, out)?;
    }
    write_line("END:VCALENDAR", out)
}

fn write_event(happening: &Happening, out: &mut impl Write) -> io::Result<()> {
    let first = happening.date.from.or(happening.date.to);
    let last = happening.date.to.or(happening.date.from);
    let (Some(begin), Some(end)) = (first.and_then(first_day), last.and_then(day_after)) else { return Ok(()) };
    let day = |date: civil::Date| date.strftime("%Y%m%d").to_string();
    // Tentative and cancelled are what the standard has for plans and denials.
    let status = match happening.status.as_str() {
        "asserted" => "CONFIRMED",
        "denied" => "CANCELLED",
        _ => "TENTATIVE",
    };
    let key = format!("{}{}", happening.fact, happening.what);
    let lines = [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@dossier", vocab::digest(&[&key], 24)),
        format!("DTSTAMP:{}T000000Z", day(begin)),
        format!("DTSTART;VALUE=DATE:{}", day(begin)),
        format!("DTEND;VALUE=DATE:{}", day(end)),
        format!("SUMMARY:{}", escape(&summary(happening, first))),
        format!("DESCRIPTION:{}", escape(&describe(happening))),
        format!("STATUS:{status}"),
        "TRANSP:TRANSPARENT".to_owned(),
        format!("URL:{}", happening.fact),
        "END:VEVENT".to_owned(),
    ];
    lines.iter().try_for_each(|line| write_line(line, out))
}

/// The words, the status where it is not asserted, and the date where it is no day.
fn summary(happening: &Happening, first: Option<Date>) -> String {
    let status = if happening.status == "asserted" { String::new() } else { format!(" [{}]", happening.status) };
    let vague =
        if first.is_some_and(|date| date.day.is_none()) { format!(" ({})", happening.date) } else { String::new() };
    format!("{}{status}{vague}", happening.what)
}

fn describe(happening: &Happening) -> String {
    let told: Vec<String> =
        happening.evidence.iter().map(|quote| format!("“{}”\n{}", quote.words(), quote.credit())).collect();
    told.join("\n")
}

fn first_day(date: Date) -> Option<civil::Date> {
    civil::Date::new(date.year, i8::try_from(date.month.unwrap_or(1)).ok()?, i8::try_from(date.day.unwrap_or(1)).ok()?)
        .ok()
}

/// The day behind the last of a day, month or year: a calendar's events end before their end.
fn day_after(date: Date) -> Option<civil::Date> {
    let length = match (date.month, date.day) {
        (None, _) => 1.year(),
        (_, None) => 1.month(),
        _ => 1.day(),
    };
    first_day(date)?.checked_add(length).ok()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line of at most 75 octets, each further one begins with a space; no character is cut.
fn write_line(line: &str, out: &mut impl Write) -> io::Result<()> {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > MOST_OCTETS {
            out.write_all(b"\r\n ")?;
            octets = 1;
        }
        write!(out, "{c}")?;
        octets += c.len_utf8();
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recount::Quote;

    fn calendar(date: &str, what: &str, status: &str) -> String {
        let quote = Quote {
            source: "wire.txt".into(),
            start: 0,
            end: 9,
            page: None,
            quote: "Ana came;\nshe left.".into(),
            title: None,
            publisher: None,
            issued: None,
        };
        let happening = Happening {
            date: date.parse().unwrap(),
            what: what.into(),
            status: status.into(),
            fact: "https://w3id.org/dossier/id/visit.a".into(),
            evidence: vec![quote],
        };
        let mut out = Vec::new();
        write_calendar(&[happening], &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[track_caller]
    fn check(date: &str, begin: &str, end: &str, vague: bool) {
        let text = calendar(date, "Visit of Ana", "asserted");
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(lines.contains(&format!("DTSTART;VALUE=DATE:{begin}").as_str()), "{text}");
        assert!(lines.contains(&format!("DTEND;VALUE=DATE:{end}").as_str()), "{text}");
        let summary = if vague { format!("SUMMARY:Visit of Ana ({date})") } else { "SUMMARY:Visit of Ana".to_owned() };
        assert!(lines.contains(&summary.as_str()), "{text}");
    }

    #[test]
    fn events_last_as_long_as_what_is_known() {
        check("2024-02-29", "20240229", "20240301", false);
        check("2024-12", "20241201", "20250101", true);
        check("2024", "20240101", "20250101", true);
        check("2024-07-11/2024-07-12", "20240711", "20240713", false);
    }

    #[test]
    fn lines_are_folded_and_escaped() {
        let text = calendar("2024-02-29", &"Ə, Ana; ".repeat(20), "planned");
        assert!(text.split("\r\n").all(|line| line.len() <= MOST_OCTETS), "{text}");
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains("Ə\\, Ana\\; ") && whole.contains("[planned]") && whole.contains("STATUS:TENTATIVE"));
        assert!(whole.contains("DESCRIPTION:“Ana came\\; she left.”\\nwire.txt 0–9"), "{whole}");
        assert!(calendar("2024", "x", "denied").contains("STATUS:CANCELLED"));
    }
}
