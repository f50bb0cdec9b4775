//! Sentence, Mention, Entity -> Fact: the frames of `ontology/frames` matched over dependency trees.
//!
//! Law: no fact without a quote, and what is said is not what is so.

mod agreement_lists;
mod changes;
mod complete;
mod deals;
mod evoke;
mod fact;
mod grammar;
mod handover;
mod lengths;
mod measures;
mod meet;
mod meet_figures;
mod merge;
mod mint;
mod modifiers;
mod near;
mod phrase;
mod places;
mod positions;
mod scope;
mod spare;
mod statements;
mod status;
mod stays;
mod surface;
mod tenure;
mod trace;
mod trigger;
mod visit_lists;
mod visits;
mod voice;
mod walk;
mod when;

pub use changes::link_changes;
pub use fact::{Evidence, Fact, Status, Value};
pub use meet::meet_facts;
pub use meet_figures::meet_figures;
pub use mint::mint_facts;
pub use scope::Material;
pub use tenure::{Tenure, observe_tenure};
pub use trace::{Filled, Trial, trace_sentence};

use crate::ontology::EntityType;
use crate::ontology::frame_set::FrameSet;
use evoke::Draft;
use scope::Scope;

/// The roles of a figure, in the order that names it.
pub const FIGURE_ROLES: &[&str] = &["indicator", "subject", "partner", "value", "unit", "period", "target", "written"];

/// All facts of a document, merged, in order of the text. `cite` cuts out the evidence of a sentence.
pub fn extract_facts(material: &Material<'_>, frames: &FrameSet, cite: impl Fn(usize) -> Evidence) -> Vec<Fact<usize>> {
    let mut scopes: Vec<Scope<'_>> = (0..material.sentences.len()).filter_map(|i| Scope::new(material, i)).collect();
    let (statements, voices) = statements::find_statements(&scopes);
    let aside = |at: usize| material.asides.get(at).copied().unwrap_or(false);
    let mut drafts: Vec<Draft> = statements.into_iter().filter(|d| !aside(d.at)).collect();
    let authors = statements::find_authors(&scopes, &voices);
    for ((scope, voice), author) in scopes.iter_mut().zip(&voices).zip(authors) {
        scope.voice.clone_from(voice);
        scope.author = author;
    }
    let mut open = Vec::new();
    let mut told = Vec::new();
    for scope in &scopes {
        drafts.extend(scope.find_positions());
        if aside(scope.at) {
            continue;
        }
        for (frame, wordings) in frames.evoked_by(scope.lemmas()) {
            let evoked = scope.evoke(frame, &wordings);
            drafts.extend(
                evoked
                    .whole
                    .into_iter()
                    .filter(|d| !deals::is_trade(d, |who| scope.kind(who) == Some(EntityType::Country)))
                    .map(|d| scope.share_modifiers(d))
                    .filter_map(|d| scope.leave_out_own_country(d))
                    .flat_map(|d| scope.split_meetings(d)),
            );
            open.extend(evoked.open);
        }
        drafts.extend(scope.find_places());
        drafts.extend(scope.find_measures(&mut told));
    }
    complete::complete_drafts(&scopes, &mut drafts, open);
    attribute(&mut drafts, &voices);
    agreement_lists::add_listed_agreements(&scopes, &mut drafts);
    drafts.sort_by_key(|d| (d.at, d.trigger));
    complete::settle_what_is_done(&scopes, &mut drafts);
    visits::settle_events(&scopes, &mut drafts);
    complete::date_from_before(&scopes, &mut drafts);
    complete::date_from_visit(&scopes, &mut drafts);
    lengths::stretch_visits(&scopes, &mut drafts);
    let facts = drafts.into_iter().map(|d| {
        let evidence = cite(d.at);
        d.into_fact(evidence)
    });
    merge::merge_facts(facts.collect())
}

/// What is stated inside quotation marks is the speaker's.
fn attribute(drafts: &mut [Draft], voices: &statements::Voices) {
    for draft in drafts.iter_mut().filter(|d| d.kind != "Statement" && d.speaker.is_none()) {
        draft.speaker = voices.get(draft.at).and_then(|v| v.get(draft.trigger)).copied().flatten();
    }
}
