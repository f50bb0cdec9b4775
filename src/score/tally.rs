//! Pairs -> figures by kind and document, and the list of what went wrong.

use super::Annotated;
use super::agree::{Got, same_name};
use super::gold::Gold;
use super::kinds::{CORE, SAMPLED};
use super::pair::Pairs;
use crate::extract::Fact;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// How many were wanted, found, and both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Facts of the gold.
    pub gold: usize,
    /// Facts that were found and count.
    pub found: usize,
    /// Pairs of both.
    pub hit: usize,
}

impl Share {
    /// Share of what was found that is right; 0 where nothing was.
    pub fn precision(self) -> f64 {
        ratio(self.hit, self.found)
    }

    /// Share of the gold that was found.
    pub fn recall(self) -> f64 {
        ratio(self.hit, self.gold)
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    fn add(&mut self, other: Share) {
        self.gold += other.gold;
        self.found += other.found;
        self.hit += other.hit;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The figures of one kind, of the core, or of one document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Every role right.
    pub strict: Share,
    /// The identifying roles right.
    pub lenient: Share,
    /// Facts that count for nothing: repetitions, and those in neutral sentences.
    pub aside: usize,
}

impl Figures {
    fn add(&mut self, other: &Figures) {
        self.strict.add(other.strict);
        self.lenient.add(other.lenient);
        self.aside += other.aside;
    }
}

/// What became of a gold or found fact that is not right in all roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// In the gold, not found.
    Miss,
    /// Found, but not right in every role.
    Part,
    /// Found, not in the gold.
    Extra,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What became of it.
    pub verdict: Verdict,
    /// The document.
    pub document: String,
    /// The gold; `None` of an extra.
    pub gold: Option<Gold>,
    /// The fact; `None` of a miss.
    pub fact: Option<Fact>,
}

/// All figures.
#[derive(Debug, Default)]
pub struct Tally {
    kinds: BTreeMap<String, Figures>,
    /// Core figures by document, in the order given.
    pub documents: Vec<(String, Figures)>,
    /// Strict pairs of the core, and how many have the right status.
    pub status: (usize, usize),
    /// The same of who says it.
    pub attribution: (usize, usize),
    /// Facts whose quotes are not found in their document.
    pub moved: usize,
    /// Facts of documents without gold.
    pub unknown: usize,
    /// What went wrong, by document.
    pub findings: Vec<Finding>,
}

impl Tally {
    /// The figures by kind: the core's kinds, the sampled ones, kinds of the user's own; last the core together.
    pub fn rows(&self) -> Vec<(&str, Figures)> {
        let fixed = CORE.iter().chain(&SAMPLED).copied();
        let own =
            self.kinds.iter().filter(|(kind, f)| !is_listed(kind) && f.lenient.gold > 0).map(|(kind, _)| kind.as_str());
        let mut rows: Vec<(&str, Figures)> = fixed.chain(own).map(|kind| (kind, self.kind(kind))).collect();
        rows.push(("core", self.core()));
        rows
    }

    /// The figures of one kind.
    pub fn kind(&self, kind: &str) -> Figures {
        self.kinds.get(kind).copied().unwrap_or_default()
    }

    /// The figures of the kinds that the gold annotates completely.
    pub fn core(&self) -> Figures {
        let mut sum = Figures::default();
        CORE.iter().for_each(|kind| sum.add(&self.kind(kind)));
        sum
    }

    pub(super) fn add(&mut self, document: &Annotated<'_>, facts: &[&Fact], strict: &Pairs, lenient: &Pairs) {
        let kinds = count_kinds(document.golds, facts, strict, lenient);
        let mut core = Figures::default();
        CORE.iter().filter_map(|kind| kinds.get(*kind)).for_each(|figures| core.add(figures));
        self.documents.push((document.name.to_owned(), core));
        for (kind, figures) in kinds {
            self.kinds.entry(kind.to_owned()).or_default().add(&figures);
        }
        self.judge(document.golds, facts, strict);
        self.note(document, facts, strict, lenient);
    }

    /// Status and speaker of the strict pairs.
    fn judge(&mut self, golds: &[Gold], facts: &[&Fact], strict: &Pairs) {
        for (i, j) in &strict.of_gold {
            let (Some(gold), Some(fact)) = (golds.get(*i), facts.get(*j)) else { continue };
            if !CORE.contains(&gold.kind.as_str()) {
                continue;
            }
            let status =
                |stated: Option<&Json>| stated.map_or(Some("asserted"), Json::as_str) == Some(fact.status.as_str());
            self.status.0 += 1;
            self.status.1 += usize::from(gold.stated("status").any(status));
            self.attribution.0 += 1;
            self.attribution.1 += usize::from(gold.stated("attributed_to").any(|stated| is_said_by(fact, stated)));
        }
    }

    fn note(&mut self, document: &Annotated<'_>, facts: &[&Fact], strict: &Pairs, lenient: &Pairs) {
        let mut found = |verdict, gold: Option<&Gold>, fact: Option<&&Fact>| {
            let (gold, fact) = (gold.cloned(), fact.map(|fact| (*fact).clone()));
            self.findings.push(Finding { verdict, document: document.name.to_owned(), gold, fact });
        };
        for (i, gold) in document.golds.iter().enumerate().filter(|(i, _)| !strict.of_gold.contains_key(i)) {
            match lenient.of_gold.get(&i) {
                Some(j) if !gold.is_optional() => found(Verdict::Part, Some(gold), facts.get(*j)),
                None if !gold.is_optional() => found(Verdict::Miss, Some(gold), None),
                _ => {}
            }
        }
        for (j, fact) in facts.iter().enumerate() {
            let known = lenient.right.contains(&j) || lenient.again.contains(&j) || lenient.spare.contains(&j);
            if !known && (CORE.contains(&fact.kind.as_str())) {
                found(Verdict::Extra, None, Some(fact));
            }
        }
    }
}

fn is_listed(kind: &str) -> bool {
    CORE.contains(&kind) || SAMPLED.contains(&kind)
}

fn is_said_by(fact: &Fact, stated: Option<&Json>) -> bool {
    match (stated, &fact.attributed_to) {
        (None, None) => true,
        (Some(stated), Some(speaker)) => {
            let names = std::iter::once(&speaker.label).chain(&speaker.aliases).cloned().collect();
            same_name(stated, &Got::Names(names))
        }
        _ => false,
    }
}

/// The figures of one document by kind.
fn count_kinds<'a>(
    golds: &'a [Gold],
    facts: &[&'a Fact],
    strict: &Pairs,
    lenient: &Pairs,
) -> BTreeMap<&'a str, Figures> {
    let mut kinds: BTreeMap<&str, Figures> = BTreeMap::new();
    let own: Vec<&str> = golds.iter().map(|gold| gold.kind.as_str()).filter(|kind| !is_listed(kind)).collect();
    for (i, gold) in golds.iter().enumerate() {
        let figures = kinds.entry(&gold.kind).or_default();
        for (pairs, share) in [(strict, &mut figures.strict), (lenient, &mut figures.lenient)] {
            let hit = pairs.of_gold.contains_key(&i);
            share.gold += usize::from(hit || !gold.is_optional());
            share.hit += usize::from(hit);
        }
    }
    for (j, fact) in facts.iter().enumerate() {
        let figures = kinds.entry(&fact.kind).or_default();
        let counted = is_listed(&fact.kind) || own.contains(&fact.kind.as_str());
        let aside = |pairs: &Pairs| !counted || pairs.again.contains(&j) || pairs.spare.contains(&j);
        figures.strict.found += usize::from(!aside(strict));
        figures.lenient.found += usize::from(!aside(lenient));
        figures.aside += usize::from(aside(lenient));
    }
    kinds
}
