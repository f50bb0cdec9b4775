//! `--as-of DATE` and `--known-by DATE`: the part of the graph that a command speaks of.

use super::args::GraphArgs;
use super::ask_args::ScopeArgs;
use super::terminal::{count, say};
use dossier::date::Date;
use dossier::error::Result;
use dossier::query::{Narrowed, Scope, narrow};
use dossier::store::{self, Store};

/// The store of a graph, narrowed to what the options name; says on standard error what is left out.
pub(super) fn open_store(graph: &GraphArgs, scope: &ScopeArgs) -> Result<Store> {
    narrow_store(store::open(&graph.graph)?.1, scope)
}

/// A store narrowed to what the options name; says on standard error what is left out.
pub(super) fn narrow_store(store: Store, scope: &ScopeArgs) -> Result<Store> {
    let Some(scope) = scope.scope() else { return Ok(store) };
    let (narrowed, told) = narrow(&store, scope)?;
    say(format_args!("note: {}", tell(scope, told)));
    Ok(narrowed)
}

impl ScopeArgs {
    /// The scope, where any is asked for.
    pub(super) fn scope(&self) -> Option<Scope> {
        let scope = Scope { as_of: self.as_of, known_by: self.known_by };
        Some(scope).filter(|scope| *scope != Scope::default())
    }
}

/// `as of 2024, known by 2025-02: 83 facts; 30 begin later, 4 had ended`.
fn tell(scope: Scope, told: Narrowed) -> String {
    let option = |words: &str, date: Option<Date>| date.map(|date| format!("{words} {date}"));
    let asked: Vec<String> =
        [option("as of", scope.as_of), option("known by", scope.known_by)].into_iter().flatten().collect();
    let out = [
        (told.later, "begin later"),
        (told.ended, "had ended"),
        (told.unknown_yet, "are of later sources"),
        (told.undated, "have no date, nor have their sources"),
    ];
    let out: Vec<String> = out.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{n} {why}")).collect();
    let left = if out.is_empty() { "none is left out".to_owned() } else { out.join(", ") };
    format!("{}: {}; {left}", asked.join(", "), count(told.kept, "fact"))
}
