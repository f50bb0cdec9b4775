//! Names of four corpora brought to one scheme: proper names only, without articles and without titles.

use super::gum_files;
use crate::language::conllu::{Annotated, read_conllu};
use crate::language::tokenise::{fold, tokenise};
use crate::language::tree::{Deprel, NameKind, NameSpan, Token, Upos, Xpos};
use crate::ontology::gazetteer::{Gazetteer, Known};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A sentence with its names marked.
pub(super) struct Named {
    /// Folded forms of the words.
    pub(super) forms: Vec<String>,
    /// Names, disjoint and in order.
    pub(super) names: Vec<NameSpan>,
}

/// The name corpora by name, either what is held back for testing or the rest: GUM by its own split, of the others every
/// tenth block of twenty sentences (WikiGold, CrossNER) or every tenth document (re3d).
pub(super) fn read_names(folder: &Path, test: bool) -> io::Result<Vec<(&'static str, Vec<Named>)>> {
    let mut gum = Vec::new();
    for path in gum_files(folder, test)? {
        gum.extend(read_conllu(&fs::read_to_string(path)?).iter().map(read_gum));
    }
    let mine = |i: usize| (i % 10 == 9) == test;
    let share = |text: String| {
        let all = read_columns(&text).into_iter().enumerate();
        all.filter(|(i, _)| mine(i / 20)).map(|(_, s)| s).collect::<Vec<Named>>()
    };
    let wikigold = share(fs::read_to_string(folder.join("wikigold/wikigold.conll.txt"))?);
    let mut politics = Vec::new();
    for name in ["train.txt", "dev.txt"] {
        politics.extend(share(fs::read_to_string(folder.join("crossner-politics").join(name))?));
    }
    let mut re3d = Vec::new();
    for (_, path) in re3d_documents(folder)?.iter().enumerate().filter(|(i, _)| mine(*i)) {
        re3d.extend(read_columns(&fs::read_to_string(path)?));
    }
    Ok(vec![("GUM", gum), ("WikiGold", wikigold), ("CrossNER politics", politics), ("re3d", re3d)])
}

fn re3d_documents(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for source in fs::read_dir(folder.join("re3d"))? {
        let source = source?.path();
        if source.is_dir() {
            files.extend(fs::read_dir(source)?.filter_map(|file| Some(file.ok()?.path())));
        }
    }
    files.retain(|file| file.extension().is_some_and(|e| e == "conll"));
    files.sort();
    Ok(files)
}

/// Names among the entities of a GUM sentence: an entity whose shortest span holds a proper noun.
fn read_gum(sentence: &Annotated) -> Named {
    let tokens = &sentence.sentence.tokens;
    let entities = gum_entities(&sentence.misc);
    let spans = entities.iter().filter_map(|e| gum_name(tokens, e)).filter(|name| !is_pair(tokens, &entities, name));
    Named { names: disjoint(spans.collect()), forms: tokens.iter().map(|t| t.form.clone()).collect() }
}

/// An entity as GUM marks it: its first and last word, and id-type-infstat-salience-centering-minspan-link-identity.
struct GumEntity<'m> {
    first: usize,
    last: usize,
    text: &'m str,
}

/// The entities of a sentence, from its MISC column, inner ones before those around them.
fn gum_entities(misc: &[String]) -> Vec<GumEntity<'_>> {
    let mut open: Vec<GumEntity<'_>> = Vec::new();
    let mut closed = Vec::new();
    for (i, misc) in misc.iter().enumerate() {
        let Some(entity) = misc.split('|').find_map(|m| m.strip_prefix("Entity=")) else { continue };
        for bracket in brackets(entity) {
            let text = bracket.trim_matches(['(', ')']);
            let id = |text: &str| text.split('-').next().unwrap_or_default().to_owned();
            if bracket.starts_with('(') {
                open.push(GumEntity { first: i, last: i, text });
            }
            if bracket.ends_with(')')
                && let Some(at) = open.iter().rposition(|o| id(o.text) == id(text))
            {
                closed.push(GumEntity { last: i, ..open.remove(at) });
            }
        }
    }
    closed
}

/// Whether the name is two, "Randers and Odense": an entity of its own stands before the conjunction.
fn is_pair(tokens: &[Token], entities: &[GumEntity<'_>], name: &NameSpan) -> bool {
    let joins = |i: &usize| tokens.get(*i).is_some_and(|t| t.upos == Upos::Cconj);
    let mut joints = (name.first..=name.last).filter(joins);
    joints.any(|joint| entities.iter().any(|e| e.first >= name.first && e.last + 1 == joint))
}

/// "(1-person-...(2-place-...)" as its brackets, one opening or closing (or both) each.
fn brackets(entity: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in entity.char_indices() {
        if c == '(' && i > start {
            out.extend(entity.get(start..i));
            start = i;
        } else if c == ')' {
            out.extend(entity.get(start..=i));
            start = i + 1;
        }
    }
    out.extend(entity.get(start..).filter(|rest| !rest.is_empty()));
    out
}

/// The name in an entity: from its first proper noun to the last that belongs to it. Things, works and events are names where
/// GUM links them to an article or where they have two proper nouns.
fn gum_name(tokens: &[Token], entity: &GumEntity<'_>) -> Option<NameSpan> {
    let fields: Vec<&str> = entity.text.split('-').collect();
    let kind = match *fields.get(1)? {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "place" => NameKind::Place,
        "event" | "object" | "abstract" => NameKind::Misc,
        _ => return None,
    };
    let (linked, person) = (fields.get(7).is_some(), kind == NameKind::Person);
    let shortest: Vec<usize> =
        fields.get(5)?.split(',').filter_map(|n| n.parse::<usize>().ok()).map(|n| entity.first + n - 1).collect();
    let (from, to) = (*shortest.first()?, (*shortest.last()?).min(entity.last));
    let token = |i: usize| tokens.get(i);
    let proper =
        |i: &usize| token(*i).is_some_and(|t| t.upos == Upos::Propn || matches!(t.xpos, Xpos::Nnp | Xpos::Nnps));
    let titled = |i: &usize| person && token(*i).is_some_and(is_title);
    let begins = |i: &usize| proper(i) && !titled(i) || !person && token(*i).is_some_and(is_written_large);
    let from = (from..=to).find(begins)?;
    let end = (from..=to).find(|i| !proper(i) && !token(*i).is_some_and(|t| may_join(t, person)));
    let to = (from..end.unwrap_or(to + 1)).rev().find(|i| proper(i) && !titled(i))?;
    let nouns = (from..=to).filter(proper).count();
    let whole = person || linked || nouns > 1 || kind != NameKind::Misc;
    let role = from == to && person && from > 0 && token(from - 1).is_some_and(|t| t.upos == Upos::Det);
    let post = from == to && token(from).is_some_and(|t| title_word(&t.form));
    let people = person && token(to).is_some_and(|t| t.xpos == Xpos::Nnps);
    let mut name = NameSpan { first: from, last: to, kind };
    if kind == NameKind::Organization && is_country(&form_of(tokens, &name)) {
        name.kind = NameKind::Place;
    }
    let demonym = is_demonym(&form_of(tokens, &name));
    (whole && !role && !post && !people && !demonym && to - from < 12).then_some(name)
}

fn form_of(tokens: &[Token], name: &NameSpan) -> String {
    let forms: Vec<&str> =
        tokens.get(name.first..=name.last).unwrap_or_default().iter().map(|t| t.form.as_str()).collect();
    forms.join(" ")
}

/// "10th Street", "National Guard": a word with a capital or a digit that is no noun of the name but opens it.
fn is_written_large(token: &Token) -> bool {
    let large = token.form.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    large && matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Verb)
}

/// Whether a name that is no proper noun here may go on behind it: "Bank of Fish", "Sea of Ilves-Vane". What lies where ("the
/// Bank in Lima") is two names.
fn may_join(token: &Token, person: bool) -> bool {
    let inner = matches!(token.form.as_str(), "of" | "for" | "and" | "&" | "the" | "'s" | "'");
    let mark = matches!(token.form.as_str(), "-" | "." | "–");
    mark || !person && (inner || token.upos == Upos::Num || is_written_large(token))
}

/// A title before a name, which is no part of it.
fn is_title(token: &Token) -> bool {
    token.deprel == Deprel::NmodDesc && !token.form.chars().all(|c| c.is_ascii_digit()) && title_word(&token.form)
}

/// Words that stand before a name and are no part of it.
fn title_word(form: &str) -> bool {
    let word = form.trim_end_matches('.').to_lowercase();
    include_str!("titles.txt").split_whitespace().any(|t| t == word)
}

/// The longest of overlapping names, in order of the text.
fn disjoint(mut spans: Vec<NameSpan>) -> Vec<NameSpan> {
    spans.sort_by_key(|s| (std::cmp::Reverse(s.last - s.first), s.first));
    let mut names: Vec<NameSpan> = Vec::new();
    for span in spans {
        if names.iter().all(|n| n.last < span.first || span.last < n.first) {
            names.push(span);
        }
    }
    names.sort_by_key(|n| n.first);
    names
}

/// Reads a corpus of lines with a token and a tag (`O`, `B-` or `I-` and a type), an empty line between sentences. Tokens
/// are split as the tokeniser splits them.
fn read_columns(text: &str) -> Vec<Named> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.split(|l| l.is_empty()).filter(|s| !s.is_empty()).map(read_sentence).collect()
}

fn read_sentence(lines: &[&str]) -> Named {
    let mut forms: Vec<String> = Vec::new();
    let mut names: Vec<NameSpan> = Vec::new();
    let mut open: Option<&str> = None;
    for line in lines {
        let Some((form, tag)) = line.rsplit_once(['\t', ' ']) else { continue };
        let first = forms.len();
        if forms.last_mut().is_some_and(|last| mend_split(last, form)) {
            continue;
        }
        let chars: Vec<char> = form.chars().collect();
        let part = |range| chars.get::<std::ops::Range<usize>>(range).unwrap_or_default().iter().collect::<String>();
        forms.extend(tokenise(form).into_iter().map(|range| fold(&part(range))));
        let (mark, kind) = tag.split_once('-').unwrap_or(("O", ""));
        let last = forms.len().saturating_sub(1);
        match names.last_mut() {
            Some(name) if mark == "I" && open == Some(kind) => name.last = last,
            _ => names.extend(column_kind(kind).map(|kind| NameSpan { first, last, kind })),
        }
        open = column_kind(kind).map(|_| kind);
    }
    let parts = names.into_iter().flat_map(|n| split_place(&forms, n));
    let names = parts.filter_map(|n| trim(&forms, n)).collect();
    Named { forms, names }
}

/// re3d and CrossNER write "' s" and "J . Vane" where the tokeniser leaves "'s" and "J." whole: joins what was split.
fn mend_split(last: &mut String, form: &str) -> bool {
    let initial = form == "." && last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    let possessive = form == "s" && matches!(last.as_str(), "'" | "’");
    if initial || possessive {
        last.push_str(form);
    }
    initial || possessive
}

/// "Rome, Italy" is two places, though re3d marks one.
fn split_place(forms: &[String], name: NameSpan) -> Vec<NameSpan> {
    if name.kind != NameKind::Place {
        return vec![name];
    }
    let words: Vec<usize> = (name.first..=name.last).collect();
    let parts = words.split(|i| forms.get(*i).is_some_and(|f| f == ","));
    parts.filter_map(|p| Some(NameSpan { first: *p.first()?, last: *p.last()?, ..name })).collect()
}

fn column_kind(kind: &str) -> Option<NameKind> {
    Some(match kind {
        "PER" | "Person" | "person" | "politician" => NameKind::Person,
        "ORG" | "Organisation" | "organisation" | "politicalparty" => NameKind::Organization,
        "LOC" | "Location" | "location" | "country" => NameKind::Place,
        "MISC" | "misc" | "event" | "election" => NameKind::Misc,
        _ => return None,
    })
}

/// Cuts articles off the front, and titles off persons; `None` where no capital is left ("the opposition").
fn trim(forms: &[String], mut name: NameSpan) -> Option<NameSpan> {
    let form = |i: usize| forms.get(i).map_or("", String::as_str);
    while name.first < name.last && matches!(form(name.first), "the" | "The" | "a" | "A" | "an") {
        name.first += 1;
    }
    if name.kind == NameKind::Person {
        let titles = (name.first..name.last).rev().find(|i| title_word(form(*i)) || form(*i) == ",");
        name.first = titles.map_or(name.first, |i| i + 1);
    }
    let upper = |i: usize| form(i).chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let sound =
        upper(name.first) && upper(name.last) && !(name.kind == NameKind::Person && title_word(form(name.first)));
    if name.kind == NameKind::Organization
        && forms.get(name.first..=name.last).is_some_and(|f| is_country(&f.join(" ")))
    {
        name.kind = NameKind::Place;
    }
    let whole = forms.get(name.first..=name.last).unwrap_or_default().join(" ");
    (sound && !is_demonym(&whole) && !is_pronoun(&whole)).then_some(name)
}

/// "Peruvian": an adjective or people, which the gazetteer knows and half of the corpora do not mark.
fn is_demonym(form: &str) -> bool {
    matches!(Gazetteer::embedded().find(form), Some(Known::Demonym(_)))
}

/// "We", which re3d marks where a government speaks.
fn is_pronoun(form: &str) -> bool {
    let lower = form.to_lowercase();
    include_str!("pronouns.txt").split_whitespace().any(|p| p == lower)
}

/// States that re3d calls organisations where they act; here they are places.
fn is_country(form: &str) -> bool {
    matches!(Gazetteer::embedded().find(form), Some(Known::Country(_)))
}
