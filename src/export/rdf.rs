//! RDF: Turtle, TriG, N-Quads, JSON-LD.
//!
//! Law: Turtle and TriG carry the prefixes of the program. A claim reifies a triple term (RDF 1.2), or, for readers of RDF 1.1, is an
//! `rdf:Statement` with subject, predicate and object.

use crate::error::{Error, Result};
use crate::store::cannot_read;
use crate::vocab::PREFIXES;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Quad, Term, Triple};
use oxigraph::store::Store;
use std::io::{self, Write};

/// How a claim names its triple.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claims {
    /// RDF 1.2: `rdf:reifies <<( s p o )>>`.
    TripleTerms,
    /// RDF 1.1: `a rdf:Statement ; rdf:subject s ; rdf:predicate p ; rdf:object o`.
    Statements,
}

/// Writes a store: its sources as named graphs, or in Turtle the union of them. JSON-LD has no triple terms, and always gets statements.
///
/// # Errors
/// The store cannot be read, or `out` cannot be written.
pub fn write_rdf(store: &Store, format: RdfFormat, claims: Claims, out: &mut impl Write) -> Result<()> {
    let mut quads = Vec::new();
    for quad in store.iter() {
        let quad = quad.map_err(cannot_read)?;
        if (quad.graph_name == GraphName::DefaultGraph) != format.supports_datasets() {
            quads.push(quad);
        }
    }
    write_quads(quads, format, claims, out)
}

/// Writes triples, such as the answer of a CONSTRUCT.
///
/// # Errors
/// `out` cannot be written.
pub fn write_triples(triples: &[Triple], format: RdfFormat, claims: Claims, out: &mut impl Write) -> Result<()> {
    write_quads(
        triples.iter().map(|triple| triple.clone().in_graph(GraphName::DefaultGraph)).collect(),
        format,
        claims,
        out,
    )
}

fn write_quads(mut quads: Vec<Quad>, format: RdfFormat, claims: Claims, out: &mut impl Write) -> Result<()> {
    if claims == Claims::Statements || matches!(format, RdfFormat::JsonLd { .. }) {
        quads = quads.into_iter().flat_map(state).collect();
    }
    quads.sort_by_cached_key(|quad| (quad.graph_name.to_string(), quad.to_string()));
    quads.dedup();
    put(&quads, format, out).map_err(|cause| Error::new(format!("cannot write the graph: {cause}")))
}

fn put(quads: &[Quad], format: RdfFormat, out: &mut impl Write) -> io::Result<()> {
    let serializer = RdfSerializer::from_format(format);
    let prefixed = PREFIXES.iter().try_fold(serializer, |serializer, (prefix, namespace)| {
        serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)
    })?;
    let mut writer = prefixed.for_writer(out);
    for quad in quads {
        writer.serialize_quad(quad)?;
    }
    writer.finish()?.flush()
}

/// A quad as RDF 1.1 has it.
fn state(quad: Quad) -> Vec<Quad> {
    let (Term::Triple(triple), true) = (&quad.object, quad.predicate.as_ref() == rdf::REIFIES) else {
        return vec![quad];
    };
    let parts: [(_, Term); 4] = [
        (rdf::TYPE, rdf::STATEMENT.into_owned().into()),
        (rdf::SUBJECT, triple.subject.clone().into()),
        (rdf::PREDICATE, triple.predicate.clone().into()),
        (rdf::OBJECT, triple.object.clone()),
    ];
    let of = |(property, object)| Quad::new(quad.subject.clone(), property, object, quad.graph_name.clone());
    parts.into_iter().map(of).collect()
}
