use super::*;
use crate::extract::Evidence;
use crate::read::{Article, Metadata};
use crate::resolve::EntityType;
use crate::span::Span;
use indexmap::IndexMap;

fn entity(slug: &str, label: &str, kind: EntityType) -> Entity {
    let aliases = vec!["Estonia".to_owned(), format!("{label} Ltd")];
    Entity { iri: vocab::id(slug).into_string(), label: label.to_owned(), aliases, kind }
}

fn document() -> Document {
    let metadata = Metadata {
        title: Some("Peru and Estonia sign".into()),
        publisher: Some("Baltic Wire".into()),
        date: Some("2024-07-12".parse().unwrap()),
        url: Some("https://wire.example/1".into()),
        ..Metadata::default()
    };
    let text = "Peru and\nEstonia signed two MoUs in July 2024.".to_owned();
    Document {
        id: "wire-1".into(),
        name: "wire 1.txt".into(),
        sha256: "ab".into(),
        articles: vec![Article { span: Span::new(0, text.chars().count()), metadata }],
        pages: Vec::new(),
        records: None,
        text,
    }
}

fn fact(kind: &str, roles: Vec<(&str, Value)>, status: Status) -> Fact {
    let evidence = vec![Evidence {
        document: "wire-1".into(),
        source: "wire 1.txt".into(),
        span: Span::new(0, 46),
        quote: "Peru and\nEstonia signed two MoUs in July 2024.".into(),
        fragment: None,
    }];
    let roles: IndexMap<String, Value> = roles.into_iter().map(|(role, value)| (role.to_owned(), value)).collect();
    let iri = vocab::id(&format!("{}.x", kind.to_lowercase())).into_string();
    Fact { iri, kind: kind.into(), roles, status, attributed_to: None, evidence }
}

fn countries() -> (Entity, Entity) {
    (entity("peru", "Peru", EntityType::Country), entity("estonia", "Republic of Estonia", EntityType::Country))
}

fn agreement() -> Fact {
    let (peru, estonia) = countries();
    let roles = vec![
        ("type", Value::Text("MoU".into())),
        ("parties", Value::Many(vec![peru, estonia])),
        ("date", Value::When("2024-07".parse().unwrap())),
        ("count", Value::Number(2.0)),
    ];
    fact("Agreement", roles, Status::Asserted)
}

fn relation(name: &str, status: Status) -> Fact {
    let (peru, estonia) = countries();
    let roles =
        vec![("subject", Value::One(peru)), ("relation", Value::Text(name.into())), ("object", Value::One(estonia))];
    fact("Relation", roles, status)
}

/// The graph as lines in which IRIs are shortened, sorted, without the graph's name.
fn lines(facts: &[Fact]) -> Vec<String> {
    let quads = express_source(&document(), facts, &Classes::embedded().unwrap());
    let graph = vocab::source("wire-1");
    assert!(quads.iter().all(|quad| quad.graph_name == GraphName::NamedNode(graph.clone())));
    let mut lines: Vec<String> = quads.into_iter().map(|quad| shorten(&Triple::from(quad).to_string())).collect();
    lines.sort();
    lines.dedup();
    lines
}

fn shorten(line: &str) -> String {
    let mut short = String::new();
    for piece in line.split('<') {
        match piece.split_once('>') {
            Some((iri, rest)) if iri.contains("//") => short.push_str(&format!("{}{rest}", vocab::shorten(iri))),
            _ if short.is_empty() => short.push_str(piece),
            _ => short.push_str(&format!("<{piece}")),
        }
    }
    short
}

#[track_caller]
fn check(facts: &[Fact], expected: &[&str], absent: &[&str]) {
    let lines = lines(facts);
    for line in expected {
        assert!(lines.iter().any(|l| l == line), "missing {line} in:\n{}", lines.join("\n"));
    }
    for part in absent {
        assert!(!lines.iter().any(|l| l.contains(part)), "{part} in:\n{}", lines.join("\n"));
    }
    assert!(!lines.iter().any(|l| l.contains("_:")), "a blank node");
}

#[test]
fn the_source_is_described() {
    check(
        &[],
        &[
            "id:source.wire-1 rdf:type schema:NewsArticle",
            "id:source.wire-1 dos:sha256 \"ab\"",
            "id:source.wire-1 dcterms:issued \"2024-07-12\"^^xsd:date",
            "id:source.wire-1 dcterms:publisher id:publisher.baltic-wire",
            "id:publisher.baltic-wire skos:prefLabel \"Baltic Wire\"",
        ],
        &["dos:Passage"],
    );
}

#[test]
fn a_frame_is_a_node_with_roles_status_and_passages() {
    check(
        &[agreement()],
        &[
            "id:agreement.x rdf:type dos:Agreement",
            "id:agreement.x rdf:type dos:MemorandumOfUnderstanding",
            "id:agreement.x dos:party id:peru",
            "id:agreement.x dos:party id:estonia",
            "id:agreement.x dos:date \"2024-07\"^^xsd:gYearMonth",
            "id:agreement.x dos:count \"2\"^^xsd:integer",
            "id:agreement.x dos:agreementType \"MoU\"",
            "id:agreement.x dos:status dos:Asserted",
            "id:agreement.x rdfs:label \"2 MoU between Peru and Republic of Estonia, 2024-07\"",
            "id:agreement.x prov:wasDerivedFrom id:source.wire-1#char=0,46",
            "id:source.wire-1#char=0,46 nif:endIndex \"46\"^^xsd:integer",
            "id:source.wire-1#char=0,46 nif:anchorOf \"Peru and\\nEstonia signed two MoUs in July 2024.\"",
            "id:estonia skos:altLabel \"Estonia\"",
        ],
        &["Peru Ltd"],
    );
}

#[test]
fn an_asserted_relation_is_a_triple_and_its_claim() {
    let line = lines(&[relation("exportsTo", Status::Asserted)]);
    let claims: Vec<_> =
        line.iter().filter(|l| l.contains("rdf:reifies <<( id:peru dos:exportsTo id:estonia )>>")).collect();
    assert_eq!(claims.len(), 1, "{}", line.join("\n"));
    check(&[relation("exportsTo", Status::Asserted)], &["id:peru dos:exportsTo id:estonia"], &["dos:relatedTo"]);
}

#[test]
fn what_is_not_asserted_is_no_triple() {
    for status in [Status::Planned, Status::Possible, Status::Denied] {
        let lines = lines(&[relation("exportsTo", status)]);
        assert!(!lines.iter().any(|l| l == "id:peru dos:exportsTo id:estonia"));
        assert!(lines.iter().any(|l| l.contains("rdf:reifies <<( id:peru dos:exportsTo id:estonia )>>")));
    }
}

#[test]
fn a_relation_without_a_property_keeps_its_words() {
    let lines = lines(&[relation("seeks access to", Status::Planned)]);
    assert!(lines.iter().any(|l| l.contains("rdf:reifies <<( id:peru dos:relatedTo id:estonia )>>")));
    assert!(lines.iter().any(|l| l.contains("dos:relation \"seeks access to\"")));
    assert!(lines.iter().any(|l| l.contains("rdfs:label \"Peru seeks access to Republic of Estonia\"")));
}

#[test]
fn two_readings_of_one_event_stay_apart() {
    let mut denied = agreement();
    denied.status = Status::Denied;
    check(
        &[denied, agreement()],
        &["id:agreement.x dos:status dos:Asserted"],
        &["id:agreement.x dos:status dos:Denied"],
    );
}

#[test]
fn evidence_elsewhere_does_not_count_here() {
    let mut elsewhere = agreement();
    elsewhere.evidence[0].document = "wire-2".into();
    check(&[elsewhere], &[], &["id:agreement.x", "id:peru", "dos:Passage"]);
}

#[test]
fn claims_have_the_same_name_on_every_machine() {
    let claim = mint_claim("s", "owns", "o", Status::Planned, "", "wire-1");
    assert_eq!(
        claim.as_str(),
        format!("{}claim.{}", vocab::ID, vocab::digest(&["s", "owns", "o", "planned", "", "wire-1"], 12))
    );
    assert_ne!(claim, mint_claim("s", "owns", "o", Status::Denied, "", "wire-1"));
}
