//! The rules of `ontology/rules`: each gives the expected triples on its fixture, with the facts they came from.
//!
//! `DOSSIER_BLESS=1 cargo test --test rules` writes what the rules give now; read the difference before you keep it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use dossier::derive::{Rule, derive, derive_by, derived_graph, rules};
use dossier::ontology::classes::Classes;
use dossier::query::Header;
use dossier::store::{self, Store};
use dossier::vocab;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::GraphNameRef;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology/rules/fixtures")
}

fn load(trig: &str) -> Store {
    let prefixes = vocab::PREFIXES.iter().map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n"));
    let text = prefixes.collect::<String>() + trig;
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&text).map(|quad| quad.unwrap());
    store::from_quads(quads.collect()).unwrap()
}

/// `id:a dos:metWith id:b < met-with < id:meeting.1`, a line each.
fn tell(rules: &[Rule], store: &Store) -> String {
    let short = |text: &str| if text.starts_with("http") { vocab::shorten(text) } else { format!("{text:?}") };
    let mut lines = String::new();
    for derived in derive_by(rules, store).unwrap() {
        let (subject, object) = derived.ends();
        let facts: Vec<String> = derived.facts.iter().map(|fact| short(fact)).collect();
        let by: Vec<&str> = derived.rules.iter().map(String::as_str).collect();
        let property = short(derived.triple.predicate.as_str());
        lines += &format!("{} {property} {} < {} < {}\n", short(subject), short(object), by.join(" "), facts.join(" "));
    }
    let mut sorted: Vec<&str> = lines.lines().collect();
    sorted.sort_unstable();
    sorted.join("\n") + "\n"
}

#[test]
fn every_rule_gives_what_its_fixture_expects() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let fixture = fs::read_to_string(fixtures().join(format!("{}.trig", rule.name))).unwrap();
        let found = tell(&rules(), &load(&fixture));
        let own: String = found
            .lines()
            .filter(|line| line.contains(&format!("< {} <", rule.name)))
            .map(|l| format!("{l}\n"))
            .collect();
        assert!(!own.is_empty(), "{} gives nothing on its fixture", rule.name);
        let path = fixtures().join(format!("{}.txt", rule.name));
        if env::var_os("DOSSIER_BLESS").is_some() {
            fs::write(&path, &own).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if own != expected {
            wrong.push(format!("{}: expected\n{expected}\nfound\n{own}", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_says_what_it_means_in_known_terms() {
    let classes = Classes::embedded().unwrap();
    let all = rules();
    assert!(all.len() >= 5);
    for rule in all {
        let header = Header::parse(&rule.text, &rule.name).unwrap();
        assert!(header.summary.ends_with('.') && header.description.ends_with('.'), "{}", rule.name);
        for word in rule.text.split("dos:").skip(1) {
            let local: String = word.chars().take_while(|c| c.is_alphanumeric()).collect();
            assert!(classes.get(&local).is_some(), "{}: dos:{local} is not declared", rule.name);
        }
    }
}

#[test]
fn what_is_derived_stands_in_its_own_graph_and_is_the_same_each_time() {
    let fixture = fs::read_to_string(fixtures().join("counterpart.trig")).unwrap();
    let (one, two) = (load(&fixture), load(&fixture));
    let before = one.len().unwrap();
    assert_eq!(derive(&one).unwrap(), derive(&two).unwrap());
    let graph = derived_graph();
    let added = one.quads_for_pattern(None, None, None, Some(GraphNameRef::NamedNode(graph.as_ref()))).count();
    assert_eq!(one.len().unwrap() - before, added * 2);
    assert!(one.iter().all(|quad| !quad.unwrap().subject.is_blank_node()));
    // Once derived, nothing new follows.
    assert_eq!(derive(&one).unwrap(), []);
}

#[test]
fn order_of_what_is_loaded_does_not_matter() {
    for rule in rules() {
        let store = load(&fs::read_to_string(fixtures().join(format!("{}.trig", rule.name))).unwrap());
        let quads = store.iter().map(|quad| quad.unwrap()).filter(|quad| !quad.graph_name.is_default_graph());
        let mut quads: Vec<_> = quads.collect();
        quads.sort_by_cached_key(|quad| std::cmp::Reverse(quad.to_string()));
        let turned = store::from_quads(quads).unwrap();
        assert_eq!(derive(&store).unwrap(), derive(&turned).unwrap(), "{}", rule.name);
        let lines = |store: &Store| {
            let mut lines: Vec<String> = store.iter().map(|quad| quad.unwrap().to_string()).collect();
            lines.sort();
            lines
        };
        assert_eq!(lines(&store), lines(&turned), "{}", rule.name);
    }
}

#[test]
fn a_rule_without_reasons_and_rules_without_end_are_errors() {
    let store = load("id:g { id:a a dos:Person ; dos:status dos:Asserted . }");
    let rule = |name: &str, text: &str| Rule { name: name.to_owned(), text: text.to_owned() };
    let bare = rule("bare", "CONSTRUCT { ?a dos:metWith id:x } WHERE { ?a a dos:Person }");
    assert!(derive_by(&[bare], &store).is_err_and(|error| error.to_string().contains("derived from")));
    let select = rule("select", "SELECT * WHERE { ?a a dos:Person }");
    assert!(derive_by(&[select], &store).is_err_and(|error| error.to_string().contains("CONSTRUCT")));
    let endless = rule(
        "endless",
        "CONSTRUCT { ?n dos:metWith ?next {| prov:wasDerivedFrom ?f |} } WHERE { ?f a dos:Person . { BIND(id:a AS ?n) } UNION \
         { ?m dos:metWith ?n } BIND(IRI(CONCAT(STR(?n), \"x\")) AS ?next) }",
    );
    assert!(derive_by(&[endless], &store).is_err_and(|error| error.to_string().contains("do not settle")));
}
