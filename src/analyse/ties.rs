//! What ties a group: the kinds of facts within it, the countries that its members share, the subjects they are about.

use super::group::divide;
use super::network::Network;
use crate::error::Result;
use crate::ontology::EntityType;
use crate::store::find_quads;
use crate::vocab;
use oxigraph::model::{NamedOrBlankNode, Term};
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Properties whose values say what a fact is about.
const SUBJECTS: [&str; 2] = ["sector", "topic"];

/// A community, and what ties it.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Entities by number, those with most ties inside first.
    pub members: Vec<usize>,
    /// Ties between members, and those that lead out.
    pub inside: usize,
    /// Ties of members with others.
    pub outside: usize,
    /// Kinds (local names) with the number of facts between members, the most frequent first.
    pub kinds: Vec<(String, usize)>,
    /// Countries by number, with how many members are tied to each or are it; two at least.
    pub countries: Vec<(usize, usize)>,
    /// Sectors and topics of the facts, with the number of facts.
    pub subjects: Vec<(String, usize)>,
}

impl Network {
    /// The communities of the network, the largest first, and their modularity.
    ///
    /// # Errors
    /// The store, which is that of the network, cannot be read.
    pub fn find_groups(&self, store: &Store) -> Result<(Vec<Group>, f64)> {
        let division = divide(self.web());
        let subjects = read_subjects(store)?;
        let groups = division.groups.iter().map(|nodes| self.describe(nodes, &subjects));
        Ok((groups.collect(), division.modularity))
    }

    fn describe(&self, nodes: &[u32], subjects: &BTreeMap<String, BTreeSet<String>>) -> Group {
        let within: BTreeSet<u32> = nodes.iter().copied().collect();
        let (mut inner, mut outside) = (BTreeMap::new(), 0);
        let mut facts: BTreeMap<&str, &str> = BTreeMap::new();
        let mut countries: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for node in nodes {
            inner.entry(*node as usize).or_insert(0_usize);
            for (other, _) in self.web().ties(*node) {
                if self.entity(other as usize).is_some_and(|entity| entity.kind == EntityType::Country) {
                    countries.entry(other as usize).or_default().insert(*node);
                }
                if !within.contains(&other) {
                    outside += 1;
                    continue;
                }
                *inner.entry(*node as usize).or_default() += 1;
                let tie = self.tie_between(*node as usize, other as usize);
                for said in tie.into_iter().flat_map(|tie| &tie.said).filter_map(|(at, _)| self.said(*at)) {
                    facts.extend(said.facts.iter().map(|fact| (fact.as_str(), said.kind.as_str())));
                }
            }
        }
        for (country, members) in &mut countries {
            members.extend(within.get(&(*country as u32)));
        }
        let countries = countries.into_iter().map(|(country, members)| (country, members.len()));
        let about = facts.keys().filter_map(|fact| subjects.get(*fact)).flatten();
        let inside = inner.values().sum::<usize>() / 2;
        let mut members: Vec<(usize, usize)> = inner.into_iter().collect();
        members.sort_by_key(|(node, ties)| (usize::MAX - ties, *node));
        Group {
            members: members.into_iter().map(|(node, _)| node).collect(),
            inside,
            outside,
            kinds: count(facts.values().map(|kind| (*kind).to_owned())),
            countries: sort(countries.filter(|(_, members)| *members > 1).collect()),
            subjects: count(about.cloned()),
        }
    }

    /// Kinds (local names) of the facts that tie an entity to others, with their number, the most frequent first.
    pub fn count_kinds(&self, entity: usize) -> Vec<(String, usize)> {
        let ties = self.web().ties(entity as u32).filter_map(|(other, _)| self.tie_between(entity, other as usize));
        let said = ties.flat_map(|tie| &tie.said).filter_map(|(at, _)| self.said(*at));
        let facts: BTreeMap<&str, &str> =
            said.flat_map(|said| said.facts.iter().map(|fact| (fact.as_str(), said.kind.as_str()))).collect();
        count(facts.values().map(|kind| (*kind).to_owned()))
    }
}

fn count(words: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    sort(counts.into_iter().collect())
}

/// The most frequent first, else in order.
fn sort<T: Ord>(mut counts: Vec<(T, usize)>) -> Vec<(T, usize)> {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// Sectors and topics by fact.
fn read_subjects(store: &Store) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut subjects: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for property in SUBJECTS {
        for quad in find_quads(store, None, Some(vocab::dos(property).as_ref()))? {
            if let (NamedOrBlankNode::NamedNode(fact), Term::Literal(words)) = (quad.subject, quad.object) {
                subjects.entry(fact.into_string()).or_default().insert(words.value().to_lowercase());
            }
        }
    }
    Ok(subjects)
}
