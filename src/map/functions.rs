//! Functions that mappings may call beside those of SPARQL: `dos:number`, `dos:date`, `dos:slug`.
//!
//! Law: a number or date that can be read in two ways is not read.

use crate::date::Date;
use crate::vocab;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};
use spareval::QueryEvaluator;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Their names in the vocabulary.
pub(super) const NAMES: &[&str] = &["number", "date", "slug"];

/// An evaluator that knows them.
pub(super) fn evaluator() -> QueryEvaluator {
    QueryEvaluator::new()
        .with_custom_function(vocab::dos("number"), |arguments| {
            let text = text_of(arguments)?;
            Some(Literal::new_typed_literal(plain_number(&text)?, xsd::DECIMAL).into())
        })
        .with_custom_function(vocab::dos("date"), |arguments| {
            let date = read_date(&text_of(arguments)?)?;
            let precision = match (date.month, date.day) {
                (None, _) => xsd::G_YEAR,
                (Some(_), None) => xsd::G_YEAR_MONTH,
                (Some(_), Some(_)) => xsd::DATE,
            };
            Some(Literal::new_typed_literal(date.to_string(), precision).into())
        })
        .with_custom_function(vocab::dos("slug"), |arguments| {
            Some(Literal::new_simple_literal(vocab::slug(&text_of(arguments)?)).into())
        })
}

fn text_of(arguments: &[Term]) -> Option<String> {
    match arguments.first()? {
        Term::Literal(literal) => Some(literal.value().trim().to_owned()),
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        _ => None,
    }
}

/// A number without separators of thousands, with a point before its fraction: `1,234.5`, `1 234,5`, `1.234.567`, `1'234`. A single
/// comma or point before three digits ends thousands where it is a comma, a fraction where it is a point.
pub(crate) fn plain_number(written: &str) -> Option<String> {
    let text: String =
        written.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '_')).collect();
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    let last = |mark: char| digits.rfind(mark);
    let plain = match (commas, points) {
        (0, 0 | 1) => digits.to_owned(),
        (1, 0) if !groups(digits, ',') => digits.replace(',', "."),
        (_, 0) if groups(digits, ',') => digits.replace(',', ""),
        (0, _) if groups(digits, '.') => digits.replace('.', ""),
        (_, 1) if last('.') > last(',') && groups(digits.split('.').next()?, ',') => digits.replace(',', ""),
        (1, _) if last(',') > last('.') && groups(digits.split(',').next()?, '.') => {
            digits.replace('.', "").replace(',', ".")
        }
        _ => return None,
    };
    let valid = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') && plain.bytes().any(|b| b.is_ascii_digit());
    valid.then(|| format!("{sign}{plain}"))
}

/// Whether a mark parts groups of three digits.
fn groups(digits: &str, mark: char) -> bool {
    let mut parts = digits.split(mark);
    parts.next().is_some_and(|first| (1..=3).contains(&first.len())) && parts.all(|part| part.len() == 3)
}

/// A date as ISO 8601 has it, `3 May 2018`, `May 2018`, or with the year first or the month beyond doubt: `31.12.2024`, `2024/05/03`.
pub(crate) fn read_date(written: &str) -> Option<Date> {
    let text = written.trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    if let Some((day, _)) = text.split_once('T')
        && let Ok(date) = day.parse()
    {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['.', '/', '-', ' ', ',']).filter(|p| !p.is_empty()).collect();
    let number = |p: &str| p.parse::<u16>().ok();
    let month = month_number;
    match parts.as_slice() {
        [y, m, d] if y.len() == 4 => Date::day(number(y)? as i16, number(m)? as u8, number(d)? as u8),
        [d, m, y] if y.len() == 4 => {
            let year = number(y)? as i16;
            match (number(d), number(m), month(m), month(d)) {
                (Some(d), _, Some(m), _) => Date::day(year, m, d as u8),
                (_, Some(d), _, Some(m)) => Date::day(year, m, d as u8),
                // Which of two small numbers is the month, nobody can tell, unless the mark does.
                (Some(d), Some(m), ..) if text.contains('.') || d > 12 || d == m => Date::day(year, m as u8, d as u8),
                (Some(m), Some(d), ..) if d > 12 => Date::day(year, m as u8, d as u8),
                _ => None,
            }
        }
        [m, y] if y.len() == 4 => Some(Date::month(number(y)? as i16, month(m)?)),
        _ => None,
    }
}

/// The number of a month, by its English name or short form.
fn month_number(word: &str) -> Option<u8> {
    static MONTHS: LazyLock<BTreeMap<&'static str, u8>> = LazyLock::new(|| {
        let rows = include_str!("../../ontology/lexicon/months.tsv").lines().map(|line| line.split('\t'));
        let months = rows.filter_map(|mut row| match (row.next(), row.next(), row.next()) {
            (Some(word), Some("month"), Some(number)) => Some((word, number.parse().ok()?)),
            _ => None,
        });
        months.collect()
    });
    MONTHS.get(word.trim_end_matches('.').to_lowercase().as_str()).copied()
}
