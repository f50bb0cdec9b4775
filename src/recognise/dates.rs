//! Dates and periods in a sentence: partial, ranges, relative to the date of the text.
//!
//! Law: a date that the text leaves open stays open; years, months and days that it does not state are never made up.

use super::atoms::{Atom, split_atoms};
use super::calendar::{Said, resolve, resolve_ahead};
use super::numbers::{Number, NumberReader};
use super::value_lexicon::{Calendar, CalendarUnit, UnitKind, ValueLexicon};
use crate::date::{Date, Period};
use crate::language::{Sentence, Upos};

/// What a date does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// When something is.
    Point,
    /// From then on.
    Since,
    /// By then, within that time.
    Deadline,
}

/// A date of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// The period it is, where that can be told.
    pub period: Option<Period>,
    /// The period it is where it lies ahead: a bare weekday or month, told of something planned.
    pub ahead: Option<Period>,
    /// Its words.
    pub written: String,
    /// What it does.
    pub kind: DateKind,
}

impl DateMention {
    /// Whether it may date an event.
    pub fn is_point(&self) -> bool {
        self.period.is_some()
    }

    /// Whether it sets a term.
    pub fn is_deadline(&self) -> bool {
        self.kind == DateKind::Deadline
    }
}

/// The dates of `sentence`, in order; `issued` is the date of the text.
pub fn find_dates(sentence: &Sentence, issued: Option<Date>, lexicon: &ValueLexicon) -> Vec<DateMention> {
    let atoms = split_atoms(sentence);
    let finder = Finder { atoms: &atoms, lexicon, sentence };
    let issued = finder.opening_year().or(issued);
    let (mut found, mut at) = (Vec::new(), 0);
    while at < atoms.len() {
        match finder.read(at) {
            Some((end, said, kind)) if end > at => {
                let ahead = resolve_ahead(said, issued);
                found.extend(
                    finder.mention(at, end, resolve(said, issued), kind).map(|found| DateMention { ahead, ..found }),
                );
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

pub(super) struct Finder<'a> {
    atoms: &'a [Atom],
    lexicon: &'a ValueLexicon,
    sentence: &'a Sentence,
}

/// The index after a date, and what the text says of it.
pub(super) type Found = Option<(usize, Said)>;

impl Finder<'_> {
    fn mention(&self, at: usize, end: usize, period: Option<Period>, kind: DateKind) -> Option<DateMention> {
        let cue = at.checked_sub(1).and_then(|i| self.cue(i));
        let kind = cue.map_or(kind, |(kind, _)| kind);
        let period = match (cue, period) {
            (Some((_, true)), Some(p)) => Some(Period { from: None, to: p.to }),
            (Some((DateKind::Since, _)), Some(p)) => Some(Period { from: p.from, to: None }),
            (_, p) => p,
        };
        let (first, last) = (self.atoms.get(at)?.token, self.atoms.get(end - 1)?.token);
        let words: Vec<&str> = self.sentence.tokens.get(first..=last)?.iter().map(|t| t.form.as_str()).collect();
        Some(DateMention { first, last, period, ahead: None, written: words.join(" "), kind })
    }

    /// "2018: The minister came in April": the middle of the year that opens a line of a chronicle.
    fn opening_year(&self) -> Option<Date> {
        let year = self.year(0).filter(|_| self.is(1, ":"))?;
        Date::day(year, 7, 1)
    }

    /// What the word before a date makes of it; the flag says that the date is only an end.
    fn cue(&self, i: usize) -> Option<(DateKind, bool)> {
        match self.calendar(i)? {
            Calendar::Since => Some((DateKind::Since, false)),
            Calendar::Until => Some((DateKind::Point, true)),
            Calendar::Deadline => Some((DateKind::Deadline, false)),
            _ => None,
        }
    }

    fn calendar(&self, i: usize) -> Option<Calendar> {
        self.lexicon.calendar.longest(self.atoms, i).filter(|(end, _)| *end == i + 1).map(|(_, c)| *c)
    }

    fn number(&self, at: usize) -> Option<Number> {
        NumberReader { atoms: self.atoms, lexicon: self.lexicon }.read_single(at, false)
    }

    pub(super) fn is_dash(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(Atom::is_dash)
    }

    pub(super) fn atom(&self, i: usize) -> Option<&Atom> {
        self.atoms.get(i)
    }

    pub(super) fn is(&self, i: usize, text: &str) -> bool {
        self.atoms.get(i).is_some_and(|a| a.is(text))
    }

    pub(super) fn skip(&self, i: usize, words: &[&str]) -> usize {
        if words.iter().any(|w| self.is(i, w)) { i + 1 } else { i }
    }

    /// A month's name and the index after it, with the full stop of a short form.
    pub(super) fn month(&self, i: usize) -> Option<(u8, usize)> {
        let capital = self.atoms.get(i)?.raw.chars().next().is_some_and(char::is_uppercase);
        match self.calendar(i) {
            Some(Calendar::Month(month)) if capital => Some((month, if self.is(i + 1, ".") { i + 2 } else { i + 1 })),
            _ => None,
        }
    }

    pub(super) fn year(&self, i: usize) -> Option<i16> {
        let atom = self.atoms.get(i)?;
        atom.digits(4..=4).filter(|y| (1500..=2100).contains(y)).map(|y| y as i16)
    }

    /// A day of the month and the index after it.
    pub(super) fn day(&self, i: usize) -> Option<(u8, usize)> {
        let day = self.atoms.get(i)?.digits(1..=2).filter(|d| (1..=31).contains(d))? as u8;
        let ordinal =
            self.atoms.get(i + 1).is_some_and(|a| !a.spaced && matches!(a.low.as_str(), "st" | "nd" | "rd" | "th"));
        Some((day, if ordinal { i + 2 } else { i + 1 }))
    }

    fn read(&self, at: usize) -> Option<(usize, Said, DateKind)> {
        let point = |found: Found| found.map(|(end, said)| (end, said, DateKind::Point));
        point(self.read_span(at))
            .or_else(|| point(self.read_day_first(at)))
            .or_else(|| point(self.read_month_first(at)))
            .or_else(|| point(self.read_part_of_year(at)))
            .or_else(|| point(self.read_month_number(at)))
            .or_else(|| point(self.read_years(at)))
            .or_else(|| self.read_shifted(at))
            .or_else(|| point(self.read_ago(at)))
            .or_else(|| self.read_within(at))
            .or_else(|| point(self.read_alone(at)))
    }

    fn joint(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|a| a.is_dash() || matches!(a.low.as_str(), "to" | "and"))
    }

    /// "12 July 2024", "Thursday 11 to Tuesday 16 June", "2nd September 1992".
    fn read_day_first(&self, at: usize) -> Found {
        let start = self.after_weekday(at);
        let (day, mut end) = self.day(start)?;
        let mut last = day;
        if self.joint(end) {
            let next = self.after_weekday(end + 1);
            if let Some((to, after)) = self.day(next).filter(|(to, after)| *to > day && self.month(*after).is_some()) {
                (last, end) = (to, after);
            }
        }
        let end = self.skip(end, &["of"]);
        let (month, end) = self.month(end)?;
        self.finish_day(month, day, last, end)
    }

    /// "July 12, 2024", "January 14 to 17", "Sept 19-23", "Nov. 10, 2024".
    fn read_month_first(&self, at: usize) -> Found {
        let start = self.after_weekday(at);
        let (month, end) = self.month(start)?;
        if let Some((day, mut end)) = self.day(end) {
            let mut last = day;
            if self.joint(end)
                && let Some((to, after)) = self.day(self.after_weekday(end + 1)).filter(|(to, _)| *to > day)
            {
                (last, end) = (to, after);
            }
            return self.finish_day(month, day, last, end);
        }
        let at_year = self.skip(self.skip(end, &[","]), &["of"]);
        if let Some(year) = self.year(at_year) {
            return Some((at_year + 1, Said::Fixed(Date::month(year, month).into())));
        }
        if let (Some(Calendar::Shift(shift)), Some(Calendar::Unit(CalendarUnit::Year))) =
            (self.calendar(end), self.calendar(end + 1))
        {
            return Some((end + 2, Said::Month { month, shift: Some(shift) }));
        }
        (start == at).then_some((end, Said::Month { month, shift: None }))
    }

    pub(super) fn after_weekday(&self, i: usize) -> usize {
        match self.calendar(i) {
            // "Monday (July 27)"
            Some(Calendar::Weekday(_)) => self.skip(self.skip(i + 1, &["."]), &[",", "("]),
            _ => i,
        }
    }

    fn finish_day(&self, month: u8, day: u8, last: u8, end: usize) -> Found {
        let at_year = self.skip(end, &[","]);
        if let Some(year) = self.year(at_year) {
            let (from, to) = (Date::day(year, month, day)?, Date::day(year, month, last)?);
            return Some((at_year + 1, Said::Fixed(Period::between(from, to))));
        }
        Some((end, Said::Days { from: (month, day), to: (month, last) }))
    }

    /// "Q3 2024", "the first half of 2024", "the first six months of 2018", "early 2024".
    fn read_part_of_year(&self, at: usize) -> Found {
        let quarter = self.atoms.get(at).filter(|a| a.is("q")).and_then(|_| self.atoms.get(at + 1)?.digits(1..=1));
        if let Some(q) = quarter.filter(|q| (1..=4).contains(q)) {
            let end = self.skip(at + 2, &["of"]);
            return self.months_of(((q as u8 - 1) * 3 + 1, q as u8 * 3), end);
        }
        let Some(Calendar::Ordinal(n)) = self.calendar(at) else { return None };
        let unit = self.atoms.get(at + 1)?;
        let (months, end) = if unit.is("half") {
            (((n - 1) * 6 + 1, n * 6), at + 2)
        } else if unit.is("quarter") {
            (((n - 1) * 3 + 1, n * 3), at + 2)
        } else {
            let number = self.number(at + 1)?;
            let months = self.atoms.get(number.end)?.low.starts_with("month");
            ((1, number.value as u8), months.then_some(number.end + 1)?)
        };
        let end = self.skip(self.skip(end, &["of"]), &["calendar", "fiscal", "financial"]);
        let end = self.skip(end, &["year"]);
        (months.1 <= 12 && months.0 >= 1).then(|| self.months_of(months, end)).flatten()
    }

    fn months_of(&self, (from, to): (u8, u8), at: usize) -> Found {
        if let Some(year) = self.year(at) {
            return Some((at + 1, Said::Fixed(Period::between(Date::month(year, from), Date::month(year, to)))));
        }
        if let (Some(Calendar::Shift(shift)), Some(Calendar::Unit(CalendarUnit::Year))) =
            (self.calendar(at), self.calendar(at + 1))
        {
            return Some((at + 2, Said::Months { from, to, shift: Some(shift) }));
        }
        let back = if at > 0 && self.is(at - 1, "of") { at - 1 } else { at };
        Some((back, Said::Months { from, to, shift: None }))
    }

    /// A number of four digits is a year unless it counts the noun after it.
    pub(super) fn is_plain_year(&self, at: usize) -> bool {
        let Some(atom) = self.atoms.get(at) else { return false };
        let before = at.checked_sub(1).and_then(|i| self.atoms.get(i)).map_or("", |a| a.low.as_str());
        let next = self.sentence.tokens.get(atom.token + 1);
        let counts = next.is_some_and(|t| matches!(t.upos, Upos::Noun) && t.form.ends_with('s'))
            || self.lexicon.units.longest(self.atoms, at + 1).is_some()
            || self
                .lexicon
                .money
                .longest(self.atoms, at + 1)
                .is_some_and(|_| next.is_some_and(|t| t.upos != Upos::Punct));
        let led = matches!(
            before,
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "from"
                | "during"
                | "of"
                | "for"
                | "through"
                | "before"
                | "after"
                | "to"
                | "("
                | "and"
                | "early"
                | "late"
                | "mid"
                | ","
        );
        let money = matches!(before, "$" | "usd" | "rs" | "eur");
        if self.is(at + 1, "%") {
            return false;
        }
        let surely = matches!(before, "in" | "since" | "by" | "until" | "during");
        !money && if counts { led && surely } else { true }
    }

    /// "last year", "this month", "next Friday", "the next five years".
    fn read_shifted(&self, at: usize) -> Option<(usize, Said, DateKind)> {
        let Some(Calendar::Shift(shift)) = self.calendar(at) else { return None };
        match self.calendar(at + 1) {
            Some(Calendar::Unit(unit)) => return Some((at + 2, Said::Shifted { unit, count: shift }, DateKind::Point)),
            Some(Calendar::Weekday(day)) => {
                return Some((at + 2, Said::Weekday { day, shift: Some(shift) }, DateKind::Point));
            }
            // "the upcoming June 24 summit": the day says which.
            Some(Calendar::Month(_)) if self.number(at + 2).is_some_and(|n| n.end == at + 3 && n.value <= 31.0) => {
                return None;
            }
            Some(Calendar::Month(month)) => {
                return Some((at + 2, Said::Month { month, shift: Some(shift) }, DateKind::Point));
            }
            _ => {}
        }
        let number = self.number(at + 1)?;
        let Some(Calendar::Unit(unit)) = self.calendar(number.end) else { return None };
        let count = number.value as i32;
        let (count, kind) = if shift < 0 { (-count, DateKind::Point) } else { (count, DateKind::Deadline) };
        Some((number.end + 1, Said::Stretch { unit, count }, kind))
    }

    /// "two months ago", "a year ago".
    fn read_ago(&self, at: usize) -> Found {
        let (count, end) = match self.number(at) {
            Some(number) => (number.value as i32, number.end),
            None if self.is(at, "a") || self.is(at, "an") => (1, at + 1),
            None => return None,
        };
        let Some(Calendar::Unit(unit)) = self.calendar(end) else { return None };
        if self.is(end + 1, "ago") {
            return Some((end + 2, Said::Shifted { unit, count: -count }));
        }
        (self.is(end + 1, "earlier") || self.is(end + 1, "later")).then_some((end + 2, Said::Open))
    }

    /// "within a year", "over the next five years" is read by its shift.
    fn read_within(&self, at: usize) -> Option<(usize, Said, DateKind)> {
        if self.calendar(at) != Some(Calendar::Within) {
            return None;
        }
        let at_number = self.skip(at + 1, &["the", "a", "an", "one"]);
        let number = self.number(at_number);
        let end = number.map_or(at_number, |n| n.end);
        let unit =
            self.lexicon.units.longest(self.atoms, end).is_some_and(|(_, (kind, _))| *kind == UnitKind::Duration);
        (unit || matches!(self.calendar(end), Some(Calendar::Unit(_)))).then_some((
            end + 1,
            Said::Open,
            DateKind::Deadline,
        ))
    }

    /// "today", "Friday", "the previous year".
    fn read_alone(&self, at: usize) -> Found {
        let capital = self.atoms.get(at)?.raw.chars().next().is_some_and(char::is_uppercase);
        match self.calendar(at)? {
            Calendar::Day(count) => Some((at + 1, Said::Shifted { unit: CalendarUnit::Day, count })),
            Calendar::Weekday(day) if capital => {
                let end = self.skip(at + 1, &["."]);
                Some((
                    if self.is(at + 1, ".") && self.atoms.len() > at + 2 { end } else { at + 1 },
                    Said::Weekday { day, shift: None },
                ))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::tests::sentence;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let lexicon = ValueLexicon::embedded().unwrap();
        let issued = "2025-01-16".parse().ok();
        let found: Vec<String> = find_dates(&sentence(text), issued, lexicon)
            .iter()
            .map(|d| d.period.map_or("open".to_owned(), |p| p.to_string()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_dates() {
        check("On 12 July 2024 they met .", &["2024-07-12"]);
        check("Before the upcoming January 24 summit they met .", &["2025-01-24"]);
        check("It was signed on July 12 , 2024 .", &["2024-07-12"]);
        check("In July 2024 , and in March 2021 .", &["2024-07", "2021-03"]);
        check("From January 14 to 17 he was in Lima .", &["2025-01-14/2025-01-17"]);
        check("They toured it from May 31 to June 6 , 2013 .", &["2013-05-31/2013-06-06"]);
        check("between 28 February and 2 March", &["2025-02-28/2025-03-02"]);
        check("from January to June 2024", &["2024-01/2024-06"]);
        check("from August 10 - 13 , 1975", &["1975-08-10/1975-08-13"]);
        check("Exports rose in 2023 and in 2017 - 18 .", &["2023", "2017/2018"]);
        check("Last year trade fell , he said on Monday .", &["2024", "2025-01-13"]);
        check("ten years ago", &["2015"]);
        check("until 2027", &["../2027"]);
        check("within a year", &["open"]);
        check("They built 2200 houses .", &[]);
    }
}
