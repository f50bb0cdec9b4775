//! How a query is answered and what each step costs.

use crate::error::{Error, Result};
use serde::Deserialize;
use std::io::{self, Write};

/// One step of the plan with those that it draws on.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Plan {
    /// What is done, in the words of the engine.
    pub name: String,
    /// Rows that came out of it.
    #[serde(rename = "number of results", default)]
    pub rows: u64,
    /// Seconds spent in it and below it.
    #[serde(rename = "duration in seconds", default)]
    pub seconds: f64,
    /// What it draws on.
    #[serde(default)]
    pub children: Vec<Plan>,
}

#[derive(Deserialize)]
struct Explained {
    plan: Plan,
}

impl Plan {
    /// Reads what Oxigraph tells in JSON.
    pub(super) fn parse(json: &[u8]) -> Result<Self> {
        let explained: Explained = serde_json::from_slice(json)
            .map_err(|cause| Error::new(format!("the engine's plan cannot be read: {cause}")))?;
        Ok(explained.plan)
    }

    /// Writes rows, milliseconds and steps, each below the one that draws on it; IRIs with prefixes.
    ///
    /// # Errors
    /// `out` cannot be written.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{:>10}  {:>10}  step", "rows", "ms")?;
        self.write_below(0, out)
    }

    fn write_below(&self, depth: usize, out: &mut impl Write) -> io::Result<()> {
        let Self { name, rows, seconds, .. } = self;
        let name = super::why::show(name);
        writeln!(out, "{rows:>10}  {:>10.3}  {:indent$}{name}", seconds * 1000.0, "", indent = depth * 2)?;
        self.children.iter().try_for_each(|child| child.write_below(depth + 1, out))
    }
}
