//! Source -> Document: bytes of any supported format become plain text and metadata.
//!
//! Law: offsets count in the plain text that is kept, and a file that cannot be read is a diagnostic, never a stop.

use crate::date::Date;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What is known about an article from outside its prose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Newspaper, agency, ministry or company that published it.
    pub publisher: Option<String>,
    /// Writer.
    pub author: Option<String>,
    /// Date of publication, possibly partial.
    pub date: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// BCP 47 tag of the language, e.g. `en`.
    pub language: Option<String>,
}

/// One article of a document; most documents hold one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Where it stands in the document's text.
    pub span: Span,
    /// Its own title, date, …
    pub metadata: Metadata,
}

/// A source that was read: its plain text, kept beside the graph, and what is known about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Readable identifier, unique in a graph: a slug of the file's stem.
    pub id: String,
    /// File name, as evidence names it.
    pub name: String,
    /// SHA-256 of the source's bytes and of its metadata file's, lower-case hex.
    pub sha256: String,
    /// The plain text that all offsets count in.
    pub text: String,
    /// Its articles in order; at least one; together they cover the text.
    pub articles: Vec<Article>,
}
