//! Frames over trees: an evoking word, and who stands where around it.

use super::fact::{Evidence, Fact, Status, Value};
use super::scope::Scope;
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

impl Scope<'_> {
    /// All facts of `frame` that the sentence states.
    pub(super) fn evoke(&self, frame: &Frame) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for evocation in &frame.evoked_by {
            for trigger in self.triggers(evocation) {
                let place = trigger.object.unwrap_or(trigger.word);
                // The first wording that fits a word is the one that counts.
                if drafts.iter().any(|d| d.trigger == place || d.trigger == trigger.word) {
                    continue;
                }
                drafts.extend(self.draft(frame, evocation, &trigger).into_iter().flat_map(Draft::split_subjects));
            }
        }
        drafts
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
        found.retain(|t| self.meets_conditions(evocation, t));
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

    fn meets_conditions(&self, evocation: &Evocation, trigger: &Trigger) -> bool {
        let g = &self.grammar;
        let place = trigger.object.unwrap_or(trigger.word);
        let spoiled =
            g.children(place).iter().any(|c| evocation.unless.iter().any(|w| w.eq_ignore_ascii_case(g.lemma(*c))));
        let met = evocation.when.iter().all(|(path, words)| {
            let Ok(path) = Path::try_from(path.clone()) else { return false };
            let reached = self.walk(trigger.word, &path);
            reached.iter().any(|i| words.iter().any(|w| w.eq_ignore_ascii_case(g.lemma(*i))))
        });
        met && !spoiled && evocation.needs.iter().all(|path| !self.walk_from(trigger, path).is_empty())
    }

    fn draft(&self, frame: &Frame, evocation: &Evocation, trigger: &Trigger) -> Option<Draft> {
        let place = trigger.object.unwrap_or(trigger.word);
        let mut roles = IndexMap::new();
        for (name, role) in &frame.roles {
            let value = match evocation.set.get(name) {
                Some(fixed) => Some(Value::Text(fixed.clone())),
                None => self.fill(name, role, evocation, trigger, place),
            };
            match value {
                Some(value) => {
                    roles.insert(name.clone(), value);
                }
                None if role.required || role.min > 0 => return None,
                None => {}
            }
        }
        let status = self.status_of(trigger.word).max(if place == trigger.word {
            Status::Asserted
        } else {
            self.modified(place)
        });
        let given: Status = evocation.status.as_deref().and_then(|s| s.parse().ok()).unwrap_or_default();
        let status = status.max(given);
        Some(Draft {
            kind: frame.frame.clone(),
            roles,
            status,
            speaker: self.speaker_of(trigger.word),
            at: self.at,
            trigger: place,
        })
    }

    /// Status from the adjectives on the object alone ("signed a draft treaty").
    fn modified(&self, noun: usize) -> Status {
        use crate::ontology::modality::{Modality, Part};
        self.grammar
            .children(noun)
            .iter()
            .filter(|c| self.grammar.deprel(**c) == Deprel::Amod)
            .filter_map(|c| Modality::embedded().status(&self.grammar.lemma(*c).to_lowercase(), Part::Modifier))
            .max()
            .unwrap_or_default()
    }

    fn fill(
        &self,
        name: &str,
        role: &Role,
        evocation: &Evocation,
        trigger: &Trigger,
        place: usize,
    ) -> Option<Value<usize>> {
        let kinds: Vec<EntityType> =
            role.types.iter().filter_map(|t| if let Filler::Entity(kind) = t { Some(*kind) } else { None }).collect();
        let paths = evocation.fill.get(name).map_or(&[][..], |p| p.0.as_slice());
        match role.types.first()? {
            Filler::Date => self.date_of(place).or_else(|| self.date_of(trigger.word)).map(Value::When),
            Filler::Count => self.count_of(place).map(Value::Number),
            Filler::Phrase => Some(Value::Text(self.phrase_of(place))),
            Filler::Text => {
                paths.iter().flat_map(|p| self.walk_from(trigger, p)).next().map(|i| Value::Text(self.text_under(i)))
            }
            Filler::Entity(_) if role.many => {
                let mut all: Vec<usize> = Vec::new();
                for token in paths.iter().flat_map(|p| self.walk_from(trigger, p)) {
                    all.extend(
                        self.fitting(token, &kinds).into_iter().filter(|w| !all.contains(w)).collect::<Vec<_>>(),
                    );
                }
                (all.len() >= role.min.max(1)).then_some(Value::Many(all))
            }
            Filler::Entity(_) => {
                let mut tokens = paths.iter().flat_map(|p| self.walk_from(trigger, p));
                tokens.find_map(|t| self.fitting(t, &kinds).first().copied()).map(Value::One)
            }
        }
    }
}
