//! Text: cleaned, measured with the font that is embedded, and wrapped.
//!
//! Law: what sizes a box is what fills it; the same font draws the letters that were measured here.
//!
//! Units are pixels at scale 1. DejaVu Sans Condensed (public domain and Bitstream Vera licence) has the letters of names in
//! Latin, Cyrillic, Greek, Armenian, Georgian, Hebrew and Arabic.

use super::style::Weight;
use crate::packed::unpack;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use std::sync::LazyLock;

/// Name of the embedded family, as its files have it.
pub(crate) const FAMILY: &str = "DejaVu Sans Condensed";
/// Height of a line as a multiple of the letters' size.
pub(crate) const LINE_HEIGHT: f64 = 1.22;
/// Most characters of a label that are looked at; the rest could not be shown anyway.
const LONGEST: usize = 600;
/// Width of a letter that the font lacks, as a multiple of the size: a full square, as in Chinese.
const UNKNOWN_WIDTH: f64 = 1.0;

static REGULAR: LazyLock<Vec<u8>> =
    LazyLock::new(|| unpack(include_bytes!(concat!(env!("OUT_DIR"), "/regular.ttf.gz"))));
static BOLD: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(include_bytes!(concat!(env!("OUT_DIR"), "/bold.ttf.gz"))));

/// The bytes of the embedded font, which `build.rs` packs.
pub(crate) fn font(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

/// Text on one line as it may stand in XML: white space runs become one space, control characters and what XML 1.0 has no
/// place for go; at most [`LONGEST`] characters, with `…` where there were more.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::new();
    let allowed = |c: &char| c.is_whitespace() || !(c.is_control() || is_invisible(*c));
    for (count, c) in text.chars().filter(allowed).enumerate() {
        if count == LONGEST {
            out.push('…');
            break;
        }
        match c {
            c if !c.is_whitespace() => out.push(c),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Non-characters, and marks that turn the direction of what follows: a label must not reorder its neighbours.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Combining marks, and the letters of Hebrew, Arabic, Syriac and the scripts of India.
fn is_shaped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{dff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Metrics of one font at one size.
pub(crate) struct Ruler {
    charmap: skrifa::charmap::Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    /// What joins letters, and its units of an em.
    face: rustybuzz::Face<'static>,
    size: f64,
}

impl Ruler {
    /// Metrics of the embedded font; `None` only where its bytes are broken.
    pub(crate) fn new(weight: Weight, size: f64) -> Option<Self> {
        let font = FontRef::new(font(weight)).ok()?;
        let metrics = font.glyph_metrics(Size::new(size as f32), LocationRef::default());
        let face = rustybuzz::Face::from_slice(self::font(weight), 0)?;
        Some(Self { charmap: font.charmap(), metrics, face, size })
    }

    /// Size of the letters in pixels.
    pub(crate) fn size(&self) -> f64 {
        self.size
    }

    /// Width of a line in pixels.
    pub(crate) fn width(&self, text: &str) -> f64 {
        if text.chars().any(is_shaped) { self.shaped_width(text) } else { text.chars().map(|c| self.advance(c)).sum() }
    }

    /// Width of letters that take other forms beside each other, or stand on each other.
    fn shaped_width(&self, text: &str) -> f64 {
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let glyphs = rustybuzz::shape(&self.face, &[], buffer);
        let em = f64::from(self.face.units_per_em().max(1));
        let width = |(info, position): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| match info.glyph_id {
            0 => UNKNOWN_WIDTH * self.size,
            _ => f64::from(position.x_advance) / em * self.size,
        };
        glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()).map(width).sum()
    }

    fn advance(&self, c: char) -> f64 {
        let glyph = self.charmap.map(c).filter(|glyph| glyph.to_u32() != 0);
        let known = glyph.and_then(|glyph| self.metrics.advance_width(glyph)).map(f64::from);
        known.unwrap_or(UNKNOWN_WIDTH * self.size)
    }

    /// Lines of at most `width` pixels and at most `most` in number, as even as can be; a word wider than that is cut, and
    /// what does not fit ends in `…`.
    pub(crate) fn wrap(&self, text: &str, width: f64, most: usize) -> Vec<String> {
        let words: Vec<String> = clean(text).split(' ').flat_map(|word| self.cut(word, width)).collect();
        let lines = self.fill(&words, width);
        if lines.len() > most {
            return self.shorten(lines, width, most);
        }
        self.even_out(&words, width, lines)
    }

    /// As [`Ruler::wrap`], but every line as full as can be: for running text.
    pub(crate) fn wrap_plain(&self, text: &str, width: f64, most: usize) -> Vec<String> {
        let words: Vec<String> = clean(text).split(' ').flat_map(|word| self.cut(word, width)).collect();
        let lines = self.fill(&words, width);
        if lines.len() > most { self.shorten(lines, width, most) } else { lines }
    }

    /// Pieces of a word that fit.
    fn cut(&self, word: &str, width: f64) -> Vec<String> {
        let mut pieces = vec![String::new()];
        let mut used = 0.0;
        for c in word.chars() {
            let advance = self.advance(c);
            if used + advance > width && used > 0.0 {
                pieces.push(String::new());
                used = 0.0;
            }
            used += advance;
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    fn fill(&self, words: &[String], width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words {
            match lines.last_mut() {
                Some(line) if self.width(line) + self.advance(' ') + self.width(word) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.clone()),
            }
        }
        lines
    }

    /// The narrowest filling that needs no more lines.
    fn even_out(&self, words: &[String], width: f64, mut best: Vec<String>) -> Vec<String> {
        let (mut low, mut high) = (words.iter().map(|word| self.width(word)).fold(0.0, f64::max), width);
        while best.len() > 1 && high - low > 2.0 {
            let middle = (low + high) / 2.0;
            let lines = self.fill(words, middle);
            if lines.len() > best.len() {
                low = middle;
            } else {
                high = middle;
                best = lines;
            }
        }
        best
    }

    fn shorten(&self, mut lines: Vec<String>, width: f64, most: usize) -> Vec<String> {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && self.width(last) + self.advance('…') > width {
                last.pop();
            }
            last.truncate(last.trim_end_matches([' ', ',', '…']).len());
            last.push('…');
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, width: f64, most: usize, expected: &[&str]) {
        let ruler = Ruler::new(Weight::Regular, 13.0).unwrap();
        let lines = ruler.wrap(text, width, most);
        assert_eq!(lines, expected);
        assert!(lines.iter().all(|line| ruler.width(line) <= width));
    }

    #[test]
    fn lines_are_even_and_fit() {
        check(
            "Deputy Prime Minister and Minister of Foreign Affairs",
            170.0,
            4,
            &["Deputy Prime Minister and", "Minister of Foreign Affairs"],
        );
        check("Peru", 100.0, 4, &["Peru"]);
        check("", 100.0, 4, &[]);
        check("Peru", 100.0, 0, &[]);
    }

    #[test]
    fn long_words_are_cut_and_long_texts_shortened() {
        check("Donaudampfschifffahrt", 60.0, 4, &["Donauda", "mpfschifff", "ahrt"]);
        check(&"ministry of ".repeat(900), 80.0, 2, &["ministry of", "ministry of…"]);
    }

    /// Joined letters are narrower than letters that stand alone; a mark has no width of its own.
    #[test]
    fn letters_that_join_are_measured_as_they_are_drawn() {
        let ruler = Ruler::new(Weight::Regular, 13.0).unwrap();
        let apart: f64 = "والثروة المعدنية".chars().map(|c| ruler.advance(c)).sum();
        assert!(ruler.width("والثروة المعدنية") < 0.95 * apart);
        assert!((ruler.width("e\u{301}") - ruler.width("é")).abs() < 0.5);
        assert!((ruler.width("Müller") - "Müller".chars().map(|c| ruler.advance(c)).sum::<f64>()).abs() < 0.01);
    }

    #[test]
    fn what_xml_cannot_hold_goes() {
        assert_eq!(clean(" a\u{0}\u{8}\n\tb\u{ffff}\u{202e} <c> "), "a b <c>");
        assert_eq!(clean(&"x".repeat(10_000)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn the_font_has_the_letters_of_names() {
        for weight in [Weight::Regular, Weight::Bold] {
            let ruler = Ruler::new(weight, 13.0).unwrap();
            for c in "ƏəĞğİıŞşÇçÖöÜüĄąŁłŽžČčŐőȘșȚțẠạỆệĐđЖжЇїҚқΩωԱաგهـעŊŋØøÅåÆæÞþ–—“”’…×→€".chars()
            {
                assert!(ruler.charmap.map(c).is_some_and(|glyph| glyph.to_u32() != 0), "{c} in {weight:?}");
            }
        }
    }
}
