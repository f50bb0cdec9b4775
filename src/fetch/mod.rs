//! URL -> text: services that the user named, asked politely.
//!
//! An answer is kept on the disk under the digest of its question, so that the same work is never asked for twice and can be replayed
//! without the network. A service that is busy (429, 502, 503, 504), silent or breaks off is asked again, later and later; one that
//! says when (`Retry-After`) then.
//!
//! Law: nothing is asked of anybody whom the user did not name, nor of anybody whose certificate is not trusted; only what is whole is
//! kept.

#[cfg(test)]
mod tests;
mod trust;

use crate::error::{Error, Result};
use crate::vocab;
use jiff::Timestamp;
use serde::de::IgnoredAny;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use ureq::http::{Response, header};

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
    /// How long a service may take to begin its answer; an answer, not a download, is whole by then.
    timeout: Duration,
    /// The first pause; each next one is twice as long.
    pause: Duration,
}

/// What is asked.
#[derive(Clone, Copy)]
struct Question<'a> {
    url: &'a str,
    /// Fields of a form; a question without them is a GET.
    body: Option<&'a str>,
    accept: &'a str,
}

impl Fetcher {
    /// One that keeps answers in the folder `cache`, and with `offline` gives only those. `timeout` is that of one try.
    ///
    /// # Errors
    /// The file of certificates that `SSL_CERT_FILE` names cannot be used.
    pub fn new(cache: Option<&Path>, offline: bool, timeout: Duration) -> Result<Self> {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .tls_config(trust::configure(std::env::var_os("SSL_CERT_FILE").as_deref().map(Path::new))?)
            .max_redirects(3)
            .user_agent(concat!("dossier/", env!("CARGO_PKG_VERSION")))
            .build();
        let cache = cache.map(Path::to_owned);
        Ok(Self { agent: config.into(), cache, offline, timeout, pause: Duration::from_millis(500) })
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
        self.ask(Question { url, body: None, accept })
    }

    /// The answer to a POST of form fields.
    ///
    /// # Errors
    /// The service cannot be reached, is not trusted, refuses, stays busy, or answers something else than was asked for; offline,
    /// nothing is kept.
    pub fn post(&self, url: &str, fields: &[(&str, &str)], accept: &str) -> Result<String> {
        self.ask(Question { url, body: Some(&form(fields)), accept })
    }

    /// Forgets the kept answer to a POST, so that it is asked for again the next time.
    pub fn forget(&self, url: &str, fields: &[(&str, &str)], accept: &str) {
        if let Some(path) = self.place(Question { url, body: Some(&form(fields)), accept }) {
            let _ = fs::remove_file(path);
        }
    }

    fn place(&self, question: Question<'_>) -> Option<PathBuf> {
        let Question { url, body, accept } = question;
        Some(self.cache.as_ref()?.join(vocab::digest(&[url, body.unwrap_or_default(), accept], 40)))
    }

    fn ask(&self, question: Question<'_>) -> Result<String> {
        let (url, kept) = (question.url, self.place(question));
        if let Some(text) = kept.as_ref().and_then(|path| fs::read_to_string(path).ok()) {
            return Ok(text);
        }
        self.check_address(url)?;
        let text = self.try_patiently(url, || self.ask_once(question))?;
        if let Some(path) = kept {
            keep(&path, text.as_bytes())?;
        }
        Ok(text)
    }

    /// The file at an address, of any size, downloaded once into the folder of kept answers.
    ///
    /// # Errors
    /// As [`Self::post`]; there is no such folder, or it cannot be written to.
    pub fn download(&self, url: &str) -> Result<PathBuf> {
        let Some(folder) = &self.cache else { return Err(Error::new("there is no folder for what is downloaded")) };
        let plain = url.split(['?', '#']).next().unwrap_or(url);
        let last = plain.rsplit('/').next().unwrap_or_default();
        let name: String = last.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
        let path = folder.join(format!("{}-{name}", vocab::digest(&[url], 16)));
        if path.is_file() {
            return Ok(path);
        }
        self.check_address(url)?;
        self.try_patiently(url, || self.download_once(url, &path))?;
        Ok(path)
    }

    fn download_once(&self, url: &str, path: &Path) -> std::result::Result<(), Failure> {
        let request = self.agent.get(url).config().timeout_global(None).timeout_connect(Some(self.timeout));
        let sent = request.timeout_recv_response(Some(self.timeout)).build().call();
        let mut response = sent.map_err(explain)?;
        check_status(&response)?;
        if is_page(&response) {
            return Err(Failure::Final("is a web page, not a dataset".into(), Some("give the address of the file")));
        }
        let written = |cause: Error| Failure::Final(format!("cannot be kept: {cause}"), None);
        let broken = |cause| Failure::Busy(format!("breaks off ({cause})"), None);
        write_whole(path, &mut response.body_mut().as_reader()).map_err(written)?.map_err(broken)
    }

    /// Whether it may be asked, and is an address.
    fn check_address(&self, url: &str) -> Result<()> {
        if self.offline {
            let message = format!("{url} was not asked this before, and --offline asks nobody");
            return Err(Error::with_hint(message, "run it once without --offline"));
        }
        if !is_address(url) {
            let hint = "give an address that begins with https:// or http://";
            return Err(Error::with_hint(format!("{url} is no address of a service"), hint));
        }
        Ok(())
    }

    fn try_patiently<T>(&self, url: &str, once: impl Fn() -> std::result::Result<T, Failure>) -> Result<T> {
        let mut pause = self.pause;
        let mut told = String::new();
        for attempt in 1..=TRIES {
            match once() {
                Ok(answer) => return Ok(answer),
                Err(Failure::Final(message, hint)) => {
                    return Err(Error::Other { message: format!("{url} {message}"), hint: hint.map(str::to_owned) });
                }
                Err(Failure::Busy(_, Some(wait))) if wait > LONGEST => {
                    let message = format!("{url} is busy and wants to be left alone for {} seconds", wait.as_secs());
                    return Err(Error::with_hint(message, AGAIN));
                }
                Err(Failure::Busy(message, wait)) => {
                    told = message;
                    if attempt < TRIES {
                        std::thread::sleep(wait.unwrap_or(pause).min(LONGEST));
                    }
                }
            }
            pause *= 2;
        }
        Err(Error::with_hint(format!("{url} {told}, {TRIES} times"), AGAIN))
    }

    fn ask_once(&self, question: Question<'_>) -> std::result::Result<String, Failure> {
        let Question { url, body, accept } = question;
        let sent = match body {
            Some(body) => {
                // A form that is sent on would lose its fields on the way.
                let request = self.agent.post(url).config().max_redirects(0).build().header("Accept", accept);
                request.header("Content-Type", "application/x-www-form-urlencoded").send(body)
            }
            None => self.agent.get(url).header("Accept", accept).call(),
        };
        let mut response = sent.map_err(explain)?;
        check_status(&response)?;
        let is_html = is_page(&response);
        let text = response.body_mut().with_config().limit(MOST_BYTES).read_to_string();
        let text = text.map_err(|cause| Failure::Busy(format!("breaks off ({cause})"), None))?;
        if is_html && !accept.contains("html") {
            let hint = Some("is this the address of its interface, or of the page that describes it?");
            return Err(Failure::Final("answers with a web page, not data".into(), hint));
        }
        if accept.contains("json") {
            let whole = serde_json::from_str::<IgnoredAny>(&text);
            whole.map_err(|cause| Failure::Busy(format!("answers no whole JSON ({cause})"), None))?;
        }
        Ok(text)
    }
}

/// What to do about a service that is busy.
const AGAIN: &str = "try again later; what was answered so far is kept and not asked again";

/// Why a try failed.
enum Failure {
    /// It may go better later, perhaps after this time.
    Busy(String, Option<Duration>),
    /// It will not, whatever is done; or this may be done.
    Final(String, Option<&'static str>),
}

/// Why nothing came.
fn explain(cause: ureq::Error) -> Failure {
    match cause {
        ureq::Error::BadUri(cause) => Failure::Final(format!("is no address: {cause}"), None),
        ureq::Error::Rustls(cause) => trust::explain(&cause),
        ureq::Error::Io(cause) => match cause.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(cause) => trust::explain(cause),
            None => Failure::Busy(format!("does not answer ({cause})"), None),
        },
        cause => Failure::Busy(format!("does not answer ({cause})"), None),
    }
}

/// What the status says that is not an answer.
fn check_status<B>(response: &Response<B>) -> std::result::Result<(), Failure> {
    match response.status().as_u16() {
        200..=299 => Ok(()),
        300..=399 => {
            let place = read_header(response, header::LOCATION).unwrap_or("another address");
            Err(Failure::Final(format!("has moved to {place}"), Some("give that address")))
        }
        status @ (429 | 502..=504) => {
            let wait = read_header(response, header::RETRY_AFTER).and_then(|text| read_wait(text, Timestamp::now()));
            Err(Failure::Busy(format!("is busy (status {status})"), wait))
        }
        status => Err(Failure::Final(format!("refuses with status {status}"), None)),
    }
}

/// Whether an address is one that can be asked.
pub fn is_address(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme))
}

fn is_page<B>(response: &Response<B>) -> bool {
    read_header(response, header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html"))
}

fn read_header<B>(response: &Response<B>, name: header::HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}

/// `Retry-After`: seconds, or the moment from which on it may be asked again.
fn read_wait(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp();
    Some(then.duration_since(now).try_into().unwrap_or_default())
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Keeps an answer, whole or not at all.
fn keep(path: &Path, mut bytes: &[u8]) -> Result<()> {
    write_whole(path, &mut bytes)?.map_err(|cause| Error::file("write", path, cause))
}

/// Writes what a reader gives, whole or not at all; the inner result is that of the reader.
fn write_whole(path: &Path, from: &mut dyn Read) -> Result<io::Result<()>> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |cause| Error::file("write", path, cause);
    fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        match from.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => file.write_all(piece.get(..count).unwrap_or_default()).map_err(failed)?,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Ok(Err(cause)),
        }
    }
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(Ok(()))
}
