//! One change of the graph folder, from the lock to the last rename; the module's head says why it cannot be half done.

use super::{COMMIT, Entry, Folder, LOCK, MANIFEST, Manifest, Part, STAGING, check_id, write_sorted};
use crate::error::{Error, Result};
use crate::read::Document;
use crate::resolve::ledger::LEDGER;
use crate::vocab::sha256;
use oxigraph::model::Quad;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A change that is being prepared. Dropped without [`Change::commit`], it leaves the graph as it was.
#[derive(Debug)]
pub struct Change {
    folder: Folder,
    /// New entries; `None` for a source that goes.
    entries: Mutex<BTreeMap<String, Option<Entry>>>,
    _lock: File,
}

impl Change {
    /// Takes the lock and opens the graph at `root`, which is created where it is missing.
    ///
    /// # Errors
    /// Another build holds the lock; the folder holds other things than a graph; see also [`Folder::open`].
    pub fn begin(root: impl Into<PathBuf>) -> Result<Self> {
        let root = root.into();
        fs::create_dir_all(&root).map_err(|cause| Error::file("create", &root, cause))?;
        let is_new = !root.join(MANIFEST).exists() && !root.join(COMMIT).exists();
        if is_new {
            refuse_other_folders(&root)?;
        }
        let Some(lock) = lock(&root)? else {
            let message = format!("another build is writing to {}", root.display());
            return Err(Error::with_hint(message, "wait until it ends, or build into another folder with --graph"));
        };
        apply(&root, &mut |_| {})?;
        remove_tree(&root.join(STAGING))?;
        let empty = Folder { root: root.clone(), manifest: Manifest::default(), through_commit: false };
        let folder = Folder::read_settled(root)?.unwrap_or(empty);
        create_parts(&folder.root.join(STAGING))?;
        Ok(Self { folder, entries: Mutex::default(), _lock: lock })
    }

    /// The graph as it is before the change.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Keeps a source: replaces what is kept under its identifier. May be called from several threads.
    ///
    /// `made_with` is the fingerprint of the program and knowledge that made `quads` and `reading`.
    ///
    /// # Errors
    /// The identifier cannot name a file, or the files cannot be written; nothing is lost then, and nothing should be committed.
    pub fn put(&self, document: &Document, quads: &[Quad], reading: &impl Serialize, made_with: &str) -> Result<()> {
        check_id(&document.id)?;
        let mut json = serde_json::to_vec(reading).map_err(|cause| Error::new(cause.to_string()))?;
        json.push(b'\n');
        let stage = |part, bytes: &[u8]| self.stage(part, &document.id, bytes);
        let entry = Entry {
            name: document.name.clone(),
            sha256: document.sha256.clone(),
            made_with: made_with.to_owned(),
            graph: stage(Part::Graph, &write_sorted(quads))?,
            text: stage(Part::Text, document.text.as_bytes())?,
            reading: stage(Part::Reading, &json)?,
        };
        self.note(&document.id, Some(entry));
        Ok(())
    }

    /// Keeps the ledger of identity; a file with the same bytes is not touched.
    ///
    /// # Errors
    /// The file cannot be written; nothing is lost then, and nothing should be committed.
    pub fn put_ledger(&self, text: &str) -> Result<()> {
        let root = &self.folder.root;
        let staged = root.join(STAGING).join(LEDGER);
        if fs::read(root.join(LEDGER)).is_ok_and(|kept| kept == text.as_bytes()) {
            return remove_file(&staged);
        }
        write_file(&staged, text.as_bytes())
    }

    /// Drops a source; false where the graph has none of that name.
    pub fn forget(&self, id: &str) -> bool {
        let known = self.folder.entry(id).is_some();
        if known {
            self.note(id, None);
        }
        known
    }

    fn note(&self, id: &str, entry: Option<Entry>) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), entry);
    }

    /// Writes one file to the staging folder, unless the graph holds the same bytes already; gives their fingerprint.
    fn stage(&self, part: Part, id: &str, bytes: &[u8]) -> Result<String> {
        let fingerprint = sha256(bytes);
        let (path, root) = (part.path(id), &self.folder.root);
        let staged = root.join(STAGING).join(&path);
        let known = self.folder.entry(id).is_some();
        if known && fs::read(root.join(&path)).is_ok_and(|kept| kept == bytes) {
            remove_file(&staged)?;
        } else {
            write_file(&staged, bytes)?;
        }
        Ok(fingerprint)
    }

    /// Makes the change the graph. Where nothing changes, no file is touched.
    ///
    /// # Errors
    /// The disk is full or a file cannot be written: the graph is the old one. A file cannot be renamed to its place after the
    /// commit: the graph is the new one, and the next command finishes the work.
    pub fn commit(self) -> Result<Folder> {
        self.commit_watched(&mut |_| {})
    }

    /// [`Change::commit`] that calls `watch` with the folder after every step that a crash could follow.
    pub(super) fn commit_watched(mut self, watch: &mut dyn FnMut(&Path)) -> Result<Folder> {
        let root = self.folder.root.clone();
        let mut manifest = self.folder.manifest.clone();
        for (id, entry) in std::mem::take(self.entries.get_mut().unwrap_or_else(PoisonError::into_inner)) {
            match entry {
                Some(entry) => drop(manifest.sources.insert(id, entry)),
                None => drop(manifest.sources.remove(&id)),
            }
        }
        let staging = root.join(STAGING);
        if manifest != self.folder.manifest || !root.join(MANIFEST).exists() || has_files(&staging)? {
            write_file(&staging.join(MANIFEST), &manifest.to_json()?)?;
            flush(&staging)?;
            watch(&root);
            rename(&staging, &root.join(COMMIT))?;
            sync_folder(&root);
            watch(&root);
            apply(&root, watch)?;
        }
        Ok(Folder { root, manifest, through_commit: false })
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        let _ = remove_tree(&self.folder.root.join(STAGING));
    }
}

/// Finishes the commit of a build that was killed; leaves it where its build still runs or where this process may not write.
pub(super) fn settle(root: &Path) -> Result<()> {
    if root.join(COMMIT).exists()
        && let Ok(Some(_lock)) = lock(root)
    {
        return apply(root, &mut |_| {});
    }
    Ok(())
}

/// The lock of the folder, until the file is dropped; `None` where another process holds it.
fn lock(root: &Path) -> Result<Option<File>> {
    let path = root.join(LOCK);
    let open = File::options().create(true).truncate(false).write(true).open(&path);
    let file = open.map_err(|cause| Error::file("create", &path, cause))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(cause)) => Err(Error::file("lock", path, cause)),
    }
}

/// Moves what `.commit` holds to its places. Every step can be repeated; the holder of the lock alone does it.
fn apply(root: &Path, watch: &mut dyn FnMut(&Path)) -> Result<()> {
    let commit = root.join(COMMIT);
    if let Some(new) = Manifest::read(&commit.join(MANIFEST))? {
        let old = Manifest::read(&root.join(MANIFEST))?.unwrap_or_default();
        create_parts(root)?;
        for path in staged_files(&commit)? {
            rename(&commit.join(&path), &root.join(&path))?;
            watch(root);
        }
        for id in old.sources.keys().filter(|id| !new.sources.contains_key(*id)) {
            for part in Part::ALL {
                remove_file(&root.join(part.path(id)))?;
                watch(root);
            }
        }
        Part::ALL.iter().for_each(|part| sync_folder(&root.join(part.folder())));
        if commit.join(LEDGER).exists() {
            rename(&commit.join(LEDGER), &root.join(LEDGER))?;
            watch(root);
        }
        rename(&commit.join(MANIFEST), &root.join(MANIFEST))?;
        watch(root);
    }
    remove_tree(&commit)
}

/// A folder with files but without a manifest is somebody's, not ours.
fn refuse_other_folders(root: &Path) -> Result<()> {
    for entry in fs::read_dir(root).map_err(|cause| Error::file("read", root, cause))? {
        let entry = entry.map_err(|cause| Error::file("read", root, cause))?;
        let name = entry.file_name();
        // A ledger without a graph is what is left of one that is built anew.
        if !name.to_string_lossy().starts_with('.') && name.to_string_lossy() != LEDGER {
            let message = format!("{} holds other files and no {MANIFEST}: it is not a graph folder", root.display());
            return Err(Error::with_hint(message, "name a new or empty folder with --graph"));
        }
    }
    Ok(())
}

fn create_parts(root: &Path) -> Result<()> {
    Part::ALL
        .iter()
        .map(|part| root.join(part.folder()))
        .try_for_each(|folder| fs::create_dir_all(&folder).map_err(|cause| Error::file("create", folder, cause)))
}

/// Paths of the files under `root`'s part folders, relative to it, in order.
fn staged_files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for part in Part::ALL {
        let folder = root.join(part.folder());
        for entry in fs::read_dir(&folder).map_err(|cause| Error::file("read", &folder, cause))? {
            let entry = entry.map_err(|cause| Error::file("read", &folder, cause))?;
            paths.push(Path::new(part.folder()).join(entry.file_name()));
        }
    }
    paths.sort();
    Ok(paths)
}

fn has_files(staging: &Path) -> Result<bool> {
    Ok(!staged_files(staging)?.is_empty() || staging.join(LEDGER).exists())
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = |bytes: &[u8]| -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.flush()
    };
    write(bytes).map_err(|cause| Error::file("write", path, cause))
}

/// Asks the system to put the staged files on the disk before the commit, several at a time.
fn flush(staging: &Path) -> Result<()> {
    let mut paths = staged_files(staging)?;
    paths.push(PathBuf::from(MANIFEST));
    paths.extend(Some(PathBuf::from(LEDGER)).filter(|ledger| staging.join(ledger).exists()));
    paths.par_iter().map(|path| staging.join(path)).try_for_each(|path| {
        let sync = File::options().write(true).open(&path).and_then(|file| file.sync_data());
        sync.map_err(|cause| Error::file("write", path, cause))
    })?;
    Part::ALL.iter().for_each(|part| sync_folder(&staging.join(part.folder())));
    sync_folder(staging);
    Ok(())
}

/// Best effort: not every system lets a folder be flushed.
fn sync_folder(path: &Path) {
    let _ = File::open(path).and_then(|folder| folder.sync_all());
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|cause| Error::file("write", to, cause))
}

fn remove_file(path: &Path) -> Result<()> {
    tolerate_absence(fs::remove_file(path)).map_err(|cause| Error::file("remove", path, cause))
}

fn remove_tree(path: &Path) -> Result<()> {
    tolerate_absence(fs::remove_dir_all(path)).map_err(|cause| Error::file("remove", path, cause))
}

fn tolerate_absence(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
