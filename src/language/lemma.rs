//! Lemmas: a list of forms that no rule explains, and suffix rules, both learned from the treebanks.
//!
//! Law: a lemma depends on the form and its tag alone.

use super::tree::{Upos, Xpos};
use rustc_hash::FxHashMap;

/// The lemmatiser: lines of `tag <TAB> form <TAB> lemma` for the exceptions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lemmatiser {
    exceptions: FxHashMap<(&'static str, &'static str), &'static str>,
}

/// The class of forms that share their rules.
pub(crate) fn class_of(upos: Upos, xpos: Xpos) -> &'static str {
    match upos {
        Upos::Verb | Upos::Aux => match xpos {
            Xpos::Vbz => "VBZ",
            Xpos::Vbg => "VBG",
            Xpos::Vbd | Xpos::Vbn => "VBD",
            _ => "V",
        },
        Upos::Noun => match xpos {
            Xpos::Nns => "NNS",
            _ => "NN",
        },
        Upos::Propn => "PROPN",
        Upos::Adj => match xpos {
            Xpos::Jjr => "JJR",
            Xpos::Jjs => "JJS",
            _ => "JJ",
        },
        Upos::Adv => "RB",
        other => other.as_str(),
    }
}

impl Lemmatiser {
    /// From the lines that training wrote.
    pub(crate) fn from_text(text: &'static str) -> Self {
        let line = |l: &'static str| {
            let (class, rest) = l.split_once('\t')?;
            let (form, lemma) = rest.split_once('\t')?;
            Some(((class, form), lemma))
        };
        Self { exceptions: text.lines().filter_map(line).collect() }
    }

    /// The dictionary form of `form`.
    pub(crate) fn lemma(&self, form: &str, upos: Upos, xpos: Xpos) -> String {
        let class = class_of(upos, xpos);
        if class == "PROPN" {
            return form.to_owned();
        }
        let lower = form.to_lowercase();
        match self.exceptions.get(&(class, lower.as_str())) {
            Some(lemma) => (*lemma).to_owned(),
            None => match lower.rsplit_once('-') {
                // "co-chaired": the verb after the hyphen.
                Some((before, verb)) if upos == Upos::Verb => format!("{before}-{}", self.lemma(verb, upos, xpos)),
                _ => regular_lemma(&lower, class),
            },
        }
    }
}

/// What the rules of English spelling give.
pub(crate) fn regular_lemma(lower: &str, class: &str) -> String {
    let cut = |n: usize| lower.get(..lower.len().saturating_sub(n)).unwrap_or(lower);
    match class {
        "NNS" | "VBZ" => plural_stem(lower, &cut),
        "VBG" if lower.len() > 5 && lower.ends_with("ing") => verb_stem(cut(3)),
        "VBD" if lower.len() > 4 && lower.ends_with("ied") => format!("{}y", cut(3)),
        "VBD" if lower.len() > 4 && lower.ends_with("ed") => verb_stem(cut(2)),
        _ => lower.to_owned(),
    }
}

fn plural_stem<'a>(lower: &'a str, cut: &dyn Fn(usize) -> &'a str) -> String {
    if lower.len() > 4 && lower.ends_with("ies") {
        format!("{}y", cut(3))
    } else if ["sses", "shes", "ches", "xes", "zzes"].iter().any(|e| lower.ends_with(e)) {
        cut(2).to_owned()
    } else if lower.ends_with('s') && !lower.ends_with("ss") && lower.len() > 2 {
        cut(1).to_owned()
    } else {
        lower.to_owned()
    }
}

/// "signn" -> "sign", "reduc" -> "reduce", "visit" -> "visit".
fn verb_stem(stem: &str) -> String {
    let bytes = stem.as_bytes();
    let at = |back: usize| bytes.len().checked_sub(back).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    let (last, before, third) = (at(1), at(2), at(3));
    if last == before && !matches!(last, b'l' | b's' | b'z' | b'f' | b'e' | b'o') {
        return stem.get(..stem.len() - 1).unwrap_or(stem).to_owned();
    }
    let silent = matches!(last, b'c' | b'v' | b'u' | b'z')
        || (last == b'g' && before != b'n' && third != b' ')
        || (last == b's' && (vowel(before) || matches!(before, b'n' | b'l' | b'r')))
        || (last == b't' && before == b'a' && bytes.len() > 3)
        || (last == b'r' && (before == b'u' || (before == b'i' && third != b'a')))
        || (last == b'l' && !vowel(before) && !matches!(before, b'l' | b'r' | b'w'))
        || (matches!(last, b'k' | b'd' | b'm' | b'p' | b'n')
            && matches!(before, b'a' | b'i' | b'o' | b'u')
            && !vowel(third)
            && bytes.len() == 3)
        || (last == b'd' && matches!(before, b'i' | b'u') && bytes.len() > 4)
        || (last == b'n' && before == b'i' && bytes.len() > 4 && third != b'a')
        // "convened", "intervened", not "enlivened"
        || (stem.ends_with("ven") && matches!(at(4), b'n' | b'r'));
    if silent { format!("{stem}e") } else { stem.to_owned() }
}
