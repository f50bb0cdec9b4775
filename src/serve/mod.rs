//! The graph as a service of the reconciliation API (W3C Entity Reconciliation Community Group, 0.2): OpenRefine and others match the
//! names of a spreadsheet with its entities.
//!
//! Law: [`Service::answer`] is a function of the graph and the request; it changes nothing and asks nobody.

mod extend;
mod http;
mod preview;
mod suggest;
#[cfg(test)]
mod tests;

pub use http::listen;

use crate::diagnostic::Diagnostic;
use crate::extract::Fact;
use crate::link::{Entry, Linker, Subject, gather_subjects};
use crate::ontology::EntityType;
use crate::ontology::classes::Classes;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::store::Store;
use crate::vocab;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A request, as far as it matters.
#[derive(Debug, Default, Clone)]
pub struct Request {
    /// Path without the query.
    pub path: String,
    /// Fields of the query and of a form.
    pub fields: BTreeMap<String, String>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Media type.
    pub kind: &'static str,
    /// Body.
    pub body: String,
}

impl Response {
    fn json(value: &Value) -> Self {
        Self { status: 200, kind: "application/json", body: value.to_string() }
    }

    fn error(status: u16, message: &str) -> Self {
        Self { status, ..Self::json(&json!({"status": "error", "message": message})) }
    }
}

/// The entities of a graph, ready for questions.
pub struct Service<'a> {
    subjects: &'a [Subject],
    linker: Linker<'a>,
    classes: Classes,
    store: Store,
    base: String,
}

/// Candidates that are given where the question does not say how many.
const LIMIT: usize = 5;
/// From which chance on a candidate is called a match.
const MATCH: f32 = 0.9;
/// Questions that one request may hold.
const MOST: usize = 1000;

/// The entities that facts are about, as [`Service::new`] takes them.
pub fn subjects_of(facts: &[Fact]) -> Vec<Subject> {
    gather_subjects(facts)
}

impl<'a> Service<'a> {
    /// The service of `subjects`, whose properties are those of `store`; `base` is its address without a slash at the end.
    ///
    /// # Errors
    /// The vocabulary that the program carries is wrong.
    pub fn new(subjects: &'a [Subject], store: Store, base: &str) -> crate::error::Result<Self> {
        let linker = Linker::new(subjects, &[]);
        Ok(Self { subjects, linker, classes: Classes::embedded()?, store, base: base.to_owned() })
    }

    /// Answers a request.
    pub fn answer(&self, request: &Request) -> Response {
        let field = |name: &str| request.fields.get(name).map(String::as_str);
        match request.path.trim_end_matches('/') {
            "" | "/reconcile" => match (field("queries"), field("extend")) {
                (Some(queries), _) => self.reconcile(queries),
                (_, Some(extend)) => self.extend(extend),
                _ => Response::json(&self.manifest()),
            },
            "/suggest/entity" => self.suggest_entities(field("prefix").unwrap_or_default()),
            "/suggest/type" => self.suggest_types(field("prefix").unwrap_or_default()),
            "/suggest/property" => self.suggest_properties(field("prefix").unwrap_or_default()),
            "/extend/propose" => self.propose_properties(field("type")),
            "/preview" | "/view" => self.preview(field("id").unwrap_or_default()),
            _ => Response::error(404, "there is no such page; the service is at /reconcile"),
        }
    }

    fn manifest(&self) -> Value {
        let at = |path: &str| json!({"service_url": self.base, "service_path": path});
        json!({
            "versions": ["0.2"],
            "name": "Dossier",
            "identifierSpace": vocab::ID,
            "schemaSpace": vocab::DOS,
            "defaultTypes": self.types(),
            "view": {"url": format!("{}/view?id={{{{id}}}}", self.base)},
            "preview": {"url": format!("{}/preview?id={{{{id}}}}", self.base), "width": 430, "height": 300},
            "suggest": {"entity": at("/suggest/entity"), "type": at("/suggest/type"), "property": at("/suggest/property")},
            "extend": {"propose_properties": at("/extend/propose"), "property_settings": []},
        })
    }

    /// The classes that entities of the graph have.
    fn types(&self) -> Vec<Value> {
        let mut kinds: Vec<EntityType> = self.subjects.iter().map(|s| s.class).collect();
        kinds.sort();
        kinds.dedup();
        kinds.into_iter().map(|kind| self.type_of(kind)).collect()
    }

    fn type_of(&self, kind: EntityType) -> Value {
        json!({"id": kind.as_str(), "name": self.classes.label(kind.as_str())})
    }

    fn reconcile(&self, queries: &str) -> Response {
        let queries: Map<String, Value> = match serde_json::from_str(queries) {
            Ok(queries) => queries,
            Err(cause) => return Response::error(400, &format!("`queries` is no JSON object: {cause}")),
        };
        if queries.len() > MOST {
            return Response::error(413, &format!("at most {MOST} queries at a time"));
        }
        let mut answers = Map::new();
        for (key, query) in &queries {
            match self.find(query) {
                Ok(result) => drop(answers.insert(key.clone(), json!({"result": result}))),
                Err(wrong) => return Response::error(400, &format!("query {key}: {}", wrong.message)),
            }
        }
        Response::json(&Value::Object(answers))
    }

    /// The candidates of one query, the best first.
    fn find(&self, query: &Value) -> Result<Vec<Value>, Diagnostic> {
        let Some(name) = query.get("query").and_then(Value::as_str) else {
            return Err(Diagnostic::error("queries", "`query` is missing or no text"));
        };
        let limit = query.get("limit").and_then(Value::as_u64).map_or(LIMIT, |n| n as usize).clamp(1, 100);
        let wanted = self.wanted_types(query.get("type"))?;
        let country =
            query.get("properties").and_then(Value::as_array).and_then(|list| list.iter().find_map(read_country));
        let class = if let [one] = wanted.as_slice() { Some(*one) } else { None };
        let entry = Entry { iri: name.to_owned(), names: vec![name.to_owned()], class, country, ..Entry::default() };
        let mut found: Vec<_> = self.linker.match_entry(&entry);
        found.retain(|(subject, ..)| wanted.is_empty() || wanted.contains(&subject.class));
        found.truncate(limit);
        let next = found.get(1).map_or(0.0, |f| f.1);
        let tell = |(i, (subject, score, reason)): (usize, &(&Subject, f32, String))| {
            let sure = i == 0 && *score >= MATCH && (next < MATCH || *score - next >= 0.03);
            json!({
                "id": local(&subject.iri),
                "name": subject.label,
                "description": reason,
                "type": [self.type_of(subject.class)],
                "score": f64::from((score * 1000.0).round()) / 10.0,
                "match": sure,
            })
        };
        Ok(found.iter().enumerate().map(tell).collect())
    }

    fn wanted_types(&self, types: Option<&Value>) -> Result<Vec<EntityType>, Diagnostic> {
        let names: Vec<&str> = match types {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            Some(_) => return Err(Diagnostic::error("queries", "`type` is no text and no list of texts")),
        };
        let read = |name: &&str| name.strip_prefix("dos:").unwrap_or(name).parse().ok();
        Ok(names.iter().filter_map(read).collect())
    }

    fn find_subject(&self, id: &str) -> Option<&Subject> {
        let iri = if id.contains("://") {
            id.to_owned()
        } else {
            vocab::id(id.strip_prefix("id:").unwrap_or(id)).into_string()
        };
        self.subjects.iter().find(|s| s.iri == iri)
    }
}

/// The identifier of an entity within the identifier space.
fn local(iri: &str) -> &str {
    iri.strip_prefix(vocab::ID).unwrap_or(iri)
}

/// The country that a property of a query names.
fn read_country(property: &Value) -> Option<String> {
    let value = property.get("v")?;
    let values = if let Value::Array(list) = value { list.iter().collect() } else { vec![value] };
    values.into_iter().find_map(|v| {
        let name = v.as_str().or_else(|| v.get("name")?.as_str())?;
        let gazetteer = Gazetteer::embedded();
        let at = match gazetteer.find(name) {
            Some(Known::Country(at)) => at,
            _ => gazetteer.country_by_code(name)?,
        };
        gazetteer.countries.get(usize::from(at)).map(|c| c.code.to_owned())
    })
}
