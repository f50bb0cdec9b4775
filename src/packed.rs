//! What the program carries in packed form: models and fonts.
//!
//! Law: what was packed comes back byte for byte, or not at all.

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{self, Read, Write};

/// A gzip file (RFC 1952) without name and time: the same bytes are packed alike.
///
/// # Errors
/// None in memory; the writer's interface has them.
pub fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    packed.finish()
}

/// What a gzip file (RFC 1952) holds; nothing, where it is broken.
pub fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    match GzDecoder::new(packed).read_to_end(&mut bytes) {
        Ok(_) => bytes,
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};

    #[test]
    fn comes_back_whole_or_not_at_all() {
        let packed = pack(b"letters and letters and letters").unwrap();
        assert_eq!(unpack(&packed), b"letters and letters and letters");
        assert_eq!(unpack(&packed[..packed.len() - 6]), b"");
        assert_eq!(unpack(b"letters"), b"");
    }
}
