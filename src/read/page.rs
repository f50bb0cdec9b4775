//! What a page's own lines say about an article: headline, date line, byline, dateline.
//!
//! Law: a line counts as a date line only if it says little else, and `Updated 6 sec ago` says no date.

use crate::date::Date;
use crate::read::Metadata;
use crate::read::dates::{find_date, parse_month_day};
use crate::read::furniture::{Effect, look_up};
use crate::read::line::{Line, fold};
use regex::Regex;
use std::sync::LazyLock;

/// How many lines from the top of an article may belong to its head.
const HEAD: usize = 40;

/// How many lines from the end may hold the date of the page.
const CLOSE: usize = 8;

/// A place and a date before the text: `LIMA, Peru, February 25.`, `LIMA, Nov. 18, 2024 (Agency) —`.
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{Lu}\s.'’-]+(?:,\s*[\p{L}\s.'’-]+?)*,?\s+\(?(?P<date>(?:\p{L}{3,9}\.?\s+\d{1,2}|\d{1,2}\s+\p{L}{3,9}\.?)(?:,?\s+\d{4})?)\)?(?:\s*[/(][^)/]{2,40}[)/])?\s*(?:[.:—–]\s|-{1,2}\s|-{2,3})").ok()
});

/// "Lima, Peru, 3 May 2021 –": a place in small letters tells only with the whole date.
static PLAIN_DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,3}(?:,\s\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,2})?,\s+\(?(?P<date>(?:\p{L}{3,9}\.?\s+\d{1,2},?|\d{1,2}\s+\p{L}{3,9}\.?)\s+\d{4})\)?(?:\s*[/(][^)/]{2,40}[)/])?\s*(?:[.:—–]\s|-{1,2}\s|-{2,3})").ok()
});

/// The head of an article: the lines before its text gets under way.
pub(crate) fn head<'a, 't>(lines: &'a [Line<'t>]) -> &'a [Line<'t>] {
    let third = lines.iter().enumerate().filter(|(_, line)| is_text(line)).nth(2);
    let end = third.map_or(lines.len(), |(at, _)| at + 1).min(HEAD);
    lines.get(..end).unwrap_or_default()
}

/// Title, author and date as the article's own lines give them. `year` is the year known from elsewhere.
pub(crate) fn read_page(lines: &[Line<'_>], year: Option<i16>) -> Metadata {
    let head = head(lines);
    Metadata {
        title: find_title(head).map(|line| line.text.to_owned()),
        author: find_author(head),
        date: find_page_date(head, year).or_else(|| find_closing_date(lines)),
        ..Metadata::default()
    }
}

/// The headline: one that is said twice, or the first above the text that is long enough to be one.
pub(crate) fn find_title<'a, 't>(head: &'a [Line<'t>]) -> Option<&'a Line<'t>> {
    let first_prose = head.iter().position(is_text)?;
    let above = head.get(..first_prose)?;
    let candidates: Vec<&Line<'_>> = above.iter().filter(|line| is_title_like(line)).collect();
    let twice = candidates.iter().enumerate().find(|(at, line)| {
        line.words >= 4 && candidates.iter().skip(at + 1).any(|other| fold(other.text) == fold(line.text))
    });
    twice.map(|(_, line)| *line).or_else(|| candidates.into_iter().find(|line| line.words >= 4))
}

/// Whether a line is running text and no caption or notice.
pub(crate) fn is_text(line: &Line<'_>) -> bool {
    line.is_prose() && look_up(line).is_none()
}

/// Whether a line has the shape of a headline and is nothing else that a page's head holds.
pub(crate) fn is_title_like(line: &Line<'_>) -> bool {
    line.is_headline() && !line.text.starts_with('(') && look_up(line).is_none() && date_in_line(line).is_none()
}

/// The date of publication that the head states, the most telling first: a labelled date, a date alone on its line, the
/// dateline of the text, the last change.
fn find_page_date(head: &[Line<'_>], year: Option<i16>) -> Option<Date> {
    let stated = head.iter().filter_map(date_in_line);
    let best = stated.reduce(|best, next| if next.1 > best.1 { next } else { best });
    let dateline = || head.iter().find_map(|line| read_dateline(line, year));
    match best {
        Some((date, weight)) if weight > 1 => Some(date),
        Some((date, _)) => dateline().or(Some(date)),
        None => dateline(),
    }
}

/// "Published: 11/15/2023" among the last lines of a page that says nothing above.
fn find_closing_date(lines: &[Line<'_>]) -> Option<Date> {
    let labelled = lines.iter().rev().take(CLOSE).filter_map(date_in_line).find(|(_, weight)| *weight == 3);
    labelled.map(|(date, _)| date)
}

/// Words that a date line may hold beside its date.
const LABELS: &[&str] = &[
    "published",
    "posted",
    "date",
    "dated",
    "released",
    "release",
    "issued",
    "publication",
    "created",
    "uploaded",
    "first",
];
const CHANGES: &[&str] = &["updated", "modified", "update", "revised", "edited"];
const FILLERS: &[&str] = &[
    "on",
    "at",
    "last",
    "the",
    "of",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "hrs",
    "hours",
    "gmt",
    "utc",
    "est",
    "edt",
    "et",
    "ist",
    "bst",
    "cet",
    "pst",
    "pkt",
    "sgt",
    "hkt",
    "wib",
    "by",
    "time",
    "local",
    "for",
    "immediate",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];

/// The date that a line states if it says little else, with how telling it is (3 labelled, 2 bare, 1 a change).
pub(crate) fn date_in_line(line: &Line<'_>) -> Option<(Date, u8)> {
    if line.words > 16 || line.text.len() > 200 {
        return None;
    }
    let (date, range) = find_date(line.text)?;
    date.month?;
    let rest = [line.text.get(..range.start)?, " ", line.text.get(range.end..)?].concat().to_lowercase();
    let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let known = |word: &&&str| {
        LABELS.contains(word)
            || CHANGES.contains(word)
            || FILLERS.contains(word)
            || word.starts_with(|c: char| c.is_ascii_digit())
    };
    let unknown = words.len() - words.iter().filter(known).count();
    let byline = words.first() == Some(&"by");
    let weight = if has(LABELS) {
        3
    } else if has(CHANGES) {
        1
    } else {
        2
    };
    let allowed = if byline || weight != 2 { 5 } else { 2 };
    (unknown <= allowed && !line.ends_sentence()).then_some((date, weight))
}

/// Whether a text opens with its place and maybe date, as agencies write: `LIMA: `, `LIMA, Peru, May 2 (Wire) — `.
pub(crate) fn has_dateline(text: &str) -> bool {
    let opening: String = text.chars().take(120).collect();
    let head = opening.split([':', '—', '–']).next().unwrap_or_default();
    let place = head.split([',', '(']).next().unwrap_or_default().trim();
    let capitals = place.chars().filter(|c| c.is_uppercase()).count();
    let spelt = capitals >= 3 && place.chars().all(|c| c.is_uppercase() || " .'’-".contains(c));
    (spelt && head.len() < opening.len()) || DATELINE.as_ref().is_some_and(|form| form.is_match(&opening))
}

/// The date of a dateline, with the year known from elsewhere where it has none.
fn read_dateline(line: &Line<'_>, year: Option<i16>) -> Option<Date> {
    let opening: String = line.text.chars().take(120).collect();
    let forms = [DATELINE.as_ref(), PLAIN_DATELINE.as_ref()];
    let found = forms.into_iter().flatten().find_map(|form| form.captures(&opening))?;
    let written = found.name("date")?.as_str();
    if let Some((date, _)) = find_date(written).filter(|(date, _)| date.day.is_some()) {
        return Some(date);
    }
    let (month, day) = parse_month_day(written)?;
    Date::day(year?, month, day)
}

fn find_author(head: &[Line<'_>]) -> Option<String> {
    head.iter().enumerate().find_map(|(at, line)| {
        if look_up(line) != Some(Effect::Byline) {
            return None;
        }
        let own = strip_label(line.text);
        let name = if own.is_empty() { head.get(at + 1)?.text } else { own };
        let name = name.split([',', '|', '·', '•', '–']).next().unwrap_or_default().trim();
        is_name(name).then(|| name.to_owned())
    })
}

/// What stands behind `By`, `Writer:`, `Written by`.
fn strip_label(text: &str) -> &str {
    const LABELS: &[&str] =
        &["written by", "reported by", "words by", "text by", "by", "writer", "authors", "author", "reporter"];
    let found = LABELS.iter().find_map(|label| {
        let head = text.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label))?;
        let rest = text.get(head.len()..)?;
        (!rest.starts_with(char::is_alphanumeric)).then(|| rest.trim_start_matches([':', ' ', '\u{a0}']))
    });
    found.unwrap_or_default()
}

fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=6).contains(&words)
        && text.chars().next().is_some_and(char::is_uppercase)
        && !text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::line::split_lines;

    const PROSE: &str = "The two ministers signed an agreement on the port and on fish on Monday afternoon.";

    #[track_caller]
    fn check(head: &str, year: Option<i16>, title: &str, author: &str, date: &str) {
        let text = if head.contains("The two") { head.to_owned() } else { format!("{head}\n{PROSE}\n{PROSE}\n") };
        let page = read_page(&split_lines(&text, 0, text.len()), year);
        let found = (page.title, page.author, page.date.map(|d| d.to_string()));
        let found = (found.0.unwrap_or_default(), found.1.unwrap_or_default(), found.2.unwrap_or_default());
        assert_eq!(found, (title.into(), author.into(), date.into()), "{head}");
    }

    #[test]
    fn reads_the_head_of_a_page() {
        check(
            "World\nPeru and Estonia sign a port deal\nBy Ana Ilves\nUpdated 21 November 2025\nFollow",
            None,
            "Peru and Estonia sign a port deal",
            "Ana Ilves",
            "2025-11-21",
        );
        check(
            "Ministers court two investors\nPUBLISHED : 23 Sep 2024 at 04:30\nWRITER:\nAna Ilves",
            None,
            "Ministers court two investors",
            "Ana Ilves",
            "2024-09-23",
        );
        check("Updated 6 sec ago\nFollow", None, "", "", "");
        check(&format!("{PROSE}\n{PROSE}\nPublished: 11/23/2023\nMost read"), None, "", "", "2023-11-23");
        check("Updated: 3 May 2024\nPublished: 2 May 2024, Thursday, 10:15 GMT", None, "", "", "2024-05-02");
        check(
            "Ana Ilves greets guests in Lima on November 7, 2025. (Handout/File)\nTallinn\nMon, November 11, 2024",
            None,
            "",
            "",
            "2024-11-11",
        );
    }

    #[test]
    fn reads_datelines() {
        let wire = |dateline: &str| format!("{dateline} {PROSE}");
        check(&wire("LIMA, Peru, February 25."), None, "", "", "");
        check(&wire("LIMA, Peru, February 25."), Some(2025), "", "", "2025-02-25");
        check(&wire("LIMA, Nov. 18, 2024 (Agency) —"), None, "", "", "2024-11-18");
        check(&wire("Lima, Peru, 3 May 2021 –"), None, "", "", "2021-05-03");
        check(&wire("São Paulo, May 3, 2021 (Agency) —"), None, "", "", "2021-05-03");
        check(&wire("In Lima, Peru, 3 ministers met. May 3 -"), None, "", "", "");
        check(&wire("SÃO PAULO, 12 June 2009 /Wire/ --"), None, "", "", "2009-06-12");
    }
}
