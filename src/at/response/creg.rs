//! `+CREG`, `+CGREG`, `+CEREG`, `+C5GREG`: registration (3GPP TS 27.007 §7.2, §10.1.20, §10.1.22,
//! §10.1.47), both the answer to `?` (`<n>,<stat>,…`) and the unsolicited form (`<stat>,…`).

use super::after;
use crate::at::arguments::{Arguments, hex};

/// Which registration.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RegistrationKind {
    /// `+CREG`: circuit-switched, which calls need.
    Creg,
    /// `+CGREG`: packets in 2G and 3G.
    Cgreg,
    /// `+CEREG`: LTE.
    Cereg,
    /// `+C5GREG`: 5G.
    C5greg,
}

/// What the modem said of its registration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegistrationReport {
    /// Which registration.
    pub kind: RegistrationKind,
    /// `<n>`, only in the answer to a read command.
    pub n: Option<u8>,
    /// `<stat>`: 0 not registered, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming, 6 and 7
    /// texts only, 8 and 11 emergency only, 9 and 10 CSFB not preferred.
    pub stat: u8,
    /// `<lac>` or `<tac>`.
    pub area_code: Option<u32>,
    /// `<ci>`.
    pub cell_id: Option<u64>,
    /// `<AcT>`: 0 GSM, 2 UTRAN, 3 EDGE, 7 E-UTRAN, 11 NR…
    pub access_technology: Option<u8>,
}

const KINDS: [(&str, RegistrationKind); 4] = [
    ("+CREG", RegistrationKind::Creg),
    ("+CGREG", RegistrationKind::Cgreg),
    ("+CEREG", RegistrationKind::Cereg),
    ("+C5GREG", RegistrationKind::C5greg),
];

/// More parameters than any form has.
const MAX_FIELDS: usize = 16;

/// Reads one line in either form.
pub fn parse(line: &str) -> Option<RegistrationReport> {
    let (kind, text) = KINDS.iter().find_map(|(name, kind)| Some((*kind, after(line, name)?)))?;
    let mut arguments = Arguments::new(text);
    // In place: these lines come all day long.
    let mut fields = [""; MAX_FIELDS];
    let mut count = 0;
    while let Some((field, raw)) = fields.get_mut(count).zip(arguments.raw()) {
        *field = raw;
        count += 1;
    }
    let fields = fields.get(..count)?;
    let first = decimal(fields.first()?)?;
    let (n, stat, rest) = if second_is_stat(fields) {
        (Some(first), decimal(fields.get(1)?)?, fields.get(2..)?)
    } else {
        (None, first, fields.get(1..)?)
    };
    let mut report = RegistrationReport {
        kind,
        n,
        stat,
        area_code: rest.first().and_then(|raw| hex(raw)).and_then(|n| u32::try_from(n).ok()),
        cell_id: None,
        access_technology: None,
    };
    let cell = if has_routing_area(rest) { 2 } else { 1 };
    report.cell_id = rest.get(cell).and_then(|raw| hex(raw));
    report.access_technology = rest.get(cell + 1).and_then(|raw| decimal(raw));
    Some(report)
}

/// Whether the second parameter is `<stat>`, which makes the first `<n>`. `<lac>` in its place has
/// quotes or four digits; a few modems leave the quotes out, a few fill `<stat>` with zeros.
fn second_is_stat(fields: &[&str]) -> bool {
    let Some(second) = fields.get(1) else { return false };
    if second.starts_with('"') {
        return false;
    }
    // Huawei's `2,00,0`: no form has `<n>`, `<stat>` and `<lac>` alone, and no `<stat>` is `00`.
    if fields.len() == 3 && second.len() == 2 && second.starts_with('0') && !quoted_later(fields) {
        return false;
    }
    let small = decimal(second).is_some_and(|stat| stat <= 15);
    small && (second.len() <= 3 || quoted_later(fields))
}

fn quoted_later(fields: &[&str]) -> bool {
    fields.get(2).is_some_and(|third| third.starts_with('"'))
}

/// Some LTE modems put `<rac>`, two digits, between `<tac>` and `<ci>`.
fn has_routing_area(rest: &[&str]) -> bool {
    let length = |at: usize| rest.get(at).map_or(0, |raw| raw.trim_matches('"').len());
    (1..=2).contains(&length(1)) && length(2) > 2 && rest.get(3).is_some()
}

fn decimal(raw: &str) -> Option<u8> {
    raw.trim_matches('"').trim().parse().ok()
}
