//! Which currencies a text may mean where several countries write theirs alike: rupees, shillings, kroner.
//!
//! Law: the dollar of a text that does not say whose it is stays that of the United States.

use super::{Findings, Sense};
use crate::ontology::gazetteer::{Gazetteer, Known};
use indexmap::IndexMap;

/// The currencies of the countries that a text names, of the country named most often first.
pub fn rank_currencies(findings: &[Findings]) -> Vec<&'static str> {
    let mut counts: IndexMap<u16, usize> = IndexMap::new();
    for mention in findings.iter().flat_map(|f| &f.mentions) {
        if let Sense::Known(Known::Country(c) | Known::Demonym(c) | Known::Capital(c)) = mention.sense {
            *counts.entry(c).or_default() += 1;
        }
    }
    counts.sort_by(|_, a, _, b| b.cmp(a));
    let countries = &Gazetteer::embedded().countries;
    let currency = |at: &u16| countries.get(usize::from(*at)).map(|c| c.currency).filter(|c| !c.ends_with('D'));
    counts.keys().filter_map(currency).collect()
}
