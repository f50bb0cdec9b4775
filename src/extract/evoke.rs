//! Frames over trees: an evoking word, and who stands where around it.

use super::fact::{Evidence, Fact, Status, Value};
use super::scope::Scope;
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::frames::{Evocation, Filler, Frame, Path, Role, Step};
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
    /// A role that takes each of its fillers makes a fact of each: "visits to A and B" are two.
    fn split(self, frame: &Frame) -> Vec<Draft> {
        let mut drafts = vec![self];
        for name in frame.roles.iter().filter(|(_, role)| role.each).map(|(name, _)| name) {
            let with = |draft: Draft| match draft.roles.get(name).cloned() {
                Some(Value::Many(list)) => list
                    .into_iter()
                    .map(|who| {
                        let mut one = draft.clone();
                        one.roles.insert(name.clone(), Value::One(who));
                        one
                    })
                    .collect(),
                _ => vec![draft],
            };
            drafts = drafts.into_iter().flat_map(with).collect();
        }
        drafts.retain(|d| d.kind != "Relation" || d.roles.get("subject") != d.roles.get("object"));
        drafts
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
struct Trigger {
    word: usize,
    object: Option<usize>,
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
                drafts.extend(self.draft(frame, evocation, &trigger).into_iter().flat_map(|d| d.split(frame)));
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
        let lacking = evocation.lacks.iter().all(|path| self.walk_from(trigger, path).is_empty());
        met && lacking && !spoiled && evocation.needs.iter().all(|path| !self.walk_from(trigger, path).is_empty())
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
        let kinds: Vec<EntityType> = evocation
            .only
            .get(name)
            .unwrap_or(&role.types)
            .iter()
            .filter_map(|t| if let Filler::Entity(kind) = t { Some(*kind) } else { None })
            .collect();
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
                for (path, token) in
                    paths.iter().flat_map(|p| self.walk_from(trigger, p).into_iter().map(move |t| (p, t)))
                {
                    if path.is_last_resort() && all.len() >= role.min.max(1) {
                        continue;
                    }
                    all.extend(
                        self.fitting(token, &kinds).into_iter().filter(|w| !all.contains(w)).collect::<Vec<_>>(),
                    );
                }
                (all.len() >= role.min.max(1)).then_some(Value::Many(all))
            }
            Filler::Entity(_) => {
                let tokens = paths.iter().flat_map(|p| self.walk_from(trigger, p));
                let found = tokens.map(|t| self.fitting(t, &kinds)).find(|found| !found.is_empty())?;
                if role.each && found.len() > 1 {
                    Some(Value::Many(found))
                } else {
                    found.first().copied().map(Value::One)
                }
            }
        }
    }

    /// A path that begins with `obj` starts at the verb; any other starts at the noun where the two evoke together and at
    /// the verb besides.
    fn walk_from(&self, trigger: &Trigger, path: &Path) -> Vec<usize> {
        let mut found = self.walk(trigger.word, path);
        if let (Some(object), Some((Step::Object, rest))) = (trigger.object, path.0.split_first()) {
            found.extend(self.walk(object, &Path(rest.to_vec())));
        }
        found.dedup();
        found
    }

    pub(super) fn walk(&self, from: usize, path: &Path) -> Vec<usize> {
        let mut at = vec![from];
        for step in &path.0 {
            at = at.into_iter().flat_map(|i| self.step(i, step)).collect();
        }
        at
    }

    fn step(&self, i: usize, step: &Step) -> Vec<usize> {
        let g = &self.grammar;
        match step {
            Step::Subject if g.upos(i) == Upos::Verb => g.agents(i),
            Step::Subject => g.own_subject(i).into_iter().collect(),
            Step::Object => g.patients(i),
            Step::Under(word) => {
                let mut found = g.under_preposition(i, word);
                // Prepositional phrases attach high or low: look at the object of a verb, and at the verb of an object.
                if g.upos(i) == Upos::Verb {
                    found.extend(g.dependents(i, Deprel::Obj).flat_map(|o| g.under_preposition(o, word)));
                    found.extend(g.dependents(i, Deprel::Xcomp).flat_map(|x| g.under_preposition(x, word)));
                    if found.iter().all(|t| self.entities_at(*t).is_empty()) {
                        found.extend(g.beneath(i, word));
                    }
                } else if found.is_empty() {
                    let inner = |c: &&usize| matches!(g.deprel(**c), Deprel::Nmod | Deprel::NmodPoss | Deprel::Appos);
                    found.extend(g.children(i).iter().filter(inner).flat_map(|c| g.under_preposition(*c, word)));
                    found.extend(
                        g.children(i)
                            .iter()
                            .filter(inner)
                            .flat_map(|c| g.children(*c))
                            .flat_map(|c| g.under_preposition(*c, word)),
                    );
                }
                if g.upos(i) != Upos::Verb
                    && let Some(verb) = g
                        .head(i)
                        .filter(|v| g.upos(*v) == Upos::Verb && matches!(g.deprel(i), Deprel::Obj | Deprel::NsubjPass))
                {
                    found.extend(g.under_preposition(verb, word));
                }
                found
            }
            Step::Possessor => g.dependents(i, Deprel::NmodPoss).collect(),
            Step::Modifier => g
                .children(i)
                .iter()
                .copied()
                .filter(|c| {
                    matches!(
                        g.deprel(*c),
                        Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Flat
                    )
                })
                .flat_map(|c| {
                    std::iter::once(c).chain(
                        g.children(c)
                            .iter()
                            .copied()
                            .filter(|d| matches!(g.deprel(*d), Deprel::Compound | Deprel::Amod)),
                    )
                })
                .collect(),
            Step::Holder => g.holder(i, 3).into_iter().collect(),
            Step::Apposition => g.dependents(i, Deprel::Appos).collect(),
            Step::Complement => g.dependents(i, Deprel::Xcomp).chain(g.dependents(i, Deprel::Ccomp)).collect(),
            Step::Circumstance => g.dependents(i, Deprel::Advcl).collect(),
            Step::Clause => g.dependents(i, Deprel::Acl).chain(g.dependents(i, Deprel::AclRelcl)).collect(),
            Step::Governor => g.head(i).into_iter().collect(),
            Step::Where => self.place_before_where(i).into_iter().collect(),
            Step::Main => self.main_subject(i).into_iter().collect(),
            Step::Left => self.left_of(i).into_iter().collect(),
            Step::Right(preposition) => self.right_of(i, preposition).into_iter().collect(),
        }
    }

    /// How many of `noun` there are.
    fn count_of(&self, noun: usize) -> Option<f64> {
        let amount = self
            .amounts
            .iter()
            .find(|a| a.is_count() && (a.unit_head == Some(noun) || (a.first <= noun && noun <= a.last)))?;
        Some(amount.value)
    }

    /// The noun phrase around `noun` without articles, numbers, possessors and what follows: "framework agreement".
    pub(super) fn phrase_of(&self, noun: usize) -> String {
        let g = &self.grammar;
        let keep = |c: usize| {
            matches!(g.deprel(c), Deprel::Compound | Deprel::Amod | Deprel::Flat)
                && c < noun
                && self.owner_is_no_country(c)
        };
        let mut first = noun;
        while first > 0
            && (keep(first - 1)
                || (g.form(first - 1) == "-" && first > 1 && keep(first - 2))
                || (g.head(first - 1).is_some_and(|h| h >= first && h <= noun)
                    && matches!(g.upos(first - 1), Upos::Noun | Upos::Adj | Upos::Propn)
                    && self.owner_is_no_country(first - 1)))
        {
            first -= 1;
        }
        let mut last = noun;
        let complement = g.under_preposition(noun, "of");
        if let Some(of) = complement
            .first()
            .filter(|o| matches!(g.lemma(**o), "understanding" | "intent" | "cooperation" | "relation"))
        {
            last = (*of).max(noun);
        }
        self.words(first, last)
    }

    fn owner_is_no_country(&self, token: usize) -> bool {
        use crate::ontology::EntityType as T;
        let Some(m) = self.owner(token) else { return true };
        !self.who(m).iter().any(|w| matches!(self.kind(*w), Some(T::Country)))
    }

    /// The words of the phrase under `token`, without its preposition and article.
    pub(super) fn text_under(&self, token: usize) -> String {
        let g = &self.grammar;
        let cut = |c: usize| {
            matches!(
                g.deprel(c),
                Deprel::Case
                    | Deprel::Mark
                    | Deprel::Punct
                    | Deprel::Det
                    | Deprel::Parataxis
                    | Deprel::AclRelcl
                    | Deprel::Cc
            )
        };
        let (first, last) = g.extent_without(token, cut);
        let first = (first..=token)
            .find(|i| !matches!(g.upos(*i), Upos::Adp | Upos::Det | Upos::Punct | Upos::Cconj))
            .unwrap_or(token);
        let end = (last + 1).min(first + 40);
        self.words(first, end.saturating_sub(1).max(first)).trim_end_matches([',', ';', '.', ' ']).to_owned()
    }
}
