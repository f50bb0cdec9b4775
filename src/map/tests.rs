#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::functions::{plain_number, read_date};
use super::*;
use crate::extract::Value;
use crate::read::records::{Dialect, MappingFile, Records, TableReader};
use crate::read::{Article, Metadata};
use crate::span::Span;

fn document(name: &str, form: Form, text: &str, mapping: Option<&str>) -> Document {
    let mapping = mapping.map(|text| MappingFile { name: "t.rq".into(), text: text.into() });
    Document {
        id: "t".into(),
        name: name.into(),
        sha256: String::new(),
        articles: vec![Article { span: Span::new(0, text.chars().count()), metadata: Metadata::default() }],
        pages: Vec::new(),
        records: Some(Records { form, mapping }),
        text: text.into(),
    }
}

/// A fact in one line: `Position Ana Ilves|chair|Peru [row=2]`, with what is not asserted behind it.
fn show(mapped: &Mapped) -> Vec<String> {
    let label = |at: &usize| mapped.members.get(*at).map_or("?", |m| m.label.as_str()).to_owned();
    let value = |value: &Value<usize>| match value {
        Value::One(who) => label(who),
        Value::Many(list) => list.iter().map(label).collect::<Vec<_>>().join("+"),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::When(period) => period.to_string(),
        Value::Flag(flag) => flag.to_string(),
    };
    let fact = |f: &Fact<usize>| {
        let roles: Vec<String> = f.roles.values().map(value).collect();
        let at: Vec<&str> = f.evidence.iter().filter_map(|e| e.fragment.as_deref()).collect();
        let status = if f.status == crate::extract::Status::Asserted {
            String::new()
        } else {
            format!(" {}", f.status.as_str())
        };
        format!("{} {} [{}]{status}", f.kind, roles.join("|"), at.join(" "))
    };
    mapped.facts.iter().map(fact).collect()
}

#[track_caller]
fn check(document: &Document, facts: &[&str], findings: &[&str]) {
    let mapped = map_document(document, &Classes::embedded().unwrap()).unwrap();
    assert_eq!(show(&mapped), facts, "{:?}", mapped.findings);
    let told: Vec<String> = mapped.findings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), findings.len(), "{told:#?}");
    told.iter().zip(findings).for_each(|(told, part)| assert!(told.contains(part), "{told}"));
    let index = TextIndex::new(&document.text);
    for evidence in mapped.facts.iter().flat_map(|f| &f.evidence) {
        assert_eq!(index.slice(&document.text, evidence.span), evidence.quote);
        assert!(!evidence.quote.is_empty());
    }
}

const POSTS: &str = "CONSTRUCT {
    _:p a dos:Person ; skos:prefLabel ?name .
    _:c a dos:Country ; skos:prefLabel ?land .
    [] a dos:Position ; dos:person _:p ; dos:role ?post ; dos:organization _:c ; dos:start ?start ; dos:status ?status
  } WHERE { BIND(dos:date(?since) AS ?start) OPTIONAL { FILTER(?post = \"designate\") BIND(dos:Planned AS ?status) } }";

#[test]
fn rows_are_facts_by_their_mapping() {
    let table = "name,post,land,since\nAna Ilves,chair,PE,3 May 2018\nBo Lind,designate,Peru,\nAna Ilves,chair,Peru,2018-05-03\n";
    let facts =
        ["Position Ana Ilves|chair|Peru|2018-05-03 [row=2 row=4]", "Position Bo Lind|designate|Peru [row=3] planned"];
    check(&document("t.csv", Form::Table, table, Some(POSTS)), &facts, &[]);
    let doubtful = "name,post,land,since\nAna Ilves,chair,Peru,03/04/2018\n,chair,Peru,2018\n";
    let told = ["t.csv:2:1: warning: ?start has no value in 1 of 2", "t.csv:3:1: warning: a position without"];
    check(&document("t.csv", Form::Table, doubtful, Some(POSTS)), &["Position Ana Ilves|chair|Peru [row=2]"], &told);
}

#[test]
fn lists_fill_one_fact_and_objects_several() {
    let mapping =
        "CONSTRUCT { [] a dos:Agreement ; dos:party _:p ; dos:topic ?topic . _:x a dos:Country ; skos:prefLabel ?x .
        ?iri a dos:Country ; skos:prefLabel ?parties . [] a dos:Agreement ; dos:topic ?topic ; dos:party ?iri }
        WHERE { BIND(IRI(CONCAT('urn:c:', ?parties)) AS ?iri) }";
    let mapping = mapping
        .replace("[] a dos:Agreement ; dos:party _:p ; dos:topic ?topic . _:x a dos:Country ; skos:prefLabel ?x .", "");
    let json = r#"[{"topic": "trade", "parties": ["Peru", "Ghana"]}]"#;
    check(&document("t.json", Form::Json, json, Some(&mapping)), &["Agreement Peru+Ghana|trade [/0]"], &[]);
}

#[test]
fn figures_and_relations_need_no_rust() {
    let mapping = "CONSTRUCT { _:c a schema:Country ; rdfs:label ?land ; dos:borders _:o ; schema:identifier ?id .
        _:o a dos:Country ; skos:prefLabel ?other .
        [] a dos:Measure ; dos:indicator 'GDP' ; dos:subject _:c ; dos:value ?gdp ; dos:unit 'USD' ; dos:period ?year } WHERE {}";
    let table = "land;other;gdp;year;id\nPeru;Chile;1.234.567,5;2023;419\n";
    let facts = [
        "Relation Peru|borders|Chile [row=2]",
        "Relation Peru|schema:identifier|419 [row=2]",
        "Measure GDP|Peru|1234567.5|USD|2023|false|1.234.567,5 [row=2]",
    ];
    check(&document("t.csv", Form::Table, table, Some(mapping)), &facts, &[]);
}

#[test]
fn rdf_and_follow_the_money_need_no_mapping() {
    let quads = "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Person> .\n\
        <urn:a> <http://xmlns.com/foaf/0.1/name> \"Ana Ilves\" .\n\
        <urn:a> <https://schema.org/worksFor> <urn:b> .\n\
        <urn:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Corporation> .\n\
        <urn:b> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Andina Gas\" .\n\
        <urn:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:Thing> .\n";
    check(
        &document("t.nt", Form::Rdf, quads, None),
        &["Relation Ana Ilves|worksFor|Andina Gas [line=2,3]"],
        &["(urn:Thing)"],
    );
    let lines = [
        r#"{"id":"p","schema":"Person","properties":{"name":["Ana Ilves"],"country":["pe"]}}"#,
        r#"{"id":"c","schema":"Company","properties":{"name":["Andina Gas"],"jurisdiction":["pe"]}}"#,
        r#"{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["c"],"percentage":["51"]}}"#,
        r#"{"id":"post","schema":"Position","properties":{"name":["senator"],"country":["pe"]}}"#,
        r#"{"id":"oc","schema":"Occupancy","properties":{"holder":["p"],"post":["post"],"startDate":["2020"]}}"#,
        r#"{"id":"z","schema":"Sanction","properties":{}}"#,
    ];
    let facts = [
        "Relation Andina Gas|locatedIn|Peru [line=1,2]",
        "Ownership Ana Ilves|51|Andina Gas [line=2,3]",
        "Position Ana Ilves|senator|Peru|2020 [line=4,5]",
    ];
    check(&document("t.json", Form::FollowTheMoney, &lines.join("\n"), None), &facts, &["1 of the schema Sanction"]);
}

/// The error of a mapping.
#[track_caller]
fn check_wrong(mapping: Option<&str>, expected: &[&str]) {
    let document = document("t.csv", Form::Table, "name,post\na,b\n", mapping);
    let told = map_document(&document, &Classes::embedded().unwrap()).unwrap_err().to_string();
    expected.iter().for_each(|part| assert!(told.contains(part), "{told}"));
}

#[test]
fn wrong_mappings_are_said_with_their_place() {
    check_wrong(None, &["no t.rq beside it", "dossier map t.csv > t.rq"]);
    let missing = "CONSTRUCT { [] a dos:Position ;\n dos:role ?pots } WHERE {}";
    check_wrong(Some(missing), &["t.rq:2:11: error: t.csv has no column ?pots", "did you mean ?post?", "?name, ?post"]);
    check_wrong(Some("CONSTRUCT { ?a } WHERE {}"), &["t.rq:1:", "syntax error"]);
    check_wrong(Some("SELECT * {}"), &["a mapping is a CONSTRUCT query"]);
    check_wrong(Some("CONSTRUCT { ?name a ?x } WHERE { ?name a ?x }"), &["has only its columns"]);
    let function = "CONSTRUCT { [] rdfs:label ?x } WHERE { BIND(dos:nummer(?name) AS ?x) }";
    check_wrong(Some(function), &["no function dos:nummer", "did you mean dos:number?"]);
}

#[test]
fn numbers_and_dates_are_read_where_they_can_be_read_one_way() {
    let numbers = [
        ("1,234", Some("1234")),
        ("1 234,5", Some("1234.5")),
        ("1.234.567", Some("1234567")),
        ("1.234,56", Some("1234.56")),
        ("1,234.5", Some("1234.5")),
        ("12,5", Some("12.5")),
        ("-7", Some("-7")),
        ("1.5", Some("1.5")),
        ("1,23,456.1.2", None),
        ("n/a", None),
        ("", None),
    ];
    for (written, expected) in numbers {
        assert_eq!(plain_number(written).as_deref(), expected, "{written}");
    }
    let dates = [
        ("3 May 2018", Some("2018-05-03")),
        ("May 3, 2018", Some("2018-05-03")),
        ("Sept 2018", Some("2018-09")),
        ("31/12/2018", Some("2018-12-31")),
        ("12/31/2018", Some("2018-12-31")),
        ("3.4.2018", Some("2018-04-03")),
        ("2018/04/03", Some("2018-04-03")),
        ("2018-04-03T10:00:00Z", Some("2018-04-03")),
        ("2018", Some("2018")),
        ("03/04/2018", None),
        ("31.2.2018", None),
    ];
    for (written, expected) in dates {
        assert_eq!(read_date(written).map(|d| d.to_string()).as_deref(), expected, "{written}");
    }
}

/// What a stream makes of a table, and that it is the same on any number of threads.
#[test]
fn streams_keep_the_order_of_rows() {
    let rows: String = (0..9000).map(|i| format!("n{i},{}\n", i % 7)).collect();
    let table = format!("name,k\n{rows}");
    let text = "CONSTRUCT { ?iri rdfs:label ?name ; dos:count ?n } WHERE { BIND(IRI(CONCAT('urn:', ?name)) AS ?iri) BIND(dos:number(?k) AS ?n) }";
    let mapping = Mapping::parse(text, "t.rq").unwrap();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut out = Vec::new();
        let source = crate::vocab::source("t");
        let mut reader = TableReader::open("t.csv", Dialect::detect(&table), table.as_bytes()).unwrap();
        let done = pool.install(|| stream_rows(&mut reader, "t.csv", &mapping, Some(&source), &mut out).unwrap());
        assert_eq!((done.rows, done.triples), (9000, 27000));
        String::from_utf8(out).unwrap()
    };
    let one = run(1);
    assert_eq!(one, run(3));
    let first: Vec<&str> = one.lines().take(3).collect();
    let label = "<urn:n0> <http://www.w3.org/2000/01/rdf-schema#label> \"n0\" .";
    let count = "<urn:n0> <https://w3id.org/dossier/ns#count> \"0\"^^<http://www.w3.org/2001/XMLSchema#decimal> .";
    let derived = "<urn:n0> <http://www.w3.org/ns/prov#wasDerivedFrom> <https://w3id.org/dossier/id/source.t#row=2> .";
    assert_eq!(first, [label, count, derived]);
}

/// The draft for a table runs and gives these facts.
#[track_caller]
fn check_draft(table: &str, facts: &[&str]) {
    let rows = read_rows(Form::Table, "t.csv", table).unwrap();
    let draft = draft_mapping("t.csv", &rows);
    check(&document("t.csv", Form::Table, table, Some(&draft)), facts, &[]);
}

#[test]
fn drafts_run_as_they_are() {
    let posts = "Name;Post;Country;Since\nAna Ilves;chair;Peru;2018\n";
    check_draft(posts, &["Position Ana Ilves|chair|Peru|2018 [row=2]"]);
    let figures = "Reporter,Partner,Indicator,Year,Value,Unit\nPeru,Ghana,exports,2020,\"1,200\",USD\n";
    check_draft(figures, &["Measure exports|Peru|Ghana|1200|USD|2020|false|1200 [row=2]"]);
    let deals = "Agreement,Party A,Party B,Date,Topic\nMoU,Peru,Ghana,3 May 2018,trade\n";
    check_draft(deals, &["Agreement MoU|Peru+Ghana|2018-05-03|trade [row=2]"]);
    let companies = "Company,Country,Website\nAndina Gas,Peru,https://andina.example\n";
    let facts =
        ["Relation Andina Gas|locatedIn|Peru [row=2]", "Relation Andina Gas|schema:url|https://andina.example [row=2]"];
    check_draft(companies, &facts);
}
