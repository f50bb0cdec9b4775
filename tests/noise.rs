//! What states nothing yields nothing, and of a page with an article in it only the article speaks.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

use dossier::pipeline::read_document;
use dossier::read::{find_sources, read_source};
use std::path::{Path, PathBuf};

/// The facts of a file with their first quotes, and what was said about it.
fn read(path: &Path) -> (Vec<(String, String)>, String) {
    let (sources, _) = find_sources(&[path.to_owned()]);
    let (document, notes) = read_source(&sources[0]).unwrap();
    let facts = read_document(&document).unwrap().facts;
    let quote = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = facts.iter().flat_map(|f| f.evidence.iter().map(|e| (f.kind.clone(), quote(&e.quote)))).collect();
    (told, notes.iter().map(ToString::to_string).collect())
}

fn files(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| !path.to_string_lossy().contains(".states.") && !path.ends_with("README.md"));
    found.sort();
    found
}

#[test]
fn nothing_comes_of_nothing() {
    let mut wrong = Vec::new();
    for path in files("tests/noise/nothing") {
        let (facts, _) = read(&path);
        wrong.extend(facts.into_iter().map(|fact| format!("{}: {fact:?}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn another_language_is_said() {
    let (_, said) = read(Path::new("tests/noise/nothing/french.txt"));
    assert!(said.contains("not in English but in `fr`"), "{said}");
}

/// `NAME.states.txt` holds the sentences of a page that may state facts, one a line; all others are noise.
#[test]
fn only_the_article_of_a_page_speaks() {
    let mut wrong = Vec::new();
    for path in files("tests/noise/pages") {
        let states = std::fs::read_to_string(path.with_extension("states.txt")).unwrap();
        let (facts, _) = read(&path);
        let fits = |quote: &str| states.lines().any(|line| quote.contains(line));
        wrong
            .extend(facts.iter().filter(|(_, quote)| !fits(quote)).map(|fact| format!("{}: {fact:?}", path.display())));
        let heard = states.lines().filter(|line| facts.iter().any(|(_, quote)| quote.contains(*line))).count();
        assert!(heard * 2 >= states.lines().count(), "{}: only {heard} sentences are heard", path.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
