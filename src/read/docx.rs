//! Word documents (.docx, Office Open XML) -> plain text with its pages.
//!
//! Law: deleted text is gone, inserted text is there; notes stand behind the text; pages are those that the last program counted.

use super::metadata::known_title;
use super::{Extracted, Metadata};
use crate::diagnostic::Diagnostic;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most bytes of one part, unpacked.
const MAX_PART: u64 = 128 << 20;

/// Reads the text of a .docx.
///
/// # Errors
/// A diagnostic where it is no .docx, is locked, broken, or holds no text.
pub(super) fn read_docx(shown: &str, bytes: &[u8]) -> Result<Extracted, Diagnostic> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let message = "this is an older Word file, or one that is locked with a password";
        return Err(Diagnostic::error(shown, message).hint("save it as .docx without a password"));
    }
    let broken = |what: &str| {
        Diagnostic::error(shown, format!("this .docx is broken: {what}"))
            .hint("open it in a word processor and save it anew")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| broken(&cause.to_string()))?;
    let body = read_part(&mut archive, "word/document.xml").ok_or_else(|| broken("it has no word/document.xml"))?;
    let mut writer = Writer::default();
    writer.read(&body).map_err(|cause| broken(&cause))?;
    for (part, prefix) in [("word/footnotes.xml", ""), ("word/endnotes.xml", "e")] {
        if let Some(notes) = read_part(&mut archive, part) {
            writer.prefix = prefix;
            writer.read(&notes).map_err(|cause| broken(&cause))?;
        }
    }
    let Writer { mut text, pages, title, .. } = writer;
    text.truncate(text.trim_end().len());
    if text.trim().is_empty() {
        return Err(Diagnostic::error(shown, "this .docx holds no text")
            .hint("if it holds pictures of pages, run them through OCR"));
    }
    text.push('\n');
    let core = read_part(&mut archive, "docProps/core.xml").map(|core| read_core(&core)).unwrap_or_default();
    let title = title.or_else(|| known_title(core.0, &text));
    let stated = Metadata { title, ..Metadata::default() };
    let pages = if pages.is_empty() { Vec::new() } else { std::iter::once(0).chain(pages).collect() };
    Ok(Extracted { text, stated, body: 0, pages, findings: Vec::new() })
}

fn read_part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut bytes = Vec::new();
    archive.by_name(name).ok()?.take(MAX_PART).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Title and author in the properties of the file.
fn read_core(xml: &str) -> (Option<String>, Option<String>) {
    let of = |tag: &str| {
        let (_, rest) = xml.split_once(&format!("<{tag}>"))?;
        let (text, _) = rest.split_once(&format!("</{tag}>"))?;
        quick_xml::escape::unescape(text).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    (of("dc:title"), of("dc:creator"))
}

#[derive(Default)]
struct Writer {
    text: String,
    /// Bytes at which the second and later pages begin.
    pages: Vec<usize>,
    title: Option<String>,
    /// Before the number of a note.
    prefix: &'static str,
    /// The paragraph so far.
    paragraph: String,
    style: String,
    is_item: bool,
    /// Pages that begin inside the paragraph.
    breaks: usize,
    /// How many elements are open whose text is none: deleted text, fields' codes, what stands in for a drawing.
    silent: usize,
    in_text: bool,
    cells: Vec<String>,
    /// How many rows of tables are open.
    rows: usize,
}

/// Elements whose text does not count.
const SILENT: &[&[u8]] = &[b"del", b"moveFrom", b"instrText", b"delText", b"Fallback", b"rPrChange", b"pPrChange"];

impl Writer {
    fn read(&mut self, xml: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(|cause| cause.to_string())? {
                Event::Start(tag) => self.open(&tag),
                Event::Empty(tag) => {
                    self.open(&tag);
                    self.close(tag.local_name().as_ref());
                }
                Event::End(tag) => self.close(tag.local_name().as_ref()),
                Event::Text(words) if self.in_text && self.silent == 0 => {
                    self.paragraph.push_str(&words.unescape().map_err(|cause| cause.to_string())?);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        let value = |name: &str| {
            tag.try_get_attribute(name).ok().flatten().map(|found| String::from_utf8_lossy(&found.value).into_owned())
        };
        match tag.local_name().as_ref() {
            name if SILENT.contains(&name) => self.silent += 1,
            b"t" => self.in_text = true,
            b"tab" => self.paragraph.push('\t'),
            b"br" if value("w:type").as_deref() == Some("page") => self.breaks += 1,
            b"lastRenderedPageBreak" => self.breaks += 1,
            b"br" | b"cr" => self.paragraph.push('\n'),
            b"noBreakHyphen" => self.paragraph.push('-'),
            b"pStyle" => self.style = value("w:val").unwrap_or_default(),
            b"numPr" => self.is_item = true,
            b"footnoteReference" | b"endnoteReference" => self.refer(tag, value("w:id")),
            b"footnote" | b"endnote" if value("w:type").is_none() => {
                let id = value("w:id").unwrap_or_default();
                self.paragraph = format!("[{}{id}] ", self.prefix);
            }
            b"tr" => self.rows += 1,
            _ => {}
        }
    }

    fn refer(&mut self, tag: &BytesStart<'_>, id: Option<String>) {
        let prefix = if tag.local_name().as_ref() == b"endnoteReference" { "e" } else { "" };
        self.paragraph.push_str(&format!("[{prefix}{}]", id.unwrap_or_default()));
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            name if SILENT.contains(&name) => self.silent = self.silent.saturating_sub(1),
            b"t" => self.in_text = false,
            b"p" => self.end_paragraph(),
            b"tc" if self.rows > 0 => {
                let cell = std::mem::take(&mut self.paragraph);
                self.cells.push(cell.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            b"tr" => {
                self.rows = self.rows.saturating_sub(1);
                let row = std::mem::take(&mut self.cells).join(" | ");
                if !row.trim_matches([' ', '|']).is_empty() {
                    self.text.push_str(row.trim());
                    self.text.push('\n');
                }
            }
            b"tbl" => self.text.push('\n'),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        if self.rows > 0 {
            // A paragraph of a cell: the row is one line.
            self.paragraph.push(' ');
            return;
        }
        let paragraph = std::mem::take(&mut self.paragraph);
        let style = std::mem::take(&mut self.style);
        let words = paragraph.trim();
        let item = std::mem::take(&mut self.is_item) || style.starts_with("List");
        // The page that begins inside a paragraph begins behind it, as the passage that holds the break began before.
        if words.is_empty() {
            self.begin_pages();
            return;
        }
        if style == "Title" && self.title.is_none() {
            self.title = Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if item && !style.starts_with("Heading") {
            self.text.push_str("• ");
        }
        self.text.push_str(words);
        self.text.push_str(if item { "\n" } else { "\n\n" });
        self.begin_pages();
    }

    fn begin_pages(&mut self) {
        let at = self.text.len();
        self.pages.extend(std::iter::repeat_n(at, std::mem::take(&mut self.breaks)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str, pages: &[usize]) {
        let mut writer = Writer::default();
        writer.read(&format!("<w:document><w:body>{body}</w:body></w:document>")).unwrap();
        assert_eq!((writer.text.as_str(), writer.pages.as_slice()), (expected, pages));
    }

    #[test]
    fn paragraphs_items_rows_and_pages() {
        check(
            "<w:p><w:r><w:t>Peru &amp; Estonia</w:t></w:r><w:r><w:t xml:space=\"preserve\"> met.</w:t></w:r></w:p>",
            "Peru & Estonia met.\n\n",
            &[],
        );
        check("<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>", "• One\n", &[]);
        check(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>2023</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>$2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "2023 | $2\n\n",
            &[],
        );
        check(
            "<w:p><w:r><w:t>A</w:t><w:br w:type=\"page\"/></w:r></w:p><w:p><w:r><w:t>B</w:t></w:r></w:p>",
            "A\n\nB\n\n",
            &[3],
        );
        check(
            "<w:p><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins><w:r><w:t>yes</w:t></w:r></w:ins></w:p>",
            "yes\n\n",
            &[],
        );
    }
}
