//! Laws of identity: the order of the inputs and the number of threads leave no trace, nor does a source that came and went.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use dossier::pipeline::{BuildOptions, build, forget};
use proptest::prelude::*;
use proptest::sample::subsequence;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

/// People with slips, short forms and namesakes; bodies with and without their acronym and country.
const WHO: [&str; 12] = [
    "President Karim Odunov of Estonia",
    "President Karm Odunov of Estonia",
    "President Odunov of Estonia",
    "Foreign Minister Farid Odunov of Estonia",
    "Foreign Minister F. Odunov of Estonia",
    "Energy Minister Nadia Belova of Peru",
    "Energy Minister Nadja Belova of Peru",
    "Energy Minister Nadia Sofia Belova of Peru",
    "Nordlys Energi AS of Norway",
    "Nordlys Energy of Norway",
    "The Northern Energy Agency (NEA) of Norway",
    "NEA",
];
const WHERE: [&str; 6] = ["Ghana", "Chile", "Peru", "Kenya", "Fiji", "Malta"];
const WHEN: [&str; 4] = ["in May 2024", "on 11 May 2024", "in June 2024", "in 2023"];

/// The text of the document of this number, made by a rule: who visited where and when, or who signed what with whom.
fn write_document(number: usize) -> String {
    let (who, other) = (WHO[number * 7 % WHO.len()], WHO[(number * 5 + 3) % WHO.len()]);
    let (place, time) = (WHERE[number / 3 % WHERE.len()], WHEN[number / 5 % WHEN.len()]);
    match number % 3 {
        0 => format!("{who} visited {place} {time}.\n"),
        1 => format!("{who} met {other} {time}.\n"),
        _ => format!("Estonia and {place} signed a memorandum {time}, said {who}.\n"),
    }
}

/// A folder with `count` documents, and their paths.
fn write_documents(count: usize) -> (TempDir, Vec<PathBuf>) {
    let home = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (0..count).map(|n| home.path().join(format!("{n:03}.txt"))).collect();
    paths.iter().enumerate().for_each(|(n, path)| fs::write(path, write_document(n)).unwrap());
    (home, paths)
}

/// Adds the documents, which are new, to the graph on this many threads.
fn add(paths: &[PathBuf], graph: &Path, threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let report = pool.install(|| build(paths, graph, &BuildOptions::default(), &|_, _| {})).unwrap();
    assert_eq!(report.read.len(), paths.len());
}

/// Every file below a folder with its bytes, but for the lock.
fn bytes(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap()).filter(|e| e.file_type().is_file());
    let paths = files.map(|e| e.into_path()).filter(|p| !p.ends_with(".lock"));
    paths.map(|p| (p.strip_prefix(root).unwrap().to_owned(), fs::read(&p).unwrap())).collect()
}

#[track_caller]
fn assert_same(left: &BTreeMap<PathBuf, Vec<u8>>, right: &BTreeMap<PathBuf, Vec<u8>>) {
    let differ = |(path, bytes): &(&PathBuf, &Vec<u8>)| right.get(*path) != Some(*bytes);
    let changed: Vec<&PathBuf> = left.iter().filter(differ).map(|(path, _)| path).collect();
    let new: Vec<&PathBuf> = right.keys().filter(|path| !left.contains_key(*path)).collect();
    assert!(changed.is_empty() && new.is_empty(), "changed or gone: {changed:?}, new: {new:?}");
}

/// Two hundred documents, and what a build of them in the order of their names on one thread leaves.
static MANY: LazyLock<(TempDir, Vec<PathBuf>, BTreeMap<PathBuf, Vec<u8>>)> = LazyLock::new(|| {
    let (home, paths) = write_documents(200);
    let graph = home.path().join("graph");
    add(&paths, &graph, 1);
    let first = bytes(&graph);
    assert!(first.len() > 600, "a graph, a text and a reading of each");
    (home, paths, first)
});

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(10))]

    #[test]
    fn any_order_on_any_threads_gives_the_same_bytes(
        order in Just((0..200).collect::<Vec<usize>>()).prop_shuffle(),
        threads in 1_usize..5,
    ) {
        let (home, paths, first) = &*MANY;
        let graph = tempfile::tempdir_in(home.path()).unwrap();
        let shuffled: Vec<PathBuf> = order.iter().map(|i| paths[*i].clone()).collect();
        add(&shuffled, graph.path(), threads);
        assert_same(first, &bytes(graph.path()));
    }

    #[test]
    fn what_is_added_and_forgotten_leaves_no_trace(
        kept in subsequence((0..24).collect::<Vec<usize>>(), 1..12),
        added in subsequence((24..40).collect::<Vec<usize>>(), 1..6).prop_shuffle(),
        parted in any::<bool>(),
    ) {
        let (home, paths) = write_documents(40);
        let graph = home.path().join("graph");
        let choose = |list: &[usize]| list.iter().map(|i| paths[*i].clone()).collect::<Vec<_>>();
        if parted {
            fs::create_dir_all(&graph).unwrap();
            let decided = "subject_id\tjudgement\tobject_id\nid:karim-odunov\tsame\tid:farid-odunov\n";
            fs::write(graph.join("identity.tsv"), decided).unwrap();
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        // A decision about somebody who is not there is told, not an error; so diagnostics may be.
        let put = |list: &[usize]| drop(pool.install(|| build(&choose(list), &graph, &BuildOptions::default(), &|_, _| {})).unwrap());
        put(&kept);
        let before = bytes(&graph);
        put(&added);
        prop_assert_ne!(&before, &bytes(&graph));
        for source in added.iter().rev() {
            forget(&graph, &format!("{source:03}")).unwrap();
        }
        assert_same(&before, &bytes(&graph));
    }
}
