//! "During the visit, …": what happened on a visit happened when the visit did.

use super::evoke::Draft;
use super::fact::Value;
use super::scope::Scope;
use crate::date::Period;

/// Gives undated meetings and agreements the date of the visit or meeting that their sentence names as the occasion.
pub(super) fn date_by_occasion(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    let dated: Vec<(usize, String, Vec<usize>, Period)> = drafts
        .iter()
        .filter(|d| matches!(d.kind.as_str(), "Visit" | "Meeting"))
        .filter_map(|d| {
            let Some(Value::When(period)) = d.roles.get("date") else { return None };
            let people = d.roles.values().flat_map(|v| match v {
                Value::One(w) => vec![*w],
                Value::Many(list) => list.clone(),
                _ => Vec::new(),
            });
            Some((d.at, d.kind.clone(), people.collect(), *period))
        })
        .collect();
    for draft in drafts
        .iter_mut()
        .filter(|d| matches!(d.kind.as_str(), "Agreement" | "Meeting" | "Visit") && !d.roles.contains_key("date"))
    {
        let Some(scope) = scopes.iter().find(|s| s.at == draft.at) else { continue };
        let Some(person) = scope.occasion(draft.trigger) else { continue };
        let found = dated
            .iter()
            .rev()
            .filter(|(at, _, _, _)| *at <= draft.at && scopes.iter().any(|s| s.at == *at && s.same_article(scope)))
            .find(|(_, _, people, _)| person.is_none_or(|p| people.contains(&p)));
        if let Some((_, _, _, period)) = found {
            draft.roles.insert("date".to_owned(), Value::When(*period));
        }
    }
}

impl Scope<'_> {
    fn same_article(&self, other: &Scope<'_>) -> bool {
        self.material.articles.get(self.at) == self.material.articles.get(other.at)
    }

    /// Whether the clause of `trigger` happens "during the visit": `Some(Some(x))` for "during x's visit", `Some(None)` for
    /// "during the visit".
    fn occasion(&self, trigger: usize) -> Option<Option<usize>> {
        let g = &self.grammar;
        let is_occasion = |i: &usize| {
            matches!(g.lemma(*i), "visit" | "trip" | "meeting" | "talk" | "tour")
                && matches!(g.preposition(*i).as_deref(), Some("during" | "on" | "in" | "at" | "as part of" | "within"))
                && *i != trigger
        };
        let noun = (0..g.tokens.len()).find(is_occasion)?;
        let owner = g.dependents(noun, crate::language::Deprel::NmodPoss).next();
        let who = owner.and_then(|o| self.entities_at(o).first().copied());
        let definite = owner.is_some()
            || g.dependents(noun, crate::language::Deprel::Det).any(|d| matches!(g.lemma(d), "the" | "this"));
        definite.then_some(who)
    }
}
