//! What a node or an edge says, in words: for hover, for screen readers, for the panel of the HTML page.
//!
//! Law: the first line is the statement with its status and the number of sources; each further line is a quote.

use super::footnotes::{cut, in_order};
use super::picture::{Edge, Node, Picture};
use super::style::Style;
use crate::ontology::Status;
use std::collections::BTreeSet;

/// Most quotes of one tale.
const MOST: usize = 4;
/// Most names of what was folded.
const MOST_NAMES: usize = 60;

/// A node: `Peru (Country), 3 sources`, its quotes.
pub(super) fn tell_node(picture: &Picture, node: &Node, style: &Style) -> String {
    let name = if node.sublabel.is_empty() { node.label.clone() } else { format!("{}, {}", node.label, node.sublabel) };
    let status =
        if node.status == Status::Asserted { String::new() } else { format!(", {}", style.status(node.status).legend) };
    let folded = match node.folded.len() {
        0 => String::new(),
        n if n > MOST_NAMES => format!(
            ": {} and {} more",
            node.folded.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join(", "),
            n - MOST_NAMES
        ),
        _ => format!(": {}", node.folded.join(", ")),
    };
    let first = format!(
        "{} ({}{status}){folded}{}",
        flat(&name),
        style.kind(&node.kind).legend,
        sources(picture, node.support())
    );
    with_quotes(first, picture, node.support())
}

/// An edge: `Peru – visit, 2024 – Chile (planned), 1 source`, its quotes.
pub(super) fn tell_edge(picture: &Picture, edge: &Edge, style: &Style) -> String {
    let name = |id: &str| picture.node(id).map_or_else(|| id.to_owned(), |node| node.label.clone());
    let words = edge.all_lines().join("; ");
    let words = if words.is_empty() { String::new() } else { format!("{words} – ") };
    let status = &style.status(edge.status).legend;
    let first =
        format!("{} – {words}{} ({status}){}", name(&edge.from), name(&edge.to), sources(picture, &edge.evidence));
    with_quotes(flat(&first), picture, &edge.evidence)
}

fn sources(picture: &Picture, evidence: &BTreeSet<String>) -> String {
    match picture.count_sources(evidence) {
        0 => String::new(),
        1 => ", 1 source".to_owned(),
        n => format!(", {n} sources"),
    }
}

fn with_quotes(first: String, picture: &Picture, evidence: &BTreeSet<String>) -> String {
    let quotes = in_order(picture, evidence);
    let rest = quotes.len().saturating_sub(MOST);
    let shown = quotes.into_iter().take(MOST).map(|quote| flat(&format!("“{}” {}", cut(&quote.text), quote.credit())));
    let more = (rest > 0).then(|| format!("and {rest} more passages"));
    [first].into_iter().chain(shown).chain(more).collect::<Vec<_>>().join("\n")
}

/// On one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
