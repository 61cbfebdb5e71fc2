//! The PDU of the AT interface: an SMSC address and a TPDU (3GPP TS 27.005 §3.1, `<pdu>`).

use super::address::Address;
use super::error::DecodeError;
use super::hex;
use super::reader::Reader;
use super::tpdu::Tpdu;
use super::{EncodedSegment, to_hex};

/// What `+CMGR`, `+CMGL`, `+CMT` and `+CDS` deliver and `+CMGS` takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pdu {
    /// The text centre; none means "the one set with `+CSCA`".
    pub smsc: Option<Address>,
    /// The message itself.
    pub tpdu: Tpdu,
}

impl Pdu {
    /// Decodes SMSC octets and TPDU. Octets after the TPDU are ignored.
    pub fn decode(octets: &[u8]) -> Result<Pdu, DecodeError> {
        Pdu::read(&mut Reader::new(octets, false))
    }

    /// Decodes hexadecimal digits, capital or small, with white space around them.
    ///
    /// An odd number of digits means that one was lost on the way. Then, and only then, the text is
    /// read as far as its whole octets go.
    pub fn from_hex(hex: &str) -> Result<Pdu, DecodeError> {
        let mut buffer = [0; hex::MAX_OCTETS];
        let (count, cut) = hex::read_line(hex, &mut buffer)?;
        Pdu::read(&mut Reader::new(&buffer[..count], cut))
    }

    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Pdu, DecodeError> {
        let smsc = Address::read_smsc(reader)?;
        let tpdu = Tpdu::read(reader)?;
        Ok(Pdu { smsc, tpdu })
    }

    /// SMSC octets and TPDU, with the length that `+CMGS` and `+CMT` name.
    pub fn encode(&self) -> EncodedSegment {
        let mut pdu = Vec::with_capacity(192);
        Address::write_smsc(self.smsc.as_ref(), &mut pdu);
        let smsc_octets = pdu.len();
        self.tpdu.write(&mut pdu);
        EncodedSegment { tpdu_octets: pdu.len() - smsc_octets, pdu }
    }

    /// [`Pdu::encode`] as hexadecimal digits.
    pub fn to_hex(&self) -> String {
        to_hex(&self.encode().pdu)
    }
}

impl From<Tpdu> for Pdu {
    /// The TPDU through the text centre that the SIM card names.
    fn from(tpdu: Tpdu) -> Pdu {
        Pdu { smsc: None, tpdu }
    }
}
