//! What values mean that are shared by many commands, or follow a rule.

use super::{Parameter, Values, maker_rows, of, plain, rule, text_rows};
use crate::at::explain::sim_file;
use crate::at::response::ceer::cause_name;
use crate::at::unsolicited::counts_as_listed;

/// Values that no list can hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rule {
    /// The sum of the classes of 27.007 §7.4.
    Class,
    /// 27.007 §8.5: 0–31.
    Rssi,
    /// A cause of 3GPP TS 24.008 table 10.5.123.
    Cause,
    /// A file of the SIM (27.007 §8.18).
    File,
    /// Seconds.
    Seconds,
    /// Percent.
    Percent,
    /// What each digit of `+CNMI`'s set means is in its row; this is a 23.040 reference.
    Reference,
}

/// 24.008 §10.5.4.7.
pub(super) const TYPE: &[(&str, &str)] = &[
    ("128", "unknown or hidden"),
    ("129", "unknown, as dialed at home"),
    ("145", "international, with +"),
    ("161", "national"),
    ("208", "letters"),
];

pub(super) const OFF_ON: &[(&str, &str)] = &[("0", "off"), ("1", "on")];

/// `<stat>` of `+CREG` (27.007 §7.2).
pub(super) const REGISTRATION: &[(&str, &str)] = &[
    ("0", "not registered, not searching"),
    ("1", "registered, home"),
    ("2", "searching"),
    ("3", "denied"),
    ("4", "unknown"),
    ("5", "registered, roaming"),
    ("6", "texts only, home"),
    ("7", "texts only, roaming"),
    ("8", "emergency calls only"),
    ("9", "registered, no CSFB preferred, home"),
    ("10", "registered, no CSFB preferred, roaming"),
    ("11", "emergency calls only"),
];

/// `<AcT>` (27.007 §7.3).
pub(super) const ACT: &[(&str, &str)] = &[
    ("0", "GSM"),
    ("1", "GSM compact"),
    ("2", "UMTS"),
    ("3", "GSM with EDGE"),
    ("4", "UMTS with HSDPA"),
    ("5", "UMTS with HSUPA"),
    ("6", "UMTS with HSPA"),
    ("7", "LTE"),
    ("8", "EC-GSM-IoT"),
    ("9", "NB-IoT"),
    ("10", "LTE with 5G core"),
    ("11", "5G"),
    ("12", "5G with NG-RAN"),
    ("13", "LTE and 5G together"),
];

/// `<stat>` of `+CLCC` (27.007 §7.18).
pub(super) const CALL: &[(&str, &str)] = &[
    ("0", "active"),
    ("1", "held"),
    ("2", "dialing"),
    ("3", "alerting: it rings at the other end"),
    ("4", "incoming"),
    ("5", "waiting"),
    ("6", "ended, in a row that comes by itself"),
];

pub(super) const DIRECTION: &[(&str, &str)] =
    &[("0", "by us (MO)"), ("1", "by the other side (MT)")];

/// `<mode>` of `+CLCC` (27.007 §7.18).
pub(super) const MODE: &[(&str, &str)] = &[
    ("0", "voice"),
    ("1", "data"),
    ("2", "fax"),
    ("3", "voice, then data"),
    ("4", "voice, in turns with data"),
    ("5", "voice, in turns with fax"),
    ("6", "data, after voice"),
    ("7", "data, in turns with voice"),
    ("8", "fax, in turns with voice"),
    ("9", "not known"),
];

/// 27.007 §7.6.
pub(super) const VALIDITY: &[(&str, &str)] =
    &[("0", "valid"), ("1", "withheld by the caller"), ("2", "not available")];

const STAT: Parameter = of("stat", "registration", REGISTRATION);

/// `+CREG` when it is told by itself has no `<n>`.
const REGISTRATION_URC: [Parameter; 4] = [
    STAT,
    plain("lac", "area code, hexadecimal"),
    plain("ci", "cell, hexadecimal"),
    of("AcT", "access technology", ACT),
];

const PERCENT: [Parameter; 3] = [
    of("bcs", "battery", &[("0", "used"), ("1", "charging"), ("2", "charged"), ("3", "fault")]),
    rule("bcl", "charge", Rule::Percent),
    plain("voltage", "millivolts"),
];

/// `+COPS=?` tells one operator a parameter (27.007 §7.3).
const OPERATORS: [Parameter; 12] =
    [plain("operator", "its state (1 free, 2 ours, 3 forbidden), names, number and network"); 12];

/// `+CPBR=?` (27.007 §8.12).
const PHONEBOOK_ROOM: [Parameter; 3] = [
    plain("indices", "places"),
    plain("nlength", "longest number"),
    plain("tlength", "longest name"),
];

/// `+CEER` in numbers: where, why, and what became of a service (Siemens, Qualcomm).
const CAUSES: [Parameter; 3] = [
    plain("location", "who tells"),
    rule("reason", "cause", Rule::Cause),
    plain("ssRelease", "what became of a service"),
];

/// The form that a line has, where there are several.
pub(super) fn told_form(
    name: &str,
    values: &str,
    usual: &'static [Parameter],
) -> &'static [Parameter] {
    let second = values.split(',').nth(1).map(str::trim);
    match name {
        "+CREG" | "+CGREG" | "+CEREG" | "+C5GREG"
            if second.is_none_or(|second| second.starts_with('"')) =>
        {
            &REGISTRATION_URC
        }
        "+CBC" => &PERCENT,
        "+CEER" if second.is_some() && begins_with_digit(values) => &CAUSES,
        "+QIND" if !values.contains("ccinfo") => maker_rows::QIND,
        "^DSCI" if counts_as_listed(values) => maker_rows::DSCI_AS_LISTED,
        "+COPS" if values.trim_start().starts_with('(') => &OPERATORS,
        "+CPBR" if values.trim_start().starts_with('(') => &PHONEBOOK_ROOM,
        // In text mode (27.005 §3.4.1, §4.1, §4.2) the state is in words, and a sender comes first.
        "+CMGR" if values.trim_start().starts_with('"') => text_rows::READ_AS_TEXT,
        "+CMGL" if second.is_some_and(|state| state.starts_with('"')) => text_rows::LISTED_AS_TEXT,
        // Chosen, the places are told without the names (27.005 §3.2.2).
        "+CPMS" if begins_with_digit(values) => text_rows::PLACES,
        "+CMT" if values.split(',').count() > 2 => text_rows::TOLD_AS_TEXT,
        _ => usual,
    }
}

fn begins_with_digit(values: &str) -> bool {
    values.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// The form that a command has, where there are several.
pub(super) fn given_form(
    name: &str,
    values: &str,
    usual: &'static [Parameter],
) -> &'static [Parameter] {
    let text = values.trim_start().starts_with('"');
    match text && ["+CMGS", "+CMGW"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
        true => text_rows::GIVEN_AS_TEXT,
        false => usual,
    }
}

/// What a value means; `None` if it speaks for itself or is not known.
pub(super) fn meaning_of(values: Values, value: &str) -> Option<String> {
    match values {
        Values::Plain => None,
        Values::Of(known) => known
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(value))
            .map(|(_, words)| (*words).to_owned()),
        Values::Rule(rule) => by_rule(rule, value),
    }
}

fn by_rule(rule: Rule, value: &str) -> Option<String> {
    let number: u32 = value.parse().ok()?;
    Some(match rule {
        Rule::Class => classes(number),
        Rule::Rssi if number <= 31 => format!("−{} dBm", 113 - 2 * number),
        Rule::Rssi => "not known".to_owned(),
        Rule::Cause => u8::try_from(number).ok().and_then(cause_name)?.to_lowercase(),
        Rule::File => u16::try_from(number).ok().and_then(sim_file::name_of)?.to_owned(),
        Rule::Seconds => format!("{number} s"),
        Rule::Percent => format!("{number} %"),
        Rule::Reference => format!("TP-MR {number}"),
    })
}

/// The kinds of calls that a sum of classes stands for (27.007 §7.4).
pub(in crate::at) fn classes(sum: u32) -> String {
    const CLASSES: [&str; 8] = [
        "voice",
        "data",
        "fax",
        "texts",
        "synchronous data",
        "asynchronous data",
        "packets",
        "PAD",
    ];
    let named = CLASSES.iter().enumerate().filter(|(bit, _)| sum >> bit & 1 == 1);
    named.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
}
