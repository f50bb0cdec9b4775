//! A folder of its own in which the program runs, 100 columns wide and without colour.

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use std::fs;
use tempfile::TempDir;

/// A folder with the graph of some documents: name, date and text of each.
pub(crate) fn build(documents: &[(&str, &str, &str)]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (name, date, text) in documents {
        fs::write(home.path().join(format!("{name}.md")), format!("---\ndate: {date}\n---\n\n{text}\n")).unwrap();
    }
    run(&home, &["build", "."]).success();
    home
}

/// Runs the program there.
pub(crate) fn run(home: &TempDir, args: &[&str]) -> Assert {
    let mut command = Command::cargo_bin("dossier").unwrap();
    command.current_dir(home.path()).args(args).env("NO_COLOR", "1").env("COLUMNS", "100").assert()
}

/// What the program writes to standard output; it must succeed.
pub(crate) fn read(home: &TempDir, args: &[&str]) -> String {
    String::from_utf8(run(home, args).success().get_output().stdout.clone()).unwrap()
}
