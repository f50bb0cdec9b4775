//! Whose a figure is, and with whom: from the noun it measures, the verb it completes, the sentence it stands in.
//!
//! Law: a party is named by the sentence, or is one of the two countries that its article is about.

use super::evoke::Draft;
use super::fact::Value;
use super::measures::Reading;
use super::scope::Scope;
use crate::language::Deprel;
use crate::ontology::EntityType;

/// Who may have figures.
pub(super) const PARTIES: &[EntityType] = &[
    EntityType::Country,
    EntityType::Company,
    EntityType::GovernmentBody,
    EntityType::IntergovernmentalOrganization,
    EntityType::Organization,
    EntityType::Project,
    EntityType::Product,
    EntityType::Place,
    EntityType::Group,
];

impl Scope<'_> {
    /// Parties that stand on a noun: "between A and B", "A's", "of A", the adjective of A; "with B", "from B", "to B".
    pub(super) fn parties_of(&self, noun: usize) -> (Option<usize>, Option<usize>) {
        let g = &self.grammar;
        let between: Vec<usize> = self
            .chain_of(noun)
            .into_iter()
            .flat_map(|n| g.under_preposition(n, "between"))
            .flat_map(|b| self.fitting(b, PARTIES))
            .collect();
        if let [a, b, ..] = between.as_slice() {
            return (Some(*a), Some(*b));
        }
        let (mut subject, mut partner) = (None, None);
        for n in self.chain_of(noun) {
            let pair: Vec<usize> = g
                .children(n)
                .iter()
                .filter(|c| matches!(g.deprel(**c), Deprel::Compound | Deprel::Amod))
                .flat_map(|c| self.fitting(*c, PARTIES))
                .collect();
            if let ([a, b], None) = (pair.as_slice(), subject) {
                return (Some(*a), Some(*b));
            }
            subject = subject.or_else(|| self.owner_of(n));
            partner = partner.or_else(|| self.partner_of(n, subject));
        }
        (subject, partner)
    }

    /// A noun and what it is the volume, level or value of.
    fn chain_of(&self, noun: usize) -> Vec<usize> {
        let mut chain = vec![noun];
        chain
            .extend(self.grammar.under_preposition(noun, "of").into_iter().filter(|n| self.entities_at(*n).is_empty()));
        chain
    }

    /// Who a noun belongs to.
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
                g.under_preposition(noun, "of")
                    .into_iter()
                    .chain(g.under_preposition(noun, "by"))
                    .find_map(|c| self.party(c))
            })
            .or_else(|| self.group_country(noun))
    }

    /// The country in a described group: "Peruvian companies".
    pub(super) fn group_country(&self, noun: usize) -> Option<usize> {
        let m = self.headed_by(noun)?;
        let group = self.mention(m).filter(|m| m.sense == crate::recognise::Sense::Group)?;
        (group.first..=group.last)
            .filter_map(|i| self.owner(i))
            .find_map(|inner| self.who(inner).first().copied().filter(|w| self.kind(*w) == Some(EntityType::Country)))
    }

    pub(super) fn partner_of(&self, centre: usize, subject: Option<usize>) -> Option<usize> {
        ["with", "from", "to", "in", "into", "for", "at"]
            .iter()
            .flat_map(|p| self.grammar.under_preposition(centre, p))
            .filter(|t| !self.dates.iter().any(|d| d.first <= *t && *t <= d.last))
            .find_map(|t| self.party(t).or_else(|| self.owner_of(t)).filter(|w| Some(*w) != subject))
    }

    pub(super) fn party(&self, token: usize) -> Option<usize> {
        self.fitting(token, PARTIES).first().copied()
    }

    /// Fills open parties: two countries for what is bilateral, else the subject of the sentence, else that of the figure
    /// before.
    pub(super) fn complete_parties(&self, reading: &mut Reading, anchor: usize, before: Option<&Draft>) {
        let lower = reading.indicator.to_lowercase();
        let bilateral = ["bilateral", "mutual", "two-way", "between the two"].iter().any(|w| lower.contains(w))
            || self.is_ours(reading.centre);
        let pair = self.cast().pairs.get(self.at).copied().flatten();
        let relational = ["trade", "import", "export", "turnover"].iter().any(|w| lower.contains(w));
        let bilateral = bilateral
            || (relational
                && reading.partner.is_none()
                && reading.subject.is_some_and(|s| pair.is_some_and(|p| p.contains(&s))));
        if let ([a, b], true) = (pair.unwrap_or_default(), bilateral && pair.is_some()) {
            match reading.subject {
                None => (reading.subject, reading.partner) = (Some(a), Some(b)),
                Some(s) if reading.partner.is_none() && (s == a || s == b) => {
                    reading.partner = Some(if s == a { b } else { a })
                }
                Some(_) => {}
            }
        }
        if reading.subject.is_none() {
            let g = &self.grammar;
            let clause = g
                .path_up(anchor)
                .filter(|i| g.is_predicate(*i))
                .find_map(|v| g.subject(v).and_then(|s| self.party(s).or_else(|| self.owner_of(s))));
            let previous = before.filter(|d| d.at == self.at).and_then(|d| match d.roles.get("subject") {
                Some(Value::One(who)) => Some(*who),
                _ => None,
            });
            reading.subject = clause.or(previous).or(reading.partner.take());
        }
        if reading.partner.is_none() && reading.acts {
            reading.partner = self.only_other(reading.subject);
        }
    }

    /// The one other party that the sentence names.
    fn only_other(&self, subject: Option<usize>) -> Option<usize> {
        let mut others: Vec<usize> = Vec::new();
        for m in 0..self.findings.mentions.len() {
            let named = self.mention(m).is_some_and(|m| !matches!(m.sense, crate::recognise::Sense::Pronoun(_)));
            for who in self.who(m).iter().filter(|w| {
                named
                    && Some(**w) != subject
                    && self.kind(**w).is_some_and(|k| PARTIES.contains(&k) && k != EntityType::Place)
            }) {
                if !others.contains(who) {
                    others.push(*who);
                }
            }
        }
        if let [other] = others.as_slice() { Some(*other) } else { None }
    }

    /// "our trade volume": spoken for both sides.
    fn is_ours(&self, centre: Option<usize>) -> bool {
        let g = &self.grammar;
        centre.is_some_and(|c| {
            g.dependents(c, Deprel::NmodPoss)
                .any(|p| matches!(g.lemma(p).to_lowercase().as_str(), "our" | "we" | "their" | "they"))
                && self.phrase_of(c).to_lowercase().contains("trade")
        })
    }
}
