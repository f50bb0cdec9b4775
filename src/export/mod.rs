//! The graph, or a part of it -> files that other programs read: RDF, GraphML, GEXF, tables, FollowTheMoney.
//!
//! Law: what is written is sorted, so that the same graph gives the same bytes; what a format cannot hold is left out by rule and counted,
//! never changed. Only FollowTheMoney, which has no place for it, leaves out what is not asserted.

mod ftm;
mod listing;
mod part;
mod rdf;
mod tables;
mod xml;

pub use ftm::{Exchanged, write_ftm};
pub use listing::{Edge, Listing, Node};
pub use part::{named_in, select_part};
pub use rdf::{Claims, write_rdf, write_triples};
pub use tables::{write_edges, write_nodes};
pub use xml::{write_gexf, write_graphml};

#[cfg(test)]
mod tests;
