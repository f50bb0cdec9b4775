//! The characters of a sentence regrouped into numbers, words and marks, so that dates and figures are read alike however
//! the tokeniser cut them: `$3.7B`, `3.8-billion` and `Sept 19-23` may be one token or five.
//!
//! Law: every atom knows its token; an atom never spans two tokens.

use crate::language::Sentence;

/// What an atom is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Digits with their separators: `2,200`, `22.5`, `12.07.2024`.
    Number,
    /// Letters.
    Word,
    /// One other character, or a whole web address.
    Mark,
}

/// A number, a word or a mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Atom {
    /// Index of its token.
    pub(super) token: usize,
    /// As written.
    pub(super) raw: String,
    /// In lower case.
    pub(super) low: String,
    /// What it is made of.
    pub(super) sort: Sort,
    /// Whether white space, or the start of the sentence, stands before it.
    pub(super) spaced: bool,
}

impl Atom {
    /// Whether it is a hyphen or a dash.
    pub(super) fn is_dash(&self) -> bool {
        matches!(self.raw.as_str(), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2014}" | "\u{2212}")
    }

    /// Whether it is the mark or the lower-case word `text`.
    pub(super) fn is(&self, text: &str) -> bool {
        self.low == text
    }

    /// A plain integer of `digits` digits.
    pub(super) fn digits(&self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let plain = self.sort == Sort::Number && digits.contains(&self.raw.len());
        plain.then(|| self.raw.parse().ok()).flatten()
    }
}

/// The atoms of a sentence in order. Backslashes (Markdown's escapes) are left out.
pub(super) fn split_atoms(sentence: &Sentence) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::with_capacity(sentence.tokens.len() + 8);
    let (mut end, mut spaced) = (None, true);
    for (index, token) in sentence.tokens.iter().enumerate() {
        spaced |= end != Some(token.span.start);
        end = Some(token.span.end);
        if is_address(&token.form) {
            push(&mut atoms, index, &token.form, Sort::Mark, &mut spaced);
        } else {
            split_form(&mut atoms, index, &token.form, &mut spaced);
        }
    }
    atoms
}

/// The atoms of a phrase of a lexicon, all of token 0.
pub(super) fn split_phrase(phrase: &str) -> Vec<Atom> {
    let (mut atoms, mut spaced) = (Vec::new(), true);
    for word in phrase.split_whitespace() {
        split_form(&mut atoms, 0, word, &mut spaced);
        spaced = true;
    }
    atoms
}

fn is_address(form: &str) -> bool {
    form.contains("://") || form.starts_with("www.") || form.contains('@')
}

fn push(atoms: &mut Vec<Atom>, token: usize, raw: &str, sort: Sort, spaced: &mut bool) {
    atoms.push(Atom { token, raw: raw.to_owned(), low: raw.to_lowercase(), sort, spaced: *spaced });
    *spaced = false;
}

fn split_form(atoms: &mut Vec<Atom>, token: usize, form: &str, spaced: &mut bool) {
    let mut rest = form;
    while let Some(first) = rest.chars().next() {
        let (sort, length) = if first.is_ascii_digit() {
            (Sort::Number, number_length(rest))
        } else if first.is_alphabetic() {
            (Sort::Word, rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()))
        } else {
            (Sort::Mark, first.len_utf8())
        };
        let (head, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if first.is_whitespace() {
            *spaced = true;
        } else if first != '\\' {
            push(atoms, token, head, sort, spaced);
        }
        rest = tail;
    }
}

/// Bytes of the number that `text` begins with: digits, and points and commas between digits.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1)) {
        at += 1;
    }
    at
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::language::{Deprel, Token, Upos, Xpos};
    use crate::span::Span;

    /// A sentence whose tokens are the words between blanks, cut as the English treebanks cut them; tags are guessed from the
    /// form, and there is no tree.
    pub(in crate::recognise) fn sentence(text: &str) -> Sentence {
        let mut tokens = Vec::new();
        let (mut at, mut word, mut start) = (0, String::new(), 0);
        let close = |word: &mut String, start: usize, tokens: &mut Vec<Token>| {
            if !word.is_empty() {
                tokens.push(token(word, start));
                word.clear();
            }
        };
        for c in text.chars() {
            let inside = c.is_alphanumeric()
                || (matches!(c, '.' | ',' | ':' | '/') && word.ends_with(|c: char| c.is_ascii_digit()))
                || (c == '.' && word.chars().all(|c| c.is_uppercase() || c == '.') && !word.is_empty());
            if inside && (word != "$") {
                if word.is_empty() {
                    start = at;
                }
                word.push(c);
            } else {
                close(&mut word, start, &mut tokens);
                if !c.is_whitespace() {
                    tokens.push(token(&c.to_string(), at));
                }
            }
            at += 1;
        }
        close(&mut word, start, &mut tokens);
        Sentence { span: Span::new(0, at), tokens, names: Vec::new() }
    }

    fn token(form: &str, start: usize) -> Token {
        let (upos, xpos) = guess(form);
        let span = Span::new(start, start + form.chars().count());
        let lemma = form.to_lowercase();
        Token { span, form: form.into(), lemma, upos, xpos, head: None, deprel: Deprel::Dep }
    }

    fn guess(form: &str) -> (Upos, Xpos) {
        const FUNCTION: &str =
            " in on at by to of the a an and or for with from since until than over per is are was were be it will ";
        const VERBS: &str = " signed reached grew tripled doubled doubling met stood fell rose triple killed attended signing agreed \
                             produces won said exports sees has have ";
        const ADJECTIVES: &str =
            " new pakistani indian large joint bilateral key post graduate standby armed double big local foreign ";
        let low = format!(" {} ", form.to_lowercase());
        match form {
            _ if form.starts_with(|c: char| c.is_ascii_digit()) => (Upos::Num, Xpos::Cd),
            _ if !form.starts_with(char::is_alphabetic) => (Upos::Punct, Xpos::Stop),
            _ if FUNCTION.contains(&low) => (Upos::Adp, Xpos::In),
            _ if VERBS.contains(&low) => (Upos::Verb, Xpos::Vbd),
            _ if ADJECTIVES.contains(&low) => (Upos::Adj, Xpos::Jj),
            _ if form.starts_with(char::is_uppercase) => (Upos::Propn, Xpos::Nnp),
            _ if form.ends_with('s') => (Upos::Noun, Xpos::Nns),
            _ => (Upos::Noun, Xpos::Nn),
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let atoms = split_atoms(&sentence(text));
        let shown: Vec<_> = atoms.iter().map(|a| format!("{}{}", if a.spaced { "" } else { "+" }, a.raw)).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn numbers_words_and_marks_stand_apart() {
        check("worth \\$40.88 million", "worth $ +40.88 million");
        check("US$10.07bn, Sept 19-23.", "US +$ +10.07 +bn +, Sept 19 +- +23 +.");
        check("in 2022.\u{2077} Ka-226T", "in 2022 +. +\u{2077} Ka +- +226 +T");
        check("2,200 km", "2,200 km");
    }
}
