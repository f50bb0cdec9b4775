//! The graph folder -> Oxigraph, in memory.
//!
//! Law: the store holds what the folder's manifest names and nothing else, in the order of the sources, so that the same folder
//! answers every query alike. Each source is a named graph; their union, each triple once, is the default graph. (Oxigraph's own
//! union of named graphs gives a triple once a graph: joins over names that every source repeats would multiply.)

use crate::error::{Error, Result};
use crate::keep::{Folder, Part};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, GraphNameRef, NamedNodeRef, Quad};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

pub use oxigraph::store::Store;

/// Quads handed from the reading thread to the store at a time.
const BATCH: usize = 20_000;
/// How often a graph is read again that a build changes meanwhile.
const ATTEMPTS: usize = 5;

/// Opens the graph at `root` and loads all of it.
///
/// # Errors
/// See [`Folder::open`]; a file that the manifest names cannot be read or is no N-Quads.
pub fn open(root: &Path) -> Result<(Folder, Store)> {
    for _ in 0..ATTEMPTS {
        let folder = Folder::open(root)?;
        let loaded = load(&folder);
        if folder.is_current() {
            return loaded.map(|store| (folder, store));
        }
    }
    Err(Error::with_hint(format!("{} changes while it is read", root.display()), "wait until the build ends"))
}

/// Loads all sources of a folder: one thread reads and parses, this one inserts.
pub fn load(folder: &Folder) -> Result<Store> {
    let store = new()?;
    let (sender, receiver) = sync_channel(4);
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut batch = Vec::with_capacity(BATCH);
            for (id, _) in folder.sources() {
                parse(folder, id, &mut batch)?;
                if batch.len() >= BATCH && sender.send(std::mem::take(&mut batch)).is_err() {
                    break;
                }
            }
            parse_links(folder, &mut batch)?;
            let _ = sender.send(batch);
            Ok(())
        });
        insert(&store, receiver)?;
        reader.join().unwrap_or_else(|_| Err(Error::new("the thread that reads the graph died")))
    })?;
    Ok(store)
}

/// A store of quads that are at hand.
pub fn from_quads(quads: Vec<Quad>) -> Result<Store> {
    let store = new()?;
    insert(&store, [quads])?;
    Ok(store)
}

fn new() -> Result<Store> {
    Store::new().map_err(|cause| Error::new(format!("cannot set up the store: {cause}")))
}

/// What the sources together state: the quads of the default graph, of a subject and a property where they are given.
///
/// # Errors
/// The store cannot be read.
pub fn find_quads(
    store: &Store,
    subject: Option<NamedNodeRef<'_>>,
    property: Option<NamedNodeRef<'_>>,
) -> Result<Vec<Quad>> {
    let found = store.quads_for_pattern(subject.map(Into::into), property, None, Some(GraphNameRef::DefaultGraph));
    found.collect::<std::result::Result<_, _>>().map_err(cannot_read)
}

/// The error for a store that cannot be read.
pub fn cannot_read(cause: impl std::fmt::Display) -> Error {
    Error::new(format!("cannot read the graph: {cause}"))
}

/// Each quad in its own graph and in the default graph.
fn insert(store: &Store, batches: impl IntoIterator<Item = Vec<Quad>>) -> Result<()> {
    let failed = |cause| Error::new(format!("cannot load the graph: {cause}"));
    let mut loader = store.bulk_loader();
    for batch in batches {
        let union: Vec<Quad> =
            batch.iter().map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }).collect();
        loader.load_quads(batch).map_err(failed)?;
        loader.load_quads(union).map_err(failed)?;
    }
    loader.commit().map_err(failed)
}

/// The graphs of links, beside those of sources.
fn parse_links(folder: &Folder, batch: &mut Vec<Quad>) -> Result<()> {
    for (path, bytes) in folder.link_graphs()? {
        for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(&bytes) {
            batch.push(quad.map_err(|error| {
                Error::with_hint(format!("{}: {error}", path.display()), "make it again: dossier link")
            })?);
        }
    }
    Ok(())
}

fn parse(folder: &Folder, id: &str, batch: &mut Vec<Quad>) -> Result<()> {
    let bytes = folder.graph(id)?;
    for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(&bytes) {
        batch.push(quad.map_err(|error| {
            let path = folder.root().join(Part::Graph.path(id));
            Error::with_hint(format!("{}: {error}", path.display()), "run: dossier verify")
        })?);
    }
    Ok(())
}
