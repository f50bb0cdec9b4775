//! The graph as a network: who is tied to whom, over which chains, who stands in the middle, who belongs together.
//!
//! # Steps
//!
//! 1. `facts` reads what each fact says of whom; `connect` makes ties of it, by the rules of `ontology/network.yaml`.
//! 2. [`Network`] holds entities and ties; [`Web`] is its shape, on petgraph's compressed sparse rows.
//! 3. `chains` finds the shortest and the most plausible ways; [`page_rank`], [`betweenness`] and [`divide`] measure the whole.
//!
//! Law: a tie leads back to its facts and their passages; what is denied ties nobody; the same graph gives the same order and figures.

mod chains;
mod connect;
mod facts;
mod group;
mod network;
mod rank;
mod rules;
mod shortest;
mod ties;
mod web;

pub use chains::{Bounds, Chain, Order};
pub(crate) use connect::{Breadth, Connection, Ends, Ground, connect};
pub(crate) use facts::{Fact as SourcedFact, read_facts};
pub use group::{Division, divide};
pub use network::{Network, Said, Tie, Turn, find_kinds};
pub use rank::{Betweenness, betweenness, page_rank};
pub use rules::Rules;
pub use ties::Group;
pub use web::Web;

#[cfg(test)]
mod tests;
