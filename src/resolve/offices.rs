//! Who holds the posts of a document, and of what: holders named beside their posts, posts alone, counterparts, and the
//! country of an official where the text takes it for granted.
//!
//! Law: a country that is not stated follows from the person's other mentions, the reference data or the article's own
//! countries, and only where no other office holder stands against it; else it stays open.

use super::cast::{Caster, Office};
use super::home::{Home, find_homes};
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::leaders::Leaders;
use crate::ontology::lexicon::Lexicon;
use crate::recognise::{Sense, Title};
use crate::vocab::capitalise;
use indexmap::IndexMap;

/// A post with its holder, as an earlier sentence states it.
struct Seen {
    sentence: usize,
    /// First word of the title.
    first: usize,
    /// The post in lower case.
    post: String,
    bodies: Vec<usize>,
    who: usize,
    /// Kind of the title: "state" for heads of state and government; "relative" ("his counterpart") does not name the post.
    kind: &'static str,
}

/// Posts of states and governments whose country texts leave out.
fn is_national(title: &Title) -> bool {
    let role = title.role.to_lowercase();
    let last = role.split([' ', '-']).next_back().unwrap_or_default();
    let capital = title.role.starts_with(char::is_uppercase);
    match title.kind {
        "state" => capital || role.contains(' ') || role.contains('-') || matches!(last, "premier" | "chancellor"),
        "government" => {
            let secretary = matches!(last, "secretary" | "undersecretary") || role.contains("secretary of");
            role.contains("minister")
                || (capital && role.contains(' ') && secretary)
                    && !role.contains("press")
                    && !role.contains("general")
                    && !role.contains("party")
                    && !role.contains("executive")
        }
        "parliament" => matches!(last, "mp" | "parliament" | "senator" | "lawmaker"),
        _ => false,
    }
}

/// Whether the office is one that a country has once.
fn is_single(post: &str) -> bool {
    let current = !["former", "ex", "then", "late"].iter().any(|w| post.split([' ', '-']).any(|p| p == *w));
    current && !post.contains("mp") && !post.contains("parliament") && !post.contains("senator")
}

impl Caster<'_> {
    /// Holders named beside their posts, counterparts, then posts alone ("the president said"), then countries left out.
    pub(super) fn cast_titles(&mut self) {
        let homes = find_homes(&self.cast, self.scene);
        let mut seen: Vec<Seen> = Vec::new();
        // Counterparts, then offices without a name, last: those that they are told by must be complete.
        for related in [false, true] {
            self.each_title(related, |caster, s, t, title| caster.cast_title(s, t, title, &mut seen));
            self.each_title(related, |caster, s, t, title| {
                let article = caster.scene.articles.get(s).copied().unwrap_or(0);
                let home = homes.get(&article).cloned().unwrap_or_default();
                caster.complete_title(s, t, title, &home, &mut seen);
            });
        }
        self.each_title(false, |caster, s, t, title| caster.recall_office(s, t, title, &seen));
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
        if title.kind == "relative" {
            let Some((role, body)) = self.related_post(s, title, &bodies, seen) else { return };
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
            self.recall_holder(s, t, title, &post, &bodies, seen);
        }
    }

    /// "The Peruvian minister": the last one before who holds such an office of that country.
    fn recall_office(&mut self, s: usize, t: usize, title: &Title, seen: &[Seen]) {
        let bodies: Vec<usize> =
            title.bodies.iter().filter_map(|m| self.of(s, self.shifted(s, *m)?).first().copied()).collect();
        if title.holder.is_none() && (title.definite || !bodies.is_empty()) {
            let post = self.post_of(s, title);
            self.recall_holder(s, t, title, &post, &bodies, seen);
        }
    }

    fn recall_holder(&mut self, s: usize, t: usize, title: &Title, post: &str, bodies: &[usize], seen: &[Seen]) {
        let core = self.lemma(s, title.core);
        let fits = |x: &&Seen| {
            (x.sentence, x.first) < (s, title.first)
                && (x.post == post
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
        let found = nearest(&mut seen.iter().filter(fits).filter(said));
        let found = found.or_else(|| nearest(&mut seen.iter().filter(fits)));
        self.office(s, t).holder = found;
    }

    fn post_of(&self, s: usize, title: &Title) -> String {
        if title.role.contains(' ') { title.role.to_lowercase() } else { self.lemma(s, title.core) }
    }

    fn affiliate(&mut self, who: usize, body: usize) {
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
    ) -> Option<(String, Option<usize>)> {
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
            "counterpart" | "counterparts" => {
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
                Some((title_case(&model.post), partner))
            }
            "predecessor" => Some((format!("former {}", model.post), own)),
            "successor" => Some((title_case(&model.post), own)),
            _ => None,
        }
    }

    /// The country of an official that the sentence leaves out.
    fn complete_title(&mut self, s: usize, t: usize, title: &Title, home: &Home, seen: &mut Vec<Seen>) {
        let office = self.office(s, t).clone();
        let Some(who) = office.holder.filter(|_| office.body.is_none() && title.holder.is_some()) else { return };
        if title.possessor.is_some() || self.kind(who) != Some(EntityType::Person) {
            return;
        }
        if title.kind == "company"
            && self.cast.affiliation(who).is_none()
            && let Some(company) = self.leading_company(s)
        {
            self.office(s, t).body = Some(company);
            self.affiliate(who, company);
        }
        if !is_national(title) {
            return;
        }
        let post = office.role.map_or_else(|| self.post_of(s, title), |r| r.to_lowercase());
        let known = self.cast.affiliation(who).filter(|b| self.kind(*b) == Some(EntityType::Country));
        // "Commissioner X at the Ministry": another body is named, whatever it is.
        let placed = title
            .holder
            .and_then(|m| self.word_after(s, m))
            .is_some_and(|w| matches!(w.as_str(), "at" | "from" | "of"));
        let found = known
            .or_else(|| self.country_of_leader(who, &post))
            .or_else(|| self.country_of_place(s, title))
            .or_else(|| self.country_of_delegation(s, title, seen))
            .or_else(|| self.country_of_list(s, t))
            .or_else(|| self.country_by_exclusion(s, who, &post, home, seen).filter(|_| !placed));
        let Some(country) = found else { return };
        self.office(s, t).body = Some(country);
        self.affiliate(who, country);
        seen.push(Seen { sentence: s, first: title.first, post, bodies: vec![country], who, kind: title.kind });
    }

    /// The company that an article is about: named before sentence `s` ends, and twice as often as any other.
    fn leading_company(&self, s: usize) -> Option<usize> {
        let article = self.scene.articles.get(s);
        let mut counts: IndexMap<usize, usize> = IndexMap::new();
        for at in (0..self.scene.findings.len()).filter(|at| self.scene.articles.get(*at) == article) {
            let named = self.cast.mentions.get(at).into_iter().flatten().filter_map(|who| who.first().copied());
            let body = |who: &usize| matches!(self.kind(*who), Some(EntityType::Company | EntityType::Organization));
            for who in named.filter(body) {
                *counts.entry(who).or_default() += usize::from(at <= s || counts.contains_key(&who));
            }
        }
        counts.sort_by(|_, a, _, b| b.cmp(a));
        let (company, most) = counts.first().map(|(who, n)| (*who, *n))?;
        (most > 1 && counts.get_index(1).is_none_or(|(_, next)| next * 2 <= most)).then_some(company)
    }

    fn country_of_leader(&mut self, who: usize, post: &str) -> Option<usize> {
        let member = self.cast.members.get(who)?;
        let names = std::iter::once(&member.label).chain(&member.aliases);
        let country = names.into_iter().find_map(|name| Leaders::embedded().country_of(name, post))?;
        Some(self.cast.country(country))
    }

    /// "Fiji, where they met Prime Minister X": the country that the clause is about.
    fn country_of_place(&self, s: usize, title: &Title) -> Option<usize> {
        let tokens = &self.scene.sentences.get(s)?.tokens;
        let mut at = title.core;
        for _ in 0..6 {
            let token = tokens.get(at)?;
            let head = token.head?;
            let located = tokens.iter().any(|t| t.head == Some(at) && t.lemma == "where");
            if located && matches!(token.deprel, Deprel::AclRelcl | Deprel::Advcl | Deprel::Acl) {
                return self.country_at(s, head);
            }
            if located {
                // The clause may hang elsewhere: the place stands right before "where".
                let place = tokens.iter().position(|t| t.head == Some(at) && t.lemma == "where")?;
                let comma = tokens.get(place.checked_sub(1)?).is_some_and(|t| t.upos == Upos::Punct);
                return self.country_at(s, place.checked_sub(if comma { 2 } else { 1 })?);
            }
            at = head;
        }
        None
    }

    /// "a Peruvian delegation led by Secretary of State X", "his delegation included Trade Minister Y".
    fn country_of_delegation(&self, s: usize, title: &Title, seen: &[Seen]) -> Option<usize> {
        let tokens = &self.scene.sentences.get(s)?.tokens;
        let noun = (0..title.first)
            .rev()
            .find(|i| tokens.get(*i).is_some_and(|t| matches!(t.lemma.as_str(), "delegation" | "entourage")))?;
        let before = noun.checked_sub(1)?;
        if tokens.get(before).is_some_and(|t| matches!(t.lemma.to_lowercase().as_str(), "his" | "her" | "he" | "she")) {
            let leader =
                seen.iter().filter(|x| x.sentence < s && s - x.sentence <= 2).max_by_key(|x| (x.sentence, x.first))?;
            let country = leader.bodies.first().copied().or_else(|| self.cast.affiliation(leader.who));
            return country.filter(|c| self.kind(*c) == Some(EntityType::Country));
        }
        self.country_at(s, before)
    }

    /// "Prime Minister A, Trade Minister B and Energy Minister C": the country of the one before in the list.
    fn country_of_list(&self, s: usize, t: usize) -> Option<usize> {
        let titles = self.titles(s);
        let (before, title) = (titles.get(t.checked_sub(1)?)?, titles.get(t)?);
        let end = |x: &Title| {
            let m = self.shifted(s, x.holder?)?;
            self.scene.findings.get(s)?.mentions.get(m).filter(|m| m.first > x.last).map(|m| m.last)
        };
        let form = |i: usize| self.scene.sentences.get(s).and_then(|x| x.tokens.get(i)).map_or("", |t| t.form.as_str());
        let last = end(before)?;
        let listed = match (form(last + 1), title.first.checked_sub(last)?) {
            (",", 2) => true,
            ("and", 2) => self.country_of_list(s, t - 1).is_some(),
            (",", 3) => form(last + 2) == "and",
            _ => false,
        };
        let office = self.cast.office(s, t - 1).filter(|_| listed)?;
        office.body.filter(|b| self.kind(*b) == Some(EntityType::Country))
    }

    /// The word after the name that holds a post, in lower case.
    fn word_after(&self, s: usize, m: usize) -> Option<String> {
        let last = self.scene.findings.get(s)?.mentions.get(self.shifted(s, m)?)?.last;
        self.scene.sentences.get(s)?.tokens.get(last + 1).map(|t| t.form.to_lowercase())
    }

    /// Who the name that holds word `token` stands for.
    fn name_at(&self, s: usize, token: usize) -> Option<usize> {
        let m = self.scene.findings.get(s)?.mentions.iter().position(|m| m.first <= token && token <= m.last)?;
        self.of(s, m).first().copied()
    }

    fn country_at(&self, s: usize, token: usize) -> Option<usize> {
        let findings = self.scene.findings.get(s)?;
        let m = findings
            .mentions
            .iter()
            .position(|m| m.first <= token && token <= m.last && matches!(m.sense, Sense::Known(_)))?;
        self.of(s, m).first().and_then(|who| self.cast.country_of(*who))
    }

    /// The article's own country, or the one of its two whose office nobody else holds.
    fn country_by_exclusion(&self, s: usize, who: usize, post: &str, home: &Home, seen: &[Seen]) -> Option<usize> {
        let article = self.scene.articles.get(s);
        let taken = |country: usize| {
            seen.iter().any(|x| {
                self.scene.articles.get(x.sentence) == article
                    && x.who != who
                    && x.post == post
                    && (x.bodies.first() == Some(&country) || self.cast.affiliation(x.who) == Some(country))
            })
        };
        let facing = self.countries_of_counterparts(s, who);
        let free = |country: &usize| !facing.contains(country) && (!is_single(post) || !taken(*country));
        if post == "president" && !self.is_political(article.copied()) {
            return None;
        }
        // "President X wrote to President Y": nothing tells which is whose.
        let rivals = seen
            .iter()
            .filter(|x| x.sentence == s && x.post == post && x.who != who && self.cast.affiliation(x.who).is_none());
        if rivals.count() > 0 || self.speaks_of_delegation(s) {
            return None;
        }
        if let Some(own) = home.country {
            let other = home.pair.and_then(|p| p.into_iter().find(|c| *c != own));
            return Some(own).filter(free).or_else(|| other.filter(free));
        }
        let [a, b] = home.pair?;
        match (free(&a), free(&b)) {
            (true, false) => Some(a),
            (false, true) => Some(b),
            _ => None,
        }
    }

    /// "X met his Chilean counterpart": X is of another country.
    fn countries_of_counterparts(&self, s: usize, who: usize) -> Vec<usize> {
        let told =
            self.titles(s).iter().filter(|t| t.kind == "relative" && self.lemma(s, t.core).starts_with("counterpart"));
        let of_another = told.filter(|t| {
            let named = t.holder.and_then(|m| self.of(s, self.shifted(s, m)?).first().copied());
            named != Some(who)
        });
        let bodies =
            of_another.flat_map(|t| t.bodies.iter().filter_map(|m| self.of(s, self.shifted(s, *m)?).first().copied()));
        bodies.filter_map(|b| self.cast.country_of(b)).collect()
    }

    /// Whether an article speaks of other offices of states than presidents, who may be of companies.
    fn is_political(&self, article: Option<usize>) -> bool {
        (0..self.scene.findings.len()).filter(|s| self.scene.articles.get(*s).copied() == article).any(|s| {
            self.titles(s).iter().any(|title| {
                let role = title.role.to_lowercase();
                (title.kind == "state" && role != "president" && !role.contains("vice")) || role.contains("minister")
            })
        })
    }

    /// "His delegation includes": whose officials they are is told by who leads them.
    fn speaks_of_delegation(&self, s: usize) -> bool {
        let tokens = self.scene.sentences.get(s).map_or(&[][..], |x| x.tokens.as_slice());
        tokens.iter().any(|t| matches!(t.lemma.as_str(), "delegation" | "entourage" | "accompany" | "predecessor"))
    }

    fn office(&mut self, s: usize, t: usize) -> &mut Office {
        self.cast.offices.entry((s, t)).or_default()
    }
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
