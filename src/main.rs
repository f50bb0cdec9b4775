//! The `dossier` command: parse, dispatch, print the error and its hint.

fn main() {}
