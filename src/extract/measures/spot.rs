//! Where a figure stands, by the words beside it.
//!
//! Law: a parser errs most around sums of money, so what the neighbouring words say plainly goes before the tree.

use super::super::scope::Scope;
use crate::language::{Deprel, Upos};
use crate::ontology::figures::{Figures, MeasureVerb};
use crate::recognise::Amount;

/// A figure and its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// First word of the figure, with "more than", "a total".
    pub(super) first: usize,
    /// The last word of the figure.
    pub(super) last: usize,
    /// The word that the tree hangs the figure by.
    pub(super) anchor: usize,
}

const PREPOSITIONS: &[&str] = &[
    "to", "of", "at", "by", "for", "from", "in", "with", "than", "on", "into", "across", "against", "versus", "under",
    "as",
];

impl Scope<'_> {
    pub(super) fn spot(&self, amount: &Amount) -> Spot {
        let anchor = crate::recognise::head_of(self.sentence, amount.first, amount.last);
        Spot { first: self.widen_left(amount.lead), last: amount.last, anchor }
    }

    /// The same place seen from the noun phrase that ends before `of` and says nothing: "at an average of", "a total of".
    pub(super) fn widen_spot(&self, spot: Spot, noun: usize) -> Spot {
        Spot { first: self.widen_left(self.phrase_start(noun)), ..spot }
    }

    fn widen_left(&self, mut at: usize) -> usize {
        let g = &self.grammar;
        for _ in 0..6 {
            let Some(before) = at.checked_sub(1) else { break };
            let skip = matches!(g.upos(before), Upos::Det | Upos::Adj | Upos::Adv)
                || g.form(before) == "\\"
                || matches!(g.form(before), "an" | "a" | "the" | "about" | "over" | "around" | "just");
            let says = matches!(
                g.lemma(before).to_lowercase().as_str(),
                "up" | "down" | "more" | "less" | "high" | "low" | "higher" | "lower" | "worth" | "no" | "back"
            ) || self.is_amount(before)
                || self.is_dated(before)
                || self.is_measure_verb(before).is_some() && g.upos(before) != Upos::Adj;
            if !skip || says {
                break;
            }
            at = before;
        }
        at
    }

    pub(super) fn is_amount(&self, token: usize) -> bool {
        self.amounts.iter().any(|a| a.first <= token && token <= a.last)
    }

    pub(super) fn is_dated(&self, token: usize) -> bool {
        self.dates.iter().any(|d| d.first <= token && token <= d.last)
    }

    /// The preposition right before `at`, and where it stands.
    pub(super) fn preposition_before(&self, at: usize) -> Option<(usize, String)> {
        let before = at.checked_sub(1)?;
        let form = self.low(before);
        PREPOSITIONS.contains(&form.as_str()).then_some((before, form))
    }

    pub(super) fn is_nominal(&self, i: usize) -> bool {
        let g = &self.grammar;
        matches!(g.upos(i), Upos::Noun | Upos::Propn)
            || g.upos(i) == Upos::Verb && self.is_noun_in_disguise(i)
            || self.is_disguised_plural(i)
    }

    /// "Uruguayan exports reached": a noun that the tagger took for a verb, where the tree makes it an argument.
    fn is_noun_in_disguise(&self, i: usize) -> bool {
        let argument = matches!(
            self.grammar.deprel(i),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::NmodPoss
        );
        argument && self.low(i).ends_with('s') && self.is_known_noun(i)
    }

    /// The noun phrase that begins at `at` (articles and possessives skipped): its first word and its head.
    pub(super) fn phrase_at(&self, at: usize) -> Option<(usize, usize)> {
        let g = &self.grammar;
        let mut first = at;
        while matches!(g.upos(first), Upos::Det) || g.deprel(first) == Deprel::NmodPoss && g.upos(first) == Upos::Pron {
            first += 1;
        }
        let (mut head, mut i) = (None, first);
        while i < g.tokens.len() && i < first + 9 {
            if self.is_amount(i) || self.is_dated(i) {
                break;
            }
            let before = head.filter(|h| *h + 1 == i && self.is_known_noun(*h));
            if before.is_some_and(|_| g.upos(i) == Upos::Noun && !self.is_known_noun(i) && self.is_verb_like(i)) {
                break;
            }
            // "the building comprises": a verb that the tagger took for a noun.
            let third =
                head.is_some() && self.low(i).ends_with('s') && g.upos(i) == Upos::Noun && !self.is_known_noun(i);
            // "water projects": the noun before only describes it.
            let described = head.is_some_and(|h| g.head(h) == Some(i) && g.deprel(h) == Deprel::Compound);
            if third && !described && Figures::embedded().verb_of_form(&self.low(i)).is_some() {
                break;
            }
            match g.upos(i) {
                Upos::Noun | Upos::Propn => head = Some(i),
                Upos::Adj | Upos::Num => {}
                Upos::Adv if i == first && self.is_nominal(i + 1) => {}
                Upos::Verb if matches!(g.deprel(i), Deprel::Amod | Deprel::Compound) => {}
                _ if matches!(g.form(i), "-" | "'s" | "’s" | "&" | "'" | "’") => {}
                Upos::Cconj if head.is_some() && self.is_nominal(i + 1) && self.shares_head(i + 1) => {}
                _ => break,
            }
            i += 1;
        }
        head.map(|h| (first, h))
    }

    fn is_known_noun(&self, i: usize) -> bool {
        Figures::embedded().noun(&self.grammar.lemma(i).to_lowercase()).is_some()
    }

    /// A participle that the tagger took for a noun: "the target set under".
    fn is_verb_like(&self, i: usize) -> bool {
        let form = self.low(i);
        let participle = ["ed", "en", "wn"].iter().any(|end| form.ends_with(end))
            || matches!(
                form.as_str(),
                "set" | "put" | "made" | "held" | "built" | "met" | "cut" | "hit" | "paid" | "sold" | "led"
            );
        matches!(self.low(i + 1).as_str(), "under" | "by" | "in" | "at" | "for") && participle
    }

    /// "goods and service exports": the noun after "and" only modifies the next.
    fn shares_head(&self, i: usize) -> bool {
        self.is_nominal(i + 1) && !self.is_dated(i + 1)
    }

    /// Where the noun phrase with head `noun` begins, without articles, possessors, names of countries and figures.
    pub(super) fn phrase_start(&self, noun: usize) -> usize {
        let g = &self.grammar;
        let fits = |i: usize| {
            let kind = match g.upos(i) {
                Upos::Noun | Upos::Adj | Upos::Propn => true,
                Upos::Verb => matches!(g.deprel(i), Deprel::Amod | Deprel::Compound),
                _ => g.form(i) == "-",
            };
            kind && !self.is_amount(i) && !self.is_dated(i) && self.names_no_country(i) && !is_vain(g.form(i))
        };
        let mut first = noun;
        while first > 0 && noun - first < 6 && fits(first - 1) {
            first -= 1;
        }
        if g.form(first) == "-" && matches!(self.low(first.wrapping_sub(1)).as_str(), "two" | "two-") {
            return first - 1;
        }
        if g.form(first) == "-" { self.hyphenated_start(first).unwrap_or(first + 1) } else { first }
    }

    /// "a state-of-the-art mill": where the words begin that the hyphen at `hyphen` and those before it join.
    fn hyphenated_start(&self, hyphen: usize) -> Option<usize> {
        let g = &self.grammar;
        let mut first = hyphen;
        while g.form(first) == "-" {
            let word = first.checked_sub(1)?;
            let plain = matches!(g.upos(word), Upos::Noun | Upos::Adj | Upos::Adv | Upos::Adp | Upos::Det);
            if !plain || self.is_amount(word) || self.is_dated(word) || !self.names_no_country(word) {
                return None;
            }
            first = if word > 0 && g.form(word - 1) == "-" { word - 1 } else { word };
        }
        Some(first)
    }

    /// The noun phrase as an indicator: its modifiers that name no country, and what it is of, in or on.
    pub(super) fn describe(&self, noun: usize) -> String {
        let g = &self.grammar;
        let own = Figures::embedded().noun(&g.lemma(noun).to_lowercase()).map_or("", |n| n.name);
        // "the 665-kilometre-long line": what the figure measures is no part of the name.
        let start = self.phrase_start(noun);
        let sized = matches!(self.low(start).as_str(), "long" | "wide" | "tall" | "deep" | "high")
            && (start.saturating_sub(2)..start).any(|i| self.is_amount(i));
        let start = if sized && start < noun { start + 1 } else { start };
        let mut phrase = match (own.is_empty(), start < noun) {
            (true, _) => self.words(start, noun),
            (false, false) => own.to_owned(),
            (false, true) => format!("{} {own}", self.words(start, noun - 1)),
        };
        let next = self.low(noun + 1);
        if matches!(next.as_str(), "of" | "in" | "on")
            && let Some((first, head)) = self.phrase_at(noun + 2)
            && self.party(head).is_none()
            && !self.is_amount(noun + 2)
            && (next == "of" || g.upos(head) == Upos::Noun)
        {
            phrase = format!("{phrase} {next} {}", self.words(first.max(self.phrase_start(head)), head));
        }
        phrase
    }

    /// The verb that a figure completes: the nearest to the left in its clause, past its object and other figures.
    pub(super) fn verb_before(&self, spot: Spot) -> Option<usize> {
        let g = &self.grammar;
        let mut at = spot.first;
        let mut commas = 0;
        while at > 0 && spot.first - at < 25 {
            at -= 1;
            if self.is_amount(at) && g.upos(at) == Upos::Verb {
                return Some(at);
            }
            if self.is_amount(at) || self.is_dated(at) {
                continue;
            }
            match g.form(at) {
                ";" | ":" | "—" | "–" => return None,
                "," => commas += 1,
                _ => {}
            }
            if commas > 2 {
                return None;
            }
            if self.is_verb(at) {
                return Some(at);
            }
        }
        None
    }

    /// A verb that is no modifier and no copula, or a word that the tagger took for none and the lexicon knows.
    pub(super) fn is_verb(&self, i: usize) -> bool {
        let g = &self.grammar;
        if g.upos(i) == Upos::Verb && self.is_noun_in_disguise(i) {
            return false;
        }
        if g.upos(i) == Upos::Verb {
            let given = self.low(i) == "according" || self.low(i) == "including" || self.low(i) == "compared";
            return !given && !matches!(g.deprel(i), Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Fixed);
        }
        // No noun stands before an article.
        let determined = g.upos(i) == Upos::Noun
            && i > 0
            && (matches!(g.upos(i + 1), Upos::Det)
                || matches!(self.low(i + 1).as_str(), "its" | "their" | "his" | "her"))
            && matches!(self.low(i - 1).as_str(), "to" | "and" | "will" | "would" | "also" | "can" | "may" | "could");
        if determined && Figures::embedded().verb(&self.low(i)).is_some() {
            return true;
        }
        let figures = Figures::embedded();
        let form = self.low(i);
        let Some(lemma) = figures.verb_of_form(&form).filter(|v| *v != "be") else { return false };
        let known = figures.noun(&g.lemma(i).to_lowercase()).is_some();
        match g.upos(i) {
            // "the plant cost $74 million".
            Upos::Noun if known => {
                let figure = self.amounts.iter().any(|a| a.lead == i + 1);
                figure && i > 0 && self.is_nominal(i - 1) && matches!(lemma, "cost" | "total")
            }
            Upos::Noun => form != lemma && !form.ends_with("ing"),
            Upos::Adv | Upos::X | Upos::Adj => !known,
            _ => false,
        }
    }

    /// What the lexicon knows of the verb at `i`.
    pub(super) fn is_measure_verb(&self, i: usize) -> Option<MeasureVerb> {
        let figures = Figures::embedded();
        let lemma = self.grammar.lemma(i).to_lowercase();
        if self.grammar.upos(i) == Upos::Noun && self.is_verb(i) && figures.verb(&self.low(i)).is_some() {
            return figures.verb(&self.low(i));
        }
        if self.grammar.upos(i) == Upos::Verb {
            return figures.verb(&lemma).or_else(|| figures.verb(figures.verb_of_form(&self.low(i))?));
        }
        figures.verb_of_form(&self.low(i)).filter(|_| self.is_verb(i)).and_then(|l| figures.verb(l))
    }

    /// The lemma of the verb at `i`, also where the tagger took it for none.
    pub(super) fn verb_lemma(&self, i: usize) -> &str {
        match self.grammar.upos(i) {
            Upos::Verb => self.grammar.lemma(i),
            _ => Figures::embedded().verb_of_form(&self.low(i)).unwrap_or_else(|| self.grammar.lemma(i)),
        }
    }

    /// Whether a word is no part of the name of a country that the document speaks of.
    fn names_no_country(&self, token: usize) -> bool {
        let Some(m) = self.owner(token) else { return true };
        !self.who(m).iter().any(|w| self.kind(*w) == Some(crate::ontology::EntityType::Country))
            || self.mention(m).is_some_and(|m| m.last > m.first + 2)
    }
}

/// Adjectives that say how great a figure is and not what it measures.
fn is_vain(form: &str) -> bool {
    matches!(
        form.to_lowercase().as_str(),
        "additional"
            | "whopping"
            | "staggering"
            | "record"
            | "total"
            | "collective"
            | "combined"
            | "further"
            | "other"
            | "such"
            | "its"
            | "own"
    )
}
