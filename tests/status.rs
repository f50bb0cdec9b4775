//! Status and speaker of the sentences in `tests/status.tsv`, as a careful analyst would record them.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

use dossier::pipeline::{Reading, read_document};
use dossier::read::read_text;

/// Share of the sentences that must be right.
const ENOUGH: f64 = 0.95;

/// One line of the list.
struct Line<'a> {
    kind: &'a str,
    status: &'a str,
    speaker: &'a str,
    text: &'a str,
}

fn read_lines(table: &str) -> Vec<Line<'_>> {
    let rows = table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1);
    let row = |l| {
        let [kind, status, speaker, text] = <[&str; 4]>::try_from(str::split(l, '\t').collect::<Vec<_>>()).unwrap();
        Line { kind, status, speaker, text }
    };
    rows.map(row).collect()
}

fn read(text: &str) -> Reading {
    let (document, _) = read_text("line.txt", text.as_bytes()).unwrap_or_else(|d| panic!("{d}"));
    read_document(&document).unwrap_or_else(|e| panic!("{e}"))
}

/// What the facts of the wanted kind say, where none of them is as wanted.
fn disagreement(line: &Line<'_>) -> Option<String> {
    let reading = read(line.text);
    let found: Vec<(String, String)> = reading
        .facts
        .iter()
        .filter(|f| f.kind == line.kind)
        .map(|f| {
            (f.status.as_str().to_owned(), f.attributed_to.map_or("-".into(), |w| reading.members[w].label.clone()))
        })
        .collect();
    let fits = |(status, speaker): &(String, String)| {
        line.status.split('|').any(|s| s == status) && (line.speaker == "*" || line.speaker == speaker)
    };
    let [one] = found.as_slice() else { return Some(format!("{found:?}")) };
    (!fits(one)).then(|| format!("{} by {}", one.0, one.1))
}

#[test]
fn status_and_speaker_are_as_an_analyst_says() {
    let lines = read_lines(include_str!("status.tsv"));
    assert!(lines.len() >= 150);
    let wrong: Vec<String> = lines
        .iter()
        .filter_map(|l| {
            Some(format!("{} {} by {}: {}\n    got {}", l.kind, l.status, l.speaker, l.text, disagreement(l)?))
        })
        .collect();
    let right = 1.0 - wrong.len() as f64 / lines.len() as f64;
    assert!(right >= ENOUGH, "{:.1} % right\n{}", right * 100.0, wrong.join("\n"));
}
