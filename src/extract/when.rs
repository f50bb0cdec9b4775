//! Which date of a sentence belongs to which statement.

use super::scope::Scope;
use crate::date::Period;
use crate::language::{Deprel, Upos};
use crate::ontology::lexicon::Lexicon;
use crate::ontology::modality::{Modality, Speech};
use crate::recognise::DateMention;

impl Scope<'_> {
    /// The date of what `trigger` states: the nearest by the tree; a date in a clause of its own belongs to that clause.
    pub(super) fn date_of(&self, trigger: usize) -> Option<Period> {
        self.date_mention_of(trigger).and_then(|d| d.period)
    }

    pub(super) fn date_mention_of(&self, trigger: usize) -> Option<&DateMention> {
        let above: Vec<usize> = self.grammar.path_up(trigger).collect();
        self.dates
            .iter()
            .filter(|d| d.period.is_some() && d.is_point() && !self.is_term(d))
            .filter_map(|d| Some((self.distance(trigger, &above, d)?, d)))
            .min_by_key(|(distance, d)| (*distance, d.first.abs_diff(trigger)))
            .map(|(_, d)| d)
    }

    /// "a plan for 2023-2024": the years that something is to run tell nothing of when it was made.
    fn is_term(&self, date: &DateMention) -> bool {
        let led = date.first.checked_sub(1).is_some_and(|i| self.grammar.lemma(i).eq_ignore_ascii_case("for"));
        let years = date.period.is_some_and(|p| {
            p.single().is_none() && p.from.is_some_and(|d| d.month.is_none()) && p.to.is_some_and(|d| d.month.is_none())
        });
        led && years
    }

    /// 0 under the trigger itself, 1 in its clause, 2 and more in clauses above; `None` in a clause apart.
    fn distance(&self, trigger: usize, above: &[usize], date: &DateMention) -> Option<usize> {
        let head = crate::recognise::head_of(self.sentence, date.first, date.last);
        if self.is_of_another_event(trigger, head) {
            return None;
        }
        if self.is_right_behind(trigger, date.first) {
            return Some(0);
        }
        let pictured = self.is_of_picture(date.first);
        if self.grammar.is_within(head, trigger) {
            return (pictured || !self.crosses_clause(head, trigger)).then_some(0);
        }
        let meet = self.grammar.path_up(head).find(|a| above.contains(a))?;
        if (self.crosses_clause(head, meet) && !pictured)
            || above.iter().take_while(|a| **a != meet).any(|a| self.is_at_another_time(*a))
        {
            return None;
        }
        let steps = above.iter().take_while(|a| **a != meet).filter(|a| self.grammar.upos(**a) == Upos::Verb).count();
        // A date that a sentence opens with frames the whole of it.
        let frames = date.first <= 2 || pictured;
        let apart = above
            .iter()
            .take_while(|a| **a != meet)
            .any(|a| matches!(self.grammar.deprel(*a), Deprel::AclRelcl | Deprel::Parataxis | Deprel::Appos));
        // "will be signed, the minister said today": today he said so.
        let said = self.is_of_saying(head, meet)
            && above.iter().take_while(|a| **a != meet).any(|a| self.grammar.deprel(*a) == Deprel::Ccomp);
        (!said && (frames || !apart)).then_some(1 + steps)
    }

    /// Whether a date hangs right on a verb of saying.
    fn is_of_saying(&self, date: usize, verb: usize) -> bool {
        let says = Modality::embedded().speech(self.grammar.lemma(verb)) == Some(Speech::Say);
        says && self.grammar.head(date) == Some(verb)
    }

    /// "his first visit following his election in December": a day of what went before, unless that is an occasion of the same days.
    fn is_of_another_event(&self, trigger: usize, date: usize) -> bool {
        let g = &self.grammar;
        // By the order of words: "following", whose, what, "in", the date.
        let noun = date.checked_sub(2).filter(|n| g.upos(*n) == Upos::Noun && g.upos(n + 1) == Upos::Adp);
        let led = |noun: usize| {
            (noun.saturating_sub(2)..noun)
                .any(|i| matches!(g.form(i).to_lowercase().as_str(), "following" | "after" | "since"))
        };
        let occasion = |noun: usize| {
            Lexicon::embedded().is_occasion(g.form(noun)) || Lexicon::embedded().is_occasion(g.lemma(noun))
        };
        if noun.is_some_and(|n| trigger < n && led(n) && !occasion(n)) {
            return true;
        }
        let above = || g.path_up(date).skip(1).take_while(|a| *a != trigger).filter(|a| g.upos(*a) == Upos::Noun);
        // Taggers take "following" for a verb.
        let follows = |noun: usize| g.head(noun).is_some_and(|v| g.form(v).eq_ignore_ascii_case("following"));
        above().any(|noun| (self.is_at_another_time(noun) || follows(noun)) && !occasion(noun))
    }

    /// "in this photo, taken on 3 May, A meets B": the day of the picture is the day of what it shows.
    fn is_of_picture(&self, date: usize) -> bool {
        const OPENING: usize = 10;
        let shows =
            |i: usize| matches!(self.grammar.lemma(i), "photo" | "photograph" | "picture" | "image" | "handout");
        date <= OPENING && (0..date).any(shows)
    }

    /// "the visit to Peru last year": a date that only names and prepositions part from the word belongs to it.
    fn is_right_behind(&self, trigger: usize, date: usize) -> bool {
        const REACH: usize = 6;
        let close = |i: usize| {
            !matches!(self.grammar.upos(i), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Cconj | Upos::Sconj)
        };
        trigger < date && date - trigger <= REACH && (trigger + 1..date).all(close)
    }

    /// "returned on Sunday after visits to Peru": when the one was tells not when the other was.
    fn is_at_another_time(&self, word: usize) -> bool {
        let g = &self.grammar;
        let marks = |c: &usize| {
            matches!(g.deprel(*c), Deprel::Case | Deprel::Mark)
                && matches!(
                    g.lemma(*c).to_lowercase().as_str(),
                    "after" | "before" | "following" | "follow" | "since" | "until"
                )
        };
        // "Before leaving for Peru she will be in Chile from 3 to 5 May", "opened on Friday, two years after they founded"
        let counted =
            |m: usize| m.checked_sub(1).is_some_and(|i| matches!(g.lemma(i), "day" | "week" | "month" | "year"));
        let marked = |m: usize| match g.lemma(m).to_lowercase().as_str() {
            "before" => true,
            "after" => counted(m),
            _ => false,
        };
        let earlier = g.deprel(word) == Deprel::Advcl && g.dependents(word, Deprel::Mark).any(marked);
        earlier || matches!(g.deprel(word), Deprel::Obl | Deprel::Nmod) && g.children(word).iter().any(marks)
    }

    /// Whether a clause of its own lies between `from` and its ancestor `to`.
    fn crosses_clause(&self, from: usize, to: usize) -> bool {
        self.grammar
            .path_up(from)
            .take_while(|a| *a != to)
            .any(|a| a != from && self.grammar.upos(a) == Upos::Verb && self.grammar.deprel(a) != Deprel::Xcomp)
    }
}
