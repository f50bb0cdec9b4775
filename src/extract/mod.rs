//! Sentence, Mention, Entity -> Fact: the frames of `ontology/frames` matched over dependency trees.
//!
//! Law: no fact without a quote, and what is said is not what is so.

mod fact;

pub use fact::{Evidence, Fact, Status, Value};
