//! Lines -> marks: what a line is by its words, its neighbours and its place on the page.
//!
//! Law: prose is never furniture because of where it stands; only short lines that are no sentences are.

use crate::read::furniture::{Effect, has_promo, look_up};
use crate::read::line::{Line, fold, is_superscript};
use crate::read::page::{date_in_line, head};
use crate::segment::BlockKind;
use crate::segment::close::mark_surroundings;
use crate::segment::join::{continues, has_open_end};
use crate::segment::machine::mark_machine;
use crate::segment::marker::list_marker;
use regex::Regex;
use std::sync::LazyLock;

/// How many lines a section of furniture may have.
const MAX_SECTION: usize = 60;

/// What each line is, `None` where its shape will tell. `title` and `author` are the article's.
pub(crate) fn mark_lines(lines: &[Line<'_>], title: Option<&str>, author: Option<&str>) -> Vec<Option<BlockKind>> {
    let effects: Vec<_> = lines.iter().map(|line| look_up(&bare(line))).collect();
    let mut marks = vec![None; lines.len()];
    mark_title(lines, title, &mut marks);
    mark_machine(lines, &mut marks);
    mark_references(lines, &effects, &mut marks);
    mark_surroundings(lines, &effects, author, &mut marks);
    for (at, effect) in effects.iter().enumerate() {
        mark_line(lines, at, *effect, &mut marks);
    }
    mark_head(lines, &mut marks);
    mark_between(lines, &mut marks);
    mark_tail(lines, &mut marks);
    marks
}

/// The line without the marker of a list item.
fn bare<'t>(line: &Line<'t>) -> Line<'t> {
    let skip = list_marker(line.text).unwrap_or(0);
    Line { text: line.text.get(skip..).unwrap_or(line.text), ..*line }
}

fn set(marks: &mut [Option<BlockKind>], at: usize, kind: BlockKind) {
    if let Some(mark) = marks.get_mut(at).filter(|mark| mark.is_none()) {
        *mark = Some(kind);
    }
}

fn is_open(marks: &[Option<BlockKind>], at: usize) -> bool {
    marks.get(at).is_some_and(Option::is_none)
}

fn is_furniture(marks: &[Option<BlockKind>], at: usize) -> bool {
    marks.get(at) == Some(&Some(BlockKind::Furniture))
}

/// The title is a title once; what repeats it says nothing new.
fn mark_title(lines: &[Line<'_>], title: Option<&str>, marks: &mut [Option<BlockKind>]) {
    let Some(title) = title.map(fold).filter(|title| !title.is_empty()) else { return };
    let same = |line: &&Line<'_>| line.text.len() <= title.len() * 2 + 40 && is_title(&fold(line.text), &title);
    let found = lines.iter().enumerate().filter(|(_, line)| same(line));
    for (nth, (at, _)) in found.enumerate() {
        set(marks, at, if nth == 0 { BlockKind::Title } else { BlockKind::Furniture });
    }
}

/// Equal, or one begins with the other and has most of its words: pages add their name to a headline.
fn is_title(line: &str, title: &str) -> bool {
    let (short, long) = if line.len() < title.len() { (line, title) } else { (title, line) };
    line == title || (short.split(' ').count() >= 4 && short.len() * 10 >= long.len() * 6 && long.starts_with(short))
}

/// From a heading like “References” to the end, where most of what follows are notes.
fn mark_references(lines: &[Line<'_>], effects: &[Option<Effect>], marks: &mut [Option<BlockKind>]) {
    for at in (0..lines.len()).filter(|at| effects.get(*at) == Some(&Some(Effect::References))) {
        let below = lines.get(at + 1..).unwrap_or_default();
        let notes = below.iter().filter(|line| is_note(line) || cites(line.text)).count();
        if notes > 0 && notes * 2 >= below.len() {
            (at..lines.len()).for_each(|line| set(marks, line, BlockKind::Footnote));
            return;
        }
    }
}

fn mark_line(lines: &[Line<'_>], at: usize, effect: Option<Effect>, marks: &mut [Option<BlockKind>]) {
    let Some(line) = lines.get(at) else { return };
    if !is_open(marks, at) || is_drop_cap(lines, at) {
        return;
    }
    match effect {
        Some(Effect::Furniture | Effect::Notice | Effect::Comment | Effect::Comments | Effect::Biography) => {
            set(marks, at, BlockKind::Furniture)
        }
        Some(Effect::Section) => mark_section(lines, at, marks),
        Some(Effect::Next) => {
            set(marks, at, BlockKind::Furniture);
            if lines.get(at + 1).is_some_and(|next| !stops_section(next)) {
                set(marks, at + 1, BlockKind::Furniture);
            }
        }
        Some(Effect::Byline) => mark_byline(lines, at, marks),
        Some(Effect::Caption) => set(marks, at, BlockKind::Caption),
        _ if is_note(line) => set(marks, at, BlockKind::Footnote),
        _ if line.text.chars().count() == 1 => set(marks, at, BlockKind::Furniture),
        _ => {}
    }
}

/// A single capital whose word goes on in the next line.
pub(crate) fn is_drop_cap(lines: &[Line<'_>], at: usize) -> bool {
    let single =
        lines.get(at).is_some_and(|line| line.text.chars().count() == 1 && line.text.chars().all(char::is_uppercase));
    single && lines.get(at + 1).is_some_and(|next| next.gap == 0 && next.text.starts_with(char::is_lowercase))
}

/// Whether line `at` belongs to a sentence that begins with a drop cap a few lines above.
fn in_drop_cap(lines: &[Line<'_>], at: usize) -> bool {
    let above = (at.saturating_sub(4)..=at).rev();
    above
        .take_while(|up| *up == at || lines.get(*up).is_some_and(|line| !line.ends_sentence()))
        .any(|up| is_drop_cap(lines, up))
}

fn mark_section(lines: &[Line<'_>], at: usize, marks: &mut [Option<BlockKind>]) {
    set(marks, at, BlockKind::Furniture);
    let below = lines.iter().enumerate().skip(at + 1).take(MAX_SECTION);
    for (next, line) in below {
        if stops_section(line) || is_drop_cap(lines, next) || marks.get(next) == Some(&Some(BlockKind::Title)) {
            return;
        }
        if look_up(line) != Some(Effect::Caption) {
            set(marks, next, BlockKind::Furniture);
        }
    }
}

/// A sentence of some length that ends with a full stop, and whatever is as long as a paragraph, is no related headline.
fn stops_section(line: &Line<'_>) -> bool {
    let stated = line.ends_sentence() && !line.text.ends_with(['?', '!']);
    let listed = list_marker(line.text).is_some();
    (look_up(line).is_none() || listed) && ((stated && line.words >= 6) || line.words >= 30)
}

/// A byline, with the lines of name, post and institution behind a bare `By`.
fn mark_byline(lines: &[Line<'_>], at: usize, marks: &mut [Option<BlockKind>]) {
    set(marks, at, BlockKind::Byline);
    if lines.get(at).is_none_or(|line| line.words > 2) {
        return;
    }
    for (next, line) in lines.iter().enumerate().skip(at + 1).take(4) {
        let goes_on = line.gap == 0 && line.words <= 10 && !line.ends_sentence() && look_up(line).is_none();
        if !goes_on || date_in_line(line).is_some() {
            return;
        }
        set(marks, next, BlockKind::Byline);
    }
}

static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\[\d{1,3}\]|^\[?\d{1,3}\]?[.)]?\s+\S").ok());

/// Whether a line is a note: it begins with a superscript or bracketed number, or with a number and cites.
fn is_note(line: &Line<'_>) -> bool {
    let text = line.text;
    if text.starts_with(is_superscript)
        || text.starts_with("^ ")
        || fold(text.get(..text.len().min(40)).unwrap_or_default()) == "ibid"
    {
        return line.words > 0;
    }
    let numbered = NOTE.as_ref().is_some_and(|form| form.is_match(text));
    numbered && (text.starts_with('[') || (cites(text) && list_marker(text).is_none_or(|_| has_address(text))))
}

/// Whether a text cites: it holds an address or one of the words of a reference.
fn cites(text: &str) -> bool {
    has_address(text)
        || [
            "accessed ",
            "ibid",
            " pp. ",
            " vol. ",
            " ed. ",
            "(in Spanish)",
            "Retrieved ",
            "Archived from ",
            "ISBN ",
            "ISSN ",
            "doi:",
        ]
        .iter()
        .any(|sign| text.contains(sign))
}

fn has_address(text: &str) -> bool {
    text.contains("http://") || text.contains("https://") || text.contains("www.")
}

/// The top of the page: date lines, sections above the headline, names and single words below it.
fn mark_head(lines: &[Line<'_>], marks: &mut [Option<BlockKind>]) {
    let title = marks.iter().position(|mark| *mark == Some(BlockKind::Title));
    for at in 0..head(lines).len() {
        let Some(line) = lines.get(at).filter(|_| is_open(marks, at) && !in_drop_cap(lines, at)) else { continue };
        let before_prose = lines.get(at + 1).is_none_or(Line::is_prose);
        let below_title = title.is_some_and(|title| at > title) && !before_prose;
        let above_title = title.is_some_and(|title| at < title) && line.words <= 4 && !line.ends_sentence();
        if date_in_line(line).is_some() || above_title || (below_title && line.words == 1 && is_scrap(line)) {
            set(marks, at, BlockKind::Furniture);
        } else if below_title && line.gap == 0 && is_person_like(line) {
            set(marks, at, BlockKind::Byline);
        }
    }
}

/// Two to four words, each with a capital, nothing else.
fn is_person_like(line: &Line<'_>) -> bool {
    let capital =
        |word: &str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase);
    (2..=4).contains(&line.words)
        && line.text.split_whitespace().all(capital)
        && !line.text.contains([':', '?', '!', '&'])
}

/// Short lines between two lines of furniture, right above one, or right below with a sign of their own, belong to it.
fn mark_between(lines: &[Line<'_>], marks: &mut [Option<BlockKind>]) {
    for at in (0..lines.len()).rev() {
        let Some(line) = lines.get(at).filter(|line| is_open(marks, at) && is_scrap(line)) else { continue };
        if in_drop_cap(lines, at) {
            continue;
        }
        let below = is_furniture(marks, at + 1) && lines.get(at + 1).is_some_and(|next| next.gap == 0);
        let above = at > 0 && line.gap == 0 && nearest_is_furniture(lines, marks, at);
        let led = below && (above || line.words <= 5);
        if led || (above && line.words <= 5 && has_promo(line)) {
            set(marks, at, BlockKind::Furniture);
        }
    }
    mark_broken(lines, marks);
}

/// What goes on a line of furniture that was broken at a link: the link, and the rest of its sentence.
fn mark_broken(lines: &[Line<'_>], marks: &mut [Option<BlockKind>]) {
    let mut broken = false;
    for (at, pair) in lines.windows(2).enumerate() {
        let [last, next] = pair else { return };
        let goes_on = next.gap == 0 && next.words <= 12 && is_furniture(marks, at);
        broken = goes_on && is_open(marks, at + 1) && (has_open_end(last.text) || (broken && continues(next.text)));
        if broken {
            set(marks, at + 1, BlockKind::Furniture);
        }
    }
}

/// Whether, going up over scraps, furniture is met within three lines.
fn nearest_is_furniture(lines: &[Line<'_>], marks: &[Option<BlockKind>], at: usize) -> bool {
    let above = (at.saturating_sub(3)..at).rev();
    above
        .take_while(|up| is_furniture(marks, *up) || lines.get(*up).is_some_and(is_scrap))
        .any(|up| is_furniture(marks, up))
}

/// A line that is no sentence and no list item: a fragment, a label, a headline.
fn is_scrap(line: &Line<'_>) -> bool {
    let fragment = line.text.starts_with(char::is_lowercase) || !line.ends_sentence();
    fragment && !line.is_prose() && !line.text.ends_with(':') && list_marker(line.text).is_none()
}

/// What follows the last sentence of the page, where there is furniture among it or it is a row of single words.
fn mark_tail(lines: &[Line<'_>], marks: &mut [Option<BlockKind>]) {
    let keeps = |at: &usize| {
        let kept = marks.get(*at).is_some_and(|mark| mark.is_some_and(|kind| kind != BlockKind::Furniture));
        kept || (is_open(marks, *at) && lines.get(*at).is_some_and(|line| !is_scrap(line)))
    };
    let start = (0..lines.len()).rev().find(keeps).map_or(lines.len(), |last| last + 1);
    let open: Vec<usize> = (start..lines.len()).filter(|at| is_open(marks, *at)).collect();
    let words: usize = open.iter().filter_map(|at| lines.get(*at)).map(|line| line.words).sum();
    let has_furniture = (start..lines.len()).any(|at| is_furniture(marks, at));
    if has_furniture || (open.len() >= 3 && words <= open.len() * 4) {
        open.into_iter().for_each(|at| set(marks, at, BlockKind::Furniture));
    }
}
