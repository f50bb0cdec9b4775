//! Trains the tagger.

use super::perceptron::{Averaged, Chance};
use crate::language::tag::{Context, Tag, Tagger, spell};
use crate::language::tree::{Sentence, Xpos};
use crate::language::words::Word;
use std::collections::BTreeMap;

/// Bytes that the model may take.
const BUDGET: usize = 1_300_000;
const EPOCHS: usize = 11;
/// After these epochs the features that matter are chosen, and learning begins anew with them.
const CHOOSING: usize = 4;
/// Features that are seen less often are not learned.
const FREQUENT: u32 = 2;
/// A pair of tags that is rarer is an error of the treebank as often as not. `GW`, a part of a word written apart by
/// mistake, is no tag for text that was edited.
const RARE: usize = 15;

/// Learns from sentences with gold tags.
pub(crate) fn train_tagger(sentences: &[&Sentence], seed: u64) -> Option<(Tagger, Vec<u8>)> {
    let tags = frequent_tags(sentences);
    let data: Vec<(Vec<Word>, Vec<Option<usize>>)> = sentences.iter().map(|s| prepare(s, &tags)).collect();
    let mut model = Averaged::new();
    for (words, gold) in &data {
        observe_sentence(&mut model, words, gold);
    }
    model.keep_frequent(FREQUENT);
    let mut chance = Chance(seed);
    let mut order: Vec<usize> = (0..data.len()).collect();
    for epoch in 0..EPOCHS {
        if epoch == CHOOSING {
            model.keep_best(BUDGET);
        }
        chance.shuffle(&mut order);
        for (words, gold) in order.iter().filter_map(|i| data.get(*i)) {
            learn_sentence(&mut model, tags.len(), words, gold);
        }
    }
    let model = model.finish(tags.into_iter().map(spell).collect());
    let bytes = model.to_bytes();
    Some((Tagger::new(model)?, bytes))
}

fn frequent_tags(sentences: &[&Sentence]) -> Vec<Tag> {
    let mut counts: BTreeMap<Tag, usize> = BTreeMap::new();
    for token in sentences.iter().flat_map(|s| &s.tokens) {
        *counts.entry((token.upos, token.xpos)).or_default() += 1;
    }
    counts.into_iter().filter(|(tag, n)| *n >= RARE && tag.1 != Xpos::Gw).map(|(tag, _)| tag).collect()
}

fn prepare(sentence: &Sentence, tags: &[Tag]) -> (Vec<Word>, Vec<Option<usize>>) {
    let words = sentence.tokens.iter().map(|t| Word::new(&t.form)).collect();
    let gold = sentence.tokens.iter().map(|t| tags.iter().position(|tag| *tag == (t.upos, t.xpos))).collect();
    (words, gold)
}

fn observe_sentence(model: &mut Averaged, words: &[Word], gold: &[Option<usize>]) {
    let mut context = Context::new(words);
    let mut features = Vec::new();
    for (i, truth) in gold.iter().enumerate() {
        context.features(i, &mut features);
        model.observe(&features);
        context.push(truth.unwrap_or(0));
    }
}

fn learn_sentence(model: &mut Averaged, classes: usize, words: &[Word], gold: &[Option<usize>]) {
    let mut context = Context::new(words);
    let mut features = Vec::new();
    for (i, truth) in gold.iter().enumerate() {
        context.features(i, &mut features);
        let scores = model.score(&features);
        let scores = scores.get(..classes).unwrap_or_default();
        let guess = best(scores);
        if let Some(truth) = *truth {
            model.update(&features, truth, guess);
        }
        model.tick();
        context.push(guess);
    }
}

/// The first highest score.
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut top = (0, f32::NEG_INFINITY);
    for (class, &score) in scores.iter().enumerate() {
        if score > top.1 {
            top = (class, score);
        }
    }
    top.0
}
