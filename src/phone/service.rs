//! Supplementary services: forwarding, waiting, barring and caller identification as switches
//! (3GPP TS 22.004; 27.007 §7.4 `+CLCK`, §7.6 `+CLIP`, §7.7 `+CLIR`, §7.8 `+COLP`, §7.11 `+CCFC`,
//! §7.12 `+CCWA`).

mod words;

use crate::number::PhoneNumber;
use crate::phone::Secret;

/// When a call is forwarded (`<reason>` of `+CCFC`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ForwardingReason {
    /// 0: always (CFU).
    Unconditional,
    /// 1: while busy (CFB).
    Busy,
    /// 2: without an answer (CFNRy).
    NoReply,
    /// 3: while switched off or out of reach (CFNRc).
    NotReachable,
    /// 4: all of them, to change only.
    All,
    /// 5: the three conditional ones, to change only.
    AllConditional,
}

/// What is barred (`<fac>` of `+CLCK`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Barring {
    /// `AO`: all outgoing calls.
    Outgoing,
    /// `OI`: outgoing calls to other countries.
    OutgoingInternational,
    /// `OX`: the same except to the home country.
    OutgoingInternationalExceptHome,
    /// `AI`: all incoming calls.
    Incoming,
    /// `IR`: incoming calls while abroad.
    IncomingRoaming,
    /// `AB`: all of them, to switch off only.
    All,
    /// `AG`: all outgoing ones, to switch off only.
    AllOutgoing,
    /// `AC`: all incoming ones, to switch off only.
    AllIncoming,
}

impl Barring {
    /// `<fac>` of `+CLCK` and `+CPWD` (27.007 §7.4).
    pub fn facility(self) -> &'static str {
        match self {
            Barring::Outgoing => "AO",
            Barring::OutgoingInternational => "OI",
            Barring::OutgoingInternationalExceptHome => "OX",
            Barring::Incoming => "AI",
            Barring::IncomingRoaming => "IR",
            Barring::All => "AB",
            Barring::AllOutgoing => "AG",
            Barring::AllIncoming => "AC",
        }
    }
}

/// A service that can be asked for or changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Service {
    /// Calls to us go elsewhere.
    Forwarding(ForwardingReason),
    /// A second caller is announced during a call.
    Waiting,
    /// Some calls are not possible.
    Barring(Barring),
    /// The callers' numbers are shown to us (CLIP).
    CallerNumber,
    /// Our number is hidden from those we call (CLIR).
    HideOwnNumber,
    /// The number that answered is shown to us (COLP).
    ConnectedNumber,
}

/// Which kinds of calls: the sum of 1 voice, 2 data, 4 fax, 8 texts, 16 synchronous data, 32
/// asynchronous data, 64 packets, 128 PAD (`<classx>`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ServiceClass(pub u16);

impl ServiceClass {
    /// Voice calls.
    pub const VOICE: ServiceClass = ServiceClass(1);
    /// What the specification takes where nothing is said: voice, data and fax.
    pub const DEFAULT: ServiceClass = ServiceClass(7);
}

impl Service {
    /// Those that it stands for, which alone can be asked for: four for all forwarding, itself for
    /// most.
    pub fn parts(self) -> Vec<Service> {
        use Barring as B;
        use ForwardingReason as F;
        const CONDITIONAL: [F; 3] = [F::Busy, F::NoReply, F::NotReachable];
        const OUT: [B; 3] =
            [B::Outgoing, B::OutgoingInternational, B::OutgoingInternationalExceptHome];
        const IN: [B; 2] = [B::Incoming, B::IncomingRoaming];
        match self {
            Service::Forwarding(F::All) => std::iter::once(F::Unconditional)
                .chain(CONDITIONAL)
                .map(Service::Forwarding)
                .collect(),
            Service::Forwarding(F::AllConditional) => {
                CONDITIONAL.into_iter().map(Service::Forwarding).collect()
            }
            Service::Barring(B::All) => OUT.into_iter().chain(IN).map(Service::Barring).collect(),
            Service::Barring(B::AllOutgoing) => OUT.into_iter().map(Service::Barring).collect(),
            Service::Barring(B::AllIncoming) => IN.into_iter().map(Service::Barring).collect(),
            one => vec![one],
        }
    }
}

/// What shall become of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ServiceAction {
    /// Say how it stands.
    Query,
    /// On (mode 1). For `HideOwnNumber`: hide.
    Activate,
    /// Off (mode 0). For `HideOwnNumber`: show.
    Deactivate,
    /// Forwarding: on with this number (mode 3).
    Register {
        /// Where calls go.
        number: PhoneNumber,
        /// `NoReply` only: after so many seconds, 5–30 in steps of 5; `None`: the network's.
        seconds: Option<u8>,
    },
    /// Forwarding: off, and the number forgotten (mode 4). For `HideOwnNumber`: neither hide nor
    /// show, but do as the contract says (`AT+CLIR=0`).
    Erase,
}

/// A wish about a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceRequest {
    /// Which.
    pub service: Service,
    /// What.
    pub action: ServiceAction,
    /// For which calls; `None`: what the specification takes.
    pub class: Option<ServiceClass>,
    /// Barring: the password of the network.
    pub password: Option<Secret>,
}

impl ServiceRequest {
    /// How does it stand?
    pub fn query(service: Service) -> Self {
        ServiceRequest { service, action: ServiceAction::Query, class: None, password: None }
    }
}

/// One line of the network's answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceLine {
    /// For these calls.
    pub class: ServiceClass,
    /// It is on.
    pub active: bool,
    /// Forwarding: where to.
    pub number: Option<PhoneNumber>,
    /// Forwarding without reply: after so many seconds.
    pub seconds: Option<u8>,
}

/// How our number is shown by default (`<n>` and `<m>` of `+CLIR`, 27.007 §7.7).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OwnNumber {
    /// m 0: the service is not provided, the number is shown.
    NotProvided,
    /// m 1: always hidden.
    AlwaysHidden,
    /// m 2: unknown.
    Unknown,
    /// m 3: hidden unless a call asks otherwise.
    HiddenByDefault,
    /// m 4: shown unless a call asks otherwise.
    ShownByDefault,
    /// m 3, and the modem asks for neither (n 0): hidden as the contract says.
    HiddenByContract,
    /// m 4, and the modem asks for neither (n 0): shown as the contract says.
    ShownByContract,
}

/// How a service stands, as the network said last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceState {
    /// Which.
    pub service: Service,
    /// For each class the network told of; empty: not active for any.
    pub lines: Vec<ServiceLine>,
    /// `HideOwnNumber` only.
    pub own_number: Option<OwnNumber>,
}

impl ServiceState {
    /// On for voice calls. For `HideOwnNumber`: hidden.
    pub fn on_for_voice(&self) -> bool {
        let voice = |line: &ServiceLine| line.active && line.class.0 & 1 == 1;
        match self.own_number {
            Some(own) => own.hidden(),
            None => self.lines.iter().any(voice),
        }
    }
}
