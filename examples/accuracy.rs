//! Measures the language models: `cargo run --release --example accuracy -- FOLDER` (see `examples/train.rs`).

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("../shared/train"), PathBuf::from);
    println!("{:10} {:>7} {:>6} {:>6} {:>6} {:>6} {:>6}  without punctuation", "test", "words", "UPOS", "XPOS", "lemma", "UAS", "LAS");
    for s in dossier::language::train::measure_trees(&folder)? {
        let ([upos, xpos, lemma], [uas, las], [plain_uas, plain_las]) = (s.tags, s.attachment, s.plain_attachment);
        println!("{:10} {:>7} {upos:6.2} {xpos:6.2} {lemma:6.2} {uas:6.2} {las:6.2}  {plain_uas:6.2} {plain_las:6.2}", s.name, s.words);
    }
    Ok(())
}
