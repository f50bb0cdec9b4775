//! Whose a figure is, and with whom: from the noun it measures, the verb it completes, the sentence it stands in.
//!
//! Law: a party is named by the sentence, or is one of the two countries that its article is about.

use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::figures::{Figures, NounKind};
use crate::recognise::Sense;

/// Who may have figures. Towns come last: a figure is a town's only where nobody else is named.
const PARTIES: &[EntityType] = &[
    EntityType::Country,
    EntityType::Company,
    EntityType::GovernmentBody,
    EntityType::IntergovernmentalOrganization,
    EntityType::Organization,
    EntityType::Project,
    EntityType::Product,
    EntityType::Group,
];

const TOWARDS: &[&str] = &["with", "to", "in", "into", "for", "at", "across", "throughout", "from", "via", "through"];

type Sides = (Option<usize>, Option<usize>);

impl Scope<'_> {
    pub(super) fn party(&self, token: usize) -> Option<usize> {
        self.parties(token).first().copied()
    }

    fn parties(&self, token: usize) -> Vec<usize> {
        let found = self.fitting(token, PARTIES);
        if found.is_empty() { self.fitting(token, &[EntityType::Place]) } else { found }
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
            subject = subject.or_else(|| self.owner_before(n)).or_else(|| self.owner_of(n));
        }
        let outgoing = Figures::embedded().noun(&self.grammar.lemma(noun).to_lowercase()).is_none_or(|n| n.from_subject);
        let (owner, other) = self.scan_sides(noun + 1, end, outgoing, subject);
        subject = subject.or(owner);
        partner = partner.or(other).filter(|p| Some(*p) != subject);
        (subject, partner)
    }

    /// "between A and B", "among the two countries" after `noun`.
    fn pair_after(&self, noun: usize, end: usize) -> Option<[usize; 2]> {
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
    fn pair_before(&self, noun: usize) -> Option<[usize; 2]> {
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
    fn chain_of(&self, noun: usize) -> Vec<usize> {
        let mut chain = vec![noun];
        if self.low(noun + 1) == "of"
            && let Some((_, head)) = self.phrase_at(noun + 2).filter(|(_, h)| self.entities_at(*h).is_empty())
        {
            chain.push(head);
        }
        chain
    }

    /// "Peruvian exports", "Peru's overall exports": the name right before the phrase.
    fn owner_before(&self, noun: usize) -> Option<usize> {
        let start = self.phrase_start(noun);
        let before = start.checked_sub(1)?;
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
                under.into_iter().find_map(|c| self.party(c))
            })
            .or_else(|| self.group_country(noun))
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
    fn scan_sides(&self, from: usize, to: usize, outgoing: bool, known: Option<usize>) -> Sides {
        let g = &self.grammar;
        let (mut subject, mut partner) = (None, None);
        let mut word = String::new();
        for i in from..to.min(g.tokens.len()) {
            if self.is_dated(i) || self.is_amount(i) {
                continue;
            }
            match g.upos(i) {
                Upos::Verb | Upos::Aux if !matches!(g.deprel(i), Deprel::Amod | Deprel::Case) => break,
                Upos::Adp => word = self.low(i),
                _ if matches!(g.form(i), ";" | "," | "(") => word.clear(),
                _ if word.is_empty() && self.low(i) == "to" => word = self.low(i),
                _ => {}
            }
            if word.is_empty() || self.owner(i).is_none() {
                continue;
            }
            let Some(who) = self.party(i).filter(|w| Some(*w) != known) else { continue };
            let side = match word.as_str() {
                "of" | "by" => Some(&mut subject),
                "from" if outgoing => Some(&mut subject),
                w if TOWARDS.contains(&w) => Some(&mut partner),
                _ => None,
            };
            if let Some(side) = side {
                side.get_or_insert(who);
            }
        }
        (subject, partner)
    }

    /// Whoever acts: the first is the subject; two who act together are subject and partner.
    pub(super) fn take_agents(&self, reading: &mut Reading, verb: usize) {
        let mut agents: Vec<usize> = self.grammar.agents(verb).into_iter().flat_map(|a| self.parties(a)).collect();
        if agents.is_empty() && !self.grammar.is_passive(verb) {
            agents = self.subject_before(verb).map(|s| self.parties(s)).unwrap_or_default();
        }
        match agents.as_slice() {
            [a, b] => (reading.subject, reading.partner) = (Some(*a), Some(*b)),
            [a, ..] => reading.subject = Some(*a),
            [] => {
                let owner = self.grammar.agents(verb).first().and_then(|s| self.owner_of(*s));
                reading.subject = owner;
            }
        }
    }

    /// The other side of what `verb` does with the figure.
    pub(super) fn other_side(&self, verb: usize, spot: Spot, subject: Option<usize>) -> Option<usize> {
        let g = &self.grammar;
        let fits = |w: &usize| Some(*w) != subject;
        let patient = g.patients(verb).into_iter().chain(g.dependents(verb, Deprel::Iobj)).find_map(|p| {
            self.named_alone(p).filter(fits)
        });
        let end = self.clause_end(spot.last + 1);
        patient
            .or_else(|| self.scan_sides(verb + 1, spot.first, false, subject).1)
            .or_else(|| {
                let (by, towards) = self.scan_sides(spot.last + 1, end, false, subject);
                towards.or(by)
            })
            .or_else(|| self.partner_of(verb, subject))
            .or_else(|| {
                let things = g.patients(verb).into_iter().filter(|p| self.is_nominal(*p));
                things.filter_map(|p| self.owner_of(p)).find(fits)
            })
    }

    /// Where the clause after `from` ends: at a comma before a verb, a full stop, a word that opens another.
    fn clause_end(&self, from: usize) -> usize {
        let g = &self.grammar;
        (from..g.tokens.len())
            .find(|i| {
                matches!(g.form(*i), ";" | ":")
                    || matches!(self.low(*i).as_str(), "which" | "who" | "that" | "while" | "according" | "compared")
            })
            .unwrap_or(g.tokens.len())
    }

    fn partner_of(&self, centre: usize, subject: Option<usize>) -> Option<usize> {
        TOWARDS
            .iter()
            .flat_map(|p| self.grammar.under_preposition(centre, p))
            .filter(|t| !self.is_dated(*t))
            .find_map(|t| self.party(t).or_else(|| self.owner_of(t)).filter(|w| Some(*w) != subject))
    }

    /// Fills open parties from noun, verb and sentence.
    pub(super) fn complete_parties(&self, reading: &mut Reading, spot: Spot, told: &[Told]) {
        if let Some(noun) = reading.noun {
            let end = if noun < spot.first { spot.first } else { self.clause_end(noun + 1) };
            let (subject, partner) = self.parties_of(noun, end);
            reading.subject = reading.subject.or(subject);
            reading.partner = reading.partner.or(partner);
        }
        if let Some(verb) = reading.verb {
            self.add_verb_sides(reading, verb, spot);
        }
        self.add_pair(reading, spot);
        if reading.subject.is_none() {
            reading.subject = self.clause_party(spot.anchor);
        }
        let here = told.last().filter(|t| t.draft.at == self.at);
        if let Some(before) = here {
            let same = reading.subject.is_none() || reading.subject == before.reading.subject;
            reading.subject = reading.subject.or(before.reading.subject);
            if reading.acts && same {
                reading.partner = reading.partner.or(before.reading.partner);
            }
        }
        reading.partner = reading.partner.filter(|p| Some(*p) != reading.subject);
        if reading.subject.is_none() {
            reading.subject = reading.partner.take();
        }
        if reading.partner.is_none() && reading.acts {
            reading.partner = self.only_other(reading.subject, spot);
        }
        if reading.subject.is_none() {
            reading.subject = told.last().filter(|t| self.follows(t) && !self.names_anybody()).and_then(|t| t.reading.subject);
        }
    }

    fn add_verb_sides(&self, reading: &mut Reading, verb: usize, spot: Spot) {
        if reading.subject.is_none() {
            let mut agents = Reading::default();
            self.take_agents(&mut agents, verb);
            reading.subject = agents.subject;
            reading.partner = reading.partner.or(agents.partner);
        }
        if reading.partner.is_none() && (reading.acts || reading.subject.is_some()) {
            reading.partner = self.other_side(verb, spot, reading.subject).filter(|_| reading.acts);
        }
    }

    /// Two countries for what is bilateral: those that the sentence calls "both sides", else those of the article.
    fn add_pair(&self, reading: &mut Reading, spot: Spot) {
        if reading.subject.is_some() && reading.partner.is_some() {
            return;
        }
        let lower = reading.base.to_lowercase();
        let noun_is_pair = reading.noun.is_some_and(|n| {
            self.is_of_kind(n, &[NounKind::Pair]) || self.chain_of(n).iter().any(|c| self.is_of_kind(*c, &[NounKind::Pair]))
        }) || lower.split(' ').any(|w| matches!(w, "trade" | "turnover"));
        let bilateral = ["bilateral", "mutual", "two-way", "joint", "distance"].iter().any(|w| lower.contains(w));
        let both = self.both_sides(spot);
        let pair = match (both, noun_is_pair || bilateral) {
            (Some(pair), _) if reading.subject.is_none_or(|s| pair.contains(&s)) && (noun_is_pair || bilateral || reading.acts || reading.target) => Some(pair),
            (_, true) => self.cast().pairs.get(self.at).copied().flatten(),
            _ => None,
        };
        let Some([a, b]) = pair else { return };
        match reading.subject {
            None => (reading.subject, reading.partner) = (Some(a), Some(b)),
            Some(s) if reading.partner.is_none() && (s == a || s == b) => {
                reading.partner = Some(if s == a { b } else { a });
            }
            Some(_) => {}
        }
    }

    /// The two whom "both sides", "the two countries" of this sentence means.
    pub(super) fn both_sides(&self, _spot: Spot) -> Option<[usize; 2]> {
        (0..self.findings.mentions.len()).find_map(|m| match self.who(m) {
            [a, b] => Some([self.fit(*a, PARTIES)?, self.fit(*b, PARTIES)?]),
            _ => None,
        })
    }

    fn clause_party(&self, anchor: usize) -> Option<usize> {
        let g = &self.grammar;
        g.path_up(anchor)
            .filter(|i| g.is_predicate(*i))
            .filter(|v| crate::ontology::modality::Modality::embedded().speech(g.lemma(*v)).is_none())
            .find_map(|v| g.subject(v).and_then(|s| self.party(s).or_else(|| self.owner_of(s))))
    }

    fn names_anybody(&self) -> bool {
        (0..self.findings.mentions.len()).any(|m| {
            self.mention(m).is_some_and(|m| !matches!(m.sense, Sense::Pronoun(_)))
                && self.who(m).iter().any(|w| self.fit(*w, PARTIES).is_some())
        })
    }

    /// The one other party that the sentence names.
    pub(super) fn only_other(&self, subject: Option<usize>, spot: Spot) -> Option<usize> {
        let mut others: Vec<usize> = Vec::new();
        for (m, mention) in self.findings.mentions.iter().enumerate() {
            let apart = mention.last < spot.first || mention.first > spot.last;
            if !apart || matches!(mention.sense, Sense::Pronoun(_) | Sense::Group) {
                continue;
            }
            for who in self.who(m).iter().filter_map(|w| self.fit(*w, PARTIES)) {
                if Some(who) != subject && self.kind(who) != Some(EntityType::Group) && !others.contains(&who) {
                    others.push(who);
                }
            }
        }
        if let [other] = others.as_slice() { Some(*other) } else { None }
    }
}
