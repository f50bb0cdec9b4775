//! The entity that a typed name means.
//!
//! Law: case and accents do not matter; a name that fits several is never guessed, and one that fits none gets suggestions.

use super::flat::entities_in;
use dossier::error::{Error, Result};
use dossier::extract::Fact;
use dossier::resolve::Entity;
use dossier::vocab;
use rapidfuzz::distance::jaro_winkler;
use std::collections::BTreeMap;

/// Names less alike than this are not suggested (Jaro–Winkler similarity, 0 to 1).
const ALIKE: f64 = 0.82;
/// Most names in a hint.
const MOST: usize = 6;

/// The entities of a list of facts, by IRI.
pub(super) struct Names<'a> {
    entities: BTreeMap<&'a str, &'a Entity>,
}

/// How well a typed name fits an entity, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Iri,
    Label,
    Alias,
    Words,
}

impl<'a> Names<'a> {
    /// All entities that the facts name.
    pub(super) fn of(facts: &'a [Fact]) -> Self {
        Self::among(facts.iter().flat_map(entities_in))
    }

    /// The entities given.
    pub(super) fn among(entities: impl Iterator<Item = &'a Entity>) -> Self {
        Self { entities: entities.map(|entity| (entity.iri.as_str(), entity)).collect() }
    }

    /// The entities by IRI.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a Entity> + '_ {
        self.entities.values().copied()
    }

    /// The entity that a name means: its IRI, else its label, else an alias, else some of its words.
    ///
    /// # Errors
    /// Several fit equally well, or none does; the hint names them, or the nearest.
    pub(super) fn find(&self, name: &str) -> Result<&'a Entity> {
        let folded = fold(name);
        let fitting: Vec<(Fit, &Entity)> = self.iter().filter_map(|e| Some((fit(e, name, &folded)?, e))).collect();
        let best = fitting.iter().map(|(fit, _)| *fit).min();
        let candidates: Vec<&Entity> = fitting.iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, e)| *e).collect();
        match candidates.as_slice() {
            [one] => Ok(one),
            [] => Err(self.unknown(name, &folded)),
            several => Err(ambiguous(name, several)),
        }
    }

    fn unknown(&self, name: &str, folded: &str) -> Error {
        let mut near: Vec<(f64, &str)> = self.iter().map(|e| (alikeness(e, folded), e.label.as_str())).collect();
        near.retain(|(alike, _)| *alike >= ALIKE);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        near.dedup_by(|a, b| a.1 == b.1);
        let near: Vec<&str> = near.into_iter().take(MOST / 2).map(|(_, label)| label).collect();
        let message = format!("the graph has nobody and nothing called `{name}`");
        if near.is_empty() {
            return Error::with_hint(message, "dossier facts lists what it has");
        }
        Error::with_hint(message, format!("did you mean {}?", near.join(", or ")))
    }
}

fn ambiguous(name: &str, candidates: &[&Entity]) -> Error {
    let show = |e: &&Entity| format!("\n    {} ({}), {}", e.label, e.kind.as_str(), vocab::shorten(&e.iri));
    let mut list: String = candidates.iter().take(MOST).map(show).collect();
    if candidates.len() > MOST {
        list.push_str(&format!("\n    and {} more", candidates.len() - MOST));
    }
    Error::with_hint(
        format!("`{name}` may be several"),
        format!("name one of these in full, or by its identifier:{list}"),
    )
}

fn fit(entity: &Entity, name: &str, folded: &str) -> Option<Fit> {
    if entity.iri == name || vocab::shorten(&entity.iri) == name {
        return Some(Fit::Iri);
    }
    if folded.is_empty() {
        return None;
    }
    if fold(&entity.label) == folded {
        return Some(Fit::Label);
    }
    if entity.aliases.iter().any(|alias| fold(alias) == folded) {
        return Some(Fit::Alias);
    }
    let within = |written: &String| format!(" {} ", fold(written)).contains(&format!(" {folded} "));
    std::iter::once(&entity.label).chain(&entity.aliases).any(within).then_some(Fit::Words)
}

/// How alike the typed name and one of the entity's names, or words, are.
fn alikeness(entity: &Entity, folded: &str) -> f64 {
    let like = |name: &str| jaro_winkler::similarity(name.chars(), folded.chars());
    let names = std::iter::once(&entity.label).chain(&entity.aliases).map(|name| fold(name));
    let best = |name: String| name.split(' ').map(like).fold(like(&name), f64::max);
    names.map(best).fold(0.0, f64::max)
}

/// Lower-case ASCII words with one space between them.
pub(super) fn fold(name: &str) -> String {
    let plain = dossier::ascii::to_ascii(name).to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::ontology::EntityType;

    fn entity(local: &str, label: &str, aliases: &[&str]) -> Entity {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        Entity { iri: format!("{}{local}", vocab::ID), label: label.into(), aliases, kind: EntityType::Person }
    }

    #[track_caller]
    fn check(name: &str, expected: std::result::Result<&str, &str>) {
        let entities = [
            entity("ana-ilves", "Ana Ilves", &["Ilves"]),
            entity("mart-ilves", "Mart Ilves", &["Ilves"]),
            entity("orsted", "Ørsted", &["Dong", "Dansk Naturgas"]),
            entity("lima", "Lima", &[]),
            entity("lima-summit", "Lima Summit", &[]),
        ];
        let names = Names { entities: entities.iter().map(|e| (e.iri.as_str(), e)).collect() };
        match (names.find(name), expected) {
            (Ok(found), Ok(label)) => assert_eq!(found.label, label),
            (Err(error), Err(words)) => {
                let told = format!("{error} {}", error.hint().unwrap_or_default());
                assert!(told.contains(words), "{told}");
            }
            (found, _) => panic!("{name}: {:?}", found.map(|e| e.label.clone())),
        }
    }

    #[test]
    fn names_are_found_without_case_and_accents_and_never_guessed() {
        check("ana ilves", Ok("Ana Ilves"));
        check("ORSTED", Ok("Ørsted"));
        check("dong", Ok("Ørsted"));
        check("naturgas", Ok("Ørsted"));
        check("Lima", Ok("Lima"));
        check("summit", Ok("Lima Summit"));
        check("id:lima", Ok("Lima"));
        check("Ilves", Err("id:mart-ilves"));
        check("Anna Ilves", Err("did you mean Ana Ilves"));
        check("Orstedt", Err("did you mean Ørsted"));
        check("Ilvess", Err("did you mean Ana Ilves, or Mart Ilves"));
        check("Zanzibar", Err("nobody and nothing"));
        check("", Err("nobody and nothing"));
    }
}
