//! The formats of an answer.

use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::sparql::results::QueryResultsFormat;
use std::fmt;
use std::str::FromStr;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Format {
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
    Turtle,
    TriG,
    NTriples,
    NQuads,
    JsonLd,
    RdfXml,
}

impl Format {
    /// All, tables first.
    pub const ALL: &[Format] = &[
        Format::Table,
        Format::Csv,
        Format::Tsv,
        Format::Json,
        Format::Xml,
        Format::Turtle,
        Format::TriG,
        Format::NTriples,
        Format::NQuads,
        Format::JsonLd,
        Format::RdfXml,
    ];
    /// Those that fit SELECT and ASK.
    pub const SOLUTIONS: &[Format] = &[Format::Table, Format::Csv, Format::Tsv, Format::Json, Format::Xml];
    /// Those that fit CONSTRUCT and DESCRIBE.
    pub const GRAPHS: &[Format] = &[
        Format::Table,
        Format::Turtle,
        Format::TriG,
        Format::NTriples,
        Format::NQuads,
        Format::JsonLd,
        Format::RdfXml,
    ];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "json",
            Format::Xml => "xml",
            Format::Turtle => "ttl",
            Format::TriG => "trig",
            Format::NTriples => "nt",
            Format::NQuads => "nq",
            Format::JsonLd => "jsonld",
            Format::RdfXml => "rdfxml",
        }
    }

    /// The format of SPARQL results that it is; `None` for tables and formats of graphs.
    pub(super) fn of_solutions(self) -> Option<QueryResultsFormat> {
        match self {
            Format::Csv => Some(QueryResultsFormat::Csv),
            Format::Tsv => Some(QueryResultsFormat::Tsv),
            Format::Json => Some(QueryResultsFormat::Json),
            Format::Xml => Some(QueryResultsFormat::Xml),
            _ => None,
        }
    }

    /// The RDF format that it is; `None` for tables and formats of solutions.
    pub(super) fn of_graphs(self) -> Option<RdfFormat> {
        match self {
            Format::Turtle => Some(RdfFormat::Turtle),
            Format::TriG => Some(RdfFormat::TriG),
            Format::NTriples => Some(RdfFormat::NTriples),
            Format::NQuads => Some(RdfFormat::NQuads),
            Format::JsonLd => Some(RdfFormat::JsonLd { profile: JsonLdProfileSet::default() }),
            Format::RdfXml => Some(RdfFormat::RdfXml),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let lower = name.to_lowercase();
        let alias = match lower.as_str() {
            "turtle" => "ttl",
            "ntriples" | "n-triples" => "nt",
            "nquads" | "n-quads" => "nq",
            "json-ld" => "jsonld",
            "rdf" | "rdf/xml" => "rdfxml",
            other => other,
        };
        let known = || Format::ALL.iter().map(|format| format.as_str()).collect::<Vec<_>>().join(", ");
        let found = Format::ALL.iter().find(|format| format.as_str() == alias);
        found.copied().ok_or_else(|| format!("`{name}` is not a format; known are {}", known()))
    }
}
