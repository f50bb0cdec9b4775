//! Learns and measures the matcher of names: `cargo run --release --example match_names -- learn PAIRS.csv` prints the table of
//! weights (and, on standard error, how weights do on pairs that they were not learned from); `-- speed PAIRS.csv` prints
//! comparisons a second on one thread; `-- check PAIRS.csv` the accuracy of the weights that the program carries.

use dossier::resolve::matcher::{Example, NameFamily, PreparedName, THRESHOLD, Weights, compare, learn};
use std::error::Error;
use std::time::Instant;

/// How strongly learned weights are drawn to the priors, chosen by cross-validation (0.5, 1, 2).
const PULL: f32 = 1.0;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [verb, path] = args.as_slice() else { return Err("learn, check or speed, and a file of pairs".into()) };
    let examples = read_pairs(path)?;
    match verb.as_str() {
        "learn" => {
            for folds in [5, 10, 20] {
                let (precision, recall, f1) = learn(&examples, Weights::embedded(), PULL, folds).accuracy(&examples);
                eprintln!("{folds} folds, held out: precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}");
            }
            println!(
                "# What each feature of the matcher (src/resolve/matcher/weigh.rs) is worth, in log odds, for persons and for bodies; the\n\
                 # priors are what was thought before learning. Learned from a third of nomenklatura's name_bench (MIT) by\n\
                 #   cargo run --release --example match_names -- learn PAIRS.csv > weights.tsv"
            );
            print!("{}", learn(&examples, Weights::embedded(), PULL, 5).weights.to_table());
        }
        "check" => check(&examples),
        "speed" => measure_speed(&examples),
        other => return Err(format!("there is no `{other}`").into()),
    }
    Ok(())
}

fn read_pairs(path: &str) -> Result<Vec<Example>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let head = reader.headers()?.clone();
    let at = |name: &str| head.iter().position(|h| h == name).ok_or_else(|| format!("no column {name}"));
    let (schema, name1, name2, is_match) = (at("schema")?, at("name1")?, at("name2")?, at("is_match")?);
    let mut examples = Vec::new();
    for record in reader.records() {
        let record = record?;
        let cell = |i: usize| record.get(i).unwrap_or_default().to_owned();
        let family = NameFamily::of_schema(&cell(schema));
        examples.push(Example { family, name1: cell(name1), name2: cell(name2), is_match: cell(is_match) == "true" });
    }
    Ok(examples)
}

/// Accuracy, and how often scores of each tenth are right.
fn check(examples: &[Example]) {
    let (mut hit, mut found, mut real) = (0, 0, 0);
    let mut tenths = [(0, 0); 10];
    for e in examples {
        let score = compare(
            &PreparedName::new(&e.name1, e.family),
            &PreparedName::new(&e.name2, e.family),
            Weights::embedded(),
        );
        let says = score >= THRESHOLD;
        (hit, found, real) =
            (hit + u32::from(says && e.is_match), found + u32::from(says), real + u32::from(e.is_match));
        if let Some((all, matches)) = tenths.get_mut(((score * 10.0) as usize).min(9)) {
            (*all, *matches) = (*all + 1, *matches + u32::from(e.is_match));
        }
    }
    let (precision, recall) = (f64::from(hit) / f64::from(found), f64::from(hit) / f64::from(real));
    println!("precision {precision:.3}, recall {recall:.3}, F1 {:.3}", 2.0 * precision * recall / (precision + recall));
    for (tenth, (all, matches)) in tenths.iter().enumerate() {
        println!("score .{tenth}: {matches} of {all} match");
    }
}

/// Every name against every name of its family, and the pairs of the file, again and again.
fn measure_speed(examples: &[Example]) {
    let weights = Weights::embedded();
    let prepare = |e: &Example| [&e.name1, &e.name2].map(|name| (e.family, PreparedName::new(name, e.family)));
    let names: Vec<_> = examples.iter().flat_map(prepare).collect();
    let (started, mut count, mut sum) = (Instant::now(), 0_u64, 0.0);
    for (family, a) in &names {
        for (_, b) in names.iter().filter(|(other, _)| other == family) {
            sum += compare(a, b, weights);
            count += 1;
        }
    }
    let rate = |count: u64, started: Instant| count as f64 / started.elapsed().as_secs_f64();
    println!("every name with every name: {:.0} comparisons a second ({count}, sum {sum:.1})", rate(count, started));
    let (started, mut count, mut sum) = (Instant::now(), 0_u64, 0.0);
    for _ in 0..500 {
        for pair in names.chunks(2) {
            if let [(_, a), (_, b)] = pair {
                sum += compare(a, b, weights);
                count += 1;
            }
        }
    }
    println!("pairs that are alike: {:.0} comparisons a second ({count}, sum {sum:.1})", rate(count, started));
}
