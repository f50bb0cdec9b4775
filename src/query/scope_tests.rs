use super::*;
use crate::query::answer;
use crate::vocab::{DOS, ID};
use oxigraph::io::{RdfFormat, RdfParser};

/// Of each line `SOURCE ISSUED TURTLE`: a source that appeared then and states that; `p:` is its passage.
fn graph(lines: &[(&str, &str, &str)]) -> Store {
    let mut trig = format!(
        "PREFIX dos: <{DOS}> PREFIX id: <{ID}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
         PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
         PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/>
         PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>"
    );
    for (source, issued, turtle) in lines {
        let issued =
            if issued.is_empty() { String::new() } else { format!("id:source.{source} dcterms:issued \"{issued}\" .") };
        trig.push_str(&format!(
            "PREFIX p: <{ID}source.{source}#> GRAPH id:source.{source} {{ id:source.{source} a dos:Document . {issued}
             p:1 prov:wasQuotedFrom id:source.{source} ; nif:anchorOf \"x\" .
             id:ana skos:prefLabel \"Ana\" . id:bo skos:prefLabel \"Bo\" . id:peru skos:prefLabel \"Peru\" . {turtle} }}\n"
        ));
    }
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&trig).map(|quad| quad.unwrap());
    store::from_quads(quads.collect()).unwrap()
}

fn fact(name: &str, rest: &str) -> String {
    format!("id:{name} {rest} ; dos:status dos:Asserted ; prov:wasDerivedFrom p:1 .")
}

fn president(who: &str, dates: &str) -> String {
    let roles = "dos:organization id:peru ; dos:office \"president\" ; dos:soleOffice true";
    fact(&format!("post-{who}"), &format!("a dos:Position ; dos:person id:{who} ; {roles} ; {dates}"))
}

/// The facts that are left, by local name.
fn left(store: &Store) -> Vec<String> {
    let found = answer(store, "SELECT DISTINCT ?f { ?f dos:status ?s } ORDER BY ?f").unwrap().found;
    let Found::Solutions { rows, .. } = found else { return Vec::new() };
    let name = |row: &Vec<Option<Term>>| row[0].as_ref().unwrap().to_string().trim_end_matches('>').replace(ID, "");
    rows.iter().map(name).map(|name| name.trim_start_matches('<').to_owned()).collect()
}

#[track_caller]
fn check(store: &Store, as_of: &str, known_by: &str, expected: &[&str]) {
    let scope = Scope { as_of: as_of.parse().ok(), known_by: known_by.parse().ok() };
    let (narrowed, told) = narrow(store, scope).unwrap();
    assert_eq!(left(&narrowed), expected, "as of {as_of:?}, known by {known_by:?}");
    assert_eq!(told.kept, expected.len());
}

#[test]
fn what_had_begun_and_not_ended_holds() {
    let store = graph(&[(
        "a",
        "2025-06-01",
        &[
            fact("visit", "a dos:Visit ; dos:visitor id:ana ; dos:date \"2024-03-05\""),
            fact("deal", "a dos:Agreement ; dos:party id:peru ; dos:date \"2024\" ; dos:end \"2024-11\""),
            fact("tariff", "a dos:Measure ; dos:subject id:peru ; dos:period \"2027/..\""),
            fact("claim", "rdf:reifies <<( id:ana dos:memberOf id:peru )>>"),
        ]
        .concat(),
    )]);
    check(&store, "2023", "", &[]);
    check(&store, "2024-02", "", &["deal"]);
    check(&store, "2024-03-05", "", &["deal", "visit"]);
    check(&store, "2024", "", &["deal", "visit"]);
    check(&store, "2024-11-20", "", &["deal", "visit"]);
    check(&store, "2024-12", "", &["visit"]);
    check(&store, "2025-06-01", "", &["claim", "visit"]);
    check(&store, "2027", "", &["claim", "tariff", "visit"]);
}

#[test]
fn plans_hold_from_when_they_are_told() {
    let planned =
        fact("visit", "a dos:Visit ; dos:visitor id:ana ; dos:date \"2026-03\"").replace("Asserted", "Planned");
    let store = graph(&[("a", "2025-06-01", &planned)]);
    check(&store, "2025-05", "", &[]);
    check(&store, "2025-07", "", &["visit"]);
    check(&graph(&[("a", "", &planned)]), "2030", "", &[]);
}

#[test]
fn successors_end_a_post() {
    let store = graph(&[(
        "a",
        "2025-01-01",
        &[president("ana", "dos:seen \"2020-05-01\""), president("bo", "dos:start \"2023\"")].concat(),
    )]);
    check(&store, "2019", "", &[]);
    check(&store, "2021", "", &["post-ana"]);
    check(&store, "2024", "", &["post-bo"]);
}

#[test]
fn sources_that_had_not_appeared_know_nothing() {
    let visit = |name: &str| fact(name, "a dos:Visit ; dos:visitor id:ana ; dos:date \"2020\"");
    let store = graph(&[
        ("a", "2024-03-06", &[visit("both"), visit("old")].concat()),
        ("b", "2025-02", &[visit("both"), visit("new"), president("bo", "dos:start \"2019\"")].concat()),
        ("c", "", &visit("undated")),
    ]);
    check(&store, "", "2024-03-05", &[]);
    check(&store, "", "2024", &["both", "old"]);
    check(&store, "", "2025-02-10", &["both", "old"]);
    check(&store, "", "2025-02", &["both", "new", "old", "post-bo"]);
    let scope = Scope { as_of: None, known_by: "2024".parse().ok() };
    let (narrowed, told) = narrow(&store, scope).unwrap();
    assert_eq!((told.unknown_yet, told.undated), (2, 1));
    let ask = |sparql: &str| answer(&narrowed, sparql).unwrap().found;
    assert_eq!(ask("ASK { GRAPH id:source.b { ?s ?p ?o } }"), Found::Boolean(false));
    assert_eq!(
        ask("ASK { id:both prov:wasDerivedFrom ?p . ?p prov:wasQuotedFrom id:source.b }"),
        Found::Boolean(false)
    );
    assert_eq!(ask("ASK { id:ana skos:prefLabel ?l }"), Found::Boolean(true));
    assert_eq!(ask("ASK { id:bo skos:prefLabel ?l }"), Found::Boolean(false));
}

#[test]
fn a_triple_stays_while_a_claim_of_it_does() {
    let claim =
        |name: &str| fact(name, "rdf:reifies <<( id:ana dos:memberOf id:peru )>>") + " id:ana dos:memberOf id:peru .";
    let store = graph(&[("a", "2024", &claim("old")), ("b", "2025", &claim("new"))]);
    let told = |day: &str| {
        let scope = Scope { as_of: None, known_by: day.parse().ok() };
        let narrowed = narrow(&store, scope).unwrap().0;
        answer(&narrowed, "ASK { id:ana dos:memberOf id:peru }").unwrap().found == Found::Boolean(true)
    };
    assert!(!told("2023") && told("2024") && told("2025"));
}
