//! Sums of products in whole numbers, and curves from sums and products alone, so that every machine gives the same.

use wide::{f32x4, i16x8, i32x4};

/// The whole number that stands for 1.
pub(crate) const ONE: f32 = 4096.0;

/// `value` as a whole number of which `one` stand for 1.
#[inline]
pub(crate) fn whole(value: f32, one: f32) -> i16 {
    (value * one).clamp(-32_767.0, 32_767.0) as i16
}

/// The sum of the products of two rows. Eight lanes and a width known to the compiler become the processor's own instruction
/// for this; inlined, the compiler moves half of that instruction elsewhere and loses it.
#[inline(never)]
#[allow(clippy::needless_range_loop, reason = "three rows are read side by side")]
fn dot<const WIDTH: usize>(left: &[i16; WIDTH], right: &[i16; WIDTH]) -> i32 {
    let mut lanes = [0i32; 8];
    for (a, b) in left.as_chunks::<8>().0.iter().zip(right.as_chunks::<8>().0) {
        for k in 0..8 {
            lanes[k] = lanes[k].wrapping_add(i32::from(a[k]) * i32::from(b[k]));
        }
    }
    lanes.iter().fold(0, |sum: i32, lane| sum.wrapping_add(*lane))
}

/// Adds the products of one row with every row of `rows` to `sums`, a product counting `unit`.
fn add_dots<const WIDTH: usize>(left: &[i16; WIDTH], rows: &[i16], unit: f32, sums: &mut [f32]) {
    for (row, sum) in rows.as_chunks::<WIDTH>().0.iter().zip(sums) {
        *sum += dot(left, row) as f32 * unit;
    }
}

/// Rows of whole numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    width: usize,
    numbers: Vec<i16>,
}

impl Rows {
    /// From numbers, `width` of them a row.
    pub(crate) fn new(width: usize, numbers: Vec<i16>) -> Self {
        Self { width, numbers }
    }

    /// Appends a row.
    pub(crate) fn push(&mut self, row: &[i16]) {
        self.numbers.extend(row);
    }

    /// The rows in order.
    pub(crate) fn iter(&self) -> std::slice::ChunksExact<'_, i16> {
        self.numbers.chunks_exact(self.width.max(1))
    }

    /// Adds the products of one row with every row to `sums`; a product of whole numbers counts `unit`.
    pub(crate) fn add_times(&self, left: &[i16], unit: f32, sums: &mut [f32]) {
        if let Ok(left) = <&[i16; 64]>::try_from(left) {
            add_dots(left, &self.numbers, unit, sums);
        } else {
            for (row, sum) in self.iter().zip(sums) {
                let add = |sum: i32, (a, b): (&i16, &i16)| sum.wrapping_add(i32::from(*a) * i32::from(*b));
                *sum += left.iter().zip(row).fold(0, add) as f32 * unit;
            }
        }
    }
}

/// Sums that grow at once: rows of a matrix that are read side by side.
const SIDE: usize = 32;

/// Two numbers each of four rows, for [`SIDE`] rows.
type Pairs = [i16x8; SIDE / 4];

/// Adds the products of two numbers with those of [`SIDE`] rows.
#[inline(always)]
fn add_pairs([a, b]: [i16; 2], pairs: &Pairs, totals: &mut [i32x4; SIDE / 4]) {
    let both = i16x8::new([a, b, a, b, a, b, a, b]);
    for (total, pair) in totals.iter_mut().zip(pairs) {
        *total += pair.dot(both);
    }
}

/// A matrix with what is added to its products. Its rows stand side by side in pairs of numbers, because the processor
/// multiplies eight numbers and adds up their pairs in one instruction, and no sum needs to be gathered at the end.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    /// For every [`SIDE`] rows the pairs of their numbers in order; what is missing is zero.
    pairs: Vec<Pairs>,
    inner: usize,
    outer: usize,
    added: Vec<f32>,
}

impl Matrix {
    /// From the numbers of its rows, and what is added to each row's product (nothing where `added` is empty).
    pub(crate) fn new(inner: usize, numbers: &[i16], added: Vec<f32>) -> Self {
        let outer = numbers.len() / inner.max(1);
        let number = |row: usize, at: usize| if at < inner { numbers.get(row * inner + at) } else { None };
        let four = |first: usize, at: usize| {
            let value = |k: usize| number(first + k / 2, at + k % 2).copied().unwrap_or_default();
            i16x8::new(std::array::from_fn(value))
        };
        let firsts = (0..outer).step_by(SIDE);
        let pairs = firsts
            .flat_map(|first| (0..inner).step_by(2).map(move |at| std::array::from_fn(|k| four(first + 4 * k, at))));
        Self { pairs: pairs.collect(), inner, outer, added }
    }

    /// The products of every row of `left` with every row; a product of whole numbers counts `unit`.
    pub(crate) fn times(&self, left: &Rows, unit: f32) -> Vec<f32> {
        let mut out = vec![0f32; left.iter().len() * self.outer];
        for (row, sums) in left.iter().zip(out.chunks_exact_mut(self.outer.max(1))) {
            sums.iter_mut().zip(&self.added).for_each(|(sum, more)| *sum = *more);
            self.add_times(row, unit, sums);
        }
        out
    }

    /// Writes the products of one row with every row.
    pub(crate) fn times_one(&self, left: &[i16], unit: f32, out: &mut Vec<f32>) {
        out.clear();
        out.extend(&self.added);
        out.resize(self.outer, 0.0);
        self.add_times(left, unit, out);
    }

    /// Adds the products of one row with every row to `sums`.
    pub(crate) fn add_times(&self, left: &[i16], unit: f32, sums: &mut [f32]) {
        for (pairs, sums) in self.pairs.chunks_exact(self.inner.div_ceil(2).max(1)).zip(sums.chunks_mut(SIDE)) {
            let mut totals = [i32x4::ZERO; SIDE / 4];
            let (twos, one) = left.as_chunks::<2>();
            for (two, pairs) in twos.iter().zip(pairs) {
                add_pairs(*two, pairs, &mut totals);
            }
            if let (Some(last), Some(pairs)) = (one.first(), pairs.get(twos.len())) {
                add_pairs([*last, 0], pairs, &mut totals);
            }
            let totals = totals.map(|total| (f32x4::from_i32x4(total) * f32x4::splat(unit)).to_array());
            sums.iter_mut().zip(totals.as_flattened()).for_each(|(sum, total)| *sum += total);
        }
    }
}

/// e to the power of `x`.
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    // Adding and taking away 1.5 * 2^23 rounds to a whole number.
    const ROUND: f32 = 12_582_912.0;
    let scaled = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = (scaled + ROUND) - ROUND;
    let part = (scaled - whole) * std::f32::consts::LN_2;
    let high = 1.0 / 6.0 + part * (1.0 / 24.0 + part * (1.0 / 120.0));
    let power = 1.0 + part * (1.0 + part * (0.5 + part * high));
    power * f32::from_bits(((whole as i32 + 127) << 23) as u32)
}

/// The logistic function.
#[inline]
pub(crate) fn squash(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent.
#[inline]
pub(crate) fn bend(x: f32) -> f32 {
    2.0 * squash(2.0 * x) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(x: f32) {
        assert!((exp(x) / x.exp() - 1.0).abs() < 1e-4, "{x}");
        assert!((bend(x) - x.tanh()).abs() < 1e-4, "{x}");
    }

    #[test]
    fn curves_are_those_of_the_library() {
        [-9.5, -1.0, -0.3, 0.0, 0.2, 1.0, 5.0].into_iter().for_each(check);
    }

    #[test]
    fn products_add_up() {
        let left: Vec<i16> = (0..20).collect();
        let right: Vec<i16> = (0..120).map(|i| 3 - i).collect();
        let matrix = Matrix::new(20, &right, vec![0.5; 6]);
        let sum = |row: &[i16]| left.iter().zip(row).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>();
        let sums: Vec<f32> = right.chunks(20).map(|row| sum(row) as f32 + 0.5).collect();
        assert_eq!(matrix.times(&Rows::new(20, left.clone()), 1.0), sums);
    }
}
