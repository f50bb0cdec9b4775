//! Record -> Fact: what the rows of a table, the objects of a file or the statements of RDF state.
//!
//! A mapping is a CONSTRUCT query whose variables are the columns of one record, as in tarql. What it makes is read in the terms of
//! `ontology/core.ttl`: a node with a class of entity is an entity, a node with a class of fact is a fact, a property between
//! entities is a relation. RDF and FollowTheMoney need no mapping.
//!
//! Law: records are facts like any other: each has the words of its record behind it, and what is not asserted is no triple.

mod draft;
mod evaluate;
mod facts;
mod ftm;
mod functions;
mod mapping;
mod nodes;
mod statements;
mod stream;
#[cfg(test)]
mod tests;

pub use draft::draft_mapping;
pub(crate) use ftm::class_of_schema;
pub(crate) use functions::plain_number;
pub use mapping::Mapping;
pub use stream::{RowSource, Streamed, stream_rows};

use crate::diagnostic::Diagnostic;
use crate::extract::{Evidence, Fact};
use crate::ontology::classes::Classes;
use crate::read::Document;
use crate::read::records::{Form, read_rows, spans_of};
use crate::resolve::Member;
use crate::span::TextIndex;
use oxigraph::model::Term;

/// What a document of records says.
#[derive(Debug, Default)]
pub struct Mapped {
    /// Who it speaks of.
    pub members: Vec<Member>,
    /// What it states; entities by index into `members`.
    pub facts: Vec<Fact<usize>>,
    /// Number of records.
    pub records: usize,
    /// What is wrong with some of them.
    pub findings: Vec<Diagnostic>,
}

/// A statement that one record makes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    /// Index of the record.
    pub(crate) record: usize,
    pub(crate) subject: Term,
    pub(crate) predicate: String,
    pub(crate) object: Term,
}

/// The facts of a document of records.
///
/// # Errors
/// The document, its mapping, or the vocabulary as a whole cannot be used: nothing of it is read then.
pub fn map_document(document: &Document, classes: &Classes) -> Result<Mapped, Diagnostic> {
    let Some(records) = &document.records else { return Ok(Mapped::default()) };
    let rows = read_rows(records.form, &document.name, &document.text)?;
    let mut findings = rows.findings.clone();
    let statements = match records.form {
        Form::Rdf => statements::read_statements(document, &rows)?,
        Form::FollowTheMoney => ftm::read_entities(document, &rows, &mut findings)?,
        Form::Table | Form::Json | Form::JsonLines | Form::Yaml => {
            let Some(file) = &records.mapping else { return Err(explain_no_mapping(document)) };
            let mapping = Mapping::parse(&file.text, &file.name)?;
            mapping.check_columns(&rows.columns, &document.name)?;
            evaluate::evaluate(&mapping, &rows, &document.name, &mut findings)?
        }
    };
    let (index, spans) = (TextIndex::new(&document.text), spans_of(&document.text, &rows.records));
    let cite = |record: usize| {
        let span = spans.get(record).copied().unwrap_or_default();
        Evidence {
            document: document.id.clone(),
            source: document.name.clone(),
            span,
            quote: index.slice(&document.text, span).to_owned(),
            fragment: rows.records.get(record).map(|r| r.fragment.clone()),
        }
    };
    let nodes = nodes::gather_nodes(&statements, classes);
    let place = |record: usize| rows.records.get(record).map_or(1, |r| r.line);
    let (members, facts) = facts::read_facts(&nodes, classes, cite, &mut |record, message: String| {
        let finding = Diagnostic::warning(&document.name, message);
        findings.push(if records.form == Form::Rdf { finding } else { finding.at(place(record), 1) });
    })?;
    if facts.is_empty() && findings.is_empty() && !rows.records.is_empty() {
        findings.push(explain_no_fact(document, rows.records.len(), members.len()));
    }
    Ok(Mapped { members, facts, records: rows.records.len(), findings: limit(findings) })
}

fn explain_no_mapping(document: &Document) -> Diagnostic {
    let stem = document.name.rsplit_once('.').map_or(&*document.name, |(stem, _)| stem);
    let message = format!("its columns mean nothing without a mapping, and there is no {stem}.rq beside it");
    Diagnostic::error(&document.name, message).hint(format!("draft one: dossier map {} > {stem}.rq", document.name))
}

fn explain_no_fact(document: &Document, records: usize, entities: usize) -> Diagnostic {
    let message =
        format!("{records} records give no fact: {entities} entities stand alone, and of nobody is anything stated");
    let hint = "let the mapping state something of them, such as `_:a dos:locatedIn _:b` or `[] a dos:Position ; dos:person _:a`";
    Diagnostic::warning(&document.name, message).hint(hint)
}

/// Findings that are told one by one; of the rest only how many there are.
const TOLD: usize = 12;

/// The first findings of each source, and how many more there are: a table may be wrong in every row.
fn limit(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.dedup();
    if findings.len() <= TOLD {
        return findings;
    }
    let more = findings.split_off(TOLD - 1);
    if let Some(Diagnostic { source, severity, .. }) = more.first().cloned() {
        let message = format!("{} more findings of this kind in the file", more.len());
        findings.push(Diagnostic::new(severity, source, message));
    }
    findings
}
