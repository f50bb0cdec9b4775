//! The graph -> what a reader is told of it: the sentences behind a row, what sources contradict each other in, what happened in order.
//!
//! Law: nothing is told without its sentences, and what contradicts what is decided by the queries below `conflicts/`, never here.

mod conflicts;
mod evidence;

pub use conflicts::{CONFLICTS, Conflict, Side, find_conflicts};
pub use evidence::{Quote, read_quotes};

#[cfg(test)]
mod tests;
