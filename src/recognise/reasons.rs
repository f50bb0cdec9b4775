//! Why a chunk of capitals is a person, a company, a place: its own pattern, what stands around it, the model's opinion.

use super::line::{Line, is_shouted};
use super::posts::{Post, is_country_word, is_plural, kind_of, of_country, post_before};
use crate::language::{NameKind, Upos};
use crate::ontology::EntityType;
use crate::ontology::lexicon::Lexicon;

/// A class and how strong the reason for it is: 4 for a post held there, 3 for a pattern, 2 for what stands around and for
/// given names, 1 for the model.
pub(super) type Reason = (EntityType, u32);

/// Reads the reasons of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Reasons<'r, 's> {
    pub(super) line: &'r Line<'s>,
    pub(super) posts: &'r [Post],
}

impl Reasons<'_, '_> {
    pub(super) fn model_kind(&self, first: usize, last: usize) -> Option<NameKind> {
        self.line.sentence.names.iter().find(|n| n.first <= first && n.last >= last).map(|n| n.kind)
    }

    /// A post or form of address right before.
    pub(super) fn is_addressed(&self, first: usize) -> bool {
        post_before(self.line, self.posts, first).is_some() || self.has_honorific(first)
    }

    pub(super) fn has_honorific(&self, first: usize) -> bool {
        let mut before = first.checked_sub(1);
        // "Dato' X": the mark belongs to the form of address.
        if before.is_some_and(|i| matches!(self.line.form(i), "'" | "’" | "'s" | ".")) {
            before = before.and_then(|i| i.checked_sub(1)).filter(|_| self.line.form(first.saturating_sub(1)) != "'s");
        }
        before.is_some_and(|i| Lexicon::embedded().is_honorific(self.line.form(i)) || self.line.form(i) == "General")
    }

    /// Whether a post of a state with its country stands right before: "President of the Republic of Peru X".
    fn follows_office_of_state(&self, first: usize) -> bool {
        let Some(of) = first.checked_sub(1).and_then(|i| of_country(self.line, i)) else { return false };
        self.ends_office(of)
            || post_before(self.line, self.posts, first).is_some_and(|p| {
                self.line.is_capital(p.core) && matches!(kind_of(self.line, p), "state" | "government" | "diplomatic")
            })
    }

    /// "Chairman of the Chamber of": whether a post in capitals stands before word `of`, with at most the body that it is held in between.
    pub(super) fn ends_office(&self, of: usize) -> bool {
        let line = self.line;
        let joins = |j: usize| matches!(line.lower(j), "of" | "the") || line.is_capital(j);
        let ends_post = |j: usize| self.posts.iter().any(|p| p.last == j && line.is_capital(p.core));
        (0..of).rev().take(7).take_while(|j| joins(*j)).any(ends_post)
    }

    /// The word that makes a chunk a body: its last one, or the last before "of".
    pub(super) fn body_word(&self, first: usize, last: usize) -> Option<String> {
        let end = (first..=last)
            .find(|i| matches!(self.line.lower(*i), "of" | "for" | "on"))
            .map_or(last, |of| of.saturating_sub(1));
        let word = self.line.form(end.max(first));
        (Lexicon::embedded().body_of(word).is_some()).then(|| word.to_owned())
    }

    /// "Deputy Commander INDOPACOM General X", "MFA Spokesperson X": capitals before a title are a body.
    pub(super) fn is_before_title(&self, i: usize) -> bool {
        let titled = |p: &Post| p.first == i + 1 && self.line.is_capital(p.core) && !is_shouted(self.line.form(p.core));
        is_acronym(self.line.form(i))
            && !Lexicon::embedded().is_honorific(self.line.form(i))
            && self.posts.iter().any(titled)
    }

    /// The class of a chunk by its own words or the model.
    pub(super) fn classify(&self, first: usize, last: usize) -> (Option<EntityType>, u32) {
        let lexicon = Lexicon::embedded();
        let word = self.line.form(last);
        let names = &self.line.sentence.names;
        let model = self
            .model_kind(first, last)
            .or_else(|| names.iter().find(|n| n.first <= last && n.last >= first).map(|n| n.kind));
        if last - first < 4 && self.has_honorific(first) && post_before(self.line, self.posts, first).is_some() {
            // "President Dr X": whatever the name looks like.
            return (Some(EntityType::Person), 4);
        }
        let measured = || last > first && lexicon.is_measure(self.line.words(first, last));
        if (self.line.is_capital(last) && lexicon.is_occasion(word)) || measured() {
            // "State Visit", "Foreign Office Consultations"
            return (None, 0);
        }
        if self.follows_office_of_state(first) && last > first && last - first < 5 {
            // "President of Peru Kwame Bio": whatever his surname means elsewhere.
            return (Some(EntityType::Person), 3);
        }
        if lexicon.is_legal_form(word) && last > first {
            return (Some(EntityType::Company), 3);
        }
        if let Some(kind) = self.body_word(first, last).and_then(|w| lexicon.body_of(&w)) {
            return (Some(kind), if last > first { 3 } else { 1 });
        }
        if is_ticker(self.line, last + 1) {
            return (Some(EntityType::Company), 3);
        }
        if first == last && self.is_before_title(last) {
            return (Some(EntityType::Organization), 3);
        }
        let addressed = self.is_addressed(first);
        let governs = || {
            post_before(self.line, self.posts, first).is_some_and(|p| {
                self.line.is_capital(p.core) && matches!(kind_of(self.line, p), "state" | "government")
            })
        };
        let personal = || self.is_initial(first) || self.has_honorific(first) || (last > first && governs());
        if addressed && (model != Some(NameKind::Organization) || personal()) {
            return (Some(EntityType::Person), 3);
        }
        if is_edition(self.line, last) && (1..=4).contains(&(last - first + 1)) {
            return (Some(EntityType::Event), 2);
        }
        if let Some(kind) = lexicon.thing_of(word).filter(|k| last > first || *k == EntityType::Work) {
            return (Some(kind), 2);
        }
        if let Some(kind) = (first..last).find_map(|i| lexicon.body_of(self.line.form(i))).filter(|_| !addressed) {
            // "State Corporation X", "Bank X".
            return (Some(kind), 2);
        }
        if (first + 1..last).any(|i| self.line.form(i) == "&") {
            return (Some(EntityType::Company), 2);
        }
        let given = lexicon.is_given_name(self.line.form(first));
        let family = lexicon.is_surname(word);
        if last > first && last - first <= 4 && given && (family || model == Some(NameKind::Person)) {
            return (Some(EntityType::Person), 2);
        }
        match model {
            Some(NameKind::Person) => (Some(EntityType::Person), 1),
            Some(NameKind::Organization) => (Some(EntityType::Organization), 1),
            Some(NameKind::Place) => (Some(EntityType::Place), 1),
            Some(NameKind::Misc) => (Some(EntityType::Work), 1),
            None if last > first && (given || self.is_initial(first)) => (Some(EntityType::Person), 1),
            None if is_acronym(word) && first == last => (Some(EntityType::Organization), 1),
            None if last > first && self.line.upos(last) == Upos::Propn => (Some(EntityType::Organization), 0),
            None => (None, 0),
        }
    }

    /// What stands around a chunk: a post that it is apposed to or employs, "the", "who", a noun for companies.
    pub(super) fn context(&self, first: usize, last: usize) -> Option<Reason> {
        self.alias_of_body(first, last)
            .or_else(|| self.quoted_thing(first, last))
            .or_else(|| self.employer_reason(first, last))
            .or_else(|| self.holds_post(last).then_some((EntityType::Person, 2)))
            .or_else(|| self.relative_reason(last))
            .or_else(|| self.appoints(first, last))
            .or_else(|| self.company_noun(first, last))
            .or_else(|| self.business_reason(first, last))
            .or_else(|| self.is_traded(first, last).then_some((EntityType::Company, 2)))
    }

    /// "the Foreign Ministry (Wisma Azul)": what stands in brackets behind a body is its other name.
    fn alias_of_body(&self, first: usize, last: usize) -> Option<Reason> {
        let line = self.line;
        let open = first.checked_sub(1).filter(|i| line.form(*i) == "(" && line.form(last + 1) == ")")?;
        let noun = open.checked_sub(1).filter(|i| line.is_capital(*i))?;
        Lexicon::embedded().body_of(line.form(noun)).map(|kind| (kind, 4))
    }

    /// "the gas field “Norte Ana”": what stands in quotation marks behind a thing is its name, whoever else goes by it.
    fn quoted_thing(&self, first: usize, last: usize) -> Option<Reason> {
        let line = self.line;
        let mark = |i: usize| matches!(line.form(i), "\"" | "“" | "”" | "''" | "``");
        let noun = first.checked_sub(2).filter(|i| mark(i + 1) && mark(last + 1) && line.upos(*i) == Upos::Noun)?;
        let kind = Lexicon::embedded().thing_of(&crate::vocab::capitalise(line.lower(noun)))?;
        matches!(kind, EntityType::Place | EntityType::Project).then_some((kind, 3))
    }

    /// "X acquired", "acquired X", "merged with X", "a stake in X": what is bought and sold is a company.
    fn is_traded(&self, first: usize, last: usize) -> bool {
        let line = self.line;
        let of_trade = |i: usize| matches!(line.token(i).map_or("", |t| t.lemma.as_str()), "acquire" | "merge");
        let before = |n: usize| first.checked_sub(n).map_or("", |i| line.lower(i));
        let bought = first.checked_sub(1).is_some_and(|i| of_trade(i) && line.upos(i) == Upos::Verb)
            || (before(1) == "with" && first.checked_sub(2).is_some_and(of_trade))
            || (matches!(before(1), "of" | "in")
                && matches!(before(2), "acquisition" | "takeover" | "stake" | "stakes" | "shares" | "buyout"));
        let passive = matches!(line.lower(last + 1), "was" | "were" | "been" | "is" | "be")
            && (last + 2..last + 5).any(|i| of_trade(i) && line.upos(i) == Upos::Verb);
        let active = of_trade(last + 1) && line.upos(last + 1) == Upos::Verb;
        !self.is_addressed(first) && (bought || passive || active)
    }

    fn is_initial(&self, i: usize) -> bool {
        let form = self.line.form(i);
        form.len() == 2 && form.ends_with('.') && form.starts_with(|c: char| c.is_uppercase())
    }

    /// "CEO of X", "chairman at X", "X's CEO", "X CEO Y".
    fn employer_reason(&self, first: usize, last: usize) -> Option<Reason> {
        let mut before = first.checked_sub(1)?;
        if self.line.lower(before) == "the" {
            before = before.checked_sub(1)?;
        }
        let serves = |kind: &str| matches!(kind, "company" | "body" | "academic" | "state" | "other");
        let class = |kind: &str| if kind == "company" { EntityType::Company } else { EntityType::Organization };
        if matches!(self.line.lower(before), "of" | "at") && before > 0 {
            let post = self.posts.iter().find(|p| p.last + 1 == before)?;
            let kind = kind_of(self.line, post);
            // "the culture minister of X": what nobody knows is a country or a place.
            let governs =
                matches!(kind, "government" | "state") && (post.first < post.core || self.line.is_capital(post.core));
            if governs && first == last && self.line.lower(before) == "of" {
                return Some((EntityType::Place, 2));
            }
            return serves(kind).then(|| (class(kind), 4));
        }
        // "X, CEO, Y": what follows the post of an apposition employs its holder.
        if self.line.form(before) == "," && !Lexicon::embedded().is_given_name(self.line.form(first)) {
            let post = self.posts.iter().find(|p| p.last + 1 == before && self.line.is_capital(p.core));
            let apposed =
                |p: &&Post| p.first > 1 && self.line.form(p.first - 1) == "," && self.line.is_capital(p.first - 2);
            let chained = |p: &&Post| apposed(p) || self.posts.iter().any(|q| q.last + 2 == p.first && apposed(&q));
            if post.filter(chained).is_some_and(|p| kind_of(self.line, p) == "company") {
                return Some((EntityType::Company, 2));
            }
        }
        let next = if matches!(self.line.form(last + 1), "'s" | "’s") { last + 2 } else { last + 1 };
        let post = self.posts.iter().find(|p| p.first == next)?;
        let alone = next == last + 1 && !self.line.is_capital(post.core);
        let kind = kind_of(self.line, post);
        // "X's Vice President for Sales": of a company where it has a field of work.
        let fielded = kind == "state" && next > last + 1 && post.last > post.core;
        // "Volt President Y": no country that anybody knows.
        let capitals = self.line.is_capital(post.core) && self.line.is_capital(post.last + 1);
        if self.line.lower(post.core) == "president" && capitals && first == last && !self.has_honorific(first) {
            return Some((EntityType::Organization, 2));
        }
        ((kind == "company" || fielded) && !self.has_honorific(first) && !alone).then_some((EntityType::Company, 4))
    }

    /// "X, chairman of", "X, the president", "X, 54, a former minister".
    fn holds_post(&self, last: usize) -> bool {
        let line = self.line;
        if line.form(last + 1) != "," {
            return false;
        }
        let mut at = last + 2;
        if line.upos(at) == Upos::Num && line.form(at + 1) == "," {
            at += 2;
        }
        let start = at;
        while matches!(line.lower(at), "the" | "a" | "an" | "its" | "their" | "who" | "is" | "was")
            || (at < start + 5
                && !self.posts.iter().any(|p| p.first == at)
                && (matches!(line.upos(at), Upos::Adj | Upos::Noun) || line.form(at) == "'s")
                && !line.is_capital(at))
        {
            at += 1;
        }
        self.posts.iter().find(|p| p.first == at).is_some_and(|p| {
            let telling = matches!(
                kind_of(line, p),
                "company" | "state" | "government" | "diplomatic" | "military" | "rank" | "parliament" | "academic"
            );
            let doubtful = matches!(
                line.lower(p.core),
                "owner"
                    | "co-owner"
                    | "shareholder"
                    | "representative"
                    | "consultant"
                    | "adviser"
                    | "advisor"
                    | "chair"
                    | "co-chair"
                    | "administrator"
                    | "trustee"
                    | "manager"
                    | "principal"
            );
            // "X, chairman Y said" holds Y.
            let other = line.is_capital(p.last + 1) || is_plural(line, p);
            let formal = kind_of(line, p) == "body" && line.is_capital(p.core) && p.first < p.last;
            (telling || formal) && !doubtful && !other
        })
    }

    /// "X appointed Y as chief financial officer".
    fn appoints(&self, first: usize, last: usize) -> Option<Reason> {
        let verb =
            matches!(self.line.lower(last + 1), "appointed" | "appoints" | "named" | "names" | "hired" | "hires");
        let company =
            self.posts.iter().any(|p| (last + 2..last + 12).contains(&p.first) && kind_of(self.line, p) == "company");
        (verb && company && last > first && !self.is_addressed(first)).then_some((EntityType::Company, 4))
    }

    fn relative_reason(&self, last: usize) -> Option<Reason> {
        if self.line.form(last + 1) != "," {
            return None;
        }
        match self.line.lower(last + 2) {
            "who" => Some((EntityType::Person, 2)),
            _ => None,
        }
    }

    /// "Peru's state oil company", "its parent company": whether the noun phrase that ends in `noun` says whose it is.
    fn is_owned(&self, noun: usize) -> bool {
        let line = self.line;
        let inner = |i: &usize| matches!(line.upos(*i), Upos::Adj | Upos::Noun) || line.form(*i) == "-";
        let Some(before) = (noun.saturating_sub(6)..noun).rev().find(|i| !inner(i)) else { return false };
        matches!(line.lower(before), "'s" | "’s" | "its" | "their" | "our")
    }

    /// Whether what stands before "group" makes it a company: its country, a field of work.
    fn modifies_group(&self, i: usize) -> bool {
        is_country_word(self.line, i)
            || (self.line.upos(i) == Upos::Noun && Lexicon::embedded().is_portfolio(self.line.lower(i)))
    }

    /// "the head of its gas operator": whether the noun phrase that ends in `noun` stands under a preposition.
    fn is_headed(&self, noun: usize) -> bool {
        let inner = |i: &usize| self.line.upos(*i) != Upos::Adp && !matches!(self.line.form(*i), "," | ";");
        let of = (noun.saturating_sub(8)..noun).rev().find(|i| !inner(i)).filter(|i| self.line.upos(*i) == Upos::Adp);
        // "X is the head of its gas operator, Y,": X is.
        let told = |of: usize| {
            let post = self.posts.iter().find(|p| p.last + 1 == of);
            let verb =
                post.and_then(|p| (p.first.saturating_sub(2)..p.first).find(|i| self.line.upos(*i) == Upos::Aux));
            verb.is_some_and(|v| v > 0 && !self.line.lower(0).starts_with("who"))
        };
        of.is_some_and(|of| !told(of))
    }

    /// "the chipmaker X", "X, a state oil company".
    fn company_noun(&self, first: usize, last: usize) -> Option<Reason> {
        let line = self.line;
        let is_company = |i: usize| {
            line.upos(i) == Upos::Noun
                && !line.is_capital(i)
                && Lexicon::embedded().group_of(line.lower(i)) == Some("company")
                && !matches!(line.lower(i), "partner" | "business" | "industry" | "group")
                // "the Peruvian group X", "media group X"
                || line.lower(i) == "group" && i.checked_sub(1).is_some_and(|b| self.modifies_group(b))
        };
        if first.checked_sub(1).is_some_and(is_company) {
            return Some((EntityType::Company, 2));
        }
        // "Peru's gas operator, X,": what is described before the comma is named behind it.
        let described = first.checked_sub(2).filter(|i| line.form(i + 1) == "," && is_company(*i));
        let closed = matches!(line.form(last + 1), "," | "." | ";" | ")" | "");
        // "The head of Peru's gas operator, X,": X may be the head.
        let personal = self.model_kind(first, last) == Some(NameKind::Person)
            || Lexicon::embedded().is_given_name(line.form(first));
        let personal = |noun| personal && self.is_headed(noun);
        if closed && described.is_some_and(|noun| self.is_owned(noun) && !personal(noun)) {
            return Some((EntityType::Company, 3));
        }
        if line.form(last + 1) != "," || !matches!(line.lower(last + 2), "a" | "an" | "the") {
            return None;
        }
        let noun = (last + 3..last + 9)
            .take_while(|i| {
                matches!(line.upos(*i), Upos::Adj | Upos::Noun | Upos::Propn)
                    || matches!(line.lower(*i), "-" | "and" | "&")
                    // "X, a Lima-based chipmaker"
                    || matches!(line.lower(*i), "based" | "owned" | "listed" | "headquartered" | "controlled" | "run")
            })
            .last()?;
        // "X, the investment arm of Y"
        let part =
            matches!(line.lower(noun), "unit" | "arm" | "affiliate" | "division") && line.lower(noun + 1) == "of";
        (part || is_company(noun)).then_some((EntityType::Company, 2))
    }
}

/// "Agritech 2024": whether the year of an event stands right behind the word `last`, and no noun that it would describe.
pub(super) fn is_edition(line: &Line<'_>, last: usize) -> bool {
    let form = line.form(last + 1);
    let year = form.len() == 4 && form.parse::<u16>().is_ok_and(|year| (1950..2100).contains(&year));
    year && !matches!(line.upos(last + 2), Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj)
        && line.form(last + 2) != "-"
}

/// Whether an exchange and the letters of a share stand in brackets at word `i`.
pub(super) fn is_ticker(line: &Line<'_>, i: usize) -> bool {
    let listed = is_acronym(line.form(i + 3)) && line.is_capital(i + 1);
    line.form(i) == "(" && line.form(i + 2) == ":" && (listed || is_acronym(line.form(i + 1)))
}

pub(super) fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=10).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '&' || c == '.')
}
