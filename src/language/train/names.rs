//! Trains the name recogniser on corpora whose schemes are mapped to four kinds.

use super::name_corpus::Named;
use super::perceptron::{Averaged, Chance};
use crate::language::names::{class_names, features, find_clues};
use crate::language::tag::Tagger;
use crate::language::words::Word;

/// Bytes that the model may take.
const BUDGET: usize = 600_000;
const EPOCHS: usize = 14;
/// After these epochs the features that matter are chosen, and learning begins anew with them.
const CHOOSING: usize = 4;
/// Features that are seen less often are not learned.
const FREQUENT: u32 = 2;

/// The class of every word: 0 outside of names, else the first or a later word of a kind.
fn classes_of(sentence: &Named) -> Vec<usize> {
    let mut classes = vec![0; sentence.forms.len()];
    for name in &sentence.names {
        for (i, class) in classes.iter_mut().enumerate().take(name.last + 1).skip(name.first) {
            *class = 2 * (name.kind as usize) + if i == name.first { 1 } else { 2 };
        }
    }
    classes
}

/// Learns from the examples, tagged by `tagger`; gives the bytes of the model file.
pub(super) fn train_names(examples: &[Named], tagger: &Tagger, seed: u64) -> Vec<u8> {
    let names = class_names();
    let count = names.len();
    let data: Vec<_> = examples
        .iter()
        .map(|sentence| {
            let words: Vec<Word> = sentence.forms.iter().map(|f| Word::new(f)).collect();
            let borrowed: Vec<&str> = sentence.forms.iter().map(String::as_str).collect();
            (find_clues(&borrowed, &words, &tagger.tag(&words)), classes_of(sentence))
        })
        .collect();
    let mut model = Averaged::new();
    let mut chance = Chance(seed);
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut seen = Vec::new();
    for (clues, classes) in &data {
        let (mut last, mut before) = (0, 0);
        for (i, truth) in classes.iter().enumerate() {
            features(clues, i, last, before, &mut seen);
            model.observe(&seen);
            before = last;
            last = *truth;
        }
    }
    model.keep_frequent(FREQUENT);
    for epoch in 0..EPOCHS {
        if epoch == CHOOSING {
            model.keep_best(BUDGET);
        }
        chance.shuffle(&mut order);
        for (clues, classes) in order.iter().filter_map(|i| data.get(*i)) {
            let (mut last, mut before) = (0, 0);
            for (i, truth) in classes.iter().enumerate() {
                features(clues, i, last, before, &mut seen);
                let scores = model.score(&seen);
                let guess = super::tagger::best(scores.get(..count).unwrap_or_default());
                model.update(&seen, *truth, guess);
                model.tick();
                before = last;
                last = guess;
            }
        }
    }
    model.finish(names).to_bytes()
}
