//! Short lives of a phone with texts coming and going, at once, at a time, in batches that are
//! paused and resumed, in which the network refuses, the link breaks and the program dies at any
//! moment.
//! Whatever happens, no text is lost, doubled or repeated.

use super::rig::Rig;
use deskphone::engine::EngineClient;
use deskphone::number::{DialString, PhoneNumber};
use deskphone::phone::{
    Answer, BatchAction, Command, Delivery, Direction, Event, LinkState, MessageCommand, NewBatch,
    NewMessage, Page, Query, SendOptions, TextMessage, TimelineItem,
};
use deskphone::simulator::{NetworkAction, Random};
use std::path::Path;
use std::time::Duration;

const RECIPIENT: &str = "+15550100";
const SENDER: &str = "+15550102";
/// Lives in a run; more with the environment variable `ENGINE_LIVES`.
const LIVES: u64 = 25;

/// What was asked of the phone and of the network.
#[derive(Default)]
struct Ledger {
    submitted: Vec<String>,
    incoming: Vec<String>,
    crashes: u32,
    refused: u64,
}

/// A text of one or two segments that no other text contains.
fn words(kind: &str, number: usize, random: &mut Random) -> String {
    let long = if random.chance(250) { " and so on".repeat(16) } else { String::new() };
    format!("{kind} {number:04}{long}")
}

fn submit(rig: &mut Rig, text: String, after: Option<Duration>) {
    let to = vec![DialString::parse(RECIPIENT).unwrap()];
    let at = after.map(|after| rig.wall().plus(after));
    let options = SendOptions { at, ..SendOptions::default() };
    let message = NewMessage { to, text, options };
    rig.send(Command::Message(MessageCommand::Submit(message)));
}

fn submit_batch(rig: &mut Rig, texts: Vec<String>) {
    let to = DialString::parse(RECIPIENT).unwrap();
    let texts = texts.into_iter().map(|text| (to.clone(), text)).collect();
    let (name, options) = ("list".to_owned(), SendOptions::default());
    rig.send(Command::Message(MessageCommand::SubmitBatch(NewBatch { name, texts, options })));
}

fn act(rig: &mut Rig, random: &mut Random, ledger: &mut Ledger, folder: &Path) {
    match random.below(14) {
        0..=2 => {
            let text = words("out", ledger.submitted.len(), random);
            ledger.submitted.push(text.clone());
            let after = random.chance(300).then(|| Duration::from_secs(random.below(300)));
            submit(rig, text, after);
        }
        3..=5 => {
            let text = words("in", ledger.incoming.len(), random);
            ledger.incoming.push(text.clone());
            let now = rig.now();
            let from = SENDER.to_owned();
            rig.modem.handle_action(NetworkAction::IncomingText { from, text }, now);
        }
        6 if rig.is_open() => rig.unplug(),
        7 => {
            rig.wire.loses_next_writes = random.chance(500);
            rig.crash(folder);
            rig.wire.loses_next_writes = false;
            ledger.crashes += 1;
            if rig.state.link == LinkState::Disconnected {
                // It died before it could note which modem it uses.
                rig.connect();
            }
        }
        8 => {
            let first = ledger.submitted.len();
            let texts: Vec<String> =
                (first..first + 4).map(|number| words("out", number, random)).collect();
            ledger.submitted.extend(texts.clone());
            submit_batch(rig, texts);
        }
        9 => {
            let batches: Vec<_> = rig.state.batches.iter().map(|batch| batch.id).collect();
            if let Some(&id) = batches.get(random.below(batches.len().max(1) as u64) as usize) {
                let pause = random.chance(500);
                let action = if pause { BatchAction::Pause } else { BatchAction::Resume };
                rig.send(Command::Message(MessageCommand::Batch(id, action)));
            }
        }
        10 => {
            // Each of them passes: temporary failure, congestion, no network service.
            let cause = [41, 42, 331][random.below(3) as usize];
            let (now, times) = (rig.now(), 1 + random.below(2) as u32);
            ledger.refused += u64::from(times);
            rig.modem.handle_action(NetworkAction::RefuseTexts { cause, times }, now);
        }
        11 => {
            let (now, away) = (rig.now(), Duration::from_secs(random.below(60)));
            rig.modem.handle_action(NetworkAction::DropNetwork(away), now);
        }
        _ => {}
    }
}

/// All texts with a number, however many.
fn texts(rig: &mut Rig, number: &str) -> Vec<TextMessage> {
    let number = PhoneNumber::new(number);
    let id = rig.query(Query::Timeline { numbers: vec![number], page: Page::Newest, limit: 1000 });
    while let Some(event) = rig.try_event() {
        if let Event::Answer(of, Answer::Timeline { items, .. }) = event
            && of == id
        {
            let text = |item| match item {
                TimelineItem::Text(text) => Some(text),
                TimelineItem::Call(_) => None,
            };
            return items.into_iter().filter_map(text).collect();
        }
    }
    panic!("the conversation was not told");
}

/// How often the network took the segments of this text: fewest and most.
fn taken(rig: &Rig, text: &str, segments: u8) -> (usize, usize) {
    let accepted = rig.modem.network().texts_accepted();
    let count = |part: u8| {
        let is = |segment: &&deskphone::simulator::network::AcceptedText| {
            let start = segment.concatenation.is_none_or(|(_, _, number)| number == 1);
            let body = segment.text.as_deref().unwrap_or("");
            match part {
                1 => start && !body.is_empty() && text.starts_with(body),
                _ => {
                    !start
                        && !body.is_empty()
                        && text.ends_with(body)
                        && same(accepted, segment, text)
                }
            }
        };
        accepted.iter().filter(is).count()
    };
    let counts: Vec<usize> = (1..=segments).map(count).collect();
    (counts.iter().min().copied().unwrap_or(0), counts.iter().max().copied().unwrap_or(0))
}

/// The segment belongs to the text whose first segment has the same reference.
fn same(
    accepted: &std::collections::VecDeque<deskphone::simulator::network::AcceptedText>,
    segment: &deskphone::simulator::network::AcceptedText,
    text: &str,
) -> bool {
    accepted.iter().any(|first| {
        let body = first.text.as_deref().unwrap_or("");
        let of = |one: &deskphone::simulator::network::AcceptedText| {
            one.concatenation.map(|(reference, parts, _)| (reference, parts))
        };
        of(first) == of(segment)
            && first.concatenation.is_some_and(|(_, _, part)| part == 1)
            && text.starts_with(body)
    })
}

fn check_sent(rig: &mut Rig, ledger: &Ledger, seed: u64) {
    let sent = texts(rig, RECIPIENT);
    for text in &ledger.submitted {
        let rows: Vec<_> = sent.iter().filter(|message| message.text == *text).collect();
        assert_eq!(rows.len(), 1, "seed {seed}: “{text}” is stored {} times", rows.len());
        let (fewest, most) = taken(rig, text, rows[0].segments);
        let delivery = &rows[0].delivery;
        let truthful = match delivery {
            Delivery::Sent | Delivery::Delivered => (fewest, most) == (1, 1),
            Delivery::Unknown(_) => most <= 1,
            _ => false,
        };
        assert!(truthful, "seed {seed}: “{text}” is {delivery:?}, the network has {fewest}–{most}");
    }
}

fn check_received(rig: &mut Rig, ledger: &Ledger, seed: u64) {
    let received: Vec<TextMessage> = texts(rig, SENDER);
    for text in &ledger.incoming {
        let count = received.iter().filter(|message| message.text == *text).count();
        assert_eq!(count, 1, "seed {seed}: “{text}” is there {count} times");
    }
    let received =
        received.iter().filter(|text| text.direction == Direction::MobileTerminated).count();
    assert_eq!(received, ledger.incoming.len(), "seed {seed}");
}

fn live(seed: u64) -> Ledger {
    let mut random = Random::new(seed);
    let mut ledger = Ledger::default();
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    for _ in 0..30 {
        act(&mut rig, &mut random, &mut ledger, folder.path());
        let pause = match random.below(3) {
            0 => random.below(20),
            1 => random.below(500),
            _ => random.below(8000),
        };
        rig.run_for(Duration::from_millis(pause));
        if random.chance(30) {
            // In the middle of an exchange that is under way.
            rig.steps(random.below(12));
        }
    }
    let home = deskphone::simulator::network::Registration::Home;
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::SetRegistration(home), now);
    for batch in rig.state.batches.clone() {
        rig.send(Command::Message(MessageCommand::Batch(batch.id, BatchAction::Resume)));
    }
    // Longer than all pauses before further attempts together.
    for _ in 0..60 {
        rig.run_for(Duration::from_secs(60));
    }
    if !rig.state.link.ready() {
        rig.print_trace();
        panic!("seed {seed}: {:?}", rig.state.link);
    }
    check_sent(&mut rig, &ledger, seed);
    check_received(&mut rig, &ledger, seed);
    ledger
}

#[test]
fn no_text_is_lost_or_doubled_whatever_breaks() {
    let lives = std::env::var("ENGINE_LIVES").ok().and_then(|text| text.parse().ok());
    let first = std::env::var("SEED").ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match first {
        Some(seed) => seed..seed + 1,
        None => 0..lives.unwrap_or(LIVES),
    };
    let mut all = Ledger::default();
    for seed in seeds.clone() {
        let ledger = live(seed);
        all.submitted.extend(ledger.submitted);
        all.incoming.extend(ledger.incoming);
        all.crashes += ledger.crashes;
        all.refused += ledger.refused;
    }
    let enough =
        seeds.count() < 10 || (all.submitted.len() > 100 && all.crashes > 20 && all.refused > 20);
    assert!(enough, "the lives were too quiet to prove anything");
}

#[test]
fn a_crash_after_any_step_of_sending_is_told_truthfully() {
    let mut doubtful = 0;
    for step in 0..70 {
        let folder = tempfile::tempdir().unwrap();
        let mut rig = Rig::on_disk(folder.path());
        rig.connect();
        rig.run_for(Duration::from_secs(5));
        let submitted = vec![format!("out 0000{}", " and so on".repeat(16)), "out 0001".to_owned()];
        submit_batch(&mut rig, submitted.clone());
        let ledger = Ledger { submitted, ..Ledger::default() };
        rig.steps(step);
        rig.wire.loses_next_writes = step % 2 == 1;
        rig.crash(folder.path());
        rig.wire.loses_next_writes = false;
        if rig.state.link == LinkState::Disconnected {
            rig.connect();
        }
        rig.run_for(Duration::from_secs(60));
        check_sent(&mut rig, &ledger, step);
        let unknown = |text: &TextMessage| matches!(text.delivery, Delivery::Unknown(_));
        doubtful += usize::from(texts(&mut rig, RECIPIENT).iter().any(unknown));
    }
    assert!((5..65).contains(&doubtful), "{doubtful} of 70 crashes left a doubt");
}
