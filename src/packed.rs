//! What the program carries in packed form: models and fonts.
//!
//! Law: what was packed comes back byte for byte, or not at all.

use flate2::read::GzDecoder;
use std::io::Read;

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
    use super::unpack;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    #[test]
    fn comes_back_whole_or_not_at_all() {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(b"letters and letters and letters").unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(unpack(&packed), b"letters and letters and letters");
        assert_eq!(unpack(&packed[..packed.len() - 6]), b"");
        assert_eq!(unpack(b"letters"), b"");
    }
}
