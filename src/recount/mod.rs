//! The graph -> what a reader is told of it: the sentences behind a row, what sources contradict each other in, what happened in order.
//!
//! Law: nothing is told without its sentences, and what contradicts what is decided by the queries below `conflicts/`, never here.

mod calendar;
mod conflicts;
mod evidence;
mod happenings;

pub use calendar::write_calendar;
pub use conflicts::{CONFLICTS, Conflict, Side, find_conflicts};
pub use evidence::{Quote, cite_rows, read_quotes};
pub use happenings::{Happening, read_happenings};

#[cfg(test)]
mod tests;
