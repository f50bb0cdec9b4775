//! The shape of a network: nodes by number, undirected ties with weights.
//!
//! Law: neighbours stand in the order of their numbers, so that every walk goes the same way.

use petgraph::Directed;
use petgraph::csr::Csr;

/// Nodes from 0 on and ties between them, as compressed sparse rows.
#[derive(Debug, Clone)]
pub struct Web {
    /// Every tie in both directions, with its number.
    rows: Csr<(), u32, Directed, u32>,
    weights: Vec<f64>,
}

impl Web {
    /// A web of `nodes` nodes and the ties given: two nodes and a weight of 0 to 1. Of ties between the same two the first counts;
    /// those of a node with itself or with one that is not there do not. Returns the numbers of those that count, too.
    pub fn new(nodes: usize, ties: &[(u32, u32, f64)]) -> Self {
        let there = |node: u32| (node as usize) < nodes;
        let mut rows: Vec<(u32, u32, u32)> = Vec::with_capacity(ties.len() * 2);
        for (number, (a, b, _)) in (0..).zip(ties) {
            if a != b && there(*a) && there(*b) {
                rows.extend([(*a, *b, number), (*b, *a, number)]);
            }
        }
        rows.sort_unstable();
        rows.dedup_by_key(|(a, b, _)| (*a, *b));
        let weights = ties.iter().map(|(_, _, weight)| *weight).collect();
        // The rows are sorted and each is there once, which is all that can fail.
        let mut rows: Csr<(), u32, Directed, u32> = Csr::from_sorted_edges(&rows).unwrap_or_default();
        while rows.node_count() < nodes {
            rows.add_node(());
        }
        Self { rows, weights }
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.rows.node_count()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of ties, each once.
    pub fn tie_count(&self) -> usize {
        self.rows.edge_count() / 2
    }

    /// The nodes that one is tied to, in order.
    pub fn neighbours(&self, node: u32) -> &[u32] {
        if (node as usize) < self.len() { self.rows.neighbors_slice(node) } else { &[] }
    }

    /// The same, each with the number of the tie.
    pub fn ties(&self, node: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let numbers = if (node as usize) < self.len() { self.rows.edges_slice(node) } else { &[] };
        self.neighbours(node).iter().copied().zip(numbers.iter().copied())
    }

    /// Number of neighbours.
    pub fn degree(&self, node: u32) -> usize {
        self.neighbours(node).len()
    }

    /// Weight of a tie by its number.
    pub fn weight(&self, tie: u32) -> f64 {
        self.weights.get(tie as usize).copied().unwrap_or_default()
    }
}
