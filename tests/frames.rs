//! Every frame's own tests: its sentences give its facts, and no others of its kind.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test says what is wrong by panicking")]

use dossier::extract::{Fact, Value};
use dossier::ontology::frame_set::{FrameSet, embedded_frames};
use dossier::ontology::frames::{Frame, FrameTest};
use dossier::pipeline::read_with;
use dossier::read::read_text;
use indexmap::IndexMap;
use serde_json::Value as Json;

/// The facts of `frame` in `test.text`, as the YAML writes them.
fn facts_of(frame: &Frame, test: &FrameTest) -> Vec<IndexMap<String, Json>> {
    let name = "test.txt";
    let (mut document, _) = read_text(name, test.text.as_bytes()).unwrap_or_else(|d| panic!("{d}"));
    if let Some(date) = &test.issued {
        document.articles[0].metadata.date = date.parse().ok();
    }
    let reading = read_with(&document, &FrameSet::new(vec![frame.clone()])).unwrap_or_else(|e| panic!("{e}"));
    let label = |who: &usize| Json::from(reading.members[*who].label.clone());
    let show = |fact: &Fact<usize>| {
        let mut roles: IndexMap<String, Json> = fact
            .roles
            .iter()
            .map(|(role, value)| {
                let value = match value {
                    Value::One(who) => label(who),
                    Value::Many(list) => Json::Array(list.iter().map(label).collect()),
                    Value::Number(n) if n.fract() == 0.0 => Json::from(*n as i64),
                    Value::Number(n) => Json::from(*n),
                    Value::When(period) => Json::from(period.to_string()),
                    Value::Text(text) => Json::from(text.clone()),
                    Value::Flag(flag) => Json::from(*flag),
                };
                (role.clone(), value)
            })
            .collect();
        roles.insert("status".into(), fact.status.as_str().into());
        roles
    };
    let of_frame = |fact: &&Fact<usize>| {
        fact.kind == frame.frame
            && (frame.frame != "Relation" || fact.roles.get("relation") == Some(&Value::Text(frame.class.clone())))
    };
    reading.facts.iter().filter(of_frame).map(show).collect()
}

/// Every role that the test states, and the status, agree.
fn agrees(wanted: &IndexMap<String, Json>, got: &IndexMap<String, Json>) -> bool {
    let text = |v: &Json| match v {
        Json::String(s) => s.clone(),
        other => other.to_string(),
    };
    let status = wanted.get("status").map_or("asserted".to_owned(), text);
    got.get("status").map(text) == Some(status)
        && wanted.iter().all(|(role, value)| got.get(role).map(text) == Some(text(value)))
}

#[test]
fn every_frame_passes_its_own_tests() {
    let mut wrong = Vec::new();
    for frame in embedded_frames().unwrap_or_else(|e| panic!("{e}")).iter() {
        assert!(!frame.tests.is_empty(), "frame {} ({}) has no tests", frame.frame, frame.class);
        for test in &frame.tests {
            let got = facts_of(frame, test);
            let all_there = test.facts.iter().all(|wanted| got.iter().any(|g| agrees(wanted, g)));
            if !all_there || got.len() != test.facts.len() {
                wrong.push(format!(
                    "{} {}: {:?}\n  wanted {}\n  got    {}",
                    frame.frame,
                    frame.class,
                    test.text,
                    serde_json::to_string(&test.facts).unwrap(),
                    serde_json::to_string(&got).unwrap()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
