//! Texts followed to their end, with an engine that says what a test wants.

use super::*;
use crate::cli::rig_for_tests::{Closed, Kept, Rig, rig, status};
use crate::clock::WallTime;
use crate::number::PhoneNumber;
use crate::phone::{CommandError, Diagnosis, SegmentCount, ThreadId};

fn text(id: i64, number: &str, delivery: Delivery) -> Event {
    Event::Message(TextMessage {
        id: MessageId(id),
        thread: ThreadId(1),
        direction: Direction::MobileOriginated,
        number: PhoneNumber::new(number),
        text: "Hello".to_owned(),
        undecodable_pdu: None,
        // In 2100, which is not before the test began.
        time: WallTime::from_unix_seconds(4_102_444_800, 0),
        sent_at: None,
        delivery,
        segments: 2,
        report_requested: false,
        read: true,
    })
}

/// Each text is queued, sent on its way, and ends as `end` says for its number. Taking one back
/// deletes it.
fn network(end: fn(&str) -> Vec<Delivery>) -> Rig {
    let mut id = 0;
    rig(Vec::new(), move |command, request| match command {
        Command::Message(MessageCommand::Submit(new)) => {
            id += 1;
            let number = new.to[0].as_str();
            let mut events = vec![text(id, number, Delivery::Queued), Event::Done { request }];
            events.extend(end(number).into_iter().map(|delivery| text(id, number, delivery)));
            events
        }
        Command::Message(MessageCommand::Cancel(id)) => {
            vec![Event::MessageDeleted(*id), Event::Done { request }]
        }
        _ => vec![Event::Done { request }],
    })
}

fn send(rig: &mut Rig, numbers: &[&str], output: Output) -> Result<ExitCode, CliError> {
    let numbers = numbers.iter().map(|number| DialString::parse(number).unwrap()).collect();
    let mut sender = Sender::start(numbers, "Hello".to_owned(), false, &mut rig.session, output);
    sender.follow(&mut rig.session, Stage::Sending)?;
    Ok(ExitCode::from(sender.exit_status()))
}

fn sending(done: u8) -> Delivery {
    Delivery::Sending(SegmentCount { done, total: 2 })
}

#[test]
fn every_change_is_one_line_and_all_taken_is_success() {
    let mut rig = network(|_| vec![sending(0), sending(0), sending(1), Delivery::Sent]);
    let kept = Kept::default();
    let ended = send(&mut rig, &["+15550100", "+15550107"], kept.output(true));
    assert_eq!(status(ended), "0");
    let states = ["queued", "sending", "sending", "sent"];
    assert_eq!(kept.values("state"), [states, states].concat());
    assert_eq!(kept.values("number").iter().filter(|number| *number == "+15550107").count(), 4);
}

#[test]
fn one_refused_text_is_enough_for_a_bad_end() {
    let refused = |number: &str| match number {
        "+15550109" => vec![sending(0), Delivery::Failed(Diagnosis::default())],
        _ => vec![sending(0), Delivery::Sent],
    };
    let mut rig = network(refused);
    let ended = send(&mut rig, &["+15550100", "+15550109"], Kept::default().output(true));
    assert_eq!(status(ended), "2");
    let mut rig = network(|_| vec![sending(0), Delivery::Unknown(Diagnosis::default())]);
    assert_eq!(status(send(&mut rig, &["+15550100"], Kept::default().output(true))), "1");
}

#[test]
fn a_text_that_could_not_be_stored_fails_without_a_line() {
    let mut rig = rig(Vec::new(), |_, request| {
        let (error, diagnosis) = (CommandError::Storage, Diagnosis::default());
        vec![Event::Failed { request, error, diagnosis }]
    });
    let kept = Kept::default();
    assert_eq!(status(send(&mut rig, &["+15550100"], kept.output(true))), "1");
    assert_eq!(kept.text(), "");
}

#[test]
fn other_texts_are_not_ours() {
    let mut rig = network(|number| match number {
        "+15550100" => vec![sending(0), Delivery::Sent],
        _ => Vec::new(),
    });
    // Sent by the window at the same time: another text, or older.
    let mut other = text(77, "+15550100", Delivery::Queued);
    if let Event::Message(message) = &mut other {
        message.text = "Other".to_owned();
    }
    let kept = Kept::default();
    let mut sender = Sender::start(
        vec![DialString::parse("+15550100").unwrap()],
        "Hello".to_owned(),
        false,
        &mut rig.session,
        kept.output(true),
    );
    sender.take(&other, &mut rig.session, Stage::Sending).unwrap();
    assert_eq!(kept.text(), "");
    sender.follow(&mut rig.session, Stage::Sending).unwrap();
    assert_eq!(kept.values("state"), ["queued", "sending", "sent"]);
}

#[test]
fn ctrl_c_and_a_reader_that_left_take_back_what_is_queued() {
    // The key is pressed before the text is known to be queued.
    let mut rig = network(|_| Vec::new());
    rig.interrupt.send(()).unwrap();
    assert_eq!(status(send(&mut rig, &["+15550100"], Kept::default().output(true))), "1");
    let cancel = Command::Message(MessageCommand::Cancel(MessageId(1)));
    assert!(rig.sent.borrow().contains(&cancel));

    let mut rig = network(|_| Vec::new());
    let closed = Output::new(true, Box::new(Closed));
    assert_eq!(status(send(&mut rig, &["+15550100"], closed)), "1");
    assert!(rig.sent.borrow().contains(&cancel));

    // Too late to be taken back: what counts is that it was sent.
    let mut rig = network(|_| vec![sending(0), sending(1), Delivery::Sent]);
    let closed = Output::new(true, Box::new(Closed));
    assert_eq!(status(send(&mut rig, &["+15550100"], closed)), "0");
}
