//! A service of the reconciliation API (W3C Entity Reconciliation Community Group, 0.2) -> entries, as a client.
//!
//! Law: the service proposes, the matcher decides: its scores are its own and are not comparable with ours.

use super::entries::Entry;
use super::known::Subject;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::fetch::Fetcher;
use serde_json::{Map, Value, json};

/// Questions that are sent together.
const BATCH: usize = 10;
/// Candidates that are asked for.
const LIMIT: usize = 5;

/// A service, by its address.
pub struct Service<'f> {
    url: String,
    fetcher: &'f Fetcher,
    /// What an identifier of it is put behind.
    pub space: String,
    /// What it calls itself.
    pub name: String,
}

impl<'f> Service<'f> {
    /// Reads the service's manifest.
    ///
    /// # Errors
    /// It cannot be reached, or is no such service.
    pub fn open(url: &str, fetcher: &'f Fetcher) -> Result<Self> {
        let manifest = read(&fetcher.get(url, "application/json")?, url)?;
        let text = |key: &str| manifest.get(key).and_then(Value::as_str).map(str::to_owned);
        let (Some(name), Some(space)) = (text("name"), text("identifierSpace")) else {
            let message = format!("{url} is no reconciliation service: its manifest has no name and identifierSpace");
            return Err(Error::with_hint(message, "give the address that OpenRefine would be given"));
        };
        Ok(Self { url: url.to_owned(), fetcher, space, name })
    }

    /// Asks for all subjects, a few at a time, and hands the entries on.
    ///
    /// # Errors
    /// The service fails for good; nothing should be linked then.
    pub fn propose(
        &self,
        subjects: &[Subject],
        take: &mut dyn FnMut(Vec<Entry>) -> Result<()>,
    ) -> Result<Vec<Diagnostic>> {
        let (mut unanswered, mut findings) = (0, Vec::new());
        for batch in subjects.chunks(BATCH) {
            let ask = |(i, s): (usize, &Subject)| (format!("q{i}"), json!({"query": s.label, "limit": LIMIT}));
            let queries: Map<String, Value> = batch.iter().enumerate().map(ask).collect();
            let text = Value::Object(queries).to_string();
            let answer = read(&self.fetcher.post(&self.url, &[("queries", &text)], "application/json")?, &self.url)?;
            let mut entries = Vec::new();
            for i in 0..batch.len() {
                match answer.get(format!("q{i}")).and_then(|a| a.get("result")).and_then(Value::as_array) {
                    Some(list) => entries.extend(list.iter().take(LIMIT).filter_map(|c| self.read_candidate(c))),
                    None => unanswered += 1,
                }
            }
            take(entries)?;
        }
        if unanswered > 0 {
            let message = format!("{unanswered} of {} questions have no answer in what it sent", subjects.len());
            findings.push(Diagnostic::warning(&self.url, message));
        }
        Ok(findings)
    }

    fn read_candidate(&self, candidate: &Value) -> Option<Entry> {
        let id = match candidate.get("id")? {
            Value::String(id) => id.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let name = candidate.get("name")?.as_str()?.to_owned();
        let iri = if id.contains("://") { id } else { format!("{}{id}", self.space) };
        Some(Entry { iri, names: vec![name], ..Entry::default() })
    }
}

fn read(text: &str, url: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|cause| Error::new(format!("{url} answers no JSON: {cause}")))
}
