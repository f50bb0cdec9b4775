//! What can be typed to the verbs of records and links.

use clap::Args as ClapArgs;
use std::path::PathBuf;

/// Draft a mapping for a table or other records, or run one over a table or JSON of any size
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
    /// A file of records: .csv, .tsv, .json, .jsonl or .yaml; with --with of any size, which may be packed with gzip, but no .yaml
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

/// Link the people, bodies and places of the graph with a dataset: Wikidata, GeoNames, OpenSanctions, GLEIF, one of your own
///
/// Without a name the datasets that come with Dossier are used: countries and organisations. What is good enough is linked
/// (skos:exactMatch), what may be is a question (skos:closeMatch). The links lie in links/NAME.sssom.tsv of the graph folder, which can
/// be edited by hand: rows justified by semapv:ManualMappingCuration are kept.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier link                                countries and organisations, offline
  dossier link --list
  dossier link gleif --at lei2.csv.gz         a dataset that you downloaded
  dossier link registry.yaml --accept 0.95    a dataset that you described
  dossier link wikidata --endpoint https://wikidata.reconci.link/en/api
                                              any service of the reconciliation API
  dossier link countries --same id:kosovo Q1246
  dossier link countries --different id:georgia Q1428

A description names where a dataset lies and what its columns are:
  {dataset: registry, title: Our register, at: register.csv, format: table, id: number,
   iri: \"https://example.org/company/{}\", class: Company, names: [name, short_name], country: country}")]
pub(in crate::cli) struct LinkArgs {
    /// Datasets, by name or by description
    #[arg(value_name = "DATASET")]
    pub(in crate::cli) dataset: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) graph: super::args::GraphArgs,
    /// List the datasets that are described
    #[arg(long)]
    pub(in crate::cli) list: bool,
    /// Ask this service of the reconciliation API; DATASET is what its links are called
    #[arg(long, value_name = "URL", conflicts_with = "at")]
    pub(in crate::cli) endpoint: Option<String>,
    /// How long to wait for one answer of the service, or for a download to begin
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(in crate::cli) timeout: u64,
    /// Use only answers and downloads that are kept from before
    #[arg(long)]
    pub(in crate::cli) offline: bool,
    /// The file of the dataset, plain or packed with gzip, or its address: it is downloaded once
    #[arg(long, value_name = "FILE|URL")]
    pub(in crate::cli) at: Option<String>,
    /// From which chance on an entry is the one
    #[arg(long, value_name = "CHANCE", default_value_t = 0.9)]
    pub(in crate::cli) accept: f32,
    /// From which chance on it is a question
    #[arg(long, value_name = "CHANCE", default_value_t = 0.5)]
    pub(in crate::cli) review: f32,
    /// Decide that an entity is the entry with this identifier or IRI
    #[arg(long, num_args = 2, value_names = ["ENTITY", "ENTRY"], conflicts_with = "different")]
    pub(in crate::cli) same: Vec<String>,
    /// Decide that it is not
    #[arg(long, num_args = 2, value_names = ["ENTITY", "ENTRY"])]
    pub(in crate::cli) different: Vec<String>,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = LinkFormat::Table)]
    pub(in crate::cli) format: LinkFormat,
    /// Only tell what would be linked
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// How links are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum LinkFormat {
    /// For people, as wide as the terminal
    Table,
    /// Simple Standard for Sharing Ontological Mappings
    Sssom,
}

/// Let OpenRefine and others match names with the graph: a service of the W3C reconciliation API 0.2
///
/// Give OpenRefine the address that is printed. The service listens on this machine only, reads the graph once when it starts, and
/// changes nothing.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  dossier reconcile-serve                     on http://127.0.0.1:8000/reconcile
  dossier reconcile-serve --port 0            on a free port
  curl -s http://127.0.0.1:8000/reconcile --data-urlencode 'queries={\"q0\": {\"query\": \"Peru\"}}'")]
pub(in crate::cli) struct ReconcileServeArgs {
    #[command(flatten)]
    pub(in crate::cli) graph: super::args::GraphArgs,
    /// Port; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 8000)]
    pub(in crate::cli) port: u16,
}
