//! Posts by name: which are one, which one person holds at a time, and whether the words say that it is held: `offices.tsv`.
//!
//! Law: a post that the table does not know may be held by several.

use super::table::Table;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Whether the words of a post say that it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// "President", "acting president".
    Held,
    /// "then president": when the thing told happened, not when it is told.
    Then,
    /// "former president".
    Past,
    /// "president-elect".
    Coming,
}

/// A post without the words that say since when or whether it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Lower case, variants under one name: "Minister of Foreign Affairs" is `foreign minister`.
    pub name: String,
    /// Whether one person at a time holds it.
    pub sole: bool,
    /// Whether it is held.
    pub standing: Standing,
}

struct Offices {
    names: FxHashMap<&'static str, (&'static str, bool)>,
    standings: FxHashMap<&'static str, Standing>,
}

impl Offices {
    fn embedded() -> &'static Self {
        static ONCE: OnceLock<Offices> = OnceLock::new();
        ONCE.get_or_init(|| {
            let mut offices = Offices { names: FxHashMap::default(), standings: FxHashMap::default() };
            for row in Table::parse(include_str!("../../ontology/identity/offices.tsv")).rows() {
                let name = row.get("name");
                for word in row.list("variants").chain([name]) {
                    match row.get("kind") {
                        "sole" => drop(offices.names.insert(word, (name, true))),
                        "same" => drop(offices.names.insert(word, (name, false))),
                        kind => drop(standing_of(kind).map(|s| offices.standings.insert(word, s))),
                    }
                }
            }
            offices
        })
    }
}

fn standing_of(kind: &str) -> Option<Standing> {
    Some(match kind {
        "now" => Standing::Held,
        "then" => Standing::Then,
        "past" => Standing::Past,
        "coming" => Standing::Coming,
        _ => return None,
    })
}

/// Reads a post as a text has it: `then Foreign Affairs Minister` is `foreign minister`, held then, by one at a time.
pub fn read_office(role: &str) -> Office {
    let offices = Offices::embedded();
    let plain = role.to_lowercase();
    let known = |words: &str| offices.names.get(words).copied();
    let mut standing = Standing::Held;
    let mut rest = plain.trim();
    while known(rest).is_none() {
        let first = rest.split_once([' ', '-']).and_then(|(word, after)| Some((*offices.standings.get(word)?, after)));
        let last =
            rest.rsplit_once([' ', '-']).and_then(|(before, word)| Some((*offices.standings.get(word)?, before)));
        let Some((said, inner)) = first.or(last) else { break };
        if said != Standing::Held {
            standing = said;
        }
        rest = inner.trim();
    }
    let (name, sole) = known(rest).unwrap_or((rest, false));
    Office { name: name.to_owned(), sole, standing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(role: &str, name: &str, sole: bool, standing: Standing) {
        assert_eq!(read_office(role), Office { name: name.to_owned(), sole, standing });
    }

    #[test]
    fn reads_posts() {
        check("President", "president", true, Standing::Held);
        check("Minister of Foreign Affairs", "foreign minister", true, Standing::Held);
        check("then President", "president", true, Standing::Then);
        check("newly elected ex-Prime Minister", "prime minister", true, Standing::Past);
        check("president-elect", "president", true, Standing::Coming);
        check("Acting Finance Minister", "finance minister", true, Standing::Held);
        check("ambassador to Peru", "ambassador to peru", false, Standing::Held);
        check("Vice President", "vice president", false, Standing::Held);
        check("ex", "ex", false, Standing::Held);
        check("", "", false, Standing::Held);
    }
}
