//! What a figure measures, by the wording around it: one function a wording, tried in order.
//!
//! Law: a wording that does not fit says `None`; the first that fits decides.

use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::Upos;
use crate::ontology::figures::{Figures, NounKind, VerbRole};
use crate::recognise::{Amount, AmountKind};

impl Scope<'_> {
    pub(super) fn read_figure(&self, spot: Spot, amount: &Amount, told: &[Told]) -> Option<Reading> {
        let here = told.last().filter(|t| t.draft.at == self.at);
        if amount.kind == AmountKind::Fold && amount.first == amount.last && self.grammar.upos(spot.last) == Upos::Verb
        {
            return self.read_fold_verb(spot, amount);
        }
        let of_level = self.low(spot.first.wrapping_sub(1)) == "of" && amount.kind == AmountKind::Fold;
        if let Some(reading) = of_level.then(|| self.read_of(spot, amount, told)).flatten() {
            return Some(reading);
        }
        // What rises is the thing itself, not its share of something.
        let own =
            told.iter().rev().take_while(|t| t.draft.at == self.at).find(|t| !t.reading.base.contains("share of"));
        self.read_length(spot)
            .or_else(|| self.read_attribute(spot, amount, own.or(here)))
            .or_else(|| self.read_series(spot, amount, here))
            .or_else(|| self.read_base(spot, here))
            .or_else(|| self.read_worth_of(spot))
            .or_else(|| self.read_part(spot, amount, here))
            .or_else(|| self.read_content(spot, amount))
            .or_else(|| self.read_step(spot, amount, here))
            .or_else(|| self.read_of(spot, amount, told))
            .or_else(|| self.read_worth(spot, here))
            .or_else(|| self.read_copula(spot, told))
            .or_else(|| self.read_verb(spot, amount, told))
            .or_else(|| self.read_tree(spot))
    }

    /// "demand will triple"; "double exports to $90 million" is told by the sum.
    fn read_fold_verb(&self, spot: Spot, amount: &Amount) -> Option<Reading> {
        let more = self.amounts.iter().any(|a| a.first > spot.last && a.kind != AmountKind::Duration && !a.is_count());
        let verb = spot.last;
        let object = self.phrase_at(verb + 1).map(|(_, h)| h).filter(|h| !self.is_dated(*h));
        let noun = object.or_else(|| self.noun_subject_of(verb)).filter(|n| self.is_nominal(*n) && !more)?;
        let mut reading = Reading { noun: Some(noun), verb: Some(verb), ..Reading::of(self.describe(noun)) };
        reading.change(false, amount.kind);
        Some(reading)
    }

    /// "the line, 554 kilometers long".
    fn read_length(&self, spot: Spot) -> Option<Reading> {
        let name = Figures::embedded().dimension(&self.low(spot.last + 1))?;
        let noun = (0..spot.first).rev().take(12).find(|i| self.grammar.upos(*i) == Upos::Noun && !self.is_amount(*i));
        let noun = self.noun_subject_of(spot.last + 1).filter(|s| self.is_nominal(*s)).or(noun)?;
        Some(Reading {
            noun: Some(noun),
            ..Reading::of(format!("{name} of {}", self.words(self.phrase_start(noun), noun)))
        })
    }

    fn kind_of(&self, noun: usize) -> Option<NounKind> {
        Figures::embedded().noun(&self.grammar.lemma(noun).to_lowercase()).map(|n| n.kind)
    }

    pub(super) fn is_of_kind(&self, noun: usize, kinds: &[NounKind]) -> bool {
        self.kind_of(noun).is_some_and(|k| kinds.contains(&k))
    }

    /// "a $3 billion deal", "13.2 % growth", "a 60% share", "a 5,000 square meter building".
    fn read_attribute(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
        let mut next = spot.last + 1;
        if self.grammar.form(next) == "-" {
            next += 1;
        }
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
                let dimension = Figures::embedded().dimension(&amount.unit).unwrap_or("size");
                reading.indicator = format!("{phrase} {dimension}");
            }
            _ => {}
        }
        Some(reading)
    }

    /// A goal: what it is a goal for names the figure.
    fn aim(&self, reading: &mut Reading, goal: usize) {
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
    fn read_change(&self, spot: Spot, noun: usize, amount: &Amount, here: Option<&Told>) -> Reading {
        let g = &self.grammar;
        let falls = self.is_of_kind(noun, &[NounKind::Down]);
        let start = self.phrase_start(noun);
        let under = (noun + 1..(noun + 3).min(g.tokens.len()))
            .find(|i| matches!(self.low(*i).as_str(), "in" | "of"))
            .and_then(|i| self.phrase_at(i + 1))
            .map(|(_, h)| h)
            .filter(|h| !self.is_amount(*h) && self.party(*h).is_none() && !self.is_dated(*h));
        let verb = self.verb_before(spot);
        let own = (start < noun && spot.last < start || start < noun && noun < spot.first)
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
    fn measured_left(&self, from: usize) -> Option<usize> {
        (from.saturating_sub(20)..from)
            .rev()
            .find(|i| self.is_nominal(*i) && self.is_of_kind(*i, &[NounKind::Pair, NounKind::Flow, NounKind::Level]))
    }

    /// "$80.03 billion in 2020, and $94.74 billion in 2019": one more of the figure before.
    fn read_series(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
        let before = here.filter(|t| t.unit == amount.unit && t.last < spot.first)?;
        let mut party = None;
        for i in before.last + 1..spot.first {
            let g = &self.grammar;
            let link = self.is_dated(i)
                || self.is_amount(i)
                || matches!(g.upos(i), Upos::Punct | Upos::Det | Upos::Adv)
                || matches!(
                    self.low(i).as_str(),
                    "and"
                        | "in"
                        | "respectively"
                        | "at"
                        | "for"
                        | "during"
                        | "'s"
                        | "’s"
                        | "or"
                        | "of"
                        | "fy"
                        | "while"
                        | "over"
                        | "with"
                );
            if !link {
                let who = self.party(i)?;
                party = Some(who);
            }
        }
        let mut reading = before.reading.again();
        if let Some(who) = party {
            (reading.subject, reading.partner, reading.noun, reading.verb) = (Some(who), None, None, None);
        }
        Some(reading)
    }

    /// "from $71 million", "compared with 6 billion": where the figure before stood earlier.
    fn read_base(&self, spot: Spot, here: Option<&Told>) -> Option<Reading> {
        let before = here?;
        let (at, word) = self.preposition_before(spot.first)?;
        let compares = match word.as_str() {
            "from" => true,
            "to" | "with" | "by" | "against" | "versus" | "than" => {
                matches!(
                    self.low(at.wrapping_sub(1)).as_str(),
                    "compared" | "comparison" | "up" | "down" | "as" | "relative"
                ) || matches!(word.as_str(), "against" | "versus")
            }
            _ => false,
        };
        let stands = compares && word != "by" && before.reading.stands_at(&before.unit);
        stands.then(|| Reading { earlier: true, target: false, ..before.reading.again() })
    }

    /// "$4 billion worth of letters of intent".
    fn read_worth_of(&self, spot: Spot) -> Option<Reading> {
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
    fn read_part(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
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
    fn read_content(&self, spot: Spot, amount: &Amount) -> Option<Reading> {
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
    fn is_plain_noun(&self, head: usize) -> bool {
        self.grammar.upos(head) == Upos::Noun && !matches!(self.low(head.wrapping_sub(1)).as_str(), "'s" | "’s")
    }

    /// The noun before the preposition before `at`.
    fn noun_before(&self, at: usize, words: &[&str]) -> Option<usize> {
        let (preposition, word) = self.preposition_before(at)?;
        let noun = preposition.checked_sub(1)?;
        (words.contains(&word.as_str()) && self.is_nominal(noun)).then_some(noun)
    }

    /// "4% less than", "up by $4.9 million", "up 12% from a year earlier".
    fn read_step(&self, spot: Spot, amount: &Amount, here: Option<&Told>) -> Option<Reading> {
        let before = spot.first.checked_sub(1)?;
        let after = self.low(spot.last + 1);
        let led = if self.low(before) == "by" { before.checked_sub(1)? } else { before };
        let falls = match (self.low(led).as_str(), after.as_str()) {
            ("up", _) => false,
            ("down", _) => true,
            (_, "more" | "higher" | "up" | "above" | "larger" | "greater") => false,
            (_, "less" | "lower" | "down" | "below" | "fewer" | "smaller") => true,
            _ => return None,
        };
        let mut reading = match here {
            Some(told) => told.reading.again(),
            None => {
                let noun = self.noun_subject_of(led)?;
                Reading { noun: Some(noun), ..Reading::of(self.describe(noun)) }
            }
        };
        reading.change(falls, amount.kind);
        Some(reading)
    }

    /// "revenues of US$2.9 billion", "a goal of $2 billion", "an increase of 34%", "at an average of 3.3%".
    fn read_of(&self, spot: Spot, amount: &Amount, told: &[Told]) -> Option<Reading> {
        let here = told.last().filter(|t| t.draft.at == self.at);
        let noun = self.noun_before(spot.first, &["of", "at"]).or_else(|| {
            let before = spot.first.checked_sub(1)?;
            let vague = self.is_of_kind(before, &[NounKind::Vague]) && self.is_nominal(before);
            (vague && !self.is_verb_form(before)).then_some(before)
        })?;
        match self.kind_of(noun) {
            Some(NounKind::Goal) => {
                let mut reading = Reading { verb: self.verb_before(spot), ..Reading::default() };
                self.aim(&mut reading, noun);
                Some(reading)
            }
            Some(NounKind::Up | NounKind::Down) => Some(self.read_change(spot, noun, amount, here)),
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

    fn is_verb_form(&self, i: usize) -> bool {
        self.grammar.upos(i) == Upos::Verb
    }

    /// "a deal worth $3 billion", "aircraft valued at", "investments across 14 economies, totaling $40 billion".
    fn read_worth(&self, spot: Spot, here: Option<&Told>) -> Option<Reading> {
        let before = spot.first.checked_sub(1)?;
        let word = match self.low(before).as_str() {
            "at" | "to" => before.checked_sub(1)?,
            _ => before,
        };
        let lemma = self.grammar.lemma(word).to_lowercase();
        let form = self.low(word);
        let values = matches!(lemma.as_str(), "worth" | "value" | "price" | "estimate") || form.starts_with("valued");
        let totals = matches!(lemma.as_str(), "total" | "amount") && form.ends_with("ing");
        if !(values || totals)
            || self.kind_of(word) == Some(NounKind::Level) && self.is_nominal(word) && form != "worth"
        {
            return None;
        }
        let noun = if self.is_copula(word.wrapping_sub(1)) {
            self.noun_subject_of(word)
        } else if let Some(told) = here.filter(|t| totals && t.last < spot.first && self.is_linked(t.last, word)) {
            return Some(told.reading.again());
        } else {
            self.modified_by(word, totals)
        }?;
        let phrase = self.describe(noun);
        let level = self.is_of_kind(noun, &[NounKind::Pair, NounKind::Flow, NounKind::Level]);
        let indicator = if values && !level { format!("value of {phrase}") } else { phrase };
        let verb = self.verb_before(Spot { first: noun, ..spot });
        let role = verb.and_then(|v| self.is_measure_verb(v)).filter(|v| v.role == VerbRole::Act);
        let indicator = match role {
            Some(role) if matches!(role.noun, "exports" | "imports") => {
                format!("{} of {}", role.noun, self.describe(noun))
            }
            Some(role) if !level && !role.noun.is_empty() => format!("{indicator} {}", role.noun),
            _ => indicator,
        };
        Some(Reading { noun: Some(noun), verb, acts: true, ..Reading::of(indicator) })
    }

    /// Only a comma and words of the same clause lie between.
    fn is_linked(&self, from: usize, to: usize) -> bool {
        (from + 1..to).all(|i| {
            self.grammar.upos(i) == Upos::Punct
                || self.is_dated(i)
                || self.grammar.upos(i) == Upos::Adp
                || self.low(i) == "and"
        })
    }

    /// The noun that a participle or "worth" modifies: one that stands at figures, else by the tree, else the nearest before
    /// it that is nobody's name.
    fn modified_by(&self, word: usize, totals: bool) -> Option<usize> {
        let g = &self.grammar;
        let free = |i: &usize| {
            self.is_nominal(*i) && !self.is_dated(*i) && !self.is_amount(*i) && self.headed_by(*i).is_none()
        };
        let kinds = [NounKind::Flow, NounKind::Pair, NounKind::Level, NounKind::Deal];
        let sum = || (word.saturating_sub(20)..word).rev().find(|i| free(i) && self.is_of_kind(*i, &kinds));
        let above = g.head(word).filter(|h| *h < word && free(h));
        let near = || (0..word).rev().take(14).find(free);
        let counted = self.amounts.iter().rev().find(|a| a.last < word).and_then(|a| a.unit_head).filter(|h| *h < word);
        if totals { sum().or(above).or_else(near) } else { above.or(counted).or_else(near) }
    }

    fn is_copula(&self, i: usize) -> bool {
        self.grammar.lemma(i) == "be"
    }

    /// "our trade volume is $250 million", "in Norland it was 2.9 percent".
    fn read_copula(&self, spot: Spot, told: &[Told]) -> Option<Reading> {
        let g = &self.grammar;
        let before = spot.first.checked_sub(1)?;
        if !self.is_copula(before) {
            return None;
        }
        let tree = g.own_subject(spot.anchor).filter(|s| *s < before);
        let subject = tree.or_else(|| self.noun_subject_of(before))?;
        if self.is_nominal(subject) && self.named_alone(subject).is_none() {
            return Some(Reading { noun: Some(subject), ..Reading::of(self.describe(subject)) });
        }
        // "it": what was measured last; a place named here takes the place of the one named there.
        let last = told.last().filter(|t| g.upos(subject) == Upos::Pron && self.follows(t))?;
        let place = (0..before).find(|i| *i != subject && self.party(*i).is_some() && self.is_nominal(*i));
        let mut reading = last.reading.again();
        if let Some(place) = place {
            (reading.subject, reading.partner, reading.noun) = (self.party(place), None, None);
        }
        Some(Reading { inherits_period: true, ..reading })
    }

    /// The figure completes a verb: "trade reached $22 million", "grew by 8.6%", "will invest $5 billion in Peru".
    fn read_verb(&self, spot: Spot, amount: &Amount, told: &[Told]) -> Option<Reading> {
        let g = &self.grammar;
        let here = told.last().filter(|t| t.draft.at == self.at);
        let verb = self.verb_before(spot)?;
        if crate::ontology::modality::Modality::embedded().speech(g.lemma(verb)).is_some()
            && self.preposition_before(spot.first).is_none()
            && self.is_measure_verb(verb).is_none()
        {
            return None;
        }
        let known = self.is_measure_verb(verb);
        let role = known.map_or(VerbRole::Level, |v| v.role);
        let falls = known.is_some_and(|v| v.falls);
        let noun = known.map_or("", |v| v.noun);
        let word = self.preposition_before(spot.first).map(|(_, w)| w).unwrap_or_default();
        if role == VerbRole::Act {
            return Some(self.read_act(spot, amount, verb, noun, &word));
        }
        let it = (verb + 1..spot.first).find(|i| matches!(self.low(*i).as_str(), "it" | "this" | "that" | "them"));
        if let Some(last) = it.and(told.last()).filter(|t| self.follows(t)) {
            use crate::ontology::modality::{Modality, Part};
            let hoped = Modality::embedded().status(&g.lemma(verb).to_lowercase(), Part::Governor);
            let target = hoped == Some(super::Status::Planned);
            return Some(Reading { verb: Some(verb), inherits_period: true, target, ..last.reading.again() });
        }
        let object = (verb + 1..spot.first)
            .find(|i| self.is_nominal(*i) && !self.is_dated(*i) && !self.is_amount(*i))
            .and_then(|i| self.phrase_at(self.phrase_start(i)))
            .map(|(_, h)| h)
            .filter(|h| {
                *h < spot.first && !matches!(self.low(verb + 1).as_str(), "in" | "at" | "on" | "to" | "by" | "from")
            });
        let measured = object.or_else(|| self.noun_subject_of(verb));
        let mut reading = match measured {
            Some(m) if self.is_nominal(m) && self.named_alone(m).is_none() => {
                let phrase = self.describe(m);
                let own = !noun.is_empty() && self.kind_of(m).is_none() && role == VerbRole::Level;
                let phrase = if own { format!("{noun} of {phrase}") } else { phrase };
                Reading { noun: Some(m), verb: Some(verb), ..Reading::of(phrase) }
            }
            // "Lumex lost 5%": the party itself is measured.
            Some(m) if self.named_alone(m).is_some() && known.is_some() => {
                let name = if noun.is_empty() { g.lemma(verb) } else { noun };
                Reading { subject: self.named_alone(m), verb: Some(verb), ..Reading::of(name.to_owned()) }
            }
            _ => {
                let told = here.filter(|_| known.is_some())?;
                told.reading.again()
            }
        };
        let step = matches!(word.as_str(), "by" | "at")
            || word.is_empty() && amount.kind == AmountKind::Percent
            || amount.kind == AmountKind::Fold;
        match role {
            VerbRole::Change if step => reading.change(falls, amount.kind),
            VerbRole::Change if word == "from" => reading.earlier = true,
            VerbRole::Share if noun == "ownership share" => {
                let told = here.filter(|t| t.reading.base == noun);
                reading = Reading {
                    partner: told.and_then(|t| t.reading.partner),
                    verb: Some(verb),
                    ..Reading::of(noun.to_owned())
                };
            }
            VerbRole::Share => reading.indicator.push_str(" share"),
            _ => {}
        }
        Some(reading)
    }

    /// The subject deals in that much: "exported goods for $5 million", "was acquired by X for $2 billion".
    fn read_act(&self, spot: Spot, amount: &Amount, verb: usize, noun: &str, word: &str) -> Reading {
        let thing = (verb + 1..spot.first)
            .take_while(|i| !matches!(self.low(*i).as_str(), "," | "by" | "from" | "to"))
            .find(|i| self.is_nominal(*i) && !self.is_dated(*i))
            .and_then(|i| self.phrase_at(i))
            .map(|(_, h)| h)
            .filter(|h| self.named_alone(*h).is_none() && *h < spot.first);
        let counted = self.amounts.iter().find(|a| a.is_count() && a.first > verb && a.last < spot.first);
        let thing = thing.or_else(|| counted.and_then(|a| a.unit_head));
        let priced = word == "for" && amount.kind == AmountKind::Money;
        let mut indicator = match thing {
            Some(thing) => format!("{noun} of {}", self.describe(thing)),
            None => noun.to_owned(),
        };
        if priced {
            indicator = match thing {
                Some(thing) => format!("value of {} {noun}", self.words(self.phrase_start(thing), thing)),
                None => format!("{noun} price"),
            };
        }
        Reading { verb: Some(verb), acts: true, ..Reading::of(indicator) }
    }

    /// What the tree hangs the figure by, where no wording fits.
    fn read_tree(&self, spot: Spot) -> Option<Reading> {
        let g = &self.grammar;
        if let Some(subject) = g.own_subject(spot.anchor).filter(|s| self.is_nominal(*s)) {
            return Some(Reading { noun: Some(subject), ..Reading::of(self.describe(subject)) });
        }
        let head = g.path_up(spot.anchor).skip(1).find(|h| !self.is_amount(*h))?;
        let measurable = self.is_of_kind(head, &[NounKind::Flow, NounKind::Pair, NounKind::Level]);
        measurable.then(|| Reading { noun: Some(head), verb: g.head(head), ..Reading::of(self.describe(head)) })
    }

    /// The party that a word names by itself, where it is no common noun that only belongs to one.
    pub(super) fn named_alone(&self, token: usize) -> Option<usize> {
        self.headed_by(token)?;
        self.party(token)
    }
}
