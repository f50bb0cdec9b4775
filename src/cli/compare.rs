//! `dossier compare`: two names, or a file of pairs -> how likely they name the same, and why.

use super::Outcome;
use super::args::CompareArgs;
use super::terminal::{BOLD, DIM, Output, cannot_write, report_diagnostics};
use dossier::diagnostic::Diagnostic;
use dossier::error::{Error, Result};
use dossier::resolve::matcher::{NameFamily, PreparedName, Weights, compare, explain};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::rc::Rc;

/// Compares two names or all pairs of a file.
pub(super) fn run(args: &CompareArgs) -> Result<Outcome> {
    match (&args.pairs, args.names.as_slice()) {
        (Some(path), _) => compare_file(path, args),
        (None, [a, b]) => compare_two(a, b, args),
        (None, _) => Err(Error::with_hint(
            "two names are needed",
            "dossier compare \"Ana Ilves\" \"A. Ilves\", or --pairs FILE.csv for many",
        )),
    }
}

fn compare_two(a: &str, b: &str, args: &CompareArgs) -> Result<Outcome> {
    let family = args.schema.as_deref().map_or_else(|| NameFamily::guess(&[a, b]), NameFamily::of_schema);
    let (first, second) = (PreparedName::new(a, family), PreparedName::new(b, family));
    let weights = Weights::embedded();
    let score = compare(&first, &second, weights);
    let verdict = if score >= args.threshold { "match" } else { "no match" };
    let mut out = Output::styled();
    let mut write = || -> io::Result<()> {
        writeln!(out, "{BOLD}{score:.2}{BOLD:#}  {verdict}  {DIM}({}){DIM:#}", family.describe())?;
        if args.explain {
            write_reasons(&first, &second, weights, &mut out)?;
        }
        out.flush()
    };
    write().map_err(cannot_write)?;
    Ok(Outcome::Complete)
}

fn write_reasons(a: &PreparedName, b: &PreparedName, weights: &Weights, out: &mut impl Write) -> io::Result<()> {
    let reasons = explain(a, b, weights);
    if reasons.is_empty() {
        return writeln!(out, "they have no word in common that tells anything");
    }
    writeln!(out, "{DIM}  adds   feature            what it says{DIM:#}")?;
    for reason in &reasons {
        let times =
            if (reason.value - 1.0).abs() < 0.005 { String::new() } else { format!(" (× {:.2})", reason.value) };
        let (name, says) = (reason.feature.name(), reason.feature.says().trim());
        writeln!(out, "{:>+6.2}   {name:<18} {says}{times}", reason.adds())?;
    }
    let sum: f32 = reasons.iter().map(|r| r.adds()).sum();
    writeln!(
        out,
        "{DIM}{sum:>+6.2}   log odds in all: 1 / (1 + e^{:.2}) = {:.2}{DIM:#}",
        -sum,
        1.0 / (1.0 + (-sum).exp())
    )
}

/// The columns that a file of pairs needs.
const COLUMNS: [&str; 3] = ["schema", "name1", "name2"];

fn compare_file(path: &Path, args: &CompareArgs) -> Result<Outcome> {
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|cause| Error::file("read", path, cause))?)
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let head = reader.headers().map_err(|cause| Error::new(format!("{}: {cause}", path.display())))?.clone();
    let find =
        |name: &str| head.iter().position(|h| h.trim().trim_start_matches('\u{feff}').eq_ignore_ascii_case(name));
    let [Some(schema), Some(name1), Some(name2)] = COLUMNS.map(find) else {
        let missing: Vec<&str> = COLUMNS.into_iter().filter(|c| find(c).is_none()).collect();
        return Err(Error::with_hint(
            format!("{} has no column {}", path.display(), missing.join(", ")),
            "the first line names the columns: schema (Person, Company, …), name1, name2; others are ignored",
        ));
    };
    let mut pairs = Pairs { prepared: HashMap::new(), weights: Weights::embedded() };
    let mut diagnostics = Vec::new();
    let mut out = csv::Writer::from_writer(Output::open());
    let mut put = |cells: &[&str]| out.write_record(cells).map_err(cannot_write);
    put(&["schema", "name1", "name2", "score", "match"])?;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(cause) => {
                diagnostics.push(Diagnostic::error(path.display().to_string(), format!("a row is no CSV: {cause}")));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line) as usize;
        let (Some(a), Some(b)) = (record.get(name1), record.get(name2)) else {
            let message = format!("the row has {} of {} columns", record.len(), head.len());
            let told = Diagnostic::error(path.display().to_string(), message).at(line.max(1), 1);
            diagnostics.push(told.hint("give it name1 and name2; the row is left out"));
            continue;
        };
        let schema = record.get(schema).unwrap_or_default();
        let score = pairs.score(NameFamily::of_schema(schema.trim()), a, b);
        let verdict = if score >= args.threshold { "true" } else { "false" };
        put(&[schema, a, b, &format!("{score:.4}"), verdict])?;
    }
    out.flush().map_err(cannot_write)?;
    report_diagnostics(&diagnostics);
    Ok(Outcome::flawed_if(!diagnostics.is_empty()))
}

/// Names are prepared once, however many pairs they stand in.
struct Pairs {
    prepared: HashMap<(NameFamily, String), Rc<PreparedName>>,
    weights: &'static Weights,
}

impl Pairs {
    fn score(&mut self, family: NameFamily, a: &str, b: &str) -> f32 {
        let (a, b) = (self.prepare(family, a), self.prepare(family, b));
        compare(&a, &b, self.weights)
    }

    fn prepare(&mut self, family: NameFamily, name: &str) -> Rc<PreparedName> {
        let new = || Rc::new(PreparedName::new(name, family));
        Rc::clone(self.prepared.entry((family, name.to_owned())).or_insert_with(new))
    }
}
