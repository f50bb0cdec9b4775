//! The best ways between two entities, in order: shortest first, or most plausible first.
//!
//! Law: a way passes no entity twice. Equal ways stand in an order that is the same each time, and asking for more ways leaves the first as
//! they were. The k best are Yen's (1971), over a search that keeps, for each entity, only what is either better or shorter than what
//! was found before.

use super::network::Network;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap};

/// Ways of each leg that are combined where chains lead over certain entities.
const LEGS: usize = 40;

/// What makes a way better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Plausibility.
    #[default]
    Plausible,
    /// Fewer steps, then plausibility.
    Short,
}

/// Which ways count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// What makes a way better.
    pub order: Order,
    /// Most steps.
    pub max_hops: usize,
    /// Most ways.
    pub limit: usize,
    /// Entities (by number) that each way must pass, in this order.
    pub via: Vec<usize>,
    /// Entities that no way may pass.
    pub avoid: BTreeSet<usize>,
}

/// A way: entities by number, each tied to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// From the one end to the other.
    pub entities: Vec<usize>,
    /// How plausible it is, 0 to 1: see `ontology/network.yaml`.
    pub plausibility: f64,
}

impl Chain {
    /// Number of steps.
    pub fn len(&self) -> usize {
        self.entities.len().saturating_sub(1)
    }

    /// Whether it leads nowhere.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first and the last entity.
    pub fn ends(&self) -> Vec<usize> {
        self.entities.first().into_iter().chain(self.entities.last()).copied().collect()
    }
}

/// What a way costs, smaller is better: steps and the negative logarithm of plausibility, in the order that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cost(f64, f64);

impl Eq for Cost {}

impl Ord for Cost {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.total_cmp(&other.1))
    }
}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A node that a search reached: how, in how many steps, and the index of what it was reached from.
struct Reached {
    node: u32,
    before: usize,
}

/// A way with its cost; ordered by cost, then by entities.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    cost: Cost,
    nodes: Vec<u32>,
}

struct Search<'a> {
    network: &'a Network,
    order: Order,
    to: u32,
    /// Steps that remain from each node to the end, at least.
    remaining: Vec<u32>,
    avoid: BTreeSet<u32>,
}

impl Network {
    /// The best ways from one entity to another, by number.
    pub fn find_chains(&self, from: usize, to: usize, bounds: &Bounds) -> Vec<Chain> {
        let stops: Vec<usize> = [from].into_iter().chain(bounds.via.iter().copied()).chain([to]).collect();
        let mut ways: Vec<Vec<u32>> = vec![vec![from as u32]];
        for (i, leg) in stops.windows(2).enumerate() {
            let [start, end] = *leg else { continue };
            let limit = if stops.len() == 2 { bounds.limit } else { LEGS.max(bounds.limit) };
            let others = stops.iter().enumerate().filter(|(at, _)| *at != i && *at != i + 1).map(|(_, stop)| *stop);
            let avoid = bounds.avoid.iter().copied().chain(others).map(|node| node as u32).collect();
            let max_hops = bounds.max_hops.saturating_sub(stops.len() - 2);
            let found =
                Search::new(self, start, end, bounds.order, max_hops, avoid).best(start as u32, max_hops, limit);
            // One leg stands in the order in which it was found, so that more ways never change the first.
            ways = if stops.len() == 2 {
                found.into_iter().map(|way| way.nodes).collect()
            } else {
                self.join_legs(&ways, &found, bounds, limit)
            };
        }
        let chains = ways.into_iter().take(bounds.limit).filter(|nodes| nodes.len() > 1).map(|nodes| {
            let plausibility = (-self.cost_of(&nodes)).exp();
            Chain { entities: nodes.into_iter().map(|node| node as usize).collect(), plausibility }
        });
        chains.collect()
    }

    /// Up to `limit` of the shortest ways.
    pub fn find_shortest(&self, from: usize, to: usize, limit: usize) -> Vec<Chain> {
        let Some(steps) = self.web().shortest(from as u32, to as u32).map(|way| way.len() - 1) else {
            return Vec::new();
        };
        let bounds = Bounds { order: Order::Short, max_hops: steps, limit, via: Vec::new(), avoid: BTreeSet::new() };
        self.find_chains(from, to, &bounds)
    }

    /// Ways so far, each with each next leg that passes nobody twice; the best of them.
    fn join_legs(&self, ways: &[Vec<u32>], legs: &[Way], bounds: &Bounds, limit: usize) -> Vec<Vec<u32>> {
        let mut joined: Vec<Way> = Vec::new();
        for (way, leg) in ways.iter().flat_map(|way| legs.iter().map(move |leg| (way, leg))) {
            let rest = leg.nodes.get(1..).unwrap_or_default();
            let nodes: Vec<u32> = way.iter().chain(rest).copied().collect();
            if rest.iter().all(|node| !way.contains(node)) && nodes.len() - 1 <= bounds.max_hops {
                joined.push(Way { cost: order_cost(bounds.order, nodes.len() - 1, self.cost_of(&nodes)), nodes });
            }
        }
        joined.sort();
        joined.dedup();
        joined.into_iter().take(limit).map(|way| way.nodes).collect()
    }

    /// Negative logarithm of a chain's plausibility.
    fn cost_of(&self, nodes: &[u32]) -> f64 {
        let steps = nodes.windows(2).map(|pair| match *pair {
            [a, b] => {
                self.web().ties(a).find(|(next, _)| *next == b).map_or(f64::INFINITY, |(_, tie)| self.tie_cost(tie))
            }
            _ => 0.0,
        });
        let between = nodes.get(1..nodes.len().saturating_sub(1)).unwrap_or_default();
        steps.sum::<f64>() + between.iter().map(|node| self.hub_cost(*node)).sum::<f64>()
    }
}

fn order_cost(order: Order, steps: usize, cost: f64) -> Cost {
    match order {
        Order::Plausible => Cost(cost, steps as f64),
        Order::Short => Cost(steps as f64, cost),
    }
}

impl<'a> Search<'a> {
    fn new(network: &'a Network, from: usize, to: usize, order: Order, max_hops: usize, avoid: BTreeSet<u32>) -> Self {
        let remaining = network.web().distances(to as u32, max_hops);
        let avoid = avoid.into_iter().filter(|node| *node as usize != from && *node as usize != to).collect();
        Self { network, order, to: to as u32, remaining, avoid }
    }

    /// The `limit` best ways, best first (Yen).
    fn best(&self, from: u32, max_hops: usize, limit: usize) -> Vec<Way> {
        let mut found: Vec<Way> = Vec::new();
        let mut open: BTreeSet<Way> = BTreeSet::new();
        open.extend(self.extend(&[from], &BTreeSet::new(), max_hops));
        while found.len() < limit {
            let Some(way) = open.pop_first() else { break };
            for at in 0..way.nodes.len() - 1 {
                let root = way.nodes.get(..=at).unwrap_or_default();
                let known = found.iter().chain([&way]).filter(|known| known.nodes.starts_with(root));
                let used = known.filter_map(|known| known.nodes.get(at + 1).copied()).collect();
                open.extend(self.extend(root, &used, max_hops));
            }
            found.push(way);
        }
        found
    }

    /// The best way that begins with `root` and does not go on to one of `used`.
    fn extend(&self, root: &[u32], used: &BTreeSet<u32>, max_hops: usize) -> Option<Way> {
        let (start, passed) = root.split_last()?;
        let mut reached = vec![Reached { node: *start, before: usize::MAX }];
        let mut heap = BinaryHeap::from([Reverse((Cost(0.0, 0.0), passed.len(), *start, 0))]);
        let mut fewest = rustc_hash::FxHashMap::default();
        while let Some(Reverse((cost, steps, node, at))) = heap.pop() {
            if node == self.to {
                return Some(self.trace(passed, &reached, at));
            }
            let known = fewest.entry(node).or_insert(usize::MAX);
            if steps >= *known {
                continue;
            }
            *known = steps;
            for (next, tie) in self.network.web().ties(node) {
                let barred =
                    (node == *start && used.contains(&next)) || passed.contains(&next) || self.avoid.contains(&next);
                let left = self.remaining.get(next as usize).map_or(usize::MAX, |left| *left as usize);
                if barred || left.saturating_add(steps + 1) > max_hops || next == *start {
                    continue;
                }
                let hub = if next == self.to { 0.0 } else { self.network.hub_cost(next) };
                let step = order_cost(self.order, 1, self.network.tie_cost(tie) + hub);
                heap.push(Reverse((Cost(cost.0 + step.0, cost.1 + step.1), steps + 1, next, reached.len())));
                reached.push(Reached { node: next, before: at });
            }
        }
        None
    }

    fn trace(&self, passed: &[u32], reached: &[Reached], mut at: usize) -> Way {
        let mut tail = Vec::new();
        while let Some(step) = reached.get(at) {
            tail.push(step.node);
            at = step.before;
        }
        let nodes: Vec<u32> = passed.iter().copied().chain(tail.into_iter().rev()).collect();
        Way { cost: order_cost(self.order, nodes.len() - 1, self.network.cost_of(&nodes)), nodes }
    }
}
