//! Word -> how it sounds: keys under which spellings and transliterations of one name meet.
//!
//! Law: a key depends on the word alone. The *sound* keeps where vowels stand; the *skeleton* has only classes of consonants, for
//! names that come from a script without vowels or with other sounds.

/// The rules, longest first: letters and what they sound like. `A` is any vowel.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "S"),
    ("tsch", "C"),
    ("dsch", "J"),
    ("sch", "S"),
    ("tch", "C"),
    ("dzh", "J"),
    ("dj", "J"),
    ("sh", "S"),
    ("ch", "S"),
    ("cz", "C"),
    ("zh", "S"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("qu", "k"),
    ("tz", "s"),
    ("ts", "s"),
    ("dz", "s"),
    ("ce", "sA"),
    ("ci", "sA"),
    ("cy", "sA"),
    ("ks", "x"),
    ("ij", "A"),
    ("xt", "ht"),
    ("xm", "hm"),
    ("xr", "hr"),
    ("xl", "hl"),
    ("xn", "hn"),
    ("wr", "r"),
    ("kn", "kn"),
];

/// The sound of a word of lower-case ASCII letters.
pub(super) fn sound(word: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(word.len());
    let mut at = 0;
    if word.first() == Some(&b'x') && word.get(1).is_some_and(|b| is_vowel(*b)) {
        out.push(b'S');
        at = 1;
    }
    while let Some(letter) = word.get(at) {
        let rest = word.get(at..).unwrap_or_default();
        let rule = SOUNDS.iter().find(|(from, _)| rest.starts_with(from.as_bytes()));
        if let Some((from, to)) = rule {
            to.bytes().for_each(|b| push_sound(&mut out, b));
            at += from.len();
            continue;
        }
        let before_vowel = word.get(at + 1).is_some_and(|b| is_vowel(*b));
        match letter {
            b if is_vowel(*b) => push_sound(&mut out, b'A'),
            b'y' if at == 0 && before_vowel => {}
            b'y' => push_sound(&mut out, b'A'),
            b'j' if at > 0 && !before_vowel => push_sound(&mut out, b'A'),
            b'j' => push_sound(&mut out, b'J'),
            b'h' if !before_vowel || out.last().is_some_and(|b| *b != b'A') => {}
            b'w' => push_sound(&mut out, b'v'),
            b'c' | b'q' => push_sound(&mut out, b'k'),
            b'z' => push_sound(&mut out, b's'),
            other => push_sound(&mut out, *other),
        }
        at += 1;
    }
    out
}

/// Doubled sounds count once.
fn push_sound(out: &mut Vec<u8>, sound: u8) {
    if out.last() != Some(&sound) {
        out.push(sound);
    }
}

/// The skeleton: classes of consonants, without vowels, h, w and y.
pub(super) fn skeleton(word: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len());
    // In scripts without vowels w and y stand for some.
    let word: Vec<u8> = word.iter().copied().filter(|b| *b != b'w').collect();
    for sound in sound(&word) {
        let class = match sound {
            b'b' | b'p' => b'P',
            b'f' | b'v' => b'F',
            b'd' | b't' => b'T',
            b'g' | b'k' => b'K',
            b'J' | b'C' | b'S' | b's' => b'S',
            b'x' => b'K',
            b'l' | b'r' => b'L',
            b'm' => b'M',
            b'n' => b'N',
            b'A' | b'h' => continue,
            other => other,
        };
        out.push(class);
    }
    out
}

pub(super) fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}
