//! How sure a text is of what it states.

use serde::{Deserialize, Serialize};

/// How sure the text is; these never merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Stated as so.
    #[default]
    Asserted,
    /// Announced, upcoming, negotiated, a goal.
    Planned,
    /// May, could, considered.
    Possible,
    /// Stated as not so.
    Denied,
}

impl Status {
    /// Lower-case word, as in the contract of `dossier facts`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Planned => "planned",
            Self::Possible => "possible",
            Self::Denied => "denied",
        }
    }
}

impl std::str::FromStr for Status {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Asserted, Self::Planned, Self::Possible, Self::Denied].into_iter().find(|s| s.as_str() == text).ok_or(())
    }
}
