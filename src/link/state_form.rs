//! Name of a country -> the names that are left without the form of the state (Republic of Peru, Reino de España, 秘鲁共和国).
//!
//! Law: only words of `ontology/identity/state_forms.tsv` are taken off, and one of them must name a state; what is left is a guess
//! that counts where a country is called so, and never where states differ by their form alone (Congo, Korea, China).

use super::fold::fold;
use crate::ontology::table::Table;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../ontology/identity/state_forms.tsv");

/// Countries whose short names are those of two states, or once were.
pub(super) const SHARED: &[&str] = &["CD", "CG", "CN", "TW", "KP", "KR", "DE", "VN", "YE"];

/// What a word says of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Form,
    State,
    With,
    Link,
    Beginning,
    Ending,
    EndingWith,
}

/// Words by their folded form.
static WORDS: LazyLock<FxHashMap<String, Sort>> = LazyLock::new(|| {
    let sort = |name: &str| match name {
        "form" => Sort::Form,
        "state" => Sort::State,
        "with" => Sort::With,
        "beginning" => Sort::Beginning,
        "ending" => Sort::Ending,
        "ending_with" => Sort::EndingWith,
        _ => Sort::Link,
    };
    Table::parse(TABLE).rows().map(|row| (fold(row.get("word")), sort(row.get("sort")))).collect()
});

/// The names that may be left of a folded name; none where it names no form of state.
pub(super) fn names_without_form(folded: &str) -> Vec<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let sort = |word: &&str| WORDS.get(*word).copied();
    let says = |word: &&&str| matches!(sort(word), Some(Sort::Form | Sort::State | Sort::With | Sort::Link));
    let before = words.iter().take_while(says).count();
    let after = words.iter().skip(before).rev().take_while(says).count();
    let (front, tail) = words.split_at(words.len() - after);
    let mut found = Vec::new();
    // What lies before the name may belong to it: of El Salvador, of the Marshall Islands.
    for (head, name) in (0..=before).filter_map(|at| front.split_at_checked(at)) {
        let has = |wanted: Sort| head.iter().chain(tail).any(|word| sort(word) == Some(wanted));
        if has(Sort::Form) || (has(Sort::State) && has(Sort::With)) {
            let name = name.join(" ");
            found.extend(GLUED.iter().filter_map(|article| name.strip_prefix(article)).map(str::to_owned));
            found.push(name);
        }
    }
    let begins = WORDS.iter().filter(|(_, sort)| **sort == Sort::Beginning);
    found.extend(begins.filter_map(|(word, _)| folded.strip_prefix(word.as_str())).map(|rest| rest.trim().to_owned()));
    found.extend(strip_endings(folded));
    found.retain(|name| !name.is_empty());
    found
}

/// Articles and prepositions that stand without a gap before vowels: d'Haïti, dell'Ecuador, l'Inde.
const GLUED: &[&str] = &["d", "l", "dell"];

/// Without the endings of scripts that part no words.
fn strip_endings(folded: &str) -> Option<String> {
    let strip = |name: &str, sort: Sort| {
        let all = WORDS.iter().filter(|(_, s)| **s == sort);
        all.filter_map(|(ending, _)| name.strip_suffix(ending.as_str()))
            .min_by_key(|rest| rest.len())
            .map(str::to_owned)
    };
    let mut name = strip(folded, Sort::Ending)?;
    while let Some(shorter) = [Sort::EndingWith, Sort::Ending].iter().find_map(|sort| strip(name.trim_end(), *sort)) {
        name = shorter;
    }
    Some(name.trim_end().to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, left: &str) {
        let found = names_without_form(&fold(name));
        assert_eq!(found.contains(&fold(left)), !left.is_empty(), "{name}: {found:?}");
        assert!(!left.is_empty() || found.is_empty(), "{name}: {found:?}");
    }

    #[test]
    fn the_form_of_a_state_is_taken_off() {
        check("Republic of Peru", "Peru");
        check("République d'Haïti", "Haïti");
        check("República de El Salvador", "El Salvador");
        check("República de El Salvador", "Salvador");
        check("Democratic Socialist Republic of Sri Lanka", "Sri Lanka");
        check("Iran (Islamic Republic of)", "Iran");
        check("Polonya Cumhuriyeti", "Polonya");
        check("Республика Казахстан", "Казахстан");
        check("جمهورية مصر العربية", "مصر");
        check("孟加拉人民共和国", "孟加拉");
        check("폴란드 공화국", "폴란드");
        check("ราชอาณาจักรกัมพูชา", "กัมพูชา");
        check("Cộng hòa Ba Lan", "Ba Lan");
        check("Independent State of Samoa", "Samoa");
        check("State of Georgia", "");
        check("Peru", "");
        check("El Salvador", "");
        check("United Kingdom", "");
        check("Republic", "");
    }
}
