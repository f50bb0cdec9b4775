//! Within one document: every mention leads to the people, bodies and countries it stands for, or to nobody.

use super::alias::NameTable;
use super::offices::Offices;
use crate::language::{Deprel, Sentence};
use crate::ontology::EntityType;
use crate::ontology::figures::{Figures, NounKind};
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::lexicon::Gender;
use crate::recognise::{Findings, Mention, Sense, Title};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An entity while its document is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Fullest name found.
    pub label: String,
    /// Every other way it is named.
    pub aliases: BTreeSet<String>,
    /// Class.
    pub kind: EntityType,
    /// What `data/reference` knows it as.
    pub known: Option<Known>,
    /// The country or body of its first post, by name, if it is a person.
    pub affiliation: Option<String>,
}

/// Who a document speaks of, and which mention means whom.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// The entities, in order of first mention.
    pub members: Vec<Member>,
    /// By sentence and mention: indices into `members`; more than one for "both sides", none where it stays open.
    pub mentions: Vec<Vec<Vec<usize>>>,
    /// By sentence and title: who holds the post, of what.
    pub(super) offices: Offices,
    /// The two countries that a sentence's "both" would mean, by sentence.
    pub pairs: Vec<Option<[usize; 2]>>,
    /// By sentence: the country that its article takes for granted, or the only one that it names.
    pub homes: Vec<Option<usize>>,
    /// By person: the country or body of the first post that the document gives him.
    pub(super) affiliations: IndexMap<usize, usize>,
    /// By person: whether the document or the given name says "he" or "she".
    pub(super) genders: IndexMap<usize, Gender>,
    by_key: IndexMap<Key, usize>,
}

/// A post as the document as a whole reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Office {
    /// Who holds it.
    pub holder: Option<usize>,
    /// The country or body that it belongs to.
    pub body: Option<usize>,
    /// The post in words, where another's tells it ("his counterpart").
    pub role: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Known(Known),
    Name(usize),
    Group(String),
}

/// The read sentences of a document, as this room takes them.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// Sentences in order.
    pub sentences: &'a [Sentence],
    /// What was found in each.
    pub findings: &'a [Findings],
    /// The article of each.
    pub articles: &'a [usize],
    /// The publisher of each article.
    pub publishers: &'a [Option<&'a str>],
}

/// Casts a document.
pub fn cast_document(scene: Scene<'_>) -> Cast {
    let mut caster = Caster::new(scene);
    caster.cast_names();
    caster.cast_pairs();
    caster.cast_titles();
    caster.cast_references();
    caster.cast
}

impl Cast {
    /// The country that `member` is, is the capital of, or lies in.
    pub fn country_of(&self, member: usize) -> Option<usize> {
        let index = match self.members.get(member)?.known? {
            Known::Country(c) | Known::Demonym(c) | Known::Capital(c) | Known::Place(Some(c)) => c,
            _ => return None,
        };
        self.by_key.get(&Key::Known(Known::Country(index))).copied()
    }

    /// The country whose capital `member` is.
    pub fn capital_of(&self, member: usize) -> Option<usize> {
        match self.members.get(member)?.known? {
            Known::Capital(c) => self.by_key.get(&Key::Known(Known::Country(c))).copied(),
            _ => None,
        }
    }

    /// The country or body that the document gives `person` first.
    pub fn affiliation(&self, person: usize) -> Option<usize> {
        self.affiliations.get(&person).copied()
    }

    /// The post that title `t` of sentence `s` states.
    pub fn office(&self, s: usize, t: usize) -> Option<&Office> {
        self.offices.get(&(s, t))
    }

    /// The member that stands for a country, if the document speaks of it.
    pub(super) fn known_country(&self, index: u16) -> Option<usize> {
        self.by_key.get(&Key::Known(Known::Country(index))).copied()
    }

    /// The member that stands for the country with this index in the gazetteer, added if it is new.
    pub fn country(&mut self, index: u16) -> usize {
        self.known(Known::Country(index))
    }

    fn known(&mut self, known: Known) -> usize {
        let gazetteer = Gazetteer::embedded();
        let known = match known {
            Known::Demonym(c) => Known::Country(c),
            other => other,
        };
        let (label, kind) = match known {
            Known::Country(c) | Known::Demonym(c) => {
                (gazetteer.countries.get(c as usize).map(|c| c.name), EntityType::Country)
            }
            Known::Capital(c) => (gazetteer.countries.get(c as usize).map(|c| c.capital), EntityType::Place),
            Known::Body(b) => {
                let body = gazetteer.bodies.get(b as usize);
                (body.map(|b| b.name), body.map_or(EntityType::IntergovernmentalOrganization, |b| b.kind))
            }
            Known::Place(_) => (None, EntityType::Place),
        };
        self.member(Key::Known(known), label.unwrap_or_default(), kind, Some(known))
    }

    fn member(&mut self, key: Key, label: &str, kind: EntityType, known: Option<Known>) -> usize {
        if let Some(found) = self.by_key.get(&key) {
            return *found;
        }
        let at = self.members.len();
        self.members.push(Member { label: label.to_owned(), aliases: BTreeSet::new(), kind, known, affiliation: None });
        self.by_key.insert(key, at);
        at
    }
}

/// Titles count mentions as they were before groups and pronouns joined them: the same mention now.
pub(crate) fn nth_name(findings: &Findings, m: usize) -> Option<usize> {
    let is_name = |x: &Mention| matches!(x.sense, Sense::Known(_) | Sense::Name(_));
    findings.mentions.iter().enumerate().filter(|(_, x)| is_name(x)).nth(m).map(|(i, _)| i)
}

/// By article: how often each country is spoken of, the most named first.
type Counts = IndexMap<usize, IndexMap<usize, usize>>;

pub(super) struct Caster<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) cast: Cast,
    names: NameTable,
}

impl<'a> Caster<'a> {
    fn new(scene: Scene<'a>) -> Self {
        let mentions = scene.findings.iter().map(|f| vec![Vec::new(); f.mentions.len()]).collect();
        let names = NameTable::read(scene.sentences, scene.findings);
        let cast = Cast { mentions, pairs: vec![None; scene.findings.len()], ..Cast::default() };
        Self { scene, cast, names }
    }

    pub(super) fn set(&mut self, s: usize, m: usize, who: Vec<usize>) {
        if let Some(slot) = self.cast.mentions.get_mut(s).and_then(|list| list.get_mut(m)) {
            *slot = who;
        }
    }

    pub(super) fn of(&self, s: usize, m: usize) -> &[usize] {
        self.cast.mentions.get(s).and_then(|list| list.get(m)).map_or(&[], Vec::as_slice)
    }

    fn cast_names(&mut self) {
        for (s, findings) in self.scene.findings.iter().enumerate() {
            for (m, mention) in findings.mentions.iter().enumerate() {
                let who = match &mention.sense {
                    Sense::Known(known) => Some(self.cast_known(mention, *known)),
                    Sense::Name(kind) => Some(self.cast_name(mention, *kind)),
                    Sense::Group => {
                        let key = Key::Group(mention.text.to_lowercase());
                        Some(self.cast.member(key, &mention.text, EntityType::Group, None))
                    }
                    _ => None,
                };
                self.set(s, m, who.into_iter().collect());
            }
        }
    }

    fn cast_known(&mut self, mention: &Mention, known: Known) -> usize {
        if let Known::Place(country) = known {
            // Places are told apart by their names; the gazetteer only says where they lie.
            let name = self.names.place(&mention.text);
            let at = self.cast.member(Key::Name(name), &mention.text, EntityType::Place, Some(Known::Place(country)));
            if let Some(country) = country {
                self.cast.country(country);
            }
            return at;
        }
        let at = self.cast.known(known);
        if let Known::Capital(country) = known {
            self.cast.country(country);
        }
        let is_alias = !matches!(known, Known::Demonym(_));
        if let Some(member) = self.cast.members.get_mut(at).filter(|m| is_alias && m.label != mention.text) {
            member.aliases.insert(mention.text.clone());
        }
        at
    }

    fn cast_name(&mut self, mention: &Mention, kind: EntityType) -> usize {
        let Some((cluster, label, kind, known)) = self.names.cluster(&mention.text, kind) else {
            return self.cast.member(Key::Group(mention.text.clone()), &mention.text, kind, None);
        };
        let (label, kind) = (label.to_owned(), kind);
        let key = known.map_or(Key::Name(cluster), Key::Known);
        let at = match known {
            Some(known) => self.cast.known(known),
            None => self.cast.member(key, &label, kind, None),
        };
        if let Some(member) = self.cast.members.get_mut(at).filter(|m| m.label != mention.text) {
            member.aliases.insert(mention.text.clone());
        }
        at
    }

    /// Which two countries "both" would mean at each sentence: the last two that stood alone together.
    fn cast_pairs(&mut self) {
        let (favourites, counts) = self.favourite_pairs();
        let leads = |article: usize, country: usize| {
            let Some(list) = counts.get(&article) else { return false };
            let at = |i: usize| list.get_index(i).map_or(0, |(_, n)| *n);
            // A third that is named in passing is no party to what the two do.
            list.get_index_of(&country).is_some_and(|i| i < 2 || (i == 2 && at(2) * 3 >= at(1)))
        };
        let mut last: Option<(usize, [usize; 2])> = None;
        for s in 0..self.scene.findings.len() {
            let article = self.scene.articles.get(s).copied().unwrap_or(0);
            let mut here: Vec<usize> = Vec::new();
            for m in 0..self.cast.mentions.get(s).map_or(0, Vec::len) {
                let named = self.of(s, m).iter().filter(|_| !self.names_paper(s, m));
                for country in named.filter_map(|who| self.stated_country(*who)) {
                    if !here.contains(&country) {
                        here.push(country);
                    }
                }
            }
            if let [a, b] = here.as_slice()
                && leads(article, *a)
                && leads(article, *b)
            {
                last = Some((article, [*a, *b]));
            }
            let recent = last.filter(|(a, _)| *a == article).map(|(_, pair)| pair);
            let pair = recent.or_else(|| favourites.get(&article).copied());
            if let Some(slot) = self.cast.pairs.get_mut(s) {
                *slot = pair;
            }
        }
    }

    /// The country that a mention speaks of: a town speaks of its country only where the document names that too.
    fn stated_country(&self, who: usize) -> Option<usize> {
        let country = self.cast.country_of(who)?;
        let town = matches!(self.cast.members.get(who).and_then(|m| m.known), Some(Known::Place(_)));
        (!town || self.cast.mentions.iter().flatten().flatten().any(|w| *w == country)).then_some(country)
    }

    /// "the Paris climate agreement": a town that a paper is called by takes no part.
    fn names_paper(&self, s: usize, m: usize) -> bool {
        let mention = self.scene.findings.get(s).and_then(|f| f.mentions.get(m));
        let town = mention.filter(|m| matches!(m.sense, Sense::Known(Known::Capital(_) | Known::Place(_))));
        let token = |i: usize| self.scene.sentences.get(s).and_then(|x| x.tokens.get(i));
        let Some(town) = town.and_then(|m| token(m.head)) else { return false };
        let paper =
            |noun: usize| Figures::embedded().noun(&self.lemma(s, noun)).is_some_and(|n| n.kind == NounKind::Deal);
        matches!(town.deprel, Deprel::Compound | Deprel::Amod) && town.head.is_some_and(paper)
    }

    fn favourite_pairs(&self) -> (IndexMap<usize, [usize; 2]>, Counts) {
        let mut counts: IndexMap<usize, IndexMap<usize, usize>> = IndexMap::new();
        for (s, mentions) in self.cast.mentions.iter().enumerate() {
            let article = self.scene.articles.get(s).copied().unwrap_or(0);
            let named = mentions.iter().enumerate().filter(|(m, _)| !self.names_paper(s, *m));
            for country in named.flat_map(|(_, who)| who).filter_map(|who| self.stated_country(*who)) {
                *counts.entry(article).or_default().entry(country).or_default() += 1;
            }
        }
        for list in counts.values_mut() {
            list.sort_by(|_, a, _, b| b.cmp(a));
        }
        // Where a third is named as often as the second, nothing tells which two are meant.
        let pair = |list: &IndexMap<usize, usize>| {
            let at = |i: usize| list.get_index(i).map(|(country, n)| (*country, *n));
            let ((a, _), (b, n)) = (at(0)?, at(1)?);
            let (total, both) = (list.values().sum::<usize>(), list.values().take(2).sum::<usize>());
            (at(2).is_none_or(|(_, third)| third < n) && both * 10 >= total * 7).then_some([a, b])
        };
        let pairs = counts.iter().filter_map(|(article, list)| Some((*article, pair(list)?))).collect();
        (pairs, counts)
    }

    pub(super) fn titles(&self, s: usize) -> &'a [Title] {
        self.scene.findings.get(s).map_or(&[], |f| f.titles.as_slice())
    }

    pub(super) fn shifted(&self, s: usize, m: usize) -> Option<usize> {
        nth_name(self.scene.findings.get(s)?, m)
    }

    pub(super) fn lemma(&self, s: usize, i: usize) -> String {
        self.scene.sentences.get(s).and_then(|x| x.tokens.get(i)).map_or(String::new(), |t| t.lemma.to_lowercase())
    }

    pub(super) fn kind(&self, who: usize) -> Option<EntityType> {
        self.cast.members.get(who).map(|m| m.kind)
    }
}
