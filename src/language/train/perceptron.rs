//! Averaged perceptron (Collins 2002), pruned to the features that matter and quantised to signed bytes.

use crate::language::linear::{Linear, MAX_CLASSES, Weights};
use rustc_hash::FxHashMap;

/// Weight of a feature for one class, with the sum that its average needs.
#[derive(Debug, Clone, Copy)]
struct Cell {
    class: u8,
    weight: f32,
    /// Sum over updates of (time of the update × its size), so that the average is `weight - drift / now`.
    drift: f32,
}

/// What is learned of one feature.
#[derive(Debug, Clone, Default)]
struct Row {
    /// How often it was seen before training.
    seen: u32,
    cells: Vec<Cell>,
}

/// Weights while they are learned, of the features that count.
pub(crate) struct Averaged {
    now: f32,
    rows: FxHashMap<u32, Row>,
}

/// Weights are cut at this many standard deviations of those that are not nought.
const CLIP: f32 = 8.0;

impl Averaged {
    /// An untrained model.
    pub(crate) fn new() -> Self {
        Self { now: 1.0, rows: FxHashMap::default() }
    }

    /// Counts features before training; only features that were counted are learned.
    pub(crate) fn observe(&mut self, features: &[u32]) {
        for feature in features {
            self.rows.entry(*feature).or_default().seen += 1;
        }
    }

    /// Forgets the features that were seen less than `least` times: they teach nothing and take place.
    pub(crate) fn keep_frequent(&mut self, least: u32) {
        self.rows.retain(|_, row| row.seen >= least);
        self.rows.shrink_to_fit();
    }

    /// Forgets all that was learned and the features that mattered least, so that the rest fit into `budget` bytes.
    pub(crate) fn keep_best(&mut self, budget: usize) {
        // A feature takes five bytes, its share of the index among them, and two for every class.
        let mut worth: Vec<(f32, u32, usize)> = Vec::with_capacity(self.rows.len());
        for (feature, row) in &self.rows {
            let averages = self.averages(row);
            let most = averages.iter().map(|(_, w)| w.abs()).fold(0.0, f32::max);
            worth.push((most * (row.seen as f32).sqrt(), *feature, 5 + 2 * averages.len()));
        }
        worth.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut bytes = 0;
        let kept = worth.iter().take_while(|(worth, _, size)| {
            bytes += size;
            bytes <= budget && *worth > 0.0
        });
        self.rows =
            kept.filter_map(|(_, f, _)| Some((*f, Row { seen: self.rows.get(f)?.seen, cells: Vec::new() }))).collect();
        self.now = 1.0;
    }

    /// The averaged weights of a feature.
    fn averages(&self, row: &Row) -> Vec<(u8, f32)> {
        row.cells.iter().map(|c| (c.class, c.weight - c.drift / self.now)).collect()
    }

    /// Scores of all classes under the weights of the moment.
    pub(crate) fn score(&self, features: &[u32]) -> [f32; MAX_CLASSES] {
        let mut scores = [0.0; MAX_CLASSES];
        for cell in features.iter().filter_map(|f| self.rows.get(f)).flat_map(|r| &r.cells) {
            if let Some(score) = scores.get_mut(usize::from(cell.class)) {
                *score += cell.weight;
            }
        }
        scores
    }

    /// Counts one decision; every decision is counted, right or wrong.
    pub(crate) fn tick(&mut self) {
        self.now += 1.0;
    }

    /// Adds `by` to the weights that tie `features` to `class`.
    fn reward(&mut self, features: &[u32], class: usize, by: f32) {
        for &feature in features {
            let Some(row) = self.rows.get_mut(&feature) else { continue };
            let drift = by * self.now;
            match row.cells.iter_mut().find(|c| usize::from(c.class) == class) {
                Some(cell) => (cell.weight, cell.drift) = (cell.weight + by, cell.drift + drift),
                None => row.cells.push(Cell { class: class as u8, weight: by, drift }),
            }
        }
    }

    /// One step of learning: away from `guess`, towards `truth`.
    pub(crate) fn update(&mut self, features: &[u32], truth: usize, guess: usize) {
        if truth != guess {
            self.reward(features, truth, 1.0);
            self.reward(features, guess, -1.0);
        }
    }

    /// The averaged weights as signed bytes.
    pub(crate) fn finish(&self, names: Vec<String>) -> Linear {
        let mut rows: Vec<(u32, Vec<(u8, f32)>)> = self.rows.iter().map(|(f, row)| (*f, self.averages(row))).collect();
        rows.sort_by_key(|(f, _)| *f);
        let values = rows.iter().flat_map(|(_, row)| row).map(|(_, w)| f64::from(*w)).filter(|w| *w != 0.0);
        let (count, squares) = values.fold((0usize, 0.0), |(n, sum), w| (n + 1, sum + w * w));
        let scale = 127.0 / (CLIP * (squares / count.max(1) as f64).sqrt() as f32).max(f32::MIN_POSITIVE);
        let byte = |&(class, w): &(u8, f32)| (class, (w * scale).round().clamp(-127.0, 127.0) as i8);
        let pack = |row: &[(u8, f32)]| row.iter().map(byte).filter(|(_, w)| *w != 0).collect::<Weights>();
        let mut stored: Vec<(u32, Weights)> = rows.iter().map(|(f, row)| (*f, pack(row))).collect();
        stored.retain(|(_, weights)| !weights.is_empty());
        stored.iter_mut().for_each(|(_, weights)| weights.sort_unstable());
        Linear::new(names, &stored)
    }
}

/// A reproducible source of chance (SplitMix64, Steele et al. 2014).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next number, evenly spread.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Puts `items` in a random order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
