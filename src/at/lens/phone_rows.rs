//! Commands and answers about the modem, the SIM and the network, and those of V.250.

use super::values::{ACT, OFF_ON, REGISTRATION, Rule, TYPE};
use super::{Parameter, Row, of, plain, rule};

const fn about(what: &'static str, name: &'static str, clause: &'static str) -> Row {
    Row { name, what, clause, given: &[], told: &[] }
}

const REPORTS: Parameter = of(
    "n",
    "tell by itself",
    &[("0", "no"), ("1", "changes"), ("2", "changes, with area and cell"), ("3", "with cause")],
);

const REGISTERED: &[Parameter] = &[
    REPORTS,
    of("stat", "registration", REGISTRATION),
    plain("lac", "area code, hexadecimal"),
    plain("ci", "cell, hexadecimal"),
    of("AcT", "access technology", ACT),
];

const STORAGE: Parameter = of(
    "storage",
    "which",
    &[
        ("SM", "the SIM"),
        ("ME", "the modem"),
        ("ON", "own numbers"),
        ("EN", "emergency numbers"),
        ("FD", "fixed numbers"),
        ("LD", "dialed"),
        ("MC", "missed"),
        ("RC", "received"),
    ],
);

const ENTRY: &[Parameter] = &[
    plain("index", "place"),
    plain("number", "telephone number"),
    of("type", "type of number", TYPE),
    plain("text", "name"),
];

const CONTEXT: &[Parameter] = &[
    plain("cid", "which connection"),
    plain("PDP_type", "kind: IP, IPV6, IPV4V6…"),
    plain("APN", "access point"),
    plain("PDP_addr", "our address"),
    of("d_comp", "compression of data", OFF_ON),
    of("h_comp", "compression of headers", OFF_ON),
];

/// See the module.
pub(super) const ROWS: &[Row] = &[
    about("Maker", "+CGMI", "3GPP TS 27.007 §5.1"),
    about("Model", "+CGMM", "3GPP TS 27.007 §5.2"),
    about("Version of the firmware", "+CGMR", "3GPP TS 27.007 §5.3"),
    about("Serial number (IMEI)", "+CGSN", "3GPP TS 27.007 §5.4"),
    about("Number of the subscriber (IMSI)", "+CIMI", "3GPP TS 27.007 §5.6"),
    about("Maker", "+GMI", "ITU-T V.250 §6.1.4"),
    about("Model", "+GMM", "ITU-T V.250 §6.1.5"),
    about("Version of the firmware", "+GMR", "ITU-T V.250 §6.1.6"),
    about("Serial number", "+GSN", "ITU-T V.250 §6.1.7"),
    about("What the modem can do", "+GCAP", "ITU-T V.250 §6.1.9"),
    about("All commands", "+CLAC", "3GPP TS 27.007 §8.37"),
    about("Number of the SIM card", "+CCID", ""),
    Row {
        told: &[
            plain("alpha", "name"),
            plain("number", "our number"),
            of("type", "type of number", TYPE),
        ],
        ..about("Our own numbers", "+CNUM", "3GPP TS 27.007 §7.1")
    },
    Row {
        given: &[REPORTS],
        told: REGISTERED,
        ..about("Registration for calls", "+CREG", "3GPP TS 27.007 §7.2")
    },
    Row {
        given: &[REPORTS],
        told: REGISTERED,
        ..about("Registration for data", "+CGREG", "3GPP TS 27.007 §10.1.20")
    },
    Row {
        given: &[REPORTS],
        told: REGISTERED,
        ..about("Registration with LTE", "+CEREG", "3GPP TS 27.007 §10.1.22")
    },
    Row {
        given: &[REPORTS],
        told: REGISTERED,
        ..about("Registration with 5G", "+C5GREG", "3GPP TS 27.007 §10.1.47")
    },
    Row {
        given: &[of("n", "tell by itself", OFF_ON)],
        told: &[
            plain("n", "tell by itself"),
            of("reg_info", "IMS", &[("0", "not registered"), ("1", "registered")]),
            plain("ext_info", "services, hexadecimal sum: 1 voice, 2 text, 4 texts, 8 video"),
        ],
        ..about("Registration for calls over LTE (IMS)", "+CIREG", "3GPP TS 27.007 §8.71")
    },
    Row {
        given: &[
            of(
                "mode",
                "choose",
                &[
                    ("0", "automatically"),
                    ("1", "this one"),
                    ("2", "none: leave the network"),
                    ("3", "only set the form of names"),
                    ("4", "this one, else automatically"),
                ],
            ),
            of("format", "name", &[("0", "long"), ("1", "short"), ("2", "number")]),
            plain("oper", "operator"),
            of("AcT", "access technology", ACT),
        ],
        told: &[
            of("mode", "chosen", &[("0", "automatically"), ("1", "by hand"), ("2", "none")]),
            of("format", "name", &[("0", "long"), ("1", "short"), ("2", "number")]),
            plain("oper", "operator"),
            of("AcT", "access technology", ACT),
        ],
        ..about("Operator", "+COPS", "3GPP TS 27.007 §7.3")
    },
    Row {
        told: &[
            rule("rssi", "signal", Rule::Rssi),
            of("ber", "bit errors", &[("99", "not known")]),
        ],
        ..about("Signal", "+CSQ", "3GPP TS 27.007 §8.5")
    },
    Row {
        told: &[
            plain("rxlev", "GSM level"),
            plain("ber", "GSM bit errors"),
            plain("rscp", "UMTS level"),
            plain("ecno", "UMTS quality"),
            plain("rsrq", "LTE quality"),
            plain("rsrp", "LTE level"),
        ],
        ..about("Signal in detail", "+CESQ", "3GPP TS 27.007 §8.69")
    },
    about("Battery", "+CBC", "3GPP TS 27.007 §8.4"),
    Row {
        given: &[
            of(
                "fun",
                "",
                &[
                    ("0", "as little as possible"),
                    ("1", "everything"),
                    ("4", "no radio"),
                    ("5", "test"),
                    ("6", "restart"),
                    ("15", "restart"),
                    ("16", "restart"),
                ],
            ),
            of("rst", "restart first", &[("0", "no"), ("1", "yes")]),
        ],
        told: &[of(
            "fun",
            "",
            &[("0", "as little as possible"), ("1", "everything"), ("4", "no radio")],
        )],
        ..about("How much of the modem is on", "+CFUN", "3GPP TS 27.007 §8.2")
    },
    Row {
        given: &[plain("pin", "PIN or PUK"), plain("newpin", "new PIN, with a PUK")],
        told: &[of(
            "code",
            "",
            &[
                ("READY", "waits for nothing"),
                ("SIM PIN", "waits for the PIN"),
                ("SIM PUK", "waits for the PUK"),
                ("SIM PIN2", "waits for PIN2"),
                ("SIM PUK2", "waits for PUK2"),
                ("PH-SIM PIN", "locked to another SIM"),
                ("PH-NET PIN", "locked to another network"),
            ],
        )],
        ..about("What the SIM waits for", "+CPIN", "3GPP TS 27.007 §8.3")
    },
    Row {
        told: &[plain("code", "which"), plain("retries", "tries left"), plain("default", "of")],
        ..about("Tries left for PINs", "+CPINR", "3GPP TS 27.007 §8.65")
    },
    Row {
        given: &[of(
            "n",
            "reasons for errors",
            &[("0", "none"), ("1", "as numbers"), ("2", "in words")],
        )],
        told: &[plain("n", "reasons for errors")],
        ..about("Reasons for errors", "+CMEE", "3GPP TS 27.007 §9.1")
    },
    Row {
        given: &[of(
            "chset",
            "",
            &[("GSM", "the 7-bit alphabet"), ("UCS2", "Unicode in hexadecimal"), ("IRA", "ASCII")],
        )],
        told: &[plain("chset", "setting")],
        ..about("Character set of names", "+CSCS", "3GPP TS 27.007 §5.5")
    },
    Row {
        given: &[STORAGE],
        told: &[STORAGE, plain("used", "used"), plain("total", "places")],
        ..about("Choose the phonebook", "+CPBS", "3GPP TS 27.007 §8.11")
    },
    Row {
        given: &[plain("index1", "from place"), plain("index2", "to place")],
        told: ENTRY,
        ..about("Read the phonebook", "+CPBR", "3GPP TS 27.007 §8.12")
    },
    Row {
        given: &[plain("findtext", "beginning of the name")],
        told: ENTRY,
        ..about("Search the phonebook", "+CPBF", "3GPP TS 27.007 §8.13")
    },
    Row { given: ENTRY, ..about("Write to the phonebook", "+CPBW", "3GPP TS 27.007 §8.14") },
    Row {
        given: &[of("mode", "", OFF_ON), plain("number", "number"), of("type", "type", TYPE)],
        told: &[of("mode", "", OFF_ON), plain("number", "number"), of("type", "type", TYPE)],
        ..about("Number of the mailbox", "+CSVM", "3GPP TS 27.007 §8.33")
    },
    Row {
        given: &[
            of(
                "command",
                "",
                &[
                    ("176", "read"),
                    ("178", "read a record"),
                    ("192", "describe"),
                    ("214", "WRITE"),
                    ("220", "WRITE a record"),
                    ("242", "state"),
                ],
            ),
            rule("fileid", "file of the SIM", Rule::File),
            plain("P1", "first parameter: the record"),
            plain("P2", "second parameter: how it is meant"),
            plain("P3", "third parameter: octets"),
            plain("data", "octets to be written"),
        ],
        told: &[plain("sw1", "status"), plain("sw2", "status"), plain("response", "octets")],
        ..about("Access to the SIM", "+CRSM", "3GPP TS 27.007 §8.18")
    },
    about("Any command to the SIM", "+CSIM", "3GPP TS 27.007 §8.17"),
    Row {
        given: &[plain("time", "yy/MM/dd,hh:mm:ss±zz")],
        told: &[plain("time", "yy/MM/dd,hh:mm:ss±zz, zz in quarters of an hour")],
        ..about("The modem's clock", "+CCLK", "3GPP TS 27.007 §8.15")
    },
    about("Indicators", "+CIND", "3GPP TS 27.007 §8.9"),
    Row {
        told: &[plain("ind", "which"), plain("value", "its value")],
        ..about("An indicator changed", "+CIEV", "3GPP TS 27.007 §8.10")
    },
    about("Tell when indicators change", "+CMER", "3GPP TS 27.007 §8.10"),
    Row {
        told: &[plain("n", "times"), plain("type", "what")],
        ..about("Kinds of calls the modem can do; 8 is voice", "+FCLASS", "ITU-T T.31")
    },
    Row {
        given: &[plain("rate", "bit/s; 0: found by itself")],
        told: &[plain("rate", "bit/s")],
        ..about("Speed of the serial line", "+IPR", "ITU-T V.250 §6.2.10")
    },
    Row {
        given: &[plain("byte", "flow control to the modem"), plain("te", "and from it")],
        ..about("Flow control", "+IFC", "ITU-T V.250 §6.2.12")
    },
    Row {
        given: &[plain("rings", "0: never")],
        told: &[],
        ..about("Answer by itself after so many rings", "S0", "ITU-T V.250 §6.3.8")
    },
    about("Accept the call", "A", "ITU-T V.250 §6.3.5"),
    about("Hang up", "H", "ITU-T V.250 §6.3.6"),
    about("Go back to the stored settings", "Z", "ITU-T V.250 §6.1.1"),
    about("Go back to the factory settings", "&F", "ITU-T V.250 §6.1.2"),
    about("Store the settings", "&W", ""),
    about("Show the settings", "&V", ""),
    about("What the DCD wire shows", "&C", "ITU-T V.250 §6.2.8"),
    about("What the DTR wire does", "&D", "ITU-T V.250 §6.2.9"),
    about("Echo", "E", "ITU-T V.250 §6.2.4"),
    about("Whether results are given", "Q", "ITU-T V.250 §6.2.5"),
    about("Form of the results", "V", "ITU-T V.250 §6.2.6"),
    about("What is told of how a call gets on", "X", "ITU-T V.250 §6.2.7"),
    about("Loudness of the speaker", "L", "ITU-T V.250 §6.3.13"),
    about("When the speaker is on", "M", "ITU-T V.250 §6.3.14"),
    about("Go back to data mode", "O", "ITU-T V.250 §6.3.7"),
    Row {
        given: &[of("state", "", &[("0", "detached"), ("1", "attached")])],
        told: &[of("state", "", &[("0", "detached"), ("1", "attached")])],
        ..about("Attachment to the packet network", "+CGATT", "3GPP TS 27.007 §10.1.9")
    },
    Row {
        given: CONTEXT,
        told: CONTEXT,
        ..about("Definition of a packet connection", "+CGDCONT", "3GPP TS 27.007 §10.1.1")
    },
    Row {
        given: &[of("state", "", OFF_ON), plain("cid", "which connection")],
        told: &[plain("cid", "which connection"), of("state", "state", OFF_ON)],
        ..about("Packet connections on and off", "+CGACT", "3GPP TS 27.007 §10.1.10")
    },
    Row {
        told: &[plain("cid", "which connection"), plain("PDP_addr", "our address")],
        ..about("Address of a packet connection", "+CGPADDR", "3GPP TS 27.007 §10.1.14")
    },
    Row {
        given: &[of("n", "tell by itself", OFF_ON)],
        told: &[
            plain("name", "name"),
            of(
                "CNI validity",
                "caller's name",
                &[("0", "valid"), ("1", "withheld by the caller"), ("2", "not available")],
            ),
        ],
        ..about("Caller's name", "+CNAP", "3GPP TS 27.007 §7.30")
    },
    Row {
        given: &[of("n", "tell by itself", OFF_ON)],
        told: &[
            plain("number", "telephone number"),
            of("type", "type of number", TYPE),
            plain("subaddr", "subaddress"),
            plain("satype", "type of subaddress"),
        ],
        ..about("Number that was called", "+CDIP", "3GPP TS 27.007 §7.9")
    },
    Row {
        told: &[of(
            "m",
            "in the network",
            &[("0", "not provided"), ("1", "provided"), ("2", "unknown")],
        )],
        ..about("Hiding our number from who calls us", "+COLR", "3GPP TS 27.007 §7.31")
    },
    Row {
        given: &[of("n", "tell by itself", OFF_ON)],
        told: &[of("n", "tell by itself", OFF_ON)],
        ..about("Emergency numbers of the network", "+CEN", "3GPP TS 27.007 §8.67")
    },
    Row {
        told: &[plain("reports", "whether it tells"), plain("mcc", "country")],
        ..about("Country of the emergency numbers", "+CEN1", "3GPP TS 27.007 §8.67")
    },
    Row {
        told: &[plain("cat", "kind"), plain("number", "emergency number")],
        ..about("Emergency number of the network", "+CEN2", "3GPP TS 27.007 §8.67")
    },
    Row {
        given: VOICE_DOMAIN,
        told: VOICE_DOMAIN,
        ..about("Way of voice calls", "+CVMOD", "3GPP TS 27.007 §6.4")
    },
    Row {
        given: DOMAIN_PREFERENCE,
        told: DOMAIN_PREFERENCE,
        ..about("Way of voice calls with LTE", "+CEVDP", "3GPP TS 27.007 §6.36")
    },
    about("Who the modem is", "I", "ITU-T V.250 §6.1.3"),
];

const VOICE_DOMAIN: &[Parameter] = &[of(
    "voice_mode",
    "",
    &[
        ("0", "as ever, by the circuit network"),
        ("1", "over packets (VoIP)"),
        ("2", "by the circuit network, else over packets"),
        ("3", "over packets, else by the circuit network"),
    ],
)];

const DOMAIN_PREFERENCE: &[Parameter] = &[of(
    "setting",
    "",
    &[
        ("1", "by the circuit network only"),
        ("2", "by the circuit network, else over packets"),
        ("3", "over packets (IMS), else by the circuit network"),
        ("4", "over packets (IMS) only"),
    ],
)];
