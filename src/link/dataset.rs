//! Name or file -> the description of a dataset.
//!
//! Law: what is not declared is not guessed; a word that no description has is an error with file, line and column.

use crate::error::{Error, Result};
use crate::ontology::EntityType;
use crate::ontology::classes::nearest;
use crate::ontology::reference::find_table;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/links");

/// How a dataset's file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// CSV, TSV and their kin.
    Table,
    /// RDF, by the ending of the file; one subject's statements stand together.
    Rdf,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// The JSON dump of a Wikibase.
    Wikidata,
}

/// Where entries lie and what they hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// Its name, which its links bear.
    pub dataset: String,
    /// For people.
    pub title: String,
    /// Who publishes it.
    #[serde(default)]
    pub publisher: Option<String>,
    /// IRI of its licence.
    #[serde(default)]
    pub licence: Option<String>,
    /// The file: `reference/…` of the program, or a path beside the description; the user names it where it is missing.
    #[serde(default)]
    pub at: Option<String>,
    /// How it is written.
    pub format: Format,
    /// Names of the columns, where the table has no header.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Column of the identifier.
    #[serde(default)]
    pub id: Option<String>,
    /// IRI of an entry, with `{}` for its identifier.
    #[serde(default)]
    pub iri: Option<String>,
    /// Class of all entries.
    #[serde(default)]
    pub class: Option<EntityType>,
    /// Column or property of the class of each entry.
    #[serde(default, rename = "type")]
    pub type_of: Option<String>,
    /// The dataset's classes and Dossier's; where it is given, entries of other classes are left out.
    #[serde(default)]
    pub classes: BTreeMap<String, EntityType>,
    /// Columns or properties that name an entry, the best first.
    #[serde(default)]
    pub names: Vec<String>,
    /// What parts several values of one cell.
    #[serde(default)]
    pub list: Option<String>,
    /// Column of the country's ISO 3166-1 alpha-2 code.
    #[serde(default)]
    pub country: Option<String>,
    /// Languages of names that count, of a Wikibase; all where none is named.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Other identifiers of the same entry.
    #[serde(default)]
    pub also: Vec<Also>,
    /// Figures to carry over.
    #[serde(default)]
    pub values: Vec<Carried>,
    /// Tables that say more of the entries.
    #[serde(default)]
    pub with: Vec<Joined>,
    /// A table of places that lie in the entries, which are countries.
    #[serde(default)]
    pub places: Option<Places>,
    /// The folder of a user's description.
    #[serde(skip)]
    folder: Option<PathBuf>,
}

/// Another identifier of an entry.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// Its column.
    pub column: String,
    /// Its IRI, with `{}`.
    pub iri: String,
}

/// A figure that is carried over.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Its column.
    pub column: String,
    /// What it measures, as texts call it.
    pub indicator: String,
    /// Its unit.
    pub unit: String,
    /// Column of the year it is for.
    #[serde(default)]
    pub period: Option<String>,
}

/// A table joined to the entries by a column that both have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joined {
    /// The file, as [`Dataset::at`].
    pub at: String,
    /// The column that both have.
    pub key: String,
    /// Columns that name the entry.
    #[serde(default)]
    pub names: Vec<String>,
    /// Figures to carry over.
    #[serde(default)]
    pub values: Vec<Carried>,
}

/// Places, and the countries that they lie in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// The file, as [`Dataset::at`].
    pub at: String,
    /// Column of the place's name.
    pub name: String,
    /// Column of its country's ISO 3166-1 alpha-2 code.
    pub country: String,
}

/// A file of a dataset: of the program, or on the disk.
pub(super) enum Place {
    /// Its bytes.
    Shipped(&'static [u8]),
    /// Its path.
    File(PathBuf),
}

/// The datasets that the program describes, by name, with title and whether they need no file of the user's.
///
/// # Errors
/// A description that the program carries is wrong.
pub fn list_datasets() -> Result<Vec<(String, String, bool)>> {
    let mut all = Vec::new();
    for file in SHIPPED.files() {
        let name = file.path().display().to_string();
        let dataset = Dataset::parse(file.contents_utf8().unwrap_or_default(), &name)?;
        all.push((dataset.dataset, dataset.title, dataset.at.is_some()));
    }
    all.sort_by(|a, b| (!a.2, &a.0).cmp(&(!b.2, &b.0)));
    Ok(all)
}

impl Dataset {
    /// The description that a name of the program's, or a file of the user's, means.
    ///
    /// # Errors
    /// There is none, or it is wrong.
    pub fn find(name: &str) -> Result<Self> {
        let path = Path::new(name);
        if path.extension().is_some_and(|e| e == "yaml" || e == "yml") {
            let text = std::fs::read_to_string(path).map_err(|cause| Error::file("read", path, cause))?;
            let folder = path.parent().map(Path::to_owned);
            return Ok(Self { folder, ..Self::parse(&text, name)? });
        }
        if let Some(file) = SHIPPED.get_file(format!("{name}.yaml")) {
            return Self::parse(file.contents_utf8().unwrap_or_default(), name);
        }
        let known: Vec<String> = list_datasets()?.into_iter().map(|(name, ..)| name).collect();
        let mean = nearest(name, known.iter().map(String::as_str)).map(|n| format!("did you mean {n}? "));
        let hint = format!("{}there are {}; or name a file NAME.yaml", mean.unwrap_or_default(), known.join(", "));
        Err(Error::with_hint(format!("there is no dataset `{name}`"), hint))
    }

    /// The dataset behind a service, under the name that the user gives it; `space` is what identifiers are put behind.
    ///
    /// # Errors
    /// The name cannot name a file.
    pub fn of_service(name: &str, title: &str, space: &str) -> Result<Self> {
        let fields =
            serde_json::json!({"dataset": name, "title": title, "format": "table", "iri": format!("{space}{{}}")});
        Self::parse(&fields.to_string(), name)
    }

    fn parse(yaml: &str, file: &str) -> Result<Self> {
        serde_saphyr::from_str(yaml).map_err(|cause| {
            let (line, column) = cause.location().map_or((1, 1), |at| (at.line() as usize, at.column() as usize));
            let message = cause.without_snippet().to_string();
            Error::Knowledge { file: file.to_owned(), line, column, message }
        })
    }

    /// Where a file of it lies.
    ///
    /// # Errors
    /// The description names a file that the program does not carry.
    pub(super) fn place(&self, at: &str) -> Result<Place> {
        if let (Some(name), None) = (at.strip_prefix("reference/"), &self.folder) {
            let missing = || Error::new(format!("the dataset {} has no file {at}", self.dataset));
            return find_table(name).map(|text| Place::Shipped(text.as_bytes())).ok_or_else(missing);
        }
        Ok(Place::File(self.folder.as_deref().unwrap_or(Path::new("")).join(at)))
    }

    /// The file of its entries: the user's, or its own.
    ///
    /// # Errors
    /// It has none and the user named none.
    pub(super) fn main_place(&self, at: Option<&Path>) -> Result<Place> {
        match (at, &self.at) {
            (Some(path), _) => Ok(Place::File(path.to_owned())),
            (None, Some(at)) => self.place(at),
            (None, None) => Err(Error::with_hint(
                format!("the dataset {} lies nowhere on this machine that is known", self.dataset),
                format!("download it and name it: dossier link {} --at FILE", self.dataset),
            )),
        }
    }

    /// The IRI of the entry with an identifier.
    pub fn iri_of(&self, id: &str) -> String {
        self.iri.as_ref().map_or_else(|| id.to_owned(), |pattern| pattern.replace("{}", id))
    }
}
