//! Figures: what is measured, of whom, with whom, when, and whether it is so or hoped for.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::parties::PARTIES;
use super::scope::Scope;
use crate::language::{Deprel, Upos};
use crate::ontology::figures::{Figures, VerbRole};
use crate::recognise::{Amount, AmountKind};
use indexmap::IndexMap;

/// What an amount measures, as far as the sentence says.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) indicator: String,
    /// The noun or verb around which subject and partner stand.
    pub(super) centre: Option<usize>,
    pub(super) subject: Option<usize>,
    pub(super) partner: Option<usize>,
    /// -1 for a fall.
    pub(super) falls: bool,
    pub(super) target: bool,
    /// Whether the subject does something with the sum, so that somebody else takes part.
    pub(super) acts: bool,
}

impl Scope<'_> {
    /// One draft for each amount whose indicator can be named.
    pub(super) fn find_measures(&self) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for amount in self.amounts.iter().filter(|a| a.is_figure()) {
            if let Some(draft) = self.read_measure(amount, drafts.last()) {
                drafts.push(draft);
            }
        }
        drafts
    }

    fn read_measure(&self, amount: &Amount, before: Option<&Draft>) -> Option<Draft> {
        let anchor = match amount.kind {
            AmountKind::Count => amount.unit_head?,
            _ => crate::recognise::head_of(self.sentence, amount.first, amount.last),
        };
        let mut reading = match amount.kind {
            AmountKind::Count => self.read_count(anchor)?,
            _ => self.read_figure(anchor, amount)?,
        };
        if reading.indicator.is_empty() {
            return None;
        }
        self.complete_parties(&mut reading, anchor, before);
        let subject = reading.subject?;
        let status = self
            .status_of(reading.centre.filter(|c| self.grammar.upos(*c) == Upos::Verb).unwrap_or(anchor))
            .max(if reading.target { Status::Planned } else { Status::Asserted });
        let value = if reading.falls { -amount.value } else { amount.value };
        let mut roles = IndexMap::from([
            ("indicator".to_owned(), Value::Text(reading.indicator)),
            ("subject".to_owned(), Value::One(subject)),
        ]);
        if let Some(partner) = reading.partner.filter(|p| *p != subject) {
            roles.insert("partner".to_owned(), Value::One(partner));
        }
        roles.insert("value".to_owned(), Value::Number(value));
        roles.insert("unit".to_owned(), Value::Text(amount.unit.clone()));
        if let Some(period) = self.period_of(anchor).or_else(|| self.period_before(before)) {
            roles.insert("period".to_owned(), period);
        }
        let target = reading.target || self.is_aimed_at(anchor) || matches!(status, Status::Planned | Status::Possible);
        let status = if target && status == Status::Asserted { Status::Planned } else { status };
        roles.insert("target".to_owned(), Value::Flag(target));
        roles.insert("written".to_owned(), Value::Text(amount.written.clone()));
        Some(Draft {
            kind: "Measure".to_owned(),
            roles,
            status,
            speaker: self.speaker_of(anchor),
            at: self.at,
            trigger: anchor,
        })
    }

    fn period_of(&self, anchor: usize) -> Option<Value<usize>> {
        if let Some(date) = self.date_mention_of(anchor) {
            return date.period.map(Value::When);
        }
        let open = self.dates.iter().find(|d| d.period.is_none() && d.is_deadline())?;
        Some(Value::Text(open.written.clone()))
    }

    /// Figures side by side in one sentence share the period of the first.
    fn period_before(&self, before: Option<&Draft>) -> Option<Value<usize>> {
        before
            .filter(|d| d.at == self.at)
            .and_then(|d| d.roles.get("period").cloned())
            .filter(|_| self.dates.len() == 1)
    }

    /// "3,600 Peruvian companies registered in Chile": the counted noun is the indicator.
    fn read_count(&self, noun: usize) -> Option<Reading> {
        let mut reading = Reading { indicator: self.indicator_phrase(noun), centre: Some(noun), ..Reading::default() };
        reading.subject = self.group_country(noun);
        let g = &self.grammar;
        if let Some(verb) = g.head(noun).filter(|v| g.upos(*v) == Upos::Verb) {
            match g.deprel(noun) {
                Deprel::Obj | Deprel::Obl | Deprel::NsubjPass => self.take_agents(&mut reading, verb),
                _ => {}
            }
            if matches!(g.deprel(noun), Deprel::Obj | Deprel::NsubjPass) && g.lemma(verb) != "have" {
                reading.indicator = format!("{} {}", reading.indicator, participle(g.lemma(verb)));
            }
            reading.partner = reading
                .partner
                .or_else(|| self.partner_of(verb, reading.subject))
                .or_else(|| self.owner_of(noun).filter(|o| Some(*o) != reading.subject));
        }
        for clause in g.dependents(noun, Deprel::Acl).chain(g.dependents(noun, Deprel::AclRelcl)) {
            if reading.partner.is_none() {
                reading.partner = self.partner_of(clause, None);
            }
        }
        Some(reading)
    }

    /// Whoever acts: the first is the subject; two who act together are subject and partner.
    fn take_agents(&self, reading: &mut Reading, verb: usize) {
        let agents: Vec<usize> = self.grammar.agents(verb).into_iter().flat_map(|a| self.fitting(a, PARTIES)).collect();
        reading.acts = !agents.is_empty();
        match agents.as_slice() {
            [a, b] => (reading.subject, reading.partner) = (Some(*a), Some(*b)),
            [a, ..] => reading.subject = Some(*a),
            [] => {}
        }
    }

    fn read_figure(&self, anchor: usize, amount: &Amount) -> Option<Reading> {
        let g = &self.grammar;
        if amount.kind == AmountKind::Percent
            && let Some(whole) = g.under_preposition(anchor, "of").first().copied()
        {
            return Some(self.read_share(anchor, whole));
        }
        if let Some(subject) = g.own_subject(anchor) {
            // "our trade volume is $250 million"
            return Some(self.of_noun(subject, &self.indicator_phrase(subject)));
        }
        let head = self.grammar.path_up(anchor).skip(1).find(|h| !self.is_amount(*h) && g.form(*h) != "worth")?;
        if let Some(what) = g
            .under_preposition(anchor, "of")
            .into_iter()
            .find(|w| amount.kind == AmountKind::Quantity && !self.is_amount(*w))
        {
            let mut reading = self.of_noun(what, &self.indicator_phrase(what));
            self.add_verb_parties(&mut reading, anchor);
            return Some(reading);
        }
        match g.upos(head) {
            Upos::Noun | Upos::Propn | Upos::Sym => Some(self.read_modifier(anchor, head)),
            Upos::Verb | Upos::Aux => self.read_complement(anchor, head, amount),
            Upos::Adj if g.lemma(head) == "worth" => self.read_worth(head),
            Upos::Adp if g.lemma(head) == "worth" => self.read_worth(head),
            _ => None,
        }
    }

    fn read_worth(&self, worth: usize) -> Option<Reading> {
        let noun =
            self.grammar.path_up(worth).skip(1).find(|i| matches!(self.grammar.upos(*i), Upos::Noun | Upos::Propn))?;
        Some(self.of_noun(noun, &format!("value of {}", self.indicator_phrase(noun))))
    }

    /// "20% of the venture", "4.8% of GDP".
    fn read_share(&self, anchor: usize, whole: usize) -> Reading {
        let g = &self.grammar;
        let mut reading = Reading { centre: Some(anchor), ..Reading::default() };
        let verb = g.head(anchor).filter(|v| g.upos(*v) == Upos::Verb);
        let owned = verb
            .is_some_and(|v| matches!(g.lemma(v), "own" | "hold" | "acquire" | "buy" | "sell" | "control" | "take"));
        reading.indicator =
            if owned { "ownership share".to_owned() } else { format!("share of {}", self.indicator_phrase(whole)) };
        if let Some(verb) = verb {
            let agent = g.agents(verb).first().copied();
            reading.subject = agent.and_then(|a| self.party(a));
            if let Some(noun) = agent.filter(|_| !owned && reading.subject.is_none()) {
                reading.indicator = format!("{} {}", self.indicator_phrase(noun), reading.indicator);
                reading.subject = self.owner_of(noun);
            }
            reading.centre = Some(verb);
        }
        let other = self.party(whole).or_else(|| self.owner_of(whole));
        if reading.subject.is_none() {
            reading.subject = other
        } else {
            reading.partner = other
        }
        reading
    }

    /// The amount modifies a noun: "a $3 billion deal", "trade of $5 million", "a 47% increase", "a target of $1 billion".
    fn read_modifier(&self, anchor: usize, noun: usize) -> Reading {
        let g = &self.grammar;
        let figures = Figures::embedded();
        let lemma = g.lemma(noun).to_lowercase();
        if figures.is_goal(&lemma) {
            let mut reading = self.read_goal(anchor, noun);
            reading.target = true;
            return reading;
        }
        if let Some(falls) = figures.change_noun(&lemma) {
            let what = g
                .under_preposition(noun, "in")
                .into_iter()
                .chain(g.under_preposition(noun, "of"))
                .find(|i| *i != anchor && !self.is_amount(*i));
            let what = what.or_else(|| g.head(noun).filter(|v| g.upos(*v) == Upos::Verb).and_then(|v| g.subject(v)));
            let mut reading =
                what.map_or_else(|| self.of_noun(noun, ""), |w| self.of_noun(w, &self.indicator_phrase(w)));
            reading.indicator = format!("{} {lemma}", reading.indicator).trim().to_owned();
            reading.falls = falls;
            return reading;
        }
        let phrase = self.indicator_phrase(noun);
        let worthy =
            matches!(g.deprel(anchor), Deprel::Compound | Deprel::Amod | Deprel::Nummod | Deprel::NmodUnmarked);
        let mut reading = self.of_noun(noun, &if worthy { format!("value of {phrase}") } else { phrase });
        self.add_verb_parties(&mut reading, noun);
        reading
    }

    /// "a goal of raising trade to $2 billion", "a goal of $2 billion in investments".
    fn read_goal(&self, anchor: usize, goal: usize) -> Reading {
        let g = &self.grammar;
        let inner = g.under_preposition(anchor, "in").first().or(g.under_preposition(anchor, "of").first()).copied();
        let clause = g.children(goal).iter().copied().find(|c| g.upos(*c) == Upos::Verb);
        let noun = inner
            .or_else(|| clause.and_then(|c| g.patients(c).first().copied()))
            .or_else(|| g.under_preposition(goal, "for").first().copied());
        let modifier = g.dependents(goal, Deprel::Compound).next();
        match noun.or(modifier) {
            Some(noun) => {
                let mut reading = self.of_noun(noun, &self.indicator_phrase(noun));
                self.add_verb_parties(&mut reading, goal);
                reading
            }
            None => {
                let mut reading = self.of_noun(goal, &self.indicator_phrase(goal));
                self.add_verb_parties(&mut reading, goal);
                reading
            }
        }
    }

    /// "set a goal of raising trade to $2 billion": a goal above the figure, which is no starting point.
    fn is_aimed_at(&self, anchor: usize) -> bool {
        let g = &self.grammar;
        let start = matches!(g.preposition(anchor).as_deref(), Some("from" | "of" | "than"));
        !start
            && g.path_up(anchor)
                .skip(1)
                .take(5)
                .any(|i| g.upos(i) == Upos::Noun && Figures::embedded().is_goal(g.lemma(i)))
    }

    fn is_amount(&self, token: usize) -> bool {
        self.amounts.iter().any(|a| a.first <= token && token <= a.last)
    }

    /// The amount completes a verb: "trade reached $22 million", "grew by 8.6%", "will invest $5 billion in Peru".
    fn read_complement(&self, anchor: usize, verb: usize, amount: &Amount) -> Option<Reading> {
        let g = &self.grammar;
        if crate::ontology::modality::Modality::embedded().speech(g.lemma(verb)).is_some()
            && g.preposition(anchor).is_none()
        {
            return None;
        }
        let (role, falls, noun) = Figures::embedded().verb(g.lemma(verb)).unwrap_or((VerbRole::Level, false, ""));
        let preposition = g.preposition(anchor);
        let mut reading = match role {
            VerbRole::Act => {
                let mut reading = Reading { indicator: noun.to_owned(), centre: Some(verb), ..Reading::default() };
                self.take_agents(&mut reading, verb);
                // "sold 30 aircraft for $2 billion": the thing names the figure.
                let thing = g.patients(verb).into_iter().find(|p| *p != anchor && !self.is_amount(*p));
                if let Some(thing) = thing {
                    reading.indicator = format!("{noun} of {}", self.indicator_phrase(thing)).trim().to_owned();
                }
                if let Some(what) = g
                    .under_preposition(anchor, "of")
                    .into_iter()
                    .chain(g.under_preposition(anchor, "in"))
                    .find(|w| self.party(*w).is_none())
                {
                    reading.indicator = format!("{noun} of {}", self.indicator_phrase(what)).trim().to_owned();
                }
                reading.partner =
                    self.partner_of(verb, reading.subject).or_else(|| self.partner_of(anchor, reading.subject));
                if reading.subject.is_none() {
                    reading.subject =
                        g.patients(verb).iter().find_map(|p| self.party(*p)).filter(|_| g.is_passive(verb));
                }
                reading
            }
            VerbRole::Level | VerbRole::Change | VerbRole::Share => {
                let measured = self.measured_noun(verb, anchor)?;
                let mut reading = self.of_noun(measured, &self.indicator_phrase(measured));
                if let Some(party) = self.party(measured).filter(|_| self.headed_by(measured).is_some()) {
                    reading.subject = Some(party);
                    reading.indicator = if noun.is_empty() { g.lemma(verb).to_owned() } else { noun.to_owned() };
                }
                reading
            }
        };
        let by_step =
            preposition.as_deref() == Some("by") || (preposition.is_none() && amount.kind == AmountKind::Percent);
        if role == VerbRole::Change && (by_step || amount.kind == AmountKind::Fold) {
            reading.indicator = format!("{} {}", reading.indicator, if falls { "decline" } else { "growth" });
            reading.falls = falls;
        }
        if role == VerbRole::Change && preposition.as_deref() == Some("from") {
            reading.indicator = format!("previous {}", reading.indicator);
        }
        reading.centre.get_or_insert(verb);
        if matches!(role, VerbRole::Share) {
            reading.indicator = format!("{} share", reading.indicator);
        }
        Some(reading)
    }

    /// What a level or a change is of: the object of a verb that changes something, else its subject; through
    /// participles ("…, reaching $22 million") and clauses ("a goal of raising trade to $2 billion").
    fn measured_noun(&self, verb: usize, anchor: usize) -> Option<usize> {
        let g = &self.grammar;
        let object = g.patients(verb).into_iter().find(|o| *o != anchor && !self.is_amount(*o));
        let subject = || g.subject(verb).filter(|s| *s != anchor);
        let noun = object.or_else(subject)?;
        // "which", "it", "this" name nothing.
        if matches!(g.upos(noun), Upos::Pron | Upos::Det) && self.entities_at(noun).is_empty() {
            return None;
        }
        Some(noun)
    }

    /// A reading around `noun`, with the parties that stand on the noun itself.
    fn of_noun(&self, noun: usize, indicator: &str) -> Reading {
        let (subject, partner) = self.parties_of(noun);
        Reading { indicator: indicator.to_owned(), centre: Some(noun), subject, partner, ..Reading::default() }
    }

    fn add_verb_parties(&self, reading: &mut Reading, noun: usize) {
        let g = &self.grammar;
        let Some(verb) = g.head(noun).filter(|v| g.upos(*v) == Upos::Verb) else { return };
        if reading.subject.is_none() {
            self.take_agents(reading, verb);
        }
        if reading.partner.is_none() {
            reading.partner = self.partner_of(verb, reading.subject);
        }
    }

    /// The noun phrase as an indicator: modifiers that are no names, the noun, and what it is of.
    fn indicator_phrase(&self, noun: usize) -> String {
        let mut phrase = self.phrase_of(noun);
        let of = self
            .grammar
            .under_preposition(noun, "of")
            .into_iter()
            .find(|o| self.entities_at(*o).is_empty() && !self.is_amount(*o));
        if let Some(of) = of {
            phrase = format!("{phrase} of {}", self.phrase_of(of));
        }
        phrase
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
        l if l.ends_with('e') => format!("{l}d"),
        l if l.ends_with('y') && !l.ends_with("oy") && !l.ends_with("ay") => format!("{}ied", l.trim_end_matches('y')),
        l => format!("{l}ed"),
    }
}
