//! Measures the language models: `cargo run --release --example accuracy -- FOLDER` (see `examples/train.rs`).

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("../shared/train"), PathBuf::from);
    println!("| on | figures |\n|---|---|");
    for score in dossier::language::train::measure(&folder)? {
        let show = |(name, value): &(&str, f64)| match *value > 100.0 {
            true => format!("{name} {value:.0}"),
            false => format!("{name} {value:.1}"),
        };
        println!("| {} | {} |", score.on, score.figures.iter().map(show).collect::<Vec<_>>().join(", "));
    }
    Ok(())
}
