//! What can be typed: verbs, options, and the help that explains them by examples.

pub(super) use super::analyse_args::*;
pub(super) use super::ask_args::*;
pub(super) use super::identity_args::*;
pub(super) use super::records_args::*;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use dossier::date::Date;
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
    Map(MapArgs),
    Link(LinkArgs),
    ReconcileServe(ReconcileServeArgs),
    Facts(FactsArgs),
    Show(ShowArgs),
    Query(QueryArgs),
    Timeline(TimelineArgs),
    Path(PathArgs),
    Rank(RankArgs),
    Groups(GroupsArgs),
    Export(ExportArgs),
    Conflicts(ConflictsArgs),
    Draw(DrawArgs),
    Verify(VerifyArgs),
    Parse(ParseArgs),
    Explain(ExplainArgs),
    Eval(EvalArgs),
    Demo(DemoArgs),
    Compare(CompareArgs),
    Same(SameArgs),
    Different(DifferentArgs),
    Unsure(UnsureArgs),
    Forget(ForgetArgs),
    Diff(DiffArgs),
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
/// Reads .txt, .md, .html, .pdf and .docx files, folders of them, and standard input (-); tables, JSON and YAML with a mapping beside
/// them (companies.rq beside companies.csv, see dossier map); RDF and FollowTheMoney. Sources that the graph already has are updated,
/// the others stay. A metadata file beside a document (STEM.meta.json or .meta.yaml) gives its title,
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

/// Show everything about a person, body or place, with sources and quotes
///
/// Case and accents do not matter, and a part of the name is enough where it fits one only.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier show \"Ana Ilves\"
  dossier show id:peru | less
  dossier show Peru --on 2024-07              who held which post then")]
pub(super) struct ShowArgs {
    /// A name, or an identifier such as id:peru
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    #[command(flatten)]
    pub(super) graph: GraphArgs,
    #[command(flatten)]
    pub(super) scope: ScopeArgs,
    /// Only who held its posts on this day, month or year (2024-07-11, 2024-07, 2024); of a person, the posts held then
    #[arg(long, value_name = "DATE", value_parser = parse_date, conflicts_with = "as_of")]
    pub(super) on: Option<Date>,
}

/// Draw a view of the graph, the surroundings of names, or the answer of a query
///
/// Views: neighbourhood, relations, path, agreements, officials, companies, trade, timeline, sources, ontology. With names, a view
/// shows what concerns them. Graphviz lays the diagram out where it is installed, an embedded layout where it is not.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier draw -o graph.svg                             who is connected with whom
  dossier draw Peru Chile --hops 2 -o both.png
  dossier draw --view agreements --footnotes -o agreements.pdf
  dossier draw Peru \"Ana Ilves\" --view path -o path.svg
  dossier draw --view timeline --theme dark -o timeline.html
  dossier draw --query agreements/network -o network.svg
  dossier draw Peru --format dot | dot -Tpdf > peru.pdf

A SELECT query is drawn by its columns: from and to are joined; label, date, status (dos:Planned), fact (whose passages are the
evidence), group (a frame), fromLabel, toLabel, fromNote, toNote, undirected; value and unit make charts.

A theme file changes what it names of the style, in YAML:
  page: {background: \"#fffdf5\"}
  kinds: {Company: {fill: \"#ffe0b0\", shape: hexagon}}")]
pub(super) struct DrawArgs {
    /// Names, or identifiers such as id:peru; the whole graph without one
    #[arg(value_name = "NAME")]
    pub(super) name: Vec<String>,
    /// What to show: neighbourhood with names and relations without them, unless another view is named
    #[arg(long, value_name = "VIEW", conflicts_with = "query")]
    pub(super) view: Option<String>,
    /// A CONSTRUCT or SELECT query, by name or file, whose answer is drawn
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "name")]
    pub(super) query: Option<String>,
    /// Only facts of these kinds, such as Agreement or Visit,Meeting
    #[arg(long, value_name = "KIND", value_delimiter = ',', conflicts_with_all = ["name", "query"])]
    pub(super) kind: Vec<String>,
    #[command(flatten)]
    pub(super) graph: GraphArgs,
    /// How many connections away from the names
    #[arg(long, value_name = "N", default_value_t = 1, requires = "name")]
    pub(super) hops: usize,
    /// Most boxes to draw; the best connected come first [default: 30; 400 for queries]
    #[arg(long, value_name = "N")]
    pub(super) most: Option<usize>,
    /// Draw every box, where many that hang on one alone would be "and 34 more"
    #[arg(long)]
    pub(super) unfold: bool,
    /// Number the lines and list their quotes below
    #[arg(long)]
    pub(super) footnotes: bool,
    /// How it looks: light, dark, print, or a file of your own
    #[arg(long, value_name = "NAME|FILE", default_value = "light")]
    pub(super) theme: String,
    /// How to write it [default: by the ending of FILE, else svg]
    #[arg(long, value_enum)]
    pub(super) format: Option<DrawFormat>,
    /// Where to write it; standard output without
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Pixels of a PNG for one unit of the drawing [default: 2, less for a drawing of more than 40 million pixels]
    #[arg(long, value_name = "N")]
    pub(super) scale: Option<f64>,
    /// A font file for scripts that the embedded font lacks, for PNG and PDF; may be given again
    #[arg(long, value_name = "FILE")]
    pub(super) font: Vec<PathBuf>,
    /// What lays it out
    #[arg(long, value_enum, default_value_t = DrawEngine::Auto)]
    pub(super) engine: DrawEngine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DrawFormat {
    /// The language of Graphviz
    Dot,
    /// Scalable vector graphics
    Svg,
    /// Pixels
    Png,
    /// A page to print
    Pdf,
    /// A page to explore, one file without network
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DrawEngine {
    /// Graphviz's dot where it is installed, else the embedded layout
    Auto,
    /// Graphviz's dot or nothing
    Graphviz,
    /// Graphviz's neato: forces, for webs
    Neato,
    /// Graphviz's sfdp: forces, for large webs
    Sfdp,
    /// The embedded layout
    Embedded,
}

/// Check that every quote still stands where it was found
///
/// Checks each passage of the graph against the kept text, and each file against the manifest. Given the sources, it
/// checks these as well. Exit code 1 if anything has moved.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier verify
  dossier verify articles/                    and read the sources again")]
pub(super) struct VerifyArgs {
    /// Sources to read again, as they were given to build
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) graph: GraphArgs,
}

/// Build the sample corpus that comes with Dossier, ask it three questions, draw three diagrams
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier demo
  dossier demo --graph /tmp/demo --drawings /tmp/demo-drawings")]
pub(super) struct DemoArgs {
    #[command(flatten)]
    pub(super) graph: GraphArgs,
    /// Folder for the diagrams
    #[arg(long, value_name = "DIR", default_value = "drawings")]
    pub(super) drawings: PathBuf,
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

/// Show why a sentence gives the facts that it gives, and which it nearly gave
///
/// Prints the tree, who is mentioned and who that is, dates and amounts, the facts with the words and paths that made
/// them, what gave them their status and speaker, and the wordings that failed with what they missed. Sentences of a
/// document are read in their context, so that “the minister” is who he is there.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  echo 'Ana Ilves will visit Lima in May.' | dossier explain
  dossier explain article.md:12               the sentences on line 12 of the file
  dossier explain article.md:12 --format json | jq '.[].trials'")]
pub(super) struct ExplainArgs {
    /// A document and a line of it (of a PDF or .docx a line of the kept text), a document, or - for standard input
    #[arg(value_name = "FILE:LINE", default_value = "-")]
    pub(super) place: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t = TalkFormat::Table)]
    pub(super) format: TalkFormat,
}

/// Compare what is found with what you wrote down: precision, recall and F1 by kind
///
/// GOLD is a file NAME.gold.jsonl beside the document NAME.txt (or .md, .html, .pdf, .docx), a Markdown document with a
/// block fenced as ```facts, or a folder of these. The documents are read afresh, or taken from a graph with --graph.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier eval gold/                          read the documents beside the gold and score them
  dossier eval gold/ --show misses            and list what was not found
  dossier eval gold/ --graph work             score what a graph says of them
  dossier eval gold/ --texts articles/ --format json

Gold: one fact a line, a JSON object with the roles of `dossier facts --format jsonl`, names as text:
  {\"kind\": \"Visit\", \"visitor\": \"Ana Ilves\", \"destination\": \"Peru\", \"date\": \"2024-05\", \"quote\": \"…\"}
kind and quote are needed; the quote is the sentence, word for word. Optional: \"status\" (absent: asserted),
\"attributed_to\" (the only speaker), \"alt\": [{…}, …] (other readings as right; each says what differs).
Values are plain numbers (22000000; a fall is negative), \"target\": true marks goals and forecasts, dates are ISO and
may be partial or intervals (2024, 2024-07, 2024-07-11/2024-07-12), roles that take several are lists. A fact of type
\"commitment\" is optional. neutral.jsonl beside the gold lists sentences ({\"file\", \"kind\", \"quote\"}) in which a
fact of a kind is neither wanted nor wrong.

strict: every stated role is right (topic and place aside), and no party too many. lenient: the identifying roles are
right, quoted from the same sentence. core: Position, Agreement, Visit, Meeting and Measure, which gold should hold
completely; Statement and Relation may be a sample, so read their recall only.")]
pub(super) struct EvalArgs {
    /// Gold files, or folders of them
    #[arg(value_name = "GOLD", required = true)]
    pub(super) gold: Vec<PathBuf>,
    /// Folder of the documents, where they do not lie beside the gold
    #[arg(long, value_name = "DIR", conflicts_with = "graph")]
    pub(super) texts: Option<PathBuf>,
    /// Graph that holds the documents; without it they are read afresh
    #[arg(long, value_name = "DIR")]
    pub(super) graph: Option<PathBuf>,
    /// List facts that were missed, half found, or too many
    #[arg(long, value_enum)]
    pub(super) show: Option<Shown>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = TalkFormat::Table)]
    pub(super) format: TalkFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Shown {
    /// In the gold, not found
    Misses,
    /// Found, but not right in every role
    Part,
    /// Found, not in the gold
    Extra,
    /// All three
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TalkFormat {
    /// For people
    Table,
    /// For programs
    Json,
}

pub(super) fn parse_threads(text: &str) -> Result<usize, String> {
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
