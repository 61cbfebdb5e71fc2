//! TPDUs octet by octet (3GPP TS 23.040 §9.2.2): SMS-SUBMIT is read and checked; SMS-DELIVER and
//! SMS-STATUS-REPORT are built.

use super::alphabet;
use crate::clock::WallTime;

/// An address field: number of digits (or semi-octets), type of address, digits (§9.1.2.5).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// The whole field as it stands in the TPDU.
    pub octets: Vec<u8>,
    /// Digits, with `+` if the type of number is international; the text of an alphanumeric one.
    pub text: String,
}

impl Address {
    /// The address field of a number or, if it has letters, of an alphanumeric sender (cut to its
    /// eleven characters).
    pub fn new(text: &str) -> Self {
        let digits = text.strip_prefix('+').unwrap_or(text);
        if !digits.is_empty() && digits.chars().all(|c| semi_octet(c).is_some()) {
            let digits: String = digits.chars().take(20).collect();
            let toa = if text.starts_with('+') { 0x91 } else { 0x81 };
            let mut octets = vec![digits.len() as u8, toa];
            octets.extend(swapped(&digits));
            let plus = if toa == 0x91 { "+" } else { "" };
            return Address { octets, text: format!("{plus}{digits}") };
        }
        let shown: String = text.chars().take(11).collect();
        let septets = alphabet::to_septets(&shown).unwrap_or_else(|| vec![0x3F]);
        let packed = alphabet::pack(&septets[..septets.len().min(11)], 0);
        let semi_octets = (septets.len().min(11) * 7).div_ceil(4);
        let mut octets = vec![semi_octets as u8, 0xD0];
        octets.extend(packed);
        Address { octets, text: shown }
    }

    /// Reads an address field and says how many octets it took.
    pub fn read(octets: &[u8]) -> Option<(Address, usize)> {
        let semi_octets = usize::from(*octets.first()?);
        let toa = *octets.get(1)?;
        // 20 semi-octets are the most that TP-DA may have (§9.1.2.5).
        if semi_octets > 20 || toa & 0x80 == 0 {
            return None;
        }
        let end = 2 + semi_octets.div_ceil(2);
        let value = octets.get(2..end)?;
        let text = if toa & 0x70 == 0x50 {
            alphabet::from_septets(&alphabet::unpack(value, 0, semi_octets * 4 / 7))
        } else {
            let plus = if toa & 0x70 == 0x10 { "+" } else { "" };
            format!("{plus}{}", digits_of(value, semi_octets)?)
        };
        Some((Address { octets: octets[..end].to_vec(), text }, end))
    }

    /// The SMSC address field that precedes a TPDU in PDU mode: octets, type, digits
    /// (3GPP TS 27.005 §3.1 `<pdu>`, 24.011 §8.2.5.1).
    pub fn smsc_field(number: &str) -> Vec<u8> {
        let address = Address::new(number);
        let mut field = vec![(address.octets.len() - 1) as u8];
        field.extend(&address.octets[1..]);
        field
    }
}

/// The digit that a character stands for in a semi-octet (§9.1.2.3).
fn semi_octet(character: char) -> Option<u8> {
    // `a` to `c` can be read but not written here: a text of these letters is a name.
    "0123456789*#".find(character).map(|place| place as u8)
}

/// Digits in swapped semi-octets, filled with 1111.
fn swapped(digits: &str) -> Vec<u8> {
    let values: Vec<u8> = digits.chars().filter_map(semi_octet).collect();
    values.chunks(2).map(|pair| pair[0] | pair.get(1).copied().unwrap_or(0xF) << 4).collect()
}

/// `count` digits out of swapped semi-octets; none if a filler stands before the end.
fn digits_of(octets: &[u8], count: usize) -> Option<String> {
    let mut digits = String::new();
    for number in 0..count {
        let octet = octets[number / 2];
        let value = if number % 2 == 0 { octet & 0xF } else { octet >> 4 };
        digits.push(*b"0123456789*#abc".get(usize::from(value))? as char);
    }
    Some(digits)
}

/// TP-PID, TP-DCS and TP-UD with its length and header indicator: what a text is made of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Content {
    /// TP-PID.
    pub pid: u8,
    /// TP-DCS.
    pub dcs: u8,
    /// TP-UDHI.
    pub has_header: bool,
    /// TP-UDL: septets for the 7-bit alphabet, else octets.
    pub length: u8,
    /// TP-UD.
    pub user_data: Vec<u8>,
}

/// How TP-UD is coded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Coding {
    /// GSM 7-bit.
    Gsm7,
    /// 8-bit data.
    Octets,
    /// UCS-2.
    Ucs2,
}

/// The alphabet that TP-DCS names (23.038 §4); reserved values count as GSM 7-bit.
pub fn coding(dcs: u8) -> Coding {
    match dcs >> 4 {
        0x0..=0x7 if dcs & 0x20 == 0 => match dcs >> 2 & 3 {
            1 => Coding::Octets,
            2 => Coding::Ucs2,
            _ => Coding::Gsm7,
        },
        0xE => Coding::Ucs2,
        0xF if dcs & 4 != 0 => Coding::Octets,
        _ => Coding::Gsm7,
    }
}

/// The message class of TP-DCS, if it names one (23.038 §4).
pub fn class(dcs: u8) -> Option<u8> {
    let general = dcs & 0x80 == 0 && dcs & 0x10 != 0;
    (general || dcs >> 4 == 0xF).then_some(dcs & 3)
}

impl Content {
    /// Octets of the user data header with its length octet; 0 without one.
    fn header_octets(&self) -> usize {
        match (self.has_header, self.user_data.first()) {
            (true, Some(length)) => (usize::from(*length) + 1).min(self.user_data.len()),
            _ => 0,
        }
    }

    /// The text without the header; octets that are no text come back as none.
    pub fn text(&self) -> Option<String> {
        let header = self.header_octets();
        match coding(self.dcs) {
            Coding::Gsm7 => {
                let skipped = (header * 8).div_ceil(7);
                let septets = alphabet::unpack(&self.user_data, 0, usize::from(self.length));
                Some(alphabet::from_septets(septets.get(skipped..).unwrap_or(&[])))
            }
            Coding::Ucs2 => {
                let pairs = self.user_data[header..].chunks_exact(2);
                let units: Vec<u16> = pairs.map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
                Some(String::from_utf16_lossy(&units))
            }
            Coding::Octets => None,
        }
    }

    /// Reference, number of parts, this part, from the concatenation element (§9.2.3.24.1, .8).
    pub fn concatenation(&self) -> Option<(u16, u8, u8)> {
        let header = self.user_data.get(1..self.header_octets()).filter(|_| self.has_header)?;
        let mut rest = header;
        while let [identifier, length, tail @ ..] = rest {
            let value = tail.get(..usize::from(*length))?;
            match (identifier, value) {
                (0x00, [reference, parts, part]) => {
                    return Some((u16::from(*reference), *parts, *part));
                }
                (0x08, [high, low, parts, part]) => {
                    return Some((u16::from_be_bytes([*high, *low]), *parts, *part));
                }
                _ => rest = &tail[usize::from(*length)..],
            }
        }
        None
    }

    /// Whether length and octets of the user data agree and fit a TPDU (§9.2.3.16).
    fn consistent(&self) -> bool {
        let octets = match coding(self.dcs) {
            Coding::Gsm7 => (usize::from(self.length) * 7).div_ceil(8),
            _ => usize::from(self.length),
        };
        let header_fits = !self.has_header
            || self.user_data.first().is_some_and(|n| usize::from(*n) < self.user_data.len());
        octets == self.user_data.len() && octets <= 140 && header_fits
    }
}

/// An SMS-SUBMIT (§9.2.2.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Submit {
    /// TP-SRR.
    pub wants_report: bool,
    /// TP-MR as the program wrote it; the modem puts its own in its place.
    pub reference: u8,
    /// TP-DA.
    pub destination: Address,
    /// What is sent.
    pub content: Content,
    /// The whole TPDU.
    pub octets: Vec<u8>,
}

impl Submit {
    /// Reads and checks a TPDU; none if it is no SMS-SUBMIT to the last octet.
    pub fn read(octets: &[u8]) -> Option<Submit> {
        let first = *octets.first()?;
        if first & 3 != 1 {
            return None;
        }
        let reference = *octets.get(1)?;
        let (destination, taken) = Address::read(octets.get(2..)?)?;
        let mut rest = octets.get(2 + taken..)?;
        let (pid, dcs) = (*rest.first()?, *rest.get(1)?);
        let validity = match first >> 3 & 3 {
            0 => 0,
            2 => 1,
            _ => 7,
        };
        rest = rest.get(2 + validity..)?;
        let (length, user_data) = rest.split_first()?;
        let content = Content {
            pid,
            dcs,
            has_header: first & 0x40 != 0,
            length: *length,
            user_data: user_data.to_vec(),
        };
        let has_digits = destination.octets[0] > 0;
        (content.consistent() && has_digits).then(|| Submit {
            wants_report: first & 0x20 != 0,
            reference,
            destination,
            content,
            octets: octets.to_vec(),
        })
    }
}

/// An SMS-DELIVER TPDU (§9.2.2.1).
pub fn deliver(from: &Address, content: &Content, at: WallTime) -> Vec<u8> {
    // No more messages to send (TP-MMS = 1), header indicator as in the content.
    let mut tpdu = vec![0x04 | if content.has_header { 0x40 } else { 0 }];
    tpdu.extend(&from.octets);
    tpdu.extend([content.pid, content.dcs]);
    tpdu.extend(timestamp(at));
    tpdu.push(content.length);
    tpdu.extend(&content.user_data);
    tpdu
}

/// Reads an SMS-DELIVER: sender, service centre time stamp as it stands, content.
pub fn read_deliver(tpdu: &[u8]) -> Option<(Address, [u8; 7], Content)> {
    let first = *tpdu.first()?;
    if first & 3 != 0 {
        return None;
    }
    let (from, taken) = Address::read(tpdu.get(1..)?)?;
    let rest = tpdu.get(1 + taken..)?;
    let (pid, dcs) = (*rest.first()?, *rest.get(1)?);
    let stamp: [u8; 7] = rest.get(2..9)?.try_into().ok()?;
    let (length, user_data) = rest.get(9..)?.split_first()?;
    let has_header = first & 0x40 != 0;
    let content = Content { pid, dcs, has_header, length: *length, user_data: user_data.to_vec() };
    Some((from, stamp, content))
}

/// What an SMS-STATUS-REPORT says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// TP-MR of the SMS-SUBMIT.
    pub reference: u8,
    /// TP-RA.
    pub recipient: Address,
    /// TP-SCTS: when the service centre took the text.
    pub submitted: WallTime,
    /// TP-DT: when the outcome (or the last attempt) was.
    pub discharged: WallTime,
    /// TP-ST (§9.2.3.15).
    pub status: u8,
}

/// An SMS-STATUS-REPORT TPDU (§9.2.2.3).
pub fn status_report(report: &Report) -> Vec<u8> {
    let mut tpdu = vec![0x06, report.reference];
    tpdu.extend(&report.recipient.octets);
    tpdu.extend(timestamp(report.submitted));
    tpdu.extend(timestamp(report.discharged));
    tpdu.push(report.status);
    tpdu
}

/// Seven swapped semi-octet pairs: year to second and the zone in quarters of an hour, whose sign
/// is bit 3 of the last octet (§9.2.3.11).
pub fn timestamp(at: WallTime) -> [u8; 7] {
    let civil = at.civil();
    let quarters = at.utc_offset_quarters.unsigned_abs();
    let fields = [
        civil.year.rem_euclid(100) as u8,
        civil.month,
        civil.day,
        civil.hour,
        civil.minute,
        civil.second,
        quarters,
    ];
    let mut octets = fields.map(|value| ((value % 10) << 4) | (value / 10));
    if at.utc_offset_quarters < 0 {
        octets[6] |= 0x08;
    }
    octets
}

/// A time stamp in the words of text mode: `yy/MM/dd,hh:mm:ss±zz` (27.005 §3.1).
pub fn timestamp_text(stamp: &[u8; 7]) -> String {
    let digits = stamp.map(|octet| (octet & 0x0F, octet >> 4));
    let two = |place: usize| format!("{}{}", digits[place].0, digits[place].1);
    let sign = if stamp[6] & 0x08 == 0 { '+' } else { '-' };
    let zone = format!("{}{}", digits[6].0 & 0x7, digits[6].1);
    let date = format!("{}/{}/{}", two(0), two(1), two(2));
    format!("{date},{}:{}:{}{sign}{zone}", two(3), two(4), two(5))
}
