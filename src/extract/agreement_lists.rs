//! Lists of agreements under a heading: "Agreements signed:", then one line an agreement with its date.
//!
//! Law: only lines that name a paper and do nothing else, between the two countries that the article is about.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::scope::Scope;
use crate::language::Upos;
use crate::ontology::EntityType;
use crate::ontology::lexicon::Lexicon;
use indexmap::IndexMap;

/// The longest heading and the longest line of a list, in words.
const HEADING: usize = 12;
const LINE: usize = 40;

/// Adds the agreements of all such lists that no other wording told; their headings tell none.
pub(super) fn add_listed_agreements(scopes: &[Scope<'_>], drafts: &mut Vec<Draft>) {
    let (mut found, mut heading): (Vec<Draft>, Option<usize>) = (Vec::new(), None);
    for scope in scopes {
        if scope.heads_agreements() {
            heading = Some(scope.at);
            continue;
        }
        let Some(at) = heading else { continue };
        match scope.listed_agreement() {
            Some(line) => {
                drafts.retain(|d| d.at != at || d.kind != "Agreement");
                if !drafts.iter().any(|d| d.at == scope.at && d.kind == "Agreement") {
                    found.push(line);
                }
            }
            None => heading = None,
        }
    }
    drafts.extend(found);
}

impl Scope<'_> {
    /// "Agreements signed so far:", "List of agreements between the two countries".
    fn heads_agreements(&self) -> bool {
        let count = self.grammar.tokens.len();
        let has = |list: &[&str]| (0..count).any(|i| list.contains(&self.low(i).as_str()));
        let papers = has(&["agreements", "mous", "treaties", "memoranda", "accords"]);
        let open = has(&["proposed", "pending", "negotiation", "negotiated", "discussion", "draft", "expected"]);
        let heads = has(&["signed", "concluded", "list", "bilateral", "between", "existing"]);
        let last = self.grammar.form(count.wrapping_sub(1));
        let closed = last == "." && self.dates.is_empty();
        // "has resulted in the signing of several agreements, among them:"
        let leads = last == ":" && has(&["signing", "signed", "concluded", "inked"]);
        (count <= HEADING && heads || leads) && papers && !open && !closed
    }

    /// "Agreement on Cultural Exchange (January 1987)": the paper that a line names.
    fn listed_agreement(&self) -> Option<Draft> {
        let g = &self.grammar;
        let count = g.tokens.len();
        let aside = self.material.asides.get(self.at).copied().unwrap_or(false);
        let acts = |i: usize| {
            g.upos(i) == Upos::Verb
                && g.is_predicate(i)
                && !matches!(g.lemma(i), "sign" | "conclude" | "initial" | "ratify")
        };
        let open = (0..count).any(|i| matches!(self.low(i).as_str(), "proposed" | "negotiation" | "draft" | "under"));
        if aside || open || count > LINE {
            return None;
        }
        let paper = (0..count.min(9)).find(|i| Lexicon::embedded().thing_of(g.form(*i)) == Some(EntityType::Work))?;
        let article = usize::from(matches!(self.low(0).as_str(), "a" | "an"));
        let first = (article..=paper).find(|i| g.form(*i).chars().next().is_some_and(char::is_uppercase))?;
        let named = (first..=paper).all(|i| !matches!(g.upos(i), Upos::Verb | Upos::Aux | Upos::Pron));
        if !named || (0..paper).any(acts) {
            return None;
        }
        let last =
            if self.low(paper + 1) == "of" && self.low(paper + 2) == "understanding" { paper + 2 } else { paper };
        let [a, b] = self.cast().pairs.get(self.at).copied().flatten()?;
        let mut roles = IndexMap::from([
            ("type".to_owned(), Value::Text(self.words(first, last))),
            ("parties".to_owned(), Value::Many(vec![a, b])),
        ]);
        if let Some(period) = self.dates.iter().find_map(|d| d.period) {
            roles.insert("date".to_owned(), Value::When(period));
        }
        if let Some(topic) = self.topic_after(last) {
            roles.insert("topic".to_owned(), Value::Text(topic));
        }
        let (kind, at) = ("Agreement".to_owned(), self.at);
        Some(Draft { kind, roles, status: Status::Asserted, speaker: None, at, trigger: paper })
    }

    /// What a paper is on: the words behind the preposition, up to a bracket, a comma, a date or the signing.
    fn topic_after(&self, last: usize) -> Option<String> {
        let g = &self.grammar;
        let on = matches!(self.low(last + 1).as_str(), "on" | "for" | "regarding" | "concerning" | "in");
        let dated = |i: usize| self.dates.iter().any(|d| d.first <= i && i <= d.last);
        let stops = |i: &usize| {
            matches!(g.form(*i), "(" | "," | ";" | "." | "–" | "—" | "-" | ":") || self.low(*i) == "signed" || dated(*i)
        };
        let end = (last + 2..g.tokens.len()).find(stops).unwrap_or(g.tokens.len());
        (on && end > last + 2).then(|| self.words(last + 2, end - 1))
    }
}
