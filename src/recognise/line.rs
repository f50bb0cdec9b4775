//! A sentence as one string with a table of its words, so that names of several words are found by comparing text.

use crate::language::{Sentence, Token, Upos};
use crate::ontology::gazetteer::{Gazetteer, Known};

/// A sentence whose words are joined by at most one space.
pub(super) struct Line<'s> {
    pub(super) sentence: &'s Sentence,
    text: String,
    starts: Vec<usize>,
    ends: Vec<usize>,
    /// Lower-case forms.
    pub(super) lower: Vec<String>,
    /// By word: the longest known name that begins there.
    known: Vec<Option<KnownName>>,
}

/// A known name: its last word, what it is, whether it is ambiguous.
type KnownName = (usize, Known, bool);

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}

pub(super) fn is_shouted(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.clone().count() > 3 && letters.all(char::is_uppercase)
}

impl<'s> Line<'s> {
    pub(super) fn new(sentence: &'s Sentence) -> Self {
        let (mut text, mut starts, mut ends, mut lower) = (String::new(), Vec::new(), Vec::new(), Vec::new());
        let mut before = None;
        for token in &sentence.tokens {
            if before.is_some_and(|end| end < token.span.start) {
                text.push(' ');
            }
            before = Some(token.span.end);
            starts.push(text.len());
            text.push_str(&token.form);
            ends.push(text.len());
            lower.push(token.form.to_lowercase());
        }
        let mut line = Self { sentence, text, starts, ends, lower, known: Vec::new() };
        line.known = (0..line.len()).map(|i| line.find_known(i)).collect();
        line
    }

    pub(super) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(super) fn token(&self, i: usize) -> Option<&'s Token> {
        self.sentence.tokens.get(i)
    }

    pub(super) fn form(&self, i: usize) -> &'s str {
        self.token(i).map_or("", |t| t.form.as_str())
    }

    pub(super) fn lower(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    pub(super) fn upos(&self, i: usize) -> Upos {
        self.token(i).map_or(Upos::X, |t| t.upos)
    }

    /// The words `first..=last` as one string.
    pub(super) fn words(&self, first: usize, last: usize) -> &str {
        match (self.starts.get(first), self.ends.get(last)) {
            (Some(from), Some(to)) => self.text.get(*from..*to).unwrap_or_default(),
            _ => "",
        }
    }

    /// Whether the word begins with a capital or is a name like "L3Harris" or "3M".
    pub(super) fn is_capital(&self, i: usize) -> bool {
        let form = self.form(i);
        let first = form.chars().next();
        first.is_some_and(char::is_uppercase)
            || (first.is_some_and(|c| c.is_ascii_digit() || c.is_lowercase())
                && form.len() > 1
                && form.chars().skip(1).any(char::is_uppercase)
                && self.upos(i) == Upos::Propn)
    }

    /// Whether no space stands between word `i` and the next.
    pub(super) fn is_joined(&self, i: usize) -> bool {
        matches!((self.ends.get(i), self.starts.get(i + 1)), (Some(a), Some(b)) if a == b)
    }

    fn last_ending_at(&self, end: usize) -> Option<usize> {
        self.ends.binary_search(&end).ok()
    }

    /// The longest known name that begins at word `i`: its last word, what it is, whether it is ambiguous.
    pub(super) fn known_at(&self, i: usize) -> Option<KnownName> {
        self.known.get(i).copied().flatten()
    }

    fn find_known(&self, i: usize) -> Option<KnownName> {
        let gazetteer = Gazetteer::embedded();
        let from = *self.starts.get(i)?;
        if !self.is_capital(i) {
            return None;
        }
        if let Some((len, known, ambiguous)) = self.text.get(from..).and_then(|t| gazetteer.find_at(t)) {
            return Some((self.last_ending_at(from + len)?, known, ambiguous));
        }
        let run = (i..self.len()).take(4).take_while(|j| self.form(*j).chars().all(char::is_uppercase)).count();
        // "ABU DHABI": three letters are an acronym where they stand alone.
        let least = if is_shouted(self.form(i)) { 1 } else { 2 };
        if !(i..i + least).any(|j| is_shouted(self.form(j))) {
            return None;
        }
        (least..=run).rev().find_map(|count| {
            let words: Vec<String> = (i..i + count).map(|j| title_case(self.form(j))).collect();
            gazetteer.find(&words.join(" ")).map(|known| (i + count - 1, known, false))
        })
    }
}
