//! TP-UDH, the user-data header before a text: place in a long message, ports, language tables
//! (3GPP TS 23.040 §9.2.3.24).

use super::Concat;
use super::indication::WaitingKind;

/// Information-element identifiers used here (§9.2.3.24).
pub(super) const IEI_CONCAT_8: u8 = 0x00;
pub(super) const IEI_CONCAT_16: u8 = 0x08;
const IEI_SPECIAL: u8 = 0x01;
const IEI_PORTS_8: u8 = 0x04;
const IEI_PORTS_16: u8 = 0x05;
pub(super) const IEI_SINGLE_SHIFT: u8 = 0x24;
pub(super) const IEI_LOCKING_SHIFT: u8 = 0x25;

/// The information elements, without the length octet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UserDataHeader<'a>(&'a [u8]);

/// One information element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InformationElement<'a> {
    /// Identifier.
    pub identifier: u8,
    /// Data, without identifier and length.
    pub data: &'a [u8],
}

/// Application ports (§9.2.3.24.3, .4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ports {
    /// Which application it is for: 2948 WAP push, 9204 vCard…
    pub destination: u16,
    /// Which application sent it.
    pub originator: u16,
}

/// A special SMS message indication (§9.2.3.24.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpecialIndication {
    /// What waits; video mail is [`WaitingKind::Other`].
    pub kind: WaitingKind,
    /// Videos wait: the extended type is 001.
    pub is_video: bool,
    /// How many; 0 when none waits any more.
    pub count: u8,
    /// The text shall be kept.
    pub keep: bool,
    /// Multiple subscriber profile, 1–4.
    pub profile: u8,
}

impl<'a> UserDataHeader<'a> {
    /// The header in `octets`, which hold what stands between UDHL and the text.
    ///
    /// If the last element has too few or too many octets, the whole header counts as empty, as
    /// §9.2.3.24 asks.
    pub fn new(octets: &'a [u8]) -> Self {
        let mut at = 0;
        while at < octets.len() {
            match octets.get(at + 1) {
                Some(length) => at += 2 + usize::from(*length),
                None => return UserDataHeader(&[]),
            }
        }
        if at == octets.len() { UserDataHeader(octets) } else { UserDataHeader(&[]) }
    }

    /// All elements in order, known or not.
    pub fn elements(self) -> impl Iterator<Item = InformationElement<'a>> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (&[identifier, length], after) = rest.split_first_chunk()?;
            let (data, after) = after.split_at_checked(usize::from(length))?;
            rest = after;
            Some(InformationElement { identifier, data })
        })
    }

    /// Place in a long message; the last element wins, as §9.2.3.24 asks, and one that makes no
    /// sense is ignored (§9.2.3.24.1).
    #[inline]
    pub fn concat(self) -> Option<Concat> {
        let mut found = None;
        for element in self.elements() {
            let (reference, wide, parts, part) = match (element.identifier, element.data) {
                (IEI_CONCAT_8, &[reference, parts, part]) => {
                    (u16::from(reference), false, parts, part)
                }
                (IEI_CONCAT_16, &[high, low, parts, part]) => {
                    (u16::from_be_bytes([high, low]), true, parts, part)
                }
                _ => continue,
            };
            if part >= 1 && part <= parts {
                found = Some(Concat { reference, wide, parts, part });
            }
        }
        found
    }

    /// Application ports; the last element wins.
    pub fn ports(self) -> Option<Ports> {
        let read = |element: InformationElement<'_>| match (element.identifier, element.data) {
            (IEI_PORTS_8, &[destination, originator]) => Some(Ports {
                destination: u16::from(destination),
                originator: u16::from(originator),
            }),
            (IEI_PORTS_16, &[d1, d0, o1, o0]) => Some(Ports {
                destination: u16::from_be_bytes([d1, d0]),
                originator: u16::from_be_bytes([o1, o0]),
            }),
            _ => None,
        };
        self.elements().filter_map(read).last()
    }

    /// Special message indications in order; there may be one for each kind.
    pub fn special_indications(self) -> impl Iterator<Item = SpecialIndication> {
        self.elements().filter_map(|element| match (element.identifier, element.data) {
            (IEI_SPECIAL, &[what, count]) => {
                let extended = what >> 2 & 7;
                let kind = match extended {
                    0 => WaitingKind::from_bits(what),
                    _ => WaitingKind::Other,
                };
                let (keep, profile) = (what & 0x80 != 0, (what >> 5 & 3) + 1);
                Some(SpecialIndication { kind, is_video: extended == 1, count, keep, profile })
            }
            _ => None,
        })
    }

    /// National language identifiers of the single and the locking shift table (§9.2.3.24.15, .16);
    /// 0 is the default table.
    #[inline]
    pub fn shift_tables(self) -> (u8, u8) {
        let (mut single, mut locking) = (0, 0);
        for element in self.elements() {
            match (element.identifier, element.data) {
                (IEI_SINGLE_SHIFT, &[language]) => single = language,
                (IEI_LOCKING_SHIFT, &[language]) => locking = language,
                _ => {}
            }
        }
        (single, locking)
    }
}

/// The information element of a place in a long message, and its length.
pub(super) fn concat_element(concat: Concat) -> ([u8; 6], usize) {
    let [high, low] = concat.reference.to_be_bytes();
    let (parts, part) = (concat.parts, concat.part);
    if concat.wide {
        ([IEI_CONCAT_16, 4, high, low, parts, part], 6)
    } else {
        ([IEI_CONCAT_8, 3, low, parts, part, 0], 5)
    }
}
