//! What visits and meetings tell about each other: dates, places, and visits that nobody calls so.
//!
//! Law: only what follows from the sentences: who meets a host in the host's country is there; what happens during a visit
//! happens when and where the visit does.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::merge::overlaps;
use super::scope::{Scope, scope_at};
use crate::date::Period;
use crate::language::Deprel;
use crate::ontology::EntityType;
use crate::recognise::Sense;

/// How many sentences on a meeting still belongs to the visit told before.
const NEAR: usize = 4;

/// Words that call a visit one.
const CALLED: &[&str] = &["visit", "trip", "tour", "travel"];

/// Words that say where somebody came, which is told exactly already.
const CAME: &[&str] = &["arrive", "come", "fly", "land"];

/// Completes visits and meetings from each other.
pub(super) fn settle_events(scopes: &[Scope<'_>], drafts: &mut Vec<Draft>) {
    let stays: Vec<Draft> = scopes.iter().flat_map(Scope::find_stays).collect();
    for stay in stays {
        if !drafts.iter().any(|d| d.at == stay.at && is_same_visit(d, &stay)) {
            drafts.push(stay);
        }
    }
    drafts.extend(super::visit_lists::find_listed_visits(scopes));
    drafts.extend(super::visit_lists::repeat_visits(scopes, drafts));
    drafts.iter_mut().for_each(|d| give_to_guest(scopes, d));
    drafts.retain(|d| !is_homecoming(scopes, d) && !is_bare_diplomacy(scopes, d) && !is_custom(scopes, d));
    drafts.retain(|d| d.kind != "Meeting" || !scope_at(scopes, d.at).is_some_and(|s| s.is_attended(d.trigger)));
    drop_retinues(scopes, drafts);
    plan_ahead(scopes, drafts);
    look_ahead(scopes, drafts);
    drafts.sort_by_key(|d| (d.at, d.trigger));
    lend_occasions(scopes, drafts);
    let implied = imply_visits(scopes, drafts);
    drafts.extend(implied);
    drafts.sort_by_key(|d| (d.at, d.trigger));
    unify_destinations(scopes, drafts);
}

fn one(draft: &Draft, role: &str) -> Option<usize> {
    match draft.roles.get(role) {
        Some(Value::One(who)) => Some(*who),
        _ => None,
    }
}

fn period(draft: &Draft) -> Option<Period> {
    match draft.roles.get("date") {
        Some(Value::When(period)) => Some(*period),
        _ => None,
    }
}

/// Everybody in it, countries of officials included where `scope` is given.
fn people(draft: &Draft) -> Vec<usize> {
    let list = |v: &Value<usize>| match v {
        Value::One(who) => vec![*who],
        Value::Many(list) => list.clone(),
        _ => Vec::new(),
    };
    ["participants", "parties", "visitor"].iter().filter_map(|r| draft.roles.get(*r)).flat_map(list).collect()
}

fn is_same_visit(a: &Draft, b: &Draft) -> bool {
    a.kind == "Visit" && b.kind == "Visit" && ["visitor", "destination"].iter().all(|r| one(a, r) == one(b, r))
}

/// Who comes home makes no visit.
fn is_homecoming(scopes: &[Scope<'_>], draft: &Draft) -> bool {
    let (Some(who), Some(place), Some(scope)) =
        (one(draft, "visitor"), one(draft, "destination"), scope_at(scopes, draft.at))
    else {
        return false;
    };
    let cast = scope.cast();
    // "will return to the country": his own, whichever the text named last.
    let named = (0..scope.findings.mentions.len()).any(|m| {
        scope.who(m).first() == Some(&place)
            && scope.mention(m).is_some_and(|m| matches!(m.sense, Sense::Known(_) | Sense::Name(_)))
    });
    if draft.kind == "Visit" && scope.grammar.lemma(draft.trigger) == "return" && !named {
        return true;
    }
    let whole = scope.kind(place) == Some(EntityType::Country) || cast.capital_of(place).is_some();
    draft.kind == "Visit" && whole && cast.country_of(place).is_some_and(|c| scope.home_of(who) == Some(c))
}

/// "The Slovak minister met his counterpart X during his visit to Slovakia": the visit is the other man's.
fn give_to_guest(scopes: &[Scope<'_>], draft: &mut Draft) {
    let Some(scope) = scope_at(scopes, draft.at).filter(|_| is_homecoming(scopes, draft)) else { return };
    let Some(place) = one(draft, "destination") else { return };
    let g = &scope.grammar;
    let pronoun =
        g.dependents(draft.trigger, Deprel::NmodPoss).find(|p| matches!(g.lemma(*p), "his" | "her" | "he" | "she"));
    let Some(pronoun) = pronoun else { return };
    let guest = (0..pronoun).rev().find_map(|i| {
        let who = scope.owner(i).and_then(|m| scope.who(m).first().copied())?;
        let person = scope.kind(who) == Some(EntityType::Person);
        let abroad = scope.home_of(who).is_some_and(|home| Some(home) != scope.cast().country_of(place));
        (person && abroad).then_some(who)
    });
    if let Some(guest) = guest {
        draft.roles.insert("visitor".to_owned(), Value::One(guest));
    }
}

/// "The talks between A and B continue": without people, date and place it is no meeting that somebody could attend.
fn is_bare_diplomacy(scopes: &[Scope<'_>], draft: &Draft) -> bool {
    let Some(scope) = scope_at(scopes, draft.at).filter(|_| draft.kind == "Meeting") else { return false };
    let bare = period(draft).is_none() && !draft.roles.contains_key("place");
    let of_states =
        people(draft).iter().all(|w| scope.kind(*w).is_some_and(|k| k.is_body() || k == EntityType::Country));
    let g = &scope.grammar;
    let is_noun = g.upos(draft.trigger) != crate::language::Upos::Verb;
    // "reviewed the schedule of upcoming meetings": none of them is told of.
    let calendar = is_noun
        && draft.status == Status::Planned
        && g.lemma(draft.trigger) != g.form(draft.trigger)
        && !scope.occurs(draft.trigger);
    of_states && calendar || bare && of_states && is_noun && !scope.occurs(draft.trigger)
}

/// "They meet every year": a custom is no event.
fn is_custom(scopes: &[Scope<'_>], draft: &Draft) -> bool {
    let scope = scope_at(scopes, draft.at).filter(|_| matches!(draft.kind.as_str(), "Visit" | "Meeting"));
    scope.is_some_and(|scope| period(draft).is_none() && scope.is_habitual(draft.trigger))
}

/// "President X and a delegation of officials": who comes with somebody named makes no visit of his own.
fn drop_retinues(scopes: &[Scope<'_>], drafts: &mut Vec<Draft>) {
    let kind_of = |d: &Draft| scope_at(scopes, d.at).and_then(|scope| scope.kind(one(d, "visitor")?));
    let led: Vec<(usize, usize)> = drafts
        .iter()
        .filter(|d| d.kind == "Visit" && kind_of(d) == Some(EntityType::Person))
        .map(|d| (d.at, d.trigger))
        .collect();
    drafts.retain(|d| d.kind != "Visit" || kind_of(d) != Some(EntityType::Group) || !led.contains(&(d.at, d.trigger)));
}

/// "will be received during his visit to Peru": a visit on which something is yet to happen lies ahead, unless another sentence says
/// that it is made.
fn plan_ahead(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let Some(visit) = drafts.get(i).filter(|d| d.kind == "Visit" && d.status == Status::Asserted) else { continue };
        let Some(scope) = scope_at(scopes, visit.at) else { continue };
        let g = &scope.grammar;
        let during = g.preposition(visit.trigger).as_deref() == Some("during");
        let verb = g.head(visit.trigger).filter(|_| during && g.deprel(visit.trigger) == Deprel::Obl);
        let ahead = verb.is_some_and(|v| scope.status_of(v) == Status::Planned);
        let country = |d: &Draft| one(d, "destination").and_then(|place| scope.cast().country_of(place));
        let made = |d: &Draft| {
            let same = one(d, "visitor") == one(visit, "visitor") && country(d) == country(visit);
            d.kind == "Visit" && d.at != visit.at && d.status == Status::Asserted && same && scope.shares_article(d.at)
        };
        if ahead && !drafts.iter().any(made) {
            drafts.get_mut(i).into_iter().for_each(|d| d.status = Status::Planned);
        }
    }
}

/// What is planned for a bare weekday or month lies ahead; who "leaves on Friday" has yet to leave.
fn look_ahead(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|d| matches!(d.kind.as_str(), "Visit" | "Meeting" | "Agreement")) {
        let Some(scope) = scope_at(scopes, draft.at) else { continue };
        let Some(date) = period(draft) else { continue };
        let Some(ahead) = scope.dates.iter().find(|d| d.period == Some(date)).and_then(|d| d.ahead) else { continue };
        if draft.status == Status::Asserted && scope.is_timetable(draft.trigger) {
            draft.status = Status::Planned;
        }
        if matches!(draft.status, Status::Planned | Status::Possible) {
            draft.roles.insert("date".to_owned(), Value::When(ahead));
        }
    }
}

/// Gives undated events the date, and meetings without place the place, of the visit that they belong to.
fn lend_occasions(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let Some(draft) = drafts.get(i) else { continue };
        let open_date = matches!(draft.kind.as_str(), "Agreement" | "Meeting" | "Visit") && period(draft).is_none();
        let open_place = draft.kind == "Meeting" && !draft.roles.contains_key("place");
        if !open_date && !open_place {
            continue;
        }
        let Some(scope) = scope_at(scopes, draft.at).filter(|s| !s.is_commemorated(draft.trigger)) else { continue };
        let hosts: Vec<(usize, &Draft)> = drafts
            .iter()
            .enumerate()
            .filter(|(j, d)| *j != i && (d.kind == "Visit" || (d.kind == "Meeting" && d.at < draft.at)))
            .filter(|(_, d)| d.at <= draft.at && d.status != Status::Denied)
            .filter(|(_, d)| scope.shares_article(d.at))
            .collect();
        let mut date = None;
        let mut place = None;
        for (_, host) in hosts.iter().rev() {
            if !belongs(scope, draft, host) {
                continue;
            }
            let conflict = period(draft).is_some_and(|a| period(host).is_none_or(|b| !overlaps(a, b)));
            date = date.or(period(host));
            place = place.or(one(host, "destination").filter(|_| !conflict));
        }
        let Some(draft) = drafts.get_mut(i) else { continue };
        if let Some(date) = date.filter(|_| open_date) {
            draft.roles.insert("date".to_owned(), Value::When(date));
        }
        if let Some(place) = place.filter(|_| open_place) {
            draft.roles.insert("place".to_owned(), Value::One(place));
        }
    }
}

/// Whether `draft` happens on the occasion of `host`.
fn belongs(scope: &Scope<'_>, draft: &Draft, host: &Draft) -> bool {
    let shares = people(host).iter().any(|p| {
        people(draft).contains(p)
            || scope.home_of(*p).is_some_and(|c| draft.kind == "Agreement" && people(draft).contains(&c))
    });
    if let Some(owner) = scope.occasion(draft.trigger) {
        return owner.map_or(shares || host.kind == "Visit", |p| people(host).contains(&p));
    }
    if host.kind != "Visit" || draft.kind == "Agreement" || !shares {
        return false;
    }
    let near = draft.at - host.at <= NEAR && !scope.tells_other_day(host);
    match draft.kind.as_str() {
        // "He will also visit A and B": further stops of one trip.
        "Visit" => {
            near && one(draft, "visitor") == one(host, "visitor")
                && one(draft, "destination") != one(host, "destination")
                && scope.says_also(draft.trigger)
        }
        _ => near && (draft.at == host.at || draft.status == host.status || draft.status == Status::Planned),
    }
}

/// Who meets a host in the host's country has come there; who is received, too.
fn imply_visits(scopes: &[Scope<'_>], drafts: &[Draft]) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    for meeting in drafts.iter().filter(|d| d.kind == "Meeting" && d.status != Status::Denied) {
        let Some(scope) = scope_at(scopes, meeting.at) else { continue };
        let Some((guests, place)) = scope.guests_of(meeting) else { continue };
        for guest in guests {
            if scopes.iter().any(|s| s.is_resident(guest)) {
                continue;
            }
            let mut visit = meeting.clone();
            visit.kind = "Visit".to_owned();
            visit.roles.clear();
            visit.roles.insert("visitor".to_owned(), Value::One(guest));
            visit.roles.insert("destination".to_owned(), Value::One(place));
            if let Some(date) = period(meeting) {
                visit.roles.insert("date".to_owned(), Value::When(date));
            }
            let cast = scope.cast();
            let told = |d: &Draft| {
                d.kind == "Visit"
                    && one(d, "visitor") == Some(guest)
                    && one(d, "destination").is_some_and(|p| cast.country_of(p) == cast.country_of(place))
                    && compatible(period(d), period(meeting))
            };
            if !drafts.iter().chain(&found).any(told) {
                found.push(visit);
            }
        }
    }
    found
}

impl Scope<'_> {
    /// "attended the meeting": a known one, with nobody told who takes part besides.
    fn is_attended(&self, noun: usize) -> bool {
        let g = &self.grammar;
        let attended = g.deprel(noun) == Deprel::Obj && g.head(noun).is_some_and(|v| g.lemma(v) == "attend");
        let known = g.dependents(noun, Deprel::Det).any(|d| g.lemma(d).eq_ignore_ascii_case("the"));
        attended && known && ["with", "between", "of"].iter().all(|word| g.under_preposition(noun, word).is_empty())
    }

    /// "the 70th anniversary of the establishment of relations": what is remembered happened at another time.
    pub(super) fn is_commemorated(&self, word: usize) -> bool {
        self.grammar.path_up(word).any(|i| matches!(self.grammar.lemma(i), "anniversary" | "jubilee" | "commemorate"))
    }

    /// Whether the sentence names days, and none of them is one of `host`, which another sentence tells.
    fn tells_other_day(&self, host: &Draft) -> bool {
        let days: Vec<Period> = self.dates.iter().filter(|d| d.is_point()).filter_map(|d| d.period).collect();
        self.at != host.at && !days.is_empty() && period(host).is_some_and(|p| !days.iter().any(|d| overlaps(*d, p)))
    }
}

fn compatible(a: Option<Period>, b: Option<Period>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => overlaps(a, b),
        _ => true,
    }
}

/// A visit told by country and by capital, or by country after a place in it, is one visit.
fn unify_destinations(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let Some(later) = drafts.get(i).filter(|d| d.kind == "Visit") else { continue };
        let Some(scope) = scope_at(scopes, later.at) else { continue };
        let Some(place) = one(later, "destination") else { continue };
        let cast = scope.cast();
        let is_country = scope.kind(place) == Some(EntityType::Country);
        let earlier = drafts.iter().enumerate().take(i).find_map(|(before, d)| {
            let first =
                one(d, "destination").filter(|_| d.kind == "Visit" && one(d, "visitor") == one(later, "visitor"))?;
            let same_land =
                first != place && cast.country_of(first).is_some() && cast.country_of(first) == cast.country_of(place);
            let one_trip =
                is_country || (cast.capital_of(place).is_some() && scope.kind(first) == Some(EntityType::Country));
            let agree = d.status == later.status && compatible(period(d), period(later));
            (same_land && one_trip && agree).then_some((before, first))
        });
        let Some((before, first)) = earlier else { continue };
        // "received him in Lima … his visit to Peru": what is called a visit says where it leads.
        let word = |d: &Draft| scope_at(scopes, d.at).map_or("", |s| s.grammar.lemma(d.trigger));
        let called = |d: &Draft| CALLED.contains(&word(d));
        let exact = |d: &Draft| called(d) || CAME.contains(&word(d));
        let told = is_country && drafts.get(before).is_some_and(|d| !exact(d)) && drafts.get(i).is_some_and(called);
        let (changed, destination) = if told { (before, place) } else { (i, first) };
        if let Some(draft) = drafts.get_mut(changed) {
            draft.roles.insert("destination".to_owned(), Value::One(destination));
        }
    }
}
