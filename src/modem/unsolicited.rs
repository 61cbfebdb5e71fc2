//! What the modem says without being asked, and what comes of it.

use super::calls::{ListTrust, with_plus};
use super::core::{Core, DirectDue, Fullness};
use super::exchange::looks_like_pdu;
use super::procedure::{
    INDICATORS, PollCalls, Procedure, ReadMessage, Release, check_sim, list, note_all_forwarded,
    note_registration, note_sim, sim_changed, sim_state, take_direct, take_direct_text,
    take_report, take_ussd, ussd_refused_late,
};
use super::queue::Priority;
use super::text_body::TextBody;
use super::timers::Timer;
use super::types::StorageLocation;
use crate::at::response::clcc::CallStatus;
use crate::at::response::name_of;
use crate::at::response::text_mode::TextHeader;
use crate::at::unsolicited::{
    CallReport, Indicator, Startup, bars_calls, forwards_all, holds, notice_of,
};
use crate::at::{Charset, FinalResult, Unsolicited};
use crate::clock::Instant;
use crate::phone::SignalQuality;
use std::time::Duration;

/// A call that is gone is released after this even if its cause could not be asked for.
const RELEASE_AT_LATEST: Duration = Duration::from_secs(2);

/// So many other lines may come between `+CMT` and its PDU.
const PATIENCE: u8 = 4;

/// The text of text mode may come so long after its header, and its lines after one another.
const TEXT_DUE: Duration = Duration::from_secs(5);
const TEXT_QUIET: Duration = Duration::from_millis(500);

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
    take_report(line, core);
    match Unsolicited::parse(line) {
        Some(known) => take_known(known, line, core, now),
        None => {
            let Some(result) = FinalResult::parse(line) else { return Reaction::Nothing };
            if core.calls.refused_hint(&result) {
                hang_up_refused(core);
                calls_changed(core, now);
            } else {
                ussd_refused_late(&result, core);
            }
            Reaction::Nothing
        }
    }
}

/// One that we know.
fn take_known(known: Unsolicited, line: &str, core: &mut Core, now: Instant) -> Reaction {
    match known {
        Unsolicited::Ring => ring(core, now),
        // ASYNC, FAX and GPRS are no calls for a phone.
        Unsolicited::Cring(kind) if kind.to_ascii_uppercase().contains("VOICE") => ring(core, now),
        Unsolicited::Clip(clip) => {
            let number = with_plus(clip.number.as_deref(), clip.type_of_number);
            core.calls.clip(number.as_deref(), clip.cli_validity, now);
            calls_changed(core, now);
        }
        Unsolicited::Ccwa(ccwa) => {
            let number = with_plus(ccwa.number.as_deref(), ccwa.type_of_number);
            core.calls.waiting(number.as_deref(), ccwa.cli_validity, now);
            calls_changed(core, now);
        }
        Unsolicited::Clcc(row) => {
            core.calls.row_came_unasked(&row);
            // Where the list works it is asked at once; the end is noted, for its evidence.
            if core.calls.trust != ListTrust::Works || row.status == CallStatus::Released {
                core.calls.report(&CallReport::of_row(&row), line, now);
            }
            calls_changed(core, now);
        }
        Unsolicited::CallListEnd => {
            core.calls.block_complete();
            calls_changed(core, now);
        }
        Unsolicited::MissedCall { .. } => calls_changed(core, now),
        Unsolicited::Cssi(code) => noted(false, code, line, core, now),
        Unsolicited::Cssu(code) => noted(true, code, line, core, now),
        Unsolicited::Call(report) => {
            core.calls.report(&report, line, now);
            calls_changed(core, now);
        }
        Unsolicited::CallEnded(result) => call_ended(&result, core, now),
        Unsolicited::Cmti { memory, index } | Unsolicited::Cdsi { memory, index } => {
            stored(&memory, index, core, now);
        }
        Unsolicited::Cmt { length } | Unsolicited::Cds { length } => {
            direct(line, length, core, now);
        }
        Unsolicited::Cbm { length } => {
            let due = DirectDue { length, broadcast: true, patience: PATIENCE, text: None };
            core.direct_due = Some(due);
        }
        Unsolicited::Registration(report) => note_registration(&report, core, now),
        Unsolicited::Cusd(cusd) => {
            take_ussd(&cusd, core);
            if line.lines().any(tells_of_caller) {
                // The network's words, in all likelihood. The list knows whether somebody calls.
                core.poll_calls(now);
            }
        }
        Unsolicited::Signal(rssi) => {
            core.update_network(|network| network.signal = rssi.map(|rssi| SignalQuality { rssi }));
        }
        Unsolicited::Sim(state) => note_sim(sim_state(state), core, now),
        Unsolicited::SimChanged => sim_changed(core, now),
        Unsolicited::Started(Startup::Module) => return Reaction::Restart,
        Unsolicited::Started(_) => started(core, now),
        Unsolicited::MessageMemoryFull(_) => memory_full(core, now),
        Unsolicited::PowerDown => {
            core.notice("The modem is switching itself off", "Check its power supply", true);
        }
        Unsolicited::Ciev { indicator, on } => indicator_changed(indicator, on, core, now),
        Unsolicited::Cring(_) | Unsolicited::Dtmf(_) | Unsolicited::Noise => {}
    }
    Reaction::Nothing
}

/// Lines that looked like a text's and are the modem's own.
pub(super) fn take_lines(lines: &[String], core: &mut Core, now: Instant) {
    core.blank_lines = 0;
    for line in lines {
        if !take_direct_line(line, 0, false, core, now) {
            take(line, core, now);
        }
    }
}

/// `+CMT` or `+CDS`: what it announces comes in the next line, unless it is a report of text mode.
fn direct(line: &str, length: Option<u16>, core: &mut Core, now: Instant) {
    let header = TextHeader::parse(line).filter(|_| length.is_none() && core.facts.text_mode);
    if let Some(header) = header.as_ref().filter(|header| header.report.is_some()) {
        return take_direct_text(header, "", core, now);
    }
    let hex = core.facts.charset == Charset::Ucs2;
    let body = TextBody::routed(line, hex, core.blank_lines);
    let text = header.map(|header| (header, body, String::new()));
    core.direct_due = Some(DirectDue { length, broadcast: false, patience: PATIENCE, text });
    if core.direct_due.as_ref().is_some_and(|due| due.text.is_some()) {
        core.timers.set(Timer::DirectText, TEXT_DUE, now);
    }
}

/// A line while a directly routed text is due; so many blank lines stood before it.
/// `busy`: an answer is due, too. True if the line was that text.
pub(super) fn take_direct_line(
    line: &str,
    blank_lines: usize,
    busy: bool,
    core: &mut Core,
    now: Instant,
) -> bool {
    let Some(mut due) = core.direct_due.take() else { return false };
    if let Some((_, body, text)) = due.text.as_mut().filter(|(_, body, _)| body.endless()) {
        let answer = busy && name_of(line).is_some() && !body.is_inside(blank_lines);
        let next = answer || Unsolicited::parse(line).is_some_and(|urc| urc.pdu_follows());
        let taken = !next && body.add_endless(line, blank_lines, busy, text);
        core.direct_due = Some(due);
        match next {
            true => end_direct_text(core, now),
            // A line of the modem's own does not make the wait longer.
            false if !taken => {}
            false => core.timers.set(Timer::DirectText, TEXT_QUIET, now),
        }
        return taken;
    }
    if let Some((_, body, text)) = &mut due.text {
        if body.takes(line) {
            body.add(line, blank_lines, text);
            let complete = body.complete();
            core.direct_due = Some(due);
            match complete {
                true => end_direct_text(core, now),
                false => core.timers.set(Timer::DirectText, TEXT_QUIET, now),
            }
            return true;
        }
        if body.begun() {
            core.direct_due = Some(due);
            end_direct_text(core, now);
            return false;
        }
    } else {
        let known = Unsolicited::parse(line).is_some() || FinalResult::parse(line).is_some();
        let other = known || line.starts_with(['+', '^', '>']) || line.starts_with("AT");
        if looks_like_pdu(line) || !other {
            if !due.broadcast {
                take_direct(line, due.length, core.facts.acknowledges, core, now);
            }
            return true;
        }
    }
    due.patience -= 1;
    core.direct_due = (due.patience > 0).then_some(due);
    false
}

/// A text of unknown length that has begun ends here.
pub(super) fn end_begun_text(core: &mut Core, now: Instant) {
    let text = core.direct_due.as_ref().and_then(|due| due.text.as_ref());
    if text.is_some_and(|(header, body, _)| header.length.is_none() && body.begun()) {
        end_direct_text(core, now);
    }
}

/// The text of text mode that was routed here is as long as it gets.
pub(super) fn end_direct_text(core: &mut Core, now: Instant) {
    core.timers.stop(Timer::DirectText);
    let Some((header, _, text)) = core.direct_due.take().and_then(|due| due.text) else { return };
    take_direct_text(&header, &text, core, now);
}

/// `+CIEV`: a full memory is one of the indicators, by its name or by a number of the modem's own
/// (27.007 §8.9).
fn indicator_changed(indicator: Indicator, on: bool, core: &mut Core, now: Instant) {
    let full = match indicator {
        Indicator::Number(number) => {
            if !core.facts.indicators_asked {
                core.ask_once(Priority::Check, INDICATORS);
            }
            Some(number) == core.facts.full_indicator
        }
        Indicator::MessagesFull => true,
        Indicator::Calls => return calls_changed(core, now),
        Indicator::Other => false,
    };
    if full && on {
        memory_full(core, now);
    }
}

/// `+CSSI` and `+CSSU`: what the network notes about a call.
fn noted(during: bool, code: u8, line: &str, core: &mut Core, now: Instant) {
    if bars_calls(during, code) {
        core.calls.note_barred(line);
    }
    if forwards_all(during, code) {
        note_all_forwarded(core);
    }
    if let Some(held) = holds(during, code) {
        core.calls.held_by_other(held);
    }
    if let Some(notice) = notice_of(during, code).filter(|notice| notice.tell) {
        core.notice(notice.words, "", false);
    }
    calls_changed(core, now);
}

/// A line that would be the modem's word of a caller if it stood for itself.
fn tells_of_caller(line: &str) -> bool {
    use Unsolicited::{Ccwa, Clip, Cring, Ring};
    matches!(Unsolicited::parse(line), Some(Ring | Cring(_) | Clip(_) | Ccwa(_)))
}

fn ring(core: &mut Core, now: Instant) {
    core.calls.ring(now);
    calls_changed(core, now);
}

/// `NO CARRIER` and the like by themselves.
pub(super) fn call_ended(result: &FinalResult, core: &mut Core, now: Instant) {
    if core.calls.any() {
        core.calls.ended_hint(result, now);
        calls_changed(core, now);
    }
}

/// A call that failed by a word that may be another's, where no list tells: it shall not go on.
pub(super) fn hang_up_refused(core: &mut Core) {
    let Some(id) = core.calls.refused_in_doubt() else { return };
    core.enqueue_once(Priority::HangUp, Procedure::Release(Release::new(None, id)), |procedure| {
        matches!(procedure, Procedure::Release(_))
    });
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
    let known = ours == memory || core.facts.memories.iter().any(|m| m == memory);
    if !known && !ours.is_empty() && matches!(memory, "SM" | "ME" | "SR") {
        // The answer to +CPMS=? was lost, or did not tell of all.
        core.facts.memories.push(memory.to_owned());
    }
    let ours = &core.facts.memory;
    // Without +CPMS nobody can choose, and the combined memory counts in its own way.
    let readable =
        ours.is_empty() || ours == memory || core.facts.memories.iter().any(|m| m == memory);
    let own_places = readable && (ours != "MT" || memory == "SR");
    match index.filter(|_| own_places) {
        Some(index) => {
            let memory = if ours.is_empty() { String::new() } else { memory.to_owned() };
            let location = StorageLocation { memory, index };
            // What lay there may have made room: it is not deleted unread.
            core.stored.doubt(&location);
            let read = ReadMessage::new(location.clone());
            core.enqueue_once(
                Priority::Background,
                Procedure::ReadMessage(read),
                |other| matches!(other, Procedure::ReadMessage(read) if read.reads(&location)),
            );
        }
        None => {
            if own_places && *ours != memory && !ours.is_empty() {
                list(memory, core);
            }
            core.list_wanted();
            core.check_messages(now);
        }
    }
}

/// A part of the modem became ready: what it refused before may work now.
fn started(core: &mut Core, now: Instant) {
    check_sim(core, now);
}

fn memory_full(core: &mut Core, now: Instant) {
    core.tell_fullness(Fullness::Full, None);
    core.list_wanted();
    core.timers.set_at_latest(Timer::CheckMessages, Duration::from_secs(1), now);
}
