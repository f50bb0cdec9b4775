//! Who holds which post of what where a text leaves the country to its readers: counterparts, lists, delegations, ranks.

#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test says what is wrong by panicking")]

use dossier::extract::Value;
use dossier::pipeline::read_document;
use dossier::read::read_text;

/// The positions of a text, "person | role | organization", sorted.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (document, _) = read_text("line.txt", text.as_bytes()).unwrap_or_else(|d| panic!("{d}"));
    let reading = read_document(&document).unwrap_or_else(|e| panic!("{e}"));
    let show = |value: &Value<usize>| match value {
        Value::One(who) => reading.members[*who].label.clone(),
        Value::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let positions = reading.facts.iter().filter(|f| f.kind == "Position");
    let mut found: Vec<String> =
        positions.map(|f| f.roles.values().map(show).collect::<Vec<_>>().join(" | ")).collect();
    found.sort();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_name_after_post_and_country_is_a_person() {
    check("President of Togo Kwame Bio arrived in Oslo on Monday.", &["Kwame Bio | President | Togo"]);
}

#[test]
fn peers_hold_the_same_office() {
    check(
        "Foreign Secretary of Kenya Musa Otieno met his peers from Ghana and Togo, Kofi Mensah and Ama Adzo.",
        &[
            "Ama Adzo | Foreign Secretary | Togo",
            "Kofi Mensah | Foreign Secretary | Ghana",
            "Musa Otieno | Foreign Secretary | Kenya",
        ],
    );
    check(
        "Labour peer Jonas Berg met Foreign Secretary of Kenya Musa Otieno.",
        &["Musa Otieno | Foreign Secretary | Kenya"],
    );
}

#[test]
fn lists_go_on_with_the_country_of_the_one_before() {
    check(
        "Fiji's Minister for Foreign Affairs Jone Vidal met his Tongan counterpart, Jonas Berg, the Minister for Defence, \
         Saki Holm, and Minister for Police, Bryan Ruiz.",
        &[
            "Bryan Ruiz | Minister for Police | Tonga",
            "Jonas Berg | Minister for Foreign Affairs | Tonga",
            "Jone Vidal | Minister for Foreign Affairs | Fiji",
            "Saki Holm | Minister for Defence | Tonga",
        ],
    );
    check(
        "The Presidents of Peru, Ana Ruiz; and Chile, Marco Vidal, met in Lima.",
        &["Ana Ruiz | President | Peru", "Marco Vidal | President | Chile"],
    );
}

#[test]
fn a_delegation_is_of_the_country_of_its_leader() {
    check(
        "Norway's King Harald Berg will be accompanied by a delegation comprising Jonas Holm, Minister for Defence Affairs, \
         and Lina Haddad, ambassador of Norway to Ghana.",
        &[
            "Harald Berg | King | Norway",
            "Jonas Holm | Minister for Defence Affairs | Norway",
            "Lina Haddad | ambassador of Norway to Ghana | Norway",
        ],
    );
    check(
        "The Peruvian presidential delegation includes Foreign Minister Marco Vidal; Minister of Transport Lina Soto and \
         Agriculture Minister Jonas Prado.",
        &[
            "Jonas Prado | Agriculture Minister | Peru",
            "Lina Soto | Minister of Transport | Peru",
            "Marco Vidal | Foreign Minister | Peru",
        ],
    );
}

#[test]
fn posts_are_told_apart_from_states_and_bodies() {
    check(
        "The President of the Republic of Peru Julius Bio received Deputy Prime Minister – Minister of Foreign Affairs of Ghana \
         Kwame Mensah.",
        &[
            "Julius Bio | President | Peru",
            "Kwame Mensah | Deputy Prime Minister | Ghana",
            "Kwame Mensah | Minister of Foreign Affairs | Ghana",
        ],
    );
    check(
        "They met the head of the Ports Authority Akira Dossou and the Vice Premier of the State Council of Peru Lin Guozhi.",
        &["Akira Dossou | head | Ports Authority", "Lin Guozhi | Vice Premier | State Council of Peru"],
    );
}

#[test]
fn the_host_of_a_counterpart_is_of_the_other_country() {
    check(
        "Foreign Affairs Minister Ama Adzo spoke of fish. She met her Chilean counterpart, Marco Vidal. \
         Ghana and Chile are friends, and Ghana thanked Chile.",
        &["Ama Adzo | Foreign Affairs Minister | Ghana", "Marco Vidal | Foreign Affairs Minister | Chile"],
    );
}

#[test]
fn ranks_are_no_names_and_abbreviations_are_spelt_out() {
    check(
        "Among those in the Kenyan delegation was Chief of Defence Forces General Samson Kiprop.",
        &["Samson Kiprop | Chief of Defence Forces | Kenya"],
    );
    check("Norwegian PM Jonas Berg spoke at 5 PM on Friday.", &["Jonas Berg | Prime Minister | Norway"]);
    check("Amir Karimov and Sultan bin Salim met.", &[]);
}

#[test]
fn who_follows_an_opening_clause_holds_no_post_in_it() {
    check("Welcoming the Defence Secretary of Peru, Jonas Berg said the ties were strong.", &[]);
    check("On Monday he was with the Venezuelan senators.", &[]);
}

#[test]
fn who_leads_a_side_is_of_its_country() {
    check(
        "The Peruvian delegation was led by Foreign Minister Marco Vidal, while Foreign Minister Kofi Mensah led the Ghanaian side.",
        &["Kofi Mensah | Foreign Minister | Ghana", "Marco Vidal | Foreign Minister | Peru"],
    );
    check(
        "Outgoing Peruvian ambassador Marco Vidal paid a farewell call on Ghanaian Foreign Minister Ama Adzo in Accra.",
        &["Ama Adzo | Foreign Minister | Ghana", "Marco Vidal | Outgoing ambassador | Peru"],
    );
}

#[test]
fn one_office_has_several_names() {
    check(
        "The Minister of External Relations of Brazil, Marco Vidal, met the Minister of Foreign Affairs, Kofi Mensah. \
         Brazil and Ghana are friends, and Brazil thanked Ghana.",
        &["Kofi Mensah | Minister of Foreign Affairs | Ghana", "Marco Vidal | Minister of External Relations | Brazil"],
    );
}

#[test]
fn what_stands_behind_a_name_belongs_to_it() {
    check(
        "At the invitation of Marco Vidal, Prime Minister of Peru, Prime Minister of the Kingdom of Norway, Jonas Berg, \
         will visit Lima.",
        &["Jonas Berg | Prime Minister | Norway", "Marco Vidal | Prime Minister | Peru"],
    );
    check("Nina Holm, wife of the Peruvian ambassador in Norway, sang.", &[]);
}

#[test]
fn fields_of_work_end_before_the_name() {
    check(
        "He met Ghana's Minister of Special Duties for Islamic Affairs, Kofi Mensah, and Peruvian Prime Minister General Ana Ruiz.",
        &["Ana Ruiz | Prime Minister | Peru", "Kofi Mensah | Minister of Special Duties for Islamic Affairs | Ghana"],
    );
}

#[test]
fn a_chairman_of_a_body_of_a_country() {
    check(
        "Chairman of the Halk Meclis of Turkmenistan Gurban Berdiev arrived in Oslo.",
        &["Gurban Berdiev | Chairman | Halk Meclis"],
    );
    check(
        "Chairman of the Elders Council of Togo Kwame Mensah arrived in Oslo.",
        &["Kwame Mensah | Chairman | Elders Council of Togo"],
    );
}

#[test]
fn who_accompanies_somebody_is_of_his_country() {
    check(
        "President Kofi Mensah of Ghana left for Peru. President Mensah is accompanied by Minister of Defence, Mr Ali Juma, and \
         Minister of Trade and Industry, Ms Ama Adzo.",
        &[
            "Ali Juma | Minister of Defence | Ghana",
            "Ama Adzo | Minister of Trade and Industry | Ghana",
            "Kofi Mensah | President | Ghana",
        ],
    );
    check(
        "President Kofi Mensah of Ghana is accompanied by Minister of Trade, Dr Ama Adzo, Minister of Defence, Justice and \
         Security, Mr Ali Juma, Minister of Land Management and Water, Mr Musa Otieno.",
        &[
            "Ali Juma | Minister of Defence, Justice and Security | Ghana",
            "Ama Adzo | Minister of Trade | Ghana",
            "Kofi Mensah | President | Ghana",
            "Musa Otieno | Minister of Land Management and Water | Ghana",
        ],
    );
    check(
        "Ghana's Trade Minister Ama Adzo met her Chilean counterpart, HE Ambassador Marco Vidal, Minister of External Trade.",
        &[
            "Ama Adzo | Trade Minister | Ghana",
            "Marco Vidal | Ambassador | Chile",
            "Marco Vidal | Minister of External Trade | Chile",
        ],
    );
    check(
        "He met Senator Nina Holm, JP, Minister of Foreign Affairs of Norway.",
        &["Nina Holm | Minister of Foreign Affairs | Norway", "Nina Holm | Senator | Norway"],
    );
}

#[test]
fn who_meets_or_visits_another_country_is_not_of_it() {
    check(
        "Defence Minister Jonas Berg will pay an official visit to Ghana. He will discuss ties between Norway and Ghana with \
         Ghana's Energy Minister Kofi Mensah.",
        &["Jonas Berg | Defence Minister | Norway", "Kofi Mensah | Energy Minister | Ghana"],
    );
    check(
        "Norway reaches out. Foreign Minister Jonas Berg met Kofi Mensah, Minister of Energy of Ghana, on Monday. Norway and \
         Ghana agree.",
        &["Jonas Berg | Foreign Minister | Norway", "Kofi Mensah | Minister of Energy | Ghana"],
    );
}

#[test]
fn headlines_name_two_people_by_a_comma() {
    check(
        "President Tomas Vega, Norwegian Defence Minister discuss trade\n\nEcuador's President Tomas Vega received Norway's Defence \
         Minister Jonas Berg in Quito on Thursday to discuss trade between the two countries.",
        &["Jonas Berg | Defence Minister | Norway", "Tomas Vega | President | Ecuador"],
    );
}

#[test]
fn who_serves_an_office_does_not_hold_it() {
    check(
        "The Assistant to the President for Water Security, Dr. Nina Holm, led a Norwegian delegation to a conference in Lima.",
        &["Nina Holm | Assistant to the President for Water Security | Norway"],
    );
    check(
        "Foreign Policy Adviser to the President of Ecuador Tomas Vega met Kofi Mensah, Special Representative of the UN \
         Secretary-General for Mali.",
        &[
            "Kofi Mensah | Special Representative of the UN Secretary-General for Mali | United Nations",
            "Tomas Vega | Foreign Policy Adviser to the President | Ecuador",
        ],
    );
    check(
        "Ghana's Parliamentary Secretary to the Minister for Trade Senator Kofi Mensah opened the seminar.",
        &["Kofi Mensah | Parliamentary Secretary to the Minister for Trade | Ghana", "Kofi Mensah | Senator | Ghana"],
    );
}

#[test]
fn capitals_before_a_title_are_its_body() {
    check("MFA Spokesperson Jonas Berg called the talks useful.", &["Jonas Berg | Spokesperson | MFA"]);
    check("Statement by NSC Spokesperson Nina Holm on the Trip to Peru", &["Nina Holm | Spokesperson | NSC"]);
}

#[test]
fn a_line_may_name_a_post_right_behind_its_holder() {
    check(
        "Nina Holm Minister for Trade and Tourism of Norway",
        &["Nina Holm | Minister for Trade and Tourism | Norway"],
    );
}

#[test]
fn ambassadors_of_a_list_stand_behind_their_lands() {
    check(
        "President Tomas Vega of Ecuador on Wednesday received the ambassadors of Norway - Jonas Berg, Ghana - Kofi Mensah and Togo - Ama Adzo.",
        &[
            "Ama Adzo | ambassador | Togo",
            "Jonas Berg | ambassador | Norway",
            "Kofi Mensah | ambassador | Ghana",
            "Tomas Vega | President | Ecuador",
        ],
    );
    check(
        "President Tomas Vega of Ecuador spoke. During the meeting with the ambassador of Norway, president Vega praised trade.",
        &["Tomas Vega | President | Ecuador"],
    );
}

#[test]
fn initials_stand_for_an_office() {
    check(
        "Ghana's FM Kofi Mensah met Md. Rafiq Alam, EAM of Kenya.",
        &["Kofi Mensah | Foreign Minister | Ghana", "Md. Rafiq Alam | External Affairs Minister | Kenya"],
    );
}

#[test]
fn a_dateline_tells_whose_minister_it_is() {
    check(
        "ABU DHABI, 24th February, 2023 (WAM) — Ahmed Al Balushi, Minister of State for Trade, and Jonas Berg, Minister of Trade of \
         Norway, signed a memorandum.",
        &[
            "Ahmed Al Balushi | Minister of State for Trade | United Arab Emirates",
            "Jonas Berg | Minister of Trade | Norway",
        ],
    );
}

#[test]
fn a_name_behind_a_department_is_who_holds_the_post() {
    check(
        "The Coordinator for Energy Affairs at the US Department of State Ana Berg met Kofi Mensah.",
        &["Ana Berg | Coordinator for Energy Affairs | US Department of State"],
    );
}
