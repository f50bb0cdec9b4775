//! JSON of any size -> its objects as rows, one after the other: of a list, of the one list that an object holds, or of lines.
//!
//! Law: memory holds some thousand objects, whatever the size of the file; an object that is broken is said and left out, and a file
//! that is cut off is said.

use super::json::flatten;
use super::line_fragment;
use crate::diagnostic::Diagnostic;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};

/// Objects by which the columns are known.
const FIRST: usize = 4096;
/// A single object that is larger is refused.
const MOST_BYTES: usize = 256 << 20;

/// A row of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamRow {
    /// Its number, from 1; no two rows share it.
    pub number: usize,
    /// Names its record within the source.
    pub fragment: String,
    /// By column: the value.
    pub cells: Vec<Option<String>>,
}

/// The fragment of a record and the cells of one of its rows, by column.
type Found = (String, BTreeMap<String, String>);

/// Reads objects.
pub struct ObjectReader<R> {
    name: String,
    from: R,
    lines: bool,
    /// Line that is read, from 1.
    line: usize,
    /// How many objects were read.
    count: usize,
    rows: usize,
    /// The pointer of the list, once it has begun.
    list: Option<String>,
    ended: bool,
    /// The columns of the first objects.
    pub columns: Vec<String>,
    ahead: Vec<Found>,
    findings: Vec<Diagnostic>,
    /// Columns that the first objects did not have.
    late: BTreeSet<String>,
}

impl<R: BufRead> ObjectReader<R> {
    /// Reads the first objects of `from`, and with them the columns. `lines`: one object a line.
    ///
    /// # Errors
    /// It holds no objects, or cannot be read.
    pub fn open(name: &str, lines: bool, from: R) -> Result<Self, Diagnostic> {
        let (name, line) = (name.to_owned(), 1);
        let mut reader = Self {
            name,
            from,
            lines,
            line,
            count: 0,
            rows: 0,
            list: None,
            ended: false,
            columns: Vec::new(),
            ahead: Vec::new(),
            findings: Vec::new(),
            late: BTreeSet::new(),
        };
        reader.ahead = reader.read(FIRST)?;
        let columns: BTreeSet<&String> = reader.ahead.iter().flat_map(|(_, cells)| cells.keys()).collect();
        reader.columns = columns.into_iter().cloned().collect();
        if reader.ahead.is_empty() {
            let message = "no records: expected an array of objects, or an object that holds one";
            return Err(reader.findings.pop().unwrap_or_else(|| Diagnostic::error(&reader.name, message)));
        }
        Ok(reader)
    }

    /// The next rows, of `most` objects and those that were read ahead; none at the end.
    ///
    /// # Errors
    /// It cannot be read further.
    pub fn next_batch(&mut self, most: usize) -> Result<Vec<StreamRow>, Diagnostic> {
        let mut found = std::mem::take(&mut self.ahead);
        if found.is_empty() {
            found = self.read(most)?;
        }
        let mut rows = Vec::with_capacity(found.len());
        for (fragment, mut cells) in found {
            self.rows += 1;
            let row = self.columns.iter().map(|column| cells.remove(column)).collect();
            self.late.extend(cells.into_keys());
            rows.push(StreamRow { number: self.rows, fragment, cells: row });
        }
        Ok(rows)
    }

    /// What is wrong with some objects; empty before the end.
    pub fn doubts(&mut self) -> Vec<Diagnostic> {
        if !self.late.is_empty() {
            let late: Vec<String> = self.late.iter().take(8).map(|c| format!("?{c}")).collect();
            let message = format!("{} come first behind record {FIRST} and are not known", late.join(", "));
            self.findings.push(Diagnostic::warning(&self.name, message));
        }
        std::mem::take(&mut self.findings)
    }

    /// The rows of up to `most` objects.
    fn read(&mut self, most: usize) -> Result<Vec<Found>, Diagnostic> {
        let mut texts: Vec<(usize, String, Vec<u8>)> = Vec::new();
        while texts.len() < most && !self.ended {
            let mut text = Vec::new();
            let line = match self.next_text(&mut text) {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => {
                    let message = "the file ends before its JSON does: it is cut off";
                    self.findings.push(Diagnostic::error(&self.name, message).at(self.line, 1));
                    self.ended = true;
                    break;
                }
                Err(cause) => {
                    return Err(
                        Diagnostic::error(&self.name, format!("cannot be read further: {cause}")).at(self.line, 1)
                    );
                }
            };
            let fragment = match &self.list {
                Some(pointer) => format!("{pointer}/{}", self.count),
                None => line_fragment(line),
            };
            self.count += 1;
            texts.push((line, fragment, text));
        }
        let read = |(line, fragment, text): &(usize, String, Vec<u8>)| match serde_json::from_slice::<Value>(text) {
            Ok(value @ Value::Object(_)) => {
                Ok(flatten(&value).into_iter().map(|(_, cells)| (fragment.clone(), cells)).collect::<Vec<Found>>())
            }
            Ok(_) => {
                Err(Diagnostic::error(&self.name, format!("{fragment} is no object: it is left out")).at(*line, 1))
            }
            Err(cause) => {
                let message = format!("{fragment} is no JSON: {cause}; it is left out");
                Err(Diagnostic::error(&self.name, message).at(*line, 1))
            }
        };
        let mut found = Vec::with_capacity(texts.len());
        for rows in texts.par_iter().map(read).collect::<Vec<_>>() {
            match rows {
                Ok(rows) => found.extend(rows),
                Err(wrong) => self.findings.push(wrong),
            }
        }
        Ok(found)
    }

    /// The bytes of the next object, and the line on which it begins.
    fn next_text(&mut self, text: &mut Vec<u8>) -> io::Result<Option<usize>> {
        if self.lines {
            return self.next_line(text);
        }
        if self.list.is_none() {
            match self.peek()? {
                Some(b'[') => {
                    self.from.consume(1);
                    self.list = Some(String::new());
                }
                Some(_) => {
                    if let Some(line) = self.find_list(text)? {
                        self.ended = true;
                        self.list = Some(String::new());
                        return Ok(Some(line));
                    }
                }
                None => return Ok(None),
            }
        }
        loop {
            match self.peek()? {
                Some(b',') => self.from.consume(1),
                Some(b']') => {
                    self.from.consume(1);
                    self.ended = true;
                    return self.check_end().map(|()| None);
                }
                Some(_) => break,
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        }
        let line = self.line;
        self.take_value(text, None).map(|_| Some(line))
    }

    /// Says what stands behind a list that an object holds.
    fn check_end(&mut self) -> io::Result<()> {
        let pointer = self.list.clone().unwrap_or_default();
        match self.peek()? {
            None if pointer.is_empty() => Ok(()),
            Some(b'}') if !pointer.is_empty() => Ok(()),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
            Some(_) => {
                let beside = if pointer.is_empty() { "the list" } else { pointer.as_str() };
                let message = format!("what stands behind {beside} is not read");
                self.findings.push(Diagnostic::warning(&self.name, message).at(self.line, 1));
                Ok(())
            }
        }
    }

    fn next_line(&mut self, text: &mut Vec<u8>) -> io::Result<Option<usize>> {
        loop {
            text.clear();
            if self.from.read_until(b'\n', text)? == 0 {
                self.ended = true;
                return Ok(None);
            }
            self.line += 1;
            if !text.trim_ascii().is_empty() {
                return Ok(Some(self.line - 1));
            }
        }
    }

    /// The next byte that is no white space; it is not taken.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.from.fill_buf()?;
            let Some(first) = buffer.first() else { return Ok(None) };
            match first {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' | 0xef | 0xbb | 0xbf => {}
                other => return Ok(Some(*other)),
            }
            self.from.consume(1);
        }
    }

    /// Reads on to the list that an object holds, behind its bracket. Where it holds none, its bytes are in `text`, and its line is given.
    fn find_list(&mut self, text: &mut Vec<u8>) -> io::Result<Option<usize>> {
        let line = self.line;
        let list = self.take_value(text, Some(b'['))?;
        if !list {
            return Ok(Some(line));
        }
        let key = last_key(text).replace('~', "~0").replace('/', "~1");
        self.list = Some(format!("/{key}"));
        text.clear();
        Ok(None)
    }

    /// Takes a value, or what comes before the first list of objects in an object (`until`); says whether it ended there.
    fn take_value(&mut self, text: &mut Vec<u8>, until: Option<u8>) -> io::Result<bool> {
        let (mut depth, mut quoted, mut escaped, mut opened) = (0usize, false, false, false);
        loop {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if text.len() > MOST_BYTES {
                return Err(io::Error::other("one object is larger than 256 MiB"));
            }
            let mut end = None;
            for (at, byte) in buffer.iter().enumerate() {
                let outside = depth == 0 && !quoted;
                if (opened && *byte == b'{') || (outside && matches!(byte, b',' | b']' | b'}' | b'\n')) {
                    end = Some((at, opened));
                    break;
                }
                opened &= byte.is_ascii_whitespace();
                self.line += usize::from(*byte == b'\n');
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if quoted => escaped = true,
                    b'"' => quoted = !quoted,
                    _ if quoted => {}
                    b'{' | b'[' => {
                        depth += 1;
                        opened = until == Some(*byte) && depth == 2;
                    }
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                if depth == 0 && !quoted && matches!(byte, b'}' | b']' | b'"') {
                    end = Some((at + 1, false));
                    break;
                }
            }
            let length = end.map_or(buffer.len(), |(at, _)| at);
            text.extend_from_slice(buffer.get(..length).unwrap_or_default());
            self.from.consume(length);
            if let Some((_, list)) = end {
                return Ok(list);
            }
        }
    }
}

/// The last text in quotation marks before a list.
fn last_key(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let head = text.trim_end().trim_end_matches('[').trim_end().trim_end_matches(':').trim_end();
    let key = head.strip_suffix('"').and_then(|head| head.rsplit_once('"')).map_or("", |(_, key)| key);
    key.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows as `fragment: cells`, and what is said of the file.
    #[track_caller]
    fn check(lines: bool, text: &str, expected: &[&str], told: &str) {
        // A buffer of a few bytes, so that everything stands across its end once.
        let from = io::BufReader::with_capacity(3, text.as_bytes());
        let mut reader = match ObjectReader::open("t.json", lines, from) {
            Ok(reader) => reader,
            Err(wrong) => return assert!(wrong.to_string().contains(told) && expected.is_empty(), "{wrong}"),
        };
        let mut found = Vec::new();
        loop {
            let rows = reader.next_batch(2).unwrap();
            if rows.is_empty() {
                break;
            }
            let tell = |cell: &Option<String>| cell.clone().unwrap_or_else(|| "-".to_owned());
            let row =
                |r: &StreamRow| format!("{}: {}", r.fragment, r.cells.iter().map(tell).collect::<Vec<_>>().join(" "));
            found.extend(rows.iter().map(row));
        }
        assert_eq!(found, expected);
        let said: Vec<String> = reader.doubts().iter().map(ToString::to_string).collect();
        assert!(if told.is_empty() { said.is_empty() } else { said.iter().any(|s| s.contains(told)) }, "{said:?}");
    }

    #[test]
    fn objects_come_one_after_the_other() {
        check(
            false,
            "[{\"a\": 1},\n {\"b\": \"x]}\\\"\", \"a\": [2, 3]} ]",
            &["/0: 1 -", "/1: 2 x]}\"", "/1: 3 x]}\""],
            "",
        );
        check(false, "{\"n\": [1], \"it/ems\" : [ {\"a\": 1}, {\"a\": 2}]}", &["/it~1ems/0: 1", "/it~1ems/1: 2"], "");
        check(false, "{\"a\": {\"b\": [1]}}", &["/0: 1"], "");
        check(true, "{\"a\": 1}\n\n{\"a\": 2}", &["line=0,1: 1", "line=2,3: 2"], "");
        check(false, "[{\"a\": 1}, 7, \"x\", {\"a\": 2}]", &["/0: 1", "/3: 2"], "/1 is no object");
        check(false, "[{\"a\": 1},\n{\"a\" 2},\n{\"a\": 3}]", &["/0: 1", "/2: 3"], "t.json:2:1: error: /1 is no JSON");
        check(false, "[{\"a\": 1},\n{\"a\": ", &["/0: 1"], "t.json:2:1: error: the file ends before its JSON does");
        check(
            false,
            "{\"v\": 1, \"i\": [{\"a\": 1}], \"j\": [{\"a\": 2}]}",
            &["/i/0: 1"],
            "what stands behind /i is not read",
        );
        check(false, "[]", &[], "no records");
        check(true, "7\n", &[], "is no object");
    }
}
