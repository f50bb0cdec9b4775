//! The reader: all models together, one passage in, one sentence out.

use super::lemma::Lemmatiser;
use super::linear::Linear;
use super::mend::mend_tree;
use super::mend_tags::mend_tags;
use super::names::{NameFinder, find_clues};
use super::net::Net;
use super::parse::{Arcs, Parser};
use super::set_aside::set_aside;
use super::tag::{Tag, Tagger};
use super::tokenise::{fold, tokenise_chars};
use super::tree::{Sentence, Token};
use super::words::Word;
use crate::packed::unpack;
use crate::span::{Span, TextIndex};
use std::sync::{LazyLock, OnceLock};

/// Reads passages. Make one with [`Reader::embedded`]; it holds no state between passages.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    tagger: Option<Tagger>,
    parser: Option<Parser>,
    names: Option<NameFinder>,
    lemmatiser: Lemmatiser,
}

static TAGS: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(include_bytes!("models/tags.bin.gz")));
static TREES: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(include_bytes!("models/trees.bin.gz")));
static NAMES: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(include_bytes!("models/names.bin.gz")));
static LEMMAS: &str = include_str!("models/lemmas.tsv");

impl Reader {
    /// The reader with the models that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Reader> = OnceLock::new();
        ONCE.get_or_init(|| Self {
            tagger: Linear::from_bytes(&TAGS).and_then(Tagger::new),
            parser: Net::from_bytes(&TREES).and_then(Parser::new),
            names: Linear::from_bytes(&NAMES).and_then(NameFinder::new),
            lemmatiser: Lemmatiser::from_text(LEMMAS),
        })
    }

    /// The tagger, for training what reads its tags.
    pub(crate) fn tagger(&self) -> Option<&Tagger> {
        self.tagger.as_ref()
    }

    /// Reads the passage at `span` of `text`; offsets of the tokens count in `text`.
    pub fn read(&self, text: &str, index: &TextIndex, span: Span) -> Sentence {
        let chars: Vec<char> = index.slice(text, span).chars().collect();
        let ranges = tokenise_chars(&chars);
        let form =
            |r: &std::ops::Range<usize>| fold(&chars.get(r.clone()).unwrap_or_default().iter().collect::<String>());
        let forms: Vec<String> = ranges.iter().map(form).collect();
        let mut sentence = self.analyse(&forms);
        sentence.span = span;
        let start = span.start as usize;
        for (token, range) in sentence.tokens.iter_mut().zip(ranges) {
            token.span = Span::new(start + range.start, start + range.end);
        }
        sentence
    }

    /// Tags and parses a sentence given as folded forms; spans are left empty.
    pub(crate) fn analyse(&self, forms: &[String]) -> Sentence {
        let words: Vec<Word> = forms.iter().map(|f| Word::new(f)).collect();
        let (Some(tagger), Some(parser)) = (&self.tagger, &self.parser) else { return Sentence::default() };
        let mut tags = tagger.tag(&words);
        mend_tags(forms, &mut tags);
        let mut arcs = parse_core(parser, forms, &words, &tags);
        mend_tree(forms, &tags, &mut arcs);
        let borrowed: Vec<&str> = forms.iter().map(String::as_str).collect();
        let names = self.names.as_ref().map(|n| n.find(&find_clues(&borrowed, &words, &tags))).unwrap_or_default();
        let token =
            |((form, tag), (head, deprel)): ((&String, &super::tag::Tag), &(Option<usize>, super::Deprel))| Token {
                span: Span::default(),
                form: form.clone(),
                lemma: self.lemmatiser.lemma(form, tag.0, tag.1),
                upos: tag.0,
                xpos: tag.1,
                head: *head,
                deprel: *deprel,
            };
        let tokens = forms.iter().zip(&tags).zip(&arcs).map(token).collect();
        Sentence { span: Span::default(), tokens, names }
    }
}

/// Parses what [`set_aside`] leaves and hangs the rest in.
fn parse_core(parser: &Parser, forms: &[String], words: &[Word], tags: &[Tag]) -> Arcs {
    let aside = set_aside(forms, tags);
    if aside.kept.len() == words.len() {
        return parser.parse(words, tags);
    }
    let kept_words: Vec<Word> = aside.kept.iter().filter_map(|i| words.get(*i)).copied().collect();
    let kept_tags: Vec<Tag> = aside.kept.iter().filter_map(|i| tags.get(*i)).copied().collect();
    aside.hang_in(&parser.parse(&kept_words, &kept_tags), tags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str) {
        let index = TextIndex::new(text);
        let sentence = Reader::embedded().read(text, &index, Span::new(0, index.len()));
        let mut at = 0;
        for token in &sentence.tokens {
            let gap = index.slice(text, Span { start: at, end: token.span.start });
            assert!(gap.chars().all(char::is_whitespace), "lost {gap:?} of {text:?}");
            assert!(!token.span.is_empty());
            at = token.span.end;
        }
        assert!(index.slice(text, Span::new(at as usize, index.len())).chars().all(char::is_whitespace));
        let roots = sentence.tokens.iter().filter(|t| t.head.is_none()).count();
        assert!(sentence.tokens.is_empty() || roots == 1, "{roots} roots in {text:?}");
        for start in 0..sentence.tokens.len() {
            let mut head = Some(start);
            for _ in 0..=sentence.tokens.len() {
                head = head.and_then(|h| sentence.tokens.get(h)).and_then(|t| t.head);
            }
            assert_eq!(head, None, "a cycle in {text:?}");
        }
    }

    #[test]
    fn keeps_the_laws() {
        check("Ghana’s minister said “we don't” – U.S.-based firms paid \\$4.5m.");
        check("");
        check(" \n\u{a0}x");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn keeps_the_laws_on_anything(text in "[ \\PC\\n]{0,60}") {
            check(&text);
        }
    }
}
