//! The classes that a name can have.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

macro_rules! entity_types {
    ($($(#[$doc:meta])* $variant:ident),* $(,)?) => {
        /// The class of an entity; each variant is the local name of a class of `ontology/core.ttl`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EntityType { $($(#[$doc])* $variant),* }

        impl EntityType {
            /// All of them.
            pub const ALL: &'static [EntityType] = &[$(Self::$variant),*];

            /// Local name of its class in the vocabulary.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),* }
            }
        }

        impl FromStr for EntityType {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $(stringify!($variant) => Ok(Self::$variant),)* _ => Err(()) }
            }
        }
    };
}

entity_types! {
    /// A human being.
    Person,
    /// A business.
    Company,
    /// A ministry, agency, parliament, court, embassy, army.
    GovernmentBody,
    /// A body whose members are states.
    IntergovernmentalOrganization,
    /// Any other body.
    Organization,
    /// A state or territory of ISO 3166.
    Country,
    /// A city, region, sea, building.
    Place,
    /// A pipeline, port, plant, programme.
    Project,
    /// A thing that is made or sold.
    Product,
    /// A summit, fair, war.
    Event,
    /// A group named only by description, e.g. "Peruvian companies".
    Group,
    /// A named text: a treaty, a strategy, a report.
    Work,
}

impl EntityType {
    /// Whether it is a body that can sign, own and decide.
    pub const fn is_body(self) -> bool {
        matches!(self, Self::Company | Self::GovernmentBody | Self::IntergovernmentalOrganization | Self::Organization)
    }
}
