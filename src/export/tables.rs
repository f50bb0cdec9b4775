//! Nodes and edges as two tables (CSV), with the headings that Gephi reads.

use super::listing::Listing;
use std::io::{self, Write};

/// `Id,Label,Class,IRI`.
///
/// # Errors
/// `out` cannot be written.
pub fn write_nodes(listing: &Listing, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["Id", "Label", "Class", "IRI"])?;
    for node in &listing.nodes {
        csv.write_record([&node.id, &node.label, &node.class, &node.iri])?;
    }
    csv.flush()
}

/// `Source,Target,Type,Label,Kind,Date,Status,Sources,Facts`; facts are divided by spaces.
///
/// # Errors
/// `out` cannot be written.
pub fn write_edges(listing: &Listing, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["Source", "Target", "Type", "Label", "Kind", "Date", "Status", "Sources", "Facts"])?;
    for edge in &listing.edges {
        let direction = if edge.directed { "Directed" } else { "Undirected" };
        let (sources, facts) = (edge.sources.to_string(), edge.facts.join(" "));
        let cells =
            [&edge.from, &edge.to, direction, &edge.label, &edge.kind, &edge.date, edge.status, &sources, &facts];
        csv.write_record(cells)?;
    }
    csv.flush()
}
