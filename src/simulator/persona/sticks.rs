//! Personas of the three makers most met on desks.

use super::{
    CallManners, CallReports, Ceer, Chatter, Clcc, DialResult, Echo, Identity, Manners, Memory,
    Persona, TextManners, Tones, VendorCommand, bare,
};

pub(super) const fn vendor(begins: &'static str, lines: &'static [&'static str]) -> VendorCommand {
    VendorCommand { begins, lines }
}

/// A Huawei UMTS stick: chatty, `^ORIG` to `^CEND`, no memory for reports.
pub fn huawei() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "huawei",
        about: "a Huawei stick: ^ORIG, ^CONN, ^CEND, ^RSSI and other chatter",
        identity: Identity {
            manufacturer: "huawei",
            model: "E173",
            revision: "11.126.85.00.209",
            imei: "353443043210986",
            prefixed: false,
        },
        manners: Manners {
            unsolicited_wait: false,
            typing_aborts_dial: false,
            think_millis: (3, 25),
            chatter: Chatter {
                start_up: &["^SIMST:1", "^SRVST:2", "^MODE:5,4"],
                noise: &[
                    "^RSSI:21",
                    "^RSSI:20",
                    "^MODE:5,4",
                    "^BOOT:27710117,0,0,0,75",
                    "^HCSQ:\"WCDMA\",54,51,57",
                ],
                noise_millis: (8000, 25_000),
                memory_full: Some("^SMMEMFULL: "),
            },
            ..plain.manners
        },
        calls: CallManners {
            dial_ok_millis: (15, 120),
            rejected_result: "NO CARRIER",
            given_up_result: None,
            reports: CallReports::Huawei,
            tones: Tones::Refused,
            ceer: Ceer::Text,
            ring_millis: 5000,
            clcc: Clcc::WithName,
            ..plain.calls
        },
        texts: TextManners {
            memories: &[
                Memory { name: "SM", capacity: 20, first_index: 0 },
                Memory { name: "ME", capacity: 23, first_index: 0 },
            ],
            // Mode 2 and <ds> 1 work; <ds> 2 needs a memory for reports.
            cnmi: Some([2, 3, 2, 1, 1]),
            ..plain.texts
        },
        unsupported: &["+CESQ", "+CEREG", "+CBC", "+CPWD"],
        vendor: HUAWEI_COMMANDS,
        ..plain
    }
}

/// A SIMCom LTE module: `VOICE CALL: BEGIN` and `END`, `MISSED_CALL`, words for errors.
pub fn simcom() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "simcom",
        about: "a SIMCom module: VOICE CALL: BEGIN and END, MISSED_CALL",
        identity: Identity {
            manufacturer: "SIMCOM INCORPORATED",
            model: "SIMCOM_SIM7600E-H",
            revision: "+CGMR: LE20B04SIM7600M22",
            imei: "861477031234567",
            prefixed: false,
        },
        manners: Manners {
            think_millis: (4, 30),
            typing_aborts_dial: false,
            cmee: 2,
            verbose_cms: true,
            chatter: Chatter {
                start_up: &["RDY", "+CPIN: READY", "SMS DONE", "PB DONE"],
                ..plain.manners.chatter
            },
            ..plain.manners
        },
        calls: CallManners {
            dial_result: DialResult::AtOnce,
            dial_ok_millis: (30, 400),
            reports: CallReports::Simcom,
            ceer: Ceer::Text,
            ring_millis: 3000,
            ..plain.calls
        },
        texts: TextManners {
            memories: &[
                Memory { name: "SM", capacity: 20, first_index: 0 },
                Memory { name: "ME", capacity: 23, first_index: 0 },
                Memory { name: "SR", capacity: 10, first_index: 0 },
            ],
            cnmi: Some([2, 3, 3, 2, 1]),
            cnmi_at_start: [2, 1, 0, 0, 0],
            ..plain.texts
        },
        access: Some(7),
        unsupported: &["+CESQ"],
        vendor: SIMCOM_COMMANDS,
        ..plain
    }
}

/// A Quectel LTE module: `+QIND: "ccinfo"`, a data row in `+CLCC`.
pub fn quectel() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "quectel",
        about: "a Quectel LTE module: +QIND ccinfo, a data row in +CLCC",
        identity: Identity {
            manufacturer: "Quectel",
            model: "EC25",
            revision: "EC25EFAR06A06M4G",
            imei: "866758043210987",
            prefixed: false,
        },
        manners: Manners {
            echo: Echo::On,
            think_millis: (2, 20),
            typing_aborts_dial: false,
            cmee: 1,
            unsolicited_wait: false,
            chatter: Chatter {
                start_up: &["RDY", "+CFUN: 1", "+CPIN: READY", "+QUSIM: 1", "+QIND: SMS DONE"],
                memory_full: Some("+QIND: \"smsfull\","),
                ..plain.manners.chatter
            },
            ..plain.manners
        },
        calls: CallManners {
            dial_ok_millis: (20, 90),
            rejected_result: "NO CARRIER",
            reports: CallReports::Quectel,
            clcc: Clcc::WithDataRow,
            ceer: Ceer::LocationAndNumber,
            ring_millis: 3000,
            ..plain.calls
        },
        texts: TextManners {
            memories: &[
                Memory { name: "ME", capacity: 23, first_index: 0 },
                Memory { name: "SM", capacity: 20, first_index: 0 },
                Memory { name: "SR", capacity: 10, first_index: 0 },
            ],
            cnmi: Some([2, 3, 2, 2, 1]),
            cnmi_at_start: [2, 1, 0, 0, 0],
            empty_place_is_ok: true,
            ..plain.texts
        },
        access: Some(7),
        unsupported: &[],
        vendor: QUECTEL_COMMANDS,
        ..plain
    }
}

/// Commands with fixed answers of the Huawei persona.
const HUAWEI_COMMANDS: &[VendorCommand] = &[
    vendor("^CVOICE?", &["^CVOICE:0,8000,16,20"]),
    vendor("^CVOICE=?", &["^CVOICE:(0)"]),
    vendor("^CVOICE", &[]),
    vendor("^DDSETEX", &[]),
    vendor("^SYSINFO", &["^SYSINFO:2,3,0,5,1,,4"]),
    vendor("^U2DIAG?", &["^U2DIAG:0"]),
    vendor("^PORTSEL", &[]),
    vendor("^CARDLOCK?", &["^CARDLOCK: 2,10,0"]),
    vendor("^ICCID?", &["^ICCID: 8988303000012345678F"]),
    vendor("^SYSCFG?", &["^SYSCFG:2,0,3FFFFFFF,1,2"]),
    vendor("^SYSCFG", &[]),
    vendor("^HCSQ?", &["^HCSQ:\"WCDMA\",54,51,57"]),
    vendor("^USSDMODE", &[]),
];

/// Commands with fixed answers of the Simcom persona.
const SIMCOM_COMMANDS: &[VendorCommand] = &[
    vendor("+CBC", &["+CBC: 3.850V"]),
    vendor("+CICCID", &["+ICCID: 8988303000012345678"]),
    vendor("+CPCMREG?", &["+CPCMREG: 0"]),
    vendor("+CPCMFRM", &[]),
    vendor("+CNMP?", &["+CNMP: 2"]),
    vendor("+CNMP", &[]),
    vendor(
        "+CPSI?",
        &["+CPSI: LTE,Online,001-01,0x2F1B,12345678,100,EUTRAN-BAND3,1300,5,5,-94,-850,-560,18"],
    ),
    vendor("+CEVDP", &[]),
    vendor("+DDET", &[]),
    vendor("+CSDVC", &[]),
];

/// Commands with fixed answers of the Quectel persona.
const QUECTEL_COMMANDS: &[VendorCommand] = &[
    vendor("+QCCID", &["+QCCID: 8988303000012345678F"]),
    vendor("+QCFG=\"ims\"", &["+QCFG: \"ims\",1,{ims}"]),
    vendor("+QCFG", &[]),
    vendor("+QURCCFG?", &["+QURCCFG: \"urcport\",\"usbat\""]),
    vendor("+QURCCFG", &[]),
    vendor("+QPCMV?", &["+QPCMV: 0,2"]),
    vendor("+QPCMV=?", &["+QPCMV: (0,1),(0-2)"]),
    vendor("+QPCMV", &[]),
    vendor("+QNWINFO", &["+QNWINFO: \"FDD LTE\",\"00101\",\"LTE BAND 3\",1300"]),
    vendor("+QCSQ", &["+QCSQ: \"LTE\",-71,-98,120,-9"]),
    vendor("+QGPSCFG", &[]),
    vendor("+QTONEDET", &[]),
];
