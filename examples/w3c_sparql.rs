//! The W3C SPARQL manifests through Dossier's own loading, query and result code, beside Oxigraph by itself.
//!
//! `cargo run --release --example w3c_sparql -- FOLDER`, where FOLDER holds the unpacked `sparql/` of w3c/rdf-tests. Update, entailment,
//! federation and protocols are left out. Prints a table of folders: tests, results that equal Oxigraph's, results that the W3C expects;
//! then each difference. Exit code 1 where a result is not Oxigraph's own and no known difference explains it: the default graph of
//! Dossier is the union of all graphs, and its prefixes need no declaration. Numbers are compared by value.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measure that cannot go on stops")]

use dossier::query::{Answer, Format, Found, answer, parse};
use dossier::store::{self, Store};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::dataset::CanonicalizationAlgorithm;
use oxigraph::model::{BlankNode, Graph, GraphName, Literal, NamedNode, Quad, Term, Triple};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const QT: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
const RS: &str = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";
const LEFT_OUT: &[&str] = &["entailment", "service", "syntax-fed", "protocol", "service-description"];

#[derive(Default)]
struct Tally {
    tests: usize,
    same: usize,
    expected: usize,
}

struct Test {
    name: String,
    kind: String,
    query: PathBuf,
    data: Vec<(PathBuf, GraphName)>,
    result: Option<PathBuf>,
}

fn main() -> ExitCode {
    let root = PathBuf::from(env::args().nth(1).expect("the folder of the manifests"));
    let (mut table, mut told, mut unexplained) = (BTreeMap::<String, Tally>::new(), Vec::new(), 0);
    for manifest in manifests(&root) {
        let folder = manifest.parent().unwrap().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        for test in tests(&manifest) {
            let tally = table.entry(folder.clone()).or_default();
            tally.tests += 1;
            let (ours, theirs, expected) = run(&test);
            tally.same += usize::from(ours == theirs);
            tally.expected += usize::from(ours == expected);
            if ours != theirs {
                let explained = test.data.iter().any(|(_, graph)| *graph != GraphName::DefaultGraph)
                    || test.kind.contains("Negative");
                unexplained += usize::from(!explained);
                told.push(format!(
                    "{folder} {}: not Oxigraph's{}",
                    test.name,
                    if explained { ", as documented" } else { "" }
                ));
            } else if ours != expected {
                told.push(format!("{folder} {}: Oxigraph's, not the W3C's", test.name));
            }
        }
    }
    println!("{:<44} {:>6} {:>10} {:>6}", "folder", "tests", "oxigraph's", "W3C's");
    let mut all = Tally::default();
    for (folder, Tally { tests, same, expected }) in &table {
        println!("{folder:<44} {tests:>6} {same:>10} {expected:>6}");
        all = Tally { tests: all.tests + tests, same: all.same + same, expected: all.expected + expected };
    }
    println!("{:<44} {:>6} {:>10} {:>6}", "all", all.tests, all.same, all.expected);
    told.iter().for_each(|line| println!("{line}"));
    ExitCode::from(u8::from(unexplained > 0))
}

fn manifests(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for version in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for folder in fs::read_dir(version).unwrap().map(|entry| entry.unwrap().path()) {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            if folder.join("manifest.ttl").is_file() && !LEFT_OUT.contains(&name.as_str()) {
                found.push(folder.join("manifest.ttl"));
            }
        }
    }
    found.sort();
    found
}

fn iri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn path(node: &str) -> PathBuf {
    PathBuf::from(node.trim_start_matches("file://"))
}

fn read(file: &Path, graph: &GraphName) -> Vec<Quad> {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    let format = RdfFormat::from_extension(&ending).unwrap_or(RdfFormat::Turtle);
    let parser = RdfParser::from_format(format).with_base_iri(iri(file)).unwrap().with_default_graph(graph.clone());
    parser.rename_blank_nodes().for_slice(&fs::read(file).unwrap()).filter_map(Result::ok).collect()
}

/// Objects of a property.
fn objects(quads: &[Quad], subject: &Term, property: &str) -> Vec<Term> {
    let of = |quad: &&Quad| Term::from(quad.subject.clone()) == *subject && quad.predicate.as_str() == property;
    quads.iter().filter(of).map(|quad| quad.object.clone()).collect()
}

fn tests(manifest: &Path) -> Vec<Test> {
    let quads = read(manifest, &GraphName::DefaultGraph);
    let mut tests = Vec::new();
    for quad in quads.iter().filter(|quad| quad.predicate.as_str().ends_with("#type")) {
        let Term::NamedNode(kind) = &quad.object else { continue };
        let Some(kind) =
            kind.as_str().strip_prefix(MF).filter(|kind| kind.ends_with("Test") || kind.ends_with("Test11"))
        else {
            continue;
        };
        if kind.contains("Update") {
            continue;
        }
        let subject = Term::from(quad.subject.clone());
        let file = |term: &Term| if let Term::NamedNode(node) = term { Some(path(node.as_str())) } else { None };
        let Some(action) = objects(&quads, &subject, &format!("{MF}action")).into_iter().next() else { continue };
        let query = objects(&quads, &action, &format!("{QT}query")).first().and_then(file).or_else(|| file(&action));
        let mut data: Vec<(PathBuf, GraphName)> = Vec::new();
        for (property, named) in [("data", false), ("graphData", true)] {
            for term in objects(&quads, &action, &format!("{QT}{property}")) {
                let Some(file) = file(&term) else { continue };
                let graph = if named { NamedNode::new_unchecked(iri(&file)).into() } else { GraphName::DefaultGraph };
                data.push((file, graph));
            }
        }
        let result = objects(&quads, &subject, &format!("{MF}result")).first().and_then(file);
        let name = objects(&quads, &subject, &format!("{MF}name")).first().map(ToString::to_string).unwrap_or_default();
        tests.extend(query.map(|query| Test { name, kind: kind.to_owned(), query, data, result }));
    }
    tests
}

/// What Dossier gives, what Oxigraph gives, and what the W3C expects; as text that is equal where they are.
fn run(test: &Test) -> (String, String, String) {
    let text = fs::read_to_string(&test.query).unwrap();
    if test.kind.contains("Syntax") {
        let told = |ok: bool| if ok { "accepted" } else { "refused" }.to_owned();
        let theirs = SparqlEvaluator::new().with_base_iri(iri(&test.query)).unwrap().parse_query(&text).is_ok();
        let ours = parse(&format!("BASE <{}>\n{text}", iri(&test.query)), "q").is_ok();
        return (told(ours), told(theirs), told(!test.kind.contains("Negative")));
    }
    let quads: Vec<Quad> = test.data.iter().flat_map(|(file, graph)| read(file, graph)).collect();
    let store = store::from_quads(quads.clone()).unwrap();
    let ours = answer(&store, &format!("BASE <{}>\n{text}", iri(&test.query)));
    let plain = Store::new().unwrap();
    plain.extend(quads).unwrap();
    let theirs = SparqlEvaluator::new()
        .with_base_iri(iri(&test.query))
        .unwrap()
        .parse_query(&text)
        .map(|query| query.on_store(&plain).execute());
    let theirs = match theirs {
        Ok(Ok(results)) => theirs_as_text(results),
        _ => "failed".to_owned(),
    };
    let expected = test.result.as_deref().map_or_else(String::new, expected);
    if test.result.as_deref().is_some_and(|file| file.extension().is_some_and(|ending| ending == "csv")) {
        let csv = ours.as_ref().map_or_else(|_| "failed".to_owned(), |answer| records(&written(answer, Format::Csv)));
        let same = ours.map_or_else(|_| "failed".to_owned(), |answer| ours_as_text(&answer)) == theirs;
        return (csv.clone(), if same { csv } else { theirs }, expected);
    }
    (ours.map_or_else(|_| "failed".to_owned(), |answer| ours_as_text(&answer)), theirs, expected)
}

fn written(answer: &Answer, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    answer.write(format, &mut bytes, 80).unwrap();
    bytes
}

/// Our answer, written in a format of ours and read back.
fn ours_as_text(answer: &Answer) -> String {
    match &answer.found {
        Found::Graph(_) => {
            let bytes = written(answer, Format::NTriples);
            let quads =
                RdfParser::from_format(RdfFormat::NTriples).for_slice(&bytes).map(|quad| Triple::from(quad.unwrap()));
            canonical(quads.collect())
        }
        Found::Solutions { variables, .. } if variables.is_empty() => rows(vec![Vec::new(); answer.len()]),
        _ => solutions(&written(answer, Format::Json), QueryResultsFormat::Json),
    }
}

fn theirs_as_text(results: QueryResults<'_>) -> String {
    match results {
        QueryResults::Boolean(value) => value.to_string(),
        QueryResults::Graph(triples) => match triples.collect::<Result<Vec<_>, _>>() {
            Ok(triples) => canonical(triples.into_iter().collect()),
            Err(_) => "failed".to_owned(),
        },
        QueryResults::Solutions(solutions) => {
            let mut found = Vec::new();
            for solution in solutions {
                let Ok(solution) = solution else { return "failed".to_owned() };
                found.push(solution.iter().map(|(name, term)| (name.as_str().to_owned(), term.clone())).collect());
            }
            rows(found)
        }
    }
}

fn expected(file: &Path) -> String {
    let ending = file.extension().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = fs::read(file).unwrap();
    match ending.as_str() {
        "srx" => solutions(&bytes, QueryResultsFormat::Xml),
        "srj" => solutions(&bytes, QueryResultsFormat::Json),
        "tsv" => solutions(&bytes, QueryResultsFormat::Tsv),
        "csv" => records(&bytes),
        _ => {
            let quads = read(file, &GraphName::DefaultGraph);
            if quads.iter().any(|quad| quad.object.to_string() == format!("<{RS}ResultSet>")) {
                return result_set(&quads);
            }
            canonical(quads.into_iter().map(Triple::from).collect())
        }
    }
}

/// Results that are written as RDF in the vocabulary of result sets.
fn result_set(quads: &[Quad]) -> String {
    let property = |local: &str| format!("{RS}{local}");
    if let Some(value) = quads.iter().find(|quad| quad.predicate.as_str() == property("boolean")) {
        return if let Term::Literal(value) = &value.object { value.value().to_owned() } else { String::new() };
    }
    let solutions = quads.iter().filter(|quad| quad.predicate.as_str() == property("solution"));
    let binding = |binding: Term| {
        let name = objects(quads, &binding, &property("variable")).into_iter().next()?;
        let Term::Literal(name) = name else { return None };
        Some((name.value().to_owned(), objects(quads, &binding, &property("value")).into_iter().next()?))
    };
    let row =
        |quad: &Quad| objects(quads, &quad.object, &property("binding")).into_iter().filter_map(binding).collect();
    rows(solutions.map(row).collect())
}

fn solutions(bytes: &[u8], format: QueryResultsFormat) -> String {
    match QueryResultsParser::from_format(format).for_reader(bytes) {
        Ok(ReaderQueryResultsParserOutput::Boolean(value)) => value.to_string(),
        Ok(ReaderQueryResultsParserOutput::Solutions(solutions)) => {
            let row = |solution: oxigraph::sparql::QuerySolution| {
                solution.iter().map(|(name, term)| (name.as_str().to_owned(), term.clone())).collect()
            };
            rows(solutions.filter_map(Result::ok).map(row).collect())
        }
        Err(_) => "unreadable".to_owned(),
    }
}

/// A number by its value: Oxigraph writes `2` for `2.0`, which is no other.
fn by_value(term: &Term) -> Term {
    let Term::Literal(literal) = term else { return term.clone() };
    let is_number = ["integer", "decimal", "double", "float"]
        .iter()
        .any(|sort| literal.datatype().as_str().ends_with(&format!("#{sort}")));
    match literal.value().parse::<f64>() {
        Ok(value) if is_number => Literal::new_typed_literal(format!("{value:e}"), literal.datatype()).into(),
        _ => term.clone(),
    }
}

/// Rows as a graph, so that blank nodes may have any names: equal bags of rows give equal text.
fn rows(rows: Vec<Vec<(String, Term)>>) -> String {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut graph = Graph::new();
    for row in &rows {
        let row: Vec<(String, Term)> = row.iter().map(|(name, term)| (name.clone(), by_value(term))).collect();
        // Rows without blank nodes are told apart by their number among equal ones.
        let text = row.iter().map(|(name, term)| format!("{name}={term} ")).collect::<String>();
        let number = counted.entry(text).or_default();
        *number += 1;
        let node = BlankNode::default();
        graph.insert(&Triple::new(node.clone(), NamedNode::new_unchecked("urn:number"), Literal::from(*number as u64)));
        for (name, term) in row {
            graph.insert(&Triple::new(node.clone(), NamedNode::new_unchecked(format!("urn:var:{name}")), term));
        }
    }
    format!("{} rows\n{}", rows.len(), canonical(graph.iter().map(|triple| triple.into_owned()).collect()))
}

fn canonical(triples: Vec<Triple>) -> String {
    let mut graph: Graph = triples.iter().collect();
    graph.canonicalize(CanonicalizationAlgorithm::Unstable);
    let mut lines: Vec<String> = graph.iter().map(|triple| triple.to_string()).collect();
    lines.sort();
    lines.join("\n")
}

fn records(bytes: &[u8]) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut records: Vec<String> =
        reader.records().map(|record| record.unwrap().iter().collect::<Vec<_>>().join("\u{1f}")).collect();
    records.get_mut(1..).map(<[String]>::sort).unwrap_or_default();
    records.join("\n")
}
