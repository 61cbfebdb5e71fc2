//! The words of calls, the dialpad and the history.

use super::format;
use crate::number::{PhoneNumber, PostDial, PostDialStep, format_for_display};
use crate::phone::{CallRecord, CallState, Delivery, Direction, Lamp, Outcome, Redial};
use std::time::Duration;

/// Button.
pub const CALL: &str = "Call";
/// Button, when a service code was typed.
pub const SEND_CODE: &str = "Send code";
/// Button.
pub const TEXT: &str = "Text";
/// Button.
pub const ANSWER: &str = "Answer";
/// Button, while an active call can be put on hold.
pub const ANSWER_AND_HOLD: &str = "Answer and hold";
/// Button, while there is an active call.
pub const ANSWER_AND_END: &str = "Answer and end";
/// Button.
pub const REJECT: &str = "Reject";
/// Opens the menu with other ways to reject.
pub const REJECT_OTHERWISE: &str = "Reject in another way";
/// Heading in that menu.
pub const REJECT_WITH: &str = "Reject with a text";
/// Entry in that menu.
pub const OWN_WORDS: &str = "Write a text…";
/// Entry in that menu.
pub const DEFLECT: &str = "Forward this call…";
/// Button.
pub const HANG_UP: &str = "Hang up";
/// Button.
pub const HOLD: &str = "Hold";
/// Button.
pub const RESUME: &str = "Resume";
/// Button.
pub const SWAP: &str = "Swap";
/// Button.
pub const MUTE: &str = "Mute";
/// Button.
pub const UNMUTE: &str = "Unmute";
/// State of the microphone.
pub const MUTED: &str = "Muted";
/// Button: the calls become a conference.
pub const MERGE: &str = "Merge";
/// Closes the cards of all ended calls.
pub const DISMISS_ALL: &str = "Dismiss all";
/// Folds them again.
pub const FEWER: &str = "Show fewer";
/// Why a call can't be held or muted yet.
pub const NOT_TALKING: &str = "Possible while you talk";
/// Why a held call can't be taken back.
pub const NOT_WHILE_DIALING: &str = "Possible when the other call is answered or over";
/// Why that is not possible (3GPP TS 22.084 §1.3.6).
pub const MERGE_FULL: &str = "A conference has room for five";
/// Menu entry: the two others talk with each other.
pub const TRANSFER: &str = "Connect them and leave";
/// Button of a strip: brings the keys into sight.
pub const KEYPAD: &str = "Keypad";
/// Opens the menu with the rarer actions.
pub const MORE: &str = "More for this call";
/// Button.
pub const HANG_UP_ALL: &str = "Hang up all";
/// Title of the card of several calls.
pub const CONFERENCE: &str = "Conference";
/// Why nobody can be talked with alone.
pub const PRIVATE_NEEDS_ROOM: &str = "Possible when no other call is on hold";
/// Question of a wait in a dialed number.
pub const SEND_NOW: &str = "Send now";
/// Answer to it.
pub const SKIP: &str = "Skip";
/// Button of the card of a call that was refused before it was dialed.
pub const TRY_ANYWAY: &str = "Try anyway";
/// Button of that card, once the call can succeed.
pub const CALL_NOW: &str = "Call now";
/// Why that button is there.
pub const POSSIBLE_NOW: &str = "A call is possible now";
/// Button after a missed call.
pub const CALL_BACK: &str = "Call back";
/// Button of the card of a call that ended, beside calling again.
pub const TEXT_INSTEAD: &str = "Text instead";
/// Unfolds the strip of a call that ended.
pub const WHY_AND_WHAT: &str = "Why, and what to do";
/// Title of the card of a call that was refused before it was dialed.
pub const NOT_DIALED: &str = "Not dialed";
/// State of a call that ended well.
pub const ENDED: &str = "Call ended";
/// Button.
pub const CALL_AGAIN: &str = "Call again";
/// Folds the raw lines out.
pub const SHOW_EVIDENCE: &str = "What the modem said";
/// The same where there is little room.
pub const SHOW_EVIDENCE_SHORT: &str = "Raw lines";
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
/// `**21*+4930…` was to be called.
pub const UNFINISHED_CODE: &str = "A service code ends with #";
/// Choice above the keypad in a call.
pub const TONES: &str = "Tones";
/// Choice above the keypad in a call.
pub const NEW_CALL: &str = "New call";
/// Field with the tones sent.
pub const TONES_SENT: &str = "Tones sent";
/// Placeholder of that field.
pub const TONES_HINT: &str = "Keys send tones";
/// Button, while an emergency number stands in the field.
pub const EMERGENCY: &str = "Emergency call";
/// The same where there is little room.
pub const EMERGENCY_SHORT: &str = "Emergency";
/// Button, while the SIM asks for its PIN and no call can be placed.
pub const ENTER_PIN: &str = "Enter PIN…";
/// The same for the PUK.
pub const ENTER_PUK: &str = "Enter PUK…";
/// The question before an emergency call.
pub const EMERGENCY_WHY: &str =
    "This is an emergency number. The call goes to the emergency services where the modem is";
/// Opens the menu beside Call.
pub const CALL_MENU: &str = "Ways to call";
/// Entry of that menu.
pub const HIDE_NUMBER: &str = "Call and hide my number";
/// Entry of that menu.
pub const SHOW_NUMBER: &str = "Call and show my number";
/// Entry of that menu.
pub const DEFAULT_NUMBER: &str = "Call as the network is set";
/// Entry of that menu where there is no room for a button.
pub const WRITE: &str = "Write a text";
/// Hint of the key 1.
pub const MAILBOX_TIP: &str = "Hold to call the mailbox";
/// It was held, and nobody has told the number.
pub const NO_MAILBOX: &str = "No voicemail number is known: set it in the settings";
/// Hint of the key `*`.
pub const STAR_TIP: &str = "Hold for a pause of 3 seconds";
/// Hint of the key `#`.
pub const HASH_TIP: &str = "Hold for a wait: the rest is sent when you say so";
/// The number that an incoming call is forwarded to.
pub const DEFLECT_TITLE: &str = "Forward this call";
/// Field of that dialog.
pub const DEFLECT_TO: &str = "Forward to";
/// What either dialog about a ringing call says when that call is over.
pub const GAVE_UP: &str = "The caller has given up";
/// The same when it was answered instead.
pub const WAS_ANSWERED: &str = "The call was answered";
/// Button of that dialog.
pub const DEFLECT_NOW: &str = "Forward call";
/// Button of the dialog with the words for a caller.
pub const REJECT_AND_SEND: &str = "Reject and send";
/// The same once the caller has given up, so that there is nothing to reject.
pub const SEND_AS_TEXT: &str = "Send as text";
/// Field of that dialog.
pub const YOUR_WORDS: &str = "Text to the caller";
/// Title of the card of a number that is dialed again by itself.
pub const REDIAL: &str = "Calling again by itself";
/// Button of that card.
pub const STOP: &str = "Stop";
/// Its name.
pub const STOP_REDIAL: &str = "Stop calling again";
/// Button of the strip about calls that are answered by themselves.
pub const AUTO_ANSWER_OFF: &str = "Turn off";
/// Its name.
pub const AUTO_ANSWER_OFF_NAME: &str = "Turn auto-answer off";
/// On the card of a call of which the modem has said nothing for long.
pub const IN_DOUBT: &str = "The modem no longer mentions this call: it may be answered, or over. \
     Hang up when you have finished";
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

/// Filter of the history.
pub const ALL: &str = "All";
/// Filter of the history.
pub const MISSED: &str = "Missed";
/// Filter of the history.
pub const BLOCKED: &str = "Blocked";
/// Empty list of missed calls.
pub const NO_MISSED: &str = "No missed calls";
/// Empty list of blocked calls.
pub const NO_BLOCKED: &str = "No blocked calls";
/// What that list is.
pub const NO_BLOCKED_WHY: &str =
    "Calls from blocked numbers are refused by themselves and noted here";

/// The state of a call that is talked on, whose other side has put it on hold.
pub const HELD_BY_OTHER: &str = "On hold by the other side";
/// The same where there is little room.
pub const HELD_BY_OTHER_SHORT: &str = "Held by them";

/// The state of a live call.
pub fn state(state: &CallState) -> &'static str {
    match state {
        CallState::Dialing => "Calling…",
        CallState::Alerting => "Ringing at the other end",
        CallState::Incoming => "Incoming call",
        CallState::Waiting => "Call waiting",
        CallState::Active => "In call",
        CallState::Held => "On hold",
        CallState::Released(_) => "Call ended",
    }
}

/// The same where there is little room.
pub fn state_short(state: &CallState) -> &'static str {
    match state {
        CallState::Alerting => "Ringing",
        CallState::Incoming => "Incoming",
        CallState::Waiting => "Waiting",
        other => self::state(other),
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
        '*' => "pause",
        '#' => "wait",
        _ => "",
    }
}

/// Title of a card of several calls: "Conference · 3 people"; `short`: "3 people".
pub fn conference(people: usize, short: bool) -> String {
    let people = format::count(people, "person", "people");
    if short { people } else { format!("{CONFERENCE} · {people}") }
}

/// Opens the cards of older calls.
pub fn more_ended(count: usize) -> String {
    format!("{count} more ended {}", if count == 1 { "call" } else { "calls" })
}

/// "Swap to Ada".
pub fn swap_to(name: &str) -> String {
    format!("{SWAP} to {name}")
}

/// "Talk with Ada alone".
pub fn private_with(name: &str) -> String {
    format!("Talk with {name} alone")
}

/// "Drop Ada".
pub fn drop_one(name: &str) -> String {
    format!("Drop {name}")
}

/// Tones that were sent.
pub fn keys_sent(keys: &str) -> String {
    format!("Keys sent: {keys}")
}

/// What follows the answer, in words: "pause · 12# · wait · 4".
pub fn tail(tones: &PostDial) -> String {
    steps(tones.steps().into_iter())
}

fn steps(steps: impl Iterator<Item = PostDialStep>) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut pauses = 0;
    for step in steps.map(Some).chain([None]) {
        if step == Some(PostDialStep::Pause) {
            pauses += 1;
            continue;
        }
        match std::mem::take(&mut pauses) {
            0 => {}
            1 => parts.push("pause".to_owned()),
            several => parts.push(format!("{several} pauses")),
        }
        match step {
            Some(PostDialStep::Tones(tones)) => parts.push(tones.as_str().to_owned()),
            Some(PostDialStep::Wait) => parts.push("wait".to_owned()),
            Some(PostDialStep::Pause) | None => {}
        }
    }
    parts.join(" · ")
}

/// Under the number: what is sent after the answer.
pub fn after_answer(tones: &PostDial) -> String {
    format!("After the answer: {}", tail(tones))
}

/// On the card: what is still to be sent.
pub fn keys_to_come(tones: &PostDial) -> String {
    format!("To be sent: {}", tail(tones))
}

/// The question of a wait, with which what is to be sent begins.
pub fn send_rest(tones: &PostDial) -> String {
    let wait = |step: &PostDialStep| *step == PostDialStep::Wait;
    format!("Send {} now?", steps(tones.steps().into_iter().skip_while(wait)))
}

/// The lamp, while an emergency number stands in the field: a SIM or a registration is not needed.
pub fn can_be_dialed(number: &str) -> String {
    format!("{number} can be dialed")
}

/// What became of the text that a caller got instead of an answer.
pub fn reply(delivery: &Delivery) -> String {
    match delivery {
        Delivery::Sent | Delivery::Delivered => "Text sent".to_owned(),
        Delivery::Failed(why) if why.cause.is_empty() => "Text not sent".to_owned(),
        Delivery::Failed(why) => format!("Text not sent: {}", why.cause),
        Delivery::Unknown(_) => "The text may have been sent".to_owned(),
        _ => "Text waiting to be sent".to_owned(),
    }
}

/// "Emergency call · 112": who is called, on the card of the call.
pub fn emergency_title(number: &str) -> String {
    format!("{EMERGENCY} · {number}")
}

/// Title of the question before an emergency call.
pub fn emergency_question(number: &str) -> String {
    format!("Call {number}?")
}

/// Button of that question.
pub fn emergency_yes(number: &str) -> String {
    format!("Call {number} now")
}

/// The lamp beside the dialpad.
pub fn lamp(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::Ready => "Ready",
        Lamp::Doubtful => "A call may fail",
        Lamp::EmergencyOnly => "Emergency calls only",
        Lamp::NotReady => "No calls possible",
    }
}

/// Beside the lamp, while all calls to this number go elsewhere.
pub fn all_forwarded(to: Option<&PhoneNumber>) -> String {
    match to {
        Some(to) => format!("All calls to you go to {}", format_for_display(to.as_str(), "")),
        None => "All calls to you are forwarded".to_owned(),
    }
}

/// Beside the lamp, while nobody can call this number.
pub const INCOMING_BARRED: &str = "Calls to you are barred";

/// When a number is dialed again: "Try 2 of 5 in 0:23".
pub fn redial_line(redial: &Redial, left: Duration) -> String {
    let (attempt, of) = (redial.attempt, redial.of);
    if left.is_zero() {
        return format!("Try {attempt} of {of} now");
    }
    format!("Try {attempt} of {of} in {}", format::timer(left))
}

/// The warning while calls are answered by themselves: in full, and shorter for less room.
pub fn auto_answer(seconds: u8) -> [String; 3] {
    let long = format::count(usize::from(seconds), "second", "seconds");
    [
        format!("Every call is answered by itself after {long}"),
        format!("Calls answer themselves after {seconds} s"),
        format!("Auto-answer {seconds} s"),
    ]
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
        Outcome::Rejected if forwarded(record) => "Forwarded".to_owned(),
        Outcome::Rejected => "Rejected".to_owned(),
        // The cause names the entry of the block list behind a colon.
        Outcome::Blocked => match record.cause.split_once(": ") {
            Some((_, entry)) => format!("{BLOCKED} · {entry}"),
            None => BLOCKED.to_owned(),
        },
        Outcome::Cancelled => "Cancelled".to_owned(),
        Outcome::Failed if record.cause.is_empty() => "Not connected".to_owned(),
        Outcome::Failed => record.cause.clone(),
        Outcome::Unfinished => if outgoing { "Outgoing" } else { "Incoming" }.to_owned(),
    }
}

/// We had the caller connected with somebody else: the history holds that as a kind of rejecting,
/// and the cause tells it.
pub fn forwarded(record: &CallRecord) -> bool {
    record.outcome == Outcome::Rejected && record.cause.starts_with("You forwarded")
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
