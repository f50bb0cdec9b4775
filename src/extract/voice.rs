//! Who says what a clause states: by the tree where it is clear, else by the words around it.
//!
//! Law: the nearest speaker is the one; a clause before "…, she said" is hers, whatever the tree makes of it.

use super::scope::Scope;
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::modality::{Modality, Speech};

impl Scope<'_> {
    /// Who says what `trigger` states, if the clause that holds it is the content of a verb of speech.
    pub(super) fn speaker_of(&self, trigger: usize) -> Option<usize> {
        self.voice_of(trigger).map(|(_, who)| who)
    }

    /// The verb of speech whose content holds `trigger`, and who says it.
    pub(super) fn voice_of(&self, trigger: usize) -> Option<(usize, usize)> {
        self.voice_above(trigger).or_else(|| self.voice_behind(trigger)).or_else(|| self.voice_cited(trigger))
    }

    fn is_speech_verb(&self, v: usize) -> bool {
        self.grammar.upos(v) == Upos::Verb && Modality::embedded().speech(self.grammar.lemma(v)).is_some()
    }

    fn voice_above(&self, trigger: usize) -> Option<(usize, usize)> {
        let path: Vec<usize> = self.grammar.path_up(trigger).collect();
        for pair in path.windows(2) {
            let [below, above] = pair else { continue };
            let reported = matches!(self.grammar.deprel(*below), Deprel::Ccomp | Deprel::Parataxis);
            if reported && Modality::embedded().speech(self.grammar.lemma(*above)).is_some() {
                let speaker = self.grammar.subject(*above).and_then(|s| self.entities_at(s).first().copied());
                return speaker.map(|who| (*above, who));
            }
        }
        // "…, the minister said": the verb of speech hangs below the root of what is said.
        path.last().and_then(|root| {
            let inserted = self.grammar.children(*root).iter().copied().find(|c| {
                self.grammar.deprel(*c) == Deprel::Parataxis
                    && Modality::embedded().speech(self.grammar.lemma(*c)).is_some()
            })?;
            let speaker = self.grammar.own_subject(inserted).and_then(|s| self.entities_at(s).first().copied());
            speaker.map(|who| (inserted, who))
        })
    }

    /// "…, Minister X announced" and "…, said X" after the clause of `trigger`.
    fn voice_behind(&self, trigger: usize) -> Option<(usize, usize)> {
        let g = &self.grammar;
        let reports = |v: &usize| {
            self.is_speech_verb(*v)
                && Modality::embedded().speech(g.lemma(*v)).is_some_and(|s| s.reports() || s == Speech::Estimate)
        };
        (trigger + 1..g.tokens.len()).filter(reports).find_map(|v| {
            let subject = g.own_subject(v).filter(|s| *s > trigger);
            let comma = (trigger + 1..v).rev().find(|i| g.form(*i) == ",")?;
            // Between the comma and the verb stands the speaker and nothing that makes a clause of its own.
            let plain = (comma + 1..v).all(|i| {
                !matches!(g.upos(i), Upos::Verb | Upos::Sconj | Upos::Cconj)
                    && !matches!(g.lemma(i), "who" | "which" | "that")
            });
            let inverted = comma + 1 == v;
            let who = subject
                .filter(|s| inverted || *s > comma)
                .or_else(|| if inverted { self.right_of(v, "") } else { self.left_of(v).filter(|s| *s > comma) })?;
            let who = self.entities_at(who).into_iter().find(|w| self.may_say(*w))?;
            plain.then_some((v, who))
        })
    }

    /// "according to X", wherever in the clause.
    fn voice_cited(&self, trigger: usize) -> Option<(usize, usize)> {
        let g = &self.grammar;
        let to = (1..g.tokens.len()).find(|i| g.form(*i) == "to" && g.form(i - 1).eq_ignore_ascii_case("according"))?;
        let clause = |i: usize| {
            g.path_up(i).find(|v| g.upos(*v) == Upos::Verb && !matches!(g.deprel(*v), Deprel::Case | Deprel::Xcomp))
        };
        // "according to Peruvian Ambassador X": the adjective only describes.
        let describes = |i: usize| {
            self.owner(i).and_then(|m| self.mention(m)).is_some_and(|m| {
                self.title_at(m.last + 1).is_some_and(|(_, title)| title.first == m.last + 1 && title.holder.is_some())
            })
        };
        let source = (to + 1..(to + 8).min(g.tokens.len())).filter(|i| !describes(*i)).find_map(|i| {
            let who = self.entities_at(i).into_iter().find(|w| self.may_say(*w))?;
            Some((i, who))
        });
        let (i, who) = source?;
        // At either end of the sentence it covers all of it.
        let frames = to <= 2 || (i..g.tokens.len()).all(|j| g.upos(j) != Upos::Verb);
        (frames || clause(i) == clause(trigger)).then_some((to, who))
    }

    fn may_say(&self, who: usize) -> bool {
        self.kind(who).is_some_and(|k| {
            !matches!(k, EntityType::Place | EntityType::Product | EntityType::Project | EntityType::Event)
        })
    }
}
