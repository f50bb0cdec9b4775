//! The markers of list items.

use regex::Regex;
use std::sync::LazyLock;

static MARKER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[•▪◦‣●○■□➢➤✓✔·∙*–—-]|o(?:\s{2,})|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+").ok());

/// Number of bytes of the marker before a list item and the white space behind it: `• `, `- `, `1. `, `(a) `.
pub(crate) fn list_marker(text: &str) -> Option<usize> {
    let opening = text.chars().take(12).map(char::len_utf8).sum();
    MARKER.as_ref()?.find(text.get(..opening)?).map(|found| found.end()).filter(|end| *end < text.len())
}
