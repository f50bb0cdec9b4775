//! Figures of all documents -> the same, with one IRI for what several documents report.
//!
//! Law: one figure has one value, unit and status, and the same two sides; "trade of A with B" is that of B with A, "exports of A to B"
//! is not. Indicators share the word that says what is measured. A report without a period is the one that has one, where there is one
//! alone. Two figures of one document are two.

use super::fact::{Fact, Value};
use super::meet::rename;
use super::merge::is_same_measure;
use crate::ontology::figures::{Figures, NounKind};
use std::collections::{BTreeMap, BTreeSet};

/// Gives figures the IRIs under which they meet; `facts` by document in the order of `documents`, named already.
pub fn meet_figures(facts: &mut [Vec<Fact>], documents: &[&str]) {
    let mut groups: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (d, list) in facts.iter().enumerate() {
        for (f, fact) in list.iter().enumerate().filter(|(_, fact)| fact.kind == "Measure") {
            groups.entry(key_of(fact)).or_default().push((d, f));
        }
    }
    for mut group in groups.into_values().filter(|g| g.len() > 1) {
        group.sort_by_key(|(d, f)| (documents.get(*d).copied().unwrap_or_default(), *f));
        for (iri, members) in part_group(&group, facts) {
            rename(facts, &members, &iri);
        }
    }
}

/// What no two reports of one figure differ in: both sides, value, unit, status.
fn key_of(fact: &Fact) -> String {
    let side = |role: &str| match fact.roles.get(role) {
        Some(Value::One(entity)) => entity.iri.clone(),
        Some(Value::Text(words)) => words.to_lowercase(),
        _ => String::new(),
    };
    let mut sides = [side("subject"), side("partner")];
    sides.sort();
    let plain = |role: &str| match fact.roles.get(role) {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Text(words)) => words.to_lowercase(),
        Some(Value::Flag(flag)) => flag.to_string(),
        _ => String::new(),
    };
    [sides.join(" "), plain("value"), plain("unit"), plain("target"), fact.status.as_str().to_owned()].join("\n")
}

/// Reports of one figure.
struct Cluster<'f> {
    facts: Vec<&'f Fact>,
    period: Option<String>,
    documents: BTreeSet<usize>,
    members: Vec<(usize, usize)>,
}

impl Cluster<'_> {
    fn may_be(&self, other: &Self) -> bool {
        let alike = |a: &Fact, b: &Fact| {
            is_same_measure(indicator_of(a), indicator_of(b))
                && is_same_measure(&measured(a), &measured(b))
                && (a.roles.get("subject") == b.roles.get("subject") || (is_shared(a) && is_shared(b)))
        };
        self.documents.is_disjoint(&other.documents)
            && self.facts.iter().all(|a| other.facts.iter().all(|b| alike(a, b)))
    }

    /// The IRI of the report that says most.
    fn iri(&self) -> String {
        let says = |f: &&&Fact| (!f.roles.contains_key("period"), f.iri.len(), f.iri.clone());
        self.facts.iter().min_by_key(says).map(|f| f.iri.clone()).unwrap_or_default()
    }
}

fn indicator_of(fact: &Fact) -> &str {
    fact.roles.get("indicator").and_then(Value::as_text).unwrap_or_default()
}

/// The indicator without the words for a change: what grows.
fn measured(fact: &Fact) -> String {
    let changes = |word: &&str| {
        let kind = Figures::embedded().noun(&word.to_lowercase()).map(|n| n.kind);
        matches!(kind, Some(NounKind::Up | NounKind::Down))
    };
    indicator_of(fact).split(' ').filter(|w| !changes(w)).collect::<Vec<_>>().join(" ")
}

/// Whether what is measured belongs to both sides alike: trade, a treaty.
fn is_shared(fact: &Fact) -> bool {
    let words = indicator_of(fact).to_lowercase();
    let kind = |word: &str| Figures::embedded().noun(word).map(|n| n.kind);
    words.split([' ', '-']).any(|w| matches!(kind(w), Some(NounKind::Pair | NounKind::Deal)))
}

fn period_of(fact: &Fact) -> Option<String> {
    match fact.roles.get("period")? {
        Value::When(period) => Some(period.to_string()),
        Value::Text(words) => Some(words.to_lowercase()),
        _ => None,
    }
}

fn part_group(group: &[(usize, usize)], facts: &[Vec<Fact>]) -> Vec<(String, Vec<(usize, usize)>)> {
    let single = |at: &(usize, usize)| {
        let fact = facts.get(at.0)?.get(at.1)?;
        let documents = BTreeSet::from([at.0]);
        Some(Cluster { facts: vec![fact], period: period_of(fact), documents, members: vec![*at] })
    };
    let (dated, open): (Vec<Cluster<'_>>, Vec<Cluster<'_>>) =
        group.iter().filter_map(single).partition(|c| c.period.is_some());
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    dated.into_iter().for_each(|new| join_only(&mut clusters, new, true));
    open.into_iter().for_each(|new| join_only(&mut clusters, new, false));
    clusters.into_iter().map(|c| (c.iri(), c.members)).collect()
}

/// Joins the only cluster that fits, in its period where `dated`; else adds another.
fn join_only<'f>(clusters: &mut Vec<Cluster<'f>>, new: Cluster<'f>, dated: bool) {
    let fits = |c: &Cluster<'_>| (!dated || c.period == new.period) && c.may_be(&new);
    let fitting: Vec<usize> = (0..clusters.len()).filter(|i| clusters.get(*i).is_some_and(fits)).collect();
    match fitting.as_slice() {
        [only] => {
            if let Some(cluster) = clusters.get_mut(*only) {
                cluster.facts.extend(new.facts);
                cluster.documents.extend(new.documents);
                cluster.members.extend(new.members);
            }
        }
        _ => clusters.push(new),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::super::fact::Status;
    use super::*;
    use crate::resolve::{Entity, EntityType};
    use indexmap::IndexMap;

    /// `trade Peru Ghana 20 2024`: indicator, sides, value, period; `-` for none.
    fn fact(text: &str) -> Fact {
        let parts: Vec<&str> = text.split(' ').collect();
        let side = |name: &str| {
            let iri = crate::vocab::id(&name.to_lowercase()).into_string();
            Value::One(Entity { iri, label: name.to_owned(), aliases: Vec::new(), kind: EntityType::Country })
        };
        let mut roles = IndexMap::from([
            ("indicator".to_owned(), Value::Text(parts[0].replace('_', " "))),
            ("subject".to_owned(), side(parts[1])),
            ("value".to_owned(), Value::Number(parts[3].parse().unwrap())),
            ("unit".to_owned(), Value::Text("USD".to_owned())),
        ]);
        if parts[2] != "-" {
            roles.insert("partner".to_owned(), side(parts[2]));
        }
        if parts[4] != "-" {
            roles.insert("period".to_owned(), Value::When(parts[4].parse().unwrap()));
        }
        let iri = crate::vocab::id(&text.to_lowercase().replace(' ', ".")).into_string();
        Fact { iri, kind: "Measure".into(), roles, status: Status::Asserted, attributed_to: None, evidence: Vec::new() }
    }

    /// Figures of documents a, b, …: which of them share an IRI, as numbers by document.
    #[track_caller]
    fn check(documents: &[&[&str]], expected: &[&[usize]]) {
        let mut facts: Vec<Vec<Fact>> = documents.iter().map(|d| d.iter().map(|f| fact(f)).collect()).collect();
        meet_figures(&mut facts, &["a", "b", "c"]);
        let all: Vec<&str> = facts.iter().flatten().map(|f| f.iri.as_str()).collect();
        let first = |f: &Fact| all.iter().position(|iri| *iri == f.iri).unwrap();
        let found: Vec<Vec<usize>> = facts.iter().map(|list| list.iter().map(first).collect()).collect();
        assert_eq!(found, expected, "{documents:?}");
    }

    #[test]
    fn reports_of_one_figure_meet() {
        check(&[&["trade Peru Ghana 20 2024"], &["bilateral_trade Ghana Peru 20 2024"]], &[&[0], &[0]]);
        check(&[&["exports Peru Ghana 20 2024"], &["exports Ghana Peru 20 2024"]], &[&[0], &[1]]);
        check(&[&["trade Peru Ghana 20 2024"], &["volume_of_trade Peru Ghana 20 -"]], &[&[0], &[0]]);
        check(
            &[&["trade Peru Ghana 20 2024"], &["trade Peru Ghana 20 2023"], &["trade Peru Ghana 20 -"]],
            &[&[0], &[1], &[2]],
        );
        check(&[&["trade Peru Ghana 20 2024"], &["trade_growth Peru Ghana 20 2024"]], &[&[0], &[1]]);
        check(&[&["imports_growth Peru Ghana 8 2024"], &["exports_growth Peru Ghana 8 2024"]], &[&[0], &[1]]);
        check(&[&["trade Peru Ghana 20 2024"], &["trade Peru Ghana 22 2024"]], &[&[0], &[1]]);
        check(&[&["trade Peru - 20 2024"], &["trade Peru Ghana 20 2024"]], &[&[0], &[1]]);
        check(
            &[&["trade Peru Ghana 20 2024", "imports Peru Ghana 20 2024"], &["imports Peru Ghana 20 -"]],
            &[&[0, 1], &[1]],
        );
    }
}
