//! Whose a figure is, and with whom: from the noun it measures, the verb it completes, the sentence it stands in.
//!
//! Law: a party is named by the sentence, or is one of the two countries that its article is about.

use super::super::scope::Scope;
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::figures::Figures;
use crate::recognise::{AmountKind, Sense};

/// Who may have figures. Towns come last: a figure is a town's only where nobody else is named.
pub(super) const PARTIES: &[EntityType] = &[
    EntityType::Country,
    EntityType::Company,
    EntityType::GovernmentBody,
    EntityType::IntergovernmentalOrganization,
    EntityType::Organization,
    EntityType::Project,
    EntityType::Product,
    EntityType::Group,
];

pub(super) const TOWARDS: &[&str] =
    &["with", "to", "in", "into", "for", "at", "across", "throughout", "from", "via", "through"];

type Sides = (Option<usize>, Option<usize>);

impl Scope<'_> {
    pub(super) fn party(&self, token: usize) -> Option<usize> {
        self.parties(token).first().copied()
    }

    pub(super) fn parties(&self, token: usize) -> Vec<usize> {
        // What "we" have is told with a name as well, or stays open.
        if self.is_attribute(token) || matches!(self.low(token).as_str(), "we" | "us") {
            return Vec::new();
        }
        let found = self.fitting(token, PARTIES);
        if found.is_empty() { self.fitting(token, &[EntityType::Place]) } else { found }
    }

    /// "ICT exports": a name that the indicator begins with, and no country or group of countries, is no side of the figure.
    pub(super) fn is_label(&self, who: usize, indicator: &str) -> bool {
        let said = |m: usize| {
            let text = self.mention(m).map_or("", |m| m.text.as_str());
            self.who(m).contains(&who) && indicator.split(' ').next() == Some(text)
        };
        let land = matches!(self.kind(who), Some(EntityType::Country | EntityType::IntergovernmentalOrganization));
        !land && (0..self.findings.mentions.len()).any(said)
    }

    /// "the Lima Exchange-listed company", "Peru-based": a name that only describes another.
    fn is_attribute(&self, token: usize) -> bool {
        // "5 million Norwegian kroner"
        if self.amounts.iter().any(|a| a.kind == AmountKind::Money && a.first < token && token <= a.last) {
            return true;
        }
        let end = self.owner(token).and_then(|m| self.mention(m)).map_or(token, |m| m.last);
        self.grammar.form(end + 1) == "-"
            && matches!(
                self.low(end + 2).as_str(),
                "listed" | "based" | "owned" | "backed" | "focused" | "headquartered"
            )
    }

    /// Parties that stand on a noun: "between A and B", "A's", "of A", the adjective of A; "with B", "from B", "to B".
    pub(super) fn parties_of(&self, noun: usize, end: usize) -> Sides {
        let (mut subject, mut partner) = (None, None);
        if let Some(pair) = self.pair_after(noun, end) {
            return (Some(pair[0]), Some(pair[1]));
        }
        if let Some(pair) = self.pair_before(noun) {
            return (Some(pair[0]), Some(pair[1]));
        }
        for n in self.chain_of(noun) {
            subject = subject.or_else(|| self.owner_before(n));
        }
        let known = Figures::embedded().noun(&self.grammar.lemma(noun).to_lowercase());
        let (owner, other) = self.scan_sides(noun + 1, end, known.is_some_and(|n| n.from_subject), subject);
        let counted = self.amounts.iter().any(|a| a.unit_head == Some(noun));
        let other = other.filter(|_| known.is_some() || counted);
        subject = subject.or(owner);
        for n in self.chain_of(noun) {
            subject = subject.or_else(|| self.owner_of(n));
        }
        partner = partner.or(other).filter(|p| Some(*p) != subject);
        (subject, partner)
    }

    /// "between A and B", "among the two countries" after `noun`.
    pub(super) fn pair_after(&self, noun: usize, end: usize) -> Option<[usize; 2]> {
        let at = (noun + 1..end.min(noun + 9)).find(|i| matches!(self.low(*i).as_str(), "between" | "both"))?;
        let mut found: Vec<usize> = Vec::new();
        for i in at..(at + 14).min(self.grammar.tokens.len()) {
            if matches!(self.grammar.upos(i), Upos::Verb | Upos::Aux) || self.is_amount(i) {
                break;
            }
            for who in self.parties(i) {
                if !found.contains(&who) {
                    found.push(who);
                }
            }
            if let [a, b, ..] = found.as_slice() {
                return Some([*a, *b]);
            }
        }
        None
    }

    /// "Norland-Sudia trade": two countries before the noun.
    pub(super) fn pair_before(&self, noun: usize) -> Option<[usize; 2]> {
        let g = &self.grammar;
        let found: Vec<usize> = g
            .children(noun)
            .iter()
            .filter(|c| **c < noun && matches!(g.deprel(**c), Deprel::Compound | Deprel::Amod | Deprel::NmodPoss))
            .flat_map(|c| self.parties(*c))
            .collect();
        if let [a, b] = found.as_slice() { Some([*a, *b]) } else { None }
    }

    /// A noun and what it is the volume, level or value of.
    pub(super) fn chain_of(&self, noun: usize) -> Vec<usize> {
        let mut chain = vec![noun];
        if self.low(noun + 1) == "of"
            && let Some((_, head)) = self.phrase_at(noun + 2).filter(|(_, h)| self.entities_at(*h).is_empty())
        {
            chain.push(head);
        }
        chain
    }

    /// "Peruvian exports", "Peru's overall exports": the name right before the phrase.
    pub(super) fn owner_before(&self, noun: usize) -> Option<usize> {
        let start = self.phrase_start(noun);
        let before = start.checked_sub(1)?;
        // "the Norland Water Board's (NWB) spending".
        let opening = (0..before)
            .rev()
            .take(8)
            .find(|i| self.grammar.form(*i) == "(")
            .filter(|_| self.grammar.form(before) == ")");
        let before = opening.map_or(Some(before), |o| o.checked_sub(1))?;
        let marked = matches!(self.low(before).as_str(), "'s" | "’s" | "'" | "’");
        let at = if marked { before.checked_sub(1)? } else { before };
        let adjacent = marked || self.owner(at).is_some();
        if !adjacent {
            return None;
        }
        self.parties(at).first().copied()
    }

    /// Who a noun belongs to by the tree.
    pub(super) fn owner_of(&self, noun: usize) -> Option<usize> {
        let g = &self.grammar;
        let on = |c: &&usize| {
            matches!(
                g.deprel(**c),
                Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::NmodUnmarked
            )
        };
        g.children(noun)
            .iter()
            .filter(on)
            .find_map(|c| self.party(*c))
            .or_else(|| {
                let under = g.under_preposition(noun, "of").into_iter().chain(g.under_preposition(noun, "by"));
                under.into_iter().filter(|c| !self.is_amount(*c)).find_map(|c| self.party(c))
            })
            .or_else(|| self.group_country(noun))
            .or_else(|| (self.phrase_start(noun)..noun).find_map(|i| self.named_alone(i)))
    }

    /// The country in a described group: "Peruvian companies".
    pub(super) fn group_country(&self, noun: usize) -> Option<usize> {
        let m = self.headed_by(noun)?;
        let group = self.mention(m).filter(|m| m.sense == Sense::Group)?;
        (group.first..=group.last)
            .filter_map(|i| self.owner(i))
            .find_map(|inner| self.who(inner).first().copied().filter(|w| self.kind(*w) == Some(EntityType::Country)))
    }

    /// Parties under prepositions in `from..to`, up to the next verb: whose it is, and towards whom.
    pub(super) fn scan_sides(&self, from: usize, to: usize, outgoing: bool, known: Option<usize>) -> Sides {
        let g = &self.grammar;
        let (mut subject, mut partner, mut weak) = (None, None, false);
        let mut word = String::new();
        for i in from..to.min(g.tokens.len()) {
            if self.is_dated(i) || self.is_amount(i) {
                continue;
            }
            match g.upos(i) {
                Upos::Verb | Upos::Aux if !matches!(g.deprel(i), Deprel::Amod | Deprel::Case | Deprel::Acl) => break,
                // "in the economy of Norland": still towards Norland.
                Upos::Adp if self.low(i) == "of" && known.is_some() && TOWARDS.contains(&word.as_str()) => {}
                Upos::Adp => word = self.low(i),
                _ if matches!(g.form(i), ";" | "," | "(") => word.clear(),
                _ if word.is_empty() && self.low(i) == "to" => word = self.low(i),
                _ => {}
            }
            if word.is_empty() || self.owner(i).is_none() {
                continue;
            }
            let Some(who) = self.party(i).filter(|w| Some(*w) != known) else { continue };
            let strong = matches!(word.as_str(), "with" | "to" | "from");
            if strong && weak && !(word == "from" && outgoing) {
                (partner, weak) = (None, false);
            }
            let side = match word.as_str() {
                "of" | "by" => Some(&mut subject),
                "from" if outgoing => Some(&mut subject),
                w if TOWARDS.contains(&w) => {
                    weak |= partner.is_none() && !strong;
                    Some(&mut partner)
                }
                _ => None,
            };
            if let Some(side) = side {
                side.get_or_insert(who);
            }
        }
        (subject, partner)
    }

    /// Whether `place` is no partner of a body: where it is at home, or a town or region where it works.
    pub(super) fn is_scene(&self, place: usize, body: usize) -> bool {
        let known = self.cast().members.get(place).is_some_and(|m| m.known.is_some());
        let region =
            known && self.kind(place) == Some(EntityType::Place) && self.kind(body).is_some_and(EntityType::is_body);
        region || self.is_home(place, body)
    }

    /// "Norland's Volt Oil", "the Norish shipyard Volt Yards": a country that is named only to say whose `body` is.
    fn is_home(&self, country: usize, body: usize) -> bool {
        let mentions = || (0..self.findings.mentions.len()).filter(|m| self.who(*m).contains(&country));
        let named = mentions().filter_map(|m| self.mention(m)).filter(|m| matches!(m.sense, Sense::Known(_)));
        let [home] = named.collect::<Vec<_>>()[..] else { return false };
        let modifies = |i: usize| {
            matches!(self.grammar.upos(i), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Part) || self.low(i) == "-"
        };
        let owned = |m: usize| {
            self.mention(m).is_some_and(|m| {
                home.last < m.first && m.first - home.last < 8 && (home.last + 1..m.first).all(modifies)
            })
        };
        self.kind(body).is_some_and(EntityType::is_body)
            && (0..self.findings.mentions.len()).any(|m| self.who(m) == [body] && owned(m))
    }
}
