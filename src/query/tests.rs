use super::*;
use crate::store::{self, Store};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::sparql::CancellationToken;

/// Two sources that state the same triple, one with more.
const GRAPH: &str = r#"
GRAPH <https://w3id.org/dossier/id/source.a> {
  <https://w3id.org/dossier/id/peru> a <https://w3id.org/dossier/ns#Country> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "Peru" .
  <https://w3id.org/dossier/id/m> <https://w3id.org/dossier/ns#value> 22000000 ; <https://w3id.org/dossier/ns#status> <https://w3id.org/dossier/ns#Planned> .
  <https://w3id.org/dossier/id/source.a> <https://w3id.org/dossier/ns#fileName> "a.txt" .
}
GRAPH <https://w3id.org/dossier/id/source.b> {
  <https://w3id.org/dossier/id/peru> a <https://w3id.org/dossier/ns#Country> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "Peru" .
}"#;

fn graph() -> Store {
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(GRAPH).map(|quad| quad.unwrap());
    store::from_quads(quads.collect()).unwrap()
}

fn written(sparql: &str, format: Format) -> Result<String> {
    let mut out = Vec::new();
    answer(&graph(), sparql)?.write(format, &mut out, 60)?;
    Ok(String::from_utf8(out).unwrap())
}

#[track_caller]
fn check(sparql: &str, format: Format, expected: &str) {
    assert_eq!(written(sparql, format).unwrap().replace("\r\n", "\n"), expected);
}

#[track_caller]
fn check_refused(sparql: &str, expected: &str) {
    let error = answer(&graph(), sparql).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn sources_are_one_graph_without_repetition() {
    check("SELECT ?c { ?c a dos:Country }", Format::Csv, "c\nhttps://w3id.org/dossier/id/peru\n");
    check("SELECT (COUNT(*) AS ?n) { ?c a dos:Country ; skos:prefLabel ?l }", Format::Tsv, "?n\n1\n");
    check(
        "SELECT ?g { GRAPH ?g { ?c a dos:Country } } ORDER BY ?g LIMIT 1",
        Format::Csv,
        "g\nhttps://w3id.org/dossier/id/source.a\n",
    );
    check("SELECT ?v FROM id:source.b { ?m dos:value ?v }", Format::Csv, "v\n");
}

#[test]
fn answers_are_written_in_every_format() {
    check("ASK { id:peru a dos:Country }", Format::Table, "yes\n");
    check("ASK { id:peru a dos:Company }", Format::Json, "{\"head\":{},\"boolean\":false}\n");
    let turtle = written("CONSTRUCT { ?c a dos:Country } WHERE { ?c a dos:Country }", Format::Turtle).unwrap();
    assert!(turtle.contains("@prefix dos:") && turtle.contains("id:peru a dos:Country ."), "{turtle}");
    for format in Format::SOLUTIONS {
        assert!(written("SELECT ?c { ?c a dos:Country }", *format).unwrap().contains("eru"), "{format}");
        assert!(!written("ASK {}", *format).unwrap().is_empty(), "{format}");
    }
    for format in Format::GRAPHS {
        let graph = written("DESCRIBE id:peru", *format).unwrap();
        assert!(graph.contains("Peru"), "{format}: {graph}");
    }
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(*format));
    }
}

#[test]
fn formats_that_do_not_fit_are_refused() {
    let error = written("ASK {}", Format::Turtle).unwrap_err();
    assert!(error.hint().unwrap().contains("csv"), "{error}");
    assert!(written("DESCRIBE id:peru", Format::Csv).unwrap_err().hint().unwrap().contains("ttl"));
}

#[test]
fn tables_show_labels_and_fit() {
    let table = written("SELECT ?m ?value ?s { ?m dos:value ?value ; dos:status ?s }", Format::Table).unwrap();
    assert!(table.contains("22,000,000") && table.contains("planned") && table.contains("id:m"), "{table}");
    let table =
        written("SELECT (id:peru AS ?country) (id:source.a AS ?source) (STRLEN(\"x\") AS ?n) {}", Format::Table)
            .unwrap();
    assert!(table.contains("Peru") && table.contains("a.txt"), "{table}");
    let words = "many words ".repeat(40);
    let table = written(&format!("SELECT ('{words}' AS ?words) (id:peru AS ?c) {{}}"), Format::Table).unwrap();
    assert!(table.lines().count() > 5 && table.lines().all(|line| line.chars().count() <= 60), "{table}");
}

#[test]
fn wrong_queries_say_where_and_what() {
    check_refused("SELECT ?x {\n  ?x a \n}", "query:3:1: syntax error at `}`: expected a variable");
    check_refused(
        "SELECT ?x {\n  ?x a dcterm:Agent }",
        "query:2:8: the prefix `dcterm:` is not declared; did you mean `dcterms:`?",
    );
    check_refused("SELECT ?x { ?x a wd:Q5 }", "known without declaration are dos, id, rdf");
    check_refused("INSERT DATA { id:a a dos:Person }", "SPARQL Update, which is refused");
    check_refused("DROP ALL", "SPARQL Update");
    check_refused("", "query:1:1: syntax error at the end of the query");
    check_refused("SELECT ?x { SERVICE <https://x.example/> { ?x ?p ?o } }", "the query failed");
}

#[test]
fn prefixes_in_strings_comments_and_iris_are_no_prefixes() {
    for sparql in [
        "PREFIX ex: <http://ex.example/> SELECT ?x { ?x a ex:Thing } # foo:bar",
        "SELECT ?x { ?x dos:topic \"foo:bar\" , 'foo:baz' ; a <foo:bar> }",
    ] {
        assert!(parse(sparql, "q").is_ok(), "{sparql}");
    }
    check_refused("SELECT ?x { ?x dos:topic \"foo:bar\" , }", "syntax error");
}

#[test]
fn a_query_can_be_stopped() {
    let token = CancellationToken::new();
    token.cancel();
    let error = answer_until(&graph(), "SELECT * { ?a ?b ?c . ?d ?e ?f }", "q", &token).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("stopped"), "{error}");
}

#[test]
fn queries_are_found_by_name_file_or_text() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("people")).unwrap();
    std::fs::write(home.path().join("people/posts.rq"), "\u{feff}#+ summary: Mine?\nASK {}").unwrap();
    std::fs::write(home.path().join("latin.rq"), b"ASK {} # \xe9").unwrap();
    let name = |argument: &str| find(argument, None).map(|query| query.name);
    assert_eq!(name("posts").unwrap(), "people/posts");
    assert_eq!(name("queries/people/posts.rq").unwrap(), "queries/people/posts.rq");
    assert_eq!(name("ASK {}").unwrap(), "query");
    assert!(name("people/post").unwrap_err().hint().unwrap().contains("people/posts"));
    assert!(name("pots").unwrap_err().hint().unwrap().contains("did you mean posts"));
    assert!(name(&home.path().to_string_lossy()).unwrap_err().to_string().contains("is a folder"));
    assert!(
        name(&home.path().join("latin.rq").to_string_lossy()).unwrap_err().to_string().contains("not UTF-8: byte 9")
    );
    std::fs::remove_file(home.path().join("latin.rq")).unwrap();
    assert_eq!(find("posts", Some(home.path())).unwrap().text, "#+ summary: Mine?\nASK {}");
    let all = list(Some(home.path())).unwrap();
    assert!(
        all.len() == QUERIES.len()
            && all.iter().any(|(name, header)| name == "people/posts" && header.summary == "Mine?")
    );
}

#[test]
fn headers_are_yaml() {
    let header = Header::parse("#+ summary: \"Who?\"\n#+ description: >\n#+   Two\n#+   lines.\nASK {}", "q").unwrap();
    assert_eq!((header.summary.as_str(), header.description.trim()), ("Who?", "Two lines."));
    assert!(Header::parse("#+ summary: [1\nASK {}", "q").is_err());
    assert_eq!(Header::parse("ASK {}", "q").unwrap(), Header::default());
}

#[test]
fn a_cross_product_is_stopped() {
    let many: Vec<_> = (0..300)
        .map(|i| {
            let node = crate::vocab::id(&format!("n{i}"));
            oxigraph::model::Quad::new(
                node.clone(),
                crate::vocab::dos("about"),
                node.clone(),
                crate::vocab::id("source.a"),
            )
        })
        .collect();
    let store = store::from_quads(many).unwrap();
    let product = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let stopped = |limits: Limits| {
        let error = answer_within(&store, product, "q", limits).map(|_| ()).unwrap_err();
        format!("{error} {}", error.hint().unwrap_or_default())
    };
    let told = stopped(Limits { memory: 1 << 20, ..Limits::default() });
    assert!(told.contains("more than 1 MB") && told.contains("--memory"), "{told}");
    let told = stopped(Limits { timeout: Some(std::time::Duration::from_millis(30)), ..Limits::default() });
    assert!(told.contains("after 0.03 seconds") && told.contains("--timeout"), "{told}");
    assert_eq!(answer_within(&store, "SELECT * { ?a ?b ?c }", "q", Limits::default()).unwrap().len(), 300);
}

#[test]
fn each_row_has_the_facts_that_it_was_found_by() {
    let check = |sparql: &str, expected: &[&str]| {
        let (answer, things) = trace_rows(&graph(), sparql, "q", Limits::default()).unwrap();
        assert_eq!(answer.len(), things.len(), "{sparql}");
        let names: Vec<String> = things
            .iter()
            .map(|all| all.iter().map(|n| crate::vocab::shorten(n.as_str())).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(names, expected, "{sparql}");
    };
    check("SELECT ?value { ?m dos:value ?value ; dos:status ?s }", &["id:m dos:Planned"]);
    check("SELECT DISTINCT ?l { ?c skos:prefLabel ?l } ORDER BY ?l LIMIT 5", &["id:peru"]);
    check(
        "SELECT ?l (COUNT(*) AS ?n) { GRAPH ?g { ?c skos:prefLabel ?l } } GROUP BY ?l HAVING (COUNT(*) > 1)",
        &["id:peru id:source.a id:source.b"],
    );
    check("SELECT ?l { { SELECT ?l ?c { ?c skos:prefLabel ?l } } }", &["id:peru"]);
    assert!(trace_rows(&graph(), "ASK {}", "q", Limits::default()).unwrap().1.is_empty());
}

#[test]
fn a_plan_tells_rows_of_each_step() {
    let plan = explain(&graph(), "SELECT ?c { ?c a dos:Country ; skos:prefLabel ?l }", "q", Limits::default()).unwrap();
    assert_eq!(plan.rows, 1);
    let mut out = Vec::new();
    plan.write(&mut out).unwrap();
    let told = String::from_utf8(out).unwrap();
    assert!(told.contains("skos:prefLabel") && told.lines().count() > 2, "{told}");
}

#[test]
fn tables_show_iris_where_that_is_asked_for() {
    let mut out = Vec::new();
    answer(&graph(), "SELECT ?c { ?c a dos:Country }").unwrap().write_iris(&mut out, 60).unwrap();
    let told = String::from_utf8(out).unwrap();
    assert!(told.contains("id:peru") && !told.contains("Peru"), "{told}");
}
