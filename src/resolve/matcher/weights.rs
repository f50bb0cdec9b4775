//! `ontology/identity/weights.tsv` -> `Weights`: what each feature is worth.
//!
//! Law: the table names every feature once; what it does not name is worth nothing.

use super::prepare::NameFamily;
use super::weigh::{FEATURES, Feature, Features};
use crate::ontology::identity::read_weights;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// What features are worth, in log odds, by family; and what was thought of them before anything was learned.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Persons, bodies.
    learned: [[f32; FEATURES]; 2],
    prior: [[f32; FEATURES]; 2],
}

fn side(family: NameFamily) -> usize {
    usize::from(family == NameFamily::Body)
}

impl Weights {
    /// The weights that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Weights> = OnceLock::new();
        ONCE.get_or_init(|| {
            let mut found = Self { learned: [[0.0; FEATURES]; 2], prior: [[0.0; FEATURES]; 2] };
            for row in read_weights() {
                let Some(feature) = Feature::ALL.iter().find(|f| f.name() == row.feature) else { continue };
                for (table, values) in [(&mut found.learned, row.learned), (&mut found.prior, row.prior)] {
                    for (family, value) in table.iter_mut().zip(values) {
                        if let Some(slot) = family.get_mut(*feature as usize) {
                            *slot = value;
                        }
                    }
                }
            }
            found
        })
    }

    /// What a unit of `feature` is worth.
    pub fn of(&self, family: NameFamily, feature: Feature) -> f32 {
        self.row(family).get(feature as usize).copied().unwrap_or(0.0)
    }

    fn row(&self, family: NameFamily) -> &[f32] {
        self.learned.get(side(family)).map_or(&[], |r| r.as_slice())
    }

    /// What was thought before learning.
    pub(super) fn prior(&self, family: NameFamily) -> [f32; FEATURES] {
        self.prior.get(side(family)).copied().unwrap_or([0.0; FEATURES])
    }

    /// The same with other learned weights for one family.
    pub(super) fn with(&self, family: NameFamily, learned: [f32; FEATURES]) -> Self {
        let mut new = self.clone();
        if let Some(row) = new.learned.get_mut(side(family)) {
            *row = learned;
        }
        new
    }

    /// The chance that names with these features name the same.
    pub fn score(&self, family: NameFamily, features: &Features) -> f32 {
        let sum: f32 = self.row(family).iter().zip(&features.0).map(|(w, x)| w * x).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// The table as it stands in the file.
    pub fn to_table(&self) -> String {
        let mut out = String::from("feature\tperson\tbody\tperson_prior\tbody_prior\tsays\n");
        for feature in Feature::ALL {
            let cell = |table: &[[f32; FEATURES]; 2], family: usize| {
                table.get(family).and_then(|r| r.get(*feature as usize)).copied().unwrap_or(0.0)
            };
            let _ = writeln!(
                out,
                "{}\t{:.2}\t{:.2}\t{}\t{}\t{}",
                feature.name(),
                cell(&self.learned, 0),
                cell(&self.learned, 1),
                cell(&self.prior, 0),
                cell(&self.prior, 1),
                feature.says().trim()
            );
        }
        out
    }
}
