//! Chunk -> kind, by its shape, where its words and place have not told yet.

use crate::read::line::Line;
use crate::segment::BlockKind;
use crate::segment::marker::list_marker;

/// What a chunk of lines is.
pub(crate) fn classify(chunk: &[Line<'_>]) -> BlockKind {
    let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { return BlockKind::Furniture };
    let words: usize = chunk.iter().map(|line| line.words).sum();
    if list_marker(first.text).is_some() || is_row(first.text) {
        BlockKind::ListItem
    } else if words > 24 || last.text.ends_with([':', ';', ',']) {
        BlockKind::Paragraph
    } else if last.ends_sentence() {
        if last.text.ends_with(['?', '!']) && is_title_case(first.text) {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        }
    } else if words > 9 && last.text.contains(", ") && !is_title_case(first.text) {
        BlockKind::Caption
    } else if words > 14 || chunk.len() > 1 || first.text.starts_with(['"', '“', '‘']) {
        BlockKind::Paragraph
    } else {
        BlockKind::Heading
    }
}

/// A row of a table.
fn is_row(text: &str) -> bool {
    text.contains(" | ") || text.contains('\t')
}

/// Whether most of the longer words have a capital.
fn is_title_case(text: &str) -> bool {
    let long: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let capitals =
        long.iter().filter(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)).count();
    capitals * 10 >= long.len() * 7
}
