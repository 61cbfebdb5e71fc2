//! Commands and reports of makers.

use super::values::{CALL, DIRECTION, MODE, Rule, TYPE};
use super::{Parameter, Row, of, plain, rule};

const ID: Parameter = plain("id", "number of the call");
const NUMBER: Parameter = plain("number", "telephone number");
const KIND: Parameter = of("type", "type of number", TYPE);
const CALL_KIND: Parameter =
    of("call_type", "kind", &[("0", "voice"), ("1", "data"), ("2", "packets"), ("9", "emergency")]);

const MPTY: Parameter = of("mpty", "part of a conference", &[("0", "no"), ("1", "yes")]);

/// `#ECAM` and `*ECAV`.
const CCSTATUS: Parameter = of(
    "status",
    "state",
    &[
        ("0", "idle"),
        ("1", "calling"),
        ("2", "connecting"),
        ("3", "active"),
        ("4", "held"),
        ("5", "waiting"),
        ("6", "alerting"),
        ("7", "busy"),
        ("8", "retrieved"),
        ("9", "caller's name"),
    ],
);

/// `<end_status>` of `^CEND` (Huawei's AT manuals).
const END_STATUS: Parameter = of(
    "end_status",
    "how it ended",
    &[
        ("0", "the modem is offline"),
        ("21", "no service"),
        ("22", "the signal faded"),
        ("23", "the network intercepted it"),
        ("25", "released by the base station"),
        ("27", "an incoming call took over"),
        ("29", "ended here"),
        ("34", "no SIM"),
        ("100", "a cause of a lower layer"),
        ("102", "an incoming call was rejected"),
        ("103", "the set-up was rejected"),
        ("104", "ended by the network"),
        ("105", "no credit"),
    ],
);

/// `+QIND` that tells of no call.
pub(super) const QIND: &[Parameter] = &[
    of(
        "event",
        "",
        &[
            ("csq", "signal"),
            ("act", "network"),
            ("ring", "a call comes in"),
            ("smsfull", "no room for texts"),
        ],
    ),
    plain("value", ""),
    plain("value", ""),
];

/// `^DSCI` that counts as `+CLCC` does.
pub(super) const DSCI_AS_LISTED: &[Parameter] = &[
    ID,
    of("dir", "set up", DIRECTION),
    of("stat", "state", CALL),
    of("mode", "kind", MODE),
    MPTY,
    NUMBER,
    KIND,
];

const fn about(what: &'static str, name: &'static str, clause: &'static str) -> Row {
    Row { name, what, clause, given: &[], told: &[] }
}

/// See the module.
pub(super) const ROWS: &[Row] = &[
    about("Huawei: reports by itself", "^CURC", "Huawei"),
    Row { told: &[ID, CALL_KIND], ..about("Huawei: dialing", "^ORIG", "Huawei") },
    Row { told: &[ID], ..about("Huawei: it rings at the other end", "^CONF", "Huawei") },
    Row { told: &[ID, CALL_KIND], ..about("Huawei: answered", "^CONN", "Huawei") },
    Row {
        told: &[
            ID,
            rule("duration", "answered for", Rule::Seconds),
            END_STATUS,
            rule("cc_cause", "cause", Rule::Cause),
        ],
        ..about("Huawei: ended", "^CEND", "Huawei")
    },
    about("Huawei: sound over the second port", "^DDSETEX", "Huawei"),
    about("Huawei: can it carry a call's sound", "^CVOICE", "Huawei"),
    about("Huawei: kind of networks", "^SYSCFGEX", "Huawei"),
    about("Huawei: which parts of the stick there are", "^U2DIAG", "Huawei"),
    about("Huawei: which ports there are", "^SETPORT", "Huawei"),
    about("Huawei: restart", "^RESET", "Huawei"),
    Row {
        told: &[
            of("event", "", &[("ccinfo", "a call"), ("csq", "signal"), ("act", "network")]),
            ID,
            of("dir", "set up", DIRECTION),
            of(
                "state",
                "state",
                &[
                    ("-1", "released"),
                    ("0", "active"),
                    ("1", "held"),
                    ("2", "dialing"),
                    ("3", "alerting"),
                    ("4", "incoming"),
                    ("5", "waiting"),
                ],
            ),
            of("mode", "kind", MODE),
            MPTY,
            NUMBER,
            KIND,
        ],
        ..about("Quectel: report", "+QIND", "Quectel")
    },
    about("Quectel: which reports", "+QINDCFG", "Quectel"),
    about("Quectel: port for reports", "+QURCCFG", "Quectel"),
    about("Quectel: settings that stay", "+QCFG", "Quectel"),
    about("Quectel: sound of calls", "+QPCMV", "Quectel"),
    about("Quectel: switch off", "+QPOWD", "Quectel"),
    Row {
        told: &[
            ID,
            of("dir", "set up", DIRECTION),
            of(
                "stat",
                "state",
                &[
                    ("1", "held"),
                    ("2", "dialing"),
                    ("3", "answered"),
                    ("4", "incoming"),
                    ("5", "waiting"),
                    ("6", "ended"),
                    ("7", "alerting"),
                ],
            ),
            of("type", "kind", &[("0", "voice"), ("1", "data")]),
            NUMBER,
            of("num_type", "type of number", TYPE),
            plain("tone", "tone of the network"),
        ],
        ..about("Quectel, Huawei: call report", "^DSCI", "Quectel")
    },
    Row {
        told: &[
            ID,
            of(
                "stat",
                "state",
                &[
                    ("0", "active"),
                    ("1", "held"),
                    ("2", "dialing"),
                    ("3", "alerting"),
                    ("4", "ringing"),
                    ("5", "waiting"),
                    ("6", "disconnected"),
                    ("7", "connected"),
                ],
            ),
        ],
        ..about("u-blox: call report", "+UCALLSTAT", "u-blox AT manual")
    },
    Row {
        told: &[
            ID,
            CCSTATUS,
            of("calltype", "kind", &[("1", "voice"), ("2", "data")]),
            plain("", ""),
            plain("", ""),
            NUMBER,
            KIND,
        ],
        ..about("Telit: call report", "#ECAM", "Telit AT manual")
    },
    Row {
        told: &[
            ID,
            CCSTATUS,
            of("calltype", "kind", &[("1", "voice"), ("2", "data")]),
            of(
                "processid",
                "told by",
                &[("8", "call control"), ("68", "mobility"), ("69", "the modem"), ("122", "radio")],
            ),
            rule("exitcause", "cause", Rule::Cause),
            NUMBER,
            KIND,
        ],
        ..about("Ericsson: call report", "*ECAV", "Ericsson")
    },
    about("Ericsson: call reports", "*ECAM", "Ericsson"),
    Row {
        told: &[
            ID,
            of("dir", "set up", DIRECTION),
            of("stat", "state", CALL),
            of("mode", "kind", MODE),
            MPTY,
            plain("reserved", ""),
            NUMBER,
            KIND,
        ],
        ..about("Cinterion: list of the calls", "^SLCC", "Cinterion AT manual")
    },
    Row {
        told: &[ID, of("stat", "state", CALL)],
        ..about("Intel: call report", "+XCALLSTAT", "Intel")
    },
    Row {
        told: &[
            of(
                "event",
                "",
                &[
                    ("0", "the SIM was taken out"),
                    ("1", "a SIM was put in"),
                    ("2", "it rings at the other end"),
                    ("3", "the modem can be used"),
                    ("4", "calls can be made"),
                    ("5", "a call was made"),
                    ("6", "a call is over"),
                ],
            ),
            ID,
        ],
        ..about("Wavecom: reports", "+WIND", "Wavecom AT manual")
    },
    about("ZTE: kind of networks", "+ZOPRT", "ZTE"),
    about("ZTE: what the stick is after it is plugged in", "+ZCDRUN", "ZTE"),
    about("SIMCom: sound over the audio port", "+CPCMREG", "SIMCom AT manual"),
    about("SIMCom: kind of networks", "+CNMP", "SIMCom AT manual"),
    about("SIMCom: restart", "+CRESET", "SIMCom AT manual"),
    about("SIMCom: switch off", "+CPOF", "SIMCom AT manual"),
    about("Telit: restart", "#REBOOT", "Telit AT manual"),
    about("Telit: switch off", "#SHDN", "Telit AT manual"),
    about("Cinterion: switch off", "^SMSO", "Cinterion AT manual"),
    about("Cinterion: tries left", "^SPIC", "Cinterion AT manual"),
    about("Ericsson: tries left", "*EPIN", "Ericsson"),
    about("Telit: tries left", "#PCT", "Telit AT manual"),
    about("Huawei: emergency numbers of the SIM", "^ECCLIST", "Huawei"),
    about("ZTE: kind of network in use", "+ZPASR", "ZTE"),
    about("ZTE: kind of network in use", "+ZPAS", "ZTE"),
    about("Quectel: network in use", "+QNWINFO", "Quectel"),
    about("SIMCom: network in use", "+CPSI", "SIMCom AT manual"),
    about("SIMCom: the network told the time", "*PSUTTZ", "SIMCom AT manual"),
    about("Cinterion: settings of the modem", "^SCFG", "Cinterion AT manual"),
    about("Cinterion: cells in sight", "^SMONI", "Cinterion AT manual"),
    about("Huawei: state of a data connection", "^NDISSTAT", "Huawei"),
    about("Huawei: state of a data connection", "^NDISSTATQRY", "Huawei"),
    about("Huawei: kind of networks", "^SYSCFG", "Huawei"),
    about("Huawei: service, registration and kind of network", "^SYSINFO", "Huawei"),
    about("Huawei: service, registration and kind of network", "^SYSINFOEX", "Huawei"),
];
