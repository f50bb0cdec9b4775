//! A broken query -> where it breaks and what could stand there.
//!
//! The parser tells the furthest place that it looked at, which lies behind the mistake by the length of whatever keyword it tried. So
//! it is asked again: a beginning of the query is sound if the parser reads it to its end and only misses more; the mistake is the
//! first word that makes it unsound; what is expected there are those words that keep it sound.

use crate::error::Error;
use spargebra::SparqlParser;
use std::sync::LazyLock;

/// Behind a beginning: more blanks than any keyword has letters.
const BLANKS: usize = 64;

/// What may be expected, and how it is called. Grammar of SPARQL 1.2, those first that say most.
const CANDIDATES: &[(&str, &str)] = &[
    ("SELECT", "SELECT"),
    ("ASK", "ASK"),
    ("CONSTRUCT", "CONSTRUCT"),
    ("DESCRIBE", "DESCRIBE"),
    ("?x", "a variable"),
    ("<x:y>", "a name or <IRI>"),
    ("1", "a number"),
    ("\"x\"", "a string"),
    ("WHERE", "WHERE"),
    ("BY", "BY"),
    ("AS", "AS"),
    ("}", "`}`"),
    ("{", "`{`"),
    ("(", "`(`"),
    (")", "`)`"),
    (".", "`.`"),
    (";", "`;`"),
    (",", "`,`"),
    (":", "`:`"),
    (">", "`>`"),
    ("=", "`=`"),
    ("&&", "`&&`"),
    ("FILTER", "FILTER"),
    ("OPTIONAL", "OPTIONAL"),
];
/// Most that are listed.
const MOST: usize = 6;

static TOKENS: LazyLock<Option<regex::Regex>> = LazyLock::new(|| {
    let text = r#"""".*?"""|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"#;
    let other = r"<[^<>{}|^`\\\s]*>|#[^\n]*|\w[\w.-]*:[\w.-]*\w|\w[\w.-]*:|[?$]?\w[\w.-]*\w|[?$]?\w|\S";
    regex::Regex::new(&format!("(?s){text}|{other}")).ok()
});

/// The error of a query that `parser` refuses with the message `cause`.
pub(super) fn syntax_error(sparql: &str, file: &str, cause: &str, parser: &SparqlParser) -> Error {
    let (line, column, message) = read_place(cause);
    let say = |line, column, message: String| Error::Knowledge { file: file.to_owned(), line, column, message };
    if let Some(sentence) = read_sentence(message) {
        return say(line, column, format!("syntax error: {sentence}"));
    }
    let is_sound = |text: &str| is_sound(parser, text);
    let tokens: Vec<_> = TOKENS.iter().flat_map(|tokens| tokens.find_iter(sparql)).collect();
    let upto = |count: usize| tokens.get(..count).and_then(<[_]>::last).map_or(0, regex::Match::end);
    let beginning = |count: usize| sparql.get(..upto(count)).unwrap_or_default();
    // Sound beginnings are those up to some word: the first unsound one is found by halving.
    let (mut sound, mut unsound) = (0, tokens.len() + 1);
    while unsound - sound > 1 {
        let middle = usize::midpoint(sound, unsound);
        if is_sound(beginning(middle)) { sound = middle } else { unsound = middle }
    }
    let before = beginning(sound);
    let (at, found) = match tokens.get(sound) {
        Some(token) => (token.start(), format!("`{}`", token.as_str().chars().take(30).collect::<String>())),
        None => (sparql.trim_end().len(), "the end of the query".to_owned()),
    };
    let (line, column) = place_of(sparql, at);
    let fits = |candidate: &&(&str, &str)| is_sound(&format!("{before} {}", candidate.0));
    let expected: Vec<&str> = CANDIDATES.iter().filter(fits).map(|(_, name)| *name).take(MOST).collect();
    let unclosed = tokens.get(sound).is_some_and(|token| token.as_str().starts_with(['"', '\'']) && token.len() == 1);
    let says = if unclosed { "the string is not closed".to_owned() } else { list(&expected) };
    say(line, column, format!("syntax error at {found}: {says}"))
}

/// Whether the parser reads all of a beginning and misses no more than its rest.
fn is_sound(parser: &SparqlParser, text: &str) -> bool {
    let padded = format!("{text}\n{}", " ".repeat(BLANKS));
    match parser.clone().parse_query(&padded) {
        Ok(_) => true,
        Err(error) => {
            let (line, column, _) = read_place(&error.to_string());
            line > padded.matches('\n').count() && column > BLANKS
        }
    }
}

/// Line, column and message of `error at 3:5: expected one of …`.
fn read_place(error: &str) -> (usize, usize, &str) {
    let rest = error.strip_prefix("error at ").unwrap_or(error);
    let place = rest.split_once(": ").and_then(|(place, message)| {
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, message))
    });
    place.unwrap_or((1, 1, error))
}

/// What the parser says in words, such as that a variable is unbound, among the tokens that it expected.
fn read_sentence(message: &str) -> Option<String> {
    let items = message.strip_prefix("expected ").map_or(message, |items| items.trim_start_matches("one of "));
    let is_sentence = |item: &&str| item.split(' ').count() > 3 && !item.contains(['[', '"']);
    let sentence = items.split(", ").find(is_sentence)?.trim_end_matches('.');
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect())
}

fn place_of(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

fn list(expected: &[&str]) -> String {
    match expected {
        [] => "nothing fits here".to_owned(),
        [one] => format!("expected {one}"),
        [all @ .., last] => format!("expected {} or {last}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::query::parse;

    #[track_caller]
    fn check(sparql: &str, expected: &str) {
        let error = parse(sparql, "q").unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }

    #[test]
    fn the_word_that_is_wrong_is_named_and_what_could_stand_there() {
        check("SELEC ?x { ?x a ?y }", "q:1:1: syntax error at `SELEC`: expected SELECT, ASK, CONSTRUCT or DESCRIBE");
        check(
            "SELECT ?x\n{ ?x a }",
            "q:2:8: syntax error at `}`: expected a variable, a name or <IRI>, a number, a string",
        );
        check("SELECT ?x { ?x a ?y . FILTER (?y = ) }", "q:1:36: syntax error at `)`: expected a variable, a name");
        check("SELECT ?x { ?x a ?y ", "q:1:20: syntax error at the end of the query: expected ");
        check("SELECT ?x { ?x a ?y } ORDER ?x", "q:1:29: syntax error at `?x`: expected BY");
        check("SELECT ?x { ?x a ?y } LIMIT x", "q:1:29: syntax error at `x`: expected a number");
        check("SELECT (COUNT(?x) { ?x a ?y }", "q:1:19: syntax error at `{`: expected AS");
        check("SELECT ?x { ?x a ?y OPTIONAL ?z }", "q:1:30: syntax error at `?z`: expected `{`");
        check("SELECT ?x { ?x dos:topic \"oil }", "q:1:26: syntax error at `\"`: the string is not closed");
        check("SELECT ?x { # note\n ?x a ?y ] }", "q:2:10: syntax error at `]`: expected ");
        check("", "q:1:1: syntax error at the end of the query: expected SELECT, ASK, CONSTRUCT or DESCRIBE");
    }

    #[test]
    fn what_the_parser_says_in_words_stays() {
        check(
            "SELECT ?y { ?x a ?c } GROUP BY ?x",
            "q:1:34: syntax error: the SELECT contains a variable that is unbound",
        );
    }
}
