//! What visits and meetings of one text tell about each other.

#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

use dossier::extract::Value;
use dossier::pipeline::read_document;
use dossier::read::read_text;

/// The visits and meetings of a text of 18 June 2025, one line each, sorted.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (mut document, _) = read_text("line.txt", text.as_bytes()).unwrap_or_else(|d| panic!("{d}"));
    document.articles[0].metadata.date = "2025-06-18".parse().ok();
    let reading = read_document(&document).unwrap_or_else(|e| panic!("{e}"));
    let label = |who: &usize| reading.members[*who].label.clone();
    let mut found: Vec<String> = reading
        .facts
        .iter()
        .filter(|f| matches!(f.kind.as_str(), "Visit" | "Meeting"))
        .map(|f| {
            let parts = f.roles.iter().filter(|(role, _)| role.as_str() != "topic").map(|(_, value)| match value {
                Value::One(who) => label(who),
                Value::Many(list) => list.iter().map(label).collect::<Vec<_>>().join(" + "),
                Value::When(period) => period.to_string(),
                other => panic!("{other:?}"),
            });
            format!("{} {}: {}", f.status.as_str(), f.kind, parts.collect::<Vec<_>>().join(", "))
        })
        .collect();
    found.sort();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn who_meets_the_host_at_home_is_there() {
    check(
        "Prime Minister Jonas Berg of Norway met President Tomas Vega of Ecuador in Quito on 4 May 2018.",
        &[
            "asserted Meeting: Jonas Berg + Tomas Vega, 2018-05-04, Quito",
            "asserted Visit: Jonas Berg, Quito, 2018-05-04",
        ],
    );
}

#[test]
fn what_happens_during_a_visit_has_its_date_and_place() {
    check(
        "President Tomas Vega of Ecuador visited Norway on 4 May 2018. During the visit, he met Prime Minister Jonas Berg.",
        &[
            "asserted Meeting: Tomas Vega + Jonas Berg, 2018-05-04, Norway",
            "asserted Visit: Tomas Vega, Norway, 2018-05-04",
        ],
    );
}

#[test]
fn plans_for_a_weekday_lie_ahead() {
    check(
        "President Tomas Vega of Ecuador will visit Norway on Friday.",
        &["planned Visit: Tomas Vega, Norway, 2025-06-20"],
    );
    check(
        "President Tomas Vega of Ecuador visited Norway on Friday.",
        &["asserted Visit: Tomas Vega, Norway, 2025-06-13"],
    );
}

#[test]
fn the_capital_and_the_country_are_one_visit() {
    check(
        "President Tomas Vega of Ecuador arrived in Norway on 4 May 2018. His visit to Oslo ends soon.",
        &["asserted Visit: Tomas Vega, Norway, 2018-05-04"],
    );
}

#[test]
fn who_comes_home_makes_no_visit() {
    check("President Tomas Vega of Ecuador returned to Quito on 4 May 2018.", &[]);
}

#[test]
fn a_call_brings_nobody_to_the_country() {
    check(
        "President Tomas Vega of Ecuador received a telephone call from Prime Minister Jonas Berg of Norway.",
        &["asserted Meeting: Tomas Vega + Jonas Berg"],
    );
}

#[test]
fn an_office_without_article_does_what_the_clause_says() {
    check(
        "Prime Minister Jonas Berg of Norway will visit Peru on 20 June. During the visit, Prime Minister will meet President \
         Ana Ruiz of Peru.",
        &["planned Meeting: Jonas Berg + Ana Ruiz, 2025-06-20, Peru", "planned Visit: Jonas Berg, Peru, 2025-06-20"],
    );
}

#[test]
fn a_surname_may_open_a_sentence() {
    check(
        "President Rodrigo Chaves of Peru spoke. Chaves recalled that during his visit to Norway in August 2024 he saw snow.",
        &["asserted Visit: Rodrigo Chaves, Norway, 2024-08"],
    );
}

#[test]
fn who_ends_a_quotation_is_nobody_in_it() {
    check(
        "Foreign Minister Nina Holm of Norway spoke. \"I am glad. We saw Prime Minister Ana Ruiz last week,\" she said. On \
         Friday, she will visit Ghana.",
        &["planned Visit: Nina Holm, Ghana, 2025-06-20"],
    );
}

#[test]
fn a_visit_may_have_its_visitor_far_before() {
    check(
        "At the invitation of Ana Ruiz, President of Peru, Jonas Berg, Prime Minister of the Kingdom of Norway is on an \
         official visit to Peru on 1-2 June 2025.",
        &["asserted Visit: Jonas Berg, Peru, 2025-06-01/2025-06-02"],
    );
}

#[test]
fn his_visit_is_the_guests() {
    check(
        "Norwegian Minister Jonas Berg met his Peruvian counterpart Marco Vidal during his visit to Norway.",
        &["asserted Meeting: Jonas Berg + Marco Vidal", "asserted Visit: Marco Vidal, Norway"],
    );
}

#[test]
fn what_is_planned_while_somewhere_is_a_planned_stay() {
    check(
        "Vice President Ana Ruiz of Peru spoke. While in Norway, Ruiz is expected to hold talks with Minister Jonas Berg.",
        &["planned Meeting: Ana Ruiz + Jonas Berg, Norway", "planned Visit: Ana Ruiz, Norway"],
    );
}

#[test]
fn talks_during_a_visit_are_the_guests() {
    check(
        "Peruvian Prime Minister Jonas Berg visited Ghana. Many issues were discussed during the talks with Ghanaian President \
         Kofi Mensah.",
        &["asserted Meeting: Jonas Berg + Kofi Mensah, Ghana", "asserted Visit: Jonas Berg, Ghana"],
    );
    // Nobody foreign hosts a guest there.
    check(
        "Peruvian Prime Minister Jonas Berg visited Ghana. Many issues were discussed during the talks with Peruvian Minister \
         Marco Vidal.",
        &["asserted Visit: Jonas Berg, Ghana"],
    );
}

#[test]
fn he_is_not_whom_he_meets_nor_one_who_has_no_name() {
    check(
        "Norwegian Minister Jonas Berg came to Lima. With Peruvian President Tomas Vega, he reviewed trade.",
        &["asserted Meeting: Jonas Berg + Tomas Vega, Lima", "asserted Visit: Jonas Berg, Lima"],
    );
    check("They spoke to President Tomas Vega of Peru. The Prime Minister recalled his visit to Norway.", &[]);
}

#[test]
fn this_weekday_is_the_nearest_unless_it_is_planned() {
    check(
        "Ana Ruiz, President of Peru, met Jonas Berg, Prime Minister of Norway, this Tuesday. Ana Ruiz will visit Ghana this \
         Friday.",
        &["asserted Meeting: Ana Ruiz + Jonas Berg, 2025-06-17", "planned Visit: Ana Ruiz, Ghana, 2025-06-20"],
    );
}

#[test]
fn what_is_called_a_visit_says_where_it_leads() {
    check(
        "Ecuador's President Tomas Vega received Norway's Defence Minister Jonas Berg in Quito. Berg said that his visit to \
         Ecuador shows strong ties.",
        &["asserted Meeting: Tomas Vega + Jonas Berg, Quito", "asserted Visit: Jonas Berg, Ecuador"],
    );
}

#[test]
fn what_there_was_the_opportunity_for_was_done() {
    check(
        "Minister Nina Holm of Norway had the opportunity to meet with Ghana's President Kofi Mensah in Accra.",
        &["asserted Meeting: Nina Holm + Kofi Mensah, Accra", "asserted Visit: Nina Holm, Accra"],
    );
    check(
        "Minister Nina Holm of Norway had no opportunity to meet with Ghana's President Kofi Mensah.",
        &["denied Meeting: Nina Holm + Kofi Mensah"],
    );
}

#[test]
fn meetings_of_a_travelling_delegation_have_the_dates_of_its_journey() {
    check(
        "This week, Minister Nina Holm led a Norwegian delegation to a regional conference in Accra. She met Ghana's President Kofi \
         Mensah, and also held bilateral meetings with officials from Ghana and Togo. The delegation met with Togolese Foreign \
         Minister Ama Adzo.",
        &[
            "asserted Meeting: Nina Holm + Ghana, 2025-06-16/2025-06-22, Accra",
            "asserted Meeting: Nina Holm + Kofi Mensah, 2025-06-16/2025-06-22, Accra",
            "asserted Meeting: Nina Holm + Togo, 2025-06-16/2025-06-22, Accra",
            "asserted Meeting: Norwegian delegation + Ama Adzo, 2025-06-16/2025-06-22",
            "asserted Visit: Nina Holm, Accra, 2025-06-16/2025-06-22",
        ],
    );
}

#[test]
fn their_meeting_is_that_of_the_two_who_are_seen() {
    check(
        "Peru and Chile agreed. Norwegian Prime Minister Jonas Berg, left, walks with Ghana's President Kofi Mensah during their \
         meeting in Tamale on Wednesday.",
        &[
            "asserted Meeting: Jonas Berg + Kofi Mensah, 2025-06-18, Tamale",
            "asserted Visit: Jonas Berg, Tamale, 2025-06-18",
        ],
    );
}

#[test]
fn another_city_of_government_is_no_capital() {
    check(
        "Prime Minister Jonas Berg of Norway visited The Hague on 4 May 2018.",
        &["asserted Visit: Jonas Berg, The Hague, 2018-05-04"],
    );
}

#[test]
fn a_land_ends_before_its_days() {
    check(
        "Foreign Minister Jonas Berg of Norway will pay an official visit to Sri Lanka 24-25 June. During his visit to Sri Lanka he will be \
         received by President Kofi Mensah.",
        &[
            "planned Meeting: Kofi Mensah + Jonas Berg, 2025-06-24/2025-06-25, Sri Lanka",
            "planned Visit: Jonas Berg, Sri Lanka, 2025-06-24/2025-06-25",
        ],
    );
}

#[test]
fn what_is_said_today_is_not_of_today() {
    check(
        "Three memoranda are expected to be signed during Prime Minister Jonas Berg's visit to Accra, Foreign Minister Ana Ruiz of Peru \
         said today.",
        &["planned Visit: Jonas Berg, Accra"],
    );
}

#[test]
fn presidents_of_a_list_travel_alike() {
    check(
        "Presidents Ana Ruiz of Peru, Tomas Vega of Ecuador, Kofi Mensah of Ghana, and Musa Otieno of Kenya arrived in Oslo on June 8.",
        &[
            "asserted Visit: Ana Ruiz, Oslo, 2025-06-08",
            "asserted Visit: Kofi Mensah, Oslo, 2025-06-08",
            "asserted Visit: Musa Otieno, Oslo, 2025-06-08",
            "asserted Visit: Tomas Vega, Oslo, 2025-06-08",
        ],
    );
}

#[test]
fn initials_may_have_two_letters() {
    check(
        "Norway's Foreign Minister Jonas Berg paid a courtesy call on the President of Mongolia Kh.Batbold on 3 May 2025.",
        &["asserted Meeting: Jonas Berg + Kh.Batbold, 2025-05-03"],
    );
}

#[test]
fn whoever_convenes_meets_once() {
    check(
        "The presidents of Peru, Ghana and Togo convened in the Norwegian capital, Oslo, on June 9 to hold a consultative meeting.",
        &["asserted Meeting: Peru + Ghana + Togo, 2025-06-09, Oslo"],
    );
    check(
        "President Tomas Vega of Ecuador and Jonas Berg, head of the Lima Centre, attended the meeting as guests.",
        &[],
    );
    check(
        "President Tomas Vega of Ecuador attended the meeting with Prime Minister Jonas Berg of Norway on 3 May 2025.",
        &["asserted Meeting: Tomas Vega + Jonas Berg, 2025-05-03"],
    );
}

#[test]
fn plans_end_where_the_speaker_begins() {
    check(
        "They discussed preparations for the upcoming June 24 summit between President Ana Ruiz of Peru and President Kofi Mensah of Ghana.",
        &["planned Meeting: Ana Ruiz + Kofi Mensah, 2025-06-24"],
    );
}

#[test]
fn a_preposition_belongs_to_the_whole_name() {
    check(
        "Secretary of State Ana J. Ruiz spoke with French Foreign Minister Jean-Marc Le Duran to discuss ongoing violence in the region.",
        &["asserted Meeting: Ana J. Ruiz + Jean-Marc Le Duran"],
    );
}

#[test]
fn answers_of_an_interview_are_the_guests() {
    check(
        "Ana Ruiz has been the director of Norway's gas operator, Norgas, since 2021.\n\nQ: Are you ready?\nA: I met its head, Tomas Vega, \
         in Lima on 3 May 2025.",
        &["asserted Meeting: Ana Ruiz + Tomas Vega, 2025-05-03, Lima"],
    );
}

#[test]
fn where_they_meet_is_no_second_meeting() {
    check(
        "Heads of State of the Nordic Council and the Pacific Alliance will meet on December 21 at the Lima Summit to discuss integration.",
        &["planned Meeting: Pacific Alliance + Nordic Council, 2025-12-21"],
    );
    check(
        "On the final day of the forum in Lima, Peru, Defence Minister Jonas Berg, on Friday met President Tomas Vega of Ecuador.",
        &["asserted Meeting: Jonas Berg + Tomas Vega, 2025-06-13"],
    );
}

#[test]
fn the_day_of_an_election_is_no_day_of_the_visit_after_it() {
    check(
        "Foreign Minister Ana Ruiz of Peru hosted Norway's Prime Minister Jonas Berg, marking his first visit to Peru following his election \
         in December 2024.",
        &["asserted Meeting: Ana Ruiz + Jonas Berg, Peru", "asserted Visit: Jonas Berg, Peru"],
    );
}

#[test]
fn whoever_calls_on_somebody_to_discuss_meets_him() {
    check(
        "On 2 December 2024, Norwegian Ambassador to Ghana Dr Jonas Berg called on President Kofi Mensah to discuss the partnership.",
        &["asserted Meeting: Kofi Mensah + Jonas Berg, 2024-12-02"],
    );
    check(
        "Prime Minister Jonas Berg of Norway has welcomed the announcement from his Ghanaian counterpart Kofi Mensah.",
        &[],
    );
}

#[test]
fn gulf_news_names_who_is_received_behind_the_day() {
    check(
        "His Majesty King Hamad bin Salim of Bahrain received at Sakhir Palace today Omani Foreign Minister, Badr bin Hamad, who conveyed \
         to him the greetings of HM Sultan Haitham bin Tariq.",
        &["asserted Meeting: Hamad bin Salim + Badr bin Hamad, 2025-06-18, Sakhir Palace"],
    );
    check(
        "In the meantime, Foreign Minister Sayyid Badr Hamad Al Balushi held separate meetings with Prince Faisal Farhan Al Saud, the Minister \
         of Foreign Affairs of Saudi Arabia, and Dr. Rashid Alzayani, the Minister of Foreign Affairs of Bahrain.",
        &[
            "asserted Meeting: Badr Hamad Al Balushi + Faisal Farhan Al Saud",
            "asserted Meeting: Badr Hamad Al Balushi + Rashid Alzayani",
        ],
    );
}
