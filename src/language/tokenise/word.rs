//! The inside of words: clitics, abbreviations, hyphens, units.

use super::{is_apostrophe, is_word, knows, peek, run};
use crate::segment::sentences::{abbreviation, is_acronym};
use std::ops::Range;

fn lower(chars: &[char], range: Range<usize>) -> String {
    let letters = chars.get(range).unwrap_or_default().iter();
    letters.flat_map(|c| c.to_lowercase()).map(|c| if is_apostrophe(c) { '\'' } else { c }).collect()
}

/// Currency signs of one letter.
const GLUED: &str = "RNPKB";

/// Whether the word `at..end` is a currency and the digits behind it: "Rs3", "R3".
pub(super) fn is_sum(chars: &[char], at: usize, end: usize) -> bool {
    let letters = (at..end).take_while(|i| peek(chars, *i).is_alphabetic()).count();
    let digits = |i: usize| peek(chars, i).is_ascii_digit() || matches!(peek(chars, i), '.' | ',');
    let glued = letters == 1 && GLUED.contains(peek(chars, at));
    letters > 0
        && at + letters < end
        && (at + letters..end).all(digits)
        && (glued || letters > 1 && knows(&lower(chars, at..at + letters)).currency)
}

/// Whether the full stop at `end`, with a letter behind it, is inside the word that began at `at`.
pub(super) fn dot_joins(chars: &[char], at: usize, end: usize) -> bool {
    let last_part = end - at - (at..end).rev().find(|i| peek(chars, *i) == '.').map_or(0, |i| i + 1 - at);
    let next_part = run(chars, end + 1, is_word);
    let dotted = last_part <= 2 && next_part <= 2 && !peek(chars, end + 1).is_ascii_digit();
    let file = last_part > 1 && peek(chars, end + 1).is_lowercase() && (2..=4).contains(&next_part);
    dotted || file || is_sum(chars, at, end)
}

/// Whether the word `at..end` keeps the full stop behind it: an abbreviation, an initial, an acronym.
pub(super) fn keeps_stop(chars: &[char], at: usize, end: usize) -> bool {
    let word = lower(chars, at..end);
    let next = (end + 1..chars.len()).map(|i| peek(chars, i)).find(|c| !c.is_whitespace());
    let length = end - at;
    if length == 1 && peek(chars, at).is_uppercase() {
        return next.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | '&' | ')'))
            && peek(chars, at) != 'I';
    }
    // "Kh.Battulga": two letters of a given name, glued to the family name.
    let initials = length == 2 && peek(chars, at).is_uppercase() && peek(chars, at + 1).is_lowercase();
    if is_acronym(&word) || initials && peek(chars, end + 1).is_uppercase() {
        return true;
    }
    let known = abbreviation(&word);
    if !known.word {
        return known.is_one();
    }
    let capital = peek(chars, at).is_uppercase();
    let number = next.is_some_and(|c| c.is_ascii_digit());
    known.is_one()
        && match next {
            None => false,
            Some(c) => {
                known.reference && number || capital && (c.is_alphanumeric() || known.general && matches!(c, ',' | ';'))
            }
        }
}

/// Whether the hyphen at `end` stays inside: the word before it is a prefix such as "non".
pub(super) fn keeps_hyphen(chars: &[char], at: usize, end: usize) -> bool {
    knows(&lower(chars, at..end)).prefix && peek(chars, end + 1).is_alphanumeric()
}

/// Cuts the clitics, units and currency codes off one word and appends its parts.
pub(super) fn split_word(chars: &[char], range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let mut cuts = [0usize; 2];
    let mut rest = range.clone();
    if range.len() > 1 {
        // "Rs3.4bn": a currency, a number, a unit.
        for _ in 0..2 {
            let Some(cut) = number_cut(chars, &rest) else { break };
            out.push(rest.start..cut);
            rest.start = cut;
        }
        for slot in &mut cuts {
            let Some(cut) = clitic_cut(chars, &rest) else { break };
            *slot = cut;
            rest.end = cut;
        }
    }
    out.push(rest.clone());
    let mut from = rest.end;
    for cut in cuts.into_iter().rev().filter(|c| *c > rest.end).chain([range.end]) {
        if cut > from {
            out.push(from..cut);
            from = cut;
        }
    }
}

/// Where a unit begins behind a number, or a number behind a currency code.
fn number_cut(chars: &[char], range: &Range<usize>) -> Option<usize> {
    let digit = |i: &usize| peek(chars, *i).is_ascii_digit();
    let first = peek(chars, range.start);
    if first.is_ascii_digit() {
        let cut = range.clone().rev().find(digit)? + 1;
        let unit = lower(chars, cut..range.end);
        return (cut < range.end && knows(unit.trim_end_matches('.')).unit).then_some(cut);
    }
    let cut = range.clone().find(digit)?;
    let figure = run(chars, cut, |c| c.is_ascii_digit() || matches!(c, '.' | ',')).min(range.end - cut);
    let tail = lower(chars, cut + figure..range.end);
    let sum = if tail.is_empty() { figure > 1 } else { knows(tail.trim_end_matches('.')).unit };
    (first.is_alphabetic() && sum && cut > range.start + 1 && knows(&lower(chars, range.start..cut)).currency)
        .then_some(cut)
}

/// Where the last clitic of a word begins.
fn clitic_cut(chars: &[char], range: &Range<usize>) -> Option<usize> {
    let mark = range.clone().rev().take(4).find(|i| is_apostrophe(peek(chars, *i)));
    let Some(mark) = mark else {
        let first = knows(&lower(chars, range.clone())).contraction;
        return (first > 0).then_some(range.start + first);
    };
    let tail = lower(chars, mark + 1..range.end);
    let cut = match tail.as_str() {
        "s" | "m" | "d" | "re" | "ve" | "ll" => mark,
        "t" if matches!(peek(chars, mark.saturating_sub(1)), 'n' | 'N') => mark - 1,
        _ => return None,
    };
    let plain = peek(chars, cut.saturating_sub(1)).is_alphanumeric() || peek(chars, cut.saturating_sub(1)) == '.';
    (cut > range.start && plain).then_some(cut)
}
