//! Trains the language models: `cargo run --release --example train -- FOLDER`, where FOLDER holds the unpacked training
//! data (`tar xf ud-english.tar.xz -C FOLDER; tar xf ner.tar.xz -C FOLDER`). Writes `src/language/models`.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("../shared/train"), PathBuf::from);
    for (name, bytes) in dossier::language::train::train_models(&folder, &|stage| eprintln!("{stage}"))? {
        let path = PathBuf::from("src/language/models").join(name);
        println!("{} {}", path.display(), bytes.len());
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
