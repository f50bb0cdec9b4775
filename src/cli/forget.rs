//! `dossier forget`: a graph without one of its sources.

use super::Outcome;
use super::args::ForgetArgs;
use super::terminal::{DIM, Output, cannot_write, count, say};
use dossier::error::Result;
use dossier::express::label_fact;
use dossier::ontology::classes::Classes;
use dossier::pipeline::{Forgotten, forget};
use std::io::Write;

/// Forgets the sources one after the other and says which facts went with each.
pub(super) fn run(args: &ForgetArgs) -> Result<Outcome> {
    let classes = Classes::embedded()?;
    for source in &args.sources {
        let Forgotten { name, lost, kept, facts } = forget(&args.graph.graph, source)?;
        let mut out = Output::styled();
        for fact in &lost {
            let (kind, label) = (classes.label(&fact.kind), label_fact(fact, &classes));
            writeln!(out, "{DIM}{kind}{DIM:#}  {label}, {}", fact.status.as_str()).map_err(cannot_write)?;
        }
        out.flush().map_err(cannot_write)?;
        let others = if kept > 0 { format!("; {} stated by others too", count(kept, "fact")) } else { String::new() };
        let went = count(lost.len(), "fact");
        say(format_args!("{name} is forgotten, and {went} that nobody else states{others}"));
        say(format_args!("the graph has {}", count(facts, "fact")));
    }
    Ok(Outcome::Complete)
}
