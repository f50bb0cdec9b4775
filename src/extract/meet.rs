//! Facts of all documents -> the same, with one IRI for what several documents report.
//!
//! An event's IRI comes from its kind, parties and date. Two reports of one event may say less or more: a month where the other says
//! the day, a topic where the other has none. And two agreements of one month between the same parties may be two.
//!
//! Law: what differs in topic stays apart; a vaguer date means the finer one only where there is one alone; two facts of one document
//! are two. The result depends on the set of documents.

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
            let document = documents.get(d).copied().unwrap_or_default();
            let name = match finer.get(&(d, f)) {
                None => name_fact(fact, document),
                Some(date) => {
                    let mut fact = fact.clone();
                    fact.roles.insert("date".to_owned(), Value::When(*date));
                    name_fact(&fact, document)
                }
            };
            groups.entry(name).or_default().push((d, f));
        }
    }
    for (name, mut group) in groups {
        group.sort_by_key(|(d, f)| (documents.get(*d).copied().unwrap_or_default(), *f));
        for (iri, members) in part_by_topic(&name, &group, facts) {
            for (d, f) in members {
                if let Some(fact) = facts.get_mut(d).and_then(|list| list.get_mut(f)) {
                    fact.iri.clone_from(&iri);
                }
            }
        }
    }
}

fn date_of(fact: &Fact) -> Option<Date> {
    match fact.roles.get("date")? {
        Value::When(period) => period.single(),
        _ => None,
    }
}

fn is_finer(fine: Date, vague: Date) -> bool {
    fine != vague && fine.year == vague.year && vague.month.is_none_or(|m| fine.month == Some(m)) && vague.day.is_none()
}

/// Facts whose date another document tells more exactly, and that date.
fn find_finer_dates(facts: &[Vec<Fact>]) -> BTreeMap<(usize, usize), Period> {
    let mut dates: BTreeMap<String, BTreeSet<(Date, usize)>> = BTreeMap::new();
    let key = |fact: &Fact| {
        let mut bare = fact.clone();
        bare.roles.shift_remove("date");
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
            let finer: BTreeSet<(Date, usize)> =
                known.iter().copied().filter(|(fine, _)| is_finer(*fine, vague)).collect();
            // Of dates within each other the finest counts: "May 2024" and "11 May 2024" are one.
            let finest: BTreeSet<Date> = finer
                .iter()
                .map(|(date, _)| *date)
                .filter(|date| !finer.iter().any(|(other, _)| is_finer(*other, *date)))
                .collect();
            let elsewhere = finer.iter().all(|(_, document)| *document != d);
            if let (1, Some(date), true) = (finest.len(), finest.first(), elsewhere) {
                found.insert((d, f), Period::between(*date, *date));
            }
        }
    }
    found
}

struct Cluster {
    words: BTreeSet<String>,
    topics: BTreeSet<String>,
    documents: BTreeSet<usize>,
    members: Vec<(usize, usize)>,
}

/// The facts of one name, parted where their topics differ; each part with its IRI.
fn part_by_topic(name: &str, group: &[(usize, usize)], facts: &[Vec<Fact>]) -> Vec<(String, Vec<(usize, usize)>)> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (d, f) in group {
        let topic = facts.get(*d).and_then(|list| list.get(*f)).map(topic_of).unwrap_or_default();
        let words = telling_words(&topic);
        let fits = |c: &&mut Cluster| {
            !c.documents.contains(d)
                && (c.words.is_empty() == words.is_empty())
                && (words.is_empty() || !c.words.is_disjoint(&words))
        };
        match clusters.iter_mut().find(fits) {
            Some(cluster) => {
                cluster.words.extend(words);
                cluster.topics.insert(topic);
                cluster.documents.insert(*d);
                cluster.members.push((*d, *f));
            }
            None => clusters.push(Cluster {
                words,
                topics: BTreeSet::from([topic]),
                documents: BTreeSet::from([*d]),
                members: vec![(*d, *f)],
            }),
        }
    }
    join_untold(&mut clusters);
    let several = clusters.len() > 1;
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut parts = Vec::new();
    for cluster in clusters {
        let topic = cluster.topics.iter().find(|t| !t.is_empty()).map(|t| vocab::slug(t)).unwrap_or_default();
        let mut own = name.to_owned();
        if several && !topic.is_empty() {
            own.push('.');
            own.extend(topic.chars().take(48));
        }
        let count = taken.entry(own.clone()).or_default();
        *count += 1;
        if *count > 1 {
            own.push_str(&format!(".{count}"));
        }
        parts.push((vocab::id(&own).into_string(), cluster.members));
    }
    parts
}

/// A report without a topic is the one that has one, where there is one alone.
fn join_untold(clusters: &mut Vec<Cluster>) {
    let told = clusters.iter().filter(|c| !c.words.is_empty()).count();
    let untold = clusters.iter().position(|c| c.words.is_empty());
    if let (1, 2, Some(at)) = (told, clusters.len(), untold) {
        let disjoint = matches!(clusters.as_slice(), [a, b] if a.documents.is_disjoint(&b.documents));
        if disjoint {
            let silent = clusters.remove(at);
            if let Some(only) = clusters.first_mut() {
                only.members.extend(silent.members);
                only.documents.extend(silent.documents);
            }
        }
    }
}

fn topic_of(fact: &Fact) -> String {
    match fact.roles.get("topic") {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// Words of a topic that tell: by their first five letters, so that endings do not matter.
fn telling_words(topic: &str) -> BTreeSet<String> {
    const COMMON: [&str; 9] = ["coope", "agree", "memor", "betwe", "joint", "field", "secto", "devel", "mutua"];
    let plain = any_ascii::any_ascii(topic).to_lowercase();
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

    /// `Visit 2024-05 fisheries`: kind, date, topic; `-` for none.
    fn fact(text: &str) -> Fact {
        let parts: Vec<&str> = text.split(' ').collect();
        let mut roles = IndexMap::from([("parties".to_owned(), Value::Text("Estonia and Peru".to_owned()))]);
        if parts[1] != "-" {
            let date: Date = parts[1].parse().unwrap();
            roles.insert("date".to_owned(), Value::When(Period::between(date, date)));
        }
        if parts[2] != "-" {
            roles.insert("topic".to_owned(), Value::Text(parts[2].replace('_', " ")));
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
        check(&[&["Agreement 2024-05 fisheries"], &["Agreement 2024-05 -"]], &[&[0], &[0]]);
        check(&[&["Agreement 2024-05 fisheries"], &["Agreement 2024-05 the_fishery_sector"]], &[&[0], &[0]]);
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
