//! What can be typed about the graph as a network: paths, ranks, groups.

use super::args::GraphArgs;
use super::ask_args::ScopeArgs;
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// Find how two are connected: the most plausible and the shortest chains, each step with its sentence
///
/// A step is what facts say between two entities: a relation, a post, a shared agreement or meeting. A chain is as plausible as the
/// product of its steps: how sure the text is, how many sources say so, what kind of fact it is; a chain through somebody with many
/// neighbours counts less (ontology/network.yaml). What is denied connects nobody.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier path \"Ana Ilves\" Chile
  dossier path \"Ana Ilves\" Chile --via Peru --max-hops 4
  dossier path Peru Chile --kinds Agreement,owns --by steps
  dossier path Peru Chile --avoid Estonia --format json | jq '.[0].steps[].evidence[0].quote'
  dossier path Peru Chile --as-of 2024-07 -o chains.svg")]
pub(in crate::cli) struct PathArgs {
    /// Where the chains begin: a name, or an identifier such as id:peru
    #[arg(value_name = "FROM")]
    pub(in crate::cli) from: String,
    /// Where they end
    #[arg(value_name = "TO")]
    pub(in crate::cli) to: String,
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
    /// Only chains over this one; given again, over these in order
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) via: Vec<String>,
    /// No chain over this one; may be given again
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) avoid: Vec<String>,
    /// Only steps of these kinds of facts or relations, such as Agreement,Visit,owns
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(in crate::cli) kinds: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// Most steps of a chain
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=20))]
    pub(in crate::cli) max_hops: u8,
    /// Most chains
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(in crate::cli) limit: u16,
    /// Which chains come first
    #[arg(long, value_enum, default_value_t = PathOrder::Plausibility)]
    pub(in crate::cli) by: PathOrder,
    /// How to write them [default: by the ending of FILE, else table]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<PathFormat>,
    /// Where to write them; standard output without
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PathOrder {
    /// The most plausible first
    Plausibility,
    /// The shortest first
    Steps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PathFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// A diagram of all chains; -o FILE may also end in .png, .pdf, .html or .dot
    Svg,
}
