//! Sticks, and old modules: Huawei, ZTE, Ericsson, Wavecom, Intel, Sierra.

use super::{DialOk, GENERIC, ListManner, Profile, Question, quirk};

/// `^CURC=1` lets the reports through. MU509 and E17x manuals.
pub(super) const HUAWEI: Profile = Profile {
    name: "Huawei",
    devices: "E15x–E3xx, K3xxx and K4xxx sticks, MU and ME modules",
    identified_by: &["huawei"],
    set_up: &[Question::setting(&["AT^CURC=1"])],
    reports: &["^ORIG", "^CONF", "^CONN", "^CEND"],
    no_release_before_alerting: true,
    own_tones: Some("^DTMF"),
    packed_ussd: true,
    quirks: &[
        quirk(
            "E1550, E17x",
            "AT+CHLD=1x on a call that does not ring yet crashes it: AT+CHUP ends such a call",
        ),
        quirk("E17x", "^CONN may come before the OK to ATD or ATA"),
        quirk("MC509", "every ^CEND has the end status 255, which says nothing"),
        quirk("some K3xxx", "^CEND leaves fields empty or adds some: ^CEND: 1,,101,17,0"),
        quirk("E17x with firmware 21.x", "carries no voice at all; AT^CVOICE? tells"),
        quirk("MU609", "ends the voice of all held calls when the active one ends"),
    ],
    ..GENERIC
};

/// `ATD` has no early `OK`: `CONNECT` when answered, `HANGUP: <n>` at the end, `OK` when the call
/// fails. Any character before the answer, `AT+CLCC` too, ends the call.
pub(super) const ZTE: Profile = Profile {
    name: "ZTE",
    devices: "K3565-Z, MF1xx, MF6xx and other sticks",
    identified_by: &["zte"],
    set_up: &[Question::setting(&["AT+ZOPRT=5"])],
    reports: &["HANGUP"],
    dial_ok: DialOk::Over,
    connect_is_voice: true,
    poll_while_dialing: false,
    list: ListManner::Late,
    hang_up: &["ATH", "AT+CHUP"],
    quirks: &[
        quirk("K3565-Z", "AT+CLCC before the answer ends the call without a word"),
        quirk("K3565-Z", "a rejected call is answered with OK and nothing more"),
        quirk("all", "+ZPASR, +ZDONR and +ZUSIMR come at any time and say nothing of calls"),
    ],
    ..GENERIC
};

/// `AT*ECAM=1` switches `*ECAV` on.
pub(super) const ERICSSON: Profile = Profile {
    name: "Ericsson",
    devices: "F3507g, F3607gw, F5521gw, and Sony Ericsson phones",
    identified_by: &["ericsson"],
    set_up: &[Question::setting(&["AT*ECAM=1"])],
    reports: &["*ECAV"],
    quirks: &[
        quirk("Sony Ericsson phones", "a hidden number is +CLIP: \"\",161 and no number in *ECAV"),
        quirk("simulated phones", "write 0 for the kind of call, which is taken for a voice call"),
    ],
    ..GENERIC
};

/// `OK` to `ATD` is the answer, so nothing may be sent until then.
pub(super) const WAVECOM: Profile = Profile {
    name: "Wavecom",
    devices: "WMO2, Fastrack, Q24xx, Integra",
    identified_by: &["wavecom", "sierra wireless fastrack", "multiband  900e"],
    set_up: &[Question::setting(&["AT+WIND=50"])],
    reports: &["+WIND"],
    dial_ok: DialOk::Answered,
    poll_while_dialing: false,
    hang_up: &["ATH", "AT+CHUP"],
    quirks: &[
        quirk("all", "+CEER: Error 252 is outgoing calls barred, 253 incoming calls barred"),
        quirk("WMO2", "answers begin with a space and there is no AT+CHUP"),
    ],
    ..GENERIC
};

/// `AT+XCALLSTAT=1`.
pub(super) const INTEL: Profile = Profile {
    name: "Intel",
    devices: "Infineon and Intel XMM 61xx–72xx",
    identified_by: &["infineon", "intel"],
    set_up: &[Question::setting(&["AT+XCALLSTAT=1"])],
    reports: &["+XCALLSTAT", "DISCONNECT"],
    quirks: &[
        quirk("XMM6260", "+XCALLSTAT: 1,4 and +CLIP come before the first RING"),
        quirk("all", "+XCIEV, +XNITZINFO and +XEM come at any time and say nothing of calls"),
    ],
    ..GENERIC
};

/// The CDMA ones report; the others have nothing but the list.
pub(super) const SIERRA: Profile = Profile {
    name: "Sierra",
    devices: "AirPrime MC, EM and HL modules, AirCards",
    identified_by: &["sierra"],
    reports: &["+WORG", "+WCNT", "+WEND"],
    quirks: &[quirk(
        "HL modules",
        "+CEER: \"EMM reject\",19,\"ESM failure\" is about data, and is no reason of a call",
    )],
    ..GENERIC
};
