//! `dossier explain`: a sentence -> why it gives the facts that it gives.

use super::Outcome;
use super::args::ExplainArgs;
use dossier::error::Result;

/// Explains the sentences at a place.
pub(super) fn run(_args: &ExplainArgs) -> Result<Outcome> {
    Ok(Outcome::Complete)
}
