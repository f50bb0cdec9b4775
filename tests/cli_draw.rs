//! Drawings as a person meets them: every view, theme and format, and what goes wrong.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const ARTICLE: &str = "# Visit\n\nIn July 2024, President Ana Ilves of Estonia visited Peru. Peru and Estonia signed an agreement on \
trade in July 2024. Ana Ilves plans to visit Chile. Jonas Berg, Foreign Minister of Peru, met Ana Ilves in Lima on 3 May 2023. \
Trade between Peru and Estonia came to $40 million in 2022 and to $55 million in 2023.\n";

/// A folder with a small graph, and the command in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::write(desk.path("visit.md"), ARTICLE).unwrap();
        let meta = r#"{"title": "Visit", "date": "2024-08-01", "url": "https://example.org/visit"}"#;
        fs::write(desk.path("visit.meta.json"), meta).unwrap();
        desk.run(&["build", "visit.md"]).success();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> assert_cmd::assert::Assert {
        let mut command = Command::cargo_bin("dossier").unwrap();
        command.current_dir(self.0.path()).args(args).env("NO_COLOR", "1").env_remove("COLUMNS").assert()
    }

    fn draw(&self, args: &[&str]) -> String {
        let args: Vec<&str> = ["draw", "--engine", "embedded"].iter().chain(args).copied().collect();
        String::from_utf8(self.run(&args).success().get_output().stdout.clone()).unwrap()
    }
}

#[track_caller]
fn check(desk: &Desk, args: &[&str], words: &[&str]) {
    let svg = desk.draw(args);
    for word in words {
        assert!(svg.contains(word), "{args:?} without {word}:\n{svg}");
    }
    assert!(svg.contains("Dossier"), "{args:?} has no footer");
    assert_eq!(svg, desk.draw(args), "{args:?} differs from run to run");
}

#[test]
fn every_view_draws_what_it_says() {
    let desk = Desk::new();
    let newest = "graph of 1 source, the newest of 1 Aug 2024";
    check(&desk, &[], &["Who is connected with whom", "Ana Ilves", newest]);
    check(&desk, &["Peru", "Estonia"], &["Peru, Estonia", newest]);
    check(&desk, &["--view", "relations"], &["Who is connected"]);
    check(&desk, &["--view", "agreements"], &["agreement", "Peru", newest]);
    check(&desk, &["--view", "officials"], &["Ana Ilves", "President"]);
    check(&desk, &["--view", "timeline"], &["Visit of Ana Ilves to Peru", "Jul 2024"]);
    check(&desk, &["--view", "timeline", "Peru"], &["What happened when: Peru"]);
    check(&desk, &["--view", "trade"], &["class=\"chart\"", "55 million"]);
    check(&desk, &["--view", "ontology"], &["agreement", "Class"]);
    check(&desk, &["Jonas Berg", "Estonia", "--view", "path"], &["From Jonas Berg to Estonia"]);
    check(&desk, &["--query", "people/posts"], &["Who holds which post?", "Ana Ilves"]);
}

#[test]
fn drawings_lead_to_the_sentences() {
    let desk = Desk::new();
    let svg = desk.draw(&["--footnotes"]);
    assert!(svg.contains("[1]") && svg.contains("https://example.org/visit"), "{svg}");
    assert!(svg.contains("role=\"graphics-document document\"") && svg.contains("<desc id="), "{svg}");
    assert!(svg.contains("“In July 2024, President Ana Ilves of Estonia visited Peru.” Visit, 1 Aug 2024"), "{svg}");
}

#[test]
fn pages_and_prints_are_whole_and_the_same() {
    let desk = Desk::new();
    let html = desk.draw(&["--format", "html"]);
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"), "{html}");
    assert!(!html.contains("src=") && html.contains("default-src 'none'"), "it loads something");
    for name in ["a.pdf", "b.pdf"] {
        desk.run(&["draw", "--engine", "embedded", "-o", name]).success();
    }
    let pdf = fs::read(desk.path("a.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf == fs::read(desk.path("b.pdf")).unwrap());
}

#[test]
fn themes_are_names_or_files() {
    let desk = Desk::new();
    assert_ne!(desk.draw(&["--theme", "dark"]), desk.draw(&["--theme", "print"]));
    fs::write(desk.path("own.yaml"), "page: {background: \"#fffdf5\"}\n").unwrap();
    assert!(desk.draw(&["--theme", "own.yaml"]).contains("#fffdf5"));
    fs::write(desk.path("faint.yaml"), "page: {text: \"#dddddd\"}\n").unwrap();
    desk.run(&["draw", "--theme", "faint.yaml"])
        .success()
        .stderr(contains("page.text: #dddddd on #ffffff has a contrast"));
    fs::write(desk.path("bad.yaml"), "kinds:\n  Company: {shape: cloud}\n").unwrap();
    desk.run(&["draw", "--theme", "bad.yaml"]).code(2).stderr(contains("bad.yaml:2:"));
    desk.run(&["draw", "--theme", "drak"]).code(2).stderr(contains("did you mean dark?"));
}

#[test]
fn what_cannot_be_drawn_is_said_with_a_hint() {
    let desk = Desk::new();
    let fails = |args: &[&str], words: &str| {
        desk.run(&[&["draw", "--engine", "embedded"], args].concat())
            .code(2)
            .stderr(contains(words).and(contains("panicked").not()));
    };
    fails(&["Estonai"], "did you mean Estonia");
    fails(&["--view", "tradd"], "did you mean trade?");
    fails(&["--view", "companies"], "there is nothing to draw");
    fails(&["--view", "path", "Peru"], "needs two names");
    fails(&["-o", "no/such/folder/a.svg"], "no/such/folder/a.svg");
    fails(&["-o", "a.svg", "--font", "visit.md"], "is no font");
    fails(&["-o", "a.png", "--scale", "0"], "cannot be painted");
    fails(&["--query", "SELECT ?s { ?s ?p ?o }"], "one column is no graph");
}

#[test]
fn large_answers_are_counted_by_class() {
    let desk = Desk::new();
    let query = "CONSTRUCT { ?s id:p ?o } WHERE { VALUES ?a {0 1 2 3 4 5 6 7 8 9} VALUES ?b {0 1 2 3 4 5 6 7 8 9} \
                 VALUES ?c {0 1 2 3 4 5 6 7 8 9} BIND (IRI(CONCAT('x:', STR(?a), STR(?b), STR(?c))) AS ?s) \
                 BIND (IRI(CONCAT('y:', STR(?a), STR(?c))) AS ?o) }";
    let large = desk.run(&["draw", "--unfold", "--query", query, "--engine", "embedded"]).success();
    large.stderr(contains("1,100 boxes are too many").and(contains("--most 1100"))).stdout(contains("1,100"));
}

#[test]
fn labels_are_never_markup_and_letters_without_a_font_are_named() {
    let desk = Desk::new();
    let long = "x".repeat(10_000);
    let query =
        format!("SELECT ?from ?to {{ VALUES (?from ?to) {{ ('<script>alert(1)</script>' '{long}') ('石油' 'b') }} }}");
    let html = desk.draw(&["--query", &query, "--format", "html"]);
    assert!(!html.contains("<script>alert") && html.len() < 120_000, "{} bytes", html.len());
    let png = desk.run(&["draw", "--query", &query, "-o", "a.png", "--engine", "embedded"]).success();
    png.stderr(contains("Noto Sans CJK SC"));
}
