//! Numbers in digits and in words: `2,200`, `3.8 billion`, `five lakh crore`, `twenty-one`, `half a million`, `5-7 million`.

use super::atoms::{Atom, Sort};
use super::value_lexicon::{Numeral, ValueLexicon};

/// A number and where it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// In plain units.
    pub(super) value: f64,
    /// The upper end of a range.
    pub(super) high: Option<f64>,
    /// Index after its last atom.
    pub(super) end: usize,
    /// Whether it is written in digits.
    pub(super) digits: bool,
    /// Whether a scale multiplies it: `million`.
    pub(super) scale: Option<f64>,
}

/// Reads numbers from atoms. `money` allows the scales that only money has: `m`, `t`.
pub(super) struct NumberReader<'a> {
    pub(super) atoms: &'a [Atom],
    pub(super) lexicon: &'a ValueLexicon,
}

impl NumberReader<'_> {
    /// The number or range that begins at `at`.
    pub(super) fn read(&self, at: usize, money: bool) -> Option<Number> {
        let low = self.read_single(at, money)?;
        match self.read_range(low, money) {
            Some(range) => Some(range),
            None => Some(low),
        }
    }

    /// What follows `low` where it is the upper end of a range: `-7 million`, `to 7 million`.
    fn read_range(&self, low: Number, money: bool) -> Option<Number> {
        let joint = self.atoms.get(low.end)?;
        if !(joint.is_dash() && low.digits || joint.is("to") && joint.spaced) {
            return None;
        }
        let high = self.read_single(low.end + 1, money)?;
        if high.digits != low.digits {
            return None;
        }
        let shared = match (low.scale, high.scale) {
            (None, Some(scale)) if low.value * scale < high.value && low.value < 1000.0 => low.value * scale,
            _ => low.value,
        };
        let scale = high.scale.or(low.scale);
        (shared < high.value).then_some(Number { value: shared, high: Some(high.value), scale, ..high })
    }

    /// The number that begins at `at`, without the other end of a range.
    pub(super) fn read_single(&self, at: usize, money: bool) -> Option<Number> {
        let number = match self.atoms.get(at)?.sort {
            Sort::Number => self.read_digits(at, money),
            Sort::Word => self.read_words(at),
            Sort::Mark => None,
        }?;
        let fraction = self.numeral(self.after_dash(number.end)).is_some_and(|(kind, _)| kind == Numeral::Fraction);
        (!fraction).then_some(number)
    }

    fn read_digits(&self, at: usize, money: bool) -> Option<Number> {
        let mut value = parse_digits(&self.atoms.get(at)?.raw)?;
        let mut end = at + 1;
        while let Some(zeros) = self.atoms.get(end).filter(|a| a.raw == "000" && a.spaced) {
            value *= 1000.0;
            end += usize::from(zeros.sort == Sort::Number);
        }
        let mut number = Number { value, high: None, end, digits: true, scale: None };
        if let Some((scale, end)) = self.read_scales(end, money) {
            number = Number { value: scale_up(number.value, scale), end, scale: Some(scale), ..number };
        }
        Some(number)
    }

    /// The product of the scales from `at` on: `lakh crore`, `-billion`, `bn`.
    fn read_scales(&self, at: usize, money: bool) -> Option<(f64, usize)> {
        let (mut scale, mut end, mut found) = (1.0, at, false);
        loop {
            let next = if found { end } else { self.after_dash(end) };
            let Some((kind, value)) = self.numeral(next) else { break };
            let glued = self.atoms.get(next).is_some_and(|a| !a.spaced) && next == end;
            let fits = match kind {
                Numeral::Scale => true,
                Numeral::Glued => !found && (glued || money),
                Numeral::Money => !found && money,
                _ => false,
            };
            if !fits {
                break;
            }
            (scale, end, found) = (scale * value, next + 1, true);
        }
        found.then_some((scale, end))
    }

    fn read_words(&self, at: usize) -> Option<Number> {
        if let Some(number) = self.read_article(at) {
            return Some(number);
        }
        let mut sum = WordSum::default();
        let mut end = at;
        loop {
            let joined = end > at && self.atoms.get(end).is_some_and(|a| a.is("and") && sum.current >= 100.0);
            let next = if end == at { end } else { self.after_dash(end) + usize::from(joined) };
            match self.numeral(next) {
                Some((Numeral::Cardinal, value)) if sum.add(value) => end = next + 1,
                Some((Numeral::Scale, value)) if end > at => {
                    sum.multiply(value);
                    end = next + 1;
                }
                _ => break,
            }
        }
        (end > at).then_some(Number {
            value: sum.total + sum.current,
            high: None,
            end,
            digits: false,
            scale: sum.scale,
        })
    }

    /// `a million`, `half a dozen`: an article or `half` before a scale.
    fn read_article(&self, at: usize) -> Option<Number> {
        let atom = self.atoms.get(at)?;
        let (factor, from) = match atom.low.as_str() {
            "a" | "an" => (1.0, at + 1),
            "half" => (0.5, at + 1 + usize::from(self.atoms.get(at + 1).is_some_and(|a| a.is("a")))),
            _ => return None,
        };
        self.numeral(from).filter(|(kind, _)| *kind == Numeral::Scale)?;
        let (scale, end) = self.read_scales(from, false)?;
        Some(Number { value: factor * scale, high: None, end, digits: false, scale: Some(scale) })
    }

    fn numeral(&self, at: usize) -> Option<(Numeral, f64)> {
        self.lexicon.numerals.word(self.atoms.get(at)?).copied()
    }

    /// `at`, or the index after the unspaced hyphen that stands there.
    fn after_dash(&self, at: usize) -> usize {
        at + usize::from(self.atoms.get(at).is_some_and(|a| a.is_dash() && !a.spaced))
    }
}

/// Adds up number words as English does: `two hundred and five thousand`.
#[derive(Debug, Default)]
struct WordSum {
    total: f64,
    current: f64,
    scale: Option<f64>,
    last: Option<f64>,
}

impl WordSum {
    /// Adds a cardinal where one may stand after the last word; says whether it may.
    fn add(&mut self, value: f64) -> bool {
        let fits = match self.last {
            None => true,
            Some(last) if last >= 100.0 => true,
            Some(last) => (20.0..100.0).contains(&last) && (1.0..10.0).contains(&value),
        };
        if fits {
            self.current += value;
            self.last = Some(value);
        }
        fits
    }

    fn multiply(&mut self, scale: f64) {
        if scale <= 100.0 {
            self.current = self.current.max(1.0) * scale;
        } else if self.current == 0.0 {
            self.total *= scale;
        } else {
            self.total += self.current * scale;
            self.current = 0.0;
        }
        self.scale = Some(self.scale.unwrap_or(1.0) * scale);
        self.last = Some(scale);
    }
}

/// The value of digits with English, Indian or continental grouping; `None` for what is no single number (`1.2.3`).
/// "8.3 billion" without the dust of binary fractions: no figure is written to less than a hundredth of its unit.
fn scale_up(value: f64, scale: f64) -> f64 {
    let product = value * scale;
    if scale >= 1000.0 { (product * 100.0).round() / 100.0 } else { product }
}

pub(super) fn parse_digits(raw: &str) -> Option<f64> {
    let (points, commas) = (raw.matches('.').count(), raw.matches(',').count());
    let grouped = |mark: char| raw.split(mark).skip(1).all(|part| part.len() == 3);
    match (points, commas) {
        // "70.000" has no reason for its noughts but the thousands.
        (1, 0) if raw.ends_with(".000") && !raw.starts_with('0') => raw.replace('.', "").parse().ok(),
        (0 | 1, 0) => raw.parse().ok(),
        (0, 1) if !grouped(',') && raw.split(',').nth(1).is_some_and(|p| p.len() < 3) => {
            raw.replace(',', ".").parse().ok()
        }
        (0 | 1, _) if raw.find('.').is_none_or(|p| raw.rfind(',').is_some_and(|c| c < p)) => {
            raw.replace(',', "").parse().ok()
        }
        (_, 0) if grouped('.') => raw.replace('.', "").parse().ok(),
        (_, 1) => raw.replace('.', "").replace(',', ".").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::split_phrase;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(f64, Option<f64>, usize)>) {
        let atoms = split_phrase(text);
        let reader = NumberReader { atoms: &atoms, lexicon: ValueLexicon::embedded().unwrap() };
        assert_eq!(reader.read(0, false).map(|n| (n.value, n.high, n.end)), expected, "{text}");
    }

    #[test]
    fn reads_digits() {
        check("2,200 people", Some((2200.0, None, 1)));
        check("12,34,567", Some((1_234_567.0, None, 1)));
        check("70.000 people", Some((70_000.0, None, 1)));
        check("1.500.000", Some((1_500_000.0, None, 1)));
        check("10 000 jobs", Some((10_000.0, None, 2)));
        check("3.8-billion", Some((3.8e9, None, 3)));
        check("5 lakh crore", Some((5e12, None, 3)));
        check("10bn", Some((1e10, None, 2)));
        check("5m", Some((5.0, None, 1)));
        check("12.07.2024", None);
    }

    #[test]
    fn reads_words() {
        check("twenty-one", Some((21.0, None, 3)));
        check("two hundred and fifty", Some((250.0, None, 4)));
        check("two hundred thousand", Some((200_000.0, None, 3)));
        check("one million two hundred thousand", Some((1_200_000.0, None, 5)));
        check("two dozen", Some((24.0, None, 2)));
        check("half a million", Some((5e5, None, 3)));
        check("a hundred", Some((100.0, None, 2)));
        check("two thirds", None);
        check("five lakh crore", Some((5e12, None, 3)));
        check("several", None);
    }

    #[test]
    fn reads_ranges() {
        check("5-7 million", Some((5e6, Some(7e6), 4)));
        check("5 million to 7 million", Some((5e6, Some(7e6), 5)));
        check("500,000 to 1 million", Some((5e5, Some(1e6), 4)));
        check("7 to 5", Some((7.0, None, 1)));
    }
}
