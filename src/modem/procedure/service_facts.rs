//! What was learned of this modem's services since the link stands.

use super::sim_state::CardDoubt;
use super::ussd::{Form, Sent};
use crate::at::response::pin_retries::PinRetries;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(in crate::modem) struct ServiceFacts {
    /// The network has asked something: whatever is typed is the reply.
    pub reply_due: bool,
    /// How this modem wants the strings of `+CUSD`, once one was answered.
    pub ussd_form: Option<Form>,
    /// What was sent last.
    pub ussd_sent: Option<Sent>,
    /// `+CSCS` is UCS2 for a moment, while the phonebook is read.
    pub ucs2: bool,
    /// It is so all the time, since the modem refused every other.
    pub always_ucs2: bool,
    /// Tries left for the PINs, as the modem said, less those that were wrong since.
    pub tries: PinRetries,
    /// Wrong PINs and PUKs since the modem told, or since the link stands.
    pub wrong: [u8; 2],
    /// Which question the modem answers with the tries left.
    pub tries_way: Option<usize>,
    /// Every one of these questions was asked in vain.
    pub tries_untold: bool,
    /// The IMSI of the card that was taken out. Personal: never logged.
    pub home: String,
    /// The card may be another one than it was.
    pub card_doubt: Option<CardDoubt>,
    /// The modem told of its registration for calls over LTE: ask again.
    pub ims_told: bool,
    /// The network has said that all calls to this number are forwarded.
    pub all_forwarded: bool,
    /// `+FCLASS=?` was answered, without voice.
    pub no_voice_class: bool,
    /// Commands that every phone with voice knows were refused.
    pub voice_refused: u8,
}
