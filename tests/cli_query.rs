//! Questions as a person asks them: what is wrong with a query, why it has no rows, and who is meant.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use tempfile::TempDir;

const ARTICLE: &str = "---\ntitle: Estonia and Peru\ndate: 2024-06-01\n---\n\nPresident Ana Ilves of Estonia visited Peru on 3 May 2024. \
    On 3 May 2024, Estonia and Peru signed a memorandum of understanding on fisheries. Trade between Estonia and Peru amounted to $22 million in 2023.\n";

fn build() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("visit.md"), ARTICLE).unwrap();
    run(&home, &["build", "."]).success();
    home
}

fn run(home: &TempDir, args: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("dossier").unwrap();
    command.current_dir(home.path()).args(args).env("NO_COLOR", "1").env("COLUMNS", "100").assert()
}

#[test]
fn an_empty_answer_says_why() {
    let home = build();
    let check = |sparql: &str, words: &str| {
        run(&home, &["query", "--inline", sparql]).success().stderr(contains("why: ").and(contains(words)));
    };
    check("SELECT ?v { ?v a dos:Vist }", "dos:Vist is no class; did you mean dos:Visit?");
    check("SELECT ?v { ?v dos:visitor id:anna-ilves }", "did you mean id:ana-ilves (Ana Ilves)?");
    check("SELECT ?v { ?v a dos:Visit ; dos:date \"2024-05-03\" }", "near it: \"2024-05-03\"^^xsd:date");
    check("ASK { ?v a dos:Treaty }", "the graph has none of it");
    check("CONSTRUCT { ?v a dos:Fact } WHERE { ?v dos:parties ?p }", "did you mean dos:party?");
    run(&home, &["query", "--inline", "ASK {}"]).success().stdout("yes\n").stderr("");
}

#[test]
fn a_bad_query_is_one_clear_line() {
    let home = build();
    fs::write(home.path().join("latin.rq"), b"ASK {} # caf\xe9").unwrap();
    fs::create_dir(home.path().join("folder")).unwrap();
    let check = |args: &[&str], words: &str| {
        let told = run(&home, &[&["query"], args].concat()).code(2).stdout("").stderr(contains(words));
        let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
        assert!(
            told.lines().filter(|line| line.starts_with("error:")).count() == 1 && told.lines().count() <= 4,
            "{told}"
        );
    };
    check(&["--inline", "SELECT ?x {\n ?x a dos:Visit"], "query:2:16: syntax error at the end of the query: expected ");
    check(&["--inline", "SELECT ?x { ?x a wd:Q5 }"], "query:1:18: the prefix `wd:` is not declared; known without");
    check(&["--inline", "DELETE WHERE { ?s ?p ?o }"], "SPARQL Update, which is refused");
    check(&["latin.rq"], "latin.rq is not UTF-8: byte 12");
    check(&["folder"], "folder is a folder, not a query");
    check(&["people/post"], "did you mean people/posts?");
    check(&["missing.rq"], "there is no file and no query named `missing.rq`");
}

#[test]
fn parameters_take_names_identifiers_and_values() {
    let home = build();
    let rows = |args: &[&str]| {
        let told = run(&home, &[&["query", "--format", "csv"], args].concat()).success();
        String::from_utf8(told.get_output().stdout.clone()).unwrap().lines().count() - 1
    };
    assert_eq!(rows(&["agreements/between", "one=Peru", "other=estonia"]), 1);
    assert_eq!(rows(&["agreements/between", "Peru", "id:estonia", "from=2024-05", "until=2024-05-03"]), 1);
    assert_eq!(rows(&["agreements/between", "Peru", "Estonia", "until=2024-04"]), 0);
    assert_eq!(rows(&["trade/between", "Peru", "<https://w3id.org/dossier/id/estonia>"]), 1);
    assert_eq!(rows(&["--inline", "SELECT ?v { ?v dos:visitor ?_who_iri }", "ana ilves"]), 1);
    let check = |args: &[&str], words: &str| {
        run(&home, &[&["query"], args].concat()).code(2).stdout("").stderr(contains(words));
    };
    check(&["agreements/between", "Peru"], "needs the parameter `other`: a name, or an identifier such as id:peru");
    check(&["agreements/between", "Peru", "Estnia"], "did you mean Estonia?");
    check(&["agreements/between", "Peru", "Estonia", "from=spring"], "the parameter `from` cannot be `spring`");
    check(&["agreements/between", "Peru", "Estonia", "untl=2024"], "did you mean until?");
    check(&["people/posts", "who=Ana"], "it takes none");
}

#[test]
fn ambiguous_names_are_not_guessed() {
    let home = tempfile::tempdir().unwrap();
    let text = "President Ana Ilves of Estonia visited Peru on 3 May 2024. Foreign Minister Mart Ilves of Latvia visited Chile on 4 May 2024.\n";
    fs::write(home.path().join("two.md"), text).unwrap();
    run(&home, &["build", "."]).success();
    let told = run(&home, &["query", "people/of-person", "Ilves"]).code(2);
    told.stderr(contains("`Ilves` may be several").and(contains("id:ana-ilves")).and(contains("id:mart-ilves")));
}

#[test]
fn queries_say_what_they_answer_and_take() {
    let home = tempfile::tempdir().unwrap();
    run(&home, &["query", "agreements/between", "--help"]).success().stdout(
        contains("What have two parties agreed on?")
            .and(contains("one    a name, or an identifier"))
            .and(contains("from   a day, a month or a year (2024-07-11, 2024-07, 2024) [default: 0000]"))
            .and(contains("dossier query agreements/between one=… other=…")),
    );
    run(&home, &["query", "--help"]).success().stdout(contains("Usage:").and(contains("Examples:")));
    run(&home, &["query", "--list"])
        .success()
        .stdout(contains("agreements/between").and(contains("(one, other, [from], [until])")));
    run(&home, &["query"]).code(2).stderr(contains("required"));
}

#[test]
fn rows_come_with_their_sentences() {
    let home = build();
    run(&home, &["query", "visits/of-person", "Ana Ilves", "--evidence"]).success().stdout(
        contains("evidence")
            .and(contains("   1  “President Ana Ilves of Estonia visited Peru on 3 May 2024.”"))
            .and(contains("visit.md")),
    );
    let told = run(&home, &["query", "people/posts", "--evidence", "--format", "csv"]).success();
    let csv = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(csv.starts_with("person,role,organization,start,end,sources,evidence,evidence_source,"), "{csv}");
    assert!(csv.contains("President Ana Ilves of Estonia visited Peru on 3 May 2024.,visit.md,"), "{csv}");
    run(&home, &["query", "agreements/network", "--evidence"]).code(2).stderr(contains("only rows of SELECT"));
}

#[test]
fn a_query_can_be_explained_and_stopped() {
    let home = build();
    run(&home, &["query", "people/posts", "--explain"]).success().stdout(contains("rows").and(contains("QuadPattern")));
    let product = "SELECT ?a ?z { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?z } ORDER BY ?z";
    run(&home, &["query", "--inline", product, "--timeout", "0.5"])
        .code(2)
        .stdout("")
        .stderr(contains("after 0.5 seconds"));
    run(&home, &["query", "--inline", product, "--memory", "50"])
        .code(2)
        .stdout("")
        .stderr(contains("more than 50 MB"));
    run(&home, &["query", "people/posts", "--timeout", "soon"]).code(2).stderr(contains("a number of seconds"));
    run(&home, &["query", "people/posts", "--iris"]).success().stdout(contains("id:ana-ilves"));
}
