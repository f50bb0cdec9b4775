//! SVG -> one HTML file to explore: pan, zoom, search, filter by type, status and date, and the sentences of whatever is chosen.
//!
//! Law: the file needs no network and loads nothing; whatever stands in labels and quotes is text, never markup.

use super::footnotes::in_order;
use super::measure::clean;
use super::picture::Picture;
use super::style::Style;
use super::svg::escape;
use super::tell::{tell_edge, tell_node};
use crate::ontology::Status;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeSet;

const PAGE: &str = include_str!("page.html");
const CODE: &str = include_str!("page.js");
const LOOK: &str = include_str!("page.css");

/// What the page knows beside the picture.
#[derive(Serialize)]
struct Data<'a> {
    cards: IndexMap<String, Card>,
    /// What the legend calls each status.
    statuses: IndexMap<&'a str, &'a str>,
}

/// What the panel shows of one symbol.
#[derive(Serialize)]
struct Card {
    tale: String,
    quotes: Vec<Cited>,
}

#[derive(Serialize)]
struct Cited {
    text: String,
    credit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// Writes the page around a drawing.
pub(super) fn write_html(picture: &Picture, style: &Style, svg: &str) -> String {
    let nodes = picture
        .nodes()
        .enumerate()
        .map(|(i, node)| (format!("n{i}"), card(picture, &tell_node(picture, node, style), &node.evidence)));
    let edges = picture
        .edges()
        .enumerate()
        .map(|(i, edge)| (format!("e{i}"), card(picture, &tell_edge(picture, edge, style), &edge.evidence)));
    let cards = nodes.chain(edges).collect();
    let all = [Status::Asserted, Status::Planned, Status::Possible, Status::Denied];
    let statuses = all.map(|status| (status.as_str(), style.status(status).legend.as_str())).into_iter().collect();
    // `<` would end the script element where a quote holds `</script>`.
    let data = serde_json::to_string(&Data { cards, statuses }).unwrap_or_default().replace('<', "\\u003c");
    let page = &style.page;
    let colors = [
        ("--background", &page.background),
        ("--text", &page.text),
        ("--muted", &page.muted),
        ("--rule", &page.rule),
        ("--focus", &page.focus),
    ];
    let colors: String = colors.iter().map(|(name, color)| format!("{name}: {}; ", color.as_str())).collect();
    let title = if picture.title.is_empty() { "Diagram" } else { &picture.title };
    let parts =
        [("{title}", escape(title)), ("{colors}", colors), ("{look}", LOOK.to_owned()), ("{code}", CODE.to_owned())];
    let frame = parts.iter().fold(PAGE.to_owned(), |page, (mark, text)| page.replace(mark, text));
    // Last and in one pass each, so that no label is taken for a mark.
    let (before, rest) = frame.split_once("{svg}").unwrap_or((&frame, ""));
    let (between, after) = rest.split_once("{data}").unwrap_or((rest, ""));
    format!("{before}{svg}{between}{data}{after}")
}

fn card(picture: &Picture, tale: &str, evidence: &BTreeSet<String>) -> Card {
    let quotes = in_order(picture, evidence).into_iter();
    let cited = quotes.map(|q| Cited { text: q.text.clone(), credit: q.credit(), url: q.url.clone() });
    Card { tale: clean(tale.lines().next().unwrap_or_default()), quotes: cited.collect() }
}
