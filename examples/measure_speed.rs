//! Words a second from reading to facts on one thread, best of some runs, and what share each step takes.
//!
//! ```sh
//! cargo run --release --example measure_speed -- FOLDER [RUNS]
//! ```

#![allow(clippy::print_stdout, reason = "the figures are the output")]

use dossier::ontology::frame_set::embedded_frames;
use dossier::pipeline::{parse_document, read_study, study_document};
use dossier::read::{Document, find_sources, read_source};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Time in reading, in the language layer, up to who is who, and in drawing facts.
type Steps = [Duration; 4];

fn measure(paths: &[PathBuf]) -> Result<(Steps, usize, usize), Box<dyn std::error::Error>> {
    let frames = embedded_frames()?;
    let (sources, _) = find_sources(paths);
    let started = Instant::now();
    let documents: Vec<Document> = sources.iter().filter_map(|s| Some(read_source(s).ok()?.0)).collect();
    let mut steps = [started.elapsed(), Duration::ZERO, Duration::ZERO, Duration::ZERO];
    let (mut words, mut facts) = (0, 0);
    for document in &documents {
        // The study parses too; what it takes beyond parsing alone is the rest of it.
        let at = Instant::now();
        let parsed = parse_document(document);
        let language = at.elapsed();
        drop(parsed);
        let at = Instant::now();
        let study = study_document(document)?;
        let studied = at.elapsed();
        let at = Instant::now();
        let reading = read_study(document, &study, frames);
        steps[3] += at.elapsed();
        steps[1] += language;
        steps[2] += studied.saturating_sub(language);
        words += document.text.split_whitespace().count();
        facts += reading.facts.len();
    }
    Ok((steps, words, facts))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("which folder?")?);
    let runs: usize = args.next().map_or(Ok(5), |n| n.parse())?;
    let mut best: Option<(Steps, usize, usize)> = None;
    for _ in 0..runs.max(1) {
        let run = measure(std::slice::from_ref(&folder))?;
        let total = |r: &(Steps, usize, usize)| r.0.iter().sum::<Duration>();
        if best.as_ref().is_none_or(|b| total(&run) < total(b)) {
            best = Some(run);
        }
    }
    let (steps, words, facts) = best.ok_or("no run")?;
    let total: Duration = steps.iter().sum();
    println!("{words} words, {facts} facts, {:.0} words/s on one thread", words as f64 / total.as_secs_f64());
    for (name, step) in ["read", "language", "mentions and who is who", "facts"].iter().zip(steps) {
        println!("{:5.1} %  {name}", 100.0 * step.as_secs_f64() / total.as_secs_f64());
    }
    Ok(())
}
