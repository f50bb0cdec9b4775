//! Rows of a SELECT -> Picture. Columns have their meaning by name:
//!
//! | column | meaning |
//! |---|---|
//! | `from`, `to` | what the line joins: things or values; with one of them only, a row is a node |
//! | `fromLabel`, `toLabel` | what stands in the node, else the thing's name |
//! | `fromNote`, `toNote` | second line of the node |
//! | `fromDate`, `toDate` | when the node was, behind its note |
//! | `label`, `date` | words on the line and when it was (`date` of a single node: when that was) |
//! | `status` | `dos:Asserted`, `dos:Planned`, ...; of a single node, its own |
//! | `undirected` | true for a line without arrow |
//! | `group` | what both are drawn inside of; the same thing in two groups is drawn twice |
//! | `fact`, `passage` | what the line rests on: the passages of the fact, or this one, are the evidence |
//! | `value`, `unit` | a figure: rows of the same ends, label and unit become a chart over `date` |
//!
//! Where there is no `from`, the first two columns stand for `from` and `to`.

use super::read::{names_any, read_footer, read_label, read_passages, read_quotes};
use super::web::kind_of;
use crate::analyse::Rules;
use crate::draw::picture::{Chart, Edge, Figure, Node, Picture};
use crate::draw::style::Style;
use crate::draw::when::{last_date, show_note};
use crate::error::{Error, Result};
use crate::ontology::Status;
use crate::ontology::classes::Classes;
use crate::vocab;
use crate::vocab::capitalise;
use indexmap::IndexMap;
use oxigraph::model::Term;
use oxigraph::sparql::Variable;
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// A row by the names of its columns.
struct Row<'a>(BTreeMap<&'a str, &'a Term>);

/// Draws the rows of a query; see the head of this module for the columns. With `about`, only rows that hold one of these IRIs, or
/// whose fact does.
///
/// # Errors
/// The query gives one column only, or the store cannot be read.
pub fn picture_rows(
    store: &Store,
    variables: &[Variable],
    rows: &[Vec<Option<Term>>],
    title: &str,
    about: &[&str],
) -> Result<Picture> {
    let names = column_names(variables)?;
    let (style, rules) = (Style::embedded()?, Rules::embedded()?);
    let classes = Classes::embedded()?;
    let mut reader = Reader { store, style, rules, classes, picture: Picture::new(title), charts: IndexMap::new() };
    for row in rows {
        let cells = names.iter().zip(row).filter_map(|(name, term)| Some((*name, term.as_ref()?)));
        let row = Row(cells.collect());
        if about.is_empty() || concerns(store, &row, about)? {
            reader.take(&row)?;
        }
    }
    reader.finish()
}

fn concerns(store: &Store, row: &Row<'_>, about: &[&str]) -> Result<bool> {
    if row.0.keys().any(|column| row.text(column).is_some_and(|text| about.contains(&text))) {
        return Ok(true);
    }
    row.text("fact").map_or(Ok(false), |fact| names_any(store, fact, about))
}

fn column_names(variables: &[Variable]) -> Result<Vec<&str>> {
    let mut names: Vec<&str> = variables.iter().map(Variable::as_str).collect();
    if names.contains(&"from") || names.contains(&"to") {
        return Ok(names);
    }
    match names.as_mut_slice() {
        [from, to, ..] => (*from, *to) = ("from", "to"),
        _ => {
            let hint = "select ?from and ?to; dossier draw --help names the other columns";
            return Err(Error::with_hint("one column is no graph", hint));
        }
    }
    Ok(names)
}

struct Reader<'a> {
    store: &'a Store,
    style: Style,
    rules: Rules,
    classes: Classes,
    picture: Picture,
    charts: IndexMap<(String, String, String, String), Chart>,
}

impl<'a> Row<'a> {
    fn text(&self, column: &str) -> Option<&'a str> {
        Some(match self.0.get(column)? {
            Term::Literal(value) => value.value(),
            Term::NamedNode(node) => node.as_str(),
            _ => return None,
        })
    }

    fn status(&self) -> Status {
        let local = self.text("status").and_then(|iri| iri.strip_prefix(vocab::DOS)).unwrap_or_default();
        local.to_ascii_lowercase().parse().unwrap_or_default()
    }

    fn is_true(&self, column: &str) -> bool {
        self.text(column) == Some("true")
    }
}

impl Reader<'_> {
    fn take(&mut self, row: &Row<'_>) -> Result<()> {
        let evidence = self.evidence(row)?;
        let (from, to) = (self.end(row, "from")?, self.end(row, "to")?);
        match (from, to) {
            (Some(from), Some(to)) => self.join(row, from, to, evidence)?,
            (Some(node), None) | (None, Some(node)) => {
                let date = row.text("date").unwrap_or_default();
                let mut node = node.status(row.status()).when(date);
                // A label that ends in the date would say it twice.
                if let Some(name) = node.label.strip_suffix(date).and_then(|name| name.strip_suffix(", ")) {
                    node.label = name.to_owned();
                }
                node.label = capitalise(&node.label);
                // The same thing on two rows, such as a person with two posts.
                if self.picture.node(&node.id).is_some_and(|known| known.status == node.status) {
                    self.picture.extend_node(&node.id, &node.sublabel, evidence);
                } else {
                    self.picture.add_node(Node { evidence, ..node });
                }
            }
            (None, None) => {}
        }
        Ok(())
    }

    fn evidence(&self, row: &Row<'_>) -> Result<BTreeSet<String>> {
        match (row.text("passage"), row.text("fact")) {
            (Some(passage), _) => Ok(BTreeSet::from([passage.to_owned()])),
            (None, Some(fact)) => read_passages(self.store, fact),
            (None, None) => Ok(BTreeSet::new()),
        }
    }

    /// The node of one end of a row.
    fn end(&self, row: &Row<'_>, column: &str) -> Result<Option<Node>> {
        let Some(term) = row.0.get(column) else { return Ok(None) };
        let group = row.text("group").unwrap_or_default();
        let text = |suffix: &str| row.text(&format!("{column}{suffix}")).map(str::to_owned);
        let (id, label, kind) = match term {
            Term::NamedNode(node) => {
                let label = text("Label").map_or_else(|| read_label(self.store, node.as_str()), Ok)?;
                (node.as_str().to_owned(), label, kind_of(self.store, node.as_str(), &self.style)?)
            }
            Term::Literal(value) => (term.to_string(), value.value().to_owned(), "Literal".to_owned()),
            other => (other.to_string(), other.to_string(), String::new()),
        };
        let id = if group.is_empty() { id } else { format!("{group}/{id}") };
        let date = text("Date").unwrap_or_default();
        let note = show_note(&text("Note").unwrap_or_default(), &date);
        let is_fact = row.text("fact").is_some_and(|fact| row.text(column) == Some(fact));
        let mut node = Node::new(id, label, kind).sublabel(note);
        if is_fact {
            node.evidence = self.evidence(row)?;
        }
        (node.group, node.date) = (group.to_owned(), date);
        Ok(Some(node))
    }

    fn join(&mut self, row: &Row<'_>, from: Node, to: Node, evidence: BTreeSet<String>) -> Result<()> {
        let label = row.text("label").unwrap_or_default();
        let mut words = self.words_of(label);
        if let Some(value) = row.text("value").and_then(|value| value.parse::<f64>().ok()) {
            let unit = row.text("unit").unwrap_or_default();
            words = format!("{words} {}{}{unit}", show_number(value), if unit.is_empty() { "" } else { " " });
            self.figure(row, [&from.label, &to.label], label, value, &evidence);
        }
        let mutual = label.strip_prefix(vocab::DOS).is_some_and(|local| self.rules.is_undirected(local));
        let mut edge = Edge::new(&*from.id, &*to.id, words).status(row.status());
        edge = edge.date(row.text("date").unwrap_or_default());
        edge.evidence = evidence;
        self.picture.add_node(from);
        self.picture.add_node(to);
        self.picture.add_edge(if mutual || row.is_true("undirected") { edge.undirected() } else { edge });
        Ok(())
    }

    /// What stands on a line: the words, or the label or end of an IRI.
    fn words_of(&self, label: &str) -> String {
        match label.strip_prefix(vocab::DOS) {
            Some(local) => self.classes.label(local).trim_start_matches("is ").to_owned(),
            None if label.contains("://") => vocab::shorten(label),
            None => label.to_owned(),
        }
    }

    fn figure(&mut self, row: &Row<'_>, ends: [&str; 2], label: &str, value: f64, evidence: &BTreeSet<String>) {
        let unit = row.text("unit").unwrap_or_default();
        let Some(period) = row.text("date").filter(|date| last_date(date).is_some()) else { return };
        let [from, to] = ends.map(str::to_owned);
        let title = format!("{from} – {to}: {label}{}{unit}", if unit.is_empty() { "" } else { ", " });
        let chart = self.charts.entry((from, to, label.to_owned(), unit.to_owned())).or_default();
        chart.title = title;
        let written = row.text("written").map_or_else(|| show_number(value), str::to_owned);
        let figure =
            Figure { period: period.to_owned(), value, written, status: row.status(), evidence: evidence.clone() };
        match chart
            .points
            .iter_mut()
            .find(|p| p.period == figure.period && p.value == value && p.status == figure.status)
        {
            Some(same) => same.evidence.extend(figure.evidence),
            None => chart.points.push(figure),
        }
    }

    fn finish(mut self) -> Result<Picture> {
        let mut charts: Vec<Chart> = self.charts.into_values().collect();
        charts.retain(|chart| chart.points.len() > 1);
        for chart in &mut charts {
            chart.points.sort_by_key(|point| last_date(&point.period));
        }
        charts.sort_by_key(|chart| usize::MAX - chart.points.len());
        self.picture.charts = charts;
        self.picture.gather_around();
        let nodes = self.picture.nodes().flat_map(|node| node.evidence.iter());
        let passages: BTreeSet<String> =
            self.picture.edges().flat_map(|edge| edge.evidence.iter()).chain(nodes).cloned().collect();
        self.picture.quotes = read_quotes(self.store, passages.iter())?;
        self.picture.footer = read_footer(self.store, 0)?;
        Ok(self.picture)
    }
}

/// `22 million`, `1.5 billion`, `87`.
pub(crate) fn show_number(value: f64) -> String {
    let (part, word) = match value.abs() {
        size if size >= 1e12 => (value / 1e12, " trillion"),
        size if size >= 1e9 => (value / 1e9, " billion"),
        size if size >= 1e6 => (value / 1e6, " million"),
        _ => (value, ""),
    };
    let text = format!("{part:.2}");
    format!("{}{word}", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::show_number;

    #[track_caller]
    fn check(value: f64, expected: &str) {
        assert_eq!(show_number(value), expected);
    }

    #[test]
    fn numbers_are_short() {
        check(22_000_000.0, "22 million");
        check(1_530_000_000.0, "1.53 billion");
        check(87.0, "87");
        check(22.5, "22.5");
        check(100.0, "100");
    }
}
