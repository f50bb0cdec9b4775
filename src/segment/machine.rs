//! Lines for machines and of filing: records of logs and code, heads of letters, numbered titles of figures and tables.
//!
//! Law: each shows itself by its own form, never by what it says; a comment needs code beside it, a head a second line.

use crate::read::line::Line;
use crate::segment::BlockKind;
use regex::Regex;
use std::sync::LazyLock;

type Form = LazyLock<Option<Regex>>;

/// A time stamp, a value in brackets, a tag, a statement that ends with `;`, an opened block.
static RECORD: Form = LazyLock::new(|| {
    Regex::new(r#"^\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|^[\[{]\s*["{\[].*[\]},]$|^</?[A-Za-z!?][^>]*>|[=(){}'"]\s*;$|^[^.]*[(=].*\{$"#).ok()
});
static COMMENT: Form = LazyLock::new(|| Regex::new(r"^(--|//|/\*|#)\s").ok());
/// RFC 5322, section 3.6, with the names that mail programs give when they quote.
static HEADER: Form =
    LazyLock::new(|| Regex::new(r"(?i)^(from|to|cc|bcc|date|sent|subject|reply-to|importance):\s").ok());
static FIGURE: Form =
    LazyLock::new(|| Regex::new(r"^(Figure|Fig\.|Table|Chart|Graph|Exhibit)\s+\d+(\.\d+)?[.:]\s").ok());

/// Marks them as furniture.
pub(crate) fn mark_machine(lines: &[Line<'_>], marks: &mut [Option<BlockKind>]) {
    let is = |form: &Form, at: Option<usize>| {
        let line = at.and_then(|at| lines.get(at));
        form.as_ref().zip(line).is_some_and(|(form, line)| form.is_match(line.text.trim()))
    };
    for (at, mark) in marks.iter_mut().enumerate().filter(|(_, mark)| mark.is_none()) {
        let beside = |form: &Form| is(form, at.checked_sub(1)) || is(form, Some(at + 1));
        let of_code = is(&RECORD, Some(at)) || (is(&COMMENT, Some(at)) && beside(&RECORD));
        let of_letter = is(&HEADER, Some(at)) && beside(&HEADER);
        if of_code || of_letter || is(&FIGURE, Some(at)) {
            *mark = Some(BlockKind::Furniture);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::line::split_lines;

    #[track_caller]
    fn check(text: &str, furniture: &[usize]) {
        let lines = split_lines(text, 0, text.len());
        let mut marks = vec![None; lines.len()];
        mark_machine(&lines, &mut marks);
        let found: Vec<usize> = (0..marks.len()).filter(|at| marks[*at].is_some()).collect();
        assert_eq!(found, furniture, "{text}");
    }

    #[test]
    fn records_are_for_machines() {
        check("2024-05-03 10:15:01 INFO Peru\n{\"a\": [1, 2]}\n<b>Peru</b>\nIt rained.", &[0, 1, 2]);
        check("2024-05-03: Peru signed it.\nPeru (a state) signed it; so did Chile;", &[]);
    }

    #[test]
    fn a_comment_stands_beside_code() {
        check("x = call();\n-- Peru signed it.\nPeru signed it.", &[0, 1]);
        check("It rained.\n-- Peru signed it.", &[]);
    }

    #[test]
    fn a_head_has_two_lines() {
        check("From: Ana\nSubject: Peru met Chile\nDear all,", &[0, 1]);
        check("To: the point\nIt rained.", &[]);
    }

    #[test]
    fn a_figure_is_numbered() {
        check("Figure 1. Trade of Peru.\nTable 2.1: Exports\nFigure 1 shows the trade.", &[0, 1]);
    }
}
