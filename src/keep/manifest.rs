//! `manifest.json`: which sources the graph holds, and the fingerprint of every kept file.
//!
//! Law: a file is part of the graph because the manifest names it; sorted, without time or machine, so that the same graph has
//! the same manifest.

use super::Part;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The version of the folder's layout that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// What the graph folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout.
    pub format: u32,
    /// The sources by identifier.
    pub sources: BTreeMap<String, Entry>,
}

/// One source; all fingerprints are SHA-256 in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Name of the file that was read.
    pub name: String,
    /// Fingerprint of the source itself ([`crate::read::Document::sha256`]).
    pub sha256: String,
    /// Fingerprint of the program and knowledge that read it; a build reads again what others made.
    pub made_with: String,
    /// Fingerprint of `sources/<id>.nq`.
    pub graph: String,
    /// Fingerprint of `text/<id>.txt`.
    pub text: String,
    /// Fingerprint of `readings/<id>.json`.
    pub reading: String,
}

impl Entry {
    /// The fingerprint of one of its files.
    pub fn fingerprint(&self, part: Part) -> &str {
        match part {
            Part::Graph => &self.graph,
            Part::Text => &self.text,
            Part::Reading => &self.reading,
        }
    }
}

impl Default for Manifest {
    fn default() -> Self {
        Self { format: FORMAT, sources: BTreeMap::new() }
    }
}

/// What every version's manifest begins with.
#[derive(Deserialize)]
struct Versioned {
    format: u32,
}

impl Manifest {
    /// Reads a manifest; `None` where there is none.
    ///
    /// # Errors
    /// It cannot be read, is damaged, or is of a newer format.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(cause) => return Err(Error::file("read", path, cause)),
        };
        let versioned: Versioned = serde_json::from_slice(&bytes).map_err(|cause| damaged(path, &cause))?;
        if versioned.format > FORMAT {
            return Err(Error::with_hint(
                format!(
                    "{} has format {}; this version of Dossier reads up to {FORMAT}",
                    path.display(),
                    versioned.format
                ),
                "update Dossier, or build into another folder with --graph",
            ));
        }
        let manifest: Self = serde_json::from_slice(&bytes).map_err(|cause| damaged(path, &cause))?;
        manifest.sources.keys().try_for_each(|id| super::check_id(id))?;
        Ok(Some(manifest))
    }

    /// Its file's bytes: indented JSON and a line feed.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self).map_err(|cause| Error::new(cause.to_string()))?;
        json.push(b'\n');
        Ok(json)
    }
}

fn damaged(path: &Path, cause: &serde_json::Error) -> Error {
    Error::with_hint(
        format!("{} is damaged: {cause}", path.display()),
        "restore it from a copy or from git, or remove the graph folder and build it again",
    )
}
