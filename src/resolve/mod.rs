//! Mention -> Entity: which mentions are one person, company, country; within a document, then across documents.
//!
//! Law: wrong is worse than open; two names become one entity only for a reason that can be named.

mod across;
mod alias;
mod bare;
mod cast;
mod cluster;
mod entity;
mod home;
pub mod ledger;
mod link;
pub mod matcher;
mod name_entities;
mod office_countries;
mod offices;
mod references;
mod review;
#[cfg(test)]
mod tests;
mod unit;

pub use across::{Household, Resolution, Sighting, Unknown, resolve_across};
pub(crate) use cast::nth_name;
pub use cast::{Cast, Member, Office, Scene, cast_document};
pub use entity::{Entity, EntityType};
pub use review::Question;
