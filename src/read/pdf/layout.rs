//! Runs of text on a page -> lines in reading order: columns one after the other, what spans them in its place.
//!
//! Law: a page is cut into columns only where both sides are columns of prose; a table stays in rows.

use super::glyphs::{Drawn, Run};

/// Columns within columns are not looked for deeper.
const MAX_DEPTH: usize = 4;

/// Runs come in order of their base lines, so that a few neighbours tell: a page of a million runs takes no longer than its length.
pub(super) const NEAR: usize = 12;

/// One line of a column.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    /// Where it stands on the page: 0 at the top, 1 at the bottom.
    pub(super) height: f64,
    /// Which stretch of one column it belongs to, counted over the page.
    pub(super) column: usize,
}

/// The lines of a page in reading order.
pub(super) fn lay_out(page: &Drawn) -> Vec<Line> {
    let mut columns = Vec::new();
    let mut runs = page.runs.clone();
    runs.retain(|run| !run.text.trim().is_empty());
    cut_columns(runs, 0, &mut columns);
    let height = page.height.max(1.0);
    let lines = columns.into_iter().enumerate().flat_map(|(column, runs)| {
        group_lines(runs).into_iter().map(move |line| Line { column, height: line.base / height, ..line })
    });
    lines.collect()
}

/// Cuts runs at the gutter that fewest of them cross; those that do cross divide the page into bands.
fn cut_columns(mut runs: Vec<Run>, depth: usize, columns: &mut Vec<Vec<Run>>) {
    runs.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let Some(gutter) = find_gutter(&runs).filter(|_| depth < MAX_DEPTH) else {
        return columns.push(runs);
    };
    for band in split_bands(runs, gutter) {
        let (spanning, band): (Vec<Run>, Vec<Run>) = band.into_iter().partition(|run| crosses(run, gutter));
        if !spanning.is_empty() {
            columns.push(spanning.into_iter().chain(band).collect());
            continue;
        }
        let (left, right) = band.into_iter().partition(|run| run.right <= gutter + run.size);
        for side in [left, right] {
            cut_columns(side, depth + 1, columns);
        }
    }
}

fn crosses(run: &Run, gutter: f64) -> bool {
    run.left < gutter - 0.3 * run.size && run.right > gutter + 0.3 * run.size
}

/// The place between two columns of prose, if there are two.
fn find_gutter(runs: &[Run]) -> Option<f64> {
    let left = runs.iter().map(|run| run.left).min_by(f64::total_cmp)?;
    let right = runs.iter().map(|run| run.right).max_by(f64::total_cmp)?;
    let size = median(runs.iter().map(|run| run.size).collect())?;
    let width = right - left;
    let steps = 60;
    let places = (0..=steps).map(|step| left + width * (0.22 + 0.56 * f64::from(step) / f64::from(steps)));
    let crossed = |place: f64| runs.iter().filter(|run| crosses(run, place)).count();
    let middle = (left + right) / 2.0;
    let best = places
        .map(|place| (crossed(place), (place - middle).abs(), place))
        .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))?;
    let (count, _, gutter) = best;
    let free = |side: bool| -> Vec<&Run> {
        runs.iter().filter(|run| !crosses(run, gutter) && (run.left < gutter) == side).collect()
    };
    let (one, other) = (free(true), free(false));
    let lower =
        |runs: &[&Run]| runs.iter().map(|run| run.base).fold((f64::MAX, f64::MIN), |(a, b), y| (a.min(y), b.max(y)));
    let ((top, bottom), (upper, under)) = (lower(&one), lower(&other));
    let side_by_side = top < under && upper < bottom;
    (count * 4 <= runs.len() && side_by_side && is_column(&one, size) && is_column(&other, size)).then_some(gutter)
}

/// Four lines or more of some length.
fn is_column(runs: &[&Run], size: f64) -> bool {
    let mut bases: Vec<f64> = runs.iter().map(|run| run.base).collect();
    bases.sort_by(f64::total_cmp);
    bases.dedup_by(|a, b| (*a - *b).abs() < 0.5 * size);
    let letters: usize = runs.iter().map(|run| run.text.chars().count()).sum();
    bases.len() >= 4 && letters >= bases.len() * 15
}

/// Stretches of the page in which all runs cross the gutter, or none does.
fn split_bands(runs: Vec<Run>, gutter: f64) -> Vec<Vec<Run>> {
    let across: Vec<(f64, f64)> =
        runs.iter().filter(|run| crosses(run, gutter)).map(|run| (run.base, run.size)).collect();
    let spans = |run: &Run| {
        let from = across.partition_point(|(base, size)| *base < run.base - size.max(run.size));
        across.iter().skip(from).take(NEAR).any(|(base, size)| (base - run.base).abs() < 0.5 * size)
    };
    let mut bands: Vec<(bool, Vec<Run>)> = Vec::new();
    for run in runs {
        let spanning = spans(&run);
        match bands.last_mut() {
            Some((kind, band)) if *kind == spanning => band.push(run),
            _ => bands.push((spanning, vec![run])),
        }
    }
    bands.into_iter().map(|(_, band)| band).collect()
}

/// Joins runs on one base line; raised small ones belong to the line that they are raised from.
fn group_lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let near = |group: &&mut Vec<Run>| {
            group.iter().rev().take(NEAR).any(|other| (run.base - other.base).abs() < 0.45 * run.size.max(other.size))
        };
        match groups.last_mut().filter(near) {
            Some(group) => group.push(run),
            None => groups.push(vec![run]),
        }
    }
    groups.into_iter().filter_map(join_runs).collect()
}

fn join_runs(mut runs: Vec<Run>) -> Option<Line> {
    runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let main = runs.iter().max_by(|a, b| a.size.total_cmp(&b.size).then(a.text.len().cmp(&b.text.len())))?.clone();
    let wide = |pair: &[Run]| matches!(pair, [a, b] if b.left - a.right > main.size);
    // Three cells or more side by side are a row of a table.
    let between = if runs.windows(2).filter(|pair| wide(pair)).count() >= 2 { " | " } else { " " };
    let mut text = String::new();
    let mut end = None;
    for run in &runs {
        let words = run.text.trim();
        let gap = end.map_or(0.0, |end| run.left - end);
        if end.is_some() && gap > main.size {
            text.push_str(between);
        } else if gap > 0.12 * main.size && !text.ends_with(' ') || (end.is_some() && run.text.starts_with(' ')) {
            text.push(' ');
        }
        match raise(run, &main) {
            Some(raised) => text.push_str(&raised),
            None => text.push_str(words),
        }
        if run.text.ends_with(' ') {
            text.push(' ');
        }
        end = Some(run.right);
    }
    let (left, right) = (runs.first()?.left, runs.iter().map(|run| run.right).fold(f64::MIN, f64::max));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Line { text, left, right, base: main.base, size: main.size, height: 0.0, column: 0 })
}

/// The mark of a note: small digits above the base line.
fn raise(run: &Run, main: &Run) -> Option<String> {
    let words = run.text.trim();
    let raised = run.size < 0.85 * main.size && run.base < main.base - 0.12 * main.size;
    (raised && !words.is_empty() && words.chars().all(|c| c.is_ascii_digit())).then(|| superscript(words))
}

/// Digits as superscripts.
pub(super) fn superscript(digits: &str) -> String {
    let above = |c: char| match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' => '⁰',
        digit => digit.to_digit(10).and_then(|value| char::from_u32(0x2070 + value)).unwrap_or(digit),
    };
    digits.chars().map(above).collect()
}

/// The middle one.
pub(super) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, left: f64, base: f64) -> Run {
        Run { text: text.into(), left, right: left + text.len() as f64 * 5.0, base, size: 10.0 }
    }

    #[track_caller]
    fn check(runs: Vec<Run>, expected: &[&str]) {
        let page = Drawn { runs, height: 800.0, unreadable: 0 };
        let lines: Vec<String> = lay_out(&page).into_iter().map(|line| line.text).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut runs = vec![run("A headline that spans the columns of the whole of this page here", 50.0, 40.0)];
        let mut expected = vec!["A headline that spans the columns of the whole of this page here".to_owned()];
        for (x, name) in [(50.0, "left"), (300.0, "right")] {
            for line in 0..5 {
                let text = format!("{name} column of prose line {line}");
                runs.push(run(&text, x, 60.0 + 12.0 * f64::from(line)));
                expected.push(text);
            }
        }
        check(runs, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn tables_stay_in_rows_and_notes_are_raised() {
        check(
            vec![run("2023", 50.0, 40.0), run("Peru", 120.0, 40.0), run("$2 million", 200.0, 40.0)],
            &["2023 | Peru | $2 million"],
        );
        let mark = Run { size: 6.0, base: 36.0, ..run("12", 75.0, 40.0) };
        check(vec![run("Lima.", 50.0, 40.0), mark], &["Lima.¹²"]);
    }
}
