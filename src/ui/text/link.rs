//! The words of the port picker, the state of the modem, the SIM and the settings.

use crate::phone::{LinkAddress, LinkState, Registration, SimState};

/// Button and dialog.
pub const CHOOSE_PORT: &str = "Choose port";
/// Heading of the picker.
pub const PICKER_TITLE: &str = "Choose your modem";
/// Under the heading.
pub const PICKER_HINT: &str = "One click connects. New ports appear by themselves";
/// No port but the simulated one.
pub const NO_PORTS: &str = "No modem found. Plug one in, or try the Demo modem";
/// Button of a port.
pub const CHECK: &str = "Check";
/// What checking does.
pub const CHECK_TIP: &str = "Opens the port for a moment and asks who is there";
/// Heading of the typed address.
pub const OTHER_ADDRESS: &str = "Another address";
/// Field.
pub const ADDRESS: &str = "Address";
/// Placeholder.
pub const ADDRESS_HINT: &str = "/dev/ttyUSB2, COM10 or tcp://host:port";
/// Button.
pub const CONNECT: &str = "Connect";
/// Button.
pub const DISCONNECT: &str = "Disconnect";
/// Button.
pub const RETRY: &str = "Retry";
/// Button.
pub const COPY_COMMAND: &str = "Copy command";
/// Choice.
pub const BAUD_RATE: &str = "Baud rate";
/// Mark of the simulated modem.
pub const SIMULATED: &str = "Simulated";
/// Mark of a port.
pub const LIKELY: &str = "Likely a modem";
/// Mark of a port.
pub const PROBING: &str = "Checking…";
/// Mark of a port.
pub const ANSWERED: &str = "Answers AT";
/// Mark of a port.
pub const NO_ANSWER: &str = "No answer";
/// Mark of the port in use.
pub const CONNECTED: &str = "Connected";
/// The modem's name while none is chosen.
pub const NO_MODEM: &str = "No modem";

// A recording that is played.

/// Why no call is placed.
pub const PLAYED: &str = "A recording is open: no call can be placed from it";
/// What to do.
pub const PLAYED_ADVICE: &str = "Connect a modem to call. Tried anyway, the answers of the \
                                 recording are played";
/// On the pages that ask a network or a SIM.
pub const PLAYED_HERE: &str = "A recording is open: what was asked in it is answered as it was \
                               then, and nothing reaches a network or a SIM";

/// One word for the state of the link.
pub fn state(link: &LinkState) -> &'static str {
    match link {
        LinkState::Disconnected => "Not connected",
        LinkState::Opening(_) => "Opening…",
        LinkState::Initialising(_) => "Setting up…",
        LinkState::Ready(_) => "Connected",
        LinkState::Silent { .. } => "No answer",
        LinkState::Failed { retrying: true, .. } => "Waiting for it",
        LinkState::Failed { .. } => "Failed",
    }
}

/// A port's short name: `ttyUSB2`, `COM10`, `host:port`.
pub fn short_address(address: &LinkAddress) -> String {
    match address {
        LinkAddress::Serial(name) => {
            let short = name.strip_prefix("/dev/").unwrap_or(name);
            short.rsplit('/').next().unwrap_or(short).to_owned()
        }
        LinkAddress::Tcp { host, port } => format!("{host}:{port}"),
        LinkAddress::Demo => "Demo modem".to_owned(),
        LinkAddress::Replay(file) => {
            let name = file.file_name().unwrap_or(file.as_os_str());
            format!("Recording {}", name.to_string_lossy())
        }
    }
}

/// Registration in words; empty when the operator's name says it all.
pub fn registration(registration: Registration) -> &'static str {
    match registration {
        Registration::Unknown | Registration::Home => "",
        Registration::NotRegistered => "Not registered",
        Registration::Searching => "Searching…",
        Registration::Denied => "Refused by the network",
        Registration::Roaming => "Roaming",
        Registration::SmsOnly => "Texts only",
        Registration::EmergencyOnly => "Emergency calls only",
    }
}

/// The SIM in words.
pub fn sim(sim: &SimState) -> String {
    match sim {
        SimState::Unknown => String::new(),
        SimState::Ready => "SIM ready".to_owned(),
        SimState::PinRequired(_) => "SIM needs its PIN".to_owned(),
        SimState::PukRequired(_) => "SIM needs its PUK".to_owned(),
        SimState::NotInserted => "No SIM".to_owned(),
        SimState::Failure => "SIM failure".to_owned(),
        SimState::Locked(lock) => format!("Locked: {lock}"),
    }
}

// The PIN dialog.

/// Title.
pub const UNLOCK_SIM: &str = "Unlock the SIM";
/// Field.
pub const PIN: &str = "PIN";
/// Field.
pub const PUK: &str = "PUK";
/// Field.
pub const NEW_PIN: &str = "New PIN";
/// Button.
pub const UNLOCK: &str = "Unlock";
/// In place of the button while the SIM checks the code.
pub const UNLOCKING: &str = "Checking…";
/// The code was refused and nobody said why.
pub const PIN_REFUSED: &str = "The SIM did not take the code";
/// Button.
pub const LATER: &str = "Later";
/// A PIN has 4 to 8 digits.
pub const PIN_SHAPE: &str = "A PIN has 4 to 8 digits";
/// A PUK has 8 digits.
pub const PUK_SHAPE: &str = "A PUK has 8 digits";
/// Under the field.
pub const PIN_HINT: &str = "It is sent to the SIM and never stored";

/// "2 tries left", "At most 2 tries left"; `puk`: of the PUK.
pub fn tries(left: Option<u8>, at_most: bool, puk: bool) -> String {
    match left {
        None => "How many tries are left is not known".to_owned(),
        Some(0 | 1) if at_most => "At most 1 try left".to_owned(),
        Some(0 | 1) if puk => "1 try left, then the SIM is blocked for good".to_owned(),
        Some(0 | 1) => "1 try left, then the SIM asks for its PUK".to_owned(),
        Some(left) if at_most => format!("At most {left} tries left"),
        Some(left) => format!("{left} tries left"),
    }
}

/// The advice without how many tries are left, which stands above it already.
pub fn without_tries(advice: &str) -> &str {
    let tells = |part: &str| part.contains("tries are left") || part.contains("try is left");
    match advice.split_once(". ") {
        Some((before, rest)) if tells(rest) => before,
        _ if tells(advice) => "",
        _ => advice,
    }
}

// The settings.

/// Group.
pub const APPEARANCE: &str = "Appearance";
/// Group.
pub const CALLS: &str = "Calls";
/// Group.
pub const TEXTS: &str = "Texts";
/// Group.
pub const MODEM: &str = "Modem";
/// Group.
pub const ABOUT: &str = "About";
/// Choice.
pub const THEME: &str = "Colors";
/// Choice.
pub const SYSTEM: &str = "Same as system";
/// Choice.
pub const LIGHT: &str = "Light";
/// Choice.
pub const DARK: &str = "Dark";
/// Choice.
pub const TEXT_SIZE: &str = "Text size";
/// Checkbox.
pub const HIDE_NUMBER: &str = "Hide my number in calls";
/// Field.
pub const REGION: &str = "Country of numbers without +";
/// Placeholder.
pub const REGION_HINT: &str = "From the SIM";
/// Under the field.
pub const REGION_EXPLAINED: &str = "Two letters such as GB, DE or IR; empty takes it from the SIM";
/// Checkbox.
pub const REPORTS: &str = "Ask for delivery reports";
/// Checkbox.
pub const DELETE_FROM_MODEM: &str = "Delete texts from the modem once they are stored here";
/// Checkbox.
pub const ENTER_SENDS: &str = "Enter sends the text, Shift+Enter makes a line";
/// Checkbox.
pub const NOTIFICATIONS: &str = "Show desktop notifications for calls and texts";
/// Checkbox.
pub const RECONNECT: &str = "Connect to the last modem by itself";
/// Choice.
pub const PROFILE: &str = "Modem profile";
/// Choice.
pub const AUTOMATIC: &str = "Automatic";
/// Explained.
pub const PROFILE_HINT: &str = "Change it only if calls misbehave with the automatic choice";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tries_that_are_left_are_taken_out_of_an_advice() {
        for (advice, rest) in [
            ("2 tries are left", ""),
            ("At most one try is left before the SIM asks for its PUK", ""),
            ("Perhaps the PIN was wrong. 2 tries are left", "Perhaps the PIN was wrong"),
            ("Wait a minute. Then try again", "Wait a minute. Then try again"),
        ] {
            assert_eq!(without_tries(advice), rest);
        }
    }
}
