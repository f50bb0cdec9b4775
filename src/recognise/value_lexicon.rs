//! The words of number, measure, money and calendar, from `ontology/lexicon/{numbers,months,currencies,units,counted}.tsv`.
//!
//! Law: knowledge is data; a line that cannot be read is an [`Error::Knowledge`] with its file and line.

use super::atoms::{Atom, split_phrase};
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How exact a figure is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bound {
    /// As it stands.
    #[default]
    Exactly,
    /// "more than", "at least".
    Over,
    /// "less than", "below".
    Under,
    /// "about", "nearly", "an estimated".
    About,
    /// "up to", "as many as".
    UpTo,
}

/// Phrases by their first word; the longest that fits is found.
#[derive(Debug, Clone)]
pub(super) struct Phrases<T> {
    by_first: FxHashMap<String, Vec<Phrase<T>>>,
}

#[derive(Debug, Clone)]
struct Phrase<T> {
    atoms: Vec<Atom>,
    cased: bool,
    value: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

impl<T> Phrases<T> {
    fn insert(&mut self, phrase: &str, cased: bool, value: T) {
        let atoms = split_phrase(phrase);
        let Some(first) = atoms.first() else { return };
        let list = self.by_first.entry(first.low.clone()).or_default();
        let at = list.iter().position(|other| other.atoms.len() < atoms.len()).unwrap_or(list.len());
        list.insert(at, Phrase { atoms, cased, value });
    }

    /// The longest phrase that begins at `at`: the index after it, and its value.
    pub(super) fn longest(&self, atoms: &[Atom], at: usize) -> Option<(usize, &T)> {
        let list = self.by_first.get(&atoms.get(at)?.low)?;
        let found = list.iter().find(|phrase| phrase.fits(atoms.get(at..).unwrap_or_default()))?;
        Some((at + found.atoms.len(), &found.value))
    }

    /// The longest phrase that ends before `end`: the index where it begins, and its value.
    pub(super) fn longest_before(&self, atoms: &[Atom], end: usize) -> Option<(usize, &T)> {
        (end.saturating_sub(5)..end)
            .find_map(|from| self.longest(atoms.get(..end)?, from).filter(|(to, _)| *to == end).map(|(_, v)| (from, v)))
    }

    /// The value of the one-word phrase `atom`.
    pub(super) fn word(&self, atom: &Atom) -> Option<&T> {
        self.longest(std::slice::from_ref(atom), 0).map(|(_, value)| value)
    }
}

impl<T> Phrase<T> {
    fn fits(&self, atoms: &[Atom]) -> bool {
        atoms.len() >= self.atoms.len()
            && self.atoms.iter().zip(atoms).all(|(a, b)| if self.cased { a.raw == b.raw } else { a.low == b.low })
    }
}

/// How a scale may follow its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numeral {
    /// Added up: `five`, `twenty`.
    Cardinal,
    /// Multiplies: `million`.
    Scale,
    /// Multiplies where it touches the digits, or in money: `bn`.
    Glued,
    /// Multiplies in money only: `m`.
    Money,
    /// Makes a fraction: `thirds`.
    Fraction,
    /// Says "n times as much": `twofold`.
    Fold,
    /// The same, where it is a verb: `doubled`.
    FoldVerb,
}

/// What a word of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    Month(u8),
    Weekday(u8),
    Unit(CalendarUnit),
    Season,
    Ordinal(u8),
    /// `early`, `mid`, `end`.
    Part,
    /// `last`, `this`, `next`.
    Shift(i32),
    /// `today`: days from the date of the text.
    Day(i32),
    Since,
    Until,
    Deadline,
    Within,
}

/// A unit that dates are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the word it spells")]
pub(super) enum CalendarUnit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Where a form of money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MoneyForm {
    Symbol,
    Glued,
    Code,
    Word,
}

/// What a unit measures, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
    Measure,
    Percent,
    Duration,
}

/// What a counted noun, or a word before a number, means for the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Counted {
    Unit(String),
    Skip,
}

/// Everything that the finders of dates and amounts know about words.
#[derive(Debug, Clone, Default)]
pub struct ValueLexicon {
    pub(super) numerals: Phrases<(Numeral, f64)>,
    pub(super) bounds: Phrases<Bound>,
    pub(super) calendar: Phrases<Calendar>,
    pub(super) money: Phrases<(MoneyForm, Vec<String>)>,
    pub(super) units: Phrases<(UnitKind, String)>,
    pub(super) per: Phrases<String>,
    pub(super) rates: Phrases<String>,
    pub(super) counted: Phrases<Counted>,
    pub(super) anaphoric: Phrases<()>,
    pub(super) labels: Phrases<()>,
    pub(super) proportion: Phrases<()>,
    pub(super) growth: Phrases<()>,
}

static EMBEDDED: LazyLock<std::result::Result<ValueLexicon, String>> =
    LazyLock::new(|| ValueLexicon::load(&FILES).map_err(|error| error.to_string()));

const FILES: [(&str, &str); 5] = [
    ("ontology/lexicon/numbers.tsv", include_str!("../../ontology/lexicon/numbers.tsv")),
    ("ontology/lexicon/months.tsv", include_str!("../../ontology/lexicon/months.tsv")),
    ("ontology/lexicon/currencies.tsv", include_str!("../../ontology/lexicon/currencies.tsv")),
    ("ontology/lexicon/units.tsv", include_str!("../../ontology/lexicon/units.tsv")),
    ("ontology/lexicon/counted.tsv", include_str!("../../ontology/lexicon/counted.tsv")),
];

impl ValueLexicon {
    /// The lexicon that is part of the program, read once.
    ///
    /// # Errors
    /// Where one of its lines is wrong.
    pub fn embedded() -> Result<&'static ValueLexicon> {
        EMBEDDED.as_ref().map_err(|message| Error::new(message.clone()))
    }

    /// Reads the five files, given as name and text, in the order of `ontology/lexicon/{numbers,months,currencies,units,counted}.tsv`.
    ///
    /// # Errors
    /// [`Error::Knowledge`] with file and line where a line is not `form<TAB>kind<TAB>value` or its kind is unknown.
    pub fn load(files: &[(&str, &str); 5]) -> Result<Self> {
        let mut lexicon = Self::default();
        let adders = [Self::add_numeral, Self::add_calendar, Self::add_money, Self::add_unit, Self::add_counted];
        for ((name, text), add) in files.iter().zip(adders) {
            for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty())
            {
                let mut cells = line.split('\t');
                let (form, kind, value) = (cells.next(), cells.next(), cells.next().unwrap_or_default());
                form.zip(kind).and_then(|(form, kind)| add(&mut lexicon, form, kind, value)).ok_or_else(|| {
                    let message = format!(
                        "`{line}` is not form, kind and value, or its kind is none that the head of the file lists"
                    );
                    Error::Knowledge { file: (*name).to_owned(), line: number + 1, column: 1, message }
                })?;
            }
        }
        Ok(lexicon)
    }

    fn add_numeral(&mut self, form: &str, kind: &str, value: &str) -> Option<()> {
        if kind == "bound" {
            let bound = match value {
                "over" => Bound::Over,
                "under" => Bound::Under,
                "about" => Bound::About,
                "upto" => Bound::UpTo,
                _ => return None,
            };
            self.bounds.insert(form, false, bound);
            return Some(());
        }
        let numeral = match kind {
            "cardinal" => Numeral::Cardinal,
            "scale" => Numeral::Scale,
            "glued" => Numeral::Glued,
            "money" => Numeral::Money,
            "fraction" => Numeral::Fraction,
            "fold" => Numeral::Fold,
            "foldverb" => Numeral::FoldVerb,
            _ => return None,
        };
        self.numerals.insert(form, false, (numeral, value.parse().ok()?));
        Some(())
    }

    fn add_calendar(&mut self, form: &str, kind: &str, value: &str) -> Option<()> {
        let entry = match kind {
            "month" => Calendar::Month(value.parse().ok()?),
            "weekday" => Calendar::Weekday(value.parse().ok()?),
            "ordinal" => Calendar::Ordinal(value.parse().ok()?),
            "shift" => Calendar::Shift(value.parse().ok()?),
            "day" => Calendar::Day(value.parse().ok()?),
            "season" => Calendar::Season,
            "part" => Calendar::Part,
            "unit" => Calendar::Unit(calendar_unit(value)?),
            "cue" => match value {
                "since" => Calendar::Since,
                "until" => Calendar::Until,
                "deadline" => Calendar::Deadline,
                "within" => Calendar::Within,
                _ => return None,
            },
            _ => return None,
        };
        self.calendar.insert(form, false, entry);
        Some(())
    }

    fn add_money(&mut self, form: &str, kind: &str, value: &str) -> Option<()> {
        let (place, cased) = match kind {
            "symbol" => (MoneyForm::Symbol, true),
            "glued" => (MoneyForm::Glued, true),
            "code" => (MoneyForm::Code, true),
            "word" => (MoneyForm::Word, false),
            _ => return None,
        };
        let codes: Vec<String> = value.split_whitespace().map(str::to_owned).collect();
        codes.first()?;
        self.money.insert(form, cased, (place, codes));
        Some(())
    }

    fn add_unit(&mut self, form: &str, kind: &str, value: &str) -> Option<()> {
        let unit = match kind {
            "unit" | "cased" => UnitKind::Measure,
            "percent" => UnitKind::Percent,
            "duration" => UnitKind::Duration,
            "per" | "rate" => {
                let rates = if kind == "per" { &mut self.per } else { &mut self.rates };
                rates.insert(form, false, value.to_owned());
                return Some(());
            }
            _ => return None,
        };
        self.units.insert(form, kind == "cased", (unit, value.to_owned()));
        Some(())
    }

    fn add_counted(&mut self, form: &str, kind: &str, value: &str) -> Option<()> {
        match kind {
            "unit" => self.counted.insert(form, false, Counted::Unit(value.to_owned())),
            "skip" => self.counted.insert(form, false, Counted::Skip),
            "anaphoric" => self.anaphoric.insert(form, false, ()),
            "label" => self.labels.insert(form, false, ()),
            "proportion" => self.proportion.insert(form, false, ()),
            "growth" => self.growth.insert(form, false, ()),
            _ => return None,
        }
        Some(())
    }
}

fn calendar_unit(word: &str) -> Option<CalendarUnit> {
    Some(match word {
        "day" => CalendarUnit::Day,
        "week" => CalendarUnit::Week,
        "month" => CalendarUnit::Month,
        "quarter" => CalendarUnit::Quarter,
        "year" => CalendarUnit::Year,
        "decade" => CalendarUnit::Decade,
        "century" => CalendarUnit::Century,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_are_right() {
        ValueLexicon::embedded().unwrap();
    }

    #[test]
    fn a_wrong_line_is_named() {
        let mut files = FILES;
        files[1] = ("months.tsv", "# head\njanuary\tmonth\t1\nfebruary\tmoon\t2\n");
        let error = ValueLexicon::load(&files).unwrap_err().to_string();
        assert!(error.starts_with("months.tsv:3:1: `february"), "{error}");
    }
}
