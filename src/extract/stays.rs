//! Being somewhere: "while in A", "was in A", and who is guest and who is host.
//!
//! Law: nobody visits the country he serves.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::scope::Scope;
use crate::language::{Deprel, Upos, Xpos};
use crate::ontology::EntityType;
use indexmap::IndexMap;

const RESIDENTS: &[&str] =
    &["ambassador", "consul", "commissioner", "representative", "attaché", "affaires", "coordinator"];
const LEAVING: &[&str] =
    &["leave", "depart", "travel", "fly", "continue", "head", "go", "proceed", "begin", "start", "embark"];
const HOLDING: &[&str] = &[
    "hold", "have", "conduct", "attend", "begin", "conclude", "open", "start", "chair", "convene", "complete",
    "continue", "resume", "take", "follow", "cancel", "postpone",
];
const HABITS: &[&str] =
    &["regularly", "often", "frequently", "usually", "always", "annually", "routinely", "sometimes"];
const HOSTING: &[&str] = &["receive", "host", "welcome", "greet"];

impl Scope<'_> {
    /// The country that `who` serves.
    pub(super) fn home_of(&self, who: usize) -> Option<usize> {
        self.cast().affiliation(who).filter(|c| self.kind(*c) == Some(EntityType::Country))
    }

    /// Whether the document calls `who` somebody's ambassador or the like: they live where they meet people.
    pub(super) fn is_resident(&self, who: usize) -> bool {
        self.findings.titles.iter().enumerate().any(|(t, title)| {
            self.holder(t) == Some(who) && RESIDENTS.contains(&self.grammar.lemma(title.core).to_lowercase().as_str())
        })
    }

    /// Whether the clause of `word` says "also": one more of what was told before.
    pub(super) fn says_also(&self, word: usize) -> bool {
        let g = &self.grammar;
        let verb = g.path_up(word).find(|i| g.upos(*i) == Upos::Verb).unwrap_or(word);
        g.dependents(verb, Deprel::Advmod)
            .any(|a| matches!(g.lemma(a), "also" | "then" | "later" | "afterwards" | "subsequently" | "next"))
            || (0..word.min(2)).any(|i| matches!(g.lemma(i).to_lowercase().as_str(), "he" | "she" | "they"))
    }

    /// Whether the clause of `trigger` happens "during the visit": `Some(Some(x))` for "during x's visit", `Some(None)` for
    /// "during the visit".
    pub(super) fn occasion(&self, trigger: usize) -> Option<Option<usize>> {
        let g = &self.grammar;
        let is_occasion = |i: &usize| {
            matches!(g.lemma(*i), "visit" | "trip" | "meeting" | "talk" | "tour" | "occasion" | "stay")
                && matches!(
                    g.preposition(*i).as_deref(),
                    Some("during" | "on" | "in" | "at" | "as part of" | "within" | "after" | "following")
                )
                && *i != trigger
        };
        let noun = (0..g.tokens.len()).find(is_occasion)?;
        let owner = g.dependents(noun, Deprel::NmodPoss).next();
        let who = owner.and_then(|o| self.entities_at(o).first().copied());
        let definite = owner.is_some() || g.dependents(noun, Deprel::Det).any(|d| matches!(g.lemma(d), "the" | "this"));
        definite.then_some(who)
    }

    /// "leaves for A", "continues to A": a verb of travel in the present tense.
    pub(super) fn is_timetable(&self, verb: usize) -> bool {
        let g = &self.grammar;
        matches!(g.xpos(verb), Xpos::Vbz | Xpos::Vbp) && LEAVING.contains(&g.lemma(verb))
    }

    /// "regularly meets", "visit each other every year": the present tense of what happens again and again.
    pub(super) fn is_habitual(&self, verb: usize) -> bool {
        let g = &self.grammar;
        let often = |c: &usize| {
            HABITS.contains(&g.lemma(*c))
                || g.dependents(*c, Deprel::Det).any(|d| matches!(g.lemma(d), "every" | "each"))
        };
        matches!(g.xpos(verb), Xpos::Vbz | Xpos::Vbp) && g.children(verb).iter().any(often)
    }

    /// Whether the talks named at `noun` are told as held: object or subject of a verb that says so.
    pub(super) fn occurs(&self, noun: usize) -> bool {
        let g = &self.grammar;
        g.head(noun).is_some_and(|v| g.upos(v) == Upos::Verb && HOLDING.contains(&g.lemma(v)))
    }

    /// Whether the sentence tells of a journey in stages.
    fn tells_of_stops(&self) -> bool {
        (0..self.grammar.tokens.len())
            .any(|i| matches!(self.grammar.lemma(i), "stop" | "stopover" | "leg" | "trip" | "tour"))
    }

    /// "While in A": the tree may hang the conjunction on the clause.
    fn stands_after_while(&self, place: usize) -> bool {
        let g = &self.grammar;
        let first = self.owner(place).and_then(|m| self.mention(m)).map_or(place, |m| m.first);
        first > 1
            && g.form(first - 1) == "in"
            && matches!(g.form(first - 2).to_lowercase().as_str(), "while" | "whilst")
    }

    /// "X, president of B, is on a visit to A" where the tree gives the clause no subject: whose name stands before.
    fn find_copular_visits(&self) -> Vec<Draft> {
        let g = &self.grammar;
        let mut found = Vec::new();
        for visit in 0..g.tokens.len() {
            let bare = self.is_visit_under(visit, &["on"]) && g.own_subject(visit).is_none();
            let Some(copula) = g.dependents(visit, Deprel::Cop).next().filter(|_| bare) else { continue };
            let Some(who) = self.person_before(copula) else { continue };
            let to = g.under_preposition(visit, "to").into_iter().chain(g.under_preposition(visit, "in"));
            for to in to.flat_map(|t| self.fitting(t, &[EntityType::Country, EntityType::Place])) {
                if self.home_of(who) != self.cast().country_of(to) {
                    found.push(self.stay(who, to, visit));
                }
            }
        }
        found
    }

    /// The person whose name, title and commas alone stand before word `end`.
    fn person_before(&self, end: usize) -> Option<usize> {
        let named = |i: usize| {
            let who = self.owner(i).and_then(|m| self.who(m).first().copied());
            who.filter(|w| self.kind(*w) == Some(EntityType::Person))
        };
        let passes = |i: usize| self.title_at(i).is_some() || self.grammar.form(i) == ",";
        (0..end).rev().take(20).take_while(|i| named(*i).is_some() || passes(*i)).find_map(named)
    }

    /// "In A for a visit, X met": the sentence opens with where its subject is, and why.
    fn opens_with_visit(&self, place: usize) -> bool {
        let g = &self.grammar;
        let end = (place + 1..g.tokens.len()).find(|i| g.form(*i) == ",").unwrap_or(g.tokens.len());
        place < 4 && g.form(0) == "In" && (place + 1..end).any(|i| self.is_visit_under(i, &["for", "on"]))
    }

    /// "on a visit": a noun for a journey under one of the prepositions.
    fn is_visit_under(&self, noun: usize, prepositions: &[&str]) -> bool {
        let led = || self.grammar.preposition(noun).is_some_and(|p| prepositions.contains(&p.as_str()));
        matches!(self.grammar.lemma(noun), "visit" | "trip" | "tour") && led()
    }

    /// "while in A and B", "X was in A on Monday": stays that no noun or verb of travel names.
    pub(super) fn find_stays(&self) -> Vec<Draft> {
        if self.material.asides.get(self.at).copied().unwrap_or(false) {
            return Vec::new();
        }
        let g = &self.grammar;
        let mut found = self.find_copular_visits();
        for place in 0..g.tokens.len() {
            if !matches!(g.preposition(place).as_deref(), Some("in" | "while in")) {
                continue;
            }
            let during = g
                .dependents(place, Deprel::Mark)
                .chain(g.dependents(place, Deprel::Advmod))
                .chain(g.dependents(place, Deprel::Case))
                .any(|m| matches!(g.lemma(m).to_lowercase().as_str(), "while" | "when"))
                || self.stands_after_while(place);
            let copula = g.dependents(place, Deprel::Cop).next().is_some();
            let for_visit = self.opens_with_visit(place);
            if !during && !copula && !for_visit {
                continue;
            }
            let during = during || for_visit;
            let governor = g.head(place).filter(|v| g.upos(*v) == Upos::Verb || for_visit);
            let subject = g.own_subject(place).or_else(|| governor.filter(|_| during).and_then(|v| g.subject(v)));
            let Some(subject) = subject else { continue };
            for who in self.fitting(subject, &[EntityType::Person, EntityType::Group]) {
                for to in self.fitting(place, &[EntityType::Country, EntityType::Place]) {
                    // Who simply "was" there may live there, unless his home is stated.
                    let (home, land) = (self.home_of(who), self.cast().country_of(to));
                    let abroad = home.is_some() && land.is_some() && home != land;
                    if abroad || (during && home.is_none()) {
                        let mut stay = self.stay(who, to, place);
                        let main = governor.map(|v| g.dependents(v, Deprel::Xcomp).next().unwrap_or(v));
                        // "While in A, X is expected to meet Y"
                        if main.is_some_and(|v| self.status_of(v) == Status::Planned) {
                            stay.status = Status::Planned;
                        }
                        found.push(stay);
                    }
                }
            }
        }
        found
    }

    /// A visit told at word `trigger`.
    pub(super) fn stay(&self, who: usize, to: usize, trigger: usize) -> Draft {
        let mut roles =
            IndexMap::from([("visitor".to_owned(), Value::One(who)), ("destination".to_owned(), Value::One(to))]);
        if let Some(period) = self.date_of(trigger) {
            roles.insert("date".to_owned(), Value::When(period));
        }
        Draft {
            kind: "Visit".to_owned(),
            roles,
            status: self.status_of(trigger),
            speaker: self.speaker_of(trigger),
            at: self.at,
            trigger,
        }
    }

    /// The guests of a meeting and where they have come to, if the sentence tells host from guest.
    pub(super) fn guests_of(&self, meeting: &Draft) -> Option<(Vec<usize>, usize)> {
        let Some(Value::Many(people)) = meeting.roles.get("participants") else { return None };
        let named = |w: &usize| self.kind(*w) == Some(EntityType::Person);
        if let Some(Value::One(place)) = meeting.roles.get("place") {
            let land = self.cast().country_of(*place).unwrap_or(*place);
            let host = people.iter().any(|w| self.home_of(*w) == Some(land));
            let guests: Vec<usize> = people
                .iter()
                .copied()
                .filter(|w| named(w) && self.home_of(*w).is_some_and(|home| home != land))
                .collect();
            if host && !guests.is_empty() {
                return Some((guests, *place));
            }
            let traveller = people.first().copied().filter(|w| self.home_of(*w) != Some(land));
            let staged = self.tells_of_stops() && self.place_before_where(meeting.trigger).is_some();
            return traveller.filter(|_| staged).map(|w| (vec![w], *place));
        }
        let lemma = self.grammar.lemma(meeting.trigger).to_lowercase();
        let [host, guest] = people.as_slice() else { return None };
        let land = self.home_of(*host)?;
        let abroad = self.home_of(*guest).is_some_and(|home| home != land);
        (HOSTING.contains(&lemma.as_str()) && named(guest) && abroad).then_some((vec![*guest], land))
    }

    /// A country does not meet its own officials: where one of them takes part, it does not.
    pub(super) fn leave_out_own_country(&self, mut draft: Draft) -> Option<Draft> {
        let meets = draft.kind == "Meeting";
        let Some(Value::Many(all)) = draft.roles.get_mut("participants").filter(|_| meets) else { return Some(draft) };
        let person = |who: &usize| self.kind(*who) == Some(EntityType::Person);
        let country = |who: &usize| self.fit(*who, &[EntityType::Country]);
        let served: Vec<usize> = all.iter().filter(|w| person(w)).filter_map(country).collect();
        let before = all.len();
        all.retain(|w| person(w) || !served.contains(w));
        (all.len() == before || all.len() > 1).then_some(draft)
    }

    /// "meetings with A and B" are two; "met with A and B" is one.
    pub(super) fn split_meetings(&self, draft: Draft) -> Vec<Draft> {
        let g = &self.grammar;
        let plural = g.lemma(draft.trigger) == "meeting" && !g.form(draft.trigger).eq_ignore_ascii_case("meeting");
        let Some(Value::Many(people)) = draft.roles.get("participants").filter(|_| plural).cloned() else {
            return vec![draft];
        };
        // Hosts stand before the word, guests after it; a country may be told before as somebody's.
        let before: Vec<usize> = (0..draft.trigger).flat_map(|t| self.entities_at(t)).collect();
        let after: Vec<usize> = (draft.trigger..self.sentence.tokens.len()).flat_map(|t| self.entities_at(t)).collect();
        let land = |w: &usize| self.kind(*w) == Some(EntityType::Country) && after.contains(w);
        let led = people.iter().any(|w| before.contains(w) && !land(w));
        let (hosts, guests): (Vec<usize>, Vec<usize>) =
            people.into_iter().partition(|w| before.contains(w) && !(led && land(w)));
        if guests.len() < 2 || hosts.is_empty() {
            return vec![draft];
        }
        let with = |guest: usize| {
            let mut one = draft.clone();
            let list = hosts.iter().copied().chain([guest]).collect();
            one.roles.insert("participants".to_owned(), Value::Many(list));
            one
        };
        guests.into_iter().map(with).collect()
    }
}
