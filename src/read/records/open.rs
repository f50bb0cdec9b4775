//! Path -> a table as a stream: unpacked, decoded, its dialect known, in constant memory.

use super::{Dialect, TableReader};
use crate::diagnostic::Diagnostic;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// Bytes by which encoding and dialect are judged.
const HEAD: usize = 1 << 16;

/// Opens a table of any size, plain or packed with gzip.
///
/// # Errors
/// It cannot be read, is no text, or has no header.
pub fn open_table(path: &Path) -> Result<TableReader<Box<dyn Read + Send>>, Diagnostic> {
    let shown = path.display().to_string();
    let mut reader = open_unpacked(path)?;
    let cannot = |cause: io::Error| Diagnostic::error(&shown, format!("cannot be read: {cause}"));
    let head = reader.fill_buf().map_err(cannot)?.to_vec();
    let whole = head.iter().rposition(|b| *b == b'\n').map_or(head.len(), |at| at + 1);
    let (text, _) = crate::read::decode::decode_text(&shown, head.get(..whole).unwrap_or_default())?;
    let dialect = Dialect::detect(&text);
    let encoding = crate::read::decode::encoding_of(head.get(..whole).unwrap_or_default());
    let from: Box<dyn Read + Send> = match encoding == UTF_8 {
        true => Box::new(reader),
        false => Box::new(Transcoder::new(reader, encoding)),
    };
    TableReader::open(&shown, dialect, from)
}

/// The bytes of a file, unpacked where its first bytes are those of gzip (RFC 1952).
///
/// # Errors
/// It cannot be opened.
pub fn open_unpacked(path: &Path) -> Result<Box<dyn BufRead + Send>, Diagnostic> {
    let shown = path.display().to_string();
    let cannot =
        |cause: io::Error| Diagnostic::error(&shown, format!("cannot be read: {cause}")).hint("check the path");
    let mut file = BufReader::with_capacity(HEAD, File::open(path).map_err(cannot)?);
    let packed = file.fill_buf().map_err(cannot)?.starts_with(&[0x1f, 0x8b]);
    Ok(match packed {
        true => Box::new(BufReader::with_capacity(HEAD, flate2::bufread::MultiGzDecoder::new(file))),
        false => Box::new(file),
    })
}

/// Bytes of an older encoding as UTF-8.
struct Transcoder<R> {
    from: R,
    decoder: Decoder,
    ready: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: BufRead> Transcoder<R> {
    fn new(from: R, encoding: &'static Encoding) -> Self {
        Self { from, decoder: encoding.new_decoder(), ready: Vec::new(), taken: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let input = self.from.fill_buf()?;
        let (length, last) = (input.len(), input.is_empty());
        let mut text = String::with_capacity(self.decoder.max_utf8_buffer_length(length).unwrap_or(HEAD * 4));
        let (result, read, _) = self.decoder.decode_to_string(input, &mut text, last);
        self.from.consume(read);
        self.ended = last && result == CoderResult::InputEmpty;
        (self.ready, self.taken) = (text.into_bytes(), 0);
        Ok(())
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let rest = self.ready.get(self.taken..).unwrap_or_default();
        let length = rest.len().min(to.len());
        if let (Some(target), Some(source)) = (to.get_mut(..length), rest.get(..length)) {
            target.copy_from_slice(source);
        }
        self.taken += length;
        Ok(length)
    }
}
