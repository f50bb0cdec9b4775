//! The classes and properties of `ontology/core.ttl`.
//!
//! Law: what is not declared there does not exist; a class, role or property is never a string that nobody checked.

use crate::error::{Error, Result};
use crate::vocab;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// The vocabulary's text, embedded.
pub const CORE: &str = include_str!("../../ontology/core.ttl");

/// What one declared term is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermInfo {
    /// `rdfs:label`.
    pub label: String,
    /// `rdfs:comment`.
    pub comment: String,
    /// `skos:altLabel`, sorted.
    pub synonyms: Vec<String>,
    /// IRIs of the superclasses or superproperties, sorted; first those of Dossier.
    pub broader: Vec<NamedNode>,
    /// IRIs of `skos:exactMatch` and `skos:closeMatch`, sorted.
    pub matches: Vec<NamedNode>,
    /// `dos:labelPattern`.
    pub pattern: Option<String>,
    is_class: bool,
    is_property: bool,
}

/// The declared terms, by local name.
#[derive(Debug, Clone)]
pub struct Classes {
    terms: BTreeMap<String, TermInfo>,
    roles: BTreeMap<String, String>,
}

impl Classes {
    /// Reads the embedded vocabulary; fails only where the file that was compiled in is wrong.
    pub fn embedded() -> Result<Self> {
        Self::parse(CORE, "ontology/core.ttl")
    }

    /// Reads a vocabulary in Turtle; `file` is what errors name.
    pub fn parse(turtle: &str, file: &str) -> Result<Self> {
        let mut classes = Self { terms: BTreeMap::new(), roles: BTreeMap::new() };
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
            let quad = quad.map_err(|error| syntax_error(file, &error))?;
            classes.take(quad);
        }
        for term in classes.terms.values_mut() {
            term.synonyms.sort();
            term.matches.sort();
            term.broader.sort_by_key(|iri| (local_of(iri.as_str()).is_none(), iri.as_str().to_owned()));
        }
        Ok(classes)
    }

    fn take(&mut self, quad: Quad) {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return };
        let Some(local) = local_of(subject.as_str()) else { return };
        let term = self.terms.entry(local.to_owned()).or_default();
        match (vocab::shorten(quad.predicate.as_str()).as_str(), quad.object) {
            ("rdf:type", Term::NamedNode(kind)) => match vocab::shorten(kind.as_str()).as_str() {
                "owl:Class" => term.is_class = true,
                "owl:ObjectProperty" | "owl:DatatypeProperty" => term.is_property = true,
                _ => {}
            },
            ("rdfs:label", Term::Literal(label)) => term.label = label.value().to_owned(),
            ("rdfs:comment", Term::Literal(comment)) => term.comment = comment.value().to_owned(),
            ("skos:altLabel", Term::Literal(label)) => term.synonyms.push(label.value().to_owned()),
            ("rdfs:subClassOf" | "rdfs:subPropertyOf", Term::NamedNode(broader)) => term.broader.push(broader),
            ("skos:exactMatch" | "skos:closeMatch", Term::NamedNode(other)) => term.matches.push(other),
            ("dos:labelPattern", Term::Literal(pattern)) => term.pattern = Some(pattern.value().to_owned()),
            ("dos:roleName", Term::Literal(role)) => {
                self.roles.insert(role.value().to_owned(), local.to_owned());
            }
            _ => {}
        }
    }

    /// Whether `local` (without prefix) names a class.
    pub fn is_class(&self, local: &str) -> bool {
        self.get(local).is_some_and(|term| term.is_class)
    }

    /// Whether `local` (without prefix) names a property.
    pub fn is_property(&self, local: &str) -> bool {
        self.get(local).is_some_and(|term| term.is_property)
    }

    /// What is declared of a term.
    pub fn get(&self, local: &str) -> Option<&TermInfo> {
        self.terms.get(local)
    }

    /// All terms by local name, in order.
    pub fn terms(&self) -> impl Iterator<Item = (&str, &TermInfo)> {
        self.terms.iter().map(|(local, term)| (local.as_str(), term))
    }

    /// The term's label, or the local name itself where it is unknown.
    pub fn label<'a>(&'a self, local: &'a str) -> &'a str {
        self.get(local).map_or(local, |term| &term.label)
    }

    /// The declared name nearest to a misspelt one, for "did you mean": similar enough that a person would see it.
    pub fn nearest(&self, local: &str) -> Option<&str> {
        nearest(local, self.terms.keys().map(String::as_str))
    }

    /// Local name of the property that carries a role: `parties` -> `party`, `date` -> `date`; `None` where none is declared.
    pub fn property_of_role<'a>(&'a self, role: &'a str) -> Option<&'a str> {
        let local = self.roles.get(role).map_or(role, String::as_str);
        self.is_property(local).then_some(local)
    }

    /// The role that a property carries: `party` -> `parties`; `None` where it is not declared.
    pub fn role_of_property<'a>(&'a self, local: &'a str) -> Option<&'a str> {
        let role = self.roles.iter().find(|(_, property)| *property == local).map(|(role, _)| role.as_str());
        role.or_else(|| self.is_property(local).then_some(local))
    }

    /// Whether `local` is `ancestor` or below it.
    pub fn is_kind_of(&self, local: &str, ancestor: &str) -> bool {
        let (mut seen, mut open) = (BTreeSet::new(), vec![local]);
        while let Some(local) = open.pop() {
            if local == ancestor {
                return true;
            }
            if seen.insert(local) {
                let broader = self.get(local).into_iter().flat_map(|term| &term.broader);
                open.extend(broader.filter_map(|iri| local_of(iri.as_str())));
            }
        }
        false
    }

    /// The class below `kind` that the words of a text name best: the longest label or synonym that occurs in them as whole
    /// words, singular or plural. `kind` itself where none does.
    pub fn narrow<'a>(&'a self, kind: &'a str, words: &str) -> &'a str {
        let words = fold(words);
        let below = self.terms.iter().filter(|(local, term)| term.is_class && self.is_kind_of(local, kind));
        let named = below.flat_map(|(local, term)| {
            let names = std::iter::once(&term.label).chain(&term.synonyms).map(|name| fold(name));
            names.map(move |name| (name.len(), local.as_str(), name))
        });
        let found = named.filter(|(_, _, name)| words.contains(name.as_str()));
        found.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1))).map_or(kind, |(_, local, _)| local)
    }
}

/// The candidate nearest to `word` by Damerau-Levenshtein distance without regard to case; `None` where more than a third of it differs.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    let distance = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        rapidfuzz::distance::damerau_levenshtein::distance(lower.chars(), candidate.chars())
    };
    let near = candidates.map(|candidate| (distance(candidate), candidate));
    near.filter(|(far, _)| *far <= limit).min().map(|(_, candidate)| candidate)
}

/// Lower-case words, singular, each between spaces.
fn fold(words: &str) -> String {
    let mut folded = String::from(" ");
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        folded.push_str(word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(&word));
        folded.push(' ');
    }
    folded
}

fn local_of(iri: &str) -> Option<&str> {
    iri.strip_prefix(vocab::DOS).filter(|local| !local.is_empty())
}

fn syntax_error(file: &str, error: &oxigraph::io::RdfSyntaxError) -> Error {
    let place = error.location().map(|range| (range.start.line as usize + 1, range.start.column as usize + 1));
    let (line, column) = place.unwrap_or((1, 1));
    Error::Knowledge { file: file.to_owned(), line, column, message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core() -> Classes {
        Classes::embedded().unwrap()
    }

    #[test]
    fn every_term_has_a_label_and_a_comment() {
        for (local, term) in core().terms() {
            assert!(!term.label.is_empty(), "dos:{local} has no rdfs:label");
            assert!(term.comment.ends_with('.'), "dos:{local} has no rdfs:comment, or one without a full stop");
        }
    }

    #[test]
    fn every_tie_leads_to_a_declared_term_or_a_known_vocabulary() {
        let classes = core();
        for (local, term) in classes.terms() {
            for tie in term.broader.iter().chain(&term.matches) {
                match local_of(tie.as_str()) {
                    Some(own) => assert!(classes.get(own).is_some(), "dos:{local} is tied to dos:{own}, not declared"),
                    None => assert_ne!(vocab::shorten(tie.as_str()), tie.as_str(), "dos:{local}: unknown namespace"),
                }
            }
        }
    }

    #[test]
    fn the_file_declares_the_prefixes_of_the_program() {
        for line in CORE.lines().filter(|line| line.starts_with("@prefix")) {
            let mut words = line.split_whitespace().skip(1);
            let prefix = words.next().unwrap().trim_end_matches(':');
            let namespace = words.next().unwrap().trim_matches(['<', '>']);
            assert!(vocab::PREFIXES.contains(&(prefix, namespace)), "{prefix}: {namespace}");
        }
    }

    #[test]
    fn every_kind_and_entity_type_is_a_class_and_every_role_of_the_contract_a_property() {
        let classes = core();
        let types = "Person Company GovernmentBody IntergovernmentalOrganization Organization Country Place Project Product Event Group Work";
        let kinds = "Position Agreement Visit Meeting Statement Measure Relation Exercise Project Policy Establishment Appointment Ownership Support Route";
        for class in types.split(' ').chain(kinds.split(' ')) {
            assert!(classes.is_class(class), "{class}");
        }
        let roles = "person role organization start end type parties date topic count visitor destination participants place \
            speaker addressee indicator subject partner value unit period target";
        for role in roles.split_whitespace() {
            assert!(classes.property_of_role(role).is_some(), "{role}");
        }
        assert!(!classes.is_property("Person") && !classes.is_class("party"));
    }

    #[track_caller]
    fn check(kind: &str, words: &str, expected: &str) {
        assert_eq!(core().narrow(kind, words), expected, "{words}");
    }

    #[test]
    fn the_words_of_a_text_choose_the_narrowest_class() {
        check("Agreement", "MoU", "MemorandumOfUnderstanding");
        check("Agreement", "memoranda of understanding (MoUs)", "MemorandumOfUnderstanding");
        check("Agreement", "Sale and Purchase Agreement", "Contract");
        check("Agreement", "contracts", "Contract");
        check("Agreement", "free trade agreement", "TradeAgreement");
        check("Agreement", "framework agreement extension", "FrameworkAgreement");
        check("Agreement", "mutual defense treaty", "Treaty");
        check("Agreement", "Cooperation agreement", "Agreement");
        check("Agreement", "something else", "Agreement");
    }

    #[test]
    fn misspelt_names_are_recognised() {
        assert_eq!(core().nearest("Government"), None);
        assert_eq!(core().nearest("GovermentBody"), Some("GovernmentBody"));
        assert_eq!(core().nearest("memberof"), Some("memberOf"));
        assert_eq!(core().nearest("xyzzy"), None);
    }

    #[test]
    fn a_syntax_error_has_its_place() {
        let error = Classes::parse("@prefix dos: <https://w3id.org/dossier/ns#> .\ndos:A a ; .", "x.ttl").unwrap_err();
        assert!(error.to_string().starts_with("x.ttl:2:"), "{error}");
    }
}
