//! Which spellings within one document are one name: short forms, acronyms, slips of the pen.

use crate::language::{Sentence, Token};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::identity::says_called;
use crate::ontology::lexicon::Lexicon;
use crate::recognise::{Findings, Sense};
use crate::vocab;
use indexmap::IndexMap;

/// A spelling with its class, how often it occurs and the cluster it belongs to.
#[derive(Debug, Clone)]
struct Spelling {
    words: Vec<String>,
    kind: EntityType,
    cluster: usize,
}

/// The names of a document, each with its cluster.
pub(super) struct NameTable {
    spellings: IndexMap<String, Spelling>,
    /// By cluster: fullest name, class, and what the reference data knows it as.
    clusters: Vec<(String, EntityType, Option<Known>)>,
    places: IndexMap<String, usize>,
    /// Given names by which rulers go: see [`rulers`].
    rulers: Vec<String>,
    /// Names that are none of their first words alone, each with those: see [`own_acronyms`] and [`daughters`].
    named_apart: Vec<(Vec<String>, String)>,
}

fn fold(word: &str) -> String {
    crate::ascii::to_ascii(word).to_lowercase().replace(['.', '\''], "")
}

fn words_of(text: &str) -> Vec<String> {
    text.split([' ', '-']).map(fold).filter(|w| !w.is_empty()).collect()
}

/// "Norte Exploration & Production (NEP)" where "Norte" stood alone before, more than once: a daughter with an acronym of its own.
fn own_acronyms(
    sentences: &[Sentence],
    findings: &[Findings],
    order: &[(String, EntityType)],
) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    for (sentence, here) in sentences.iter().zip(findings) {
        for (a, b) in here.mentions.iter().zip(here.mentions.iter().skip(1)) {
            let between = sentence.tokens.get(a.last + 1..b.first).unwrap_or_default();
            let bracketed = matches!(between, [open] if open.form == "(") && is_initials(&b.text, &a.text);
            let words = words_of(&a.text);
            let Some(first) = words.first().filter(|_| bracketed && words.len() > 1) else { continue };
            let before = order.iter().take_while(|(text, _)| *text != a.text).filter(|(text, _)| fold(text) == *first);
            if before.count() > 1 {
                found.push((words.clone(), first.clone()));
            }
        }
    }
    found
}

/// "Emperor Akira", who is no Akira Mori: single names right after the title of a ruler.
fn rulers(sentences: &[Sentence], findings: &[Findings]) -> Vec<String> {
    let title = |word: &str| {
        matches!(word, "emperor" | "empress" | "king" | "queen" | "pope" | "crown" | "prince" | "princess")
    };
    let mut found = Vec::new();
    for (sentence, here) in sentences.iter().zip(findings) {
        let named = here.mentions.iter().filter(|m| m.first == m.last && m.sense == Sense::Name(EntityType::Person));
        let ruling = named.filter(|m| {
            let before = m.first.checked_sub(1).and_then(|i| sentence.tokens.get(i));
            before.is_some_and(|t| title(&t.form.to_lowercase()))
        });
        found.extend(ruling.map(|m| m.text.clone()));
    }
    found
}

/// "Norte Power, through its subsidiary Norte Power International": the longer name is the daughter's alone.
fn daughters(sentences: &[Sentence], findings: &[Findings]) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    for (sentence, here) in sentences.iter().zip(findings) {
        for mention in here.mentions.iter().filter(|m| matches!(m.sense, Sense::Name(kind) if kind.is_body())) {
            let form = |back: usize| mention.first.checked_sub(back).and_then(|i| sentence.tokens.get(i));
            let kin = |t: &Token| matches!(t.lemma.as_str(), "subsidiary" | "unit" | "arm" | "affiliate" | "division");
            let owner =
                |t: &Token| matches!(t.form.to_lowercase().as_str(), "its" | "'s" | "’s" | "their" | "a" | "the");
            let noun = (1..=2).find(|back| form(*back).is_some_and(kin));
            if noun.is_some_and(|noun| (noun + 1..noun + 5).any(|back| form(back).is_some_and(owner))) {
                let words = words_of(&mention.text);
                found.extend((1..words.len()).map(|n| (words.clone(), words.get(..n).unwrap_or_default().join(" "))));
            }
        }
    }
    found
}

impl NameTable {
    pub(super) fn read(sentences: &[Sentence], findings: &[Findings]) -> Self {
        let mut table = Self {
            spellings: IndexMap::new(),
            clusters: Vec::new(),
            places: IndexMap::new(),
            rulers: Vec::new(),
            named_apart: Vec::new(),
        };
        let mut order: Vec<(String, EntityType)> = Vec::new();
        for mention in findings.iter().flat_map(|f| &f.mentions) {
            if let Sense::Name(kind) = mention.sense {
                order.push((mention.text.clone(), kind));
            }
        }
        table.rulers = rulers(sentences, findings);
        table.named_apart = own_acronyms(sentences, findings, &order);
        table.named_apart.extend(daughters(sentences, findings));
        // Longer names first, so that short forms find the full one wherever it stands.
        let mut sorted: Vec<_> = order.iter().enumerate().collect();
        sorted.sort_by_key(|(i, (text, _))| (std::cmp::Reverse(text.split(' ').count()), *i));
        for (_, (text, kind)) in sorted {
            table.add(text, *kind);
        }
        table.join_acronyms(sentences, findings);
        table
    }

    fn add(&mut self, text: &str, kind: EntityType) {
        if self.spellings.contains_key(text) {
            return;
        }
        let words = words_of(text);
        let known = if kind.is_body() {
            // Letters that several bodies share say nothing.
            let sure =
                Gazetteer::embedded().find_at(text).filter(|(len, _, ambiguous)| *len == text.len() && !ambiguous);
            sure.map(|(_, known, _)| known).filter(|k| matches!(k, Known::Body(_)))
        } else {
            None
        };
        // "NTK" alone is no "NTK Green Power": capitals are a name in full, and those that begin with it are its daughters.
        let shouted = words.len() == 1 && text.chars().all(|c| !c.is_lowercase());
        let joined = words.join(" ");
        let apart = |s: &Spelling| self.named_apart.iter().any(|(full, first)| *full == s.words && joined == *first);
        let ruler = kind == EntityType::Person && self.rulers.iter().any(|name| name == text);
        let same = |s: &&Spelling| {
            if ruler || apart(s) {
                return false;
            }
            is_same_name(s, &words, kind) && !(shouted && kind.is_body() && !is_same_core(&s.words, &words))
        };
        let found = self.spellings.values().find(same).map(|s| s.cluster);
        let cluster = found.unwrap_or_else(|| {
            self.clusters.push((text.to_owned(), kind, known));
            self.clusters.len() - 1
        });
        self.spellings.insert(text.to_owned(), Spelling { words, kind, cluster });
    }

    /// "Petróleos de Norte (PDN)", "the Northern Oil Company, known as NOC": the later name is the one before it; later it stands alone.
    fn join_acronyms(&mut self, sentences: &[Sentence], findings: &[Findings]) {
        let mut defined: Vec<String> = Vec::new();
        for (sentence, found) in sentences.iter().zip(findings) {
            for (a, b) in found.mentions.iter().zip(found.mentions.iter().skip(1)) {
                let (Sense::Name(kind), Sense::Name(other)) = (&a.sense, &b.sense) else { continue };
                let between = sentence.tokens.get(a.last + 1..b.first).unwrap_or_default();
                let bracketed = matches!(between, [open] if open.form == "(") && is_acronym_of(&b.text, &a.text);
                let alike = kind == other || (kind.is_body() && other.is_body());
                if bracketed || (alike && is_called(between)) {
                    self.merge(&b.text, &a.text);
                    defined.push(b.text.clone());
                }
            }
        }
        let loose: Vec<(String, String)> = self
            .spellings
            .iter()
            .filter(|(text, s)| {
                !defined.contains(text)
                    && s.words.len() == 1
                    && s.kind.is_body()
                    && text.chars().all(|c| !c.is_lowercase())
            })
            .filter_map(|(text, s)| {
                let full = self.spellings.iter().find(|(other, o)| {
                    // "the IPPA" after "an Interim Project Participation Agreement" is that agreement.
                    let full = o.kind.is_body() || o.kind == EntityType::Work;
                    o.cluster != s.cluster && full && o.words.len() > 1 && is_initials(text, other)
                })?;
                Some((text.clone(), full.0.clone()))
            })
            .collect();
        for (short, full) in loose {
            self.merge(&short, &full);
        }
    }

    fn merge(&mut self, short: &str, full: &str) {
        let (Some(from), Some(to)) =
            (self.spellings.get(short).map(|s| s.cluster), self.spellings.get(full).map(|s| s.cluster))
        else {
            return;
        };
        for spelling in self.spellings.values_mut().filter(|s| s.cluster == from) {
            spelling.cluster = to;
        }
        let known = self.clusters.get(from).and_then(|c| c.2);
        if let Some(target) = self.clusters.get_mut(to) {
            target.2 = target.2.or(known);
        }
    }

    /// Cluster of a name, with the cluster's fullest name, class and known identity.
    pub(super) fn cluster(&self, text: &str, kind: EntityType) -> Option<(usize, &str, EntityType, Option<Known>)> {
        let at = self.spellings.get(text)?.cluster;
        let (label, class, known) = self.clusters.get(at)?;
        let class = if *class == EntityType::Organization && kind.is_body() { kind } else { *class };
        Some((at, label, class, *known))
    }

    /// A number for a place known by name only; never a number of a cluster.
    pub(super) fn place(&mut self, text: &str) -> usize {
        let next = usize::MAX - self.places.len();
        *self.places.entry(text.to_owned()).or_insert(next)
    }
}

/// Whether `words` is another spelling, or a shorter form, of `full`.
fn is_same_name(full: &Spelling, words: &[String], kind: EntityType) -> bool {
    let person = (full.kind == EntityType::Person, kind == EntityType::Person);
    match person {
        (true, true) => is_same_person(&full.words, words),
        // "LNG" is no short form of "Norte LNG Limited": only a body shortens a body.
        (false, false) => full.kind.is_body() == kind.is_body() && is_same_body(&full.words, words),
        _ => false,
    }
}

fn is_same_person(full: &[String], short: &[String]) -> bool {
    let ((full, one), (short, other)) = (part_ending(full), part_ending(short));
    // "Lloyd J. Austin III" and "Lloyd Austin", but not father and son who both say which they are.
    if one.zip(other).is_some_and(|(a, b)| a != b) {
        return false;
    }
    if short.len() == 1 {
        // "Yazan bin Haitham" is not Haitham: his father is.
        let of_father = |i: usize| {
            let before = i.checked_sub(1).and_then(|b| full.get(b)).map_or("", String::as_str);
            matches!(before, "bin" | "ibn" | "bint")
        };
        return short.first().is_some_and(|w| {
            let inner = || (0..full.len()).any(|i| full.get(i) == Some(w) && !of_father(i));
            full.last() == Some(w) || full.first() == Some(w) || (w.len() > 3 && inner())
        });
    }
    if full.last() == short.last() || full.last().zip(short.last()).is_some_and(|(a, b)| is_slip(a, b)) {
        let rest = short.get(..short.len() - 1).unwrap_or_default();
        return rest
            .iter()
            .all(|w| full.iter().any(|f| f == w || is_slip(f, w) || is_initial(w, f) || is_initial(f, w)));
    }
    // "Abdullah II" and "Abdullah", "Prabowo Subianto Djojohadikusumo" and "Prabowo Subianto".
    full.starts_with(short) && short.len() > 1
}

/// A person's name and what tells generations apart at its end: "Jr", "III".
fn part_ending(words: &[String]) -> (&[String], Option<&str>) {
    match words {
        [name @ .., last] if name.len() > 1 && matches!(last.as_str(), "jr" | "sr" | "ii" | "iii" | "iv") => {
            (name, Some(last))
        }
        _ => (words, None),
    }
}

fn is_initial(short: &str, full: &str) -> bool {
    short.chars().count() == 1 && full.starts_with(short)
}

/// One letter dropped, doubled or swapped in a word of some length.
fn is_slip(a: &str, b: &str) -> bool {
    let longest = a.chars().count().max(b.chars().count());
    longest >= 5
        && a.chars().next() == b.chars().next()
        && rapidfuzz::distance::damerau_levenshtein::distance(a.chars(), b.chars()) <= 1
}

/// The words of a body's name without legal forms and particles.
fn core_of(words: &[String]) -> Vec<&String> {
    let lexicon = Lexicon::embedded();
    words.iter().filter(|w| !lexicon.is_legal_form(w) && !is_particle(w)).collect()
}

/// Whether two names differ in legal forms and particles at most.
fn is_same_core(a: &[String], b: &[String]) -> bool {
    core_of(a) == core_of(b)
}

fn is_particle(word: &str) -> bool {
    matches!(word, "the" | "of" | "and" | "for")
}

fn is_same_body(full: &[String], short: &[String]) -> bool {
    let lexicon = Lexicon::embedded();
    let (a, b) = (core_of(full), core_of(short));
    if b.is_empty() || a.is_empty() {
        return full == short;
    }
    if a == b {
        return true;
    }
    let telling = |w: &&String| {
        lexicon.body_of(w).is_none() && Gazetteer::embedded().find(&vocab::capitalise(w)).is_none() && w.len() > 2
    };
    // A leading part of the name that tells: "Novo" for "Novo Nordisk", never "National" for "National Bank". "Novo Group" is
    // no part of "Novo University", and "Novo" none of "Novo & Sons" or of "Novo Reader 15".
    let bare = b.len() == short.iter().filter(|w| !is_particle(w)).count();
    let rest = full.get(short.len()..).unwrap_or_default();
    let joined = rest.first().is_some_and(|w| matches!(w.as_str(), "&" | "and"));
    let counted = rest.iter().any(|w| w.chars().all(|c| c.is_ascii_digit()));
    // "Volt Peru" is the daughter of "Volt".
    let abroad = Gazetteer::embedded().find(&rest.iter().map(|w| vocab::capitalise(w)).collect::<Vec<_>>().join(" "));
    let abroad = matches!(abroad, Some(Known::Country(_) | Known::Capital(_))) && b.len() == 1;
    let leading =
        !abroad && a.starts_with(&b) && b.iter().any(telling) && b.len() < a.len() && bare && !joined && !counted;
    // Its last word alone: "Topsoe" for "Haldor Topsoe", never "Topsoe Group".
    let last = b.len() == 1 && bare && a.len() == 2 && a.last() == b.first() && b.iter().all(telling);
    leading && !(b.len() == 1 && b.first().is_some_and(|w| lexicon.thing_of(w).is_some())) || last
}

/// ", also known as": words between two names that make the second another name of the first.
fn is_called(between: &[Token]) -> bool {
    let words =
        between.iter().map(|t| t.form.to_lowercase()).filter(|w| !matches!(w.as_str(), "," | "(" | "\"" | "“" | "the"));
    says_called(&words.collect::<Vec<_>>().join(" "))
}

fn initials(name: &str) -> (String, String) {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let letters = |list: &mut dyn Iterator<Item = &&str>| {
        list.filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect::<String>()
    };
    let all = letters(&mut words.iter());
    let big = letters(&mut words.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)));
    (all, big)
}

fn is_initials(short: &str, full: &str) -> bool {
    let plain: String = short.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase();
    let (all, big) = initials(full);
    plain.len() >= 2 && (plain == all || plain == big)
}

/// Looser than initials, since brackets vouch for it: the letters occur in order in the name ("KazMunayGas").
fn is_acronym_of(short: &str, full: &str) -> bool {
    if is_initials(short, full) {
        return true;
    }
    let mut letters = crate::ascii::to_ascii(full)
        .to_uppercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<Vec<_>>()
        .into_iter();
    let plain: Vec<char> =
        crate::ascii::to_ascii(short).to_uppercase().chars().filter(|c| c.is_alphanumeric()).collect();
    !plain.is_empty()
        && short.split(' ').count() <= 2
        && plain.iter().filter(|c| letters.by_ref().any(|l| l == **c)).count() + 1 >= plain.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(full: &str, short: &str, same: bool) {
        let words = |name: &str| name.split(' ').map(fold).collect::<Vec<_>>();
        assert_eq!(is_same_person(&words(full), &words(short)), same, "{full} / {short}");
    }

    #[test]
    fn generations_are_told_apart_only_where_both_say_so() {
        check("Loyd J. Ostin III", "Loyd Ostin", true);
        check("Loyd J. Ostin III", "Ostin", true);
        check("Ferdinand Marquez Jr.", "Ferdinand Marquez Sr.", false);
        check("Ferdinand Marquez Jr.", "Imelda Marquez", false);
    }
}
