//! A query -> its rows, and the things that each row was found by, also those that it does not show.
//!
//! The query is asked once more without what hides its variables: projection, DISTINCT, LIMIT, groups. A row and a solution belong
//! together where they agree in all that the row shows; of a grouped query, in what it is grouped by.

use super::ask::{answer_within, collect, evaluator, parser};
use super::limits::{Limits, Watch};
use super::{Answer, Found};
use crate::error::Result;
use oxigraph::model::{NamedNode, Term};
use oxigraph::sparql::Variable;
use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use std::collections::{BTreeSet, HashMap};

/// Things by row.
pub type Things = Vec<BTreeSet<NamedNode>>;

/// The answer of a query, and for each row the IRIs that its variables stood for, the hidden ones too. No things for ASK, CONSTRUCT and
/// DESCRIBE.
///
/// # Errors
/// See [`answer_within`].
pub fn trace_rows(store: &Store, sparql: &str, file: &str, limits: Limits) -> Result<(Answer, Things)> {
    let answer = answer_within(store, sparql, file, limits)?;
    let parsed = parser()?.parse_query(sparql);
    let (Ok(Query::Select { pattern, dataset, .. }), Found::Solutions { variables, rows }) = (parsed, &answer.found)
    else {
        return Ok((answer, Vec::new()));
    };
    let (inner, keys) = open(&pattern, variables);
    let mut visible: Vec<Variable> = Vec::new();
    inner.on_in_scope_variable(|variable| {
        if !visible.contains(variable) {
            visible.push(variable.clone());
        }
    });
    let pattern = GraphPattern::Project { inner: Box::new(inner), variables: visible.clone() };
    let all = Query::Select { dataset, pattern, base_iri: None };
    let watch = Watch::start(limits);
    let query = evaluator()?.with_cancellation_token(watch.token()).for_query(all);
    let solutions = query.on_store(store).execute().and_then(|results| collect(results, &watch));
    let Ok(Found::Solutions { rows: solutions, .. }) = solutions else {
        return watch.error().map_or(Ok((answer.clone(), Vec::new())), Err);
    };
    let place = |names: &[Variable], name: &Variable| names.iter().position(|known| known == name);
    let keys: Vec<(usize, usize)> =
        keys.iter().filter_map(|key| Some((place(variables, key)?, place(&visible, key)?))).collect();
    let mut found: HashMap<Vec<Option<&Term>>, BTreeSet<NamedNode>> = HashMap::new();
    for solution in &solutions {
        let key = keys.iter().map(|(_, at)| solution.get(*at).and_then(Option::as_ref)).collect();
        let nodes = solution.iter().flatten().filter_map(|term| match term {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        });
        found.entry(key).or_default().extend(nodes);
    }
    let of_row = |row: &Vec<Option<Term>>| {
        let key: Vec<Option<&Term>> = keys.iter().map(|(at, _)| row.get(*at).and_then(Option::as_ref)).collect();
        found.get(&key).cloned().unwrap_or_default()
    };
    let things = rows.iter().map(of_row).collect();
    Ok((answer, things))
}

/// The pattern below what hides variables, and the variables that tell to which row a solution belongs.
fn open(pattern: &GraphPattern, shown: &[Variable]) -> (GraphPattern, Vec<Variable>) {
    let mut inner = pattern;
    while let GraphPattern::Slice { inner: below, .. }
    | GraphPattern::OrderBy { inner: below, .. }
    | GraphPattern::Distinct { inner: below }
    | GraphPattern::Reduced { inner: below }
    | GraphPattern::Project { inner: below, .. } = inner
    {
        inner = below;
    }
    let mut group = inner;
    while let GraphPattern::Extend { inner: below, .. } | GraphPattern::Filter { inner: below, .. } = group {
        group = below;
    }
    match group {
        GraphPattern::Group { inner, variables, .. } => ((**inner).clone(), variables.clone()),
        _ => (inner.clone(), shown.to_vec()),
    }
}
