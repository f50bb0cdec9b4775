//! Repairs of trees where the tags say that the network cannot be right.
//!
//! Law: a tree stays a tree, with one word at the root.

use super::mend_nominals::mend_nominals;
use super::parse::Arcs;
use super::set_aside::{is_month, is_weekday};
use super::tag::Tag;
use super::tree::{Deprel, Upos, Xpos};

/// Repairs the tree of a sentence given as folded forms.
pub(super) fn mend_tree(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    free_verb(tags, arcs);
    free_clause(forms, tags, arcs);
    free_predicate(forms, tags, arcs);
    free_speech(forms, tags, arcs);
    find_speaker(forms, tags, arcs);
    find_subject(forms, tags, arcs);
    take_it(forms, arcs);
    free_report(forms, tags, arcs);
    hang_relative(forms, tags, arcs);
    mend_nominals(forms, tags, arcs);
    head_the_sum(forms, arcs);
    lower_the_sum(forms, tags, arcs);
    join_alike(forms, tags, arcs);
}

/// "signed a gas agreement with X for ten years and a coal agreement with Y": a noun is coordinated with the object that is
/// the same word rather than with what stands nearer.
fn join_alike(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let stem = |i: usize| forms.get(i).map(|f| f.trim_end_matches('s').to_lowercase());
    for noun in 1..arcs.len() {
        let Some((Some(nearer), Deprel::Conj)) = arcs.get(noun).copied() else { continue };
        let far = stem(nearer) != stem(noun) && nearer < noun && is_noun(tags, noun);
        let same = |i: &usize| {
            let object = arcs.get(*i).is_some_and(|a| matches!(a.1, Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj));
            object && stem(*i) == stem(noun) && is_noun(tags, *i)
        };
        if let Some(object) = (0..nearer).rev().find(same).filter(|_| far)
            && let Some(arc) = arcs.get_mut(noun)
        {
            arc.0 = Some(object);
        }
    }
}

/// "a contract worth Rs 290 crore was signed": what is worth the sum is the subject or object, whatever the network hangs where.
fn head_the_sum(forms: &[String], arcs: &mut Arcs) {
    let worth = |i: &usize| forms.get(*i).is_some_and(|f| f == "worth");
    let Some(worth) = (1..arcs.len()).find(worth) else { return };
    let noun = worth - 1;
    let Some((Some(sum), Deprel::Compound | Deprel::Nsubj)) = arcs.get(noun).copied() else { return };
    let Some((governor, relation)) = arcs.get(sum).copied().filter(|_| sum > worth) else { return };
    let argument = matches!(relation, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::Conj);
    if !argument || governor == Some(noun) {
        return;
    }
    for (i, arc) in arcs.iter_mut().enumerate() {
        if i == noun {
            *arc = (governor, relation);
        } else if i == worth {
            *arc = (Some(noun), Deprel::Amod);
        } else if i == sum {
            *arc = (Some(worth), Deprel::OblUnmarked);
        } else if i < noun && arc.0 == Some(sum) {
            arc.0 = Some(noun);
        } else if i > sum && i < sum + 3 && arc.0 == governor && arc.1 == relation {
            // "crore", a second subject
            *arc = (Some(sum), Deprel::Nmod);
        }
    }
}

/// "a $2bn, 20-year loan agreement": the sum behind the article describes the noun that follows.
fn lower_the_sum(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let sums = ["$", "€", "£", "bn", "m", "mn", "billion", "million", "trillion", "crore"];
    for noun in 1..arcs.len() {
        let Some((Some(sum), Deprel::Appos)) = arcs.get(noun).copied().filter(|_| is_noun(tags, noun)) else {
            continue;
        };
        let is_sum = forms.get(sum).is_some_and(|f| sums.contains(&f.to_lowercase().as_str()));
        let indefinite = |i: &usize| {
            let article = forms.get(*i).is_some_and(|f| f.eq_ignore_ascii_case("a") || f.eq_ignore_ascii_case("an"));
            article && arcs.get(*i).is_some_and(|a| a.0 == Some(sum))
        };
        let Some(article) = (0..sum).rev().take(5).find(indefinite).filter(|_| is_sum && sum < noun) else { continue };
        let Some(own) = arcs.get(sum).copied() else { continue };
        arcs.get_mut(noun).into_iter().for_each(|arc| *arc = own);
        for i in [article, sum] {
            let relation = if i == sum { Deprel::Compound } else { Deprel::Det };
            arcs.get_mut(i).into_iter().for_each(|arc| *arc = (Some(noun), relation));
        }
    }
}

fn is_noun(tags: &[Tag], i: usize) -> bool {
    tags.get(i).is_some_and(|t| matches!(t.0, Upos::Noun | Upos::Propn))
}

fn is_finite(tags: &[Tag], i: usize) -> bool {
    tags.get(i).is_some_and(|t| t.0 == Upos::Verb && matches!(t.1, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp))
}

fn root_of(arcs: &Arcs) -> Option<usize> {
    arcs.iter().position(|arc| arc.0.is_none())
}

/// A finite verb is no attribute: where it stands as one before the noun at the root, it is the root itself and that noun its
/// object ("Norway lifted sanctions").
fn free_verb(tags: &[Tag], arcs: &mut Arcs) {
    let Some(root) = root_of(arcs).filter(|root| is_noun(tags, *root)) else { return };
    let predicate = arcs.iter().any(|a| a.0 == Some(root) && matches!(a.1, Deprel::Cop | Deprel::Nsubj));
    let bound =
        |i: usize| arcs.get(i).is_some_and(|a| matches!(a.1, Deprel::Amod | Deprel::Compound | Deprel::Goeswith));
    let Some(verb) = (0..root).find(|i| is_finite(tags, *i) && bound(*i)).filter(|_| !predicate) else { return };
    for (i, arc) in arcs.iter_mut().enumerate() {
        if i == verb {
            *arc = (None, Deprel::Root);
        } else if i == root {
            *arc = (Some(verb), Deprel::Obj);
        } else if i < verb && arc.0 == Some(root) {
            arc.0 = Some(verb);
        }
        if i < verb && arc.0 == Some(verb) && matches!(arc.1, Deprel::Compound | Deprel::Amod) {
            arc.1 = Deprel::OblUnmarked;
        }
    }
}

/// "Norte, a unit of Sur, bought Este": behind an apposition between commas stands the verb of the sentence and no clause on
/// the noun at its root.
fn free_clause(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let Some(root) = root_of(arcs).filter(|root| is_noun(tags, *root)) else { return };
    let comma = |i: usize| forms.get(i).is_some_and(|f| f == ",");
    let past =
        |i: usize| tags.get(i).is_some_and(|t| t.0 == Upos::Verb && matches!(t.1, Xpos::Vbd | Xpos::Vbn | Xpos::Vbz));
    let under = |i: usize, relation: Deprel| arcs.get(i).is_some_and(|a| *a == (Some(root), relation));
    let clause = |i: &usize| under(*i, Deprel::Acl) && past(*i) && comma(i - 1);
    let Some(verb) = (root + 2..arcs.len()).find(clause) else { return };
    let apposed = (root + 1..verb).any(|i| under(i, Deprel::Appos) && (root + 1..i).any(comma));
    let stated = (0..arcs.len()).any(|i| under(i, Deprel::Cop) || under(i, Deprel::Nsubj));
    if !apposed || stated {
        return;
    }
    let passive = arcs.contains(&(Some(verb), Deprel::AuxPass));
    for (i, arc) in arcs.iter_mut().enumerate() {
        if i == verb {
            *arc = (None, Deprel::Root);
        } else if i == root {
            *arc = (Some(verb), if passive { Deprel::NsubjPass } else { Deprel::Nsubj });
        } else if i > verb && arc.0 == Some(root) {
            arc.0 = Some(verb);
        }
    }
}

/// "In May Minister Ruiz held talks.": the finite verb behind a name at the root of a whole sentence is what it does, where the
/// sentence states nothing else.
fn free_predicate(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let whole = forms.last().is_some_and(|f| matches!(f.as_str(), "." | "!" | "\"" | "”"));
    let proper = |i: &usize| tags.get(*i).is_some_and(|t| t.0 == Upos::Propn);
    let Some(root) = root_of(arcs).filter(proper).filter(|_| whole) else { return };
    let under = |head: usize, relations: &[Deprel]| arcs.iter().any(|a| a.0 == Some(head) && relations.contains(&a.1));
    let clause = |i: &usize| {
        arcs.get(*i)
            .is_some_and(|a| a.0 == Some(root) && matches!(a.1, Deprel::Ccomp | Deprel::Acl | Deprel::Parataxis))
            && is_finite(tags, *i)
            && !forms.get(i - 1).is_some_and(|f| matches!(f.as_str(), "," | ":" | ";" | "-" | "—" | "–" | "("))
    };
    let Some(verb) = (root + 1..arcs.len()).find(clause) else { return };
    let led = under(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark]);
    if led || under(root, &[Deprel::Cop, Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl]) {
        return;
    }
    for (i, arc) in arcs.iter_mut().enumerate() {
        let free = matches!(arc.1, Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod | Deprel::Advcl | Deprel::Punct);
        if i == verb {
            *arc = (None, Deprel::Root);
        } else if i == root {
            *arc = (Some(verb), Deprel::Nsubj);
        } else if arc.0 == Some(root) && (i > verb || i < root && free) {
            arc.0 = Some(verb);
        }
    }
}

/// "Roads should be linked, Minister Ruiz said": behind the comma that ends what was said stands who said it, no second subject
/// of what was said.
fn find_speaker(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let Some(root) = root_of(arcs).filter(|root| is_finite(tags, *root) && *root > 1) else { return };
    let of_root =
        |arc: &(Option<usize>, Deprel), relations: &[Deprel]| arc.0 == Some(root) && relations.contains(&arc.1);
    let spoken = arcs.iter().take(root).position(|arc| of_root(arc, &[Deprel::Ccomp]));
    let subject = arcs.iter().any(|arc| of_root(arc, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Csubj]));
    let Some(clause) = spoken.filter(|_| !subject) else { return };
    // The smallest phrase behind a comma that ends before the verb.
    let mark = |i: usize| forms.get(i).is_some_and(|f| matches!(f.as_str(), "," | "\"" | "''" | "”"));
    let above = |i: usize| std::iter::successors(Some(i), |at| arcs.get(*at).and_then(|arc| arc.0)).take(arcs.len());
    let first_of = |name: usize| (clause + 1..root).find(|i| !mark(*i) && above(*i).any(|at| at == name));
    let names = above(root - 1).take_while(|name| *name != clause && *name != root);
    let speaker = names.filter_map(|name| Some((name, first_of(name)?))).find(|(_, first)| mark(first - 1));
    let Some((name, first)) = speaker else { return };
    let person = is_noun(tags, name) && name > clause && tags.get(first).is_some_and(|t| t.0 != Upos::Adp);
    if person && let Some(arc) = arcs.get_mut(name) {
        *arc = (Some(root), Deprel::Nsubj);
    }
}

/// "Roads will be built, officials said": a verb of saying that ends the sentence, coordinated with what was said by no
/// conjunction, governs it.
fn free_speech(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let verbal = |root: &usize| tags.get(*root).is_some_and(|t| t.0 == Upos::Verb);
    let Some(root) = root_of(arcs).filter(verbal) else { return };
    let stop = |i: usize| tags.get(i).is_some_and(|t| t.0 == Upos::Punct);
    let Some(last) = (0..forms.len()).rev().find(|i| !stop(*i)) else { return };
    let speaks =
        forms.get(last).is_some_and(|f| matches!(f.as_str(), "said" | "says" | "added" | "noted" | "reported"));
    let joined = arcs.get(last).is_some_and(|a| *a == (Some(root), Deprel::Conj));
    let alone = !arcs.iter().any(|a| a.0 == Some(last) && a.1 != Deprel::Punct);
    if last <= root || !speaks || !joined || !alone {
        return;
    }
    if let Some(arc) = arcs.get_mut(last) {
        *arc = (None, Deprel::Root);
    }
    if let Some(arc) = arcs.get_mut(root) {
        *arc = (Some(last), Deprel::Ccomp);
    }
}

/// A finite verb at the root that has no subject takes the bare noun before it, unless that tells the time.
fn find_subject(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let Some(root) = root_of(arcs).filter(|root| is_finite(tags, *root)) else { return };
    let subjects = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Csubj, Deprel::NsubjOuter];
    if arcs.iter().any(|arc| arc.0 == Some(root) && subjects.contains(&arc.1)) {
        return;
    }
    let timeless = |i: usize| {
        let word = forms.get(i).map(|f| f.to_lowercase()).unwrap_or_default();
        !is_month(&word) && !is_weekday(&word)
    };
    let bare = |i: usize| arcs.get(i).is_some_and(|arc| *arc == (Some(root), Deprel::OblUnmarked));
    let subject = (0..root).rev().find(|i| bare(*i) && is_noun(tags, *i) && timeless(*i));
    if let Some(arc) = subject.and_then(|i| arcs.get_mut(i)) {
        arc.1 = Deprel::Nsubj;
    }
}

/// "In 2014 it signed a treaty": who has an object and no clause for a subject does something.
fn take_it(forms: &[String], arcs: &mut Arcs) {
    for it in 0..arcs.len() {
        let Some((Some(verb), Deprel::Expl)) = arcs.get(it).copied() else { continue };
        let under = |relations: &[Deprel]| arcs.iter().any(|a| a.0 == Some(verb) && relations.contains(&a.1));
        let clause = [Deprel::Ccomp, Deprel::Csubj, Deprel::Xcomp, Deprel::Cop, Deprel::Nsubj, Deprel::NsubjPass];
        let acts = it < verb && under(&[Deprel::Obj]) && !under(&clause);
        if acts && forms.get(it).is_some_and(|f| f.eq_ignore_ascii_case("it")) {
            arcs.get_mut(it).into_iter().for_each(|arc| arc.1 = Deprel::Nsubj);
        }
    }
}

/// "said in a statement Norte had agreed to": the clause is what is said, not which statement.
fn free_report(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    let papers =
        ["statement", "interview", "release", "filing", "letter", "post", "tweet", "briefing", "speech", "note"];
    let pronoun = |i: usize| tags.get(i).is_some_and(|t| matches!(t.0, Upos::Pron | Upos::Adv | Upos::Punct));
    for clause in 1..arcs.len() {
        let Some((Some(paper), Deprel::AclRelcl)) = arcs.get(clause).copied() else { continue };
        let Some((Some(said), Deprel::Obl)) = arcs.get(paper).copied().filter(|_| said_before(forms, arcs, paper))
        else {
            continue;
        };
        let told = forms.get(paper).is_some_and(|f| papers.contains(&f.to_lowercase().as_str()));
        let subject = (paper + 1..clause).any(|i| arcs.get(i) == Some(&(Some(clause), Deprel::Nsubj)));
        if told && subject && paper + 1 < clause && !pronoun(paper + 1) {
            arcs.get_mut(clause).into_iter().for_each(|arc| *arc = (Some(said), Deprel::Ccomp));
        }
    }
}

/// "a share in Norte, which in turn holds": the clause describes the name before its comma.
fn hang_relative(forms: &[String], tags: &[Tag], arcs: &mut Arcs) {
    for which in 2..arcs.len() {
        let opens = forms.get(which).is_some_and(|f| f == "which") && forms.get(which - 1).is_some_and(|f| f == ",");
        let Some((Some(verb), Deprel::Nsubj | Deprel::NsubjPass)) = arcs.get(which).copied().filter(|_| opens) else {
            continue;
        };
        let loose = arcs.get(verb).is_some_and(|a| matches!(a.1, Deprel::Advcl | Deprel::Parataxis | Deprel::Conj));
        let mut name = which - 2;
        let proper = tags.get(name).is_some_and(|t| t.0 == Upos::Propn);
        while let Some((Some(head), Deprel::Flat | Deprel::Compound)) = arcs.get(name).copied()
            && head < which
        {
            name = head;
        }
        if loose && proper && verb > which {
            arcs.get_mut(verb).into_iter().for_each(|arc| *arc = (Some(name), Deprel::AclRelcl));
        }
    }
}

/// Whether the word over `paper` is "said" and the like.
fn said_before(forms: &[String], arcs: &Arcs, paper: usize) -> bool {
    let over = arcs.get(paper).and_then(|a| a.0).and_then(|i| forms.get(i)).map(|f| f.to_lowercase());
    over.is_some_and(|f| matches!(f.as_str(), "said" | "says" | "announced" | "confirmed" | "added" | "disclosed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as `form/XPOS/head/relation`, heads counted from one; `expected` likewise without tags.
    #[track_caller]
    fn check(words: &str, expected: &str) {
        let fields: Vec<Vec<&str>> = words.split(' ').map(|w| w.split('/').collect()).collect();
        let forms: Vec<String> = fields.iter().map(|f| f[0].to_owned()).collect();
        let tag = |xpos: &str| match xpos {
            "VBD" => (Upos::Verb, Xpos::Vbd),
            "NNP" => (Upos::Propn, Xpos::Nnp),
            _ => (Upos::Noun, Xpos::Nns),
        };
        let tags: Vec<Tag> = fields.iter().map(|f| tag(f[1])).collect();
        let head = |f: &str| f.parse::<usize>().unwrap().checked_sub(1);
        let mut arcs: Arcs = fields.iter().map(|f| (head(f[2]), f[3].parse().unwrap())).collect();
        mend_tree(&forms, &tags, &mut arcs);
        let show = arcs.iter().map(|(head, relation)| format!("{}/{relation}", head.map_or(0, |h| h + 1)));
        assert_eq!(show.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn both_names_of_a_pair_modify_the_noun() {
        check(
            "praised/VBD/0/root a/DT/3/det Norte/NNP/1/obj -/HYPH/5/punct Sur/NNP/6/compound deal/NN/3/appos",
            "0/root 6/det 6/compound 5/punct 6/compound 1/obj",
        );
    }

    #[test]
    fn verbs_behind_appositions_are_the_sentence() {
        check(
            "Norte/NNP/0/root ,/,/4/punct a/DT/4/det unit/NN/1/appos ,/,/6/punct bought/VBD/1/acl Este/NNP/6/obj ././1/punct",
            "6/nsubj 4/punct 4/det 1/appos 6/punct 0/root 6/obj 6/punct",
        );
        check(
            "ships/NNS/0/root ,/,/3/punct built/VBN/1/acl in/IN/5/case Norte/NNP/3/obl",
            "0/root 3/punct 1/acl 5/case 3/obl",
        );
    }

    #[test]
    fn finite_verbs_rule() {
        check("Peru/NNP/2/obl:unmarked lifted/VBD/3/amod tariffs/NNS/0/root", "2/nsubj 0/root 2/obj");
        check("Peru/NNP/3/compound lifted/VBD/1/goeswith tariffs/NNS/0/root", "2/nsubj 0/root 2/obj");
        check("Monday/NNP/2/obl:unmarked saw/VBD/0/root talks/NNS/2/obj", "2/obl:unmarked 0/root 2/obj");
    }

    #[test]
    fn who_says_it_stands_behind_the_comma() {
        check(
            "roads/NNS/2/nsubj matter/VBD/5/ccomp ,/,/2/punct Ruiz/NNP/2/nsubj said/VBD/0/root",
            "2/nsubj 5/ccomp 2/punct 5/nsubj 0/root",
        );
        check("roads/NNS/2/nsubj matter/VBD/4/ccomp Norte/NNP/2/obj said/VBD/0/root", "2/nsubj 4/ccomp 2/obj 0/root");
    }

    #[test]
    fn what_is_worth_a_sum_stands_at_its_head() {
        check(
            "deals/NNS/3/compound worth/NNS/3/amod Rs/NNS/4/nsubj rose/VBD/0/root",
            "4/nsubj 1/amod 2/obl:unmarked 0/root",
        );
    }

    #[test]
    fn it_does_what_has_an_object() {
        check("it/NN/2/expl signed/VBD/0/root treaties/NNS/2/obj", "2/nsubj 0/root 2/obj");
        check("it/NN/2/expl takes/VBD/0/root time/NN/2/obj go/VBD/2/csubj", "2/expl 0/root 2/obj 2/csubj");
    }

    #[test]
    fn sums_before_nouns_modify_them() {
        check(
            "signed/VBD/0/root a/DT/3/det bn/NN/1/obj ,/,/5/punct deal/NN/3/appos with/IN/7/case Norte/NNP/5/nmod",
            "0/root 5/det 5/compound 5/punct 1/obj 7/case 5/nmod",
        );
    }

    #[test]
    fn names_stay_together() {
        check("Ana/NNP/2/nsubj saw/VBD/0/root Vane/NNP/2/obj Ovi/NNP/2/obl:unmarked", "2/nsubj 0/root 2/obj 3/flat");
    }
}
