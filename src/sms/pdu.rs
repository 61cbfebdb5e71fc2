//! The PDU of the AT interface: an SMSC address and a TPDU (3GPP TS 27.005 §3.1, `<pdu>`).

use super::address::Address;
use super::error::DecodeError;
use super::hex;
use super::reader::Reader;
use super::tpdu::{Origin, Tpdu, Way};
use super::{EncodedSegment, to_hex};

/// What `+CMGR`, `+CMGL`, `+CMT` and `+CDS` deliver and `+CMGS` takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pdu {
    /// The text centre; none means "the one set with `+CSCA`".
    pub smsc: Option<Address>,
    /// The message itself.
    pub tpdu: Tpdu,
    /// Octets after the TPDU, which mean nothing; kept, so that what was decoded is encoded bit
    /// for bit.
    pub trailing: Vec<u8>,
    /// The PDU began with the TPDU: its modem leaves the SMSC octets out.
    pub bare: bool,
}

impl Pdu {
    /// Octets that hold any PDU.
    pub(super) const CAPACITY: usize = 192;

    /// Decodes SMSC octets and a TPDU that a modem's storage can hold: SMS-DELIVER, SMS-SUBMIT or
    /// SMS-STATUS-REPORT.
    pub fn decode(octets: &[u8]) -> Result<Pdu, DecodeError> {
        Pdu::read(Origin::Storage, true, &mut Reader::new(octets, false))
    }

    /// Decodes SMSC octets and a TPDU that travelled one way.
    pub fn decode_from(way: Way, octets: &[u8]) -> Result<Pdu, DecodeError> {
        Pdu::read(Origin::Known(way), true, &mut Reader::new(octets, false))
    }

    /// Decodes a TPDU without SMSC octets before it.
    pub fn decode_bare(octets: &[u8]) -> Result<Pdu, DecodeError> {
        Pdu::read(Origin::Storage, false, &mut Reader::new(octets, false))
    }

    /// [`Pdu::decode`] with the length that the modem named: the octets of the TPDU, without those
    /// of the SMSC (27.005 §3.1, `<length>`).
    ///
    /// Some modems leave the SMSC octets out, some count them in. So where the length says that
    /// there are none, they are still looked for; the reading that uses all octets up is taken, and
    /// if both do, the one the length fits.
    pub fn decode_with_length(octets: &[u8], tpdu_octets: usize) -> Result<Pdu, DecodeError> {
        let whole = Pdu::decode(octets);
        if octets.len() != tpdu_octets {
            return whole;
        }
        let Ok(bare) = Pdu::decode_bare(octets) else { return whole };
        match whole {
            Ok(whole) if whole.is_exact() && !bare.is_exact() => Ok(whole),
            _ => Ok(bare),
        }
    }

    /// Whether the octets were used up and none was missing.
    fn is_exact(&self) -> bool {
        self.trailing.is_empty() && !self.tpdu.user_data().is_some_and(|data| data.is_cut())
    }

    /// Decodes hexadecimal digits, capital or small, with white space around them.
    ///
    /// An odd number of digits means that one was lost on the way. Then, and only then, the text is
    /// read as far as its whole octets go.
    pub fn from_hex(hex: &str) -> Result<Pdu, DecodeError> {
        let mut buffer = [0; hex::MAX_OCTETS];
        let (count, cut) = hex::read_line(hex, &mut buffer)?;
        Pdu::read(Origin::Storage, true, &mut Reader::new(&buffer[..count], cut))
    }

    #[inline]
    fn read(origin: Origin, has_smsc: bool, reader: &mut Reader<'_>) -> Result<Pdu, DecodeError> {
        let smsc = if has_smsc { Address::read_smsc(reader)? } else { None };
        let tpdu = Tpdu::read(origin, reader)?;
        let rest = reader.rest();
        let trailing = if rest.is_empty() { Vec::new() } else { rest.to_vec() };
        Ok(Pdu { smsc, tpdu, trailing, bare: !has_smsc })
    }

    /// SMSC octets and TPDU, with the length that `+CMGS` and `+CMT` name.
    pub fn encode(&self) -> EncodedSegment {
        let mut pdu = Vec::with_capacity(Pdu::CAPACITY);
        if !self.bare {
            Address::write_smsc(self.smsc.as_ref(), &mut pdu);
        }
        let smsc_octets = pdu.len();
        self.tpdu.write(&mut pdu);
        let tpdu_octets = pdu.len() - smsc_octets;
        pdu.extend_from_slice(&self.trailing);
        EncodedSegment { tpdu_octets, pdu }
    }

    /// [`Pdu::encode`] as hexadecimal digits.
    pub fn to_hex(&self) -> String {
        to_hex(&self.encode().pdu)
    }

    /// The TPDU through a text centre.
    pub fn new(smsc: Option<Address>, tpdu: Tpdu) -> Pdu {
        Pdu { smsc, tpdu, trailing: Vec::new(), bare: false }
    }
}

impl From<Tpdu> for Pdu {
    /// The TPDU through the text centre that the SIM card names.
    fn from(tpdu: Tpdu) -> Pdu {
        Pdu::new(None, tpdu)
    }
}
