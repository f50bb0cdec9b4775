#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;

#[track_caller]
fn check(family: NameFamily, a: &str, b: &str, is_match: bool) {
    let (first, second) = (PreparedName::new(a, family), PreparedName::new(b, family));
    let score = compare(&first, &second, Weights::embedded());
    assert_eq!(score, compare(&second, &first, Weights::embedded()), "symmetric: {a} / {b}");
    let why: Vec<String> = explain(&first, &second, Weights::embedded())
        .iter()
        .map(|r| format!("{} {:+.2}", r.feature.name(), r.adds()))
        .collect();
    assert_eq!(score >= THRESHOLD, is_match, "{a} / {b}: {score} {why:?}");
}

#[test]
fn spellings_of_one_person_match() {
    for (a, b) in [
        ("Karim Odunov", "Karm Odunov"),
        ("Karrim Odunov", "Karim Odunov"),
        ("Kərim Əhmədov", "Karim Ahmadov"),
        ("Karim Odunov", "Abdul Karim Odunov"),
        ("Odunov, Karim", "Karim Odunov"),
        ("Dr. Karim Odunov", "Karim Odunov"),
        ("KarimOdunov", "Karim Odunov"),
        ("K4rim Odun0v", "Karim Odunov"),
        ("Krm Odnv", "Karim Odunov"),
        ("Sergej Petrow", "Сергей Иванович Петров"),
        ("Bill Marlowe", "William Marlowe"),
        ("María Núñez", "Maria Nunez"),
        ("Yousef al-Hamdan", "Yusuf el Hamdan"),
    ] {
        check(NameFamily::Person, a, b, true);
    }
}

#[test]
fn different_people_do_not() {
    for (a, b) in [
        ("Karim Odunov", "Farid Odunov"),
        ("Karim Odunov", "Karim Petrov"),
        ("N. N.", "Nadia Nunez"),
        ("Karim", "Karim Odunov Petrov"),
        ("Omar bin Khalid", "Khalid bin Omar"),
        ("Ivan Petrovich Belov", "Ivan Sergeevich Belov"),
        ("Osman II", "Osman III"),
        ("Wang Fang", "Karim Odunov"),
        ("", "Karim Odunov"),
        ("...", "!!!"),
    ] {
        check(NameFamily::Person, a, b, false);
    }
}

#[test]
fn bodies_match_by_what_tells() {
    for (a, b) in [
        ("Norte Mining Ltd", "Norte Mining Limited"),
        ("Норте ООО", "Norte LLC"),
        ("N.M.C. Holdings plc", "NMC Holding PLC"),
        ("Norte & Sur Company", "Norte and Sur Co."),
        ("First Brigade", "1st Brigade"),
        ("Battalion Forty-Two", "42 Battalion"),
        ("NEA", "Northern Energy Agency"),
        ("World Labour Organisation", "World Labor Organization"),
        ("Al-Nasr/Victory Front", "Al Nasr"),
    ] {
        check(NameFamily::Body, a, b, true);
    }
    for (a, b) in [
        ("Government of Peru", "Government of Chile"),
        ("Ministry of Energy of Peru", "Ministry of Energy of Chile"),
        ("Ministry of Energy", "Ministry of Defence"),
        ("Norte AG", "Norte GmbH"),
        ("Norte Systems Inc.", "Norte Industries Inc."),
        ("Brigade 12", "Brigade 44"),
        ("Bank of Peru", "Bank of Chile"),
    ] {
        check(NameFamily::Body, a, b, false);
    }
}

#[test]
fn every_feature_stands_in_the_table() {
    let rows = crate::ontology::identity::read_weights();
    let names: Vec<&str> = rows.iter().map(|r| r.feature).collect();
    assert_eq!(names, Feature::ALL.iter().map(|f| f.name()).collect::<Vec<_>>());
    assert!(Feature::ALL.iter().all(|f| !f.says().trim().is_empty()));
}

#[test]
fn learning_finds_what_pairs_say() {
    let pair = |a: &str, b: &str, is_match| Example {
        family: NameFamily::Person,
        name1: a.to_owned(),
        name2: b.to_owned(),
        is_match,
    };
    let examples: Vec<Example> = (0..20)
        .flat_map(|i| {
            let name = format!("Kar{} Odun{}", "abcdefghij".chars().nth(i % 10).unwrap(), i);
            [pair(&name, &name, true), pair(&name, "Farid Sabir", false)]
        })
        .collect();
    let fit = learn(&examples, Weights::embedded(), 1.0, 5);
    assert!(fit.accuracy(&examples).2 > 0.99, "{:?}", fit.accuracy(&examples));
}

#[test]
fn distances_count_swaps_once_and_stop_at_the_limit() {
    let check = |a: &str, b: &str, limit, expected| {
        assert_eq!(align::distance(a.as_bytes(), b.as_bytes(), limit), expected, "{a} {b}");
        assert_eq!(align::distance(b.as_bytes(), a.as_bytes(), limit), expected, "{b} {a}");
    };
    check("", "", 2, 0);
    check("abc", "", 4, 3);
    check("karim", "kraim", 2, 1);
    check("karim", "karime", 2, 1);
    check("karim", "farid", 4, 2);
    check("karim", "odunov", 2, 3);
    check(&"a".repeat(90), &format!("{}b", "a".repeat(90)), 2, 1);
    check(&"a".repeat(90), &"b".repeat(90), 2, 3);
}

proptest::proptest! {
    #[test]
    fn any_two_texts_have_one_score(a in "\\PC{0,60}", b in "\\PC{0,60}") {
        for family in [NameFamily::Person, NameFamily::Body] {
            let (x, y) = (PreparedName::new(&a, family), PreparedName::new(&b, family));
            let score = compare(&x, &y, Weights::embedded());
            proptest::prop_assert!((0.0..=1.0).contains(&score));
            proptest::prop_assert_eq!(score, compare(&y, &x, Weights::embedded()));
        }
    }
}
