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
    fn own_status(&self, word: usize) -> Status {
        let modality = Modality::embedded();
        let mut status = Status::Asserted;
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
            status = stronger(status, found.unwrap_or_default());
            // "is to visit": a form of be before an infinitive.
            if part == Part::Auxiliary && lemma == "be" && self.grammar.xpos(word) == Xpos::Vb {
                status = stronger(status, Status::Planned);
            }
        }
        let progressive_go = self.grammar.lemma(word) == "go" && self.grammar.xpos(word) == Xpos::Vbg;
        if progressive_go { stronger(status, Status::Planned) } else { status }
    }

    fn colour_from_above(&self, at: usize, relation: Deprel, head: usize) -> Climb {
        let modality = Modality::embedded();
        let lemma = self.grammar.lemma(head).to_lowercase();
        let governor = modality.status(&lemma, Part::Governor);
        let infinitive = self.grammar.xpos(at) == Xpos::Vb;
        match relation {
            Deprel::Xcomp | Deprel::Acl | Deprel::Csubj | Deprel::CsubjPass if infinitive || governor.is_some() => {
                let above = self.own_status(head);
                let default = if infinitive && relation == Deprel::Acl { Status::Planned } else { Status::Asserted };
                Climb::On(stronger(governor.unwrap_or(default), above))
            }
            Deprel::Ccomp => {
                if modality.speech(&lemma) == Some(Speech::Deny) {
                    return Climb::Settled(Status::Denied);
                }
                if modality.speech(&lemma) == Some(Speech::Promise) {
                    return Climb::Settled(Status::Planned);
                }
                match governor {
                    Some(found) if modality.speech(&lemma).is_none() => {
                        Climb::On(stronger(found, self.own_status(head)))
                    }
                    _ => Climb::Stop,
                }
            }
            Deprel::Advcl => {
                let marker = self.grammar.dependents(at, Deprel::Mark).map(|m| self.grammar.lemma(m)).next();
                match marker {
                    Some("if" | "unless" | "should") => Climb::Settled(Status::Possible),
                    Some("to") if infinitive => {
                        Climb::Settled(stronger(governor.unwrap_or(Status::Planned), self.own_status(head)))
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
    fn colour_of_noun(&self, at: usize, relation: Deprel, head: usize, governor: Option<Status>) -> Climb {
        if self.grammar.upos(head) != Upos::Verb {
            let prepositional = relation == Deprel::Nmod
                && matches!(
                    self.grammar.preposition(at).as_deref(),
                    Some("for" | "of" | "on" | "towards" | "toward" | "about" | "over")
                );
            return match governor {
                Some(found) if prepositional && found != Status::Asserted => {
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
        let path: Vec<usize> = self.grammar.path_up(trigger).collect();
        for pair in path.windows(2) {
            let [below, above] = pair else { continue };
            let reported = matches!(self.grammar.deprel(*below), Deprel::Ccomp | Deprel::Parataxis);
            if reported && Modality::embedded().speech(self.grammar.lemma(*above)).is_some() {
                return self.grammar.subject(*above).and_then(|s| self.entities_at(s).first().copied());
            }
        }
        // "…, the minister said": the verb of speech hangs below the root of what is said.
        path.last().and_then(|root| {
            let inserted = self.grammar.children(*root).iter().copied().find(|c| {
                self.grammar.deprel(*c) == Deprel::Parataxis
                    && Modality::embedded().speech(self.grammar.lemma(*c)).is_some()
            })?;
            self.grammar.own_subject(inserted).and_then(|s| self.entities_at(s).first().copied())
        })
    }
}

enum Climb {
    Stop,
    On(Status),
    Settled(Status),
}

/// Denied beats possible beats planned beats asserted.
fn stronger(a: Status, b: Status) -> Status {
    a.max(b)
}
