//! Document -> blocks and passages: what is prose, what is caption, list, footnote or furniture of the page.
//!
//! Law: passages are disjoint, in order, and slice to exactly what they quote.

use crate::read::line::split_lines;
use crate::read::{Article, Document, ScalarCounter, front_matter_end, is_english};
use crate::span::{Span, TextIndex};
use std::ops::Range;

mod close;
mod join;
mod machine;
mod mark;
mod marker;
mod runs;
pub mod sentences;
mod shape;

/// What a block of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's headline.
    Title,
    /// A heading inside the article.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a bullet or numbered list.
    ListItem,
    /// Text under a picture.
    Caption,
    /// Author's name, post and institution above the text.
    Byline,
    /// A note that the text refers to, or an entry of a bibliography.
    Footnote,
    /// Navigation, share bars, cookie and newsletter text, polls, related headlines, photo credits.
    Furniture,
}

/// One block of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without the marker of a list item and the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Index into [`crate::read::Document::articles`].
    pub article: usize,
}

/// One sentence of one block: the unit of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the document's text.
    pub span: Span,
    /// Index of its block.
    pub block: usize,
}

/// Longer passages are cut at white space, so that no page can make the parser blow up. In scalars.
const MAX_PASSAGE: usize = 3_000;

/// Finds the blocks of a document, in order and disjoint. Every word of the text is in one of them.
///
/// A block is one stretch of text: a paragraph that a page's footnotes break in two is two blocks, with the notes between.
pub fn find_blocks(document: &Document) -> Vec<Block> {
    let text = document.text.as_str();
    let (index, mut counter) = (TextIndex::new(text), ScalarCounter::default());
    let mut blocks = Vec::new();
    for (number, article) in document.articles.iter().enumerate() {
        let to_byte = |scalar: u32| index.byte_of(text, scalar as usize);
        let range = to_byte(article.span.start)..to_byte(article.span.end);
        for (bytes, kind) in find_article_blocks(text, range, article) {
            blocks.push(Block { span: counter.span(text, &bytes), kind, article: number });
        }
    }
    blocks
}

fn find_article_blocks(text: &str, range: Range<usize>, article: &Article) -> Vec<(Range<usize>, BlockKind)> {
    let front = if range.start == 0 { front_matter_end(text).unwrap_or(0).min(range.end) } else { 0 };
    let lines = split_lines(text, range.start.max(front), range.end);
    let marks = mark::mark_lines(&lines, article.metadata.title.as_deref(), article.metadata.author.as_deref());
    let chunks = join::join_lines(&lines, &marks);
    let mut kinds: Vec<BlockKind> = Vec::with_capacity(chunks.len());
    for chunk in &chunks {
        let mark = marks.get(chunk.start).copied().flatten();
        kinds.push(mark.unwrap_or_else(|| shape::classify(lines.get(chunk.clone()).unwrap_or_default())));
    }
    runs::mark_runs(&lines, &chunks, &mut kinds);
    let above = text.get(..front).map(str::trim_end).filter(|head| !head.is_empty());
    let above = above.map(|head| (0..head.len(), BlockKind::Furniture));
    let found = chunks.iter().zip(kinds).filter_map(|(chunk, kind)| Some((bytes_of(&lines, chunk)?, kind)));
    above.into_iter().chain(found).collect()
}

/// The bytes of a chunk, without the marker of a list item.
fn bytes_of(lines: &[crate::read::line::Line<'_>], chunk: &Range<usize>) -> Option<Range<usize>> {
    let (first, last) = (lines.get(chunk.start)?, lines.get(chunk.end.checked_sub(1)?)?);
    Some(first.start + marker::list_marker(first.text).unwrap_or(0)..last.end())
}

/// Finds the passages of a document's blocks: one a sentence, where it holds a letter. Furniture has none, nor has an article that is not in
/// English: only English is understood for now (reading has said so).
pub fn find_passages(document: &Document, blocks: &[Block]) -> Vec<Passage> {
    let index = TextIndex::new(&document.text);
    let english: Vec<bool> =
        document.articles.iter().map(|article| article.metadata.language.as_deref().is_none_or(is_english)).collect();
    let spoken = |block: &Block| block.kind != BlockKind::Furniture && english.get(block.article) == Some(&true);
    let mut passages = Vec::new();
    for (number, block) in blocks.iter().enumerate().filter(|(_, block)| spoken(block)) {
        let words = index.slice(&document.text, block.span);
        for sentence in sentences::split_sentences(words) {
            let start = block.span.start as usize + sentence.start;
            let span = Span::new(start, start + sentence.len());
            if !index.slice(&document.text, span).contains(char::is_alphabetic) {
                continue;
            }
            cut(span, index.slice(&document.text, span), &mut |span| passages.push(Passage { span, block: number }));
        }
    }
    passages
}

/// Cuts what is too long, at white space where there is some.
fn cut(span: Span, words: &str, take: &mut impl FnMut(Span)) {
    if span.len() <= MAX_PASSAGE {
        return take(span);
    }
    let letters: Vec<char> = words.chars().collect();
    let mut from = 0;
    while from < letters.len() {
        let limit = (from + MAX_PASSAGE).min(letters.len());
        let space = letters.get(from..limit).and_then(|part| part.iter().rposition(|c| c.is_whitespace()));
        let to = if limit == letters.len() { limit } else { space.filter(|at| *at > 0).map_or(limit, |at| from + at) };
        let blank = |at: &usize| letters.get(*at).is_some_and(|c| !c.is_whitespace());
        let (first, last) = ((from..to).find(blank), (from..to).rfind(blank));
        if let (Some(first), Some(last)) = (first, last) {
            take(Span::new(span.start as usize + first, span.start as usize + last + 1));
        }
        from = to;
    }
}

#[cfg(test)]
mod tests;
