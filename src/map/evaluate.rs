//! Mapping, records -> statements: the CONSTRUCT of each record.
//!
//! Records go through the query in batches, as a VALUES clause at each leaf of its pattern; the number of the record is a column, so
//! that joins and optional parts stay within one record.
//!
//! Law: each record is answered by itself; a statement that one record cannot make (a variable without a value) is left out, and said
//! where its columns had values.

use super::Statement;
use super::functions::{NAMES, evaluator};
use super::mapping::{Mapping, ROW, unknown_functions};
use crate::diagnostic::Diagnostic;
use crate::ontology::classes::nearest;
use crate::read::records::{Record, Rows};
use oxigraph::model::{BlankNode, Dataset, Literal, Term, Variable};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use spareval::{QueryEvaluator, QueryResults};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;

/// Records that go through the query together.
pub(super) const BATCH: usize = 2000;

/// What a record gives the query: its number, the number that it bears for people, and its cells.
pub(super) struct Given<'a> {
    pub(super) index: usize,
    pub(super) number: String,
    pub(super) cells: &'a [Option<String>],
}

/// A mapping that is ready for batches of records with given columns.
pub(super) struct Evaluation<'m> {
    mapping: &'m Mapping,
    evaluator: QueryEvaluator,
    /// Index in the records, variable.
    columns: Vec<(usize, Variable)>,
    wanted: Vec<Variable>,
}

/// One answer: the index of its record and the values of the wanted variables.
pub(super) struct Answer {
    pub(super) index: usize,
    pub(super) values: Vec<Option<Term>>,
}

/// A variable of its own that holds the index of the record.
const INDEX: &str = "dossier_index";

impl<'m> Evaluation<'m> {
    /// Only the columns that the mapping names take part.
    pub(super) fn new(mapping: &'m Mapping, columns: &[String]) -> Result<Self, Diagnostic> {
        if let Some(unknown) = unknown_functions(&mapping.pattern, NAMES).first() {
            let local = unknown.strip_prefix("dos:").unwrap_or(unknown);
            let mean = nearest(local, NAMES.iter().copied()).map(|n| format!("did you mean dos:{n}? "));
            let all = NAMES.iter().map(|n| format!("dos:{n}")).collect::<Vec<_>>().join(", ");
            let hint = format!("{}there are {all}", mean.unwrap_or_default());
            return Err(Diagnostic::error(&mapping.name, format!("there is no function {unknown}")).hint(hint));
        }
        let used = columns.iter().enumerate().filter(|(_, c)| mapping.columns.contains(*c));
        let columns = used.map(|(i, c)| (i, Variable::new_unchecked(c))).collect();
        Ok(Self { mapping, evaluator: evaluator(), columns, wanted: mapping.wanted() })
    }

    /// The variables of an answer, in its order.
    pub(super) fn wanted(&self) -> &[Variable] {
        &self.wanted
    }

    /// The answers of a batch, in the order of its records.
    pub(super) fn answer(&self, batch: &[Given<'_>]) -> Result<Vec<Answer>, Diagnostic> {
        let failed = |cause: String| Diagnostic::error(&self.mapping.name, format!("the mapping fails: {cause}"));
        let mut variables = vec![Variable::new_unchecked(INDEX)];
        variables.extend(self.wanted.iter().cloned());
        let pattern = replace_leaves(&self.mapping.pattern, &self.values(batch));
        let pattern = GraphPattern::Project { inner: Box::new(pattern), variables };
        let query = Query::Select { dataset: None, pattern, base_iri: None };
        let dataset = Dataset::new();
        let results = self.evaluator.prepare(&query).execute(&dataset).map_err(|cause| failed(cause.to_string()))?;
        let QueryResults::Solutions(solutions) = results else { return Ok(Vec::new()) };
        let mut answers = Vec::with_capacity(batch.len());
        for solution in solutions {
            let solution = solution.map_err(|cause| failed(cause.to_string()))?;
            let Some(Term::Literal(index)) = solution.get(INDEX) else { continue };
            let Ok(index) = index.value().parse() else { continue };
            let values = self.wanted.iter().map(|v| solution.get(v.as_str()).cloned()).collect();
            answers.push(Answer { index, values });
        }
        answers.sort_by_key(|answer: &Answer| answer.index);
        Ok(answers)
    }

    /// The records as a VALUES clause.
    fn values(&self, batch: &[Given<'_>]) -> GraphPattern {
        let mut variables = vec![Variable::new_unchecked(INDEX), Variable::new_unchecked(ROW)];
        variables.extend(self.columns.iter().map(|(_, v)| v.clone()));
        let literal = |text: &str| GroundTerm::Literal(Literal::new_simple_literal(text));
        let bind = |given: &Given<'_>| {
            let mut row = vec![Some(literal(&given.index.to_string())), Some(literal(&given.number))];
            let cell = |i: usize| given.cells.get(i).and_then(Option::as_deref).map(literal);
            row.extend(self.columns.iter().map(|(i, _)| cell(*i)));
            row
        };
        GraphPattern::Values { variables, bindings: batch.iter().map(bind).collect() }
    }
}

/// The pattern with the records at each of its leaves.
fn replace_leaves(pattern: &GraphPattern, rows: &GraphPattern) -> GraphPattern {
    let again = |inner: &GraphPattern| Box::new(replace_leaves(inner, rows));
    match pattern {
        GraphPattern::Bgp { .. } => rows.clone(),
        GraphPattern::Values { .. } => {
            GraphPattern::Join { left: Box::new(rows.clone()), right: Box::new(pattern.clone()) }
        }
        GraphPattern::Join { left, right } => GraphPattern::Join { left: again(left), right: again(right) },
        GraphPattern::Union { left, right } => GraphPattern::Union { left: again(left), right: again(right) },
        GraphPattern::Minus { left, right } => GraphPattern::Minus { left: again(left), right: again(right) },
        GraphPattern::LeftJoin { left, right, expression } => {
            GraphPattern::LeftJoin { left: again(left), right: again(right), expression: expression.clone() }
        }
        GraphPattern::Filter { expr, inner } => GraphPattern::Filter { expr: expr.clone(), inner: again(inner) },
        GraphPattern::Extend { inner, variable, expression } => {
            GraphPattern::Extend { inner: again(inner), variable: variable.clone(), expression: expression.clone() }
        }
        GraphPattern::Project { inner, variables } => {
            let mut variables = variables.clone();
            variables.extend([Variable::new_unchecked(INDEX), Variable::new_unchecked(ROW)]);
            variables.dedup();
            GraphPattern::Project { inner: again(inner), variables }
        }
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => replace_leaves(inner, rows),
        other => other.clone(),
    }
}

/// The statements of all records, in their order.
pub(super) fn evaluate(
    mapping: &Mapping,
    rows: &Rows,
    source: &str,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Statement>, Diagnostic> {
    let evaluation = Evaluation::new(mapping, &rows.columns)?;
    let given = |index: usize| {
        let record = rows.records.get(index)?;
        let number = record.fragment.rsplit(['=', ',', '/']).next().unwrap_or_default().to_owned();
        Some(Given { index, number, cells: &record.cells })
    };
    let all: Vec<Given<'_>> = (0..rows.records.len()).filter_map(given).collect();
    let batches: Vec<&[Given<'_>]> = all.chunks(BATCH).collect();
    let answers = batches.par_iter().map(|batch| evaluation.answer(batch)).collect::<Result<Vec<_>, _>>()?;
    let answers: Vec<Answer> = answers.into_iter().flatten().collect();
    findings.extend(doubt_answers(mapping, &evaluation, rows, &answers, source));
    let mut statements = Vec::new();
    for answer in &answers {
        let part = rows.records.get(answer.index).map_or(0, |r| r.part);
        let first = rows.records.get(answer.index).map(|r| r.bytes.start);
        // The rows of one record share its blank nodes.
        let owner =
            (0..=answer.index).rev().take_while(|i| rows.records.get(*i).map(|r| r.bytes.start) == first).last();
        let scope = format!("r{}p{part}", owner.unwrap_or(answer.index));
        let filled: FxHashMap<&str, &Term> = evaluation
            .wanted()
            .iter()
            .zip(&answer.values)
            .filter_map(|(variable, value)| Some((variable.as_str(), value.as_ref()?)))
            .collect();
        for triple in &mapping.template {
            statements.extend(fill(triple, &filled, &scope, answer.index));
        }
    }
    Ok(statements)
}

fn fill(triple: &TriplePattern, filled: &FxHashMap<&str, &Term>, scope: &str, record: usize) -> Option<Statement> {
    let subject = fill_term(&triple.subject, filled, scope)?;
    let predicate = match &triple.predicate {
        NamedNodePattern::NamedNode(node) => node.as_str().to_owned(),
        NamedNodePattern::Variable(v) => match filled.get(v.as_str())? {
            Term::NamedNode(node) => node.as_str().to_owned(),
            _ => return None,
        },
    };
    if matches!(subject, Term::Literal(_)) {
        return None;
    }
    Some(Statement { record, subject, predicate, object: fill_term(&triple.object, filled, scope)? })
}

fn fill_term(term: &TermPattern, filled: &FxHashMap<&str, &Term>, scope: &str) -> Option<Term> {
    Some(match term {
        TermPattern::NamedNode(node) => node.clone().into(),
        TermPattern::Literal(literal) => literal.clone().into(),
        TermPattern::BlankNode(node) => BlankNode::new_unchecked(format!("{scope}{}", node.as_str())).into(),
        TermPattern::Variable(v) => (*filled.get(v.as_str())?).clone(),
        TermPattern::Triple(_) => return None,
    })
}

/// Variables that a BIND should have given and did not, though the record had a value in every column; and a mapping that makes
/// nothing at all.
fn doubt_answers(
    mapping: &Mapping,
    evaluation: &Evaluation<'_>,
    rows: &Rows,
    answers: &[Answer],
    source: &str,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if answers.is_empty() && !rows.records.is_empty() {
        let message = format!("the mapping makes nothing of the {} records of {source}", rows.records.len());
        return vec![Diagnostic::warning(&mapping.name, message).hint("look at its FILTER")];
    }
    for (at, variable) in evaluation.wanted().iter().enumerate() {
        if mapping.columns.contains(variable.as_str()) {
            continue;
        }
        let made_of = mapping.binds.get(variable.as_str());
        if made_of.is_some_and(BTreeSet::is_empty) {
            continue;
        }
        let needed = |v: &Variable| made_of.is_none_or(|names| names.contains(v.as_str()));
        let full = |i: usize| {
            let has = |r: &Record, c: usize| r.cells.get(c).is_some_and(Option::is_some);
            let mut needed = evaluation.columns.iter().filter(|(_, v)| needed(v));
            rows.records.get(i).is_some_and(|r| needed.all(|(c, _)| has(r, *c)))
        };
        let empty: BTreeSet<usize> = answers
            .iter()
            .filter(|a| a.values.get(at).is_some_and(Option::is_none) && full(a.index))
            .map(|a| a.index)
            .collect();
        if let Some(first) = empty.first() {
            let line = rows.records.get(*first).map_or(1, |r| r.line);
            let message = format!(
                "?{} has no value in {} of {} records, the first here: its BIND fails on what the columns hold",
                variable.as_str(),
                empty.len(),
                rows.records.len()
            );
            let hint = "dos:number reads 1,234.5 and dos:date reads 3 May 2018; numbers and dates that can be read in two ways stay out";
            found.push(Diagnostic::warning(source, message).at(line, 1).hint(hint));
        }
    }
    found
}
