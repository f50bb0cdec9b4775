//! Sentence -> Mention: who, what, where, when and how much a sentence names.
//!
//! Law: a mention is words of the sentence; what it stands for is decided later, by [`crate::resolve`].

mod acronyms;
mod amounts;
mod atoms;
mod bounds;
mod calendar;
mod currencies;
mod date_spans;
mod date_years;
mod dates;
mod dealings;
mod divide;
mod employers;
mod groups;
mod holders;
mod inhabitants;
mod line;
mod name_units;
mod names;
mod numbers;
mod people;
mod post_words;
mod posts;
mod reasons;
mod scan;
mod served;
mod titles;
mod value_lexicon;

pub use amounts::{Amount, AmountKind, find_amounts};
pub use currencies::rank_currencies;
pub use dates::{DateKind, DateMention, find_dates};
pub use name_units::join_name_units;
pub use names::NameBook;
pub use titles::Title;
pub use value_lexicon::{Bound, ValueLexicon};

use crate::language::{Deprel, Sentence};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::span::Span;

/// What a mention is before it is resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sense {
    /// A name that `data/reference` knows.
    Known(Known),
    /// Any other name, with its class.
    Name(EntityType),
    /// A described group: "five Peruvian companies", "the U.S. delegation".
    Group,
    /// "the two countries", "both sides".
    Both,
    /// "the two companies", "both firms".
    Partners,
    /// A definite noun phrase for a class of things: "the company", "the ministry".
    Definite(EntityType),
    /// "he", "its", "they".
    Pronoun(Person),
}

/// Person and number of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// I, me, my.
    Speaker,
    /// we, us, our.
    SpeakerGroup,
    /// he, him, his.
    He,
    /// she, her.
    She,
    /// it, its.
    It,
    /// they, their.
    They,
    /// "the former" of two who were named.
    Former,
    /// "the latter" of two who were named.
    Latter,
}

/// Words of one sentence that stand for somebody or something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// The token that the tree attaches to the rest of the sentence.
    pub head: usize,
    /// Where it stands in the document's text.
    pub span: Span,
    /// Its words, joined by at most one space.
    pub text: String,
    /// What it is.
    pub sense: Sense,
}

/// The mentions of one sentence.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// In order of their first word; a longer one before a shorter one that begins with it. They may nest: a group holds
    /// the country that modifies it.
    pub mentions: Vec<Mention>,
    /// Posts, with or without their holders.
    pub titles: Vec<Title>,
}

/// The word of `first..=last` whose governor lies outside.
pub(crate) fn head_of(sentence: &Sentence, first: usize, last: usize) -> usize {
    (first..=last)
        .find(|i| {
            sentence.tokens.get(*i).is_some_and(|t| {
                t.head.is_none_or(|h| h < first || h > last) && !matches!(t.deprel, Deprel::Punct | Deprel::Case)
            })
        })
        .unwrap_or(last)
}

fn mention(line: &line::Line<'_>, first: usize, last: usize, sense: Sense) -> Mention {
    let place = |i: usize| line.token(i).map_or(Span::default(), |t| t.span);
    Mention {
        first,
        last,
        head: head_of(line.sentence, first, last),
        span: place(first).join(place(last)),
        text: line.words(first, last).to_owned(),
        sense,
    }
}

/// Whether words can be a name: two letters or more (or one that is not Latin), and not articles and prepositions alone.
fn can_name(text: &str) -> bool {
    const BARE: &[&str] = &["the", "of", "and", "an", "for", "to", "in", "on", "at", "with"];
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !BARE.contains(&w.to_lowercase().as_str()));
    let letters: String = words.collect();
    letters.chars().count() > 1 || !letters.is_ascii()
}

/// Finds the mentions of a document's sentences. `headline` says of each sentence whether it is set in title case.
pub fn find_mentions(sentences: &[Sentence], headline: &[bool]) -> Vec<Findings> {
    let lines: Vec<_> = sentences.iter().map(line::Line::new).collect();
    let book = NameBook::read(&lines, headline);
    let mut found = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let names = book.names_of(i, line);
        let mut mentions: Vec<Mention> =
            names.into_iter().map(|(first, last, sense)| mention(line, first, last, sense)).collect();
        mentions.retain(|m| !matches!(m.sense, Sense::Name(_)) || can_name(&m.text));
        let titles = titles::find_titles(line, &mentions);
        mentions.extend(groups::find_groups(line, &mentions, &titles));
        mentions.extend(people::find_pronouns(line));
        mentions.sort_by_key(|m| (m.first, std::cmp::Reverse(m.last)));
        found.push(Findings { mentions, titles });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::can_name;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(can_name(text), expected, "{text}");
    }

    #[test]
    fn a_lone_letter_or_article_is_no_name() {
        check("S", false);
        check("U.S.", true);
        check("of the", false);
        check("Bank of Peru", true);
        check("3M", true);
        check("渝", true);
    }
}
