//! Member -> `Unit`: what a document's entity brings along for being found in others.
//!
//! Law: a key joins only what one name alone identifies; a name of common words alone ("Ministry of Energy") identifies nobody
//! outside its document.

use super::across::{Household, Sighting};
use super::cast::Member;
use super::matcher::{NameFamily, PreparedName};
use crate::date::Date;
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;
use std::collections::BTreeSet;

/// One entity of one document.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub(super) member: &'a Member,
    pub(super) document: &'a str,
    /// The IRI that an earlier build minted.
    pub(super) minted: Option<&'a str>,
    /// Posts, and when it is seen in them.
    pub(super) posts: &'a [Sighting],
    /// When its document was published.
    pub(super) issued: Option<Date>,
    pub(super) names: BTreeSet<String>,
    pub(super) words: Vec<String>,
    generic: bool,
}

/// A name without accents, case, legal form, honorific and article.
pub(super) fn fold_name(name: &str, kind: EntityType) -> Vec<String> {
    let lexicon = Lexicon::embedded();
    let plain = crate::ascii::to_ascii(name).to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "the" && *w != "s");
    let all: Vec<String> = words.map(str::to_owned).collect();
    let strip = |w: &&String| {
        if kind == EntityType::Person {
            !lexicon.is_honorific(w)
        } else {
            !(kind.is_body() && lexicon.is_legal_form(w))
        }
    };
    let core: Vec<String> = all.iter().filter(strip).cloned().collect();
    if core.is_empty() { all } else { core }
}

impl<'a> Unit<'a> {
    pub(super) fn new(household: &Household<'a>, m: usize) -> Option<Self> {
        let member = household.members.get(m)?;
        let names = std::iter::once(&member.label).chain(&member.aliases);
        let names = names.map(|n| fold_name(n, member.kind).join(" ")).filter(|n| n.len() > 1).collect();
        let generic = member.kind.is_body()
            && member.known.is_none()
            && PreparedName::new(&member.label, NameFamily::Body).is_generic();
        Some(Self {
            member,
            document: household.document,
            minted: household.minted.get(m).map(String::as_str).filter(|iri| !iri.is_empty()),
            posts: household.posts.get(m).map_or(&[], Vec::as_slice),
            issued: household.issued,
            names,
            words: fold_name(&member.label, member.kind),
            generic,
        })
    }

    /// Its label and aliases, as written.
    pub(super) fn writings(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.member.label.as_str()).chain(self.member.aliases.iter().map(String::as_str))
    }

    /// How the ledger calls it.
    pub(super) fn mention(&self) -> String {
        format!("{}#{}", self.document, self.member.label)
    }

    /// Persons, bodies, countries, places, groups, others: only like is joined with like.
    pub(super) fn family(&self) -> u8 {
        match self.member.kind {
            EntityType::Person => 0,
            k if k.is_body() => 1,
            EntityType::Country => 2,
            EntityType::Place => 3,
            EntityType::Group => 4,
            _ => 5,
        }
    }

    /// Whether the reference data knows it, so that no spelling need be guessed.
    pub(super) fn is_known(&self) -> bool {
        self.member.known.is_some_and(|k| !matches!(k, Known::Place(_)))
    }

    /// Whether its name has only words that many bodies have.
    pub(super) fn is_generic(&self) -> bool {
        self.generic
    }

    /// Whether this is `short` with more words: all of its words in their order, the first one first, and some place or name.
    pub(super) fn is_longer_form_of(&self, short: &Self) -> bool {
        let mut mine = self.words.iter();
        !self.generic
            && self.family() == short.family()
            && (self.member.kind == short.member.kind
                || [self.member.kind, short.member.kind].contains(&EntityType::Organization))
            && self.words.len() > short.words.len()
            && self.words.first() == short.words.first()
            && short.words.iter().all(|w| mine.any(|m| m == w))
    }

    /// Names that identify it in every document.
    pub(super) fn keys(&self) -> Vec<String> {
        if let Some(known) = self.member.known.filter(|_| self.is_known()) {
            return vec![format!("known {known:?}")];
        }
        if self.member.kind == EntityType::Group {
            return vec![format!("{} {}", self.document, self.member.label.to_lowercase())];
        }
        let family = self.family();
        let whole = self.words.join(" ");
        let telling = |n: &&String| {
            // A single word says little of a person, and of a body only where it is an acronym or the whole name.
            let alone = n.contains(' ') || (family != 0 && (**n == whole || self.is_acronym(n)));
            alone && !(self.generic && **n == whole)
        };
        let mut keys: Vec<String> = self.names.iter().filter(telling).map(|n| format!("{family} {n}")).collect();
        if keys.is_empty() {
            keys.push(format!("{family} {} {}", self.document, self.member.label));
        }
        keys
    }

    fn is_acronym(&self, folded: &str) -> bool {
        self.writings().filter(|n| is_shouted(n)).any(|n| fold_name(n, self.member.kind).join(" ") == folded)
    }
}

/// Whether a name is capitals only.
pub(super) fn is_shouted(name: &str) -> bool {
    name.chars().count() > 1 && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}
