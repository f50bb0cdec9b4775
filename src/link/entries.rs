//! Dataset -> entries, in batches, as a stream.
//!
//! Law: memory does not grow with the dataset; an entry that cannot be read is counted and said.

use super::dataset::{Carried, Dataset, Format, Place};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::map::plain_number;
use crate::ontology::EntityType;
use crate::read::records::{Dialect, TableReader, open_table, open_unpacked};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::io::{BufRead, Read};
use std::path::Path;

/// One entry of a dataset.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// Its IRI.
    pub iri: String,
    /// Its names, the best first.
    pub names: Vec<String>,
    /// Its class, where it is said.
    pub class: Option<EntityType>,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: Option<String>,
    /// IRIs that are its others.
    pub also: Vec<String>,
    /// Figures of it.
    pub figures: Vec<Figure>,
}

/// A figure of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it measures.
    pub indicator: String,
    /// The figure.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// The year it is for.
    pub period: Option<String>,
}

/// What is to be said of a dataset whose entries were handed on.
#[derive(Debug, Default)]
pub struct Streamed {
    /// What was wrong with some of them.
    pub findings: Vec<Diagnostic>,
    /// IRIs of the subjects of which it could not be asked.
    pub unanswered: Vec<String>,
}

/// Entries that are handed on together.
const BATCH: usize = 4096;

/// Hands the entries of a dataset to `take`, batch by batch; `at` is the user's file.
///
/// # Errors
/// The dataset cannot be found or read, or is not what its description says.
pub fn stream_entries(
    dataset: &Dataset,
    at: Option<&Path>,
    take: &mut dyn FnMut(Vec<Entry>) -> Result<()>,
) -> Result<Streamed> {
    let place = dataset.main_place(at)?;
    let findings = match dataset.format {
        Format::Table => stream_table(dataset, &place, take),
        Format::Ftm => stream_lines(dataset, &place, take, &read_ftm),
        Format::Wikidata => stream_lines(dataset, &place, take, &read_wikidata),
        Format::Rdf => stream_rdf(dataset, &place, take),
    };
    Ok(Streamed { findings: findings?, unanswered: Vec::new() })
}

fn stop(found: Diagnostic) -> Error {
    Error::with_hint(found.to_string().lines().next().unwrap_or_default().to_owned(), found.hint.unwrap_or_default())
}

/// A table, wherever it lies.
fn open(dataset: &Dataset, place: &Place) -> Result<TableReader<Box<dyn Read + Send>>> {
    match place {
        Place::File(path) if dataset.columns.is_empty() => open_table(path).map_err(stop),
        Place::File(path) => {
            let header = format!("{}\n", dataset.columns.join("\t"));
            let rest = open_unpacked(path).map_err(stop)?;
            let whole: Box<dyn Read + Send> = Box::new(std::io::Cursor::new(header.into_bytes()).chain(rest));
            let dialect = Dialect { delimiter: b'\t', remarks: false };
            TableReader::open(&path.display().to_string(), dialect, whole).map_err(stop)
        }
        Place::Shipped(bytes) => {
            let dialect = Dialect::detect(std::str::from_utf8(bytes).unwrap_or_default());
            TableReader::open(&dataset.dataset, dialect, Box::new(*bytes) as Box<dyn Read + Send>).map_err(stop)
        }
    }
}

fn stream_table(
    dataset: &Dataset,
    place: &Place,
    take: &mut dyn FnMut(Vec<Entry>) -> Result<()>,
) -> Result<Vec<Diagnostic>> {
    let joined = dataset.with.iter().map(|with| Side::load(dataset, with)).collect::<Result<Vec<_>>>()?;
    let mut table = open(dataset, place)?;
    let columns = Columns(table.columns.clone());
    for name in dataset.names.iter().chain(&dataset.id).chain(&dataset.country) {
        columns.check(name, dataset)?;
    }
    let mut findings = table.findings.clone();
    loop {
        let rows = table.next_batch(BATCH).map_err(stop)?;
        if rows.is_empty() {
            break;
        }
        let entries = rows.iter().filter_map(|(_, cells)| {
            let row = Row { columns: &columns, cells };
            let mut entry = read_row(dataset, row)?;
            joined.iter().for_each(|side| side.add_to(&mut entry, row));
            Some(entry)
        });
        take(entries.collect())?;
    }
    findings.extend(table.doubts());
    Ok(findings)
}

/// Names of columns.
struct Columns(Vec<String>);

impl Columns {
    fn check(&self, name: &str, dataset: &Dataset) -> Result<()> {
        if self.0.iter().any(|column| column == name) {
            return Ok(());
        }
        let hint = format!("its columns are {}", self.0.join(", "));
        Err(Error::with_hint(format!("the file of {} has no column `{name}`", dataset.dataset), hint))
    }
}

#[derive(Clone, Copy)]
struct Row<'a> {
    columns: &'a Columns,
    cells: &'a [Option<String>],
}

impl<'a> Row<'a> {
    fn get(self, column: &str) -> Option<&'a str> {
        let at = self.columns.0.iter().position(|c| c == column)?;
        self.cells.get(at)?.as_deref()
    }

    fn list(self, column: &str, mark: Option<&str>) -> Vec<String> {
        let Some(cell) = self.get(column) else { return Vec::new() };
        let parts: Vec<&str> = mark.map_or_else(|| vec![cell], |mark| cell.split(mark).collect());
        parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect()
    }

    fn figures(self, carried: &[Carried]) -> Vec<Figure> {
        let read = |c: &Carried| {
            let value = plain_number(self.get(&c.column)?)?.parse().ok()?;
            let period = c.period.as_ref().and_then(|p| self.get(p)).map(str::to_owned);
            Some(Figure { indicator: c.indicator.clone(), value, unit: c.unit.clone(), period })
        };
        carried.iter().filter_map(read).collect()
    }
}

fn read_row(dataset: &Dataset, row: Row<'_>) -> Option<Entry> {
    let id = row.get(dataset.id.as_deref()?)?;
    let class = match &dataset.type_of {
        Some(column) => match row.get(column).and_then(|c| dataset.classes.get(c)) {
            None if !dataset.classes.is_empty() => return None,
            class => class.copied(),
        },
        None => dataset.class,
    };
    let also = dataset.also.iter().filter_map(|a| Some(a.iri.replace("{}", row.get(&a.column)?)));
    Some(Entry {
        iri: dataset.iri_of(id),
        names: dataset.names.iter().flat_map(|c| row.list(c, dataset.list.as_deref())).collect(),
        class: class.or(dataset.class),
        country: dataset.country.as_ref().and_then(|c| row.get(c)).map(str::to_owned),
        also: also.collect(),
        figures: row.figures(&dataset.values),
    })
}

/// The values of two columns of a table of the dataset, row by row.
pub(super) fn read_pairs(dataset: &Dataset, at: &str, pair: [&str; 2]) -> Result<Vec<(String, String)>> {
    let mut table = open(dataset, &dataset.place(at)?)?;
    let columns = Columns(table.columns.clone());
    pair.iter().try_for_each(|column| columns.check(column, dataset))?;
    let mut pairs = Vec::new();
    loop {
        let batch = table.next_batch(BATCH).map_err(stop)?;
        if batch.is_empty() {
            return Ok(pairs);
        }
        let [one, other] = pair;
        let rows = batch.iter().map(|(_, cells)| Row { columns: &columns, cells });
        pairs.extend(rows.filter_map(|row| Some((row.get(one)?.to_owned(), row.get(other)?.to_owned()))));
    }
}

/// A joined table, by its key.
struct Side {
    key: String,
    rows: FxHashMap<String, (Vec<String>, Vec<Figure>)>,
}

impl Side {
    fn load(dataset: &Dataset, with: &super::dataset::Joined) -> Result<Self> {
        let mut table = open(dataset, &dataset.place(&with.at)?)?;
        let columns = Columns(table.columns.clone());
        columns.check(&with.key, dataset)?;
        let mut rows = FxHashMap::default();
        loop {
            let batch = table.next_batch(BATCH).map_err(stop)?;
            if batch.is_empty() {
                break;
            }
            for (_, cells) in &batch {
                let row = Row { columns: &columns, cells };
                let Some(key) = row.get(&with.key) else { continue };
                let names = with.names.iter().flat_map(|c| row.list(c, dataset.list.as_deref())).collect();
                rows.insert(key.to_owned(), (names, row.figures(&with.values)));
            }
        }
        Ok(Self { key: with.key.clone(), rows })
    }

    fn add_to(&self, entry: &mut Entry, row: Row<'_>) {
        if let Some((names, figures)) = row.get(&self.key).and_then(|key| self.rows.get(key)) {
            entry.names.extend(names.iter().cloned());
            entry.figures.extend(figures.iter().cloned());
        }
    }
}

/// Lines of JSON, each an entry or none.
fn stream_lines(
    dataset: &Dataset,
    place: &Place,
    take: &mut dyn FnMut(Vec<Entry>) -> Result<()>,
    read: &(dyn Fn(&Dataset, &Value) -> Option<Entry> + Sync),
) -> Result<Vec<Diagnostic>> {
    use rayon::prelude::*;
    let (name, mut lines) = lines_of(place)?;
    let (mut broken, mut first) = (0usize, None);
    let mut number = 0;
    loop {
        let mut batch: Vec<(usize, String)> = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let mut line = String::new();
            match lines.read_line(&mut line) {
                Ok(0) => break,
                Ok(_) => number += 1,
                Err(cause) => return Err(Error::new(format!("{name}:{number}: cannot be read further: {cause}"))),
            }
            let text = line.trim().trim_end_matches(',');
            if text.starts_with('{') {
                batch.push((number, text.to_owned()));
            }
        }
        if batch.is_empty() {
            break;
        }
        let parsed: Vec<std::result::Result<Option<Entry>, usize>> = batch
            .par_iter()
            .map(|(at, text)| serde_json::from_str(text).map(|value| read(dataset, &value)).map_err(|_| *at))
            .collect();
        let mut entries = Vec::new();
        for line in parsed {
            match line {
                Ok(entry) => entries.extend(entry),
                Err(at) => {
                    broken += 1;
                    first = first.or(Some(at));
                }
            }
        }
        take(entries)?;
    }
    let tell = |line| {
        let message = format!("{broken} lines are no JSON, the first here: they are left out");
        Diagnostic::warning(&name, message).at(line, 1)
    };
    Ok(first.map(tell).into_iter().collect())
}

fn lines_of(place: &Place) -> Result<(String, Box<dyn BufRead + Send>)> {
    match place {
        Place::File(path) => Ok((path.display().to_string(), open_unpacked(path).map_err(stop)?)),
        Place::Shipped(bytes) => Ok(("dataset".to_owned(), Box::new(*bytes))),
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn read_ftm(dataset: &Dataset, value: &Value) -> Option<Entry> {
    let (id, schema) = (value.get("id")?.as_str()?, value.get("schema")?.as_str()?);
    let class = crate::map::class_of_schema(schema)?;
    let properties = value.get("properties")?;
    let get = |name: &str| strings(properties.get(name));
    let names: Vec<String> =
        ["name", "alias", "weakAlias", "previousName", "abbreviation"].into_iter().flat_map(get).collect();
    let country = ["country", "jurisdiction", "nationality", "citizenship"].into_iter().flat_map(get).next();
    let wikidata = get("wikidataId").into_iter().map(|q| format!("http://www.wikidata.org/entity/{q}"));
    Some(Entry {
        iri: dataset.iri_of(id),
        names,
        class: Some(class),
        country: country.map(|c| c.to_uppercase()),
        also: wikidata.collect(),
        figures: Vec::new(),
    })
}

fn read_wikidata(dataset: &Dataset, value: &Value) -> Option<Entry> {
    let id = value.get("id")?.as_str()?;
    let claims = value.get("claims")?;
    let targets = |property: &str| -> Vec<String> {
        let list = claims.get(property).and_then(Value::as_array).into_iter().flatten();
        let id = |claim: &Value| Some(claim.pointer("/mainsnak/datavalue/value/id")?.as_str()?.to_owned());
        list.filter_map(id).collect()
    };
    let class = targets("P31").iter().find_map(|c| dataset.classes.get(c).copied());
    if class.is_none() && !dataset.classes.is_empty() {
        return None;
    }
    let wanted = |language: &str| dataset.languages.is_empty() || dataset.languages.iter().any(|l| l == language);
    let mut names = Vec::new();
    for (language, label) in value.get("labels").and_then(Value::as_object).into_iter().flatten() {
        if wanted(language) {
            names.extend(label.get("value").and_then(Value::as_str).map(str::to_owned));
        }
    }
    for (language, list) in value.get("aliases").and_then(Value::as_object).into_iter().flatten() {
        if wanted(language) {
            let aliases = list.as_array().into_iter().flatten();
            names.extend(aliases.filter_map(|a| Some(a.get("value")?.as_str()?.to_owned())));
        }
    }
    let country = targets("P17").into_iter().chain(targets("P27")).find_map(|q| super::known::country_of_wikidata(&q));
    Some(Entry { iri: dataset.iri_of(id), names, class, country, also: Vec::new(), figures: Vec::new() })
}

/// Statements in which one subject's stand together.
fn stream_rdf(
    dataset: &Dataset,
    place: &Place,
    take: &mut dyn FnMut(Vec<Entry>) -> Result<()>,
) -> Result<Vec<Diagnostic>> {
    let (name, reader) = lines_of(place)?;
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = plain.rsplit('.').next().unwrap_or_default();
    let syntax = RdfFormat::from_extension(ending).unwrap_or(RdfFormat::NTriples);
    let (mut batch, mut current, mut typed) = (Vec::new(), Entry::default(), false);
    let mut finish = |entry: Entry, typed: bool, batch: &mut Vec<Entry>| -> Result<()> {
        if !entry.names.is_empty() && (typed || dataset.classes.is_empty()) {
            batch.push(entry);
        }
        if batch.len() >= BATCH { take(std::mem::take(batch)) } else { Ok(()) }
    };
    for quad in RdfParser::from_format(syntax).for_reader(reader) {
        let quad = quad.map_err(|cause| {
            Error::with_hint(format!("{name}: {cause}"), "nothing is linked; mend the file or take another copy")
        })?;
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
        if subject.as_str() != current.iri {
            let next = Entry { iri: subject.into_string(), class: dataset.class, ..Entry::default() };
            finish(std::mem::replace(&mut current, next), typed, &mut batch)?;
            typed = false;
        }
        match quad.object {
            Term::Literal(literal) if dataset.names.iter().any(|n| n == quad.predicate.as_str()) => {
                let named = literal.value().to_owned();
                let wanted = literal
                    .language()
                    .is_none_or(|l| dataset.languages.is_empty() || dataset.languages.iter().any(|w| w == l));
                if wanted && !current.names.contains(&named) {
                    current.names.push(named);
                }
            }
            Term::NamedNode(class) if dataset.type_of.as_deref() == Some(quad.predicate.as_str()) => {
                if let Some(class) = dataset.classes.get(class.as_str()) {
                    current.class = Some(*class);
                    typed = true;
                }
            }
            _ => {}
        }
    }
    finish(current, typed, &mut batch)?;
    take(batch)?;
    Ok(Vec::new())
}
