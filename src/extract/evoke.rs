//! Frames over trees: an evoking word, and who stands where around it.

use super::fact::{Evidence, Fact, Status, Value};
use super::scope::Scope;
use super::status::{Hue, stronger};
use super::trigger::Trigger;
use crate::language::{Deprel, Xpos};
use crate::ontology::EntityType;
use crate::ontology::frames::{Context, Evocation, Filler, Frame, Path, Role};
use indexmap::IndexMap;

/// Relations that hold both ways: stating them once is enough.
const MUTUAL: &[&str] =
    &["tradesWith", "partnerOf", "negotiatesWith", "allyOf", "cooperatesWith", "drillsWith", "borders", "competitorOf"];

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
        if MUTUAL.contains(&frame.class.as_str()) {
            let turned = |a: &Draft, b: &Draft| {
                a.roles.get("subject") == b.roles.get("object") && a.roles.get("object") == b.roles.get("subject")
            };
            let all = drafts.clone();
            let mut at = 0;
            drafts.retain(|d| {
                at += 1;
                !all.iter().take(at - 1).any(|earlier| turned(earlier, d))
            });
        }
        drafts
    }

    /// "agreements with A, B and C": a fact for each of the others, of which the number is no longer known.
    pub(super) fn set_apart(self, role: &str, others: &[usize]) -> Vec<Draft> {
        let Some(Value::Many(all)) = self.roles.get(role) else { return vec![self] };
        let with = |other: usize| {
            let mut one = self.clone();
            let members = all.iter().copied().filter(|who| *who == other || !others.contains(who));
            one.roles.insert(role.to_owned(), Value::Many(members.collect()));
            one.roles.retain(|_, value| !matches!(value, Value::Number(_)));
            // "agreements with A and B": each is one.
            if let Some(Value::Text(called)) = one.roles.get_mut("type")
                && let Some(single) = called.strip_suffix("agreements").map(|before| format!("{before}agreement"))
            {
                *called = single;
            }
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
    /// Those of whom each makes a fact of its own.
    pub(super) apart: Vec<usize>,
}

/// A wording of a frame whose evoking word the sentence has: what filled its roles, and whether a fact came of it.
pub(super) struct Attempt<'f> {
    pub(super) evocation: &'f Evocation,
    pub(super) trigger: Trigger,
    /// The roles that were filled, and by which path; fixed values and those found at the place itself have none.
    pub(super) filled: Vec<(&'f str, Value<usize>, Option<&'f Path>)>,
    /// The role of whose fillers these each make a fact of their own.
    apart: Option<(&'f str, Vec<usize>)>,
    /// What gives the fact its status.
    pub(super) hue: Hue,
    /// What is missing; `None` where it made a fact.
    pub(super) lack: Option<Lack<'f>>,
}

impl<'f> Attempt<'f> {
    /// All who fill a role that takes many.
    pub(super) fn takers(&self) -> Vec<usize> {
        let many = self.filled.iter().filter(|(_, value, _)| matches!(value, Value::Many(_)));
        many.flat_map(|(_, value, _)| value.entities()).collect()
    }

    /// The role that the document may fill, though the sentence does not.
    fn open_role(&self) -> Option<&'f str> {
        match self.lack {
            Some(Lack::Role(role)) if !self.evocation.context.is_empty() => Some(role),
            _ => None,
        }
    }
}

/// Why a wording made no fact.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lack<'f> {
    /// None of these words stands under this path.
    Word(&'f str, &'f [String]),
    /// This path leads nowhere.
    Path(&'f Path),
    /// This path leads somewhere and must not.
    Unwanted(&'f Path),
    /// This word modifies the place.
    Spoiled(usize),
    /// Another wording of the frame had the word already.
    Taken,
    /// Nothing fills this role.
    Role(&'f str),
}

/// The fillers of a role that takes many, those of them that stand under "with", and the first path that led to any.
#[derive(Default)]
struct Fillers<'f> {
    all: Vec<usize>,
    others: Vec<usize>,
    by: Option<&'f Path>,
}

impl Scope<'_> {
    /// All facts of `frame` that the sentence states in `wordings`; one that lacks fillers counts only where no other wording fits.
    pub(super) fn evoke(&self, frame: &Frame, wordings: &[&Evocation]) -> Evoked {
        let (whole, rest): (Vec<_>, Vec<_>) = self.attempt(frame, wordings).into_iter().partition(|a| a.lack.is_none());
        let mut evoked = Evoked::default();
        let mut places: Vec<usize> = whole.iter().map(|a| a.trigger.place()).collect();
        for attempt in rest {
            let place = attempt.trigger.place();
            let Some(name) = attempt.open_role().filter(|_| !places.contains(&place)) else { continue };
            let Some(role) = frame.roles.get(name) else { continue };
            places.push(place);
            evoked.open.push(OpenDraft {
                role: name.to_owned(),
                least: role.min.max(1),
                kinds: role.kinds(),
                context: attempt.evocation.context.clone(),
                apart: attempt.apart.as_ref().map(|(_, others)| others.clone()).unwrap_or_default(),
                draft: self.draft(frame, attempt),
            });
        }
        for mut attempt in whole {
            let apart = attempt.apart.take();
            let draft = self.draft(frame, attempt);
            let drafts = match apart {
                Some((role, others)) => draft.set_apart(role, &others),
                None => vec![draft],
            };
            evoked.whole.extend(drafts.into_iter().flat_map(|d| d.split(frame)));
        }
        evoked
    }

    /// Those of `wordings`, which are wordings of `frame`, whose evoking words the sentence has. The first that makes a fact of
    /// a word is the one that counts.
    pub(super) fn attempt<'f>(&self, frame: &'f Frame, wordings: &[&'f Evocation]) -> Vec<Attempt<'f>> {
        let mut attempts: Vec<Attempt<'f>> = Vec::new();
        for &evocation in wordings {
            for trigger in self.triggers(evocation) {
                // "a deal to acquire X" is told by the deal.
                let under =
                    self.grammar.head(trigger.word).filter(|_| self.grammar.deprel(trigger.word) == Deprel::Acl);
                let taken = |a: &Attempt| {
                    let place = a.trigger.place();
                    a.lack.is_none() && ([trigger.place(), trigger.word].contains(&place) || under == Some(place))
                };
                let lack = attempts.iter().any(taken).then_some(Lack::Taken);
                let mut attempt =
                    Attempt { evocation, trigger, filled: Vec::new(), apart: None, hue: Hue::default(), lack };
                attempt.lack = attempt.lack.or_else(|| self.unmet_condition(evocation, &attempt.trigger));
                if attempt.lack.is_none() {
                    attempt.lack = self.fill_roles(frame, &mut attempt);
                }
                if attempt.lack.is_none() || attempt.open_role().is_some() {
                    attempt.hue = self.hue_of_attempt(&attempt);
                }
                attempts.push(attempt);
            }
        }
        self.leave_out_spare(&mut attempts);
        attempts
    }

    /// Fills the roles of an attempt; the first required one that stays empty is what it lacks.
    fn fill_roles<'f>(&self, frame: &'f Frame, attempt: &mut Attempt<'f>) -> Option<Lack<'f>> {
        let mut lack = None;
        for (name, role) in &frame.roles {
            let value = match attempt.evocation.set.get(name) {
                // "extension of the {}": with the phrase that evokes the frame.
                Some(fixed) => {
                    let own = || self.name_of(attempt.trigger.place(), &role.without);
                    let whole = if fixed.contains("{}") { fixed.replace("{}", &own()) } else { fixed.clone() };
                    Some((Value::Text(whole), None))
                }
                None if role.many => {
                    let found = self.fill_many(name, role, attempt.evocation, &attempt.trigger);
                    let one_side = found.others.len() == found.all.len() && found.others.len() > 1;
                    let short = found.all.len() < role.min.max(1);
                    if role.apart && found.others.len() > 1 && self.is_plural(attempt.trigger.place()) {
                        attempt.apart = Some((name, found.others));
                    }
                    if short || (one_side && attempt.apart.is_some()) {
                        lack = lack.or(Some(Lack::Role(name)));
                    }
                    (!short || !attempt.evocation.context.is_empty()).then_some((Value::Many(found.all), found.by))
                }
                None => self.fill(name, role, attempt.evocation, &attempt.trigger),
            };
            match value {
                Some((value, path)) => attempt.filled.push((name, value, path)),
                None if role.required || role.min > 0 => return Some(Lack::Role(name)),
                None => {}
            }
        }
        lack
    }

    fn is_plural(&self, noun: usize) -> bool {
        matches!(self.grammar.xpos(noun), Xpos::Nns | Xpos::Nnps) || self.count_of(noun).is_some_and(|n| n > 1.0)
    }

    fn hue_of_attempt(&self, attempt: &Attempt<'_>) -> Hue {
        let Trigger { word, object } = attempt.trigger;
        let on_object = |noun| stronger(self.modified(noun), self.hue_on_object(word, noun));
        let hue = stronger(self.hue_of(word), object.map(on_object).unwrap_or_default());
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
            .filter(|c| matches!(self.grammar.deprel(**c), Deprel::Amod | Deprel::Compound))
            .filter_map(|c| {
                let status = Modality::embedded().status(&self.grammar.lemma(*c).to_lowercase(), Part::Modifier)?;
                Some(Hue::by(*c, status))
            })
            .fold(Hue::default(), stronger)
    }

    /// What fills a role that takes one, and the path that led there.
    fn fill<'f>(
        &self,
        name: &str,
        role: &Role,
        evocation: &'f Evocation,
        trigger: &Trigger,
    ) -> Option<(Value<usize>, Option<&'f Path>)> {
        let place = trigger.place();
        let paths = evocation.fill.get(name).map_or(&[][..], |p| p.0.as_slice());
        let mut reached = paths.iter().flat_map(|p| self.walk_from(trigger, p).into_iter().map(move |t| (p, t)));
        match role.types.first()? {
            Filler::Date => {
                self.date_of(place).or_else(|| self.date_of(trigger.word)).map(|date| (Value::When(date), None))
            }
            Filler::Count => self.count_of(place).map(|count| (Value::Number(count), None)),
            Filler::Phrase => {
                let (path, noun) = reached.next().map_or((None, place), |(path, noun)| (Some(path), noun));
                Some((Value::Text(self.name_of(noun, &role.without)), path))
            }
            Filler::Text => {
                let dated = |t: usize| self.dates.iter().any(|d| d.first <= t && t <= d.last);
                let apart = |t: usize| {
                    !dated(t) && !self.is_place(t) && (!self.grammar.is_within(place, t) || evocation.items.is_some())
                };
                let vain = |t: usize| role.never.iter().any(|w| *w == self.grammar.lemma(t).to_lowercase());
                let (path, i) = reached.find(|(_, t)| apart(*t) && !vain(*t))?;
                Some((Value::Text(self.text_under(i)), Some(path)))
            }
            Filler::Entity(_) => {
                let kinds = evocation.kinds_of(name, role);
                let mut reached = reached.filter(|(_, t)| !role.never.iter().any(|w| w == self.grammar.lemma(*t)));
                reached.find_map(|(path, token)| match self.fitting(token, &kinds).as_slice() {
                    [] => None,
                    several @ [_, _, ..] if role.each => Some((Value::Many(several.to_vec()), Some(path))),
                    [who, ..] => Some((Value::One(*who), Some(path))),
                })
            }
        }
    }

    /// "a meeting of the Peruvian-Ghanaian Commission": those whom a body brings together, where its name says them; a body is
    /// no participant of its own meeting ("the Joint Commission meeting").
    fn members_of_body(&self, who: usize, path: &Path) -> Vec<usize> {
        let kind = self.kind(who);
        let sits = matches!(kind, Some(EntityType::GovernmentBody | EntityType::Organization));
        let of = path.is_under("of");
        if !(sits || kind == Some(EntityType::Company)) || !(of || path.is_modifier()) {
            return vec![who];
        }
        let label = self.cast().members.get(who).map_or("", |m| m.label.as_str());
        match self.cast().pair_in(label) {
            Some(pair) => pair.to_vec(),
            None if of || sits => Vec::new(),
            None => vec![who],
        }
    }

    /// What fills a role that takes many.
    fn fill_many<'f>(&self, name: &str, role: &Role, evocation: &'f Evocation, trigger: &Trigger) -> Fillers<'f> {
        let kinds = evocation.kinds_of(name, role);
        let own = self.owner(trigger.place()).map_or(&[][..], |m| self.who(m));
        let mut fillers = Fillers::default();
        let mut nameless = false;
        for path in evocation.fill.get(name).map_or(&[][..], |p| p.0.as_slice()) {
            if path.is_by_words() && fillers.all.len() >= role.min.max(1) {
                continue;
            }
            let mut found: Vec<usize> = Vec::new();
            let tokens = self.walk_from(trigger, path);
            for token in tokens.iter().copied() {
                let company =
                    if path.is_by_words() && !path.is_beside() { vec![token] } else { self.company_of(token) };
                let sits = |who| if name == "participants" { self.members_of_body(who, path) } else { vec![who] };
                for who in company.into_iter().flat_map(|t| self.fitting_alone(t, &kinds)).flat_map(sits) {
                    // "the Peace Deal" is no party to itself, and what only looks like a place before a noun is none.
                    let modifies = path.is_modifier() && self.kind(who).is_some_and(|k| !kinds.contains(&k));
                    if !found.contains(&who) && !own.contains(&who) && !modifies {
                        found.push(who);
                    }
                }
            }
            // "signed an agreement between A and B": it is theirs, whoever signed.
            let names_all = path.is_under("between") || path.is_under("among");
            if names_all && found.len() >= role.min.max(2) {
                return Fillers { all: found, others: Vec::new(), by: Some(path) };
            }
            found.retain(|who| !fillers.all.contains(who));
            fillers.by = fillers.by.or((!found.is_empty()).then_some(path));
            if path.is_under("with") {
                nameless |= found.is_empty() && fillers.others.is_empty() && !tokens.is_empty();
                fillers.others.extend(&found);
            }
            fillers.all.extend(found);
        }
        // "A and B met with their counterparts": not each other.
        if nameless && fillers.others.is_empty() && name == "participants" {
            fillers.all.truncate(1);
        }
        fillers
    }
}
