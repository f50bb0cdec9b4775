//! What stands around the prose and reads like prose: readers' comments, notes about the author, tables of contents.
//!
//! Law: each needs a sign of its own (a heading, the author's name, dots before a page number); sentences alone are prose.

use crate::read::furniture::{Effect, look_up};
use crate::read::line::{Line, fold};
use crate::segment::BlockKind;

/// Within how many lines behind “Comments” a comment shows itself by “Reply” or its age.
const NEAR: usize = 14;
/// How many lines a note about the author may have.
const MAX_NOTE: usize = 6;
/// How many lines from the end a note without a heading may stand.
const TAIL: usize = 6;

/// Marks them; `author` is the article's.
pub(crate) fn mark_surroundings(
    lines: &[Line<'_>],
    effects: &[Option<Effect>],
    author: Option<&str>,
    marks: &mut [Option<BlockKind>],
) {
    for (at, line) in lines.iter().enumerate() {
        match effects.get(at).copied().flatten() {
            Some(Effect::Comments) if is_discussed(lines, at) => return mark_from(at, lines.len(), marks),
            Some(Effect::Biography) => mark_from(at, end_of_note(lines, effects, at), marks),
            _ if leads_to_page(line.text) => mark_from(at, at + 1, marks),
            _ => {}
        }
    }
    mark_author(lines, author, marks);
}

fn mark_from(from: usize, to: usize, marks: &mut [Option<BlockKind>]) {
    let open = marks.iter_mut().take(to).skip(from).filter(|mark| mark.is_none());
    open.for_each(|mark| *mark = Some(BlockKind::Furniture));
}

/// Whether readers' comments follow: one of the next lines is a button of theirs, or says how old one is.
fn is_discussed(lines: &[Line<'_>], at: usize) -> bool {
    let mut below = lines.iter().skip(at + 1).take(NEAR);
    below.any(|line| matches!(look_up(line), Some(Effect::Comment)) || is_age(line.text))
}

/// `2 hours ago`, `5d ago`, `Yesterday at 10:15`.
fn is_age(text: &str) -> bool {
    let folded = text.trim().to_lowercase();
    let counted =
        folded.starts_with(|c: char| c.is_ascii_digit()) || folded.starts_with("a ") || folded.starts_with("an ");
    counted && folded.ends_with(" ago") && folded.split_whitespace().count() <= 4
}

/// Behind a heading like “About the author”: up to the next known line or gap-led heading.
fn end_of_note(lines: &[Line<'_>], effects: &[Option<Effect>], at: usize) -> usize {
    let ends = |next: &usize| {
        let known = effects.get(*next).is_some_and(Option::is_some);
        let heading = lines.get(*next).is_some_and(|line| line.gap > 0 && line.words <= 8 && !line.ends_sentence());
        *next > at + 1 && (known || heading)
    };
    let last = (at + 1 + MAX_NOTE).min(lines.len());
    (at + 1..last).find(ends).unwrap_or(last)
}

/// `Introduction ........ 5`.
fn leads_to_page(text: &str) -> bool {
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = (1..=4).contains(&(text.len() - head.len()));
    let spaced: String = head.trim_end().chars().rev().take(9).filter(|c| !c.is_whitespace()).collect();
    let dots = spaced.chars().take_while(|c| matches!(c, '.' | '…' | '·' | '_')).count();
    page && (dots >= 4 || spaced.starts_with("……"))
}

/// The last lines of the page, where they begin with the author's name, or with that of the heading above, and say who that is.
fn mark_author(lines: &[Line<'_>], author: Option<&str>, marks: &mut [Option<BlockKind>]) {
    let names: Vec<String> = author.into_iter().flat_map(split_names).collect();
    let open = |at: &usize| marks.get(*at).is_some_and(Option::is_none);
    let last: Vec<usize> = (0..lines.len()).rev().filter(open).take(TAIL).collect();
    for at in last.into_iter().filter(|at| *at > 0) {
        let told = lines.get(at).map(|line| fold(line.text)).unwrap_or_default();
        if names.iter().any(|name| tells_of(&told, name)) {
            mark_from(at, at + 1, marks);
        }
        if lines.get(at - 1).is_some_and(|head| may_name(head) && tells_of(&told, &fold(head.text))) {
            mark_from(at - 1, at + 1, marks);
        }
    }
}

/// Two to four words and no more: a heading that may be a name.
fn may_name(line: &Line<'_>) -> bool {
    (2..=4).contains(&line.words) && !line.ends_sentence()
}

fn split_names(author: &str) -> Vec<String> {
    let parts = author.split([',', '&', '|', ';']).flat_map(|part| part.split(" and "));
    let names = parts.map(|part| fold(part).trim_start_matches("by ").to_owned());
    names.filter(|name| name.contains(' ')).collect()
}

/// `Ana Ilves is a fellow of …`, `Ana Ilves reports from …`.
fn tells_of(line: &str, name: &str) -> bool {
    let rest = line.strip_prefix("dr ").or_else(|| line.strip_prefix("prof ")).unwrap_or(line).strip_prefix(name);
    let word = rest.filter(|rest| rest.starts_with(' ')).and_then(|rest| rest.split_whitespace().next());
    matches!(
        word,
        Some(
            "is" | "was" | "has" | "covers" | "reports" | "writes" | "works" | "served" | "serves" | "joined" | "holds"
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::line::split_lines;

    #[track_caller]
    fn check(text: &str, author: Option<&str>, furniture: &[usize]) {
        let lines = split_lines(text, 0, text.len());
        let effects: Vec<_> = lines.iter().map(look_up).collect();
        let mut marks = vec![None; lines.len()];
        mark_surroundings(&lines, &effects, author, &mut marks);
        let found: Vec<usize> = (0..marks.len()).filter(|at| marks[*at].is_some()).collect();
        assert_eq!(found, furniture, "{text}");
    }

    #[test]
    fn comments_go_on_to_the_end_where_somebody_replies() {
        check("It rained.\nComments\nann\n2 hours ago\nPeru signed it.\nReply\nKenya too.", None, &[1, 2, 3, 4, 5, 6]);
        check("Comments\nIt rained.\nIt snowed.", None, &[]);
    }

    #[test]
    fn notes_about_the_author_are_no_prose() {
        check("It rained.\nAbout the author\nAna Ilves is a fellow. She was an envoy.", None, &[1, 2]);
        check("It rained.\nIt snowed.\nAna Ilves is a fellow of Tartu.", Some("Ana Ilves"), &[2]);
        check("It rained.\nIt snowed.\nAna Ilves said so.", Some("By Ana Ilves"), &[]);
        check("It rained.\n\nAna Ilves\nAna Ilves is an editor.", None, &[1, 2]);
        check("It rained.\n\nA long way\nAna Ilves is an editor.", None, &[]);
    }

    #[test]
    fn dots_lead_to_a_page() {
        check("Trade grows ........ 5\nTrade grows . . . . . 12\nTrade grew to 12\nAnd so on... 5", None, &[0, 1]);
    }
}
