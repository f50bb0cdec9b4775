//! Repairs of tags where the lexicons know better than the tagger, which has seen few headlines and little of trade.
//!
//! Law: a repair looks at what is written beside the word and in the lexicons, never at the word alone.

use super::tag::Tag;
use super::tree::{Upos, Xpos};
use crate::ontology::figures::Figures;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::lexicon::Lexicon;
use crate::ontology::modality::Modality;

/// Repairs the tags of a sentence given as folded forms.
pub(super) fn mend_tags(forms: &[String], tags: &mut [Tag]) {
    for i in 0..tags.len().min(forms.len()) {
        let sentence = Line { forms, tags };
        let better = sentence
            .led_verb(i)
            .or_else(|| sentence.reciprocal_verb(i))
            .or_else(|| sentence.plural_acronym(i))
            .or_else(|| sentence.headline_verb(i))
            .or_else(|| sentence.demonym(i))
            .or_else(|| sentence.understanding(i))
            .or_else(|| sentence.flow(i));
        if let (Some(better), Some(tag)) = (better, tags.get_mut(i)) {
            *tag = better;
        }
    }
}

/// A sentence while its tags are mended, those on the left already.
#[derive(Clone, Copy)]
struct Line<'s> {
    forms: &'s [String],
    tags: &'s [Tag],
}

const PLURAL: Tag = (Upos::Noun, Xpos::Nns);

impl Line<'_> {
    fn form(&self, i: usize) -> &str {
        self.forms.get(i).map_or("", String::as_str)
    }

    fn upos(&self, i: usize) -> Option<Upos> {
        self.tags.get(i).map(|t| t.0)
    }

    fn xpos(&self, i: usize) -> Option<Xpos> {
        self.tags.get(i).map(|t| t.1)
    }

    fn is_finite(&self, i: usize) -> bool {
        matches!(self.xpos(i), Some(Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
    }

    fn is_demonym(&self, i: usize) -> bool {
        matches!(Gazetteer::embedded().find(self.form(i)), Some(Known::Demonym(_)))
    }

    /// After a modal or "to", a verb that the lexicons know is one, however rare it was in the treebanks ("will invest").
    fn led_verb(&self, i: usize) -> Option<Tag> {
        let led = matches!(self.xpos(i.checked_sub(1)?), Some(Xpos::Md | Xpos::To));
        let known = |form| Figures::embedded().verb(form).is_some() || Modality::embedded().speech(form).is_some();
        let verbal = matches!(self.upos(i), Some(Upos::Verb | Upos::Aux));
        (led && !verbal && known(self.form(i))).then_some((Upos::Verb, Xpos::Vb))
    }

    /// "both support each other": before the reciprocal stands a verb, where its subject stands right before it.
    fn reciprocal_verb(&self, i: usize) -> Option<Tag> {
        let pair = matches!((self.form(i + 1), self.form(i + 2)), ("each", "other") | ("one", "another"));
        let plural = matches!(self.form(i.checked_sub(1)?), "both" | "they" | "we" | "countries" | "sides" | "nations");
        let bare = self.xpos(i) == Some(Xpos::Nn) && self.form(i).chars().all(char::is_lowercase);
        (pair && plural && bare).then_some((Upos::Verb, Xpos::Vbp))
    }

    /// "MoUs": capitals with a small s behind them are no verb.
    fn plural_acronym(&self, i: usize) -> Option<Tag> {
        let head = self.form(i).strip_suffix('s')?;
        let capitals = head.chars().filter(|c| c.is_uppercase()).count();
        let acronym = capitals > 1 && head.ends_with(char::is_uppercase) && head.chars().all(char::is_alphabetic);
        (acronym && self.upos(i) == Some(Upos::Verb)).then_some(PLURAL)
    }

    /// "Foreign minister visits Lima": after a post and before a name, where the line has no other finite verb.
    fn headline_verb(&self, i: usize) -> Option<Tag> {
        if self.xpos(i) != Some(Xpos::Nns) || !self.form(i).chars().all(char::is_lowercase) {
            return None;
        }
        let post = self.form(i.checked_sub(1)?).to_lowercase();
        let before = Lexicon::embedded().post_length(&[post.as_str()]) > 0;
        let named = self.upos(i + 1) == Some(Upos::Propn) || self.is_demonym(i + 1);
        let alone = || !(0..self.tags.len()).any(|j| self.is_finite(j));
        (before && named && alone()).then_some((Upos::Verb, Xpos::Vbz))
    }

    /// "Peruvian exports": an adjective of a country right before what is written small, whatever that is taken for.
    fn demonym(&self, i: usize) -> Option<Tag> {
        let noun = matches!(self.upos(i + 1), Some(Upos::Noun | Upos::Adj)) || self.is_flow(i + 1);
        let small = self.form(i + 1).starts_with(char::is_lowercase);
        let named = matches!(self.xpos(i), Some(Xpos::Nnp | Xpos::Nn));
        (named && noun && small && self.is_demonym(i)).then_some((Upos::Adj, Xpos::Jj))
    }

    /// "memorandum of understanding": no verb.
    fn understanding(&self, i: usize) -> Option<Tag> {
        let form = |n: usize| i.checked_sub(n).map(|j| self.form(j).to_lowercase()).unwrap_or_default();
        let paper = form(1) == "of" && (form(2).starts_with("memorand") || form(2).starts_with("letter"));
        (paper && form(0) == "understanding" && self.upos(i) == Some(Upos::Verb)).then_some((Upos::Noun, Xpos::Nn))
    }

    /// A plural that the lexicon of figures knows as a noun and that the tagger could take for a verb.
    fn is_flow(&self, i: usize) -> bool {
        let singular = self.form(i).strip_suffix('s');
        singular.is_some_and(|noun| Figures::embedded().noun(noun).is_some())
    }

    /// "Exports to Peru rose": no verb is what has the finite verb behind it, without an object or a clause between, or an
    /// adjective before it.
    fn flow(&self, i: usize) -> Option<Tag> {
        if self.xpos(i) != Some(Xpos::Vbz) || !self.is_flow(i) {
            return None;
        }
        let led = i.checked_sub(1).is_some_and(|p| matches!(self.xpos(p), Some(Xpos::Jj)));
        let beside = self.is_finite(i + 1) || self.upos(i + 1) == Some(Upos::Adp);
        let between = |j: &usize| {
            matches!(self.upos(*j), Some(Upos::Adp | Upos::Propn | Upos::Det | Upos::Adj | Upos::Num))
                || self.upos(*j) == Some(Upos::Noun)
        };
        let next = (i + 1..self.tags.len()).find(|j| !between(j));
        (led || beside && next.is_some_and(|j| self.is_finite(j))).then_some(PLURAL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as `form/UPOS/XPOS`; `expected` are the Penn tags.
    #[track_caller]
    fn check(words: &str, expected: &str) {
        let fields: Vec<Vec<&str>> = words.split(' ').map(|w| w.split('/').collect()).collect();
        let forms: Vec<String> = fields.iter().map(|f| f[0].to_owned()).collect();
        let mut tags: Vec<Tag> = fields.iter().map(|f| (f[1].parse().unwrap(), f[2].parse().unwrap())).collect();
        mend_tags(&forms, &mut tags);
        let found: Vec<String> = tags.iter().map(|t| t.1.to_string()).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn exports_are_nouns_where_a_verb_follows() {
        check("Peruvian/PROPN/NNP exports/VERB/VBZ rose/VERB/VBD", "JJ NNS VBD");
        check("Fish/NOUN/NN exports/VERB/VBZ to/ADP/IN Peru/PROPN/NNP rose/VERB/VBD", "NN NNS IN NNP VBD");
        check("Peru/PROPN/NNP exports/VERB/VBZ fish/NOUN/NN to/ADP/IN Chile/PROPN/NNP", "NNP VBZ NN IN NNP");
    }

    #[test]
    fn understanding_is_a_noun_in_a_memorandum() {
        check("memorandum/NOUN/NN of/SCONJ/IN understanding/VERB/VBG on/ADP/IN fish/NOUN/NN", "NN IN NN IN NN");
        check("way/NOUN/NN of/SCONJ/IN understanding/VERB/VBG fish/NOUN/NN", "NN IN VBG NN");
    }

    #[test]
    fn what_is_done_to_each_other_is_a_verb() {
        check("both/DET/DT support/NOUN/NN each/DET/DT other/ADJ/JJ", "DT VBP DT JJ");
        check("in/ADP/IN support/NOUN/NN each/DET/DT other/ADJ/JJ", "IN NN DT JJ");
    }

    #[test]
    fn headlines_have_a_verb() {
        check("minister/NOUN/NN visits/NOUN/NNS Peru/PROPN/NNP", "NN VBZ NNP");
        check("minister/NOUN/NN visits/NOUN/NNS Peru/PROPN/NNP was/AUX/VBD", "NN NNS NNP VBD");
        check("Several/ADJ/JJ MoUs/VERB/VBZ were/AUX/VBD signed/VERB/VBN", "JJ NNS VBD VBN");
        check("will/AUX/MD invest/NOUN/NN", "MD VB");
    }
}
