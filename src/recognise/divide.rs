//! A chunk of capitals divided into the names it holds: "Peruvian President", "Norte Helicopters Andrey Ruiz".

use super::line::is_shouted;
use super::scan::{Hit, Scan};
use crate::language::{NameKind, Upos};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;

impl Scan<'_, '_> {
    /// Divides a chunk into the names it holds.
    pub(super) fn split(&self, first: usize, last: usize, hits: &mut Vec<Hit>) {
        // "Institute Matias Romero" is one name, "Norte Helicopters Andrey Ruiz" two.
        let parts = |i: &usize| {
            *i > first + 1 || is_shouted(self.line.form(first)) || self.lexicon.is_legal_form(self.line.form(first))
        };
        let person = |i: usize| {
            let holder = Hit { first: i, last, known: None, kind: Some(EntityType::Person), weight: 3, other: None };
            let held = self.is_holder_after_body(first, i, last).then_some(holder);
            held.or_else(|| self.is_person_after_body(i).then(|| self.name(i, last)))
        };
        if let Some(person) = (first + 1..last).filter(parts).find_map(person) {
            self.split(first, person.first - 1, hits);
            hits.push(person);
            return;
        }
        let known = self.line.known_at(first);
        let Some((known_last, what, ambiguous)) = known.filter(|(l, _, _)| *l <= last) else {
            self.split_inside(first, last, hits);
            return;
        };
        if known_last == last {
            let model = self.reasons().model_kind(first, last);
            let doubtful_body = ambiguous && matches!(what, Known::Body(_)) && model != Some(NameKind::Organization);
            let taken_for_other = doubtful_body
                || (ambiguous && !matches!(what, Known::Body(_)) && model.is_some_and(|k| k != NameKind::Place));
            let person = matches!(what, Known::Place(_)) && self.reasons().is_addressed(first);
            if taken_for_other || person {
                hits.push(self.name(first, last));
            } else if !(self.headline && ambiguous) {
                hits.push(Hit { first, last, known: Some(what), kind: None, weight: 3, other: None });
            }
            return;
        }
        let rest = known_last + 1;
        let rest_known = self.line.known_at(rest).is_some_and(|(l, _, _)| l >= last);
        if self.is_whole(first, last, what) && !rest_known {
            hits.push(self.name(first, last));
            return;
        }
        hits.push(Hit { first, last: known_last, known: Some(what), kind: None, weight: 3, other: None });
        let rest = if matches!(self.line.form(rest), "-" | "&") { rest + 1 } else { rest };
        if rest <= last {
            self.split(rest, last, hits);
        }
    }

    /// "CEO of Norte Helicopters Andrey Ruiz": a given name after the head noun of a body begins another name.
    fn is_person_after_body(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map_or("", |b| self.line.form(b));
        let ends_body = self.lexicon.body_of(before).is_some()
            || self.lexicon.is_legal_form(before)
            || (is_shouted(before) && !is_shouted(self.line.form(i)));
        ends_body
            && self.lexicon.is_given_name(self.line.form(i))
            && self.lexicon.body_of(self.line.form(i)).is_none()
            && !self.is_known(i)
    }

    /// "head of the Ports Agency Akira Mori": where a post in the body stands before it, two words behind its head noun that mean
    /// nothing are who holds the post.
    fn is_holder_after_body(&self, first: usize, i: usize, last: usize) -> bool {
        let article = first.checked_sub(1).filter(|b| self.line.lower(*b) == "the");
        let plain = |i: usize| {
            let word = self.line.form(i);
            let meant = self.lexicon.body_of(word).is_some() || self.lexicon.thing_of(word).is_some();
            !meant && !self.lexicon.is_portfolio(self.line.lower(i)) && !self.is_known(i) && !is_shouted(word)
        };
        last == i + 1
            && self.lexicon.body_of(self.line.form(i - 1)).is_some()
            && self.ends_post(article.unwrap_or(first))
            && (i..=last).all(|i| self.line.is_capital(i) && plain(i))
    }

    /// Whether a chunk that begins with a country's name is one name.
    fn is_whole(&self, first: usize, last: usize, what: Known) -> bool {
        let ends_as_body =
            self.reasons().body_word(first, last).is_some() || self.lexicon.is_legal_form(self.line.form(last));
        let ends_as_thing = self.lexicon.thing_of(self.line.form(last)).is_some();
        let model = self.reasons().model_kind(first, last);
        // "President of Peru Julius Bio": whatever his surname means elsewhere.
        let rest = self.line.known_at(first).map_or(first, |(known_last, _, _)| known_last + 1);
        if matches!(what, Known::Country(_)) && self.ends_post(first) && self.is_given(rest) && rest < last {
            return false;
        }
        let place_first = matches!(what, Known::Place(_) | Known::Capital(_));
        // "Director for Central Asia Ana Ilves": a region of several words is nobody's given name.
        if place_first && rest > first + 1 && rest < last && self.is_given(rest) && !ends_as_body {
            return false;
        }
        // "President of Peru Ana Ilves": the post is the country's, and a name of its own follows.
        if !ends_as_body && !ends_as_thing && matches!(what, Known::Country(_)) && self.ends_post(first) {
            return false;
        }
        // "Chairman of the Chamber of Peru Ana Ilves"
        if !ends_as_body
            && !ends_as_thing
            && matches!(what, Known::Country(_))
            && rest < last
            && self.ends_office(first)
        {
            return false;
        }
        // "Peru Volt": a country's name, not its adjective, before a word that no person bears.
        let plain = |i: usize| {
            let word = self.line.form(i);
            !self.lexicon.is_given_name(word) && !self.lexicon.is_surname(word) && !self.is_known(i)
        };
        let prefixed = matches!(what, Known::Country(_))
            && !self.headline
            && first > 0
            && model != Some(NameKind::Person)
            && (rest..=last).all(plain)
            && (rest..=last).all(|i| self.reasons().model_kind(i, i) != Some(NameKind::Person));
        prefixed
            || ((ends_as_body || ends_as_thing) && !self.headline)
            || matches!(model, Some(NameKind::Organization))
            || (place_first && (model.is_some() || self.reasons().is_addressed(first)))
    }

    fn is_given(&self, i: usize) -> bool {
        let form = self.line.form(i);
        self.lexicon.is_given_name(form)
            && self.lexicon.body_of(form).is_none()
            && self.lexicon.thing_of(form).is_none()
    }

    /// Whether a post with "of" stands right before a word.
    fn ends_post(&self, i: usize) -> bool {
        let before = |n: usize| i.checked_sub(n).map_or("", |b| self.line.lower(b));
        // "Ambassador of A to B X"
        let sent =
            || before(1) == "to" && i.checked_sub(2).is_some_and(|b| super::posts::of_country(self.line, b).is_some());
        before(1) == "of" && self.lexicon.post_kind(before(2)).is_some() || sent()
    }

    /// Whether a capitalised post and the body that it is held in, in capitals, stand before "of" and a word.
    fn ends_office(&self, i: usize) -> bool {
        let of = i.checked_sub(1).filter(|of| self.line.lower(*of) == "of");
        of.is_some_and(|of| self.reasons().ends_office(of))
    }

    /// In title case: after a form of address, or where model and lexicon agree on the whole chunk.
    fn is_certain_person(&self, first: usize, last: usize) -> bool {
        let model = |n: &crate::language::NameSpan| n.first == first && n.last == last && n.kind == NameKind::Person;
        let named = last > first && self.lexicon.is_given_name(self.line.form(first));
        let titled =
            || last <= first + 2 && self.lexicon.is_surname(self.line.form(last)) && self.reasons().is_addressed(first);
        self.reasons().has_honorific(first) || (named && (self.line.sentence.names.iter().any(model) || titled()))
    }

    /// "the Company", 'the "Bank"': a term that a release defines, no name.
    pub(super) fn is_defined_term(&self, first: usize, last: usize) -> bool {
        let term = self.lexicon.group_of(self.line.lower(first)).is_some_and(|k| matches!(k, "company" | "body"));
        let before = |i: usize| first.checked_sub(i).map_or("", |b| self.line.lower(b));
        let defined = first == last && term && (before(1) == "the" || (before(1) == "\"" && before(2) == "the"));
        defined || self.is_description(first, last)
    }

    /// "a Norish Logistics Company": common nouns in capitals behind "a", the last for a body.
    fn is_description(&self, first: usize, last: usize) -> bool {
        let led = (first.saturating_sub(4)..first)
            .rev()
            .find(|i| !matches!(self.line.upos(*i), Upos::Adj | Upos::Noun) && !self.is_known(*i))
            .is_some_and(|i| matches!(self.line.lower(i), "a" | "an"));
        let common = |i: usize| {
            self.lexicon.is_portfolio(self.line.lower(i)) || self.lexicon.body_of(self.line.form(i)).is_some()
        };
        led && first < last && self.lexicon.body_of(self.line.form(last)).is_some() && (first..=last).all(common)
    }

    fn name(&self, first: usize, last: usize) -> Hit {
        let (kind, weight) = self.reasons().classify(first, last);
        // "SABUGO, Portugal, and LOS ANGELES, Nov. 28 (Agency) --": where the text was written.
        if last < self.dateline && weight < 3 {
            return Hit { first, last, known: None, kind: Some(EntityType::Place), weight: 3, other: None };
        }
        let around = self.reasons().context(first, last);
        match (kind, around) {
            // What stands around a name says more than the model.
            (k, Some((around, strength))) if strength > weight => {
                let model = k.filter(|k| *k != around && weight > 0).map(|k| (k, weight));
                Hit { first, last, known: None, kind: Some(around), weight: strength, other: model }
            }
            (kind, around) => {
                Hit { first, last, known: None, kind, weight, other: around.filter(|(k, _)| Some(*k) != kind) }
            }
        }
    }

    /// A chunk without a known name at its start may still end in one: "Aero Peru", "Bank Indonesia" stay whole.
    fn split_inside(&self, first: usize, last: usize, hits: &mut Vec<Hit>) {
        if !self.headline {
            hits.push(self.name(first, last));
            return;
        }
        if self.is_certain_person(first, last) || (first == last && self.reasons().is_before_title(first)) {
            hits.push(self.name(first, last));
            return;
        }
        // In title case a chunk is no name; only known names and those of the body count.
        let mut i = first;
        while i <= last {
            match self.line.known_at(i) {
                Some((l, what, false)) if l <= last => {
                    hits.push(Hit { first: i, last: l, known: Some(what), kind: None, weight: 3, other: None });
                    i = l + 1;
                }
                _ => {
                    hits.push(Hit { first: i, last: i, known: None, kind: None, weight: 0, other: None });
                    i += 1;
                }
            }
        }
    }
}
