//! Reading from disk: folders, formats, metadata beside a file, and bad input, each with what is said about it.

#![allow(clippy::unwrap_used, reason = "a test that cannot set up its folder must fail")]

use dossier::diagnostic::Severity;
use dossier::read::{find_sources, read_source};
use std::path::{Path, PathBuf};

const PROSE: &str = "The two ministers signed an agreement on the port and on fish on Monday afternoon.\n";

/// A folder of files: name and content.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

/// Reads `paths` (relative to `root`) and returns identifiers of the documents read, and all that was said.
fn read_all(root: &Path, paths: &[&str]) -> (Vec<String>, Vec<String>) {
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    let (sources, findings) = find_sources(&paths);
    let (mut read, mut said) = (Vec::new(), findings);
    for source in &sources {
        match read_source(source) {
            Ok((document, findings)) => {
                read.push(document.id);
                said.extend(findings);
            }
            Err(finding) => said.push(finding),
        }
    }
    let said = said.into_iter().map(|finding| finding.to_string().replace(&format!("{}/", root.display()), ""));
    (read, said.collect())
}

/// Reads the whole folder: exactly these documents are read and each of these is said about it.
#[track_caller]
fn check(files: &[(&str, &[u8])], read: &[&str], says: &[&str]) {
    let folder = folder(files);
    let (found, said) = read_all(folder.path(), &[""]);
    assert_eq!(found, read, "{said:#?}");
    for part in says {
        assert!(said.iter().any(|finding| finding.contains(part)), "`{part}` is not among {said:#?}");
    }
}

#[test]
fn reads_folders() {
    let dated = format!("---\ndate: 2024-07-12\n---\n{PROSE}");
    let page = format!("<html><body><article><p>{PROSE}</p><p>{PROSE}</p></article></body></html>");
    check(
        &[
            ("b/visit.txt", PROSE.as_bytes()),
            ("a/visit.md", dated.as_bytes()),
            ("page.html", page.as_bytes()),
            ("README.md", b"# About"),
            (".hidden.txt", b"x"),
            ("table.csv", b"a,b"),
            ("other.csv", b"a,b"),
            ("lost.meta.json", b"{}"),
        ],
        &["a-visit", "b-visit", "page"],
        &[
            "2 files with the ending .csv not read; there is no mapping beside them",
            "README.md: note",
            "lost.meta.json: warning: describes no document",
            "b/visit.txt: note: the document has no date",
        ],
    );
}

#[test]
fn every_bad_input_is_said_and_the_rest_is_read() {
    check(
        &[
            ("good.txt", PROSE.as_bytes()),
            ("empty.txt", b""),
            ("blank.txt", b" \n\t\n\xC2\xA0"),
            ("binary.txt", b"abc\0\x01\x02\0def"),
            ("really.txt", b"%PDF-1.4 ..."),
            ("broken.txt", &[PROSE.as_bytes(), b"caf\xC3\xA9 \xFF \xC3\xA9 \xC3\xA9\n"].concat()),
            ("bom.txt", &PROSE.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        ],
        &["bom", "broken", "good"],
        &[
            "empty.txt: error: the file is empty",
            "blank.txt: error: the file holds nothing but white space",
            "binary.txt: error: this is a binary file",
            "really.txt: error: this is a PDF",
            "broken.txt:2:6: warning: invalid UTF-8",
            "bom.txt: note: read as UTF-16LE",
        ],
    );
    check(&[("x/data.json", b"{}")], &[], &["warning: the folder holds no documents"]);
}

#[test]
fn metadata_beside_a_file_is_used_or_explained() {
    let text = PROSE.as_bytes();
    check(
        &[("a.txt", text), ("a.meta.json", b"{\"title\": \"T\"\n \"date\": 1}")],
        &["a"],
        &["a.meta.json:2:2: warning: malformed JSON"],
    );
    check(
        &[("a.txt", text), ("a.meta.yaml", b"titel: T\ndate: soon\n")],
        &["a"],
        &["did you mean `title`?", "no date with a year can be read from `soon`"],
    );
    let folder = folder(&[
        ("a.txt", text),
        ("a.meta.json", b"{\"title\": \"T\", \"publisher\": \"W\", \"date\": \"2019 (approx.)\"}"),
    ]);
    let (sources, _) = find_sources(&[folder.path().into()]);
    let (document, findings) = read_source(&sources[0]).unwrap();
    let metadata = &document.articles[0].metadata;
    assert_eq!((metadata.title.as_deref(), metadata.publisher.as_deref()), (Some("T"), Some("W")));
    assert_eq!(metadata.date.map(|date| date.to_string()).as_deref(), Some("2019"));
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn paths_that_lead_nowhere() {
    let folder = folder(&[("visit-peru.txt", PROSE.as_bytes()), ("sheet.xlsx", b"x")]);
    let (_, said) = read_all(folder.path(), &["visit-preu.txt", "sheet.xlsx"]);
    assert!(said.iter().any(|s| s.starts_with("visit-preu.txt: error: no such file") && s.contains("did you mean visit-peru.txt?")), "{said:#?}");
    assert!(said.iter().any(|s| s.starts_with("sheet.xlsx: note: not read")), "{said:#?}");
}

#[cfg(unix)]
#[test]
fn dangling_links_and_loops() {
    let folder = folder(&[("in/good.txt", PROSE.as_bytes())]);
    std::os::unix::fs::symlink("nowhere.txt", folder.path().join("in/dangling.txt")).unwrap();
    std::os::unix::fs::symlink(".", folder.path().join("in/loop")).unwrap();
    let (read, said) = read_all(folder.path(), &["in", "in/dangling.txt"]);
    assert_eq!(read, ["good"]);
    assert!(
        said.iter().any(|s| s.starts_with("in/dangling.txt: error: a link to a file that is not there")),
        "{said:#?}"
    );
    assert!(said.iter().any(|s| s.starts_with("in/loop: warning: a link that leads back")), "{said:#?}");
}

#[test]
fn a_huge_file_is_refused() {
    let folder = folder(&[("good.txt", PROSE.as_bytes())]);
    let huge = std::fs::File::create(folder.path().join("huge.txt")).unwrap();
    huge.set_len(200 << 20).unwrap();
    let (read, said) = read_all(folder.path(), &[""]);
    assert_eq!(read, ["good"]);
    assert!(said.iter().any(|s| s.starts_with("huge.txt: error: larger than 64 MiB")), "{said:#?}");
}

#[test]
fn order_of_paths_does_not_matter() {
    let folder = folder(&[("a/x.txt", PROSE.as_bytes()), ("b/x.txt", PROSE.as_bytes()), ("b/x.md", PROSE.as_bytes())]);
    let paths: Vec<PathBuf> = ["a", "b", "b/x.md"].iter().map(|path| folder.path().join(path)).collect();
    let reversed: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    let (sources, findings) = find_sources(&paths);
    assert_eq!((sources.clone(), findings.clone()), find_sources(&reversed));
    assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["a-x", "b-x-md", "b-x-txt"]);
    assert!(findings.iter().all(|finding| finding.severity < Severity::Error));
}
