//! How good a layout is, in numbers: what `examples/measure_layout.rs` compares engines by.
//!
//! Law: the same measure for every engine, on what is drawn: the lines, not what an engine says of them.

use super::layout::{Path, Placement, Point, Rect, Sketch, count_crossings};
use super::picture::Picture;
use super::sketch::draft;
use super::style::Style;
use super::{RenderOptions, place};
use crate::error::Result;

/// What a reader stumbles over in a drawing, and how large it is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Verdict {
    /// Lines that run through a node which they do not join.
    pub through: usize,
    /// Pairs of boxes (nodes, labels) that overlap.
    pub overlaps: usize,
    /// Crossings between lines.
    pub crossings: usize,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

/// Lays a picture out and judges the result.
///
/// # Errors
/// See [`super::render`].
pub fn judge(picture: &Picture, style: &Style, options: &RenderOptions) -> Result<Verdict> {
    let draft = draft(picture, style, options.footnotes)?;
    let placement = place(&draft, options)?.0;
    Ok(judge_placement(&draft.sketch, &placement))
}

pub(super) fn judge_placement(sketch: &Sketch, placement: &Placement) -> Verdict {
    let labels = placement.routes.iter().filter_map(|route| route.label);
    let boxes: Vec<Rect> = placement.nodes.iter().copied().chain(labels).collect();
    let overlaps =
        boxes.iter().enumerate().map(|(i, a)| boxes.iter().skip(i + 1).filter(|b| a.overlaps(b)).count()).sum();
    let through = placement.routes.iter().zip(&sketch.ties).map(|(route, tie)| {
        let others = placement.nodes.iter().enumerate().filter(|(i, _)| *i != tie.from && *i != tie.to);
        others.filter(|(_, b)| passes(&route.path, b)).count()
    });
    Verdict {
        through: through.sum(),
        overlaps,
        crossings: count_crossings(placement),
        width: placement.size.width,
        height: placement.size.height,
    }
}

/// Whether a line runs through a box, more than a pixel inside of it.
fn passes(path: &Path, b: &Rect) -> bool {
    let points = path.points();
    let inside = |p: Point| p.x > b.x + 1.0 && p.x < b.right() - 1.0 && p.y > b.y + 1.0 && p.y < b.bottom() - 1.0;
    let step = |a: Point, z: Point| {
        let steps = (a.distance(z) / 2.0).ceil().max(1.0) as usize;
        (0..=steps).map(move |i| a.toward(z, i as f64 / steps as f64))
    };
    points.windows(2).any(|pair| matches!(pair, [a, z] if step(*a, *z).any(inside)))
}
