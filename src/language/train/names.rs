//! Trains the name recogniser on corpora whose schemes are mapped to four kinds.

use super::perceptron::{Averaged, Chance};
use crate::language::names::{class_names, features, find_clues};
use crate::language::tag::Tagger;
use crate::language::tokenise::fold;
use crate::language::tree::NameKind;
use crate::language::words::Word;
use std::fs;
use std::io;
use std::path::Path;

const BITS: u32 = 19;
const EPOCHS: usize = 10;

/// A sentence: words and their classes (0 is none, then B and I of each kind).
type Example = (Vec<String>, Vec<usize>);

/// Every name corpus below `folder`, one kind of label for all.
pub(super) fn read_names(folder: &Path) -> io::Result<Vec<Example>> {
    let mut found = read_columns(&fs::read_to_string(folder.join("wikigold/wikigold.conll.txt"))?);
    for name in ["train.txt", "dev.txt"] {
        found.extend(read_columns(&fs::read_to_string(folder.join("crossner-politics").join(name))?));
    }
    let mut folders: Vec<_> = fs::read_dir(folder.join("re3d"))?.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_dir()).collect();
    folders.sort();
    for path in folders {
        let mut files: Vec<_> = fs::read_dir(path)?.filter_map(|e| Some(e.ok()?.path())).collect();
        files.retain(|p| p.extension().is_some_and(|e| e == "conll"));
        files.sort();
        for file in files {
            found.extend(read_columns(&fs::read_to_string(file)?));
        }
    }
    Ok(found)
}

fn kind_of(label: &str) -> Option<NameKind> {
    Some(match label.to_lowercase().as_str() {
        "per" | "person" | "politician" => NameKind::Person,
        "org" | "organisation" | "organization" | "politicalparty" => NameKind::Organization,
        "loc" | "location" | "country" | "place" => NameKind::Place,
        "misc" | "event" | "election" | "militaryplatform" | "weapon" => NameKind::Misc,
        _ => return None,
    })
}

/// Token and tag a line; IOB and BIO alike.
fn read_columns(text: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let (mut words, mut classes, mut last) = (Vec::new(), Vec::new(), String::new());
    for line in text.lines().chain([""]) {
        let mut columns = line.split_whitespace();
        let (Some(word), Some(tag)) = (columns.next(), columns.next_back()) else {
            if !words.is_empty() {
                found.push((std::mem::take(&mut words), std::mem::take(&mut classes)));
            }
            last.clear();
            continue;
        };
        let (mark, label) = tag.split_once('-').unwrap_or(("O", ""));
        let capital = word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
        let kind = kind_of(label).filter(|_| mark == "I" && last == label || capital);
        let class = kind.map_or(0, |k| 2 * (k as usize) + if mark == "B" || last != label { 1 } else { 2 });
        // A name that its corpus begins with a common word begins where the name does.
        let opens = class > 0 && class % 2 == 0 && classes.last() == Some(&0);
        words.push(fold(word));
        classes.push(if opens { class - 1 } else { class });
        last = label.to_owned();
    }
    found
}

/// Learns from the examples, tagged by `tagger`; gives the bytes of the model file.
pub(super) fn train_names(examples: &[Example], tagger: &Tagger, seed: u64) -> Vec<u8> {
    let names = class_names();
    let count = names.len();
    let data: Vec<_> = examples
        .iter()
        .map(|(forms, classes)| {
            let words: Vec<Word> = forms.iter().map(|f| Word::new(f)).collect();
            let borrowed: Vec<&str> = forms.iter().map(String::as_str).collect();
            (find_clues(&borrowed, &words, &tagger.tag(&words)), classes)
        })
        .collect();
    let mut model = Averaged::new(count, BITS);
    let mut chance = Chance(seed);
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut seen = Vec::new();
    for (clues, classes) in &data {
        let (mut last, mut before) = (0, 0);
        for (i, truth) in classes.iter().enumerate() {
            features(clues, i, last, before, &mut seen);
            model.observe(&seen);
            before = last;
            last = *truth;
        }
    }
    for _ in 0..EPOCHS {
        chance.shuffle(&mut order);
        for (clues, classes) in order.iter().filter_map(|i| data.get(*i)) {
            let (mut last, mut before) = (0, 0);
            for (i, truth) in classes.iter().enumerate() {
                features(clues, i, last, before, &mut seen);
                model.keep_frequent(&mut seen);
                let scores = model.score(&seen);
                let guess = super::tagger::best(scores.get(..count).unwrap_or_default());
                model.update(&seen, *truth, guess);
                model.tick();
                before = last;
                last = guess;
            }
        }
    }
    model.finish(names).to_bytes()
}
