//! Training of the models, run by `examples/train.rs`; the binary itself only reads what it wrote.
//!
//! Law: the same data and seed give the same bytes.

mod accuracy;
mod lemmas;
mod memory;
mod name_corpus;
mod names;
mod network;
mod parser;
mod perceptron;
mod rows;
mod tagger;

pub use accuracy::{Score, measure};

use super::conllu::{Annotated, read_conllu};
use super::reader::Reader;
use super::tag::{Tag, Tagger};
use super::tree::Sentence;
use super::words::Word;
use crate::packed::pack;
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const SEED: u64 = 20_261_124;
/// Parts of the training data that are tagged by a tagger that has not seen them, so that the parser learns to live with
/// the tagger's errors.
const FOLDS: usize = 5;

/// A model file: its name in `src/language/models` and its bytes.
pub type ModelFile = (&'static str, Vec<u8>);

/// Trains all models on the folder that the archives of the training data unpack to (`ewt`, `gum`, `wikigold`, …).
/// `tell` is told of each stage.
///
/// # Errors
/// A file is missing or not UTF-8, or the data give no model.
pub fn train_models(folder: &Path, tell: &dyn Fn(&str)) -> io::Result<Vec<ModelFile>> {
    let trees = read_training_trees(folder)?;
    let sentences: Vec<&Sentence> = trees.iter().map(|t| &t.sentence).collect();
    tell(&format!("{} sentences to train on", sentences.len()));
    let failed = || io::Error::other("the data give no model");
    let tags = jackknife(&sentences).ok_or_else(failed)?;
    tell("tagged by folds");
    let (tagger, tags_file) = tagger::train_tagger(&sentences, SEED).ok_or_else(failed)?;
    tell("tagger done");
    let examples: Vec<_> = sentences.iter().zip(&tags).map(|(s, t)| parser::Example::new(s, t)).collect();
    let trees_file = parser::train_parser(&examples, SEED, tell);
    let lemma_file = lemmas::learn_lemmas(&sentences).into_bytes();
    let names_file = names::train_names(&read_training_names(folder)?, &tagger, SEED);
    tell("names done");
    Ok(vec![
        ("tags.bin.gz", pack(&tags_file)?),
        ("trees.bin.gz", pack(&trees_file)?),
        ("names.bin.gz", pack(&names_file)?),
        ("lemmas.tsv", lemma_file),
    ])
}

/// Trains the recogniser of names alone, on the tags of the embedded tagger; the same bytes as in [`train_models`] where that
/// tagger is the one trained on the folder. For when only lexicons, gazetteer or name corpora changed: it takes a minute.
///
/// # Errors
/// As [`train_models`].
pub fn train_names(folder: &Path, tell: &dyn Fn(&str)) -> io::Result<Vec<ModelFile>> {
    let tagger = Reader::embedded().tagger().ok_or_else(|| io::Error::other("the embedded tagger is broken"))?;
    let file = names::train_names(&read_training_names(folder)?, tagger, SEED);
    tell("names done");
    Ok(vec![("names.bin.gz", pack(&file)?)])
}

fn read_training_names(folder: &Path) -> io::Result<Vec<name_corpus::Named>> {
    Ok(name_corpus::read_names(folder, false)?.into_iter().flat_map(|(_, sentences)| sentences).collect())
}

fn jackknife(sentences: &[&Sentence]) -> Option<Vec<Vec<Tag>>> {
    let folds: Vec<Vec<Vec<Tag>>> =
        (0..FOLDS).into_par_iter().map(|fold| tag_fold(sentences, fold)).collect::<Option<_>>()?;
    let mut folds: Vec<_> = folds.into_iter().map(Vec::into_iter).collect();
    (0..sentences.len()).map(|i| folds.get_mut(i % FOLDS)?.next()).collect()
}

/// The tags of every sentence of a fold, by a tagger that has seen the others only.
fn tag_fold(sentences: &[&Sentence], fold: usize) -> Option<Vec<Vec<Tag>>> {
    let others: Vec<&Sentence> =
        sentences.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, s)| *s).collect();
    let (tagger, _) = tagger::train_tagger(&others, SEED + fold as u64)?;
    Some(sentences.iter().skip(fold).step_by(FOLDS).map(|s| tag_sentence(&tagger, s)).collect())
}

fn tag_sentence(tagger: &Tagger, sentence: &Sentence) -> Vec<Tag> {
    let words: Vec<Word> = sentence.tokens.iter().map(|t| Word::new(&t.form)).collect();
    tagger.tag(&words)
}

/// EWT train and dev, GUM's train and dev documents (`gum/splits.md` names those held back).
fn read_training_trees(folder: &Path) -> io::Result<Vec<Annotated>> {
    let mut found = Vec::new();
    for name in ["en_ewt-train.conllu", "en_ewt-dev.conllu"] {
        found.extend(read_conllu(&fs::read_to_string(folder.join("ewt").join(name))?));
    }
    for path in gum_files(folder, false)? {
        found.extend(read_conllu(&fs::read_to_string(path)?));
    }
    Ok(found)
}

/// GUM's documents, either those held back for testing or the others.
pub(crate) fn gum_files(folder: &Path, test: bool) -> io::Result<Vec<PathBuf>> {
    let splits = fs::read_to_string(folder.join("gum/splits.md"))?;
    let held_back = splits.split("## test").nth(1).unwrap_or_default();
    let held_back = held_back.split("\n## ").next().unwrap_or_default();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.join("gum"))?.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "conllu"));
    paths.retain(|p| {
        p.file_stem().is_some_and(|s| held_back.lines().any(|l| l.contains(&*s.to_string_lossy()))) == test
    });
    paths.sort();
    Ok(paths)
}
