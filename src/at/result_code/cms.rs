//! `+CMS ERROR: <err>` (3GPP TS 27.005 §3.2.5): 0–127 are RP causes of 24.011 Annex E-2, 128–255
//! TP-FCS of 23.040 §9.2.3.22, 300 and up the modem's own.

use super::cme::{Row, find, number_of};

/// An error of the message service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CmsError {
    /// `<err>`, also when the modem said it in words that the specification knows.
    pub number: Option<u16>,
    /// What stood behind the colon.
    pub text: String,
}

impl CmsError {
    /// From a number.
    pub fn from_number(number: u16) -> Self {
        CmsError { number: Some(number), text: number.to_string() }
    }

    /// From what stands behind `+CMS ERROR:`: a number, words, or nothing.
    pub fn from_text(text: &str) -> Self {
        CmsError { number: number_of(text, &ROWS, &ALIASES), text: text.trim().to_owned() }
    }

    /// What happened and what to do, each one sentence for people.
    pub fn words(&self) -> (&'static str, &'static str) {
        if let Some(row) = self.number.and_then(|number| find(number, &ROWS)) {
            return (row.cause, row.advice);
        }
        match self.number {
            Some(0..=127) => ("The network did not take the text", LATER),
            Some(128..=255) => ("The text centre did not take the text", LATER),
            // 27.005 leaves these to the makers; most mean a collision with other traffic.
            Some(512..) => ("The modem could not send the text now", LATER),
            _ => ("The modem refused the text without a reason that we know", LATER),
        }
    }

    /// The specification's own words, `memory full`; the modem's if it has none.
    pub fn specified_text(&self) -> &str {
        self.number.and_then(|number| find(number, &ROWS)).map_or(&self.text, |row| row.text)
    }

    /// Worth another try a little later, without anybody changing anything.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self.number,
            Some(17 | 38 | 41 | 42 | 47 | 192 | 194 | 314 | 331 | 332 | 500 | 512)
        )
    }
}

const LATER: &str = "Try again in a minute";
const NUMBER: &str = "Check the number";
const OPERATOR: &str = "Ask your operator, or test the SIM in a phone";
const UNLOCK: &str = "Unlock the SIM in the settings, then try again";
const RESTART: &str = "Try again; if it stays so, restart the modem";
const REPORT: &str = "Try a plain, short text; if it stays so, report it with the console's export";

/// Other spellings that modems use.
const ALIASES: [(u16, &str); 7] = [
    (300, "phone failure"),
    (310, "SIM not present"),
    (311, "SIM PIN necessary"),
    (321, "invalid index"),
    (330, "SCA unknown"),
    (331, "no network"),
    (500, "unknown"),
];

const fn row(number: u16, text: &'static str, cause: &'static str, advice: &'static str) -> Row {
    Row { number, text, cause, advice }
}

#[rustfmt::skip]
const ROWS: [Row; 73] = [
    row(1, "unassigned number", "This number does not exist", NUMBER),
    row(8, "operator determined barring", "Your operator has barred texts", OPERATOR),
    row(10, "call barred", "Texts are barred", OPERATOR),
    row(17, "network failure", "The network failed", LATER),
    row(21, "short message transfer rejected", "The network rejected the text",
        "Check your credit and the number, then try again"),
    row(22, "memory capacity exceeded", "The memory of the other phone is full", LATER),
    row(27, "destination out of service", "The other phone is out of service", LATER),
    row(28, "unidentified subscriber", "The network does not know this subscriber", NUMBER),
    row(29, "facility rejected", "The network does not offer this", OPERATOR),
    row(30, "unknown subscriber", "This number is not in service", NUMBER),
    row(38, "network out of order", "The network is out of order", LATER),
    row(41, "temporary failure", "The network failed for a moment", LATER),
    row(42, "congestion", "The network is overloaded", LATER),
    row(47, "resources unavailable, unspecified", "The network has no room now", LATER),
    row(50, "requested facility not subscribed", "Your contract does not include texts", OPERATOR),
    row(69, "requested facility not implemented", "The network does not offer this", OPERATOR),
    row(81, "invalid short message transfer reference value",
        "The transfer got out of step", LATER),
    row(95, "invalid message, unspecified", "The network could not read the text", REPORT),
    row(96, "invalid mandatory information", "The network could not read the text",
        "Check the number of the text centre"),
    row(97, "message type non-existent or not implemented", "The network could not read the text",
        REPORT),
    row(98, "message not compatible with short message protocol state",
        "The transfer got out of step", LATER),
    row(99, "information element non-existent or not implemented",
        "The network could not read the text", REPORT),
    row(111, "protocol error, unspecified", "The network could not read the text", REPORT),
    row(127, "interworking, unspecified", "The text was lost between two networks", LATER),
    row(128, "telematic interworking not supported",
        "The text centre does not support this", OPERATOR),
    row(129, "short message type 0 not supported", "The other phone refused the text", LATER),
    row(130, "cannot replace short message", "The text could not be replaced", LATER),
    row(143, "unspecified TP-PID error", "The text centre refused the kind of text", REPORT),
    row(144, "data coding scheme (alphabet) not supported", "The alphabet is not supported",
        "Write without emoji and special characters"),
    row(145, "message class not supported", "The kind of text is not supported", REPORT),
    row(159, "unspecified TP-DCS error", "The alphabet is not supported",
        "Write without emoji and special characters"),
    row(160, "command cannot be actioned", "The text centre could not do this", LATER),
    row(161, "command unsupported", "The text centre does not support this", OPERATOR),
    row(175, "unspecified TP-Command error", "The text centre could not do this", LATER),
    row(176, "TPDU not supported", "The text centre could not read the text", REPORT),
    row(192, "SC busy", "The text centre is busy", LATER),
    row(193, "no SC subscription", "Your contract does not include this text centre",
        "Check the number of the text centre, or ask your operator"),
    row(194, "SC system failure", "The text centre failed", LATER),
    row(195, "invalid SME address", "The text centre refused the number", NUMBER),
    row(196, "destination SME barred", "Texts to this number are barred", OPERATOR),
    row(197, "SM rejected-duplicate SM", "The text centre has this text already",
        "Nothing to do: the first one is on its way"),
    row(198, "TP-VPF not supported", "The text centre refused the validity", REPORT),
    row(199, "TP-VP not supported", "The text centre refused the validity", REPORT),
    row(208, "(U)SIM SMS storage full", "The SIM's memory for texts is full",
        "Delete texts from the SIM"),
    row(209, "no SMS storage capability in (U)SIM", "The SIM cannot store texts", OPERATOR),
    row(210, "error in MS", "The other phone refused the text", LATER),
    row(211, "memory capacity exceeded", "The memory for texts is full", "Delete old texts"),
    row(212, "(U)SIM application toolkit busy", "The SIM is busy", LATER),
    row(213, "(U)SIM data download error", "The SIM refused the text", OPERATOR),
    row(255, "unspecified error cause", "The text centre gave no reason", LATER),
    row(300, "ME failure", "The modem failed", RESTART),
    row(301, "SMS service of ME reserved", "Another program uses the modem for texts",
        "Close other programs that use the modem"),
    row(302, "operation not allowed", "The modem does not allow this now",
        "Check the SIM and the network, then try again"),
    row(303, "operation not supported", "The modem does not support this",
        "Look for newer firmware or another modem"),
    row(304, "invalid PDU mode parameter", "The modem could not read the text", REPORT),
    row(305, "invalid text mode parameter", "The modem could not read the text", REPORT),
    row(310, "(U)SIM not inserted", "SIM not inserted", "Insert a SIM card and restart the modem"),
    row(311, "(U)SIM PIN required", "The SIM asks for its PIN", UNLOCK),
    row(312, "PH-(U)SIM PIN required", "The modem is locked to another SIM card",
        "Use that SIM card, or ask the seller for the unlock code"),
    row(313, "(U)SIM failure", "The SIM card does not work",
        "Take the SIM card out, put it back, and restart the modem"),
    row(314, "(U)SIM busy", "The SIM card is still starting", "Wait a few seconds and try again"),
    row(315, "(U)SIM wrong", "The modem refuses this SIM card", OPERATOR),
    row(316, "(U)SIM PUK required", "The SIM is blocked and asks for its PUK",
        "Enter the PUK from your operator's papers"),
    row(317, "(U)SIM PIN2 required", "The SIM asks for its PIN2", UNLOCK),
    row(318, "(U)SIM PUK2 required", "The SIM asks for its PUK2",
        "Enter the PUK2 from your operator's papers"),
    row(320, "memory failure", "The message memory does not work", RESTART),
    row(321, "invalid memory index", "There is no text at this place", "Refresh the list"),
    row(322, "memory full", "The memory for texts is full",
        "Delete texts from the modem or the SIM"),
    row(330, "SMSC address unknown", "The number of the text centre is not set",
        "Enter the text centre's number in the settings"),
    row(331, "no network service", "There is no network",
        "Check the antenna and the SIM card, or wait for better reception"),
    row(332, "network timeout", "The network did not answer in time", LATER),
    row(340, "no +CNMA acknowledgement expected", "The modem expected no confirmation",
        "Nothing to do"),
    row(500, "unknown error", "The modem refused the text without a reason",
        "Check your credit, the number and the text centre, then try again"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_sentences_have_no_full_stop() {
        assert!(ROWS.windows(2).all(|pair| pair[0].number < pair[1].number));
        for row in ROWS {
            assert!(!row.cause.is_empty() && !row.advice.is_empty(), "{row:?}");
            assert!(!row.cause.ends_with('.') && !row.advice.ends_with('.'), "{row:?}");
        }
    }
}
