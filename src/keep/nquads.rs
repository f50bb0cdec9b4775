//! Quads as sorted N-Quads.
//!
//! Law: the same set of quads gives the same bytes.

use oxigraph::model::Quad;

/// One quad a line, sorted by bytes, each once.
pub fn write_sorted(quads: &[Quad]) -> Vec<u8> {
    let mut lines: Vec<String> = quads.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.concat().into_bytes()
}
