//! Ways to lay out one sketch, and which of the results reads best.
//!
//! Layered engines rank nodes along the edges. In a graph of relations the direction of an edge is no rank, so it may be
//! turned for the layout (never for the reader): a hub with its leaves on both sides is half as long.

use super::{Placement, Point, Rect, Size, Sketch};
use crate::draw::picture::Flow;

/// The page that a drawing is judged on, in pixels: what a reader sees at once.
const PAGE: (f64, f64) = (1150.0, 820.0);
/// Above this many boxes (nodes and labels) less effort goes into each candidate, above the second the fewest have to do.
const MOST_WITH_CARE: usize = 70;
const MOST_TO_COMPARE: usize = 250;
/// Above this many, one way has to do.
const MOST_TO_TRY: usize = 450;
/// Most lines whose crossings are counted while plans are compared.
const MOST_TO_CROSS: usize = 400;
/// How much one crossing a line costs, against the drawing's scale.
const CROSSING: f64 = 0.3;

/// One way: the direction of ranks, and which ties are ranked against their direction.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// Ranks go down the page; else to the right.
    pub(crate) downward: bool,
    /// For each tie, whether it is ranked from its end to its start.
    pub(crate) turned: Vec<bool>,
    /// Nodes in the middle of their neighbours (Brandes and Köpf) rather than short edges.
    pub(crate) balanced: bool,
    /// Less effort, for large graphs.
    pub(crate) quick: bool,
}

/// The ways worth trying, in a fixed order.
pub(crate) fn plan_candidates(sketch: &Sketch) -> Vec<Plan> {
    let boxes = sketch.nodes.len() + sketch.ties.iter().filter(|tie| tie.label.is_some()).count();
    let quick = boxes > MOST_WITH_CARE;
    let straight = vec![false; sketch.ties.len()];
    let ranked = matches!(sketch.flow, Flow::Down | Flow::Right);
    let mut turns = if ranked { vec![straight.clone()] } else { vec![balance_leaves(sketch)] };
    if boxes <= MOST_TO_COMPARE && !ranked {
        turns.push(spread_from_hub(sketch));
        turns.push(straight);
        turns.dedup();
    }
    let ways = [(false, true), (true, true), (false, false), (true, false)];
    let direction = |downward: bool| match sketch.flow {
        Flow::Down => downward,
        Flow::Right => !downward,
        Flow::Web | Flow::Time => true,
    };
    let ways = ways.into_iter().filter(|(downward, _)| direction(*downward));
    // Of large graphs, those with short edges: they are smaller. Of the largest, those that take least time.
    let fits = |balanced: bool| boxes <= MOST_TO_COMPARE || balanced == (boxes > MOST_TO_TRY);
    let ways: Vec<_> = ways.filter(|(_, balanced)| fits(*balanced)).collect();
    let plans = turns.into_iter().flat_map(|turned| {
        ways.iter()
            .map(|&(downward, balanced)| Plan { downward, balanced, turned: turned.clone(), quick })
            .collect::<Vec<_>>()
    });
    plans.take(if boxes > MOST_TO_TRY { 1 } else { usize::MAX }).collect()
}

/// Turns every second tie between a hub and nodes that hang on it alone.
fn balance_leaves(sketch: &Sketch) -> Vec<bool> {
    let degree = degrees(sketch);
    let mut before = vec![0usize; sketch.nodes.len()];
    let mut after = vec![0usize; sketch.nodes.len()];
    let mut turned = Vec::with_capacity(sketch.ties.len());
    for tie in &sketch.ties {
        let leaf_at_end = degree.get(tie.to) == Some(&1);
        let leaf_at_start = degree.get(tie.from) == Some(&1);
        if leaf_at_end == leaf_at_start {
            turned.push(false);
            continue;
        }
        let hub = if leaf_at_end { tie.from } else { tie.to };
        let (Some(before), Some(after)) = (before.get_mut(hub), after.get_mut(hub)) else { continue };
        // The leaf goes where the hub has fewer; as the tie points where both have the same.
        let leaf_last = if before == after { leaf_at_end } else { *after < *before };
        *if leaf_last { after } else { before } += 1;
        turned.push(leaf_last != leaf_at_end);
    }
    turned
}

/// Ranks by distance from the hub, one half of its neighbours before it, the other after it.
fn spread_from_hub(sketch: &Sketch) -> Vec<bool> {
    let rank = signed_distances(sketch);
    let of = |node: usize| rank.get(node).copied().flatten().unwrap_or_default();
    sketch.ties.iter().map(|tie| of(tie.from) > of(tie.to)).collect()
}

/// Distance of every node from the hub; negative in the branches that go before it.
fn signed_distances(sketch: &Sketch) -> Vec<Option<i64>> {
    let mut rank: Vec<Option<i64>> = vec![None; sketch.nodes.len()];
    let degree = degrees(sketch);
    let mut hubs: Vec<usize> = (0..sketch.nodes.len()).collect();
    hubs.sort_by_key(|&node| {
        (Some(node) != sketch.focus, usize::MAX - degree.get(node).copied().unwrap_or_default(), node)
    });
    for hub in hubs {
        if rank.get(hub).copied().flatten().is_none() {
            walk(sketch, hub, &mut rank);
        }
    }
    rank
}

fn walk(sketch: &Sketch, hub: usize, rank: &mut [Option<i64>]) {
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); sketch.nodes.len()];
    for tie in &sketch.ties {
        for (a, b) in [(tie.from, tie.to), (tie.to, tie.from)] {
            if let Some(list) = neighbours.get_mut(a) {
                list.push(b);
            }
        }
    }
    let mut queue = std::collections::VecDeque::from([(hub, 0i64)]);
    let mut sides = [1i64, -1].into_iter().cycle();
    while let Some((node, at)) = queue.pop_front() {
        match rank.get_mut(node) {
            Some(place @ None) => *place = Some(at),
            _ => continue,
        }
        for &next in neighbours.get(node).into_iter().flatten() {
            if rank.get(next).copied().flatten().is_none() {
                let side = if at == 0 { sides.next().unwrap_or(1) } else { at.signum() };
                queue.push_back((next, at + side));
            }
        }
    }
}

fn degrees(sketch: &Sketch) -> Vec<usize> {
    let mut degrees = vec![0; sketch.nodes.len()];
    for tie in &sketch.ties {
        for end in [tie.from, tie.to] {
            if let Some(degree) = degrees.get_mut(end) {
                *degree += 1;
            }
        }
    }
    degrees
}

/// How hard a drawing is to read: how much it must shrink to fit the page, and how often its lines cross.
pub(crate) fn cost(placement: &Placement) -> f64 {
    let shrink = page_cost(placement.size);
    let crossings = if placement.routes.len() > MOST_TO_CROSS { 0 } else { count_crossings(placement) };
    let crossings = crossings as f64 / placement.routes.len().max(1) as f64;
    shrink.max(0.6) * (1.0 + CROSSING * crossings)
}

/// How much a drawing of a size must shrink to fit the page.
pub(crate) fn page_cost(size: Size) -> f64 {
    (size.width / PAGE.0).max(size.height / PAGE.1)
}

/// Number of crossings between the lines of different routes.
pub(crate) fn count_crossings(placement: &Placement) -> usize {
    let lines: Vec<(Rect, Vec<Point>)> =
        placement.routes.iter().map(|route| with_bounds(route.path.points())).collect();
    let pairs = lines.iter().enumerate().flat_map(|(i, a)| lines.iter().skip(i + 1).map(move |b| (a, b)));
    pairs.filter(|((a, _), (b, _))| a.overlaps(b)).map(|((a, s), (b, t))| count_between(&near(s, b), &near(t, a))).sum()
}

fn with_bounds(points: Vec<Point>) -> (Rect, Vec<Point>) {
    let least = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::MAX, f64::min);
    let most = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::MIN, f64::max);
    let (x, y) = (least(|p| p.x), least(|p| p.y));
    // A flat line has a box, too.
    let bounds = Rect { x: x - 0.5, y: y - 0.5, width: most(|p| p.x) - x + 1.0, height: most(|p| p.y) - y + 1.0 };
    (bounds, points)
}

/// Stretches of a line that may reach into a box.
fn near<'a>(points: &'a [Point], b: &Rect) -> Vec<&'a [Point]> {
    let apart = |a: f64, c: f64, low: f64, high: f64| a.max(c) < low || a.min(c) > high;
    let reaches = |pair: &&[Point]| match pair {
        [p, q] => !apart(p.x, q.x, b.x, b.right()) && !apart(p.y, q.y, b.y, b.bottom()),
        _ => false,
    };
    points.windows(2).filter(reaches).collect()
}

fn count_between(s: &[&[Point]], t: &[&[Point]]) -> usize {
    s.iter().map(|a| t.iter().filter(|b| cross(a, b)).count()).sum()
}

fn cross(s: &[Point], t: &[Point]) -> bool {
    let ([a, b], [c, d]) = (s, t) else { return false };
    let side = |p: &Point, q: &Point, r: &Point| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::super::Tie;
    use super::*;

    fn star(leaves: usize) -> Sketch {
        let size = Size { width: 100.0, height: 40.0 };
        let ties = (1..=leaves).map(|to| Tie { from: 0, to, label: None }).collect();
        Sketch { nodes: vec![size; leaves + 1], ties, ..Sketch::default() }
    }

    #[track_caller]
    fn check(sketch: &Sketch, expected: &[bool]) {
        assert_eq!(balance_leaves(sketch), expected);
    }

    #[test]
    fn leaves_go_to_both_sides() {
        check(&star(4), &[false, true, false, true]);
        let mut line = star(1);
        line.nodes.push(Size::default());
        line.ties.push(Tie { from: 1, to: 2, label: None });
        check(&line, &[false, false]);
    }

    #[test]
    fn large_graphs_are_planned_once() {
        assert_eq!(plan_candidates(&star(300)).len(), 2);
        assert!(plan_candidates(&star(4)).len() > 2);
    }
}
