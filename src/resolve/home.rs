//! The country that an article takes for granted: "the Commerce Minister" of a paper's own country.
//!
//! Law: only what the publisher's name, the dateline or a clear majority of the article's countries says; else none.

use super::cast::{Cast, Scene};
use crate::language::Sentence;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::recognise::{Findings, Mention, Sense};
use indexmap::IndexMap;

/// What an article says about its countries.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    /// The country taken for granted.
    pub(super) country: Option<usize>,
    /// The only country that it names.
    pub(super) only: Option<usize>,
    /// The country of its dateline or publisher that it does not name.
    pub(super) unnamed: Option<u16>,
    /// The two countries it speaks of most, if there are two that outweigh all others.
    pub(super) pair: Option<[usize; 2]>,
}

/// For every article its [`Home`], by article number.
pub(super) fn find_homes(cast: &Cast, scene: Scene<'_>) -> IndexMap<usize, Home> {
    let mut counts: IndexMap<usize, IndexMap<usize, usize>> = IndexMap::new();
    let mut datelines: IndexMap<usize, usize> = IndexMap::new();
    let mut abroad: IndexMap<usize, u16> = IndexMap::new();
    for (s, mentions) in cast.mentions.iter().enumerate() {
        let article = scene.articles.get(s).copied().unwrap_or(0);
        let list = counts.entry(article).or_default();
        for (m, who) in mentions.iter().enumerate() {
            let opens = |sentence: &Sentence, f: &Findings| f.mentions.get(m).is_some_and(|m| is_dateline(sentence, m));
            let placed =
                scene.findings.get(s).zip(scene.sentences.get(s)).is_some_and(|(f, sentence)| opens(sentence, f));
            if let Some(country) = who.first().filter(|_| placed).and_then(|w| land_of(cast, *w))
                && cast.known_country(country).is_none()
            {
                abroad.entry(article).or_insert(country);
            }
            for country in who.iter().filter_map(|w| cast.country_of(*w).or_else(|| country_in_name(cast, *w))) {
                *list.entry(country).or_default() += 1;
                if placed {
                    datelines.entry(article).or_insert(country);
                }
            }
        }
    }
    counts
        .into_iter()
        .map(|(article, mut list)| {
            list.sort_by(|_, a, _, b| b.cmp(a));
            let named = scene.publishers.get(article).copied().flatten().and_then(country_in);
            let publisher = named.and_then(|c| cast.known_country(c));
            let mut home = judge(&list, publisher, datelines.get(&article).copied());
            // A publisher of a country that the text does not name takes that one for granted.
            home.country = home.country.filter(|_| named.is_none() || publisher.is_some());
            home.unnamed = abroad.get(&article).copied().or(named.filter(|_| publisher.is_none()));
            (article, home)
        })
        .collect()
}

/// "the Peruvian Land Forces": the country that the name of a body begins with.
fn country_in_name(cast: &Cast, who: usize) -> Option<usize> {
    let member = cast.members.get(who).filter(|m| m.known.is_none() && m.kind.is_body())?;
    let (len, known, _) = Gazetteer::embedded().find_at(&member.label)?;
    match known {
        Known::Country(c) | Known::Demonym(c) if len < member.label.len() => cast.known_country(c),
        _ => None,
    }
}

/// The country in which a place lies, by the reference data.
fn land_of(cast: &Cast, who: usize) -> Option<u16> {
    match cast.members.get(who)?.known? {
        Known::Capital(c) | Known::Place(Some(c)) => Some(c),
        _ => None,
    }
}

fn judge(counts: &IndexMap<usize, usize>, publisher: Option<usize>, dateline: Option<usize>) -> Home {
    let at = |i: usize| counts.get_index(i).map(|(country, n)| (*country, *n));
    let total: usize = counts.values().sum();
    let among_first = |c: &usize| counts.get_index_of(c).is_some_and(|i| i < 2);
    let first = at(0).filter(|(_, n)| *n >= 3 && at(1).is_none_or(|(_, m)| *n >= 4 * m)).map(|(c, _)| c);
    let pair = match (at(0), at(1)) {
        // A country named once beside one that is named again and again is no half of a pair.
        (Some((a, n)), Some((b, m)))
            if (n + m) * 10 >= total * 7 && at(2).is_none_or(|(_, third)| m >= 2 * third) && (m > 1 || n <= 5) =>
        {
            Some([a, b])
        }
        _ => None,
    };
    let country = publisher.filter(among_first).or_else(|| dateline.filter(among_first)).or(first);
    let only = at(0).filter(|_| counts.len() == 1).map(|(country, _)| country);
    Home { country, only, unnamed: None, pair }
}

/// The country that the words of a publisher's name speak of.
fn country_in(publisher: &str) -> Option<u16> {
    // "Office of the Secretary (Peru)": words may stand in brackets.
    let starts = std::iter::once(0).chain(publisher.match_indices([' ', '(']).map(|(i, _)| i + 1));
    let gazetteer = Gazetteer::embedded();
    let country = |known: Known| match known {
        Known::Country(c) | Known::Demonym(c) | Known::Capital(c) | Known::Place(Some(c)) => Some(c),
        _ => None,
    };
    // "Lima Post" may be known as a paper: then its first word tells.
    starts.filter_map(|i| publisher.get(i..)).find_map(|text| {
        let whole = gazetteer.find_at(text).and_then(|(_, known, _)| country(known));
        whole.or_else(|| gazetteer.find(text.split(' ').next().unwrap_or_default()).and_then(country))
    })
}

/// "LIMA, March 3 (Agency) —", "LIMA:": a place in capitals or before a dash at the beginning of a sentence.
fn is_dateline(sentence: &Sentence, mention: &Mention) -> bool {
    let place = matches!(mention.sense, Sense::Known(Known::Capital(_) | Known::Place(Some(_))));
    let form = |i: usize| sentence.tokens.get(i).map_or("", |t| t.form.as_str());
    let end = mention.last + 1;
    let shouted = mention.text.chars().all(|c| !c.is_lowercase()) && mention.text.chars().count() > 3;
    let dash = (end..end + 9).any(|i| matches!(form(i), "—" | "–" | "--" | "-"));
    mention.first == 0
        && place
        && (matches!(form(end), ":")
            || (dash && matches!(form(end), "," | "(" | "—" | "–" | "--" | "-" | "/"))
            || shouted)
}
