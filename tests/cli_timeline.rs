//! What happened in order, and the part of a graph that held or was known on a date.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod home;

use home::{build, read, run};
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use tempfile::TempDir;

const DOCUMENTS: [(&str, &str, &str); 3] = [
    ("spring", "2024-04-01", "President Ana Ilves of Estonia visited Peru on 3 March 2024."),
    (
        "autumn",
        "2024-10-01",
        "Prime Minister Mart Rebane of Estonia visited Ghana in 2021. Estonia and Ghana signed a treaty on 9 September 2024.",
    ),
    (
        "winter",
        "2025-01-10",
        "In March 2024, Estonia and Peru signed a memorandum of understanding on fisheries. President Ana Ilves of Estonia will visit Chile in May 2025.",
    ),
];

/// Dates of the timeline that the arguments ask for.
#[track_caller]
fn check(home: &TempDir, args: &[&str], expected: &[&str]) {
    let csv = read(home, &[&["timeline", "--format", "csv"], args].concat());
    let dates: Vec<&str> = csv.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(dates, expected, "{args:?}: {csv}");
}

#[test]
fn partial_dates_stand_in_order() {
    let home = build(&DOCUMENTS);
    check(&home, &[], &["2021", "2024-03", "2024-03-03", "2024-09-09", "2025-05"]);
    check(&home, &["Ana Ilves"], &["2024-03-03", "2025-05"]);
    check(&home, &["Peru", "Ghana", "--from", "2024"], &["2024-03", "2024-03-03", "2024-09-09"]);
    check(&home, &["--until", "2024-03-02"], &["2021", "2024-03"]);
    check(&home, &["--as-of", "2024-03"], &["2021", "2024-03", "2024-03-03"]);
    check(&home, &["--known-by", "2024-10-01"], &["2021", "2024-03-03", "2024-09-09"]);
    check(&home, &["--known-by", "2024-09", "--as-of", "2023"], &[]);
    run(&home, &["timeline", "Ana Ilvs"]).code(2).stderr(contains("did you mean Ana Ilves"));
    run(&home, &["timeline", "--from", "spring"]).code(2).stderr(contains("2024-07-11, 2024-07 or 2024"));
}

#[test]
fn timelines_are_written_in_every_format() {
    let home = build(&DOCUMENTS);
    run(&home, &["timeline"]).success().stdout(contains("Visit of Ana Ilves to Peru")).stderr(contains("5 events"));
    let json: serde_json::Value = serde_json::from_str(&read(&home, &["timeline", "--format", "json"])).unwrap();
    assert_eq!(json[4]["status"], "planned", "{json}");
    assert!(json[2]["evidence"][0]["quote"].as_str().unwrap().contains("3 March 2024"), "{json}");
    let ics = read(&home, &["timeline", "Chile", "--format", "ics"]);
    assert!(ics.contains("DTSTART;VALUE=DATE:20250501\r\nDTEND;VALUE=DATE:20250601\r\n"), "{ics}");
    assert!(ics.contains("STATUS:TENTATIVE") && ics.ends_with("END:VCALENDAR\r\n"), "{ics}");
    let svg = read(&home, &["timeline", "Peru", "--format", "svg"]);
    assert!(svg.starts_with("<svg") && svg.contains("Peru") && !svg.contains("Ghana"), "{svg}");
    run(&home, &["timeline", "--format", "csv", "-o", "rows.csv"]).success().stdout("").stderr(contains("5 events"));
    assert!(fs::read_to_string(home.path().join("rows.csv")).unwrap().contains("2024-09-09,"));
}

#[test]
fn show_and_query_speak_of_a_time() {
    let home = build(&DOCUMENTS);
    let shown = read(&home, &["show", "Ana Ilves", "--known-by", "2024"]);
    assert!(shown.contains("Peru") && !shown.contains("Chile"), "{shown}");
    run(&home, &["show", "Chile", "--known-by", "2024"])
        .success()
        .stdout(contains("Chile").and(contains("visit").not()));
    let ask = |more: &[&str]| {
        let inline = "SELECT ?v { ?v a dos:Visit } ORDER BY ?v";
        read(&home, &[&["query", "--format", "csv", "--inline", inline], more].concat()).lines().count() - 1
    };
    assert_eq!((ask(&[]), ask(&["--as-of", "2022"]), ask(&["--known-by", "2024-09"])), (3, 1, 1));
    run(&home, &["query", "people/posts", "--as-of", "2022"]).success().stderr(contains("note: as of 2022: 2 facts;"));
    run(&home, &["show", "Peru", "--as-of", "2022", "--on", "2022"]).code(2);
}
