//! Events, agreements and figures of several sources: what is one is one node with all its sources, what differs stays apart, and what
//! changes an agreement points to it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

fn run(home: &TempDir, args: &[&str]) -> String {
    let mut command = Command::cargo_bin("dossier").unwrap();
    let told = command.current_dir(home.path()).args(args).env("NO_COLOR", "1").assert().success();
    String::from_utf8(told.get_output().stdout.clone()).unwrap()
}

/// Builds documents of 20 December 2024, named `0`, `1`, …
fn build(documents: &[&str]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (i, text) in documents.iter().enumerate() {
        fs::write(home.path().join(format!("{i}.md")), format!("---\ndate: 2024-12-20\n---\n\n{text}\n")).unwrap();
    }
    run(&home, &["build", "."]);
    home
}

/// By identifier: the sources of the facts of this kind.
fn sources(home: &TempDir, kind: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in run(home, &["facts", "--kind", kind, "--format", "jsonl"]).lines() {
        let fact: serde_json::Value = serde_json::from_str(line).unwrap();
        let of = |e: &serde_json::Value| e["source"].as_str().unwrap().to_owned();
        let id = fact["id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        found.entry(id).or_default().extend(fact["evidence"].as_array().unwrap().iter().map(of));
    }
    found
}

#[test]
fn one_visit_agreement_and_figure_of_two_sources_is_one_node() {
    let home = build(&[
        "President Ana Ilves of Estonia visited Peru on 11 and 12 July 2024. Estonia and Peru signed 15 memoranda of understanding on \
         fisheries in July 2024. Trade between Estonia and Peru reached $20 million in 2023.",
        "President Ana Ilves of Estonia visited Peru in July 2024. In July 2024, Peru and Estonia signed 15 MoUs. \
         Bilateral trade between Peru and Estonia reached $20 million in 2023.",
    ]);
    for kind in ["Visit", "Agreement", "Measure"] {
        let found = sources(&home, kind);
        let both = |s: &&Vec<String>| s.contains(&"0.md".to_owned()) && s.contains(&"1.md".to_owned());
        assert!(found.values().any(|s| both(&s)), "{kind}: {found:?}");
    }
}

#[test]
fn memoranda_of_a_month_are_not_its_framework_agreement_and_an_extension_points_to_it() {
    let home = build(&[
        "In July 2024, Estonia and Peru signed 15 memoranda of understanding on trade and tourism.",
        "In July 2024, Estonia and Peru signed a framework agreement on gas.",
        "Estonia and Peru extended the gas framework agreement in December 2024.",
    ]);
    let found = sources(&home, "Agreement");
    assert_eq!(found.len(), 3, "{found:?}");
    let ask = "SELECT ?a ?b WHERE { ?a dos:extends ?b . ?b dos:topic \"gas\" }";
    let rows = run(&home, &["query", "--format", "csv", "--inline", ask]);
    let links: Vec<&str> = rows.lines().skip(1).collect();
    let shown = run(&home, &["show", "Peru"]);
    assert!(shown.contains("    extends framework agreement between Estonia and Peru on gas, 2024-07"), "{shown}");
    assert!(matches!(links.as_slice(), [one] if one.contains("extension") && one.contains("framework")), "{rows}");
}
