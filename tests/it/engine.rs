//! The engine with a store and the simulated modem, on a virtual clock; and the engine's threads
//! with a real pseudo-terminal.

#[path = "engine/arrivals.rs"]
mod arrivals;
#[path = "engine/automatic.rs"]
mod automatic;
#[path = "engine/batches.rs"]
mod batches;
#[path = "engine/call_life.rs"]
mod call_life;
#[path = "engine/calls.rs"]
mod calls;
#[path = "engine/carriers.rs"]
mod carriers;
#[path = "engine/files.rs"]
mod files;
#[path = "engine/link.rs"]
mod link;
#[path = "engine/lives.rs"]
mod lives;
#[path = "engine/outbox.rs"]
mod outbox;
#[path = "engine/pins.rs"]
mod pins;
#[path = "engine/ports.rs"]
mod ports;
#[path = "engine/recording.rs"]
mod recording;
#[path = "engine/rig.rs"]
mod rig;
#[path = "engine/schedule.rs"]
mod schedule;
#[path = "engine/screening.rs"]
mod screening;
#[path = "engine/storing.rs"]
mod storing;
#[path = "engine/texts.rs"]
mod texts;
#[cfg(unix)]
#[path = "engine/threads.rs"]
mod threads;

use deskphone::clock::Instant;
use deskphone::engine::input::Input;
use deskphone::engine::{EngineClient, Options};
use deskphone::link::{LinkError, LinkErrorKind};
use deskphone::number::{DialString, PhoneNumber};
use deskphone::phone::{
    Answer, CallCommand, CallState, Command, Contact, ContactCommand, Delivery, Dial, Direction,
    Event, LinkCommand, LinkState, MessageCommand, NewMessage, Outcome, Query, ReleaseCause,
    RequestId, SendOptions, TextMessage,
};
use deskphone::simulator::NetworkAction;
use deskphone::store::{Owner, Store};
use rig::{Rig, options};
use std::time::Duration;

fn dial(number: &str) -> Command {
    let number = DialString::parse(number).unwrap();
    Command::Call(CallCommand::Dial(Dial::to(number)))
}

fn text(to: &[&str], text: &str) -> Command {
    Command::Message(MessageCommand::Submit(NewMessage {
        to: to.iter().map(|number| DialString::parse(number).unwrap()).collect(),
        text: text.to_owned(),
        options: SendOptions { status_report: true, ..SendOptions::default() },
    }))
}

fn call_states(rig: &Rig) -> Vec<CallState> {
    let mut states: Vec<CallState> = rig
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Call(call) => Some(call.state.clone()),
            _ => None,
        })
        .collect();
    states.dedup();
    states
}

fn messages(rig: &Rig, direction: Direction) -> Vec<&TextMessage> {
    rig.messages.values().filter(|message| message.direction == direction).collect()
}

fn history(rig: &mut Rig) -> Vec<deskphone::phone::CallRecord> {
    let id = rig.query(Query::Calls { limit: 100 });
    while let Some(event) = rig.try_event() {
        match event {
            Event::Answer(of, Answer::Calls(calls)) if of == id => return calls,
            _ => {}
        }
    }
    panic!("the history was not told");
}

fn incoming(rig: &mut Rig, words: &str) {
    let now = rig.now();
    let (from, text) = ("+15550107".to_owned(), words.to_owned());
    rig.modem.handle_action(NetworkAction::IncomingText { from, text }, now);
}
