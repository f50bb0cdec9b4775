//! A service of the reconciliation API (W3C Entity Reconciliation Community Group, 0.2) -> entries, as a client.
//!
//! Law: the service proposes, the matcher decides: its scores are its own and are not comparable with ours.

use super::entries::{Entry, Streamed};
use super::known::Subject;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::fetch::Fetcher;
use serde_json::{Value, json};

/// Questions that are sent together.
const BATCH: usize = 10;
/// Candidates that are asked for.
const LIMIT: usize = 5;
const JSON: &str = "application/json";

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
        let manifest = read(&fetcher.get(url, JSON)?, url)?;
        let text = |key: &str| manifest.get(key).and_then(Value::as_str).map(str::to_owned);
        let (Some(name), Some(space)) = (text("name"), text("identifierSpace")) else {
            let message = format!("{url} is no reconciliation service: its manifest has no name and identifierSpace");
            return Err(Error::with_hint(message, "give the address that OpenRefine would be given"));
        };
        Ok(Self { url: url.to_owned(), fetcher, space, name })
    }

    /// Asks for all subjects, a few at a time, and hands the entries on. What has no answer is asked again by itself.
    ///
    /// # Errors
    /// The service fails for good, or answers nothing of what it is asked; nothing should be linked then.
    pub fn propose(&self, subjects: &[Subject], take: &mut dyn FnMut(Vec<Entry>) -> Result<()>) -> Result<Streamed> {
        let mut streamed = Streamed::default();
        let mut names = Vec::new();
        for batch in subjects.chunks(BATCH) {
            let (entries, missing) = self.ask(batch)?;
            take(entries)?;
            for subject in missing {
                let (entries, still) = self.ask(std::slice::from_ref(subject))?;
                take(entries)?;
                names.extend(still.iter().map(|s| s.label.as_str()));
                streamed.unanswered.extend(still.iter().map(|s| s.iri.clone()));
            }
        }
        if !names.is_empty() {
            let (shown, more) = (names.iter().take(3).copied().collect::<Vec<_>>(), names.len().saturating_sub(3));
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("{} of {} questions have no answer in what it sent", names.len(), subjects.len());
            let hint = format!("what was linked before stays as it was for {}{more}", shown.join(", "));
            streamed.findings.push(Diagnostic::warning(&self.url, message).hint(hint));
        }
        Ok(streamed)
    }

    /// Asks for subjects at once. Gives the entries, and the subjects of which the service says nothing, not even that it finds none.
    fn ask<'s>(&self, batch: &'s [Subject]) -> Result<(Vec<Entry>, Vec<&'s Subject>)> {
        let query = |(i, s): (usize, &Subject)| (format!("q{i}"), json!({"query": s.label, "limit": LIMIT}));
        let queries = Value::Object(batch.iter().enumerate().map(query).collect()).to_string();
        let fields = [("queries", queries.as_str())];
        let answer = read(&self.fetcher.post(&self.url, &fields, JSON)?, &self.url)?;
        let (mut entries, mut missing) = (Vec::new(), Vec::new());
        for (i, subject) in batch.iter().enumerate() {
            match answer.get(format!("q{i}")).and_then(|a| a.get("result")).and_then(Value::as_array) {
                Some(list) => entries.extend(list.iter().take(LIMIT).filter_map(|c| self.read_candidate(c))),
                None => missing.push(subject),
            }
        }
        if !missing.is_empty() {
            self.fetcher.forget(&self.url, &fields, JSON);
        }
        if missing.len() == batch.len() && batch.len() > 1 {
            let told = answer.get("message").and_then(Value::as_str).unwrap_or("it does not say why");
            let message = format!("{} answers none of {} questions ({told})", self.url, batch.len());
            return Err(Error::with_hint(message, "nothing is linked; is it a service of the reconciliation API?"));
        }
        Ok((entries, missing))
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
