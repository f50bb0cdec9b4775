//! Sets of units -> entities: label, class, aliases, and the IRI.
//!
//! Law: an IRI that was minted once stays. A set that has several keeps one and the others become its aliases; a set that has none
//! gets one that reads like its name and that nobody has or had.

use super::cluster::Sets;
use super::entity::Entity;
use super::unit::Unit;
use crate::ontology::EntityType;
use crate::vocab;
use std::collections::{BTreeMap, BTreeSet};

struct Described<'a> {
    set: usize,
    label: String,
    kind: EntityType,
    aliases: BTreeSet<String>,
    document: &'a str,
    minted: BTreeSet<&'a str>,
}

/// The entity of each set, by the index that stands for it. `given_up`: IRIs that people made aliases.
pub(super) fn name_entities(
    units: &[Unit<'_>],
    sets: &mut Sets,
    given_up: &BTreeSet<String>,
) -> BTreeMap<usize, Entity> {
    let mut groups: BTreeMap<usize, Vec<&Unit<'_>>> = BTreeMap::new();
    for (i, unit) in units.iter().enumerate() {
        groups.entry(sets.find(i)).or_default().push(unit);
    }
    let mut described: Vec<Described<'_>> = groups.into_iter().map(|(set, list)| describe(set, &list)).collect();
    described
        .sort_by(|a, b| (&a.label, a.kind, &a.aliases, a.document).cmp(&(&b.label, b.kind, &b.aliases, b.document)));
    let mut kept = keep_minted(&described, given_up);
    let known: BTreeSet<&str> = described.iter().flat_map(|d| d.minted.iter().copied()).collect();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    described
        .into_iter()
        .map(|d| {
            let iri = kept.remove(&d.set).unwrap_or_else(|| mint(&d, &known, &mut taken));
            let entity = Entity { iri, label: d.label, aliases: d.aliases.into_iter().collect(), kind: d.kind };
            (d.set, entity)
        })
        .collect()
}

/// Which minted IRI each set keeps. Where a set was split, the part that reads most like the IRI has it, and the others are new.
fn keep_minted(described: &[Described<'_>], given_up: &BTreeSet<String>) -> BTreeMap<usize, String> {
    let mut kept: BTreeMap<usize, String> = BTreeMap::new();
    let mut owners: BTreeSet<&str> = BTreeSet::new();
    let reads_like = |d: &Described<'_>, iri: &str| vocab::id(&vocab::slug(&d.label)).as_str() == iri;
    for exact in [true, false] {
        for d in described.iter().filter(|d| !d.minted.is_empty()) {
            if kept.contains_key(&d.set) {
                continue;
            }
            let mut list: Vec<&str> = d.minted.iter().copied().filter(|i| !owners.contains(i)).collect();
            list.sort_by_key(|iri| (given_up.contains(*iri), !reads_like(d, iri), iri.chars().count(), *iri));
            let fits = list.iter().copied().filter(|iri| !given_up.contains(*iri) || list.len() == 1);
            let choice = if d.minted.len() > 1 || !exact {
                fits.clone().next()
            } else {
                fits.clone().find(|iri| reads_like(d, iri))
            };
            if let Some(iri) = choice {
                owners.insert(iri);
                kept.insert(d.set, iri.to_owned());
            }
        }
    }
    kept
}

fn mint(d: &Described<'_>, known: &BTreeSet<&str>, taken: &mut BTreeMap<String, usize>) -> String {
    let mut slug = vocab::slug(&d.label);
    if d.kind == EntityType::Group {
        slug = format!("{slug}.{}", d.document);
    }
    loop {
        let count = taken.entry(slug.clone()).or_default();
        *count += 1;
        let name = match *count {
            1 => slug.clone(),
            2 => format!("{slug}.{}", d.kind.as_str().to_lowercase()),
            more => format!("{slug}.{}.{more}", d.kind.as_str().to_lowercase()),
        };
        let iri = vocab::id(&name).into_string();
        if !known.contains(iri.as_str()) {
            return iri;
        }
    }
}

fn describe<'a>(set: usize, list: &[&Unit<'a>]) -> Described<'a> {
    let known = list.iter().find(|u| u.is_known()).map(|u| u.member.label.clone());
    let fullest = find_fullest(list);
    let label = known.or(fullest).unwrap_or_default();
    let mut kinds: BTreeMap<EntityType, usize> = BTreeMap::new();
    for unit in list {
        // "Organization" is what a body is called where nothing more is known.
        *kinds.entry(unit.member.kind).or_default() +=
            if unit.member.kind == EntityType::Organization { 1 } else { 100 };
    }
    let kind = kinds
        .into_iter()
        .max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)))
        .map_or(EntityType::Organization, |(kind, _)| kind);
    let mut aliases: BTreeSet<String> = list.iter().flat_map(|u| u.writings()).map(str::to_owned).collect();
    // A headline's capitals are no other name.
    let capitals = label.to_uppercase();
    aliases.retain(|alias| *alias != label && *alias != capitals);
    let document = list.first().map_or("", |u| u.document);
    Described { set, label, kind, aliases, document, minted: list.iter().filter_map(|u| u.minted).collect() }
}

/// The name with most words; of several, the one that most documents write, so that one slip of the pen names nobody.
fn find_fullest(list: &[&Unit<'_>]) -> Option<String> {
    let labels: BTreeSet<&str> = list.iter().map(|u| u.member.label.as_str()).collect();
    let words = |label: &str| label.split(' ').count();
    let most = labels.iter().map(|l| words(l)).max()?;
    let writers = |label: &str| list.iter().filter(|u| u.writings().any(|w| w == label)).count();
    let fullest = labels.into_iter().filter(|l| words(l) == most);
    fullest.max_by_key(|l| (writers(l), l.chars().count(), std::cmp::Reverse(*l))).map(str::to_owned)
}
