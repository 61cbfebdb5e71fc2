//! What the driver does with the modem, one small machine a file. A procedure is asked for its next
//! step, with the response to its last one.

mod acknowledge;
mod answer;
mod asker;
mod cause;
mod check_messages;
mod chld;
mod connect;
mod console;
mod deflect;
mod delete_message;
mod dial;
mod dtmf;
mod emergency;
mod list_messages;
mod make_room;
mod memory;
mod mmi;
mod mute;
mod offers;
mod phonebook;
mod phonebook_text;
mod pin;
mod pin_tries;
mod poll_calls;
mod purpose;
mod questions;
mod read_message;
mod reject;
mod release;
mod row;
mod service;
mod service_facts;
mod service_lines;
mod set_up;
mod sim_lock;
mod sim_state;
mod status;
mod submit;
mod ussd;

pub(super) use acknowledge::Acknowledge;
pub(super) use answer::Answer;
pub(super) use check_messages::CheckMessages;
pub(super) use chld::{CallService, Service, why_not};
pub(super) use connect::{Connect, Heard};
pub(super) use console::Console;
pub(super) use deflect::Deflect;
pub(super) use delete_message::DeleteMessage;
pub(super) use dial::Dial;
pub(super) use dtmf::{Dtmf, Tones};
pub(super) use emergency::EmergencyNumbers;
pub(super) use list_messages::{ListMessages, list};
pub(super) use make_room::ends_for_help;
pub(super) use memory::ChooseMemory;
pub(super) use mmi::{ShowImei, begin_service, begin_sim, begin_ussd};
pub(super) use mute::Mute;
pub(super) use offers::{
    ask_again, ask_for_call, ask_offers, ask_sim_offers, asks_for_call, take_report,
};
pub(super) use phonebook::Phonebook;
pub(super) use pin::EnterPin;
pub(super) use pin_tries::PinTries;
pub(super) use poll_calls::PollCalls;
pub(super) use questions::{Question, Questions};
pub(super) use read_message::{ReadMessage, delete_if_safe, take_direct, take_direct_text};
pub(super) use reject::Reject;
pub(super) use release::Release;
pub(super) use service::{AskService, note_all_forwarded};
pub(super) use service_facts::ServiceFacts;
pub(super) use set_up::{AFTER_CONSOLE, INDICATORS, MODE};
pub(super) use sim_lock::SimLock;
pub(super) use sim_state::{
    SIM_STATE, ask_sim, check_sim, check_sim_after, note_sim, sim_changed, sim_state,
};
pub(super) use status::{STATUS, note_registration};
pub(super) use submit::Submit;
pub(super) use ussd::{
    Ussd, end as end_ussd, refused_late as ussd_refused_late, take as take_ussd,
    timed_out as ussd_timed_out,
};

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
    AskService(AskService),
    CallService(CallService),
    CheckMessages(CheckMessages),
    ChooseMemory(ChooseMemory),
    Connect(Connect),
    Console(Console),
    Deflect(Deflect),
    DeleteMessage(DeleteMessage),
    Dial(Dial),
    Dtmf(Dtmf),
    EmergencyNumbers(EmergencyNumbers),
    EnterPin(EnterPin),
    ListMessages(ListMessages),
    Mute(Mute),
    Phonebook(Box<Phonebook>),
    PinTries(PinTries),
    PollCalls(PollCalls),
    Questions(Questions),
    ReadMessage(ReadMessage),
    Reject(Reject),
    Release(Release),
    ShowImei(ShowImei),
    SimLock(Box<SimLock>),
    Submit(Submit),
    Ussd(Ussd),
}

impl Procedure {
    /// The next step; `last` is the response to the one before, `None` at the beginning and after
    /// a pause.
    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        match self {
            Procedure::Acknowledge(machine) => machine.step(last, core),
            Procedure::Answer(machine) => machine.step(last, core, now),
            Procedure::AskService(machine) => machine.step(last, core),
            Procedure::CallService(machine) => machine.step(last, core, now),
            Procedure::CheckMessages(machine) => machine.step(last, core, now),
            Procedure::ChooseMemory(machine) => machine.step(last, core, now),
            Procedure::Connect(machine) => machine.step(last, core, now),
            Procedure::Console(machine) => machine.step(last, core),
            Procedure::Deflect(machine) => machine.step(last, core, now),
            Procedure::DeleteMessage(machine) => machine.step(last, core, now),
            Procedure::Dial(machine) => machine.step(last, core, now),
            Procedure::Dtmf(machine) => machine.step(last, core, now),
            Procedure::EmergencyNumbers(machine) => machine.step(last, core),
            Procedure::EnterPin(machine) => machine.step(last, core, now),
            Procedure::ListMessages(machine) => machine.step(last, core, now),
            Procedure::Mute(machine) => machine.step(last, core),
            Procedure::Phonebook(machine) => machine.step(last, core),
            Procedure::PinTries(machine) => machine.step(last, core),
            Procedure::PollCalls(machine) => machine.step(last, core, now),
            Procedure::Questions(machine) => machine.step(last, core, now),
            Procedure::ReadMessage(machine) => machine.step(last, core, now),
            Procedure::Reject(machine) => machine.step(last, core, now),
            Procedure::Release(machine) => machine.step(last, core, now),
            Procedure::ShowImei(machine) => machine.step(last, core),
            Procedure::SimLock(machine) => machine.step(last, core),
            Procedure::Submit(machine) => machine.step(last, core, now),
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
