//! The words that tell a page's furniture from its prose: `ontology/lexicon/furniture.tsv`.
//!
//! Law: a word list alone never condemns a long line; only short lines are looked up.

use crate::read::line::{Line, fold};
use aho_corasick::AhoCorasick;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a phrase of the lexicon makes of the line that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The line is furniture, unless it is a long sentence.
    Furniture,
    /// The line is furniture, be it a sentence or not.
    Notice,
    /// The line opens a section of furniture: what follows and is no prose belongs to it.
    Section,
    /// The line is furniture and so is the one behind it.
    Next,
    /// A weak sign.
    Promo,
    /// The line names the writer, or the next one does.
    Byline,
    /// The line stands under a picture or names its source.
    Caption,
    /// A bibliography begins.
    References,
    /// A word of a picture's credit.
    Credit,
    /// Readers' comments begin, where a button of theirs follows; otherwise a button that leads to them.
    Comments,
    /// A button of a reader's comment.
    Comment,
    /// A note about the author follows.
    Biography,
}

#[derive(Default)]
struct Lexicon {
    lines: BTreeMap<String, Effect>,
    starts: Vec<(String, Effect)>,
    ends: Vec<(String, Effect)>,
    promo: Option<AhoCorasick>,
    credits: BTreeSet<String>,
}

/// Longer lines are never looked up.
const MAX_BYTES: usize = 700;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| load_lexicon(include_str!("../../ontology/lexicon/furniture.tsv")));

fn load_lexicon(table: &str) -> Lexicon {
    let mut lexicon = Lexicon::default();
    let mut promo = Vec::new();
    for (phrase, place, effect) in rows(table) {
        match place {
            "line" => drop(lexicon.lines.insert(fold(phrase), effect)),
            "start" => lexicon.starts.push((phrase.to_owned(), effect)),
            "end" => lexicon.ends.push((phrase.to_owned(), effect)),
            _ if effect == Effect::Credit => drop(lexicon.credits.insert(phrase.to_owned())),
            _ => promo.push(phrase.to_owned()),
        }
    }
    lexicon.promo = AhoCorasick::new(promo).ok();
    lexicon
}

fn rows(table: &str) -> impl Iterator<Item = (&str, &str, Effect)> {
    table.lines().filter(|row| !row.starts_with('#')).skip(1).filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?, effect_of(cells.next()?)?))
    })
}

fn effect_of(word: &str) -> Option<Effect> {
    Some(match word {
        "furniture" => Effect::Furniture,
        "notice" => Effect::Notice,
        "section" => Effect::Section,
        "next" => Effect::Next,
        "promo" => Effect::Promo,
        "byline" => Effect::Byline,
        "caption" => Effect::Caption,
        "references" => Effect::References,
        "credit" => Effect::Credit,
        "comments" => Effect::Comments,
        "comment" => Effect::Comment,
        "biography" => Effect::Biography,
        _ => return None,
    })
}

/// What the words of a line make of it; `None` for prose and whatever is not in the lexicon.
pub(crate) fn look_up(line: &Line<'_>) -> Option<Effect> {
    if line.text.len() > MAX_BYTES {
        return None;
    }
    let folded = fold(line.text.strip_suffix("[edit]").unwrap_or(line.text));
    let whole = LEXICON.lines.get(&folded).copied();
    whole.or_else(|| is_bare(line, &folded).then_some(Effect::Furniture)).or_else(|| look_up_part(line, &folded))
}

/// No letters (`1`, `###`, `-->`), a claim of copyright, an address, or a handle.
fn is_bare(line: &Line<'_>, folded: &str) -> bool {
    let one_word = !line.text.contains(char::is_whitespace);
    (folded.is_empty() && !line.text.contains(['$', '€', '£', '%']))
        || (line.text.starts_with('©') && line.words <= 40)
        || (one_word && (line.text.starts_with("http") || line.text.starts_with("www.") || line.text.starts_with('@')))
}

fn look_up_part(line: &Line<'_>, folded: &str) -> Option<Effect> {
    let promo = if line.words <= 60 { count_promo(folded) } else { 0 };
    let starts = LEXICON.starts.iter().filter(|(phrase, _)| begins_with(folded, phrase));
    let ends = LEXICON.ends.iter().filter(|(phrase, _)| ends_with(folded, phrase));
    let fitting = starts.chain(ends).filter(|(_, effect)| fits(*effect, line, promo));
    let found = fitting.max_by_key(|(phrase, _)| phrase.len()).map(|(_, effect)| *effect);
    let credit = || has_credit(line).then_some(Effect::Caption);
    found.or_else(credit).or_else(|| (promo >= 2).then_some(Effect::Furniture))
}

/// Whether a line has the shape that the effect of its beginning or end asks for: a sentence that happens to begin with
/// `by` or `figure` is prose.
fn fits(effect: Effect, line: &Line<'_>, promo: usize) -> bool {
    match effect {
        Effect::Byline => {
            line.text.starts_with('(') || (line.words <= 9 && !line.ends_sentence() && names_someone(line))
        }
        Effect::Caption => line.words <= 45,
        Effect::Section => line.words <= 4 && !line.ends_sentence(),
        Effect::Notice => line.words <= 60,
        _ => line.words <= 40 && (promo > 0 || !line.ends_sentence()),
    }
}

/// Whether the line ends with a credit: `(Handout/File)`, `| STOCK PHOTOS`.
fn has_credit(line: &Line<'_>) -> bool {
    let tail =
        line.text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).or_else(|| line.text.rsplit_once(" | "));
    let short = |tail: &&str| tail.len() <= 80 && line.words <= 80;
    tail.map(|(_, tail)| tail)
        .filter(short)
        .is_some_and(|tail| fold(tail).split(|c: char| !c.is_alphanumeric()).any(|word| LEXICON.credits.contains(word)))
}

/// Whether the second or third word has a capital, as in `By Ana Ilves`.
fn names_someone(line: &Line<'_>) -> bool {
    line.text.split_whitespace().skip(1).take(4).any(|word| word.chars().next().is_some_and(char::is_uppercase))
}

fn begins_with(text: &str, phrase: &str) -> bool {
    let phrase = phrase.trim_start_matches(|c: char| !c.is_alphabetic());
    let open = phrase.ends_with(char::is_alphanumeric);
    text.strip_prefix(phrase).is_some_and(|rest| !open || !rest.starts_with(char::is_alphanumeric))
}

fn ends_with(text: &str, phrase: &str) -> bool {
    text.strip_suffix(phrase).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// Whether a line holds a weak sign of furniture.
pub(crate) fn has_promo(line: &Line<'_>) -> bool {
    line.text.len() <= MAX_BYTES && count_promo(&fold(line.text)) > 0
}

/// Number of different weak signs in a folded line.
fn count_promo(folded: &str) -> usize {
    let Some(promo) = &LEXICON.promo else { return 0 };
    let mut found: Vec<_> = promo.find_iter(folded).map(|m| m.pattern()).collect();
    found.sort_unstable();
    found.dedup();
    found.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::line::split_lines;

    #[track_caller]
    fn check(text: &str, expected: Option<Effect>) {
        let lines = split_lines(text, 0, text.len());
        assert_eq!(look_up(&lines[0]), expected, "{text}");
    }

    #[test]
    fn every_row_of_the_lexicon_is_understood() {
        let table = include_str!("../../ontology/lexicon/furniture.tsv");
        let written = table.lines().filter(|row| !row.starts_with('#')).count() - 1;
        assert_eq!(rows(table).count(), written);
        assert!(rows(table).all(|(_, place, _)| ["line", "start", "end", "in"].contains(&place)));
    }

    #[test]
    fn tells_furniture_from_prose() {
        check("ADVERTISEMENT", Some(Effect::Furniture));
        check("Editors’ Picks", Some(Effect::Section));
        check("READ:", Some(Effect::Next));
        check("By Ana Ilves", Some(Effect::Byline));
        check("By 2030 the two countries want to double their trade", None);
        check("By the end of the year it will be signed", None);
        check("17", Some(Effect::Furniture));
        check("$17", None);
        check("Subscribe to our daily newsletter", Some(Effect::Notice));
        check("The ministry will subscribe shares worth $2 billion, it said on Monday in the capital.", None);
        check("Watch makers in two cantons exported more", None);
        check("Source: Ministry of Trade", Some(Effect::Caption));
        check("Ana Ilves greets guests in Lima on Monday. (Handout/PMO)", Some(Effect::Caption));
        check("The port (built in 1923) was sold (again)", None);
    }
}
