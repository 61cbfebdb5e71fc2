//! Lists as spreadsheets write them. The scientific notation and the `="…"` form are those that
//! Excel 365 and LibreOffice 24 show and save for `+4915123456789`.

use super::*;

const PERSON: &str = "Name;Handy\r\nAnna;+49 151 23456789\r\nبهار;0912 345 6789\r\n";

fn table(text: &str) -> Table {
    read("list.csv", text.as_bytes()).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    table(text).rows
}

fn texts(merged: &Merged) -> Vec<(&str, &str)> {
    merged.texts.iter().map(|(number, text)| (number.as_str(), text.as_str())).collect()
}

#[test]
fn the_separator_is_found_out() {
    for separator in [',', ';', '\t', '|'] {
        let text = PERSON.replace(';', &separator.to_string());
        let table = table(&text);
        assert_eq!(table.columns, ["Name", "Handy"], "{separator:?}");
        assert_eq!(table.rows[1], ["بهار", "0912 345 6789"], "{separator:?}");
        assert_eq!(table.problems, [""; 0]);
    }
    // A comma in the texts is no separator, and Excel may say what it is.
    let table = table("who;what\nAnna, dear;Hi, you, there\n");
    assert_eq!(table.rows, [["Anna, dear", "Hi, you, there"]]);
    assert_eq!(rows("sep=|\r\na|b;c\r\n1|2;3\r\n"), [["1", "2;3"]]);
    assert_eq!(rows("a\n1,2\n"), [["1,2"]]);
}

#[test]
fn every_usual_encoding_is_read() {
    let text = "Name;Handy\nJörg Müller;0151 23456789\n";
    let utf16 = |big: bool| -> Vec<u8> {
        let octets = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(octets).collect()
    };
    let western: Vec<u8> = text.chars().map(|c| u32::from(c) as u8).collect();
    for (what, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16 LE with mark", [b"\xff\xfe".to_vec(), utf16(false)].concat()),
        ("UTF-16 BE with mark", [b"\xfe\xff".to_vec(), utf16(true)].concat()),
        ("UTF-16 LE", utf16(false)),
        ("UTF-16 BE", utf16(true)),
        ("Windows-1252", western),
    ] {
        let table = read("list.csv", &bytes).unwrap();
        assert_eq!(table.columns, ["Name", "Handy"], "{what}");
        assert_eq!(table.rows, [["Jörg Müller", "0151 23456789"]], "{what}");
    }
    let euro = read("list.csv", b"Preis,Handy\n5 \x80,0151 23456789\n").unwrap();
    assert_eq!(euro.rows[0][0], "5 €");
}

#[test]
fn a_workbook_is_named_rather_than_read_as_lines() {
    // How ZIP archives (.xlsx, .ods) and compound files (.xls) begin, as `file` knows them.
    for bytes in [&b"PK\x03\x04\x14\0\x06\0a,b\nc,d\n"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"] {
        let refused = read("list.xlsx", bytes).unwrap_err();
        assert!(refused.to_string().contains("save it as CSV"), "{refused}");
    }
    assert_eq!(rows("PK,number\nx,+15550100\n"), [["x", "+15550100"]]);
}

#[test]
fn quotation_marks_hold_separators_marks_and_line_ends() {
    let text = "name,note,tel\r\n\"Doe, \"\"J\"\"\",\"two\r\nlines\",+15550100\r\n";
    assert_eq!(rows(text), [["Doe, \"J\"", "two\r\nlines", "+15550100"]]);
    let open = table("name,tel\nA,1\nB,\"2\nC,3\nD,4\n");
    assert_eq!(open.rows.len(), 2);
    assert!(open.problems[0].contains("line 3") && open.problems[0].contains("never closed"));
}

#[test]
fn a_first_line_with_a_number_is_no_line_of_names() {
    let table = table("Anna,+49 151 23456789\nBen,0912 345 6789\n");
    assert_eq!(table.columns, ["1", "2"]);
    assert_eq!(table.rows.len(), 2);
    assert_eq!(number_column(&table), Some(1));
    assert_eq!(fill("Hi { 1 }", &table, 1), "Hi Ben");
    assert_eq!(super::read("l", b"day;2026-11-23;tel\na;b;+15550100\n").unwrap().rows.len(), 1);
}

#[test]
fn ragged_lines_are_made_to_fit_and_named_by_their_line() {
    let table = table("a,b,c\n\n1,2\n\n\n \n1,2,3,4\n,,\n1,2,3,\n1,2,3\n");
    assert_eq!(table.rows, [["1", "2", ""], ["1", "2", "3"], ["1", "2", "3"], ["1", "2", "3"]]);
    assert_eq!(table.problems.len(), 2, "{:?}", table.problems);
    assert!(table.problems[0].starts_with("Line 3 has 2 fields instead of 3"));
    assert!(table.problems[1].starts_with("Line 7 has 4 fields instead of 3"));
    let old_macintosh = super::read("l", b"a,b\r1,2\r1\r").unwrap();
    assert!(old_macintosh.problems[0].starts_with("Line 3 has 1 field instead"));
}

#[test]
fn a_file_has_limits() {
    assert_eq!(read("l", b""), Err(MergeError::Empty));
    assert_eq!(read("l", b"\r\n\n  \n"), Err(MergeError::Empty));
    assert_eq!(read("l", b"name,number\n"), Err(MergeError::Empty));
    assert_eq!(read("l", &vec![b'a'; MOST_OCTETS + 1]), Err(MergeError::TooLarge));
    let many = table(&format!("n,t\n{}", "1,2\n".repeat(MOST_ROWS + 5)));
    assert_eq!(many.rows.len(), MOST_ROWS);
    assert_eq!(many.problems.len(), 1);
    assert!(many.problems[0].contains("Line 10002"), "{:?}", many.problems);
    let ragged = table(&format!("a,b\n{}", "1\n".repeat(5_000)));
    assert_eq!(ragged.problems.len(), 100);
    assert_eq!(ragged.problems[99], "And 4901 more lines like these");
    let names: String = (0..300).map(|n| format!("c{n},")).collect();
    let wide = table(&format!("{names}\n{}", "y,".repeat(300)));
    assert_eq!((wide.columns.len(), wide.rows[0].len()), (MOST_COLUMNS, MOST_COLUMNS));
    assert!(wide.problems[0].contains("200 of 301"), "{:?}", wide.problems);
}

#[test]
fn the_number_column_is_found_by_name_and_contents() {
    let found = |text: &str| {
        let table = table(text);
        number_column(&table).map(|at| table.columns[at].clone()).unwrap_or_default()
    };
    for name in [
        "number",
        "Phone",
        "mobile",
        "TEL",
        "Telefon",
        "telephone",
        "Handy",
        "móvil",
        "номер",
        "شماره",
        "电话",
        "Mobilnummer",
        "شماره موبایل",
        "Phone 1 - Value",
        "Téléphone",
    ] {
        assert_eq!(found(&format!("name,{name},n\nA,+15550100,+15550101\n")), name);
    }
    // The mobile phone rather than the one at home, never the fax, never the customer's number.
    assert_eq!(
        found("Fax,Home phone,Mobile phone\n0301111111,0302222222,0173333333\n"),
        "Mobile phone"
    );
    assert_eq!(found("Fax,Contact\n0301111111,0302222222\n"), "Contact");
    assert_eq!(found("Customer number,Contact\n10023456,+491512345678\n"), "Contact");
    assert_eq!(found("when,amount,x\n2026-11-23,12.50,0912 345 6789\n"), "x");
    assert_eq!(found("name,city\nAnna,Berlin\n"), "");
    // What a spreadsheet has spoilt is found, so that it can be named.
    assert_eq!(found("name,x\nAnna,4.91512E+11\n"), "x");
    // A network's short numbers have their column by its name only.
    assert_eq!(found("name,number,n\nInfo,22922,22922\n"), "number");
}

#[test]
fn fields_are_filled_in_and_braces_written_twice_stay() {
    let table = table("Name;Handy;Betrag\n Anna ;0151 23456789;\"5 {€}\"\n");
    let filled = |template: &str| fill(template, &table, 0);
    assert_eq!(filled("Hi {name}, { BETRAG } due"), "Hi Anna, 5 {€} due");
    assert_eq!(filled("{{name}} {{{name}}}"), "{name} {Anna}");
    for literal in ["{", "}", "{}", "{ }", "a { b", "a } b", "{na\nme}", "{ {name", "}{"] {
        assert_eq!(filled(literal), literal);
    }
    assert_eq!(filled("{ {name} }"), "{ Anna }");
    assert_eq!(filled("{nobody} {name}"), "{nobody} Anna");
    assert_eq!(unknown_fields("{Nobody} {name} {x} {Nobody} {{y}}", &table), ["Nobody", "x"]);
    assert_eq!(fill("{name}", &table, 7), "{name}");
}

#[test]
fn each_line_makes_a_text_or_a_problem() {
    let list = "name,number\nAnna,+1 555 0100\nBen,\nCleo,+44 20 7946 0ABC\n,+15550107\n\
                Dora,0015550100\nEd,*100#\nFay,0171 1234567 / 0172 1234567\n";
    let table = table(list);
    let merged = merge("{name}", &table, 1);
    assert_eq!(texts(&merged), [("+15550100", "Anna"), ("0015550100", "Dora")]);
    let rows: Vec<usize> = merged.problems.iter().map(|problem| problem.row).collect();
    assert_eq!(rows, [1, 2, 3, 4, 5, 6]);
    let words = [
        "no number",
        "“A” is a letter",
        "text is empty",
        "Row 1 has the same",
        "a code",
        "22 digits",
    ];
    for (problem, word) in merged.problems.iter().zip(words) {
        assert!(problem.sentence.contains(word), "{problem:?}");
    }
    assert!(merge("x", &table, 9).texts.is_empty());
}

#[test]
fn what_a_spreadsheet_did_to_a_number_is_undone_or_named() {
    let list = "name,number\nA,\"=\"\"+4915123456789\"\"\"\nB,'+4915123456788\nC,4.91512E+11\n\
                D,\"4,91512E+11\"\nE,4915123456789.0\nF,=A1\nG,1e999999\n";
    let merged = merge("Hi", &table(list), 1);
    assert_eq!(texts(&merged), [("+4915123456789", "Hi"), ("+4915123456788", "Hi")]);
    let words =
        ["shortened by a spreadsheet"; 2].into_iter().chain(["decimal", "formula", "shortened"]);
    assert_eq!(merged.problems.len(), 5);
    for (problem, word) in merged.problems.iter().zip(words) {
        assert!(problem.sentence.contains(word), "{problem:?}");
    }
    // In other columns an apostrophe may belong to the name.
    let table = table("name,number\n’t Hart,+15550100\n");
    assert_eq!(fill("{name}", &table, 0), "’t Hart");
}

#[test]
fn texts_together_have_a_limit() {
    let cell = "x".repeat(150_000);
    let list = format!("text,number\n{}", format!("{cell},+15550100\n").repeat(40));
    let table = table(&list);
    let merged = merge("{text}", &table, 1);
    assert_eq!(merged.texts.len(), 40);
    let merged = merge("{text}{text}", &table, 1);
    assert!(merged.texts.is_empty());
    assert!(merged.problems[0].sentence.contains("longer than can be sent"));
}

#[test]
fn ten_thousand_lines_take_no_time() {
    let person = |n: usize| format!("Person {n};0151{n:07};Berlin\n");
    let list = format!("name;mobil;ort\n{}", (0..MOST_ROWS).map(person).collect::<String>());
    let table = table(&list);
    let merged = merge("Hallo {name} in {ort}", &table, number_column(&table).unwrap());
    assert_eq!((merged.texts.len(), merged.problems.len()), (MOST_ROWS, 0));
    assert_eq!(merged.texts[9_999].1, "Hallo Person 9999 in Berlin");
}
