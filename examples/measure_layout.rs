//! Compares the embedded layout with Graphviz's on graphs of 10 to 200 nodes: `cargo run --release --example measure_layout`.
//!
//! The graphs: webs with hubs, stars, trees, bipartite graphs and sparse random graphs, made from fixed seeds; and, where a graph
//! folder is given as argument, its whole web at several sizes. Prints a table in Markdown. Times are of one run each.

use dossier::draw::view::relations;
use dossier::draw::{Edge, Engine, Format, Node, Picture, RenderOptions, Style, Verdict, judge, render};
use dossier::error::Result;
use dossier::store;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<()> {
    let style = Style::embedded()?;
    let mut graphs = generated();
    if let Some(folder) = std::env::args().nth(1) {
        let (_, store) = store::open(Path::new(&folder))?;
        for most in [10, 20, 30, 60] {
            graphs.push((format!("graph, {most} best connected"), relations(&store, &[], most)?));
        }
    }
    let engines = if RenderOptions::dot_is_installed() {
        vec![Engine::Embedded, Engine::Graphviz]
    } else {
        vec![Engine::Embedded]
    };
    println!(
        "| graph | nodes | edges | engine | through nodes | overlaps | crossings | width : height | area, Mpx | s |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let mut sums = vec![Verdict::default(); engines.len()];
    for (name, picture) in &graphs {
        for (engine, sum) in engines.iter().zip(&mut sums) {
            let options = RenderOptions { engine: *engine, ..RenderOptions::default() };
            let start = Instant::now();
            let v = judge(picture, &style, &options)?;
            let time = start.elapsed().as_secs_f64();
            let (nodes, edges) = (picture.nodes().len(), picture.edges().len());
            let (shape, area) = (v.width / v.height.max(1.0), v.width * v.height / 1e6);
            println!(
                "| {name} | {nodes} | {edges} | {engine:?} | {} | {} | {} | {shape:.2} | {area:.2} | {time:.2} |",
                v.through, v.overlaps, v.crossings
            );
            sum.through += v.through;
            sum.overlaps += v.overlaps;
            sum.crossings += v.crossings;
            sum.width += area;
        }
    }
    for (engine, sum) in engines.iter().zip(&sums) {
        println!(
            "{engine:?}: {} through nodes, {} overlaps, {} crossings, {:.1} Mpx",
            sum.through, sum.overlaps, sum.crossings, sum.width
        );
    }
    time_large(&style)
}

/// 200 nodes and 400 edges, to SVG and to PNG.
fn time_large(style: &Style) -> Result<()> {
    let picture = web(200, 400, 7);
    for (format, engine) in
        [(Format::Svg, Engine::Embedded), (Format::Png, Engine::Embedded), (Format::Svg, Engine::Graphviz)]
    {
        if engine == Engine::Graphviz && !RenderOptions::dot_is_installed() {
            continue;
        }
        let options = RenderOptions { engine, ..RenderOptions::default() };
        let start = Instant::now();
        let outcome = render(&picture, style, format, &options);
        let time = start.elapsed().as_secs_f64();
        let size = outcome.map_or_else(|error| error.to_string(), |drawing| format!("{} bytes", drawing.bytes.len()));
        println!("200 nodes, 400 edges, {format:?} by {engine:?}: {time:.2} s, {size}");
    }
    Ok(())
}

fn generated() -> Vec<(String, Picture)> {
    let mut graphs = Vec::new();
    for (nodes, edges) in
        [(10, 12), (15, 22), (20, 26), (30, 42), (40, 60), (60, 90), (80, 110), (120, 180), (200, 260)]
    {
        graphs.push((format!("web {nodes}"), web(nodes, edges, nodes as u64)));
    }
    for leaves in [12, 30, 60] {
        graphs.push((format!("star {leaves}"), star(leaves)));
    }
    for nodes in [15, 40, 100] {
        graphs.push((format!("tree {nodes}"), tree(nodes)));
    }
    for side in [6, 12] {
        graphs.push((format!("bipartite {side}"), bipartite(side)));
    }
    for nodes in [25, 50, 150] {
        graphs.push((format!("sparse {nodes}"), web(nodes, nodes, 99 + nodes as u64)));
    }
    graphs
}

/// A generator of numbers below a limit (xorshift64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

const KINDS: [&str; 5] = ["Country", "Company", "Person", "GovernmentBody", "Project"];
const NAMES: [&str; 6] = [
    "Norvania",
    "State Oil Company of Calverra",
    "Ana Ilves",
    "Ministry of Roads and Ports",
    "M9 Motorway",
    "Jonas Tarkovský",
];
const WORDS: [&str; 5] = ["visit", "contract on petroleum products", "President", "owns", ""];

fn node(i: usize) -> Node {
    Node::new(i.to_string(), format!("{} {i}", NAMES[i % NAMES.len()]), KINDS[i % KINDS.len()])
}

/// Edges lead to well-connected nodes more often, as in real graphs.
fn web(nodes: usize, edges: usize, seed: u64) -> Picture {
    let (mut picture, mut dice) = (Picture::new("Web"), Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1));
    (0..nodes).for_each(|i| picture.add_node(node(i)));
    let mut ends: Vec<usize> = vec![0];
    for i in 0..edges {
        let from = if i + 1 < nodes { i + 1 } else { dice.roll(nodes) };
        let to = ends[dice.roll(ends.len())];
        if from != to {
            ends.extend([from, to]);
            picture.add_edge(Edge::new(from.to_string(), to.to_string(), WORDS[dice.roll(WORDS.len())]));
        }
    }
    picture
}

fn star(leaves: usize) -> Picture {
    let mut picture = Picture::new("Star");
    (0..=leaves).for_each(|i| picture.add_node(node(i)));
    (1..=leaves).for_each(|i| picture.add_edge(Edge::new("0", i.to_string(), WORDS[i % WORDS.len()])));
    picture
}

fn tree(nodes: usize) -> Picture {
    let mut picture = Picture::new("Tree");
    (0..nodes).for_each(|i| picture.add_node(node(i)));
    (1..nodes).for_each(|i| picture.add_edge(Edge::new(((i - 1) / 3).to_string(), i.to_string(), "")));
    picture
}

fn bipartite(side: usize) -> Picture {
    let (mut picture, mut dice) = (Picture::new("Bipartite"), Dice(side as u64 * 77 + 1));
    (0..2 * side).for_each(|i| picture.add_node(node(i)));
    for i in 0..side {
        for _ in 0..2 {
            picture.add_edge(Edge::new(i.to_string(), (side + dice.roll(side)).to_string(), ""));
        }
    }
    picture
}
