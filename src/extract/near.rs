//! Who stands near a word, by the order of words: for sentences whose tree went astray.
//!
//! Law: no clause is crossed; who stands under another preposition is somebody else.

use super::scope::Scope;
use crate::language::{Upos, Xpos};
use crate::ontology::lexicon::Lexicon;
use crate::recognise::{Mention, Sense};

/// A run of words of one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A name, a title, a noun with what stands before it.
    Nominal,
    Date,
    And,
    Comma,
    Preposition,
    /// "including", "such as".
    Example,
    /// Auxiliary or adverb.
    Filler,
    /// A verb that makes a clause.
    Finite,
    /// Participle or infinitive.
    Infinite,
    Open,
    Close,
    /// Whatever begins a clause or ends one.
    Border,
}

/// How many chunks are looked through.
const REACH: usize = 40;

/// How many verbs may stand between a verb and its subject: "agreed to sign".
const MAX_CONTROL: usize = 3;

impl Scope<'_> {
    /// The names that do what `verb` says, by the order of words: "A and B, which …, on Friday agreed to sign".
    pub(super) fn doers_before(&self, verb: usize) -> Vec<usize> {
        let chunks = self.chunks();
        let at = chunks.iter().position(|c| c.first <= verb && verb <= c.last);
        at.map(|at| self.subject_before(&chunks, at, MAX_CONTROL)).unwrap_or_default()
    }

    fn subject_before(&self, chunks: &[Chunk], verb: usize, depth: usize) -> Vec<usize> {
        let fillers = chunks.iter().take(verb).rev().take_while(|c| c.sort == Sort::Filler).count();
        let mut at = verb - fillers;
        for _ in 0..REACH {
            let Some(left) = at.checked_sub(1) else { return Vec::new() };
            at = match chunks.get(left).map(|c| c.sort) {
                Some(Sort::Nominal) => {
                    let (start, heads) = self.group_before(chunks, left);
                    match start.checked_sub(1).filter(|p| is(chunks, *p, Sort::Preposition)) {
                        Some(preposition) => preposition,
                        None => return heads,
                    }
                }
                // "agreed to sign", "agreed on X and signed Y": who agreed signs.
                Some(Sort::Finite | Sort::Infinite) if depth > 0 => {
                    return self.subject_before(chunks, left, depth - 1);
                }
                Some(sort) => match aside_before(chunks, left) {
                    Some(outside) => outside,
                    None if matches!(sort, Sort::And | Sort::Comma) && depth > 0 => {
                        let clause =
                            chunks.iter().take(left).rposition(|c| matches!(c.sort, Sort::Finite | Sort::Border));
                        return match clause.filter(|c| is(chunks, *c, Sort::Finite)) {
                            Some(finite) => self.subject_before(chunks, finite, depth - 1),
                            None => Vec::new(),
                        };
                    }
                    None => return Vec::new(),
                },
                None => return Vec::new(),
            };
        }
        Vec::new()
    }

    /// The names right after `word`, or after `preposition` behind it in its clause.
    pub(super) fn after(&self, word: usize, preposition: &str) -> Vec<usize> {
        let chunks = self.chunks();
        let Some(at) = chunks.iter().position(|c| c.first <= word && word <= c.last) else { return Vec::new() };
        if preposition.is_empty() {
            return self.group_from(&chunks, at + 1).1;
        }
        let noun = self.grammar.upos(word) != Upos::Verb;
        for (i, chunk) in chunks.iter().enumerate().skip(at + 1).take(REACH) {
            match chunk.sort {
                Sort::Filler if noun => return Vec::new(),
                Sort::Preposition if self.grammar.lemma(chunk.first).eq_ignore_ascii_case(preposition) => {
                    return self.group_from(&chunks, i + 1).1;
                }
                Sort::Border | Sort::Finite => return Vec::new(),
                _ => {}
            }
        }
        Vec::new()
    }

    /// `token` and those coordinated with it, by the tree and by the order of words.
    pub(super) fn company_of(&self, token: usize) -> Vec<usize> {
        let mut all = self.grammar.conjuncts(token);
        let chunks = self.chunks();
        let Some(at) = chunks.iter().position(|c| c.first <= token && token <= c.last) else { return all };
        let (end, after) = self.group_from(&chunks, at);
        let described = self.is_described(token) || self.entities_at(token).is_empty();
        let examples = end > at && described && !after.is_empty() && !after.contains(&token);
        if examples {
            return after;
        }
        let (start, heads) = self.group_before(&chunks, end);
        if start <= at && end > start {
            all.extend(heads);
        }
        all
    }

    /// The names inside the noun phrase right after `word`: "will purchase ten new Airbus aircraft".
    pub(super) fn inside(&self, word: usize) -> Vec<usize> {
        let chunks = self.chunks();
        let at = chunks.iter().position(|c| c.first <= word && word <= c.last);
        let next = at.and_then(|at| chunks.get(at + 1)).filter(|c| c.sort == Sort::Nominal);
        // "the wind farm in Sweden" is nobody's of Sweden.
        let placed = |m: &&Mention| {
            let before = m.first.checked_sub(1).map(|i| self.grammar.lemma(i).to_lowercase()).unwrap_or_default();
            matches!(before.as_str(), "in" | "at" | "near" | "off")
        };
        let heads = self
            .findings
            .mentions
            .iter()
            .filter(|m| next.is_some_and(|c| c.first <= m.first && m.last <= c.last) && !placed(m));
        heads.map(|m| m.head).collect()
    }

    /// Coordinated names whose last chunk is `end`: index of the first chunk, and the heads in order.
    fn group_before(&self, chunks: &[Chunk], end: usize) -> (usize, Vec<usize>) {
        let (mut start, head) = self.unit_before(chunks, end);
        let mut heads: Vec<usize> = head.into_iter().collect();
        let mut listed = false;
        while let Some(link) = start.checked_sub(1) {
            let and = is(chunks, link, Sort::And);
            if !(and || (listed && is(chunks, link, Sort::Comma))) {
                break;
            }
            let oxford = and && link > 0 && is(chunks, link - 1, Sort::Comma);
            let Some(mut next) = link.checked_sub(if oxford { 2 } else { 1 }) else { break };
            if is(chunks, next, Sort::Close) {
                let open = (0..next).rev().find(|i| is(chunks, *i, Sort::Open));
                next = open.and_then(|open| open.checked_sub(1)).unwrap_or(next);
            }
            if !is(chunks, next, Sort::Nominal) {
                break;
            }
            let (first, head) = self.unit_before(chunks, next);
            let other = listed && first > 0 && is(chunks, first - 1, Sort::Preposition);
            let Some(head) = head.filter(|_| !other) else { break };
            heads.push(head);
            (start, listed) = (first, true);
        }
        heads.reverse();
        (start, heads)
    }

    /// "the minister of A", "President Ana Ruiz of Peru": where it begins and who it is.
    fn unit_before(&self, chunks: &[Chunk], end: usize) -> (usize, Option<usize>) {
        let mut start = end;
        let mut head = chunks.get(end).and_then(|c| self.somebody(c));
        while let Some(of) = start.checked_sub(1).filter(|of| self.is_of(chunks, *of)) {
            let Some(governor) = of.checked_sub(1).filter(|n| is(chunks, *n, Sort::Nominal)) else { break };
            // "a farm in Peru from X": no place comes from X.
            let placed = chunks.get(governor).and_then(|c| self.somebody(c)).is_some_and(|i| self.is_place(i));
            if placed && chunks.get(of).is_some_and(|c| self.grammar.lemma(c.first) == "from") {
                break;
            }
            // "X, a unit of Y": the description is of the name before it.
            let described = governor.checked_sub(2).filter(|_| self.describes(chunks, governor));
            if let Some((named, who)) = described.and_then(|n| Some((n, chunks.get(n).and_then(|c| self.somebody(c))?)))
            {
                (start, head) = (named, Some(who));
                continue;
            }
            head = chunks.get(governor).and_then(|c| self.somebody(c)).or(head);
            start = governor;
        }
        (start, head)
    }

    /// Whether a chunk behind a comma and a name only describes: "a unit", "an affiliate".
    fn describes(&self, chunks: &[Chunk], at: usize) -> bool {
        let article = chunks.get(at).is_some_and(|c| matches!(self.grammar.lemma(c.first), "a" | "an"));
        let common =
            chunks.get(at).is_some_and(|c| self.grammar.upos(c.last) == Upos::Noun && self.somebody(c).is_none());
        article && common && at > 1 && is(chunks, at - 1, Sort::Comma) && is(chunks, at - 2, Sort::Nominal)
    }

    /// Coordinated names from chunk `start` on, and the chunk that ends them: "A, B and the ministry of C"; "companies
    /// including A and B".
    fn group_from(&self, chunks: &[Chunk], start: usize) -> (usize, Vec<usize>) {
        let (mut heads, mut at, mut end) = (Vec::new(), start, start);
        // "between A and B, C said": behind "and" the list ends.
        let mut last = false;
        for _ in 0..REACH {
            if !is(chunks, at, Sort::Nominal) {
                break;
            }
            let (next, head) = self.unit_from(chunks, at);
            // "with A, and B said": B is the subject of another clause.
            let subject = at > start
                && chunks.iter().skip(next).find(|c| c.sort != Sort::Filler).is_some_and(|c| c.sort == Sort::Finite);
            if (head.is_none() || subject) && at > start {
                break;
            }
            heads.extend(head);
            end = next - 1;
            let described = head.is_none_or(|h| self.is_described(h));
            let Some((link, examples)) = link_after(chunks, next, described, head.is_some()) else { break };
            if examples {
                heads.clear();
            }
            let and = link.checked_sub(1).is_some_and(|i| is(chunks, i, Sort::And));
            if last && !and {
                break;
            }
            last = and;
            at = link;
        }
        (end, heads)
    }

    fn unit_from(&self, chunks: &[Chunk], at: usize) -> (usize, Option<usize>) {
        let mut head = chunks.get(at).and_then(|c| self.somebody(c));
        let mut next = at + 1;
        while self.is_of(chunks, next) && is(chunks, next + 1, Sort::Nominal) {
            head = head.or_else(|| chunks.get(next + 1).and_then(|c| self.somebody(c)));
            next += 2;
        }
        (next, head)
    }

    fn is_of(&self, chunks: &[Chunk], at: usize) -> bool {
        is(chunks, at, Sort::Preposition)
            && chunks.get(at).is_some_and(|c| matches!(self.grammar.lemma(c.first), "of" | "from"))
    }

    /// Whether `token` names nobody, but describes a group: "19 countries".
    fn is_described(&self, token: usize) -> bool {
        self.headed_by(token).and_then(|m| self.mention(m)).is_some_and(|m| m.sense == Sense::Group)
    }

    /// The word of a chunk that stands for somebody: its last name, unless a noun after it is meant.
    fn somebody(&self, chunk: &Chunk) -> Option<usize> {
        if !self.entities_at(chunk.last).is_empty() {
            return Some(chunk.last);
        }
        let last = (chunk.first..=chunk.last).rev().find(|i| !self.entities_at(*i).is_empty())?;
        let group = |i: usize| Lexicon::embedded().group_of(self.grammar.lemma(i)).is_some();
        (last + 1..=chunk.last).all(group).then_some(last)
    }

    /// The sentence in runs of words of one sort.
    pub(super) fn chunks(&self) -> Vec<Chunk> {
        let mut chunks: Vec<Chunk> = Vec::new();
        let mut at = 0;
        while at < self.grammar.tokens.len() {
            let (last, sort) = self.chunk_at(at);
            match chunks.last_mut().filter(|c| c.sort == sort && sort == Sort::Nominal) {
                Some(open) => open.last = last,
                None => chunks.push(Chunk { first: at, last, sort }),
            }
            at = last + 1;
        }
        chunks
    }

    fn chunk_at(&self, at: usize) -> (usize, Sort) {
        let g = &self.grammar;
        let names = self.findings.mentions.iter().filter(|m| !matches!(m.sense, Sense::Pronoun(_)));
        let spans = names.map(|m| (m.first, m.last)).chain(self.findings.titles.iter().map(|t| (t.first, t.last)));
        if let Some(last) = spans.filter(|(first, _)| *first == at).map(|(_, last)| last).max() {
            return (last.max(at), Sort::Nominal);
        }
        if let Some(date) = self.dates.iter().find(|d| d.first == at) {
            return (date.last.max(at), Sort::Date);
        }
        let word = g.lemma(at).to_lowercase();
        let next = g.lemma(at + 1).to_lowercase();
        let sort = match (word.as_str(), next.as_str()) {
            ("such" | "as", "as" | "well") => {
                let well = next == "well";
                return (at + if well { 2 } else { 1 }, if well { Sort::And } else { Sort::Example });
            }
            ("including" | "include" | "like" | "namely", _) if g.upos(at) != Upos::Verb || g.xpos(at) == Xpos::Vbg => {
                Sort::Example
            }
            ("which" | "who" | "whom" | "that" | "where", _) if g.upos(at) != Upos::Det => Sort::Border,
            (",", _) => Sort::Comma,
            ("(" | "[", _) => Sort::Open,
            (")" | "]", _) => Sort::Close,
            ("and" | "&", _) => Sort::And,
            _ => self.sort_by_tag(at),
        };
        (at, sort)
    }

    fn sort_by_tag(&self, at: usize) -> Sort {
        let g = &self.grammar;
        match g.upos(at) {
            Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Sym => Sort::Nominal,
            Upos::Part if g.form(at).starts_with(['\'', '’']) => Sort::Nominal,
            Upos::Adp => Sort::Preposition,
            Upos::Aux | Upos::Adv | Upos::Part => Sort::Filler,
            Upos::Verb if matches!(g.xpos(at), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) => Sort::Finite,
            Upos::Verb => Sort::Infinite,
            Upos::Punct if matches!(g.form(at), "-" | "–" | "/") => Sort::Nominal,
            _ => Sort::Border,
        }
    }
}

fn is(chunks: &[Chunk], at: usize, sort: Sort) -> bool {
    chunks.get(at).is_some_and(|c| c.sort == sort)
}

/// What is put in before a verb and ends with chunk `last`: a date, a bracket, a clause between commas. Where it begins.
fn aside_before(chunks: &[Chunk], last: usize) -> Option<usize> {
    match chunks.get(last)?.sort {
        Sort::Date => Some(if last > 0 && is(chunks, last - 1, Sort::Preposition) { last - 1 } else { last }),
        Sort::Close => (0..last).rev().find(|i| is(chunks, *i, Sort::Open)),
        Sort::Comma => {
            let open = (0..last).rev().find(|i| is(chunks, *i, Sort::Comma))?;
            let relative = is(chunks, open + 1, Sort::Border);
            let clause = chunks.get(open + 1..last)?.iter().any(|c| c.sort == Sort::Finite);
            (!is(chunks, open + 1, Sort::And) && (relative || !clause)).then_some(open)
        }
        _ => None,
    }
}

/// The chunk after what joins a name that ends before chunk `next` to another one. One that is only described goes on to its
/// examples (`true`).
fn link_after(chunks: &[Chunk], next: usize, described: bool, known: bool) -> Option<(usize, bool)> {
    let next = match chunks.get(next)?.sort {
        Sort::Open => next + chunks.iter().skip(next).position(|c| c.sort == Sort::Close)? + 1,
        _ => next,
    };
    let comma = usize::from(is(chunks, next, Sort::Comma));
    match chunks.get(next + comma)?.sort {
        Sort::Example if described => Some((next + comma + 1, true)),
        Sort::And if known => Some((next + comma + 1, false)),
        Sort::Nominal if known && comma > 0 => Some((next + 1, false)),
        _ => None,
    }
}
