use super::*;
use crate::query::find;
use crate::store::{self, Store};
use oxigraph::io::{RdfFormat, RdfParser};

/// A source named `name` that holds `turtle`, which may use `p:` for its passage.
fn source(name: &str, turtle: &str) -> String {
    let id = crate::vocab::ID;
    format!(
        "PREFIX dos: <{}> PREFIX id: <{id}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
         PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
         PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX p: <{id}source.{name}#>
         PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
         GRAPH id:source.{name} {{
           id:source.{name} dos:fileName \"{name}.txt\" .
           p:1 prov:wasQuotedFrom id:source.{name} ; nif:anchorOf \"Words of {name}.\" ; nif:beginIndex 0 ; nif:endIndex 14 .
           id:peru skos:prefLabel \"Peru\" . id:chile skos:prefLabel \"Chile\" . id:ana skos:prefLabel \"Ana Ilves\" .
           {turtle}
         }}\n",
        crate::vocab::DOS
    )
}

fn graph(sources: &[&str]) -> Store {
    let trig: String = (0..).zip(sources).map(|(i, turtle)| source(&format!("s{i}"), turtle)).collect();
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&trig).map(|quad| quad.unwrap());
    store::from_quads(quads.collect()).unwrap()
}

/// A figure of trade between Peru and Chile.
fn trade(name: &str, indicator: &str, written: &str, value: &str, period: &str) -> String {
    format!(
        "id:{name} a dos:Measure ; dos:indicator \"{indicator}\" ; dos:subject id:peru ; dos:partner id:chile ; dos:value {value} ;
         dos:written \"{written}\" ; dos:unit \"USD\" ; dos:period \"{period}\" ; dos:target false ; dos:status dos:Asserted ; prov:wasDerivedFrom p:1 ."
    )
}

/// What a query of conflicts finds: `about: one says | other says`.
#[track_caller]
fn check(query: &str, sources: &[&str], expected: &[&str]) {
    let query = find(&format!("{CONFLICTS}{query}"), None).unwrap();
    let found = find_conflicts(&graph(sources), &query).unwrap();
    let told: Vec<String> =
        found.iter().map(|c| format!("{}: {} | {}", c.about, c.sides[0].says, c.sides[1].says)).collect();
    assert_eq!(told, expected);
    let quoted = |c: &Conflict| c.sides.iter().all(|side| !side.evidence.is_empty());
    assert!(found.iter().all(quoted), "{found:?}");
}

#[test]
fn figures_disagree_beyond_rounding() {
    let one = trade("a", "bilateral trade", "$22 million", "22000000", "2024");
    let other = |written: &str, value: &str| trade("b", "Volume of trade", written, value, "2024");
    let about = "trade, Chile and Peru, 2024: $22 million | ";
    check("figures", &[&one, &other("$22.4 million", "22400000")], &[]);
    check("figures", &[&one, &other("$22.6 million", "22600000")], &[&format!("{about}$22.6 million")]);
    check("figures", &[&one, &other("$25 million", "25000000")], &[&format!("{about}$25 million")]);
    check("figures", &[&one, &trade("b", "trade", "$25 million", "25000000", "2023")], &[]);
    check("figures", &[&one, &trade("b", "imports", "$25 million", "25000000", "2024")], &[]);
    check("figures", &[&one, &other("$22 billion", "22000000000")], &[]);
}

#[test]
fn figures_off_by_a_power_of_ten_are_found_among_their_neighbours() {
    let (a, b) = (
        trade("a", "trade", "$20 million", "20000000", "2022"),
        trade("b", "trade", "$24 million", "24000000", "2023"),
    );
    let off = trade("c", "trade", "$2.5 million", "2500000", "2024");
    check("magnitude", &[&a, &b, &off], &["trade, Chile and Peru: $2.5 million, 2024 | $20 million, 2022"]);
    check("magnitude", &[&a, &b], &[]);
    let grown = trade("c", "trade", "$100 million", "100000000", "2024");
    check("magnitude", &[&a, &b, &grown], &[]);
    let later = trade("c", "trade", "$250 million", "250000000", "2030");
    check("magnitude", &[&a, &b, &later], &[]);
    let same = trade("c", "trade", "$20 billion", "20000000000", "2022");
    check("magnitude", &[&a, &same], &["trade, Chile and Peru: $20 million, 2022 | $20 billion, 2022"]);
}

#[test]
fn one_event_has_one_date() {
    let visit = |name: &str, day: &str| {
        format!(
            "id:{name} a dos:Visit ; rdf:label \"x\" ; <http://www.w3.org/2000/01/rdf-schema#label> \"Visit\" ; dos:visitor id:ana ;
             dos:destination id:peru ; dos:date \"{day}\" ; dos:status dos:Asserted ; prov:wasDerivedFrom p:1 ."
        )
    };
    let first = visit("v1", "2024-05-03");
    check("dates", &[&first, &visit("v2", "2024-05-05")], &["Visit: 2024-05-03 | 2024-05-05"]);
    check("dates", &[&first, &visit("v2", "2024-05")], &[]);
    check("dates", &[&first, &visit("v2", "2024-06-20")], &[]);
    check("dates", &[&format!("{first} {}", visit("v2", "2024-05-05"))], &[]);
    check("dates", &[&first, &visit("v2", "2024-05-05").replace("id:peru", "id:chile")], &[]);
}

#[test]
fn what_is_denied_contradicts_what_is_asserted() {
    let claim = |name: &str, object: &str, status: &str| {
        format!(
            "id:{name} a dos:Relation ; rdf:reifies <<( id:peru dos:exportsTo id:{object} )>> ; dos:status dos:{status} ;
             <http://www.w3.org/2000/01/rdf-schema#label> \"Peru exports\" ; prov:wasDerivedFrom p:1 ."
        )
    };
    let asserted = claim("a", "chile", "Asserted");
    check("denied", &[&asserted, &claim("b", "chile", "Denied")], &["Peru exports: asserted | denied"]);
    check("denied", &[&asserted, &claim("b", "chile", "Planned")], &[]);
    check("denied", &[&asserted, &claim("b", "ana", "Denied")], &[]);
    let visit = |name: &str, status: &str, day: &str| {
        format!(
            "id:{name} a dos:Visit ; <http://www.w3.org/2000/01/rdf-schema#label> \"Visit\" ; dos:visitor id:ana ; dos:destination id:peru ;
             dos:date \"{day}\" ; dos:status dos:{status} ; prov:wasDerivedFrom p:1 ."
        )
    };
    let asserted = visit("v1", "Asserted", "2024-05-03");
    check("denied", &[&asserted, &visit("v2", "Denied", "2024-05")], &["Visit: asserted | denied"]);
    check("denied", &[&asserted, &visit("v2", "Denied", "2024-06")], &[]);
}

#[test]
fn two_hold_one_post() {
    let post = |name: &str, who: &str, day: &str| {
        format!(
            "id:{who} skos:prefLabel \"{who}\" . id:{name} a dos:Position ; dos:person id:{who} ; dos:organization id:peru ;
             dos:office \"president\" ; dos:soleOffice true ; dos:seen \"{day}\"^^xsd:date ; dos:status dos:Asserted ; prov:wasDerivedFrom p:1 ."
        )
    };
    let told = "president of Peru: ada, 2024-05-03 | bo, 2024-05-03";
    check("holders", &[&post("a", "ada", "2024-05-03"), &post("b", "bo", "2024-05-03")], &[told]);
    check("holders", &[&post("a", "ada", "2024-05-03"), &post("b", "bo", "2024-05-04")], &[]);
}
