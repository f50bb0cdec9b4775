//! `dossier map`: records -> a draft of a mapping; table and mapping -> N-Triples.

use super::Outcome;
use super::args::MapArgs;
use super::build::{has_errors, set_threads};
use super::terminal::{Output, cannot_write, count, report_diagnostics, say};
use dossier::diagnostic::Diagnostic;
use dossier::error::{Error, Result};
use dossier::map::{Mapping, RowSource, draft_mapping, stream_rows};
use dossier::read::records::{ObjectReader, open_table, open_unpacked, read_rows};
use dossier::read::{find_sources, read_source};
use dossier::vocab;
use std::io::Write;
use std::path::Path;

/// Drafts, or runs.
pub(super) fn run(args: &MapArgs) -> Result<Outcome> {
    set_threads(args.threads)?;
    match &args.with {
        Some(mapping) => run_mapping(args, mapping),
        None => draft(args),
    }
}

fn draft(args: &MapArgs) -> Result<Outcome> {
    let (sources, diagnostics) = find_sources(std::slice::from_ref(&args.file));
    let Some(source) = sources.first() else { return refuse(&diagnostics) };
    let rows = read_source(source).and_then(|(document, findings)| {
        let Some(records) = &document.records else {
            let message = "this is a document, which needs no mapping";
            return Err(Diagnostic::error(&document.name, message).hint("read it: dossier build FILE"));
        };
        if records.form.describes_itself() {
            let message = "what it holds says what it means: it needs no mapping";
            return Err(Diagnostic::error(&document.name, message).hint("read it: dossier build FILE"));
        }
        Ok((read_rows(records.form, &document.name, &document.text)?, findings))
    });
    let (rows, mut findings) = match rows {
        Ok(read) => read,
        Err(diagnostic) => return refuse(&[diagnostic]),
    };
    findings.extend(rows.findings.iter().cloned());
    report_diagnostics(&findings);
    let mut out = Output::open();
    let text = draft_mapping(&source.name, &rows);
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(cannot_write)?;
    Ok(Outcome::flawed_if(has_errors(&findings)))
}

fn refuse(diagnostics: &[Diagnostic]) -> Result<Outcome> {
    report_diagnostics(diagnostics);
    Ok(Outcome::Flawed)
}

fn run_mapping(args: &MapArgs, path: &Path) -> Result<Outcome> {
    let text = std::fs::read_to_string(path).map_err(|cause| Error::file("read", path, cause))?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let id = args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let source = args.evidence.then(|| vocab::source(&vocab::slug(&id)));
    let mut out = Output::open();
    let streamed = Mapping::parse(&text, &path.display().to_string()).and_then(|mapping| {
        let mut rows = open_rows(&args.file)?;
        stream_rows(rows.as_mut(), &name, &mapping, source.as_ref(), &mut out)
    });
    let streamed = match streamed {
        Ok(streamed) => streamed,
        Err(diagnostic) => return refuse(&[diagnostic]),
    };
    out.flush().map_err(cannot_write)?;
    report_diagnostics(&streamed.findings);
    say(format_args!("{}, {}", count(streamed.rows, "row"), count(streamed.triples, "triple")));
    Ok(Outcome::flawed_if(has_errors(&streamed.findings)))
}

/// The rows of a table or of JSON, plain or packed, by the ending of the file's name.
fn open_rows(path: &Path) -> std::result::Result<Box<dyn RowSource>, Diagnostic> {
    let shown = path.display().to_string();
    let name = shown.to_lowercase();
    let lines = match name.strip_suffix(".gz").unwrap_or(&name).rsplit('.').next() {
        Some("json") => false,
        Some("jsonl" | "ndjson") => true,
        Some("yaml" | "yml") => {
            let message = "YAML is not read as a stream";
            return Err(Diagnostic::error(shown, message).hint("put the mapping beside it: dossier build FILE"));
        }
        _ => return Ok(Box::new(open_table(path)?)),
    };
    Ok(Box::new(ObjectReader::open(&shown, lines, open_unpacked(path)?)?))
}
