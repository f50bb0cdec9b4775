//! The service on a port of this machine.
//!
//! Law: a request that cannot be read is answered with 400; it never ends the service. Bodies are limited.

use super::{Request, Response, Service};
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::io::Read;
use tiny_http::{Header, Method, Server};

/// Larger bodies are refused: 8 MiB.
const MOST_BYTES: u64 = 8 << 20;

/// Listens on `address` (`127.0.0.1:8000`; port 0 takes a free one) and answers with the service that `make` gives for the address
/// until the process ends. `on_start` is told the address.
///
/// # Errors
/// The port cannot be taken.
pub fn listen<'a>(
    address: &str,
    make: impl FnOnce(&str) -> Result<Service<'a>>,
    on_start: impl FnOnce(&str),
) -> Result<()> {
    let server = Server::http(address).map_err(|cause| {
        Error::with_hint(format!("cannot listen on {address}: {cause}"), "name another port with --port")
    })?;
    let base = format!("http://{}", server.server_addr());
    let service = make(&base)?;
    on_start(&base);
    std::thread::scope(|scope| {
        for _ in 0..rayon::current_num_threads().clamp(1, 8) {
            scope.spawn(|| {
                while let Ok(mut request) = server.recv() {
                    let response = match read(&mut request) {
                        Ok(read) => service.answer(&read),
                        Err(response) => response,
                    };
                    let _ = request.respond(express(response));
                }
            });
        }
    });
    Ok(())
}

fn read(request: &mut tiny_http::Request) -> std::result::Result<Request, Response> {
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let mut fields = parse(query.as_bytes());
    match request.method() {
        Method::Get | Method::Head | Method::Options => {}
        Method::Post => {
            let mut body = Vec::new();
            let taken = request.as_reader().take(MOST_BYTES + 1).read_to_end(&mut body);
            taken.map_err(|cause| Response::error(400, &format!("the body cannot be read: {cause}")))?;
            if body.len() as u64 > MOST_BYTES {
                return Err(Response::error(413, "the body is larger than 8 MiB"));
            }
            fields.extend(parse(&body));
        }
        _ => return Err(Response::error(405, "GET and POST are answered")),
    }
    Ok(Request { path: path.to_owned(), fields })
}

fn parse(text: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(text).map(|(k, v)| (k.into_owned(), v.into_owned())).collect()
}

fn express(response: Response) -> tiny_http::Response<std::io::Cursor<Vec<u8>>> {
    let headers = [("Content-Type", response.kind), ("Access-Control-Allow-Origin", "*")];
    let mut out = tiny_http::Response::from_string(response.body).with_status_code(response.status);
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            out.add_header(header);
        }
    }
    out
}
