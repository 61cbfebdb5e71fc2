//! The words of calls, the dialpad and the history.

use super::format;
use crate::phone::{CallRecord, CallState, Direction, Outcome};

/// Button.
pub const CALL: &str = "Call";
/// Button, when a service code was typed.
pub const SEND_CODE: &str = "Send code";
/// Button.
pub const TEXT: &str = "Text";
/// Button.
pub const ANSWER: &str = "Answer";
/// Button.
pub const REJECT: &str = "Reject";
/// Button.
pub const HANG_UP: &str = "Hang up";
/// Button.
pub const HOLD: &str = "Hold";
/// Button.
pub const RESUME: &str = "Resume";
/// Button.
pub const SWAP: &str = "Swap";
/// State of a call that ended well.
pub const ENDED: &str = "Call ended";
/// Button.
pub const CALL_AGAIN: &str = "Call again";
/// Folds the raw lines out.
pub const SHOW_EVIDENCE: &str = "What the modem said";
/// Title of the question before a service code.
pub const CODE_QUESTION: &str = "Send this code?";
/// Why it is asked.
pub const CODE_CHANGES: &str = "This code can change forwarding, barring or a PIN";
/// The name of the button that answers yes; the dialpad behind has a button of the same word.
pub const SEND_CODE_NOW: &str = "Send code now";
/// Button of the dialpad.
pub const BACKSPACE: &str = "Backspace";
/// Field of the dialpad.
pub const NUMBER: &str = "Number";
/// Placeholder of that field.
pub const NUMBER_HINT: &str = "Number or name";
/// Hint of the Call button.
pub const REDIAL_TIP: &str = "Recalls the last number";
/// Hint of the Call button.
pub const CALL_TIP: &str = "Enter";
/// Choice above the keypad in a call.
pub const TONES: &str = "Tones";
/// Choice above the keypad in a call.
pub const NEW_CALL: &str = "New call";
/// Field with the tones sent.
pub const TONES_SENT: &str = "Tones sent";
/// Placeholder of that field.
pub const TONES_HINT: &str = "Keys send tones";
/// Where the voice is: said before and during a call.
pub const SOUND: &str = "Sound is on the modem’s own headset socket, not on this PC";
/// A call that can't be placed without a modem.
pub const NO_MODEM: &str = "No modem is connected";
/// What to do about it.
pub const NO_MODEM_ADVICE: &str = "Choose a port first, or try the Demo modem";
/// Before rejecting by keyboard.
pub const PRESS_AGAIN: &str = "Press Esc again to reject the call";

/// Service codes.
pub const CODE_ANSWER: &str = "Network answer";
/// Service codes.
pub const CODE_WAITING: &str = "Waiting for the network…";
/// Field.
pub const REPLY: &str = "Reply";
/// Button.
pub const SEND_REPLY: &str = "Send reply";
/// Button.
pub const END_DIALOGUE: &str = "End";

/// Empty history.
pub const NO_CALLS: &str = "No calls yet";
/// Empty history.
pub const NO_CALLS_WHY: &str = "Calls you place, answer or miss appear here";
/// Menu entry.
pub const DELETE_CALL: &str = "Delete from history";

/// The state of a live call.
pub fn state(state: &CallState) -> &'static str {
    match state {
        CallState::Dialing => "Calling…",
        CallState::Alerting => "Ringing at the other end",
        CallState::Incoming => "Incoming call",
        CallState::Waiting => "Second caller waiting",
        CallState::Active => "In call",
        CallState::Held => "On hold",
        CallState::Released(_) => "Call ended",
    }
}

/// The letters under a key, by ITU-T E.161.
pub fn letters(key: char) -> &'static str {
    match key {
        '2' => "ABC",
        '3' => "DEF",
        '4' => "GHI",
        '5' => "JKL",
        '6' => "MNO",
        '7' => "PQRS",
        '8' => "TUV",
        '9' => "WXYZ",
        '0' => "+",
        _ => "",
    }
}

/// A call of the history in one line: direction, outcome, cause or duration.
pub fn record(record: &CallRecord) -> String {
    let outgoing = record.direction == Direction::MobileOriginated;
    match record.outcome {
        Outcome::Answered => {
            let word = if outgoing { "Outgoing" } else { "Incoming" };
            let duration = record.talk_time.map(format::timer).unwrap_or_default();
            format!("{word} · {duration}")
        }
        Outcome::Missed => "Missed call".to_owned(),
        Outcome::Rejected => "Rejected".to_owned(),
        Outcome::Cancelled => "Cancelled".to_owned(),
        Outcome::Failed if record.cause.is_empty() => "Not connected".to_owned(),
        Outcome::Failed => record.cause.clone(),
        Outcome::Unfinished => if outgoing { "Outgoing" } else { "Incoming" }.to_owned(),
    }
}

/// The same with its direction, for a conversation.
pub fn record_in_chat(call: &CallRecord) -> String {
    let outgoing = call.direction == Direction::MobileOriginated;
    let kind = if outgoing { "Outgoing call" } else { "Incoming call" };
    match call.outcome {
        Outcome::Answered => {
            format!("{kind} · {}", call.talk_time.map(format::timer).unwrap_or_default())
        }
        Outcome::Missed => "Missed call".to_owned(),
        Outcome::Unfinished => kind.to_owned(),
        _ => format!("{kind} · {}", record(call)),
    }
}

/// Title of the card of a call that ended.
pub fn ended_title(talked: bool, incoming: bool) -> &'static str {
    match (talked, incoming) {
        (true, _) => "Call ended",
        (false, true) => "Missed call",
        (false, false) => "Not connected",
    }
}
