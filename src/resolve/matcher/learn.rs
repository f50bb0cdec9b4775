//! Labelled pairs -> weights, and how they do on pairs that they were not learned from.
//!
//! Law: weights stay near what was thought before (the prior) unless the pairs say otherwise; learning has no chance in it: folds
//! are cut by a fingerprint of the names.

use super::prepare::{NameFamily, PreparedName};
use super::weigh::{FEATURES, Features};
use super::weights::Weights;
use super::{THRESHOLD, find_features};

/// A labelled pair.
#[derive(Debug, Clone)]
pub struct Example {
    /// What the names name.
    pub family: NameFamily,
    /// One name.
    pub name1: String,
    /// The other.
    pub name2: String,
    /// Whether they name the same.
    pub is_match: bool,
}

/// What learning gave.
#[derive(Debug)]
pub struct Fit {
    /// Weights learned from all pairs.
    pub weights: Weights,
    /// By pair, in the order given: the score of weights learned without its fold.
    pub held_out: Vec<f32>,
}

impl Fit {
    /// Precision, recall and F1 of the held-out scores at the usual threshold.
    pub fn accuracy(&self, examples: &[Example]) -> (f32, f32, f32) {
        let (mut hit, mut found, mut real) = (0.0, 0.0, 0.0);
        for (score, example) in self.held_out.iter().zip(examples) {
            let says = *score >= THRESHOLD;
            hit += f32::from(u8::from(says && example.is_match));
            found += f32::from(u8::from(says));
            real += f32::from(u8::from(example.is_match));
        }
        let (precision, recall) = (hit / f32::max(found, 1.0), hit / f32::max(real, 1.0));
        (precision, recall, 2.0 * precision * recall / f32::max(precision + recall, 1e-6))
    }
}

struct Row {
    family: NameFamily,
    features: Option<Features>,
    is_match: bool,
    fold: usize,
}

/// Learns weights. `pull` is how strongly they are drawn to the prior; `folds` how many parts are held out in turn.
pub fn learn(examples: &[Example], start: &Weights, pull: f32, folds: usize) -> Fit {
    let rows: Vec<Row> = examples.iter().map(|e| prepare_row(e, start, folds)).collect();
    let fit = |held: Option<usize>| {
        [NameFamily::Person, NameFamily::Body].into_iter().fold(start.clone(), |weights, family| {
            let chosen: Vec<(&Features, bool)> = rows
                .iter()
                .filter(|r| r.family == family && Some(r.fold) != held)
                .filter_map(|r| Some((r.features.as_ref()?, r.is_match)))
                .collect();
            let learned = descend(&chosen, &start.prior(family), pull);
            weights.with(family, learned)
        })
    };
    let by_fold: Vec<Weights> = (0..folds).map(|f| fit(Some(f))).collect();
    let score = |r: &Row| match (&r.features, by_fold.get(r.fold)) {
        (Some(features), Some(weights)) => weights.score(r.family, features),
        _ => 0.0,
    };
    Fit { held_out: rows.iter().map(score).collect(), weights: fit(None) }
}

/// The writing that matches best stands for names with several.
fn prepare_row(example: &Example, weights: &Weights, folds: usize) -> Row {
    let a = PreparedName::new(&example.name1, example.family);
    let b = PreparedName::new(&example.name2, example.family);
    let pairs = a.parts.iter().map(|p| (p, &b)).chain(b.parts.iter().map(|p| (&a, p))).chain([(&a, &b)]);
    let best = pairs
        .filter_map(|(x, y)| find_features(x, y))
        .max_by(|x, y| weights.score(example.family, x).total_cmp(&weights.score(example.family, y)));
    // Pairs about one name stay in one fold, so that none is learned from its sister.
    let key = if example.name1.to_lowercase() < example.name2.to_lowercase() { &example.name1 } else { &example.name2 };
    let fold = key.to_lowercase().bytes().fold(7_usize, |h, b| h.wrapping_mul(31).wrapping_add(b as usize)) / 8;
    Row { family: example.family, features: best, is_match: example.is_match, fold: fold % folds.max(1) }
}

/// Gradient descent on the logistic loss with a pull to the prior; convex, so that it ends at one place.
fn descend(rows: &[(&Features, bool)], prior: &[f32; FEATURES], pull: f32) -> [f32; FEATURES] {
    let mut weights = *prior;
    let step = 4.0 / (rows.len() as f32 + 20.0);
    for _ in 0..6000 {
        let mut slope = [0.0_f32; FEATURES];
        for (features, is_match) in rows {
            let sum: f32 = weights.iter().zip(&features.0).map(|(w, x)| w * x).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(*is_match));
            slope.iter_mut().zip(&features.0).for_each(|(s, x)| *s += error * x);
        }
        for ((weight, slope), prior) in weights.iter_mut().zip(&slope).zip(prior) {
            *weight -= step * 0.25 * (slope + pull * (*weight - prior));
        }
    }
    weights
}
