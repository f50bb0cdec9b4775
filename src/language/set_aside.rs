//! Words that a sentence can do without: dates and datelines before it, brackets, footnote marks, legal forms, "in turn". The parser
//! reads the rest, where it errs less; they are hung in afterwards.
//!
//! Law: every word comes back, and the tree stays a tree.

use super::parse::Arcs;
use super::tag::Tag;
use super::tree::{Deprel, Upos, Xpos};
use crate::ontology::lexicon::Lexicon;

/// What is set aside: from a word to a word, and how it will hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    first: usize,
    last: usize,
    /// The word of the part that hangs on the rest.
    head: usize,
    relation: Deprel,
    /// On the word before the part rather than on the root.
    on_before: bool,
}

/// The words that stay, in order, and what was set aside.
pub(super) struct Aside {
    pub(super) kept: Vec<usize>,
    parts: Vec<Part>,
    count: usize,
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// Whether a lower-case word, without its full stop, names a month.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Whether a lower-case word names a day of the week.
pub(crate) fn is_weekday(word: &str) -> bool {
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// Decides what to set aside in a sentence.
pub(super) fn set_aside(forms: &[String], tags: &[Tag]) -> Aside {
    let mut parts: Vec<Part> = Vec::new();
    let start = dateline(forms).inspect(|p| parts.push(*p)).map_or(0, |p| p.last + 1);
    let start = opening_date(forms, start).inspect(|p| parts.push(*p)).map_or(start, |p| p.last + 1);
    let mut at = start;
    while at < forms.len() {
        let part = bracket(forms, tags, at).or_else(|| mark(forms, at)).or_else(|| legal_form(forms, tags, at));
        match part.or_else(|| manner(tags, at)) {
            Some(part) if at > 0 => {
                at = part.last + 1;
                parts.push(part);
            }
            _ => at += 1,
        }
    }
    let gone = |i: usize| parts.iter().any(|p| p.first <= i && i <= p.last);
    let mut kept: Vec<usize> = (0..forms.len()).filter(|i| !gone(*i)).collect();
    let words = kept.iter().filter(|i| tags.get(**i).is_some_and(|t| t.0 != Upos::Punct)).count();
    if words < 2 {
        kept = (0..forms.len()).collect();
        parts.clear();
    }
    Aside { kept, parts, count: forms.len() }
}

/// "LIMA :", "MANILA , Philippines --", "LIMA , May 3 , 2021 ( Agency ) -".
fn dateline(forms: &[String]) -> Option<Part> {
    let last = dateline_end(|i| forms.get(i).map_or("", String::as_str))?;
    (forms.len() > last + 3).then_some(Part { first: 0, last, head: 0, relation: Deprel::Parataxis, on_before: false })
}

/// Most words of a dateline: towns, a date, an agency in brackets.
const LONGEST_DATELINE: usize = 18;

/// The mark that ends the dateline at the beginning of a sentence; `word` gives its words, empty behind the last.
pub(crate) fn dateline_end<'s>(word: impl Fn(usize) -> &'s str) -> Option<usize> {
    let first = first_dateline(&word)?;
    // "PERU, May 3 - LIMA — ": that of the agency and that of the text.
    let dash = (2..5).find(|i| matches!(word(first + i), "--" | "-" | "–" | "—")).filter(|_| word(first) != ":");
    let shouted = |i: usize| word(i).chars().count() > 2 && word(i).chars().all(char::is_uppercase);
    Some(dash.filter(|dash| (1..*dash).all(|i| shouted(first + i))).map_or(first, |dash| first + dash))
}

fn first_dateline<'s>(word: &impl Fn(usize) -> &'s str) -> Option<usize> {
    let shouted = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count() > 2 && w.chars().all(|c| !c.is_lowercase());
    if !shouted(word(0)) {
        return None;
    }
    let last = (0..LONGEST_DATELINE).find(|i| matches!(word(*i), ":" | "--" | "---" | "-" | "–" | "—"))?;
    let plain = |i: usize| word(i) == "and" || !word(i).starts_with(char::is_lowercase);
    // A long dash also stands between names: "PEMEX – Norte".
    let dated = || (0..last).any(|i| matches!(word(i), "," | "("));
    let certain = match word(last) {
        ":" => last <= 7,
        "–" | "—" => dated(),
        _ => last <= 7 || dated(),
    };
    (last > 0 && certain && (0..last).all(plain)).then_some(last)
}

/// "In July 2024 ,", "On 3 May ,", "In 2023 ,".
fn opening_date(forms: &[String], start: usize) -> Option<Part> {
    let first = forms.get(start)?.to_lowercase();
    if !matches!(first.as_str(), "in" | "on" | "by" | "since" | "during") {
        return None;
    }
    let is_time = |w: &String| {
        let lower = w.to_lowercase();
        is_month(lower.trim_end_matches('.'))
            || w.chars().next().is_some_and(|c| c.is_ascii_digit())
            || matches!(lower.as_str(), "early" | "late" | "the" | "of" | "mid" | "-" | ",")
            || is_weekday(&lower)
    };
    let run = forms.iter().skip(start + 1).take_while(|w| is_time(w)).count();
    let last = (start + 1..=start + run).rev().find(|i| forms.get(*i).is_some_and(|w| w == ","))?;
    let head = (start + 1..last).find(|i| {
        forms.get(*i).is_some_and(|w| {
            is_month(w.to_lowercase().trim_end_matches('.')) || w.len() == 4 && w.chars().all(|c| c.is_ascii_digit())
        })
    })?;
    (forms.len() > last + 3).then_some(Part { first: start, last, head, relation: Deprel::Obl, on_before: false })
}

/// "( PDN )": a short bracket.
fn bracket(forms: &[String], tags: &[Tag], at: usize) -> Option<Part> {
    if forms.get(at)? != "(" {
        return None;
    }
    let inner = forms.iter().skip(at + 1).take(5).position(|w| w == ")")?;
    let last = at + 1 + inner;
    let verbal = (at + 1..last).any(|i| tags.get(i).is_some_and(|t| t.0 == Upos::Verb));
    (inner > 0 && !verbal).then_some(Part { first: at, last, head: last - 1, relation: Deprel::Appos, on_before: true })
}

/// A footnote mark.
fn mark(forms: &[String], at: usize) -> Option<Part> {
    let form = forms.get(at)?;
    let raised = form.chars().all(|c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    let bracketed = form.len() > 2 && form.starts_with('[') && form.ends_with(']');
    (raised || bracketed).then_some(Part { first: at, last: at, head: at, relation: Deprel::Dep, on_before: true })
}

/// "AS", "SA", "PLC" after a name: such letters look like other words.
fn legal_form(forms: &[String], tags: &[Tag], at: usize) -> Option<Part> {
    let form = forms.get(at)?;
    let proper = |i: usize| tags.get(i).is_some_and(|t| t.0 == Upos::Propn);
    let short = (2..=4).contains(&form.len()) && form.chars().all(char::is_uppercase);
    let named = short && at.checked_sub(1).is_some_and(proper) && Lexicon::embedded().is_legal_form(form);
    named.then_some(Part { first: at, last: at, head: at, relation: Deprel::Flat, on_before: true })
}

/// "was in turn acquired", "were in part paid": a preposition and a bare noun between the auxiliary and its participle.
fn manner(tags: &[Tag], at: usize) -> Option<Part> {
    let tag = |i: usize| tags.get(i).copied();
    let between = tag(at.checked_sub(1)?)?.0 == Upos::Aux && tag(at + 2)?.1 == Xpos::Vbn;
    let phrase = tag(at)?.0 == Upos::Adp && tag(at + 1)? == (Upos::Noun, Xpos::Nn);
    (between && phrase).then_some(Part {
        first: at,
        last: at + 1,
        head: at + 1,
        relation: Deprel::Obl,
        on_before: false,
    })
}

impl Aside {
    /// The whole tree from that of the words that stayed.
    pub(super) fn hang_in(&self, arcs: &Arcs, tags: &[Tag]) -> Arcs {
        let mut whole: Arcs = vec![(None, Deprel::Dep); self.count];
        let mut root = None;
        for ((head, relation), place) in arcs.iter().zip(&self.kept) {
            let head = head.and_then(|h| self.kept.get(h)).copied();
            if head.is_none() {
                root = Some(*place);
            }
            if let Some(slot) = whole.get_mut(*place) {
                *slot = (head, *relation);
            }
        }
        for part in &self.parts {
            let before = self.kept.iter().copied().rfind(|k| *k < part.first).filter(|_| part.on_before);
            for i in part.first..=part.last {
                let inner = match tags.get(i).map(|t| t.0) {
                    Some(Upos::Punct) => Deprel::Punct,
                    Some(Upos::Adp) => Deprel::Case,
                    Some(Upos::Det) => Deprel::Det,
                    Some(Upos::Num) => Deprel::NmodUnmarked,
                    _ => Deprel::Compound,
                };
                if let Some(slot) = whole.get_mut(i) {
                    *slot = if i == part.head { (before.or(root), part.relation) } else { (Some(part.head), inner) };
                }
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kept: &str) {
        let forms: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let tags: Vec<Tag> = forms
            .iter()
            .map(|f| {
                if f.len() == 1 && !f.chars().all(char::is_alphanumeric) {
                    (Upos::Punct, Xpos::Comma)
                } else {
                    (Upos::Noun, Xpos::Nn)
                }
            })
            .collect();
        let aside = set_aside(&forms, &tags);
        let words: Vec<&str> = aside.kept.iter().map(|i| forms[*i].as_str()).collect();
        assert_eq!(words.join(" "), kept);
    }

    #[test]
    fn sets_aside_what_is_not_needed() {
        check("In July 2024 , Peru signed it .", "Peru signed it .");
        check("LIMA : Peru signed the treaty .", "Peru signed the treaty .");
        check("LIMA , May 3 , 2021 ( Agency ) - Peru signed the treaty .", "Peru signed the treaty .");
        check("PUERTO LUNA , May 3 ( Agency ) --- The bank signed it .", "The bank signed it .");
        check("PERU , May 3 - LIMA — Norte signed the treaty .", "Norte signed the treaty .");
        check("LIMA and CUSCO ( May 3 ) — Peru signed the treaty .", "Peru signed the treaty .");
        check("Petrol Norte ( PDN ) signed it .", "Petrol Norte signed it .");
        check("In Peru they signed it .", "In Peru they signed it .");
    }
}
