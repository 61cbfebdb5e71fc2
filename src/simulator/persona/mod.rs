//! How one modem differs from another, as data: identity, manners on the wire, calls, texts.

mod bare;
mod modules;
mod reports;
mod sticks;

pub use super::service_manners::{PinCounter, ServiceManners, UssdForm};

/// Whether typed characters come back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Echo {
    /// On until `ATE0`.
    On,
    /// Off until `ATE1`.
    Off,
    /// Always, whatever `ATE0` says.
    Always,
    /// Never, whatever `ATE1` says.
    Never,
}

/// What a bare `AT` is answered with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BareAt {
    /// `OK`.
    Ok,
    /// `ERROR`.
    Error,
    /// Nothing.
    Silent,
}

/// When `ATD<number>;` is answered with `OK`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DialResult {
    /// As soon as the call is on its way.
    AtOnce,
    /// When the other side answers.
    WhenAnswered,
    /// Never: `CONNECT` comes when the other side answers.
    ConnectWhenAnswered,
}

/// Which lines a modem prints of its own accord about calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallReports {
    /// Only result codes.
    None,
    /// `^ORIG`, `^CONF`, `^CONN`, `^CEND`.
    Huawei,
    /// `VOICE CALL: BEGIN`, `VOICE CALL: END`, `MISSED_CALL`, `+CLCC` when asked to.
    Simcom,
    /// `+QIND: "ccinfo"` when asked to.
    Quectel,
    /// `+WIND: 5` and `+WIND: 6`.
    Wavecom,
    /// `^DSCI` with a count of states of its own and the bare number, when asked to.
    DsciCounted,
    /// `^DSCI` with the states of `+CLCC`, the number in quotes and the cause.
    DsciListed,
    /// `+UCALLSTAT` when asked to.
    Ublox,
    /// `#ECAM` when asked to; every call is number 0.
    Telit,
    /// `*ECAV` when asked to, with process and cause at the end.
    Ericsson,
    /// A block of `^SLCC` at every change, closed by an empty one.
    Cinterion,
    /// `HANGUP: <n>` at the end.
    Zte,
    /// `+XCALLSTAT` when asked to.
    Intel,
}

/// The form of `+CLCC`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clcc {
    /// Not supported.
    Missing,
    /// Number and type.
    Plain,
    /// Also an empty name.
    WithName,
    /// A data bearer stands in the list as row 1, as on LTE modules.
    WithDataRow,
    /// Always empty, whatever goes on.
    Empty,
}

/// What `+VTS` takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tones {
    /// `5` or `"5"`.
    Any,
    /// `5` alone.
    Bare,
    /// `"5"` alone.
    Quoted,
    /// Nothing: tones have another command.
    Refused,
}

impl Tones {
    /// Whether it takes this argument.
    pub fn takes(self, argument: &str) -> bool {
        let quoted = argument.trim_start().starts_with('"');
        match self {
            Tones::Any => true,
            Tones::Bare => !quoted,
            Tones::Quoted => quoted,
            Tones::Refused => false,
        }
    }
}

/// The form of `+CEER`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ceer {
    /// `17,"User busy"`.
    NumberAndText,
    /// `User busy`.
    Text,
    /// `5,17`: location and cause.
    LocationAndNumber,
    /// `Error 17`.
    Error,
    /// `8,17,0`: location, reason, supplementary service.
    Three,
    /// `"17 User busy"`.
    QuotedNumberAndText,
    /// `Cause:17`.
    Cause,
    /// `"CC setup error",17,"User busy"`.
    Layer,
    /// `0,0,5,17,user busy`.
    FourNumbers,
}

impl Ceer {
    /// What stands behind `+CEER:` for a 24.008 cause and its name.
    pub fn words(self, cause: u8, text: &str) -> String {
        match self {
            Ceer::NumberAndText => format!("{cause},\"{text}\""),
            Ceer::Text => text.to_owned(),
            Ceer::LocationAndNumber => format!("5,{cause}"),
            Ceer::Error => format!("Error {cause}"),
            Ceer::Three => format!("8,{cause},0"),
            Ceer::QuotedNumberAndText => format!("\"{cause} {text}\""),
            Ceer::Cause => format!("Cause:{cause}"),
            Ceer::Layer if cause == 16 => "\"Normal call clearing\",16,\"\"".to_owned(),
            Ceer::Layer => format!("\"CC setup error\",{cause},\"{text}\""),
            Ceer::FourNumbers => format!("0,0,5,{cause},{}", text.to_lowercase()),
        }
    }
}

/// Who the modem says it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// `+CGMI`.
    pub manufacturer: &'static str,
    /// `+CGMM`.
    pub model: &'static str,
    /// `+CGMR`.
    pub revision: &'static str,
    /// `+CGSN`.
    pub imei: &'static str,
    /// The answers begin with the command's name and a colon.
    pub prefixed: bool,
}

/// How it talks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Manners {
    /// Echo at start.
    pub echo: Echo,
    /// Between and around lines.
    pub line_break: &'static str,
    /// Line breaks before and after each line instead of one.
    pub blank_lines: bool,
    /// What asks for the text of `+CMGS`.
    pub prompt: &'static str,
    /// The answer to `AT`.
    pub bare_at: BareAt,
    /// Commands it does not know get `OK` instead of `ERROR`.
    pub agrees_to_everything: bool,
    /// Milliseconds from command line to answer, least and most.
    pub think_millis: (u64, u64),
    /// A character typed while `ATD` awaits its result aborts the call (V.250 §6.3.1).
    pub typing_aborts_dial: bool,
    /// Unsolicited lines wait until the result of the current command line is out.
    pub unsolicited_wait: bool,
    /// `+CMEE` at start.
    pub cmee: u8,
    /// With `+CMEE=2`, `+CMS ERROR` has words too.
    pub verbose_cms: bool,
    /// What it prints for no reason.
    pub chatter: Chatter,
}

/// Lines that a modem prints for no reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chatter {
    /// After a restart.
    pub start_up: &'static [&'static str],
    /// Now and then.
    pub noise: &'static [&'static str],
    /// Milliseconds between two of those, least and most.
    pub noise_millis: (u64, u64),
    /// The beginning of the line that says that a memory is full; its name in quotes follows.
    pub memory_full: Option<&'static str>,
}

/// How it handles calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallManners {
    /// When `ATD` is answered.
    pub dial_result: DialResult,
    /// Milliseconds until the `OK` that comes at once, least and most.
    pub dial_ok_millis: (u64, u64),
    /// The result code of a call that the other side rejected.
    pub rejected_result: &'static str,
    /// Printed when a caller gives up.
    pub given_up_result: Option<&'static str>,
    /// Nothing but the maker's own line says that an answered call has ended.
    pub silent_release: bool,
    /// Vendor lines.
    pub reports: CallReports,
    /// What `+VTS` takes.
    pub tones: Tones,
    /// The form of `+CLCC`.
    pub clcc: Clcc,
    /// The form of `+CEER`.
    pub ceer: Ceer,
    /// Milliseconds between two `RING`s.
    pub ring_millis: u64,
}

/// A message memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Memory {
    /// `SM`, `ME`, `SR`.
    pub name: &'static str,
    /// Places.
    pub capacity: u16,
    /// `<index>` of the first place.
    pub first_index: u16,
}

/// How it handles texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextManners {
    /// The memories; the first is the preferred one.
    pub memories: &'static [Memory],
    /// The highest `<mode>`, `<mt>`, `<bm>`, `<ds>`, `<bfr>` that `+CNMI` takes; none: not
    /// supported.
    pub cnmi: Option<[u8; 5]>,
    /// `+CNMI` at start.
    pub cnmi_at_start: [u8; 5],
    /// `+CMGR` of an empty place is answered with `OK` alone instead of `+CMS ERROR: 321`.
    pub empty_place_is_ok: bool,
    /// `+CMGF` at start: 0 PDU, 1 text.
    pub cmgf: u8,
    /// It has no PDU mode: `+CMGF=0` is refused.
    pub text_mode_only: bool,
    /// What `+CSCS` takes; `IRA` is the one at start.
    pub charsets: &'static [&'static str],
}

/// A vendor's command with a fixed answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VendorCommand {
    /// The beginning of the command as typed: `^CVOICE?`, `+QCFG="ims"`.
    pub begins: &'static str,
    /// Information lines before the `OK`; `{ims}` is 1 while voice over IMS is registered, else 0.
    pub lines: &'static [&'static str],
}

/// One kind of modem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Persona {
    /// What `--persona` takes.
    pub name: &'static str,
    /// One line for help texts.
    pub about: &'static str,
    /// Who it says it is.
    pub identity: Identity,
    /// How it talks.
    pub manners: Manners,
    /// How it handles calls.
    pub calls: CallManners,
    /// How it handles texts.
    pub texts: TextManners,
    /// How it handles services, the SIM and the phonebook.
    pub services: ServiceManners,
    /// `<AcT>` of `+COPS` and `+CREG`: 0 GSM, 2 UTRAN, 7 E-UTRAN; none: not told.
    pub access: Option<u8>,
    /// Commands answered with `ERROR`, or with `OK` alone by a modem that agrees to everything:
    /// names without form (`+CHUP`).
    pub unsupported: &'static [&'static str],
    /// Commands with fixed answers.
    pub vendor: &'static [VendorCommand],
    /// The SIM asks for its PIN.
    pub sim_locked: bool,
}

/// The names that `--persona` takes, the plain one first.
pub fn names() -> Vec<&'static str> {
    all().iter().map(|persona| persona.name).collect()
}

/// The persona with this name, or a sentence that lists the names there are.
pub fn find(name: &str) -> Result<Persona, String> {
    let wanted = name.trim().to_ascii_lowercase();
    all().into_iter().find(|persona| persona.name == wanted).ok_or_else(|| {
        format!("there is no simulated modem “{name}”; there are {}", names().join(", "))
    })
}

/// Every persona.
pub fn all() -> Vec<Persona> {
    vec![
        bare::generic(),
        sticks::huawei(),
        sticks::simcom(),
        sticks::quectel(),
        bare::wavecom(),
        modules::quectel_dsci(),
        modules::quectel_uc(),
        modules::ublox(),
        modules::telit(),
        modules::cinterion(),
        modules::ericsson(),
        modules::zte(),
        modules::intel(),
        modules::emptylist(),
        bare::stubborn(),
        bare::agreeable(),
        bare::locked(),
        bare::textonly(),
        bare::textplain(),
    ]
}
