//! When two agreements of the same parties are one, and what is none.
//!
//! Law: what one mention calls a trade agreement and another a defence agreement are two; "the deal" may be either.

use super::evoke::Draft;
use super::fact::Value;
use crate::ontology::identity::change_of;
use std::collections::BTreeSet;

/// Words that any agreement may be called.
const GENERAL: &[&str] = &["agreement", "deal", "accord", "pact", "document", "contract", "arrangement"];

/// Words that say nothing about which agreement it is.
const PLAIN: &[&str] = &[
    "bilateral",
    "joint",
    "binding",
    "formal",
    "new",
    "mutual",
    "final",
    "definitive",
    "landmark",
    "comprehensive",
    "commercial",
    "official",
    "intergovernmental",
    "detailed",
    "long-term",
];

/// "Peru bought Ghanaian goods": trade between countries, which is no agreement.
pub(super) fn is_trade(draft: &Draft, is_country: impl Fn(usize) -> bool) -> bool {
    let bought = draft.roles.get("type").and_then(Value::as_text) == Some("purchase");
    bought && matches!(draft.roles.get("parties"), Some(Value::Many(all)) if all.iter().all(|who| is_country(*who)))
}

/// Whether both may name one agreement: "memoranda of understanding" and "MoUs"; "air services agreement" and "the deal".
pub(super) fn is_same_type(a: &str, b: &str) -> bool {
    // What extends an agreement is another than that agreement.
    if change_of(a) != change_of(b) {
        return false;
    }
    let ((head_a, more_a), (head_b, more_b)) = (take_apart(a), take_apart(b));
    let general = |head: &str| GENERAL.contains(&head);
    if head_a != head_b && !(general(&head_a) && more_a.is_empty()) && !(general(&head_b) && more_b.is_empty()) {
        return false;
    }
    more_a.is_empty() || more_b.is_empty() || more_a.iter().any(|w| more_b.contains(w))
}

/// What an agreement that changes another calls that one: "extension of the gas agreement" is of the `gas agreement`.
pub(super) fn changed_by(agreement_type: &str) -> Option<&str> {
    change_of(agreement_type)?;
    agreement_type.split_once(" of the ").map(|(_, changed)| changed)
}

/// A type under one name for all its spellings: "MoUs" and "memoranda of understanding" are `memorandum`.
pub(super) fn canonical_type(text: &str) -> String {
    let (head, more) = take_apart(text);
    if GENERAL.contains(&head.as_str()) && more.is_empty() {
        "agreement".to_owned()
    } else {
        [more, vec![head]].concat().join(" ")
    }
}

/// Whether a type names several: "memoranda of understanding".
pub(super) fn is_plural_type(text: &str) -> bool {
    let head = text.split(" of ").next().unwrap_or(text).split(' ').next_back().unwrap_or_default().to_lowercase();
    // "heads of agreement" are one document.
    let one = matches!(head.as_str(), "heads" | "letters" | "minutes") || head.ends_with("ss");
    head == "memoranda" || (head.ends_with('s') && !one)
}

/// Words of a type or topic that tell which agreement it is, in one form.
pub(super) fn telling_words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 2 || w.chars().any(char::is_numeric));
    words
        .map(stem)
        .filter(|w| !GENERAL.contains(&w.as_str()) && !PLAIN.contains(&w.as_str()) && w != "the" && w != "and")
        .collect()
}

/// Whether `new` says more of what an agreement is than `old`: "air services agreement" than "deal", never "arrangement" than
/// "memorandum".
pub(super) fn is_fuller_type(new: &str, old: &str) -> bool {
    let ((head_new, _), (head_old, _)) = (take_apart(new), take_apart(old));
    let general = |head: &str| GENERAL.contains(&head);
    match (general(&head_new), general(&head_old)) {
        (true, false) => false,
        (false, true) => true,
        _ => new.len() > old.len(),
    }
}

/// Whether two topics share a word that carries meaning.
pub(super) fn is_same_topic(a: &str, b: &str) -> bool {
    let words = |t: &str| -> Vec<String> {
        let telling =
            |w: &&str| w.chars().count() > 3 || matches!(*w, "gas" | "oil" | "air" | "tax" | "LNG" | "sea" | "rail");
        let long = t.split(|c: char| !c.is_alphanumeric()).filter(telling);
        long.map(|w| stem(&w.to_lowercase())).collect()
    };
    let (a, b) = (words(a), words(b));
    a.is_empty() || b.is_empty() || a.iter().any(|w| b.contains(w))
}

/// The noun in one form, and what modifies it.
fn take_apart(text: &str) -> (String, Vec<String>) {
    let lower = text.to_lowercase();
    let phrase = lower.split(" of ").next().unwrap_or(&lower);
    let mut words: Vec<String> = phrase.split([' ', '-']).map(stem).collect();
    let head = words.pop().unwrap_or_default();
    words.retain(|w| !PLAIN.contains(&w.as_str()));
    let head = match head.as_str() {
        "mou" | "memoranda" | "memorandum" | "memo" => "memorandum".to_owned(),
        "fta" => {
            words.extend(["free", "trade"].map(str::to_owned));
            "agreement".to_owned()
        }
        _ => head,
    };
    (head, words)
}

fn stem(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    match word.strip_suffix("ies") {
        Some(root) => format!("{root}y"),
        None => word.strip_suffix('s').filter(|w| w.len() > 2 && !w.ends_with('s')).unwrap_or(word).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, same: bool) {
        assert_eq!(is_same_type(a, b), same, "{a} / {b}");
        assert_eq!(is_same_type(b, a), same, "{b} / {a}");
    }

    #[test]
    fn a_general_word_says_less_than_a_proper_one() {
        assert!(is_fuller_type("air services agreement", "deal"));
        assert!(is_fuller_type("memorandum", "comprehensive arrangement"));
        assert!(!is_fuller_type("comprehensive arrangement", "memorandum"));
    }

    #[test]
    fn knows_one_agreement_by_its_names() {
        check("memoranda of understanding", "MoUs", true);
        check("air services agreement", "deal", true);
        check("free trade agreement", "FTA", true);
        check("treaty", "memorandum of understanding", false);
        check("trade agreement", "defence agreement", false);
        check("binding offtake agreement", "offtake agreement", true);
    }
}
