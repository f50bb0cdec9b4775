//! One direction of a layer that reads a sentence, forwards and back (backpropagation through time).

use super::rows::{add_all, add_outer, add_product, add_rows};
use crate::language::net::Part;
use crate::language::net::numbers::{bend, squash};

/// What a direction needs: its numbers, the same with the matrices flipped, where its parts lie, and which way it reads.
pub(super) struct Direction<'n> {
    pub(super) numbers: &'n [f32],
    pub(super) flipped: &'n [f32],
    pub(super) parts: &'n [Part; 3],
    pub(super) back: bool,
}

/// Gates and cells of a sentence, for the way back.
pub(super) struct Trace {
    gates: Vec<f32>,
    cells: Vec<f32>,
}

/// A vector of `count` copies of a row.
pub(super) fn repeat(row: &[f32], count: usize) -> Vec<f32> {
    row.iter().copied().cycle().take(row.len() * count).collect()
}

impl Direction<'_> {
    fn hidden(&self) -> usize {
        self.parts[1].inner
    }

    /// The place before `at` on the way, if any.
    fn before(&self, at: usize, length: usize) -> Option<usize> {
        if self.back { (at + 1 < length).then_some(at + 1) } else { at.checked_sub(1) }
    }

    fn way(&self, length: usize) -> Vec<usize> {
        if self.back { (0..length).rev().collect() } else { (0..length).collect() }
    }

    fn half(&self, at: usize) -> std::ops::Range<usize> {
        let start = (2 * at + usize::from(self.back)) * self.hidden();
        start..start + self.hidden()
    }

    /// Reads a sentence; fills its half of the rows of `out`.
    #[allow(clippy::needless_range_loop, reason = "six rows are read side by side")]
    pub(super) fn read(&self, input: &[f32], out: &mut [f32]) -> Trace {
        let [first, again, added] = self.parts;
        let (width, hidden) = (first.inner, self.hidden());
        let length = input.len() / width;
        let mut gates = repeat(&self.numbers[added.range()], length);
        add_product(&mut gates, input, &self.flipped[first.range()], width);
        let mut cells = vec![0f32; length * hidden];
        let (mut cell, mut last) = (vec![0f32; hidden], vec![0f32; hidden]);
        for at in self.way(length) {
            let gates = &mut gates[at * 3 * hidden..(at + 1) * 3 * hidden];
            add_rows(gates, &last, &self.flipped[again.range()]);
            let (keep, rest) = gates.split_at_mut(hidden);
            let (show, fresh) = rest.split_at_mut(hidden);
            keep.iter_mut().for_each(|x| *x = squash(*x));
            show.iter_mut().for_each(|x| *x = squash(*x));
            fresh.iter_mut().for_each(|x| *x = bend(*x));
            for i in 0..hidden {
                cell[i] = keep[i] * cell[i] + (1.0 - keep[i]) * fresh[i];
                last[i] = show[i] * cell[i];
            }
            cells[at * hidden..(at + 1) * hidden].copy_from_slice(&cell);
            out[self.half(at)].copy_from_slice(&last);
        }
        Trace { gates, cells }
    }

    /// The way back: `blame` is the gradient of the rows of `out`; adds to the gradients of the input and of all numbers.
    #[allow(clippy::needless_range_loop, reason = "six rows are read side by side")]
    pub(super) fn learn(
        &self,
        trace: &Trace,
        (input, out): (&[f32], &[f32]),
        blame: &[f32],
        input_blame: &mut [f32],
        gradient: &mut [f32],
    ) {
        let [first, again, added] = self.parts;
        let (width, hidden) = (first.inner, self.hidden());
        let length = input.len() / width;
        let mut gates_blame = vec![0f32; length * 3 * hidden];
        let mut before = vec![0f32; length * hidden];
        let (mut last_blame, mut cell_blame) = (vec![0f32; hidden], vec![0f32; hidden]);
        let nothing = vec![0f32; hidden];
        for at in self.way(length).into_iter().rev() {
            let earlier = self.before(at, length);
            let old = earlier.map_or(&nothing[..], |b| &trace.cells[b * hidden..(b + 1) * hidden]);
            if let Some(b) = earlier {
                before[at * hidden..(at + 1) * hidden].copy_from_slice(&out[self.half(b)]);
            }
            let (keep, rest) = trace.gates[at * 3 * hidden..(at + 1) * 3 * hidden].split_at(hidden);
            let (show, fresh) = rest.split_at(hidden);
            let cell = &trace.cells[at * hidden..(at + 1) * hidden];
            let row = &mut gates_blame[at * 3 * hidden..(at + 1) * 3 * hidden];
            let (keep_blame, rest) = row.split_at_mut(hidden);
            let (show_blame, fresh_blame) = rest.split_at_mut(hidden);
            let mine = &blame[self.half(at)];
            for i in 0..hidden {
                let whole = mine[i] + last_blame[i];
                let of_cell = cell_blame[i] + whole * show[i];
                show_blame[i] = whole * cell[i] * show[i] * (1.0 - show[i]);
                keep_blame[i] = of_cell * (old[i] - fresh[i]) * keep[i] * (1.0 - keep[i]);
                fresh_blame[i] = of_cell * (1.0 - keep[i]) * (1.0 - fresh[i] * fresh[i]);
                cell_blame[i] = of_cell * keep[i];
            }
            last_blame.fill(0.0);
            add_rows(&mut last_blame, row, &self.numbers[again.range()]);
        }
        add_outer(&mut gradient[first.range()], &gates_blame, input, 3 * hidden);
        add_outer(&mut gradient[again.range()], &gates_blame, &before, 3 * hidden);
        add_all(&mut gradient[added.range()], &gates_blame);
        add_product(input_blame, &gates_blame, &self.numbers[first.range()], 3 * hidden);
    }
}
