//! Personas without a maker's extensions: a plain modem, an old one that answers late, and two
//! difficult ones.

use super::{
    BareAt, CallManners, CallReports, Ceer, Chatter, Clcc, DialResult, Echo, Identity, Manners,
    Memory, Persona, ServiceManners, TextManners, Tones,
};

/// Plain V.250, 27.007 and 27.005; the others are told as differences from it.
pub fn generic() -> Persona {
    Persona {
        name: "generic",
        about: "plain V.250, 27.007 and 27.005",
        identity: Identity {
            manufacturer: "Deskphone",
            model: "Simulated Modem",
            revision: "1.0",
            imei: "490154203237518",
            prefixed: false,
        },
        manners: Manners {
            echo: Echo::On,
            line_break: "\r\n",
            blank_lines: false,
            prompt: "\r\n> ",
            bare_at: BareAt::Ok,
            agrees_to_everything: false,
            think_millis: (2, 12),
            typing_aborts_dial: true,
            unsolicited_wait: true,
            cmee: 0,
            verbose_cms: false,
            chatter: Chatter { start_up: &[], noise: &[], noise_millis: (0, 0), memory_full: None },
        },
        calls: CallManners {
            dial_result: DialResult::AtOnce,
            dial_ok_millis: (40, 300),
            rejected_result: "BUSY",
            given_up_result: Some("NO CARRIER"),
            silent_release: false,
            reports: CallReports::None,
            tones: Tones::Any,
            clcc: Clcc::Plain,
            ceer: Ceer::NumberAndText,
            ring_millis: 4000,
        },
        texts: TextManners {
            memories: &[
                Memory { name: "SM", capacity: 20, first_index: 1 },
                Memory { name: "ME", capacity: 50, first_index: 1 },
                Memory { name: "SR", capacity: 10, first_index: 1 },
            ],
            cnmi: Some([3, 3, 2, 2, 1]),
            cnmi_at_start: [0, 0, 0, 0, 0],
            empty_place_is_ok: false,
            cmgf: 0,
            text_mode_only: false,
            charsets: &["GSM", "IRA", "UCS2"],
        },
        services: ServiceManners::PLAIN,
        access: Some(2),
        unsupported: &[],
        vendor: &[],
        sim_locked: false,
    }
}

/// Answers `ATD` only when the other side has answered; any byte before aborts the call.
pub fn wavecom() -> Persona {
    let plain = generic();
    Persona {
        name: "wavecom",
        about: "an old module that says OK to ATD only when the call is answered",
        identity: Identity {
            manufacturer: " WAVECOM MODEM",
            model: " MULTIBAND  900E  1800",
            revision: "651_09gg.Q2406B 1266500 040104 14:54",
            imei: "354117012345673",
            prefixed: false,
        },
        manners: Manners { think_millis: (20, 90), unsolicited_wait: false, ..plain.manners },
        calls: CallManners {
            dial_result: DialResult::WhenAnswered,
            rejected_result: "NO CARRIER",
            reports: CallReports::Wavecom,
            tones: Tones::Bare,
            ceer: Ceer::Error,
            ring_millis: 5000,
            ..plain.calls
        },
        texts: TextManners {
            memories: &[
                Memory { name: "SM", capacity: 20, first_index: 1 },
                Memory { name: "SR", capacity: 10, first_index: 1 },
            ],
            ..plain.texts
        },
        access: None,
        unsupported: &["+CHUP", "+CEREG", "+CESQ", "+COPN"],
        ..plain
    }
}

/// Refuses what it can: a bare `AT`, `+CLCC`, `+CNMI`, half of the set-up; always echoes.
pub fn stubborn() -> Persona {
    let plain = generic();
    Persona {
        name: "stubborn",
        about: "always echoes, knows neither +CLCC nor +CNMI, ends lines with CR alone",
        identity: Identity {
            manufacturer: "Mule",
            model: "M-1",
            revision: "0.9",
            imei: "010928001234567",
            prefixed: true,
        },
        manners: Manners {
            echo: Echo::Always,
            line_break: "\r",
            prompt: "\r>",
            bare_at: BareAt::Error,
            think_millis: (30, 200),
            unsolicited_wait: false,
            ..plain.manners
        },
        calls: CallManners {
            dial_ok_millis: (100, 500),
            rejected_result: "NO CARRIER",
            given_up_result: None,
            clcc: Clcc::Missing,
            ..plain.calls
        },
        texts: TextManners {
            memories: &[Memory { name: "SM", capacity: 20, first_index: 1 }],
            cnmi: None,
            ..plain.texts
        },
        access: None,
        unsupported: &[
            "+CLCC", "+CNMI", "+CMEE", "+CRC", "+COLP", "+CCWA", "+CSSN", "+CGREG", "+CEREG",
            "+CHUP", "+CEER", "+CESQ", "+CBC", "+CPAS", "+CUSD", "+CSCS", "+CNUM", "+CLCK",
            "+CMMS", "+GCAP", "X", "&D", "&C",
        ],
        ..plain
    }
}

/// Never echoes and says `OK` to every command it does not know, information or not.
pub fn agreeable() -> Persona {
    let plain = generic();
    Persona {
        name: "agreeable",
        about: "never echoes, blank lines everywhere, says OK to what it does not know",
        identity: Identity {
            manufacturer: "Yes",
            model: "Yes-2",
            revision: "2",
            imei: "350000000000006",
            prefixed: false,
        },
        manners: Manners {
            echo: Echo::Never,
            blank_lines: true,
            prompt: "> ",
            bare_at: BareAt::Silent,
            agrees_to_everything: true,
            think_millis: (1, 40),
            typing_aborts_dial: false,
            unsolicited_wait: false,
            ..plain.manners
        },
        texts: TextManners { empty_place_is_ok: true, cmgf: 1, ..plain.texts },
        unsupported: &["+CLCC", "+CEER", "+CSMS", "+CPMS", "+CGMR", "+CNUM"],
        ..plain
    }
}

/// The plain modem with a SIM that asks for its PIN (1234; PUK 12345678).
pub fn locked() -> Persona {
    let plain = generic();
    Persona {
        name: "locked",
        about: "the plain modem with a SIM that asks for its PIN (1234)",
        sim_locked: true,
        ..plain
    }
}

/// Has no PDU mode; every character goes through `+CSCS="UCS2"`.
pub fn textonly() -> Persona {
    let plain = generic();
    Persona {
        name: "textonly",
        about: "knows no PDU mode, only text mode",
        identity: Identity { manufacturer: "Plainspoken", model: "PS-1", ..plain.identity },
        texts: TextManners { cmgf: 1, text_mode_only: true, ..plain.texts },
        ..plain
    }
}

/// Has no PDU mode, and knows neither UCS-2 nor the longer headers of text mode.
pub fn textplain() -> Persona {
    let plain = textonly();
    Persona {
        name: "textplain",
        about: "knows only text mode in ASCII, with short headers",
        identity: Identity { model: "PS-0", ..plain.identity },
        texts: TextManners { charsets: &["IRA"], ..plain.texts },
        unsupported: &["+CSDH", "+CMMS"],
        ..plain
    }
}
