//! The makers' own reports on single calls. 3GPP has none, so each maker made its own; this is what
//! they have in common. Which field of which line says what is a table, [`forms`].

mod forms;

pub(in crate::at) use forms::counts_as_listed;
pub use forms::{FORMS, Field, Form, WORDS, form_of};

use crate::at::Arguments;
use crate::at::response::after;
use crate::at::response::clcc::{CallDirection, CallStatus, ClccEntry};

/// What a maker's report says of one call. Every field may be missing but `source` and `voice`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallReport {
    /// The line's own name: `^CEND`, `VOICE CALL`, `+QIND`.
    pub source: &'static str,
    /// The maker's index of the call. `None` also where the maker writes 0 for every call.
    pub index: Option<u8>,
    /// The index is a count of the maker's own, not the one of `+CLCC`.
    pub own_index: bool,
    /// The state it is in now; `None` if the report has no word for it (`+WIND: 5`: it exists).
    pub status: Option<CallStatus>,
    /// Who set it up, where the report tells.
    pub direction: Option<CallDirection>,
    /// False only if the report says that it is no voice call.
    pub voice: bool,
    /// The other side's number, where it tells.
    pub number: Option<String>,
    /// `<type>` of that number (24.008 §10.5.4.7), where it tells.
    pub type_of_number: Option<u8>,
    /// The 24.008 cause, 1–127, where it tells.
    pub cause: Option<u8>,
    /// The maker's own number for the end, as `<end_status>` of `^CEND` or `HANGUP: <n>`.
    pub maker_status: Option<u16>,
    /// How long the call lasted, in seconds, where it tells.
    pub duration_s: Option<u32>,
}

/// `<processid>` of `*ECAV` for call control; the causes of others are of other tables.
const CALL_CONTROL: u8 = 8;

impl CallReport {
    /// Reads a line; `None` if it is no report on a call. Allocates only for a number in it.
    pub fn parse(line: &str) -> Option<CallReport> {
        if let Some(word) = forms::WORDS.iter().find(|word| word.line == line) {
            return Some(CallReport {
                status: Some(CallStatus::Released),
                ..CallReport::blank(word.line)
            });
        }
        // Two octets tell nearly all lines apart, which makes this cheap for those that are none.
        let head = line.as_bytes().get(..2)?;
        let may_be = |form: &&Form| {
            form.name.as_bytes().get(..2).is_some_and(|own| own.eq_ignore_ascii_case(head))
        };
        FORMS.iter().filter(may_be).find_map(|form| CallReport::read(form, line))
    }

    /// A row that came by itself, read as a report.
    pub fn of_row(row: &ClccEntry) -> CallReport {
        CallReport {
            index: Some(row.index),
            status: Some(row.status),
            direction: Some(row.direction),
            voice: row.is_voice() || row.mode == 9,
            number: row.number.clone(),
            type_of_number: row.type_of_number,
            ..CallReport::blank("+CLCC")
        }
    }

    fn blank(source: &'static str) -> Self {
        CallReport {
            source,
            index: None,
            own_index: false,
            status: None,
            direction: None,
            voice: true,
            number: None,
            type_of_number: None,
            cause: None,
            maker_status: None,
            duration_s: None,
        }
    }

    /// Reads a line in this form; `None` if it has another.
    fn read(form: &Form, line: &str) -> Option<CallReport> {
        let text = after(line, form.name)?;
        if !(form.fits)(text) {
            return None;
        }
        let mut report = CallReport {
            status: form.says,
            direction: form.direction,
            own_index: form.own_index,
            ..CallReport::blank(form.name)
        };
        let mut arguments = Arguments::new(text);
        let mut call_control = true;
        for (place, field) in form.fields.iter().enumerate() {
            if place >= form.needed && arguments.is_empty() {
                break;
            }
            match field {
                Field::Word(word) => {
                    if !arguments.raw()?.trim_matches('"').eq_ignore_ascii_case(word) {
                        return None;
                    }
                }
                Field::Index => report.index = Some(arguments.number()?),
                Field::IndexOrZero => report.index = Some(arguments.number()?).filter(|n| *n > 0),
                Field::Direction => {
                    report.direction = match arguments.number::<u8>() {
                        Some(0) => Some(CallDirection::MobileOriginated),
                        Some(1) => Some(CallDirection::MobileTerminated),
                        _ => None,
                    };
                }
                Field::State(states) => {
                    let stat: i8 = arguments.number()?;
                    if let Some(state) = states.iter().find(|state| state.stat == stat) {
                        report.status = Some(state.status);
                        report.direction = state.direction.or(report.direction);
                        report.cause = state.cause.or(report.cause);
                    }
                }
                Field::Kind { voice } => {
                    report.voice &= arguments.number().is_none_or(|kind: u8| voice.contains(&kind));
                }
                Field::Number => {
                    report.number = arguments.filled_string();
                    // Its type stands behind it in every form that has both.
                    report.type_of_number = arguments.clone().number();
                }
                Field::Seconds => report.duration_s = arguments.number(),
                Field::Clock => report.duration_s = arguments.raw().and_then(seconds_of_clock),
                Field::MakerStatus => report.maker_status = arguments.number(),
                Field::Process => {
                    call_control = arguments.number::<u8>().is_none_or(|p| p == CALL_CONTROL);
                }
                Field::Cause => {
                    let cause = arguments.number::<u16>().filter(|_| call_control);
                    report.cause = seven_bits(cause).or(report.cause);
                }
                Field::Other => arguments.skip(1),
            }
        }
        Some(report)
    }
}

/// A cause of 24.008 §10.5.4.11: seven bits.
fn seven_bits(number: Option<u16>) -> Option<u8> {
    number.and_then(|number| u8::try_from(number).ok()).filter(|cause| (1..=127).contains(cause))
}

/// `000211` is two minutes and eleven seconds.
fn seconds_of_clock(hhmmss: &str) -> Option<u32> {
    let number: u32 = hhmmss.parse().ok()?;
    let (hours, minutes, seconds) = (number / 10_000, number / 100 % 100, number % 100);
    // What can be no time of that form can only be a count.
    let clock = hhmmss.len() == 6 && minutes < 60 && seconds < 60;
    Some(if clock { hours * 3600 + minutes * 60 + seconds } else { number })
}
