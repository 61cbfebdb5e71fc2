//! What the user wants, handed to whoever does it.

use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::modem::ModemCommand;
use crate::phone::{CallCommand, Command, CommandError, Diagnosis, Event, RequestId, UssdCommand};

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
            Command::Service(service) => {
                self.hand_to_modem(request, ModemCommand::Service(service), moment);
            }
            Command::Sim(sim) => self.sim_command(request, sim, moment),
            Command::Record(path) => self.record(request, path, moment),
            Command::Console(line) => self.console(request, line, moment),
            Command::EnterPin { code, new_pin, last_try } => {
                self.pin_typed(request, new_pin.as_ref().unwrap_or(&code));
                self.hand_to_modem(
                    request,
                    ModemCommand::EnterPin { code, new_pin, last_try },
                    moment,
                );
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
            CallCommand::Dial(dial) if dial.number.is_service_code() => {
                // A service code is no number to call.
                ModemCommand::Ussd(UssdCommand::Send(dial.number.as_str().to_owned()))
            }
            CallCommand::Dial(dial) => return self.user_dials(request, dial, moment),
            CallCommand::Answer => ModemCommand::Answer,
            CallCommand::AnswerAndEnd => ModemCommand::AnswerAndEnd,
            CallCommand::Merge => ModemCommand::Merge,
            CallCommand::Private(id) => ModemCommand::Private(self.seat.drivers_id(id)),
            CallCommand::Transfer => ModemCommand::Transfer,
            CallCommand::Deflect(id, number) => {
                self.forwarding(request, id);
                ModemCommand::Deflect(self.seat.drivers_id(id), number)
            }
            CallCommand::Mute(off) => ModemCommand::Mute(off),
            CallCommand::ContinueDial(id) => ModemCommand::ContinueDial(self.seat.drivers_id(id)),
            CallCommand::DropPostDial(id) => ModemCommand::DropPostDial(self.seat.drivers_id(id)),
            CallCommand::Reject => ModemCommand::Reject,
            CallCommand::RejectWithText(id, text) => {
                return self.reject_with_text(request, id, text, moment);
            }
            CallCommand::CancelRedial => {
                self.cancel_redial();
                return self.done(request);
            }
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
