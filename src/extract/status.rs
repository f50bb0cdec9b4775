//! How sure the text is, and who says so: negation, modals, plans, speech, by the tree.
//!
//! Law: what is said is not what is so.

use super::fact::Status;
use super::scope::Scope;
use crate::language::{Deprel, Upos, Xpos};
use crate::ontology::modality::{Modality, Part, Speech};

const MAX_CLIMB: usize = 8;

impl Scope<'_> {
    /// The status of what `trigger` states.
    pub(super) fn status_of(&self, trigger: usize) -> Status {
        self.hue_of(trigger).status
    }

    /// The status of what `trigger` states, and the word that gives it.
    pub(super) fn hue_of(&self, trigger: usize) -> Hue {
        let mut status = self.own_status(trigger);
        let mut at = trigger;
        for _ in 0..MAX_CLIMB {
            let Some(head) = self.grammar.head(at) else { break };
            let relation = self.grammar.deprel(at);
            match self.colour_from_above(at, relation, head) {
                Climb::Stop => break,
                Climb::On(found) => status = stronger(status, found),
                Climb::Settled(found) => {
                    status = stronger(status, found);
                    break;
                }
            }
            at = head;
        }
        status
    }

    /// What stands on the word itself: auxiliaries, negation, modifiers.
    fn own_status(&self, word: usize) -> Hue {
        let modality = Modality::embedded();
        let mut status = Hue::default();
        for child in self.grammar.children(word).iter().copied() {
            let lemma = self.grammar.lemma(child).to_lowercase();
            let form = self.grammar.form(child).to_lowercase();
            let part = match self.grammar.deprel(child) {
                Deprel::Aux => Part::Auxiliary,
                Deprel::Amod | Deprel::Compound => Part::Modifier,
                Deprel::Advmod | Deprel::Det | Deprel::CcPreconj => Part::Negation,
                _ => continue,
            };
            let found = modality.status(&form, part).or_else(|| modality.status(&lemma, part));
            status = stronger(status, Hue::by(child, found.unwrap_or_default()));
            // "is to visit": a form of be before an infinitive.
            if part == Part::Auxiliary && lemma == "be" && self.grammar.xpos(word) == Xpos::Vb {
                status = stronger(status, Hue::by(child, Status::Planned));
            }
        }
        let progressive_go = self.grammar.lemma(word) == "go" && self.grammar.xpos(word) == Xpos::Vbg;
        if progressive_go { stronger(status, Hue::by(word, Status::Planned)) } else { status }
    }

    fn colour_from_above(&self, at: usize, relation: Deprel, head: usize) -> Climb {
        let modality = Modality::embedded();
        let lemma = self.grammar.lemma(head).to_lowercase();
        let governor = modality.status(&lemma, Part::Governor).map(|found| Hue::by(head, found));
        let infinitive = self.grammar.xpos(at) == Xpos::Vb;
        match relation {
            Deprel::Xcomp | Deprel::Acl | Deprel::Csubj | Deprel::CsubjPass if infinitive || governor.is_some() => {
                let above = self.own_status(head);
                let default = if infinitive && relation == Deprel::Acl { Status::Planned } else { Status::Asserted };
                Climb::On(stronger(governor.unwrap_or(Hue::by(at, default)), above))
            }
            Deprel::Ccomp => {
                if modality.speech(&lemma) == Some(Speech::Deny) {
                    return Climb::Settled(Hue::by(head, Status::Denied));
                }
                if modality.speech(&lemma) == Some(Speech::Promise) {
                    return Climb::Settled(Hue::by(head, Status::Planned));
                }
                match governor {
                    Some(found) if modality.speech(&lemma).is_none() => {
                        Climb::On(stronger(found, self.own_status(head)))
                    }
                    _ => Climb::Stop,
                }
            }
            Deprel::Advcl => {
                let marker = self.grammar.dependents(at, Deprel::Mark).next();
                match marker.map(|m| (m, self.grammar.lemma(m))) {
                    Some((m, "if" | "unless" | "should")) => Climb::Settled(Hue::by(m, Status::Possible)),
                    Some((m, "to")) if infinitive => {
                        Climb::Settled(stronger(governor.unwrap_or(Hue::by(m, Status::Planned)), self.own_status(head)))
                    }
                    _ => Climb::Stop,
                }
            }
            Deprel::Conj => self.colour_of_conjunct(at, head),
            Deprel::Obj | Deprel::Obl | Deprel::NsubjPass | Deprel::Nmod | Deprel::Nsubj
                if self.grammar.upos(at) != Upos::Verb =>
            {
                self.colour_of_noun(at, relation, head, governor)
            }
            _ => Climb::Stop,
        }
    }

    /// A conjunct without its own auxiliary shares the first one's.
    fn colour_of_conjunct(&self, at: usize, head: usize) -> Climb {
        let own = self
            .grammar
            .children(at)
            .iter()
            .any(|c| matches!(self.grammar.deprel(*c), Deprel::Aux | Deprel::Nsubj | Deprel::NsubjPass));
        let shares =
            matches!(self.grammar.xpos(at), Xpos::Vb | Xpos::Vbn | Xpos::Vbg) || self.grammar.upos(at) != Upos::Verb;
        if own || !shares { Climb::Stop } else { Climb::On(self.own_status(head)) }
    }

    /// "plans a visit", "ruled out a visit", "the visit will take place", "talks on a treaty".
    fn colour_of_noun(&self, at: usize, relation: Deprel, head: usize, governor: Option<Hue>) -> Climb {
        if self.grammar.upos(head) != Upos::Verb {
            let prepositional = relation == Deprel::Nmod
                && matches!(
                    self.grammar.preposition(at).as_deref(),
                    Some("for" | "of" | "on" | "towards" | "toward" | "about" | "over")
                );
            return match governor {
                Some(found) if prepositional && found.status != Status::Asserted => {
                    Climb::On(stronger(found, self.own_status(head)))
                }
                _ => Climb::Stop,
            };
        }
        let above = self.own_status(head);
        let object = matches!(relation, Deprel::Obj | Deprel::NsubjPass)
            || (relation == Deprel::Obl
                && matches!(
                    self.grammar.preposition(at).as_deref(),
                    Some("for" | "on" | "about" | "from" | "against")
                ));
        match governor {
            Some(found) if object => Climb::On(stronger(found, above)),
            _ if matches!(relation, Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj) => Climb::On(above),
            _ => Climb::Stop,
        }
    }

    /// Who says what `trigger` states, if the clause that holds it is the content of a verb of speech.
    pub(super) fn speaker_of(&self, trigger: usize) -> Option<usize> {
        self.voice_of(trigger).map(|(_, who)| who)
    }

    /// The verb of speech whose content holds `trigger`, and who says it.
    pub(super) fn voice_of(&self, trigger: usize) -> Option<(usize, usize)> {
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
}

/// A status, and the word of the sentence that gives it; `None` where nothing colours what is stated.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hue {
    pub(super) status: Status,
    pub(super) by: Option<usize>,
}

impl Hue {
    pub(super) fn by(word: usize, status: Status) -> Self {
        Self { status, by: (status != Status::Asserted).then_some(word) }
    }
}

enum Climb {
    Stop,
    On(Hue),
    Settled(Hue),
}

/// Denied beats possible beats planned beats asserted; of equals the first.
pub(super) fn stronger(a: Hue, b: Hue) -> Hue {
    if b.status > a.status { b } else { a }
}
