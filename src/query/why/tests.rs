use super::*;
use crate::store;
use oxigraph::io::{RdfFormat, RdfParser};

const GRAPH: &str = r#"
PREFIX dos: <https://w3id.org/dossier/ns#> PREFIX id: <https://w3id.org/dossier/id/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
GRAPH id:source.a {
  id:peru a dos:Country ; skos:prefLabel "Peru" .
  id:ana-ilves a dos:Person ; skos:prefLabel "Ana Ilves" ; skos:altLabel "Ilves" .
  id:deal a dos:Agreement ; dos:party id:peru ; dos:topic "Oil and gas" ; dos:date "2024"^^xsd:gYear ; dos:status dos:Asserted .
  id:visit a dos:Visit ; dos:visitor id:ana-ilves ; dos:destination id:peru ; dos:status dos:Planned .
}"#;

fn told(sparql: &str) -> String {
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(GRAPH).map(|quad| quad.unwrap());
    let store = store::from_quads(quads.collect()).unwrap();
    let reasons = why_empty(&store, sparql, &CancellationToken::new()).unwrap();
    let tell = |r: &Reason| format!("{}: {}. {}", r.part, r.says, r.hints.join(". "));
    reasons.iter().map(tell).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(sparql: &str, expected: &[&str]) {
    let told = told(sparql);
    assert!(expected.iter().all(|words| told.contains(words)), "{told}");
    assert_eq!(told.is_empty(), expected.is_empty(), "{told}");
}

#[test]
fn unknown_classes_properties_and_names_are_told_with_what_comes_near() {
    check("SELECT ?x { ?x a dos:Agrement }", &["?x rdf:type dos:Agrement", "is no class; did you mean dos:Agreement?"]);
    check("SELECT ?x { ?x a dos:Company }", &["dos:Company is a class, but the graph has none of it"]);
    check("SELECT ?x { ?x a dos:Loan }", &["the graph has none of it; it has dos:Agreement"]);
    check("SELECT ?x { ?x a foaf:Person }", &["the graph has no class foaf:Person"]);
    check("SELECT ?x { ?x dos:parties ?y }", &["dos:parties is no property; did you mean dos:party?"]);
    check("SELECT ?x { ?x dos:speaker ?y }", &["dos:speaker is a property, but the graph has no value of it"]);
    check("SELECT ?x { ?x skos:preflabel ?y }", &["no property skos:preflabel; did you mean skos:prefLabel?"]);
    check(
        "SELECT ?x { ?x dos:visitor id:anna-ilves }",
        &["id:anna-ilves is not in the graph; did you mean id:ana-ilves (Ana Ilves)?"],
    );
    check("SELECT ?x { ?x dos:visitor id:ilves }", &["did you mean id:ana-ilves (Ilves)"]);
    check("SELECT ?x { ?x dos:topic \"oil\" }", &["no dos:topic is \"oil\"; near it: \"Oil and gas\""]);
    check("SELECT ?x { ?x dos:date \"2024\" }", &["near it: \"2024\"^^xsd:gYear"]);
    check(
        "SELECT ?x { GRAPH id:source.b { ?x a ?y } }",
        &["GRAPH id:source.b: there is no such source. did you mean id:source.a?"],
    );
    check("SELECT ?x { ?x dos:party/dos:partof id:peru }", &["[] dos:partof id:peru", "did you mean dos:partOf?"]);
}

#[test]
fn what_has_no_row_together_is_told() {
    check(
        "SELECT ?x { ?x a dos:Visit . ?x dos:topic ?t }",
        &["?x dos:topic ?t: it finds something alone, but nothing together with: ?x rdf:type dos:Visit"],
    );
    check(
        "SELECT ?x { ?x a dos:Visit { SELECT ?x { ?x dos:topic ?t } } }",
        &["each finds something, but nothing in common"],
    );
    check(
        "SELECT ?x { ?x dos:date ?d FILTER (?d = \"2024\") }",
        &["FILTER (?d = \"2024\"): no row passes it", "STR(?variable)"],
    );
    check("SELECT ?x { ?x a dos:Visit OPTIONAL { ?x dos:nothing ?y } FILTER (BOUND(?y)) }", &["FILTER (BOUND(?y))"]);
    check("SELECT ?x { ?x a dos:Visit MINUS { ?x dos:visitor ?y } }", &["MINUS takes all rows away"]);
    check("SELECT ?x { ?x a dos:Visit } OFFSET 7", &["there are rows, but none in this range"]);
    check("SELECT ?x { { ?x a dos:Loan } UNION { ?x a dos:Treaty } }", &["dos:Loan", "dos:Treaty"]);
    check("SELECT ?x (COUNT(?y) AS ?n) { ?x a dos:Loan ; dos:party ?y } GROUP BY ?x", &["dos:Loan"]);
    check("SELECT ?x { GRAPH ?g { ?x a dos:Loan } }", &["?x rdf:type dos:Loan"]);
}

#[test]
fn nothing_is_told_of_what_has_rows_or_is_no_query() {
    check("SELECT ?x { ?x a dos:Visit }", &[]);
    check("SELECT ?x {", &[]);
}
