//! Passage -> Sentence: tokens, tags, lemmas, dependency tree and name spans, in Universal Dependencies terms.
//!
//! Law: the tokens of a passage, joined with the white space between them, are the passage.

pub mod conllu;
mod lemma;
mod linear;
mod mend;
mod mend_nominals;
mod mend_tags;
mod names;
mod net;
mod parse;
mod reader;
mod set_aside;
mod tag;
pub mod tokenise;
pub mod train;
mod tree;
mod words;

pub use reader::Reader;
pub(crate) use set_aside::{dateline_end, is_month, is_weekday};
pub use tree::{Deprel, NameKind, NameSpan, Sentence, Token, Upos, Xpos};
