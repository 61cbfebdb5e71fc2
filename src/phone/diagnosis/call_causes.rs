//! The causes of call control (3GPP TS 24.008 table 10.5.123), their words as modems spell them in
//! `+CEER`, and the end status of Huawei's `^CEND`.

/// One cause and what it means to a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallCause {
    /// `<cause>` of 24.008; above 127 a maker's own.
    pub number: u16,
    /// What happened.
    pub cause: &'static str,
    /// What to do; may be empty.
    pub advice: &'static str,
}

const CHECK_NUMBER: &str = "Check the number";
const LATER: &str = "Try again in a few minutes";
const SHORTLY: &str = "Try again in a moment";
const OPERATOR: &str = "Ask your operator whether this SIM may do this";
const OTHER_WAY: &str = "Try again later, or send a text";

const fn row(number: u16, cause: &'static str, advice: &'static str) -> CallCause {
    CallCause { number, cause, advice }
}

/// 24.008 table 10.5.123, then the causes that Wavecom (252, 253) and Cinterion (300, 910–914) add.
const CAUSES: &[CallCause] = &[
    row(1, "The number is not in service", CHECK_NUMBER),
    row(3, "The network found no way to this number", CHECK_NUMBER),
    row(6, "The network offered an unusable channel", SHORTLY),
    row(8, "The operator has barred this call", OPERATOR),
    row(16, "The call ended normally", ""),
    row(17, "The number is busy", LATER),
    row(18, "The phone called did not respond", OTHER_WAY),
    row(19, "Nobody answered", OTHER_WAY),
    row(21, "The call was rejected by the other side", OTHER_WAY),
    row(22, "The number has changed", CHECK_NUMBER),
    row(25, "The call was pushed aside by a more urgent one", SHORTLY),
    row(26, "The call was answered somewhere else", ""),
    row(27, "The phone called can't be reached: it is out of order", OTHER_WAY),
    row(28, "The number is incomplete or badly formed", "Check the number and its country code"),
    row(
        29,
        "The network refused the service asked for",
        "See in Call services whether calls are barred, or call without hiding your number",
    ),
    row(30, "The network asked how the call stands and then ended it", SHORTLY),
    row(31, "The call ended", ""),
    row(34, "The network is congested: no free line", SHORTLY),
    row(38, "The network is out of order", LATER),
    row(41, "The network had a temporary failure", SHORTLY),
    row(42, "The network is congested", SHORTLY),
    row(43, "The network discarded part of the request", SHORTLY),
    row(44, "The line asked for is not free", SHORTLY),
    row(47, "The network has no resources left", SHORTLY),
    row(49, "The quality of service asked for is not available", OPERATOR),
    row(50, "This SIM is not subscribed to voice calls", OPERATOR),
    row(55, "Incoming calls are barred in this closed user group", OPERATOR),
    row(57, "This SIM is not allowed to make voice calls", OPERATOR),
    row(58, "The network can't carry a voice call just now", SHORTLY),
    row(63, "The network has no voice service for this SIM", OPERATOR),
    row(65, "The network does not carry voice calls this way", OPERATOR),
    row(68, "The credit is used up", "Top up the SIM's credit or raise its call limit"),
    row(69, "The network does not have the service asked for", OPERATOR),
    row(70, "Only restricted digital calls are possible", OPERATOR),
    row(79, "The network does not have this service", OPERATOR),
    row(81, "The network lost track of the call", SHORTLY),
    row(87, "The number is outside the closed user group", OPERATOR),
    row(88, "The device called can't take a voice call", CHECK_NUMBER),
    row(91, "The transit network chosen does not exist", "Dial without a carrier code"),
    row(95, "The network did not understand the request", SHORTLY),
    row(96, "The network missed a part of the request", SHORTLY),
    row(97, "The network does not know this kind of request", SHORTLY),
    row(98, "The request did not fit the state of the call", SHORTLY),
    row(99, "The network does not know a part of the request", SHORTLY),
    row(100, "A part of the request was wrong for the network", SHORTLY),
    row(101, "The request came at the wrong moment", SHORTLY),
    row(102, "The network waited too long and gave up", SHORTLY),
    row(111, "The network reported a protocol error", SHORTLY),
    row(127, "The call failed on its way through another network", LATER),
    row(
        252,
        "Outgoing calls are barred on this SIM",
        "Switch call barring off, or ask your operator",
    ),
    row(
        253,
        "Incoming calls are barred on this SIM",
        "Switch call barring off, or ask your operator",
    ),
    row(300, "The number called is barred", OPERATOR),
    // 900 added to the reasons of Cinterion's own call control (BGS2 manual, +CEER 9,<n>).
    row(
        910,
        "The number is not among the SIM's fixed numbers",
        "Switch fixed dialling off, or call a number from its list",
    ),
    row(911, "The modem got no number to dial", CHECK_NUMBER),
    row(912, "The modem has no room for another call", "End another call first"),
    row(913, "The modem bars this call", "Switch call barring off, or ask your operator"),
    row(
        914,
        "The modem refuses this number after too many attempts in vain",
        "Wait an hour, or restart the modem",
    ),
];

/// The row of a 24.008 cause; `None` if the specification and the makers' lists have none.
pub fn call_cause(number: u16) -> Option<&'static CallCause> {
    CAUSES.iter().find(|row| row.number == number)
}

/// Phrases of `+CEER` texts (27.007 §6.10 leaves them to the maker) and the cause each stands for.
/// The first that occurs decides, so the more particular stand first.
const PHRASES: &[(&str, u16)] = &[
    ("unassigned", 1),
    ("unallocated", 1),
    ("no route", 3),
    ("operator determined barring", 8),
    ("barred", 8),
    ("user busy", 17),
    ("busy", 17),
    ("no user responding", 18),
    ("user alerting", 19),
    ("no answer", 19),
    ("rejected", 21),
    ("number changed", 22),
    ("pre-emption", 25),
    ("destination out of order", 27),
    ("invalid number", 28),
    ("incomplete number", 28),
    ("facility rejected", 29),
    ("no circuit", 34),
    ("network out of order", 38),
    ("temporary failure", 41),
    ("congestion", 42),
    ("channel not available", 44),
    ("resources unavailable", 47),
    ("resource unavailable", 47),
    ("not subscribed", 50),
    ("bearer capability not authorized", 57),
    ("bearer capability not authorised", 57),
    ("bearer capability not presently", 58),
    ("service or option not", 63),
    ("acm equal", 68),
    ("acm limit", 68),
    ("no funds", 68),
    ("no credit", 68),
    ("fixed dial", 910),
    ("incompatible destination", 88),
    ("timer expi", 102),
    ("interworking", 127),
    ("normal call clearing", 16),
    ("normal clearing", 16),
    ("client ended", 16),
    ("normal, unspecified", 31),
    ("normal unspecified", 31),
];

/// The cause that a report in words stands for: `User busy` → 17.
pub fn call_cause_of_words(words: &str) -> Option<u16> {
    let words = words.to_lowercase();
    PHRASES.iter().find(|(phrase, _)| words.contains(phrase)).map(|&(_, number)| number)
}

/// Phrases of Qualcomm's chips in `+CEER`, and the end status of `^CEND` that says the same: Huawei
/// took its numbers from there.
const END_PHRASES: &[(&str, u16)] = &[
    ("no service", 21),
    ("fade", 22),
    ("intercept", 23),
    ("reorder", 24),
    ("base station", 25),
    ("incoming call", 27),
    ("call failed", 104),
    ("setup reject", 103),
    ("access failure", 24),
    ("no gw service", 106),
    ("offline", 0),
];

/// The end status that a report in words stands for: `Signal fade` → 22.
pub fn end_status_of_words(words: &str) -> Option<u16> {
    let words = words.to_lowercase();
    END_PHRASES.iter().find(|(phrase, _)| words.contains(phrase)).map(|&(_, status)| status)
}

/// `<end_status>` of Huawei's `^CEND` where no cause follows it (MU509 AT command manual).
/// Status 29 and 104 say only who ended the call, so they have no words of their own.
pub fn huawei_end_status(status: u16) -> Option<(&'static str, &'static str)> {
    Some(match status {
        0 => ("The modem is not connected to the network", "Wait until it has a signal"),
        21 => ("The modem has no service", "Check the antenna and wait for a signal"),
        22 => ("The signal was lost", "Move to a place with a better signal"),
        23 => ("The network intercepted the call", CHECK_NUMBER),
        24 => ("The network sent the call back", SHORTLY),
        25 => ("The network ended the call", SHORTLY),
        26 => ("The network rejected the service asked for", OPERATOR),
        27 => ("An incoming call took over", "Answer or reject it, then call again"),
        28 => ("The call was stopped while it rang", ""),
        30 => ("The modem was being activated", SHORTLY),
        31 => ("The network broke the call off", SHORTLY),
        34 => ("The SIM card is missing", "Insert a SIM card"),
        99 => ("The modem was looking for another network", SHORTLY),
        101 => ("The network did not confirm the call", SHORTLY),
        102 => ("The incoming call was rejected", ""),
        103 => ("The network rejected the call", OPERATOR),
        105 => ("The credit is used up", "Top up the SIM's credit"),
        106 => ("The network has no voice service here", OPERATOR),
        _ => return None,
    })
}
