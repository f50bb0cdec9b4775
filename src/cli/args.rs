//! What can be typed: verbs, options, and the help that explains them by examples.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use dossier::extract::Status;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  dossier demo                                build the sample corpus and look around
  dossier build articles/                     read a folder of documents into ./graph
  dossier facts --kind Agreement              list what was found
  dossier query posts                         ask who holds which post

Standard output is data, standard error is talk. Exit codes: 0 all well; 1 done, but some inputs had errors or a check
failed; 2 wrong usage or set-up; 130 interrupted.";

/// Turns a folder of documents about officials, companies and agreements into a knowledge graph in which every fact leads
/// back to the sentence that states it. Offline; same input, same bytes.
#[derive(Debug, Parser)]
#[command(name = "dossier", version, after_help = EXAMPLES, max_term_width = 110, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Build(BuildArgs),
    Facts(FactsArgs),
    Parse(ParseArgs),
}

/// Which graph.
#[derive(Debug, ClapArgs)]
pub(super) struct GraphArgs {
    /// Folder of the graph
    #[arg(long, value_name = "DIR", default_value = "graph")]
    pub(super) graph: PathBuf,
}

/// Read documents and add what they state to the graph
///
/// Reads .txt, .md and .html files, folders of them, and standard input (-). Sources that the graph already has are
/// updated, the others stay. A metadata file beside a document (STEM.meta.json or .meta.yaml) gives its title,
/// publisher, author, date and url.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier build articles/                     add or update a folder of documents
  dossier build a.md b.html --graph work      into a graph of its own
  curl -s https://example.org/a.txt | dossier build -
  dossier build articles/ --prune             and drop what is no longer in the folder")]
pub(super) struct BuildArgs {
    /// Documents, folders of documents, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) graph: GraphArgs,
    /// Drop the sources of the graph that are not among the inputs
    #[arg(long)]
    pub(super) prune: bool,
    /// Read every input again, changed or not
    #[arg(long)]
    pub(super) force: bool,
    /// Number of threads; the result is the same for any [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = parse_threads)]
    pub(super) threads: Option<usize>,
}

/// List the facts of the graph with their sources
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier facts --kind Agreement --about Peru
  dossier facts --status planned
  dossier facts --format jsonl | jq -r '.evidence[0].quote'
  dossier facts --format csv > facts.csv      one row a fact and passage")]
pub(super) struct FactsArgs {
    #[command(flatten)]
    pub(super) graph: GraphArgs,
    /// How to write them
    #[arg(long, value_enum, default_value_t = FactsFormat::Table)]
    pub(super) format: FactsFormat,
    /// Only facts of this kind, such as Agreement, Visit, Measure
    #[arg(long)]
    pub(super) kind: Option<String>,
    /// Only facts in which this person, body or place has a part
    #[arg(long, value_name = "NAME")]
    pub(super) about: Option<String>,
    /// Only facts of this status: asserted, planned, possible or denied
    #[arg(long, value_parser = parse_status)]
    pub(super) status: Option<Status>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FactsFormat {
    /// For people, as wide as the terminal
    Table,
    /// One row a fact and passage
    Csv,
    /// One JSON object a fact
    Jsonl,
}

/// Show how a document is read: CoNLL-U with names in the MISC column
///
/// One block a sentence, in the format of universaldependencies.org. MISC brackets what was recognised, such as
/// Entity=(Person ... Entity=Person).
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier parse article.md
  echo 'Ana Ilves visited Lima in May.' | dossier parse -")]
pub(super) struct ParseArgs {
    /// A document, or - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

fn parse_threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads @ 1..=256) => Ok(threads),
        _ => Err("a number from 1 to 256 is needed".to_owned()),
    }
}

fn parse_status(text: &str) -> Result<Status, String> {
    text.parse().map_err(|()| "it is one of asserted, planned, possible, denied".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_verb_has_examples() {
        for verb in Args::command().get_subcommands() {
            let help = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.starts_with("Examples:\n"), "{}", verb.get_name());
        }
    }
}
