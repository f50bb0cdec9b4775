//! Passage -> Sentence: tokens, tags, lemmas, dependency tree and name spans, in Universal Dependencies terms.
//!
//! Law: the tokens of a passage, joined with the white space between them, are the passage.

mod tree;

pub use tree::{Deprel, NameKind, NameSpan, Sentence, Token, Upos, Xpos};
mod stub; pub use stub::Reader;
