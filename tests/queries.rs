//! Every query of the library: its header, its terms, and its rows on the fixture.
//!
//! `DOSSIER_BLESS=1 cargo test --test queries` writes the rows that the queries give now; read the difference before you keep it.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use dossier::ontology::classes::Classes;
use dossier::query::{self, Format, Found, Header, QUERIES};
use dossier::store::{self, Store};
use dossier::vocab;
use oxigraph::io::{RdfFormat, RdfParser};
use std::path::{Path, PathBuf};
use std::{env, fs};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/fixtures")
}

fn fixture() -> Store {
    let trig = fs::read(fixtures().join("graph.trig")).unwrap();
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&trig).map(|quad| quad.unwrap());
    store::from_quads(quads.collect()).unwrap()
}

/// The query with the parameters that `parameters.tsv` gives it, and no name that is not an identifier.
fn bind(name: &str, text: &str) -> String {
    let table = fs::read_to_string(fixtures().join("parameters.tsv")).unwrap();
    let line = table.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
    let values: Vec<String> = line.into_iter().flat_map(|line| line.split(' ')).map(str::to_owned).collect();
    let nobody = |name: &str| panic!("{name} is no identifier");
    query::bind_parameters(text, name, &values, nobody).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_query_gives_the_expected_rows() {
    let (store, mut wrong) = (fixture(), Vec::new());
    for (name, text) in QUERIES {
        let bound = bind(name, text);
        let answer = query::answer(&store, &bound).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!answer.is_empty(), "{name} finds nothing in the fixture");
        let (format, extension) = match answer.found {
            Found::Graph(_) => (Format::NTriples, "nt"),
            _ => (Format::Csv, "csv"),
        };
        let mut rows = Vec::new();
        answer.write(format, &mut rows, 80).unwrap();
        let rows = String::from_utf8(rows).unwrap().replace("\r\n", "\n");
        let path = fixtures().join(format!("{name}.{extension}"));
        if env::var_os("DOSSIER_BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &rows).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if rows != expected {
            wrong.push(format!("{name}: expected\n{expected}\nfound\n{rows}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_query_says_what_it_answers() {
    assert!(QUERIES.len() >= 30);
    for (name, text) in QUERIES {
        let header = Header::parse(text, name).unwrap();
        assert!(header.summary.ends_with('?'), "{name}: the summary is the question that it answers");
        assert!(
            header.description.ends_with('.') && !header.tags.is_empty(),
            "{name}: description or tags are missing"
        );
        query::parse(text, name).unwrap();
        let ordered = text.contains("ORDER BY") || text.contains("CONSTRUCT");
        assert!(ordered, "{name}: rows in no order are other bytes every time");
    }
}

/// Where a parameter stands in what a SELECT projects, groups or binds, a value in its place would be no query.
#[test]
fn parameters_stand_where_values_can() {
    for (name, text) in QUERIES {
        let parameters = query::read_parameters(text, name).unwrap();
        let value = |p: &query::Parameter| match p.sort {
            query::Sort::Iri => format!("{}=id:x", p.name),
            query::Sort::Date => format!("{}=2024", p.name),
            query::Sort::Integer | query::Sort::Decimal => format!("{}=1", p.name),
            query::Sort::Text => format!("{}=x", p.name),
        };
        let all: Vec<String> = parameters.iter().map(value).collect();
        let needed: Vec<String> = parameters.iter().filter(|p| !p.is_optional).map(value).collect();
        for values in [all, needed] {
            let nobody = |name: &str| panic!("{name} is no identifier");
            let bound = query::bind_parameters(text, name, &values, nobody).unwrap();
            query::parse(&bound, name).unwrap_or_else(|error| panic!("{error}\n{bound}"));
        }
        let told = Header::parse(text, name).unwrap();
        assert!(parameters.len() >= told.defaults.len(), "{name}");
    }
}

/// Terms of other vocabularies that the graph uses; a query that names another one can find nothing.
const REUSED: &[&str] = &[
    "rdf:type",
    "rdf:reifies",
    "rdfs:label",
    "skos:prefLabel",
    "skos:altLabel",
    "dcterms:title",
    "dcterms:issued",
    "dcterms:publisher",
    "dcterms:creator",
    "dcterms:isPartOf",
    "dcterms:language",
    "dcterms:source",
    "prov:wasDerivedFrom",
    "prov:wasQuotedFrom",
    "nif:anchorOf",
    "nif:beginIndex",
    "nif:endIndex",
    "schema:NewsArticle",
    "schema:url",
    "foaf:Agent",
];

#[test]
fn every_query_names_known_terms_only() {
    let classes = Classes::embedded().unwrap();
    let terms = regex::Regex::new(r"\b([a-z][\w-]*):([A-Za-z]\w*)").unwrap();
    for (name, text) in QUERIES {
        let code: String = text.lines().filter(|line| !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
        for found in terms.captures_iter(&code) {
            let (prefix, local) = (&found[1], &found[2]);
            let known = match prefix {
                "dos" => classes.get(local).is_some(),
                _ => {
                    REUSED.contains(&&found[0])
                        || (prefix == "xsd" && vocab::PREFIXES.iter().any(|(p, _)| *p == prefix))
                }
            };
            assert!(known, "{name}: {} is unknown; near it: {:?}", &found[0], classes.nearest(local));
        }
    }
}

#[test]
fn the_fixture_has_the_shape_that_the_program_writes() {
    let store = fixture();
    let none = |sparql: &str| {
        let answer = query::answer(&store, sparql).unwrap();
        let mut table = Vec::new();
        answer.write(Format::Table, &mut table, 120).unwrap();
        assert!(answer.is_empty(), "{sparql}\n{}", String::from_utf8_lossy(&table));
    };
    none(
        "SELECT ?fact { GRAPH ?g { ?fact dos:status ?s FILTER NOT EXISTS { ?fact prov:wasDerivedFrom/nif:anchorOf ?words } } }",
    );
    none("SELECT ?fact { GRAPH ?g { ?fact dos:status ?s FILTER NOT EXISTS { ?fact rdfs:label ?label } } }");
    none("SELECT ?s { GRAPH ?g { ?s ?p ?o FILTER (ISBLANK(?s) || ISBLANK(?o)) } }");
    none(
        "SELECT ?s { GRAPH ?g { ?c rdf:reifies <<( ?s ?p ?o )>> ; dos:status dos:Asserted FILTER NOT EXISTS { ?s ?p ?o } } }",
    );
    none(
        "SELECT ?s { ?c rdf:reifies <<( ?s ?p ?o )>> . ?s ?p ?o FILTER NOT EXISTS { ?d rdf:reifies <<( ?s ?p ?o )>> ; dos:status dos:Asserted } }",
    );
}
