//! Kinds of facts: which roles identify one, and of which kinds the gold holds all.

use crate::ontology::frame_set::embedded_frames;

/// Kinds that the gold of the shared corpora annotates completely: together they are the core.
pub const CORE: [&str; 5] = ["Position", "Agreement", "Visit", "Meeting", "Measure"];
/// Kinds of which that gold is a sample: only recall means something.
pub const SAMPLED: [&str; 2] = ["Statement", "Relation"];

/// Whether a fact of this kind may be found in another sentence than the gold's: everything but samples.
pub(super) fn is_complete(kind: &str) -> bool {
    !SAMPLED.contains(&kind)
}

/// The roles by which one knows a fact of this kind again; of a frame of the user's own those that it requires.
pub(super) fn keys_of(kind: &str) -> Vec<String> {
    let known: &[&str] = match kind {
        "Position" => &["person", "organization"],
        "Agreement" => &["parties"],
        "Visit" => &["visitor", "destination"],
        "Meeting" => &["participants"],
        "Measure" => &["value"],
        "Statement" => &["speaker"],
        "Relation" => &["subject", "object"],
        _ => &[],
    };
    if !known.is_empty() {
        return known.iter().map(|role| (*role).to_owned()).collect();
    }
    let frame = embedded_frames().ok().and_then(|frames| frames.iter().find(|frame| frame.frame == kind));
    let required = frame.into_iter().flat_map(|f| &f.roles).filter(|(_, role)| role.required || role.min > 0);
    required.map(|(name, _)| name.clone()).collect()
}
