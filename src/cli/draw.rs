//! `dossier draw`: graph folder -> diagram.

use super::Outcome;
use super::args::{DrawArgs, DrawEngine, DrawFormat};
use super::facts::find_kind;
use super::flat::load_facts;
use super::names::Names;
use super::query::{ask, find_query};
use super::terminal::{Output, cannot_write, report_diagnostics, say};
use dossier::draw::view::{neighbourhood, picture_triples, relations};
use dossier::draw::{Engine, Format, Picture, RenderOptions, Style, render};
use dossier::error::{Error, Result};
use dossier::query::{Found, Header};
use dossier::store::{self, Store};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Draws what the arguments ask for.
pub(super) fn run(args: &DrawArgs) -> Result<Outcome> {
    let format = choose_format(args)?;
    let (_, store) = store::open(&args.graph.graph)?;
    let picture = choose_picture(args, &store)?;
    if picture.is_empty() {
        return Err(Error::with_hint("there is nothing to draw", "dossier facts lists what the graph has"));
    }
    let options = RenderOptions { engine: engine_of(args.engine), ..RenderOptions::default() };
    match &args.output {
        Some(path) => write_drawing(&picture, format, &options, path)?,
        None => print_drawing(&picture, format, &options)?,
    }
    Ok(Outcome::Complete)
}

/// Draws a picture into a file.
pub(super) fn write_drawing(picture: &Picture, format: Format, options: &RenderOptions, path: &Path) -> Result<()> {
    let drawing = render(picture, &Style::embedded()?, format, options)?;
    report_diagnostics(&drawing.notes);
    std::fs::write(path, &drawing.bytes).map_err(|cause| Error::file("write", path, cause))?;
    let (nodes, edges) = (picture.nodes().len(), picture.edges().len());
    say(format_args!("{}: {nodes} boxes, {edges} lines", path.display()));
    Ok(())
}

fn print_drawing(picture: &Picture, format: Format, options: &RenderOptions) -> Result<()> {
    let drawing = render(picture, &Style::embedded()?, format, options)?;
    report_diagnostics(&drawing.notes);
    let mut out = Output::open();
    out.write_all(&drawing.bytes).and_then(|()| out.flush()).map_err(cannot_write)
}

/// The picture of a CONSTRUCT query, titled by the question that the query answers.
pub(super) fn picture_query(name: &str, store: &Store) -> Result<Picture> {
    let query = find_query(name)?;
    let Found::Graph(triples) = ask(store, &query)?.found else {
        let hint = "draw a CONSTRUCT query, such as agreements/network";
        return Err(Error::with_hint(format!("the answer of {} is no graph", query.name), hint));
    };
    let header = Header::parse(&query.text, &query.name)?;
    let title = if header.summary.is_empty() { query.name } else { header.summary };
    picture_triples(triples, &title)
}

fn choose_picture(args: &DrawArgs, store: &Store) -> Result<Picture> {
    match (&args.query, &args.name) {
        (Some(query), _) => picture_query(query, store),
        (None, Some(name)) => {
            let kept = load_facts(&args.graph.graph)?;
            let entity = Names::of(&kept.facts).find(kept.follow(name))?;
            neighbourhood(store, &entity.iri, args.hops, args.most)
        }
        (None, None) => {
            let facts = if args.kind.is_empty() { Vec::new() } else { load_facts(&args.graph.graph)?.facts };
            let kinds = args.kind.iter().map(|kind| find_kind(kind, &facts)).collect::<Result<Vec<_>>>()?;
            relations(store, &kinds, args.most)
        }
    }
}

/// The format that was named, else the one that the file's ending names.
fn choose_format(args: &DrawArgs) -> Result<Format> {
    let format = match (args.format, &args.output) {
        (Some(format), _) => format_of(format),
        (None, Some(path)) => format_by_ending(path)?,
        (None, None) => Format::Svg,
    };
    if format == Format::Png && args.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Error::with_hint("a terminal cannot show a PNG", "name a file with -o, or redirect the output"));
    }
    Ok(format)
}

fn format_by_ending(path: &Path) -> Result<Format> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "svg" => Ok(Format::Svg),
        "png" => Ok(Format::Png),
        "dot" | "gv" => Ok(Format::Dot),
        _ => {
            let message = format!("the ending of {} names no format of drawings", path.display());
            Err(Error::with_hint(message, "end it in .svg, .png or .dot, or use --format"))
        }
    }
}

fn format_of(format: DrawFormat) -> Format {
    match format {
        DrawFormat::Dot => Format::Dot,
        DrawFormat::Svg => Format::Svg,
        DrawFormat::Png => Format::Png,
    }
}

fn engine_of(engine: DrawEngine) -> Engine {
    match engine {
        DrawEngine::Auto => Engine::Auto,
        DrawEngine::Graphviz => Engine::Graphviz,
        DrawEngine::Embedded => Engine::Embedded,
    }
}
