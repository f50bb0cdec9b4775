//! Names known before reading: countries, their adjectives, capitals, places, intergovernmental organisations.

use super::EntityType;
use super::reference::table;
use super::table::Table;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A country of `data/reference/countries.tsv`.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: &'static str,
    /// Short English name.
    pub name: &'static str,
    /// Other names.
    pub variants: Vec<&'static str>,
    /// Adjectives and nouns for its people.
    pub demonyms: Vec<&'static str>,
    /// Capital.
    pub capital: &'static str,
    /// ISO 4217 code of its currency.
    pub currency: &'static str,
    /// Wikidata identifier, e.g. `Q227`; empty if unknown.
    pub wikidata: &'static str,
}

/// What a known name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Known {
    /// A country, by index into [`Gazetteer::countries`].
    Country(u16),
    /// An adjective or noun for a country's people.
    Demonym(u16),
    /// A capital, which may stand for its government.
    Capital(u16),
    /// A place; the country where it lies, if any.
    Place(Option<u16>),
    /// An organisation, by index into [`Gazetteer::bodies`].
    Body(u16),
}

/// An organisation of `data/reference/organisations.tsv`.
#[derive(Debug)]
pub struct Body {
    /// Full name.
    pub name: &'static str,
    /// Acronym and other names.
    pub variants: Vec<&'static str>,
    /// Class.
    pub kind: EntityType,
    /// Wikidata identifier; empty if unknown.
    pub wikidata: &'static str,
}

/// One entry: the name as written and what it stands for.
#[derive(Debug, Clone, Copy)]
struct Entry {
    name: &'static str,
    known: Known,
    ambiguous: bool,
}

/// All known names, found by their first word.
#[derive(Debug)]
pub struct Gazetteer {
    /// Countries in order of the file.
    pub countries: Vec<Country>,
    /// Organisations in order of the file.
    pub bodies: Vec<Body>,
    entries: FxHashMap<&'static str, Vec<Entry>>,
    /// Words of the full names of states, and whether each says what a state is.
    styles: FxHashMap<&'static str, bool>,
}

const STYLES: &str = include_str!("../../ontology/lexicon/state_forms.tsv");

fn first_word(name: &str) -> &str {
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '.')).unwrap_or(name.len());
    name.get(..end).unwrap_or(name)
}

impl Gazetteer {
    /// The gazetteer that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Gazetteer> = OnceLock::new();
        ONCE.get_or_init(Self::load)
    }

    fn load() -> Self {
        let styles = Table::parse(STYLES).rows().map(|row| (row.get("word"), row.get("part") == "form")).collect();
        let mut found = Self { countries: Vec::new(), bodies: Vec::new(), entries: FxHashMap::default(), styles };
        found.load_countries();
        found.load_bodies();
        found.load_places();
        for list in found.entries.values_mut() {
            list.sort_by(|a, b| b.name.len().cmp(&a.name.len()).then(a.name.cmp(b.name)));
        }
        found
    }

    fn load_countries(&mut self) {
        for row in Table::parse(table("countries.tsv")).rows() {
            let at = self.countries.len() as u16;
            let mut variants: Vec<_> = row.list("variants").collect();
            variants.extend(Some(row.get("official_name")).filter(|n| !n.is_empty()));
            let demonyms: Vec<_> = row.list("adjectives").chain(row.list("people")).collect();
            for name in variants.iter().copied().chain([row.get("name")]) {
                self.add(name, Known::Country(at), false);
            }
            for name in &demonyms {
                self.add(name, Known::Demonym(at), false);
            }
            let mut capitals = row.list("capital");
            let capital = capitals.next().unwrap_or_default();
            for name in capitals.chain([capital]) {
                self.add(name, Known::Capital(at), false);
            }
            self.countries.push(Country {
                code: row.get("alpha2"),
                name: row.get("name"),
                variants,
                demonyms,
                capital,
                currency: row.get("currency"),
                wikidata: row.get("wikidata"),
            });
        }
    }

    fn load_bodies(&mut self) {
        for row in Table::parse(table("organisations.tsv")).rows() {
            let at = self.bodies.len() as u16;
            let variants: Vec<_> = row.list("acronym").chain(row.list("variants")).collect();
            let doubtful: Vec<_> = row.list("ambiguous").collect();
            for name in variants.iter().copied().chain([row.get("name")]) {
                self.add(name, Known::Body(at), doubtful.contains(&name));
            }
            let kind = row.get("type").parse().unwrap_or(EntityType::IntergovernmentalOrganization);
            self.bodies.push(Body { name: row.get("name"), variants, kind, wikidata: row.get("wikidata") });
        }
    }

    fn load_places(&mut self) {
        for row in Table::parse(table("places.tsv")).rows() {
            let country = self.country_by_code(row.get("country"));
            let ambiguous = !matches!(row.get("ambiguous"), "" | "0" | "no" | "false");
            for name in row.list("alternates").chain([row.get("name")]) {
                self.add(name, Known::Place(country), ambiguous);
            }
        }
    }

    /// Whether `code` (ISO 4217) is the currency of a country.
    pub fn is_currency(&self, code: &str) -> bool {
        self.countries.iter().any(|c| c.currency == code)
    }

    /// Index of the country with this ISO 3166-1 alpha-2 code.
    pub fn country_by_code(&self, code: &str) -> Option<u16> {
        self.countries.iter().position(|c| c.code == code && !code.is_empty()).map(|i| i as u16)
    }

    fn add(&mut self, name: &'static str, known: Known, ambiguous: bool) {
        if name.is_empty() {
            return;
        }
        let list = self.entries.entry(first_word(name)).or_default();
        // The first reading of a name wins: countries before their peoples, capitals before other places.
        let clash =
            list.iter().any(|e| e.name == name && !matches!((e.known, known), (Known::Demonym(_), Known::Country(_))));
        if !clash {
            list.push(Entry { name, known, ambiguous });
        }
    }

    /// The longest known name at the start of `text`: its length in bytes, what it is, whether it is also a common word.
    /// The name ends where a word ends.
    pub fn find_at(&self, text: &str) -> Option<(usize, Known, bool)> {
        let word = first_word(text);
        let ends_word = |len: usize| !text.get(len..).and_then(|r| r.chars().next()).is_some_and(char::is_alphanumeric);
        // "U.S." begins a name with its full stop, "Peru." ends a sentence with one.
        let entry = [word, word.trim_end_matches('.')].into_iter().find_map(|word| {
            let entry = self.entries.get(word)?.iter().find(|e| text.starts_with(e.name) && ends_word(e.name.len()))?;
            Some((entry.name.len(), entry.known, entry.ambiguous))
        });
        entry.or_else(|| self.find_styled(text))
    }

    /// "Republic of South Korea", "Democratic Socialist Republic of Sri Lanka": full names of states beyond the listed ones.
    fn find_styled(&self, text: &str) -> Option<(usize, Known, bool)> {
        let mut at = 0;
        loop {
            let rest = text.get(at..)?;
            let word = rest.split(' ').next()?;
            at += word.len() + 1;
            if *self.styles.get(word)? {
                break;
            }
        }
        let name = text.get(at..)?.strip_prefix("of ").map(|rest| rest.strip_prefix("the ").unwrap_or(rest))?;
        let start = text.len() - name.len();
        let (len, known, _) = self.find_at(name).filter(|(_, known, _)| matches!(known, Known::Country(_)))?;
        Some((start + len, known, false))
    }

    /// What exactly this name stands for.
    pub fn find(&self, name: &str) -> Option<Known> {
        self.find_at(name).filter(|(len, _, _)| *len == name.len()).map(|(_, known, _)| known)
    }
}
