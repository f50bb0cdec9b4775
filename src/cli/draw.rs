//! `dossier draw`: graph folder -> diagram.

use super::Outcome;
use super::args::{DrawArgs, DrawEngine, DrawFormat};
use super::facts::find_kind;
use super::flat::load_facts;
use super::names::Names;
use super::query::{ask, find_query};
use super::terminal::{Output, cannot_write, report_diagnostics, say};
use dossier::draw::view::{View, Way, neighbourhood, path, picture_ontology, picture_rows, picture_triples, relations};
use dossier::draw::{Engine, Flow, Fonts, Format, Picture, RenderOptions, Style, grouped, render};
use dossier::error::{Error, Result};
use dossier::query::{Found, Header};
use dossier::store::{self, Store};
use oxigraph::model::Term;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Most boxes of a web of relations, and of the answer of a query, unless the user says otherwise.
const MOST_OF_WEB: usize = 30;
const MOST_OF_ANSWER: usize = 400;
/// Leaves of one hub, or cards of one group, before they fold.
const MOST_LEAVES: usize = 12;

/// Draws what the arguments ask for.
pub(super) fn run(args: &DrawArgs) -> Result<Outcome> {
    let format = choose_format(args)?;
    let style = Style::with_theme(&args.theme)?;
    if Path::new(&args.theme).is_file() {
        report_diagnostics(&style.faint(&args.theme));
    }
    let options = options_of(args)?;
    let picture = choose_picture(args)?;
    if picture.is_empty() {
        let hint = "dossier facts lists what the graph has; another --view or no name may show more";
        return Err(Error::with_hint("there is nothing to draw", hint));
    }
    let picture = limit(picture, args, &style);
    match &args.output {
        Some(path) => write_drawing(&picture, &style, format, &options, path)?,
        None => print_drawing(&picture, &style, format, &options)?,
    }
    Ok(Outcome::Complete)
}

fn options_of(args: &DrawArgs) -> Result<RenderOptions> {
    let mut fonts = Fonts::default();
    for file in &args.font {
        fonts.add(file)?;
    }
    let (engine, scale, footnotes) = (engine_of(args.engine), args.scale, args.footnotes);
    Ok(RenderOptions { engine, scale, footnotes, fonts, ..RenderOptions::default() })
}

/// Draws a picture into a file.
pub(super) fn write_drawing(
    picture: &Picture,
    style: &Style,
    format: Format,
    options: &RenderOptions,
    path: &Path,
) -> Result<()> {
    let drawing = render(picture, style, format, options)?;
    report_diagnostics(&drawing.notes);
    std::fs::write(path, &drawing.bytes).map_err(|cause| Error::file("write", path, cause))?;
    let (nodes, edges) = (picture.nodes().len(), picture.edges().len());
    let several = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let (boxes, lines) = (several(nodes, "box", "boxes"), several(edges, "line", "lines"));
    say(format_args!("{}: {boxes}, {lines}", path.display()));
    Ok(())
}

fn print_drawing(picture: &Picture, style: &Style, format: Format, options: &RenderOptions) -> Result<()> {
    let drawing = render(picture, style, format, options)?;
    report_diagnostics(&drawing.notes);
    let mut out = Output::open();
    out.write_all(&drawing.bytes).and_then(|()| out.flush()).map_err(cannot_write)
}

/// Folds what hangs on one box alone; draws what is too large by class, and says so.
fn limit(picture: Picture, args: &DrawArgs, style: &Style) -> Picture {
    let picture = if args.unfold { picture } else { picture.fold(MOST_LEAVES) };
    let (boxes, most) = (picture.nodes().len(), args.most.unwrap_or(MOST_OF_ANSWER).max(MOST_OF_WEB));
    if boxes <= most + 1 {
        return picture;
    }
    let text = format!("{} boxes are too many for one picture; this one counts them by class", grouped(boxes));
    say(format_args!("note: {text}"));
    say(format_args!("hint: --most {boxes} draws them all; a name, --kind or LIMIT in the query draws fewer"));
    let mut all = picture.aggregate(style);
    all.subtitle = if all.subtitle.is_empty() { text } else { format!("{}. {text}", all.subtitle) };
    all
}

fn choose_picture(args: &DrawArgs) -> Result<Picture> {
    let view = args.view.as_deref().map(View::find).transpose()?;
    if let Some(View { way: Way::Ontology, title, says, .. }) = &view {
        return picture_ontology(title, says);
    }
    let (_, store) = store::open(&args.graph.graph)?;
    if let Some(query) = &args.query {
        return picture_query(query, &store, &[]);
    }
    let kept = if args.name.is_empty() && args.kind.is_empty() { None } else { Some(load_facts(&args.graph.graph)?) };
    let facts = kept.as_ref().map(|kept| kept.facts.as_slice()).unwrap_or_default();
    let names = Names::of(facts);
    let found = args.name.iter().map(|name| names.find(kept.as_ref().map_or(name, |kept| kept.follow(name))));
    let entities = found.collect::<Result<Vec<_>>>()?;
    let iris: Vec<&str> = entities.iter().map(|entity| entity.iri.as_str()).collect();
    let most = args.most.unwrap_or(MOST_OF_WEB);
    match view {
        None if iris.is_empty() => draw_relations(args, &store, facts, most),
        None => neighbourhood(&store, &iris, args.hops, most),
        Some(view) => match &view.way {
            Way::Relations => draw_relations(args, &store, facts, most),
            Way::Neighbourhood if iris.is_empty() => Err(needs_names("neighbourhood", "one name or more")),
            Way::Neighbourhood => neighbourhood(&store, &iris, args.hops, most),
            Way::Path => match *iris {
                [from, to] => path(&store, from, to),
                _ => Err(needs_names("path", "two names")),
            },
            Way::Query(query) => {
                draw_view(&view, query, &store, &iris, &entities.iter().map(|e| &*e.label).collect::<Vec<_>>())
            }
            Way::Ontology => picture_ontology(&view.title, &view.says),
        },
    }
}

fn needs_names(view: &str, names: &str) -> Error {
    Error::with_hint(format!("the view {view} needs {names}"), format!("dossier draw NAME ... --view {view}"))
}

fn draw_relations(args: &DrawArgs, store: &Store, facts: &[dossier::extract::Fact], most: usize) -> Result<Picture> {
    let kinds = args.kind.iter().map(|kind| find_kind(kind, facts)).collect::<Result<Vec<_>>>()?;
    relations(store, &kinds, most)
}

/// A view that a query makes, of all or of what concerns some names.
fn draw_view(view: &View, query: &str, store: &Store, about: &[&str], names: &[&str]) -> Result<Picture> {
    Ok(dress(picture_query(query, store, about)?, view, names))
}

/// A picture with the headline, the line under it and the flow of its view.
fn dress(mut picture: Picture, view: &View, names: &[&str]) -> Picture {
    picture.title = if names.is_empty() { view.title.clone() } else { format!("{}: {}", view.title, names.join(", ")) };
    picture.subtitle.clone_from(&view.says);
    picture.flow = view.flow;
    if view.flow == Flow::Time {
        picture.sort_by_date();
    }
    picture
}

/// A view that a query makes, of the rows whose fact `fits`.
pub(super) fn draw_rows(view: &View, store: &Store, names: &[&str], fits: impl Fn(&str) -> bool) -> Result<Picture> {
    let Way::Query(query) = &view.way else { return Err(needs_names(&view.title, "a query")) };
    let Found::Solutions { variables, mut rows } = ask(store, &find_query(query)?)?.found else {
        return Err(Error::new(format!("the query {query} gives no rows")));
    };
    let at = variables.iter().position(|variable| variable.as_str() == "fact");
    let fact = |row: &Vec<Option<Term>>| match row.get(at?)? {
        Some(Term::NamedNode(fact)) => Some(fits(fact.as_str())),
        _ => None,
    };
    rows.retain(|row| fact(row).unwrap_or_default());
    let picture = picture_rows(store, &variables, &rows, &view.title, &[])?;
    Ok(dress(picture, view, names))
}

/// The picture of a query, titled by the question that it answers; only rows about the entities given, where any are.
pub(super) fn picture_query(name: &str, store: &Store, about: &[&str]) -> Result<Picture> {
    let query = find_query(name)?;
    let header = Header::parse(&query.text, &query.name)?;
    let title = match Path::new(&query.name).file_stem() {
        Some(stem) if header.summary.is_empty() => stem.to_string_lossy().into_owned(),
        _ => header.summary,
    };
    match ask(store, &query)?.found {
        Found::Graph(triples) => picture_triples(triples, &title),
        Found::Solutions { variables, rows } => picture_rows(store, &variables, &rows, &title, about),
        Found::Boolean(_) => {
            let hint = "draw a CONSTRUCT query, such as agreements/network, or a SELECT with ?from and ?to";
            Err(Error::with_hint(format!("the answer of {} is no graph", query.name), hint))
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
    if matches!(format, Format::Png | Format::Pdf) && args.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Error::with_hint(
            "a terminal cannot show this format",
            "name a file with -o, or redirect the output",
        ));
    }
    Ok(format)
}

pub(super) fn format_by_ending(path: &Path) -> Result<Format> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "svg" => Ok(Format::Svg),
        "png" => Ok(Format::Png),
        "pdf" => Ok(Format::Pdf),
        "html" | "htm" => Ok(Format::Html),
        "dot" | "gv" => Ok(Format::Dot),
        _ => {
            let message = format!("the ending of {} names no format of drawings", path.display());
            Err(Error::with_hint(message, "end it in .svg, .png, .pdf, .html or .dot, or use --format"))
        }
    }
}

fn format_of(format: DrawFormat) -> Format {
    match format {
        DrawFormat::Dot => Format::Dot,
        DrawFormat::Svg => Format::Svg,
        DrawFormat::Png => Format::Png,
        DrawFormat::Pdf => Format::Pdf,
        DrawFormat::Html => Format::Html,
    }
}

pub(super) fn engine_of(engine: DrawEngine) -> Engine {
    match engine {
        DrawEngine::Auto => Engine::Auto,
        DrawEngine::Graphviz => Engine::Graphviz,
        DrawEngine::Neato => Engine::Neato,
        DrawEngine::Sfdp => Engine::Sfdp,
        DrawEngine::Embedded => Engine::Embedded,
    }
}
