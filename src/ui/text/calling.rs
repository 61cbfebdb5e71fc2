//! The words of the settings of calls.

/// Choice.
pub const AUTO_ANSWER: &str = "Answer calls by itself";
/// The choices: seconds and words.
pub const AUTO_SECONDS: [(u8, &str); 7] = [
    (0, "Never"),
    (1, "After 1 second"),
    (5, "After 5 seconds"),
    (10, "After 10 seconds"),
    (20, "After 20 seconds"),
    (30, "After 30 seconds"),
    (60, "After 60 seconds"),
];
/// Beside it, while it is on.
pub const AUTO_WARNING: &str = "Whoever calls hears this room without anybody lifting a finger. \
                                The window says so as long as it is on";
/// Choice.
pub const REDIAL: &str = "Dial a busy number again";
/// The choices: tries and words.
pub const REDIAL_TRIES: [(u8, &str); 5] =
    [(0, "Never"), (1, "Once"), (3, "3 times"), (5, "5 times"), (10, "10 times")];
/// Choice.
pub const REDIAL_PAUSE: &str = "Shortest pause before a try";
/// The choices: seconds and words.
pub const PAUSES: [(u16, &str); 6] = [
    (5, "5 seconds"),
    (15, "15 seconds"),
    (30, "30 seconds"),
    (60, "1 minute"),
    (120, "2 minutes"),
    (600, "10 minutes"),
];
/// Under them.
pub const REDIAL_WHY: &str = "Mobile networks ask for pauses that grow (3GPP TS 22.001 annex E). A \
                              number that nobody answers is dialed again, too, and an emergency \
                              number never";
/// Field.
pub const VOICEMAIL: &str = "Voicemail number";
/// Placeholder.
pub const VOICEMAIL_HINT: &str = "From the SIM";
/// Group.
pub const BLOCKED: &str = "Blocked numbers";
/// Under it.
pub const BLOCKED_WHY: &str = "Calls are refused and texts kept out of sight. In a pattern * is \
                               any digits and ? one digit: +4930* is everything in Berlin";
/// Switch.
pub const WITHHELD: &str = "Block calls that withhold their number";
/// Field.
pub const BLOCK: &str = "Number or pattern to block";
/// Placeholder.
pub const BLOCK_HINT: &str = "+44 20 7946 0018 or +4930*";
/// Button.
pub const ADD_BLOCK: &str = "Block";
/// What was typed is no number.
pub const BLOCK_SHAPE: &str = "Type a number, or digits with * and ?";
/// It is there already.
pub const BLOCK_KNOWN: &str = "It is in the list already";
/// It would block everybody.
pub const BLOCK_ALL: &str = "This would block everybody: put digits before the *";
/// Empty list.
pub const NOTHING_BLOCKED: &str = "No number is blocked";
/// Group.
pub const REJECT_TEXTS: &str = "Texts to reject a call with";
/// Field.
pub const REJECT_TEXT: &str = "New text to reject a call with";
/// Button.
pub const ADD_TEXT: &str = "Add";
/// Switch.
pub const MASK: &str = "Mask numbers and texts in the console";
/// Opens the table of the profile.
pub const SHOW_PROFILE: &str = "How Deskphone talks to this modem";
/// Closes it.
pub const HIDE_PROFILE: &str = "Hide the table";

/// How long it is waited before each try: "Pauses: 30 seconds, 3 × 1 minute, 3 minutes".
pub fn pauses(seconds: &[u64]) -> String {
    let mut groups: Vec<(u64, usize)> = Vec::new();
    for pause in seconds {
        match groups.last_mut().filter(|(known, _)| known == pause) {
            Some((_, count)) => *count += 1,
            None => groups.push((*pause, 1)),
        }
    }
    let words = |(pause, count): &(u64, usize)| match count {
        1 => duration(*pause),
        count => format!("{count} × {}", duration(*pause)),
    };
    let list: Vec<String> = groups.iter().map(words).collect();
    let name = if seconds.len() == 1 { "Pause" } else { "Pauses" };
    format!("{name}: {}", list.join(", "))
}

fn duration(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, 1) => "1 second".to_owned(),
        (0, seconds) => format!("{seconds} seconds"),
        (1, 0) => "1 minute".to_owned(),
        (minutes, 0) => format!("{minutes} minutes"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// Name of the button that takes an entry away.
pub fn remove(entry: &str) -> String {
    format!("Remove {entry}")
}

/// "All 1000 places are taken".
pub fn list_full(limit: usize) -> String {
    format!("There is room for {limit} entries: remove one first")
}

/// "20 of 1000".
pub fn count(entries: usize, limit: usize) -> String {
    format!("{entries} of {limit}")
}

/// A choice that is none of the usual: "7 seconds".
pub fn seconds(seconds: u16) -> String {
    format!("{seconds} seconds")
}
