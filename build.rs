//! Lists the files of `queries/`, so that a new query is a new file and no new Rust; and takes a fingerprint of what a reading
//! depends on, so that a graph is read again when the knowledge or the code that reads has changed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let project = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let root = project.join("queries");
    let mut files = Vec::new();
    list(&root, Some("rq"), &mut files)?;
    files.sort();
    fingerprint_knowledge(&project)?;
    let mut code = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", file.to_string_lossy());
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("queries.rs"), code)
}

/// What a reading depends on, below the project's folder.
const KNOWLEDGE: &[&str] = &[
    "ontology",
    "data/reference",
    "src/ontology",
    "src/read",
    "src/segment",
    "src/language",
    "src/recognise",
    "src/resolve",
    "src/extract",
    "src/map",
    "src/pipeline.rs",
];

/// Sets `DOSSIER_KNOWLEDGE` to a 64-bit FNV-1a hash over the names and bytes of all files of knowledge; CR does not count, so that
/// every checkout has the same.
fn fingerprint_knowledge(project: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for part in KNOWLEDGE {
        list(&project.join(part), None, &mut files)?;
    }
    let mut named: Vec<(String, PathBuf)> = Vec::new();
    for file in files {
        let name = file.strip_prefix(project).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        named.push((name, file));
    }
    named.sort();
    // What is computed from the graph when it is asked changes no reading.
    let asked = ["ontology/rules/", "ontology/network.yaml"];
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for (name, file) in named {
        println!("cargo:rerun-if-changed={}", file.display());
        if asked.iter().any(|part| name.starts_with(part)) {
            continue;
        }
        let bytes = fs::read(&file)?;
        for byte in name.bytes().chain([0]).chain(bytes.into_iter().filter(|byte| *byte != b'\r')) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo:rustc-env=DOSSIER_KNOWLEDGE={hash:016x}");
    Ok(())
}

/// The files in `folder`, at any depth, that have the given ending or any; a file is itself.
fn list(folder: &Path, ending: Option<&str>, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.is_file() {
        files.push(folder.to_owned());
        return Ok(());
    }
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, ending, files)?;
        } else if ending.is_none_or(|ending| path.extension().is_some_and(|found| found == ending)) {
            files.push(path);
        }
    }
    Ok(())
}
