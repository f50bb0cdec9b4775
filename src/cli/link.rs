//! `dossier link`: graph and dataset -> links.

use super::Outcome;
use super::args::{LinkArgs, LinkFormat};
use super::flat::load_facts;
use super::names::Names;
use super::terminal::{NAME, Output, cannot_write, count, report_diagnostics, say, width};
use comfy_table::{Attribute, Cell, ContentArrangement, Table, presets};
use dossier::error::{Error, Result};
use dossier::fetch::{Fetcher, is_address};
use dossier::keep::{Change, Folder};
use dossier::link::{
    Candidate, Dataset, Entry, Judged, LinkSet, Linker, Mapping, Service, Streamed, Subject, Thresholds, Verdict,
    express_links, gather_subjects, list_datasets, read_mappings, stream_entries, write_mappings,
};
use dossier::vocab;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

/// What is linked where nothing is named.
const SHIPPED: [&str; 2] = ["countries", "organisations"];

/// Links, or lists.
pub(super) fn run(args: &LinkArgs) -> Result<Outcome> {
    if args.list {
        return list();
    }
    if !(0.0..=1.0).contains(&args.review) || args.review > args.accept || args.accept > 1.0 {
        let message = "--review and --accept are chances from 0 to 1, the first not above the second";
        return Err(Error::new(message));
    }
    let names: Vec<&str> = match args.dataset.as_slice() {
        [] => SHIPPED.to_vec(),
        named => named.iter().map(String::as_str).collect(),
    };
    let decides = !args.same.is_empty() || !args.different.is_empty();
    if names.len() > 1 && (args.at.is_some() || decides) {
        return Err(Error::with_hint("--at, --same and --different are about one dataset", "name it"));
    }
    let kept = load_facts(&args.graph.graph)?;
    let subjects = gather_subjects(&kept.facts);
    if let Some(url) = &args.endpoint {
        return link_service(args, url, &kept, &subjects);
    }
    let at = find_file(args)?;
    for name in names {
        let dataset = Dataset::find(name)?;
        let decision = decide(args, &dataset, &kept)?;
        link(args, &dataset, &subjects, decision, &mut |take| stream_entries(&dataset, at.as_deref(), take))?;
    }
    Ok(Outcome::Complete)
}

/// The file that `--at` names; one at an address is downloaded, once.
fn find_file(args: &LinkArgs) -> Result<Option<PathBuf>> {
    match &args.at {
        Some(url) if is_address(url) => fetcher(args)?.download(url).map(Some),
        at => Ok(at.as_ref().map(PathBuf::from)),
    }
}

/// Asks services, and keeps what they answer beside the links.
fn fetcher(args: &LinkArgs) -> Result<Fetcher> {
    let cache = args.graph.graph.join("links").join(".answers");
    Fetcher::new(Some(&cache), args.offline, Duration::from_secs(args.timeout))
}

/// Links with what a service of the reconciliation API proposes.
fn link_service(args: &LinkArgs, url: &str, kept: &super::flat::Kept, subjects: &[Subject]) -> Result<Outcome> {
    let [name] = args.dataset.as_slice() else {
        return Err(Error::with_hint("--endpoint needs a name for its links", "dossier link NAME --endpoint URL"));
    };
    let fetcher = fetcher(args)?;
    let service = Service::open(url, &fetcher)?;
    let dataset = Dataset::of_service(name, &service.name, &service.space)?;
    let decision = decide(args, &dataset, kept)?;
    link(args, &dataset, subjects, decision, &mut |take| service.propose(subjects, take))
}

/// What hands entries on, batch by batch.
type Stream<'s> = dyn FnMut(&mut dyn FnMut(Vec<Entry>) -> Result<()>) -> Result<Streamed> + 's;

fn list() -> Result<Outcome> {
    let mut out = Output::styled();
    for (name, title, ready) in list_datasets()? {
        let needs = if ready { "" } else { "  (name its file with --at)" };
        writeln!(out, "{NAME}{name:16}{NAME:#} {title}{needs}").map_err(cannot_write)?;
    }
    out.flush().map_err(cannot_write)?;
    Ok(Outcome::Complete)
}

/// The decision of `--same` or `--different`.
fn decide(args: &LinkArgs, dataset: &Dataset, kept: &super::flat::Kept) -> Result<Option<Mapping>> {
    let (pair, negated) = if args.same.is_empty() { (&args.different, true) } else { (&args.same, false) };
    let [name, entry] = pair.as_slice() else { return Ok(None) };
    let entity = Names::of(&kept.facts).find(kept.follow(name))?;
    let object = if entry.contains("://") { entry.clone() } else { dataset.iri_of(entry) };
    Ok(Some(Mapping {
        subject: entity.iri.clone(),
        subject_label: entity.label.clone(),
        exact: true,
        negated,
        object,
        object_label: String::new(),
        manual: true,
        confidence: 1.0,
        comment: "decided on the command line".to_owned(),
    }))
}

fn link(
    args: &LinkArgs,
    dataset: &Dataset,
    subjects: &[Subject],
    decision: Option<Mapping>,
    stream: &mut Stream<'_>,
) -> Result<Outcome> {
    let folder = Folder::open(&args.graph.graph)?;
    let former = read_former(&folder, dataset)?;
    let manual = gather_manual(&former, decision);
    let judge = |m: &Mapping| {
        let judged = if m.negated { Judged::Different } else { Judged::Same };
        (m.subject.clone(), m.object.clone(), judged)
    };
    let judged: Vec<(String, String, Judged)> = manual.iter().map(judge).collect();
    let mut linker = Linker::new(subjects, &judged);
    let mut entries = 0;
    let streamed = stream(&mut |batch| {
        entries += batch.len();
        linker.take(&batch);
        Ok(())
    })?;
    report_diagnostics(&streamed.findings);
    let found = linker.finish(Thresholds { accept: args.accept, review: args.review });
    let told = summarise(dataset, entries, &found);
    let table = tell_table(subjects, &found);
    let unasked = former.into_iter().filter(|m| streamed.unanswered.contains(&m.subject));
    let mut set = LinkSet::gather(subjects, found, &manual.into_iter().chain(unasked).collect::<Vec<_>>());
    set.lying = dataset.find_countries_of_places(subjects)?;
    let about = describe(dataset);
    let text = write_mappings(&dataset.dataset, &about, &set.mappings);
    if !args.dry_run {
        let there: BTreeSet<&str> = subjects.iter().map(|s| s.iri.as_str()).collect();
        let is_there = |iri: &str| there.contains(iri);
        let graph = express_links(dataset, &set, is_there);
        Change::begin(&args.graph.graph)?.put_links(&dataset.dataset, &text, &graph)?;
    }
    let mut out = Output::open();
    let written = match args.format {
        LinkFormat::Table => out.write_all(table.as_bytes()),
        LinkFormat::Sssom => out.write_all(text.as_bytes()),
    };
    written.and_then(|()| out.flush()).map_err(cannot_write)?;
    say(told);
    Ok(Outcome::flawed_if(!streamed.unanswered.is_empty()))
}

/// The rows that the dataset's file of links has.
fn read_former(folder: &Folder, dataset: &Dataset) -> Result<Vec<Mapping>> {
    let name = folder.mappings_path(&dataset.dataset).display().to_string();
    let Some(text) = folder.mappings(&dataset.dataset)? else { return Ok(Vec::new()) };
    read_mappings(&text, &name).map_err(|d| {
        Error::with_hint(d.to_string().lines().next().unwrap_or_default().to_owned(), d.hint.unwrap_or_default())
    })
}

/// Decisions of people, the new one last; it replaces an older one about the same two.
fn gather_manual(former: &[Mapping], decision: Option<Mapping>) -> Vec<Mapping> {
    let replaced = |m: &Mapping| decision.as_ref().is_some_and(|d| m.subject == d.subject && m.object == d.object);
    let mut manual: Vec<Mapping> = former.iter().filter(|m| m.manual && !replaced(m)).cloned().collect();
    manual.extend(decision);
    manual
}

fn describe(dataset: &Dataset) -> Vec<(&'static str, String)> {
    let mut about = vec![("mapping_set_title", format!("Entities of the graph in {}", dataset.title))];
    about.push(("object_source", format!("id:dataset.{}", dataset.dataset)));
    about.extend(dataset.licence.clone().map(|l| ("license", l)));
    about
}

fn summarise(dataset: &Dataset, entries: usize, found: &[Vec<(Candidate, Verdict)>]) -> String {
    let with = |verdict: Verdict| found.iter().filter(|list| list.iter().any(|(_, v)| *v == verdict)).count();
    let (linked, open) = (with(Verdict::Accepted), with(Verdict::Review));
    format!(
        "{}: {} past {}: {linked} linked, {open} to review",
        dataset.dataset,
        if entries == 1 {
            "1 entry".to_owned()
        } else {
            format!("{} entries", count(entries, "").trim_end_matches([' ', 's']))
        },
        if found.len() == 1 { "1 entity".to_owned() } else { format!("{} entities", found.len()) },
    )
}

fn tell_table(subjects: &[Subject], found: &[Vec<(Candidate, Verdict)>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width());
    let head = ["entity", "entry", "chance", "", "why"];
    table.set_header(head.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    let mut any = false;
    for (subject, list) in subjects.iter().zip(found) {
        for (candidate, verdict) in list {
            let told = match verdict {
                Verdict::Accepted => "linked",
                Verdict::Review => "review",
                Verdict::Rejected => "not",
            };
            let entry = format!("{} {}", short(&candidate.iri), candidate.label);
            let chance = format!("{:.2}", (candidate.score * 100.0).floor() / 100.0);
            table.add_row([subject.label.clone(), entry, chance, told.to_owned(), candidate.reason.clone()]);
            any = true;
        }
    }
    if any { format!("{}\n", table.trim_fmt()) } else { String::new() }
}

/// The last part of an IRI, which people know the entry by.
fn short(iri: &str) -> String {
    let plain = vocab::shorten(iri);
    plain.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(&plain).to_owned()
}
