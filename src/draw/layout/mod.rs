//! Where things go: sizes and ties become places and paths.
//!
//! Law: a layout knows sizes, never names or colours; every label has a place of its own, which no node and no other label
//! shares. Pixels at scale 1, x to the right, y down.

pub(crate) mod graphviz;
mod layered;
mod pack;
mod plan;
mod timeline;

use super::picture::Flow;
use crate::error::Result;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

pub(crate) use plan::{Plan, count_crossings, plan_candidates};

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Size {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A box by its left upper corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A line from end to end.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Path {
    pub(crate) start: Point,
    pub(crate) pieces: Vec<Piece>,
}

/// Part of a path, from where the last one ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Piece {
    Line(Point),
    /// Two control points and the end of a cubic Bézier curve.
    Curve(Point, Point, Point),
}

/// What is to be placed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sketch {
    pub(crate) nodes: Vec<Size>,
    pub(crate) ties: Vec<Tie>,
    /// The node that the picture is about.
    pub(crate) focus: Option<usize>,
    /// How the picture is read.
    pub(crate) flow: Flow,
    /// Room for the heading of each group.
    pub(crate) groups: Vec<Size>,
    /// The group of each node; shorter where the rest has none.
    pub(crate) group_of: Vec<Option<usize>>,
}

/// An edge as layouts see it: positions among the nodes, and the room its label needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tie {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: Option<Size>,
}

/// Where everything went, in the order of the sketch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Placement {
    pub(crate) size: Size,
    pub(crate) nodes: Vec<Rect>,
    pub(crate) routes: Vec<Route>,
    /// Borders of groups.
    pub(crate) frames: Vec<(Rect, usize)>,
    /// Axes of time, and where on them each node's date goes.
    pub(crate) axes: Vec<(Point, Point)>,
    pub(crate) marks: Vec<Mark>,
}

/// A node's place on an axis of time.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mark {
    pub(crate) at: Point,
    pub(crate) node: usize,
}

/// A tie's path, from border to border, and the box of its label.
#[derive(Debug, Clone, Default)]
pub(crate) struct Route {
    pub(crate) path: Path,
    pub(crate) label: Option<Rect>,
}

/// Places a sketch with the embedded engine.
///
/// # Errors
/// What the engine says of input that it cannot place, such as too many nodes.
pub(crate) fn place_embedded(sketch: &Sketch) -> Result<Placement> {
    place_parts(sketch, &|part| choose(part, plan_candidates(part), layered::place))
}

/// Places a sketch: along an axis where it flows in time, else part by part with `place`.
pub(crate) fn place_parts(sketch: &Sketch, place: &dyn Fn(&Sketch) -> Result<Placement>) -> Result<Placement> {
    if sketch.flow == Flow::Time { Ok(timeline::place(sketch)) } else { pack::place_parts(sketch, place) }
}

/// The best of what an engine makes of the candidates, which are tried side by side; the first error where all fail.
pub(crate) fn choose(
    sketch: &Sketch,
    plans: Vec<Plan>,
    place: impl Fn(&Sketch, &Plan) -> Result<Placement> + Sync,
) -> Result<Placement> {
    let mut best: Option<(f64, Placement)> = None;
    let mut failure = None;
    let tried: Vec<Result<(f64, Placement)>> = plans
        .into_par_iter()
        .map(|plan| place(sketch, &plan).map(|placement| (plan::cost(&placement), placement)))
        .collect();
    for outcome in tried {
        match outcome {
            Ok((cost, placement)) => {
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, placement));
                }
            }
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    match (best, failure) {
        (Some((_, placement)), _) => Ok(placement),
        (None, Some(error)) => Err(error),
        (None, None) => Ok(Placement::default()),
    }
}

impl Point {
    pub(crate) fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(crate) fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point that lies `part` (0 to 1) of the way to another.
    pub(crate) fn toward(self, other: Self, part: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)
    }
}

impl Rect {
    pub(crate) fn centered(at: Point, size: Size) -> Self {
        let (width, height) = (size.width, size.height);
        Self { x: at.x - width / 2.0, y: at.y - height / 2.0, width, height }
    }

    pub(crate) fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub(crate) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether two boxes share more than a border.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

impl Piece {
    pub(crate) fn end(&self) -> Point {
        match *self {
            Self::Line(end) | Self::Curve(_, _, end) => end,
        }
    }

    fn moved(self, by: Point) -> Self {
        match self {
            Self::Line(end) => Self::Line(end.plus(by)),
            Self::Curve(a, b, end) => Self::Curve(a.plus(by), b.plus(by), end.plus(by)),
        }
    }
}

impl Point {
    fn plus(self, by: Self) -> Self {
        Self::new(self.x + by.x, self.y + by.y)
    }
}

impl Path {
    pub(crate) fn end(&self) -> Point {
        self.pieces.last().map_or(self.start, Piece::end)
    }

    /// The same line, walked from its end.
    pub(crate) fn reversed(&self) -> Self {
        let mut starts: Vec<Point> = vec![self.start];
        starts.extend(self.pieces.iter().map(Piece::end));
        let turn = |(piece, start): (&Piece, &Point)| match *piece {
            Piece::Line(_) => Piece::Line(*start),
            Piece::Curve(a, b, _) => Piece::Curve(b, a, *start),
        };
        Self { start: self.end(), pieces: self.pieces.iter().zip(&starts).rev().map(turn).collect() }
    }

    /// Points along the line, close enough together to stand for it.
    pub(crate) fn points(&self) -> Vec<Point> {
        let mut points = vec![self.start];
        let mut from = self.start;
        for piece in &self.pieces {
            match *piece {
                Piece::Line(end) => points.push(end),
                Piece::Curve(a, b, end) => {
                    points.extend((1..=12).map(|i| bezier(from, a, b, end, f64::from(i) / 12.0)))
                }
            }
            from = piece.end();
        }
        points
    }
}

fn bezier(from: Point, a: Point, b: Point, to: Point, t: f64) -> Point {
    let (ab, bc, cd) = (from.toward(a, t), a.toward(b, t), b.toward(to, t));
    ab.toward(bc, t).toward(bc.toward(cd, t), t)
}

impl Placement {
    /// Moves everything so that the drawing begins at the origin, and measures it.
    pub(crate) fn at_origin(mut self) -> Self {
        let lines = self.routes.iter().flat_map(|route| route.path.points());
        let boxes = self.nodes.iter().chain(self.routes.iter().filter_map(|route| route.label.as_ref()));
        let corners = boxes.flat_map(|b| [Point::new(b.x, b.y), Point::new(b.right(), b.bottom())]);
        let points: Vec<Point> = lines.chain(corners).collect();
        let least = |of: fn(&Point) -> f64| points.iter().map(of).reduce(f64::min).unwrap_or_default();
        let most = |of: fn(&Point) -> f64| points.iter().map(of).reduce(f64::max).unwrap_or_default();
        let by = Point::new(-least(|p| p.x), -least(|p| p.y));
        self.size = Size { width: most(|p| p.x) + by.x, height: most(|p| p.y) + by.y };
        pack::shift(&mut self, by);
        self
    }
}
