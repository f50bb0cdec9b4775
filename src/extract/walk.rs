//! Paths of frames walked over the tree.
//!
//! Law: a step leads to words of the sentence; one that leads nowhere is no error.

use super::scope::Scope;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::ontology::frames::{Path, Step};

impl Scope<'_> {
    /// A path that begins with `obj` starts at the verb; any other starts at the noun where the two evoke together and at
    /// the verb besides.
    pub(super) fn walk_from(&self, trigger: &Trigger, path: &Path) -> Vec<usize> {
        if let Some((Step::Place, rest)) = path.0.split_first() {
            return self.walk(trigger.place(), &Path(rest.to_vec()));
        }
        let mut found = Vec::new();
        if let (Some(object), Some((Step::Object, rest))) = (trigger.object, path.0.split_first()) {
            found = self.walk(object, &Path(rest.to_vec()));
            // One of several objects has no part in what belongs to another.
            let (g, patients) = (&self.grammar, self.grammar.patients(trigger.word));
            let several = patients.iter().any(|o| g.conjuncts(*o).len() > 1);
            let of_one = |o: &usize| *o == object || g.under_preposition(*o, "of").contains(&object);
            if several || !(patients.is_empty() || patients.iter().any(of_one)) {
                return found;
            }
        }
        found.extend(self.walk(trigger.word, path));
        found.dedup();
        if let (Some(object), Some(Step::Under(_))) = (trigger.object, path.0.first()) {
            self.keep_own(object, &mut found);
        }
        found
    }

    /// "signed a gas agreement with A and a coal agreement with B": each object has its own, where it has any.
    fn keep_own(&self, object: usize, found: &mut Vec<usize>) {
        let all = self.grammar.conjuncts(object);
        let governor = |t: usize| self.grammar.path_up(t).find(|a| all.contains(a));
        if all.len() > 1 && found.iter().any(|t| governor(*t) == Some(object)) {
            found.retain(|t| governor(*t).is_none_or(|o| o == object));
        }
    }

    pub(super) fn walk(&self, from: usize, path: &Path) -> Vec<usize> {
        let mut at = vec![from];
        for step in &path.0 {
            at = at.into_iter().flat_map(|i| self.step(i, step)).collect();
        }
        at
    }

    fn step(&self, i: usize, step: &Step) -> Vec<usize> {
        let g = &self.grammar;
        match step {
            Step::Subject if g.upos(i) == Upos::Verb => g.agents(i),
            Step::Subject => g.own_subject(i).into_iter().collect(),
            Step::Object => g.patients(i),
            // "A was awarded a contract": who receives is the subject.
            Step::Recipient if g.is_passive(i) && g.dependents(i, Deprel::Obj).next().is_some() => g.patients(i),
            Step::Recipient => g.dependents(i, Deprel::Iobj).collect(),
            Step::Adverbial => g.dependents(i, Deprel::Advcl).collect(),
            Step::Under(word) => {
                let mut found = g.under_preposition(i, word);
                // Prepositional phrases attach high or low: look at the object of a verb, and at the verb of an object.
                if g.upos(i) == Upos::Verb {
                    found.extend(g.dependents(i, Deprel::Obj).flat_map(|o| g.under_preposition(o, word)));
                    found.extend(g.dependents(i, Deprel::Xcomp).flat_map(|x| g.under_preposition(x, word)));
                    if found.iter().all(|t| self.entities_at(*t).is_empty()) {
                        found.extend(g.beneath(i, word));
                    }
                } else if found.is_empty() {
                    let inner = |c: &&usize| matches!(g.deprel(**c), Deprel::Nmod | Deprel::NmodPoss | Deprel::Appos);
                    found.extend(g.children(i).iter().filter(inner).flat_map(|c| g.under_preposition(*c, word)));
                    found.extend(
                        g.children(i)
                            .iter()
                            .filter(inner)
                            .flat_map(|c| g.children(*c))
                            .flat_map(|c| g.under_preposition(*c, word)),
                    );
                }
                if g.upos(i) != Upos::Verb
                    && let Some(verb) = g
                        .head(i)
                        .filter(|v| g.upos(*v) == Upos::Verb && matches!(g.deprel(i), Deprel::Obj | Deprel::NsubjPass))
                {
                    found.extend(g.under_preposition(verb, word));
                }
                found
            }
            Step::Possessor => g.dependents(i, Deprel::NmodPoss).collect(),
            Step::Modifier => g
                .children(i)
                .iter()
                .copied()
                .filter(|c| {
                    matches!(
                        g.deprel(*c),
                        Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Flat
                    )
                })
                .flat_map(|c| {
                    std::iter::once(c).chain(
                        g.children(c)
                            .iter()
                            .copied()
                            .filter(|d| matches!(g.deprel(*d), Deprel::Compound | Deprel::Amod)),
                    )
                })
                .collect(),
            Step::Holder => g.holder(i, 3).into_iter().collect(),
            Step::Apposition => g.dependents(i, Deprel::Appos).collect(),
            Step::Complement => g.dependents(i, Deprel::Xcomp).chain(g.dependents(i, Deprel::Ccomp)).collect(),
            Step::Clause => g.dependents(i, Deprel::Acl).chain(g.dependents(i, Deprel::AclRelcl)).collect(),
            Step::Governor => g.head(i).into_iter().collect(),
            Step::Where => self.place_before_where(i).into_iter().collect(),
            Step::Named => g.head(i).filter(|_| g.deprel(i) == Deprel::Appos).into_iter().collect(),
            Step::Main => self.main_subject(i).into_iter().collect(),
            Step::Left => self.left_of(i).into_iter().collect(),
            Step::Right(preposition) => self.right_of(i, preposition).into_iter().collect(),
            Step::Place => vec![i],
            Step::Before => self.doers_before(i),
            Step::Inside => self.inside(i),
            Step::After(preposition) => self.after(i, preposition),
        }
    }
}
