//! Chains between two as a person asks for them: ranked, bounded, with their sentences; and what goes wrong.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const ARTICLE: &str = "# Visit\n\nIn July 2024, President Ana Ilves of Estonia visited Peru. Peru and Estonia signed an agreement on \
trade in July 2024. Jonas Berg, Foreign Minister of Peru, met Ana Ilves in Lima on 3 May 2023. Chile and Peru signed a treaty in \
2020. Mara Tolen plans to visit Chile.\n";

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::write(desk.0.path().join("visit.md"), ARTICLE).unwrap();
        fs::write(desk.0.path().join("visit.meta.json"), r#"{"title": "Visit", "date": "2024-08-01"}"#).unwrap();
        desk.run(&["build", "visit.md"]).success();
        desk
    }

    fn run(&self, args: &[&str]) -> assert_cmd::assert::Assert {
        let mut command = Command::cargo_bin("dossier").unwrap();
        command.current_dir(self.0.path()).args(args).env("NO_COLOR", "1").env("COLUMNS", "100").assert()
    }

    /// Each chain as the names on it, from `path … --format json`.
    fn chains(&self, args: &[&str]) -> Vec<Vec<String>> {
        let args: Vec<&str> = ["path"].iter().chain(args).chain(&["--format", "json"]).copied().collect();
        let output = self.run(&args).success().get_output().stdout.clone();
        let chains: Vec<Value> = serde_json::from_slice(&output).unwrap();
        let label = |entity: &Value| entity["label"].as_str().unwrap().to_owned();
        let names = |chain: &Value| {
            let steps = chain["steps"].as_array().unwrap();
            let quoted = |step: &Value| ARTICLE.contains(step["evidence"][0]["quote"].as_str().unwrap());
            assert!(steps.iter().all(quoted), "{chain}");
            steps.iter().take(1).map(|s| label(&s["from"])).chain(steps.iter().map(|s| label(&s["to"]))).collect()
        };
        chains.iter().map(names).collect()
    }
}

#[track_caller]
fn check(desk: &Desk, args: &[&str], first: &[&str]) {
    let chains = desk.chains(args);
    assert_eq!(chains.first().cloned().unwrap_or_default(), first, "{args:?}: {chains:?}");
}

#[track_caller]
fn check_refused(desk: &Desk, args: &[&str], code: i32, words: &str) {
    let assert = desk.run(args).code(code);
    let told = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(told.contains(words), "{told}");
}

#[test]
fn chains_follow_what_is_asked() {
    let desk = Desk::new();
    check(&desk, &["Estonia", "Chile"], &["Estonia", "Peru", "Chile"]);
    check(&desk, &["Estonia", "Chile", "--via", "Ana Ilves"], &["Estonia", "Ana Ilves", "Peru", "Chile"]);
    check(&desk, &["Estonia", "Chile", "--avoid", "peru"], &[]);
    check(&desk, &["Estonia", "Chile", "--max-hops", "1"], &[]);
    check(&desk, &["Estonia", "Chile", "--kinds", "agreement"], &["Estonia", "Peru", "Chile"]);
    check(&desk, &["Estonia", "Chile", "--as-of", "2021"], &[]);
    check(&desk, &["Peru", "Chile", "--as-of", "2021"], &["Peru", "Chile"]);
}

#[test]
fn the_table_says_what_when_and_by_which_sentence() {
    let desk = Desk::new();
    let table = desk.run(&["path", "Mara Tolen", "Peru"]).success().get_output().stdout.clone();
    let table = String::from_utf8(table).unwrap();
    for words in [
        "1. Mara Tolen → Chile → Peru",
        "Visit [planned] → Chile",
        "“Mara Tolen plans to visit Chile.”",
        "Treaty, 2020",
    ] {
        assert!(table.contains(words), "{words} is not in\n{table}");
    }
    let svg = desk.run(&["path", "Mara Tolen", "Peru", "--format", "svg"]).success().get_output().stdout.clone();
    assert!(String::from_utf8(svg).unwrap().contains("From Mara Tolen to Peru"));
    desk.run(&["path", "Mara Tolen", "Peru", "-o", "way.html"]).success();
    assert!(desk.0.path().join("way.html").is_file());
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let desk = Desk::new();
    check_refused(&desk, &["path", "Estonja", "Peru"], 2, "did you mean Estonia");
    check_refused(&desk, &["path", "Peru", "peru"], 2, "are both Peru");
    check_refused(&desk, &["path", "Peru", "Chile", "--avoid", "Chile"], 2, "to be avoided and to be passed");
    check_refused(&desk, &["path", "Peru", "Chile", "--kinds", "Agremeent"], 2, "did you mean Agreement");
    check_refused(&desk, &["path", "Peru", "Chile", "-o", "way.doc"], 2, "names no format");
    check_refused(&desk, &["path", "Estonia", "Chile", "--avoid", "Peru"], 0, "no chain leads from Estonia to Chile");
}

#[test]
fn ranks_and_groups_are_the_same_each_time_and_say_what_ties() {
    let desk = Desk::new();
    let run = |args: &[&str]| String::from_utf8(desk.run(args).success().get_output().stdout.clone()).unwrap();
    let ranking: Value = serde_json::from_str(&run(&["rank", "--format", "json"])).unwrap();
    let sum: f64 = ranking["ranks"].as_array().unwrap().iter().map(|row| row["pagerank"].as_f64().unwrap()).sum();
    assert!(sum > 0.5 && sum < 1.001, "{ranking}");
    assert_eq!(ranking["ranks"][0]["label"], "Peru");
    assert_eq!(ranking["betweenness_error"], Value::Null);
    let people = run(&["rank", "--type", "person", "--by", "degree", "--format", "csv"]);
    assert!(people.starts_with("rank,iri,label,type,degree,pagerank,betweenness\n1,"), "{people}");
    assert!(people.lines().skip(1).all(|line| line.contains(",Person,")), "{people}");
    let groups = run(&["groups", "--kinds", "Agreement"]);
    assert!(groups.contains("1. 3 members") && groups.contains("tied by: agreement 2"), "{groups}");
    for args in [["rank", "--limit", "9"], ["groups", "--least", "1"]] {
        assert_eq!(run(&args), run(&args));
    }
    check_refused(&desk, &["rank", "--type", "Persn"], 2, "did you mean Person");
    check_refused(&desk, &["groups", "--kinds", "Agremeent"], 2, "did you mean Agreement");
}

#[test]
fn what_follows_is_shown_as_derived_and_asked_for_by_name() {
    let desk = Desk::new();
    let run = |args: &[&str]| String::from_utf8(desk.run(args).success().get_output().stdout.clone()).unwrap();
    let page = run(&["show", "Ana Ilves"]);
    for words in ["derived (", "met with Jonas Berg [derived: met-with]", "from Meeting of Jonas Berg and Ana Ilves"] {
        assert!(page.contains(words), "{words} is not in\n{page}");
    }
    let query = "SELECT ?who ?rule WHERE { id:peru dos:signedWith ?who . ?r rdf:reifies <<( id:peru dos:signedWith ?who )>> ; dos:rule ?rule } ORDER BY ?who";
    let rows = run(&["query", "--inline", query, "--derived", "--format", "csv"]);
    assert_eq!(rows.lines().count(), 3, "{rows}");
    assert_eq!(run(&["query", "--inline", query, "--format", "csv"]).lines().count(), 1);
}

#[test]
fn exports_follow_the_ending_and_the_part_that_is_asked_for() {
    let desk = Desk::new();
    for name in ["all.ttl", "all.trig", "all.nq", "all.jsonld", "all.graphml", "all.gexf", "all.jsonl"] {
        desk.run(&["export", "-o", name]).success();
        let first = fs::read(desk.0.path().join(name)).unwrap();
        desk.run(&["export", "-o", name]).success();
        assert!(!first.is_empty() && first == fs::read(desk.0.path().join(name)).unwrap(), "{name}");
    }
    desk.run(&["export", "-o", "tables"]).success();
    let edges = |folder: &str| fs::read_to_string(desk.0.path().join(folder).join("edges.csv")).unwrap();
    assert!(edges("tables").starts_with("Source,Target,Type,Label,Kind,Date,Status,Sources,Facts\n"));
    fs::write(desk.0.path().join("part.rq"), "SELECT ?f WHERE { ?f a dos:Agreement }").unwrap();
    desk.run(&["export", "--query", "part.rq", "-o", "part"]).success();
    assert_eq!(edges("part").lines().filter(|line| line.contains(",Agreement,")).count(), 2, "{}", edges("part"));
    assert_eq!(edges("part").lines().count(), 3);
    check_refused(&desk, &["export", "-o", "graph.doc"], 2, "names no format");
    check_refused(&desk, &["export", "--format", "csv"], 2, "name a folder");
    check_refused(&desk, &["export", "-o", "nowhere/graph.ttl"], 2, "nowhere/graph.ttl");
    fs::write(desk.0.path().join("ask.rq"), "ASK { ?f a dos:Agreement }").unwrap();
    check_refused(&desk, &["export", "--query", "ask.rq"], 2, "names no part");
}
