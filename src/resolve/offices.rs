//! Who holds the posts of a document, and of what: holders named beside their posts, posts alone, counterparts. The country of an
//! official where the text takes it for granted is told by [`super::office_countries`].
//!
//! Law: a post without a name is held by the last of the same article who may be meant; by nobody where none may.

use super::cast::{Caster, Office};
use super::home::{Home, find_homes};
use crate::ontology::lexicon::Lexicon;
use crate::recognise::Title;
use crate::vocab::capitalise;
use indexmap::IndexMap;

/// A post with its holder, as an earlier sentence states it.
pub(super) struct Seen {
    pub(super) sentence: usize,
    /// First word of the title.
    pub(super) first: usize,
    /// The post in lower case.
    pub(super) post: String,
    pub(super) bodies: Vec<usize>,
    pub(super) who: usize,
    /// Kind of the title: "state" for heads of state and government; "relative" ("his counterpart") does not name the post.
    pub(super) kind: &'static str,
}

/// Whose holder is sought: the post, of which bodies, the article's own country, and who it is not.
struct Sought<'a> {
    post: &'a str,
    bodies: &'a [usize],
    home: Option<usize>,
    other: Option<usize>,
}

impl Caster<'_> {
    /// Holders named beside their posts, counterparts, then posts alone ("the president said"), then countries left out.
    pub(super) fn cast_titles(&mut self) {
        let (homes, none) = (find_homes(&self.cast, self.scene), Home::default());
        let articles = self.scene.articles;
        let home_of = |s: usize| articles.get(s).and_then(|article| homes.get(article)).unwrap_or(&none);
        let mut seen: Vec<Seen> = Vec::new();
        // Counterparts, then offices without a name, last: those that they are told by must be complete.
        for related in [false, true] {
            self.each_title(related, |caster, s, t, title| caster.cast_title(s, t, title, &mut seen));
            self.each_title(related, |caster, s, t, title| caster.complete_title(s, t, title, home_of(s), &mut seen));
        }
        // What a counterpart tells: whose minister the other one is, and who stands in a list after him.
        self.each_title(false, |caster, s, t, title| caster.complete_title(s, t, title, home_of(s), &mut seen));
        self.each_title(false, |caster, s, t, title| caster.recall_office(s, t, title, home_of(s), &seen));
        let home = |article: &usize| homes.get(article).and_then(|h| h.country.or(h.only));
        self.cast.homes = self.scene.articles.iter().map(home).collect();
    }

    fn each_title(&mut self, related: bool, mut visit: impl FnMut(&mut Self, usize, usize, &Title)) {
        for s in 0..self.scene.findings.len() {
            for (t, title) in self.titles(s).iter().enumerate().filter(|(_, t)| (t.kind == "relative") == related) {
                visit(self, s, t, title);
            }
        }
    }

    fn cast_title(&mut self, s: usize, t: usize, title: &Title, seen: &mut Vec<Seen>) {
        let mut bodies: Vec<usize> =
            title.bodies.iter().filter_map(|m| self.of(s, self.shifted(s, *m)?).first().copied()).collect();
        let named = title.holder.and_then(|m| self.of(s, self.shifted(s, m)?).first().copied());
        let mut post = self.post_of(s, title);
        let mut other = None;
        if title.kind == "relative" {
            let Some((role, body, model)) = self.related_post(s, title, &bodies, seen) else { return };
            other = Some(model);
            post = role.to_lowercase();
            if let Some(body) = body.filter(|_| bodies.is_empty()) {
                bodies.push(body);
            }
            self.office(s, t).role = Some(role);
        }
        if let Some(who) = named {
            if let Some(body) = bodies.first() {
                let body = self.cast.capital_of(*body).filter(|_| title.kind != "other").unwrap_or(*body);
                self.affiliate(who, body);
                self.office(s, t).body = Some(body);
            }
            seen.push(Seen { sentence: s, first: title.first, post, bodies, who, kind: title.kind });
            self.office(s, t).holder = Some(who);
        } else if title.kind == "relative" && (title.definite || !bodies.is_empty()) {
            let sought = Sought { post: &post, bodies: &bodies, home: None, other };
            self.recall_holder(s, t, title, &sought, seen);
        }
    }

    /// "The Peruvian minister": the last one before who holds such an office of that country.
    fn recall_office(&mut self, s: usize, t: usize, title: &Title, home: &Home, seen: &[Seen]) {
        let bodies: Vec<usize> =
            title.bodies.iter().filter_map(|m| self.of(s, self.shifted(s, *m)?).first().copied()).collect();
        if title.holder.is_none() && (title.definite || !bodies.is_empty()) {
            let post = self.post_of(s, title);
            let sought = Sought { post: &post, bodies: &bodies, home: home.country, other: None };
            self.recall_holder(s, t, title, &sought, seen);
        }
    }

    fn recall_holder(&mut self, s: usize, t: usize, title: &Title, sought: &Sought<'_>, seen: &[Seen]) {
        let core = self.lemma(s, title.core);
        let Sought { post, bodies, home, other } = *sought;
        let fits = |x: &&Seen| {
            (x.sentence, x.first) < (s, title.first)
                && Some(x.who) != other
                && (is_same_office(&x.post, post)
                    || (post == core && is_plainly(&x.post, &core))
                    || (post == "leader" && x.kind == "state" && !bodies.is_empty()))
                && self.scene.articles.get(x.sentence) == self.scene.articles.get(s)
                && (bodies.is_empty()
                    || bodies.iter().any(|b| x.bodies.contains(b))
                    || (x.bodies.is_empty() && self.cast.affiliation(x.who).is_none_or(|a| bodies.contains(&a))))
        };
        // Of two with the same post the one of whom the text says it, where no country tells them apart.
        let said = |x: &&Seen| !bodies.is_empty() || x.kind != "relative";
        let nearest = |list: &mut dyn Iterator<Item = &Seen>| list.max_by_key(|x| (x.sentence, x.first)).map(|x| x.who);
        // "The prime minister" of a country's own paper is its own, if the article begins with him.
        let country = |x: &Seen| x.bodies.first().copied().or(self.cast.affiliation(x.who));
        let first = seen.iter().filter(fits).min_by_key(|x| (x.sentence, x.first)).map(|x| x.who);
        let own = |x: &&Seen| bodies.is_empty() && home.is_some() && country(x) == home && Some(x.who) == first;
        let found = nearest(&mut seen.iter().filter(fits).filter(said).filter(own));
        let found = found.or_else(|| nearest(&mut seen.iter().filter(fits).filter(said)));
        let found = found.or_else(|| nearest(&mut seen.iter().filter(fits)));
        self.office(s, t).holder = found;
    }

    pub(super) fn post_of(&self, s: usize, title: &Title) -> String {
        if title.role.contains(' ') { title.role.to_lowercase() } else { self.lemma(s, title.core) }
    }

    pub(super) fn affiliate(&mut self, who: usize, body: usize) {
        self.cast.affiliations.entry(who).or_insert(body);
        let name = self.cast.members.get(body).map(|b| b.label.clone());
        if let Some(member) = self.cast.members.get_mut(who).filter(|m| m.affiliation.is_none()) {
            member.affiliation = name;
        }
    }

    /// "his Chinese counterpart": the post of the one before, of the other country; "her predecessor": of the same.
    fn related_post(
        &self,
        s: usize,
        title: &Title,
        bodies: &[usize],
        seen: &[Seen],
    ) -> Option<(String, Option<usize>, usize)> {
        let relation = self.lemma(s, title.core);
        let owner = title.possessor.and_then(|p| self.name_at(s, p));
        let place = |x: &&Seen| (x.sentence, x.first);
        let near = |x: &&Seen| {
            place(x) < (s, title.first)
                && s - x.sentence <= 2
                && self.scene.articles.get(x.sentence) == self.scene.articles.get(s)
        };
        let country = |x: &Seen| x.bodies.first().copied().or_else(|| self.cast.affiliation(x.who));
        let other = |x: &&Seen| bodies.is_empty() || country(x).is_none_or(|c| Some(&c) != bodies.first());
        let model = match owner {
            Some(owner) => seen.iter().rev().find(|x| x.who == owner)?,
            None => seen.iter().filter(near).filter(other).max_by_key(place)?,
        };
        let own = country(model);
        match relation.as_str() {
            relation if is_counterpart(relation) => {
                let pair = self.cast.pairs.get(s).copied().flatten();
                let partner = pair.zip(own).and_then(|(p, own)| {
                    if p[0] == own {
                        Some(p[1])
                    } else if p[1] == own {
                        Some(p[0])
                    } else {
                        None
                    }
                });
                Some((title_case(&model.post), partner, model.who))
            }
            "predecessor" => Some((format!("former {}", model.post), own, model.who)),
            "successor" => Some((title_case(&model.post), own, model.who)),
            _ => None,
        }
    }

    pub(super) fn office(&mut self, s: usize, t: usize) -> &mut Office {
        self.cast.offices.entry((s, t)).or_default()
    }
}

/// Who holds the same office of another country.
pub(super) fn is_counterpart(word: &str) -> bool {
    matches!(word.trim_end_matches('s'), "counterpart" | "peer" | "homologue")
}

/// Whether two posts in lower case are one office: "minister of external relations", "foreign minister"; "minister of trade", "trade minister".
pub(super) fn is_same_office(a: &str, b: &str) -> bool {
    a == b || office_key(a) == office_key(b)
}

fn office_key(post: &str) -> Vec<&str> {
    let lexicon = Lexicon::embedded();
    let mut words: Vec<&str> =
        post.split([' ', '-']).filter(|w| !matches!(*w, "" | "of" | "for" | "and" | "the" | "&")).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let foreign = has(&["foreign", "external"]) && has(&["minister", "secretary"]);
    if foreign && !words.iter().any(|w| lexicon.is_rank(w) || *w == "state" || *w == "permanent") {
        return vec!["foreign", "minister"];
    }
    if matches!(words[..], ["head", "state"]) {
        return vec!["president"];
    }
    words.sort_unstable();
    words
}

/// Whether `post` is the office `core` with no rank before it: "the president" is no vice president and no late one.
fn is_plainly(post: &str, core: &str) -> bool {
    let lexicon = Lexicon::embedded();
    post.strip_suffix(core).is_some_and(|rest| !rest.split([' ', '-']).any(|w| lexicon.is_rank(w)))
}

fn title_case(post: &str) -> String {
    let small = |w: &str| matches!(w, "of" | "and" | "for" | "the" | "to" | "former" | "then");
    post.split(' ').map(|w| if small(w) { w.to_owned() } else { capitalise(w) }).collect::<Vec<_>>().join(" ")
}

/// The offices of a document, by sentence and title.
pub(super) type Offices = IndexMap<(usize, usize), Office>;
