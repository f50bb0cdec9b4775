//! How fast ways, ranks and groups are found on a large web, beside networkx.
//!
//! `cargo run --release --example measure_paths [NODES TIES]` makes a random web (100,000 nodes, 300,000 ties unless said otherwise), times
//! Dossier on it, writes the same web to a file and times networkx (with scipy; found by `PYTHON`, default `python3`) on it; prints the ratios.
#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on stops")]

use dossier::analyse::{Web, betweenness, divide, page_rank};
use std::env;
use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

/// Pairs whose shortest way is looked for.
const PAIRS: usize = 1000;
/// How far betweenness may be off, with nine chances in ten.
const ERROR: f64 = 0.01;

const NETWORKX: &str = r#"
import statistics, sys, time
import networkx as nx
g = nx.Graph()
with open(sys.argv[1]) as f:
    nodes = int(f.readline())
    g.add_nodes_from(range(nodes))
    for line in f:
        a, b, weight = line.split()
        g.add_edge(int(a), int(b), weight=float(weight))
times, steps = [], 0
for line in open(sys.argv[2]):
    a, b = map(int, line.split())
    start = time.perf_counter()
    try:
        found = len(nx.bidirectional_shortest_path(g, a, b)) - 1
    except nx.NetworkXNoPath:
        found = 0
    times.append(time.perf_counter() - start)
    steps += found
print("shortest", statistics.median(times), steps)
start = time.perf_counter()
rank = nx.pagerank(g, alpha=0.85, tol=1e-10 / nodes, max_iter=300)
print("pagerank", time.perf_counter() - start, max(rank, key=rank.get))
start = time.perf_counter()
nx.betweenness_centrality(g, k=10, seed=1)
print("betweenness10", time.perf_counter() - start, 0)
start = time.perf_counter()
groups = nx.community.louvain_communities(g, weight="weight", seed=1)
took = time.perf_counter() - start
print("louvain", took, nx.community.modularity(g, groups, weight="weight"))
"#;

fn main() {
    let sizes: Vec<usize> = env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let (nodes, ties) = (sizes.first().copied().unwrap_or(100_000), sizes.get(1).copied().unwrap_or(300_000));
    let mut random = Random(7);
    let edges: Vec<(u32, u32, f64)> = (0..ties)
        .map(|_| (random.below(nodes) as u32, random.below(nodes) as u32, (1 + random.below(9)) as f64 / 10.0))
        .filter(|(a, b, _)| a != b)
        .collect();
    let start = Instant::now();
    let web = Web::new(nodes, &edges);
    println!("web: {} nodes, {} ties, made in {:.0} ms", web.len(), web.tie_count(), milliseconds(start.elapsed()));
    let pairs: Vec<(u32, u32)> =
        (0..PAIRS).map(|_| (random.below(nodes) as u32, random.below(nodes) as u32)).filter(|(a, b)| a != b).collect();
    let ours = measure(&web, &pairs);
    compare(&web, &pairs, &ours);
}

/// Seconds, and what was found: by name.
type Timed = Vec<(&'static str, f64, f64)>;

fn measure(web: &Web, pairs: &[(u32, u32)]) -> Timed {
    let (mut times, mut steps) = (Vec::new(), 0);
    for (a, b) in pairs {
        let start = Instant::now();
        let way = web.shortest(*a, *b);
        times.push(start.elapsed().as_secs_f64());
        steps += way.map_or(0, |way| way.len() - 1);
    }
    times.sort_by(f64::total_cmp);
    let (ranks, ranking) = time(|| page_rank(web));
    let first = (0..ranks.len()).max_by(|a, b| ranks[*a].total_cmp(&ranks[*b])).unwrap_or_default();
    let (between, betweening) = time(|| betweenness(web, ERROR));
    let (division, dividing) = time(|| divide(web));
    match between.estimate {
        Some((error, samples)) => println!("betweenness: ± {error} with nine chances in ten, {samples} samples"),
        None => println!("betweenness: exact"),
    }
    println!("groups: {}, modularity {:.4}", division.groups.len(), division.modularity);
    vec![
        ("shortest", times[times.len() / 2], steps as f64),
        ("pagerank", ranking, first as f64),
        ("betweenness10", betweening, 0.0),
        ("louvain", dividing, division.modularity),
    ]
}

fn time<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let found = work();
    (found, start.elapsed().as_secs_f64())
}

/// Times networkx on the same web and prints both.
fn compare(web: &Web, pairs: &[(u32, u32)], ours: &Timed) {
    let folder = tempfile::tempdir().unwrap();
    let (mut edges, mut ends) = (format!("{}\n", web.len()), String::new());
    for node in 0..web.len() as u32 {
        for (other, tie) in web.ties(node).filter(|(other, _)| *other > node) {
            let _ = writeln!(edges, "{node} {other} {}", web.weight(tie));
        }
    }
    pairs.iter().for_each(|(a, b)| ends.push_str(&format!("{a} {b}\n")));
    let [script, graph, asked] = ["nx.py", "edges.txt", "pairs.txt"].map(|name| folder.path().join(name));
    std::fs::write(&script, NETWORKX).unwrap();
    std::fs::write(&graph, edges).unwrap();
    std::fs::write(&asked, ends).unwrap();
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(&python).args([&script, &graph, &asked]).output().unwrap();
    let theirs = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        println!(
            "{python} with networkx and scipy went astray: {}",
            String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default()
        );
    }
    println!("{:14} {:>12} {:>12} {:>8}", "", "dossier ms", "networkx ms", "ratio");
    for (name, seconds, found) in ours {
        let line = theirs.lines().find(|line| line.starts_with(*name)).unwrap_or_default();
        let figures: Vec<f64> = line.split(' ').skip(1).filter_map(|word| word.parse().ok()).collect();
        let [other, same] = figures[..] else {
            println!("{name:14} {:>12.3}", seconds * 1000.0);
            continue;
        };
        println!("{name:14} {:>12.3} {:>12.3} {:>8.1}", seconds * 1000.0, other * 1000.0, other / seconds);
        if *name == "shortest" || *name == "pagerank" {
            println!(
                "               found {found} and {same}: {}",
                if *found == same { "the same" } else { "NOT the same" }
            );
        }
        if *name == "louvain" {
            println!("               modularity {found:.4} and {same:.4}");
        }
    }
    println!("betweenness10: Dossier's estimate with its bound beside 10 sources of networkx, which give none");
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) as u128 * bound as u128) >> 64) as usize
    }
}
