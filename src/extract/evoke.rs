//! Frames over trees: an evoking word, and who stands where around it.

use super::fact::{Evidence, Fact, Status, Value};
use super::scope::Scope;
use super::trigger::Trigger;
use crate::language::{Deprel, Xpos};
use crate::ontology::EntityType;
use crate::ontology::frames::{Context, Evocation, Filler, Frame, Role};
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

/// What the sentences state of a frame.
#[derive(Debug, Default)]
pub(super) struct Evoked {
    /// With every role that the frame needs.
    pub(super) whole: Vec<Draft>,
    /// With too few fillers of one, and where the document may tell the others.
    pub(super) open: Vec<OpenDraft>,
}

/// A draft that lacks fillers of a role.
#[derive(Debug)]
pub(super) struct OpenDraft {
    pub(super) draft: Draft,
    pub(super) role: String,
    pub(super) least: usize,
    pub(super) kinds: Vec<EntityType>,
    pub(super) context: Vec<Context>,
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

    /// "agreements with A, B and C": a fact for each of the others.
    fn set_apart(self, role: &str, others: &[usize]) -> Vec<Draft> {
        let Some(Value::Many(all)) = self.roles.get(role) else { return vec![self] };
        let with = |other: usize| {
            let mut one = self.clone();
            let members = all.iter().copied().filter(|who| *who == other || !others.contains(who));
            one.roles.insert(role.to_owned(), Value::Many(members.collect()));
            one
        };
        others.iter().map(|other| with(*other)).collect()
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

/// What became of a wording.
enum Attempt {
    Whole(Vec<Draft>),
    Open(OpenDraft),
    Nothing,
}

/// The fillers of a role that takes many, and those of them that stand under "with".
#[derive(Default)]
struct Fillers {
    all: Vec<usize>,
    others: Vec<usize>,
}

impl Scope<'_> {
    /// All facts of `frame` that the sentence states. The first wording that fits a word is the one that counts; one that lacks
    /// fillers counts only where no other fits.
    pub(super) fn evoke(&self, frame: &Frame) -> Evoked {
        let mut evoked = Evoked::default();
        for evocation in &frame.evoked_by {
            for trigger in self.triggers(evocation) {
                let taken = |d: &Draft| d.trigger == trigger.place() || d.trigger == trigger.word;
                if evoked.whole.iter().any(taken) {
                    continue;
                }
                match self.draft(frame, evocation, &trigger) {
                    Attempt::Whole(drafts) => evoked.whole.extend(drafts.into_iter().flat_map(Draft::split_subjects)),
                    Attempt::Open(open) if evoked.open.iter().all(|o| !taken(&o.draft)) => evoked.open.push(open),
                    Attempt::Open(_) | Attempt::Nothing => {}
                }
            }
        }
        evoked.open.retain(|o| evoked.whole.iter().all(|d| d.trigger != o.draft.trigger));
        evoked
    }

    fn draft(&self, frame: &Frame, evocation: &Evocation, trigger: &Trigger) -> Attempt {
        let mut draft = Draft {
            kind: frame.frame.clone(),
            roles: IndexMap::new(),
            status: self.status_at(evocation, trigger),
            speaker: self.speaker_of(trigger.word),
            at: self.at,
            trigger: trigger.place(),
        };
        let (mut lacking, mut apart) = (None, None);
        for (name, role) in &frame.roles {
            let value = match evocation.set.get(name) {
                Some(fixed) => Some(Value::Text(fixed.clone())),
                None if role.many => {
                    let found = self.fill_many(name, role, evocation, trigger);
                    let short = found.all.len() < role.min.max(1);
                    if short && !evocation.context.is_empty() {
                        lacking = Some((name, role));
                    }
                    if role.apart && found.others.len() > 1 && self.is_plural(trigger.place()) {
                        apart = Some((name, found.others));
                    }
                    (!short || lacking.is_some()).then_some(Value::Many(found.all))
                }
                None => self.fill(name, role, evocation, trigger),
            };
            match value {
                Some(value) => {
                    draft.roles.insert(name.clone(), value);
                }
                None if role.required || role.min > 0 => return Attempt::Nothing,
                None => {}
            }
        }
        match (lacking, apart) {
            (Some((name, role)), _) => Attempt::Open(OpenDraft {
                draft,
                role: name.clone(),
                least: role.min.max(1),
                kinds: role.kinds(),
                context: evocation.context.clone(),
            }),
            (None, Some((name, others))) => Attempt::Whole(draft.set_apart(name, &others)),
            (None, None) => Attempt::Whole(vec![draft]),
        }
    }

    fn status_at(&self, evocation: &Evocation, trigger: &Trigger) -> Status {
        let given: Status = evocation.status.as_deref().and_then(|s| s.parse().ok()).unwrap_or_default();
        let object = trigger.object.map_or(Status::Asserted, |object| self.modified(object));
        self.status_of(trigger.word).max(object).max(given)
    }

    fn is_plural(&self, noun: usize) -> bool {
        matches!(self.grammar.xpos(noun), Xpos::Nns | Xpos::Nnps) || self.count_of(noun).is_some_and(|n| n > 1.0)
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

    fn fill(&self, name: &str, role: &Role, evocation: &Evocation, trigger: &Trigger) -> Option<Value<usize>> {
        let place = trigger.place();
        let paths = evocation.fill.get(name).map_or(&[][..], |p| p.0.as_slice());
        let mut reached = paths.iter().flat_map(|p| self.walk_from(trigger, p));
        match role.types.first()? {
            Filler::Date => self.date_of(place).or_else(|| self.date_of(trigger.word)).map(Value::When),
            Filler::Count => self.count_of(place).map(Value::Number),
            Filler::Phrase => Some(Value::Text(self.name_of(reached.next().unwrap_or(place), &role.without))),
            Filler::Text => reached.next().map(|i| Value::Text(self.text_under(i))),
            Filler::Entity(_) => {
                let kinds = role.kinds();
                reached.find_map(|t| self.fitting(t, &kinds).first().copied()).map(Value::One)
            }
        }
    }

    fn fill_many(&self, name: &str, role: &Role, evocation: &Evocation, trigger: &Trigger) -> Fillers {
        let kinds = role.kinds();
        let mut fillers = Fillers::default();
        for path in evocation.fill.get(name).map_or(&[][..], |p| p.0.as_slice()) {
            if path.is_by_words() && fillers.all.len() >= role.min.max(1) {
                continue;
            }
            let mut found: Vec<usize> = Vec::new();
            for token in self.walk_from(trigger, path) {
                let company = if path.is_by_words() { vec![token] } else { self.company_of(token) };
                let fit = company.into_iter().flat_map(|t| self.fitting_alone(t, &kinds));
                fit.for_each(|who| if !found.contains(&who) { found.push(who) });
            }
            // "signed an agreement between A and B": it is theirs, whoever signed.
            let names_all = path.is_under("between") || path.is_under("among");
            if names_all && found.len() >= role.min.max(2) {
                return Fillers { all: found, others: Vec::new() };
            }
            found.retain(|who| !fillers.all.contains(who));
            if path.is_under("with") {
                fillers.others.extend(&found);
            }
            fillers.all.extend(found);
        }
        fillers
    }
}
