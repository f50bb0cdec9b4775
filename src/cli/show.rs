//! `dossier show`: everything about one entity, by kind of fact, with sources and quotes.

use super::Outcome;
use super::args::ShowArgs;
use super::derived::{read_derived, write_derived};
use super::flat::{Kept, Pages, entities_in, load_facts, tell_place};
use super::held::write_held;
use super::names::Names;
use super::scope::open_store;
use super::terminal::{BOLD, DIM, NAME, Output, cannot_write, prose_width};
use dossier::error::Result;
use dossier::express::label_fact;
use dossier::extract::{Evidence, Fact, Status, Value};
use dossier::ontology::classes::Classes;
use dossier::ontology::identity::is_change;
use dossier::pipeline::Reading;
use dossier::resolve::Entity;
use dossier::vocab;
use std::collections::BTreeMap;
use std::io::{self, Write};
use textwrap::{Options, WordSeparator, WordSplitter};

/// Finds the entity and prints its facts, or who held its posts on a date.
pub(super) fn run(args: &ShowArgs) -> Result<Outcome> {
    let mut kept = load_facts(&args.graph.graph)?;
    let entity = Names::of(&kept.facts).find(kept.follow(&args.name))?.clone();
    let store = open_store(&args.graph, &args.scope)?;
    if args.scope.scope().is_some() && args.on.is_none() {
        kept.narrow(&store)?;
    }
    let page = Page { kept: &kept, classes: Classes::embedded()?, width: prose_width() };
    let mut out = Output::styled();
    match args.on {
        Some(on) => write_held(&entity, on, &page, &store, &mut out)?,
        None => {
            page.write(&entity, &mut out).map_err(cannot_write)?;
            write_derived(&read_derived(&entity, &store)?, &page, &mut out).map_err(cannot_write)?;
        }
    }
    out.flush().map_err(cannot_write)?;
    Ok(Outcome::Complete)
}

pub(super) struct Page<'a> {
    pub(super) kept: &'a Kept,
    pub(super) classes: Classes,
    width: usize,
}

impl Page<'_> {
    fn write(&self, entity: &Entity, out: &mut impl Write) -> io::Result<()> {
        self.write_head(entity, out)?;
        let mut kinds: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
        for fact in self.kept.facts.iter().filter(|fact| entities_in(fact).any(|e| e.iri == entity.iri)) {
            kinds.entry(self.classes.label(&fact.kind)).or_default().push(fact);
        }
        for (kind, facts) in kinds {
            writeln!(out, "\n{BOLD}{kind}{BOLD:#} {DIM}({}){DIM:#}", facts.len())?;
            facts.into_iter().try_for_each(|fact| self.write_fact(fact, out))?;
        }
        Ok(())
    }

    fn write_head(&self, entity: &Entity, out: &mut impl Write) -> io::Result<()> {
        let class = self.classes.label(entity.kind.as_str());
        writeln!(out, "{BOLD}{}{BOLD:#}  {DIM}{class}{DIM:#}", entity.label)?;
        if !entity.aliases.is_empty() {
            self.write_wrapped(&format!("also {}", entity.aliases.join("; ")), "", "     ", out)?;
        }
        writeln!(out, "{NAME}{}{NAME:#}", vocab::shorten(&entity.iri))
    }

    fn write_fact(&self, fact: &Fact, out: &mut impl Write) -> io::Result<()> {
        let mut line = label_fact(fact, &self.classes);
        if fact.status != Status::Asserted {
            line.push_str(&format!(" [{}]", fact.status.as_str()));
        }
        if let Some(speaker) = &fact.attributed_to {
            line.push_str(&format!(" (says {})", speaker.label));
        }
        self.write_wrapped(&line, "  ", "    ", out)?;
        for (role, value) in fact.roles.iter().filter(|(role, _)| is_change(role)) {
            let Value::Text(id) = value else { continue };
            let changed = self.kept.facts.iter().find(|f| vocab::shorten(&f.iri) == *id);
            let label = changed.map_or_else(|| id.clone(), |f| label_fact(f, &self.classes));
            self.write_wrapped(&format!("{} {label}", self.classes.label(role)), "    ", "      ", out)?;
        }
        fact.evidence.iter().try_for_each(|evidence| self.write_evidence(evidence, out))
    }

    pub(super) fn write_evidence(&self, evidence: &Evidence, out: &mut impl Write) -> io::Result<()> {
        let quote: Vec<&str> = evidence.quote.split_whitespace().collect();
        self.write_wrapped(&format!("“{}”", quote.join(" ")), "      ", "       ", out)?;
        write!(out, "{DIM}")?;
        let place = tell_place(evidence, &Pages::of(&self.kept.readings));
        self.write_wrapped(&format!("{place}{}", self.describe_source(evidence)), "      ", "        ", out)?;
        write!(out, "{DIM:#}")
    }

    /// Title and date of the article that holds the passage.
    fn describe_source(&self, evidence: &Evidence) -> String {
        let of = |reading: &&Reading| reading.document.id == evidence.document;
        let reading = self.kept.readings.iter().find(of);
        let articles = reading.map(|reading| reading.document.articles.as_slice()).unwrap_or_default();
        let Some(article) = articles.iter().find(|a| a.span.contains(evidence.span)).or(articles.first()) else {
            return String::new();
        };
        let date = article.metadata.date.map(|date| date.to_string());
        let known = [article.metadata.publisher.clone(), article.metadata.title.clone(), date];
        known.into_iter().flatten().map(|part| format!(" · {part}")).collect()
    }

    pub(super) fn write_wrapped(&self, text: &str, first: &str, rest: &str, out: &mut impl Write) -> io::Result<()> {
        let options = Options::new(self.width).initial_indent(first).subsequent_indent(rest);
        let options = options.word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation);
        textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}
