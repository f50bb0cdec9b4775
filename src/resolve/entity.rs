//! The noun of this room: who or what a fact is about.

pub use crate::ontology::EntityType;
use serde::{Deserialize, Serialize};

/// A person, organisation, country, … that facts speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Readable identifier, minted once.
    pub iri: String,
    /// Fullest or official name.
    pub label: String,
    /// Other names as found, sorted.
    pub aliases: Vec<String>,
    /// Class.
    #[serde(rename = "type")]
    pub kind: EntityType,
}
