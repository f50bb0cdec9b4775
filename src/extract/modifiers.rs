//! "Kenyan and Ghanaian ministers signed": both adjectives describe the ministers, and those stand for their countries.
//!
//! Law: only officials stand for a country; companies and people of two countries are no countries.

use super::evoke::Draft;
use super::fact::Value;
use super::scope::Scope;
use crate::ontology::EntityType;
use crate::ontology::lexicon::Lexicon;
use crate::recognise::Sense;

impl Scope<'_> {
    /// `draft` with the countries of described officials in place of them, where the first of two adjectives was read as a country
    /// that takes part by itself.
    pub(super) fn share_modifiers(&self, mut draft: Draft) -> Draft {
        for role in ["parties", "participants"] {
            let Some(Value::Many(all)) = draft.roles.get_mut(role) else { continue };
            for i in 0..all.len() {
                let land = all.get(i).and_then(|who| self.shared_land(*who, all));
                if let (Some(land), Some(who)) = (land.filter(|land| !all.contains(land)), all.get_mut(i)) {
                    *who = land;
                }
            }
        }
        draft
    }

    /// The country whose officials `group` are, where "and" joins its adjective to one of a country in `all`.
    fn shared_land(&self, group: usize, all: &[usize]) -> Option<usize> {
        let g = &self.grammar;
        let described = |m: usize| self.who(m).contains(&group);
        let m = (0..self.findings.mentions.len()).find(|m| described(*m))?;
        let mention = self.mention(m).filter(|m| m.sense == Sense::Group)?;
        let officials = Lexicon::embedded().group_of(&g.lemma(mention.last).to_lowercase()) == Some("people");
        let and = mention.first.checked_sub(1).filter(|i| g.form(*i) == "and")?;
        let before = self.owner(and.checked_sub(1)?).and_then(|m| self.who(m).first().copied())?;
        let of_country = self.kind(before) == Some(EntityType::Country) && all.contains(&before);
        let land = self.owner_of_first(mention.first)?;
        (officials && of_country).then_some(land)
    }

    /// The country that the adjective at `first` names.
    fn owner_of_first(&self, first: usize) -> Option<usize> {
        let alone =
            |m: &usize| self.mention(*m).is_some_and(|m| m.first == first && matches!(m.sense, Sense::Known(_)));
        let m = (0..self.findings.mentions.len()).find(alone)?;
        self.who(m).first().copied().filter(|who| self.kind(*who) == Some(EntityType::Country))
    }
}
