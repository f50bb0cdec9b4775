use super::*;
use crate::express::express_source;
use crate::extract::{Evidence, Fact, Status, Value};
use crate::ontology::classes::Classes;
use crate::read::{Article, Document, Metadata};
use crate::resolve::{Entity, EntityType};
use crate::span::Span;
use serde_json::json;
use std::collections::BTreeMap;

fn document(id: &str, text: &str) -> Document {
    let articles = vec![Article { span: Span::new(0, text.chars().count()), metadata: Metadata::default() }];
    let sha256 = crate::vocab::sha256(text.as_bytes());
    Document {
        id: id.into(),
        name: format!("{id}.txt"),
        sha256,
        text: text.into(),
        articles,
        pages: Vec::new(),
        records: None,
    }
}

fn facts(document: &Document) -> Vec<Fact> {
    let end = document.text.chars().count();
    let evidence = Evidence {
        document: document.id.clone(),
        source: document.name.clone(),
        span: Span::new(3, end),
        quote: document.text.chars().skip(3).collect(),
        fragment: None,
    };
    let peru = Entity {
        iri: "https://w3id.org/dossier/id/peru".into(),
        label: "Peru".into(),
        aliases: vec![],
        kind: EntityType::Country,
    };
    let roles = [("destination".to_owned(), Value::One(peru))].into_iter().collect();
    let iri = "https://w3id.org/dossier/id/visit.peru".into();
    vec![Fact {
        iri,
        kind: "Visit".into(),
        roles,
        status: Status::Asserted,
        attributed_to: None,
        evidence: vec![evidence],
    }]
}

fn put(change: &Change, id: &str, text: &str) {
    let document = document(id, text);
    let quads = express_source(&document, &facts(&document), &Classes::embedded().unwrap());
    change.put(&document, &quads, &json!({ "words": text }), "1").unwrap();
}

/// A graph of the sources, built in a new folder.
fn build(sources: &[(&str, &str)]) -> (tempfile::TempDir, Folder) {
    let home = tempfile::tempdir().unwrap();
    let change = Change::begin(home.path().join("graph")).unwrap();
    sources.iter().for_each(|(id, text)| put(&change, id, text));
    let folder = change.commit().unwrap();
    (home, folder)
}

/// All that a reader sees of a graph.
fn seen(folder: &Folder) -> BTreeMap<String, (Vec<u8>, String, serde_json::Value)> {
    let read = |id: &str| (folder.graph(id).unwrap(), folder.text(id).unwrap(), folder.reading(id).unwrap());
    folder.sources().map(|(id, _)| (id.to_owned(), read(id))).collect()
}

/// Every file below a folder with its bytes, but for the lock.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries =
        walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap()).filter(|e| e.file_type().is_file());
    let paths = entries.map(|e| e.into_path()).filter(|p| !p.ends_with(LOCK));
    paths.map(|p| (p.strip_prefix(root).unwrap().to_owned(), fs::read(&p).unwrap())).collect()
}

fn copy_tree(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(from).min_depth(1).into_iter().map(|entry| entry.unwrap()) {
        let target = to.path().join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    to
}

#[test]
fn what_is_kept_is_read_back() {
    let (_home, folder) = build(&[("a", "Əb visited Peru."), ("b", "xx Visit.")]);
    let folder = Folder::open(folder.root()).unwrap();
    assert_eq!(folder.sources().map(|(id, _)| id).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(folder.text("a").unwrap(), "Əb visited Peru.");
    assert_eq!(folder.reading::<serde_json::Value>("b").unwrap(), json!({ "words": "xx Visit." }));
    let graph = String::from_utf8(folder.graph("a").unwrap()).unwrap();
    assert!(graph.lines().is_sorted() && graph.ends_with(" .\n"));
}

#[test]
fn order_does_not_matter_and_add_then_forget_leaves_no_trace() {
    let (_one, left) = build(&[("a", "aa text."), ("b", "bb text.")]);
    let (_two, right) = build(&[("b", "bb text."), ("a", "aa text.")]);
    let before = files(left.root());
    assert_eq!(before, files(right.root()));
    let change = Change::begin(left.root()).unwrap();
    put(&change, "c", "cc text.");
    change.commit().unwrap();
    assert_ne!(before, files(left.root()));
    let change = Change::begin(left.root()).unwrap();
    assert!(change.forget("c") && !change.forget("d"));
    change.commit().unwrap();
    assert_eq!(before, files(left.root()));
}

#[test]
fn unchanged_files_are_not_touched() {
    let (_home, folder) = build(&[("a", "aa text."), ("b", "bb text.")]);
    let times = |folder: &Folder| -> Vec<_> {
        let paths = files(folder.root()).into_keys();
        paths.map(|p| fs::metadata(folder.root().join(p)).unwrap().modified().unwrap()).collect()
    };
    let before = times(&folder);
    let change = Change::begin(folder.root()).unwrap();
    put(&change, "a", "aa text.");
    change.commit().unwrap();
    assert_eq!(before, times(&folder));
}

#[test]
fn a_crash_at_any_step_leaves_the_old_or_the_new_graph() {
    let (_home, old) = build(&[("a", "aa text."), ("b", "bb text."), ("c", "cc text.")]);
    let (_twin, new) = build(&[("a", "aa changed."), ("c", "cc text."), ("d", "dd text.")]);
    let (old_seen, new_seen, new_files) = (seen(&old), seen(&new), files(new.root()));
    let (mut steps, mut committed) = (0, 0);
    let change = Change::begin(old.root()).unwrap();
    put(&change, "a", "aa changed.");
    put(&change, "d", "dd text.");
    change.forget("b");
    let mut crash = |root: &Path| {
        // Through the commit, as a reader beside a running build or on a read-only disk sees it.
        let copy = copy_tree(root);
        let beside = Folder::read_settled(copy.path().to_owned()).unwrap().unwrap();
        let now = seen(&beside);
        assert!(now == old_seen || now == new_seen, "step {steps}");
        // Settled by the next command.
        let settled = Folder::open(copy.path()).unwrap();
        assert_eq!(seen(&settled), now, "step {steps}");
        if now == new_seen {
            committed += 1;
            assert_eq!(files(copy.path()), new_files, "step {steps}");
        }
        // And a new build goes on from there.
        put(&Change::begin(copy.path()).unwrap(), "e", "ee text.");
        assert_eq!(seen(&Folder::open(copy.path()).unwrap()), now, "step {steps}");
        steps += 1;
    };
    change.commit_watched(&mut crash).unwrap();
    assert!(steps > 9 && committed == steps - 1, "{steps} steps, {committed} after the commit");
    assert_eq!(files(old.root()), new_files);
}

#[test]
fn a_change_that_is_dropped_changes_nothing() {
    let (_home, folder) = build(&[("a", "aa text.")]);
    let before = files(folder.root());
    let change = Change::begin(folder.root()).unwrap();
    put(&change, "a", "aa changed.");
    assert!(folder.is_current());
    drop(change);
    assert_eq!(files(folder.root()), before);
}

#[test]
fn a_reader_learns_that_the_graph_changed() {
    let (_home, folder) = build(&[("a", "aa text.")]);
    let change = Change::begin(folder.root()).unwrap();
    put(&change, "a", "aa changed.");
    change.commit().unwrap();
    assert!(!folder.is_current());
}

#[test]
fn two_builds_do_not_collide() {
    let (_home, folder) = build(&[("a", "aa text.")]);
    let first = Change::begin(folder.root()).unwrap();
    let error = Change::begin(folder.root()).unwrap_err();
    assert!(error.to_string().contains("another build"), "{error}");
    assert!(Folder::open(folder.root()).is_ok(), "readers need no lock");
    drop(first);
    assert!(Change::begin(folder.root()).is_ok());
}

#[track_caller]
fn check_refused(manifest: &str, message: &str) {
    let (_home, folder) = build(&[("a", "aa text.")]);
    fs::write(folder.root().join(MANIFEST), manifest).unwrap();
    for error in [Folder::open(folder.root()).unwrap_err(), Change::begin(folder.root()).unwrap_err()] {
        assert!(error.to_string().contains(message), "{error}");
    }
    assert_eq!(fs::read_to_string(folder.root().join(MANIFEST)).unwrap(), manifest);
}

#[test]
fn newer_and_damaged_manifests_are_refused() {
    check_refused(r#"{"format": 2, "books": []}"#, "has format 2; this version of Dossier reads up to 1");
    check_refused("{\"format\": 1,", "is damaged");
    check_refused("", "is damaged");
    check_refused(
        r#"{"format": 1, "sources": {"../x": {"name":"","sha256":"","made_with":"","graph":"","text":"","reading":""}}}"#,
        "cannot name a source",
    );
}

#[test]
fn folders_that_are_no_graphs_are_refused() {
    let home = tempfile::tempdir().unwrap();
    assert!(Folder::open(home.path().join("missing")).unwrap_err().hint().unwrap().contains("dossier build"));
    assert!(Folder::open(home.path()).unwrap_err().to_string().contains("is not a graph folder"));
    fs::write(home.path().join("thesis.doc"), "x").unwrap();
    assert!(Change::begin(home.path()).unwrap_err().to_string().contains("holds other files"));
    assert!(Change::begin(home.path().join("thesis.doc")).is_err());
}

#[test]
fn identifiers_cannot_leave_the_folder() {
    let home = tempfile::tempdir().unwrap();
    let change = Change::begin(home.path()).unwrap();
    for id in ["", "..", "../x", "a/b", ".hidden", "a\0b", &"x".repeat(300)] {
        assert!(change.put(&document(id, "text"), &[], &json!(null), "1").is_err(), "{id:?}");
    }
}

#[test]
fn what_was_built_verifies() {
    let (_home, folder) = build(&[("a", "Əb visited “Peru”."), ("b", "xx Visit.")]);
    let verified = verify(&folder, &[document("a", "Əb visited “Peru”.")]).unwrap();
    assert_eq!(verified, Verified { sources: 2, passages: 2, facts: 2, failures: vec![] });
}

/// Verifies after one file of a graph was changed by hand.
#[track_caller]
fn check_tampered(path: &str, edit: impl Fn(&str) -> String, message: &str) {
    let (_home, folder) = build(&[("a", "ab visited Peru."), ("b", "xx Visit.")]);
    let path = folder.root().join(path);
    fs::write(&path, edit(&fs::read_to_string(&path).unwrap())).unwrap();
    let failures = verify(&folder, &[]).unwrap().failures;
    assert!(failures.iter().any(|failure| failure.to_string().contains(message)), "{failures:#?}");
}

#[test]
fn what_was_changed_by_hand_is_found() {
    check_tampered("text/a.txt", |text| format!(" {text}"), "text/a.txt:1:4: error: expected \"visited Peru.\"");
    check_tampered("text/a.txt", |text| format!("{text} "), "not the one that was built");
    check_tampered("sources/a.nq", |nq| nq.replace("visited", "left"), "expected \"left Peru.\"");
    check_tampered("sources/a.nq", |nq| nq.replace("\"3\"^^", "\"4\"^^"), "text/a.txt:1:5: error: expected");
    check_tampered("sources/a.nq", |nq| nq.replace("#char=3", "#char=4"), "names other offsets");
    check_tampered("sources/a.nq", |nq| nq.replace("wasDerivedFrom", "x"), "id:visit.peru has no passage");
    check_tampered("sources/a.nq", |nq| format!("{nq}<"), "sources/a.nq: error");
    check_tampered("readings/b.json", |_| String::new(), "readings/b.json: error");
}

#[test]
fn sources_that_changed_are_found() {
    let (_home, folder) = build(&[("a", "ab visited Peru.")]);
    let failures = verify(&folder, &[document("a", "ab visited Chile.")]).unwrap().failures;
    assert!(failures[0].to_string().contains("has changed since it was read"), "{failures:?}");
}
