//! Name -> `PreparedName`: everything about a name that does not depend on the other one, found once.
//!
//! Law: comparing reads prepared names only; no table is looked up twice for one name.

use super::fold::{RawWord, fold_words, is_coarse_script, is_han};
use super::sound::{is_vowel, skeleton, sound};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::identity::{LegalForm, NameKnowledge, NamePart};
use crate::ontology::lexicon::Lexicon;

/// What kind of thing a name names, as far as matching cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameFamily {
    /// A human being.
    Person,
    /// A company, ministry, club, ship: anything else that acts under a name.
    Body,
}

impl NameFamily {
    /// The family of a FollowTheMoney schema or of a class of Dossier: persons, and everything else.
    pub fn of_schema(schema: &str) -> Self {
        if schema.eq_ignore_ascii_case("person") { Self::Person } else { Self::Body }
    }

    /// The family that a class of Dossier belongs to.
    pub fn of_class(class: EntityType) -> Self {
        if class == EntityType::Person { Self::Person } else { Self::Body }
    }

    /// What names seem to name: bodies where one of them is an acronym or has a legal form or a word that bodies have.
    pub fn guess(names: &[&str]) -> Self {
        let is_body = |name: &&str| {
            let prepared = PreparedName::new(name, Self::Body);
            let generic = prepared.words.iter().any(|w| matches!(w.role, Role::Generic | Role::Place));
            prepared.acronym || !prepared.legal.is_empty() || generic
        };
        if names.iter().any(is_body) { Self::Body } else { Self::Person }
    }

    /// `as persons` or `as organisations`.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Person => "as persons",
            Self::Body => "as organisations",
        }
    }
}

/// What a word does in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Tells who it is.
    Telling,
    /// A number, with its value; the letters are how it is written.
    Number(u32),
    /// One letter that stands for a name.
    Initial,
    /// al, bin, von; of, the.
    Particle,
    /// A patronymic.
    Patronymic,
    /// A word that many bodies have.
    Generic,
    /// A country, its adjective, a city.
    Place,
}

/// One word, prepared.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) letters: Box<[u8]>,
    pub(super) sound: Box<[u8]>,
    /// A digest of the sound: other digests are other sounds.
    pub(super) heard: u64,
    pub(super) skeleton: Box<[u8]>,
    /// One bit for each letter that occurs.
    pub(super) mask: u32,
    /// Whether it has a vowel.
    pub(super) vowels: bool,
    pub(super) role: Role,
    /// How much it tells, 1 for a word that no table knows.
    pub(super) weight: f32,
    /// Groups of given names that it may stand for.
    pub(super) groups: Box<[u16]>,
    /// Whether the name tables know it as a given name or a family name.
    pub(super) known: bool,
    /// Whether they know it as a given name.
    pub(super) given: bool,
}

/// A name, ready to be compared.
#[derive(Debug, Clone)]
pub struct PreparedName {
    pub(super) family: NameFamily,
    pub(super) words: Vec<Word>,
    pub(super) legal: Vec<LegalForm>,
    /// Whether the name had its family name first, with a comma.
    pub(super) inverted: bool,
    /// Whether its script leaves out sounds.
    pub(super) coarse: bool,
    /// Its characters, where all are Han.
    pub(super) han: Box<[char]>,
    /// All letters of words that are not particles, joined.
    pub(super) joined: Box<[u8]>,
    /// First letters of the words that are not silent.
    pub(super) initials: Box<[u8]>,
    /// The same without legal forms.
    pub(super) short_initials: Box<[u8]>,
    /// Whether it is one short word in capitals.
    pub(super) acronym: bool,
    /// Whether it begins like the bodies of any state.
    pub(super) office: bool,
    /// Other names that the writing gives at once: "Al-Qa'ida/Islamic Army".
    pub(super) parts: Vec<PreparedName>,
    /// Sum of the words' weights.
    pub(super) weight: f32,
}

/// No name needs more words; what is longer is cut.
const MOST_WORDS: usize = 16;

impl PreparedName {
    /// Prepares a name.
    pub fn new(name: &str, family: NameFamily) -> Self {
        let mut prepared = prepare(name, family);
        let sides: Vec<&str> = name.split('/').map(str::trim).filter(|s| s.chars().count() > 3).collect();
        if name.contains('/') && sides.len() > 1 {
            prepared.parts = sides.into_iter().map(|side| prepare(side, family)).collect();
        }
        prepared
    }

    /// What it names.
    pub fn family(&self) -> NameFamily {
        self.family
    }

    /// Number of its words, legal forms and forms of address apart.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether nothing is left that could be compared.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn prepare(name: &str, family: NameFamily) -> PreparedName {
    let raw = join_spelled(fold_words(name, family == NameFamily::Body));
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    let coarse = letters.iter().filter(|c| is_coarse_script(**c)).count() * 2 > letters.len();
    let all_han = !letters.is_empty() && letters.iter().all(|c| is_han(*c));
    let (words, legal) = match family {
        NameFamily::Person => (person_words(&raw), Vec::new()),
        NameFamily::Body => body_words(&raw),
    };
    let joined: Vec<u8> =
        words.iter().filter(|w| w.role != Role::Particle).flat_map(|w| w.letters.iter().copied()).collect();
    let first_letters =
        |words: &mut dyn Iterator<Item = &[u8]>| -> Box<[u8]> { words.filter_map(|w| w.first().copied()).collect() };
    let knowledge = NameKnowledge::embedded();
    let spoken = raw.iter().map(|w| w.letters.as_str()).filter(|w| !knowledge.is(w, NamePart::Silent));
    let initials = first_letters(&mut spoken.map(str::as_bytes));
    let short_initials =
        first_letters(&mut words.iter().filter(|w| w.role != Role::Particle).map(|w| w.letters.as_ref()));
    let acronym = words.len() == 1
        && raw.iter().any(|w| w.shouted && (2..=8).contains(&w.letters.len()) && w.letters.bytes().all(is_letter));
    PreparedName {
        family,
        weight: words.iter().map(|w| w.weight).sum(),
        inverted: raw.iter().skip(1).any(|w| w.after_comma),
        coarse,
        han: if all_han { letters.into_boxed_slice() } else { Box::default() },
        joined: joined.into_boxed_slice(),
        initials,
        short_initials,
        acronym,
        office: raw.iter().find(|w| w.letters != "the").is_some_and(|w| knowledge.is(&w.letters, NamePart::Office)),
        words,
        legal,
        parts: Vec::new(),
    }
}

/// "P u t i n" is a word, not five initials.
fn join_spelled(raw: Vec<RawWord>) -> Vec<RawWord> {
    let mut words: Vec<RawWord> = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(word) = raw.get(at) {
        let run = raw.get(at..).unwrap_or_default().iter().take_while(|w| w.letters.len() == 1).count();
        if run > 3 {
            let letters = raw.get(at..at + run).unwrap_or_default().iter().map(|w| w.letters.as_str()).collect();
            words.push(RawWord { letters, ..word.clone() });
            at += run;
        } else {
            words.push(word.clone());
            at += 1;
        }
    }
    words
}

fn is_letter(b: u8) -> bool {
    b.is_ascii_alphabetic()
}

impl Word {
    fn new(letters: &str, role: Role, weight: f32) -> Self {
        let bytes = letters.as_bytes();
        let knowledge = NameKnowledge::embedded();
        let mask = bytes.iter().fold(0, |mask, b| mask | 1 << letter_bit(*b));
        let sound = sound(bytes).into_boxed_slice();
        Self {
            heard: hash_bytes(0, &[&sound]),
            sound,
            skeleton: skeleton(bytes).into_boxed_slice(),
            mask,
            vowels: bytes.iter().any(|b| is_vowel(*b)),
            role,
            weight,
            groups: knowledge.nickname_groups(letters).into(),
            known: false,
            given: false,
            letters: bytes.into(),
        }
    }
}

/// Digits share the bits above the letters.
fn letter_bit(b: u8) -> u32 {
    if b.is_ascii_lowercase() { u32::from(b - b'a') } else { 26 + u32::from(b % 6) }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}

const ROMANS: &[&str] = &[
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv",
];

fn roman(letters: &str) -> Option<u32> {
    ROMANS.iter().position(|r| *r == letters).map(|i| i as u32 + 1)
}

/// "Sech1n" is "Sechin": a digit among the letters of a person's name is a disguise.
fn undisguise(letters: &str) -> String {
    if letters.bytes().all(|b| b.is_ascii_digit()) {
        return letters.to_owned();
    }
    letters
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            '8' => 'b',
            '9' => 'g',
            other => other,
        })
        .collect()
}

const PATRONYMICS: &[&str] =
    &["ovich", "evich", "ovych", "evych", "ovna", "evna", "ivna", "yevich", "yevna", "ovic", "ievich", "ievna", "lich"];

fn person_words(raw: &[RawWord]) -> Vec<Word> {
    let knowledge = NameKnowledge::embedded();
    let lexicon = Lexicon::embedded();
    let mut words: Vec<Word> = Vec::with_capacity(raw.len());
    let telling = |w: &RawWord| w.letters.len() > 1 && !knowledge.is(&w.letters, NamePart::Address);
    let (first, last) =
        (raw.iter().position(telling).unwrap_or(0), raw.iter().rposition(telling).unwrap_or(raw.len().max(1) - 1));
    for (i, word) in raw.iter().enumerate().take(MOST_WORDS) {
        let letters = undisguise(&word.letters);
        let leads = i < first || (word.after_comma && i > 0);
        let address = knowledge.is(&letters, NamePart::Address) && leads;
        if (address || (knowledge.is(&letters, NamePart::Ending) && i >= last && i > 1)) && raw.len() > 1 {
            continue;
        }
        let mut prepared = if let Some(value) = roman(&letters).filter(|_| letters.len() > 1 && i > 0) {
            Word::new(&letters, Role::Number(value), 0.5)
        } else if letters.len() == 1 {
            Word::new(&letters, Role::Initial, 0.4)
        } else if knowledge.is(&letters, NamePart::Particle) {
            Word::new(&letters, Role::Particle, 0.1)
        } else if i > 0 && letters.len() > 6 && PATRONYMICS.iter().any(|p| letters.ends_with(p)) && i + 1 < raw.len() {
            Word::new(&letters, Role::Patronymic, 0.7)
        } else if knowledge.is(&letters, NamePart::Common) {
            Word::new(&letters, Role::Telling, 0.8)
        } else {
            Word::new(&letters, Role::Telling, 1.0)
        };
        let title = capitalised(&letters);
        prepared.given = lexicon.is_given_name(&title);
        prepared.known = prepared.given || lexicon.is_surname(&title);
        words.push(prepared);
    }
    words
}

fn body_words(raw: &[RawWord]) -> (Vec<Word>, Vec<LegalForm>) {
    let knowledge = NameKnowledge::embedded();
    let letters: Vec<&str> = raw.iter().map(|w| w.letters.as_str()).collect();
    let (mut words, mut legal) = (Vec::with_capacity(raw.len()), Vec::new());
    let mut at = 0;
    while let (Some(word), true) = (raw.get(at), words.len() < MOST_WORDS) {
        let rest = letters.get(at..).unwrap_or_default();
        if let Some((form, taken)) = knowledge.legal_form(rest)
            && is_legal_place(at, taken, raw, form)
        {
            legal.push(form);
            at += taken;
        } else if let Some((spelling, taken)) = knowledge.generic_word(rest) {
            spelling.split(' ').for_each(|w| words.push(Word::new(w, Role::Generic, 0.35)));
            at += taken;
        } else {
            at += push_body_word(word, rest, at, &mut words);
        }
    }
    if words.is_empty() {
        words = letters.iter().take(MOST_WORDS).map(|w| Word::new(w, Role::Telling, 1.0)).collect();
    }
    (words, legal)
}

/// A short form is one only where forms stand: at the ends of the name.
fn is_legal_place(at: usize, taken: usize, raw: &[RawWord], form: LegalForm) -> bool {
    let short = taken == 1 && raw.get(at).is_some_and(|w| w.letters.len() <= 2 && w.letters != "co");
    let last = raw.iter().skip(at + taken).all(|w| w.letters.len() <= 4 || w.after_comma);
    (!short || last || (at == 0 && raw.len() > 1 && matches!(form.form, "jsc" | "plc" | "ag"))) && raw.len() > taken
}

/// Adds one word, or a number of several ("forty four"); gives how many raw words it took.
fn push_body_word(word: &RawWord, rest: &[&str], at: usize, words: &mut Vec<Word>) -> usize {
    let knowledge = NameKnowledge::embedded();
    let letters = word.letters.as_str();
    if let Some(tens) = knowledge.number(letters) {
        let units = rest.get(1).and_then(|w| knowledge.number(w)).filter(|u| tens >= 20 && (1..10).contains(u));
        let value = tens + units.unwrap_or(0);
        words.push(Word::new(&value.to_string(), Role::Number(value), 0.8));
        return 1 + usize::from(units.is_some());
    }
    let digits = letters.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = letters.get(digits.len()..).unwrap_or_default();
    if !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(ending, "" | "st" | "nd" | "rd" | "th")
    {
        let value = digits.parse().unwrap_or(u32::MAX);
        words.push(Word::new(digits, Role::Number(value), 0.8));
        return 1;
    }
    if let Some(value) = roman(letters).filter(|_| word.shouted && at > 0) {
        words.push(Word::new(letters, Role::Number(value), 0.8));
        return 1;
    }
    if knowledge.is(letters, NamePart::Silent) {
        words.push(Word::new(letters, Role::Particle, 0.05));
        return 1;
    }
    let title = capitalised(letters);
    let place = Gazetteer::embedded().find(&title).is_some_and(|k| !matches!(k, Known::Body(_)));
    let head = Lexicon::embedded().body_of(letters).is_some();
    let (role, weight) = match (place, head) {
        (true, _) => (Role::Place, 0.6),
        (_, true) => (Role::Generic, 0.35),
        _ => (Role::Telling, if letters.len() > 1 { 1.0 } else { 0.5 }),
    };
    words.push(Word::new(letters, role, weight));
    1
}

/// Whether two words begin alike enough for one to be cut off: "Dr" of "Drissi" at the end of a field.
pub(super) fn is_cut(short: &[u8], full: &[u8]) -> bool {
    short.len() >= 2 && full.len() > short.len() + 1 && full.starts_with(short) && short.iter().any(|b| !is_vowel(*b))
}

impl PreparedName {
    /// Whether it is one short word in capitals.
    pub fn is_acronym(&self) -> bool {
        self.acronym
    }

    /// Whether it has only words that the bodies of any state have: Ministry of Energy, State Oil Company.
    pub fn is_generic(&self) -> bool {
        self.office && !self.acronym && self.words.iter().all(|w| matches!(w.role, Role::Generic | Role::Particle))
    }

    /// Whether both have the same legal form, or one has none: the same name with another form is often another company.
    pub fn shares_legal_form(&self, other: &Self) -> bool {
        let one_of = |a: &LegalForm| other.legal.iter().any(|b| a.form == b.form);
        self.legal.is_empty() || other.legal.is_empty() || self.legal.iter().any(one_of)
    }

    /// Whether `full` begins with this name, word for word, and goes on.
    pub fn begins(&self, full: &Self) -> bool {
        let real = |name: &'_ Self| -> Vec<Box<[u8]>> {
            name.words.iter().filter(|w| w.role != Role::Particle).map(|w| w.letters.clone()).collect()
        };
        let (short, long) = (real(self), real(full));
        short.len() > 1 && short.len() < long.len() && long.starts_with(&short)
    }

    /// Keys under which names that may be one meet: the sound of each telling word, alone (false) and with the first letter of
    /// another (true); the acronym.
    pub fn blocking_keys(&self) -> Vec<(u64, bool)> {
        let telling: Vec<&Word> =
            self.words.iter().filter(|w| matches!(w.role, Role::Telling | Role::Patronymic)).collect();
        let all: Vec<&Word> = self.words.iter().filter(|w| w.role != Role::Particle).collect();
        let words = if telling.is_empty() { &all } else { &telling };
        let mut keys = Vec::with_capacity(words.len() * 3 + 2);
        let salt = if self.family == NameFamily::Person { 1 } else { 2 };
        for (i, word) in words.iter().enumerate() {
            let sound = if word.skeleton.len() >= 2 { &word.skeleton } else { &word.letters };
            keys.push((hash_bytes(salt, &[sound]), false));
            for (_, other) in words.iter().enumerate().filter(|(j, _)| *j != i) {
                let letter = other.skeleton.first().copied().unwrap_or(b'A');
                keys.push((hash_bytes(salt + 2, &[sound, &[letter]]), true));
            }
        }
        if self.family == NameFamily::Body {
            if self.acronym {
                keys.push((hash_bytes(9, &[&self.joined]), true));
            } else if self.initials.len() > 1 {
                keys.push((hash_bytes(9, &[&self.initials]), true));
                keys.push((hash_bytes(9, &[&self.short_initials]), true));
            }
            if words.len() > 1 {
                let joined: Vec<u8> = words.iter().flat_map(|w| w.skeleton.iter().copied()).collect();
                keys.push((hash_bytes(salt, &[&joined]), false));
            }
        } else if let [a, b] = words.as_slice() {
            let joined: Vec<u8> = a.skeleton.iter().chain(&b.skeleton).copied().collect();
            keys.push((hash_bytes(salt, &[&joined]), false));
        }
        keys
    }
}

/// FNV-1a: the same on every machine.
pub(in crate::resolve) fn hash_bytes(salt: u8, parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in [salt].iter().chain(parts.iter().flat_map(|p| p.iter().chain(&[0_u8]))) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
