//! Obeys command lines: one at a time, command by command, with the waiting that some of them ask
//! for.

use super::parser;
use crate::clock::Instant;
use crate::simulator::SimulatedModem;
use crate::simulator::message::tpdu::Submit;
use crate::simulator::network::CallStage;
use crate::simulator::persona::{CallReports, DialResult};
use std::time::Duration;

/// Most information that one command line gets, in bytes; more is an `ERROR`.
const MAX_INFORMATION: usize = 128 * 1024;

/// How a command ended, or what it waits for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// Go on with the next command; `OK` at the end of the line.
    Ok,
    /// `ERROR`
    Error,
    /// `+CME ERROR` with this number (27.007 §9.2).
    Cme(u16),
    /// `+CMS ERROR` with this number (27.005 §3.2.5).
    Cms(u16),
    /// Another final result code.
    Final(&'static str),
    /// No result at all.
    Silence,
    /// Not yet.
    Wait(Wait),
}

/// What a prompt asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prompt {
    /// `+CMGS` sends, `+CMGW` stores.
    pub store: bool,
    /// TPDU octets announced, in PDU mode.
    pub length: usize,
    /// Destination, in text mode.
    pub destination: String,
    /// Typed as text.
    pub text_mode: bool,
    /// What has been typed.
    pub body: Vec<u8>,
}

/// What a command line waits for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wait {
    /// The modem thinks, then obeys.
    Think(Instant),
    /// The answer is known and comes at this time.
    Answer(Instant, Box<Reply>),
    /// `OK` to `ATD` at this time, unless the call ends before.
    DialAccepted(Instant, u64),
    /// The other side answers the call or it ends.
    DialAnswered(u64),
    /// A data call that the network will not carry.
    DataCall(Instant),
    /// A search for networks, until this time.
    Scan(Instant),
    /// The text of a message.
    Prompt(Prompt),
    /// The network takes the text; the command's name.
    Submitted(&'static str),
}

impl Wait {
    fn deadline(&self) -> Option<Instant> {
        match self {
            Wait::Think(at)
            | Wait::Answer(at, _)
            | Wait::DialAccepted(at, _)
            | Wait::DataCall(at)
            | Wait::Scan(at) => Some(*at),
            Wait::DialAnswered(_) | Wait::Prompt(_) | Wait::Submitted(_) => None,
        }
    }

    /// A typed character ends it (V.250 §5.6.1).
    pub fn abortable(&self) -> bool {
        let dialing = matches!(self, Wait::DialAccepted(..) | Wait::DialAnswered(_));
        dialing || matches!(self, Wait::DataCall(_) | Wait::Scan(_))
    }
}

/// A command line being obeyed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Execution {
    /// The commands not obeyed yet.
    rest: String,
    /// Information to be printed before the result.
    information: Vec<String>,
    /// What it waits for.
    pub wait: Wait,
    /// When it was typed.
    pub since: Instant,
}

/// What the modem does with command lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Work {
    /// Nothing.
    #[default]
    Idle,
    /// Obeys one.
    Busy(Box<Execution>),
}

impl Work {
    /// When the modem must be woken for it.
    pub fn deadline(&self) -> Option<Instant> {
        match self {
            Work::Idle => None,
            Work::Busy(execution) => execution.wait.deadline(),
        }
    }

    /// Characters are read at once: for a command line or for a prompt.
    pub fn takes_characters(&self) -> bool {
        match self {
            Work::Idle => true,
            Work::Busy(execution) => matches!(execution.wait, Wait::Prompt(_)),
        }
    }
}

impl SimulatedModem {
    /// A prompt is open.
    pub(in crate::simulator) fn in_prompt(&self) -> bool {
        matches!(&self.work, Work::Busy(execution) if matches!(execution.wait, Wait::Prompt(_)))
    }

    /// Unsolicited lines must wait: in a prompt always, before an answer and in a line being typed
    /// as the persona has it.
    /// Long waits for the network do not silence the modem.
    pub(in crate::simulator) fn must_hold(&self) -> bool {
        let Work::Busy(execution) = &self.work else {
            return self.typing_until().is_some_and(|until| self.timers.now < until);
        };
        match execution.wait {
            Wait::Prompt(_) => true,
            Wait::Think(_) | Wait::Answer(..) => self.persona.manners.unsolicited_wait,
            // `^ORIG` follows the `OK` of `ATD` even on sticks that break in elsewhere.
            Wait::DialAccepted(..) => {
                let huawei = self.persona.calls.reports == CallReports::Huawei;
                huawei || self.persona.manners.unsolicited_wait
            }
            _ => false,
        }
    }

    pub(super) fn begin_execution(&mut self, body: String, now: Instant) {
        let think = Duration::from_millis(self.random.between(self.persona.manners.think_millis));
        self.work = Work::Busy(Box::new(Execution {
            rest: body,
            information: Vec::new(),
            wait: Wait::Think(now + think),
            since: now,
        }));
    }

    /// When lines that wait for somebody to type on may be printed after all.
    pub(in crate::simulator) fn held_until(&self) -> Option<Instant> {
        let waiting = self.work == Work::Idle && !self.output.held.is_empty();
        waiting.then(|| self.typing_until().unwrap_or(self.timers.now))
    }

    /// Goes on with the present command line if its time has come.
    pub(in crate::simulator) fn work_due(&mut self, now: Instant) -> bool {
        if self.work.deadline().is_none_or(|at| at > now) {
            return false;
        }
        let Some(execution) = self.take_execution() else { return false };
        match execution.wait.clone() {
            Wait::Think(_) => self.start(*execution, now),
            Wait::Answer(_, reply) => self.finish(*execution, *reply, now),
            Wait::DialAccepted(..) => self.run(*execution, now),
            Wait::DataCall(_) => {
                // 24.008 cause 57: bearer capability not authorized.
                self.last_cause = 57;
                self.finish(*execution, Reply::Final("NO CARRIER"), now);
            }
            Wait::Scan(_) => {
                let mut execution = *execution;
                execution.information.push(self.operators_found());
                self.run(execution, now);
            }
            Wait::DialAnswered(_) | Wait::Prompt(_) | Wait::Submitted(_) => {}
        }
        true
    }

    fn take_execution(&mut self) -> Option<Box<Execution>> {
        match std::mem::take(&mut self.work) {
            Work::Idle => None,
            Work::Busy(execution) => Some(execution),
        }
    }

    fn start(&mut self, execution: Execution, now: Instant) {
        if execution.rest.trim().is_empty() {
            let reply = self.bare_at();
            self.finish(execution, reply, now);
        } else {
            self.run(execution, now);
        }
    }

    /// Obeys the commands that are left, as far as that goes without waiting.
    fn run(&mut self, mut execution: Execution, now: Instant) {
        let reply = loop {
            let command = match parser::next_command(&mut execution.rest) {
                Ok(Some(command)) => command,
                Ok(None) => break Reply::Ok,
                Err(_) => break Reply::Error,
            };
            let mut lines = Vec::new();
            let reply = self.obey(&command, &mut lines, now);
            if !lines.is_empty() {
                execution.information.push(lines.join("\n"));
            }
            if execution.information.iter().map(String::len).sum::<usize>() > MAX_INFORMATION {
                break Reply::Error;
            }
            match reply {
                Reply::Ok => {}
                Reply::Wait(wait) => {
                    self.wait_for(execution, wait);
                    return;
                }
                other => break other,
            }
        };
        self.finish(execution, reply, now);
    }

    fn wait_for(&mut self, mut execution: Execution, wait: Wait) {
        if matches!(wait, Wait::Prompt(_)) {
            let prompt = self.persona.manners.prompt;
            let information = std::mem::take(&mut execution.information);
            if !information.is_empty() {
                self.print_answer(&information, "");
            }
            self.output.push(prompt.as_bytes());
        }
        execution.wait = wait;
        self.work = Work::Busy(Box::new(execution));
    }

    /// Prints information and result, unless a fault delays or swallows them.
    fn finish(&mut self, execution: Execution, reply: Reply, now: Instant) {
        let was_delayed = matches!(execution.wait, Wait::Answer(..));
        if !was_delayed && self.chance(|rates| rates.late_result_per_mille) {
            let late = self.faults.modem.late_by_millis;
            let at = now + Duration::from_millis(self.random.between(late));
            let wait = Wait::Answer(at, Box::new(reply));
            self.work = Work::Busy(Box::new(Execution { wait, ..execution }));
            return;
        }
        let missing = self.chance(|rates| rates.missing_result_per_mille);
        let text = self.result_text(&reply);
        if !missing && reply != Reply::Silence {
            self.print_answer(&execution.information, &text);
        }
        let unprinted = std::mem::take(&mut self.output.inside);
        self.output.held.extend(unprinted);
        self.release_held();
        self.type_what_waited(now);
    }

    fn result_text(&self, reply: &Reply) -> String {
        match reply {
            Reply::Ok => "OK".to_owned(),
            Reply::Final(text) => (*text).to_owned(),
            Reply::Cme(number) => match self.settings.cmee {
                0 => "ERROR".to_owned(),
                1 => format!("+CME ERROR: {number}"),
                _ => format!("+CME ERROR: {}", crate::simulator::errors::cme_text(*number)),
            },
            Reply::Cms(number) if self.settings.cmee == 2 && self.persona.manners.verbose_cms => {
                format!("+CMS ERROR: {}", crate::simulator::errors::cms_text(*number))
            }
            Reply::Cms(number) => format!("+CMS ERROR: {number}"),
            Reply::Error | Reply::Silence | Reply::Wait(_) => "ERROR".to_owned(),
        }
    }

    /// A character was typed during a command that this ends.
    pub(super) fn abort_execution(&mut self, now: Instant) {
        let Some(mut execution) = self.take_execution() else { return };
        execution.rest.clear();
        match execution.wait {
            Wait::DialAccepted(_, serial) | Wait::DialAnswered(serial) => {
                self.network.release(serial, 16, now);
                self.finish(*execution, Reply::Final("NO CARRIER"), now);
            }
            Wait::DataCall(_) => self.finish(*execution, Reply::Final("NO CARRIER"), now),
            _ => self.finish(*execution, Reply::Ok, now),
        }
    }

    /// The call that the present `ATD` waits for was answered (`Ok`) or ended (the result code).
    /// True if there is such a command line.
    pub(in crate::simulator) fn dial_settled(
        &mut self,
        serial: u64,
        outcome: Result<(), &'static str>,
        now: Instant,
    ) -> bool {
        let Work::Busy(execution) = &self.work else { return false };
        let waits_for_answer = match execution.wait {
            Wait::DialAnswered(awaited) if awaited == serial => true,
            Wait::DialAccepted(_, awaited) if awaited == serial => false,
            _ => return false,
        };
        if outcome.is_ok() && !waits_for_answer {
            return false;
        }
        let Some(mut execution) = self.take_execution() else { return false };
        match outcome {
            Ok(()) => {
                let number = self.network.calls().iter().find(|call| call.serial == serial);
                let number = number.and_then(|call| call.number.clone()).unwrap_or_default();
                if self.settings.reports.colp {
                    let kind = crate::simulator::command::type_of_number(&number);
                    execution.information.push(format!("+COLP: \"{number}\",{kind}"));
                }
                match self.persona.calls.dial_result {
                    DialResult::ConnectWhenAnswered => {
                        self.finish(*execution, Reply::Final("CONNECT"), now);
                    }
                    _ => self.run(*execution, now),
                }
            }
            Err(result) => self.finish(*execution, Reply::Final(result), now),
        }
        true
    }

    /// The network took the text, or did not; `None`: the modem will never say.
    pub(in crate::simulator) fn submission_settled(
        &mut self,
        outcome: Option<Result<u8, u16>>,
        now: Instant,
    ) {
        let Work::Busy(execution) = &self.work else { return };
        let Wait::Submitted(name) = execution.wait else { return };
        let Some(mut execution) = self.take_execution() else { return };
        match outcome {
            Some(Ok(reference)) => {
                execution.information.push(format!("{name}: {reference}"));
                self.run(*execution, now);
            }
            None => self.finish(*execution, Reply::Silence, now),
            Some(Err(error)) => self.finish(*execution, Reply::Cms(error), now),
        }
    }

    /// The text after a prompt is complete (`Ctrl-Z`) or given up (`ESC`).
    pub(super) fn end_prompt(&mut self, complete: bool, now: Instant) {
        let Some(mut execution) = self.take_execution() else { return };
        let Wait::Prompt(prompt) = execution.wait.clone() else { return };
        execution.wait = Wait::Think(now);
        if !complete {
            execution.rest.clear();
            self.finish(*execution, Reply::Ok, now);
            return;
        }
        let mut lines = Vec::new();
        match self.prompt_answered(&prompt, &mut lines, now) {
            Reply::Wait(wait) => self.wait_for(*execution, wait),
            Reply::Ok => {
                execution.information.extend(lines);
                self.run(*execution, now);
            }
            other => self.finish(*execution, other, now),
        }
    }

    /// Hands a text to the network.
    pub(in crate::simulator) fn send_text(
        &mut self,
        submit: Submit,
        name: &'static str,
        now: Instant,
    ) -> Reply {
        if !self.network.registration().carries_texts() {
            return Reply::Cms(331);
        }
        self.network.submit(submit, now);
        Reply::Wait(Wait::Submitted(name))
    }

    /// Ends every call in these stages, as the program asked.
    pub(in crate::simulator) fn release_stages(
        &mut self,
        stages: &[CallStage],
        cause: u8,
        now: Instant,
    ) -> usize {
        let serials = self.network.call_table().all_in_stage(stages);
        for serial in &serials {
            self.network.release(*serial, cause, now);
        }
        serials.len()
    }
}
