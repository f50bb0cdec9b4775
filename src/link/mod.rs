//! The graph's entities, and a dataset -> links: who of the world's registers each of them is.
//!
//! A dataset is a file of `data/links/`, or one of the user's, that says where entries lie and what their columns are. Entries are
//! streamed past the entities, which are few; the matcher of [`crate::resolve`] weighs the names, countries and identifiers decide
//! beside them.
//!
//! Law: wrong is worse than open. A link is made where one entry is good enough and no other is near; all else is a question. What a
//! person decided stands, also against the program, and survives every rebuild.

mod alike;
mod dataset;
mod entries;
mod fold;
mod known;
mod matching;
mod publish;
mod service;
mod spelled;
mod sssom;
mod state_form;
#[cfg(test)]
mod tests;

pub use dataset::{Dataset, Format, list_datasets};
pub use entries::{Entry, Figure, Streamed, stream_entries};
pub(crate) use fold::fold as fold_name;
pub(crate) use known::IDENTIFIERS;
pub use known::{Subject, gather_subjects};
pub use matching::{Candidate, Linker, Thresholds, Verdict};
pub use publish::{LinkSet, express_links};
pub use service::Service;
pub use sssom::{Judged, Mapping, read_mappings, write_mappings};
