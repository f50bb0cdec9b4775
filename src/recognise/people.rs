//! Pronouns that may stand for people, bodies and countries.

use super::line::Line;
use super::{Mention, Person, Sense, mention};
use crate::language::Upos;

/// The pronouns of a sentence; expletive "it" is left to the reader of the tree.
pub(super) fn find_pronouns(line: &Line<'_>) -> Vec<Mention> {
    (0..line.len())
        .filter(|i| matches!(line.upos(*i), Upos::Pron | Upos::Det))
        .filter_map(|i| {
            let person = match line.lower(i) {
                "i" | "me" | "my" => Person::Speaker,
                "we" | "us" | "our" | "ours" => Person::SpeakerGroup,
                "he" | "him" | "his" => Person::He,
                "she" | "her" => Person::She,
                "it" | "its" => Person::It,
                "they" | "them" | "their" => Person::They,
                _ => return None,
            };
            Some(mention(line, i, i, Sense::Pronoun(person)))
        })
        .collect()
}
