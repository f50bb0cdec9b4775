//! A linear classifier over hashed features, small enough to embed.
//!
//! Law: a model is its bytes. Nothing is decoded when it is loaded, and the same bytes score alike on every machine.
//!
//! Only the features that training found worth their place are stored, each with the classes that it speaks for or against.
//! The upper bits of a feature's 32-bit hash name a bucket; an index says where each bucket's entries begin:
//!
//! ```text
//! file   = bits: u32, length of the names: u32, names a line each, index: 2^bits + 1 times u32, entries
//! entry  = lower 16 bits of the hash: u16, number of weights: u8, weights: (class: u8, weight: i8) each
//!        | lower 16 bits of the hash: u16, FULL: u8, the weights of all classes: i8 each
//! ```
//!
//! Full entries are those of features that speak of many classes: to add a row is faster than to add single weights.

use std::borrow::Cow;

/// Most classes that one model may have.
pub(crate) const MAX_CLASSES: usize = 128;

/// Sums of weights, one for each class. They hold those of 256 features.
pub(crate) type Scores = [i16; MAX_CLASSES];

/// Stands in place of the number of weights where an entry has those of all classes.
const FULL: u8 = 255;

/// An entry is full where its weights are at least one in so many of all.
const SHARE: usize = 6;

/// The weights of one feature: class and weight each.
pub(crate) type Weights = Vec<(u8, i8)>;

/// A trained classifier: names of its classes, the index of the buckets and the entries.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    classes: Vec<String>,
    bits: u32,
    index: Cow<'static, [u8]>,
    entries: Cow<'static, [u8]>,
}

/// The number of the bucket of a feature among 2^`bits`.
fn bucket(feature: u32, bits: u32) -> usize {
    feature.checked_shr(32 - bits).unwrap_or_default() as usize
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

impl Linear {
    /// A model of features with their weights, in order of the features' hashes.
    pub(crate) fn new(classes: Vec<String>, features: &[(u32, Weights)]) -> Self {
        let bits = (features.len() / 2).max(2).ilog2().clamp(1, 24);
        let mut index = Vec::with_capacity(4 << bits);
        let mut entries = Vec::new();
        let mut rest = features.iter().peekable();
        for number in 0..1usize << bits {
            index.extend((entries.len() as u32).to_le_bytes());
            while let Some((feature, weights)) = rest.next_if(|(f, _)| bucket(*f, bits) == number) {
                entries.extend((*feature as u16).to_le_bytes());
                if SHARE * weights.len() < classes.len() {
                    entries.push(weights.len() as u8);
                    entries.extend(weights.iter().flat_map(|(class, weight)| [*class, *weight as u8]));
                } else {
                    let of = |class: usize| weights.iter().find(|w| usize::from(w.0) == class).map_or(0, |w| w.1);
                    entries.push(FULL);
                    entries.extend((0..classes.len()).map(|class| of(class) as u8));
                }
            }
        }
        index.extend((entries.len() as u32).to_le_bytes());
        Self { classes, bits, index: Cow::Owned(index), entries: Cow::Owned(entries) }
    }

    /// Reads what [`Linear::to_bytes`] wrote. `None` where the bytes are no model.
    pub(crate) fn from_bytes(bytes: &'static [u8]) -> Option<Self> {
        let (bits, length) = (read_u32(bytes, 0)?, read_u32(bytes, 4)? as usize);
        let (names, rest) = bytes.get(8..)?.split_at_checked(length)?;
        let classes: Vec<String> = std::str::from_utf8(names).ok()?.lines().map(str::to_owned).collect();
        let sound = (1..=24).contains(&bits) && classes.len() <= MAX_CLASSES;
        let (index, entries) = rest.split_at_checked(if sound { (4 << bits) + 4 } else { usize::MAX })?;
        let whole = read_u32(index, index.len() - 4)? as usize == entries.len();
        whole.then_some(Self { classes, bits, index: Cow::Borrowed(index), entries: Cow::Borrowed(entries) })
    }

    /// The model's file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let names = self.classes.join("\n");
        let mut bytes = self.bits.to_le_bytes().to_vec();
        bytes.extend((names.len() as u32).to_le_bytes());
        bytes.extend(names.as_bytes());
        bytes.extend(self.index.iter());
        bytes.extend(self.entries.iter());
        bytes
    }

    /// Names of the classes, in order.
    pub(crate) fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Where the entries of the bucket of a feature begin and end.
    fn range(&self, feature: u32) -> (u32, u32) {
        let at = 4 * bucket(feature, self.bits);
        match self.index.get(at..).and_then(<[u8]>::first_chunk) {
            Some(&[a, b, c, d, e, f, g, h]) => (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])),
            None => (0, 0),
        }
    }

    /// Adds up the weights of `features` for every class. Each step of the search is taken for many features before the next
    /// one, so that the processor waits for memory once a step and not once a feature.
    pub(crate) fn score(&self, features: &[u32]) -> Scores {
        let mut scores = [0; MAX_CLASSES];
        let mut buckets = [&[][..]; AT_ONCE];
        let mut heads = [Head::default(); AT_ONCE];
        for chunk in features.chunks(AT_ONCE) {
            for (bucket, feature) in buckets.iter_mut().zip(chunk) {
                let (from, to) = self.range(*feature);
                *bucket = self.entries.get(from as usize..to as usize).unwrap_or_default();
            }
            for ((head, bucket), _) in heads.iter_mut().zip(&buckets).zip(chunk) {
                *head = bucket.first_chunk().copied().unwrap_or_default();
            }
            for ((head, bucket), feature) in heads.iter().zip(&buckets).zip(chunk) {
                self.add_entry(&mut scores, *feature as u16, *head, bucket);
            }
        }
        scores
    }

    /// Adds the weights of the entry of a feature in its bucket, which begins with `head`.
    fn add_entry(&self, scores: &mut Scores, feature: u16, mut head: Head, mut bucket: &[u8]) {
        while let Some(rest) = bucket.get(3..) {
            let full = head[2] == FULL;
            let size = if full { self.classes.len() } else { 2 * usize::from(head[2]) };
            let Some((weights, next)) = rest.split_at_checked(size) else { return };
            if u16::from_le_bytes([head[0], head[1]]) == feature {
                return if full { add_full(scores, weights) } else { add(scores, weights) };
            }
            bucket = next;
            head = bucket.first_chunk().copied().unwrap_or_default();
        }
    }

    /// The class that scores highest among those that `allowed` lets pass; the first of equals.
    pub(crate) fn best(&self, scores: &Scores, allowed: impl Fn(usize) -> bool) -> Option<usize> {
        let mut best: Option<(usize, i16)> = None;
        for (class, &score) in scores.iter().take(self.classes.len()).enumerate() {
            if best.is_none_or(|(_, top)| score > top) && allowed(class) {
                best = Some((class, score));
            }
        }
        best.map(|(class, _)| class)
    }
}

/// Features whose places are looked up at once.
const AT_ONCE: usize = 64;

/// Beginning of an entry: lower half of the feature's hash, number of weights.
type Head = [u8; 3];

/// Adds weights as they are stored: pairs of bytes, class and weight.
fn add(scores: &mut Scores, weights: &[u8]) {
    for &[class, weight] in weights.as_chunks::<2>().0 {
        if let Some(score) = scores.get_mut(usize::from(class)) {
            *score += i16::from(weight as i8);
        }
    }
}

/// Adds the weights of all classes.
fn add_full(scores: &mut Scores, weights: &[u8]) {
    scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += i16::from(*weight as i8));
}

/// Mixes the number of a feature template with the values it looks at.
pub(crate) fn hash(template: u32, values: &[u32]) -> u32 {
    let mut state = (u64::from(template) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for &value in values {
        state = (state.rotate_left(23) ^ u64::from(value)).wrapping_mul(0x517C_C1B7_2722_0A95);
    }
    ((state ^ (state >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32) as u32
}

/// Hash of a word's bytes (FNV-1a).
pub(crate) fn hash_bytes(bytes: impl IntoIterator<Item = u8>) -> u32 {
    bytes.into_iter().fold(0x811C_9DC5, |state, byte| (state ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_survives_its_file() {
        let classes = ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned).to_vec();
        let features = [(7, vec![(0, 1)]), (0x7000_0001, vec![(0, 15), (1, -16)]), (0x7000_0002, vec![(1, 4)])];
        let model = Linear::new(classes, &features);
        let bytes: &'static [u8] = Vec::leak(model.to_bytes());
        let again = Linear::from_bytes(bytes).unwrap();
        assert_eq!(again.classes(), model.classes());
        assert_eq!(again.score(&[0x7000_0001, 0x7000_0002, 0x7000_0003])[..2], [15, -12]);
        assert_eq!(again.score(&[7])[..2], [1, 0]);
        assert_eq!(again.score(&[0xFFFF_FFFF])[..2], [0, 0]);
        assert!(Linear::from_bytes(&bytes[..20]).is_none());
    }
}
