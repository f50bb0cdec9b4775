//! All frames together, and which of their wordings a word may evoke.
//!
//! Law: frames stand in the order of their files, and wordings in the order of their frame.

use super::frames::{Evocation, Frame, parse_frame};
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The place of a wording: number of its frame, number among the frame's wordings.
type Place = (usize, usize);

/// Frames with an index of the words that evoke them.
#[derive(Debug, Clone, Default)]
pub struct FrameSet {
    frames: Vec<Frame>,
    /// Wordings by the lower-cased lemma of an evoking word.
    evoked: FxHashMap<String, Vec<Place>>,
}

impl FrameSet {
    /// Frames in their order.
    pub fn new(frames: Vec<Frame>) -> Self {
        let mut evoked: FxHashMap<String, Vec<Place>> = FxHashMap::default();
        for (number, frame) in frames.iter().enumerate() {
            for (at, wording) in frame.evoked_by.iter().enumerate() {
                for word in wording.verb.iter().chain(&wording.noun).chain(&wording.adjective) {
                    evoked.entry(word.to_ascii_lowercase()).or_default().push((number, at));
                }
            }
        }
        Self { frames, evoked }
    }

    /// All frames in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Frame> {
        self.frames.iter()
    }

    /// The frames of which one of `lemmas` may evoke a wording, each with those wordings, in order.
    pub(crate) fn evoked_by<'s>(
        &self,
        lemmas: impl IntoIterator<Item = &'s str>,
    ) -> impl Iterator<Item = (&Frame, Vec<&Evocation>)> {
        let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for lemma in lemmas {
            let capital = lemma.bytes().any(|b| b.is_ascii_uppercase());
            let found = if capital { self.evoked.get(&lemma.to_ascii_lowercase()) } else { self.evoked.get(lemma) };
            for (frame, wording) in found.into_iter().flatten() {
                places.entry(*frame).or_default().push(*wording);
            }
        }
        places.into_iter().filter_map(|(number, mut wordings)| {
            let frame = self.frames.get(number)?;
            wordings.sort_unstable();
            wordings.dedup();
            Some((frame, wordings.into_iter().filter_map(|at| frame.evoked_by.get(at)).collect()))
        })
    }
}

static FRAME_FILES: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/ontology/frames");

/// All frames that the binary carries, in order of their files.
///
/// # Errors
/// The first file that is wrong, with line and column.
pub fn embedded_frames() -> Result<&'static FrameSet> {
    /// File, line, column and message of what is wrong.
    type Fault = (String, usize, usize, String);
    static ONCE: OnceLock<std::result::Result<FrameSet, Fault>> = OnceLock::new();
    let loaded = ONCE.get_or_init(|| {
        let mut files: Vec<_> =
            FRAME_FILES.files().filter(|f| f.path().extension().is_some_and(|e| e == "yaml")).collect();
        files.sort_by_key(|f| f.path());
        let parse = |f: &&include_dir::File<'_>| {
            parse_frame(&format!("ontology/frames/{}", f.path().display()), f.contents_utf8().unwrap_or_default())
        };
        let frames = files.iter().map(parse).collect::<Result<Vec<_>>>();
        frames.map(FrameSet::new).map_err(|e| match e {
            Error::Knowledge { file, line, column, message } => (file, line, column, message),
            other => (String::new(), 0, 0, other.to_string()),
        })
    });
    match loaded {
        Ok(frames) => Ok(frames),
        Err((file, line, column, message)) => {
            Err(Error::Knowledge { file: file.clone(), line: *line, column: *column, message: message.clone() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lemmas: &[&str], expected: &[(&str, usize)]) {
        let frame = |name: &str, words: [&str; 2]| {
            let wording = |word: &str| format!("- verb: {word}\n  fill: {{who: nsubj}}\n");
            let wordings = words.map(wording).concat();
            parse_frame(
                "x.yaml",
                &format!("frame: {name}\nclass: {name}\nroles:\n  who: {{type: Person}}\nevoked_by:\n{wordings}"),
            )
        };
        let frames =
            FrameSet::new(vec![frame("Visit", ["visit", "tour"]).unwrap(), frame("Tour", ["tour", "travel"]).unwrap()]);
        let found: Vec<_> =
            frames.evoked_by(lemmas.iter().copied()).map(|(f, w)| (f.frame.as_str(), w.len())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_evoke_their_wordings_in_order() {
        check(&["the", "Tour", "tour"], &[("Visit", 1), ("Tour", 1)]);
        check(&["travel", "visit", "tour"], &[("Visit", 2), ("Tour", 2)]);
        check(&["sing"], &[]);
    }
}
