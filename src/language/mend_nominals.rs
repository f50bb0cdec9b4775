//! Repairs inside noun phrases: names that fell apart, prepositions that hang too low, descriptions taken for one more of a list.
//!
//! Law: a tree stays a tree, with one word at the root.

use super::parse::Arcs;
use super::set_aside::is_weekday;
use super::tag::Tag;
use super::tree::{Deprel, Upos};

/// Repairs the noun phrases of a sentence given as folded forms.
pub(super) fn mend_nominals(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    join_names(tags, arcs);
    join_pairs(forms, tags, arcs);
    raise_cases(arcs);
    free_descriptions(forms, tags, arcs);
    free_objects(forms, arcs);
}

/// Of two proper nouns side by side behind their governor, the second is part of the first one's name and no complement of
/// its own, however strange both are ("founded Nordlys Energi").
fn join_names(tags: &[Tag], arcs: &mut Arcs) {
    let proper = |i: usize| tags.get(i).is_some_and(|t| t.0 == Upos::Propn);
    for i in 1..arcs.len() {
        let (Some(first), Some(second)) = (arcs.get(i - 1).copied(), arcs.get_mut(i)) else { continue };
        let beside = first.0.is_some_and(|head| head + 1 < i) && first.0 == second.0;
        let loose = matches!(second.1, Deprel::OblUnmarked | Deprel::NmodUnmarked | Deprel::Advmod | Deprel::Xcomp);
        if beside && loose && proper(i - 1) && proper(i) && matches!(first.1, Deprel::Obj | Deprel::Nmod | Deprel::Obl)
        {
            *second = (Some(i - 1), Deprel::Flat);
        }
    }
}

/// "the Norte-Sur agreement": the first name modifies the noun as the second does, and is not what the noun explains.
fn join_pairs(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let proper = |i: usize| tags.get(i).is_some_and(|t| t.0 == Upos::Propn);
    for first in 0..arcs.len().saturating_sub(3) {
        let second = first + 2;
        let paired = forms.get(first + 1).is_some_and(|f| f == "-") && proper(first) && proper(second);
        let Some((Some(noun), Deprel::Compound)) = arcs.get(second).copied().filter(|_| paired) else { continue };
        let (Some(own), Some(explains)) = (arcs.get(first).copied(), arcs.get_mut(noun)) else { continue };
        if noun > second && explains.0 == Some(first) {
            *explains = own;
            arcs.get_mut(first).into_iter().for_each(|arc| *arc = (Some(noun), Deprel::Compound));
            let moved = arcs.iter_mut().enumerate().filter(|(i, arc)| *i < first && arc.0 == Some(first));
            moved.for_each(|(_, arc)| arc.0 = Some(noun));
        }
    }
}

/// "with Jean-Yves Le Drian": a preposition before the first of several names belongs to the name that governs them.
fn raise_cases(arcs: &mut Arcs) {
    for i in 0..arcs.len() {
        let Some((Some(name), Deprel::Case)) = arcs.get(i).copied() else { continue };
        let Some((Some(head), Deprel::Compound | Deprel::NmodDesc)) = arcs.get(name).copied() else { continue };
        if i < name && name < head {
            arcs.get_mut(i).into_iter().for_each(|arc| arc.0 = Some(head));
        }
    }
}

/// "received at the Palace today Minister X": behind a word for the day stands the object of the verb, which explains no place.
fn free_objects(forms: &[String], arcs: &mut Arcs) {
    let day = |i: usize| {
        forms.get(i).is_some_and(|f| matches!(f.as_str(), "today" | "yesterday") || is_weekday(&f.to_lowercase()))
    };
    for thing in 2..arcs.len() {
        let Some((Some(place), Deprel::Appos)) = arcs.get(thing).copied() else { continue };
        let Some((Some(verb), Deprel::Obl)) = arcs.get(place).copied() else { continue };
        let apart = (place + 1..thing).any(|i| forms.get(i).is_some_and(|f| f == ","));
        let Some(today) = (place + 1..thing).find(|i| day(*i)).filter(|_| !apart && verb < place) else { continue };
        if arcs.iter().any(|a| a.0 == Some(verb) && a.1 == Deprel::Obj) {
            continue;
        }
        arcs.get_mut(thing).into_iter().for_each(|arc| *arc = (Some(verb), Deprel::Obj));
        arcs.get_mut(today).into_iter().for_each(|arc| *arc = (Some(verb), Deprel::OblUnmarked));
    }
}

/// "A and B, a unit of C, signed": what stands behind the last of a list with an article of its own describes that last one.
fn free_descriptions(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let under = |arcs: &Arcs, head: usize, relation: Deprel| {
        (0..arcs.len()).find(|c| arcs.get(*c).is_some_and(|a| a.0 == Some(head) && a.1 == relation))
    };
    for noun in 1..arcs.len() {
        let Some((Some(first), Deprel::Conj | Deprel::Appos)) = arcs.get(noun).copied() else { continue };
        let common = tags.get(noun).is_some_and(|t| t.0 == Upos::Noun) && under(arcs, noun, Deprel::Cc).is_none();
        let article = under(arcs, noun, Deprel::Det).filter(|d| forms.get(*d).is_some_and(|f| f == "a" || f == "an"));
        let Some(comma) = article.and_then(|a| a.checked_sub(1)).filter(|c| forms.get(*c).is_some_and(|f| f == ","))
        else {
            continue;
        };
        let closes = |i: &usize| {
            arcs.get(*i).is_some_and(|a| *a == (Some(first), Deprel::Conj)) && under(arcs, *i, Deprel::Cc).is_some()
        };
        let Some(last) = (first..comma).rev().find(closes).filter(|_| common) else { continue };
        arcs.get_mut(noun).into_iter().for_each(|arc| *arc = (Some(last), Deprel::Appos));
    }
}
