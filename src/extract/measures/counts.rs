//! Things and people counted: "3,600 Peruvian companies registered in Chile", "signed 15 memoranda".
//!
//! Law: what is counted names the indicator; whoever acts is the subject, not what is counted.

use super::super::scope::Scope;
use super::Reading;
use super::spot::Spot;
use crate::language::{Deprel, Upos};
use crate::ontology::figures::NounKind;
use crate::recognise::Amount;

impl Scope<'_> {
    pub(super) fn read_count(&self, noun: usize, spot: Spot, amount: &Amount) -> Option<Reading> {
        let g = &self.grammar;
        let mut reading = Reading { verb: None, ..Reading::of(self.describe_counted(noun, amount)) };
        let group = self.group_country(noun).or_else(|| self.country_before(noun, spot));
        let verb = self.verb_of_count(noun, spot);
        if let Some(verb) = verb {
            let does = g.deprel(noun) == Deprel::Nsubj && g.head(noun) == Some(verb);
            if !does {
                self.take_agents(&mut reading, self.deal_maker(verb));
                reading.verb = Some(verb);
                reading.acts = true;
                let object = matches!(g.deprel(noun), Deprel::Obj | Deprel::NsubjPass | Deprel::Conj)
                    || g.patients(verb).contains(&noun)
                    || spot.first == verb + 1;
                if object && !matches!(self.verb_lemma(verb), "have" | "be" | "include") {
                    reading.indicator = match self.is_measure_verb(verb).map(|v| v.noun) {
                        Some("employees") => "employees".to_owned(),
                        _ => format!("{} {}", reading.indicator, participle(self.verb_lemma(verb))),
                    };
                }
            }
        }
        if reading.subject.is_none() {
            let governor =
                self.preposition_before(spot.first).and_then(|(p, _)| p.checked_sub(1)).filter(|n| self.is_nominal(*n));
            reading.subject = governor.and_then(|n| self.owner_before(n).or_else(|| self.owner_of(n)));
        }
        if let Some(country) = self.country_before(noun, spot).filter(|c| reading.subject.is_some_and(|s| s != *c)) {
            reading.partner = Some(country);
        }
        reading.partner = reading.partner.or_else(|| self.maker_of(noun, spot.last + 1, verb));
        let owner = self.owner_of(noun).or_else(|| self.owner_before(noun));
        let group = group.or_else(|| owner.filter(|_| reading.subject.is_some()));
        // "X is home to many Peruvians": those counted are X's.
        let home = self.clause_party(spot.anchor).filter(|w| verb.is_none() && Some(*w) != group);
        let home = home.filter(|w| !self.is_counted(*w, spot));
        if home.is_some() && reading.subject.is_none() {
            reading.subject = home;
        }
        // "A and five Peruvian companies signed": A is the subject, Peru the other side.
        if let (Some(country), true) = (group, reading.subject.is_none()) {
            let beside = self.acts_beside(noun, spot).filter(|w| *w != country);
            reading.subject = beside.or(Some(country));
            reading.partner = beside.map(|_| country);
        } else if reading.partner.is_none() {
            reading.partner = group.filter(|c| Some(*c) != reading.subject);
        }
        if let Some([a, b]) = self.both_sides().filter(|_| group.is_none())
            && reading.subject.is_none_or(|s| s == a || s == b)
        {
            (reading.subject, reading.partner) = (Some(a), Some(b));
        }
        // "16 agreements were signed": by the two that the article is about.
        let papers = verb.is_some_and(|v| g.is_passive(v) && self.actors_after(v).is_empty())
            && self.is_of_kind(noun, &[NounKind::Deal]);
        if papers && let Some([a, b]) = self.cast().pairs.get(self.at).copied().flatten() {
            (reading.subject, reading.partner) = (Some(a.min(b)), Some(a.max(b)));
        }
        reading.acts = true;
        reading.base.clone_from(&reading.indicator);
        if reading.partner.is_none() {
            reading.noun = Some(noun);
        }
        Some(reading)
    }

    /// The counted phrase without its number.
    fn describe_counted(&self, noun: usize, amount: &Amount) -> String {
        let phrase = self.describe(noun);
        if amount.unit == "MoUs" { "MoUs".to_owned() } else { phrase }
    }

    /// "bought ten Norte jets", "ten Norte jets valued at": the body whose name stands in the phrase from word `first` to its noun,
    /// where `verb` buys.
    pub(super) fn maker_of(&self, noun: usize, first: usize, verb: Option<usize>) -> Option<usize> {
        let buys = |v: usize| matches!(self.verb_lemma(v), "buy" | "purchase" | "order" | "acquire" | "procure");
        verb.filter(|v| buys(*v))?;
        let body = |who: &usize| self.kind(*who).is_some_and(|k| k.is_body());
        (first..noun).find_map(|i| self.owner(i).and_then(|m| self.who(m).first().copied()).filter(body))
    }

    fn country_before(&self, noun: usize, spot: Spot) -> Option<usize> {
        (spot.last + 1..noun).find_map(|i| self.owner(i).and_then(|_| self.party(i)))
    }

    /// The verb that the counted noun is subject or object of.
    fn verb_of_count(&self, noun: usize, spot: Spot) -> Option<usize> {
        let g = &self.grammar;
        let direct = g.head(noun).filter(|v| g.upos(*v) == Upos::Verb);
        direct.or_else(|| self.verb_before(spot))
    }

    /// "a treaty covering ten sectors": those who signed the treaty, not the treaty.
    fn deal_maker(&self, verb: usize) -> usize {
        let g = &self.grammar;
        let modifies = matches!(g.deprel(verb), Deprel::Acl | Deprel::AclRelcl);
        let noun = g.head(verb).filter(|n| modifies && self.is_of_kind(*n, &[NounKind::Deal]));
        noun.and_then(|n| g.path_up(n).skip(1).find(|i| g.upos(*i) == Upos::Verb)).unwrap_or(verb)
    }

    /// The party that "and" joins to what is counted.
    fn acts_beside(&self, noun: usize, spot: Spot) -> Option<usize> {
        let g = &self.grammar;
        if let Some(first) = g.head(noun).filter(|_| g.deprel(noun) == Deprel::Conj)
            && let Some(who) = self.named_alone(first)
        {
            return Some(who);
        }
        let and = spot.first.checked_sub(1).filter(|i| self.low(*i) == "and")?;
        let opening = (0..and).rev().find(|i| g.form(*i) == "(").filter(|_| g.form(and.wrapping_sub(1)) == ")");
        let at = opening.unwrap_or(and).checked_sub(1)?;
        self.named_alone(at)
    }
}

/// Past participle for a label; irregular verbs of the domain aside it is regular.
fn participle(lemma: &str) -> String {
    match lemma {
        "buy" => "bought".to_owned(),
        "build" => "built".to_owned(),
        "sell" => "sold".to_owned(),
        "send" => "sent".to_owned(),
        "give" => "given".to_owned(),
        "hold" => "held".to_owned(),
        "make" => "made".to_owned(),
        "see" => "seen".to_owned(),
        "get" => "got".to_owned(),
        "win" => "won".to_owned(),
        "take" => "taken".to_owned(),
        "bring" => "brought".to_owned(),
        "lose" => "lost".to_owned(),
        "meet" => "met".to_owned(),
        l if l.ends_with('e') => format!("{l}d"),
        l if l.ends_with('y') && !l.ends_with("oy") && !l.ends_with("ay") => format!("{}ied", l.trim_end_matches('y')),
        l => format!("{l}ed"),
    }
}
