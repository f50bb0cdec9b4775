//! Of two wordings of one event in a sentence the one that adds nobody: "met to discuss", "will meet at the Summit".
//!
//! Law: what is left out names nobody whom the other does not name.

use super::evoke::{Attempt, Lack};
use super::scope::Scope;
use crate::language::{Deprel, Upos};

impl Scope<'_> {
    /// Marks as taken those of `attempts` at one frame that only say what for or where another of them happens.
    pub(super) fn leave_out_spare(&self, attempts: &mut [Attempt<'_>]) {
        let of = |attempt: &Attempt<'_>, told: &Attempt<'_>| {
            self.is_purpose_of(attempt, told) || self.is_setting_of(attempt, told)
        };
        let spare: Vec<bool> =
            attempts.iter().map(|a| a.lack.is_none() && attempts.iter().any(|told| of(a, told))).collect();
        for (attempt, _) in attempts.iter_mut().zip(spare).filter(|(_, spare)| *spare) {
            attempt.lack = Some(Lack::Taken);
        }
    }

    /// "A will meet B at the Lima Summit": where they meet is no second meeting of theirs.
    fn is_setting_of(&self, attempt: &Attempt<'_>, told: &Attempt<'_>) -> bool {
        let g = &self.grammar;
        let (noun, verb) = (attempt.trigger.word, told.trigger.word);
        let setting = told.lack.is_none()
            && g.upos(noun) != Upos::Verb
            && g.upos(verb) == Upos::Verb
            && g.head(noun) == Some(verb)
            && g.deprel(noun) == Deprel::Obl;
        if !setting || !matches!(g.preposition(noun).as_deref(), Some("at" | "in" | "during")) {
            return false;
        }
        let (here, there) = (attempt.takers(), told.takers());
        !here.is_empty() && here.iter().all(|who| there.contains(who))
    }

    /// "A met B to discuss gas": what they met for adds nobody.
    fn is_purpose_of(&self, attempt: &Attempt<'_>, told: &Attempt<'_>) -> bool {
        let g = &self.grammar;
        let word = attempt.trigger.word;
        let purpose = told.lack.is_none()
            && g.head(word) == Some(told.trigger.word)
            && g.deprel(word) == Deprel::Advcl
            && g.dependents(word, Deprel::Mark).any(|m| g.lemma(m) == "to");
        if !purpose {
            return false;
        }
        let (here, there) = (attempt.takers(), told.takers());
        !here.is_empty() && here.iter().all(|who| there.contains(who))
    }
}
