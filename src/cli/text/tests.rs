//! Texts followed to their end, with an engine that says what a test wants.

use super::*;
use crate::cli::rig_for_tests::{Closed, Kept, Rig, rig, status};
use crate::clock::WallTime;
use crate::number::{DialString, PhoneNumber};
use crate::phone::{
    BatchAction, BatchId, Command, CommandError, Delivery, Diagnosis, Direction, Event,
    MessageCommand, MessageId, MessageKind, Retry, SegmentCount, TextMessage, ThreadId,
};

fn text(id: i64, number: &str, delivery: Delivery) -> Event {
    Event::Message(TextMessage {
        id: MessageId(id),
        thread: ThreadId(1),
        direction: Direction::MobileOriginated,
        number: PhoneNumber::new(number),
        kind: MessageKind::Text,
        text: "Hello".to_owned(),
        undecodable_pdu: None,
        // In 2100, which is not before the test began.
        time: WallTime::from_unix_seconds(4_102_444_800, 0),
        sent_at: None,
        delivery,
        segments: 2,
        delivered_segments: 0,
        options: SendOptions::default(),
        batch: None,
        read: true,
    })
}

/// Each text is queued, sent on its way, and ends as `end` says for its number. Taking one back
/// deletes it.
fn network(end: fn(&str) -> Vec<Delivery>) -> Rig {
    rig(Vec::new(), move |command, request| match command {
        Command::Message(MessageCommand::Submit(new)) => {
            let texts = new.to.iter().map(DialString::as_str).zip(1..);
            let texts: Vec<(&str, i64)> = texts.collect();
            let queued = texts.iter().map(|(number, id)| text(*id, number, Delivery::Queued));
            let mut events: Vec<Event> = queued.collect();
            events.push(Event::Done { request });
            for (number, id) in texts {
                events.extend(end(number).into_iter().map(|delivery| text(id, number, delivery)));
            }
            events
        }
        Command::Message(MessageCommand::Cancel(id)) => {
            vec![Event::MessageDeleted(*id), Event::Done { request }]
        }
        _ => vec![Event::Done { request }],
    })
}

fn sender(rig: &mut Rig, numbers: &[&str], output: Output) -> Sender {
    let numbers: Vec<String> = numbers.iter().map(|&number| number.to_owned()).collect();
    let orders = Orders::to_numbers(&numbers, "Hello").unwrap();
    Sender::start(&orders, SendOptions::default(), &mut rig.session, output)
}

fn send(rig: &mut Rig, numbers: &[&str], output: Output) -> Result<ExitCode, CliError> {
    let mut sender = sender(rig, numbers, output);
    sender.follow(&mut rig.session, Stage::Sending)?;
    Ok(ExitCode::from(sender.exit_status(Stage::Sending)))
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
    // Both are queued before the first one is sent.
    assert_eq!(kept.values("state"), [["queued"; 2].to_vec(), [&states[1..]; 2].concat()].concat());
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
    let mut sender = sender(&mut rig, &["+15550100"], kept.output(true));
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

fn far(delivery: fn(WallTime) -> Delivery) -> Delivery {
    // In 2100: nobody waits for it.
    delivery(WallTime::from_unix_seconds(4_102_444_800, 0))
}

fn retrying(at: WallTime) -> Delivery {
    let why = Diagnosis::new("The network is busy", "Wait");
    Delivery::Retrying(Retry { at, attempts: 1, why })
}

#[test]
fn a_text_that_waits_for_its_time_stays_when_the_program_ends() {
    let mut rig = rig(Vec::new(), |command, request| match command {
        Command::Message(MessageCommand::Submit(_)) => {
            vec![text(1, "+15550100", far(Delivery::Scheduled)), Event::Done { request }]
        }
        _ => vec![Event::Done { request }],
    });
    let kept = Kept::default();
    rig.interrupt.send(()).unwrap();
    assert_eq!(status(send(&mut rig, &["+15550100"], kept.output(true))), "1");
    assert_eq!(kept.values("state"), ["scheduled"]);
    assert_eq!(kept.values("at"), ["2100-01-01T00:00:00Z"]);
    assert_eq!(rig.sent.borrow().len(), 1, "nothing is taken back");
}

#[test]
fn storing_is_enough_if_nobody_wants_to_wait() {
    let mut rig = network(|_| vec![sending(0)]);
    let kept = Kept::default();
    let mut sender = sender(&mut rig, &["+15550100", "+15550107"], kept.output(true));
    sender.follow(&mut rig.session, Stage::Storing).unwrap();
    assert_eq!(sender.exit_status(Stage::Storing), 0);
    assert_eq!(kept.values("state"), ["queued", "queued"]);
}

#[test]
fn a_failure_that_passes_is_waited_for_or_is_the_end() {
    let story = |_: &str| vec![sending(0), far(retrying), sending(0), Delivery::Sent];
    let kept = Kept::default();
    assert_eq!(status(send(&mut network(story), &["+15550100"], kept.output(true))), "0");
    assert_eq!(kept.values("state"), ["queued", "sending", "retrying", "sending", "sent"]);
    assert_eq!(kept.values("next_attempt"), ["2100-01-01T00:00:00Z"]);
    assert_eq!(kept.values("cause"), ["The network is busy"]);

    let (mut rig, kept) = (network(|_| vec![sending(0), far(retrying)]), Kept::default());
    let mut sender = sender(&mut rig, &["+15550100"], kept.output(true));
    sender.no_retry = true;
    sender.follow(&mut rig.session, Stage::Sending).unwrap();
    assert_eq!(sender.exit_status(Stage::Sending), 2);
    assert_eq!(kept.values("state"), ["queued", "sending", "failed"]);
    assert!(rig.sent.borrow().contains(&Command::Message(MessageCommand::Cancel(MessageId(1)))));
}

#[test]
fn a_network_that_is_lost_is_not_waited_for_as_long_as_one_that_is_slow() {
    use crate::phone::{NetworkState, Registration};
    let network_is =
        |registration| Event::Network(NetworkState { registration, ..NetworkState::default() });
    let mut rig = network(|_| Vec::new());
    let mut sender = sender(&mut rig, &["+15550100"], Kept::default().output(true));
    let take = |sender: &mut Sender, rig: &mut Rig, registration| {
        sender.take(&network_is(registration), &mut rig.session, Stage::Sending).unwrap();
        sender.waits_until()
    };
    let slow = sender.waits_until();
    let lost = take(&mut sender, &mut rig, Registration::Denied);
    assert!(lost < slow);
    assert_eq!(take(&mut sender, &mut rig, Registration::NotRegistered), lost, "still lost");
    let queued = text(1, "+15550100", Delivery::Queued);
    sender.take(&queued, &mut rig.session, Stage::Sending).unwrap();
    assert_eq!(sender.waits_until(), lost, "a text that waits is no progress");
    assert!(take(&mut sender, &mut rig, Registration::Home) >= slow);
}

#[test]
fn a_list_is_taken_back_at_once() {
    let in_batch = |id, number, delivery| match text(id, number, delivery) {
        Event::Message(message) => {
            Event::Message(TextMessage { batch: Some(BatchId(9)), ..message })
        }
        other => other,
    };
    let numbers = ["+15550100", "+15550107"];
    let mut rig = rig(Vec::new(), move |command, request| match command {
        Command::Message(MessageCommand::Submit(_)) => vec![
            in_batch(1, numbers[0], Delivery::Queued),
            in_batch(2, numbers[1], Delivery::Queued),
            Event::Done { request },
        ],
        Command::Message(MessageCommand::Batch(..)) => vec![
            Event::Done { request },
            in_batch(1, numbers[0], Delivery::Failed(Diagnosis::default())),
            in_batch(2, numbers[1], Delivery::Failed(Diagnosis::default())),
        ],
        _ => vec![Event::Done { request }],
    });
    rig.interrupt.send(()).unwrap();
    assert_eq!(status(send(&mut rig, &numbers, Kept::default().output(true))), "1");
    let sent = rig.sent.borrow();
    let cancel = Command::Message(MessageCommand::Batch(BatchId(9), BatchAction::Cancel));
    assert_eq!(sent.iter().filter(|command| **command == cancel).count(), 1);
    assert_eq!(sent.len(), 2);
}

#[test]
fn one_recipient_written_twice_gets_one_text() {
    // The engine knows by the country that they are one; it tells of one text.
    let mut rig = rig(Vec::new(), |command, request| match command {
        Command::Message(MessageCommand::Submit(_)) => vec![
            text(1, "+15550100", Delivery::Queued),
            Event::Done { request },
            text(1, "+15550100", Delivery::Sent),
        ],
        _ => vec![Event::Done { request }],
    });
    let kept = Kept::default();
    assert_eq!(status(send(&mut rig, &["+15550100", "22922"], kept.output(true))), "0");
    assert_eq!(kept.values("state"), ["queued", "sent"]);
}

#[test]
fn a_segment_that_arrived_is_news() {
    let delivered = |id, segments| match text(id, "+15550100", Delivery::Sent) {
        Event::Message(message) => {
            Event::Message(TextMessage { delivered_segments: segments, ..message })
        }
        other => other,
    };
    let mut rig = rig(Vec::new(), move |command, request| match command {
        Command::Message(MessageCommand::Submit(_)) => vec![
            text(1, "+15550100", Delivery::Queued),
            Event::Done { request },
            delivered(1, 0),
            delivered(1, 1),
            delivered(1, 1),
            text(1, "+15550100", Delivery::Delivered),
        ],
        _ => vec![Event::Done { request }],
    });
    let kept = Kept::default();
    let mut sender = sender(&mut rig, &["+15550100"], kept.output(true));
    sender.follow(&mut rig.session, Stage::Sending).unwrap();
    sender.follow_reports(&mut rig.session, std::time::Duration::from_secs(5)).unwrap();
    assert_eq!(kept.values("state"), ["queued", "sent", "sent", "delivered"]);
    assert_eq!(sender.exit_status(Stage::Sending), 0);
}
