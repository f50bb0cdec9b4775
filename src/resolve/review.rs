//! Links that were not good enough -> questions for a person, the best first.
//!
//! Law: nobody is asked what is decided, and the first question is the one whose answer would change most: open, and about those
//! who are mentioned most.

use super::across::Resolver;
use super::entity::Entity;
use super::ledger::Ledger;
use super::link::Link;
use crate::vocab;
use std::collections::BTreeMap;

/// Whether two are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// One.
    pub a: Entity,
    /// The other.
    pub b: Entity,
    /// The chance that they are one, as far as the program can tell.
    pub chance: f32,
    /// What speaks for it and against it.
    pub reason: String,
    /// Mentions that the answer is about.
    pub mentions: usize,
}

pub(super) fn find_questions(
    resolver: &mut Resolver<'_>,
    links: &[Link],
    named: &BTreeMap<usize, Entity>,
    ledger: &Ledger,
) -> Vec<Question> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for i in 0..resolver.units.len() {
        *sizes.entry(resolver.sets.find(i)).or_default() += 1;
    }
    let mut asked: BTreeMap<(usize, usize), Question> = BTreeMap::new();
    for link in links {
        let (a, b) = (resolver.sets.find(link.a), resolver.sets.find(link.b));
        if a == b || resolver.sets.are_apart(a, b) {
            continue;
        }
        let (Some(first), Some(second)) = (named.get(&a.min(b)), named.get(&a.max(b))) else { continue };
        if ledger.judged(&vocab::shorten(&first.iri), &vocab::shorten(&second.iri)).is_some() {
            continue;
        }
        let mentions = sizes.get(&a).copied().unwrap_or(0).min(sizes.get(&b).copied().unwrap_or(0));
        let question = || Question {
            a: first.clone(),
            b: second.clone(),
            chance: link.chance,
            reason: link.reason.clone(),
            mentions,
        };
        asked.entry((a.min(b), a.max(b))).or_insert_with(question);
    }
    let mut questions: Vec<Question> = asked.into_values().collect();
    let worth = |q: &Question| f64::from(q.chance * (1.0 - q.chance) + 0.01) * (q.mentions as f64).sqrt();
    questions.sort_by(|x, y| worth(y).total_cmp(&worth(x)).then((&x.a.iri, &x.b.iri).cmp(&(&y.a.iri, &y.b.iri))));
    questions
}
