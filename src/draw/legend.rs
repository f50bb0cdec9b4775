//! The legend: only what occurs, in the order of the style file.

use super::picture::Picture;
use super::style::{KindStyle, Style};
use crate::ontology::Status;
use std::collections::{BTreeMap, BTreeSet};

/// What a picture's reader must be told.
pub(super) struct Legend<'a> {
    /// Looks that occur, one a legend word.
    pub(super) kinds: Vec<&'a KindStyle>,
    /// Statuses that occur; none where all is asserted.
    pub(super) statuses: Vec<Status>,
}

/// Collects the looks and statuses of a picture.
pub(super) fn read_legend<'a>(picture: &Picture, style: &'a Style) -> Legend<'a> {
    let kinds: BTreeMap<usize, &KindStyle> =
        picture.nodes().map(|node| (style.order(&node.kind), style.kind(&node.kind))).collect();
    let nodes = picture.nodes().map(|node| node.status);
    let mut statuses: BTreeSet<Status> = picture.edges().map(|edge| edge.status).chain(nodes).collect();
    if statuses.iter().all(|status| *status == Status::Asserted) {
        statuses.clear();
    } else {
        statuses.insert(Status::Asserted);
    }
    Legend { kinds: kinds.into_values().collect(), statuses: statuses.into_iter().collect() }
}
