//! Codes of a PDF's font -> letters and widths.

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use rustc_hash::FxHashMap;

/// A font as far as its text goes.
pub(super) struct Font {
    /// Two bytes a code.
    wide: bool,
    to_unicode: Option<CMap>,
    /// Letters of the codes of a simple font.
    letters: Vec<Option<String>>,
    /// Widths in thousandths of the size.
    widths: FxHashMap<u32, f32>,
    default_width: Option<f32>,
}

/// One code of a shown string.
pub(super) struct Shown {
    /// What it means; empty where the font says nothing.
    pub(super) text: String,
    /// Its width as a share of the size.
    pub(super) width: f64,
    /// Whether it is the single-byte code 32, which word spacing widens.
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn new(dict: &Dict<'_>) -> Self {
        let wide = dict.get::<Name<'_>>("Subtype").is_some_and(|name| &*name == b"Type0");
        let to_unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| stream.decoded().ok().and_then(|data| CMap::parse(&data, |_| None)));
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let (widths, default_width) = match &descendant {
            Some(font) if wide => (wide_widths(font), Some(font.get::<f32>("DW").unwrap_or(1000.0))),
            _ => simple_widths(dict),
        };
        let letters = if wide { Vec::new() } else { simple_letters(dict) };
        Self { wide, to_unicode, letters, widths, default_width }
    }

    /// The codes of a string that is shown.
    pub(super) fn read(&self, bytes: &[u8]) -> Vec<Shown> {
        let codes: Vec<u32> = match self.wide {
            true => {
                bytes.chunks(2).map(|pair| pair.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))).collect()
            }
            false => bytes.iter().map(|byte| u32::from(*byte)).collect(),
        };
        codes.into_iter().map(|code| self.show(code)).collect()
    }

    fn show(&self, code: u32) -> Shown {
        let text = self.letter(code);
        let known = self.widths.get(&code).copied().or(self.default_width).map(|width| f64::from(width) / 1000.0);
        let width = known.unwrap_or_else(|| text.chars().map(usual_width).sum::<f64>());
        Shown { text, width, is_space: code == 32 && !self.wide }
    }

    fn letter(&self, code: u32) -> String {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)).map(|found| match found {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        });
        let simple = || self.letters.get(code as usize).cloned().flatten();
        let text = mapped.filter(|text| !text.is_empty()).or_else(simple).unwrap_or_default();
        text.chars().filter(|c| !c.is_control() && *c != '\u{fffd}').flat_map(unfold).collect()
    }
}

/// Ligatures are the letters that they join; spaces of all kinds are spaces.
fn unfold(c: char) -> std::vec::IntoIter<char> {
    let letters = match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '\u{a0}' | '\u{2002}'..='\u{200a}' => " ",
        other => return vec![other].into_iter(),
    };
    letters.chars().collect::<Vec<_>>().into_iter()
}

/// Widths of a simple font; none for one of the fourteen that every reader has.
fn simple_widths(dict: &Dict<'_>) -> (FxHashMap<u32, f32>, Option<f32>) {
    let first = dict.get::<i32>("FirstChar").unwrap_or(0).max(0) as u32;
    let widths: Vec<f32> = dict.get::<Array<'_>>("Widths").map(|list| list.iter::<f32>().collect()).unwrap_or_default();
    let type3 = dict.get::<Name<'_>>("Subtype").is_some_and(|name| &*name == b"Type3");
    let scale = if type3 { type3_scale(dict) } else { 1.0 };
    let missing = dict.get::<Dict<'_>>("FontDescriptor").and_then(|font| font.get::<f32>("MissingWidth"));
    let default = if widths.is_empty() { None } else { Some(missing.unwrap_or(0.0)) };
    ((first..).zip(widths.into_iter().map(|width| width * scale)).collect(), default)
}

/// A Type 3 font has a scale of its own.
fn type3_scale(dict: &Dict<'_>) -> f32 {
    let matrix = dict.get::<Array<'_>>("FontMatrix").and_then(|matrix| matrix.iter::<f32>().next());
    matrix.map_or(1.0, |scale| scale.abs() * 1000.0)
}

/// `[first [w w …] first last w …]`.
fn wide_widths(font: &Dict<'_>) -> FxHashMap<u32, f32> {
    let mut widths = FxHashMap::default();
    let Some(list) = font.get::<Array<'_>>("W") else { return widths };
    let mut items = list.iter::<Object<'_>>();
    while let (Some(first), Some(next)) = (items.next().and_then(Object::into_i32), items.next()) {
        let first = first.max(0) as u32;
        match next {
            Object::Array(list) => widths.extend((first..).zip(list.iter::<f32>())),
            last => {
                let last = last.into_i32().unwrap_or(0).clamp(0, 0xFFFF) as u32;
                let Some(width) = items.next().and_then(Object::into_f32) else { break };
                widths.extend((first..=last).map(|code| (code, width)));
            }
        }
    }
    widths
}

/// The letters of a simple font: those of its encoding, changed by its differences.
fn simple_letters(dict: &Dict<'_>) -> Vec<Option<String>> {
    let encoding = dict.get::<Object<'_>>("Encoding");
    let truetype = dict.get::<Name<'_>>("Subtype").is_some_and(|name| &*name == b"TrueType");
    let default: &[u8] = if truetype { b"WinAnsiEncoding" } else { b"StandardEncoding" };
    match encoding {
        Some(Object::Name(name)) => base_letters(&name),
        Some(Object::Dict(dict)) => {
            let base = dict.get::<Name<'_>>("BaseEncoding");
            let mut letters = base_letters(base.as_deref().unwrap_or(default));
            let mut at = 0usize;
            for item in dict.get::<Array<'_>>("Differences").iter().flat_map(|list| list.iter::<Object<'_>>()) {
                match item {
                    Object::Name(name) => {
                        if let Some(letter) = letters.get_mut(at) {
                            *letter = letter_of(name.as_str());
                        }
                        at += 1;
                    }
                    other => at = other.into_i32().unwrap_or(0).max(0) as usize,
                }
            }
            letters
        }
        _ => base_letters(default),
    }
}

fn base_letters(name: &[u8]) -> Vec<Option<String>> {
    let decode = |encoding: &'static encoding_rs::Encoding, code: u8| {
        let bytes = [code];
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        Some(text.into_owned()).filter(|text| !text.contains(char::is_control))
    };
    let letter = |code: u8| match name {
        b"WinAnsiEncoding" => decode(encoding_rs::WINDOWS_1252, code),
        b"MacRomanEncoding" => decode(encoding_rs::MACINTOSH, code),
        _ => standard_letter(code),
    };
    (0..=255).map(letter).collect()
}

/// Adobe's standard encoding, as far as it is not ASCII.
fn standard_letter(code: u8) -> Option<String> {
    let letter = match code {
        0x27 => "’",
        0x60 => "‘",
        0xA1 => "¡",
        0xA2 => "¢",
        0xA3 => "£",
        0xA5 => "¥",
        0xA7 => "§",
        0xA9 => "'",
        0xAA => "“",
        0xAB => "«",
        0xAC => "‹",
        0xAD => "›",
        0xAE => "fi",
        0xAF => "fl",
        0xB1 => "–",
        0xB2 => "†",
        0xB4 => "·",
        0xB6 => "¶",
        0xB7 => "•",
        0xB9 => "„",
        0xBA => "”",
        0xBB => "»",
        0xBC => "…",
        0xD0 => "—",
        0xE1 => "Æ",
        0xE8 => "Ł",
        0xE9 => "Ø",
        0xEA => "Œ",
        0xF1 => "æ",
        0xF5 => "ı",
        0xF8 => "ł",
        0xF9 => "ø",
        0xFA => "œ",
        0xFB => "ß",
        code => return (0x20..0x7F).contains(&code).then(|| char::from(code).to_string()),
    };
    Some(letter.to_owned())
}

/// The letter that a glyph's name names (Adobe Glyph List): `eacute`, `quotedblleft`, `uni20AC`, `f_i`, `A`.
fn letter_of(name: &str) -> Option<String> {
    let bare = name.split('.').next().filter(|bare| !bare.is_empty())?;
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from);
    if bare.chars().count() == 1 {
        return Some(bare.to_owned());
    }
    if let Some(named) = NAMED.iter().find(|(known, _)| *known == bare) {
        return Some(named.1.to_owned());
    }
    if let Some(digits) = bare.strip_prefix("uni").filter(|digits| digits.len() >= 4) {
        return hex(digits.get(..4)?);
    }
    if let Some(found) = bare.strip_prefix('u').filter(|digits| digits.len() >= 4).and_then(hex) {
        return Some(found);
    }
    if bare.contains('_') {
        return bare.split('_').map(letter_of).collect();
    }
    let (base, mark) = MARKS.iter().find_map(|(suffix, mark)| Some((bare.strip_suffix(suffix)?, mark)))?;
    use unicode_normalization::UnicodeNormalization;
    (base.chars().count() == 1 || base == "dotlessi").then(|| {
        let base = if base == "dotlessi" { "i" } else { base };
        format!("{base}{mark}").nfc().collect()
    })
}

/// Names of accents, and the marks that combine.
const MARKS: &[(&str, char)] = &[
    ("hungarumlaut", '\u{30b}'),
    ("circumflex", '\u{302}'),
    ("commaaccent", '\u{327}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
    ("macron", '\u{304}'),
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("tilde", '\u{303}'),
    ("caron", '\u{30c}'),
    ("breve", '\u{306}'),
    ("ring", '\u{30a}'),
];

const NAMED: &[(&str, &str)] = &[
    ("space", " "),
    ("nbspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "\u{ad}"),
    ("softhyphen", "\u{ad}"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("underscore", "_"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("periodcentered", "·"),
    ("degree", "°"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("sterling", "£"),
    ("cent", "¢"),
    ("yen", "¥"),
    ("Euro", "€"),
    ("euro", "€"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("Oslash", "Ø"),
    ("oslash", "ø"),
    ("Lslash", "Ł"),
    ("lslash", "ł"),
    ("Eth", "Ð"),
    ("eth", "ð"),
    ("Thorn", "Þ"),
    ("thorn", "þ"),
    ("germandbls", "ß"),
    ("dotlessi", "ı"),
    ("Dcroat", "Đ"),
    ("dcroat", "đ"),
    ("schwa", "ə"),
    ("afii10846", "ə"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("threequarters", "¾"),
    ("onesuperior", "¹"),
    ("twosuperior", "²"),
    ("threesuperior", "³"),
    ("multiply", "×"),
    ("plusminus", "±"),
    ("mu", "µ"),
];

/// Roughly the width of a letter in a sans-serif face, where the file states none.
fn usual_width(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '‘' | '’' => 0.22,
        ' ' | '.' | ',' | ':' | ';' | '!' | '|' | 'I' | 'f' | 't' | '/' | '[' | ']' => 0.28,
        '(' | ')' | '-' | 'r' | '“' | '”' | '"' => 0.34,
        'm' | 'M' | 'W' | '—' | '%' | '@' => 0.87,
        'w' => 0.72,
        c if c.is_uppercase() => 0.69,
        _ => 0.55,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, letter: Option<&str>) {
        assert_eq!(letter_of(name).as_deref(), letter, "{name}");
    }

    #[test]
    fn names_of_glyphs_are_letters() {
        for (name, letter) in
            [("A", "A"), ("eacute", "é"), ("Scaron", "Š"), ("uni20AC", "€"), ("u0259", "ə"), ("f_i", "fi")]
        {
            check(name, Some(letter));
        }
        check("quoteright.alt", Some("’"));
        check("g123", None);
        check(".notdef", None);
    }
}
