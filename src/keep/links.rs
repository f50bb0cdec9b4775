//! Links to datasets in the graph folder: `links/NAME.sssom.tsv`, which people edit, and `links/NAME.nq`, made of it.
//!
//! Law: as with the ledger, a build does not touch them and the manifest does not name them; each file is replaced whole.

use super::{Change, Folder};
use crate::error::{Error, Result};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

const LINKS: &str = "links";

impl Folder {
    /// The SSSOM file of a dataset's links, as it is; `None` where there is none.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn mappings(&self, dataset: &str) -> Result<Option<String>> {
        let path = self.mappings_path(dataset);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(Error::file("read", path, cause)),
        }
    }

    /// Where that file lies.
    pub fn mappings_path(&self, dataset: &str) -> PathBuf {
        self.root().join(LINKS).join(format!("{dataset}.sssom.tsv"))
    }

    /// The graphs of links, as N-Quads, in the order of their names.
    ///
    /// # Errors
    /// One is there and cannot be read.
    pub fn link_graphs(&self) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let folder = self.root().join(LINKS);
        let mut paths: Vec<PathBuf> = match fs::read_dir(&folder) {
            Ok(entries) => {
                entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "nq")).collect()
            }
            Err(_) => return Ok(Vec::new()),
        };
        paths.sort();
        let read = |path: PathBuf| fs::read(&path).map(|b| (path.clone(), b)).map_err(|c| Error::file("read", path, c));
        paths.into_iter().map(read).collect()
    }
}

impl Change {
    /// Replaces the links of a dataset: first what people edit, then the graph that is made of it.
    ///
    /// # Errors
    /// A file cannot be written; the old one is whole then.
    pub fn put_links(&self, dataset: &str, mappings: &str, graph: &str) -> Result<()> {
        super::check_id(dataset)?;
        let folder = self.folder().root().join(LINKS);
        fs::create_dir_all(&folder).map_err(|cause| Error::file("create", &folder, cause))?;
        replace(&self.folder().mappings_path(dataset), mappings.as_bytes())?;
        replace(&folder.join(format!("{dataset}.nq")), graph.as_bytes())
    }
}

fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|kept| kept == bytes) {
        return Ok(());
    }
    let failed = |cause| Error::file("write", path, cause);
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new("."))).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_data()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
