//! Where one article of a file ends and the next begins.
//!
//! Law: articles are in order and together cover the text; a doubtful border is none.

use crate::read::furniture::{Effect, look_up};
use crate::read::line::{Line, fold, split_lines};
use crate::read::page::{date_in_line, has_dateline, is_text, is_title_like};
use std::ops::Range;

/// How many lines may stand between a headline and its text.
const HEAD: usize = 12;

/// The byte ranges of the articles in `text`, whose first `from` bytes are front matter.
///
/// A new article begins at a headline that comes after running text, has running text below it, and between the two
/// says something that only the head of an article says: itself again, a date line, a byline, a dateline.
pub(crate) fn split_articles(text: &str, from: usize) -> Vec<Range<usize>> {
    let lines = split_lines(text, from, text.len());
    let (mut starts, mut prose_seen) = (vec![0], false);
    for (at, line) in lines.iter().enumerate() {
        if prose_seen && line.gap > 0 && begins_article(&lines, at) {
            starts.push(line.start);
            prose_seen = false;
        }
        prose_seen |= line.is_prose();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn begins_article(lines: &[Line<'_>], at: usize) -> bool {
    let Some((title, below)) = lines.get(at..).and_then(<[_]>::split_first) else { return false };
    if title.words < 4 || !is_title_like(title) {
        return false;
    }
    let Some(first) = below.iter().take(HEAD).position(is_text) else { return false };
    let (head, body) = below.split_at(first);
    let prose = body.iter().take(2 * HEAD).filter(|line| is_text(line)).count();
    prose >= 2 && is_head(title, head, body, is_set_apart(lines, at))
}

/// Whether the lines between a headline and its text show that an article begins.
fn is_head(title: &Line<'_>, head: &[Line<'_>], body: &[Line<'_>], set_apart: bool) -> bool {
    let repeated = head.iter().any(|line| fold(line.text) == fold(title.text));
    let dated = head.iter().any(|line| date_in_line(line).is_some() || is_change_note(line));
    let signed = head.iter().any(|line| look_up(line) == Some(Effect::Byline));
    let placed = body.first().is_some_and(|line| has_dateline(line.text));
    repeated || (dated && signed) || (placed && (dated || signed || set_apart)) || (set_apart && (dated || signed))
}

/// `Updated 6 sec ago`.
fn is_change_note(line: &Line<'_>) -> bool {
    let folded = fold(line.text);
    line.words <= 8 && ["updated", "last updated", "published", "posted"].iter().any(|word| folded.starts_with(word))
}

/// Whether two blank lines or a rule stand before a line.
fn is_set_apart(lines: &[Line<'_>], at: usize) -> bool {
    let rule = |line: &Line<'_>| line.text.len() >= 3 && line.text.chars().all(|c| "-=*_~#–—".contains(c));
    lines.get(at).is_some_and(|line| line.gap >= 2) || at.checked_sub(1).and_then(|b| lines.get(b)).is_some_and(rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The two ministers signed an agreement on the port and on fish on Monday afternoon.";

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let text = page.replace("P.", PROSE);
        let found = split_articles(&text, 0);
        let openings: Vec<_> = found.iter().filter_map(|r| text.get(r.clone())?.lines().next()).collect();
        assert_eq!(openings, expected);
        assert_eq!(found.last().map(|r| r.end), Some(text.len()));
    }

    #[test]
    fn finds_the_second_article() {
        let next = "Peru and Chile open a bridge";
        check(
            &format!(
                "First talks in years held\n\nP.\n\nP.\n\n{next}\n\nUpdated 6 sec ago\nFollow\n\n{next}\n\n• one\n\nP.\n\nP.\n"
            ),
            &["First talks in years held", next],
        );
        check(
            &format!("First talks in years held\nP.\nP.\n-----\n\n{next}\nBy Ana Ilves\nP.\nP.\n"),
            &["First talks in years held", next],
        );
        check(
            &format!("First talks in years held\nP.\n\n\n{next}\nLIMA: P.\nP.\n"),
            &["First talks in years held", next],
        );
    }

    #[test]
    fn related_headlines_begin_nothing() {
        let next = "Peru and Chile open a bridge";
        check(&format!("P.\n\nRELATED\n\n{next}\n\nP.\n\nP.\n"), &[PROSE]);
        check(&format!("P.\n\nPopular\n\n{next}\n\nUpdated 3 hours ago\n\n{next}\n"), &[PROSE]);
        check("P.\n\nWhat comes after the talks\n\nP.\n\nP.\n", &[PROSE]);
    }
}
