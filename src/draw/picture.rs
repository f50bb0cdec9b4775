//! The noun of this room: what a diagram says, before anything is placed.
//!
//! Law: a picture holds names and statements, never coordinates; views make it, layouts and formats only read it.

use super::quote::Quote;
use super::when::{first_date, last_date, show_date, show_range};
use crate::ontology::Status;
use indexmap::map::Entry;
use indexmap::{IndexMap, IndexSet};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most lines that one edge shows; the rest is counted.
const MOST_EDGE_LINES: usize = 4;

/// A diagram as data. Order of nodes and edges is that of insertion, and decides nothing but ties.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// Headline; empty for none.
    pub title: String,
    /// What the headline leaves open: period, counts, what was left out.
    pub subtitle: String,
    /// Where it comes from: sources, date of the graph.
    pub footer: String,
    /// How it is to be read.
    pub flow: Flow,
    /// Key of the node that reading begins at: lines lead away from it on the page, whichever way their arrows point.
    pub start: Option<String>,
    /// Figures over time, drawn under the nodes.
    pub charts: Vec<Chart>,
    /// Passages by IRI: what nodes and edges name as evidence.
    pub quotes: BTreeMap<String, Quote>,
    pub(super) nodes: IndexMap<String, Node>,
    pub(super) edges: IndexMap<EdgeKey, Edge>,
}

/// How a picture is read, which decides how it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flow {
    /// A web: any direction, whatever fits the page best.
    #[default]
    Web,
    /// Ranks down the page.
    Down,
    /// Ranks from left to right.
    Right,
    /// One event under the other along an axis of time, without lines.
    Time,
}

/// Figures of one kind over time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chart {
    /// What is measured, between whom, in which unit.
    pub title: String,
    /// Its figures, in order of time.
    pub points: Vec<Figure>,
}

/// One figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figure {
    /// Year, month or day that it is for, as ISO 8601 or EDTF.
    pub period: String,
    /// The number, in plain units.
    pub value: f64,
    /// The number as it is shown.
    pub written: String,
    /// Whether it is a goal or a forecast.
    pub status: Status,
    /// Passages that state it.
    pub evidence: BTreeSet<String>,
}

/// Ends, status and direction: what edges must share to become one.
pub(super) type EdgeKey = (String, String, Status, bool);

/// Who or what is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Key within the picture, usually an IRI.
    pub id: String,
    /// Name to show.
    pub label: String,
    /// Local name of its class, e.g. `Person`; the style says how it looks.
    pub kind: String,
    /// A second, smaller line, e.g. the date of an agreement.
    pub sublabel: String,
    /// How sure the text is that there is such a thing.
    pub status: Status,
    /// Whether the picture is about this node.
    pub focus: bool,
    /// What it is drawn inside of, such as a country; empty for nothing.
    pub group: String,
    /// When it was, as ISO 8601 or EDTF; empty where that is open.
    pub date: String,
    /// Names that it stands for, where it stands for several.
    pub folded: Vec<String>,
    /// IRIs of the passages that speak of it.
    pub evidence: BTreeSet<String>,
    /// IRIs of the passages of its edges; see [`Picture::gather_around`].
    pub around: BTreeSet<String>,
}

/// Words on an edge, and when what they say was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// E.g. `meeting`.
    pub words: String,
    /// ISO 8601 or EDTF; empty where that is open.
    pub date: String,
}

/// What is stated between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Key of the node it starts at.
    pub from: String,
    /// Key of the node it ends at.
    pub to: String,
    /// One for each statement.
    pub wordings: Vec<Wording>,
    /// How sure the text is.
    pub status: Status,
    /// Whether it has an arrowhead.
    pub directed: bool,
    /// How many statements it stands for.
    pub count: usize,
    /// IRIs of the passages that say so.
    pub evidence: BTreeSet<String>,
}

impl Node {
    /// A node that is asserted, without a second line.
    pub fn new(id: impl Into<String>, label: impl Into<String>, kind: impl Into<String>) -> Self {
        let (id, label, kind) = (id.into(), label.into(), kind.into());
        Self {
            id,
            label,
            kind,
            sublabel: String::new(),
            status: Status::Asserted,
            focus: false,
            group: String::new(),
            date: String::new(),
            folded: Vec::new(),
            evidence: BTreeSet::new(),
            around: BTreeSet::new(),
        }
    }

    /// Passages to show with it: its own, else those of its edges.
    pub fn support(&self) -> &BTreeSet<String> {
        if self.evidence.is_empty() { &self.around } else { &self.evidence }
    }

    /// Adds a second line.
    pub fn sublabel(mut self, text: impl Into<String>) -> Self {
        self.sublabel = text.into();
        self
    }

    /// Says how sure the text is.
    pub fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Says when it was; the second line shows it where there is no other.
    pub fn when(mut self, date: &str) -> Self {
        date.clone_into(&mut self.date);
        if self.sublabel.is_empty() {
            self.sublabel = show_date(date);
        }
        self
    }

    /// Says that the picture is about this node.
    pub fn focus(mut self) -> Self {
        self.focus = true;
        self
    }
}

impl Edge {
    /// A directed, asserted edge; an empty label shows none.
    pub fn new(from: impl Into<String>, to: impl Into<String>, label: impl Into<String>) -> Self {
        let label = label.into();
        let wordings = if label.is_empty() { Vec::new() } else { vec![Wording { words: label, date: String::new() }] };
        let (from, to) = (from.into(), to.into());
        Self { from, to, wordings, status: Status::Asserted, directed: true, count: 1, evidence: BTreeSet::new() }
    }

    /// Says when it was.
    pub fn date(mut self, date: &str) -> Self {
        self.wordings.iter_mut().for_each(|wording| date.clone_into(&mut wording.date));
        self
    }

    /// Says how sure the text is.
    pub fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Takes the arrowhead away.
    pub fn undirected(mut self) -> Self {
        self.directed = false;
        self
    }

    /// Whether both ends are one node.
    pub fn is_loop(&self) -> bool {
        self.from == self.to
    }

    /// Lines to show: equal words once with their number and the range of their dates, at most `MOST_EDGE_LINES`.
    pub fn lines(&self) -> Vec<String> {
        let mut grouped: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for wording in &self.wordings {
            grouped.entry(&wording.words).or_default().push(&wording.date);
        }
        if grouped.len() <= MOST_EDGE_LINES {
            return grouped.iter().map(|(words, dates)| show_line(words, dates)).collect();
        }
        let shown = MOST_EDGE_LINES - 1;
        let rest: usize = grouped.values().skip(shown).map(Vec::len).sum();
        let lines = grouped.iter().take(shown).map(|(words, dates)| show_line(words, dates));
        lines.chain([format!("and {rest} more")]).collect()
    }

    /// All lines, however many.
    pub fn all_lines(&self) -> Vec<String> {
        let dated = |w: &Wording| show_line(&w.words, &[&w.date]);
        self.wordings.iter().map(dated).collect::<IndexSet<_>>().into_iter().collect()
    }

    /// The first and the last date that it names, as ISO 8601.
    pub fn dates(&self) -> Option<(String, String)> {
        let dates = || self.wordings.iter().filter_map(|wording| last_date(&wording.date));
        Some((dates().min()?, dates().max()?))
    }
}

fn show_line(words: &str, dates: &[&str]) -> String {
    let times = if dates.len() > 1 { format!(" ({}×)", dates.len()) } else { String::new() };
    let range = show_range(dates.iter().copied());
    let comma = if range.is_empty() || words.is_empty() { "" } else { ", " };
    format!("{words}{times}{comma}{range}")
}

impl Picture {
    /// A picture with a headline and nothing under it.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a node; where the key is there already, the first stays.
    pub fn add_node(&mut self, node: Node) {
        self.nodes.entry(node.id.clone()).or_insert(node);
    }

    /// Adds an edge. Ends without a node get one that shows the key; edges of one direction and status between the same two
    /// nodes become one, which shows the labels of all and counts them.
    pub fn add_edge(&mut self, edge: Edge) {
        for end in [&edge.from, &edge.to] {
            if !self.nodes.contains_key(end) {
                self.add_node(Node::new(end, end, ""));
            }
        }
        match self.edges.entry(key_of(&edge)) {
            Entry::Occupied(mut known) => {
                known.get_mut().count += edge.count;
                known.get_mut().wordings.extend(edge.wordings);
                known.get_mut().evidence.extend(edge.evidence);
            }
            Entry::Vacant(place) => {
                place.insert(edge);
            }
        }
    }

    /// Adds to a node what a further row says of it: words for its second line, and passages.
    pub fn extend_node(&mut self, id: &str, note: &str, evidence: BTreeSet<String>) {
        let Some(node) = self.nodes.get_mut(id) else { return };
        if !note.is_empty() && !node.sublabel.split("; ").any(|known| known == note) {
            let stop = if node.sublabel.is_empty() { "" } else { "; " };
            node.sublabel = format!("{}{stop}{note}", node.sublabel);
        }
        node.evidence.extend(evidence);
    }

    /// Nodes in the order of their insertion.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &Node> {
        self.nodes.values()
    }

    /// Edges in the order of their insertion.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = &Edge> {
        self.edges.values()
    }

    /// The node of a key.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// Puts the nodes in order of their dates: by the first day that each names, vaguer dates before the days that they hold.
    pub fn sort_by_date(&mut self) {
        self.nodes.sort_by(|_, a, _, b| first_date(&a.date).cmp(&first_date(&b.date)));
    }

    /// Names of the groups, in the order of their first nodes.
    pub fn groups(&self) -> IndexSet<&str> {
        self.nodes.values().map(|node| node.group.as_str()).filter(|group| !group.is_empty()).collect()
    }

    /// Quotes of passages, in the order of their IRIs.
    pub fn quotes_of<'a>(&'a self, evidence: &'a BTreeSet<String>) -> impl Iterator<Item = &'a Quote> {
        evidence.iter().filter_map(|passage| self.quotes.get(passage))
    }

    /// How many sources state something, by its passages; 0 where they are not known.
    pub fn count_sources(&self, evidence: &BTreeSet<String>) -> usize {
        self.quotes_of(evidence).map(|quote| &quote.source).collect::<BTreeSet<_>>().len()
    }

    /// Position of a key among [`Picture::nodes`].
    pub fn position(&self, id: &str) -> Option<usize> {
        self.nodes.get_index_of(id)
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

fn key_of(edge: &Edge) -> EdgeKey {
    let swap = !edge.directed && edge.to < edge.from;
    let (from, to) = if swap { (&edge.to, &edge.from) } else { (&edge.from, &edge.to) };
    (from.clone(), to.clone(), edge.status, edge.directed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edges: Vec<Edge>, expected: &[(&str, &str, &[&str])]) {
        let mut picture = Picture::default();
        edges.into_iter().for_each(|edge| picture.add_edge(edge));
        let lines: Vec<_> = picture.edges().map(Edge::lines).collect();
        let found: Vec<_> = picture.edges().zip(&lines).map(|(e, l)| (&*e.from, &*e.to, l.clone())).collect();
        let expected: Vec<_> =
            expected.iter().map(|(f, t, l)| (*f, *t, l.iter().map(|s| (*s).to_owned()).collect())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn parallel_edges_become_one() {
        check(
            vec![Edge::new("a", "b", "met"), Edge::new("a", "b", "met"), Edge::new("a", "b", "paid")],
            &[("a", "b", &["met (2×)", "paid"])],
        );
        check(
            vec![Edge::new("a", "b", "met").date("2025-02"), Edge::new("a", "b", "met").date("2024-07-11")],
            &[("a", "b", &["met (2×), 11 Jul 2024 – Feb 2025"])],
        );
        check(
            vec![Edge::new("a", "b", "met").undirected(), Edge::new("b", "a", "signed").undirected()],
            &[("a", "b", &["met", "signed"])],
        );
    }

    #[test]
    fn directions_and_statuses_stay_apart() {
        check(vec![Edge::new("a", "b", "x"), Edge::new("b", "a", "x")], &[("a", "b", &["x"]), ("b", "a", &["x"])]);
        check(
            vec![Edge::new("a", "b", "x"), Edge::new("a", "b", "x").status(Status::Denied)],
            &[("a", "b", &["x"]), ("a", "b", &["x"])],
        );
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let edges = ["1", "2", "3", "4", "5", "5"].map(|label| Edge::new("a", "b", label));
        check(edges.to_vec(), &[("a", "b", &["1", "2", "3", "and 3 more"])]);
    }

    #[test]
    fn ends_without_a_node_get_one() {
        let mut picture = Picture::default();
        picture.add_edge(Edge::new("a", "a", ""));
        assert_eq!(picture.nodes().map(|node| &*node.label).collect::<Vec<_>>(), ["a"]);
        assert!(picture.edges().all(|edge| edge.is_loop() && edge.lines().is_empty()));
    }
}
