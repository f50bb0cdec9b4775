//! Dates, intervals and figures as RDF literals.
//!
//! Law: a partial date stays partial, and a figure is never rounded.

use crate::date::{Date, Period};
use crate::vocab;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNodeRef};

/// `xsd:gYear`, `xsd:gYearMonth` or `xsd:date`, as precise as the date is.
pub fn express_date(date: Date) -> Literal {
    let datatype: NamedNodeRef<'_> = match (date.month, date.day) {
        (None, _) => xsd::G_YEAR,
        (Some(_), None) => xsd::G_YEAR_MONTH,
        (Some(_), Some(_)) => xsd::DATE,
    };
    Literal::new_typed_literal(date.to_string(), datatype)
}

/// A single date as [`express_date`] does, an interval as `edtf:EDTF` (ISO 8601-2: `2024-07/2024-09`, `2017/..`).
pub fn express_period(period: Period) -> Literal {
    match period.single() {
        Some(date) => express_date(date),
        None => Literal::new_typed_literal(period.to_string(), vocab::term("edtf", "EDTF")),
    }
}

/// Whole numbers as `xsd:integer`, others as `xsd:decimal`; as `xsd:double` beyond what an engine's decimals hold exactly.
pub fn express_number(number: f64) -> Literal {
    let written = number.to_string();
    let fraction = written.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let datatype = match () {
        () if !number.is_finite() => return Literal::from(number),
        () if number.abs() >= 1e18 || fraction > 18 => {
            return Literal::new_typed_literal(format!("{number:E}"), xsd::DOUBLE);
        }
        () if fraction == 0 => xsd::INTEGER,
        () => xsd::DECIMAL,
    };
    Literal::new_typed_literal(if written == "-0" { "0" } else { &written }, datatype)
}

/// A count that a frame gives as text: a number where it is one, the words where it is not.
pub(super) fn express_count(text: &str) -> Literal {
    text.trim().parse::<f64>().map_or_else(|_| Literal::new_simple_literal(text), express_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(literal: Literal, expected: &str) {
        assert_eq!(literal.to_string().replace("http://www.w3.org/2001/XMLSchema#", ""), expected);
    }

    #[test]
    fn dates_keep_their_precision() {
        check(express_period("2024".parse().unwrap()), "\"2024\"^^<gYear>");
        check(express_period("2024-12".parse().unwrap()), "\"2024-12\"^^<gYearMonth>");
        check(express_period("2024-12-31".parse().unwrap()), "\"2024-12-31\"^^<date>");
        check(express_period("2017/..".parse().unwrap()), "\"2017/..\"^^<http://id.loc.gov/datatypes/edtf/EDTF>");
    }

    #[test]
    fn figures_are_exact() {
        check(express_number(22_000_000.0), "\"22000000\"^^<integer>");
        check(express_number(-22.5), "\"-22.5\"^^<decimal>");
        check(express_number(-0.0), "\"0\"^^<integer>");
        check(express_number(0.1), "\"0.1\"^^<decimal>");
        check(express_number(1e300), "\"1E300\"^^<double>");
        check(express_number(f64::NAN), "\"NaN\"^^<double>");
    }
}
