//! Codes that the phone understands itself: each becomes a command of its own, and its outcome an
//! answer in words. What is no such code, and every reply in a dialogue, goes to the network.

use super::super::core::{Core, no_answer};
use super::super::exchange::{Expect, Request, Response};
use super::super::queue::Priority;
use super::asker::Asker;
use super::phonebook::{self, Task};
use super::sim_lock::{self, Wish};
use super::{Procedure, Step, Ussd, service};
use crate::at::response::free_text;
use crate::phone::{Mmi, RequestId, ServiceRequest, SimCommand, UssdCommand, mmi};
use std::time::Duration;

/// A code, a reply, or the end of a dialogue.
pub(in crate::modem) fn begin_ussd(request: RequestId, command: UssdCommand, core: &mut Core) {
    let code = match &command {
        // The network has asked something: this is the answer to it, whatever it looks like.
        UssdCommand::Send(_) if core.facts.services.reply_due => None,
        UssdCommand::Send(text) => mmi::read(text),
        UssdCommand::Cancel => None,
    };
    let asker = Asker::code(request);
    if let UssdCommand::Send(text) = &command
        && code.is_none()
        && mmi::holds_secret(text)
    {
        // A PIN is nothing that the network's question asks for.
        let advice = "End the dialogue before you send this code";
        return core.refuse(request, "The network waits for a reply", advice);
    }
    // The window has asked before it sent a code that changes something.
    match code {
        None => core.enqueue(Priority::User, Procedure::Ussd(Ussd::new(request, command))),
        Some(Mmi::ShowImei) => {
            core.enqueue(Priority::User, Procedure::ShowImei(ShowImei::new(asker)));
        }
        Some(Mmi::Service(wish)) => service::begin(asker, wish, core),
        Some(Mmi::Wrong(why)) => asker.wrong(&why, "", core),
        Some(Mmi::ChangePin { old, new }) => {
            sim_lock::begin(asker, Wish::ChangePin { old, new }, true, core);
        }
        Some(Mmi::ChangePin2 { old, new }) => {
            sim_lock::begin(asker, Wish::ChangePin2 { old, new }, true, core);
        }
        Some(Mmi::UnblockPin { puk, new_pin }) => {
            sim_lock::begin(asker, Wish::Unblock { puk, new_pin, second: false }, true, core);
        }
        Some(Mmi::UnblockPin2 { puk, new_pin }) => {
            sim_lock::begin(asker, Wish::Unblock { puk, new_pin, second: true }, true, core);
        }
        Some(Mmi::ChangePassword { facility, old, new }) => {
            sim_lock::begin(asker, Wish::ChangePassword { facility, old, new }, true, core);
        }
    }
}

/// Something is wanted of the SIM.
pub(in crate::modem) fn begin_sim(request: RequestId, command: SimCommand, core: &mut Core) {
    let asker = Asker::command(request);
    let task = match command {
        SimCommand::ChangePin { old, new, last_try } => {
            return sim_lock::begin(asker, Wish::ChangePin { old, new }, last_try, core);
        }
        SimCommand::SetPinLock { on, pin, last_try } => {
            return sim_lock::begin(asker, Wish::SetLock { on, pin }, last_try, core);
        }
        SimCommand::ReadPhonebook => Task::Read,
        SimCommand::WriteEntry(entry) => Task::Write(entry),
        SimCommand::DeleteEntry(index) => Task::Delete(index),
    };
    phonebook::begin(asker, task, core);
}

/// A service is to be asked for or changed.
pub(in crate::modem) fn begin_service(request: RequestId, wish: ServiceRequest, core: &mut Core) {
    service::begin(Asker::command(request), wish, core);
}

/// `*#06#`.
#[derive(Debug)]
pub(in crate::modem) struct ShowImei {
    asker: Asker,
}

impl ShowImei {
    pub fn new(asker: Asker) -> Self {
        ShowImei { asker }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        let Some(response) = last else {
            self.asker.begins(core);
            if !core.identity.imei.is_empty() {
                self.tell(core);
                return Step::Finished;
            }
            let ask = Request::line("AT+CGSN").expecting(Expect::Text);
            return Step::send(ask.within(Duration::from_secs(5)));
        };
        let lines = response.lines.iter().map(String::as_str);
        match free_text::digits(lines, "+CGSN", 14) {
            Some(imei) => {
                core.identity.imei = imei;
                self.tell(core);
            }
            None if response.timed_out() => {
                let (error, diagnosis) = no_answer();
                self.asker.failed(error, diagnosis, core);
            }
            None => self.asker.wrong("The modem does not tell its IMEI", "", core),
        }
        Step::Finished
    }

    fn tell(&self, core: &mut Core) {
        let words = format!("IMEI {}", core.identity.imei);
        self.asker.done(&words, core);
    }
}
