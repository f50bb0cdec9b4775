//! The `dossier` command: parse, dispatch, print the error and its hint.
//!
//! Law: data goes to standard output, talk to standard error; the exit code says how it went (see [`cli::Outcome`]).

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = cli::Args::parse();
    // Where no handler can be set, the system's own ends the process, and the graph is whole all the same.
    let _ = ctrlc::set_handler(cli::interrupt);
    match cli::run(args) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            cli::terminal::report_error(&error);
            ExitCode::from(cli::STOPPED)
        }
    }
}
