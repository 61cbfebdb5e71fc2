//! What the user has chosen; kept in the store, handed to the window as one value.

use crate::phone::{LinkAddress, UsbIdentity};

/// Colours of the window.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The user's choices. The default is what a new installation has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Size of all text and controls in percent, 75–200.
    pub text_size_percent: u16,
    /// Ask for a delivery report with each text.
    pub delivery_reports: bool,
    /// Delete a received text from the modem once it is stored here.
    pub delete_from_modem: bool,
    /// Enter sends a text (Shift+Enter makes a line); otherwise Ctrl+Enter sends.
    pub enter_sends: bool,
    /// Desktop notifications for calls and texts.
    pub notifications: bool,
    /// ISO 3166 country for numbers without `+`, `GB`; empty: from the SIM, else from the system.
    pub region: String,
    /// Baud rate for serial ports.
    pub baud_rate: u32,
    /// Connect to the last modem by itself.
    pub reconnect: bool,
    /// The modem used last.
    pub last_address: Option<LinkAddress>,
    /// Its USB identity.
    pub last_usb: Option<UsbIdentity>,
    /// The profile chosen by hand; empty: by identification.
    pub profile: String,
    /// Hide the own number in outgoing calls.
    pub hide_own_number: bool,
    /// Answer every call by itself after so many seconds, 1–60; 0: off.
    pub auto_answer_seconds: u8,
    /// Dial a busy or unanswered number again by itself, at most so many times, 1–10; 0: off.
    pub redial_attempts: u8,
    /// Seconds before each of these, 5–600.
    pub redial_pause_seconds: u16,
    /// Calls from these are refused, and texts kept out of sight: numbers however written, or
    /// patterns with `*` (any digits) and `?` (one digit).
    pub block_list: Vec<String>,
    /// Calls that withhold their number are refused.
    pub block_withheld: bool,
    /// Texts offered to reject a call with.
    pub reject_texts: Vec<String>,
    /// Keep the SIM's PIN in the system's keyring and enter it from there.
    pub remember_pin: bool,
    /// Numbers, IMEI, IMSI and texts are masked in the console.
    pub mask_console: bool,
    /// The mailbox's number; empty: the SIM's.
    pub voicemail_number: String,
    /// Number the segments of long texts with 16 bits instead of 8 (23.040 §9.2.3.24.8).
    pub wide_references: bool,
    /// Use the national language tables (23.038 §6.2.1) where they make fewer segments.
    pub national_alphabets: bool,
    /// Send a text again by itself that failed for a reason that passes.
    pub retry_texts: bool,
    /// Hand at most so many texts to the network in a minute; 0: as fast as it goes.
    pub texts_per_minute: u16,
    /// How long the centre shall try to deliver, in minutes; 0: as long as the network likes.
    pub validity_minutes: u32,
    /// The centre for texts instead of the SIM's; empty: the SIM's.
    pub smsc: String,
}

/// Entries of the block list at most.
pub const BLOCK_LIST_LIMIT: usize = 1000;
/// Texts to reject a call with at most.
pub const REJECT_TEXTS_LIMIT: usize = 20;
/// Characters of one entry of these lists at most.
const ENTRY_LIMIT: usize = 300;

impl Settings {
    /// The same with every number in its range and every list within its limit: what was read from
    /// a file, or given by somebody else, can't do harm.
    #[must_use]
    pub fn clamped(mut self) -> Self {
        self.text_size_percent = self.text_size_percent.clamp(75, 200);
        self.auto_answer_seconds = self.auto_answer_seconds.min(60);
        self.redial_attempts = self.redial_attempts.min(10);
        self.redial_pause_seconds = self.redial_pause_seconds.clamp(5, 600);
        tidy(&mut self.block_list, BLOCK_LIST_LIMIT);
        tidy(&mut self.reject_texts, REJECT_TEXTS_LIMIT);
        self
    }
}

/// Without empty entries and those beyond the limit.
fn tidy(entries: &mut Vec<String>, limit: usize) {
    for entry in entries.iter_mut() {
        *entry = entry.trim().chars().take(ENTRY_LIMIT).collect();
    }
    entries.retain(|entry| !entry.is_empty());
    entries.truncate(limit);
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            theme: Theme::System,
            text_size_percent: 100,
            delivery_reports: true,
            delete_from_modem: true,
            enter_sends: true,
            notifications: true,
            region: String::new(),
            baud_rate: 115_200,
            reconnect: true,
            last_address: None,
            last_usb: None,
            profile: String::new(),
            hide_own_number: false,
            auto_answer_seconds: 0,
            redial_attempts: 0,
            redial_pause_seconds: 30,
            block_list: Vec::new(),
            block_withheld: false,
            reject_texts: [
                "I can't talk now. I'll call you back.",
                "I'm in a meeting. Please text me.",
                "I'm on my way.",
            ]
            .map(str::to_owned)
            .to_vec(),
            remember_pin: false,
            mask_console: true,
            voicemail_number: String::new(),
            wide_references: false,
            national_alphabets: true,
            retry_texts: true,
            texts_per_minute: 0,
            validity_minutes: 0,
            smsc: String::new(),
        }
    }
}
