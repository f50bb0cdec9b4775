//! Money, percentages, quantities and counts in a sentence.
//!
//! Law: a figure keeps its words beside its value; what is no figure (a duration, a rank, a model number) is not read as one.

use super::atoms::{Atom, Sort, split_atoms};
use super::dates::DateMention;
use super::numbers::{Number, NumberReader};
use super::value_lexicon::{Bound, Counted, MoneyForm, Numeral, UnitKind, ValueLexicon};
use crate::language::{Deprel, Sentence, Upos};

/// What an amount is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountKind {
    /// A sum in a currency.
    Money,
    /// Per cent, percentage or basis points.
    Percent,
    /// Units of measurement.
    Quantity,
    /// Things or people.
    Count,
    /// n times as much.
    Fold,
    /// A length of time.
    Duration,
}

/// A figure of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// First token of the words before it that say how exact it is; `first` where there are none.
    pub lead: usize,
    /// In plain units; the lower end of a range.
    pub value: f64,
    /// Upper end of a range.
    pub high: Option<f64>,
    /// ISO 4217 code, `%`, unit of measurement, or the counted noun in the plural.
    pub unit: String,
    /// What it is of.
    pub kind: AmountKind,
    /// Its words.
    pub written: String,
    /// How exact it is said to be.
    pub bound: Bound,
    /// The counted noun.
    pub unit_head: Option<usize>,
    /// Whether it only points back: "the two countries".
    pub anaphoric: bool,
}

impl Amount {
    /// Whether it counts things or people.
    pub fn is_count(&self) -> bool {
        self.kind == AmountKind::Count
    }

    /// Whether it says how much or how many.
    pub fn is_figure(&self) -> bool {
        self.kind != AmountKind::Duration && !self.anaphoric
    }
}

/// The amounts of `sentence`, in order. `currencies` are what a bare `$` or `Rs` may mean, the likeliest first.
pub fn find_amounts(
    sentence: &Sentence,
    dates: &[DateMention],
    currencies: &[&str],
    lexicon: &ValueLexicon,
) -> Vec<Amount> {
    let atoms = split_atoms(sentence);
    let finder = Finder { atoms: &atoms, sentence, lexicon, currencies };
    let dated = |i: usize| atoms.get(i).is_some_and(|a| dates.iter().any(|d| d.first <= a.token && a.token <= d.last));
    let (mut found, mut at) = (Vec::new(), 0);
    while at < atoms.len() {
        match (!dated(at)).then(|| finder.read(at)).flatten() {
            Some((end, amount)) if end > at => {
                if found.last().is_none_or(|before| !finder.restates(before, &amount)) {
                    found.push(amount);
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

pub(super) struct Finder<'a> {
    pub(super) atoms: &'a [Atom],
    sentence: &'a Sentence,
    lexicon: &'a ValueLexicon,
    currencies: &'a [&'a str],
}

impl Finder<'_> {
    fn number(&self, at: usize, money: bool) -> Option<Number> {
        NumberReader { atoms: self.atoms, lexicon: self.lexicon }.read(at, money)
    }

    /// "US$18 billion (S$25 billion)": the same sum in another currency.
    fn restates(&self, before: &Amount, amount: &Amount) -> bool {
        let form = |i: usize| self.sentence.tokens.get(i).map_or("", |t| t.form.as_str());
        let opens = amount.lead == before.last + 2 && matches!(form(before.last + 1), "(" | "[");
        let money = before.kind == AmountKind::Money && amount.kind == AmountKind::Money;
        opens && money && before.unit != amount.unit && matches!(form(amount.last + 1), ")" | "]")
    }

    pub(super) fn is(&self, i: usize, text: &str) -> bool {
        self.atoms.get(i).is_some_and(|a| a.is(text))
    }

    fn read(&self, at: usize) -> Option<(usize, Amount)> {
        self.read_money(at).or_else(|| self.read_fold_word(at)).or_else(|| self.read_number(at))
    }

    pub(super) fn amount(
        &self,
        at: usize,
        end: usize,
        number: Number,
        kind: AmountKind,
        unit: &str,
    ) -> Option<(usize, Amount)> {
        let (first, last) = (self.atoms.get(at)?.token, self.atoms.get(end.checked_sub(1)?)?.token);
        let led = self.lexicon.bounds.longest_before(self.atoms, at);
        let bound = led.map_or(Bound::Exactly, |(_, b)| *b);
        let lead = led.and_then(|(from, _)| self.atoms.get(from)).map_or(first, |a| a.token);
        let mut written = String::new();
        let mut before = None;
        for token in self.sentence.tokens.get(first..=last)? {
            if before.is_some_and(|b| b < token.span.start) {
                written.push(' ');
            }
            before = Some(token.span.end);
            written.push_str(&token.form);
        }
        let amount = Amount {
            first,
            last,
            lead,
            value: number.value,
            high: number.high,
            unit: unit.to_owned(),
            kind,
            written,
            bound,
            unit_head: None,
            anaphoric: false,
        };
        Some((end, amount))
    }

    /// "$3.7 billion", "US$ 6.7bn", "EUR 34m", "Rs 500 crore".
    fn read_money(&self, at: usize) -> Option<(usize, Amount)> {
        let (end, (form, codes)) = self.lexicon.money.longest(self.atoms, at)?;
        if !matches!(form, MoneyForm::Symbol | MoneyForm::Code | MoneyForm::Glued) {
            return None;
        }
        if *form == MoneyForm::Glued && self.atoms.get(end).is_some_and(|a| a.spaced) {
            return None;
        }
        let number = self.number(end, true).filter(|n| n.digits)?;
        // "K9", "N95": a model rather than a sum; "P4G" is a name.
        let sum = number.scale.is_some() || number.value >= 100.0 || number.value.fract() > 0.0;
        let goes_on = self.atoms.get(number.end).is_some_and(|a| !a.spaced && a.sort == Sort::Word);
        if *form == MoneyForm::Glued && (!sum || goes_on) {
            return None;
        }
        let unit = self.code(codes);
        let end = self.after_code(number.end, codes);
        self.amount(at, end, number, AmountKind::Money, unit)
    }

    fn code<'c>(&'c self, codes: &'c [String]) -> &'c str {
        let own = self.currencies.iter().copied().find(|c| codes.iter().any(|k| k == c));
        own.or(codes.first().map(String::as_str)).unwrap_or("USD")
    }

    /// "$181 million USD", "$5 million dollars": the currency said twice.
    fn after_code(&self, at: usize, codes: &[String]) -> usize {
        match self.lexicon.money.longest(self.atoms, at) {
            Some((end, (MoneyForm::Code | MoneyForm::Word, again))) if again.iter().any(|c| codes.contains(c)) => end,
            _ => at,
        }
    }

    /// "twofold", "doubled".
    fn read_fold_word(&self, at: usize) -> Option<(usize, Amount)> {
        let (kind, value) = self.lexicon.numerals.longest(self.atoms, at).map(|(_, v)| *v)?;
        let token = self.sentence.tokens.get(self.atoms.get(at)?.token)?;
        let says = match kind {
            Numeral::Fold => true,
            Numeral::FoldVerb => token.upos == Upos::Verb,
            _ => false,
        };
        let number = Number { value, high: None, end: at + 1, digits: false, scale: None };
        says.then(|| self.amount(at, at + 1, number, AmountKind::Fold, "times")).flatten()
    }

    fn read_number(&self, at: usize) -> Option<(usize, Amount)> {
        if self.is_part_of_name(at) {
            return None;
        }
        let money = self.number(at, true);
        // "a 3.5-billion-euro contract", "a 675 billion-won order"
        let joined = |i: usize| i + usize::from(self.atoms.get(i).is_some_and(|a| a.is_dash() && !a.spaced));
        if let Some(number) = money
            && let Some((end, (MoneyForm::Word | MoneyForm::Code, codes))) =
                self.lexicon.money.longest(self.atoms, joined(number.end))
        {
            // "100 million RMB" keeps the text's own sign where it is one.
            let written = self.atoms.get(number.end).map_or("", |a| a.raw.as_str());
            let unit = if written == "RMB" { written } else { self.code(codes) };
            return self.amount(at, end, number, AmountKind::Money, unit);
        }
        let number = self.number(at, false)?;
        let after = if self.atoms.get(number.end).is_some_and(Atom::is_dash) { number.end + 1 } else { number.end };
        if let Some(found) = self.read_unit(at, number, after).or_else(|| self.read_product(at, number)) {
            return Some(found);
        }
        if self.is(after, "fold")
            || self.is(after, "folds")
            || (self.is(after, "times") && self.says_times(at, after + 1))
        {
            return self.amount(at, after + 1, number, AmountKind::Fold, "times");
        }
        if self.is(number.end, "x") && self.atoms.get(number.end).is_some_and(|a| !a.spaced) {
            return self.amount(at, number.end + 1, number, AmountKind::Fold, "times");
        }
        self.read_count(at, number).or_else(|| self.read_inhabitants(at, number))
    }

    /// "2x250 MW": so many of such a size.
    fn read_product(&self, at: usize, count: Number) -> Option<(usize, Amount)> {
        let glued = |i: usize| self.atoms.get(i).is_some_and(|a| !a.spaced);
        let sign = count.end;
        if !(self.is(sign, "x") || self.is(sign, "×")) || !glued(sign) || !glued(sign + 1) {
            return None;
        }
        let size = self.number(sign + 1, false)?;
        self.read_unit(at, Number { value: count.value * size.value, ..size }, size.end)
    }

    /// "ten times more", "multiplied three times": a factor; "visited three times" counts occasions.
    fn says_times(&self, at: usize, end: usize) -> bool {
        let grows = (at.saturating_sub(3)..at).any(|i| self.lexicon.growth.longest(self.atoms, i).is_some());
        grows || self.lexicon.proportion.longest(self.atoms, end).is_some()
    }

    /// "22.5 %", "3.8 billion cubic feet a day", "five years".
    fn read_unit(&self, at: usize, number: Number, after: usize) -> Option<(usize, Amount)> {
        let (mut end, (kind, unit)) = self.lexicon.units.longest(self.atoms, after)?;
        let mut unit = unit.clone();
        // Metres stay metres where the text spells them so.
        let spelt = |word: &str| self.atoms.get(after..end).unwrap_or_default().iter().any(|a| a.low.contains(word));
        for (british, american) in [("metre", "meter"), ("litre", "liter"), ("tonne", "ton")] {
            if spelt(british) && !unit.contains(british) {
                unit = unit.replace(american, british);
            }
        }
        let kind = match kind {
            UnitKind::Measure => AmountKind::Quantity,
            UnitKind::Percent => AmountKind::Percent,
            UnitKind::Duration => AmountKind::Duration,
        };
        // Units that are also common words need digits before them.
        if kind == AmountKind::Quantity && !number.digits && number.value < 3.0 {
            return None;
        }
        if let Some((rate_end, per)) = self.rate(end).filter(|_| kind != AmountKind::Duration) {
            if kind == AmountKind::Quantity {
                unit = format!("{unit} per {per}");
            }
            end = rate_end;
        }
        self.amount(at, end, number, kind, &unit)
    }

    fn rate(&self, at: usize) -> Option<(usize, String)> {
        let led =
            self.is(at, "a") || self.is(at, "per") || self.is(at, "/") || self.is(at, "an") || self.is(at, "each");
        let (end, per) = self.lexicon.per.longest(self.atoms, at + 1).filter(|_| led)?;
        Some((end, per.clone()))
    }

    /// A number that belongs to a name, a list or a footnote.
    fn is_part_of_name(&self, at: usize) -> bool {
        let Some(atom) = self.atoms.get(at) else { return true };
        let before = at.checked_sub(1).and_then(|i| self.atoms.get(i));
        let glued =
            before.is_some_and(|b| !atom.spaced && (b.sort == Sort::Word || b.is_dash() || b.is(".") || b.is("/")));
        let range = before.is_some_and(|b| b.is_dash())
            && at > 1
            && self.atoms.get(at - 2).is_some_and(|a| a.sort == Sort::Number);
        let labelled = before.is_some_and(|b| self.lexicon.labels.word(b).is_some()) && atom.sort == Sort::Number;
        let bracketed =
            before.is_some_and(|b| b.is("[") || b.is("(") && self.atoms.get(at + 1).is_some_and(|a| a.is(")")));
        let clock = self.atoms.get(at).is_some_and(|a| a.raw.contains(':'));
        let ordinal = self
            .atoms
            .get(at + 1)
            .is_some_and(|a| !a.spaced && matches!(a.low.as_str(), "st" | "nd" | "rd" | "th" | "s"));
        (glued && !range) || labelled || bracketed || clock || ordinal
    }

    /// "3,600 Peruvian companies", "15 memoranda of understanding", "two dozen members".
    fn read_count(&self, at: usize, number: Number) -> Option<(usize, Amount)> {
        let last = self.atoms.get(number.end.checked_sub(1)?)?.token;
        let first = self.atoms.get(at)?.token;
        let next = self.atoms.get(number.end)?;
        if self.is_designation(at) {
            return None;
        }
        let glued_tail = !next.spaced && (next.sort == Sort::Word || next.is_dash());
        if glued_tail || (number.value <= 1.0 && !number.digits) || number.value.fract() != 0.0 {
            return None;
        }
        let noun = self.counted_noun(first, last)?;
        let place = self.atoms.iter().position(|a| a.token == noun)?;
        // "two and a half years" lasts; it counts nothing.
        if self.lexicon.units.longest(self.atoms, place).is_some_and(|(_, (kind, _))| *kind == UnitKind::Duration) {
            return None;
        }
        let unit = match self.lexicon.counted.longest(self.atoms, place).map(|(_, v)| v) {
            Some(Counted::Skip) => return None,
            Some(Counted::Unit(unit)) => unit.clone(),
            None => self.plural(noun)?,
        };
        let anaphoric =
            number.value == 2.0 && !number.digits && self.lexicon.anaphoric.longest(self.atoms, place).is_some();
        let (_, mut amount) = self.amount(at, number.end, number, AmountKind::Count, &unit)?;
        amount.unit_head = Some(noun);
        amount.anaphoric = anaphoric;
        amount.written = self.phrase(first, noun);
        Some((number.end, amount))
    }

    /// "two NRX 180 frigates": the number of a model.
    fn is_designation(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.atoms.get(i)).filter(|a| a.sort == Sort::Word);
        let (Some(before), Some(atom)) = (before, self.atoms.get(at)) else { return false };
        let letters = before.raw.len() > 1 && before.raw.chars().all(char::is_uppercase);
        let governs = self.sentence.tokens.get(atom.token).is_some_and(|t| t.head == Some(before.token));
        let named = governs && self.sentence.tokens.get(before.token).is_some_and(|t| t.upos == Upos::Propn);
        atom.digits(1..=3).is_some() && (letters || named)
    }

    fn phrase(&self, first: usize, last: usize) -> String {
        let words: Vec<&str> =
            self.sentence.tokens.get(first..=last).unwrap_or_default().iter().map(|t| t.form.as_str()).collect();
        words.join(" ")
    }

    /// By the tree, else the last noun of the run of nouns and adjectives after the number.
    fn counted_noun(&self, first: usize, last: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let governed =
            (first..=last).filter_map(|i| tokens.get(i)).find(|t| t.deprel == Deprel::Nummod).and_then(|t| t.head);
        let is_noun = |i: usize| tokens.get(i).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn));
        if let Some(noun) = governed.filter(|n| *n > last && *n <= last + 7 && is_noun(*n)) {
            return Some(noun);
        }
        let run = (last + 1..tokens.len()).take(6).take_while(|i| {
            tokens.get(*i).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj) || t.form == "-")
        });
        run.filter(|i| is_noun(*i))
            .last()
            .filter(|i| tokens.get(*i).is_some_and(|t| t.upos == Upos::Noun || t.form.ends_with('s')))
    }

    fn plural(&self, noun: usize) -> Option<String> {
        let token = self.sentence.tokens.get(noun)?;
        let form = if token.upos == Upos::Propn { token.form.clone() } else { token.form.to_lowercase() };
        // "a 16-member team" aside, what is counted stands in the plural; a singular after a number is a modifier.
        let invariant = matches!(
            form.as_str(),
            "people" | "aircraft" | "staff" | "personnel" | "police" | "series" | "troops" | "vessels"
        );
        (form.ends_with('s') || invariant || token.xpos == crate::language::Xpos::Nns).then_some(form)
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::tests::sentence;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(f64, &str)]) {
        let lexicon = ValueLexicon::embedded().unwrap();
        let found = find_amounts(&sentence(text), &[], &[], lexicon);
        let found: Vec<(f64, &str)> =
            found.iter().filter(|a| a.is_figure()).map(|a| (a.value, a.unit.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_amounts() {
        check("It reached $ 22 million .", &[(22e6, "USD")]);
        check("a $ 3.7B deal and US$ 10.07 billion", &[(3.7e9, "USD"), (10.07e9, "USD")]);
        check("It grew by 8.6 % .", &[(8.6, "%")]);
        check("3.8 billion cubic feet a day", &[(3.8e9, "cubic feet per day")]);
        check("USD 2.535 billion", &[(2.535e9, "USD")]);
        check("a 3.5-billion-euro contract", &[(3.5e9, "EUR")]);
        check("a 675 billion-won order", &[(675e9, "KRW")]);
        check("a 158.1-million-U.S.-dollar loan", &[(158.1e6, "USD")]);
        check("K9 howitzers", &[]);
        check("It lasted five years .", &[]);
        check("resolution 822", &[]);
    }
}
