//! Paths -> gold files, each with the document that it annotates.

use super::gold::{Gold, Neutral, find_facts_block, read_gold, read_neutral};
use crate::diagnostic::Diagnostic;
use crate::read::format_of;
use std::path::{Path, PathBuf};

/// The sentences that count for nothing, beside the gold.
const NEUTRAL: &str = "neutral.jsonl";

/// The gold of one document.
#[derive(Debug, Clone)]
pub struct GoldFile {
    /// The document's name: its file name without ending.
    pub name: String,
    /// The gold file as it was found.
    pub path: PathBuf,
    /// The document; `None` where none lies beside the gold.
    pub document: Option<PathBuf>,
    /// The facts in it.
    pub golds: Vec<Gold>,
    /// Sentences, of this and other documents, that count for nothing.
    pub neutral: Vec<Neutral>,
}

/// Finds gold in `paths`: files of lines (`NAME.gold.jsonl`, `NAME.jsonl`), Markdown cases with a block fenced as `facts`, and
/// folders of both. The document of a file of lines lies beside it, or in the folder `texts`.
///
/// Returns the gold in order of its paths, and what is wrong with it.
pub fn find_gold(paths: &[PathBuf], texts: Option<&Path>) -> (Vec<GoldFile>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        list_files(path, &mut files, &mut diagnostics);
    }
    files.sort();
    files.dedup();
    let found = files.iter().filter_map(|path| read_file(path, texts, &mut diagnostics)).collect();
    (found, diagnostics)
}

fn list_files(path: &Path, files: &mut Vec<PathBuf>, diagnostics: &mut Vec<Diagnostic>) {
    if !path.is_dir() {
        return files.push(path.to_owned());
    }
    let Ok(entries) = std::fs::read_dir(path) else {
        return diagnostics.push(unreadable(path, "the folder cannot be read"));
    };
    let before = files.len();
    files.extend(entries.flatten().map(|entry| entry.path()).filter(|path| holds_gold(path)));
    if files.len() == before {
        let hint = "it needs NAME.gold.jsonl beside NAME.txt, or NAME.md with a block fenced as ```facts";
        diagnostics.push(unreadable(path, "the folder holds no gold").hint(hint));
    }
}

/// Of the files in a folder: lines called gold, and Markdown with a block of facts.
fn holds_gold(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".gold.jsonl")
        || (is_markdown(path) && std::fs::read_to_string(path).is_ok_and(|text| find_facts_block(&text).is_some()))
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md" || ending == "markdown")
}

fn unreadable(path: &Path, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(path.display().to_string(), message)
}

fn read_file(path: &Path, texts: Option<&Path>, diagnostics: &mut Vec<Diagnostic>) -> Option<GoldFile> {
    let shown = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) => {
            diagnostics.push(unreadable(path, format!("cannot be read: {cause}")));
            return None;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (name, document, (golds, wrong)) = if is_markdown(path) {
        let Some((line, block)) = find_facts_block(&text) else {
            diagnostics.push(unreadable(path, "it has no block fenced as ```facts"));
            return None;
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        (stem, Some(path.to_owned()), read_gold(&shown, block, line))
    } else {
        let stem = name.strip_suffix(".gold.jsonl").or(name.strip_suffix(".jsonl")).unwrap_or(&name).to_owned();
        let document = find_document(texts.unwrap_or(folder), &stem);
        (stem, document, read_gold(&shown, &text, 1))
    };
    diagnostics.extend(wrong);
    let beside = folder.join(NEUTRAL);
    let (neutral, wrong) = match std::fs::read_to_string(&beside) {
        Ok(text) => read_neutral(&beside.display().to_string(), &text),
        Err(_) => Default::default(),
    };
    diagnostics.extend(wrong);
    Some(GoldFile { name, path: path.to_owned(), document, golds, neutral })
}

/// The document called `stem` in a folder, of any format that is read.
fn find_document(folder: &Path, stem: &str) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let fits = |path: &PathBuf| format_of(path).is_some() && path.file_stem().is_some_and(|name| name == stem);
    entries.filter(fits).min()
}
