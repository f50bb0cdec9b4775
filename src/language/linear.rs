//! A linear classifier over hashed features, small enough to embed.
//!
//! Law: a model is its bytes. Nothing is decoded when it is loaded, and the same bytes score alike on every machine.
//!
//! Every feature is a 32-bit hash that names a place in one table of signed bytes; the weights of all classes follow from
//! there (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning", with neighbouring rows free to
//! share cells). Training (see [`super::train`]) knows of the sharing and works around it.

use std::borrow::Cow;

/// Most classes that one model may have.
pub(crate) const MAX_CLASSES: usize = 128;

/// Sums of weights, one for each class.
pub(crate) type Scores = [i32; MAX_CLASSES];

/// A trained classifier: names of its classes and a table of weights.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    classes: Vec<String>,
    bits: u32,
    weights: Cow<'static, [u8]>,
}

/// Where the weights of a feature begin in a table of 2^`bits` cells.
pub(crate) fn cell(feature: u32, bits: u32) -> usize {
    (feature >> (32 - bits)) as usize
}

impl Linear {
    /// A model of `weights`, which number 2^`bits` and one for each class.
    pub(crate) fn new(classes: Vec<String>, bits: u32, weights: Vec<u8>) -> Self {
        Self { classes, bits, weights: Cow::Owned(weights) }
    }

    /// Reads what [`Linear::to_bytes`] wrote. `None` where the bytes are no model.
    pub(crate) fn from_bytes(bytes: &'static [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_first_chunk::<8>()?;
        let bits = u32::from_le_bytes(*head.first_chunk()?);
        let length = u32::from_le_bytes(*head.last_chunk()?) as usize;
        let (names, weights) = rest.split_at_checked(length)?;
        let classes: Vec<String> = std::str::from_utf8(names).ok()?.lines().map(str::to_owned).collect();
        let sound = bits < 32 && classes.len() <= MAX_CLASSES && weights.len() == (1 << bits) + classes.len();
        sound.then_some(Self { classes, bits, weights: Cow::Borrowed(weights) })
    }

    /// The model's file: bits, length of the names, names a line each, weights.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let names = self.classes.join("\n");
        let mut bytes = self.bits.to_le_bytes().to_vec();
        bytes.extend((names.len() as u32).to_le_bytes());
        bytes.extend(names.as_bytes());
        bytes.extend(self.weights.iter());
        bytes
    }

    /// Names of the classes, in order.
    pub(crate) fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Adds up the weights of `features` for every class.
    pub(crate) fn score(&self, features: &[u32]) -> Scores {
        let mut scores = [0i32; MAX_CLASSES];
        let mut sums = [0i16; MAX_CLASSES];
        let count = self.classes.len();
        let Some(sums) = sums.get_mut(..count) else { return scores };
        for &feature in features {
            let at = cell(feature, self.bits);
            let row = self.weights.get(at..at + count).unwrap_or_default();
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += i16::from(*weight as i8);
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score = i32::from(*sum);
        }
        scores
    }

    /// As [`Linear::score`] for the first `N` classes, for models of a few classes.
    pub(crate) fn score_few<const N: usize>(&self, features: &[u32]) -> [i32; N] {
        let mut sums = [0i32; N];
        for &feature in features {
            let row = self.weights.get(cell(feature, self.bits)..).and_then(<[u8]>::first_chunk::<N>);
            for (sum, weight) in sums.iter_mut().zip(row.unwrap_or(&[0; N])) {
                *sum += i32::from(*weight as i8);
            }
        }
        sums
    }

    /// The class that scores highest among those that `allowed` lets pass; the first of equals.
    pub(crate) fn best(&self, scores: &Scores, allowed: impl Fn(usize) -> bool) -> Option<usize> {
        let mut best: Option<(usize, i32)> = None;
        for (class, &score) in scores.iter().take(self.classes.len()).enumerate() {
            if best.is_none_or(|(_, top)| score > top) && allowed(class) {
                best = Some((class, score));
            }
        }
        best.map(|(class, _)| class)
    }
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
        let weights: Vec<u8> = (0..18u8).collect();
        let model = Linear::new(vec!["a".into(), "b".into()], 4, weights);
        let bytes: &'static [u8] = Vec::leak(model.to_bytes());
        let again = Linear::from_bytes(bytes).unwrap();
        assert_eq!(again.classes(), model.classes());
        assert_eq!(again.score(&[0xF000_0000])[..2], [15, 16]);
        assert!(Linear::from_bytes(&bytes[..20]).is_none());
    }
}
