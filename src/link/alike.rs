//! Two names of persons or bodies that are not equal -> the chance that they name one, whether that may decide, and why.
//!
//! Law: wrong is worse than open. Names decide only where they differ in their writing; a word that one of them has and the other
//! lacks, another legal form, or too few words that are the same make a question.

use crate::resolve::matcher::{Feature, PreparedName, Reason, Weights, compare, explain};

/// How alike two names are.
pub(super) struct Likeness {
    /// The chance that they are one.
    pub(super) chance: f32,
    /// Whether it may decide.
    pub(super) decides: bool,
    /// `names alike to “Nordlys AS”: one letter differs in a word`.
    pub(super) reason: String,
}

/// What makes a question of names however alike they are.
const DOUBTS: &[Feature] = &[
    Feature::OnlyInitials,
    Feature::InitialConflict,
    Feature::Cut,
    Feature::Loose,
    Feature::Conflict,
    Feature::GenericConflict,
    Feature::PlaceConflict,
    Feature::Extra,
    Feature::GenericExtra,
    Feature::PlaceExtra,
    Feature::Single,
    Feature::Swapped,
    Feature::NumberSlip,
    Feature::Number,
    Feature::LegalConflict,
    Feature::Acronym,
    Feature::Characters,
    Feature::KnownNames,
];
/// More than this share of the words is the same where names decide.
const SAME: f32 = 0.5;

/// Weighs `entry`, a name written `name`, against one of a subject; none where the chance is below `least`.
pub(super) fn weigh_alike(entry: &PreparedName, subject: &PreparedName, name: &str, least: f32) -> Option<Likeness> {
    let weights = Weights::embedded();
    let chance = compare(entry, subject, weights);
    if chance < least {
        return None;
    }
    let reasons = explain(entry, subject, weights);
    // What has an acronym and a telling word beside it is an organ or a partner: "OIC Contact Group" is not the OIC.
    let more = reasons.iter().any(|r| r.feature == Feature::Extra && r.value > 0.0);
    if more && entry.is_acronym() != subject.is_acronym() {
        return None;
    }
    let same = reasons.iter().find(|r| r.feature == Feature::SameShare).map_or(0.0, |r| r.value);
    let doubtful = reasons.iter().any(|r| r.value > 0.0 && DOUBTS.contains(&r.feature));
    let decides = same > SAME && !doubtful && entry.shares_legal_form(subject);
    Some(Likeness { chance, decides, reason: tell(&reasons, name) })
}

fn tell(reasons: &[Reason], name: &str) -> String {
    let telling = |r: &&Reason| !matches!(r.feature, Feature::Bias | Feature::SameShare | Feature::Script);
    let features: Vec<String> =
        reasons.iter().filter(telling).map(|r| r.feature.name().replace('_', " ")).take(4).collect();
    format!("names alike to “{name}”: {}", features.join(", "))
}
