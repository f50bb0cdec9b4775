//! `dossier reconcile-serve`: the graph as a reconciliation service on this machine.

use super::Outcome;
use super::args::ReconcileServeArgs;
use super::flat::load_facts;
use super::terminal::{count, say};
use dossier::error::Result;
use dossier::serve::{Service, listen, subjects_of};
use dossier::store;

/// Serves until the process is ended.
pub(super) fn run(args: &ReconcileServeArgs) -> Result<Outcome> {
    let kept = load_facts(&args.graph.graph)?;
    let (_, store) = store::open(&args.graph.graph)?;
    let subjects = subjects_of(&kept.facts);
    let tell = |base: &str| {
        say(format_args!("{} at {base}/reconcile; Ctrl-C ends it", count(subjects.len(), "name")));
    };
    listen(&format!("127.0.0.1:{}", args.port), |base| Service::new(&subjects, store, base), tell)?;
    Ok(Outcome::Complete)
}
