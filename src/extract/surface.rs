//! Who stands right before or after a word: where the tree goes astray, the order of words still says who does what.
//!
//! Law: no clause is crossed; a word that is neither name nor known filler ends the search.

use super::scope::Scope;
use crate::language::{Deprel, Upos, Xpos};
use crate::ontology::EntityType;
use crate::ontology::modality::{Modality, Part};

/// How far a name may stand from its word.
const REACH: usize = 12;

impl Scope<'_> {
    /// The mention or holder of a post right before `word`: "X, the foreign minister, will visit".
    pub(super) fn left_of(&self, word: usize) -> Option<usize> {
        let g = &self.grammar;
        let mut comma = false;
        for i in (word.saturating_sub(REACH)..word).rev() {
            if self.stands_for_somebody(i) {
                let aside = comma && self.is_clause_aside(i);
                return (!aside).then_some(i);
            }
            match g.upos(i) {
                Upos::Aux | Upos::Adv | Upos::Part => {}
                // "X is due to visit", "X plans to visit".
                _ if Modality::embedded().status(&g.lemma(i).to_lowercase(), Part::Governor).is_some() => {}
                Upos::Punct if matches!(g.form(i), "," | ")" | "(" | "–" | "—") => comma = true,
                _ => return None,
            }
        }
        None
    }

    /// The mention right after `word`, or after `preposition` behind it.
    pub(super) fn right_of(&self, word: usize, preposition: &str) -> Option<usize> {
        let g = &self.grammar;
        let start = if preposition.is_empty() { word + 1 } else { self.preposition_after(word, preposition)? + 1 };
        for i in start..(start + REACH).min(g.tokens.len()) {
            if self.stands_for_somebody(i) {
                // "the northern Peruvian city of Arequipa": the adjective only describes.
                let describes = matches!(g.upos(i), Upos::Adj) && matches!(g.upos(i + 1), Upos::Noun | Upos::Adj);
                // "the Security Council's director X": the body only says whose director it is.
                let end = self.owner(i).and_then(|m| self.mention(m)).map_or(i, |m| m.last);
                let held = self.findings.titles.iter().find(|t| t.first == end + 2 && t.holder.is_some());
                if let Some(title) = held.filter(|_| matches!(g.form(end + 1), "'s" | "’s")) {
                    return Some(title.core);
                }
                if !describes {
                    return Some(self.owner(i).and_then(|m| self.mention(m)).map_or(i, |m| m.head));
                }
                continue;
            }
            let within = matches!(g.upos(i), Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Adv);
            if !within && g.lemma(i) != "of" {
                return None;
            }
        }
        None
    }

    /// "A, where they met B": A.
    pub(super) fn place_before_where(&self, word: usize) -> Option<usize> {
        let g = &self.grammar;
        let mark = g.dependents(word, Deprel::Advmod).find(|a| g.lemma(*a).eq_ignore_ascii_case("where"))?;
        let before = mark.checked_sub(1)?;
        let at = if g.form(before) == "," { before.checked_sub(1)? } else { before };
        self.owner(at).and_then(|m| self.mention(m)).map(|m| m.head)
    }

    /// "while visiting A, she met B": the subject of the main clause.
    pub(super) fn main_subject(&self, word: usize) -> Option<usize> {
        let g = &self.grammar;
        let marked = g.dependents(word, Deprel::Mark).any(|m| {
            matches!(g.lemma(m).to_lowercase().as_str(), "while" | "when" | "after" | "before" | "by" | "without")
        });
        let root = g.path_up(word).last()?;
        if marked && g.xpos(word) == Xpos::Vbg { g.subject(root) } else { None }
    }

    fn preposition_after(&self, word: usize, preposition: &str) -> Option<usize> {
        let g = &self.grammar;
        for i in word + 1..(word + 8).min(g.tokens.len()) {
            if g.lemma(i).eq_ignore_ascii_case(preposition) && matches!(g.upos(i), Upos::Adp | Upos::Part | Upos::Sconj)
            {
                return Some(i);
            }
            if matches!(g.upos(i), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Cconj) {
                return None;
            }
        }
        None
    }

    /// "President X and Prime Minister Y": Y, where the tree does not join them.
    pub(super) fn next_person(&self, token: usize) -> Option<usize> {
        let g = &self.grammar;
        let person = |i: usize| {
            let m = self.owner(i)?;
            let who = self.who(m).first().copied()?;
            (self.kind(who) == Some(EntityType::Person)).then_some(m)
        };
        let end = self.mention(person(token)?)?.last;
        let and = if g.form(end + 1) == "," { end + 2 } else { end + 1 };
        if g.form(and) != "and" {
            return None;
        }
        let next = (and + 1..and + 7).find(|i| person(*i).is_some())?;
        let titled = (and + 1..next).all(|i| self.title_at(i).is_some());
        let after = self.mention(person(next)?)?.last + 1;
        // "met X and Y said": Y begins a clause of his own.
        let clause = matches!(g.upos(after), Upos::Verb | Upos::Aux | Upos::Adv);
        (titled && next > and + 1 && !clause).then_some(next)
    }

    fn stands_for_somebody(&self, i: usize) -> bool {
        !self.entities_at(i).is_empty()
    }

    /// Whether a verb stands between `i` and the comma before it: "X, who met Y, visited Z".
    fn is_clause_aside(&self, i: usize) -> bool {
        let g = &self.grammar;
        (0..i).rev().take_while(|j| g.form(*j) != ",").any(|j| matches!(g.upos(j), Upos::Verb | Upos::Sconj))
    }
}
