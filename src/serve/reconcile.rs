//! Queries for entities: by name, by name and country, or by what the graph says of them alone.
//!
//! Law: a name or an identifier makes a match; properties alone make candidates, which somebody looks at.

use super::{Response, Service, local};
use crate::diagnostic::Diagnostic;
use crate::link::{Entry, IDENTIFIERS, Subject, fold_name};
use crate::map::plain_number;
use crate::ontology::EntityType;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::vocab;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// Candidates that are given where the question does not say how many.
const LIMIT: usize = 5;
/// From which chance on a candidate is called a match.
const MATCH: f32 = 0.9;
/// The chance of one that has all properties that are asked for, and no name is.
const DESCRIBED: f32 = 0.5;
/// Questions that one request may hold.
const MOST: usize = 1000;

/// A candidate: who, with which chance, and why.
type Found<'s> = (&'s Subject, f32, String);

impl Service<'_> {
    /// The answer to `queries`: for each its candidates.
    pub(super) fn reconcile(&self, queries: &str) -> Response {
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
        let name = match query.get("query") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name.as_str()),
            Some(_) => return Err(Diagnostic::error("queries", "`query` is no text")),
        };
        let asked = read_properties(query.get("properties"));
        if name.is_none() && asked.is_empty() {
            return Err(Diagnostic::error("queries", "`query` is missing, and there are no `properties`"));
        }
        let limit = query.get("limit").and_then(Value::as_u64).map_or(LIMIT, |n| n as usize).clamp(1, 100);
        let wanted = self.wanted_types(query.get("type"))?;
        let mut found = self.find_named(name.unwrap_or_default(), &asked, &wanted);
        if found.is_empty() && name.is_none_or(|name| name.trim().is_empty()) {
            found = self.find_described(&asked, &wanted);
        }
        found.truncate(limit);
        Ok(self.tell(&found))
    }

    /// Those of this name, or with an identifier that is asked for.
    fn find_named(&self, name: &str, asked: &[Property<'_>], wanted: &[EntityType]) -> Vec<Found<'_>> {
        let class = if let [one] = wanted { Some(*one) } else { None };
        let identifiers = asked.iter().filter(|p| IDENTIFIERS.contains(&p.id.as_str()));
        let entry = Entry {
            iri: name.to_owned(),
            names: Some(name.to_owned()).filter(|n| !n.trim().is_empty()).into_iter().collect(),
            class,
            country: asked.iter().find_map(|property| property.country.clone()),
            also: identifiers.flat_map(|p| p.values.iter().map(|v| v.to_string())).collect(),
            ..Entry::default()
        };
        let mut found = self.linker.match_entry(&entry);
        found.retain(|(subject, ..)| wanted.is_empty() || wanted.contains(&subject.class));
        found
    }

    /// Those of whom the graph says what is asked for, or some of it; the best known first.
    fn find_described(&self, asked: &[Property<'_>], wanted: &[EntityType]) -> Vec<Found<'_>> {
        let weigh = |subject: &'_ Subject| {
            let said = self.statements(&subject.iri);
            let fits = |p: &&Property<'_>| p.fits(said.get(&p.id).map_or(&[], Vec::as_slice), subject);
            let same: Vec<&str> = asked.iter().filter(fits).map(|p| p.id.as_str()).collect();
            let share = same.len() as f32 / asked.len().max(1) as f32;
            (share * DESCRIBED, format!("the same {}", same.join(", ")))
        };
        let of_class = self.subjects.iter().filter(|s| wanted.is_empty() || wanted.contains(&s.class));
        let weighed = of_class.map(|subject| (subject, weigh(subject)));
        let mut found: Vec<Found<'_>> =
            weighed.filter(|(_, (chance, _))| *chance > 0.0).map(|(s, (chance, why))| (s, chance, why)).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.facts.cmp(&a.0.facts)).then(a.0.iri.cmp(&b.0.iri)));
        found
    }

    fn tell(&self, found: &[Found<'_>]) -> Vec<Value> {
        let next = found.get(1).map_or(0.0, |f| f.1);
        let tell = |(i, (subject, score, reason)): (usize, &Found<'_>)| {
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
        found.iter().enumerate().map(tell).collect()
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
}

/// A property that a query asks for.
struct Property<'q> {
    /// Its name, shortened.
    id: String,
    /// Its values as texts: any of them will do.
    values: Vec<Cow<'q, str>>,
    /// Code of the country that the values name.
    country: Option<String>,
}

impl Property<'_> {
    /// Whether these values of a subject are among those asked for.
    fn fits(&self, said: &[Value], subject: &Subject) -> bool {
        let of_country = || self.country.as_ref().is_some_and(|code| subject.countries.contains(code));
        let same = |value: &Value| self.values.iter().any(|asked| is_same(value, asked));
        said.iter().any(same) || (said.is_empty() && of_country())
    }
}

/// Whether a value of the graph is the one that is asked for.
fn is_same(value: &Value, asked: &str) -> bool {
    let number = |key: &str| value.get(key).and_then(Value::as_f64);
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    match (number("float").or(number("int")), text("date")) {
        (Some(number), _) => plain_number(asked).and_then(|n| n.parse().ok()) == Some(number),
        (_, Some(date)) => date.starts_with(asked.trim()),
        _ => {
            text("id") == Some(asked)
                || ["name", "str"].iter().any(|k| text(k).map(fold_name) == Some(fold_name(asked)))
        }
    }
}

fn read_properties(properties: Option<&Value>) -> Vec<Property<'_>> {
    properties.and_then(Value::as_array).into_iter().flatten().filter_map(read_property).collect()
}

fn read_property(property: &Value) -> Option<Property<'_>> {
    let id = property.get("pid")?.as_str()?;
    let values = match property.get("v")? {
        Value::Array(list) => list.iter().flat_map(texts_of).collect(),
        one => texts_of(one),
    };
    let country = values.iter().find_map(|v| code_of_country(v));
    Some(Property { id: vocab::shorten(id), values, country })
}

/// A value of a query as texts; an entity that was found before has an identifier and perhaps a name.
fn texts_of(value: &Value) -> Vec<Cow<'_, str>> {
    match value {
        Value::String(text) => vec![text.as_str().into()],
        Value::Object(entity) => {
            let get = |key: &str| entity.get(key).and_then(Value::as_str).map(Cow::from);
            ["id", "name"].into_iter().filter_map(get).collect()
        }
        Value::Number(_) | Value::Bool(_) => vec![value.to_string().into()],
        _ => Vec::new(),
    }
}

fn code_of_country(name: &str) -> Option<String> {
    let gazetteer = Gazetteer::embedded();
    let at = match gazetteer.find(name) {
        Some(Known::Country(at)) => at,
        _ => gazetteer.country_by_code(name)?,
    };
    gazetteer.countries.get(usize::from(at)).map(|c| c.code.to_owned())
}
