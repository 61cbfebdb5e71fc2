//! `+CLCC`, the list of current calls (3GPP TS 27.007 §7.18), and Cinterion's `^SLCC`, which has
//! one parameter more.

use super::{MAX_ENTRIES, after};
use crate::at::Arguments;

/// Who set a call up, `<dir>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallDirection {
    /// 0: we did.
    MobileOriginated,
    /// 1: the network did.
    MobileTerminated,
}

/// `<stat>`. 6 is not in the specification: modems with an unsolicited `+CLCC` end a call with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallStatus {
    /// 0.
    Active,
    /// 1.
    Held,
    /// 2: MO, the other phone is not reached yet.
    Dialing,
    /// 3: MO, the other phone rings.
    Alerting,
    /// 4: MT, our phone rings.
    Incoming,
    /// 5: MT, beside another call.
    Waiting,
    /// 6 (SIMCom and others), 6 and 7 (Cinterion): gone.
    Released,
}

impl CallStatus {
    /// From `<stat>`.
    pub fn from_stat(stat: u8) -> Option<Self> {
        Some(match stat {
            0 => CallStatus::Active,
            1 => CallStatus::Held,
            2 => CallStatus::Dialing,
            3 => CallStatus::Alerting,
            4 => CallStatus::Incoming,
            5 => CallStatus::Waiting,
            6 | 7 => CallStatus::Released,
            _ => return None,
        })
    }

    /// `active`, `held`, `dialing`…
    pub fn word(self) -> &'static str {
        match self {
            CallStatus::Active => "active",
            CallStatus::Held => "held",
            CallStatus::Dialing => "dialing",
            CallStatus::Alerting => "alerting",
            CallStatus::Incoming => "incoming",
            CallStatus::Waiting => "waiting",
            CallStatus::Released => "released",
        }
    }
}

/// One row of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClccEntry {
    /// `<idx>`, 1-based, as `+CHLD` takes it.
    pub index: u8,
    /// `<dir>`.
    pub direction: CallDirection,
    /// `<stat>`.
    pub status: CallStatus,
    /// `<mode>`: 0 voice, 1 data, 2 fax, 3–5 voice alternating with data, 6–8 the data side of
    /// those, 9 unknown. See [`ClccEntry::is_voice`].
    pub mode: u8,
    /// `<mpty>`: part of a conference.
    pub multiparty: bool,
    /// `<number>`; `None` if it is empty or left out: withheld, or not known yet.
    pub number: Option<String>,
    /// `<type>`: 145 international, 129 unknown or national.
    pub type_of_number: Option<u8>,
    /// `<alpha>`: the name in the SIM's phone book.
    pub name: Option<String>,
    /// `<CLI validity>`: 0 valid, 1 withheld, 2 not available.
    pub cli_validity: Option<u8>,
}

impl ClccEntry {
    /// A voice call. Modems with LTE list their data bearer as a call too (mode 1).
    pub fn is_voice(&self) -> bool {
        matches!(self.mode, 0 | 3..=5)
    }
}

/// Reads one line, `+CLCC: 1,0,3,0,0,"+49…",145`.
pub fn parse(line: &str) -> Option<ClccEntry> {
    entry(Arguments::new(after(line, "+CLCC")?), 0)
}

/// Reads one line of Cinterion's `^SLCC: 1,1,0,0,0,0,"+49…",145`: a reserved parameter stands
/// before the number.
pub fn parse_slcc(line: &str) -> Option<ClccEntry> {
    entry(Arguments::new(after(line, "^SLCC")?), 1)
}

/// The list of calls in a block; lines that are no rows are left out.
///
/// Where rows also come by themselves one may stand among those of the answer. Of two rows with one
/// index the later counts, and one that says that its call is gone takes the call out.
pub fn parse_block<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<ClccEntry> {
    let mut rows: Vec<ClccEntry> = Vec::new();
    for row in lines.into_iter().filter_map(parse).take(MAX_ENTRIES) {
        let place = rows.iter().position(|other| other.index == row.index);
        match (place, row.status) {
            (Some(place), CallStatus::Released) => {
                rows.remove(place);
            }
            (None, CallStatus::Released) => {}
            (Some(place), _) => rows[place] = row,
            (None, _) => rows.push(row),
        }
    }
    rows
}

fn entry(mut arguments: Arguments<'_>, reserved: usize) -> Option<ClccEntry> {
    let index = arguments.number()?;
    let direction = match arguments.number::<u8>()? {
        0 => CallDirection::MobileOriginated,
        1 => CallDirection::MobileTerminated,
        _ => return None,
    };
    let status = CallStatus::from_stat(arguments.number()?)?;
    let mode = arguments.number().unwrap_or(0);
    let multiparty = arguments.number::<u8>() == Some(1);
    arguments.skip(reserved);
    Some(ClccEntry {
        index,
        direction,
        status,
        mode,
        multiparty,
        number: arguments.filled_string(),
        type_of_number: arguments.number(),
        name: arguments.filled_string(),
        cli_validity: {
            arguments.skip(1);
            arguments.number()
        },
    })
}
