//! `dossier verify`: whether every quote still stands where it was found.

use super::Outcome;
use super::args::VerifyArgs;
use super::terminal::{count, report_diagnostics, say};
use dossier::diagnostic::{Diagnostic, Severity};
use dossier::error::Result;
use dossier::keep::{Folder, Verified, verify};
use dossier::read::{Document, find_sources, read_source};

/// Checks the graph, and the sources where they are given.
pub(super) fn run(args: &VerifyArgs) -> Result<Outcome> {
    let folder = Folder::open(&args.graph.graph)?;
    let (documents, mut diagnostics) = read_again(args);
    let verified = verify(&folder, &documents)?;
    diagnostics.extend(verified.failures.iter().cloned());
    diagnostics.extend(find_unknown(&folder, &documents));
    report_diagnostics(&diagnostics);
    say(summarise(&verified, documents.len()));
    Ok(Outcome::flawed_if(!verified.failures.is_empty() || super::build::has_errors(&diagnostics)))
}

/// The sources that can be read; of what is said about them, only why others cannot.
fn read_again(args: &VerifyArgs) -> (Vec<Document>, Vec<Diagnostic>) {
    let (sources, mut diagnostics) = find_sources(&args.paths);
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
    let mut documents = Vec::new();
    for source in &sources {
        match read_source(source) {
            Ok((document, _)) => documents.push(document),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (documents, diagnostics)
}

/// Sources that were given but that the graph does not have.
fn find_unknown(folder: &Folder, documents: &[Document]) -> Vec<Diagnostic> {
    let unknown = documents.iter().filter(|document| folder.entry(&document.id).is_none());
    let warn = |document: &Document| {
        Diagnostic::warning(&document.name, "not in the graph").hint("add it: dossier build PATH")
    };
    unknown.map(warn).collect()
}

fn summarise(verified: &Verified, reread: usize) -> String {
    let Verified { sources, passages, facts, failures } = verified;
    let again = if reread > 0 { format!(" ({reread} read again)") } else { String::new() };
    let verdict = match failures.len() {
        0 => "every quote stands where it was found".to_owned(),
        failures => count(failures, "failure"),
    };
    let (sources, passages) = (count(*sources, "source"), count(*passages, "passage"));
    format!("{sources}{again}, {passages}, {}: {verdict}", count(*facts, "fact"))
}
