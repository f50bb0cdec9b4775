//! Which language an article is in.
//!
//! Law: English is taken for granted unless the text shows another language beyond doubt.

use crate::read::line::split_lines;
use std::sync::LazyLock;

/// How many bytes of running text are looked at.
const SAMPLE: usize = 20_000;

/// Words that make up a tenth of any English text and hardly occur in other languages.
const ENGLISH: &[&str] = &["the", "and", "of", "to", "for", "with", "that", "was", "has"];

/// BCP 47 tags of the languages that can be told apart, by their ISO 639-3 codes.
static TAGS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let table = include_str!("../../ontology/lexicon/languages.tsv");
    table.lines().filter(|row| !row.starts_with('#')).skip(1).filter_map(|row| row.split_once('\t')).collect()
});

/// The language of a text: its BCP 47 tag and English name. `None` where the text is too short to tell.
pub(crate) fn detect_language(text: &str) -> Option<(&'static str, &'static str)> {
    let sample = sample_prose(text);
    if sample.chars().filter(|c| c.is_alphabetic()).take(60).count() < 60 {
        return None;
    }
    if is_english(&sample) {
        return Some(("en", "English"));
    }
    let found = whatlang::detect(&sample)?;
    let foreign_script = found.script() != whatlang::Script::Latin;
    if !foreign_script && (!found.is_reliable() || sample.len() < 200) {
        return None;
    }
    let code = found.lang().code();
    let tag = TAGS.iter().find(|(three, _)| *three == code).map_or(code, |(_, tag)| tag);
    Some((tag, found.lang().eng_name()))
}

/// The longer lines of a text; all of it where it has none.
fn sample_prose(text: &str) -> String {
    let mut sample = String::new();
    for line in split_lines(text, 0, text.len()) {
        if sample.len() >= SAMPLE {
            break;
        }
        if line.words >= 8 || line.text.len() >= 60 {
            sample.extend(line.text.chars().take(SAMPLE));
            sample.push('\n');
        }
    }
    if sample.is_empty() { text.chars().take(SAMPLE).collect() } else { sample }
}

fn is_english(sample: &str) -> bool {
    let (mut words, mut hits) = (0usize, 0usize);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        hits += usize::from(word.len() <= 4 && ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    hits * 10 >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(detect_language(text).map(|(tag, _)| tag), expected, "{text}");
    }

    #[test]
    fn tells_languages_apart() {
        check(
            "The two ministers met in the capital and signed an agreement on the supply of fish to the north.",
            Some("en"),
        );
        check(
            "Министры иностранных дел двух стран встретились в столице и подписали соглашение о поставках рыбы на север страны.",
            Some("ru"),
        );
        check(
            "Los ministros de Asuntos Exteriores de los dos países se reunieron en la capital y firmaron un acuerdo sobre el suministro de pescado al norte del país, según informó el gobierno en un comunicado. El acuerdo entrará en vigor el próximo año.",
            Some("es"),
        );
        check(
            "İki ülkenin dışişleri bakanları başkentte bir araya geldi ve kuzeye balık tedariki konusunda bir anlaşma imzaladı. Anlaşmanın gelecek yıl yürürlüğe girmesi bekleniyor, hükümet yaptığı açıklamada bunu duyurdu.",
            Some("tr"),
        );
        check("Lima – Tallinn", None);
    }
}
