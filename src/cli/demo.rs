//! `dossier demo`: the sample corpus, from documents to diagrams, wherever the binary is.

use super::Outcome;
use super::args::DemoArgs;
use super::build::{build_watched, has_errors, tell_graph};
use super::draw::write_drawing;
use super::flat::entities_in;
use super::query::{ask, find_query};
use super::terminal::{BOLD, NAME, Output, cannot_write, count, report_diagnostics, width};
use dossier::diagnostic::Diagnostic;
use dossier::draw::view::{neighbourhood, relations};
use dossier::draw::{Format as DrawingFormat, Picture, RenderOptions, Style};
use dossier::error::{Error, Result};
use dossier::extract::Fact;
use dossier::pipeline::{BuildOptions, Report, merge_facts};
use dossier::query::{Format, Found, Header};
use dossier::read::find_sources;
use dossier::resolve::Entity;
use dossier::store::{self, Store};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// The documents of the project's `data/`, and the metadata beside them: names and texts, listed by `build.rs`.
const SAMPLE: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sample.rs"));
/// The queries that are asked.
const QUESTIONS: [&str; 3] = ["people/posts", "agreements/list", "sources/timeline"];
/// The kind of facts that has a drawing of its own.
const DRAWN: &str = "Agreement";
/// Rows of an answer that are shown.
const ROWS: usize = 8;
/// Most boxes of a diagram.
const BOXES: usize = 24;

/// Builds, counts, asks, draws.
pub(super) fn run(args: &DemoArgs) -> Result<Outcome> {
    let report = build_sample(&args.graph.graph)?;
    let facts = merge_facts(&report.facts);
    let mut out = Output::styled();
    write_findings(&report, &facts, &args.graph.graph, &mut out)?;
    let (_, store) = store::open(&args.graph.graph)?;
    QUESTIONS.iter().try_for_each(|name| write_answer(name, &store, &mut out))?;
    let hub = best_connected(&facts);
    draw_all(args, &store, hub, &mut out)?;
    write_next_steps(args, hub, &mut out).and_then(|()| out.flush()).map_err(cannot_write)?;
    Ok(Outcome::flawed_if(has_errors(&report.diagnostics)))
}

/// Writes the embedded documents to a folder of their own and builds it.
fn build_sample(graph: &Path) -> Result<Report> {
    let folder = tempfile::tempdir().map_err(|cause| Error::file("create", std::env::temp_dir(), cause))?;
    let data = folder.path().join("data");
    std::fs::create_dir(&data).map_err(|cause| Error::file("create", &data, cause))?;
    for (name, text) in SAMPLE {
        let path = data.join(name);
        std::fs::write(&path, text).map_err(|cause| Error::file("write", path, cause))?;
    }
    let (sources, diagnostics) = find_sources(&[data]);
    let mut report = build_watched(&sources, diagnostics, graph, &BuildOptions::default())?;
    for diagnostic in &mut report.diagnostics {
        hide_folder(diagnostic, folder.path());
    }
    Ok(report)
}

/// A document of the sample is `data/…` to the reader, wherever it was written.
fn hide_folder(diagnostic: &mut Diagnostic, folder: &Path) {
    if let Ok(rest) = Path::new(&diagnostic.source).strip_prefix(folder) {
        diagnostic.source = rest.display().to_string();
    }
}

fn write_findings(report: &Report, facts: &[Fact], graph: &Path, out: &mut impl Write) -> Result<()> {
    let mut text = format!("{BOLD}Built{BOLD:#} {}\n", tell_graph(report, facts, graph)?);
    if report.diagnostics.is_empty() {
        text.push_str("  Skipped   nothing\n");
    }
    write!(out, "{text}").and_then(|()| out.flush()).map_err(cannot_write)?;
    report_diagnostics(&report.diagnostics);
    Ok(())
}

/// Entities by IRI with the number of facts that name them.
fn entities_of(facts: &[Fact]) -> BTreeMap<&str, (&Entity, usize)> {
    let mut entities: BTreeMap<&str, (&Entity, usize)> = BTreeMap::new();
    for entity in facts.iter().flat_map(entities_in) {
        entities.entry(&entity.iri).or_insert((entity, 0)).1 += 1;
    }
    entities
}

/// The body or person that most facts name: countries would draw everything.
fn best_connected(facts: &[Fact]) -> Option<&Entity> {
    let entities = entities_of(facts);
    let named = entities.values().filter(|(entity, _)| entity.kind.is_body());
    named.max_by_key(|(entity, number)| (*number, std::cmp::Reverse(entity.iri.as_str()))).map(|(entity, _)| *entity)
}

fn write_answer(name: &str, store: &Store, out: &mut impl Write) -> Result<()> {
    let query = find_query(name)?;
    let header = Header::parse(&query.text, &query.name)?;
    let mut answer = ask(store, &query)?;
    let total = answer.len();
    if let Found::Solutions { rows, .. } = &mut answer.found {
        rows.truncate(ROWS);
    }
    writeln!(out, "\n{BOLD}{}{BOLD:#}  {NAME}dossier query {name}{NAME:#}", header.summary).map_err(cannot_write)?;
    answer.write(Format::Table, out, width())?;
    if total > ROWS {
        writeln!(out, " and {}", count(total - ROWS, "more row")).map_err(cannot_write)?;
    }
    Ok(())
}

fn draw_all(args: &DemoArgs, store: &Store, hub: Option<&Entity>, out: &mut impl Write) -> Result<()> {
    std::fs::create_dir_all(&args.drawings).map_err(|cause| Error::file("create", &args.drawings, cause))?;
    writeln!(out, "\n{BOLD}Drawn{BOLD:#}").and_then(|()| out.flush()).map_err(cannot_write)?;
    draw(args, "relations", &relations(store, &[], BOXES)?)?;
    draw(args, "agreements", &relations(store, &[DRAWN.to_owned()], BOXES)?)?;
    hub.map_or(Ok(()), |hub| draw(args, "neighbourhood", &neighbourhood(store, &[&hub.iri], 1, BOXES)?))
}

fn draw(args: &DemoArgs, name: &str, picture: &Picture) -> Result<()> {
    if picture.is_empty() {
        return Ok(());
    }
    let path = args.drawings.join(format!("{name}.svg"));
    write_drawing(picture, &Style::embedded()?, DrawingFormat::Svg, &RenderOptions::default(), &path)
}

fn write_next_steps(args: &DemoArgs, hub: Option<&Entity>, out: &mut impl Write) -> std::io::Result<()> {
    let graph = args.graph.graph.display().to_string();
    let graph = if graph == "graph" { graph_option(None) } else { graph_option(Some(&graph)) };
    writeln!(out, "\n{BOLD}Next{BOLD:#}")?;
    if let Some(hub) = hub {
        writeln!(out, "  {NAME}dossier show \"{}\"{graph}{NAME:#}", hub.label)?;
    }
    writeln!(out, "  {NAME}dossier facts --kind Agreement{graph}{NAME:#}")?;
    writeln!(out, "  {NAME}dossier query --list{NAME:#}")?;
    writeln!(out, "  {NAME}dossier verify{graph}{NAME:#}")?;
    writeln!(out, "  {NAME}dossier build FOLDER --graph mine{NAME:#}   for documents of your own")
}

fn graph_option(graph: Option<&str>) -> String {
    graph.map(|graph| format!(" --graph {graph}")).unwrap_or_default()
}
