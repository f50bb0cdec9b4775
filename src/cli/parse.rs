//! `dossier parse`: one document -> CoNLL-U, with what was recognised in MISC.

use super::terminal::{Output, cannot_write, report_diagnostics};
use super::{Outcome, args::ParseArgs};
use dossier::error::Result;
use dossier::language::conllu::write_conllu;
use dossier::ontology::EntityType;
use dossier::ontology::gazetteer::{Gazetteer, Known};
use dossier::pipeline::{Parsed, parse_document};
use dossier::read::{Document, find_sources, read_source};
use dossier::recognise::{Findings, Mention, Sense, find_mentions};
use dossier::segment::BlockKind;
use dossier::span::TextIndex;
use std::io::Write;

/// Reads the document and prints its sentences.
pub(super) fn run(args: &ParseArgs) -> Result<Outcome> {
    let (sources, mut diagnostics) = find_sources(std::slice::from_ref(&args.file));
    let mut out = Output::open();
    let mut read = 0;
    for source in &sources {
        match read_source(source) {
            Ok((document, notes)) => {
                diagnostics.extend(notes);
                out.write_all(print_document(&document).as_bytes()).map_err(cannot_write)?;
                read += 1;
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    out.flush().map_err(cannot_write)?;
    report_diagnostics(&diagnostics);
    Ok(Outcome::flawed_if(read == 0 || super::build::has_errors(&diagnostics)))
}

fn print_document(document: &Document) -> String {
    let Parsed { blocks, passages, sentences } = parse_document(document);
    let kinds: Vec<Option<BlockKind>> = passages.iter().map(|p| blocks.get(p.block).map(|b| b.kind)).collect();
    let headlines: Vec<bool> =
        kinds.iter().map(|kind| matches!(kind, Some(BlockKind::Title | BlockKind::Heading))).collect();
    let findings = find_mentions(&sentences, &headlines);
    let index = TextIndex::new(&document.text);
    let mut out = format!("# newdoc id = {}\n", document.id);
    let mut block = None;
    for ((passage, sentence), findings) in passages.iter().zip(&sentences).zip(&findings) {
        if block.replace(passage.block) != Some(passage.block) {
            out.push_str("# newpar\n");
        }
        let id = format!("{}#char={},{}", document.id, passage.span.start, passage.span.end);
        let words = index.slice(&document.text, passage.span);
        write_conllu(&mut out, &id, words, sentence, |i, _| bracket_entities(findings, i));
    }
    out
}

/// `Entity=(Person`, `Entity=Person)`, `Entity=(Country)`: brackets nest, as in the coreference layers of UD treebanks.
fn bracket_entities(findings: &Findings, token: usize) -> String {
    let named = || findings.mentions.iter().filter_map(|m| Some((m, class_of(m)?.as_str())));
    let opening = named().filter(|(m, _)| m.first == token && m.last != token).map(|(_, class)| format!("({class}"));
    let single = named().filter(|(m, _)| m.first == token && m.last == token).map(|(_, class)| format!("({class})"));
    let mut closing: Vec<_> = named().filter(|(m, _)| m.last == token && m.first != token).collect();
    closing.sort_by_key(|(m, _)| std::cmp::Reverse(m.first));
    let closing = closing.into_iter().map(|(_, class)| format!("{class})"));
    let brackets: String = opening.chain(single).chain(closing).collect();
    if brackets.is_empty() { brackets } else { format!("Entity={brackets}") }
}

/// The class of a name; `None` for pronouns and descriptions.
fn class_of(mention: &Mention) -> Option<EntityType> {
    match mention.sense {
        Sense::Name(class) => Some(class),
        Sense::Known(Known::Country(_) | Known::Demonym(_)) => Some(EntityType::Country),
        Sense::Known(Known::Capital(_) | Known::Place(_)) => Some(EntityType::Place),
        Sense::Known(Known::Body(body)) => {
            let body = Gazetteer::embedded().bodies.get(usize::from(body));
            Some(body.map_or(EntityType::Organization, |body| body.kind))
        }
        Sense::Group | Sense::Both | Sense::Partners | Sense::Definite(_) | Sense::Pronoun(_) => None,
    }
}
