//! Pronouns that may stand for people, bodies and countries.

use super::line::Line;
use super::{Mention, Person, Sense, mention};
use crate::language::{Deprel, Upos};

/// The pronouns of a sentence; expletive "it" is left to the reader of the tree.
pub(super) fn find_pronouns(line: &Line<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = (0..line.len())
        .filter(|i| matches!(line.upos(*i), Upos::Pron | Upos::Det))
        .filter_map(|i| {
            let person = match line.lower(i) {
                "i" | "me" | "my" => Person::Speaker,
                "we" | "us" | "our" | "ours" => Person::SpeakerGroup,
                "he" | "him" | "his" => Person::He,
                "she" | "her" => Person::She,
                "it" | "its" => Person::It,
                "they" | "them" | "their" => Person::They,
                // "since both support the plan": the two before.
                "both" if line.token(i).is_some_and(|t| t.deprel == Deprel::Nsubj) => Person::They,
                _ => return None,
            };
            Some(mention(line, i, i, Sense::Pronoun(person)))
        })
        .collect();
    found.extend((1..line.len()).filter_map(|i| find_ordinal(line, i)));
    found
}

/// "the former's visit", "the latter said", not "the former minister".
fn find_ordinal(line: &Line<'_>, i: usize) -> Option<Mention> {
    let person = match line.lower(i) {
        "former" => Person::Former,
        "latter" => Person::Latter,
        _ => return None,
    };
    let alone = line.lower(i - 1) == "the"
        && !matches!(line.upos(i + 1), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
        && line.form(i + 1) != "-";
    alone.then(|| mention(line, i - 1, i, Sense::Pronoun(person)))
}
