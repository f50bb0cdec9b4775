//! What a figure measures, by the wording around it: one function a wording, tried in order.
//!
//! Law: a wording that does not fit says `None`; the first that fits decides.

use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::Upos;
use crate::ontology::figures::{Figures, NounKind};
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
            .or_else(|| self.read_range(spot, amount, here))
            .or_else(|| self.read_label(spot, here))
            .or_else(|| self.read_worth_of(spot))
            .or_else(|| self.read_part(spot, amount, here))
            .or_else(|| self.read_passive(spot, amount))
            .or_else(|| self.read_content(spot, amount))
            .or_else(|| self.read_step(spot, amount, here))
            .or_else(|| self.read_of(spot, amount, told))
            .or_else(|| self.read_worth(spot, here))
            .or_else(|| self.read_copula(spot, told))
            .or_else(|| self.read_verb(spot, amount, told))
            .or_else(|| self.read_path(spot))
            .or_else(|| self.read_tree(spot))
    }

    /// "the line, 554 kilometers long".
    pub(super) fn read_length(&self, spot: Spot) -> Option<Reading> {
        let name = Figures::embedded().dimension(&self.low(spot.last + 1))?;
        let noun = (0..spot.first).rev().take(12).find(|i| self.grammar.upos(*i) == Upos::Noun && !self.is_amount(*i));
        let noun = self.noun_subject_of(spot.last + 1).filter(|s| self.is_nominal(*s)).or(noun)?;
        Some(Reading {
            noun: Some(noun),
            ..Reading::of(format!("{name} of {}", self.words(self.phrase_start(noun), noun)))
        })
    }

    pub(super) fn kind_of(&self, noun: usize) -> Option<NounKind> {
        Figures::embedded().noun(&self.grammar.lemma(noun).to_lowercase()).map(|n| n.kind)
    }

    pub(super) fn is_of_kind(&self, noun: usize, kinds: &[NounKind]) -> bool {
        self.kind_of(noun).is_some_and(|k| kinds.contains(&k))
    }

    pub(super) fn is_copula(&self, i: usize) -> bool {
        self.grammar.lemma(i) == "be"
    }

    /// "our trade volume is $250 million", "in Norland it was 2.9 percent".
    pub(super) fn read_copula(&self, spot: Spot, told: &[Told]) -> Option<Reading> {
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

    /// What the tree hangs the figure by, where no wording fits.
    pub(super) fn read_tree(&self, spot: Spot) -> Option<Reading> {
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
