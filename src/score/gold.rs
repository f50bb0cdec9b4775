//! Gold: what a document states, by hand, one JSON object a line.
//!
//! Law: a line that cannot be read is a diagnostic with its place, and the others count.

use crate::diagnostic::Diagnostic;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value as Json;

/// One fact as an annotator wrote it.
#[derive(Debug, Clone)]
pub struct Gold {
    /// Kind, such as `Agreement`.
    pub kind: String,
    /// The sentence, word for word.
    pub quote: String,
    /// The fact as stated, then the other readings of it that are as right. Roles, `status` and `attributed_to` by name.
    pub readings: Vec<IndexMap<String, Json>>,
    /// The line as it was written.
    pub line: IndexMap<String, Json>,
}

/// A sentence in which facts of a kind are neither wanted nor wrong.
#[derive(Debug, Clone, Deserialize)]
pub struct Neutral {
    /// The document, by the stem of its file name.
    pub file: String,
    /// The kind of facts.
    pub kind: String,
    /// The sentence, word for word.
    pub quote: String,
}

/// Keys of a line that are no roles.
pub(super) const META: &[&str] = &["kind", "quote", "alt", "note"];

/// The fence of the block that holds the gold of a Markdown case.
const FENCE: &str = "```facts";

impl Gold {
    /// Whether it is a promise that nobody signed: right where it is found, no miss where it is not.
    pub fn is_optional(&self) -> bool {
        self.line.get("type").and_then(Json::as_str) == Some("commitment")
    }

    /// What the readings state under `key`; absent counts as `None`.
    pub(super) fn stated<'a>(&'a self, key: &'a str) -> impl Iterator<Item = Option<&'a Json>> {
        self.readings.iter().map(move |reading| reading.get(key).filter(|value| !value.is_null()))
    }
}

/// Reads lines of gold; `shown` names the file and `first` the number of its first line in diagnostics.
pub fn read_gold(shown: &str, text: &str, first: usize) -> (Vec<Gold>, Vec<Diagnostic>) {
    read_lines(shown, text, first, |line: IndexMap<String, Json>| {
        let word = |key: &str| line.get(key).and_then(Json::as_str).map(str::to_owned);
        let missing = |key: &str| format!("a fact needs a text under `{key}`");
        let kind = word("kind").ok_or_else(|| missing("kind"))?;
        let quote = word("quote").ok_or_else(|| missing("quote"))?;
        Ok(Gold { kind, quote, readings: list_readings(&line), line })
    })
}

/// Reads the lines of a `neutral.jsonl`.
pub fn read_neutral(shown: &str, text: &str) -> (Vec<Neutral>, Vec<Diagnostic>) {
    read_lines(shown, text, 1, Ok)
}

/// The gold of a Markdown case, in its block fenced as `facts`, and the number of the block's first line; `None` where it has
/// none.
pub fn find_facts_block(text: &str) -> Option<(usize, &str)> {
    let at = if text.starts_with(FENCE) { 0 } else { text.find(&format!("\n{FENCE}")).map(|at| at + 1)? };
    let from = at + text.get(at..)?.find('\n')? + 1;
    let block = text.get(from..)?;
    let block = block.find("\n```").and_then(|end| block.get(..end)).unwrap_or(block);
    Some((1 + text.get(..from)?.matches('\n').count(), block))
}

fn list_readings(line: &IndexMap<String, Json>) -> Vec<IndexMap<String, Json>> {
    let stated = |map: &mut IndexMap<String, Json>| map.retain(|key, _| !META.contains(&key.as_str()));
    let mut first = line.clone();
    stated(&mut first);
    let mut readings = vec![first.clone()];
    for other in line.get("alt").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object) {
        let mut reading = first.clone();
        reading.extend(other.iter().map(|(key, value)| (key.clone(), value.clone())));
        stated(&mut reading);
        readings.push(reading);
    }
    readings
}

fn read_lines<L: serde::de::DeserializeOwned, T>(
    shown: &str,
    text: &str,
    first: usize,
    read: impl Fn(L) -> Result<T, String>,
) -> (Vec<T>, Vec<Diagnostic>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (number, line) in (first..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(parsed) => match read(parsed) {
                Ok(one) => found.push(one),
                Err(message) => wrong.push(Diagnostic::error(shown, message).at(number, 1)),
            },
            Err(cause) => {
                let message = format!("this line of gold cannot be read: {cause}");
                let hint = "one JSON object a line: {\"kind\": …, roles, \"quote\": …}; see dossier eval --help";
                wrong.push(Diagnostic::error(shown, message).at(number, cause.column().max(1)).hint(hint));
            }
        }
    }
    (found, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, gold: usize, says: &str) {
        let (found, wrong) = read_gold("a.jsonl", text, 1);
        let said: String = wrong.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), gold);
        assert!(said.contains(says) && said.is_empty() == says.is_empty(), "{said}");
    }

    #[test]
    fn reads_what_it_can() {
        let good = r#"{"kind": "Visit", "visitor": "A", "quote": "A came.", "alt": [{"visitor": "B"}]}"#;
        check(good, 1, "");
        check(&format!("{good}\n\n{{\"kind\": 3}}\n{good}"), 2, "a.jsonl:3:1: error: a fact needs a text under `kind`");
        check(&format!("{good}\nnonsense"), 1, "a.jsonl:2:");
    }

    #[test]
    fn other_readings_change_what_they_name() {
        let line = r#"{"kind": "Visit", "visitor": "A", "date": "2024", "quote": "q", "alt": [{"visitor": "B"}]}"#;
        let (gold, _) = read_gold("a.jsonl", line, 1);
        let readings: Vec<String> = gold.iter().flat_map(|g| &g.readings).map(|r| format!("{r:?}")).collect();
        assert_eq!(readings.len(), 2);
        assert!(readings[1].contains("\"B\"") && readings[1].contains("2024") && !readings[1].contains("quote"));
    }

    #[test]
    fn finds_the_block_of_a_case() {
        let text = "# T\n\nProse.\n\n```facts\n{\"a\": 1}\n{\"b\": 2}\n```\n";
        assert_eq!(find_facts_block(text), Some((6, "{\"a\": 1}\n{\"b\": 2}")));
        assert_eq!(find_facts_block("```rust\nfacts\n```"), None);
    }
}
