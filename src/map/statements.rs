//! Kept N-Quads -> statements, each of its own line.

use super::Statement;
use crate::diagnostic::Diagnostic;
use crate::read::Document;
use crate::read::records::Rows;
use oxigraph::io::{RdfFormat, RdfParser};

/// The statements of RDF; the names of its graphs are not looked at: the source is the graph.
pub(super) fn read_statements(document: &Document, rows: &Rows) -> Result<Vec<Statement>, Diagnostic> {
    let mut statements = Vec::with_capacity(rows.records.len());
    for (record, quad) in RdfParser::from_format(RdfFormat::NQuads).for_slice(&document.text).enumerate() {
        let quad = quad.map_err(|cause| Diagnostic::error(&document.name, cause.to_string()))?;
        let predicate = quad.predicate.into_string();
        statements.push(Statement { record, subject: quad.subject.into(), predicate, object: quad.object });
    }
    Ok(statements)
}
