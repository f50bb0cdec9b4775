//! Source -> records: rows of tables, objects of JSON and YAML, statements of RDF.
//!
//! The text that is kept is the file's own, decoded; of RDF, whose formats may write one statement in many ways, it is N-Quads, one
//! statement a line. A record is named by a fragment: `row=17` (RFC 7111, the header is row 1), `line=16,17` (RFC 5147, line 17),
//! `/items/3` (RFC 6901).
//!
//! Law: a record is cited by the exact words that state it, and a fragment leads back to them.

mod dialect;
mod json;
mod objects;
mod open;
mod rdf;
mod table;
mod yaml;

pub use dialect::Dialect;
pub use objects::{ObjectReader, StreamRow};
pub use open::{open_table, open_unpacked};
pub use table::TableReader;

use super::{Document, ScalarCounter};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// How a source holds its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A table: CSV, TSV and their kin.
    Table,
    /// One JSON text with an array of objects.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// A YAML sequence of mappings.
    Yaml,
    /// RDF, kept as N-Quads.
    Rdf,
    /// FollowTheMoney entities, one a line.
    FollowTheMoney,
}

impl Form {
    /// Whether its records say by themselves what they mean.
    pub fn describes_itself(self) -> bool {
        matches!(self, Self::Rdf | Self::FollowTheMoney)
    }
}

/// What a document of records is, and how it is mapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    /// How it holds them.
    pub form: Form,
    /// The mapping beside it, where its form needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<MappingFile>,
}

/// A mapping in SPARQL, as its file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingFile {
    /// The file, as diagnostics name it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Names it within its source.
    pub fragment: String,
    /// Where its words stand in the kept text, in bytes.
    pub bytes: Range<usize>,
    /// Line of the source, from 1.
    pub line: usize,
    /// By column: the value; `None` where the cell is empty or missing.
    pub cells: Vec<Option<String>>,
    /// 0, or the number of the object of a list inside the record that this is.
    pub part: u32,
}

/// The records of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Names of the columns, as variables of SPARQL can be named.
    pub columns: Vec<String>,
    /// The records in order.
    pub records: Vec<Record>,
    /// What is wrong with some of them.
    pub findings: Vec<Diagnostic>,
}

/// The records of a kept text; `name` is the source in diagnostics.
///
/// # Errors
/// The text as a whole is not of its form.
pub fn read_rows(form: Form, name: &str, text: &str) -> Result<Rows, Diagnostic> {
    match form {
        Form::Table => table::read_table(name, text),
        Form::Json => json::read_json(name, text),
        Form::JsonLines | Form::FollowTheMoney => Ok(json::read_json_lines(name, text)),
        Form::Yaml => yaml::read_yaml(name, text),
        Form::Rdf => Ok(rdf::read_statements(text)),
    }
}

/// What a format of records gives: the kept text, its form, and what was found.
pub(super) fn extract_records(
    format: super::Format,
    shown: &str,
    bytes: &[u8],
) -> Result<(String, Form, Vec<Diagnostic>), Diagnostic> {
    use super::Format;
    if let Some(syntax) = rdf::syntax_of(format) {
        return Ok((rdf::to_statements(shown, syntax, bytes)?, Form::Rdf, Vec::new()));
    }
    let (text, finding) = super::decode::decode_text(shown, bytes)?;
    let findings = finding.into_iter().collect();
    if text.trim().is_empty() {
        return Err(Diagnostic::error(shown, "the file holds nothing but white space"));
    }
    let form = match format {
        Format::Json if json::is_linked_data(&text) => {
            let text = rdf::to_statements(shown, rdf::JSON_LD, text.as_bytes())?;
            return Ok((text, Form::Rdf, findings));
        }
        Format::Json | Format::JsonLines if json::is_follow_the_money(&text) => Form::FollowTheMoney,
        Format::Json => Form::Json,
        Format::JsonLines => Form::JsonLines,
        Format::Yaml => Form::Yaml,
        _ => Form::Table,
    };
    Ok((text, form, findings))
}

/// Whether a file says by itself what its records mean, so that it needs no mapping; judged by its first bytes.
pub(super) fn is_self_describing(head: &str) -> bool {
    json::is_linked_data(head) || json::is_follow_the_money(head)
}

/// Where the records of a text stand, by their fragments: how a passage's IRI is checked against its words.
#[derive(Debug, Default)]
pub struct Fragments(BTreeMap<String, Span>);

impl Fragments {
    /// Reads the records of `document`; empty where it has none or cannot be read.
    pub fn of(document: &Document) -> Self {
        let rows = document.records.as_ref().and_then(|r| read_rows(r.form, &document.name, &document.text).ok());
        let rows = rows.unwrap_or_default();
        let spans = spans_of(&document.text, &rows.records);
        Self(rows.records.into_iter().map(|r| r.fragment).zip(spans).collect())
    }

    /// Where the record of this fragment stands, in scalars.
    pub fn span(&self, fragment: &str) -> Option<Span> {
        self.0.get(fragment).copied()
    }
}

/// By record: where it stands, in scalars.
pub fn spans_of(text: &str, records: &[Record]) -> Vec<Span> {
    let mut counter = ScalarCounter::default();
    let mut last: Option<(Range<usize>, Span)> = None;
    let mut span = |record: &Record| match &last {
        Some((bytes, span)) if *bytes == record.bytes => *span,
        _ => {
            let span = counter.span(text, &record.bytes);
            last = Some((record.bytes.clone(), span));
            span
        }
    };
    records.iter().map(&mut span).collect()
}

/// `line=16,17`: line 17 by the gaps around it, as RFC 5147 counts.
fn line_fragment(line: usize) -> String {
    format!("line={},{line}", line.saturating_sub(1))
}

/// The byte range of each line that holds anything, and its number from 1.
fn lines_of(text: &str) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
    let mut at = 0;
    let lines = text.split_inclusive('\n').enumerate().map(move |(i, line)| {
        let start = at;
        at += line.len();
        (i + 1, start..start + line.trim_end().len())
    });
    lines.filter(|(_, range)| !range.is_empty())
}

#[cfg(test)]
mod tests;
