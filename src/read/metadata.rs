//! Metadata that people write beside or above a text: `<stem>.meta.json`, `<stem>.meta.yaml`, front matter.
//!
//! Law: what the user wrote wins over what the page says; what cannot be understood is said, with its place.

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::Metadata;
use crate::read::dates::parse_date;
use crate::read::line::fold;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The endings of metadata files, after the stem of the file they describe.
pub(crate) const META_ENDINGS: &[&str] = &[".meta.json", ".meta.yaml", ".meta.yml"];

/// The names by which each field goes, the first found wins (schema.org, Dublin Core, usual front matter).
const TITLE: &[&str] = &["title", "headline", "name"];
const PUBLISHER: &[&str] = &["publisher", "publication", "source", "site_name", "outlet", "newspaper", "agency"];
const AUTHOR: &[&str] = &["author", "authors", "byline", "creator", "writer"];
const DATE: &[&str] = &["date", "published", "datePublished", "date_published", "issued", "pubdate", "dateCreated"];
const URL: &[&str] = &["url", "link", "canonical", "uri"];
const LANGUAGE: &[&str] = &["language", "lang", "inLanguage"];

impl Metadata {
    /// Takes from `other` what is not known yet; a date is made more precise where the two agree.
    pub(crate) fn fill(&mut self, other: Metadata) {
        let Metadata { title, publisher, author, date, url, language } = other;
        self.title = self.title.take().or(title);
        self.publisher = self.publisher.take().or(publisher);
        self.author = self.author.take().or(author);
        self.url = self.url.take().or(url);
        self.language = self.language.take().or(language);
        self.date = match (self.date, date) {
            (Some(own), Some(other)) if refines(other, own) => Some(other),
            (own, other) => own.or(other),
        };
    }
}

/// Whether `fine` says the same as `coarse`, and more.
fn refines(fine: Date, coarse: Date) -> bool {
    fine.year == coarse.year
        && match coarse.month {
            None => fine.month.is_some(),
            Some(_) => coarse.month == fine.month && coarse.day.is_none() && fine.day.is_some(),
        }
}

/// The title in the properties of a file, where its text bears it: programs leave all kinds of things there.
pub(crate) fn known_title(title: Option<String>, text: &str) -> Option<String> {
    let title = title?.split_whitespace().collect::<Vec<_>>().join(" ");
    let head: String = text.chars().take(3_000).collect();
    let borne = fold(&head.split_whitespace().collect::<Vec<_>>().join(" ")).contains(&fold(&title));
    (title.contains(' ') && borne).then_some(title)
}

/// Reads metadata from a JSON object, whatever its names for the fields are.
pub(crate) fn read_fields(object: &Value) -> Metadata {
    let text = |names: &[&str]| names.iter().find_map(|name| text_of(object.get(name)?));
    Metadata {
        title: text(TITLE),
        publisher: text(PUBLISHER),
        author: text(AUTHOR),
        date: text(DATE).and_then(|date| parse_date(&date)),
        url: text(URL),
        language: text(LANGUAGE),
    }
}

/// A text, number, `{"name": …}`, or list of these, as one text.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().filter_map(text_of).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields.get("name").or_else(|| fields.get("@id")).and_then(text_of)?,
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// What the user wrote but Dossier could not use: a date without a year, a name of a field that is nearly right.
pub(crate) fn find_doubts(source: &str, object: &Value) -> Vec<Diagnostic> {
    let Some(fields) = object.as_object() else {
        let message = "metadata must be an object with the keys title, publisher, author, date, url";
        return vec![Diagnostic::warning(source, message)];
    };
    let mut doubts: Vec<_> = fields.keys().filter_map(|key| doubt_key(source, key)).collect();
    let date = DATE.iter().find_map(|name| text_of(fields.get(*name)?));
    if let Some(date) = date.filter(|date| parse_date(date).is_none()) {
        let message = format!("no date with a year can be read from `{date}`");
        doubts.push(Diagnostic::warning(source, message).hint("write it as 2024-07-12, 2024-07 or 2024"));
    }
    doubts
}

fn doubt_key(source: &str, key: &str) -> Option<Diagnostic> {
    let known = || [TITLE, PUBLISHER, AUTHOR, DATE, URL, LANGUAGE].into_iter().flatten();
    if known().any(|name| *name == key) {
        return None;
    }
    let near =
        known().find(|name| rapidfuzz::distance::osa::distance(key.to_lowercase().chars(), name.chars()) <= 1)?;
    Some(Diagnostic::warning(source, format!("unknown key `{key}`")).hint(format!("did you mean `{near}`?")))
}

/// The metadata file beside `path`, if there is one.
pub(crate) fn find_meta_file(path: &Path) -> Option<PathBuf> {
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    META_ENDINGS.iter().map(|ending| path.with_file_name(format!("{stem}{ending}"))).find(|path| path.is_file())
}

/// Parses a metadata file's text, JSON or YAML by its name.
///
/// # Errors
/// A diagnostic with line and column where it is malformed.
pub(crate) fn parse_meta(name: &str, text: &str) -> Result<Value, Diagnostic> {
    if name.ends_with(".json") {
        serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            malformed(name, &format!("malformed JSON, its metadata is not used: {message}"))
                .at(error.line(), error.column().max(1))
        })
    } else {
        parse_yaml(name, text, 0)
    }
}

fn malformed(name: &str, message: &str) -> Diagnostic {
    Diagnostic::new(Severity::Warning, name, message)
}

fn parse_yaml(name: &str, text: &str, lines_before: usize) -> Result<Value, Diagnostic> {
    serde_saphyr::from_str::<Value>(text).map_err(|error| {
        let place = error.location().map(|at| (lines_before + at.line() as usize, at.column() as usize));
        let message = error.to_string();
        let message = message.lines().next().unwrap_or_default().trim_end_matches(':');
        let finding = malformed(name, &format!("malformed YAML, its metadata is not used: {message}"));
        Diagnostic { place, ..finding }
    })
}

/// Byte offset behind the front matter of a text: a block between two lines `---` at its very beginning whose first
/// line is `key: value`.
pub(crate) fn front_matter_end(text: &str) -> Option<usize> {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        match (number, line.trim_end()) {
            (0, "---") => {}
            (1, first) if is_key_value(first) => {}
            (0 | 1, _) => return None,
            (2..200, "---" | "...") => return Some(at),
            (2..200, _) => {}
            _ => return None,
        }
    }
    None
}

fn is_key_value(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, rest)| {
        !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
            && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// The metadata of a text's front matter, and the byte offset behind it; diagnostics go to `findings`.
pub(crate) fn read_front_matter(name: &str, text: &str, findings: &mut Vec<Diagnostic>) -> (Metadata, usize) {
    let Some(end) = front_matter_end(text) else { return Default::default() };
    let block = text.get(..end).unwrap_or_default().trim_end();
    let yaml = block.trim_start_matches("---").trim_end_matches("---").trim_end_matches("...");
    match parse_yaml(name, yaml.trim_start_matches('\n'), 1) {
        Ok(fields) => {
            findings.extend(find_doubts(name, &fields));
            (read_fields(&fields), end)
        }
        Err(finding) => {
            findings.push(finding);
            (Metadata::default(), end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, title: &str, date: &str, says: &str) {
        let mut said = Vec::new();
        let read = if name == "a.txt" {
            read_front_matter(name, text, &mut said).0
        } else {
            let parsed = parse_meta(name, text);
            said.extend(
                parsed.as_ref().map_or_else(|finding| vec![finding.clone()], |fields| find_doubts(name, fields)),
            );
            parsed.map(|fields| read_fields(&fields)).unwrap_or_default()
        };
        assert_eq!(read.title.unwrap_or_default(), title);
        assert_eq!(read.date.map(|d| d.to_string()).unwrap_or_default(), date);
        let said = said.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(said.contains(says) && said.is_empty() == says.is_empty(), "{said}");
    }

    #[test]
    fn reads_what_people_write() {
        check("a.meta.json", r#"{"title": "Talks  in Lima", "date": "2019 (approx.)"}"#, "Talks in Lima", "2019", "");
        check("a.meta.yaml", "title: Talks\ndate: 2024-07-12\n", "Talks", "2024-07-12", "");
        check("a.meta.yaml", "headline: Talks\nyear: 1\ndate: 2024\n", "Talks", "2024", "");
        check("a.txt", "---\ntitle: 'Talks: two'\ndate: 12 July 2024\n---\nText.", "Talks: two", "2024-07-12", "");
        check("a.txt", "---\nNot front matter\n---\nText.", "", "", "");
    }

    #[test]
    fn says_what_it_cannot_use() {
        check("a.meta.json", "{\"title\": \"T\",\n \"date\" 3}", "", "", "a.meta.json:2:9: warning: malformed JSON");
        check("a.meta.yaml", "title: \"T\ndate: [", "", "", "malformed YAML");
        check("a.txt", "---\ntitle: T\nbad: [1, 2\n---\nText.", "", "", "malformed YAML");
        check("a.meta.json", r#"{"title": "T", "date": "last week"}"#, "T", "", "no date with a year");
        check("a.meta.json", r#"{"titel": "T"}"#, "", "", "did you mean `title`");
    }
}
