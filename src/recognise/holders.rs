//! Who holds a post: the name right after it, the name that it is apposed to, each name of a list.

use super::employers::Around;
use super::line::Line;
use super::posts::{Post, is_plural, kind_of};
use super::titles::{Title, Unit};
use crate::language::{Deprel, Upos, Xpos};
use crate::ontology::EntityType;
use crate::ontology::lexicon::Lexicon;
use crate::recognise::Sense;

/// The holder of each post, by units in order of the text.
pub(super) fn find_holders(around: Around<'_, '_>, posts: &[Post], units: &[Unit]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; posts.len()];
    let mut used: Vec<usize> = Vec::new();
    let mut chained: Vec<usize> = Vec::new();
    for (u, unit) in units.iter().enumerate() {
        if posts.get(unit.posts.start).is_some_and(|p| is_plural(around.line, p)) {
            continue;
        }
        let direct = name_after(around, unit.last);
        let next = name_after_comma(around, unit.last).filter(|m| !opens_main_clause(around, unit, *m));
        // "X, the President's envoy": another's.
        let owns = matches!(around.line.form(unit.last + 1), "'s" | "’s");
        // "President X, Greek Defence Minister discuss": two people of a headline.
        let titled = |m: usize| units.iter().take(u).any(|n| name_after(around, n.last) == Some(m));
        let apposed = |m: &usize| !(owns || titled(*m) && goes_on(around, unit.last + 1));
        let prior = name_before(around, unit).filter(apposed);
        let holder = direct.or_else(|| match (prior, next) {
            (Some(m), Some(_)) if !used.contains(&m) && !is_kin_of_another(around, m) => Some(m),
            (_, Some(m)) => {
                used.push(m);
                Some(m)
            }
            (m, None) => m,
        });
        let holder = holder.or_else(|| posts.get(unit.posts.end - 1).and_then(|p| name_of_copula(around, p)));
        if holder.is_none() && units.get(u + 1).is_some_and(|n| n.first == unit.last + 1) {
            chained.push(u);
        }
        found.get_mut(unit.posts.clone()).into_iter().flatten().for_each(|slot| *slot = holder);
    }
    // "Deputy Commander of X Lieutenant General Y": what stands right before another title shares its holder.
    for u in chained.into_iter().rev() {
        let next = units.get(u + 1).and_then(|n| found.get(n.posts.start).copied().flatten());
        if let Some(unit) = units.get(u) {
            found.get_mut(unit.posts.clone()).into_iter().flatten().for_each(|slot| *slot = next);
        }
    }
    found
}

/// Whether word `at` goes on with the sentence or headline: a verb, or what a headline has for one.
fn goes_on(around: Around<'_, '_>, at: usize) -> bool {
    let line = around.line;
    let plain = line.form(at).starts_with(char::is_lowercase);
    let headline = line.sentence.tokens.last().is_some_and(|t| t.upos != Upos::Punct);
    let linked = matches!(line.upos(at), Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Pron | Upos::Part);
    matches!(line.upos(at), Upos::Verb | Upos::Aux) || headline && plain && !linked
}

/// "President X", "President of Y Mr X", 'President "X"'.
fn name_after(around: Around<'_, '_>, last: usize) -> Option<usize> {
    let lexicon = Lexicon::embedded();
    // "Ambassador to Ghana (resident in Abuja) X"
    let last = bracket_end(around, last).filter(|close| around.mention_at(close + 1).is_some()).unwrap_or(last);
    let passes = |at: usize| {
        let honorific = |i: usize| lexicon.is_honorific(around.line.form(i));
        // "Dato' X": the mark belongs to the form of address.
        let marked = matches!(around.line.form(at), "'" | "’") && honorific(at - 1);
        let his = matches!(around.line.lower(at), "his" | "her" | "their" | "the") && honorific(at + 1);
        matches!(around.line.form(at), "\"" | "“" | "." | "General") || his || marked || honorific(at)
    };
    let first = (last + 1..last + 6).find(|at| around.mention_at(*at).is_some() || !passes(*at))?;
    around.mention_at(first).filter(|m| around.is_person(*m))
}

/// "the minister, X", "the chairman (X)", "the chairman – X".
pub(super) fn name_after_comma(around: Around<'_, '_>, last: usize) -> Option<usize> {
    let mut at = last + 1;
    // "the head of the Assembly (the lower house), X"
    if let Some(close) = bracket_end(around, last).filter(|close| around.line.form(close + 1) == ",") {
        at = close + 1;
    }
    if !matches!(around.line.form(at), "," | "(" | "-" | "–" | "—" | ":") {
        return None;
    }
    name_after(around, at)
}

/// "Welcoming the minister, X said", "After talks with the minister, X left": the comma ends a clause, and X goes on.
fn opens_main_clause(around: Around<'_, '_>, unit: &Unit, m: usize) -> bool {
    let line = around.line;
    let leads = matches!(line.upos(0), Upos::Adp | Upos::Sconj) || line.token(0).is_some_and(|t| t.xpos == Xpos::Vbg);
    let first_comma = line.form(unit.last + 1) == "," && (0..unit.first).all(|i| line.form(i) != ",");
    leads && first_comma && matches!(line.upos(around.end_of(m) + 1), Upos::Verb | Upos::Aux)
}

/// The closing bracket of what stands in brackets right after word `last`.
fn bracket_end(around: Around<'_, '_>, last: usize) -> Option<usize> {
    let open = last + 1;
    (around.line.form(open) == "(").then(|| (open..open + 12).find(|i| around.line.form(*i) == ")"))?
}

/// "X, president of Y", "X, who is Y's president", "X (president)", "X, a long-time adviser", "X MP".
pub(super) fn name_before(around: Around<'_, '_>, unit: &Unit) -> Option<usize> {
    let line = around.line;
    let mut at = unit.first.checked_sub(1)?;
    for _ in 0..8 {
        if let Some(m) = around.mention_ending(at).filter(|m| around.is_person(*m)) {
            let shouted = line.form(unit.first).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            // "X, JP, Minister of Y": letters after a name.
            let letters = line.form(at + 1) == "," && is_postnominal(line.form(at + 2)) && line.form(at + 3) == ",";
            let at = if letters && at + 3 < unit.first { at + 2 } else { at };
            let apart = at + 1 < unit.first && !line.form(at + 1).starts_with(['\'', '’']);
            let plain = at + 1 == unit.first && shouted && line.form(unit.first).len() > 1;
            let plain = plain || (at + 1 == unit.first && is_header(line, unit));
            return (plain || (apart && is_link(around, at + 1, unit.first))).then_some(m);
        }
        at = at.checked_sub(1)?;
    }
    None
}

/// "Ana Ruiz Minister for Trade": a line without a verb that ends with the post.
fn is_header(line: &Line<'_>, unit: &Unit) -> bool {
    let tokens = &line.sentence.tokens;
    let said = tokens.iter().any(|t| matches!(t.upos, Upos::Verb | Upos::Aux));
    !said && line.is_capital(unit.first) && tokens.iter().skip(unit.last + 1).all(|t| t.upos == Upos::Punct)
}

/// Whether the words `from..to` may join a name to the title after it.
fn is_link(around: Around<'_, '_>, from: usize, to: usize) -> bool {
    let line = around.line;
    let separates = |i: usize| matches!(line.form(i), "," | "(" | "-" | "–" | "—");
    let bridges = |i: usize| {
        matches!(
            line.lower(i),
            "the"
                | "a"
                | "an"
                | "who"
                | "is"
                | "was"
                | "as"
                | "also"
                | "currently"
                | "now"
                | "then"
                | "formerly"
                | "its"
                | "their"
                | "our"
                | "'s"
                | "’s"
                | "one"
                | "of"
                | "serves"
                | "served"
                | "serving"
                | "has"
                | "been"
        ) || (matches!(line.upos(i), Upos::Adj | Upos::Noun | Upos::Num | Upos::Adv) && !line.is_capital(i))
            || line.form(i) == "-"
    };
    let age = from + 2 < to && line.upos(from + 1) == Upos::Num && line.form(from + 2) == ",";
    let start = if age { from + 2 } else { from };
    let verb = matches!(line.lower(start), "is" | "was" | "as" | "serves" | "served" | "became" | "remains")
        || (line.lower(start) == "has" && line.lower(start + 1) == "been");
    let kin = (start + 1..to).any(|i| is_kin(line.lower(i)));
    (separates(start) || verb) && !kin && (start + 1..to).all(bridges)
}

/// Letters of honours and professions that stand behind a name.
pub(super) fn is_postnominal(word: &str) -> bool {
    matches!(
        word,
        "JP" | "QC"
            | "KC"
            | "SC"
            | "S.C."
            | "OBE"
            | "CBE"
            | "MBE"
            | "KBE"
            | "OM"
            | "OJ"
            | "CD"
            | "EGH"
            | "EBS"
            | "MGH"
            | "CBS"
            | "PhD"
    )
}

/// "his wife, Mrs X, the minister, Y": X is told already, and the post is that of Y.
fn is_kin_of_another(around: Around<'_, '_>, m: usize) -> bool {
    let passes = |i: &usize| {
        let form = around.line.form(*i);
        matches!(form, "," | "(") || Lexicon::embedded().is_honorific(form)
    };
    let first = around.mentions.get(m).map_or(0, |m| m.first);
    (0..first).rev().find(|i| !passes(i)).is_some_and(|i| is_kin(around.line.lower(i)))
}

/// "X, wife of the ambassador": the post is another's.
fn is_kin(word: &str) -> bool {
    matches!(word, "wife" | "husband" | "spouse" | "widow" | "son" | "daughter" | "brother" | "sister" | "partner")
}

/// "X is the president of Y", "X was appointed ambassador".
fn name_of_copula(around: Around<'_, '_>, post: &Post) -> Option<usize> {
    let tokens = &around.line.sentence.tokens;
    let core = around.line.token(post.core)?;
    let copula = tokens.iter().any(|t| t.head == Some(post.core) && t.deprel == Deprel::Cop);
    let named = core
        .head
        .and_then(|h| tokens.get(h))
        .is_some_and(|v| matches!(v.lemma.as_str(), "appoint" | "name" | "elect" | "become" | "serve" | "remain"));
    let verb = if copula { post.core } else { core.head.filter(|_| named)? };
    let subject =
        tokens.iter().position(|t| t.head == Some(verb) && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))?;
    around
        .mentions
        .iter()
        .position(|m| m.first <= subject && subject <= m.last && m.sense == Sense::Name(EntityType::Person))
}

/// One name of a list after a plural post, and the body that stands beside it.
struct Listed {
    holder: usize,
    body: Option<usize>,
}

/// "Defence ministers X (Peru) and Y (Chile)", "Presidents X and Y", "the foreign ministers of A and B, X and Y".
pub(super) fn find_shared_titles(around: Around<'_, '_>, posts: &[Post], titles: &[Title]) -> Vec<Title> {
    let mut found = Vec::new();
    for (post, title) in posts.iter().zip(titles).filter(|(p, _)| is_plural(around.line, p)) {
        let bodies = coordinated_bodies(around, title);
        let last = bodies.last().map_or(title.last, |b| around.end_of(*b).max(title.last));
        let list = listed_names(around, last);
        if list.len() < 2 {
            continue;
        }
        let respective = bodies.len() == list.len();
        for (i, listed) in list.into_iter().enumerate() {
            let own = listed.body.or_else(|| bodies.get(i).copied().filter(|_| respective));
            let shared = own.or_else(|| bodies.first().copied().filter(|_| bodies.len() == 1)).into_iter().collect();
            found.push(Title {
                role: singular(around, post, &title.role),
                kind: kind_of(around.line, post),
                holder: Some(listed.holder),
                bodies: shared,
                definite: false,
                ..title.clone()
            });
        }
    }
    found
}

fn singular(around: Around<'_, '_>, post: &Post, role: &str) -> String {
    let plural = around.line.form(post.core);
    let one = match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix(['s', 'S']).unwrap_or(plural).to_owned(),
    };
    role.replacen(plural, &one, 1)
}

fn coordinated_bodies(around: Around<'_, '_>, title: &Title) -> Vec<usize> {
    let mut bodies = title.bodies.clone();
    bodies.sort_by_key(|b| around.end_of(*b));
    while let Some(last) = bodies.last().map(|b| around.end_of(*b)).filter(|e| *e > title.core) {
        let mut at = last + 1;
        while matches!(around.line.lower(at), "," | "and" | "the") {
            at += 1;
        }
        match around.mention_at(at).filter(|m| at > last + 1 && !around.is_person(*m)) {
            Some(next) => bodies.push(next),
            None => break,
        }
    }
    bodies
}

/// Where the names begin after a plural post: "ministers A and B", "ambassadors (residing in Lima) have been: A; B".
fn list_start(around: Around<'_, '_>, last: usize) -> usize {
    let line = around.line;
    let mut at = bracket_end(around, last).map_or(last + 1, |end| end + 1);
    while matches!(line.lower(at), "have" | "has" | "been" | "were" | "are" | "was" | "include" | "included") {
        at += 1;
    }
    if matches!(line.form(at), "," | ":" | "-" | "–" | "—") { at + 1 } else { at }
}

fn listed_names(around: Around<'_, '_>, last: usize) -> Vec<Listed> {
    let line = around.line;
    let mut found: Vec<Listed> = Vec::new();
    let mut at = list_start(around, last);
    loop {
        // "the presidents of A, X, and B, Y": the body stands before its own.
        let led = around
            .mention_at(at)
            .filter(|m| !found.is_empty() && around.is_known(*m))
            .filter(|m| matches!(line.form(around.end_of(*m) + 1), "," | "-" | "–" | "—"));
        if let Some(m) = led {
            at = around.end_of(m) + 2;
        }
        while Lexicon::embedded().is_honorific(line.form(at)) {
            at += 1;
        }
        let Some(holder) = around.mention_at(at).filter(|m| around.is_person(*m)) else { return found };
        at = around.end_of(holder) + 1;
        let mut body = led;
        if matches!(line.lower(at), "(" | "of") {
            let first = at + 1 + usize::from(line.lower(at + 1) == "the");
            body = around.mention_at(first).filter(|m| !around.is_person(*m));
            if let Some(m) = body {
                at = around.end_of(m) + 1;
                at += usize::from(line.form(at) == ")");
            }
        }
        // "X (1992-1996); Y (1996-1999)"
        if line.form(at) == "(" {
            at = bracket_end(around, at - 1).map_or(at, |end| end + 1);
        }
        found.push(Listed { holder, body });
        let before = at;
        while matches!(line.lower(at), "," | ";" | "and" | "&") {
            at += 1;
        }
        if at == before {
            return found;
        }
    }
}
