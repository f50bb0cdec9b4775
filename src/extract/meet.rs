//! Facts of all documents -> the same, with one IRI for what several documents report.
//!
//! An event's IRI comes from its kind, parties and date. Two reports of one event may say less or more: a month where the other says
//! the day, a topic where the other has none. And two agreements of one month between the same parties may be two.
//!
//! Law: what differs in type, number or topic stays apart; a vaguer date means the finer one only where there is one alone; two facts of one document
//! are two. The result depends on the set of documents.

use super::deals::{canonical_type, is_plural_type, is_same_type};
use super::fact::{Fact, Value};
use super::mint::name_fact;
use crate::date::{Date, Period};
use crate::vocab;
use std::collections::{BTreeMap, BTreeSet};

/// Kinds whose date may be told less exactly.
const DATED: [&str; 3] = ["Visit", "Meeting", "Agreement"];

/// Gives the facts of all documents, by document in the order of `documents`, the IRIs under which they meet.
pub fn meet_facts(facts: &mut [Vec<Fact>], documents: &[&str]) {
    let finer = find_finer_dates(facts);
    let mut groups: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (d, list) in facts.iter().enumerate() {
        for (f, fact) in list.iter().enumerate().filter(|(_, fact)| DATED.contains(&fact.kind.as_str())) {
            let mut bare = with_date(fact, finer.get(&(d, f)));
            // What agreements are called, and how many there are, is compared; it need not be the same.
            bare.roles.retain(|role, _| !matches!(role.as_str(), "type" | "count"));
            groups.entry(name_fact(&bare, "")).or_default().push((d, f));
        }
    }
    for mut group in groups.into_values() {
        group.sort_by_key(|(d, f)| (documents.get(*d).copied().unwrap_or_default(), *f));
        let date = group.first().and_then(|at| finer.get(at));
        for (iri, members) in name_clusters(part_group(&group, facts), facts, date) {
            rename(facts, &members, &iri);
        }
    }
}

/// Gives facts, by document and number, one IRI.
pub(super) fn rename(facts: &mut [Vec<Fact>], members: &[(usize, usize)], iri: &str) {
    for (d, f) in members {
        if let Some(fact) = facts.get_mut(*d).and_then(|list| list.get_mut(*f)) {
            iri.clone_into(&mut fact.iri);
        }
    }
}

fn with_date(fact: &Fact, date: Option<&Period>) -> Fact {
    let mut fact = fact.clone();
    if let Some(date) = date {
        fact.roles.insert("date".to_owned(), Value::When(*date));
    }
    fact
}

fn date_of(fact: &Fact) -> Option<Period> {
    match fact.roles.get("date")? {
        Value::When(period) if period.from.is_some() && period.to.is_some() => Some(*period),
        _ => None,
    }
}

/// Days that an event lasts at most, so that one of them means all of them.
const LONGEST: i32 = 14;

/// Whether `vague` may be told for `fine`: the month or year that it lies in, or one day of several.
fn is_told_for(vague: Period, fine: Period) -> bool {
    let (Some(from), Some(to)) = (fine.from, fine.to) else { return false };
    let day = |date: Date| date.to_civil();
    match vague.single() {
        None => false,
        Some(date) if date.day.is_some() => match (day(date), day(from), day(to)) {
            (Some(day), Some(first), Some(last)) => {
                first < last && first <= day && day <= last && (last - first).get_days() <= LONGEST
            }
            _ => false,
        },
        Some(date) => fine != vague && lies_in(from, date) && lies_in(to, date),
    }
}

fn lies_in(fine: Date, vague: Date) -> bool {
    fine.year == vague.year && vague.month.is_none_or(|m| fine.month == Some(m))
}

/// Facts whose date another document tells better, and that date.
fn find_finer_dates(facts: &[Vec<Fact>]) -> BTreeMap<(usize, usize), Period> {
    let mut dates: BTreeMap<String, BTreeSet<(Period, usize)>> = BTreeMap::new();
    let key = |fact: &Fact| {
        let mut bare = fact.clone();
        bare.roles.shift_remove("date");
        if let Some(Value::Text(words)) = bare.roles.get_mut("type") {
            *words = canonical_type(words);
        }
        name_fact(&bare, "")
    };
    let dated = |fact: &&Fact| DATED.contains(&fact.kind.as_str()) && date_of(fact).is_some();
    for (d, list) in facts.iter().enumerate() {
        for fact in list.iter().filter(dated) {
            dates.entry(key(fact)).or_default().extend(date_of(fact).map(|date| (date, d)));
        }
    }
    let mut found = BTreeMap::new();
    for (d, list) in facts.iter().enumerate() {
        for (f, fact) in list.iter().enumerate().filter(|(_, fact)| dated(fact)) {
            let (Some(vague), Some(known)) = (date_of(fact), dates.get(&key(fact))) else { continue };
            let finer: BTreeSet<(Period, usize)> =
                known.iter().copied().filter(|(fine, _)| is_told_for(vague, *fine)).collect();
            // Of dates that are told for each other the best counts: "May 2024", "11 May" and "11 and 12 May 2024" are one.
            let best: BTreeSet<Period> = finer
                .iter()
                .map(|(date, _)| *date)
                .filter(|date| !finer.iter().any(|(other, _)| is_told_for(*date, *other)))
                .collect();
            let elsewhere = finer.iter().all(|(_, document)| *document != d);
            if let (1, Some(date), true) = (best.len(), best.first(), elsewhere) {
                found.insert((d, f), *date);
            }
        }
    }
    found
}

/// Reports of one event.
#[derive(Default)]
struct Cluster {
    /// Telling words of its topics.
    words: BTreeSet<String>,
    /// Telling words of its types.
    called: BTreeSet<String>,
    topics: BTreeSet<String>,
    types: BTreeSet<String>,
    count: Option<String>,
    documents: BTreeSet<usize>,
    members: Vec<(usize, usize)>,
}

impl Cluster {
    fn of(at: (usize, usize), fact: &Fact) -> Self {
        let topic = text_of(fact, "topic");
        let called = text_of(fact, "type");
        Self {
            called: if canonical_type(&called) == "agreement" { BTreeSet::new() } else { telling_stems(&called) },
            words: telling_stems(&topic),
            topics: BTreeSet::from([topic]),
            types: BTreeSet::from([called]),
            count: count_of(fact),
            documents: BTreeSet::from([at.0]),
            members: vec![at],
        }
    }

    /// Whether both may be one as far as their names, their number and their sources go; two facts of one document are two.
    fn may_be(&self, other: &Self) -> bool {
        let alike = self.types.iter().all(|a| other.types.iter().all(|b| is_same_type(a, b)));
        let several = |c: &Self| c.types.iter().any(|t| is_plural_type(t));
        let counts = match (&self.count, &other.count) {
            (Some(a), Some(b)) => a == b,
            (None, None) => several(self) == several(other),
            (Some(_), None) => several(other),
            (None, Some(_)) => several(self),
        };
        alike && counts && self.documents.is_disjoint(&other.documents)
    }

    /// Whether their topics share a word, or the topic of one what the other is called.
    fn shares_topic(&self, other: &Self) -> bool {
        let meets = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_disjoint(b);
        meets(&self.words, &other.words) || meets(&self.words, &other.called) || meets(&self.called, &other.words)
    }

    fn is_general(&self) -> bool {
        self.types.iter().all(|t| canonical_type(t) == "agreement")
    }

    fn absorb(&mut self, other: Self) {
        self.words.extend(other.words);
        self.called.extend(other.called);
        self.topics.extend(other.topics);
        self.types.extend(other.types);
        self.count = self.count.take().or(other.count);
        self.documents.extend(other.documents);
        self.members.extend(other.members);
        self.members.sort_unstable();
    }
}

fn count_of(fact: &Fact) -> Option<String> {
    match fact.roles.get("count")? {
        Value::Number(number) => Some(number.to_string()),
        Value::Text(words) => Some(words.clone()),
        _ => None,
    }
}

/// The facts of one name, parted where their types, numbers or topics differ: first those whose topics agree, then those without a
/// topic, then those that are called by no more than "agreement"; the latter two join where one only fits.
fn part_group(group: &[(usize, usize)], facts: &[Vec<Fact>]) -> Vec<Cluster> {
    let single = |at: &(usize, usize)| Some(Cluster::of(*at, facts.get(at.0)?.get(at.1)?));
    let singles = || group.iter().filter_map(single);
    let mut clusters: Vec<Cluster> = Vec::new();
    for new in singles().filter(|c| !c.is_general()) {
        let fits = |c: &&mut Cluster| {
            c.may_be(&new)
                && c.words.is_empty() == new.words.is_empty()
                && (new.words.is_empty() || c.shares_topic(&new))
        };
        match clusters.iter_mut().find(fits) {
            Some(cluster) => cluster.absorb(new),
            None => clusters.push(new),
        }
    }
    let (untold, mut clusters): (Vec<Cluster>, Vec<Cluster>) = clusters.into_iter().partition(|c| c.words.is_empty());
    untold.into_iter().for_each(|c| join_only(&mut clusters, c));
    let general = singles().filter(Cluster::is_general);
    let (untold, told): (Vec<Cluster>, Vec<Cluster>) = general.partition(|c| c.words.is_empty());
    told.into_iter().chain(untold).for_each(|c| join_only(&mut clusters, c));
    clusters
}

/// Joins the only cluster that may be the same and whose topic, if both have one, shares a word; else adds another.
fn join_only(clusters: &mut Vec<Cluster>, new: Cluster) {
    let shares = |c: &Cluster| c.words.is_empty() || new.words.is_empty() || c.shares_topic(&new);
    let fits: Vec<usize> =
        (0..clusters.len()).filter(|i| clusters.get(*i).is_some_and(|c| c.may_be(&new) && shares(c))).collect();
    match fits.as_slice() {
        [only] => {
            if let Some(cluster) = clusters.get_mut(*only) {
                cluster.absorb(new);
            }
        }
        _ => clusters.push(new),
    }
}

/// Each cluster's IRI: kind, type, parties, number and date; the topic where that is not enough.
fn name_clusters(
    clusters: Vec<Cluster>,
    facts: &[Vec<Fact>],
    date: Option<&Period>,
) -> Vec<(String, Vec<(usize, usize)>)> {
    let mut named: Vec<(String, String, Cluster)> = Vec::new();
    for cluster in clusters {
        let Some(first) = cluster.members.first().and_then(|(d, f)| facts.get(*d)?.get(*f)) else { continue };
        let mut fact = with_date(first, date);
        let fullest =
            cluster.types.iter().map(|t| canonical_type(t)).max_by_key(|t| (t != "agreement", t.len(), t.clone()));
        if let (Some(words), true) = (fullest, fact.roles.contains_key("type")) {
            fact.roles.insert("type".to_owned(), Value::Text(words));
        }
        if let Some(count) = &cluster.count {
            fact.roles.insert("count".to_owned(), Value::Text(count.clone()));
        }
        let topic = cluster.topics.iter().find(|t| !t.is_empty()).map(|t| vocab::slug(t)).unwrap_or_default();
        named.push((name_fact(&fact, ""), topic.chars().take(48).collect(), cluster));
    }
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    named.iter().for_each(|(name, _, _)| *alike.entry(name.clone()).or_default() += 1);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let name = |(name, topic, cluster): (String, String, Cluster)| {
        let mut own = name.clone();
        if alike.get(&name).is_some_and(|n| *n > 1) && !topic.is_empty() {
            own.push('.');
            own.push_str(&topic);
        }
        let count = taken.entry(own.clone()).or_default();
        *count += 1;
        if *count > 1 {
            own.push_str(&format!(".{count}"));
        }
        (vocab::id(&own).into_string(), cluster.members)
    };
    named.into_iter().map(name).collect()
}

fn text_of(fact: &Fact, role: &str) -> String {
    fact.roles.get(role).and_then(Value::as_text).unwrap_or_default().to_owned()
}

/// Words of a topic that tell: by their first five letters, so that endings do not matter.
fn telling_stems(topic: &str) -> BTreeSet<String> {
    const COMMON: [&str; 9] = ["coope", "agree", "memor", "betwe", "joint", "field", "secto", "devel", "mutua"];
    let plain = crate::ascii::to_ascii(topic).to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3);
    let stems: BTreeSet<String> = words.map(|w| w.chars().take(5).collect()).collect();
    let telling: BTreeSet<String> = stems.iter().filter(|s| !COMMON.contains(&s.as_str())).cloned().collect();
    if telling.is_empty() { stems } else { telling }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::super::fact::Status;
    use super::*;
    use indexmap::IndexMap;

    /// `Visit 2024-05 fisheries`, `Agreement 2024-05 - 15_memoranda`: kind, date, topic, number and type; `-` for none.
    fn fact(text: &str) -> Fact {
        let parts: Vec<&str> = text.split(' ').collect();
        let mut roles = IndexMap::from([("parties".to_owned(), Value::Text("Estonia and Peru".to_owned()))]);
        if parts[1] != "-" {
            roles.insert("date".to_owned(), Value::When(parts[1].parse().unwrap()));
        }
        if parts[2] != "-" {
            roles.insert("topic".to_owned(), Value::Text(parts[2].replace('_', " ")));
        }
        if let Some(called) = parts.get(3) {
            let words = called.replace('_', " ");
            let (count, called) =
                words.split_once(' ').filter(|(n, _)| n.parse::<f64>().is_ok()).unwrap_or(("", &words));
            roles.insert("type".to_owned(), Value::Text(called.to_owned()));
            if let Ok(count) = count.parse() {
                roles.insert("count".to_owned(), Value::Number(count));
            }
        }
        let kind = parts[0].to_owned();
        Fact { iri: String::new(), kind, roles, status: Status::Asserted, attributed_to: None, evidence: Vec::new() }
    }

    /// Facts of documents a, b, c, …; which of them share an IRI, as numbers by document.
    #[track_caller]
    fn check(documents: &[&[&str]], expected: &[&[usize]]) {
        let names = ["a", "b", "c", "d"];
        let mut facts: Vec<Vec<Fact>> = documents.iter().map(|d| d.iter().map(|f| fact(f)).collect()).collect();
        meet_facts(&mut facts, &names);
        let all: Vec<&str> = facts.iter().flatten().map(|f| f.iri.as_str()).collect();
        let first = |f: &Fact| all.iter().position(|iri| *iri == f.iri).unwrap();
        let found: Vec<Vec<usize>> = facts.iter().map(|list| list.iter().map(first).collect()).collect();
        assert_eq!(found, expected, "{facts:#?}");
    }

    #[test]
    fn reports_of_one_event_meet() {
        check(&[&["Visit 2024-05 -"], &["Visit 2024-05-11 -"], &["Visit 2024-06 -"]], &[&[0], &[0], &[2]]);
        check(&[&["Visit 2024-05 -"], &["Visit 2024-05-11 -"], &["Visit 2024-05-20 -"]], &[&[0], &[1], &[2]]);
        check(
            &[&["Visit 2024-05-11/2024-05-12 -"], &["Visit 2024-05-12 -"], &["Visit 2024-05 -"]],
            &[&[0], &[0], &[0]],
        );
        check(&[&["Visit 2024-05-11/2024-05-12 -"], &["Visit 2024-05-13 -"], &["Visit 2024 -"]], &[&[0], &[1], &[2]]);
        check(&[&["Agreement 2024-05 fisheries"], &["Agreement 2024-05 -"]], &[&[0], &[0]]);
        check(
            &[&["Agreement 2024 military military_accord"], &["Agreement 2024 fifth_time military_accord"]],
            &[&[0], &[0]],
        );
        check(&[&["Agreement 2024-05 fisheries"], &["Agreement 2024-05 the_fishery_sector"]], &[&[0], &[0]]);
    }

    #[test]
    fn agreements_meet_by_what_they_are_called() {
        check(
            &[&["Agreement 2024-07 - 15_MoUs"], &["Agreement 2024-07 - 15_memoranda_of_understanding"]],
            &[&[0], &[0]],
        );
        check(&[&["Agreement 2024-07 - 15_memoranda"], &["Agreement 2024-07 - 15_agreements"]], &[&[0], &[0]]);
        check(&[&["Agreement 2024-07 - memoranda"], &["Agreement 2024-07 - 15_memoranda"]], &[&[0], &[0]]);
        check(&[&["Agreement 2024-07 gas framework_agreement"], &["Agreement 2024-07 - agreement"]], &[&[0], &[0]]);
        // The memoranda of a month are not its framework agreement, nor one memorandum, nor fewer; nor is an extension.
        check(&[&["Agreement 2024-07 - 15_memoranda"], &["Agreement 2024-07 - framework_agreement"]], &[&[0], &[1]]);
        check(&[&["Agreement 2024-07 - 15_memoranda"], &["Agreement 2024-07 - agreement"]], &[&[0], &[1]]);
        check(&[&["Agreement 2024-07 - 15_memoranda"], &["Agreement 2024-07 - 3_memoranda"]], &[&[0], &[1]]);
        check(
            &[&["Agreement 2024-07 gas agreement"], &["Agreement 2024-07 gas extension_of_the_gas_agreement"]],
            &[&[0], &[1]],
        );
        // "The agreement" of a month with two may be either.
        check(
            &[
                &["Agreement 2024-07 gas framework_agreement", "Agreement 2024-07 gas loan_agreement"],
                &["Agreement 2024-07 - agreement"],
            ],
            &[&[0, 1], &[2]],
        );
    }

    #[test]
    fn different_agreements_of_one_month_stay_apart() {
        check(&[&["Agreement 2024-05 fisheries"], &["Agreement 2024-05 energy"]], &[&[0], &[1]]);
        check(
            &[&["Agreement 2024-05 fisheries", "Agreement 2024-05 energy"], &["Agreement 2024-05 energy"]],
            &[&[0, 1], &[1]],
        );
        check(
            &[&["Agreement 2024-05 fisheries", "Agreement 2024-05 energy"], &["Agreement 2024-05 -"]],
            &[&[0, 1], &[2]],
        );
        check(&[&["Agreement 2024-05 -", "Agreement 2024-05 -"]], &[&[0, 1]]);
    }
}
