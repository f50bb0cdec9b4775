//! Fonts: the embedded family and those that a user adds, and which letters none of them has.
//!
//! Law: no font of the machine is used unasked, so that a drawing is the same on every machine; a letter that no font has is said.

use super::measure::{FAMILY, font};
use super::style::Weight;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use resvg::usvg::fontdb;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Scripts whose letters no embedded font has, and free fonts that have them: name, first and last code point, font.
const SCRIPTS: &str = include_str!("../../ontology/scripts.tsv");

/// The fonts that letters are drawn with.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    added: Vec<Arc<Vec<u8>>>,
}

impl Fonts {
    /// Adds a font file (TrueType or OpenType).
    ///
    /// # Errors
    /// The file cannot be read, or is no font.
    pub fn add(&mut self, path: &Path) -> Result<()> {
        let bytes = Arc::new(std::fs::read(path).map_err(|cause| Error::file("read", path, cause))?);
        let mut probe = fontdb::Database::new();
        probe.load_font_source(fontdb::Source::Binary(bytes.clone()));
        if probe.is_empty() {
            let hint = "a font ends in .ttf, .otf or .ttc";
            return Err(Error::with_hint(format!("{} is no font", path.display()), hint));
        }
        self.added.push(bytes);
        Ok(())
    }

    /// All fonts, as the painters take them.
    pub(super) fn database(&self) -> fontdb::Database {
        let mut fonts = fontdb::Database::new();
        for weight in [Weight::Regular, Weight::Bold] {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(font(weight))));
        }
        for bytes in &self.added {
            fonts.load_font_source(fontdb::Source::Binary(bytes.clone()));
        }
        fonts.set_sans_serif_family(FAMILY);
        fonts
    }

    /// One warning a script of which letters of a text have no glyph: it names the font to add.
    pub(super) fn missing(&self, text: &str) -> Vec<Diagnostic> {
        let fonts: Vec<rustybuzz::ttf_parser::Face<'_>> = [font(Weight::Regular)]
            .into_iter()
            .chain(self.added.iter().map(|bytes| bytes.as_slice()))
            .filter_map(|bytes| rustybuzz::ttf_parser::Face::parse(bytes, 0).ok())
            .collect();
        let known = |c: char| fonts.iter().any(|face| face.glyph_index(c).is_some());
        let unknown: BTreeSet<char> =
            text.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !known(*c)).collect();
        let mut scripts: BTreeMap<(&str, &str), Vec<char>> = BTreeMap::new();
        for c in unknown {
            scripts.entry(script_of(c)).or_default().push(c);
        }
        scripts.into_iter().map(|((script, font), letters)| warning(script, font, &letters)).collect()
    }
}

fn warning(script: &str, font: &str, letters: &[char]) -> Diagnostic {
    let shown: String = letters.iter().take(8).collect();
    let more = if letters.len() > 8 { " and others" } else { "" };
    let message = format!("no font here has {shown}{more} ({script}): they come out as empty squares in PNG and PDF");
    Diagnostic::warning("draw", message).hint(format!("add a font that has them, such as {font}: --font FILE"))
}

/// Name of a letter's script, and a font that has it.
fn script_of(c: char) -> (&'static str, &'static str) {
    let rows = SCRIPTS.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let (name, first, last, font) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        let range = u32::from_str_radix(first, 16).ok()?..=u32::from_str_radix(last, 16).ok()?;
        range.contains(&u32::from(c)).then_some((name, font))
    };
    rows.filter_map(row).next().unwrap_or(("other", "Noto Sans of that script"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = Fonts::default()
            .missing(text)
            .iter()
            .map(|d| format!("{} {}", d.message, d.hint.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (message, part) in found.iter().zip(expected) {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn letters_of_names_are_there_and_others_are_named() {
        check("İlham Əliyev, Nguyễn Phú Trọng, Şükrü Gönül, Сергій Їжак, شركة النفط", &[]);
        check("中国石油 公司", &["Noto Sans CJK"]);
        check("ভারত 中", &["Bengali", "Noto Sans CJK"]);
    }

    #[test]
    fn what_is_no_font_is_an_error() {
        let error = Fonts::default().add(Path::new("Cargo.toml")).unwrap_err().to_string();
        assert!(error.contains("is no font"), "{error}");
        assert!(Fonts::default().add(Path::new("no/such.ttf")).is_err());
    }
}
