//! Posts as a sentence states them: who holds them, of what.
//!
//! Law: a holder is a name that stands where titles stand: right after, apposed, in brackets, in a list; a name serves one
//! title before it and those after it.

use super::employers::{Around, Employers};
use super::line::Line;
use super::posts::{Post, find_posts, is_plural, is_rank, kind_of};
use super::{Mention, holders};
use crate::language::Upos;
use crate::ontology::lexicon::Lexicon;

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
    /// The token that stands for its body where none is named: "its", "company" in "the company's chairman".
    pub possessor: Option<usize>,
    /// Whether it stands with "the" or a possessive and no holder: "the president".
    pub definite: bool,
}

/// Posts that share holder and body: "chairman and CEO of X".
pub(super) struct Unit {
    /// Indices of its posts.
    pub(super) posts: std::ops::Range<usize>,
    /// First word of the phrase, with the bodies before it.
    pub(super) first: usize,
    /// Last word of the phrase, with the bodies after it.
    pub(super) last: usize,
}

/// Posts with their holders and bodies.
pub(super) fn find_titles(line: &Line<'_>, mentions: &[Mention]) -> Vec<Title> {
    let posts = find_posts(line);
    if posts.is_empty() {
        return Vec::new();
    }
    let around = Around { line, mentions };
    let mut employers: Vec<Employers> = posts.iter().map(|p| read_employers(around, p)).collect();
    let units = join_posts(around, &posts, &employers);
    for unit in &units {
        share_bodies(unit, &mut employers);
    }
    lend_bodies(line, &posts, &units, &mut employers);
    let mut holders = holders::find_holders(around, &posts, &units);
    for unit in &units {
        let holder = holders.get(unit.posts.start).copied().flatten();
        add_body_of_holder(around, &posts, unit, holder, &mut employers);
    }
    let mut titles: Vec<Title> = (0..posts.len())
        .filter_map(|at| {
            let holder = holders.get_mut(at).and_then(Option::take);
            Some(make_title(line, mentions, posts.get(at)?, employers.get(at)?, holder))
        })
        .collect();
    titles.extend(holders::find_shared_titles(around, &posts, &titles));
    titles
}

fn read_employers(around: Around<'_, '_>, post: &Post) -> Employers {
    let mut found = around.after(post);
    let (body, possessor) = around.before(post);
    if let Some(body) = body {
        found.bodies.push(body);
    }
    if found.bodies.is_empty() {
        found.possessor = found.possessor.or(possessor);
        found.bodies.extend(around.body_within(post));
    }
    found
}

fn join_posts(around: Around<'_, '_>, posts: &[Post], employers: &[Employers]) -> Vec<Unit> {
    let line = around.line;
    let mut units: Vec<Unit> = Vec::new();
    for (at, (post, found)) in posts.iter().zip(employers).enumerate() {
        let first = phrase_first(around, post, found);
        let own_name = holders::name_after_comma(around, found.last).is_some();
        let units_before: Vec<usize> = units.iter().map(|u| u.last).collect();
        // "A, Minister of X, Minister B": what stands behind a name belongs to it where the next post has a name too.
        let named = own_name || around.mention_at(found.last + 1).is_some_and(|m| around.is_person(m));
        let introduced = |m: usize| units_before.iter().any(|last| holders::name_after_comma(around, *last) == Some(m));
        let settled = |u: &Unit| {
            let apart = line.form(u.last + 1) == "," && first == u.last + 2;
            named && apart && holders::name_before(around, u).is_some_and(|m| !introduced(m))
        };
        let joint = |u: &&mut Unit| !settled(u) && is_joint(line, u, posts, first, post, own_name);
        if let Some(unit) = units.last_mut().filter(joint) {
            unit.posts.end = at + 1;
            unit.last = found.last;
            continue;
        }
        units.push(Unit { posts: at..at + 1, first, last: found.last });
    }
    units
}

/// Whether only "and", a comma or an article stands between a unit and the next post.
fn is_joint(line: &Line<'_>, unit: &Unit, posts: &[Post], first: usize, post: &Post, own_name: bool) -> bool {
    if is_plural(line, post) || posts.get(unit.posts.start).is_some_and(|p| is_plural(line, p)) || first <= unit.last {
        return false;
    }
    let between: Vec<&str> = (unit.last + 1..first).map(|j| line.lower(j)).collect();
    let relative = kind_of(line, post) == "relative";
    // "During talks with the ambassador, President X said": the comma ends the opening phrase.
    let opening = matches!(line.upos(0), Upos::Adp | Upos::Sconj) && (0..=unit.last).all(|i| line.form(i) != ",");
    if opening && between == [","] && !line.is_capital(unit_core(posts, unit)) {
        return false;
    }
    // "A, minister of X, and adviser, Mr B": the second post has a name of its own.
    if matches!(between.as_slice(), [",", "and"]) && own_name {
        return false;
    }
    let shouted =
        |i: usize| line.form(i).len() > 1 && line.form(i).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if between.is_empty() && shouted(unit.last) && shouted(post.core) && shouted(first) {
        // "X MP AUSTRIAN MINISTER OF TRADE"
        return true;
    }
    !relative
        && matches!(
            between.as_slice(),
            ["and"]
                | ["&"]
                | [","]
                | [",", "and"]
                | ["/"]
                | ["-" | "–" | "—"]
                | ["cum"]
                | ["as", "well", "as"]
                | [",", "as", "well", "as"]
                | ["and", "also"]
                | ["and", "then"]
        )
        || !relative
            && matches!(between.as_slice(), ["and", "the" | "a"] | ["and", "as"])
            && posts.get(unit.posts.start).is_some_and(|p| line.is_capital(p.core) == line.is_capital(post.core))
            && unit.first.checked_sub(1).is_some_and(|b| !matches!(line.lower(b), "the"))
}

fn unit_core(posts: &[Post], unit: &Unit) -> usize {
    posts.get(unit.posts.start).map_or(unit.first, |post| post.core)
}

fn phrase_first(around: Around<'_, '_>, post: &Post, found: &Employers) -> usize {
    let before = |m: &usize| around.mentions.get(*m).filter(|m| m.last < post.first).map(|m| m.first);
    let mut first = found.bodies.iter().find_map(before).unwrap_or(post.first);
    if let Some(word) = found.possessor.filter(|p| *p < post.first) {
        first = around.article_of(word).unwrap_or(word);
    }
    // "former Peruvian trade minister": the rank stands before the country.
    while first < post.first && first > 0 && is_rank(around.line.lower(first - 1)) {
        first -= 1;
    }
    first
}

fn share_bodies(unit: &Unit, employers: &mut [Employers]) {
    let Some(list) = employers.get_mut(unit.posts.clone()) else { return };
    let with = list.iter().rev().find(|e| !e.bodies.is_empty()).map(|e| e.bodies.clone());
    let possessor = list.iter().find_map(|e| e.possessor);
    // Each post takes the bodies of the next that has some; the last ones those before them.
    let mut later: Option<Vec<usize>> = None;
    for found in list.iter_mut().rev() {
        if found.bodies.is_empty() {
            found.bodies = later.clone().or_else(|| with.clone()).unwrap_or_default();
            if found.bodies.is_empty() {
                found.possessor = found.possessor.or(possessor);
            }
        } else {
            later = Some(found.bodies.clone());
        }
    }
}

/// "his Peruvian counterpart, Energy Minister X": the minister is of the country that the other word tells.
fn lend_bodies(line: &Line<'_>, posts: &[Post], units: &[Unit], employers: &mut [Employers]) {
    for pair in units.windows(2) {
        let [first, second] = pair else { continue };
        let relative = posts.get(first.posts.start).is_some_and(|p| kind_of(line, p) == "relative");
        let passes = |i: usize| line.form(i) == "," || Lexicon::embedded().is_honorific(line.form(i));
        let beside = second.first > first.last + 1 && (first.last + 1..second.first).all(passes);
        let lent = employers.get(first.posts.start).map(|e| e.bodies.clone()).unwrap_or_default();
        if !relative || !beside || lent.is_empty() {
            continue;
        }
        for found in employers.get_mut(second.posts.clone()).into_iter().flatten().filter(|e| e.bodies.is_empty()) {
            found.bodies = lent.clone();
        }
    }
}

/// "Vice President X of Peru", "President X, of Peru", "Commissioner X at the Ministry of Y".
fn add_body_of_holder(
    around: Around<'_, '_>,
    posts: &[Post],
    unit: &Unit,
    holder: Option<usize>,
    employers: &mut [Employers],
) {
    let Some(list) = employers.get_mut(unit.posts.clone()) else { return };
    let Some(m) = holder.filter(|_| list.iter().all(|e| e.bodies.is_empty())) else { return };
    let end = around.end_of(m);
    let after = around.mentions.get(m).is_some_and(|m| m.first > unit.last);
    let first = if around.line.form(end + 1) == "," { end + 2 } else { end + 1 };
    let place = matches!(around.line.lower(first), "at" | "from");
    if !after || !(place || around.line.lower(first) == "of") {
        return;
    }
    let article = usize::from(around.line.lower(first + 1) == "the");
    let body = around.mention_at(first + 1 + article).filter(|m| !around.is_person(*m));
    // "Minister X, from the Peruvian side"
    let side = |b: &usize| matches!(around.line.lower(around.end_of(*b) + 1), "side" | "delegation" | "government");
    // "Prime Minister X at Parliament House" is where, not of what.
    let heads_state =
        list.len() == 1 && posts.get(unit.posts.start).is_some_and(|p| kind_of(around.line, p) == "state");
    if let Some(body) = body.filter(|b| !place || side(b) || (around.is_body(*b) && !heads_state)) {
        for found in list {
            found.bodies = vec![body];
        }
    }
}

fn make_title(line: &Line<'_>, mentions: &[Mention], post: &Post, found: &Employers, holder: Option<usize>) -> Title {
    let definite = holder.is_none()
        && post
            .first
            .checked_sub(1)
            .is_some_and(|i| matches!(line.lower(i), "the" | "'s" | "his" | "her" | "its" | "their" | "'"))
        || (holder.is_none() && found.bodies.is_empty() && stands_alone(line, post, found.last));
    Title {
        first: post.first,
        last: found.last,
        core: post.core,
        role: spell_out(role_of(line, mentions, post, found)),
        kind: kind_of(line, post),
        holder,
        bodies: found.bodies.clone(),
        possessor: found.possessor,
        definite,
    }
}

/// "Prime Minister will also meet": an office without an article that does what the clause says.
fn stands_alone(line: &Line<'_>, post: &Post, last: usize) -> bool {
    let opens = post.first.checked_sub(1).is_none_or(|i| matches!(line.lower(i), "," | "that" | "\""));
    opens
        && line.is_capital(post.core)
        && matches!(kind_of(line, post), "state" | "government")
        && matches!(line.upos(last + 1), Upos::Aux | Upos::Verb)
}

/// "PM" is the prime minister.
fn spell_out(role: String) -> String {
    let (rank, last) = role.rsplit_once(' ').map_or(("", role.as_str()), |(rank, last)| (rank, last));
    match Lexicon::embedded().spelt_post(&last.to_lowercase()) {
        Some(post) if rank.is_empty() => post.to_owned(),
        Some(post) => format!("{rank} {post}"),
        None => role,
    }
}

/// The post in words: bodies and articles left out, ranks and portfolio kept.
fn role_of(line: &Line<'_>, mentions: &[Mention], post: &Post, found: &Employers) -> String {
    let mut first = post.first;
    while first < post.core && Lexicon::embedded().is_silent_rank(line.lower(first)) {
        first += 1;
    }
    let words = line.words(first, found.role_last.max(post.last)).to_owned();
    // "former Peruvian trade minister": the rank stands before the country.
    let before = found.bodies.iter().filter_map(|b| mentions.get(*b)).filter(|m| m.last < post.first).map(|m| m.first);
    match before.min().and_then(|b| b.checked_sub(1)) {
        Some(rank) if is_rank(line.lower(rank)) && !Lexicon::embedded().is_silent_rank(line.lower(rank)) => {
            format!("{} {words}", line.words(rank, rank))
        }
        _ => words,
    }
}
