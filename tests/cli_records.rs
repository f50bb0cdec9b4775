//! Tables, their mappings and links, by the command itself.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

use assert_cmd::Command;
use predicates::str::contains;
use std::fs;
use tempfile::TempDir;

const TABLE: &str = "Name,Post,Country,Since\nAna Ilves,chair,Peru,3 May 2018\nBo Lind,chair,Estonia,2020\n";

/// A folder with these files.
fn desk(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
    folder
}

fn run(desk: &TempDir, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("dossier").unwrap().current_dir(desk.path()).args(arguments).assert()
}

fn output(desk: &TempDir, arguments: &[&str]) -> String {
    String::from_utf8(run(desk, arguments).success().get_output().stdout.clone()).unwrap()
}

#[test]
fn a_drafted_mapping_builds_verifies_and_is_forgotten() {
    let desk = desk(&[("posts.csv", TABLE)]);
    run(&desk, &["build", "posts.csv"]).code(1).stderr(contains("dossier map posts.csv > posts.rq"));
    let draft = output(&desk, &["map", "posts.csv"]);
    fs::write(desk.path().join("posts.rq"), draft).unwrap();
    run(&desk, &["build", "posts.csv"]).success().stderr(contains("position 2"));
    run(&desk, &["verify", "posts.csv"]).success();
    let facts = output(&desk, &["facts", "--format", "jsonl"]);
    assert!(facts.contains("\"fragment\":\"row=2\"") && facts.contains("\"start\":\"2018-05-03\""), "{facts}");
    run(&desk, &["show", "Ana Ilves"]).success().stdout(contains("posts.csv row 2"));
    fs::write(desk.path().join("posts.csv"), TABLE.replace("2020", "2021")).unwrap();
    run(&desk, &["verify", "posts.csv"]).code(1).stderr(contains("has changed"));
    run(&desk, &["forget", "posts.csv"]).success();
    assert_eq!(output(&desk, &["facts", "--format", "jsonl"]), "");
}

#[test]
fn a_moved_row_fails_the_check() {
    let desk = desk(&[("posts.csv", TABLE)]);
    fs::write(desk.path().join("posts.rq"), output(&desk, &["map", "posts.csv"])).unwrap();
    run(&desk, &["build", "posts.csv"]).success();
    let graph = desk.path().join("graph/sources/posts.nq");
    let moved = fs::read_to_string(&graph).unwrap().replace("#row=2>", "#row=9>");
    fs::write(&graph, moved).unwrap();
    run(&desk, &["verify"]).code(1).stderr(contains("#row=9 names other offsets"));
}

#[test]
fn wrong_records_are_told_and_the_others_read() {
    let turtle = "@prefix dos: <https://w3id.org/dossier/ns#> .\n<urn:a> a dos:Person .\n<urn:a> dos:owns ; .\n";
    let mapping = "CONSTRUCT { [] a dos:Position ; dos:role ?pots } WHERE {}";
    let desk = desk(&[("a.ttl", turtle), ("posts.csv", TABLE), ("posts.rq", mapping), ("b.txt", "Peru is large.")]);
    let done = run(&desk, &["build", "a.ttl", "posts.csv", "b.txt"]).code(1);
    done.stderr(contains("a.ttl:3:")).stderr(contains("nothing of it is read"));
    let done = run(&desk, &["build", "posts.csv"]).code(1);
    done.stderr(contains("posts.rq:1:")).stderr(contains("its columns are ?Name, ?Post, ?Country, ?Since"));
}

#[test]
fn links_survive_rebuilds_and_people_decide() {
    let desk = desk(&[("posts.csv", TABLE)]);
    fs::write(desk.path().join("posts.rq"), output(&desk, &["map", "posts.csv"])).unwrap();
    run(&desk, &["build", "posts.csv"]).success();
    run(&desk, &["link"]).success().stdout(contains("Q419")).stderr(contains("2 linked, 0 to review"));
    let file = desk.path().join("graph/links/countries.sssom.tsv");
    let first = fs::read(&file).unwrap();
    run(&desk, &["build", "posts.csv", "--force"]).success();
    run(&desk, &["link"]).success();
    assert_eq!(fs::read(&file).unwrap(), first, "the same graph has the same links");
    let ask = "SELECT ?o { id:peru skos:exactMatch ?o FILTER(CONTAINS(STR(?o), 'wikidata')) }";
    assert!(output(&desk, &["query", "--inline", ask, "--format", "csv"]).contains("Q419"));
    run(&desk, &["link", "countries", "--different", "Peru", "Q419"]).success();
    run(&desk, &["link", "countries"]).success().stderr(contains("1 linked"));
    assert!(!output(&desk, &["query", "--inline", ask, "--format", "csv"]).contains("Q419"));
    run(&desk, &["link", "nowhere"]).code(2).stderr(contains("there is no dataset"));
}

#[test]
fn services_are_refused_unless_allowed() {
    let desk = desk(&[("b.txt", "Ana Ilves visited Peru in May 2024.")]);
    run(&desk, &["build", "b.txt"]).success();
    let ask = "SELECT ?o { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }";
    run(&desk, &["query", "--inline", ask]).code(2);
}

/// A table with a mapping beside it, built: what is said of it, and the facts that it gives.
#[track_caller]
fn check_table(bytes: &[u8], code: i32, said: &[&str], facts: &[&str]) {
    let desk = desk(&[]);
    fs::write(desk.path().join("posts.csv"), bytes).unwrap();
    fs::write(desk.path().join("posts.rq"), "CONSTRUCT { _:who a dos:Person ; skos:prefLabel ?Name . _:of a dos:Country ; skos:prefLabel ?Country . [] a dos:Position ; dos:person _:who ; dos:role ?Post ; dos:organization _:of . } WHERE { }").unwrap();
    let mut done = run(&desk, &["build", "posts.csv"]).code(code);
    for part in said {
        done = done.stderr(contains(*part));
    }
    let found = output(&desk, &["facts", "--format", "jsonl"]);
    let quotes: Vec<&str> = found.lines().filter_map(|l| l.split("\"quote\":\"").nth(1)?.split('"').next()).collect();
    assert_eq!(quotes, facts);
}

#[test]
fn broken_tables_are_told_row_by_row() {
    let table = b"Name,Post,Country\nAna Ilves,chair,Peru\n\"Bo Lind,chair,Estonia\nCy Roa,chair,Chile\n";
    let told = ["posts.csv:3:1: error: a quotation mark opens here", "the row is left out"];
    check_table(table, 1, &told, &["Ana Ilves,chair,Peru", "Cy Roa,chair,Chile"]);
    let table = b"Name,Post,Country,Country\nAna Ilves,chair,Peru\nBo Lind,chair,Estonia,Norway,and,more\n";
    let told =
        ["two columns are called `Country`: column 4 is ?Country_2", "posts.csv:2:1: warning: the row has 3 cells"];
    check_table(table, 0, &told, &["Ana Ilves,chair,Peru", "Bo Lind,chair,Estonia,Norway,and,more"]);
    let table = b"Name,Post,Country\nAna Ilv\xc3\xa9s,chair,Peru\nBo L\xf6nd,chair,Estonia\n";
    let told = ["posts.csv:3:1: warning: 1 lines are UTF-8 and 1 windows-1252"];
    check_table(table, 0, &told, &["Ana Ilvés,chair,Peru", "Bo Lönd,chair,Estonia"]);
}

#[test]
fn numbers_are_read_where_they_can_be_read_in_one_way_only() {
    let table = "Name,Revenue\nAndina,\"1,234.5\"\nBoreal,\"1 234,5\"\nCordal,1.234.567\nDelta,1'234\nEdda,about 5\nFolk,\"1,23,456\"\n";
    let mapping = "CONSTRUCT { _:c a dos:Company ; skos:prefLabel ?Name . [] a dos:Measure ; dos:subject _:c ; dos:indicator \"revenue\" ; dos:value ?value ; dos:unit \"USD\" . } WHERE { BIND(dos:number(?Revenue) AS ?value) }";
    let desk = desk(&[("firms.csv", table), ("firms.rq", mapping)]);
    let done = run(&desk, &["build", "firms.csv"]).success();
    done.stderr(contains("?value has no value in 2 of 6 records")).stderr(contains("measure 4"));
    let found = output(&desk, &["facts", "--format", "jsonl"]);
    let values: Vec<&str> =
        found.lines().filter_map(|l| l.split("\"value\":").nth(1)?.split([',', '}']).next()).collect();
    assert_eq!(values, ["1234.5", "1234.5", "1234567", "1234"]);
}

#[test]
fn an_error_far_down_leaves_the_graph_as_it_was() {
    let statements = |broken: bool| {
        let mut text = String::from("@prefix dos: <https://w3id.org/dossier/ns#> .\n");
        for i in 0..20_000 {
            let end = if broken && i == 19_990 { ";; \"" } else { "." };
            text.push_str(&format!("<urn:x:{i}> dos:partnerOf <urn:x:{}> {end}\n", i + 1));
        }
        text
    };
    let desk = desk(&[(
        "a.ttl",
        "@prefix dos: <https://w3id.org/dossier/ns#> .\n<urn:a> a dos:Person ; dos:partnerOf <urn:b> .\n<urn:b> a dos:Person .\n",
    )]);
    run(&desk, &["build", "a.ttl"]).success();
    let before = output(&desk, &["facts", "--format", "jsonl"]);
    fs::write(desk.path().join("a.ttl"), statements(true)).unwrap();
    let done = run(&desk, &["build", "a.ttl"]).code(1);
    done.stderr(contains("a.ttl:19992:")).stderr(contains("nothing of it is read"));
    assert_eq!(output(&desk, &["facts", "--format", "jsonl"]), before, "nothing is half-loaded");
}

#[test]
fn json_of_any_size_is_mapped_as_a_stream() {
    let firm =
        |i: usize| format!("{{\"name\": \"Firm {i}\", \"seats\": [{{\"city\": \"A{i}\"}}, {{\"city\": \"B{i}\"}}]}}");
    let firms: Vec<String> = (0..9000).map(firm).collect();
    let mapping = "CONSTRUCT { ?it skos:prefLabel ?name ; dos:locatedIn ?seats_city } WHERE { BIND(IRI(CONCAT('urn:', dos:slug(?name))) AS ?it) }";
    let desk = desk(&[
        ("firms.json", &format!("{{\"version\": 1, \"firms\": [\n{}\n]}}", firms.join(",\n"))),
        ("firms.jsonl", &firms.join("\n")),
        ("cut.json", &format!("[{}", firms.join(",\n"))),
        ("wrong.jsonl", &firms.join("\n").replace("\"Firm 4000\"", "Firm")),
        ("firms.rq", mapping),
        ("names.rq", "CONSTRUCT { ?it skos:prefLabel ?nmae } WHERE { BIND(IRI(?nmae) AS ?it) }"),
    ]);
    let map = |file: &str, mapping: &str| run(&desk, &["map", file, "--with", mapping, "--evidence"]);
    let done = map("firms.json", "firms.rq").success().stderr(contains("18,000 rows, 54,000 triples"));
    let text = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(text.contains("<urn:firm-7> <https://w3id.org/dossier/ns#locatedIn> \"B7\" ."), "{}", &text[..400]);
    assert!(text.contains("source.firms#/firms/7>"), "{}", &text[..400]);
    map("firms.jsonl", "firms.rq").success().stderr(contains("18,000 rows")).stdout(contains("#line=6,7>"));
    map("cut.json", "firms.rq").code(1).stderr(contains("18,000 rows")).stderr(contains("it is cut off"));
    let done = map("wrong.jsonl", "firms.rq").code(1).stderr(contains("17,998 rows"));
    done.stderr(contains("wrong.jsonl:4001:1: error: line=4000,4001 is no JSON"));
    let done = map("firms.json", "names.rq").code(1).stderr(contains("firms.json has no column ?nmae"));
    done.stderr(contains("did you mean ?name?"));
}
