//! The nodes that facts lean on: the source, its articles, its passages, and the entities.
//!
//! Law: one node a passage, shared by all facts in it; and of an entity's names only those that this document uses.

use super::{SourceGraph, express_date};
use crate::extract::Evidence;
use crate::read::Metadata;
use crate::resolve::Entity;
use crate::vocab;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, Term};

impl SourceGraph<'_> {
    pub(super) fn describe_source(&mut self) {
        let (source, document) = (self.source.clone(), self.document);
        self.add(&source, rdf::TYPE, vocab::dos(if document.records.is_some() { "Dataset" } else { "Document" }));
        self.add_text(&source, vocab::dos("sha256"), &document.sha256);
        self.add_text(&source, vocab::dos("fileName"), &document.name);
        if let Some(article) = document.articles.first() {
            self.describe_metadata(&source, &article.metadata);
        }
        if document.records.is_some() {
            return;
        }
        if document.articles.len() < 2 {
            self.add(&source, rdf::TYPE, vocab::term("schema", "NewsArticle"));
            return;
        }
        for (number, article) in (1..).zip(&document.articles) {
            let node = article_node(&source, number);
            self.add(&node, rdf::TYPE, vocab::dos("Article"));
            self.add(&node, rdf::TYPE, vocab::term("schema", "NewsArticle"));
            self.add(&node, vocab::term("dcterms", "isPartOf"), source.clone());
            self.describe_metadata(&node, &article.metadata);
        }
    }

    fn describe_metadata(&mut self, node: &NamedNode, metadata: &Metadata) {
        let dcterms = |local| vocab::term("dcterms", local);
        if let Some(title) = &metadata.title {
            self.add_text(node, dcterms("title"), title);
        }
        if let Some(date) = metadata.date {
            self.add(node, dcterms("issued"), express_date(date));
        }
        if let Some(publisher) = &metadata.publisher {
            self.describe_maker(node, dcterms("publisher"), "publisher", publisher);
        }
        if let Some(author) = &metadata.author {
            self.describe_maker(node, dcterms("creator"), "author", author);
        }
        if let Some(url) = &metadata.url {
            let url = NamedNode::new(url).map_or_else(|_| Term::from(Literal::new_simple_literal(url)), Term::from);
            self.add(node, vocab::term("schema", "url"), url);
        }
        if let Some(language) = &metadata.language {
            self.add_text(node, dcterms("language"), language);
        }
    }

    /// Dublin Core wants a thing, not a string, behind `publisher` and `creator`.
    fn describe_maker(&mut self, node: &NamedNode, property: NamedNode, kind: &str, name: &str) {
        let slug = vocab::slug(name);
        let slug = if slug.is_empty() { vocab::digest(&[name], 8) } else { slug };
        let maker = vocab::id(&format!("{kind}.{slug}"));
        self.add(&maker, rdf::TYPE, vocab::term("foaf", "Agent"));
        self.add_text(&maker, vocab::term("skos", "prefLabel"), name);
        self.add(node, property, maker);
    }

    /// The passage's node; describing it again adds nothing new.
    pub(super) fn describe_passage(&mut self, evidence: &Evidence) -> NamedNode {
        let passage = evidence.passage();
        let source = self.source.clone();
        self.add(&passage, rdf::TYPE, vocab::dos("Passage"));
        self.add(&passage, vocab::term("prov", "wasQuotedFrom"), source.clone());
        self.add(&passage, vocab::term("nif", "beginIndex"), Literal::from(i64::from(evidence.span.start)));
        self.add(&passage, vocab::term("nif", "endIndex"), Literal::from(i64::from(evidence.span.end)));
        self.add_text(&passage, vocab::term("nif", "anchorOf"), &evidence.quote);
        if let Some(page) = self.document.page_of(evidence.span) {
            self.add(&passage, vocab::dos("page"), Literal::from(page as i64));
        }
        if self.document.articles.len() > 1 {
            let holds = |article: &crate::read::Article| article.span.contains(evidence.span);
            if let Some(at) = self.document.articles.iter().position(holds) {
                self.add(&passage, vocab::term("dcterms", "isPartOf"), article_node(&source, at + 1));
            }
        }
        passage
    }

    pub(super) fn describe_entities(&mut self) {
        let words = collapse(&self.document.text);
        for entity in std::mem::take(&mut self.entities).into_values() {
            self.describe_entity(entity, &words);
        }
    }

    fn describe_entity(&mut self, entity: &Entity, words: &str) {
        let node = vocab::iri(&entity.iri);
        self.add(&node, rdf::TYPE, vocab::dos(entity.kind.as_str()));
        self.add_text(&node, vocab::term("skos", "prefLabel"), &entity.label);
        let found = |alias: &&String| **alias != entity.label && words.contains(&collapse(alias));
        for alias in entity.aliases.iter().filter(found) {
            self.add_text(&node, vocab::term("skos", "altLabel"), alias);
        }
    }
}

fn article_node(source: &NamedNode, number: usize) -> NamedNode {
    vocab::iri(&format!("{}#article={number}", source.as_str()))
}

/// The text with each run of white space as one space, so that a name broken over two lines is found.
fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
