//! Tables, their mappings and links, by the command itself.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

use assert_cmd::Command;
use predicates::str::contains;
use std::fs;
use tempfile::TempDir;

const TABLE: &str = "Name,Post,Country,Since\nAna Ilves,chair,Peru,3 May 2018\nBo Lind,chair,Estonia,2020\n";

/// A folder with these files.
fn desk(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
    folder
}

fn run(desk: &TempDir, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("dossier").unwrap().current_dir(desk.path()).args(arguments).assert()
}

fn output(desk: &TempDir, arguments: &[&str]) -> String {
    String::from_utf8(run(desk, arguments).success().get_output().stdout.clone()).unwrap()
}

#[test]
fn a_drafted_mapping_builds_verifies_and_is_forgotten() {
    let desk = desk(&[("posts.csv", TABLE)]);
    run(&desk, &["build", "posts.csv"]).code(1).stderr(contains("dossier map posts.csv > posts.rq"));
    let draft = output(&desk, &["map", "posts.csv"]);
    fs::write(desk.path().join("posts.rq"), draft).unwrap();
    run(&desk, &["build", "posts.csv"]).success().stderr(contains("position 2"));
    run(&desk, &["verify", "posts.csv"]).success();
    let facts = output(&desk, &["facts", "--format", "jsonl"]);
    assert!(facts.contains("\"fragment\":\"row=2\"") && facts.contains("\"start\":\"2018-05-03\""), "{facts}");
    run(&desk, &["show", "Ana Ilves"]).success().stdout(contains("posts.csv row 2"));
    fs::write(desk.path().join("posts.csv"), TABLE.replace("2020", "2021")).unwrap();
    run(&desk, &["verify", "posts.csv"]).code(1).stderr(contains("has changed"));
    run(&desk, &["forget", "posts.csv"]).success();
    assert_eq!(output(&desk, &["facts", "--format", "jsonl"]), "");
}

#[test]
fn a_moved_row_fails_the_check() {
    let desk = desk(&[("posts.csv", TABLE)]);
    fs::write(desk.path().join("posts.rq"), output(&desk, &["map", "posts.csv"])).unwrap();
    run(&desk, &["build", "posts.csv"]).success();
    let graph = desk.path().join("graph/sources/posts.nq");
    let moved = fs::read_to_string(&graph).unwrap().replace("#row=2>", "#row=9>");
    fs::write(&graph, moved).unwrap();
    run(&desk, &["verify"]).code(1).stderr(contains("#row=9 names other offsets"));
}

#[test]
fn wrong_records_are_told_and_the_others_read() {
    let turtle = "@prefix dos: <https://w3id.org/dossier/ns#> .\n<urn:a> a dos:Person .\n<urn:a> dos:owns ; .\n";
    let mapping = "CONSTRUCT { [] a dos:Position ; dos:role ?pots } WHERE {}";
    let desk = desk(&[("a.ttl", turtle), ("posts.csv", TABLE), ("posts.rq", mapping), ("b.txt", "Peru is large.")]);
    let done = run(&desk, &["build", "a.ttl", "posts.csv", "b.txt"]).code(1);
    done.stderr(contains("a.ttl:3:")).stderr(contains("nothing of it is read"));
    let done = run(&desk, &["build", "posts.csv"]).code(1);
    done.stderr(contains("posts.rq:1:")).stderr(contains("its columns are ?Name, ?Post, ?Country, ?Since"));
}

#[test]
fn links_survive_rebuilds_and_people_decide() {
    let desk = desk(&[("posts.csv", TABLE)]);
    fs::write(desk.path().join("posts.rq"), output(&desk, &["map", "posts.csv"])).unwrap();
    run(&desk, &["build", "posts.csv"]).success();
    run(&desk, &["link"]).success().stdout(contains("Q419")).stderr(contains("2 linked, 0 to review"));
    let file = desk.path().join("graph/links/countries.sssom.tsv");
    let first = fs::read(&file).unwrap();
    run(&desk, &["build", "posts.csv", "--force"]).success();
    run(&desk, &["link"]).success();
    assert_eq!(fs::read(&file).unwrap(), first, "the same graph has the same links");
    let ask = "SELECT ?o { id:peru skos:exactMatch ?o FILTER(CONTAINS(STR(?o), 'wikidata')) }";
    assert!(output(&desk, &["query", "--inline", ask, "--format", "csv"]).contains("Q419"));
    run(&desk, &["link", "countries", "--different", "Peru", "Q419"]).success();
    run(&desk, &["link", "countries"]).success().stderr(contains("1 linked"));
    assert!(!output(&desk, &["query", "--inline", ask, "--format", "csv"]).contains("Q419"));
    run(&desk, &["link", "nowhere"]).code(2).stderr(contains("there is no dataset"));
}

#[test]
fn services_are_refused_unless_allowed() {
    let desk = desk(&[("b.txt", "Ana Ilves visited Peru in May 2024.")]);
    run(&desk, &["build", "b.txt"]).success();
    let ask = "SELECT ?o { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }";
    run(&desk, &["query", "--inline", ask]).code(2);
}
