//! RDF of any syntax -> N-Quads, one statement a line, in the order of the file.
//!
//! Law: all or nothing: a text with one error gives no statement. Blank nodes are numbered as they come, so that the same file gives
//! the same lines.

use super::{Record, Rows, line_fragment, lines_of};
use crate::diagnostic::Diagnostic;
use crate::read::Format;
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::{BlankNode, GraphName, NamedOrBlankNode, Quad, Term, Triple};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// JSON-LD without a profile.
pub(super) const JSON_LD: RdfFormat = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };

/// The syntax of a format that is RDF.
pub(super) fn syntax_of(format: Format) -> Option<RdfFormat> {
    Some(match format {
        Format::Turtle => RdfFormat::Turtle,
        Format::NTriples => RdfFormat::NTriples,
        Format::NQuads => RdfFormat::NQuads,
        Format::TriG => RdfFormat::TriG,
        Format::RdfXml => RdfFormat::RdfXml,
        Format::JsonLd => JSON_LD,
        _ => return None,
    })
}

/// The statements of a text, as N-Quads.
///
/// # Errors
/// A syntax error, with line and column where the syntax gives them.
pub(super) fn to_statements(name: &str, syntax: RdfFormat, bytes: &[u8]) -> Result<String, Diagnostic> {
    let parser = RdfParser::from_format(syntax).with_base_iri(crate::vocab::ID);
    let parser = parser.map_err(|cause| Diagnostic::error(name, cause.to_string()))?;
    let (mut names, mut text) = (BlankNames::default(), String::new());
    for quad in parser.for_slice(bytes) {
        let quad = quad.map_err(|cause| explain(name, syntax, &cause))?;
        let _ = writeln!(text, "{} .", names.rename_quad(quad));
    }
    if text.is_empty() {
        return Err(Diagnostic::error(name, format!("the {} holds no statement", syntax.name())));
    }
    Ok(text)
}

fn explain(name: &str, syntax: RdfFormat, cause: &RdfSyntaxError) -> Diagnostic {
    let told = cause.to_string();
    let place = cause.location().map(|l| (l.start.line as usize + 1, l.start.column as usize + 1));
    let message = told.rsplit_once(": ").filter(|_| told.starts_with("Parser error at")).map_or(&*told, |(_, m)| m);
    let message = format!("no {}: {message}; nothing of it is read", syntax.name());
    let found = Diagnostic::error(name, message).hint("mend the line; the graph keeps what it had of this source");
    match place {
        Some((line, column)) => found.at(line, column),
        None => found,
    }
}

/// The statements of a kept text as records without cells.
pub(super) fn read_statements(text: &str) -> Rows {
    let record = |(line, bytes)| Record { fragment: line_fragment(line), bytes, line, cells: Vec::new(), part: 0 };
    Rows { records: lines_of(text).map(record).collect(), ..Rows::default() }
}

/// Blank nodes in the order in which they come.
#[derive(Default)]
struct BlankNames(FxHashMap<BlankNode, usize>);

impl BlankNames {
    fn rename(&mut self, node: BlankNode) -> BlankNode {
        let next = self.0.len() + 1;
        let number = *self.0.entry(node).or_insert(next);
        BlankNode::new_unchecked(format!("b{number}"))
    }

    fn rename_subject(&mut self, subject: NamedOrBlankNode) -> NamedOrBlankNode {
        match subject {
            NamedOrBlankNode::BlankNode(node) => self.rename(node).into(),
            named => named,
        }
    }

    fn rename_term(&mut self, term: Term) -> Term {
        match term {
            Term::BlankNode(node) => self.rename(node).into(),
            Term::Triple(triple) => {
                let Triple { subject, predicate, object } = *triple;
                let subject = self.rename_subject(subject);
                Triple::new(subject, predicate, self.rename_term(object)).into()
            }
            other => other,
        }
    }

    fn rename_quad(&mut self, quad: Quad) -> Quad {
        let graph_name = match quad.graph_name {
            GraphName::BlankNode(node) => self.rename(node).into(),
            other => other,
        };
        let subject = self.rename_subject(quad.subject);
        Quad { subject, predicate: quad.predicate, object: self.rename_term(quad.object), graph_name }
    }
}
