//! Who said what: quotations over several sentences, reported speech, "according to".

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::scope::Scope;
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::modality::{Modality, Speech};
use indexmap::IndexMap;

/// By sentence and token: who speaks there, where the words stand in quotation marks.
pub(super) type Voices = Vec<Vec<Option<usize>>>;

/// A sentence as a piece of a quotation.
struct Piece {
    quoted: Vec<bool>,
    speaker: Option<usize>,
}

impl Piece {
    fn is_quoted(&self) -> bool {
        self.quoted.iter().any(|q| *q)
    }
}

/// Sentences at the head of an article that may name its author, and how long such a line may be.
const LETTERHEAD: usize = 3;
const BYLINE: usize = 14;

fn is_mark(form: &str) -> bool {
    matches!(form, "\"" | "``" | "''" | "“" | "”")
}

/// Finds statements and who speaks in every quotation of a document.
pub(super) fn find_statements(scopes: &[Scope<'_>]) -> (Vec<Draft>, Voices) {
    let mut pieces: Vec<Piece> = Vec::with_capacity(scopes.len());
    let mut inside = false;
    for (i, scope) in scopes.iter().enumerate() {
        let new_block = i == 0 || scopes.get(i - 1).is_some_and(|p| p.block() != scope.block());
        if new_block {
            inside = false;
        }
        pieces.push(scope.read_piece(&mut inside));
    }
    lend_speakers(scopes, &mut pieces);
    let mut drafts = Vec::new();
    let mut voices = Vec::with_capacity(pieces.len());
    for (scope, piece) in scopes.iter().zip(&pieces) {
        let speaker = piece.speaker.or_else(|| scope.reported_by());
        drafts.extend(speaker.map(|who| scope.statement(who)));
        voices.push(piece.quoted.iter().map(|q| piece.speaker.filter(|_| *q)).collect());
    }
    (drafts, voices)
}

/// By sentence: who writes "I" or "we" outside quotation marks. That is the one whom a short line at the head of the article names;
/// in an interview, whom the words before the first question name.
pub(super) fn find_authors(scopes: &[Scope<'_>], voices: &Voices) -> Vec<Option<usize>> {
    let mut authors: Vec<Option<usize>> = vec![None; scopes.len()];
    for (i, scope) in scopes.iter().enumerate() {
        let answers = is_answer(scopes.get(..=i).unwrap_or_default());
        let first_person = |form: &str| form == "I" || answers && matches!(form, "We" | "we" | "us");
        let says_i = |s: &Scope<'_>, v: &[Option<usize>]| {
            (0..s.grammar.tokens.len())
                .any(|t| first_person(s.grammar.form(t)) && v.get(t).copied().flatten().is_none())
        };
        if !voices.get(i).is_some_and(|v| says_i(scope, v)) {
            continue;
        }
        let head = scopes.iter().filter(|s| s.article() == scope.article() && s.at < scope.at).take(LETTERHEAD);
        let author = head.filter(|s| answers || s.grammar.tokens.len() <= BYLINE).find_map(Scope::only_person);
        if let Some(slot) = authors.get_mut(i) {
            *slot = author;
        }
    }
    authors
}

/// "A: We signed it. It covers …": whether the last of some sentences belongs to an answer of an interview.
fn is_answer(so_far: &[Scope<'_>]) -> bool {
    let Some(last) = so_far.last() else { return false };
    let here = |s: &&Scope<'_>| s.article() == last.article() && s.block() == last.block();
    let turn =
        |s: &&Scope<'_>| s.grammar.form(1) == ":" && matches!(s.grammar.form(0), "A" | "Answer" | "Q" | "Question");
    so_far.iter().rev().take_while(here).find(turn).is_some_and(|s| s.grammar.form(0).starts_with('A'))
}

/// A wholly quoted sentence belongs to whoever the quotation before or after it names.
fn lend_speakers(scopes: &[Scope<'_>], pieces: &mut [Piece]) {
    let bounds: Vec<(usize, usize)> = scopes.iter().map(|s| (s.block(), s.article())).collect();
    for i in 0..pieces.len() {
        let open = pieces.get(i).is_some_and(|p| p.is_quoted() && p.speaker.is_none());
        if !open {
            continue;
        }
        let after = (i + 1..pieces.len())
            .take_while(|j| bounds.get(*j).map(|b| b.0) == bounds.get(i).map(|b| b.0))
            .take_while(|j| pieces.get(*j).is_some_and(Piece::is_quoted))
            .find_map(|j| pieces.get(j).and_then(|p| p.speaker));
        let before =
            (0..i).rev().take(3).take_while(|j| bounds.get(*j).map(|b| b.1) == bounds.get(i).map(|b| b.1)).find_map(
                |j| {
                    pieces
                        .get(j)
                        .filter(|p| p.is_quoted() || bounds.get(j).map(|b| b.0) == bounds.get(i).map(|b| b.0))
                        .and_then(|p| p.speaker)
                },
            );
        let introduced = i
            .checked_sub(1)
            .and_then(|j| scopes.get(j))
            .filter(|s| s.article() == bounds.get(i).map_or(0, |b| b.1))
            .and_then(|s| s.reported_by());
        if let Some(piece) = pieces.get_mut(i) {
            piece.speaker = after.or(before).or(introduced);
        }
    }
}

impl Scope<'_> {
    fn block(&self) -> usize {
        self.material.blocks.get(self.at).copied().unwrap_or(0)
    }

    fn article(&self) -> usize {
        self.material.articles.get(self.at).copied().unwrap_or(0)
    }

    fn only_person(&self) -> Option<usize> {
        let everybody = (0..self.findings.mentions.len()).flat_map(|m| self.who(m).to_vec());
        let mut people: Vec<usize> = everybody.filter(|w| self.kind(*w) == Some(EntityType::Person)).collect();
        people.dedup();
        if let [one] = people.as_slice() { Some(*one) } else { None }
    }

    fn read_piece(&self, inside: &mut bool) -> Piece {
        let mut quoted = Vec::with_capacity(self.sentence.tokens.len());
        for token in &self.sentence.tokens {
            if is_mark(&token.form) {
                *inside = !*inside;
                quoted.push(false);
            } else {
                quoted.push(*inside);
            }
        }
        let long = quoted.iter().filter(|q| **q).count() >= 4;
        if !long {
            quoted.iter_mut().for_each(|q| *q = false);
        }
        let speaker = if long { self.quoted_by(&quoted) } else { None };
        Piece { quoted, speaker }
    }

    /// The subject of a verb of speech outside the quotation marks.
    fn quoted_by(&self, quoted: &[bool]) -> Option<usize> {
        (0..self.grammar.tokens.len())
            .filter(|v| !quoted.get(*v).copied().unwrap_or(false))
            .filter(|v| self.is_speech(*v))
            .find_map(|v| self.speaker_at(v, Some(quoted)))
            .or_else(|| self.nearby_speaker(quoted))
    }

    fn is_speech(&self, v: usize) -> bool {
        let ruled_out = self.grammar.lemma(v) == "rule" && self.grammar.form(v + 1) == "out";
        self.grammar.upos(v) == Upos::Verb
            && (ruled_out || Modality::embedded().speech(self.grammar.lemma(v)).is_some())
    }

    fn speaker_at(&self, v: usize, quoted: Option<&[bool]>) -> Option<usize> {
        if self.grammar.is_passive(v) && self.grammar.own_subject(v).is_some() {
            return None;
        }
        let subject = self.grammar.subject(v)?;
        if quoted.is_some_and(|q| q.get(subject).copied().unwrap_or(false)) {
            return None;
        }
        self.entities_at(subject).into_iter().find(|w| self.can_speak(*w))
    }

    fn can_speak(&self, who: usize) -> bool {
        self.kind(who).is_some_and(|k| {
            !matches!(
                k,
                EntityType::Place | EntityType::Product | EntityType::Project | EntityType::Event | EntityType::Work
            )
        })
    }

    /// Where the tree misses it: a verb of speech right beside the quotation and the name beside the verb.
    fn nearby_speaker(&self, quoted: &[bool]) -> Option<usize> {
        let verb =
            (0..self.grammar.tokens.len()).find(|v| self.is_speech(*v) && !quoted.get(*v).copied().unwrap_or(false))?;
        let near = |i: usize| {
            self.headed_by(i)
                .or_else(|| self.owner(i))
                .and_then(|m| self.who(m).first().copied())
                .filter(|w| self.can_speak(*w))
        };
        let title = |i: usize| self.title_at(i).and_then(|(t, _)| self.holder(t));
        (verb + 1..verb + 8)
            .chain((verb.saturating_sub(4)..verb).rev())
            .filter(|i| !quoted.get(*i).copied().unwrap_or(false))
            .find_map(|i| title(i).or_else(|| near(i).filter(|w| self.kind(*w) == Some(EntityType::Person))))
    }

    /// Who reports, announces or estimates something in the sentence without quotation marks.
    pub(super) fn reported_by(&self) -> Option<usize> {
        let g = &self.grammar;
        let told = (0..g.tokens.len()).filter(|v| self.is_speech(*v)).find_map(|v| {
            let kind = Modality::embedded().speech(g.lemma(v)).unwrap_or(Speech::Stance);
            let content = g.children(v).iter().any(|c| match kind {
                Speech::Say | Speech::Estimate | Speech::Deny => {
                    matches!(g.deprel(*c), Deprel::Ccomp | Deprel::Parataxis | Deprel::Obj | Deprel::Xcomp)
                }
                Speech::Clause => matches!(g.deprel(*c), Deprel::Ccomp | Deprel::Parataxis),
                Speech::Promise => matches!(g.deprel(*c), Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj),
                Speech::Stance => matches!(g.deprel(*c), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp),
            });
            let inserted = matches!(g.deprel(v), Deprel::Parataxis | Deprel::Advcl) && g.own_subject(v).is_some();
            (content || inserted).then(|| self.inverted_speaker(v).or_else(|| self.speaker_at(v, None))).flatten()
        });
        told.or_else(|| {
            (0..g.tokens.len())
                .filter(|i| g.preposition(*i).as_deref() == Some("according to"))
                .find_map(|i| self.entities_at(i).into_iter().find(|w| self.can_speak(*w)))
        })
    }

    /// "…, announced the Ministry": the name right behind a verb of speech that follows a comma.
    fn inverted_speaker(&self, v: usize) -> Option<usize> {
        let g = &self.grammar;
        let comma = v.checked_sub(1).is_some_and(|i| g.form(i) == ",");
        let finite = matches!(g.xpos(v), crate::language::Xpos::Vbd | crate::language::Xpos::Vbz);
        let behind = self.right_of(v, "").filter(|_| comma && finite)?;
        let end = self.owner(behind).and_then(|m| self.mention(m)).map_or(behind, |m| m.last);
        if matches!(g.upos(end + 1), Upos::Verb | Upos::Aux) {
            return None;
        }
        self.entities_at(behind).into_iter().find(|w| self.can_speak(*w))
    }

    fn statement(&self, who: usize) -> Draft {
        let roles = IndexMap::from([("speaker".to_owned(), Value::One(who))]);
        Draft {
            kind: "Statement".to_owned(),
            roles,
            status: Status::Asserted,
            speaker: None,
            at: self.at,
            trigger: usize::MAX,
        }
    }
}
