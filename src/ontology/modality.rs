//! Words that say how sure a statement is and who makes it: `ontology/lexicon/status.tsv` and `speech.tsv`.

use super::Status;
use super::table::Table;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Where a word of `status.tsv` works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A verb, noun or adjective that governs the statement.
    Governor,
    /// An auxiliary of the statement's verb.
    Auxiliary,
    /// An adjective on the statement's noun.
    Modifier,
    /// "not", "never", "no".
    Negation,
    /// The object of "had" whose infinitive tells what was done: "had the opportunity to meet".
    Had,
}

/// What a verb of speech does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// It reports a clause or a quotation; its object may be what is said.
    Say,
    /// It reports a clause or a quotation, while its object is something else: "concluded the visit", "added ships".
    Clause,
    /// Its object is what is said.
    Stance,
    /// What is said is planned.
    Promise,
    /// What is said is not so.
    Deny,
    /// It gives a figure.
    Estimate,
}

impl Speech {
    /// Whether it reports clauses and quotations.
    pub fn reports(self) -> bool {
        matches!(self, Self::Say | Self::Clause)
    }
}

/// The two tables.
#[derive(Debug)]
pub struct Modality {
    status: FxHashMap<(&'static str, Part), Status>,
    speech: FxHashMap<&'static str, Speech>,
}

impl Modality {
    /// The tables that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Modality> = OnceLock::new();
        ONCE.get_or_init(|| {
            let status = Table::parse(include_str!("../../ontology/lexicon/status.tsv"));
            let speech = Table::parse(include_str!("../../ontology/lexicon/speech.tsv"));
            Modality {
                status: status
                    .rows()
                    .filter_map(|r| Some(((r.get("word"), read_part(r.get("part"))?), r.get("status").parse().ok()?)))
                    .collect(),
                speech: speech.rows().filter_map(|r| Some((r.get("lemma"), read_speech(r.get("kind"))?))).collect(),
            }
        })
    }

    /// The status that `word` gives in `part`.
    pub fn status(&self, word: &str, part: Part) -> Option<Status> {
        // The tables hold few words: a linear key would do, but this is asked for every token.
        self.status.get(&(word, part)).copied()
    }

    /// What kind of verb of speech `lemma` is.
    pub fn speech(&self, lemma: &str) -> Option<Speech> {
        self.speech.get(lemma).copied()
    }
}

fn read_part(text: &str) -> Option<Part> {
    Some(match text {
        "governor" => Part::Governor,
        "auxiliary" => Part::Auxiliary,
        "modifier" => Part::Modifier,
        "negation" => Part::Negation,
        "had" => Part::Had,
        _ => return None,
    })
}

fn read_speech(text: &str) -> Option<Speech> {
    Some(match text {
        "say" => Speech::Say,
        "clause" => Speech::Clause,
        "stance" => Speech::Stance,
        "promise" => Speech::Promise,
        "deny" => Speech::Deny,
        "estimate" => Speech::Estimate,
        _ => return None,
    })
}
