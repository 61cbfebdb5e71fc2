//! What each procedure is for, in the words of the button or of the routine behind it: the console
//! shows them beside the lines.

use super::Procedure;
use crate::modem::types::Purpose;

const fn wish(words: &'static str) -> Purpose {
    Purpose { words, routine: false }
}

const fn routine(words: &'static str) -> Purpose {
    Purpose { words, routine: true }
}

impl Procedure {
    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        match self {
            Procedure::Acknowledge(_) => wish("Confirm a text"),
            Procedure::Answer(_) => wish("Answer"),
            Procedure::AskService(_) => wish("Service"),
            Procedure::CallService(_) => wish("Hold, join, transfer"),
            Procedure::CheckMessages(_) => routine("Look for texts"),
            Procedure::ChooseMemory(_) => wish("Choose the memory for texts"),
            Procedure::Connect(_) => wish("Find the modem"),
            Procedure::Console(_) => wish("Console"),
            Procedure::Deflect(_) => wish("Forward the call"),
            Procedure::DeleteMessage(_) => wish("Delete a stored text"),
            Procedure::Dial(_) => wish("Call"),
            Procedure::Dtmf(_) => wish("Tones"),
            Procedure::EmergencyNumbers(_) => wish("Emergency numbers"),
            Procedure::EnterPin(_) => wish("PIN"),
            Procedure::ListMessages(list) if list.counts() => routine("Look for texts"),
            Procedure::ListMessages(_) => wish("Read the stored texts"),
            Procedure::Mute(_) => wish("Microphone"),
            Procedure::Phonebook(_) => wish("SIM phonebook"),
            Procedure::PinTries(_) => wish("Tries of the PIN"),
            Procedure::PollCalls(_) => routine("Look at the calls"),
            Procedure::Questions(questions) if questions.for_user() => wish("Ask again"),
            Procedure::Questions(questions) if questions.asks(super::STATUS) => {
                routine("Signal and registration")
            }
            Procedure::Questions(_) if super::asks_for_call(self) => wish("Call"),
            Procedure::Questions(questions) if super::offers::asks_again(questions) => {
                routine("Registration for calls over LTE")
            }
            Procedure::Questions(questions) if questions.asks(super::set_up::ROUTING_CHECK) => {
                routine("Look for texts")
            }
            Procedure::Questions(questions) if questions.asks(super::SIM_STATE) => {
                routine("SIM card")
            }
            Procedure::Questions(_) => wish("Set-up"),
            Procedure::ReadMessage(_) => wish("Read a text"),
            Procedure::Reject(_) => wish("Reject"),
            Procedure::Release(_) => wish("Hang up"),
            Procedure::ShowImei(_) => wish("IMEI"),
            Procedure::SimLock(_) => wish("PIN"),
            Procedure::Submit(_) => wish("Send a text"),
            Procedure::Ussd(_) => wish("Code"),
        }
    }
}
