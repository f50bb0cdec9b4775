//! The rows of a query below `conflicts/` -> pairs of facts that cannot both be so, each side with its sentences.
//!
//! Such a query selects `?about` (what it is about, in words), `?one` and `?other` (the facts), `?one_says` and `?other_says` (what
//! they differ in). A new sort of conflict is a new query.

use super::evidence::{Quote, node, read_quotes, text};
use crate::error::{Error, Result};
use crate::query::{Found, Header, NamedQuery, answer_until};
use oxigraph::model::{NamedNode, Term};
use oxigraph::sparql::CancellationToken;
use oxigraph::store::Store;
use serde::Serialize;
use std::collections::BTreeSet;

/// Where the queries that find conflicts lie, in the library and in a project's own.
pub const CONFLICTS: &str = "conflicts/";

/// Two facts that contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// Name of the query that found it, without its folder.
    pub sort: String,
    /// The question that this query answers.
    pub question: String,
    /// What the two are about.
    pub about: String,
    /// The one and the other.
    pub sides: [Side; 2],
}

/// One of two facts that contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// IRI of the fact.
    pub fact: String,
    /// The fact in words.
    pub label: String,
    /// What it says otherwise than the other.
    pub says: String,
    /// asserted, planned, possible or denied.
    pub status: String,
    /// Label of the only speaker whom it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributed_to: Option<String>,
    /// The sentences that state it.
    pub evidence: Vec<Quote>,
}

/// What one query finds, each pair once, in the order of its rows.
///
/// # Errors
/// The query is wrong or lacks a column that it should have; the store cannot be read.
pub fn find_conflicts(store: &Store, query: &NamedQuery) -> Result<Vec<Conflict>> {
    let header = Header::parse(&query.text, &query.name)?;
    let answer = answer_until(store, &query.text, &query.name, &CancellationToken::new())?;
    let Found::Solutions { variables, rows } = answer.found else { return Err(lacks(query, "rows")) };
    let column = |name: &str| {
        let at = variables.iter().position(|variable| variable.as_str() == name);
        at.ok_or_else(|| lacks(query, &format!("the column ?{name}")))
    };
    let columns = [column("about")?, column("one")?, column("one_says")?, column("other")?, column("other_says")?];
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for row in &rows {
        let [about, one, one_says, other, other_says] = columns.map(|at| row.get(at).and_then(Option::as_ref));
        let (Some(Term::NamedNode(one)), Some(Term::NamedNode(other))) = (one, other) else { continue };
        let pair = if one.as_str() < other.as_str() { (one, other) } else { (other, one) };
        if !seen.insert((pair.0.as_str(), pair.1.as_str())) {
            continue;
        }
        found.push(Conflict {
            sort: query.name.trim_start_matches(CONFLICTS).to_owned(),
            question: header.summary.clone(),
            about: words(about),
            sides: [read_side(store, one, words(one_says))?, read_side(store, other, words(other_says))?],
        });
    }
    Ok(found)
}

fn lacks(query: &NamedQuery, what: &str) -> Error {
    let hint = "a query of conflicts selects ?about ?one ?one_says ?other ?other_says";
    Error::with_hint(format!("{} lacks {what}", query.name), hint)
}

fn words(term: Option<&Term>) -> String {
    match term {
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        Some(Term::NamedNode(node)) => crate::vocab::shorten(node.as_str()),
        _ => String::new(),
    }
}

fn read_side(store: &Store, fact: &NamedNode, says: String) -> Result<Side> {
    let status = node(store, fact, "dos", "status")?;
    let status = status.and_then(|status| status.as_str().rsplit('#').next().map(str::to_lowercase));
    let speaker = node(store, fact, "dos", "attributedTo")?;
    let attributed_to = match speaker {
        Some(speaker) => text(store, &speaker, "skos", "prefLabel")?,
        None => None,
    };
    Ok(Side {
        fact: fact.as_str().to_owned(),
        label: text(store, fact, "rdfs", "label")?.unwrap_or_default(),
        says,
        status: status.unwrap_or_default(),
        attributed_to,
        evidence: read_quotes(store, fact)?,
    })
}
