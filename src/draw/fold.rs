//! Large pictures made small: leaves of a hub folded, and whole graphs drawn by class.
//!
//! Law: what is folded is counted in the picture and named on hover; nothing goes unsaid.

use super::picture::{Edge, Node, Picture};
use super::style::Style;
use std::collections::{BTreeMap, BTreeSet};

/// Kind of the node that stands for others.
const MORE: &str = "More";

impl Picture {
    /// Where more than `most` nodes hang on one node alone (or stand without lines in one group), the best supported stay and the
    /// rest becomes "and 34 more".
    pub fn fold(&self, most: usize) -> Self {
        let mut rest: BTreeMap<String, Vec<&Node>> = BTreeMap::new();
        for (hub, mut leaves) in self.leaves() {
            if leaves.len() > most && most > 0 {
                leaves.sort_by_key(|(weight, node)| (usize::MAX - weight, self.position(&node.id)));
                rest.insert(hub, leaves.into_iter().skip(most - 1).map(|(_, node)| node).collect());
            }
        }
        if rest.is_empty() {
            return self.clone();
        }
        let gone: BTreeSet<&str> = rest.values().flatten().map(|node| node.id.as_str()).collect();
        let mut folded = self.without(&gone);
        for (hub, nodes) in rest {
            let mut more = Node::new(format!("more/{hub}"), format!("and {} more", nodes.len()), MORE);
            more.folded = nodes.iter().map(|node| node.label.clone()).collect();
            if let Some(node) = nodes.first() {
                more.group.clone_from(&node.group);
            }
            let lines = self.edges().filter(|edge| nodes.iter().any(|node| edge.from == node.id || edge.to == node.id));
            let evidence: BTreeSet<String> = lines.flat_map(|edge| edge.evidence.iter().cloned()).collect();
            let id = more.id.clone();
            folded.add_node(more);
            if self.node(&hub).is_some() {
                folded.add_edge(Edge { evidence, ..Edge::new(&*hub, id, "").undirected() });
            }
        }
        folded
    }

    /// Nodes that hang on one other node only, by that node; those without lines in a group, by `group/NAME`. With their weight.
    fn leaves(&self) -> BTreeMap<String, Vec<(usize, &Node)>> {
        let mut neighbours: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
        for edge in self.edges().filter(|edge| !edge.is_loop()) {
            for (a, b) in [(&edge.from, &edge.to), (&edge.to, &edge.from)] {
                neighbours.entry(a).or_default().insert(b);
                *weight.entry(a).or_default() += edge.count + edge.evidence.len();
            }
        }
        let degree = |id: &str| neighbours.get(id).map_or(0, BTreeSet::len);
        let mut leaves: BTreeMap<String, Vec<(usize, &Node)>> = BTreeMap::new();
        for node in self.nodes().filter(|node| !node.focus && node.kind != MORE) {
            let own = weight.get(node.id.as_str()).copied().unwrap_or(node.evidence.len());
            match neighbours.get(node.id.as_str()).map(|list| list.iter().copied().collect::<Vec<_>>()).as_deref() {
                Some([hub]) if degree(hub) > 1 => leaves.entry((*hub).to_owned()).or_default().push((own, node)),
                None if !node.group.is_empty() => {
                    leaves.entry(format!("group/{}", node.group)).or_default().push((own, node))
                }
                _ => {}
            }
        }
        leaves
    }

    /// The same picture without some nodes and their edges.
    fn without(&self, gone: &BTreeSet<&str>) -> Self {
        let mut rest = self.emptied();
        self.nodes().filter(|node| !gone.contains(node.id.as_str())).for_each(|node| rest.add_node(node.clone()));
        let kept = |edge: &&Edge| !gone.contains(edge.from.as_str()) && !gone.contains(edge.to.as_str());
        self.edges().filter(kept).for_each(|edge| rest.add_edge(edge.clone()));
        rest
    }

    /// One node a class instead of one a thing; edges say how many they stand for.
    pub fn aggregate(&self, style: &Style) -> Self {
        let mut members: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        let class = |node: &Node| (style.order(&node.kind), style.kind(&node.kind).legend.clone());
        for node in self.nodes() {
            *members.entry((style.order(&node.kind), node.kind.as_str())).or_default() += 1;
        }
        let mut all = self.emptied();
        for ((_, kind), count) in &members {
            let name = style.kind(kind).legend.clone();
            all.add_node(Node::new(name.clone(), name, *kind).sublabel(grouped(*count)));
        }
        let mut lines: BTreeMap<(String, String), usize> = BTreeMap::new();
        for edge in self.edges() {
            let ends = [&edge.from, &edge.to].map(|id| self.node(id).map(|node| class(node).1).unwrap_or_default());
            let [from, to] = ends;
            *lines.entry((from, to)).or_default() += edge.count;
        }
        for ((from, to), count) in lines {
            all.add_edge(Edge { count, ..Edge::new(from, to, format!("{} ×", grouped(count))) });
        }
        all
    }

    fn emptied(&self) -> Self {
        let mut picture = Picture::new(&*self.title);
        (picture.subtitle, picture.footer) = (self.subtitle.clone(), self.footer.clone());
        (picture.flow, picture.start) = (self.flow, self.start.clone());
        (picture.charts, picture.quotes) = (self.charts.clone(), self.quotes.clone());
        picture
    }
}

/// `50,000`.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn star(leaves: usize) -> Picture {
        let mut picture = Picture::default();
        picture.add_edge(Edge::new("hub", "other", "met"));
        picture.add_edge(Edge::new("other", "third", "met"));
        (0..leaves).for_each(|i| picture.add_edge(Edge::new("hub", format!("leaf {i}"), "met")));
        picture
    }

    #[track_caller]
    fn check(leaves: usize, most: usize, nodes: usize, more: Option<&str>) {
        let folded = star(leaves).fold(most);
        assert_eq!(folded.nodes().len(), nodes);
        assert_eq!(folded.node("more/hub").map(|node| node.label.as_str()), more);
        let named: usize = folded.nodes().map(|node| node.folded.len()).sum();
        assert_eq!(folded.nodes().len() - usize::from(more.is_some()) + named, leaves + 3);
    }

    #[test]
    fn hubs_fold_and_nothing_goes_uncounted() {
        check(5, 8, 8, None);
        check(8, 8, 11, None);
        check(40, 7, 3 + 6 + 1, Some("and 34 more"));
    }

    #[test]
    fn large_graphs_are_drawn_by_class() {
        let all = star(2_000).aggregate(&Style::embedded().unwrap());
        assert_eq!(all.nodes().len(), 1);
        assert_eq!(all.nodes().next().unwrap().sublabel, "2,003");
        assert!(all.edges().all(|edge| edge.count == 2_002));
    }
}
