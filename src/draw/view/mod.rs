//! Store -> Picture: what to show, so that it is read in ten seconds.
//!
//! Law: a view leaves out, folds and joins, but says so in the picture; it never changes a status.

mod connect;
mod read;
mod rules;
mod triples;

use super::picture::{Edge, Node, Picture};
use super::style::Style;
use crate::error::Result;
use crate::ontology::Status;
use crate::ontology::classes::Classes;
use connect::{Connection, Ends, connect};
use oxigraph::store::Store;
use read::{count_sources, read_classes, read_facts, read_label};
use rules::Rules;
use std::collections::{BTreeMap, BTreeSet};

pub use triples::picture_triples;

/// Key of the node that stands for what is not shown.
const MORE: &str = "more";

/// What the views draw from: everything said between entities, and the names of those.
struct Web<'a> {
    store: &'a Store,
    style: Style,
    classes: Classes,
    connections: BTreeMap<Connection, usize>,
    loose: usize,
}

/// The surroundings of an entity: all within `hops` connections of it, at most `most` nodes, the best connected first; what
/// does not fit is counted in a node of its own.
///
/// # Errors
/// Where the store, the vocabulary or the rules cannot be read.
pub fn neighbourhood(store: &Store, iri: &str, hops: usize, most: usize) -> Result<Picture> {
    let web = Web::read(store, &[])?;
    let (near, seen) = web.within(iri, hops);
    let mut picture = Picture::new(read_label(store, iri)?);
    let shown: BTreeSet<String> = near.iter().take(most.max(1)).cloned().collect();
    web.draw(&mut picture, &shown, Some(iri))?;
    let hidden = seen - shown.len();
    if hidden > 0 {
        picture.add_node(Node::new(MORE, format!("and {hidden} more"), "More"));
        picture.add_edge(Edge::new(iri, MORE, "").undirected());
    }
    let reach =
        if hops == 1 { "Direct connections".to_owned() } else { format!("Connections over up to {hops} steps") };
    picture.subtitle = format!("{reach}{}", picture_extent(&picture, hidden));
    picture.footer = web.footer()?;
    Ok(picture)
}

/// The whole graph, or its facts of the classes `kinds` (local names), relations between the same two joined; at most `most`
/// entities, the best connected first.
///
/// # Errors
/// Where the store, the vocabulary or the rules cannot be read.
pub fn relations(store: &Store, kinds: &[String], most: usize) -> Result<Picture> {
    let web = Web::read(store, kinds)?;
    let ranked = web.ranked();
    let shown: BTreeSet<String> = ranked.iter().take(most.max(1)).cloned().collect();
    let mut picture = Picture::new("Who is connected with whom");
    web.draw(&mut picture, &shown, None)?;
    let hidden = ranked.len() - shown.len();
    picture.subtitle = format!("{}{}", web.subject(kinds), picture_extent(&picture, hidden));
    picture.footer = web.footer()?;
    Ok(picture)
}

fn picture_extent(picture: &Picture, hidden: usize) -> String {
    let statements: usize = picture.edges().map(|edge| edge.count).sum();
    let shown = format!(": {statements} {} shown", if statements == 1 { "statement" } else { "statements" });
    if hidden == 0 { shown } else { format!("{shown}; {hidden} more entities are not") }
}

impl<'a> Web<'a> {
    /// Everything, or the facts of the classes `kinds`.
    fn read(store: &'a Store, kinds: &[String]) -> Result<Self> {
        let (classes, rules) = (Classes::embedded()?, Rules::embedded()?);
        let mut facts = read_facts(store)?;
        facts.retain(|_, fact| kinds.is_empty() || kinds.iter().any(|kind| fact.classes.contains(kind)));
        let (connections, loose) = connect(&facts, &rules, &classes);
        Ok(Self { store, style: Style::embedded()?, classes, connections, loose })
    }

    /// What the picture is about: "Relations between entities", "Agreement, visit".
    fn subject(&self, kinds: &[String]) -> String {
        let labels: Vec<&str> = kinds.iter().map(|kind| self.classes.label(kind)).collect();
        if labels.is_empty() { "Relations between entities".to_owned() } else { capitalise(&labels.join(", ")) }
    }

    /// Entities with the number of connections each has.
    fn degrees(&self) -> BTreeMap<&String, usize> {
        let mut degrees = BTreeMap::new();
        for (connection, count) in &self.connections {
            for member in connection.members() {
                *degrees.entry(member).or_insert(0) += count;
            }
        }
        degrees
    }

    /// Entities, the best connected first.
    fn ranked(&self) -> Vec<String> {
        let mut ranked: Vec<_> = self.degrees().into_iter().collect();
        ranked.sort_by_key(|(iri, degree)| (usize::MAX - degree, *iri));
        ranked.into_iter().map(|(iri, _)| iri.clone()).collect()
    }

    /// Entities within a number of steps, near and well connected ones first, and how many they are.
    fn within(&self, iri: &str, hops: usize) -> (Vec<String>, usize) {
        let mut neighbours: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (connection, count) in &self.connections {
            let members = connection.members();
            for a in &members {
                for b in members.iter().filter(|b| b != &a) {
                    *neighbours.entry(a).or_default().entry(b).or_default() += count;
                }
            }
        }
        let mut found = vec![iri.to_owned()];
        let mut known: BTreeSet<&str> = [iri].into();
        let mut ring: Vec<&str> = vec![iri];
        for _ in 0..hops {
            let mut next: BTreeMap<&str, usize> = BTreeMap::new();
            for (to, count) in ring.iter().filter_map(|node| neighbours.get(node)).flatten() {
                if !known.contains(to) {
                    *next.entry(to).or_default() += count;
                }
            }
            let mut ordered: Vec<_> = next.into_iter().collect();
            ordered.sort_by_key(|(node, count)| (usize::MAX - count, *node));
            ring = ordered.into_iter().map(|(node, _)| node).collect();
            known.extend(&ring);
            found.extend(ring.iter().map(|node| (*node).to_owned()));
        }
        let count = found.len();
        (found, count)
    }

    /// Adds the entities and all that joins them.
    fn draw(&self, picture: &mut Picture, shown: &BTreeSet<String>, focus: Option<&str>) -> Result<()> {
        for iri in shown {
            let node = self.node(iri)?;
            picture.add_node(if focus == Some(iri) { node.focus() } else { node });
        }
        for (connection, count) in &self.connections {
            match connection {
                Connection::Line(ends) if shown.contains(&ends.from) && shown.contains(&ends.to) => {
                    picture.add_edge(edge(ends, *count));
                }
                Connection::Line(_) => {}
                Connection::Hub { iri, class, date, status, members } => {
                    self.draw_hub(picture, iri, class, date, *status, members.intersection(shown))?;
                }
            }
        }
        Ok(())
    }

    fn draw_hub<'b>(
        &self,
        picture: &mut Picture,
        iri: &str,
        class: &str,
        date: &str,
        status: Status,
        members: impl Iterator<Item = &'b String>,
    ) -> Result<()> {
        let members: Vec<_> = members.collect();
        if members.len() < 2 {
            return Ok(());
        }
        let label = capitalise(self.classes.label(class));
        let kind = if self.style.knows(class) { class } else { "Fact" };
        picture.add_node(Node::new(iri, label, kind).sublabel(date).status(status));
        for member in members {
            picture.add_edge(Edge::new(member, iri, "").undirected().status(status));
        }
        Ok(())
    }

    fn node(&self, iri: &str) -> Result<Node> {
        let classes = read_classes(self.store, iri)?;
        let kind = classes.into_iter().find(|class| self.style.knows(class)).unwrap_or_default();
        Ok(Node::new(iri, read_label(self.store, iri)?, kind))
    }

    fn footer(&self) -> Result<String> {
        let sources = count_sources(self.store)?;
        let of = if sources == 1 { "1 source".to_owned() } else { format!("{sources} sources") };
        let loose = match self.loose {
            0 => String::new(),
            1 => " · 1 fact that names one side only is not drawn".to_owned(),
            n => format!(" · {n} facts that name one side only are not drawn"),
        };
        Ok(format!("Dossier · from {of}{loose}"))
    }
}

fn edge(ends: &Ends, count: usize) -> Edge {
    let mut edge = Edge::new(&ends.from, &ends.to, &ends.label).status(ends.status);
    edge.count = count;
    if ends.directed { edge } else { edge.undirected() }
}

fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests;
