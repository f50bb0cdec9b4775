//! `dossier same`, `different` and `unsure`: a person decides who is who; `unsure` alone lists what is worth deciding.
//!
//! Law: a name that may mean several is never guessed; a decision that contradicts another changes nothing.

use super::Outcome;
use super::args::{JudgeArgs, UnsureArgs};
use super::names::Names;
use super::terminal::{BOLD, DIM, NAME, Output, cannot_write, count, say};
use dossier::error::{Error, Result};
use dossier::extract::Fact;
use dossier::keep::Folder;
use dossier::pipeline::{Graph, edit_ledger, load_graph, merge_facts};
use dossier::resolve::ledger::{Decision, Judgement};
use dossier::resolve::{Entity, Question};
use dossier::vocab;
use std::io::{self, Write};

/// One of the two that a decision is about.
struct Side {
    id: String,
    label: String,
}

/// Writes a judgement into the ledger, or takes it out, and resolves the graph anew.
pub(super) fn judge(judgement: Judgement, args: &JudgeArgs) -> Result<Outcome> {
    let [a, b] = args.names.as_slice() else {
        return Err(Error::with_hint("two names are needed", "name both, or two identifiers such as id:peru"));
    };
    let mut told = String::new();
    let (before, after) = edit_ledger(&args.graph.graph, |graph, ledger| {
        let names = [a.as_str(), b.as_str()];
        let (a, b) = (find_side(graph, a)?, find_side(graph, b)?);
        if a.id == b.id {
            // What was joined goes by one name now: the decision still tells which two there were.
            let joined = |d: &Decision| judgement == d.judgement && has_joined(d, &a.id, names);
            let at = ledger.human.iter().position(joined).filter(|_| args.undo);
            let decision = at.map(|at| ledger.human.remove(at)).ok_or_else(|| one_already(graph, &a, judgement))?;
            told = format!("{} and {} are undecided again", decision.subject_label, decision.object_label);
            return Ok(());
        }
        let pair = |d: &Decision| (d.subject == a.id && d.object == b.id) || (d.subject == b.id && d.object == a.id);
        let known = ledger.human.len();
        ledger.human.retain(|d| !pair(d));
        if args.undo {
            told = format!("{} and {} are undecided again", a.label, b.label);
            return if ledger.human.len() < known { Ok(()) } else { Err(nothing_to_undo(&a, &b)) };
        }
        told = format!("{} and {} are {} from now on", a.label, b.label, describe(judgement));
        ledger.human.push(write_decision(judgement, a, b, args));
        Ok(())
    })?;
    say(&told);
    say(tell_effect(&before, &after));
    Ok(Outcome::Complete)
}

/// Whether `decision` joined the entity `id` with what one of `names` calls.
fn has_joined(decision: &Decision, id: &str, names: [&str; 2]) -> bool {
    let sides = [(&decision.subject, &decision.subject_label), (&decision.object, &decision.object_label)];
    let called = |(side, label): (&String, &String)| side != id && names.iter().any(|n| n == side || n == label);
    sides.iter().any(|(side, _)| *side == id) && sides.into_iter().any(called)
}

fn describe(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Same => "one",
        Judgement::Different => "two",
        Judgement::Unsure => "two until somebody knows better",
    }
}

fn write_decision(judgement: Judgement, a: Side, b: Side, args: &JudgeArgs) -> Decision {
    Decision {
        subject: a.id,
        subject_label: a.label,
        judgement,
        object: b.id,
        object_label: b.label,
        confidence: String::new(),
        reason: args.reason.clone().unwrap_or_default(),
        author: args.author.clone().unwrap_or_default(),
        date: args.date.clone().unwrap_or_default(),
        line: 0,
    }
}

/// An entity by its name or identifier, one that was merged away by its former identifier, or a mention as `SOURCE#Name`.
fn find_side(graph: &Graph, name: &str) -> Result<Side> {
    if let Some((source, words)) = name.split_once('#') {
        return find_mention(graph, source, words);
    }
    if graph.follow(name).is_some() {
        let id = if name.starts_with("id:") { name.to_owned() } else { vocab::shorten(name) };
        return Ok(Side { label: id.clone(), id });
    }
    let entity = Names::among(graph.resolution.entities.iter().flatten()).find(name)?;
    Ok(Side { id: vocab::shorten(&entity.iri), label: entity.label.clone() })
}

fn find_mention(graph: &Graph, source: &str, words: &str) -> Result<Side> {
    let Some(reading) = graph.readings.iter().find(|r| r.document.id == source) else {
        let message = format!("the graph has no source `{source}`");
        return Err(Error::with_hint(message, "a mention is SOURCE#Name, with the identifier of its source"));
    };
    let found = reading.members.iter().find(|m| m.label == words || m.aliases.contains(words));
    let Some(member) = found else {
        let names: Vec<&str> = reading.members.iter().map(|m| m.label.as_str()).collect();
        let message = format!("{source} names nobody `{words}`");
        return Err(Error::with_hint(message, format!("it names {}", names.join(", "))));
    };
    Ok(Side { id: format!("{source}#{words}"), label: member.label.clone() })
}

fn one_already(graph: &Graph, side: &Side, judgement: Judgement) -> Error {
    if judgement == Judgement::Same {
        return Error::with_hint(format!("both names mean {}", side.id), "they are one already");
    }
    let named = graph.readings.iter().zip(&graph.resolution.entities).flat_map(|(reading, entities)| {
        let own = reading.members.iter().zip(entities).filter(|(_, e)| vocab::shorten(&e.iri) == side.id);
        own.map(|(m, _)| format!("{}#{}", reading.document.id, m.label)).collect::<Vec<_>>()
    });
    let mentions: Vec<String> = named.take(8).collect();
    Error::with_hint(
        format!("both names mean {}", side.id),
        format!("say which mentions are two, as SOURCE#Name: {}", mentions.join(", ")),
    )
}

fn nothing_to_undo(a: &Side, b: &Side) -> Error {
    Error::with_hint(
        format!("nobody decided about {} and {}", a.id, b.id),
        "the ledger, identity.tsv in the graph folder, lists the decisions",
    )
}

/// How many entities and facts there are now.
fn tell_effect(before: &Graph, after: &Graph) -> String {
    let facts = |graph: &Graph| -> Vec<Fact> { merge_facts(&graph.facts) };
    let entities = |graph: &Graph| {
        let iris = graph.resolution.entities.iter().flatten().map(|e| e.iri.as_str());
        iris.collect::<std::collections::BTreeSet<_>>().len()
    };
    let (old, new) = (facts(before), facts(after));
    let changed = new.iter().filter(|f| !old.contains(f)).count();
    format!(
        "{} → {} people, bodies and places; {} → {}, of which {} changed",
        entities(before),
        entities(after),
        old.len(),
        count(new.len(), "fact"),
        changed
    )
}

/// The review list, or a judgement that nobody knows.
pub(super) fn run_unsure(args: &UnsureArgs) -> Result<Outcome> {
    if !args.judge.names.is_empty() {
        return judge(Judgement::Unsure, &args.judge);
    }
    let graph = load_graph(&Folder::open(&args.judge.graph.graph)?)?;
    let questions = &graph.resolution.questions;
    let mut out = Output::styled();
    let shown = questions.iter().take(args.most);
    shown.enumerate().try_for_each(|(i, q)| write_question(i + 1, q, &mut out)).map_err(cannot_write)?;
    out.flush().map_err(cannot_write)?;
    say(format_args!("{}, {} shown", count(questions.len(), "question"), questions.len().min(args.most)));
    Ok(Outcome::Complete)
}

fn write_question(number: usize, question: &Question, out: &mut impl Write) -> io::Result<()> {
    let show = |e: &Entity| format!("{BOLD}{}{BOLD:#} {DIM}{}{DIM:#}", e.label, e.kind.as_str().to_lowercase());
    writeln!(out, "{number}. {} = {}?  {:.2}", show(&question.a), show(&question.b), question.chance)?;
    writeln!(out, "   {DIM}{}; {}{DIM:#}", question.reason, count(question.mentions, "mention"))?;
    let (a, b) = (vocab::shorten(&question.a.iri), vocab::shorten(&question.b.iri));
    writeln!(out, "   {NAME}dossier same {a} {b}{NAME:#}  or  {NAME}dossier different {a} {b}{NAME:#}")
}
