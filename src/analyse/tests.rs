use super::*;
use oxigraph::io::{RdfFormat, RdfParser};
use std::collections::BTreeSet;

/// a–b–c–d is what is most plausible; a–d directly only possible; e hangs on nobody; f is denied.
const GRAPH: &str = r#"
PREFIX dos: <https://w3id.org/dossier/ns#>
PREFIX id: <https://w3id.org/dossier/id/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
GRAPH id:source.wire {
  id:a a dos:Person ; skos:prefLabel "A" . id:b a dos:Country ; skos:prefLabel "B" . id:c a dos:Company ; skos:prefLabel "C" .
  id:d a dos:Company ; skos:prefLabel "D" . id:e a dos:Place ; skos:prefLabel "E" . id:f a dos:Country ; skos:prefLabel "F" .
  id:position a dos:Position ; dos:person id:a ; dos:organization id:b ; dos:role "minister" ; dos:status dos:Asserted ;
    prov:wasDerivedFrom <https://w3id.org/dossier/id/source.wire#char=0,5> , <https://w3id.org/dossier/id/source.post#char=0,5> .
  id:deal a dos:Agreement , dos:Contract ; dos:party id:b , id:c ; dos:agreementType "contract" ; dos:date "2024-07"^^xsd:gYearMonth ;
    dos:status dos:Asserted ; prov:wasDerivedFrom <https://w3id.org/dossier/id/source.wire#char=9,12> .
  id:claim.1 a dos:Relation ; rdf:reifies <<( id:d dos:owns id:c )>> ; dos:status dos:Asserted .
  id:claim.2 a dos:Relation ; rdf:reifies <<( id:a dos:owns id:d )>> ; dos:status dos:Possible .
  id:claim.3 a dos:Relation ; rdf:reifies <<( id:a dos:visited id:f )>> ; dos:status dos:Denied .
  id:statement a dos:Statement ; dos:speaker id:a ; dos:addressee id:c ; dos:status dos:Asserted .
}
"#;

fn network(kinds: &[&str]) -> Network {
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(GRAPH).map(|quad| quad.unwrap());
    let store = crate::store::from_quads(quads.collect()).unwrap();
    let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    Network::read(&store, &kinds).unwrap()
}

fn node(network: &Network, name: char) -> usize {
    network.find(&format!("https://w3id.org/dossier/id/{name}")).unwrap()
}

fn bounds(order: Order) -> Bounds {
    Bounds { order, max_hops: 6, limit: 9, via: Vec::new(), avoid: BTreeSet::new() }
}

#[track_caller]
fn check(ends: &str, bounds: &dyn Fn(&Network) -> Bounds, expected: &[&str]) {
    let network = network(&[]);
    let [from, to] = [0, 1].map(|i| node(&network, ends.chars().nth(i).unwrap()));
    let chains = network.find_chains(from, to, &bounds(&network));
    let name = |at: &usize| network.entity(*at).unwrap().label.to_lowercase();
    let found: Vec<String> = chains.iter().map(|chain| chain.entities.iter().map(name).collect()).collect();
    assert_eq!(found, expected);
    for chain in &chains {
        assert!((0.0..=1.0).contains(&chain.plausibility));
    }
}

#[test]
fn chains_are_ranked_and_bounded() {
    check("ad", &|_| bounds(Order::Plausible), &["abcd", "ad", "acd"]);
    check("ad", &|_| bounds(Order::Short), &["ad", "acd", "abcd"]);
    check("ad", &|_| Bounds { max_hops: 2, ..bounds(Order::Plausible) }, &["ad", "acd"]);
    check("ad", &|_| Bounds { limit: 1, ..bounds(Order::Plausible) }, &["abcd"]);
    check("ad", &|n| Bounds { avoid: [node(n, 'b')].into(), ..bounds(Order::Plausible) }, &["ad", "acd"]);
    check("ad", &|n| Bounds { via: vec![node(n, 'b')], ..bounds(Order::Plausible) }, &["abcd"]);
    check("ad", &|n| Bounds { via: vec![node(n, 'c'), node(n, 'b')], ..bounds(Order::Plausible) }, &[]);
    check("ae", &|_| bounds(Order::Plausible), &[]);
    check("af", &|_| bounds(Order::Plausible), &[]);
}

#[test]
fn ties_say_what_and_who_told_it() {
    let network = network(&[]);
    let tie = network.tie_between(node(&network, 'b'), node(&network, 'a')).unwrap();
    let [(at, direction)] = *tie.said else { panic!("{tie:?}") };
    let said = network.said(at).unwrap();
    assert_eq!(
        (said.label.as_str(), said.kind.as_str(), said.sources, direction),
        ("minister", "Position", 2, Some(true))
    );
    let owned = network.tie_between(node(&network, 'c'), node(&network, 'd')).unwrap();
    assert_eq!(owned.said[0].1, Some(false));
}

#[test]
fn kinds_leave_the_other_facts_out() {
    let ties = |kinds| network(kinds).ties().len();
    assert_eq!((ties(&[]), ties(&["Agreement"]), ties(&["owns"]), ties(&["Relation"])), (5, 1, 2, 2));
    let words = |kinds: &[&str]| find_kinds(&kinds.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>());
    assert_eq!(words(&["agreement", "OWNS"]).unwrap(), ["Agreement", "owns"]);
    assert!(words(&["agremeent"]).is_err_and(|error| error.hint().is_some_and(|hint| hint.contains("Agreement"))));
}

/// All shortest ways by trying every walk, to hold the search to.
fn steps_by_brute_force(edges: &[(u32, u32)], nodes: u32, from: u32, to: u32) -> Option<usize> {
    let mut reached: BTreeSet<u32> = [from].into();
    for steps in 0..=nodes as usize {
        if reached.contains(&to) {
            return Some(steps);
        }
        let next = edges.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).filter(|(a, _)| reached.contains(a));
        let next: Vec<u32> = next.map(|(_, b)| b).collect();
        reached.extend(next);
    }
    None
}

proptest::proptest! {
    #[test]
    fn the_shortest_way_is_a_way_and_none_is_shorter(
        edges in proptest::collection::vec((0u32..12, 0u32..12), 0..20), from in 0u32..12, to in 0u32..12,
    ) {
        let ties: Vec<(u32, u32, f64)> = edges.iter().map(|(a, b)| (*a, *b, 1.0)).collect();
        let web = Web::new(12, &ties);
        let way = web.shortest(from, to);
        proptest::prop_assert_eq!(way.as_ref().map(|way| way.len() - 1), steps_by_brute_force(&edges, 12, from, to));
        let way = way.unwrap_or_default();
        for pair in way.windows(2) {
            proptest::prop_assert!(web.neighbours(pair[0]).contains(&pair[1]));
        }
        if let (Some(first), Some(last)) = (way.first(), way.last()) {
            proptest::prop_assert_eq!((*first, *last), (from, to));
        }
    }
}

/// A network of up to seven people who own each other, by pairs; of three of them it is only planned.
fn people(edges: &[(u8, u8)]) -> Network {
    use oxigraph::model::{GraphName, Quad, Triple, vocab::rdf};
    let person = |at: u8| crate::vocab::id(&format!("p{at}"));
    let graph = GraphName::from(crate::vocab::id("source.wire"));
    let mut quads = Vec::new();
    for at in 0..7 {
        let name = oxigraph::model::Literal::new_simple_literal(format!("P{at}"));
        quads.push(Quad::new(person(at), rdf::TYPE, crate::vocab::dos("Person"), graph.clone()));
        quads.push(Quad::new(person(at), crate::vocab::term("skos", "prefLabel"), name, graph.clone()));
    }
    for (number, (a, b)) in edges.iter().enumerate() {
        let claim = crate::vocab::id(&format!("claim.{number}"));
        let status = if number % 4 == 3 { "Planned" } else { "Asserted" };
        let owns = Triple::new(person(*a), crate::vocab::dos("owns"), person(*b));
        quads.push(Quad::new(claim.clone(), rdf::TYPE, crate::vocab::dos("Relation"), graph.clone()));
        quads.push(Quad::new(claim.clone(), rdf::REIFIES, owns, graph.clone()));
        quads.push(Quad::new(claim, crate::vocab::dos("status"), crate::vocab::dos(status), graph.clone()));
    }
    Network::read(&crate::store::from_quads(quads).unwrap(), &[]).unwrap()
}

/// All ways that pass nobody twice, by trying.
fn all_ways(network: &Network, way: &mut Vec<usize>, to: usize, max_hops: usize, found: &mut BTreeSet<Vec<usize>>) {
    let last = *way.last().unwrap();
    if last == to {
        found.insert(way.clone());
    } else if way.len() <= max_hops {
        for next in network.web().neighbours(last as u32).iter().map(|next| *next as usize) {
            if !way.contains(&next) {
                way.push(next);
                all_ways(network, way, to, max_hops, found);
                way.pop();
            }
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn chains_are_all_ways_best_first(edges in proptest::collection::vec((0u8..7, 0u8..7), 0..14), max_hops in 1usize..6) {
        let network = people(&edges);
        let mut expected = BTreeSet::new();
        all_ways(&network, &mut vec![0], 1, max_hops, &mut expected);
        for order in [Order::Plausible, Order::Short] {
            let bounds = Bounds { max_hops, limit: 1000, ..bounds(order) };
            let chains = network.find_chains(0, 1, &bounds);
            let found: BTreeSet<Vec<usize>> = chains.iter().map(|chain| chain.entities.clone()).collect();
            proptest::prop_assert_eq!(&found, &expected);
            proptest::prop_assert_eq!(chains.len(), expected.len());
            for pair in chains.windows(2) {
                let worse = match order {
                    Order::Plausible => pair[1].plausibility <= pair[0].plausibility + 1e-12,
                    Order::Short => pair[1].len() >= pair[0].len(),
                };
                proptest::prop_assert!(worse, "{:?}", chains);
            }
            let fewer = network.find_chains(0, 1, &Bounds { limit: 2, ..bounds });
            proptest::prop_assert_eq!(&fewer[..], &chains[..fewer.len()]);
        }
    }
}
