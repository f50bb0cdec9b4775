//! Text of a table -> rows.
//!
//! Law: no row is dropped in silence. A row that is too short or too long is read as far as it fits the header and said; a quote that
//! never ends costs its own row, not those behind it.

use super::{Dialect, Record, Rows};
use crate::diagnostic::Diagnostic;
use csv::ByteRecord;
use std::io::Read;

/// Diagnostics of one sort that are told one by one; the others are counted.
const TOLD: usize = 5;

/// Reads a table that is at hand.
pub(super) fn read_table(name: &str, text: &str) -> Result<Rows, Diagnostic> {
    let dialect = Dialect::detect(text);
    let (mut rows, mut ragged) = (Rows::default(), Ragged::default());
    let (mut from, mut number, mut line) = (0, 0, 1);
    while let Some(broken) = read_from(text, from, dialect, (&mut number, line), name, &mut rows, &mut ragged)? {
        let place = line + lines_in(text, from..broken);
        let message = "a quotation mark opens here and does not end in its row: the row is left out";
        rows.findings.push(
            Diagnostic::error(name, message).at(place, 1).hint("close it, or double the marks inside a quoted cell"),
        );
        number += 1;
        let next = text.get(broken..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| broken + at + 1);
        line += lines_in(text, from..next);
        from = next;
    }
    if rows.columns.is_empty() {
        return Err(Diagnostic::error(name, "the table has no header"));
    }
    rows.findings.extend(ragged.tell(name, rows.columns.len()));
    Ok(rows)
}

fn lines_in(text: &str, range: std::ops::Range<usize>) -> usize {
    text.get(range).map_or(0, |part| part.matches('\n').count())
}

/// Reads rows from a byte on; gives the byte at which a row begins whose quotation mark does not end, if there is one.
fn read_from(
    text: &str,
    from: usize,
    dialect: Dialect,
    (number, first_line): (&mut usize, usize),
    name: &str,
    rows: &mut Rows,
    ragged: &mut Ragged,
) -> Result<Option<usize>, Diagnostic> {
    let rest = text.get(from..).unwrap_or_default();
    let mut reader = dialect.reader().from_reader(rest.as_bytes());
    let mut cells = ByteRecord::new();
    loop {
        let more = reader.read_byte_record(&mut cells);
        if !more.map_err(|cause| Diagnostic::error(name, format!("the table cannot be read: {cause}")))? {
            return Ok(None);
        }
        let Some(position) = cells.position() else { continue };
        let start = from + position.byte() as usize;
        let raw = text.get(start..from + reader.position().byte() as usize).unwrap_or_default();
        let start = start + (raw.len() - raw.trim_start_matches(['\n', '\r', '\u{feff}']).len());
        let raw = raw.trim_matches(['\n', '\r', '\u{feff}']);
        if raw.matches('"').count() % 2 == 1 && raw.contains('\n') {
            return Ok(Some(start));
        }
        *number += 1;
        let line = first_line + position.line() as usize - 1;
        if rows.columns.is_empty() {
            let (columns, findings) = name_columns(name, &cells, line);
            rows.columns = columns;
            rows.findings.extend(findings);
            continue;
        }
        ragged.note(line, cells.len(), rows.columns.len());
        rows.records.push(Record {
            fragment: format!("row={number}"),
            bytes: start..start + raw.len(),
            line,
            cells: take_cells(&cells, rows.columns.len()),
            part: 0,
        });
    }
}

/// The cells as far as there are columns; an empty one is none.
pub(super) fn take_cells(cells: &ByteRecord, columns: usize) -> Vec<Option<String>> {
    let read = |cell: &[u8]| {
        let text = String::from_utf8_lossy(cell);
        Some(text.trim()).filter(|t| !t.is_empty()).map(str::to_owned)
    };
    (0..columns).map(|i| cells.get(i).and_then(read)).collect()
}

/// Rows that are not as wide as the header.
#[derive(Debug, Default)]
pub(super) struct Ragged {
    told: Vec<(usize, usize)>,
    more: usize,
}

impl Ragged {
    pub(super) fn note(&mut self, line: usize, cells: usize, columns: usize) {
        match cells == columns {
            true => {}
            false if self.told.len() < TOLD => self.told.push((line, cells)),
            false => self.more += 1,
        }
    }

    pub(super) fn tell(&self, name: &str, columns: usize) -> Vec<Diagnostic> {
        let tell = |(line, cells): &(usize, usize)| {
            let what = if *cells < columns {
                "the missing cells are empty"
            } else {
                "what stands beyond the header is left out"
            };
            let message = format!("the row has {cells} cells, the header {columns}: {what}");
            Diagnostic::warning(name, message).at(*line, 1).hint("quote cells that hold the delimiter")
        };
        let mut findings: Vec<Diagnostic> = self.told.iter().map(tell).collect();
        if self.more > 0 {
            findings.push(Diagnostic::warning(name, format!("{} more rows are not as wide as the header", self.more)));
        }
        findings
    }
}

/// Columns as variables of SPARQL can be named: what is no letter or digit becomes `_`, a name that comes again gets a number.
pub(super) fn name_columns(name: &str, header: &ByteRecord, line: usize) -> (Vec<String>, Vec<Diagnostic>) {
    let (mut columns, mut findings): (Vec<String>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
    for (i, cell) in header.iter().enumerate() {
        let text = String::from_utf8_lossy(cell);
        let written = text.trim().trim_start_matches('\u{feff}');
        let plain = variable_name(written);
        let plain = if plain.is_empty() { format!("column_{}", i + 1) } else { plain };
        let mut column = plain.clone();
        let mut again = 1;
        while columns.contains(&column) {
            again += 1;
            column = format!("{plain}_{again}");
        }
        if again > 1 {
            let message = format!("two columns are called `{written}`: column {} is ?{column} to the mapping", i + 1);
            findings.push(Diagnostic::warning(name, message).at(line, 1).hint("give each column a name of its own"));
        }
        columns.push(column);
    }
    (columns, findings)
}

/// Letters, digits and single `_` between them.
pub(super) fn variable_name(written: &str) -> String {
    let parts = written.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_")
}

/// A row's number and its cells; an empty cell is none.
pub(super) type Numbered = (usize, Vec<Option<String>>);

/// Rows of a table as a stream, in constant memory: `dossier map --with`.
pub struct TableReader<R> {
    reader: csv::Reader<R>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// What is wrong with the header.
    pub findings: Vec<Diagnostic>,
    number: usize,
    ragged: Ragged,
    name: String,
}

impl<R: Read> TableReader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// It cannot be read, or there is none.
    pub fn open(name: &str, dialect: Dialect, from: R) -> Result<Self, Diagnostic> {
        let mut reader = dialect.reader().buffer_capacity(1 << 18).from_reader(from);
        let mut header = ByteRecord::new();
        let more = reader.read_byte_record(&mut header);
        let more = more.map_err(|cause| Diagnostic::error(name, format!("the table cannot be read: {cause}")))?;
        if !more {
            return Err(Diagnostic::error(name, "the table has no header"));
        }
        let line = header.position().map_or(1, |p| p.line() as usize);
        let (columns, findings) = name_columns(name, &header, line);
        Ok(Self { reader, columns, findings, number: 1, ragged: Ragged::default(), name: name.to_owned() })
    }

    /// The next rows, at most `most`, each with its number; empty at the end.
    ///
    /// # Errors
    /// The file cannot be read further.
    pub fn next_batch(&mut self, most: usize) -> Result<Vec<Numbered>, Diagnostic> {
        let mut batch = Vec::with_capacity(most);
        let mut cells = ByteRecord::new();
        while batch.len() < most {
            let more = self.reader.read_byte_record(&mut cells);
            if !more.map_err(|c| Diagnostic::error(&self.name, format!("the table cannot be read further: {c}")))? {
                break;
            }
            self.number += 1;
            self.ragged.note(cells.position().map_or(0, |p| p.line() as usize), cells.len(), self.columns.len());
            batch.push((self.number, take_cells(&cells, self.columns.len())));
        }
        Ok(batch)
    }

    /// What was wrong with the rows that were read.
    pub fn doubts(&self) -> Vec<Diagnostic> {
        self.ragged.tell(&self.name, self.columns.len())
    }
}
