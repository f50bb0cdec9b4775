//! `dossier conflicts`: graph folder -> what the sources contradict each other in.

use super::Outcome;
use super::ask_args::{ConflictsArgs, RowsFormat};
use super::flat::{entities_in, load_facts};
use super::names::Names;
use super::query::own_queries;
use super::terminal::{BOLD, DIM, Output, cannot_write, count, say, width};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use dossier::error::{Error, Result};
use dossier::ontology::classes::nearest;
use dossier::query::{NamedQuery, find, list};
use dossier::recount::{CONFLICTS, Conflict, Side, find_conflicts};
use dossier::store;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Finds the conflicts that the options leave and writes them.
pub(super) fn run(args: &ConflictsArgs) -> Result<Outcome> {
    let queries = choose_queries(args.sort.as_deref())?;
    let about = facts_about(args)?;
    let (_, store) = store::open(&args.graph.graph)?;
    let mut found = Vec::new();
    for query in &queries {
        found.extend(find_conflicts(&store, query)?);
    }
    if let Some(facts) = about {
        found.retain(|conflict| conflict.sides.iter().any(|side| facts.contains(&side.fact)));
    }
    let mut out = if args.format == RowsFormat::Table { Output::styled() } else { Output::open() };
    let written = match args.format {
        RowsFormat::Table => write_table(&found, &mut out),
        RowsFormat::Csv => write_csv(&found, &mut out),
        RowsFormat::Json => write_json(&found, &mut out),
    };
    written.and_then(|()| out.flush()).map_err(cannot_write)?;
    if args.format == RowsFormat::Table {
        say(count(found.len(), "conflict"));
    }
    Ok(Outcome::Complete)
}

fn choose_queries(sort: Option<&str>) -> Result<Vec<NamedQuery>> {
    let all = list(own_queries())?;
    let sorts: Vec<&str> = all.iter().filter_map(|(name, _)| name.strip_prefix(CONFLICTS)).collect();
    if let Some(sort) = sort.filter(|sort| !sorts.contains(sort)) {
        let near =
            nearest(sort, sorts.iter().copied()).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
        let hint = format!("{near}Known are {}", sorts.join(", "));
        return Err(Error::with_hint(format!("there is no sort of conflict called `{sort}`"), hint));
    }
    let wanted = sorts.into_iter().filter(|known| sort.is_none_or(|sort| sort == *known));
    wanted.map(|sort| find(&format!("{CONFLICTS}{sort}"), own_queries())).collect()
}

/// The facts in which one of the names has a part, by what their IRIs begin with in every source; `None` without names.
fn facts_about(args: &ConflictsArgs) -> Result<Option<BTreeSet<String>>> {
    if args.name.is_empty() {
        return Ok(None);
    }
    let kept = load_facts(&args.graph.graph)?;
    let names = Names::of(&kept.facts);
    let found = args.name.iter().map(|name| names.find(kept.follow(name)));
    let wanted: BTreeSet<&str> = found.map(|e| e.map(|e| e.iri.as_str())).collect::<Result<_>>()?;
    let about = kept.facts.iter().filter(|fact| entities_in(fact).any(|e| wanted.contains(e.iri.as_str())));
    Ok(Some(about.flat_map(dossier::express::names_in_graph).collect()))
}

fn write_table(found: &[Conflict], out: &mut impl Write) -> io::Result<()> {
    let (mut sort, mut first) = ("", true);
    for conflict in found {
        if std::mem::replace(&mut sort, &conflict.sort) != conflict.sort {
            let gap = if std::mem::replace(&mut first, false) { "" } else { "\n" };
            writeln!(out, "{gap}{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", conflict.sort, conflict.question)?;
        }
        writeln!(out, "\n{BOLD}{}{BOLD:#}", conflict.about)?;
        writeln!(out, "{}", side_by_side(&conflict.sides).trim_fmt())?;
    }
    Ok(())
}

/// Two columns of one width: what each side says, then its sentences.
fn side_by_side(sides: &[Side; 2]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width());
    table.set_constraints([ColumnConstraint::Absolute(Width::Percentage(50)); 2]);
    table.add_row(sides.each_ref().map(tell_head));
    table.add_row(sides.each_ref().map(tell_sentences));
    table
}

/// `$22 million [asserted, says Ana Ilves]`.
fn tell_head(side: &Side) -> String {
    let mut head = side.says.clone();
    // A value of a dataset has no status.
    if side.status != head && !side.status.is_empty() {
        head.push_str(&format!(" [{}]", side.status));
    }
    match &side.attributed_to {
        Some(speaker) => format!("{head}, says {speaker}"),
        None => head,
    }
}

fn tell_sentences(side: &Side) -> String {
    let told: Vec<String> =
        side.evidence.iter().map(|quote| format!("“{}”\n{}", quote.words(), quote.credit())).collect();
    told.join("\n")
}

fn write_csv(found: &[Conflict], out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let side = ["says", "status", "attributed_to", "fact", "sources", "quotes"];
    let sides = ["one", "other"].iter().flat_map(|which| side.map(|column| format!("{which}_{column}")));
    csv.write_record(["sort", "about"].map(str::to_owned).into_iter().chain(sides))?;
    for conflict in found {
        let cells = conflict.sides.iter().flat_map(|side| {
            let sources: BTreeSet<&str> = side.evidence.iter().map(|quote| quote.source.as_str()).collect();
            let quotes: Vec<String> = side.evidence.iter().map(dossier::recount::Quote::words).collect();
            [
                side.says.clone(),
                side.status.clone(),
                side.attributed_to.clone().unwrap_or_default(),
                side.fact.clone(),
                sources.into_iter().collect::<Vec<_>>().join("; "),
                quotes.join("\n"),
            ]
        });
        csv.write_record([conflict.sort.clone(), conflict.about.clone()].into_iter().chain(cells))?;
    }
    csv.flush()
}

fn write_json(found: &[Conflict], out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, found)?;
    out.write_all(b"\n")
}
