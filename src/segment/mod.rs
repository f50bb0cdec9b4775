//! Document -> blocks and passages: what is prose, what is caption, list, footnote or furniture of the page.
//!
//! Law: passages are disjoint, in order, and slice to exactly what they quote.

use crate::span::Span;

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
