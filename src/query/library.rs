//! The queries of `queries/`: embedded, with a header of the kind that grlc reads, and a project's own beside them.
//!
//! Law: a query is a file; its header says in one line which question it answers.

use crate::error::{Error, Result};
use crate::ontology::classes::nearest;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Name (path below `queries/` without `.rq`) and text of every embedded query, by name.
pub const QUERIES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/queries.rs"));

/// What the lines that begin with `#+` say, as YAML (the convention of grlc).
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Header {
    /// The question that the query answers, in one line.
    #[serde(default)]
    pub summary: String,
    /// What a row is and what to know when reading it.
    #[serde(default)]
    pub description: String,
    /// Subjects.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What parameters are where nobody gives them: maps of one name and value each.
    #[serde(default)]
    pub defaults: Vec<BTreeMap<String, String>>,
}

impl Header {
    /// Reads the header of a query.
    ///
    /// # Errors
    /// The header is not YAML, or a key has another type than it should.
    pub fn parse(sparql: &str, file: &str) -> Result<Self> {
        let lines = sparql.lines().filter_map(|line| line.strip_prefix("#+"));
        let yaml: String = lines.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect();
        if yaml.trim().is_empty() {
            return Ok(Self::default());
        }
        serde_saphyr::from_str(&yaml).map_err(|cause| {
            Error::with_hint(
                format!("{file}: the header is wrong: {cause}"),
                "a header is lines such as `#+ summary: …`",
            )
        })
    }
}

/// A query and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedQuery {
    /// Name in the library, file, or `query` for one given as text.
    pub name: String,
    /// SPARQL.
    pub text: Cow<'static, str>,
}

/// The query that an argument of the command line means: a file, a name in `folder` (a project's own `queries/`) or in the
/// library (`people/posts`, or `posts` where that is unique), or SPARQL itself.
///
/// # Errors
/// None of them fits; the file is a folder, cannot be read, or is not UTF-8.
pub fn find(argument: &str, folder: Option<&Path>) -> Result<NamedQuery> {
    let path = Path::new(argument);
    if argument.contains('{') || argument.trim().is_empty() {
        return Ok(NamedQuery { name: "query".to_owned(), text: Cow::Owned(argument.to_owned()) });
    }
    if path.is_file() {
        return Ok(NamedQuery { name: argument.to_owned(), text: Cow::Owned(read(path)?) });
    }
    let library = library(folder)?;
    let name = argument.trim_start_matches("queries/").trim_end_matches(".rq");
    let fits = |known: &&str| *known == name || known.rsplit('/').next() == Some(name);
    let found: Vec<&str> = library.keys().map(String::as_str).filter(fits).collect();
    match found.as_slice() {
        [one] => Ok(NamedQuery { name: (*one).to_owned(), text: library.get(*one).cloned().unwrap_or_default() }),
        [] if path.is_dir() => {
            Err(Error::with_hint(format!("{argument} is a folder, not a query"), "name a file in it"))
        }
        [] => Err(unknown(argument, name, library.keys().map(String::as_str))),
        several => {
            Err(Error::with_hint(format!("`{argument}` may be {}", several.join(" or ")), "name one of them in full"))
        }
    }
}

/// All queries by name with their headers; those of `folder` hide embedded ones of the same name.
///
/// # Errors
/// A file of `folder` cannot be read, or a header is wrong.
pub fn list(folder: Option<&Path>) -> Result<Vec<(String, Header)>> {
    let read = |(name, text): (String, Cow<'static, str>)| Header::parse(&text, &name).map(|header| (name, header));
    library(folder)?.into_iter().map(read).collect()
}

fn library(folder: Option<&Path>) -> Result<BTreeMap<String, Cow<'static, str>>> {
    let embedded = QUERIES.iter().map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text)));
    let mut library: BTreeMap<_, _> = embedded.collect();
    for entry in folder.into_iter().flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name()) {
        let Ok(entry) = entry else { continue };
        let (path, root) = (entry.path(), folder.unwrap_or(Path::new("")));
        if path.extension().is_some_and(|extension| extension == "rq") && path.is_file() {
            let name = path.strip_prefix(root).unwrap_or(path).with_extension("");
            library.insert(name.to_string_lossy().replace('\\', "/"), Cow::Owned(read(path)?));
        }
    }
    Ok(library)
}

fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|cause| Error::file("read", path, cause))?;
    let text = String::from_utf8(bytes).map_err(|cause| {
        let at = cause.utf8_error().valid_up_to();
        Error::with_hint(format!("{} is not UTF-8: byte {at}", path.display()), "save the query as UTF-8")
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn unknown<'a>(argument: &str, name: &str, names: impl Iterator<Item = &'a str> + Clone) -> Error {
    let last = |full: &'a str| full.rsplit('/').next().unwrap_or(full);
    let meant = nearest(name, names.clone()).or_else(|| nearest(name, names.map(last)));
    let message = format!("there is no file and no query named `{argument}`");
    match meant {
        Some(meant) => Error::with_hint(message, format!("did you mean {meant}? All: dossier query --list")),
        None => Error::with_hint(message, "see them all: dossier query --list"),
    }
}
