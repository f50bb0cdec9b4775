//! Who does what a verb says with a figure, and to whom: by the tree, else by the words before and after the verb.
//!
//! Law: nobody acts who stands under a preposition or only owns what does.

use super::super::scope::Scope;
use super::Reading;
use super::parties::TOWARDS;
use super::spot::Spot;
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;

impl Scope<'_> {
    /// Whoever acts: the first is the subject; two who act together are subject and partner.
    pub(super) fn take_agents(&self, reading: &mut Reading, verb: usize) {
        let g = &self.grammar;
        let trails = self.low(verb).ends_with("ing") && g.form(verb.wrapping_sub(1)) == ",";
        let main = (0..verb).rev().find(|i| g.upos(*i) == Upos::Verb).filter(|_| trails);
        if let Some(main) = main.filter(|_| g.agents(verb).iter().all(|a| self.parties(*a).is_empty())) {
            self.take_agents(reading, main);
            return;
        }
        let passive = g.is_passive(verb);
        let mut agents: Vec<usize> = Vec::new();
        for agent in g.agents(verb) {
            let own = self.parties(agent);
            let described = own.first().is_some_and(|w| self.kind(*w) == Some(EntityType::Group));
            let named: Vec<usize> = g.dependents(agent, Deprel::Appos).flat_map(|a| self.parties(a)).collect();
            agents.extend(if (described || own.is_empty()) && !named.is_empty() { named } else { own });
            if agents.is_empty() {
                agents.extend(self.owner_of(agent));
            }
        }
        if passive && agents.is_empty() {
            agents = self.actors_after(verb);
        }
        if !passive && agents.len() < 2 {
            let near = self.actors_before(verb);
            let extends = agents.first().is_none_or(|a| near.first() == Some(a));
            if extends && near.len() > agents.len() {
                agents = near;
            }
        }
        match agents.as_slice() {
            [a, b] => (reading.subject, reading.partner) = (Some(*a), Some(*b)),
            [a, ..] => reading.subject = Some(*a),
            [] => {}
        }
    }

    /// The parties that stand before `verb` in its clause, joined by commas and "and", under no preposition.
    pub(super) fn actors_before(&self, verb: usize) -> Vec<usize> {
        let g = &self.grammar;
        let start = (0..verb)
            .rev()
            .find(|i| {
                matches!(g.form(*i), ";" | ":" | "\"" | "“" | "—" | "''" | "``")
                    || matches!(self.low(*i).as_str(), "that" | "which" | "while" | "because" | "after" | "as" | "when")
                    || g.upos(*i) == Upos::Verb && !self.is_chained(*i, verb)
            })
            .map_or(0, |i| i + 1);
        let mut found: Vec<usize> = Vec::new();
        let mut free = true;
        for i in start..verb {
            match g.upos(i) {
                Upos::Adp => free = false,
                Upos::Punct | Upos::Cconj if found.is_empty() || g.form(i) != "," => free = true,
                _ => {}
            }
            let possessor = matches!(self.low(i + 1).as_str(), "'s" | "’s" | "'" | "’");
            let heads = self.owner(i).and_then(|m| self.mention(m)).is_some_and(|m| m.last == i || m.head == i);
            // "Norte, a venture of A and B, will invest": A and B describe the first.
            let describes = |k: usize| g.deprel(k) == Deprel::Appos && g.head(k).is_some_and(|h| h < k);
            let aside = !found.is_empty() && g.path_up(i).skip(1).any(describes);
            if free && heads && !possessor && !aside && !self.is_dated(i) {
                let fresh: Vec<usize> = self.parties(i).into_iter().filter(|w| !found.contains(w)).collect();
                found.extend(fresh);
            }
        }
        found
    }

    /// "has announced plans to invest": verbs that lead to `verb` are of its clause.
    pub(super) fn is_chained(&self, i: usize, verb: usize) -> bool {
        let g = &self.grammar;
        let infinitive = self.low(verb.wrapping_sub(1)) == "to";
        infinitive && verb - i <= 6 && (i + 1..verb).all(|k| !matches!(g.form(k), "," | ";"))
    }

    /// "were signed in Lima by A and B": the parties after "by".
    pub(super) fn actors_after(&self, verb: usize) -> Vec<usize> {
        let g = &self.grammar;
        let Some(by) = (verb + 1..g.tokens.len()).find(|i| self.low(*i) == "by") else { return Vec::new() };
        let mut found: Vec<usize> = Vec::new();
        for i in by + 1..g.tokens.len() {
            if matches!(g.upos(i), Upos::Adp | Upos::Verb) || self.is_dated(i) {
                break;
            }
            let fresh: Vec<usize> = self.parties(i).into_iter().filter(|w| !found.contains(w)).collect();
            found.extend(fresh);
        }
        found
    }

    /// The other side of what `verb` does with the figure.
    pub(super) fn other_side(&self, verb: usize, spot: Spot, subject: Option<usize>) -> Option<usize> {
        let g = &self.grammar;
        let fits = |w: &usize| Some(*w) != subject;
        let patient = g.patients(verb).into_iter().chain(g.dependents(verb, Deprel::Iobj));
        let patient = patient.filter_map(|p| self.named_alone(p)).find(fits).or_else(|| {
            // "X was acquired by Y".
            let passive = g.is_passive(verb) || self.low(verb + 1) == "by";
            self.actors_before(verb).first().copied().filter(|w| passive && fits(w))
        });
        let end = self.clause_end(spot.last + 1);
        patient
            .or_else(|| self.scan_sides(verb + 1, spot.first, false, subject).1)
            .or_else(|| {
                let (by, towards) = self.scan_sides(spot.last + 1, end, false, subject);
                // "will buy 12 Norte jets, securing jobs across Peru": from the maker.
                let company = |w: &usize| self.kind(*w).is_some_and(EntityType::is_body);
                let maker = || self.makers(verb).find(|w| company(w) && fits(w));
                towards.filter(company).or_else(maker).or(towards).or(by)
            })
            .or_else(|| self.served(spot).filter(fits))
            .or_else(|| self.partner_of(verb, subject))
            .or_else(|| self.makers(verb).find(fits))
    }

    /// Whoever the things belong to that `verb` has as objects.
    fn makers(&self, verb: usize) -> impl Iterator<Item = usize> {
        let things = self.grammar.patients(verb).into_iter().filter(|p| self.is_nominal(*p));
        things.filter_map(|p| self.owner_of(p))
    }

    /// "to build Norland's ports", "to help Norland": whom the money serves.
    pub(super) fn served(&self, spot: Spot) -> Option<usize> {
        let g = &self.grammar;
        let to = (spot.last + 1..g.tokens.len())
            .take_while(|i| self.is_dated(*i) || g.upos(*i) == Upos::Adp || self.low(*i) == "to")
            .find(|i| self.low(*i) == "to")?;
        if g.upos(to + 1) != Upos::Verb {
            return None;
        }
        let (_, head) = self.phrase_at(to + 2)?;
        self.named_alone(to + 2)
            .or_else(|| self.party(head))
            .or_else(|| self.owner_before(head))
            .or_else(|| self.owner_of(head))
    }

    /// Where the clause after `from` ends: at a comma before a verb, a full stop, a word that opens another.
    pub(super) fn clause_end(&self, from: usize) -> usize {
        let g = &self.grammar;
        (from..g.tokens.len())
            .find(|i| {
                matches!(g.form(*i), ";" | ":")
                    || matches!(self.low(*i).as_str(), "which" | "who" | "that" | "while" | "according" | "compared")
            })
            .unwrap_or(g.tokens.len())
    }

    pub(super) fn partner_of(&self, centre: usize, subject: Option<usize>) -> Option<usize> {
        TOWARDS
            .iter()
            .flat_map(|p| self.grammar.under_preposition(centre, p))
            .filter(|t| !self.is_dated(*t))
            .find_map(|t| self.party(t).or_else(|| self.owner_of(t)).filter(|w| Some(*w) != subject))
    }
}
