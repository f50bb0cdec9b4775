//! What can be typed about questions: conflicts, and the time that a question is about.

use super::args::GraphArgs;
use clap::{Args as ClapArgs, ValueEnum};
use dossier::date::Date;

/// Show what the sources contradict each other in, with the sentences side by side
///
/// Figures that disagree beyond rounding, figures off by a power of ten, two holders of one post at a time, one event with two
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
    /// Only this sort: figures, magnitude, holders, dates, denied, or one of your own
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
