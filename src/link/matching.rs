//! Entries past subjects -> candidates, each with its chance and why.
//!
//! Candidates meet by an equal name, by a sound of it, or by an identifier. The matcher of [`crate::resolve`] weighs the names; what
//! both say of country and class is added in log odds (`ontology/identity/context.tsv`).
//!
//! Law: a person whose country nobody tells, and a country whose name is only like another's, are questions, never answers.

use super::alike::weigh_alike;
use super::entries::{Entry, Figure};
use super::fold::{fold, without_article};
use super::known::Subject;
use super::spelled::{Counts, Spelled};
use super::sssom::Judged;
use super::state_form::{SHARED, names_without_form};
use crate::ontology::EntityType;
use crate::ontology::identity::context_weights;
use crate::resolve::matcher::{NameFamily, PreparedName, may_match};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// From which chance on an entry is the one, and from which on somebody should look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// At and above it a link is made.
    pub accept: f32,
    /// At and above it a link is a question.
    pub review: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { accept: 0.9, review: 0.5 }
    }
}

/// An entry that a subject may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// IRI of the entry.
    pub iri: String,
    /// Its best name.
    pub label: String,
    /// The chance that it is the subject.
    pub score: f32,
    /// Why, in words.
    pub reason: String,
    /// IRIs that are the entry's others.
    pub also: Vec<String>,
    /// Its figures.
    pub figures: Vec<Figure>,
    exact: bool,
}

/// What became of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is the subject.
    Accepted,
    /// Somebody should look.
    Review,
    /// A person said that it is not.
    Rejected,
}

/// Subjects that entries stream past.
pub struct Linker<'a> {
    subjects: &'a [Subject],
    names: Vec<(u32, PreparedName)>,
    /// Subjects by folded name, of all families.
    exact: FxHashMap<String, Vec<u32>>,
    /// Countries by what is left of a folded name without the form of the state.
    formless: FxHashMap<String, Vec<u32>>,
    /// Countries with two names in one, folded: Eswatini (Swaziland), Myanmar/Burma.
    paired: Vec<(u32, [String; 2])>,
    blocks: FxHashMap<(u64, bool), Vec<u32>>,
    /// Names of countries, places and others, by family.
    spelled: FxHashMap<u8, Spelled>,
    identifiers: FxHashMap<&'a str, u32>,
    judged: FxHashMap<(&'a str, &'a str), Judged>,
    found: Vec<Vec<Candidate>>,
}

/// Names of a subject that are compared.
const MOST_NAMES: usize = 8;
/// A key of one word that more names share finds nobody.
const MOST_SHARING: usize = 40;
/// The same for keys of a word and a letter.
const MOST_SHARING_PAIR: usize = 200;
/// Candidates that are kept for a subject.
const KEPT: usize = 5;
/// The chance of an equal name.
const EQUAL: f32 = 0.98;
/// The chance of a name that is equal but for the form of the state.
const FORMLESS: f32 = 0.94;
/// The chance of what may only be a question.
const QUESTION: f32 = 0.89;
/// Chances below it are not kept.
const LEAST: f32 = 0.3;

impl<'a> Linker<'a> {
    /// Ready for entries; `judged` are decisions of people, by IRIs of subject and entry.
    pub fn new(subjects: &'a [Subject], judged: &'a [(String, String, Judged)]) -> Self {
        let mut linker = Self {
            subjects,
            names: Vec::new(),
            exact: FxHashMap::default(),
            formless: FxHashMap::default(),
            paired: Vec::new(),
            blocks: FxHashMap::default(),
            spelled: FxHashMap::default(),
            identifiers: FxHashMap::default(),
            judged: judged.iter().map(|(s, o, j)| ((s.as_str(), o.as_str()), *j)).collect(),
            found: vec![Vec::new(); subjects.len()],
        };
        for (at, subject) in subjects.iter().enumerate() {
            let (at, family) = (at as u32, family_of(subject.class));
            linker.identifiers.extend(subject.identifiers.iter().map(|id| (id.as_str(), at)));
            for name in &subject.names {
                let folded = fold(name);
                if let (EntityType::Country, Some(plain)) = (subject.class, without_article(&folded)) {
                    push_once(linker.exact.entry(plain.to_owned()).or_default(), at);
                }
                if subject.class == EntityType::Country {
                    for name in names_without_form(&folded) {
                        push_once(linker.formless.entry(name).or_default(), at);
                    }
                    let pair = name.trim_end_matches(')').split_once(['(', '/']);
                    linker.paired.extend(pair.map(|(one, other)| (at, [fold(one), fold(other)])));
                }
                push_once(linker.exact.entry(folded).or_default(), at);
            }
            if family > 1 {
                let spelled = linker.spelled.entry(family).or_default();
                subject.names.iter().take(MOST_NAMES).for_each(|name| spelled.add(at, &fold(name)));
                continue;
            }
            for name in subject.names.iter().take(MOST_NAMES) {
                let prepared = PreparedName::new(name, matcher_family(subject.class));
                let index = linker.names.len() as u32;
                for key in prepared.blocking_keys() {
                    push_once(linker.blocks.entry(key).or_default(), index);
                }
                linker.names.push((at, prepared));
            }
        }
        linker
    }

    /// Weighs a batch of entries.
    pub fn take(&mut self, batch: &[Entry]) {
        let found: Vec<Vec<(u32, Candidate)>> =
            batch.par_iter().map_init(Counts::default, |counts, entry| self.weigh(entry, counts)).collect();
        for (at, candidate) in found.into_iter().flatten() {
            let Some(list) = self.found.get_mut(at as usize) else { continue };
            list.push(candidate);
            list.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.iri.cmp(&b.iri)));
            list.dedup_by(|a, b| a.iri == b.iri);
            list.truncate(KEPT);
        }
    }

    /// The subjects that an entry may be, with chance and reason, the best first.
    pub fn match_entry(&self, entry: &Entry) -> Vec<(&'a Subject, f32, String)> {
        let found = self.weigh(entry, &mut Counts::default()).into_iter();
        let mut found: Vec<_> =
            found.filter_map(|(at, c)| Some((self.subjects.get(at as usize)?, c.score, c.reason))).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.iri.cmp(&b.0.iri)));
        found
    }

    /// The subjects that an entry may be.
    fn weigh(&self, entry: &Entry, counts: &mut Counts) -> Vec<(u32, Candidate)> {
        let mut best: FxHashMap<u32, Found> = FxHashMap::default();
        for id in std::iter::once(&entry.iri).chain(&entry.also) {
            if let Some(at) = self.identifiers.get(id.as_str()) {
                let reason = format!("the same identifier {id}");
                best.insert(*at, Found { score: 1.0, reason, certainty: Certainty::Equal });
            }
        }
        let families: BTreeSet<u8> = match entry.class {
            Some(class) => BTreeSet::from([family_of(class)]),
            None => (0..FAMILIES).collect(),
        };
        let folded: Vec<(&str, String)> = entry.names.iter().map(|name| (name.as_str(), fold(name))).collect();
        let of_family =
            |at: &&u32| self.subjects.get(**at as usize).is_some_and(|s| families.contains(&family_of(s.class)));
        for (name, folded) in &folded {
            for at in self.exact.get(folded).into_iter().flatten().filter(of_family) {
                raise(&mut best, *at, EQUAL, Certainty::Equal, || format!("the same name “{name}”"));
            }
        }
        let is_one = entry.country.as_ref().is_some_and(|code| !SHARED.contains(&code.as_str()));
        for (name, folded) in folded.iter().filter(|_| is_one) {
            for at in self.formless.get(folded).into_iter().flatten().filter(of_family) {
                let reason = || format!("the same name “{name}” but for the form of the state");
                raise(&mut best, *at, FORMLESS, Certainty::Decides, reason);
            }
        }
        for (at, pair) in self.paired.iter().filter(|(at, _)| of_family(&at)) {
            if pair.iter().all(|one| folded.iter().any(|(_, name)| name == one)) {
                raise(&mut best, *at, FORMLESS, Certainty::Decides, || {
                    format!("two of its names, “{}” and “{}”", pair[0], pair[1])
                });
            }
        }
        self.weigh_alike(entry, &folded, &families, &mut best);
        for spelled in families.iter().filter_map(|family| self.spelled.get(family)) {
            for (name, folded) in &folded {
                spelled.find_alike(folded, counts, |at, like| {
                    raise(&mut best, at, like.min(QUESTION), Certainty::Asks, || format!("letters like “{name}”"));
                });
            }
        }
        let judge = |(at, found): (u32, Found)| {
            let subject = self.subjects.get(at as usize)?;
            let exact = found.certainty == Certainty::Equal;
            let (score, reason) = self.settle(subject, entry, found);
            let label = entry.names.first().cloned().unwrap_or_default();
            let (iri, also, figures) = (entry.iri.clone(), entry.also.clone(), entry.figures.clone());
            Some((at, Candidate { iri, label, score, reason, also, figures, exact }))
        };
        let mut all: Vec<(u32, Candidate)> = best.into_iter().filter_map(judge).collect();
        all.retain(|(at, c)| c.score >= LEAST || self.judgement(*at, &c.iri).is_some());
        all.sort_by_key(|(at, _)| *at);
        all
    }

    /// Names of persons and bodies that the matcher finds alike. Where both say a country and it is another, only equal names count.
    /// A name of several words that differs from one before it in its writing only is not weighed again.
    fn weigh_alike(
        &self,
        entry: &Entry,
        names: &[(&str, String)],
        families: &BTreeSet<u8>,
        best: &mut FxHashMap<u32, Found>,
    ) {
        let elsewhere = |at: u32| {
            let countries = self.subjects.get(at as usize).map(|s| &s.countries).filter(|c| !c.is_empty());
            countries.zip(entry.country.as_ref()).is_some_and(|(all, country)| !all.contains(country))
        };
        let mut near: Vec<u32> = Vec::new();
        for (family, number) in [(NameFamily::Person, 0), (NameFamily::Body, 1)] {
            if !families.contains(&number) {
                continue;
            }
            for (i, (name, folded)) in names.iter().enumerate() {
                if folded.contains(' ') && names.iter().take(i).any(|(_, before)| before == folded) {
                    continue;
                }
                let prepared = PreparedName::new(name, family);
                near.clear();
                for key in prepared.blocking_keys() {
                    let most = if key.1 { MOST_SHARING_PAIR } else { MOST_SHARING };
                    near.extend(self.blocks.get(&key).filter(|list| list.len() <= most).into_iter().flatten());
                }
                near.sort_unstable();
                near.dedup();
                for index in &near {
                    let Some((at, other)) = self.names.get(*index as usize) else { continue };
                    let known = best.get(at).is_some_and(|b| b.score >= EQUAL);
                    if other.family() != family || known || elsewhere(*at) || !may_match(&prepared, other) {
                        continue;
                    }
                    if let Some(like) = weigh_alike(&prepared, other, name, LEAST) {
                        let certainty = if like.decides { Certainty::Decides } else { Certainty::Asks };
                        raise(best, *at, like.chance, certainty, || like.reason);
                    }
                }
            }
        }
    }

    /// What country and class add; and what stays a question whatever the names say.
    fn settle(&self, subject: &Subject, entry: &Entry, found: Found) -> (f32, String) {
        let Found { score, mut reason, certainty } = found;
        if score >= 1.0 {
            return (score, reason);
        }
        let table = context_weights();
        let mut odds = (score / (1.0 - score).max(1e-6)).ln();
        let mut add = |feature: &str, words: &str| {
            odds += table.get(feature).copied().unwrap_or(0.0);
            reason.push_str("; ");
            reason.push_str(words);
        };
        let mut placed = false;
        if subject.class != EntityType::Country
            && let Some(country) = &entry.country
            && !subject.countries.is_empty()
        {
            placed = subject.countries.contains(country);
            if placed {
                add("stated_same_country", "same country")
            } else {
                add("stated_other_country", "other country")
            }
        }
        let narrow = |class: EntityType| class != EntityType::Organization;
        if entry.class.is_some_and(|c| c != subject.class && narrow(c) && narrow(subject.class)) {
            add("other_class", "of another class");
        }
        let mut chance = 1.0 / (1.0 + (-odds).exp());
        if certainty == Certainty::Asks || (subject.class == EntityType::Person && !placed) {
            chance = chance.min(QUESTION);
        }
        (chance, reason)
    }

    fn judgement(&self, at: u32, entry: &str) -> Option<Judged> {
        let subject = self.subjects.get(at as usize)?;
        self.judged.get(&(subject.iri.as_str(), entry)).copied()
    }

    /// By subject: its candidates and what became of each, the best first. A subject has at most one accepted.
    pub fn finish(self, thresholds: Thresholds) -> Vec<Vec<(Candidate, Verdict)>> {
        let judged = |at: usize, c: &Candidate| self.judgement(at as u32, &c.iri);
        let decide = |(at, list): (usize, &Vec<Candidate>)| {
            let chosen = list.iter().position(|c| judged(at, c) == Some(Judged::Same));
            let open: Vec<&Candidate> = list.iter().filter(|c| judged(at, c).is_none()).collect();
            let alone = |c: &&Candidate| {
                let rival = open
                    .iter()
                    .filter(|o| o.iri != c.iri)
                    .map(|o| (o.score, o.exact))
                    .fold((0.0, false), |a, b| if b.0 > a.0 { b } else { a });
                rival.0 < thresholds.accept
                    || (c.score >= 1.0 && rival.0 < 1.0)
                    || (c.exact && !rival.1)
                    || c.score - rival.0 >= 0.03
            };
            let best = open.first().filter(|c| c.score >= thresholds.accept && alone(c)).map(|c| c.iri.clone());
            let verdict = |c: &Candidate| {
                let verdict = match judged(at, c) {
                    Some(Judged::Same) => Verdict::Accepted,
                    Some(Judged::Different) => Verdict::Rejected,
                    None if chosen.is_none() && best.as_ref() == Some(&c.iri) => Verdict::Accepted,
                    None if chosen.is_none() && best.is_none() && c.score >= thresholds.review => Verdict::Review,
                    None => return None,
                };
                Some((c.clone(), verdict))
            };
            list.iter().filter_map(verdict).collect()
        };
        self.found.iter().enumerate().map(decide).collect()
    }
}

fn push_once(list: &mut Vec<u32>, item: u32) {
    if list.last() != Some(&item) {
        list.push(item);
    }
}

/// What names say of an entry and a subject.
struct Found {
    score: f32,
    reason: String,
    certainty: Certainty,
}

/// What a likeness may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// The same name or identifier.
    Equal,
    /// It may decide.
    Decides,
    /// It is a question whatever else speaks for it.
    Asks,
}

fn raise(best: &mut FxHashMap<u32, Found>, at: u32, score: f32, certainty: Certainty, reason: impl FnOnce() -> String) {
    let worth = |score: f32, certainty| if certainty == Certainty::Asks { score.min(QUESTION) } else { score };
    if best.get(&at).is_none_or(|known| worth(known.score, known.certainty) < worth(score, certainty)) {
        best.insert(at, Found { score, reason: reason(), certainty });
    }
}

/// Number of families.
const FAMILIES: u8 = 5;

/// Only like is linked with like.
fn family_of(class: EntityType) -> u8 {
    match class {
        EntityType::Person => 0,
        class if class.is_body() => 1,
        EntityType::Country => 2,
        EntityType::Place => 3,
        _ => 4,
    }
}

fn matcher_family(class: EntityType) -> NameFamily {
    if class == EntityType::Person { NameFamily::Person } else { NameFamily::Body }
}
