//! Bytes -> text: byte order marks, UTF-8, UTF-16, and the older encodings by their statistics.
//!
//! Law: what cannot be text is refused, what is decoded with a doubt says so, and line ends become `\n`.

use crate::diagnostic::{Diagnostic, Severity};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Signatures of formats that are often mistaken for text (PRONOM registry), and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (perhaps .docx, .xlsx or .odt)"),
    (b"\xD0\xCF\x11\xE0", "an older Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
];

/// Decodes the bytes of the source called `name`.
///
/// Returns the text, with CRLF and CR as LF and without byte order mark, and what was found about its encoding.
///
/// # Errors
/// A diagnostic where the bytes are no text.
pub(crate) fn decode_text(name: &str, bytes: &[u8]) -> Result<(String, Option<Diagnostic>), Diagnostic> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(refuse(name, &format!("this is {what}, not text")));
    }
    let (text, finding) = if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        decode_as(name, bytes, encoding, encoding != UTF_8)
    } else if let Some(encoding) = guess_utf16(bytes) {
        decode_as(name, bytes, encoding, true)
    } else if bytes.contains(&0) {
        return Err(refuse(name, "this is a binary file: it holds NUL bytes"));
    } else {
        decode_without_mark(name, bytes)
    };
    if is_noise(&text) {
        return Err(refuse(name, "this is a binary file: it is full of control characters"));
    }
    Ok((unify_line_ends(text), finding))
}

/// The encoding of a text by its first bytes.
pub(crate) fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    if let Some(encoding) = guess_utf16(head) {
        return encoding;
    }
    if std::str::from_utf8(head).is_ok() || is_mostly_utf8(head) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn refuse(name: &str, message: &str) -> Diagnostic {
    Diagnostic::error(name, message)
        .hint("give it the ending of its format, or save it as plain text, Markdown, HTML, PDF or .docx")
}

fn decode_as(name: &str, bytes: &[u8], encoding: &'static Encoding, note: bool) -> (String, Option<Diagnostic>) {
    let (text, _, broken) = encoding.decode(bytes);
    let finding = if broken {
        Some(Diagnostic::warning(
            name,
            format!("not all of it is valid {}: what is broken reads as U+FFFD", encoding.name()),
        ))
    } else {
        note.then(|| Diagnostic::new(Severity::Note, name, format!("read as {}", encoding.name())))
    };
    (text.into_owned(), finding)
}

/// UTF-16 without a mark: Latin text has a zero in every other byte.
fn guess_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1).filter(|s| s.len() >= 4)?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    match (even * 10, odd * 10) {
        (e, o) if o >= half * 4 && e * 4 <= half => Some(UTF_16LE),
        (e, o) if e >= half * 4 && o * 4 <= half => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_without_mark(name: &str, bytes: &[u8]) -> (String, Option<Diagnostic>) {
    let Some(broken_at) = std::str::from_utf8(bytes).err().map(|e| e.valid_up_to()) else {
        return decode_as(name, bytes, UTF_8, false);
    };
    if let Some(mixed) = decode_mixed(name, bytes) {
        return mixed;
    }
    if is_mostly_utf8(bytes) {
        let (line, column) = place_of(bytes, broken_at);
        let message = "invalid UTF-8: the broken bytes read as U+FFFD";
        let finding = Diagnostic::warning(name, message).at(line, column).hint("save the file again as UTF-8");
        return (String::from_utf8_lossy(bytes).into_owned(), Some(finding));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    decode_as(name, bytes, detector.guess(None, Utf8Detection::Deny), true)
}

/// Lines of UTF-8 beside lines of an older encoding, as files pasted together have them: each line is read as it was written.
fn decode_mixed(name: &str, bytes: &[u8]) -> Option<(String, Option<Diagnostic>)> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut whole, mut older, mut first) = (0usize, 0usize, None);
    for (number, line) in (1..).zip(bytes.split_inclusive(|b| *b == b'\n')) {
        match std::str::from_utf8(line) {
            Ok(_) => whole += usize::from(!line.is_ascii()),
            Err(_) if is_mostly_utf8(line) => return None,
            Err(_) => {
                detector.feed(line, false);
                first = first.or(Some(number));
                older += 1;
            }
        }
    }
    detector.feed(b"", true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    // In encodings of several bytes a line of one may look like one of the other.
    let first = first.filter(|_| whole > 0 && encoding.is_single_byte())?;
    let read = |line| std::str::from_utf8(line).map_or_else(|_| encoding.decode(line).0, Into::into);
    let text = bytes.split_inclusive(|b| *b == b'\n').map(read).collect();
    let message = format!(
        "{whole} lines are UTF-8 and {older} {}, the first of those here: each is read as it is",
        encoding.name()
    );
    Some((text, Some(Diagnostic::warning(name, message).at(first, 1).hint("save the file again as UTF-8"))))
}

/// Whether whole UTF-8 sequences of several bytes outnumber the broken ones three to one.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken * 3
}

fn place_of(bytes: &[u8], at: usize) -> (usize, usize) {
    let head = bytes.get(..at).unwrap_or_default();
    let line_start = head.iter().rposition(|b| *b == b'\n').map_or(0, |p| p + 1);
    let line = 1 + head.iter().filter(|b| **b == b'\n').count();
    (line, 1 + String::from_utf8_lossy(head.get(line_start..).unwrap_or_default()).chars().count())
}

/// Whether more than one character in twenty is a control character that no text holds.
fn is_noise(text: &str) -> bool {
    let odd = |c: &char| c.is_control() && !c.is_whitespace();
    let (mut total, mut noise) = (0usize, 0usize);
    for c in text.chars().take(100_000) {
        total += 1;
        noise += usize::from(odd(&c));
    }
    noise * 20 > total
}

fn unify_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<&str>, says: &str) {
        match decode_text("a.txt", bytes) {
            Ok((text, finding)) => {
                assert_eq!(Some(text.as_str()), expected);
                let said = finding.map(|f| f.to_string()).unwrap_or_default();
                assert!(said.contains(says) && (says.is_empty() == said.is_empty()), "{said}");
            }
            Err(finding) => assert!(expected.is_none() && finding.message.contains(says), "{finding}"),
        }
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn decodes_what_people_save() {
        check("Ana Ilves’s visit\u{a0}to Peru".as_bytes(), Some("Ana Ilves’s visit\u{a0}to Peru"), "");
        check(b"\xEF\xBB\xBFone\r\ntwo\rthree\n", Some("one\ntwo\nthree\n"), "");
        check(&utf16("\u{feff}Łódź signs", u16::to_le_bytes), Some("Łódź signs"), "UTF-16LE");
        check(&utf16("The minister met her", u16::to_be_bytes), Some("The minister met her"), "UTF-16BE");
        check(b"The \x93deal\x94 was signed in Malm\xF6", Some("The “deal” was signed in Malmö"), "windows-1252");
        check("é é é é é \u{1}x".replace('\u{1}', "?").as_bytes(), Some("é é é é é ?x"), "");
        check(
            &[b"caf\xC3\xA9 \xC3\xA9t\xC3\xA9 ".as_slice(), b"\xFF end"].concat(),
            Some("café été \u{fffd} end"),
            ":1:10",
        );
    }

    #[test]
    fn reads_each_line_in_its_own_encoding() {
        check(
            b"Per\xC3\xBA\nJos\xE9\nMalm\xF6\n",
            Some("Perú\nJosé\nMalmö\n"),
            ":2:1: warning: 1 lines are UTF-8 and 2",
        );
    }

    #[test]
    fn refuses_what_is_no_text() {
        check(b"%PDF-1.7 ...", None, "a PDF");
        check(b"abc\0\0\x01def\x02", None, "NUL");
        check(&[1, 2, 3, 4, b'a', b'b'], None, "control");
    }
}
