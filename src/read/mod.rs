//! Source -> Document: bytes of any supported format become plain text, pages and metadata; records stay what they are ([`records`]).
//!
//! Law: offsets count in the plain text that is kept, and a file that cannot be read is a diagnostic, never a stop.

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;
use records::{MappingFile, Records, extract_records};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

mod articles;
mod dates;
mod decode;
mod docx;
pub(crate) mod furniture;
mod html;
mod language;
pub(crate) mod line;
mod markdown;
mod metadata;
pub(crate) mod page;
mod pdf;
pub mod records;
mod sources;

pub(crate) use metadata::front_matter_end;
pub(crate) use sources::format_of;
pub use sources::{Format, SourceFile, find_sources};

/// Larger sources are not read: 64 MiB, some ten million words.
pub const MAX_BYTES: u64 = 64 << 20;

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
    /// Where its pages begin, in scalars, the first at 0; empty where the format has no pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<u32>,
    /// What it holds where that is records; `None` for prose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<Records>,
}

impl Document {
    /// The page on which a span begins, from 1; `None` where the document has no pages.
    pub fn page_of(&self, span: Span) -> Option<usize> {
        let begun = self.pages.iter().take_while(|start| **start <= span.start).count();
        (!self.pages.is_empty()).then_some(begun.max(1))
    }
}

/// What a format gives: text, what it states about itself, and its pages.
#[derive(Debug, Default)]
struct Extracted {
    text: String,
    stated: Metadata,
    /// Where the body begins behind front matter, in bytes.
    body: usize,
    /// Where pages begin, in bytes; empty where there are none.
    pages: Vec<usize>,
    findings: Vec<Diagnostic>,
}

/// Reads one source, with the metadata file beside it.
///
/// Returns the document and what was found doubtful about it.
///
/// # Errors
/// A diagnostic where it cannot be read, is too large, is no text, or is empty.
pub fn read_source(source: &SourceFile) -> Result<(Document, Vec<Diagnostic>), Diagnostic> {
    let shown = source.path.display().to_string();
    if source.path == Path::new("-") {
        return read_bytes(source, "<stdin>", &read_limited("<stdin>", std::io::stdin().lock())?, None);
    }
    let bytes = read_file(&source.path)?;
    if source.format.is_records() {
        return read_record_source(source, &shown, &bytes);
    }
    let Some(beside) = metadata::find_meta_file(&source.path) else { return read_bytes(source, &shown, &bytes, None) };
    match read_file(&beside) {
        Ok(meta) => read_bytes(source, &shown, &bytes, Some((&beside, &meta))),
        Err(unread) => {
            let (document, mut findings) = read_bytes(source, &shown, &bytes, None)?;
            findings.push(Diagnostic { severity: Severity::Warning, ..unread });
            Ok((document, findings))
        }
    }
}

/// Reads bytes as if they were a file called `name`, whose ending tells the format; no ending means plain text.
///
/// # Errors
/// As [`read_source`].
pub fn read_text(name: &str, bytes: &[u8]) -> Result<(Document, Vec<Diagnostic>), Diagnostic> {
    read_bytes(&SourceFile::called(name), name, bytes, None)
}

/// Reads a source of records, with its mapping and its metadata file.
fn read_record_source(
    source: &SourceFile,
    shown: &str,
    bytes: &[u8],
) -> Result<(Document, Vec<Diagnostic>), Diagnostic> {
    let (text, form, mut findings) = extract_records(source.format, shown, bytes)?;
    let mut hash = Sha256::new_with_prefix(bytes);
    let mapping = match sources::find_mapping(&source.path) {
        Some(path) => {
            let bytes = read_file(&path)?;
            hash.update(&bytes);
            let name = path.display().to_string();
            let (text, finding) = decode::decode_text(&name, &bytes)?;
            findings.extend(finding);
            Some(MappingFile { name, text })
        }
        None => None,
    };
    let mut metadata = Metadata::default();
    if let Some(beside) = metadata::find_meta_file(&source.path) {
        let bytes = read_file(&beside)?;
        hash.update(&bytes);
        metadata = read_meta(&beside, &bytes, &mut findings);
    }
    let span = Span::new(0, text.chars().count());
    let sha256 = sources::hex(&hash.finalize());
    let (id, name) = (source.id.clone(), source.name.clone());
    let records = Some(Records { form, mapping });
    let articles = vec![Article { span, metadata }];
    Ok((Document { id, name, sha256, text, articles, pages: Vec::new(), records }, findings))
}

fn read_file(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let shown = path.display().to_string();
    match std::fs::File::open(path) {
        Ok(file) => read_limited(&shown, file),
        Err(cause) => Err(cannot_read(&shown, &cause)),
    }
}

fn read_limited(shown: &str, from: impl Read) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|cause| cannot_read(shown, &cause))?;
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("larger than {} MiB, the limit for one source", MAX_BYTES >> 20);
        let hint = "split it into one file an article; a table or JSON of any size goes through: dossier map FILE --with MAPPING";
        return Err(Diagnostic::error(shown, message).hint(hint));
    }
    Ok(bytes)
}

fn cannot_read(shown: &str, cause: &std::io::Error) -> Diagnostic {
    Diagnostic::error(shown, format!("cannot be read: {cause}")).hint("check that it exists and may be read")
}

/// The one way from bytes to a document; `shown` names the source in diagnostics.
fn read_bytes(
    source: &SourceFile,
    shown: &str,
    bytes: &[u8],
    meta: Option<(&PathBuf, &[u8])>,
) -> Result<(Document, Vec<Diagnostic>), Diagnostic> {
    if bytes.is_empty() {
        return Err(Diagnostic::error(shown, "the file is empty"));
    }
    let Extracted { text, stated, body, pages, mut findings } = match sniff_format(source, bytes) {
        Format::Pdf => pdf::read_pdf(shown, bytes)?,
        Format::Docx => docx::read_docx(shown, bytes)?,
        format => extract_text(format, shown, bytes)?,
    };
    let mut known = meta.map(|(path, bytes)| read_meta(path, bytes, &mut findings)).unwrap_or_default();
    known.fill(stated);
    let articles = describe_articles(&text, body, known);
    findings.extend(
        articles.iter().enumerate().flat_map(|(at, article)| doubt_article(shown, at, articles.len(), article)),
    );
    let mut hash = Sha256::new_with_prefix(bytes);
    hash.update(meta.map(|(_, bytes)| bytes).unwrap_or_default());
    let sha256 = sources::hex(&hash.finalize());
    let mut counter = ScalarCounter::default();
    let pages = pages.into_iter().map(|at| counter.span(&text, &(at..at)).start).collect();
    Ok((
        Document { id: source.id.clone(), name: source.name.clone(), sha256, text, articles, pages, records: None },
        findings,
    ))
}

/// The format of a source: that of its name, and for what has none that of its first bytes.
fn sniff_format(source: &SourceFile, bytes: &[u8]) -> Format {
    let named = source.path.extension().is_some();
    match source.format {
        Format::Text if !named && bytes.starts_with(b"%PDF-") => Format::Pdf,
        Format::Text if !named && bytes.starts_with(b"PK\x03\x04") => Format::Docx,
        format => format,
    }
}

fn read_meta(path: &Path, bytes: &[u8], findings: &mut Vec<Diagnostic>) -> Metadata {
    let shown = path.display().to_string();
    let read = decode::decode_text(&shown, bytes).and_then(|(text, _)| metadata::parse_meta(&shown, &text));
    match read {
        Ok(fields) => {
            findings.extend(metadata::find_doubts(&shown, &fields));
            metadata::read_fields(&fields)
        }
        Err(finding) => {
            findings.push(Diagnostic { severity: Severity::Warning, ..finding });
            Metadata::default()
        }
    }
}

/// Reads one of the formats that are text.
fn extract_text(format: Format, shown: &str, bytes: &[u8]) -> Result<Extracted, Diagnostic> {
    let (decoded, finding) = decode::decode_text(shown, bytes)?;
    let mut findings: Vec<_> = finding.into_iter().collect();
    if decoded.trim().is_empty() {
        return Err(Diagnostic::error(shown, "the file holds nothing but white space"));
    }
    if format == Format::Html {
        let (text, stated) = html::render_html(shown, &decoded, &mut findings);
        return Ok(Extracted { text, stated, findings, ..Extracted::default() });
    }
    let (stated, body) = metadata::read_front_matter(shown, &decoded, &mut findings);
    let (text, body) = match format {
        Format::Markdown => (markdown::render_markdown(decoded.get(body..).unwrap_or_default()), 0),
        _ => (decoded, body),
    };
    Ok(Extracted { text, stated, body, findings, ..Extracted::default() })
}

/// Splits the text into articles and fills in what their own lines say. What is known of the document belongs to the
/// article with its title, else to the first; publisher and language to all.
fn describe_articles(text: &str, body: usize, known: Metadata) -> Vec<Article> {
    let ranges = articles::split_articles(text, body);
    let pages: Vec<_> =
        ranges.iter().map(|range| describe_page(text, range, body, known.date.map(|d| d.year))).collect();
    let titled = |page: &Metadata| page.title.as_deref().map(line::fold) == known.title.as_deref().map(line::fold);
    let owner = pages.iter().position(titled).filter(|_| known.title.is_some()).unwrap_or(0);
    let mut counter = ScalarCounter::default();
    let describe = |(at, (range, page)): (usize, (&Range<usize>, Metadata))| {
        let mut metadata = if at == owner { known.clone() } else { share_of(&known) };
        let detected = page.language.clone();
        metadata.fill(page);
        metadata.language = detected.or(metadata.language).or_else(|| Some("en".to_owned()));
        Article { span: counter.span(text, range), metadata }
    };
    ranges.iter().zip(pages).enumerate().map(describe).collect()
}

fn share_of(known: &Metadata) -> Metadata {
    Metadata { publisher: known.publisher.clone(), language: known.language.clone(), ..Metadata::default() }
}

fn describe_page(text: &str, range: &Range<usize>, body: usize, year: Option<i16>) -> Metadata {
    let from = range.start.max(body);
    let lines = line::split_lines(text, from, range.end);
    let detected = language::detect_language(text.get(from..range.end).unwrap_or_default());
    Metadata { language: detected.map(|(tag, _)| tag.to_owned()), ..page::read_page(&lines, year) }
}

/// Turns ascending byte ranges into spans without counting from the start each time.
#[derive(Default)]
pub(crate) struct ScalarCounter {
    byte: usize,
    scalar: usize,
}

impl ScalarCounter {
    /// The span of a byte range that begins at or after the last one's end.
    pub(crate) fn span(&mut self, text: &str, range: &Range<usize>) -> Span {
        let start = self.advance(text, range.start);
        Span::new(start, self.advance(text, range.end))
    }

    fn advance(&mut self, text: &str, to: usize) -> usize {
        self.scalar += text.get(self.byte..to).map_or(0, |part| part.chars().count());
        self.byte = to.max(self.byte);
        self.scalar
    }
}

/// What is doubtful about an article: no date, another language than English.
fn doubt_article(shown: &str, at: usize, of: usize, article: &Article) -> Vec<Diagnostic> {
    let which = if of == 1 { "the document".to_owned() } else { format!("article {} of {of}", at + 1) };
    let mut doubts = Vec::new();
    if article.metadata.date.is_none() {
        let message = format!("{which} has no date: “last month” and the like stay open");
        let hint = "give it a date in its front matter or in a .meta.json file beside it";
        doubts.push(Diagnostic::new(Severity::Note, shown, message).hint(hint));
    }
    if let Some(tag) = article.metadata.language.as_deref().filter(|tag| !is_english(tag)) {
        let message = format!("{which} is not in English but in `{tag}`: kept, but nothing is extracted from it");
        doubts.push(Diagnostic::warning(shown, message).hint("translate it; Dossier understands English only"));
    }
    doubts
}

/// Whether a BCP 47 tag names English.
pub(crate) fn is_english(tag: &str) -> bool {
    tag.split(['-', '_'])
        .next()
        .is_some_and(|primary| primary.eq_ignore_ascii_case("en") || primary.eq_ignore_ascii_case("eng"))
}
