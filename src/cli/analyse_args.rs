//! What can be typed about the graph as a network: paths, ranks, groups.

use super::args::GraphArgs;
use super::ask_args::{RowsFormat, ScopeArgs};
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

/// Rank who stands in the middle: by PageRank, betweenness or number of neighbours
///
/// PageRank: who is tied to those who are tied to many, ties weighted by their plausibility. Betweenness: the share of all pairs whose
/// shortest chains lead over one; exact for small graphs, for large ones an estimate that says how far it may be off.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier rank
  dossier rank --type Person --by betweenness --limit 10
  dossier rank --kinds Agreement --as-of 2024 --format csv > rank.csv")]
pub(in crate::cli) struct RankArgs {
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
    /// What to rank by
    #[arg(long, value_enum, default_value_t = RankBy::Pagerank)]
    pub(in crate::cli) by: RankBy,
    /// List only entities of this class, such as Person or Company; all count
    #[arg(long = "type", value_name = "CLASS")]
    pub(in crate::cli) class: Option<String>,
    /// Only ties by these kinds of facts or relations, such as Agreement,owns
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(in crate::cli) kinds: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// Most rows
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(in crate::cli) limit: usize,
    /// How far an estimated betweenness may be off, with nine chances in ten
    #[arg(long, value_name = "SHARE", default_value_t = 0.01, value_parser = parse_share)]
    pub(in crate::cli) error: f64,
    /// How to write it
    #[arg(long, value_enum, default_value_t = RowsFormat::Table)]
    pub(in crate::cli) format: RowsFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RankBy {
    /// Who is tied to those who are tied to many
    Pagerank,
    /// Who lies on the ways of others
    Betweenness,
    /// Who has most neighbours
    Degree,
}

/// Find who belongs together, and what ties each group
///
/// Communities of high modularity (Louvain, with groups that hang together). Each comes with its members, the kinds of facts within it,
/// the countries that its members share and what the facts are about.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier groups
  dossier groups --kinds Agreement,Meeting --least 3
  dossier groups --format csv > groups.csv            one row a member
  dossier groups --format json | jq '.groups[0].members[].label'")]
pub(in crate::cli) struct GroupsArgs {
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
    /// Only ties by these kinds of facts or relations, such as Agreement,owns
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(in crate::cli) kinds: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// Fewest members of a group
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(in crate::cli) least: usize,
    /// How to write them
    #[arg(long, value_enum, default_value_t = RowsFormat::Table)]
    pub(in crate::cli) format: RowsFormat,
}

fn parse_share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0005..=0.5).contains(&share) => Ok(share),
        _ => Err("a number from 0.0005 to 0.5 is needed".to_owned()),
    }
}

/// Write the graph, or the part that a query names, for other programs
///
/// RDF keeps all: sources as named graphs, claims as RDF 1.2 triple terms. GraphML, GEXF and CSV hold entities and ties, each with date,
/// status and facts. FollowTheMoney holds what is asserted. Of a SELECT, the part is the facts in its rows, or those between the entities
/// in its rows, with passages and sources; of a CONSTRUCT, RDF holds its triples.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier export -o graph.trig
  dossier export --format ttl --rdf11 | rapper -i turtle - http://example.org/
  dossier export -o graph.gexf                        for Gephi
  dossier export -o tables/                           nodes.csv and edges.csv
  dossier export --query agreements/list -o agreements.graphml
  dossier export --format ftm --as-of 2024 > entities.ftm.json")]
pub(in crate::cli) struct ExportArgs {
    /// Parameters of the query
    #[arg(value_name = "NAME=VALUE", requires = "query")]
    pub(in crate::cli) values: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
    /// Only the part that a query of the library, or of a file, names
    #[arg(long, value_name = "NAME|FILE")]
    pub(in crate::cli) query: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// With what follows by the rules
    #[arg(long)]
    pub(in crate::cli) derived: bool,
    /// Claims as rdf:Statement, for readers that do not know RDF 1.2 (JSON-LD always)
    #[arg(long)]
    pub(in crate::cli) rdf11: bool,
    /// How to write it [default: by the ending of FILE, else trig]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<ExportFormat>,
    /// Where to write it: a file, or for CSV a folder; standard output without
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportFormat {
    /// Turtle: the union of all sources
    Ttl,
    /// TriG: a named graph a source
    Trig,
    /// N-Quads
    Nq,
    /// JSON-LD
    Jsonld,
    /// GraphML
    Graphml,
    /// GEXF, for Gephi
    Gexf,
    /// Two tables in a folder
    Csv,
    /// FollowTheMoney, one entity a line
    Ftm,
}
