//! What follows, by the rules, about one entity: a section of `dossier show`.

use super::show::Page;
use super::terminal::{BOLD, DIM};
use dossier::derive::{Derived, derive};
use dossier::error::Result;
use dossier::express::label_fact;
use dossier::resolve::Entity;
use dossier::store::Store;
use dossier::vocab;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Most facts that are named behind what follows from them.
const MOST_FACTS: usize = 3;

/// What is derived about an entity, each with the facts that it came from.
pub(super) fn read_derived(entity: &Entity, store: &Store) -> Result<Vec<Derived>> {
    let mut derived = derive(store)?;
    derived.retain(|derived| derived.ends().0 == entity.iri);
    derived.sort_by_cached_key(|derived| derived.triple.to_string());
    Ok(derived)
}

pub(super) fn write_derived(derived: &[Derived], page: &Page<'_>, out: &mut impl Write) -> io::Result<()> {
    if derived.is_empty() {
        return Ok(());
    }
    let named = page.kept.facts.iter().flat_map(super::flat::entities_in);
    let labels: BTreeMap<&str, &str> = named.map(|entity| (entity.iri.as_str(), entity.label.as_str())).collect();
    let facts: BTreeMap<&str, String> =
        page.kept.facts.iter().map(|fact| (fact.iri.as_str(), label_fact(fact, &page.classes))).collect();
    writeln!(
        out,
        "\n{BOLD}derived{BOLD:#} {DIM}({}): no source says so; it follows from what sources say{DIM:#}",
        derived.len()
    )?;
    for derived in derived {
        let property = vocab::shorten(derived.triple.predicate.as_str());
        let words = page.classes.label(property.trim_start_matches("dos:"));
        let (_, object) = derived.ends();
        let object = labels.get(object).map_or_else(|| vocab::shorten(object), |label| (*label).to_owned());
        let rules: Vec<&str> = derived.rules.iter().map(String::as_str).collect();
        page.write_wrapped(&format!("{words} {object} [derived: {}]", rules.join(", ")), "  ", "    ", out)?;
        for fact in derived.facts.iter().take(MOST_FACTS) {
            let label = facts.get(fact.as_str()).cloned().unwrap_or_else(|| vocab::shorten(fact));
            write!(out, "{DIM}")?;
            page.write_wrapped(&format!("from {label}"), "      ", "        ", out)?;
            write!(out, "{DIM:#}")?;
        }
        let more = derived.facts.len().saturating_sub(MOST_FACTS);
        if more > 0 {
            writeln!(out, "      {DIM}and {more} more{DIM:#}")?;
        }
    }
    Ok(())
}
