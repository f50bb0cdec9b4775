//! `dossier path`: graph folder -> the chains between two, ranked, with the sentences of each step.

use super::Outcome;
use super::args::{PathArgs, PathFormat, PathOrder};
use super::draw::{format_by_ending, write_drawing};
use super::names::Names;
use super::scope::narrow_store;
use super::terminal::{BOLD, DIM, NAME, Output, cannot_write, count, prose_width, say};
use dossier::analyse::{Bounds, Chain, Network, Order, Said, find_kinds};
use dossier::draw::view::picture_paths;
use dossier::draw::{Format, RenderOptions, Style, render};
use dossier::error::{Error, Result};
use dossier::ontology::classes::Classes;
use dossier::recount::{Quote, read_quotes};
use dossier::resolve::Entity;
use dossier::store::{self, Store};
use dossier::vocab::{self, capitalise};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use textwrap::{Options, WordSeparator, WordSplitter};

/// Most sentences of a step in the table.
const MOST_QUOTES: usize = 2;

/// A chain as it is written.
#[derive(Serialize)]
struct Told<'a> {
    rank: usize,
    plausibility: f64,
    steps: Vec<Step<'a>>,
}

/// One step: what is most plausibly said between two, and what else is.
#[derive(Serialize)]
struct Step<'a> {
    from: &'a Entity,
    to: &'a Entity,
    relation: String,
    kind: &'a str,
    /// `->` from the one to the other, `<-` back, `--` without direction.
    direction: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    status: &'static str,
    sources: usize,
    plausibility: f64,
    facts: Vec<&'a String>,
    evidence: Vec<Quote>,
    /// What else is said between the two.
    also: Vec<String>,
}

/// Finds the chains and writes them.
pub(super) fn run(args: &PathArgs) -> Result<Outcome> {
    let kinds = find_kinds(&args.kinds)?;
    let (_, whole) = store::open(&args.graph.graph)?;
    let known = Network::read(&whole, &[])?;
    let asked = Asked::find(args, &known)?;
    let store = narrow_store(whole, &args.scope)?;
    let is_whole = kinds.is_empty() && args.scope.scope().is_none();
    let network = if is_whole { known } else { Network::read(&store, &kinds)? };
    let chains = asked.find_chains(&network, args);
    if chains.is_empty() {
        say(format_args!("no chain leads from {} to {}{}", asked.from.label, asked.to.label, tell_bounds(args)));
    }
    write(&chains, &network, &store, &kinds, args)?;
    Ok(Outcome::Complete)
}

/// Whom the arguments mean.
struct Asked {
    from: Entity,
    to: Entity,
    via: Vec<Entity>,
    avoid: Vec<Entity>,
}

impl Asked {
    fn find(args: &PathArgs, known: &Network) -> Result<Self> {
        let names = Names::among(known.entities().iter());
        let find = |name: &String| names.find(known.follow(name)).cloned();
        let (from, to) = (find(&args.from)?, find(&args.to)?);
        if from.iri == to.iri {
            let message = format!("`{}` and `{}` are both {}", args.from, args.to, from.label);
            return Err(Error::with_hint(message, "name two; dossier show NAME lists what is said of one"));
        }
        let via = args.via.iter().map(find).collect::<Result<Vec<_>>>()?;
        let avoid = args.avoid.iter().map(find).collect::<Result<Vec<_>>>()?;
        let wanted: Vec<&Entity> = [&from, &to].into_iter().chain(&via).collect();
        if let Some(both) = avoid.iter().find(|entity| wanted.iter().any(|other| other.iri == entity.iri)) {
            let message = format!("{} is to be avoided and to be passed", both.label);
            return Err(Error::with_hint(message, "name it once: FROM, TO, --via or --avoid"));
        }
        Ok(Self { from, to, via, avoid })
    }

    /// The chains; none where the part of the graph that is asked about lacks one of the ends.
    fn find_chains(&self, network: &Network, args: &PathArgs) -> Vec<Chain> {
        let number = |entity: &Entity| network.find(&entity.iri);
        let via: Option<Vec<usize>> = self.via.iter().map(number).collect();
        let (Some(from), Some(to), Some(via)) = (number(&self.from), number(&self.to), via) else {
            return Vec::new();
        };
        let avoid = self.avoid.iter().filter_map(number).collect();
        let order = if args.by == PathOrder::Steps { Order::Short } else { Order::Plausible };
        let (max_hops, limit) = (usize::from(args.max_hops), usize::from(args.limit));
        network.find_chains(from, to, &Bounds { order, max_hops, limit, via, avoid })
    }
}

/// ` in 5 steps; …`: what might be loosened.
fn tell_bounds(args: &PathArgs) -> String {
    let bounds = [
        (!args.kinds.is_empty()).then_some("--kinds"),
        (!args.via.is_empty()).then_some("--via"),
        (!args.avoid.is_empty()).then_some("--avoid"),
        args.scope.scope().is_some().then_some("--as-of or --known-by"),
        (args.max_hops < 20).then_some("a larger --max-hops"),
    ];
    let bounds: Vec<&str> = bounds.into_iter().flatten().collect();
    format!(" in {}; more may come without or with: {}", count(usize::from(args.max_hops), "step"), bounds.join(", "))
}

fn write(chains: &[Chain], network: &Network, store: &Store, kinds: &[String], args: &PathArgs) -> Result<()> {
    let format = match (args.format, &args.output) {
        (Some(PathFormat::Svg), _) => return draw(chains, network, store, kinds, args),
        (Some(format), _) => format,
        (None, Some(path)) if path.extension().is_some_and(|ending| ending == "json") => PathFormat::Json,
        (None, Some(path)) if path.extension().is_some_and(|ending| ending == "txt") => PathFormat::Table,
        (None, Some(_)) => return draw(chains, network, store, kinds, args),
        (None, None) => PathFormat::Table,
    };
    let classes = Classes::embedded()?;
    let told = (1..).zip(chains).map(|(rank, chain)| tell(rank, chain, network, store, &classes));
    let told = told.collect::<Result<Vec<_>>>()?;
    let mut bytes = Vec::new();
    match format {
        PathFormat::Json => serde_json::to_writer_pretty(&mut bytes, &told).map_err(cannot_write)?,
        _ => write_table(&told, &mut bytes).map_err(cannot_write)?,
    }
    if format == PathFormat::Json {
        bytes.push(b'\n');
    }
    put(&bytes, format == PathFormat::Table, args)?;
    if format == PathFormat::Table && !chains.is_empty() {
        say(count(chains.len(), "chain"));
    }
    Ok(())
}

fn put(bytes: &[u8], styled: bool, args: &PathArgs) -> Result<()> {
    if let Some(path) = &args.output {
        let plain = if styled { anstream::adapter::strip_bytes(bytes).into_vec() } else { bytes.to_vec() };
        return std::fs::write(path, plain).map_err(|cause| Error::file("write", path, cause));
    }
    let mut out = if styled { Output::styled() } else { Output::open() };
    out.write_all(bytes).and_then(|()| out.flush()).map_err(cannot_write)
}

fn draw(chains: &[Chain], network: &Network, store: &Store, kinds: &[String], args: &PathArgs) -> Result<()> {
    if chains.is_empty() {
        return Err(Error::with_hint("there is nothing to draw", "loosen what was asked for"));
    }
    let by = if args.by == PathOrder::Steps { "shortest" } else { "most plausible" };
    let says = format!("The {by} ways: {}", count(chains.len(), "chain"));
    let picture = picture_paths(store, network, chains, kinds, &says)?;
    let (style, options) = (Style::embedded()?, RenderOptions::default());
    match &args.output {
        Some(path) => {
            let format = if args.format.is_some() { Format::Svg } else { format_by_ending(path)? };
            write_drawing(&picture, &style, format, &options, path)
        }
        None => put(&render(&picture, &style, Format::Svg, &options)?.bytes, false, args),
    }
}

fn tell<'a>(rank: usize, chain: &Chain, network: &'a Network, store: &Store, classes: &Classes) -> Result<Told<'a>> {
    let mut steps = Vec::new();
    for pair in chain.entities.windows(2) {
        let [a, b] = *pair else { continue };
        let Some(tie) = network.tie_between(a, b) else { continue };
        let mut said = tie.said.iter().filter_map(|(at, forward)| Some((network.said(*at)?, *forward)));
        let (Some((best, forward)), Some(from), Some(to)) = (said.next(), network.entity(a), network.entity(b)) else {
            continue;
        };
        let direction = match forward.map(|forward| forward == (a < b)) {
            Some(true) => "->",
            Some(false) => "<-",
            None => "--",
        };
        let mut evidence = Vec::new();
        for fact in &best.facts {
            evidence.extend(read_quotes(store, &vocab::iri(fact))?);
        }
        evidence.sort();
        evidence.dedup();
        let also = said.map(|(other, _)| word(other, classes)).collect();
        steps.push(Step {
            from,
            to,
            relation: name_relation(best, classes),
            kind: &best.kind,
            direction,
            date: Some(best.date.as_str()).filter(|date| !date.is_empty()),
            status: best.status.as_str(),
            sources: best.sources,
            plausibility: round(tie.plausibility),
            facts: best.facts.iter().collect(),
            evidence,
            also,
        });
    }
    Ok(Told { rank, plausibility: round(chain.plausibility), steps })
}

/// Three digits tell all that there is to tell.
fn round(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

fn name_relation(said: &Said, classes: &Classes) -> String {
    let label = if said.label.is_empty() { classes.label(&said.kind).to_owned() } else { said.label.clone() };
    match said.members {
        0..=2 => label,
        members => format!("{label} of {members}"),
    }
}

fn word(said: &Said, classes: &Classes) -> String {
    let date = if said.date.is_empty() { String::new() } else { format!(", {}", said.date) };
    let status =
        if said.status.as_str() == "asserted" { String::new() } else { format!(" [{}]", said.status.as_str()) };
    format!("{}{date}{status}", name_relation(said, classes))
}

/// Chain by chain; the sentences of a step stand where it comes first.
fn write_table(chains: &[Told<'_>], out: &mut impl Write) -> io::Result<()> {
    let mut shown: BTreeMap<BTreeSet<&str>, usize> = BTreeMap::new();
    for chain in chains {
        write_head(chain, out)?;
        for step in &chain.steps {
            let ends = BTreeSet::from([step.from.iri.as_str(), step.to.iri.as_str()]);
            let before = shown.get(&ends).copied();
            shown.entry(ends).or_insert(chain.rank);
            write_step(step, before, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_head(chain: &Told<'_>, out: &mut impl Write) -> io::Result<()> {
    let labels: Vec<&str> = chain.steps.iter().map(|step| step.to.label.as_str()).collect();
    let first = chain.steps.first().map_or("", |step| step.from.label.as_str());
    let head = std::iter::once(first).chain(labels).collect::<Vec<_>>().join(" → ");
    write_wrapped(&format!("{BOLD}{}. {head}{BOLD:#}", chain.rank), "", "   ", out)?;
    let steps = count(chain.steps.len(), "step");
    writeln!(out, "   {DIM}{steps}, plausibility {:.2}{DIM:#}", chain.plausibility)
}

/// `before`: the chain in which its sentences stand already.
fn write_step(step: &Step<'_>, before: Option<usize>, out: &mut impl Write) -> io::Result<()> {
    let (left, right) = match step.direction {
        "->" => ("—", "→"),
        "<-" => ("←", "—"),
        _ => ("—", "—"),
    };
    let date = step.date.map(|date| format!(", {date}")).unwrap_or_default();
    let status = if step.status == "asserted" { String::new() } else { format!(" [{}]", step.status) };
    let sources = count(step.sources, "source");
    let (from, to) = (&step.from.label, &step.to.label);
    let told = before.map(|rank| format!(", see {rank}.")).unwrap_or_default();
    let line = format!(
        "{from} {left} {NAME}{}{NAME:#}{date}{status} {right} {to}  {DIM}{sources}{told}{DIM:#}",
        capitalise(&step.relation)
    );
    write_wrapped(&line, "   ", "     ", out)?;
    if before.is_some() {
        return Ok(());
    }
    for quote in step.evidence.iter().take(MOST_QUOTES) {
        write_wrapped(&format!("“{}”", quote.words()), "      ", "       ", out)?;
        write_wrapped(&format!("{DIM}{}{DIM:#}", quote.credit()), "      ", "        ", out)?;
    }
    let more = step.evidence.len().saturating_sub(MOST_QUOTES);
    let more = (more > 0).then(|| format!("and {}", count(more, "more sentence")));
    let also = (!step.also.is_empty()).then(|| format!("also: {}", shorten_list(&step.also)));
    let rest: Vec<String> = more.into_iter().chain(also).collect();
    if rest.is_empty() {
        return Ok(());
    }
    write_wrapped(&format!("{DIM}{}{DIM:#}", rest.join("; ")), "      ", "        ", out)
}

fn shorten_list(words: &[String]) -> String {
    const MOST: usize = 4;
    let shown = words.iter().take(MOST).cloned().collect::<Vec<_>>().join("; ");
    let more = words.len().saturating_sub(MOST);
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

fn write_wrapped(text: &str, first: &str, rest: &str, out: &mut impl Write) -> io::Result<()> {
    let options = Options::new(prose_width()).initial_indent(first).subsequent_indent(rest);
    let options = options.word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}
