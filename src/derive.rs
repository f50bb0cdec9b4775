//! Facts, by rules -> triples that no source states and that follow from what sources state.
//!
//! Law: a derived triple stands in a graph of its own, `id:derived`, and names the facts it came from; it is never a fact itself. What a
//! source states is not derived. The graph is a function of the others: nothing of it is kept in the folder, so that a folder stays a
//! function of its sources, and `forget` has nothing to undo.

use crate::error::{Error, Result};
use crate::query::{Found, answer_until};
use crate::store::cannot_read;
use crate::vocab;
use include_dir::{Dir, include_dir};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, QuadRef, Term, Triple};
use oxigraph::sparql::CancellationToken;
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/ontology/rules");

/// Rounds after which derivation ends, settled or not: chains of rules are short, and longer ones are a mistake in a rule.
const MOST_ROUNDS: usize = 8;
/// Most derived triples: a rule that joins everybody with everybody must not fill the memory.
const MOST_TRIPLES: usize = 2_000_000;

/// A rule: a CONSTRUCT whose triples are annotated with what they are derived from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Name of its file without `.rq`.
    pub name: String,
    /// SPARQL 1.2.
    pub text: String,
}

/// A triple that follows, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// What follows.
    pub triple: Triple,
    /// Names of the rules that give it.
    pub rules: BTreeSet<String>,
    /// IRIs of the facts it came from.
    pub facts: BTreeSet<String>,
}

/// The embedded rules, by name.
pub fn rules() -> Vec<Rule> {
    let files = FILES.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "rq"));
    let read = |file: &include_dir::File<'_>| {
        let name = file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Rule { name, text: file.contents_utf8().unwrap_or_default().to_owned() }
    };
    let mut rules: Vec<Rule> = files.map(read).collect();
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    rules
}

/// The named graph of what is derived.
pub fn derived_graph() -> NamedNode {
    vocab::id("derived")
}

/// Derives all that follows by the embedded rules and adds it to the store: to its own graph and to the default graph.
///
/// # Errors
/// See [`derive_by`].
pub fn derive(store: &Store) -> Result<Vec<Derived>> {
    derive_by(&rules(), store)
}

/// Derives by rules until nothing new follows; what follows is added to the store and returned in the order of its triples.
///
/// # Errors
/// A rule is wrong, its triples do not say what they are derived from, or the rules do not settle.
pub fn derive_by(rules: &[Rule], store: &Store) -> Result<Vec<Derived>> {
    let mut known: BTreeMap<String, Derived> = BTreeMap::new();
    let mut fresh: Option<BTreeSet<String>> = None;
    for _ in 0..MOST_ROUNDS {
        let mut found: BTreeMap<String, Derived> = BTreeMap::new();
        for rule in rules.iter().filter(|rule| fresh.as_ref().is_none_or(|fresh| reads(rule, fresh))) {
            for (triple, premises) in apply(rule, store)? {
                let key = name(&triple).into_string();
                if !known.contains_key(&key) && is_stated(&triple, store)? {
                    continue;
                }
                let facts = premises.into_iter().flat_map(|premise| trace(premise, &known));
                let new = Derived { triple, rules: BTreeSet::new(), facts: BTreeSet::new() };
                let derived = found.entry(key).or_insert(new);
                derived.rules.insert(rule.name.clone());
                derived.facts.extend(facts);
            }
        }
        found.retain(|key, derived| !known.get(key).is_some_and(|old| derived.facts.is_subset(&old.facts)));
        if found.is_empty() {
            return Ok(known.into_values().collect());
        }
        fresh = Some(found.values().map(|derived| derived.triple.predicate.as_str().to_owned()).collect());
        for (key, derived) in found {
            add(&derived, store)?;
            let old = known.entry(key).or_insert_with(|| derived.clone());
            old.facts.extend(derived.facts);
            old.rules.extend(derived.rules);
        }
        if known.len() > MOST_TRIPLES {
            return Err(Error::new(format!("the rules of ontology/rules give more than {MOST_TRIPLES} triples")));
        }
    }
    let names: Vec<&str> = rules.iter().map(|rule| rule.name.as_str()).collect();
    Err(Error::new(format!("the rules {} do not settle within {MOST_ROUNDS} rounds", names.join(", "))))
}

/// Whether the condition of a rule names one of some properties.
fn reads(rule: &Rule, properties: &BTreeSet<String>) -> bool {
    let condition = rule.text.split_once("WHERE").map_or("", |(_, condition)| condition);
    properties.iter().any(|iri| condition.contains(&vocab::shorten(iri)) || condition.contains(iri))
}

/// What one rule gives: triples, each with what it is derived from.
fn apply(rule: &Rule, store: &Store) -> Result<Vec<(Triple, BTreeSet<String>)>> {
    let file = format!("ontology/rules/{}.rq", rule.name);
    let Found::Graph(triples) = answer_until(store, &rule.text, &file, &CancellationToken::new())?.found else {
        return Err(Error::new(format!("{file}: a rule is a CONSTRUCT query")));
    };
    let mut claims: BTreeMap<String, (Option<Triple>, BTreeSet<String>)> = BTreeMap::new();
    let mut bare: BTreeSet<String> = BTreeSet::new();
    for triple in triples {
        match (triple.predicate.as_str(), &triple.object) {
            (reifies, Term::Triple(claimed)) if reifies == rdf::REIFIES.as_str() => {
                bare.remove(&claimed.to_string());
                claims.entry(triple.subject.to_string()).or_default().0 = Some((**claimed).clone());
            }
            (_, Term::NamedNode(premise)) if triple.predicate == vocab::term("prov", "wasDerivedFrom") => {
                claims.entry(triple.subject.to_string()).or_default().1.insert(premise.as_str().to_owned());
            }
            _ => drop(bare.insert(triple.to_string())),
        }
    }
    for (claimed, _) in claims.values() {
        bare.remove(&claimed.as_ref().map(ToString::to_string).unwrap_or_default());
    }
    if let Some(triple) = bare.first() {
        let hint = "write it as: ?a dos:property ?b {| prov:wasDerivedFrom ?fact |}";
        return Err(Error::with_hint(format!("{file}: {triple} does not say what it is derived from"), hint));
    }
    Ok(claims.into_values().filter_map(|(triple, premises)| Some((triple?, premises))).collect())
}

/// Whether a source states a triple.
fn is_stated(triple: &Triple, store: &Store) -> Result<bool> {
    let quad = QuadRef::new(&triple.subject, &triple.predicate, &triple.object, &GraphName::DefaultGraph);
    store.contains(quad).map_err(cannot_read)
}

/// The facts that a premise stands for: those of a derived triple, or itself.
fn trace(premise: String, known: &BTreeMap<String, Derived>) -> BTreeSet<String> {
    let prefix = derived_graph().into_string();
    if !premise.starts_with(&prefix) {
        return [premise].into();
    }
    known.get(&premise).map(|derived| derived.facts.clone()).unwrap_or_default()
}

/// The IRI of the claim of a derived triple: the same for the same triple.
fn name(triple: &Triple) -> NamedNode {
    vocab::id(&format!("derived.{}", vocab::digest(&[&triple.to_string()], 16)))
}

fn add(derived: &Derived, store: &Store) -> Result<()> {
    let claim = name(&derived.triple);
    let mut triples = vec![
        derived.triple.clone(),
        Triple::new(claim.clone(), rdf::TYPE, vocab::dos("Derivation")),
        Triple::new(claim.clone(), rdf::REIFIES, derived.triple.clone()),
    ];
    let rule = |rule: &String| Triple::new(claim.clone(), vocab::dos("rule"), Literal::new_simple_literal(rule));
    triples.extend(derived.rules.iter().map(rule));
    let from = vocab::term("prov", "wasDerivedFrom");
    triples.extend(derived.facts.iter().map(|fact| Triple::new(claim.clone(), from.clone(), vocab::iri(fact))));
    for triple in triples {
        for graph in [GraphName::DefaultGraph, derived_graph().into()] {
            let quad: Quad = triple.clone().in_graph(graph);
            store.insert(&quad).map_err(|cause| Error::new(format!("cannot add what is derived: {cause}")))?;
        }
    }
    Ok(())
}

impl Derived {
    /// Subject and object as IRIs, the object as its value where it is no thing.
    pub fn ends(&self) -> (&str, &str) {
        let subject = match &self.triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str(),
            NamedOrBlankNode::BlankNode(node) => node.as_str(),
        };
        let object = match &self.triple.object {
            Term::NamedNode(node) => node.as_str(),
            Term::Literal(value) => value.value(),
            _ => "",
        };
        (subject, object)
    }
}
