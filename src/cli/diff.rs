//! `dossier diff`: two graphs, or a graph as its last build left it and as a build would make it now, in words.

use super::Outcome;
use super::args::DiffArgs;
use super::terminal::{BOLD, DIM, Output, cannot_write, count, say};
use dossier::error::Result;
use dossier::keep::{Claim, Difference, Folder, claims_of, differ, read_claims};
use dossier::pipeline::load_graph;
use std::io::{self, Write};

/// Compares and prints.
pub(super) fn run(args: &DiffArgs) -> Result<Outcome> {
    let first = Folder::open(&args.before)?;
    let before = read_claims(&first)?;
    let after = match &args.after {
        Some(after) => read_claims(&Folder::open(after)?)?,
        None => claims_of(&load_graph(&first)?.express()?.concat()),
    };
    let found = differ(&before, &after);
    let mut out = Output::styled();
    write_all(&found, &mut out).and_then(|()| out.flush()).map_err(cannot_write)?;
    say(if found.is_empty() { "no fact differs".to_owned() } else { summarise(&found) });
    Ok(Outcome::Complete)
}

fn summarise(found: &Difference) -> String {
    let Difference { gained, lost, changed } = found;
    format!("{} gained, {} lost, {} changed", count(gained.len(), "fact"), lost.len(), changed.len())
}

fn write_all(found: &Difference, out: &mut impl Write) -> io::Result<()> {
    for (head, sign, claims) in [("gained", '+', &found.gained), ("lost", '-', &found.lost)] {
        if !claims.is_empty() {
            writeln!(out, "{BOLD}{head}{BOLD:#}")?;
        }
        claims.iter().try_for_each(|c| writeln!(out, "{sign} {}{DIM}{}{DIM:#}", c.label, tell_rest(c)))?;
    }
    if !found.changed.is_empty() {
        writeln!(out, "{BOLD}changed{BOLD:#}")?;
    }
    for (old, new) in &found.changed {
        writeln!(out, "~ {}{DIM}{}{DIM:#}", old.label, tell_rest(old))?;
        writeln!(out, "  now {}{DIM}{}{DIM:#}", new.label, tell_rest(new))?;
    }
    Ok(())
}

/// `, planned, from a, b`.
fn tell_rest(claim: &Claim) -> String {
    let sources: Vec<&str> = claim.sources.iter().map(String::as_str).collect();
    format!(", {}, from {}", claim.status, sources.join(", "))
}
