//! Parsing and answering: SPARQL 1.2 over the union of all sources, with the prefixes of the program.

use super::federate::Remote;
use super::limits::{Limits, Watch};
use super::plan::Plan;
use super::syntax::syntax_error;
use super::{Answer, Format, Found, cannot_write, end_rows};
use crate::error::{Error, Result};
use crate::fetch::Fetcher;
use crate::ontology::classes::nearest;
use crate::vocab::PREFIXES;
use oxigraph::model::Triple;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{
    CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, QuerySolutionIter, SparqlEvaluator,
};
use oxigraph::store::Store;
use spargebra::SparqlParser;
use std::io::Write;
use std::sync::LazyLock;
use std::time::Duration;

/// What errors call a query that was given on the command line.
const INLINE: &str = "query";

/// Answers a query given as text.
///
/// # Errors
/// See [`parse`]; the evaluation fails, as where it calls a SERVICE.
pub fn answer(store: &Store, sparql: &str) -> Result<Answer> {
    answer_until(store, sparql, INLINE, &CancellationToken::new())
}

/// [`answer`] for the query of a file, which another thread can stop by cancelling `token`.
pub fn answer_until(store: &Store, sparql: &str, file: &str, token: &CancellationToken) -> Result<Answer> {
    let query = prepare(sparql, file, evaluator()?.with_cancellation_token(token.clone()))?;
    let watch = Watch::idle(Limits::default());
    let found = query.on_store(store).execute().and_then(|results| collect(results, &watch));
    let found = found.map_err(|cause| watch.error().unwrap_or_else(|| failed(file, cause, token)))?;
    Ok(Answer { found, store: store.clone() })
}

/// [`answer`] for the query of a file, within bounds of time and memory.
///
/// # Errors
/// See [`answer`]; a bound was reached.
pub fn answer_within(store: &Store, sparql: &str, file: &str, limits: Limits) -> Result<Answer> {
    let watch = Watch::start(limits);
    let query = prepare(sparql, file, evaluator()?.with_cancellation_token(watch.token()))?;
    let found = query.on_store(store).execute().and_then(|results| collect(results, &watch));
    let found = found.map_err(|cause| watch.error().unwrap_or_else(|| failed(file, cause, &watch.token())))?;
    Ok(Answer { found, store: store.clone() })
}

/// [`answer_within`] for a query whose SERVICE clauses may reach `services`, by address, and no others.
///
/// # Errors
/// See [`answer_within`]; a service is no IRI, is not allowed, or gives no answer.
pub fn answer_federated(
    store: &Store,
    sparql: &str,
    file: &str,
    limits: Limits,
    services: &[String],
) -> Result<Answer> {
    let watch = Watch::start(limits);
    let query = prepare(sparql, file, evaluator_reaching(services)?.with_cancellation_token(watch.token()))?;
    let found = query.on_store(store).execute().and_then(|results| collect(results, &watch));
    Ok(Answer { found: found.map_err(|cause| stopped(file, cause, &watch))?, store: store.clone() })
}

/// [`answer_federated`], written as it comes: no row of a SELECT is held in memory. Gives the number of rows, 0 for a no.
///
/// # Errors
/// See [`answer_federated`] and [`Answer::write`]; what was written before stays.
pub fn write_federated(
    store: &Store,
    sparql: &str,
    file: &str,
    limits: Limits,
    services: &[String],
    (format, out): (Format, &mut impl Write),
) -> Result<usize> {
    let watch = Watch::start(limits);
    let query = prepare(sparql, file, evaluator_reaching(services)?.with_cancellation_token(watch.token()))?;
    let stop = |cause| stopped(file, cause, &watch);
    match (query.on_store(store).execute().map_err(stop)?, format.of_solutions()) {
        (QueryResults::Solutions(solutions), Some(results)) => write_rows(solutions, results, out, stop),
        (results, _) => {
            let answer = Answer { found: collect(results, &watch).map_err(stop)?, store: store.clone() };
            answer.write(format, out, 0)?;
            Ok(if answer.found == Found::Boolean(false) { 0 } else { answer.len() })
        }
    }
}

fn write_rows(
    solutions: QuerySolutionIter<'_>,
    results: QueryResultsFormat,
    out: &mut impl Write,
    stop: impl Fn(QueryEvaluationError) -> Error,
) -> Result<usize> {
    let serializer = QueryResultsSerializer::from_format(results);
    let mut writer =
        serializer.serialize_solutions_to_writer(out, solutions.variables().to_vec()).map_err(cannot_write)?;
    let mut rows = 0;
    for solution in solutions {
        writer.serialize(&solution.map_err(&stop)?).map_err(cannot_write)?;
        rows += 1;
    }
    end_rows(results, writer.finish().map_err(cannot_write)?).map_err(cannot_write)?;
    Ok(rows)
}

/// An evaluator that may reach `services`, by address, and no others.
fn evaluator_reaching(services: &[String]) -> Result<SparqlEvaluator> {
    services.iter().try_fold(evaluator()?, |evaluator, url| {
        let bad = |cause| Error::new(format!("--allow-service {url} is no address: {cause}"));
        let name = oxigraph::model::NamedNode::new(url).map_err(bad)?;
        let fetcher = Fetcher::new(None, false, SERVICE_TIME)?;
        Ok(evaluator.with_service_handler(name, Remote { url: url.clone(), fetcher }))
    })
}

fn stopped(file: &str, cause: QueryEvaluationError, watch: &Watch) -> Error {
    let told = watch.error().unwrap_or_else(|| failed(file, cause, &watch.token()));
    match told.to_string().contains("not supported") {
        true => Error::with_hint(told.to_string(), "allow it: --allow-service URL"),
        false => told,
    }
}

/// How long one question to a service may take.
const SERVICE_TIME: Duration = Duration::from_secs(60);

/// How the engine answers a query, with the rows and the time of each step; the query is run for it.
///
/// # Errors
/// See [`answer_within`].
pub fn explain(store: &Store, sparql: &str, file: &str, limits: Limits) -> Result<Plan> {
    let watch = Watch::start(limits);
    let query = prepare(sparql, file, evaluator()?.with_cancellation_token(watch.token()))?;
    let (results, explanation) = query.on_store(store).compute_statistics().explain();
    let found = results.and_then(|results| collect(results, &watch));
    found.map_err(|cause| watch.error().unwrap_or_else(|| failed(file, cause, &watch.token())))?;
    let mut json = Vec::new();
    explanation.write_in_json(&mut json).map_err(|cause| Error::new(format!("cannot read the plan: {cause}")))?;
    Plan::parse(&json)
}

fn failed(file: &str, cause: QueryEvaluationError, token: &CancellationToken) -> Error {
    if token.is_cancelled() {
        return Error::with_hint("the query was stopped before it ended", "narrow it, add a LIMIT, or allow more time");
    }
    Error::new(format!("{file}: the query failed: {cause}"))
}

/// Whether a query is well-formed, without asking it.
///
/// # Errors
/// A syntax error with line and column; an undeclared prefix that is none of [`PREFIXES`]; SPARQL Update, which is refused.
pub fn parse(sparql: &str, file: &str) -> Result<()> {
    prepare(sparql, file, evaluator()?).map(drop)
}

/// A parser that knows the prefixes.
pub(super) fn parser() -> Result<SparqlParser> {
    let bad = |cause| Error::new(format!("a namespace of the program is wrong: {cause}"));
    PREFIXES.iter().try_fold(SparqlParser::new(), |parser, (prefix, namespace)| {
        parser.with_prefix(*prefix, *namespace).map_err(bad)
    })
}

/// An evaluator that knows the prefixes.
pub(super) fn evaluator() -> Result<SparqlEvaluator> {
    let bad = |cause| Error::new(format!("a namespace of the program is wrong: {cause}"));
    PREFIXES.iter().try_fold(SparqlEvaluator::new(), |evaluator, (prefix, namespace)| {
        evaluator.with_prefix(*prefix, *namespace).map_err(bad)
    })
}

fn prepare(sparql: &str, file: &str, evaluator: SparqlEvaluator) -> Result<PreparedSparqlQuery> {
    let error = match evaluator.clone().parse_query(sparql) {
        Ok(query) => return Ok(query),
        Err(error) => error.to_string(),
    };
    if evaluator.parse_update(sparql).is_ok_and(|_| !is_blank(sparql)) {
        return Err(Error::with_hint(
            format!("{file} is SPARQL Update, which is refused: a query only reads"),
            "change the sources and run: dossier build PATH; or drop one by: dossier forget SOURCE",
        ));
    }
    let parser = parser()?;
    Err(unknown_prefix(sparql, file).unwrap_or_else(|| syntax_error(sparql, file, &error, &parser)))
}

/// The first prefix that is used but neither declared nor known.
fn unknown_prefix(sparql: &str, file: &str) -> Option<Error> {
    let code = blank_out(sparql);
    let declared: Vec<&str> = captures(&DECLARED, &code).map(|(_, prefix)| prefix).collect();
    let known = |prefix: &str| declared.contains(&prefix) || PREFIXES.iter().any(|(known, _)| *known == prefix);
    let (at, prefix) = captures(&USED, &code).find(|(_, prefix)| !known(prefix))?;
    let before = code.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let names = PREFIXES.iter().map(|(name, _)| *name);
    // Of two letters, one is too much to guess.
    let meant = nearest(prefix, names.clone())
        .filter(|_| prefix.len() > 2)
        .map(|name| format!("did you mean `{name}:`? "))
        .unwrap_or_default();
    let known = names.collect::<Vec<_>>().join(", ");
    let message = format!("the prefix `{prefix}:` is not declared; {meant}known without declaration are {known}");
    Some(Error::Knowledge { file: file.to_owned(), line, column, message })
}

fn captures<'t>(
    pattern: &'static LazyLock<Option<regex::Regex>>,
    text: &'t str,
) -> impl Iterator<Item = (usize, &'t str)> {
    let found = pattern.iter().flat_map(|pattern| pattern.captures_iter(text));
    found.filter_map(|groups| groups.get(1)).map(|group| (group.start(), group.as_str()))
}

static DECLARED: LazyLock<Option<regex::Regex>> =
    LazyLock::new(|| regex::Regex::new(r"(?i)\bPREFIX\s+([\w.-]*):").ok());
static USED: LazyLock<Option<regex::Regex>> =
    LazyLock::new(|| regex::Regex::new(r"(?:^|[^\w?$:.@-])([A-Za-z][\w.-]*):").ok());
static OPAQUE: LazyLock<Option<regex::Regex>> = LazyLock::new(|| {
    regex::Regex::new(r#"(?s)""".*?"""|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*"#)
        .ok()
});

/// The query with strings, IRIs and comments as spaces, byte for byte.
pub(super) fn blank_out(sparql: &str) -> String {
    let blank = |groups: &regex::Captures<'_>| {
        let found = groups.get(0).map_or("", |m| m.as_str());
        found.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect::<String>()
    };
    OPAQUE.as_ref().map_or_else(|| sparql.to_owned(), |pattern| pattern.replace_all(sparql, blank).into_owned())
}

fn is_blank(sparql: &str) -> bool {
    blank_out(sparql).trim().is_empty()
}

/// All of an answer, as far as `watch` allows.
pub(super) fn collect(results: QueryResults<'_>, watch: &Watch) -> std::result::Result<Found, QueryEvaluationError> {
    Ok(match results {
        QueryResults::Boolean(value) => Found::Boolean(value),
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let mut rows = Vec::new();
            for solution in solutions {
                rows.push(solution?.values().to_vec());
                watch.count(rows.len() * variables.len())?;
            }
            Found::Solutions { variables, rows }
        }
        QueryResults::Graph(found) => {
            let mut triples: Vec<Triple> = Vec::new();
            for triple in found {
                triples.push(triple?);
                watch.count(3 * triples.len())?;
            }
            triples.sort_by_cached_key(ToString::to_string);
            triples.dedup();
            Found::Graph(triples)
        }
    })
}
