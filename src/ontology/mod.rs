//! What Dossier knows before it reads: classes, frames, lexicons. All of it is data in `ontology/` and `data/reference/`.
//!
//! Law: knowledge is data; a word that the engine does not know is an error with file and line.

pub mod classes;
mod entity_type;
pub mod figures;
pub mod frame_set;
pub mod frames;
pub mod gazetteer;
pub mod identity;
pub mod leaders;
pub mod lexicon;
pub mod modality;
pub mod offices;
pub mod reference;
mod status;
pub(crate) mod table;

pub use entity_type::EntityType;
pub use status::Status;
