use super::*;
use crate::query::answer;
use crate::store;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use oxigraph::store::Store;
use std::collections::{BTreeSet, HashSet};

const GRAPH: &str = r#"
PREFIX dos: <https://w3id.org/dossier/ns#>
PREFIX id: <https://w3id.org/dossier/id/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
GRAPH id:source.wire {
  id:source.wire dos:sha256 "ab" ; dos:fileName "wire.txt" .
  <https://w3id.org/dossier/id/source.wire#char=0,9> a dos:Passage ; prov:wasQuotedFrom id:source.wire ; nif:anchorOf "Words & <more>." .
  id:peru a dos:Country ; skos:prefLabel "Peru" . id:chile a dos:Country ; skos:prefLabel "Chile" .
  id:ana a dos:Person ; skos:prefLabel "Ana \"A\" Ilves & Co" . id:wells a dos:Company ; skos:prefLabel "Wells" .
  id:position.1 a dos:Position ; dos:person id:ana ; dos:organization id:peru ; dos:role "minister" ; dos:status dos:Asserted ;
    prov:wasDerivedFrom <https://w3id.org/dossier/id/source.wire#char=0,9> .
  id:meeting.1 a dos:Meeting ; rdfs:label "Meeting of three" ; dos:participant id:ana , id:peru , id:chile ; dos:status dos:Asserted ;
    prov:wasDerivedFrom <https://w3id.org/dossier/id/source.wire#char=0,9> .
  <https://w3id.org/dossier/id/visit.a+b> a dos:Visit ; dos:visitor id:ana ; dos:destination id:chile ; dos:status dos:Planned .
  id:claim.1 a dos:Relation ; rdf:reifies <<( id:peru dos:owns id:wells )>> ; dos:status dos:Asserted .
  id:peru dos:owns id:wells .
  id:claim.2 a dos:Relation ; rdf:reifies <<( id:ana dos:visited id:chile )>> ; dos:status dos:Asserted .
  id:ana dos:visited id:chile .
}
"#;

fn graph() -> Store {
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(GRAPH).map(|quad| quad.unwrap());
    store::from_quads(quads.collect()).unwrap()
}

fn quads_of(store: &Store) -> HashSet<Quad> {
    store.iter().map(|quad| quad.unwrap()).filter(|quad| !quad.graph_name.is_default_graph()).collect()
}

fn parse(bytes: &[u8], format: RdfFormat) -> BTreeSet<String> {
    RdfParser::from_format(format).for_slice(bytes).map(|quad| quad.unwrap().to_string()).collect()
}

#[test]
fn what_is_written_as_rdf_is_read_back_as_it_was() {
    let store = graph();
    let expected: BTreeSet<String> = quads_of(&store).iter().map(ToString::to_string).collect();
    for format in [RdfFormat::NQuads, RdfFormat::TriG] {
        let mut bytes = Vec::new();
        write_rdf(&store, format, Claims::TripleTerms, &mut bytes).unwrap();
        assert_eq!(parse(&bytes, format), expected);
    }
    let mut turtle = Vec::new();
    write_rdf(&store, RdfFormat::Turtle, Claims::TripleTerms, &mut turtle).unwrap();
    assert_eq!(parse(&turtle, RdfFormat::Turtle).len(), expected.len());
}

#[test]
fn readers_of_rdf_1_1_get_statements() {
    let mut old = Vec::new();
    write_rdf(&graph(), RdfFormat::NQuads, Claims::Statements, &mut old).unwrap();
    let text = String::from_utf8(old).unwrap();
    assert!(!text.contains("<<(") && text.matches("#Statement>").count() == 2, "{text}");
    let mut json = Vec::new();
    write_rdf(&graph(), RdfFormat::JsonLd { profile: Default::default() }, Claims::TripleTerms, &mut json).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&json).is_ok());
    assert_eq!(
        parse(&json, RdfFormat::JsonLd { profile: Default::default() }),
        parse(text.as_bytes(), RdfFormat::NQuads)
    );
}

#[test]
fn listings_hold_every_status_and_escape_what_xml_forbids() {
    let listing = Listing::read(&graph()).unwrap();
    let mut statuses: Vec<&str> = listing.edges.iter().map(|edge| edge.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    assert_eq!(statuses, ["asserted", "planned"]);
    assert!(listing.nodes.iter().any(|node| node.id == "id:meeting.1" && node.class == "Meeting"));
    let (mut graphml, mut gexf) = (Vec::new(), Vec::new());
    write_graphml(&listing, &mut graphml).unwrap();
    write_gexf(&listing, &mut gexf).unwrap();
    for xml in [graphml, gexf] {
        let xml = String::from_utf8(xml).unwrap();
        assert!(xml.contains("Ana &quot;A&quot; Ilves &amp; Co"), "{xml}");
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    }
}

#[test]
fn follow_the_money_gets_what_is_asserted_and_fits() {
    let mut bytes = Vec::new();
    let told = write_ftm(&graph(), &mut bytes).unwrap();
    assert_eq!(told, Exchanged { entities: 5, links: 4, unsure: 1, loose: 0 });
    let text = String::from_utf8(bytes).unwrap();
    let line = |id: &str| text.lines().find(|line| line.contains(&format!("{{\"id\":\"{id}\""))).unwrap().to_owned();
    assert!(line("claim.1").contains("\"schema\":\"Ownership\"") && line("claim.1").contains("\"asset\":[\"wells\"]"));
    assert!(line("claim.2").contains("\"schema\":\"UnknownLink\""));
    assert!(line("position.1").contains("\"post\":[\"post.minister.peru\"]"));
    assert!(line("peru").contains("\"country\":[\"pe\"]"));
    assert!(line("meeting.1").contains("\"description\":[\"Words & <more>.\"]"));
}

#[track_caller]
fn check(query: &str, expected: &[&str]) {
    let store = graph();
    let part = select_part(&store, &named_in(&answer(&store, query).unwrap().found)).unwrap();
    let quads = quads_of(&part);
    assert!(quads.is_subset(&quads_of(&store)));
    let facts: BTreeSet<String> = quads
        .iter()
        .filter(|quad| quad.predicate.as_str().ends_with("#status"))
        .map(|quad| quad.subject.to_string().trim_matches(['<', '>']).rsplit('/').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(facts.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn a_part_is_the_facts_that_a_query_names_with_what_they_rest_on() {
    check("SELECT ?f WHERE { ?f a dos:Position }", &["position.1"]);
    check("SELECT ?c WHERE { ?c a dos:Company }", &["claim.1"]);
    check("SELECT ?c WHERE { VALUES ?c { id:ana id:chile } }", &["claim.2", "meeting.1", "visit.a+b"]);
    check("CONSTRUCT WHERE { ?a dos:owns ?b }", &["claim.1"]);
    check("SELECT ?c WHERE { ?c a dos:Work }", &[]);
    let store = graph();
    let part = select_part(&store, &["https://w3id.org/dossier/id/position.1".to_owned()].into()).unwrap();
    let text: String = quads_of(&part).iter().map(ToString::to_string).collect();
    assert!(text.contains("Words &") && text.contains("sha256") && !text.contains("ns#owns"), "{text}");
}
