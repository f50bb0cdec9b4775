//! Across documents: who is one, by name, by surroundings and by what people decided; and what each is called for good.
//!
//! In order: what people decided (the ledger); the same reference entry, name, alias or acronym; spellings that the matcher finds
//! ([`super::link`]); shorter names where nobody else fits; bare surnames whose post says who is meant ([`super::bare`]). Each step respects "not the same" ([`super::cluster`]).
//!
//! Law: the result depends on the set of documents, the ledger and the IRIs minted before, never on the order of the documents;
//! two become one only for a reason that can be named, and stay two where it is not good enough.

use super::bare::join_bare_names;
use super::cast::Member;
use super::cluster::Sets;
use super::entity::Entity;
use super::ledger::{Decision, Judgement, Ledger, PROGRAM};
use super::link::{Link, Profile, find_links};
use super::name_entities::name_entities;
use super::review::{Question, find_questions};
use super::unit::Unit;
use crate::date::{Date, Period};
use crate::vocab;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The members of one document, as far as other documents may share them.
pub struct Household<'a> {
    /// Identifier of the document.
    pub document: &'a str,
    /// Its members.
    pub members: &'a [Member],
    /// By member: the IRI that an earlier build minted for it; empty, or shorter than `members`, where none did.
    pub minted: &'a [String],
    /// By member: the posts that the document gives it and when it is seen in them; shorter than `members` where it gives none.
    pub posts: &'a [Vec<Sighting>],
    /// When its first article was published.
    pub issued: Option<Date>,
}

/// Somebody seen in a post.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// The post, under one name for all spellings.
    pub office: String,
    /// When.
    pub seen: Period,
}

/// From this chance on two names of a graph are taken for one.
pub(super) const JOIN: f32 = 0.9;
/// From this chance on somebody should be asked.
pub(super) const ASK: f32 = 0.5;

/// For every document (in the order given) the entity of each of its members, and how that was decided.
pub fn resolve_across(households: &[Household<'_>], ledger: &Ledger) -> Resolution {
    let mut by_name: Vec<usize> = (0..households.len()).collect();
    by_name.sort_by_key(|h| households.get(*h).map_or("", |h| h.document));
    let mut order: Vec<(usize, usize)> = Vec::new();
    let mut units: Vec<Unit<'_>> = Vec::new();
    for h in by_name {
        let Some(household) = households.get(h) else { continue };
        for m in 0..household.members.len() {
            if let Some(unit) = Unit::new(household, m) {
                order.push((h, m));
                units.push(unit);
            }
        }
    }
    let mut resolver = Resolver { sets: Sets::new(units.len()), units, joins: Vec::new(), unknown: Vec::new() };
    resolver.obey(ledger);
    resolver.join_by_key();
    resolver.join_within_documents();
    let links = resolver.join_by_links();
    let links = join_bare_names(&mut resolver, links);
    let named = name_entities(&resolver.units, &mut resolver.sets, &given_up(ledger));
    let mut found = Resolution { unknown: std::mem::take(&mut resolver.unknown), ..Resolution::default() };
    for household in households {
        found.entities.push(Vec::with_capacity(household.members.len()));
        found.minted.push(Vec::with_capacity(household.members.len()));
    }
    for (i, (h, _)) in order.iter().enumerate() {
        let set = resolver.sets.find(i);
        let Some(entity) = named.get(&set) else { continue };
        let minted = resolver.units.get(i).and_then(|u| u.minted).unwrap_or(&entity.iri).to_owned();
        if minted != entity.iri {
            found.merged.insert(minted.clone(), entity.iri.clone());
        }
        if let (Some(entities), Some(iris)) = (found.entities.get_mut(*h), found.minted.get_mut(*h)) {
            entities.push(entity.clone());
            iris.push(minted);
        }
    }
    // A former IRI that is still somebody's own is no alias of another.
    let own: BTreeSet<&String> = named.values().map(|e| &e.iri).collect();
    found.merged.retain(|old, _| !own.contains(old));
    found.decisions = resolver.joins.iter().filter_map(|j| resolver.decide(j)).collect();
    found.decisions.sort();
    found.decisions.dedup();
    found.questions = find_questions(&mut resolver, &links, &named, ledger);
    found
}

/// IRIs that people gave up for another: the object of "same".
fn given_up(ledger: &Ledger) -> BTreeSet<String> {
    let same = ledger.human.iter().filter(|d| d.judgement == Judgement::Same);
    same.filter_map(|d| d.object.strip_prefix("id:").map(|local| vocab::id(local).into_string())).collect()
}

/// Two units that became one for a reason worth writing down.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Join {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) chance: f32,
    pub(super) reason: String,
}

/// A decision of a person that means nobody: line, identifier, and the nearest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Line of the ledger.
    pub line: usize,
    /// The identifier that means nobody.
    pub id: String,
}

/// Who everybody is, and how that was decided.
#[derive(Debug, Clone, Default)]
pub struct Resolution {
    /// By document in the order given, by member: the entity.
    pub entities: Vec<Vec<Entity>>,
    /// By document and member: the IRI that was minted for it first, to be kept for the next build.
    pub minted: Vec<Vec<String>>,
    /// IRIs that were minted once and whose entity has become another: old and new.
    pub merged: BTreeMap<String, String>,
    /// What the program decided beyond equal names, sorted.
    pub decisions: Vec<Decision>,
    /// What somebody should look at, the best question first.
    pub questions: Vec<Question>,
    /// Identifiers in the ledger that mean nobody.
    pub unknown: Vec<Unknown>,
}

/// What resolving works on.
pub(super) struct Resolver<'a> {
    pub(super) units: Vec<Unit<'a>>,
    pub(super) sets: Sets,
    pub(super) joins: Vec<Join>,
    pub(super) unknown: Vec<Unknown>,
}

impl<'a> Resolver<'a> {
    /// A join as a row of the ledger.
    fn decide(&self, join: &Join) -> Option<Decision> {
        let (a, b) = (self.units.get(join.a)?, self.units.get(join.b)?);
        Some(Decision {
            subject: a.mention(),
            subject_label: a.member.label.clone(),
            judgement: Judgement::Same,
            object: b.mention(),
            object_label: b.member.label.clone(),
            confidence: format!("{:.2}", join.chance),
            reason: join.reason.clone(),
            author: PROGRAM.to_owned(),
            date: String::new(),
            line: 0,
        })
    }

    /// The ledger first: who is not the same, then who is.
    fn obey(&mut self, ledger: &Ledger) {
        let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let wanted: BTreeSet<&str> =
            ledger.human.iter().flat_map(|d| [d.subject.as_str(), d.object.as_str()]).collect();
        if wanted.is_empty() {
            return;
        }
        for id in wanted {
            by_id.insert(id.to_owned(), self.units_of(id));
        }
        let mut links: Vec<(Judgement, &[usize], &[usize])> = Vec::new();
        for decision in &ledger.human {
            let find = |id: &str| by_id.get(id).map_or(&[][..], Vec::as_slice);
            let (a, b) = (find(&decision.subject), find(&decision.object));
            for (id, list) in [(&decision.subject, a), (&decision.object, b)] {
                if list.is_empty() {
                    self.unknown.push(Unknown { line: decision.line, id: id.clone() });
                }
            }
            links.push((decision.judgement, a, b));
        }
        for (_, a, b) in links.iter().filter(|(j, _, _)| *j != Judgement::Same) {
            for x in *a {
                b.iter().filter(|y| *y != x).for_each(|y| {
                    self.sets.part(*x, *y);
                });
            }
        }
        for (_, a, b) in links.iter().filter(|(j, a, b)| *j == Judgement::Same && !a.is_empty() && !b.is_empty()) {
            let all: Vec<usize> = a.iter().chain(*b).copied().collect();
            all.windows(2).for_each(|w| {
                if let [x, y] = w {
                    self.sets.join(*x, *y);
                }
            });
        }
    }

    /// The units that an identifier means: those minted under it, else those whose name reads like it.
    fn units_of(&self, id: &str) -> Vec<usize> {
        let all = self.units.iter().enumerate();
        if let Some((source, name)) = id.split_once('#') {
            let fits = |u: &Unit<'_>| u.document == source && u.writings().any(|w| w == name);
            return all.filter(|(_, u)| fits(u)).map(|(i, _)| i).collect();
        }
        let local = id.strip_prefix("id:").unwrap_or(id);
        let iri = vocab::id(local).into_string();
        let minted: Vec<usize> = all.clone().filter(|(_, u)| u.minted == Some(iri.as_str())).map(|(i, _)| i).collect();
        if !minted.is_empty() {
            return minted;
        }
        let labelled: Vec<usize> =
            all.clone().filter(|(_, u)| vocab::slug(&u.member.label) == local).map(|(i, _)| i).collect();
        if !labelled.is_empty() {
            return labelled;
        }
        all.filter(|(_, u)| u.writings().any(|w| vocab::slug(w) == local)).map(|(i, _)| i).collect()
    }

    /// The same reference entry, name, alias or acronym.
    fn join_by_key(&mut self) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, unit) in self.units.iter().enumerate() {
            for key in unit.keys() {
                groups.entry(key).or_default().push(i);
            }
        }
        for group in groups.values().filter(|g| g.len() > 1) {
            let contested = group.iter().any(|i| self.sets.has_enemies(*i))
                && group.iter().any(|i| group.iter().any(|j| self.sets.are_apart(*i, *j)));
            for (at, i) in group.iter().enumerate() {
                for j in group.get(..at).unwrap_or_default().iter().take(if contested { usize::MAX } else { 1 }) {
                    // Where people said that the name is two persons, the name alone says no more.
                    if !contested || self.share_post(*i, *j) {
                        self.sets.join(*i, *j);
                    }
                }
            }
        }
    }

    fn share_post(&self, i: usize, j: usize) -> bool {
        let post = |i: usize| self.units.get(i).and_then(|u| u.member.affiliation.as_deref());
        post(i).is_some() && post(i) == post(j)
    }

    /// "State Oil Company" is the State Oil Company of some country where its document names no other that it could be.
    fn join_within_documents(&mut self) {
        let mut by_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, unit) in self.units.iter().enumerate().filter(|(_, u)| u.family() == 1) {
            by_document.entry(unit.document).or_default().push(i);
        }
        for list in by_document.values() {
            for short in list.iter().copied() {
                let Some(unit) = self.units.get(short).filter(|u| u.is_generic() && u.words.len() > 1) else {
                    continue;
                };
                let fits: Vec<usize> = list
                    .iter()
                    .copied()
                    .filter(|i| self.units.get(*i).is_some_and(|full| full.is_longer_form_of(unit)))
                    .collect();
                let sets: BTreeSet<usize> = fits.iter().map(|i| self.sets.find(*i)).collect();
                if let (1, Some(full)) = (sets.len(), fits.first())
                    && self.sets.find(short) != self.sets.find(*full)
                    && self.sets.join(short, *full)
                {
                    let reason = "the short form of a name in the same document".to_owned();
                    self.joins.push(Join { a: *full, b: short, chance: 0.95, reason });
                }
            }
        }
    }

    /// What the matcher finds: spellings first, the surest first; then shorter names where one only fits.
    fn join_by_links(&mut self) -> Vec<Link> {
        let profiles = Profile::gather(&self.units, &mut self.sets);
        let mut links = find_links(&profiles);
        links.sort_by(|x, y| y.chance.total_cmp(&x.chance).then((x.a, x.b).cmp(&(y.a, y.b))));
        let mut company: FxHashMap<usize, Vec<usize>> =
            profiles.iter().enumerate().map(|(i, p)| (p.unit, vec![i])).collect();
        for link in links.iter().filter(|l| !l.shortens && l.chance >= JOIN) {
            self.join_link(link, &profiles, &mut company);
        }
        let mut targets: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for link in links.iter().filter(|l| l.shortens && l.chance >= ASK) {
            let (short, full) = (self.sets.find(link.short), self.sets.find(link.full()));
            targets.entry(short).or_default().insert(full);
        }
        let fits = |this: &mut Self, link: &Link| {
            let short = this.sets.find(link.short);
            let roots: BTreeSet<usize> = targets.get(&short)?.iter().map(|t| this.sets.find(*t)).collect();
            (roots.len() == 1).then_some(())
        };
        for link in links.iter().filter(|l| l.shortens && l.chance >= JOIN) {
            if fits(self, link).is_some() {
                self.join_link(link, &profiles, &mut company);
            }
        }
        links
    }

    /// Joins two sets unless one of their names speaks against one of the other's.
    fn join_link(&mut self, link: &Link, profiles: &[Profile<'_>], company: &mut FxHashMap<usize, Vec<usize>>) {
        let (a, b) = (self.sets.find(link.a), self.sets.find(link.b));
        if a == b || self.sets.are_apart(a, b) {
            return;
        }
        let of =
            |root: usize| company.get(&root).map_or(&[][..], Vec::as_slice).iter().filter_map(|i| profiles.get(*i));
        if of(a).any(|x| of(b).any(|y| x.is_opposed_to(y))) {
            return;
        }
        if self.sets.join(a, b) {
            let mut all = company.remove(&a).unwrap_or_default();
            all.extend(company.remove(&b).unwrap_or_default());
            company.insert(self.sets.find(a), all);
            self.joins.push(Join { a: link.a, b: link.b, chance: link.chance, reason: link.reason.clone() });
        }
    }
}
