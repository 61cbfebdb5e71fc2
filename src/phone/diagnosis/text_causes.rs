//! Which reasons for a text's failure pass by themselves: only then is it tried again without being
//! asked.
//!
//! Numbers below 128 are RP causes (3GPP TS 24.011 table 8.4, explained in its annex E-2), 128–255
//! TP-FCS (23.040 §9.2.3.22), 300–500 the modem's own (27.005 §3.2.5), the rest the makers'.

use crate::phone::CommandError;

/// What is to be expected of another attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outlook {
    /// It would fail again until somebody changes something.
    Lasts,
    /// It may well succeed a little later.
    Passes,
    /// It can succeed once there is a network.
    NeedsNetwork,
    /// It can succeed once the SIM card is there and unlocked.
    NeedsSim,
}

/// One cause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TextCause {
    /// `<err>` of `+CMS ERROR: <err>`.
    pub number: u16,
    /// What is to be expected.
    pub outlook: Outlook,
    /// Why that is to be expected.
    pub why: &'static str,
}

const fn row(number: u16, outlook: Outlook, why: &'static str) -> TextCause {
    TextCause { number, outlook, why }
}

use Outlook::{Lasts, NeedsNetwork, NeedsSim, Passes};

const ASKED_FOR: &str = "The network does not do what was asked for";
const MALFORMED: &str = "The same octets would be refused again";
const SIM: &str = "Nothing goes out without the SIM card";

#[rustfmt::skip]
const CAUSES: &[TextCause] = &[
    row(1, Lasts, "The number, or that of the text centre, is assigned to nobody"),
    row(8, Lasts, "The operator has barred it"),
    row(10, Lasts, "It is barred by the supplementary service"),
    row(17, Passes, "A failure inside the network"),
    row(21, Lasts, "The centre could take the text and does not want to"),
    row(22, Passes, "Memory is freed again"),
    row(27, Passes, "The way to the destination does not work just now, or it is switched off"),
    row(28, Lasts, "The network or the centre does not know this subscriber"),
    row(29, Lasts, ASKED_FOR),
    row(30, Lasts, "The home register does not know this subscriber"),
    row(38, Passes, "The network is out of order, though it may be for long"),
    row(41, Passes, "The specification suggests another attempt almost at once"),
    row(42, Passes, "High traffic"),
    row(47, Passes, "The network has no room now"),
    row(50, Lasts, "The contract does not include it"),
    row(69, Lasts, ASKED_FOR),
    row(81, Lasts, MALFORMED),
    row(95, Lasts, MALFORMED),
    row(96, Lasts, MALFORMED),
    row(97, Lasts, MALFORMED),
    row(98, Lasts, MALFORMED),
    row(99, Lasts, MALFORMED),
    row(111, Lasts, MALFORMED),
    row(127, Lasts, "Another network said no, and not why"),
    row(192, Passes, "The centre is busy"),
    row(194, Passes, "The centre has a failure of its own"),
    row(212, Passes, "The SIM card's own program is at work"),
    row(301, Passes, "Another program holds the service for a while"),
    row(310, NeedsSim, SIM),
    row(311, NeedsSim, SIM),
    row(312, NeedsSim, SIM),
    row(313, NeedsSim, SIM),
    row(314, Passes, "The SIM card is still starting"),
    row(316, NeedsSim, SIM),
    row(331, NeedsNetwork, "Nothing goes out without a network"),
    row(332, Passes, "The network was slow to answer"),
    row(500, Passes, "Nobody knows why: it is worth an attempt"),
    // The makers' own, as Wavecom and Sierra name them and others use them.
    row(512, Passes, "No channel to the network could be set up"),
    row(513, Passes, "The radio link failed"),
    row(514, Passes, "The transfer on the radio link failed"),
    row(515, Passes, "The modem is still starting"),
];

/// `+CME ERROR` in the place of `+CMS ERROR` (27.007 §9.2), as some modems answer.
#[rustfmt::skip]
const EQUIPMENT: &[TextCause] = &[
    row(10, NeedsSim, SIM),
    row(11, NeedsSim, SIM),
    row(12, NeedsSim, SIM),
    row(13, NeedsSim, SIM),
    row(14, Passes, "The SIM card is still starting"),
    row(30, NeedsNetwork, "Nothing goes out without a network"),
    row(31, Passes, "The network was slow to answer"),
];

/// The row of `+CMS ERROR: <number>`; causes without one last.
pub fn text_cause(number: u16) -> Option<&'static TextCause> {
    CAUSES.iter().find(|row| row.number == number)
}

/// What is to be expected of another attempt after this error.
pub fn text_outlook(error: &CommandError) -> Outlook {
    let row = match error {
        CommandError::Message(number) => text_cause(*number),
        CommandError::Equipment(number) => EQUIPMENT.iter().find(|row| row.number == *number),
        // The modem did not even ask for the text.
        CommandError::TimedOut => return Passes,
        _ => None,
    };
    row.map_or(Lasts, |row| row.outlook)
}
