//! The graph as a service of the reconciliation API (W3C Entity Reconciliation Community Group, 0.2): OpenRefine and others match the
//! names of a spreadsheet with its entities.
//!
//! Law: [`Service::answer`] is a function of the graph and the request; it changes nothing and asks nobody.

mod extend;
mod http;
mod preview;
mod reconcile;
mod suggest;
#[cfg(test)]
mod tests;

pub use http::listen;

use crate::extract::Fact;
use crate::link::{Linker, Subject, gather_subjects};
use crate::ontology::EntityType;
use crate::ontology::classes::Classes;
use crate::store::Store;
use crate::vocab;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
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
    by_iri: FxHashMap<&'a str, &'a Subject>,
    linker: Linker<'a>,
    classes: Classes,
    store: Store,
    base: String,
}

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
        let by_iri = subjects.iter().map(|s| (s.iri.as_str(), s)).collect();
        Ok(Self { subjects, by_iri, linker, classes: Classes::embedded()?, store, base: base.to_owned() })
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

    fn find_subject(&self, id: &str) -> Option<&Subject> {
        let iri = if id.contains("://") {
            id.to_owned()
        } else {
            vocab::id(id.strip_prefix("id:").unwrap_or(id)).into_string()
        };
        self.by_iri.get(iri.as_str()).copied()
    }
}

/// The identifier of an entity within the identifier space.
fn local(iri: &str) -> &str {
    iri.strip_prefix(vocab::ID).unwrap_or(iri)
}
