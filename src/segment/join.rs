//! Lines -> chunks: hard-wrapped lines and lines that a link or a drop cap broke become one again.
//!
//! Law: lines are joined only within what no blank line divides.

use crate::read::line::{Line, is_superscript};
use crate::segment::BlockKind;
use crate::segment::mark::is_drop_cap;
use crate::segment::marker::list_marker;
use std::ops::Range;

/// Groups the lines of an article into chunks, one a block: ranges of line numbers, in order.
pub(crate) fn join_lines(lines: &[Line<'_>], marks: &[Option<BlockKind>]) -> Vec<Range<usize>> {
    let width = wrap_width(lines, marks);
    let mut chunks: Vec<Range<usize>> = Vec::new();
    for at in 0..lines.len() {
        match chunks.last_mut() {
            Some(chunk) if goes_on(lines, marks, chunk, at, width) => chunk.end = at + 1,
            _ => chunks.push(at..at + 1),
        }
    }
    chunks
}

/// The width at which the lines are wrapped, in scalars, if they are: most lines but the last of a paragraph are nearly
/// equally long and do not end a sentence.
fn wrap_width(lines: &[Line<'_>], marks: &[Option<BlockKind>]) -> Option<usize> {
    let open = |at: usize| marks.get(at).is_some_and(Option::is_none);
    let pairs: Vec<_> = lines.iter().zip(lines.iter().skip(1)).enumerate().collect();
    let pairs: Vec<_> =
        pairs.into_iter().filter(|(at, (_, next))| open(*at) && open(at + 1) && next.gap == 0).collect();
    let mut lengths: Vec<usize> = pairs.iter().map(|(_, (line, _))| length(line)).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 9 / 10)?;
    let full = pairs.iter().filter(|(_, (line, _))| length(line) * 10 >= width * 7);
    let broken = full.filter(|(_, (line, _))| !line.ends_sentence()).count();
    let longest = lengths.last().copied().unwrap_or_default();
    (pairs.len() >= 3 && (30..=160).contains(&width) && longest <= width * 2 && broken * 2 >= pairs.len())
        .then_some(width)
}

fn length(line: &Line<'_>) -> usize {
    line.text.chars().take(400).count()
}

/// Whether line `at` continues the chunk above it.
fn goes_on(
    lines: &[Line<'_>],
    marks: &[Option<BlockKind>],
    chunk: &Range<usize>,
    at: usize,
    width: Option<usize>,
) -> bool {
    let (Some(last), Some(next)) = (lines.get(at.wrapping_sub(1)), lines.get(at)) else { return false };
    let mark = |at: usize| marks.get(at).copied().flatten();
    if next.gap > 0 || list_marker(next.text).is_some() || next.text.starts_with(is_superscript) {
        return false;
    }
    if mark(chunk.start) == Some(BlockKind::Footnote) {
        return mark(at) == Some(BlockKind::Footnote) && width.is_some() && !next.text.starts_with('[');
    }
    if mark(chunk.start).is_some() || mark(at).is_some() {
        return false;
    }
    is_drop_cap(lines, chunk.start) && !last.ends_sentence()
        || is_broken(last, next)
        || is_broken_link(lines, marks, at)
        || width.is_some_and(|width| is_wrapped(last, next, width))
}

/// Whether a line of wrapped text was full, so that its paragraph goes on.
fn is_wrapped(last: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    let first_word = next.text.split_whitespace().next().unwrap_or_default().chars().count();
    let full = length(last) + 1 + first_word > width * 9 / 10;
    full || (length(last) * 10 >= width * 6 && !last.ends_sentence())
}

/// Words that no line ends with, unless it was broken behind them.
const OPEN_ENDS: &[&str] = &[
    "and", "or", "of", "the", "a", "an", "to", "in", "for", "with", "by", "from", "on", "at", "as", "that", "its",
    "their", "our",
];

/// Whether a break stands in the middle of a sentence.
fn is_broken(last: &Line<'_>, next: &Line<'_>) -> bool {
    !last.ends_sentence() && !last.text.ends_with(':') && (continues(next.text) || has_open_end(last.text))
}

/// Whether a text ends with a word that no sentence ends with.
pub(crate) fn has_open_end(text: &str) -> bool {
    text.rsplit(char::is_whitespace).next().is_some_and(|word| OPEN_ENDS.contains(&word))
}

/// A text that cannot begin a block: it starts in lower case or with a mark that closes something.
pub(crate) fn continues(text: &str) -> bool {
    text.starts_with(|c: char| c.is_lowercase() || ",.;:)]?!".contains(c))
        || text.starts_with("'s ")
        || text.starts_with("’s ")
}

/// Whether line `at` is a link inside a sentence: the line above is unfinished, the line below goes on.
fn is_broken_link(lines: &[Line<'_>], marks: &[Option<BlockKind>], at: usize) -> bool {
    let (Some(last), Some(link), Some(rest)) = (lines.get(at.wrapping_sub(1)), lines.get(at), lines.get(at + 1)) else {
        return false;
    };
    let open = marks.get(at + 1).is_some_and(Option::is_none);
    open && rest.gap == 0 && continues(rest.text) && link.words <= 6 && last.words >= 4 && !last.ends_sentence()
}
