//! The outlines of shapes, as paths: drawn by the writers, and asked where an edge meets them.

use super::layout::{Path, Piece, Point, Rect};
use super::style::Shape;

/// How far a control point lies along a quarter of a circle.
const ARC: f64 = 0.5523;

/// The closed outline of a shape that fills a box.
pub(super) fn outline(shape: Shape, b: &Rect) -> Path {
    let (w, h) = (b.width, b.height);
    match shape {
        Shape::Rectangle | Shape::Bracket => polygon(b, &[(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]),
        Shape::Rounded => rounded(b, 8.0, 8.0),
        Shape::Stadium => rounded(b, h.min(44.0) / 2.0, h.min(44.0) / 2.0),
        Shape::Ellipse => rounded(b, w / 2.0, h / 2.0),
        Shape::Hexagon => {
            let d = 12.0_f64.min(w / 4.0);
            polygon(b, &[(d, 0.0), (w - d, 0.0), (w, h / 2.0), (w - d, h), (d, h), (0.0, h / 2.0)])
        }
        Shape::Octagon => {
            let d = 8.0_f64.min(h / 3.0);
            polygon(b, &[(d, 0.0), (w - d, 0.0), (w, d), (w, h - d), (w - d, h), (d, h), (0.0, h - d), (0.0, d)])
        }
        Shape::Parallelogram => {
            let d = 14.0_f64.min(w / 4.0);
            polygon(b, &[(d, 0.0), (w, 0.0), (w - d, h), (0.0, h)])
        }
        Shape::Folder => {
            let tab = (w * 0.4).min(52.0);
            polygon(b, &[(0.0, 0.0), (tab, 0.0), (tab + 5.0, 6.0), (w, 6.0), (w, h), (0.0, h)])
        }
        Shape::Note => {
            let d = fold(b);
            polygon(b, &[(0.0, 0.0), (w - d, 0.0), (w, d), (w, h), (0.0, h)])
        }
        Shape::House => {
            let d = 12.0_f64.min(h / 3.0);
            polygon(b, &[(w / 2.0, 0.0), (w, d), (w, h), (0.0, h), (0.0, d)])
        }
    }
}

/// Lines on a shape beside its outline.
pub(super) fn ornament(shape: Shape, b: &Rect) -> Option<Path> {
    let at = |x: f64, y: f64| Point::new(b.x + x, b.y + y);
    let d = fold(b);
    match shape {
        Shape::Note => Some(Path {
            start: at(b.width - d, 0.0),
            pieces: vec![Piece::Line(at(b.width - d, d)), Piece::Line(at(b.width, d))],
        }),
        _ => None,
    }
}

/// The middle of the part of a shape that text may fill.
pub(super) fn text_center(shape: Shape, b: &Rect) -> Point {
    let center = b.center();
    match shape {
        Shape::Folder => Point::new(center.x, center.y + 3.0),
        Shape::House => Point::new(center.x, center.y + 5.0),
        Shape::Note => Point::new(center.x - 3.0, center.y),
        Shape::Bracket => Point::new(center.x + 3.0, center.y),
        _ => center,
    }
}

fn fold(b: &Rect) -> f64 {
    10.0_f64.min(b.height / 3.0)
}

fn polygon(b: &Rect, corners: &[(f64, f64)]) -> Path {
    let mut points = corners.iter().map(|(x, y)| Point::new(b.x + x, b.y + y));
    let start = points.next().unwrap_or_default();
    Path { start, pieces: points.map(Piece::Line).collect() }
}

/// A box with elliptic corners.
fn rounded(b: &Rect, rx: f64, ry: f64) -> Path {
    let (rx, ry) = (rx.min(b.width / 2.0), ry.min(b.height / 2.0));
    let at = |x: f64, y: f64| Point::new(b.x + x, b.y + y);
    let (w, h) = (b.width, b.height);
    let (cx, cy) = (rx * (1.0 - ARC), ry * (1.0 - ARC));
    let pieces = vec![
        Piece::Line(at(w - rx, 0.0)),
        Piece::Curve(at(w - cx, 0.0), at(w, cy), at(w, ry)),
        Piece::Line(at(w, h - ry)),
        Piece::Curve(at(w, h - cy), at(w - cx, h), at(w - rx, h)),
        Piece::Line(at(rx, h)),
        Piece::Curve(at(cx, h), at(0.0, h - cy), at(0.0, h - ry)),
        Piece::Line(at(0.0, ry)),
        Piece::Curve(at(0.0, cy), at(cx, 0.0), at(rx, 0.0)),
    ];
    Path { start: at(rx, 0.0), pieces }
}

/// Whether a point lies within a closed outline (ray casting).
pub(super) fn contains(outline: &[Point], p: Point) -> bool {
    let edges = outline.iter().zip(outline.iter().cycle().skip(1));
    let hits = edges.filter(|(a, b)| (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x);
    hits.count() % 2 == 1
}

/// Where a line that ends at `end`, coming from `before`, meets the outline: engines end it at the box.
pub(super) fn meet(outline: &[Point], before: Point, end: Point) -> Point {
    let length = before.distance(end).max(0.001);
    let step = |i: u32| before.toward(end, (length + f64::from(i) * 0.5) / length);
    if contains(outline, end) {
        return end;
    }
    (0..80).map(step).find(|p| contains(outline, *p)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shape: Shape, inside: (f64, f64), outside: (f64, f64)) {
        let b = Rect { x: 10.0, y: 20.0, width: 100.0, height: 40.0 };
        let points = outline(shape, &b).points();
        assert!(points.iter().all(|p| p.x >= 10.0 && p.x <= 110.0 && p.y >= 20.0 && p.y <= 60.0));
        assert!(contains(&points, Point::new(inside.0, inside.1)));
        assert!(!contains(&points, Point::new(outside.0, outside.1)));
    }

    #[test]
    fn corners_are_outside() {
        check(Shape::Rectangle, (11.0, 21.0), (9.0, 21.0));
        check(Shape::Ellipse, (60.0, 21.0), (12.0, 22.0));
        check(Shape::Hexagon, (60.0, 21.0), (11.0, 21.0));
        check(Shape::Stadium, (12.0, 40.0), (11.0, 21.0));
        check(Shape::Parallelogram, (100.0, 25.0), (11.0, 21.0));
    }

    #[test]
    fn lines_reach_the_outline() {
        let b = Rect { x: 0.0, y: 0.0, width: 100.0, height: 40.0 };
        let points = outline(Shape::Ellipse, &b).points();
        let end = meet(&points, Point::new(-20.0, 10.0), Point::new(0.0, 10.0));
        assert!(end.x > 3.0 && end.x < 9.0, "{end:?}");
    }
}
