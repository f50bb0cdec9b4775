//! `dossier timeline`: graph folder -> what happened, in order.

use super::Outcome;
use super::args::{DrawEngine, TimelineArgs, TimelineFormat};
use super::draw::{draw_rows, engine_of};
use super::flat::load_facts;
use super::names::Names;
use super::scope::open_store;
use super::terminal::{Output, cannot_write, count, say, width};
use comfy_table::{ContentArrangement, Table, presets};
use dossier::draw::view::View;
use dossier::draw::{Format, RenderOptions, Style, render};
use dossier::error::{Error, Result};
use dossier::recount::{Happening, read_happenings, write_calendar};
use dossier::store::Store;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Most words of a quote in the table.
const MOST_WORDS: usize = 24;

/// Writes what happened, of all or of what concerns some names.
pub(super) fn run(args: &TimelineArgs) -> Result<Outcome> {
    let (iris, labels) = find_names(args)?;
    let store = open_store(&args.graph, &args.scope)?;
    let about: Vec<&str> = iris.iter().map(String::as_str).collect();
    let mut happenings = read_happenings(&store, &about)?;
    happenings.retain(|happening| happening.touches(args.from, args.until));
    if happenings.is_empty() {
        say("nothing with a date is known of that; dossier facts lists what is");
    }
    let bytes = match args.format {
        TimelineFormat::Svg => draw(&happenings, &store, &labels)?,
        format => write_rows(&happenings, format).map_err(cannot_write)?,
    };
    match &args.output {
        Some(path) => std::fs::write(path, &bytes).map_err(|cause| Error::file("write", path, cause))?,
        None => {
            let mut out = Output::open();
            out.write_all(&bytes).and_then(|()| out.flush()).map_err(cannot_write)?;
        }
    }
    if args.format == TimelineFormat::Table || args.output.is_some() {
        say(count(happenings.len(), "event"));
    }
    Ok(Outcome::Complete)
}

/// IRIs and labels of the names given.
fn find_names(args: &TimelineArgs) -> Result<(Vec<String>, Vec<String>)> {
    if args.name.is_empty() {
        return Ok(Default::default());
    }
    let kept = load_facts(&args.graph.graph)?;
    let names = Names::of(&kept.facts);
    let found = args.name.iter().map(|name| names.find(kept.follow(name)));
    let pairs: Vec<_> = found.map(|e| e.map(|e| (e.iri.clone(), e.label.clone()))).collect::<Result<_>>()?;
    Ok(pairs.into_iter().unzip())
}

fn write_rows(happenings: &[Happening], format: TimelineFormat) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    match format {
        TimelineFormat::Csv => write_csv(happenings, &mut out)?,
        TimelineFormat::Json => {
            serde_json::to_writer_pretty(&mut out, happenings)?;
            out.push(b'\n');
        }
        TimelineFormat::Ics => write_calendar(happenings, &mut out)?,
        TimelineFormat::Table | TimelineFormat::Svg => write_table(happenings, &mut out)?,
    }
    Ok(out)
}

fn write_table(happenings: &[Happening], out: &mut impl Write) -> io::Result<()> {
    if happenings.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width()).set_header(["date", "what", "status", "words"]);
    for happening in happenings {
        let Happening { date, what, status, evidence, .. } = happening;
        let words = evidence.first().map(|quote| shorten(&quote.words())).unwrap_or_default();
        let more = if evidence.len() > 1 { format!(" (and {} more)", evidence.len() - 1) } else { String::new() };
        table.add_row([&date.to_string(), what, status, &format!("{words}{more}")]);
    }
    writeln!(out, "{}", table.trim_fmt())
}

fn shorten(quote: &str) -> String {
    let words: Vec<&str> = quote.split(' ').collect();
    match words.get(..MOST_WORDS) {
        Some(first) if words.len() > MOST_WORDS + 4 => format!("{} …", first.join(" ")),
        _ => quote.to_owned(),
    }
}

fn write_csv(happenings: &[Happening], out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["date", "what", "status", "fact", "sources", "quotes"])?;
    for Happening { date, what, status, fact, evidence } in happenings {
        let sources: BTreeSet<&str> = evidence.iter().map(|quote| quote.source.as_str()).collect();
        let sources = sources.into_iter().collect::<Vec<_>>().join("; ");
        let quotes: Vec<String> = evidence.iter().map(dossier::recount::Quote::words).collect();
        csv.write_record([&date.to_string(), what, status, fact, &sources, &quotes.join("\n")])?;
    }
    csv.flush()
}

fn draw(happenings: &[Happening], store: &Store, names: &[String]) -> Result<Vec<u8>> {
    let facts: BTreeSet<&str> = happenings.iter().map(|happening| happening.fact.as_str()).collect();
    let view = View::find("timeline")?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let picture = draw_rows(&view, store, &names, |fact| facts.contains(fact))?;
    if picture.is_empty() {
        return Err(Error::with_hint("there is nothing to draw", "a wider time or other names may show more"));
    }
    let options = RenderOptions { engine: engine_of(DrawEngine::Auto), ..RenderOptions::default() };
    Ok(render(&picture, &Style::embedded()?, Format::Svg, &options)?.bytes)
}
