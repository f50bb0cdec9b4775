//! JSON and JSON Lines -> records. Nested objects are columns joined by `_`; a list of plain values gives a row each, of one record;
//! a list of objects a row each, of parts of the record.
//!
//! Law: a record's words are the bytes of its object in the file.

use super::table::variable_name;
use super::{Record, Rows, line_fragment, lines_of};
use crate::diagnostic::Diagnostic;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a JSON text is JSON-LD: it names a context or a graph before its first objects end.
pub(super) fn is_linked_data(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect();
    head.trim_start().starts_with(['{', '['])
        && ["\"@context\"", "\"@graph\"", "\"@id\""].iter().any(|k| head.contains(k))
}

/// Whether a text is of FollowTheMoney entities: its first line is an object with a schema and properties.
pub(super) fn is_follow_the_money(text: &str) -> bool {
    let head = text.trim_start().lines().next().unwrap_or_default();
    match serde_json::from_str::<Value>(head) {
        Ok(first) => ["id", "schema", "properties"].iter().all(|key| first.get(key).is_some()),
        Err(_) => false,
    }
}

/// One object a line.
pub(super) fn read_json_lines(name: &str, text: &str) -> Rows {
    let mut found = Collector::default();
    for (line, range) in lines_of(text) {
        match serde_json::from_str::<Value>(text.get(range.clone()).unwrap_or_default()) {
            Ok(value @ Value::Object(_)) => found.add(line_fragment(line), range, line, &value),
            Ok(_) => {
                let message = "the line is no JSON object: it is left out";
                found.findings.push(Diagnostic::error(name, message).at(line, 1));
            }
            Err(cause) => {
                let message = format!("the line is no JSON: {}; it is left out", tell(&cause));
                found.findings.push(Diagnostic::error(name, message).at(line, cause.column().max(1)));
            }
        }
    }
    found.into_rows()
}

/// One text: an array of objects, an object that holds one such array, or one object.
pub(super) fn read_json(name: &str, text: &str) -> Result<Rows, Diagnostic> {
    let wrong = |cause: serde_json::Error| {
        Diagnostic::error(name, format!("no JSON: {}; nothing of it is read", tell(&cause)))
            .at(cause.line().max(1), cause.column().max(1))
    };
    let whole: &RawValue = serde_json::from_str(text).map_err(wrong)?;
    let (pointer, items) = find_items(whole.get()).map_err(wrong)?;
    let (mut line, mut counted) = (1, 0);
    let mut found = Collector::default();
    for (i, item) in items.into_iter().enumerate() {
        let words = item.get();
        let start = (words.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        line += text.get(counted..start).map_or(0, |part| part.matches('\n').count());
        counted = start;
        let value: Value = serde_json::from_str(words).map_err(wrong)?;
        match value {
            Value::Object(_) => {
                found.add(format!("{pointer}/{i}"), start..start + words.len(), line, &value);
            }
            _ => {
                let message = format!("{pointer}/{i} is no object: it is left out");
                found.findings.push(Diagnostic::error(name, message).at(line, 1));
            }
        }
    }
    if found.rows.is_empty() {
        return Err(Diagnostic::error(name, "no records: expected an array of objects, or an object that holds one"));
    }
    Ok(found.into_rows())
}

/// The records of a JSON text and the pointer of what holds them.
fn find_items(text: &str) -> serde_json::Result<(String, Vec<&RawValue>)> {
    if text.trim_start().starts_with('[') {
        return Ok((String::new(), serde_json::from_str(text)?));
    }
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
    let holds = |value: &&RawValue| {
        let inner = value.get().trim_start();
        inner.starts_with('[') && inner.get(1..).is_some_and(|rest| rest.trim_start().starts_with('{'))
    };
    let lists: Vec<_> = members.iter().filter(|(_, value)| holds(value)).collect();
    match lists.as_slice() {
        [(key, list)] => {
            let escaped = key.replace('~', "~0").replace('/', "~1");
            Ok((format!("/{escaped}"), serde_json::from_str(list.get())?))
        }
        _ => Ok((String::new(), vec![serde_json::from_str(text)?])),
    }
}

fn tell(cause: &serde_json::Error) -> String {
    let told = cause.to_string();
    told.split(" at line ").next().unwrap_or(&told).to_owned()
}

/// A row: fragment and bytes of its record, line, number among the record's rows, and cells by column.
type Row = (String, std::ops::Range<usize>, usize, u32, BTreeMap<String, String>);

/// Objects with the columns that they have together.
#[derive(Default)]
pub(super) struct Collector {
    rows: Vec<Row>,
    columns: BTreeSet<String>,
    pub(super) findings: Vec<Diagnostic>,
}

impl Collector {
    /// Adds one record, as one row or, where it holds lists, as several.
    pub(super) fn add(&mut self, fragment: String, bytes: std::ops::Range<usize>, line: usize, value: &Value) {
        for (part, cells) in flatten(value) {
            self.columns.extend(cells.keys().cloned());
            self.rows.push((fragment.clone(), bytes.clone(), line, part, cells));
        }
    }

    pub(super) fn into_rows(self) -> Rows {
        let columns: Vec<String> = self.columns.into_iter().collect();
        let of = |(fragment, bytes, line, part, mut cells): Row| Record {
            fragment,
            bytes,
            line,
            part,
            cells: columns.iter().map(|column| cells.remove(column)).collect(),
        };
        let records = self.rows.into_iter().map(of).collect();
        Rows { columns, records, findings: self.findings }
    }
}

/// The rows of an object: the plain values, and beside them each element of each list alone.
pub(super) fn flatten(value: &Value) -> Vec<(u32, BTreeMap<String, String>)> {
    let (mut plain, mut lists) = (BTreeMap::new(), Vec::new());
    gather("", value, &mut plain, &mut lists);
    if lists.is_empty() {
        return vec![(0, plain)];
    }
    let (mut rows, mut parts) = (Vec::new(), 0);
    for (column, list) in lists {
        for item in list {
            let mut cells = plain.clone();
            let is_object = item.is_object();
            gather(&column, item, &mut cells, &mut Vec::new());
            parts += u32::from(is_object);
            rows.push((if is_object { parts } else { 0 }, cells));
        }
    }
    if rows.is_empty() { vec![(0, plain)] } else { rows }
}

fn gather<'v>(
    prefix: &str,
    value: &'v Value,
    cells: &mut BTreeMap<String, String>,
    lists: &mut Vec<(String, &'v Vec<Value>)>,
) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let key = variable_name(key);
                let column = if prefix.is_empty() { key } else { format!("{prefix}_{key}") };
                gather(&column, member, cells, lists);
            }
        }
        Value::Array(list) => lists.push((prefix.to_owned(), list)),
        Value::Null => {}
        Value::String(text) if text.trim().is_empty() => {}
        Value::String(text) => drop(cells.insert(prefix.to_owned(), text.clone())),
        other => drop(cells.insert(prefix.to_owned(), other.to_string())),
    }
}
