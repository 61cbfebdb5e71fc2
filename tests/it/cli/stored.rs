//! `deskphone messages`: listing, searching, exporting.

use super::program::{Program, Simulator, run};
use serde_json::Value;
use tempfile::TempDir;

/// A store with texts in both directions, and with two people.
fn store() -> TempDir {
    let data = tempfile::tempdir().unwrap();
    let script = data.path().join("script");
    let texts = "1 text from +15550107 =Grüße, \"you\"\n1 text from +15550100 One two three\n";
    std::fs::write(&script, texts).unwrap();
    let simulator =
        Simulator::start(&["--tcp", "127.0.0.1:0", "--script", script.to_str().unwrap()]);
    let arguments = ["listen", "--port", &simulator.port, "--json", "--for", "60"];
    let mut listen = Program::start(data.path(), &arguments, b"");
    listen.line_with("\"received\"");
    listen.line_with("\"received\"");
    let _ = listen.child.kill();
    let _ = listen.child.wait();
    run(&data, &["text", "+15550100", "--message", "Two", "--no-wait"]).expect(0);
    data
}

#[test]
fn texts_are_listed_and_searched() {
    let data = store();
    let all = run(&data, &["messages", "list", "--json"]).expect(0).words("text");
    assert_eq!(all.len(), 3);
    assert_eq!(all[2], "Two");
    let with = ["messages", "list", "--with", "1 555 0100", "--json"];
    let with = run(&data, &with).expect(0).words("text");
    assert_eq!(with, ["One two three", "Two"]);
    let newest = run(&data, &["messages", "list", "--limit", "1", "--json"]).expect(0);
    assert_eq!(newest.words("text"), ["Two"]);

    let found = run(&data, &["messages", "search", "TWO", "--json"]).expect(0);
    assert_eq!(found.words("text"), ["Two", "One two three"]);
    // Places are counted in characters.
    let marks: Vec<Value> = found.json().iter().map(|line| line["marks"].clone()).collect();
    assert_eq!(marks, [serde_json::json!([[0, 3]]), serde_json::json!([[4, 7]])]);
    let both = run(&data, &["messages", "search", "three", "one", "--json"]).expect(0);
    assert_eq!(both.words("text"), ["One two three"]);
    let one = run(&data, &["messages", "search", "two", "--limit", "1", "--json"]).expect(0);
    assert_eq!(one.words("text"), ["Two"]);
    assert_eq!(run(&data, &["messages", "search", "nothing"]).expect(0).stdout, "");
    let grüße = run(&data, &["messages", "search", "grusse", "--json"]).expect(0);
    assert!(grüße.words("text").len() <= 1);
    assert!(run(&data, &["messages", "search"]).status == Some(1));
}

#[test]
fn conversations_are_exported_in_every_form() {
    let data = store();
    let json = run(&data, &["messages", "export", "--format", "json"]).expect(0).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let texts: Vec<&str> =
        json.as_array().unwrap().iter().filter_map(|item| item["text"].as_str()).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    let csv = run(&data, &["messages", "export", "--format", "csv"]).expect(0).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().len();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.len() == columns), "{csv}");
    // What a spreadsheet would take for a formula is none.
    assert!(!rows.iter().any(|row| row.iter().any(|field| field.starts_with('='))), "{csv}");
    assert!(csv.contains("Grüße"));
    let flash = ["text", "+15550199", "--message", "Look", "--flash", "--no-wait"];
    run(&data, &flash).expect(0);
    for (number, kind) in [("+15550199", "flash"), ("+15550107", "text")] {
        let with = ["messages", "export", "--format", "csv", "--with", number];
        let csv = run(&data, &with).expect(0).stdout;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let at = reader.headers().unwrap().iter().position(|name| name == "kind").unwrap();
        let kinds: Vec<String> = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
        assert_eq!(kinds, [kind]);
    }
    let with = ["messages", "export", "--format", "text", "--with", "+15550107"];
    let text = run(&data, &with).expect(0).stdout;
    assert!(text.contains("Grüße") && !text.contains("Two"), "{text}");

    let file = data.path().join("out.txt");
    let to_file = [&with[..], &["--output", file.to_str().unwrap()]].concat();
    let told = run(&data, &to_file).expect(0).stdout;
    assert!(told.contains('1'), "{told}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    let nowhere = [&with[..], &["--output", "/no/such/folder/x"]].concat();
    assert!(run(&data, &nowhere).expect(1).stderr.contains("/no/such/folder"));
}

#[test]
fn an_export_has_every_conversation_once() {
    let data = tempfile::tempdir().unwrap();
    let list = data.path().join("list.csv");
    let person = |n: usize| format!("Person {n},+1555{:07}\n", n * 7);
    let people: String = (1..=60).map(person).collect();
    std::fs::write(&list, format!("name,phone\n{people}")).unwrap();
    let list = list.to_str().unwrap();
    run(&data, &["text", "--csv", list, "--message", "Hi {name}", "--no-wait"]).expect(0);
    let file = data.path().join("all.csv");
    let export = ["messages", "export", "--format", "csv"];
    let printed = run(&data, &export).expect(0).stdout;
    run(&data, &[&export[..], &["--output", file.to_str().unwrap()]].concat()).expect(0);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    assert_eq!(lines(&std::fs::read_to_string(&file).unwrap()), lines(&printed));
    let mut texts: Vec<String> = lines(&printed)[1..]
        .iter()
        .filter_map(|line| {
            line.split(',').find(|field| field.starts_with("Hi ")).map(str::to_owned)
        })
        .collect();
    let mut expected: Vec<String> = (1..=60).map(|n| format!("Hi Person {n}")).collect();
    texts.sort_unstable();
    expected.sort_unstable();
    assert_eq!(texts, expected);
}
