//! Store -> Picture: what to show, so that it is read in ten seconds.
//!
//! Law: a view leaves out, folds and joins, but says so in the picture; it never changes a status.

mod ontology;
mod read;
mod rows;
mod rules;
mod triples;
mod web;

use super::picture::{Edge, Flow, Node, Picture};
use crate::analyse::{Breadth, Chain, Network};
use crate::error::{Error, Result};
use crate::vocab::capitalise;
use oxigraph::store::Store;
use read::read_label;
use rules::{BuiltIn, Rules, ViewRule};
use std::collections::BTreeSet;
use web::Web;

pub use ontology::picture_ontology;
pub use rows::picture_rows;
pub use triples::picture_triples;

/// Key of the node that stands for what is not shown.
const MORE: &str = "more";
/// Most of the shortest ways that are drawn.
const MOST_WAYS: usize = 24;

/// A view that `ontology/views.yaml` declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What makes it.
    pub way: Way,
    /// Headline; `{names}` stands for those that it is about.
    pub title: String,
    /// The line under it.
    pub says: String,
    /// How it is read.
    pub flow: Flow,
}

/// What makes a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// [`neighbourhood`].
    Neighbourhood,
    /// [`relations`].
    Relations,
    /// [`path`].
    Path,
    /// [`picture_ontology`].
    Ontology,
    /// The rows of the query of this name, by [`picture_rows`].
    Query(String),
}

impl View {
    /// The view of a name.
    ///
    /// # Errors
    /// None has that name; the hint lists them.
    pub fn find(name: &str) -> Result<Self> {
        let rules = Rules::embedded()?;
        let ViewRule { query, built_in, title, says, flow } = rules.view(name)?.clone();
        let way = match (built_in, query) {
            (Some(BuiltIn::Neighbourhood), _) => Way::Neighbourhood,
            (Some(BuiltIn::Relations), _) => Way::Relations,
            (Some(BuiltIn::Path), _) => Way::Path,
            (Some(BuiltIn::Ontology), _) => Way::Ontology,
            (None, Some(query)) => Way::Query(query),
            (None, None) => return Err(Error::new(format!("the view `{name}` has neither query nor built_in"))),
        };
        Ok(Self { way, title, says, flow })
    }

    /// Names of all views, in the order of the file.
    ///
    /// # Errors
    /// `ontology/views.yaml` is wrong.
    pub fn names() -> Result<Vec<String>> {
        Ok(Rules::embedded()?.view_names().map(str::to_owned).collect())
    }
}

/// The surroundings of entities: all within `hops` connections of one of them, at most `most` nodes, the best connected first;
/// what does not fit is counted in a node of its own.
///
/// # Errors
/// Where the store, the vocabulary or the rules cannot be read.
pub fn neighbourhood(store: &Store, iris: &[&str], hops: usize, most: usize) -> Result<Picture> {
    let web = Web::read(store, &[], Breadth::Overview)?;
    let near = web.within(iris, hops);
    let names = iris.iter().map(|iri| read_label(store, iri)).collect::<Result<Vec<_>>>()?;
    let mut picture = Picture::new(names.join(", "));
    let shown: BTreeSet<String> = near.iter().take(most.max(iris.len())).cloned().collect();
    web.draw(&mut picture, &shown, iris, &|_, _| true)?;
    let hidden: Vec<&String> = near.iter().filter(|iri| !shown.contains(*iri)).collect();
    if let (Some(first), false) = (iris.first(), hidden.is_empty()) {
        let mut more = Node::new(MORE, format!("and {} more", hidden.len()), "More");
        more.folded = hidden.iter().take(most).map(|iri| read_label(store, iri)).collect::<Result<_>>()?;
        picture.add_node(more);
        picture.add_edge(Edge::new(*first, MORE, "").undirected());
    }
    let reach =
        if hops == 1 { "Direct connections".to_owned() } else { format!("Connections over up to {hops} steps") };
    picture.subtitle = format!("{reach}{}", picture_extent(&picture, hidden.len()));
    picture.footer = web.footer()?;
    Ok(picture)
}

/// The whole graph, or its facts of the classes `kinds` (local names), relations between the same two joined; at most `most`
/// entities, the best connected first.
///
/// # Errors
/// Where the store, the vocabulary or the rules cannot be read.
pub fn relations(store: &Store, kinds: &[String], most: usize) -> Result<Picture> {
    let web = Web::read(store, kinds, Breadth::Overview)?;
    let ranked = web.ranked();
    let shown: BTreeSet<String> = ranked.iter().take(most.max(1)).cloned().collect();
    let mut picture = Picture::new(View::find("relations")?.title);
    web.draw(&mut picture, &shown, &[], &|_, _| true)?;
    // Whose partners are all among those that are not shown says nothing here.
    let alone = picture.drop_unjoined();
    let labels: Vec<&str> = kinds.iter().map(|kind| web.classes.label(kind)).collect();
    let subject =
        if labels.is_empty() { "Relations between entities".to_owned() } else { capitalise(&labels.join(", ")) };
    picture.subtitle = format!("{subject}{}", picture_extent(&picture, ranked.len() - shown.len() + alone));
    picture.footer = web.footer()?;
    Ok(picture)
}

/// The shortest ways between two entities: the most plausible of them.
///
/// # Errors
/// Where no way leads from one to the other, or the store, the vocabulary or the rules cannot be read.
pub fn path(store: &Store, from: &str, to: &str) -> Result<Picture> {
    let network = Network::read(store, &[])?;
    let (start, end) = (read_label(store, from)?, read_label(store, to)?);
    let paths = match (network.find(from), network.find(to)) {
        (Some(from), Some(to)) => network.find_shortest(from, to, MOST_WAYS),
        _ => Vec::new(),
    };
    let Some(first) = paths.first() else {
        let message = format!("nothing in the graph leads from {start} to {end}");
        return Err(Error::with_hint(message, "draw the surroundings of one: dossier draw NAME --hops 2"));
    };
    let steps = first.len();
    let steps = if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
    picture_paths(store, &network, &paths, &[], &format!("The shortest ways, over {steps}"))
}

/// Some ways between the first and the last entity of each, with all that is said between one step and the next. `kinds` as in
/// [`Network::read`]; `says` is the line under the title.
///
/// # Errors
/// Where the store, the vocabulary or the rules cannot be read.
pub fn picture_paths(
    store: &Store,
    network: &Network,
    paths: &[Chain],
    kinds: &[String],
    says: &str,
) -> Result<Picture> {
    let web = Web::read(store, kinds, Breadth::Everything)?;
    let iri = |at: &usize| network.entity(*at).map(|entity| entity.iri.clone());
    let nodes: BTreeSet<String> = paths.iter().flat_map(|path| path.entities.iter().filter_map(iri)).collect();
    let ends: Vec<String> = paths.first().map(|path| path.ends().iter().filter_map(iri).collect()).unwrap_or_default();
    let ends: Vec<&str> = ends.iter().map(String::as_str).collect();
    let labels = ends.iter().map(|end| read_label(store, end)).collect::<Result<Vec<_>>>()?;
    let mut picture = Picture::new(format!("From {}", labels.join(" to ")));
    (picture.start, picture.flow) = (ends.first().map(|start| (*start).to_owned()), Flow::Right);
    let pairs = paths.iter().flat_map(|path| path.entities.windows(2));
    let steps: BTreeSet<(String, String)> =
        pairs.filter_map(|pair| if let [a, b] = pair { Some((iri(a)?, iri(b)?)) } else { None }).collect();
    let is_step = |a: &str, b: &str| {
        steps.contains(&(a.to_owned(), b.to_owned())) || steps.contains(&(b.to_owned(), a.to_owned()))
    };
    web.draw(&mut picture, &nodes, &ends, &is_step)?;
    picture.subtitle = format!("{says}{}", picture_extent(&picture, 0));
    picture.footer = web.footer()?;
    Ok(picture)
}

/// `: 12 statements shown; 3 more entities are not`.
fn picture_extent(picture: &Picture, hidden: usize) -> String {
    let statements: usize = picture.edges().map(|edge| edge.count).sum();
    let shown = format!(": {statements} {} shown", if statements == 1 { "statement" } else { "statements" });
    match hidden {
        0 => shown,
        1 => format!("{shown}; 1 more entity is not"),
        _ => format!("{shown}; {hidden} more entities are not"),
    }
}

#[cfg(test)]
mod tests;
