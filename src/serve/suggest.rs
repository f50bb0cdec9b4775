//! What a person who types may mean: entities, classes, properties.

use super::{Response, Service, local};
use crate::link::fold_name;
use serde_json::{Value, json};

/// Proposals that are given.
const MOST: usize = 12;

impl Service<'_> {
    /// Entities of which a name, or a word of it, begins with the prefix; the best known first.
    pub(super) fn suggest_entities(&self, prefix: &str) -> Response {
        let wanted = fold_name(prefix);
        let begins = |name: &str| {
            let name = fold_name(name);
            name.starts_with(&wanted) || name.contains(&format!(" {wanted}"))
        };
        let mut found: Vec<_> =
            self.subjects.iter().filter(|s| !wanted.is_empty() && s.names.iter().any(|n| begins(n))).collect();
        found.sort_by(|a, b| b.facts.cmp(&a.facts).then_with(|| a.iri.cmp(&b.iri)));
        let tell = |s: &&crate::link::Subject| {
            let class = self.classes.label(s.class.as_str());
            json!({"id": local(&s.iri), "name": s.label, "description": class, "notable": [self.type_of(s.class)]})
        };
        answer(found.iter().take(MOST).map(tell).collect())
    }

    /// Classes of the graph's entities whose label begins with the prefix.
    pub(super) fn suggest_types(&self, prefix: &str) -> Response {
        answer(self.types().into_iter().filter(|t| fits(t, prefix)).collect())
    }

    /// Properties of the graph's entities whose label begins with the prefix.
    pub(super) fn suggest_properties(&self, prefix: &str) -> Response {
        answer(self.properties(None).into_iter().filter(|p| fits(p, prefix)).take(MOST).collect())
    }
}

fn fits(value: &Value, prefix: &str) -> bool {
    let wanted = prefix.to_lowercase();
    ["id", "name"].iter().any(|key| {
        let text = value.get(key).and_then(Value::as_str).unwrap_or_default().to_lowercase();
        text.split([' ', ':']).any(|word| word.starts_with(&wanted)) || text.starts_with(&wanted)
    })
}

fn answer(list: Vec<Value>) -> Response {
    Response::json(&json!({ "result": list }))
}
