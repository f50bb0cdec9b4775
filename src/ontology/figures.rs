//! Verbs and nouns that carry figures: `ontology/lexicon/measure_{verbs,nouns,dimensions}.tsv`.

use super::table::Table;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a verb does with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbRole {
    /// Its subject stands at the figure.
    Level,
    /// Its subject rose or fell by, to or from it.
    Change,
    /// Its subject deals in that much.
    Act,
    /// Its subject is that part of something.
    Share,
}

/// A verb that carries figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureVerb {
    /// What it does with a figure.
    pub role: VerbRole,
    /// Whether it means a fall.
    pub falls: bool,
    /// What its subject deals in; empty where it names nothing.
    pub noun: &'static str,
}

/// What a noun says of the figure beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NounKind {
    /// Aimed at: target, goal.
    Goal,
    /// A rise.
    Up,
    /// A fall.
    Down,
    /// A part that somebody owns.
    Share,
    /// Has a value: a contract.
    Deal,
    /// Belongs to two sides alike: trade.
    Pair,
    /// Goes from one side to another: exports, a loan.
    Flow,
    /// Stands at a figure: output.
    Level,
    /// Says nothing of what is measured: a total.
    Vague,
}

/// A noun that carries figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureNoun {
    /// What it says of the figure.
    pub kind: NounKind,
    /// Whether "from X" names the side that it goes out from.
    pub from_subject: bool,
    /// What the indicator is called; empty where it is called as the text has it.
    pub name: &'static str,
    /// Whether it is of a whole country where the text names nobody: inflation.
    pub national: bool,
}

/// The tables.
#[derive(Debug)]
pub struct Figures {
    verbs: FxHashMap<&'static str, MeasureVerb>,
    forms: FxHashMap<String, &'static str>,
    nouns: FxHashMap<&'static str, MeasureNoun>,
    dimensions: FxHashMap<&'static str, &'static str>,
}

impl Figures {
    /// The tables that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Figures> = OnceLock::new();
        ONCE.get_or_init(|| {
            let verbs = Table::parse(include_str!("../../ontology/lexicon/measure_verbs.tsv"));
            let nouns = Table::parse(include_str!("../../ontology/lexicon/measure_nouns.tsv"));
            let dimensions = Table::parse(include_str!("../../ontology/lexicon/measure_dimensions.tsv"));
            let mut figures = Figures {
                verbs: FxHashMap::default(),
                forms: FxHashMap::default(),
                nouns: FxHashMap::default(),
                dimensions: dimensions.rows().map(|r| (r.get("unit"), r.get("dimension"))).collect(),
            };
            for row in verbs.rows() {
                let lemma = row.get("lemma");
                let verb = MeasureVerb {
                    role: role_named(row.get("role")),
                    falls: row.get("sign") == "down",
                    noun: row.get("noun"),
                };
                figures.verbs.insert(lemma, verb);
                let forms = regular_forms(lemma).into_iter().chain(row.list("forms").map(str::to_owned));
                for form in forms {
                    figures.forms.entry(form).or_insert(lemma);
                }
            }
            for row in nouns.rows() {
                let noun = MeasureNoun {
                    kind: kind_named(row.get("kind")),
                    from_subject: row.get("from") == "subject",
                    name: row.get("name"),
                    national: row.get("of") == "nation",
                };
                figures.nouns.insert(row.get("lemma"), noun);
            }
            figures
        })
    }

    /// The verb with this lemma.
    pub fn verb(&self, lemma: &str) -> Option<MeasureVerb> {
        self.verbs.get(lemma).copied()
    }

    /// The lemma of a finite form, participle or gerund, whatever the tagger made of it.
    pub fn verb_of_form(&self, form: &str) -> Option<&'static str> {
        self.forms.get(form).copied()
    }

    /// The noun with this lemma.
    pub fn noun(&self, lemma: &str) -> Option<MeasureNoun> {
        self.nouns.get(lemma).or_else(|| self.nouns.get(lemma.strip_suffix('s')?)).copied()
    }

    /// What a unit measures: area, length.
    pub fn dimension(&self, unit: &str) -> Option<&'static str> {
        self.dimensions.get(unit).copied()
    }
}

fn role_named(text: &str) -> VerbRole {
    match text {
        "change" => VerbRole::Change,
        "act" => VerbRole::Act,
        "share" => VerbRole::Share,
        _ => VerbRole::Level,
    }
}

fn kind_named(text: &str) -> NounKind {
    match text {
        "goal" => NounKind::Goal,
        "up" => NounKind::Up,
        "down" => NounKind::Down,
        "share" => NounKind::Share,
        "deal" => NounKind::Deal,
        "pair" => NounKind::Pair,
        "flow" => NounKind::Flow,
        "vague" => NounKind::Vague,
        _ => NounKind::Level,
    }
}

/// Infinitive, third person, past and gerund as the rules of spelling build them.
fn regular_forms(lemma: &str) -> Vec<String> {
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let soft = lemma.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let hisses = lemma.ends_with("ch") || lemma.ends_with("sh") || lemma.ends_with(['s', 'x', 'z']);
    let third = match soft {
        Some(soft) => format!("{soft}ies"),
        None if hisses => format!("{lemma}es"),
        None => format!("{lemma}s"),
    };
    let plain = lemma.to_owned();
    let past = soft.map_or_else(|| format!("{stem}ed"), |soft| format!("{soft}ied"));
    vec![plain, third, past, format!("{stem}ing")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, lemma: Option<&str>) {
        assert_eq!(Figures::embedded().verb_of_form(form), lemma, "{form}");
    }

    #[test]
    fn knows_the_forms_of_its_verbs() {
        check("reached", Some("reach"));
        check("rose", Some("rise"));
        check("supplies", Some("supply"));
        check("totalling", Some("total"));
        check("purchases", Some("purchase"));
        check("weather", None);
    }

    #[test]
    fn knows_nouns_in_the_plural_too() {
        let noun = |lemma: &str| Figures::embedded().noun(lemma);
        assert_eq!(noun("exports").map(|n| (n.kind, n.from_subject)), Some((NounKind::Flow, true)));
        assert_eq!(noun("target").map(|n| n.kind), Some(NounKind::Goal));
        assert_eq!(noun("minister"), None);
    }
}
