//! Where a wording of a frame occurs: its evoking word, and the object that evokes it together with the word.
//!
//! Law: a wording occurs only where its words stand in one clause.

use super::evoke::Lack;
use super::near::{Chunk, Sort};
use super::scope::Scope;
use crate::language::{Deprel, Upos, Xpos};
use crate::ontology::EntityType;
use crate::ontology::frames::{Evocation, Path};
use crate::ontology::gazetteer::Known;
use crate::recognise::Sense;

/// A wording found in a sentence: the evoking word, and its object where the two evoke together.
pub(super) struct Trigger {
    pub(super) word: usize,
    pub(super) object: Option<usize>,
}

impl Trigger {
    /// Where the fact stands.
    pub(super) fn place(&self) -> usize {
        self.object.unwrap_or(self.word)
    }
}

impl Scope<'_> {
    /// All places where `evocation` occurs.
    pub(super) fn triggers(&self, evocation: &Evocation) -> Vec<Trigger> {
        let g = &self.grammar;
        let mut found = Vec::new();
        for word in 0..g.tokens.len() {
            let upos = g.upos(word);
            let verbal = upos == Upos::Verb && self.is_among(word, &evocation.verb) && !self.ends_compound(word);
            let nominal = matches!(upos, Upos::Noun | Upos::Propn) && self.is_among(word, &evocation.noun);
            let adjectival = matches!(upos, Upos::Adj | Upos::Verb) && self.is_among(word, &evocation.adjective);
            let in_name = nominal && !verbal && self.is_inside_body(word);
            if !(verbal || nominal || adjectival) || in_name || self.is_no_event(word) {
                continue;
            }
            let objects = match (&evocation.items, evocation.object.is_empty()) {
                // "the agreement with the union, which includes Peru": no country is an agreement.
                (Some(items), _) => {
                    let country =
                        |i: usize| self.entities_at(i).iter().any(|w| self.kind(*w) == Some(EntityType::Country));
                    self.items_of(word, items).into_iter().filter(|i| !country(*i)).collect()
                }
                (None, true) => {
                    found.push(Trigger { word, object: None });
                    continue;
                }
                (None, false) if verbal => self.objects_of(word, &evocation.object),
                (None, false) => self.complements_of(word, &evocation.object),
            };
            found.extend(objects.into_iter().map(|object| Trigger { word, object: Some(object) }));
        }
        found
    }

    /// "the president-elect", "a government-run firm": the end of a compound noun is no verb of the sentence.
    fn ends_compound(&self, word: usize) -> bool {
        let g = &self.grammar;
        let hyphen = word.checked_sub(1).filter(|i| g.form(*i) == "-");
        hyphen.and_then(|i| i.checked_sub(1)).is_some_and(|i| g.upos(i) == Upos::Noun && g.head(i) == Some(word))
    }

    /// "the Peace Mission": a word of a body's name states nothing.
    fn is_inside_body(&self, token: usize) -> bool {
        let Some(m) = self.owner(token).and_then(|m| self.mention(m)) else { return false };
        let named =
            matches!(m.sense, Sense::Name(kind) if kind.is_body()) || matches!(m.sense, Sense::Known(Known::Body(_)));
        named && m.last > m.first
    }

    /// "two memoranda (MoU)", "agreements under negotiation", "the visiting minister": an abbreviation of what stands before, a
    /// state of things, a mark of somebody.
    fn is_no_event(&self, word: usize) -> bool {
        let g = &self.grammar;
        let before = word.checked_sub(1).map_or("", |i| g.form(i));
        if g.upos(word) == Upos::Verb {
            // "the visiting Peruvian minister"
            return g.deprel(word) == Deprel::Amod && g.xpos(word) == Xpos::Vbg;
        }
        (before == "(" && g.form(word + 1) == ")") || before.eq_ignore_ascii_case("under")
    }

    fn is_among(&self, token: usize, lemmas: &[String]) -> bool {
        let lemma = self.grammar.lemma(token);
        // "Consultations": a capital keeps its letter s as lemma.
        let plain = lemma.strip_suffix('s').filter(|_| self.grammar.upos(token) == Upos::Propn);
        lemmas.iter().any(|l| l.eq_ignore_ascii_case(lemma) || plain.is_some_and(|p| l.eq_ignore_ascii_case(p)))
    }

    /// Whether `token` is one of `lemmas`, or an abbreviation of a work whose name has one: "the CEPA".
    fn is_named(&self, token: usize, lemmas: &[String]) -> bool {
        if self.is_among(token, lemmas) {
            return true;
        }
        let short = self.owner(token).and_then(|m| self.mention(m)).is_some_and(|m| m.first == m.last);
        let work = self.work_at(token).filter(|_| short).unwrap_or_default();
        lemmas.iter().any(|lemma| work.split([' ', '(']).any(|w| w.eq_ignore_ascii_case(lemma)))
    }

    /// Full name of the treaty, plan or other work that `token` is part of.
    pub(super) fn work_at(&self, token: usize) -> Option<&str> {
        let who = self.owner(token).and_then(|m| self.who(m).first().copied())?;
        let member = self.cast().members.get(who)?;
        (member.kind == EntityType::Work).then_some(member.label.as_str())
    }

    /// "a series of agreements": the object or what it is a number of.
    fn named_object(&self, object: usize, lemmas: &[String]) -> Option<usize> {
        if self.is_named(object, lemmas) {
            return Some(object);
        }
        self.grammar.under_preposition(object, "of").into_iter().find(|i| self.is_named(*i, lemmas))
    }

    /// The objects of `verb` that are among `lemmas`: "an agreement on X and two memoranda" are two; of "agreements such as a
    /// treaty on X" only what is listed counts.
    fn objects_of(&self, verb: usize, lemmas: &[String]) -> Vec<usize> {
        let g = &self.grammar;
        let direct = g.dependents(verb, crate::language::Deprel::Obj);
        let by_tree = g.patients(verb).into_iter().chain(direct).flat_map(|o| g.conjuncts(o));
        let first = by_tree.filter_map(|o| self.named_object(o, lemmas)).next();
        let chunks = self.chunks();
        let Some(first) = first.or_else(|| self.object_by_words(&chunks, verb, lemmas)) else { return Vec::new() };
        let further = self.further_objects(&chunks, first, lemmas);
        let listed = further.iter().any(|(_, listed)| *listed);
        let further = further.into_iter().filter(|(_, l)| *l == listed).map(|(o, _)| o);
        if listed { further.collect() } else { std::iter::once(first).chain(further).collect() }
    }

    /// The noun phrase right after an active verb, or right before the passive one.
    fn object_by_words(&self, chunks: &[Chunk], verb: usize, lemmas: &[String]) -> Option<usize> {
        let at = chunks.iter().position(|c| c.first <= verb && verb <= c.last)?;
        // "signed with X a memorandum": whom it is signed with may stand between.
        let with = chunks.get(at + 1).is_some_and(|c| self.grammar.lemma(c.first) == "with");
        let between = chunks.iter().skip(at + 2).take_while(|c| with && c.sort == Sort::Nominal).count();
        let next = chunks.get(at + 1 + between).filter(|c| c.sort == Sort::Nominal);
        if let Some(found) = next.and_then(|c| self.last_named(c, lemmas)) {
            return Some(found);
        }
        let before = chunks.get(..at)?;
        let passive = self.grammar.xpos(verb) == Xpos::Vbn && before.last().is_some_and(|c| c.sort == Sort::Filler);
        let clause = before.iter().rposition(|c| c.sort == Sort::Border).map_or(0, |border| border + 1);
        let subjects = before.iter().enumerate().skip(clause).filter(|(i, c)| {
            passive
                && c.sort == Sort::Nominal
                && !i.checked_sub(1).and_then(|p| before.get(p)).is_some_and(|p| p.sort == Sort::Preposition)
        });
        subjects.filter_map(|(_, c)| self.last_named(c, lemmas)).next()
    }

    /// The last word of a noun phrase that is among `lemmas` and heads it.
    fn last_named(&self, chunk: &Chunk, lemmas: &[String]) -> Option<usize> {
        let heads = |i: &usize| *i == chunk.last || matches!(self.grammar.upos(*i + 1), Upos::Adp | Upos::Punct);
        (chunk.first..=chunk.last).rev().find(|i| heads(i) && self.is_named(*i, lemmas))
    }

    /// Noun phrases after `first` in its clause that are among `lemmas` and stand beside it, or in a list of examples of it
    /// (`true`).
    fn further_objects(&self, chunks: &[Chunk], first: usize, lemmas: &[String]) -> Vec<(usize, bool)> {
        let Some(at) = chunks.iter().position(|c| c.first <= first && first <= c.last) else { return Vec::new() };
        let (mut found, mut listed) = (Vec::new(), false);
        for (i, chunk) in chunks.iter().enumerate().skip(at + 1) {
            let colon = matches!(self.grammar.form(chunk.first), ":" | ";");
            match chunk.sort {
                Sort::Example => listed = true,
                Sort::Finite => break,
                Sort::Border if !colon => break,
                Sort::Border => listed |= self.grammar.form(chunk.first) == ":",
                Sort::Nominal => {
                    let link = chunks
                        .get(i - 1)
                        .is_some_and(|c| matches!(c.sort, Sort::And | Sort::Comma | Sort::Example | Sort::Border));
                    let own = listed || matches!(self.grammar.upos(chunk.first), Upos::Det | Upos::Num);
                    found.extend(self.last_named(chunk, lemmas).filter(|_| link && own).map(|o| (o, listed)));
                }
                _ => {}
            }
        }
        found
    }

    /// "the signing of agreements", "negotiations on a treaty": what `noun` is about, where it is among `lemmas`.
    fn complements_of(&self, noun: usize, lemmas: &[String]) -> Vec<usize> {
        let chunks = self.chunks();
        let Some(at) = chunks.iter().position(|c| c.first <= noun && noun <= c.last) else { return Vec::new() };
        let about = chunks.get(at + 1).filter(|c| {
            let word = self.grammar.lemma(c.first);
            c.sort == Sort::Preposition && matches!(word, "of" | "on" | "for" | "about" | "towards" | "toward" | "over")
        });
        let next = chunks.get(at + 2).filter(|c| about.is_some() && c.sort == Sort::Nominal);
        next.and_then(|c| self.last_named(c, lemmas)).into_iter().collect()
    }

    /// The words that `path` leads to, with those coordinated by the tree, and those that the order of words lists after them:
    /// each begins with an article, or is the last.
    fn items_of(&self, word: usize, path: &Path) -> Vec<usize> {
        let mut items: Vec<usize> = self.walk(word, path).into_iter().flat_map(|o| self.grammar.conjuncts(o)).collect();
        let chunks = self.chunks();
        let Some(at) = chunks.iter().position(|c| items.iter().any(|i| c.first <= *i && *i <= c.last)) else {
            return items;
        };
        for pair in chunks.get(at..).unwrap_or_default().windows(2) {
            let [link, chunk] = pair else { continue };
            if matches!(link.sort, Sort::Border) {
                break;
            }
            let linked = matches!(link.sort, Sort::Comma | Sort::And) && chunk.sort == Sort::Nominal;
            let fresh = self.grammar.upos(chunk.first) == Upos::Det && self.grammar.lemma(chunk.first) != "the";
            if linked && fresh && !items.iter().any(|i| chunk.first <= *i && *i <= chunk.last) {
                items.push(chunk.last);
            }
        }
        items.sort_unstable();
        items.dedup();
        items
    }

    /// The first condition of `evocation` that is not met at `trigger`.
    pub(super) fn unmet_condition<'f>(&self, evocation: &'f Evocation, trigger: &Trigger) -> Option<Lack<'f>> {
        let g = &self.grammar;
        let unmet = evocation.when.iter().find(|(path, words)| {
            let Ok(path) = Path::try_from((*path).clone()) else { return true };
            !self.walk_from(trigger, &path).iter().any(|i| self.is_named(*i, words))
        });
        if let Some((path, words)) = unmet {
            return Some(Lack::Word(path, words));
        }
        if let Some(path) = evocation.lacks.iter().find(|path| !self.walk_from(trigger, path).is_empty()) {
            return Some(Lack::Unwanted(path));
        }
        let spoils = |c: &&usize| evocation.unless.iter().any(|w| w.eq_ignore_ascii_case(g.lemma(**c)));
        if let Some(spoiler) = g.children(trigger.place()).iter().find(spoils) {
            return Some(Lack::Spoiled(*spoiler));
        }
        evocation.needs.iter().find(|path| self.walk_from(trigger, path).is_empty()).map(Lack::Path)
    }
}
