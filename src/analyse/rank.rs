//! Who stands in the middle: degree, PageRank, betweenness.
//!
//! Law: the same web gives the same figures on any number of threads; a figure that is estimated comes with its bound.

use super::web::Web;
use rayon::prelude::*;

/// The most steps (nodes times ties) for which betweenness is computed exactly.
const EXACT_WORK: usize = 60_000_000;
/// How likely the bound of an estimate fails for any node.
const RISK: f64 = 0.1;
/// Sources, or samples, that one task takes: the same on every machine, so that sums are.
const CHUNK: usize = 256;
/// The chance of PageRank's walker to go on, and the sum of changes at which it is settled.
const DAMPING: f64 = 0.85;
const SETTLED: f64 = 1e-10;
const MOST_ROUNDS: usize = 300;

/// Betweenness of every node: the share of all ordered pairs of other nodes (n·(n-1) for estimates) whose shortest ways pass it.
#[derive(Debug, Clone, PartialEq)]
pub struct Betweenness {
    /// By node, 0 to 1.
    pub shares: Vec<f64>,
    /// How far the shares may be off with nine chances in ten, and by how many samples; `None` where they are exact.
    pub estimate: Option<(f64, usize)>,
}

/// PageRank of every node (Brin and Page 1998), ties weighted and followed both ways; sums to 1.
pub fn page_rank(web: &Web) -> Vec<f64> {
    let nodes = web.len();
    let even = 1.0 / nodes.max(1) as f64;
    let strength: Vec<f64> =
        (0..nodes as u32).map(|node| web.ties(node).map(|(_, tie)| web.weight(tie)).sum()).collect();
    let mut ranks = vec![even; nodes];
    for _ in 0..MOST_ROUNDS {
        let flow: Vec<f64> =
            ranks.iter().zip(&strength).map(|(rank, all)| if *all > 0.0 { rank / all } else { 0.0 }).collect();
        let stuck: f64 = ranks.iter().zip(&strength).filter(|(_, all)| **all <= 0.0).map(|(rank, _)| rank).sum();
        let base = (1.0 - DAMPING + DAMPING * stuck) * even;
        let reach = |node: usize| -> f64 {
            let taken =
                web.ties(node as u32).map(|(from, tie)| flow.get(from as usize).unwrap_or(&0.0) * web.weight(tie));
            base + DAMPING * taken.sum::<f64>()
        };
        let next: Vec<f64> = (0..nodes).into_par_iter().with_min_len(CHUNK * 8).map(reach).collect();
        let change: f64 = next.iter().zip(&ranks).map(|(a, b)| (a - b).abs()).sum();
        ranks = next;
        if change < SETTLED {
            break;
        }
    }
    ranks
}

/// Betweenness: exact (Brandes 2001) where the web is small, else estimated within `error`.
pub fn betweenness(web: &Web, error: f64) -> Betweenness {
    if web.len().saturating_mul(web.tie_count()) <= EXACT_WORK {
        return Betweenness { shares: exact(web), estimate: None };
    }
    estimate(web, error)
}

fn exact(web: &Web) -> Vec<f64> {
    let nodes = web.len();
    let sources: Vec<u32> = (0..nodes as u32).collect();
    let add = |mut sums: Vec<f64>, part: Vec<f64>| {
        sums.iter_mut().zip(part).for_each(|(sum, more)| *sum += more);
        sums
    };
    let parts: Vec<Vec<f64>> = sources
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut walk = Brandes::new(nodes);
            chunk.iter().for_each(|source| walk.add_source(web, *source));
            walk.sums
        })
        .collect();
    let sums = parts.into_iter().fold(vec![0.0; nodes], add);
    let pairs = (nodes.saturating_sub(1) * nodes.saturating_sub(2)).max(1) as f64;
    sums.into_iter().map(|sum| sum / pairs).collect()
}

/// One source after the other: its shortest ways, and what each node takes part in.
struct Brandes {
    sums: Vec<f64>,
    steps: Vec<u32>,
    ways: Vec<f64>,
    share: Vec<f64>,
    order: Vec<u32>,
}

impl Brandes {
    fn new(nodes: usize) -> Self {
        Self {
            sums: vec![0.0; nodes],
            steps: vec![u32::MAX; nodes],
            ways: vec![0.0; nodes],
            share: vec![0.0; nodes],
            order: Vec::with_capacity(nodes),
        }
    }

    fn add_source(&mut self, web: &Web, source: u32) {
        for node in self.order.drain(..).map(|node| node as usize) {
            (self.steps[node], self.ways[node], self.share[node]) = (u32::MAX, 0.0, 0.0);
        }
        (self.steps[source as usize], self.ways[source as usize]) = (0, 1.0);
        self.order.push(source);
        let mut at = 0;
        while let Some(node) = self.order.get(at).copied() {
            at += 1;
            let (step, ways) = (self.steps[node as usize] + 1, self.ways[node as usize]);
            for next in web.neighbours(node) {
                let to = *next as usize;
                if self.steps[to] == u32::MAX {
                    self.steps[to] = step;
                    self.order.push(*next);
                }
                if self.steps[to] == step {
                    self.ways[to] += ways;
                }
            }
        }
        for node in self.order.iter().skip(1).rev().map(|node| *node as usize) {
            let part = (1.0 + self.share[node]) / self.ways[node];
            for before in web.neighbours(node as u32).iter().map(|before| *before as usize) {
                if self.steps[before] + 1 == self.steps[node] {
                    self.share[before] += self.ways[before] * part;
                }
            }
            self.sums[node] += self.share[node];
        }
    }
}

/// One random shortest way of each of many random pairs: within `error` for all nodes at once with nine chances in ten, by the bound
/// of Riondato and Kornaropoulos (2016) over the dimension of shortest ways.
fn estimate(web: &Web, error: f64) -> Betweenness {
    let nodes = web.len();
    let longest = longest_way(web).max(3) as f64;
    let dimension = (longest - 2.0).log2().floor() + 1.0;
    let samples = (0.5 / (error * error) * (dimension - RISK.ln())).ceil() as usize;
    let numbers: Vec<u64> = (0..samples as u64).collect();
    let counts = numbers
        .par_chunks(CHUNK * 4)
        .map(|chunk| {
            let mut counts: Vec<u32> = vec![0; nodes];
            let mut walk = Sampler::default();
            for number in chunk {
                walk.sample(web, &mut Random::new(*number), &mut counts);
            }
            counts
        })
        .reduce(|| vec![0; nodes], |a, b| a.into_iter().zip(b).map(|(a, b)| a + b).collect());
    let shares = counts.into_iter().map(|count| f64::from(count) / samples as f64).collect();
    Betweenness { shares, estimate: Some((error, samples)) }
}

/// At least the number of nodes on the longest shortest way: twice the reach of one node of each part.
fn longest_way(web: &Web) -> u32 {
    let mut seen = vec![false; web.len()];
    let mut longest = 0;
    for start in 0..web.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let (mut ring, mut reach) = (vec![start as u32], 0);
        loop {
            let mut next = Vec::new();
            for node in ring.iter().flat_map(|node| web.neighbours(*node)) {
                if !std::mem::replace(&mut seen[*node as usize], true) {
                    next.push(*node);
                }
            }
            if next.is_empty() {
                break;
            }
            (ring, reach) = (next, reach + 1);
        }
        longest = longest.max(2 * reach + 1);
    }
    longest
}

/// SplitMix64 (Steele, Lea and Flood 2014): numbers that are the same everywhere.
struct Random(u64);

impl Random {
    fn new(number: u64) -> Self {
        Self(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A random shortest way between two random nodes: whole rings from both ends, with the number of ways to each node.
#[derive(Default)]
struct Sampler {
    near: Rings,
    far: Rings,
}

#[derive(Default)]
struct Rings {
    reached: rustc_hash::FxHashMap<u32, (u32, f64)>,
    ring: Vec<u32>,
    steps: u32,
}

impl Rings {
    fn start(&mut self, node: u32) {
        self.reached.clear();
        self.reached.insert(node, (0, 1.0));
        (self.ring, self.steps) = (vec![node], 0);
    }

    fn advance(&mut self, web: &Web) {
        self.steps += 1;
        for node in std::mem::take(&mut self.ring) {
            let ways = self.reached.get(&node).map_or(0.0, |(_, ways)| *ways);
            for next in web.neighbours(node) {
                let known = self.reached.entry(*next).or_insert_with(|| {
                    self.ring.push(*next);
                    (self.steps, 0.0)
                });
                if known.0 == self.steps {
                    known.1 += ways;
                }
            }
        }
    }

    /// Counts the nodes of a random shortest way back to the start, without both ends.
    fn trace(&self, web: &Web, mut node: u32, random: &mut Random, counts: &mut [u32]) {
        while let Some((steps, ways)) = self.reached.get(&node).copied().filter(|(steps, _)| *steps > 1) {
            let mut left = random.share() * ways;
            let before = |next: &&u32| self.reached.get(next).is_some_and(|(known, _)| known + 1 == steps);
            let mut chosen = node;
            for next in web.neighbours(node).iter().filter(before) {
                chosen = *next;
                left -= self.reached.get(next).map_or(0.0, |(_, ways)| *ways);
                if left < 0.0 {
                    break;
                }
            }
            node = chosen;
            counts[node as usize] += 1;
        }
    }
}

impl Sampler {
    fn sample(&mut self, web: &Web, random: &mut Random, counts: &mut [u32]) {
        let (from, other) = (random.below(web.len()), random.below(web.len().saturating_sub(1)));
        let to = if other >= from { other + 1 } else { other };
        self.near.start(from as u32);
        self.far.start(to as u32);
        let (near, far) = (&mut self.near, &mut self.far);
        while !near.ring.is_empty() && !far.ring.is_empty() {
            let (moved, other) =
                if near.ring.len() <= far.ring.len() { (&mut *near, &*far) } else { (&mut *far, &*near) };
            moved.advance(web);
            let met = |node: &u32| Some((*node, moved.reached.get(node)?.1 * other.reached.get(node)?.1));
            let meeting: Vec<(u32, f64)> = moved.ring.iter().filter_map(met).collect();
            let Some((mut middle, _)) = meeting.last().copied() else { continue };
            let mut left = random.share() * meeting.iter().map(|(_, ways)| ways).sum::<f64>();
            for (node, ways) in meeting {
                left -= ways;
                if left < 0.0 {
                    middle = node;
                    break;
                }
            }
            if middle as usize != from && middle as usize != to {
                counts[middle as usize] += 1;
            }
            near.trace(web, middle, random, counts);
            far.trace(web, middle, random, counts);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web(nodes: usize, edges: &[(u32, u32)]) -> Web {
        Web::new(nodes, &edges.iter().map(|(a, b)| (*a, *b, 1.0)).collect::<Vec<_>>())
    }

    /// A ring of 40 with chords: no two nodes alike, many equal ways.
    fn chords() -> Web {
        let edges: Vec<(u32, u32)> = (0..40).flat_map(|a| [(a, (a + 1) % 40), (a, (a * 7 + 3) % 40)]).collect();
        web(40, &edges)
    }

    #[test]
    fn the_middle_of_a_path_is_between_all() {
        let found = betweenness(&web(5, &[(0, 1), (1, 2), (2, 3), (3, 4)]), 0.1);
        let expected = [0.0, 0.5, 2.0 / 3.0, 0.5, 0.0];
        assert!(found.shares.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        assert_eq!(found.estimate, None);
    }

    #[test]
    fn an_estimate_keeps_its_bound_and_is_the_same_again() {
        let web = chords();
        let (truth, found) = (exact(&web), estimate(&web, 0.02));
        // Exact shares leave pairs out that a node belongs to.
        let scale = 38.0 / 40.0;
        let worst = truth.iter().zip(&found.shares).map(|(a, b)| (a * scale - b).abs()).fold(0.0, f64::max);
        assert!(worst <= 0.02, "{worst}");
        assert_eq!(estimate(&web, 0.02), found);
    }

    #[test]
    fn page_rank_sums_to_one_and_follows_ties() {
        let star = page_rank(&web(6, &[(0, 1), (0, 2), (0, 3), (0, 4)]));
        assert!((star.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(star[0] > star[1] && star[1] > star[5]);
        assert!((star[1] - star[4]).abs() < 1e-12);
        assert!(page_rank(&web(0, &[])).is_empty());
    }

    #[test]
    fn random_ways_are_shortest() {
        let web = chords();
        let mut sampler = Sampler::default();
        for number in 0..200 {
            let mut counts = vec![0; 40];
            sampler.sample(&web, &mut Random::new(number), &mut counts);
            let mut random = Random::new(number);
            let (from, other) = (random.below(40), random.below(39));
            let to = if other >= from { other + 1 } else { other };
            let steps = web.shortest(from as u32, to as u32).unwrap().len() - 1;
            assert_eq!(counts.iter().sum::<u32>() as usize, steps - 1);
        }
    }
}
