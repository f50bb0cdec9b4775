//! Quads -> the graph folder: files are the truth, and any tool can read them.
//!
//! ```text
//! graph/
//!   manifest.json        format, and for each source the SHA-256 of what was read and of what is kept
//!   sources/<id>.nq      the source's graph, sorted N-Quads
//!   text/<id>.txt        the plain text that offsets count in
//!   readings/<id>.json   what was extracted from it, so that a later build re-reads only what changed
//!   links/<dataset>.*      links to datasets of the world ([`crate::link`]); edited by hand, so not in the manifest
//!   identity.tsv         who is who, as people and builds decided ([`crate::resolve::ledger`]); edited by hand, so not in the manifest
//! ```
//!
//! Law: a change is kept whole or not at all, and a file whose bytes stay the same is not touched. `kill -9` at any moment leaves
//! the old or the new graph, as follows.
//!
//! 1. A [`Change`] holds an advisory lock on `.lock` (the system frees it when the process dies), so two builds never collide.
//! 2. New and changed files are written to `.staging/`, which no reader looks at, and flushed; last of them the new manifest.
//! 3. One rename, `.staging` to `.commit`, is the commit. Before it the graph is the old one, whatever lies in `.staging`.
//! 4. The files of `.commit/` are renamed to their places, files of forgotten sources removed, the manifest renamed, `.commit`
//!    removed. Each step can be repeated: whoever opens the folder next finishes what a killed build began.
//! 5. A reader that may not write, or meets a build at step 4, reads through `.commit/`: a file that lies there wins. Readers take
//!    no lock; [`Folder::is_current`] tells whether a build has changed the graph while they read.

mod change;
mod differ;
mod links;
mod manifest;
mod nquads;
mod verify;

pub use change::Change;
pub use differ::{Claim, Claims, Difference, claims_of, differ, read_claims};
pub use manifest::{Entry, FORMAT, Manifest};
pub use nquads::write_sorted;
pub use verify::{Verified, verify, verify_source};

use crate::error::{Error, Result};
use crate::resolve::ledger::{LEDGER, Ledger};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};

const STAGING: &str = ".staging";
const COMMIT: &str = ".commit";
const LOCK: &str = ".lock";
const MANIFEST: &str = "manifest.json";

/// A file that is kept for every source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `sources/<id>.nq`.
    Graph,
    /// `text/<id>.txt`.
    Text,
    /// `readings/<id>.json`.
    Reading,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 3] = [Part::Graph, Part::Text, Part::Reading];

    /// The folder it lies in.
    pub fn folder(self) -> &'static str {
        match self {
            Part::Graph => "sources",
            Part::Text => "text",
            Part::Reading => "readings",
        }
    }

    /// Its path in the graph folder.
    pub fn path(self, id: &str) -> PathBuf {
        let extension = match self {
            Part::Graph => "nq",
            Part::Text => "txt",
            Part::Reading => "json",
        };
        Path::new(self.folder()).join(format!("{id}.{extension}"))
    }
}

/// A graph folder as it was when it was opened.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    manifest: Manifest,
    /// Whether a commit was being applied by someone else when the folder was opened.
    through_commit: bool,
}

impl Folder {
    /// Opens a graph for reading; finishes the commit of a build that was killed, where it may.
    ///
    /// # Errors
    /// The folder is missing, is no graph, has a manifest that cannot be read, or was written by a newer version.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self> {
        let root = root.into();
        fs::metadata(&root).map_err(|cause| Error::file("open the graph", &root, cause))?;
        change::settle(&root)?;
        Self::read_settled(root.clone())?.ok_or_else(|| {
            Error::with_hint(
                format!("{} is not a graph folder: it has no {MANIFEST}", root.display()),
                "name the folder with --graph, or build one first: dossier build PATH",
            )
        })
    }

    /// The folder at `root`; `None` where it has no manifest.
    fn read_settled(root: PathBuf) -> Result<Option<Self>> {
        let pending = Manifest::read(&root.join(COMMIT).join(MANIFEST))?;
        let through_commit = pending.is_some();
        let manifest = match pending {
            Some(manifest) => Some(manifest),
            None => Manifest::read(&root.join(MANIFEST))?,
        };
        Ok(manifest.map(|manifest| Self { root, manifest, through_commit }))
    }

    /// Where it lies.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The sources by identifier, in order.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = (&str, &Entry)> {
        self.manifest.sources.iter().map(|(id, entry)| (id.as_str(), entry))
    }

    /// What the manifest says of a source.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.manifest.sources.get(id)
    }

    /// The bytes of a kept file.
    pub fn read(&self, part: Part, id: &str) -> Result<Vec<u8>> {
        let path = part.path(id);
        if self.through_commit
            && let Ok(bytes) = fs::read(self.root.join(COMMIT).join(&path))
        {
            return Ok(bytes);
        }
        let path = self.root.join(path);
        fs::read(&path).map_err(|cause| Error::file("read", path, cause))
    }

    /// The source's graph, as sorted N-Quads.
    pub fn graph(&self, id: &str) -> Result<Vec<u8>> {
        self.read(Part::Graph, id)
    }

    /// The plain text that the source's offsets count in.
    pub fn text(&self, id: &str) -> Result<String> {
        let damaged = |_| Error::with_hint(format!("the kept text of `{id}` is not UTF-8"), "run: dossier verify");
        String::from_utf8(self.read(Part::Text, id)?).map_err(damaged)
    }

    /// What was extracted from the source, as it was given to [`Change::put`].
    pub fn reading<T: DeserializeOwned>(&self, id: &str) -> Result<T> {
        serde_json::from_slice(&self.read(Part::Reading, id)?).map_err(|cause| {
            Error::with_hint(
                format!("the kept reading of `{id}` cannot be used: {cause}"),
                "build the source again with --force, or remove the graph folder and build anew",
            )
        })
    }

    /// The ledger of identity; empty where there is none.
    ///
    /// # Errors
    /// It is all that is wrong with it, each with its line.
    pub fn ledger(&self) -> Result<Ledger> {
        let staged = self.root.join(COMMIT).join(LEDGER);
        let path = if self.through_commit && staged.exists() { staged } else { self.root.join(LEDGER) };
        read_ledger(&path)
    }

    /// Whether the folder still holds the graph that was opened. A reader that loaded many files asks once at the end, and
    /// reads again where the answer is no.
    pub fn is_current(&self) -> bool {
        Self::read_settled(self.root.clone()).is_ok_and(|now| now.is_some_and(|now| now.manifest == self.manifest))
    }
}

/// Reads a ledger file; empty where there is none.
fn read_ledger(path: &Path) -> Result<Ledger> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Ledger::default()),
        Err(cause) => return Err(Error::file("read", path, cause)),
    };
    let name = path.display().to_string();
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Error::with_hint(format!("{name} is not UTF-8"), "save it as UTF-8; nothing was merged meanwhile"));
    };
    Ledger::parse(&text, &name).map_err(|wrong| {
        let told: Vec<String> =
            wrong.iter().map(|d| format!("{}:{}: {}", d.source, d.place.map_or(1, |p| p.0), d.message)).collect();
        let hint = wrong.into_iter().find_map(|d| d.hint).unwrap_or_default();
        Error::with_hint(told.join("\n       "), hint)
    })
}

/// Whether `id` may name files: letters, digits and `-._`, not first a dot, at most 200 bytes.
fn check_id(id: &str) -> Result<()> {
    let fits = |c: char| c.is_alphanumeric() || "-._".contains(c);
    if !id.is_empty() && id.len() <= 200 && !id.starts_with('.') && id.chars().all(fits) {
        return Ok(());
    }
    Err(Error::new(format!("`{id}` cannot name a source: letters, digits, `-`, `.` and `_` can, at most 200 of them")))
}

#[cfg(test)]
mod tests;
