//! The words and the number of a noun phrase, as roles take them.
//!
//! Law: a phrase is words of the sentence in their order.

use super::scope::Scope;
use crate::language::{Deprel, Upos, Xpos};
use crate::ontology::EntityType;
use crate::ontology::lexicon::Lexicon;
use crate::ontology::modality::{Modality, Speech};
use crate::recognise::Title;

/// "gas SPA": `gas sale and purchase agreement`; a phrase that ends in no such initials is itself.
fn in_words(phrase: &str) -> String {
    let (before, last) = phrase.rsplit_once(' ').unwrap_or(("", phrase));
    match Lexicon::embedded().instrument(last) {
        Some(name) if before.is_empty() => name.to_owned(),
        Some(name) => format!("{before} {name}"),
        None => phrase.to_owned(),
    }
}

impl Scope<'_> {
    /// How many of `noun` there are.
    pub(super) fn count_of(&self, noun: usize) -> Option<f64> {
        let amount = self
            .amounts
            .iter()
            .find(|a| a.is_count() && (a.unit_head == Some(noun) || (a.first <= noun && noun <= a.last)))?;
        Some(amount.value)
    }

    /// What the text calls that which `noun` stands for: the name of the work that it is part of, else its phrase, which none of
    /// the words `without` begins.
    pub(super) fn name_of(&self, noun: usize, without: &[String]) -> String {
        if let (Some(work), Some(mention)) = (self.work_at(noun), self.owner(noun).and_then(|m| self.mention(m))) {
            let acronym =
                mention.first == mention.last && mention.text.chars().filter(|c| c.is_uppercase()).count() > 1;
            if mention.first < mention.last || acronym {
                return if acronym { in_words(work) } else { self.whole_name(mention.first, noun, &mention.text) };
            }
        }
        let (first, last) = self.phrase_span(noun);
        let left_out = |i: &usize| without.iter().any(|w| w.eq_ignore_ascii_case(self.grammar.form(*i)));
        let first = (first..noun).find(|i| !left_out(i)).unwrap_or(noun);
        in_words(&self.words(first, last))
    }

    /// "Sale and Purchase Agreement", of which the name begins at `first`: what "and" joins to it in capitals belongs to it.
    fn whole_name(&self, first: usize, noun: usize, name: &str) -> String {
        let (start, _) = self.phrase_span(noun);
        let begins = first.checked_sub(2).filter(|i| self.grammar.form(i + 1) == "and" && start <= *i);
        let capital = |i: usize| self.grammar.form(i).starts_with(char::is_uppercase);
        match begins.filter(|i| capital(*i)) {
            Some(start) => format!("{} {name}", self.words(start, first - 1)),
            None => name.to_owned(),
        }
    }

    /// The noun phrase around `noun` without articles, numbers, possessors and what follows: "framework agreement".
    fn phrase_span(&self, noun: usize) -> (usize, usize) {
        let g = &self.grammar;
        // A finite verb is no attribute, whatever the tree says.
        let paid = |c: usize| self.amounts.iter().any(|a| !a.is_count() && a.first <= c && c <= a.last);
        let keep = |c: usize| {
            !paid(c)
                && matches!(g.deprel(c), Deprel::Compound | Deprel::Amod | Deprel::Flat)
                && g.xpos(c) != Xpos::Vbd
                && c < noun
                && self.owner_is_no_country(c)
        };
        let mut first = noun;
        while first > 0
            && (keep(first - 1)
                || (g.form(first - 1) == "-" && first > 1 && keep(first - 2))
                || (g.head(first - 1).is_some_and(|h| h >= first && h <= noun)
                    && matches!(g.upos(first - 1), Upos::Noun | Upos::Adj | Upos::Propn)
                    && !paid(first - 1)
                    && self.owner_is_no_country(first - 1)))
        {
            first -= 1;
        }
        // "sale and purchase agreement"
        let attributes = g.children(noun).iter().copied().filter(|c| keep(*c)).min().filter(|c| *c < first);
        let runs = |from: &usize| {
            (*from..first).all(|i| {
                !paid(i)
                    && self.owner_is_no_country(i)
                    && (matches!(g.upos(i), Upos::Noun | Upos::Adj | Upos::Cconj) || g.form(i) == "-")
            })
        };
        first = attributes.filter(runs).unwrap_or(first);
        // "heads of agreement"
        let before = |back: usize| first.checked_sub(back).map_or("", |i| g.form(i));
        if first == noun && before(1) == "of" && matches!(before(2), "heads" | "letter" | "letters") {
            first -= 2;
        }
        let mut last = noun;
        let complement = g.under_preposition(noun, "of");
        // "memorandum of understanding" by words as well: taggers take "understanding" for a verb.
        let beside = Some(noun + 2).filter(|_| g.lemma(noun + 1) == "of");
        let named = |o: &usize| {
            matches!(g.form(*o).to_lowercase().as_str(), "understanding" | "intent" | "cooperation" | "relations")
        };
        if let Some(of) = complement.into_iter().chain(beside).find(named) {
            last = of.max(noun);
        }
        (first, last)
    }

    fn owner_is_no_country(&self, token: usize) -> bool {
        let Some(m) = self.owner(token) else { return true };
        !self.who(m).iter().any(|w| matches!(self.kind(*w), Some(EntityType::Country)))
    }

    /// ", the ministry said": whether a clause that tells who said it begins with the comma at `comma` and ends before `end`.
    fn is_aside_of_speech(&self, comma: usize, end: usize) -> bool {
        let g = &self.grammar;
        let says = |i: usize| {
            matches!(g.xpos(i), Xpos::Vbd | Xpos::Vbz | Xpos::Nns)
                && Modality::embedded().speech(g.lemma(i)).is_some_and(Speech::reports)
        };
        // "…, the Deputy Minister of Foreign Affairs of Peru, Ana Ruiz, said"
        let titled = |t: &Title| (comma + 1..comma + 3).contains(&t.first) && t.holder.is_some();
        let official = g.form(comma) == "," && self.findings.titles.iter().any(titled);
        let told = || (comma + 2..(comma + 16).min(g.tokens.len())).any(says);
        g.form(comma) == "," && end - comma < 9 && (comma + 2..end).any(says) || official && told()
    }

    /// "discuss security for the region": what stands right behind an object belongs to it, though the tree hangs it on the verb.
    fn complement_beside(&self, object: usize, last: usize) -> Option<usize> {
        let g = &self.grammar;
        let joins = matches!(g.form(last + 1), "for" | "of" | "on" | "between" | "among");
        let verb = g.head(object).filter(|_| joins && g.deprel(object) == Deprel::Obj)?;
        g.dependents(verb, Deprel::Obl).find(|obl| {
            let day = self.dates.iter().any(|d| d.first <= *obl && *obl <= d.last);
            g.dependents(*obl, Deprel::Case).any(|case| case == last + 1) && !day
        })
    }

    /// The words of the phrase under `token`, without its preposition and article.
    pub(super) fn text_under(&self, token: usize) -> String {
        let g = &self.grammar;
        // "fisheries with Fjordkraft": with whom is no part of what about.
        let partner = |c: usize| {
            g.preposition(c).as_deref() == Some("with")
                && self.entities_at(c).into_iter().any(|w| self.kind(w).is_some_and(EntityType::is_body))
        };
        let cut = |c: usize| {
            matches!(
                g.deprel(c),
                Deprel::Case
                    | Deprel::Mark
                    | Deprel::Punct
                    | Deprel::Det
                    | Deprel::Parataxis
                    | Deprel::AclRelcl
                    | Deprel::Cc
            ) || partner(c)
        };
        let (first, last) = g.extent_without(token, cut);
        let last = self.complement_beside(token, last).map_or(last, |obl| g.extent_without(obl, cut).1.max(last));
        let first = (first..=token)
            .find(|i| !matches!(g.upos(*i), Upos::Adp | Upos::Det | Upos::Punct | Upos::Cconj))
            .unwrap_or(token);
        let end = (last + 1).min(first + 40);
        let end = (first..end).find(|i| self.is_aside_of_speech(*i, end)).unwrap_or(end);
        self.words(first, end.saturating_sub(1).max(first)).trim_end_matches([',', ';', '.', ' ']).to_owned()
    }
}
