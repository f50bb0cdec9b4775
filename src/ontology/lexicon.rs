//! Words that make a name, a post, a group: the tables of `ontology/lexicon`.

use super::EntityType;
use super::reference::table;
use super::table::Table;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Whether a name is a man's or a woman's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

/// The tables, looked up by lower-case word or phrase.
#[derive(Debug)]
pub struct Lexicon {
    /// Posts by their last word: "prime minister" stands under `minister`; phrases longest first.
    posts: FxHashMap<&'static str, Vec<&'static str>>,
    post_kinds: FxHashMap<&'static str, &'static str>,
    /// Posts that are held in no field of work.
    fieldless: FxHashSet<&'static str>,
    /// Initials that stand for a post, and the post.
    spelt: FxHashMap<&'static str, &'static str>,
    /// Offices in the service of another office.
    serving: FxHashSet<&'static str>,
    honorifics: FxHashSet<String>,
    /// Forms of address that may stand between a person's names.
    inner_honorifics: FxHashSet<&'static str>,
    legal_forms: FxHashSet<String>,
    body_nouns: FxHashMap<String, EntityType>,
    other_nouns: FxHashMap<String, EntityType>,
    /// Without diacritics; the value says whether the name is also a common word or a place.
    given_names: FxHashMap<&'static str, bool>,
    surnames: FxHashMap<&'static str, bool>,
    /// Given names of one gender only.
    genders: FxHashMap<&'static str, Gender>,
    groups: FxHashMap<&'static str, &'static str>,
    /// Fields of work.
    portfolios: FxHashSet<String>,
    /// Rank words; the value says whether the word changes the post.
    ranks: FxHashMap<&'static str, bool>,
    /// Units that are written with capitals: MW, GWh.
    units: FxHashSet<&'static str>,
    /// Visits, talks, consultations; the value says whether two sides take part alike.
    occasions: FxHashMap<&'static str, bool>,
    /// Agreements by their initials, in words.
    instruments: FxHashMap<&'static str, &'static str>,
    measures: FxHashSet<&'static str>,
}

const POSTS: &str = include_str!("../../ontology/lexicon/posts.tsv");
const HONORIFICS: &str = include_str!("../../ontology/lexicon/honorifics.tsv");
const LEGAL_FORMS: &str = include_str!("../../ontology/lexicon/legal_forms.tsv");
const BODY_NOUNS: &str = include_str!("../../ontology/lexicon/organisation_nouns.tsv");
const PLACE_NOUNS: &str = include_str!("../../ontology/lexicon/place_nouns.tsv");
const PROJECT_NOUNS: &str = include_str!("../../ontology/lexicon/project_nouns.tsv");
const WORK_NOUNS: &str = include_str!("../../ontology/lexicon/work_nouns.tsv");
const EVENT_NOUNS: &str = include_str!("../../ontology/lexicon/event_nouns.tsv");
const MEASURE_NAMES: &str = include_str!("../../ontology/lexicon/measure_names.tsv");
const OCCASION_NOUNS: &str = include_str!("../../ontology/lexicon/occasion_nouns.tsv");
const RANKS: &str = include_str!("../../ontology/lexicon/ranks.tsv");
const PORTFOLIOS: &str = include_str!("../../ontology/lexicon/portfolios.tsv");
const UNITS: &str = include_str!("../../ontology/lexicon/units.tsv");
const INSTRUMENTS: &str = include_str!("../../ontology/lexicon/instruments.tsv");
const GROUPS: &str = include_str!("../../ontology/lexicon/groups.tsv");

fn column(text: &'static str, name: &str) -> Vec<&'static str> {
    Table::parse(text).rows().map(|r| r.get(name)).filter(|v| !v.is_empty()).collect()
}

fn names(text: &'static str) -> FxHashMap<&'static str, bool> {
    Table::parse(text).rows().map(|r| (r.get("name"), !r.get("ambiguous").is_empty())).collect()
}

fn genders() -> FxHashMap<&'static str, Gender> {
    let gender = |text: &str| match text {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    };
    Table::parse(table("given_names.tsv"))
        .rows()
        .filter_map(|r| Some((r.get("name"), gender(r.get("gender"))?)))
        .collect()
}

fn plain(word: &str) -> std::borrow::Cow<'_, str> {
    if word.is_ascii() { word.into() } else { crate::ascii::to_ascii(word).into() }
}

fn folded(text: &str) -> String {
    text.to_lowercase().trim_end_matches('.').to_owned()
}

impl Lexicon {
    /// The lexicon that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Lexicon> = OnceLock::new();
        ONCE.get_or_init(Self::load)
    }

    fn load() -> Self {
        let (mut posts, mut post_kinds) = (FxHashMap::<_, Vec<_>>::default(), FxHashMap::default());
        for row in Table::parse(POSTS).rows() {
            let post = row.get("post");
            posts.entry(post.rsplit(' ').next().unwrap_or(post)).or_default().push(post);
            post_kinds.insert(post, row.get("kind"));
        }
        for list in posts.values_mut() {
            list.sort_by_key(|p| (std::cmp::Reverse(p.len()), *p));
        }
        let mut other_nouns = FxHashMap::default();
        for (text, kind) in [
            (EVENT_NOUNS, EntityType::Event),
            (PROJECT_NOUNS, EntityType::Project),
            (PLACE_NOUNS, EntityType::Place),
            (WORK_NOUNS, EntityType::Work),
        ] {
            other_nouns.extend(column(text, "noun").into_iter().map(|n| (n.to_lowercase(), kind)));
        }
        let bodies = Table::parse(BODY_NOUNS);
        let class = |text: &str| text.parse().unwrap_or(EntityType::Organization);
        Self {
            posts,
            post_kinds,
            fieldless: Table::parse(POSTS).rows().filter(|r| r.get("field") == "no").map(|r| r.get("post")).collect(),
            spelt: Table::parse(POSTS)
                .rows()
                .filter(|r| !r.get("spelt").is_empty())
                .map(|r| (r.get("post"), r.get("spelt")))
                .collect(),
            serving: Table::parse(POSTS).rows().filter(|r| r.get("serves") == "yes").map(|r| r.get("post")).collect(),
            honorifics: column(HONORIFICS, "honorific").into_iter().map(folded).collect(),
            inner_honorifics: Table::parse(HONORIFICS)
                .rows()
                .filter(|row| row.get("place") == "within")
                .map(|row| row.get("honorific"))
                .collect(),
            legal_forms: column(LEGAL_FORMS, "form").into_iter().map(folded).collect(),
            body_nouns: bodies.rows().map(|r| (r.get("noun").to_lowercase(), class(r.get("type")))).collect(),
            other_nouns,
            given_names: names(table("given_names.tsv")),
            surnames: names(table("surnames.tsv")),
            genders: genders(),
            groups: Table::parse(GROUPS).rows().map(|r| (r.get("noun"), r.get("kind"))).collect(),
            portfolios: column(PORTFOLIOS, "word").into_iter().map(folded).collect(),
            ranks: Table::parse(RANKS).rows().map(|r| (r.get("word"), r.get("keep") == "yes")).collect(),
            instruments: Table::parse(INSTRUMENTS).rows().map(|row| (row.get("short"), row.get("name"))).collect(),
            units: UNITS.lines().filter_map(|l| l.split_once("\tcased\t")).map(|(form, _)| form).collect(),
            occasions: Table::parse(OCCASION_NOUNS).rows().map(|r| (r.get("noun"), r.get("mutual") == "yes")).collect(),
            measures: column(MEASURE_NAMES, "name").into_iter().collect(),
        }
    }

    /// The post whose words end `words` (lower case), as a number of words; 0 if there is none.
    pub fn post_length(&self, words: &[&str]) -> usize {
        let Some(list) = words.last().and_then(|last| self.posts.get(last)) else { return 0 };
        let fits = |post: &&&str| {
            let parts = post.split(' ').rev();
            parts.clone().count() <= words.len() && parts.zip(words.iter().rev()).all(|(p, w)| p == *w)
        };
        list.iter().find(fits).map_or(0, |p| p.split(' ').count())
    }

    /// Kind of a post: state, government, parliament, diplomatic, military, company, academic, other.
    pub fn post_kind(&self, post: &str) -> Option<&'static str> {
        self.post_kinds.get(post).copied()
    }

    /// The post that initials (lower case) stand for: `Prime Minister` for "pm".
    pub fn spelt_post(&self, initials: &str) -> Option<&'static str> {
        self.spelt.get(initials).copied()
    }

    /// Whether an office may serve another, as in "adviser to the president".
    pub fn serves_office(&self, word: &str) -> bool {
        self.serving.contains(word)
    }

    /// Whether the office that `word` (lower case) names is held in no field of work: "chairman of Nordic Energy" leads a body.
    pub fn is_fieldless(&self, word: &str) -> bool {
        self.fieldless.contains(word)
    }

    /// Whether `word` may stand before a post as part of it: deputy, acting, former.
    pub fn is_rank(&self, word: &str) -> bool {
        self.ranks.contains_key(word)
    }

    /// Whether `word` (lower case) names a field of work: affairs, energy, research.
    pub fn is_portfolio(&self, word: &str) -> bool {
        self.portfolios.contains(word)
    }

    /// Whether `word` stands before a post without changing it.
    pub fn is_silent_rank(&self, word: &str) -> bool {
        self.ranks.get(word) == Some(&false)
    }

    /// Whether `word` is a form of address, with or without its full stop.
    pub fn is_honorific(&self, word: &str) -> bool {
        self.honorifics.contains(&folded(word))
    }

    /// An agreement in words by its initials as written: "FTAs".
    pub fn instrument(&self, word: &str) -> Option<&'static str> {
        self.instruments.get(word).copied()
    }

    /// Whether the form of address may stand between a person's names: "Ali Tun Hassan".
    pub fn is_inner_honorific(&self, word: &str) -> bool {
        self.inner_honorifics.contains(word)
    }

    /// Whether `word` is a unit of measurement as written with capitals.
    pub fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word)
    }

    /// Whether `word` names a visit or talks, which are no names though they may be written in capitals: "State Visit".
    pub fn is_occasion(&self, word: &str) -> bool {
        self.occasions.contains_key(word.to_lowercase().as_str())
    }

    /// Whether `word` (lower case) is what two sides take part in alike: talks, no visit.
    pub fn is_mutual_occasion(&self, word: &str) -> bool {
        self.occasions.get(word).copied().unwrap_or(false)
    }

    /// Whether `phrase` is what statistics measure, which is no body in capitals either: "Gross Domestic Product".
    pub fn is_measure(&self, phrase: &str) -> bool {
        self.measures.contains(phrase)
    }

    /// Whether `word` is a legal form or an ending of company names: Ltd, GmbH, Holding.
    pub fn is_legal_form(&self, word: &str) -> bool {
        self.legal_forms.contains(&folded(word))
    }

    /// The class of bodies whose names have `noun` as their head.
    pub fn body_of(&self, noun: &str) -> Option<EntityType> {
        self.body_nouns.get(&noun.to_lowercase()).copied()
    }

    /// The class of places, projects, events and texts whose names have `noun` as their head.
    pub fn thing_of(&self, noun: &str) -> Option<EntityType> {
        self.other_nouns.get(&noun.to_lowercase()).copied()
    }

    /// Whether `word` is a given name somewhere and no common word or place.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given_names.get(plain(word).as_ref()) == Some(&false)
    }

    /// The gender of a given name that is borne by one only.
    pub fn gender_of(&self, word: &str) -> Option<Gender> {
        self.genders.get(plain(word).as_ref()).copied()
    }

    /// Whether `word` is a family name somewhere and no common word or place.
    pub fn is_surname(&self, word: &str) -> bool {
        self.surnames.get(plain(word).as_ref()) == Some(&false)
    }

    /// What kind of group a common noun (lemma) names: `company`, `people`, `body`, `state` (stands for its state),
    /// or `country`.
    pub fn group_of(&self, lemma: &str) -> Option<&'static str> {
        self.groups.get(lemma).copied()
    }
}
