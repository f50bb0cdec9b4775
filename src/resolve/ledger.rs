//! `identity.tsv` <-> `Ledger`: what people, and the program, decided about who is who.
//!
//! ```text
//! subject_id  subject_label  judgement  object_id  object_label  confidence  reason  author  date
//! id:ana-ilves  Ana Ilves  same  id:a-ilves  A. Ilves    one signature  Mart  2025-03-01
//! ```
//!
//! `judgement` is `same`, `different` or `unsure`. An identifier is that of an entity (`id:ana-ilves`) or of a mention, the name as
//! one source has it (`SOURCE#Ana Ilves`). Rows whose author is `dossier` are written anew by each build; all others are kept.
//!
//! Law: a human judgement always wins; where two contradict each other nothing is done, and both are shown.

use crate::diagnostic::Diagnostic;
use crate::vocab;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

/// Name of the file in the graph folder.
pub const LEDGER: &str = "identity.tsv";

/// Who writes the rows that a build decides.
pub const PROGRAM: &str = "dossier";

const COLUMNS: [&str; 9] =
    ["subject_id", "subject_label", "judgement", "object_id", "object_label", "confidence", "reason", "author", "date"];
const NEEDED: [&str; 3] = ["subject_id", "judgement", "object_id"];

/// What was decided about two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// They are one.
    Same,
    /// They are two.
    Different,
    /// Nobody knows; they stay two, and nobody is asked again.
    Unsure,
}

impl Judgement {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Unsure => "unsure",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Same, Self::Different, Self::Unsure].into_iter().find(|j| j.as_str() == text)
    }
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// One of the two: `id:…` or `SOURCE#Name`.
    pub subject: String,
    /// Its name, for whoever reads the file.
    pub subject_label: String,
    /// What was decided.
    pub judgement: Judgement,
    /// The other.
    pub object: String,
    /// Its name.
    pub object_label: String,
    /// Chance that they are one, as the matcher sees it; empty where a person decided.
    pub confidence: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub author: String,
    /// When, if it was written down; never today's date by itself.
    pub date: String,
    /// Line of the file, from 1; 0 for what is not in a file.
    pub line: usize,
}

impl Decision {
    /// Whether a person made it.
    pub fn is_human(&self) -> bool {
        self.author != PROGRAM || self.judgement != Judgement::Same
    }

    /// `line 3: id:a same id:b (Mart)`.
    fn cite(&self) -> String {
        let author = if self.author.is_empty() { String::new() } else { format!(" ({})", self.author) };
        format!("line {}: {} {} {}{author}", self.line, self.subject, self.judgement.as_str(), self.object)
    }
}

/// The decisions of a graph folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Those of people, in the order of the file.
    pub human: Vec<Decision>,
    /// Those of the last build.
    pub program: Vec<Decision>,
    /// Lines that begin with `#`; they come first when the file is written again.
    pub comments: Vec<String>,
}

impl Ledger {
    /// Reads the file's text; `name` is what diagnostics call it.
    ///
    /// # Errors
    /// All that is wrong with it; nothing is guessed.
    pub fn parse(text: &str, name: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut wrong = find_conflict_markers(text, name);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let lines = text.lines().enumerate().map(|(i, l)| (i + 1, l.trim_end_matches('\r')));
        let mut lines = lines.filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        let Some((at, head)) = lines.next() else { return Ok(Self::default()) };
        let head: Vec<&str> = head.trim_start_matches('\u{feff}').split('\t').map(str::trim).collect();
        let missing: Vec<&str> = NEEDED.into_iter().filter(|c| !head.contains(c)).collect();
        if !missing.is_empty() {
            let message = format!("the ledger has no column {}", missing.join(", "));
            let hint = format!("its first line names the columns, separated by tabs: {}", COLUMNS.join(", "));
            return Err(vec![Diagnostic::error(name, message).at(at, 1).hint(hint)]);
        }
        let comments = text.lines().filter(|l| l.starts_with('#')).map(|l| l.trim_end().to_owned()).collect();
        let mut ledger = Self { comments, ..Self::default() };
        for (line, text) in lines {
            match parse_row(&head, text, line, name) {
                Ok(decision) if decision.is_human() => ledger.human.push(decision),
                Ok(decision) => ledger.program.push(decision),
                Err(diagnostic) => wrong.push(diagnostic),
            }
        }
        wrong.extend(ledger.find_contradictions(name));
        if wrong.is_empty() { Ok(ledger) } else { Err(wrong) }
    }

    /// Its file's text: people's decisions in their order, then the program's, sorted.
    pub fn to_text(&self) -> String {
        let mut out: String = self.comments.iter().flat_map(|c| [c.as_str(), "\n"]).collect();
        out.push_str(&COLUMNS.join("\t"));
        out.push('\n');
        let mut program: Vec<&Decision> = self.program.iter().collect();
        program.sort();
        for d in self.human.iter().chain(program) {
            let cells = [
                &d.subject,
                &d.subject_label,
                d.judgement.as_str(),
                &d.object,
                &d.object_label,
                &d.confidence,
                &d.reason,
                &d.author,
                &d.date,
            ];
            let clean = cells.map(|c: &str| c.replace(['\t', '\n', '\r'], " "));
            let _ = writeln!(out, "{}", clean.join("\t").trim_end());
        }
        out
    }

    /// What people decided about these two identifiers, either way round.
    pub fn judged(&self, a: &str, b: &str) -> Option<&Decision> {
        let fits = |d: &&Decision| (d.subject == a && d.object == b) || (d.subject == b && d.object == a);
        self.human.iter().rev().find(fits)
    }

    /// Contradictions between decisions of people, also over several: a is b, b is c, a is not c.
    pub fn find_contradictions(&self, name: &str) -> Vec<Diagnostic> {
        let mut near: BTreeMap<&str, Vec<&Decision>> = BTreeMap::new();
        for d in self.human.iter().filter(|d| d.judgement == Judgement::Same) {
            near.entry(&d.subject).or_default().push(d);
            near.entry(&d.object).or_default().push(d);
        }
        let parted = self.human.iter().filter(|d| d.judgement == Judgement::Different);
        parted
            .filter_map(|d| {
                let chain = find_chain(&near, &d.subject, &d.object)?;
                Some(tell_contradiction(d, &chain, name))
            })
            .collect()
    }
}

/// A decision that two are two, and those that make them one: both are shown, with what to do.
pub fn tell_contradiction(parted: &Decision, joined: &[&Decision], name: &str) -> Diagnostic {
    let others: Vec<String> = joined.iter().map(|s| s.cite()).collect();
    let message = format!("two decisions contradict each other: {}, but {}", parted.cite(), others.join(", "));
    let lines: Vec<String> = joined.iter().map(|s| s.line.to_string()).collect();
    let lines = lines.join(" or line ");
    let hint = format!("keep one: delete line {} or line {lines}; nothing was merged meanwhile", parted.line);
    Diagnostic::error(name, message).at(parted.line, 1).hint(hint)
}

/// The rows that make `from` and `to` one, nearest first; `None` where none do.
fn find_chain<'a>(near: &BTreeMap<&str, Vec<&'a Decision>>, from: &str, to: &str) -> Option<Vec<&'a Decision>> {
    let mut came: BTreeMap<String, Option<(&Decision, String)>> = BTreeMap::from([(from.to_owned(), None)]);
    let mut queue = VecDeque::from([from.to_owned()]);
    while let Some(here) = queue.pop_front() {
        if here == to {
            let (mut chain, mut at) = (Vec::new(), here);
            while let Some(Some((row, before))) = came.get(&at).cloned() {
                chain.push(row);
                at = before;
            }
            chain.sort_by_key(|d| d.line);
            return Some(chain);
        }
        for row in near.get(here.as_str()).into_iter().flatten() {
            let there = if row.subject == here { &row.object } else { &row.subject };
            if !came.contains_key(there) {
                came.insert(there.clone(), Some((row, here.clone())));
                queue.push_back(there.clone());
            }
        }
    }
    None
}

/// One diagnostic a conflict that git left: where it stands and what its two sides decide.
fn find_conflict_markers(text: &str, name: &str) -> Vec<Diagnostic> {
    let mark = |line: &str| ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().position(|m| line.starts_with(m));
    let mut found: Vec<(usize, usize, [Vec<String>; 2])> = Vec::new();
    let (mut side, mut open) = (None, false);
    for (at, line) in text.lines().enumerate().map(|(i, l)| (i + 1, l)) {
        let marked = mark(line);
        if marked.is_some() && (!open || marked == Some(0)) {
            found.push((at, at, Default::default()));
        }
        open = marked.map_or(open, |m| m != 3);
        let Some((_, last, sides)) = found.last_mut() else { continue };
        match marked {
            Some(m) => {
                *last = at;
                side = [Some(0), None, Some(1), None].get(m).copied().flatten();
            }
            None => {
                if let Some(rows) = side.and_then(|s| sides.get_mut(s)) {
                    rows.push(format!(
                        "line {at}: {}",
                        line.split('\t').filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" ")
                    ));
                }
            }
        }
    }
    let tell = |(first, last, [ours, theirs]): &(usize, usize, [Vec<String>; 2])| {
        let list = |rows: &[String]| if rows.is_empty() { "nothing".to_owned() } else { rows.join("; ") };
        let message = format!(
            "a merge conflict of git stands in lines {first} to {last}: one side has {}; the other has {}",
            list(ours),
            list(theirs)
        );
        let hint = "choose one side, delete the lines with <<<<<<<, ======= and >>>>>>>, and run the command again; nothing was merged meanwhile";
        Diagnostic::error(name, message).at(*first, 1).hint(hint)
    };
    found.iter().map(tell).collect()
}

fn parse_row(head: &[&str], text: &str, line: usize, name: &str) -> Result<Decision, Diagnostic> {
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    let get = |column: &str| {
        let at = head.iter().position(|h| *h == column);
        at.and_then(|i| cells.get(i)).map_or(String::new(), |c| (*c).to_owned())
    };
    for column in NEEDED {
        if get(column).is_empty() {
            let hint = "columns are separated by one tab each; see the first line";
            return Err(Diagnostic::error(name, format!("the row has no {column}")).at(line, 1).hint(hint));
        }
    }
    let Some(judgement) = Judgement::parse(&get("judgement")) else {
        let message = format!("`{}` is no judgement", get("judgement"));
        return Err(Diagnostic::error(name, message).at(line, 1).hint("it is one of same, different, unsure"));
    };
    let (subject, object) = (shorten(&get("subject_id")), shorten(&get("object_id")));
    if subject == object {
        let message = format!("{subject} is compared with itself");
        return Err(Diagnostic::error(name, message).at(line, 1).hint("name two, or delete the line"));
    }
    Ok(Decision {
        subject,
        subject_label: get("subject_label"),
        judgement,
        object,
        object_label: get("object_label"),
        confidence: get("confidence"),
        reason: get("reason"),
        author: get("author"),
        date: get("date"),
        line,
    })
}

/// Entities under their prefix; mentions as they are.
fn shorten(id: &str) -> String {
    match id.strip_prefix('<').and_then(|i| i.strip_suffix('>')).unwrap_or(id) {
        id if id.starts_with(vocab::ID) => vocab::shorten(id),
        id => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

    use super::*;

    const HEAD: &str = "subject_id\tjudgement\tobject_id\tauthor\n";

    #[track_caller]
    fn check_wrong(rows: &str, line: usize, words: &[&str]) {
        let wrong = Ledger::parse(&format!("{HEAD}{rows}"), "identity.tsv").expect_err("wrong");
        let told = wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert_eq!(wrong.first().and_then(|d| d.place).map(|p| p.0), Some(line), "{told}");
        words.iter().for_each(|w| assert!(told.contains(w), "{told}"));
    }

    #[test]
    fn says_what_is_wrong_with_a_ledger() {
        check_wrong("id:a\tsame\tid:b\tMart\nid:b\tdifferent\tid:a\tAna\n", 3, &["line 2", "line 3", "Mart", "Ana"]);
        check_wrong("id:a\tsame\tid:b\nid:b\tsame\tid:c\nid:a\tdifferent\tid:c\n", 4, &["line 2", "line 3", "line 4"]);
        check_wrong(
            "<<<<<<< HEAD\nid:a\tsame\tid:b\n=======\n>>>>>>> other\n",
            2,
            &[
                "merge conflict",
                "lines 2 to 5",
                "has line 3: id:a same id:b",
                "the other has nothing",
                "choose one side",
            ],
        );
        check_wrong(
            "<<<<<<< HEAD\nid:a\tsame\tid:b\tMart\n||||||| base\nid:a\tunsure\tid:b\n=======\nid:a\tdifferent\tid:b\tAna\n>>>>>>> other\n",
            2,
            &["line 3: id:a same id:b Mart; the other has line 7: id:a different id:b Ana"],
        );
        check_wrong("=======\n", 2, &["merge conflict"]);
        check_wrong("id:a\tperhaps\tid:b\n", 2, &["`perhaps`", "same, different, unsure"]);
        check_wrong("id:a\tsame\n", 2, &["no object_id"]);
        check_wrong("id:a\tsame\tid:a\n", 2, &["with itself"]);
        let missing = Ledger::parse("subject_id\tobject_id\nid:a\tid:b\n", "x").expect_err("no judgement");
        assert!(missing.first().is_some_and(|d| d.to_string().contains("no column judgement")), "{missing:?}");
    }

    #[test]
    fn keeps_people_in_their_order_and_sorts_its_own() {
        let text = format!(
            "{HEAD}id:z\tsame\tid:y\tMart\nid:b\tsame\tid:c\tdossier\nid:a\tdifferent\tid:c\t\nid:a\tsame\tid:b\tdossier\n"
        );
        let ledger = Ledger::parse(&text, "x").expect("right");
        assert_eq!((ledger.human.len(), ledger.program.len()), (2, 2));
        let again = ledger.to_text();
        let ids: Vec<&str> = again.lines().skip(1).filter_map(|l| l.split('\t').next()).collect();
        assert_eq!(ids, ["id:z", "id:a", "id:a", "id:b"]);
        assert_eq!(Ledger::parse(&again, "x").expect("right").to_text(), again);
        assert_eq!(Ledger::parse("", "x"), Ok(Ledger::default()));
    }
}
