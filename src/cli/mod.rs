//! The verbs of the command line: each reads its arguments, calls the library, writes data to standard output.
//!
//! Law: one file a verb; what a verb knows about the domain, it knows from the library.

mod analyse_args;
mod args;
mod ask_args;
mod build;
mod compare;
mod conflicts;
mod demo;
mod derived;
mod diff;
mod draw;
mod eval;
mod evidence;
mod explain;
mod export;
mod facts;
mod flat;
mod forget;
mod groups;
mod held;
mod identity;
mod identity_args;
mod library;
mod link;
mod map;
mod names;
mod parse;
mod path;
mod place;
mod query;
mod rank;
mod records_args;
mod scope;
mod show;
pub(crate) mod terminal;
mod timeline;
mod tree;
mod verify;

pub(crate) use args::Args;
use args::Verb;
use dossier::error::{Error, Result};
use dossier::resolve::ledger::Judgement;
use std::process::ExitCode;

/// The exit code of a command that could not do its work: wrong usage or set-up.
pub(crate) const STOPPED: u8 = 2;

/// The exit code of a command that Ctrl-C ended (128 + SIGINT).
const INTERRUPTED: i32 = 130;

/// How a command that ran to its end went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All well: exit code 0.
    Complete,
    /// Done, but some inputs had errors, or a check failed: exit code 1.
    Flawed,
}

impl Outcome {
    /// Flawed if `flawed`.
    fn flawed_if(flawed: bool) -> Self {
        if flawed { Self::Flawed } else { Self::Complete }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Complete => ExitCode::SUCCESS,
            Outcome::Flawed => ExitCode::from(1),
        }
    }
}

/// Does what the arguments ask for.
///
/// # Errors
/// Wrong usage or set-up; the message says what to do.
pub(crate) fn run(args: Args) -> Result<Outcome> {
    match args.verb {
        Verb::Build(args) => build::run(&args),
        Verb::Map(args) => map::run(&args),
        Verb::Link(args) => link::run(&args),
        Verb::Facts(args) => facts::run(&args),
        Verb::Show(args) => show::run(&args),
        Verb::Query(args) => query::run(&args),
        Verb::Conflicts(args) => conflicts::run(&args),
        Verb::Timeline(args) => timeline::run(&args),
        Verb::Path(args) => path::run(&args),
        Verb::Rank(args) => rank::run(&args),
        Verb::Groups(args) => groups::run(&args),
        Verb::Export(args) => export::run(&args),
        Verb::Draw(args) => draw::run(&args),
        Verb::Verify(args) => verify::run(&args),
        Verb::Parse(args) => parse::run(&args),
        Verb::Explain(args) => explain::run(&args),
        Verb::Eval(args) => eval::run(&args),
        Verb::Demo(args) => demo::run(&args),
        Verb::Compare(args) => compare::run(&args),
        Verb::Same(args) => identity::judge(Judgement::Same, &args.judge),
        Verb::Different(args) => identity::judge(Judgement::Different, &args.judge),
        Verb::Unsure(args) => identity::run_unsure(&args),
        Verb::Forget(args) => forget::run(&args),
        Verb::Diff(args) => diff::run(&args),
    }
}

/// Ends the process with an error that no thread can be asked to stop for.
fn stop(error: &Error) {
    terminal::report_error(error);
    std::process::exit(i32::from(STOPPED));
}

/// Ends the process on Ctrl-C. A build's commit is one rename, so the graph is the old or the new one.
pub(crate) fn interrupt() {
    terminal::say("\ninterrupted; the graph is whole, and the same command goes on from here");
    std::process::exit(INTERRUPTED);
}
