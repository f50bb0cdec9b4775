//! `dossier show NAME --on DATE`: who held which post of a country or body then, or which posts a person held.
//!
//! Law: the query `people/held-on` decides; what it names is shown with the sentences that the posts rest on.

use super::flat::entities_of;
use super::query::{ask, bind, find_query};
use super::show::Page;
use super::terminal::{BOLD, DIM, NAME, cannot_write, count, say};
use dossier::date::Date;
use dossier::error::Result;
use dossier::extract::{Fact, Value};
use dossier::ontology::offices::read_office;
use dossier::query::Found;
use dossier::resolve::Entity;
use dossier::store::Store;
use dossier::vocab;
use oxigraph::model::Term;
use std::io::{self, Write};

/// The query, and its parameter.
const QUERY: &str = "people/held-on";
const PARAMETER: &str = "on";

/// One holder of one post: IRIs of country or body and person, the post, what the answer rests on, first and last known date.
struct Holder {
    organization: String,
    office: String,
    person: String,
    basis: String,
    since: String,
    until: String,
}

/// Writes who held which post of `entity`, or which `entity` held, on the date.
pub(super) fn write_held(
    entity: &Entity,
    on: Date,
    page: &Page<'_>,
    store: &Store,
    out: &mut impl Write,
) -> Result<()> {
    let query = bind(find_query(QUERY)?, &[format!("{PARAMETER}={on}")], store)?;
    let answer = ask(store, &query)?;
    let Found::Solutions { rows, .. } = answer.found else { return Ok(()) };
    let holders: Vec<Holder> = rows
        .iter()
        .filter_map(|row| read_holder(row))
        .filter(|h| h.organization == entity.iri || h.person == entity.iri)
        .collect();
    write_holders(entity, on, &holders, page, out).map_err(cannot_write)?;
    if holders.is_empty() {
        say(format_args!("nobody is known to hold a post of or as {} on {on}", entity.label));
    } else {
        say(format_args!("{} on {on}", count(holders.len(), "post")));
    }
    Ok(())
}

fn read_holder(row: &[Option<Term>]) -> Option<Holder> {
    let text = |i: usize| match row.get(i)?.as_ref()? {
        Term::NamedNode(iri) => Some(iri.as_str().to_owned()),
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    };
    let [organization, office, person, basis, since, until] = [0, 1, 2, 3, 4, 5].map(text);
    Some(Holder {
        organization: organization?,
        office: office?,
        person: person?,
        basis: basis?,
        since: since?,
        until: until?,
    })
}

fn write_holders(
    entity: &Entity,
    on: Date,
    holders: &[Holder],
    page: &Page<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#} on {on}", entity.label)?;
    for holder in holders {
        let facts: Vec<&Fact> = page.kept.facts.iter().filter(|fact| holder.is_told_by(fact)).collect();
        let label = |iri: &str| {
            let named = facts.iter().flat_map(|f| f.roles.values()).flat_map(entities_of).find(|e| e.iri == iri);
            named.map_or_else(|| vocab::shorten(iri), |e| e.label.clone())
        };
        let other = if holder.organization == entity.iri { &holder.person } else { &holder.organization };
        writeln!(out, "\n{BOLD}{}{BOLD:#}  {NAME}{}{NAME:#}", holder.office, label(other))?;
        let span = if holder.since == holder.until {
            holder.since.clone()
        } else {
            format!("{} to {}", holder.since, holder.until)
        };
        writeln!(out, "  {DIM}{}; known in it {span}{DIM:#}", holder.basis)?;
        for fact in facts {
            fact.evidence.iter().try_for_each(|evidence| page.write_evidence(evidence, out))?;
        }
    }
    Ok(())
}

impl Holder {
    /// Whether a fact is the position that this is about.
    fn is_told_by(&self, fact: &Fact) -> bool {
        let is = |role: &str, iri: &str| {
            fact.roles.get(role).is_some_and(|v| entities_of(v).first().is_some_and(|e| e.iri == iri))
        };
        let office = |fact: &Fact| match fact.roles.get("role") {
            Some(Value::Text(role)) => read_office(role).name == self.office,
            _ => false,
        };
        fact.kind == "Position" && is("person", &self.person) && is("organization", &self.organization) && office(fact)
    }
}
