//! A question in SPARQL -> its answer, in the format that is asked for.
//!
//! Law: a query reads and never writes; the same graph and query give the same bytes. Where a query is wrong, the error says where
//! and what was expected.

mod ask;
mod entities;
mod federate;
mod follow;
mod format;
mod library;
mod limits;
mod parameters;
mod plan;
mod provenance;
mod scope;
mod syntax;
mod table;
mod why;

pub use ask::{answer, answer_federated, answer_until, answer_within, explain, parse, write_federated};
pub use entities::read_entities;
pub use follow::{follow_former, read_former};
pub use format::Format;
pub use library::{Header, NamedQuery, QUERIES, find, list};
pub use limits::Limits;
pub use parameters::{Parameter, Sort, bind_parameters, read_parameters};
pub use plan::Plan;
pub use provenance::{Things, trace_rows};
pub use scope::{Narrowed, Scope, narrow};
pub use why::{Reason, why_empty};

use crate::error::{Error, Result};
use oxigraph::io::RdfSerializer;
use oxigraph::model::{Term, Triple};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::store::Store;
use std::io::{self, Write};

/// What a query found.
#[derive(Clone)]
pub struct Answer {
    /// Rows, yes or no, or triples.
    pub found: Found,
    store: Store,
}

/// What a query of each form finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// SELECT.
    Solutions {
        /// The projected variables, in order.
        variables: Vec<Variable>,
        /// One term a variable, `None` where it is unbound; in the order that the query gives.
        rows: Vec<Vec<Option<Term>>>,
    },
    /// ASK.
    Boolean(bool),
    /// CONSTRUCT or DESCRIBE; sorted, each once.
    Graph(Vec<Triple>),
}

impl Answer {
    /// Number of rows or triples; 1 for a yes or no.
    pub fn len(&self) -> usize {
        match &self.found {
            Found::Solutions { rows, .. } => rows.len(),
            Found::Boolean(_) => 1,
            Found::Graph(triples) => triples.len(),
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same answer with other rows, as with more columns.
    pub fn with(&self, found: Found) -> Self {
        Self { found, store: self.store.clone() }
    }

    /// Writes a table that shows IRIs, with prefixes, instead of labels.
    ///
    /// # Errors
    /// `out` cannot be written.
    pub fn write_iris(&self, out: &mut impl Write, width: u16) -> Result<()> {
        let written = table::write(self, None, out, width)?;
        written.map_err(cannot_write)
    }

    /// Writes the answer. A table is `width` columns wide at most where its cells allow, and shows labels instead of IRIs; the
    /// other formats are those of the W3C.
    ///
    /// # Errors
    /// The format does not fit the form of the query, or `out` cannot be written.
    pub fn write(&self, format: Format, out: &mut impl Write, width: u16) -> Result<()> {
        let written = match (&self.found, format) {
            (_, Format::Table) => table::write(self, Some(&self.store), out, width)?,
            (Found::Graph(triples), format) => match format.of_graphs() {
                Some(rdf) => write_graph(triples, RdfSerializer::from_format(rdf), out),
                None => return Err(unfit(format, "CONSTRUCT or DESCRIBE", Format::GRAPHS)),
            },
            (found, format) => match format.of_solutions() {
                Some(results) => write_solutions(found, results, out),
                None => return Err(unfit(format, "SELECT or ASK", Format::SOLUTIONS)),
            },
        };
        written.map_err(cannot_write)
    }
}

fn unfit(format: Format, form: &str, fitting: &[Format]) -> Error {
    let names: Vec<&str> = fitting.iter().map(|format| format.as_str()).collect();
    Error::with_hint(
        format!("the answer of a {form} query cannot be written as {}", format.as_str()),
        format!("use one of: {}", names.join(", ")),
    )
}

fn write_solutions(found: &Found, format: QueryResultsFormat, out: &mut impl Write) -> io::Result<()> {
    let serializer = QueryResultsSerializer::from_format(format);
    let out = match found {
        Found::Solutions { variables, rows } => {
            let mut writer = serializer.serialize_solutions_to_writer(out, variables.clone())?;
            for row in rows {
                let bound =
                    variables.iter().zip(row).filter_map(|(v, term)| Some((v.as_ref(), term.as_ref()?.as_ref())));
                writer.serialize(bound)?;
            }
            writer.finish()?
        }
        Found::Boolean(value) => serializer.serialize_boolean_to_writer(out, *value)?,
        Found::Graph(_) => out,
    };
    if matches!(found, Found::Boolean(_)) { out.write_all(b"\n") } else { end_rows(format, out) }
}

/// JSON and XML are written without the newline that ends a text.
fn end_rows(format: QueryResultsFormat, out: &mut impl Write) -> io::Result<()> {
    let ended = !matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml);
    if ended { Ok(()) } else { out.write_all(b"\n") }
}

fn cannot_write(cause: io::Error) -> Error {
    Error::new(format!("cannot write the answer: {cause}"))
}

fn write_graph(triples: &[Triple], serializer: RdfSerializer, out: &mut impl Write) -> io::Result<()> {
    let prefixed = crate::vocab::PREFIXES.iter().try_fold(serializer, |serializer, (prefix, namespace)| {
        serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)
    })?;
    let mut writer = prefixed.for_writer(out);
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests;
