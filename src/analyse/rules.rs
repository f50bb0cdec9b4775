//! How facts become ties, and how far a tie is to be believed, from `ontology/network.yaml`.

use crate::error::{Error, Result};
use crate::ontology::Status;
use crate::ontology::classes::Classes;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "ontology/network.yaml";
const EMBEDDED: &str = include_str!("../../ontology/network.yaml");

/// What becomes of each kind of fact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    facts: IndexMap<String, Rule>,
    undirected: BTreeSet<String>,
    plausibility: Plausibility,
}

/// What becomes of one kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Rule {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) between: Option<String>,
    label: Option<String>,
    fallback: Option<String>,
    pub(crate) skip: bool,
    weight: Option<f64>,
}

/// The weights of ties and chains; each between 0 and 1 but `hub`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plausibility {
    status: BTreeMap<String, f64>,
    kind: f64,
    relation: f64,
    relations: BTreeMap<String, f64>,
    source: f64,
    crowd: f64,
    hub: Hub,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hub {
    free: f64,
    power: f64,
}

impl Rules {
    /// The built-in rules.
    ///
    /// # Errors
    /// The file that was compiled in is wrong: with line and column.
    pub fn embedded() -> Result<Self> {
        Self::parse(EMBEDDED)
    }

    fn parse(yaml: &str) -> Result<Self> {
        let knowledge = |line, column, message| Error::Knowledge { file: FILE.into(), line, column, message };
        let rules: Self = serde_saphyr::from_str(yaml).map_err(|cause| {
            let (line, column) = cause.location().map_or((1, 1), |place| (place.line(), place.column()));
            knowledge(line as usize, column as usize, cause.without_snippet().to_string())
        })?;
        match rules.out_of_bounds() {
            Some(wrong) => Err(knowledge(1, 1, format!("{wrong} is not between 0 and 1"))),
            None => Ok(rules),
        }
    }

    fn out_of_bounds(&self) -> Option<f64> {
        let Plausibility { status, kind, relation, relations, source, .. } = &self.plausibility;
        let listed = self.facts.values().filter_map(|rule| rule.weight);
        let all = listed.chain(status.values().copied()).chain(relations.values().copied());
        all.chain([*kind, *relation, *source]).find(|weight| !(0.0..=1.0).contains(weight))
    }

    /// The rule of the first class that has one.
    pub(crate) fn rule<'a>(&self, mut classes: impl Iterator<Item = &'a String>) -> Option<&Rule> {
        classes.find_map(|class| self.facts.get(class))
    }

    /// Whether a relation is drawn without an arrow.
    pub fn is_undirected(&self, relation: &str) -> bool {
        self.undirected.contains(relation)
    }

    /// How plausible a tie is, 0 to 1: `kind` is a class or the property of a relation; `members` of the fact, `sources` that state it.
    pub(crate) fn weigh_tie(
        &self,
        kind: &str,
        status: Status,
        sources: usize,
        members: usize,
        classes: &Classes,
    ) -> f64 {
        let given = &self.plausibility;
        let weight = if classes.is_property(kind) {
            given.relations.get(kind).copied().unwrap_or(given.relation)
        } else {
            let listed = self.facts.iter().find(|(class, _)| classes.is_kind_of(kind, class));
            listed.and_then(|(_, rule)| rule.weight).unwrap_or(given.kind)
        };
        let sure = given.status.get(status.as_str()).copied().unwrap_or_default();
        let crowd = (2.0 / members.max(2) as f64).powf(given.crowd);
        let support = 1.0 - (1.0 - given.source).powi(i32::try_from(sources.max(1)).unwrap_or(i32::MAX));
        weight * sure * crowd * support
    }

    /// What a chain loses where it leads through an entity with so many neighbours: a factor, 1 for few.
    pub(crate) fn weigh_hub(&self, neighbours: usize) -> f64 {
        let Hub { free, power } = self.plausibility.hub;
        (free / (neighbours.max(1) as f64)).min(1.0).powf(power)
    }
}

impl Rule {
    /// The words on the line, given the values of properties; empty where what the label needs is missing.
    pub(crate) fn label(&self, value: impl Fn(&str) -> Option<String>) -> String {
        let patterns = self.label.iter().chain(&self.fallback);
        patterns.filter_map(|pattern| fill(pattern, &value)).next().unwrap_or_default()
    }
}

/// A pattern with its values; `None` where one outside of brackets is missing.
fn fill(pattern: &str, value: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(rest.get(..at)?);
        let (close, optional) = if rest.get(at..)?.starts_with('[') { (']', true) } else { ('}', false) };
        let end = at + rest.get(at..)?.find(close)?;
        let inner = rest.get(at + 1..end)?;
        match (optional, if optional { fill(inner, value) } else { value(inner) }) {
            (_, Some(text)) => out.push_str(&text),
            (true, None) => {}
            (false, None) => return None,
        }
        rest = rest.get(end + 1..)?;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expected: Option<&str>) {
        let value =
            |name: &str| [("count", "15"), ("date", "2024-07")].iter().find(|v| v.0 == name).map(|v| v.1.to_owned());
        assert_eq!(fill(pattern, &value).as_deref(), expected);
    }

    #[test]
    fn patterns_leave_out_what_is_missing() {
        check("[{count} ]MoU[, {date}]", Some("15 MoU, 2024-07"));
        check("[{role} ]visit[, {date}]", Some("visit, 2024-07"));
        check("{role}[, {date}]", None);
        check("plain", Some("plain"));
    }

    #[test]
    fn the_built_in_rules_are_right() {
        let rules = Rules::embedded().unwrap();
        assert!(rules.rule(["Loan".to_owned(), "Agreement".to_owned()].iter()).is_some());
        assert!(
            Rules::parse(&EMBEDDED.replace("source: 0.8", "source: 8"))
                .is_err_and(|e| e.to_string().contains("8 is not"))
        );
        assert!(
            Rules::parse(&EMBEDDED.replace("crowd:", "crowds:"))
                .is_err_and(|e| e.to_string().contains("network.yaml:"))
        );
    }

    #[test]
    fn more_sources_and_surer_words_weigh_more_and_crowds_and_hubs_less() {
        let (rules, classes) = (Rules::embedded().unwrap(), Classes::embedded().unwrap());
        let weigh = |kind, status, sources, members| rules.weigh_tie(kind, status, sources, members, &classes);
        let one = weigh("Meeting", Status::Asserted, 1, 2);
        assert!(weigh("Meeting", Status::Asserted, 2, 2) > one);
        assert!(weigh("Meeting", Status::Planned, 1, 2) < one);
        assert!(weigh("Meeting", Status::Asserted, 1, 20) < one);
        assert_eq!(weigh("Meeting", Status::Denied, 9, 2), 0.0);
        assert!(weigh("relatedTo", Status::Asserted, 1, 2) < weigh("owns", Status::Asserted, 1, 2));
        assert!(rules.weigh_hub(100) < rules.weigh_hub(10) && rules.weigh_hub(2) == 1.0);
    }
}
