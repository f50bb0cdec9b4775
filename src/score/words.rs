//! Words as they are compared: folded, without filler, stemmed, and how alike two of them are.
//!
//! Law: what folds to the same is the same, whatever its script marks, case and punctuation.

use super::tables::Tables;
use unicode_normalization::UnicodeNormalization;

/// Lower-case ASCII letters, digits, `%`, `$` and inner full stops, single spaces between.
pub(super) fn fold(text: &str) -> String {
    let ascii: Vec<u8> = text
        .chars()
        .flat_map(plain_letter)
        .nfkd()
        .filter(char::is_ascii)
        .map(|c| c.to_ascii_lowercase() as u8)
        .collect();
    let mut folded = String::with_capacity(ascii.len());
    let mut at = 0;
    while let Some(byte) = ascii.get(at) {
        let skip = silent(&ascii, at);
        at += skip.max(1);
        if skip > 0 {
            continue;
        }
        let kept = byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"%$.".contains(byte);
        match kept {
            true => folded.push(*byte as char),
            false if !folded.ends_with(' ') && !folded.is_empty() => folded.push(' '),
            false => {}
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// How many bytes at `at` are not heard: the `'s` of a possessor, a full stop that ends a word or an initial.
fn silent(ascii: &[u8], at: usize) -> usize {
    let byte = |i: usize| ascii.get(i).copied();
    let is_word = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
    match byte(at) {
        Some(b'\'') if byte(at + 1) == Some(b's') && !is_word(byte(at + 2)) => 2,
        Some(b'.') => {
            let ends = byte(at + 1).is_none_or(is_space);
            let letter = at > 0 && byte(at - 1).is_some_and(|b| b.is_ascii_lowercase());
            let initial = letter && (at < 2 || !is_word(byte(at - 2)));
            usize::from(ends || initial)
        }
        _ => 0,
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13 | 28..=31)
}

/// Letters that do not decompose, and the dashes and the apostrophe of print.
fn plain_letter(c: char) -> impl Iterator<Item = char> {
    let (one, two) = match c {
        'ł' => ('l', None),
        'Ł' => ('L', None),
        'ø' => ('o', None),
        'Ø' => ('O', None),
        'ə' => ('e', None),
        'Ə' => ('E', None),
        'ı' => ('i', None),
        'đ' => ('d', None),
        'Đ' => ('D', None),
        'ß' => ('s', Some('s')),
        '–' | '—' => ('-', None),
        '’' => ('\'', None),
        other => (other, None),
    };
    std::iter::once(one).chain(two)
}

/// The folded words of a text that carry meaning.
pub(super) fn content(text: &str) -> Vec<String> {
    let tables = Tables::embedded();
    fold(text).split(' ').filter(|w| !w.is_empty() && !tables.filler.contains(w)).map(str::to_owned).collect()
}

/// Takes off endings: “memoranda” stays, “supplies” and “supply” meet.
pub(super) fn stem(word: &str) -> String {
    const ENDINGS: [(&str, &str); 6] = [("ies", "y"), ("sses", "ss"), ("es", ""), ("s", ""), ("ing", ""), ("ed", "")];
    let word = match (word.strip_suffix("isation"), word.strip_suffix("isations")) {
        (Some(root), _) => format!("{root}ization"),
        (_, Some(root)) => format!("{root}izations"),
        _ => word.to_owned(),
    };
    for (end, put) in ENDINGS {
        let Some(root) = word.strip_suffix(end) else { continue };
        if root.len() >= 3 && !(end == "s" && word.ends_with("ss")) {
            return format!("{root}{put}");
        }
    }
    word
}

/// The initials of a name: those of its capitalised words, and those of all.
pub(super) fn initials(text: &str) -> [String; 2] {
    let plain: String = text.chars().flat_map(plain_letter).collect();
    let firsts: Vec<char> =
        plain.split(|c: char| !c.is_ascii_alphabetic()).filter_map(|word| word.chars().next()).collect();
    let lower = |c: &char| c.to_ascii_lowercase();
    [firsts.iter().filter(|c| c.is_ascii_uppercase()).map(lower).collect(), firsts.iter().map(lower).collect()]
}

/// How alike two words are, 0 to 1: twice the letters of their common blocks, longest first, over all letters
/// (Ratcliff and Obershelp).
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let all = a.len() + b.len();
    if all == 0 { 1.0 } else { 2.0 * common(a, b) as f64 / all as f64 }
}

fn common(a: &[u8], b: &[u8]) -> usize {
    let (from_a, from_b, size) = longest_block(a, b);
    if size == 0 {
        return 0;
    }
    let (left_a, right_a) = (a.get(..from_a).unwrap_or_default(), a.get(from_a + size..).unwrap_or_default());
    let (left_b, right_b) = (b.get(..from_b).unwrap_or_default(), b.get(from_b + size..).unwrap_or_default());
    size + common(left_a, left_b) + common(right_a, right_b)
}

/// The longest common block, of several the first in `a`, then in `b`: where it begins in both, and its size.
fn longest_block(a: &[u8], b: &[u8]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    let mut above = vec![0usize; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![0usize; b.len() + 1];
        for (j, _) in b.iter().enumerate().filter(|(_, y)| *y == x) {
            let size = above.get(j).copied().unwrap_or_default() + 1;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = size;
            }
            if size > best.2 {
                best = (i + 1 - size, j + 1 - size, size);
            }
        }
        above = row;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, folded: &str) {
        assert_eq!(fold(text), folded, "{text}");
    }

    #[test]
    fn folds_what_is_written_differently() {
        check("The U.S. Treasury’s bonds", "the us treasury bonds");
        check("Łukasz Ördögh – Ltd.", "lukasz ordogh ltd");
        check("J. P. O'Brien's 22.5% (US$)", "j p o brien 22.5% us$");
        check("  ", "");
    }

    #[test]
    fn measures_likeness_as_difflib_does() {
        for (a, b, expected) in
            [("abcd", "bcde", 0.75), ("habimana", "habymana", 0.875), ("", "", 1.0), ("ab", "", 0.0)]
        {
            assert!((likeness(a, b) - expected).abs() < 1e-12, "{a} {b} {}", likeness(a, b));
        }
    }

    #[test]
    fn stems_meet() {
        let stems = ["supplies", "supply", "classes", "businesses", "gas", "organisations", "trading"].map(stem);
        assert_eq!(stems, ["supply", "supply", "class", "business", "gas", "organization", "trad"]);
    }
}
