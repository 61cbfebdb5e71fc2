//! What the user wants, handed to whoever does it.

use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::modem::ModemCommand;
use crate::phone::{
    CallCommand, Command, CommandError, Diagnosis, Dial, Event, RequestId, UssdCommand,
};

impl Engine {
    pub(super) fn command(&mut self, request: RequestId, command: Command, moment: Moment) {
        match command {
            Command::Link(command) => self.link_command(request, command, moment),
            Command::Call(command) => self.call_command(request, command, moment),
            Command::Message(command) => self.message_command(request, command, moment),
            Command::Contact(command) => self.contact_command(request, command),
            Command::Ussd(command) => {
                self.hand_to_modem(request, ModemCommand::Ussd(command), moment)
            }
            Command::Console(line) => self.console(request, line, moment),
            Command::EnterPin { code, new_pin } => {
                self.hand_to_modem(request, ModemCommand::EnterPin { code, new_pin }, moment);
            }
            Command::SaveSettings(settings) => self.save_settings(request, settings),
            Command::MarkCallsSeen => {
                let marked = self.store.mark_calls_seen();
                if self.finish(request, marked).is_some() {
                    self.publish_missed();
                }
            }
            Command::DeleteCallRecord(id) => {
                let deleted = self.store.delete_call(id);
                if self.finish(request, deleted).is_some() {
                    self.out.events.push(Event::CallRecordDeleted(id));
                    self.publish_missed();
                }
            }
            Command::Refresh => self.hand_to_modem(request, ModemCommand::Refresh, moment),
        }
    }

    fn call_command(&mut self, request: RequestId, command: CallCommand, moment: Moment) {
        let command = match command {
            CallCommand::Dial(dial) => dialed(dial),
            CallCommand::Answer => ModemCommand::Answer,
            CallCommand::Reject => ModemCommand::Reject,
            CallCommand::Release(id) => ModemCommand::Release(self.seat.drivers_id(id)),
            CallCommand::SwapHeldAndActive => ModemCommand::SwapHeldAndActive,
            CallCommand::SendDtmf(tones) => ModemCommand::SendDtmf(tones),
        };
        self.hand_to_modem(request, command, moment);
    }

    /// A raw command line. What would break out of its line never reaches the driver.
    fn console(&mut self, request: RequestId, line: String, moment: Moment) {
        if line.chars().any(char::is_control) {
            let cause = "A command line can't contain control characters";
            let diagnosis = Diagnosis::new(cause, "Type one command at a time");
            return self.failed(request, CommandError::BadInput, diagnosis);
        }
        self.hand_to_modem(request, ModemCommand::Console(line), moment);
    }
}

/// A service code is no number to call.
fn dialed(dial: Dial) -> ModemCommand {
    if dial.number.is_service_code() {
        ModemCommand::Ussd(UssdCommand::Send(dial.number.as_str().to_owned()))
    } else {
        ModemCommand::Dial(dial)
    }
}
