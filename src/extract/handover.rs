//! Verbs that give and take posts, and when a post began and ended.
//!
//! Law: a date is that of a post only where the sentence ties it to the post or to the verb that gives or takes it.

use super::fact::Value;
use super::scope::Scope;
use crate::date::{Date, Period};
use crate::language::Deprel;
use crate::ontology::EntityType;
use crate::recognise::Title;
use indexmap::IndexMap;

/// A verb that gives or takes a post, and what it says of it.
pub(super) struct Handover {
    pub(super) verb: usize,
    pub(super) who: usize,
    /// Who appoints, announces: the employer where none is named.
    pub(super) by: Option<usize>,
    /// Whether the post ends with it.
    pub(super) ends: bool,
}

impl Scope<'_> {
    /// "He is president of X", "X was appointed director", "Y named X chief executive", "X resigned as minister".
    pub(super) fn handover(&self, title: &Title) -> Option<Handover> {
        let g = &self.grammar;
        // "He was with the senators": he is none of them.
        if g.dependents(title.core, Deprel::Cop).next().is_some() && g.preposition(title.core).is_none() {
            let who = self.person_at(g.subject(title.core)?)?;
            return Some(Handover { verb: title.core, who, by: None, ends: false });
        }
        let verb = g.path_up(title.core).skip(1).take(3).find(|i| is_handover(g.lemma(*i)))?;
        let link = g.path_up(title.core).take_while(|i| *i != verb).last()?;
        let fits = match g.deprel(link) {
            Deprel::Obl | Deprel::Nmod => matches!(g.preposition(link).as_deref(), Some("as" | "to" | "from")),
            Deprel::Xcomp | Deprel::Obj | Deprel::Iobj | Deprel::Appos | Deprel::Advcl => true,
            _ => false,
        };
        if !fits {
            return None;
        }
        let lemma = g.lemma(verb);
        let ends =
            matches!(lemma, "resign" | "step" | "retire" | "quit" | "dismiss" | "sack" | "oust" | "fire" | "remove");
        let transitive = matches!(
            lemma,
            "appoint"
                | "name"
                | "elect"
                | "re-elect"
                | "reelect"
                | "nominate"
                | "designate"
                | "dismiss"
                | "sack"
                | "oust"
                | "fire"
                | "remove"
                | "swear"
                | "promote"
                | "reappoint"
                | "re-appoint"
                | "install"
        );
        let (whom, by) = if transitive {
            let objects = g.patients(verb);
            let whom = objects.iter().copied().filter(|o| *o != title.core).find_map(|o| self.person_at(o));
            (whom, g.agents(verb).first().copied())
        } else {
            (g.subject(verb).and_then(|s| self.person_at(s)), None)
        };
        let announced = || {
            g.path_up(verb)
                .skip(1)
                .find_map(|v| matches!(g.lemma(v), "announce" | "say").then(|| g.own_subject(v)).flatten())
        };
        let by = by.or_else(announced).and_then(|s| self.entities_at(s).first().copied());
        let by = by.filter(|b| !matches!(self.kind(*b), Some(EntityType::Person | EntityType::Group)));
        Some(Handover { verb, who: whom?, by, ends })
    }

    fn person_at(&self, token: usize) -> Option<usize> {
        self.entities_at(token).into_iter().find(|w| self.kind(*w) == Some(EntityType::Person))
    }

    /// "ambassadors were X (1992-1996) and Y": a span of time in brackets right after the holder's name.
    fn stands_beside_holder(&self, title: &Title, date: usize) -> bool {
        let mention = title.holder.and_then(|m| self.named_mention(m)).and_then(|m| self.mention(m));
        let open = date.checked_sub(1).filter(|i| self.grammar.form(*i) == "(");
        mention.is_some_and(|m| open == Some(m.last + 1))
    }

    /// When the post began and ended: "since 2019", "from 2015 to 2020", "until May", the date of the verb.
    pub(super) fn add_tenure(
        &self,
        title: &Title,
        handover: Option<&Handover>,
        roles: &mut IndexMap<String, Value<usize>>,
    ) {
        let g = &self.grammar;
        let verb = handover.map(|h| h.verb);
        let mut add = |role: &str, date: Option<Date>| {
            if let Some(date) = date {
                roles.entry(role.to_owned()).or_insert(Value::When(Period::from(date)));
            }
        };
        for date in self.dates {
            let Some(period) = date.period else { continue };
            if self.stands_beside_holder(title, date.first) {
                add("start", period.from.filter(|_| period.single().is_none()));
                add("end", period.to.filter(|_| period.single().is_none()));
                continue;
            }
            let head = crate::recognise::head_of(self.sentence, date.first, date.last);
            let near = verb.is_some_and(|v| g.is_within(head, v))
                || (title.first <= date.first && date.first <= title.last + 3);
            if !near {
                continue;
            }
            let before = date.first.checked_sub(1).map_or("", |i| g.form(i)).to_lowercase();
            let own = g.form(date.first).to_lowercase();
            let word = if matches!(own.as_str(), "since" | "until" | "till" | "from" | "between" | "in" | "on") {
                own
            } else {
                before
            };
            match word.as_str() {
                "since" => add("start", period.from),
                "until" | "till" => add("end", period.to.or(period.from)),
                "from" | "between" if period.from != period.to => {
                    add("start", period.from);
                    add("end", period.to);
                }
                _ => {
                    let Some(h) = handover.filter(|h| h.verb != title.core && self.date_of(h.verb) == Some(period))
                    else {
                        continue;
                    };
                    if h.ends {
                        add("end", period.from);
                    } else if !matches!(g.lemma(h.verb), "serve" | "remain" | "act" | "work" | "continue") {
                        add("start", period.from);
                    }
                }
            }
        }
    }
}

/// Verbs that give, hold or take a post.
fn is_handover(lemma: &str) -> bool {
    matches!(
        lemma,
        "appoint"
            | "name"
            | "elect"
            | "re-elect"
            | "reelect"
            | "nominate"
            | "designate"
            | "become"
            | "serve"
            | "remain"
            | "act"
            | "resign"
            | "step"
            | "retire"
            | "quit"
            | "dismiss"
            | "sack"
            | "oust"
            | "fire"
            | "remove"
            | "swear"
            | "promote"
            | "reappoint"
            | "re-appoint"
            | "install"
            | "continue"
            | "return"
            | "inaugurate"
    )
}
