//! Runs of short lines: the rows of a menu are furniture, the items behind a colon a list.

use crate::read::line::Line;
use crate::segment::BlockKind;
use std::ops::Range;

/// Three or more headings right under one another are none.
pub(crate) fn mark_runs(lines: &[Line<'_>], chunks: &[Range<usize>], kinds: &mut [BlockKind]) {
    let mut at = 0;
    while at < chunks.len() {
        let run = (at..chunks.len()).take_while(|next| is_row(lines, chunks, kinds, at, *next)).count();
        if run >= 3 {
            let kind = kind_of_run(lines, chunks, at..at + run);
            kinds.iter_mut().skip(at).take(run).for_each(|k| *k = kind);
        }
        at += run.max(1);
    }
}

/// Whether chunk `next` is a heading right under the one before it.
fn is_row(lines: &[Line<'_>], chunks: &[Range<usize>], kinds: &[BlockKind], first: usize, next: usize) -> bool {
    let gap = chunks.get(next).and_then(|chunk| lines.get(chunk.start)).map(|line| line.gap);
    kinds.get(next) == Some(&BlockKind::Heading) && (next == first || gap == Some(0))
}

fn kind_of_run(lines: &[Line<'_>], chunks: &[Range<usize>], run: Range<usize>) -> BlockKind {
    let line_at = |chunk: usize| chunks.get(chunk).and_then(|chunk| lines.get(chunk.start));
    let words: usize = run.clone().filter_map(line_at).map(|line| line.words).sum();
    let introduced = run.start.checked_sub(1).and_then(line_at).is_some_and(|line| line.text.ends_with(':'));
    if introduced || words > run.len() * 4 { BlockKind::ListItem } else { BlockKind::Furniture }
}
