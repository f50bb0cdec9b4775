//! `dossier query`: SPARQL -> answer.

use super::Outcome;
use super::args::QueryArgs;
use super::evidence::answer_with_evidence;
use super::library::{explain_query, list_queries, print_help};
use super::names::Names;
use super::scope::narrow_store;
use super::terminal::{BOLD, Output, cannot_write, count, say, width};
use dossier::derive::derive;
use dossier::error::{Error, Result};
use dossier::query::{
    Answer, Format, Found, NamedQuery, answer_federated, answer_until, bind_parameters, explain, find, follow_former,
    parse, read_entities, why_empty, write_federated,
};
use dossier::store::{self, Store};
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
    if args.help {
        return args.query.as_deref().map_or_else(print_help, explain_query);
    }
    let query = choose(args)?;
    parse(&query.text, &query.name)?;
    // A name is looked up in all of the graph, also where it stands for nothing in the time that is asked about.
    let (_, whole) = store::open(&args.graph.graph)?;
    let query = follow(&whole, bind(query, &args.all_values(), &whole)?)?;
    let store = narrow_store(whole, &args.scope)?;
    if args.derived {
        let derived = derive(&store)?;
        say(format_args!("note: {} by rules, in the graph id:derived", count(derived.len(), "derived triple")));
    }
    let limits = args.limits();
    if args.explain {
        let mut out = Output::open();
        let plan = explain(&store, &query.text, &query.name, limits)?;
        plan.write(&mut out).and_then(|()| out.flush()).map_err(cannot_write)?;
        return Ok(Outcome::Complete);
    }
    if args.format != Format::Table && !args.evidence {
        let (mut out, services) = (Output::open(), &args.allow_service);
        let rows = write_federated(&store, &query.text, &query.name, limits, services, (args.format, &mut out))?;
        out.flush().map_err(cannot_write)?;
        if rows == 0 {
            tell_why(&store, &query)?;
        }
        return Ok(Outcome::Complete);
    }
    let answer = if args.evidence {
        answer_with_evidence(&store, &query, args, limits)?
    } else {
        let answer = answer_federated(&store, &query.text, &query.name, limits, &args.allow_service)?;
        write_answer(&answer, args)?;
        answer
    };
    if args.format == Format::Table && !matches!(answer.found, Found::Boolean(_)) {
        say(tell_size(&answer));
    }
    if answer.found == Found::Boolean(false) || answer.is_empty() {
        tell_why(&store, &query)?;
    }
    Ok(Outcome::Complete)
}

/// Says which part of a query without rows finds nothing, and what comes near.
fn tell_why(store: &Store, query: &NamedQuery) -> Result<()> {
    let token = CancellationToken::new();
    let limit = token.clone();
    std::thread::spawn(move || {
        std::thread::sleep(WHY);
        limit.cancel();
    });
    for reason in why_empty(store, &query.text, &token)? {
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

/// The query with its parameters in place; a name that is no identifier means who or what is called so in the store.
pub(super) fn bind(query: NamedQuery, values: &[String], store: &Store) -> Result<NamedQuery> {
    let find = |name: &str| {
        let entities = read_entities(store)?;
        Names::among(entities.iter()).find(name).map(|entity| vocab::iri(&entity.iri))
    };
    let text = bind_parameters(&query.text, &query.name, values, find)?;
    Ok(NamedQuery { text: Cow::Owned(text), ..query })
}

/// Asks a query of the library or a file, with the defaults of its parameters.
pub(super) fn ask(store: &Store, query: &NamedQuery) -> Result<Answer> {
    let query = follow(store, bind(query.clone(), &[], store)?)?;
    answer_until(store, &query.text, &query.name, &CancellationToken::new())
}

/// The query about what things have become that were merged away.
fn follow(store: &Store, query: NamedQuery) -> Result<NamedQuery> {
    let (text, former) = follow_former(store, &query.text)?;
    for (old, new) in &former {
        say(format_args!("note: {} is {} now", vocab::shorten(old), vocab::shorten(new)));
    }
    Ok(NamedQuery { text: Cow::Owned(text.into_owned()), name: query.name })
}

/// Writes an answer in the format that is asked for.
pub(super) fn write_answer(answer: &Answer, args: &QueryArgs) -> Result<()> {
    let mut out = Output::open();
    match args.format {
        Format::Table if args.iris => answer.write_iris(&mut out, width())?,
        format => answer.write(format, &mut out, width())?,
    }
    out.flush().map_err(cannot_write)
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
