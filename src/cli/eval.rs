//! `dossier eval`: gold and documents -> precision, recall and F1.

use super::Outcome;
use super::args::{EvalArgs, Shown, TalkFormat};
use super::flat::Roles;
use super::terminal::{Output, cannot_write, report_diagnostics};
use dossier::diagnostic::{Diagnostic, Severity};
use dossier::error::{Error, Result};
use dossier::extract::Fact;
use dossier::keep::Folder;
use dossier::pipeline::{Reading, load, merge_facts, read_sources};
use dossier::read::{SourceFile, find_sources};
use dossier::score::{Annotated, Finding, GoldFile, SAMPLED, Tally, Verdict, find_gold, score_documents};
use serde_json::{Map, Value as Json, json};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What was read, and what is wrong with it.
struct Read {
    readings: Vec<Reading>,
    facts: Vec<Fact>,
    /// Gold, and its document among `readings`.
    pairs: Vec<(GoldFile, usize)>,
    diagnostics: Vec<Diagnostic>,
}

/// Scores the facts of the documents against their gold.
pub(super) fn run(args: &EvalArgs) -> Result<Outcome> {
    let (golds, diagnostics) = find_gold(&args.gold, args.texts.as_deref());
    let read = match &args.graph {
        Some(graph) => take_from_graph(graph, golds, diagnostics)?,
        None => read_afresh(golds, diagnostics)?,
    };
    report_diagnostics(&read.diagnostics);
    if read.pairs.is_empty() {
        return Err(Error::with_hint(
            "there is nothing to compare",
            "see dossier eval --help for what gold looks like",
        ));
    }
    let documents: Vec<Annotated> =
        read.pairs.iter().filter_map(|(gold, at)| annotate(gold, read.readings.get(*at)?)).collect();
    let tally = score_documents(&documents, &read.facts);
    let mut out = Output::open();
    let written = match args.format {
        TalkFormat::Table => write_findings(&tally, args.show, &mut out).and_then(|()| write_table(&tally, &mut out)),
        TalkFormat::Json => write_json(&tally, args.show, &mut out),
    };
    written.and_then(|()| out.flush()).map_err(cannot_write)?;
    Ok(Outcome::flawed_if(super::build::has_errors(&read.diagnostics)))
}

fn annotate<'a>(gold: &'a GoldFile, reading: &'a Reading) -> Option<Annotated<'a>> {
    let document = &reading.document;
    let GoldFile { name, golds, neutral, .. } = gold;
    Some(Annotated { name, id: &document.id, text: &document.text, golds, neutral })
}

fn read_afresh(golds: Vec<GoldFile>, mut diagnostics: Vec<Diagnostic>) -> Result<Read> {
    let paths: Vec<PathBuf> = golds.iter().filter_map(|gold| gold.document.clone()).collect();
    let (sources, mut found) = find_sources(&paths);
    let (readings, facts, notes) = read_sources(&sources)?;
    found.extend(notes);
    // Notes about dates and the like belong to `build`.
    diagnostics.extend(found.into_iter().filter(|finding| finding.severity == Severity::Error));
    let at_of = |gold: &GoldFile| {
        let source: &SourceFile = sources.iter().find(|source| Some(&source.path) == gold.document.as_ref())?;
        readings.iter().position(|reading| reading.document.id == source.id)
    };
    let (pairs, missing) =
        pair_up(golds, at_of, "beside it", "put the document beside it, or name its folder with --texts");
    diagnostics.extend(missing);
    Ok(Read { facts: merge_facts(&facts), readings, pairs, diagnostics })
}

fn take_from_graph(graph: &Path, golds: Vec<GoldFile>, mut diagnostics: Vec<Diagnostic>) -> Result<Read> {
    let (readings, facts) = load(&Folder::open(graph)?)?;
    let stem = |reading: &Reading| {
        Path::new(&reading.document.name).file_stem().map(|stem| stem.to_string_lossy().into_owned())
    };
    let at_of = |gold: &GoldFile| readings.iter().position(|reading| stem(reading).as_ref() == Some(&gold.name));
    let (pairs, missing) = pair_up(golds, at_of, "in the graph", "add it: dossier build PATH --graph DIR");
    diagnostics.extend(missing);
    Ok(Read { facts: merge_facts(&facts), readings, pairs, diagnostics })
}

/// Gold with the reading of its document, and what is to say of gold without one.
fn pair_up(
    golds: Vec<GoldFile>,
    at_of: impl Fn(&GoldFile) -> Option<usize>,
    place: &str,
    hint: &str,
) -> (Vec<(GoldFile, usize)>, Vec<Diagnostic>) {
    let (mut pairs, mut missing) = (Vec::new(), Vec::new());
    for gold in golds {
        match at_of(&gold) {
            Some(at) => pairs.push((gold, at)),
            None => {
                let message = format!("there is no document `{}` {place}", gold.name);
                missing.push(Diagnostic::error(gold.path.display().to_string(), message).hint(hint));
            }
        }
    }
    (pairs, missing)
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

fn write_table(tally: &Tally, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{:12} {:>5} {:>6} {:>6} | {:>8} {:>6} {:>6} | {:>9} {:>6} {:>6}",
        "kind", "gold", "found", "aside", "strict P", "R", "F1", "lenient P", "R", "F1"
    )?;
    for (kind, figures) in tally.rows() {
        let (strict, lenient) = (figures.strict, figures.lenient);
        let note = if SAMPLED.contains(&kind) { "   (a sample: read recall only)" } else { "" };
        writeln!(
            out,
            "{kind:12} {:5} {:6} {:6} | {:8.3} {:6.3} {:6.3} | {:9.3} {:6.3} {:6.3}{note}",
            lenient.gold,
            lenient.found,
            figures.aside,
            strict.precision(),
            strict.recall(),
            strict.f1(),
            lenient.precision(),
            lenient.recall(),
            lenient.f1(),
        )?;
    }
    let of = |(all, right): (usize, usize)| format!("{:.3}", share(all, right));
    writeln!(
        out,
        "of the strict matches in the core, status is right on {}, speaker on {}; quotes not found in their document: {}; \
         facts from documents without gold: {}",
        of(tally.status),
        of(tally.attribution),
        tally.moved,
        tally.unknown
    )
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
