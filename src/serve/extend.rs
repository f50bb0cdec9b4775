//! Data extension: what the graph says of entities, property by property.

use super::{Response, Service, local};
use crate::ontology::EntityType;
use crate::vocab;
use jiff::civil::Date as Day;
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, Term};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What makes a moment of a day.
pub(super) const MIDNIGHT: &str = "T00:00:00Z";

impl Service<'_> {
    /// The answer to `extend`: for each identifier and property the values.
    pub(super) fn extend(&self, extend: &str) -> Response {
        let asked: Value = match serde_json::from_str(extend) {
            Ok(asked) => asked,
            Err(cause) => return Response::error(400, &format!("`extend` is no JSON: {cause}")),
        };
        let (Some(ids), Some(properties)) =
            (asked.get("ids").and_then(Value::as_array), asked.get("properties").and_then(Value::as_array))
        else {
            return Response::error(400, "`extend` needs the lists `ids` and `properties`");
        };
        let names: Vec<&str> = properties.iter().filter_map(|p| p.get("id")?.as_str()).collect();
        let mut rows = Map::new();
        for id in ids.iter().filter_map(Value::as_str) {
            let row = names.iter().map(|name| ((*name).to_owned(), Value::Array(self.values(id, name))));
            rows.insert(id.to_owned(), Value::Object(row.collect()));
        }
        let meta: Vec<Value> = names.iter().map(|name| json!({"id": name, "name": self.label_of(name)})).collect();
        Response::json(&json!({"meta": meta, "rows": rows}))
    }

    /// Properties that entities of a class have.
    pub(super) fn propose_properties(&self, class: Option<&str>) -> Response {
        let kind = class.and_then(|c| c.strip_prefix("dos:").unwrap_or(c).parse::<EntityType>().ok());
        let properties = self.properties(kind);
        Response::json(&json!({"type": class.unwrap_or_default(), "properties": properties}))
    }

    /// Properties of the entities of a class, or of all, by identifier.
    pub(super) fn properties(&self, kind: Option<EntityType>) -> Vec<Value> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        for subject in self.subjects.iter().filter(|s| kind.is_none_or(|k| s.class == k)) {
            found.extend(self.statements(&subject.iri).into_keys());
        }
        found.into_iter().map(|id| json!({"id": id, "name": self.label_of(&id)})).collect()
    }

    /// The label of a property; of one that the vocabulary does not know, its name in words: `skos:exactMatch` is "exact match".
    pub(super) fn label_of(&self, id: &str) -> String {
        match id.split_once(':') {
            Some(("dos", local)) => self.classes.label(local).to_owned(),
            Some((_, local)) if !local.contains('/') => local.chars().fold(String::new(), |mut words, c| {
                if c.is_uppercase() {
                    words.push(' ');
                }
                words.extend(c.to_lowercase());
                words
            }),
            _ => id.to_owned(),
        }
    }

    fn values(&self, id: &str, property: &str) -> Vec<Value> {
        let Some(subject) = self.find_subject(id) else { return Vec::new() };
        self.statements(&subject.iri).remove(property).unwrap_or_default()
    }

    /// What the graph says of an entity as a triple, by shortened property.
    pub(super) fn statements(&self, iri: &str) -> BTreeMap<String, Vec<Value>> {
        let mut found: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
        let Ok(subject) = NamedNodeRef::new(iri) else { return BTreeMap::new() };
        let default = Some(GraphNameRef::DefaultGraph);
        for quad in self.store.quads_for_pattern(Some(subject.into()), None, None, default).flatten() {
            let property = vocab::shorten(quad.predicate.as_str());
            let value = self.express(&quad.object);
            found.entry(property).or_default().insert(quad.object.to_string(), value);
        }
        // The posts of a person, which are facts and no triples.
        let person = vocab::dos("person");
        for quad in self.store.quads_for_pattern(None, Some(person.as_ref()), Some(subject.into()), default).flatten() {
            if let NamedOrBlankNode::NamedNode(fact) = &quad.subject
                && let Some(label) = self.label(fact.as_ref())
            {
                found.entry("dos:person".into()).or_default().insert(label.clone(), json!({"str": label}));
            }
        }
        found.into_iter().map(|(property, values)| (property, values.into_values().collect())).collect()
    }

    fn express(&self, term: &Term) -> Value {
        match term {
            Term::NamedNode(node) => match self.find_subject(node.as_str()) {
                Some(subject) => json!({"id": local(&subject.iri), "name": subject.label}),
                None => json!({"str": vocab::shorten(node.as_str())}),
            },
            Term::Literal(literal) => {
                let datatype = vocab::shorten(literal.datatype().as_str());
                express_literal(literal.value(), &datatype)
            }
            other => json!({"str": other.to_string()}),
        }
    }

    fn label(&self, node: NamedNodeRef<'_>) -> Option<String> {
        let label = oxigraph::model::vocab::rdfs::LABEL;
        let quads =
            self.store.quads_for_pattern(Some(node.into()), Some(label), None, Some(GraphNameRef::DefaultGraph));
        quads
            .flatten()
            .find_map(|q| if let Term::Literal(text) = q.object { Some(text.value().to_owned()) } else { None })
    }
}

/// A literal as the interface has it. Its dates are moments: a day is its beginning, in no place's time but that of Greenwich.
fn express_literal(value: &str, datatype: &str) -> Value {
    let number = || value.parse::<f64>().ok().filter(|n| n.is_finite());
    match datatype {
        "xsd:integer" => value.parse::<i64>().map_or_else(|_| json!({"str": value}), |number| json!({"int": number})),
        "xsd:decimal" | "xsd:double" => {
            number().map_or_else(|| json!({"str": value}), |number| json!({"float": number}))
        }
        "xsd:date" if value.len() == 10 && value.parse::<Day>().is_ok() => {
            json!({"date": format!("{value}{MIDNIGHT}")})
        }
        _ => json!({"str": value}),
    }
}
