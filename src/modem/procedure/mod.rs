//! What the driver does with the modem, one small machine a file. A procedure is asked for its next
//! step, with the response to its last one.

mod acknowledge;
mod answer;
mod check_messages;
mod connect;
mod console;
mod delete_message;
mod dial;
mod dtmf;
mod list_messages;
mod memory;
mod pin;
mod poll_calls;
mod questions;
mod read_message;
mod release;
mod set_up;
mod status;
mod submit;
mod swap;
mod ussd;

pub(super) use acknowledge::Acknowledge;
pub(super) use answer::Answer;
pub(super) use check_messages::CheckMessages;
pub(super) use connect::{Connect, Heard};
pub(super) use console::Console;
pub(super) use delete_message::DeleteMessage;
pub(super) use dial::Dial;
pub(super) use dtmf::Dtmf;
pub(super) use list_messages::{ListMessages, list};
pub(super) use memory::ChooseMemory;
pub(super) use pin::EnterPin;
pub(super) use poll_calls::PollCalls;
pub(super) use questions::{Question, Questions};
pub(super) use read_message::{ReadMessage, delete_if_safe, take_direct, take_direct_text};
pub(super) use release::{Reject, Release};
pub(super) use set_up::{AFTER_CONSOLE, INDICATORS, MODE, SIM_STATE, note_sim, sim_state};
pub(super) use status::{STATUS, note_registration};
pub(super) use submit::Submit;
pub(super) use swap::Swap;
pub(super) use ussd::{Ussd, end as end_ussd};

use super::core::Core;
use super::exchange::{Request, Response};
use crate::clock::Instant;
use crate::phone::{CommandError, Diagnosis};

/// What a procedure wants next.
#[derive(Debug)]
pub(super) enum Step {
    /// Send this and come back with the response.
    Send(Box<Request>),
    /// Let the others go first, then ask again.
    Pause,
    /// Nothing more.
    Finished,
    /// The modem does not answer at all.
    GiveUp(Diagnosis),
}

impl Step {
    pub fn send(request: Request) -> Step {
        Step::Send(Box::new(request))
    }
}

/// One of the machines.
#[derive(Debug)]
pub(super) enum Procedure {
    Acknowledge(Acknowledge),
    Answer(Answer),
    CheckMessages(CheckMessages),
    ChooseMemory(ChooseMemory),
    Connect(Connect),
    Console(Console),
    DeleteMessage(DeleteMessage),
    Dial(Dial),
    Dtmf(Dtmf),
    EnterPin(EnterPin),
    ListMessages(ListMessages),
    PollCalls(PollCalls),
    Questions(Questions),
    ReadMessage(ReadMessage),
    Reject(Reject),
    Release(Release),
    Submit(Submit),
    Swap(Swap),
    Ussd(Ussd),
}

impl Procedure {
    /// The next step; `last` is the response to the one before, `None` at the beginning and after
    /// a pause.
    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        match self {
            Procedure::Acknowledge(machine) => machine.step(last, core),
            Procedure::Answer(machine) => machine.step(last, core, now),
            Procedure::CheckMessages(machine) => machine.step(last, core, now),
            Procedure::ChooseMemory(machine) => machine.step(last, core, now),
            Procedure::Connect(machine) => machine.step(last, core, now),
            Procedure::Console(machine) => machine.step(last, core),
            Procedure::DeleteMessage(machine) => machine.step(last, core, now),
            Procedure::Dial(machine) => machine.step(last, core, now),
            Procedure::Dtmf(machine) => machine.step(last, core),
            Procedure::EnterPin(machine) => machine.step(last, core, now),
            Procedure::ListMessages(machine) => machine.step(last, core, now),
            Procedure::PollCalls(machine) => machine.step(last, core, now),
            Procedure::Questions(machine) => machine.step(last, core, now),
            Procedure::ReadMessage(machine) => machine.step(last, core, now),
            Procedure::Reject(machine) => machine.step(last, core, now),
            Procedure::Release(machine) => machine.step(last, core, now),
            Procedure::Submit(machine) => machine.step(last, core, now),
            Procedure::Swap(machine) => machine.step(last, core, now),
            Procedure::Ussd(machine) => machine.step(last, core, now),
        }
    }

    /// It will never go on. Its command's outcome is told by who abandons it, but what is known of
    /// a text is told here: `handed_over` says that Ctrl-Z was sent.
    pub fn abandon(
        self,
        handed_over: bool,
        error: &CommandError,
        diagnosis: &Diagnosis,
        core: &mut Core,
    ) {
        if let Procedure::Submit(submit) = self {
            submit.abandon(handed_over, error, diagnosis, core);
        }
    }
}
