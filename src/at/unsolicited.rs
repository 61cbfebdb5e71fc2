//! Everything a modem says without being asked (URC), as one enum.
//!
//! This is syntax only. Some of these lines are also answers (`+CREG: 1`, `+CLCC: …`), results (`NO
//! CARRIER`) or both; the driver knows what it asked for and looks here for the rest.

mod call_report;
mod notice;

pub(in crate::at) use call_report::counts_as_listed;
pub use call_report::{CallReport, FORMS, Form, WORDS, form_of};
pub use notice::{CallNotice, bars_calls, forwards_all, holds, notice_of};

use crate::at::Arguments;
use crate::at::response::clcc::ClccEntry;
use crate::at::response::{ccwa, clcc, clip, cpin, creg, csq, cusd};
use crate::at::result_code::FinalResult;
use std::borrow::Cow;

/// One unsolicited line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unsolicited {
    /// `RING`: somebody calls (V.250 §6.3.5).
    Ring,
    /// `+CRING: <type>`: somebody calls; `VOICE`, `ASYNC`… (27.007 §6.11).
    Cring(String),
    /// `+CLIP`: who calls.
    Clip(clip::Clip),
    /// `+CCWA`: a second caller.
    Ccwa(ccwa::Ccwa),
    /// `+CLCC`, sent by itself or asked for: one row of the list of calls.
    Clcc(ClccEntry),
    /// A maker's own report on one call: `^ORIG`, `^CEND`, `+QIND: "ccinfo"`, `VOICE CALL: END`…
    Call(CallReport),
    /// The empty `^SLCC:` line that closes Cinterion's list of calls: what was not in it is gone.
    CallListEnd,
    /// `NO CARRIER`, `BUSY`, `NO ANSWER`, `NO DIALTONE`: perhaps the end of a call.
    CallEnded(FinalResult),
    /// `MISSED_CALL: 11:01AM 07712345678` (SIMCom).
    MissedCall {
        /// Who called, where the modem tells.
        number: Option<String>,
    },
    /// `+CMTI: "SM",3`: a message was stored.
    Cmti {
        /// `<mem>`; empty where it is left out.
        memory: String,
        /// `<index>`; `None` where it is −1, missing or no number: list the messages instead.
        index: Option<u16>,
    },
    /// `+CMT`: a message comes on the next line.
    Cmt {
        /// `<length>` in PDU mode.
        length: Option<u16>,
    },
    /// `+CDSI: "SM",3`: a status report was stored.
    Cdsi {
        /// `<mem>`; empty where it is left out.
        memory: String,
        /// `<index>`.
        index: Option<u16>,
    },
    /// `+CDS`: a status report comes on the next line.
    Cds {
        /// `<length>` in PDU mode.
        length: Option<u16>,
    },
    /// `+CBM`: a cell broadcast comes on the next line.
    Cbm {
        /// `<length>` in PDU mode.
        length: Option<u16>,
    },
    /// `+CREG`, `+CGREG`, `+CEREG`, `+C5GREG`.
    Registration(creg::RegistrationReport),
    /// `+CUSD`.
    Cusd(cusd::Cusd),
    /// `+CIEV: 2,4` or `+CIEV: "signal",4` (27.007 §8.10).
    Ciev {
        /// Which indicator changed.
        indicator: Indicator,
        /// The new value is not zero.
        on: bool,
    },
    /// `+CSSI: <code>`: about a call we set up (27.007 §7.17); see [`notice_of`].
    Cssi(u8),
    /// `+CSSU: <code>`: about a call in progress; see [`notice_of`].
    Cssu(u8),
    /// Signal strength, `^RSSI: 17`, `+QIND: "csq",17,99`: as `+CSQ`, `None` if not known.
    Signal(Option<u8>),
    /// `+CPIN: …` by itself: the SIM became ready, or is gone.
    Sim(cpin::PinState),
    /// A maker's own report that something happened to the SIM, `^SIMST: 0`, `+QSIMSTAT: 1,0`,
    /// `#QSS: 0`: `+CPIN?` tells what it is now.
    SimChanged,
    /// A tone the other side sent: `+RXDTMF: 8`, `+DTMF: 8`, `^DDTMF: 8`, `+QTONEDET: 56`.
    Dtmf(char),
    /// The modem has started (again), or a part of it is ready.
    Started(Startup),
    /// The modem switches itself off: `NORMAL POWER DOWN`.
    PowerDown,
    /// `^SMMEMFULL: "SM"`, `+QIND: "smsfull","SM"`: no room for another message.
    MessageMemoryFull(String),
    /// Known, and of no interest to a phone: `^BOOT`, `^MODE`, `+ZPASR`…
    Noise,
}

/// An indicator of `+CIEV`, by its number in `+CIND=?` or by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Indicator {
    /// Its number; what that means, `+CIND=?` tells.
    Number(u32),
    /// `smsfull` and the like: the memory for texts is full.
    MessagesFull,
    /// `call`, `callsetup`, `callheld`: something has changed with the calls.
    Calls,
    /// Any other.
    Other,
}

impl Indicator {
    fn parse(raw: &str) -> Self {
        let name = raw.trim_matches('"').trim();
        let any = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        match name.parse() {
            Ok(number) => Indicator::Number(number),
            Err(_) if any(&["smsfull", "message_full", "smsmemfull"]) => Indicator::MessagesFull,
            Err(_) if any(&["call", "callsetup", "callheld"]) => Indicator::Calls,
            Err(_) => Indicator::Other,
        }
    }
}

/// What of the modem has started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Startup {
    /// `RDY`, `^SYSSTART`, `+CFUN: 1` by itself: it has restarted, and forgotten our settings.
    Module,
    /// `Call Ready`, `+QIND: PB DONE`-like words: calls can be made.
    Calls,
    /// `SMS Ready`, `SMS DONE`: messages can be read.
    Messages,
    /// `+PBREADY`, `PB DONE`: the phone book can be read.
    Phonebook,
}

impl Unsolicited {
    /// Reads a line; `None` if it is none that we know.
    pub fn parse(line: &str) -> Option<Unsolicited> {
        let line = line.trim();
        if let Some(word) = word(line) {
            return Some(word);
        }
        if let Some(report) = CallReport::parse(line) {
            return Some(Unsolicited::Call(report));
        }
        let (name, text) = line.split_once(':')?;
        let (name, text) = (name.trim_end(), text.trim());
        // A few modems write names in lower case; then, and only then, a copy is made.
        let upper = name.starts_with(['+', '^', '#', '*']) && name.bytes().any(is_lower);
        let name = if upper { Cow::Owned(name.to_ascii_uppercase()) } else { Cow::Borrowed(name) };
        let name = name.as_ref();
        if let Some(urc) = call_line(name, line, text).or_else(|| message_line(name, text)) {
            return Some(urc);
        }
        state_line(name, line, text)
    }

    /// A PDU (or in text mode a text) follows on the next line.
    pub fn pdu_follows(&self) -> bool {
        match self {
            Unsolicited::Cmt { .. } | Unsolicited::Cbm { .. } => true,
            // In text mode a status report is complete on its line (27.005 §3.4.1).
            Unsolicited::Cds { length } => length.is_some(),
            _ => false,
        }
    }
}

fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase()
}

/// Lines without a colon, or that are always the same.
fn word(line: &str) -> Option<Unsolicited> {
    Some(match line {
        "RING" | "RING 1" | "RING 2" => Unsolicited::Ring,
        "RDY"
        | "^SYSSTART"
        | "^SYSSTART AIRPLANE MODE"
        | "APP RDY"
        | "+CFUN: 1"
        | "+CFUN:1"
        | "*ATREADY: 1"
        | "MODEM:STARTUP"
        | "+WIND: 3" => Unsolicited::Started(Startup::Module),
        "Call Ready" | "+WIND: 4" => Unsolicited::Started(Startup::Calls),
        "SMS Ready" | "SMS READY" | "SMS DONE" | "+QIND: SMS DONE" => {
            Unsolicited::Started(Startup::Messages)
        }
        "+PBREADY" | "PB DONE" | "+QIND: PB DONE" => Unsolicited::Started(Startup::Phonebook),
        "NORMAL POWER DOWN"
        | "POWERED DOWN"
        | "POWER DOWN"
        | "^SHUTDOWN"
        | "UNDER-VOLTAGE POWER DOWN"
        | "OVER-VOLTAGE POWER DOWN" => Unsolicited::PowerDown,
        "^SLCC:" => Unsolicited::CallListEnd,
        "+SIMREMOVED" | "+SIM REMOVED" | "SIM REMOVED" | "+SIM DROP" | "SIM INSERTED" => {
            Unsolicited::SimChanged
        }
        _ => {
            let result = FinalResult::parse(line).filter(FinalResult::ends_call)?;
            Unsolicited::CallEnded(result)
        }
    })
}

/// About calls.
fn call_line(name: &str, line: &str, text: &str) -> Option<Unsolicited> {
    Some(match name {
        "+CRING" => Unsolicited::Cring(text.to_owned()),
        "+CLIP" => Unsolicited::Clip(clip::parse(line)?),
        "+CCWA" => Unsolicited::Ccwa(ccwa::parse(line)?),
        "+CLCC" => Unsolicited::Clcc(clcc::parse(line)?),
        "+CSSI" => Unsolicited::Cssi(Arguments::new(text).number()?),
        "+CSSU" => Unsolicited::Cssu(Arguments::new(text).number()?),
        "MISSED_CALL" => {
            let number = text.rsplit(' ').next().filter(|number| is_number(number));
            Unsolicited::MissedCall { number: number.map(str::to_owned) }
        }
        "+RXDTMF" | "+DTMF" | "^DDTMF" | "+UUDTMFD" => Unsolicited::Dtmf(tone(text)?),
        "+QTONEDET" => {
            let code: u8 = Arguments::new(text).number()?;
            Unsolicited::Dtmf(tone(&char::from(code).to_string())?)
        }
        _ => return None,
    })
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A DTMF tone (ITU-T Q.23).
fn tone(text: &str) -> Option<char> {
    let text = text.trim_matches(|c: char| c == '"' || c.is_whitespace());
    let tone = text.chars().next()?.to_ascii_uppercase();
    (matches!(tone, '0'..='9' | '*' | '#' | 'A'..='D') && text.len() == 1).then_some(tone)
}

/// About messages.
fn message_line(name: &str, text: &str) -> Option<Unsolicited> {
    let mut arguments = Arguments::new(text);
    Some(match name {
        // Some firmware leaves the memory out.
        "+CMTI" if !text.is_empty() => {
            let memory = arguments.string().unwrap_or_default();
            Unsolicited::Cmti { memory, index: arguments.number() }
        }
        "+CDSI" if !text.is_empty() => {
            let memory = arguments.string().unwrap_or_default();
            Unsolicited::Cdsi { memory, index: arguments.number() }
        }
        "+CMT" => Unsolicited::Cmt { length: length(arguments) },
        "+CDS" => Unsolicited::Cds { length: length(arguments) },
        "+CBM" => Unsolicited::Cbm { length: length(arguments) },
        "^SMMEMFULL" => Unsolicited::MessageMemoryFull(arguments.string().unwrap_or_default()),
        _ => return None,
    })
}

/// `[<alpha>,]<length>` of PDU mode; `None` for the header of text mode.
fn length(mut arguments: Arguments<'_>) -> Option<u16> {
    let first = arguments.raw()?;
    let last = arguments.raw().unwrap_or(first);
    if arguments.is_empty() { last.parse().ok() } else { None }
}

/// About the network, the SIM and the modem itself.
fn state_line(name: &str, line: &str, text: &str) -> Option<Unsolicited> {
    let mut arguments = Arguments::new(text);
    Some(match name {
        "+CREG" | "+CGREG" | "+CEREG" | "+C5GREG" => Unsolicited::Registration(creg::parse(line)?),
        "+CUSD" => Unsolicited::Cusd(cusd::parse(line)?),
        "+CIEV" | "^CIEV" => {
            let indicator = Indicator::parse(arguments.raw().filter(|raw| !raw.is_empty())?);
            let value = arguments.rest().trim_start();
            let on = value.starts_with(|c: char| matches!(c, '1'..='9' | '"'));
            Unsolicited::Ciev { indicator, on }
        }
        "^RSSI" | "+CSQ" => Unsolicited::Signal(csq::rssi_of(arguments.number()?)),
        "+CPIN" => Unsolicited::Sim(cpin::parse(line)?),
        "+QIND" => match arguments.raw()?.trim_matches('"').to_ascii_lowercase().as_str() {
            "csq" => Unsolicited::Signal(csq::rssi_of(arguments.number()?)),
            "smsfull" => Unsolicited::MessageMemoryFull(arguments.string().unwrap_or_default()),
            _ => Unsolicited::Noise,
        },
        _ if SIM_REPORTS.contains(&name) => Unsolicited::SimChanged,
        _ if NOISE.contains(&name) || name.starts_with("_O") => Unsolicited::Noise,
        _ => return None,
    })
}

/// Makers' own reports of the SIM: Huawei, Quectel, Telit, u-blox, Cinterion, SIMCom, Intel. Their
/// numbers differ from one model to the next.
const SIM_REPORTS: &[&str] = &[
    "^SIMST",
    "^SIMHOTPLUG",
    "+QUSIM",
    "+QSIMSTAT",
    "#QSS",
    "+UUSIMSTAT",
    "^SCKS",
    "+CSMINS",
    "+SIMCARD",
    "+SIM",
    "+XSIM",
];

/// Makers' own reports that say nothing a phone needs.
const NOISE: &[&str] = &[
    "^RSSILVL",
    "^HRSSILVL",
    "^MODE",
    "^HCSQ",
    "^BOOT",
    "^DSFLOWRPT",
    "^CSNR",
    "^SRVST",
    "^STIN",
    "^NWTIME",
    "^NWNAME",
    "^NDISSTAT",
    "^NDISEND",
    "^LTERSRP",
    "^CSCHANNELINFO",
    "^CCALLSTATE",
    "^EONS",
    "^LWURC",
    "^ECCLIST",
    "^THERM",
    "^CERSSI",
    "^ANLEVEL",
    "^CRSSI",
    "^PARA",
    "^XLEMA",
    "^RFSWITCH",
    "+ZPASR",
    "+ZPSTM",
    "+ZDONR",
    "+ZUSIMR",
    "+ZEND",
    "+CTZV",
    "+CTZE",
    "+CTZU",
    "+CTZR",
    "+CTZDST",
    "+NITZ",
    "*PSUTTZ",
    "*PSNWID",
    "DST",
    "+CGEV",
    "+CIREGU",
    "+QIURC",
    "+XCOLP",
    "+XEM",
    "+XCIEV",
    "+CNEMU",
    "+WIND",
    "+COLP",
    "+CDIP",
    "+CNAP",
    "+COLR",
    "+CCCM",
    "+CSCON",
    "*ERINFO",
    "*EMRDY",
    "*EPSB",
    "*E2NAP",
    "#CMSUPL",
    "+UREG",
    "+UCGED",
    "+UUSORD",
    "+XREG",
    "+XNITZINFO",
    "+XDATASTAT",
    "^SBC",
    "^SIND",
    "^NWDMI",
    "^RSSIEX",
    "^DATASTATUS",
    "^HTEMP",
    "+SPN",
    "+ZPAS",
    "+ZURDY",
    "+CPSMS",
    "+AUDIOSTATE",
    "+QSTK",
    "+CENG",
];

#[cfg(test)]
mod tests;
