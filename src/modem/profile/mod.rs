//! Differences between modems, as data. The facts are from the makers' AT command manuals and from
//! transcripts; what each line of a maker's reports says stands in [`FORMS`].

mod modules;
mod sticks;
mod table;
#[cfg(test)]
mod tests;

pub use table::profile_table;

use super::procedure::Question;
use crate::at::unsolicited::{FORMS, WORDS};

/// What `OK` to `ATD` says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DialOk {
    /// The call is on its way; the list of calls and unsolicited lines tell the rest.
    Accepted,
    /// The other side has answered.
    Answered,
    /// Most likely that the call is over: an answer is told by `CONNECT`.
    Over,
}

/// Whether the list of calls (`+CLCC`) can be believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ListManner {
    /// It shows the calls.
    Works,
    /// With data rows (mode 1), which are no calls.
    WithDataRows,
    /// It shows them once they are answered.
    Late,
}

/// Something that one device, or one firmware, does in its own way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Quirk {
    /// Which device.
    pub device: &'static str,
    /// What it does, and what the program does about it, as one sentence.
    pub what: &'static str,
}

/// One kind of modem.
#[derive(Debug)]
pub(super) struct Profile {
    /// As the settings name it.
    pub name: &'static str,
    /// Devices that it is for, in words.
    pub devices: &'static str,
    /// Words in the answers to `+CGMI` or `+CGMM` that give it away, in lower case.
    pub identified_by: &'static [&'static str],
    /// Set-up commands beside the general ones; each may be refused.
    pub set_up: &'static [Question],
    /// The names of its reports on calls, as [`FORMS`] has them.
    pub reports: &'static [&'static str],
    /// What `OK` to `ATD` says.
    pub dial_ok: DialOk,
    /// `CONNECT` to `ATD` says that a voice call was answered.
    pub connect_is_voice: bool,
    /// Asking for the list of calls is safe before the other side has answered.
    pub poll_while_dialing: bool,
    /// Whether the list of calls can be believed.
    pub list: ListManner,
    /// Commands that end the only call, tried in this order.
    pub hang_up: &'static [&'static str],
    /// `AT+CHLD=1<idx>` on a call that does not ring yet crashes the modem: end it as the only one.
    pub no_release_before_alerting: bool,
    /// `AT+VTS="5"` rather than `AT+VTS=5`.
    pub quoted_tones: bool,
    /// The maker's own command for tones, where `+VTS` is not the usual one: its name stands before
    /// `=<index>,<tone>`.
    pub own_tones: Option<&'static str>,
    /// Service codes are written as packed septets in hexadecimal digits: the first way that is
    /// tried.
    pub packed_ussd: bool,
    /// What single devices do.
    pub quirks: &'static [Quirk],
}

const fn quirk(device: &'static str, what: &'static str) -> Quirk {
    Quirk { device, what }
}

const GENERIC: Profile = Profile {
    name: "generic",
    devices: "any modem that keeps to 3GPP TS 27.007",
    identified_by: &[],
    set_up: &[],
    reports: &[],
    dial_ok: DialOk::Accepted,
    connect_is_voice: false,
    poll_while_dialing: true,
    list: ListManner::Works,
    hang_up: &["AT+CHUP", "ATH"],
    no_release_before_alerting: false,
    quoted_tones: false,
    own_tones: None,
    packed_ussd: false,
    quirks: &[quirk(
        "SIM7600",
        "AT+CMER=3,0,0,1 stops its answers to ATD, so event reporting is never switched on",
    )],
};

/// The profiles. The first is used for a modem that none of the others knows; of two whose words
/// fit, the earlier counts.
pub(super) static PROFILES: &[&Profile] = &[
    &GENERIC,
    &sticks::HUAWEI,
    &modules::SIMCOM,
    &modules::QUECTEL,
    &modules::U_BLOX,
    &modules::TELIT,
    &modules::CINTERION,
    &sticks::ZTE,
    &sticks::ERICSSON,
    &sticks::WAVECOM,
    &sticks::INTEL,
    &sticks::SIERRA,
];

/// The names that [`Options::profile`](super::Options) takes.
pub fn profile_names() -> impl Iterator<Item = &'static str> {
    PROFILES.iter().map(|profile| profile.name)
}

/// The profile of this name; the generic one if there is none.
pub(super) fn by_name(name: &str) -> &'static Profile {
    let named = PROFILES.iter().find(|profile| profile.name.eq_ignore_ascii_case(name.trim()));
    named.copied().unwrap_or(&GENERIC)
}

/// The profile that fits what the modem says of itself.
pub(super) fn by_identification(manufacturer: &str, model: &str) -> &'static Profile {
    let words = format!("{manufacturer} {model}").to_lowercase();
    let fits = |profile: &&&Profile| profile.identified_by.iter().any(|word| words.contains(word));
    PROFILES.iter().find(fits).copied().unwrap_or(&GENERIC)
}
