//! The graph -> the entities that are to be linked, with what tells them from others of their name.

use super::dataset::Dataset;
use super::entries::read_pairs;
use crate::error::Result;
use crate::extract::{Fact, Value};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Gazetteer;
use crate::resolve::Entity;
use std::collections::{BTreeMap, BTreeSet};

/// An entity of the graph as a dataset may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its IRI.
    pub iri: String,
    /// Its label.
    pub label: String,
    /// Its label and other names.
    pub names: Vec<String>,
    /// Its class.
    pub class: EntityType,
    /// ISO 3166-1 alpha-2 codes of the countries that it is, lies in, or holds a post of.
    pub countries: BTreeSet<String>,
    /// Identifiers and addresses that its sources give.
    pub identifiers: BTreeSet<String>,
    /// Facts it has a part in.
    pub facts: usize,
}

/// The subjects of facts, in order of their IRIs.
pub fn gather_subjects(facts: &[Fact]) -> Vec<Subject> {
    let mut found: BTreeMap<String, Subject> = BTreeMap::new();
    for fact in facts {
        for entity in fact.roles.values().flat_map(entities_of).chain(&fact.attributed_to) {
            add(&mut found, entity).facts += 1;
        }
        tell_country(fact, &mut found);
        tell_identifier(fact, &mut found);
    }
    found.into_values().filter(|s| s.class != EntityType::Group).collect()
}

fn entities_of(value: &Value) -> &[Entity] {
    match value {
        Value::One(entity) => std::slice::from_ref(entity),
        Value::Many(list) => list,
        _ => &[],
    }
}

fn add<'f>(found: &'f mut BTreeMap<String, Subject>, entity: &Entity) -> &'f mut Subject {
    found.entry(entity.iri.clone()).or_insert_with(|| {
        let mut names = vec![entity.label.clone()];
        names.extend(entity.aliases.iter().cloned());
        let countries = code_of(entity).map(str::to_owned).into_iter().collect();
        let (iri, label, class) = (entity.iri.clone(), entity.label.clone(), entity.kind);
        Subject { iri, label, names, class, countries, identifiers: BTreeSet::new(), facts: 0 }
    })
}

/// The code of a country that the reference data knows.
fn code_of(entity: &Entity) -> Option<&'static str> {
    let countries = &Gazetteer::embedded().countries;
    countries.iter().find(|c| entity.kind == EntityType::Country && c.name == entity.label).map(|c| c.code)
}

/// The code of the country with an identifier in Wikidata.
pub(super) fn country_of_wikidata(id: &str) -> Option<String> {
    Gazetteer::embedded().countries.iter().find(|c| c.wikidata == id).map(|c| c.code.to_owned())
}

impl Dataset {
    /// Which places of the graph lie in which of its countries, by the dataset's table of places: IRIs of both. A name that is in
    /// several countries, or that the graph puts elsewhere, says nothing.
    ///
    /// # Errors
    /// The table cannot be read, or lacks a column.
    pub fn find_countries_of_places(&self, subjects: &[Subject]) -> Result<Vec<(String, String)>> {
        let Some(places) = &self.places else { return Ok(Vec::new()) };
        let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, code) in read_pairs(self, &places.at, [&places.name, &places.country])? {
            codes.entry(name).or_default().insert(code);
        }
        let country = |code: &String| {
            let is_it = |s: &&Subject| s.class == EntityType::Country && s.countries.contains(code);
            subjects.iter().find(is_it).map(|s| s.iri.clone())
        };
        let lies = |place: &Subject| {
            let code = codes.get(&place.label).filter(|codes| codes.len() == 1)?.first()?;
            let fits = place.countries.is_empty() || place.countries.contains(code);
            Some((place.iri.clone(), country(code).filter(|_| fits)?))
        };
        Ok(subjects.iter().filter(|s| s.class == EntityType::Place).filter_map(lies).collect())
    }
}

/// Relations that say where an entity belongs.
const BELONGS: &[&str] = &["locatedIn", "headquarteredIn", "citizenOf", "partOf"];

fn tell_country(fact: &Fact, found: &mut BTreeMap<String, Subject>) {
    let one = |role: &str| fact.roles.get(role).and_then(|v| entities_of(v).first());
    let (who, of) = match (fact.kind.as_str(), fact.roles.get("relation")) {
        ("Position", _) => (one("person"), one("organization")),
        ("Relation", Some(Value::Text(name))) if BELONGS.contains(&name.as_str()) => (one("subject"), one("object")),
        _ => return,
    };
    if let (Some(who), Some(code)) = (who, of.and_then(code_of)) {
        add(found, who).countries.insert(code.to_owned());
    }
}

/// Properties of which an equal value makes two the same.
pub(crate) const IDENTIFIERS: &[&str] = &["schema:identifier", "schema:sameAs", "skos:exactMatch", "owl:sameAs"];

fn tell_identifier(fact: &Fact, found: &mut BTreeMap<String, Subject>) {
    let one = |role: &str| fact.roles.get(role).and_then(|v| entities_of(v).first());
    let (Some(Value::Text(relation)), Some(Value::Text(value))) =
        (fact.roles.get("relation"), fact.roles.get("object"))
    else {
        return;
    };
    if let (true, Some(who)) = (IDENTIFIERS.contains(&relation.as_str()), one("subject")) {
        add(found, who).identifiers.insert(value.clone());
    }
}
