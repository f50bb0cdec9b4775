//! Capitals at the bounds of a name that are no part of it: ranks, letters of honours, forms of address.

use super::holders::is_postnominal;
use super::scan::Scan;
use crate::language::NameKind;

impl Scan<'_, '_> {
    /// A rank, letters behind a name, the "State" of heads of state: capitals that begin no name.
    pub(super) fn is_no_name(&self, i: usize) -> bool {
        let letters = i > 0 && self.line.form(i - 1) == "," && matches!(self.line.form(i + 1), "," | ".");
        let of_head = i > 1 && self.line.lower(i - 1) == "of" && matches!(self.line.lower(i - 2), "head" | "heads");
        (letters && is_postnominal(self.line.form(i)))
            || self.is_rank_of_person(i)
            || (of_head && matches!(self.line.lower(i), "state" | "states" | "government"))
    }

    /// "General Ana Ruiz": the rank, which also begins names of companies and offices, is no part of hers.
    fn is_rank_of_person(&self, i: usize) -> bool {
        let model =
            || self.line.sentence.names.iter().any(|n| n.first <= i && n.last > i && n.kind == NameKind::Person);
        let end = (i + 1..i + 6).take_while(|j| self.continues_name(*j)).last();
        self.line.form(i) == "General"
            && end.is_some_and(|last| {
                self.lexicon.body_of(self.line.form(last)).is_none()
                    && !self.lexicon.is_legal_form(self.line.form(last))
                    && self.line.known_at(i).is_none()
                    && (self.lexicon.is_given_name(self.line.form(i + 1))
                        || self.lexicon.is_surname(self.line.form(last))
                        || model())
            })
    }

    /// "Dara Sen": a word that would address somebody, were there anybody after it.
    pub(super) fn closes_name(&self, i: usize) -> bool {
        // "Ali Tun Hassan"
        let inside = |i: usize| self.line.is_capital(i) && !self.lexicon.is_honorific(self.line.form(i));
        if self.lexicon.is_inner_honorific(self.line.form(i)) && i > 0 && inside(i - 1) && inside(i + 1) {
            return self.is_free(i - 1) && self.is_free(i + 1);
        }
        i > 0
            && self.line.is_capital(i - 1)
            && !self.line.is_capital(i + 1)
            && !self.line.form(i).ends_with('.')
            && !matches!(self.line.form(i + 1), "." | "'" | "’")
            && !self.lexicon.is_honorific(self.line.form(i - 1))
    }
}
