//! Text of a table -> its dialect: what parts cells, and whether remarks stand above the header.
//!
//! Law: the dialect is a function of the first lines alone, so that a file reads alike whole or as a stream.

use csv::ReaderBuilder;

/// How a table is written (RFC 4180 and its kin).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two cells.
    pub delimiter: u8,
    /// Whether lines that begin with `#` are remarks: one of the first does, with a space behind it.
    pub remarks: bool,
}

/// What may part cells, the most usual first.
const DELIMITERS: &[u8] = b",;\t|";
/// Rows that are looked at.
const ROWS: usize = 60;
/// Lines among which remarks stand, if there are any.
const REMARKS: usize = 10;
/// Bytes that are looked at.
const SAMPLE: usize = 1 << 16;

impl Dialect {
    /// The dialect of the table that begins with `head`: of the delimiters that give rows of several cells the one that gives most
    /// rows as many cells as the header.
    pub fn detect(head: &str) -> Self {
        let mut end = head.len().min(SAMPLE);
        while !head.is_char_boundary(end) {
            end -= 1;
        }
        let head = head.get(..end).unwrap_or_default();
        let remarks = head.trim_start_matches('\u{feff}').lines().take(REMARKS).any(|line| line.starts_with("# "));
        let mut best = (0.0, DELIMITERS.first().copied().unwrap_or(b','));
        for delimiter in DELIMITERS {
            let score = Self { delimiter: *delimiter, remarks }.score(head);
            if score > best.0 {
                best = (score, *delimiter);
            }
        }
        Self { delimiter: best.1, remarks }
    }

    /// How well the delimiter fits: the share of rows as wide as the header, and a little for each cell.
    fn score(self, head: &str) -> f64 {
        let mut reader = self.reader().from_reader(head.as_bytes());
        let widths: Vec<usize> = reader.byte_records().take(ROWS).flatten().map(|r| r.len()).collect();
        let Some(header) = widths.first().copied().filter(|width| *width > 1) else { return 0.0 };
        let alike = widths.iter().filter(|width| **width == header).count();
        alike as f64 / widths.len() as f64 + header.min(50) as f64 / 1000.0
    }

    /// A reader of rows; the header is a row like any other.
    pub(super) fn reader(self) -> ReaderBuilder {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.delimiter).flexible(true).has_headers(false);
        builder.comment(self.remarks.then_some(b'#'));
        builder
    }
}
