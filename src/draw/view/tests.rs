use super::*;
use oxigraph::io::{RdfFormat, RdfParser};

const GRAPH: &str = r#"
PREFIX dos: <https://w3id.org/dossier/ns#>
PREFIX id: <https://w3id.org/dossier/id/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
GRAPH id:source.wire-1 {
  id:source.wire-1 dos:sha256 "ab" .
  id:peru a dos:Country ; skos:prefLabel "Peru" .
  id:estonia a dos:Country ; skos:prefLabel "Estonia" .
  id:chile a dos:Country ; skos:prefLabel "Chile" .
  id:ilves a dos:Person ; skos:prefLabel "Ana Ilves" .
  id:agreement.1 a dos:Agreement , dos:MemorandumOfUnderstanding ; dos:party id:peru , id:estonia ; dos:count 15 ;
    dos:agreementType "MoUs" ; dos:date "2024-07"^^xsd:gYearMonth ; dos:status dos:Asserted .
  id:meeting.1 a dos:Meeting ; dos:participant id:peru , id:estonia , id:chile ; dos:date "2025"^^xsd:gYear ; dos:status dos:Planned .
  id:position.1 a dos:Position ; dos:person id:ilves ; dos:organization id:estonia ; dos:role "President" ; dos:status dos:Asserted .
  id:visit.1 a dos:Visit ; dos:visitor id:ilves ; dos:status dos:Asserted .
  id:statement.1 a dos:Statement ; dos:speaker id:ilves ; dos:addressee id:peru ; dos:status dos:Asserted .
  id:claim.1 a dos:Relation ; rdf:reifies <<( id:peru dos:exportsTo id:chile )>> ; dos:status dos:Denied .
}
GRAPH id:source.wire-2 {
  id:source.wire-2 dos:sha256 "cd" .
  id:claim.2 a dos:Relation ; rdf:reifies <<( id:peru dos:exportsTo id:chile )>> ; dos:status dos:Denied .
  id:estonia a dos:Country ; skos:prefLabel "Estonia" .
}
"#;

fn store() -> Store {
    // TriG writes prefixes as Turtle does; GRAPH and PREFIX are its SPARQL forms.
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(GRAPH).map(|quad| quad.unwrap());
    crate::store::from_quads(quads.collect()).unwrap()
}

#[track_caller]
fn check(picture: &Picture, expected: &[&str]) {
    let name = |id: &str| picture.node(id).unwrap().label.clone();
    let mut lines: Vec<String> = picture
        .edges()
        .map(|e| {
            format!("{} {} {} {} {}", name(&e.from), e.lines().join("; "), name(&e.to), e.status.as_str(), e.count)
        })
        .collect();
    lines.sort();
    assert_eq!(lines, expected);
}

#[test]
fn the_whole_graph_joins_what_facts_say() {
    let picture = relations(&store(), &[], 30).unwrap();
    check(
        &picture,
        &[
            "Ana Ilves President Estonia asserted 1",
            "Chile  Meeting planned 1",
            "Estonia  Meeting planned 1",
            "Estonia 15 MoUs, Jul 2024 Peru asserted 1",
            "Peru  Meeting planned 1",
            "Peru exports to Chile denied 2",
        ],
    );
    assert!(
        picture.footer.contains("2 sources") && picture.footer.contains("1 fact that names one side"),
        "{}",
        picture.footer
    );
}

#[test]
fn a_neighbourhood_ends_after_its_steps() {
    let id = crate::vocab::id("ilves");
    check(&neighbourhood(&store(), &[id.as_str()], 1, 20).unwrap(), &["Ana Ilves President Estonia asserted 1"]);
    let folded = neighbourhood(&store(), &[id.as_str()], 3, 2).unwrap();
    check(&folded, &["Ana Ilves  and 2 more asserted 1", "Ana Ilves President Estonia asserted 1"]);
    assert!(folded.node(id.as_str()).unwrap().focus);
}

#[test]
fn an_entity_without_facts_stands_alone() {
    let picture = neighbourhood(&store(), &["https://nowhere.example/x"], 2, 20).unwrap();
    assert_eq!(picture.nodes().len(), 1);
}

#[test]
fn any_triples_make_a_picture() {
    let triples = store()
        .iter()
        .map(|quad| quad.unwrap())
        .filter(|q| q.predicate.as_str().ends_with("role") || q.predicate.as_str().ends_with("person"));
    let picture = picture_triples(triples.map(Into::into), "Posts").unwrap();
    assert_eq!((picture.nodes().len(), picture.edges().len()), (3, 2));
}

#[test]
fn some_kinds_alone_leave_the_others_out() {
    let picture = relations(&store(), &["Agreement".to_owned()], 30).unwrap();
    check(&picture, &["Estonia 15 MoUs, Jul 2024 Peru asserted 1"]);
    assert_eq!(picture.subtitle, "Agreement: 1 statement shown");
}
