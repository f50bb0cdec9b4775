//! YAML -> records: a sequence of mappings, each with the lines that hold it.

use super::json::Collector;
use super::{Rows, lines_of};
use crate::diagnostic::Diagnostic;
use serde_json::Value;
use serde_saphyr::Spanned;

/// Reads a sequence of mappings. The fragment names the lines: `line=4,9` is lines 5 to 9 (RFC 5147).
pub(super) fn read_yaml(name: &str, text: &str) -> Result<Rows, Diagnostic> {
    let items: Vec<Spanned<Value>> = serde_saphyr::from_str(text).map_err(|cause| {
        let told = cause.without_snippet().to_string();
        let message = told.split(" at line ").next().unwrap_or(&told).replace('\n', " ");
        let found = Diagnostic::error(name, format!("no YAML sequence of mappings: {message}; nothing of it is read"));
        match cause.location() {
            Some(at) => found.at(at.line() as usize, at.column() as usize),
            None => found,
        }
    })?;
    let lines: Vec<(usize, std::ops::Range<usize>)> = lines_of(text).collect();
    let starts: Vec<usize> = items.iter().map(|item| item.referenced.line() as usize).collect();
    let mut found = Collector::default();
    for (i, item) in items.iter().enumerate() {
        let (first, next) = (starts.get(i).copied().unwrap_or(1), starts.get(i + 1).copied().unwrap_or(usize::MAX));
        let mut inside = lines.iter().filter(|(line, _)| *line >= first && *line < next);
        let Some((_, opening)) = inside.next() else { continue };
        let (last, closing) = inside.next_back().map_or((first, opening), |(line, range)| (*line, range));
        let fragment = format!("line={},{last}", first - 1);
        if item.value.is_object() {
            found.add(fragment, opening.start..closing.end, first, &item.value);
        } else {
            let message = "the item is no mapping: it is left out";
            found.findings.push(Diagnostic::error(name, message).at(first, 1));
        }
    }
    Ok(found.into_rows())
}
