//! The parameters of a query, by the convention of grlc: variables that begin with `?_`, or with `?__` where they may be left out,
//! and end in their sort.
//!
//! | variable | parameter | its value |
//! |---|---|---|
//! | `?_company_iri` | `company` | a thing: an IRI |
//! | `?_from_date` | `from` | a day, a month or a year, as a plain literal |
//! | `?_most_integer`, `?_share_decimal` | `most`, `share` | a number |
//! | `?_words` | `words` | text |
//!
//! Law: a value replaces its variable wherever that stands, in sub-SELECTs too, and nowhere in strings and comments; it cannot become
//! anything but one term.

use super::ask::blank_out;
use super::library::Header;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::ontology::classes::nearest;
use crate::vocab;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

/// What a parameter's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A thing of the graph or a term of a vocabulary.
    Iri,
    /// A day, a month or a year.
    Date,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// Words.
    Text,
}

impl Sort {
    const ENDINGS: [(&str, Sort); 5] = [
        ("_iri", Sort::Iri),
        ("_date", Sort::Date),
        ("_integer", Sort::Integer),
        ("_decimal", Sort::Decimal),
        ("_string", Sort::Text),
    ];
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sort::Iri => "a name, or an identifier such as id:peru",
            Sort::Date => "a day, a month or a year (2024-07-11, 2024-07, 2024)",
            Sort::Integer => "a whole number",
            Sort::Decimal => "a number",
            Sort::Text => "text",
        })
    }
}

/// A parameter of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// What it is called on the command line.
    pub name: String,
    /// What its value is.
    pub sort: Sort,
    /// Whether the query means something without it.
    pub is_optional: bool,
    /// Its value where none is given.
    pub default: Option<String>,
    variable: String,
}

static VARIABLES: LazyLock<Option<regex::Regex>> = LazyLock::new(|| regex::Regex::new(r"[?$](_\w+)").ok());

/// The parameters of a query in the order of their first places.
///
/// # Errors
/// The header is wrong, or gives a default to a parameter that the query does not have.
pub fn read_parameters(sparql: &str, file: &str) -> Result<Vec<Parameter>> {
    let header = Header::parse(sparql, file)?;
    let defaults: BTreeMap<String, String> = header.defaults.into_iter().flatten().collect();
    let code = blank_out(sparql);
    let mut parameters: Vec<Parameter> = Vec::new();
    for found in VARIABLES.iter().flat_map(|variables| variables.captures_iter(&code)) {
        let variable = found.get(1).map_or("", |m| m.as_str());
        if parameters.iter().all(|known| known.variable != variable) {
            parameters.push(read(variable, &defaults));
        }
    }
    let is_known = |name: &&String| parameters.iter().any(|parameter| parameter.name == **name);
    match defaults.keys().find(|name| !is_known(name)) {
        Some(name) => Err(Error::with_hint(
            format!("{file}: the header gives `{name}` a default, but the query has no such parameter"),
            "the parameter `from` is the variable ?_from_date",
        )),
        None => Ok(parameters),
    }
}

fn read(variable: &str, defaults: &BTreeMap<String, String>) -> Parameter {
    let bare = variable.trim_start_matches('_');
    let ending = Sort::ENDINGS.iter().find_map(|(ending, sort)| Some((bare.strip_suffix(ending)?, *sort)));
    let (name, sort) = ending.filter(|(name, _)| !name.is_empty()).unwrap_or((bare, Sort::Text));
    let default = defaults.get(name).cloned();
    let is_optional = variable.starts_with("__") || default.is_some();
    Parameter { name: name.to_owned(), sort, is_optional, default, variable: variable.to_owned() }
}

/// The query with each parameter that has a value, given or by default, in its place. `values` are written `NAME=VALUE`, or as values
/// alone in the order of the parameters; `find` tells what thing a name means.
///
/// # Errors
/// A value is of another sort, or for no parameter; one is missing that the query needs; what `find` says of a name.
pub fn bind_parameters(
    sparql: &str,
    file: &str,
    values: &[String],
    find: impl Fn(&str) -> Result<NamedNode>,
) -> Result<String> {
    // Most queries have none, and nothing that could name one.
    if values.is_empty() && !sparql.contains("?_") && !sparql.contains("$_") {
        return Ok(sparql.to_owned());
    }
    let parameters = read_parameters(sparql, file)?;
    let given = assign(&parameters, file, values)?;
    let mut terms: BTreeMap<&str, String> = BTreeMap::new();
    for parameter in &parameters {
        let value = given.get(parameter.name.as_str()).copied().or(parameter.default.as_deref());
        match value {
            Some(value) => {
                terms.insert(&parameter.variable, parameter.term(value, &find)?.to_string());
            }
            None if parameter.is_optional => {}
            None => return Err(parameter.missing(file)),
        }
    }
    Ok(replace(sparql, &terms))
}

impl Parameter {
    fn term(&self, value: &str, find: &impl Fn(&str) -> Result<NamedNode>) -> Result<Term> {
        let wrong = || {
            let message = format!("the parameter `{}` cannot be `{value}`", self.name);
            Error::with_hint(message, format!("it is {}", self.sort))
        };
        Ok(match self.sort {
            Sort::Iri => read_iri(value).map_or_else(|| find(value), Ok)?.into(),
            Sort::Date => Literal::from(value.parse::<Date>().map_err(|()| wrong())?.to_string()).into(),
            Sort::Integer => Literal::from(value.parse::<i64>().map_err(|_| wrong())?).into(),
            Sort::Decimal => {
                let is_plain = value.parse::<f64>().is_ok_and(f64::is_finite) && !value.contains(['e', 'E']);
                let literal = is_plain.then(|| Literal::new_typed_literal(value, xsd::DECIMAL));
                literal.ok_or_else(wrong)?.into()
            }
            Sort::Text => Literal::from(value).into(),
        })
    }

    fn missing(&self, file: &str) -> Error {
        let Self { name, sort, .. } = self;
        let message = format!("{file} needs the parameter `{name}`: {sort}");
        Error::with_hint(message, format!("dossier query {file} {name}=VALUE; dossier query {file} --help"))
    }
}

/// An IRI in angle brackets or with a scheme, or a name with a known prefix.
fn read_iri(value: &str) -> Option<NamedNode> {
    let bare = value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value);
    if let Some((prefix, local)) = bare.split_once(':') {
        if vocab::PREFIXES.iter().any(|(known, _)| *known == prefix) {
            return Some(vocab::term(prefix, local));
        }
        let is_iri = local.starts_with("//") || prefix == "urn" || bare != value;
        return NamedNode::new(bare).ok().filter(|_| is_iri);
    }
    None
}

/// Values by the names of the parameters that they are for.
fn assign<'v>(parameters: &[Parameter], file: &str, values: &'v [String]) -> Result<BTreeMap<String, &'v str>> {
    let mut given: BTreeMap<String, &str> = BTreeMap::new();
    let is_name = |name: &str| parameters.iter().any(|parameter| parameter.name == name);
    for value in values {
        match value.split_once('=') {
            Some((name, value)) if is_name(name) => {
                given.insert(name.to_owned(), value);
            }
            Some((name, _)) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                return Err(unknown(name, parameters, file));
            }
            _ => {
                let free = parameters.iter().find(|parameter| !given.contains_key(&parameter.name));
                let Some(free) = free else { return Err(unknown(value, parameters, file)) };
                given.insert(free.name.clone(), value);
            }
        }
    }
    Ok(given)
}

fn unknown(name: &str, parameters: &[Parameter], file: &str) -> Error {
    let names = || parameters.iter().map(|parameter| parameter.name.as_str());
    let hint = match nearest(name, names()) {
        Some(near) => format!("did you mean {near}?"),
        None if parameters.is_empty() => "it takes none".to_owned(),
        None => format!("it takes {}", names().collect::<Vec<_>>().join(", ")),
    };
    Error::with_hint(format!("{file} has no parameter for `{name}`"), hint)
}

fn replace(sparql: &str, terms: &BTreeMap<&str, String>) -> String {
    let (code, mut bound, mut end) = (blank_out(sparql), String::with_capacity(sparql.len()), 0);
    for found in VARIABLES.iter().flat_map(|variables| variables.captures_iter(&code)) {
        let (Some(whole), Some(variable)) = (found.get(0), found.get(1)) else { continue };
        if let Some(term) = terms.get(variable.as_str()) {
            bound.push_str(sparql.get(end..whole.start()).unwrap_or_default());
            bound.push_str(term);
            end = whole.end();
        }
    }
    bound.push_str(sparql.get(end..).unwrap_or_default());
    // What the header said is done: a bound query takes no parameters.
    let lines = bound
        .split_inclusive('\n')
        .map(|line| line.strip_prefix("#+").map_or(line.to_owned(), |rest| format!("# {rest}")));
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: &str = "#+ defaults:\n#+   - from: \"2024\"\n# ?_none\nSELECT ?x { ?x dos:party ?_one_iri ; dos:topic \"?_words\" \
        FILTER (STR(?d) >= STR(?_from_date) && CONTAINS(?t, ?_words) && COALESCE(?n < ?__most_integer, true)) }";

    fn bind(values: &[&str]) -> Result<String> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let find = |name: &str| match name {
            "Peru" => Ok(vocab::id("peru")),
            _ => Err(Error::new(format!("nobody is called {name}"))),
        };
        bind_parameters(QUERY, "q", &values, find)
    }

    #[track_caller]
    fn check(values: &[&str], expected: &str) {
        let bound = bind(values).unwrap_or_else(|error| format!("{error} / {}", error.hint().unwrap_or_default()));
        assert!(bound.contains(expected), "{bound}");
    }

    #[test]
    fn parameters_are_read_from_variables_and_header() {
        let found = read_parameters(QUERY, "q").unwrap();
        let told: Vec<_> = found.iter().map(|p| (p.name.as_str(), p.sort, p.is_optional)).collect();
        let expected = [
            ("one", Sort::Iri, false),
            ("from", Sort::Date, true),
            ("words", Sort::Text, false),
            ("most", Sort::Integer, true),
        ];
        assert_eq!(told, expected);
        let wrong = read_parameters("#+ defaults:\n#+   - to: x\nASK {}", "q").unwrap_err().to_string();
        assert!(wrong.contains("`to` a default"), "{wrong}");
    }

    #[test]
    fn values_replace_their_variables_and_stay_one_term() {
        check(&["one=Peru", "words=oil"], "dos:party <https://w3id.org/dossier/id/peru> ; dos:topic \"?_words\"");
        check(&["Peru", "2023-05", "oil"], "STR(?d) >= STR(\"2023-05\") && CONTAINS(?t, \"oil\")");
        check(&["id:chile", "words=a\" } DROP ALL #"], "CONTAINS(?t, \"a\\\" } DROP ALL #\")");
        check(&["<urn:x>", "words=a=b"], "dos:party <urn:x>");
        check(&["Peru", "words=x"], "COALESCE(?n < ?__most_integer, true)");
        check(&["Peru", "words=x", "most=3"], "COALESCE(?n < \"3\"^^<http://www.w3.org/2001/XMLSchema#integer>, true)");
    }

    #[test]
    fn what_is_bound_can_be_bound_again() {
        let bound = bind(&["Peru", "2023", "oil", "3"]).unwrap();
        let nobody = |name: &str| Err(Error::new(name));
        assert_eq!(bind_parameters(&bound, "q", &[], nobody).unwrap(), bound);
    }

    #[test]
    fn wrong_values_are_told() {
        check(&["words=x"], "q needs the parameter `one`: a name, or an identifier");
        check(&["Peru"], "needs the parameter `words`");
        check(&["Narnia", "words=x"], "nobody is called Narnia");
        check(&["Peru", "words=x", "from=spring"], "`from` cannot be `spring` / it is a day, a month or a year");
        check(&["Peru", "words=x", "most=3.5"], "`most` cannot be `3.5` / it is a whole number");
        check(&["Peru", "word=x"], "no parameter for `word` / did you mean words?");
        check(&["Peru", "2024", "x", "3", "y"], "no parameter for `y` / it takes one, from, words, most");
    }
}
