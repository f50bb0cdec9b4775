//! The words of a post: "Deputy Prime Minister", "Minister of Foreign Affairs", "vice president for raw materials".
//!
//! A post is found by words, not by the tree: titles are long, regular and where parsers err most.

use super::line::Line;
use super::post_words::{has_portfolio, is_made_general, is_no_post};
use super::reasons::is_acronym;
use super::served::join_served;
use crate::language::{NameKind, Upos};
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;

/// The words of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Post {
    pub(super) first: usize,
    pub(super) last: usize,
    /// The word that names the office: "minister".
    pub(super) core: usize,
    /// Whom it serves: "president" in "adviser to the president".
    pub(super) served: Option<usize>,
}

/// All posts of a sentence, disjoint and in order.
pub(super) fn find_posts(line: &Line<'_>) -> Vec<Post> {
    let lexicon = Lexicon::embedded();
    let lower: Vec<&str> = line.lower.iter().map(String::as_str).collect();
    let mut posts: Vec<Post> = Vec::new();
    for core in 0..line.len() {
        // "Peruvian ambassador X": whatever the tagger takes it for.
        let sure = |word: &str| word.len() > 6 && matches!(lexicon.post_kind(word), Some("diplomatic" | "government"));
        if !matches!(line.upos(core), Upos::Noun | Upos::Propn | Upos::Adj | Upos::X) && !sure(line.lower(core)) {
            continue;
        }
        let length = length_at(line, &lower, core, lexicon);
        if length == 0 || is_given_title(line, core, posts.last()) {
            continue;
        }
        let floor = posts.last().map_or(0, |p| p.last + 1);
        let mut first = (core + 1 - length).max(floor);
        // A longer post that ends here replaces the shorter one inside it ("Prime Minister" over "Minister").
        if let Some(before) = posts.last().filter(|p| p.last + 1 > core + 1 - length && p.core < core).copied() {
            posts.pop();
            first = first.min(before.first);
        }
        first = extend_left(line, first, core, posts.last().map_or(0, |p| p.last + 1), lexicon);
        // "Chief Trade Commissioner": a rank that is a post by itself.
        while let Some(before) =
            posts.last().filter(|p| p.last + 1 == first && p.first == p.core && is_rank(line.lower(p.core)))
        {
            first = before.first;
            posts.pop();
        }
        let last = extend_right(line, first, core, lexicon);
        posts.push(Post { first, last, core, served: None });
    }
    posts.dedup_by(|later, earlier| later.first <= earlier.last);
    join_served(line, posts)
}

/// "CEO Sultan Ruiz", "Sultan Ruiz, the chairman": a given name that elsewhere is a ruler's title.
fn is_given_title(line: &Line<'_>, core: usize, before: Option<&Post>) -> bool {
    let lexicon = Lexicon::embedded();
    if line.lower(core) != "sultan" || !(line.is_capital(core + 1) || matches!(line.lower(core + 1), "bin" | "al")) {
        return false;
    }
    let titled = before.is_some_and(|p| p.last + 1 == core)
        || core.checked_sub(1).is_some_and(|i| lexicon.is_honorific(line.form(i)));
    let end = (core + 1..core + 7).take_while(|i| line.is_capital(*i) || matches!(line.lower(*i), "bin" | "al" | "-"));
    let comma = end.last().map_or(core, |i| i + 1);
    let apposed = line.form(comma) == ","
        && (comma + 1..comma + 6)
            .take_while(|i| line.is_capital(*i) || line.lower(*i) == "the")
            .any(|i| lexicon.post_length(&[line.lower(i)]) > 0);
    titled || apposed
}

fn length_at(line: &Line<'_>, lower: &[&str], core: usize, lexicon: &Lexicon) -> usize {
    if is_no_post(line, core) {
        return 0;
    }
    let length = lower.get(..=core).map_or(0, |words| lexicon.post_length(words));
    if length > 0 {
        return length;
    }
    let singular = line.token(core).map_or("", |t| t.lemma.as_str()).to_lowercase();
    let whole = lexicon.post_length(&[singular.as_str()]).min(1);
    if whole > 0 {
        return whole;
    }
    // "counterparts", "Ministers": plural proper nouns keep their letter s as lemma.
    let plain = line.lower(core).strip_suffix('s').unwrap_or_default();
    lexicon.post_length(&[plain]).min(1)
}

/// Whether word `i` begins or ends a known name: "Peru", "South African".
pub(super) fn is_country_word(line: &Line<'_>, i: usize) -> bool {
    let known = |first: usize| line.known_at(first).map(|(last, ..)| last);
    known(i).is_some() || known_before(line, i).is_some()
}

/// The first word of a known name of several words that ends in word `last`.
fn known_before(line: &Line<'_>, last: usize) -> Option<usize> {
    let ends = |first: &usize| line.known_at(*first).is_some_and(|(end, ..)| end == last);
    line.is_capital(last).then(|| (last.saturating_sub(4)..last).find(ends))?
}

/// Over ranks ("deputy", "acting") and, for ministers, over the portfolio ("Industry and Trade Minister").
fn extend_left(line: &Line<'_>, mut first: usize, core: usize, floor: usize, lexicon: &Lexicon) -> usize {
    let ministerial =
        has_portfolio(line.lower(core)) || matches!(line.lower(core), "chief" | "manager" | "director" | "analyst");
    let capital_post = line.is_capital(core);
    // "Norte World Chief Executive Officer": only known fields of work stand before a post of companies.
    let of_company = matches!(line.lower(core), "chief" | "manager" | "director" | "officer" | "executive");
    // "Ana Ruiz Minister for Trade": the field of work stands behind.
    let behind = matches!(line.lower(core + 1), "for" | "of") && lexicon.is_portfolio(line.lower(core + 2));
    let fits = |i: usize| {
        let rank = is_rank(line.lower(i)) && !is_country_word(line, i);
        let portfolio = ministerial
            && (!behind || lexicon.is_portfolio(line.lower(i)))
            && matches!(line.upos(i), Upos::Propn | Upos::Noun | Upos::Adj)
            && (line.is_capital(i) || !capital_post)
            // "Voltra chief executive": a capital before small letters is no field of work unless it is known as one.
            && ((capital_post && !of_company) || !line.is_capital(i) || line.upos(i) != Upos::Propn || lexicon.is_portfolio(line.lower(i)))
            && !is_country_word(line, i)
            && lexicon.body_of(line.form(i)).is_none_or(|_| !line.is_capital(i) || line.is_capital(core))
            && !lexicon.is_honorific(line.form(i))
            && (!is_acronym(line.form(i)) || is_acronym(line.form(core)))
            && !super::scan::is_calendar(line.lower(i));
        rank || portfolio
    };
    // "Ministry of Foreign Affairs Spokesperson": the field is the ministry's.
    let of_body = (floor..first).rev().take(6).find(|i| matches!(line.lower(*i), "of" | "for")).filter(|of| {
        (of + 1..first).all(|i| fits(i) || matches!(line.lower(i), "and" | "&" | ","))
            && of.checked_sub(1).is_some_and(|b| line.is_capital(b) && lexicon.body_of(line.form(b)).is_some())
    });
    if of_body.is_some() {
        let ranks = |i: &usize| is_rank(line.lower(*i)) && line.is_capital(*i);
        return (floor..first).rev().take_while(ranks).last().unwrap_or(first);
    }
    while first > floor {
        let before = first - 1;
        if fits(before) {
            first = before;
        } else if line.form(before) == "-" && before > floor && line.is_joined(before) && fits(before - 1) {
            first = before - 1;
        } else if matches!(line.lower(before), "and" | "&") && before > floor && ministerial && capital_post {
            let earlier = before - 1;
            let post_there = lexicon.post_length(&[line.lower(earlier)]) > 0;
            // Only a field of work is coordinated: "Industry and Trade Minister", never "President Ruiz and Trade Minister".
            let field = lexicon.is_portfolio(line.lower(earlier));
            if line.is_capital(earlier) && fits(earlier) && !post_there && field {
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

/// Over the portfolio after the office: "Minister of Energy and Natural Resources", "Secretary of State for East Asia",
/// "director of research", "Vice President for Raw Materials".
fn extend_right(line: &Line<'_>, first: usize, core: usize, lexicon: &Lexicon) -> usize {
    let mut last = core;
    // "Chief of Defence Forces General X": a rank begins there.
    let ranked = line.lower(core + 1) == "general" && !is_made_general(line.lower(core));
    if !ranked && matches!(line.lower(core + 1), "general" | "designate" | "elect") {
        last = core + 1;
    }
    if line.form(last + 1) == "-" && matches!(line.lower(last + 2), "elect" | "designate" | "general") {
        last += 2;
    }
    let office = (first..=core).any(|i| has_portfolio(line.lower(i)));
    let capital = line.is_capital(core);
    if let Some(end) = bare_field_end(line, first, core, lexicon) {
        return end;
    }
    if office && capital {
        let end = extend_over_regions(line, extend_over_portfolio(line, core, last, lexicon));
        // "Secretary of the Nordic Council": a body, no field of work.
        let body = lexicon.body_of(line.form(end)).is_some() && !lexicon.is_portfolio(line.lower(end));
        return if end > last && body { last } else { end };
    }
    extend_over_field(line, core, last, lexicon)
}

/// "Assistant Secretary for Peru, Chile, and Central America": the regions after the first one, to which word `last` belongs.
pub(super) fn extend_over_regions(line: &Line<'_>, mut last: usize) -> usize {
    while is_country_word(line, last) {
        let mut at = last + 1;
        at += usize::from(line.form(at) == ",");
        at += usize::from(line.lower(at) == "and");
        let region = line
            .known_at(at)
            .filter(|(_, known, _)| matches!(known, Known::Country(_) | Known::Place(_)) && at > last + 1);
        match region {
            Some((end, ..)) if !matches!(line.form(end + 1), "'s" | "’s") => last = end,
            _ => break,
        }
    }
    last
}

/// "X, Director Projects, Y", "X, Director (Finance)": a field of work in capitals without a preposition, after a name.
fn bare_field_end(line: &Line<'_>, first: usize, core: usize, lexicon: &Lexicon) -> Option<usize> {
    let apposed = first.checked_sub(1).is_some_and(|i| matches!(line.form(i), "," | "(" | "–" | "-"));
    if !apposed || !matches!(line.lower(core), "director" | "manager" | "head" | "officer" | "president") {
        return None;
    }
    let field = |i: usize| {
        line.is_capital(i)
            && !is_acronym(line.form(i))
            && !is_country_word(line, i)
            && !lexicon.is_surname(line.form(i))
            && (lexicon.is_portfolio(line.lower(i)) || lexicon.body_of(line.form(i)).is_none())
    };
    let bracketed = line.form(core + 1) == "(";
    let start = if bracketed { core + 2 } else { core + 1 };
    let end = (start..start + 4).take_while(|i| field(*i) || matches!(line.form(*i), "&" | "and")).last()?;
    let closed = if bracketed { line.form(end + 1) == ")" } else { line.form(end + 1) == "," };
    closed.then_some(if bracketed { end + 1 } else { end })
}

/// "of|for" and a field of work, in small letters or capitals, up to the last word that is one.
fn extend_over_field(line: &Line<'_>, core: usize, last: usize, lexicon: &Lexicon) -> usize {
    if !matches!(line.lower(last + 1), "of" | "for") {
        return last;
    }
    let start = if line.lower(last + 2) == "the" { last + 3 } else { last + 2 };
    if names_employer(line, core, start, lexicon) {
        return last;
    }
    let mut found = last;
    let mut at = start;
    while at < line.len() && at < start + 7 {
        let word = line.lower(at);
        let joint = at > start && matches!(word, "and" | "&" | ",");
        let fits = joint
            || (matches!(line.upos(at), Upos::Noun | Upos::Adj | Upos::Propn | Upos::X)
                && lexicon.post_length(&[word]) == 0
                && (!is_country_word(line, at) || lexicon.is_portfolio(line.lower(at + 1)))
                && !is_name_start(line, at));
        let body = lexicon.body_of(line.form(at)).is_some() && !lexicon.is_portfolio(word);
        if !fits || body || lexicon.is_legal_form(line.form(at)) {
            break;
        }
        if !joint && lexicon.is_portfolio(word) {
            found = at;
        }
        at += 1;
    }
    let whole = at >= line.len() || !line.is_capital(at) || is_name_start(line, at);
    // "Director of Trade Finance Global": the name goes on, so it is no field.
    if found > last && !whole && line.is_capital(at - 1) && found + 1 == at && lexicon.body_of(line.form(at)).is_some()
    {
        return last;
    }
    found
}

/// Whether the capitals from word `start` are a name, though fields of work stand in it: "chairman of Nordic Energy",
/// "vice-president of Nordoil gas marketing".
fn names_employer(line: &Line<'_>, core: usize, start: usize, lexicon: &Lexicon) -> bool {
    let capitals = (start..start + 6).take_while(|i| line.is_capital(*i)).count();
    let strange = (start..start + capitals).any(|i| !lexicon.is_portfolio(line.lower(i)));
    let next = start + capitals;
    let goes_on = matches!(line.upos(next), Upos::Noun | Upos::Adj) && line.lower(next) != "general";
    // "vice president" has a field of work, "president" has none.
    capitals > 0 && strange && (lexicon.is_fieldless(&name_post(line, core)) || (!line.is_capital(core) && goes_on))
}

pub(super) fn extend_over_portfolio(line: &Line<'_>, core: usize, mut last: usize, lexicon: &Lexicon) -> usize {
    let is_part = |i: usize| {
        line.is_capital(i)
            && !lexicon.is_honorific(line.form(i))
            && (lexicon.post_length(&[line.lower(i)]) == 0 || line.lower(i) == "justice")
            && (!is_acronym(line.form(i)) || is_acronym(line.form(core)))
    };
    // Whether a run of capitals from here names a field of work: "Natural Resources", not the minister's name.
    let names_field = |i: usize| {
        let listed = i.checked_sub(1).is_some_and(|b| line.form(b) == ",");
        let joint = |j: usize| listed && matches!(line.lower(j), "and" | "&" | ",");
        let reach = if listed { 8 } else { 3 };
        (i..i + reach)
            .take_while(|j| line.is_capital(*j) || joint(*j))
            .any(|j| lexicon.is_portfolio(line.lower(j)) && !is_name_start(line, j))
            || (line.is_capital(i)
                && matches!(line.lower(i + 1), "and" | "&")
                && lexicon.is_portfolio(line.lower(i + 2)))
    };
    // "International Trade": the model may take a field of work for a name.
    let field_here = |i: usize| {
        (i..i + 3).take_while(|j| line.is_capital(*j)).any(|j| lexicon.is_portfolio(line.lower(j)))
            && !is_name_start(line, i)
    };
    let person =
        |i: usize| line.sentence.names.iter().any(|n| n.first == i && n.kind == NameKind::Person) && !field_here(i);
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
            "and" | "&" | "," if last > core && names_field(next + 1) => next + 1,
            _ if last > core && names_field(next) && is_part(next) && !person(next) && !is_name_start(line, next) => {
                next
            }
            _ => return last,
        };
        let listed = !matches!(line.form(next), ",")
            || (at + 1..at + 6).any(|j| line.lower(j) == "and" && line.is_capital(j + 1));
        let continues = is_part(at) && !person(at) && (at == next || !is_name_start(line, at)) && listed;
        let country = is_country_word(line, at) && !lexicon.is_portfolio(line.lower(at + 1));
        if !continues || (matches!(line.lower(next), "and" | "&" | ",") && country) {
            return last;
        }
        last = at;
    }
}

/// Whether a person's name begins at word `i`: a given name, and the model says so or a capital that is no field of work follows.
fn is_name_start(line: &Line<'_>, i: usize) -> bool {
    let lexicon = Lexicon::embedded();
    let next = line.is_capital(i + 1)
        && !lexicon.is_portfolio(line.lower(i + 1))
        && lexicon.body_of(line.form(i + 1)).is_none();
    lexicon.is_given_name(line.form(i))
        && !is_country_word(line, i)
        && lexicon.body_of(line.form(i)).is_none()
        && !lexicon.is_portfolio(line.lower(i))
        && (next || line.sentence.names.iter().any(|n| n.first == i))
}

/// The longest name of a post in `posts.tsv` that ends in word `core`; the word itself where there is none.
fn name_post(line: &Line<'_>, core: usize) -> String {
    let words: Vec<&str> = (0..=core).map(|i| line.lower(i)).collect();
    let length = Lexicon::embedded().post_length(&words).max(1);
    words.get(words.len().saturating_sub(length)..).unwrap_or_default().join(" ")
}

/// Kind of a post in `posts.tsv`; `other` where it has none.
pub(super) fn kind_of(line: &Line<'_>, post: &Post) -> &'static str {
    let lexicon = Lexicon::embedded();
    let phrase = name_post(line, post.core);
    let lemma = line.token(post.core).map_or(String::new(), |t| t.lemma.to_lowercase());
    let plain = line.lower(post.core).strip_suffix('s').unwrap_or_default();
    lexicon
        .post_kind(&phrase)
        .or_else(|| lexicon.post_kind(&lemma))
        .or_else(|| lexicon.post_kind(plain))
        .unwrap_or("other")
}

/// Whether the post's word stands in the plural: "Presidents", "foreign ministers".
pub(super) fn is_plural(line: &Line<'_>, post: &Post) -> bool {
    let lexicon = Lexicon::embedded();
    let word = line.lower(post.core);
    word.ends_with('s')
        && lexicon.post_length(&[word]) == 0
        && word.strip_suffix('s').is_some_and(|w| lexicon.post_length(&[w]) > 0 || w == "secretarie")
}

/// Posts that may stand right before a name in small letters: "president-elect Ana Ruiz", not "the owner Tesco".
fn is_title_word(line: &Line<'_>, post: &Post) -> bool {
    line.is_capital(post.core)
        || (!matches!(kind_of(line, post), "other" | "body")
            && !matches!(line.lower(post.core), "owner" | "shareholder" | "leader" | "founder" | "co-owner" | "chief"))
}

/// The "of" before a known name that ends in word `last`, or the "to" of "Ambassador of A to B".
pub(super) fn of_country(line: &Line<'_>, last: usize) -> Option<usize> {
    let alone = line.known_at(last).is_some_and(|(end, ..)| end == last);
    let mut first = known_before(line, last).or_else(|| alone.then_some(last))?;
    if first.checked_sub(1).is_some_and(|i| line.lower(i) == "the") {
        first -= 1;
    }
    let before = first.checked_sub(1)?;
    let sent = || {
        let host = before.checked_sub(1).is_some_and(|i| of_country(line, i).is_some());
        line.lower(before) == "to" && host
    };
    (line.lower(before) == "of" || sent()).then_some(before)
}

/// The one of `posts` that stands right before word `i`, with at most its country, a comma and a form of address between.
pub(super) fn post_before<'p>(line: &Line<'_>, posts: &'p [Post], i: usize) -> Option<&'p Post> {
    let lexicon = Lexicon::embedded();
    let (mut at, mut comma) = (i, false);
    for _ in 0..5 {
        let before = at.checked_sub(1)?;
        if let Some(of) = of_country(line, before) {
            // "the minister of energy of Peru, X", "President of Peru X"
            at = of;
            continue;
        }
        if lexicon.is_honorific(line.form(before)) || matches!(line.form(before), "," | "\"") {
            comma |= line.form(before) == ",";
            at = before;
            continue;
        }
        // "Ana Ruiz, Chairman, Voltra": the post is that of the name before it.
        let held = |p: &Post| comma && p.first > 1 && line.form(p.first - 1) == "," && line.is_capital(p.first - 2);
        let ends = |p: &&Post| p.last == before;
        return posts
            .iter()
            .find(ends)
            .filter(|p| !held(p))
            .filter(|p| !is_plural(line, p) && if comma { line.is_capital(p.core) } else { is_title_word(line, p) });
    }
    None
}
