//! The shortest way between two nodes, by breadth-first search from both ends.

use super::web::Web;
use rustc_hash::FxHashMap;

/// One end's search: whence each node was reached, and the ring that was reached last.
struct Side {
    from: FxHashMap<u32, u32>,
    ring: Vec<u32>,
}

impl Side {
    fn new(start: u32) -> Self {
        Self { from: FxHashMap::from_iter([(start, start)]), ring: vec![start] }
    }

    /// Goes one step further; the first node that the other side knows.
    fn advance(&mut self, web: &Web, other: &Side) -> Option<u32> {
        for node in std::mem::take(&mut self.ring) {
            for next in web.neighbours(node) {
                if let std::collections::hash_map::Entry::Vacant(new) = self.from.entry(*next) {
                    new.insert(node);
                    if other.from.contains_key(next) {
                        return Some(*next);
                    }
                    self.ring.push(*next);
                }
            }
        }
        None
    }

    /// From the start to a node.
    fn trace(&self, mut node: u32) -> Vec<u32> {
        let mut way = vec![node];
        while let Some(before) = self.from.get(&node).filter(|before| **before != node) {
            node = *before;
            way.push(node);
        }
        way.reverse();
        way
    }
}

impl Web {
    /// The nodes of one shortest way, both ends with it; `None` where no way leads from one to the other. Time grows with the nodes
    /// that lie nearer to the ends than these to each other (Pohl 1971).
    pub fn shortest(&self, from: u32, to: u32) -> Option<Vec<u32>> {
        if from == to {
            return Some(vec![from]);
        }
        let (mut near, mut far) = (Side::new(from), Side::new(to));
        while !near.ring.is_empty() && !far.ring.is_empty() {
            let met =
                if near.ring.len() <= far.ring.len() { near.advance(self, &far) } else { far.advance(self, &near) };
            if let Some(met) = met {
                let mut way = near.trace(met);
                way.extend(far.trace(met).into_iter().rev().skip(1));
                return Some(way);
            }
        }
        None
    }

    /// Steps from a node to each other one; `u32::MAX` where none leads there within `most` steps.
    pub(super) fn distances(&self, from: u32, most: usize) -> Vec<u32> {
        let mut steps = vec![u32::MAX; self.len()];
        let mut ring = vec![from];
        if let Some(start) = steps.get_mut(from as usize) {
            *start = 0;
        }
        for step in 1..=u32::try_from(most).unwrap_or(u32::MAX - 1) {
            let mut next_ring = Vec::new();
            for next in ring.iter().flat_map(|node| self.neighbours(*node)) {
                if let Some(known) = steps.get_mut(*next as usize)
                    && *known == u32::MAX
                {
                    *known = step;
                    next_ring.push(*next);
                }
            }
            if next_ring.is_empty() {
                break;
            }
            ring = next_ring;
        }
        steps
    }
}
