//! Events one under the other along an axis of time; several columns where one would be too long.

use super::{Mark, Placement, Point, Rect, Sketch};

/// Room for dates left of the axis, and between axis and boxes.
const DATES: f64 = 118.0;
const AXIS_GAP: f64 = 18.0;
const GAP: f64 = 12.0;
/// Between columns.
const COLUMN_GAP: f64 = 34.0;
/// About how wide a column is: as many columns as make a page about square.
const WIDTH: f64 = 560.0;

/// Places the nodes in their order.
pub(super) fn place(sketch: &Sketch) -> Placement {
    let height: f64 = sketch.nodes.iter().map(|size| size.height + GAP).sum();
    let columns = (height / WIDTH).sqrt().round().max(1.0);
    let limit = height / columns;
    let mut placement = Placement { routes: vec![super::Route::default(); sketch.ties.len()], ..Placement::default() };
    let (mut x, mut y, mut widest) = (DATES, 0.0, 0.0_f64);
    for (node, size) in sketch.nodes.iter().enumerate() {
        let begun = placement.axes.len() as f64 + 1.0;
        if y > 0.0 && y + size.height / 2.0 > limit && begun < columns {
            placement.axes.push((Point::new(x, 0.0), Point::new(x, y - GAP)));
            x += AXIS_GAP + widest + COLUMN_GAP + DATES;
            (y, widest) = (0.0, 0.0);
        }
        placement.nodes.push(Rect { x: x + AXIS_GAP, y, width: size.width, height: size.height });
        placement.marks.push(Mark { at: Point::new(x, y + size.height / 2.0), node });
        widest = widest.max(size.width);
        y += size.height + GAP;
        placement.size.height = placement.size.height.max(y - GAP);
        placement.size.width = placement.size.width.max(x + AXIS_GAP + size.width);
    }
    placement.axes.push((Point::new(x, 0.0), Point::new(x, (y - GAP).max(0.0))));
    placement
}

#[cfg(test)]
mod tests {
    use super::super::Size;
    use super::*;

    #[track_caller]
    fn check(count: usize, columns: usize) {
        let sketch = Sketch { nodes: vec![Size { width: 300.0, height: 38.0 }; count], ..Sketch::default() };
        let placement = place(&sketch);
        assert_eq!((placement.nodes.len(), placement.marks.len(), placement.axes.len()), (count, count, columns));
        for pair in placement.nodes.windows(2) {
            assert!(pair[0].y < pair[1].y || pair[0].x < pair[1].x);
            assert!(!pair[0].overlaps(&pair[1]));
        }
    }

    #[test]
    fn events_follow_one_another() {
        check(1, 1);
        check(12, 1);
        check(40, 2);
        check(100, 3);
    }
}
