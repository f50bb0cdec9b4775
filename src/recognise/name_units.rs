//! Sentences and their names -> sentences in which a name is one unit of the tree.
//!
//! "between the Ministry of Trade and Transport of Kenya and the Ministry of Energy of Ghana": where the parser coordinated words of
//! two names, the names are coordinated.
//!
//! Law: a tree stays a tree; of a name of a body, one word alone has its governor outside, and none coordinates what stands outside.

use super::{Findings, Known, Mention, Sense};
use crate::language::{Deprel, Sentence};

/// Mends the tree of each sentence by the names found in it.
pub fn join_name_units(sentences: &mut [Sentence], findings: &[Findings]) {
    for (sentence, found) in sentences.iter_mut().zip(findings) {
        for mention in found.mentions.iter().filter(|m| is_long_name(m)) {
            join_unit(sentence, mention);
        }
    }
}

/// Names of bodies that may hold "and" and "of".
fn is_long_name(mention: &Mention) -> bool {
    let body = match mention.sense {
        Sense::Name(class) => class.is_body(),
        Sense::Known(known) => matches!(known, Known::Body(_)),
        _ => false,
    };
    body && mention.last > mention.first + 1
}

fn join_unit(sentence: &mut Sentence, mention: &Mention) {
    let inside = |i: usize| (mention.first..=mention.last).contains(&i);
    for i in 0..sentence.tokens.len() {
        let Some(token) = sentence.tokens.get(i) else { continue };
        let Some(governor) = token.head else { continue };
        let strays = inside(i) && i != mention.head && !inside(governor) && token.deprel != Deprel::Punct;
        let shares = !inside(i) && inside(governor) && governor != mention.head && token.deprel == Deprel::Conj;
        if (strays || shares) && !is_below(sentence, mention.head, i) {
            let deprel = if strays && token.deprel != Deprel::Conj { Deprel::Nmod } else { token.deprel };
            if let Some(token) = sentence.tokens.get_mut(i) {
                (token.head, token.deprel) = (Some(mention.head), deprel);
            }
        }
    }
}

/// Whether `word` is `ancestor` or stands under it.
fn is_below(sentence: &Sentence, word: usize, ancestor: usize) -> bool {
    let up = |i: &usize| sentence.tokens.get(*i).and_then(|t| t.head);
    std::iter::successors(Some(word), up).take(sentence.tokens.len() + 1).any(|i| i == ancestor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Reader;
    use crate::recognise::find_mentions;

    /// The governor of the word `word` after the names are joined.
    #[track_caller]
    fn check(text: &str, word: &str, governor: &str) {
        let forms: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let mut sentences = vec![Reader::embedded().analyse(&forms)];
        let findings = find_mentions(&sentences, &[false]);
        join_name_units(&mut sentences, &findings);
        let tokens = &sentences[0].tokens;
        let at = tokens.iter().rposition(|t| t.form == word).unwrap();
        assert_eq!(tokens[at].head.map(|h| tokens[h].form.as_str()), Some(governor), "{text}");
        assert_eq!(tokens.iter().filter(|t| t.head.is_none()).count(), 1);
        assert!((0..tokens.len()).all(|i| tokens[i].head.is_none_or(|h| !is_below(&sentences[0], h, i))));
    }

    #[test]
    fn names_are_coordinated_not_their_words() {
        check(
            "The MoU signed between the Ministry of Digital Growth and Transport of Kenya and the Ministry of Information \
             Technology and Telecommunication of Ghana opens a new field .",
            "Ministry",
            "Ministry",
        );
    }
}
