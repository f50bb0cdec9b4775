//! The noun of this room: who or what a fact is about.

use serde::{Deserialize, Serialize};

/// The class of an entity: the local name of a class of `ontology/core.ttl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the class's comment in core.ttl says what each is")]
pub enum EntityType {
    Person,
    Company,
    GovernmentBody,
    IntergovernmentalOrganization,
    Organization,
    Country,
    Place,
    Project,
    Product,
    Event,
    /// A group named only by description, e.g. "Pakistani companies".
    Group,
    /// A named text: a treaty, a strategy, a report.
    Work,
}

impl EntityType {
    /// Local name of its class in the vocabulary.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Company => "Company",
            Self::GovernmentBody => "GovernmentBody",
            Self::IntergovernmentalOrganization => "IntergovernmentalOrganization",
            Self::Organization => "Organization",
            Self::Country => "Country",
            Self::Place => "Place",
            Self::Project => "Project",
            Self::Product => "Product",
            Self::Event => "Event",
            Self::Group => "Group",
            Self::Work => "Work",
        }
    }
}

/// A person, organisation, country, … that facts speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Readable identifier, e.g. `https://dossier.example/id/ilham-aliyev`.
    pub iri: String,
    /// Fullest or official name.
    pub label: String,
    /// Other names as found, sorted.
    pub aliases: Vec<String>,
    /// Class.
    #[serde(rename = "type")]
    pub kind: EntityType,
}
