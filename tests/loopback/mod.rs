//! A service on this machine for tests: it answers with whatever bytes the test wants, whole or broken, plain or over TLS.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// The service; it lives as long as the test's process.
pub(crate) struct Loopback {
    /// Its address.
    pub(crate) url: String,
    /// Its certificate in PEM, where it speaks TLS.
    pub(crate) certificate: String,
    asked: Arc<Mutex<usize>>,
}

impl Loopback {
    /// Answers each POST with what `answer` makes of its number, from 0, and its form, and a GET of a file with what it makes of the path;
    /// a GET of `/` with the manifest of a reconciliation service.
    pub(crate) fn start(answer: impl Fn(usize, &str) -> Vec<u8> + Send + 'static) -> Self {
        Self::listen("http", String::new(), answer, |mut stream, serve| serve(&mut stream))
    }

    /// The same over TLS, with a certificate that it has signed itself.
    pub(crate) fn start_tls(answer: impl Fn(usize, &str) -> Vec<u8> + Send + 'static) -> Self {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap());
        Self::listen("https", cert.pem(), answer, move |stream, serve| {
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            serve(&mut stream);
            stream.conn.send_close_notify();
            let _ = stream.flush();
        })
    }

    fn listen(
        scheme: &str,
        certificate: String,
        answer: impl Fn(usize, &str) -> Vec<u8> + Send + 'static,
        wrap: impl Fn(std::net::TcpStream, &mut dyn FnMut(&mut dyn Stream)) + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{scheme}://localhost:{}/", listener.local_addr().unwrap().port());
        let asked = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                wrap(stream, &mut |stream| {
                    let Some(form) = read_request(stream) else { return };
                    let bytes = if form != "/" {
                        let number = *counted.lock().unwrap();
                        *counted.lock().unwrap() += 1;
                        answer(number, &form)
                    } else {
                        json(
                            r#"{"versions": ["0.2"], "name": "Fake", "identifierSpace": "urn:fake:", "schemaSpace": "urn:s"}"#,
                        )
                    };
                    let _ = stream.write_all(&bytes).and_then(|()| stream.flush());
                });
            }
        });
        Self { url, certificate, asked }
    }

    /// How often it was asked for something else than its manifest.
    pub(crate) fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

/// What bytes come in from and go out to.
pub(crate) trait Stream: Read + Write {}

impl<S: Read + Write> Stream for S {}

/// The body of a POST, the path of a GET; none where nobody asks.
fn read_request(stream: &mut dyn Stream) -> Option<String> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut piece).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head = head.to_lowercase();
        let length = head.split_once("content-length:").and_then(|(_, rest)| rest.lines().next()?.trim().parse().ok());
        if body.len() >= length.unwrap_or(0) {
            let path = head.split(' ').nth(1).unwrap_or_default();
            return Some(if head.starts_with("post") { body.to_owned() } else { path.to_owned() });
        }
    }
}

/// A whole answer.
pub(crate) fn whole(status: &str, kind: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n"
    );
    format!("{head}{body}").into_bytes()
}

/// A whole answer in JSON.
pub(crate) fn json(body: &str) -> Vec<u8> {
    whole("200 OK", "application/json", "", body)
}
