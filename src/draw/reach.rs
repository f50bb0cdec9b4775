//! What the edges of a picture say of its nodes: who is joined, how far from the start, and by which passages.

use super::picture::Picture;
use std::collections::BTreeSet;

impl Picture {
    /// Takes out the nodes that no edge joins to another, unless there is no edge at all, and says how many those were.
    pub fn drop_unjoined(&mut self) -> usize {
        let joined: BTreeSet<&String> = self.edges.values().flat_map(|edge| [&edge.from, &edge.to]).collect();
        let before = self.nodes.len();
        if !joined.is_empty() {
            self.nodes.retain(|id, node| node.focus || joined.contains(id));
        }
        before - self.nodes.len()
    }

    /// Gives each node the passages of its edges.
    pub fn gather_around(&mut self) {
        for edge in self.edges.values() {
            for end in [&edge.from, &edge.to] {
                if let Some(node) = self.nodes.get_mut(end) {
                    node.around.extend(edge.evidence.iter().cloned());
                }
            }
        }
    }

    /// How many edges each node is from [`Picture::start`], in order; `None` where no start is set, or none leads there.
    pub fn steps(&self) -> Vec<Option<usize>> {
        let mut steps = vec![None; self.nodes.len()];
        let position = |id: &str| self.position(id);
        let ends: Vec<_> = self.edges().filter_map(|edge| Some((position(&edge.from)?, position(&edge.to)?))).collect();
        let mut ring: Vec<usize> = self.start.as_deref().and_then(position).into_iter().collect();
        for step in 0.. {
            ring.retain(|node| steps.get(*node) == Some(&None));
            if ring.is_empty() {
                break;
            }
            for node in &ring {
                steps.get_mut(*node).into_iter().for_each(|place| *place = Some(step));
            }
            let next = |(a, b): &(usize, usize)| [(*a, *b), (*b, *a)];
            ring = ends.iter().flat_map(next).filter(|(from, _)| ring.contains(from)).map(|(_, to)| to).collect();
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::picture::{Edge, Node};

    #[test]
    fn steps_are_counted_from_the_start_whichever_way_arrows_point() {
        let mut picture = Picture { start: Some("a".into()), ..Picture::default() };
        for (from, to) in [("a", "b"), ("c", "b"), ("c", "d"), ("x", "y")] {
            picture.add_edge(Edge::new(from, to, ""));
        }
        assert_eq!(picture.steps(), [Some(0), Some(1), Some(2), Some(3), None, None]);
    }

    #[test]
    fn nodes_rest_on_their_own_passages_or_on_those_of_their_edges() {
        let mut picture = Picture::default();
        picture.add_node(Node { evidence: BTreeSet::from(["p2".to_owned()]), ..Node::new("b", "b", "") });
        picture.add_edge(Edge { evidence: BTreeSet::from(["p1".to_owned()]), ..Edge::new("a", "b", "met") });
        picture.gather_around();
        let support = picture.nodes().map(|node| node.support().iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(support.collect::<Vec<_>>(), [["p2"], ["p1"]]);
    }
}
