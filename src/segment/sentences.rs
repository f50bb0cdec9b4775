//! Sentences of one block of text.
//!
//! Law: the ranges are disjoint and in order, none is empty or begins or ends with white space, and no letter of the block
//! lies outside them.

use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// What a full stop after a word may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Abbreviation {
    /// A name follows.
    pub(crate) title: bool,
    /// A number follows.
    pub(crate) reference: bool,
    /// A month or a day of the week.
    pub(crate) month: bool,
    /// Any other.
    pub(crate) general: bool,
    /// It is also an English word.
    pub(crate) word: bool,
    /// Not an abbreviation but a usual first word.
    start: bool,
    /// Not an abbreviation but, with a colon, the beginning of the credit of a picture.
    credit: bool,
}

impl Abbreviation {
    /// Whether it is an abbreviation at all.
    pub(crate) fn is_one(self) -> bool {
        self.title || self.reference || self.month || self.general
    }
}

/// What is known of `word`, given in lower case without its last full stop.
pub(crate) fn abbreviation(word: &str) -> Abbreviation {
    static LEXICON: OnceLock<FxHashMap<&'static str, Abbreviation>> = OnceLock::new();
    LEXICON.get_or_init(|| read_lexicon(include_str!("abbreviations.tsv"))).get(word).copied().unwrap_or_default()
}

fn read_lexicon(text: &'static str) -> FxHashMap<&'static str, Abbreviation> {
    let mut lexicon: FxHashMap<&str, Abbreviation> = FxHashMap::default();
    for (kind, words) in text.lines().filter_map(|line| line.split_once('\t')) {
        for word in words.split(' ') {
            let entry = lexicon.entry(word).or_default();
            match kind {
                "title" => entry.title = true,
                "reference" => entry.reference = true,
                "month" => entry.month = true,
                "word" => entry.word = true,
                "start" => entry.start = true,
                "credit" => entry.credit = true,
                _ => entry.general = true,
            }
        }
    }
    lexicon
}

/// Splits the text of one block (a paragraph, which may be hard-wrapped: a line break is white space) into sentences.
/// Ranges count Unicode scalars from the block's beginning. A quotation of several sentences splits at their ends.
pub fn split_sentences(block: &str) -> Vec<Range<usize>> {
    let text: Vec<char> = block.chars().collect();
    let mut out = Vec::new();
    let mut start = past_date_line(&text).unwrap_or(0);
    let mut at = start;
    push_trimmed(&text, 0..start, &mut out);
    while at < text.len() {
        match is_stop(&text, at).then(|| end_of_stop(&text, at)) {
            Some(end) => {
                if ends_sentence(&text, start, at, end) {
                    push_trimmed(&text, start..end, &mut out);
                    start = end;
                }
                at = end;
            }
            None => {
                if begins_credit(&text, start, at) {
                    push_trimmed(&text, start..at, &mut out);
                    start = at;
                }
                at += 1;
            }
        }
    }
    push_trimmed(&text, start..text.len(), &mut out);
    out
}

/// "Monday, March 3, 2014 The ministers …": past the date that opens a block and belongs to no sentence.
fn past_date_line(text: &[char]) -> Option<usize> {
    let word = |from: usize| {
        let length = text.iter().skip(from).take(12).take_while(|c| c.is_alphabetic()).count();
        (length > 2 && get(text, from).is_uppercase()).then_some(from + length)
    };
    let number = |from: usize, length: std::ops::RangeInclusive<usize>| {
        let digits = text.iter().skip(from).take(5).take_while(|c| c.is_ascii_digit()).count();
        length.contains(&digits).then_some(from + digits)
    };
    let comma = |at: usize| (get(text, at) == ',' && get(text, at + 1) == ' ').then_some(at + 2);
    let space = |at: usize| (get(text, at) == ' ').then_some(at + 1);
    let month = |from: usize| number(space(word(from)?)?, 1..=2);
    let day = month(0).or_else(|| month(comma(word(0)?)?))?;
    let next = space(number(comma(day)?, 4..=4)?)?;
    (get(text, next).is_uppercase() && get(text, next + 1) != '.').then_some(next)
}

fn push_trimmed(text: &[char], range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let blank = |i: &usize| get(text, *i).is_whitespace();
    let Some(first) = range.clone().find(|i| !blank(i)) else { return };
    let last = range.rev().find(|i| !blank(i)).unwrap_or(first);
    out.push(first..last + 1);
}

/// The scalar at `i`; a space outside.
fn get(text: &[char], i: usize) -> char {
    text.get(i).copied().unwrap_or(' ')
}

fn before(text: &[char], i: usize) -> char {
    i.checked_sub(1).map_or(' ', |i| get(text, i))
}

fn is_stop(text: &[char], at: usize) -> bool {
    matches!(get(text, at), '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '*' | '_')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '{' | '*' | '_' | '¿' | '¡' | '„')
}

/// Past the marks, closing quotes and brackets and footnote marks that belong to the stop at `at`.
fn end_of_stop(text: &[char], at: usize) -> usize {
    let mut end = at + 1;
    loop {
        let c = get(text, end);
        let turned = c == '“' && !get(text, end + 1).is_alphanumeric() && get(text, end - 1) != ' ';
        let straight_opens = matches!(c, '"' | '\'' | '*' | '_') && get(text, end + 1).is_alphanumeric();
        if is_stop(text, end) || is_superscript(c) || turned || (is_closing(c) && !straight_opens) {
            end += 1;
        } else if let Some(past) = footnote(text, end).or_else(|| footnote(text, end + 1).filter(|_| c == ' ')) {
            end = past;
        } else {
            return end;
        }
    }
}

/// Past a mark such as `[12]` at `at`.
fn footnote(text: &[char], at: usize) -> Option<usize> {
    let digits = text.get(at + 1..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    let shut = at + 1 + digits;
    (get(text, at) == '[' && (1..=3).contains(&digits) && get(text, shut) == ']').then_some(shut + 1)
}

/// Whether the credit of a picture begins at `at` ("Image: …", "Photo credit: …"): what stands before it is a caption, which
/// often ends without a full stop.
fn begins_credit(text: &[char], start: usize, at: usize) -> bool {
    if !get(text, at).is_uppercase() || !before(text, at).is_whitespace() {
        return false;
    }
    let letters = |from: usize| text.iter().skip(from).take(12).take_while(|c| c.is_alphabetic()).count();
    let first = at + letters(at);
    let second = if get(text, first) == ' ' { first + 1 + letters(first + 1) } else { first };
    let closes = |end: usize| get(text, end) == ':' && get(text, end + 1) == ' ';
    let known = |from: usize| abbreviation(&word_after(text, from)).credit;
    let named = known(at) && (closes(first) || closes(second) && known(first + 1));
    let joined = |i: &usize| matches!(get(text, *i), ',' | ';' | ':' | '(' | '[' | '-' | '–' | '—');
    let last = (start..at).rev().find(|i| !get(text, *i).is_whitespace());
    named && last.is_some_and(|i| !joined(&i))
}

/// Whether the sentence that began at `start` ends with the stop at `at..end`.
fn ends_sentence(text: &[char], start: usize, at: usize, end: usize) -> bool {
    let Some(next) = (end..text.len()).find(|i| !get(text, *i).is_whitespace()) else { return true };
    let spaced = next > end;
    let marks = text.get(at..end).unwrap_or_default();
    if !spaced {
        return begins_without_space(text, at, end, marks);
    }
    let first = first_letter(text, next);
    if first.is_lowercase() || matches!(get(text, next), ',' | ';' | ':' | ')' | '/' | '&' | '%') {
        return false;
    }
    if marks == ['.'] || marks.iter().skip(1).all(|c| is_closing(*c)) && marks.first() == Some(&'.') {
        return ends_after_word(text, start, at, next, marks.len() > 1);
    }
    let ellipsis = marks.first() == Some(&'…') || marks.starts_with(&['.', '.']);
    !ellipsis || first.is_uppercase() || first.is_numeric() || is_opening(get(text, next))
}

/// "India.The": a full stop without a space after it ends a sentence between a small letter and a capitalised word.
fn begins_without_space(text: &[char], at: usize, end: usize, marks: &[char]) -> bool {
    let next = get(text, end);
    let opens = is_opening(next) && get(text, end + 1).is_uppercase() && !matches!(next, '(' | '[' | '_' | '*' | '\'');
    let follows = next.is_uppercase() && (get(text, end + 1).is_lowercase() || get(text, end + 1) == ' ');
    if !(opens || follows) {
        return false;
    }
    let marked = marks.len() > 1 && marks.iter().skip(1).any(|c| !is_closing(*c) || *c == '”');
    let word = word_before(text, 0, at);
    let small = word.chars().rev().take(2).filter(|c| c.is_lowercase() || c.is_ascii_digit()).count() == 2;
    let dotted = word.contains(['.', '/', '@', ':']) || web_follows(text, end);
    (small || marked || before(text, at) == ')') && !dotted && !abbreviation(&word.to_lowercase()).title
}

/// Whether what follows without a space looks like the rest of an address ("Booking.Com", "Node.Js").
fn web_follows(text: &[char], end: usize) -> bool {
    let rest: Vec<char> = text.iter().skip(end).take_while(|c| !c.is_whitespace()).take(40).copied().collect();
    let short = (2..4).contains(&rest.len()) && rest.iter().all(|c| c.is_alphabetic());
    short && !abbreviation(&word_after(text, end)).start || rest.contains(&'@')
}

/// The first letter or digit of what begins at `next`, past opening marks.
fn first_letter(text: &[char], next: usize) -> char {
    let skip = |c: &&char| is_opening(**c) || matches!(**c, '-' | '–' | '—' | '#' | '@' | '$' | '•');
    text.iter().skip(next).take(4).find(|c| !skip(c)).copied().unwrap_or(' ')
}

/// The letters, dots, hyphens and apostrophes just before `at`, not before `start`.
fn word_before(text: &[char], start: usize, at: usize) -> String {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’' | '&' | '/' | '@' | ':');
    let from = (start..at).rev().take(40).take_while(|i| inside(get(text, *i))).last().unwrap_or(at);
    text.get(from..at).unwrap_or_default().iter().collect()
}

/// The word that begins at `next`, in lower case, past opening marks.
fn word_after(text: &[char], next: usize) -> String {
    let letters = text.iter().skip(next).skip_while(|c| is_opening(**c));
    letters.take_while(|c| c.is_alphabetic() || matches!(**c, '\'' | '’')).flat_map(|c| c.to_lowercase()).collect()
}

/// Whether a single full stop after a word ends the sentence. `closed`: a quote or bracket closes after it.
fn ends_after_word(text: &[char], start: usize, at: usize, next: usize, closed: bool) -> bool {
    let word = word_before(text, start, at);
    let bare = word.trim_start_matches(['-', '\'', '’']);
    let known = abbreviation(&bare.to_lowercase());
    let first = first_letter(text, next);
    let number = first.is_numeric();
    let starter = abbreviation(&word_after(text, next)).start && first.is_uppercase();
    let only_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
    if only_number && bare.len() <= 2 && text.get(start..at).is_some_and(|t| starts_with_only(t, bare)) {
        return false;
    }
    if is_initial(bare) {
        return starter && (closed || ends_with_letter_name(text, start, at));
    }
    if known.word && bare.chars().all(|c| c.is_lowercase()) && !(known.reference && number) {
        return true;
    }
    if known.title && !known.month {
        return closed || known.general && starter;
    }
    if known.reference && number {
        return false;
    }
    if known.month {
        return !number && (starter || closed || known.word && is_opening(get(text, next)));
    }
    if known.general || is_acronym(bare) {
        return closed && first.is_uppercase()
            || starter
            || is_quote(get(text, next)) && !closed && first.is_uppercase();
    }
    true
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«')
}

/// Whether nothing but white space and opening marks stands before `tail` in `text`: the number of a list item.
fn starts_with_only(text: &[char], tail: &str) -> bool {
    let head = text.len().saturating_sub(tail.chars().count());
    text.iter().take(head).all(|c| c.is_whitespace() || is_opening(*c))
}

/// A single capital: "J."
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Whether the capital before `at` names a thing ("Plan B. The next") and is no initial: a small or long word is before it.
fn ends_with_letter_name(text: &[char], start: usize, at: usize) -> bool {
    let space = at.saturating_sub(2);
    let word = word_before(text, start, space);
    !word.is_empty() && !word.ends_with('.')
}

/// "U.S", "a.m", "Ph.D": parts of one or two letters between full stops.
pub(crate) fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` are the sentences, as they stand in their concatenation with `|` for the breaks.
    fn check(expected: &str) {
        let block: String = expected.replace('|', "");
        let scalars: Vec<char> = block.chars().collect();
        let found: Vec<String> = split_sentences(&block).into_iter().map(|r| scalars[r].iter().collect()).collect();
        let wanted: Vec<&str> = expected.split('|').map(str::trim).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        check(
            "Mr. Ode met H.E. Dr. Ana Ruiz. |The U.S. Senate and J. P. Vane Co. of Utah agreed on No. 7 on Sept. 5. |It rained.",
        );
        check("He lives in the U.S. |The firm is Vane Inc. |It is old.");
        check("They came at 5 p.m. |He said no. |Nobody left.");
        check("1. The parties agree. |2. They sign.");
    }

    #[test]
    fn quotes_and_brackets_close_with_their_sentence() {
        check("“We agreed. |We sign today.” |The talks ended.");
        check("“Is it so?” he asked. |\"No!\" she said. |(It was late.) |All left.");
        check("He said: “It is good.” |“We go on,” she added.");
    }

    #[test]
    fn credits_follow_captions() {
        check("The ministers shake hands |Photo: Ana Ruiz.");
        check("The port of Tema. |Image credit: Port Office |File photo: Vane");
        check("The fawn |Photo: Vane.");
        check("Thursday, May 7, 2015 |On Tuesday the talks began.");
        check("May 7, 2015 was a Thursday. |It rained.");
        check("The story (Image: Vane) has one source, Image: A Life.");
    }

    #[test]
    fn footnotes_and_missing_spaces() {
        check("It began in 1992.³ |In 1995 it grew.[12] |Then it fell.");
        check("It began in 1992. [3] |In 1995 it grew. [12] [13] |Then it fell.");
        check("It signed a deal in India.|The joint venture begins.");
        check("See example.com or Node.js for version 2.5 of it.");
        check("Well... maybe. |And so… |We left.");
        check("A line\nthat wraps. |Another\none.");
    }
}
