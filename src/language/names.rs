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
    /// What the gazetteer knows here, and whether the name begins with this word.
    known: u32,
    run: Run,
}

/// The capitals in a row that a word stands among: what the last word of a name is often tells what all of it names.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    first: u32,
    last: u32,
    last_lexical: u32,
    length: u32,
    before: u32,
    after: u32,
}

/// The clues of a sentence, from the words' folded forms and tags.
pub(crate) fn find_clues(forms: &[&str], words: &[Word], tags: &[Tag]) -> Vec<Clue> {
    let (lexicon, gazetteer) = (Lexicon::embedded(), Gazetteer::embedded());
    let known = find_known(forms, gazetteer);
    let clue = |i: usize| {
        let form = forms.get(i).copied().unwrap_or_default();
        let tag = tags.get(i).copied();
        Clue {
            word: words.get(i).copied().unwrap_or(OUTSIDE),
            tag: tag.map_or(99, |t| t.0 as u32),
            xpos: tag.map_or(99, |t| t.1 as u32),
            lexical: lexical_class(form, lexicon, gazetteer),
            known: known.get(i).copied().unwrap_or_default(),
            run: Run::default(),
        }
    };
    let mut clues: Vec<Clue> = (0..forms.len()).map(clue).collect();
    note_runs(forms, &mut clues);
    clues
}

/// For each word what the longest name of the gazetteer there stands for: 0 for nothing, odd numbers where it begins.
fn find_known(forms: &[&str], gazetteer: &Gazetteer) -> Vec<u32> {
    let text = forms.join(" ");
    let mut known = vec![0; forms.len()];
    let (mut at, mut i) = (0, 0);
    while let Some(form) = forms.get(i) {
        let found = is_capital(form).then(|| gazetteer.find_at(text.get(at..).unwrap_or_default())).flatten();
        let (length, class) = found.map_or((0, 0), |(length, what, doubtful)| (length, class_of(what, doubtful)));
        let end = at + length.max(form.len());
        let first = i;
        while let Some(form) = forms.get(i).filter(|_| at < end) {
            let begins = u32::from(i == first && class > 0);
            known.get_mut(i).into_iter().for_each(|k| *k = 2 * class + begins);
            (at, i) = (at + form.len() + 1, i + 1);
        }
        i = i.max(first + 1);
    }
    known
}

fn class_of(known: Known, doubtful: bool) -> u32 {
    let class = match known {
        Known::Country(_) => 1,
        Known::Demonym(_) => 2,
        Known::Capital(_) => 3,
        Known::Place(_) => 4,
        Known::Body(_) => 5,
    };
    class + 5 * u32::from(doubtful)
}

fn is_capital(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

/// Notes for each word with a capital the run of such words that it belongs to. A post or title is a run of its own ("Deputy
/// Commander | Vane"), a hyphen between capitals is part of one.
fn note_runs(forms: &[&str], clues: &mut [Clue]) {
    let capital = |i: usize| forms.get(i).is_some_and(|f| is_capital(f));
    let hyphen = |i: usize| forms.get(i) == Some(&"-") && capital(i + 1);
    let titled = |i: usize, clues: &[Clue]| clues.get(i).is_some_and(|c| c.lexical & TITLED > 0);
    let mut first = 0;
    while first < forms.len() {
        let goes_on =
            |i: &usize| *i == first && capital(*i) || *i > first && (capital(*i) && !titled(*i, clues) || hyphen(*i));
        let whole = (first..forms.len()).take_while(goes_on).count();
        let length = if titled(first, clues) { whole.min(1) } else { whole };
        let at = |i: Option<usize>| i.and_then(|i| clues.get(i)).unwrap_or(&NOWHERE);
        let last = at((first + length).checked_sub(1));
        let run = Run {
            first: at(Some(first)).word.lower,
            last: last.word.lower,
            last_lexical: last.lexical,
            length: length.min(5) as u32,
            before: at(first.checked_sub(1)).word.lower,
            after: at(Some(first + length)).word.lower,
        };
        clues.iter_mut().skip(first).take(length).for_each(|clue| clue.run = run);
        first += length.max(1);
    }
}

/// The bit of [`lexical_class`] that says a word begins with a capital.
const CAPITAL: u32 = 1 << 12;

/// The bits of [`lexical_class`] that say a word is a form of address or a post.
const TITLED: u32 = 3 << 9;

fn lexical_class(form: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> u32 {
    if !form.chars().next().is_some_and(char::is_uppercase) {
        return u32::from(lexicon.post_length(&[form]) > 0);
    }
    let known = gazetteer.find(form).map_or(0, |known| match known {
        Known::Country(_) => 1,
        Known::Demonym(_) => 2,
        Known::Capital(_) | Known::Place(_) => 3,
        Known::Body(_) => 4,
    });
    let bits = [
        lexicon.is_given_name(form),
        lexicon.is_surname(form),
        lexicon.body_of(form).is_some(),
        lexicon.is_legal_form(form),
        lexicon.thing_of(form).is_some(),
        lexicon.is_honorific(form),
        lexicon.post_length(&[form.to_lowercase().as_str()]) > 0,
    ];
    bits.iter().enumerate().map(|(i, bit)| u32::from(*bit) << (i + 4)).sum::<u32>() + known + CAPITAL
}

const NOWHERE: Clue = Clue {
    word: OUTSIDE,
    tag: 98,
    xpos: 98,
    lexical: 9999,
    known: 99,
    run: Run { first: 0, last: 0, last_lexical: 0, length: 0, before: 0, after: 0 },
};

/// What the model looks at for word `i`, given the classes of the two words before.
pub(crate) fn features(clues: &[Clue], i: usize, last: usize, before: usize, out: &mut Vec<u32>) {
    let at = |i: Option<usize>| i.and_then(|i| clues.get(i)).unwrap_or(&NOWHERE);
    let [w, p1, p2] = [Some(i), i.checked_sub(1), i.checked_sub(2)].map(at);
    let [n1, n2] = [1, 2].map(|d| at(Some(i + d)));
    let (t1, t2) = (last as u32, before as u32);
    let run = w.run;
    let values: [&[u32]; 43] = [
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
        &[w.known, w.word.shape],
        &[w.known, t1],
        &[w.known, n1.known, t1],
        &[run.last],
        &[run.last, t1],
        &[run.last_lexical, run.length],
        &[run.last_lexical, t1, w.lexical],
        &[run.first, run.length],
        &[run.before],
        &[run.before, run.length],
        &[run.after],
        &[run.after, run.before],
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
        let mut features_of = Vec::with_capacity(48);
        let (mut last, mut before) = (0, 0);
        let mut classes = Vec::with_capacity(clues.len());
        let capital = |i: usize| clues.get(i).is_some_and(|clue| clue.lexical & CAPITAL > 0);
        for i in 0..clues.len() {
            // A name begins with a capital, or right before one ("al-Qaim", "the port of el Hierro").
            if last == 0 && !capital(i) && !capital(i + 1) {
                before = last;
                classes.push(last);
                continue;
            }
            features(clues, i, last, before, &mut features_of);
            let scores = self.model.score(&features_of);
            // I- follows only B- or I- of its kind.
            let fits = |c: usize| c % 2 == 1 || c == 0 || last == c || last + 1 == c;
            let best = (0..9)
                .filter(|c| fits(*c))
                .max_by_key(|c| (scores.get(*c).copied().unwrap_or(i16::MIN), std::cmp::Reverse(*c)));
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
