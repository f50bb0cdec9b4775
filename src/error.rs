//! Why a command could not do its work at all.
//!
//! Law: bad set-up is one clear error with a hint; bad input never becomes one (see [`crate::diagnostic`]).

use std::path::PathBuf;

/// The result of anything that bad set-up can stop.
pub type Result<T> = std::result::Result<T, Error>;

/// A reason to stop.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder of the graph, or an output, could not be read or written.
    #[error("cannot {action} {path}: {cause}")]
    File {
        /// `read`, `write`, `create`, …
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A file of `ontology/` or `queries/` is wrong.
    #[error("{file}:{line}:{column}: {message}")]
    Knowledge {
        /// The file, relative to the project.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong and what was expected.
        message: String,
    },
    /// Anything else that one sentence says.
    #[error("{message}")]
    Other {
        /// The sentence.
        message: String,
        /// What to do.
        hint: Option<String>,
    },
}

impl Error {
    /// A file that could not be worked with.
    pub fn file(action: &'static str, path: impl Into<PathBuf>, cause: std::io::Error) -> Self {
        Self::File { action, path: path.into(), cause }
    }

    /// A sentence and what to do about it.
    pub fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Other { message: message.into(), hint: Some(hint.into()) }
    }

    /// A sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Other { message: message.into(), hint: None }
    }

    /// What the user may do about it, where that is known.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Other { hint, .. } => hint.clone(),
            Self::File { action, cause, path } => match cause.kind() {
                std::io::ErrorKind::NotFound if *action == "write" => {
                    Some("the folder is not there: make it first, or name another".into())
                }
                std::io::ErrorKind::NotFound => {
                    Some("check the spelling, or build the graph first: dossier build PATH".into())
                }
                std::io::ErrorKind::PermissionDenied => Some(format!("check the permissions of {}", path.display())),
                std::io::ErrorKind::StorageFull => {
                    Some("free some space and run the command again; the graph is as it was".into())
                }
                _ => None,
            },
            Self::Knowledge { .. } => None,
        }
    }
}
