//! The network while it learns: the same sums as `net`, in floating point, and their gradients.

use super::memory::{Direction, Trace, repeat};
use super::perceptron::Chance;
use super::rows::{add_all, add_outer, add_product, add_row, add_rows, flip};
use crate::language::net::numbers::{ONE, exp, whole};
use crate::language::net::{CLUES, Layout, Part, Sizes, bucket, pair};

/// One sentence as the network sees it: rows of its words' clues (`None` for those that have none), universal tags, and
/// what is to be learned: governors (the length for the root) and relations.
pub(super) struct Lesson {
    pub(super) rows: Vec<[Option<usize>; CLUES]>,
    pub(super) tags: Vec<usize>,
    pub(super) heads: Vec<usize>,
    pub(super) relations: Vec<usize>,
}

/// Shares of numbers that are hidden while learning, so that none is relied on alone.
#[derive(Clone, Copy)]
pub(super) struct Hiding {
    pub(super) input: f32,
    pub(super) between: f32,
    pub(super) output: f32,
}

/// All numbers of the network.
pub(super) struct Network {
    pub(super) sizes: Sizes,
    pub(super) layout: Layout,
    pub(super) numbers: Vec<f32>,
    pub(super) embeddings: Vec<f32>,
    /// The matrices with rows and columns exchanged.
    flipped: Vec<f32>,
}

/// Gradients of all numbers, and the rows that were touched.
pub(super) struct Gradient {
    pub(super) numbers: Vec<f32>,
    pub(super) embeddings: Vec<f32>,
    pub(super) touched: Vec<usize>,
}

/// What a layer read and made.
struct Layer {
    input: Vec<f32>,
    out: Vec<f32>,
    mask: Vec<f32>,
    traces: [Trace; 2],
}

fn mask(chance: &mut Chance, width: usize, hidden: f32) -> Vec<f32> {
    let unit = |n: u64| (n >> 40) as f32 / (1u64 << 24) as f32;
    (0..width).map(|_| if unit(chance.next()) < hidden { 0.0 } else { 1.0 / (1.0 - hidden) }).collect()
}

fn cover(rows: &mut [f32], mask: &[f32]) {
    for row in rows.chunks_exact_mut(mask.len()) {
        row.iter_mut().zip(mask).for_each(|(x, m)| *x *= m);
    }
}

fn rise(values: &mut [f32]) {
    values.iter_mut().for_each(|x| *x = x.max(0.0));
}

/// Nothing flows back through what did not rise.
fn rise_back(blame: &mut [f32], values: &[f32]) {
    blame.iter_mut().zip(values).filter(|(_, v)| **v <= 0.0).for_each(|(b, _)| *b = 0.0);
}

/// Turns scores into the gradient of the surprise at `truth`; returns the surprise. `except` counts as impossible.
fn blame_scores(scores: &mut [f32], truth: usize, except: Option<usize>) -> f32 {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (i, score) in scores.iter_mut().enumerate() {
        *score = if Some(i) == except { 0.0 } else { exp(*score - most) };
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
    let surprise = -scores[truth].max(1e-9).ln();
    scores[truth] -= 1.0;
    surprise
}

impl Network {
    /// A network with numbers at random.
    pub(super) fn new(sizes: Sizes, rows: usize, chance: &mut Chance) -> Self {
        let layout = Layout::new(sizes);
        let mut unit = || (chance.next() >> 40) as f32 / (1u64 << 23) as f32 - 1.0;
        let embeddings = (0..rows * sizes.embed).map(|_| unit() * 0.1).collect();
        let mut numbers = vec![0f32; layout.total];
        for part in matrices(&layout).into_iter().chain([&layout.root]) {
            let spread = (6.0 / (part.inner + part.outer) as f32).sqrt();
            numbers[part.range()].iter_mut().for_each(|x| *x = unit() * spread);
        }
        numbers[layout.form.range()].iter_mut().for_each(|x| *x *= 0.5);
        for [_, _, added] in layout.layers.iter().flatten() {
            numbers[added.range()][..sizes.hidden].fill(1.0);
        }
        let flipped = vec![0f32; layout.total];
        let mut network = Self { sizes, layout, numbers, embeddings, flipped };
        network.refresh();
        network
    }

    /// To be called when the numbers have changed.
    pub(super) fn refresh(&mut self) {
        for part in matrices(&self.layout) {
            flip(&self.numbers[part.range()], part.inner, &mut self.flipped[part.range()]);
        }
    }

    fn of(&self, part: &Part) -> &[f32] {
        &self.numbers[part.range()]
    }

    fn times(&self, part: &Part, added: Option<&Part>, input: &[f32]) -> Vec<f32> {
        let length = input.len() / part.inner;
        let mut out = added.map_or_else(|| vec![0f32; length * part.outer], |a| repeat(self.of(a), length));
        add_product(&mut out, input, &self.flipped[part.range()], part.inner);
        out
    }

    /// The gradient of `input`, from that of `self.times`; adds to the gradients of the matrix and of what is added.
    fn times_back(
        &self,
        part: &Part,
        added: Option<&Part>,
        input: &[f32],
        blame: &[f32],
        to: (&mut [f32], &mut [f32]),
    ) {
        let (input_blame, gradient) = to;
        add_outer(&mut gradient[part.range()], blame, input, part.outer);
        if let Some(added) = added {
            add_all(&mut gradient[added.range()], blame);
        }
        add_product(input_blame, blame, self.of(part), part.outer);
    }

    /// Learns from one sentence: adds to the gradient, returns the surprise.
    pub(super) fn learn(
        &self,
        lesson: &Lesson,
        rows: &[[Option<usize>; CLUES]],
        hiding: Hiding,
        chance: &mut Chance,
        gradient: &mut Gradient,
    ) -> f32 {
        let embed = self.sizes.embed;
        let mut input = vec![0f32; rows.len() * embed];
        for (sum, row) in input.chunks_exact_mut(embed).zip(rows) {
            row.iter().flatten().for_each(|r| add_row(sum, 1.0, &self.embeddings[r * embed..(r + 1) * embed]));
        }
        let input_mask = mask(chance, embed, hiding.input);
        cover(&mut input, &input_mask);
        let mut layers: Vec<Layer> = Vec::new();
        for (i, parts) in self.layout.layers.iter().enumerate() {
            let mut out = vec![0f32; rows.len() * 2 * self.sizes.hidden];
            let traces = [0, 1].map(|side| self.direction(parts, side).read(&input, &mut out));
            let hidden = if i + 1 == self.sizes.layers { hiding.output } else { hiding.between };
            let mask = mask(chance, 2 * self.sizes.hidden, hidden);
            let mut covered = out.clone();
            cover(&mut covered, &mask);
            layers.push(Layer { input: std::mem::replace(&mut input, covered), out, mask, traces });
        }
        let mut blame = vec![0f32; input.len()];
        let surprise = self.learn_arcs(lesson, &input, &mut blame, &mut gradient.numbers)
            + self.learn_relations(lesson, &input, &mut blame, &mut gradient.numbers);
        for (layer, parts) in layers.iter().zip(&self.layout.layers).rev() {
            cover(&mut blame, &layer.mask);
            let mut below = vec![0f32; layer.input.len()];
            for side in [0, 1] {
                let both = (&layer.input[..], &layer.out[..]);
                let direction = self.direction(parts, side);
                direction.learn(&layer.traces[side], both, &blame, &mut below, &mut gradient.numbers);
            }
            blame = below;
        }
        cover(&mut blame, &input_mask);
        for (blame, row) in blame.chunks_exact(embed).zip(rows) {
            for r in row.iter().flatten() {
                gradient.touched.push(*r);
                add_row(&mut gradient.embeddings[r * embed..(r + 1) * embed], 1.0, blame);
            }
        }
        surprise
    }

    fn direction<'n>(&'n self, parts: &'n [[Part; 3]; 2], side: usize) -> Direction<'n> {
        Direction { numbers: &self.numbers, flipped: &self.flipped, parts: &parts[side], back: side == 1 }
    }

    fn learn_arcs(&self, lesson: &Lesson, known: &[f32], blame: &mut [f32], gradient: &mut [f32]) -> f32 {
        let (l, width, length) = (&self.layout, self.sizes.arc, lesson.heads.len());
        let mut dependents = self.times(&l.dependents, Some(&l.dependents_added), known);
        rise(&mut dependents);
        let mut governors = self.times(&l.governors, Some(&l.governors_added), known);
        rise(&mut governors);
        governors.extend(self.of(&l.root));
        let wanted = self.times(&l.form, None, &dependents);
        let mut columns = vec![0f32; governors.len()];
        flip(&governors, width, &mut columns);
        let mut worth = vec![0f32; length + 1];
        add_rows(&mut worth, self.of(&l.worth), &columns);
        let mut scores = repeat(&worth, length);
        add_product(&mut scores, &wanted, &columns, width);
        let mut surprise = 0.0;
        let mut worth_blame = vec![0f32; length + 1];
        for (word, row) in scores.chunks_exact_mut(length + 1).enumerate() {
            let places = |governor: usize| l.pairs.range().start + pair(&lesson.tags, governor, word);
            row.iter_mut().enumerate().for_each(|(governor, score)| *score += self.numbers[places(governor)]);
            surprise += blame_scores(row, lesson.heads[word], Some(word));
            row.iter().enumerate().for_each(|(governor, blame)| gradient[places(governor)] += blame);
            add_row(&mut worth_blame, 1.0, row);
        }
        let mut wanted_blame = vec![0f32; wanted.len()];
        add_product(&mut wanted_blame, &scores, &governors, length + 1);
        let mut governors_blame = vec![0f32; governors.len()];
        add_outer(&mut governors_blame, &scores, &wanted, length + 1);
        for (row, weight) in governors_blame.chunks_exact_mut(width).zip(&worth_blame) {
            add_row(row, *weight, self.of(&l.worth));
        }
        add_rows(&mut gradient[l.worth.range()], &worth_blame, &governors);
        let root_blame = governors_blame.split_off(length * width);
        add_row(&mut gradient[l.root.range()], 1.0, &root_blame);
        let mut dependents_blame = vec![0f32; dependents.len()];
        self.times_back(&l.form, None, &dependents, &wanted_blame, (&mut dependents_blame, gradient));
        rise_back(&mut dependents_blame, &dependents);
        rise_back(&mut governors_blame, &governors);
        self.times_back(&l.dependents, Some(&l.dependents_added), known, &dependents_blame, (blame, gradient));
        self.times_back(&l.governors, Some(&l.governors_added), known, &governors_blame, (blame, gradient));
        surprise
    }

    fn learn_relations(&self, lesson: &Lesson, known: &[f32], blame: &mut [f32], gradient: &mut [f32]) -> f32 {
        let (l, width) = (&self.layout, self.sizes.relation);
        let above = self.times(&l.above, None, known);
        let below = self.times(&l.below, Some(&l.below_added), known);
        let arcs: Vec<(usize, usize)> =
            lesson.heads.iter().copied().enumerate().filter(|(_, h)| *h < lesson.heads.len()).collect();
        let mut sums = vec![0f32; arcs.len() * width];
        for ((word, head), sum) in arcs.iter().zip(sums.chunks_exact_mut(width)) {
            add_row(sum, 1.0, &above[head * width..(head + 1) * width]);
            add_row(sum, 1.0, &below[word * width..(word + 1) * width]);
            let far = bucket(*head, *word);
            add_row(sum, 1.0, &self.of(&l.distances)[far * width..(far + 1) * width]);
        }
        rise(&mut sums);
        let mut scores = self.times(&l.relations, Some(&l.relations_added), &sums);
        let mut surprise = 0.0;
        for ((word, _), row) in arcs.iter().zip(scores.chunks_exact_mut(self.sizes.classes)) {
            surprise += blame_scores(row, lesson.relations[*word], None);
        }
        let mut sums_blame = vec![0f32; sums.len()];
        self.times_back(&l.relations, Some(&l.relations_added), &sums, &scores, (&mut sums_blame, gradient));
        rise_back(&mut sums_blame, &sums);
        let (mut above_blame, mut below_blame) = (vec![0f32; above.len()], vec![0f32; below.len()]);
        for ((word, head), row) in arcs.iter().zip(sums_blame.chunks_exact(width)) {
            add_row(&mut above_blame[head * width..(head + 1) * width], 1.0, row);
            add_row(&mut below_blame[word * width..(word + 1) * width], 1.0, row);
            let far = bucket(*head, *word);
            add_row(&mut gradient[l.distances.range()][far * width..(far + 1) * width], 1.0, row);
        }
        self.times_back(&l.above, None, known, &above_blame, (blame, gradient));
        self.times_back(&l.below, Some(&l.below_added), known, &below_blame, (blame, gradient));
        surprise
    }

    /// The model's file; `keys` are the clues of the rows, `names` those of the relations.
    pub(super) fn to_bytes(&self, keys: &[u32], names: &[String]) -> Vec<u8> {
        let Sizes { embed, hidden, layers, arc, relation, classes } = self.sizes;
        let squares: f64 = self.embeddings.iter().map(|x| f64::from(x * x)).sum();
        let usual = (squares / self.embeddings.len().max(1) as f64).sqrt() as f32;
        let most = self.embeddings.iter().map(|x| x.abs()).fold(0.0, f32::max).min(12.0 * usual);
        let step = most.max(f32::MIN_POSITIVE) / 127.0;
        let names = names.join("\n");
        let mut bytes = Vec::new();
        let sizes = [embed, hidden, layers, arc, relation, classes, keys.len()];
        bytes.extend(sizes.iter().flat_map(|n| (*n as u32).to_le_bytes()));
        bytes.extend(step.to_le_bytes());
        bytes.extend((names.len() as u32).to_le_bytes());
        bytes.extend(names.as_bytes());
        bytes.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
        bytes.extend(self.embeddings.iter().map(|x| (x / step).round().clamp(-127.0, 127.0) as i8 as u8));
        bytes.extend(self.numbers.iter().flat_map(|x| whole(x + 0.5f32.copysign(*x) / ONE, ONE).to_le_bytes()));
        bytes
    }
}

/// The parts that are multiplied with.
fn matrices(l: &Layout) -> Vec<&Part> {
    let layers = l.layers.iter().flatten().flat_map(|[input, again, _]| [input, again]);
    layers.chain([&l.dependents, &l.governors, &l.form, &l.above, &l.below, &l.relations]).collect()
}
