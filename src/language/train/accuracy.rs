//! Measures the embedded reader on the files held back.

use super::gum_files;
use super::name_corpus::{Named, read_names};
use crate::language::conllu::{Annotated, read_conllu};
use crate::language::tokenise::tokenise;
use crate::language::{NameSpan, Reader, Upos};
use crate::segment::sentences::split_sentences;
use crate::span::{Span, TextIndex};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

/// One measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// On what.
    pub on: String,
    /// Figures: name and value, in a hundred or in words a second.
    pub figures: Vec<(&'static str, f64)>,
}

/// Measures [`Reader::embedded`] on the test files in the folder that the archives of the training data unpack to.
///
/// # Errors
/// A file is missing or not UTF-8.
pub fn measure(folder: &Path) -> io::Result<Vec<Score>> {
    let mut gum = Vec::new();
    for path in gum_files(folder, true)? {
        gum.extend(read_conllu(&fs::read_to_string(path)?));
    }
    let ewt = read_conllu(&fs::read_to_string(folder.join("ewt/en_ewt-test.conllu"))?);
    let pud = read_conllu(&fs::read_to_string(folder.join("pud/en_pud-test.conllu"))?);
    let news: Vec<Annotated> = gum.iter().filter(|a| a.id.starts_with("GUM_news")).cloned().collect();
    // The splitter is made of rules: no file is one that it was trained on.
    let mut all_news = news.clone();
    for path in gum_files(folder, false)? {
        if path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("GUM_news")) {
            all_news.extend(read_conllu(&fs::read_to_string(path)?));
        }
    }
    let reader = Reader::embedded();
    let mut scores = Vec::new();
    for (on, trees) in [("EWT test", &ewt), ("GUM test", &gum), ("GUM test, news", &news), ("PUD", &pud)] {
        scores.push(Score { on: on.to_owned(), figures: tree_figures(reader, trees) });
        scores.push(Score { on: format!("{on}, from text"), figures: text_figures(trees) });
    }
    let split = vec![("sentence F1", sentence_f1(&all_news))];
    scores.push(Score { on: "GUM, all of its news, from text".to_owned(), figures: split });
    for (on, sentences) in read_names(folder, true)? {
        scores.push(Score { on: format!("names: {on}"), figures: name_figures(reader, &sentences) });
    }
    scores.push(Score { on: "words a second".to_owned(), figures: speed(reader, &pud) });
    Ok(scores)
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn f1(right: usize, gold: usize, found: usize) -> f64 {
    percent(2 * right, gold + found)
}

/// Tags, lemmas and trees on gold tokens with own tags.
fn tree_figures(reader: &Reader, trees: &[Annotated]) -> Vec<(&'static str, f64)> {
    let (mut words, mut plain) = (0, 0);
    let mut right = [0usize; 7];
    for gold in trees.iter().map(|t| &t.sentence.tokens) {
        let forms: Vec<String> = gold.iter().map(|t| t.form.clone()).collect();
        for (g, o) in gold.iter().zip(&reader.analyse(&forms).tokens) {
            let (head, label) = (g.head == o.head, g.head == o.head && g.deprel == o.deprel);
            let word = g.upos != Upos::Punct;
            let lemma = g.lemma.to_lowercase() == o.lemma.to_lowercase();
            let hits = [g.upos == o.upos, g.xpos == o.xpos, lemma, head, label, word && head, word && label];
            right.iter_mut().zip(hits).for_each(|(sum, hit)| *sum += usize::from(hit));
            words += 1;
            plain += usize::from(word);
        }
    }
    let names = ["UPOS", "XPOS", "lemma", "UAS", "LAS", "UAS without punctuation", "LAS without punctuation"];
    let wholes = [words, words, words, words, words, plain, plain];
    names.into_iter().zip(right.iter().zip(wholes).map(|(r, w)| percent(*r, w))).collect()
}

/// Tokens of each sentence, and sentences of each block: paragraph, heading, caption (ten sentences, where none is marked).
fn text_figures(trees: &[Annotated]) -> Vec<(&'static str, f64)> {
    let (mut right, mut gold_count, mut found_count) = (0, 0, 0);
    for tree in trees {
        let span = |r: Range<usize>| Span::new(r.start, r.end);
        let gold: BTreeSet<Span> = tree.sentence.tokens.iter().map(|t| t.span).collect();
        let found: BTreeSet<Span> = tokenise(&tree.text).into_iter().map(span).collect();
        right += gold.intersection(&found).count();
        gold_count += gold.len();
        found_count += found.len();
    }
    vec![("token F1", f1(right, gold_count, found_count)), ("sentence F1", sentence_f1(trees))]
}

fn sentence_f1(trees: &[Annotated]) -> f64 {
    let marked = trees.iter().filter(|t| t.starts_paragraph).count() * 30 > trees.len();
    let blocks: Vec<&[Annotated]> = if marked {
        // A caption is a block of its own on every page.
        let caption = |block: &[Annotated]| block.first().map_or(0, |t| t.nested).min(block.len());
        let paragraphs = trees.chunk_by(|_, next| !next.starts_paragraph);
        paragraphs.flat_map(|b| <[&[Annotated]; 2]>::from(b.split_at(caption(b)))).filter(|b| !b.is_empty()).collect()
    } else {
        trees.chunks(10).collect()
    };
    let (mut right, mut gold_count, mut found_count) = (0, 0, 0);
    for block in blocks {
        let texts: Vec<&str> = block.iter().map(|t| t.text.as_str()).collect();
        let mut at = 0;
        let mut gold = BTreeSet::new();
        for text in &texts {
            let end = at + text.chars().count();
            gold.insert((at, end));
            at = end + 1;
        }
        let found: BTreeSet<_> = split_sentences(&texts.join(" ")).into_iter().map(|r| (r.start, r.end)).collect();
        right += gold.intersection(&found).count();
        gold_count += gold.len();
        found_count += found.len();
    }
    f1(right, gold_count, found_count)
}

fn name_figures(reader: &Reader, sentences: &[Named]) -> Vec<(&'static str, f64)> {
    let (mut typed, mut untyped, mut gold, mut found) = (0, 0, 0, 0);
    for sentence in sentences {
        let names = reader.analyse(&sentence.forms).names;
        let same = |a: &NameSpan, b: &NameSpan| (a.first, a.last) == (b.first, b.last);
        typed += names.iter().filter(|n| sentence.names.contains(n)).count();
        untyped += names.iter().filter(|n| sentence.names.iter().any(|g| same(g, n))).count();
        gold += sentence.names.len();
        found += names.len();
    }
    let shares = [percent(typed, found), percent(typed, gold), f1(typed, gold, found), f1(untyped, gold, found)];
    ["precision", "recall", "F1", "F1 without kinds"].into_iter().zip(shares).collect()
}

/// White-space words a second of one thread: sentences, tokens, and everything.
fn speed(reader: &Reader, trees: &[Annotated]) -> Vec<(&'static str, f64)> {
    let text = trees.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ");
    let words = text.split_whitespace().count() as f64;
    let index = TextIndex::new(&text);
    let spans: Vec<Span> = split_sentences(&text).into_iter().map(|r| Span::new(r.start, r.end)).collect();
    let clock = |work: &dyn Fn() -> usize| {
        let start = Instant::now();
        std::hint::black_box(work());
        words / start.elapsed().as_secs_f64()
    };
    let read = |s: &Span| reader.read(&text, &index, *s);
    let first: Vec<_> = spans.iter().map(read).collect();
    let forms: Vec<Vec<String>> = first.iter().map(|s| s.tokens.iter().map(|t| t.form.clone()).collect()).collect();
    vec![
        ("sentences", clock(&|| split_sentences(&text).len())),
        ("tokens", clock(&|| spans.iter().map(|s| tokenise(index.slice(&text, *s)).len()).sum())),
        ("tags, lemmas, trees, names", clock(&|| forms.iter().map(|f| reader.analyse(f).tokens.len()).sum())),
        ("all", clock(&|| spans.iter().map(|s| read(s).tokens.len()).sum())),
    ]
}
