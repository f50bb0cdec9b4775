//! The names that Dossier's RDF is made of: namespaces, prefixes, and the IRIs of what it describes.
//!
//! Law: every IRI that Dossier mints begins with [`DOS`] (terms) or [`ID`] (things), and reads as what it names. Both are
//! names under w3id.org, never fetched.

use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Namespace of the vocabulary, `ontology/core.ttl`.
pub const DOS: &str = "https://w3id.org/dossier/ns#";
/// Namespace of sources, entities and facts.
pub const ID: &str = "https://w3id.org/dossier/id/";

/// Prefixes that queries may use without declaring them, and that Turtle is written with.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dos", DOS),
    ("id", ID),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("qb", "http://purl.org/linked-data/cube#"),
    ("sdmx-dimension", "http://purl.org/linked-data/sdmx/2009/dimension#"),
    ("sdmx-measure", "http://purl.org/linked-data/sdmx/2009/measure#"),
    ("sdmx-attribute", "http://purl.org/linked-data/sdmx/2009/attribute#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
];

/// A term of the vocabulary, e.g. `dos("Person")`.
pub fn dos(local: &str) -> NamedNode {
    iri(&format!("{DOS}{local}"))
}

/// A thing, e.g. `id("source.trend-2025-02-20")`.
pub fn id(local: &str) -> NamedNode {
    iri(&format!("{ID}{local}"))
}

/// A term of a vocabulary of [`PREFIXES`], e.g. `term("prov", "wasDerivedFrom")`; under [`DOS`] where the prefix is unknown.
pub fn term(prefix: &str, local: &str) -> NamedNode {
    let namespace = PREFIXES.iter().find(|(known, _)| *known == prefix).map_or(DOS, |(_, namespace)| *namespace);
    iri(&format!("{namespace}{local}"))
}

/// The source of a document, which also names its graph.
pub fn source(document: &str) -> NamedNode {
    id(&format!("source.{document}"))
}

/// A passage: the source with the fragment `#char=START,END` of RFC 5147, in Unicode scalars.
pub fn passage(document: &str, span: crate::span::Span) -> NamedNode {
    iri(&format!("{ID}source.{document}#char={},{}", span.start, span.end))
}

/// A record: the source with the fragment that names it (`row=17` of RFC 7111, `line=16,17` of RFC 5147, a pointer of RFC 6901).
pub fn record(document: &str, fragment: &str) -> NamedNode {
    iri(&format!("{ID}source.{document}#{fragment}"))
}

/// The IRI that a prefixed name of [`PREFIXES`] stands for: `schema:url`.
pub fn expand(name: &str) -> Option<NamedNode> {
    let (prefix, local) = name.split_once(':')?;
    let (_, namespace) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    NamedNode::new(format!("{namespace}{local}")).ok()
}

/// Any text as an IRI: what an IRI may not hold is percent-encoded, and what is not absolute is put under [`ID`].
pub fn iri(text: &str) -> NamedNode {
    NamedNode::new(text).unwrap_or_else(|_| {
        let encoded = encode(text);
        NamedNode::new(&encoded).unwrap_or_else(|_| NamedNode::new_unchecked(format!("{ID}{}", encode_all(text))))
    })
}

/// Percent-encodes white space, controls and the delimiters that RFC 3987 keeps out of IRIs.
fn encode(text: &str) -> String {
    percent_encode(text, |c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// Percent-encodes all but letters, digits and `-._`.
fn encode_all(text: &str) -> String {
    percent_encode(text, |c| !(c.is_ascii_alphanumeric() || "-._".contains(c)))
}

fn percent_encode(text: &str, forbidden: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if forbidden(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// The text with a capital at its beginning: how labels open a line.
pub fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Lower-case ASCII words joined by `-`: how names become parts of IRIs. Empty only where `text` has no letter or digit.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in crate::ascii::to_ascii(text).chars() {
        match c {
            '\'' => {}
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// First `digits` hex digits (at most 64) of the SHA-256 of the parts, each closed by a separator that no part holds.
pub fn digest(parts: &[&str], digits: usize) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    let mut hex = to_hex(&hasher.finalize());
    hex.truncate(digits);
    hex
}

/// SHA-256 of bytes, lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes))
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// `dos:Person` for an IRI of a known namespace, the IRI itself otherwise.
pub fn shorten(iri: &str) -> String {
    let longest = PREFIXES.iter().filter(|(_, namespace)| iri.starts_with(namespace)).max_by_key(|(_, n)| n.len());
    match longest {
        Some((prefix, namespace)) => format!("{prefix}:{}", iri.get(namespace.len()..).unwrap_or_default()),
        None => iri.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(iri(text).as_str(), expected);
        assert!(NamedNode::new(iri(text).as_str()).is_ok());
    }

    #[test]
    fn any_text_becomes_a_valid_iri() {
        check("https://w3id.org/dossier/id/ana-ilves", "https://w3id.org/dossier/id/ana-ilves");
        check("https://w3id.org/dossier/id/a b>", "https://w3id.org/dossier/id/a%20b%3E");
        check("no scheme", "https://w3id.org/dossier/id/no%20scheme");
        check("", "https://w3id.org/dossier/id/");
        check("https://[::bad/x", "https://w3id.org/dossier/id/https%3A%2F%2F%5B%3A%3Abad%2Fx");
    }

    #[test]
    fn slugs_read_as_what_they_name() {
        assert_eq!(slug("İlham Əliyev’s visit"), "ilham-eliyevs-visit");
        assert_eq!(slug("  «Ørsted» A/S "), "orsted-a-s");
        assert_eq!(shorten("https://w3id.org/dossier/ns#Person"), "dos:Person");
    }

    #[test]
    fn digests_keep_parts_apart() {
        assert_ne!(digest(&["ab", "c"], 12), digest(&["a", "bc"], 12));
        assert_eq!(digest(&["a"], 8).len(), 8);
    }
}
