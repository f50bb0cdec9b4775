//! Fact -> quads: what one source supports, as one RDF 1.2 graph named by the source.
//!
//! Law: pure, and nothing merges that the text keeps apart. A frame is a node with roles, status, speaker and passages. A
//! relation is a claim that reifies a triple; the triple itself stands only where the claim is asserted. No blank nodes.

mod describe;
mod label;
mod literal;

pub use label::label_fact;
pub use literal::{express_date, express_number, express_period};

use crate::extract::{Fact, Status, Tenure, Value, observe_tenure};
use crate::ontology::classes::Classes;
use crate::ontology::identity::is_change;
use crate::read::Document;
use crate::resolve::Entity;
use crate::vocab;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

/// All that `document` supports, as quads of its graph: the source, its passages, the entities that its facts name, and the
/// facts. Of each fact only the evidence in this document counts; a fact without any is left out. The quads may repeat and
/// are in no order: [`crate::keep`] sorts them.
pub fn express_source(document: &Document, facts: &[Fact], classes: &Classes) -> Vec<Quad> {
    let mut graph = SourceGraph::new(document, classes);
    graph.describe_source();
    let supported: Vec<&Fact> = facts.iter().filter(|fact| graph.supports(fact)).collect();
    let names = name_facts(&supported, &document.id);
    for (fact, name) in supported.iter().zip(names) {
        if let Some(tenure) = observe_tenure(fact, &supported, document) {
            graph.express_tenure(&tenure, &name);
        }
        graph.express_fact(fact, name);
    }
    graph.describe_entities();
    graph.quads
}

/// IRIs that were minted for entities of `document` and that are others' aliases now: old and new. They still lead somewhere.
pub fn express_former(document: &Document, former: &BTreeMap<&str, &str>) -> Vec<Quad> {
    let graph = GraphName::NamedNode(vocab::source(&document.id));
    let replaced = vocab::term("dcterms", "isReplacedBy");
    former
        .iter()
        .map(|(old, new)| Quad::new(vocab::iri(old), replaced.clone(), vocab::iri(new), graph.clone()))
        .collect()
}

/// The IRI of a relation's claim: a short digest of its triple, status, speaker and source, so that the same claim of the same
/// source has the same IRI on every machine.
pub fn mint_claim(
    subject: &str,
    relation: &str,
    object: &str,
    status: Status,
    speaker: &str,
    source: &str,
) -> NamedNode {
    let digest = vocab::digest(&[subject, relation, object, status.as_str(), speaker, source], 12);
    vocab::id(&format!("claim.{digest}"))
}

/// One IRI a fact. Facts that share an IRI but not status and speaker stay apart: the surest reading keeps the IRI, the others
/// get the status, and the speaker's digest, behind it.
fn name_facts(facts: &[&Fact], document: &str) -> Vec<NamedNode> {
    let mut readings: BTreeMap<&str, BTreeSet<(Status, &str)>> = BTreeMap::new();
    for fact in facts {
        readings.entry(&fact.iri).or_default().insert((fact.status, speaker_of(fact)));
    }
    let first = |fact: &Fact| readings.get(fact.iri.as_str()).and_then(BTreeSet::first).copied();
    let name = |fact: &&Fact| match claimed(fact) {
        Some((s, r, o)) if fact.iri.is_empty() || fact.kind == "Relation" => {
            mint_claim(s, r, &o, fact.status, speaker_of(fact), document)
        }
        _ if first(fact) == Some((fact.status, speaker_of(fact))) => vocab::iri(&fact.iri),
        _ => {
            let speaker = vocab::digest(&[speaker_of(fact)], 6);
            vocab::iri(&format!("{}.{}-{speaker}", fact.iri, fact.status.as_str()))
        }
    };
    facts.iter().map(name).collect()
}

/// Every IRI under which the graph may hold a fact of several sources: its own, and those that [`express_source`] gives where it shares
/// its own with a reading of other status or speaker, or claims a relation.
pub fn names_in_graph(fact: &Fact) -> BTreeSet<String> {
    let speaker = vocab::digest(&[speaker_of(fact)], 6);
    let mut names = BTreeSet::from([fact.iri.clone(), format!("{}.{}-{speaker}", fact.iri, fact.status.as_str())]);
    if let Some((subject, relation, object)) = claimed(fact) {
        let documents: BTreeSet<&str> = fact.evidence.iter().map(|evidence| evidence.document.as_str()).collect();
        let claim = |document| mint_claim(subject, relation, &object, fact.status, speaker_of(fact), document);
        names.extend(documents.into_iter().map(|document| claim(document).into_string()));
    }
    names
}

fn speaker_of(fact: &Fact) -> &str {
    fact.attributed_to.as_ref().map_or("", |speaker| &speaker.iri)
}

/// Subject, relation and object of a fact of kind `Relation`.
fn claimed(fact: &Fact) -> Option<(&str, &str, String)> {
    let subject = entities_of(fact.roles.get("subject")?).first()?.iri.as_str();
    let Value::Text(relation) = fact.roles.get("relation")? else { return None };
    let object = match fact.roles.get("object")? {
        Value::Text(text) => text.clone(),
        value => entities_of(value).first()?.iri.clone(),
    };
    Some((subject, relation.as_str(), object)).filter(|_| fact.kind == "Relation")
}

fn entities_of(value: &Value) -> &[Entity] {
    match value {
        Value::One(entity) => std::slice::from_ref(entity),
        Value::Many(entities) => entities,
        _ => &[],
    }
}

/// The graph of one source while it is written.
struct SourceGraph<'a> {
    document: &'a Document,
    classes: &'a Classes,
    source: NamedNode,
    entities: BTreeMap<&'a str, &'a Entity>,
    quads: Vec<Quad>,
}

impl<'a> SourceGraph<'a> {
    fn new(document: &'a Document, classes: &'a Classes) -> Self {
        let source = vocab::source(&document.id);
        Self { document, classes, source, entities: BTreeMap::new(), quads: Vec::new() }
    }

    fn add(&mut self, subject: &NamedNode, predicate: impl Into<NamedNode>, object: impl Into<Term>) {
        let graph = GraphName::NamedNode(self.source.clone());
        self.quads.push(Quad::new(subject.clone(), predicate, object, graph));
    }

    fn add_text(&mut self, subject: &NamedNode, predicate: NamedNode, text: &str) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    fn supports(&self, fact: &Fact) -> bool {
        fact.evidence.iter().any(|evidence| evidence.document == self.document.id)
    }

    fn express_fact(&mut self, fact: &'a Fact, name: NamedNode) {
        let reified = claimed(fact).map(|(_, relation, _)| relation).and_then(|relation| self.triple(fact, relation));
        match reified {
            Some(triple) => self.express_relation(fact, &name, triple),
            None => self.express_frame(fact, &name),
        }
        self.add(&name, vocab::dos("status"), status_node(fact.status));
        if let Some(speaker) = &fact.attributed_to {
            let speaker = self.name_entity(speaker);
            self.add(&name, vocab::dos("attributedTo"), speaker);
        }
        self.add_text(&name, rdfs::LABEL.into_owned(), &label_fact(fact, self.classes));
        for evidence in fact.evidence.iter().filter(|evidence| evidence.document == self.document.id) {
            let passage = self.describe_passage(evidence);
            self.add(&name, vocab::term("prov", "wasDerivedFrom"), passage);
        }
    }

    /// The triple that a relation states; `dos:relatedTo` where the relation has no property of its own.
    fn triple(&mut self, fact: &'a Fact, relation: &str) -> Option<Triple> {
        let property = match vocab::expand(relation) {
            _ if self.classes.is_property(relation) => vocab::dos(relation),
            Some(foreign) => foreign,
            None if relation.contains("://") => vocab::iri(relation),
            None => vocab::dos("relatedTo"),
        };
        let subject = self.name_entity(entities_of(fact.roles.get("subject")?).first()?);
        let object = match fact.roles.get("object")? {
            // What a record says of an entity may be the address of something.
            Value::Text(address) if address.contains("://") => vocab::iri(address).into(),
            value => self.express_value(value, relation).into_iter().next()?,
        };
        Some(Triple::new(subject, property, object))
    }

    fn express_relation(&mut self, fact: &'a Fact, claim: &NamedNode, triple: Triple) {
        self.add(claim, rdf::TYPE, vocab::dos("Relation"));
        if triple.predicate == vocab::dos("relatedTo") {
            self.express_role(fact, claim, "relation");
        }
        for role in fact.roles.keys().filter(|role| !["subject", "relation", "object"].contains(&role.as_str())) {
            self.express_role(fact, claim, role);
        }
        if fact.status == Status::Asserted {
            self.quads.push(triple.clone().in_graph(self.source.clone()));
        }
        self.add(claim, rdf::REIFIES, triple);
    }

    fn express_frame(&mut self, fact: &'a Fact, node: &NamedNode) {
        let kind = if self.classes.is_class(&fact.kind) { &fact.kind } else { "Fact" };
        let narrow = match fact.roles.get("type") {
            Some(Value::Text(words)) => self.classes.narrow(kind, words),
            _ => kind,
        };
        for class in [kind, narrow] {
            self.add(node, rdf::TYPE, vocab::dos(class));
        }
        for role in fact.roles.keys() {
            self.express_role(fact, node, role);
        }
    }

    /// The post under one name for all spellings, whether one at a time holds it, and when this source sees it held.
    fn express_tenure(&mut self, tenure: &Tenure, position: &NamedNode) {
        self.add_text(position, vocab::dos("office"), &tenure.office.name);
        self.add(position, vocab::dos("soleOffice"), Literal::from(tenure.office.sole));
        for period in &tenure.seen {
            self.add(position, vocab::dos("seen"), express_period(*period));
        }
    }

    fn express_role(&mut self, fact: &'a Fact, node: &NamedNode, role: &str) {
        let Some(value) = fact.roles.get(role) else { return };
        let property = match value {
            // A figure of something that has no name.
            Value::Text(_) if role == "subject" => "measured",
            _ => self.classes.property_of_role(role).unwrap_or(role),
        };
        let property = property.to_owned();
        for object in self.express_value(value, &property) {
            self.add(node, vocab::dos(&property), object);
        }
    }

    fn express_value(&mut self, value: &'a Value, property: &str) -> Vec<Term> {
        match value {
            Value::Flag(flag) => vec![Literal::from(*flag).into()],
            Value::Number(number) => vec![express_number(*number).into()],
            Value::When(period) => vec![express_period(*period).into()],
            Value::Text(text) if property == "count" => vec![literal::express_count(text).into()],
            Value::Text(text) if is_change(property) => {
                vec![vocab::id(text.strip_prefix("id:").unwrap_or(text)).into()]
            }
            Value::Text(text) => vec![Literal::new_simple_literal(text).into()],
            Value::One(entity) => vec![self.name_entity(entity).into()],
            Value::Many(entities) => entities.iter().map(|entity| self.name_entity(entity).into()).collect(),
        }
    }

    /// The entity's IRI; the entity is described once, at the end.
    fn name_entity(&mut self, entity: &'a Entity) -> NamedNode {
        self.entities.insert(&entity.iri, entity);
        vocab::iri(&entity.iri)
    }
}

/// The individual of the vocabulary that stands for a status.
pub fn status_node(status: Status) -> NamedNode {
    vocab::dos(match status {
        Status::Asserted => "Asserted",
        Status::Planned => "Planned",
        Status::Possible => "Possible",
        Status::Denied => "Denied",
    })
}

#[cfg(test)]
mod tests;
