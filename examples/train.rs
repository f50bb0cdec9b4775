//! Trains the language models: `cargo run --release --example train -- FOLDER`, where FOLDER holds the unpacked training
//! data (`tar xf ud-english.tar.xz -C FOLDER; tar xf ner.tar.xz -C FOLDER`). Writes `src/language/models`. With `names`
//! after FOLDER, only the recogniser of names.

use dossier::language::train::{train_models, train_names};
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("../shared/train"), PathBuf::from);
    let tell = |stage: &str| eprintln!("{stage}");
    let models = match std::env::args().nth(2).as_deref() {
        Some("names") => train_names(&folder, &tell)?,
        _ => train_models(&folder, &tell)?,
    };
    for (name, bytes) in models {
        let path = PathBuf::from("src/language/models").join(name);
        println!("{} {}", path.display(), bytes.len());
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
