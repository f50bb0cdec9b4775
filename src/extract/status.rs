//! How sure the text is: negation, modals, plans, speech, by the tree.
//!
//! Law: what is said is not what is so.

use super::fact::Status;
use super::scope::Scope;
use crate::language::{Deprel, Upos, Xpos};
use crate::ontology::modality::{Modality, Part, Speech};

const MAX_CLIMB: usize = 8;

/// Governors whose direct object is done, not planned: "agreed a deal".
const DOING: &[&str] = &[
    "agree",
    "undertake",
    "finalise",
    "finalize",
    "set",
    "target",
    "help",
    "manage",
    "decide",
    "call",
    "talk",
    "work",
];

/// Verbs that say with "on a visit" that it is made.
const JOURNEYS: &[&str] = &["visit", "go", "be", "come", "arrive", "leave", "depart", "travel", "embark", "fly", "set"];

impl Scope<'_> {
    /// The status of what `trigger` states.
    pub(super) fn status_of(&self, trigger: usize) -> Status {
        self.hue_of(trigger).status
    }

    /// The status of what `trigger` states, and the word that gives it.
    pub(super) fn hue_of(&self, trigger: usize) -> Hue {
        let own = self.own_status(trigger);
        // "the upcoming visit was discussed": what is said of it makes it no less planned.
        let named = own.by.is_some_and(|w| matches!(self.grammar.deprel(w), Deprel::Amod | Deprel::Compound));
        let join = |status: Hue, found: Hue| {
            let counts = !named || found.status == Status::Denied;
            if counts { stronger(status, found) } else { status }
        };
        let mut status = own;
        let mut at = trigger;
        for _ in 0..MAX_CLIMB {
            let Some(head) = self.grammar.head(at) else { break };
            let relation = self.grammar.deprel(at);
            match self.colour_from_above(at, relation, head) {
                Climb::Stop => break,
                Climb::On(found) => status = join(status, found),
                Climb::Instead(found) if status.status == Status::Possible => status = found,
                Climb::Instead(found) => status = join(status, found),
                Climb::Settled(found) => {
                    status = join(status, found);
                    break;
                }
            }
            at = head;
        }
        status
    }

    /// What a verb makes of the object that it evokes a fact with: "cancelled the visit", "is considering a treaty".
    pub(super) fn hue_on_object(&self, verb: usize, object: usize) -> Hue {
        let lemma = self.phrasal(verb);
        let done = DOING.contains(&lemma.as_str()) || self.shuts(verb);
        let found = Modality::embedded().status(&lemma, Part::Governor).filter(|_| !done);
        stronger(found.map(|s| Hue::by(verb, s)).unwrap_or_default(), self.negated_noun(object))
    }

    /// "closed the deal", which is not "close to a deal".
    fn shuts(&self, word: usize) -> bool {
        self.grammar.lemma(word) == "close" && self.grammar.upos(word) == Upos::Verb
    }

    /// Lemma with its particle: "call off".
    fn phrasal(&self, verb: usize) -> String {
        let g = &self.grammar;
        let lemma = g.lemma(verb).to_lowercase();
        let particle = g.form(verb + 1).to_lowercase();
        let beside = matches!(particle.as_str(), "off" | "out" | "back" | "down" | "forward");
        let both = format!("{lemma} {particle}");
        if beside && Modality::embedded().status(&both, Part::Governor).is_some() { both } else { lemma }
    }

    /// "no treaty", "neither A nor B".
    fn negated_noun(&self, noun: usize) -> Hue {
        let g = &self.grammar;
        let negates = |c: &&usize| {
            matches!(g.deprel(**c), Deprel::Det | Deprel::CcPreconj | Deprel::Advmod)
                && Modality::embedded().status(&g.lemma(**c).to_lowercase(), Part::Negation) == Some(Status::Denied)
        };
        g.children(noun).iter().find(negates).map(|c| Hue::by(*c, Status::Denied)).unwrap_or_default()
    }

    /// Negation that hangs elsewhere in the tree: "no longer", "yet to", "short of", and "ahead of" a noun.
    fn hue_of_words_before(&self, word: usize) -> Hue {
        let g = &self.grammar;
        let lower = |back: usize| word.checked_sub(back).map(|i| g.form(i).to_lowercase()).unwrap_or_default();
        let (one, two, three) = (lower(1), lower(2), lower(3));
        let denied = (one == "to" && two == "yet")
            || (one == "of" && two == "short")
            || one == "without"
            || (one == "longer" && two == "no")
            || (two == "longer" && three == "no");
        let ahead = g.upos(word) != Upos::Verb
            && (g.preposition(word).as_deref() == Some("ahead of")
                || (g.preposition(word).as_deref() == Some("of")
                    && g.children(word).iter().any(|c| g.lemma(*c).eq_ignore_ascii_case("ahead"))));
        let by = word.saturating_sub(1);
        match (denied && g.upos(word) == Upos::Verb, ahead) {
            (true, _) => Hue::by(by, Status::Denied),
            (_, true) => Hue::by(by, Status::Planned),
            _ => Hue::default(),
        }
    }

    /// What stands on the word itself: auxiliaries, negation, modifiers.
    fn own_status(&self, word: usize) -> Hue {
        let modality = Modality::embedded();
        let mut status = self.hue_of_words_before(word);
        if self.grammar.upos(word) == Upos::Verb
            && let Some(subject) = self.grammar.own_subject(word)
        {
            status = stronger(status, self.negated_noun(subject));
        }
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
            let found = if lemma == "would" && self.is_reported_future(word) { Some(Status::Planned) } else { found };
            status = stronger(status, Hue::by(child, found.unwrap_or_default()));
        }
        status = stronger(status, self.is_to(word));
        let progressive_go = self.grammar.lemma(word) == "go" && self.grammar.xpos(word) == Xpos::Vbg;
        if progressive_go { stronger(status, Hue::by(word, Status::Planned)) } else { status }
    }

    /// "is to visit", "was to have met", "is to be signed": a form of be before an infinitive.
    fn is_to(&self, word: usize) -> Hue {
        let g = &self.grammar;
        let Some(to) = g.dependents(word, Deprel::Mark).find(|m| g.form(*m).eq_ignore_ascii_case("to")) else {
            return Hue::default();
        };
        let is_be = |c: &usize| {
            *c < to && matches!(g.deprel(*c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) && g.lemma(*c) == "be"
        };
        g.children(word).iter().copied().find(is_be).map(|c| Hue::by(c, Status::Planned)).unwrap_or_default()
    }

    /// "said she would visit": the future seen from the past, unless a condition hangs on it.
    fn is_reported_future(&self, word: usize) -> bool {
        let g = &self.grammar;
        let conditional = |c: usize| g.dependents(c, Deprel::Mark).any(|m| matches!(g.lemma(m), "if" | "unless"));
        self.voice_of(word).is_some() && !g.dependents(word, Deprel::Advcl).any(conditional)
    }

    /// "the first leader to visit": an infinitive that tells what was done.
    fn is_first_to(&self, noun: usize) -> bool {
        let g = &self.grammar;
        let ranks = |c: &usize| {
            matches!(
                g.lemma(*c).to_lowercase().as_str(),
                "first" | "second" | "third" | "last" | "latest" | "only" | "fourth"
            )
        };
        std::iter::once(&noun).chain(g.children(noun)).any(ranks)
    }

    /// "had the opportunity to meet": what was had was done.
    fn is_had(&self, noun: usize) -> bool {
        let g = &self.grammar;
        let had =
            |verb: usize| g.form(verb).eq_ignore_ascii_case("had") && self.own_status(verb).status == Status::Asserted;
        Modality::embedded().status(&g.lemma(noun).to_lowercase(), Part::Had).is_some()
            && g.deprel(noun) == Deprel::Obj
            && self.negated_noun(noun).by.is_none()
            && g.head(noun).is_some_and(had)
    }

    fn colour_from_above(&self, at: usize, relation: Deprel, head: usize) -> Climb {
        let modality = Modality::embedded();
        let lemma = self.phrasal(head);
        // "the agreement is aimed at": what is aimed is there.
        let aimed = lemma == "aim" && relation == Deprel::NsubjPass;
        let idle = aimed || self.shuts(head);
        let governor = modality.status(&lemma, Part::Governor).filter(|_| !idle).map(|found| Hue::by(head, found));
        let infinitive = self.grammar.xpos(at) == Xpos::Vb;
        match relation {
            Deprel::Acl if infinitive && (self.is_first_to(head) || self.is_had(head)) => Climb::Stop,
            // "the talks held in May": the noun is what the participle is done to.
            Deprel::Acl if self.grammar.xpos(at) == Xpos::Vbn => Climb::Stop,
            Deprel::Obj if lemma == "accept" => {
                Climb::Instead(stronger(Hue::by(head, Status::Planned), self.own_status(head)))
            }
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
                    Some((m, "without")) => Climb::Settled(Hue::by(m, Status::Denied)),
                    Some((_, "to")) if infinitive && self.is_first_to(head) => Climb::Stop,
                    Some((m, "to")) if infinitive => {
                        Climb::Settled(stronger(governor.unwrap_or(Hue::by(m, Status::Planned)), self.own_status(head)))
                    }
                    // "interested in investing", "close to signing".
                    _ if self.grammar.upos(head) == Upos::Adj && governor.is_some() => {
                        Climb::On(stronger(governor.unwrap_or_default(), self.own_status(head)))
                    }
                    // "will work on raising", "insisted on concluding": what they are at is not done.
                    Some((m, "on" | "towards" | "toward")) if self.grammar.xpos(at) == Xpos::Vbg => {
                        let stance = modality.speech(&lemma).map(|_| Hue::by(m, Status::Possible));
                        match governor.filter(|found| found.status != Status::Asserted).or(stance) {
                            Some(found) => Climb::On(stronger(found, self.own_status(head))),
                            None => Climb::Stop,
                        }
                    }
                    // "will speak before heading to": what a plan holds besides.
                    Some((m, "before")) if self.hue_of(head).status == Status::Planned => {
                        Climb::Settled(Hue::by(m, Status::Planned))
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
        let to = self.grammar.dependents(at, Deprel::Mark).any(|m| self.grammar.lemma(m) == "to");
        let object = matches!(relation, Deprel::Obj | Deprel::NsubjPass)
            || (relation == Deprel::Obl && to)
            || (relation == Deprel::Obl
                && matches!(
                    self.grammar.preposition(at).as_deref(),
                    Some("for" | "on" | "about" | "from" | "against" | "to")
                ));
        match governor {
            Some(found) if object => Climb::On(stronger(found, above)),
            _ if matches!(relation, Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj) => Climb::On(above),
            // "will go on a visit"
            _ if relation == Deprel::Obl && object && JOURNEYS.contains(&self.grammar.lemma(head)) => Climb::On(above),
            // "will engage in talks"
            _ if relation == Deprel::Obl
                && matches!(self.grammar.lemma(head), "engage" | "participate" | "take")
                && self.grammar.preposition(at).as_deref() == Some("in") =>
            {
                Climb::On(above)
            }
            _ => Climb::Stop,
        }
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
    /// Takes the place of what was only possible: "accepted an invitation to visit".
    Instead(Hue),
    Settled(Hue),
}

/// Denied beats possible beats planned beats asserted; of equals the first.
pub(super) fn stronger(a: Hue, b: Hue) -> Hue {
    if b.status > a.status { b } else { a }
}
