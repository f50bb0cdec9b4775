//! "President Odunov" in one document and "Karim Odunov" in another: who a bare surname means.
//!
//! A surname alone is joined with a full name, or with the same surname elsewhere, where both hold the same post of the same country or
//! body and are seen in it within [`NEAR`] months of each other, and where that fits one person only. All else is left to people.
//!
//! Law: wrong is worse than open: brothers, fathers and sons hold the same post at other times, and a surname without a post or a date
//! may be anybody's.

use super::across::{Join, Resolver};
use super::link::Link;
use super::unit::Unit;
use crate::date::{Date, Period};
use crate::vocab;
use std::collections::{BTreeMap, BTreeSet};

/// Months between two sightings of one holder of a post, at most.
const NEAR: i32 = 24;

/// A set of persons as its posts tell it.
struct Holder {
    unit: usize,
    bare: bool,
    /// Country or body, post, and when he is seen in it, in months.
    seen: Vec<(String, String, i32, i32)>,
    /// Months of the articles that name him.
    written: BTreeSet<i32>,
}

/// Joins bare surnames where that is safe, and drops the questions that it answers: of `links`, those remain that are worth asking.
pub(super) fn join_bare_names(resolver: &mut Resolver<'_>, links: Vec<Link>) -> Vec<Link> {
    let mut answered: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (surname, mut holders) in gather_holders(resolver) {
        holders.sort_by_key(|h| h.unit);
        // Full names first; surnames that no full name claims may still be one.
        for full in [true, false] {
            for i in (0..holders.len()).filter(|i| holders.get(*i).is_some_and(|h| h.bare)).collect::<Vec<_>>() {
                claim(resolver, &holders, i, full, &surname);
            }
        }
        for own in holders.iter().filter(|h| h.bare) {
            let known = holders.iter().any(|other| !other.bare && own.is_written_near(other));
            let others = holders.iter().filter(|other| other.unit != own.unit);
            let rivals = others.filter(|o| own.is_of_other_time(o) || (known && !o.bare && own.is_written_far(o)));
            answered.extend(rivals.map(|o| (own.unit.min(o.unit), own.unit.max(o.unit))));
        }
    }
    let units = &resolver.units;
    let bare = |i: usize| units.get(i).is_some_and(is_bare);
    let claimed: BTreeSet<usize> =
        links.iter().filter(|l| bare(l.a) != bare(l.b)).flat_map(|l| [l.a, l.b]).filter(|i| bare(*i)).collect();
    // Two bare surnames are no question while a full name is one: its answer may settle both.
    let repeats = |l: &Link| bare(l.a) && bare(l.b) && (claimed.contains(&l.a) || claimed.contains(&l.b));
    links.into_iter().filter(|l| !answered.contains(&(l.a, l.b)) && !repeats(l)).collect()
}

fn is_bare(unit: &Unit<'_>) -> bool {
    unit.family() == 0 && unit.words.len() == 1
}

/// By surname: the sets of persons who have it, if one of them has nothing else.
fn gather_holders(resolver: &mut Resolver<'_>) -> BTreeMap<String, Vec<Holder>> {
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..resolver.units.len() {
        if resolver.units.get(i).is_some_and(|u| u.family() == 0) {
            sets.entry(resolver.sets.find(i)).or_default().push(i);
        }
    }
    let mut by_surname: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
    for (unit, members) in sets {
        let all = || members.iter().filter_map(|i| resolver.units.get(*i));
        let surnames: BTreeSet<&String> = all().filter_map(|u| u.words.last()).collect();
        for surname in surnames {
            let seen = all().flat_map(Unit::sightings).collect();
            let written = all().filter_map(|u| months(Period::from(u.issued?))).map(|(from, _)| from).collect();
            by_surname.entry(surname.clone()).or_default().push(Holder {
                unit,
                bare: all().all(is_bare),
                seen,
                written,
            });
        }
    }
    by_surname.retain(|_, holders| holders.len() > 1 && holders.iter().any(|h| h.bare));
    by_surname
}

/// Joins the bare holder `i` with the only other who fits: among full names, or among bare ones.
fn claim(resolver: &mut Resolver<'_>, holders: &[Holder], i: usize, full: bool, surname: &str) {
    let Some(own) = holders.get(i) else { return };
    let fitting: Vec<&Holder> = holders
        .iter()
        .enumerate()
        .filter(|(j, other)| *j != i && other.bare != full && own.is_near(other))
        .map(|(_, other)| other)
        .collect();
    let sets: BTreeSet<usize> = fitting.iter().map(|h| resolver.sets.find(h.unit)).collect();
    let root = resolver.sets.find(own.unit);
    let (1, Some(other), false) = (sets.len(), fitting.first(), sets.contains(&root)) else { return };
    if resolver.sets.join(root, other.unit) {
        let reason = format!("the surname {}; the same post at the same time", vocab::capitalise(surname));
        resolver.joins.push(Join { a: other.unit, b: own.unit, chance: 0.93, reason });
    }
}

impl Holder {
    /// Whether both are seen in one post within [`NEAR`] months.
    fn is_near(&self, other: &Self) -> bool {
        self.gaps(other).any(|gap| gap <= NEAR)
    }

    /// Whether both are seen in one post, and never within [`NEAR`] months.
    fn is_of_other_time(&self, other: &Self) -> bool {
        self.gaps(other).next().is_some() && !self.is_near(other)
    }

    /// Whether the other is seen in any post within [`NEAR`] months of an article that names this one.
    fn is_written_near(&self, other: &Self) -> bool {
        let near = |at: &i32| other.seen.iter().any(|(_, _, from, to)| (at - to).max(from - at) <= NEAR);
        self.written.iter().any(near)
    }

    /// Whether the other is seen in posts, at other times than this one's articles are of.
    fn is_written_far(&self, other: &Self) -> bool {
        !self.written.is_empty() && !other.seen.is_empty() && !self.is_written_near(other)
    }

    /// Months between their sightings in the same posts.
    fn gaps<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = i32> + 'a {
        self.seen.iter().flat_map(move |(body, office, from, to)| {
            let same = other.seen.iter().filter(move |(b, o, _, _)| b == body && o == office);
            same.map(move |(_, _, other_from, other_to)| (other_from - to).max(from - other_to).max(0))
        })
    }
}

impl Unit<'_> {
    /// Country or body, post, first and last month.
    fn sightings(&self) -> impl Iterator<Item = (String, String, i32, i32)> + '_ {
        let body = self.member.affiliation.iter();
        body.flat_map(|body| {
            let seen = self.posts.iter().filter_map(|s| Some((&s.office, months(s.seen)?)));
            seen.map(move |(office, (from, to))| (body.clone(), office.clone(), from, to))
        })
    }
}

/// First and last month of a closed period, counted from the year 0.
fn months(period: Period) -> Option<(i32, i32)> {
    let count = |date: Date, open: u8| i32::from(date.year) * 12 + i32::from(date.month.unwrap_or(open));
    Some((count(period.from?, 1), count(period.to?, 12)))
}
