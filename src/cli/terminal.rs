//! Where a command speaks: data on standard output, talk on standard error, as wide and as coloured as each allows.
//!
//! Law: colour follows the terminal and `NO_COLOR`; a reader that has gone away (a broken pipe) is no error.

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use dossier::diagnostic::{Diagnostic, Severity};
use dossier::error::Error;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

/// Bold.
pub(crate) const BOLD: Style = Style::new().bold();
/// For what matters less.
pub(crate) const DIM: Style = Style::new().dimmed();
/// For names that can be typed.
pub(crate) const NAME: Style = AnsiColor::Cyan.on_default();

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Blue.on_default().bold();

/// Width where no terminal tells one.
const WIDTH: u16 = 100;
/// Prose wider than this is hard to read.
const PROSE: usize = 110;

/// Standard output, buffered. Once its reader has gone, what follows is written nowhere.
pub(crate) struct Output {
    to: Box<dyn Write>,
    closed: bool,
}

impl Output {
    /// Takes standard output for data: what is written arrives byte for byte.
    pub(crate) fn open() -> BufWriter<Self> {
        Self::buffered(Box::new(io::stdout().lock()))
    }

    /// Takes standard output for prose with styles, which are left out where it is no terminal or `NO_COLOR` is set.
    pub(crate) fn styled() -> BufWriter<Self> {
        Self::buffered(Box::new(AutoStream::auto(io::stdout().lock())))
    }

    fn buffered(to: Box<dyn Write>) -> BufWriter<Self> {
        BufWriter::with_capacity(1 << 16, Self { to, closed: false })
    }

    fn unless_closed<T>(&mut self, result: io::Result<T>, otherwise: T) -> io::Result<T> {
        match result {
            Err(cause) if cause.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(otherwise)
            }
            result => result,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let written = self.to.write(bytes);
        self.unless_closed(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let flushed = self.to.flush();
        self.unless_closed(flushed, ())
    }
}

/// The error of an output that cannot be written, such as a full disk behind `>`.
pub(crate) fn cannot_write(cause: impl Display) -> Error {
    Error::new(format!("cannot write to standard output: {cause}"))
}

/// Columns of the terminal behind standard output; `COLUMNS` or 100 where there is none.
pub(crate) fn width() -> u16 {
    let stated = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let probe = comfy_table::Table::new();
    probe.width().or_else(stated).unwrap_or(WIDTH).max(20)
}

/// Columns for prose.
pub(crate) fn prose_width() -> usize {
    usize::from(width()).min(PROSE)
}

/// A line of talk on standard error.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// An error that stopped the command, and its hint.
pub(crate) fn report_error(error: &Error) {
    say(format_args!("{ERROR}error:{ERROR:#} {error}"));
    if let Some(hint) = error.hint() {
        say(format_args!("  {BOLD}hint:{BOLD:#} {hint}"));
    }
}

/// Findings about inputs, one after the other.
pub(crate) fn report_diagnostics(diagnostics: &[Diagnostic]) {
    let mut err = anstream::stderr().lock();
    for diagnostic in diagnostics {
        let _ = write_diagnostic(&mut err, diagnostic);
    }
}

fn write_diagnostic(err: &mut impl Write, diagnostic: &Diagnostic) -> io::Result<()> {
    let (style, word) = match diagnostic.severity {
        Severity::Error => (ERROR, "error"),
        Severity::Warning => (WARNING, "warning"),
        Severity::Note => (NOTE, "note"),
    };
    write!(err, "{}", diagnostic.source)?;
    if let Some((line, column)) = diagnostic.place {
        write!(err, ":{line}:{column}")?;
    }
    writeln!(err, ": {style}{word}:{style:#} {}", diagnostic.message)?;
    match &diagnostic.hint {
        Some(hint) => writeln!(err, "  {BOLD}hint:{BOLD:#} {hint}"),
        None => Ok(()),
    }
}

/// A bar on standard error that counts `total` steps; invisible where standard error is no terminal.
pub(crate) fn progress(total: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr_with_hz(10));
    match ProgressStyle::with_template("reading {bar:32} {pos}/{len}  {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// `1 fact`, `3 facts`, `2,140 facts`.
pub(crate) fn count(number: usize, one: &str) -> String {
    let digits = number.to_string();
    let grouped: Vec<&str> =
        (0..digits.len()).rev().step_by(3).filter_map(|end| digits.get(end.saturating_sub(2)..=end)).collect();
    let grouped: Vec<&str> = grouped.into_iter().rev().collect();
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {one}{ending}", grouped.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_as_people_write_them() {
        let counts = [0, 1, 12, 123, 1234, 1_234_567].map(|n| count(n, "fact"));
        assert_eq!(counts, ["0 facts", "1 fact", "12 facts", "123 facts", "1,234 facts", "1,234,567 facts"]);
    }
}
