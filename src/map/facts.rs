//! Nodes -> members and facts.
//!
//! Law: a fact of a record names its parties and roles as a fact of a text does, so that both meet in one node; a node that is no
//! fact and no entity is said, not dropped.

use super::functions::{plain_number, read_date};
use super::nodes::{Node, Nodes, Sort};
use crate::date::Period;
use crate::diagnostic::Diagnostic;
use crate::extract::{Evidence, Fact, Status, Value};
use crate::ontology::EntityType;
use crate::ontology::classes::Classes;
use crate::ontology::frame_set::{FrameSet, embedded_frames};
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::resolve::Member;
use crate::vocab;
use indexmap::IndexMap;
use oxigraph::model::Term;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Tells of a record what is wrong with it.
pub(super) type Doubt<'d> = dyn FnMut(usize, String) + 'd;

/// The members and facts of nodes; `cite` makes the evidence of a record.
pub(super) fn read_facts(
    nodes: &Nodes,
    classes: &Classes,
    cite: impl Fn(usize) -> Evidence,
    doubt: &mut Doubt<'_>,
) -> Result<(Vec<Member>, Vec<Fact<usize>>), Diagnostic> {
    let mut members = Members::default();
    for (key, node) in nodes {
        members.add(key, node, doubt);
    }
    let mut facts = Vec::new();
    for (key, node) in nodes {
        match &node.sort {
            Sort::Fact(kind, narrow) => {
                let reader = Reader { kind, members: &members, classes };
                facts.extend(reader.read(node, narrow.as_deref(), &cite, doubt));
            }
            Sort::Entity(_) => {
                if let Some(at) = members.by_key.get(key) {
                    facts.extend(read_relations(*at, node, &members, classes, &cite));
                }
            }
            Sort::Other => explain_other(key, node, doubt),
        }
    }
    Ok((members.list, merge_same(facts)))
}

fn explain_other(key: &str, node: &Node, doubt: &mut Doubt<'_>) {
    let of = node.iri.as_deref().map_or_else(|| "a blank node".to_owned(), |_| key.to_owned());
    let message = if node.unknown.is_empty() {
        format!("{of} has no class: nothing is read of it; give it one such as dos:Company or dos:Position")
    } else {
        let list: Vec<&str> = node.unknown.iter().map(String::as_str).collect();
        format!("{of} is of a class that Dossier does not know ({}): nothing is read of it", list.join(", "))
    };
    doubt(node.record, message);
}

/// Facts that say the same are one, with all their records.
fn merge_same(facts: Vec<Fact<usize>>) -> Vec<Fact<usize>> {
    let mut merged: IndexMap<String, Fact<usize>> = IndexMap::new();
    for fact in facts {
        let key = format!("{} {:?} {} {:?}", fact.kind, fact.roles, fact.status.as_str(), fact.attributed_to);
        match merged.get_mut(&key) {
            Some(known) => {
                known.evidence.extend(fact.evidence);
                known.evidence.sort();
                known.evidence.dedup();
            }
            None => drop(merged.insert(key, fact)),
        }
    }
    let mut facts: Vec<Fact<usize>> = merged.into_values().collect();
    // Of several tenures of one post the latest comes first and bears the plain IRI, which texts of today meet in.
    let since = |f: &Fact<usize>| match f.roles.get("start") {
        Some(Value::When(period)) => period.from,
        _ => None,
    };
    facts.sort_by_key(|f| (f.kind == "Position").then(|| Reverse(since(f))));
    facts
}

/// The entities of a source; the same name and class are one.
#[derive(Default)]
struct Members {
    list: Vec<Member>,
    by_key: FxHashMap<String, usize>,
    by_name: FxHashMap<(String, EntityType), usize>,
}

impl Members {
    fn add(&mut self, key: &str, node: &Node, doubt: &mut Doubt<'_>) {
        let Sort::Entity(kind) = node.sort else { return };
        let Some(name) = node.names.first() else {
            // A blank node whose cell is empty stands for nobody.
            let Some(iri) = &node.iri else { return };
            let message = format!("{} has no name: nothing is read of it; give it skos:prefLabel", vocab::shorten(iri));
            return doubt(node.record, message);
        };
        let known = find_known(name, kind);
        let label = match known {
            Some(known) => name_of(known).unwrap_or(name).to_owned(),
            None => name.clone(),
        };
        let kind = match known {
            Some(Known::Body(at)) => Gazetteer::embedded().bodies.get(usize::from(at)).map_or(kind, |b| b.kind),
            _ => kind,
        };
        let at = *self.by_name.entry((label.clone(), kind)).or_insert_with(|| {
            let aliases = BTreeSet::new();
            self.list.push(Member { label: label.clone(), aliases, kind, known, affiliation: None });
            self.list.len() - 1
        });
        if let Some(member) = self.list.get_mut(at) {
            member.aliases.extend(node.aliases.iter().chain(Some(name)).filter(|a| **a != label).cloned());
        }
        self.by_key.insert(key.to_owned(), at);
    }

    fn find(&self, term: &Term) -> Option<usize> {
        self.by_key.get(&term.to_string()).copied()
    }
}

/// What the reference data knows a name of a country or body as; a country also by its ISO code.
fn find_known(name: &str, kind: EntityType) -> Option<Known> {
    let gazetteer = Gazetteer::embedded();
    let found = gazetteer.find(name);
    match (kind, found) {
        (EntityType::Country, Some(Known::Country(_))) => found,
        (EntityType::Country, _) => gazetteer.country_by_code(name).map(Known::Country),
        (_, Some(Known::Body(_))) if kind.is_body() => found,
        (EntityType::Place, Some(Known::Capital(_) | Known::Place(_))) => found,
        _ => None,
    }
}

fn name_of(known: Known) -> Option<&'static str> {
    let gazetteer = Gazetteer::embedded();
    match known {
        Known::Country(at) => gazetteer.countries.get(usize::from(at)).map(|c| c.name),
        Known::Body(at) => gazetteer.bodies.get(usize::from(at)).map(|b| b.name),
        _ => None,
    }
}

/// Reads the facts of one kind.
struct Reader<'a> {
    kind: &'a str,
    members: &'a Members,
    classes: &'a Classes,
}

impl Reader<'_> {
    fn read(
        &self,
        node: &Node,
        narrow: Option<&str>,
        cite: &impl Fn(usize) -> Evidence,
        doubt: &mut Doubt<'_>,
    ) -> Option<Fact<usize>> {
        let (mut roles, mut status, mut speaker) = (IndexMap::<String, Value<usize>>::new(), Status::Asserted, None);
        let mut records: BTreeSet<usize> = BTreeSet::from([node.record]);
        for (property, object, record) in &node.properties {
            records.insert(*record);
            match property.as_str() {
                "status" => match status_of(object) {
                    Some(stated) => status = stated,
                    None => doubt(*record, format!("{object} is no status: dos:Asserted, Planned, Possible, Denied")),
                },
                "attributedTo" => speaker = self.members.find(object),
                _ => match self.classes.role_of_property(property) {
                    Some(role) => self.fill(&mut roles, role, object, *record, doubt),
                    None => doubt(*record, format!("{property} is no property of facts: it is left out")),
                },
            }
        }
        if let (Some(narrow), false) = (narrow, roles.contains_key("type")) {
            roles.insert("type".to_owned(), Value::Text(narrow.to_owned()));
        }
        if self.kind == "Measure" {
            roles.entry("target".to_owned()).or_insert(Value::Flag(false));
        }
        let (kind, roles) = (self.kind.to_owned(), self.order(roles));
        if !self.is_complete(&roles) {
            doubt(
                node.record,
                format!("a {} without the roles that make one: it is left out", self.classes.label(&kind)),
            );
            return None;
        }
        let mut evidence: Vec<Evidence> = records.into_iter().map(cite).collect();
        evidence.dedup();
        Some(Fact { iri: String::new(), kind, roles, status, attributed_to: speaker, evidence })
    }

    fn fill(
        &self,
        roles: &mut IndexMap<String, Value<usize>>,
        role: &str,
        object: &Term,
        record: usize,
        doubt: &mut Doubt<'_>,
    ) {
        let value = match object {
            Term::Literal(literal) => {
                if self.kind == "Measure" && role == "value" && !roles.contains_key("written") {
                    roles.insert("written".to_owned(), Value::Text(literal.value().trim().to_owned()));
                }
                self.read_literal(role, literal)
            }
            term => match self.members.find(term) {
                Some(member) => Value::One(member),
                None if term.is_blank_node() => return,
                None => return doubt(record, format!("{role} leads to {term}, of which no class and name is said")),
            },
        };
        let many = self.takes_many(role);
        match (roles.get_mut(role), value) {
            (None, Value::One(who)) if many => drop(roles.insert(role.to_owned(), Value::Many(vec![who]))),
            (None, value) => drop(roles.insert(role.to_owned(), value)),
            (Some(Value::Many(list)), Value::One(who)) => {
                if !list.contains(&who) {
                    list.push(who);
                }
            }
            (Some(known), Value::One(who)) => match known {
                Value::One(one) if *one != who => *known = Value::Many(vec![*one, who]),
                _ => {}
            },
            (Some(_), _) => {}
        }
    }

    /// A literal as the role takes it: dates and figures are read, however they are written, all else stays words.
    fn read_literal(&self, role: &str, literal: &oxigraph::model::Literal) -> Value<usize> {
        let text = literal.value().trim();
        let datatype = vocab::shorten(literal.datatype().as_str());
        let period = || -> Option<Period> { text.parse().ok().or_else(|| read_date(text).map(Period::from)) };
        let number = || plain_number(text).and_then(|n| n.parse::<f64>().ok());
        let read = match datatype.as_str() {
            "xsd:boolean" => Some(Value::Flag(matches!(text, "true" | "1"))),
            "xsd:date" | "xsd:dateTime" | "xsd:gYear" | "xsd:gYearMonth" | "edtf:EDTF" => period().map(Value::When),
            _ if ["date", "start", "end", "period"].contains(&role) => period().map(Value::When),
            _ if ["value", "share", "amount"].contains(&role) => number().map(Value::Number),
            "xsd:integer" | "xsd:decimal" | "xsd:double" | "xsd:float" => number().map(Value::Number),
            _ => None,
        };
        read.unwrap_or_else(|| Value::Text(text.to_owned()))
    }

    fn takes_many(&self, role: &str) -> bool {
        let frames = embedded_frames().ok();
        let of =
            frames.into_iter().flat_map(FrameSet::iter).find(|f| f.class == self.kind).and_then(|f| f.roles.get(role));
        of.is_some_and(|r| r.many)
    }

    /// Roles in the order of their frame, then in that of figures, then as they come.
    fn order(&self, mut roles: IndexMap<String, Value<usize>>) -> IndexMap<String, Value<usize>> {
        let frames = embedded_frames().ok();
        let frames = frames.into_iter().flat_map(FrameSet::iter);
        let of_frame = frames.filter(|f| f.class == self.kind).flat_map(|f| f.roles.keys().map(String::as_str));
        let order: Vec<&str> = of_frame.chain(crate::extract::FIGURE_ROLES.iter().copied()).collect();
        roles.sort_by_cached_key(|role, _| order.iter().position(|r| r == role).unwrap_or(order.len()));
        roles
    }

    /// Whether the roles that its frame requires are there; a figure needs its indicator, subject and value.
    fn is_complete(&self, roles: &IndexMap<String, Value<usize>>) -> bool {
        let mut frames = embedded_frames().ok().into_iter().flat_map(FrameSet::iter);
        let has = |role: &str| roles.contains_key(role);
        match frames.find(|f| f.class == self.kind) {
            Some(frame) => frame.roles.iter().filter(|(_, r)| r.required).all(|(name, _)| has(name)),
            None if self.kind == "Measure" => ["indicator", "subject", "value"].into_iter().all(has),
            None => !roles.is_empty(),
        }
    }
}

fn status_of(object: &Term) -> Option<Status> {
    let text = match object {
        Term::NamedNode(node) => node.as_str().strip_prefix(vocab::DOS)?.to_lowercase(),
        Term::Literal(literal) => literal.value().to_lowercase(),
        _ => return None,
    };
    text.parse().ok()
}

/// What an entity's own properties state: relations to other entities, and what it has besides.
fn read_relations(
    subject: usize,
    node: &Node,
    members: &Members,
    classes: &Classes,
    cite: &impl Fn(usize) -> Evidence,
) -> Vec<Fact<usize>> {
    let relation = |(property, object, record): &(String, Term, usize)| {
        let object = match object {
            Term::Literal(literal) => Value::Text(literal.value().trim().to_owned()),
            term => match (members.find(term), term) {
                (Some(member), _) => Value::One(member),
                (None, Term::NamedNode(node)) => Value::Text(node.as_str().to_owned()),
                _ => return None,
            },
        };
        let name = if classes.is_property(property) || property.contains(':') { property } else { return None };
        let roles = IndexMap::from([
            ("subject".to_owned(), Value::One(subject)),
            ("relation".to_owned(), Value::Text(name.clone())),
            ("object".to_owned(), object),
        ]);
        let (kind, status) = ("Relation".to_owned(), Status::Asserted);
        Some(Fact { iri: String::new(), kind, roles, status, attributed_to: None, evidence: vec![cite(*record)] })
    };
    node.properties.iter().filter_map(relation).collect()
}
