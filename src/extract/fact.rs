//! The noun of this room: what a text states, with its status, its speaker and the sentences that state it.

use crate::date::Period;
pub use crate::ontology::Status;
use crate::resolve::Entity;
use crate::span::Span;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What fills a role. `E` is how entities are named: by index while a document is read, whole once resolved. Kept readings name
/// the variant: an entity's index is no number, and words that look like a date are words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value<E = Entity> {
    /// Yes or no, e.g. whether a figure is a target.
    Flag(bool),
    /// One entity.
    One(E),
    /// A date or interval.
    When(Period),
    /// Words of the text.
    Text(String),
    /// A figure in plain units: 22 million dollars is `22000000`, 22.5 % is `22.5`.
    Number(f64),
    /// Several, in the order of the text.
    Many(Vec<E>),
}

impl<E> Value<E> {
    /// The words, where words fill the role.
    pub(super) fn as_text(&self) -> Option<&str> {
        if let Value::Text(words) = self { Some(words) } else { None }
    }
}

impl Value<usize> {
    /// The entities in it.
    pub(super) fn entities(&self) -> Vec<usize> {
        match self {
            Value::One(who) => vec![*who],
            Value::Many(list) => list.clone(),
            Value::Flag(_) | Value::When(_) | Value::Text(_) | Value::Number(_) => Vec::new(),
        }
    }
}

/// The exact words that state a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Identifier of the document ([`crate::read::Document::id`]).
    pub document: String,
    /// Its file name.
    pub source: String,
    /// Where the words stand in its plain text.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub quote: String,
    /// What names the record in its source (`row=17`); `None` for prose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fragment: Option<String>,
}

impl Evidence {
    /// The IRI of its passage.
    pub fn passage(&self) -> oxigraph::model::NamedNode {
        match &self.fragment {
            Some(fragment) => crate::vocab::record(&self.document, fragment),
            None => crate::vocab::passage(&self.document, self.span),
        }
    }
}

/// One fact: a frame with its roles, or a binary relation (kind `Relation`: subject, relation, object).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact<E = Entity> {
    /// Identifier: kind, parties and date make it for frames, so that two sources meet in one node. Empty until resolved.
    pub iri: String,
    /// Name of the frame, e.g. `Agreement`.
    pub kind: String,
    /// Roles in the order that the frame declares.
    pub roles: IndexMap<String, Value<E>>,
    /// How sure the text is.
    pub status: Status,
    /// The only speaker it rests on; `None` where the text itself states it.
    pub attributed_to: Option<E>,
    /// The passages, in order; never empty.
    pub evidence: Vec<Evidence>,
}
