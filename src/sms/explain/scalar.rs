//! Fields of a few octets in words: addresses, TP-PID, TP-DCS, times, validity (3GPP TS 23.040
//! §9.1.2.5, §9.2.3; 23.038 §4).

use std::time::Duration;

use super::{Field, Sheet};
use crate::sms::address::{Address, TypeOfNumber};
use crate::sms::dcs::{CLASSES, Dcs};
use crate::sms::failure_cause::FailureCause;
use crate::sms::indication::WaitingKind;
use crate::sms::pid::Pid;
use crate::sms::scts::Timestamp;
use crate::sms::validity_period::{EnhancedPeriod, ValidityPeriod};

/// An address with its kind.
pub(super) fn address_words(address: &Address) -> String {
    match address.type_of_number() {
        _ if address.is_empty() => String::from("nothing"),
        TypeOfNumber::Alphanumeric => format!("“{}”", address.text()),
        _ => address.text(),
    }
}

/// Bits 6–4 of Type-of-Address in words.
fn type_words(kind: TypeOfNumber) -> &'static str {
    match kind {
        TypeOfNumber::Unknown => "unknown type",
        TypeOfNumber::International => "international number",
        TypeOfNumber::National => "national number",
        TypeOfNumber::NetworkSpecific => "network-specific number",
        TypeOfNumber::Subscriber => "subscriber number",
        TypeOfNumber::Alphanumeric => "letters in GSM 7-bit",
        TypeOfNumber::Abbreviated => "abbreviated number",
        TypeOfNumber::Reserved => "reserved type",
    }
}

/// Bits 3–0 of Type-of-Address in words.
fn plan_words(plan: u8) -> &'static str {
    match plan & 15 {
        0 => "unknown plan",
        1 => "telephone numbering plan (E.164)",
        3 => "data numbering plan (X.121)",
        4 => "telex numbering plan",
        5 | 6 => "a plan of the text centre's own",
        8 => "national numbering plan",
        9 => "private numbering plan",
        10 => "ERMES numbering plan",
        _ => "reserved plan",
    }
}

impl Sheet<'_> {
    pub(super) fn type_of_address(&self, at: usize, address: &Address) -> Field {
        let octet = address.type_of_address();
        let (kind, plan) = (type_words(address.type_of_number()), plan_words(octet));
        let mut field = self.field("type of address", at..at + 1, format!("{kind}, {plan}"));
        field.parts = vec![
            field.bits("type of number", octet, 6, 4, kind),
            field.bits("numbering plan", octet, 3, 0, plan),
        ];
        field
    }

    /// TP-OA, TP-DA or TP-RA.
    pub(super) fn address(&mut self, name: &'static str, whose: &str, address: &Address) {
        let value = address.value_octets().len();
        let digits = format!("{} semi-octets", address.semi_octets());
        let mut parts = vec![
            self.field("length", self.at..self.at + 1, digits),
            self.type_of_address(self.at + 1, address),
        ];
        if value > 0 {
            let words = address_words(address);
            parts.push(self.field("number", self.at + 2..self.at + 2 + value, words));
        }
        let meaning = format!("{whose}, {}", address_words(address));
        self.take(name, 2 + value, meaning).parts = parts;
    }

    /// TP-MR.
    pub(super) fn reference(&mut self) {
        let octet = self.next();
        self.take("TP-MR", 1, format!("reference {octet}"));
    }

    /// TP-FCS, if there is one.
    pub(super) fn failure_cause(&mut self, cause: Option<FailureCause>) {
        if let Some(cause) = cause {
            self.take("TP-FCS", 1, cause.words());
        }
    }

    pub(super) fn pid(&mut self) {
        let octet = self.next();
        let field = self.take("TP-PID", 1, Pid::from(octet).words());
        let group = match octet >> 6 {
            0 => "between the two ends, or with a telematic device",
            1 => "for the phone itself",
            2 => "reserved",
            _ => "for the text centre's own use",
        };
        let mut parts = vec![field.bits("group", octet, 7, 6, group)];
        if octet >> 6 == 0 {
            let telematic = Pid::from(octet).is_telematic();
            let words = if telematic { "telematic interworking" } else { "no interworking" };
            parts.push(field.bits("interworking", octet, 5, 5, words));
            parts.push(field.bits("protocol or device", octet, 4, 0, Pid::from(octet).words()));
        } else {
            parts.push(field.bits("value", octet, 5, 0, Pid::from(octet).words()));
        }
        field.parts = parts;
    }

    pub(super) fn dcs(&mut self) {
        let octet = self.next();
        let dcs = Dcs::from(octet);
        let field = self.take("TP-DCS", 1, dcs.words());
        field.parts = dcs_parts(field, octet, dcs);
    }

    /// TP-SCTS, TP-DT or the absolute form of TP-VP.
    pub(super) fn timestamp(&mut self, name: &'static str, whose: &str) {
        const NAMES: [&str; 7] = ["year", "month", "day", "hour", "minute", "second", "time zone"];
        let mut octets = [0; 7];
        for (octet, from) in octets.iter_mut().zip(self.octets.iter().skip(self.at)) {
            *octet = *from;
        }
        let moment = match Timestamp::from(octets).wall_time() {
            Some(moment) => moment.rfc3339(),
            None => String::from("no date"),
        };
        let part = |(index, name): (usize, &&'static str)| {
            let octet = octets[index];
            let digit = |semi_octet: u8| if semi_octet > 9 { 0 } else { semi_octet };
            let number = |octet: u8| digit(octet & 15) * 10 + digit(octet >> 4);
            let meaning = match index {
                6 if octet & 8 != 0 => format!("{} quarters of an hour behind", number(octet & !8)),
                6 => format!("{} quarters of an hour ahead", number(octet)),
                _ => format!("{:02}", number(octet)),
            };
            self.field(name, self.at + index..self.at + index + 1, meaning)
        };
        let parts = NAMES.iter().enumerate().map(part).collect();
        self.take(name, 7, format!("{whose}, {moment}")).parts = parts;
    }

    pub(super) fn validity_period(&mut self, period: &ValidityPeriod) {
        const WHOSE: &str = "how long the text centre shall try";
        let length = period.duration().map(duration_words).unwrap_or_default();
        match period {
            ValidityPeriod::NotPresent => {}
            ValidityPeriod::Relative(_) => {
                self.take("TP-VP", 1, format!("{WHOSE}, {length}"));
            }
            ValidityPeriod::Absolute(_) => self.timestamp("TP-VP", "until when it shall try"),
            ValidityPeriod::Enhanced(_) => {
                let words = match period.enhanced_period() {
                    None | Some(EnhancedPeriod::NotSpecified) => String::from("its own choice"),
                    Some(EnhancedPeriod::Reserved(_)) => String::from("a reserved format"),
                    Some(_) => length,
                };
                let once = if period.is_single_shot() { ", one attempt only" } else { "" };
                self.take("TP-VP", 7, format!("{WHOSE}, {words}{once}"));
            }
        }
    }
}

fn dcs_parts(field: &Field, octet: u8, dcs: Dcs) -> Vec<Field> {
    let class = CLASSES[usize::from(octet & 3)];
    let choose = |bit: u8, zero, one| if octet >> bit & 1 == 0 { zero } else { one };
    match octet >> 4 {
        0x0..=0x7 => {
            let alphabet = ["GSM 7-bit", "8-bit data", "UCS-2", "reserved, so GSM 7-bit"];
            let has_class = octet & 0x10 != 0;
            vec![
                field.bits("group", octet, 7, 6, dcs.group()),
                field.bits("compressed", octet, 5, 5, choose(5, "not compressed", "compressed")),
                field.bits("class given", octet, 4, 4, choose(4, "no class", "a class is given")),
                field.bits("alphabet", octet, 3, 2, alphabet[usize::from(octet >> 2 & 3)]),
                field.bits("class", octet, 1, 0, if has_class { class } else { "unused" }),
            ]
        }
        0x8..=0xB => {
            vec![
                field.bits("group", octet, 7, 4, dcs.group()),
                field.bits("value", octet, 3, 0, "reserved"),
            ]
        }
        0xC..=0xE => vec![
            field.bits("group", octet, 7, 4, dcs.group()),
            field.bits("mark", octet, 3, 3, choose(3, "clear the mark", "set the mark")),
            field.bits("reserved", octet, 2, 2, choose(2, "unused", "reserved")),
            field.bits("what waits", octet, 1, 0, WaitingKind::from_bits(octet).words()),
        ],
        _ => vec![
            field.bits("group", octet, 7, 4, dcs.group()),
            field.bits("reserved", octet, 3, 3, choose(3, "unused", "reserved")),
            field.bits("alphabet", octet, 2, 2, choose(2, "GSM 7-bit", "8-bit data")),
            field.bits("class", octet, 1, 0, class),
        ],
    }
}

/// `4 days`, `12 hours 30 minutes`, `0 seconds`.
fn duration_words(length: Duration) -> String {
    let mut rest = length.as_secs();
    let mut words: Vec<String> = Vec::new();
    for (unit, seconds) in [("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)] {
        let count = rest / seconds;
        rest %= seconds;
        if count > 0 || (words.is_empty() && seconds == 1) {
            words.push(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }));
        }
    }
    words.join(" ")
}
