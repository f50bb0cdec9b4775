//! Who is who, as a person meets it: compare, same, different, unsure, forget, diff, and a ledger edited by hand.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An empty folder to work in, and the command in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(documents: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        documents.iter().for_each(|(name, text)| desk.write(&format!("in/{name}.md"), text));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, args: &[&str]) -> assert_cmd::assert::Assert {
        let mut command = Command::cargo_bin("dossier").unwrap();
        command.current_dir(self.0.path()).args(args).env("NO_COLOR", "1").env_remove("COLUMNS");
        command.assert()
    }

    fn read(&self, args: &[&str]) -> String {
        String::from_utf8(self.run(args).success().get_output().stdout.clone()).unwrap()
    }

    /// All files of the graph folder, hidden ones too, but the lock.
    fn bytes(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.path(folder), Path::new(""), &mut found);
        found.remove(Path::new(".lock"));
        found
    }
}

fn collect(root: &Path, under: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(root.join(under)).unwrap() {
        let path = under.join(entry.unwrap().file_name());
        if root.join(&path).is_dir() {
            collect(root, &path, found);
        } else {
            found.insert(path.clone(), fs::read(root.join(&path)).unwrap());
        }
    }
}

const VISIT: &str = "---\ntitle: Visit\ndate: 2024-06-01\n---\n\nPresident Karim Odunov of Estonia visited Peru in May 2024. \
    Estonia and Peru signed a memorandum of understanding on fisheries in May 2024.\n";
const TRADE: &str =
    "---\ntitle: Trade\ndate: 2024-07-01\n---\n\nPresident Karm Odunov of Estonia visited Chile in June 2024.\n";
const OTHER: &str = "---\ntitle: Other\ndate: 2024-08-01\n---\n\nForeign Minister Farid Odunov of Estonia visited Ghana in July 2024. \
    Estonia and Peru signed a memorandum of understanding on fisheries in May 2024.\n";

fn ledger_row(desk: &Desk, row: &str) {
    let text = fs::read_to_string(desk.path("graph/identity.tsv")).unwrap_or_else(|_| HEAD.to_owned());
    fs::write(desk.path("graph/identity.tsv"), format!("{text}{row}\n")).unwrap();
}

const HEAD: &str = "subject_id\tsubject_label\tjudgement\tobject_id\tobject_label\tconfidence\treason\tauthor\tdate\n";

#[test]
fn two_names_are_compared_and_explained() {
    let desk = Desk::new();
    desk.run(&["compare", "Karim Odunov", "Kərim Odunov"]).success().stdout(contains("  match  (as persons)"));
    desk.run(&["compare", "Karim Odunov", "Farid Odunov"]).success().stdout(contains("  no match"));
    let told = desk.read(&["compare", "NEA", "Northern Energy Agency", "--explain"]);
    assert!(told.contains("as organisations") && told.contains("acronym") && told.contains("log odds"), "{told}");
    desk.run(&["compare", "Karim Odunov", "Karm Odunov", "--threshold", "1"]).success().stdout(contains("no match"));
    desk.run(&["compare", "Karim Odunov"]).code(2).stderr(contains("two names are needed"));
    desk.run(&["compare", "a", "b", "--threshold", "7"]).code(2).stderr(contains("from 0 to 1"));
}

#[test]
fn a_file_of_pairs_is_answered_row_by_row() {
    let desk = Desk::new();
    let rows =
        "schema,name1,name2,is_match\nPerson,Karim Odunov,\"Odunov, Karim\",true\nCompany,Norte AG,Norte GmbH,false\n";
    desk.write("pairs.csv", rows);
    let told = desk.read(&["compare", "--pairs", "pairs.csv"]);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "schema,name1,name2,score,match");
    assert!(lines[1].starts_with("Person,Karim Odunov,\"Odunov, Karim\",0.9") && lines[1].ends_with(",true"), "{told}");
    assert!(lines[2].ends_with(",false"), "{told}");
    desk.write("bad.csv", "schema,name1\nPerson,Karim\n");
    desk.run(&["compare", "--pairs", "bad.csv"]).code(2).stderr(contains("no column name2"));
    desk.write("short.csv", "schema,name1,name2\nPerson,Karim\nPerson,A B,A B\n");
    desk.run(&["compare", "--pairs", "short.csv"]).code(1).stderr(contains("short.csv:2")).stdout(contains("A B,A B,"));
}

#[test]
fn spellings_are_one_and_a_person_splits_and_joins() {
    let desk = Desk::with(&[("visit", VISIT), ("trade", TRADE), ("other", OTHER)]);
    desk.run(&["build", "in"]).success();
    desk.run(&["show", "Karm Odunov"])
        .success()
        .stdout(contains("also Karm Odunov").and(contains("visit.md")).and(contains("trade.md")));
    let ledger = fs::read_to_string(desk.path("graph/identity.tsv")).unwrap();
    assert!(ledger.contains("Karim Odunov") && ledger.contains("\tdossier"), "a join is told: {ledger}");
    // Apart, by the mentions.
    desk.run(&["different", "Karim Odunov", "Karm Odunov"]).code(2).stderr(contains("SOURCE#Name"));
    desk.run(&["different", "visit#Karim Odunov", "trade#Karm Odunov", "--author", "Mart", "--reason", "two men"])
        .success()
        .stderr(contains("are two from now on"));
    let told = desk.read(&["show", "Karm Odunov"]);
    assert!(told.contains("trade.md") && !told.contains("visit.md"), "{told}");
    // It survives a rebuild, also one from nothing.
    desk.run(&["build", "in", "--force"]).success();
    assert_eq!(desk.read(&["show", "Karm Odunov"]), told);
    let ledger = fs::read_to_string(desk.path("graph/identity.tsv")).unwrap();
    fs::remove_dir_all(desk.path("graph")).unwrap();
    desk.write("graph/identity.tsv", &ledger);
    desk.run(&["build", "in"]).success();
    assert_eq!(desk.read(&["show", "Karm Odunov"]), told);
    // And back.
    desk.run(&["different", "visit#Karim Odunov", "trade#Karm Odunov", "--undo"]).success();
    desk.run(&["show", "Karm Odunov"]).success().stdout(contains("visit.md").and(contains("trade.md")));
    desk.run(&["different", "visit#Karim Odunov", "trade#Karm Odunov", "--undo"])
        .code(2)
        .stderr(contains("nobody decided"));
}

#[test]
fn a_merged_iri_still_leads_to_its_entity() {
    let desk = Desk::with(&[("visit", VISIT), ("other", OTHER)]);
    desk.run(&["build", "in"]).success();
    let before = desk.bytes("graph");
    desk.run(&["same", "id:karim-odunov", "id:farid-odunov"]).success().stderr(contains("are one from now on"));
    desk.run(&["show", "id:farid-odunov"]).success().stdout(contains("id:karim-odunov").and(contains("other.md")));
    let ask = "SELECT ?p WHERE { ?p ?q id:farid-odunov }";
    desk.run(&["query", "--inline", ask])
        .success()
        .stderr(contains("id:farid-odunov is id:karim-odunov now").and(contains("row")));
    desk.run(&["verify"]).success();
    desk.run(&["same", "Karim Odunov", "Farid Odunov"]).code(2).stderr(contains("one already"));
    desk.run(&["different", "id:karim-odunov", "id:farid-odunov", "--graph", "nowhere"]).code(2);
    desk.run(&["same", "id:karim-odunov", "id:farid-odunov", "--undo"]).success();
    assert_eq!(desk.bytes("graph"), before, "undo leaves no trace");
    // By name, too, though both names now mean one.
    desk.run(&["same", "Karim Odunov", "Farid Odunov"]).success();
    desk.run(&["same", "Karim Odunov", "Farid Odunov", "--undo"]).success().stderr(contains("undecided again"));
    assert_eq!(desk.bytes("graph"), before, "undo by name leaves no trace");
}

#[test]
fn a_bad_ledger_stops_everything_and_says_where() {
    let desk = Desk::with(&[("visit", VISIT), ("other", OTHER)]);
    desk.run(&["build", "in"]).success();
    let good = fs::read_to_string(desk.path("graph/identity.tsv")).unwrap();
    let graph = || fs::read(desk.path("graph/manifest.json")).unwrap();
    let before = graph();
    for (rows, words) in [
        (
            "id:karim-odunov\t\tsame\tid:farid-odunov\t\t\t\tMart\nid:farid-odunov\t\tdifferent\tid:karim-odunov\t\t\t\tAna\n",
            "contradict",
        ),
        ("<<<<<<< HEAD\n", "merge conflict"),
        ("id:karim-odunov\t\tmaybe\tid:farid-odunov\n", "`maybe` is no judgement"),
    ] {
        fs::write(desk.path("graph/identity.tsv"), format!("{good}{rows}")).unwrap();
        for args in [["build", "in"].as_slice(), &["show", "Peru"], &["same", "Peru", "Estonia"]] {
            desk.run(args)
                .code(2)
                .stderr(contains(words).and(contains("identity.tsv:2").or(contains("identity.tsv:3"))));
        }
        assert_eq!(graph(), before, "nothing is merged on a guess");
    }
    fs::write(desk.path("graph/identity.tsv"), "subject_id\tobject_id\n").unwrap();
    desk.run(&["build", "in"]).code(2).stderr(contains("no column judgement"));
    fs::write(desk.path("graph/identity.tsv"), &good).unwrap();
    ledger_row(&desk, "id:karim-odonov\t\tsame\tid:farid-odunov");
    desk.run(&["build", "in"]).success().stderr(contains("means nobody").and(contains("did you mean id:karim-odunov")));
}

/// The identifiers differ, those whom they mean do not.
#[test]
fn decisions_that_contradict_each_other_by_what_they_mean_stop_everything_too() {
    let desk = Desk::with(&[("visit", VISIT), ("trade", TRADE), ("other", OTHER)]);
    desk.run(&["build", "in"]).success();
    let apart = ["different", "visit#Karim Odunov", "other#Farid Odunov", "--author", "Ana"];
    desk.run(&apart).success();
    let before = desk.bytes("graph");
    desk.run(&["same", "id:karim-odunov", "id:farid-odunov", "--author", "Mart"]).code(2).stderr(
        contains("contradict each other").and(contains("(Ana)")).and(contains("(Mart)")).and(contains("delete line")),
    );
    assert_eq!(desk.bytes("graph"), before, "nothing is merged on a guess");
    ledger_row(&desk, "id:karim-odunov\t\tsame\tid:farid-odunov\t\t\t\tMart");
    for args in [["build", "in"].as_slice(), &["show", "Peru"], &["forget", "trade"], &["diff", "graph"]] {
        desk.run(args).code(2).stderr(contains("identity.tsv:2").and(contains("contradict each other")));
    }
}

/// An identifier that was merged away keeps its decisions, and leads on to where its entity went.
#[test]
fn aliases_resolve_over_several_merges() {
    let desk = Desk::with(&[("visit", VISIT), ("other", OTHER)]);
    desk.write("in/third.md", "---\ndate: 2024-09-01\n---\n\nEnergy Minister Nadia Belova of Peru visited Malta.\n");
    desk.run(&["build", "in"]).success();
    desk.run(&["same", "id:karim-odunov", "id:farid-odunov"]).success();
    desk.run(&["same", "id:nadia-belova", "id:farid-odunov"]).success();
    for id in ["id:karim-odunov", "id:farid-odunov", "id:nadia-belova"] {
        desk.run(&["show", id])
            .success()
            .stdout(contains("visit.md").and(contains("other.md")).and(contains("third.md")));
    }
    desk.run(&["different", "id:karim-odunov", "id:nadia-belova"]).code(2).stderr(contains("line 2 or line 3"));
    desk.run(&["same", "id:nadia-belova", "id:farid-odunov", "--undo"]).success();
    desk.run(&["show", "id:nadia-belova"]).success().stdout(contains("third.md").and(contains("visit.md").not()));
    desk.run(&["show", "id:farid-odunov"]).success().stdout(contains("visit.md").and(contains("third.md").not()));
}

#[test]
fn forgetting_undoes_adding_byte_for_byte() {
    let documents = [("visit", VISIT), ("trade", TRADE), ("other", OTHER)];
    for (added, _) in documents {
        let desk = Desk::with(&documents);
        fs::rename(desk.path(&format!("in/{added}.md")), desk.path(&format!("{added}.md"))).unwrap();
        desk.run(&["build", "in"]).success();
        let before = desk.bytes("graph");
        desk.run(&["build", &format!("{added}.md")]).success();
        assert_ne!(desk.bytes("graph"), before);
        desk.run(&["forget", added]).success().stderr(contains("is forgotten"));
        assert_eq!(desk.bytes("graph"), before, "{added}");
    }
}

#[test]
fn forgetting_says_what_goes() {
    let desk = Desk::with(&[("visit", VISIT), ("other", OTHER)]);
    desk.run(&["build", "in"]).success();
    desk.run(&["forget", "other.md"])
        .success()
        .stdout(contains("Ghana").and(contains("Peru").not()))
        .stderr(contains("stated by others too"));
    desk.run(&["forget", "other"]).code(2).stderr(contains("no source `other`"));
    desk.run(&["forget", "visitt"]).code(2).stderr(contains("did you mean visit?"));
}

#[test]
fn order_of_builds_from_nothing_does_not_matter() {
    let desk = Desk::with(&[("visit", VISIT), ("trade", TRADE), ("other", OTHER)]);
    let paths = ["in/visit.md", "in/trade.md", "in/other.md"];
    let mut first = None;
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
        let mut args = vec!["build", "--graph", "g"];
        args.extend(order.map(|i| paths[i]));
        desk.run(&args).success();
        let bytes = desk.bytes("g");
        assert_eq!(first.get_or_insert(bytes.clone()), &bytes);
        fs::remove_dir_all(desk.path("g")).unwrap();
    }
}

#[test]
fn a_diff_is_told_in_words() {
    let desk = Desk::with(&[("visit", VISIT), ("other", OTHER)]);
    desk.run(&["build", "in/visit.md", "--graph", "old"]).success();
    desk.run(&["build", "in"]).success();
    let told = desk.read(&["diff", "old", "graph"]);
    assert!(told.contains("gained") && told.contains("Ghana") && told.contains("changed"), "{told}");
    desk.run(&["diff", "graph"]).success().stderr(contains("no fact differs"));
    ledger_row(&desk, "id:karim-odunov\t\tsame\tid:farid-odunov\t\t\t\tMart");
    let told = desk.read(&["diff", "graph"]);
    assert!(told.contains("changed") && told.contains("now ") && !told.contains("lost"), "{told}");
}

#[test]
fn doubts_are_listed_best_first() {
    let desk = Desk::with(&[
        ("visit", VISIT),
        (
            "long",
            "---\ndate: 2024-09-01\n---\n\nKarim Sabir Odunov visited Ghana in July 2024. He met business people of Estonia.\n",
        ),
    ]);
    desk.run(&["build", "in"]).success().stderr(contains("dossier unsure"));
    let told = desk.read(&["unsure"]);
    assert!(told.contains("dossier same id:"), "{told}");
    let ids: Vec<&str> = told.split_whitespace().filter(|w| w.starts_with("id:")).collect();
    desk.run(&["unsure", ids[0], ids[1]]).success();
    desk.run(&["unsure"]).success().stderr(contains("0 questions"));
}
