//! Verbs and nouns that carry figures: `ontology/lexicon/measure_verbs.tsv` and `measure_nouns.tsv`.

use super::table::Table;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a verb does with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbRole {
    /// Its subject stands at the figure.
    Level,
    /// Its subject rose or fell by, to or from it.
    Change,
    /// Its subject deals in that much.
    Act,
    /// Its subject is that part of something.
    Share,
}

/// The two tables.
#[derive(Debug)]
pub struct Figures {
    verbs: FxHashMap<&'static str, (VerbRole, bool, &'static str)>,
    nouns: FxHashMap<&'static str, &'static str>,
}

impl Figures {
    /// The tables that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Figures> = OnceLock::new();
        ONCE.get_or_init(|| {
            let verbs = Table::parse(include_str!("../../ontology/lexicon/measure_verbs.tsv"));
            let nouns = Table::parse(include_str!("../../ontology/lexicon/measure_nouns.tsv"));
            let role = |text: &str| match text {
                "change" => VerbRole::Change,
                "act" => VerbRole::Act,
                "share" => VerbRole::Share,
                _ => VerbRole::Level,
            };
            Figures {
                verbs: verbs
                    .rows()
                    .map(|r| (r.get("lemma"), (role(r.get("role")), r.get("sign") == "down", r.get("noun"))))
                    .collect(),
                nouns: nouns.rows().map(|r| (r.get("lemma"), r.get("kind"))).collect(),
            }
        })
    }

    /// Role, whether it means a fall, and the noun for what the verb deals in.
    pub fn verb(&self, lemma: &str) -> Option<(VerbRole, bool, &'static str)> {
        self.verbs.get(lemma).copied()
    }

    /// Whether a noun says that the figure is aimed at: target, goal.
    pub fn is_goal(&self, lemma: &str) -> bool {
        self.nouns.get(lemma) == Some(&"goal")
    }

    /// Whether a noun names a change, and if so whether a fall.
    pub fn change_noun(&self, lemma: &str) -> Option<bool> {
        match self.nouns.get(lemma) {
            Some(&"up") => Some(false),
            Some(&"down") => Some(true),
            _ => None,
        }
    }
}
