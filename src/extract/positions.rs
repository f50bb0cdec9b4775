//! Who holds which post of what: from titles, which are found by words, and from the verbs that give and take posts.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::handover::Handover;
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
            if title.kind == "rank" {
                continue;
            }
            let handover = self.handover(title);
            let named = title.holder.and_then(|_| self.holder(t));
            let Some(person) = named.or(handover.as_ref().map(|h| h.who)) else { continue };
            if self.kind(person) != Some(EntityType::Person) || (title.kind == "relative" && self.has_own_title(t)) {
                continue;
            }
            let appointed = handover.as_ref().filter(|h| h.who == person);
            let Some(body) = self.employer(t, title, person, appointed) else { continue };
            let told = self.cast().office(self.at, t).and_then(|o| o.role.clone());
            let role = told.or_else(|| Some(title.role.clone()).filter(|_| title.kind != "relative"));
            // "Prince X, the Saudi minister": a dignity, of which nobody says what it is of.
            let dignity = |r: &str| matches!(r, "Prince" | "Princess" | "Sheikh" | "Sheikha");
            let Some(role) = role.filter(|r| !title.bodies.is_empty() || !dignity(r)) else { continue };
            let mut roles = IndexMap::from([
                ("person".to_owned(), Value::One(person)),
                ("role".to_owned(), Value::Text(role)),
                ("organization".to_owned(), Value::One(body)),
            ]);
            self.add_tenure(title, appointed, &mut roles);
            drafts.push(self.position("Position", roles, title));
            drafts.extend(self.posting(title, person));
        }
        drafts
    }

    /// "his counterpart, Energy Minister X": the post in words tells more than the other's.
    fn has_own_title(&self, t: usize) -> bool {
        let who = self.holder(t);
        let others = self.findings.titles.iter().enumerate().filter(|(o, title)| *o != t && title.kind != "relative");
        who.is_some() && others.into_iter().any(|(o, _)| self.holder(o) == who)
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

    /// The stated country or body, what stands for it, who appoints, or what the document gives the person.
    fn employer(&self, t: usize, title: &Title, person: usize, appointed: Option<&Handover>) -> Option<usize> {
        let political =
            matches!(title.kind, "state" | "government" | "diplomatic" | "parliament" | "military" | "relative");
        let fits = |who: &usize| self.kind(*who).is_some_and(|k| EMPLOYERS.contains(&k));
        let stated = title.bodies.iter().find_map(|m| {
            let who = self.who(self.named_mention(*m)?).first().copied()?;
            let state = matches!(title.kind, "state" | "government" | "diplomatic" | "relative");
            self.cast().capital_of(who).filter(|_| state).or(Some(who)).filter(fits)
        });
        let understood = || {
            let word = title.possessor?;
            self.owner(word).and_then(|m| self.who(m).first().copied()).filter(fits)
        };
        let cast = || self.cast().office(self.at, t).and_then(|o| o.body).filter(fits);
        if title.bodies.is_empty() && title.possessor.is_some() {
            return understood();
        }
        stated
            .or_else(cast)
            .or_else(|| appointed.and_then(|h| h.by).filter(fits))
            .or_else(|| self.cast().affiliation(person).filter(|_| political || title.bodies.is_empty()))
    }

    /// Titles count mentions as they stood when only names were known.
    pub(super) fn named_mention(&self, m: usize) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

    use crate::extract::Value;

    /// The positions of `text`, each "person | role | organization", with the start and end that it states.
    fn positions(text: &str) -> Vec<String> {
        let (document, _) = crate::read::read_text("test.txt", text.as_bytes()).unwrap_or_else(|d| panic!("{d}"));
        let reading = crate::pipeline::read_document(&document).unwrap_or_else(|e| panic!("{e}"));
        let show = |value: &Value<usize>| match value {
            Value::One(who) => reading.members[*who].label.clone(),
            Value::Text(text) => text.clone(),
            Value::When(period) => period.to_string(),
            other => format!("{other:?}"),
        };
        let mut found: Vec<String> = reading
            .facts
            .iter()
            .filter(|f| f.kind == "Position")
            .map(|f| f.roles.values().map(show).collect::<Vec<_>>().join(" | "))
            .collect();
        found.sort();
        found
    }

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        assert_eq!(positions(text), wanted, "{text}");
    }

    #[test]
    fn titles_before_and_after_names() {
        check("Danish Foreign Minister Jonas Berg arrived in Accra.", &["Jonas Berg | Foreign Minister | Denmark"]);
        check(
            "Jonas Berg, Denmark's minister of energy and climate, spoke first.",
            &["Jonas Berg | minister of energy and climate | Denmark"],
        );
        check("Vice President Ana Ruiz of Peru opened the fair.", &["Ana Ruiz | Vice President | Peru"]);
        check(
            "Jonas Berg, a former Danish trade minister, wrote the report.",
            &["Jonas Berg | former trade minister | Denmark"],
        );
        check(
            "Nina Holm, Nordwind Energi's Vice President for Raw Materials, came too.",
            &["Nina Holm | Vice President for Raw Materials | Nordwind Energi"],
        );
    }

    #[test]
    fn names_that_look_like_fields_of_work_are_employers() {
        check("Jonas Berg, chairman of Sempol Energy, spoke.", &["Jonas Berg | chairman | Sempol Energy"]);
        check(
            "Paul Adomako, vice-president of Voltoil gas and power marketing, spoke.",
            &["Paul Adomako | vice-president | Voltoil"],
        );
    }

    #[test]
    fn posts_of_companies_stand_by_commas() {
        check(
            "The deal was signed by Nina Holm, Director Projects, Voltra Energy Ltd. in Oslo.",
            &["Nina Holm | Director Projects | Voltra Energy Ltd."],
        );
        check("Jonas Berg, Group Chairman, Voltra, signed it.", &["Jonas Berg | Group Chairman | Voltra"]);
        check(
            "Voltra Power hired 20 people. \"Voltra Power is growing,\" said Chief Executive Nina Holm.",
            &["Nina Holm | Chief Executive | Voltra Power"],
        );
    }

    #[test]
    fn what_stands_before_a_post_may_be_the_company() {
        check(
            "Volgen Ltd sold wheat. Volgen chief executive Jonas Berg spoke.",
            &["Jonas Berg | chief executive | Volgen Ltd"],
        );
        check(
            "Sultan Ahmed Karim, Chairman of Nordwind Energi, spoke.",
            &["Sultan Ahmed Karim | Chairman | Nordwind Energi"],
        );
    }

    #[test]
    fn the_country_stands_between_post_and_name() {
        check("The Minister of Energy of Chile, Kerema Kua, spoke.", &["Kerema Kua | Minister of Energy | Chile"]);
        check(
            "South African Minister of Health, Naledi Moyo, spoke.",
            &["Naledi Moyo | Minister of Health | South Africa"],
        );
        check(
            "The presidents of Peru, Ana Ruiz, and Ghana, Paul Adomako, took part in the ceremony.",
            &["Ana Ruiz | president | Peru", "Paul Adomako | president | Ghana"],
        );
    }

    #[test]
    fn compound_offices_are_two_facts() {
        check(
            "\"We are pleased,\" said Nina Holm, Chairman and CEO of Nordwind Energi.",
            &["Nina Holm | CEO | Nordwind Energi", "Nina Holm | Chairman | Nordwind Energi"],
        );
    }

    #[test]
    fn each_name_of_a_list_has_its_own_title() {
        check(
            "The talks were attended by Mr. Jonas Berg, Chairman of Nordwind Energi, Mr. Paul Adomako, Director of Volta Gold, \
             and Ms. Nina Holm, Secretary of the Nordic Council.",
            &[
                "Jonas Berg | Chairman | Nordwind Energi",
                "Nina Holm | Secretary | Nordic Council",
                "Paul Adomako | Director | Volta Gold",
            ],
        );
        check(
            "The Foreign Minister of Peru, Ana Ruiz, and the Director General of Chile's Civil Aviation Agency, Marco Vidal, signed.",
            &["Ana Ruiz | Foreign Minister | Peru", "Marco Vidal | Director General | Civil Aviation Agency"],
        );
    }

    #[test]
    fn lists_of_envoys_have_their_years() {
        check(
            "Peru's ambassadors to Ghana have been: Ana Ilves (1992-1996); and Jonas Berg (1996-1999).",
            &[
                "Ana Ilves | ambassador to Ghana | Peru | 1992 | 1996",
                "Jonas Berg | ambassador to Ghana | Peru | 1996 | 1999",
            ],
        );
    }

    #[test]
    fn plural_posts_are_shared_out() {
        check(
            "Defence ministers Jonas Berg (Denmark) and Marco Vidal (Chile) met.",
            &["Jonas Berg | Defence minister | Denmark", "Marco Vidal | Defence minister | Chile"],
        );
        check(
            "Presidents Ana Ruiz of Peru and Marco Vidal of Chile met.",
            &["Ana Ruiz | President | Peru", "Marco Vidal | President | Chile"],
        );
    }

    #[test]
    fn counterparts_hold_the_same_office() {
        check(
            "Chilean President Marco Vidal hosted his Peruvian counterpart Ana Ruiz.",
            &["Ana Ruiz | President | Peru", "Marco Vidal | President | Chile"],
        );
    }

    #[test]
    fn verbs_give_and_take_posts() {
        check(
            "Nordwind Energi appointed Nina Holm as chief financial officer on 3 May 2021.",
            &["Nina Holm | chief financial officer | Nordwind Energi | 2021-05-03"],
        );
        check(
            "Nina Holm has been chief executive of Nordwind Energi since 2019.",
            &["Nina Holm | chief executive | Nordwind Energi | 2019"],
        );
        check(
            "Nina Holm resigned as chief executive of Nordwind Energi in June 2022.",
            &["Nina Holm | chief executive | Nordwind Energi | 2022-06"],
        );
    }

    #[test]
    fn what_no_sentence_says_is_no_position() {
        check("The chairman of the board said that the minister of finance had left.", &[]);
        check("Nordwind Energi supplied the president's palace.", &[]);
        check("Lieutenant General Jonas Berg inspected the port of Tema.", &[]);
        check("Jonas Berg visited the chairman's office in Accra with Ana Ruiz.", &[]);
        check("Talks between Ana Ruiz and the chief executive of Nordwind Energi ended early.", &[]);
        check("President Ana Ruiz wrote to President Marco Vidal about the border.", &[]);
    }
}
