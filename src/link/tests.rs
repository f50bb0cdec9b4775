#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;
use crate::ontology::EntityType;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

fn subject(label: &str, class: EntityType, country: &str) -> Subject {
    Subject {
        iri: crate::vocab::id(&crate::vocab::slug(label)).into_string(),
        label: label.to_owned(),
        names: vec![label.to_owned()],
        class,
        countries: Some(country.to_owned()).filter(|c| !c.is_empty()).into_iter().collect(),
        identifiers: BTreeSet::new(),
        facts: 1,
    }
}

fn entry(id: &str, names: &[&str], class: Option<EntityType>, country: Option<&str>) -> Entry {
    let names = names.iter().map(|n| (*n).to_owned()).collect();
    Entry { iri: id.to_owned(), names, class, country: country.map(str::to_owned), ..Entry::default() }
}

/// What became of one subject among entries: `linked urn:a`, `review urn:b`.
#[track_caller]
fn check(subject: &Subject, entries: &[Entry], expected: &[&str]) {
    check_judged(subject, entries, &[], expected);
}

#[track_caller]
fn check_judged(subject: &Subject, entries: &[Entry], judged: &[(&str, Judged)], expected: &[&str]) {
    let judged: Vec<(String, String, Judged)> =
        judged.iter().map(|(o, j)| (subject.iri.clone(), (*o).to_owned(), *j)).collect();
    let subjects = [subject.clone()];
    let run = |entries: &[Entry]| {
        let mut linker = Linker::new(&subjects, &judged);
        entries.chunks(1).for_each(|chunk| linker.take(chunk));
        let found = linker.finish(Thresholds::default());
        let tell = |(c, v): &(Candidate, Verdict)| {
            let word = match v {
                Verdict::Accepted => "linked",
                Verdict::Review => "review",
                Verdict::Rejected => "not",
            };
            format!("{word} {}", c.iri)
        };
        found.first().unwrap().iter().map(tell).collect::<Vec<_>>()
    };
    assert_eq!(run(entries), expected);
    let backwards: Vec<Entry> = entries.iter().rev().cloned().collect();
    assert_eq!(run(&backwards), expected, "the order of entries does not matter");
}

const BODY: Option<EntityType> = Some(EntityType::Company);
const PERSON: Option<EntityType> = Some(EntityType::Person);

#[test]
fn equal_names_are_linked_and_doubts_are_questions() {
    let gas = subject("Andina Gas", EntityType::Company, "PE");
    check(&gas, &[entry("urn:a", &["Andina Gas S.A."], BODY, Some("PE"))], &["linked urn:a"]);
    check(&gas, &[entry("urn:a", &["ANDINA GAS"], BODY, None)], &["linked urn:a"]);
    check(&gas, &[entry("urn:a", &["Andina Gas"], BODY, Some("NO"))], &["review urn:a"]);
    let two = [entry("urn:a", &["Andina Gas"], BODY, None), entry("urn:b", &["Andina Gas"], BODY, None)];
    check(&gas, &two, &["review urn:a", "review urn:b"]);
    let there = [entry("urn:a", &["Andina Gas"], BODY, Some("PE")), entry("urn:b", &["Andina Gas"], BODY, Some("NO"))];
    check(&gas, &there, &["linked urn:a"]);
    check(&gas, &[entry("urn:a", &["Andina Gas"], PERSON, None)], &[]);
    check(&gas, &[entry("urn:a", &["Boreal Timber"], BODY, None)], &[]);
    let group = subject("AGSA Mediation Group", EntityType::Organization, "");
    check(&group, &[entry("urn:a", &["Andina Gas", "AGSA"], BODY, None)], &[]);
    let trading = subject("AGSA Trading", EntityType::Company, "");
    check(&trading, &[entry("urn:a", &["Andina Gas", "AGSA"], BODY, None)], &["review urn:a"]);
}

#[test]
fn persons_without_a_country_and_countries_that_sound_alike_are_questions() {
    let ana = subject("Ana Ilves", EntityType::Person, "");
    check(&ana, &[entry("urn:a", &["Ana Ilves"], PERSON, Some("PE"))], &["review urn:a"]);
    let ana = subject("Ana Ilves", EntityType::Person, "PE");
    check(&ana, &[entry("urn:a", &["Ilves, Ana"], PERSON, Some("PE"))], &["linked urn:a"]);
    let country = subject("Nigerr", EntityType::Country, "");
    let class = Some(EntityType::Country);
    let near = [entry("urn:ne", &["Niger"], class, None), entry("urn:ng", &["Nigeria"], class, None)];
    check(&country, &near, &["review urn:ne"]);
}

#[test]
fn identifiers_and_people_decide() {
    let mut gas = subject("Andina Gas", EntityType::Company, "PE");
    gas.identifiers.insert("urn:lei:5".into());
    let mut other = entry("urn:z", &["Quite Another"], BODY, Some("NO"));
    other.also.push("urn:lei:5".into());
    check(&gas, &[other, entry("urn:a", &["Andina Gas"], BODY, Some("PE"))], &["linked urn:z"]);
    let gas = subject("Andina Gas", EntityType::Company, "PE");
    let entries =
        [entry("urn:a", &["Andina Gas"], BODY, Some("PE")), entry("urn:b", &["Andina Gaz"], BODY, Some("PE"))];
    check_judged(&gas, &entries, &[("urn:b", Judged::Same)], &["linked urn:b"]);
    check_judged(&gas, &entries[..1], &[("urn:a", Judged::Different)], &["not urn:a"]);
}

/// The entries of a described dataset in a file of the given name: `iri name|name class country`.
#[track_caller]
fn check_entries(yaml: &str, file: &str, text: &str, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.yaml"), yaml).unwrap();
    let path = folder.path().join(file);
    std::fs::write(&path, text).unwrap();
    let packed = folder.path().join(format!("{file}.gz"));
    let mut encoder =
        flate2::write::GzEncoder::new(std::fs::File::create(&packed).unwrap(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap();
    let dataset = Dataset::find(&folder.path().join("d.yaml").display().to_string()).unwrap();
    for path in [path, packed] {
        let mut found = Vec::new();
        stream_entries(&dataset, Some(&path), &mut |batch| {
            found.extend(batch.iter().map(|e| {
                let class = e.class.map_or("-", EntityType::as_str);
                format!("{} {} {class} {}", e.iri, e.names.join("|"), e.country.as_deref().unwrap_or("-"))
            }));
            Ok(())
        })
        .unwrap();
        assert_eq!(found, expected);
    }
}

#[test]
fn datasets_of_every_format_are_streamed() {
    let table = "{dataset: d, title: D, format: table, id: nr, iri: 'urn:{}', class: Company, names: [name, also], list: ';', country: land}";
    let rows = "nr,name,also,land\n1,Andina,A;B,PE\n,No id,,\n";
    check_entries(table, "d.csv", rows, &["urn:1 Andina|A|B Company PE"]);
    let ftm = "{dataset: d, title: D, format: ftm, iri: 'urn:{}'}";
    let lines = "{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Andina\"],\"country\":[\"pe\"]}}\n{\"id\":\"s\",\"schema\":\"Sanction\",\"properties\":{}}\n";
    check_entries(ftm, "d.json", lines, &["urn:a Andina Company PE"]);
    let wikidata = "{dataset: d, title: D, format: wikidata, iri: 'urn:{}', classes: {Q5: Person}, languages: [en]}";
    let claim = |q: &str| format!("[{{\"mainsnak\":{{\"datavalue\":{{\"value\":{{\"id\":\"{q}\"}}}}}}}}]");
    let item = |id: &str, class: &str| {
        format!(
            "{{\"id\":\"{id}\",\"labels\":{{\"en\":{{\"value\":\"Ana\"}},\"fi\":{{\"value\":\"Änä\"}}}},\"aliases\":{{\"en\":[{{\"value\":\"A. I.\"}}]}},\"claims\":{{\"P31\":{},\"P27\":{}}}}},\n",
            claim(class),
            claim("Q419")
        )
    };
    let dump = format!("[\n{}{}]\n", item("Q1", "Q5"), item("Q2", "Q9"));
    check_entries(wikidata, "d.json", &dump, &["urn:Q1 Ana|A. I. Person PE"]);
    let rdf = "{dataset: d, title: D, format: rdf, names: ['urn:n'], type: 'urn:t', classes: {'urn:P': Person}}";
    let triples = "<urn:1> <urn:n> \"Ana\" .\n<urn:1> <urn:t> <urn:P> .\n<urn:2> <urn:n> \"Bo\" .\n<urn:3> <urn:t> <urn:P> .\n<urn:3> <urn:n> \"Cy\"@en .\n";
    check_entries(rdf, "d.nt", triples, &["urn:1 Ana Person -", "urn:3 Cy Person -"]);
}

#[test]
fn descriptions_are_checked() {
    assert!(list_datasets().unwrap().iter().filter(|d| d.2).count() >= 2);
    let told = Dataset::find("countires").unwrap_err();
    assert!(told.hint().unwrap().contains("did you mean countries?"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.yaml");
    std::fs::write(&path, "dataset: d\ntitle: D\nformat: tabel\n").unwrap();
    let told = Dataset::find(&path.display().to_string()).unwrap_err().to_string();
    assert!(told.contains("d.yaml:3:"), "{told}");
    std::fs::write(&path, "{dataset: d, title: D, at: d.csv, format: table, id: nr, names: [nmae]}").unwrap();
    std::fs::write(folder.path().join("d.csv"), "nr,name\n1,a\n").unwrap();
    let dataset = Dataset::find(&path.display().to_string()).unwrap();
    let told = stream_entries(&dataset, None, &mut |_| Ok(())).unwrap_err();
    assert!(told.to_string().contains("no column `nmae`") && told.hint().unwrap().contains("nr, name"), "{told}");
}

#[test]
fn mappings_are_read_as_they_were_written() {
    let row = |object: &str, exact: bool, negated: bool, manual: bool| Mapping {
        subject: "https://w3id.org/dossier/id/peru".into(),
        subject_label: "Peru".into(),
        exact,
        negated,
        object: object.into(),
        object_label: "P\teru".split_whitespace().collect::<Vec<_>>().join(" "),
        manual,
        confidence: 0.75,
        comment: "why: \"it is\"".into(),
    };
    let rows = [
        row("http://www.wikidata.org/entity/Q419", true, false, true),
        row("https://example.org/c#1", false, false, false),
        row("https://other.example/x/2/", true, true, true),
        row("urn:land:7", true, false, false),
    ];
    let text = write_mappings("d-1", &[("license", "urn:l".into())], &rows);
    assert_eq!(read_mappings(&text, "t").unwrap(), rows);
    assert!(text.contains(": \"urn:land:\"\n"), "{text}");
    assert!(text.contains("#license: \"urn:l\"\n") && text.contains("\twikidata:Q419\t"), "{text}");
    let told = read_mappings(&text.replace("skos:closeMatch", "skos:near"), "t").unwrap_err().to_string();
    assert!(told.starts_with("t:") && told.contains("not `skos:near`"), "{told}");
}

/// A place lies in the country that its name is of; one of several countries, or one that the graph puts elsewhere, in none.
#[test]
fn places_lie_in_their_countries() {
    let dataset = Dataset::find("countries").unwrap();
    let mut subjects: Vec<Subject> =
        ["Lima", "Valencia", "Riga", "Nowhere"].iter().map(|name| subject(name, EntityType::Place, "")).collect();
    subjects.push(subject("Latvia", EntityType::Country, "LV"));
    subjects.push(subject("Peru", EntityType::Country, "PE"));
    let names = |pairs: Vec<(String, String)>| -> Vec<String> {
        let label = |iri: &String| subjects.iter().find(|s| s.iri == *iri).map(|s| s.label.clone()).unwrap();
        pairs.iter().map(|(place, country)| format!("{} in {}", label(place), label(country))).collect()
    };
    assert_eq!(names(dataset.find_countries_of_places(&subjects).unwrap()), ["Lima in Peru", "Riga in Latvia"]);
    let mut elsewhere = subjects.clone();
    elsewhere[0].countries.insert("US".into());
    assert_eq!(names(dataset.find_countries_of_places(&elsewhere).unwrap()), ["Riga in Latvia"]);
}

/// Old, foreign and short names of countries lead to the right one (98 in a hundred at least), none to a wrong one.
#[test]
fn countries_are_known_by_their_other_names() {
    let table = include_str!("../../tests/country_variants.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    let rows: Vec<Vec<&str>> = table.map(|line| line.split('\t').collect()).collect();
    let subjects: Vec<Subject> = rows.iter().map(|row| subject(row[1], EntityType::Country, "")).collect();
    let dataset = Dataset::find("countries").unwrap();
    let mut linker = Linker::new(&subjects, &[]);
    let findings = stream_entries(&dataset, None, &mut |batch| {
        linker.take(&batch);
        Ok(())
    });
    assert_eq!(findings.unwrap().findings, []);
    let countries = &crate::ontology::gazetteer::Gazetteer::embedded().countries;
    let (mut right, mut missed, mut wrong) = (BTreeMap::new(), Vec::new(), Vec::new());
    for (row, list) in rows.iter().zip(linker.finish(Thresholds::default())) {
        let linked = list.iter().find(|(_, v)| *v == Verdict::Accepted).map(|(c, _)| c.iri.clone());
        let country = countries.iter().find(|c| c.code == row[0]);
        let wanted = country.map(|c| format!("http://www.wikidata.org/entity/{}", c.wikidata));
        match (linked == wanted, linked) {
            (true, _) => *right.entry((row[0].is_empty(), row[2])).or_insert(0) += 1,
            (false, Some(other)) => wrong.push((row[1], other)),
            (false, None) => missed.push((row[1], row[2])),
        }
    }
    let codes: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    let asked = rows.iter().filter(|row| !row[0].is_empty()).count();
    assert!(asked >= 200 && codes.len() > 100, "{asked} names of {} countries", codes.len());
    assert_eq!(wrong, [], "none is linked with a wrong one");
    assert!(missed.len() * 50 <= asked, "{right:?} of {asked}; missed {missed:?}");
}
