//! Commands and reports of 27.007 and of makers that the program neither uses nor waits for, so
//! that a recording of another program reads as well.

use super::values::{OFF_ON, TYPE};
use super::{Parameter, Row, of, plain};

const fn row(
    what: &'static str,
    name: &'static str,
    clause: &'static str,
    told: &'static [Parameter],
) -> Row {
    Row { name, what, clause, given: told, told }
}

const fn about(what: &'static str, name: &'static str, clause: &'static str) -> Row {
    row(what, name, clause, &[])
}

const METER: &[Parameter] = &[plain("meter", "units, hexadecimal")];
const KEYS: Parameter = plain("key", "which key");
const PRESSED: Parameter = of("press", "", &[("0", "let go"), ("1", "pressed")]);

/// See the module.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("Type of the numbers that are dialed", "+CSTA", "3GPP TS 27.007 §6.1",
        &[of("type", "type of number", TYPE)]),
    row("Kind of the next call", "+CMOD", "3GPP TS 27.007 §6.4",
        &[of("mode", "", &[
            ("0", "one kind"),
            ("1", "voice or fax by turns"),
            ("2", "voice or data by turns"),
            ("3", "voice, then data"),
        ])]),
    row("How data calls are carried", "+CBST", "3GPP TS 27.007 §6.7",
        &[plain("speed", "speed"), plain("name", "kind"), plain("ce", "element")]),
    about("How errors of data calls are corrected", "+CRLP", "3GPP TS 27.007 §6.8"),
    about("Data calls over several channels", "+CHSN", "3GPP TS 27.007 §6.14"),
    row("What a call without a kind is taken for", "+CSNS", "3GPP TS 27.007 §6.19",
        &[of("mode", "", &[("0", "voice"), ("2", "fax"), ("4", "data")])]),
    about("Emergency call of a car (eCall)", "+CECALL", "3GPP TS 27.007"),
    row("Closed user group", "+CCUG", "3GPP TS 27.007 §7.10",
        &[of("n", "", OFF_ON), plain("index", "group"), plain("info", "what is left out")]),
    row("Cost of the call so far", "+CAOC", "3GPP TS 27.007 §7.16",
        &[plain("ccm", "units, hexadecimal")]),
    about("Preferred operators", "+CPOL", "3GPP TS 27.007 §7.19"),
    about("Which list of preferred operators", "+CPLS", "3GPP TS 27.007 §7.20"),
    row("Names of operators", "+COPN", "3GPP TS 27.007 §7.21",
        &[plain("numeric", "number of the network"), plain("alpha", "its name")]),
    about("Notes between the two sides of a call", "+CUUS1", "3GPP TS 27.007 §7.26"),
    about("A note of the other side at the begin of the call", "+CUUS1I",
        "3GPP TS 27.007 §7.26"),
    about("A note of the other side in the call", "+CUUS1U", "3GPP TS 27.007 §7.26"),
    about("Which kind of network is preferred", "+CPNET", "3GPP TS 27.007"),
    about("Whether the preferred kind of network is there", "+CPNSTAT", "3GPP TS 27.007"),
    about("Who may use the keys and the display", "+CMEC", "3GPP TS 27.007 §8.6"),
    about("What the display shows", "+CDIS", "3GPP TS 27.007 §8.8"),
    row("A key of the phone", "+CKEV", "3GPP TS 27.007 §8.10", &[KEYS, PRESSED]),
    about("The display of the phone changed", "+CDEV", "3GPP TS 27.007 §8.10"),
    about("The screen of the phone was touched", "+CTEV", "3GPP TS 27.007 §8.10"),
    about("The alarm rings", "+CALV", "3GPP TS 27.007 §8.16"),
    row("Sounds of the phone", "+CALM", "3GPP TS 27.007 §8.20",
        &[of("mode", "", &[("0", "on"), ("1", "off")])]),
    row("Loudness of the ringing", "+CRSL", "3GPP TS 27.007 §8.21",
        &[plain("level", "loudness")]),
    row("Vibrating", "+CVIB", "3GPP TS 27.007 §8.22", &[of("mode", "", OFF_ON)]),
    row("Cost of all calls so far", "+CACM", "3GPP TS 27.007 §8.25", METER),
    row("Highest cost of all calls", "+CAMM", "3GPP TS 27.007 §8.26", METER),
    row("Price of a unit", "+CPUC", "3GPP TS 27.007 §8.27",
        &[plain("currency", "in"), plain("ppu", "price")]),
    row("Warning before the highest cost", "+CCWE", "3GPP TS 27.007 §8.28",
        &[of("mode", "", OFF_ON)]),
    about("The highest cost of all calls is nearly reached", "+CCWV", "3GPP TS 27.007 §8.28"),
    about("Language of the modem", "+CLAN", "3GPP TS 27.007 §8.30"),
    about("The language of the modem changed", "+CLAE", "3GPP TS 27.007 §8.31"),
    about("Greeting of the modem", "+CSGT", "3GPP TS 27.007 §8.32"),
    about("A melody is played", "+CRMP", "3GPP TS 27.007 §8.34"),
    about("Whether the time zone is told by itself", "+CTZR", "3GPP TS 27.007 §8.41"),
    about("Where the modem is", "+CPOS", "3GPP TS 27.007"),
    about("The network is asked where the modem is", "+CMOLR", "3GPP TS 27.007"),
    about("The network asks where the modem is", "+CMTLR", "3GPP TS 27.007"),
    about("How many calls the cell takes over LTE", "+CSSAC", "3GPP TS 27.007"),
    about("The SIM wants something of the modem", "+CUSATP", "3GPP TS 27.007"),
    about("List of the calls over IMS", "+CLCCS", "3GPP TS 27.007"),
    about("Control of calls over IMS", "+CMCCS", "3GPP TS 27.007"),
    about("Call to an address of IMS", "+CDU", "3GPP TS 27.007"),
    about("Compression of the data call", "+DR", "ITU-T V.250 §6.6.2"),
    about("Speed of the port", "+ILRR", "ITU-T V.250 §6.2.13"),
    // MultiTech's CDMA modems (S000294), and Android's simulated one.
    row("Mode after a call for help", "+WSOS", "MultiTech",
        &[of("flag", "", &[("0", "it is over"), ("1", "it has begun")])]),
];
