//! URL -> text: services that the user named, asked politely.
//!
//! An answer is kept on the disk under the digest of its question, so that the same work is never asked for twice and can be replayed
//! without the network. A service that is busy (429, 502, 503, 504) or silent is asked again, later and later; one that says when
//! (`Retry-After`) then.
//!
//! Law: nothing is asked of anybody whom the user did not name; plain HTTP only, since TLS would need C.

use crate::error::{Error, Result};
use crate::vocab;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a service is asked before its silence is believed.
const TRIES: u32 = 4;
/// The longest time that is waited between two tries.
const LONGEST: Duration = Duration::from_secs(30);
/// Larger answers are refused.
const MOST_BYTES: u64 = 64 << 20;

/// Asks services.
#[derive(Debug, Clone)]
pub struct Fetcher {
    agent: ureq::Agent,
    cache: Option<PathBuf>,
    offline: bool,
    /// The first pause; each next one is twice as long.
    pause: Duration,
}

impl Fetcher {
    /// One that keeps answers in the folder `cache`, and with `offline` gives only those. `timeout` is that of one try.
    pub fn new(cache: Option<&Path>, offline: bool, timeout: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(3)
            .user_agent(concat!("dossier/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), cache: cache.map(Path::to_owned), offline, pause: Duration::from_millis(500) }
    }

    /// The same with another first pause.
    pub fn pausing(self, pause: Duration) -> Self {
        Self { pause, ..self }
    }

    /// The answer to a GET.
    ///
    /// # Errors
    /// As [`Self::post`].
    pub fn get(&self, url: &str, accept: &str) -> Result<String> {
        self.ask(url, None, accept)
    }

    /// The answer to a POST of form fields.
    ///
    /// # Errors
    /// The service cannot be reached, refuses, stays busy, or answers something else than text; offline, nothing is kept.
    pub fn post(&self, url: &str, fields: &[(&str, &str)], accept: &str) -> Result<String> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask(url, Some(&body), accept)
    }

    fn ask(&self, url: &str, body: Option<&str>, accept: &str) -> Result<String> {
        let kept = self.cache.as_ref().map(|c| c.join(vocab::digest(&[url, body.unwrap_or_default(), accept], 40)));
        if let Some(text) = kept.as_ref().and_then(|path| fs::read_to_string(path).ok()) {
            return Ok(text);
        }
        if self.offline {
            let message = format!("{url} was not asked this before, and --offline asks nobody");
            return Err(Error::with_hint(message, "run it once without --offline"));
        }
        if !url.starts_with("http://") {
            let message = format!("{url}: only http:// is spoken; TLS would need a C library");
            return Err(Error::with_hint(message, "reach it through a proxy on this machine, or take its dump"));
        }
        let text = self.ask_patiently(url, body, accept)?;
        if let Some(path) = kept {
            keep(&path, &text)?;
        }
        Ok(text)
    }

    fn ask_patiently(&self, url: &str, body: Option<&str>, accept: &str) -> Result<String> {
        let mut pause = self.pause;
        let mut told = String::new();
        for attempt in 1..=TRIES {
            match self.ask_once(url, body, accept) {
                Ok(text) => return Ok(text),
                Err(Failure::Final(message)) => return Err(Error::new(format!("{url} {message}"))),
                Err(Failure::Busy(message, wait)) => {
                    told = message;
                    if attempt < TRIES {
                        std::thread::sleep(wait.unwrap_or(pause).min(LONGEST));
                    }
                }
            }
            pause *= 2;
        }
        let hint = "try again later; what was answered so far is kept and not asked again";
        Err(Error::with_hint(format!("{url} {told}, {TRIES} times"), hint))
    }

    fn ask_once(&self, url: &str, body: Option<&str>, accept: &str) -> std::result::Result<String, Failure> {
        let sent = match body {
            Some(body) => {
                let request = self.agent.post(url).header("Accept", accept);
                request.header("Content-Type", "application/x-www-form-urlencoded").send(body)
            }
            None => self.agent.get(url).header("Accept", accept).call(),
        };
        let mut response = sent.map_err(|cause| match cause {
            ureq::Error::BadUri(cause) => Failure::Final(format!("is no address: {cause}")),
            cause => Failure::Busy(format!("does not answer ({cause})"), None),
        })?;
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let wait = header("retry-after").and_then(|v| v.trim().parse().ok()).map(Duration::from_secs);
        let is_html = header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        match status {
            200..=299 => {}
            429 | 502..=504 => return Err(Failure::Busy(format!("is busy (status {status})"), wait)),
            _ => return Err(Failure::Final(format!("refuses with status {status}"))),
        }
        let text = response.body_mut().with_config().limit(MOST_BYTES).read_to_string();
        let text = text.map_err(|cause| Failure::Busy(format!("breaks off ({cause})"), None))?;
        if is_html && !accept.contains("html") {
            return Err(Failure::Final(
                "answers with a web page, not data: is this the address of its interface?".into(),
            ));
        }
        Ok(text)
    }
}

/// Why a try failed.
enum Failure {
    /// It may go better later, perhaps after this time.
    Busy(String, Option<Duration>),
    Final(String),
}

/// Keeps an answer, whole or not at all.
fn keep(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |cause| Error::file("write", path, cause);
    fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
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
            let fetcher = Fetcher::new(Some(cache.path()), offline, Duration::from_secs(5));
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
    fn the_absent_and_the_secret_are_errors() {
        let fetcher = Fetcher::new(None, false, Duration::from_secs(2)).pausing(Duration::from_millis(1));
        assert!(fetcher.get("http://127.0.0.1:1/", "*/*").unwrap_err().to_string().contains("does not answer"));
        assert!(fetcher.get("https://example.org/", "*/*").unwrap_err().to_string().contains("only http://"));
    }
}
