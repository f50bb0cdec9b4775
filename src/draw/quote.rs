//! The passages that a picture rests on.

use super::when::show_date;

/// A passage and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// IRI of the source.
    pub source: String,
    /// Position of the passage in the source, in Unicode scalars.
    pub start: usize,
    /// The words.
    pub text: String,
    /// Title of the source, else its file name.
    pub title: String,
    /// When the source appeared, as ISO 8601; empty where it does not say.
    pub date: String,
    /// Its address; only `http` and `https`, so that a drawing never holds a link that runs.
    pub url: Option<String>,
}

impl Quote {
    /// Title and date.
    pub fn credit(&self) -> String {
        let date = show_date(&self.date);
        if date.is_empty() { self.title.clone() } else { format!("{}, {date}", self.title) }
    }
}

/// An address that may stand in a drawing.
pub(super) fn safe_url(url: &str) -> Option<String> {
    let web = ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
    web.then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::safe_url;

    #[track_caller]
    fn check(url: &str, expected: bool) {
        assert_eq!(safe_url(url).is_some(), expected, "{url}");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        check("https://example.org/a", true);
        check("HTTP://example.org/a", true);
        check("javascript:alert(1)", false);
        check("data:text/html,x", false);
        check("", false);
    }
}
