//! Name -> raw words: without accents, case, stops and script, each with what its writing says about it.
//!
//! Law: two writings of one name that differ only in script conventions give the same words.

/// A word before anybody asked what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawWord {
    /// Lower-case letters and digits.
    pub(super) letters: String,
    /// Whether a comma stands before it: "Putin, Vladimir".
    pub(super) after_comma: bool,
    /// Whether it is written in capitals, like an acronym or a Roman number.
    pub(super) shouted: bool,
}

/// Scripts whose transliteration loses so much that only the consonants can be compared.
pub(super) fn is_coarse_script(c: char) -> bool {
    matches!(u32::from(c),
        0x0590..=0x08FF      // Hebrew, Arabic, Syriac
        | 0x0E00..=0x0EFF    // Thai, Lao
        | 0x1000..=0x109F    // Myanmar
        | 0x1200..=0x139F    // Ethiopic
        | 0x1780..=0x17FF    // Khmer
        | 0x3040..=0x30FF    // kana
        | 0x3400..=0x9FFF    // Han
        | 0xAC00..=0xD7AF    // Hangul
        | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF)
}

/// Han characters, which stand for a word each.
pub(super) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF)
}

/// The raw words of a name. `initials_join`: "S.C." is one word (a body), else two initials (a person).
pub(super) fn fold_words(name: &str, initials_join: bool) -> Vec<RawWord> {
    let ascii;
    let plain: &str = if name.is_ascii() {
        name
    } else {
        ascii = transliterate(name);
        &ascii
    };
    let bytes = plain.as_bytes();
    let mut words = Words { list: Vec::with_capacity(6), now: String::new(), comma: false, lower: false };
    let (mut at, mut dotted) = (0, false);
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match byte {
            b if b.is_ascii_alphanumeric() => {
                words.lower |= b.is_ascii_lowercase();
                words.now.push(b.to_ascii_lowercase() as char);
            }
            // The s of a possessive: "Bank's".
            b'\'' if next == b's' && initials_join && ends_word(bytes, at + 2) => at += 1,
            b'\'' | b'`' => {}
            b'.' if initials_join && next.is_ascii_alphabetic() && ends_word(bytes, at + 2) => dotted = true,
            b'.' if dotted => dotted = false,
            b'&' => words.add("and"),
            b'%' => words.add("percent"),
            other => {
                words.close();
                words.comma |= *other == b',';
                dotted = false;
            }
        }
        at += 1;
    }
    words.close();
    words.list
}

/// Letters to ASCII. Where a letter tells that the language is Azerbaijani, the others sound as they do there.
fn transliterate(name: &str) -> String {
    if !name.contains(['ə', 'Ə']) {
        return crate::ascii::to_ascii(name);
    }
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        let english = match c {
            'ə' => "a",
            'Ə' => "A",
            'c' => "j",
            'C' => "J",
            'x' => "kh",
            'X' => "Kh",
            'q' => "g",
            'Q' => "G",
            'ç' => "ch",
            'Ç' => "Ch",
            'ş' => "sh",
            'Ş' => "Sh",
            other => crate::ascii::ascii_letters(other),
        };
        out.push_str(english);
    }
    out
}

struct Words {
    list: Vec<RawWord>,
    now: String,
    comma: bool,
    lower: bool,
}

impl Words {
    fn close(&mut self) {
        if !self.now.is_empty() {
            let letters = std::mem::take(&mut self.now);
            self.list.push(RawWord { letters, after_comma: self.comma, shouted: !self.lower });
            (self.comma, self.lower) = (false, false);
        }
    }

    fn add(&mut self, word: &str) {
        self.close();
        self.now.push_str(word);
        self.close();
    }
}

fn ends_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|b| !b.is_ascii_alphanumeric())
}
