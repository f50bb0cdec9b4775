//! What companies do and are called that people are not: "the drillers A and B", "Norland's X", "X operates".

use super::line::Line;
use super::reasons::{Reason, Reasons};
use crate::language::Upos;
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;

/// Most words of a list of companies before the name.
const LONGEST_LIST: usize = 24;

impl Reasons<'_, '_> {
    /// A list of companies that the name stands in, a country that has it, a verb of business, a field of that name.
    pub(super) fn business_reason(&self, first: usize, last: usize) -> Option<Reason> {
        if self.is_addressed(first) {
            return None;
        }
        if self.is_listed_company(first) {
            return Some((EntityType::Company, 3));
        }
        if names_field(self.line, last + 1) {
            return Some((EntityType::Project, 2));
        }
        let lexicon = Lexicon::embedded();
        let like_person = |i: usize| lexicon.is_given_name(self.line.form(i)) || lexicon.is_surname(self.line.form(i));
        let nobody = first == last && !like_person(first);
        if (nobody || !lexicon.is_given_name(self.line.form(first))) && is_partner(self.line, first) {
            return Some((EntityType::Organization, 2));
        }
        if nobody && self.belongs_to_country(first) {
            return Some((EntityType::Organization, 2));
        }
        if nobody && does_business(self.line, last + 1) {
            return Some((EntityType::Company, 2));
        }
        let strange = !lexicon.is_given_name(self.line.form(first)) && !lexicon.is_surname(self.line.form(last));
        if strange && self.deals_beside_company(last) {
            return Some((EntityType::Company, 2));
        }
        let unknown = nobody && self.model_kind(first, last).is_none();
        (unknown && (self.follows_demonym(first) || closes_deals(self.line, last + 1)))
            .then_some((EntityType::Organization, 1))
    }

    /// "Norte Atlantic and Lima Air signed": coordinated with a name that ends like a company's, before a verb of deals.
    fn deals_beside_company(&self, last: usize) -> bool {
        let (line, lexicon) = (self.line, Lexicon::embedded());
        let Some(first) = Some(last + 2).filter(|i| matches!(line.lower(last + 1), "and" | "&") && line.is_capital(*i))
        else {
            return false;
        };
        let Some(end) = (first..first + 5).take_while(|i| line.is_capital(*i)).last() else { return false };
        let company =
            lexicon.body_of(line.form(end)) == Some(EntityType::Company) || lexicon.is_legal_form(line.form(end));
        company && closes_deals(line, end + 1)
    }

    /// "Norish Volt": an adjective of a country right before.
    fn follows_demonym(&self, first: usize) -> bool {
        let ends = |i: usize| matches!(self.line.known_at(i), Some((l, Known::Demonym(_), _)) if l + 1 == first);
        (first.saturating_sub(3)..first).any(ends)
    }

    /// "the drilling firms A, B and C", "companies such as A and B".
    fn is_listed_company(&self, first: usize) -> bool {
        let line = self.line;
        let joins = |i: usize| line.is_capital(i) || matches!(line.form(i), "," | "and" | "&");
        let before = (first.saturating_sub(LONGEST_LIST)..first).rev().find(|i| !joins(*i));
        let Some(before) = before.filter(|b| line.is_capital(b + 1)) else { return false };
        let noun = match line.lower(before) {
            "as" if before > 1 && line.lower(before - 1) == "such" => before - 2,
            _ => before,
        };
        is_companies(line, noun)
    }

    /// "Norland's Volt": what a country has by one name that no person bears.
    fn belongs_to_country(&self, first: usize) -> bool {
        let marked = first > 1 && matches!(self.line.form(first - 1), "'s" | "’s");
        let country = |i: usize| matches!(self.line.known_at(i), Some((l, Known::Country(_), _)) if l + 2 == first);
        marked && (first.saturating_sub(5)..first - 1).any(country)
    }
}

/// A plural noun for companies, in small letters.
fn is_companies(line: &Line<'_>, i: usize) -> bool {
    let lemma = line.token(i).map_or("", |t| t.lemma.as_str());
    let own = !matches!(lemma, "industry" | "business" | "investor" | "operator" | "partner" | "group");
    line.upos(i) == Upos::Noun
        && !line.is_capital(i)
        && line.lower(i) != lemma
        && own
        && Lexicon::embedded().group_of(lemma) == Some("company")
}

/// "signed a contract with X", "agreements with A, B and X", "a venture between X and Y": the other side of a deal.
fn is_partner(line: &Line<'_>, first: usize) -> bool {
    let joins = |i: usize| line.is_capital(i) || matches!(line.lower(i), "," | "and" | "&" | "'s" | "’s" | "the");
    let before = (first.saturating_sub(LONGEST_LIST)..first).rev().find(|i| !joins(*i));
    // "with the Norish trader X": what describes the name.
    let describes =
        |i: usize| matches!(line.upos(i), Upos::Noun | Upos::Adj) && !line.is_capital(i) || line.form(i) == "-";
    let before = before.and_then(|i| (i.saturating_sub(5)..=i).rev().find(|i| !describes(*i) && !joins(*i)));
    let Some(at) = before.filter(|i| matches!(line.lower(*i), "with" | "between" | "by")) else { return false };
    let deal = |i: usize| {
        let lemma = line.token(i).map_or("", |t| t.lemma.as_str()).to_lowercase();
        matches!(
            lemma.as_str(),
            "agreement"
                | "contract"
                | "memorandum"
                | "memoranda"
                | "mou"
                | "mous"
                | "deal"
                | "venture"
                | "jv"
                | "partnership"
                | "pact"
        )
    };
    (at.saturating_sub(4)..at).any(deal)
}

/// "the Norte oilfield": a word for what lies in the ground or the sea.
fn names_field(line: &Line<'_>, i: usize) -> bool {
    matches!(
        line.lower(i),
        "oilfield" | "gasfield" | "field" | "fields" | "deposit" | "deposits" | "discovery" | "mine" | "dam" | "block"
    ) && line.upos(i) == Upos::Noun
}

/// "X operates", "X has supplied": what people do not do under a surname alone.
fn does_business(line: &Line<'_>, next: usize) -> bool {
    matches!(
        verb_at(line, next),
        "operate" | "manufacture" | "supply" | "drill" | "refine" | "invest" | "export" | "import" | "employ"
    )
}

/// "X signed", "X has awarded": what countries, companies and people do.
fn closes_deals(line: &Line<'_>, next: usize) -> bool {
    matches!(verb_at(line, next), "sign" | "ink" | "award" | "acquire" | "clinch" | "secure" | "win")
}

/// The lemma of the verb from word `next` on, past its auxiliaries.
fn verb_at<'s>(line: &Line<'s>, next: usize) -> &'s str {
    let passes =
        |i: usize| matches!(line.lower(i), "has" | "have" | "had" | "will" | "also" | "currently" | "already" | "is");
    let verb = (next..next + 3).find(|i| !passes(*i)).unwrap_or(next);
    line.token(verb).filter(|t| t.upos == Upos::Verb).map_or("", |t| t.lemma.as_str())
}
