//! The vocabulary as a picture: classes, what is more general, and which roles a class has.

use crate::draw::picture::{Edge, Flow, Node, Picture};
use crate::error::Result;
use crate::ontology::classes::Classes;
use crate::vocab;

/// Classes of the vocabulary, each tied to the more general ones.
///
/// # Errors
/// The embedded vocabulary is wrong.
pub fn picture_ontology(title: &str, says: &str) -> Result<Picture> {
    let classes = Classes::embedded()?;
    let mut picture = Picture::new(title);
    picture.flow = Flow::Right;
    let declared: Vec<_> = classes.terms().filter(|(local, _)| classes.is_class(local)).collect();
    for (local, term) in &declared {
        let shared = term.matches.first().or(term.broader.iter().find(|iri| !iri.as_str().starts_with(vocab::DOS)));
        let also = shared.map(|iri| vocab::shorten(iri.as_str())).unwrap_or_default();
        picture.add_node(Node::new(*local, classes.label(local), "Class").sublabel(also));
    }
    for (local, term) in &declared {
        for broader in term.broader.iter().filter_map(|iri| iri.as_str().strip_prefix(vocab::DOS)) {
            picture.add_edge(Edge::new(broader, *local, "").undirected());
        }
    }
    let properties = classes.terms().filter(|(local, _)| classes.is_property(local)).count();
    picture.subtitle = format!("{says}. {} classes; {properties} properties are not drawn", declared.len());
    picture.footer = format!("Dossier {} · {}", env!("CARGO_PKG_VERSION"), vocab::DOS);
    Ok(picture)
}
