//! What sources contradict each other in, as a person meets it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod home;

use home::{build, read, run};
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;

const DOCUMENTS: [(&str, &str, &str); 3] = [
    (
        "wire",
        "2024-06-01",
        "Trade between Estonia and Peru amounted to $22 million in 2023. President Ana Ilves of Estonia visited Peru on 3 May 2024.",
    ),
    (
        "radio",
        "2024-06-01",
        "Trade between Peru and Estonia amounted to $31 million in 2023. President Ana Ilves of Estonia visited Peru on 6 May 2024.",
    ),
    ("weekly", "2024-06-01", "Trade between Estonia and Peru amounted to $22.3 million in 2023."),
];

#[test]
fn conflicts_stand_side_by_side_with_their_sentences() {
    let home = build(&DOCUMENTS);
    let table = read(&home, &["conflicts"]);
    let head = table.lines().find(|line| line.contains("$31 million")).unwrap();
    assert!(head.contains("$22 million") || head.contains("$22.3 million"), "{table}");
    assert!(!table.contains("$22 million [asserted]  $22.3 million"), "{table}");
    assert!(table.contains("2024-05-03") && table.contains("2024-05-06") && table.contains("wire.md"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");

    let found: serde_json::Value = serde_json::from_str(&read(&home, &["conflicts", "--format", "json"])).unwrap();
    let sorts: Vec<&str> = found.as_array().unwrap().iter().map(|c| c["sort"].as_str().unwrap()).collect();
    assert_eq!(sorts, ["dates", "figures", "figures"], "{found}");
    assert!(found[0]["sides"][1]["evidence"][0]["quote"].as_str().unwrap().contains("visited Peru"), "{found}");
    let csv = read(&home, &["conflicts", "--format", "csv", "--sort", "dates"]);
    assert!(csv.starts_with("sort,about,one_says,") && csv.contains("dates,\"Visit of Ana Ilves"), "{csv}");
}

#[test]
fn conflicts_are_chosen_by_name_and_sort() {
    let home = build(&DOCUMENTS);
    let dates = |name: &str| read(&home, &["conflicts", name, "--format", "csv"]).contains("\ndates,");
    assert!(dates("Ana Ilves") && dates("Peru"));
    assert!(!read(&home, &["conflicts", "Ana Ilves", "--format", "csv"]).contains("\nfigures,"));
    let early = read(&home, &["conflicts", "--sort", "figures", "--as-of", "2022", "--format", "csv"]);
    assert_eq!(early.lines().count(), 1, "{early}");
    run(&home, &["conflicts", "--sort", "figure"]).code(2).stderr(contains("did you mean figures?"));
    run(&home, &["conflicts", "Ana Ilvs"]).code(2).stderr(contains("did you mean Ana Ilves"));
    fs::create_dir_all(home.path().join("queries/conflicts")).unwrap();
    fs::write(home.path().join("queries/conflicts/mine.rq"), "SELECT ?one WHERE { ?one a dos:Visit }").unwrap();
    run(&home, &["conflicts", "--sort", "mine"])
        .code(2)
        .stderr(contains("lacks the column ?about").and(contains("?one_says")));
}
