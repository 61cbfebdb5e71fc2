//! TP-UD with TP-DCS, TP-UDHI and TP-UDL: the text of a TPDU, coded (3GPP TS 23.040 §9.2.3.24).

use std::fmt;

use super::Concat;
use super::dcs::{Coding, Dcs};
use super::error::DecodeError;
use super::gsm7;
use super::hex;
use super::reader::Reader;
use super::ucs2;
use super::user_data_header::UserDataHeader;

/// TP-UD is at most 140 octets; broken segmenters are known to send 141 (seven octets of header,
/// 67 units), so a little more is read if it is there. None is written.
pub(super) const BUFFER_OCTETS: usize = 160;
/// TP-UD is at most 140 octets (§9.2.3.24).
pub(super) const MAX_OCTETS: usize = 140;
/// Septets in 140 octets.
pub(super) const MAX_SEPTETS: usize = 160;

const FIELD: &str = "TP-UD";

/// The user data of a TPDU, kept as its octets, so that what was decoded is encoded bit for bit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UserData {
    dcs: Dcs,
    has_header: bool,
    /// Fewer octets came than TP-UDL announced.
    cut: bool,
    /// TP-UDL: septets for GSM 7-bit, octets for the others; of what is there, if it was cut.
    length: u8,
    /// TP-UDL as it travels: more than `length` if it was cut.
    announced: u8,
    octets: [u8; BUFFER_OCTETS],
}

impl UserData {
    /// A text coded as `dcs` says, after `header` (information elements without their length; may
    /// be empty), with the national language tables that the header names. None if the alphabet
    /// lacks a character or it doesn't fit; for [`Coding::Data8`] the text goes as UTF-8.
    pub fn from_text(dcs: Dcs, header: &[u8], text: &str) -> Option<UserData> {
        let tables = UserDataHeader::new(header).shift_tables();
        UserData::coded(dcs, header, tables, text)
    }

    /// [`UserData::from_text`] where it is known which tables, single and locking, `header` names.
    #[inline]
    pub(super) fn coded(dcs: Dcs, header: &[u8], tables: (u8, u8), text: &str) -> Option<UserData> {
        match dcs.coding() {
            Coding::Gsm7 if tables == (0, 0) => {
                UserData::from_septets(dcs, header, |septets| gsm7::encode_into(text, septets))
            }
            Coding::Gsm7 => UserData::from_septets(dcs, header, |septets| {
                gsm7::encode_national_into(text, tables.0, tables.1, septets)
            }),
            Coding::Ucs2 => {
                let mut data = UserData::with_header(dcs, header)?;
                let mut end = usize::from(data.length);
                for unit in text.encode_utf16() {
                    let slot = data.octets.get_mut(end..end + 2)?;
                    slot.copy_from_slice(&unit.to_be_bytes());
                    end += 2;
                }
                data.length = end as u8;
                data.announced = data.length;
                (end <= MAX_OCTETS).then_some(data)
            }
            Coding::Data8 => UserData::from_data(dcs, header, text.as_bytes()),
            Coding::Compressed => None,
        }
    }

    /// 8-bit data after `header`. None if it doesn't fit.
    pub fn from_data(dcs: Dcs, header: &[u8], payload: &[u8]) -> Option<UserData> {
        let mut data = UserData::with_header(dcs, header)?;
        data.extend(payload)?;
        Some(data)
    }

    fn with_header(dcs: Dcs, header: &[u8]) -> Option<UserData> {
        let mut data = UserData {
            dcs,
            has_header: false,
            cut: false,
            length: 0,
            announced: 0,
            octets: [0; BUFFER_OCTETS],
        };
        if !header.is_empty() {
            data.has_header = true;
            data.extend(&[u8::try_from(header.len()).ok()?])?;
            data.extend(header)?;
        }
        Some(data)
    }

    #[inline]
    fn extend(&mut self, octets: &[u8]) -> Option<()> {
        let start = usize::from(self.length);
        let end = start + octets.len();
        if end > MAX_OCTETS {
            return None;
        }
        self.octets[start..end].copy_from_slice(octets);
        self.length = end as u8;
        self.announced = self.length;
        Some(())
    }

    fn from_septets(
        dcs: Dcs,
        header: &[u8],
        fill: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> Option<UserData> {
        let header_octets = if header.is_empty() { 0 } else { header.len() + 1 };
        // The text begins at a septet's boundary (§9.2.3.24).
        let header_septets = (header_octets * 8).div_ceil(7);
        let mut septets = [0u8; gsm7::BUFFER_SEPTETS];
        let text_septets = fill(septets.get_mut(header_septets..MAX_SEPTETS)?)?;
        let length = header_septets + text_septets;
        let mut octets = gsm7::pack_buffer(&septets, length);
        if header_octets > 0 {
            octets[0] = header.len() as u8;
            octets[1..header_octets].copy_from_slice(header);
        }
        let (has_header, length) = (header_octets > 0, length as u8);
        Some(UserData { dcs, has_header, cut: false, length, announced: length, octets })
    }

    /// TP-DCS.
    pub fn dcs(&self) -> Dcs {
        self.dcs
    }

    /// TP-UDHI.
    pub fn has_header(&self) -> bool {
        self.has_header
    }

    /// Whether fewer octets came than TP-UDL announced: the end of the text is missing.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Septets for GSM 7-bit, octets for the others, the header among them: TP-UDL, but of what is
    /// there if it was cut.
    pub fn length(&self) -> u8 {
        self.length
    }

    /// TP-UDL as it travels.
    pub fn announced_length(&self) -> u8 {
        self.announced
    }

    /// TP-UD as it travels.
    pub fn octets(&self) -> &[u8] {
        &self.octets[..octet_count(self.dcs, usize::from(self.length))]
    }

    #[inline]
    pub(super) fn header_octets(&self) -> usize {
        if self.has_header { usize::from(self.octets[0]) + 1 } else { 0 }
    }

    /// What the header takes of TP-UDL: septets for GSM 7-bit, fill bits among them, else octets.
    #[inline]
    fn header_units(&self) -> usize {
        match self.dcs.coding() {
            Coding::Gsm7 => (self.header_octets() * 8).div_ceil(7),
            _ => self.header_octets(),
        }
    }

    /// The user-data header, if there is one.
    #[inline]
    pub fn header(&self) -> Option<UserDataHeader<'_>> {
        self.has_header.then(|| UserDataHeader::new(&self.octets[1..self.header_octets()]))
    }

    /// Place in a long message.
    #[inline]
    pub fn concat(&self) -> Option<Concat> {
        self.header()?.concat()
    }

    /// What follows the header, as octets; for GSM 7-bit only its packed octets, fill bits among
    /// them.
    pub fn payload(&self) -> &[u8] {
        self.octets().get(self.header_octets()..).unwrap_or_default()
    }

    /// The text without header. 8-bit data appears as text if it is printable UTF-8, else as
    /// hexadecimal digits.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(MAX_SEPTETS);
        self.text_into(&mut text);
        text
    }

    /// Appends [`UserData::text`] to a buffer.
    pub fn text_into(&self, text: &mut String) {
        match self.dcs.coding() {
            Coding::Gsm7 => {
                let length = usize::from(self.length);
                let septets = gsm7::unpack_buffer(&self.octets, length);
                let septets = septets.get(self.header_units()..length).unwrap_or_default();
                match self.header().map(UserDataHeader::shift_tables) {
                    None | Some((0, 0)) => gsm7::push_text(septets, text),
                    Some((single, locking)) => {
                        gsm7::push_national_text(septets, single, locking, text);
                    }
                }
            }
            Coding::Ucs2 => ucs2::push_text(self.payload(), text),
            Coding::Data8 | Coding::Compressed => push_data(self.payload(), text),
        }
    }

    /// The UTF-16 units of a UCS-2 text; none for the others.
    pub fn utf16(&self) -> Option<Vec<u16>> {
        (self.dcs.coding() == Coding::Ucs2).then(|| ucs2::units(self.payload()))
    }

    #[inline]
    pub(super) fn read(
        dcs: Dcs,
        has_header: bool,
        reader: &mut Reader<'_>,
    ) -> Result<UserData, DecodeError> {
        let at = reader.position();
        let announced_length = reader.octet("TP-UDL")?;
        let mut length = usize::from(announced_length);
        if length > MAX_SEPTETS {
            return Err(DecodeError::new("TP-UDL", at, "more than a TPDU can hold"));
        }
        let announced = octet_count(dcs, length);
        let count = announced.min(reader.remaining());
        let mut octets = [0; BUFFER_OCTETS];
        octets[..count].copy_from_slice(reader.take(count, FIELD)?);
        let cut = count < announced;
        if cut {
            let whole = if dcs.coding() == Coding::Gsm7 { count * 8 / 7 } else { count };
            length = length.min(whole);
        }
        let data = UserData {
            dcs,
            has_header,
            cut,
            length: length as u8,
            announced: announced_length,
            octets,
        };
        // Octets, not septets: a header without text may lack the bits that fill its last septet.
        if has_header && data.header_octets() > data.octets().len() {
            return Err(DecodeError::new("TP-UD.UDHL", at + 1, "the header exceeds TP-UD"));
        }
        // A segment of a long text without its end is read as far as it goes, since refusing it
        // would keep the other segments from being shown; anything else is refused.
        if cut && !reader.cut && data.concat().is_none() {
            return Err(reader.error(FIELD, "the PDU ends inside this field"));
        }
        Ok(data)
    }

    #[inline]
    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        octets.push(self.announced);
        octets.extend_from_slice(self.octets());
    }
}

impl fmt::Debug for UserData {
    /// Without the text: it must not get into a log by way of a debug print.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserData({:?}, {:?}, TP-UDL {})", self.dcs, self.header(), self.length)
    }
}

/// Octets that TP-UDL announces.
#[inline]
fn octet_count(dcs: Dcs, length: usize) -> usize {
    match dcs.coding() {
        Coding::Gsm7 => (length * 7).div_ceil(8),
        _ => length,
    }
}

/// 8-bit data as text where it is text, else as digits.
fn push_data(data: &[u8], text: &mut String) {
    let printable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    match std::str::from_utf8(data) {
        Ok(utf8) if utf8.chars().all(printable) => text.push_str(utf8),
        _ => hex::to_hex_into(data, text),
    }
}
