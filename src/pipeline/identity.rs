//! Readings and ledger -> who is who -> the graph folder: the second half of a build, and all of `forget`, `same`, `different`.
//!
//! Law: a graph is a function of its readings, the IRIs minted for them, and the ledger; adding a source and forgetting it leaves
//! every byte as it was.

use super::{MADE_WITH, Reading, load_reading, merge_facts};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::express::{express_former, express_source};
use crate::extract::{Fact, Value, meet_facts, mint_facts, observe_tenure};
use crate::keep::{Change, Folder};
use crate::ontology::classes::{Classes, nearest};
use crate::resolve::ledger::{LEDGER, Ledger};
use crate::resolve::{Entity, Household, Resolution, Sighting, resolve_across};
use oxigraph::model::Quad;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// A graph folder, read back: what its sources say and who is who in them.
#[derive(Debug, Default)]
pub struct Graph {
    /// Readings, by document in the order of identifiers.
    pub readings: Vec<Reading>,
    /// Their facts, in the same order.
    pub facts: Vec<Vec<Fact>>,
    /// Who is who, and how that was decided.
    pub resolution: Resolution,
    /// What people decided, and what the last build did.
    pub ledger: Ledger,
}

impl Graph {
    /// Resolves readings.
    pub(super) fn resolve(readings: Vec<Reading>, ledger: Ledger) -> Self {
        let minted: Vec<Vec<String>> = readings.iter().map(|r| r.minted.clone()).collect();
        let posts: Vec<Vec<Vec<Sighting>>> = readings.iter().map(find_posts).collect();
        let mut resolution = resolve_across(&gather_households(&readings, &minted, &posts), &ledger);
        // A decision about an identifier is about all that it was minted for: with new ones, it is obeyed once they have theirs.
        if !ledger.human.is_empty() && minted != resolution.minted {
            resolution = resolve_across(&gather_households(&readings, &resolution.minted, &posts), &ledger);
        }
        let of = |(r, e): (&Reading, &Vec<Entity>)| mint_facts(&r.facts, e, &r.document.id);
        let mut facts: Vec<Vec<Fact>> = readings.iter().zip(&resolution.entities).map(of).collect();
        let documents: Vec<&str> = readings.iter().map(|r| r.document.id.as_str()).collect();
        meet_facts(&mut facts, &documents);
        Self { readings, facts, resolution, ledger }
    }

    /// The IRI that `id` (an IRI, or one with the prefix `id:`) has become, if its entity was merged into another.
    pub fn follow(&self, id: &str) -> Option<&str> {
        let whole = id.strip_prefix("id:").map_or_else(|| id.to_owned(), |local| crate::vocab::id(local).into_string());
        self.resolution.merged.get(&whole).map(String::as_str)
    }

    /// The quads of each source, as a build would keep them.
    ///
    /// # Errors
    /// The knowledge in the binary is wrong.
    pub fn express(&self) -> Result<Vec<Vec<Quad>>> {
        let classes = Classes::embedded()?;
        let at: Vec<usize> = (0..self.readings.len()).collect();
        Ok(at.par_iter().map(|i| self.express_one(*i, &classes)).collect())
    }

    fn express_one(&self, i: usize, classes: &Classes) -> Vec<Quad> {
        let (Some(reading), Some(facts)) = (self.readings.get(i), self.facts.get(i)) else { return Vec::new() };
        let mut quads = express_source(&reading.document, facts, classes);
        let own = self.resolution.minted.get(i).into_iter().flatten();
        let former: BTreeMap<&str, &str> =
            own.filter_map(|old| Some((old.as_str(), self.resolution.merged.get(old)?.as_str()))).collect();
        quads.extend(express_former(&reading.document, &former));
        quads
    }

    /// Decisions of people that mean nobody, as diagnostics of the ledger at `path`.
    pub(super) fn tell_unknown(&self, path: &Path) -> Vec<Diagnostic> {
        let name = path.join(LEDGER).display().to_string();
        let entities = self.resolution.entities.iter().flatten();
        let ids: std::collections::BTreeSet<String> = entities.map(|e| crate::vocab::shorten(&e.iri)).collect();
        let tell = |unknown: &crate::resolve::Unknown| {
            let message = format!("{} means nobody in the graph; the line does nothing", unknown.id);
            let near = nearest(&unknown.id, ids.iter().map(String::as_str));
            let mean = near.map_or_else(String::new, |id| format!("did you mean {id}? "));
            let hint = format!("{mean}mend or delete the line; it is kept for when its source comes back");
            Diagnostic::warning(&name, message).at(unknown.line, 1).hint(hint)
        };
        self.resolution.unknown.iter().map(tell).collect()
    }

    /// Puts everything into `change`. `anew`: sources that this program has just read.
    pub(super) fn put(&mut self, change: &Change, anew: &[String]) -> Result<()> {
        for (reading, minted) in self.readings.iter_mut().zip(&self.resolution.minted) {
            reading.minted.clone_from(minted);
        }
        self.ledger.program.clone_from(&self.resolution.decisions);
        let classes = Classes::embedded()?;
        let at: Vec<usize> = (0..self.readings.len()).collect();
        at.par_iter().try_for_each(|i| {
            let Some(reading) = self.readings.get(*i) else { return Ok(()) };
            let quads = self.express_one(*i, &classes);
            let mut light = reading.clone();
            light.document.text.clear();
            let entry = change.folder().entry(&reading.document.id).filter(|_| !anew.contains(&reading.document.id));
            change.put(&reading.document, &quads, &light, entry.map_or(MADE_WITH, |e| e.made_with.as_str()))
        })?;
        change.put_ledger(&self.ledger.to_text())
    }
}

fn gather_households<'a>(
    readings: &'a [Reading],
    minted: &'a [Vec<String>],
    posts: &'a [Vec<Vec<Sighting>>],
) -> Vec<Household<'a>> {
    let all = readings.iter().zip(minted).zip(posts);
    let issued = |r: &Reading| r.document.articles.first().and_then(|a| a.metadata.date);
    all.map(|((r, minted), posts)| Household {
        document: &r.document.id,
        members: &r.members,
        minted,
        posts,
        issued: issued(r),
    })
    .collect()
}

/// By member: the posts that a reading gives it, and when it is seen in them.
fn find_posts(reading: &Reading) -> Vec<Vec<Sighting>> {
    let mut posts = vec![Vec::new(); reading.members.len()];
    let beside: Vec<&Fact<usize>> = reading.facts.iter().collect();
    for fact in &reading.facts {
        let Some(tenure) = observe_tenure(fact, &beside, &reading.document) else { continue };
        if let Some(Value::One(person)) = fact.roles.get("person")
            && let Some(own) = posts.get_mut(*person)
        {
            own.extend(tenure.seen.into_iter().map(|seen| Sighting { office: tenure.office.name.clone(), seen }));
        }
    }
    posts
}

/// Reads a graph folder back.
///
/// # Errors
/// The folder, or a file of it, cannot be read; the ledger is wrong.
pub fn load_graph(folder: &Folder) -> Result<Graph> {
    let ids: Vec<&str> = folder.sources().map(|(id, _)| id).collect();
    let readings = ids.iter().map(|id| load_reading(folder, id)).collect::<Result<Vec<_>>>()?;
    Ok(Graph::resolve(readings, folder.ledger()?))
}

/// A source that is read again keeps the IRIs of those whom it names as before.
pub(super) fn carry_minted(new: &mut Reading, old: &Reading) {
    let find = |member: &crate::resolve::Member| {
        let at = old.members.iter().position(|m| m.label == member.label && m.kind == member.kind)?;
        old.minted.get(at).cloned()
    };
    new.minted = new.members.iter().map(|m| find(m).unwrap_or_default()).collect();
}

/// What [`forget`] took away.
#[derive(Debug)]
pub struct Forgotten {
    /// The source's file name.
    pub name: String,
    /// Facts that nobody else states.
    pub lost: Vec<Fact>,
    /// Facts that others state too, and that stay.
    pub kept: usize,
    /// Facts of the graph now.
    pub facts: usize,
}

/// Removes one source, by identifier or file name, from the graph folder at `root`.
///
/// # Errors
/// The graph has no such source, or several; the folder cannot be read or written; the ledger is wrong.
pub fn forget(root: &Path, source: &str) -> Result<Forgotten> {
    // A graph that is not there is not made here.
    Folder::open(root)?;
    let change = Change::begin(root)?;
    let id = find_source(change.folder(), source)?;
    let before = load_graph(change.folder())?;
    let name = change.folder().entry(&id).map(|e| e.name.clone()).unwrap_or_default();
    let readings: Vec<Reading> = before.readings.iter().filter(|r| r.document.id != id).cloned().collect();
    let mut after = Graph::resolve(readings, before.ledger.clone());
    change.forget(&id);
    after.put(&change, &[])?;
    change.commit()?;
    let merged = merge_facts(&before.facts);
    let of_source = |f: &Fact| f.evidence.iter().any(|e| e.document == id);
    let (lost, kept): (Vec<Fact>, Vec<Fact>) =
        merged.into_iter().filter(of_source).partition(|f| f.evidence.iter().all(|e| e.document == id));
    Ok(Forgotten { name, lost, kept: kept.len(), facts: merge_facts(&after.facts).len() })
}

fn find_source(folder: &Folder, wanted: &str) -> Result<String> {
    let wanted = wanted.strip_prefix("id:source.").unwrap_or(wanted);
    if folder.entry(wanted).is_some() {
        return Ok(wanted.to_owned());
    }
    let base = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let fits: Vec<&str> =
        folder.sources().filter(|(_, e)| e.name == wanted || base(&e.name) == base(wanted)).map(|(id, _)| id).collect();
    match fits.as_slice() {
        [one] => Ok((*one).to_owned()),
        [] => {
            let near = nearest(wanted, folder.sources().map(|(id, _)| id));
            let hint = near.map_or_else(
                || "the sources are the files under sources/ of the graph folder".to_owned(),
                |id| format!("did you mean {id}?"),
            );
            Err(Error::with_hint(format!("the graph has no source `{wanted}`"), hint))
        }
        several => Err(Error::with_hint(
            format!("`{wanted}` may be several sources"),
            format!("name one: {}", several.join(", ")),
        )),
    }
}

/// Changes the ledger of the graph folder at `root` and resolves everything anew. `edit` gets the graph as it is and the ledger to
/// change.
///
/// # Errors
/// `edit` refuses; the ledger contradicts itself then; the folder cannot be read or written.
pub fn edit_ledger(root: &Path, edit: impl FnOnce(&Graph, &mut Ledger) -> Result<()>) -> Result<(Graph, Graph)> {
    // A graph that is not there is not made here.
    Folder::open(root)?;
    let change = Change::begin(root)?;
    let before = load_graph(change.folder())?;
    let mut ledger = before.ledger.clone();
    edit(&before, &mut ledger)?;
    let lines = ledger.comments.len() + 2;
    ledger.human.iter_mut().enumerate().for_each(|(i, d)| d.line = lines + i);
    if let Some(wrong) = ledger.find_contradictions(LEDGER).into_iter().next() {
        return Err(Error::with_hint(wrong.message, wrong.hint.unwrap_or_default()));
    }
    let mut after = Graph::resolve(before.readings.clone(), ledger);
    after.put(&change, &[])?;
    change.commit()?;
    Ok((before, after))
}
