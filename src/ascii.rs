//! Letters of every script -> ASCII, as the crate `any_ascii` has it; the program carries its table packed, at a third of its size.
//!
//! Law: what it gives is what the crate gives, character for character.

use crate::packed::unpack;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// Characters of a block.
const BLOCK: usize = 256;

/// ASCII characters in order, so that each is a slice.
const ASCII: &str = "\0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\t\n\u{b}\u{c}\r\u{e}\u{f}\u{10}\u{11}\u{12}\u{13}\u{14}\u{15}\u{16}\u{17}\u{18}\u{19}\u{1a}\u{1b}\u{1c}\u{1d}\u{1e}\u{1f} !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u{7f}";

/// What `build.rs` writes: for each block that has any, a line with its number in hexadecimal and one with its characters' letters,
/// parted by tabs.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = String::from_utf8(unpack(include_bytes!(concat!(env!("OUT_DIR"), "/ascii.gz")))).unwrap_or_default();
    Table::read(text)
});

struct Table {
    text: String,
    blocks: Vec<Block>,
}

/// A block: its line, and, once it is asked for, where the letters of each of its characters begin and end.
#[derive(Default)]
struct Block {
    line: Range<usize>,
    letters: OnceLock<Vec<Range<usize>>>,
}

impl Table {
    fn read(text: String) -> Self {
        let mut blocks: Vec<Block> = (0..=char::MAX as usize / BLOCK).map(|_| Block::default()).collect();
        let mut lines = text.split_terminator('\n');
        let mut at = 0;
        while let (Some(number), Some(line)) = (lines.next(), lines.next()) {
            at += number.len() + 1;
            if let Some(block) = usize::from_str_radix(number, 16).ok().and_then(|n| blocks.get_mut(n)) {
                block.line = at..at + line.len();
            }
            at += line.len() + 1;
        }
        Self { text, blocks }
    }

    fn find(&self, c: char) -> Option<&str> {
        let at = c as usize;
        let block = self.blocks.get(at / BLOCK)?;
        let letters = block.letters.get_or_init(|| {
            let mut start = block.line.start;
            let cells = self.text.get(block.line.clone()).unwrap_or_default().split('\t');
            let place = |cell: &str| {
                let range = start..start + cell.len();
                start = range.end + 1;
                range
            };
            cells.map(place).collect()
        });
        self.text.get(letters.get(at % BLOCK)?.clone())
    }
}

/// A character in ASCII letters: nothing, one or several.
pub fn ascii_letters(c: char) -> &'static str {
    let at = c as usize;
    match c.is_ascii() {
        true => ASCII.get(at..=at).unwrap_or_default(),
        false => TABLE.find(c).unwrap_or_default(),
    }
}

/// A text in ASCII.
pub fn to_ascii(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.chars().map(ascii_letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_as_the_crate_has_it() {
        for c in '\0'..=char::MAX {
            assert_eq!(ascii_letters(c), any_ascii::any_ascii_char(c), "{c:?}");
        }
        assert_eq!(to_ascii("Əliyev, Łódź, Αθήνα, 東京"), any_ascii::any_ascii("Əliyev, Łódź, Αθήνα, 東京"));
    }
}
