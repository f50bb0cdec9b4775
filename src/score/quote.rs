//! Quotes -> places in a document, white space aside.

/// Longer quotes say nothing about where a fact stands.
const LONGEST: usize = 1500;
/// A quote that occurs more often is found this often.
const MOST: usize = 20;

/// Where a quote stands: first character and the one behind its last.
pub(super) type Place = (usize, usize);

/// A document's text with single spaces.
pub(super) struct Text(String);

impl Text {
    pub(super) fn new(text: &str) -> Self {
        Self(flatten(text))
    }

    /// All places where `quote` stands, word for word.
    pub(super) fn find(&self, quote: &str) -> Vec<Place> {
        let quote = flatten(quote);
        let length = quote.chars().count();
        if quote.is_empty() || length > LONGEST {
            return Vec::new();
        }
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(at) = self.0.get(from..).and_then(|rest| rest.find(&quote)).filter(|_| found.len() < MOST) {
            let start = self.0.get(..from + at).map_or(0, |before| before.chars().count());
            found.push((start, start + length));
            from += at + quote.chars().next().map_or(1, char::len_utf8);
        }
        found
    }
}

fn flatten(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether two lists of places share a character.
pub(super) fn touch(some: &[Place], others: &[Place]) -> bool {
    some.iter().any(|(a, b)| others.iter().any(|(c, d)| a < d && c < b))
}

/// The least distance between the beginnings of places; 0 where there are none.
pub(super) fn distance(some: &[Place], others: &[Place]) -> usize {
    some.iter().flat_map(|(a, _)| others.iter().map(move |(c, _)| a.abs_diff(*c))).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, quote: &str, places: &[Place]) {
        assert_eq!(Text::new(text).find(quote), places, "{quote}");
    }

    #[test]
    fn finds_every_place_of_a_quote() {
        check("Élan  vital.\nÉlan!", "Élan", &[(0, 4), (12, 16)]);
        check("aaa", "aa", &[(0, 2), (1, 3)]);
        check("one\n two", "one two", &[(0, 7)]);
        check("one", "", &[]);
        check("one", "two", &[]);
    }
}
