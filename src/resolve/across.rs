//! Across documents: a first, careful resolver. Same reference entry, same name, same alias, same acronym; for people also
//! a shorter name with the same post.
//!
//! Law: the result depends on the set of documents, never on their order.

use super::cast::Member;
use super::entity::Entity;
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;
use crate::vocab;
use std::collections::{BTreeMap, BTreeSet};

/// The members of one document, as far as other documents may share them.
pub struct Household<'a> {
    /// Identifier of the document.
    pub document: &'a str,
    /// Its members.
    pub members: &'a [Member],
}

/// For every document (in the order given) the entity of each of its members.
pub fn resolve_across(households: &[Household<'_>]) -> Vec<Vec<Entity>> {
    let mut order: Vec<(usize, usize)> = Vec::new();
    let mut by_name: Vec<usize> = (0..households.len()).collect();
    by_name.sort_by_key(|h| households.get(*h).map_or("", |h| h.document));
    for h in by_name {
        order.extend((0..households.get(h).map_or(0, |x| x.members.len())).map(|m| (h, m)));
    }
    let people: Vec<Person<'_>> = order
        .iter()
        .filter_map(|(h, m)| Some(Person::new(households.get(*h)?, *m)))
        .collect::<Option<Vec<_>>>()
        .unwrap_or_default();
    let mut sets = Sets::new(people.len());
    join_by_key(&people, &mut sets);
    join_people(&people, &mut sets);
    let entities = mint(&people, &mut sets);
    let mut found: Vec<Vec<Entity>> = households.iter().map(|h| Vec::with_capacity(h.members.len())).collect();
    for ((h, _), set) in order.iter().zip((0..people.len()).map(|i| sets.find(i))) {
        if let (Some(list), Some(entity)) = (found.get_mut(*h), entities.get(&set)) {
            list.push(entity.clone());
        }
    }
    found
}

struct Person<'a> {
    member: &'a Member,
    document: &'a str,
    names: BTreeSet<String>,
    words: Vec<String>,
}

/// A name without accents, case, legal form, honorific and article.
fn fold_name(name: &str, kind: EntityType) -> Vec<String> {
    let lexicon = Lexicon::embedded();
    let plain = any_ascii::any_ascii(name).to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "the" && *w != "s");
    let all: Vec<String> = words.map(str::to_owned).collect();
    let strip = |w: &&String| {
        if kind == EntityType::Person {
            !lexicon.is_honorific(w)
        } else {
            !(kind.is_body() && lexicon.is_legal_form(w))
        }
    };
    let core: Vec<String> = all.iter().filter(strip).cloned().collect();
    if core.is_empty() { all } else { core }
}

impl<'a> Person<'a> {
    fn new(household: &Household<'a>, m: usize) -> Option<Self> {
        let member = household.members.get(m)?;
        let fold = |name: &str| fold_name(name, member.kind).join(" ");
        let names =
            std::iter::once(&member.label).chain(&member.aliases).map(|n| fold(n)).filter(|n| n.len() > 1).collect();
        Some(Self { member, document: household.document, names, words: fold_name(&member.label, member.kind) })
    }

    fn family(&self) -> u8 {
        match self.member.kind {
            EntityType::Person => 0,
            k if k.is_body() => 1,
            EntityType::Country => 2,
            EntityType::Place => 3,
            EntityType::Group => 4,
            _ => 5,
        }
    }

    /// Names that identify it in every document.
    fn keys(&self) -> Vec<String> {
        if let Some(known) = self.member.known.filter(|k| !matches!(k, Known::Place(_))) {
            return vec![format!("known {known:?}")];
        }
        if self.member.kind == EntityType::Group {
            return vec![format!("{} {}", self.document, self.member.label.to_lowercase())];
        }
        let telling = |n: &&String| {
            // A single word says little of a person, and of a body only where it is an acronym or the whole name.
            n.contains(' ') || (self.family() != 0 && (**n == self.words.join(" ") || self.is_acronym(n)))
        };
        let mut keys: Vec<String> =
            self.names.iter().filter(telling).map(|n| format!("{} {n}", self.family())).collect();
        if keys.is_empty() {
            keys.push(format!("{} {} {}", self.family(), self.document, self.member.label));
        }
        keys
    }

    fn is_acronym(&self, folded: &str) -> bool {
        let shouted =
            |n: &&String| n.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && n.chars().count() > 1;
        self.member
            .aliases
            .iter()
            .chain([&self.member.label])
            .filter(shouted)
            .any(|n| fold_name(n, self.member.kind).join(" ") == folded)
    }
}

fn join_by_key(people: &[Person<'_>], sets: &mut Sets) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (i, person) in people.iter().enumerate() {
        for key in person.keys() {
            match seen.get(&key) {
                Some(first) => sets.join(*first, i),
                None => {
                    seen.insert(key, i);
                }
            }
        }
    }
}

/// "Karim Khan" is "Abdul Karim Khan" where a post of one is a post of the other and nobody else fits.
fn join_people(people: &[Person<'_>], sets: &mut Sets) {
    let humans: Vec<usize> =
        (0..people.len()).filter(|i| people.get(*i).is_some_and(|p| p.family() == 0 && p.words.len() > 1)).collect();
    let mut by_surname: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in &humans {
        if let Some(surname) = people.get(*i).and_then(|p| p.words.last()) {
            by_surname.entry(surname).or_default().push(*i);
        }
    }
    for list in by_surname.values() {
        for a in list {
            let fits: Vec<usize> = list
                .iter()
                .copied()
                .filter(|b| people.get(*a).zip(people.get(*b)).is_some_and(|(a, b)| is_shorter(a, b)))
                .collect();
            let sets_of: BTreeSet<usize> = fits.iter().map(|b| sets.find(*b)).collect();
            if let (1, Some(b)) = (sets_of.len(), fits.first()) {
                sets.join(*a, *b);
            }
        }
    }
}

fn is_shorter(a: &Person<'_>, b: &Person<'_>) -> bool {
    let shares_post = a.member.affiliation.is_some() && a.member.affiliation == b.member.affiliation;
    let spelt = |w: &String| b.words.iter().any(|v| v == w || is_slip(v, w));
    shares_post && a.words != b.words && a.words.len() <= b.words.len() && a.words.iter().all(spelt)
}

fn is_slip(a: &str, b: &str) -> bool {
    a.len().min(b.len()) >= 5
        && a.chars().next() == b.chars().next()
        && rapidfuzz::distance::damerau_levenshtein::distance(a.chars(), b.chars()) <= 1
}

fn mint(people: &[Person<'_>], sets: &mut Sets) -> BTreeMap<usize, Entity> {
    let mut groups: BTreeMap<usize, Vec<&Person<'_>>> = BTreeMap::new();
    for (i, person) in people.iter().enumerate() {
        groups.entry(sets.find(i)).or_default().push(person);
    }
    let mut described: Vec<(usize, String, EntityType, BTreeSet<String>, String)> =
        groups.into_iter().map(|(set, list)| describe(set, &list)).collect();
    described.sort_by(|a, b| (&a.1, a.2, &a.3, &a.4).cmp(&(&b.1, b.2, &b.3, &b.4)));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    described
        .into_iter()
        .map(|(set, label, kind, aliases, document)| {
            let mut slug = vocab::slug(&label);
            if kind == EntityType::Group {
                slug = format!("{slug}.{document}");
            }
            let count = taken.entry(slug.clone()).or_default();
            *count += 1;
            if *count > 1 {
                slug = format!(
                    "{slug}.{}{}",
                    kind.as_str().to_lowercase(),
                    if *count > 2 { format!(".{count}") } else { String::new() }
                );
            }
            let iri = vocab::id(&slug).into_string();
            (set, Entity { iri, label, aliases: aliases.into_iter().collect(), kind })
        })
        .collect()
}

fn describe(set: usize, list: &[&Person<'_>]) -> (usize, String, EntityType, BTreeSet<String>, String) {
    let known = list
        .iter()
        .find(|p| p.member.known.is_some_and(|k| !matches!(k, Known::Place(_))))
        .map(|p| p.member.label.clone());
    let fullest = list
        .iter()
        .map(|p| &p.member.label)
        .max_by_key(|l| (l.split(' ').count(), l.chars().count(), std::cmp::Reverse((*l).clone())));
    let label = known.or_else(|| fullest.cloned()).unwrap_or_default();
    let mut kinds: BTreeMap<EntityType, usize> = BTreeMap::new();
    for person in list {
        // "Organization" is what a body is called where nothing more is known.
        *kinds.entry(person.member.kind).or_default() +=
            if person.member.kind == EntityType::Organization { 1 } else { 100 };
    }
    let kind = kinds
        .into_iter()
        .max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)))
        .map_or(EntityType::Organization, |(kind, _)| kind);
    let mut aliases: BTreeSet<String> =
        list.iter().flat_map(|p| p.member.aliases.iter().chain([&p.member.label])).cloned().collect();
    aliases.remove(&label);
    let document = list.first().map(|p| p.document.to_owned()).unwrap_or_default();
    (set, label, kind, aliases, document)
}

/// Disjoint sets; the smallest index stands for its set, so that the order of joins does not matter.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn find(&mut self, i: usize) -> usize {
        let mut root = i;
        while let Some(up) = self.0.get(root).copied().filter(|up| *up != root) {
            root = up;
        }
        let mut at = i;
        while let Some(slot) = self.0.get_mut(at).filter(|up| **up != root) {
            at = std::mem::replace(slot, root);
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}
