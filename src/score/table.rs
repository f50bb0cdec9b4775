//! Figures -> a table for people.

use super::kinds::SAMPLED;
use super::tally::Tally;
use std::fmt::{Display, Formatter, Result};

/// By kind and for the core: how many, precision, recall and F1, strict and lenient; then status, speakers and quotes.
impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(
            f,
            "{:12} {:>5} {:>6} {:>6} | {:>8} {:>6} {:>6} | {:>9} {:>6} {:>6}",
            "kind", "gold", "found", "aside", "strict P", "R", "F1", "lenient P", "R", "F1"
        )?;
        for (kind, figures) in self.rows() {
            let (strict, lenient) = (figures.strict, figures.lenient);
            let note = if SAMPLED.contains(&kind) { "   (a sample: read recall only)" } else { "" };
            write!(f, "{kind:12} {:5} {:6} {:6} | ", lenient.gold, lenient.found, figures.aside)?;
            write!(f, "{:8.3} {:6.3} {:6.3} | ", strict.precision(), strict.recall(), strict.f1())?;
            writeln!(f, "{:9.3} {:6.3} {:6.3}{note}", lenient.precision(), lenient.recall(), lenient.f1())?;
        }
        let (status, speaker) = (share(self.status), share(self.attribution));
        writeln!(f, "of the strict matches in the core, status is right on {status:.3}, speaker on {speaker:.3}")?;
        write!(
            f,
            "quotes not found in their document (or over 1,500 characters): {}; facts from documents without gold: {}",
            self.moved, self.unknown
        )
    }
}

/// The share of all that are right; 0 of none.
fn share((all, right): (usize, usize)) -> f64 {
    if all == 0 { 0.0 } else { right as f64 / all as f64 }
}
