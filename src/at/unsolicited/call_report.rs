//! The makers' own reports on single calls. 3GPP has none, so each maker made its own; this is what
//! they have in common.

use crate::at::Arguments;
use crate::at::response::after;
use crate::at::response::clcc::{self, CallDirection, CallStatus};

/// What a maker's report says of one call. Every field may be missing but `source` and `voice`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallReport {
    /// The line's own name: `^CEND`, `VOICE CALL`, `+QIND`.
    pub source: &'static str,
    /// The maker's index of the call. Not every maker counts as `+CLCC` does, and Telit says 0 of
    /// every call.
    pub index: Option<u8>,
    /// The state it is in now; `None` if the report has no word for it (`+WIND: 5`: it exists).
    pub status: Option<CallStatus>,
    /// Who set it up, where the report tells.
    pub direction: Option<CallDirection>,
    /// False only if the report says that it is no voice call.
    pub voice: bool,
    /// The other side's number, where it tells.
    pub number: Option<String>,
    /// The 24.008 cause, 1–127, where it tells.
    pub cause: Option<u8>,
    /// The maker's own number for the end, as `<end_status>` of `^CEND` or `HANGUP: <n>`.
    pub maker_status: Option<u16>,
    /// How long the call lasted, in seconds, where it tells.
    pub duration_s: Option<u32>,
}

type Reader = fn(CallReport, Arguments<'_>) -> Option<CallReport>;

/// Name of the line, and who reads it.
const READERS: [(&str, Reader); 16] = [
    ("^ORIG", orig),
    ("^CONF", conf),
    ("^CONN", conn),
    ("^CEND", cend),
    ("VOICE CALL", voice_call),
    ("+QIND", qind),
    ("^DSCI", dsci),
    ("+UCALLSTAT", callstat),
    ("+XCALLSTAT", callstat),
    ("#ECAM", ecam),
    ("*ECAV", ecav),
    ("^SLCC", slcc),
    ("+WIND", wind),
    ("HANGUP", hangup),
    ("+WORG", worg),
    ("+WEND", wend),
];

impl CallReport {
    /// Reads a line; `None` if it is no report on a call.
    pub fn parse(line: &str) -> Option<CallReport> {
        if line == "REMOTE CALL END" {
            return Some(CallReport::new("REMOTE CALL END", CallStatus::Released));
        }
        let read = |(name, reader): &(&'static str, Reader)| {
            let text = after(line, name)?;
            reader(CallReport::blank(name), Arguments::new(text))
        };
        READERS.iter().find_map(read)
    }

    fn blank(source: &'static str) -> Self {
        CallReport {
            source,
            index: None,
            status: None,
            direction: None,
            voice: true,
            number: None,
            cause: None,
            maker_status: None,
            duration_s: None,
        }
    }

    fn new(source: &'static str, status: CallStatus) -> Self {
        CallReport { status: Some(status), ..CallReport::blank(source) }
    }

    fn with(self, status: CallStatus) -> Self {
        CallReport { status: Some(status), ..self }
    }
}

const MO: Option<CallDirection> = Some(CallDirection::MobileOriginated);
const MT: Option<CallDirection> = Some(CallDirection::MobileTerminated);

/// Huawei `^ORIG:<idx>,<type>`: we dial. `<type>` 0 is voice, 9 an emergency call.
fn orig(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let index = Some(arguments.number()?);
    let voice = matches!(arguments.number::<u8>(), None | Some(0 | 9));
    Some(CallReport { index, voice, direction: MO, ..report.with(CallStatus::Dialing) })
}

/// Huawei `^CONF:<idx>`: the other phone rings.
fn conf(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let index = Some(arguments.number()?);
    Some(CallReport { index, direction: MO, ..report.with(CallStatus::Alerting) })
}

/// Huawei `^CONN:<idx>,<type>`: answered, by either side.
fn conn(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let index = Some(arguments.number()?);
    let voice = matches!(arguments.number::<u8>(), None | Some(0 | 9));
    Some(CallReport { index, voice, ..report.with(CallStatus::Active) })
}

/// Huawei `^CEND:<idx>,<duration>,<end_status>[,<cc_cause>]`; fields may be empty, more may follow.
fn cend(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let index = Some(arguments.number()?);
    let duration_s = arguments.number();
    let maker_status = arguments.number();
    let cause = cause(arguments.number());
    Some(CallReport { index, duration_s, maker_status, cause, ..report.with(CallStatus::Released) })
}

/// A cause of 24.008 §10.5.4.11: seven bits.
fn cause(number: Option<u16>) -> Option<u8> {
    number.and_then(|number| u8::try_from(number).ok()).filter(|cause| (1..=127).contains(cause))
}

/// SIMCom `VOICE CALL: BEGIN`, `VOICE CALL: END`, `VOICE CALL: END: 000041`.
fn voice_call(report: CallReport, arguments: Arguments<'_>) -> Option<CallReport> {
    let text = arguments.rest();
    if text == "BEGIN" {
        return Some(report.with(CallStatus::Active));
    }
    let tail = text.strip_prefix("END")?;
    let seconds = tail.trim_start_matches([':', ' ']);
    if !tail.is_empty() && tail.len() == seconds.len() {
        return None;
    }
    Some(CallReport { duration_s: seconds.parse().ok(), ..report.with(CallStatus::Released) })
}

/// Quectel `+QIND: "ccinfo",<idx>,<dir>,<state>,<mode>,<mpty>,"<number>",<type>`; −1 is released.
fn qind(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    if arguments.string()? != "ccinfo" {
        return None;
    }
    let index = Some(arguments.number()?);
    let direction = direction(arguments.number());
    let status = match arguments.number::<i8>()? {
        -1 => Some(CallStatus::Released),
        stat => u8::try_from(stat).ok().and_then(CallStatus::from_stat),
    };
    let voice = is_voice(arguments.number());
    arguments.skip(1);
    let number = arguments.filled_string();
    Some(CallReport { index, direction, status, voice, number, ..report })
}

fn direction(dir: Option<u8>) -> Option<CallDirection> {
    match dir? {
        0 => MO,
        1 => MT,
        _ => None,
    }
}

fn is_voice(mode: Option<u8>) -> bool {
    matches!(mode, None | Some(0 | 3..=5))
}

/// Quectel `^DSCI`, in two dialects. `<id>,<dir>,<stat>,<type>,<number>,<type of number>` counts 1
/// held, 2 dialing, 3 connected, 4 incoming, 5 waiting, 6 ended, 7 alerting; the other has `<mpty>`
/// before a number in quotes, and counts as `+CLCC` does.
fn dsci(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let index = Some(arguments.number()?);
    let direction = direction(arguments.number());
    let stat: u8 = arguments.number()?;
    let voice = is_voice(arguments.number());
    let fifth = arguments.raw().unwrap_or("");
    let sixth = arguments.raw().unwrap_or("");
    let seventh: Option<u8> = arguments.number();
    let like_clcc =
        sixth.starts_with('"') || (fifth.len() == 1 && seventh.is_some_and(|n| n > 127));
    let status = if like_clcc {
        CallStatus::from_stat(stat)
    } else {
        match stat {
            1 => Some(CallStatus::Held),
            2 => Some(CallStatus::Dialing),
            3 => Some(CallStatus::Active),
            4 => Some(CallStatus::Incoming),
            5 => Some(CallStatus::Waiting),
            6 => Some(CallStatus::Released),
            7 => Some(CallStatus::Alerting),
            _ => None,
        }
    };
    let number = Arguments::new(if like_clcc { sixth } else { fifth }).filled_string();
    Some(CallReport { index, direction, status, voice, number, ..report })
}

/// u-blox `+UCALLSTAT: <id>,<stat>` and Intel `+XCALLSTAT`: as `+CLCC`, with 6 disconnected and 7
/// connected.
fn callstat(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let index = Some(arguments.number()?);
    let status = match arguments.number::<u8>()? {
        7 => Some(CallStatus::Active),
        stat => CallStatus::from_stat(stat),
    };
    Some(CallReport { index, status, ..report })
}

/// Telit `#ECAM: <ccid>,<ccstatus>,<calltype>,,,[<number>,<type>]`.
fn ecam(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let report = ericsson(report, &mut arguments)?;
    arguments.skip(2);
    Some(CallReport { number: arguments.filled_string(), ..report })
}

/// Ericsson `*ECAV: <ccid>,<ccstatus>,<calltype>[,<processid>,<exitcause>,<number>,<type>]`; the
/// cause is one of 24.008 if the process is 8, call control.
fn ecav(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let report = ericsson(report, &mut arguments)?;
    let call_control = arguments.number::<u8>() == Some(8);
    let cause = cause(arguments.number()).filter(|_| call_control).or(report.cause);
    Some(CallReport { cause, number: arguments.filled_string(), ..report })
}

/// What `#ECAM` and `*ECAV` have in common.
fn ericsson(report: CallReport, arguments: &mut Arguments<'_>) -> Option<CallReport> {
    let index = Some(arguments.number()?);
    let (status, direction) = match arguments.number::<u8>()? {
        0 => (Some(CallStatus::Released), None),
        1 => (Some(CallStatus::Dialing), MO),
        2 => (Some(CallStatus::Alerting), MO),
        3 | 8 => (Some(CallStatus::Active), None),
        4 => (Some(CallStatus::Held), None),
        5 => (Some(CallStatus::Waiting), MT),
        6 => (Some(CallStatus::Incoming), MT),
        7 => {
            let busy = CallReport { index, cause: Some(17), ..report };
            arguments.skip(1);
            return Some(busy.with(CallStatus::Released));
        }
        _ => (None, None),
    };
    let voice = matches!(arguments.number::<u8>(), None | Some(1));
    Some(CallReport { index, status, direction, voice, ..report })
}

/// Cinterion `^SLCC`: a row of the list of calls; 6 and 7 are released.
fn slcc(report: CallReport, arguments: Arguments<'_>) -> Option<CallReport> {
    let entry = clcc::parse_slcc(&format!("^SLCC: {}", arguments.rest()))?;
    Some(CallReport {
        index: Some(entry.index),
        status: Some(entry.status),
        direction: Some(entry.direction),
        voice: entry.is_voice(),
        number: entry.number,
        ..report
    })
}

/// Wavecom `+WIND: 5,<idx>`: there is a call; `+WIND: 6,<idx>`: it is released.
fn wind(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let event: u8 = arguments.number()?;
    let index = Some(arguments.number()?);
    match event {
        5 => Some(CallReport { index, ..report }),
        6 => Some(CallReport { index, ..report.with(CallStatus::Released) }),
        _ => None,
    }
}

/// ZTE `HANGUP: <n>`: the call is released.
fn hangup(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    Some(CallReport { maker_status: arguments.number(), ..report.with(CallStatus::Released) })
}

/// Sierra `+WORG: "<number>"`: we dial.
fn worg(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    let number = arguments.filled_string();
    Some(CallReport { number, direction: MO, ..report.with(CallStatus::Dialing) })
}

/// Sierra `+WEND: <reason>`: the call is released.
fn wend(report: CallReport, mut arguments: Arguments<'_>) -> Option<CallReport> {
    Some(CallReport { maker_status: arguments.number(), ..report.with(CallStatus::Released) })
}
