//! A text to everybody in a file.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;
use deskphone::ui::page::files::Purpose;
use std::path::PathBuf;
use std::sync::Arc;

fn ready() -> Rig {
    let mut rig = window(NORMAL, data::ready());
    rig.harness.state_mut().set_chooser_for_test();
    rig
}

trait ForTest {
    fn set_chooser_for_test(&mut self);
}

impl ForTest for deskphone::ui::App {
    fn set_chooser_for_test(&mut self) {
        self.set_file_chooser(|purpose| {
            assert_eq!(purpose, Purpose::Table);
            Some(PathBuf::from("/home/ada/people.csv"))
        });
    }
}

fn table() -> Table {
    let row = |name: &str, number: &str, time: &str| {
        vec![name.to_owned(), number.to_owned(), time.to_owned()]
    };
    Table {
        name: "people.csv".to_owned(),
        columns: vec!["name".to_owned(), "phone".to_owned(), "time".to_owned()],
        rows: vec![
            row("Ada", "+442079460018", "9:00"),
            row("Alan", "+441632960123", "9:30"),
            row("Nobody", "", "10:00"),
        ],
        problems: vec!["Line 5 has 2 fields instead of 3 and was left out".to_owned()],
    }
}

/// Waits for the thread of the file dialog.
fn chosen(rig: &mut Rig) -> RequestId {
    for _ in 0..200 {
        rig.harness.run();
        let script = rig.engine.script.borrow();
        let found = script.commands.iter().rev().find_map(|(id, command)| match command {
            Command::Message(MessageCommand::ReadTable(path)) => Some((*id, path.clone())),
            _ => None,
        });
        if let Some((id, path)) = found {
            assert_eq!(path, PathBuf::from("/home/ada/people.csv"));
            return id;
        }
        drop(script);
        std::thread::yield_now();
    }
    panic!("the file was not asked for");
}

fn open(rig: &mut Rig) {
    rig.click("Send options");
    rig.click("Send to a list…");
    rig.click("Choose a CSV file…");
    let request = chosen(rig);
    rig.tell(Event::Table { request, table: Arc::new(table()) });
    rig.tell(Event::Done { request });
}

fn batch(rig: &Rig) -> Option<NewBatch> {
    rig.engine.commands().into_iter().rev().find_map(|command| match command {
        Command::Message(MessageCommand::SubmitBatch(batch)) => Some(batch),
        _ => None,
    })
}

#[test]
fn everybody_in_the_file_gets_a_text_of_their_own() {
    let mut rig = ready();
    open(&mut rig);
    assert!(rig.shows("people.csv") && rig.shows("Line 5 has 2 fields"));
    rig.type_into("Text", "Dear ");
    rig.click("{name}");
    rig.type_into("Text", ", we see you at ");
    rig.click("{time}");
    assert_eq!(rig.value("Text"), "Dear {name}, we see you at {time}");
    assert!(rig.shows("Dear Ada, we see you at 9:00"), "the preview");
    assert!(rig.shows("2 people · 2 texts in all"));
    assert!(rig.shows("Line 4:"), "the line without a number is named");
    rig.press_button("Send 2 texts");
    let batch = batch(&rig).expect("a batch");
    assert_eq!(batch.name, "people.csv");
    let texts: Vec<(&str, &str)> =
        batch.texts.iter().map(|(to, text)| (to.as_str(), text.as_str())).collect();
    let expected = [
        ("+442079460018", "Dear Ada, we see you at 9:00"),
        ("+441632960123", "Dear Alan, we see you at 9:30"),
    ];
    assert_eq!(texts, expected);
    assert!(batch.options.status_report, "as the settings say");
    let request = rig.engine.last_request();
    rig.tell(Event::Done { request });
    assert!(rig.shows("Outbox"), "the page gives way to the outbox");
}

#[test]
fn a_field_that_the_file_has_not_is_named_and_nothing_is_sent() {
    let mut rig = ready();
    open(&mut rig);
    rig.type_into("Text", "Dear {surname}");
    assert!(rig.shows("The file has no column {surname}"));
    rig.press_button("Send 2 texts");
    assert_eq!(batch(&rig), None);
}

#[test]
fn a_list_that_is_refused_keeps_everything_and_says_why() {
    let mut rig = ready();
    open(&mut rig);
    rig.type_into("Text", "Hello {name}");
    rig.press_button("Send 2 texts");
    let request = rig.engine.last_request();
    let diagnosis = data::why("The disk is full", "Free some space, then send again");
    rig.tell(Event::Failed { request, error: CommandError::Storage, diagnosis });
    assert!(rig.shows("The disk is full"));
    assert_eq!(rig.value("Text"), "Hello {name}");
    rig.press_button("Send 2 texts");
    assert!(rig.engine.last_request() != request, "it can be sent again");
}

#[test]
fn a_file_that_is_no_list_says_why() {
    let mut rig = ready();
    rig.click("Send options");
    rig.click("Send to a list…");
    rig.click("Choose a CSV file…");
    let request = chosen(&mut rig);
    let diagnosis = data::why("The file has no lines", "Choose another file");
    rig.tell(Event::Failed { request, error: CommandError::BadInput, diagnosis });
    assert!(rig.shows("The file has no lines"));
    assert!(rig.shows("Choose a CSV file…"));
}
