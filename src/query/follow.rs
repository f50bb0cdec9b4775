//! A query that names an IRI of before -> one that names what it has become.
//!
//! Law: an IRI that was minted once leads to its entity for good, also when that was merged into another.

use crate::error::Result;
use crate::store::{Store, find_quads};
use crate::vocab;
use oxigraph::model::{NamedOrBlankNode, Term};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static NAMED: LazyLock<Option<regex::Regex>> =
    LazyLock::new(|| regex::Regex::new(r"<([^<>\s]+)>|\bid:([\w](?:[\w.-]*[\w-])?)").ok());

/// The query with IRIs that were merged away replaced by those they are aliases of, and the replaced ones, old and new. Whatever asks
/// about `dcterms:isReplacedBy` itself stays as it is.
///
/// # Errors
/// The store cannot be read.
pub fn follow_former<'q>(store: &Store, sparql: &'q str) -> Result<(Cow<'q, str>, BTreeMap<String, String>)> {
    let former = read_former(store)?;
    let (Some(pattern), false) = (NAMED.as_ref(), former.is_empty() || sparql.contains("isReplacedBy")) else {
        return Ok((Cow::Borrowed(sparql), BTreeMap::new()));
    };
    let mut used = BTreeMap::new();
    let followed = pattern.replace_all(sparql, |found: &regex::Captures<'_>| {
        let whole = found.get(0).map_or("", |m| m.as_str());
        let iri = match (found.get(1), found.get(2)) {
            (Some(iri), _) => iri.as_str().to_owned(),
            (_, Some(local)) => vocab::id(local.as_str()).into_string(),
            _ => String::new(),
        };
        match former.get(&iri) {
            Some(new) => {
                used.insert(iri, new.clone());
                format!("<{new}>")
            }
            None => whole.to_owned(),
        }
    });
    Ok((Cow::Owned(followed.into_owned()), used))
}

/// The IRIs that were merged away, each with what it has become.
///
/// # Errors
/// The store cannot be read.
pub fn read_former(store: &Store) -> Result<BTreeMap<String, String>> {
    let replaced = vocab::term("dcterms", "isReplacedBy");
    let pairs = find_quads(store, None, Some(replaced.as_ref()))?.into_iter();
    let pairs = pairs.filter_map(|quad| match (quad.subject, quad.object) {
        (NamedOrBlankNode::NamedNode(old), Term::NamedNode(new)) => Some((old.into_string(), new.into_string())),
        _ => None,
    });
    Ok(pairs.collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;
    use oxigraph::model::{GraphName, Quad};

    #[test]
    fn former_iris_lead_on() {
        let (old, new) = (vocab::id("k.odunov"), vocab::id("karim-odunov"));
        let quad = Quad::new(old, vocab::term("dcterms", "isReplacedBy"), new, GraphName::DefaultGraph);
        let store = crate::store::from_quads(vec![quad]).unwrap();
        let follow = |text: &str| follow_former(&store, text).unwrap().0.into_owned();
        let is = "<https://w3id.org/dossier/id/karim-odunov>";
        assert_eq!(follow("ASK { id:k.odunov ?p ?o }"), format!("ASK {{ {is} ?p ?o }}"));
        assert_eq!(follow("ASK { ?s ?p id:k.odunov. }"), format!("ASK {{ ?s ?p {is}. }}"));
        assert_eq!(follow("ASK { <https://w3id.org/dossier/id/k.odunov> ?p 1 }"), format!("ASK {{ {is} ?p 1 }}"));
        let other = "ASK { id:k.odunov-2 ?p 'x' }";
        assert_eq!(follow(other), other);
        let about = "ASK { id:k.odunov dcterms:isReplacedBy ?o }";
        assert_eq!(follow(about), about);
    }
}
