//! The questions of `tests/cases/questions.md`, asked of the sample corpus, and those of `tests/cases/questions_seeds.md`, asked of the
//! seeds, which lie outside the project: `cargo test --test questions -- --ignored` (SEEDS names their folder, else `../shared/seeds`).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The words of a command, without the quotes around them.
fn split(command: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for c in command.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// Whether the parts of an answer stand in one line, in order.
fn holds(line: &str, answer: &str) -> bool {
    let mut rest = line;
    answer.split(" … ").all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

fn run(home: &Path, args: &[String]) -> String {
    let mut command = Command::cargo_bin("dossier").unwrap();
    let told = command.current_dir(home).args(args).env("NO_COLOR", "1").env("COLUMNS", "400").assert().success();
    String::from_utf8(told.get_output().stdout.clone()).unwrap()
}

/// Builds a folder and asks every question of a file; the answers that did not come out.
fn ask(cases: &str, sources: &Path, prepare: &[&str]) -> Vec<String> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = tempfile::tempdir().unwrap();
    run(home.path(), &["build".to_owned(), sources.to_string_lossy().into_owned()]);
    prepare.iter().for_each(|command| drop(run(home.path(), &split(command))));
    let cases = fs::read_to_string(project.join("tests/cases").join(cases)).unwrap();
    let (mut asked, mut wrong) = (0, Vec::new());
    for question in cases.split("\n### ").skip(1) {
        let block = question.split("```console\n$ dossier ").nth(1).unwrap().split("\n```").next().unwrap();
        let mut lines = block.lines();
        let command = lines.next().unwrap();
        let output = run(home.path(), &split(command));
        let answers: Vec<&str> = lines.collect();
        assert!(!answers.is_empty(), "{question}: no answer");
        for answer in answers {
            let (wanted, part) = answer.strip_prefix("! ").map_or((true, answer), |part| (false, part));
            if output.lines().any(|line| holds(line, part)) != wanted {
                wrong.push(format!("{}\n$ dossier {command}\n{answer}\n{output}", question.lines().next().unwrap()));
            }
        }
        asked += 1;
    }
    assert!(asked >= 20, "{asked} questions");
    wrong
}

#[test]
fn every_question_is_answered_by_its_command() {
    let wrong = ask("questions.md", &Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), &[]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "the seeds are not part of the project"]
fn every_question_about_the_seeds_is_answered_by_its_command() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let seeds = env::var_os("SEEDS").map_or(beside, PathBuf::from);
    let wrong = ask("questions_seeds.md", &seeds, &["link countries"]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
