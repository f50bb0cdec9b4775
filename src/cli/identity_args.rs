//! What can be typed about identity: compare, same, different, unsure, forget, diff.

use super::args::GraphArgs;
use clap::Args as ClapArgs;
use std::path::PathBuf;

/// Say how likely two names name the same person or body, and why
///
/// The score is a chance: of pairs with .9, nine in ten are the same. Names may come in any script; forms of address, legal
/// forms, nicknames, initials and acronyms are understood. With --pairs, a CSV file with the columns schema, name1 and
/// name2 is answered with a score and a verdict for each row.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier compare \"Sergey Lavrov\" \"Сергей Викторович Лавров\"
  dossier compare IBM \"International Business Machines\" --explain
  dossier compare --pairs pairs.csv > scores.csv")]
pub(in crate::cli) struct CompareArgs {
    /// Two names
    #[arg(value_name = "NAME", num_args = 0..=2, required_unless_present = "pairs", conflicts_with = "pairs")]
    pub(in crate::cli) names: Vec<String>,
    /// A CSV file of pairs, or - for standard input
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pairs: Option<PathBuf>,
    /// What the two names name: Person, Company, Organization, … [default: guessed from the names]
    #[arg(long, value_name = "SCHEMA", conflicts_with = "pairs")]
    pub(in crate::cli) schema: Option<String>,
    /// Show what each feature adds
    #[arg(long, conflicts_with = "pairs")]
    pub(in crate::cli) explain: bool,
    /// The score from which on two names match
    #[arg(long, value_name = "P", default_value_t = dossier::resolve::matcher::THRESHOLD, value_parser = parse_chance)]
    pub(in crate::cli) threshold: f32,
}

fn parse_chance(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(chance) if (0.0..=1.0).contains(&chance) => Ok(chance),
        _ => Err("a number from 0 to 1 is needed".to_owned()),
    }
}

/// Two that a person decides about.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct JudgeArgs {
    /// Two names, identifiers such as id:peru, or mentions such as SOURCE#Name
    #[arg(value_name = "NAME", num_args = 0..=2)]
    pub(in crate::cli) names: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
    /// Why, for whoever reads the ledger
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) author: Option<String>,
    /// When, as it shall stand in the ledger; nothing without it
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) date: Option<String>,
    /// Take back what was decided about the two
    #[arg(long, requires = "names")]
    pub(in crate::cli) undo: bool,
}

/// Decide that two are one; the second becomes an alias of the first
///
/// The decision stands in identity.tsv of the graph folder, wins over what the program finds, and survives rebuilds. The
/// identifier of the second still leads to it.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier same \"Ana Ilves\" \"A. Ilves\" --reason \"same signature\" --author Mart
  dossier same id:ana-ilves id:a-ilves
  dossier same id:ana-ilves id:a-ilves --undo")]
pub(in crate::cli) struct SameArgs {
    #[command(flatten)]
    pub(in crate::cli) judge: JudgeArgs,
}

/// Decide that two are not one
///
/// Where they are one now, name two mentions: SOURCE#Name is the name as that source has it. What is not the same stays
/// apart whatever else is decided: whoever is one with the first is not one with the second.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier different \"Ana Ilves\" \"Anna Ilves\"
  dossier different \"visit-2024#Ana Ilves\" \"trade-2025#Ana Ilves\"
  dossier different id:ana-ilves id:anna-ilves --undo")]
pub(in crate::cli) struct DifferentArgs {
    #[command(flatten)]
    pub(in crate::cli) judge: JudgeArgs,
}

/// List who may be one and is not decided, the best question first; or note that nobody knows
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier unsure
  dossier unsure --most 50
  dossier unsure id:ana-ilves id:a-ilves      and do not ask again")]
pub(in crate::cli) struct UnsureArgs {
    #[command(flatten)]
    pub(in crate::cli) judge: JudgeArgs,
    /// Most questions to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(in crate::cli) most: usize,
}

/// Remove a source from the graph and say which facts go with it
///
/// What other sources state too stays. The graph is then what it was before the source came, byte for byte.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier forget visit.md
  dossier forget visit trade-2025 --graph work")]
pub(in crate::cli) struct ForgetArgs {
    /// Sources, by identifier or file name
    #[arg(value_name = "SOURCE", required = true)]
    pub(in crate::cli) sources: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
}

/// Show in words which facts a graph gained, lost or changed
///
/// Compares two graph folders; or one with itself: as its last build left it, and as a build would make it now, after the
/// ledger was edited by hand.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier diff graph                          what the next build will change
  dossier diff old/graph graph                two graphs")]
pub(in crate::cli) struct DiffArgs {
    /// A graph folder
    #[arg(value_name = "BEFORE")]
    pub(in crate::cli) before: PathBuf,
    /// Another; without it, what a build would make of the first now
    #[arg(value_name = "AFTER")]
    pub(in crate::cli) after: Option<PathBuf>,
}
