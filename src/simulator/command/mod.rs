//! What each command does. One file for each group; this one decides which group is asked.

mod basic;
mod call_control;
mod card;
mod forwarding;
pub mod hex;
mod identity;
mod message_store;
mod messages;
mod network_service;
mod phonebook;
mod security;
mod several_calls;
mod supplementary;
pub mod text_form;
mod vendor;
mod voice_service;

use super::SimulatedModem;
use super::terminal::execute::Reply;
use super::terminal::parser::{Command, Form};
use crate::clock::Instant;

/// `<type>` of a number (3GPP TS 27.007 §6.1, 24.008 §10.5.4.7).
pub fn type_of_number(number: &str) -> u8 {
    match number.chars().next() {
        Some('+') => 145,
        Some(_) => 129,
        None => 128,
    }
}

/// Commands that need a SIM which is ready.
const NEED_SIM: [&str; 26] = [
    "+CIMI", "+CCID", "+CNUM", "+CPBS", "+CPBR", "+CPBF", "+CPBW", "+CCFC", "+CCWA", "+CSVM",
    "+CMGS", "+CMGW", "+CMGR", "+CMGL", "+CMGD", "+CMSS", "+CPMS", "+CNMI", "+CSCA", "+CSMS",
    "+CMGF", "+CUSD", "+CLIR", "+CLCK", "+CPWD", "+CNMA",
];

/// Of these, the ones whose errors are `+CMS ERROR`.
fn is_message_command(name: &str) -> bool {
    name.starts_with("+CM") || ["+CPMS", "+CNMI", "+CSCA", "+CSMS", "+CNMA"].contains(&name)
}

impl SimulatedModem {
    /// Obeys one command; its information goes to `lines`.
    pub(super) fn obey(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Reply {
        let name = command.name.as_str();
        if self.persona.unsupported.contains(&name) {
            let agrees = self.persona.manners.agrees_to_everything;
            return if agrees { Reply::Ok } else { self.refusal() };
        }
        if NEED_SIM.contains(&name)
            && command.form != Form::Test
            && let Some(error) = self.sim.error()
            // Message format and service may be chosen before the SIM is there.
            && !["+CMGF", "+CSMS"].contains(&name)
        {
            return if is_message_command(name) {
                Reply::Cms(300 + error)
            } else {
                Reply::Cme(error)
            };
        }
        let reply = self.vendor(command, lines, now);
        let reply = reply.or_else(|| self.basic(command, lines, now));
        let reply = reply.or_else(|| self.call_control(command, lines, now));
        let reply = reply.or_else(|| self.several_calls(command, lines, now));
        let reply = reply.or_else(|| self.kept_services(command, lines));
        let reply = reply.or_else(|| self.supplementary(command, lines, now));
        let reply = reply.or_else(|| self.voice_service(command, lines));
        let reply = reply.or_else(|| self.card(command, lines));
        let reply = reply.or_else(|| self.phonebook_command(command, lines));
        let reply = reply.or_else(|| self.identity(command, lines));
        let reply = reply.or_else(|| self.network_service(command, lines, now));
        let reply = reply.or_else(|| self.security(command, lines, now));
        let reply = reply.or_else(|| self.messages(command, lines, now));
        let reply = reply.or_else(|| self.message_store(command, lines, now));
        match reply {
            Some(reply) => reply,
            None if self.persona.manners.agrees_to_everything => Reply::Ok,
            None => self.refusal(),
        }
    }

    /// The answer to what the modem does not know. Modems say `ERROR` for that, whatever `+CMEE`
    /// is, or `+CME ERROR: 4`; the chatty ones the latter.
    fn refusal(&self) -> Reply {
        if self.settings.cmee == 2 { Reply::Cme(4) } else { Reply::Error }
    }

    /// A setting of one number from 0 to `most`: read, set, test. `get` and `set` reach it.
    fn setting(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        most: u32,
        value: impl FnOnce(&mut Self) -> &mut u8,
    ) -> Reply {
        let name = &command.name;
        match &command.form {
            Form::Test => lines.push(format!("{name}: (0-{most})")),
            Form::Read => lines.push(format!("{name}: {}", value(self))),
            Form::Execute => *value(self) = 0,
            Form::Set(_) => match command.number(0) {
                Some(number) if number <= most => *value(self) = number as u8,
                _ => return Reply::Cme(50),
            },
        }
        Reply::Ok
    }

    /// The same for a switch.
    fn switch(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        value: impl FnOnce(&mut Self) -> &mut bool,
    ) -> Reply {
        let name = &command.name;
        match &command.form {
            Form::Test => lines.push(format!("{name}: (0,1)")),
            Form::Read => lines.push(format!("{name}: {}", u8::from(*value(self)))),
            Form::Execute => *value(self) = false,
            Form::Set(_) => match command.number(0) {
                Some(number @ 0..=1) => *value(self) = number == 1,
                _ => return Reply::Cme(50),
            },
        }
        Reply::Ok
    }

    /// A setting that has no effect here: kept and read back.
    fn keep_setting(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        start: &str,
        values: &str,
    ) -> Reply {
        let name = command.name.clone();
        match &command.form {
            Form::Test => lines.push(format!("{name}: {values}")),
            Form::Read => {
                let kept = self.settings.kept.get(&name).map_or(start, String::as_str);
                lines.push(format!("{name}: {kept}"));
            }
            Form::Execute => {
                self.settings.kept.remove(&name);
            }
            Form::Set(value) => {
                // As many as there are names of such settings; each as long as a line allows.
                self.settings.kept.insert(name, value.clone());
            }
        }
        Reply::Ok
    }
}
