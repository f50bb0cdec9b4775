//! `dossier query --evidence`: the sentences behind each row.

use super::ask_args::QueryArgs;
use super::query::write_answer;
use super::terminal::{DIM, Output, cannot_write, prose_width};
use dossier::error::{Error, Result};
use dossier::query::{Answer, Format, Found, Limits, NamedQuery, trace_rows};
use dossier::recount::{Quote, cite_rows};
use dossier::store::Store;
use oxigraph::model::{Literal, Term};
use oxigraph::sparql::Variable;
use std::collections::BTreeMap;
use std::io::{self, Write};
use textwrap::{Options, WordSeparator, WordSplitter};

/// The columns that formats for machines get.
const COLUMNS: [&str; 4] = ["evidence", "evidence_source", "evidence_start", "evidence_end"];

/// Asks a query, writes its rows with their sentences, and gives the answer.
pub(super) fn answer_with_evidence(
    store: &Store,
    query: &NamedQuery,
    args: &QueryArgs,
    limits: Limits,
) -> Result<Answer> {
    let (answer, things) = trace_rows(store, &query.text, &query.name, limits)?;
    let Found::Solutions { variables, rows } = &answer.found else {
        let hint = "ask by SELECT, or leave --evidence out";
        return Err(Error::with_hint("only rows of SELECT have sentences behind them", hint));
    };
    let quotes = cite_rows(store, &things)?;
    if args.format == Format::Table {
        let (found, notes) = number(variables, rows, &quotes);
        write_answer(&answer.with(found), args)?;
        let mut out = Output::styled();
        write_notes(&notes, &mut out).and_then(|()| out.flush()).map_err(cannot_write)?;
    } else {
        write_answer(&answer.with(widen(variables, rows, &quotes)), args)?;
    }
    Ok(answer)
}

/// The rows with a column of numbers, and the sentences in the order of their numbers.
fn number<'q>(variables: &[Variable], rows: &[Vec<Option<Term>>], quotes: &'q [Vec<Quote>]) -> (Found, Vec<&'q Quote>) {
    let (mut numbers, mut notes): (BTreeMap<&Quote, usize>, Vec<&Quote>) = (BTreeMap::new(), Vec::new());
    let cell = |quotes: &'q Vec<Quote>| {
        let of_row: Vec<String> = quotes
            .iter()
            .map(|quote| {
                let number = numbers.entry(quote).or_insert_with(|| {
                    notes.push(quote);
                    notes.len()
                });
                number.to_string()
            })
            .collect();
        Some(Literal::from(of_row.join(", ")).into())
    };
    let cells: Vec<Option<Term>> = quotes.iter().map(cell).collect();
    let rows = rows.iter().zip(cells).map(|(row, cell)| row.iter().cloned().chain([cell]).collect()).collect();
    let variables = variables.iter().cloned().chain(named(&COLUMNS[..1])).collect();
    (Found::Solutions { variables, rows }, notes)
}

fn write_notes(notes: &[&Quote], out: &mut impl Write) -> io::Result<()> {
    for (number, quote) in (1..).zip(notes) {
        let head = format!("{number:>4}  ");
        let options = |first| {
            let options = Options::new(prose_width()).initial_indent(first).subsequent_indent("      ");
            options.word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation)
        };
        writeln!(out, "{}", textwrap::fill(&format!("“{}”", quote.words()), options(&head)))?;
        writeln!(out, "{DIM}{}{DIM:#}", textwrap::fill(&quote.credit(), options("      ")))?;
    }
    Ok(())
}

/// One row a sentence, with the sentence, its file and offsets as columns; rows without any keep them empty.
fn widen(variables: &[Variable], rows: &[Vec<Option<Term>>], quotes: &[Vec<Quote>]) -> Found {
    let number = |n: usize| Some(Literal::from(n as u64).into());
    let cells = |quote: &Quote| {
        let text = |text: &str| Some(Literal::from(text).into());
        [text(&quote.quote), text(&quote.source), number(quote.start), number(quote.end)]
    };
    let mut wide = Vec::new();
    for (row, quotes) in rows.iter().zip(quotes) {
        let mut add = |cells: [Option<Term>; 4]| wide.push(row.iter().cloned().chain(cells).collect());
        match quotes.as_slice() {
            [] => add([None, None, None, None]),
            quotes => quotes.iter().map(cells).for_each(add),
        }
    }
    Found::Solutions { variables: variables.iter().cloned().chain(named(&COLUMNS)).collect(), rows: wide }
}

fn named(columns: &'static [&'static str]) -> impl Iterator<Item = Variable> {
    columns.iter().filter_map(|column| Variable::new(*column).ok())
}
