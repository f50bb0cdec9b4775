//! Posts over time: who held which on a date, successors, and two at once.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use tempfile::TempDir;

const DOCUMENTS: [(&str, &str); 4] = [
    ("1996", "President Karim Odunov of Estonia visited Peru in May 1996.\n"),
    ("2015", "In March 2015, President Nadia Belova of Estonia visited Ghana.\n"),
    ("2024", "President Nadia Belova of Estonia visited Chile on 3 June 2024.\n"),
    ("2025", "Estonian President Tariq Holm visited Chile on 4 May 2025.\n"),
];

fn build(more: &[(&str, &str)]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (name, text) in DOCUMENTS.iter().chain(more) {
        fs::write(home.path().join(format!("{name}.txt")), text).unwrap();
    }
    run(&home, &["build", "."]).success();
    home
}

fn run(home: &TempDir, args: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("dossier").unwrap();
    command.current_dir(home.path()).args(args).env("NO_COLOR", "1").assert()
}

#[test]
fn a_date_tells_who_held_a_post() {
    let home = build(&[]);
    let on = |date: &str| {
        let told = run(&home, &["show", "Estonia", "--on", date]).success();
        String::from_utf8(told.get_output().stdout.clone()).unwrap()
    };
    let check = |date: &str, holder: &str, basis: &str| {
        let told = on(date);
        let others = ["Karim Odunov", "Nadia Belova", "Tariq Holm"].into_iter().filter(|n| *n != holder);
        assert!(told.contains(&format!("president  {holder}")) && told.contains(basis), "{date}: {told}");
        others.for_each(|other| assert!(!told.contains(&format!("president  {other}")), "{date}: {told}"));
    };
    check("1996-05-20", "Karim Odunov", "seen");
    check("2001", "Karim Odunov", "last seen; known in it 1996-05");
    check("2018-01-01", "Nadia Belova", "within; known in it 2015-03 to 2024-06-03");
    check("2024", "Nadia Belova", "seen");
    check("2026", "Tariq Holm", "last seen");
    run(&home, &["show", "Estonia", "--on", "1990"]).success().stderr(contains("nobody is known to hold a post"));
    run(&home, &["show", "Nadia Belova", "--on", "2018"])
        .success()
        .stdout(contains("president  Estonia").and(contains("2015.txt")));
    run(&home, &["show", "Estonia", "--on", "then"]).code(2).stderr(contains("2024-07-11, 2024-07 or 2024"));
    run(&home, &["query", "held-on", "--format", "csv"]).success().stdout(contains("tariq-holm,last seen"));
}

#[test]
fn successors_do_not_contradict_each_other_and_two_at_once_do() {
    let home = build(&[]);
    run(&home, &["query", "two-at-once", "--format", "csv"]).success().stdout(contains("president").not());
    let home = build(&[("rival", "President Farid Sabir of Estonia visited Malta on 4 May 2025.\n")]);
    run(&home, &["query", "two-at-once", "--format", "csv"])
        .success()
        .stdout(contains("farid-sabir,https://w3id.org/dossier/id/tariq-holm,2025-05-04,same day"));
}
