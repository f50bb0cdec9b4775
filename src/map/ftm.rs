//! FollowTheMoney entities -> statements in the terms of `ontology/core.ttl`, by `ontology/exchange/ftm.tsv`.
//!
//! A post (schema Position) is no entity to Dossier: its name is the role of whoever occupies it, its country or organisation the body.

use super::Statement;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Gazetteer;
use crate::ontology::table::Table;
use crate::read::Document;
use crate::read::records::Rows;
use crate::vocab;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, Literal, NamedNode, Term};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TERMS: &str = include_str!("../../ontology/exchange/ftm.tsv");

/// One entity, as a line has it.
#[derive(Debug, Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<String>>,
}

/// The statements of a stream of entities.
pub(super) fn read_entities(
    document: &Document,
    rows: &Rows,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Statement>, Diagnostic> {
    let mut entities: Vec<(usize, Entity)> = Vec::new();
    let mut last = None;
    for (record, row) in rows.records.iter().enumerate() {
        // A line with lists gives several rows; its words are the same.
        if last.replace(row.bytes.start) == Some(row.bytes.start) {
            continue;
        }
        match serde_json::from_str(document.text.get(row.bytes.clone()).unwrap_or_default()) {
            Ok(entity) => entities.push((record, entity)),
            Err(cause) => {
                let message = format!("no FollowTheMoney entity: {cause}; it is left out");
                findings.push(Diagnostic::error(&document.name, message).at(row.line, 1));
            }
        }
    }
    let terms = Terms::load();
    let posts: BTreeMap<&str, &Entity> =
        entities.iter().filter(|(_, e)| e.schema == "Position").map(|(_, e)| (e.id.as_str(), e)).collect();
    let (mut statements, mut unknown) = (Vec::new(), BTreeMap::<&str, usize>::new());
    for (record, entity) in &entities {
        match terms.classes.get(entity.schema.as_str()) {
            Some(class) => terms.state(*record, entity, class, &posts, &mut statements),
            None if entity.schema == "Position" => {}
            None => *unknown.entry(&entity.schema).or_default() += 1,
        }
    }
    for (schema, count) in unknown {
        let message = format!("{count} of the schema {schema}, which Dossier does not read");
        findings.push(Diagnostic::new(Severity::Note, &document.name, message));
    }
    Ok(statements)
}

/// The table of terms.
struct Terms {
    classes: BTreeMap<&'static str, NamedNode>,
    properties: BTreeMap<(&'static str, &'static str), NamedNode>,
}

impl Terms {
    fn load() -> Self {
        let (mut classes, mut properties) = (BTreeMap::new(), BTreeMap::new());
        for row in Table::parse(TERMS).rows() {
            let Some(term) = vocab::expand(row.get("term")) else { continue };
            match row.get("property") {
                "" => drop(classes.insert(row.get("schema"), term)),
                property => drop(properties.insert((row.get("schema"), property), term)),
            }
        }
        Self { classes, properties }
    }

    fn state(
        &self,
        record: usize,
        entity: &Entity,
        class: &NamedNode,
        posts: &BTreeMap<&str, &Entity>,
        statements: &mut Vec<Statement>,
    ) {
        let subject = node_of(&entity.id);
        let mut state = |predicate: &NamedNode, object: Term| {
            let predicate = predicate.as_str().to_owned();
            statements.push(Statement { record, subject: subject.clone(), predicate, object });
        };
        state(&rdf::TYPE.into_owned(), class.clone().into());
        for (property, values) in &entity.properties {
            let schema = entity.schema.as_str();
            let own = self.properties.iter().find(|((s, p), _)| *s == schema && p == property);
            let Some((_, term)) = own.or_else(|| self.properties.iter().find(|((s, p), _)| *s == "*" && p == property))
            else {
                continue;
            };
            for value in values {
                match posts.get(value.as_str()).filter(|_| property == "post") {
                    Some(post) => state_post(post, term, &mut state),
                    None => state(term, object_of(term, value)),
                }
            }
        }
        for (property, values) in entity.properties.iter().filter(|(p, _)| is_country(p)) {
            let _ = property;
            let located = vocab::dos("locatedIn");
            let kinds = ["Company", "Organization", "GovernmentBody"].map(vocab::dos);
            for code in values.iter().filter(|_| kinds.contains(class)) {
                if let Some(name) = country_name(code) {
                    let country = BlankNode::new_unchecked(format!("country{}", vocab::slug(name)));
                    state(&located, country.into());
                }
            }
        }
        let named: BTreeSet<&str> = entity
            .properties
            .iter()
            .filter(|(p, _)| is_country(p))
            .flat_map(|(_, v)| v)
            .filter_map(|c| country_name(c))
            .collect();
        for name in named {
            describe_country(record, name, statements);
        }
        for post in entity.properties.get("post").into_iter().flatten().filter_map(|id| posts.get(id.as_str())) {
            for name in countries_of(post) {
                describe_country(record, name, statements);
            }
        }
    }
}

fn is_country(property: &str) -> bool {
    matches!(property, "country" | "jurisdiction" | "mainCountry")
}

/// A post's name and body, said of the occupancy that leads to it.
fn state_post(post: &Entity, role: &NamedNode, state: &mut impl FnMut(&NamedNode, Term)) {
    if let Some(name) = post.properties.get("name").and_then(|names| names.first()) {
        state(role, Literal::new_simple_literal(name).into());
    }
    for name in countries_of(post) {
        let country = BlankNode::new_unchecked(format!("country{}", vocab::slug(name)));
        state(&vocab::dos("organization"), country.into());
    }
    for body in post.properties.get("organization").into_iter().flatten() {
        state(&vocab::dos("organization"), node_of(body));
    }
}

fn countries_of(post: &Entity) -> Vec<&'static str> {
    post.properties.get("country").into_iter().flatten().filter_map(|code| country_name(code)).collect()
}

fn country_name(code: &str) -> Option<&'static str> {
    let gazetteer = Gazetteer::embedded();
    let at = gazetteer.country_by_code(&code.to_uppercase())?;
    gazetteer.countries.get(usize::from(at)).map(|c| c.name)
}

fn describe_country(record: usize, name: &str, statements: &mut Vec<Statement>) {
    let subject: Term = BlankNode::new_unchecked(format!("country{}", vocab::slug(name))).into();
    let mut state = |predicate: NamedNode, object: Term| {
        let predicate = predicate.into_string();
        statements.push(Statement { record, subject: subject.clone(), predicate, object });
    };
    state(rdf::TYPE.into_owned(), vocab::dos("Country").into());
    state(vocab::term("skos", "prefLabel"), Literal::new_simple_literal(name).into());
}

fn node_of(id: &str) -> Term {
    vocab::iri(&format!("urn:ftm:{id}")).into()
}

/// What leads to another entity is its node, what is said in words a literal.
fn object_of(term: &NamedNode, value: &str) -> Term {
    let leads = ["person", "organization", "owner", "asset"].map(vocab::dos);
    if leads.contains(term) { node_of(value) } else { Literal::new_simple_literal(value).into() }
}

/// The class of entities of a schema; `None` for schemata that are no entities.
pub(crate) fn class_of_schema(schema: &str) -> Option<EntityType> {
    static CLASSES: LazyLock<BTreeMap<&'static str, EntityType>> = LazyLock::new(|| {
        let class = |(schema, term): (&&'static str, &NamedNode)| {
            Some((*schema, term.as_str().strip_prefix(vocab::DOS)?.parse().ok()?))
        };
        Terms::load().classes.iter().filter_map(class).collect()
    });
    CLASSES.get(schema).copied()
}
