//! Paths -> sources: the documents in files and folders, with readable identifiers.
//!
//! Law: the same set of files gives the same sources whatever the order of the paths; what is left out is said.

use crate::diagnostic::{Diagnostic, Severity};
use crate::read::metadata::META_ENDINGS;
use crate::read::records::is_self_describing;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The formats of documents that Dossier reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text, kept as it is.
    Text,
    /// CommonMark.
    Markdown,
    /// A web page.
    Html,
    /// The text layer of a PDF.
    Pdf,
    /// A Word document (Office Open XML).
    Docx,
    /// A table: CSV, TSV and their kin.
    Table,
    /// JSON, plain or JSON-LD or FollowTheMoney.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// YAML.
    Yaml,
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// N-Quads.
    NQuads,
    /// TriG.
    TriG,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD.
    JsonLd,
}

impl Format {
    /// Whether it holds records rather than prose.
    pub fn is_records(self) -> bool {
        !matches!(self, Self::Text | Self::Markdown | Self::Html | Self::Pdf | Self::Docx)
    }

    /// Whether its records mean nothing without a mapping.
    pub(super) fn needs_mapping(self) -> bool {
        matches!(self, Self::Table | Self::Json | Self::JsonLines | Self::Yaml)
    }
}

/// Endings of file names and their formats.
const ENDINGS: &[(&str, Format)] = &[
    ("txt", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("pdf", Format::Pdf),
    ("docx", Format::Docx),
    ("csv", Format::Table),
    ("tsv", Format::Table),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("ijson", Format::JsonLines),
    ("yaml", Format::Yaml),
    ("yml", Format::Yaml),
    ("ttl", Format::Turtle),
    ("nt", Format::NTriples),
    ("nq", Format::NQuads),
    ("trig", Format::TriG),
    ("rdf", Format::RdfXml),
    ("owl", Format::RdfXml),
    ("jsonld", Format::JsonLd),
];

/// The ending of a mapping, beside the records that it maps.
const MAPPING: &str = "rq";

/// What the supported endings are, for messages.
const SUPPORTED: &str = "Dossier reads .txt, .md, .html, .pdf and .docx, .csv, .tsv, .json, .jsonl and .yaml with a mapping beside \
                         them, and RDF (.ttl, .nt, .nq, .trig, .rdf, .jsonld)";

/// Stems of files that describe a folder and are no documents of it.
const ABOUT: &[&str] = &["readme", "license", "licence", "copying", "notice", "changelog", "contributing", "authors"];

/// A file that will be read as a document, or standard input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Readable identifier, unique in its set.
    pub id: String,
    /// The file; `-` is standard input.
    pub path: PathBuf,
    /// File name, as evidence names it; `<stdin>` for standard input.
    pub name: String,
    /// How to read it.
    pub format: Format,
}

impl SourceFile {
    /// A source that is no file, under a name that tells its format.
    pub(crate) fn called(name: &str) -> Self {
        let path = Path::new(name);
        let format = format_of(path).unwrap_or(Format::Text);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        Self { id: slug(&stem), path: path.to_owned(), name: name_of(path), format }
    }
}

/// Finds the documents in `paths`: files, folders (with all that they hold, but hidden files, metadata files and
/// README-like files) and `-` for standard input.
///
/// Returns the sources in order of their identifiers, and what was left out and why. An identifier is the slug of the
/// file's stem; where two files share it, each takes its folder's name before it, then its ending after it, then a hash
/// of its path: never a number that would depend on order.
pub fn find_sources(paths: &[PathBuf]) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let mut search = Search::default();
    for path in paths {
        search.add(path);
    }
    let Search { files, mut findings, .. } = search;
    findings.sort();
    findings.dedup();
    let mut sources = name_sources(files.into_values().collect());
    sources.sort();
    (sources, findings)
}

/// What a search has found so far.
#[derive(Default)]
struct Search {
    /// Files by their canonical paths, so that none is read twice.
    files: BTreeMap<PathBuf, (PathBuf, Format)>,
    findings: Vec<Diagnostic>,
}

impl Search {
    fn add(&mut self, path: &Path) {
        if path == Path::new("-") {
            self.files.insert(path.into(), (path.into(), Format::Text));
        } else if path.is_dir() {
            self.add_folder(path);
        } else if path.is_file() {
            self.add_named_file(path);
        } else {
            self.findings.push(explain_missing(path));
        }
    }

    /// A file that the user named is read, whatever its stem.
    fn add_named_file(&mut self, path: &Path) {
        match format_of(path).or_else(|| path.extension().is_none().then_some(Format::Text)) {
            Some(format) => self.insert(path, format),
            None => {
                let message = format!("not read: its ending is not one of a document; {SUPPORTED}");
                self.findings.push(Diagnostic::new(Severity::Note, path.display().to_string(), message));
            }
        }
    }

    fn insert(&mut self, path: &Path, format: Format) {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let entry = self.files.entry(canonical).or_insert_with(|| (path.to_owned(), format));
        if *path < *entry.0 {
            entry.0 = path.to_owned();
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        let (mut others, mut found) = (BTreeMap::<String, usize>::new(), 0);
        let visible =
            |entry: &walkdir::DirEntry| entry.depth() == 0 || !(is_hidden(entry.file_name()) || is_graph(entry.path()));
        for entry in
            walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible)
        {
            match entry {
                Ok(entry) if entry.file_type().is_file() => match self.take(entry.path()) {
                    Ok(taken) => found += usize::from(taken),
                    Err(ending) => *others.entry(ending).or_default() += 1,
                },
                Ok(_) => {}
                Err(error) => self.findings.push(explain_walk(folder, &error)),
            }
        }
        self.report_folder(folder, &others, found);
    }

    /// Takes a file of a folder if it is a document; `Err` holds the ending of one that is not.
    fn take(&mut self, path: &Path) -> Result<bool, String> {
        if is_metadata(path) {
            self.findings.extend(explain_orphan(path));
            return Ok(false);
        }
        if ending_of(path) == MAPPING {
            self.findings.extend(explain_lone_mapping(path));
            return Ok(false);
        }
        let format = format_of(path).filter(|f| is_mapped(path, *f)).ok_or_else(|| ending_of(path))?;
        if is_about_folder(path) {
            let message = "not taken as a document: it describes its folder";
            let note = Diagnostic::new(Severity::Note, path.display().to_string(), message);
            self.findings.push(note.hint("name the file itself to have it read"));
            return Ok(false);
        }
        self.insert(path, format);
        Ok(true)
    }

    fn report_folder(&mut self, folder: &Path, others: &BTreeMap<String, usize>, found: usize) {
        let name = folder.display().to_string();
        for (ending, count) in others {
            let files = if *count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            let kind =
                if ending.is_empty() { "without an ending".to_owned() } else { format!("with the ending .{ending}") };
            let unmapped = ENDINGS.iter().any(|(known, _)| known == ending);
            let why = if unmapped { "there is no mapping beside them" } else { SUPPORTED };
            let note = Diagnostic::new(Severity::Note, &name, format!("{files} {kind} not read; {why}"));
            let hint = "draft one: dossier map FILE > NAME.rq";
            self.findings.push(if unmapped { note.hint(hint) } else { note });
        }
        if found == 0 {
            self.findings.push(Diagnostic::warning(name, "the folder holds no documents").hint(SUPPORTED));
        }
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

/// Whether a folder is a graph: its files are made of sources and are none themselves.
fn is_graph(path: &Path) -> bool {
    path.join("manifest.json").is_file() && path.join("sources").is_dir()
}

/// The mapping beside a file of records: the same name with `.rq`.
pub(super) fn find_mapping(path: &Path) -> Option<PathBuf> {
    Some(path.with_extension(MAPPING)).filter(|mapping| mapping.is_file())
}

/// Whether what a file holds can be told: it is prose or RDF, a mapping lies beside it, or its first bytes say it.
fn is_mapped(path: &Path, format: Format) -> bool {
    if !format.needs_mapping() || find_mapping(path).is_some() {
        return true;
    }
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    matches!(format, Format::Json | Format::JsonLines)
        && read.is_ok()
        && is_self_describing(&String::from_utf8_lossy(&head))
}

/// Bytes by which a file of JSON is judged.
const HEAD: u64 = 1 << 16;

fn explain_lone_mapping(path: &Path) -> Option<Diagnostic> {
    let records = ENDINGS.iter().filter(|(_, format)| format.needs_mapping());
    let there = records.into_iter().any(|(ending, _)| path.with_extension(ending).is_file());
    let message = "a query without records of its name beside it: not read";
    (!there).then(|| Diagnostic::new(Severity::Note, path.display().to_string(), message))
}

fn is_metadata(path: &Path) -> bool {
    let name = path.to_string_lossy();
    META_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

fn is_about_folder(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    ABOUT.contains(&stem.as_str())
}

fn ending_of(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// The format of a document, by the ending of its name.
pub(crate) fn format_of(path: &Path) -> Option<Format> {
    let ending = ending_of(path);
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
}

/// A metadata file whose document is not there.
fn explain_orphan(path: &Path) -> Option<Diagnostic> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let stem = META_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending))?;
    let there = ENDINGS.iter().any(|(ending, _)| path.with_file_name(format!("{stem}.{ending}")).is_file());
    let message = format!("describes no document: there is no {stem}.txt, .md or .html beside it");
    (!there).then(|| Diagnostic::warning(path.display().to_string(), message))
}

fn explain_walk(folder: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().unwrap_or(folder).display().to_string();
    if let Some(ancestor) = error.loop_ancestor() {
        return Diagnostic::warning(path, format!("a link that leads back to {}; not followed", ancestor.display()));
    }
    if error.path().is_some_and(Path::is_symlink) {
        return Diagnostic::error(path, "a link to a file that is not there").hint("mend the link or remove it");
    }
    let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Diagnostic::error(path, format!("cannot be read: {cause}")).hint("check its permissions")
}

fn explain_missing(path: &Path) -> Diagnostic {
    let name = path.display().to_string();
    if path.is_symlink() {
        return Diagnostic::error(name, "a link to a file that is not there").hint("mend the link or remove it");
    }
    if path.exists() {
        return Diagnostic::error(name, "neither a file nor a folder");
    }
    let hint = match nearest_name(path) {
        Some(near) => format!("did you mean {}?", near.display()),
        None => "check the spelling".to_owned(),
    };
    Diagnostic::error(name, "no such file or folder").hint(hint)
}

/// The entry of the same folder whose name differs by at most a third of its letters.
fn nearest_name(path: &Path) -> Option<PathBuf> {
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut near: Vec<(usize, PathBuf)> = parent
        .read_dir()
        .ok()?
        .filter_map(Result::ok)
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            (rapidfuzz::distance::osa::distance(name.chars(), wanted.chars()), path.with_file_name(entry.file_name()))
        })
        .filter(|(distance, _)| distance * 3 <= wanted.chars().count())
        .collect();
    near.sort();
    near.into_iter().next().map(|(_, path)| path)
}

/// Gives each file the shortest identifier that no other file of the set could have as well.
fn name_sources(files: Vec<(PathBuf, Format)>) -> Vec<SourceFile> {
    let mut open: Vec<_> = files.into_iter().map(|(path, format)| (id_candidates(&path), path, format)).collect();
    let (mut taken, mut sources) = (BTreeSet::new(), Vec::new());
    for level in 0..ID_LEVELS {
        let mut counts = BTreeMap::<String, usize>::new();
        for (ids, ..) in &open {
            *counts.entry(candidate(ids, level)).or_default() += 1;
        }
        let last = level + 1 == ID_LEVELS;
        let (settled, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|(ids, ..)| {
            let id = candidate(ids, level);
            last || (counts.get(&id) == Some(&1) && !taken.contains(&id))
        });
        for (ids, path, format) in settled {
            let id = candidate(&ids, level);
            taken.insert(id.clone());
            sources.push(SourceFile { id, name: name_of(&path), path, format });
        }
        open = rest;
    }
    sources
}

const ID_LEVELS: usize = 4;

fn candidate(ids: &[String; ID_LEVELS], level: usize) -> String {
    ids.get(level).cloned().unwrap_or_default()
}

/// The identifiers that a file may take, the most readable first.
fn id_candidates(path: &Path) -> [String; ID_LEVELS] {
    let stem = slug(&path.file_stem().unwrap_or_default().to_string_lossy());
    let stem = if path == Path::new("-") { "stdin".to_owned() } else { stem };
    let parent = path.parent().and_then(Path::file_name).map(|name| slug(&name.to_string_lossy()));
    let with_parent = parent.map_or_else(|| stem.clone(), |parent| format!("{parent}-{stem}"));
    let with_ending = format!("{with_parent}-{}", ending_of(path));
    let hash: String = hex(&Sha256::digest(plain_path(path).as_bytes())).chars().take(12).collect();
    let with_hash = format!("{stem}-{hash}");
    [stem, with_parent, with_ending, with_hash]
}

/// The path with `/` between its parts and without `.` among them.
fn plain_path(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

fn name_of(path: &Path) -> String {
    if path == Path::new("-") {
        "<stdin>".to_owned()
    } else {
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// ASCII letters and digits in lower case, one hyphen between words; `document` where nothing is left.
pub(crate) fn slug(text: &str) -> String {
    let plain = crate::ascii::to_ascii(text).to_lowercase();
    let words: Vec<_> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "document".to_owned() } else { words.join("-") }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paths: &[&str], ids: &[&str]) {
        let name = |paths: Vec<&&str>| {
            let files = paths.into_iter().map(|p| (PathBuf::from(p), Format::Text)).collect();
            let named: BTreeMap<_, _> = name_sources(files).into_iter().map(|s| (s.path, s.id)).collect();
            named
        };
        let there = name(paths.iter().collect());
        assert_eq!(there, name(paths.iter().rev().collect()), "order changes identifiers");
        let found: Vec<_> = paths.iter().filter_map(|p| there.get(Path::new(p))).map(String::as_str).collect();
        assert_eq!(found, ids);
    }

    #[test]
    fn identifiers_are_readable_and_unique() {
        check(&["in/Əliyev visit (2).txt", "-"], &["eliyev-visit-2", "stdin"]);
        check(&["a/visit.txt", "b/visit.txt", "b/other.txt"], &["a-visit", "b-visit", "other"]);
        check(&["a/x.txt", "a/x.html", "a-x.txt"], &["a-x-txt", "a-x-html", "a-x"]);
        check(&["c/a/x.txt", "d/a/x.txt"], &["x-cf48641c9790", "x-7a9c08c99123"]);
    }
}
