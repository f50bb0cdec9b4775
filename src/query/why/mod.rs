//! A query without rows -> why it has none: the pattern that finds nothing, and what of it the graph does not know.
//!
//! Law: what is said was asked. Each reason is the smallest part of the query that has no solution by itself, or two parts that have
//! some and none in common.

mod terms;

use super::ask::{evaluator, parser};
use crate::error::Result;
use crate::vocab;
use oxigraph::sparql::{CancellationToken, QueryResults};
use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TriplePattern};
use std::sync::LazyLock;

/// Why a query has no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The part of the query, in prefixes.
    pub part: String,
    /// Why it gives nothing, or nothing more is known.
    pub says: String,
    /// What comes near.
    pub hints: Vec<String>,
}

/// Why a query has no rows; empty where it has some, is no query, or `token` was cancelled before anything was found.
///
/// # Errors
/// The vocabulary or a namespace of the program is wrong.
pub fn why_empty(store: &Store, sparql: &str, token: &CancellationToken) -> Result<Vec<Reason>> {
    let Ok(query) = parser()?.parse_query(sparql) else { return Ok(Vec::new()) };
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut search = Search { store, token, graph: None, reasons: Vec::new() };
    if search.has_none(&pattern)? {
        search.explain(&pattern)?;
    }
    let mut reasons = search.reasons;
    reasons.dedup();
    Ok(reasons)
}

struct Search<'a> {
    store: &'a Store,
    token: &'a CancellationToken,
    /// The GRAPH that a pattern stands in.
    graph: Option<NamedNodePattern>,
    reasons: Vec<Reason>,
}

impl Search<'_> {
    /// Whether a pattern by itself has no solution. What cannot be asked counts as having one.
    fn has_none(&self, pattern: &GraphPattern) -> Result<bool> {
        let pattern = match &self.graph {
            Some(name) => GraphPattern::Graph { name: name.clone(), inner: Box::new(pattern.clone()) },
            None => pattern.clone(),
        };
        let query = Query::Ask { dataset: None, pattern, base_iri: None };
        let evaluator = evaluator()?.with_cancellation_token(self.token.clone());
        Ok(matches!(evaluator.for_query(query).on_store(self.store).execute(), Ok(QueryResults::Boolean(false))))
    }

    /// Says why a pattern without solutions has none.
    fn explain(&mut self, pattern: &GraphPattern) -> Result<()> {
        match pattern {
            GraphPattern::Bgp { patterns } => self.explain_triples(patterns),
            GraphPattern::Path { .. } => self.tell_path(pattern),
            GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
                self.explain_join(left, right)
            }
            GraphPattern::Union { left, right } => {
                self.explain(left)?;
                self.explain(right)
            }
            GraphPattern::Filter { expr, inner } => self.explain_filter(expr, inner),
            GraphPattern::Minus { left, .. } if !self.has_none(left)? => {
                self.tell(show(pattern), "MINUS takes all rows away");
                Ok(())
            }
            GraphPattern::Slice { inner, start, .. } if !self.has_none(inner)? => {
                self.tell(format!("OFFSET {start}, LIMIT"), "there are rows, but none in this range");
                Ok(())
            }
            GraphPattern::Graph { name, inner } => self.explain_graph(name, inner),
            GraphPattern::LeftJoin { left: inner, .. }
            | GraphPattern::Minus { left: inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Group { inner, .. } => self.explain(inner),
            GraphPattern::Values { .. } => {
                self.tell(show(pattern), "VALUES lists nothing");
                Ok(())
            }
            GraphPattern::Service { name, .. } => {
                self.tell(format!("SERVICE {}", show(name)), "the service gave nothing");
                Ok(())
            }
        }
    }

    /// The triples that find nothing alone; else the first that finds nothing together with those before it.
    fn explain_triples(&mut self, patterns: &[TriplePattern]) -> Result<()> {
        let one = |pattern: &TriplePattern| GraphPattern::Bgp { patterns: vec![pattern.clone()] };
        let count = self.reasons.len();
        for pattern in patterns {
            if self.has_none(&one(pattern))? {
                let (says, hints) = terms::explain_triple(self.store, pattern)?;
                self.reasons.push(Reason { part: show(pattern), says, hints });
            }
        }
        if self.reasons.len() > count {
            return Ok(());
        }
        for end in 2..=patterns.len() {
            let Some((last, before)) = patterns.get(..end).and_then(<[TriplePattern]>::split_last) else { break };
            if self.has_none(&GraphPattern::Bgp { patterns: patterns.get(..end).unwrap_or_default().to_vec() })? {
                let before: Vec<String> = before.iter().map(show).collect();
                let says = format!("it finds something alone, but nothing together with: {}", before.join(" . "));
                self.tell(show(last), &says);
                return Ok(());
            }
        }
        Ok(())
    }

    fn tell_path(&mut self, pattern: &GraphPattern) -> Result<()> {
        let GraphPattern::Path { subject, path, object } = pattern else { return Ok(()) };
        let hints = terms::explain_path(self.store, path)?.into_iter();
        let ends = [terms::explain_term(self.store, subject)?, terms::explain_term(self.store, object)?];
        let hints = hints.chain(ends.into_iter().flatten()).collect();
        let part = show(format!("{subject} {path} {object}"));
        self.reasons.push(Reason { part, says: "nothing is so connected".to_owned(), hints });
        Ok(())
    }

    fn explain_join(&mut self, left: &GraphPattern, right: &GraphPattern) -> Result<()> {
        let (none_left, none_right) = (self.has_none(left)?, self.has_none(right)?);
        if none_left {
            self.explain(left)?;
        }
        if none_right {
            self.explain(right)?;
        }
        if !none_left && !none_right {
            let says = format!("each finds something, but nothing in common: {}", show(right));
            self.tell(show(left), &says);
        }
        Ok(())
    }

    fn explain_filter(&mut self, filter: &Expression, inner: &GraphPattern) -> Result<()> {
        if self.has_none(inner)? {
            return self.explain(inner);
        }
        let hints = terms::explain_filter(self.store, filter)?;
        let filter = show(filter);
        let part = if filter.starts_with('(') { format!("FILTER {filter}") } else { format!("FILTER ({filter})") };
        self.reasons.push(Reason { part, says: "no row passes it; without it there are some".to_owned(), hints });
        Ok(())
    }

    fn explain_graph(&mut self, name: &NamedNodePattern, inner: &GraphPattern) -> Result<()> {
        let outer = self.graph.replace(name.clone());
        let alone = GraphPattern::Bgp { patterns: Vec::new() };
        let told = if self.has_none(&alone)? {
            let hints = terms::near_sources(self.store, name)?;
            self.reasons.push(Reason {
                part: format!("GRAPH {}", show(name)),
                says: "there is no such source".to_owned(),
                hints,
            });
            Ok(())
        } else {
            self.explain(inner)
        };
        self.graph = outer;
        told
    }

    fn tell(&mut self, part: String, says: &str) {
        self.reasons.push(Reason { part, says: says.to_owned(), hints: Vec::new() });
    }
}

/// The blank nodes that a parser puts between the steps of a path.
static BLANK: LazyLock<Option<regex::Regex>> = LazyLock::new(|| regex::Regex::new(r"_:[0-9a-f]{16,}").ok());
static IRIS: LazyLock<Option<regex::Regex>> = LazyLock::new(|| regex::Regex::new(r"<([^<>\s]+)>").ok());

/// A part of a query on one line, with prefixes.
pub(super) fn show(part: impl ToString) -> String {
    let text = part.to_string();
    let short = |found: &regex::Captures<'_>| {
        let iri = found.get(1).map_or("", |m| m.as_str());
        let short = vocab::shorten(iri);
        if short == iri { format!("<{iri}>") } else { short }
    };
    let text = IRIS.as_ref().map_or_else(|| text.clone(), |iris| iris.replace_all(&text, short).into_owned());
    let text = BLANK.as_ref().map_or_else(|| text.clone(), |blank| blank.replace_all(&text, "[]").into_owned());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
