//! The network that the parser asks: words and tags of a sentence in, scores of arcs and relations out.
//!
//! Law: the same bytes score alike on every machine: sums are of whole numbers or in a fixed order.
//!
//! Every word is the sum of what is known of its form, its endings, its shape and its tag. Two layers read the sentence from
//! both ends (a long short-term memory with coupled gates, Greff et al. 2017), so that each word knows its sentence; a
//! bilinear form scores each word as governor of each other (Dozat and Manning 2017), a small layer the relation.
//!
//! ```text
//! file  = sizes: 7 times u32 (embed, hidden, layers, arc, relation, classes, rows), step: f32, length of the names: u32,
//!         names, a line each, keys: u32 each, rows: i8, `embed` each, then the parts in order of `Layout`: i16, ONE is 1
//! ```

mod layout;
pub(crate) mod numbers;

pub(crate) use layout::{Layout, Part, Sizes, bucket, pair};

use super::linear::hash;
use super::tag::Tag;
use super::words::Word;
use numbers::{Matrix, ONE, Rows, bend, squash, whole};
use rustc_hash::FxHashMap;

/// Clues of a word, each of which may have a row of its own.
pub(crate) const CLUES: usize = 6;

/// What the network sees of a word. The first clue is the word itself.
pub(crate) fn clues(word: &Word, tag: Tag) -> [u32; CLUES] {
    let both = tag.0 as u32 * 64 + tag.1 as u32;
    let values = [word.lower, word.suffix[2], word.prefix[2], word.shape, both, word.suffix[1]];
    let mut template = 900;
    values.map(|value| {
        template += 1;
        hash(template, &[value])
    })
}

/// One direction of one layer.
#[derive(Debug, Clone)]
struct Run {
    input: Matrix,
    again: Matrix,
}

/// The network as it is used.
#[derive(Debug, Clone)]
pub(crate) struct Net {
    sizes: Sizes,
    names: Vec<String>,
    rows: FxHashMap<u32, u32>,
    embeddings: &'static [u8],
    step: f32,
    layers: Vec<[Run; 2]>,
    dependents: Matrix,
    governors: Matrix,
    form: Matrix,
    worth: Rows,
    root: Vec<i16>,
    pairs: Vec<f32>,
    above: Matrix,
    below: Matrix,
    distances: Vec<f32>,
    relations: Matrix,
}

/// What the network says of one sentence.
pub(crate) struct Opinion {
    /// Number of words.
    pub(crate) length: usize,
    /// For every word the scores of its governors, in order, the root last.
    pub(crate) arcs: Vec<f32>,
    above: Vec<f32>,
    below: Vec<f32>,
}

impl Net {
    /// Reads a model file. `None` where the bytes are no model.
    pub(crate) fn from_bytes(bytes: &'static [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_first_chunk::<36>()?;
        let numbers: Vec<u32> = head.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
        let &[embed, hidden, layers, arc, relation, classes, count, step, length] = numbers.as_slice() else {
            return None;
        };
        let [embed, hidden, layers] = [embed, hidden, layers].map(|n| n as usize);
        let [arc, relation, classes] = [arc, relation, classes].map(|n| n as usize);
        let sizes = Sizes { embed, hidden, layers, arc, relation, classes };
        let (count, step, length) = (count as usize, f32::from_bits(step), length as usize);
        let (names, rest) = rest.split_at_checked(length)?;
        let names: Vec<String> = std::str::from_utf8(names).ok()?.lines().map(str::to_owned).collect();
        let (keys, rest) = rest.split_at_checked(4 * count)?;
        let keys = keys.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four));
        let (embeddings, rest) = rest.split_at_checked(count * sizes.embed)?;
        let numbers: Vec<i16> = rest.as_chunks::<2>().0.iter().map(|two| i16::from_le_bytes(*two)).collect();
        let layout = Layout::new(sizes);
        if numbers.len() != layout.total || names.len() != sizes.classes {
            return None;
        }
        let whole = |part: &Part| numbers.get(part.range()).unwrap_or_default().to_vec();
        let real = |part: &Part| whole(part).into_iter().map(|n| f32::from(n) / ONE).collect::<Vec<f32>>();
        let matrix = |part: &Part, added: Option<&Part>| {
            Matrix::new(part.inner, &whole(part), added.map(real).unwrap_or_default())
        };
        let run = |parts: &[Part; 3]| Run { input: matrix(&parts[0], Some(&parts[2])), again: matrix(&parts[1], None) };
        Some(Self {
            sizes,
            names,
            rows: keys.zip(0..).collect(),
            embeddings,
            step,
            layers: layout.layers.iter().map(|runs| [run(&runs[0]), run(&runs[1])]).collect(),
            dependents: matrix(&layout.dependents, Some(&layout.dependents_added)),
            governors: matrix(&layout.governors, Some(&layout.governors_added)),
            form: matrix(&layout.form, None),
            worth: Rows::new(arc, whole(&layout.worth)),
            root: whole(&layout.root),
            pairs: real(&layout.pairs),
            above: matrix(&layout.above, None),
            below: matrix(&layout.below, Some(&layout.below_added)),
            distances: real(&layout.distances),
            relations: matrix(&layout.relations, Some(&layout.relations_added)),
        })
    }

    /// Names of the relations, in order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Reads one sentence.
    pub(crate) fn read(&self, words: &[Word], tags: &[Tag]) -> Opinion {
        let known = self.encode(words, tags);
        let unit = 1.0 / (ONE * ONE);
        let length = words.len();
        let width = self.sizes.arc;
        let rise = |values: Vec<f32>| values.into_iter().map(|v| whole(v.max(0.0), ONE)).collect::<Vec<i16>>();
        let dependents = Rows::new(width, rise(self.dependents.times(&known, unit)));
        let mut governors = Rows::new(width, rise(self.governors.times(&known, unit)));
        governors.push(&self.root);
        // These grow larger, so they are counted in coarser steps.
        let coarse = ONE / 8.0;
        let wanted: Vec<i16> = self.form.times(&dependents, unit).into_iter().map(|v| whole(v, coarse)).collect();
        let mut worth = vec![0f32; length + 1];
        self.worth.iter().for_each(|row| governors.add_times(row, unit, &mut worth));
        let kinds: Vec<usize> = tags.iter().map(|tag| tag.0 as usize).collect();
        let mut arcs = worth.repeat(length);
        let rows = Rows::new(width, wanted);
        for (dependent, (row, scores)) in rows.iter().zip(arcs.chunks_exact_mut(length + 1)).enumerate() {
            governors.add_times(row, 1.0 / (ONE * coarse), scores);
            for (governor, score) in scores.iter_mut().enumerate() {
                *score += self.pairs.get(pair(&kinds, governor, dependent)).copied().unwrap_or_default();
            }
        }
        Opinion { length, arcs, above: self.above.times(&known, unit), below: self.below.times(&known, unit) }
    }

    /// What the layers make of every word.
    fn encode(&self, words: &[Word], tags: &[Tag]) -> Rows {
        let mut known = Rows::new(self.sizes.embed, self.look_up(words, tags));
        let mut unit = self.step / ONE;
        for runs in &self.layers {
            let mut out = vec![0i16; words.len() * 2 * self.sizes.hidden];
            for (run, back) in runs.iter().zip([false, true]) {
                self.run(run, &known, unit, back, &mut out);
            }
            known = Rows::new(2 * self.sizes.hidden, out);
            unit = 1.0 / (ONE * ONE);
        }
        known
    }

    /// For every word the sum of the rows of its clues.
    fn look_up(&self, words: &[Word], tags: &[Tag]) -> Vec<i16> {
        let width = self.sizes.embed;
        let mut out = vec![0i16; words.len() * width];
        for ((word, tag), sums) in words.iter().zip(tags).zip(out.chunks_exact_mut(width.max(1))) {
            for row in clues(word, *tag).iter().filter_map(|clue| self.rows.get(clue)) {
                let at = *row as usize * width;
                let numbers = self.embeddings.get(at..at + width).unwrap_or_default();
                sums.iter_mut().zip(numbers).for_each(|(sum, byte)| *sum += i16::from(*byte as i8));
            }
        }
        out
    }

    /// One direction over the sentence; fills its half of every row of `out`.
    fn run(&self, run: &Run, input: &Rows, unit: f32, back: bool, out: &mut [i16]) {
        let hidden = self.sizes.hidden;
        let mut gates = run.input.times(input, unit);
        let mut cells = vec![0f32; hidden];
        let mut last = vec![0i16; hidden];
        let mut step = |gates: &mut [f32], out: &mut [i16]| {
            run.again.add_times(&last, 1.0 / (ONE * ONE), gates);
            let (keep, rest) = gates.split_at_mut(hidden);
            let (show, fresh) = rest.split_at_mut(hidden);
            keep.iter_mut().for_each(|x| *x = squash(*x));
            show.iter_mut().for_each(|x| *x = squash(*x));
            fresh.iter_mut().for_each(|x| *x = bend(*x));
            for ((((cell, keep), show), fresh), last) in cells.iter_mut().zip(keep).zip(show).zip(fresh).zip(&mut last)
            {
                *cell = *keep * *cell + (1.0 - *keep) * *fresh;
                *last = whole(*show * *cell, ONE);
            }
            let half = if back { out.get_mut(hidden..) } else { out.get_mut(..hidden) };
            half.into_iter().for_each(|half| half.copy_from_slice(&last));
        };
        let rows = gates.chunks_exact_mut((3 * hidden).max(1)).zip(out.chunks_exact_mut((2 * hidden).max(1)));
        if back {
            rows.rev().for_each(|(gates, out)| step(gates, out));
        } else {
            rows.for_each(|(gates, out)| step(gates, out));
        }
    }

    /// Writes the scores of the relations of `dependent` to `governor`, in order of [`Net::names`].
    pub(crate) fn relate(&self, opinion: &Opinion, governor: usize, dependent: usize, scores: &mut Vec<f32>) {
        let width = self.sizes.relation;
        let row = |rows: &[f32], i: usize| i * width..((i + 1) * width).min(rows.len());
        let above = opinion.above.get(row(&opinion.above, governor)).unwrap_or_default();
        let below = opinion.below.get(row(&opinion.below, dependent)).unwrap_or_default();
        let far = self.distances.get(row(&self.distances, bucket(governor, dependent))).unwrap_or_default();
        let sum = above.iter().zip(below).zip(far).map(|((a, b), c)| whole((a + b + c).max(0.0), ONE));
        self.relations.times_one(&sum.collect::<Vec<i16>>(), 1.0 / (ONE * ONE), scores);
    }
}
