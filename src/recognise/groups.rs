//! Described groups ("five Peruvian companies"), pairs ("the two countries") and definite phrases ("the company").

use super::line::Line;
use super::titles::Title;
use super::{Mention, Sense, mention};
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;
use crate::ontology::modality::{Modality, Speech};

/// The noun phrases of a sentence that describe somebody instead of naming them.
pub(super) fn find_groups(line: &Line<'_>, names: &[Mention], titles: &[Title]) -> Vec<Mention> {
    let taken = |i: usize| {
        names.iter().any(|m| m.first <= i && i <= m.last)
            || titles.iter().any(|t| t.first <= i && i <= t.last && (t.holder.is_some() || is_office(line, t)))
    };
    (0..line.len())
        .filter(|i| matches!(line.upos(*i), Upos::Noun | Upos::Propn) && !taken(*i))
        .filter_map(|noun| find_group(line, names, noun))
        .collect()
}

/// "the Peruvian leader": one office of a country or body, which somebody holds.
fn is_office(line: &Line<'_>, title: &Title) -> bool {
    !title.bodies.is_empty() && line.lower(title.core) == line.token(title.core).map_or("", |t| t.lemma.as_str())
}

/// Texts that speak: "the joint statement said".
const TEXTS: &[&str] = &[
    "statement",
    "release",
    "communiqué",
    "communique",
    "report",
    "declaration",
    "overview",
    "study",
    "survey",
    "readout",
    "letter",
    "memo",
    "dispatch",
    "filing",
    "document",
];

/// Whether the noun is the subject of a verb of speech.
fn speaks(line: &Line<'_>, noun: usize) -> bool {
    let verb = line.token(noun).filter(|t| t.deprel == Deprel::Nsubj).and_then(|t| line.token(t.head?));
    verb.is_some_and(|v| v.upos == Upos::Verb && Modality::embedded().speech(&v.lemma).is_some_and(Speech::reports))
}

fn find_group(line: &Line<'_>, names: &[Mention], noun: usize) -> Option<Mention> {
    let token = line.token(noun)?;
    if TEXTS.contains(&token.lemma.as_str()) && speaks(line, noun) {
        let first = skip_determiners(line, phrase_start(line, noun), noun);
        return Some(mention(line, first, noun, Sense::Group));
    }
    let lemma = token.lemma.to_lowercase();
    let kind = Lexicon::embedded().group_of(&lemma)?;
    // "the Company": a defined term; other words in capitals are parts of names and titles.
    if line.upos(noun) == Upos::Propn && !matches!(kind, "company" | "body") {
        return None;
    }
    let plural = line.lower(noun) != lemma;
    let first = phrase_start(line, noun);
    let words: Vec<&str> = (first..noun).map(|i| line.lower(i)).collect();
    // "the countries that make up the bloc", "the countries of the region": those, not the two.
    let told = matches!(line.lower(noun + 1), "that" | "which" | "who" | "of" | "in" | "from");
    if is_both(&words, kind, plural) && !(told && words == ["the"]) {
        return Some(mention(line, first, noun, Sense::Both));
    }
    if kind == "company" && plural && is_pair(&words) {
        return Some(mention(line, first, noun, Sense::Partners));
    }
    let named = |i: usize| {
        names.iter().any(|m| {
            m.last == i
                && matches!(
                    m.sense,
                    Sense::Known(Known::Country(_) | Known::Demonym(_) | Known::Capital(_) | Known::Body(_))
                )
        })
    };
    let modifiers: Vec<usize> = (first..noun).filter(|i| named(*i)).collect();
    if kind == "state" || kind == "country" {
        // "the country": one of those named, which the text tells.
        let bare = kind == "country" && matches!(words.as_slice(), ["the" | "this"]) && !plural;
        return bare.then(|| mention(line, first, noun, Sense::Definite(EntityType::Country)));
    }
    if !modifiers.is_empty() {
        let first = skip_determiners(line, first, noun);
        let end = last_of_phrase(line, noun);
        return Some(mention(line, first, end, Sense::Group));
    }
    // "President Ruiz's office".
    let owner = noun.checked_sub(2).filter(|_| matches!(line.lower(noun - 1), "'s" | "’s"));
    let owned =
        owner.is_some_and(|o| names.iter().any(|m| m.last == o && matches!(m.sense, Sense::Name(EntityType::Person))));
    if owned && kind == "body" && !plural {
        return Some(mention(line, first, noun, Sense::Group));
    }
    // "business leaders", "senior officials": several people whom only their work describes.
    let described = (first..noun).any(|i| matches!(line.upos(i), Upos::Adj | Upos::Noun));
    let determined = words.first().is_some_and(|w| {
        matches!(*w, "the" | "these" | "those" | "both" | "all" | "no")
            || matches!(line.upos(first), Upos::Pron | Upos::Det)
    });
    if kind == "people" && plural && !determined && (described || speaks(line, noun)) {
        return Some(mention(line, first, noun, Sense::Group));
    }
    let definite = words.first().is_some_and(|w| matches!(*w, "the" | "this" | "that")) && words.len() == 1;
    if definite && !plural {
        let class = match kind {
            "company" => EntityType::Company,
            "body" => EntityType::Organization,
            _ => EntityType::Group,
        };
        return Some(mention(line, first, noun, Sense::Definite(class)));
    }
    None
}

/// "two dozen members" and the like keep what follows the noun out; only a compound tail belongs.
fn last_of_phrase(line: &Line<'_>, noun: usize) -> usize {
    let tail = noun + 1;
    let same = line.token(tail).is_some_and(|t| t.upos == Upos::Noun && t.deprel == Deprel::Compound);
    if same { tail } else { noun }
}

fn is_both(words: &[&str], kind: &str, plural: bool) -> bool {
    let paired = words.iter().any(|w| matches!(*w, "both" | "two" | "respective")) || words == ["the"];
    let strongly = words.iter().any(|w| matches!(*w, "both" | "two"));
    plural
        && ((matches!(kind, "country" | "state") && paired) || (kind == "body" && words.contains(&"both")))
        && (strongly || matches!(kind, "country" | "state"))
}

/// Whether the words before a plural noun say that two are meant who were named: "the two", "both", "the".
fn is_pair(words: &[&str]) -> bool {
    matches!(words, ["the"] | ["both"] | ["the" | "these" | "those", "two"])
}

/// Where the noun phrase that ends in `noun` begins.
fn phrase_start(line: &Line<'_>, noun: usize) -> usize {
    let mut first = noun;
    while let Some(before) = first.checked_sub(1) {
        let fits = match line.upos(before) {
            Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Det | Upos::X => true,
            Upos::Part => line.lower(before) == "'s",
            Upos::Pron => matches!(line.lower(before), "its" | "his" | "her" | "their" | "our" | "both" | "all"),
            Upos::Punct => line.form(before) == "-",
            // "state-owned"
            Upos::Verb => before > 0 && line.form(before - 1) == "-",
            Upos::Cconj => {
                before > 0
                    && line.lower(before) == "and"
                    && line.upos(before - 1) == Upos::Adj
                    && line.is_capital(before - 1)
            }
            _ => false,
        };
        if !fits {
            break;
        }
        first = before;
        if matches!(line.upos(before), Upos::Det) && !matches!(line.lower(before), "both" | "all") {
            break;
        }
    }
    first
}

fn skip_determiners(line: &Line<'_>, first: usize, noun: usize) -> usize {
    (first..noun).find(|i| !matches!(line.upos(*i), Upos::Det | Upos::Pron)).unwrap_or(first)
}
