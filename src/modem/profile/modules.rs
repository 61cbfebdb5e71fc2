//! Modules: SIMCom, Quectel, u-blox, Telit, Cinterion.

use super::{GENERIC, ListManner, Profile, Question, quirk};

/// `AT+CLCC=1` would have rows of the list come by themselves, also within the answer to `AT+CLCC`,
/// where nobody can tell them apart: it is left as it is.
pub(super) const SIMCOM: Profile = Profile {
    name: "SIMCom",
    devices: "SIM8xx, SIM7xxx, A76xx",
    identified_by: &["simcom", "simtech", "sim8", "sim7", "sim5", "a760", "a767", "a768"],
    reports: &["VOICE CALL", "VOICE CALL: END", "REMOTE CALL END"],
    list: ListManner::WithDataRows,
    quirks: &[
        quirk(
            "all",
            "after AT+CLCC=1 rows of the list come by themselves; state 6 is the end of a call",
        ),
        quirk("A7672", "VOICE CALL: BEGIN and state 0 may come when the other phone only rings"),
        quirk("A7672", "leaves out a space: VOICE CALL:END: 000004"),
        quirk(
            "A7672 on LTE without IMS",
            "NO CARRIER may come at once while it looks for 2G or 3G",
        ),
        quirk("A7670E-LNXY, SIM7670G", "has neither calls nor texts; no firmware brings them"),
        quirk("SIM7600", "+RXDTMF and +CRING stand between two CRs and one LF"),
    ],
    ..GENERIC
};

/// Without `ccinfo` the EC2x tells nothing of a call that ends but `NO CARRIER`; older firmware has
/// `^DSCI` instead, which is not kept over a restart.
pub(super) const QUECTEL: Profile = Profile {
    name: "Quectel",
    devices: "EC2x, EG2x, EP06, UC15, UC20, M95",
    identified_by: &["quectel"],
    set_up: &[
        Question::setting(&["AT+QINDCFG=\"ccinfo\",1", "AT^DSCI=1"]),
        Question::setting(&["AT+QURCCFG=\"urcport\",\"all\""]),
    ],
    reports: &["+QIND", "^DSCI"],
    list: ListManner::WithDataRows,
    quoted_tones: true,
    quirks: &[
        quirk("EC20F", "^DSCI has a bare number and states of its own: 3 is answered, 7 alerting"),
        quirk("UC15 and others", "^DSCI has the states of +CLCC, quotes, and the cause in field 9"),
        quirk("EC25, EG25", "+CLCC lists the data bearer as 1,1,0,1,0,\"\",128: no call"),
        quirk("EC25", "+CLIP may come without RING"),
        quirk("EG25", "reports go to one port only, until AT+QURCCFG=\"urcport\",\"all\""),
    ],
    ..GENERIC
};

/// `AT+UCALLSTAT=1`.
pub(super) const U_BLOX: Profile = Profile {
    name: "u-blox",
    devices: "LEON, SARA-G and -U, LISA, TOBY",
    identified_by: &["u-blox", "ublox", "sara-", "lisa-", "toby-", "leon-"],
    set_up: &[Question::setting(&["AT+UCALLSTAT=1"])],
    reports: &["+UCALLSTAT"],
    quirks: &[
        quirk("SARA", "a caller may ring by +UCALLSTAT: 1,4 every six seconds and no RING at all"),
        quirk("SARA", "+UCALLSTAT may have a third field"),
        quirk("TOBY-L2", "swallows the first character after it has slept"),
    ],
    ..GENERIC
};

/// `AT#ECAM=1`.
pub(super) const TELIT: Profile = Profile {
    name: "Telit",
    devices: "HE910, UE910, GE865, LE910",
    identified_by: &["telit"],
    set_up: &[Question::setting(&["AT#ECAM=1"])],
    reports: &["#ECAM"],
    poll_while_dialing: true,
    quirks: &[
        quirk("HE910", "any character before the result of ATD ends the call"),
        quirk("all", "#ECAM gives every call the number 0: the list tells which one is meant"),
    ],
    ..GENERIC
};

/// `AT^SLCC=1` has the whole list come at every change, closed by an empty line.
pub(super) const CINTERION: Profile = Profile {
    name: "Cinterion",
    devices: "TC35, MC55, BGS2, PHS8, PLS8, ELS61",
    identified_by: &["cinterion", "siemens", "gemalto", "thales"],
    set_up: &[Question::setting(&["AT^SLCC=1"])],
    reports: &["^SLCC"],
    quirks: &[
        quirk("all", "+CEER: 8,<cause>,0 has a cause of the network, 9,<n>,0 one of the module"),
        quirk("BGS2", "9,10 is not among the fixed numbers, 9,13 barred, 9,14 retried too often"),
        quirk("all", "tones want quotation marks where several are sent at once"),
    ],
    ..GENERIC
};
