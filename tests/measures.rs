//! What the figures of a sentence are read as: indicator, subject, partner, value, unit, period.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

use dossier::extract::{Fact, Value};
use dossier::ontology::frame_set::embedded_frames;
use dossier::pipeline::{Reading, read_with};
use dossier::read::read_text;

fn show(reading: &Reading, fact: &Fact<usize>) -> String {
    let role = |name: &str| match fact.roles.get(name) {
        Some(Value::One(who)) => reading.members[*who].label.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::When(period)) => period.to_string(),
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Flag(true)) => "target".to_owned(),
        _ => "-".to_owned(),
    };
    let names = ["indicator", "subject", "partner", "value", "unit", "period", "target"];
    let mut line: Vec<String> = names.iter().map(|name| role(name)).collect();
    line.push(fact.status.as_str().to_owned());
    line.join(" | ")
}

/// The figures of `text`, written on 16 January 2025, are exactly `expected`, in any order.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (mut document, _) = read_text("test.txt", text.as_bytes()).unwrap_or_else(|d| panic!("{d}"));
    document.articles[0].metadata.date = "2025-01-16".parse().ok();
    let reading = read_with(&document, embedded_frames().unwrap()).unwrap();
    let measures = reading.facts.iter().filter(|f| f.kind == "Measure");
    let mut found: Vec<String> = measures.map(|f| show(&reading, f)).collect();
    let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn trade_between_two() {
    check(
        "In 2022, trade between Peru and Ghana grew by 12 percent to $310 million.",
        &[
            "trade growth | Peru | Ghana | 12 | % | 2022 | - | asserted",
            "trade | Peru | Ghana | 310000000 | USD | 2022 | - | asserted",
        ],
    );
}

#[test]
fn exports_go_one_way() {
    check(
        "Peruvian exports to Ghana reached US$ 152 million in 2023, 4% less than in the previous year.",
        &[
            "exports | Peru | Ghana | 152000000 | USD | 2023 | - | asserted",
            "exports growth | Peru | Ghana | -4 | % | 2023 | - | asserted",
        ],
    );
}

#[test]
fn figures_in_a_row_have_their_own_years() {
    check(
        "Peru's copper output totaled 2.4 million tonnes in 2022 and 2.2 million tonnes in 2021.",
        &[
            "copper output | Peru | - | 2400000 | tonnes | 2022 | - | asserted",
            "copper output | Peru | - | 2200000 | tonnes | 2021 | - | asserted",
        ],
    );
}

#[test]
fn goals_are_targets() {
    check(
        "Peru and Ghana set a goal of raising bilateral trade to $2 billion by 2030.",
        &["bilateral trade | Peru | Ghana | 2000000000 | USD | 2030 | target | planned"],
    );
}

#[test]
fn who_invests_where() {
    check(
        "Ghana has announced plans to invest $2 billion in Peru's economy.",
        &["investment | Ghana | Peru | 2000000000 | USD | - | target | planned"],
    );
}

#[test]
fn counted_groups_belong_to_their_country() {
    check(
        "There are over 3,600 Peruvian companies registered in Ghana.",
        &["companies | Peru | Ghana | 3600 | companies | - | - | asserted"],
    );
}

#[test]
fn what_was_told_before_is_not_counted_again() {
    check("The 15 memoranda between the two sides cover trade.", &[]);
}

#[test]
fn durations_ranks_and_numbers_of_things_are_no_figures() {
    check("Peru is Ghana's third largest partner, under Resolution 822 and a 99-year lease.", &[]);
}

#[test]
fn no_unit_is_a_party_and_no_span_of_time_a_count() {
    check("Two and a half years ago Peru and Ghana met.", &[]);
}

#[test]
fn dates_stand_in_the_place_of_their_figures_and_lend_their_sides() {
    check(
        "Peru's bilateral trade with Ghana in 2015, 2016 and 2017 was $8.30 billion, $8.80 billion and $10.42 billion \
         respectively. Exports to Ghana grew by 16% to $5.71 billion during the period.",
        &[
            "bilateral trade | Peru | Ghana | 8300000000 | USD | 2015 | - | asserted",
            "bilateral trade | Peru | Ghana | 8800000000 | USD | 2016 | - | asserted",
            "bilateral trade | Peru | Ghana | 10420000000 | USD | 2017 | - | asserted",
            "exports growth | Peru | Ghana | 16 | % | 2017 | - | asserted",
            "exports | Peru | Ghana | 5710000000 | USD | 2017 | - | asserted",
        ],
    );
}

#[test]
fn where_something_lies_is_no_figure() {
    check("Volt Energy operates a port 300 kilometers north of Lima and a field 40 miles (64 km) off the coast.", &[]);
    check("Volt Energy supplied K9 tractors.", &[]);
}

#[test]
fn a_home_is_no_partner() {
    check(
        "Norway's Volt Energy won a contract worth $5 million.",
        &["value of contract award | Volt Energy | - | 5000000 | USD | - | - | asserted"],
    );
}

#[test]
fn sums_stand_behind_letters() {
    check(
        "Volt Energy posted a net profit of Rs3.4 crore in 2023.",
        &["net profit | Volt Energy | - | 34000000 | INR | 2023 | - | asserted"],
    );
    check(
        "Volt Energy reported a 48 percent growth in net profit for the year ended June 30, 2023 to Sh5.02 billion, up from Sh3.4 billion.",
        &[
            "net profit growth | Volt Energy | - | 48 | % | 2023-06-30 | - | asserted",
            "net profit | Volt Energy | - | 5020000000 | KES | 2023-06-30 | - | asserted",
            "net profit | Volt Energy | - | 3400000000 | KES | - | - | asserted",
        ],
    );
}
