//! The views of `ontology/views.yaml`.

use crate::draw::picture::Flow;
use crate::error::{Error, Result};
use crate::ontology::classes::nearest;
use indexmap::IndexMap;
use serde::Deserialize;

const FILE: &str = "ontology/views.yaml";
const EMBEDDED: &str = include_str!("../../../ontology/views.yaml");

/// The views, by name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
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

impl Rules {
    /// The built-in rules.
    pub(super) fn embedded() -> Result<Self> {
        serde_saphyr::from_str(EMBEDDED).map_err(|cause| {
            let (line, column) = cause.location().map_or((1, 1), |place| (place.line(), place.column()));
            let message = cause.without_snippet().to_string();
            Error::Knowledge { file: FILE.into(), line: line as usize, column: column as usize, message }
        })
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_views_are_right() {
        assert!(Rules::embedded().unwrap().view_names().any(|name| name == "path"));
    }
}
