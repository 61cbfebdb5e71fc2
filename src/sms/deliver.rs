//! SMS-DELIVER: a text on its way from the centre to a phone (3GPP TS 23.040 §9.2.2.1).

use super::address::Address;
use super::dcs::Dcs;
use super::error::DecodeError;
use super::reader::Reader;
use super::scts::Timestamp;
use super::segment;
use super::user_data::UserData;
use super::{EncodeError, Encoding};
use crate::clock::WallTime;

/// One SMS-DELIVER: a text, or one segment of a long one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SmsDeliver {
    /// TP-MMS, read the right way round: more messages wait in the centre (§9.2.3.2).
    pub more_messages: bool,
    /// TP-LP: this must not be forwarded (§9.2.3.28).
    pub loop_prevention: bool,
    /// TP-RP: an answer may go through the same centre (§9.2.3.17).
    pub reply_path: bool,
    /// TP-SRI: the sender asked for a report (§9.2.3.4).
    pub status_report_indication: bool,
    /// TP-OA: who sent it (§9.2.3.7).
    #[doc(alias = "TP-OA")]
    pub originating_address: Address,
    /// TP-PID (§9.2.3.9).
    pub pid: u8,
    /// TP-SCTS: when the centre got it (§9.2.3.11).
    pub scts: Timestamp,
    /// TP-DCS, TP-UDHI, TP-UDL and TP-UD.
    pub user_data: UserData,
    /// Bits of the first octet that no other field speaks for: 0 in a text that keeps to the
    /// specification.
    pub reserved: u8,
}

impl SmsDeliver {
    /// A plain text from `originating_address`.
    pub fn new(originating_address: Address, sent_at: WallTime, user_data: UserData) -> Self {
        SmsDeliver {
            more_messages: false,
            loop_prevention: false,
            reply_path: false,
            status_report_indication: false,
            originating_address,
            pid: 0,
            scts: Timestamp::from_wall_time(sent_at),
            user_data,
            reserved: 0,
        }
    }

    /// Cuts a text into as many segments as it needs, from a number or an alphanumeric sender.
    pub fn segments(
        from: &str,
        text: &str,
        sent_at: WallTime,
        concat_reference: u8,
    ) -> Result<Vec<SmsDeliver>, EncodeError> {
        let sender = Address::from_sender(from)?;
        let reference = u16::from(concat_reference);
        let parts = segment::encode(text, reference, Encoding::default(), false)?;
        Ok(parts.into_iter().map(|data| SmsDeliver::new(sender, sent_at, data)).collect())
    }

    #[inline]
    pub(super) fn read(first: u8, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let originating_address = Address::read(reader, "TP-OA")?;
        let pid = reader.octet("TP-PID")?;
        let dcs = Dcs::from(reader.octet("TP-DCS")?);
        let scts = Timestamp::from(reader.array("TP-SCTS")?);
        let user_data = UserData::read(dcs, first & 0x40 != 0, reader)?;
        let mut deliver = SmsDeliver {
            more_messages: first & 0x04 == 0,
            loop_prevention: first & 0x08 != 0,
            reply_path: first & 0x80 != 0,
            status_report_indication: first & 0x20 != 0,
            originating_address,
            pid,
            scts,
            user_data,
            reserved: 0,
        };
        deliver.reserved = first ^ deliver.first_octet();
        Ok(deliver)
    }

    /// The first octet: TP-MTI, TP-MMS, TP-LP, TP-SRI, TP-UDHI and TP-RP.
    #[inline]
    pub(super) fn first_octet(&self) -> u8 {
        let fields = u8::from(!self.more_messages) << 2
            | u8::from(self.loop_prevention) << 3
            | u8::from(self.status_report_indication) << 5
            | u8::from(self.user_data.has_header()) << 6
            | u8::from(self.reply_path) << 7;
        fields ^ self.reserved
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        octets.push(self.first_octet());
        self.originating_address.write(octets);
        octets.push(self.pid);
        octets.push(self.user_data.dcs().into());
        octets.extend_from_slice(self.scts.octets());
        self.user_data.write(octets);
    }
}
