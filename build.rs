//! Packs the fonts, lists the files of `queries/` and the documents of `data/`, so that a new one is a new file and no new Rust,
//! and takes a fingerprint of what a reading depends on, so that a graph is read again when the knowledge or the code that reads
//! has changed.

#[allow(dead_code, unreachable_pub, reason = "the program unpacks what is packed here")]
#[path = "src/packed.rs"]
mod packed;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let project = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fingerprint_knowledge(&project)?;
    link_smaller(&out)?;
    fs::write(out.join("regular.ttf.gz"), packed::pack(dejavu::sans_condensed::regular())?)?;
    fs::write(out.join("bold.ttf.gz"), packed::pack(dejavu::sans_condensed::bold())?)?;
    fs::write(out.join("ascii.gz"), packed::pack(list_ascii().as_bytes())?)?;
    let tables = [
        project.join("data/reference"),
        project.join("ontology/lexicon/given_names.tsv"),
        project.join("ontology/lexicon/surnames.tsv"),
    ];
    fs::write(out.join("reference.rs"), pack_tables(&tables, &out)?)?;
    let root = project.join("queries");
    let mut files = Vec::new();
    list(&root, Some("rq"), &mut files)?;
    let name = |file: &Path| file.strip_prefix(&root).unwrap_or(file).with_extension("");
    fs::write(out.join("queries.rs"), table_of(files, name))?;
    let sample = list_sample(&project.join("data"))?;
    fs::write(out.join("sample.rs"), table_of(sample, |file| PathBuf::from(file.file_name().unwrap_or_default())))
}

/// Options of the linker that make the program a twentieth smaller.
/// - Functions that came out the same become one. Rust promises nobody that two functions have two addresses, so that nothing can tell;
///   `safe` folds nothing, since rustc does not write which addresses matter.
/// - The addresses that the loader mends are listed in bits. The program can lie anywhere in memory as before; it needs glibc 2.36.
const SMALLER: &[&str] = &["-Wl,--icf=all", "-Wl,-z,pack-relative-relocs"];

/// Asks for those of [`SMALLER`] that this linker knows, and with which a program runs here. Not every linker knows them, and older
/// systems do not start such programs: there the program is larger. What is made for other systems is linked as ever.
fn link_smaller(out: &Path) -> io::Result<()> {
    let given = |name: &str| env::var(name).unwrap_or_default();
    for name in ["CARGO_ENCODED_RUSTFLAGS", "RUSTC_LINKER"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    if given("PROFILE") != "release" || given("TARGET") != given("HOST") || !given("TARGET").ends_with("linux-gnu") {
        return Ok(());
    }
    let (source, program) = (out.join("empty.rs"), out.join("empty"));
    fs::write(&source, "fn main() {}")?;
    for option in SMALLER {
        let mut compiler = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()));
        compiler.args(given("CARGO_ENCODED_RUSTFLAGS").split('\u{1f}').filter(|flag| !flag.is_empty()));
        if !given("RUSTC_LINKER").is_empty() {
            compiler.arg(format!("-Clinker={}", given("RUSTC_LINKER")));
        }
        compiler.arg(format!("-Clink-arg={option}")).arg("-o").arg(&program).arg(&source);
        let links = compiler.output().is_ok_and(|done| done.status.success());
        if links && Command::new(&program).status().is_ok_and(|status| status.success()) {
            println!("cargo:rustc-link-arg-bins={option}");
        }
    }
    Ok(())
}

/// The letters of each character that has any, by blocks of 256, as `src/ascii.rs` reads them.
fn list_ascii() -> String {
    let mut text = String::new();
    for block in 0..=u32::from(char::MAX) / 256 {
        let characters = (0..256).map(|at| char::from_u32(block * 256 + at).filter(|c| !c.is_ascii()));
        let letters: Vec<&str> = characters.map(|c| c.map_or("", any_ascii::any_ascii_char)).collect();
        if letters.iter().any(|word| !word.is_empty()) {
            let _ = writeln!(text, "{block:x}\n{}", letters.join("\t").trim_end_matches('\t'));
        }
    }
    text
}

/// Packs tables into `out`, and gives Rust for a slice of their names and packed bytes, by name.
fn pack_tables(places: &[PathBuf], out: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for place in places {
        list(place, Some("tsv"), &mut files)?;
    }
    files.sort_by_key(|file| file.file_name().map(ToOwned::to_owned));
    let mut code = String::from("&[\n");
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let packed = out.join(format!("{name}.gz"));
        fs::write(&packed, packed::pack(&fs::read(&file)?)?)?;
        let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", packed.to_string_lossy());
    }
    code.push_str("]\n");
    Ok(code)
}

/// Rust for a slice of names and texts, by name.
fn table_of(mut files: Vec<PathBuf>, name: impl Fn(&Path) -> PathBuf) -> String {
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let name = name(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", file.to_string_lossy());
    }
    code.push_str("]\n");
    code
}

/// The documents at the top of `data`, and the metadata beside them.
fn list_sample(data: &Path) -> io::Result<Vec<PathBuf>> {
    println!("cargo:rerun-if-changed={}", data.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let is_document = ["md", "txt", "html", "json", "yaml"].contains(&ending.as_str());
        if path.is_file() && is_document && path.file_stem().is_some_and(|stem| stem != "README") {
            files.push(path);
        }
    }
    Ok(files)
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
