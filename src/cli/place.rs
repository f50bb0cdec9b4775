//! `FILE:LINE`, `FILE` or standard input -> the document, and which of its passages are meant.

use dossier::diagnostic::Diagnostic;
use dossier::error::{Error, Result};
use dossier::pipeline::Parsed;
use dossier::read::{Document, Format, find_sources, read_source};
use dossier::segment::BlockKind;
use dossier::span::Span;
use std::path::{Path, PathBuf};

/// A document, and a place in it.
pub(super) struct Chosen {
    pub(super) document: Document,
    pub(super) diagnostics: Vec<Diagnostic>,
    place: Place,
}

enum Place {
    /// Everywhere.
    All,
    /// A line of the plain text.
    Span(Span),
    /// The words of a line of mark-up.
    Words(String),
}

/// Reads the document and finds the place.
pub(super) fn choose_passages(place: &str) -> Result<Chosen> {
    let (path, line) = split_place(place);
    let (sources, mut diagnostics) = find_sources(std::slice::from_ref(&path));
    let [source] = sources.as_slice() else {
        let said = diagnostics.first().map_or_else(|| "it is no single document".to_owned(), |d| d.message.clone());
        return Err(Error::with_hint(
            format!("cannot explain {}: {said}", path.display()),
            "give FILE:LINE, FILE, or -",
        ));
    };
    let (document, notes) = read_source(source).map_err(|d| {
        Error::with_hint(
            format!("cannot explain {}: {}", d.source, d.message),
            "see dossier build --help for the formats",
        )
    })?;
    diagnostics.extend(notes);
    let place = match line {
        None => Place::All,
        Some(line) if matches!(source.format, Format::Markdown | Format::Html) => {
            let raw = std::fs::read_to_string(&path).map_err(|cause| Error::file("read", &path, cause))?;
            Place::Words(bare_words(raw.lines().nth(line.saturating_sub(1)).unwrap_or_default()))
        }
        Some(line) => Place::Span(span_of_line(&document.text, line)),
    };
    Ok(Chosen { document, diagnostics, place })
}

/// `article.md:12` is line 12 of article.md, unless a file has that name.
fn split_place(place: &str) -> (PathBuf, Option<usize>) {
    let numbered = place.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?)));
    match numbered {
        Some((path, line)) if !Path::new(place).exists() => (path.into(), Some(line)),
        _ => (place.into(), None),
    }
}

fn span_of_line(text: &str, line: usize) -> Span {
    let mut start = 0;
    for (number, words) in (1..).zip(text.split_inclusive('\n')) {
        let end = start + words.chars().count();
        if number == line {
            return Span::new(start, end);
        }
        start = end;
    }
    Span::new(start, start)
}

/// The letters and digits of a line without its tags, in lower case.
fn bare_words(line: &str) -> String {
    let (mut words, mut tag) = (String::new(), false);
    for c in line.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag && c.is_alphanumeric() => words.extend(c.to_lowercase()),
            _ => {}
        }
    }
    words
}

impl Chosen {
    /// The passages that are meant, by index.
    pub(super) fn passages(&self, parsed: &Parsed) -> Vec<usize> {
        let spans = parsed.passages.iter().map(|passage| passage.span);
        self.meant(spans).collect()
    }

    /// The kinds of the blocks that are meant.
    pub(super) fn blocks(&self, parsed: &Parsed) -> Vec<BlockKind> {
        let meant = self.meant(parsed.blocks.iter().map(|block| block.span));
        meant.filter_map(|at| parsed.blocks.get(at)).map(|block| block.kind).collect()
    }

    fn meant(&self, spans: impl Iterator<Item = Span>) -> impl Iterator<Item = usize> {
        let index = dossier::span::TextIndex::new(&self.document.text);
        spans
            .enumerate()
            .filter(move |(_, span)| match &self.place {
                Place::All => true,
                Place::Span(line) => line.overlaps(*span),
                Place::Words(line) => {
                    let words = bare_words(index.slice(&self.document.text, *span));
                    !words.is_empty() && !line.is_empty() && (line.contains(&words) || words.contains(line.as_str()))
                }
            })
            .map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(place: &str, path: &str, line: Option<usize>) {
        assert_eq!(split_place(place), (PathBuf::from(path), line));
    }

    #[test]
    fn a_number_behind_a_colon_is_a_line() {
        check("a.md:12", "a.md", Some(12));
        check("a.md", "a.md", None);
        check("C:dir", "C:dir", None);
        check("-", "-", None);
    }

    #[test]
    fn lines_are_found_by_their_words() {
        assert_eq!(span_of_line("é1\nb\nc", 2), Span::new(3, 5));
        assert_eq!(bare_words("<p>The **Visit**, <b>2024</b></p>"), "thevisit2024");
    }
}
