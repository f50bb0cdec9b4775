//! `dossier query --list` and `dossier query NAME --help`: what the queries at hand answer, and what they may be given.

use super::Outcome;
use super::query::{find_query, own_queries};
use super::terminal::{BOLD, DIM, NAME, Output, cannot_write, prose_width};
use clap::CommandFactory;
use dossier::error::Result;
use dossier::query::{Header, NamedQuery, Parameter, list, read_parameters};
use std::io::Write;

/// Lists all queries by folder with their questions.
pub(super) fn list_queries() -> Result<Outcome> {
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
pub(super) fn print_help() -> Result<Outcome> {
    let mut command = super::Args::command();
    command.build();
    if let Some(query) = command.find_subcommand_mut("query") {
        query.print_help().map_err(cannot_write)?;
    }
    Ok(Outcome::Complete)
}

/// The help of one query: question, rows, parameters, and how to ask.
pub(super) fn explain_query(name: &str) -> Result<Outcome> {
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
