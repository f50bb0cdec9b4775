//! A small page about one entity: name, class, other names, and what the graph says of it.

use super::extend::MIDNIGHT;
use super::{Response, Service};
use crate::vocab;
use serde_json::Value;
use std::fmt::Write as _;

/// Lines of a preview.
const MOST: usize = 8;
/// What stands at its head.
const ELSEWHERE: &[&str] = &["rdf:type", "skos:prefLabel", "skos:altLabel"];

impl Service<'_> {
    pub(super) fn preview(&self, id: &str) -> Response {
        let Some(subject) = self.find_subject(id) else {
            return Response {
                status: 404,
                kind: "text/html; charset=utf-8",
                body: "<p>Nobody of this identifier.</p>".into(),
            };
        };
        let class = self.classes.label(subject.class.as_str());
        let mut page =
            String::from("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Dossier</title>");
        page.push_str("<style>body{font:14px sans-serif;margin:8px}h1{font-size:16px;margin:0}p{margin:4px 0;color:#555}li{margin:2px 0}</style></head><body>");
        let _ = write!(
            page,
            "<h1>{}</h1><p>{class} · {}</p>",
            escape(&subject.label),
            escape(&vocab::shorten(&subject.iri))
        );
        if subject.names.len() > 1 {
            let others: Vec<String> = subject.names.iter().skip(1).map(|n| escape(n)).collect();
            let _ = write!(page, "<p>also {}</p>", others.join("; "));
        }
        page.push_str("<ul>");
        let said = self.statements(&subject.iri);
        let told = said.iter().filter(|(property, _)| !ELSEWHERE.contains(&property.as_str()));
        for (property, values) in told.take(MOST) {
            let values: Vec<String> = values.iter().take(3).map(tell).collect();
            let _ = write!(page, "<li>{}: {}</li>", escape(&self.label_of(property)), values.join("; "));
        }
        page.push_str("</ul></body></html>");
        Response { status: 200, kind: "text/html; charset=utf-8", body: page }
    }
}

fn tell(value: &Value) -> String {
    let text = ["name", "str", "date"].iter().find_map(|key| value.get(key)?.as_str());
    let number = || ["float", "int"].iter().find_map(|key| value.get(key).map(ToString::to_string)).unwrap_or_default();
    let text = text.map_or_else(number, |text| text.strip_suffix(MIDNIGHT).unwrap_or(text).to_owned());
    let shown = escape(&text);
    if ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme)) {
        return format!("<a href=\"{shown}\" target=\"_blank\">{shown}</a>");
    }
    shown
}

/// Text as HTML holds it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
