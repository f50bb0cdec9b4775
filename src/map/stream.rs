//! Records of any size -> N-Triples, in constant memory and on all processors.
//!
//! Law: the output is that of one row after the other, whatever the number of threads.

use super::Mapping;
use super::evaluate::{Answer, BATCH, Evaluation, Given};
use crate::diagnostic::Diagnostic;
use crate::read::records::{ObjectReader, StreamRow, TableReader};
use crate::vocab;
use oxigraph::model::{NamedNode, Term, Variable};
use rayon::prelude::*;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::io::{BufRead, Read, Write};

/// What went through.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Streamed {
    /// Number of rows.
    pub rows: usize,
    /// Number of triples; the same of two rows count twice.
    pub triples: usize,
    /// What is wrong with some rows.
    pub findings: Vec<Diagnostic>,
}

/// Where rows come from, one batch after the other.
pub trait RowSource {
    /// Names of the columns.
    fn columns(&self) -> &[String];
    /// The next rows, about `most`; none at the end.
    ///
    /// # Errors
    /// It cannot be read further.
    fn next_rows(&mut self, most: usize) -> Result<Vec<StreamRow>, Diagnostic>;
    /// What was wrong with them; asked once, at the end.
    fn doubts(&mut self) -> Vec<Diagnostic>;
}

impl<R: Read> RowSource for TableReader<R> {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next_rows(&mut self, most: usize) -> Result<Vec<StreamRow>, Diagnostic> {
        let row = |(number, cells)| StreamRow { number, fragment: String::new(), cells };
        Ok(self.next_batch(most)?.into_iter().map(row).collect())
    }

    fn doubts(&mut self) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut self.findings);
        found.extend(Self::doubts(self));
        found
    }
}

impl<R: BufRead> RowSource for ObjectReader<R> {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next_rows(&mut self, most: usize) -> Result<Vec<StreamRow>, Diagnostic> {
        self.next_batch(most)
    }

    fn doubts(&mut self) -> Vec<Diagnostic> {
        Self::doubts(self)
    }
}

/// Writes what `mapping` makes of the rows of `rows` to `out`. With `source`, an IRI, each subject is also said to be
/// `prov:wasDerivedFrom` its record.
///
/// # Errors
/// The mapping names columns that are not there, or fails; the records or the output cannot be read or written.
pub fn stream_rows(
    rows: &mut dyn RowSource,
    name: &str,
    mapping: &Mapping,
    source: Option<&NamedNode>,
    out: &mut impl Write,
) -> Result<Streamed, Diagnostic> {
    mapping.check_columns(rows.columns(), name)?;
    let columns = rows.columns().to_vec();
    let evaluation = Evaluation::new(mapping, &columns)?;
    let writer = RowWriter::new(mapping, evaluation.wanted(), source);
    let mut done = Streamed::default();
    let step = BATCH * rayon::current_num_threads().max(1) * 2;
    loop {
        let batch = rows.next_rows(step)?;
        if batch.is_empty() {
            break;
        }
        done.rows += batch.len();
        let written =
            batch.par_chunks(BATCH).map(|chunk| writer.write(&evaluation, chunk)).collect::<Result<Vec<_>, _>>()?;
        for (bytes, triples) in written {
            done.triples += triples;
            out.write_all(&bytes).map_err(|cause| Diagnostic::error("standard output", cause.to_string()))?;
        }
    }
    done.findings.extend(rows.doubts());
    if done.triples == 0 && done.rows > 0 {
        let message = format!("the mapping makes nothing of the {} rows of {name}", done.rows);
        done.findings.push(Diagnostic::warning(&mapping.name, message).hint("look at its FILTER and BIND"));
    }
    Ok(done)
}

/// A term of the template: fixed text, or the value of a wanted variable, or a blank node of the row.
enum Slot {
    Fixed(String),
    Value(usize),
    Blank(String),
}

struct RowWriter<'s> {
    triples: Vec<[Slot; 3]>,
    source: Option<&'s NamedNode>,
}

impl<'s> RowWriter<'s> {
    fn new(mapping: &Mapping, wanted: &[Variable], source: Option<&'s NamedNode>) -> Self {
        let at = |v: &Variable| wanted.iter().position(|w| w == v).map(Slot::Value);
        let term = |term: &TermPattern| match term {
            TermPattern::NamedNode(node) => Some(Slot::Fixed(node.to_string())),
            TermPattern::Literal(literal) => Some(Slot::Fixed(literal.to_string())),
            TermPattern::BlankNode(node) => Some(Slot::Blank(node.as_str().to_owned())),
            TermPattern::Variable(v) => at(v),
            TermPattern::Triple(_) => None,
        };
        let triple = |triple: &TriplePattern| {
            let predicate = match &triple.predicate {
                NamedNodePattern::NamedNode(node) => Some(Slot::Fixed(node.to_string())),
                NamedNodePattern::Variable(v) => at(v),
            };
            Some([term(&triple.subject)?, predicate?, term(&triple.object)?])
        };
        Self { triples: mapping.template.iter().filter_map(triple).collect(), source }
    }

    fn write(&self, evaluation: &Evaluation<'_>, rows: &[StreamRow]) -> Result<(Vec<u8>, usize), Diagnostic> {
        let batch: Vec<Given<'_>> = rows
            .iter()
            .map(|row| Given { index: row.number, number: row.number.to_string(), cells: &row.cells })
            .collect();
        let (mut bytes, mut count) = (Vec::with_capacity(rows.len() * 512), 0);
        for answer in evaluation.answer(&batch)? {
            let mut subjects = Vec::new();
            for triple in &self.triples {
                if let Some(subject) = self.write_triple(triple, &answer, &mut bytes) {
                    count += 1;
                    subjects.push(subject);
                }
            }
            let row = rows.binary_search_by_key(&answer.index, |row| row.number).ok().and_then(|at| rows.get(at));
            count += row.map_or(0, |row| self.write_evidence(subjects, row, &mut bytes));
        }
        Ok((bytes, count))
    }

    /// Writes one triple where all of it has a value and none of it is out of place; gives its subject where evidence is wanted.
    fn write_triple(
        &self,
        [subject, predicate, object]: &[Slot; 3],
        answer: &Answer,
        out: &mut Vec<u8>,
    ) -> Option<Vec<u8>> {
        let start = out.len();
        let mut end = start;
        let mut write = |slot: &Slot, fits: &dyn Fn(&Term) -> bool| {
            let written = write_slot(slot, answer, out, fits);
            (written, out.len())
        };
        let (mut whole, subject_end) = write(subject, &|t| !matches!(t, Term::Literal(_)));
        if whole {
            end = subject_end;
            whole = write(predicate, &|t| matches!(t, Term::NamedNode(_))).0 && write(object, &|_| true).0;
        }
        if !whole {
            out.truncate(start);
            return None;
        }
        out.extend_from_slice(b".\n");
        Some(if self.source.is_some() { out.get(start..end).unwrap_or_default().to_vec() } else { Vec::new() })
    }

    /// Says of each subject once from which record it comes.
    fn write_evidence(&self, mut subjects: Vec<Vec<u8>>, row: &StreamRow, out: &mut Vec<u8>) -> usize {
        let Some(source) = self.source else { return 0 };
        subjects.sort();
        subjects.dedup();
        let of_table = format!("row={}", row.number);
        let fragment = if row.fragment.is_empty() { &of_table } else { &row.fragment };
        let record = vocab::iri(&format!("{}#{fragment}", source.as_str()));
        for subject in &subjects {
            out.extend_from_slice(subject);
            let _ = writeln!(out, "<http://www.w3.org/ns/prov#wasDerivedFrom> {record} .");
        }
        subjects.len()
    }
}

fn write_slot(slot: &Slot, answer: &Answer, out: &mut Vec<u8>, fits: &dyn Fn(&Term) -> bool) -> bool {
    match slot {
        Slot::Fixed(text) => out.extend_from_slice(text.as_bytes()),
        Slot::Blank(name) => drop(write!(out, "_:r{}{name}", answer.index)),
        Slot::Value(at) => match answer.values.get(*at).and_then(Option::as_ref).filter(|t| fits(t)) {
            Some(term) => drop(write!(out, "{term}")),
            None => return false,
        },
    }
    out.push(b' ');
    true
}
