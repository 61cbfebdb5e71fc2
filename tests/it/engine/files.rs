//! Conversations written to a file, and lists read from one.

use super::*;
use deskphone::phone::{Export, ExportFormat};
use std::path::Path;

fn export(rig: &mut Rig, numbers: &[&str], path: &Path, format: ExportFormat) -> String {
    let numbers = numbers.iter().map(|number| PhoneNumber::new(number)).collect();
    let export = Export { numbers, path: path.to_owned(), format };
    rig.done(Command::Message(MessageCommand::Export(export))).unwrap();
    std::fs::read_to_string(path).unwrap()
}

/// A text to Ada, one from Echo, and a call that nobody answers.
fn lived(mut rig: Rig) -> Rig {
    rig.connect();
    let ada = Contact::new("Ada").with_number("+15550100", "");
    rig.done(Command::Contact(ContactCommand::Save(ada))).unwrap();
    rig.done(text(&["+15550100"], "Hello Ada")).unwrap();
    rig.run_for(Duration::from_secs(10));
    incoming(&mut rig, "=1+1");
    rig.run_for(Duration::from_secs(10));
    rig.send(dial("+15550100"));
    rig.run_for(Duration::from_secs(5));
    let id = rig.state.calls[0].id;
    rig.done(Command::Call(CallCommand::Release(id))).unwrap();
    rig.run_for(Duration::from_secs(5));
    rig
}

#[test]
fn a_conversation_is_written_in_each_form_with_its_calls_in_the_order_of_time() {
    let folder = tempfile::tempdir().unwrap();
    for rig in [Rig::on_disk(folder.path()), Rig::new()] {
        let mut rig = lived(rig);
        let path = folder.path().join("export");
        let words = export(&mut rig, &["+15550100"], &path, ExportFormat::Text);
        let lines: Vec<&str> = words.lines().collect();
        assert!(lines[0].ends_with("To Ada (+15550100), delivered"), "{words}");
        assert_eq!(lines[1], "    Hello Ada");
        assert!(lines[3].ends_with("Call to Ada (+15550100), cancelled"), "{words}");
        let words = export(&mut rig, &[], &path, ExportFormat::Csv);
        let mut reader = csv::Reader::from_reader(words.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let events: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
        assert_eq!(events, ["text", "text", "call"], "everybody's, by time");
        assert_eq!(&rows[1][6], "'=1+1", "no formula");
        let words = export(&mut rig, &["5550100"], &path, ExportFormat::Json);
        let json: serde_json::Value = serde_json::from_str(&words).unwrap();
        assert_eq!(json.as_array().map(Vec::len), Some(2));
        assert_eq!(json[0]["text"], "Hello Ada");
        let counts = "1 text and 1 call exported";
        let told = |event: &Event| matches!(event, Event::Notice(notice) if notice.text == counts);
        assert!(rig.events.iter().any(told));
    }
}

#[test]
fn an_export_that_can_not_be_written_leaves_the_old_file_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    let path = folder.path().join("no such folder").join("export");
    let export = Export { numbers: Vec::new(), path, format: ExportFormat::Json };
    let refused = rig.done(Command::Message(MessageCommand::Export(export)));
    assert!(refused.unwrap_err().contains("can't be written"));
}

#[test]
fn a_list_is_read_and_told_and_a_file_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("guests.csv");
    std::fs::write(&path, "name;number\nAda;+15550100\nBoris;+15550101\n").unwrap();
    let mut rig = Rig::new();
    let request = rig.send(Command::Message(MessageCommand::ReadTable(path)));
    rig.until("the table", |rig| rig.outcome(request).is_some());
    let table = rig.events.iter().find_map(|event| match event {
        Event::Table { request: of, table } if *of == request => Some(table.clone()),
        _ => None,
    });
    let table = table.expect("a table before the outcome");
    assert_eq!(table.columns, ["name", "number"]);
    assert_eq!(table.rows.len(), 2);
    let nothing = Command::Message(MessageCommand::ReadTable(folder.path().join("nothing.csv")));
    assert!(rig.done(nothing).unwrap_err().contains("can't be read"));
}
