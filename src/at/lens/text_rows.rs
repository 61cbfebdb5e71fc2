//! Commands and answers about texts (3GPP TS 27.005).

use super::values::{Rule, TYPE};
use super::{Parameter, Row, of, plain, rule};

const MEMORIES: &[(&str, &str)] = &[
    ("SM", "the SIM"),
    ("ME", "the modem"),
    ("MT", "SIM and modem"),
    ("SR", "delivery reports"),
    ("BM", "broadcasts"),
    ("TA", "the adapter"),
];

const MEM1: Parameter = of("mem1", "read and delete from", MEMORIES);
const MEM2: Parameter = of("mem2", "write to", MEMORIES);
const MEM3: Parameter = of("mem3", "new ones go to", MEMORIES);
const MEM: Parameter = of("mem", "where", MEMORIES);
const INDEX: Parameter = plain("index", "place");
const LENGTH: Parameter = plain("length", "octets of the TPDU");
const ALPHA: Parameter = plain("alpha", "name in the phonebook");
const STAT: Parameter = of(
    "stat",
    "state",
    &[
        ("0", "received, unread"),
        ("1", "received, read"),
        ("2", "stored, not sent"),
        ("3", "stored, sent"),
        ("4", "all"),
        ("REC UNREAD", "received, unread"),
        ("REC READ", "received, read"),
        ("STO UNSENT", "stored, not sent"),
        ("STO SENT", "stored, sent"),
        ("ALL", "all"),
    ],
);
const OTHER: Parameter = plain("oa", "who sent it, or to whom it goes");
const OTHER_TYPE: Parameter = of("tooa", "type of number", TYPE);
const SCTS: Parameter = plain("scts", "time stamp of the centre");
const CHARACTERS: Parameter = plain("length", "characters of the text");
const FIRST: Parameter = plain("fo", "first octet of the TPDU");
const PID: Parameter = plain("pid", "protocol");
const DCS: Parameter = plain("dcs", "coding of the text (3GPP TS 23.038 §4)");
const CENTRE: Parameter = plain("sca", "text centre");
const CENTRE_TYPE: Parameter = of("tosca", "type of the centre's number", TYPE);

/// `+CMGR` in text mode (27.005 §4.2).
pub(super) const READ_AS_TEXT: &[Parameter] =
    &[STAT, OTHER, ALPHA, SCTS, OTHER_TYPE, FIRST, PID, DCS, CENTRE, CENTRE_TYPE, CHARACTERS];
/// `+CMGL` in text mode (27.005 §4.1).
pub(super) const LISTED_AS_TEXT: &[Parameter] =
    &[INDEX, STAT, OTHER, ALPHA, SCTS, OTHER_TYPE, CHARACTERS];
/// `+CMT` in text mode (27.005 §3.4.1).
pub(super) const TOLD_AS_TEXT: &[Parameter] =
    &[OTHER, ALPHA, SCTS, OTHER_TYPE, FIRST, PID, DCS, CENTRE, CENTRE_TYPE, CHARACTERS];
/// `+CPMS` after the stores were chosen (27.005 §3.2.2).
pub(super) const PLACES: &[Parameter] = &[
    plain("used1", "used to read and delete from"),
    plain("total1", "places"),
    plain("used2", "used to write to and send from"),
    plain("total2", "places"),
    plain("used3", "used for what is received"),
    plain("total3", "places"),
];
/// `+CMGS` and `+CMGW` in text mode (27.005 §4.3, §4.4).
pub(super) const GIVEN_AS_TEXT: &[Parameter] =
    &[plain("da", "to whom it goes, in text mode"), of("toda", "type of number", TYPE)];
const REFERENCE: Parameter = rule("mr", "the network's number for it", Rule::Reference);

const fn about(what: &'static str, name: &'static str, clause: &'static str) -> Row {
    Row { name, what, clause, given: &[], told: &[] }
}

/// See the module.
pub(super) const ROWS: &[Row] = &[
    Row {
        given: &[of("mode", "form", &[("0", "PDU"), ("1", "text")])],
        told: &[of("mode", "form", &[("0", "PDU"), ("1", "text")])],
        ..about("Form of messages", "+CMGF", "3GPP TS 27.005 §3.2.3")
    },
    Row {
        given: &[plain("length", "octets of the TPDU, or the number in text mode")],
        told: &[REFERENCE, SCTS],
        ..about("Send a text", "+CMGS", "3GPP TS 27.005 §4.3")
    },
    Row {
        given: &[INDEX],
        told: &[STAT, ALPHA, LENGTH],
        ..about("Read a message", "+CMGR", "3GPP TS 27.005 §4.2")
    },
    Row {
        given: &[STAT],
        told: &[INDEX, STAT, ALPHA, LENGTH],
        ..about("List messages", "+CMGL", "3GPP TS 27.005 §4.1")
    },
    Row {
        given: &[
            INDEX,
            of(
                "delflag",
                "which",
                &[
                    ("0", "only this one"),
                    ("1", "all read ones"),
                    ("2", "all read and sent ones"),
                    ("3", "all read, sent and unsent ones"),
                    ("4", "ALL"),
                ],
            ),
        ],
        told: &[plain("index", "places that hold a message")],
        ..about("Delete a message", "+CMGD", "3GPP TS 27.005 §3.5.4")
    },
    Row {
        given: &[plain("length", "octets of the TPDU"), STAT],
        told: &[INDEX],
        ..about("Store a message", "+CMGW", "3GPP TS 27.005 §4.4")
    },
    Row {
        given: &[INDEX, plain("da", "to"), of("toda", "type of number", TYPE)],
        told: &[REFERENCE],
        ..about("Send a stored message", "+CMSS", "3GPP TS 27.005 §4.7")
    },
    Row {
        given: &[of(
            "n",
            "link",
            &[("0", "close"), ("1", "keep for the next"), ("2", "keep open")],
        )],
        told: &[plain("n", "setting")],
        ..about("Keep the link open between texts", "+CMMS", "3GPP TS 27.005 §3.5.6")
    },
    Row {
        given: &[
            of(
                "mode",
                "tell",
                &[
                    ("0", "later, kept in the modem"),
                    ("1", "at once, unless a data call is on"),
                    ("2", "at once, or after the data call"),
                    ("3", "at once, within the data call"),
                ],
            ),
            of(
                "mt",
                "texts",
                &[
                    ("0", "not told"),
                    ("1", "stored and announced (+CMTI)"),
                    ("2", "handed over (+CMT)"),
                    ("3", "class 3 handed over, others announced"),
                ],
            ),
            of("bm", "broadcasts", &[("0", "not told"), ("2", "handed over (+CBM)")]),
            of(
                "ds",
                "delivery reports",
                &[("0", "not told"), ("1", "handed over (+CDS)"), ("2", "announced (+CDSI)")],
            ),
            of("bfr", "what was kept", &[("0", "told now"), ("1", "dropped")]),
        ],
        told: &[
            plain("mode", "tell"),
            plain("mt", "texts"),
            plain("bm", "broadcasts"),
            plain("ds", "delivery reports"),
            plain("bfr", "what was kept"),
        ],
        ..about("How new messages are told", "+CNMI", "3GPP TS 27.005 §3.4.1")
    },
    Row {
        given: &[of("n", "", &[("0", "received"), ("1", "received"), ("2", "failed")]), LENGTH],
        ..about("Confirm a received message", "+CNMA", "3GPP TS 27.005 §4.6")
    },
    Row {
        given: &[MEM1, MEM2, MEM3],
        told: &[
            MEM1,
            plain("used1", "used"),
            plain("total1", "places"),
            MEM2,
            plain("used2", "used"),
            plain("total2", "places"),
            MEM3,
            plain("used3", "used"),
            plain("total3", "places"),
        ],
        ..about("Where messages are kept", "+CPMS", "3GPP TS 27.005 §3.2.2")
    },
    Row {
        given: &[plain("sca", "number"), of("tosca", "type of number", TYPE)],
        told: &[plain("sca", "number"), of("tosca", "type of number", TYPE)],
        ..about("Number of the text centre", "+CSCA", "3GPP TS 27.005 §3.3.1")
    },
    Row {
        given: &[
            plain("fo", "first octet"),
            plain("vp", "validity period"),
            plain("pid", "protocol identifier"),
            plain("dcs", "coding scheme"),
        ],
        told: &[
            plain("fo", "first octet"),
            plain("vp", "validity period"),
            plain("pid", "protocol identifier"),
            plain("dcs", "coding scheme"),
        ],
        ..about("Settings of sent texts", "+CSMP", "3GPP TS 27.005 §3.3.2")
    },
    Row {
        given: &[of("show", "headers", &[("0", "short"), ("1", "long")])],
        told: &[plain("show", "headers")],
        ..about("Longer headers of texts", "+CSDH", "3GPP TS 27.005 §3.3.3")
    },
    Row {
        given: &[of(
            "service",
            "",
            &[("0", "as in phase 2"), ("1", "received texts are confirmed with +CNMA")],
        )],
        told: &[
            plain("service", "setting"),
            plain("mt", "can receive"),
            plain("mo", "can send"),
            plain("bm", "can receive broadcasts"),
        ],
        ..about("Message service", "+CSMS", "3GPP TS 27.005 §3.2.1")
    },
    Row {
        told: &[MEM, INDEX],
        ..about("A message has come and was stored", "+CMTI", "3GPP TS 27.005 §3.4.1")
    },
    Row { told: &[ALPHA, LENGTH], ..about("A message has come", "+CMT", "3GPP TS 27.005 §3.4.1") },
    Row {
        told: &[MEM, INDEX],
        ..about("A delivery report has come and was stored", "+CDSI", "3GPP TS 27.005 §3.4.1")
    },
    Row {
        told: &[LENGTH], ..about("A delivery report has come", "+CDS", "3GPP TS 27.005 §3.4.1")
    },
    Row { told: &[LENGTH], ..about("A broadcast has come", "+CBM", "3GPP TS 27.005 §3.4.1") },
];
