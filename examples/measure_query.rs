//! What `dossier query` costs over Oxigraph by itself, and how fast a graph is loaded.
//!
//! `cargo run --release --example measure_query -- GRAPH [COPIES]`, where GRAPH is a built graph. It is copied COPIES times (by default
//! once, then so often that it has a thousand sources), each copy with identifiers of its own. Every query of the library is asked by
//! what the verb does (parameters, former identifiers, bounds of time and memory, rows, JSON) and by Oxigraph (parse, evaluate, JSON),
//! in turns on the same store; the figures are ratios within this run. Loading is that of the graph folder beside Oxigraph's bulk loader
//! on the same bytes, into named graphs only and into named graphs and their union, which is what Dossier's store holds.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measure that cannot go on stops")]

use dossier::keep::{Change, Folder};
use dossier::query::{
    Format, Limits, QUERIES, Sort, bind_parameters, follow_former, read_entities, read_parameters, write_federated,
};
use dossier::read::Document;
use dossier::store::{self, Store};
use dossier::vocab;
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use std::env;
use std::time::{Duration, Instant};

/// Sources of the large graph.
const MANY: usize = 1000;
/// Quads of the graph whose loading is timed.
const QUADS: usize = 1_000_000;
/// Runs of each query, of which the median counts; those that take longer than [`LONG`] run fewer times.
const RUNS: usize = 15;
const FEW: usize = 3;
const LONG: Duration = Duration::from_millis(200);

fn main() {
    let root = env::args().nth(1).expect("a graph folder");
    let folder = Folder::open(&root).unwrap();
    let sources = folder.sources().len();
    let own = quads_of(&folder);
    println!("{sources} sources, {} quads", own.len());
    measure_queries(&store::from_quads(own.clone()).unwrap(), sources);
    let copies = env::args().nth(2).and_then(|copies| copies.parse().ok()).unwrap_or(MANY.div_ceil(sources));
    let many: Vec<Quad> = (0..copies).flat_map(|copy| own.iter().map(move |quad| renamed(quad, copy))).collect();
    measure_queries(&store::from_quads(many).unwrap(), sources * copies);
    measure_loading(&own, QUADS.div_ceil(own.len()));
}

fn quads_of(folder: &Folder) -> Vec<Quad> {
    let parse = |(id, _): (&str, _)| {
        RdfParser::from_format(RdfFormat::NQuads)
            .for_slice(&folder.graph(id).unwrap())
            .map(Result::unwrap)
            .collect::<Vec<_>>()
    };
    folder.sources().flat_map(parse).collect()
}

/// The quad with every identifier of Dossier's own ending in the number of the copy.
fn renamed(quad: &Quad, copy: usize) -> Quad {
    let graph_name = match &quad.graph_name {
        GraphName::NamedNode(node) => rename(node, copy).into(),
        other => other.clone(),
    };
    let triple = rename_triple(&Triple::from(quad.clone()), copy);
    triple.in_graph(graph_name)
}

fn rename_triple(triple: &Triple, copy: usize) -> Triple {
    let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { return triple.clone() };
    let object = match &triple.object {
        Term::NamedNode(node) => rename(node, copy).into(),
        Term::Triple(inner) => Term::from(rename_triple(inner, copy)),
        literal => literal.clone(),
    };
    Triple::new(rename(subject, copy), triple.predicate.clone(), object)
}

fn rename(node: &NamedNode, copy: usize) -> NamedNode {
    match node.as_str().strip_prefix(vocab::ID) {
        Some(local) => match local.split_once('#') {
            Some((source, place)) => vocab::id(&format!("{source}-{copy}#{place}")),
            None => vocab::id(&format!("{local}-{copy}")),
        },
        None => node.clone(),
    }
}

fn measure_queries(store: &Store, sources: usize) {
    let first = read_entities(store).unwrap().into_iter().next().unwrap().iri;
    let (mut ours, mut theirs, mut each) = (Duration::ZERO, Duration::ZERO, Vec::new());
    for (name, text) in QUERIES {
        let values = values(text, name, &first);
        let bound = bind_parameters(text, name, &values, |name| Ok(vocab::iri(name))).unwrap();
        let begin = Instant::now();
        by_oxigraph(store, &bound);
        let runs = if begin.elapsed() > LONG { FEW } else { RUNS };
        let (mut of_ours, mut of_theirs) = (Vec::new(), Vec::new());
        for run in 0..runs {
            // Who goes first changes, so that neither always finds the caches warm.
            for side in [run % 2, (run + 1) % 2] {
                let begin = Instant::now();
                if side == 0 {
                    by_dossier(store, text, name, &values);
                    of_ours.push(begin.elapsed());
                } else {
                    by_oxigraph(store, &bound);
                    of_theirs.push(begin.elapsed());
                }
            }
        }
        let (a, b) = (median(of_ours), median(of_theirs));
        each.push((a.as_secs_f64() / b.as_secs_f64(), *name, a, b));
        ours += a;
        theirs += b;
    }
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{} queries over {sources} sources: {ratio:.3} of Oxigraph's time ({ours:.1?} to {theirs:.1?}); most:",
        QUERIES.len(),
    );
    each.sort_by_key(|(_, _, ours, theirs)| std::cmp::Reverse(ours.saturating_sub(*theirs)));
    for (ratio, name, a, b) in each.iter().take(5) {
        println!("  {name}: {ratio:.2} ({a:.1?} to {b:.1?})");
    }
}

fn values(text: &str, name: &str, thing: &str) -> Vec<String> {
    let value = |sort| match sort {
        Sort::Iri => format!("<{thing}>"),
        Sort::Date => "2024".to_owned(),
        Sort::Integer | Sort::Decimal => "1".to_owned(),
        Sort::Text => "trade".to_owned(),
    };
    let parameters = read_parameters(text, name).unwrap();
    parameters.iter().filter(|p| !p.is_optional).map(|p| format!("{}={}", p.name, value(p.sort))).collect()
}

fn by_dossier(store: &Store, text: &str, name: &str, values: &[String]) {
    let bound = bind_parameters(text, name, values, |name| Ok(vocab::iri(name))).unwrap();
    let (followed, _) = follow_former(store, &bound).unwrap();
    let format = if text.contains("CONSTRUCT") { Format::NTriples } else { Format::Json };
    write_federated(store, &followed, name, Limits::default(), &[], (format, &mut std::io::sink())).unwrap();
}

fn by_oxigraph(store: &Store, bound: &str) {
    let evaluator = vocab::PREFIXES.iter().fold(SparqlEvaluator::new(), |evaluator, (prefix, namespace)| {
        evaluator.with_prefix(*prefix, *namespace).unwrap()
    });
    match evaluator.parse_query(bound).unwrap().on_store(store).execute().unwrap() {
        QueryResults::Solutions(solutions) => {
            let serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Json);
            let mut writer =
                serializer.serialize_solutions_to_writer(std::io::sink(), solutions.variables().to_vec()).unwrap();
            for solution in solutions {
                writer.serialize(&solution.unwrap()).unwrap();
            }
            writer.finish().unwrap();
        }
        QueryResults::Graph(triples) => {
            let mut writer = RdfSerializer::from_format(RdfFormat::NTriples).for_writer(std::io::sink());
            triples.for_each(|triple| writer.serialize_triple(&triple.unwrap()).unwrap());
            writer.finish().unwrap();
        }
        QueryResults::Boolean(_) => {}
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A folder of so many copies, loaded by Dossier and by Oxigraph's bulk loader from the same bytes.
fn measure_loading(own: &[Quad], copies: usize) {
    let home = tempfile::tempdir().unwrap();
    let change = Change::begin(home.path().join("graph")).unwrap();
    for copy in 0..copies {
        let quads: Vec<Quad> = own.iter().map(|quad| renamed(quad, copy)).collect();
        change.put(&document(copy), &quads, &(), "measure").unwrap();
    }
    let folder = change.commit().unwrap();
    let bytes: Vec<u8> = folder.sources().flat_map(|(id, _)| folder.graph(id).unwrap()).collect();
    let all = [time(|| load_named(&bytes)), time(|| store::load(&folder).unwrap()), time(|| load_union(&bytes))];
    let again = [time(|| load_named(&bytes)), time(|| store::load(&folder).unwrap()), time(|| load_union(&bytes))];
    let [named, ours, union] = [0, 1, 2].map(|i| all[i].min(again[i]).as_secs_f64());
    let count = own.len() * copies;
    println!(
        "loading {count} quads: Dossier {:.0} a second; of Oxigraph's bulk load into the same graphs and their union {:.2}, into named graphs only {:.2}",
        count as f64 / ours,
        union / ours,
        named / ours
    );
}

fn document(copy: usize) -> Document {
    let id = format!("copy-{copy}");
    Document {
        name: format!("{id}.txt"),
        sha256: vocab::sha256(id.as_bytes()),
        id,
        text: String::new(),
        articles: Vec::new(),
        pages: Vec::new(),
        records: None,
    }
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let begin = Instant::now();
    drop(std::hint::black_box(work()));
    begin.elapsed()
}

fn load_named(bytes: &[u8]) -> Store {
    let store = Store::new().unwrap();
    let mut loader = store.bulk_loader();
    loader.load_from_slice(RdfFormat::NQuads, bytes).unwrap();
    loader.commit().unwrap();
    store
}

fn load_union(bytes: &[u8]) -> Store {
    let store = Store::new().unwrap();
    let mut loader = store.bulk_loader();
    let quads = || RdfParser::from_format(RdfFormat::NQuads).for_slice(bytes).map(Result::unwrap);
    loader.load_quads(quads()).unwrap();
    loader.load_quads(quads().map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad })).unwrap();
    loader.commit().unwrap();
    store
}
