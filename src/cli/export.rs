//! `dossier export`: graph folder -> files for other programs.

use super::Outcome;
use super::args::{ExportArgs, ExportFormat};
use super::query::{ask, bind, find_query};
use super::scope::open_store;
use super::terminal::{Output, cannot_write, count, say};
use dossier::derive::derive;
use dossier::draw::grouped;
use dossier::error::{Error, Result};
use dossier::export::{
    Claims, Listing, named_in, select_part, write_edges, write_ftm, write_gexf, write_graphml, write_nodes, write_rdf,
    write_triples,
};
use dossier::query::{Found, parse};
use dossier::store::Store;
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::Triple;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// What is exported: a store, and the triples themselves where a CONSTRUCT gave them.
struct Wanted {
    store: Store,
    triples: Option<Vec<Triple>>,
}

/// Exports what the arguments ask for.
pub(super) fn run(args: &ExportArgs) -> Result<Outcome> {
    let format = choose_format(args)?;
    let wanted = select(args)?;
    if format == ExportFormat::Csv {
        return write_tables(&wanted.store, args);
    }
    let mut bytes = Vec::new();
    let told = write(&wanted, format, args, &mut bytes)?;
    match &args.output {
        Some(path) => write_file(path, &bytes)?,
        None => {
            let mut out = Output::open();
            out.write_all(&bytes).and_then(|()| out.flush()).map_err(cannot_write)?;
        }
    }
    let place = args.output.as_ref().map(|path| format!("{}: ", path.display())).unwrap_or_default();
    say(format_args!("{place}{told}"));
    Ok(Outcome::Complete)
}

/// A file is whole or not there.
fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |cause: io::Error| Error::file("write", path, cause);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.persist(path).map(drop).map_err(|cause| failed(cause.error))
}

fn select(args: &ExportArgs) -> Result<Wanted> {
    let query = match &args.query {
        Some(name) => {
            let query = find_query(name)?;
            parse(&query.text, &query.name)?;
            Some(query)
        }
        None => None,
    };
    let store = open_store(&args.graph, &args.scope)?;
    if args.derived {
        say(format_args!("note: with {}", count(derive(&store)?.len(), "derived triple")));
    }
    let Some(query) = query else { return Ok(Wanted { store, triples: None }) };
    let query = bind(query, &args.values, &store)?;
    let found = ask(&store, &query)?.found;
    if let Found::Boolean(_) = found {
        let hint = "use a SELECT of facts or entities, or a CONSTRUCT";
        return Err(Error::with_hint(format!("the answer of {} names no part of the graph", query.name), hint));
    }
    let part = select_part(&store, &named_in(&found))?;
    let triples = if let Found::Graph(triples) = found { Some(triples) } else { None };
    Ok(Wanted { store: part, triples })
}

fn write(wanted: &Wanted, format: ExportFormat, args: &ExportArgs, out: &mut Vec<u8>) -> Result<String> {
    let claims = if args.rdf11 { Claims::Statements } else { Claims::TripleTerms };
    let rdf = match format {
        ExportFormat::Ttl => RdfFormat::Turtle,
        ExportFormat::Trig => RdfFormat::TriG,
        ExportFormat::Nq => RdfFormat::NQuads,
        ExportFormat::Jsonld => RdfFormat::JsonLd { profile: JsonLdProfileSet::default() },
        ExportFormat::Ftm => return tell_exchange(&wanted.store, out),
        ExportFormat::Graphml | ExportFormat::Gexf | ExportFormat::Csv => return write_listing(wanted, format, out),
    };
    match &wanted.triples {
        Some(triples) => {
            write_triples(triples, rdf, claims, out)?;
            Ok(count(triples.len(), "triple"))
        }
        None => {
            write_rdf(&wanted.store, rdf, claims, out)?;
            Ok(format!("{} bytes", grouped(out.len())))
        }
    }
}

fn tell_exchange(store: &Store, out: &mut Vec<u8>) -> Result<String> {
    let told = write_ftm(store, out)?;
    let left = match (told.unsure, told.loose) {
        (0, 0) => String::new(),
        (unsure, loose) => format!("; left out: {unsure} not asserted, {loose} that tie nobody, such as figures"),
    };
    Ok(format!("{} entities and posts, {}{left}", grouped(told.entities), count(told.links, "link")))
}

fn write_listing(wanted: &Wanted, format: ExportFormat, out: &mut Vec<u8>) -> Result<String> {
    let listing = Listing::read(&wanted.store)?;
    let written = match format {
        ExportFormat::Gexf => write_gexf(&listing, out),
        _ => write_graphml(&listing, out),
    };
    written.map_err(cannot_write)?;
    Ok(tell_listing(&listing))
}

fn tell_listing(listing: &Listing) -> String {
    format!("{}, {}", count(listing.nodes.len(), "node"), count(listing.edges.len(), "edge"))
}

/// `nodes.csv` and `edges.csv` in a folder.
fn write_tables(store: &Store, args: &ExportArgs) -> Result<Outcome> {
    let Some(folder) = &args.output else {
        return Err(Error::with_hint("CSV is two files", "name a folder for nodes.csv and edges.csv with -o"));
    };
    if folder.is_file() {
        return Err(Error::with_hint(format!("{} is a file", folder.display()), "name a folder with -o"));
    }
    let listing = Listing::read(store)?;
    fs::create_dir_all(folder).map_err(|cause| Error::file("create", folder, cause))?;
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    write_nodes(&listing, &mut nodes).and_then(|()| write_edges(&listing, &mut edges)).map_err(cannot_write)?;
    write_file(&folder.join("nodes.csv"), &nodes)?;
    write_file(&folder.join("edges.csv"), &edges)?;
    say(format_args!("{}: {}", folder.display(), tell_listing(&listing)));
    Ok(Outcome::Complete)
}

/// The format that was named, else the one that the file's ending names.
fn choose_format(args: &ExportArgs) -> Result<ExportFormat> {
    let Some(path) = args.output.as_ref().filter(|_| args.format.is_none()) else {
        return Ok(args.format.unwrap_or(ExportFormat::Trig));
    };
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "ttl" => Ok(ExportFormat::Ttl),
        "trig" => Ok(ExportFormat::Trig),
        "nq" => Ok(ExportFormat::Nq),
        "jsonld" => Ok(ExportFormat::Jsonld),
        "graphml" => Ok(ExportFormat::Graphml),
        "gexf" => Ok(ExportFormat::Gexf),
        "json" | "jsonl" | "ftm" => Ok(ExportFormat::Ftm),
        "" => Ok(ExportFormat::Csv),
        _ => {
            let message = format!("the ending of {} names no format", path.display());
            let hint = "end it in .ttl, .trig, .nq, .jsonld, .graphml, .gexf or .jsonl (FollowTheMoney), name a folder for CSV, \
                        or use --format";
            Err(Error::with_hint(message, hint))
        }
    }
}
