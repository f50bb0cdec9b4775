//! Figures on a noun: "a $3 billion deal", "revenue of $2 billion", "20% of the venture", "$2 billion in loans".
//!
//! Law: a noun that the lexicon knows says how the figure is to be read; any other noun is what is measured.

use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::Upos;
use crate::ontology::EntityType;
use crate::ontology::figures::{Figures, NounKind, VerbRole};
use crate::ontology::lexicon::Lexicon;
use crate::recognise::{Amount, AmountKind};

impl Scope<'_> {
    /// "a $3 billion deal", "13.2 % growth", "a 60% share", "a 5,000 square meter building".
    pub(super) fn read_attribute(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
        let next = self.past_aside(spot.last + 1, amount);
        let (first, mut head) = self.phrase_at(next).filter(|(first, _)| *first == next)?;
        if matches!(self.low(first).as_str(), "worth" | "year" | "more" | "less" | "higher" | "lower" | "each") {
            return None;
        }
        // "$5 million Brazil's" is no phrase, nor is a name beside the figure.
        if let Some(stop) = (first..head).find(|i| matches!(self.low(i + 1).as_str(), "'s" | "’s")) {
            head = stop.checked_sub(1).filter(|h| *h >= first)?;
        }
        if !self.is_nominal(head) || self.is_of_kind(head, &[NounKind::Vague]) && first == head {
            return None;
        }
        let phrase = self.describe(head);
        let mut reading = Reading { noun: Some(head), verb: self.verb_before(spot), ..Reading::of(phrase.clone()) };
        match self.kind_of(head) {
            Some(NounKind::Goal) => self.aim(&mut reading, head),
            Some(NounKind::Up | NounKind::Down) => return Some(self.read_change(spot, head, amount, here)),
            Some(NounKind::Share) => reading.acts = true,
            Some(NounKind::Flow) => reading.acts = true,
            Some(NounKind::Pair | NounKind::Level) => {}
            _ if amount.kind == AmountKind::Money => {
                reading.indicator = format!("value of {phrase}");
                reading.acts = self.is_of_kind(head, &[NounKind::Deal]);
            }
            _ if amount.kind == AmountKind::Quantity => {
                let dimension = Figures::embedded().dimension(&amount.unit);
                reading.indicator = format!("{phrase} {}", dimension.unwrap_or("size"));
                reading.sizes = dimension.is_some() && self.is_work(head);
            }
            _ => {}
        }
        Some(reading)
    }

    /// Whether a noun is for what is built: a plant, a line, a bridge.
    fn is_work(&self, noun: usize) -> bool {
        matches!(Lexicon::embedded().thing_of(self.grammar.lemma(noun)), Some(EntityType::Project | EntityType::Place))
    }

    /// "a $5 million (USD) contract", "a "$5 million" deal", "a 7 billion-won (US$5 million) order": what lies between a sum and
    /// what it is the value of.
    fn past_aside(&self, at: usize, amount: &Amount) -> usize {
        let form = |i: usize| self.grammar.form(i);
        if form(at) == "-" {
            return at + 1;
        }
        // "a $2 billion, 500 km (310 mile) pipeline": figures side by side are of one thing.
        let beside = |i: usize| matches!(form(i), "," | "(" | ")" | "-") || self.is_amount(i);
        let inside = form(at) == ")" && form(amount.lead.wrapping_sub(1)) == "(";
        if inside || matches!(form(at), "," | "(") && self.is_amount(at + 1) {
            let next = (at..self.grammar.tokens.len()).find(|i| !beside(*i)).unwrap_or(at);
            let noun = self.is_nominal(next) || self.grammar.upos(next) == Upos::Adj;
            return if noun && form(next - 1) != "," { next } else { at };
        }
        // "a 40-megawatt (MW) plant"
        if form(at) == "(" && form(at + 2) == ")" && amount.kind == AmountKind::Quantity && form(at + 1).len() <= 4 {
            return at + 3;
        }
        if amount.kind != AmountKind::Money {
            return at;
        }
        match form(at) {
            "\"" | "”" | "''" => at + 1,
            "(" => {
                let close = (at..at + 7).find(|i| form(*i) == ")");
                let scale =
                    |i: usize| matches!(form(i), "million" | "billion" | "trillion" | "crore" | "about" | "around");
                let plain = |i: usize| scale(i) || self.is_amount(i) || form(i).chars().all(|c| !c.is_lowercase());
                close.filter(|close| (at + 1..*close).all(plain)).map_or(at, |close| close + 1)
            }
            _ => at,
        }
    }

    /// A goal: what it is a goal for names the figure.
    pub(super) fn aim(&self, reading: &mut Reading, goal: usize) {
        reading.target = true;
        reading.noun = Some(goal);
        let start = self.phrase_start(goal);
        let own = if start < goal { self.words(start, goal - 1) } else { String::new() };
        let after = self.low(goal + 1);
        let inner = match after.as_str() {
            "for" | "in" => self.phrase_at(goal + 2).map(|(_, h)| h),
            _ => None,
        };
        // "a goal of raising trade to": the object of the clause.
        let g = &self.grammar;
        let clause = (goal + 1..(goal + 4).min(g.tokens.len())).find(|i| g.upos(*i) == Upos::Verb);
        let inner = inner
            .or_else(|| clause.and_then(|v| self.phrase_at(v + 1)).map(|(_, h)| h))
            .filter(|h| !self.is_amount(*h) && self.party(*h).is_none());
        if let Some(noun) = inner {
            reading.noun = Some(noun);
            reading.indicator = self.describe(noun);
        } else if own.is_empty() {
            let whose = reading.verb.and_then(|v| self.noun_subject_of(v)).filter(|s| self.is_nominal(*s));
            let whose = whose.filter(|s| self.headed_by(*s).is_none()).map(|s| self.describe(s));
            reading.indicator = format!("{} {}", whose.unwrap_or_default(), self.describe(goal)).trim().to_owned();
        } else {
            reading.indicator = format!("{own} {}", g.lemma(goal));
        }
        reading.base.clone_from(&reading.indicator);
    }

    /// A rise or fall that `noun` names: of what stands under it, of the subject of its verb, of the figure before.
    pub(super) fn read_change(&self, spot: Spot, noun: usize, amount: &Amount, here: Option<&Told>) -> Reading {
        let g = &self.grammar;
        let falls = self.is_of_kind(noun, &[NounKind::Down]);
        let start = self.phrase_start(noun);
        let under = (noun + 1..(noun + 3).min(g.tokens.len()))
            .find(|i| matches!(self.low(*i).as_str(), "in" | "of"))
            .and_then(|i| self.phrase_at(i + 1))
            .map(|(_, h)| h)
            .filter(|h| !self.is_amount(*h) && self.party(*h).is_none() && !self.is_dated(*h));
        let verb = self.verb_before(spot);
        let own = (start < noun && (spot.last < start || noun < spot.first))
            .then(|| noun - 1)
            .filter(|i| self.is_of_kind(*i, &[NounKind::Pair, NounKind::Flow, NounKind::Level]));
        let told = || here.map(|t| Reading { noun: None, ..t.reading.again() });
        let measured = under.or(own).or_else(|| {
            verb.and_then(|v| self.noun_subject_of(v)).filter(|s| self.is_nominal(*s) && self.named_alone(*s).is_none())
        });
        let measured = measured.or_else(|| self.measured_left(spot.first.min(start)));
        let mut reading = match (measured, told()) {
            (_, Some(reading)) if under.is_none() && own.is_none() => reading,
            (Some(noun), _) => Reading { noun: Some(noun), verb, ..Reading::of(self.describe(noun)) },
            (None, _) => Reading { noun: Some(noun), verb, ..Reading::of(self.describe(noun)) },
        };
        reading.change(falls, amount.kind);
        reading
    }

    /// The nearest noun to the left that stands at figures.
    pub(super) fn measured_left(&self, from: usize) -> Option<usize> {
        (from.saturating_sub(20)..from)
            .rev()
            .find(|i| self.is_nominal(*i) && self.is_of_kind(*i, &[NounKind::Pair, NounKind::Flow, NounKind::Level]))
    }

    /// "$4 billion worth of letters of intent".
    pub(super) fn read_worth_of(&self, spot: Spot) -> Option<Reading> {
        let next = spot.last + 1;
        if self.low(next) != "worth" || self.low(next + 1) != "of" {
            return None;
        }
        let (_, head) = self.phrase_at(next + 2)?;
        let verb = self.verb_before(spot);
        let noun = verb.and_then(|v| self.is_measure_verb(v)).filter(|v| v.role == VerbRole::Act).map(|v| v.noun);
        let phrase = self.describe(head);
        let indicator = noun.map_or(format!("value of {phrase}"), |n| format!("{n} of {phrase}"));
        Some(Reading { noun: Some(head), verb, acts: true, ..Reading::of(indicator) })
    }

    /// "20% of the venture", "4.8% of GDP".
    pub(super) fn read_part(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
        if amount.kind != AmountKind::Percent || self.low(spot.last + 1) != "of" {
            return None;
        }
        let (_, whole) = self.phrase_at(spot.last + 2)?;
        let g = &self.grammar;
        let verb = self.verb_before(spot);
        let role = verb.and_then(|v| self.is_measure_verb(v));
        let owned = verb.is_some_and(|v| {
            matches!(
                g.lemma(v),
                "own" | "hold" | "acquire" | "buy" | "sell" | "control" | "take" | "purchase" | "retain"
            )
        });
        let holder = verb.and_then(|v| self.noun_subject_of(v));
        let share = format!("share of {}", self.describe(whole));
        let act = role.is_some_and(|r| r.role == VerbRole::Act);
        let mut reading = Reading { verb, acts: owned || act, ..Reading::of(share.clone()) };
        if owned {
            reading =
                Reading { indicator: "ownership share".to_owned(), base: "ownership share".to_owned(), ..reading };
        }
        let doer = holder.and_then(|h| self.named_alone(h));
        reading.subject = doer;
        let continues = verb.is_some_and(|v| g.form(v).ends_with("ing"));
        if let Some(told) = here.filter(|_| doer.is_none() && !owned && continues) {
            reading.indicator = format!("{} {share}", told.reading.base);
            reading.subject = told.reading.subject;
        } else if let Some(h) = holder.filter(|h| doer.is_none() && !owned && !act && self.is_nominal(*h)) {
            reading.indicator = format!("{} {share}", self.describe(h));
            reading.noun = Some(h);
        }
        let other = self.party(whole).or_else(|| self.owner_of(whole));
        match reading.subject {
            None if reading.noun.is_none() => reading.subject = other,
            _ if owned || act => reading.partner = other,
            _ => {}
        }
        Some(reading)
    }

    /// "$2 billion in investments", "30,000 tonnes of green hydrogen".
    pub(super) fn read_content(&self, spot: Spot, amount: &Amount) -> Option<Reading> {
        let word = self.low(spot.last + 1);
        let (_, head) = self.phrase_at(spot.last + 2).filter(|_| matches!(word.as_str(), "in" | "of"))?;
        let measurable = self.is_of_kind(head, &[NounKind::Flow, NounKind::Pair, NounKind::Level, NounKind::Goal]);
        let stuff = amount.kind == AmountKind::Quantity && word == "of";
        let sum = amount.kind == AmountKind::Money && measurable && self.is_plain_noun(head);
        if !(sum || stuff) || self.is_dated(head) {
            return None;
        }
        let verb = self.verb_before(spot);
        let phrase = self.describe(head);
        let role = verb.and_then(|v| self.is_measure_verb(v)).filter(|v| v.role == VerbRole::Act);
        let indicator = match role {
            Some(role) if stuff => format!("{} of {phrase}", role.noun),
            _ => phrase,
        };
        let mut reading = Reading { noun: Some(head), verb, acts: role.is_some(), ..Reading::of(indicator) };
        let above = self.noun_before(spot.first, &["of", "at"]);
        reading.target = above.is_some_and(|n| self.is_of_kind(n, &[NounKind::Goal]));
        Some(reading)
    }

    /// The investments, not "investments in X's economy": a head that nobody owns.
    pub(super) fn is_plain_noun(&self, head: usize) -> bool {
        self.grammar.upos(head) == Upos::Noun && !matches!(self.low(head.wrapping_sub(1)).as_str(), "'s" | "’s")
    }

    /// The noun before the preposition before `at`.
    pub(super) fn noun_before(&self, at: usize, words: &[&str]) -> Option<usize> {
        let (preposition, word) = self.preposition_before(at)?;
        let noun = preposition.checked_sub(1)?;
        (words.contains(&word.as_str()) && self.is_nominal(noun)).then_some(noun)
    }

    /// "revenues of US$2.9 billion", "a goal of $2 billion", "an increase of 34%", "at an average of 3.3%".
    pub(super) fn read_of(&self, spot: Spot, amount: &Amount, told: &[Told]) -> Option<Reading> {
        let here = told.last().filter(|t| t.draft.at == self.at);
        let noun = self.noun_before(spot.first, &["of", "at"]).or_else(|| {
            let before = spot.first.checked_sub(1)?;
            let vague = self.is_of_kind(before, &[NounKind::Vague]) && self.is_nominal(before);
            (vague && !self.is_verb_form(before)).then_some(before)
        })?;
        // "a commitment to Norland of $6 billion"
        let beyond = |n: &usize| (n + 1..noun).all(|i| !self.is_verb(i) && !self.is_amount(i)) && noun - n <= 6;
        let noun = match self.named_alone(noun) {
            Some(_) if self.low(spot.first.wrapping_sub(1)) == "of" => self.measured_left(noun).filter(beyond)?,
            _ => noun,
        };
        match self.kind_of(noun) {
            Some(NounKind::Goal) => {
                let mut reading = Reading { verb: self.verb_before(spot), ..Reading::default() };
                self.aim(&mut reading, noun);
                Some(reading)
            }
            Some(NounKind::Up | NounKind::Down) => {
                let told = here.or_else(|| self.pointed_at(told)).or_else(|| self.likened_to(noun, told));
                Some(self.read_change(spot, noun, amount, told))
            }
            // "a growth rate of 4%"
            Some(NounKind::Vague) if noun > 0 && self.is_of_kind(noun - 1, &[NounKind::Up, NounKind::Down]) => {
                Some(self.read_change(spot, noun - 1, amount, here))
            }
            Some(NounKind::Vague) => {
                let wide = self.widen_spot(spot, noun);
                if wide.first >= spot.first {
                    return None;
                }
                if let Some(told) = here.filter(|_| self.low(wide.first.wrapping_sub(1)) == "from") {
                    return Some(Reading { target: false, earlier: true, ..told.reading.again() });
                }
                self.read_of(wide, amount, told)
                    .or_else(|| self.read_worth(wide, here))
                    .or_else(|| self.read_copula(wide, told))
                    .or_else(|| self.read_verb(wide, amount, told))
            }
            _ if self.low(spot.first.wrapping_sub(1)) == "at" => None,
            Some(NounKind::Deal) | None if amount.kind == AmountKind::Money && self.kind_of(noun).is_some() => {
                let indicator = format!("value of {}", self.describe(noun));
                Some(Reading { noun: Some(noun), verb: self.verb_before(spot), acts: true, ..Reading::of(indicator) })
            }
            _ => {
                let phrase = self.words(self.phrase_start(noun), noun);
                let phrase = if self.describe(noun).contains(' ') || phrase == self.grammar.form(noun) {
                    self.describe(noun)
                } else {
                    phrase
                };
                let verb = self.verb_before(spot);
                let dealt = verb.and_then(|v| self.is_measure_verb(v)).is_some_and(|v| v.role == VerbRole::Act);
                let price = dealt
                    && matches!(self.grammar.lemma(noun), "value" | "price" | "cost" | "sum" | "consideration" | "fee");
                let acts = price || self.is_of_kind(noun, &[NounKind::Flow, NounKind::Share]);
                Some(Reading { noun: Some(noun).filter(|_| !price), verb, acts, ..Reading::of(phrase) })
            }
        }
    }

    pub(super) fn is_verb_form(&self, i: usize) -> bool {
        self.grammar.upos(i) == Upos::Verb
    }
}
