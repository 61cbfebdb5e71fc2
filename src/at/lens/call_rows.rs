//! Commands and answers about calls and supplementary services.

use super::values::{CALL, DIRECTION, MODE, OFF_ON, Rule, TYPE, VALIDITY};
use super::{Parameter, Row, of, plain, rule};

const NUMBER: Parameter = plain("number", "telephone number");
const KIND: Parameter = of("type", "type of number", TYPE);
const ALPHA: Parameter = plain("alpha", "name in the phonebook");
const CLASS: Parameter = rule("class", "for these calls", Rule::Class);
const ENABLED: Parameter = of("n", "tell by itself", OFF_ON);
const VALID: Parameter = of("CLI validity", "caller's number", VALIDITY);
const SUBADDRESS: Parameter = plain("subaddr", "subaddress");
const SATYPE: Parameter = plain("satype", "type of subaddress");

const GROUP: Parameter = plain("index", "closed user group");

const FACILITY: Parameter = of(
    "fac",
    "lock",
    &[
        ("SC", "the SIM asks for its PIN"),
        ("FD", "only fixed numbers"),
        ("PN", "only this network"),
        ("PS", "only this SIM"),
        ("AO", "bar all outgoing calls"),
        ("OI", "bar outgoing international calls"),
        ("OX", "bar outgoing international calls except home"),
        ("AI", "bar all incoming calls"),
        ("IR", "bar incoming calls while roaming"),
        ("AB", "all barring services"),
        ("AG", "all barring of outgoing calls"),
        ("AC", "all barring of incoming calls"),
        ("P2", "PIN2"),
    ],
);

const HANDLE: Parameter = of(
    "n",
    "what to do",
    &[
        ("0", "release the held calls, or reject the waiting one"),
        ("1", "release the active calls, take the other one"),
        ("2", "hold the active calls, take the other one"),
        ("3", "add the held call to the conversation"),
        ("4", "connect the two calls and leave them"),
        ("5", "call back when the other side is free"),
    ],
);

const REASON: Parameter = of(
    "reason",
    "when",
    &[
        ("0", "always"),
        ("1", "busy"),
        ("2", "no reply"),
        ("3", "not reachable"),
        ("4", "all"),
        ("5", "all conditional"),
    ],
);

const FORWARD_MODE: Parameter = of(
    "mode",
    "what to do",
    &[
        ("0", "switch off"),
        ("1", "switch on"),
        ("2", "ask"),
        ("3", "register and switch on"),
        ("4", "erase"),
    ],
);

const STATUS: Parameter = of("status", "state", OFF_ON);

/// See the module.
pub(super) const ROWS: &[Row] = &[
    Row {
        name: "+CLCC",
        what: "List of the calls",
        clause: "3GPP TS 27.007 §7.18",
        given: &[],
        told: &[
            plain("id", "number of the call"),
            of("dir", "set up", DIRECTION),
            of("stat", "state", CALL),
            of("mode", "kind", MODE),
            of("mpty", "part of a conference", &[("0", "no"), ("1", "yes")]),
            NUMBER,
            KIND,
            ALPHA,
        ],
    },
    Row {
        name: "+CHLD",
        what: "Hold, swap, join and end calls",
        clause: "3GPP TS 27.007 §7.13",
        given: &[HANDLE],
        told: &[plain("n", "what the modem can do")],
    },
    Row { name: "+CHUP", what: "Hang up", clause: "3GPP TS 27.007 §6.5", given: &[], told: &[] },
    Row {
        name: "+CTFR",
        what: "Forward the incoming call",
        clause: "3GPP TS 27.007 §7.14",
        given: &[NUMBER, KIND, SUBADDRESS, SATYPE],
        told: &[],
    },
    Row {
        name: "+CLIP",
        what: "Caller's number",
        clause: "3GPP TS 27.007 §7.6",
        given: &[ENABLED],
        told: &[NUMBER, KIND, SUBADDRESS, SATYPE, ALPHA, VALID],
    },
    Row {
        name: "+CLIR",
        what: "Hiding our number",
        clause: "3GPP TS 27.007 §7.7",
        given: &[of(
            "n",
            "from now on",
            &[("0", "as the contract says"), ("1", "hide"), ("2", "show")],
        )],
        told: &[
            of("n", "setting", &[("0", "as the contract says"), ("1", "hide"), ("2", "show")]),
            of(
                "m",
                "in the network",
                &[
                    ("0", "not provided"),
                    ("1", "always hidden"),
                    ("2", "unknown"),
                    ("3", "hidden by default"),
                    ("4", "shown by default"),
                ],
            ),
        ],
    },
    Row {
        name: "+COLP",
        what: "Number of who answers",
        clause: "3GPP TS 27.007 §7.8",
        given: &[ENABLED],
        told: &[NUMBER, KIND, SUBADDRESS, SATYPE, ALPHA],
    },
    Row {
        name: "+CCWA",
        what: "Call waiting",
        clause: "3GPP TS 27.007 §7.12",
        given: &[
            ENABLED,
            of("mode", "what to do", &[("0", "switch off"), ("1", "switch on"), ("2", "ask")]),
            CLASS,
        ],
        told: &[NUMBER, KIND, CLASS, ALPHA, VALID],
    },
    Row {
        name: "+CCFC",
        what: "Call forwarding",
        clause: "3GPP TS 27.007 §7.11",
        given: &[
            REASON,
            FORWARD_MODE,
            NUMBER,
            KIND,
            CLASS,
            SUBADDRESS,
            SATYPE,
            rule("time", "without reply for", Rule::Seconds),
        ],
        told: &[
            STATUS,
            CLASS,
            NUMBER,
            KIND,
            SUBADDRESS,
            SATYPE,
            rule("time", "without reply for", Rule::Seconds),
        ],
    },
    Row {
        name: "+CLCK",
        what: "Locks of the SIM and the network",
        clause: "3GPP TS 27.007 §7.4",
        given: &[
            FACILITY,
            of("mode", "what to do", &[("0", "unlock"), ("1", "lock"), ("2", "ask")]),
            plain("passwd", "PIN or password"),
            CLASS,
        ],
        told: &[STATUS, CLASS],
    },
    Row {
        name: "+CPWD",
        what: "Change a PIN or password",
        clause: "3GPP TS 27.007 §7.5",
        given: &[FACILITY, plain("oldpwd", "old one"), plain("newpwd", "new one")],
        told: &[FACILITY, plain("pwdlength", "longest password")],
    },
    Row {
        name: "+CRC",
        what: "Kind of incoming calls",
        clause: "3GPP TS 27.007 §6.11",
        given: &[of("mode", "", &[("0", "RING"), ("1", "+CRING with the kind of call")])],
        told: &[plain("mode", "setting")],
    },
    Row {
        name: "+CRING",
        what: "A call comes in",
        clause: "3GPP TS 27.007 §6.11",
        given: &[],
        told: &[of(
            "type",
            "kind",
            &[("VOICE", "voice"), ("ASYNC", "data"), ("REL ASYNC", "data"), ("FAX", "fax")],
        )],
    },
    Row {
        name: "+CSSN",
        what: "Notices about calls",
        clause: "3GPP TS 27.007 §7.17",
        given: &[
            of("n", "about our calls (+CSSI)", OFF_ON),
            of("m", "about others' calls (+CSSU)", OFF_ON),
        ],
        told: &[plain("n", "+CSSI"), plain("m", "+CSSU")],
    },
    Row {
        name: "+CSSI",
        what: "Notice about our call",
        clause: "3GPP TS 27.007 §7.17",
        given: &[],
        told: &[
            of(
                "code1",
                "what",
                &[
                    ("0", "forwarding is always on"),
                    ("1", "some forwarding is on"),
                    ("2", "the call is forwarded"),
                    ("3", "the call waits"),
                    ("4", "a closed user group call"),
                    ("5", "outgoing calls are barred"),
                    ("6", "incoming calls are barred"),
                    ("7", "showing our number was refused"),
                    ("8", "the call was deflected"),
                ],
            ),
            GROUP,
        ],
    },
    Row {
        name: "+CSSU",
        what: "Notice about the other side",
        clause: "3GPP TS 27.007 §7.17",
        given: &[],
        told: &[
            of(
                "code2",
                "what",
                &[
                    ("0", "the call was forwarded to us"),
                    ("1", "a closed user group call"),
                    ("2", "they put us on hold"),
                    ("3", "they took us back"),
                    ("4", "we are in a conference"),
                    ("5", "the held call was released"),
                    ("6", "a forwarded call was checked"),
                    ("7", "our call is being transferred"),
                    ("8", "our call was transferred"),
                    ("9", "the call was deflected to us"),
                    ("10", "another incoming call was forwarded"),
                ],
            ),
            GROUP,
            NUMBER,
            KIND,
            SUBADDRESS,
            SATYPE,
        ],
    },
    Row {
        name: "+CEER",
        what: "Why the last call ended",
        clause: "3GPP TS 27.007 §6.10",
        given: &[],
        told: &[rule("report", "the modem's own words", Rule::Cause)],
    },
    Row {
        name: "+VTS",
        what: "Send a tone",
        clause: "3GPP TS 27.007 §C.2.11",
        given: &[plain("DTMF", "0–9, *, #, A–D"), plain("duration", "tenths of a second")],
        told: &[],
    },
    Row {
        name: "+VTD",
        what: "Length of tones",
        clause: "3GPP TS 27.007 §C.2.12",
        given: &[plain("n", "tenths of a second; 0: the maker's")],
        told: &[plain("n", "tenths of a second")],
    },
    Row {
        name: "+CMUT",
        what: "Microphone off",
        clause: "3GPP TS 27.007 §8.24",
        given: &[of("n", "microphone", &[("0", "on"), ("1", "off")])],
        told: &[of("n", "microphone", &[("0", "on"), ("1", "off")])],
    },
    Row {
        name: "+CLVL",
        what: "Loudness",
        clause: "3GPP TS 27.007 §8.23",
        given: &[plain("level", "loudness")],
        told: &[plain("level", "loudness")],
    },
    Row {
        name: "+CVHU",
        what: "How ATH ends voice calls",
        clause: "3GPP TS 27.007 §6.20",
        given: &[of(
            "mode",
            "ATH",
            &[("0", "hangs up"), ("1", "is ignored"), ("2", "hangs up unless DTR is watched")],
        )],
        told: &[plain("mode", "setting")],
    },
    Row {
        name: "+CUSD",
        what: "Service codes",
        clause: "3GPP TS 27.007 §7.15",
        given: &[
            of("n", "", &[("0", "hide answers"), ("1", "show answers"), ("2", "end the dialogue")]),
            plain("str", "what is sent"),
            plain("dcs", "coding of the text (3GPP TS 23.038 §5)"),
        ],
        told: &[
            of(
                "m",
                "",
                &[
                    ("0", "nothing more is needed"),
                    ("1", "the network waits for a reply"),
                    ("2", "the network ended it"),
                    ("3", "another client answered"),
                    ("4", "not supported"),
                    ("5", "the network timed out"),
                ],
            ),
            plain("str", "what the network says"),
            plain("dcs", "coding of the text (3GPP TS 23.038 §5)"),
        ],
    },
    Row {
        name: "+CPAS",
        what: "What the phone does",
        clause: "3GPP TS 27.007 §8.1",
        given: &[],
        told: &[of(
            "pas",
            "",
            &[
                ("0", "ready"),
                ("1", "not available"),
                ("2", "unknown"),
                ("3", "ringing"),
                ("4", "in a call"),
                ("5", "asleep"),
            ],
        )],
    },
];
