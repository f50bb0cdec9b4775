//! Facts as flat lines: the contract of `dossier facts --format jsonl`.
//!
//! Law: one line a fact, in the order of first evidence; numbers are numbers, dates are ISO 8601 text, entities are objects.

use dossier::error::{Error, Result};
use dossier::express::names_in_graph;
use dossier::extract::{Evidence, Fact, Value};
use dossier::keep::Folder;
use dossier::pipeline::{Graph, Reading, load_graph, merge_facts};
use dossier::read::Document;
use dossier::resolve::Entity;
use dossier::store::Store;
use dossier::vocab;
use oxigraph::model::{GraphNameRef, NamedNode, QuadRef};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::path::Path;

/// The largest integer below which every other is a double as well (2^53).
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What a graph folder keeps: its readings, and its facts in the order of first evidence.
pub(super) struct Kept {
    pub(super) readings: Vec<Reading>,
    pub(super) facts: Vec<Fact>,
    /// IRIs that were merged away: old and new.
    pub(super) former: BTreeMap<String, String>,
}

impl Kept {
    /// The name as it was typed, or, where it is an identifier that was merged away, the one that it has become.
    pub(super) fn follow<'n>(&'n self, name: &'n str) -> &'n str {
        let whole = name.strip_prefix("id:").map_or_else(|| name.to_owned(), |local| vocab::id(local).into_string());
        self.former.get(&whole).map_or(name, String::as_str)
    }
}

impl Kept {
    /// Keeps what a store of a narrower scope holds: facts with the evidence that is left of them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(super) fn narrow(&mut self, store: &Store) -> Result<()> {
        let derived = vocab::term("prov", "wasDerivedFrom");
        let mut unreadable = None;
        for fact in &mut self.facts {
            let names: Vec<_> = names_in_graph(fact).iter().map(|iri| vocab::iri(iri)).collect();
            fact.evidence.retain(|evidence| {
                let passage = vocab::passage(&evidence.document, evidence.span);
                let states = |name: &NamedNode| {
                    let quad = QuadRef::new(name, &derived, &passage, GraphNameRef::DefaultGraph);
                    store.contains(quad).unwrap_or_else(|cause| unreadable.replace(cause).is_some())
                };
                names.iter().any(states)
            });
        }
        self.facts.retain(|fact| !fact.evidence.is_empty());
        unreadable.map_or(Ok(()), |cause| Err(Error::new(format!("cannot read the graph: {cause}"))))
    }
}

/// Where the pages of documents begin, by identifier.
pub(super) struct Pages<'a>(BTreeMap<&'a str, &'a Document>);

impl<'a> Pages<'a> {
    pub(super) fn of(readings: &'a [Reading]) -> Self {
        let paged = readings.iter().map(|reading| &reading.document).filter(|document| !document.pages.is_empty());
        Self(paged.map(|document| (document.id.as_str(), document)).collect())
    }

    /// The page on which a passage begins, where its document has pages.
    pub(super) fn page(&self, evidence: &Evidence) -> Option<usize> {
        self.0.get(evidence.document.as_str())?.page_of(evidence.span)
    }
}

/// Reads a graph folder back.
pub(super) fn load_facts(graph: &Path) -> Result<Kept> {
    let Graph { readings, facts, resolution, .. } = load_graph(&Folder::open(graph)?)?;
    Ok(Kept { facts: sort_facts(merge_facts(&facts)), readings, former: resolution.merged })
}

/// Facts in the order of their first passages.
fn sort_facts(mut facts: Vec<Fact>) -> Vec<Fact> {
    for fact in &mut facts {
        fact.evidence.sort();
    }
    facts.sort_by(|a, b| order(a).cmp(&order(b)));
    facts
}

fn order(fact: &Fact) -> impl Ord + '_ {
    let first = fact.evidence.first().map(|e| (e.document.as_str(), e.span.start));
    (first, fact.kind.as_str(), fact.iri.as_str(), fact.status)
}

/// The entities of a role.
pub(super) fn entities_of(value: &Value) -> &[Entity] {
    match value {
        Value::One(entity) => std::slice::from_ref(entity),
        Value::Many(entities) => entities,
        _ => &[],
    }
}

/// All entities of a fact: those of its roles, in order, then its speaker.
pub(super) fn entities_in(fact: &Fact) -> impl Iterator<Item = &Entity> {
    fact.roles.values().flat_map(entities_of).chain(&fact.attributed_to)
}

/// A fact as one line of JSON; a passage of a document with pages says on which it stands.
pub(super) struct Line<'a>(pub(super) &'a Fact, pub(super) &'a Pages<'a>);

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let fact = self.0;
        let mut map = to.serialize_map(Some(6))?;
        map.serialize_entry("id", &fact.iri)?;
        map.serialize_entry("kind", &fact.kind)?;
        map.serialize_entry("roles", &Roles(fact))?;
        map.serialize_entry("status", fact.status.as_str())?;
        map.serialize_entry("attributed_to", &fact.attributed_to)?;
        map.serialize_entry("evidence", &fact.evidence.iter().map(|e| quote(e, self.1)).collect::<Vec<_>>())?;
        map.end()
    }
}

/// The roles of a fact as one object.
pub(super) struct Roles<'a>(pub(super) &'a Fact);

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_map(self.0.roles.iter().map(|(role, value)| (role, Plain(value))))
    }
}

/// A value without the name of its variant; whole numbers are written without a point.
struct Plain<'a>(&'a Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self.0 {
            Value::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => to.serialize_i64(*number as i64),
            Value::Number(number) => to.serialize_f64(*number),
            Value::Flag(flag) => to.serialize_bool(*flag),
            Value::When(period) => to.collect_str(period),
            Value::Text(text) => to.serialize_str(text),
            Value::One(entity) => entity.serialize(to),
            Value::Many(entities) => to.collect_seq(entities),
        }
    }
}

#[derive(serde::Serialize)]
struct Quote<'a> {
    source: &'a str,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fragment: Option<&'a str>,
    quote: &'a str,
}

/// Where a passage stands, for people: `visits.txt p. 2 120–180`, `companies.csv row 17`.
pub(super) fn tell_place(evidence: &Evidence, pages: &Pages<'_>) -> String {
    if let Some(fragment) = &evidence.fragment {
        let lines = fragment.strip_prefix("line=").and_then(|l| l.split_once(','));
        return match (fragment.strip_prefix("row="), lines) {
            (Some(row), _) => format!("{} row {row}", evidence.source),
            (_, Some((before, last))) => {
                let first = before.parse().map_or(0, |line: usize| line + 1);
                let lines =
                    if first.to_string() == last { format!("line {last}") } else { format!("lines {first}–{last}") };
                format!("{} {lines}", evidence.source)
            }
            _ => format!("{} {fragment}", evidence.source),
        };
    }
    let page = pages.page(evidence).map(|page| format!(" p. {page}")).unwrap_or_default();
    format!("{}{page} {}–{}", evidence.source, evidence.span.start, evidence.span.end)
}

fn quote<'a>(evidence: &'a Evidence, pages: &Pages<'_>) -> Quote<'a> {
    let Evidence { source, span, quote, fragment, .. } = evidence;
    let (page, fragment) = (pages.page(evidence), fragment.as_deref());
    Quote { source, start: span.start, end: span.end, page, fragment, quote }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::extract::Status;
    use dossier::ontology::EntityType;
    use dossier::span::Span;
    use indexmap::IndexMap;

    fn fact(roles: Vec<(&str, Value)>) -> Fact {
        Fact {
            iri: "urn:f".into(),
            kind: "Measure".into(),
            roles: roles.into_iter().map(|(role, value)| (role.to_owned(), value)).collect::<IndexMap<_, _>>(),
            status: Status::Planned,
            attributed_to: None,
            evidence: vec![Evidence {
                document: "d".into(),
                source: "d.txt".into(),
                span: Span::new(3, 9),
                quote: "Words.".into(),
                fragment: None,
            }],
        }
    }

    #[track_caller]
    fn check(role: &str, value: Value, json: &str) {
        let line = serde_json::to_string(&Line(&fact(vec![(role, value)]), &Pages::of(&[]))).unwrap();
        let rest = r#""status":"planned","attributed_to":null,"evidence":[{"source":"d.txt","start":3,"end":9,"quote":"Words."}]}"#;
        assert_eq!(line, format!(r#"{{"id":"urn:f","kind":"Measure","roles":{{"{role}":{json}}},{rest}"#));
    }

    #[test]
    fn lines_keep_the_contract() {
        let peru = Entity { iri: "urn:p".into(), label: "Peru".into(), aliases: vec![], kind: EntityType::Country };
        let entity = r#"{"iri":"urn:p","label":"Peru","aliases":[],"type":"Country"}"#;
        check("count", Value::Number(15.0), "15");
        check("value", Value::Number(22.5), "22.5");
        check("value", Value::Number(-2e9), "-2000000000");
        check("target", Value::Flag(true), "true");
        check("period", Value::When("2024-07/..".parse().unwrap()), r#""2024-07/..""#);
        check("unit", Value::Text("%".into()), r#""%""#);
        check("subject", Value::One(peru.clone()), entity);
        check("parties", Value::Many(vec![peru]), &format!("[{entity}]"));
    }

    #[test]
    fn facts_stand_in_the_order_of_their_first_passages() {
        let at = |kind: &str, document: &str, start| {
            let mut fact = fact(vec![]);
            fact.kind = kind.into();
            fact.evidence[0].document = document.into();
            fact.evidence[0].span = Span::new(start, start + 1);
            fact
        };
        let sorted = sort_facts(vec![at("B", "y", 1), at("B", "x", 9), at("A", "x", 9), at("C", "x", 2)]);
        let found: Vec<_> = sorted.iter().map(|f| (f.kind.as_str(), f.evidence[0].document.as_str())).collect();
        assert_eq!(found, [("C", "x"), ("A", "x"), ("B", "x"), ("B", "y")]);
    }
}
