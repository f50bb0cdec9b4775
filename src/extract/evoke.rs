//! Frames over trees: an evoking word, and who stands where around it.

use super::fact::{Evidence, Fact, Status, Value};
use super::scope::Scope;
use super::status::{Hue, stronger};
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::frames::{Evocation, Filler, Frame, Path, Role};
use indexmap::IndexMap;

/// A fact of one sentence before its evidence is cut out.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) kind: String,
    pub(super) roles: IndexMap<String, Value<usize>>,
    pub(super) status: Status,
    pub(super) speaker: Option<usize>,
    /// Sentence.
    pub(super) at: usize,
    /// The word that evoked it.
    pub(super) trigger: usize,
}

impl Draft {
    /// A relation of several subjects is several relations.
    fn split_subjects(self) -> Vec<Draft> {
        match self.roles.get("subject") {
            Some(Value::Many(subjects)) if self.kind == "Relation" => {
                let subjects = subjects.clone();
                let with = |who: usize| {
                    let mut one = self.clone();
                    one.roles.insert("subject".to_owned(), Value::One(who));
                    one
                };
                subjects.into_iter().map(with).collect()
            }
            _ => vec![self],
        }
    }

    pub(super) fn into_fact(self, evidence: Evidence) -> Fact<usize> {
        Fact {
            iri: String::new(),
            kind: self.kind,
            roles: self.roles,
            status: self.status,
            attributed_to: self.speaker,
            evidence: vec![evidence],
        }
    }
}

/// A wording found in a sentence: the evoking word, and its object where the two evoke together.
pub(super) struct Trigger {
    pub(super) word: usize,
    pub(super) object: Option<usize>,
}

impl Trigger {
    /// Where the fact stands: at the object where verb and object evoke together.
    fn place(&self) -> usize {
        self.object.unwrap_or(self.word)
    }
}

/// A wording of a frame whose evoking word the sentence has: what filled its roles, and whether a fact came of it.
pub(super) struct Attempt<'f> {
    pub(super) evocation: &'f Evocation,
    pub(super) trigger: Trigger,
    /// The roles that were filled, and by which path; fixed values and those found at the place itself have none.
    pub(super) filled: Vec<(&'f str, Value<usize>, Option<&'f Path>)>,
    /// What gives the fact its status.
    pub(super) hue: Hue,
    /// What is missing; `None` where it made a fact.
    pub(super) lack: Option<Lack<'f>>,
}

/// Why a wording made no fact.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lack<'f> {
    /// None of these words stands under this path.
    Word(&'f str, &'f [String]),
    /// This path leads nowhere.
    Path(&'f Path),
    /// This word modifies the place.
    Spoiled(usize),
    /// Another wording of the frame had the word already.
    Taken,
    /// Nothing fills this role.
    Role(&'f str),
}

impl Scope<'_> {
    /// All facts of `frame` that the sentence states.
    pub(super) fn evoke(&self, frame: &Frame) -> Vec<Draft> {
        let attempts = self.attempt(frame).into_iter().filter(|attempt| attempt.lack.is_none());
        attempts.map(|attempt| self.draft(frame, attempt)).flat_map(Draft::split_subjects).collect()
    }

    /// All wordings of `frame` whose evoking words the sentence has. The first that makes a fact of a word is the one that
    /// counts.
    pub(super) fn attempt<'f>(&self, frame: &'f Frame) -> Vec<Attempt<'f>> {
        let mut attempts: Vec<Attempt<'f>> = Vec::new();
        for evocation in &frame.evoked_by {
            for trigger in self.triggers(evocation) {
                let taken =
                    |a: &Attempt| a.lack.is_none() && [trigger.place(), trigger.word].contains(&a.trigger.place());
                let taken = attempts.iter().any(taken).then_some(Lack::Taken);
                let mut attempt = Attempt { evocation, trigger, filled: Vec::new(), hue: Hue::default(), lack: taken };
                attempt.lack = attempt.lack.or_else(|| self.unmet_condition(evocation, &attempt.trigger));
                if attempt.lack.is_none() {
                    attempt.lack = self.fill_roles(frame, &mut attempt);
                }
                if attempt.lack.is_none() {
                    attempt.hue = self.hue_of_attempt(&attempt);
                }
                attempts.push(attempt);
            }
        }
        attempts
    }

    fn triggers(&self, evocation: &Evocation) -> Vec<Trigger> {
        let g = &self.grammar;
        let mut found = Vec::new();
        for word in 0..g.tokens.len() {
            let lemma = g.lemma(word);
            let upos = g.upos(word);
            let is = |list: &[String]| list.iter().any(|l| l.eq_ignore_ascii_case(lemma));
            if upos == Upos::Verb && is(&evocation.verb) {
                if evocation.object.is_empty() {
                    found.push(Trigger { word, object: None });
                    continue;
                }
                let object = g
                    .patients(word)
                    .into_iter()
                    .flat_map(|o| g.conjuncts(o))
                    .find_map(|o| self.named_object(o, &evocation.object));
                found.extend(object.map(|o| Trigger { word, object: Some(o) }));
            }
            let nominal = matches!(upos, Upos::Noun | Upos::Propn) && is(&evocation.noun);
            let adjectival = matches!(upos, Upos::Adj | Upos::Verb) && is(&evocation.adjective);
            if nominal || adjectival {
                found.push(Trigger { word, object: None });
            }
        }
        found
    }

    /// "a series of agreements": the object or what it is a number of.
    fn named_object(&self, object: usize, lemmas: &[String]) -> Option<usize> {
        let is = |i: usize| lemmas.iter().any(|l| l.eq_ignore_ascii_case(self.grammar.lemma(i)));
        if is(object) {
            return Some(object);
        }
        self.grammar.under_preposition(object, "of").into_iter().find(|i| is(*i))
    }

    fn unmet_condition<'f>(&self, evocation: &'f Evocation, trigger: &Trigger) -> Option<Lack<'f>> {
        let g = &self.grammar;
        let unmet = evocation.when.iter().find(|(path, words)| {
            let Ok(path) = Path::try_from((*path).clone()) else { return true };
            let reached = self.walk(trigger.word, &path);
            !reached.iter().any(|i| words.iter().any(|w| w.eq_ignore_ascii_case(g.lemma(*i))))
        });
        if let Some((path, words)) = unmet {
            return Some(Lack::Word(path, words));
        }
        let spoils = |c: &&usize| evocation.unless.iter().any(|w| w.eq_ignore_ascii_case(g.lemma(**c)));
        if let Some(spoiler) = g.children(trigger.place()).iter().find(spoils) {
            return Some(Lack::Spoiled(*spoiler));
        }
        evocation.needs.iter().find(|path| self.walk_from(trigger, path).is_empty()).map(Lack::Path)
    }

    /// Fills the roles of an attempt; the first required one that stays empty is what it lacks.
    fn fill_roles<'f>(&self, frame: &'f Frame, attempt: &mut Attempt<'f>) -> Option<Lack<'f>> {
        for (name, role) in &frame.roles {
            let value = match attempt.evocation.set.get(name) {
                Some(fixed) => Some((Value::Text(fixed.clone()), None)),
                None => self.fill(name, role, attempt.evocation, &attempt.trigger),
            };
            match value {
                Some((value, path)) => attempt.filled.push((name, value, path)),
                None if role.required || role.min > 0 => return Some(Lack::Role(name)),
                None => {}
            }
        }
        None
    }

    fn hue_of_attempt(&self, attempt: &Attempt<'_>) -> Hue {
        let Trigger { word, object } = attempt.trigger;
        let hue = stronger(self.hue_of(word), object.map(|noun| self.modified(noun)).unwrap_or_default());
        let given = attempt.evocation.status.as_deref().and_then(|s| s.parse().ok()).unwrap_or_default();
        stronger(hue, Hue::by(word, given))
    }

    fn draft(&self, frame: &Frame, attempt: Attempt<'_>) -> Draft {
        Draft {
            kind: frame.frame.clone(),
            roles: attempt.filled.into_iter().map(|(name, value, _)| (name.to_owned(), value)).collect(),
            status: attempt.hue.status,
            speaker: self.speaker_of(attempt.trigger.word),
            at: self.at,
            trigger: attempt.trigger.place(),
        }
    }

    /// Status from the adjectives on the object alone ("signed a draft treaty").
    fn modified(&self, noun: usize) -> Hue {
        use crate::ontology::modality::{Modality, Part};
        self.grammar
            .children(noun)
            .iter()
            .filter(|c| self.grammar.deprel(**c) == Deprel::Amod)
            .filter_map(|c| {
                let status = Modality::embedded().status(&self.grammar.lemma(*c).to_lowercase(), Part::Modifier)?;
                Some(Hue::by(*c, status))
            })
            .fold(Hue::default(), stronger)
    }

    /// What fills a role, and the path that led there (of a role that takes many, the first that did).
    fn fill<'f>(
        &self,
        name: &str,
        role: &Role,
        evocation: &'f Evocation,
        trigger: &Trigger,
    ) -> Option<(Value<usize>, Option<&'f Path>)> {
        let kinds: Vec<EntityType> =
            role.types.iter().filter_map(|t| if let Filler::Entity(kind) = t { Some(*kind) } else { None }).collect();
        let paths = evocation.fill.get(name).map_or(&[][..], |p| p.0.as_slice());
        let mut reached = paths.iter().flat_map(|p| self.walk_from(trigger, p).into_iter().map(move |t| (p, t)));
        let place = trigger.place();
        match role.types.first()? {
            Filler::Date => {
                self.date_of(place).or_else(|| self.date_of(trigger.word)).map(|date| (Value::When(date), None))
            }
            Filler::Count => self.count_of(place).map(|count| (Value::Number(count), None)),
            Filler::Phrase => Some((Value::Text(self.phrase_of(place)), None)),
            Filler::Text => reached.next().map(|(path, i)| (Value::Text(self.text_under(i)), Some(path))),
            Filler::Entity(_) if role.many => {
                let (mut all, mut by): (Vec<usize>, _) = (Vec::new(), None);
                for (path, token) in reached {
                    let fitting = self.fitting(token, &kinds);
                    let new: Vec<usize> = fitting.into_iter().filter(|w| !all.contains(w)).collect();
                    by = by.or((!new.is_empty()).then_some(path));
                    all.extend(new);
                }
                (all.len() >= role.min.max(1)).then_some((Value::Many(all), by))
            }
            Filler::Entity(_) => reached.find_map(|(path, token)| {
                self.fitting(token, &kinds).first().map(|who| (Value::One(*who), Some(path)))
            }),
        }
    }
}
