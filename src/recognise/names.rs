//! Names: known ones, capitalised ones, and what a whole document agrees that they are.
//!
//! A first pass over the document ([`super::scan`]) collects names with reasons (a post before, a legal form at the end, a
//! given name, the model's opinion); the second pass gives every occurrence the class that the document's reasons agree on.

use super::Sense;
use super::acronyms::{common_acronyms, singular};
use super::line::Line;
use super::reasons::{is_acronym, is_edition};
use super::scan::{Hit, Scan};
use crate::language::Upos;
use crate::ontology::EntityType;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::lexicon::Lexicon;
use rustc_hash::FxHashMap;

/// The names of one document.
pub struct NameBook {
    hits: Vec<Vec<Hit>>,
    classes: FxHashMap<String, EntityType>,
}

/// How much a reason of each strength counts: none, the model's opinion, what stands around the name, its own pattern, a post
/// held there.
const VOTES: [u32; 5] = [0, 10, 20, 30, 200];

/// What the model says of a name counts little more where it says so again.
const REPEATED: u32 = 1;

type Votes = FxHashMap<String, Vec<(EntityType, u32)>>;

impl NameBook {
    /// First pass over all sentences of a document.
    pub(super) fn read(lines: &[Line<'_>], headline: &[bool]) -> Self {
        let common = common_acronyms(lines);
        let mut hits: Vec<Vec<Hit>> = lines
            .iter()
            .enumerate()
            .map(|(i, line)| {
                let mut hits = Scan::new(line, headline.get(i).copied().unwrap_or(false)).run();
                hits.retain(|h| h.first < h.last || !common.contains(singular(line.form(h.first))));
                hits
            })
            .collect();
        doubt_acronyms(lines, &mut hits);
        let mut book = Self { hits, classes: FxHashMap::default() };
        book.agree(lines);
        book
    }

    fn agree(&mut self, lines: &[Line<'_>]) {
        let mut votes = Votes::default();
        for (line, hits) in lines.iter().zip(&self.hits) {
            for hit in hits.iter().filter(|h| h.known.is_none()) {
                let name = line.words(hit.first, hit.last);
                for (kind, weight) in hit.reasons() {
                    add_vote(&mut votes, name, kind, weight);
                    vote_for_short_forms(&mut votes, name, kind, weight);
                }
            }
        }
        let best =
            |list: Vec<(EntityType, u32)>| list.into_iter().max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)));
        self.classes = votes.into_iter().filter_map(|(name, list)| Some((name, best(list)?.0))).collect();
    }

    /// Second pass: the names of sentence `i` with the class that the document agrees on.
    pub(super) fn names_of(&self, i: usize, line: &Line<'_>) -> Vec<(usize, usize, Sense)> {
        let hits = self.hits.get(i).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<_> = self.opening_name(line, hits).into_iter().collect();
        let mut at = 0;
        while let Some(hit) = hits.get(at) {
            if let Some((last, kind)) = self.rejoined(line, hits, at) {
                found.push((hit.first, hits.get(last).map_or(hit.last, |h| h.last), Sense::Name(kind)));
                at = last + 1;
                continue;
            }
            at += 1;
            if self.is_surname_here(line, hit) {
                found.push((hit.first, hit.last, Sense::Name(EntityType::Person)));
                continue;
            }
            if let Some(known) = hit.known {
                found.push((hit.first, hit.last, Sense::Known(known)));
                continue;
            }
            let agreed = self.classes.get(line.words(hit.first, hit.last)).copied();
            let kind = if hit.weight >= 3 { hit.kind } else { agreed.or(hit.kind) };
            if let Some(kind) = kind {
                let last = match kind {
                    EntityType::Event if is_edition(line, hit.last) => hit.last + 1,
                    _ if kind.is_body() => before_model(line, hit.first, hit.last),
                    _ => hit.last,
                };
                let first = if kind.is_body() { pair_start(line, &mut found, hit.first) } else { hit.first };
                found.push((first, last, Sense::Name(kind)));
            }
        }
        found
    }

    /// "Austin said": a place that bears the name of a person of the document, where nothing says that it is meant as a place.
    fn is_surname_here(&self, line: &Line<'_>, hit: &Hit) -> bool {
        let place = matches!(hit.known, Some(Known::Place(_) | Known::Capital(_)));
        let led = hit.first.checked_sub(1).is_some_and(|i| line.upos(i) == Upos::Adp) || line.form(hit.last + 1) == ",";
        let named = self.classes.get(line.words(hit.first, hit.last)) == Some(&EntityType::Person);
        place && !led && hit.first == hit.last && named
    }

    /// "Chaves said", "Total and Andino signed": a capital that the sentence's beginning would explain, but that is somebody's surname
    /// or a company in the document.
    fn opening_name(&self, line: &Line<'_>, hits: &[Hit]) -> Option<(usize, usize, Sense)> {
        let free = hits.first().is_none_or(|h| h.first > 0) && line.form(0).chars().count() > 3;
        let acts = matches!(line.upos(1), Upos::Verb | Upos::Aux | Upos::Adv) || matches!(line.form(1), "'s" | "’s");
        let joined = line.lower(1) == "and" && line.is_capital(2);
        let kind = *self.classes.get(line.form(0)).filter(|_| free)?;
        let fits = if kind.is_body() { acts || joined } else { acts && kind == EntityType::Person };
        fits.then_some((0, 0, Sense::Name(kind)))
    }

    /// Words of a title-case headline that the text has as one name: the last of them and its class.
    fn rejoined(&self, line: &Line<'_>, hits: &[Hit], at: usize) -> Option<(usize, EntityType)> {
        let loose = |h: &Hit| h.known.is_none() && h.kind.is_none();
        let first = hits.get(at).filter(|h| loose(h))?;
        let run =
            hits.iter().skip(at).zip(first.first..).take(6).take_while(|(h, i)| loose(h) && h.first == *i).count();
        (2..=run).rev().find_map(|count| {
            let last = hits.get(at + count - 1)?;
            Some((at + count - 1, self.classes.get(line.words(first.first, last.last)).copied()?))
        })
    }
}

/// "PIF" is the forum only where the document names that in full: many bodies share such letters.
fn doubt_acronyms(lines: &[Line<'_>], hits: &mut [Vec<Hit>]) {
    let full: Vec<Known> = hits.iter().flatten().filter(|h| h.first < h.last).filter_map(|h| h.known).collect();
    for (line, hits) in lines.iter().zip(hits) {
        for hit in hits.iter_mut().filter(|h| h.first == h.last && is_acronym(line.form(h.first))) {
            let shared = matches!(line.known_at(hit.first), Some((_, Known::Body(_), true)));
            if shared && hit.known.is_some_and(|k| !full.contains(&k)) {
                *hit = Hit { known: None, kind: Some(EntityType::Organization), weight: 1, ..hit.clone() };
            }
        }
    }
}

/// "Peru-Ghana Study Centre": the country before the hyphen is part of the body's name, which is taken back from `found`.
fn pair_start(line: &Line<'_>, found: &mut Vec<(usize, usize, Sense)>, first: usize) -> usize {
    let hyphen = first.checked_sub(1).filter(|i| line.form(*i) == "-");
    let before = |known: &(usize, usize, Sense)| {
        let country = matches!(known.2, Sense::Known(Known::Country(_) | Known::Demonym(_)));
        country && Some(known.1 + 1) == hyphen
    };
    match found.pop_if(|known| before(known)) {
        Some((start, ..)) => start,
        None => first,
    }
}

/// "Airbus A330", "Boeing 737 MAX": where the maker's name ends before that of the model.
fn before_model(line: &Line<'_>, first: usize, last: usize) -> usize {
    let models = |i: &usize| {
        let form = line.form(*i);
        let digits = form.chars().filter(char::is_ascii_digit).count();
        digits > 0 && form.chars().any(char::is_uppercase) || digits == 3 && form.len() == 3
    };
    let Some(model) = (first + 1..=last).find(models) else { return last };
    let marked = |i: &usize| line.form(*i) != "-";
    // "Kamov Ka-226T": the letters before the hyphen are the model's.
    let hyphen = (first + 1..model).find(|i| line.form(*i) == "-").map_or(model, |hyphen| hyphen - 1);
    (first..hyphen).rev().find(marked).unwrap_or(last)
}

/// A surname alone is the person; a company without its legal form, or by the first words of its name, is the company.
fn vote_for_short_forms(votes: &mut Votes, name: &str, kind: EntityType, weight: u32) {
    if kind == EntityType::Person {
        if let Some(surname) = name.rsplit([' ', '-']).next().filter(|s| *s != name) {
            add_vote(votes, surname, kind, weight.min(2));
        }
        return;
    }
    if !kind.is_body() || weight < 2 {
        return;
    }
    let lexicon = Lexicon::embedded();
    let telling = |w: &str| {
        w.len() > 2
            && lexicon.body_of(w).is_none()
            && lexicon.thing_of(w).is_none()
            && Gazetteer::embedded().find(w).is_none()
    };
    let spaces: Vec<usize> = name.match_indices(' ').map(|(i, _)| i).collect();
    for short in spaces.iter().filter_map(|i| name.get(..*i)).filter(|s| s.split(' ').any(telling)) {
        add_vote(votes, short, kind, 2);
    }
}

fn add_vote(votes: &mut Votes, name: &str, kind: EntityType, weight: u32) {
    let worth = VOTES.get(weight.min(4) as usize).copied().unwrap_or_default();
    let list = votes.entry(name.to_owned()).or_default();
    match list.iter_mut().find(|(k, _)| *k == kind) {
        Some((_, n)) if weight <= 1 => *n += REPEATED,
        Some((_, n)) => *n += worth,
        None => list.push((kind, worth)),
    }
}
