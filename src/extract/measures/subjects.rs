//! Whose verb it is: the noun that stands at a figure, changes by it or deals in it, before its verb.
//!
//! Law: a noun that stands at figures and touches its verb goes before a name that the tree makes the subject.

use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::{Deprel, Upos};
use crate::ontology::figures::{Figures, NounKind};

/// Nouns that stand at figures.
const MEASURED: &[NounKind] = &[NounKind::Flow, NounKind::Pair, NounKind::Level];

impl Scope<'_> {
    /// The noun that a verb's subject is, by the tree, else the first noun phrase of the clause before it; a participle
    /// after a comma has the subject of the verb before.
    pub(super) fn noun_subject_of(&self, verb: usize) -> Option<usize> {
        let mut verb = verb;
        for _ in 0..3 {
            if let Some(noun) = self.own_subject_before(verb) {
                return Some(noun);
            }
            verb = (0..verb).rev().find(|i| self.is_verb(*i) && self.grammar.form(*i) != "according")?;
        }
        None
    }

    fn own_subject_before(&self, verb: usize) -> Option<usize> {
        let g = &self.grammar;
        if let Some(noun) = self.relative_noun(verb).or_else(|| self.noun_beside(verb)) {
            return Some(noun);
        }
        let said = if g.upos(verb) == Upos::Verb { g.subject(verb) } else { g.own_subject(verb) };
        let said = said.filter(|s| !self.is_span_of_time(*s) || g.deprel(verb) != Deprel::Acl);
        if let Some(noun) = said.and_then(|s| self.over_sides(s, verb)) {
            return Some(noun);
        }
        if let Some(noun) = said.filter(|s| !self.is_amount(*s) && !self.is_dated(*s) && *s < verb) {
            return Some(noun);
        }
        let mut start = verb;
        while start > 0 {
            let before = start - 1;
            let stops = matches!(g.form(before), ";" | ":" | "—" | "\"" | "“" | ",")
                || matches!(self.low(before).as_str(), "that" | "which" | "who" | "while" | "as" | "because")
                || (self.is_verb(before) && !matches!(g.deprel(before), Deprel::Amod | Deprel::Acl));
            if stops {
                break;
            }
            start = before;
        }
        (start..verb).filter(|i| !self.is_dated(*i) && !self.is_amount(*i)).find(|i| {
            let led =
                (start..*i).rev().find(|b| !matches!(g.upos(*b), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det));
            self.is_nominal(*i)
                && !(self.is_nominal(i + 1) && i + 1 < verb)
                && !matches!(self.low(i + 1).as_str(), "'s" | "’s")
                && led.is_none_or(|l| g.upos(l) != Upos::Adp)
        })
    }

    /// "increased many folds from $5 million", "grew in recent years": words that say how much or when, not what.
    pub(super) fn measures_nothing(&self, noun: usize) -> bool {
        self.is_span_of_time(noun) || matches!(self.grammar.lemma(noun), "fold" | "manifold" | "time" | "times" | "way")
    }

    /// "inflows in the first two quarters amounted": no quarter amounts to anything.
    pub(super) fn is_span_of_time(&self, noun: usize) -> bool {
        matches!(self.grammar.lemma(noun), "quarter" | "year" | "month" | "half" | "period" | "week" | "decade")
    }

    /// "trade between the two countries amounted": what lies between the two, where the tree takes those for the subject.
    fn over_sides(&self, side: usize, verb: usize) -> Option<usize> {
        self.headed_by(side)?;
        let first = self.owner(side).and_then(|m| self.mention(m)).map_or(side, |m| m.first);
        let led =
            (first.saturating_sub(6)..first).rev().find(|i| matches!(self.low(*i).as_str(), "between" | "with"))?;
        let noun = led.checked_sub(1).filter(|i| self.is_nominal(*i) && self.is_of_kind(*i, MEASURED))?;
        let joined = |i: usize| !self.is_verb(i) || (i + 1..verb).any(|k| self.low(k) == "and");
        (verb - led < 25 && (led..verb).all(joined)).then_some(noun)
    }

    /// "is expected to reach": the participle that an infinitive hangs by.
    fn expecting(&self, verb: usize) -> Option<usize> {
        let outer = self.word_before(verb).filter(|_| self.low(verb.wrapping_sub(1)) == "to")?;
        let auxiliary = outer.checked_sub(1).is_some_and(|i| matches!(self.grammar.upos(i), Upos::Aux | Upos::Adv));
        (self.grammar.upos(outer) == Upos::Verb && auxiliary).then_some(outer)
    }

    /// The word before a verb, past its auxiliaries and adverbs.
    fn word_before(&self, verb: usize) -> Option<usize> {
        (0..verb).rev().find(|i| {
            let light = matches!(self.grammar.upos(*i), Upos::Aux | Upos::Adv | Upos::Part) || self.low(*i) == "to";
            !light || self.is_disguised_plural(*i)
        })
    }

    /// "trade between A and B, which reached": what stands at figures, not the name that the clause touches.
    fn relative_noun(&self, verb: usize) -> Option<usize> {
        let which = self.word_before(verb).filter(|i| self.low(*i) == "which")?;
        let led = which.checked_sub(1).is_some_and(|i| self.grammar.upos(i) == Upos::Adp);
        self.measured_left(which).filter(|_| !led)
    }

    /// "for trade to reach", "of which Norland's imports amounted to": the noun that touches the verb.
    fn noun_beside(&self, verb: usize) -> Option<usize> {
        let outer = self.expecting(verb).unwrap_or(verb);
        let noun = self.word_before(outer).filter(|i| self.is_of_kind(*i, MEASURED) || self.is_disguised_plural(*i))?;
        if !self.is_nominal(noun) {
            return None;
        }
        let tree = self.grammar.subject(verb).filter(|s| *s < verb);
        let misled = tree.is_none_or(|s| s != noun && (self.named_alone(s).is_some() || self.low(s) == "which"));
        let before = self.phrase_start(noun).checked_sub(1);
        let led = before.is_some_and(|i| matches!(self.low(i).as_str(), "of" | "in" | "to" | "from" | "by" | "with"));
        (misled && !led).then_some(noun)
    }

    /// "of which Norland's imports amounted": a plural that the tagger took for a verb between a name and a verb.
    pub(super) fn is_disguised_plural(&self, i: usize) -> bool {
        let g = &self.grammar;
        let known = Figures::embedded().noun(&g.lemma(i).to_lowercase()).is_some_and(|n| MEASURED.contains(&n.kind));
        known
            && matches!(g.upos(i), Upos::Verb | Upos::Aux)
            && self.low(i).ends_with('s')
            && g.upos(i + 1) == Upos::Verb
            && i > 0
            && (self.owner(i - 1).is_some() || g.upos(i - 1) == Upos::Adj)
    }

    /// "it reached $1 billion", "for Norland it fell": what was measured last, of the party that the clause names.
    pub(super) fn read_it(&self, verb: usize, told: &[Told]) -> Option<Reading> {
        let verb_of = self.expecting(verb).unwrap_or(verb);
        let it = self.word_before(verb_of).filter(|i| matches!(self.low(*i).as_str(), "it" | "this"))?;
        let last = told.last().filter(|t| self.follows(t))?;
        let mut reading = Reading { verb: Some(verb), inherits_period: true, ..last.reading.again() };
        let party = (it.saturating_sub(4)..it).rev().find(|i| self.owner(*i).is_some());
        let led = party.is_some_and(|p| matches!(self.low(p.wrapping_sub(1)).as_str(), "for" | "in" | "with"));
        if let Some(who) = party.filter(|_| led).and_then(|p| self.party(p)) {
            let side = if reading.partner.is_some() { &mut reading.partner } else { &mut reading.subject };
            *side = Some(who);
            reading.noun = None;
        }
        Some(reading)
    }

    /// "This is an increase of 3 times": what the sentence before told, where this one begins by pointing at it.
    pub(super) fn pointed_at<'t>(&self, told: &'t [Told]) -> Option<&'t Told> {
        let points = matches!(self.low(0).as_str(), "this" | "that" | "it" | "which")
            && matches!(self.grammar.upos(1), Upos::Verb | Upos::Aux);
        told.last().filter(|t| points && self.follows(t))
    }

    /// "a similar increase of 15%": what the figure before told.
    pub(super) fn likened_to<'t>(&self, noun: usize, told: &'t [Told]) -> Option<&'t Told> {
        let like = (self.phrase_start(noun)..noun).any(|i| matches!(self.low(i).as_str(), "similar" | "further"));
        told.last().filter(|t| like && self.follows(t))
    }

    /// "exports at $3 billion", "Exports to Norland: $3 billion", "exports ($3 billion)": a noun as the label of a figure.
    pub(super) fn read_label(&self, spot: Spot, here: Option<&Told>) -> Option<Reading> {
        let before = spot.first.checked_sub(1)?;
        let noun = match self.grammar.form(before) {
            ":" | "(" => self.label_before(before)?,
            "at" => self.noun_under(before)?,
            _ => self.bare_label(before)?,
        };
        let mut reading = Reading { noun: Some(noun), ..Reading::of(self.describe(noun)) };
        // "trade was $5 billion (exports $3 billion)": between the same two, in the same order.
        let inside = |t: &&Told| (t.last + 1..noun).any(|i| self.grammar.form(i) == "(") && reading.is_kin(&t.reading);
        if let Some(told) = here.filter(inside).filter(|_| self.owner_before(noun).is_none()) {
            (reading.subject, reading.partner) = (told.reading.subject, told.reading.partner);
        }
        Some(reading)
    }

    /// "(exports $3 billion and imports $2 billion)": a noun that touches its figure in a list.
    fn bare_label(&self, noun: usize) -> Option<usize> {
        let g = &self.grammar;
        // In brackets a tagger takes "exports" for a verb.
        let opened = (0..noun).rev().take(12).find(|i| matches!(g.form(*i), "(" | ")")).map_or("", |i| g.form(i));
        let noun_like = g.upos(noun) == Upos::Noun || opened == "(" && self.low(noun).ends_with('s');
        let label = noun_like && self.is_of_kind(noun, &[NounKind::Flow, NounKind::Pair]);
        let before = self.phrase_start(noun).checked_sub(1).map_or("", |i| g.form(i));
        (label && matches!(before, "(" | "," | ";" | ":" | "and")).then_some(noun)
    }

    /// The noun that stands at figures right before `mark`; before a colon also the first of its line.
    fn label_before(&self, mark: usize) -> Option<usize> {
        let near = mark.checked_sub(1).filter(|i| self.is_nominal(*i) && self.is_of_kind(*i, MEASURED));
        let opens = || {
            let (_, head) = self.phrase_at(0).filter(|(first, head)| *first <= 2 && *head < mark)?;
            let plain = (head..mark).all(|i| !self.is_verb(i) && !self.is_amount(i));
            (self.grammar.form(mark) == ":" && mark < 14 && plain && self.is_of_kind(head, MEASURED)).then_some(head)
        };
        near.or_else(opens)
    }

    /// "exports are up 3%": the noun before the copula at the end of `from..at`.
    pub(super) fn noun_under_copula(&self, at: usize, from: usize) -> Option<usize> {
        let copula = at.checked_sub(1).filter(|i| self.is_copula(*i) && *i > from)?;
        let noun = copula.checked_sub(1).filter(|i| *i >= from && self.is_nominal(*i))?;
        self.is_of_kind(noun, MEASURED).then_some(noun)
    }

    /// "inflation has been on its way from 8% to 5%": the noun that stands at figures, where no verb says what it does.
    pub(super) fn read_path(&self, spot: Spot) -> Option<Reading> {
        let from = self.preposition_before(spot.first).is_some_and(|(_, word)| word == "from");
        let noun = self.measured_left(spot.first).filter(|_| from)?;
        let to = (spot.last + 1..(spot.last + 12).min(self.grammar.tokens.len()))
            .any(|i| self.low(i) == "to" && self.amounts.iter().any(|a| a.lead == i + 1 || a.first == i + 1));
        to.then(|| Reading { noun: Some(noun), earlier: true, ..Reading::of(self.describe(noun)) })
    }

    /// "exports at", "the balance in favour of Norland at": the noun under which "at" stands, where no verb lies between.
    fn noun_under(&self, at: usize) -> Option<usize> {
        let g = &self.grammar;
        let mut noun = self.measured_left(at).filter(|n| at - n <= 7)?;
        while let Some(of) = self.phrase_start(noun).checked_sub(1).filter(|i| self.low(*i) == "of") {
            noun = of.checked_sub(1).filter(|i| self.is_nominal(*i) && self.is_of_kind(*i, MEASURED))?;
        }
        let plain = (noun + 1..at).all(|i| {
            !self.is_verb(i) && !self.is_copula(i) && !self.is_amount(i) && !matches!(g.form(i), "," | ";" | ":")
        });
        let role = (0..noun).rev().take(6).find(|i| self.is_verb(*i) || self.is_copula(*i) || self.is_amount(*i));
        // "put exports at" tells who says so; "closed the year's trade at" is the verb's own.
        let free =
            role.is_none_or(|i| self.is_amount(i)) || self.low(self.phrase_start(noun).wrapping_sub(1)) == "with";
        (plain && (free || noun + 1 == at)).then_some(noun)
    }
}
