//! Sets of equal names -> links: pairs that may be one, with the chance of it and the reason.
//!
//! Candidates share a key (a sound of a word, the acronym), so that not all pairs are compared; the matcher weighs the names, the
//! table `ontology/identity/context.tsv` the surroundings.
//!
//! Law: a key that too many share finds nobody, and what forbids a match (numbers, places, another given name) forbids it however
//! alike the rest is.

use super::cluster::Sets;
use super::matcher::{Feature, Features, NameFamily, PreparedName, Weights, find_features, hash_bytes};
use super::unit::{Unit, is_shouted};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::identity::context_weights;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Two sets that may be one.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// Units that stand for the sets, the smaller index first.
    pub(super) a: usize,
    pub(super) b: usize,
    /// The chance that they are one.
    pub(super) chance: f32,
    /// Whether one name leaves out words of the other; then the shorter must fit nobody else.
    pub(super) shortens: bool,
    /// Which of them has the shorter name.
    pub(super) short: usize,
    /// Why, in words.
    pub(super) reason: String,
}

impl Link {
    /// The one that is not the shorter.
    pub(super) fn full(&self) -> usize {
        if self.short == self.a { self.b } else { self.a }
    }
}

/// A set as links see it.
pub(super) struct Profile<'a> {
    /// The unit that stands for the set.
    pub(super) unit: usize,
    family: NameFamily,
    kind: EntityType,
    names: Vec<PreparedName>,
    documents: Vec<&'a str>,
    posts: BTreeSet<&'a str>,
    countries: BTreeSet<u16>,
    /// Whole names, folded; sets that share one and are not joined stay so.
    whole: BTreeSet<String>,
    /// Others that its documents name, by label's fingerprint.
    others: FxHashSet<u64>,
}

/// Names of a set that are compared; more would only repeat them.
const MOST_NAMES: usize = 6;
/// Documents whose surroundings are looked at.
const MOST_DOCUMENTS: usize = 8;
/// A key that more share finds nobody.
const MOST_SHARING: usize = 120;
/// The same for keys of a word and a letter.
const MOST_SHARING_PAIR: usize = 250;

impl<'a> Profile<'a> {
    /// One profile for each set of persons or bodies that the reference data does not know, in order of their units.
    pub(super) fn gather(units: &[Unit<'a>], sets: &mut Sets) -> Vec<Self> {
        let mut of_document: FxHashMap<&str, (BTreeSet<u16>, Vec<u64>)> = FxHashMap::default();
        let mut groups: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (i, unit) in units.iter().enumerate() {
            let (countries, others) = of_document.entry(unit.document).or_default();
            match unit.member.known {
                Some(Known::Country(c) | Known::Demonym(c) | Known::Capital(c)) => {
                    countries.insert(c);
                }
                _ if unit.family() < 2 => others.push(fingerprint(&unit.words.join(" "))),
                _ => {}
            }
            if unit.family() < 2 && !unit.is_known() {
                groups.entry(sets.find(i)).or_default().push(i);
            }
        }
        let mut roots: Vec<usize> = groups.keys().copied().collect();
        roots.sort_unstable();
        let profile = |root: usize| {
            let list = groups.get(&root)?;
            let members = || list.iter().filter_map(|i| units.get(*i));
            if members().any(Unit::is_known) {
                return None;
            }
            let first = units.get(root)?;
            let family = NameFamily::of_class(first.member.kind);
            let mut writings = gather_writings(members());
            writings.sort_by_key(|w| (std::cmp::Reverse(w.split(' ').count()), *w));
            let documents: BTreeSet<&str> = members().map(|u| u.document).collect();
            let near = documents.iter().take(MOST_DOCUMENTS).filter_map(|d| of_document.get(d));
            let own: BTreeSet<u64> = members().map(|u| fingerprint(&u.words.join(" "))).collect();
            Some(Self {
                unit: root,
                family,
                kind: members()
                    .map(|u| u.member.kind)
                    .find(|k| *k != EntityType::Organization)
                    .unwrap_or(first.member.kind),
                names: writings.into_iter().take(MOST_NAMES).map(|w| PreparedName::new(w, family)).collect(),
                posts: members().filter_map(|u| u.member.affiliation.as_deref()).collect(),
                countries: near.clone().flat_map(|d| d.0.iter().copied()).collect(),
                others: near.flat_map(|d| d.1.iter().copied()).filter(|o| !own.contains(o)).take(200).collect(),
                documents: documents.into_iter().collect(),
                whole: members().map(|u| u.words.join(" ")).collect(),
            })
        };
        roots.into_iter().filter_map(profile).collect()
    }

    /// Whether a name of this one forbids a name of the other: another given name, another number.
    pub(super) fn is_opposed_to(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.names.first(), other.names.first()) else { return false };
        find_features(a, b).is_none_or(|f| opposes(&f)) && !self.shares_name(other)
    }

    /// Whether any of their names agree.
    fn shares_name(&self, other: &Self) -> bool {
        let agree = |a: &PreparedName, b: &PreparedName| {
            find_features(a, b)
                .is_some_and(|f| !forbids(self.family, &f) && Weights::embedded().score(self.family, &f) >= 0.5)
        };
        self.names.iter().any(|a| other.names.iter().any(|b| agree(a, b)))
    }

    fn keys(&self) -> Vec<(u64, bool)> {
        let mut keys: Vec<(u64, bool)> = self.names.iter().flat_map(|n| n.blocking_keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn weigh_context(&self, other: &Self) -> (f32, Vec<&'static str>) {
        let table = context_weights();
        let mut told = Vec::new();
        let mut sum = table.get("graph").copied().unwrap_or(0.0);
        let mut add = |feature: &'static str, words: &'static str| {
            sum += table.get(feature).copied().unwrap_or(0.0);
            told.push(words);
        };
        let apart =
            |a: EntityType, b: EntityType| a != b && a != EntityType::Organization && b != EntityType::Organization;
        if apart(self.kind, other.kind) {
            add("other_class", "of another class");
        }
        if !self.posts.is_disjoint(&other.posts) {
            add("same_post", "same employer or country");
        } else if !self.posts.is_empty() && !other.posts.is_empty() {
            add("other_post", "other employer or country");
        }
        if !self.countries.is_disjoint(&other.countries) {
            add("same_country", "same countries in the documents");
        } else if !self.countries.is_empty() && !other.countries.is_empty() {
            add("other_country", "other countries in the documents");
        }
        if self.others.iter().any(|o| other.others.contains(o)) {
            add("same_company", "same others in the documents");
        }
        if self.documents.iter().any(|d| other.documents.binary_search(d).is_ok()) {
            add("together", "one document names both");
        }
        (sum, told)
    }

    /// The link between two sets; `None` where it is not worth a question.
    fn link(&self, other: &Self) -> Option<Link> {
        let weights = Weights::embedded();
        let mut best: Option<(f32, Features, &PreparedName, &PreparedName)> = None;
        for a in &self.names {
            for b in &other.names {
                // Words that many bodies have name one only as the beginning of its name.
                if (a.is_generic() || b.is_generic()) && !a.begins(b) && !b.begins(a) {
                    continue;
                }
                let Some(features) = find_features(a, b).filter(|f| !forbids(self.family, f)) else { continue };
                let chance = weights.score(self.family, &features);
                if best.as_ref().is_none_or(|(c, ..)| chance > *c) {
                    best = Some((chance, features, a, b));
                }
            }
        }
        let (chance, features, mine, theirs) = best.filter(|(c, ..)| *c >= 0.3)?;
        let (context, told) = self.weigh_context(other);
        let odds = (chance / (1.0 - chance).max(1e-6)).ln() + context;
        let chance = 1.0 / (1.0 + (-odds).exp());
        // The name was not enough to join them, by a rule or by a person: then it is not here either.
        let chance = if self.whole.is_disjoint(&other.whole) { chance } else { chance.min(super::across::JOIN - 0.01) };
        if chance < super::across::ASK {
            return None;
        }
        let shortens = [Feature::Extra, Feature::GenericExtra, Feature::PlaceExtra, Feature::Single, Feature::Initial]
            .iter()
            .any(|f| features.get(*f) > 0.0)
            || features.get(Feature::Acronym) > 0.0;
        // A person's shorter name is a doubt unless a post says who is meant; one word alone always is, and so is what is no name.
        let doubtful = match self.family {
            NameFamily::Person => {
                mine.len().min(theirs.len()) < 2 || (shortens && self.posts.is_disjoint(&other.posts))
            }
            NameFamily::Body => {
                (mine.is_generic() || theirs.is_generic())
                    && [self.kind, other.kind].iter().any(|k| *k != EntityType::Company)
            }
        };
        let chance = if doubtful { chance.min(super::across::JOIN - 0.01) } else { chance };
        let short = if (mine.len(), self.unit) <= (theirs.len(), other.unit) { self.unit } else { other.unit };
        Some(Link {
            a: self.unit.min(other.unit),
            b: self.unit.max(other.unit),
            chance,
            shortens,
            short,
            reason: describe(&features, &told),
        })
    }
}

/// How a set is written, each once. A single word is left out where there is more to go by, unless it is an acronym: the surname of one
/// brother is no name of the other.
fn gather_writings<'u, 'a: 'u>(members: impl Iterator<Item = &'u Unit<'a>>) -> Vec<&'a str> {
    let (mut full, mut single) = (BTreeSet::new(), BTreeSet::new());
    for unit in members {
        for writing in unit.writings() {
            let alone = !writing.contains([' ', '-']) && !(unit.family() == 1 && is_shouted(writing));
            if alone {
                single.insert(writing)
            } else {
                full.insert(writing)
            };
        }
    }
    if full.is_empty() { single } else { full }.into_iter().collect()
}

/// What no likeness outweighs in a graph.
fn forbids(family: NameFamily, features: &Features) -> bool {
    let of_persons = [Feature::Cut, Feature::Loose];
    opposes(features) || (family == NameFamily::Person && of_persons.into_iter().any(|f| features.get(f) > 0.0))
}

/// What says that two names are two.
fn opposes(features: &Features) -> bool {
    let against = [
        Feature::Conflict,
        Feature::PlaceConflict,
        Feature::GenericConflict,
        Feature::Number,
        Feature::NumberSlip,
        Feature::LegalConflict,
        Feature::OnlyInitials,
        Feature::InitialConflict,
        Feature::Swapped,
        Feature::Characters,
    ];
    against.into_iter().any(|f| features.get(f) > 0.0)
}

/// `one letter differs in a word; same employer or country`.
fn describe(features: &Features, context: &[&'static str]) -> String {
    let skip = [Feature::Bias, Feature::SameShare, Feature::Script];
    let mut parts: Vec<String> = Feature::ALL
        .iter()
        .filter(|f| !skip.contains(f) && features.get(**f) > 0.0)
        .map(|f| f.name().replace('_', " "))
        .collect();
    parts.extend(context.iter().map(|c| (*c).to_owned()));
    parts.join("; ")
}

fn fingerprint(text: &str) -> u64 {
    hash_bytes(0, &[text.as_bytes()])
}

/// All links worth a question, in no order that matters.
pub(super) fn find_links(profiles: &[Profile<'_>]) -> Vec<Link> {
    let mut keyed: Vec<(u64, bool, u32)> = profiles
        .iter()
        .enumerate()
        .flat_map(|(i, p)| p.keys().into_iter().map(move |(key, pair)| (key, pair, i as u32)))
        .collect();
    keyed.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for block in keyed.chunk_by(|x, y| x.0 == y.0 && x.1 == y.1) {
        let most = if block.first().is_some_and(|b| b.1) { MOST_SHARING_PAIR } else { MOST_SHARING };
        if block.len() > most {
            continue;
        }
        for (at, (_, _, i)) in block.iter().enumerate() {
            pairs.extend(block.iter().skip(at + 1).map(|(_, _, j)| (*i.min(j), *i.max(j))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let of = |i: u32| profiles.get(i as usize);
    let link = |(i, j): &(u32, u32)| {
        let (a, b) = (of(*i)?, of(*j)?);
        if a.family == b.family { a.link(b) } else { None }
    };
    pairs.iter().filter_map(link).collect()
}
