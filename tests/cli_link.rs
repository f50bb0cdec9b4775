//! Services as they are: slow, busy, broken off, lying, or over TLS. Whatever they do, it is said, nothing is lost and nothing half-linked.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

mod loopback;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use loopback::{Loopback, json, whole};
use predicates::str::contains;
use serde_json::{Map, Value};
use std::fs;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A graph of four people and four countries: eight questions, one request.
const PEOPLE: &str = "Name,Post,Country,Since\nAna Ilves,chair,Peru,2018\nBo Lind,chair,Estonia,2020\nCy Roa,chair,Chile,2021\nDag Ek,chair,Norway,2022\n";

fn desk() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("posts.csv"), PEOPLE).unwrap();
    let draft = run(&folder, &["map", "posts.csv"]).success().get_output().stdout.clone();
    fs::write(folder.path().join("posts.rq"), draft).unwrap();
    run(&folder, &["build", "posts.csv"]).success();
    folder
}

fn command(desk: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("dossier").unwrap();
    command.current_dir(desk.path()).args(arguments);
    command
}

fn run(desk: &TempDir, arguments: &[&str]) -> Assert {
    command(desk, arguments).assert()
}

fn link(desk: &TempDir, service: &Loopback) -> Assert {
    run(desk, &["link", "fake", "--endpoint", &service.url])
}

/// The rows of the file of links: subject and predicate. Empty where there is no file.
fn links(desk: &TempDir) -> Vec<String> {
    let text = fs::read_to_string(desk.path().join("graph/links/fake.sssom.tsv")).unwrap_or_default();
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|row| {
        row.split('\t').enumerate().filter(|(i, _)| [0, 2].contains(i)).map(|(_, c)| c).collect::<Vec<_>>().join(" ")
    })
    .collect()
}

/// What an honest service answers: each name is that of an entry; but for names that `leaves_out` picks, of which it says nothing.
fn honest(form: &str, leaves_out: impl Fn(&str) -> bool) -> String {
    let queries = form_urlencoded::parse(form.as_bytes()).find(|(k, _)| k == "queries").unwrap().1.into_owned();
    let queries: Map<String, Value> = serde_json::from_str(&queries).unwrap();
    let answer = |(key, query): (&String, &Value)| {
        let name = query["query"].as_str().unwrap();
        let id = name.to_lowercase().replace(' ', "-");
        let result = serde_json::json!({"result": [{"id": id, "name": name, "score": 100, "match": true}]});
        (!leaves_out(name)).then(|| (key.clone(), result))
    };
    Value::Object(queries.iter().filter_map(answer).collect()).to_string()
}

fn all(form: &str) -> Vec<u8> {
    json(&honest(form, |_| false))
}

const COUNTRIES: [&str; 4] =
    ["id:chile skos:exactMatch", "id:estonia skos:exactMatch", "id:norway skos:exactMatch", "id:peru skos:exactMatch"];

#[track_caller]
fn check_linked(desk: &TempDir) {
    let exact: Vec<String> = links(desk).into_iter().filter(|row| row.ends_with("exactMatch")).collect();
    assert_eq!(exact, COUNTRIES);
}

/// A service that fails stops the command with these words, and the links are as they were.
#[track_caller]
fn check_failure(answer: fn(usize, &str) -> Vec<u8>, words: &[&str]) {
    let desk = desk();
    link(&desk, &Loopback::start(|_, form| all(form))).success();
    fs::remove_dir_all(desk.path().join("graph/links/.answers")).unwrap();
    let read = || fs::read(desk.path().join("graph/links/fake.sssom.tsv")).unwrap();
    let before = read();
    let mut told = run(&desk, &["link", "fake", "--timeout", "1", "--endpoint", &Loopback::start(answer).url]).code(2);
    for part in words {
        told = told.stderr(contains(*part));
    }
    assert_eq!(read(), before, "what was linked stays linked");
}

#[test]
fn an_honest_service_is_asked_once() {
    let (desk, service) = (desk(), Loopback::start(|_, form| all(form)));
    link(&desk, &service).success().stderr(contains("4 linked, 4 to review"));
    check_linked(&desk);
    let first = fs::read(desk.path().join("graph/links/fake.sssom.tsv")).unwrap();
    link(&desk, &service).success();
    run(&desk, &["link", "fake", "--offline", "--endpoint", &service.url]).success();
    assert_eq!(fs::read(desk.path().join("graph/links/fake.sssom.tsv")).unwrap(), first);
    assert_eq!(service.asked(), 1, "answers are kept");
}

#[test]
fn a_busy_service_is_left_alone_as_long_as_it_says() {
    let desk = desk();
    let busy = |wait: &str| whole("429 Too Many Requests", "text/plain", &format!("Retry-After: {wait}\r\n"), "later");
    let service = Loopback::start(move |number, form| if number == 0 { busy("2") } else { all(form) });
    let start = Instant::now();
    link(&desk, &service).success();
    assert!(start.elapsed() >= Duration::from_secs(2) && service.asked() == 2);
    check_linked(&desk);
    let patient = |_: usize, _: &str| whole("503 Busy", "text/plain", "Retry-After: 3600\r\n", "");
    check_failure(patient, &["is busy and wants to be left alone for 3600 seconds", "hint: try again later"]);
}

#[test]
fn a_silent_service_stops_the_command() {
    let asleep = |_: usize, _: &str| {
        std::thread::sleep(Duration::from_millis(1500));
        Vec::new()
    };
    check_failure(asleep, &["does not answer", "4 times"]);
}

#[test]
fn a_broken_answer_is_asked_for_again_and_never_kept() {
    let cut = |body: &str| {
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{body}").into_bytes()
    };
    let desk = desk();
    // Cut short with and without a length that would show it.
    let service = Loopback::start(move |number, form| match number {
        0 => cut(&honest(form, |_| false)),
        1 => b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"q0\": {\"resu".to_vec(),
        _ => all(form),
    });
    link(&desk, &service).success();
    check_linked(&desk);
    assert_eq!(service.asked(), 3);
    check_failure(|_, _| b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{".to_vec(), &["breaks off", "4 times"]);
}

#[test]
fn what_is_no_answer_is_said() {
    let page = |_: usize, _: &str| whole("200 OK", "text/html", "", "<h1>Welcome</h1>");
    check_failure(page, &["answers with a web page, not data", "hint: is this the address of its interface"]);
    let broken = |_: usize, _: &str| json("{\"status\": \"error\", \"message\": \"out of order\"}");
    check_failure(broken, &["answers none of 8 questions (out of order)", "nothing is linked"]);
    check_failure(|_, _| whole("404 Not Found", "text/plain", "", ""), &["refuses with status 404"]);
    let moved = |_: usize, _: &str| whole("301 Moved", "text/plain", "Location: https://localhost/api\r\n", "");
    check_failure(moved, &["has moved to https://localhost/api", "hint: give that address"]);
    let desk = desk();
    let told = run(&desk, &["link", "fake", "--endpoint", "localhost:8000/reconcile"]).code(2);
    told.stderr(contains("localhost:8000/reconcile is no address of a service"));
}

/// It answers fewer questions than it was asked, or gives more candidates than it was asked for, or numbers for names.
#[test]
fn a_service_that_lies_about_counts_loses_nothing() {
    let desk = desk();
    let half = Loopback::start(|_, form| json(&honest(form, |name| name < "C")));
    let told = link(&desk, &half).code(1).stderr(contains("2 of 8 questions have no answer in what it sent"));
    told.stderr(contains("Ana Ilves, Bo Lind")).stderr(contains("4 linked"));
    check_linked(&desk);
    assert_eq!(half.asked(), 3, "those without an answer are asked again, each by itself");
    let reviews = links(&desk);
    let later = Loopback::start(|_, form| json(&honest(form, |name| name == "Peru")));
    link(&desk, &later).code(1);
    check_linked(&desk);
    assert_eq!(links(&desk).len(), reviews.len() + 2, "Peru keeps its link, the two are asked for now");
    let once = Loopback::start(|number, form| json(&honest(form, |name| number == 0 && name == "Peru")));
    link(&desk, &once).success();
    let many = Loopback::start(|_, form| {
        let mut answer: Value = serde_json::from_str(&honest(form, |_| false)).unwrap();
        for result in answer.as_object_mut().unwrap().values_mut() {
            let list = result["result"].as_array_mut().unwrap();
            let more = (0..500).map(|n| serde_json::json!({"id": n, "name": n, "score": "high"}));
            list.extend(more.collect::<Vec<_>>());
        }
        answer["q99"] = serde_json::json!({"result": [{"id": "peru2", "name": "Peru"}]});
        json(&answer.to_string())
    });
    link(&desk, &many).success();
    check_linked(&desk);
}

#[test]
fn https_is_spoken_with_those_who_are_trusted() {
    let (desk, service) = (desk(), Loopback::start_tls(|_, form| all(form)));
    let trusted = desk.path().join("trusted.pem");
    let told = link(&desk, &service).code(2).stderr(contains("is not trusted"));
    told.stderr(contains("SSL_CERT_FILE"));
    assert!(links(&desk).is_empty() && service.asked() == 0);
    let link = || command(&desk, &["link", "fake", "--endpoint", &service.url]).env("SSL_CERT_FILE", &trusted).assert();
    link().code(2).stderr(contains("trusted.pem"));
    fs::write(&trusted, &service.certificate).unwrap();
    link().success();
    check_linked(&desk);
}

#[test]
fn a_dataset_at_an_address_is_downloaded_once_and_whole() {
    let desk = desk();
    let about = "{dataset: fake, title: R, format: table, id: id, names: [name], class: Country, iri: 'urn:fake:{}'}";
    fs::write(desk.path().join("r.yaml"), about).unwrap();
    let lines = "id,name\n1,Peru\n2,Chile\n3,Norway\n4,Estonia\n";
    let service = Loopback::start_tls(move |number, path| match (number, path) {
        (0, _) => b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nid,na".to_vec(),
        (_, "/dump/lands.csv") => whole("200 OK", "text/csv", "", lines),
        _ => whole("200 OK", "text/html", "", "<p>"),
    });
    let trusted = desk.path().join("trusted.pem");
    fs::write(&trusted, &service.certificate).unwrap();
    let link = |path: &str, more: &[&str]| {
        let url = format!("{}{path}", service.url);
        command(&desk, &["link", "r.yaml", "--at", &url]).args(more).env("SSL_CERT_FILE", &trusted).assert()
    };
    link("dump/lands.csv", &["--offline"]).code(2).stderr(contains("--offline asks nobody"));
    link("dump/lands.csv", &[]).success().stderr(contains("4 linked"));
    check_linked(&desk);
    link("dump/lands.csv", &["--offline"]).success();
    assert_eq!(service.asked(), 2, "once broken off, once whole");
    link("page", &[]).code(2).stderr(contains("is a web page, not a dataset"));
}

#[test]
fn a_query_asks_allowed_services_over_https_too() {
    let row =
        r#"{"head": {"vars": ["o"]}, "results": {"bindings": [{"o": {"type": "literal", "value": "far away"}}]}}"#;
    let answer =
        |body: &'static str| move |_: usize, _: &str| whole("200 OK", "application/sparql-results+json", "", body);
    let (desk, service) = (desk(), Loopback::start_tls(answer(row)));
    let trusted = desk.path().join("trusted.pem");
    fs::write(&trusted, &service.certificate).unwrap();
    let ask = |url: &str| {
        let query = format!("SELECT ?o {{ SERVICE <{url}> {{ ?s ?p ?o }} }}");
        let arguments = ["query", "--inline", &query, "--allow-service", url, "--format", "csv"];
        command(&desk, &arguments).env("SSL_CERT_FILE", &trusted).assert()
    };
    ask(&service.url).success().stdout(contains("far away"));
    let page = Loopback::start(|_, _| whole("200 OK", "text/html", "", "<p>"));
    ask(&page.url).code(2).stderr(contains("answers with a web page"));
    ask(&Loopback::start(answer("{\"boolean\": true}")).url).code(2).stderr(contains("it is a boolean"));
    ask(&Loopback::start(answer("{\"head\": {")).url).code(2).stderr(contains("answers no whole JSON"));
}
