//! `dossier build`: documents -> graph folder.

use super::Outcome;
use super::args::BuildArgs;
use super::terminal::{count, progress, report_diagnostics, say};
use dossier::diagnostic::{Diagnostic, Severity};
use dossier::error::{Error, Result};
use dossier::pipeline::{BuildOptions, Report, build_sources};
use dossier::read::{SourceFile, find_sources};
use std::path::Path;

/// Reads the sources, changes the graph, tells what was done.
pub(super) fn run(args: &BuildArgs) -> Result<Outcome> {
    set_threads(args.threads)?;
    let (sources, diagnostics) = find_sources(&args.paths);
    if sources.is_empty() {
        return refuse_nothing(args, &diagnostics);
    }
    let options = BuildOptions { prune: args.prune, force: args.force };
    let report = build_watched(&sources, diagnostics, &args.graph.graph, &options)?;
    report_diagnostics(&report.diagnostics);
    say(summarise(&sources, &report, &args.graph.graph));
    Ok(Outcome::flawed_if(has_errors(&report.diagnostics)))
}

/// [`build_sources`] with a progress bar.
pub(super) fn build_watched(
    sources: &[SourceFile],
    diagnostics: Vec<Diagnostic>,
    graph: &Path,
    options: &BuildOptions,
) -> Result<Report> {
    let bar = progress(sources.len());
    let report = build_sources(sources, diagnostics, graph, options, &|_, _| bar.inc(1));
    bar.finish_and_clear();
    report
}

/// The number of threads is rayon's to keep; it is told once, before the first work.
fn set_threads(threads: Option<usize>) -> Result<()> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    pool.map_err(|cause| Error::new(format!("cannot start {}: {cause}", count(threads, "thread"))))
}

/// Without a source the graph stays as it is; with `--prune` it would be emptied by a slip of the pen.
fn refuse_nothing(args: &BuildArgs, diagnostics: &[Diagnostic]) -> Result<Outcome> {
    report_diagnostics(diagnostics);
    if args.prune {
        let message = "no documents were found, and --prune would empty the graph";
        return Err(Error::with_hint(message, "check the paths; to start anew, remove the graph folder"));
    }
    say("no documents were found; the graph is as it was");
    Ok(Outcome::Flawed)
}

pub(super) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Sources and facts in one line, and what to do with them in another.
fn summarise(sources: &[SourceFile], report: &Report, graph: &Path) -> String {
    let kept = |id: &str| report.readings.binary_search_by(|r| r.document.id.as_str().cmp(id)).is_ok();
    let read = sources.iter().filter(|s| report.read.contains(&s.id)).count();
    let skipped = sources.iter().filter(|s| !kept(&s.id)).count();
    let mut parts = vec![format!("{read} read"), format!("{} unchanged", sources.len() - read - skipped)];
    parts.push(format!("{skipped} skipped"));
    if !report.pruned.is_empty() {
        parts.push(format!("{} dropped from the graph", report.pruned.len()));
    }
    let facts: usize = report.facts.iter().map(Vec::len).sum();
    let total = format!("{} in {}", count(facts, "fact"), count(report.readings.len(), "source"));
    let asked = match report.questions {
        0 => String::new(),
        more => format!("\n{}: who is who? dossier unsure lists them", count(more, "open question")),
    };
    format!("{}: {}\n{}: {total}{asked}", count(sources.len(), "source"), parts.join(", "), graph.display())
}
