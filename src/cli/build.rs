//! `dossier build`: documents -> graph folder.

use super::Outcome;
use super::args::BuildArgs;
use super::flat::entities_in;
use super::terminal::{count, progress, report_diagnostics, say};
use dossier::diagnostic::{Diagnostic, Severity};
use dossier::error::{Error, Result};
use dossier::extract::Fact;
use dossier::ontology::classes::Classes;
use dossier::pipeline::{BuildOptions, Report, build_sources, merge_facts};
use dossier::read::{SourceFile, find_sources};
use dossier::resolve::Entity;
use std::collections::BTreeMap;
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
    say(summarise(&sources, &report, &args.graph.graph)?);
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
pub(super) fn set_threads(threads: Option<usize>) -> Result<()> {
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

/// What was done with the sources, and what the graph holds now, by kind.
fn summarise(sources: &[SourceFile], report: &Report, graph: &Path) -> Result<String> {
    let kept = |id: &str| report.readings.binary_search_by(|r| r.document.id.as_str().cmp(id)).is_ok();
    let read = sources.iter().filter(|s| report.read.contains(&s.id)).count();
    let failed = sources.iter().filter(|s| !kept(&s.id)).count();
    let mut parts = vec![format!("{read} read"), format!("{} unchanged", sources.len() - read - failed)];
    parts.push(match failed {
        0 => "0 skipped".to_owned(),
        failed => format!("{failed} skipped (see the errors above)"),
    });
    if !report.pruned.is_empty() {
        parts.push(format!("{} dropped from the graph", report.pruned.len()));
    }
    let head = format!("{}: {}\n", count(sources.len(), "source"), parts.join(", "));
    let asked = match report.questions {
        0 => String::new(),
        more => format!("\n{}: who is who? dossier unsure lists them", count(more, "open question")),
    };
    Ok(head + &tell_graph(report, &merge_facts(&report.facts), graph)? + &asked)
}

/// What a graph holds: documents, passages, words; entities, facts and their status by kind.
pub(super) fn tell_graph(report: &Report, facts: &[Fact], graph: &Path) -> Result<String> {
    let classes = Classes::embedded()?;
    let words = count(report.readings.iter().map(|r| r.words).sum(), "word");
    let passages = count(report.readings.iter().map(|r| r.passages).sum(), "passage");
    let documents = count(report.readings.len(), "document");
    let mut text = format!("{}: {documents}, {passages}, {words}\n", graph.display());
    let entities: BTreeMap<&str, &Entity> =
        facts.iter().flat_map(entities_in).map(|entity| (entity.iri.as_str(), entity)).collect();
    text.push_str(&tell_counts("Entities", entities.values().map(|entity| classes.label(entity.kind.as_str()))));
    text.push_str(&tell_counts("Facts", facts.iter().map(|fact| classes.label(&fact.kind))));
    text.push_str(&tell_counts("Status", facts.iter().map(|fact| fact.status.as_str())));
    text.truncate(text.trim_end().len());
    Ok(text)
}

/// `  Facts     143: agreement 23, visit 12, …`, the most frequent first.
fn tell_counts<'a>(name: &str, labels: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    labels.for_each(|label| *counts.entry(label).or_default() += 1);
    let total: usize = counts.values().sum();
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(label, number)| (std::cmp::Reverse(*number), *label));
    let parts: Vec<String> = counts.into_iter().map(|(label, number)| format!("{label} {number}")).collect();
    let colon = if parts.is_empty() { "" } else { ": " };
    format!("  {name:9} {total}{colon}{}\n", parts.join(", "))
}
