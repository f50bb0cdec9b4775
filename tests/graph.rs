//! The graph from facts to answers: expressed, kept, loaded, asked, verified; and a build that is killed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use dossier::express::express_source;
use dossier::extract::{Evidence, Fact, Value};
use dossier::keep::{Change, Folder, verify};
use dossier::ontology::Status;
use dossier::ontology::classes::Classes;
use dossier::query::{self, Format};
use dossier::read::{Article, Document, Metadata};
use dossier::resolve::{Entity, EntityType};
use dossier::span::Span;
use dossier::{store, vocab};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

fn document(number: usize, words: &str) -> Document {
    let text = format!("Ana Ilves {words} Peru. Report {number}.");
    let metadata = Metadata { title: Some(format!("Report {number}")), ..Metadata::default() };
    Document {
        id: format!("report-{number:04}"),
        name: format!("report {number}.txt"),
        sha256: vocab::sha256(text.as_bytes()),
        articles: vec![Article { span: Span::new(0, text.chars().count()), metadata }],
        pages: Vec::new(),
        records: None,
        text,
    }
}

fn entity(label: &str, kind: EntityType) -> Entity {
    let iri = vocab::id(&vocab::slug(label)).into_string();
    Entity { iri, label: label.to_owned(), aliases: Vec::new(), kind }
}

fn facts(document: &Document, status: Status) -> Vec<Fact> {
    let end = document.text.find('.').unwrap() + 1;
    let evidence = vec![Evidence {
        document: document.id.clone(),
        source: document.name.clone(),
        span: Span::new(0, end),
        quote: document.text[..end].to_owned(),
        fragment: None,
    }];
    let (ana, peru) = (entity("Ana Ilves", EntityType::Person), entity("Peru", EntityType::Country));
    let fact = |kind: &str, iri: &str, roles: Vec<(&str, Value)>| Fact {
        iri: iri.to_owned(),
        kind: kind.to_owned(),
        roles: roles.into_iter().map(|(role, value)| (role.to_owned(), value)).collect(),
        status,
        attributed_to: None,
        evidence: evidence.clone(),
    };
    let visit = vec![("visitor", Value::One(ana.clone())), ("destination", Value::One(peru.clone()))];
    let relation =
        vec![("subject", Value::One(ana)), ("relation", Value::Text("visited".into())), ("object", Value::One(peru))];
    let visit_iri = vocab::id("visit.ana-ilves.peru").into_string();
    vec![fact("Visit", &visit_iri, visit), fact("Relation", "", relation)]
}

/// Builds `count` sources that all say `words`.
fn build(root: &Path, count: usize, words: &str, status: Status) {
    let classes = Classes::embedded().unwrap();
    let change = Change::begin(root).unwrap();
    for number in 0..count {
        let document = document(number, words);
        let facts = facts(&document, status);
        change.put(&document, &express_source(&document, &facts, &classes), &facts, "test").unwrap();
    }
    change.commit().unwrap();
}

#[track_caller]
fn check(root: &Path, sparql: &str, expected: &str) {
    let (_, store) = store::open(root).unwrap();
    let mut rows = Vec::new();
    query::answer(&store, sparql).unwrap().write(Format::Csv, &mut rows, 80).unwrap();
    assert_eq!(String::from_utf8(rows).unwrap().replace("\r\n", "\n"), expected);
}

#[test]
fn facts_become_answers_and_verify() {
    let home = tempfile::tempdir().unwrap();
    build(home.path(), 3, "visited", Status::Asserted);
    check(home.path(), "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?v a dos:Visit } }", "n\n3\n");
    check(home.path(), "SELECT ?l { ?p dos:visited ?c . ?p skos:prefLabel ?l }", "l\nAna Ilves\n");
    check(
        home.path(),
        "SELECT (COUNT(*) AS ?n) { ?claim rdf:reifies <<( id:ana-ilves dos:visited id:peru )>> }",
        "n\n3\n",
    );
    let folder = Folder::open(home.path()).unwrap();
    let verified = verify(&folder, &[document(1, "visited")]).unwrap();
    assert_eq!((verified.sources, verified.passages, verified.facts, verified.failures), (3, 3, 6, vec![]));
    let facts: Vec<Fact> = folder.reading("report-0001").unwrap();
    assert_eq!(facts.len(), 2);
}

#[test]
fn what_is_only_planned_is_no_triple() {
    let home = tempfile::tempdir().unwrap();
    build(home.path(), 1, "will visit", Status::Planned);
    check(home.path(), "SELECT ?p { ?p dos:visited ?c }", "p\n");
    check(
        home.path(),
        "SELECT ?s { ?claim rdf:reifies <<( ?p dos:visited ?c )>> ; dos:status ?s }",
        "s\nhttps://w3id.org/dossier/ns#Planned\n",
    );
}

/// The child of [`a_killed_build_leaves_the_old_or_the_new_graph`]: rebuilds the graph that it is told, over and over.
#[test]
#[ignore = "run by the test below"]
fn rebuild_until_killed() {
    let Some(root) = env::var_os("DOSSIER_KILLED_BUILD") else { return };
    for round in 0.. {
        let (count, words) = if round % 2 == 0 { (30, "visited") } else { (30, "toured") };
        build(Path::new(&root), count, words, Status::Asserted);
    }
}

#[test]
fn a_killed_build_leaves_the_old_or_the_new_graph() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("graph");
    build(&root, 30, "toured", Status::Asserted);
    for round in 0..12 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "rebuild_until_killed", "--ignored"])
            .env("DOSSIER_KILLED_BUILD", &root)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        wait_for_work(&root);
        thread::sleep(Duration::from_millis(7 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let folder = Folder::open(&root).unwrap();
        assert_eq!(verify(&folder, &[]).unwrap().failures, vec![], "round {round}");
        let texts: Vec<String> = folder.sources().map(|(id, _)| folder.text(id).unwrap()).collect();
        let visited = texts.iter().filter(|text| text.contains("visited")).count();
        assert!(texts.len() == 30 && (visited == 0 || visited == 30), "round {round}: {visited} of {}", texts.len());
    }
    let left: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.len() <= 6, "{left:?}");
}

/// Until the child has begun to write, or half a second has passed.
fn wait_for_work(root: &Path) {
    let started = Instant::now();
    while !root.join(".staging").exists() && started.elapsed() < Duration::from_millis(500) {
        thread::sleep(Duration::from_millis(1));
    }
}
