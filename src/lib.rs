//! Dossier turns a folder of documents about officials, companies and agreements into a knowledge graph in which every
//! fact leads back to the sentence that states it.
//!
//! # Steps
//!
//! Data flows one way; each room makes the noun that the next one consumes, and imports only from rooms above it.
//!
//! 1. [`ontology`] loads what Dossier knows: classes, frames, lexicons. All of it is data.
//! 2. [`read`]: Source -> Document. Text, Markdown, HTML become plain text with metadata.
//! 3. [`segment`]: Document -> Passage. Prose apart from furniture, sentences with exact offsets.
//! 4. [`language`]: Passage -> Sentence. Tokens, tags, dependency trees, names.
//! 5. [`recognise`]: Sentence -> Mention. People, bodies, places, dates, money, quantities.
//! 6. [`resolve`]: Mention -> Entity. Within a document, then across documents.
//! 7. [`extract`]: Entity, Sentence -> Fact. Frames over trees, status, speakers, evidence.
//! 8. [`map`]: Record -> Fact. Mappings in SPARQL over rows; RDF and FollowTheMoney as they are.
//! 9. [`score`]: Fact beside gold -> Tally. Precision and recall, for `eval`.
//! 10. [`express`]: Fact -> Quads.
//! 11. [`keep`]: Quads -> the graph folder: one file a source, replaced whole or not at all.
//! 12. [`fetch`]: URL -> text. Polite, cached, only what the user named.
//! 13. [`store`], [`query`]: the graph folder -> Oxigraph -> Solutions.
//! 14. [`derive`](mod@derive): facts, by the rules of `ontology/rules` -> what follows from them.
//! 15. [`recount`]: the graph -> conflicts, events in order, and the sentences behind a row.
//! 16. [`link`]: Entity, dataset -> Mapping. Who each is in Wikidata, GeoNames and other registers.
//! 17. [`serve`]: Entity -> answers of the reconciliation API.
//! 18. [`analyse`]: the graph as a network -> chains between two, ranks, groups.
//! 19. [`export`]: the graph or a part of it -> RDF, GraphML, GEXF, tables, FollowTheMoney.
//! 20. [`draw`]: Solutions -> Graph -> Drawing.
//!
//! [`pipeline`] alone knows this order.

pub mod ascii;
pub mod date;
pub mod diagnostic;
pub mod error;
pub mod packed;
pub mod span;
pub mod vocab;

pub mod ontology;

pub mod read;

pub mod segment;

pub mod language;

pub mod recognise;

pub mod resolve;

pub mod extract;

pub mod map;

pub mod score;

pub mod express;

pub mod keep;

pub mod fetch;

pub mod store;

pub mod query;

pub mod derive;

pub mod recount;

pub mod link;

pub mod serve;

pub mod analyse;

pub mod export;

pub mod draw;

pub mod pipeline;
