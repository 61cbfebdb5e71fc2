//! Differences between modems, as data. The facts are from the makers' AT command manuals.

use super::procedure::Question;

/// What `OK` to `ATD` says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DialOk {
    /// The call is on its way; the list of calls and unsolicited lines tell the rest.
    Accepted,
    /// The other side has answered.
    Answered,
}

/// One kind of modem.
#[derive(Debug)]
pub(super) struct Profile {
    /// As the settings name it.
    pub name: &'static str,
    /// Words in the answers to `+CGMI` or `+CGMM` that give it away, in lower case.
    pub identified_by: &'static [&'static str],
    /// Set-up commands beside the general ones; each may be refused.
    pub set_up: &'static [Question],
    /// What `OK` to `ATD` says.
    pub dial_ok: DialOk,
    /// `CONNECT` to `ATD` says that a voice call was answered.
    pub connect_is_voice: bool,
    /// Asking for the list of calls is safe before the other side has answered.
    pub poll_while_dialing: bool,
    /// Commands that end the only call, tried in this order.
    pub hang_up: &'static [&'static str],
    /// `AT+VTS="5"` rather than `AT+VTS=5`.
    pub quoted_tones: bool,
}

const CHUP: &[&str] = &["AT+CHUP", "ATH"];

const GENERIC: Profile = Profile {
    name: "generic",
    identified_by: &[],
    set_up: &[],
    dial_ok: DialOk::Accepted,
    connect_is_voice: false,
    poll_while_dialing: true,
    hang_up: CHUP,
    quoted_tones: false,
};

/// The profiles. The first is used for a modem that none of the others knows.
pub(super) static PROFILES: &[Profile] = &[
    GENERIC,
    // `^CURC=1` lets the call reports (^ORIG, ^CONF, ^CONN, ^CEND) through.
    Profile {
        name: "Huawei",
        identified_by: &["huawei"],
        set_up: &[Question::setting(&["AT^CURC=1"])],
        ..GENERIC
    },
    Profile { name: "SIMCom", identified_by: &["simcom", "sim8", "sim7", "a76"], ..GENERIC },
    // Without `ccinfo` the EC2x tells nothing of a call that ends but NO CARRIER.
    Profile {
        name: "Quectel",
        identified_by: &["quectel"],
        set_up: &[
            Question::setting(&["AT+QINDCFG=\"ccinfo\",1"]),
            Question::setting(&["AT+QURCCFG=\"urcport\",\"all\""]),
        ],
        quoted_tones: true,
        ..GENERIC
    },
    Profile {
        name: "u-blox",
        identified_by: &["u-blox", "ublox"],
        set_up: &[Question::setting(&["AT+UCALLSTAT=1"])],
        ..GENERIC
    },
    Profile {
        name: "Telit",
        identified_by: &["telit"],
        set_up: &[Question::setting(&["AT#ECAM=1"])],
        ..GENERIC
    },
    Profile {
        name: "Cinterion",
        identified_by: &["cinterion", "siemens", "gemalto", "thales"],
        set_up: &[Question::setting(&["AT^SLCC=1"])],
        ..GENERIC
    },
    // ZTE sends no early OK, then CONNECT when answered; +CLCC before that ends the call.
    Profile {
        name: "ZTE",
        identified_by: &["zte"],
        set_up: &[Question::setting(&["AT+ZOPRT=5"])],
        connect_is_voice: true,
        poll_while_dialing: false,
        hang_up: &["ATH", "AT+CHUP"],
        ..GENERIC
    },
    Profile {
        name: "Ericsson",
        identified_by: &["ericsson", "sony ericsson"],
        set_up: &[Question::setting(&["AT*ECAM=1"])],
        ..GENERIC
    },
    Profile {
        name: "Wavecom",
        identified_by: &["wavecom", "sierra wireless fastrack"],
        set_up: &[Question::setting(&["AT+WIND=50"])],
        dial_ok: DialOk::Answered,
        ..GENERIC
    },
    Profile {
        name: "Intel",
        identified_by: &["infineon", "intel"],
        set_up: &[Question::setting(&["AT+XCALLSTAT=1"])],
        ..GENERIC
    },
];

/// The names that [`Options::profile`](super::Options) takes.
pub fn profile_names() -> impl Iterator<Item = &'static str> {
    PROFILES.iter().map(|profile| profile.name)
}

/// The profile of this name; the generic one if there is none.
pub(super) fn by_name(name: &str) -> &'static Profile {
    let named = PROFILES.iter().find(|profile| profile.name.eq_ignore_ascii_case(name.trim()));
    named.unwrap_or(&PROFILES[0])
}

/// The profile that fits what the modem says of itself.
pub(super) fn by_identification(manufacturer: &str, model: &str) -> &'static Profile {
    let words = format!("{manufacturer} {model}").to_lowercase();
    let fits = |profile: &&Profile| profile.identified_by.iter().any(|word| words.contains(word));
    PROFILES.iter().find(fits).unwrap_or(&PROFILES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modems_are_known_by_their_identification() {
        // Answers to +CGMI and +CGMM as the makers' manuals give them.
        assert_eq!(by_identification("huawei", "E173").name, "Huawei");
        assert_eq!(by_identification("Quectel", "EC25").name, "Quectel");
        assert_eq!(by_identification("SIMCOM INCORPORATED", "SIM7600E-H").name, "SIMCom");
        assert_eq!(by_identification("ZTE CORPORATION", "K3565-Z").name, "ZTE");
        assert_eq!(by_identification("Acme", "Phone").name, "generic");
    }

    #[test]
    fn a_profile_can_be_chosen_by_name_and_an_unknown_name_is_generic() {
        assert_eq!(by_name("huawei").name, "Huawei");
        assert_eq!(by_name("no such modem").name, "generic");
    }
}
