//! Personas of modules and sticks whose reports on calls differ most from one another. Identities
//! and forms are those of the makers' manuals.

use super::sticks::{quectel, vendor};
use super::{
    CallManners, CallReports, Ceer, Chatter, Clcc, DialResult, Identity, Manners, Persona, Tones,
    VendorCommand, bare,
};

/// A Quectel EC20: `^DSCI` that counts in a way of its own.
pub fn quectel_dsci() -> Persona {
    let plain = quectel();
    Persona {
        name: "quectel-dsci",
        about: "a Quectel EC20: ^DSCI with states of its own, quoted tones only",
        identity: Identity {
            model: "EC20F",
            revision: "EC20CEHCLGR06A03M1G",
            imei: "861107031234568",
            ..plain.identity
        },
        calls: CallManners {
            reports: CallReports::DsciCounted,
            clcc: Clcc::Plain,
            tones: Tones::Quoted,
            ceer: Ceer::FourNumbers,
            ..plain.calls
        },
        ..plain
    }
}

/// A Quectel UC15: `^DSCI` that counts as `+CLCC` does.
pub fn quectel_uc() -> Persona {
    let plain = quectel();
    Persona {
        name: "quectel-uc",
        about: "a Quectel UC15: ^DSCI with the states of +CLCC and the cause",
        identity: Identity {
            manufacturer: "Quectel_Ltd",
            model: "UC15",
            revision: "UC15AQAR03A10E1G",
            imei: "861075021234566",
            prefixed: false,
        },
        calls: CallManners {
            reports: CallReports::DsciListed,
            clcc: Clcc::Plain,
            rejected_result: "BUSY",
            ..plain.calls
        },
        access: Some(2),
        ..plain
    }
}

/// A u-blox module: `+UCALLSTAT`, and the layer of the error in `+CEER`.
pub fn ublox() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "u-blox",
        about: "a u-blox module: +UCALLSTAT, “CC setup error” in +CEER",
        identity: Identity {
            manufacturer: "u-blox",
            model: "SARA-U201",
            revision: "23.60",
            imei: "357520071234561",
            prefixed: false,
        },
        manners: Manners {
            think_millis: (3, 40),
            typing_aborts_dial: true,
            unsolicited_wait: false,
            cmee: 0,
            ..plain.manners
        },
        calls: CallManners {
            dial_ok_millis: (50, 400),
            reports: CallReports::Ublox,
            ceer: Ceer::Layer,
            tones: Tones::Bare,
            ring_millis: 5800,
            ..plain.calls
        },
        unsupported: &["+CESQ"],
        vendor: UBLOX_COMMANDS,
        ..plain
    }
}

/// A Telit module: `#ECAM`, which gives every call the number 0.
pub fn telit() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "telit",
        about: "a Telit module: #ECAM with no call's number",
        identity: Identity {
            manufacturer: "Telit",
            model: "HE910",
            revision: "12.00.026",
            imei: "351579051234560",
            prefixed: false,
        },
        manners: Manners { think_millis: (5, 50), typing_aborts_dial: true, ..plain.manners },
        calls: CallManners {
            reports: CallReports::Telit,
            ceer: Ceer::Text,
            tones: Tones::Bare,
            ring_millis: 5000,
            ..plain.calls
        },
        unsupported: &["+CESQ", "+CEREG"],
        vendor: TELIT_COMMANDS,
        ..plain
    }
}

/// A Cinterion module: the list of calls at every change, closed by an empty line.
pub fn cinterion() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "cinterion",
        about: "a Cinterion module: ^SLCC blocks, three numbers in +CEER",
        identity: Identity {
            manufacturer: "Cinterion",
            model: "BGS2-W",
            revision: "REVISION 02.000",
            imei: "359998041234565",
            prefixed: false,
        },
        manners: Manners { think_millis: (5, 60), unsolicited_wait: true, ..plain.manners },
        calls: CallManners {
            rejected_result: "NO CARRIER",
            reports: CallReports::Cinterion,
            ceer: Ceer::Three,
            tones: Tones::Quoted,
            ring_millis: 3000,
            ..plain.calls
        },
        access: None,
        unsupported: &["+CESQ", "+CEREG"],
        ..plain
    }
}

/// An Ericsson module: `*ECAV` with the process and the cause at the end of a call.
pub fn ericsson() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "ericsson",
        about: "an Ericsson module: *ECAV with the cause of the end",
        identity: Identity {
            manufacturer: "Ericsson",
            model: "F3607gw",
            revision: "R1D06",
            imei: "353310031234567",
            prefixed: false,
        },
        manners: Manners {
            think_millis: (5, 60),
            unsolicited_wait: false,
            chatter: Chatter {
                start_up: &["*EMRDY: 1"],
                noise: &["*ERINFO: 0,0,2", "+CIEV: 2,4"],
                noise_millis: (20_000, 60_000),
                ..plain.manners.chatter
            },
            ..plain.manners
        },
        calls: CallManners {
            reports: CallReports::Ericsson,
            ceer: Ceer::Cause,
            ring_millis: 5000,
            ..plain.calls
        },
        unsupported: &["+CESQ", "+CEREG"],
        ..plain
    }
}

/// A ZTE stick: no `OK` to `ATD`, `CONNECT` when answered, `OK` when rejected, `HANGUP` at the end;
/// any byte while it dials ends the call.
pub fn zte() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "zte",
        about: "a ZTE stick: CONNECT when answered, HANGUP: 1 at the end",
        identity: Identity {
            manufacturer: "ZTE CORPORATION",
            model: "K3565-Z",
            revision: "BD_P673A2V1.0.0B09",
            imei: "354142031234565",
            prefixed: false,
        },
        manners: Manners {
            think_millis: (10, 90),
            typing_aborts_dial: true,
            unsolicited_wait: false,
            chatter: Chatter {
                start_up: &["+ZDONR: \"Operator\",262,2,\"CS_PS\",\"ROAM_OFF\""],
                noise: &["+ZPASR: \"UMTS\"", "+ZPASR: \"HSDPA\"", "+ZDONR: \"\",0,0,\"CS_PS\""],
                noise_millis: (8_000, 30_000),
                memory_full: None,
            },
            ..plain.manners
        },
        calls: CallManners {
            dial_result: DialResult::ConnectWhenAnswered,
            rejected_result: "OK",
            given_up_result: None,
            silent_release: true,
            reports: CallReports::Zte,
            ring_millis: 5000,
            ..plain.calls
        },
        unsupported: &["+CHUP", "+CEREG", "+CESQ", "+CBC"],
        vendor: ZTE_COMMANDS,
        ..plain
    }
}

/// A modem with an Intel (Infineon) chip: `+XCALLSTAT`.
pub fn intel() -> Persona {
    let plain = bare::generic();
    Persona {
        name: "intel",
        about: "an Intel (Infineon) modem: +XCALLSTAT",
        identity: Identity {
            manufacturer: "Infineon Technologies",
            model: "XMM6260",
            revision: "XMM6260_V2.1",
            imei: "004401081234561",
            prefixed: false,
        },
        manners: Manners { think_millis: (2, 30), unsolicited_wait: false, ..plain.manners },
        calls: CallManners {
            reports: CallReports::Intel,
            ceer: Ceer::QuotedNumberAndText,
            ring_millis: 3000,
            ..plain.calls
        },
        unsupported: &["+CESQ"],
        ..plain
    }
}

/// A Quectel module whose list of calls stays empty whatever goes on: its reports alone tell.
pub fn emptylist() -> Persona {
    let plain = quectel();
    Persona {
        name: "emptylist",
        about: "a Quectel module whose list of calls is always empty",
        identity: Identity {
            model: "EG91",
            revision: "EG91EFBR06A08M4G",
            imei: "862195061234560",
            ..plain.identity
        },
        calls: CallManners { clcc: Clcc::Empty, ceer: Ceer::QuotedNumberAndText, ..plain.calls },
        ..plain
    }
}

/// Commands with fixed answers of the u-blox persona.
const UBLOX_COMMANDS: &[VendorCommand] = &[
    vendor("+UDTMFD", &[]),
    vendor("+CCID", &["+CCID: 8988303000012345678F"]),
    vendor("+URAT?", &["+URAT: 1,2"]),
    vendor("+UPSV", &[]),
];

/// Commands with fixed answers of the Telit persona.
const TELIT_COMMANDS: &[VendorCommand] =
    &[vendor("#QSS?", &["#QSS: 0,1"]), vendor("#CCID", &["#CCID: 8988303000012345678"])];

/// Commands with fixed answers of the ZTE persona.
const ZTE_COMMANDS: &[VendorCommand] = &[
    vendor("+ZOPRT", &[]),
    vendor("+ZSNT?", &["+ZSNT: 0,0,0"]),
    vendor("+ZPAS?", &["+ZPAS: \"UMTS\",\"CS_PS\""]),
];
