//! `dossier groups`: graph folder -> who belongs together, and by what.

use super::Outcome;
use super::args::{GroupsArgs, RowsFormat};
use super::rank::{tell_kinds, tell_size};
use super::scope::open_store;
use super::terminal::{BOLD, DIM, NAME, Output, cannot_write, count, prose_width, say};
use dossier::analyse::{Group, Network, find_kinds};
use dossier::error::Result;
use dossier::ontology::classes::Classes;
use dossier::resolve::Entity;
use serde::Serialize;
use std::io::{self, Write};

/// Most members, and most of what ties them, in the table.
const MOST_MEMBERS: usize = 12;
const MOST_TIES: usize = 5;

#[derive(Serialize)]
struct Division<'a> {
    modularity: f64,
    groups: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    members: Vec<&'a Entity>,
    ties_inside: usize,
    ties_outside: usize,
    kinds: &'a [(String, usize)],
    countries: Vec<(&'a str, usize)>,
    subjects: &'a [(String, usize)],
}

/// Finds the groups and writes them.
pub(super) fn run(args: &GroupsArgs) -> Result<Outcome> {
    let kinds = find_kinds(&args.kinds)?;
    let store = open_store(&args.graph, &args.scope)?;
    let network = Network::read(&store, &kinds)?;
    let (mut groups, modularity) = network.find_groups(&store)?;
    groups.retain(|group| group.members.len() >= args.least);
    let told: Vec<Told<'_>> = groups.iter().map(|group| tell(group, &network)).collect();
    let mut out = if args.format == RowsFormat::Table { Output::styled() } else { Output::open() };
    match args.format {
        RowsFormat::Table => write_table(&told, &Classes::embedded()?, &mut out),
        RowsFormat::Csv => write_csv(&told, &mut out),
        RowsFormat::Json => {
            let division = Division { modularity: (modularity * 1e6).round() / 1e6, groups: told };
            serde_json::to_writer_pretty(&mut out, &division).map_err(io::Error::other).and_then(|()| writeln!(out))
        }
    }
    .and_then(|()| out.flush())
    .map_err(cannot_write)?;
    let found = count(groups.len(), "group");
    say(format_args!("{found} among {}; modularity {modularity:.2}", tell_size(&network)));
    Ok(Outcome::Complete)
}

fn tell<'a>(group: &'a Group, network: &'a Network) -> Told<'a> {
    let label = |(at, members): &(usize, usize)| Some((network.entity(*at)?.label.as_str(), *members));
    Told {
        members: group.members.iter().filter_map(|at| network.entity(*at)).collect(),
        ties_inside: group.inside,
        ties_outside: group.outside,
        kinds: &group.kinds,
        countries: group.countries.iter().filter_map(label).collect(),
        subjects: &group.subjects,
    }
}

fn write_table(groups: &[Told<'_>], classes: &Classes, out: &mut impl Write) -> io::Result<()> {
    for (number, group) in (1..).zip(groups) {
        let members = count(group.members.len(), "member");
        let ties = count(group.ties_inside, "tie");
        writeln!(out, "{BOLD}{number}. {members}{BOLD:#}  {DIM}{ties} inside, {} outside{DIM:#}", group.ties_outside)?;
        let shown = group.members.iter().take(MOST_MEMBERS).map(|e| format!("{NAME}{}{NAME:#}", e.label));
        let more = group.members.len().saturating_sub(MOST_MEMBERS);
        let more = (more > 0).then(|| format!("and {more} more"));
        write_wrapped(&shown.chain(more).collect::<Vec<_>>().join("; "), out)?;
        write_wrapped(&format!("tied by: {}", tell_kinds(group.kinds, MOST_TIES, classes)), out)?;
        if !group.countries.is_empty() {
            let list: Vec<String> =
                group.countries.iter().take(MOST_TIES).map(|(label, members)| format!("{label} ({members})")).collect();
            write_wrapped(&format!("common countries: {}", list.join(", ")), out)?;
        }
        if !group.subjects.is_empty() {
            let list: Vec<&str> = group.subjects.iter().take(MOST_TIES).map(|(words, _)| words.as_str()).collect();
            write_wrapped(&format!("about: {}", list.join("; ")), out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_wrapped(text: &str, out: &mut impl Write) -> io::Result<()> {
    let options = textwrap::Options::new(prose_width()).initial_indent("   ").subsequent_indent("     ");
    textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn write_csv(groups: &[Told<'_>], out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["group", "iri", "label", "type"])?;
    for (number, group) in (1..).zip(groups) {
        for member in &group.members {
            let number: i32 = number;
            csv.write_record([number.to_string().as_str(), &member.iri, &member.label, member.kind.as_str()])?;
        }
    }
    csv.flush()
}
