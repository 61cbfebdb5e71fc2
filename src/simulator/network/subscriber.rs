//! Who lives in the simulated network, how their numbers may be written, and what each does.

/// The number of the simulated phone itself.
pub const OWN_NUMBER: &str = "+15550199";

/// The text centre's number.
pub const SMSC_NUMBER: &str = "+15550190";

/// Emergency numbers of every phone without a SIM; the first two of those with one too
/// (3GPP TS 22.101 §10.1).
pub const EMERGENCY_NUMBERS: [&str; 8] = ["112", "911", "999", "110", "000", "08", "118", "119"];

/// The number that only this SIM knows as one (EF_ECC).
pub const SIM_EMERGENCY_NUMBER: &str = "117";

/// The number of the mailbox.
pub const VOICEMAIL_NUMBER: &str = "+15550195";

/// What a subscriber does when called or written to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subscriber {
    /// Answers after two rings.
    Answers,
    /// Is always in another call.
    Busy,
    /// Lets it ring until the network gives up.
    NeverAnswers,
    /// Rejects after one ring.
    Rejects,
    /// The number is not in service.
    NotInService,
    /// A recorded announcement answers, speaks and ends the call.
    Announcement,
    /// Rejects and calls back.
    CallsBack,
    /// Sends every text back.
    Echoes,
    /// Gets texts late; the reports say so.
    Delayed,
    /// The network refuses texts to it.
    RefusesTexts,
    /// 112, 911 and the like: a recording says that this is a simulation.
    Emergency,
    /// The simulated phone itself.
    Own,
    /// Nobody.
    Unknown,
}

/// One line of the network's directory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DirectoryEntry {
    /// What it does.
    pub subscriber: Subscriber,
    /// A person's name.
    pub name: &'static str,
    /// The number as it is best dialed.
    pub number: &'static str,
    /// What a user may expect.
    pub note: &'static str,
}

/// The ten subscribers.
pub const DIRECTORY: [DirectoryEntry; 10] = [
    entry(Subscriber::Answers, "Ada (answers)", "+15550100", "Answers after two rings"),
    entry(Subscriber::Busy, "Boris (busy)", "+15550101", "Is always in another call"),
    entry(Subscriber::NeverAnswers, "Clara (never answers)", "+15550102", "Lets it ring"),
    entry(Subscriber::Rejects, "Dmitri (rejects)", "+15550103", "Rejects after one ring"),
    entry(
        Subscriber::NotInService,
        "Old number (not in service)",
        "+15550104",
        "Nobody has this number any more",
    ),
    entry(
        Subscriber::Announcement,
        "Time announcement",
        "+15550105",
        "A recording answers, speaks and hangs up",
    ),
    entry(
        Subscriber::CallsBack,
        "Farah (calls back)",
        "+15550106",
        "Rejects, then calls back a few seconds later",
    ),
    entry(Subscriber::Echoes, "Echo (echoes texts)", "+15550107", "Sends every text back"),
    entry(
        Subscriber::Delayed,
        "Hana (gets texts late)",
        "+15550108",
        "Gets texts about ten seconds late; ask for a report to see it",
    ),
    entry(
        Subscriber::RefusesTexts,
        "Ivan (refuses texts)",
        "+15550109",
        "The network refuses texts to this number",
    ),
];

const fn entry(
    subscriber: Subscriber,
    name: &'static str,
    number: &'static str,
    note: &'static str,
) -> DirectoryEntry {
    DirectoryEntry { subscriber, name, number, note }
}

/// The number in the one form that the network compares: with country code, without `+`.
fn canonical(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let international = ["00", "011"].iter().find_map(|prefix| digits.strip_prefix(prefix));
    match international {
        Some(rest) if !number.starts_with('+') => rest.to_owned(),
        // The home network's local numbers have seven digits.
        _ if digits.len() == 7 => format!("1{digits}"),
        _ => digits,
    }
}

/// Whose number this is, however it is written: `+15550100`, `15550100`, `0015550100`, `5550100`.
pub fn who(number: &str) -> Subscriber {
    let number = canonical(number);
    let sim_says = number == SIM_EMERGENCY_NUMBER;
    if sim_says || EMERGENCY_NUMBERS.contains(&number.as_str()) {
        return Subscriber::Emergency;
    }
    if number == canonical(OWN_NUMBER) {
        return Subscriber::Own;
    }
    if number == canonical(VOICEMAIL_NUMBER) {
        return Subscriber::Announcement;
    }
    let found = DIRECTORY.iter().find(|entry| canonical(entry.number) == number);
    found.map_or(Subscriber::Unknown, |entry| entry.subscriber)
}

/// The number belongs to another country than the home network's (`+1`).
pub fn is_international(number: &str) -> bool {
    let written_so =
        number.starts_with('+') || number.starts_with("00") || number.starts_with("011");
    written_so && !canonical(number).starts_with('1')
}

/// One step that the network takes in a call by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallStep {
    /// The other phone rings.
    Alert,
    /// It is answered.
    Answer,
    /// The network ends the call with a cause of 3GPP TS 24.008 §10.5.4.11.
    Release(u8),
    /// Nobody answered: the call is forwarded.
    Divert,
}

/// What happens in a call to a subscriber: milliseconds after dialing, before jitter.
pub fn plan_of_call(subscriber: Subscriber) -> &'static [(u64, CallStep)] {
    use CallStep::{Alert, Answer, Release};
    match subscriber {
        // A ring takes three seconds here: two of them, then the receiver is lifted.
        Subscriber::Answers
        | Subscriber::Echoes
        | Subscriber::Delayed
        | Subscriber::RefusesTexts => &[(1000, Alert), (6500, Answer)],
        Subscriber::Busy | Subscriber::Own => &[(1800, Release(17))],
        Subscriber::NeverAnswers => &[(1000, Alert), (31_000, Release(19))],
        Subscriber::Rejects | Subscriber::CallsBack => &[(1000, Alert), (4200, Release(21))],
        Subscriber::NotInService | Subscriber::Unknown => &[(1500, Release(1))],
        Subscriber::Announcement => &[(1600, Answer), (9600, Release(16))],
        Subscriber::Emergency => &[(800, Answer), (6800, Release(16))],
    }
}
