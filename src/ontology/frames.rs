//! Frames: what can be stated, in which words, and who plays which part. One YAML file each, in `ontology/frames`.
//!
//! Law: a frame may use only words that the engine knows; any other is an error with file and line.

use super::EntityType;
use crate::error::{Error, Result};
use indexmap::IndexMap;
use serde::Deserialize;

/// One file of `ontology/frames`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Kind of the facts it makes, e.g. `Visit`; `Relation` for binary ones.
    pub frame: String,
    /// Local name of the class or, for relations, of the property in `core.ttl`.
    pub class: String,
    /// Its parts in the order in which facts show them.
    pub roles: IndexMap<String, Role>,
    /// The wordings that state it.
    pub evoked_by: Vec<Evocation>,
    /// Lists of words that wordings share; the engine does not read them.
    #[serde(default)]
    pub words: IndexMap<String, Vec<String>>,
    /// Sentences with the facts that they must give.
    #[serde(default)]
    pub tests: Vec<FrameTest>,
}

/// What may fill a part of a frame.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Classes of entities, or one of the value types.
    #[serde(rename = "type", deserialize_with = "one_or_many")]
    pub types: Vec<Filler>,
    /// Whether there is no fact without it.
    #[serde(default)]
    pub required: bool,
    /// Whether it takes several; `min` of them are needed.
    #[serde(default)]
    pub many: bool,
    /// Least number of fillers of a role that takes many.
    #[serde(default)]
    pub min: usize,
    /// Whether each of several under "with" makes a fact of its own where the evoking noun is plural: "agreements with A, B and
    /// C" are three.
    #[serde(default)]
    pub apart: bool,
    /// Words that a phrase does not begin with: "several", "new".
    #[serde(default, deserialize_with = "one_or_many")]
    pub without: Vec<String>,
    /// Lemmas of words that a text does not hang on: "presence" in "signed in the presence of".
    #[serde(default, deserialize_with = "one_or_many")]
    pub never: Vec<String>,
    /// Whether several fillers make several facts: "visits to A and B" are two.
    #[serde(default)]
    pub each: bool,
}

impl Role {
    /// The classes of entities that may fill it.
    pub fn kinds(&self) -> Vec<EntityType> {
        entity_types(&self.types)
    }
}

fn entity_types(fillers: &[Filler]) -> Vec<EntityType> {
    fillers.iter().filter_map(|t| if let Filler::Entity(kind) = t { Some(*kind) } else { None }).collect()
}

/// A class of entities, or a type of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Filler {
    /// An entity of this class.
    Entity(EntityType),
    /// A date of the clause.
    Date,
    /// Words under the given paths.
    Text,
    /// The noun phrase that evokes the frame: "framework agreement".
    Phrase,
    /// How many of the evoking noun: "15 memoranda".
    Count,
}

impl TryFrom<String> for Filler {
    type Error = String;
    fn try_from(text: String) -> std::result::Result<Self, String> {
        match text.as_str() {
            "Date" => Ok(Self::Date),
            "Text" => Ok(Self::Text),
            "Phrase" => Ok(Self::Phrase),
            "Count" => Ok(Self::Count),
            other => other.parse().map(Self::Entity).map_err(|()| format!("unknown type `{other}` of a role")),
        }
    }
}

/// One wording: the words that evoke the frame and the paths to its parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evocation {
    /// Lemmas of the evoking verb.
    #[serde(default, deserialize_with = "one_or_many")]
    pub verb: Vec<String>,
    /// Lemmas of its object, where the two evoke the frame together ("sign" + "treaty").
    #[serde(default, deserialize_with = "one_or_many")]
    pub object: Vec<String>,
    /// Lemmas of the evoking noun.
    #[serde(default, deserialize_with = "one_or_many")]
    pub noun: Vec<String>,
    /// Lemmas of the evoking adjective.
    #[serde(default, deserialize_with = "one_or_many")]
    pub adjective: Vec<String>,
    /// A word that must stand directly under the evoking word, by path: `{ "obl:of": [member] }`.
    #[serde(default)]
    pub when: IndexMap<String, Vec<String>>,
    /// Paths that must lead somewhere.
    #[serde(default, deserialize_with = "one_or_many")]
    pub needs: Vec<Path>,
    /// Words that must not stand among the evoking word's modifiers.
    #[serde(default, deserialize_with = "one_or_many")]
    pub unless: Vec<String>,
    /// Paths that must lead nowhere.
    #[serde(default, deserialize_with = "one_or_many")]
    pub lacks: Vec<Path>,
    /// Classes by role, where this wording takes fewer than the frame: who "arrives" is no state.
    #[serde(default)]
    pub only: IndexMap<String, Vec<Filler>>,
    /// A path to words each of which makes a fact of its own and is its place: "the agreements include A, B and C".
    #[serde(default)]
    pub items: Option<Path>,
    /// Where the document tells who is meant if the sentence names too few, in order of trial.
    #[serde(default, deserialize_with = "one_or_many")]
    pub context: Vec<Context>,
    /// Paths by role; a role that takes one takes the first that leads anywhere, a role that takes many takes all.
    #[serde(default)]
    pub fill: IndexMap<String, Paths>,
    /// Fixed values by role, e.g. `type: acquisition`.
    #[serde(default)]
    pub set: IndexMap<String, String>,
    /// A status that the wording itself gives: `planned`, `possible`, `denied`.
    #[serde(default)]
    pub status: Option<String>,
}

/// Where a role that takes many is filled from if the sentence names too few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Context {
    /// "the agreement", "these contracts": the last fact of the kind, told before.
    Antecedent,
    /// "during the visit": the countries of the visit or meeting.
    Occasion,
    /// The two countries that the text is about.
    Pair,
    /// "during the talks with X": who came on the visit that was told last.
    Visitor,
}

impl Evocation {
    /// The classes of entities that may fill `role` in this wording.
    pub fn kinds_of(&self, name: &str, role: &Role) -> Vec<EntityType> {
        self.only.get(name).map_or_else(|| role.kinds(), |only| entity_types(only))
    }
}

/// One or several paths.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Paths(#[serde(deserialize_with = "one_or_many")] pub Vec<Path>);

/// Steps over the tree, written `obj/nmod:with`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Path(pub Vec<Step>);

/// One step: a grammatical function, voice and control undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Who does it.
    Subject,
    /// What it is done to.
    Object,
    /// To whom it is given.
    Recipient,
    /// Clause that says when, why or to what end.
    Adverbial,
    /// Whatever stands under this preposition.
    Under(String),
    /// Possessor.
    Possessor,
    /// Names and adjectives right before the noun.
    Modifier,
    /// Whoever has, makes or holds what the noun names: possessor, or subject of the verb it is the object of.
    Holder,
    /// Apposition.
    Apposition,
    /// Complement clause or infinitive.
    Complement,
    /// Participle or infinitive that modifies the noun.
    Clause,
    /// The noun that the word modifies.
    Governor,
    /// The place that a clause with "where" describes.
    Where,
    /// The noun that the word is in apposition to.
    Named,
    /// The subject of the main clause, for "while visiting".
    Main,
    /// The name right before the word, whatever the tree says; only where the paths before it lead to nobody.
    Left,
    /// The name right after the word, or after this preposition behind it; only where the paths before it lead to nobody.
    Right(String),
    /// Where the fact stands: the object where verb and object evoke together.
    Place,
    /// Who does it by the order of words; walked only while the role is short of its fillers.
    Before,
    /// The names inside the noun phrase right after the word; walked only while the role is short of its fillers.
    Inside,
    /// Who stands right after the word, or after this preposition behind it; walked only while the role is short of its fillers.
    After(String),
}

impl Path {
    /// Whether it reads the order of words instead of the tree: taken only where the paths before it lead to nobody.
    pub fn is_by_words(&self) -> bool {
        matches!(
            self.0.last(),
            Some(Step::Before | Step::After(_) | Step::Inside | Step::Left | Step::Right(_) | Step::Main)
        )
    }

    /// Whether it leads to the one name that touches the word; those coordinated with it come by the tree.
    pub fn is_beside(&self) -> bool {
        matches!(self.0.last(), Some(Step::Left | Step::Right(_) | Step::Main))
    }

    /// Whether it ends before a noun.
    pub fn is_modifier(&self) -> bool {
        matches!(self.0.last(), Some(Step::Modifier))
    }

    /// Whether it ends under this preposition, by tree or by words.
    pub fn is_under(&self, preposition: &str) -> bool {
        matches!(self.0.last(), Some(Step::Under(word) | Step::After(word) | Step::Right(word)) if word == preposition)
    }
}

impl TryFrom<String> for Path {
    type Error = String;
    fn try_from(text: String) -> std::result::Result<Self, String> {
        text.split('/').map(read_step).collect::<std::result::Result<_, _>>().map(Self)
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let between = if at == 0 { "" } else { "/" };
            match step {
                Step::Subject => write!(f, "{between}nsubj"),
                Step::Object => write!(f, "{between}obj"),
                Step::Under(word) => write!(f, "{between}obl:{}", word.replace(' ', "_")),
                Step::Possessor => write!(f, "{between}nmod:poss"),
                Step::Modifier => write!(f, "{between}amod"),
                Step::Holder => write!(f, "{between}holder"),
                Step::Apposition => write!(f, "{between}appos"),
                Step::Complement => write!(f, "{between}xcomp"),
                Step::Clause => write!(f, "{between}acl"),
                Step::Governor => write!(f, "{between}head"),
                Step::Where => write!(f, "{between}where"),
                Step::Named => write!(f, "{between}named"),
                Step::Main => write!(f, "{between}main"),
                Step::Left => write!(f, "{between}left"),
                Step::Right(word) if word.is_empty() => write!(f, "{between}right"),
                Step::Right(word) => write!(f, "{between}right:{}", word.replace(' ', "_")),
                Step::Recipient => write!(f, "{between}iobj"),
                Step::Adverbial => write!(f, "{between}advcl"),
                Step::Place => write!(f, "{between}place"),
                Step::Before => write!(f, "{between}before"),
                Step::Inside => write!(f, "{between}inside"),
                Step::After(word) if word.is_empty() => write!(f, "{between}after"),
                Step::After(word) => write!(f, "{between}after:{}", word.replace(' ', "_")),
            }?;
        }
        Ok(())
    }
}

fn read_step(text: &str) -> std::result::Result<Step, String> {
    Ok(match text {
        "nsubj" => Step::Subject,
        "obj" => Step::Object,
        "iobj" => Step::Recipient,
        "advcl" => Step::Adverbial,
        "nmod:poss" => Step::Possessor,
        "compound" | "amod" => Step::Modifier,
        "holder" => Step::Holder,
        "appos" => Step::Apposition,
        "xcomp" | "ccomp" => Step::Complement,
        "acl" => Step::Clause,
        "head" => Step::Governor,
        "where" => Step::Where,
        "main" => Step::Main,
        "named" => Step::Named,
        "left" => Step::Left,
        "right" => Step::Right(String::new()),
        "place" => Step::Place,
        "before" => Step::Before,
        "inside" => Step::Inside,
        "after" => Step::After(String::new()),
        other => match other.split_once(':') {
            Some(("obl" | "nmod", preposition)) => Step::Under(preposition.replace('_', " ")),
            Some(("right", preposition)) => Step::Right(preposition.replace('_', " ")),
            Some(("after", preposition)) => Step::After(preposition.replace('_', " ")),
            _ => return Err(format!("unknown step `{other}` of a path")),
        },
    })
}

/// A sentence with the facts of this frame that it must give, and no others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameTest {
    /// One or more sentences.
    pub text: String,
    /// Date of the document, where it matters.
    #[serde(default)]
    pub issued: Option<String>,
    /// Role by role, names by their labels; `status` and `attributed_to` where they matter.
    #[serde(default)]
    pub facts: Vec<IndexMap<String, serde_json::Value>>,
}

/// Reads one value or a list of them; what is wrong with a value is said in its own words.
fn one_or_many<'de, D, T>(from: D) -> std::result::Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct OneOrMany<T>(std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a word or a list of words")
        }
        fn visit_str<E: serde::de::Error>(self, word: &str) -> std::result::Result<Vec<T>, E> {
            T::deserialize(serde::de::value::StrDeserializer::new(word)).map(|one| vec![one])
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, list: A) -> std::result::Result<Vec<T>, A::Error> {
            Vec::deserialize(serde::de::value::SeqAccessDeserializer::new(list))
        }
    }
    from.deserialize_any(OneOrMany(std::marker::PhantomData))
}

/// Reads one frame file; an unknown word is an error at its line.
pub fn parse_frame(file: &str, text: &str) -> Result<Frame> {
    let fail = |line, column, message| Error::Knowledge { file: file.to_owned(), line, column, message };
    let frame: Frame = serde_saphyr::from_str(text).map_err(|e| {
        let (line, column) = e.location().map_or((1, 1), |l| (l.line() as usize, l.column() as usize));
        let words = e.to_string();
        fail(line, column, words.lines().next().unwrap_or("cannot be read").to_owned())
    })?;
    let line_of = |word: &str| {
        let at = text.lines().position(|l| l.contains(&format!("{word}:")));
        at.map_or((1, 1), |i| (i + 1, text.lines().nth(i).and_then(|l| l.find(word)).unwrap_or(0) + 1))
    };
    for role in frame.evoked_by.iter().flat_map(|e| e.fill.keys().chain(e.set.keys()).chain(e.only.keys())) {
        if !frame.roles.contains_key(role) {
            let (line, column) = line_of(role);
            let known: Vec<_> = frame.roles.keys().map(String::as_str).collect();
            return Err(fail(
                line,
                column,
                format!("frame {} has no role `{role}`; its roles are {}", frame.frame, known.join(", ")),
            ));
        }
    }
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let error = parse_frame("x.yaml", text).map(|f| f.frame).unwrap_or_else(|e| e.to_string());
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn says_where_a_frame_is_wrong() {
        let good = "frame: Visit\nclass: Visit\nroles:\n  visitor: {type: Person}\nevoked_by:\n- verb: visit\n  fill:\n    visitor: nsubj\n";
        check(good, "Visit");
        check(
            &good.replace("    visitor: nsubj", "    visiter: nsubj"),
            "x.yaml:8:5: frame Visit has no role `visiter`",
        );
        check(&good.replace("Person", "Persoon"), "x.yaml:4:");
        check(&good.replace("nsubj", "nsub"), "unknown step `nsub`");
    }
}
