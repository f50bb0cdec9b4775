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
    let mut open: Vec<(String, usize, String)> = Vec::new();
    let mut spans = Vec::new();
    for (i, misc) in sentence.misc.iter().enumerate() {
        let Some(entity) = misc.split('|').find_map(|m| m.strip_prefix("Entity=")) else { continue };
        for bracket in brackets(entity) {
            let inner = bracket.trim_matches(['(', ')']);
            let id = inner.split('-').next().unwrap_or_default().to_owned();
            if bracket.starts_with('(') {
                open.push((id.clone(), i, inner.to_owned()));
            }
            if bracket.ends_with(')')
                && let Some(at) = open.iter().rposition(|(o, _, _)| *o == id)
            {
                let (_, first, text) = open.remove(at);
                spans.extend(gum_name(tokens, first, i, &text));
            }
        }
    }
    Named { names: disjoint(spans), forms: tokens.iter().map(|t| t.form.clone()).collect() }
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

/// The name in the entity over `first..=last`, which `text` describes (id-type-infstat-salience-centering-minspan-...).
fn gum_name(tokens: &[Token], first: usize, last: usize, text: &str) -> Option<NameSpan> {
    let fields: Vec<&str> = text.split('-').collect();
    let kind = match *fields.get(1)? {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "place" => NameKind::Place,
        "event" | "object" | "abstract" => NameKind::Misc,
        _ => return None,
    };
    let shortest: Vec<usize> =
        fields.get(5)?.split(',').filter_map(|n| n.parse::<usize>().ok()).map(|n| first + n - 1).collect();
    let (from, to) = (*shortest.first()?, (*shortest.last()?).min(last));
    let proper =
        |i: &usize| tokens.get(*i).is_some_and(|t| t.upos == Upos::Propn || matches!(t.xpos, Xpos::Nnp | Xpos::Nnps));
    let titled = |i: &usize| kind == NameKind::Person && tokens.get(*i).is_some_and(is_title);
    let from = (from..=to).find(|i| proper(i) && !titled(i))?;
    let to = (from..=to).rev().find(|i| proper(i) && !titled(i))?;
    let whole = kind != NameKind::Person
        || (from..=to).all(|i| proper(&i) || tokens.get(i).is_some_and(|t| t.upos == Upos::Punct));
    let role =
        from == to && from > 0 && tokens.get(from - 1).is_some_and(|t| t.upos == Upos::Det) && kind == NameKind::Person;
    let people = kind == NameKind::Person && tokens.get(to).is_some_and(|t| t.xpos == Xpos::Nnps);
    (whole && !role && !people && to - from < 12).then_some(NameSpan { first: from, last: to, kind })
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
    let names = names.into_iter().filter_map(|n| trim(&forms, n)).collect();
    Named { forms, names }
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
    sound.then_some(name)
}

/// States that re3d calls organisations where they act; here they are places.
fn is_country(form: &str) -> bool {
    matches!(Gazetteer::embedded().find(form), Some(Known::Country(_)))
}
