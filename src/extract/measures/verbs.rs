//! Figures that complete a verb: "reached $22 million", "grew by 8.6%", "invested $5 billion", "worth $3 billion".
//!
//! Law: the lexicon says whether a verb's subject stands at the figure, changes by it or deals in it.

use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::{Upos, Xpos};
use crate::ontology::figures::{Figures, MeasureVerb, NounKind, VerbRole};
use crate::recognise::{Amount, AmountKind};

impl Scope<'_> {
    /// "a deal worth $3 billion", "aircraft valued at", "investments across 14 economies, totaling $40 billion".
    pub(super) fn read_worth(&self, spot: Spot, here: Option<&Told>) -> Option<Reading> {
        let before = spot.first.checked_sub(1)?;
        let word = match self.low(before).as_str() {
            "at" | "to" => before.checked_sub(1)?,
            _ => before,
        };
        let lemma = self.grammar.lemma(word).to_lowercase();
        let form = self.low(word);
        // "the 665-kilometre line, costing $3 billion"
        let costs = form == "costing";
        let values =
            costs || matches!(lemma.as_str(), "worth" | "value" | "price" | "estimate") || form.starts_with("valued");
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
        let indicator = match (values && !level, costs) {
            (true, true) => format!("cost of {phrase}"),
            (true, false) => format!("value of {phrase}"),
            (false, _) => phrase,
        };
        let verb = self.verb_before(Spot { first: noun, ..spot });
        let role = verb.and_then(|v| self.is_measure_verb(v)).filter(|v| v.role == VerbRole::Act);
        let indicator = match role {
            Some(role) if matches!(role.noun, "exports" | "imports") => {
                format!("{} of {}", role.noun, self.describe(noun))
            }
            Some(role) if !level && !role.noun.is_empty() && role.noun != "signing" => {
                format!("{indicator} {}", role.noun)
            }
            _ => indicator,
        };
        let partner = self.maker_of(noun, self.phrase_start(noun), verb);
        Some(Reading { noun: Some(noun), verb, acts: true, partner, ..Reading::of(indicator) })
    }

    /// Only a comma and words of the same clause lie between.
    pub(super) fn is_linked(&self, from: usize, to: usize) -> bool {
        (from + 1..to).all(|i| {
            self.grammar.upos(i) == Upos::Punct
                || self.is_dated(i)
                || self.grammar.upos(i) == Upos::Adp
                || self.low(i) == "and"
        })
    }

    /// The noun that a participle or "worth" modifies: one that stands at figures, else by the tree, else the nearest before
    /// it that is nobody's name.
    pub(super) fn modified_by(&self, word: usize, totals: bool) -> Option<usize> {
        let g = &self.grammar;
        let free = |i: &usize| {
            // "a plant with a capacity of 3 megawatts worth $5 million": the capacity has its figure.
            let told = self.low(*i + 1) == "of" && self.is_amount(*i + 2);
            let bare = self.headed_by(*i).is_none() && !self.is_amount(*i) && self.low(*i) != "respectively";
            self.is_nominal(*i) && !self.is_dated(*i) && bare && !told
        };
        let kinds = [NounKind::Flow, NounKind::Pair, NounKind::Level, NounKind::Deal];
        let sum = || (word.saturating_sub(20)..word).rev().find(|i| free(i) && self.is_of_kind(*i, &kinds));
        let above = g.head(word).filter(|h| *h < word && free(h));
        let near = || (0..word).rev().take(14).find(free);
        let counted = self.amounts.iter().rev().find(|a| a.last < word).and_then(|a| a.unit_head).filter(|h| *h < word);
        if totals {
            return sum().or(above).or_else(near);
        }
        // "memoranda between Peruvian and Chilean companies worth": trees hang "worth" anywhere.
        let bound = |i: &usize| (i + 1..word).all(|k| g.upos(k) != Upos::Verb && !matches!(g.form(k), "," | ";" | ":"));
        let deal = || sum().filter(|i| above.is_none_or(|a| a < *i) && bound(i));
        deal().or(above).or(counted).or_else(near)
    }

    /// The figure completes a verb: "trade reached $22 million", "grew by 8.6%", "will invest $5 billion in Peru".
    pub(super) fn read_verb(&self, spot: Spot, amount: &Amount, told: &[Told]) -> Option<Reading> {
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
        if let Some(told) = here.filter(|t| t.reading.changes && word == "to" && self.is_outcome(t.last, spot.first)) {
            return Some(Reading { verb: told.reading.verb, ..told.reading.again() });
        }
        let object = (verb + 1..spot.first)
            .find(|i| self.is_nominal(*i) && !self.is_dated(*i) && !self.is_amount(*i) && !self.measures_nothing(*i))
            .and_then(|i| self.phrase_at(self.phrase_start(i)))
            .map(|(_, h)| h)
            .filter(|h| {
                *h < spot.first && !matches!(self.low(verb + 1).as_str(), "in" | "at" | "on" | "to" | "by" | "from")
            });
        let rises = |h: usize| self.is_of_kind(h, &[NounKind::Up, NounKind::Down]);
        if let Some(told) = here.filter(|t| t.reading.changes && word == "to" && object.is_some_and(rises)) {
            // "saw a growth of 20% to $4.7 billion": where what grew stands now.
            return Some(Reading { verb: Some(verb), ..told.reading.again() });
        }
        let measured = object.or_else(|| self.noun_subject_of(verb));
        let it = if object.is_none() { self.read_it(verb, told) } else { None };
        let mut reading = match (it, measured) {
            (Some(it), _) => it,
            (None, Some(m)) if self.is_nominal(m) && self.named_alone(m).is_none() => {
                let phrase = self.describe(m);
                let own = !noun.is_empty() && self.kind_of(m).is_none() && role == VerbRole::Level;
                let phrase = if own { format!("{noun} of {phrase}") } else { phrase };
                Reading { noun: Some(m), verb: Some(verb), ..Reading::of(phrase) }
            }
            // "Lumex lost 5%": the party itself is measured.
            (None, Some(m)) if self.named_alone(m).is_some() && known.is_some_and(|v| self.measures_a_name(v)) => {
                let name = if noun.is_empty() { g.lemma(verb) } else { noun };
                Reading { subject: self.named_alone(m), verb: Some(verb), ..Reading::of(name.to_owned()) }
            }
            _ => {
                let told = here.filter(|_| known.is_some())?;
                Reading { verb: Some(verb), ..told.reading.again() }
            }
        };
        // "fell by 3% at $5 million": where it stands now.
        let step = word == "by"
            || word == "at" && amount.kind != AmountKind::Money
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

    /// "a growth of 20% in profit for the year ended June to $5 million", "…, climbing to": no other verb lies between.
    fn is_outcome(&self, from: usize, to: usize) -> bool {
        let rises = |i: usize| self.is_measure_verb(i).is_some_and(|v| v.role == VerbRole::Change);
        let passes = |i: usize| self.grammar.lemma(i) == "end" || self.low(i).ends_with("ing") && rises(i);
        let ended = (from + 1..to).any(passes);
        ended && (from + 1..to).all(|i| self.grammar.upos(i) != Upos::Verb || passes(i))
    }

    /// "Lumex lost 5%", "the plant cost $3 million": not "Norland reached 5%", which leaves open what of Norland.
    fn measures_a_name(&self, verb: MeasureVerb) -> bool {
        verb.role != VerbRole::Level || !verb.noun.is_empty()
    }

    /// "$75 million was invested in Norland", "40,000 tonnes of coal were exported to Norland": the figure is what is dealt in.
    pub(super) fn read_passive(&self, spot: Spot, amount: &Amount) -> Option<Reading> {
        let stuff = (self.low(spot.last + 1) == "of").then(|| self.phrase_at(spot.last + 2)).flatten();
        if stuff.is_some() && amount.kind != AmountKind::Quantity {
            return None;
        }
        let end = stuff.map_or(spot.last, |(_, head)| head);
        let auxiliary = |i: &usize| self.is_copula(*i) || matches!(self.low(*i).as_str(), "has" | "have" | "had");
        let verb = (end + 1..end + 5).find(|i| !auxiliary(i) && self.grammar.upos(*i) != Upos::Adv)?;
        let passive = self.is_copula(verb.checked_sub(1)?) || self.grammar.is_passive(verb);
        // "a presence in Norland with $5 million invested"
        let absolute = self.low(spot.first.min(amount.lead).wrapping_sub(1)) == "with"
            && matches!(self.grammar.xpos(verb), Xpos::Vbn | Xpos::Vbd);
        let known = self
            .is_measure_verb(verb)
            .filter(|v| (verb > end + 1 && passive || absolute) && v.role == VerbRole::Act)?;
        let indicator = match stuff {
            Some((_, head)) => format!("{} of {}", known.noun, self.describe(head)),
            None => known.noun.to_owned(),
        };
        let owner = stuff.and_then(|(_, head)| self.owner_of(head).or_else(|| self.owner_before(head)));
        let (from, to) = self.scan_sides(verb + 1, self.clause_end(verb + 1), true, owner);
        Some(Reading { verb: Some(verb), subject: owner.or(from), partner: to, acts: true, ..Reading::of(indicator) })
    }

    /// The subject deals in that much: "exported goods for $5 million", "was acquired by X for $2 billion".
    pub(super) fn read_act(&self, spot: Spot, amount: &Amount, verb: usize, noun: &str, word: &str) -> Reading {
        let thing = (verb + 1..spot.first)
            .take_while(|i| !matches!(self.low(*i).as_str(), "," | "by" | "from" | "to"))
            .find(|i| self.is_nominal(*i) && !self.is_dated(*i))
            .and_then(|i| self.phrase_at(i))
            .map(|(_, h)| h)
            .filter(|h| self.named_alone(*h).is_none() && *h < spot.first);
        let counted = self.amounts.iter().find(|a| a.is_count() && a.first > verb && a.last < spot.first);
        let thing = thing.or_else(|| counted.and_then(|a| a.unit_head));
        // "trade with Norland generated $5 million": what the subject measures itself.
        let kinds = [NounKind::Pair, NounKind::Flow, NounKind::Level];
        let own = (noun == "revenue").then(|| self.noun_subject_of(verb)).flatten();
        if let Some(own) = own.filter(|s| self.is_of_kind(*s, &kinds) && self.named_alone(*s).is_none()) {
            return Reading { noun: Some(own), verb: Some(verb), acts: true, ..Reading::of(self.describe(own)) };
        }
        let priced = word == "for" && amount.kind == AmountKind::Money;
        // "generates 200 megawatts" earns nothing.
        let earns = noun == "revenue" && amount.kind == AmountKind::Quantity;
        let noun = Figures::embedded().dimension(&amount.unit).filter(|_| earns).unwrap_or(noun);
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

    /// "demand will triple"; "double exports to $90 million" is told by the sum.
    pub(super) fn read_fold_verb(&self, spot: Spot, amount: &Amount) -> Option<Reading> {
        let more = self.amounts.iter().any(|a| a.first > spot.last && a.kind != AmountKind::Duration && !a.is_count());
        let verb = spot.last;
        let object = self.phrase_at(verb + 1).map(|(_, h)| h).filter(|h| !self.is_dated(*h));
        let noun = object.or_else(|| self.noun_subject_of(verb)).filter(|n| self.is_nominal(*n) && !more)?;
        let mut reading = Reading { noun: Some(noun), verb: Some(verb), ..Reading::of(self.describe(noun)) };
        reading.change(false, amount.kind);
        Some(reading)
    }
}
