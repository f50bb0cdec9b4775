//! Laws of questions that hold for any text: nothing typed brings the parser down, a parameter's value stays one term, and what is
//! known by a day is known ever after.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use dossier::date::Date;
use dossier::query::{Found, Scope, answer, bind_parameters, narrow, parse};
use dossier::store::{self, Store};
use dossier::vocab;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Quad, Term};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Words of SPARQL and what stands between them.
fn sparql() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("SELECT"),
        Just("?x"),
        Just("WHERE"),
        Just("{"),
        Just("}"),
        Just("("),
        Just(")"),
        Just("dos:party"),
        Just("."),
        Just(";"),
        Just("\""),
        Just("'"),
        Just("<"),
        Just("#"),
        Just("\n"),
        Just("FILTER"),
        Just("GROUP"),
        Just("BY"),
        Just("é\u{1F600}"),
        Just("_:b"),
        Just("<<("),
        Just("1"),
    ];
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

/// Facts `f0`, `f1`, … each of a source that appeared on a day, each with a date of its own.
fn graph(days: &[(u8, u8)]) -> Store {
    let mut quads = Vec::new();
    for (i, (issued, happened)) in days.iter().enumerate() {
        let (source, fact) = (vocab::id(&format!("source.s{i}")), vocab::id(&format!("f{i}")));
        let passage = vocab::id(&format!("source.s{i}#char=0,1"));
        let day = |day: &u8| Term::from(Literal::new_typed_literal(format!("2024-05-{:02}", 1 + day % 28), xsd::DATE));
        let mut add = |subject: &NamedNode, property: NamedNode, object: Term| {
            quads.push(Quad::new(subject.clone(), property, object, source.clone()));
        };
        add(&source, vocab::term("dcterms", "issued"), day(issued));
        add(&passage, vocab::term("prov", "wasQuotedFrom"), source.clone().into());
        add(&passage, vocab::term("nif", "anchorOf"), Literal::from("x").into());
        add(&fact, vocab::dos("status"), vocab::dos("Asserted").into());
        add(&fact, vocab::dos("date"), day(happened));
        add(&fact, vocab::term("prov", "wasDerivedFrom"), passage.clone().into());
    }
    store::from_quads(quads).unwrap()
}

fn facts(store: &Store, scope: Scope) -> BTreeSet<String> {
    let narrowed = narrow(store, scope).unwrap().0;
    let Found::Solutions { rows, .. } = answer(&narrowed, "SELECT ?f { ?f dos:status ?s }").unwrap().found else {
        unreachable!()
    };
    rows.iter().map(|row| row[0].as_ref().unwrap().to_string()).collect()
}

fn may(day: u8) -> Option<Date> {
    Date::day(2024, 5, 1 + day % 28)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_a_query_or_has_a_place(text in prop_oneof![sparql(), any::<String>()]) {
        if let Err(error) = parse(&text, "q") {
            let told = error.to_string();
            let update = told.contains("SPARQL Update");
            let place = told.strip_prefix("q:").and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
            prop_assert!(update || place.is_some_and(|line| line >= 1 && line <= text.split('\n').count() + 1), "{}", told);
        }
    }

    #[test]
    fn a_value_stays_one_literal(value in any::<String>()) {
        let nobody = |name: &str| panic!("{name}");
        let bound = bind_parameters("SELECT (?_words AS ?w) {}", "q", &[format!("words={value}")], nobody).unwrap();
        let store = store::from_quads(Vec::new()).unwrap();
        let Found::Solutions { rows, .. } = answer(&store, &bound).unwrap().found else { unreachable!() };
        prop_assert_eq!(rows, vec![vec![Some(Literal::from(value).into())]]);
    }

    #[test]
    fn what_is_known_or_has_happened_stays(days in prop::collection::vec((0u8..28, 0u8..28), 0..6), early in 0u8..28, late in 0u8..28) {
        let (early, late) = (early.min(late), early.max(late));
        let store = graph(&days);
        let at = |as_of, known_by| facts(&store, Scope { as_of, known_by });
        prop_assert!(at(None, may(early)).is_subset(&at(None, may(late))));
        prop_assert!(at(may(early), None).is_subset(&at(may(late), None)));
        let both = at(may(early), may(late));
        prop_assert_eq!(both, at(may(early), None).intersection(&at(None, may(late))).cloned().collect::<BTreeSet<_>>());
        prop_assert_eq!(at(None, None).len(), days.len());
    }
}
