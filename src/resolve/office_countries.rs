//! The country of an official where the text takes it for granted.
//!
//! Law: it follows from the person's other mentions, the reference data or the article's own countries, and only where no other
//! office holder stands against it; else it stays open.

use super::cast::Caster;
use super::home::Home;
use super::offices::{Seen, is_counterpart, is_same_office};
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::leaders::Leaders;
use crate::recognise::{Sense, Title};
use indexmap::IndexMap;

/// What officials do with those of another country.
const MEETS: &[&str] = &["meet", "receive", "welcome", "host", "hold", "greet", "discuss", "sign", "call"];
/// How officials go to another country.
const GOES: &[&str] = &[
    "visit",
    "pay",
    "make",
    "travel",
    "arrive",
    "leave",
    "depart",
    "fly",
    "begin",
    "start",
    "conclude",
    "embark",
    "tour",
    "undertake",
    "kick",
    "wrap",
    "end",
];

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
                || (capital && role.contains(" the president"))
                || (capital && role.contains(' ') && secretary)
                    && !role.contains("press")
                    && !role.contains("general")
                    && !role.contains("party")
                    && !role.contains("executive")
        }
        "military" => capital && role.contains("chief") && role.contains(' '),
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
    /// The country of an official that the sentence leaves out.
    pub(super) fn complete_title(&mut self, s: usize, t: usize, title: &Title, home: &Home, seen: &mut Vec<Seen>) {
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
        if self.awaits_counterpart(s, t) {
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
            .or_else(|| self.country_unnamed(s, who, title, home).filter(|_| !placed))
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
        if let Some(country) = self.country_of_side(s, title).or_else(|| self.country_of_company(s, title)) {
            return Some(country);
        }
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
        // "the Peruvian presidential delegation", "the delegation of Peru"
        let describes = |i: &usize| {
            tokens.get(*i).is_some_and(|t| matches!(t.upos, Upos::Adj | Upos::Noun | Upos::Propn) || t.form == "-")
        };
        let named = (noun.saturating_sub(5)..noun).rev().take_while(describes).find_map(|i| self.country_at(s, i));
        let behind = tokens.get(noun + 1).filter(|t| t.lemma == "of").and_then(|_| {
            let article = tokens.get(noun + 2).is_some_and(|t| t.lemma == "the");
            self.country_at(s, noun + 2 + usize::from(article))
        });
        named.or(behind).or_else(|| self.country_of_leader_before(s, noun))
    }

    /// "Trade Minister X led the Peruvian side": the country of those whom he leads.
    fn country_of_side(&self, s: usize, title: &Title) -> Option<usize> {
        let tokens = &self.scene.sentences.get(s)?.tokens;
        let last = self.scene.findings.get(s)?.mentions.get(self.shifted(s, title.holder?)?)?.last;
        let leads =
            |i: &usize| tokens.get(*i).is_some_and(|t| matches!(t.lemma.as_str(), "lead" | "head" | "represent"));
        let verb = (last + 1..last + 5).find(leads)?;
        let side = (verb + 1..verb + 6).find(|i| {
            tokens.get(*i).is_some_and(|t| matches!(t.lemma.as_str(), "side" | "delegation" | "team" | "party"))
        })?;
        self.country_at(s, side.checked_sub(1)?)
    }

    /// "X is accompanied by Trade Minister Y, Energy Minister Z": the country of X, whom they follow.
    fn country_of_company(&self, s: usize, title: &Title) -> Option<usize> {
        let tokens = &self.scene.sentences.get(s)?.tokens;
        let verb = tokens.get(..title.first)?.iter().rposition(|t| t.lemma == "accompany")?;
        tokens.get(verb + 1).filter(|t| t.lemma == "by")?;
        let mentions = &self.scene.findings.get(s)?.mentions;
        let before = |m: &usize| mentions.get(*m).is_some_and(|m| m.last < verb);
        let mut led = (0..mentions.len()).filter(before).filter_map(|m| self.of(s, m).first().copied());
        let leader = led.rfind(|w| self.kind(*w) == Some(EntityType::Person))?;
        self.cast.affiliation(leader).filter(|c| self.kind(*c) == Some(EntityType::Country))
    }

    /// "President X of Peru will be accompanied by a delegation comprising": the country of who leads it.
    fn country_of_leader_before(&self, s: usize, delegation: usize) -> Option<usize> {
        let tokens = &self.scene.sentences.get(s)?.tokens;
        let leads = |t: &crate::language::Token| matches!(t.lemma.as_str(), "accompany" | "lead" | "head" | "bring");
        let verb = tokens.get(..delegation)?.iter().rposition(leads)?;
        let mut titles = self.titles(s).iter().enumerate();
        let leader = titles.rfind(|(_, title)| title.last < verb && title.holder.is_some())?;
        self.cast.office(s, leader.0)?.body.filter(|c| self.kind(*c) == Some(EntityType::Country))
    }

    /// "Prime Minister A, Trade Minister B and Energy Minister C": the country of the one before in the list.
    fn country_of_list(&self, s: usize, t: usize) -> Option<usize> {
        let office = self.cast.office(s, t.checked_sub(1)?).filter(|_| self.is_listed(s, t) == Some(true))?;
        office.body.filter(|b| self.kind(*b) == Some(EntityType::Country))
    }

    /// Whether the title stands in a list right after the one before it and its holder.
    fn is_listed(&self, s: usize, t: usize) -> Option<bool> {
        let titles = self.titles(s);
        let (before, title) = (titles.get(t.checked_sub(1)?)?, titles.get(t)?);
        let end = |x: &Title| {
            let m = self.shifted(s, x.holder?)?;
            self.scene.findings.get(s)?.mentions.get(m).filter(|m| m.first > x.last).map(|m| m.last)
        };
        let form = |i: usize| self.scene.sentences.get(s).and_then(|x| x.tokens.get(i)).map_or("", |t| t.form.as_str());
        let last = end(before)?;
        Some(match (form(last + 1), title.first.checked_sub(last)?) {
            ("," | ";", 2) => true,
            ("and", 2) => !before.role.eq_ignore_ascii_case(&title.role) || self.country_of_list(s, t - 1).is_some(),
            ("," | ";", 3) => matches!(form(last + 2), "and" | "the"),
            (",", 4) => form(last + 2) == "and" && form(last + 3) == "the",
            _ => false,
        })
    }

    /// "his Chilean counterpart, X, Trade Minister Y and": Y's country is that of X, who is not cast yet.
    fn awaits_counterpart(&self, s: usize, t: usize) -> bool {
        if self.is_listed(s, t) != Some(true) {
            return false;
        }
        let before = t - 1;
        let open = self.cast.office(s, before).is_none_or(|o| o.body.is_none());
        let relative = self.titles(s).get(before).is_some_and(|b| b.kind == "relative" && !b.bodies.is_empty());
        open && (relative || self.awaits_counterpart(s, before))
    }

    /// The word after the name that holds a post, in lower case.
    fn word_after(&self, s: usize, m: usize) -> Option<String> {
        let last = self.scene.findings.get(s)?.mentions.get(self.shifted(s, m)?)?.last;
        self.scene.sentences.get(s)?.tokens.get(last + 1).map(|t| t.form.to_lowercase())
    }

    /// Who the name that holds word `token` stands for.
    pub(super) fn name_at(&self, s: usize, token: usize) -> Option<usize> {
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

    /// "ABU DHABI: Minister X met his Peruvian counterpart": the country of dateline or publisher, which such a text does not name.
    fn country_unnamed(&mut self, s: usize, who: usize, title: &Title, home: &Home) -> Option<usize> {
        let country = home.unnamed.filter(|_| title.role.starts_with(char::is_uppercase))?;
        let foreign = self.titles(s).iter().any(|t| !t.bodies.is_empty() && t.core != title.core);
        let faced = !self.countries_of_counterparts(s, who).is_empty() || !self.countries_faced(s, who).is_empty();
        (foreign || faced).then(|| self.cast.country(country))
    }

    /// The article's own country, or the one of its two whose office nobody else holds.
    fn country_by_exclusion(&self, s: usize, who: usize, post: &str, home: &Home, seen: &[Seen]) -> Option<usize> {
        let article = self.scene.articles.get(s);
        let taken = |country: usize| {
            seen.iter().any(|x| {
                self.scene.articles.get(x.sentence) == article
                    && !self.may_be_one(x.who, who)
                    && is_same_office(&x.post, post)
                    && (x.bodies.first() == Some(&country) || self.cast.affiliation(x.who) == Some(country))
            })
        };
        let mut facing = self.countries_of_counterparts(s, who);
        facing.extend(self.countries_faced(s, who));
        let free = |country: &usize| !facing.contains(country) && (!is_single(post) || !taken(*country));
        if post == "president" && !self.is_political(article.copied()) {
            return None;
        }
        // "President X wrote to President Y": nothing tells which is whose.
        let rivals = seen.iter().filter(|x| {
            x.sentence == s && is_same_office(&x.post, post) && x.who != who && self.cast.affiliation(x.who).is_none()
        });
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

    /// Whether two people are one, or share a word of their names: "Ana Maria Ruiz", "Ana M. Ruiz".
    fn may_be_one(&self, a: usize, b: usize) -> bool {
        let label = |who: usize| self.cast.members.get(who).map_or("", |m| m.label.as_str());
        a == b || label(a).split(' ').any(|word| word.chars().count() > 3 && label(b).split(' ').any(|w| w == word))
    }

    /// "X met his Chilean counterpart": X is of another country.
    fn countries_of_counterparts(&self, s: usize, who: usize) -> Vec<usize> {
        let told = self.titles(s).iter().filter(|t| t.kind == "relative" && is_counterpart(&self.lemma(s, t.core)));
        let of_another = told.filter(|t| {
            let named = t.holder.and_then(|m| self.of(s, self.shifted(s, m)?).first().copied());
            named != Some(who)
        });
        let bodies =
            of_another.flat_map(|t| t.bodies.iter().filter_map(|m| self.of(s, self.shifted(s, *m)?).first().copied()));
        bodies.filter_map(|b| self.cast.country_of(b)).collect()
    }

    /// "Minister X met Y, the president of Chile", "Minister X will pay a visit to Chile": X is of another country.
    fn countries_faced(&self, s: usize, who: usize) -> Vec<usize> {
        let Some(verb) = self.deed_of(s, who) else { return Vec::new() };
        let lemma = self.lemma(s, verb);
        if MEETS.contains(&lemma.as_str()) {
            let others = self.titles(s).iter().enumerate().filter(|(t, title)| {
                title.first > verb && self.cast.office(s, *t).is_some_and(|o| o.holder.is_some_and(|w| w != who))
            });
            let bodies = others.flat_map(|(_, title)| title.bodies.iter());
            let named = bodies.filter_map(|m| self.of(s, self.shifted(s, *m)?).first().copied());
            return named.filter_map(|b| self.cast.country_of(b)).collect();
        }
        if !GOES.contains(&lemma.as_str()) {
            return Vec::new();
        }
        let form = |i: usize| self.scene.sentences.get(s).and_then(|x| x.tokens.get(i)).map_or("", |t| t.form.as_str());
        let towards = |i: usize| matches!(form(i), "to" | "in" | "for" | "visit" | "visits" | "visited" | "visiting");
        let mentions = self.scene.findings.get(s).map_or(&[][..], |f| f.mentions.as_slice());
        let goals = mentions.iter().filter(|m| {
            let before = m.first.saturating_sub(1);
            m.first > verb && (towards(before) || form(before) == "the" && towards(before.saturating_sub(1)))
        });
        goals.filter_map(|m| self.country_at(s, m.first)).take(1).collect()
    }

    /// The verb whose subject `who` is.
    fn deed_of(&self, s: usize, who: usize) -> Option<usize> {
        let sentence = self.scene.sentences.get(s)?;
        let mentions = &self.scene.findings.get(s)?.mentions;
        let own = |m: &usize| self.of(s, *m).first() == Some(&who);
        let mut at = mentions.get((0..mentions.len()).find(own)?)?.head;
        for _ in 0..4 {
            let token = sentence.tokens.get(at)?;
            match token.deprel {
                Deprel::Nsubj => return token.head,
                Deprel::Flat | Deprel::Appos | Deprel::NmodDesc | Deprel::Compound => at = token.head?,
                _ => return None,
            }
        }
        None
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
}
