//! Averaged perceptron (Collins 2002) over a hashed table, quantised to signed bytes.

use crate::language::linear::{Linear, MAX_CLASSES, cell};

/// Weights while they are learned, with the sums that their averages need.
pub(crate) struct Averaged {
    classes: usize,
    bits: u32,
    now: f32,
    weights: Vec<f32>,
    /// How often each feature was seen, by the upper bits of its hash; empty while all count.
    seen: Vec<u8>,
    /// Sum over updates of (time of the update × its size), so that the average is `weight - drift / now`.
    drift: Vec<f32>,
}

impl Averaged {
    /// An untrained model of `classes` classes in 2^`bits` cells.
    pub(crate) fn new(classes: usize, bits: u32) -> Self {
        let cells = (1usize << bits) + classes;
        Self { classes, bits, now: 1.0, weights: vec![0.0; cells], drift: vec![0.0; cells], seen: Vec::new() }
    }

    /// Counts features before training, so that those seen once are left out: they teach nothing and crowd the table.
    pub(crate) fn observe(&mut self, features: &[u32]) {
        if self.seen.is_empty() {
            self.seen = vec![0; 1 << SEEN_BITS];
        }
        for feature in features {
            if let Some(count) = self.seen.get_mut((feature >> (32 - SEEN_BITS)) as usize) {
                *count = count.saturating_add(1);
            }
        }
    }

    /// Leaves out the features that were not seen often enough.
    pub(crate) fn keep_frequent(&self, features: &mut Vec<u32>) {
        if !self.seen.is_empty() {
            features.retain(|f| self.seen.get((f >> (32 - SEEN_BITS)) as usize).is_some_and(|n| *n >= FREQUENT));
        }
    }

    /// Scores of all classes under the weights of the moment.
    pub(crate) fn score(&self, features: &[u32]) -> [f32; MAX_CLASSES] {
        let mut scores = [0.0; MAX_CLASSES];
        let sums = scores.get_mut(..self.classes).unwrap_or_default();
        for &feature in features {
            let at = cell(feature, self.bits);
            for (sum, weight) in sums.iter_mut().zip(self.weights.get(at..).unwrap_or_default()) {
                *sum += weight;
            }
        }
        scores
    }

    /// Counts one decision; every decision is counted, right or wrong.
    pub(crate) fn tick(&mut self) {
        self.now += 1.0;
    }

    /// Adds `by` to the weights that tie `features` to `class`.
    pub(crate) fn reward(&mut self, features: &[u32], class: usize, by: f32) {
        for &feature in features {
            let at = cell(feature, self.bits) + class;
            if let (Some(weight), Some(drift)) = (self.weights.get_mut(at), self.drift.get_mut(at)) {
                *weight += by;
                *drift += by * self.now;
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

    /// The averaged weights as signed bytes; the few beyond `CLIP` standard deviations are cut.
    pub(crate) fn finish(&self, names: Vec<String>) -> Linear {
        let averages: Vec<f32> = self.weights.iter().zip(&self.drift).map(|(w, d)| w - d / self.now).collect();
        let used = averages.iter().filter(|a| **a != 0.0).count().max(1);
        let spread = (averages.iter().map(|a| f64::from(*a).powi(2)).sum::<f64>() / used as f64).sqrt();
        let scale = 127.0 / (CLIP * spread as f32).max(f32::MIN_POSITIVE);
        let bytes = averages.iter().map(|a| (a * scale).round().clamp(-127.0, 127.0) as i8 as u8).collect();
        Linear::new(names, self.bits, bytes)
    }
}

const SEEN_BITS: u32 = 28;
/// A feature counts if it was seen this often.
const FREQUENT: u8 = 2;

/// Weights are cut at this many standard deviations of those that are not nought.
const CLIP: f32 = 8.0;

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

    /// Whether an event of `percent` in a hundred happens.
    pub(crate) fn happens(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// Puts `items` in a random order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
