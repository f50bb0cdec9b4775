//! Names: known ones, capitalised ones, and what a whole document agrees that they are.
//!
//! A first pass over the document collects names with reasons (a post before, a legal form at the end, a given name, the
//! model's opinion); the second pass gives every occurrence the class that the document's reasons agree on.

use super::Sense;
use super::line::{Line, is_shouted};
use super::posts::{Post, find_posts, post_before};
use crate::language::{NameKind, Upos, is_month, is_weekday};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::lexicon::Lexicon;
use rustc_hash::FxHashMap;

/// One name as the first pass sees it.
#[derive(Debug, Clone)]
struct Hit {
    first: usize,
    last: usize,
    known: Option<Known>,
    kind: Option<EntityType>,
    /// Strength of the reason: 3 for a pattern, 1 for the model, 0 for a capital alone.
    weight: u32,
}

/// The names of one document.
pub struct NameBook {
    hits: Vec<Vec<Hit>>,
    classes: FxHashMap<String, EntityType>,
}

const PARTICLES: &[&str] = &[
    "de", "del", "da", "dos", "der", "den", "van", "von", "bin", "ibn", "al", "el", "ul", "la", "di", "du", "bint",
    "ter",
];

fn is_nameable(line: &Line<'_>, i: usize, lexicon: &Lexicon) -> bool {
    let upos = line.upos(i);
    line.is_capital(i)
        && !lexicon.is_honorific(line.form(i))
        && !matches!(
            upos,
            Upos::Pron | Upos::Det | Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Punct | Upos::Aux | Upos::Part
        )
        && !is_calendar(line.lower(i))
        && (!is_ordinary_opening(line, i) || line.sentence.names.iter().any(|n| n.first == i))
}

/// A capital that only the beginning of a sentence explains.
fn is_ordinary_opening(line: &Line<'_>, i: usize) -> bool {
    let opens = i == 0 || matches!(line.form(i - 1), "\"" | "``" | "'" | ":" | "-" | "•" | "." | "(" | "—");
    let lexicon = Lexicon::embedded();
    let before_body = line.is_capital(i + 1)
        && (lexicon.is_legal_form(line.form(i + 1)) || lexicon.body_of(line.form(i + 1)).is_some());
    opens && !before_body && !matches!(line.upos(i), Upos::Propn | Upos::X)
}

pub(super) fn is_calendar(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    is_month(word) || is_weekday(word) || matches!(word, "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")
}

impl NameBook {
    /// First pass over all sentences of a document.
    pub(super) fn read(lines: &[Line<'_>], headline: &[bool]) -> Self {
        let hits: Vec<_> = lines
            .iter()
            .enumerate()
            .map(|(i, line)| Scan::new(line, headline.get(i).copied().unwrap_or(false)).run())
            .collect();
        let mut book = Self { hits, classes: FxHashMap::default() };
        book.agree(lines);
        book
    }

    fn agree(&mut self, lines: &[Line<'_>]) {
        let mut votes: FxHashMap<String, Vec<(EntityType, u32)>> = FxHashMap::default();
        for (line, hits) in lines.iter().zip(&self.hits) {
            for hit in hits.iter().filter(|h| h.known.is_none()) {
                let Some(kind) = hit.kind.filter(|_| hit.weight > 0) else { continue };
                let name = line.words(hit.first, hit.last);
                add_vote(&mut votes, name, kind, hit.weight);
                // A surname alone is the person; a company without its legal form is the company.
                if let (EntityType::Person, Some(surname)) = (kind, name.rsplit(' ').next().filter(|s| *s != name)) {
                    add_vote(&mut votes, surname, kind, 2);
                }
            }
        }
        self.classes = votes
            .into_iter()
            .filter_map(|(name, list)| {
                Some((name, list.into_iter().max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)))?.0))
            })
            .collect();
    }

    /// Second pass: the names of sentence `i` with the class that the document agrees on.
    pub(super) fn names_of(&self, i: usize, line: &Line<'_>) -> Vec<(usize, usize, Sense)> {
        let mut found = Vec::new();
        for hit in self.hits.get(i).into_iter().flatten() {
            if let Some(known) = hit.known {
                found.push((hit.first, hit.last, Sense::Known(known)));
                continue;
            }
            let agreed = self.classes.get(line.words(hit.first, hit.last)).copied();
            let kind = if hit.weight >= 3 { hit.kind } else { agreed.or(hit.kind) };
            if let Some(kind) = kind {
                found.push((hit.first, hit.last, Sense::Name(kind)));
            }
        }
        found
    }
}

fn add_vote(votes: &mut FxHashMap<String, Vec<(EntityType, u32)>>, name: &str, kind: EntityType, weight: u32) {
    let list = votes.entry(name.to_owned()).or_default();
    match list.iter_mut().find(|(k, _)| *k == kind) {
        Some((_, n)) => *n += weight,
        None => list.push((kind, weight)),
    }
}

/// The first pass over one sentence.
struct Scan<'l, 's> {
    line: &'l Line<'s>,
    lexicon: &'static Lexicon,
    gazetteer: &'static Gazetteer,
    headline: bool,
    posts: Vec<Post>,
    /// Words that belong to a post and so to no name.
    taken: Vec<bool>,
}

impl<'l, 's> Scan<'l, 's> {
    fn new(line: &'l Line<'s>, headline: bool) -> Self {
        let (lexicon, gazetteer) = (Lexicon::embedded(), Gazetteer::embedded());
        let mut taken = vec![false; line.len()];
        let posts = find_posts(line);
        for post in &posts {
            for slot in taken.get_mut(post.first..=post.last).into_iter().flatten() {
                *slot = true;
            }
        }
        Self { line, lexicon, gazetteer, headline, posts, taken }
    }

    fn is_free(&self, i: usize) -> bool {
        !self.taken.get(i).copied().unwrap_or(true)
    }

    fn run(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut i = 0;
        while i < self.line.len() {
            let last = if self.is_free(i) && self.starts_name(i) { self.chunk_end(i) } else { None };
            match last {
                Some(last) => {
                    self.split(i, last, &mut hits);
                    i = last + 1;
                }
                None => i += 1,
            }
        }
        hits
    }

    fn starts_name(&self, i: usize) -> bool {
        is_nameable(self.line, i, self.lexicon)
            || self.line.known_at(i, self.gazetteer).is_some_and(|(_, _, ambiguous)| !ambiguous)
    }

    fn continues_name(&self, i: usize) -> bool {
        let upos = self.line.upos(i);
        self.is_free(i)
            && self.line.is_capital(i)
            && !is_calendar(self.line.lower(i))
            && !matches!(upos, Upos::Pron | Upos::Det | Upos::Adp | Upos::Sconj | Upos::Aux)
            && !self.lexicon.is_honorific(self.line.form(i))
    }

    /// The end of the capitalised chunk that begins at `first`.
    fn chunk_end(&self, first: usize) -> Option<usize> {
        let mut last = self.line.known_at(first, self.gazetteer).map_or(first, |(last, _, _)| last.max(first));
        loop {
            let next = last + 1;
            if self.continues_name(next) {
                last = self.line.known_at(next, self.gazetteer).map_or(next, |(l, _, _)| l.max(next));
            } else if let Some(end) = self.joined_end(last) {
                last = end;
            } else if let Some(end) = self.complement_end(first, last) {
                last = end;
            } else {
                return Some(last);
            }
        }
    }

    /// Across a particle, an ampersand, a hyphen or a number that belongs to the name.
    fn joined_end(&self, last: usize) -> Option<usize> {
        let next = last + 1;
        let form = self.line.form(next);
        let after = next + 1;
        if PARTICLES.contains(&form) && self.continues_name(after) && !self.is_place_word(last) {
            return Some(after);
        }
        if form == "&" && self.continues_name(after) {
            return Some(after);
        }
        let hyphen = form == "-" && self.line.is_joined(last) && self.line.is_joined(next);
        if hyphen && self.continues_name(after) && !self.is_country_pair(last, after) {
            return Some(after);
        }
        let numbered = self.line.upos(next) == Upos::Num && form.chars().all(|c| c.is_ascii_digit()) && form.len() <= 2;
        (numbered && self.line.token(next).is_some_and(|t| t.head.is_some_and(|h| h <= last))).then_some(next)
    }

    fn is_place_word(&self, i: usize) -> bool {
        self.lexicon.thing_of(self.line.form(i)) == Some(EntityType::Place)
    }

    fn is_country_pair(&self, a: usize, b: usize) -> bool {
        let is_country = |i| {
            matches!(
                self.line.known_at(i, self.gazetteer),
                Some((_, Known::Country(_) | Known::Demonym(_) | Known::Capital(_), _))
            )
        };
        let before = (0..=a).rev().take(3).any(is_country);
        is_country(b) && (before || is_shouted(self.line.form(a)))
    }

    /// Across "of", "for", "and" inside the name of a body: "Ministry of Energy and Water", "University of the Andes".
    fn complement_end(&self, first: usize, last: usize) -> Option<usize> {
        let head = self.body_word(first, last)?;
        let next = last + 1;
        let skip_article = |at: usize| if self.line.lower(at) == "the" { at + 1 } else { at };
        let governmental = matches!(self.lexicon.body_of(&head), Some(EntityType::GovernmentBody));
        let has_complement = (first..=last).any(|i| matches!(self.line.lower(i), "of" | "for" | "on"));
        match self.line.lower(next) {
            "of" | "for" | "on" => {
                let at = skip_article(next + 1);
                (self.continues_name(at) && (self.line.lower(next) != "on" || governmental)).then_some(at)
            }
            "and" if has_complement || governmental => {
                let at = next + 1;
                let known = self.line.known_at(at, self.gazetteer).is_some();
                let is_body = self.lexicon.body_of(self.line.form(at)).is_some() && !has_complement;
                let acronym = is_shouted(self.line.form(at));
                (self.continues_name(at) && !known && !is_body && !acronym && !self.is_person_start(at)).then_some(at)
            }
            "," if has_complement && governmental => {
                let at = next + 1;
                let listed = self.continues_name(at)
                    && self.line.known_at(at, self.gazetteer).is_none()
                    && (at + 1..at + 5).any(|j| self.line.lower(j) == "and" && self.continues_name(j + 1))
                    && !self.is_person_start(at);
                listed.then_some(at)
            }
            _ => None,
        }
    }

    fn is_person_start(&self, i: usize) -> bool {
        self.lexicon.is_given_name(self.line.form(i))
            || self.line.sentence.names.iter().any(|n| n.first == i && n.kind == NameKind::Person)
    }

    /// The word that makes a chunk a body: its last one, or the last before "of".
    fn body_word(&self, first: usize, last: usize) -> Option<String> {
        let end = (first..=last)
            .find(|i| matches!(self.line.lower(*i), "of" | "for" | "on"))
            .map_or(last, |of| of.saturating_sub(1));
        let word = self.line.form(end.max(first));
        (self.lexicon.body_of(word).is_some()).then(|| word.to_owned())
    }

    /// Divides a chunk into the names it holds.
    fn split(&self, first: usize, last: usize, hits: &mut Vec<Hit>) {
        let known = self.line.known_at(first, self.gazetteer);
        let Some((known_last, what, ambiguous)) = known.filter(|(l, _, _)| *l <= last) else {
            self.split_inside(first, last, hits);
            return;
        };
        if known_last == last {
            let model = self.model_kind(first, last);
            let doubtful_body = ambiguous && matches!(what, Known::Body(_)) && model != Some(NameKind::Organization);
            let taken_for_other = doubtful_body
                || (ambiguous && !matches!(what, Known::Body(_)) && model.is_some_and(|k| k != NameKind::Place));
            let person = matches!(what, Known::Place(_)) && self.person_reason(first, last);
            if taken_for_other || person {
                hits.push(self.name(first, last));
            } else if !(self.headline && ambiguous) {
                hits.push(Hit { first, last, known: Some(what), kind: None, weight: 3 });
            }
            return;
        }
        let rest = known_last + 1;
        let rest_known = self.line.known_at(rest, self.gazetteer).is_some_and(|(l, _, _)| l >= last);
        if self.is_whole(first, last, what) && !rest_known {
            hits.push(self.name(first, last));
            return;
        }
        hits.push(Hit { first, last: known_last, known: Some(what), kind: None, weight: 3 });
        let rest = if matches!(self.line.form(rest), "-" | "&") { rest + 1 } else { rest };
        if rest <= last {
            self.split(rest, last, hits);
        }
    }

    /// Whether a chunk that begins with a country's name is one name.
    fn is_whole(&self, first: usize, last: usize, what: Known) -> bool {
        let ends_as_body = self.body_word(first, last).is_some() || self.lexicon.is_legal_form(self.line.form(last));
        let ends_as_thing = self.lexicon.thing_of(self.line.form(last)).is_some();
        let model = self.model_kind(first, last);
        let place_first = matches!(what, Known::Place(_));
        ((ends_as_body || ends_as_thing) && !self.headline)
            || matches!(model, Some(NameKind::Organization))
            || (place_first && model.is_some())
    }

    /// A chunk without a known name at its start may still end in one: "Aero Peru", "Bank Indonesia" stay whole.
    fn split_inside(&self, first: usize, last: usize, hits: &mut Vec<Hit>) {
        if !self.headline {
            hits.push(self.name(first, last));
            return;
        }
        // In title case a chunk is no name; only known names and those of the body count.
        let mut i = first;
        while i <= last {
            match self.line.known_at(i, self.gazetteer) {
                Some((l, what, false)) if l <= last => {
                    hits.push(Hit { first: i, last: l, known: Some(what), kind: None, weight: 3 });
                    i = l + 1;
                }
                _ => {
                    hits.push(Hit { first: i, last: i, known: None, kind: None, weight: 0 });
                    i += 1;
                }
            }
        }
    }

    fn model_kind(&self, first: usize, last: usize) -> Option<NameKind> {
        self.line.sentence.names.iter().find(|n| n.first <= first && n.last >= last).map(|n| n.kind)
    }

    fn person_reason(&self, first: usize, last: usize) -> bool {
        post_before(self.line, &self.posts, first)
            || first.checked_sub(1).is_some_and(|i| self.lexicon.is_honorific(self.line.form(i)) && first <= last)
    }

    fn name(&self, first: usize, last: usize) -> Hit {
        let (kind, weight) = self.classify(first, last);
        Hit { first, last, known: None, kind, weight }
    }

    /// The class of a chunk and how strong the reason is.
    fn classify(&self, first: usize, last: usize) -> (Option<EntityType>, u32) {
        let word = self.line.form(last);
        let model = self
            .model_kind(first, last)
            .or_else(|| self.line.sentence.names.iter().find(|n| n.first <= last && n.last >= first).map(|n| n.kind));
        if self.lexicon.is_legal_form(word) && last > first {
            return (Some(EntityType::Company), 3);
        }
        if let Some(kind) = self.body_word(first, last).and_then(|w| self.lexicon.body_of(&w)) {
            return (Some(kind), if last > first { 3 } else { 1 });
        }
        if self.person_reason(first, last) && model != Some(NameKind::Organization) {
            return (Some(EntityType::Person), 3);
        }
        if let Some(kind) = self.lexicon.thing_of(word).filter(|k| last > first || *k == EntityType::Work) {
            return (Some(kind), 2);
        }
        let given = self.lexicon.is_given_name(self.line.form(first));
        let family = self.lexicon.is_surname(word);
        if last > first && last - first <= 4 && given && (family || model == Some(NameKind::Person)) {
            return (Some(EntityType::Person), 3);
        }
        match model {
            Some(NameKind::Person) => (Some(EntityType::Person), 1),
            Some(NameKind::Organization) => (Some(EntityType::Organization), 1),
            Some(NameKind::Place) => (Some(EntityType::Place), 1),
            Some(NameKind::Misc) => (Some(EntityType::Work), 1),
            None if last > first && given => (Some(EntityType::Person), 1),
            None if is_acronym(word) && first == last => (Some(EntityType::Organization), 1),
            None if last > first && self.line.upos(last) == Upos::Propn => (Some(EntityType::Organization), 0),
            None => (None, 0),
        }
    }
}

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '&' || c == '.')
}
