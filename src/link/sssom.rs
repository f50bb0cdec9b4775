//! Mappings <-> SSSOM TSV (<https://w3id.org/sssom>, 1.0): the file that people and tools read, and that keeps what people decided.
//!
//! Law: a row whose justification is `semapv:ManualMappingCuration` is a person's and is kept as it is; all others are made anew.

use crate::diagnostic::Diagnostic;
use crate::vocab;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judged {
    /// They are one.
    Same,
    /// They are two.
    Different,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// IRI in the graph.
    pub subject: String,
    /// Its label.
    pub subject_label: String,
    /// Whether the match is exact; else it is close.
    pub exact: bool,
    /// Whether they are *not* the same.
    pub negated: bool,
    /// IRI in the dataset.
    pub object: String,
    /// Its label.
    pub object_label: String,
    /// Whether a person decided.
    pub manual: bool,
    /// The chance; 1 where a person decided.
    pub confidence: f32,
    /// Why.
    pub comment: String,
}

const COLUMNS: &[&str] = &[
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "comment",
];
const MANUAL: &str = "semapv:ManualMappingCuration";
const LEXICAL: &str = "semapv:CompositeMatching";

/// Prefixes of the header beside those that every SSSOM file knows.
const PREFIXES: &[(&str, &str)] = &[
    ("id", vocab::ID),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("semapv", "https://w3id.org/semapv/vocab/"),
    ("wikidata", "http://www.wikidata.org/entity/"),
    ("geonames", "https://sws.geonames.org/"),
    ("dbpedia", "http://dbpedia.org/resource/"),
    ("opensanctions", "https://www.opensanctions.org/entities/"),
    ("lei", "https://www.gleif.org/lei/"),
];

/// The file of a dataset's mappings; `about` are lines of the metadata header.
pub fn write_mappings(dataset: &str, about: &[(&str, String)], mappings: &[Mapping]) -> String {
    let mut text = String::from("#curie_map:\n");
    let own = own_prefixes(dataset, mappings);
    let all: BTreeMap<&str, &str> =
        PREFIXES.iter().copied().chain(own.iter().map(|(p, n)| (p.as_str(), n.as_str()))).collect();
    for (prefix, namespace) in &all {
        // A colon at the end would begin a mapping in YAML.
        let quoted = if namespace.ends_with(':') { quote_yaml(namespace) } else { (*namespace).to_owned() };
        let _ = writeln!(text, "#  {prefix}: {quoted}");
    }
    let _ = writeln!(text, "#mapping_set_id: {}links.{dataset}", vocab::ID);
    for (key, value) in about {
        let _ = writeln!(text, "#{key}: {}", quote_yaml(value));
    }
    let _ = writeln!(text, "#mapping_tool: Dossier\n#mapping_tool_version: \"{}\"", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(text, "{}", COLUMNS.join("\t"));
    for m in mappings {
        let predicate = if m.exact { "skos:exactMatch" } else { "skos:closeMatch" };
        let cells = [
            shorten(&m.subject, &all),
            clean(&m.subject_label),
            predicate.to_owned(),
            if m.negated { "Not".to_owned() } else { String::new() },
            shorten(&m.object, &all),
            clean(&m.object_label),
            if m.manual { MANUAL } else { LEXICAL }.to_owned(),
            format!("{:.2}", m.confidence),
            clean(&m.comment),
        ];
        let _ = writeln!(text, "{}", cells.join("\t"));
    }
    text
}

fn quote_yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Prefixes for namespaces that none of the usual ones covers.
fn own_prefixes(dataset: &str, mappings: &[Mapping]) -> Vec<(String, String)> {
    let known = |iri: &str| PREFIXES.iter().any(|(_, n)| iri.starts_with(n));
    let namespace = |iri: &str| {
        let end = iri.trim_end_matches('/').rfind(['/', '#', ':'])?;
        iri.get(..=end).map(str::to_owned)
    };
    let found: BTreeSet<String> =
        mappings.iter().filter(|m| !known(&m.object)).filter_map(|m| namespace(&m.object)).collect();
    let name = |i: usize| if i == 0 { vocab::slug(dataset) } else { format!("{}{}", vocab::slug(dataset), i + 1) };
    found.into_iter().enumerate().map(|(i, n)| (name(i), n)).collect()
}

fn shorten(iri: &str, prefixes: &BTreeMap<&str, &str>) -> String {
    let longest = prefixes.iter().filter(|(_, n)| iri.starts_with(**n)).max_by_key(|(_, n)| n.len());
    longest.map_or_else(|| iri.to_owned(), |(p, n)| format!("{p}:{}", iri.get(n.len()..).unwrap_or_default()))
}

/// Reads a file of mappings; `name` is what diagnostics call it.
///
/// # Errors
/// A line that cannot be understood: nothing is linked then, so that no decision is lost.
pub fn read_mappings(text: &str, name: &str) -> Result<Vec<Mapping>, Diagnostic> {
    let mut prefixes: BTreeMap<String, String> =
        PREFIXES.iter().map(|(p, n)| ((*p).to_owned(), (*n).to_owned())).collect();
    let mut columns: Vec<&str> = Vec::new();
    let mut mappings = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if let Some(header) = content.strip_prefix('#') {
            if let (true, Some((prefix, namespace))) = (header.starts_with(' '), header.trim().split_once(": ")) {
                prefixes.insert(prefix.to_owned(), namespace.trim_matches('"').to_owned());
            }
            continue;
        }
        let cells: Vec<&str> = content.split('\t').collect();
        if columns.is_empty() {
            columns = cells;
            continue;
        }
        if content.trim().is_empty() {
            continue;
        }
        let get =
            |column: &str| columns.iter().position(|c| *c == column).and_then(|i| cells.get(i)).copied().unwrap_or("");
        let expand = |curie: &str| -> String {
            let whole = curie.split_once(':').and_then(|(p, local)| Some(format!("{}{local}", prefixes.get(p)?)));
            whole.unwrap_or_else(|| curie.to_owned())
        };
        let (subject, object) = (expand(get("subject_id")), expand(get("object_id")));
        let exact = match get("predicate_id") {
            "skos:exactMatch" => true,
            "skos:closeMatch" => false,
            other => {
                let message = format!("the predicate is skos:exactMatch or skos:closeMatch, not `{other}`");
                return Err(Diagnostic::error(name, message).at(line, 1).hint("mend the line; nothing was changed"));
            }
        };
        if subject.is_empty() || object.is_empty() {
            let message = "a row needs subject_id and object_id";
            return Err(Diagnostic::error(name, message).at(line, 1).hint("mend the line; nothing was changed"));
        }
        mappings.push(Mapping {
            subject,
            subject_label: get("subject_label").to_owned(),
            exact,
            negated: get("predicate_modifier") == "Not",
            object,
            object_label: get("object_label").to_owned(),
            manual: get("mapping_justification") == MANUAL,
            confidence: get("confidence").parse().unwrap_or(1.0),
            comment: get("comment").to_owned(),
        });
    }
    Ok(mappings)
}
