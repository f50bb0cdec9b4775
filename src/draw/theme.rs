//! Themes: what a file changes of the built-in style.
//!
//! Law: a theme is data and need not be whole; what it does not name stays as `ontology/style.yaml` has it.

use super::style::{Color, KindStyle, Page, Shape, StatusStyle, Style, Weight, explain};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::ontology::Status;
use crate::ontology::classes::nearest;
use indexmap::IndexMap;
use serde::Deserialize;
use std::path::Path;

/// The built-in themes beside `light`, which is the style itself.
const THEMES: &[(&str, &str)] = &[
    ("dark", include_str!("../../ontology/themes/dark.yaml")),
    ("print", include_str!("../../ontology/themes/print.yaml")),
];
const LIGHT: &str = "light";

/// What a theme file may say; every part of it may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Theme {
    page: PageChange,
    kinds: IndexMap<String, KindChange>,
    statuses: IndexMap<String, StatusChange>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PageChange {
    background: Option<Color>,
    text: Option<Color>,
    muted: Option<Color>,
    edge: Option<Color>,
    edge_text: Option<Color>,
    focus: Option<Color>,
    rule: Option<Color>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct KindChange {
    shape: Option<Shape>,
    fill: Option<Color>,
    line: Option<Color>,
    text: Option<Color>,
    weight: Option<Weight>,
    legend: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StatusChange {
    line: Option<super::style::Line>,
    color: Option<Color>,
    legend: Option<String>,
}

impl Style {
    /// Names of the built-in themes.
    pub fn themes() -> Vec<&'static str> {
        [LIGHT].into_iter().chain(THEMES.iter().map(|(name, _)| *name)).collect()
    }

    /// The style under a theme: one of [`Style::themes`], or a file that changes the style.
    ///
    /// # Errors
    /// No theme and no file has that name; the file cannot be read; [`Error::Knowledge`] with line and column where a word of it
    /// is wrong.
    pub fn with_theme(theme: &str) -> Result<Self> {
        if theme == LIGHT {
            return Self::embedded();
        }
        if let Some((name, yaml)) = THEMES.iter().find(|(name, _)| *name == theme) {
            return Self::embedded()?.changed(&format!("ontology/themes/{name}.yaml"), yaml);
        }
        let path = Path::new(theme);
        if !path.is_file() {
            let near = nearest(theme, Self::themes().into_iter()).map(|near| format!("did you mean {near}? "));
            let hint =
                format!("{}the themes are {}; or name a file", near.unwrap_or_default(), Self::themes().join(", "));
            return Err(Error::with_hint(format!("there is no theme and no file called `{theme}`"), hint));
        }
        let yaml = std::fs::read_to_string(path).map_err(|cause| Error::file("read", path, cause))?;
        Self::embedded()?.changed(theme, &yaml)
    }

    /// This style with the changes of a theme; `file` is named in errors.
    ///
    /// # Errors
    /// [`Error::Knowledge`] with line and column of the word that is wrong.
    pub fn changed(mut self, file: &str, yaml: &str) -> Result<Self> {
        let theme: Theme = serde_saphyr::from_str(yaml).map_err(|cause| explain(file, &cause))?;
        theme.page.apply(&mut self.page);
        for (name, change) in theme.kinds {
            let mut look = self.kind(&name).clone();
            change.apply(&mut look);
            self.set_kind(name, look);
        }
        for (name, change) in theme.statuses {
            let status: Status = name.parse().map_err(|()| {
                let message = format!("`{name}` is no status: asserted, planned, possible or denied");
                Error::Knowledge { file: file.into(), line: 1, column: 1, message }
            })?;
            change.apply(self.status_mut(status));
        }
        Ok(self)
    }

    /// Where letters or lines have less contrast than WCAG 2.2 AA asks for: 4.5 for letters, 3 for lines.
    pub fn faint(&self, file: &str) -> Vec<Diagnostic> {
        let page = &self.page.background;
        let mut pairs = vec![
            ("page.text".to_owned(), &self.page.text, page, 4.5),
            ("page.muted".to_owned(), &self.page.muted, page, 4.5),
            ("page.edge_text".to_owned(), &self.page.edge_text, page, 4.5),
            ("page.edge".to_owned(), &self.page.edge, page, 3.0),
            ("page.focus".to_owned(), &self.page.focus, page, 3.0),
        ];
        for (name, kind) in self.kinds() {
            pairs.push((format!("kinds.{name}.text"), &kind.text, &kind.fill, 4.5));
            pairs.push((format!("kinds.{name}.line"), &kind.line, page, 3.0));
        }
        for status in [Status::Planned, Status::Possible, Status::Denied] {
            pairs.push((format!("statuses.{}", status.as_str()), self.edge_color(status), page, 3.0));
        }
        let faint = pairs.into_iter().filter(|(_, on, under, least)| on.contrast(under) < *least);
        faint
            .map(|(name, on, under, least)| {
                let (a, b, found) = (on.as_str(), under.as_str(), on.contrast(under));
                Diagnostic::warning(
                    file,
                    format!("{name}: {a} on {b} has a contrast of {found:.1}; AA asks for {least}"),
                )
            })
            .collect()
    }
}

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

impl PageChange {
    fn apply(self, page: &mut Page) {
        put(&mut page.background, self.background);
        put(&mut page.text, self.text);
        put(&mut page.muted, self.muted);
        put(&mut page.edge, self.edge);
        put(&mut page.edge_text, self.edge_text);
        put(&mut page.focus, self.focus);
        put(&mut page.rule, self.rule);
    }
}

impl KindChange {
    fn apply(self, look: &mut KindStyle) {
        put(&mut look.shape, self.shape);
        put(&mut look.fill, self.fill);
        put(&mut look.line, self.line);
        put(&mut look.text, self.text);
        put(&mut look.weight, self.weight);
        put(&mut look.legend, self.legend);
    }
}

impl StatusChange {
    fn apply(self, look: &mut StatusStyle) {
        put(&mut look.line, self.line);
        put(&mut look.legend, self.legend);
        look.color = self.color.or(look.color.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(yaml: &str, expected: &str) {
        let error = Style::embedded().unwrap().changed("own.yaml", yaml).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }

    #[test]
    fn a_theme_changes_what_it_names() {
        let style = Style::embedded().unwrap();
        let own = style.clone().changed("own.yaml", "kinds:\n  Company: {fill: \"#ffffff\"}\n").unwrap();
        assert_eq!(own.kind("Company").fill.as_str(), "#ffffff");
        assert_eq!(own.kind("Company").shape, style.kind("Company").shape);
        assert_eq!(own.kind("Person"), style.kind("Person"));
    }

    #[test]
    fn wrong_words_are_shown_where_they_stand() {
        check("page:\n  backgrund: \"#ffffff\"\n", "own.yaml:2:");
        check("kinds:\n  Company: {fill: green}\n", "own.yaml:2:");
        check("statuses:\n  sure: {line: dashed}\n", "own.yaml:1:");
        assert!(Style::with_theme("drak").unwrap_err().to_string().contains("drak"));
    }

    #[test]
    fn every_theme_has_contrast() {
        for theme in Style::themes() {
            let style = Style::with_theme(theme).unwrap();
            assert_eq!(style.faint(theme), [], "{theme}");
        }
        let own = Style::embedded().unwrap().changed("own.yaml", "page: {text: \"#cccccc\"}").unwrap();
        assert_eq!(own.faint("own.yaml").len(), 1);
    }

    /// What the three dichromacies make of a colour (Machado, Oliveira and Fernandes 2009, severity 1), in linear light.
    const DICHROMACIES: [[[f64; 3]; 3]; 3] = [
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ];

    fn distance(a: &Color, b: &Color, seen: &[[f64; 3]; 3]) -> f64 {
        let [a, b] = [a, b].map(|color| {
            let rgb = color.linear();
            seen.map(|row| row.iter().zip(rgb).map(|(k, c)| k * c).sum::<f64>().clamp(0.0, 1.0).powf(1.0 / 2.4))
        });
        a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn kinds_of_one_shape_differ_for_colour_blind_readers() {
        for theme in Style::themes() {
            let style = Style::with_theme(theme).unwrap();
            let kinds: Vec<_> = style.kinds().collect();
            for (i, (name, a)) in kinds.iter().enumerate() {
                for (other, b) in kinds.iter().skip(i + 1).filter(|(_, b)| a.shape == b.shape) {
                    for seen in &DICHROMACIES {
                        let apart = distance(&a.fill, &b.fill, seen).max(distance(&a.line, &b.line, seen));
                        assert!(apart >= 0.06, "{theme}: {name} and {other} are {apart:.3} apart");
                    }
                }
            }
        }
    }
}
