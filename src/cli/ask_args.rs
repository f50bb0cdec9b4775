//! What can be typed about questions: query, timeline, conflicts, and the time that a question is about.

use super::args::GraphArgs;
use clap::{Args as ClapArgs, ValueEnum};
use dossier::date::Date;
use dossier::query::{Format, Limits};
use std::path::PathBuf;
use std::time::Duration;

/// Ask the graph in SPARQL, by one of the queries at hand or by one of your own
///
/// A name means a query that comes with Dossier, or a file below ./queries. Parameters are given as NAME=VALUE, or by value in their order;
/// a name of a person, body or place will do for an identifier. The usual prefixes (dos:, id:, skos:, prov:, …) need no
/// declaration; the default graph is the union of all sources.
#[derive(Debug, ClapArgs)]
#[command(
    disable_help_flag = true,
    after_help = "\
Examples:
  dossier query --list
  dossier query agreements/between --help           what it answers, and its parameters
  dossier query agreements/between Peru Chile from=2024
  dossier query people/posts --evidence             with the sentences behind each row
  dossier query mine.rq --format csv --timeout 60 > rows.csv
  dossier query --inline 'SELECT ?who WHERE { ?who a dos:Company }'
  dossier query agreements/network --format ttl"
)]
pub(in crate::cli) struct QueryArgs {
    /// Let SERVICE clauses reach this SPARQL service; may be given several times
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) allow_service: Vec<String>,
    /// A query of the library, a file, or - for standard input
    #[arg(value_name = "NAME|FILE", required_unless_present_any = ["inline", "list", "help"], conflicts_with = "list")]
    pub(in crate::cli) query: Option<String>,
    /// Parameters of the query
    #[arg(value_name = "NAME=VALUE", conflicts_with = "list")]
    pub(in crate::cli) values: Vec<String>,
    /// The query itself
    #[arg(long, value_name = "SPARQL")]
    pub(in crate::cli) inline: Option<String>,
    /// List the queries at hand and the questions that they answer
    #[arg(long, conflicts_with = "inline")]
    pub(in crate::cli) list: bool,
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// Ask also about what follows by the rules (met with, signed with, counterpart, colleague, active in sector)
    #[arg(long)]
    pub(in crate::cli) derived: bool,
    /// How to write the answer: table, csv, tsv, json, xml; of CONSTRUCT: table, ttl, trig, nt, nq, jsonld, rdfxml
    #[arg(long, default_value = "table")]
    pub(in crate::cli) format: Format,
    /// Show IRIs instead of labels in tables
    #[arg(long)]
    pub(in crate::cli) iris: bool,
    /// Add the sentences behind each row: numbered below a table, else as further columns, one row a sentence
    #[arg(long, conflicts_with = "explain")]
    pub(in crate::cli) evidence: bool,
    /// Show how the query is answered, with rows and time of each step, instead of the answer
    #[arg(long)]
    pub(in crate::cli) explain: bool,
    /// Stop the query after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    pub(in crate::cli) timeout: Option<Duration>,
    /// Stop the query where it takes more memory than this, beside the graph itself
    #[arg(long, value_name = "MB", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) memory: u32,
    /// Print help; of a query, what it answers and its parameters
    #[arg(short, long)]
    pub(in crate::cli) help: bool,
}

impl QueryArgs {
    /// The values of parameters; with --inline all that stands free is one.
    pub(in crate::cli) fn all_values(&self) -> Vec<String> {
        self.query.iter().filter(|_| self.inline.is_some()).chain(&self.values).cloned().collect()
    }

    /// The bounds of time and memory.
    pub(in crate::cli) fn limits(&self) -> Limits {
        Limits { timeout: self.timeout, memory: (self.memory as usize) << 20, overrun: Some(super::stop) }
    }
}

fn parse_seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds: &f64| *seconds > 0.0);
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| "a number of seconds is needed, such as 10 or 0.5".to_owned())
}

/// Show what the sources contradict each other in, with the sentences side by side
///
/// Figures that disagree beyond rounding, figures off by a power of ten, rates of growth that do not fit their figures, two holders of one post at a time, one event with two
/// dates, what one source asserts and another denies. Each sort is a query below conflicts/ (dossier query --list); one in
/// ./queries/conflicts is asked too.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier conflicts
  dossier conflicts Peru --sort figures
  dossier conflicts --format csv > conflicts.csv      one row a conflict
  dossier conflicts --format json | jq '.[].sides[].evidence[].quote'")]
pub(in crate::cli) struct ConflictsArgs {
    /// Only conflicts about these people, bodies or places
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// Only this sort: figures, magnitude, growth, holders, dates, denied, or one of your own
    #[arg(long, value_name = "SORT")]
    pub(in crate::cli) sort: Option<String>,
    /// How to write them
    #[arg(long, value_enum, default_value_t = RowsFormat::Table)]
    pub(in crate::cli) format: RowsFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RowsFormat {
    /// For people
    Table,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

/// List what happened, in order, of all or of what concerns some names
///
/// Everything with a date but figures and quotations, and the beginnings and ends of posts. A month or year that is all that is known
/// stands before the days it contains.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier timeline
  dossier timeline \"Ana Ilves\" --from 2024
  dossier timeline Peru Chile --format svg -o both.svg
  dossier timeline --known-by 2024-12 --format ics -o calendar.ics")]
pub(in crate::cli) struct TimelineArgs {
    /// Only what these people, bodies or places have a part in
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) graph: GraphArgs,
    /// From this day, month or year on
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(in crate::cli) from: Option<Date>,
    /// Until the end of this day, month or year
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(in crate::cli) until: Option<Date>,
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// How to write it
    #[arg(long, value_enum, default_value_t = TimelineFormat::Table)]
    pub(in crate::cli) format: TimelineFormat,
    /// Where to write it; standard output without
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TimelineFormat {
    /// For people
    Table,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
    /// A drawing along an axis of time
    Svg,
    /// For calendars (RFC 5545)
    Ics,
}

/// Of which time.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(in crate::cli) struct ScopeArgs {
    /// Only what had begun by this day, month or year and had not ended (2024-07-11, 2024-07, 2024)
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(in crate::cli) as_of: Option<Date>,
    /// Only what sources state that had appeared by then
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(in crate::cli) known_by: Option<Date>,
}

pub(in crate::cli) fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|()| "a date is a day, a month or a year: 2024-07-11, 2024-07 or 2024".to_owned())
}
