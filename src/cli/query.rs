//! `dossier query`: SPARQL -> answer.

use super::Outcome;
use super::args::QueryArgs;
use super::scope::open_store;
use super::terminal::{BOLD, NAME, Output, cannot_write, count, say, width};
use dossier::error::{Error, Result};
use dossier::query::{Answer, Format, Found, NamedQuery, answer_until, find, follow_former, list, parse, why_empty};
use dossier::store;
use dossier::vocab;
use oxigraph::sparql::CancellationToken;
use std::borrow::Cow;
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

/// A project's own queries, beside its graph.
const FOLDER: &str = "queries";
/// How long the reason of an empty answer is looked for.
const WHY: Duration = Duration::from_secs(3);

/// Lists the queries, or asks one.
pub(super) fn run(args: &QueryArgs) -> Result<Outcome> {
    if args.list {
        return list_queries();
    }
    let query = choose(args)?;
    parse(&query.text, &query.name)?;
    let store = open_store(&args.graph, &args.scope)?;
    let answer = ask(&store, &query)?;
    let mut out = Output::open();
    answer.write(args.format, &mut out, width())?;
    out.flush().map_err(cannot_write)?;
    if args.format == Format::Table && !matches!(answer.found, Found::Boolean(_)) {
        say(tell_size(&answer));
    }
    if answer.found == Found::Boolean(false) || answer.is_empty() {
        tell_why(&store, &query)?;
    }
    Ok(Outcome::Complete)
}

/// Says which part of a query without rows finds nothing, and what comes near.
fn tell_why(store: &store::Store, query: &NamedQuery) -> Result<()> {
    let token = CancellationToken::new();
    let limit = token.clone();
    std::thread::spawn(move || {
        std::thread::sleep(WHY);
        limit.cancel();
    });
    let (text, _) = follow_former(store, &query.text)?;
    for reason in why_empty(store, &text, &token)? {
        say(format_args!("{BOLD}why:{BOLD:#} {}: {}", reason.part, reason.says));
        for hint in reason.hints {
            say(format_args!("  {BOLD}hint:{BOLD:#} {hint}"));
        }
    }
    Ok(())
}

/// The query that a name or file means, among those of `./queries` and of the library.
pub(super) fn find_query(name: &str) -> Result<NamedQuery> {
    find(name, own_queries())
}

/// Asks a query of the library or a file.
pub(super) fn ask(store: &store::Store, query: &NamedQuery) -> Result<Answer> {
    let (text, former) = follow_former(store, &query.text)?;
    for (old, new) in &former {
        say(format_args!("note: {} is {} now", vocab::shorten(old), vocab::shorten(new)));
    }
    answer_until(store, &text, &query.name, &CancellationToken::new())
}

/// A project's own queries, where it has any.
pub(super) fn own_queries() -> Option<&'static Path> {
    Some(Path::new(FOLDER)).filter(|folder| folder.is_dir())
}

fn choose(args: &QueryArgs) -> Result<NamedQuery> {
    match (&args.inline, args.query.as_deref()) {
        (Some(text), _) => Ok(NamedQuery { name: "query".to_owned(), text: Cow::Owned(text.clone()) }),
        (None, Some("-")) => read_stdin(),
        (None, name) => find_query(name.unwrap_or_default()),
    }
}

fn read_stdin() -> Result<NamedQuery> {
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|cause| Error::new(format!("cannot read a query from standard input: {cause}")))?;
    Ok(NamedQuery { name: "<stdin>".to_owned(), text: Cow::Owned(text) })
}

fn tell_size(answer: &Answer) -> String {
    count(answer.len(), if matches!(answer.found, Found::Graph(_)) { "triple" } else { "row" })
}

fn list_queries() -> Result<Outcome> {
    let queries = list(own_queries())?;
    let longest = queries.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut out = Output::styled();
    let mut folder = "";
    for (name, header) in &queries {
        let (parent, _) = name.split_once('/').unwrap_or(("", name));
        if parent != std::mem::replace(&mut folder, parent) {
            writeln!(out, "{BOLD}{parent}{BOLD:#}").map_err(cannot_write)?;
        }
        writeln!(out, "  {NAME}{name:longest$}{NAME:#}  {}", header.summary).map_err(cannot_write)?;
    }
    out.flush().map_err(cannot_write)?;
    Ok(Outcome::Complete)
}
