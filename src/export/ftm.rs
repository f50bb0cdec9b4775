//! FollowTheMoney: one JSON object a line, entities and the links between them, by `ontology/exchange/ftm_out.tsv`.
//!
//! Law: only what is asserted is written, each link with its sentences and the files that they stand in; a link whose ends do not fit its
//! schema is an `UnknownLink`.

use crate::analyse::{Rules, SourcedFact, read_facts};
use crate::date::Period;
use crate::error::{Error, Result};
use crate::ontology::Status;
use crate::ontology::gazetteer::Gazetteer;
use crate::ontology::table::Table;
use crate::query::read_entities;
use crate::recount::read_quotes;
use crate::resolve::Entity;
use crate::store::find_quads;
use crate::vocab;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedOrBlankNode, Term};
use oxigraph::store::Store;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

const TABLE: &str = include_str!("../../ontology/exchange/ftm_out.tsv");
/// What a fact becomes whose kind or ends the table does not know.
const ANY_LINK: &str = "UnknownLink";
/// The schema of a tenure, which needs an entity for the post.
const TENURE: &str = "Occupancy";
const HAPPENING: &str = "Event";

/// How much was written, and what was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exchanged {
    /// Entities, posts among them.
    pub entities: usize,
    /// Links and events.
    pub links: usize,
    /// Facts that are planned, possible or denied.
    pub unsure: usize,
    /// Facts that tie nobody, such as figures and quotations.
    pub loose: usize,
}

#[derive(Debug, Serialize)]
struct Proxy {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, BTreeSet<String>>,
}

struct Part {
    schema: &'static str,
    role: &'static str,
    property: &'static str,
    among: Vec<&'static str>,
}

/// Writes what a store asserts; sorted by identifier.
///
/// # Errors
/// The store or the rules cannot be read, or `out` cannot be written.
pub fn write_ftm(store: &Store, out: &mut impl Write) -> Result<Exchanged> {
    let mut writer = Writer::new(store)?;
    let facts = read_facts(store)?;
    for (iri, fact) in &facts {
        if fact.status != Status::Asserted {
            writer.told.unsure += 1;
        } else if !writer.add_fact(iri, fact)? {
            writer.told.loose += 1;
        }
    }
    let failed = |cause: &dyn std::fmt::Display| Error::new(format!("cannot write FollowTheMoney: {cause}"));
    for proxy in writer.proxies.values() {
        serde_json::to_writer(&mut *out, proxy).map_err(|cause| failed(&cause))?;
        out.write_all(b"\n").map_err(|cause| failed(&cause))?;
    }
    writer.told.entities = writer.proxies.len() - writer.told.links;
    Ok(writer.told)
}

struct Writer<'a> {
    store: &'a Store,
    parts: BTreeMap<&'static str, Vec<Part>>,
    rules: Rules,
    entities: BTreeMap<String, Entity>,
    labels: BTreeMap<String, String>,
    proxies: BTreeMap<String, Proxy>,
    told: Exchanged,
}

impl<'a> Writer<'a> {
    fn new(store: &'a Store) -> Result<Self> {
        let mut parts: BTreeMap<&'static str, Vec<Part>> = BTreeMap::new();
        for row in Table::parse(TABLE).rows() {
            let part = Part {
                schema: row.get("schema"),
                role: row.get("role"),
                property: row.get("property"),
                among: row.get("among").split(',').filter(|name| !name.is_empty()).collect(),
            };
            parts.entry(row.get("kind")).or_default().push(part);
        }
        let entities: BTreeMap<String, Entity> =
            read_entities(store)?.into_iter().map(|entity| (entity.iri.clone(), entity)).collect();
        let mut labels = BTreeMap::new();
        for quad in find_quads(store, None, Some(rdfs::LABEL))? {
            if let (NamedOrBlankNode::NamedNode(fact), Term::Literal(label)) = (quad.subject, quad.object) {
                labels.insert(fact.into_string(), label.destruct().0);
            }
        }
        let mut writer = Self {
            store,
            parts,
            rules: Rules::embedded()?,
            entities,
            labels,
            proxies: BTreeMap::new(),
            told: Exchanged::default(),
        };
        for entity in writer.entities.values().cloned().collect::<Vec<_>>() {
            writer.add_entity(&entity);
        }
        Ok(writer)
    }

    fn schema_of(&self, iri: &str) -> Option<&'static str> {
        let class = self.entities.get(iri)?.kind.as_str();
        self.parts.get(class)?.iter().find(|part| part.role.is_empty()).map(|part| part.schema)
    }

    fn add_entity(&mut self, entity: &Entity) {
        let Some(schema) = self.schema_of(&entity.iri) else { return };
        let mut properties: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        properties.insert("name", [entity.label.clone()].into());
        properties.insert("alias", entity.aliases.iter().cloned().collect());
        properties.insert("country", country_code(entity).into_iter().collect());
        if schema == "Address" {
            properties.insert("full", [entity.label.clone()].into());
        }
        self.put(local(&entity.iri), schema, properties);
    }

    fn put(&mut self, id: String, schema: &'static str, mut properties: BTreeMap<&'static str, BTreeSet<String>>) {
        properties.retain(|_, values| !values.is_empty());
        self.proxies.insert(id.clone(), Proxy { id, schema, properties });
    }

    /// Whether it ties anybody.
    fn add_fact(&mut self, iri: &str, fact: &SourcedFact) -> Result<bool> {
        let ends = self.ends(fact).or_else(|| self.any_ends(fact));
        let Some((schema, ends)) = ends else { return Ok(false) };
        let mut properties = self.describe(iri, fact)?;
        let label = self.labels.get(iri).cloned().unwrap_or_else(|| vocab::shorten(iri));
        let words = fact.claimed.as_ref().map_or_else(|| fact.value("role"), |(_, relation, _)| Some(relation.clone()));
        match schema {
            TENURE => drop(properties.insert("post", [self.add_post(fact)].into())),
            HAPPENING => drop(properties.insert("name", [label].into())),
            "Family" => drop(properties.insert("relationship", words.into_iter().collect())),
            _ => drop(properties.insert("role", [words.unwrap_or(label)].into())),
        }
        for (property, entity) in ends {
            properties.entry(property).or_default().insert(local(&entity));
        }
        self.put(local(iri), schema, properties);
        self.told.links += 1;
        Ok(true)
    }

    /// Schema and ends by the table; `None` where the kind is not listed or its ends do not fit.
    fn ends(&self, fact: &SourcedFact) -> Option<(&'static str, Vec<(&'static str, String)>)> {
        let kinds = fact.claimed.iter().map(|(_, relation, _)| relation).chain(&fact.classes);
        let parts = kinds.into_iter().find_map(|kind| self.parts.get(kind.as_str()))?;
        let mut ends = Vec::new();
        for part in parts.iter().filter(|part| !part.role.is_empty()) {
            let fits = |iri: &&String| {
                self.schema_of(iri).is_some_and(|schema| part.among.is_empty() || part.among.contains(&schema))
            };
            let found = fillers(fact, part.role);
            let fitting: Vec<&String> = found.iter().filter(fits).collect();
            if fitting.is_empty() || (fitting.len() < found.len() && part.schema != HAPPENING) {
                return None;
            }
            ends.extend(fitting.into_iter().map(|iri| (part.property, iri.clone())));
        }
        Some((parts.first()?.schema, ends)).filter(|(_, ends)| !ends.is_empty())
    }

    /// The two that a fact of any kind ties.
    fn any_ends(&self, fact: &SourcedFact) -> Option<(&'static str, Vec<(&'static str, String)>)> {
        let of = |property: &Option<String>| property.iter().flat_map(|p| fillers(fact, p)).collect::<Vec<_>>();
        let pair = match (&fact.claimed, self.rules.rule(fact.classes.iter())) {
            (Some((subject, _, object)), _) => vec![subject.clone(), object.clone()],
            (None, Some(rule)) => {
                let (from, to) = (of(&rule.from), of(&rule.to));
                let between = of(&rule.between);
                if between.is_empty() {
                    from.into_iter().take(1).chain(to.into_iter().take(1)).collect()
                } else {
                    between
                }
            }
            (None, None) => fact.entities.values().flatten().cloned().collect(),
        };
        let mut known: Vec<String> = pair.into_iter().filter(|iri| self.schema_of(iri).is_some()).collect();
        known.dedup();
        let mut known = known.into_iter();
        let (subject, object) = (known.next()?, known.next()?);
        Some((ANY_LINK, vec![("subject", subject), ("object", object)]))
    }

    /// An entity for the post of a tenure.
    fn add_post(&mut self, fact: &SourcedFact) -> String {
        let role = fact.value("office").or_else(|| fact.value("role")).unwrap_or_else(|| "post".to_owned());
        let body = fillers(fact, "organization").into_iter().next();
        let entity = body.as_ref().and_then(|iri| self.entities.get(iri)).cloned();
        let name = entity.as_ref().map_or_else(|| role.clone(), |entity| format!("{role}, {}", entity.label));
        let slug = vocab::slug(&role);
        let id = format!(
            "post.{}.{}",
            if slug.is_empty() { "x" } else { &slug },
            body.as_deref().map_or_else(|| "x".to_owned(), local)
        );
        let code = entity.as_ref().and_then(country_code);
        let mut properties: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::from([("name", [name].into())]);
        match (code, body) {
            (Some(code), _) => drop(properties.insert("country", [code].into())),
            (None, Some(body)) if matches!(self.schema_of(&body), Some("Company" | "PublicBody" | "Organization")) => {
                properties.insert("organization", [local(&body)].into());
            }
            _ => {}
        }
        self.put(id.clone(), "Position", properties);
        id
    }

    /// When, by which sentences and sources.
    fn describe(&self, iri: &str, fact: &SourcedFact) -> Result<BTreeMap<&'static str, BTreeSet<String>>> {
        let mut properties: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        let mut set = |property, value: Option<String>| properties.entry(property).or_default().extend(value);
        for (property, value) in
            fact.values.iter().flat_map(|(property, values)| values.iter().map(move |v| (property, v)))
        {
            let period: Option<Period> = value.parse().ok();
            match (property.as_str(), period) {
                ("start", Some(period)) => set("startDate", period.from.map(|date| date.to_string())),
                ("end", Some(period)) => set("endDate", period.to.map(|date| date.to_string())),
                ("date" | "period", Some(period)) => match period.single() {
                    Some(date) => set("date", Some(date.to_string())),
                    None => {
                        set("startDate", period.from.map(|date| date.to_string()));
                        set("endDate", period.to.map(|date| date.to_string()));
                    }
                },
                ("share", _) => set("percentage", Some(value.clone())),
                ("topic", _) => set("summary", Some(value.clone())),
                _ => {}
            }
        }
        set("recordId", Some(vocab::shorten(iri)));
        for quote in read_quotes(self.store, &vocab::iri(iri))? {
            set("description", Some(quote.words()));
            set("publisher", Some(quote.publisher.clone().unwrap_or(quote.source)));
        }
        Ok(properties)
    }
}

fn fillers(fact: &SourcedFact, role: &str) -> Vec<String> {
    match (&fact.claimed, role) {
        (Some((subject, _, _)), "subject") => vec![subject.clone()],
        (Some((_, _, object)), "object") => vec![object.clone()],
        _ => fact.entities_of(role).into_iter().cloned().collect(),
    }
}

/// ISO 3166-1 alpha-2 code of a country, in lower case as FollowTheMoney writes it.
fn country_code(entity: &Entity) -> Option<String> {
    let countries = &Gazetteer::embedded().countries;
    let found = countries
        .iter()
        .find(|country| entity.kind == crate::ontology::EntityType::Country && country.name == entity.label);
    found.map(|country| country.code.to_lowercase())
}

/// An identifier that FollowTheMoney allows: letters, digits, `-` and `.`.
fn local(iri: &str) -> String {
    let local = iri.strip_prefix(vocab::ID).unwrap_or(iri).replace('+', ".and.");
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let fits = !local.is_empty()
        && local.chars().all(allowed)
        && local.starts_with(|c: char| c.is_ascii_alphanumeric())
        && local.ends_with(|c: char| c.is_ascii_alphanumeric());
    if fits { local } else { format!("x{}", vocab::digest(&[iri], 20)) }
}
