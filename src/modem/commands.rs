//! What the user wants, and whether it makes sense now.

use super::Modem;
use super::procedure::{
    Console, EnterPin, Procedure, Questions, STATUS, Submit, begin_service, begin_sim, begin_ussd,
};
use super::queue::Priority;
use super::types::ModemCommand;
use crate::at::CommandLine;
use crate::clock::Instant;
use crate::phone::{CommandError, Diagnosis, RequestId};

impl Modem {
    /// Queues what the command asks for, or refuses it at once.
    pub(super) fn begin(&mut self, request: RequestId, command: ModemCommand, now: Instant) {
        let core = &mut self.core;
        match command {
            ModemCommand::Submit(submission) => {
                let submit = Procedure::Submit(Submit::new(request, submission));
                core.enqueue(Priority::Background, submit);
            }
            ModemCommand::Ussd(command) => begin_ussd(request, command, core),
            ModemCommand::Console(typed) => self.begin_console(request, &typed),
            ModemCommand::EnterPin { code, new_pin, last_try } => {
                let pin = Procedure::EnterPin(EnterPin::new(request, code, new_pin, last_try));
                core.enqueue(Priority::User, pin);
            }
            ModemCommand::Service(wish) => begin_service(request, wish, core),
            ModemCommand::Sim(command) => begin_sim(request, command, core),
            ModemCommand::Refresh => {
                let status = Questions::for_request(STATUS, request);
                core.enqueue(Priority::User, Procedure::Questions(status));
            }
            call => self.begin_call(request, call, now),
        }
    }

    fn begin_console(&mut self, request: RequestId, typed: &str) {
        if self.outstanding_dial().is_some() {
            let advice = "Wait until the call is set up, or end it";
            return self.core.refuse(request, "Any command now would end the call", advice);
        }
        match CommandLine::raw_from_user(typed) {
            Ok(line) => {
                let console = Procedure::Console(Console::new(request, line));
                self.core.enqueue(Priority::User, console);
            }
            Err(error) => {
                let mut words = error.to_string();
                if let Some(first) = words.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                let diagnosis = Diagnosis::new(&words, "");
                self.core.failed(request, CommandError::BadInput, diagnosis);
            }
        }
    }
}
