//! Words that name a post only in some company, or make another post of it.

use super::line::Line;
use crate::language::Upos;
use crate::ontology::lexicon::Lexicon;

/// Offices that are held in a field of work.
pub(super) fn has_portfolio(word: &str) -> bool {
    matches!(
        word,
        "minister"
            | "ministers"
            | "secretary"
            | "secretaries"
            | "undersecretary"
            | "commissioner"
            | "adviser"
            | "advisor"
            | "envoy"
            | "representative"
            | "coordinator"
            | "assistant"
            | "aide"
            | "ombudsman"
            | "administrator"
            | "rapporteur"
            | "chargé"
            | "spokesperson"
            | "negotiator"
    )
}

/// "at 5 PM", "peers of the realm", "Amir Karimov", "Sultan bin Salim": words that name a post only in some company.
pub(super) fn is_no_post(line: &Line<'_>, core: usize) -> bool {
    let before = core.checked_sub(1).map_or("", |i| line.lower(i));
    match line.lower(core) {
        "amir" => {
            let ruler = line.lower(core + 1) == "of" || Lexicon::embedded().is_honorific(line.form(core + 1));
            !ruler && !matches!(before, "the" | "'s" | "’s")
        }
        // "Minister of Defence, Justice and Security": a field of work among others.
        "justice" => matches!(before, "," | "and" | "&") && matches!(line.lower(core + 1), "and" | "&" | ","),
        // "President of the Republic of Peru": the state's name, which says whose president it is.
        "republic" => line.lower(core + 1) == "of",
        // "chief budget lawmaker"
        "chief" => {
            let next = core + 1;
            let work = matches!(line.upos(next), Upos::Noun | Upos::Adj) && !line.is_capital(next);
            work && !line.is_capital(core) && line.token(core).is_some_and(|t| t.head.is_some_and(|h| h > core))
        }
        "sultan" => matches!(line.lower(core + 1), "bin" | "ibn"),
        // "at 5 PM", "on 98 FM"
        initials if Lexicon::embedded().spelt_post(initials).is_some() => {
            !line.form(core).chars().all(char::is_uppercase)
                || core.checked_sub(1).is_some_and(|i| line.upos(i) == Upos::Num)
        }
        "peer" | "peers" => !(core.saturating_sub(3)..core).any(|i| matches!(line.lower(i), "his" | "her" | "their")),
        _ => false,
    }
}

/// Offices that "general" makes others of: "secretary general", never "Prime Minister General X".
pub(super) fn is_made_general(word: &str) -> bool {
    !matches!(
        word,
        "minister"
            | "president"
            | "premier"
            | "ambassador"
            | "forces"
            | "force"
            | "staff"
            | "army"
            | "defence"
            | "defense"
            | "commander"
            | "chief"
            | "leader"
            | "king"
            | "envoy"
            | "chairman"
            | "pm"
            | "spokesman"
    )
}
