//! The words of the console.

/// Names of the choices what is shown: everything, what was sent, what was received.
pub const ALL: &str = "All";
/// See [`ALL`].
pub const SENT: &str = "Sent";
/// See [`ALL`].
pub const RECEIVED: &str = "Received";
/// Switch: hide what the program asks again and again.
pub const HIDE_CHECKS: &str = "Hide routine checks";
/// Field.
pub const FIND: &str = "Find in the traffic";
/// Button: the field of the words to find is closed.
pub const STOP_FINDING: &str = "Stop finding";
/// A filter that is out of sight is on.
pub const SOME_HIDDEN: &str = "Filtered";
/// Button.
pub const PAUSE: &str = "Pause";
/// Button.
pub const GO_ON: &str = "Go on";
/// Button: numbers are shown.
pub const MASK: &str = "Hide numbers and texts";
/// Button: numbers are hidden.
pub const UNMASK: &str = "Show numbers and texts";
/// The same in a menu where there is little room.
pub const MASK_SHORT: &str = "Hide numbers";
/// See [`MASK_SHORT`].
pub const UNMASK_SHORT: &str = "Show numbers";
/// Button.
pub const RECORD: &str = "Record to a file…";
/// Button.
pub const STOP_RECORDING: &str = "Stop recording";
/// Button.
pub const OPEN_RECORDING: &str = "Open a recording…";
/// Button: begin to record.
pub const START: &str = "Start recording";
/// Button: play a recording.
pub const OPEN: &str = "Open";
/// Button of the menu.
pub const MORE: &str = "More";
/// Nothing fits the filter.
pub const NOTHING_FITS: &str = "No line fits";
/// What to do then.
pub const NOTHING_FITS_WHY: &str = "Change the filter or the words to find";
/// Button of the filter.
pub const SHOW_ALL: &str = "Show all lines";
/// Above what a line is made of.
pub const NOT_KNOWN: &str = "Nothing is known of this line";
/// Title of the question before a dangerous command.
pub const SURE: &str = "Send this command?";
/// Button of that question.
pub const SEND_ANYWAY: &str = "Send it";
/// Under the console's field.
pub const HINT: &str = "Up and Down recall earlier commands, Tab completes";
/// What is hidden when numbers are masked.
pub const MASKED_PART: &str = "hidden, as numbers and texts are";

/// `12 new lines`, while paused.
pub fn new_lines(count: usize) -> String {
    match count {
        0 => "Paused".to_owned(),
        1 => "Paused · 1 new line".to_owned(),
        count => format!("Paused · {count} new lines"),
    }
}

/// What is recorded where.
pub fn recording(file: &str) -> String {
    format!("Recording to {file}")
}
