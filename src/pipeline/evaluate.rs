//! Gold and documents -> figures: what `dossier eval` and the project's own cases run.

use super::{Reading, Report, load, merge_facts, read_sources};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Result;
use crate::extract::Fact;
use crate::keep::Folder;
use crate::read::find_sources;
use crate::score::{Annotated, GoldFile, Tally, score_documents};
use std::path::{Path, PathBuf};

/// Reads the documents of `golds` afresh and scores what is found in them. `None` where no gold has a document.
///
/// # Errors
/// The knowledge in the binary is wrong. Gold without a document, and a document that cannot be read, are diagnostics.
pub fn evaluate_documents(golds: &[GoldFile]) -> Result<(Option<Tally>, Vec<Diagnostic>)> {
    let paths: Vec<PathBuf> = golds.iter().filter_map(|gold| gold.document.clone()).collect();
    let (sources, mut diagnostics) = find_sources(&paths);
    let Report { readings, facts, diagnostics: notes, .. } = read_sources(&sources)?;
    diagnostics.extend(notes);
    // Notes about dates and the like belong to `build`.
    diagnostics.retain(|finding| finding.severity == Severity::Error);
    let at_of = |gold: &GoldFile| {
        let source = sources.iter().find(|source| Some(&source.path) == gold.document.as_ref())?;
        readings.iter().position(|reading| reading.document.id == source.id)
    };
    let hint = "put the document beside it, or name its folder with --texts";
    let (tally, missing) = score_pairs(golds, &readings, &facts, at_of, ("beside it", hint));
    diagnostics.extend(missing);
    Ok((tally, diagnostics))
}

/// Scores what a graph folder says of the documents of `golds`, which it holds under their names.
///
/// # Errors
/// The folder, or a file of it, cannot be read.
pub fn evaluate_graph(golds: &[GoldFile], folder: &Folder) -> Result<(Option<Tally>, Vec<Diagnostic>)> {
    let (readings, facts) = load(folder)?;
    let is_called =
        |reading: &Reading, name: &str| Path::new(&reading.document.name).file_stem().is_some_and(|s| s == name);
    let at_of = |gold: &GoldFile| readings.iter().position(|reading| is_called(reading, &gold.name));
    Ok(score_pairs(golds, &readings, &facts, at_of, ("in the graph", "add it: dossier build PATH --graph DIR")))
}

fn score_pairs(
    golds: &[GoldFile],
    readings: &[Reading],
    facts: &[Vec<Fact>],
    at_of: impl Fn(&GoldFile) -> Option<usize>,
    (place, hint): (&str, &str),
) -> (Option<Tally>, Vec<Diagnostic>) {
    let (mut documents, mut missing) = (Vec::new(), Vec::new());
    for gold in golds {
        let GoldFile { name, golds, neutral, .. } = gold;
        match at_of(gold).and_then(|at| readings.get(at)).map(|reading| &reading.document) {
            Some(document) => {
                documents.push(Annotated { name, id: &document.id, text: &document.text, golds, neutral });
            }
            None => {
                let message = format!("there is no document `{name}` {place}");
                missing.push(Diagnostic::error(gold.path.display().to_string(), message).hint(hint));
            }
        }
    }
    let tally = (!documents.is_empty()).then(|| score_documents(&documents, &merge_facts(facts)));
    (tally, missing)
}
