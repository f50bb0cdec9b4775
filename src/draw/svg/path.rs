//! Numbers and lines as SVG writes them, and where along a line things go.

use crate::draw::layout::{Path, Piece, Point};
use crate::draw::outline::meet;
use std::fmt::Write as _;

/// A number with at most one decimal.
pub(crate) fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

pub(super) fn path_data(path: &Path) -> String {
    let pair = |p: Point| format!("{} {}", number(p.x), number(p.y));
    let mut data = format!("M{}", pair(path.start));
    for piece in &path.pieces {
        let _ = match *piece {
            Piece::Line(end) => write!(data, "L{}", pair(end)),
            Piece::Curve(a, b, end) => write!(data, "C{} {} {}", pair(a), pair(b), pair(end)),
        };
    }
    data
}

/// Unit vector of a path's last stretch.
pub(super) fn direction(path: &Path) -> Point {
    let points = path.points();
    let end = path.end();
    let before = points.iter().rev().find(|p| p.distance(end) > 1.0).copied().unwrap_or(Point::new(end.x, end.y - 1.0));
    let length = before.distance(end).max(0.001);
    Point::new((end.x - before.x) / length, (end.y - before.y) / length)
}

pub(super) fn move_end(path: &Path, end: Point) -> Path {
    let mut path = path.clone();
    match path.pieces.last_mut() {
        Some(Piece::Line(last)) => *last = end,
        Some(Piece::Curve(_, b, last)) => {
            *b = Point::new(b.x + end.x - last.x, b.y + end.y - last.y);
            *last = end;
        }
        None => {}
    }
    path
}

pub(super) fn shorten(path: &Path, by: f64) -> Path {
    let (end, along) = (path.end(), direction(path));
    move_end(path, Point::new(end.x - along.x * by, end.y - along.y * by))
}

/// Leads the end of a path on until it meets an outline.
pub(super) fn extend(path: &Path, outline: &[Point]) -> Path {
    let (end, along) = (path.end(), direction(path));
    let before = Point::new(end.x - along.x * 4.0, end.y - along.y * 4.0);
    move_end(path, meet(outline, before, end))
}

/// The point at a part (0 to 1) of the length of a line.
pub(super) fn along(points: &[Point], part: f64) -> Point {
    let lengths: Vec<f64> = points.windows(2).map(|w| if let [a, b] = w { a.distance(*b) } else { 0.0 }).collect();
    let mut left = lengths.iter().sum::<f64>() * part;
    for (window, length) in points.windows(2).zip(&lengths) {
        if let ([a, b], true) = (window, left <= *length && *length > 0.0) {
            return a.toward(*b, left / length);
        }
        left -= length;
    }
    points.last().copied().unwrap_or_default()
}
