//! What is wrong with an input, said so that a person can mend it.
//!
//! Law: bad input is a diagnostic. It names the file, the place, what was expected and what to do; the rest goes on.

use serde::Serialize;
use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Read, with something to know.
    Note,
    /// Read, but part of it may be missing or wrong.
    Warning,
    /// Not read.
    Error,
}

/// One finding about one input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// The file (or `<stdin>`) as the user named it.
    pub source: String,
    /// Line and column, both from 1, in scalars, where a place is known.
    pub place: Option<(usize, usize)>,
    /// How bad it is.
    pub severity: Severity,
    /// What was found and what was expected, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A finding without place or hint.
    pub fn new(severity: Severity, source: impl Into<String>, message: impl Into<String>) -> Self {
        Self { source: source.into(), place: None, severity, message: message.into(), hint: None }
    }

    /// An input that could not be read.
    pub fn error(source: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, source, message)
    }

    /// An input that was read with a doubt.
    pub fn warning(source: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, source, message)
    }

    /// Adds line and column, both from 1.
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.place = Some((line, column));
        self
    }

    /// Adds what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        let word = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, ": {word}: {}", self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}
