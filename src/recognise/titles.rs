//! Posts: "Deputy Prime Minister and Minister of Foreign Affairs", who holds them, of what.
//!
//! A post is found by words, not by the tree: titles are long, regular and where parsers err most.

use super::line::Line;
use super::{Mention, Sense};
use crate::language::Upos;
use crate::ontology::EntityType;
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::lexicon::Lexicon;

/// The words of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Post {
    pub(super) first: usize,
    pub(super) last: usize,
    /// The word that names the office: "minister".
    pub(super) core: usize,
}

/// A post as a sentence states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// First token of the post's words.
    pub first: usize,
    /// Last token of the post's words.
    pub last: usize,
    /// The token that names the office.
    pub core: usize,
    /// The post in words, without the body: "Minister of Foreign Affairs".
    pub role: String,
    /// Kind of the office in `posts.tsv`.
    pub kind: &'static str,
    /// Index of the mention who holds it, in the sentence's mentions as they were when titles were found.
    pub holder: Option<usize>,
    /// Indices of the mentions of country or body that it belongs to, the nearest first.
    pub bodies: Vec<usize>,
    /// Whether it stands with "the" or a possessive and no holder: "the president".
    pub definite: bool,
}

fn portfolio_post(word: &str) -> bool {
    matches!(
        word,
        "minister"
            | "ministers"
            | "secretary"
            | "undersecretary"
            | "commissioner"
            | "adviser"
            | "advisor"
            | "envoy"
            | "representative"
            | "coordinator"
            | "assistant"
            | "aide"
            | "ombudsman"
            | "administrator"
            | "rapporteur"
            | "chargé"
    )
}

/// All posts of a sentence, disjoint and in order.
pub(super) fn find_posts(line: &Line<'_>) -> Vec<Post> {
    let lexicon = Lexicon::embedded();
    let lower: Vec<&str> = line.lower.iter().map(String::as_str).collect();
    let mut posts: Vec<Post> = Vec::new();
    for core in 0..line.len() {
        if !matches!(line.upos(core), Upos::Noun | Upos::Propn | Upos::Adj | Upos::X) {
            continue;
        }
        let singular = [line.token(core).map_or("", |t| t.lemma.as_str()).to_lowercase()];
        let mut length = lower.get(..=core).map_or(0, |words| lexicon.post_length(words));
        if length == 0 {
            length = lexicon.post_length(&[singular[0].as_str()]).min(1);
        }
        if length == 0 {
            continue;
        }
        let floor = posts.last().map_or(0, |p| p.last + 1);
        let mut first = (core + 1 - length).max(floor);
        // A longer post that ends here replaces the shorter one inside it ("Prime Minister" over "Minister").
        if let Some(before) = posts.last().filter(|p| p.last + 1 > core + 1 - length && p.last < core).copied() {
            posts.pop();
            first = first.min(before.first);
        }
        first = extend_left(line, first, core, posts.last().map_or(0, |p| p.last + 1), lexicon);
        let last = extend_right(line, core, lexicon);
        posts.push(Post { first, last, core });
    }
    posts.dedup_by(|later, earlier| later.first <= earlier.last);
    posts
}

fn is_country_word(line: &Line<'_>, i: usize) -> bool {
    line.known_at(i, Gazetteer::embedded()).is_some()
}

/// Over ranks ("deputy", "acting") and, for ministers, over the portfolio ("Industry and Trade Minister").
fn extend_left(line: &Line<'_>, mut first: usize, core: usize, floor: usize, lexicon: &Lexicon) -> usize {
    let ministerial =
        portfolio_post(line.lower(core)) || matches!(line.lower(core), "chief" | "manager" | "director" | "analyst");
    let capital_post = line.is_capital(core);
    let fits = |i: usize| {
        let rank = is_rank(line.lower(i));
        let portfolio = ministerial
            && matches!(line.upos(i), Upos::Propn | Upos::Noun | Upos::Adj)
            && (line.is_capital(i) || !capital_post)
            && !is_country_word(line, i)
            && lexicon.body_of(line.form(i)).is_none_or(|_| !line.is_capital(i) || line.is_capital(core))
            && !line.lower(i).chars().all(|c| c.is_uppercase())
            && !lexicon.is_honorific(line.form(i))
            && !super::names::is_calendar(line.lower(i));
        rank || portfolio
    };
    while first > floor {
        let before = first - 1;
        if fits(before) {
            first = before;
        } else if line.form(before) == "-" && before > floor && line.is_joined(before) && fits(before - 1) {
            first = before - 1;
        } else if matches!(line.lower(before), "and" | "&") && before > floor && ministerial && capital_post {
            let earlier = before - 1;
            let post_there = lexicon.post_length(&[line.lower(earlier)]) > 0;
            if line.is_capital(earlier) && fits(earlier) && !post_there {
                first = earlier;
            } else {
                break;
            }
        } else {
            break;
        }
    }
    first
}

pub(super) fn is_rank(word: &str) -> bool {
    Lexicon::embedded().is_rank(word)
}

/// Over the portfolio after the office: "Minister of Energy and Natural Resources", "Secretary of State for East Asia".
fn extend_right(line: &Line<'_>, core: usize, lexicon: &Lexicon) -> usize {
    let mut last = core;
    if matches!(line.lower(core + 1), "general" | "designate" | "elect") {
        last = core + 1;
    }
    if line.form(last + 1) == "-" && matches!(line.lower(last + 2), "elect" | "designate" | "general") {
        last += 2;
    }
    if !portfolio_post(line.lower(core)) || !line.is_capital(core) {
        return last;
    }
    let is_part = |i: usize| {
        line.is_capital(i) && !lexicon.is_honorific(line.form(i)) && lexicon.post_length(&[line.lower(i)]) == 0
    };
    let person =
        |i: usize| line.sentence.names.iter().any(|n| n.first == i && n.kind == crate::language::NameKind::Person);
    loop {
        let next = last + 1;
        let at = match line.lower(next) {
            "of" | "for" | "on" | "in" | "to" => {
                let at = if line.lower(next + 1) == "the" { next + 2 } else { next + 1 };
                let region = matches!(line.lower(next), "for" | "on");
                if is_country_word(line, at) && !region {
                    return last;
                }
                at
            }
            "and" | "&" | "," if last > core => next + 1,
            _ if last > core && is_part(next) && !person(next) => next,
            _ => return last,
        };
        let listed = !matches!(line.form(next), ",")
            || (at + 1..at + 6).any(|j| line.lower(j) == "and" && line.is_capital(j + 1));
        let continues = is_part(at) && !person(at) && (at == next || !is_name_start(line, at)) && listed;
        if !continues || (matches!(line.lower(next), "and" | "&" | ",") && is_country_word(line, at)) {
            return last;
        }
        last = at;
    }
}

fn is_name_start(line: &Line<'_>, i: usize) -> bool {
    Lexicon::embedded().is_given_name(line.form(i))
        && !is_country_word(line, i)
        && Lexicon::embedded().body_of(line.form(i)).is_none()
        && line.sentence.names.iter().any(|n| n.first == i)
}

/// Whether one of `posts` stands right before word `i`, with at most a comma and a form of address between.
pub(super) fn post_before(line: &Line<'_>, posts: &[Post], i: usize) -> bool {
    let lexicon = Lexicon::embedded();
    let mut at = i;
    for _ in 0..4 {
        let Some(before) = at.checked_sub(1) else { return false };
        if lexicon.is_honorific(line.form(before)) || line.form(before) == "," {
            at = before;
            continue;
        }
        return posts
            .iter()
            .any(|p| p.last == before && line.is_capital(p.core) && (line.form(at) != "," || line.is_capital(i)));
    }
    false
}

/// Posts with their holders and bodies.
pub(super) fn find_titles(line: &Line<'_>, mentions: &[Mention]) -> Vec<Title> {
    let posts = find_posts(line);
    let mut titles = Vec::new();
    for (at, post) in posts.iter().enumerate() {
        let finder = Finder { line, mentions, posts: &posts };
        let (last, mut bodies) = finder.bodies_after(post);
        bodies.extend(finder.bodies_before(post));
        let holder = finder.holder(at, last);
        let definite = holder.is_none()
            && post
                .first
                .checked_sub(1)
                .is_some_and(|i| matches!(line.lower(i), "the" | "'s" | "his" | "her" | "its" | "their" | "'"));
        let kind = finder.kind(post);
        titles.push(Title {
            first: post.first,
            last,
            core: post.core,
            role: finder.role(post, last, &bodies),
            kind,
            holder,
            bodies,
            definite,
        });
    }
    share_holders(line, &mut titles);
    titles
}

/// "Chairman and CEO of X": coordinated posts share holder and body.
fn share_holders(line: &Line<'_>, titles: &mut [Title]) {
    for i in 1..titles.len() {
        let Some([a, b]) = titles.get_mut(i - 1..=i) else { continue };
        let between: Vec<&str> = (a.last + 1..b.first).map(|j| line.lower(j)).collect();
        let joined =
            matches!(between.as_slice(), ["and"] | ["&"] | [","] | [",", "and"] | ["and", "the"] | ["/"] | ["cum"]);
        if !joined {
            continue;
        }
        match (a.holder, b.holder) {
            (None, Some(h)) => a.holder = Some(h),
            (Some(h), None) => b.holder = Some(h),
            _ => continue,
        }
        if a.bodies.is_empty() {
            a.bodies.clone_from(&b.bodies);
        } else if b.bodies.is_empty() {
            b.bodies.clone_from(&a.bodies);
        }
    }
}

struct Finder<'f, 's> {
    line: &'f Line<'s>,
    mentions: &'f [Mention],
    posts: &'f [Post],
}

impl Finder<'_, '_> {
    fn kind(&self, post: &Post) -> &'static str {
        let lexicon = Lexicon::embedded();
        let words: Vec<&str> = (0..=post.core).map(|i| self.line.lower(i)).collect();
        let length = lexicon.post_length(&words).max(1);
        let phrase = words.get(words.len().saturating_sub(length)..).unwrap_or_default().join(" ");
        let lemma = self.line.token(post.core).map_or(String::new(), |t| t.lemma.to_lowercase());
        lexicon.post_kind(&phrase).or_else(|| lexicon.post_kind(&lemma)).unwrap_or("other")
    }

    fn mention_at(&self, i: usize) -> Option<usize> {
        self.mentions.iter().position(|m| m.first == i)
    }

    fn can_employ(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| match &m.sense {
            Sense::Known(_) => true,
            Sense::Name(kind) => {
                kind.is_body()
                    || matches!(kind, EntityType::Place | EntityType::Project | EntityType::Work | EntityType::Event)
            }
            _ => false,
        })
    }

    /// "of Ecuador", "of the Board of X", "at Y": the last word of the title and its bodies.
    fn bodies_after(&self, post: &Post) -> (usize, Vec<usize>) {
        let (mut last, mut bodies) = (post.last, Vec::new());
        for _ in 0..3 {
            let next = last + 1;
            let word = self.line.lower(next);
            if !matches!(word, "of" | "at" | "for" | "in" | "with" | "to" | ",") {
                break;
            }
            let mut at = next + 1;
            while matches!(self.line.lower(at), "the" | "a") {
                at += 1;
            }
            let start = at;
            // "Head of the foreign policy department at X": common words up to a preposition belong to the post.
            while at < self.line.len() && at < start + 6 && self.mention_at(at).is_none() && self.is_modifier(at) {
                at += 1;
            }
            let Some(m) = self.mention_at(at).filter(|m| self.can_employ(*m)) else {
                if matches!(word, "of" | "for") && at > start && at - start <= 5 {
                    last = at - 1;
                    continue;
                }
                break;
            };
            if word == "," && (bodies.is_empty() || at != start || self.is_person_next(m)) && !self.is_body_mention(m) {
                break;
            }
            if word == "," && self.is_person_next(m) {
                break;
            }
            let end = self.mentions.get(m).map_or(at, |m| m.last);
            // "Ambassador to Norway": the country is where the post is held, not who gave it.
            if word == "to" || (matches!(word, "in" | "for") && bodies.is_empty() && !self.is_body_mention(m)) {
                last = end;
                continue;
            }
            if at > start && word != "of" {
                break;
            }
            bodies.push(m);
            last = end;
        }
        (last, bodies)
    }

    fn is_body_mention(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| {
            matches!(&m.sense, Sense::Name(k) if k.is_body()) || matches!(m.sense, Sense::Known(Known::Body(_)))
        })
    }

    fn is_person_next(&self, m: usize) -> bool {
        let end = self.mentions.get(m).map_or(0, |m| m.last);
        self.mention_at(end + 1).is_some_and(|p| self.is_person(p))
    }

    fn is_modifier(&self, i: usize) -> bool {
        matches!(self.line.upos(i), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Cconj) || self.line.form(i) == "-"
    }

    fn is_person(&self, m: usize) -> bool {
        self.mentions.get(m).is_some_and(|m| m.sense == Sense::Name(EntityType::Person))
    }

    /// "Peru's", "Peruvian", "ENAP" before the post.
    fn bodies_before(&self, post: &Post) -> Option<usize> {
        let mut end = post.first.checked_sub(1)?;
        if matches!(self.line.form(end), "'s" | "'" | "-") {
            end = end.checked_sub(1)?;
        }
        let direct = self.mentions.iter().position(|m| m.last == end);
        // "Peru's then president", "former Peruvian president".
        direct.filter(|m| self.can_employ(*m))
    }

    fn holder(&self, at: usize, last: usize) -> Option<usize> {
        self.holder_after(last).or_else(|| self.holder_before(at)).or_else(|| self.holder_of_copula(at))
    }

    /// "President X", "President of Y, X", "minister, Mr X".
    fn holder_after(&self, last: usize) -> Option<usize> {
        let lexicon = Lexicon::embedded();
        let passes =
            |at: &usize| matches!(self.line.form(*at), "," | "(" | "\"") || lexicon.is_honorific(self.line.form(*at));
        let first = (last + 1..last + 5).find(|at| self.mention_at(*at).is_some() || !passes(at))?;
        self.mention_at(first).filter(|m| self.is_person(*m))
    }

    /// "X, president of Y", "X, Y's president", "X, the Y president", "X (president)".
    fn holder_before(&self, at: usize) -> Option<usize> {
        let post = self.posts.get(at)?;
        let mut before = post.first.checked_sub(1)?;
        let mut steps = 0;
        loop {
            let form = self.line.form(before);
            if matches!(form, "," | "(" | "-" | "–" | "—") {
                let end = before.checked_sub(1)?;
                let m =
                    self.mentions.iter().position(|m| m.last == end && m.sense == Sense::Name(EntityType::Person))?;
                return Some(m);
            }
            let passable = matches!(
                self.line.lower(before),
                "the" | "'s" | "'" | "a" | "an" | "and" | "also" | "who" | "is" | "as"
            ) || self
                .mentions
                .iter()
                .any(|m| m.first <= before && before <= m.last && m.sense != Sense::Name(EntityType::Person))
                || is_rank(self.line.lower(before));
            steps += 1;
            before = before.checked_sub(1).filter(|_| passable && steps < 9)?;
        }
    }

    /// "X is the president of Y", "X was appointed ambassador", "X as its chairman".
    fn holder_of_copula(&self, at: usize) -> Option<usize> {
        let post = self.posts.get(at)?;
        let core = self.line.token(post.core)?;
        let tokens = &self.line.sentence.tokens;
        let copula = tokens.iter().any(|t| t.head == Some(post.core) && t.deprel == crate::language::Deprel::Cop);
        let named = core
            .head
            .and_then(|h| tokens.get(h))
            .is_some_and(|v| matches!(v.lemma.as_str(), "appoint" | "name" | "elect" | "become" | "serve" | "remain"));
        let verb = if copula { post.core } else { core.head.filter(|_| named)? };
        let subject = tokens.iter().position(|t| {
            t.head == Some(verb)
                && matches!(t.deprel, crate::language::Deprel::Nsubj | crate::language::Deprel::NsubjPass)
        })?;
        self.mentions
            .iter()
            .position(|m| m.first <= subject && subject <= m.last && m.sense == Sense::Name(EntityType::Person))
    }

    /// The post in words: bodies and articles left out, ranks and portfolio kept.
    fn role(&self, post: &Post, last: usize, bodies: &[usize]) -> String {
        let is_body =
            |i: usize| bodies.iter().filter_map(|m| self.mentions.get(*m)).any(|m| m.first <= i && i <= m.last);
        let end = (post.last + 1..=last).find(|i| is_body(*i)).map_or(last, |mut i| {
            while i > post.last + 1
                && matches!(self.line.lower(i - 1), "of" | "the" | "at" | "for" | "in" | "with" | "," | "a")
            {
                i -= 1;
            }
            i - 1
        });
        let mut first = post.first;
        while first < post.core && Lexicon::embedded().is_silent_rank(self.line.lower(first)) {
            first += 1;
        }
        self.line.words(first, end.max(post.last)).to_owned()
    }
}
