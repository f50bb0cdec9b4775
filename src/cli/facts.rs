//! `dossier facts`: graph folder -> facts, one a line or row.

use super::Outcome;
use super::args::{FactsArgs, FactsFormat};
use super::flat::{Kept, Line, Pages, Roles, load_facts, tell_place};
use super::names::Names;
use super::terminal::{Output, cannot_write, count, say, width};
use comfy_table::{Attribute, Cell, ContentArrangement, Table, presets};
use dossier::error::{Error, Result};
use dossier::express::label_fact;
use dossier::extract::Fact;
use dossier::ontology::classes::{Classes, nearest};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Lists the facts that the options leave.
pub(super) fn run(args: &FactsArgs) -> Result<Outcome> {
    let kept = load_facts(&args.graph.graph)?;
    let facts = choose(&kept, args)?;
    let (classes, pages) = (Classes::embedded()?, Pages::of(&kept.readings));
    let mut out = Output::open();
    let written = match args.format {
        FactsFormat::Table => write_table(&facts, &classes, &pages, &mut out),
        FactsFormat::Csv => write_csv(&facts, &classes, &pages, &mut out),
        FactsFormat::Jsonl => write_lines(&facts, &pages, &mut out),
    };
    written.and_then(|()| out.flush()).map_err(cannot_write)?;
    if args.format == FactsFormat::Table {
        say(count(facts.len(), "fact"));
    }
    Ok(Outcome::Complete)
}

fn choose<'a>(kept: &'a Kept, args: &FactsArgs) -> Result<Vec<&'a Fact>> {
    let kind = args.kind.as_deref().map(|kind| find_kind(kind, &kept.facts)).transpose()?;
    let about = args.about.as_deref().map(|name| Names::of(&kept.facts).find(kept.follow(name))).transpose()?;
    let fits = |fact: &&Fact| {
        kind.as_ref().is_none_or(|kind| fact.kind == *kind)
            && args.status.is_none_or(|status| fact.status == status)
            && about.is_none_or(|entity| super::flat::entities_in(fact).any(|e| e.iri == entity.iri))
    };
    Ok(kept.facts.iter().filter(fits).collect())
}

/// The kind as it is spelled, whatever its case; also one that the graph happens not to have.
pub(super) fn find_kind(wanted: &str, facts: &[Fact]) -> Result<String> {
    let classes = Classes::embedded()?;
    let known: BTreeSet<&str> = facts.iter().map(|fact| fact.kind.as_str()).collect();
    let same = |name: &str| name.eq_ignore_ascii_case(wanted);
    let declared = || classes.terms().map(|(name, _)| name).filter(|name| classes.is_class(name));
    if let Some(kind) = known.iter().copied().find(|name| same(name)).or_else(|| declared().find(|name| same(name))) {
        return Ok(kind.to_owned());
    }
    let hint = match nearest(wanted, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("the graph has {}", known.into_iter().collect::<Vec<_>>().join(", ")),
    };
    Err(Error::with_hint(format!("there is no kind of fact called `{wanted}`"), hint))
}

fn write_lines(facts: &[&Fact], pages: &Pages<'_>, out: &mut impl Write) -> io::Result<()> {
    for fact in facts {
        serde_json::to_writer(&mut *out, &Line(fact, pages))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn write_csv(facts: &[&Fact], classes: &Classes, pages: &Pages<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "id",
        "kind",
        "fact",
        "status",
        "attributed_to",
        "roles",
        "source",
        "start",
        "end",
        "quote",
        "page",
    ])?;
    for fact in facts {
        let label = label_fact(fact, classes);
        let speaker = fact.attributed_to.as_ref().map_or("", |speaker| &speaker.label);
        let roles = serde_json::to_string(&Roles(fact))?;
        for e in &fact.evidence {
            let (start, end) = (e.span.start.to_string(), e.span.end.to_string());
            let page = pages.page(e).map(|page| page.to_string()).unwrap_or_default();
            let told = [fact.status.as_str(), speaker, &roles];
            let found = [&e.source, &start, &end, &e.quote, &page];
            csv.write_record(
                [&fact.iri, &fact.kind, &label]
                    .into_iter()
                    .map(String::as_str)
                    .chain(told)
                    .chain(found.map(String::as_str)),
            )?;
        }
    }
    csv.flush()
}

fn write_table(facts: &[&Fact], classes: &Classes, pages: &Pages<'_>, out: &mut impl Write) -> io::Result<()> {
    if facts.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width());
    table.set_header(["kind", "fact", "status", "source"].map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for fact in facts {
        let kind = classes.label(&fact.kind).to_owned();
        table.add_row([kind, label_fact(fact, classes), tell_status(fact), tell_sources(fact, pages)]);
    }
    writeln!(out, "{}", table.trim_fmt())
}

/// `planned, says Ana Ilves`.
fn tell_status(fact: &Fact) -> String {
    match &fact.attributed_to {
        Some(speaker) => format!("{}, says {}", fact.status.as_str(), speaker.label),
        None => fact.status.as_str().to_owned(),
    }
}

/// The first passage, and how many more there are.
fn tell_sources(fact: &Fact, pages: &Pages<'_>) -> String {
    let Some(first) = fact.evidence.first() else { return String::new() };
    let place = tell_place(first, pages);
    match fact.evidence.len() - 1 {
        0 => place,
        more => format!("{place} and {more} more"),
    }
}
