#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;
use crate::span::TextIndex;

/// Columns, then each record: fragment, cells, and the words it is cited by; then what was found.
#[track_caller]
fn check(form: Form, text: &str, expected: &[&str], findings: &[&str]) {
    let rows = read_rows(form, "t", text).unwrap();
    let mut shown = vec![rows.columns.join(" ")];
    let index = TextIndex::new(text);
    for (record, span) in rows.records.iter().zip(spans_of(text, &rows.records)) {
        let cells: Vec<&str> = record.cells.iter().map(|c| c.as_deref().unwrap_or("-")).collect();
        let words = index.slice(text, span);
        assert_eq!(text.get(record.bytes.clone()), Some(words));
        shown.push(format!("{}: {} <{}>", record.fragment, cells.join(" "), words.replace('\n', "/")));
    }
    assert_eq!(shown, expected);
    let told: Vec<String> = rows.findings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), findings.len(), "{told:?}");
    told.iter().zip(findings).for_each(|(told, part)| assert!(told.contains(part), "{told}"));
}

#[test]
fn tables_of_any_dialect_give_rows() {
    check(Form::Table, "name,n\nAna,1\nBo,2\n", &["name n", "row=2: Ana 1 <Ana,1>", "row=3: Bo 2 <Bo,2>"], &[]);
    let semicolons = "Firma;Größe €\n\"A; B\";1,5\nÖ;2";
    check(Form::Table, semicolons, &["Firma Größe", "row=2: A; B 1,5 <\"A; B\";1,5>", "row=3: Ö 2 <Ö;2>"], &[]);
    check(Form::Table, "# remark\na\tb\n1\t\n", &["a b", "row=2: 1 - <1\t>"], &[]);
    check(Form::Table, "a,b\n\"x\ny\",2\n", &["a b", "row=2: x\ny 2 <\"x/y\",2>"], &[]);
}

#[test]
fn what_is_wrong_with_a_table_is_said_and_the_rest_is_read() {
    let ragged = "a,b\n1\n1,2,3\n1,2\n";
    let rows = ["a b", "row=2: 1 - <1>", "row=3: 1 2 <1,2,3>", "row=4: 1 2 <1,2>"];
    check(Form::Table, ragged, &rows, &["t:2:1: warning: the row has 1 cells", "t:3:1: warning: the row has 3 cells"]);
    let twice = "name,name,,name\n1,2,3,4\n";
    let rows = ["name name_2 column_3 name_3", "row=2: 1 2 3 4 <1,2,3,4>"];
    check(Form::Table, twice, &rows, &["?name_2", "?name_3"]);
    let broken = "a,b\n1,2\n\"3,4\n5,6\n7,8\n";
    let rows = ["a b", "row=2: 1 2 <1,2>", "row=4: 5 6 <5,6>", "row=5: 7 8 <7,8>"];
    check(Form::Table, broken, &rows, &["t:3:1: error: a quotation mark opens here"]);
    assert!(read_rows(Form::Table, "t", "\n\n").unwrap_err().message.contains("no header"));
}

#[test]
fn objects_give_rows_and_lists_a_row_each() {
    let text = "[{\"n\": \"é\", \"at\": {\"city\": \"Oslo\"}},\n {\"n\": null, \"k\": [1, 2]}]";
    let rows = [
        "at_city k n",
        "/0: Oslo - é <{\"n\": \"é\", \"at\": {\"city\": \"Oslo\"}}>",
        "/1: - 1 - <{\"n\": null, \"k\": [1, 2]}>",
        "/1: - 2 - <{\"n\": null, \"k\": [1, 2]}>",
    ];
    check(Form::Json, text, &rows, &[]);
    check(Form::Json, "{\"x/y\": [{\"a\": 1}], \"n\": 3}", &["a", "/x~1y/0: 1 <{\"a\": 1}>"], &[]);
    let lines = "{\"a\":1}\n\n{\"a\":\n{\"a\":2}";
    check(Form::JsonLines, lines, &["a", "line=0,1: 1 <{\"a\":1}>", "line=3,4: 2 <{\"a\":2}>"], &["t:3:"]);
    let wrong = read_rows(Form::Json, "t", "[{\"a\": 1},\n {\"a\" 2}]").unwrap_err().to_string();
    assert!(wrong.starts_with("t:2:7: error: no JSON: expected `:`"), "{wrong}");
}

#[test]
fn yaml_items_are_cited_by_their_lines() {
    let text = "# people\n- name: Ana\n  post: chair\n\n- name: Bo\n";
    let rows = ["name post", "line=1,3: Ana chair <- name: Ana/  post: chair>", "line=4,5: Bo - <- name: Bo>"];
    check(Form::Yaml, text, &rows, &[]);
    let wrong = read_rows(Form::Yaml, "t", "- a: 1\n- b: [\n").unwrap_err();
    assert!(wrong.place.is_some() && wrong.message.contains("nothing of it is read"), "{wrong}");
}

#[test]
fn rdf_is_kept_as_lines_and_an_error_keeps_nothing() {
    let turtle = "@prefix : <http://e/> .\n:a :b [ :c 1 ] .\n";
    let text = rdf::to_statements("t", oxigraph::io::RdfFormat::Turtle, turtle.as_bytes()).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    let one = "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>";
    assert_eq!(lines, ["<http://e/a> <http://e/b> _:b1 .", &format!("_:b1 <http://e/c> {one} .")]);
    let broken = "@prefix : <http://e/> .\n:a :b :c .\n:a :b ; .\n";
    let wrong = rdf::to_statements("t", oxigraph::io::RdfFormat::Turtle, broken.as_bytes()).unwrap_err();
    assert_eq!(wrong.place.map(|p| p.0), Some(3), "{wrong}");
}
