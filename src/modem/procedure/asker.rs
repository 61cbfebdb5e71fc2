//! Who waits for a service, and how the outcome is told: a switch of the window wants the outcome
//! alone, who typed a code also an answer in words, as if the network had written it.

use super::super::core::Core;
use super::super::types::ModemEvent;
use super::ussd;
use crate::phone::{CommandError, Diagnosis, RequestId, UssdStatus};

/// See the module.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::modem) struct Asker {
    request: RequestId,
    /// A code was typed.
    code: bool,
}

impl Asker {
    /// A switch, a button, the command line.
    pub fn command(request: RequestId) -> Self {
        Asker { request, code: false }
    }

    /// A code on the dialpad.
    pub fn code(request: RequestId) -> Self {
        Asker { request, code: true }
    }

    /// The question is on its way.
    pub fn begins(self, core: &mut Core) {
        if self.code {
            core.ussd_open = true;
            core.facts.services.reply_due = false;
            core.tell(ModemEvent::Ussd(UssdStatus::Waiting));
        }
    }

    /// It succeeded.
    pub fn done(self, words: &str, core: &mut Core) {
        if self.code {
            core.ussd_open = false;
            let answer = UssdStatus::Answer { text: words.to_owned(), reply_expected: false };
            core.tell(ModemEvent::Ussd(answer));
        }
        core.done(self.request);
    }

    /// It failed.
    pub fn failed(self, error: CommandError, diagnosis: Diagnosis, core: &mut Core) {
        if self.code {
            core.ussd_open = true;
            ussd::end(core, &diagnosis.cause);
        }
        core.failed(self.request, error, diagnosis);
    }

    /// What was typed makes no sense.
    pub fn wrong(self, cause: &str, advice: &str, core: &mut Core) {
        self.failed(CommandError::BadInput, Diagnosis::new(cause, advice), core);
    }
}
