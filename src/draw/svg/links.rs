//! Where a reader may click on a drawing to come to a source.

use super::Link;
use super::path::along;
use crate::draw::footnotes::first_url;
use crate::draw::layout::{Placement, Point, Rect, Route, Size};
use crate::draw::picture::Picture;
use crate::draw::style::Style;
use crate::draw::tell::{tell_edge, tell_node};
use std::collections::BTreeSet;

/// Side of the squares that cover a line without words, and how far apart they lie: readers of PDF take upright boxes only.
const SPOT: Size = Size { width: 10.0, height: 10.0 };
const STEP: f64 = 14.0;
const MOST_SPOTS: usize = 40;

/// Boxes, and lines by their words or else along them, whose passages have an address; `at` is where the drawing begins.
pub(super) fn find_links(picture: &Picture, style: &Style, placement: &Placement, at: Point) -> Vec<Link> {
    let link = |areas: Vec<Rect>, evidence: &BTreeSet<String>, tale: &dyn Fn() -> String| {
        let Some(url) = first_url(picture, evidence) else { return Vec::new() };
        let tale = tale().lines().next().unwrap_or_default().to_owned();
        let place = |area: Rect| Rect { x: area.x + at.x, y: area.y + at.y, ..area };
        areas.into_iter().map(|area| Link { area: place(area), url: url.to_owned(), tale: tale.clone() }).collect()
    };
    let edges = picture.edges().zip(&placement.routes);
    let edges = edges.flat_map(|(edge, route)| link(spots(route), &edge.evidence, &|| tell_edge(picture, edge, style)));
    let nodes = picture.nodes().zip(&placement.nodes);
    let nodes = nodes.flat_map(|(node, b)| link(vec![*b], node.support(), &|| tell_node(picture, node, style)));
    edges.chain(nodes).collect()
}

fn spots(route: &Route) -> Vec<Rect> {
    if let Some(label) = route.label {
        return vec![label];
    }
    let points = route.path.points();
    let length: f64 = points.windows(2).map(|pair| if let [a, b] = pair { a.distance(*b) } else { 0.0 }).sum();
    let count = ((length / STEP) as usize).clamp(1, MOST_SPOTS);
    let part = |i: usize| (i as f64 + 0.5) / count as f64;
    (0..count).map(|i| Rect::centered(along(&points, part(i)), SPOT)).collect()
}
