//! Facts whose sentence names too few: who else is meant is told by what the document said before.
//!
//! Law: a filler comes from a fact told before, or is one of the two countries that the text is about; where both leave it open,
//! there is no fact.

use super::deals;
use super::evoke::{Draft, OpenDraft};
use super::fact::{Status, Value};
use super::scope::{Scope, scope_at};
use crate::language::{Deprel, Upos, Xpos};
use crate::ontology::EntityType;
use crate::ontology::frames::Context;
use crate::ontology::identity::change_of;
use crate::recognise::Sense;

/// How many sentences back what "the agreement" means may stand, and the visit on which it was signed; what is extended may stand
/// anywhere before.
const MEMORY: usize = 6;

/// How many sentences back the visit or meeting may stand whose day is the day of what was signed.
const SAME_DAY: usize = 5;

/// "… met in Lima on 3 May. The two leaders signed an agreement": gives undated agreements the date of the meeting, visit or
/// agreement of the same parties told right before.
pub(super) fn date_from_before(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(i);
        let Some(draft) = rest.first_mut() else { continue };
        let Some(scope) = scope_at(scopes, draft.at) else { continue };
        if draft.kind != "Agreement"
            || draft.roles.contains_key("date")
            || !scope.is_told_in_past(draft)
            || scope.is_commemorated(draft.trigger)
        {
            continue;
        }
        let (parties, changing) = (scope.countries_of(draft), changes(draft));
        let occasion = scope.is_on_same_occasion();
        // What came since happened later, and relations are no occasion for what else is agreed.
        let later = scope.lemmas().any(|word| word.eq_ignore_ascii_case("since"));
        let relates = |d: &Draft| type_of(d).ends_with("relations");
        let same = |d: &&Draft| {
            d.at + SAME_DAY >= scope.at
                && !later
                && !relates(d)
                && (matches!(d.kind.as_str(), "Visit" | "Meeting") || (d.kind == "Agreement" && !changing))
                && d.status == Status::Asserted
                && d.roles.contains_key("date")
                && scope.shares_article(d.at)
                && (occasion || is_between(&scope.countries_of(d), &parties))
        };
        if let Some(Value::When(day)) = before.iter().rev().find(same).and_then(|d| d.roles.get("date")) {
            draft.roles.insert("date".to_owned(), Value::When(*day));
        }
    }
}

/// "On Tuesday X visited Lima. … He met Y": gives undated meetings told in the past the dates of the one visit that an article tells of
/// somebody who takes part.
pub(super) fn date_from_visit(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(i);
        let Some(draft) = rest.first_mut() else { continue };
        let Some(scope) = scope_at(scopes, draft.at) else { continue };
        if draft.kind != "Meeting" || draft.roles.contains_key("date") || !scope.is_told_in_past(draft) {
            continue;
        }
        let people = draft.roles.get("participants").map(Value::entities).unwrap_or_default();
        let all = |d: &Draft, role: &str| d.roles.get(role).map(Value::entities).unwrap_or_default();
        // A delegation meets whom its leader meets.
        let led = |d: &&Draft| d.kind == "Relation" && all(d, "object").iter().any(|group| people.contains(group));
        let leads = |d: &Draft| d.roles.get("relation").and_then(Value::as_text) == Some("leads");
        let leaders: Vec<usize> =
            before.iter().filter(led).filter(|d| leads(d)).flat_map(|d| all(d, "subject")).collect();
        let of_one = |d: &&Draft| {
            let takes_part = |who: &usize| people.contains(who) || leaders.contains(who);
            d.kind == "Visit" && scope.shares_article(d.at) && all(d, "visitor").iter().any(takes_part)
        };
        let mut visits = before.iter().filter(of_one);
        let (Some(visit), None) = (visits.next(), visits.next()) else { continue };
        if let Some(Value::When(days)) = visit.roles.get("date").filter(|_| visit.status == Status::Asserted) {
            draft.roles.insert("date".to_owned(), Value::When(*days));
        }
    }
}

/// Completes `open` from `drafts` and the cast, and puts what became complete among `drafts`, which end in order of the text.
pub(super) fn complete_drafts(scopes: &[Scope<'_>], drafts: &mut Vec<Draft>, mut open: Vec<OpenDraft>) {
    drafts.sort_by_key(|d| (d.at, d.trigger));
    open.sort_by_key(|o| (o.draft.at, o.draft.trigger));
    for unfinished in open {
        let Some(scope) = scope_at(scopes, unfinished.draft.at) else { continue };
        let place = drafts.partition_point(|d| (d.at, d.trigger) < (unfinished.draft.at, unfinished.draft.trigger));
        let behind = |d: &&Draft| d.at == scope.at && d.kind == "Visit";
        let memory = if changes(&unfinished.draft) { usize::MAX } else { MEMORY };
        let here = drafts.iter().skip(place).filter(behind);
        let earlier: Vec<&Draft> = here
            .chain(drafts.iter().take(place).rev())
            .filter(|d| d.at.saturating_add(memory) >= scope.at && scope.shares_article(d.at))
            .collect();
        let named = unfinished.named();
        let found = unfinished.context.iter().find_map(|context| {
            let whole = match context {
                Context::Antecedent => scope.parties_of_antecedent(&unfinished, &earlier),
                Context::Occasion => scope.parties_of_occasion(&unfinished, &earlier),
                Context::Pair if is_of_others(scope, drafts.iter().take(place), &unfinished) => None,
                Context::Pair => scope.parties_of_pair(&unfinished),
                Context::Visitor => scope.participants_of_visit(&unfinished, &earlier),
                Context::Announcer => scope.party_that_announces(&unfinished),
            }?;
            (whole.len() >= unfinished.least && named.iter().all(|n| whole.contains(n))).then_some(whole)
        });
        if let Some(whole) = found {
            // What is extended was signed earlier.
            let same = scope.antecedent(&unfinished, &earlier).filter(|_| !changes(&unfinished.draft));
            let day = same.and_then(|d| d.roles.get("date")).cloned();
            let mut draft = unfinished.draft;
            if let (Some(day), false) = (day, draft.roles.contains_key("date")) {
                draft.roles.insert("date".to_owned(), day);
            }
            draft.roles.insert(unfinished.role.clone(), Value::Many(whole));
            let whole = if unfinished.apart.is_empty() {
                vec![draft]
            } else {
                draft.set_apart(&unfinished.role, &unfinished.apart)
            };
            drafts.splice(place..place, whole);
        }
    }
}

/// Whether the last agreement that the article told is between others than countries, and this one adds nothing that would set
/// it apart ("a binding agreement", "the deal was signed"), or none was between countries and nobody visited: then it is not theirs.
fn is_of_others<'d>(scope: &Scope<'_>, before: impl DoubleEndedIterator<Item = &'d Draft>, open: &OpenDraft) -> bool {
    let here: Vec<&Draft> = before.filter(|d| scope.shares_article(d.at)).collect();
    let political = here.iter().any(|d| matches!(d.kind.as_str(), "Visit" | "Meeting"));
    let told: Vec<&Draft> = here.into_iter().filter(|d| d.kind == open.draft.kind).collect();
    let of_others = |d: &&Draft| {
        let all = d.roles.get(&open.role).map(Value::entities);
        all.is_some_and(|all| all.into_iter().any(|who| scope.kind(who) != Some(EntityType::Country)))
    };
    let tells = ["topic", "count", "date"].iter().any(|role| open.draft.roles.contains_key(*role));
    let tells = tells && (political || !told.iter().all(&of_others));
    !tells && told.last().is_some_and(of_others)
}

/// "The signing of the memorandum will open a new chapter": what was told as done before is done, whatever comes of it.
pub(super) fn settle_what_is_done(scopes: &[Scope<'_>], drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(i);
        let Some(draft) = rest.first_mut().filter(|d| d.kind == "Agreement" && d.status == Status::Planned) else {
            continue;
        };
        let Some(scope) = scope_at(scopes, draft.at) else { continue };
        let done = |d: &&Draft| {
            d.kind == draft.kind
                && d.status == Status::Asserted
                && d.roles.get("parties") == draft.roles.get("parties")
                && names_alike(d, draft)
                && scope.shares_article(d.at)
        };
        if scope.names_as_known(draft.trigger) && before.iter().any(|d| done(&d)) {
            draft.status = Status::Asserted;
        }
    }
}

/// Whether an event of `theirs` is one of `parties`: no other country takes part.
fn is_between(theirs: &[usize], parties: &[usize]) -> bool {
    parties.len() == 2 && !theirs.is_empty() && theirs.iter().all(|c| parties.contains(c))
}

fn type_of(draft: &Draft) -> &str {
    draft.roles.get("type").and_then(Value::as_text).unwrap_or_default()
}

/// Whether an agreement extends or amends another.
fn changes(draft: &Draft) -> bool {
    change_of(type_of(draft)).is_some()
}

/// Whether what both are called allows that they are one; of one that changes another, that the other is the one.
fn names_alike(a: &Draft, b: &Draft) -> bool {
    match (a.roles.get("type"), b.roles.get("type")) {
        (Some(Value::Text(a)), Some(Value::Text(b))) => deals::is_same_type(a, deals::changed_by(b).unwrap_or(b)),
        _ => true,
    }
}

/// Whether all words by which `change` calls what it changes are said of `other`.
fn is_changed(change: &Draft, other: &Draft) -> bool {
    let told = other.roles.iter().filter(|(role, _)| matches!(role.as_str(), "type" | "topic"));
    let words = told.filter_map(|(_, value)| value.as_text()).flat_map(deals::telling_words);
    let called = deals::telling_words(deals::changed_by(type_of(change)).unwrap_or_default());
    called.is_subset(&words.collect())
}

impl OpenDraft {
    /// Whom the sentence names.
    fn named(&self) -> Vec<usize> {
        match self.draft.roles.get(&self.role) {
            Some(Value::Many(list)) => list.clone(),
            _ => Vec::new(),
        }
    }
}

impl Scope<'_> {
    /// Whether the verb that states `draft` is in the past tense and the sentence names no date.
    fn is_told_in_past(&self, draft: &Draft) -> bool {
        let g = &self.grammar;
        let past = |v: usize| {
            let aux = || g.children(v).iter().filter(|c| matches!(g.deprel(**c), Deprel::Aux | Deprel::AuxPass));
            let perfect = aux().any(|a| g.lemma(*a) == "have");
            g.xpos(v) == Xpos::Vbd || (g.xpos(v) == Xpos::Vbn && g.deprel(v) != Deprel::Acl && !perfect)
        };
        // "had the opportunity to meet"
        let bare = |i: usize| g.xpos(i) == Xpos::Vb && matches!(g.deprel(i), Deprel::Acl | Deprel::Xcomp);
        let verb = g.path_up(draft.trigger).find(|i| g.upos(*i) == Upos::Verb && !bare(*i));
        // "a plan that would run through 2028" says nothing about when it was agreed.
        let aside =
            |i: usize| g.path_up(i).take_while(|at| Some(*at) != verb).any(|at| g.deprel(at) == Deprel::AclRelcl);
        let undated = self.dates.iter().all(|d| aside(d.first) && g.is_within(d.first, verb.unwrap_or(d.first)));
        draft.status == Status::Asserted && undated && verb.is_some_and(past)
    }

    /// "on the same occasion", "on the sidelines": when what was told before happened.
    fn is_on_same_occasion(&self) -> bool {
        let tokens = self.grammar.tokens.iter();
        tokens
            .take(8)
            .any(|t| matches!(t.lemma.to_lowercase().as_str(), "occasion" | "sideline" | "sidelines" | "margin"))
    }

    /// The countries that take part in what `draft` states, by themselves or through their officials.
    fn countries_of(&self, draft: &Draft) -> Vec<usize> {
        let all = draft.roles.values().flat_map(Value::entities);
        let mut countries: Vec<usize> = all.filter_map(|who| self.fit(who, &[EntityType::Country])).collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    /// The last fact of the kind that "the agreement" may mean.
    fn antecedent<'d>(&self, open: &OpenDraft, earlier: &[&'d Draft]) -> Option<&'d Draft> {
        // "The two agreements" are no single one told before.
        let alike = |d: &Draft| {
            names_alike(d, &open.draft)
                && deals::is_plural_type(type_of(d)) >= deals::is_plural_type(type_of(&open.draft))
        };
        let is_meant = |d: &&&Draft| d.kind == open.draft.kind && d.roles.contains_key(&open.role) && alike(d);
        let mut meant = earlier.iter().filter(is_meant).copied();
        let best = meant.find(|d| !changes(&open.draft) || is_changed(&open.draft, d));
        best.filter(|_| self.is_definite(open.draft.trigger))
    }

    /// "The agreement was signed in Lima": its parties are those of the last agreement; "the memoranda were signed with A and B":
    /// the first of them and A and B.
    fn parties_of_antecedent(&self, open: &OpenDraft, earlier: &[&Draft]) -> Option<Vec<usize>> {
        let before = self.antecedent(open, earlier)?;
        let Some(Value::Many(all)) = before.roles.get(&open.role) else { return None };
        let named = open.named();
        if named.iter().all(|n| all.contains(n)) {
            return Some(all.clone());
        }
        let described = |who: &usize| self.kind(*who) == Some(EntityType::Group);
        let first = all.iter().find(|who| !described(who)).or(all.first()).filter(|f| !named.contains(f))?;
        Some(std::iter::once(*first).chain(named).collect())
    }

    /// Whether a noun names as known what is agreed on ("the signing of this memorandum"), as the subject of what comes of it.
    fn names_as_known(&self, noun: usize) -> bool {
        let g = &self.grammar;
        let verb = g.head(noun).map_or("", |v| g.lemma(v));
        let happens = matches!(
            verb,
            "sign" | "take" | "hold" | "conclude" | "happen" | "occur" | "follow" | "finalise" | "finalize"
        );
        g.upos(noun) == Upos::Noun && g.deprel(noun) == Deprel::Nsubj && self.is_definite(noun) && !happens
    }

    fn is_definite(&self, noun: usize) -> bool {
        let g = &self.grammar;
        let points =
            |c: usize| matches!(g.lemma(c).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those");
        g.dependents(noun, Deprel::Det).any(points) || g.upos(noun) == Upos::Pron
    }

    /// "Three agreements were signed during the visit": the countries of the visit, where the sentence names nobody.
    fn parties_of_occasion(&self, open: &OpenDraft, earlier: &[&Draft]) -> Option<Vec<usize>> {
        let event = earlier.iter().find(|d| matches!(d.kind.as_str(), "Visit" | "Meeting"))?;
        // "signed the memorandum during his visit to Peru"
        if !open.named().is_empty() && event.at != self.at {
            return None;
        }
        let countries = self.countries_of(event);
        (countries.len() == 2 && open.kinds.contains(&EntityType::Country)).then_some(countries)
    }

    /// "Many issues were discussed during the talks with X": the guest of the last visit and X, who is of another country.
    fn participants_of_visit(&self, open: &OpenDraft, earlier: &[&Draft]) -> Option<Vec<usize>> {
        let [host] = <[usize; 1]>::try_from(open.named()).ok()?;
        let at = self.grammar.preposition(open.draft.trigger)?;
        let visit = earlier.iter().find(|d| d.kind == "Visit" && d.status != Status::Denied)?;
        let guests = visit.roles.get("visitor").map(Value::entities).unwrap_or_default();
        let [guest] = <[usize; 1]>::try_from(guests).ok()?;
        let country = |who: usize| self.fit(who, &[EntityType::Country]);
        let foreign = country(host)? != country(guest)?;
        let person = self.kind(guest) == Some(EntityType::Person);
        let during = matches!(at.as_str(), "during" | "in" | "at" | "after" | "following");
        (during && foreign && person).then(|| vec![guest, host])
    }

    /// "The ministry announced that X won the contract": the ministry and X.
    fn party_that_announces(&self, open: &OpenDraft) -> Option<Vec<usize>> {
        let [winner] = <[usize; 1]>::try_from(open.named()).ok()?;
        let public = [EntityType::Country, EntityType::GovernmentBody];
        let giver = open.draft.speaker.filter(|who| self.kind(*who).is_some_and(|k| public.contains(&k)))?;
        (giver != winner).then(|| vec![winner, giver])
    }

    /// "relations with the country": the other one is meant, not named.
    fn is_with_somebody(&self, noun: usize) -> bool {
        let g = &self.grammar;
        let with = (noun + 1..noun + 4).find(|i| g.lemma(*i) == "with");
        with.is_some_and(|w| g.lemma(w + 1) == "the" || g.deprel(w + 1) == Deprel::NmodPoss)
    }

    fn parties_of_pair(&self, open: &OpenDraft) -> Option<Vec<usize>> {
        let g = &self.grammar;
        // Who may sign, or did not, is not to be guessed.
        let (named, pair) = (open.named(), self.cast().pairs.get(self.at).copied().flatten()?);
        let trigger = open.draft.trigger;
        // "the agreement with a consortium", "its chief executive signed": somebody else is a party, who has no name here.
        let nameless = named.is_empty() && (trigger + 1..trigger + 4).any(|i| g.lemma(i) == "with");
        let subject = g.path_up(trigger).find(|i| g.upos(*i) == Upos::Verb).and_then(|v| g.own_subject(v));
        let official = subject.is_some_and(|s| self.findings.titles.iter().any(|t| t.core == s && t.kind == "company"));
        // "The federal government signed the contract": one party, and nobody knows with whom.
        let one =
            |s: usize| g.xpos(s) == Xpos::Nn && matches!(g.lemma(s), "government" | "ministry" | "company" | "firm");
        // "The countries that make up the bloc signed": those, who have no names here.
        let described = |s: usize| g.xpos(s) == Xpos::Nns && g.dependents(s, Deprel::AclRelcl).next().is_some();
        if nameless || official || subject.is_some_and(|s| one(s) || described(s)) {
            return None;
        }
        let other_is_meant = named.len() == 1 && self.is_with_somebody(trigger);
        let of_companies = self.findings.mentions.iter().any(|m| m.sense == Sense::Partners);
        if !(named.is_empty() || other_is_meant) || of_companies || open.draft.status > Status::Planned {
            return None;
        }
        open.kinds.contains(&EntityType::Country).then(|| pair.to_vec())
    }
}
