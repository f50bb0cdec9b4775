//! The embedded engine: layers by `graphlay` (after Sugiyama), with every edge label as a small node of its own, so that the
//! engine keeps nodes, labels and the lines of other edges apart.

use super::{Path, Piece, Placement, Plan, Point, Rect, Route, Size, Sketch, Tie};
use crate::error::{Error, Result};
use graphlay::{
    BranchStyle, Compaction, CrossPlacement, Direction, Edge, Effort, Graph, Layout, LayoutOptions, Node, NodeId,
    PortSides, RoutingStyle,
};

/// Gap between layers; labels are layers too.
const LAYER_GAP: f64 = 26.0;
/// Room that the engine reserves between layers for each line that crosses there: lines that run aslant need little.
const LANE_GAP: f64 = 3.0;
/// How far a bend is rounded.
const BEND: f64 = 26.0;

/// Places a sketch as a plan says.
///
/// # Errors
/// What the engine says: too many nodes or edges.
pub(super) fn place(sketch: &Sketch, plan: &Plan) -> Result<Placement> {
    let (graph, legs) = build_graph(sketch, plan);
    let layout = graphlay::layout(&graph, &options(plan)).map_err(|cause| {
        Error::with_hint(format!("the diagram cannot be laid out: {cause}"), "draw fewer nodes, or install Graphviz")
    })?;
    let nodes = layout.nodes.iter().take(sketch.nodes.len()).map(rect_of).collect();
    let routes = legs.iter().map(|leg| leg.route(&layout)).collect();
    Ok(Placement { nodes, routes, ..Placement::default() }.at_origin())
}

/// Positions of what stands for one tie in the engine's graph.
struct Leg {
    first: usize,
    /// Node of the label and the edge behind it.
    label: Option<(usize, usize)>,
    turned: bool,
}

fn build_graph(sketch: &Sketch, plan: &Plan) -> (Graph, Vec<Leg>) {
    let mut graph = Graph::new();
    graph.nodes = room_for_ends(sketch, plan).into_iter().map(node_of).collect();
    let mut legs = Vec::with_capacity(sketch.ties.len());
    for (tie, turned) in sketch.ties.iter().zip(&plan.turned) {
        legs.push(add_tie(&mut graph, tie, *turned));
    }
    (graph, legs)
}

/// Sizes, with hubs stretched so that the ends of their lines stay apart.
fn room_for_ends(sketch: &Sketch, plan: &Plan) -> Vec<Size> {
    let mut ends = vec![[0.0; 2]; sketch.nodes.len()];
    for (tie, turned) in sketch.ties.iter().zip(&plan.turned) {
        for (node, side) in [(tie.from, usize::from(*turned)), (tie.to, usize::from(!*turned))] {
            if let Some(count) = ends.get_mut(node).and_then(|sides| sides.get_mut(side)) {
                *count += 1.0;
            }
        }
    }
    let stretch = |(size, [first, last]): (&Size, &[f64; 2])| {
        let most = first.max(*last);
        match plan.downward {
            true => Size { width: size.width.max(most * 14.0), height: size.height },
            false => Size { width: size.width, height: size.height.max(most * 9.0) },
        }
    };
    sketch.nodes.iter().zip(&ends).map(stretch).collect()
}

fn add_tie(graph: &mut Graph, tie: &Tie, turned: bool) -> Leg {
    let (from, to) = if turned { (tie.to, tie.from) } else { (tie.from, tie.to) };
    let first = graph.edges.len();
    let Some(size) = tie.label else {
        graph.edges.push(connect(from, to));
        return Leg { first, label: None, turned };
    };
    let label = graph.nodes.len();
    graph.nodes.push(node_of(size));
    graph.edges.push(connect(from, label));
    graph.edges.push(connect(label, to));
    Leg { first, label: Some((label, first + 1)), turned }
}

fn node_of(size: Size) -> Node {
    let size = graphlay::Size::new(size.width.max(1.0), size.height.max(1.0));
    Node { size, ..Node::default() }
}

fn connect(from: usize, to: usize) -> Edge {
    let id = |position: usize| NodeId(u32::try_from(position).unwrap_or(u32::MAX));
    Edge::new(id(from), id(to))
}

fn options(plan: &Plan) -> LayoutOptions {
    let mut options = LayoutOptions::layered_default();
    options.direction = if plan.downward { Direction::TopBottom } else { Direction::LeftRight };
    options.effort = if plan.quick { Effort::Fast } else { Effort::default() };
    options.spacing.layer_gap = LAYER_GAP;
    options.spacing.node_gap = 16.0;
    options.spacing.dummy_gap = 14.0;
    options.spacing.port_gap = 9.0;
    options.spacing.isolated_gap = 24.0;
    options.routing.style = RoutingStyle::Diagonal;
    options.routing.lane_gap = LANE_GAP;
    options.routing.port_sides = PortSides::FacingOnly;
    options.coords.placement =
        if plan.balanced { CrossPlacement::BrandesKoepf } else { CrossPlacement::NetworkSimplex };
    options.coords.branch_style = BranchStyle::Free;
    options.coords.branch_bands = false;
    // A straight main path pulls a hub to the edge of its leaves.
    options.tuning.coords.main_path_room = 0;
    options.compaction.mode = Compaction::None;
    options
}

fn rect_of(placement: &graphlay::Placement) -> Rect {
    let size = Size { width: placement.size.width, height: placement.size.height };
    Rect::centered(Point::new(placement.center.x, placement.center.y), size)
}

impl Leg {
    fn route(&self, layout: &Layout) -> Route {
        let mut points = points_of(layout, self.first);
        let label = self.label.and_then(|(node, second)| {
            points.extend(points_of(layout, second));
            layout.nodes.get(node).map(rect_of)
        });
        if self.turned {
            points.reverse();
        }
        Route { path: round(&points), label }
    }
}

fn points_of(layout: &Layout, edge: usize) -> Vec<Point> {
    let route = layout.edges.get(edge);
    route.into_iter().flat_map(|route| &route.points).map(|p| Point::new(p.x, p.y)).collect()
}

/// A polyline with its bends rounded.
fn round(points: &[Point]) -> Path {
    let mut path = Path { start: points.first().copied().unwrap_or_default(), pieces: Vec::new() };
    for window in points.windows(3) {
        let &[before, bend, after] = window else { continue };
        let reach = |other: Point| (BEND.min(bend.distance(other) / 2.0) / bend.distance(other).max(0.001)).min(0.5);
        let (enter, leave) = (bend.toward(before, reach(before)), bend.toward(after, reach(after)));
        path.pieces.push(Piece::Line(enter));
        path.pieces.push(Piece::Curve(enter.toward(bend, 0.6), leave.toward(bend, 0.6), leave));
    }
    if let [_, .., last] = points {
        path.pieces.push(Piece::Line(*last));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::super::place_embedded;
    use super::*;

    fn sketch(count: usize, ties: &[(usize, usize)]) -> Sketch {
        let label = Some(Size { width: 60.0, height: 16.0 });
        let ties = ties.iter().map(|&(from, to)| Tie { from, to, label }).collect();
        Sketch { nodes: vec![Size { width: 120.0, height: 36.0 }; count], ties, ..Sketch::default() }
    }

    #[track_caller]
    fn check(sketch: &Sketch) {
        let placement = place_embedded(sketch).unwrap();
        let labels = placement.routes.iter().filter_map(|route| route.label);
        let boxes: Vec<Rect> = placement.nodes.iter().copied().chain(labels).collect();
        assert_eq!(boxes.len(), sketch.nodes.len() + sketch.ties.len());
        for (i, a) in boxes.iter().enumerate() {
            assert!(a.x >= -0.01 && a.right() <= placement.size.width + 0.01);
            assert!(boxes.iter().skip(i + 1).all(|b| !a.overlaps(b)), "{a:?} overlaps");
        }
    }

    #[test]
    fn nothing_overlaps() {
        check(&sketch(0, &[]));
        check(&sketch(3, &[]));
        check(&sketch(2, &[(0, 1), (1, 0), (0, 0)]));
        check(&sketch(6, &[(0, 1), (0, 2), (3, 0), (4, 0), (0, 5), (1, 2), (4, 5), (5, 1)]));
    }
}
