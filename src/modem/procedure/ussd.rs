//! Service codes (`+CUSD`, 27.007 §7.15). The network's answer comes by itself, some seconds later.
//!
//! Modems want the string plain, in UCS-2 when that is their character set, or as packed septets in
//! hexadecimal digits: the usual way first, the next when one is refused, and what was answered is
//! kept.

use super::super::core::{Core, no_answer, refusal, service_refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::super::queue::Priority;
use super::super::text_mode::utf16_hex;
use super::super::timers::Timer;
use super::{Procedure, Step};
use crate::at::response::cusd::{Cusd, UssdState};
use crate::at::{Charset, CommandLine, CommandLineError, FinalResult};
use crate::clock::Instant;
use crate::modem::types::ModemEvent;
use crate::phone::{CommandError, Diagnosis, RequestId, UssdCommand, UssdStatus};
use crate::sms::gsm7;
use std::fmt;
use std::time::Duration;

/// The network answers within seconds or not at all.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// Some modems take a code with `OK` and refuse it so long after that.
const REFUSED_WITHIN: Duration = Duration::from_secs(2);

/// How a string is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::modem) enum Form {
    /// As it is.
    Plain,
    /// GSM septets, packed (23.038 §6.1.2.3.1), in hexadecimal digits.
    Packed,
    /// UTF-16 in hexadecimal digits.
    Ucs2,
}

/// What was sent last.
#[derive(Clone)]
pub(in crate::modem) struct Sent {
    text: String,
    form: Form,
    /// It was sent once more in another form already.
    again: bool,
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("form", &self.form).finish_non_exhaustive()
    }
}

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Ussd {
    /// `None`: it goes on by itself.
    request: Option<RequestId>,
    command: UssdCommand,
    /// Ways still to try: the form, and whether with `<dcs>`, which some modems refuse.
    ways: Vec<(Form, bool)>,
    attempt: usize,
    again: bool,
}

impl Ussd {
    pub fn new(request: RequestId, command: UssdCommand) -> Self {
        Ussd { request: Some(request), command, ways: Vec::new(), attempt: 0, again: false }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        let Some(response) = last else {
            self.ways = self.ways(core);
            return self.send(core, now);
        };
        let cancel = self.command == UssdCommand::Cancel;
        match &response.outcome {
            Outcome::Final(result) if result.is_ok() => {
                if cancel {
                    end(core, "You ended the dialogue");
                } else if core.timers.is_set(Timer::Ussd) {
                    core.timers.set(Timer::LateRefusal, REFUSED_WITHIN, now);
                }
                if let Some(request) = self.request {
                    core.done(request);
                }
            }
            Outcome::Final(_) if !cancel && self.attempt + 1 < self.ways.len() => {
                self.attempt += 1;
                return self.send(core, now);
            }
            // The network has answered what the modem never confirmed.
            Outcome::TimedOut if !cancel && !core.timers.is_set(Timer::Ussd) => {
                if let Some(request) = self.request {
                    core.done(request);
                }
            }
            outcome => {
                let (error, diagnosis) = match outcome {
                    Outcome::Final(result) => refusal(result, "The modem refused the code"),
                    Outcome::TimedOut => no_answer(),
                    Outcome::Aborted => {
                        let cause = "The code was broken off, since a call goes first";
                        (CommandError::Cancelled, Diagnosis::new(cause, "Send it again later"))
                    }
                };
                end(core, &diagnosis.cause);
                if let Some(request) = self.request {
                    core.failed(request, error, diagnosis);
                }
            }
        }
        Step::Finished
    }

    /// The ways to write the text, the likeliest first.
    fn ways(&self, core: &Core) -> Vec<(Form, bool)> {
        let UssdCommand::Send(text) = &self.command else { return vec![(Form::Plain, false)] };
        let services = &core.facts.services;
        // The strings of a modem without PDU mode are in UCS-2 where it can do that.
        let ucs2 = services.ucs2 || services.always_ucs2 || core.facts.charset == Charset::Ucs2;
        let usual = if core.profile.packed_ussd { Form::Packed } else { Form::Plain };
        let mut ways = match services.ussd_form.unwrap_or(usual) {
            _ if ucs2 => vec![(Form::Ucs2, true), (Form::Ucs2, false), (Form::Plain, true)],
            Form::Packed => vec![(Form::Packed, true), (Form::Plain, true), (Form::Plain, false)],
            _ => vec![(Form::Plain, true), (Form::Plain, false), (Form::Packed, true)],
        };
        if self.again {
            ways.retain(|way| way.0 != Form::Packed);
        }
        if gsm7::to_septets(text).is_none() {
            ways = vec![(Form::Ucs2, true)];
        } else if !text.is_ascii() {
            ways.retain(|way| way.0 != Form::Plain);
        }
        ways
    }

    fn send(&mut self, core: &mut Core, now: Instant) -> Step {
        let way = self.ways.get(self.attempt).copied().unwrap_or((Form::Plain, true));
        let built = match &self.command {
            UssdCommand::Cancel => CommandLine::set("+CUSD").number(2).build(),
            UssdCommand::Send(text) => code_line(text, way),
        };
        let Ok(line) = built else {
            if let Some(request) = self.request {
                let advice = "Type plain characters";
                core.refuse(request, "This can't be sent to the network", advice);
            }
            return Step::Finished;
        };
        if let UssdCommand::Send(text) = &self.command {
            if self.attempt == 0 && !self.again {
                core.tell(ModemEvent::Ussd(UssdStatus::Waiting));
            }
            core.ussd_open = true;
            core.timers.set(Timer::Ussd, ANSWER_TIMEOUT, now);
            let services = &mut core.facts.services;
            services.reply_due = false;
            let sent = Sent { text: text.clone(), form: way.0, again: self.again };
            services.ussd_sent = Some(sent);
        }
        Step::send(Request::new(&line).within(Duration::from_secs(30)))
    }
}

/// `+CUSD=1,<str>[,<dcs>]`: 15 is the GSM alphabet, 72 UCS-2 (23.038 §5).
fn code_line(text: &str, (form, with_dcs): (Form, bool)) -> Result<CommandLine, CommandLineError> {
    let gsm = gsm7::to_septets(text).is_some();
    let written = match form {
        Form::Plain => text.to_owned(),
        Form::Packed => {
            let octets = gsm7::encode_ussd(text).ok_or(CommandLineError::NotAscii)?;
            octets.iter().map(|octet| format!("{octet:02X}")).collect()
        }
        Form::Ucs2 => utf16_hex(text),
    };
    let builder = CommandLine::set("+CUSD").number(1).string(&written);
    match with_dcs {
        true => builder.number(if gsm { 15 } else { 72 }).build(),
        false => builder.build(),
    }
}

/// `+CUSD`: the network answers, asks, or ends the dialogue.
pub(in crate::modem) fn take(cusd: &Cusd, core: &mut Core) {
    stop_waiting(core);
    let form = core.facts.services.ussd_sent.as_ref().map(|sent| sent.form);
    let services = &core.facts.services;
    let ucs2 = services.ucs2 || services.always_ucs2 || core.facts.charset == Charset::Ucs2;
    let text = match form {
        Some(Form::Packed) => cusd.packed_text(),
        _ if ucs2 => cusd.ucs2_text(),
        _ => cusd.text(),
    };
    let text = text.unwrap_or_default();
    if text.is_empty() && misunderstood(cusd.state, core) {
        return;
    }
    learn(&text, core);
    let reply_expected = cusd.state == UssdState::ReplyExpected;
    let why = match cusd.state {
        UssdState::Done | UssdState::ReplyExpected | UssdState::Unknown => "",
        UssdState::Terminated => "The network ended the dialogue",
        UssdState::OtherClient => "Another program has taken the answer",
        UssdState::NotSupported => "The network does not know this code",
        UssdState::TimedOut if core.facts.services.reply_due => {
            "The network waits no longer for the reply"
        }
        UssdState::TimedOut => "The network did not answer in time",
    };
    core.ussd_open = reply_expected;
    core.facts.services.reply_due = reply_expected;
    if !text.is_empty() || reply_expected {
        // The answer stays to be read; that it expects no reply says that the dialogue is over.
        core.tell(ModemEvent::Ussd(UssdStatus::Answer { text, reply_expected }));
    } else {
        let why = if why.is_empty() { "The dialogue is over" } else { why };
        core.tell(ModemEvent::Ussd(UssdStatus::Ended(why.to_owned())));
    }
}

/// An error that comes by itself after the `OK` to a code: the network refused it. False if no
/// answer of the network is due, so that the error belongs to something else.
pub(in crate::modem) fn refused_late(result: &FinalResult, core: &mut Core) -> bool {
    let meant = matches!(result, FinalResult::Error | FinalResult::CmeError(_));
    if !meant || !core.ussd_open || !core.timers.is_set(Timer::Ussd) {
        return false;
    }
    stop_waiting(core);
    if !misunderstood(UssdState::NotSupported, core) {
        let (_, diagnosis) = service_refusal(result, "The network refused the code");
        end(core, &diagnosis.cause);
    }
    true
}

/// The network made nothing of a code that a modem took in packed form, and no code was answered
/// in that form yet: it is sent again as it is, once.
fn misunderstood(state: UssdState, core: &mut Core) -> bool {
    let services = &mut core.facts.services;
    let unproven = services.ussd_form.is_none() && core.ussd_open;
    let refused = matches!(state, UssdState::NotSupported | UssdState::Terminated);
    let Some(sent) = services.ussd_sent.as_mut().filter(|_| unproven && refused) else {
        return false;
    };
    if sent.form != Form::Packed || std::mem::replace(&mut sent.again, true) {
        return false;
    }
    let command = UssdCommand::Send(sent.text.clone());
    let again = Ussd { request: None, command, ways: Vec::new(), attempt: 0, again: true };
    core.enqueue(Priority::User, Procedure::Ussd(again));
    true
}

/// A code that was answered in words was understood. Garbage says that the modem wants another
/// form.
fn learn(text: &str, core: &mut Core) {
    let services = &mut core.facts.services;
    let Some(sent) = services.ussd_sent.as_ref().filter(|_| !text.is_empty()) else { return };
    let garbage = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || *c == '\u{FFFD}';
    let garbled = text.chars().filter(garbage).count() * 4 > text.chars().count();
    services.ussd_form = Some(match (garbled, sent.form) {
        (true, Form::Plain) => Form::Packed,
        (true, Form::Packed) => Form::Plain,
        (_, form) => form,
    });
}

/// The network did not answer. What the modem still waits for is taken back, so that the next code
/// is not refused.
pub(in crate::modem) fn timed_out(core: &mut Core) {
    end(core, "The network did not answer");
    let command = UssdCommand::Cancel;
    let cancel = Ussd { request: None, command, ways: Vec::new(), attempt: 0, again: false };
    core.enqueue(Priority::User, Procedure::Ussd(cancel));
}

fn stop_waiting(core: &mut Core) {
    core.timers.stop(Timer::Ussd);
    core.timers.stop(Timer::LateRefusal);
}

/// The dialogue is over.
pub(in crate::modem) fn end(core: &mut Core, why: &str) {
    stop_waiting(core);
    core.facts.services.reply_due = false;
    if std::mem::take(&mut core.ussd_open) {
        core.tell(ModemEvent::Ussd(UssdStatus::Ended(why.to_owned())));
    }
}
