//! Two names -> the chance that they name one person or one body, and why.
//!
//! The specification is [`Feature`]: each says one thing, and `ontology/identity/weights.tsv` says what it is worth, for persons
//! and for bodies. A score is the logistic of their weighted sum, so .9 means nine in ten of such pairs.
//! The weights are learned from labelled pairs by `cargo run --release --example match_names -- learn PAIRS.csv`.
//!
//! Law: symmetric; the same two names have the same score everywhere; no clock, no chance.

mod align;
mod fold;
mod learn;
mod prepare;
mod quick;
mod sound;
#[cfg(test)]
mod tests;
mod weigh;
mod weights;

pub use learn::{Example, Fit, learn};
pub(in crate::resolve) use prepare::hash_bytes;
pub use prepare::{NameFamily, PreparedName};
pub use quick::may_match;
pub use weigh::{FEATURES, Feature, Features};
pub use weights::Weights;

/// At and above this score two names match, unless the caller says otherwise.
pub const THRESHOLD: f32 = 0.5;

/// What one feature adds to a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The feature.
    pub feature: Feature,
    /// Its value for the two names.
    pub value: f32,
    /// What a unit of it is worth, in log odds.
    pub weight: f32,
}

impl Reason {
    /// What it adds, in log odds.
    pub fn adds(&self) -> f32 {
        self.value * self.weight
    }
}

/// The chance that two prepared names of one family name the same.
pub fn compare(a: &PreparedName, b: &PreparedName, weights: &Weights) -> f32 {
    let whole = compare_writings(a, b, weights);
    let parts = a.parts.iter().map(|p| compare_writings(p, b, weights));
    let parts = parts.chain(b.parts.iter().map(|p| compare_writings(a, p, weights)));
    parts.fold(whole, f32::max)
}

fn compare_writings(a: &PreparedName, b: &PreparedName, weights: &Weights) -> f32 {
    weigh::weigh(a, b).map_or(0.0, |features| weights.score(a.family, &features))
}

/// The features of two names: empty where they have nothing in common.
pub fn find_features(a: &PreparedName, b: &PreparedName) -> Option<Features> {
    weigh::weigh(a, b)
}

/// Why two names have their score: the features that are not nothing, the weightiest first. Empty where they share no word.
pub fn explain(a: &PreparedName, b: &PreparedName, weights: &Weights) -> Vec<Reason> {
    let writings = |x: &PreparedName| -> Vec<PreparedName> { x.parts.clone() };
    let mut best = (compare_writings(a, b, weights), weigh::weigh(a, b));
    for (x, y) in writings(a).iter().map(|p| (p, b)).chain(writings(b).iter().map(|p| (p, a))) {
        let score = compare_writings(x, y, weights);
        if score > best.0 {
            best = (score, weigh::weigh(x, y));
        }
    }
    let Some(features) = best.1 else { return Vec::new() };
    let mut reasons: Vec<Reason> = Feature::ALL
        .iter()
        .map(|f| Reason { feature: *f, value: features.get(*f), weight: weights.of(a.family, *f) })
        .filter(|r| r.value != 0.0)
        .collect();
    reasons.sort_by(|x, y| y.adds().abs().total_cmp(&x.adds().abs()).then(x.feature.cmp(&y.feature)));
    reasons
}
