#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNodeRef};
use std::collections::BTreeSet;

fn subject(label: &str, also: &str, class: EntityType, country: &str) -> Subject {
    Subject {
        iri: vocab::id(&vocab::slug(label)).into_string(),
        label: label.to_owned(),
        names: [label, also].iter().filter(|n| !n.is_empty()).map(|n| (*n).to_owned()).collect(),
        class,
        countries: BTreeSet::from([country.to_owned()]),
        identifiers: BTreeSet::from([format!("LEI-{}", also.len() + 3)]),
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
    let text = Literal::new_simple_literal("gas");
    let typed = |text: &str, datatype: NamedNodeRef<'_>| Literal::new_typed_literal(text, datatype);
    let quads = vec![
        quad("andina-gas", vocab::dos("sector"), text.into()),
        quad("andina-gas", vocab::dos("date"), typed("2018-05-03", xsd::DATE).into()),
        quad("andina-gas", vocab::dos("value"), typed("5", xsd::INTEGER).into()),
        quad("andina-gas", vocab::dos("count"), typed("2.5", xsd::DECIMAL).into()),
        quad("andina-gas", vocab::dos("partnerOf"), vocab::id("ana-ilves").into()),
        quad("andina-gas", vocab::term("skos", "exactMatch"), vocab::iri("https://example.org/a").into()),
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
    let extend = r#"{"ids": ["andina-gas", "nobody"], "properties": [{"id": "dos:date"}, {"id": "dos:value"}, {"id": "dos:count"}]}"#;
    let values = json!({"dos:date": [{"date": "2018-05-03T00:00:00Z"}], "dos:value": [{"int": 5}], "dos:count": [{"float": 2.5}]});
    check("/reconcile", "extend", extend, "/rows/andina-gas", values);
    check("/reconcile", "extend", extend, "/rows/nobody/dos:date", json!([]));
    check("/extend/propose", "type", "Company", "/properties/3/id", json!("dos:sector"));
    let (status, page) = ask("/preview", "id", "andina-gas");
    let page = page.as_str().unwrap();
    assert!(status == 200 && page.contains("also AGSA") && page.contains("2018-05-03<"), "{page}");
    assert!(page.contains("<li>exact match: <a href=\"https://example.org/a\""), "{page}");
}

#[test]
fn what_the_graph_says_finds_candidates_but_no_match() {
    let query = |properties: &str| format!(r#"{{"q": {{"properties": {properties}}}}}"#);
    let found = |properties: &str, pointer: &str, expected: Value| {
        check("/reconcile", "queries", &query(properties), pointer, expected);
    };
    found(r#"[{"pid": "dos:sector", "v": "Gas"}]"#, "/q/result/0/id", json!("andina-gas"));
    found(r#"[{"pid": "dos:sector", "v": "Gas"}]"#, "/q/result/0/match", json!(false));
    found(r#"[{"pid": "dos:partnerOf", "v": {"id": "ana-ilves"}}]"#, "/q/result/0/id", json!("andina-gas"));
    found(r#"[{"pid": "dos:value", "v": [4, 5]}, {"pid": "dos:date", "v": "2018"}]"#, "/q/result/0/score", json!(50.0));
    found(r#"[{"pid": "dos:value", "v": 5}, {"pid": "dos:sector", "v": "oil"}]"#, "/q/result/0/score", json!(25.0));
    found(r#"[{"pid": "dos:value", "v": 6}]"#, "/q/result", json!([]));
    found(r#"[{"pid": "country", "v": "Peru"}]"#, "/q/result/0/id", json!("ana-ilves"));
    found(r#"[{"pid": "schema:identifier", "v": "LEI-7"}]"#, "/q/result/0/match", json!(true));
    check("/reconcile", "queries", r#"{"q": {"query": " "}}"#, "/q/result", json!([]));
}

/// A member and what it must be.
type Member = (&'static str, fn(&Value) -> bool);

/// Fails unless an object has these members and each of them is of its kind; others, ending in `?`, may be left out.
#[track_caller]
fn has(object: &Value, members: &[Member]) {
    for (name, fits) in members {
        let (name, optional) = name.strip_suffix('?').map_or((*name, false), |name| (name, true));
        assert!(object.get(name).map_or(optional, fits), "`{name}` of {object}");
    }
}

fn list_of(value: &Value, item: fn(&Value)) -> bool {
    value.as_array().is_some_and(|list| {
        list.iter().for_each(item);
        !list.is_empty()
    })
}

/// A thing with an identifier and a name.
fn named(value: &Value) {
    has(value, &[("id", Value::is_string), ("name", Value::is_string), ("description?", Value::is_string)]);
}

/// The answers have the form that version 0.2 of the reconciliation API asks for (its JSON schemas are the measure in `tests/peers.sh`).
#[test]
fn answers_have_the_form_of_the_specification() {
    let page = |v: &Value| v.get("url").and_then(Value::as_str).is_some_and(|url| url.contains("{{id}}"));
    let place = |v: &Value| v["service_url"].is_string() && v["service_path"].is_string();
    let manifest = ask("/reconcile", "", "").1;
    has(
        &manifest,
        &[("name", Value::is_string), ("identifierSpace", Value::is_string), ("schemaSpace", Value::is_string)],
    );
    has(&manifest, &[("versions", |v| v == &json!(["0.2"])), ("view", page), ("preview", page)]);
    has(&manifest, &[("defaultTypes", |v| list_of(v, named))]);
    has(&manifest["preview"], &[("width", Value::is_u64), ("height", Value::is_u64)]);
    has(&manifest["suggest"], &[("entity", place), ("type", place), ("property", place)]);
    has(&manifest["extend"], &[("propose_properties", place), ("property_settings", Value::is_array)]);
    for path in ["entity", "type", "property"] {
        let answer = ask(&format!("/suggest/{path}"), "prefix", "").1;
        let answer = if path == "entity" { ask("/suggest/entity", "prefix", "an").1 } else { answer };
        has(&answer, &[("result", |v| list_of(v, named))]);
    }
    let candidate: fn(&Value) = |v| {
        named(v);
        has(v, &[("score", Value::is_number), ("match", Value::is_boolean), ("type", |v| list_of(v, named))]);
    };
    let answers =
        ask("/reconcile", "queries", r#"{"a": {"query": "Andina Gas", "limit": 2}, "b": {"query": "zzz"}}"#).1;
    assert!(list_of(&answers["a"]["result"], candidate), "{answers}");
    assert_eq!(answers["b"], json!({"result": []}));
    let ids = r#"{"ids": ["andina-gas"], "properties": [{"id": "dos:sector"}]}"#;
    has(&ask("/reconcile", "extend", ids).1, &[("meta", |v| list_of(v, named)), ("rows", Value::is_object)]);
}

#[test]
fn bad_requests_are_told() {
    assert_eq!(ask("/reconcile", "queries", "nonsense").0, 400);
    assert_eq!(ask("/reconcile", "queries", r#"{"q": {"limit": 3}}"#).0, 400);
    assert_eq!(ask("/reconcile", "extend", "{}").0, 400);
    assert_eq!(ask("/elsewhere", "", "").0, 404);
    assert_eq!(ask("/preview", "id", "nobody").0, 404);
}
