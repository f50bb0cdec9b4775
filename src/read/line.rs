//! Lines of a page and what their shape tells: prose, date line, byline, caption.
//!
//! Law: shape decides, not the site: a rule here looks at length, case and punctuation, and words live in
//! `ontology/lexicon/furniture.tsv`.

/// One non-blank line, without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// Byte offset of its first character in the text.
    pub(crate) start: usize,
    /// Its words.
    pub(crate) text: &'t str,
    /// Number of blank lines right before it; a form feed counts as one.
    pub(crate) gap: usize,
    /// Number of words: runs between white space that hold a letter or digit, counted up to 200.
    pub(crate) words: usize,
}

impl Line<'_> {
    /// Byte offset behind its last character.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it ends as a sentence ends.
    pub(crate) fn ends_sentence(&self) -> bool {
        ends_sentence(self.text)
    }

    /// Whether it is running text beyond doubt: a full sentence of some length, or very long.
    pub(crate) fn is_prose(&self) -> bool {
        self.words >= 30 || (self.words >= 10 && self.ends_sentence())
    }

    /// Whether it could be a headline: of middling length, not ended as a sentence.
    pub(crate) fn is_headline(&self) -> bool {
        (3..=40).contains(&self.words)
            && self.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || "‘“'\"$€£".contains(c))
            && !self.text.ends_with(['.', ':', ',', ';', ')'])
    }
}

/// The non-blank lines of `text[from..to]` (bytes; the whole text where the range does not fit it).
pub(crate) fn split_lines(text: &str, from: usize, to: usize) -> Vec<Line<'_>> {
    let (part, from) = text.get(from..to).map_or((text, 0), |part| (part, from));
    let (mut lines, mut gap, mut at) = (Vec::new(), 0, from);
    for raw in part.split_inclusive(['\n', '\u{c}', '\u{2028}', '\u{2029}']) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            gap += 1;
        } else {
            let lead = raw.len() - raw.trim_start().len();
            lines.push(Line { start: at + lead, text: trimmed, gap, words: count_words(trimmed) });
            gap = usize::from(raw.ends_with(['\u{c}', '\u{2029}']));
        }
        at += raw.len();
    }
    lines
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).take(200).count()
}

const CLOSERS: &[char] = &['"', '\'', '”', '’', '»', ')', ']', '*', '_'];

/// Whether a text ends as a sentence ends: full stop, question or exclamation mark, maybe inside quotation marks and
/// before the number of a note; an ellipsis does not end one.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let bare = strip_note_marks(text.trim_end()).trim_end_matches(CLOSERS);
    bare.ends_with(['.', '!', '?', '。']) && !bare.ends_with("...") || text.ends_with(".’”")
}

/// The text without numbers of notes at its end: `¹²`, `[12]`.
fn strip_note_marks(text: &str) -> &str {
    let mut bare = text.trim_end_matches(is_superscript);
    while let Some((head, mark)) = bare.strip_suffix(']').and_then(|b| b.rsplit_once('[')) {
        if mark.is_empty() || !mark.chars().all(|c| c.is_ascii_digit()) {
            break;
        }
        bare = head.trim_end();
    }
    bare
}

/// Whether a character is a superscript digit.
pub(crate) fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Lower case, plain quotation marks, single spaces, no punctuation or digits at the ends: the form in which lines are
/// looked up and compared.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase).map(fold_quote));
    }
    folded.trim_matches(|c: char| !c.is_alphabetic()).to_owned()
}

fn fold_quote(c: char) -> char {
    match c {
        '‘' | '’' | 'ʼ' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, ends: bool) {
        assert_eq!(ends_sentence(text), ends, "{text}");
    }

    #[test]
    fn knows_the_end_of_a_sentence() {
        for text in ["It rained.", "“It rained.”", "It rained.[1][2]", "Who won?", "They won.¹²", "(They won.)"] {
            check(text, true);
        }
        for text in ["Rain ahead", "Comelec to probe hike in ...", "Readers [sic]", "as follows:"] {
            check(text, false);
        }
    }

    #[test]
    fn lines_keep_their_place() {
        let text = "A b\n\n\u{a0} c d. \nlast";
        let lines = split_lines(text, 0, text.len());
        assert_eq!(lines.iter().map(|l| (l.gap, l.text)).collect::<Vec<_>>(), [(0, "A b"), (1, "c d."), (0, "last")]);
        assert!(lines.iter().all(|l| text.get(l.start..l.end()) == Some(l.text)));
    }
}
