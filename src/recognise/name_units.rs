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
        for pair in found.mentions.windows(2) {
            if let [a, b] = pair {
                coordinate_countries(sentence, a, b);
            }
        }
    }
}

/// "New Zealand and Solomon Islands": where the tree coordinates a word of one with a word of the other, the countries are coordinated.
fn coordinate_countries(sentence: &mut Sentence, a: &Mention, b: &Mention) {
    let country = |m: &Mention| matches!(m.sense, Sense::Known(Known::Country(_))) && m.last > m.first;
    let joined = b.first == a.last + 2 && sentence.tokens.get(a.last + 1).is_some_and(|t| t.form == "and");
    let inside = |i: usize| (b.first..=b.last).contains(&i);
    let under = (a.first..=a.last).any(|i| sentence.tokens.get(i).and_then(|t| t.head).is_some_and(inside));
    if !country(a) || !country(b) || !joined || !under {
        return;
    }
    let (first, last) = (a.last, b.last);
    let within = |h: usize| (a.first..=b.last).contains(&h);
    let tokens = sentence.tokens.get(b.first..=b.last).unwrap_or_default();
    let Some((head, deprel)) = tokens.iter().find(|t| !t.head.is_some_and(within)).map(|t| (t.head, t.deprel)) else {
        return;
    };
    for i in 0..sentence.tokens.len() {
        let Some(token) = sentence.tokens.get_mut(i) else { continue };
        let outside = i < a.first || i > b.last;
        (token.head, token.deprel) = match i {
            i if i == first => (head, deprel),
            i if i == last => (Some(first), Deprel::Conj),
            i if i == a.last + 1 => (Some(last), Deprel::Cc),
            i if (a.first..first).contains(&i) => (Some(first), Deprel::Flat),
            i if (b.first..last).contains(&i) => (Some(last), Deprel::Flat),
            // What hung on either hangs on the first.
            _ if outside && token.head.is_some_and(within) => (Some(first), token.deprel),
            _ => continue,
        };
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
