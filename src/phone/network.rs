//! What the modem says of itself, the SIM and the network.

/// Registration with the network (27.007 §7.2, `<stat>` of `+CREG`, `+CGREG`, `+CEREG`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Registration {
    /// The modem has not said.
    #[default]
    Unknown,
    /// stat 0: not registered and not searching.
    NotRegistered,
    /// stat 1 (and 9): home network.
    Home,
    /// stat 2.
    Searching,
    /// stat 3.
    Denied,
    /// stat 5 (and 10).
    Roaming,
    /// stat 6, 7: texts only, no voice.
    SmsOnly,
    /// stat 8, 11.
    EmergencyOnly,
}

impl Registration {
    /// From `<stat>`; numbers that the specification does not name are `Unknown`.
    pub fn from_stat(stat: u32) -> Self {
        match stat {
            0 => Registration::NotRegistered,
            1 | 9 => Registration::Home,
            2 => Registration::Searching,
            3 => Registration::Denied,
            5 | 10 => Registration::Roaming,
            6 | 7 => Registration::SmsOnly,
            8 | 11 => Registration::EmergencyOnly,
            _ => Registration::Unknown,
        }
    }

    /// The word used in JSON lines: `unknown`, `not registered`, `home`, `searching`, `denied`,
    /// `roaming`, `sms only`,
    /// `emergency only`.
    pub fn word(self) -> &'static str {
        match self {
            Registration::Unknown => "unknown",
            Registration::NotRegistered => "not registered",
            Registration::Home => "home",
            Registration::Searching => "searching",
            Registration::Denied => "denied",
            Registration::Roaming => "roaming",
            Registration::SmsOnly => "sms only",
            Registration::EmergencyOnly => "emergency only",
        }
    }

    /// Texts can be sent.
    pub fn registered(self) -> bool {
        matches!(self, Registration::Home | Registration::Roaming | Registration::SmsOnly)
    }
}

/// Access technology (27.007 §7.3, `<AcT>`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AccessTechnology {
    /// AcT 0, 1, 3, 8: GSM, GPRS, EDGE.
    Gsm,
    /// AcT 2, 4, 5, 6: UMTS, HSPA.
    Umts,
    /// AcT 7, 9: LTE.
    Lte,
    /// AcT 10–13: 5G.
    Nr,
}

impl AccessTechnology {
    /// From `<AcT>`.
    pub fn from_act(act: u32) -> Option<Self> {
        match act {
            0 | 1 | 3 | 8 => Some(AccessTechnology::Gsm),
            2 | 4 | 5 | 6 => Some(AccessTechnology::Umts),
            7 | 9 => Some(AccessTechnology::Lte),
            10..=13 => Some(AccessTechnology::Nr),
            _ => None,
        }
    }

    /// `2G`, `3G`, `4G`, `5G`.
    pub fn word(self) -> &'static str {
        match self {
            AccessTechnology::Gsm => "2G",
            AccessTechnology::Umts => "3G",
            AccessTechnology::Lte => "4G",
            AccessTechnology::Nr => "5G",
        }
    }
}

/// Signal strength from `+CSQ` (27.007 §8.5), 0–31.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SignalQuality {
    /// `<rssi>` 0–31.
    pub rssi: u8,
}

impl SignalQuality {
    /// Received signal strength: −113 dBm for 0, −51 dBm for 31.
    pub fn rssi_dbm(self) -> i16 {
        -113 + 2 * i16::from(self.rssi.min(31))
    }

    /// 0–4 bars.
    pub fn bars(self) -> u8 {
        match self.rssi {
            0..=1 => 0,
            2..=7 => 1,
            8..=13 => 2,
            14..=19 => 3,
            _ => 4,
        }
    }
}

/// What `+CPIN?` says (27.007 §8.3).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum SimState {
    /// Not asked yet, or no answer.
    #[default]
    Unknown,
    /// `READY`.
    Ready,
    /// `SIM PIN`, with the tries left where the modem tells.
    PinRequired(Option<u8>),
    /// `SIM PUK`, with the tries left where the modem tells.
    PukRequired(Option<u8>),
    /// No card (`+CME ERROR: 10`).
    NotInserted,
    /// The card does not answer or is refused (`+CME ERROR: 13, 15`).
    Failure,
    /// Another lock, in the modem's word: `PH-NET PIN`.
    Locked(String),
}

impl SimState {
    /// A short word for people and JSON lines.
    pub fn word(&self) -> &str {
        match self {
            SimState::Unknown => "unknown",
            SimState::Ready => "ready",
            SimState::PinRequired(_) => "PIN required",
            SimState::PukRequired(_) => "PUK required",
            SimState::NotInserted => "no SIM",
            SimState::Failure => "SIM failure",
            SimState::Locked(word) => word,
        }
    }
}

/// Everything in the status bar.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NetworkState {
    /// Registration for anything: the best that any domain has.
    pub registration: Registration,
    /// Registration for circuits (`+CREG`), which carry calls in 2G and 3G and wherever there is no
    /// IMS; on 4G it says whether calls can fall back to them (27.007 §7.2).
    pub circuit: Registration,
    /// Registration with 4G or 5G itself (`+CEREG`, `+C5GREG`). There packets carry calls (IMS), or
    /// they fall back to circuits. `Unknown`: the modem does not tell of it.
    pub evolved: Registration,
    /// On 4G the network would rather not have calls fall back (CSFB not preferred, stat 9 and 10).
    pub fallback_avoided: bool,
    /// Operator's name, or its numeric code; empty if unknown.
    pub operator: String,
    /// 2G…5G where known.
    pub access_technology: Option<AccessTechnology>,
    /// `None` when the modem does not know (rssi 99).
    pub signal: Option<SignalQuality>,
    /// The SIM card.
    pub sim: SimState,
    /// Battery in percent, for modems that report one.
    pub battery_percent: Option<u8>,
    /// The modem's message storage: used and total places.
    pub message_storage: Option<(u16, u16)>,
    /// Whether the network and the modem carry calls here.
    pub voice: VoiceCapability,
    /// Registered for calls over LTE (`+CIREG`, 27.007 §8.71, or the maker's own question); `None`:
    /// the modem can't be asked.
    pub ims: Option<bool>,
    /// Emergency numbers of the SIM and the network, beside those that are known everywhere.
    pub emergency_numbers: Vec<String>,
    /// The number of the mailbox (`+CSVM`, 27.007 §8.33); empty if not told. Personal.
    pub voicemail_number: String,
    /// The tries that the PIN has left while the SIM asks for none; `None`: nobody told, and none
    /// was wrong.
    pub pin_tries: Option<u8>,
    /// The tries left that `sim` or `pin_tries` names are the most there can be: the modem does not
    /// tell them, so that they were counted down from what a card gives.
    pub tries_at_most: bool,
    /// The SIM asks for its PIN at every start (`+CLCK="SC",2`).
    pub pin_lock: Option<bool>,
    /// The network said, when it was asked, that all outgoing voice calls are barred (`+CLCK`
    /// facility `AO`, 22.088 §1). Emergency calls are not.
    pub outgoing_barred: bool,
}

/// Whether calls are possible at all, as far as can be known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum VoiceCapability {
    /// Nobody said.
    #[default]
    Unknown,
    /// The modem said that it can.
    Offered,
    /// The modem has no voice (`+FCLASS=?` without 8, `+CGMM` of a data-only module…).
    NotOffered,
}

/// What the modem offers beside plain calls. `true` where it was not asked: trying is better than
/// hiding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Abilities {
    /// Hold and swap (`+CHLD=2`).
    pub hold: bool,
    /// End one of several (`+CHLD=1x`).
    pub release_one: bool,
    /// Talk with one of a conference alone (`+CHLD=2x`).
    pub private: bool,
    /// Conference (`+CHLD=3`).
    pub merge: bool,
    /// Explicit call transfer (`+CHLD=4`).
    pub transfer: bool,
    /// Deflection (`+CTFR`, or `+CHLD=5`).
    pub deflect: bool,
    /// `+CMUT`.
    pub mute: bool,
    /// `+CPBS`.
    pub phonebook: bool,
}

impl Default for Abilities {
    fn default() -> Self {
        Abilities {
            hold: true,
            release_one: true,
            private: true,
            merge: true,
            transfer: false,
            deflect: false,
            mute: true,
            phonebook: true,
        }
    }
}

/// What the modem says of itself (27.007 §5.1–5.6). Empty where it does not say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ModemIdentity {
    /// `+CGMI`.
    pub manufacturer: String,
    /// `+CGMM`.
    pub model: String,
    /// `+CGMR`.
    pub revision: String,
    /// `+CGSN`. Personal: never logged.
    pub imei: String,
    /// `+CIMI`. Personal: never logged.
    pub imsi: String,
    /// `+CNUM`: the SIM's own numbers. Personal.
    pub own_numbers: Vec<String>,
    /// Name of the profile in use: `generic`, `Huawei`…
    pub profile: String,
    /// What it offers.
    pub abilities: Abilities,
}

impl ModemIdentity {
    /// `Quectel EC25`; `Modem` when it said nothing.
    pub fn display_name(&self) -> String {
        let maker = self.manufacturer.trim();
        let model = self.model.trim();
        match (maker.is_empty(), model.is_empty()) {
            (true, true) => "Modem".to_owned(),
            (false, true) => maker.to_owned(),
            (true, false) => model.to_owned(),
            (false, false) if model.to_lowercase().starts_with(&maker.to_lowercase()) => {
                model.to_owned()
            }
            (false, false) => format!("{maker} {model}"),
        }
    }
}
