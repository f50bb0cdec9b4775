//! What the frames tried on one sentence, and why: for `dossier explain`.
//!
//! Law: a trace tells what the engine did; it decides nothing itself.

use super::evoke::{Attempt, Lack};
use super::fact::{Status, Value};
use super::scope::{Material, Scope};
use crate::ontology::frame_set::FrameSet;
use crate::ontology::frames::Frame;

/// A wording of a frame whose evoking word stands in the sentence. Tokens are indices into the sentence, entities into the
/// cast's members.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Kind of the facts that the frame makes.
    pub kind: String,
    /// Its class, or for relations its property.
    pub class: String,
    /// The evoking word, and its object where the two evoke together.
    pub evoked_by: Vec<usize>,
    /// What filled the roles so far.
    pub roles: Vec<Filled>,
    /// What the fact's status is, and the word that gives it.
    pub status: (Status, Option<usize>),
    /// Who says it, and the verb of speech.
    pub speaker: Option<(usize, usize)>,
    /// What is missing; `None` where it made a fact.
    pub lacks: Option<String>,
}

/// A role that was filled.
#[derive(Debug, Clone)]
pub struct Filled {
    /// Name of the role.
    pub role: String,
    /// What fills it.
    pub value: Value<usize>,
    /// The path over the tree that led there.
    pub path: Option<String>,
}

/// All that `frames` tried on sentence `at` of a document, in order of the words that evoked it.
pub fn trace_sentence(material: &Material<'_>, frames: &FrameSet, at: usize) -> Vec<Trial> {
    let Some(scope) = Scope::new(material, at) else { return Vec::new() };
    let mut trials = Vec::new();
    for (frame, wordings) in frames.evoked_by(scope.lemmas()) {
        trials.extend(scope.attempt(frame, &wordings).into_iter().map(|attempt| scope.tell_attempt(frame, attempt)));
    }
    trials.sort_by(|a, b| (a.lacks.is_some(), &a.evoked_by).cmp(&(b.lacks.is_some(), &b.evoked_by)));
    trials
}

impl Scope<'_> {
    fn tell_attempt(&self, frame: &Frame, attempt: Attempt<'_>) -> Trial {
        let told = |(role, value, path): (&str, _, Option<&crate::ontology::frames::Path>)| Filled {
            role: role.to_owned(),
            value,
            path: path.map(ToString::to_string),
        };
        let word = attempt.trigger.word;
        Trial {
            kind: frame.frame.clone(),
            class: frame.class.clone(),
            evoked_by: std::iter::once(word).chain(attempt.trigger.object).collect(),
            lacks: attempt.lack.map(|lack| self.tell_lack(frame, attempt.evocation, lack)),
            roles: attempt.filled.into_iter().map(told).collect(),
            status: (attempt.hue.status, attempt.hue.by),
            speaker: self.voice_of(word).map(|(verb, who)| (who, verb)),
        }
    }

    fn tell_lack(&self, frame: &Frame, wording: &crate::ontology::frames::Evocation, lack: Lack<'_>) -> String {
        match lack {
            Lack::Word(path, words) => format!("none of {} stands under `{path}`", words.join(", ")),
            Lack::Path(path) => format!("nothing stands under `{path}`"),
            Lack::Unwanted(path) => format!("`{path}` leads somewhere, which this wording rules out"),
            Lack::Spoiled(word) => format!("“{}” modifies it, which this wording rules out", self.grammar.form(word)),
            Lack::Taken => "another wording of the frame has the word already".to_owned(),
            Lack::Role(role) => {
                let paths: Vec<String> =
                    wording.fill.get(role).iter().flat_map(|paths| &paths.0).map(|path| format!("`{path}`")).collect();
                let least = frame.roles.get(role).map_or(1, |role| role.min.max(1));
                let few =
                    if least > 1 { format!("fewer than {least} are") } else { "nobody and nothing is".to_owned() };
                format!("the role {role} is not filled: {few} under {}", paths.join(", "))
            }
        }
    }
}
