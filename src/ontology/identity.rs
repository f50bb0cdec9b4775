//! What is known of the words that names are made of: the tables of `ontology/identity`.
//!
//! Law: words are looked up without accents, stops and case; a word that no table knows says most about who is meant.

use super::table::Table;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// The part that a word plays in names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePart {
    /// Belongs to a personal name and tells little: al, bin, von.
    Particle,
    /// The same in a body's name: of, the.
    Silent,
    /// A form of address before a name.
    Address,
    /// The same after it.
    Ending,
    /// A name so frequent that it tells less.
    Common,
    /// Bodies of any state begin with it: Ministry, National.
    Office,
}

/// A legal form and the kind of body that it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegalForm {
    /// Its short name, `llc`.
    pub form: &'static str,
    /// Forms of one kind do not contradict each other: `private`, `public`, …
    pub kind: &'static str,
}

/// The tables, looked up by folded word.
#[derive(Debug)]
pub struct NameKnowledge {
    parts: FxHashMap<&'static str, Vec<NamePart>>,
    nicknames: FxHashMap<&'static str, Vec<u16>>,
    legal: FxHashMap<Vec<&'static str>, LegalForm>,
    generic: FxHashMap<Vec<&'static str>, &'static str>,
    generic_starts: FxHashSet<&'static str>,
    legal_starts: FxHashSet<&'static str>,
    numbers: FxHashMap<&'static str, u32>,
}

const PARTS: &str = include_str!("../../ontology/identity/name_words.tsv");
const NICKNAMES: &str = include_str!("../../ontology/identity/nicknames.tsv");
const LEGAL: &str = include_str!("../../ontology/identity/legal_forms.tsv");
const GENERIC: &str = include_str!("../../ontology/identity/generic_words.tsv");
const NUMBERS: &str = include_str!("../../ontology/identity/number_words.tsv");

fn part_of(text: &str) -> Option<NamePart> {
    Some(match text {
        "particle" => NamePart::Particle,
        "silent" => NamePart::Silent,
        "address" => NamePart::Address,
        "ending" => NamePart::Ending,
        "common" => NamePart::Common,
        "office" => NamePart::Office,
        _ => return None,
    })
}

impl NameKnowledge {
    /// The tables that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<NameKnowledge> = OnceLock::new();
        ONCE.get_or_init(Self::load)
    }

    fn load() -> Self {
        let mut parts: FxHashMap<_, Vec<NamePart>> = FxHashMap::default();
        for row in Table::parse(PARTS).rows() {
            parts.entry(row.get("word")).or_default().extend(part_of(row.get("part")));
        }
        let mut nicknames: FxHashMap<_, Vec<u16>> = FxHashMap::default();
        for (group, row) in Table::parse(NICKNAMES).rows().enumerate() {
            for name in row.list("forms").chain([row.get("name")]) {
                nicknames.entry(name).or_default().push(group as u16);
            }
        }
        let mut legal = FxHashMap::default();
        for row in Table::parse(LEGAL).rows() {
            for spelling in row.list("spellings") {
                let form = LegalForm { form: row.get("form"), kind: row.get("kind") };
                legal.entry(spelling.split(' ').collect()).or_insert(form);
            }
        }
        let mut generic = FxHashMap::default();
        for row in Table::parse(GENERIC).rows() {
            for spelling in row.list("forms").chain([row.get("word")]) {
                generic.entry(spelling.split(' ').collect()).or_insert(row.get("word"));
            }
        }
        let number = |text: &str| text.parse().unwrap_or(0);
        Self {
            parts,
            nicknames,
            legal_starts: legal.keys().filter_map(|k: &Vec<_>| k.first().copied()).collect(),
            generic_starts: generic.keys().filter_map(|k: &Vec<_>| k.first().copied()).collect(),
            legal,
            generic,
            numbers: Table::parse(NUMBERS).rows().map(|r| (r.get("word"), number(r.get("value")))).collect(),
        }
    }

    /// Whether `word` can play `part`.
    pub fn is(&self, word: &str, part: NamePart) -> bool {
        self.parts.get(word).is_some_and(|list| list.contains(&part))
    }

    /// The groups of given names that stand for each other to which `word` belongs.
    pub fn nickname_groups(&self, word: &str) -> &[u16] {
        self.nicknames.get(word).map_or(&[], Vec::as_slice)
    }

    /// The legal form at the start of `words`, and how many words it takes: the longest.
    pub fn legal_form(&self, words: &[&str]) -> Option<(LegalForm, usize)> {
        words.first().filter(|w| self.legal_starts.contains(*w))?;
        (1..=words.len().min(6)).rev().find_map(|n| Some((*self.legal.get(words.get(..n)?)?, n)))
    }

    /// The generic word at the start of `words`, in its first spelling, and how many words it takes.
    pub fn generic_word(&self, words: &[&str]) -> Option<(&'static str, usize)> {
        words.first().filter(|w| self.generic_starts.contains(*w))?;
        (1..=words.len().min(3)).rev().find_map(|n| Some((*self.generic.get(words.get(..n)?)?, n)))
    }

    /// The number that `word` spells.
    pub fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }
}

const CALLED: &str = include_str!("../../ontology/identity/called.tsv");

/// Whether these words (lower case) between two names say that they name the same: "also known as".
pub fn says_called(words: &str) -> bool {
    static ONCE: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    ONCE.get_or_init(|| Table::parse(CALLED).rows().map(|row| row.get("phrase")).collect()).contains(words)
}

const WEIGHTS: &str = include_str!("../../ontology/identity/weights.tsv");

/// One line of the matcher's table of weights: for persons and for bodies.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightRow {
    /// Name of the feature.
    pub feature: &'static str,
    /// What it is worth, in log odds.
    pub learned: [f32; 2],
    /// What was thought of it before learning.
    pub prior: [f32; 2],
}

/// The matcher's table of weights, in the order of the file; a cell that is no number is worth nothing.
pub fn read_weights() -> Vec<WeightRow> {
    let number = |text: &str| text.parse().unwrap_or(0.0);
    Table::parse(WEIGHTS)
        .rows()
        .map(|r| WeightRow {
            feature: r.get("feature"),
            learned: [number(r.get("person")), number(r.get("body"))],
            prior: [number(r.get("person_prior")), number(r.get("body_prior"))],
        })
        .collect()
}

const CONTEXT: &str = include_str!("../../ontology/identity/context.tsv");

/// What the surroundings of two names are worth, in log odds, by the name of the feature.
pub fn context_weights() -> &'static FxHashMap<&'static str, f32> {
    static ONCE: OnceLock<FxHashMap<&'static str, f32>> = OnceLock::new();
    ONCE.get_or_init(|| {
        let number = |text: &str| text.parse().unwrap_or(0.0);
        Table::parse(CONTEXT).rows().map(|r| (r.get("feature"), number(r.get("weight")))).collect()
    })
}
