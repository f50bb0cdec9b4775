//! Gold and facts of one document -> pairs: each gold fact has at most one found fact, each found fact at most one gold fact.
//!
//! Law: strict means that every stated role agrees and nobody is named too many; lenient, that those roles agree by which one
//! knows the fact again, quoted from the same sentence.

use super::agree::{Got, agrees, as_list, is_many, is_true, same_name};
use super::gold::{Gold, Neutral};
use super::kinds::{is_complete, keys_of};
use super::quote::{Place, Text, distance, touch};
use crate::extract::{Fact, Value};
use indexmap::IndexMap;
use serde_json::Value as Json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Roles that are free text, and what is said about the fact rather than in it.
const SOFT: &[&str] = &["topic", "place", "status", "attributed_to"];

/// How strictly a pair is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Strict,
    Lenient,
}

/// The pairs of one document under one mode; gold and facts by index.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// The fact of each gold fact that was found.
    pub(super) of_gold: BTreeMap<usize, usize>,
    /// Facts that have a partner.
    pub(super) right: BTreeSet<usize>,
    /// Facts that state again what another one is paired for.
    pub(super) again: BTreeSet<usize>,
    /// Facts in sentences that are neutral to their kind.
    pub(super) spare: BTreeSet<usize>,
}

/// One document's gold beside what was found in it.
pub(super) struct Sheet<'a> {
    golds: &'a [Gold],
    facts: Vec<Found<'a>>,
    places: Vec<Vec<Place>>,
    neutral: Vec<(&'a str, Vec<Place>)>,
}

struct Found<'a> {
    fact: &'a Fact,
    roles: IndexMap<&'a str, Vec<Got>>,
    places: Vec<Place>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(text: &Text, golds: &'a [Gold], facts: &[&'a Fact], neutral: &[&'a Neutral]) -> Self {
        let found = |fact: &&'a Fact| Found {
            fact,
            roles: fact.roles.iter().map(|(role, value)| (role.as_str(), list_got(value))).collect(),
            places: fact.evidence.iter().flat_map(|e| text.find(&e.quote)).collect(),
        };
        Self {
            golds,
            facts: facts.iter().map(found).collect(),
            places: golds.iter().map(|gold| text.find(&gold.quote)).collect(),
            neutral: neutral.iter().map(|n| (n.kind.as_str(), text.find(&n.quote))).collect(),
        }
    }

    /// How many facts have no quote that stands in the document.
    pub(super) fn count_moved(&self) -> usize {
        self.facts.iter().filter(|found| found.places.is_empty()).count()
    }

    /// Pairs gold and facts: where several fit, first those of the same sentence, then the strict, then the nearer.
    pub(super) fn pair(&self, mode: Mode) -> Pairs {
        let mut fits = Vec::new();
        for (i, gold) in self.golds.iter().enumerate() {
            for (j, found) in self.facts.iter().enumerate().filter(|(_, found)| found.fact.kind == gold.kind) {
                let places = self.places.get(i).map_or(&[][..], Vec::as_slice);
                let touching = touch(places, &found.places);
                let strict =
                    !found.places.is_empty() && (touching || is_complete(&gold.kind)) && roles_agree(gold, found);
                if strict || (mode == Mode::Lenient && touching && keys_agree(gold, found)) {
                    fits.push(((Reverse(touching), Reverse(strict), distance(places, &found.places)), i, j));
                }
            }
        }
        fits.sort();
        let mut pairs = Pairs::default();
        for (_, i, j) in &fits {
            if !pairs.of_gold.contains_key(i) && !pairs.right.contains(j) {
                pairs.of_gold.insert(*i, *j);
                pairs.right.insert(*j);
            }
        }
        pairs.again = fits.iter().map(|(_, _, j)| *j).filter(|j| !pairs.right.contains(j)).collect();
        let unpaired = (0..self.facts.len()).filter(|j| !pairs.right.contains(j) && !pairs.again.contains(j));
        pairs.spare = unpaired.filter(|j| self.is_neutral(*j)).collect();
        pairs
    }

    fn is_neutral(&self, fact: usize) -> bool {
        let Some(found) = self.facts.get(fact) else { return false };
        self.neutral.iter().any(|(kind, places)| *kind == found.fact.kind && touch(places, &found.places))
    }
}

fn list_got(value: &Value) -> Vec<Got> {
    let name = |entity: &crate::resolve::Entity| {
        let names = std::iter::once(&entity.label).chain(&entity.aliases);
        Got::Names(names.filter(|name| !name.is_empty()).cloned().collect())
    };
    match value {
        Value::Flag(flag) => vec![Got::Flag(*flag)],
        Value::One(entity) => vec![name(entity)],
        Value::Many(entities) => entities.iter().map(name).collect(),
        Value::When(period) => vec![Got::Text(period.to_string())],
        Value::Text(text) => vec![Got::Text(text.clone())],
        Value::Number(number) => vec![Got::Number(*number)],
    }
}

impl Found<'_> {
    fn role(&self, role: &str) -> &[Got] {
        self.roles.get(role).map_or(&[], Vec::as_slice)
    }

    /// The same, with the two ends of a trade exchanged.
    fn role_swapped(&self, role: &str) -> &[Got] {
        match role {
            "subject" => self.role("partner"),
            "partner" => self.role("subject"),
            other => self.role(other),
        }
    }
}

/// Whether all roles of one of the readings agree.
fn roles_agree(gold: &Gold, found: &Found<'_>) -> bool {
    gold.readings.iter().any(|reading| {
        let figure = gold.kind == "Measure";
        let no_target = Json::Bool(false);
        let untold = figure && !reading.contains_key("target");
        let stated = reading.iter().filter(|(role, _)| !SOFT.contains(&role.as_str()));
        let mut wanted =
            stated.map(|(role, value)| (role.as_str(), value)).chain(untold.then_some(("target", &no_target)));
        // Trade between A and B is trade between B and A.
        let swapped = figure && is_trade_of_another(reading, found);
        wanted
            .all(|(role, value)| agrees(role, value, if swapped { found.role_swapped(role) } else { found.role(role) }))
    })
}

fn is_trade_of_another(reading: &IndexMap<String, Json>, found: &Found<'_>) -> bool {
    let trade = reading.get("indicator").is_some_and(|indicator| super::agree::text_of(indicator).contains("trade"));
    let subject = reading.get("subject").unwrap_or(&Json::Null);
    trade && reading.get("partner").is_some_and(is_true) && !agrees("subject", subject, found.role("subject"))
}

/// Whether the identifying roles of one of the readings agree; of several parties, two.
fn keys_agree(gold: &Gold, found: &Found<'_>) -> bool {
    gold.readings.iter().any(|reading| {
        keys_of(&gold.kind).iter().all(|role| match reading.get(role.as_str()).filter(|wanted| !wanted.is_null()) {
            None => true,
            Some(wanted) if is_many(role) => {
                let wanted = as_list(wanted);
                let there = |gold: &&&Json| found.role(role).iter().any(|got| same_name(gold, got));
                wanted.iter().filter(there).count() >= wanted.len().min(2)
            }
            Some(wanted) => found.role(role).first().is_some_and(|got| agrees(role, wanted, std::slice::from_ref(got))),
        })
    })
}
