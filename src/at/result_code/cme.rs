//! `+CME ERROR: <err>` (3GPP TS 27.007 §9.2), as a number or in words, with what a person should
//! know and do.

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub number: u16,
    /// As the specification spells it: this is what a modem says with `+CMEE=2`.
    pub text: &'static str,
    /// What happened, as one sentence without a full stop.
    pub cause: &'static str,
    /// What to do, as one sentence without a full stop.
    pub advice: &'static str,
}

const fn row(number: u16, text: &'static str, cause: &'static str, advice: &'static str) -> Row {
    Row { number, text, cause, advice }
}

/// An error of the mobile equipment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CmeError {
    /// `<err>`, also when the modem said it in words that the specification knows.
    pub number: Option<u16>,
    /// What stood behind the colon.
    pub text: String,
}

impl CmeError {
    /// From a number.
    pub fn from_number(number: u16) -> Self {
        CmeError { number: Some(number), text: number.to_string() }
    }

    /// From what stands behind `+CME ERROR:`: a number, words, or nothing.
    pub fn from_text(text: &str) -> Self {
        CmeError { number: number_of(text, &ROWS, &ALIASES), text: text.trim().to_owned() }
    }

    /// What happened and what to do, each one sentence for people.
    pub fn words(&self) -> (&'static str, &'static str) {
        if let Some(row) = self.number.and_then(|number| find(number, &ROWS)) {
            return (row.cause, row.advice);
        }
        match self.number {
            Some(101..=199) => ("The network refused a service for data", OPERATOR),
            // 27.007 leaves these to the makers.
            Some(200..) => (
                "The modem refused for a reason of its maker's own",
                "Look the number up in the modem's manual, then try again",
            ),
            _ => UNKNOWN,
        }
    }

    /// The specification's own words, `SIM not inserted`; the modem's if it has none.
    pub fn specified_text(&self) -> &str {
        self.number.and_then(|number| find(number, &ROWS)).map_or(&self.text, |row| row.text)
    }

    /// The same command may well succeed a little later: the SIM or the modem is still busy.
    pub fn is_temporary(&self) -> bool {
        matches!(self.number, Some(2 | 14 | 31 | 57 | 515))
    }
}

/// The number that `text` is or names.
pub(super) fn number_of(text: &str, rows: &[Row], aliases: &[(u16, &str)]) -> Option<u16> {
    let text = text.trim().trim_matches('"');
    // Some modems write the number and the words behind it.
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, words) = text.split_at(digits);
    let apart = words.is_empty() || words.starts_with([' ', ',', ':', '-']);
    if apart && let Ok(number) = digits.parse() {
        return Some(number);
    }
    // 27.005 writes `(U)SIM`, modems write `SIM`.
    let names =
        |row: &&Row| row.text.replace("(U)", "").eq_ignore_ascii_case(&text.replace("(U)", ""));
    let named = rows.iter().find(names).map(|row| row.number);
    let alias = || aliases.iter().find(|alias| alias.1.eq_ignore_ascii_case(text));
    named.or_else(|| alias().map(|alias| alias.0))
}

/// The row of a number; the tables are sorted.
pub(super) fn find(number: u16, rows: &'static [Row]) -> Option<&'static Row> {
    rows.binary_search_by_key(&number, |row| row.number).ok().and_then(|at| rows.get(at))
}

const UNKNOWN: (&str, &str) = (
    "The modem refused without a reason that we know",
    "Try again; if it stays so, restart the modem",
);

const RESTART: &str = "Try again; if it stays so, unplug the modem and plug it in again";
const UNLOCK: &str = "Unlock the SIM in the settings, then try again";
const RESEAT: &str = "Take the SIM card out, put it back, and restart the modem";
const COVERAGE: &str = "Check the antenna and the SIM card, or wait for better reception";
const OPERATOR: &str = "Ask your operator, or test the SIM in a phone";
const LOCKED: &str = "Enter the unlock code from the seller, or use a SIM of that operator";
const UNSUPPORTED: &str = "This modem cannot do it; look for newer firmware or another modem";

/// Other spellings that modems use.
const ALIASES: [(u16, &str); 20] = [
    (3, "not allowed"),
    (3, "operation not allowed in current state"),
    (4, "not supported"),
    (4, "operation not support"),
    (10, "SIM not inserted or not ready"),
    (10, "no SIM"),
    (10, "USIM not inserted"),
    (11, "SIM PIN"),
    (12, "SIM PUK"),
    (24, "text too long"),
    (26, "dial string too long."),
    (30, "no network"),
    (32, "emergency calls only"),
    (32, "network not allowed, emergency calls only"),
    (32, "network not allowed-emergency calls only"),
    (50, "invalid parameter"),
    (50, "parameters are invalid"),
    (100, "unknown error"),
    (100, "error"),
    (148, "unspecified GPRS failure"),
];

#[rustfmt::skip]
const ROWS: [Row; 125] = [
    row(0, "phone failure", "The modem failed", RESTART),
    row(1, "no connection to phone", "The modem's own parts lost contact", RESTART),
    row(2, "phone-adaptor link reserved", "Another program uses the modem",
        "Close other programs that use the modem"),
    row(3, "operation not allowed", "The modem does not allow this now",
        "End other calls, check the SIM, and try again"),
    row(4, "operation not supported", "The modem does not support this", UNSUPPORTED),
    row(5, "PH-SIM PIN required", "The modem is locked to another SIM card", LOCKED),
    row(6, "PH-FSIM PIN required", "The modem is locked to its first SIM card", LOCKED),
    row(7, "PH-FSIM PUK required",
        "The modem is locked to its first SIM card, and the lock is blocked", LOCKED),
    row(10, "SIM not inserted", "SIM not inserted", "Insert a SIM card and restart the modem"),
    row(11, "SIM PIN required", "The SIM asks for its PIN", UNLOCK),
    row(12, "SIM PUK required", "The SIM is blocked and asks for its PUK",
        "Enter the PUK from your operator's papers"),
    row(13, "SIM failure", "The SIM card does not work", RESEAT),
    row(14, "SIM busy", "The SIM card is still starting", "Wait a few seconds and try again"),
    row(15, "SIM wrong", "The modem refuses this SIM card", OPERATOR),
    row(16, "incorrect password", "The PIN or password was wrong",
        "Check it before you try again: few tries are left"),
    row(17, "SIM PIN2 required", "The SIM asks for its PIN2", UNLOCK),
    row(18, "SIM PUK2 required", "The SIM asks for its PUK2",
        "Enter the PUK2 from your operator's papers"),
    row(20, "memory full", "The memory is full", "Delete old entries, then try again"),
    row(21, "invalid index", "There is no such entry", "Refresh the list and try again"),
    row(22, "not found", "The entry was not found", "Refresh the list and try again"),
    row(23, "memory failure", "The memory does not work", RESEAT),
    row(24, "text string too long", "The text is too long", "Shorten the text"),
    row(25, "invalid characters in text string", "The text holds characters that the modem refuses",
        "Leave out unusual characters"),
    row(26, "dial string too long", "The number is too long", "Check the number"),
    row(27, "invalid characters in dial string",
        "The number holds characters that the modem refuses",
        "Use digits, *, # and a leading + only"),
    row(30, "no network service", "There is no network", COVERAGE),
    row(31, "network timeout", "The network did not answer in time", "Try again in a minute"),
    row(32, "network not allowed - emergency calls only", "The network allows emergency calls only",
        OPERATOR),
    row(40, "network personalization PIN required", "The modem is locked to an operator", LOCKED),
    row(41, "network personalization PUK required",
        "The modem is locked to an operator, and the lock is blocked", LOCKED),
    row(42, "network subset personalization PIN required",
        "The modem is locked to a part of an operator's network", LOCKED),
    row(43, "network subset personalization PUK required",
        "The modem is locked to a part of an operator's network, and the lock is blocked", LOCKED),
    row(44, "service provider personalization PIN required",
        "The modem is locked to a provider", LOCKED),
    row(45, "service provider personalization PUK required",
        "The modem is locked to a provider, and the lock is blocked", LOCKED),
    row(46, "corporate personalization PIN required", "The modem is locked to a company", LOCKED),
    row(47, "corporate personalization PUK required",
        "The modem is locked to a company, and the lock is blocked", LOCKED),
    row(48, "hidden key required", "The modem asks for its hidden key",
        "Ask the seller for the key"),
    row(49, "EAP method not supported", "The modem lacks the sign-in method", UNSUPPORTED),
    row(50, "Incorrect parameters", "The modem does not accept these values",
        "Check what you entered; another firmware may accept it"),
    row(51, "command implemented but currently disabled", "The modem has this switched off now",
        "Switch the radio on, then try again"),
    row(52, "command aborted by user", "The command was interrupted", "Try again"),
    row(53, "not attached to network due to MT functionality restrictions",
        "The modem's settings keep it off the network", "Check the modem's radio settings"),
    row(54, "modem not allowed - MT restricted to emergency calls only",
        "The modem allows emergency calls only", OPERATOR),
    row(55, "operation not allowed because of MT functionality restrictions",
        "The modem's settings forbid this", "Check the modem's radio settings"),
    row(56, "fixed dial number only allowed - called number is not a fixed dial number",
        "The SIM allows calls to its fixed numbers only",
        "Switch fixed dialling off, or call a number from its list"),
    row(57, "temporarily out of service due to other MT usage",
        "The modem is busy with another task", "Wait a few seconds and try again"),
    row(58, "language/alphabet not supported", "The alphabet is not supported",
        "Use another alphabet"),
    row(59, "unexpected data value", "A value was not what the modem expects",
        "Check what you entered"),
    row(60, "system failure", "The network or the modem failed", RESTART),
    row(61, "data missing", "Something is missing in the request", "Check what you entered"),
    row(62, "call barred", "Calls are barred", "Switch call barring off, or ask your operator"),
    row(63, "message waiting indication subscription failure",
        "The voicemail indication could not be set", OPERATOR),
    row(100, "unknown", "The modem refused without a reason",
        "Try again; if it stays so, restart the modem"),
    row(103, "illegal MS", "The network refuses this SIM", OPERATOR),
    row(106, "illegal ME", "The network refuses this modem", OPERATOR),
    row(107, "GPRS services not allowed", "The network allows no data for this SIM", OPERATOR),
    row(108, "GPRS services and non-GPRS services not allowed",
        "The network allows this SIM nothing", OPERATOR),
    row(111, "PLMN not allowed", "This network refuses the SIM",
        "Choose another network, or ask your operator"),
    row(112, "location area not allowed", "The network refuses the SIM in this area", OPERATOR),
    row(113, "roaming not allowed in this location area", "Roaming is not allowed here", OPERATOR),
    row(114, "GPRS services not allowed in this PLMN",
        "This network allows no data for this SIM", OPERATOR),
    row(115, "No Suitable Cells In Location Area", "No cell here takes this SIM", COVERAGE),
    row(116, "MSC temporarily not reachable", "The network's call centre is not reachable now",
        "Try again in a minute"),
    row(117, "Network failure", "The network failed on its side", "Try again in a minute"),
    row(122, "Congestion", "The network is congested", "Try again in a minute"),
    row(125, "Not authorized for this CSG", "This cell is for its own members only", COVERAGE),
    row(126, "insufficient resources", "The network has no room for data now",
        "Try again in a minute"),
    row(127, "missing or unknown APN", "The access point's name is wrong",
        "Check the name of the access point"),
    row(128, "unknown PDP address or PDP type", "The network does not know this kind of address",
        "Check the settings for data"),
    row(129, "user authentication failed", "The network refused the user name or password",
        "Check the settings for data"),
    row(130, "activation rejected by GGSN, Serving GW or PDN GW",
        "The network's gateway refused the data connection", OPERATOR),
    row(131, "activation rejected, unspecified", "The network refused the data connection",
        OPERATOR),
    row(132, "service option not supported", "The network does not support this service", OPERATOR),
    row(133, "requested service option not subscribed", "Your contract does not include this",
        OPERATOR),
    row(134, "service option temporarily out of order", "The service is out of order for now",
        "Try again later"),
    row(140, "feature not supported", "The network lacks this feature", OPERATOR),
    row(141, "semantic error in the TFT operation", "A data filter makes no sense",
        "Check the settings for data"),
    row(142, "syntactical error in the TFT operation", "A data filter is badly formed",
        "Check the settings for data"),
    row(143, "unknown PDP context", "There is no such data connection", "Connect again"),
    row(144, "semantic errors in packet filter(s)", "A packet filter makes no sense",
        "Check the settings for data"),
    row(145, "syntactical errors in packet filter(s)", "A packet filter is badly formed",
        "Check the settings for data"),
    row(146, "PDP context without TFT already activated",
        "There is such a data connection already", "End the other data connection"),
    row(148, "unspecified GPRS error", "The data service failed", "Try again later"),
    row(149, "PDP authentication failure", "The data service refused the sign-in", OPERATOR),
    row(150, "invalid mobile class", "The modem's class does not allow this", UNSUPPORTED),
    row(151, "VBS/VGCS not supported by the network", "The network lacks group calls", OPERATOR),
    row(152, "No service subscription on SIM", "The SIM lacks this service", OPERATOR),
    row(153, "No subscription for group ID", "The SIM lacks this group", OPERATOR),
    row(154, "Group Id not activated on SIM", "The group is not active on the SIM", OPERATOR),
    row(155, "No matching notification", "There is no such notification", "Try again"),
    row(156, "VBS/VGCS call already present", "There is such a call already", "End the other call"),
    row(157, "Congestion", "The network is overloaded", "Try again in a minute"),
    row(158, "Network failure", "The network failed", "Try again in a minute"),
    row(159, "Uplink busy", "Another person is speaking", "Try again"),
    row(160, "No access rights for SIM file", "The SIM does not allow this", OPERATOR),
    row(161, "No subscription for priority", "Your contract includes no priority", OPERATOR),
    row(162, "operation not applicable or not possible", "This is not possible now", "Try again"),
    row(163, "Group Id prefixes not supported", "The modem knows no group prefixes", UNSUPPORTED),
    row(164, "Group Id prefixes not usable for VBS",
        "Group prefixes can't be used for a broadcast", UNSUPPORTED),
    row(165, "Group Id prefix value invalid", "The value is not valid", "Check what you entered"),
    row(171, "Last PDN disconnection not allowed", "The last data connection must stay", RESTART),
    row(172, "semantically incorrect message", "The network found the request senseless",
        "Try again in a minute"),
    row(173, "mandatory information element error", "The network missed a part of the request",
        "Try again in a minute"),
    row(174, "information element non-existent or not implemented",
        "The network does not know a part of the request", "Try again in a minute"),
    row(175, "conditional information element error", "A part of the request was wrong",
        "Try again in a minute"),
    row(176, "protocol error, unspecified", "The network reported a protocol error",
        "Try again in a minute"),
    row(177, "operator determined barring", "The operator has barred this", OPERATOR),
    row(178, "maximum number of bearers reached", "There are as many data connections as can be",
        "End another data connection"),
    row(256, "operation temporarily not allowed", "The modem does not allow this just now",
        "Wait a few seconds and try again"),
    row(257, "call barred", "The SIM or the network bars calls",
        "Switch call barring off, or ask your operator"),
    row(258, "phone is busy", "The modem is busy with a call or something else",
        "Try again when that is over"),
    row(259, "user abort", "It was broken off", "Try again"),
    row(260, "invalid dial string", "The modem does not take this number", "Check the number"),
    row(261, "ss not executed", "The network did not carry out the service", OPERATOR),
    row(262, "SIM blocked", "The SIM card is blocked for good", OPERATOR),
    row(263, "invalid block", "A part of the command was cut off", "Try again"),
    row(515, "please wait, init or command processing in progress", "The modem is still starting",
        "Wait a few seconds and try again"),
    row(550, "generic undocumented error", "The modem failed and does not say how", RESTART),
    row(551, "wrong state", "The modem is in a state that does not allow this", RESTART),
    row(552, "wrong mode", "The modem is in a mode that does not allow this", RESTART),
    row(767, "operation failed", "The modem could not carry this out", RESTART),
    row(770, "SIM invalid", "The SIM card is not valid", OPERATOR),
    row(771, "no network response", "The network gave no answer", COVERAGE),
    row(772, "SIM powered down", "The SIM card is switched off", RESEAT),
    row(773, "SIM file not present", "The SIM card lacks a file that this needs", OPERATOR),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_of_the_specification_has_words_of_its_own() {
        // 27.007 §9.2.1 and §9.2.2, without the reserved values.
        let general = (0..=7).chain(10..=18).chain(20..=27).chain(30..=32).chain(40..=63);
        let packets = [100, 103, 106, 107, 108, 111, 112, 113, 114, 115, 122, 125]
            .into_iter()
            .chain(126..=134)
            .chain(140..=146)
            .chain(148..=165);
        let mut seen = std::collections::BTreeMap::new();
        for number in general.chain(packets).chain(ROWS.iter().map(|row| row.number)) {
            let row = find(number, &ROWS).unwrap_or_else(|| panic!("{number} has no words"));
            let other = *seen.entry(row.cause).or_insert(number);
            assert_eq!(other, number, "the same words: {}", row.cause);
        }
    }

    #[test]
    fn the_table_is_sorted_and_its_sentences_have_no_full_stop() {
        assert!(ROWS.windows(2).all(|pair| pair[0].number < pair[1].number));
        for row in ROWS {
            assert!(!row.cause.is_empty() && !row.advice.is_empty(), "{row:?}");
            assert!(!row.cause.ends_with('.') && !row.advice.ends_with('.'), "{row:?}");
        }
    }
}
