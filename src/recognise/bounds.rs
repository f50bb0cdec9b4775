//! Capitals at the bounds of a name that are no part of it: ranks, letters of honours, forms of address.

use super::holders::is_postnominal;
use super::line::Line;
use super::reasons::is_acronym;
use super::scan::Scan;
use crate::language::{NameKind, Upos};
use crate::ontology::gazetteer::Gazetteer;
use crate::ontology::lexicon::Lexicon;

/// Capitals that a figure has: the unit of "1,400 MW" and "a 50-MW plant", the currency of "US $44 million" and "NOK 3 million", the letters of a model
/// before its number, as in "two NRX 180 frigates".
pub(super) fn is_of_figure(line: &Line<'_>, i: usize, lexicon: &Lexicon) -> bool {
    let ends_in_digit = |back: usize| i >= back && line.form(i - back).ends_with(|c: char| c.is_ascii_digit());
    let hyphened = || i > 1 && line.form(i - 1) == "-" && line.is_joined(i - 1) && ends_in_digit(2);
    let form = line.form(i);
    let is_unit = || lexicon.is_unit(form) && (ends_in_digit(1) || hyphened());
    let is_currency = || matches!(form, "US" | "U.S.") && matches!(line.form(i + 1), "$" | "US$");
    let number = line.form(i + 1);
    let is_counted = number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit());
    let is_model = || is_acronym(form) && form.chars().all(char::is_uppercase) && line.upos(i + 2) == Upos::Noun;
    let is_sum = number.starts_with(|c: char| c.is_ascii_digit());
    let is_code = || form.len() == 3 && is_acronym(form) && Gazetteer::embedded().is_currency(form);
    is_unit() || is_currency() || is_counted && is_model() || is_sum && is_code()
}

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
