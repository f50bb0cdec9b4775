//! Tagger: one class for each word, the pair of its universal and its Penn tag, from left to right.

use super::linear::{Linear, hash};
use super::tree::{Upos, Xpos};
use super::words::{OUTSIDE, Word};

/// A universal tag with a Penn tag.
pub(crate) type Tag = (Upos, Xpos);

/// The tagger: a model whose classes are pairs of tags.
#[derive(Debug, Clone)]
pub(crate) struct Tagger {
    model: Linear,
    tags: Vec<Tag>,
}

/// A pair of tags as the model's class names spell it.
pub(crate) fn spell(tag: Tag) -> String {
    format!("{} {}", tag.0, tag.1)
}

impl Tagger {
    /// A tagger from its model; `None` where a class names no pair of tags.
    pub(crate) fn new(model: Linear) -> Option<Self> {
        let read = |name: &String| {
            let (upos, xpos) = name.split_once(' ')?;
            Some((upos.parse().ok()?, xpos.parse().ok()?))
        };
        let tags = model.classes().iter().map(read).collect::<Option<Vec<Tag>>>()?;
        Some(Self { model, tags })
    }

    /// The tags of the words of one sentence.
    pub(crate) fn tag(&self, words: &[Word]) -> Vec<Tag> {
        let mut context = Context::new(words);
        let mut features = Vec::with_capacity(48);
        let mut out = Vec::with_capacity(words.len());
        for i in 0..words.len() {
            context.features(i, &mut features);
            let scores = self.model.score(&features);
            let class = self.model.best(&scores, |_| true).unwrap_or_default();
            context.push(class);
            out.push(self.tags.get(class).copied().unwrap_or((Upos::X, Xpos::Xx)));
        }
        out
    }
}

/// Words and the classes given so far.
pub(crate) struct Context<'w> {
    words: &'w [Word],
    last: u32,
    before: u32,
}

impl<'w> Context<'w> {
    /// Before the first word.
    pub(crate) fn new(words: &'w [Word]) -> Self {
        Self { words, last: 1000, before: 1000 }
    }

    /// Notes the class of the word just tagged.
    pub(crate) fn push(&mut self, class: usize) {
        self.before = std::mem::replace(&mut self.last, class as u32);
    }

    fn word(&self, at: Option<usize>) -> &Word {
        at.and_then(|i| self.words.get(i)).unwrap_or(&OUTSIDE)
    }

    /// What the model looks at to tag word `i`, the first that has no class.
    pub(crate) fn features(&self, i: usize, out: &mut Vec<u32>) {
        let [w, p1, p2] = [Some(i), i.checked_sub(1), i.checked_sub(2)].map(|at| self.word(at));
        let [n1, n2] = [1, 2].map(|d| self.word(Some(i + d)));
        let (t1, t2) = (self.last, self.before);
        let start = u32::from(i == 0);
        let values: [&[u32]; 38] = [
            &[w.form],
            &[w.lower],
            &[w.prefix[0], w.shape],
            &[w.prefix[1]],
            &[w.prefix[2]],
            &[w.suffix[0]],
            &[w.suffix[1]],
            &[w.suffix[2]],
            &[w.suffix[3]],
            &[w.shape, start],
            &[w.suffix[1], w.shape, start],
            &[p1.lower],
            &[p2.lower],
            &[n1.lower],
            &[n2.lower],
            &[p1.suffix[2]],
            &[n1.suffix[2]],
            &[n1.suffix[1], n1.shape],
            &[p1.shape, w.shape],
            &[w.shape, n1.shape],
            &[t1],
            &[t1, t2],
            &[t1, w.lower],
            &[t1, t2, w.lower],
            &[t1, w.suffix[2]],
            &[t1, w.suffix[1], w.shape],
            &[t1, n1.lower],
            &[t1, n1.suffix[1]],
            &[p1.lower, w.lower],
            &[w.lower, n1.lower],
            &[p1.lower, n1.lower],
            &[w.lower, n1.suffix[2]],
            &[w.suffix[2], n1.suffix[2]],
            &[p2.lower, p1.lower],
            &[n1.lower, n2.lower],
            &[t1, t2, n1.lower],
            &[w.lower, n2.lower],
            &[t1, w.lower, n1.lower],
        ];
        out.clear();
        out.extend(values.iter().enumerate().map(|(template, values)| hash(template as u32, values)));
    }
}
