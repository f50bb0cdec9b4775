//! Graphviz as a layout engine: `dot` gets sizes and gives places back; the letters are never left to it, so that a machine
//! with other fonts draws the same picture.
//!
//! Law: a `dot` that is missing, crashes, hangs or answers nonsense is an error here, which callers may answer by another
//! engine; its process never outlives the call.

use super::{Path, Piece, Placement, Plan, Point, Rect, Route, Size, Sketch, Tie, plan_candidates};
use crate::draw::dot::{attribute, edge_statement, html_attribute, node_statement, quoted_attribute};
use crate::error::{Error, Result};
use graphviz_rust::dot_structures::{Graph, Id, Stmt};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use serde::Deserialize;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Points in an inch, which is what Graphviz sizes are in; a point is one pixel here.
const INCH: f64 = 72.0;

/// Places a sketch with the program of a call (a name on the PATH or a file), part by part and plan by plan.
///
/// # Errors
/// Where the program is missing, fails, takes too long or does not answer as documented.
pub(crate) fn place(sketch: &Sketch, call: &Call<'_>) -> Result<Placement> {
    super::place_parts(sketch, &|part| place_part(part, call))
}

/// How Graphviz is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) program: &'a str,
    /// Its layout: `dot`, `neato` or `sfdp`.
    pub(crate) layout: &'a str,
    /// When all of it must be done.
    pub(crate) until: Instant,
    /// What it had in all, for the message.
    pub(crate) limit: Duration,
}

fn place_part(sketch: &Sketch, call: &Call<'_>) -> Result<Placement> {
    let layered = call.layout == "dot";
    let mut plans = plan_candidates(sketch);
    // How nodes are placed within ranks is the program's own affair: plans that differ in nothing else are one.
    plans.iter_mut().for_each(|plan| plan.balanced = true);
    let mut seen = Vec::new();
    plans.retain(|plan| !seen.contains(plan) && (seen.push(plan.clone()), true).1);
    plans.truncate(if layered { usize::MAX } else { 1 });
    super::choose(sketch, plans, |sketch, plan| {
        let engine = format!("-K{}", call.layout);
        // Force layouts know no ranks: they must be told to keep boxes apart and to lead lines around them.
        let force = ["-Goverlap=prism", "-Gsplines=true", "-Gsep=+14", "-Gstart=1"];
        let mut arguments = vec![engine.as_str(), "-Tjson0"];
        arguments.extend(force.iter().filter(|_| !layered));
        let left = call.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(too_slow(call.program, call.limit));
        }
        let answer = run(call.program, &arguments, &describe(sketch, plan), left)
            .map_err(|error| if Instant::now() < call.until { error } else { too_slow(call.program, call.limit) })?;
        read_answer(&answer, sketch, plan)
    })
}

fn describe(sketch: &Sketch, plan: &Plan) -> String {
    let direction = if plan.downward { "TB" } else { "LR" };
    let mut stmts = vec![
        Stmt::Attribute(attribute("rankdir", direction)),
        Stmt::Attribute(attribute("nodesep", "0.25")),
        Stmt::Attribute(quoted_attribute("ranksep", if plan.downward { "0.35" } else { "0.3" })),
    ];
    stmts.extend(sketch.nodes.iter().enumerate().map(|(i, size)| {
        let (width, height) = (inches(size.width), inches(size.height));
        let fixed = [attribute("shape", "box"), attribute("fixedsize", "true"), quoted_attribute("label", "")];
        let sizes = [attribute("width", &width), attribute("height", &height), attribute("id", &i.to_string())];
        node_statement(i, fixed.into_iter().chain(sizes).collect())
    }));
    let ties = sketch.ties.iter().zip(&plan.turned).enumerate();
    stmts.extend(ties.map(|(i, (tie, turned))| describe_tie(i, tie, *turned)));
    let graph = Graph::DiGraph { id: Id::Plain("sketch".into()), strict: false, stmts };
    graph.print(&mut PrinterContext::default())
}

fn inches(pixels: f64) -> String {
    format!("{:.4}", pixels / INCH)
}

fn describe_tie(i: usize, tie: &Tie, turned: bool) -> Stmt {
    let (from, to) = if turned { (tie.to, tie.from) } else { (tie.from, tie.to) };
    let mut attributes = vec![attribute("id", &i.to_string()), attribute("dir", "none")];
    if let Some(Size { width, height }) = tie.label {
        let table = format!(
            "<TABLE BORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"{width:.0}\" HEIGHT=\"{height:.0}\"><TR><TD></TD></TR></TABLE>"
        );
        attributes.push(html_attribute("label", &table));
    }
    edge_statement(from, to, attributes)
}

/// What `dot -Tjson0` answers, as far as it is read.
#[derive(Deserialize)]
struct Answer {
    bb: String,
    #[serde(default)]
    objects: Vec<Object>,
    #[serde(default)]
    edges: Vec<Object>,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    id: String,
    #[serde(default)]
    pos: String,
    lp: Option<String>,
}

fn read_answer(answer: &[u8], sketch: &Sketch, plan: &Plan) -> Result<Placement> {
    let nonsense = || Error::new("dot answered what is not a layout");
    let answer: Answer = serde_json::from_slice(answer).map_err(|_| nonsense())?;
    let top = numbers(&answer.bb).get(3).copied().ok_or_else(nonsense)?;
    let mut nodes = vec![None; sketch.nodes.len()];
    for object in &answer.objects {
        let index: usize = object.id.parse().map_err(|_| nonsense())?;
        let (place, size) = nodes.get_mut(index).zip(sketch.nodes.get(index)).ok_or_else(nonsense)?;
        *place = points(&object.pos, top).first().map(|center| Rect::centered(*center, *size));
    }
    let mut routes = vec![None; sketch.ties.len()];
    for object in &answer.edges {
        let index: usize = object.id.parse().map_err(|_| nonsense())?;
        let (tie, turned) = sketch.ties.get(index).zip(plan.turned.get(index)).ok_or_else(nonsense)?;
        if let Some(place) = routes.get_mut(index) {
            *place = read_route(object, tie, *turned, top);
        }
    }
    let nodes = nodes.into_iter().collect::<Option<Vec<_>>>().ok_or_else(nonsense)?;
    let routes = routes.into_iter().collect::<Option<Vec<_>>>().ok_or_else(nonsense)?;
    Ok(Placement { nodes, routes, ..Placement::default() }.at_origin())
}

fn read_route(object: &Object, tie: &Tie, turned: bool, top: f64) -> Option<Route> {
    let spline = points(object.pos.split(';').next()?, top);
    let (start, rest) = spline.split_first()?;
    let pieces = rest.chunks_exact(3).filter_map(|c| match c {
        [a, b, end] => Some(Piece::Curve(*a, *b, *end)),
        _ => None,
    });
    let path = Path { start: *start, pieces: pieces.collect() };
    let at = object.lp.as_deref().and_then(|lp| points(lp, top).first().copied());
    let label = at.zip(tie.label).map(|(at, size)| Rect::centered(at, size));
    Some(Route { path: if turned { path.reversed() } else { path }, label })
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(',').filter_map(|part| part.parse().ok()).collect()
}

/// Points as Graphviz writes them, with the y axis turned down.
fn points(text: &str, top: f64) -> Vec<Point> {
    let point = |part: &str| match *numbers(part) {
        [x, y] => Some(Point::new(x, top - y)),
        _ => None,
    };
    text.split_whitespace().filter_map(point).collect()
}

/// Whether a program is a file, or a name that a folder of the PATH holds.
pub(crate) fn is_installed(program: &str) -> bool {
    if program.contains(std::path::MAIN_SEPARATOR) {
        return std::path::Path::new(program).is_file();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}

/// Runs a program on an input, at most `limit` long, and gives what it wrote.
///
/// # Errors
/// Where it cannot start, fails, or takes too long; in the last case it is ended.
pub(crate) fn run(program: &str, arguments: &[&str], input: &str, limit: Duration) -> Result<Vec<u8>> {
    let fail =
        |cause: std::io::Error| Error::with_hint(format!("{program} did not run: {cause}"), "is Graphviz installed?");
    let pipe = || (Stdio::piped(), Stdio::piped(), Stdio::null());
    let (stdin, stdout, stderr) = pipe();
    let mut child =
        Command::new(program).args(arguments).stdin(stdin).stdout(stdout).stderr(stderr).spawn().map_err(fail)?;
    let output = exchange(&mut child, input, limit);
    // Ends it where it still runs; reaps it in any case.
    let killed = child.kill();
    let status = child.wait().map_err(fail)?;
    match output {
        None => Err(too_slow(program, limit)),
        Some(output) if status.success() || (killed.is_ok() && !output.is_empty()) => Ok(output),
        Some(_) => Err(Error::new(format!("{program} failed: {status}"))),
    }
}

fn too_slow(program: &str, limit: Duration) -> Error {
    Error::new(format!("{program} took longer than {} s", limit.as_secs_f64()))
}

/// Writes the input and reads the output on threads of their own; `None` where the time is over.
fn exchange(child: &mut Child, input: &str, limit: Duration) -> Option<Vec<u8>> {
    let mut stdin = child.stdin.take()?;
    let mut stdout = child.stdout.take()?;
    let input = input.to_owned();
    std::thread::spawn(move || {
        // A program that does not read its input fails by its answer.
        let _ = stdin.write_all(input.as_bytes());
    });
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut output = Vec::new();
        let read = stdout.read_to_end(&mut output);
        let _ = sender.send(read.map(|_| output).unwrap_or_default());
    });
    receiver.recv_timeout(limit).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[track_caller]
    fn check(program: &str, arguments: &[&str], expected: &str) {
        let outcome = run(program, arguments, "graph {}", Duration::from_millis(400));
        let found = outcome.map_or_else(|e| e.to_string(), |out| String::from_utf8_lossy(&out).into_owned());
        assert!(found.contains(expected), "{found}");
    }

    #[test]
    fn programs_that_fail_are_errors() {
        check("/no/such/dot", &[], "did not run");
        check("sh", &["-c", "exit 3"], "failed");
        check("sh", &["-c", "exec sleep 60"], "took longer");
        check("cat", &[], "graph {}");
    }

    #[test]
    fn nonsense_is_an_error() {
        let sketch = Sketch { nodes: vec![Size::default()], ..Sketch::default() };
        let plan = Plan { downward: true, turned: Vec::new(), balanced: false, quick: false };
        for answer in
            ["", "{}", "{\"bb\":\"0,0,1,1\"}", "{\"bb\":\"0,0,1,1\",\"objects\":[{\"id\":\"7\",\"pos\":\"1,1\"}]}"]
        {
            assert!(read_answer(answer.as_bytes(), &sketch, &plan).is_err(), "{answer}");
        }
    }
}
