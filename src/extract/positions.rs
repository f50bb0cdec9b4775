//! Who holds which post of what: from titles, which are found by words.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::scope::Scope;
use crate::ontology::EntityType;
use crate::recognise::Title;
use indexmap::IndexMap;

const EMPLOYERS: &[EntityType] = &[
    EntityType::Country,
    EntityType::Company,
    EntityType::GovernmentBody,
    EntityType::IntergovernmentalOrganization,
    EntityType::Organization,
    EntityType::Place,
    EntityType::Project,
    EntityType::Work,
    EntityType::Event,
];

impl Scope<'_> {
    /// Positions, and for envoys the country they are sent to.
    pub(super) fn find_positions(&self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (t, title) in self.findings.titles.iter().enumerate() {
            let Some(person) = title.holder.and_then(|_| self.holder(t)) else { continue };
            if self.kind(person) != Some(EntityType::Person) {
                continue;
            }
            let Some(body) = self.employer(title, person) else { continue };
            let roles = IndexMap::from([
                ("person".to_owned(), Value::One(person)),
                ("role".to_owned(), Value::Text(title.role.clone())),
                ("organization".to_owned(), Value::One(body)),
            ]);
            drafts.push(self.position("Position", roles, title));
            drafts.extend(self.posting(title, person));
        }
        drafts
    }

    fn position(&self, kind: &str, roles: IndexMap<String, Value<usize>>, title: &Title) -> Draft {
        Draft {
            kind: kind.to_owned(),
            roles,
            status: Status::Asserted,
            speaker: None,
            at: self.at,
            trigger: title.core,
        }
    }

    fn employer(&self, title: &Title, person: usize) -> Option<usize> {
        let stated = title.bodies.iter().find_map(|m| {
            let named = self.named_mention(*m)?;
            let who = self.who(named).first().copied()?;
            let political = matches!(title.kind, "state" | "government" | "diplomatic");
            self.cast()
                .capital_of(who)
                .filter(|_| political)
                .or(Some(who))
                .filter(|w| self.kind(*w).is_some_and(|k| EMPLOYERS.contains(&k)))
        });
        let political = matches!(title.kind, "state" | "government" | "diplomatic" | "parliament" | "military");
        stated.or_else(|| self.cast().affiliation(person).filter(|_| political || title.bodies.is_empty()))
    }

    /// Titles count mentions as they stood when only names were known.
    fn named_mention(&self, m: usize) -> Option<usize> {
        crate::resolve::nth_name(self.findings, m)
    }

    fn posting(&self, title: &Title, person: usize) -> Option<Draft> {
        let g = &self.grammar;
        if !matches!(g.lemma(title.core).to_lowercase().as_str(), "ambassador" | "envoy" | "commissioner" | "consul") {
            return None;
        }
        let to = (title.core + 1..=title.last).find(|i| g.lemma(*i) == "to")?;
        let country = (to + 1..=to + 3).find_map(|i| {
            let m = self.findings.mentions.iter().position(|m| m.first == i)?;
            self.who(m).first().copied().filter(|w| self.kind(*w) == Some(EntityType::Country))
        })?;
        let roles = IndexMap::from([
            ("subject".to_owned(), Value::One(person)),
            ("relation".to_owned(), Value::Text("ambassadorTo".to_owned())),
            ("object".to_owned(), Value::One(country)),
        ]);
        Some(self.position("Relation", roles, title))
    }
}
