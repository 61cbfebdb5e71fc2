//! The codes as data: services (22.030 annex B) and basic service groups (annex C).

use crate::phone::{Barring, ForwardingReason, Service, ServiceClass};

/// What a service code stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    Service(Service),
    Pin,
    Pin2,
    Puk,
    Puk2,
    Password,
}

use Barring as B;
use ForwardingReason as F;
use Meaning::Service as S;
use Service::{CallerNumber, ConnectedNumber, Forwarding, HideOwnNumber, Waiting};

/// Service codes (annex B; §6.5.4 for the password, §6.6.2 for the PINs).
const CODES: [(&str, Meaning); 23] = [
    ("21", S(Forwarding(F::Unconditional))),
    ("67", S(Forwarding(F::Busy))),
    ("61", S(Forwarding(F::NoReply))),
    ("62", S(Forwarding(F::NotReachable))),
    ("002", S(Forwarding(F::All))),
    ("004", S(Forwarding(F::AllConditional))),
    ("43", S(Waiting)),
    ("33", S(Service::Barring(B::Outgoing))),
    ("331", S(Service::Barring(B::OutgoingInternational))),
    ("332", S(Service::Barring(B::OutgoingInternationalExceptHome))),
    ("35", S(Service::Barring(B::Incoming))),
    ("351", S(Service::Barring(B::IncomingRoaming))),
    ("330", S(Service::Barring(B::All))),
    ("333", S(Service::Barring(B::AllOutgoing))),
    ("353", S(Service::Barring(B::AllIncoming))),
    ("30", S(CallerNumber)),
    ("31", S(HideOwnNumber)),
    ("76", S(ConnectedNumber)),
    ("03", Meaning::Password),
    ("04", Meaning::Pin),
    ("042", Meaning::Pin2),
    ("05", Meaning::Puk),
    ("052", Meaning::Puk2),
];

pub(super) fn meaning_of(code: &str) -> Option<Meaning> {
    CODES.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning)
}

/// Basic service groups (annex C) as `<classx>` (27.007 §7.4): 1 voice, 2 data, 4 fax, 8 texts, 16
/// synchronous and 32 asynchronous data circuits, 64 packets, 128 PAD.
const GROUPS: [(&str, u16); 15] = [
    // All teleservices, telephony, all data teleservices, fax, texts, all but texts.
    ("10", 1 + 4 + 8),
    ("11", 1),
    ("12", 4 + 8),
    ("13", 4),
    ("16", 8),
    ("19", 1 + 4),
    // All bearer services, asynchronous (with PAD access), synchronous (with packets).
    ("20", 2),
    ("21", 32 + 128),
    ("22", 16 + 64),
    // Data circuits synchronous and asynchronous, packet access, PAD access, packets of GPRS.
    ("24", 16),
    ("25", 32),
    ("26", 64),
    ("27", 128),
    ("99", 64),
    ("", 0),
];

/// The class of a basic service group; `None` where none is typed.
pub(super) fn class_of(group: &str) -> Result<Option<ServiceClass>, &'static str> {
    let known = GROUPS.iter().find(|(code, _)| *code == group);
    let (_, class) = known.ok_or("The code for the kind of calls is not known")?;
    Ok((*class != 0).then_some(ServiceClass(*class)))
}

/// `<fac>` of `+CPWD` for the barring code in `**03*…`; without one it is the password of all.
pub(super) fn password_facility(code: &str) -> Option<&'static str> {
    match (code, meaning_of(code)) {
        ("", _) => Some("AB"),
        (_, Some(S(Service::Barring(what)))) => Some(what.facility()),
        _ => None,
    }
}
