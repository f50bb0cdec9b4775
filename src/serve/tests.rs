#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;
use std::collections::BTreeSet;

fn subject(label: &str, also: &str, class: EntityType, country: &str) -> Subject {
    Subject {
        iri: vocab::id(&vocab::slug(label)).into_string(),
        label: label.to_owned(),
        names: [label, also].iter().filter(|n| !n.is_empty()).map(|n| (*n).to_owned()).collect(),
        class,
        countries: BTreeSet::from([country.to_owned()]),
        identifiers: BTreeSet::new(),
        facts: 1,
    }
}

/// The answer to a request, as JSON.
fn ask(path: &str, field: &str, value: &str) -> (u16, Value) {
    let subjects =
        [subject("Ana Ilves", "", EntityType::Person, "PE"), subject("Andina Gas", "AGSA", EntityType::Company, "PE")];
    let quad = |s: &str, p: oxigraph::model::NamedNode, o: oxigraph::model::Term| {
        oxigraph::model::Quad::new(vocab::id(s), p, o, vocab::source("t"))
    };
    let text = oxigraph::model::Literal::new_simple_literal("gas");
    let quads = vec![
        quad("andina-gas", vocab::dos("sector"), text.into()),
        quad("andina-gas", vocab::dos("partnerOf"), vocab::id("ana-ilves").into()),
    ];
    let store = crate::store::from_quads(quads).unwrap();
    let service = Service::new(&subjects, store, "http://h").unwrap();
    let fields = BTreeMap::from([(field.to_owned(), value.to_owned())]);
    let response = service.answer(&Request { path: path.to_owned(), fields });
    (response.status, serde_json::from_str(&response.body).unwrap_or(Value::String(response.body)))
}

/// The value at a pointer of the answer.
#[track_caller]
fn check(path: &str, field: &str, value: &str, pointer: &str, expected: Value) {
    let (status, answer) = ask(path, field, value);
    assert_eq!(answer.pointer(pointer), Some(&expected), "{status} {answer}");
}

#[test]
fn the_manifest_names_what_is_served() {
    check("/reconcile", "", "", "/versions/0", json!("0.2"));
    check("/reconcile", "", "", "/identifierSpace", json!(vocab::ID));
    check("/", "", "", "/defaultTypes/1/name", json!("company"));
}

#[test]
fn names_are_matched_and_doubts_are_not() {
    let query = r#"{"q": {"query": "andina gas", "type": "Company"}}"#;
    check("/reconcile", "queries", query, "/q/result/0/id", json!("andina-gas"));
    check("/reconcile", "queries", query, "/q/result/0/match", json!(true));
    check("/reconcile", "queries", r#"{"q": {"query": "Ana Ilves"}}"#, "/q/result/0/match", json!(false));
    let placed = r#"{"q": {"query": "Ana Ilves", "properties": [{"pid": "country", "v": "Peru"}]}}"#;
    check("/reconcile", "queries", placed, "/q/result/0/match", json!(true));
    check("/reconcile", "queries", r#"{"q": {"query": "Boreal Timber"}}"#, "/q/result", json!([]));
    check("/reconcile", "queries", r#"{"q": {"query": "Ana Ilves", "type": "Company"}}"#, "/q/result", json!([]));
}

#[test]
fn values_and_proposals_come_from_the_graph() {
    let extend = r#"{"ids": ["andina-gas"], "properties": [{"id": "dos:sector"}, {"id": "dos:partnerOf"}]}"#;
    check("/reconcile", "extend", extend, "/rows/andina-gas/dos:sector", json!([{"str": "gas"}]));
    let ana = json!([{"id": "ana-ilves", "name": "Ana Ilves"}]);
    check("/reconcile", "extend", extend, "/rows/andina-gas/dos:partnerOf", ana);
    check("/suggest/entity", "prefix", "ilv", "/result/0/id", json!("ana-ilves"));
    check("/suggest/type", "prefix", "comp", "/result/0/id", json!("Company"));
    check("/suggest/property", "prefix", "sect", "/result/0/id", json!("dos:sector"));
    check("/extend/propose", "type", "Company", "/properties/1/id", json!("dos:sector"));
    let (status, page) = ask("/preview", "id", "andina-gas");
    assert!(status == 200 && page.as_str().unwrap().contains("also AGSA"), "{page}");
}

#[test]
fn bad_requests_are_told() {
    assert_eq!(ask("/reconcile", "queries", "nonsense").0, 400);
    assert_eq!(ask("/reconcile", "queries", r#"{"q": {"limit": 3}}"#).0, 400);
    assert_eq!(ask("/reconcile", "extend", "{}").0, 400);
    assert_eq!(ask("/elsewhere", "", "").0, 404);
    assert_eq!(ask("/preview", "id", "nobody").0, 404);
}
