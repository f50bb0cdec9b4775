//! Name recogniser: B, I and O for each kind of name, from left to right, with the lexicons as features.

use super::linear::{Linear, hash};
use super::tag::Tag;
use super::tree::{NameKind, NameSpan};
use super::words::{OUTSIDE, Word};
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::lexicon::Lexicon;

/// Class names: `O`, then `B-` and `I-` for every kind.
pub(crate) fn class_names() -> Vec<String> {
    let pairs = NameKind::ALL.iter().flat_map(|k| [format!("B-{k}"), format!("I-{k}")]);
    std::iter::once("O".to_owned()).chain(pairs).collect()
}

/// What the classifier sees of one word besides its letters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clue {
    word: Word,
    tag: u32,
    xpos: u32,
    lexical: u32,
}

/// The clues of a sentence, from the words' folded forms and tags.
pub(crate) fn find_clues(forms: &[&str], words: &[Word], tags: &[Tag]) -> Vec<Clue> {
    let (lexicon, gazetteer) = (Lexicon::embedded(), Gazetteer::embedded());
    let clue = |i: usize| {
        let form = forms.get(i).copied().unwrap_or_default();
        let tag = tags.get(i).copied();
        Clue {
            word: words.get(i).copied().unwrap_or(OUTSIDE),
            tag: tag.map_or(99, |t| t.0 as u32),
            xpos: tag.map_or(99, |t| t.1 as u32),
            lexical: lexical_class(form, lexicon, gazetteer),
        }
    };
    (0..forms.len()).map(clue).collect()
}

fn lexical_class(form: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> u32 {
    if !form.chars().next().is_some_and(char::is_uppercase) {
        return u32::from(lexicon.post_length(&[form]) > 0);
    }
    let known = match gazetteer.find(form) {
        Some(Known::Country(_)) => 1,
        Some(Known::Demonym(_)) => 2,
        Some(Known::Capital(_) | Known::Place(_)) => 3,
        Some(Known::Body(_)) => 4,
        None => 0,
    };
    let bits = [
        lexicon.is_given_name(form),
        lexicon.is_surname(form),
        lexicon.body_of(form).is_some(),
        lexicon.is_legal_form(form),
        lexicon.thing_of(form).is_some(),
        lexicon.is_honorific(form),
        lexicon.post_length(&[form.to_lowercase().as_str()]) > 0,
    ];
    bits.iter().enumerate().map(|(i, bit)| u32::from(*bit) << (i + 4)).sum::<u32>() + known + (1 << 12)
}

const NOWHERE: Clue = Clue { word: OUTSIDE, tag: 98, xpos: 98, lexical: 9999 };

/// What the model looks at for word `i`, given the classes of the two words before.
pub(crate) fn features(clues: &[Clue], i: usize, last: usize, before: usize, out: &mut Vec<u32>) {
    let at = |i: Option<usize>| i.and_then(|i| clues.get(i)).unwrap_or(&NOWHERE);
    let [w, p1, p2] = [Some(i), i.checked_sub(1), i.checked_sub(2)].map(at);
    let [n1, n2] = [1, 2].map(|d| at(Some(i + d)));
    let (t1, t2) = (last as u32, before as u32);
    let values: [&[u32]; 31] = [
        &[w.word.form],
        &[w.word.lower],
        &[w.word.suffix[2]],
        &[w.word.suffix[3]],
        &[w.word.prefix[2]],
        &[w.word.shape],
        &[w.word.shape, u32::from(i == 0)],
        &[w.tag],
        &[w.xpos, w.word.shape],
        &[w.lexical],
        &[w.lexical, w.tag],
        &[t1],
        &[t1, t2],
        &[t1, w.word.lower],
        &[t1, w.word.shape],
        &[t1, w.xpos],
        &[t1, w.lexical],
        &[p1.word.lower],
        &[p1.word.lower, w.word.shape],
        &[p2.word.lower],
        &[n1.word.lower],
        &[n1.word.lower, w.word.shape],
        &[n2.word.lower],
        &[p1.lexical, w.lexical],
        &[w.lexical, n1.lexical],
        &[w.lexical, n1.lexical, n2.lexical],
        &[p1.xpos, w.xpos],
        &[w.xpos, n1.xpos],
        &[n1.word.shape, w.word.shape, t1],
        &[n1.word.suffix[3], t1],
        &[t1, p1.word.lower, n1.word.lower],
    ];
    out.clear();
    out.extend(values.iter().enumerate().map(|(template, values)| hash(template as u32 + 500, values)));
}

/// The recogniser.
#[derive(Debug, Clone)]
pub(crate) struct NameFinder {
    model: Linear,
}

impl NameFinder {
    /// From its model; `None` where the classes are not those of [`class_names`].
    pub(crate) fn new(model: Linear) -> Option<Self> {
        (model.classes() == class_names()).then_some(Self { model })
    }

    /// The names of one sentence.
    pub(crate) fn find(&self, clues: &[Clue]) -> Vec<NameSpan> {
        let mut features_of = Vec::with_capacity(32);
        let (mut last, mut before) = (0, 0);
        let mut classes = Vec::with_capacity(clues.len());
        for i in 0..clues.len() {
            features(clues, i, last, before, &mut features_of);
            let scores = self.model.score(&features_of);
            // I- follows only B- or I- of its kind.
            let fits = |c: usize| c % 2 == 1 || c == 0 || last == c || last + 1 == c;
            let best = (0..9)
                .filter(|c| fits(*c))
                .max_by_key(|c| (scores.get(*c).copied().unwrap_or(i32::MIN), std::cmp::Reverse(*c)));
            before = last;
            last = best.unwrap_or(0);
            classes.push(last);
        }
        join_spans(&classes)
    }
}

fn join_spans(classes: &[usize]) -> Vec<NameSpan> {
    let mut spans: Vec<NameSpan> = Vec::new();
    for (i, class) in classes.iter().enumerate() {
        let Some(kind) = class.checked_sub(1).and_then(|c| NameKind::ALL.get(c / 2)).copied() else { continue };
        match spans.last_mut().filter(|s| class % 2 == 0 && s.last + 1 == i && s.kind == kind) {
            Some(span) => span.last = i,
            None => spans.push(NameSpan { first: i, last: i, kind }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(classes: &[usize], expected: &[(usize, usize)]) {
        let spans: Vec<_> = join_spans(classes).iter().map(|s| (s.first, s.last)).collect();
        assert_eq!(spans, expected);
    }

    #[test]
    fn joins_what_belongs_together() {
        check(&[0, 1, 2, 0, 3, 3, 4], &[(1, 2), (4, 4), (5, 6)]);
    }
}
