//! What can be typed to the verbs of records and links.

use clap::Args as ClapArgs;
use std::path::PathBuf;

/// Draft a mapping for a table or other records, or run one over a table of any size
///
/// A mapping is a SPARQL CONSTRUCT query whose variables are the columns of one row (letters and digits of the header, _ between
/// them; ?ROWNUM is the number of the row). What it makes is read in the terms of the vocabulary: a node of class dos:Company is an
/// entity, a node of class dos:Position a fact. dos:number(?x) reads 1,234.5, dos:date(?x) reads 3 May 2018, dos:slug(?x) makes a
/// part of an IRI.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier map companies.csv > companies.rq    draft a mapping, then mend it
  dossier build companies.csv                 read the table with the mapping beside it
  dossier map big.csv.gz --with big.rq | gzip > big.nt.gz
                                              any size in constant memory, as N-Triples, without a graph")]
pub(in crate::cli) struct MapArgs {
    /// A file of records: .csv, .tsv, .json, .jsonl or .yaml; with --with a table, which may be packed with gzip
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// Run this mapping and write N-Triples
    #[arg(long, value_name = "MAPPING")]
    pub(in crate::cli) with: Option<PathBuf>,
    /// Say of each subject from which row it comes (prov:wasDerivedFrom FILE#row=17)
    #[arg(long, requires = "with")]
    pub(in crate::cli) evidence: bool,
    /// Number of threads; the result is the same for any [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = super::args::parse_threads)]
    pub(in crate::cli) threads: Option<usize>,
}
