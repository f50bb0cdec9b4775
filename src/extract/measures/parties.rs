//! Whose a figure is, and with whom: from the noun it measures, the verb it completes, the sentence it stands in.
//!
//! Law: a party is named by the sentence, or is one of the two countries that its article is about.

use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::figures::{Figures, NounKind, VerbRole};
use crate::recognise::{Amount, Sense};

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
                under.into_iter().find_map(|c| self.party(c))
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
    fn scan_sides(&self, from: usize, to: usize, outgoing: bool, known: Option<usize>) -> Sides {
        let g = &self.grammar;
        let (mut subject, mut partner, mut weak) = (None, None, false);
        let mut word = String::new();
        for i in from..to.min(g.tokens.len()) {
            if self.is_dated(i) || self.is_amount(i) {
                continue;
            }
            match g.upos(i) {
                Upos::Verb | Upos::Aux if !matches!(g.deprel(i), Deprel::Amod | Deprel::Case | Deprel::Acl) => break,
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
            agents.extend(if described && !named.is_empty() { named } else { own });
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
            if free && heads && !possessor && !self.is_dated(i) {
                let fresh: Vec<usize> = self.parties(i).into_iter().filter(|w| !found.contains(w)).collect();
                found.extend(fresh);
            }
        }
        found
    }

    /// "has announced plans to invest": verbs that lead to `verb` are of its clause.
    fn is_chained(&self, i: usize, verb: usize) -> bool {
        let g = &self.grammar;
        let infinitive = self.low(verb.wrapping_sub(1)) == "to";
        infinitive && verb - i <= 6 && (i + 1..verb).all(|k| !matches!(g.form(k), "," | ";"))
    }

    /// "were signed in Lima by A and B": the parties after "by".
    fn actors_after(&self, verb: usize) -> Vec<usize> {
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
                towards.or(by)
            })
            .or_else(|| self.served(spot).filter(fits))
            .or_else(|| self.partner_of(verb, subject))
            .or_else(|| {
                let things = g.patients(verb).into_iter().filter(|p| self.is_nominal(*p));
                things.filter_map(|p| self.owner_of(p)).find(fits)
            })
    }

    /// "to build Norland's ports", "to help Norland": whom the money serves.
    fn served(&self, spot: Spot) -> Option<usize> {
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
        let deals = reading.verb.filter(|_| reading.acts);
        if let Some(verb) = deals.filter(|_| reading.subject.is_none()) {
            let mut agents = Reading::default();
            self.take_agents(&mut agents, verb);
            reading.subject = agents.subject;
            reading.partner = reading.partner.or(agents.partner);
        }
        if let Some(noun) = reading.noun {
            let end = if noun < spot.first { spot.first } else { self.clause_end(noun + 1) };
            let (subject, partner) = self.parties_of(noun, end);
            match reading.subject {
                Some(doer) if reading.acts && subject.is_some_and(|s| s != doer) => {
                    reading.partner = reading.partner.or(subject);
                }
                Some(_) => {}
                None => reading.subject = subject,
            }
            reading.partner = reading.partner.or(partner);
        }
        if let Some(verb) = reading.verb {
            self.add_verb_sides(reading, verb, spot);
        }
        self.add_pair(reading, spot);
        if reading.subject.is_none() {
            reading.subject =
                self.clause_party(spot.anchor).or_else(|| self.actors_before(spot.first).first().copied());
        }
        let here = told.last().filter(|t| t.draft.at == self.at);
        if let Some(before) = here {
            let same = reading.subject.is_none() || reading.subject == before.reading.subject;
            reading.subject = reading.subject.or(before.reading.subject);
            if (reading.acts || reading.is_kin(&before.reading)) && same {
                reading.partner = reading.partner.or(before.reading.partner);
            }
        }
        reading.partner = reading.partner.filter(|p| Some(*p) != reading.subject && !self.is_counted(*p, spot));
        if reading.subject.is_none() {
            reading.subject = self.same_owner(reading, told);
        }
        if reading.subject.is_none() {
            reading.subject = reading.partner.take();
        }
        if reading.partner.is_none() && reading.acts {
            reading.partner = self.only_other(reading.subject, spot).or_else(|| self.other_of_pair(reading));
        }
    }

    /// The subject of the figure before, where the sentence names nobody and nothing.
    pub(super) fn inherit_subject(&self, told: &[Told]) -> Option<usize> {
        told.last().filter(|t| self.follows(t) && !self.names_anybody()).and_then(|t| t.reading.subject)
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
            self.is_of_kind(n, &[NounKind::Pair])
                || self.chain_of(n).iter().any(|c| self.is_of_kind(*c, &[NounKind::Pair]))
        }) || lower.split(' ').any(|w| matches!(w, "trade" | "turnover"));
        let bilateral = ["bilateral", "mutual", "two-way", "joint", "distance"].iter().any(|w| lower.contains(w));
        let bilateral = bilateral
            || reading.subject.is_none()
                && reading.verb.and_then(|v| self.noun_subject_of(v)).is_some_and(|s| {
                    self.is_of_kind(s, &[NounKind::Deal])
                        && matches!(
                            self.low(s).as_str(),
                            "agreements"
                                | "deals"
                                | "mous"
                                | "agreement"
                                | "documents"
                                | "memoranda"
                                | "memorandums"
                                | "deal"
                                | "treaty"
                                | "pact"
                                | "accords"
                                | "accord"
                        )
                });
        let both = self.both_sides(spot);
        let in_order = |pair: [usize; 2]| if pair[0] <= pair[1] { pair } else { [pair[1], pair[0]] };
        let pair = match (both, noun_is_pair || bilateral) {
            (Some(pair), _)
                if reading.subject.is_none_or(|s| pair.contains(&s))
                    && (noun_is_pair || bilateral || reading.acts || reading.target) =>
            {
                Some(pair)
            }
            (_, true) => self.cast().pairs.get(self.at).copied().flatten().map(in_order),
            _ => None,
        };
        let Some([a, b]) = pair else { return };
        match reading.subject {
            // "the deficit with X": one side is named already.
            None if reading.partner.is_some_and(|p| p == a || p == b) => {
                reading.subject = Some(if reading.partner == Some(a) { b } else { a });
            }
            None if reading.partner.is_some() => {}
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
            // In the order in which the document introduces them.
            [a, b] => Some([self.fit(*a.min(b), PARTIES)?, self.fit(*a.max(b), PARTIES)?]),
            _ => None,
        })
    }

    pub(super) fn clause_party(&self, anchor: usize) -> Option<usize> {
        let g = &self.grammar;
        g.path_up(anchor)
            .filter(|i| g.is_predicate(*i))
            .filter(|v| crate::ontology::modality::Modality::embedded().speech(g.lemma(*v)).is_none())
            .find_map(|v| g.subject(v).and_then(|s| self.party(s).or_else(|| self.owner_of(s))))
    }

    /// Money that one of the article's two countries gives goes to the other, where nobody else is named.
    fn other_of_pair(&self, reading: &Reading) -> Option<usize> {
        let verb = reading.verb.and_then(|v| self.is_measure_verb(v))?;
        let gives = Figures::embedded().noun(verb.noun).is_some_and(|n| n.kind == NounKind::Flow && n.from_subject);
        let [a, b] = self.cast().pairs.get(self.at).copied().flatten()?;
        let subject = reading.subject.filter(|s| gives && verb.noun != "exports" && (*s == a || *s == b))?;
        let alone = (0..self.findings.mentions.len())
            .all(|m| self.who(m).iter().filter_map(|w| self.fit(*w, PARTIES)).all(|w| w == subject));
        alone.then_some(if subject == a { b } else { a })
    }

    /// What is counted here is no party to the count.
    fn is_counted(&self, who: usize, spot: Spot) -> bool {
        let here = |m: usize| self.mention(m).is_some_and(|m| m.first <= spot.last + 1 && spot.first <= m.last);
        self.kind(who) == Some(EntityType::Group)
            && (0..self.findings.mentions.len()).any(|m| here(m) && self.who(m).contains(&who))
    }

    /// "the country's export receipts": the country that the figures before are of.
    fn same_owner(&self, reading: &Reading, told: &[Told]) -> Option<usize> {
        let noun = reading.noun?;
        let start = self.phrase_start(noun);
        let owner = (start.saturating_sub(3)..start).find(|i| {
            matches!(
                self.low(*i).as_str(),
                "country" | "nation" | "kingdom" | "republic" | "state" | "economy" | "island"
            )
        })?;
        let definite = matches!(self.low(owner.wrapping_sub(1)).as_str(), "the" | "this" | "’s");
        let same_text = |t: &&Told| {
            self.material.articles.get(t.draft.at) == self.material.articles.get(self.at)
                && self.at - t.draft.at.min(self.at) <= 4
        };
        let country = |w: &usize| self.kind(*w) == Some(EntityType::Country);
        told.iter().rev().take_while(same_text).filter(|_| definite).find_map(|t| t.reading.subject.filter(country))
    }

    /// What a figure is of, in the words of the text, where nobody known is meant.
    pub(super) fn name_thing(&self, reading: &Reading, spot: Spot, amount: &Amount) -> Option<String> {
        let known = |n: usize| Figures::embedded().noun(&self.grammar.lemma(n).to_lowercase()).is_some();
        let says = |n: &usize| {
            self.grammar.upos(*n) == Upos::Propn
                && !self.is_amount(*n)
                && !self.is_dated(*n)
                && self.party(*n).is_none()
        };
        let fits = |n: &usize| {
            amount.unit_head != Some(*n)
                && self.grammar.upos(*n) == Upos::Noun
                && !known(*n)
                && !self.is_amount(*n)
                && !self.is_dated(*n)
        };
        let whole =
            reading.noun.filter(|n| self.low(n + 1) == "of").and_then(|n| self.phrase_at(n + 2)).map(|(_, h)| h);
        let holder = reading.noun.and_then(|n| {
            let start = self.phrase_start(n);
            (start.saturating_sub(3)..start).find(|i| self.low(*i) == "with").and_then(|w| w.checked_sub(1))
        });
        let holder = holder.map(|h| if self.low(h) == "," { h.saturating_sub(1) } else { h });
        let verb = reading.verb.or_else(|| self.verb_before(spot));
        let subject = || verb.and_then(|v| self.noun_subject_of(v));
        if amount.is_count() {
            let object = verb.is_some_and(|v| v + 1 == spot.first);
            let noun = subject().filter(|n| object && (fits(n) || says(n)))?;
            return Some(self.words(self.phrase_start(noun), noun));
        }
        let acts = reading.acts
            && verb
                .and_then(|v| self.is_measure_verb(v))
                .is_some_and(|v| v.role == VerbRole::Act || v.role == VerbRole::Share);
        let doer = || subject().filter(|n| fits(n) || says(n));
        let noun = match acts {
            true => doer()?,
            false => holder.or(whole).filter(fits).or(reading.noun.filter(fits)).or_else(doer)?,
        };
        // "the helicopter Ka-226T": the name after the noun.
        let named = (noun + 1..spot.first)
            .take_while(|i| matches!(self.grammar.upos(*i), Upos::Propn | Upos::Num) || self.grammar.form(*i) == "-");
        let named = named.last().filter(|_| self.grammar.upos(noun + 1) == Upos::Propn);
        Some(self.words(self.phrase_start(noun), named.unwrap_or(noun)))
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
