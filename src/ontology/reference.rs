//! The tables of `data/reference/` and the lists of people's names, which the program carries packed.
//!
//! Law: a table is unpacked once, when it is first asked for.

use crate::packed::unpack;
use std::sync::{LazyLock, OnceLock};

/// Names and packed bytes, by name.
static TABLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/reference.rs"));

static TEXTS: LazyLock<Vec<OnceLock<String>>> = LazyLock::new(|| TABLES.iter().map(|_| OnceLock::new()).collect());

/// The text of the table with this file name, such as `countries.tsv`; none, where there is no such table.
pub fn find_table(name: &str) -> Option<&'static str> {
    let at = TABLES.iter().position(|(table, _)| *table == name)?;
    let (_, packed) = TABLES.get(at)?;
    Some(TEXTS.get(at)?.get_or_init(|| String::from_utf8(unpack(packed)).unwrap_or_default()))
}

/// [`find_table`] of a table that the program is known to carry.
pub(super) fn table(name: &str) -> &'static str {
    find_table(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_back_as_they_were() {
        let check = |name: &str, text: &str| assert_eq!(find_table(name), Some(text), "{name}");
        check("countries.tsv", include_str!("../../data/reference/countries.tsv"));
        check("surnames.tsv", include_str!("../../ontology/lexicon/surnames.tsv"));
        assert_eq!(find_table("nowhere.tsv"), None);
    }
}
