//! Figures: what is measured, of whom, with whom, when, and whether it is so or hoped for.
//!
//! Law: a figure whose indicator or subject cannot be told is left out.

mod again;
mod agents;
mod counts;
mod nouns;
mod parties;
mod period;
mod purpose;
mod settle;
mod spot;
mod subjects;
mod verbs;
mod wording;

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::scope::Scope;
use crate::language::Upos;
use crate::ontology::figures::{Figures, NounKind};
use crate::ontology::modality::{Modality, Part};
use crate::recognise::{Amount, AmountKind};
use indexmap::IndexMap;

/// What an amount measures, as far as the sentence says.
#[derive(Debug, Default, Clone)]
struct Reading {
    /// In full: "imports growth".
    indicator: String,
    /// What is measured, without whether it rose: "imports".
    base: String,
    /// The noun around which subject and partner stand.
    noun: Option<usize>,
    /// The verb whose parties take part.
    verb: Option<usize>,
    subject: Option<usize>,
    partner: Option<usize>,
    /// -1 for a fall.
    falls: bool,
    /// Whether it is a rise or fall, not where something stands.
    changes: bool,
    target: bool,
    /// Whether the subject does something with the sum, so that somebody else takes part.
    acts: bool,
    /// Whether it is the size of the thing that `noun` names: "a 30-megawatt plant".
    sizes: bool,
    /// Whether it is where something stood before.
    earlier: bool,
    /// "it was": the time of what "it" means.
    inherits_period: bool,
}

/// A figure told before.
pub(super) struct Told {
    draft: Draft,
    reading: Reading,
    unit: String,
    /// Its last word.
    last: usize,
}

impl Reading {
    fn of(indicator: String) -> Self {
        Self { base: indicator.clone(), indicator, ..Self::default() }
    }

    /// The same thing measured once more.
    fn again(&self) -> Self {
        Self { indicator: self.base.clone(), falls: false, changes: false, earlier: false, ..self.clone() }
    }

    fn change(&mut self, falls: bool, kind: AmountKind) {
        let word = if kind == AmountKind::Money || kind == AmountKind::Quantity { "increase" } else { "growth" };
        let told = self.base.to_lowercase().ends_with(word);
        self.indicator = if told { self.base.clone() } else { format!("{} {word}", self.base).trim().to_owned() };
        self.falls = falls;
        self.changes = true;
    }

    fn stands_at(&self, unit: &str) -> bool {
        !self.changes || unit == "%"
    }

    fn is_measured(&self) -> bool {
        !self.acts && !self.target
    }

    /// Whether both measure trade in one direction or another, or the same thing.
    fn is_kin(&self, other: &Reading) -> bool {
        let trade = |t: &str| {
            t.to_lowercase().split([' ', '-']).any(|w| {
                matches!(
                    w,
                    "trade"
                        | "exports"
                        | "imports"
                        | "export"
                        | "import"
                        | "turnover"
                        | "deficit"
                        | "surplus"
                        | "balance"
                )
            })
        };
        self.base.eq_ignore_ascii_case(&other.base) || trade(&self.base) && trade(&other.base)
    }
}

impl Scope<'_> {
    /// One draft for each amount whose indicator and subject can be named. `told` holds the figures before, and takes these.
    pub(super) fn find_measures(&self, told: &mut Vec<Told>) -> Vec<Draft> {
        let start = told.len();
        let counts = |a: &&Amount| a.is_figure() && !self.points_back(a) && !self.is_odds(a) && !self.is_distance(a);
        for amount in self.amounts.iter().filter(counts) {
            let read = self.read_measure(amount, told);
            let each = read.iter().flat_map(|t| self.share_out(t)).collect::<Vec<_>>();
            told.extend(read);
            told.extend(each);
        }
        told.iter().skip(start).map(|t| t.draft.clone()).collect()
    }

    /// "A and B own 20% each": the same for everybody else who acts.
    fn share_out(&self, told: &Told) -> Vec<Told> {
        let Some(verb) = told.reading.verb.filter(|_| self.low(told.last + 1) == "each") else { return Vec::new() };
        let others = self.actors_before(verb).into_iter().filter(|w| Some(*w) != told.reading.subject);
        others
            .map(|who| {
                let mut draft = told.draft.clone();
                draft.roles.insert("subject".to_owned(), Value::One(who));
                let reading = Reading { subject: Some(who), ..told.reading.clone() };
                Told { draft, reading, unit: told.unit.clone(), last: told.last }
            })
            .collect()
    }

    /// "the 15 memoranda": those that were told before.
    fn points_back(&self, amount: &Amount) -> bool {
        let before = amount.lead.checked_sub(1).map(|i| self.low(i)).unwrap_or_default();
        amount.is_count()
            && matches!(
                before.as_str(),
                "the" | "these" | "those" | "all" | "both" | "its" | "their" | "between" | "each" | "every"
            )
            && (before != "between" || amount.value < 3.0)
    }

    /// "one in five Peruvians": a share, no number of people.
    fn is_odds(&self, amount: &Amount) -> bool {
        let before = |n: usize| amount.first.checked_sub(n).map(|i| self.low(i)).unwrap_or_default();
        amount.is_count()
            && before(1) == "in"
            && matches!(before(2).as_str(), "one" | "two" | "three" | "four" | "nine")
    }

    /// "300 km north of Lima", "40 miles off the coast", "185 km (115 miles) from": where something lies, no figure of it.
    fn is_distance(&self, amount: &Amount) -> bool {
        if Figures::embedded().dimension(&amount.unit) != Some("length") {
            return false;
        }
        let mut next = amount.last + 1;
        // The same distance in another unit.
        if self.low(next) == "(" {
            next = (next..next + 6).find(|i| self.low(*i) == ")").map_or(next, |close| close + 1);
        } else if self.low(next) == ")" {
            next += 1;
        }
        is_direction(&self.low(next))
    }

    fn read_measure(&self, amount: &Amount, told: &[Told]) -> Option<Told> {
        let spot = self.spot(amount);
        let mut reading = match amount.unit_head {
            Some(noun) => self.read_count(noun, spot, amount)?,
            None => self.read_figure(spot, amount, told)?,
        };
        reading.indicator = reading.indicator.trim().to_owned();
        if reading.indicator.is_empty() {
            return None;
        }
        let sized = reading.noun.filter(|_| reading.sizes);
        let thing = sized.map(|noun| self.words(self.phrase_start(noun), noun));
        if thing.is_none() {
            self.complete_parties(&mut reading, spot, told);
            reading.subject = reading.subject.or_else(|| self.nation_of(&reading));
        }
        reading.subject = reading.subject.or_else(|| self.project_meant(&reading));
        let thing = thing.or_else(|| self.name_thing(&reading, spot, amount)).filter(|_| reading.subject.is_none());
        let subject = match thing {
            Some(thing) => Value::Text(thing),
            None => {
                reading.subject = reading.subject.or_else(|| self.inherit_subject(told));
                Value::One(reading.subject?)
            }
        };
        let at = amount.unit_head.unwrap_or(spot.anchor);
        let verb = reading.verb.or_else(|| self.verb_before(spot)).filter(|v| self.grammar.upos(*v) == Upos::Verb);
        let verb = verb.filter(|v| !self.is_purpose(*v, spot)).or_else(|| {
            let outer = spot::Spot { first: verb?, ..spot };
            self.verb_before(outer).filter(|v| self.grammar.upos(*v) == Upos::Verb)
        });
        let status = if reading.earlier { Status::Asserted } else { self.status_of(verb.unwrap_or(at)) };
        let aimed = reading.target || !reading.earlier && self.is_aimed_at(spot, verb);
        // A goal that was missed was a goal.
        let status = if aimed && status == Status::Denied { Status::Planned } else { status };
        let target = aimed || self.is_hoped_for(status, verb);
        let status = if target { status.max(Status::Planned) } else { status };
        let period = self.period_of(&reading, spot, told);
        let indicator = match self.purpose_of(&reading, spot, amount) {
            Some(purpose) => format!("{} {purpose}", reading.indicator),
            None => reading.indicator.clone(),
        };
        let mut roles =
            IndexMap::from([("indicator".to_owned(), Value::Text(indicator)), ("subject".to_owned(), subject)]);
        if let Some(partner) =
            reading.partner.filter(|p| Some(*p) != reading.subject && !self.is_label(*p, &reading.indicator))
        {
            roles.insert("partner".to_owned(), Value::One(partner));
        }
        roles.insert("value".to_owned(), Value::Number(if reading.falls { -amount.value } else { amount.value }));
        roles.insert("unit".to_owned(), Value::Text(amount.unit.clone()));
        if let Some(period) = period {
            roles.insert("period".to_owned(), period);
        }
        roles.insert("target".to_owned(), Value::Flag(target));
        roles.insert("written".to_owned(), Value::Text(amount.written.clone()));
        let draft =
            Draft { kind: "Measure".to_owned(), roles, status, speaker: self.speaker_of(at), at: self.at, trigger: at };
        Some(Told { draft, reading, unit: amount.unit.clone(), last: spot.last })
    }

    /// "merged to form a group in a $2 billion deal": the infinitive says what for, not what is done with the figure.
    fn is_purpose(&self, verb: usize, spot: spot::Spot) -> bool {
        let g = &self.grammar;
        let infinitive = g.upos(verb) == Upos::Verb && self.low(verb.wrapping_sub(1)) == "to";
        let before = spot.first.wrapping_sub(1);
        infinitive && matches!(self.low(before).as_str(), "in" | "under") && self.low(spot.first) == "a"
    }

    /// "a goal of raising trade to $2 billion", "a target to reach": a goal before the figure's verb.
    fn is_aimed_at(&self, spot: spot::Spot, verb: Option<usize>) -> bool {
        let Some(verb) = verb else { return false };
        let goal = |i: usize| self.grammar.upos(i) == Upos::Noun && self.is_of_kind(i, &[NounKind::Goal]);
        let near = (verb.saturating_sub(3)..verb).any(goal) || (verb + 1..spot.first).any(goal);
        let start = matches!(self.low(spot.first.wrapping_sub(1)).as_str(), "from" | "than");
        near && !start
    }

    /// Planned and proposed figures are hoped for; what may merely be is not.
    fn is_hoped_for(&self, status: Status, verb: Option<usize>) -> bool {
        let g = &self.grammar;
        let may = verb.is_some_and(|v| {
            g.children(v).iter().any(|c| {
                let form = g.form(*c).to_lowercase();
                form != "would"
                    && form != "should"
                    && Modality::embedded().status(&form, Part::Auxiliary) == Some(Status::Possible)
            })
        });
        let decided = verb.is_some_and(|v| {
            g.path_up(v).skip(1).take(1).any(|i| matches!(g.lemma(i), "decide" | "decision" | "move"))
        });
        match status {
            Status::Planned if decided => false,
            Status::Planned => true,
            Status::Possible => !may,
            Status::Asserted | Status::Denied => false,
        }
    }
}

/// Words after a length that say from where it is counted.
fn is_direction(word: &str) -> bool {
    matches!(word, "from" | "off" | "away" | "inland" | "outside" | "offshore" | "apart")
        || ["north", "south", "east", "west"].iter().any(|side| word.starts_with(side))
}
