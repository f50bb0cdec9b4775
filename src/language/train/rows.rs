//! Sums over rows of numbers for training, in an order that no machine changes.

/// Adds `left * right` to `out`; `inner` is the width of `left` and the height of `right`.
pub(super) fn add_product(out: &mut [f32], left: &[f32], right: &[f32], inner: usize) {
    let width = right.len() / inner.max(1);
    for (sum, weights) in out.chunks_exact_mut(width.max(1)).zip(left.chunks_exact(inner.max(1))) {
        add_rows(sum, weights, right);
    }
}

/// Adds to `sum` every row of `rows` as often as its weight says, four at a time.
pub(super) fn add_rows(sum: &mut [f32], weights: &[f32], rows: &[f32]) {
    let width = sum.len().max(1);
    let (fours, rest) = weights.as_chunks::<4>();
    for (four, block) in fours.iter().zip(rows.chunks_exact(4 * width)) {
        add_four(sum, *four, block);
    }
    let done = rows.get(fours.len() * 4 * width..).unwrap_or_default();
    for (weight, row) in rest.iter().zip(done.chunks_exact(width)) {
        add_row(sum, *weight, row);
    }
}

/// Adds a row, weighed, to another.
pub(super) fn add_row(sum: &mut [f32], weight: f32, row: &[f32]) {
    sum.iter_mut().zip(row).for_each(|(s, x)| *s += weight * x);
}

/// `block` is four rows of the width of `sum`.
fn add_four(sum: &mut [f32], [a, b, c, d]: [f32; 4], block: &[f32]) {
    let (front, back) = block.split_at(2 * sum.len());
    let ((w, x), (y, z)) = (front.split_at(sum.len()), back.split_at(sum.len()));
    for ((((s, w), x), y), z) in sum.iter_mut().zip(w).zip(x).zip(y).zip(z) {
        *s += (a * w + b * x) + (c * y + d * z);
    }
}

/// Adds to row i of `out` every row of `right` as often as the number i of the same row of `left` says; `left_width` is the
/// width of `left` and the height of `out`.
pub(super) fn add_outer(out: &mut [f32], left: &[f32], right: &[f32], left_width: usize) {
    let width = (out.len() / left_width.max(1)).max(1);
    let (mut lefts, mut rights) = (left.chunks_exact(4 * left_width), right.chunks_exact(4 * width));
    for (l, block) in (&mut lefts).zip(&mut rights) {
        for (i, sum) in out.chunks_exact_mut(width).enumerate() {
            let at = |row: usize| l.get(row * left_width + i).copied().unwrap_or_default();
            add_four(sum, [at(0), at(1), at(2), at(3)], block);
        }
    }
    for (l, row) in lefts.remainder().chunks_exact(left_width).zip(rights.remainder().chunks_exact(width)) {
        l.iter().zip(out.chunks_exact_mut(width)).for_each(|(weight, sum)| add_row(sum, *weight, row));
    }
}

/// Adds every row of `rows` to `sum`.
pub(super) fn add_all(sum: &mut [f32], rows: &[f32]) {
    rows.chunks_exact(sum.len().max(1)).for_each(|row| add_row(sum, 1.0, row));
}

/// Turns rows of `width` numbers into columns.
pub(super) fn flip(rows: &[f32], width: usize, out: &mut [f32]) {
    let height = rows.len() / width.max(1);
    for (i, row) in rows.chunks_exact(width.max(1)).enumerate() {
        for (j, value) in row.iter().enumerate() {
            if let Some(place) = out.get_mut(j * height + i) {
                *place = *value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_definition() {
        let count = |n: usize| (0..n).map(|i| (i % 7) as f32 - 2.0).collect::<Vec<f32>>();
        let (left, right) = (count(5 * 6), count(6 * 3));
        let mut product = vec![0.0; 15];
        add_product(&mut product, &left, &right, 6);
        let mut flipped = vec![0.0; 30];
        flip(&left, 6, &mut flipped);
        let mut outer = vec![0.0; 15];
        add_outer(&mut outer, &flipped, &right, 5);
        let plain = |i: usize| (0..6).map(|k| left[i / 3 * 6 + k] * right[k * 3 + i % 3]).sum::<f32>();
        assert_eq!(product, (0..15).map(plain).collect::<Vec<f32>>());
        assert_eq!(outer, product);
    }
}
