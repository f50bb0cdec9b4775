//! Posts in the service of another post: "Assistant to the President for Trade", "Special Envoy of the Secretary-General".
//!
//! Law: whoever serves an office does not hold it.

use super::line::Line;
use super::posts::{Post, extend_over_portfolio, is_plural, kind_of};
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;

/// Joins each post that serves another to the words of the other; posts stay disjoint and in order.
pub(super) fn join_served(line: &Line<'_>, posts: Vec<Post>) -> Vec<Post> {
    let mut joined: Vec<Post> = Vec::with_capacity(posts.len());
    for post in posts {
        match joined.last_mut().filter(|before| serves(line, before, &post)) {
            Some(before) => {
                before.last = field_end(line, before.core, post.last);
                before.served = before.served.or(Some(post.core));
            }
            None => joined.push(post),
        }
    }
    joined
}

/// Whether only "to the", "of the" or the like stands between an office in capitals that serves and the one it serves, with at most
/// the body that the latter is held in: "Adviser to the UN Secretary-General".
fn serves(line: &Line<'_>, before: &Post, post: &Post) -> bool {
    let office = !matches!(kind_of(line, post), "relative" | "rank" | "other");
    if !office || !line.is_capital(before.core) || !line.is_capital(post.core) || is_plural(line, before) {
        return false;
    }
    let mut at = before.last + 1;
    at += usize::from(before.served.is_some() && line.lower(at) == "and");
    let link = line.lower(at);
    at += 1;
    at += usize::from(matches!(line.lower(at), "the" | "his" | "her"));
    if let Some((last, Known::Body(_) | Known::Country(_) | Known::Demonym(_), _)) = line.known_at(at) {
        at = last + 1;
        at += usize::from(matches!(line.form(at), "'s" | "’s"));
    }
    at == post.first && matches!(link, "to" | "of") && Lexicon::embedded().serves_office(line.lower(before.core))
}

/// "Assistant to the President for Homeland Security": over the field of work behind the office that is served.
fn field_end(line: &Line<'_>, core: usize, last: usize) -> usize {
    if matches!(line.lower(last + 1), "for" | "on") {
        extend_over_portfolio(line, core, last, Lexicon::embedded())
    } else {
        last
    }
}
