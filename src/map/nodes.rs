//! Statements -> nodes: what is said of each subject, under the names that `ontology/core.ttl` has for it.

use super::Statement;
use crate::ontology::EntityType;
use crate::ontology::classes::Classes;
use crate::vocab;
use indexmap::IndexMap;
use oxigraph::model::Term;
use std::collections::BTreeSet;

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sort {
    /// Somebody or something that facts are about.
    Entity(EntityType),
    /// A fact of a kind; the narrower class where it has one.
    Fact(String, Option<String>),
    /// Neither.
    Other,
}

/// One subject.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) sort: Sort,
    pub(super) names: Vec<String>,
    pub(super) aliases: BTreeSet<String>,
    /// Property (local name of Dossier's, or prefixed or whole IRI), object, record.
    pub(super) properties: Vec<(String, Term, usize)>,
    /// The first record that speaks of it.
    pub(super) record: usize,
    /// IRI, where it has one.
    pub(super) iri: Option<String>,
    /// Classes that nobody knows, shortened.
    pub(super) unknown: BTreeSet<String>,
}

/// Nodes by their terms, in order of the records.
pub(super) type Nodes = IndexMap<String, Node>;

/// Properties that name an entity, the best first; and those that give it other names.
const NAMES: &[&str] = &["skos:prefLabel", "rdfs:label", "schema:name", "foaf:name", "dcterms:title", "dos:name"];
const ALIASES: &[&str] = &["skos:altLabel", "schema:alternateName", "foaf:nick"];

/// Whether a shortened property names an entity.
pub(super) fn is_name(property: &str) -> bool {
    NAMES.contains(&property) || ALIASES.contains(&property)
}

/// The nodes that statements speak of.
pub(super) fn gather_nodes(statements: &[Statement], classes: &Classes) -> Nodes {
    let ties = Ties::of(classes);
    let mut nodes = Nodes::default();
    let mut names: IndexMap<String, Vec<(usize, String)>> = IndexMap::new();
    for Statement { record, subject, predicate, object } in statements {
        let key = subject.to_string();
        let node = nodes.entry(key.clone()).or_insert_with(|| Node {
            sort: Sort::Other,
            names: Vec::new(),
            aliases: BTreeSet::new(),
            properties: Vec::new(),
            record: *record,
            iri: if let Term::NamedNode(node) = subject { Some(node.as_str().to_owned()) } else { None },
            unknown: BTreeSet::new(),
        });
        let property = ties.property(predicate);
        match (property.as_str(), object) {
            ("rdf:type", Term::NamedNode(class)) => match ties.class(class.as_str(), classes) {
                Some(sort) => refine(&mut node.sort, sort, classes),
                None => {
                    node.unknown.insert(vocab::shorten(class.as_str()));
                }
            },
            (name, Term::Literal(text)) if is_name(name) => {
                let text = text.value().trim().to_owned();
                match NAMES.iter().position(|n| *n == name) {
                    Some(rank) => names.entry(key).or_default().push((rank, text)),
                    None => {
                        node.aliases.insert(text);
                    }
                }
                if name == "dos:name" {
                    node.properties.push(("name".to_owned(), object.clone(), *record));
                }
            }
            _ => {
                let property = property.strip_prefix("dos:").map_or_else(|| property.clone(), str::to_owned);
                node.properties.push((property, object.clone(), *record));
            }
        }
    }
    for (key, mut list) in names {
        list.sort_by_key(|(rank, _)| *rank);
        if let Some(node) = nodes.get_mut(&key) {
            let mut all = list.into_iter().map(|(_, name)| name).filter(|n| !n.is_empty());
            node.names.extend(all.next());
            node.aliases.extend(all);
            let names = &node.names;
            node.aliases.retain(|alias| !names.contains(alias));
        }
    }
    nodes
}

/// The narrower of two sorts.
fn refine(sort: &mut Sort, other: Sort, classes: &Classes) {
    let better = match (&*sort, &other) {
        (Sort::Other, _) => true,
        (Sort::Entity(EntityType::Organization), Sort::Entity(_)) => true,
        (Sort::Fact(a, _), Sort::Fact(b, narrow)) => a == b && narrow.is_some() || classes.is_kind_of(b, a) && a != b,
        _ => false,
    };
    if better {
        *sort = other;
    }
}

/// How other vocabularies call what Dossier has a name for, as `ontology/core.ttl` ties them.
struct Ties {
    classes: IndexMap<String, BTreeSet<EntityType>>,
    properties: IndexMap<String, String>,
}

impl Ties {
    fn of(classes: &Classes) -> Self {
        let (mut of_class, mut of_property) = (IndexMap::<_, BTreeSet<_>>::new(), IndexMap::new());
        for (local, term) in classes.terms() {
            let foreign = |iri: &&oxigraph::model::NamedNode| !iri.as_str().starts_with(vocab::DOS);
            if let Ok(kind) = local.parse::<EntityType>() {
                for iri in term.broader.iter().filter(foreign) {
                    of_class.entry(iri.as_str().to_owned()).or_default().insert(kind);
                }
            } else if classes.is_property(local) {
                let exact = term.matches.iter().chain(&term.broader).filter(foreign);
                for iri in exact {
                    of_property.entry(iri.as_str().to_owned()).or_insert_with(|| local.to_owned());
                }
            }
        }
        Self { classes: of_class, properties: of_property }
    }

    /// A predicate, shortened; under Dossier's name where it has one and the predicate is another vocabulary's.
    fn property(&self, iri: &str) -> String {
        let short = vocab::shorten(iri);
        if is_name(&short) || short.starts_with("rdf") {
            return short;
        }
        self.properties.get(iri).map_or(short, |local| format!("dos:{local}"))
    }

    fn class(&self, iri: &str, classes: &Classes) -> Option<Sort> {
        if let Some(local) = iri.strip_prefix(vocab::DOS) {
            if let Ok(kind) = local.parse::<EntityType>() {
                return Some(Sort::Entity(kind));
            }
            return kind_of(local, classes).map(|kind| {
                let narrow = (kind != local).then(|| classes.label(local).to_owned());
                Sort::Fact(kind, narrow)
            });
        }
        let fits = self.classes.get(iri)?;
        let kind = match fits.first() {
            Some(kind) if fits.len() == 1 => *kind,
            _ => EntityType::Organization,
        };
        Some(Sort::Entity(kind))
    }
}

/// The kind of fact that a class is or is below.
fn kind_of(local: &str, classes: &Classes) -> Option<String> {
    let top =
        |kind: &str| classes.get(kind).is_some_and(|term| term.broader.iter().any(|iri| *iri == vocab::dos("Fact")));
    let kinds = classes.terms().filter(|(kind, _)| top(kind) && classes.is_kind_of(local, kind));
    kinds.map(|(kind, _)| kind.to_owned()).next().filter(|_| classes.is_class(local))
}
