//! Acronyms of common nouns: "a final investment decision (FID)" names nobody.
//!
//! Law: only what the document itself spells out in small letters; the acronym of a name stays a name.

use super::line::Line;
use super::reasons::is_acronym;
use crate::language::Upos;
use rustc_hash::FxHashSet;

/// Words of a term that its acronym leaves out.
const SKIPPED: &[&str] = &["of", "and", "the", "for", "in", "to", "-", "/"];

/// The acronyms that the sentences spell out as common nouns.
pub(super) fn common_acronyms(lines: &[Line<'_>]) -> FxHashSet<String> {
    lines.iter().flat_map(|line| (1..line.len()).filter_map(|open| spelled_out(line, open))).collect()
}

/// An acronym without the s of its plural.
pub(super) fn singular(form: &str) -> &str {
    form.strip_suffix('s').unwrap_or(form)
}

/// "liquefied natural gas (LNG)", "photovoltaic (PV)": the acronym in the bracket that opens at `open`.
fn spelled_out(line: &Line<'_>, open: usize) -> Option<String> {
    let acronym = singular(line.form(open + 1));
    if line.form(open) != "(" || line.form(open + 2) != ")" || !is_acronym(acronym) {
        return None;
    }
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let common = matches!(line.upos(open - 1), Upos::Noun | Upos::Adj | Upos::Adv | Upos::Verb);
    (common && (is_initials(line, open, &letters) || is_contained(line.form(open - 1), &letters)))
        .then(|| acronym.to_owned())
}

/// Whether the small words before `open` begin with the letters.
fn is_initials(line: &Line<'_>, open: usize, letters: &[char]) -> bool {
    let mut at = open;
    for letter in letters.iter().rev() {
        let Some(word) =
            (0..at).rev().find(|i| !SKIPPED.contains(&line.form(*i)) || line.form(*i).starts_with(*letter))
        else {
            return false;
        };
        if !line.form(word).starts_with(*letter) {
            return false;
        }
        at = word;
    }
    letters.len() > 1
}

/// Whether a small word begins with the first of the letters and holds the others in order.
fn is_contained(word: &str, letters: &[char]) -> bool {
    let mut rest = word.chars();
    letters.len() > 1
        && letters.first().is_some_and(|first| word.starts_with(*first))
        && letters.iter().all(|letter| rest.any(|c| c == *letter))
}
