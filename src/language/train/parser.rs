//! Trains the parser's network on gold trees whose words carry the tags of taggers that had not seen them.

use super::network::{Gradient, Hiding, Lesson, Network};
use super::perceptron::Chance;
use crate::language::net::{CLUES, Sizes, clues};
use crate::language::tag::Tag;
use crate::language::tree::{Deprel, Sentence};
use crate::language::words::Word;
use std::collections::BTreeMap;

/// Widths of the network.
const SIZES: Sizes = Sizes { embed: 64, hidden: 64, layers: 2, arc: 64, relation: 64, classes: Deprel::ALL.len() };
const EPOCHS: usize = 12;
/// Words between two steps.
const BATCH: usize = 300;
/// The first length of a step; it shrinks to nought in a straight line.
const PACE: f32 = 0.003;
/// Words over which steps grow to their full length.
const WARM: f32 = 20_000.0;
/// Longest gradient of a word that is believed.
const STEEPEST: f32 = 5.0;
const HIDING: Hiding = Hiding { input: 0.15, between: 0.2, output: 0.25 };
/// A word seen n times hides behind its endings, shape and tag with the chance `RARE / (RARE + n)`, so that these are
/// learned for words that were never seen.
const RARE: f32 = 0.25;
/// A word needs to be seen so often for a row of its own, any other clue so often.
const FREQUENT: [u32; 2] = [2, 3];
/// Longer sentences teach little for the time they take.
const LONGEST: usize = 120;

/// One sentence to learn from.
pub(crate) struct Example {
    clues: Vec<[u32; CLUES]>,
    tags: Vec<usize>,
    heads: Vec<usize>,
    relations: Vec<usize>,
}

impl Example {
    /// From a gold tree and the tags that a tagger gave its words.
    pub(crate) fn new(sentence: &Sentence, tags: &[Tag]) -> Self {
        let tokens = &sentence.tokens;
        Self {
            clues: tokens.iter().zip(tags).map(|(t, tag)| clues(&Word::new(&t.form), *tag)).collect(),
            tags: tags.iter().map(|tag| tag.0 as usize).collect(),
            heads: tokens.iter().map(|t| t.head.unwrap_or(tokens.len())).collect(),
            relations: tokens.iter().map(|t| t.deprel as usize).collect(),
        }
    }

    fn lesson(&self, rows: &BTreeMap<u32, (usize, u32)>) -> Lesson {
        let row = |clue: u32| rows.get(&clue).map(|(row, _)| *row);
        Lesson {
            rows: self.clues.iter().map(|all| all.map(row)).collect(),
            tags: self.tags.clone(),
            heads: self.heads.clone(),
            relations: self.relations.clone(),
        }
    }
}

/// The clues that get rows: their numbers, in order, and how often each was seen.
fn find_rows(examples: &[Example]) -> BTreeMap<u32, (usize, u32)> {
    let mut counts: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
    for (i, clue) in examples.iter().flat_map(|e| &e.clues).flat_map(|all| all.iter().enumerate()) {
        counts.entry(*clue).or_insert((i, 0)).1 += 1;
    }
    counts.retain(|_, (i, count)| *count >= FREQUENT[usize::from(*i > 0)]);
    counts.values_mut().enumerate().for_each(|(row, value)| value.0 = row);
    counts
}

/// Learns the network; gives the bytes of the model file.
pub(crate) fn train_parser(examples: &[Example], seed: u64, tell: &dyn Fn(&str)) -> Vec<u8> {
    let rows = find_rows(examples);
    let counts: Vec<u32> = rows.values().map(|(_, count)| *count).collect();
    let lessons: Vec<Lesson> = examples.iter().filter(|e| e.heads.len() <= LONGEST).map(|e| e.lesson(&rows)).collect();
    let mut chance = Chance(seed);
    let mut school = School::new(Network::new(SIZES, rows.len(), &mut chance));
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let whole = (EPOCHS * lessons.iter().map(|l| l.heads.len()).sum::<usize>()) as f32;
    let mut read = 0.0;
    for epoch in 0..EPOCHS {
        chance.shuffle(&mut order);
        let mut surprise = 0.0;
        for lesson in order.iter().filter_map(|i| lessons.get(*i)) {
            let shown = hide_rare(&lesson.rows, &counts, &mut chance);
            surprise += f64::from(school.study(lesson, &shown, &mut chance));
            read += lesson.heads.len() as f32;
            if school.words >= BATCH {
                school.step(PACE * (read / WARM).min(1.0) * (1.0 - read / whole).max(0.02));
            }
        }
        tell(&format!("parser: epoch {} of {EPOCHS}, {:.3}", epoch + 1, surprise * EPOCHS as f64 / f64::from(whole)));
    }
    let keys: Vec<u32> = rows.keys().copied().collect();
    school.network.to_bytes(&keys, &Deprel::ALL.iter().map(ToString::to_string).collect::<Vec<_>>())
}

/// The rows without those of some rare words.
fn hide_rare(rows: &[[Option<usize>; CLUES]], counts: &[u32], chance: &mut Chance) -> Vec<[Option<usize>; CLUES]> {
    let hide = |all: &[Option<usize>; CLUES]| {
        let mut all = *all;
        let count = all[0].and_then(|row| counts.get(row)).copied().unwrap_or_default() as f32;
        if (chance.next() >> 40) as f32 / (1u64 << 24) as f32 * (RARE + count) < RARE {
            all[0] = None;
        }
        all
    };
    rows.iter().map(hide).collect()
}

/// A network that learns by Adam (Kingma and Ba 2015).
struct School {
    network: Network,
    gradient: Gradient,
    numbers: Moments,
    embeddings: Moments,
    /// Words read since the last step.
    words: usize,
}

/// Running means of gradients and of their squares.
struct Moments {
    means: Vec<f32>,
    squares: Vec<f32>,
}

impl Moments {
    fn new(count: usize) -> Self {
        Self { means: vec![0.0; count], squares: vec![0.0; count] }
    }

    /// One step for the numbers from `at` on; clears the gradient.
    fn step(&mut self, at: usize, numbers: &mut [f32], gradient: &mut [f32], pace: f32, scale: f32) {
        let (means, squares) = (self.means[at..].iter_mut(), self.squares[at..].iter_mut());
        for (((number, slope), mean), square) in numbers.iter_mut().zip(gradient).zip(means).zip(squares) {
            let x = *slope * scale;
            *mean = 0.9 * *mean + 0.1 * x;
            *square = 0.98 * *square + 0.02 * x * x;
            *number -= pace * *mean / (square.sqrt() + 1e-7);
            *slope = 0.0;
        }
    }
}

impl School {
    fn new(network: Network) -> Self {
        let (numbers, embeddings) = (network.numbers.len(), network.embeddings.len());
        let gradient = Gradient { numbers: vec![0.0; numbers], embeddings: vec![0.0; embeddings], touched: Vec::new() };
        Self { network, gradient, numbers: Moments::new(numbers), embeddings: Moments::new(embeddings), words: 0 }
    }

    fn study(&mut self, lesson: &Lesson, shown: &[[Option<usize>; CLUES]], chance: &mut Chance) -> f32 {
        self.words += shown.len();
        self.network.learn(lesson, shown, HIDING, chance, &mut self.gradient)
    }

    fn step(&mut self, pace: f32) {
        let Self { network, gradient, numbers, embeddings, words } = self;
        let scale = 1.0 / *words as f32;
        let slope = gradient.numbers.iter().map(|x| x * x).sum::<f32>().sqrt() * scale;
        let scale = if slope > STEEPEST { scale * STEEPEST / slope } else { scale };
        numbers.step(0, &mut network.numbers, &mut gradient.numbers, pace, scale);
        network.refresh();
        gradient.touched.sort_unstable();
        gradient.touched.dedup();
        let width = network.sizes.embed;
        for row in gradient.touched.drain(..) {
            let at = row * width..(row + 1) * width;
            let start = at.start;
            embeddings.step(start, &mut network.embeddings[at.clone()], &mut gradient.embeddings[at], pace, scale);
        }
        *words = 0;
    }
}
