//! Who belongs together: communities of high modularity, and what ties each.
//!
//! Law: nodes are tried in order and ties of equal gain go to the lower number, so that the same web gives the same groups. Every group
//! hangs together. The method is that of Blondel et al. (2008) with the parts that fall apart split off, as Traag et al. (2019) ask.

use super::web::Web;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A gain of modularity that counts.
const GAIN: f64 = 1e-9;
/// Rounds over all nodes of one level.
const MOST_ROUNDS: usize = 100;

/// A division of a web.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// Groups of two nodes or more, the largest first, nodes in order.
    pub groups: Vec<Vec<u32>>,
    /// Newman's modularity: how much more weight lies inside groups than chance would put there, -0.5 to 1.
    pub modularity: f64,
}

/// One level: nodes that stand for groups of the level below.
struct Level {
    ties: Vec<BTreeMap<u32, f64>>,
    loops: Vec<f64>,
    strength: Vec<f64>,
    total: f64,
}

/// Divides a web into communities.
pub fn divide(web: &Web) -> Division {
    let mut level = Level::of(web);
    let total = level.total;
    let mut group: Vec<u32> = (0..web.len() as u32).collect();
    while let Some(moved) = level.move_nodes() {
        let (names, count) = renumber(&moved);
        for own in &mut group {
            *own = names.get(*own as usize).copied().unwrap_or_default();
        }
        level = level.fold(&names, count);
    }
    let group = split_apart(web, &group);
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (node, group) in (0..).zip(&group) {
        members.entry(*group).or_default().push(node);
    }
    let modularity = measure(web, &group, total);
    let mut groups: Vec<Vec<u32>> = members.into_values().filter(|nodes| nodes.len() > 1).collect();
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    Division { groups, modularity }
}

impl Level {
    fn of(web: &Web) -> Self {
        let of = |node| web.ties(node).map(|(other, tie)| (other, web.weight(tie))).collect();
        let ties: Vec<BTreeMap<u32, f64>> = (0..web.len() as u32).map(of).collect();
        Self::new(ties, vec![0.0; web.len()])
    }

    fn new(ties: Vec<BTreeMap<u32, f64>>, loops: Vec<f64>) -> Self {
        let strength: Vec<f64> = ties.iter().zip(&loops).map(|(ties, own)| ties.values().sum::<f64>() + own).collect();
        let total = strength.iter().sum();
        Self { ties, loops, strength, total }
    }

    /// The group of each node once no move of one node gains; `None` where none ever did.
    fn move_nodes(&self) -> Option<Vec<u32>> {
        let mut group: Vec<u32> = (0..self.ties.len() as u32).collect();
        let mut sums = self.strength.clone();
        let mut any = false;
        for _ in 0..MOST_ROUNDS {
            let mut moved = false;
            for node in 0..self.ties.len() {
                let best = self.best_group(node, &group, &mut sums);
                moved |= best != group[node];
                group[node] = best;
                sums[best as usize] += self.strength[node];
            }
            any |= moved;
            if !moved {
                break;
            }
        }
        any.then_some(group)
    }

    /// Takes a node out of its group and says where it gains most.
    fn best_group(&self, node: usize, group: &[u32], sums: &mut [f64]) -> u32 {
        let own = group[node];
        sums[own as usize] -= self.strength[node];
        let mut shares: BTreeMap<u32, f64> = BTreeMap::from([(own, 0.0)]);
        for (other, weight) in &self.ties[node] {
            *shares.entry(group[*other as usize]).or_default() += weight;
        }
        let gain = |(to, share): (&u32, &f64)| share - sums[*to as usize] * self.strength[node] / self.total;
        let stay = gain((&own, shares.get(&own).unwrap_or(&0.0)));
        let mut best = (own, stay);
        for pair in &shares {
            let gained = gain(pair);
            if gained > best.1 + GAIN {
                best = (*pair.0, gained);
            }
        }
        best.0
    }

    /// The level above, where each group is one node.
    fn fold(&self, names: &[u32], count: usize) -> Self {
        let (mut ties, mut loops) = (vec![BTreeMap::new(); count], vec![0.0; count]);
        for (node, name) in names.iter().enumerate() {
            loops[*name as usize] += self.loops[node];
            for (other, weight) in &self.ties[node] {
                let to = names[*other as usize];
                if to == *name {
                    loops[to as usize] += weight;
                } else {
                    *ties[*name as usize].entry(to).or_insert(0.0) += weight;
                }
            }
        }
        Self::new(ties, loops)
    }
}

/// Groups numbered from 0 in the order in which they come.
fn renumber(group: &[u32]) -> (Vec<u32>, usize) {
    let mut names: FxHashMap<u32, u32> = FxHashMap::default();
    let renamed = group.iter().map(|own| {
        let next = names.len() as u32;
        *names.entry(*own).or_insert(next)
    });
    let renamed: Vec<u32> = renamed.collect();
    (renamed, names.len())
}

/// Each part of a group that hangs together, as a group of its own.
fn split_apart(web: &Web, group: &[u32]) -> Vec<u32> {
    let mut part = vec![u32::MAX; group.len()];
    let mut parts = 0;
    for start in 0..group.len() {
        if part[start] != u32::MAX {
            continue;
        }
        let mut open = vec![start as u32];
        part[start] = parts;
        while let Some(node) = open.pop() {
            for next in web.neighbours(node).iter().map(|next| *next as usize) {
                if part[next] == u32::MAX && group[next] == group[start] {
                    part[next] = parts;
                    open.push(next as u32);
                }
            }
        }
        parts += 1;
    }
    part
}

fn measure(web: &Web, group: &[u32], total: f64) -> f64 {
    if total <= 0.0 {
        return 0.0;
    }
    let (mut inside, mut sums) = (0.0, BTreeMap::<u32, f64>::new());
    for node in 0..web.len() {
        for (other, tie) in web.ties(node as u32) {
            *sums.entry(group[node]).or_default() += web.weight(tie);
            if group[other as usize] == group[node] {
                inside += web.weight(tie);
            }
        }
    }
    inside / total - sums.values().map(|sum| (sum / total).powi(2)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(nodes: usize, edges: &[(u32, u32)], expected: &[&[u32]]) {
        let web = Web::new(nodes, &edges.iter().map(|(a, b)| (*a, *b, 1.0)).collect::<Vec<_>>());
        let found = divide(&web);
        assert_eq!(found.groups, expected);
        assert_eq!(divide(&web), found);
    }

    #[test]
    fn what_hangs_together_is_a_group() {
        // Two triangles on a bridge; a pair; one alone.
        let edges = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5), (6, 7)];
        check(9, &edges, &[&[0, 1, 2], &[3, 4, 5], &[6, 7]]);
        check(0, &[], &[]);
        check(3, &[], &[]);
    }

    #[test]
    fn modularity_is_that_of_newman() {
        let edges = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)];
        let web = Web::new(6, &edges.map(|(a, b)| (a, b, 1.0)));
        assert!((divide(&web).modularity - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
    }

    #[test]
    fn a_ring_of_cliques_falls_into_them() {
        let clique = |base: u32| (0..5).flat_map(move |a| (0..a).map(move |b| (base + a, base + b)));
        let edges: Vec<(u32, u32)> = (0..8).flat_map(|i| clique(i * 5).chain([(i * 5, (i * 5 + 6) % 40)])).collect();
        let expected: Vec<Vec<u32>> = (0..8).map(|i| (i * 5..i * 5 + 5).collect()).collect();
        check(40, &edges, &expected.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }
}
