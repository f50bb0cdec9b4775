//! The capitalised chunks of one sentence, divided into the names they hold.

use super::bounds::is_of_figure;
use super::line::{Line, is_shouted};
use super::posts::{Post, find_posts};
use super::reasons::{Reason, Reasons, is_acronym, is_ticker};
use crate::language::{NameKind, Upos, dateline_end, is_month, is_weekday};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;

/// One name as the first pass sees it.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) known: Option<Known>,
    pub(super) kind: Option<EntityType>,
    /// Strength of the reason, 0 for a capital alone.
    pub(super) weight: u32,
    /// The weaker reason besides.
    pub(super) other: Option<Reason>,
}

impl Hit {
    /// All reasons that count.
    pub(super) fn reasons(&self) -> impl Iterator<Item = Reason> + '_ {
        let own = self.kind.map(|kind| (kind, self.weight));
        own.into_iter().chain(self.other).filter(|(_, weight)| *weight > 0)
    }
}

const PARTICLES: &[&str] = &[
    "de", "del", "da", "dos", "der", "den", "van", "von", "bin", "ibn", "al", "el", "ul", "la", "di", "du", "bint",
    "ter",
];

fn is_nameable(line: &Line<'_>, i: usize, lexicon: &Lexicon) -> bool {
    let upos = line.upos(i);
    line.is_capital(i)
        && !lexicon.is_honorific(line.form(i))
        && !matches!(
            upos,
            Upos::Pron | Upos::Det | Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Punct | Upos::Aux | Upos::Part
        )
        && (!is_calendar(line.lower(i)) || is_jan(line, i))
        && (!is_ordinary_opening(line, i) || line.sentence.names.iter().any(|n| n.first == i))
}

/// "Jan Berg", which is no month.
fn is_jan(line: &Line<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |b| line.lower(b));
    line.form(i) == "Jan" && opens_person(line, i) && !matches!(before, "in" | "since" | "from" | "to" | "by" | "until")
}

/// A capital that only the beginning of a sentence explains.
fn is_ordinary_opening(line: &Line<'_>, i: usize) -> bool {
    let opens = i == 0 || matches!(line.form(i - 1), "\"" | "``" | "'" | ":" | "-" | "•" | "." | "(" | "—");
    opens && !matches!(line.upos(i), Upos::Propn | Upos::X) && !opens_body(line, i) && !opens_person(line, i)
}

/// "Energy Agency", "Ministry of Works", "Liquefied Gas Limited", "NORGAS, the state company".
fn opens_body(line: &Line<'_>, i: usize) -> bool {
    let lexicon = Lexicon::embedded();
    let is_legal_form = |j: usize| lexicon.is_legal_form(line.form(j));
    let is_body = |j: usize| lexicon.body_of(line.form(j)).is_some();
    let run = (i + 1..i + 6).take_while(|j| line.is_capital(*j)).last();
    let joined = line.is_capital(i + 1) && (is_legal_form(i + 1) || is_body(i + 1));
    let of_company = line.upos(i) != Upos::Adv && run.is_some_and(is_legal_form);
    let governs = is_body(i) && matches!(line.lower(i + 1), "of" | "for") && (i + 2..i + 4).any(|j| line.is_capital(j));
    let goes_on =
        matches!(line.form(i + 1), "," | "(" | "'s" | "’s") || matches!(line.upos(i + 1), Upos::Verb | Upos::Aux);
    // "Norte Exploration (NEX)"
    let bracketed = i > 0 && line.form(i - 1) == "(" && line.form(i + 1) == ")" && is_acronym(line.form(i));
    let shouted = is_shouted(line.form(i)) && goes_on && !is_shouted(line.form(i + 2));
    // "Fusion Norte (Nasdaq: FNO)"
    let listed = run.is_some_and(|last| is_ticker(line, last + 1));
    bracketed || joined || of_company || governs || shouted || listed
}

/// "Nina Holm, …": a given name before another name.
fn opens_person(line: &Line<'_>, i: usize) -> bool {
    Lexicon::embedded().is_given_name(line.form(i))
        && line.is_capital(i + 1)
        && line.upos(i + 1) == Upos::Propn
        && line.known_at(i + 1).is_none()
}

pub(super) fn is_calendar(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    is_month(word) || is_weekday(word) || matches!(word, "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")
}

/// Legal forms that are written in small letters.
fn is_small_legal_form(form: &str) -> bool {
    matches!(
        form.trim_end_matches('.'),
        "plc"
            | "p.l.c"
            | "a.s"
            | "d.d"
            | "d.o.o"
            | "s.r.o"
            | "s.p.a"
            | "s.a"
            | "s.a.r.l"
            | "n.v"
            | "b.v"
            | "ltd"
            | "inc"
            | "llc"
            | "gmbh"
    )
}

/// Whether most words of a headline begin with capitals; only then do capitals say nothing.
fn is_title_case(line: &Line<'_>) -> bool {
    let content = |i: &usize| {
        matches!(line.upos(*i), Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Propn)
            && line.form(*i).len() > 3
    };
    let (big, small): (Vec<_>, Vec<_>) = (0..line.len()).filter(content).partition(|i| line.is_capital(*i));
    big.len() > 4 * small.len()
}

/// "LIMA, May 3 (Agency) -": who sends the news takes no part in it.
fn mark_agency(line: &Line<'_>, taken: &mut [bool]) {
    let Some(close) =
        dateline_end(|i| line.form(i)).and_then(|end| end.checked_sub(1)).filter(|i| line.form(*i) == ")")
    else {
        return;
    };
    let open = (0..close).rev().find(|i| line.form(*i) == "(").unwrap_or(close);
    taken.get_mut(open..=close).into_iter().flatten().for_each(|slot| *slot = true);
}

/// The first pass over one sentence.
pub(super) struct Scan<'l, 's> {
    pub(super) line: &'l Line<'s>,
    pub(super) lexicon: &'static Lexicon,
    pub(super) headline: bool,
    /// The word after the dateline, 0 where there is none.
    pub(super) dateline: usize,
    posts: Vec<Post>,
    /// Words that belong to a post and so to no name.
    taken: Vec<bool>,
}

impl<'l, 's> Scan<'l, 's> {
    pub(super) fn new(line: &'l Line<'s>, headline: bool) -> Self {
        let lexicon = Lexicon::embedded();
        let mut taken = vec![false; line.len()];
        let posts = find_posts(line);
        for post in &posts {
            // "Envoy of the UN Secretary-General": the body within stays a name.
            let named = |i: usize| post.served.is_some_and(|s| post.core < i && i < s) && line.known_at(i).is_some();
            for i in (post.first..=post.last).filter(|i| !named(*i)) {
                taken.get_mut(i).into_iter().for_each(|slot| *slot = true);
            }
        }
        taken.iter_mut().enumerate().for_each(|(i, slot)| *slot |= is_of_figure(line, i, lexicon));
        mark_agency(line, &mut taken);
        let headline = headline && is_title_case(line);
        let dateline = dateline_end(|i| line.form(i)).filter(|end| *end > 1).unwrap_or(0);
        Self { line, lexicon, headline, dateline, posts, taken }
    }

    pub(super) fn reasons(&self) -> Reasons<'_, 's> {
        Reasons { line: self.line, posts: &self.posts }
    }

    pub(super) fn is_free(&self, i: usize) -> bool {
        !self.taken.get(i).copied().unwrap_or(true)
    }

    pub(super) fn run(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut i = 0;
        while i < self.line.len() {
            let last = if self.is_free(i) && self.starts_name(i) { self.chunk_end(i) } else { None };
            match last {
                Some(last) if self.is_defined_term(i, last) => i = last + 1,
                Some(last) => {
                    self.split(i, last, &mut hits);
                    i = last + 1;
                }
                None => i += 1,
            }
        }
        hits
    }

    fn starts_name(&self, i: usize) -> bool {
        if self.is_no_name(i) {
            return false;
        }
        is_nameable(self.line, i, self.lexicon) || self.line.known_at(i).is_some_and(|(_, _, ambiguous)| !ambiguous)
    }

    pub(super) fn continues_name(&self, i: usize) -> bool {
        let upos = self.line.upos(i);
        self.is_free(i)
            && self.line.is_capital(i)
            && !is_calendar(self.line.lower(i))
            // "Dang Hoang An": the last syllable of a name is no article.
            && (!matches!(upos, Upos::Pron | Upos::Det | Upos::Adp | Upos::Sconj | Upos::Aux)
                || (self.line.form(i) == "An" && !self.line.is_capital(i + 1)))
            && (!self.lexicon.is_honorific(self.line.form(i)) || self.closes_name(i))
    }

    /// The end of the capitalised chunk that begins at `first`.
    fn chunk_end(&self, first: usize) -> Option<usize> {
        let mut last = self.line.known_at(first).map_or(first, |(last, _, _)| last.max(first));
        loop {
            let next = last + 1;
            // "Council of Togo Kwame Mensah": the country ends the name of the body.
            let of_country = last > first && self.is_known(last) && self.line.lower(last - 1) == "of";
            let named = self.is_person_start(next) || self.lexicon.is_surname(self.line.form(next));
            // "Department of State Ana Ruiz": a field of work ends it too, before a given name.
            let field = self.lexicon.is_portfolio(self.line.lower(last)) || self.line.lower(last) == "state";
            let of_field = last > first
                && field
                && self.line.lower(last - 1) == "of"
                && self.lexicon.is_given_name(self.line.form(next))
                && !self.lexicon.is_portfolio(self.line.lower(next));
            if (of_country && named || of_field) && self.line.is_capital(next + 1) {
                return Some(last);
            }
            if self.continues_name(next) {
                last = self.line.known_at(next).map_or(next, |(l, _, _)| l.max(next));
            } else if let Some(end) = self.joined_end(last) {
                last = end;
            } else if let Some(end) = self.complement_end(first, last) {
                last = end;
            } else {
                return Some(last);
            }
        }
    }

    /// Across a particle, an ampersand, a hyphen or a number that belongs to the name.
    fn joined_end(&self, last: usize) -> Option<usize> {
        let next = last + 1;
        let form = self.line.form(next);
        let after = next + 1;
        if PARTICLES.contains(&form) && !self.is_place_word(last) {
            // "Nasser al-Emadi": the particle may be joined by a hyphen.
            let name = if self.line.form(after) == "-" && self.line.is_joined(next) { after + 1 } else { after };
            let more = PARTICLES.contains(&self.line.form(name)) && self.continues_name(name + 1);
            if self.continues_name(name) || more {
                return Some(if more { name + 1 } else { name });
            }
        }
        if form == "\"" && self.is_nickname(last, after) {
            return Some(after + 2);
        }
        // "Ana O. Ruiz, Jr."
        if form == "," && matches!(self.line.lower(after).trim_end_matches('.'), "jr" | "sr") && last > 0 {
            return Some(after);
        }
        if form == "&" && self.continues_name(after) {
            return Some(after);
        }
        // "Norte Petroleum (Peru) Pty Ltd"
        if form == "(" && self.line.form(after + 1) == ")" && self.is_known(after) {
            let legal = self.lexicon.is_legal_form(self.line.form(after + 2)) && self.continues_name(after + 2);
            return legal.then_some(after + 1);
        }
        if form == "and" && self.is_field_pair(last, after) {
            return Some(after);
        }
        let hyphen = form == "-" && self.line.is_joined(last) && self.line.is_joined(next);
        if hyphen && self.continues_name(after) && !self.is_country_pair(last, after) {
            return Some(after);
        }
        if hyphen && (self.is_second_syllable(last, after) || self.is_first_name(last, after)) {
            return Some(after);
        }
        if is_small_legal_form(form) {
            return Some(next);
        }
        let numbered = self.line.upos(next) == Upos::Num && form.chars().all(|c| c.is_ascii_digit()) && form.len() <= 2;
        // "Sri Lanka 14-15 June" ends before its days.
        let known = |first: &usize| matches!(self.line.known_at(*first), Some((end, ..)) if end == last);
        let numbered = numbered && !(last.saturating_sub(4)..=last).any(|first| known(&first));
        (numbered && self.line.token(next).is_some_and(|t| t.head.is_some_and(|h| h <= last))).then_some(next)
    }

    /// "Peru Petroleum and Chemical Corporation": two fields of work before the head of a company's name.
    fn is_field_pair(&self, last: usize, after: usize) -> bool {
        let field = |i: usize| self.lexicon.is_portfolio(self.line.lower(i));
        let end = (after..after + 4).take_while(|i| self.continues_name(*i) && !self.is_known(*i)).last();
        let heads = |i: usize| {
            let word = self.line.form(i);
            self.lexicon.is_legal_form(word) || self.lexicon.body_of(word) == Some(EntityType::Company)
        };
        field(last)
            && field(after)
            && end.is_some_and(|i| i > after && heads(i))
            && last.checked_sub(1).is_some_and(|b| self.line.is_capital(b))
    }

    /// 'Ana "Nina" Ruiz': a capitalised word in quotation marks between given name and surname.
    fn is_nickname(&self, last: usize, inner: usize) -> bool {
        self.lexicon.is_given_name(self.line.form(last))
            && self.line.is_capital(inner)
            && self.line.form(inner + 1) == "\""
            && self.continues_name(inner + 2)
    }

    /// "Park Min-seo": the second syllable of a given name after the family name.
    fn is_second_syllable(&self, last: usize, after: usize) -> bool {
        let word = self.line.form(after);
        let family = last.checked_sub(1).is_some_and(|i| self.line.is_capital(i) && self.is_free(i));
        let plain = word.len() <= 7 && word.chars().all(|c| c.is_ascii_lowercase());
        let english = word.ends_with("ed")
            || word.ends_with("ing")
            || self.lexicon.group_of(word).is_some()
            || matches!(
                word,
                "led"
                    | "based"
                    | "style"
                    | "wide"
                    | "type"
                    | "level"
                    | "size"
                    | "class"
                    | "like"
                    | "free"
                    | "owned"
                    | "run"
                    | "bound"
                    | "born"
                    | "made"
                    | "heavy"
                    | "rich"
                    | "built"
                    | "held"
                    | "elect"
                    | "general"
                    | "era"
                    | "only"
                    | "to"
                    | "and"
                    | "in"
                    | "of"
            );
        family
            && plain
            && !english
            && !self.is_known(last)
            && matches!(self.line.upos(after), Upos::Propn | Upos::X | Upos::Noun)
    }

    /// Whether the model takes word `i` for part of a person's name.
    fn is_person_name(&self, i: usize) -> bool {
        self.line.sentence.names.iter().any(|n| n.first <= i && i <= n.last && n.kind == NameKind::Person)
    }

    /// "Min-jae Han": a given name of two syllables before the family name.
    fn is_first_name(&self, last: usize, after: usize) -> bool {
        let syllable = |i: usize| self.line.form(i).len() <= 5 && self.line.form(i).chars().all(char::is_alphabetic);
        let small = self.line.form(after).chars().all(char::is_lowercase);
        let family = self.line.is_capital(after + 1)
            && self.line.form(after + 1).len() <= 5
            && (self.lexicon.is_surname(self.line.form(after + 1)) || self.is_person_name(after + 1));
        let common = matches!(self.line.upos(after), Upos::Propn | Upos::X | Upos::Noun);
        syllable(last) && syllable(after) && small && common && family && !self.is_known(last) && last > 0
    }

    pub(super) fn is_known(&self, i: usize) -> bool {
        self.line.known_at(i).is_some()
    }

    fn is_place_word(&self, i: usize) -> bool {
        self.lexicon.thing_of(self.line.form(i)) == Some(EntityType::Place)
    }

    fn is_country_pair(&self, a: usize, b: usize) -> bool {
        let is_country = |i| {
            matches!(self.line.known_at(i), Some((_, Known::Country(_) | Known::Demonym(_) | Known::Capital(_), _)))
        };
        let before = (0..=a).rev().take(3).any(is_country);
        is_country(b) && (before || is_shouted(self.line.form(a)))
    }

    /// Across "of", "for", "and" inside the name of a body: "Ministry of Energy and Water", "University of the Andes".
    fn complement_end(&self, first: usize, last: usize) -> Option<usize> {
        let head = self.reasons().body_word(first, last)?;
        let next = last + 1;
        let skip_article = |at: usize| if self.line.lower(at) == "the" { at + 1 } else { at };
        let governmental = matches!(self.lexicon.body_of(&head), Some(EntityType::GovernmentBody));
        let has_complement = (first..=last).any(|i| matches!(self.line.lower(i), "of" | "for" | "on"));
        match self.line.lower(next) {
            "of" | "for" | "on" => {
                let at = skip_article(next + 1);
                (self.continues_name(at) && (self.line.lower(next) != "on" || governmental)).then_some(at)
            }
            "and" if has_complement || governmental => {
                let at = next + 1;
                let known = self.line.known_at(at).is_some();
                let is_body = self.lexicon.body_of(self.line.form(at)).is_some() && !has_complement;
                let acronym = is_shouted(self.line.form(at));
                // "Bank of Peru and Bank Andino": a country ends the first name.
                let closed = self.line.known_at(last).is_some() && self.lexicon.body_of(self.line.form(at)).is_some();
                (!closed && self.continues_name(at) && !known && !is_body && !acronym && !self.is_person_start(at))
                    .then_some(at)
            }
            "," if has_complement && governmental => {
                let at = next + 1;
                let listed = self.continues_name(at)
                    && self.line.known_at(at).is_none()
                    && (at + 1..at + 5).any(|j| self.line.lower(j) == "and" && self.continues_name(j + 1))
                    && !self.is_person_start(at);
                listed.then_some(at)
            }
            _ => None,
        }
    }

    fn is_person_start(&self, i: usize) -> bool {
        self.lexicon.is_given_name(self.line.form(i))
            || self.line.sentence.names.iter().any(|n| n.first == i && n.kind == NameKind::Person)
    }
}
