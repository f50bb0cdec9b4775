//! Learns which forms need a line of their own.

use crate::language::lemma::{class_of, regular_lemma};
use crate::language::tree::Sentence;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Lines of `class <TAB> form <TAB> lemma` for the forms whose lemma the rules do not give.
pub(super) fn learn_lemmas(sentences: &[&Sentence]) -> String {
    let mut counts: BTreeMap<(&str, String), BTreeMap<String, usize>> = BTreeMap::new();
    for token in sentences.iter().flat_map(|s| &s.tokens) {
        let class = class_of(token.upos, token.xpos);
        if class != "PROPN" && token.form.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-')) {
            *counts
                .entry((class, token.form.to_lowercase()))
                .or_default()
                .entry(token.lemma.to_lowercase())
                .or_default() += 1;
        }
    }
    let mut out = String::new();
    for ((class, form), lemmas) in counts {
        let best = lemmas.into_iter().max_by_key(|(lemma, n)| (*n, std::cmp::Reverse(lemma.clone())));
        if let Some((lemma, _)) = best.filter(|(lemma, _)| *lemma != regular_lemma(&form, class)) {
            let _ = writeln!(out, "{class}\t{form}\t{lemma}");
        }
    }
    out
}
