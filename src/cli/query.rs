//! `dossier query`: SPARQL -> answer.

use super::Outcome;
use super::args::QueryArgs;
use super::names::Names;
use super::scope::open_store;
use super::terminal::{BOLD, DIM, NAME, Output, cannot_write, count, prose_width, say, width};
use clap::CommandFactory;
use dossier::derive::derive;
use dossier::error::{Error, Result};
use dossier::query::{
    Answer, Format, Found, Header, NamedQuery, Parameter, answer_until, bind_parameters, find, follow_former, list,
    parse, read_entities, read_parameters, why_empty,
};
use dossier::store::Store;
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
    let store = open_store(&args.graph, &args.scope)?;
    if args.derived {
        let derived = derive(&store)?;
        say(format_args!("note: {} by rules, in the graph id:derived", count(derived.len(), "derived triple")));
    }
    let query = bind(query, &args.values, &store)?;
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
fn tell_why(store: &Store, query: &NamedQuery) -> Result<()> {
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
    let query = bind(query.clone(), &[], store)?;
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
        let takes = takes(&find_query(name)?)?;
        writeln!(out, "  {NAME}{name:longest$}{NAME:#}  {}{DIM}{takes}{DIM:#}", header.summary)
            .map_err(cannot_write)?;
    }
    out.flush().map_err(cannot_write)?;
    Ok(Outcome::Complete)
}

/// ` (company, [from])`: what a query may be given.
fn takes(query: &NamedQuery) -> Result<String> {
    let parameters = read_parameters(&query.text, &query.name)?;
    let show = |p: &Parameter| if p.is_optional { format!("[{}]", p.name) } else { p.name.clone() };
    let names: Vec<String> = parameters.iter().map(show).collect();
    Ok(if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) })
}

/// The help of the verb.
fn print_help() -> Result<Outcome> {
    let mut command = super::Args::command();
    command.build();
    if let Some(query) = command.find_subcommand_mut("query") {
        query.print_help().map_err(cannot_write)?;
    }
    Ok(Outcome::Complete)
}

/// The help of one query: question, rows, parameters, and how to ask.
fn explain_query(name: &str) -> Result<Outcome> {
    let query = find_query(name)?;
    let header = Header::parse(&query.text, &query.name)?;
    let parameters = read_parameters(&query.text, &query.name)?;
    let mut out = Output::styled();
    write_help(&query.name, &header, &parameters, &mut out).and_then(|()| out.flush()).map_err(cannot_write)?;
    Ok(Outcome::Complete)
}

fn write_help(name: &str, header: &Header, parameters: &[Parameter], out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{BOLD}{name}{BOLD:#}  {}", header.summary)?;
    if !header.description.is_empty() {
        writeln!(out, "\n{}", textwrap::fill(header.description.trim(), prose_width()))?;
    }
    let longest = parameters.iter().map(|p| p.name.len()).max().unwrap_or_default();
    if longest > 0 {
        writeln!(out, "\n{BOLD}Parameters:{BOLD:#}")?;
    }
    for Parameter { name, sort, is_optional, default, .. } in parameters {
        let more = match default {
            Some(default) => format!(" [default: {default}]"),
            None if *is_optional => " [may be left out]".to_owned(),
            None => String::new(),
        };
        writeln!(out, "  {NAME}{name:longest$}{NAME:#}  {sort}{DIM}{more}{DIM:#}")?;
    }
    let needed = parameters.iter().filter(|p| !p.is_optional).map(|p| format!(" {}=…", p.name));
    writeln!(out, "\n  dossier query {name}{}", needed.collect::<String>())
}
