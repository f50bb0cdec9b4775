//! How facts become lines, from `ontology/views.yaml`.

use crate::draw::picture::Flow;
use crate::error::{Error, Result};
use crate::ontology::classes::nearest;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::BTreeSet;

const FILE: &str = "ontology/views.yaml";
const EMBEDDED: &str = include_str!("../../../ontology/views.yaml");

/// What becomes of each kind of fact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    facts: IndexMap<String, Rule>,
    undirected: BTreeSet<String>,
    views: IndexMap<String, ViewRule>,
}

/// A view of `dossier draw --view`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewRule {
    /// Name of the query whose rows are drawn.
    pub(super) query: Option<String>,
    /// Or the code that walks the graph.
    pub(super) built_in: Option<BuiltIn>,
    pub(super) title: String,
    pub(super) says: String,
    #[serde(default)]
    pub(super) flow: Flow,
}

/// Views that no query can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum BuiltIn {
    Neighbourhood,
    Relations,
    Path,
    Ontology,
}

/// What becomes of one kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rule {
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) between: Option<String>,
    label: Option<String>,
    fallback: Option<String>,
    pub(super) skip: bool,
}

impl Rules {
    /// The built-in rules.
    pub(super) fn embedded() -> Result<Self> {
        serde_saphyr::from_str(EMBEDDED).map_err(|cause| {
            let (line, column) = cause.location().map_or((1, 1), |place| (place.line(), place.column()));
            let message = cause.without_snippet().to_string();
            Error::Knowledge { file: FILE.into(), line: line as usize, column: column as usize, message }
        })
    }

    /// The rule of the first class that has one.
    pub(super) fn rule<'a>(&self, mut classes: impl Iterator<Item = &'a String>) -> Option<&Rule> {
        classes.find_map(|class| self.facts.get(class))
    }

    /// The view of a name.
    ///
    /// # Errors
    /// None has that name; the hint lists them.
    pub(super) fn view(&self, name: &str) -> Result<&ViewRule> {
        self.views.get(name).ok_or_else(|| {
            let names: Vec<&str> = self.views.keys().map(String::as_str).collect();
            let near = nearest(name, names.iter().copied()).map(|near| format!("did you mean {near}? "));
            let hint = format!("{}the views are: {}", near.unwrap_or_default(), names.join(", "));
            Error::with_hint(format!("there is no view called `{name}`"), hint)
        })
    }

    /// Names of the views.
    pub(super) fn view_names(&self) -> impl Iterator<Item = &str> {
        self.views.keys().map(String::as_str)
    }

    /// Whether a relation is drawn without an arrow.
    pub(super) fn is_undirected(&self, relation: &str) -> bool {
        self.undirected.contains(relation)
    }
}

impl Rule {
    /// The words on the line, given the values of properties; empty where what the label needs is missing.
    pub(super) fn label(&self, value: impl Fn(&str) -> Option<String>) -> String {
        let patterns = self.label.iter().chain(&self.fallback);
        patterns.filter_map(|pattern| fill(pattern, &value)).next().unwrap_or_default()
    }
}

/// A pattern with its values; `None` where one outside of brackets is missing.
pub(super) fn fill(pattern: &str, value: &impl Fn(&str) -> Option<String>) -> Option<String> {
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
    }
}
