#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;
use std::sync::Arc;

/// A service that gives these answers in turn (status, type, body) and says how many it was asked for.
fn service(answers: Vec<(u16, &'static str, &'static str)>) -> (String, Arc<tiny_http::Server>) {
    let server = Arc::new(tiny_http::Server::http("127.0.0.1:0").unwrap());
    let url = format!("http://{}", server.server_addr());
    let serving = Arc::clone(&server);
    std::thread::spawn(move || {
        for (status, kind, body) in answers {
            let Ok(request) = serving.recv() else { return };
            let header = tiny_http::Header::from_bytes("Content-Type", kind).unwrap();
            let response = tiny_http::Response::from_string(body).with_status_code(status).with_header(header);
            let _ = request.respond(response);
        }
    });
    (url, server)
}

#[track_caller]
fn check(answers: Vec<(u16, &'static str, &'static str)>, expected: std::result::Result<&str, &str>) {
    let (url, _server) = service(answers);
    let cache = tempfile::tempdir().unwrap();
    let ask = |offline: bool| {
        let fetcher = Fetcher::new(Some(cache.path()), offline, Duration::from_secs(5)).unwrap();
        fetcher.pausing(Duration::from_millis(1)).post(&url, &[("q", "a b")], "application/json")
    };
    match (ask(false), expected) {
        (Ok(text), Ok(wanted)) => {
            assert_eq!(text, wanted);
            assert_eq!(ask(true).unwrap(), wanted, "replayed without the service");
        }
        (Err(error), Err(part)) => {
            assert!(error.to_string().contains(part), "{error}");
            assert!(ask(true).unwrap_err().to_string().contains("--offline"));
        }
        (found, _) => panic!("{found:?}"),
    }
}

#[test]
fn answers_are_kept_and_the_busy_asked_again() {
    check(vec![(200, "application/json", "{}")], Ok("{}"));
    check(vec![(429, "text/plain", ""), (503, "text/plain", ""), (200, "application/json", "[1]")], Ok("[1]"));
    check(vec![(429, "text/plain", ""); 4], Err("is busy (status 429), 4 times"));
    check(vec![(404, "text/plain", "")], Err("refuses with status 404"));
    check(vec![(200, "text/html; charset=utf-8", "<p>")], Err("a web page"));
}

#[test]
fn what_is_broken_or_elsewhere_is_not_kept() {
    let json = "application/json";
    check(vec![(200, json, "{\"a\": "), (200, json, "{\"a\": 1}")], Ok("{\"a\": 1}"));
    check(vec![(200, "text/plain", "no"); 4], Err("answers no whole JSON"));
    check(vec![(301, json, "")], Err("has moved to another address"));
    let (url, _server) = service(vec![(200, json, "[1]"), (200, json, "[2]")]);
    let cache = tempfile::tempdir().unwrap();
    let fetcher = Fetcher::new(Some(cache.path()), false, Duration::from_secs(5)).unwrap();
    let ask = || fetcher.post(&url, &[("q", "a")], json).unwrap();
    assert_eq!([ask(), ask()], ["[1]", "[1]"]);
    fetcher.forget(&url, &[("q", "a")], json);
    assert_eq!(ask(), "[2]");
}

#[test]
fn who_says_when_is_asked_then() {
    let now: Timestamp = "2024-05-03T10:00:00Z".parse().unwrap();
    let seconds = |text: &str| read_wait(text, now).map(|wait| wait.as_secs());
    assert_eq!(seconds(" 7 "), Some(7));
    assert_eq!(seconds("Fri, 03 May 2024 10:01:30 GMT"), Some(90));
    assert_eq!(seconds("Fri, 03 May 2024 09:00:00 GMT"), Some(0));
    assert_eq!(seconds("soon"), None);
}

#[test]
fn the_absent_is_an_error() {
    let fetcher = Fetcher::new(None, false, Duration::from_secs(2)).unwrap().pausing(Duration::from_millis(1));
    assert!(fetcher.get("http://127.0.0.1:1/", "*/*").unwrap_err().to_string().contains("does not answer"));
    assert!(fetcher.get("https://127.0.0.1:1/", "*/*").unwrap_err().to_string().contains("does not answer"));
    assert!(fetcher.get("ftp://127.0.0.1/", "*/*").unwrap_err().to_string().contains("no address of a service"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trusted.pem");
    let told = |file: &Path| trust::configure(Some(file)).unwrap_err().to_string();
    assert!(told(&file).contains("cannot read"));
    fs::write(&file, "nothing").unwrap();
    assert!(told(&file).contains("no certificate"));
}
