//! `dossier rank`: graph folder -> who stands in the middle.

use super::Outcome;
use super::args::{RankArgs, RankBy, RowsFormat};
use super::scope::open_store;
use super::terminal::{Output, cannot_write, count, say, width};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use dossier::analyse::{Betweenness, Network, betweenness, find_kinds, page_rank};
use dossier::draw::grouped;
use dossier::error::{Error, Result};
use dossier::ontology::EntityType;
use dossier::ontology::classes::{Classes, nearest};
use serde::Serialize;
use std::io::{self, Write};

/// Most kinds of ties in a row of the table.
const MOST_KINDS: usize = 3;

#[derive(Serialize)]
struct Row<'a> {
    rank: usize,
    iri: &'a str,
    label: &'a str,
    #[serde(rename = "type")]
    class: &'static str,
    degree: usize,
    pagerank: f64,
    betweenness: f64,
    /// Kinds of facts with their number.
    ties: Vec<(String, usize)>,
}

#[derive(Serialize)]
struct Ranking<'a> {
    entities: usize,
    ties: usize,
    /// How far betweenness may be off, where it is estimated.
    betweenness_error: Option<f64>,
    betweenness_samples: Option<usize>,
    ranks: Vec<Row<'a>>,
}

/// Ranks and writes.
pub(super) fn run(args: &RankArgs) -> Result<Outcome> {
    let kinds = find_kinds(&args.kinds)?;
    let class = args.class.as_deref().map(find_class).transpose()?;
    let store = open_store(&args.graph, &args.scope)?;
    let network = Network::read(&store, &kinds)?;
    let between = betweenness(network.web(), args.error);
    let rows = rank(&network, &between, class, args);
    let mut bytes = Vec::new();
    match args.format {
        RowsFormat::Table => write_table(&rows, &mut bytes).map_err(cannot_write)?,
        RowsFormat::Csv => write_csv(&rows, &mut bytes).map_err(cannot_write)?,
        RowsFormat::Json => {
            let (entities, ties) = (network.entities().len(), network.ties().len());
            let (betweenness_error, betweenness_samples) = between.estimate.unzip();
            let ranking = Ranking { entities, ties, betweenness_error, betweenness_samples, ranks: rows };
            serde_json::to_writer_pretty(&mut bytes, &ranking).map_err(cannot_write)?;
            bytes.push(b'\n');
        }
    }
    let mut out = Output::open();
    out.write_all(&bytes).and_then(|()| out.flush()).map_err(cannot_write)?;
    say(format_args!("{}{}", tell_size(&network), tell_estimate(&between)));
    Ok(Outcome::Complete)
}

pub(super) fn tell_size(network: &Network) -> String {
    let entities = match network.entities().len() {
        1 => "1 entity".to_owned(),
        many => format!("{} entities", grouped(many)),
    };
    format!("{entities}, {}", count(network.ties().len(), "tie"))
}

fn tell_estimate(between: &Betweenness) -> String {
    between.estimate.map_or_else(String::new, |(error, samples)| {
        format!("; betweenness ± {error} in nine of ten cases, from {}", count(samples, "sample"))
    })
}

fn find_class(name: &str) -> Result<EntityType> {
    let names = EntityType::ALL.iter().map(|kind| kind.as_str());
    let found = EntityType::ALL.iter().find(|kind| kind.as_str().eq_ignore_ascii_case(name));
    found.copied().ok_or_else(|| {
        let near = nearest(name, names.clone()).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
        let hint = format!("{near}the classes are {}", names.collect::<Vec<_>>().join(", "));
        Error::with_hint(format!("there is no class of entities called `{name}`"), hint)
    })
}

fn rank<'a>(network: &'a Network, between: &Betweenness, class: Option<EntityType>, args: &RankArgs) -> Vec<Row<'a>> {
    let ranks = page_rank(network.web());
    let share = |shares: &[f64], node: usize| shares.get(node).copied().unwrap_or_default();
    let degree = |node: usize| network.web().degree(node as u32);
    let weight = |node: usize| match args.by {
        RankBy::Pagerank => share(&ranks, node),
        RankBy::Betweenness => share(&between.shares, node),
        RankBy::Degree => degree(node) as f64,
    };
    let tied = (0..network.entities().len()).filter(|node| degree(*node) > 0);
    let mut nodes: Vec<usize> =
        tied.filter(|node| class.is_none_or(|class| network.entity(*node).is_some_and(|e| e.kind == class))).collect();
    // Equal ones stand in the order of their IRIs; the last digits of a sum are no difference.
    nodes.sort_by_key(|node| (std::cmp::Reverse((weight(*node) * 1e9).round() as u64), *node));
    let rows = (1..).zip(nodes.into_iter().take(args.limit)).filter_map(|(rank, node)| {
        let entity = network.entity(node)?;
        let (pagerank, betweenness) = (round(share(&ranks, node)), round(share(&between.shares, node)));
        let (iri, label, class) = (&*entity.iri, &*entity.label, entity.kind.as_str());
        Some(Row {
            rank,
            iri,
            label,
            class,
            degree: degree(node),
            pagerank,
            betweenness,
            ties: network.count_kinds(node),
        })
    });
    rows.collect()
}

fn round(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// `agreement 6, meeting 2 and 3 more`.
pub(super) fn tell_kinds(kinds: &[(String, usize)], most: usize, classes: &Classes) -> String {
    let tell = |(kind, number): &(String, usize)| format!("{} {number}", classes.label(kind).trim_start_matches("is "));
    let shown: Vec<String> = kinds.iter().take(most).map(tell).collect();
    let more: usize = kinds.iter().skip(most).map(|(_, number)| number).sum();
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

fn write_table(rows: &[Row<'_>], out: &mut Vec<u8>) -> io::Result<()> {
    if rows.is_empty() {
        say("nobody is tied to anybody by that; dossier facts lists what there is");
        return Ok(());
    }
    let classes = Classes::embedded().map_err(io::Error::other)?;
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width());
    table.set_header(["", "entity", "class", "neighbours", "PageRank", "betweenness", "tied by"]);
    for row in rows {
        table.add_row([
            row.rank.to_string(),
            row.label.to_owned(),
            classes.label(row.class).to_owned(),
            row.degree.to_string(),
            format!("{:.4}", row.pagerank),
            format!("{:.4}", row.betweenness),
            tell_kinds(&row.ties, MOST_KINDS, &classes),
        ]);
    }
    for column in [0, 3, 4, 5] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    writeln!(out, "{table}")
}

fn write_csv(rows: &[Row<'_>], out: &mut Vec<u8>) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["rank", "iri", "label", "type", "degree", "pagerank", "betweenness"])?;
    for row in rows {
        let figures = [row.degree.to_string(), row.pagerank.to_string(), row.betweenness.to_string()];
        let names = [row.rank.to_string(), row.iri.to_owned(), row.label.to_owned(), row.class.to_owned()];
        csv.write_record(names.into_iter().chain(figures))?;
    }
    csv.flush()
}
