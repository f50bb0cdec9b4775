//! Holds `dossier eval` to the reference scorer: `cargo run --example compare_scores -- SCORE.py GOLD_DIR GRAPH [TEXTS]`.
//!
//! Scores the facts of a graph with both and prints every figure in which they differ; exit code 1 where one does.

use dossier::error::Error;
use serde_json::Value as Json;
use std::process::{Command, ExitCode};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<ExitCode, Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [scorer, gold, graph, texts @ ..] = args.as_slice() else {
        eprintln!("usage: compare_scores SCORE.py GOLD_DIR GRAPH [TEXTS]");
        return Ok(ExitCode::from(2));
    };
    let facts = tempfile::NamedTempFile::new()?;
    let dossier = std::env::current_exe()?.with_file_name("../dossier");
    std::fs::write(facts.path(), run(Command::new(&dossier).args(["facts", "--format", "jsonl", "--graph", graph]))?)?;
    let mut reference = Command::new("python3");
    reference.arg(scorer).arg(gold).arg(facts.path()).arg("--json");
    for texts in texts {
        reference.args(["--texts", texts]);
    }
    let theirs: Json = serde_json::from_slice(&run(&mut reference)?)?;
    let ours: Json = serde_json::from_slice(&run(
        Command::new(&dossier).args(["eval", gold, "--graph", graph, "--format", "json"])
    )?)?;
    let mut differences = 0;
    compare("", &theirs, &ours, &mut differences);
    println!("{differences} differences");
    Ok(ExitCode::from(u8::from(differences > 0)))
}

fn run(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let output = command.output()?;
    if output.stdout.is_empty() {
        return Err(Error::new(String::from_utf8_lossy(&output.stderr).into_owned()).into());
    }
    Ok(output.stdout)
}

/// Every figure of the reference is there and the same; what it does not have does not matter.
fn compare(place: &str, theirs: &Json, ours: &Json, differences: &mut usize) {
    match theirs {
        Json::Object(map) => map.iter().for_each(|(key, value)| {
            compare(&format!("{place}/{key}"), value, ours.get(key).unwrap_or(&Json::Null), differences);
        }),
        figure if figure.as_f64() != ours.as_f64() => {
            *differences += 1;
            println!("{place}: {theirs} there, {ours} here");
        }
        _ => {}
    }
}
