//! The command as a person meets it: the real binary, its output, its talk and its exit codes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ARTICLE: &str = "---\ntitle: Estonia and Peru\ndate: 2024-06-01\n---\n\nPresident Ana Ilves of Estonia visited Peru in May 2024. \
    Estonia and Peru signed a memorandum of understanding on fisheries in May 2024.\n";

/// An empty folder to work in, and the command in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A desk with one article, built.
    fn built() -> Self {
        let desk = Self::new();
        desk.write("in/visit.md", ARTICLE.as_bytes());
        desk.run(&["build", "in"]).success();
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("dossier").unwrap();
        command.current_dir(self.path()).args(args).env("NO_COLOR", "1").env_remove("COLUMNS");
        command
    }

    fn run(&self, args: &[&str]) -> assert_cmd::assert::Assert {
        self.command(args).assert()
    }

    /// Standard output of a command that succeeds.
    fn read(&self, args: &[&str]) -> String {
        String::from_utf8(self.run(args).success().get_output().stdout.clone()).unwrap()
    }
}

/// Builds one bad file beside a good one: it is named with `words`, the good one is read, the graph verifies.
#[track_caller]
fn check_bad_input(name: &str, bytes: &[u8], code: i32, words: &str) {
    let desk = Desk::new();
    desk.write("in/good.md", ARTICLE.as_bytes());
    desk.write(&format!("in/{name}"), bytes);
    desk.run(&["build", "in"]).code(code).stderr(contains(name).and(contains(words)));
    desk.run(&["verify"]).success();
    assert!(desk.path().join("graph/sources/good.nq").exists(), "{name}: the good source is missing");
}

#[test]
fn bad_inputs_are_diagnostics_and_the_rest_is_read() {
    check_bad_input("empty.txt", b"", 1, "error: the file is empty");
    check_bad_input("blank.txt", b" \n\t\n", 1, "error: ");
    check_bad_input("image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0", 1, "error: ");
    check_bad_input(
        "undated.txt",
        b"President Ana Ilves of Estonia visited Peru last month.",
        0,
        "note: the document has no date",
    );
    check_bad_input(
        "latin.txt",
        b"2024-05-01\n\nThe caf\xe9 owners of Peru met in Lima on 3 May 2024 and agreed.",
        0,
        "latin.txt",
    );
}

#[test]
fn utf_16_is_read_as_what_it_says() {
    let desk = Desk::new();
    let text = "\u{feff}Ana Ilves met José Quispe in Lima on 3 May 2024.";
    desk.write("in/wide.txt", &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    desk.run(&["build", "in"]).success();
    assert!(fs::read_to_string(desk.path().join("graph/text/wide.txt")).unwrap().contains("José Quispe"));
}

#[test]
fn a_folder_without_documents_and_a_missing_path_leave_no_graph() {
    let desk = Desk::new();
    fs::create_dir(desk.path().join("in")).unwrap();
    desk.run(&["build", "in"]).code(1).stderr(contains("the folder holds no documents"));
    desk.run(&["build", "inn"]).code(1).stderr(contains("no such file or folder").and(contains("did you mean in?")));
    assert!(!desk.path().join("graph").exists());
}

#[test]
fn a_slip_with_prune_does_not_empty_the_graph() {
    let desk = Desk::built();
    desk.run(&["build", "nowhere", "--prune"]).code(2).stderr(contains("would empty the graph"));
    desk.run(&["verify"]).success().stderr(contains("1 source,"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_a_diagnostic() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.write("in/good.md", ARTICLE.as_bytes());
    desk.write("in/locked.md", ARTICLE.as_bytes());
    let locked = desk.path().join("in/locked.md");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_ok() {
        // Root may read everything: a link that leads nowhere stands in.
        fs::remove_file(&locked).unwrap();
        std::os::unix::fs::symlink("nowhere.md", &locked).unwrap();
    }
    desk.run(&["build", "in"]).code(1).stderr(contains("locked.md: error: "));
    desk.run(&["verify"]).success();
}

#[test]
fn a_graph_of_a_newer_version_is_left_alone() {
    let desk = Desk::new();
    desk.write("in/good.md", ARTICLE.as_bytes());
    desk.write("graph/manifest.json", br#"{"format": 999, "sources": {}}"#);
    for args in [&["build", "in"][..], &["facts"], &["verify"], &["query", "posts"]] {
        desk.run(args).code(2).stderr(contains("format 999").and(contains("hint: update Dossier")));
    }
    assert_eq!(fs::read(desk.path().join("graph/manifest.json")).unwrap(), br#"{"format": 999, "sources": {}}"#);
}

#[test]
fn a_folder_that_is_no_graph_and_a_missing_one_are_errors_with_a_hint() {
    let desk = Desk::new();
    desk.write("in/good.md", ARTICLE.as_bytes());
    desk.run(&["facts"]).code(2).stderr(contains("hint: "));
    desk.run(&["build", "in", "--graph", "in"]).code(2).stderr(contains("not a graph folder"));
    desk.run(&["facts", "--graph", "in"]).code(2).stderr(contains("not a graph folder"));
}

#[test]
fn a_second_build_reads_only_what_changed_and_keeps_the_same_bytes() {
    let desk = Desk::built();
    desk.write("in/other.md", b"Ana Ilves met Rosa Quispe in Lima on 3 May 2024.");
    desk.run(&["build", "in"]).success().stderr(contains("2 sources: 1 read, 1 unchanged, 0 skipped"));
    desk.run(&["build", "in/other.md", "in/visit.md", "--graph", "again", "--threads", "1"]).success();
    for part in ["sources/visit.nq", "sources/other.nq", "readings/visit.json", "manifest.json"] {
        let bytes = |graph: &str| fs::read(desk.path().join(graph).join(part)).unwrap();
        assert!(bytes("graph") == bytes("again"), "{part} differs");
    }
    fs::remove_file(desk.path().join("in/other.md")).unwrap();
    desk.run(&["build", "in", "--prune"]).success().stderr(contains("1 dropped from the graph"));
    assert!(!desk.path().join("graph/sources/other.nq").exists());
}

#[test]
fn facts_as_lines_keep_the_contract_and_quote_the_kept_text() {
    let desk = Desk::built();
    let lines = desk.read(&["facts", "--format", "jsonl"]);
    let text: Vec<char> = fs::read_to_string(desk.path().join("graph/text/visit.txt")).unwrap().chars().collect();
    assert!(!lines.is_empty());
    for line in lines.lines() {
        let fact: serde_json::Value = serde_json::from_str(line).unwrap();
        let keys: Vec<&String> = fact.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["attributed_to", "evidence", "id", "kind", "roles", "status"]);
        for evidence in fact["evidence"].as_array().unwrap() {
            let (start, end) =
                (evidence["start"].as_u64().unwrap() as usize, evidence["end"].as_u64().unwrap() as usize);
            assert_eq!(text[start..end].iter().collect::<String>(), evidence["quote"].as_str().unwrap());
            assert_eq!(evidence["source"], "visit.md");
            assert!(evidence.get("document").is_none());
        }
    }
    let visit = lines.lines().find(|line| line.contains(r#""kind":"Visit""#)).unwrap();
    let visit: serde_json::Value = serde_json::from_str(visit).unwrap();
    assert_eq!(visit["roles"]["visitor"]["label"], "Ana Ilves");
    assert_eq!(visit["roles"]["destination"]["type"], "Country");
    assert_eq!(visit["roles"]["date"], "2024-05");
    assert_eq!(lines, desk.read(&["facts", "--format", "jsonl"]));
}

#[test]
fn facts_are_chosen_by_kind_name_and_status() {
    let desk = Desk::built();
    let visits = desk.read(&["facts", "--kind", "visit", "--about", "ana ilves", "--format", "csv"]);
    assert!(visits.starts_with("id,kind,fact,status,attributed_to,roles,source,start,end,quote,page\n"), "{visits}");
    assert_eq!(visits.lines().count(), 2, "{visits}");
    assert_eq!(desk.read(&["facts", "--status", "denied", "--format", "jsonl"]), "");
    desk.run(&["facts", "--kind", "Visitt"]).code(2).stderr(contains("did you mean Visit?"));
    let table = desk.read(&["facts"]);
    assert!(table.contains("Ana Ilves") && table.lines().all(|line| line.chars().count() <= 100), "{table}");
    let narrow = desk.command(&["facts"]).env("COLUMNS", "60").output().unwrap().stdout;
    let narrow = String::from_utf8(narrow).unwrap();
    assert!(narrow.lines().all(|line| line.chars().count() <= 60), "{narrow}");
}

#[test]
fn show_tells_all_and_suggests_names() {
    let desk = Desk::built();
    let page = desk.read(&["show", "ANA ILVES"]);
    assert!(page.contains("“President Ana Ilves of Estonia visited Peru in May 2024.”"), "{page}");
    assert!(page.contains("visit.md") && page.contains("Estonia and Peru") && page.contains("2024-06-01"), "{page}");
    desk.run(&["show", "Ana Ilvez"]).code(2).stderr(contains("did you mean Ana Ilves"));
}

#[test]
fn queries_are_found_by_name_file_and_text() {
    let desk = Desk::built();
    desk.run(&["query", "--list"]).success().stdout(contains("Who holds which post?"));
    desk.run(&["query", "agreements/list", "--format", "csv"])
        .success()
        .stdout(contains("memorandum").and(contains("Peru")));
    let ask = "ASK { ?visit a dos:Visit }";
    desk.run(&["query", "--inline", ask]).success().stdout("yes\n");
    desk.write("own.rq", ask.as_bytes());
    desk.run(&["query", "own.rq", "--format", "json"]).success().stdout(contains("\"boolean\":true"));
    desk.command(&["query", "-"]).write_stdin(ask).assert().success().stdout("yes\n");
    desk.run(&["query", "--inline", "SELECT ?x WHERE { ?x a }"]).code(2).stderr(contains("query:1:"));
    desk.run(&["query", "--inline", ask, "--format", "ttl"]).code(2).stderr(contains("use one of: table, csv"));
    desk.run(&["query", "post"]).code(2).stderr(contains("did you mean"));
    desk.run(&["query"]).code(2).stderr(contains("Usage: "));
}

#[test]
fn drawings_are_written_in_the_format_of_their_ending() {
    let desk = Desk::built();
    for (name, magic) in [("a.svg", &b"<svg"[..]), ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.dot", b"digraph")] {
        desk.run(&["draw", "-o", name, "--engine", "embedded"]).success();
        let bytes = fs::read(desk.path().join(name)).unwrap();
        assert!(bytes.windows(magic.len()).any(|window| window == magic), "{name}");
    }
    let png = desk.run(&["draw", "Ana Ilves", "--format", "png", "--engine", "embedded"]).success();
    assert!(png.get_output().stdout.starts_with(b"\x89PNG\r\n\x1a\n"), "a PNG arrives byte for byte");
    desk.run(&["draw", "-o", "a.bmp"]).code(2).stderr(contains("end it in .svg, .png, .pdf, .html or .dot"));
    desk.run(&["draw", "--query", "ASK { ?s ?p ?o }"]).code(2).stderr(contains("CONSTRUCT"));
}

#[test]
fn verify_fails_where_a_quote_has_moved() {
    let desk = Desk::built();
    desk.run(&["verify", "in"]).success().stderr(contains("every quote stands where it was found"));
    let text = desk.path().join("graph/text/visit.txt");
    fs::write(&text, fs::read_to_string(&text).unwrap().replace("May", "June")).unwrap();
    desk.run(&["verify"]).code(1).stderr(contains("text/visit.txt").and(contains("failure")));
}

#[test]
fn verify_fails_where_a_source_has_changed() {
    let desk = Desk::built();
    desk.write("in/visit.md", ARTICLE.replace("Peru", "Chile").as_bytes());
    desk.run(&["verify", "in"]).code(1).stderr(contains("has changed since it was read"));
}

#[test]
fn parse_prints_conllu_with_names() {
    let desk = Desk::new();
    let parsed = desk.command(&["parse", "-"]).write_stdin("Ana Ilves visited Peru.").assert().success();
    let conllu = String::from_utf8(parsed.get_output().stdout.clone()).unwrap();
    assert!(conllu.contains("# text = Ana Ilves visited Peru.\n"), "{conllu}");
    let words: Vec<Vec<&str>> =
        conllu.lines().filter(|l| l.starts_with(char::is_numeric)).map(|l| l.split('\t').collect()).collect();
    assert!(words.len() == 5 && words.iter().all(|columns| columns.len() == 10), "{conllu}");
    assert_eq!([words[0][9], words[1][9]], ["Entity=(Person", "Entity=Person)"], "{conllu}");
    assert!(words[3][9].starts_with("Entity=(") && words[3][9].ends_with(")|SpaceAfter=No"), "{conllu}");
    desk.run(&["parse", "nothing.md"]).code(1).stderr(contains("no such file"));
}

#[test]
fn the_demo_works_in_an_empty_folder() {
    let desk = Desk::new();
    let told = desk.read(&["demo"]);
    for words in ["Built graph: ", "Facts", "Who holds which post?", "Next", "dossier query --list"] {
        assert!(told.contains(words), "{words} is missing in:\n{told}");
    }
    desk.run(&["verify"]).success();
    let drawings = fs::read_dir(desk.path().join("drawings")).unwrap().count();
    assert_eq!(drawings, 3);
}

#[test]
fn help_has_examples_and_usage_errors_have_their_code() {
    let desk = Desk::new();
    for verb in ["build", "facts", "show", "query", "draw", "verify", "parse", "demo"] {
        desk.run(&[verb, "--help"]).success().stdout(contains("Examples:").and(contains(format!("dossier {verb}"))));
    }
    desk.run(&["--help"]).success().stdout(contains("Exit codes"));
    desk.run(&["biuld"]).code(2).stderr(contains("build"));
    desk.run(&["build", "x", "--threads", "0"]).code(2);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_the_command_quietly() {
    use std::process::{Command, Stdio};
    let desk = Desk::built();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("dossier"))
        .current_dir(desk.path())
        .args(["facts", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

const GOLD: &str = r#"{"kind": "Visit", "visitor": "Ana Ilves", "destination": "Peru", "date": "2024-05", "quote": "President Ana Ilves of Estonia visited Peru in May 2024."}
{"kind": "Visit", "visitor": "José Quispe", "destination": "Estonia", "quote": "President Ana Ilves of Estonia visited Peru in May 2024."}
"#;

#[test]
fn eval_tells_what_is_right_missed_and_too_many() {
    let desk = Desk::built();
    desk.write("in/visit.gold.jsonl", GOLD.as_bytes());
    let afresh = desk.read(&["eval", "in", "--show", "misses"]);
    assert!(afresh.starts_with("miss  visit  {\"kind\":\"Visit\",\"visitor\":\"José Quispe\""), "{afresh}");
    let row = afresh.lines().find(|line| line.starts_with("Visit ")).unwrap();
    assert_eq!(row.split_whitespace().take(6).collect::<Vec<_>>(), ["Visit", "2", "1", "0", "|", "1.000"], "{afresh}");
    let json = |args: &[&str]| -> serde_json::Value { serde_json::from_str(&desk.read(args)).unwrap() };
    let of_graph = json(&["eval", "in", "--graph", "graph", "--format", "json"]);
    assert_eq!(of_graph, json(&["eval", "in", "--format", "json"]));
    assert_eq!(of_graph["kinds"]["Visit"]["strict_r"], 0.5);
    desk.write("in/visit.gold.jsonl", b"nonsense\n");
    desk.run(&["eval", "in"]).code(1).stderr(contains("visit.gold.jsonl:1:").and(contains("one JSON object a line")));
    desk.write("lost/other.gold.jsonl", GOLD.as_bytes());
    desk.run(&["eval", "lost"]).code(2).stderr(contains("there is no document `other` beside it"));
}

#[test]
fn explain_tells_what_fired_and_what_nearly_did() {
    let desk = Desk::built();
    let told = desk.read(&["explain", "in/visit.md:6"]);
    for words in ["root visited  VERB", "visitor: Ana Ilves  by nsubj", "Frames that fired", "Facts that rest on it"] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    let mut command = desk.command(&["explain"]);
    command
        .write_stdin("Ana Ilves will visit soon.")
        .assert()
        .success()
        .stdout(contains("the role destination is not filled"));
    let mut command = desk.command(&["explain", "-", "--format", "json"]);
    let output = command.write_stdin("Ana Ilves will visit Peru soon.").assert().success().get_output().stdout.clone();
    let told: serde_json::Value = serde_json::from_slice(&output).unwrap();
    let fired = told[0]["trials"].as_array().unwrap().iter().find(|trial| trial["fired"] == true).unwrap();
    assert_eq!((&fired["status"], &fired["status_by"]), (&"planned".into(), &"will".into()), "{told}");
    desk.run(&["explain", "none.md:3"]).code(2).stderr(contains("no such file"));
}

#[test]
fn a_change_of_knowledge_reads_again() {
    let desk = Desk::built();
    let manifest = desk.path().join("graph/manifest.json");
    let before = fs::read_to_string(&manifest).unwrap();
    let made = before.split("\"made_with\":").nth(1).unwrap().split('"').nth(1).unwrap().to_owned();
    assert_eq!(made.split(' ').count(), 3, "{made}: program, version and fingerprint");
    fs::write(&manifest, before.replace(&made, "dossier 0.1.0 0000000000000000")).unwrap();
    desk.run(&["build", "in"]).success().stderr(contains("1 read, 0 unchanged"));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), before);
}
