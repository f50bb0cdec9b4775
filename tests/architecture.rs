//! The river flows one way: a room imports only from rooms above it, and files stay small enough to live in.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in river order; each may import from itself and from those before it.
const RIVER: &[&str] = &[
    "span",
    "date",
    "diagnostic",
    "error",
    "packed",
    "ascii",
    "vocab",
    "ontology",
    "read",
    "segment",
    "language",
    "recognise",
    "resolve",
    "extract",
    "map",
    "score",
    "express",
    "keep",
    "fetch",
    "store",
    "query",
    "derive",
    "recount",
    "link",
    "serve",
    "analyse",
    "export",
    "draw",
    "pipeline",
    "cli",
];

/// Pairs that look against the stream and are not: what is imported is a type that the upper room makes.
const ALLOWED: &[(&str, &str)] = &[];

/// No file is longer; a longer one needs a wall.
const MAX_LINES: usize = 500;

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

fn room_of(path: &Path) -> String {
    let relative = path.strip_prefix("src").unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let mut rooms = Vec::new();
    for line in code.lines().filter(|l| !l.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            let name: String = line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            rooms.push(name);
        }
    }
    rooms
}

#[test]
fn rooms_import_only_from_upstream() {
    let mut wrong = Vec::new();
    for path in rust_files(Path::new("src")) {
        let room = room_of(&path);
        let Some(here) = RIVER.iter().position(|r| *r == room) else { continue };
        for import in imports(&fs::read_to_string(&path).unwrap()) {
            let there = RIVER.iter().position(|r| *r == import);
            let fits = there.is_none_or(|t| t <= here) || ALLOWED.contains(&(room.as_str(), import.as_str()));
            if !fits {
                wrong.push(format!("{} imports {import}, which is downstream", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_is_on_the_map() {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    for path in rust_files(Path::new("src")) {
        let room = room_of(&path);
        let known = RIVER.contains(&room.as_str()) || matches!(room.as_str(), "lib" | "main");
        assert!(known, "{} belongs to no room of the river", path.display());
    }
    for room in RIVER.iter().filter(|r| **r != "cli") {
        assert!(lib.contains(&format!("pub mod {room};")), "lib.rs does not list {room}");
    }
}

#[test]
fn files_stay_small() {
    for path in rust_files(Path::new("src")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines: move the wall", path.display());
    }
}

#[test]
fn no_sample_names_in_the_code() {
    for path in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let bare: String = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        for name in ["Azerbaijan", "Pakistan", "SOCAR", "Aliyev", "Sharif"] {
            assert!(!bare.contains(name) || path.ends_with("tests.rs"), "{} knows {name}", path.display());
        }
    }
}
