//! Two prepared names -> whether weighing them is worth the time, for whoever compares a name with millions.
//!
//! Law: it says no only where telling words of both names have no counterpart, which no likeness of the others outweighs.

use super::prepare::{NameFamily, PreparedName, Role, Word};

/// Letters in which two words may differ: a slip changes two at most.
const LETTERS: u32 = 4;

/// Whether two names of one family may be one, at a glance.
pub fn may_match(a: &PreparedName, b: &PreparedName) -> bool {
    let special = |n: &PreparedName| n.acronym || !n.han.is_empty() || !n.parts.is_empty();
    if a.coarse != b.coarse || special(a) || special(b) {
        return true;
    }
    let lonely = count_lonely(a, b).min(count_lonely(b, a));
    let most = match a.family {
        NameFamily::Person => 0,
        NameFamily::Body => (count_telling(a).min(count_telling(b)).max(1) - 1) / 2,
    };
    lonely <= most || near(letters_of(a), letters_of(b))
}

fn tells(word: &&Word) -> bool {
    word.role == Role::Telling && word.letters.len() > 1
}

fn count_telling(name: &PreparedName) -> usize {
    name.words.iter().filter(tells).count()
}

/// Telling words of one name that are like none of the other.
fn count_lonely(one: &PreparedName, other: &PreparedName) -> usize {
    one.words.iter().filter(tells).filter(|w| !other.words.iter().any(|v| is_like(w, v))).count()
}

fn is_like(word: &Word, other: &Word) -> bool {
    if near(word.mask, other.mask) {
        return true;
    }
    let begins = word.letters.first() == other.letters.first()
        && (other.role == Role::Initial
            || word.role == Role::Initial
            || word.letters.starts_with(&other.letters)
            || other.letters.starts_with(&word.letters));
    begins
        || (word.heard == other.heard && word.sound == other.sound)
        || word.groups.iter().any(|group| other.groups.contains(group))
}

/// All letters of a name, for words that are joined on one side.
fn letters_of(name: &PreparedName) -> u32 {
    name.words.iter().fold(0, |mask, word| mask | word.mask)
}

const fn near(a: u32, b: u32) -> bool {
    (a ^ b).count_ones() <= LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, family: NameFamily, expected: bool) {
        let (a, b) = (PreparedName::new(a, family), PreparedName::new(b, family));
        assert_eq!((may_match(&a, &b), may_match(&b, &a)), (expected, expected));
    }

    #[test]
    fn only_what_cannot_be_one_is_told_apart() {
        check("Ana Ilves", "Anna Ilwes", NameFamily::Person, true);
        check("Ana Ilves", "A. Ilves", NameFamily::Person, true);
        check("Pol Pot", "PolPot", NameFamily::Person, true);
        check("Bob Lindqvist", "Robert Lindqvist", NameFamily::Person, true);
        check("Ana Ilves", "Jorma Ilves", NameFamily::Person, false);
        check("Nordlys Energy", "Nordlys", NameFamily::Body, true);
        check("Nordlys Energy", "Kvitfjell Energy", NameFamily::Body, false);
        check("United Nations Development Programme", "UNDP", NameFamily::Body, true);
    }
}
