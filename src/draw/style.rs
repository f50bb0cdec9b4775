//! How things look, from `ontology/style.yaml`.
//!
//! Law: no colour and no shape of a class stands in Rust.

use crate::error::{Error, Result};
use crate::ontology::Status;
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::Error as _;

/// The file that is built in.
const EMBEDDED: &str = include_str!("../../ontology/style.yaml");
/// The kind that any other falls back to.
const FALLBACK: &str = "Thing";

/// Everything that the look of a diagram depends on.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Colours of the page.
    pub page: Page,
    kinds: IndexMap<String, KindStyle>,
    statuses: Statuses,
}

/// Colours of what is not a node.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Page {
    pub background: Color,
    pub text: Color,
    pub muted: Color,
    pub edge: Color,
    pub edge_text: Color,
    pub focus: Color,
    pub rule: Color,
}

/// Look of one class of node.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindStyle {
    /// Outline.
    pub shape: Shape,
    /// Inside.
    pub fill: Color,
    /// Outline's colour.
    pub line: Color,
    /// Letters.
    pub text: Color,
    /// How heavy the letters are.
    #[serde(default)]
    pub weight: Weight,
    /// What the legend calls it.
    pub legend: String,
}

/// Outlines that the writers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Shape {
    Rectangle,
    Rounded,
    Stadium,
    Hexagon,
    Octagon,
    Parallelogram,
    Folder,
    Note,
    Ellipse,
    House,
    /// No outline but a bar at the left: an annotation.
    Bracket,
}

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Weight {
    #[default]
    Regular,
    Bold,
}

/// How the line of a status is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Line {
    Solid,
    Dashed,
    Dotted,
    /// Solid with a cross on it.
    Struck,
}

/// Look of one status.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusStyle {
    /// Kind of line.
    pub line: Line,
    /// Its colour, where it is not that of all edges.
    pub color: Option<Color>,
    /// What the legend calls it.
    pub legend: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statuses {
    asserted: StatusStyle,
    planned: StatusStyle,
    possible: StatusStyle,
    denied: StatusStyle,
}

/// An sRGB colour, written `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Color(String);

impl Color {
    /// `#rrggbb`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Red, green and blue in linear light, 0 to 1 (IEC 61966-2-1).
    pub(super) fn linear(&self) -> [f64; 3] {
        [1, 3, 5].map(|at| {
            let byte = self.0.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or_default();
            let part = f64::from(byte) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(&self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast with another colour, from 1 to 21 (WCAG 2.2).
    pub fn contrast(&self, other: &Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        Err(D::Error::custom(format!("`{text}` is not a colour: expected `#rrggbb`")))
    }
}

impl Style {
    /// The built-in style.
    ///
    /// # Errors
    /// [`Error::Knowledge`] where `ontology/style.yaml` is wrong.
    pub fn embedded() -> Result<Self> {
        Self::parse("ontology/style.yaml", EMBEDDED)
    }

    /// A style from YAML; `file` is named in errors.
    ///
    /// # Errors
    /// [`Error::Knowledge`] with line and column of the word that is wrong.
    pub fn parse(file: &str, yaml: &str) -> Result<Self> {
        let style: Self = serde_saphyr::from_str(yaml).map_err(|cause| explain(file, &cause))?;
        if style.kinds.contains_key(FALLBACK) {
            return Ok(style);
        }
        let message = format!("`kinds` has no `{FALLBACK}`, which stands for every class that is not listed");
        Err(Error::Knowledge { file: file.into(), line: 1, column: 1, message })
    }

    /// Look of a class, given its local name.
    pub fn kind(&self, name: &str) -> &KindStyle {
        self.kinds.get(name).or_else(|| self.kinds.get(FALLBACK)).unwrap_or_else(|| &self.kinds[0])
    }

    /// Whether a class has a look of its own.
    pub fn knows(&self, kind: &str) -> bool {
        self.kinds.contains_key(kind)
    }

    /// Position of a class in the file, which is its place in legends.
    pub fn order(&self, kind: &str) -> usize {
        self.kinds.get_index_of(kind).or_else(|| self.kinds.get_index_of(FALLBACK)).unwrap_or_default()
    }

    /// All looks by class, in the order of the file.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&str, &KindStyle)> {
        self.kinds.iter().map(|(name, look)| (name.as_str(), look))
    }

    pub(super) fn set_kind(&mut self, name: String, look: KindStyle) {
        self.kinds.insert(name, look);
    }

    pub(super) fn status_mut(&mut self, status: Status) -> &mut StatusStyle {
        match status {
            Status::Asserted => &mut self.statuses.asserted,
            Status::Planned => &mut self.statuses.planned,
            Status::Possible => &mut self.statuses.possible,
            Status::Denied => &mut self.statuses.denied,
        }
    }

    /// Look of a status.
    pub fn status(&self, status: Status) -> &StatusStyle {
        match status {
            Status::Asserted => &self.statuses.asserted,
            Status::Planned => &self.statuses.planned,
            Status::Possible => &self.statuses.possible,
            Status::Denied => &self.statuses.denied,
        }
    }

    /// Colour of the edges of a status.
    pub fn edge_color(&self, status: Status) -> &Color {
        self.status(status).color.as_ref().unwrap_or(&self.page.edge)
    }
}

pub(super) fn explain(file: &str, cause: &serde_saphyr::Error) -> Error {
    let cause = cause.without_snippet();
    let (line, column) = cause.location().map_or((1, 1), |place| (place.line(), place.column()));
    let message = cause.to_string();
    Error::Knowledge { file: file.into(), line: line as usize, column: column as usize, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        assert!(EMBEDDED.contains(from), "{from} is not in the style");
        let error = Style::parse("style.yaml", &EMBEDDED.replacen(from, to, 1)).unwrap_err().to_string();
        let line = 1 + EMBEDDED[..EMBEDDED.find(from).unwrap()].lines().count().saturating_sub(1);
        assert!(error.contains(expected), "{error}");
        assert!(error.starts_with(&format!("style.yaml:{line}:")), "{error}, expected line {line}");
    }

    #[test]
    fn wrong_words_are_shown_where_they_stand() {
        check("shape: octagon", "shape: octogon", "octogon");
        check("fill: \"#d3efe4\"", "fill: \"green\"", "`green` is not a colour");
        check("line: dashed", "line: dashd", "dashd");
        check("weight: bold", "wait: bold", "wait");
    }

    #[test]
    fn a_style_needs_a_look_for_the_rest() {
        let error = Style::parse("s.yaml", &EMBEDDED.replace("  Thing:", "  Ding:")).unwrap_err();
        assert!(error.to_string().contains("`Thing`"));
    }

    #[test]
    fn no_two_kinds_look_the_same() {
        let style = Style::embedded().unwrap();
        let looks: std::collections::BTreeSet<_> =
            style.kinds.values().map(|k| format!("{:?}{}{}", k.shape, k.fill.0, k.line.0)).collect();
        assert_eq!(looks.len(), style.kinds.len());
    }
}
