//! Lines of pages -> one text: running heads gone, hyphens at line ends undone, paragraphs whole across columns and pages, notes
//! behind the paragraph that their page ends with.
//!
//! Law: every word of the body stays; what goes is what is repeated on the edges of pages.

use super::glyphs::{Drawn, Run};
use super::layout::{Line, NEAR, median, superscript};
use crate::read::line::ends_sentence;
use std::collections::{BTreeMap, BTreeSet};

/// How many lines at the top and at the bottom of a page may be running heads.
const EDGE: usize = 2;

/// Takes out page numbers, and lines that come back at the edges of pages.
pub(super) fn strip_running_heads(pages: &mut [Drawn]) {
    let edges: Vec<Vec<Head>> = pages.iter().map(|page| find_heads(&page.runs)).collect();
    let mut seen: BTreeMap<&(String, i64), usize> = BTreeMap::new();
    for heads in &edges {
        let keys: BTreeSet<_> = heads.iter().map(|head| &head.key).collect();
        keys.into_iter().for_each(|key| *seen.entry(key).or_default() += 1);
    }
    let often = (edges.len() * 2).div_ceil(5).max(2);
    for (page, heads) in pages.iter_mut().zip(&edges) {
        let goes = |head: &&Head| head.is_numbered || seen.get(&head.key).is_some_and(|count| *count >= often);
        let gone: Vec<(f64, f64)> = heads.iter().filter(goes).map(|head| (head.base, head.size)).collect();
        page.runs.retain(|run| !gone.iter().any(|(base, size)| (run.base - base).abs() < 0.5 * size));
    }
}

/// A line at the edge of a page.
struct Head {
    base: f64,
    size: f64,
    /// Its words without digits, and its size: a headline is larger than the head that repeats it.
    key: (String, i64),
    /// Whether it is a page number, or holds one apart from its other words.
    is_numbered: bool,
}

fn find_heads(runs: &[Run]) -> Vec<Head> {
    let mut runs: Vec<&Run> = runs.iter().filter(|run| !run.text.trim().is_empty()).collect();
    runs.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<Vec<&Run>> = Vec::new();
    for run in runs {
        match lines
            .last_mut()
            .filter(|line| line.iter().rev().take(NEAR).any(|r| (r.base - run.base).abs() < 0.5 * run.size.min(r.size)))
        {
            Some(line) => line.push(run),
            None => lines.push(vec![run]),
        }
    }
    let count = lines.len();
    let edge = |at: usize| at < EDGE || at + EDGE >= count;
    let outer = |at: usize| at == 0 || at + 1 == count;
    let lines = lines.iter().enumerate().filter(|(at, _)| edge(*at));
    lines.filter_map(|(at, line)| describe_head(line, outer(at) && count > 1)).collect()
}

fn describe_head(line: &[&Run], is_outer: bool) -> Option<Head> {
    let first = line.first()?;
    let text = line.iter().map(|run| run.text.trim()).collect::<Vec<_>>().join(" ");
    let words: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let key = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let numbered = is_page_number(&text) || (line.len() > 1 && line.iter().any(|run| is_page_number(&run.text)));
    Some(Head {
        base: first.base,
        size: first.size,
        key: (key, first.size.round() as i64),
        is_numbered: is_outer && numbered,
    })
}

/// `3`, `- 3 -`, `Page 3 of 10`, `iv`.
fn is_page_number(text: &str) -> bool {
    let folded = text.to_lowercase();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| {
        (word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit())) || word.chars().all(|c| "ivxl".contains(c))
    };
    let plain = !text.contains(['$', '€', '£', '%', ',', '.']);
    plain
        && !words.is_empty()
        && words.len() <= 4
        && words.iter().all(|w| number(w) || matches!(*w, "page" | "of" | "p"))
}

/// A paragraph with the page that it begins on.
struct Paragraph {
    text: String,
    page: usize,
}

/// Joins the lines of all pages. Returns the text, paragraphs apart by blank lines, and the byte at which each page begins.
pub(super) fn join_pages(pages: Vec<Vec<Line>>) -> (String, Vec<usize>) {
    let body = body_size(&pages);
    let hyphenated = list_hyphenated(&pages);
    let mut done: Vec<Paragraph> = Vec::new();
    let mut open: Option<(Paragraph, Line, usize)> = None;
    let mut notes: Vec<Paragraph> = Vec::new();
    let count = pages.len();
    for (page, lines) in pages.into_iter().enumerate() {
        for column in split_columns(lines) {
            let spacing = Spacing::of(&column);
            let (text, foot) = split_notes(column, body);
            for line in text {
                open = Some(match open.take() {
                    Some((mut paragraph, last, on)) if !spacing.begins(&last, &line, on != page) => {
                        append(&mut paragraph.text, &line.text, &hyphenated);
                        (paragraph, line, page)
                    }
                    before => {
                        if let Some((paragraph, ..)) = before {
                            done.push(paragraph);
                            // Notes wait until the paragraph that their page ends with is whole.
                            let (ripe, rest) =
                                std::mem::take(&mut notes).into_iter().partition(|n: &Paragraph| n.page < page);
                            done.extend::<Vec<Paragraph>>(ripe);
                            notes = rest;
                        }
                        (Paragraph { text: line.text.clone(), page }, line, page)
                    }
                });
            }
            notes.extend(join_notes(foot, page, &hyphenated));
        }
    }
    done.extend(open.map(|(paragraph, ..)| paragraph));
    done.extend(notes);
    write_text(&done, count)
}

/// The size in which most letters are set.
fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
    for line in pages.iter().flatten() {
        *letters.entry((line.size * 2.0).round() as i64).or_default() += line.text.len();
    }
    letters.into_iter().max_by_key(|(_, count)| *count).map_or(10.0, |(size, _)| size as f64 / 2.0)
}

/// Words with a hyphen inside a line: these keep it at the end of one.
fn list_hyphenated(pages: &[Vec<Line>]) -> BTreeSet<String> {
    let words = pages.iter().flatten().flat_map(|line| line.text.split_whitespace());
    let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase());
    bare.filter(|word| word.contains('-') && !word.ends_with('-')).collect()
}

fn split_columns(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut columns: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match columns.last_mut().filter(|column| column.last().is_some_and(|last| last.column == line.column)) {
            Some(column) => column.push(line),
            None => columns.push(vec![line]),
        }
    }
    columns
}

/// How the lines of a column stand.
struct Spacing {
    left: f64,
    right: f64,
    leading: f64,
}

impl Spacing {
    fn of(column: &[Line]) -> Self {
        let gaps = column.windows(2).filter_map(|pair| match pair {
            [a, b] if b.base > a.base => Some(b.base - a.base),
            _ => None,
        });
        let size = median(column.iter().map(|line| line.size).collect()).unwrap_or(10.0);
        Self {
            left: column.iter().map(|line| line.left).fold(f64::MAX, f64::min),
            right: column.iter().map(|line| line.right).fold(f64::MIN, f64::max),
            leading: median(gaps.collect()).unwrap_or(1.2 * size).clamp(size * 0.9, size * 2.2),
        }
    }

    /// Whether a paragraph begins with `line` behind `last`, which stands on another page or not.
    fn begins(&self, last: &Line, line: &Line, elsewhere: bool) -> bool {
        let open = !ends_sentence(&last.text) && !last.text.ends_with(':');
        let goes_on = line.text.starts_with(|c: char| c.is_lowercase() || "([“\"'‘".contains(c));
        if (last.size - line.size).abs() > 0.08 * last.size.max(line.size) {
            return true;
        }
        if elsewhere || last.column != line.column || line.base <= last.base {
            let unfinished = open && (goes_on || last.text.ends_with(['-', ',', '\u{ad}']));
            return !unfinished;
        }
        let size = line.size;
        let marked = line.text.starts_with(['•', '▪', '■', '●', '◦', '–', '—', '*', '·', '‣', '¹', '²', '³']);
        let indented = line.left > self.left + 0.9 * size && last.left < line.left - 0.6 * size;
        let short = last.right < self.right - 0.15 * (self.right - self.left);
        marked
            || line.base - last.base > 1.35 * self.leading
            || (indented && !open)
            || (short && (!open || !goes_on) && (!open || last.right < self.right - 0.45 * (self.right - self.left)))
    }
}

/// Appends a line; a hyphen that divided a word goes.
fn append(text: &mut String, line: &str, hyphenated: &BTreeSet<String>) {
    let divided = text.ends_with(['-', '\u{ad}', '‐']) && line.starts_with(char::is_lowercase);
    if !divided {
        text.push(' ');
    } else {
        let head = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let tail: String = line.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        let whole = format!("{head}{tail}").trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase();
        if !hyphenated.contains(&whole) {
            text.pop();
        }
    }
    text.push_str(line);
}

/// The notes at the foot of a column: smaller lines down to its end, the first of which bears a mark.
fn split_notes(mut column: Vec<Line>, body: f64) -> (Vec<Line>, Vec<Line>) {
    let small = column.iter().rev().take_while(|line| line.size < 0.93 * body).count();
    let from = column.len() - small;
    let first =
        (from..column.len()).find(|at| column.get(*at).is_some_and(|line| bears_mark(&line.text) && line.height > 0.4));
    let foot = first.map(|at| column.split_off(at)).unwrap_or_default();
    (column, foot)
}

/// `1 Marta Oja, …`, `¹Marta Oja`, `* The author …`.
fn bears_mark(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let numbered =
        (1..=3).contains(&digits) && text.chars().nth(digits).is_some_and(|c| !c.is_ascii_digit() && c != '%');
    numbered || text.starts_with(crate::read::line::is_superscript) || text.starts_with(['*', '†', '‡'])
}

fn join_notes(lines: Vec<Line>, page: usize, hyphenated: &BTreeSet<String>) -> Vec<Paragraph> {
    let mut notes: Vec<Paragraph> = Vec::new();
    for line in lines {
        match notes.last_mut().filter(|_| !bears_mark(&line.text)) {
            Some(note) => append(&mut note.text, &line.text, hyphenated),
            None => notes.push(Paragraph { text: mark_note(&line.text), page }),
        }
    }
    notes
}

/// The number of a note as a superscript.
fn mark_note(text: &str) -> String {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text.get(digits.len()..).unwrap_or_default();
    format!("{}{}", superscript(&digits), rest.trim_start_matches(['.', ')']))
}

fn write_text(paragraphs: &[Paragraph], pages: usize) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts: Vec<usize> = Vec::with_capacity(pages);
    for paragraph in paragraphs {
        while starts.len() <= paragraph.page {
            starts.push(text.len());
        }
        text.push_str(paragraph.text.trim());
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    starts.resize(pages, text.len());
    (text, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, base: f64, size: f64, column: usize) -> Line {
        Line { text: text.into(), left: 50.0, right: 350.0, base, size, height: base / 800.0, column }
    }

    #[track_caller]
    fn check(pages: Vec<Vec<Line>>, expected: &str) -> Vec<usize> {
        let (text, starts) = join_pages(pages);
        assert_eq!(text, expected);
        starts
    }

    #[test]
    fn paragraphs_go_on_across_pages_and_notes_wait() {
        let starts = check(
            vec![
                vec![
                    line("The two sides signed an agree-", 300.0, 10.0, 0),
                    line("ment on fisheries and on the long-", 312.0, 10.0, 0),
                    line("1 See the long-term plan.", 700.0, 8.0, 0),
                ],
                vec![line("term use of the port.", 100.0, 10.0, 0), line("A new paragraph.", 160.0, 10.0, 0)],
            ],
            "The two sides signed an agreement on fisheries and on the long-term use of the port.\n\n¹ See the long-term plan.\n\nA new paragraph.\n",
        );
        assert_eq!(starts, [0, 114]);
    }

    #[test]
    fn running_heads_and_page_numbers_go() {
        let run = |text: &str, left: f64, base: f64, size: f64| Run {
            text: text.into(),
            left,
            right: left + 100.0,
            base,
            size,
        };
        let page = |number: usize, words: &str| Drawn {
            runs: vec![
                run("Institute for Baltic Studies", 50.0, 40.0, 8.0),
                run(words, 50.0, 300.0, 10.0),
                run(&format!("Page {number} of 3"), 50.0, 780.0, 8.0),
            ],
            height: 800.0,
            unreadable: 0,
        };
        let mut pages = vec![page(1, "One."), page(2, "Two."), page(3, "Three.")];
        strip_running_heads(&mut pages);
        let left: Vec<&str> = pages.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
        assert_eq!(left, ["One.", "Two.", "Three."]);
    }
}
