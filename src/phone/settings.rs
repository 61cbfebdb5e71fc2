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
            wide_references: false,
            national_alphabets: true,
            retry_texts: true,
            texts_per_minute: 0,
            validity_minutes: 0,
            smsc: String::new(),
        }
    }
}
