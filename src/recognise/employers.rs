//! The country or body that a post belongs to: "Peruvian", "Peru's", "of the energy company X", "at Y".

use super::line::Line;
use super::posts::{Post, kind_of};
use super::reasons::is_acronym;
use super::{Mention, Sense};
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;

/// What stands around a post about its employer.
#[derive(Debug, Clone, Default)]
pub(super) struct Employers {
    /// Last word of the phrase.
    pub(super) last: usize,
    /// Last word that belongs to the post in words: a department, a field of work.
    pub(super) role_last: usize,
    /// Mentions, the nearest first.
    pub(super) bodies: Vec<usize>,
    /// A word that stands for the body: "its", "group" in "the group's", "company" in "of the company".
    pub(super) possessor: Option<usize>,
}

/// Reads the words around posts of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Around<'f, 's> {
    pub(super) line: &'f Line<'s>,
    pub(super) mentions: &'f [Mention],
}

/// What a noun phrase after a preposition holds.
struct Phrase {
    last: usize,
    body: Option<usize>,
    possessor: Option<usize>,
    /// Whether its words belong to the role ("of parliament").
    role: bool,
}

fn extend_role(found: &mut Employers, phrase: &Phrase) -> bool {
    (found.last, found.role_last) = (phrase.last, phrase.last);
    found.bodies.is_empty()
}

impl Around<'_, '_> {
    pub(super) fn mention_at(&self, i: usize) -> Option<usize> {
        self.mentions.iter().position(|m| m.first == i)
    }

    pub(super) fn mention_ending(&self, i: usize) -> Option<usize> {
        self.mentions.iter().position(|m| m.last == i)
    }

    pub(super) fn is_person(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| m.sense == Sense::Name(EntityType::Person))
    }

    pub(super) fn end_of(&self, m: usize) -> usize {
        self.mentions.get(m).map_or(0, |m| m.last)
    }

    fn can_employ(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| match &m.sense {
            Sense::Known(_) => true,
            Sense::Name(kind) => {
                kind.is_body()
                    || matches!(kind, EntityType::Place | EntityType::Project | EntityType::Work | EntityType::Event)
            }
            _ => false,
        })
    }

    /// Whether the reference data knows the name: a country, an organisation.
    pub(super) fn is_known(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| matches!(m.sense, Sense::Known(_)))
    }

    pub(super) fn is_body(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| {
            matches!(&m.sense, Sense::Name(k) if k.is_body()) || matches!(m.sense, Sense::Known(Known::Body(_)))
        })
    }

    fn is_demonym(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| matches!(m.sense, Sense::Known(Known::Demonym(_))))
    }

    fn is_person_next(&self, m: usize) -> bool {
        let lexicon = Lexicon::embedded();
        let mut at = self.end_of(m) + 1;
        while lexicon.is_honorific(self.line.form(at)) {
            at += 1;
        }
        self.mention_at(at).is_some_and(|p| self.is_person(p))
    }

    fn is_possessive(&self, i: usize) -> bool {
        matches!(self.line.form(i), "'s" | "’s" | "'" | "’")
    }

    /// "Peru's", "Peruvian", "ENAP", "the group's", "its" before the post.
    pub(super) fn before(&self, post: &Post) -> (Option<usize>, Option<usize>) {
        let Some(mut end) = post.first.checked_sub(1) else { return (None, None) };
        let possessive = self.is_possessive(end);
        if possessive || self.line.form(end) == "-" {
            let Some(before) = end.checked_sub(1) else { return (None, None) };
            end = before;
        }
        if let Some(m) = self.mention_ending(end) {
            // "Mr Ruiz's adviser": a person employs nobody here, but has a predecessor.
            let related = possessive && self.is_person(m) && kind_of(self.line, post) == "relative";
            return (
                Some(m).filter(|m| self.can_employ(*m) && (possessive || !self.is_where(*m))),
                related.then_some(end),
            );
        }
        let noun = possessive && matches!(self.line.upos(end), Upos::Noun | Upos::Propn) && self.is_definite(end);
        let pronoun = !possessive && matches!(self.line.lower(end), "its" | "our");
        (None, (noun || pronoun).then_some(end))
    }

    /// "Envoy of the UN Secretary-General": the body that stands before the office which the post serves.
    pub(super) fn body_within(&self, post: &Post) -> Option<usize> {
        let served = post.served?;
        self.mentions.iter().position(|m| {
            m.first > post.core
                && m.last < served
                && matches!(m.sense, Sense::Known(_) | Sense::Name(EntityType::Organization))
        })
    }

    /// "In Lima Foreign Minister X": where something happens, not whose minister he is.
    fn is_where(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| match m.sense {
            Sense::Known(Known::Capital(_) | Known::Place(_)) | Sense::Name(EntityType::Place) => {
                m.first.checked_sub(1).is_some_and(|i| matches!(self.line.lower(i), "in" | "from" | "at"))
            }
            _ => false,
        })
    }

    /// Whether the noun phrase that ends in `noun` begins with "the".
    fn is_definite(&self, noun: usize) -> bool {
        self.article_of(noun).is_some()
    }

    /// The "the" of the noun phrase that ends in `noun`, over at most three words.
    pub(super) fn article_of(&self, noun: usize) -> Option<usize> {
        let first = noun.saturating_sub(4);
        let article = (first..noun).rev().find(|i| matches!(self.line.lower(*i), "the" | "this"))?;
        (article + 1..noun).all(|i| self.is_modifier(i)).then_some(article)
    }

    /// "of Ecuador", "of the Board of X", "at Y", ", Z": the phrase after the post.
    pub(super) fn after(&self, post: &Post) -> Employers {
        let mut found = Employers { last: post.last, role_last: post.last, ..Employers::default() };
        if let Some(m) = self.acronym_after(post) {
            (found.bodies, found.last) = (vec![m], self.end_of(m));
            return found;
        }
        for _ in 0..3 {
            let next = found.last + 1;
            let word = self.line.lower(next);
            if !matches!(word, "of" | "at" | "for" | "in" | "with" | "to" | "," | "from" | "on") {
                break;
            }
            // "his counterpart in Lima" says where, not of what; "on behalf of" for whom something is done.
            let where_only =
                word == "in" && kind_of(self.line, post) == "relative" || self.line.lower(next + 1) == "behalf";
            let Some(phrase) = self.phrase(next + 1, word != ",").filter(|_| !where_only) else { break };
            if !self.take(post, &mut found, word, &phrase) {
                break;
            }
            // "Director for Peru and Chile at the National Council"
            if matches!(word, "for" | "on") && found.bodies.is_empty() {
                let end = super::posts::extend_over_regions(self.line, found.last);
                (found.last, found.role_last) = (end, end);
            }
        }
        self.take_bracketed(&mut found);
        found
    }

    /// "Deputy Commander INDOPACOM General X", "X, CMD NLEC": capitals right after the post, before a name or another title, or
    /// after the holder.
    fn acronym_after(&self, post: &Post) -> Option<usize> {
        let m = self.mention_at(post.last + 1).filter(|m| self.is_body(*m))?;
        let end = self.end_of(m);
        let alone = end == post.last + 1 && is_acronym(self.line.form(end));
        let apposed = || post.first.checked_sub(1).is_some_and(|i| self.line.form(i) == ",");
        (alone && self.line.is_capital(post.core) && (self.line.is_capital(end + 1) || apposed())).then_some(m)
    }

    /// "of X (ABC)": the brackets belong to the name.
    fn take_bracketed(&self, found: &mut Employers) {
        let inner = found.last + 2;
        let bracketed = !found.bodies.is_empty()
            && self.line.form(found.last + 1) == "("
            && self.mention_at(inner).is_some_and(|m| self.is_body(m) && self.line.form(self.end_of(m) + 1) == ")");
        if bracketed {
            found.last = self.mention_at(inner).map_or(found.last, |m| self.end_of(m) + 1);
        }
    }

    /// Whether a phrase after `word` belongs to the post, and what it adds.
    fn take(&self, post: &Post, found: &mut Employers, word: &str, phrase: &Phrase) -> bool {
        let start = found.last + 2;
        let Some(m) = phrase.body else {
            let open = found.bodies.is_empty() && found.possessor.is_none();
            if open && word != "," && phrase.possessor.is_some() {
                found.possessor = phrase.possessor;
                found.last = phrase.last;
                return false;
            }
            // "an aide of President Ruiz": the president's post is his own.
            let held = self.mention_at(phrase.last + 1).is_some_and(|m| self.is_person(m));
            if open && phrase.role && !held && matches!(word, "of" | "for" | "on") {
                (found.last, found.role_last) = (phrase.last, phrase.last);
                return true;
            }
            return false;
        };
        let country = !self.is_body(m);
        match word {
            "," if self.is_body(m)
                && matches!(self.line.lower(phrase.last + 1), "at" | "of")
                && found.bodies.is_empty()
                && self.mention_at(phrase.last + 2).is_some_and(|b| self.is_body(b)) =>
            {
                // "senior analyst, Computing Platforms at X": a field of work in capitals.
                return extend_role(found, phrase);
            }
            "," => {
                // "Senior Fellow, Lower Mekong Forum" in a signature; "head of unit, Ministry of X".
                let closed = matches!(
                    self.line.form(phrase.last + 1),
                    "," | "." | ";" | ")" | "" | "and" | "\"" | "“" | "”" | "(" | "-" | "—"
                );
                let plain = self.line.form(phrase.last + 1).starts_with(char::is_lowercase);
                let apposed = post.first > 1 && self.line.form(post.first - 1) == ",";
                let closed = closed || (plain && apposed && self.line.is_capital(post.core));
                let formal = self.line.is_capital(post.core) || !found.bodies.is_empty();
                if country || self.is_person_next(m) || !closed || !formal || start != self.first_of(m) {
                    return false;
                }
            }
            // "Ambassador to Norway": the country is where the post is held, not who gave it.
            "to" if matches!(kind_of(self.line, post), "state" | "parliament" | "military") => return false,
            "to" => return extend_role(found, phrase),
            "in" | "for" | "on" if country && found.bodies.is_empty() => return extend_role(found, phrase),
            "from" if !country => return false,
            _ => {}
        }
        // "Head of Capital Funding at the Nordic Fund": a field of work in capitals.
        let field = matches!(word, "of" | "for")
            && found.bodies.is_empty()
            && self.is_unknown(m)
            && self.line.lower(phrase.last + 1) == "at"
            && self.phrase(phrase.last + 2, false).is_some_and(|p| p.body.is_some_and(|b| self.is_body(b)));
        if field {
            return extend_role(found, phrase);
        }
        let part = found.bodies.last().is_some_and(|b| self.is_part(*b));
        if part && matches!(word, "of" | "at" | "in" | "," | "for") {
            // "Head of the Foreign Policy Department at X": the department belongs to the post.
            found.role_last = found.bodies.first().map_or(found.role_last, |b| self.end_of(*b));
            found.bodies.insert(0, m);
        } else {
            found.bodies.push(m);
        }
        found.last = phrase.last;
        if phrase.role {
            found.role_last = phrase.last;
        }
        true
    }

    fn first_of(&self, m: usize) -> usize {
        self.mentions.get(m).map_or(0, |m| m.first)
    }

    /// Whether a name is a body's by its looks alone.
    fn is_unknown(&self, m: usize) -> bool {
        let lexicon = Lexicon::embedded();
        let end = self.line.form(self.end_of(m));
        self.mentions.get(m).is_some_and(|m| matches!(m.sense, Sense::Name(_)))
            && lexicon.body_of(end).is_none()
            && !lexicon.is_legal_form(end)
    }

    /// Whether a body is named as part of another: a department, a division.
    fn is_part(&self, m: usize) -> bool {
        let end = self.end_of(m);
        matches!(
            self.line.lower(end),
            "department"
                | "division"
                | "section"
                | "unit"
                | "directorate"
                | "desk"
                | "branch"
                | "bureau"
                | "department)"
        )
    }

    /// The noun phrase from word `at`: its article, what modifies it, its name or its noun.
    fn phrase(&self, at: usize, common: bool) -> Option<Phrase> {
        let mut at = at;
        while matches!(self.line.lower(at), "the" | "a" | "an") {
            at += 1;
        }
        let start = at;
        let mut owner: Option<usize> = None;
        while at < self.line.len() && at < start + 9 {
            if let Some(m) = self.mention_at(at) {
                let end = self.end_of(m);
                if self.is_person(m) || !self.can_employ(m) {
                    break;
                }
                let possessive = self.is_possessive(end + 1);
                if !possessive && !self.is_demonym(m) {
                    return Some(Phrase { last: end, body: Some(m), possessor: None, role: false });
                }
                owner = owner.or(Some(m));
                at = if possessive { end + 2 } else { end + 1 };
                continue;
            }
            // "Serbia's gas operator, X": what owns and describes may be named after a comma.
            if owner.is_some() && self.line.form(at) == "," {
                let named = self.mention_at(at + 1).filter(|m| self.is_body(*m) && !self.is_person_next(*m));
                return named
                    .map(|m| Phrase { last: self.end_of(m), body: Some(m), possessor: None, role: false })
                    .or(self.described(start, at, owner));
            }
            if !common || !self.is_modifier(at) {
                break;
            }
            at += 1;
        }
        if !common {
            return None;
        }
        self.described(start, at, owner)
    }

    /// A noun phrase without a name of its own: "Peru's central bank", "the company", "the board".
    fn described(&self, start: usize, end: usize, owner: Option<usize>) -> Option<Phrase> {
        let last = end.checked_sub(1).filter(|l| *l >= start)?;
        if let Some(m) = owner {
            return Some(Phrase { last, body: Some(m), possessor: None, role: last > self.end_of(m) + 1 });
        }
        if end - start > 5 || self.line.upos(last) == Upos::Adj {
            return None;
        }
        let stands = start == last
            && self.is_definite(start)
            && matches!(Lexicon::embedded().group_of(self.line.lower(last)), Some("company" | "body" | "country"));
        Some(Phrase { last, body: None, possessor: stands.then_some(last), role: !stands })
    }

    fn is_modifier(&self, i: usize) -> bool {
        let verbal = self.line.token(i).is_some_and(|t| matches!(t.deprel, Deprel::Acl | Deprel::AclRelcl));
        !verbal && (matches!(self.line.upos(i), Upos::Noun | Upos::Adj | Upos::Propn) || self.line.form(i) == "-")
    }
}
