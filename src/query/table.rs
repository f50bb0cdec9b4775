//! An answer as a table for people: labels instead of IRIs, as wide as the terminal.

use super::{Answer, Found};
use crate::error::Result;
use crate::ontology::classes::Classes;
use crate::vocab;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::store::Store;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the table, with the labels of a store or with IRIs; the outer error is of the vocabulary, the inner one of `out`.
pub(super) fn write(
    answer: &Answer,
    store: Option<&Store>,
    out: &mut impl Write,
    width: u16,
) -> Result<io::Result<()>> {
    let mut labels = Labels::new(store)?;
    let (header, rows): (Vec<String>, Vec<Vec<Option<Term>>>) = match &answer.found {
        Found::Boolean(value) => return Ok(writeln!(out, "{}", if *value { "yes" } else { "no" })),
        Found::Solutions { variables, rows } => {
            (variables.iter().map(|v| v.as_str().replace('_', " ")).collect(), rows.clone())
        }
        Found::Graph(triples) => {
            let row = |t: &oxigraph::model::Triple| {
                vec![Some(t.subject.clone().into()), Some(t.predicate.clone().into()), Some(t.object.clone())]
            };
            (["subject", "predicate", "object"].map(str::to_owned).to_vec(), triples.iter().map(row).collect())
        }
    };
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width.max(20)).set_header(header);
    for row in &rows {
        table.add_row(row.iter().map(|term| labels.cell(term.as_ref())));
    }
    Ok(writeln!(out, "{}", table.trim_fmt()))
}

/// Labels of IRIs, each looked up once.
struct Labels<'a> {
    store: Option<&'a Store>,
    classes: Classes,
    known: BTreeMap<NamedNode, String>,
}

impl<'a> Labels<'a> {
    fn new(store: Option<&'a Store>) -> Result<Self> {
        Ok(Self { store, classes: Classes::embedded()?, known: BTreeMap::new() })
    }

    fn cell(&mut self, term: Option<&Term>) -> Cell {
        let Some(term) = term else { return Cell::new("") };
        let text = self.show(term);
        let is_number = matches!(term, Term::Literal(literal) if is_numeric(literal.datatype()));
        Cell::new(text).set_alignment(if is_number { CellAlignment::Right } else { CellAlignment::Left })
    }

    fn show(&mut self, term: &Term) -> String {
        match term {
            Term::NamedNode(iri) => self.label(iri),
            Term::BlankNode(node) => node.to_string(),
            Term::Literal(literal) if is_numeric(literal.datatype()) => group_digits(literal.value()),
            Term::Literal(literal) => literal.value().split_whitespace().collect::<Vec<_>>().join(" "),
            Term::Triple(triple) => {
                let subject = self.show(&triple.subject.clone().into());
                format!("{subject} {} {}", self.label(&triple.predicate), self.show(&triple.object))
            }
        }
    }

    fn label(&mut self, iri: &NamedNode) -> String {
        if let Some(known) = self.known.get(iri) {
            return known.clone();
        }
        let label = self.look_up(iri);
        self.known.insert(iri.clone(), label.clone());
        label
    }

    fn look_up(&self, iri: &NamedNode) -> String {
        let Some(store) = self.store else { return vocab::shorten(iri.as_str()) };
        if let Some(term) = iri.as_str().strip_prefix(vocab::DOS).and_then(|local| self.classes.get(local)) {
            return term.label.clone();
        }
        let properties = [("skos", "prefLabel"), ("rdfs", "label"), ("dcterms", "title"), ("dos", "fileName")];
        let found =
            properties.iter().find_map(|(prefix, local)| value(store, iri.as_ref(), vocab::term(prefix, local)));
        found.unwrap_or_else(|| passage(store, iri).unwrap_or_else(|| vocab::shorten(iri.as_str())))
    }
}

/// The least value of a property, so that two labels are no matter of chance.
fn value(store: &Store, subject: NamedNodeRef<'_>, property: NamedNode) -> Option<String> {
    let quads = store.quads_for_pattern(Some(subject.into()), Some(property.as_ref()), None, None);
    let literals = quads.flatten().filter_map(|quad| match quad.object {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    });
    literals.min()
}

/// A passage as its file and place: `wire-1.txt 0–46`, `companies.csv row=17`.
fn passage(store: &Store, iri: &NamedNode) -> Option<String> {
    let (source, place) = iri.as_str().split_once('#')?;
    let file = value(store, NamedNodeRef::new(source).ok()?, vocab::dos("fileName"))?;
    let place = place.strip_prefix("char=").map_or_else(|| place.to_owned(), |p| p.replace(',', "–"));
    Some(format!("{file} {place}"))
}

fn is_numeric(datatype: NamedNodeRef<'_>) -> bool {
    let local = datatype.as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#");
    matches!(local, Some("integer" | "decimal" | "double" | "float" | "nonNegativeInteger"))
}

/// `22000000` as `22,000,000`; four digits and fewer stay, so that years stay years.
fn group_digits(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    if whole.len() < 5 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}
