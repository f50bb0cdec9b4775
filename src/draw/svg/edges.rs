//! Lines of a drawing and the words on them.

use super::path::{along, direction, extend, number, path_data, shorten};
use super::{Canvas, dash};
use crate::draw::footnotes::first_url;
use crate::draw::layout::{Path, Placement, Point, Rect, Route};
use crate::draw::outline::outline;
use crate::draw::picture::{Edge, Picture};
use crate::draw::sketch::{BULLET, TextLine};
use crate::draw::style::Line;
use crate::draw::tell::tell_edge;
use crate::ontology::Status;
use std::fmt::Write as _;

const ARROW: f64 = 9.0;

/// Width in pixels of the line that `sources` sources support.
pub(crate) fn stroke_width(sources: usize) -> f64 {
    1.3 + 0.6 * sources.saturating_sub(1).min(5) as f64
}

impl Canvas<'_> {
    pub(super) fn edge(&mut self, at: usize, edge: &Edge, route: &Route, picture: &Picture, placement: &Placement) {
        let path = self.fit(edge, route, picture, placement);
        let color = self.style.edge_color(edge.status).as_str();
        let status = self.style.status(edge.status);
        let tale = tell_edge(picture, edge, self.style);
        let url = first_url(picture, &edge.evidence);
        self.open_symbol("edge", &format!("e{at}"), &tale, edge.status, url);
        let ends = [&edge.from, &edge.to].map(|id| picture.position(id).unwrap_or_default());
        let _ =
            write!(self.out, " data-from=\"n{}\" data-to=\"n{}\" fill=\"none\" stroke=\"{color}\"", ends[0], ends[1]);
        if let Some((first, last)) = edge.dates() {
            let _ = write!(self.out, " data-dates=\"{first}/{last}\"");
        }
        self.close_opening(&tale);
        let width = stroke_width(picture.count_sources(&edge.evidence));
        let line = if edge.directed { shorten(&path, ARROW * 0.8) } else { path.clone() };
        let dash = dash(status.line);
        let _ = writeln!(self.out, "<path d=\"{}\" stroke-width=\"{}\"{dash}/>", path_data(&line), number(width));
        if edge.directed {
            self.arrow(&path, color, width);
        }
        if status.line == Line::Struck {
            self.cross(&path, route.label.as_ref());
        }
        self.close_symbol(url);
    }

    /// The route, from outline to outline.
    fn fit(&self, edge: &Edge, route: &Route, picture: &Picture, placement: &Placement) -> Path {
        let outline_of = |id: &str| {
            let (node, at) = (picture.node(id)?, picture.position(id)?);
            Some(outline(self.style.kind(&node.kind).shape, placement.nodes.get(at)?).points())
        };
        let (Some(from), Some(to)) = (outline_of(&edge.from), outline_of(&edge.to)) else { return route.path.clone() };
        extend(&extend(&route.path, &to).reversed(), &from).reversed()
    }

    fn arrow(&mut self, path: &Path, color: &str, width: f64) {
        let (tip, back) = (path.end(), direction(path));
        let size = ARROW + (width - 1.3);
        let (base, half) = (Point::new(tip.x - back.x * size, tip.y - back.y * size), size * 0.42);
        let side = |sign: f64| Point::new(base.x - sign * back.y * half, base.y + sign * back.x * half);
        let points = [tip, side(1.0), side(-1.0)].map(|p| format!("{},{}", number(p.x), number(p.y))).join(" ");
        let _ = writeln!(self.out, "<polygon points=\"{points}\" fill=\"{color}\" stroke=\"none\"/>");
    }

    /// A cross on the visible part of a line.
    pub(super) fn cross(&mut self, path: &Path, label: Option<&Rect>) {
        let points = path.points();
        let hidden = |p: &Point| label.is_some_and(|b| p.x > b.x && p.x < b.right() && p.y > b.y && p.y < b.bottom());
        let at = [0.75, 0.25, 0.85, 0.5].map(|part| along(&points, part)).into_iter().find(|p| !hidden(p));
        let Point { x, y } = at.unwrap_or_else(|| along(&points, 0.75));
        let (x0, x1, y0, y1) = (number(x - 5.0), number(x + 5.0), number(y - 5.0), number(y + 5.0));
        let _ = writeln!(self.out, "<path d=\"M{x0} {y0}L{x1} {y1}M{x0} {y1}L{x1} {y0}\" stroke-width=\"2.2\"/>");
    }

    pub(super) fn edge_label(&mut self, at: usize, edge: &Edge, route: &Route, lines: &[TextLine]) {
        let Some(b) = &route.label else { return };
        let background = self.style.page.background.as_str();
        let _ = write!(self.out, "<g class=\"label\" data-edge=\"e{at}\">");
        let (x, y, w, h) = (number(b.x + 2.0), number(b.y + 1.0), number(b.width - 4.0), number(b.height - 3.0));
        let _ = writeln!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"3\" fill=\"{background}\"/>"
        );
        let color = match edge.status {
            Status::Denied => self.style.edge_color(edge.status).clone(),
            _ => self.style.page.edge_text.clone(),
        };
        if lines.first().is_some_and(|line| line.text.starts_with(BULLET)) {
            self.text_list(lines, b, &color);
        } else {
            self.text_block(lines, b.center(), &color);
        }
        self.out.push_str("</g>\n");
    }
}
