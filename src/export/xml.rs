//! Nodes and edges as GraphML (<http://graphml.graphdrawing.org>) and GEXF 1.3 (<https://gexf.net>).
//!
//! Law: all edges are written as directed, since readers refuse a mixture; `mutual` says which have no direction.

use super::listing::{Edge, Listing};
use quick_xml::escape::escape;
use std::io::{self, Write};

const NODE_KEYS: [(&str, &str); 3] = [("label", "string"), ("class", "string"), ("iri", "string")];
const EDGE_KEYS: [(&str, &str); 8] = [
    ("label", "string"),
    ("kind", "string"),
    ("date", "string"),
    ("status", "string"),
    ("mutual", "boolean"),
    ("sources", "int"),
    ("facts", "int"),
    ("fact", "string"),
];

fn cells(edge: &Edge) -> [String; 8] {
    [
        edge.label.clone(),
        edge.kind.clone(),
        edge.date.clone(),
        edge.status.to_owned(),
        (!edge.directed).to_string(),
        edge.sources.to_string(),
        edge.facts.len().to_string(),
        edge.facts.join(" "),
    ]
}

/// Text without the characters that XML 1.0 forbids.
fn clean(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
    escape(allowed).into_owned()
}

/// Writes GraphML.
///
/// # Errors
/// `out` cannot be written.
pub fn write_graphml(listing: &Listing, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
    )?;
    for (owner, keys) in [("node", NODE_KEYS.as_slice()), ("edge", EDGE_KEYS.as_slice())] {
        for (key, kind) in keys {
            let id = format!("{owner}_{key}");
            writeln!(out, "  <key id=\"{id}\" for=\"{owner}\" attr.name=\"{key}\" attr.type=\"{kind}\"/>")?;
        }
    }
    writeln!(out, "  <graph id=\"dossier\" edgedefault=\"directed\">")?;
    for node in &listing.nodes {
        writeln!(out, "    <node id=\"{}\">", clean(&node.id))?;
        for ((key, _), value) in NODE_KEYS.iter().zip([&node.label, &node.class, &node.iri]) {
            writeln!(out, "      <data key=\"node_{key}\">{}</data>", clean(value))?;
        }
        writeln!(out, "    </node>")?;
    }
    for (number, edge) in listing.edges.iter().enumerate() {
        let (from, to) = (clean(&edge.from), clean(&edge.to));
        writeln!(out, "    <edge id=\"e{number}\" source=\"{from}\" target=\"{to}\">")?;
        for ((key, _), value) in EDGE_KEYS.iter().zip(cells(edge)).filter(|(_, value)| !value.is_empty()) {
            writeln!(out, "      <data key=\"edge_{key}\">{}</data>", clean(&value))?;
        }
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

/// Writes GEXF.
///
/// # Errors
/// `out` cannot be written.
pub fn write_gexf(listing: &Listing, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "  <meta><creator>Dossier</creator></meta>\n  <graph defaultedgetype=\"directed\">")?;
    for (owner, keys) in [("node", &NODE_KEYS[1..]), ("edge", &EDGE_KEYS[1..])] {
        writeln!(out, "    <attributes class=\"{owner}\">")?;
        for (key, kind) in keys {
            let kind = if *kind == "int" { "integer" } else { kind };
            writeln!(out, "      <attribute id=\"{owner}_{key}\" title=\"{key}\" type=\"{kind}\"/>")?;
        }
        writeln!(out, "    </attributes>")?;
    }
    writeln!(out, "    <nodes>")?;
    for node in &listing.nodes {
        writeln!(out, "      <node id=\"{}\" label=\"{}\">", clean(&node.id), clean(&node.label))?;
        write_values("node", NODE_KEYS[1..].iter().zip([node.class.clone(), node.iri.clone()]), out)?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (number, edge) in listing.edges.iter().enumerate() {
        let [from, to, label] = [&edge.from, &edge.to, &edge.label].map(|text| clean(text));
        writeln!(out, "      <edge id=\"{number}\" source=\"{from}\" target=\"{to}\" label=\"{label}\">")?;
        write_values("edge", EDGE_KEYS.iter().zip(cells(edge)).skip(1), out)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn write_values<'a>(
    owner: &str,
    values: impl Iterator<Item = (&'a (&'a str, &'a str), String)>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for ((key, _), value) in values.filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "          <attvalue for=\"{owner}_{key}\" value=\"{}\"/>", clean(&value))?;
    }
    writeln!(out, "        </attvalues>")
}
