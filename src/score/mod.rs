//! Facts beside gold -> precision, recall and F1 by kind, and what was missed, half found or too much.
//!
//! Law: the same figures as the project's reference scorer, to the last digit, on any document; what the gold does not annotate
//! completely counts for recall only, and an optional fact is never a miss.
//!
//! *Strict*: every role that the gold states agrees (topic and place aside, which are free text), no party too many, and the
//! fact is quoted from the gold's sentence or, where the gold is complete, restates it. *Lenient*: the identifying roles agree
//! and the quote touches the gold's sentence. A fact that states again what another one is matched for counts for nothing, nor
//! does one in a sentence marked as neutral.

mod agree;
mod find;
mod gold;
mod kinds;
mod pair;
mod quote;
mod table;
mod tables;
mod tally;
mod words;

pub use find::{GoldFile, find_gold};
pub use gold::{Gold, Neutral, find_facts_block, read_gold, read_neutral};
pub use kinds::{CORE, SAMPLED};
pub use tally::{Figures, Finding, Share, Tally, Verdict};

use crate::extract::Fact;
use pair::{Mode, Sheet};
use quote::Text;

/// A document with its gold.
#[derive(Debug, Clone, Copy)]
pub struct Annotated<'a> {
    /// What figures and findings call it.
    pub name: &'a str,
    /// Its identifier, as evidence names it.
    pub id: &'a str,
    /// Its plain text.
    pub text: &'a str,
    /// The facts in it.
    pub golds: &'a [Gold],
    /// Sentences of it that count for nothing.
    pub neutral: &'a [Neutral],
}

/// Scores facts against the gold of some documents; facts of other documents are counted apart.
pub fn score_documents(documents: &[Annotated<'_>], facts: &[Fact]) -> Tally {
    let mut tally = Tally::default();
    for document in documents {
        let mine: Vec<&Fact> = facts.iter().filter(|fact| is_from(fact, document.id)).collect();
        let neutral: Vec<&Neutral> = document.neutral.iter().filter(|n| n.file == document.name).collect();
        let sheet = Sheet::new(&Text::new(document.text), document.golds, &mine, &neutral);
        let (strict, lenient) = (sheet.pair(Mode::Strict), sheet.pair(Mode::Lenient));
        tally.moved += sheet.count_moved();
        tally.add(document, &mine, &strict, &lenient);
    }
    let elsewhere = |fact: &&Fact| !documents.iter().any(|document| is_from(fact, document.id));
    tally.unknown = facts.iter().filter(elsewhere).count();
    tally
}

fn is_from(fact: &Fact, id: &str) -> bool {
    fact.evidence.iter().any(|evidence| evidence.document == id)
}
