//! HTML -> plain text and metadata: the main content of a page, and what its head says about it.
//!
//! Law: a page whose main content cannot be told is read whole, with a warning; nothing is made up.

use crate::diagnostic::Diagnostic;
use crate::read::Metadata;
use crate::read::dates::parse_date;
use crate::read::metadata::read_fields;
use dom_smoothie::{Config, Readability, TextMode};
use serde_json::Value;

/// The types of schema.org that describe an article, by the end of their names.
const ARTICLE_TYPES: &[&str] = &["Article", "BlogPosting", "Report", "WebPage"];

/// Elements nested deeper are not read as a tree: no page is, and some tools would run out of stack.
const MAX_DEPTH: usize = 2_000;

/// The plain text of a page's main content, one block a paragraph, and the metadata that its head states (JSON-LD, meta
/// elements, OpenGraph, `<time>`, `<title>`, canonical link).
pub(crate) fn render_html(shown: &str, source: &str, findings: &mut Vec<Diagnostic>) -> (String, Metadata) {
    if depth_of(source) > MAX_DEPTH {
        findings.push(Diagnostic::warning(
            shown,
            "the HTML is nested too deeply: all its text is taken, furniture included",
        ));
        return (strip_tags(source), Metadata::default());
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let Ok(mut page) = Readability::new(source, None, Some(config)) else {
        findings
            .push(Diagnostic::warning(shown, "the HTML cannot be parsed: all its text is taken, furniture included"));
        return (strip_tags(source), Metadata::default());
    };
    let metadata = read_head(&page);
    page.doc.select("li").prepend_html("• ");
    page.doc.select("td + td, th + td, th + th, td + th").prepend_html("| ");
    let whole = page.doc.select("body").formatted_text().to_string();
    let text = match page.parse() {
        Ok(article) if !article.text_content.trim().is_empty() => article.text_content.to_string(),
        _ => {
            let message = "the main content of the page cannot be told: all its text is taken, furniture included";
            findings.push(Diagnostic::warning(shown, message));
            whole
        }
    };
    (with_title(tidy(&text), metadata.title.as_deref()), metadata)
}

/// What the head of a page states, the most reliable first.
fn read_head(page: &Readability) -> Metadata {
    let mut metadata = read_json_ld(page);
    let attribute = |selector: &str, name: &str| {
        let value =
            page.doc.select(selector).iter().next()?.attr(name)?.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(value).filter(|value| !value.is_empty())
    };
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            attribute(&format!("meta[property='{name}']"), "content")
                .or_else(|| attribute(&format!("meta[name='{name}']"), "content"))
        })
    };
    let date = meta(&[
        "article:published_time",
        "datePublished",
        "date",
        "dc.date",
        "DC.date.issued",
        "dcterms.date",
        "pubdate",
        "parsely-pub-date",
    ])
    .or_else(|| attribute("article time[datetime], time[pubdate]", "datetime"))
    .or_else(|| attribute("time[datetime]", "datetime"));
    metadata.fill(Metadata {
        title: meta(&["og:title", "twitter:title", "dc.title"]),
        publisher: meta(&["og:site_name", "application-name", "dc.publisher"]),
        author: meta(&["author", "article:author", "dc.creator", "parsely-author"])
            .filter(|name| !name.starts_with("http")),
        date: date.and_then(|date| parse_date(&date)),
        url: attribute("link[rel='canonical']", "href").or_else(|| meta(&["og:url"])),
        language: attribute("html", "lang"),
    });
    let title = page.doc.select("title").text().split_whitespace().collect::<Vec<_>>().join(" ");
    let heading =
        page.doc.select("h1").iter().next().map(|h1| h1.text().split_whitespace().collect::<Vec<_>>().join(" "));
    metadata.title =
        metadata.title.or(heading.filter(|text| !text.is_empty())).or(Some(title).filter(|text| !text.is_empty()));
    metadata
}

/// What the first article of the page's JSON-LD says of itself.
fn read_json_ld(page: &Readability) -> Metadata {
    let scripts = page.doc.select("script[type='application/ld+json']");
    let found = scripts.iter().find_map(|script| {
        let value: Value = serde_json::from_str(&script.text()).ok()?;
        find_article(&value).map(read_fields)
    });
    found
        .map(|metadata| Metadata { url: metadata.url.filter(|url| url.starts_with("http")), ..metadata })
        .unwrap_or_default()
}

fn find_article(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(items) => items.iter().find_map(find_article),
        Value::Object(fields) if is_article(fields.get("@type")) => Some(value),
        Value::Object(fields) => fields.get("@graph").and_then(find_article),
        _ => None,
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(name)) => ARTICLE_TYPES.iter().any(|known| name.ends_with(known)),
        Some(Value::Array(names)) => names.iter().any(|name| is_article(Some(name))),
        _ => false,
    }
}

/// One space between words, at most one blank line between lines.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        if line == "•" {
            tidy.push_str("• ");
        } else if !line.is_empty() {
            tidy.push_str(line);
            tidy.push('\n');
        } else if tidy.ends_with("• ") {
            continue;
        } else if !tidy.is_empty() && !tidy.ends_with("\n\n") {
            tidy.push('\n');
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy.push('\n');
    tidy
}

/// The text with its headline above it, which main content leaves out.
fn with_title(text: String, title: Option<&str>) -> String {
    match title {
        Some(title) if !text.lines().take(8).any(|line| line.trim() == title) => format!("{title}\n\n{text}"),
        _ => text,
    }
}

/// A bound of how deeply elements are nested: opening tags less closing ones.
fn depth_of(source: &str) -> usize {
    const VOID: &[&str] =
        &["br", "img", "meta", "link", "input", "hr", "source", "wbr", "area", "col", "embed", "track", "p", "li"];
    let (mut depth, mut deepest) = (0usize, 0usize);
    for tag in source.split('<').skip(1) {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

fn strip_tags(source: &str) -> String {
    let mut text = String::new();
    for (number, part) in source.split('<').enumerate() {
        let words = if number == 0 { part } else { part.split_once('>').map_or("", |(_, words)| words) };
        text.push_str(words);
        text.push('\n');
    }
    tidy(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The two ministers signed an agreement on the port of Lima and on fish, and they said that trade between both countries would double within five years.";

    #[track_caller]
    fn check(head: &str, body: &str, expected: Metadata, text: &str) {
        let mut findings = Vec::new();
        let source = format!("<html><head>{head}</head><body>{}</body></html>", body.replace("P.", PROSE));
        let (found, metadata) = render_html("a.html", &source, &mut findings);
        assert_eq!((metadata, findings.len()), (expected, 0));
        assert_eq!(found, text.replace("P.", PROSE));
    }

    #[test]
    fn reads_a_page() {
        let text = |value: &str| Some(value.to_owned());
        let body = "<nav><a href='/'>Home</a></nav><article><h1>Port deal</h1><p>P.</p><p>P. <a href='x'>More</a> P.</p><ul><li>One thing</li><li>Two</li></ul><p>P.</p></article><footer>Cookies</footer>";
        let expected = "Port deal\n\nP.\n\nP. More P.\n\n• One thing\n• Two\n\nP.\n";
        let ld = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Port deal","datePublished":"2024-07-12T10:00:00Z","author":{"name":"Ana Ilves"},"publisher":{"name":"The Wire"}}]}</script><link rel="canonical" href="https://e.ee/1">"#;
        let known = Metadata {
            title: text("Port deal"),
            publisher: text("The Wire"),
            author: text("Ana Ilves"),
            date: parse_date("2024-07-12"),
            url: text("https://e.ee/1"),
            language: None,
        };
        check(ld, body, known.clone(), expected);
        let meta = r#"<title>Port deal | Wire</title><meta property="og:title" content="Port deal"><meta property="og:site_name" content="The Wire"><meta name="author" content="Ana Ilves"><meta property="article:published_time" content="2024-07-12"><meta property="og:url" content="https://e.ee/1">"#;
        check(meta, body, known, expected);
    }

    #[test]
    fn odd_pages_do_no_harm() {
        for source in ["<p>", "<html></html>", &"<div>".repeat(50_000), "<<<>>>&#x110000;", "no tags at all"] {
            render_html("a.html", source, &mut Vec::new());
        }
    }
}
