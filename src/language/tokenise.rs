//! Tokeniser: the conventions of the English treebanks of Universal Dependencies.
//!
//! Law: the tokens of a text, joined with the white space between them, are the text; no token is empty.

mod word;

use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Splits a text into tokens: ranges of Unicode scalars. Clitics are tokens of their own ("do", "n't"), so are the parts of
/// hyphenated words, currency signs, units after numbers and footnote marks (`²`, `[12]`).
pub fn tokenise(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<char> = text.chars().collect();
    tokenise_chars(&chars)
}

/// As [`tokenise`], for a text already taken apart.
pub(crate) fn tokenise_chars(chars: &[char]) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(chars.len() / 5 + 1);
    let mut at = 0;
    while at < chars.len() {
        if peek(chars, at).is_whitespace() {
            at += 1;
            continue;
        }
        let end = token_end(chars, at).clamp(at + 1, chars.len());
        word::split_word(chars, at..end, &mut out);
        at = end;
    }
    out
}

/// The form of a token as written `text`: typographic quotes, dashes and ellipses in ASCII, invisible marks and the
/// backslash of escaped Markdown gone. Never empty if `text` is not.
pub fn fold(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii() && b != b'\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '‘' | '’' | '‛' | 'ʼ' | '′' | '`' => out.push('\''),
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => out.push('"'),
            '‐' | '‑' | '‒' | '–' | '−' => out.push('-'),
            '—' | '―' => out.push_str("--"),
            '…' => out.push_str("..."),
            '\\' => {}
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
    if out.is_empty() { text.to_owned() } else { out }
}

/// Soft hyphen, zero-width marks, byte order mark, directions, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// The scalar at `i`; a space outside.
fn peek(chars: &[char], i: usize) -> char {
    chars.get(i).copied().unwrap_or(' ')
}

/// Part of a word: letters, digits, marks that combine with them.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_superscript(c) || matches!(c, '_' | '\u{300}'..='\u{36f}') || is_invisible(c)
}

/// A raised digit: a footnote mark or a power.
pub(crate) fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

/// How many scalars from `at` on hold to `test`.
fn run(chars: &[char], at: usize, test: impl Fn(char) -> bool) -> usize {
    chars.iter().skip(at).take_while(|c| test(**c)).count()
}

/// Where the token that begins at `at` ends; the parts of words are split later.
fn token_end(chars: &[char], at: usize) -> usize {
    let c = peek(chars, at);
    if let Some(end) = address(chars, at).or_else(|| footnote(chars, at)) {
        return end;
    }
    if c.is_ascii_digit() || (matches!(c, '.' | ',') && starts_decimal(chars, at)) {
        return number_end(chars, at);
    }
    if is_word(c) {
        return word_end(chars, at);
    }
    if is_superscript(c) {
        return at + run(chars, at, is_superscript);
    }
    match c {
        '\\' if matches!(peek(chars, at + 1), '$' | '*' | '_' | '#' | '%' | '&' | '~' | '[' | ']' | '(' | ')') => {
            at + 2
        }
        '.' | '-' | '*' | '=' | '~' | '<' | '>' | '|' | '—' | '–' | '·' => at + run(chars, at, |d| d == c),
        '!' | '?' => at + run(chars, at, |d| matches!(d, '!' | '?')),
        c if is_apostrophe(c) => apostrophe_end(chars, at),
        _ => at + 1,
    }
}

/// ".5" or ",000" after no digit.
fn starts_decimal(chars: &[char], at: usize) -> bool {
    let alone = at.checked_sub(1).is_none_or(|b| matches!(peek(chars, b), ' ' | '\n' | '(' | '$' | '£' | '€'));
    peek(chars, at) == '.' && peek(chars, at + 1).is_ascii_digit() && alone
}

/// "'60s", "'em", "''"; a lone mark otherwise. What follows a word is split from it later.
fn apostrophe_end(chars: &[char], at: usize) -> usize {
    let digits = run(chars, at + 1, |c| c.is_ascii_digit());
    let after = at + 1 + digits;
    if digits == 2 && !peek(chars, after).is_alphanumeric() {
        return after;
    }
    if digits == 2 && peek(chars, after) == 's' && !peek(chars, after + 1).is_alphanumeric() {
        return after + 1;
    }
    let tail: String =
        chars.iter().skip(at + 1).take_while(|c| c.is_alphabetic()).take(4).flat_map(|c| c.to_lowercase()).collect();
    match tail.as_str() {
        "em" | "s" | "m" | "re" | "ve" | "ll" | "d" | "tis" | "twas" => at + 1 + tail.chars().count(),
        _ if peek(chars, at + 1) == peek(chars, at) => at + 2,
        _ => at + 1,
    }
}

/// "[12]".
fn footnote(chars: &[char], at: usize) -> Option<usize> {
    let digits = run(chars, at + 1, |c| c.is_ascii_digit());
    let shut = at + 1 + digits;
    (peek(chars, at) == '[' && (1..=3).contains(&digits) && peek(chars, shut) == ']').then_some(shut + 1)
}

/// Web and mail addresses, handles, hashtags.
fn address(chars: &[char], at: usize) -> Option<usize> {
    let c = peek(chars, at);
    if at.checked_sub(1).is_some_and(|b| is_word(peek(chars, b)))
        || !(c.is_ascii_alphanumeric() || matches!(c, '@' | '#'))
    {
        return None;
    }
    if matches!(c, '@' | '#') {
        let length = run(chars, at + 1, |c| c.is_ascii_alphanumeric() || c == '_');
        let letters = peek(chars, at + 1).is_ascii_alphabetic();
        return (letters && length > 1).then_some(at + 1 + length);
    }
    let inside = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%()'".contains(c);
    let whole = run(chars, at, inside);
    let text: String = chars.iter().skip(at).take(whole).collect();
    if !text.contains(['.', '@', ':']) {
        return None;
    }
    let scheme = ["http://", "https://", "ftp://", "mailto:", "www."].iter().any(|s| text.starts_with(s));
    let length = if scheme { trim_address(&text) } else { bare_address(&text)? };
    Some(at + length)
}

/// Length of an address without the marks that belong to the sentence.
fn trim_address(text: &str) -> usize {
    let mut rest = text.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    if rest.ends_with(')') && !rest.contains('(') {
        rest = rest.trim_end_matches([')', '.', ',']);
    }
    rest.len()
}

/// Length of "name@host.org" or "host.org/path" at the beginning of `text`.
fn bare_address(text: &str) -> Option<usize> {
    let text = text.get(..trim_address(text))?;
    let host_start = text.find('@').map_or(0, |i| i + 1);
    let host = text.get(host_start..)?;
    let length = host.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(host.len());
    let (host, rest) = host.split_at_checked(length)?;
    let (body, top) = host.trim_end_matches(['.', '-']).rsplit_once('.')?;
    let known = top.chars().all(|c| c.is_ascii_lowercase()) && knows(top).domain;
    let sound =
        !body.is_empty() && body.split('.').all(|p| !p.is_empty()) && body.chars().any(|c| c.is_ascii_alphabetic());
    let plain = host_start > 0 || body.split('.').all(|p| p.len() > 1);
    if !(known && sound && plain) {
        return None;
    }
    let path = if rest.starts_with('/') { rest.len() } else { 0 };
    Some(host_start + host.trim_end_matches(['.', '-']).len() + path)
}

/// Numbers with their separators: "1,000.5", "10:30", "9/11", "555-0143-22", "2024-07-12", "20th", "1990s".
fn number_end(chars: &[char], at: usize) -> usize {
    let digit = |i: usize| peek(chars, i).is_ascii_digit();
    let mut end = at + run(chars, at, |c| c.is_ascii_digit() || c == '.' && peek(chars, at) == '.');
    while matches!(peek(chars, end), '.' | ',' | ':' | '/') && digit(end + 1) {
        end += 1 + run(chars, end + 1, |c| c.is_ascii_digit());
    }
    let dashed = dashed_number(chars, at);
    if dashed > end {
        return dashed;
    }
    let tail = run(chars, end, |c| is_word(c) && !c.is_ascii_digit());
    if tail == 0 { end } else { word_end(chars, end).max(end + tail) }
}

/// End of a telephone number or an ISO date: groups of digits with hyphens, three groups or seven digits in two.
fn dashed_number(chars: &[char], at: usize) -> usize {
    let (mut end, mut groups, mut digits) = (at, 0, 0);
    loop {
        let length = run(chars, end, |c| c.is_ascii_digit());
        if length == 0 {
            break;
        }
        (groups, digits, end) = (groups + 1, digits + length, end + length);
        if peek(chars, end) != '-' || !peek(chars, end + 1).is_ascii_digit() {
            break;
        }
        end += 1;
    }
    if groups >= 3 || groups == 2 && digits == 7 { end } else { at }
}

/// End of a word with its inner apostrophes, full stops and ampersands, and the full stop of an abbreviation.
fn word_end(chars: &[char], at: usize) -> usize {
    let mut end = at + run(chars, at, is_word);
    loop {
        let (c, next) = (peek(chars, end), peek(chars, end + 1));
        let joins = match c {
            c if is_apostrophe(c) => next.is_alphabetic(),
            '&' => next.is_uppercase() && peek(chars, end - 1).is_uppercase() && end - at <= 3,
            '.' => next.is_alphanumeric() && word::dot_joins(chars, at, end),
            ',' => next.is_ascii_digit() && word::is_sum(chars, at, end),
            '-' | '‑' | '‐' => next.is_alphanumeric() && word::keeps_hyphen(chars, at, end),
            _ => false,
        };
        if !joins {
            break;
        }
        end += 1 + run(chars, end + 1, is_word);
    }
    if peek(chars, end) == '$' {
        let letters: String = chars.get(at..end).unwrap_or_default().iter().flat_map(|c| c.to_lowercase()).collect();
        return if letters.len() <= 3 && (knows(&letters).currency) { end + 1 } else { end };
    }
    let ellipsis = peek(chars, end + 1) == '.' && peek(chars, end + 2) == '.';
    if peek(chars, end) == '.' && !ellipsis && word::keeps_stop(chars, at, end) { end + 1 } else { end }
}

/// What the lexicon says of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    prefix: bool,
    unit: bool,
    currency: bool,
    domain: bool,
    /// Scalars of the first part of a contraction.
    contraction: usize,
}

/// What is known of `word`, in lower case.
fn knows(word: &str) -> Known {
    static LEXICON: OnceLock<FxHashMap<String, Known>> = OnceLock::new();
    LEXICON.get_or_init(read_lexicon).get(word).copied().unwrap_or_default()
}

fn read_lexicon() -> FxHashMap<String, Known> {
    let mut lexicon: FxHashMap<String, Known> = FxHashMap::default();
    let lines = include_str!("lexicon/tokens.tsv").lines().filter_map(|line| line.split_once('\t'));
    for (kind, word) in lines.flat_map(|(kind, words)| words.split(' ').map(move |word| (kind, word))) {
        let entry = lexicon.entry(word.replace('|', "")).or_default();
        match kind {
            "prefix" => entry.prefix = true,
            "unit" => entry.unit = true,
            "currency" => entry.currency = true,
            "domain" => entry.domain = true,
            _ => entry.contraction = word.find('|').unwrap_or_default(),
        }
    }
    lexicon
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `expected` are the tokens, separated by `|` where no white space is between them.
    fn check(expected: &str) {
        let text = expected.replace('|', "");
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> = tokenise(&text).into_iter().map(|r| chars[r].iter().collect()).collect();
        let wanted: Vec<&str> = expected.split(['|', ' ']).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn splits_clitics() {
        check("do|n't ca|n’t Peru|'s Peru|’s the players|’ it|'ll I|’m can|not gon|na O'Brien Sana'a|'s");
    }

    #[test]
    fn splits_hyphens_and_slashes() {
        check("all|-|girl team Al|-|Zaman co-operate e-mail non-aligned 2015|-|2020 and|/|or 9/11");
    }

    #[test]
    fn splits_money_and_units() {
        check("$|22 US$|5|bn \\$|40.88 22.5|% 5|pm €|1,000.50 USD|300 20th 1990s Rs|500");
        check("Rs|3.4 Sh|1,200.5 R3.2 Tk|4.5|bn N2.5|, Rs|500|.");
    }

    #[test]
    fn keeps_abbreviations() {
        check("H.E. Dr. J. Vane of the U.S. and Vane Inc.|, e.g. No. 7|. Yes|, no|.");
    }

    #[test]
    fn keeps_addresses() {
        check("see https://un.org/a?b=1|, mail a.b@un.org or @un_news|; un.org|.");
    }

    #[test]
    fn splits_footnotes_and_missing_spaces() {
        check("in 1992|.|³ In 1995|[12]|, India|.|The deal|... “|Well|,|” he");
    }

    proptest! {
        #[test]
        fn tokens_are_the_text(text in "[ -~‘’“”—–…³⁵éəÅ\u{200b}\n]{0,60}") {
            let chars: Vec<char> = text.chars().collect();
            let mut seen = vec![false; chars.len()];
            let mut last = 0;
            for range in tokenise(&text) {
                prop_assert!(range.start >= last && range.start < range.end && range.end <= chars.len());
                last = range.end;
                for i in range {
                    seen[i] = true;
                    prop_assert!(!chars[i].is_whitespace());
                }
            }
            for (c, seen) in chars.iter().zip(seen) {
                prop_assert!(seen || c.is_whitespace());
            }
        }
    }
}
