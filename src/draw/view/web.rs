//! Facts -> the web of connections, and the parts of it that views show.

use super::read::{read_classes, read_footer, read_label, read_quotes, read_value};
use crate::analyse::{Breadth, Connection, Ends, Ground, Rules, connect, read_facts};
use crate::draw::picture::{Edge, Node, Picture};
use crate::draw::style::Style;
use crate::draw::when::show_note;
use crate::error::Result;
use crate::ontology::Status;
use crate::ontology::classes::Classes;
use crate::vocab::{self, capitalise};
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// What the views draw from: everything said between entities, and the names of those.
pub(super) struct Web<'a> {
    store: &'a Store,
    style: Style,
    pub(super) classes: Classes,
    connections: BTreeMap<Connection, Ground>,
    loose: usize,
}

/// A fact that joins more than two: a small node of its own.
struct Hub<'b> {
    iri: &'b str,
    class: &'b str,
    date: &'b str,
    status: Status,
}

impl<'a> Web<'a> {
    /// Everything, or the facts of `kinds`: classes, or properties of relations.
    pub(super) fn read(store: &'a Store, kinds: &[String], breadth: Breadth) -> Result<Self> {
        let (classes, rules) = (Classes::embedded()?, Rules::embedded()?);
        let mut facts = read_facts(store)?;
        facts.retain(|_, fact| fact.is_of(kinds));
        let (connections, loose) = connect(&facts, &rules, &classes, breadth);
        Ok(Self { store, style: Style::embedded()?, classes, connections, loose })
    }

    /// Entities with the number of connections each has.
    fn degrees(&self) -> BTreeMap<&String, usize> {
        let mut degrees = BTreeMap::new();
        for (connection, ground) in &self.connections {
            for member in connection.members() {
                *degrees.entry(member).or_insert(0) += ground.count;
            }
        }
        degrees
    }

    /// Entities, the best connected first.
    pub(super) fn ranked(&self) -> Vec<String> {
        let mut ranked: Vec<_> = self.degrees().into_iter().collect();
        ranked.sort_by_key(|(iri, degree)| (usize::MAX - degree, *iri));
        ranked.into_iter().map(|(iri, _)| iri.clone()).collect()
    }

    /// Who is tied to whom, and by how many facts.
    fn neighbours(&self) -> BTreeMap<&str, BTreeMap<&str, usize>> {
        let mut neighbours: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (connection, ground) in &self.connections {
            let members = connection.members();
            for a in &members {
                for b in members.iter().filter(|b| b != &a) {
                    *neighbours.entry(a).or_default().entry(b).or_default() += ground.count;
                }
            }
        }
        neighbours
    }

    /// Entities within a number of steps of any of some, near and well connected ones first.
    pub(super) fn within(&self, iris: &[&str], hops: usize) -> Vec<String> {
        let neighbours = self.neighbours();
        let mut found: Vec<String> = iris.iter().map(|iri| (*iri).to_owned()).collect();
        let mut known: BTreeSet<&str> = iris.iter().copied().collect();
        let mut ring: Vec<&str> = iris.to_vec();
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
        found
    }

    /// Adds the entities and what joins those of them that `join` lets be joined.
    pub(super) fn draw(
        &self,
        picture: &mut Picture,
        shown: &BTreeSet<String>,
        focus: &[&str],
        join: &dyn Fn(&str, &str) -> bool,
    ) -> Result<()> {
        for iri in shown {
            let node = self.node(iri)?;
            picture.add_node(if focus.contains(&iri.as_str()) { node.focus() } else { node });
        }
        for (connection, ground) in &self.connections {
            match connection {
                Connection::Line(ends) if shown.contains(&ends.from) && shown.contains(&ends.to) => {
                    if join(&ends.from, &ends.to) {
                        picture.add_edge(edge(ends, ground));
                    }
                }
                Connection::Line(_) => {}
                Connection::Hub { iri, class, date, status, members } => {
                    let hub = Hub { iri, class, date, status: *status };
                    let members: Vec<&String> = members.intersection(shown).collect();
                    let is_joined = |a: &&String| members.iter().any(|b| a != b && (join(a, b) || join(b, a)));
                    self.draw_hub(picture, &hub, ground, members.iter().copied().filter(is_joined).collect())?;
                }
            }
        }
        picture.gather_around();
        let passages: BTreeSet<String> = picture.edges().flat_map(|edge| edge.evidence.iter().cloned()).collect();
        picture.quotes.extend(read_quotes(self.store, passages.iter())?);
        Ok(())
    }

    fn draw_hub(&self, picture: &mut Picture, hub: &Hub<'_>, ground: &Ground, members: Vec<&String>) -> Result<()> {
        if members.len() < 2 {
            return Ok(());
        }
        let value = |property: &str| read_value(self.store, hub.iri, &vocab::dos(property));
        let called = [value("agreementType")?, value("indicator")?].into_iter().flatten().next();
        let label = called.unwrap_or_else(|| self.classes.label(hub.class).to_owned());
        let kind = if self.style.knows(hub.class) { hub.class } else { "Fact" };
        let note = show_note(&value("topic")?.unwrap_or_default(), hub.date);
        let mut node = Node::new(hub.iri, capitalise(&label), kind).sublabel(note).when(hub.date).status(hub.status);
        node.evidence.clone_from(&ground.passages);
        picture.add_node(node);
        for member in members {
            let mut edge = Edge::new(member, hub.iri, "").undirected().status(hub.status);
            edge.evidence.clone_from(&ground.passages);
            picture.add_edge(edge);
        }
        Ok(())
    }

    fn node(&self, iri: &str) -> Result<Node> {
        Ok(Node::new(iri, read_label(self.store, iri)?, kind_of(self.store, iri, &self.style)?))
    }

    pub(super) fn footer(&self) -> Result<String> {
        read_footer(self.store, self.loose)
    }
}

/// The class of a thing that the style knows; empty for none.
pub(super) fn kind_of(store: &Store, iri: &str, style: &Style) -> Result<String> {
    let classes = read_classes(store, iri)?;
    Ok(classes.into_iter().find(|class| style.knows(class)).unwrap_or_default())
}

fn edge(ends: &Ends, ground: &Ground) -> Edge {
    let mut edge = Edge::new(&ends.from, &ends.to, &ends.label).date(&ends.date).status(ends.status);
    edge.count = ground.count;
    edge.evidence.clone_from(&ground.passages);
    if ends.directed { edge } else { edge.undirected() }
}
