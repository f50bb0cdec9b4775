//! Whose a figure is in the end: what noun and verb leave open comes from the sentence, the figures before, the article's pair.
//!
//! Law: what no wording supports stays open; a thing without a name is named in the words of the text.

use super::super::scope::Scope;
use super::parties::PARTIES;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::{Upos, Xpos};
use crate::ontology::EntityType;
use crate::ontology::figures::{Figures, NounKind, VerbRole};
use crate::ontology::lexicon::Lexicon;
use crate::recognise::{Amount, Mention, Sense};

/// How many sentences back a project may be named that "the line" means.
const PROJECT_REACH: usize = 5;

impl Scope<'_> {
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
        self.add_pair(reading);
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
            // "trade between A and B, of which B's imports": the side of B's that is left.
            if reading.partner.is_none()
                && reading.is_kin(&before.reading)
                && before.reading.partner.is_some()
                && before.reading.partner == reading.subject
            {
                reading.partner = before.reading.subject;
            }
        }
        reading.partner = reading.partner.filter(|p| Some(*p) != reading.subject && !self.is_counted(*p, spot));
        // "42 companies and 56 ventures": those counted first are no owners of those counted next.
        if reading.subject.is_some_and(|s| self.is_other_count(s, spot)) {
            reading.subject = here.and_then(|t| t.reading.subject);
        }
        // "a group of three Peruvian companies": Peru's, who do not count themselves.
        if reading.partner.is_some() && reading.subject.is_some_and(|s| self.is_counted(s, spot)) {
            reading.subject = reading.partner.take();
        }
        if reading.subject.is_none() {
            reading.subject = self.same_owner(reading, told);
        }
        self.add_trader(reading, told);
        // "the deficit with X" is somebody else's.
        let against = reading.noun.is_some_and(|n| self.low(n + 1) == "with");
        if reading.subject.is_none() && !against {
            reading.subject = reading.partner.take();
        }
        if reading.partner.is_none() && reading.acts {
            reading.partner = self.only_other(reading.subject, spot).or_else(|| self.other_of_pair(reading));
        }
        reading.partner = reading.partner.filter(|p| !reading.subject.is_some_and(|s| self.is_scene(*p, s)));
    }

    /// "Exports to X rose": whose they are is told by the figures before, or by the article's two countries; so it is with whom.
    fn add_trader(&self, reading: &mut Reading, told: &[Told]) {
        let flows = reading
            .noun
            .is_some_and(|n| self.chain_of(n).iter().any(|c| self.is_of_kind(*c, &[NounKind::Flow])) && !reading.acts);
        let known = match (reading.subject, reading.partner) {
            (Some(who), None) | (None, Some(who)) if flows => who,
            _ => return,
        };
        if self.kind(known) != Some(EntityType::Country) {
            return;
        }
        let near = |t: &&Told| self.tells_shortly_before(t, 8);
        let other = |t: &Told| match (t.reading.subject, t.reading.partner) {
            (Some(a), Some(b)) if a == known => Some(b),
            (Some(a), Some(b)) if b == known => Some(a),
            _ => None,
        };
        let before = told.iter().rev().take_while(near).find_map(other);
        let pair = self.cast().pairs.get(self.at).copied().flatten();
        let of_pair = pair.and_then(|[a, b]| if a == known { Some(b) } else { (b == known).then_some(a) });
        let found = before.or(of_pair).filter(|w| self.kind(*w) == Some(EntityType::Country));
        match reading.subject {
            None => reading.subject = found,
            // "FDI from X": to whom.
            Some(_) if reading.noun.is_some_and(|n| self.low(n + 1) == "from") => reading.partner = found,
            Some(_) => {}
        }
    }

    /// Whether a figure was told in the same article, at most so many sentences before.
    fn tells_shortly_before(&self, told: &Told, sentences: usize) -> bool {
        self.shares_article(told.draft.at) && self.at.saturating_sub(told.draft.at) <= sentences
    }

    /// The subject of the figure before, where the sentence names nobody and nothing.
    pub(super) fn inherit_subject(&self, told: &[Told]) -> Option<usize> {
        told.last().filter(|t| self.follows(t) && !self.names_anybody()).and_then(|t| t.reading.subject)
    }

    pub(super) fn add_verb_sides(&self, reading: &mut Reading, verb: usize, spot: Spot) {
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

    /// "Inflation stood at 5 percent": the country that the article is about, where the sentence names nobody else.
    pub(super) fn nation_of(&self, reading: &Reading) -> Option<usize> {
        let noun = reading.noun?;
        let figures = Figures::embedded();
        let known = |n: usize| figures.noun(&self.grammar.lemma(n).to_lowercase()).is_some_and(|f| f.national);
        let product = self.describe(noun).to_lowercase().starts_with("gross domestic product");
        let national = product || self.chain_of(noun).into_iter().chain(self.phrase_start(noun)..noun).any(known);
        let home = self.cast().homes.get(self.at).copied().flatten().filter(|_| national)?;
        let mentions = (0..self.findings.mentions.len()).filter(|m| {
            let named = self.mention(*m).is_some_and(|m| !matches!(m.sense, Sense::Pronoun(_)));
            named && !self.who(*m).contains(&home)
        });
        let body = |w: &usize| self.kind(*w).is_some_and(|k| k == EntityType::Company || k == EntityType::Country);
        let others = mentions.flat_map(|m| self.who(m)).filter(|w| body(w) && reading.partner != Some(**w)).count();
        (others == 0 && reading.partner != Some(home)).then_some(home)
    }

    /// Two countries for what is bilateral: those that the sentence calls "both sides", else those of the article.
    pub(super) fn add_pair(&self, reading: &mut Reading) {
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
        let both = self.both_sides();
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
    pub(super) fn both_sides(&self) -> Option<[usize; 2]> {
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
    pub(super) fn other_of_pair(&self, reading: &Reading) -> Option<usize> {
        let verb = reading.verb.and_then(|v| self.is_measure_verb(v))?;
        let gives = Figures::embedded().noun(verb.noun).is_some_and(|n| n.kind == NounKind::Flow && n.from_subject);
        let [a, b] = self.cast().pairs.get(self.at).copied().flatten()?;
        let subject = reading.subject.filter(|s| gives && verb.noun != "exports" && (*s == a || *s == b))?;
        let alone = (0..self.findings.mentions.len())
            .all(|m| self.who(m).iter().filter_map(|w| self.fit(*w, PARTIES)).all(|w| w == subject));
        alone.then_some(if subject == a { b } else { a })
    }

    /// What is counted here is no party to the count.
    pub(super) fn is_counted(&self, who: usize, spot: Spot) -> bool {
        self.is_group_of(who, |m| m.first <= spot.last + 1 && spot.first <= m.last)
    }

    /// A group that is counted elsewhere in the sentence.
    fn is_other_count(&self, who: usize, spot: Spot) -> bool {
        self.is_group_of(who, |m| {
            self.amounts.iter().any(|a| a.is_count() && a.last != spot.last && m.first <= a.last && a.first <= m.last)
        })
    }

    /// Whether `who` is a group that a mention which fits describes.
    fn is_group_of(&self, who: usize, fits: impl Fn(&Mention) -> bool) -> bool {
        let described = |m: usize| self.mention(m).is_some_and(&fits) && self.who(m).contains(&who);
        self.kind(who) == Some(EntityType::Group) && (0..self.findings.mentions.len()).any(described)
    }

    /// "the country's export receipts": the country that the figures before are of.
    pub(super) fn same_owner(&self, reading: &Reading, told: &[Told]) -> Option<usize> {
        let noun = reading.noun?;
        let start = self.phrase_start(noun);
        let owner = (start.saturating_sub(3)..start).find(|i| {
            matches!(
                self.low(*i).as_str(),
                "country" | "nation" | "kingdom" | "republic" | "state" | "economy" | "island"
            )
        })?;
        let definite = matches!(self.low(owner.wrapping_sub(1)).as_str(), "the" | "this" | "’s");
        let same_text = |t: &&Told| self.tells_shortly_before(t, 4);
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
                && !self.is_span_of_time(*n)
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
        let touches = |n: &usize| (*n + 4 > spot.first && spot.last + 4 > *n) && self.low(n + 1) != "and";
        let noun = match acts {
            true => doer()?,
            // "in the fridge and cost about $2": a noun that does not touch the figure is not of it.
            false => holder.or(whole).filter(fits).or(reading.noun.filter(fits).filter(touches)).or_else(doer)?,
        };
        // "the helicopter Ka-226T": the name after the noun.
        let named = (noun + 1..spot.first)
            .take_while(|i| matches!(self.grammar.upos(*i), Upos::Propn | Upos::Num) || self.grammar.form(*i) == "-");
        let named = named.last().filter(|_| self.grammar.upos(noun + 1) == Upos::Propn);
        let (first, last) = (self.phrase_start(noun), named.unwrap_or(noun));
        (!self.is_any(first, last)).then(|| self.words(first, last))
    }

    /// "the 665-kilometre line": the project in the text that such a noun means, named shortly before.
    pub(super) fn project_meant(&self, reading: &Reading) -> Option<usize> {
        let noun = reading.noun.or_else(|| reading.verb.and_then(|v| self.noun_subject_of(v)))?;
        let is_project = |noun: &str| Lexicon::embedded().thing_of(noun) == Some(EntityType::Project);
        let article = self.phrase_start(noun).checked_sub(1)?;
        let definite = (article.saturating_sub(4)..=article).rev().find(|i| !self.is_amount(*i) && self.low(*i) != "-");
        if !definite.is_some_and(|i| matches!(self.low(i).as_str(), "the" | "this"))
            || !is_project(self.grammar.lemma(noun))
        {
            return None;
        }
        let near = (self.at.saturating_sub(PROJECT_REACH)..self.at).rev().filter(|at| self.shares_article(*at));
        near.flat_map(|at| {
            self.cast().mentions.get(at).into_iter().flatten().rev().filter_map(|who| who.first().copied())
        })
        .find(|who| self.kind(*who) == Some(EntityType::Project))
    }

    /// One bare plural, "leftovers cost …": things in general, nothing that a reader could find again.
    fn is_any(&self, first: usize, last: usize) -> bool {
        first == last && self.grammar.xpos(first) == Xpos::Nns
    }

    pub(super) fn names_anybody(&self) -> bool {
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
            let unit = self.is_amount(mention.first) || self.is_amount(mention.last);
            if !apart || unit || matches!(mention.sense, Sense::Pronoun(_) | Sense::Group) {
                continue;
            }
            if self.parties(mention.head).is_empty() {
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
