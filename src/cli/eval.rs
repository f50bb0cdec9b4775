//! `dossier eval`: gold and documents -> precision, recall and F1.

use super::Outcome;
use super::args::{EvalArgs, Shown, TalkFormat};
use super::flat::Roles;
use super::terminal::{Output, cannot_write, report_diagnostics};
use dossier::error::{Error, Result};
use dossier::extract::Fact;
use dossier::keep::Folder;
use dossier::pipeline::{evaluate_documents, evaluate_graph};
use dossier::score::{Finding, Tally, Verdict, find_gold};
use serde_json::{Map, Value as Json, json};
use std::io::{self, Write};

/// Scores the facts of the documents against their gold.
pub(super) fn run(args: &EvalArgs) -> Result<Outcome> {
    let (golds, mut diagnostics) = find_gold(&args.gold, args.texts.as_deref());
    let (tally, found) = match &args.graph {
        Some(graph) => evaluate_graph(&golds, &Folder::open(graph)?)?,
        None => evaluate_documents(&golds)?,
    };
    diagnostics.extend(found);
    report_diagnostics(&diagnostics);
    let Some(tally) = tally else {
        return Err(Error::with_hint(
            "there is nothing to compare",
            "see dossier eval --help for what gold looks like",
        ));
    };
    let mut out = Output::open();
    let written = match args.format {
        TalkFormat::Table => write_findings(&tally, args.show, &mut out).and_then(|()| writeln!(out, "{tally}")),
        TalkFormat::Json => write_json(&tally, args.show, &mut out),
    };
    written.and_then(|()| out.flush()).map_err(cannot_write)?;
    Ok(Outcome::flawed_if(super::build::has_errors(&diagnostics)))
}

fn is_shown(finding: &Finding, shown: Option<Shown>) -> bool {
    match shown {
        None => false,
        Some(Shown::All) => true,
        Some(Shown::Misses) => finding.verdict == Verdict::Miss,
        Some(Shown::Part) => finding.verdict == Verdict::Part,
        Some(Shown::Extra) => finding.verdict == Verdict::Extra,
    }
}

fn name_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Miss => "miss",
        Verdict::Part => "part",
        Verdict::Extra => "extra",
    }
}

fn write_findings(tally: &Tally, shown: Option<Shown>, out: &mut impl Write) -> io::Result<()> {
    for finding in tally.findings.iter().filter(|finding| is_shown(finding, shown)) {
        write!(out, "{:5} {}", name_verdict(finding.verdict), finding.document)?;
        if let Some(gold) = &finding.gold {
            write!(out, "  {}", serde_json::to_string(&gold.line)?)?;
        }
        match (&finding.fact, &finding.gold) {
            (Some(fact), Some(_)) => write!(out, "\n      got  {}", brief(fact))?,
            (Some(fact), None) => write!(out, "  {}", brief(fact))?,
            (None, _) => {}
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A fact in short: names instead of entities, its first quotes.
fn brief(fact: &Fact) -> Json {
    let name = |value: &Json| value.get("label").cloned().unwrap_or_else(|| value.clone());
    let roles = serde_json::to_value(Roles(fact)).unwrap_or_default();
    let roles: Map<String, Json> = roles
        .as_object()
        .into_iter()
        .flatten()
        .map(|(role, value)| match value {
            Json::Array(list) => (role.clone(), list.iter().map(name).collect()),
            one => (role.clone(), name(one)),
        })
        .collect();
    let quotes: Vec<String> = fact.evidence.iter().take(2).map(|e| e.quote.chars().take(200).collect()).collect();
    let speaker = fact.attributed_to.as_ref().map(|speaker| &speaker.label);
    json!({"kind": fact.kind, "roles": roles, "status": fact.status.as_str(), "attributed_to": speaker, "quote": quotes})
}

fn share(all: usize, right: usize) -> f64 {
    if all == 0 { 0.0 } else { right as f64 / all as f64 }
}

/// The figures under the names that the reference scorer gives them.
fn write_json(tally: &Tally, shown: Option<Shown>, out: &mut impl Write) -> io::Result<()> {
    let round = |share: f64| (share * 1000.0).round_ties_even() / 1000.0;
    let kinds: Map<String, Json> = tally
        .rows()
        .into_iter()
        .map(|(kind, f)| {
            let row = json!({
                "strict_p": f.strict.precision(), "strict_r": f.strict.recall(), "strict_f1": f.strict.f1(),
                "lenient_p": f.lenient.precision(), "lenient_r": f.lenient.recall(), "lenient_f1": f.lenient.f1(),
                "gold": f.lenient.gold, "found": f.lenient.found, "aside": f.aside,
            });
            (kind.to_owned(), row)
        })
        .collect();
    let documents: Map<String, Json> = tally
        .documents
        .iter()
        .map(|(name, f)| {
            let row = json!({
                "P": round(f.strict.precision()), "R": round(f.strict.recall()),
                "lenient_P": round(f.lenient.precision()), "lenient_R": round(f.lenient.recall()),
            });
            (name.clone(), row)
        })
        .collect();
    let mut all = json!({
        "kinds": kinds, "files": documents, "without_quote": tally.moved, "status": share(tally.status.0, tally.status.1),
        "attribution": share(tally.attribution.0, tally.attribution.1), "other_sources": tally.unknown,
    });
    if let (Some(_), Some(map)) = (shown, all.as_object_mut()) {
        let told = |finding: &Finding| {
            json!({
                "verdict": name_verdict(finding.verdict), "file": finding.document,
                "gold": finding.gold.as_ref().map(|gold| &gold.line), "fact": finding.fact.as_ref().map(brief),
            })
        };
        let found = tally.findings.iter().filter(|finding| is_shown(finding, shown)).map(told);
        map.insert("findings".to_owned(), found.collect());
    }
    serde_json::to_writer(&mut *out, &all)?;
    out.write_all(b"\n")
}
