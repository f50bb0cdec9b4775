//! PDF -> plain text with its pages: the text layer in reading order.
//!
//! Law: a broken, locked or scanned file is a diagnostic; what the file asks to be drawn is bounded (see [`MAX_OPERATIONS`]), so
//! that none takes for ever.

mod font;
mod glyphs;
mod layout;
mod pages;

use super::metadata::known_title;
use super::{Extracted, Metadata};
use crate::diagnostic::Diagnostic;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most operations of all content streams of one file: some hundred thousand pages of text.
const MAX_OPERATIONS: usize = 20_000_000;
/// Most pages that are read.
const MAX_PAGES: usize = 20_000;

/// Reads the text layer of a PDF.
///
/// # Errors
/// A diagnostic where it is locked, broken, or holds pictures of pages only.
pub(super) fn read_pdf(shown: &str, bytes: &[u8]) -> Result<Extracted, Diagnostic> {
    // The parser is safe Rust, but not ours: should it panic, that is this file's trouble only.
    let read = catch_unwind(AssertUnwindSafe(|| extract(shown, bytes)));
    read.unwrap_or_else(|_| Err(broken(shown)))
}

fn extract(shown: &str, bytes: &[u8]) -> Result<Extracted, Diagnostic> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| explain(shown, error))?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(broken(shown));
    }
    let (mut budget, mut fonts) = (MAX_OPERATIONS, glyphs::Fonts::default());
    let mut drawn: Vec<glyphs::Drawn> =
        pages.iter().take(MAX_PAGES).map(|page| glyphs::draw_page(page, &mut fonts, &mut budget)).collect();
    let letters: usize =
        drawn.iter().map(|page| page.runs.iter().map(|run| run.text.trim().len()).sum::<usize>()).sum();
    if letters < 3 * drawn.len().min(20) {
        let message = "this PDF has no text layer: its pages are pictures, or the file is cut off";
        return Err(
            Diagnostic::error(shown, message).hint("run it through OCR first, for instance: ocrmypdf IN.pdf OUT.pdf")
        );
    }
    let mut findings = Vec::new();
    let unreadable: usize = drawn.iter().map(|page| page.unreadable).sum();
    if unreadable * 20 > letters {
        let message = "many letters of this PDF have no known meaning (its fonts say none); they are left out";
        findings.push(Diagnostic::warning(shown, message).hint("check the kept text; OCR may read it better"));
    }
    if budget == 0 || pages.len() > MAX_PAGES {
        findings.push(Diagnostic::warning(shown, "this PDF is too large: its end is not read"));
    }
    pages::strip_running_heads(&mut drawn);
    let (text, pages) = pages::join_pages(drawn.iter().map(layout::lay_out).collect());
    let stated = read_info(&pdf, &text);
    Ok(Extracted { text, stated, body: 0, pages, findings })
}

fn broken(shown: &str) -> Diagnostic {
    Diagnostic::error(shown, "this PDF is broken: no page of it can be read")
        .hint("open it in a viewer and save it anew")
}

fn explain(shown: &str, error: LoadPdfError) -> Diagnostic {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            let hint = "save a copy without a password, for instance: qpdf --decrypt --password=… IN.pdf OUT.pdf";
            Diagnostic::error(shown, "this PDF is locked: it asks for a password").hint(hint)
        }
        LoadPdfError::Decryption(_) => {
            let hint = "save a copy that is not encrypted";
            Diagnostic::error(shown, "this PDF is encrypted in a way that cannot be read").hint(hint)
        }
        LoadPdfError::Invalid => broken(shown),
    }
}

/// The title that the file states, where its pages bear it; programs leave all kinds of things there.
fn read_info(pdf: &Pdf, text: &str) -> Metadata {
    let info = pdf.metadata();
    let decode = |bytes: &[u8]| match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        other => encoding_rs::WINDOWS_1252.decode_without_bom_handling(other).0.into_owned(),
    };
    let title = info.title.as_deref().map(decode);
    Metadata { title: known_title(title, text), ..Metadata::default() }
}
