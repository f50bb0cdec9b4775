//! What the classifiers see of a word: hashes of its letters, affixes and shape.

use super::linear::hash_bytes;

/// Hashes of one word. Digits count as one letter, so that years and sums look alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// As written.
    pub(crate) form: u32,
    /// In lower case.
    pub(crate) lower: u32,
    /// First one, two and three letters, lower case.
    pub(crate) prefix: [u32; 3],
    /// Last one to four letters, lower case.
    pub(crate) suffix: [u32; 4],
    /// Classes of its letters, runs shortened: `Xx`, `XX`, `d,d`, `x-x`.
    pub(crate) shape: u32,
}

/// Stands for the places before the first and after the last word.
pub(crate) const OUTSIDE: Word = Word { form: 1, lower: 1, prefix: [1; 3], suffix: [1; 4], shape: 1 };

impl Word {
    /// The hashes of `form`, a token's folded form.
    pub(crate) fn new(form: &str) -> Self {
        let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
        let lower: Vec<char> = form.chars().flat_map(char::to_lowercase).map(digits).collect();
        let first = |n: usize| hash_chars(lower.get(..n).unwrap_or(&lower));
        let last = |n: usize| hash_chars(lower.get(lower.len().saturating_sub(n)..).unwrap_or_default());
        Self {
            form: hash_chars(&form.chars().map(digits).collect::<Vec<_>>()),
            lower: hash_chars(&lower),
            prefix: [first(1), first(2), first(3)],
            suffix: [last(1), last(2), last(3), last(4)],
            shape: shape(form),
        }
    }
}

fn hash_chars(chars: &[char]) -> u32 {
    hash_bytes(chars.iter().flat_map(|&c| (c as u32).to_le_bytes().into_iter().take(3)))
}

/// Hash of the classes of the letters; a class is written at most twice in a row.
fn shape(form: &str) -> u32 {
    let mut classes: Vec<u8> = Vec::with_capacity(12);
    for c in form.chars() {
        let class = match c {
            c if c.is_uppercase() => b'X',
            c if c.is_alphabetic() => b'x',
            c if c.is_numeric() => b'd',
            c if c.is_ascii() => c as u8,
            _ => b'?',
        };
        if !(classes.len() >= 2 && classes.iter().rev().take(2).all(|k| *k == class)) && classes.len() < 12 {
            classes.push(class);
        }
    }
    hash_bytes(classes)
}
