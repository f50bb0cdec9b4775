//! PDF and Word documents: reading order, pages, notes, and what is said of those that cannot be read.
//!
//! `tests/formats/brief.pdf` is made of our own `brief.ms`: groff -Tpdf -ms -Kutf8 brief.ms > brief.pdf

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use dossier::diagnostic::Diagnostic;
use dossier::pipeline::read_document;
use dossier::read::{Document, read_text};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

fn read(name: &str, bytes: &[u8]) -> Document {
    read_text(name, bytes).unwrap_or_else(|diagnostic| panic!("{diagnostic}")).0
}

/// A PDF with one content stream a page, in Helvetica.
fn make_pdf(pages: &[&str]) -> Vec<u8> {
    make_pdf_with(pages, "")
}

/// The same, with a form `X` that may draw itself.
fn make_pdf_with(pages: &[&str], form: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let resources = format!("<< /Font << /F 3 0 R >> /XObject << /X {} 0 R >> >>", 4 + 2 * pages.len());
    let mut kids = String::new();
    for content in pages {
        let at = objects.len() + 1;
        write!(kids, "{at} 0 R ").unwrap();
        let page =
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents";
        objects.push(format!("{page} {} 0 R >>", at + 1));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let kind = format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources {resources}");
    objects.push(format!("<< {kind} /Length {} >>\nstream\n{form}\nendstream", form.len()));
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let mut pdf = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(&objects) {
        writeln!(table, "{:010} 00000 n ", pdf.len()).unwrap();
        write!(pdf, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let (at, size) = (pdf.len(), objects.len() + 1);
    write!(pdf, "xref\n0 {size}\n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n").unwrap();
    pdf.into_bytes()
}

/// Shows lines from the left, each a line lower.
fn lines(x: u32, y: u32, size: u32, lines: &[&str]) -> String {
    let shown: String = lines.iter().map(|line| format!("({line}) Tj T* ")).collect();
    format!("BT /F {size} Tf {} TL {x} {y} Td {shown}ET\n", size + 2)
}

/// A .docx of one `word/document.xml`.
fn make_docx(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    write!(archive, "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").unwrap();
    archive.finish().unwrap().into_inner()
}

/// Each of `words` stands in the text, behind the one before.
#[track_caller]
fn check_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at = text[from..].find(word);
        assert!(
            at.is_some(),
            "“{word}” is not behind {:?} in:\n{text}",
            &text[..from].chars().rev().take(60).collect::<String>()
        );
        from += at.unwrap() + word.len();
    }
}

#[test]
fn two_columns_notes_and_heads_of_a_typeset_brief() {
    let document = read("brief.pdf", &std::fs::read("tests/formats/brief.pdf").unwrap());
    check_order(
        &document.text,
        &[
            "Estonia and Peru: a decade of relations",
            "coming years.",
            "She met Peruvian President José Quispe at the government palace in Lima on 3 May 2024.",
            "reached $120 million in 2023.¹",
            "Trade between Estonia and Peru grew by 12 percent in 2023.",
            "long-term plan names machinery",
            "The institute recommends",
            "students have passed abroad.",
        ],
    );
    assert!(document.text.contains("\n¹ Statistics Estonia"), "{}", document.text);
    assert!(!document.text.contains("Policy Brief 14/2024"), "a running head is left:\n{}", document.text);
    assert!(document.pages.len() >= 2, "{:?}", document.pages);
    let facts = read_document(&document).unwrap().facts;
    assert!(facts.iter().all(|fact| !fact.evidence[0].quote.contains("Statistics Estonia")), "{facts:?}");
    let visit = facts.iter().find(|fact| fact.kind == "Visit").unwrap();
    assert_eq!(document.page_of(visit.evidence[0].span), Some(1));
}

#[test]
fn pages_are_counted_and_their_numbers_left_out() {
    let page = |number: u32, words: &[&str]| {
        lines(72, 810, 8, &["Harbour Courier"])
            + &lines(72, 600, 11, words)
            + &lines(290, 20, 8, &[&number.to_string()])
    };
    let pdf = make_pdf(&[
        &page(
            1,
            &[
                "President Ana Ilves of Estonia visited Peru in May 2024. The two coun-",
                "tries signed nothing then, and talked about",
            ],
        ),
        &page(2, &["the weather of the season.", "", "", "Ana Ilves visited Ghana in June 2024."]),
    ]);
    let document = read("courier.pdf", &pdf);
    let expected = "President Ana Ilves of Estonia visited Peru in May 2024. The two countries signed nothing then, and talked about \
                    the weather of the season.\n\nAna Ilves visited Ghana in June 2024.\n";
    assert_eq!(document.text, expected);
    let facts = read_document(&document).unwrap().facts;
    let pages: Vec<_> =
        facts.iter().filter(|f| f.kind == "Visit").map(|f| document.page_of(f.evidence[0].span).unwrap()).collect();
    assert_eq!(pages, [1, 2]);
}

#[track_caller]
fn check_refused(name: &str, bytes: &[u8], says: &str) {
    let said: Diagnostic = read_text(name, bytes).unwrap_err();
    assert!(said.to_string().contains(says) && said.hint.is_some(), "{said}");
}

#[test]
fn what_cannot_be_read_is_said_with_a_hint() {
    let good = make_pdf(&[&lines(72, 600, 11, &["Ana Ilves visited Peru."])]);
    check_refused("scan.pdf", &make_pdf(&["0 0 100 100 re f"]), "no text layer");
    check_refused("junk.pdf", b"%PDF-1.7\nnothing of it is right", "broken");
    check_refused("none.pdf", b"no PDF at all, but text", "broken");
    check_refused("junk.docx", b"PK\x03\x04 and so on", "broken");
    check_refused("old.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "older Word file");
    check_refused("blank.docx", &make_docx("<w:p/>"), "holds no text");
    check_refused("wrong.docx", &make_docx("<w:p><w:r></w:p>"), "broken");
    // Cut anywhere, it is read or refused, and nothing panics.
    for end in (0..good.len()).step_by(37) {
        let _ = read_text("cut.pdf", &good[..end]);
    }
}

/// Forms that draw one another for ever, and operations without end.
#[test]
fn what_would_never_end_ends() {
    let first = lines(72, 600, 11, &["Ana Ilves visited Peru."]) + "/X Do";
    let drawn = make_pdf_with(&[&first], &("/X Do ".repeat(400) + &lines(72, 500, 11, &["Again."])));
    assert!(read("forms.pdf", &drawn).text.starts_with("Ana Ilves visited Peru."));
    let endless = "q ".repeat(300_000) + &lines(72, 600, 11, &["Ana Ilves visited Peru."]);
    assert!(read("endless.pdf", &make_pdf(&[&endless])).text.contains("Ana Ilves visited Peru."));
}

#[test]
fn word_documents_keep_lists_tables_notes_and_pages() {
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let paragraph = |words: &str| format!("<w:p>{}</w:p>", run(words));
    let body = paragraph("President Ana Ilves of Estonia visited Peru in May 2024.")
        + "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
        + &format!(
            "<w:p><w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr>{}</w:p>",
            run("Ana Ilves visited Ghana in June 2024.")
        );
    let document = read("brief.docx", &make_docx(&body));
    assert_eq!(
        document.text,
        "President Ana Ilves of Estonia visited Peru in May 2024.\n\n• Ana Ilves visited Ghana in June 2024.\n"
    );
    let facts = read_document(&document).unwrap().facts;
    let pages: Vec<_> =
        facts.iter().filter(|f| f.kind == "Visit").map(|f| document.page_of(f.evidence[0].span).unwrap()).collect();
    assert_eq!(pages, [1, 2]);
}
