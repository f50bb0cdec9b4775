//! The noun of this room: what a diagram says, before anything is placed.
//!
//! Law: a picture holds names and statements, never coordinates; views make it, layouts and formats only read it.

use crate::ontology::Status;
use indexmap::IndexMap;
use indexmap::map::Entry;

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
    nodes: IndexMap<String, Node>,
    edges: IndexMap<EdgeKey, Edge>,
}

/// Ends, status and direction: what edges must share to become one.
type EdgeKey = (String, String, Status, bool);

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
}

/// What is stated between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Key of the node it starts at.
    pub from: String,
    /// Key of the node it ends at.
    pub to: String,
    /// One statement a line, e.g. `met, 2025-02`.
    pub labels: Vec<String>,
    /// How sure the text is.
    pub status: Status,
    /// Whether it has an arrowhead.
    pub directed: bool,
    /// How many statements it stands for.
    pub count: usize,
}

impl Node {
    /// A node that is asserted, without a second line.
    pub fn new(id: impl Into<String>, label: impl Into<String>, kind: impl Into<String>) -> Self {
        let (id, label, kind) = (id.into(), label.into(), kind.into());
        Self { id, label, kind, sublabel: String::new(), status: Status::Asserted, focus: false }
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
        let labels = if label.is_empty() { Vec::new() } else { vec![label] };
        Self { from: from.into(), to: to.into(), labels, status: Status::Asserted, directed: true, count: 1 }
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

    /// Lines to show: equal labels once with their number, at most `MOST_EDGE_LINES`.
    pub fn lines(&self) -> Vec<String> {
        let mut counted: IndexMap<&str, usize> = IndexMap::new();
        for label in &self.labels {
            *counted.entry(label).or_default() += 1;
        }
        let line = |(label, count): (&&str, &usize)| match count {
            1 => (*label).to_owned(),
            _ => format!("{label} ({count}×)"),
        };
        if counted.len() <= MOST_EDGE_LINES {
            return counted.iter().map(line).collect();
        }
        let shown = MOST_EDGE_LINES - 1;
        let rest: usize = counted.values().skip(shown).sum();
        counted.iter().take(shown).map(line).chain([format!("and {rest} more")]).collect()
    }
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
                known.get_mut().labels.extend(edge.labels);
            }
            Entry::Vacant(place) => {
                place.insert(edge);
            }
        }
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
