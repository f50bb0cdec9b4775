//! The words of `ontology/lexicon/scoring.tsv`.

use crate::ontology::table::Table;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// What counts as the same, and what does not count.
pub(super) struct Tables {
    /// Other names of countries and bodies, and the first of each.
    pub(super) names: FxHashMap<&'static str, &'static str>,
    /// Other names of units.
    pub(super) units: FxHashMap<&'static str, &'static str>,
    /// Kinds of agreement with the words that mark them, in order.
    pub(super) deals: Vec<(&'static str, Vec<&'static str>)>,
    /// Posts: the name of each, then its names, the longest first.
    pub(super) offices: Vec<(&'static str, Vec<&'static str>)>,
    pub(super) filler: FxHashSet<&'static str>,
    pub(super) honorifics: FxHashSet<&'static str>,
    pub(super) legal: FxHashSet<&'static str>,
    pub(super) ranks: FxHashSet<&'static str>,
    pub(super) countries: FxHashSet<&'static str>,
}

impl Tables {
    pub(super) fn embedded() -> &'static Self {
        static ONCE: OnceLock<Tables> = OnceLock::new();
        ONCE.get_or_init(|| read_tables(&Table::parse(include_str!("../../ontology/lexicon/scoring.tsv"))))
    }
}

fn read_tables(table: &Table<'static>) -> Tables {
    let rows = |name: &'static str| table.rows().filter(move |row| row.get("table") == name);
    let words = |name| rows(name).map(|row| row.get("name")).collect();
    let same = |name| {
        let pairs = rows(name).flat_map(|row| row.list("variants").map(move |variant| (variant, row.get("name"))));
        pairs.collect()
    };
    let lists = |name| rows(name).map(|row| (row.get("name"), row.list("variants").collect::<Vec<_>>()));
    let offices = lists("office").map(|(name, mut names)| {
        names.push(name);
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        (name, names)
    });
    Tables {
        names: same("name"),
        units: same("unit"),
        deals: lists("deal").collect(),
        offices: offices.collect(),
        filler: words("filler"),
        honorifics: words("honorific"),
        legal: words("legal"),
        ranks: words("rank"),
        countries: words("country"),
    }
}
