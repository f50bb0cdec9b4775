//! A dependency tree as lines of text.

use dossier::language::Sentence;

/// One line a word, below the word that governs it: `├─ nsubj Ilves (PROPN)`. Words stand in the order of the sentence.
pub(super) fn draw_tree(sentence: &Sentence) -> Vec<String> {
    let mut lines = Vec::with_capacity(sentence.tokens.len());
    for (root, _) in sentence.tokens.iter().enumerate().filter(|(_, token)| token.head.is_none()) {
        draw_word(sentence, root, "", "", &mut lines);
    }
    lines
}

fn draw_word(sentence: &Sentence, word: usize, stem: &str, branch: &str, lines: &mut Vec<String>) {
    let Some(token) = sentence.tokens.get(word) else { return };
    let lemma = if token.lemma == token.form { String::new() } else { format!(" “{}”", token.lemma) };
    lines.push(format!("{stem}{branch}{} {}  {}{lemma}", token.deprel.as_str(), token.form, token.upos.as_str()));
    let below = match branch {
        "" => String::new(),
        "├─ " => format!("{stem}│  "),
        _ => format!("{stem}   "),
    };
    let children: Vec<usize> = sentence.children(word).collect();
    for (nth, child) in children.iter().enumerate() {
        let branch = if nth + 1 == children.len() { "└─ " } else { "├─ " };
        draw_word(sentence, *child, &below, branch, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::pipeline::parse_document;
    use dossier::read::read_text;

    #[test]
    fn every_word_stands_below_its_governor() {
        let (document, _) = read_text("a.txt", b"Ana Ilves visited Peru.").unwrap();
        let lines = draw_tree(&parse_document(&document).sentences[0]);
        assert_eq!(lines.len(), 5);
        assert!(lines[0].starts_with("root visited  VERB “visit”"), "{lines:?}");
        assert!(lines.iter().any(|line| line.starts_with("├─ nsubj ")), "{lines:?}");
        assert!(lines[4].starts_with("└─ punct ."), "{lines:?}");
    }
}
