//! What the modem says without being asked, and what comes of it.

use super::core::{Core, DirectDue};
use super::exchange::looks_like_pdu;
use super::procedure::{
    PollCalls, Procedure, ReadMessage, note_registration, note_sim, sim_state, take_direct,
};
use super::queue::Priority;
use super::timers::Timer;
use super::types::{ModemEvent, StorageLocation};
use crate::at::response::cusd::{Cusd, UssdState};
use crate::at::unsolicited::Startup;
use crate::at::{FinalResult, Unsolicited};
use crate::clock::Instant;
use crate::phone::{SignalQuality, UssdStatus};
use std::time::Duration;

/// A call that is gone is released after this even if its cause could not be asked for.
const RELEASE_AT_LATEST: Duration = Duration::from_secs(2);

/// So many other lines may come between `+CMT` and its PDU.
const PATIENCE: u8 = 4;

/// What the driver has to do beside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reaction {
    Nothing,
    /// The modem has restarted and forgotten everything.
    Restart,
}

/// A line that belongs to no response.
pub(super) fn take(line: &str, core: &mut Core, now: Instant) -> Reaction {
    if let Some(FinalResult::Connect(_)) = FinalResult::parse(line) {
        core.calls.answered_hint(now);
    }
    let Some(known) = Unsolicited::parse(line) else { return Reaction::Nothing };
    match known {
        Unsolicited::Ring => ring(core, now),
        // ASYNC, FAX and GPRS are no calls for a phone.
        Unsolicited::Cring(kind) if kind.to_ascii_uppercase().contains("VOICE") => ring(core, now),
        Unsolicited::Clip(clip) => {
            core.calls.clip(clip.number.as_deref(), clip.cli_validity, now);
            calls_changed(core, now);
        }
        Unsolicited::Ccwa(ccwa) => {
            core.calls.waiting(ccwa.number.as_deref(), ccwa.cli_validity, now);
            calls_changed(core, now);
        }
        Unsolicited::Clcc(_) | Unsolicited::CallListEnd | Unsolicited::MissedCall { .. } => {
            calls_changed(core, now);
        }
        Unsolicited::Cssi(_) | Unsolicited::Cssu(_) => calls_changed(core, now),
        Unsolicited::Call(report) => {
            core.calls.report(&report, line, now);
            calls_changed(core, now);
        }
        Unsolicited::CallEnded(result) => call_ended(&result, core, now),
        Unsolicited::Cmti { memory, index } | Unsolicited::Cdsi { memory, index } => {
            stored(&memory, index, core, now);
        }
        Unsolicited::Cmt { length } | Unsolicited::Cds { length } => {
            core.direct_due = Some(DirectDue { length, broadcast: false, patience: PATIENCE });
        }
        Unsolicited::Cbm { length } => {
            core.direct_due = Some(DirectDue { length, broadcast: true, patience: PATIENCE });
        }
        Unsolicited::Registration(report) => note_registration(&report, core),
        Unsolicited::Cusd(cusd) => ussd(&cusd, core),
        Unsolicited::Signal(rssi) => {
            core.update_network(|network| network.signal = rssi.map(|rssi| SignalQuality { rssi }));
        }
        Unsolicited::Sim(state) => note_sim(sim_state(state), core, now),
        Unsolicited::Started(Startup::Module) => return Reaction::Restart,
        Unsolicited::Started(_) => started(core, now),
        Unsolicited::MessageMemoryFull(_) => memory_full(core, now),
        Unsolicited::PowerDown => {
            core.notice("The modem is switching itself off", "Check its power supply", true);
        }
        Unsolicited::Cring(_)
        | Unsolicited::Ciev { .. }
        | Unsolicited::Dtmf(_)
        | Unsolicited::Noise => {}
    }
    Reaction::Nothing
}

/// A line while a directly routed text is due. True if the line was that text.
pub(super) fn take_direct_line(line: &str, core: &mut Core) -> bool {
    let Some(mut due) = core.direct_due.take() else { return false };
    let known = Unsolicited::parse(line).is_some() || FinalResult::parse(line).is_some();
    let other = known || line.starts_with(['+', '^', '>']) || line.starts_with("AT");
    if looks_like_pdu(line) || !other {
        if !due.broadcast {
            take_direct(line, due.length, core.facts.acknowledges, core);
        }
        return true;
    }
    due.patience -= 1;
    core.direct_due = (due.patience > 0).then_some(due);
    false
}

fn ring(core: &mut Core, now: Instant) {
    core.calls.ring(now);
    calls_changed(core, now);
}

/// `NO CARRIER` and the like by themselves.
pub(super) fn call_ended(result: &FinalResult, core: &mut Core, now: Instant) {
    if core.calls.any() {
        core.calls.ended_hint(result);
        calls_changed(core, now);
    }
}

/// Something was said of calls: the list shall tell the truth now.
pub(super) fn calls_changed(core: &mut Core, now: Instant) {
    if core.calls.any_ending() {
        core.timers.set_at_latest(Timer::Release, RELEASE_AT_LATEST, now);
        core.enqueue_once(
            Priority::PollCalls,
            Procedure::PollCalls(PollCalls::report()),
            |procedure| matches!(procedure, Procedure::PollCalls(_)),
        );
    }
    core.schedule_polls(now);
    core.poll_calls(now);
}

fn stored(memory: &str, index: Option<u16>, core: &mut Core, now: Instant) {
    if !core.facts.messages_ready {
        // The whole memory is read at the end of the set-up anyway.
        return;
    }
    let ours = &core.facts.memory;
    // Without +CPMS nobody can choose, and the combined memory counts in its own way.
    let readable =
        ours.is_empty() || ours == memory || core.facts.memories.iter().any(|m| m == memory);
    match index.filter(|_| readable && ours != "MT") {
        Some(index) => {
            let memory = if ours.is_empty() { String::new() } else { memory.to_owned() };
            let location = StorageLocation { memory, index };
            let read = ReadMessage::new(location.clone());
            core.enqueue_once(
                Priority::Background,
                Procedure::ReadMessage(read),
                |other| matches!(other, Procedure::ReadMessage(read) if read.reads(&location)),
            );
        }
        None => {
            core.list_wanted();
            core.check_messages(now);
        }
    }
}

fn ussd(cusd: &Cusd, core: &mut Core) {
    core.timers.stop(Timer::Ussd);
    let text = cusd.text().unwrap_or_default();
    let reply_expected = cusd.state == UssdState::ReplyExpected;
    let why = match cusd.state {
        UssdState::Done | UssdState::ReplyExpected | UssdState::Unknown => "",
        UssdState::Terminated => "The network ended the dialogue",
        UssdState::OtherClient => "Another program has taken the answer",
        UssdState::NotSupported => "The network does not know this code",
        UssdState::TimedOut => "The network did not answer in time",
    };
    core.ussd_open = reply_expected;
    if !text.is_empty() || reply_expected {
        // The answer stays to be read; that it expects no reply says that the dialogue is over.
        core.tell(ModemEvent::Ussd(UssdStatus::Answer { text, reply_expected }));
    } else {
        let why = if why.is_empty() { "The dialogue is over" } else { why };
        core.tell(ModemEvent::Ussd(UssdStatus::Ended(why.to_owned())));
    }
}

/// A part of the modem became ready: what it refused before may work now.
fn started(core: &mut Core, now: Instant) {
    if core.ready {
        core.timers.set(Timer::CheckSim, Duration::from_millis(500), now);
    }
}

fn memory_full(core: &mut Core, now: Instant) {
    core.notice(
        "The modem's memory for texts is full, so new texts wait in the network",
        "Delete texts from the modem or the SIM card",
        true,
    );
    core.list_wanted();
    core.timers.set_at_latest(Timer::CheckMessages, Duration::from_secs(1), now);
}
