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
        &["investment in economy | Ghana | Peru | 2000000000 | USD | - | target | planned"],
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

#[test]
fn a_noun_with_at_is_the_label_of_its_figure() {
    check(
        "Peru's bilateral trade with Ghana stood at $2.6 billion with exports at $0.7 billion and imports at $1.9 \
         billion in FY16.",
        &[
            "bilateral trade | Peru | Ghana | 2600000000 | USD | 2016 | - | asserted",
            "exports | Peru | Ghana | 700000000 | USD | 2016 | - | asserted",
            "imports | Peru | Ghana | 1900000000 | USD | 2016 | - | asserted",
        ],
    );
}

#[test]
fn what_stands_at_figures_is_measured_and_no_name_beside_it() {
    check(
        "The two ministers praised the growth of trade between Peru and Ghana, which reached $35 million in 2023, a 63% \
         increase. In 2006, two-way trade between Peru and Ghana reached $9 million, of which Ghana's imports amounted to \
         $8 million.",
        &[
            "trade growth | Peru | Ghana | 63 | % | 2023 | - | asserted",
            "trade | Peru | Ghana | 35000000 | USD | 2023 | - | asserted",
            "two-way trade | Peru | Ghana | 9000000 | USD | 2006 | - | asserted",
            "imports | Ghana | Peru | 8000000 | USD | 2006 | - | asserted",
        ],
    );
}

#[test]
fn it_is_what_was_measured_last() {
    check(
        "In 2020, trade between Peru and Ghana was about $85 million. At the end of last year it reached more than $100 \
         million. It is expected to reach $200 million by 2027.",
        &[
            "trade | Peru | Ghana | 85000000 | USD | 2020 | - | asserted",
            "trade | Peru | Ghana | 100000000 | USD | 2024 | - | asserted",
            "trade | Peru | Ghana | 200000000 | USD | 2027 | target | planned",
        ],
    );
}

#[test]
fn the_end_of_a_range_measures_what_its_start_does() {
    check(
        "Ties deepened, with trade between Peru and Ghana growing from $36 million in 2014, when the envoy took office, to \
         more than $50 million in 2020.",
        &[
            "trade | Peru | Ghana | 36000000 | USD | 2014 | - | asserted",
            "trade | Peru | Ghana | 50000000 | USD | 2020 | - | asserted",
        ],
    );
}

#[test]
fn a_countrys_own_figures_need_no_name() {
    check(
        "Peru had a good year. Inflation was 5.4 percent in 2023. Imports over the same period were $97 billion—up 13.5 per \
         cent. Rural exports are up 6 per cent, services exports are up 3 per cent.",
        &[
            "Inflation | Peru | - | 5.4 | % | 2023 | - | asserted",
            "imports | Peru | - | 97000000000 | USD | 2023 | - | asserted",
            "imports growth | Peru | - | 13.5 | % | 2023 | - | asserted",
            "Rural exports growth | Peru | - | 6 | % | 2023 | - | asserted",
            "services exports growth | Peru | - | 3 | % | 2023 | - | asserted",
        ],
    );
}

#[test]
fn odds_are_no_number_of_people() {
    check("One in five Peruvians works in trade.", &[]);
}

#[test]
fn what_is_dealt_in_may_stand_before_a_passive_verb() {
    check(
        "Peru and Ghana met. About $75 million was invested in Ghana by Peru in 2021. Over 36,000 tonnes of Peruvian coal were \
         exported to Ghana.",
        &[
            "investment | Peru | Ghana | 75000000 | USD | 2021 | - | asserted",
            "exports of coal | Peru | Ghana | 36000 | tonnes | - | - | asserted",
        ],
    );
}

#[test]
fn sides_may_lie_between_a_noun_and_its_verb() {
    check(
        "Peru and Ghana are partners. In 2022, trade between the two countries increased by 30 percent and reached $160 \
         million. The volume of Peruvian investments in the economy of Ghana amounted to $270 million.",
        &[
            "trade growth | Peru | Ghana | 30 | % | 2022 | - | asserted",
            "trade | Peru | Ghana | 160000000 | USD | 2022 | - | asserted",
            "volume of investments | Peru | Ghana | 270000000 | USD | - | - | asserted",
        ],
    );
}

#[test]
fn names_of_measures_and_counted_groups_are_no_owners() {
    check(
        "The Pacific Alliance has achieved $2 billion in its Gross Domestic Product (GDP). At P4G, 42 Peruvian companies and 56 \
         joint ventures took part.",
        &[
            "Gross Domestic Product | Pacific Alliance | - | 2000000000 | USD | - | - | asserted",
            "companies | Peru | P4G | 42 | companies | - | - | asserted",
            "joint ventures | Peru | P4G | 56 | ventures | - | - | asserted",
        ],
    );
}

#[test]
fn a_sum_in_brackets_restates_and_a_population_counts_people() {
    check(
        "Trade between Peru and Ghana reached US$18.4 billion (S$25.4 billion) in 2021. Ghana has a population of about 2.7 \
         million. Peru has made an investment commitment to Ghana of $6 billion.",
        &[
            "Trade | Peru | Ghana | 18400000000 | USD | 2021 | - | asserted",
            "population | Ghana | - | 2700000 | people | - | - | asserted",
            "investment commitment | Peru | Ghana | 6000000000 | USD | - | - | asserted",
        ],
    );
}

#[test]
fn shillings_are_those_of_the_country_named() {
    check(
        "Uganda is growing. In 2013 Uganda exported goods worth Sh37.8 billion to Kenya.",
        &["exports of goods | Uganda | Kenya | 37800000000 | UGX | 2013 | - | asserted"],
    );
}

#[test]
fn a_sum_may_stand_apart_from_its_contract() {
    check(
        "Volt Energy has signed a $2.4 billion (USD) contract with Norte Power.",
        &["value of contract | Volt Energy | Norte Power | 2400000000 | USD | - | - | asserted"],
    );
    check(
        "Volt Energy has won a 674.9 billion-won (US$519 million) order from Norte Power.",
        &["value of order | Volt Energy | Norte Power | 674900000000 | KRW | - | - | asserted"],
    );
}

#[test]
fn labels_in_brackets_rates_of_growth_and_members_of_groups() {
    check(
        "Trade between Peru and Ghana was $1.8 billion in 2019 (exports $0.6 billion and imports $1.2 billion). Peru's GDP was \
         $225 billion in 2018 with a growth rate of 4.0%. A group of three Peruvian companies holds a 30% stake in a mine in \
         Ghana.",
        &[
            "Trade | Peru | Ghana | 1800000000 | USD | 2019 | - | asserted",
            "exports | Peru | Ghana | 600000000 | USD | 2019 | - | asserted",
            "imports | Peru | Ghana | 1200000000 | USD | 2019 | - | asserted",
            "GDP | Peru | - | 225000000000 | USD | 2018 | - | asserted",
            "GDP growth | Peru | - | 4 | % | 2018 | - | asserted",
            "companies | Peru | Ghana | 3 | companies | - | - | asserted",
            "stake in mine | Peru | Ghana | 30 | % | - | - | asserted",
        ],
    );
}

#[test]
fn models_and_what_is_generated() {
    check(
        "Norte Marine won a contract from Ghana to build two NRX 180 frigates.",
        &["frigates built | Norte Marine | Ghana | 2 | frigates | - | target | planned"],
    );
    check(
        "The Kariba plant, which was designed 40 years ago, is capable of generating 200 megawatts.",
        &["capacity | Kariba plant | - | 200 | MW | - | - | asserted"],
    );
    check("Jonas Berg and Ama Adzo signed the agreements, Norte Bank said in two separate press releases.", &[]);
}

#[test]
fn figures_side_by_side_are_of_one_thing() {
    check(
        "Norte Bank is financing a $1.5 billion, 400 km (249 mile) pipeline in Peru.",
        &[
            "value of pipeline | Norte Bank | - | 1500000000 | USD | - | - | asserted",
            "pipeline length | pipeline | - | 400 | kilometers | - | - | asserted",
            "pipeline length | pipeline | - | 249 | miles | - | - | asserted",
        ],
    );
    check(
        "Norte SA owns the 40-megawatt (MW) onshore wind farm in Lima.",
        &["wind farm capacity | Norte SA | - | 40 | MW | - | - | asserted"],
    );
}

#[test]
fn those_who_describe_the_subject_and_the_currency_take_no_part() {
    check(
        "Norte Inc., a joint venture between Sur Power and Este Power, will invest 15 billion yen in a Peruvian company.",
        &["investment | Norte Inc. | Peru | 15000000000 | JPY | - | target | planned"],
    );
    check(
        "Sur Power won an order worth 50 million Norwegian kroner.",
        &["value of order award | Sur Power | - | 50000000 | NOK | - | - | asserted"],
    );
    check("Sur Power generates 900 MW.", &["capacity | Sur Power | - | 900 | MW | - | - | asserted"]);
}

#[test]
fn sums_behind_a_change_are_where_it_stands() {
    check(
        "Peruvian exports to Ghana decreased by 2.73% at USD 4.5 billion.",
        &[
            "exports growth | Peru | Ghana | -2.73 | % | - | - | asserted",
            "exports | Peru | Ghana | 4500000000 | USD | - | - | asserted",
        ],
    );
}

#[test]
fn who_makes_what_is_bought_is_the_other_side() {
    check(
        "Norte Air will purchase ten new Este Group jets valued at $36 million for routes across Peru.",
        &[
            "new Este Group jets purchased | Norte Air | Este Group | 10 | jets | - | target | planned",
            "value of new Este Group jets purchase | Norte Air | Este Group | 36000000 | USD | - | target | planned",
        ],
    );
}

#[test]
fn a_sum_says_what_it_is_for() {
    check(
        "The Ghanaian government pledged $20 million to fight hunger in Togo.",
        &["commitment to fight hunger | Ghana | Togo | 20000000 | USD | - | - | asserted"],
    );
    check(
        "Norway has committed NOK 300 million to the protection of rainforests in Peru.",
        &["commitment to protection of rainforests | Norway | Peru | 300000000 | NOK | - | - | asserted"],
    );
    check(
        "Norvolt will invest $2 billion in a battery plant in Ghana by 2030.",
        &["investment in battery plant | Norvolt | Ghana | 2000000000 | USD | 2030 | target | planned"],
    );
    check(
        "Ghana has a large presence in Togo with $3 million invested, which makes it the second largest investor.",
        &["investment | Ghana | Togo | 3000000 | USD | - | - | asserted"],
    );
}

#[test]
fn the_line_is_the_project_named_before() {
    check(
        "The Northern Coast Link will open soon. First proposed in 2017, the 665km rail line will join the coasts of Ghana by the end \
         of 2026.",
        &["rail line length | Northern Coast Link | - | 665 | kilometers | 2026 | - | asserted"],
    );
}

#[test]
fn what_is_worked_on_is_not_reached() {
    check(
        "Ghana and Togo will work on bringing bilateral trade to $10 million by 2027.",
        &["bilateral trade | Ghana | Togo | 10000000 | USD | 2027 | target | planned"],
    );
}

#[test]
fn a_size_is_of_the_thing() {
    check(
        "Norgas Ltd has secured financing for a 90MW thermal power plant in Ghana.",
        &["thermal power plant capacity | thermal power plant | - | 90 | MW | - | - | asserted"],
    );
    check(
        "Energy Minister Kofi Mensah hopes construction will start on the 1,600MW Volta Gorge project by 2026.",
        &["Volta Gorge project capacity | Volta Gorge project | - | 1600 | MW | 2026 | target | planned"],
    );
}

#[test]
fn dollars_of_many_lands_are_told_apart() {
    check(
        "Support provided by Norway to Ghana in 2020 will exceed 1 billion Solomon Islands dollars.",
        &["Support | Norway | Ghana | 1000000000 | SBD | 2020 | target | planned"],
    );
    check(
        "Exports of Ghana reached AUD$250 million in 2020.",
        &["exports | Ghana | - | 250000000 | AUD | 2020 | - | asserted"],
    );
}
