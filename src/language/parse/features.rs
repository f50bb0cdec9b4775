//! What the parser's models look at, after Zhang and Nivre (2011).

use super::state::State;
use crate::language::linear::hash;
use crate::language::tag::Tag;
use crate::language::tree::Upos;
use crate::language::words::Word;

/// The words of one sentence as the parser sees them, with the root and the missing word at the end.
pub(crate) struct Input {
    words: Vec<u32>,
    upos: Vec<u32>,
    xpos: Vec<u32>,
    verbs: Vec<u32>,
    stops: Vec<u32>,
}

const ROOT: u32 = 2;
const NONE: u32 = 1;

impl Input {
    /// From the words and tags of a sentence.
    pub(crate) fn new(words: &[Word], tags: &[Tag]) -> Self {
        let with_ends = |values: Vec<u32>, ends: [u32; 2]| values.into_iter().chain(ends).collect::<Vec<u32>>();
        let count = |is: fn(Upos) -> bool| {
            let mut sum = 0;
            let running = tags.iter().map(|t| {
                sum += u32::from(is(t.0));
                sum
            });
            running.collect::<Vec<u32>>()
        };
        Self {
            words: with_ends(words.iter().map(|w| w.lower).collect(), [ROOT, NONE]),
            upos: with_ends(tags.iter().map(|t| t.0 as u32).collect(), [100, 101]),
            xpos: with_ends(tags.iter().map(|t| t.1 as u32).collect(), [100, 101]),
            verbs: count(|u| u == Upos::Verb),
            stops: count(|u| u == Upos::Punct),
        }
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len().saturating_sub(2)
    }

    fn at(&self, i: usize) -> Atom {
        let get = |values: &[u32]| values.get(i).copied().unwrap_or(NONE);
        Atom { w: get(&self.words), p: get(&self.upos), t: get(&self.xpos) }
    }

    /// Verbs and marks between two words, a few at most.
    fn between(&self, from: usize, to: usize) -> u32 {
        let count = |sums: &[u32], most: u32| {
            let at = |i: usize| sums.get(i.min(sums.len().saturating_sub(1))).copied().unwrap_or_default();
            at(to.saturating_sub(1)).saturating_sub(at(from)).min(most)
        };
        count(&self.verbs, 2) * 4 + count(&self.stops, 2)
    }
}

/// One word: its letters, universal tag and Penn tag.
#[derive(Clone, Copy)]
struct Atom {
    w: u32,
    p: u32,
    t: u32,
}

/// Distance in words, in steps.
fn distance(from: usize, to: usize) -> u32 {
    match to.abs_diff(from) {
        d @ 0..=4 => d as u32,
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

fn fill<const N: usize>(out: &mut Vec<u32>, base: u32, values: &[&[u32]; N]) {
    out.clear();
    out.extend(values.iter().enumerate().map(|(template, values)| hash(base + template as u32, values)));
}

/// Features of the choice of the next step.
pub(crate) fn action_features(input: &Input, state: &State, out: &mut Vec<u32>) {
    let [i0, i1, i2] = [0, 1, 2].map(|depth| state.stacked(depth));
    let [j0, j1, j2] = [0, 1, 2].map(|ahead| state.ahead(ahead));
    let [s0, s1, s2, b0, b1, b2] = [i0, i1, i2, j0, j1, j2].map(|i| input.at(i));
    let b3 = input.at(state.ahead(3));
    let [l0, l1, r0, r1, lb] = [state.left(i0), state.left(i1), state.right(i0), state.right(i1), state.left(j0)];
    let [s0l, s0r, s1l, s1r, b0l] = [l0, r0, l1, r1, lb].map(|c| input.at(c.outer[0]));
    let [s0l2, s0r2, s1r2, b0l2] = [l0, r0, r1, lb].map(|c| input.at(c.outer[1]));
    let [d0l, d0r, d1l, d1r, dbl] = [l0, r0, l1, r1, lb].map(|c| state.label(c.outer[0]) as u32);
    let [d0l2, d0r2, d1r2, dbl2] = [l0, r0, r1, lb].map(|c| state.label(c.outer[1]) as u32);
    let near = distance(i0, j0);
    let below = distance(i1, i0);
    let (gap, gap1) = (input.between(i0, j0), input.between(i1, i0));
    let [v0l, v0r, v1r, vbl] = [l0, r0, r1, lb].map(|c| c.count.min(4));
    fill(
        out,
        0,
        &[
            &[s0.w],
            &[s0.t],
            &[s0.w, s0.t],
            &[s1.w],
            &[s1.t],
            &[s1.w, s1.t],
            &[b0.w],
            &[b0.t],
            &[b0.w, b0.t],
            &[b1.w],
            &[b1.t],
            &[b1.w, b1.t],
            &[b2.w],
            &[b2.t],
            &[s2.w],
            &[s2.t],
            // Pairs.
            &[s0.w, s0.t, b0.w, b0.t],
            &[s0.w, s0.t, b0.w],
            &[s0.w, b0.w, b0.t],
            &[s0.w, s0.t, b0.t],
            &[s0.t, b0.w, b0.t],
            &[s0.w, b0.w],
            &[s0.t, b0.t],
            &[s0.p, b0.p],
            &[s1.w, s0.w],
            &[s1.t, s0.t],
            &[s1.w, s0.t],
            &[s1.t, s0.w],
            &[s1.t, s0.w, s0.t],
            &[s1.w, s1.t, s0.t],
            &[s1.w, b0.w],
            &[s1.t, b0.t],
            &[s1.w, b0.t],
            &[s1.t, b0.w],
            &[b0.t, b1.t],
            &[b0.w, b1.t],
            &[b0.t, b1.w],
            &[b0.w, b1.w],
            &[s0.w, b1.w],
            &[s0.t, b1.t],
            &[s0.w, b1.t],
            // Triples.
            &[s0.t, b0.t, b1.t],
            &[b0.t, b1.t, b2.t],
            &[s1.t, s0.t, b0.t],
            &[s2.t, s1.t, s0.t],
            &[s0.w, b0.t, b1.t],
            &[s0.t, b0.w, b1.t],
            &[s1.t, s0.t, b0.w],
            &[s1.t, s0.w, b0.t],
            &[s1.w, s0.t, b0.t],
            &[s1.w, s0.w, b0.w],
            &[s1.w, b0.w, b1.t],
            &[s0.w, b0.w, b1.t],
            &[s1.t, s0.t, b0.t, b1.t],
            &[s2.p, s1.p, s0.p, b0.p],
            &[b1.t, b2.t, b3.t],
            &[s0.t, b0.t, b1.t, b2.t],
            // Dependents.
            &[s0.t, s0l.t, b0.t],
            &[s0.t, s0r.t, b0.t],
            &[s0.t, b0.t, b0l.t],
            &[s1.t, s0.t, s1r.t],
            &[s1.t, s0.t, s1l.t],
            &[s1.t, s0.t, s0l.t],
            &[s1.t, s0.t, s0r.t],
            &[s0.w, b0.t, b0l.w],
            &[s0.t, s0l.t, s0l2.t],
            &[s0.t, s0r.t, s0r2.t],
            &[s1.t, s1r.t, s1r2.t],
            &[b0.t, b0l.t, b0l2.t],
            &[s1.w, s0.t, s0l.w],
            &[s1.t, s0.w, s0l.w],
            &[s0l.w, s0.t],
            &[s0r.w, s0.t],
            &[b0l.w, b0.t],
            &[s1r.w, s1.t],
            &[s1.w, s0l.w],
            // Labels.
            &[s0.t, d0l],
            &[s0.t, d0r],
            &[s1.t, d1r],
            &[b0.t, dbl],
            &[s0.t, d0l, d0l2],
            &[s0.t, d0r, d0r2],
            &[s1.t, d1r, d1r2],
            &[b0.t, dbl, dbl2],
            &[s0.w, d0r],
            &[s1.w, d1r],
            &[s0.t, d0r, b0.t],
            &[s1.t, d1r, s0.t],
            &[s1.t, d1l, s0.t],
            &[s1.t, s0.t, d0l],
            &[s0.t, b0.t, dbl],
            &[s0.t, l0.labels],
            &[s0.t, r0.labels],
            &[s1.t, r1.labels],
            &[b0.t, lb.labels],
            &[s1.t, s0.t, r1.labels],
            &[s0.t, b0.t, l0.labels],
            &[s1.w, r1.labels],
            &[s0.w, r0.labels],
            &[s0.w, l0.labels],
            // Distance and number.
            &[s0.w, near],
            &[s0.t, near],
            &[b0.w, near],
            &[b0.t, near],
            &[s0.w, b0.w, near],
            &[s0.t, b0.t, near],
            &[s1.t, s0.t, below],
            &[s1.w, below],
            &[s0.w, v0r],
            &[s0.t, v0r],
            &[s0.w, v0l],
            &[s0.t, v0l],
            &[s1.t, v1r],
            &[s1.w, v1r],
            &[b0.w, vbl],
            &[b0.t, vbl],
            &[s0.t, b0.t, gap],
            &[s1.t, s0.t, gap1],
            &[s1.t, b0.t, gap1, gap],
        ],
    );
}

/// Features of the relation of `dependent` to `head` at the moment when the arc is drawn.
pub(crate) fn label_features(input: &Input, state: &State, head: usize, dependent: usize, out: &mut Vec<u32>) {
    let [h, d] = [head, dependent].map(|i| input.at(i));
    let before = |i: usize| i.checked_sub(1).unwrap_or(state.none());
    let [hp, hn, dp, dn] = [before(head), head + 1, before(dependent), dependent + 1].map(|i| input.at(i));
    let (dl, dr, hl, hr) = (state.left(dependent), state.right(dependent), state.left(head), state.right(head));
    let [dlc, drc, hlc, hrc] = [dl, dr, hl, hr].map(|c| input.at(c.outer[0]));
    let [ldl, ldr, lhl, lhr] = [dl, dr, hl, hr].map(|c| state.label(c.outer[0]) as u32);
    let side = u32::from(head > dependent) * 16 + distance(head, dependent);
    let sign = u32::from(head > dependent);
    fill(
        out,
        200,
        &[
            &[h.w, sign],
            &[h.t, sign],
            &[d.w, sign],
            &[d.t, sign],
            &[h.w, d.w],
            &[h.t, d.t, sign],
            &[h.w, d.t, sign],
            &[h.t, d.w, sign],
            &[h.w, h.t, d.w, d.t],
            &[h.p, d.p, side],
            &[h.t, d.t, side],
            &[d.w, side],
            &[h.w, side],
            &[dp.t, d.t, h.t],
            &[dn.t, d.t, h.t],
            &[hp.t, h.t, d.t],
            &[hn.t, h.t, d.t],
            &[dp.w, d.t],
            &[dn.w, d.t],
            &[dp.t, d.t, dn.t, sign],
            &[d.t, dlc.w, h.t],
            &[d.t, dlc.t, h.t],
            &[d.w, dlc.w],
            &[d.t, drc.t],
            &[d.t, drc.w],
            &[d.t, dl.labels, h.t],
            &[d.t, dr.labels, h.t],
            &[h.t, hl.labels, d.t, sign],
            &[h.t, hr.labels, d.t, sign],
            &[h.w, dlc.w, sign],
            &[h.w, hr.labels, d.t],
            &[h.t, lhr, d.t, sign],
            &[h.t, lhl, d.t, sign],
            &[ldl, d.t, h.p],
            &[ldr, d.t, h.p],
            &[h.t, hrc.w, d.t],
            &[h.t, hlc.t, d.t, sign],
            &[d.p, h.p, input.between(head.min(dependent), head.max(dependent)), sign],
            &[h.w, hl.labels, d.t, sign],
            &[d.t, dl.labels, h.w],
            &[d.w, dl.labels, h.t],
            &[dlc.w, d.w, h.t],
            &[dlc.w, h.p, d.p, side],
            &[d.w, d.t, dr.labels, dl.labels],
        ],
    );
}
