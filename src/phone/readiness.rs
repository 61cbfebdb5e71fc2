//! Can a call succeed now? What the lamp shows, and why a call is refused before it is dialed.

use super::diagnosis::{not_able, outgoing_barred};
use crate::phone::{
    AccessTechnology, Diagnosis, LinkState, NetworkState, Registration, SimState, VoiceCapability,
};

#[cfg(test)]
mod tests;

/// How likely a call is to succeed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Lamp {
    /// Nothing speaks against it.
    Ready,
    /// It may fail: the network is being searched, or it is not sure that it carries voice.
    Doubtful,
    /// Only emergency calls can succeed.
    EmergencyOnly,
    /// It can't succeed.
    NotReady,
}

impl Lamp {
    /// A call other than to an emergency number is refused before it is dialed.
    pub fn refuses(self) -> bool {
        matches!(self, Lamp::EmergencyOnly | Lamp::NotReady)
    }
}

/// The lamp and its reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Readiness {
    /// The lamp.
    pub lamp: Lamp,
    /// Why, what to do. For `Ready` one sentence that says so.
    pub why: Diagnosis,
}

/// Judges by the link, the SIM, the registration (with "SMS only" and "emergency only"), the access
/// technology, the voice capability and IMS.
pub fn readiness(link: &LinkState, network: &NetworkState) -> Readiness {
    let said = |lamp: Lamp, why: Diagnosis| Readiness { lamp, why };
    if let Some(why) = no_link(link) {
        return said(Lamp::NotReady, why);
    }
    if network.voice == VoiceCapability::NotOffered {
        let why = Diagnosis::new(
            "This modem can't make voice calls",
            "Use a modem with voice; texts work with this one",
        );
        return said(Lamp::NotReady, why);
    }
    // The SIM and the registration, in the words that an ended call has for them, too.
    let registration = for_calls(network);
    if let Some(why) = not_able(&network.sim, registration) {
        return said(without_service(&network.sim, registration), why);
    }
    if network.outgoing_barred {
        return said(Lamp::EmergencyOnly, outgoing_barred());
    }
    match doubt(network) {
        Some(why) => said(Lamp::Doubtful, why),
        None if registration == Registration::Roaming => {
            said(Lamp::Ready, Diagnosis::new("Ready for calls, in a network abroad", ""))
        }
        None => said(Lamp::Ready, Diagnosis::new("Ready for calls", "")),
    }
}

/// Why no command reaches a modem, if none does.
fn no_link(link: &LinkState) -> Option<Diagnosis> {
    Some(match link {
        LinkState::Ready(_) => return None,
        LinkState::Disconnected => {
            Diagnosis::new("No modem is connected", "Choose a port, or try the Demo modem")
        }
        LinkState::Opening(_) | LinkState::Initialising(_) => {
            Diagnosis::new("The modem is being set up", "Wait a moment")
        }
        LinkState::Silent { reason, advice, .. } | LinkState::Failed { reason, advice, .. } => {
            Diagnosis::new(reason, advice)
        }
    })
}

/// The modem is on 4G or 5G. Being registered there and nowhere else says so, too, whatever `+COPS`
/// names.
fn on_packets(network: &NetworkState) -> bool {
    matches!(network.access_technology, Some(AccessTechnology::Lte | AccessTechnology::Nr))
        || evolved_alone(network)
}

/// The modem is registered with 4G or 5G, if for texts or emergency calls alone, and its circuits
/// are not. Modems without 2G and 3G know nothing else, so that this says nothing against calls.
fn evolved_alone(network: &NetworkState) -> bool {
    use Registration::{Denied, EmergencyOnly, NotRegistered, Searching, Unknown};
    matches!(network.circuit, NotRegistered | Searching | Denied | Unknown)
        && (network.evolved.registered() || network.evolved == EmergencyOnly)
}

/// The registration that counts for calls. Packets carry them by IMS alone; without it circuits do,
/// and whether those are there, `+CREG` says (27.007 §7.2).
pub(in crate::phone) fn for_calls(network: &NetworkState) -> Registration {
    use Registration::{
        Denied, EmergencyOnly, Home, NotRegistered, Roaming, Searching, SmsOnly, Unknown,
    };
    let over_ims = network.ims == Some(true) && network.registration.registered();
    match network.circuit {
        SmsOnly | EmergencyOnly | NotRegistered | Searching | Denied | Unknown if over_ims => {
            if network.registration == Roaming {
                Roaming
            } else {
                Home
            }
        }
        SmsOnly | EmergencyOnly => network.circuit,
        // In 2G and 3G nothing else carries calls.
        NotRegistered | Searching | Denied
            if !evolved_alone(network)
                && matches!(
                    network.access_technology,
                    Some(AccessTechnology::Gsm | AccessTechnology::Umts)
                ) =>
        {
            network.circuit
        }
        _ => network.registration,
    }
}

/// The registration in one word. Where the modem is registered, it is the one for calls that says
/// whether it is for texts alone.
pub fn registration_told(network: &NetworkState) -> Registration {
    match for_calls(network) {
        calls if calls.registered() => calls,
        _ => network.registration,
    }
}

/// The modem would carry calls if it were registered for those over LTE, and has not said that it
/// is: before a call is refused it is to be asked.
pub(crate) fn ims_would_do(network: &NetworkState) -> bool {
    let with = NetworkState { ims: Some(true), ..network.clone() };
    network.ims != Some(true)
        && not_able(&network.sim, for_calls(network)).is_some()
        && not_able(&network.sim, for_calls(&with)).is_none()
}

/// Why no text can be sent: the SIM card or the registration. Any registration will do for texts,
/// also one for texts alone.
pub fn text_obstacle(network: &NetworkState) -> Option<Diagnosis> {
    let registration = match network.registration {
        Registration::SmsOnly => Registration::Home,
        other => other,
    };
    not_able(&network.sim, registration)
}

/// The lamp where the SIM or the registration speaks against a call.
fn without_service(sim: &SimState, registration: Registration) -> Lamp {
    match (sim, registration) {
        (_, Registration::EmergencyOnly) => Lamp::EmergencyOnly,
        // It can end any moment, and then the call goes through.
        (SimState::Ready | SimState::Unknown, Registration::Searching) => Lamp::Doubtful,
        _ => Lamp::NotReady,
    }
}

/// What may make a call fail although the modem is registered.
fn doubt(network: &NetworkState) -> Option<Diagnosis> {
    let circuits = matches!(network.circuit, Registration::Home | Registration::Roaming);
    let (cause, advice) = match () {
        () if network.registration == Registration::Unknown => {
            ("The modem has not said whether it has a network", "Wait a moment")
        }
        // 4G and 5G carry voice by IMS alone (3GPP TS 23.221 §7.2a); without it the modem must fall
        // back to 2G or 3G, which not every network and not every SIM has.
        () if on_packets(network) && network.ims != Some(true) && network.fallback_avoided => (
            "The network wants calls over 4G itself (VoLTE), and the modem does not say that it \
             has that",
            "If calls fail, set the modem to 3G or 2G, or ask your operator for VoLTE",
        ),
        () if on_packets(network) && network.ims == Some(false) && !circuits => (
            "The modem is on 4G and not registered for calls there (VoLTE)",
            "If calls fail, set the modem to 3G or 2G, or ask your operator for VoLTE",
        ),
        () if on_packets(network)
            && network.ims.is_none()
            && !circuits
            && network.circuit != Registration::Unknown =>
        {
            (
                "The modem is on 4G, and registered there for data alone as far as it says",
                "If calls fail, set the modem to 3G or 2G, or ask your operator for VoLTE",
            )
        }
        () if network.access_technology.is_none()
            && network.ims != Some(true)
            && !circuits
            && network.circuit != Registration::Unknown =>
        {
            (
                "The modem is registered for data and not for calls, as far as it says",
                "If calls fail, set the modem to 3G or 2G, or ask your operator for VoLTE",
            )
        }
        () if network.signal.is_some_and(|signal| signal.rssi == 0) => {
            ("There is hardly any signal", "Move the antenna or the modem")
        }
        () => return None,
    };
    Some(Diagnosis::new(cause, advice))
}
