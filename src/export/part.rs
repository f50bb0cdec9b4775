//! The part of a graph that the answer of a query names.
//!
//! Law: a fact comes with its passages, their sources and the entities that it names, so that the part can be verified like the whole.

use crate::error::Result;
use crate::query::Found;
use crate::store;
use crate::vocab;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term, Triple};
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// IRIs that stand in the rows or triples of an answer.
pub fn named_in(found: &Found) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    match found {
        Found::Solutions { rows, .. } => rows.iter().flatten().flatten().for_each(|term| name(term, &mut named)),
        Found::Graph(triples) => triples.iter().for_each(|triple| name(&Term::from(triple.clone()), &mut named)),
        Found::Boolean(_) => {}
    }
    named
}

fn name(term: &Term, named: &mut BTreeSet<String>) {
    match term {
        Term::NamedNode(node) => drop(named.insert(node.as_str().to_owned())),
        Term::Triple(triple) => {
            named.extend(subject_of(&triple.subject));
            name(&triple.object, named);
        }
        _ => {}
    }
}

fn subject_of(subject: &NamedOrBlankNode) -> Option<String> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str().to_owned()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The facts among the IRIs named, or, where none is a fact, those that name two of them (one, where only one is named); with all that
/// they lead to.
///
/// # Errors
/// The store cannot be read.
pub fn select_part(store: &Store, named: &BTreeSet<String>) -> Result<Store> {
    let mut graphs: BTreeMap<String, BTreeMap<String, Vec<Quad>>> = BTreeMap::new();
    let (status, replaced) = (vocab::dos("status"), vocab::term("dcterms", "isReplacedBy"));
    let (mut facts, mut kept) = (BTreeSet::new(), Vec::new());
    for quad in store.iter() {
        let quad = quad.map_err(store::cannot_read)?;
        let Some(subject) = subject_of(&quad.subject) else { continue };
        if quad.graph_name == GraphName::DefaultGraph {
            continue;
        }
        if quad.predicate == status
            || (quad.predicate.as_str().ends_with("#rule") && quad.predicate == vocab::dos("rule"))
        {
            facts.insert(subject.clone());
        }
        if quad.predicate == replaced && named.contains(&subject) {
            kept.push(quad.clone());
        }
        graphs.entry(quad.graph_name.to_string()).or_default().entry(subject).or_default().push(quad);
    }
    let chosen = choose(&graphs, &facts, named);
    for (graph, subjects) in &graphs {
        let own: Vec<String> = chosen.iter().filter(|fact| subjects.contains_key(*fact)).cloned().collect();
        let source = graph.trim_matches(['<', '>']).to_owned();
        let start = if own.is_empty() { Vec::new() } else { own.into_iter().chain([source]).collect() };
        kept.extend(reach(subjects, start, &facts, &chosen));
    }
    for (iri, subjects) in named.iter().flat_map(|iri| graphs.values().map(move |subjects| (iri, subjects))) {
        kept.extend(subjects.get(iri).into_iter().flatten().filter(|_| !facts.contains(iri)).cloned());
    }
    kept.sort_by_cached_key(ToString::to_string);
    kept.dedup();
    store::from_quads(kept)
}

fn choose(
    graphs: &BTreeMap<String, BTreeMap<String, Vec<Quad>>>,
    facts: &BTreeSet<String>,
    named: &BTreeSet<String>,
) -> BTreeSet<String> {
    let direct: BTreeSet<String> = facts.intersection(named).cloned().collect();
    if !direct.is_empty() {
        return direct;
    }
    let needed = named.len().min(2);
    let mut touched: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for (subject, quads) in graphs.values().flatten().filter(|(subject, _)| facts.contains(*subject)) {
        let mut ends = BTreeSet::new();
        quads.iter().for_each(|quad| name(&quad.object, &mut ends));
        touched.entry(subject).or_default().extend(ends.intersection(named).cloned());
    }
    let enough = |(_, ends): &(&String, BTreeSet<String>)| needed > 0 && ends.len() >= needed;
    touched.into_iter().filter(enough).map(|(fact, _)| fact.clone()).collect()
}

/// All quads of one graph that can be reached from some subjects, other facts aside, with the triples that the facts claim.
fn reach(
    subjects: &BTreeMap<String, Vec<Quad>>,
    mut open: Vec<String>,
    facts: &BTreeSet<String>,
    chosen: &BTreeSet<String>,
) -> Vec<Quad> {
    let (mut seen, mut kept, mut claimed) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
    while let Some(subject) = open.pop() {
        if (facts.contains(&subject) && !chosen.contains(&subject)) || !seen.insert(subject.clone()) {
            continue;
        }
        for quad in subjects.get(&subject).into_iter().flatten() {
            let mut named = BTreeSet::new();
            name(&quad.object, &mut named);
            open.extend(named);
            if let Term::Triple(triple) = &quad.object {
                claimed.insert(triple.to_string());
            }
            kept.push(quad.clone());
        }
    }
    // A relation that is asserted stands as a triple as well; those of claims that are not chosen do not.
    let claims = subjects.values().flatten().filter_map(|quad| match &quad.object {
        Term::Triple(triple) => Some(triple.to_string()),
        _ => None,
    });
    let others: BTreeSet<String> = claims.filter(|claim| !claimed.contains(claim)).collect();
    kept.retain(|quad| !others.contains(&Triple::from(quad.clone()).to_string()));
    kept
}
