//! Parts of a drawing that no line joins are laid out each for itself, framed where they are a group, and packed on one page.
//!
//! Law: a group is framed only where no line leaves it, so that no line crosses a frame.

use super::plan::page_cost;
use super::{Piece, Placement, Point, Rect, Sketch};
use crate::error::Result;
use std::collections::BTreeMap;

/// Between parts, and around what a frame holds.
const GAP: f64 = 26.0;
const PADDING: f64 = 14.0;
/// Between the parts of one group.
const GROUP_GAP: f64 = 14.0;
/// Widths of the page that are tried, as multiples of the side of a square with the area of all parts.
const WIDTHS: [f64; 6] = [0.9, 1.1, 1.3, 1.6, 2.0, 2.6];

/// A part: its nodes and ties by position in the whole sketch, and where they went.
struct Block {
    nodes: Vec<usize>,
    ties: Vec<usize>,
    placement: Placement,
}

/// Places the parts of a sketch with `place` and packs them.
pub(super) fn place_parts(sketch: &Sketch, place: &dyn Fn(&Sketch) -> Result<Placement>) -> Result<Placement> {
    let parts = components(sketch);
    if sketch.groups.is_empty() && parts.len() < 2 {
        return place(sketch);
    }
    let mut loose = Vec::new();
    let mut grouped: BTreeMap<usize, Vec<Block>> = BTreeMap::new();
    let whole = whole_groups(sketch, &parts);
    for nodes in parts {
        let group = nodes.first().and_then(|node| sketch.group_of.get(*node).copied().flatten());
        let block = place_block(sketch, nodes, place)?;
        match group.filter(|group| whole.get(*group) == Some(&true)) {
            Some(group) => grouped.entry(group).or_default().push(block),
            None => loose.push(block),
        }
    }
    loose.extend(grouped.into_iter().map(|(group, blocks)| frame(sketch, group, fill(blocks))));
    let block = merge(loose, GAP);
    Ok(in_order(sketch, block))
}

/// Nodes of each part that lines join, by first node.
fn components(sketch: &Sketch) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..sketch.nodes.len()).collect();
    fn find(root: &mut [usize], mut node: usize) -> usize {
        while let Some(&up) = root.get(node).filter(|up| **up != node) {
            let next = root.get(up).copied().unwrap_or(up);
            if let Some(place) = root.get_mut(node) {
                *place = next;
            }
            node = up;
        }
        node
    }
    for tie in &sketch.ties {
        let (a, b) = (find(&mut root, tie.from), find(&mut root, tie.to));
        if let Some(place) = root.get_mut(a.max(b)) {
            *place = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..sketch.nodes.len() {
        parts.entry(find(&mut root, node)).or_default().push(node);
    }
    parts.into_values().collect()
}

/// For each group, whether every part with a node of it lies in it wholly.
fn whole_groups(sketch: &Sketch, parts: &[Vec<usize>]) -> Vec<bool> {
    let group = |node: &usize| sketch.group_of.get(*node).copied().flatten();
    let mut whole = vec![true; sketch.groups.len()];
    for part in parts {
        let first = part.first().and_then(group);
        if part.iter().any(|node| group(node) != first) {
            for at in part.iter().filter_map(group) {
                whole.get_mut(at).into_iter().for_each(|place| *place = false);
            }
        }
    }
    whole
}

fn place_block(sketch: &Sketch, nodes: Vec<usize>, place: &dyn Fn(&Sketch) -> Result<Placement>) -> Result<Block> {
    let local: BTreeMap<usize, usize> = nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let mut part = Sketch { flow: sketch.flow, ..Sketch::default() };
    part.nodes = nodes.iter().filter_map(|node| sketch.nodes.get(*node).copied()).collect();
    part.focus = sketch.focus.and_then(|node| local.get(&node).copied());
    let mut ties = Vec::new();
    for (at, tie) in sketch.ties.iter().enumerate() {
        if let (Some(&from), Some(&to)) = (local.get(&tie.from), local.get(&tie.to)) {
            part.ties.push(super::Tie { from, to, label: tie.label });
            ties.push(at);
        }
    }
    let placement = match part.nodes.as_slice() {
        [size] if part.ties.is_empty() => Placement {
            size: *size,
            nodes: vec![Rect { x: 0.0, y: 0.0, width: size.width, height: size.height }],
            ..Placement::default()
        },
        _ => place(&part)?,
    };
    Ok(Block { nodes, ties, placement })
}

/// Room for a heading and a border around a group.
fn frame(sketch: &Sketch, group: usize, mut block: Block) -> Block {
    let title = sketch.groups.get(group).copied().unwrap_or_default();
    let size = block.placement.size;
    let inner = size.width.max(title.width);
    shift(&mut block.placement, Point::new(PADDING + (inner - size.width) / 2.0, PADDING + title.height + 8.0));
    let (width, height) = (inner + 2.0 * PADDING, size.height + title.height + 8.0 + 2.0 * PADDING);
    block.placement.frames.push((Rect { x: 0.0, y: 0.0, width, height }, group));
    block.placement.size = super::Size { width, height };
    block
}

/// What a group holds: single boxes in rows, in their order; larger parts packed.
fn fill(blocks: Vec<Block>) -> Block {
    if blocks.iter().all(|block| block.nodes.len() == 1) { tile(blocks) } else { merge(blocks, GROUP_GAP) }
}

/// Single boxes in rows from left to right, all of one width, those of a row of one height.
fn tile(blocks: Vec<Block>) -> Block {
    let sizes: Vec<super::Size> = blocks.iter().map(|block| block.placement.size).collect();
    let width = sizes.iter().map(|size| size.width).fold(0.0, f64::max);
    let heights = |columns: usize| -> Vec<f64> {
        sizes.chunks(columns).map(|row| row.iter().map(|size| size.height).fold(0.0, f64::max)).collect()
    };
    let extent = |columns: usize| super::Size {
        width: columns as f64 * (width + GROUP_GAP) - GROUP_GAP,
        height: heights(columns).iter().map(|height| height + GROUP_GAP).sum::<f64>() - GROUP_GAP,
    };
    let cost = |columns: &usize| page_cost(extent(*columns));
    let columns = (1..=sizes.len().max(1)).min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(1);
    let (mut nodes, mut boxes, mut y) = (Vec::new(), Vec::new(), 0.0);
    for (row, height) in blocks.chunks(columns).zip(heights(columns)) {
        for (column, block) in row.iter().enumerate() {
            nodes.extend(&block.nodes);
            boxes.push(Rect { x: column as f64 * (width + GROUP_GAP), y, width, height });
        }
        y += height + GROUP_GAP;
    }
    let placement = Placement { size: extent(columns), nodes: boxes, ..Placement::default() };
    Block { nodes, ties: Vec::new(), placement }
}

/// Packs blocks on the page that reads best: each as high as it can go, from the left.
fn merge(mut blocks: Vec<Block>, gap: f64) -> Block {
    blocks.sort_by(|a, b| b.placement.size.height.total_cmp(&a.placement.size.height));
    let sizes: Vec<super::Size> = blocks.iter().map(|block| block.placement.size).collect();
    let area: f64 = sizes.iter().map(|size| (size.width + gap) * (size.height + gap)).sum();
    let widest = sizes.iter().map(|size| size.width).fold(0.0, f64::max);
    let tries = WIDTHS.map(|factor| pack(&sizes, (area.sqrt() * factor).max(widest), gap));
    let cost = |spots: &Vec<Point>| page_cost(extent(spots, &sizes));
    let best = tries.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or_default();
    let size = extent(&best, &sizes);
    let mut whole =
        Block { nodes: Vec::new(), ties: Vec::new(), placement: Placement { size, ..Placement::default() } };
    for (mut block, at) in blocks.into_iter().zip(best) {
        shift(&mut block.placement, at);
        whole.nodes.extend(block.nodes);
        whole.ties.extend(block.ties);
        whole.placement.nodes.extend(block.placement.nodes);
        whole.placement.routes.extend(block.placement.routes);
        whole.placement.frames.extend(block.placement.frames);
    }
    whole
}

fn extent(spots: &[Point], sizes: &[super::Size]) -> super::Size {
    let pairs = || spots.iter().zip(sizes);
    super::Size {
        width: pairs().map(|(at, size)| at.x + size.width).fold(0.0, f64::max),
        height: pairs().map(|(at, size)| at.y + size.height).fold(0.0, f64::max),
    }
}

/// Left upper corners on a page of a width.
fn pack(sizes: &[super::Size], width: f64, gap: f64) -> Vec<Point> {
    let mut placed: Vec<Rect> = Vec::with_capacity(sizes.len());
    for size in sizes {
        let starts = placed.iter().map(|b| b.right() + gap).chain([0.0]);
        let fits = starts.filter(|x| *x == 0.0 || x + size.width <= width + 0.01);
        let top = |x: f64| {
            let under = placed.iter().filter(|b| b.x < x + size.width + gap && x < b.right() + gap);
            under.map(|b| b.bottom() + gap).fold(0.0, f64::max)
        };
        let best = fits
            .map(|x| Point::new(x, top(x)))
            .min_by(|a, b| (a.y, a.x).partial_cmp(&(b.y, b.x)).unwrap_or(std::cmp::Ordering::Equal));
        let Point { x, y } = best.unwrap_or_default();
        placed.push(Rect { x, y, width: size.width, height: size.height });
    }
    placed.iter().map(|b| Point::new(b.x, b.y)).collect()
}

/// Moves all that a placement holds.
pub(super) fn shift(placement: &mut Placement, by: Point) {
    let move_box = |b: &mut Rect| (b.x, b.y) = (b.x + by.x, b.y + by.y);
    placement.nodes.iter_mut().for_each(move_box);
    placement.frames.iter_mut().for_each(|(b, _)| move_box(b));
    for route in &mut placement.routes {
        route.label.iter_mut().for_each(move_box);
        route.path.start = route.path.start.plus(by);
        route.path.pieces.iter_mut().for_each(|piece: &mut Piece| *piece = piece.moved(by));
    }
}

/// Nodes and routes back in the order of the sketch.
fn in_order(sketch: &Sketch, block: Block) -> Placement {
    let mut placement = block.placement;
    let mut nodes = vec![Rect::default(); sketch.nodes.len()];
    for (at, b) in block.nodes.iter().zip(&placement.nodes) {
        nodes.get_mut(*at).into_iter().for_each(|place| *place = *b);
    }
    let mut routes = vec![super::Route::default(); sketch.ties.len()];
    for (at, route) in block.ties.iter().zip(placement.routes) {
        routes.get_mut(*at).into_iter().for_each(|place| *place = route.clone());
    }
    (placement.nodes, placement.routes) = (nodes, routes);
    placement
}

#[cfg(test)]
mod tests {
    use super::super::{Size, Tie, place_embedded};
    use super::*;

    #[track_caller]
    fn check(count: usize, ties: &[(usize, usize)], group_of: &[usize], frames: usize) {
        let size = Size { width: 120.0, height: 36.0 };
        let ties = ties.iter().map(|&(from, to)| Tie { from, to, label: None }).collect();
        let mut sketch = Sketch { nodes: vec![size; count], ties, ..Sketch::default() };
        sketch.groups = vec![Size { width: 60.0, height: 16.0 }; group_of.iter().max().map_or(0, |most| most + 1)];
        sketch.group_of = group_of.iter().map(|group| Some(*group)).collect();
        let placement = place_embedded(&sketch).unwrap();
        assert_eq!(placement.frames.len(), frames);
        for (i, a) in placement.nodes.iter().enumerate() {
            assert!(a.right() <= placement.size.width + 0.01 && a.bottom() <= placement.size.height + 0.01);
            assert!(placement.nodes.iter().skip(i + 1).all(|b| !a.overlaps(b)), "{a:?} overlaps");
            for (frame, group) in &placement.frames {
                assert_eq!(frame.overlaps(a), group_of.get(i) == Some(group), "{frame:?} {a:?}");
            }
        }
    }

    #[test]
    fn parts_stand_apart_and_groups_hold_their_own() {
        check(6, &[(0, 1), (2, 3)], &[], 0);
        check(6, &[(0, 1), (2, 3)], &[0, 0, 1, 1, 1, 2], 3);
        check(40, &[], &[0; 40], 1);
    }

    #[test]
    fn a_line_out_of_a_group_takes_its_frame_away() {
        check(4, &[(0, 1)], &[0, 1, 1, 2], 1);
    }
}
